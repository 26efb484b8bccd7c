//! What the layouts of files share: the columns of a row, its date, place and scope.

use csv::ByteRecord;

use super::account::Reason;
use super::dates::{self, Dated};
use super::filter::{Coded, Filter};
use super::header::Header;
use super::number::Amount;
use super::region::{Places, decoded};
use super::series::Series;
use crate::model::Import;
use crate::scale::ImportFormat;

/// What keeps a row out, and the column in which it lies, if in one.
pub(super) type Fault = (Reason, Option<usize>);

/// A column that an import needs and a file has not.
pub(super) struct Absent(pub(super) String);

/// A layout of files: what a row means.
pub(super) trait Layout {
    /// Adds a row to the series, or says what keeps it out.
    fn take(&self, row: &ByteRecord, to: &mut Sink) -> Result<(), Fault>;

    /// How much of the account a row is.
    fn cells(&self) -> u64 {
        1
    }
}

/// The columns of a file, as the import of a format looks for them.
pub(super) struct Columns<'a> {
    pub(super) header: &'a Header,
    pub(super) import: &'a Import,
}

impl Columns<'_> {
    /// The place of a column.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        match self.import.format {
            ImportFormat::Hxl => self.header.tagged(name).or_else(|| self.header.find(name)),
            ImportFormat::Personnel => self.header.find(name).or_else(|| self.header.find(super::personnel::other_name(name)?)),
            _ => self.header.find(name),
        }
    }

    /// The place of a column without which rows say nothing.
    pub(super) fn need(&self, name: &str) -> Result<usize, Absent> {
        self.find(name).ok_or_else(|| Absent(name.to_owned()))
    }

    /// The column that the import names, or that of the format.
    pub(super) fn or(&self, named: Option<&String>, own: &str) -> Result<usize, Absent> {
        self.need(named.map_or(own, String::as_str))
    }

    /// The columns that choose rows.
    pub(super) fn filter(&self) -> Result<Filter, Absent> {
        let mut filter = Filter::new();
        for (name, values) in &self.import.filter {
            let at = self.need(name)?;
            let coded = match self.import.format {
                ImportFormat::Acled => {
                    self.header.name(at).filter(|name| super::acled::is_coded(name)).map(|_| super::acled::code as Coded)
                }
                _ => None,
            };
            filter.add(at, values, coded);
        }
        Ok(filter)
    }

    /// The column of places, where rows have one.
    pub(super) fn place(&self) -> Result<Option<usize>, Absent> {
        let name = self.import.place.as_deref().or_else(|| self.import.format.place());
        match (&self.import.region, name) {
            (None, Some(name)) => self.need(name).map(Some),
            _ => Ok(None),
        }
    }

    /// The column that says what was counted.
    pub(super) fn scope(&self) -> Result<Option<usize>, Absent> {
        self.import.scope_column.as_deref().map(|name| self.need(name)).transpose()
    }
}

/// Where rows go: their places are found, their dates read, and what they say added up.
pub(super) struct Sink {
    pub(super) places: Places,
    pub(super) place: Option<usize>,
    pub(super) scope: Option<usize>,
    /// Names that stand for dates.
    pub(super) dates: Vec<(String, Dated)>,
    pub(super) series: Series,
    /// What keeps cells of a row out whose other cells are taken.
    pub(super) faults: Vec<Fault>,
}

impl Sink {
    /// The date in a column.
    pub(super) fn date(&self, row: &ByteRecord, column: usize) -> Result<Dated, Fault> {
        let field = row.get(column).unwrap_or_default().trim_ascii();
        if field.is_empty() {
            return Err((Reason::NoDate, Some(column)));
        }
        if !self.dates.is_empty() {
            let name = decoded(field);
            if let Some((_, date)) = self.dates.iter().find(|(known, _)| *known == name) {
                return Ok(*date);
            }
        }
        dates::parse(field).ok_or((Reason::NotADate, Some(column)))
    }

    /// The period in which a date lies, with the date.
    pub(super) fn slot(&self, when: Dated, column: usize) -> Result<(u32, Dated), Fault> {
        self.series.slot(when).map(|slot| (slot, when)).map_err(|reason| (reason, Some(column)))
    }

    /// The region of a row.
    pub(super) fn region(&mut self, row: &ByteRecord) -> Result<u32, Fault> {
        match (self.place, self.places.fixed) {
            (Some(column), _) => self.places.find(row.get(column).unwrap_or_default()).map_err(|reason| (reason, Some(column))),
            (None, Some(fixed)) => Ok(fixed),
            (None, None) => Err((Reason::NoRegion, None)),
        }
    }

    /// The scope of a row.
    pub(super) fn scope(&mut self, row: &ByteRecord) -> u32 {
        self.scope.map_or(0, |column| self.series.scope(row.get(column).unwrap_or_default()))
    }

    /// Adds what a row counts, or remembers that the sum of its period is short of it.
    pub(super) fn add(&mut self, slot: (u32, Dated), row: &ByteRecord, amounts: Result<[Amount; 3], Fault>) -> Result<(), Fault> {
        let region = self.region(row)?;
        let scope = self.scope(row);
        match amounts {
            Ok(amounts) => self.series.add(slot, region, scope, amounts),
            Err(fault) => {
                self.series.miss(slot, region, scope);
                return Err(fault);
            }
        }
        Ok(())
    }
}

/// The amounts of a row that has one.
pub(super) fn one(amount: Amount) -> [Amount; 3] {
    [amount, Amount::default(), Amount::default()]
}

/// Reads a field by a rule for its text.
pub(super) fn field<T>(row: &ByteRecord, column: usize, read: impl Fn(&[u8]) -> Result<T, Reason>) -> Result<T, Fault> {
    read(row.get(column).unwrap_or_default().trim_ascii()).map_err(|reason| (reason, Some(column)))
}
