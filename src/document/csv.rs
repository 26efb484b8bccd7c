//! Reads and writes `observations.csv`.

use csv::{ReaderBuilder, StringRecord, WriterBuilder};

use super::record::ObservationRecord;
use crate::error::{Error, ErrorKind};
use crate::problem::{Path, Place, Problem, Segment, nearest};

/// The columns, in the order in which they are written.
const COLUMNS: [&str; 8] = ["row", "indicator", "when", "region", "value", "scope", "cite", "note"];

/// Columns without which a row says nothing.
const NEEDED: [&str; 4] = ["indicator", "when", "value", "cite"];

fn reader(text: &str) -> csv::Reader<&[u8]> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    ReaderBuilder::new().flexible(true).from_reader(text.as_bytes())
}

fn problem(file: &str, line: u64, path: Path, kind: ErrorKind) -> Problem {
    let line = usize::try_from(line).unwrap_or(usize::MAX);
    let place = Some(Place { file: file.to_owned(), line, column: 1 });
    Problem { path, row: None, place, error: Error::from(kind), see: None, form: true }
}

/// Adds the rows of a text to the observations, and faults of form to the problems.
pub(super) fn read(file: &str, text: &str, rows: &mut Vec<ObservationRecord>, problems: &mut Vec<Problem>) {
    let mut reader = reader(text);
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(error) => {
            problems.push(problem(file, 1, Path::root(), ErrorKind::Syntax { message: error.to_string() }));
            return;
        }
    };
    for name in header.iter().filter(|name| !COLUMNS.contains(name)) {
        let near = nearest(name, COLUMNS.into_iter());
        problems.push(problem(file, 1, Path::root().key("header"), ErrorKind::UnknownField { found: name.to_owned(), near }));
    }
    for field in NEEDED.into_iter().filter(|name| !header.iter().any(|found| found == *name)) {
        problems.push(problem(file, 1, Path::root().key("header"), ErrorKind::MissingField { field }));
    }
    let mut record = StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) if record.len() != header.len() => {
                let line = record.position().map_or(0, csv::Position::line);
                let message = format!("the row has {} fields; the header has {}", record.len(), header.len());
                problems.push(problem(file, line, Path::root().key("row").index(rows.len()), ErrorKind::WrongForm { message }));
            }
            Ok(true) => rows.push(row(&header, &record)),
            Err(error) => {
                let line = error.position().map_or(1, csv::Position::line);
                problems.push(problem(file, line, Path::root(), ErrorKind::Syntax { message: error.to_string() }));
                break;
            }
        }
    }
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

/// The place of a field of an observation: its line, and its column in characters.
pub(super) fn place(file: &str, text: &str, segments: &[Segment]) -> Option<Place> {
    let Some(Segment::Index(index)) = segments.get(1) else { return None };
    let mut reader = reader(text);
    let header = reader.headers().ok()?.clone();
    let record = reader.records().filter_map(Result::ok).filter(|record| record.len() == header.len()).nth(*index)?;
    let position = record.position()?;
    let line = usize::try_from(position.line()).ok()?;
    let wanted = match segments.get(2) {
        Some(Segment::Key(field)) => header.iter().position(|name| name == field).unwrap_or(0),
        _ => 0,
    };
    let start = usize::try_from(position.byte()).ok()?;
    let bom = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let text = text.get(start + bom..)?.trim_start_matches(['\r', '\n']);
    let (mut column, mut field, mut quoted) = (1, 0, false);
    for c in text.chars() {
        if field == wanted {
            break;
        }
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => field += 1,
            _ => {}
        }
        column += 1;
    }
    Some(Place { file: file.to_owned(), line, column })
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
