//! Everything that is wrong with a case, at once, each fault with its place.

use std::fmt;

use crate::error::{Error, ErrorKind};

/// Where in a document something stands: `rating[16].resources`.
///
/// Tables and rows are counted from 0, over all files of a case together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Path(Vec<Segment>);

/// One step of a [`Path`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Segment {
    /// A field.
    Key(String),
    /// A place in a list, counted from 0.
    Index(usize),
}

impl Path {
    /// The whole document.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// This path and a field below it.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.0.push(Segment::Key(key.into()));
        self
    }

    /// This path and a place in a list below it.
    #[must_use]
    pub fn index(mut self, index: usize) -> Self {
        self.0.push(Segment::Index(index));
        self
    }

    /// The steps, outermost first.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }

    /// Keeps only so many of the outermost steps.
    pub(crate) fn cut(&mut self, steps: usize) {
        self.0.truncate(steps);
    }

    /// This path with another number for its row.
    #[cfg(feature = "toml")]
    pub(crate) fn of_row(mut self, number: usize) -> Self {
        if let Some(Segment::Index(index)) = self.0.get_mut(1) {
            *index = number;
        }
        self
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Key(key) if at == 0 => write!(f, "{}", Visible(&clip(key, 64)))?,
                Segment::Key(key) => write!(f, ".{}", Visible(&clip(key, 64)))?,
                Segment::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// Text from a stranger, with control characters made visible.
///
/// ```
/// use peaceops::Visible;
///
/// assert_eq!(Visible("a\u{1b}[31mb").to_string(), "a\\u{1b}[31mb");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Visible<'a>(pub &'a str);

impl fmt::Display for Visible<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            if is_hidden(c) {
                write!(f, "{}", c.escape_default())?;
            } else {
                fmt::Write::write_char(f, c)?;
            }
        }
        Ok(())
    }
}

/// Whether a character would act on a terminal or reorder the text around it instead of being read.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// A place in a file: lines and columns are counted from 1, columns in characters.
///
/// Line 0 stands for the whole file or directory, and is not printed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Name of the file in its directory.
    pub file: String,
    /// Line.
    pub line: usize,
    /// Column.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Visible(&clip(&self.file, 255)))?;
        if self.line == 0 { Ok(()) } else { write!(f, ":{}:{}", self.line, self.column) }
    }
}

/// One broken rule at one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Where in the document.
    pub path: Path,
    /// The row in words: its id, or what it rates.
    pub row: Option<String>,
    /// Where in a file, where the document came from files.
    pub place: Option<Place>,
    /// What is wrong.
    pub error: Error,
    /// Another row that the fault involves: what it is to it, its path and its place.
    pub see: Option<(&'static str, Path, Option<Place>)>,
    /// Whether it is a fault of form: the row is left out of all other checks and may hide more.
    pub form: bool,
}

impl fmt::Display for Problem {
    /// Two to five lines: the place and path, the message with its code, and what helps.
    ///
    /// A fault of the case as a whole has no place, and begins with the message.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.place, self.path.segments().is_empty()) {
            (Some(place), true) => write!(f, "{place}")?,
            (Some(place), false) => write!(f, "{place}: {}", self.path)?,
            (None, _) => write!(f, "{}", self.path)?,
        }
        if let Some(row) = &self.row {
            write!(f, " ({})", Visible(&clip(row, 60)))?;
        }
        if self.place.is_some() || !self.path.segments().is_empty() {
            write!(f, "\n  ")?;
        }
        let text = clip(&self.error.to_string(), 400);
        write!(f, "{} [{}]", Visible(&text), self.error.code())?;
        if let Some((what, path, place)) = &self.see {
            write!(f, "\n  see: {what} ")?;
            if let Some(place) = place {
                write!(f, "{place}: ")?;
            }
            write!(f, "{path}")?;
        }
        if let Some(help) = self.error.help() {
            write!(f, "\n  help: {}", Visible(&help))?;
        }
        if self.form {
            write!(f, "\n  note: a fault of form: the row is left out of all other checks and may hide more")?;
        }
        Ok(())
    }
}

/// A text cut to a length, with a sign that it was.
fn clip(text: &str, max: usize) -> String {
    match text.char_indices().nth(max) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// All that is wrong with a case: never empty, in the order of files and lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Problems {
    list: Vec<Problem>,
    more: usize,
}

