//! Reads case files row by row, and writes them.
//!
//! Each file is parsed once, with recovery, and each of its rows becomes a record on its own: a fault
//! of form costs its row and no other. Only where something is wrong the file is parsed once more, to
//! say on which line.

use std::collections::BTreeMap;
use std::path::Path as FilePath;

use serde::de::DeserializeOwned;
use serde::{Deserialize as _, Serialize};
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::{CaseDocument, Limits, check};
use crate::error::{Error, ErrorKind};
use crate::model::{CaseStudy, Table};
use crate::problem::{Path, Place, Problem, Problems, Segment, nearest};

/// The name of the file that holds observations.
const OBSERVATIONS: &str = "observations.csv";

/// A row as parsed.
pub(super) type RowValue<'a> = Spanned<DeValue<'a>>;

/// Why a row became no record.
pub(super) enum NotRead {
    /// No case has the table.
    Table,
    /// There is one already, and may be only one.
    Twice,
    /// A fault of form.
    Form(toml::de::Error),
}

/// A document that takes rows table by table.
pub(super) trait Tables {
    /// The names of the tables.
    const NAMES: &'static [&'static str];
    /// Adds a row.
    fn push(&mut self, table: &str, row: RowValue<'_>) -> Result<(), NotRead>;
    /// How many rows a table has so far.
    fn len(&self, table: &str) -> usize;
}

/// A row as its record.
pub(super) fn row<R: DeserializeOwned>(value: RowValue<'_>) -> Result<R, NotRead> {
    R::deserialize(ValueDeserializer::from(value)).map_err(NotRead::Form)
}

/// The row of a table of which there is one only.
pub(super) fn only<R: DeserializeOwned>(given: bool, value: RowValue<'_>) -> Result<R, NotRead> {
    if given { Err(NotRead::Twice) } else { row(value) }
}

/// A file: its name and text.
struct File<'a> {
    name: &'a str,
    text: &'a str,
}

/// What was read, and from where.
#[derive(Default)]
struct Reading {
    document: CaseDocument,
    /// For each row of each table its file and its place there.
    layout: BTreeMap<&'static str, Vec<(usize, usize)>>,
    /// Table and id of rows that could not be read.
    unread: Vec<(Table, String)>,
    /// Faults of syntax and form.
    problems: Vec<Problem>,
}

impl CaseStudy {
    /// Reads a case directory: all its `*.toml` files, in the order of their names, and `observations.csv`.
    ///
    /// This is the one function of the crate that touches a disk.
    ///
    /// # Errors
    /// Everything that is wrong with the files at once, each fault with file, line and column.
    ///
    /// ```no_run
    /// let study = peaceops::CaseStudy::read("examples/minusma")?;
    /// println!("{}", study.study().title);
    /// # Ok::<(), peaceops::Problems>(())
    /// ```
    pub fn read(directory: impl AsRef<FilePath>) -> Result<Self, Problems> {
        Self::read_with(directory, &Limits::default())
    }

    /// Reads a case directory under limits of the caller's.
    ///
    /// # Errors
    /// As [`CaseStudy::read`].
    pub fn read_with(directory: impl AsRef<FilePath>, limits: &Limits) -> Result<Self, Problems> {
        let files = load(directory.as_ref(), limits)?;
        Self::from_texts_with(files.iter().map(|(name, text)| (name.as_str(), text.as_str())), limits)
    }

    /// Reads a case from texts in memory: names of files with their texts.
    ///
    /// # Errors
    /// As [`CaseStudy::read`].
    pub fn from_texts<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Problems> {
        Self::from_texts_with(texts, &Limits::default())
    }

    /// Reads a case from texts in memory, under limits of the caller's.
    ///
    /// # Errors
    /// As [`CaseStudy::read`].
    pub fn from_texts_with<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>, limits: &Limits) -> Result<Self, Problems> {
        let files = sorted(texts);
        let mut reading = parse(&files, limits)?;
        if let Err(problems) = limits.rows_of(&reading.document) {
            return Err(problems);
        }
        match check::study(&reading.document, &reading.unread) {
            Ok(study) if reading.problems.is_empty() => Ok(study),
            Ok(_) => Err(limits.gathered(reading.problems)),
            Err(meaning) => {
                let mut places = Places::new(&files, &reading.layout);
                let mut problems = std::mem::take(&mut reading.problems);
                problems.extend(meaning.into_iter().take(limits.problems.saturating_mul(4)).map(|problem| places.placed(problem)));
                Err(limits.gathered(problems))
            }
        }
    }
}

