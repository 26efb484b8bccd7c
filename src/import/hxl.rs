//! Tables with a row of HXL tags: columns are found by tag and attributes, whatever their headings say.

use csv::ByteRecord;

use super::header::{Header, is_tags};
use super::layout::{Absent, Columns};
use super::tidy::Tidy;

/// Within so many rows from the top the tags must stand.
pub(super) const WITHIN: usize = 25;

/// The tag of the column of dates.
const DATE: &str = "#date";

/// The header that a row is, if it is one of tags.
pub(super) fn header(row: &ByteRecord) -> Option<Header> {
    is_tags(row).then(|| Header::of(row))
}

/// The table under its tags.
pub(super) fn open(columns: &Columns<'_>) -> Result<Tidy, Absent> {
    Tidy::open(columns, DATE)
}