impl Problems {
    /// The problems, where there are any; those past `limit` are only counted, as `more` were before.
    pub(crate) fn gathered(mut list: Vec<Problem>, limit: usize, more: usize) -> Option<Self> {
        list.sort_by(|a, b| a.place.cmp(&b.place));
        let more = more + list.len().saturating_sub(limit.max(1));
        list.truncate(limit.max(1));
        if list.is_empty() { None } else { Some(Self { list, more }) }
    }

    /// The problems in order.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.list.iter()
    }

    /// How many there are, those past the limit included.
    #[must_use]
    #[allow(clippy::len_without_is_empty, reason = "there is always at least one")]
    pub fn len(&self) -> usize {
        self.list.len() + self.more
    }

    /// How many are past the limit and not listed.
    #[must_use]
    pub fn more(&self) -> usize {
        self.more
    }

    /// How many are faults of form.
    #[must_use]
    pub fn of_form(&self) -> usize {
        self.list.iter().filter(|problem| problem.form).count()
    }

    /// How many files they stand in.
    #[must_use]
    pub fn files(&self) -> usize {
        let mut files: Vec<_> = self.list.iter().filter_map(|p| p.place.as_ref().map(|place| &place.file)).collect();
        files.sort();
        files.dedup();
        files.len()
    }
}

impl fmt::Display for Problems {
    /// The problems, a blank line between them, and a line that counts them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.list {
            write!(f, "{problem}\n\n")?;
        }
        let form = self.of_form();
        let meaning = self.list.len() - form;
        let s = |n: usize| if n == 1 { "" } else { "s" };
        let whole = |kind: &ErrorKind| {
            use ErrorKind::{MisnamedFile, NotRead, NotUtf8, TooLarge};
            matches!(kind, NotRead { .. } | NotUtf8 { .. } | TooLarge { .. } | MisnamedFile { .. })
        };
        match (form, meaning) {
            (0, m) if self.list.iter().all(|problem| whole(problem.error.kind())) => write!(f, "{m} fault{}; the case was not read", s(m))?,
            (0, m) => write!(f, "{m} fault{} of meaning", s(m))?,
            (n, 0) => write!(f, "{n} fault{} of form; the rows left out may hide more", s(n))?,
            (n, m) => write!(f, "{n} fault{} of form, {m} of meaning; the rows left out may hide more", s(n))?,
        }
        if self.more > 0 {
            write!(f, "; {} more not shown", self.more)?;
        }
        write!(f, ".")
    }
}

impl std::error::Error for Problems {}

impl From<ErrorKind> for Problems {
    fn from(kind: ErrorKind) -> Self {
        Error::from(kind).into()
    }
}

impl From<Error> for Problems {
    fn from(error: Error) -> Self {
        let problem = Problem { path: Path::root(), row: None, place: None, error, see: None, form: false };
        Self { list: vec![problem], more: 0 }
    }
}

/// The name nearest to one that is wrong, if it is near enough to be meant.
///
/// Distance is that of Damerau and Levenshtein (adjacent letters swapped count once), case ignored;
/// near enough is a third of the letters, at least one and at most four.
pub(crate) fn nearest<'a>(found: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    if found.len() > 64 {
        return None;
    }
    let found: Vec<char> = found.to_lowercase().chars().collect();
    let most = (found.len() / 3).clamp(1, 4);
    let mut best: Option<(usize, &str)> = None;
    for name in names.filter(|name| name.len() <= 64) {
        let letters: Vec<char> = name.to_lowercase().chars().collect();
        if letters.len().abs_diff(found.len()) > most {
            continue;
        }
        let distance = distance(&found, &letters);
        if distance <= most && best.is_none_or(|(least, text)| (distance, name) < (least, text)) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name.to_owned())
}

/// Optimal string alignment distance.
fn distance(a: &[char], b: &[char]) -> usize {
    let width = b.len() + 1;
    let mut rows = vec![0; (a.len() + 1) * width];
    for (j, cell) in rows.iter_mut().take(width).enumerate() {
        *cell = j;
    }
    for i in 1..=a.len() {
        rows[i * width] = i;
        for j in 1..=b.len() {
            let cost = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (rows[(i - 1) * width + j] + 1).min(rows[i * width + j - 1] + 1).min(rows[(i - 1) * width + j - 1] + cost);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[(i - 2) * width + j - 2] + 1);
            }
            rows[i * width + j] = least;
        }
    }
    rows[a.len() * width + b.len()]
}