impl CaseDocument {
    /// Reads the records of a case from texts in memory; only their form is checked.
    ///
    /// # Errors
    /// Every fault of syntax and form, each with file, line and column.
    pub fn from_texts<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Problems> {
        let limits = Limits::default();
        let reading = parse(&sorted(texts), &limits)?;
        limits.rows_of(&reading.document)?;
        if reading.problems.is_empty() { Ok(reading.document) } else { Err(limits.gathered(reading.problems)) }
    }

    /// The texts of a case directory: a name and a text for each file.
    ///
    /// Reading them gives the same document. Comments are not kept: a document has none.
    #[must_use]
    pub fn to_texts(&self) -> Vec<(String, String)> {
        #[derive(Serialize)]
        struct Head<'a> {
            #[serde(skip_serializing_if = "Option::is_none")]
            study: &'a Option<super::record::StudyRecord>,
            #[serde(skip_serializing_if = "Option::is_none")]
            framework: &'a Option<super::record::FrameworkRecord>,
        }
        fn table<R: Serialize>(files: &mut Vec<(String, String)>, name: &str, rows: &[R]) {
            if !rows.is_empty() {
                let text = toml::to_string(&BTreeMap::from([(name, rows)])).unwrap_or_default();
                files.push((format!("{name}.toml"), text));
            }
        }
        let head = Head { study: &self.study, framework: &self.framework };
        let mut files = vec![("study.toml".to_owned(), toml::to_string(&head).unwrap_or_default())];
        macro_rules! tables {
            ($($field:ident),*) => { $( table(&mut files, stringify!($field), &self.$field); )* };
        }
        tables!(
            dimension, topic, mission, source, region, phase, period, fact, exclusion, stakeholder, instrument, task, tension, pool,
            resource, capability, activity, driver, rating, effect, finding, verdict, proposition, position, indicator, evidence,
            dilemma, option, dispute
        );
        #[cfg(feature = "csv")]
        if !self.observations.is_empty() {
            files.push((OBSERVATIONS.to_owned(), super::csv::write(&self.observations)));
        }
        files
    }
}

/// The files of a directory that belong to a case, with their texts.
fn load(directory: &FilePath, limits: &Limits) -> Result<Vec<(String, String)>, Problems> {
    let not_read = |error: std::io::Error, file: Option<&str>| {
        let mut problem = bare(ErrorKind::NotRead { message: error.to_string() });
        problem.place = Some(Place { file: file.unwrap_or(&directory.to_string_lossy()).to_owned(), line: 1, column: 1 });
        limits.gathered(vec![problem])
    };
    let mut names: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(directory).map_err(|error| not_read(error, None))? {
        let entry = entry.map_err(|error| not_read(error, None))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if (name.ends_with(".toml") && !name.starts_with('.')) || name == OBSERVATIONS {
            names.push(name);
        }
    }
    names.sort();
    if !names.iter().any(|name| name.ends_with(".toml")) {
        return Err(not_read(std::io::Error::other("the directory holds no case: it has no `*.toml` file"), None));
    }
    let mut left = limits.bytes;
    let mut files = Vec::with_capacity(names.len());
    let mut problems = Vec::new();
    for name in names {
        let path = directory.join(&name);
        let size = std::fs::metadata(&path).map_err(|error| not_read(error, Some(&name)))?.len();
        if size > left {
            return Err(ErrorKind::TooLarge { what: "bytes of the case", found: limits.bytes - left + size, max: limits.bytes }.into());
        }
        left -= size;
        let bytes = std::fs::read(&path).map_err(|error| not_read(error, Some(&name)))?;
        match String::from_utf8(bytes) {
            Ok(text) => files.push((name, text)),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let mut problem = bare(ErrorKind::NotUtf8 { at });
                let (line, column) = line_and_column(&String::from_utf8_lossy(&error.as_bytes()[..at]), usize::MAX);
                problem.place = Some(Place { file: name, line, column });
                problem.form = false;
                problems.push(problem);
            }
        }
    }
    if problems.is_empty() { Ok(files) } else { Err(limits.gathered(problems)) }
}

