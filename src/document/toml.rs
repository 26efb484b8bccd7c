//! Reads case files row by row, and writes them.
//!
//! Each file is parsed once, with recovery, and each of its rows becomes a record on its own: a fault
//! of form costs its row and no other. Only where something is wrong the file is parsed once more, to
//! say on which line.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path as FilePath;

use serde::Serialize;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::refer::Unread;
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

/// Where a row stands that was read.
#[derive(Clone, Copy)]
struct RowAt {
    /// Its file.
    file: usize,
    /// Its place in its table in that file.
    place: usize,
    /// Its number among all rows of its table, those that could not be read included.
    number: usize,
}

/// What was read, and from where.
#[derive(Default)]
struct Reading<'a> {
    document: CaseDocument,
    /// The rows of each table that were read.
    layout: BTreeMap<&'static str, Vec<RowAt>>,
    /// How many rows of each table there were so far.
    met: BTreeMap<&'static str, usize>,
    /// The rows of `observations.csv`.
    #[cfg(feature = "csv")]
    observations: Vec<super::csv::Rows<'a>>,
    /// Rows that could not be read.
    unread: Unread,
    /// Faults of syntax and form.
    problems: Vec<Problem>,
    /// How many more there are.
    more: usize,
    #[cfg(not(feature = "csv"))]
    files: std::marker::PhantomData<&'a str>,
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
        limits.rows_of(&reading.document)?;
        match check::study(&reading.document, &reading.unread) {
            Ok(study) if reading.problems.is_empty() => Ok(study),
            Ok(_) => Err(limits.gathered(reading.problems, reading.more)),
            Err(meaning) => {
                let mut problems = std::mem::take(&mut reading.problems);
                let more = reading.more + meaning.len().saturating_sub(limits.closely());
                let mut places = Places::new(&files, &reading);
                problems.extend(meaning.into_iter().take(limits.closely()).map(|problem| places.placed(problem)));
                Err(limits.gathered(problems, more))
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
        let files = sorted(texts);
        let reading = parse(&files, &limits)?;
        limits.rows_of(&reading.document)?;
        if reading.problems.is_empty() { Ok(reading.document) } else { Err(limits.gathered(reading.problems, reading.more)) }
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
            dimension,
            topic,
            mission,
            source,
            region,
            phase,
            period,
            fact,
            exclusion,
            stakeholder,
            instrument,
            task,
            tension,
            pool,
            resource,
            capability,
            activity,
            driver,
            rating,
            effect,
            finding,
            verdict,
            proposition,
            position,
            indicator,
            evidence,
            dilemma,
            option,
            dispute
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
        let message = match error.kind() {
            std::io::ErrorKind::NotFound => "there is no such file or directory".to_owned(),
            _ => error.to_string(),
        };
        let mut problem = bare(ErrorKind::NotRead { message });
        problem.place = Some(Place { file: file.unwrap_or(&directory.to_string_lossy()).to_owned(), line: 0, column: 0 });
        limits.gathered(vec![problem], 0)
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
        return Err(not_read(std::io::Error::other("a case has files `*.toml`; here is none"), None));
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
                let text = String::from_utf8_lossy(&error.as_bytes()[..at]);
                problem.place = Some(Lines::new(&text).place(&name, text.len()));
                problems.push(problem);
            }
        }
    }
    if problems.is_empty() { Ok(files) } else { Err(limits.gathered(problems, 0)) }
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
fn parse<'a>(files: &[File<'a>], limits: &Limits) -> Result<Reading<'a>, Problems> {
    let bytes: u64 = files.iter().map(|file| file.text.len() as u64).sum();
    if bytes > limits.bytes {
        return Err(ErrorKind::TooLarge { what: "bytes of the case", found: bytes, max: limits.bytes }.into());
    }
    let mut reading = Reading::default();
    for (at, file) in files.iter().enumerate() {
        if file.name == OBSERVATIONS {
            #[cfg(feature = "csv")]
            {
                let Reading { document, problems, observations, .. } = &mut reading;
                observations.push(super::csv::read(file.name, file.text, &mut document.observations, problems));
            }
            #[cfg(not(feature = "csv"))]
            reading.problems.push(bare(ErrorKind::NotRead { message: format!("`{OBSERVATIONS}` needs the feature `csv`") }));
        } else {
            FileReader { at, file, lines: None, again: None, closely: limits.closely() }.read(&mut reading);
        }
    }
    Ok(reading)
}

