//! Fatalities of UN missions: a row a person.

use csv::ByteRecord;

use super::layout::{Absent, Columns, Fault, Layout, Sink, one};
use super::number::Amount;

/// The column of rows that counts.
pub(super) struct Fatalities {
    date: usize,
}

impl Fatalities {
    pub(super) fn open(columns: &Columns<'_>) -> Result<Self, Absent> {
        Ok(Self { date: columns.or(columns.import.date.as_ref(), "incident_date")? })
    }
}

impl Layout for Fatalities {
    fn take(&self, row: &ByteRecord, to: &mut Sink) -> Result<(), Fault> {
        let slot = to.slot(to.date(row, self.date)?, self.date)?;
        to.add(slot, row, Ok(one(Amount::ONE)))
    }
}