fn bare(kind: ErrorKind) -> Problem {
    Problem { path: Path::root(), row: None, place: None, error: Error::from(kind), see: None, form: false }
}

fn sorted<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<File<'a>> {
    let mut files: Vec<File<'a>> = texts.into_iter().map(|(name, text)| File { name, text }).collect();
    files.sort_by_key(|file| file.name);
    files
}

/// The rows of all files.
fn parse(files: &[File<'_>], limits: &Limits) -> Result<Reading, Problems> {
    let bytes: u64 = files.iter().map(|file| file.text.len() as u64).sum();
    if bytes > limits.bytes {
        return Err(ErrorKind::TooLarge { what: "bytes of the case", found: bytes, max: limits.bytes }.into());
    }
    let mut reading = Reading::default();
    for (at, file) in files.iter().enumerate() {
        if file.name == OBSERVATIONS {
            #[cfg(feature = "csv")]
            super::csv::read(file.name, file.text, &mut reading.document.observations, &mut reading.problems);
            #[cfg(not(feature = "csv"))]
            reading.problems.push(bare(ErrorKind::NotRead { message: format!("`{OBSERVATIONS}` needs the feature `csv`") }));
        } else {
            parse_file(at, file, &mut reading);
        }
    }
    Ok(reading)
}

fn parse_file(at: usize, file: &File<'_>, reading: &mut Reading) {
    let (table, errors) = DeTable::parse_recoverable(file.text);
    let broken: Vec<usize> = errors.iter().map(|error| error.span().map_or(0, |span| span.start)).collect();
    for (error, offset) in errors.iter().zip(&broken) {
        let message = error.message().lines().next().unwrap_or("cannot be read").to_owned();
        let kind = if message.contains("recursion") || message.contains("depth") || message.contains("nested") {
            ErrorKind::TooDeep {}
        } else {
            ErrorKind::Syntax { message }
        };
        let mut problem = bare(kind);
        let (line, column) = line_and_column(file.text, *offset);
        problem.place = Some(Place { file: file.name.to_owned(), line, column });
        problem.form = true;
        reading.problems.push(problem);
    }
    let spoilt = if broken.is_empty() { Vec::new() } else { spoilt_rows(file.text, &broken, &mut reading.unread) };
    for (key, value) in table.into_inner() {
        let name = key.get_ref().as_ref();
        let Some(table) = CaseDocument::NAMES.iter().find(|known| **known == name) else {
            let near = nearest(name, CaseDocument::NAMES.iter().copied());
            let mut problem = bare(ErrorKind::UnknownTable { found: name.to_owned(), near });
            problem.path = Path::root().key(name);
            let (line, column) = line_and_column(file.text, key.span().start);
            problem.place = Some(Place { file: file.name.to_owned(), line, column });
            reading.problems.push(problem);
            continue;
        };
        let one = matches!(*table, "study" | "framework");
        let span = value.span();
        match (value.into_inner(), one) {
            (DeValue::Array(rows), false) => {
                for (index, row) in rows.into_iter().enumerate() {
                    take_row(at, file, table, Some(index), row, &spoilt, reading);
                }
            }
            (row @ DeValue::Table(_), true) => take_row(at, file, table, None, Spanned::new(span, row), &spoilt, reading),
            (other, one) => {
                let found = other.type_str();
                let form = if one { format!("[{table}]") } else { format!("[[{table}]]") };
                let mut problem = bare(ErrorKind::WrongForm { message: format!("`{table}` is {found}; its rows are written {form}") });
                problem.path = Path::root().key(*table);
                problem.form = true;
                let (line, column) = line_and_column(file.text, key.span().start);
                problem.place = Some(Place { file: file.name.to_owned(), line, column });
                reading.problems.push(problem);
            }
        }
    }
}

/// Adds a row to the document, or keeps its fault of form.
fn take_row(
    at: usize,
    file: &File<'_>,
    table: &'static str,
    index: Option<usize>,
    row: RowValue<'_>,
    spoilt: &[(String, usize)],
    reading: &mut Reading,
) {
    let place = index.unwrap_or(0);
    if spoilt.iter().any(|(name, n)| name == table && *n == place) {
        return;
    }
    let number = reading.document.len(table);
    let error = match reading.document.push(table, row) {
        Ok(()) => {
            reading.layout.entry(table).or_default().push((at, place));
            return;
        }
        Err(NotRead::Form(error)) => error,
        Err(NotRead::Table) => return,
        Err(NotRead::Twice) => {
            let mut problem = bare(ErrorKind::DuplicateId { id: table.to_owned() });
            problem.path = Path::root().key(table);
            problem.place = locate(file, &[Segment::Key(table.to_owned())], 0);
            reading.problems.push(problem);
            return;
        }
    };
    let (parsed, _) = DeTable::parse_recoverable(file.text);
    let value = parsed.get_ref().get(table);
    let value = match index {
        Some(index) => value.and_then(|value| value.get_ref().get(index)),
        None => value,
    };
    let id = value.and_then(|row| row.get_ref().get("id")).and_then(|id| id.get_ref().as_str()).unwrap_or_default();
    let mut path = Path::root().key(table);
    if index.is_some() {
        path = path.index(number);
    }
    let span = error.span().unwrap_or(0..0);
    let mut problem = bare(shape(&error));
    if let Some(value) = value {
        path = deepest(value, span.start, path);
    }
    let start = if span.start == 0 { value.map_or(0, |value| value.span().start) } else { span.start };
    let (line, column) = line_and_column(file.text, start);
    problem.place = Some(Place { file: file.name.to_owned(), line, column });
    problem.path = path;
    problem.row = (!id.is_empty()).then(|| id.to_owned());
    problem.form = true;
    reading.problems.push(problem);
    if let Some(table) = Table::ALL.iter().find(|known| known.name() == table)
        && !id.is_empty()
    {
        reading.unread.push((*table, id.to_owned()));
    }
}

/// What serde says of a row's form, as one of our kinds.
fn shape(error: &toml::de::Error) -> ErrorKind {
    let message = error.message().lines().next().unwrap_or("cannot be read");
    let mut quoted = message.split('`').skip(1).step_by(2);
    if message.starts_with("unknown field") {
        let found = quoted.next().unwrap_or_default().to_owned();
        let near = nearest(&found, quoted);
        return ErrorKind::UnknownField { found, near };
    }
    if message.contains("nan is not a finite") || message.contains("inf is not a finite") {
        return ErrorKind::NotFinite { what: "the value" };
    }
    ErrorKind::WrongForm { message: message.to_owned() }
}

/// The path of the innermost field whose key or value holds an offset.
fn deepest(value: &Spanned<DeValue<'_>>, offset: usize, path: Path) -> Path {
    match value.get_ref() {
        DeValue::Table(table) => {
            for (key, value) in table {
                if key.span().contains(&offset) {
                    return path.key(key.get_ref().as_ref());
                }
                if value.span().contains(&offset) {
                    return deepest(value, offset, path.key(key.get_ref().as_ref()));
                }
            }
            path
        }
        DeValue::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                if item.span().contains(&offset) {
                    return deepest(item, offset, path.index(index));
                }
            }
            path
        }
        _ => path,
    }
}