/// Reads one file; what is needed only for problems is made only for them.
struct FileReader<'f, 'a> {
    at: usize,
    file: &'f File<'a>,
    lines: Option<Lines<'a>>,
    again: Option<Spanned<DeTable<'a>>>,
    closely: usize,
}

impl<'a> FileReader<'_, 'a> {
    fn read(mut self, reading: &mut Reading<'_>) {
        let (table, errors) = DeTable::parse_recoverable(self.file.text);
        let spoilt = if errors.is_empty() { Spoilt::default() } else { self.syntax(&table, &errors, reading) };
        for (key, value) in table.into_inner() {
            let name = key.get_ref().as_ref();
            let Some(table) = CaseDocument::NAMES.iter().copied().find(|known| *known == name) else {
                let near = nearest(name, CaseDocument::NAMES.iter().copied());
                if let Some(near) = CaseDocument::NAMES.iter().find(|known| near.as_deref() == Some(**known)) {
                    reading.unread.table(near, value.get_ref());
                }
                let kind = ErrorKind::UnknownTable { found: name.to_owned(), near };
                self.form(key.span().start, Path::root().key(name), kind, reading);
                continue;
            };
            let one = matches!(table, "study" | "framework");
            let span = value.span();
            match (value.into_inner(), one) {
                (DeValue::Array(rows), false) if rows.iter().all(|row| row.get_ref().is_table()) => {
                    for (index, row) in rows.into_iter().enumerate() {
                        self.row(table, Some(index), row, &spoilt, reading);
                    }
                }
                (row @ DeValue::Table(_), true) => self.row(table, None, Spanned::new(span, row), &spoilt, reading),
                (other, one) => {
                    reading.unread.table(table, &other);
                    let (found, belongs) = if one { (kind(&other), "one table") } else { (kind(&other), "a list of tables") };
                    let form = if one { format!("[{table}]") } else { format!("[[{table}]]") };
                    let message = format!("`{table}` is {found}; it is {belongs}, written `{form}`");
                    self.form(key.span().start, Path::root().key(table), ErrorKind::WrongForm { message }, reading);
                }
            }
        }
    }

    /// Keeps a fault of form.
    fn form<'p>(&mut self, offset: usize, path: Path, kind: ErrorKind, reading: &'p mut Reading<'_>) -> Option<&'p mut Problem> {
        if reading.problems.len() >= self.closely {
            reading.more += 1;
            return None;
        }
        let lines = self.lines.get_or_insert_with(|| Lines::new(self.file.text));
        let place = Some(lines.place(self.file.name, offset));
        reading.problems.push(Problem { path, row: None, place, error: Error::from(kind), see: None, form: true });
        reading.problems.last_mut()
    }

    /// Keeps faults of syntax, one for each line and each field, and tells which rows they spoil.
    fn syntax(&mut self, table: &Spanned<DeTable<'_>>, errors: &[toml::de::Error], reading: &mut Reading<'_>) -> Spoilt {
        let text = self.file.text;
        let mut spoilt = Spoilt::heads(text);
        let mut faults: Vec<(usize, ErrorKind)> = Vec::new();
        let mut field: Option<Range<usize>> = None;
        let mut found: Vec<(usize, &toml::de::Error)> = Vec::new();
        for error in errors {
            match error.span() {
                Some(span) => found.push((span.start, error)),
                None => {
                    spoilt.whole = true;
                    found.push((deepest_key(text), error));
                }
            }
        }
        found.sort_by_key(|(offset, _)| *offset);
        let end = text.trim_end().len();
        for (offset, error) in found {
            spoilt.at(offset);
            let unclosed = offset >= end;
            let inside = field.clone().filter(|field| field.contains(&offset) || unclosed && field.end >= end);
            let same_line = faults.last().is_some_and(|(last, _)| !text.get(*last..offset).is_some_and(|between| between.contains('\n')));
            let message = error.message().lines().next().unwrap_or("cannot be read");
            let kind = if message.contains("recurs") { ErrorKind::TooDeep {} } else { ErrorKind::Syntax { message: plain(message) } };
            match (inside, faults.last_mut()) {
                // What is never closed begins where its field begins.
                (Some(field), Some(last)) if unclosed => *last = (field.start, kind),
                (Some(_), Some(_)) => {}
                _ => {
                    // Each takes a pass over the file; after so many faults a field more or less is no matter.
                    field = if faults.len() < 200 { field_at(table.get_ref(), offset, unclosed) } else { None };
                    let start = field.as_ref().filter(|_| unclosed).map_or(offset, |field| field.start);
                    spoilt.at(start);
                    if !same_line {
                        faults.push((start, kind));
                    }
                }
            }
        }
        for (offset, kind) in faults {
            self.form(offset, Path::root(), kind, reading);
        }
        spoilt.unread(table.get_ref(), text, &mut reading.unread);
        spoilt
    }

    /// Adds a row to the document, or keeps its fault of form.
    fn row(&mut self, table: &'static str, index: Option<usize>, row: RowValue<'_>, spoilt: &Spoilt, reading: &mut Reading<'_>) {
        let place = index.unwrap_or(0);
        let met = reading.met.entry(table).or_default();
        let number = *met;
        *met += 1;
        if spoilt.holds(row.span().start) {
            return;
        }
        let path = if index.is_some() { Path::root().key(table).index(number) } else { Path::root().key(table) };
        let start = row.span().start;
        let error = match reading.document.push(table, row) {
            Ok(()) => {
                reading.layout.entry(table).or_default().push(RowAt { file: self.at, place, number });
                return;
            }
            Err(NotRead::Form(error)) => error,
            Err(NotRead::Table) => return,
            Err(NotRead::Twice) => {
                self.form(start, path, ErrorKind::WrongForm { message: format!("a second `[{table}]`; a case has one") }, reading);
                return;
            }
        };
        let text = self.file.text;
        let again = self.again.get_or_insert_with(|| DeTable::parse_recoverable(text).0);
        let value = again.get_ref().get(table);
        let value = match index {
            Some(index) => value.and_then(|value| value.get_ref().get(index)),
            None => value,
        };
        let offset = error.span().map(|span| span.start).filter(|offset| *offset > 0);
        let (path, culprit) = match (value, offset) {
            (Some(value), Some(offset)) => deepest(value, offset, path.clone()).unwrap_or((path, None)),
            _ => (path, None),
        };
        let name = value.and_then(|row| name(table, row.get_ref()));
        reading.unread.tables.insert(table);
        if let Some(value) = value {
            reading.unread.row(table, value.get_ref());
        }
        let kind = shape(&error, culprit);
        if let Some(problem) = self.form(offset.unwrap_or(start), path, kind, reading) {
            problem.row = name;
        }
    }
}

