//! The rows of one file, each as its record or with its fault of form.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::locate::Lines;
use super::spoilt::Spoilt;
use super::{File, NotRead, Reading, RowAt, RowValue, Tables};
use crate::document::CaseDocument;
use crate::error::{Error, ErrorKind};
use crate::problem::{Path, Problem, Segment, nearest};
use crate::protected::PARTS;

/// Bytes of a piece of a large file.
pub(super) const PIECE: usize = 64 * 1024;

/// A text in pieces that begin with the header of a row (`[[task]]`), so that each can be parsed alone.
///
/// A text that begins with fields of no table is one piece: what they name could not be told from a
/// table of another piece. A header inside a text or list of several lines spoils both its pieces.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let head = text.strip_prefix('\u{feff}').unwrap_or(text).lines().map(str::trim_start);
    let fields_first = head.take_while(|line| !line.starts_with('[')).any(|line| !line.is_empty() && !line.starts_with('#'));
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = if fields_first { None } else { header_after(text, PIECE) };
        let (piece, after) = end.map_or((text, None), |end| (&text[..end], Some(&text[end..])));
        rest = after;
        Some(piece)
    })
}

/// The offset of the first line past another that is the header of a row, and not of a table inside one.
fn header_after(text: &str, offset: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = offset;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == b'\n')? + 1;
        let name = bytes[at..].strip_prefix(b"[[").map(|rest| rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count());
        if name.is_some_and(|name| name > 0 && bytes[at + 2 + name..].starts_with(b"]]")) {
            return Some(at);
        }
    }
}

/// Reads one file; what is needed only for problems is made only for them.
pub(super) struct FileReader<'f, 'a> {
    pub(super) at: usize,
    pub(super) file: &'f File<'a>,
    pub(super) lines: Option<Lines<'a>>,
    pub(super) again: Option<Spanned<DeTable<'a>>>,
    pub(super) closely: usize,
}