/// Rows of a file that hold a fault of syntax: table and place. Their ids, and those of rows that the
/// parser may have lost, are told as unread.
fn spoilt_rows(text: &str, broken: &[usize], unread: &mut Vec<(Table, String)>) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut rows: Vec<(String, usize, usize)> = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if let Some(name) = trimmed.strip_prefix("[[").and_then(|rest| rest.split("]]").next()) {
            let count = counts.entry(name.trim().to_owned()).or_default();
            rows.push((name.trim().to_owned(), *count, offset));
            *count += 1;
        } else if let Some(id) = trimmed.strip_prefix("id").and_then(|rest| rest.trim_start().strip_prefix('=')) {
            let id = id.trim().trim_start_matches(['"', '\'']).split(['"', '\'']).next().unwrap_or_default();
            let table = rows.last().and_then(|(name, ..)| Table::ALL.iter().find(|table| table.name() == name));
            if let (Some(table), false) = (table, id.is_empty()) {
                unread.push((*table, id.to_owned()));
            }
        }
        offset += line.len();
    }
    let mut spoilt = Vec::new();
    for at in broken {
        if let Some((name, n, _)) = rows.iter().rev().find(|(_, _, start)| start <= at) {
            spoilt.push((name.clone(), *n));
        }
    }
    spoilt
}