/// The commonest of the parser's messages in words for somebody who writes a case, the rest as they are.
fn plain(message: &str) -> String {
    const WORDS: [(&str, &str); 8] = [
        ("invalid basic string, expected `\"`", "the text has no closing `\"`"),
        ("invalid literal string, expected `'`", "the text has no closing `'`"),
        ("unclosed array, expected `]`", "the list has no closing `]`"),
        ("unclosed inline table, expected `}`", "the group of fields has no closing `}`"),
        ("missing comma between array elements, expected `,`", "a `,` is missing in the list"),
        ("string values must be quoted, expected literal string", "a text stands in quotes"),
        ("key with no value, expected `=`", "a field has no `=`"),
        ("duplicate key", "the field is given twice"),
    ];
    WORDS.iter().find(|(theirs, _)| *theirs == message).map_or(message, |(_, ours)| ours).to_owned()
}

/// What a row is called in words: its id, or what it rates.
fn name(table: &str, row: &DeValue<'_>) -> Option<String> {
    let text = |value: &DeValue<'_>| value.as_str().map(str::to_owned);
    if table != "rating" {
        return row.get("id").and_then(|id| text(id.get_ref())).filter(|id| !id.is_empty());
    }
    let words = ["task", "pool", "phase", "region"].into_iter().filter_map(|field| match row.get(field)?.get_ref() {
        DeValue::Array(items) => Some(items.iter().filter_map(|item| text(item.get_ref())).collect::<Vec<_>>().join("+")),
        value => text(value),
    });
    let words: Vec<String> = words.filter(|words| !words.is_empty()).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// The kind of a value, in words.
fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "`true` or `false`",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// What serde says of a row's form, as one of our kinds; `value` is what it says it of.
fn shape(error: &toml::de::Error, value: Option<&DeValue<'_>>) -> ErrorKind {
    let message = error.message().lines().next().unwrap_or("cannot be read");
    let mut quoted = message.split('`').skip(1).step_by(2);
    if message.starts_with("unknown field") {
        let found = quoted.next().unwrap_or_default().to_owned();
        let near = nearest(&found, quoted);
        return ErrorKind::UnknownField { found, near };
    }
    if message.ends_with("is not a finite number") {
        return ErrorKind::NotFinite { what: "the value" };
    }
    let message = match (message.strip_prefix("invalid type: ").and_then(|rest| rest.rsplit_once(", expected ")), value) {
        (Some((_, expected)), Some(value)) => {
            let belongs = match expected {
                "a string" if matches!(value, DeValue::Array(_) | DeValue::Table(_)) => "a text",
                "a string" => "a text, in quotes,",
                "a sequence" => "a list",
                "a boolean" => "`true` or `false`",
                "i64" => "a whole number",
                "f64" => "a number",
                "a map" => "a group of fields, `{ … }`,",
                expected if expected.starts_with("struct ") => "a group of fields, `{ … }`,",
                expected => expected,
            };
            let short = |text: &str| text.chars().take(40).collect::<String>();
            let found = match value {
                DeValue::String(text) => format!("the text `{}`", short(text)),
                DeValue::Integer(number) => format!("the number `{}`", short(number.as_str())),
                DeValue::Float(number) => format!("the number `{}`", short(number.as_str())),
                DeValue::Datetime(date) => format!("the date `{date}`"),
                DeValue::Boolean(found) => format!("`{found}`"),
                value => kind(value).to_owned(),
            };
            format!("{found} stands where {belongs} belongs")
        }
        _ => message.to_owned(),
    };
    ErrorKind::WrongForm { message }
}

/// The path of the innermost field whose key or value is at an offset, and the value if it is that.
///
/// The span of a table that is not written in braces is that of its header alone, so that all are looked into.
fn deepest<'v, 'a>(value: &'v Spanned<DeValue<'a>>, offset: usize, path: Path) -> Option<(Path, Option<&'v DeValue<'a>>)> {
    let into = |value: &'v Spanned<DeValue<'a>>, path: Path| match value.get_ref() {
        found @ (DeValue::Table(_) | DeValue::Array(_)) if value.span().start != offset => {
            let inner = deepest(value, offset, path.clone());
            inner.or_else(|| value.span().contains(&offset).then_some((path, Some(found))))
        }
        found => value.span().contains(&offset).then_some((path, Some(found))),
    };
    match value.get_ref() {
        DeValue::Table(table) => table.iter().find_map(|(key, value)| {
            let path = path.clone().key(key.get_ref().as_ref());
            if key.span().contains(&offset) { Some((path, None)) } else { into(value, path) }
        }),
        DeValue::Array(items) => items.iter().enumerate().find_map(|(index, item)| into(item, path.clone().index(index))),
        _ => None,
    }
}

/// The span of the field of a row that holds an offset; one that is never closed ends with the text.
fn field_at(table: &DeTable<'_>, offset: usize, unclosed: bool) -> Option<Range<usize>> {
    let of_row =
        |row: &DeTable<'_>| row.iter().map(|(_, value)| value.span()).find(|span| span.contains(&offset) || unclosed && span.end >= offset);
    table.iter().find_map(|(_, value)| match value.get_ref() {
        DeValue::Table(row) => of_row(row),
        DeValue::Array(rows) => rows.iter().find_map(|row| row.get_ref().as_table().and_then(of_row)),
        _ => None,
    })
}

/// The offset of the key with the most parts: the parser does not say which one was too deep.
fn deepest_key(text: &str) -> usize {
    let mut offset = 0;
    let mut deepest = (0, 0);
    for line in text.split_inclusive('\n') {
        let dots = line.split('=').next().unwrap_or_default().matches('.').count();
        if dots > deepest.0 {
            deepest = (dots, offset);
        }
        offset += line.len();
    }
    deepest.1
}

/// The rows of a file that a fault of syntax may have reached.
#[derive(Default)]
struct Spoilt {
    /// The offset and table of each header line, in order, and whether a fault stands below it.
    heads: Vec<(usize, String, bool)>,
    /// Whether all are.
    whole: bool,
}

impl Spoilt {
    /// The header lines of a text: `[[task]]` and, mistyped, `[task]`, but no table below a row.
    fn heads(text: &str) -> Self {
        let mut heads = Vec::new();
        let mut offset = 0;
        for line in text.split_inclusive('\n') {
            let trimmed = line.trim_start_matches('\u{feff}').trim();
            if let Some(rest) = trimmed.strip_prefix('[') {
                let name = rest.trim_start_matches('[').split([']', '#']).next().unwrap_or_default().trim();
                if !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')) {
                    heads.push((offset, name.to_owned(), false));
                }
            }
            offset += line.len();
        }
        Self { heads, whole: false }
    }

    /// The place of the header above an offset.
    fn head(&self, offset: usize) -> Option<usize> {
        self.heads.partition_point(|(start, ..)| *start <= offset).checked_sub(1)
    }

    /// Marks the row at an offset.
    fn at(&mut self, offset: usize) {
        if let Some(head) = self.head(offset) {
            self.heads[head].2 = true;
        }
    }

    /// Whether the row that begins at an offset is spoilt.
    fn holds(&self, offset: usize) -> bool {
        self.whole || self.head(offset).is_some_and(|head| self.heads[head].2)
    }

    /// Tells the rows that are spoilt, and those that the parser did not find at all.
    fn unread(&mut self, table: &DeTable<'_>, text: &str, unread: &mut Unread) {
        let mut found = vec![false; self.heads.len()];
        for (key, value) in table {
            let rows = value.get_ref().as_array().map(|rows| rows.iter().map(|row| row.span().start).collect());
            for start in rows.unwrap_or_else(|| vec![key.span().start]) {
                if let Some(head) = self.head(start) {
                    found[head] = true;
                }
            }
        }
        for (head, found) in found.into_iter().enumerate() {
            self.heads[head].2 |= self.whole || !found;
            let (start, name, spoilt) = &self.heads[head];
            if !spoilt {
                continue;
            }
            let near = nearest(name, CaseDocument::NAMES.iter().copied());
            let Some(table) = CaseDocument::NAMES.iter().find(|known| *known == name || near.as_deref() == Some(**known)) else { continue };
            unread.tables.insert(table);
            let end = self.heads.get(head + 1).map_or(text.len(), |(start, ..)| *start);
            for line in text.get(*start..end).unwrap_or_default().lines() {
                if let Some(id) = line.trim().strip_prefix("id").and_then(|rest| rest.trim_start().strip_prefix('=')) {
                    let id = id.trim().trim_start_matches(['"', '\'']).split(['"', '\'']).next().unwrap_or_default();
                    unread.id(table, id);
                }
            }
        }
    }
}

