//! Any table with named columns, a row an observation; also what an HXL table is once its tags are read.

use csv::ByteRecord;

use super::layout::{Absent, Columns, Fault, Layout, Sink, field, one};
use super::number::{Amount, amount, value};
use crate::scale::ImportMeasure;

/// The columns that count.
pub(super) struct Tidy {
    date: usize,
    value: Option<usize>,
    /// Whether values stand by themselves, each with its own date.
    single: bool,
}

impl Tidy {
    /// A table whose date stands in the column `date` where the import names none.
    pub(super) fn open(columns: &Columns<'_>, date: &str) -> Result<Self, Absent> {
        let measure = columns.import.measure();
        Ok(Self {
            date: columns.or(columns.import.date.as_ref(), date)?,
            value: match (&columns.import.column, measure) {
                (_, ImportMeasure::Count) | (None, _) => None,
                (Some(own), _) => Some(columns.need(own)?),
            },
            single: measure == ImportMeasure::Value,
        })
    }
}

impl Layout for Tidy {
    fn take(&self, row: &ByteRecord, to: &mut Sink) -> Result<(), Fault> {
        let slot = to.slot(to.date(row, self.date)?, self.date)?;
        match self.value {
            Some(column) if self.single => {
                let region = to.region(row)?;
                let value = field(row, column, value)?;
                let scope = to.scope(row);
                let scope = to.series.scope_text(scope).to_owned();
                to.series.keep(slot.1, region, scope, value, String::new());
                Ok(())
            }
            Some(column) => to.add(slot, row, field(row, column, amount).map(one)),
            None => to.add(slot, row, Ok(one(Amount::ONE))),
        }
    }
}