impl<'a> FileReader<'_, 'a> {
    /// Reads the file as a whole.
    pub(super) fn read(&mut self, reading: &mut Reading<'_>) {
        let (table, errors) = DeTable::parse_recoverable(self.file.text);
        let spoilt = if errors.is_empty() { Spoilt::default() } else { self.syntax(&table, &errors, reading) };
        self.tables(table.into_inner(), &spoilt, &mut BTreeMap::new(), reading);
    }

    /// Reads the file in pieces, as far as it has no fault; whether it has none.
    pub(super) fn read_in_pieces(&mut self, reading: &mut Reading<'_>) -> bool {
        let (spoilt, mut before) = (Spoilt::default(), BTreeMap::new());
        pieces(self.file.text).all(|piece| {
            let (table, errors) = DeTable::parse_recoverable(piece);
            let sound = errors.is_empty();
            if sound {
                self.tables(table.into_inner(), &spoilt, &mut before, reading);
            }
            sound && reading.problems.is_empty()
        })
    }

    /// Reads the rows of all tables; `before` counts those of the file in each table so far.
    fn tables(&mut self, tables: DeTable<'_>, spoilt: &Spoilt, before: &mut BTreeMap<&'static str, usize>, reading: &mut Reading<'_>) {
        for (key, value) in tables {
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
                    reading.document.make_room(table, rows.len());
                    let before = before.entry(table).or_default();
                    for row in rows {
                        self.row(table, Some(*before), row, spoilt, reading);
                        *before += 1;
                    }
                }
                (row @ DeValue::Table(_), true) => self.row(table, None, Spanned::new(span, row), spoilt, reading),
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
    pub(super) fn form<'p>(&mut self, offset: usize, path: Path, kind: ErrorKind, reading: &'p mut Reading<'_>) -> Option<&'p mut Problem> {
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
    pub(super) fn syntax(&mut self, table: &Spanned<DeTable<'_>>, errors: &[toml::de::Error], reading: &mut Reading<'_>) -> Spoilt {
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
    pub(super) fn row(&mut self, table: &'static str, index: Option<usize>, row: RowValue<'_>, spoilt: &Spoilt, reading: &mut Reading<'_>) {
        let place = index.unwrap_or(0);
        let Reading { document, layout, .. } = reading;
        let layout = layout.entry(table).or_default();
        let number = layout.met;
        layout.met += 1;
        if spoilt.holds(row.span().start) {
            return;
        }
        let path = || if index.is_some() { Path::root().key(table).index(number) } else { Path::root().key(table) };
        let start = row.span().start;
        let error = match document.push(table, row) {
            Ok(()) => {
                layout.read.push(RowAt { file: self.at, place, number });
                return;
            }
            Err(NotRead::Form(error)) => error,
            Err(NotRead::Table) => return,
            Err(NotRead::Twice) => {
                self.form(start, path(), ErrorKind::WrongForm { message: format!("a second `[{table}]`; a case has one") }, reading);
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
        let (mut path, culprit) = match (value, offset) {
            (Some(value), Some(offset)) => deepest(value, offset, path()).unwrap_or((path(), None)),
            _ => (path(), None),
        };
        let name = value.and_then(|row| name(table, row.get_ref()));
        reading.unread.tables.insert(table);
        if let Some(value) = value {
            reading.unread.row(table, value.get_ref());
        }
        // What stands for a protected part is not repeated, whatever its form.
        let protected = path.segments().iter().position(|step| *step == Segment::Key("protected".to_owned()));
        if let Some(at) = protected {
            let known = |step: &Segment| matches!(step, Segment::Key(key) if PARTS.contains(&key.as_str()));
            path.cut(at + 1 + path.segments()[at + 1..].iter().take_while(|step| known(step)).count());
        }
        let kind = shape(&error, culprit, protected.is_some());
        if let Some(problem) = self.form(offset.unwrap_or(start), path, kind, reading) {
            problem.row = name;
        }
    }
}

/// The commonest of the parser's messages in words for somebody who writes a case, the rest as they are.
pub(super) fn plain(message: &str) -> String {
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
pub(super) fn name(table: &str, row: &DeValue<'_>) -> Option<String> {
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
pub(super) fn kind(value: &DeValue<'_>) -> &'static str {
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
pub(super) fn shape(error: &toml::de::Error, value: Option<&DeValue<'_>>, protected: bool) -> ErrorKind {
    let message = error.message().lines().next().unwrap_or("cannot be read");
    let mut quoted = message.split('`').skip(1).step_by(2);
    if message.starts_with("unknown field") {
        let found = quoted.next().unwrap_or_default().to_owned();
        let near = nearest(&found, quoted.clone());
        // What stands among the protected parts is not named: it may be what they protect.
        let found = if protected || quoted.eq(PARTS) { "…".to_owned() } else { found };
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
                value if protected && !matches!(value, DeValue::Boolean(_)) => kind(value).to_owned(),
                DeValue::String(text) => format!("the text `{}`", short(text)),
                DeValue::Integer(number) => format!("the number `{}`", short(number.as_str())),
                DeValue::Float(number) => format!("the number `{}`", short(number.as_str())),
                DeValue::Datetime(date) => format!("the date `{date}`"),
                DeValue::Boolean(found) => format!("`{found}`"),
                value => kind(value).to_owned(),
            };
            match (value, belongs) {
                (DeValue::Integer(_), "a whole number" | "a number") => format!("{found} has too many digits"),
                _ => format!("{found} stands where {belongs} belongs"),
            }
        }
        _ => message.to_owned(),
    };
    ErrorKind::WrongForm { message }
}

/// The path of the innermost field whose key or value is at an offset, and the value if it is that.
///
/// The span of a table that is not written in braces is that of its header alone, so that all are looked into.
pub(super) fn deepest<'v, 'a>(value: &'v Spanned<DeValue<'a>>, offset: usize, path: Path) -> Option<(Path, Option<&'v DeValue<'a>>)> {
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
pub(super) fn field_at(table: &DeTable<'_>, offset: usize, unclosed: bool) -> Option<Range<usize>> {
    let of_row =
        |row: &DeTable<'_>| row.iter().map(|(_, value)| value.span()).find(|span| span.contains(&offset) || unclosed && span.end >= offset);
    table.iter().find_map(|(_, value)| match value.get_ref() {
        DeValue::Table(row) => of_row(row),
        DeValue::Array(rows) => rows.iter().find_map(|row| row.get_ref().as_table().and_then(of_row)),
        _ => None,
    })
}

/// The offset of the key with the most parts: the parser does not say which one was too deep.
pub(super) fn deepest_key(text: &str) -> usize {
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