impl Unread {
    /// Adds the rows of a table that could not be read.
    fn table(&mut self, table: &'static str, value: &DeValue<'_>) {
        self.tables.insert(table);
        match value {
            DeValue::Array(rows) => rows.iter().for_each(|row| self.row(table, row.get_ref())),
            row => self.row(table, row),
        }
    }

    /// Adds a row of a table that could not be read.
    fn row(&mut self, table: &str, row: &DeValue<'_>) {
        self.id(table, row.get("id").and_then(|id| id.get_ref().as_str()).unwrap_or_default());
    }

    fn id(&mut self, table: &str, id: &str) {
        let table = Table::ALL.iter().find(|known| known.name() == table);
        if let (Some(table), false) = (table, id.is_empty()) {
            self.rows.push((*table, id.to_owned()));
        }
    }
}

/// The lines of a text.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(0).chain(ends).collect() }
    }

    /// The place of an offset: line and column from 1, the column in characters.
    fn place(&self, file: &str, offset: usize) -> Place {
        let mut end = offset.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= end);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let before = self.text.get(start..end).unwrap_or_default();
        // No editor shows such a line, and counting its characters for every problem takes long.
        let column = if before.len() > 100_000 { before.len() } else { before.chars().filter(|c| *c != '\u{feff}').count() };
        Place { file: file.to_owned(), line, column: column + 1 }
    }
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
struct Places<'r, 'a> {
    files: &'r [File<'a>],
    reading: &'r Reading<'a>,
    parsed: BTreeMap<usize, (Spanned<DeTable<'a>>, Lines<'a>)>,
}