/// Line and column of an offset, both from 1, the column in characters.
fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let mut end = offset.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = &text[..end];
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[start..].chars().filter(|c| *c != '\u{feff}').count() + 1)
}

/// The place of a path in a file; `row` is the row's place in that file.
fn locate(file: &File<'_>, path: &[Segment], row: usize) -> Option<Place> {
    let (parsed, _) = DeTable::parse_recoverable(file.text);
    let offset = offset(parsed.get_ref(), path, row)?;
    let (line, column) = line_and_column(file.text, offset);
    Some(Place { file: file.name.to_owned(), line, column })
}

/// The offset at which the field at a path stands: of its value, or of its key where that is a table
/// or a list; of the innermost field around it where it is not given.
fn offset(table: &DeTable<'_>, path: &[Segment], row: usize) -> Option<usize> {
    let (Segment::Key(name), rest) = path.split_first()? else { return None };
    let (key, value) = table.get_key_value(name.as_str())?;
    let (mut value, mut found, rest) = match (value.get_ref(), rest) {
        (DeValue::Array(rows), [Segment::Index(_), rest @ ..]) => {
            let value = rows.get(row)?;
            (value, value.span().start, rest)
        }
        (_, rest) => (value, key.span().start, rest),
    };
    for segment in rest {
        let (next, start) = match (value.get_ref(), segment) {
            (DeValue::Table(table), Segment::Key(name)) => match table.get_key_value(name.as_str()) {
                Some((key, next)) => {
                    let whole = matches!(next.get_ref(), DeValue::Table(_) | DeValue::Array(_));
                    (next, if whole { key.span().start } else { next.span().start })
                }
                None => break,
            },
            (DeValue::Array(items), Segment::Index(index)) => match items.get(*index) {
                Some(next) => (next, next.span().start),
                None => break,
            },
            _ => break,
        };
        (value, found) = (next, start);
    }
    Some(found)
}

/// Finds the places of faults of meaning, parsing each file at most once more.
struct Places<'a> {
    files: &'a [File<'a>],
    layout: &'a BTreeMap<&'static str, Vec<(usize, usize)>>,
    parsed: BTreeMap<usize, Spanned<DeTable<'a>>>,
    lines: BTreeMap<usize, Vec<usize>>,
}

impl<'a> Places<'a> {
    fn new(files: &'a [File<'a>], layout: &'a BTreeMap<&'static str, Vec<(usize, usize)>>) -> Self {
        Self { files, layout, parsed: BTreeMap::new(), lines: BTreeMap::new() }
    }

    fn placed(&mut self, mut problem: Problem) -> Problem {
        problem.place = self.place(&problem.path);
        if let Some((_, path, place)) = &mut problem.see {
            *place = self.place(path);
        }
        problem
    }

    fn place(&mut self, path: &Path) -> Option<Place> {
        let segments = path.segments();
        let Segment::Key(table) = segments.first()? else { return None };
        #[cfg(feature = "csv")]
        if table == "row" {
            let file = self.files.iter().find(|file| file.name == OBSERVATIONS)?;
            return super::csv::place(file.name, file.text, segments);
        }
        let index = match segments.get(1) {
            Some(Segment::Index(index)) => *index,
            _ => 0,
        };
        let (at, row) = *self.layout.get(table.as_str())?.get(index)?;
        let file = self.files.get(at)?;
        let parsed = self.parsed.entry(at).or_insert_with(|| DeTable::parse_recoverable(file.text).0);
        let offset = offset(parsed.get_ref(), segments, row)?;
        let lines = self.lines.entry(at).or_insert_with(|| {
            std::iter::once(0).chain(file.text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at + 1)).collect()
        });
        let line = lines.partition_point(|start| *start <= offset);
        let start = lines.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let column = file.text.get(start..offset).map_or(1, |text| text.chars().filter(|c| *c != '\u{feff}').count() + 1);
        Some(Place { file: file.name.to_owned(), line, column })
    }
}
