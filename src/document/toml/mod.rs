//! Reads case files row by row, and writes them.
//!
//! Each file is parsed once, with recovery, and each of its rows becomes a record on its own: a fault
//! of form costs its row and no other. Only where something is wrong the file is parsed once more, to
//! say on which line. A large file is parsed in pieces, so that its rows are taken while they are still
//! close to the processor; where a piece has a fault, all files are read again as wholes.

mod form;
mod guarded;
mod load;
mod locate;
mod spoilt;
mod write;

use std::collections::BTreeMap;
use std::path::Path as FilePath;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeValue, ValueDeserializer};

use form::{FileReader, PIECE};
use locate::Places;

use super::refer::Unread;
use super::{CaseDocument, Limits, check};
use crate::error::{Error, ErrorKind};
use crate::model::CaseStudy;
use crate::problem::{Path, Place, Problem, Problems};

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
    /// Makes room for so many rows more.
    fn make_room(&mut self, table: &str, rows: usize);
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

/// Where the rows of a table stand.
#[derive(Default)]
struct Layout {
    /// Those that were read.
    read: Vec<RowAt>,
    /// How many there were so far.
    met: usize,
}

/// What was read, and from where.
#[derive(Default)]
struct Reading<'a> {
    document: CaseDocument,
    /// The rows of each table.
    layout: BTreeMap<&'static str, Layout>,
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
    /// A file whose name is only nearly one of these is a fault, as is a CSV file of another name with the columns of
    /// observations: its rows would be missing. Other files may lie beside.
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
    /// Links are followed; what is no regular file behind them, such as a pipe or a device, is refused.
    ///
    /// # Errors
    /// As [`CaseStudy::read`].
    pub fn read_with(directory: impl AsRef<FilePath>, limits: &Limits) -> Result<Self, Problems> {
        let files = load::files(directory.as_ref(), limits)?;
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
            Ok(_) => {
                guarded::hide(&files, &mut reading.problems);
                Err(limits.gathered(reading.problems, reading.more))
            }
            Err(meaning) => {
                let mut problems = std::mem::take(&mut reading.problems);
                let more = reading.more + meaning.len().saturating_sub(limits.closely());
                let mut places = Places::new(&files, &reading);
                problems.extend(meaning.into_iter().take(limits.closely()).map(|problem| places.placed(problem)));
                guarded::hide(&files, &mut problems);
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
        let mut reading = parse(&files, &limits)?;
        limits.rows_of(&reading.document)?;
        guarded::hide(&files, &mut reading.problems);
        if reading.problems.is_empty() { Ok(reading.document) } else { Err(limits.gathered(reading.problems, reading.more)) }
    }
}

fn bare(kind: ErrorKind) -> Problem {
    Problem { path: Path::root(), row: None, place: None, error: Error::from(kind), see: None, form: false }
}

/// A fault of a file or directory as a whole.
fn whole(name: &str, kind: ErrorKind) -> Problem {
    Problem { place: Some(Place { file: name.to_owned(), line: 0, column: 0 }), ..bare(kind) }
}

/// What the bytes of a case are called where they are too many.
const BYTES: &str = "bytes of the case";

fn sorted<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<File<'a>> {
    let mut files: Vec<File<'a>> = texts.into_iter().map(|(name, text)| File { name, text }).collect();
    files.sort_by_key(|file| file.name);
    files
}

/// The rows of all files.
fn parse<'a>(files: &[File<'a>], limits: &Limits) -> Result<Reading<'a>, Problems> {
    let mut bytes: u64 = 0;
    for file in files {
        bytes = bytes.saturating_add(file.text.len() as u64);
        if bytes > limits.bytes {
            let kind = ErrorKind::TooLarge { what: BYTES, found: bytes, max: limits.bytes };
            return Err(limits.gathered(vec![whole(file.name, kind)], 0));
        }
    }
    Ok(rows(files, limits, true).or_else(|| rows(files, limits, false)).unwrap_or_default())
}

/// The rows of all files, large ones in pieces or as wholes; nothing where a piece has a fault.
fn rows<'a>(files: &[File<'a>], limits: &Limits, in_pieces: bool) -> Option<Reading<'a>> {
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
            let mut reader = FileReader { at, file, lines: None, again: None, closely: limits.closely() };
            if in_pieces && file.text.len() > PIECE {
                reader.read_in_pieces(&mut reading).then_some(())?;
            } else {
                reader.read(&mut reading);
            }
        }
    }
    Some(reading)
}