impl<'r, 'a> Places<'r, 'a> {
    fn new(files: &'r [File<'a>], reading: &'r Reading<'a>) -> Self {
        Self { files, reading, parsed: BTreeMap::new() }
    }

    /// A problem with its place, its row counted among all rows.
    fn placed(&mut self, mut problem: Problem) -> Problem {
        (problem.path, problem.place) = self.place(problem.path);
        problem.see = problem.see.map(|(what, path, _)| {
            let (path, place) = self.place(path);
            (what, path, place)
        });
        problem
    }

    fn place(&mut self, path: Path) -> (Path, Option<Place>) {
        let Some((place, number)) = self.found(path.segments()) else { return (path, None) };
        (path.of_row(number), place)
    }

    fn found(&mut self, segments: &[Segment]) -> Option<(Option<Place>, usize)> {
        let Segment::Key(table) = segments.first()? else { return None };
        let index = match segments.get(1) {
            Some(Segment::Index(index)) => *index,
            _ => 0,
        };
        #[cfg(feature = "csv")]
        if table == "row" {
            let rows = self.reading.observations.first()?;
            let row = rows.row(index)?;
            return Some((Some(rows.place(row, segments.get(2))), row.number));
        }
        let row = *self.reading.layout.get(table.as_str())?.get(index)?;
        let file = self.files.get(row.file)?;
        let (parsed, lines) =
            self.parsed.entry(row.file).or_insert_with(|| (DeTable::parse_recoverable(file.text).0, Lines::new(file.text)));
        let offset = offset(parsed.get_ref(), segments, row.place);
        Some((offset.map(|offset| lines.place(file.name, offset)), row.number))
    }
}
