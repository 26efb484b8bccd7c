//! UN uniformed personnel: a stock by contributor and reporting date, now or before 2010.

use csv::ByteRecord;

use super::layout::{Absent, Columns, Fault, Layout, Sink, field, one};
use super::number::{Amount, count};

/// Names of columns now, with those before 2010.
const NAMES: [(&str, &str); 4] = [
    ("isocode3", "Contributor_ISO-3"),
    ("contributing_country", "Contributor"),
    ("mission_acronym", "Mission"),
    ("last_reporting_date", "Date"),
];

/// The name that a column has in the other of the two layouts.
pub(super) fn other_name(name: &str) -> Option<&'static str> {
    NAMES.iter().find_map(|(now, before)| match name {
        _ if name.eq_ignore_ascii_case(now) => Some(*before),
        _ if name.eq_ignore_ascii_case(before) => Some(*now),
        _ => None,
    })
}

/// The columns that count: women and men, or troops; one, where the import names one.
pub(super) struct Personnel {
    date: usize,
    persons: Vec<usize>,
}

impl Personnel {
    pub(super) fn open(columns: &Columns<'_>) -> Result<Self, Absent> {
        let persons = match (&columns.import.column, columns.find("female_personnel"), columns.find("male_personnel")) {
            (Some(own), ..) => vec![columns.need(own)?],
            (None, Some(women), Some(men)) => vec![women, men],
            (None, None, None) if columns.find("Troops").is_some() => vec![columns.need("Troops")?],
            (None, women, _) => return Err(Absent(if women.is_none() { "female_personnel" } else { "male_personnel" }.to_owned())),
        };
        Ok(Self { date: columns.or(columns.import.date.as_ref(), "last_reporting_date")?, persons })
    }
}

impl Layout for Personnel {
    fn take(&self, row: &ByteRecord, to: &mut Sink) -> Result<(), Fault> {
        let slot = to.slot(to.date(row, self.date)?, self.date)?;
        let sum = self.persons.iter().try_fold(Amount::default(), |mut sum, column| {
            sum.add(field(row, *column, count)?);
            Ok(sum)
        });
        to.add(slot, row, sum.map(one))
    }
}
