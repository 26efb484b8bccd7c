//! Reads and writes `observations.csv`.

use csv::{ReaderBuilder, StringRecord, WriterBuilder};

use super::record::ObservationRecord;
use crate::error::{Error, ErrorKind};
use crate::problem::{Path, Place, Problem, Segment};
use crate::rows::{Cursor, column, misnamed, missing};

/// The columns, in the order in which they are written.
const COLUMNS: [&str; 8] = ["row", "indicator", "when", "region", "value", "scope", "cite", "note"];

/// Columns without which a row says nothing.
const NEEDED: [&str; 4] = ["indicator", "when", "value", "cite"];

/// Where a row stands that was read.
#[derive(Clone, Copy)]
pub(super) struct RowAt {
    /// Offset of its first byte.
    start: usize,
    /// Its line.
    line: usize,
    /// Its number among all rows of the file.
    pub(super) number: usize,
}

/// What was read of a file.
pub(super) struct Rows<'a> {
    file: &'a str,
    text: &'a str,
    header: StringRecord,
    places: Vec<RowAt>,
}

fn problem(file: &str, line: usize, column: usize, path: Path, kind: ErrorKind) -> Problem {
    let place = Some(Place { file: file.to_owned(), line, column });
    Problem { path, row: None, place, error: Error::from(kind), see: None, form: true }
}

/// Adds the rows of a text to the observations, and faults of form to the problems.
///
/// Where a column is missing without which rows say nothing, no row is read.
pub(super) fn read<'a>(file: &'a str, text: &'a str, rows: &mut Vec<ObservationRecord>, problems: &mut Vec<Problem>) -> Rows<'a> {
    let bom = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(&text.as_bytes()[bom..]);
    let mut found = Rows { file, text, header: StringRecord::new(), places: Vec::new() };
    match reader.headers() {
        Ok(header) => found.header = header.clone(),
        Err(error) => {
            problems.push(problem(file, 1, 1, Path::root(), ErrorKind::Syntax { message: error.to_string() }));
            return found;
        }
    }
    let header = &found.header;
    let mut cursor = Cursor::of(text);
    cursor.go_to(bom);
    let line = cursor.line;
    let path = || Path::root().key("header");
    // Of a header with more columns than a thousand the rest says nothing new.
    for (column, kind) in misnamed(header, &COLUMNS, 1_000, cursor.rest()) {
        problems.push(problem(file, line, column, path(), kind));
    }
    let missing = missing(header, &NEEDED);
    for field in &missing {
        problems.push(problem(file, line, 1, path(), ErrorKind::MissingField { field }));
    }
    if !missing.is_empty() {
        return found;
    }
    let mut record = StringRecord::new();
    for number in 0.. {
        let read = reader.read_record(&mut record);
        let offset = record.position().map_or(0, csv::Position::byte);
        cursor.go_to(usize::try_from(offset).unwrap_or(usize::MAX).saturating_add(bom));
        let line = cursor.line;
        match read {
            Ok(false) => break,
            Ok(true) if record.len() != header.len() => {
                let message = format!("the row has {} fields; the header has {}", record.len(), header.len());
                problems.push(problem(file, line, 1, Path::root().key("row").index(number), ErrorKind::WrongForm { message }));
            }
            Ok(true) => {
                found.places.push(RowAt { start: cursor.at, line, number });
                rows.push(row(header, &record));
            }
            Err(error) => {
                problems.push(problem(file, line, 1, Path::root(), ErrorKind::Syntax { message: error.to_string() }));
                break;
            }
        }
    }
    found
}

fn row(header: &StringRecord, record: &StringRecord) -> ObservationRecord {
    let mut row = ObservationRecord::default();
    for (name, value) in header.iter().zip(record) {
        let field = match name {
            "row" => &mut row.row,
            "indicator" => &mut row.indicator,
            "when" => &mut row.when,
            "region" => &mut row.region,
            "value" => &mut row.value,
            "scope" => &mut row.scope,
            "cite" => &mut row.cite,
            "note" => &mut row.note,
            _ => continue,
        };
        value.clone_into(field);
    }
    row
}

impl Rows<'_> {
    /// The place of a row that was read.
    pub(super) fn row(&self, index: usize) -> Option<RowAt> {
        self.places.get(index).copied()
    }

    /// The place of a field of a row that was read, or of the row.
    pub(super) fn place(&self, row: RowAt, field: Option<&Segment>) -> Place {
        let wanted = match field {
            Some(Segment::Key(field)) => self.header.iter().position(|name| name == field).unwrap_or(0),
            _ => 0,
        };
        Place { file: self.file.to_owned(), line: row.line, column: self.text.get(row.start..).map_or(1, |text| column(text, wanted)) }
    }
}

/// The text of observations, with a header.
pub(super) fn write(rows: &[ObservationRecord]) -> String {
    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    let mut lines = vec![COLUMNS.map(str::to_owned)];
    lines.extend(rows.iter().cloned().map(|r| [r.row, r.indicator, r.when, r.region, r.value, r.scope, r.cite, r.note]));
    for line in lines {
        if writer.write_record(&line).is_err() {
            return String::new();
        }
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}
