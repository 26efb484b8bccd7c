//! Observations as CSV that a spreadsheet can open without running it.

use std::borrow::Cow;

use csv::WriterBuilder;

use super::number;
use crate::document::record::ObservationRecord;

/// A cell that a spreadsheet takes for text: one that looks like a formula gets an apostrophe before it.
///
/// What begins with `=`, `+`, `-`, `@`, a tab or a line's end looks like one, unless it is a number.
///
/// ```
/// use peaceops::import::neutral;
///
/// assert_eq!(neutral("=HYPERLINK(A1)"), "'=HYPERLINK(A1)");
/// assert_eq!(neutral("-0.98"), "-0.98");
/// assert_eq!(neutral("Gao"), "Gao");
/// ```
#[must_use]
pub fn neutral(cell: &str) -> Cow<'_, str> {
    let looks = cell.trim_start_matches(' ').starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if looks && number::value(cell.as_bytes()).is_err() { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// Observations as the text of `observations.csv`, with a header, formula-looking cells neutralised.
///
/// ```
/// use peaceops::document::record::ObservationRecord;
///
/// let row = ObservationRecord { indicator: "attacks".into(), when: "2014".into(), value: "3".into(), scope: "@all".into(), ..Default::default() };
/// let text = peaceops::import::to_csv(&[row]);
/// assert_eq!(text, "row,indicator,when,region,value,scope,cite,note\n,attacks,2014,,3,'@all,,\n");
/// ```
#[must_use]
pub fn to_csv(rows: &[ObservationRecord]) -> String {
    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    let _ = writer.write_record(["row", "indicator", "when", "region", "value", "scope", "cite", "note"]);
    for r in rows {
        let cells = [&r.row, &r.indicator, &r.when, &r.region, &r.value, &r.scope, &r.cite, &r.note];
        // Writing into memory does not fail, and every row has the same width.
        let _ = writer.write_record(cells.map(|cell| neutral(cell).into_owned().into_bytes()));
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}
