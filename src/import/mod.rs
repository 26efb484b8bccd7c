//! Files that users bring, as observations of a study's indicators (feature `csv`).
//!
//! A mapping (`[[import]]`) lives in the case: which layout a file has, which rows are taken, what is counted, which
//! names stand for which region, and over which periods. An [`Importer`] is such a mapping checked against its study;
//! it reads a file once, as it goes by, and gives the series with an [`Account`] of every row: accepted and rejected
//! add up to read, and the first rows rejected for each [`Reason`] are shown with their place.
//!
//! | format | a row is | measures |
//! |---|---|---|
//! | `acled` | an ACLED event, columns of now or of 2019, kinds of actors as numbers or words | `count`, `deaths` |
//! | `ged` | a UCDP GED event, with a header or, in files of 43 or 49 columns, without | `deaths` (best, low and high side by side), `count`, `best`, `low`, `high` |
//! | `fatalities` | a person whom a UN mission lost | `count` |
//! | `personnel` | UN uniformed personnel of a contributor at a date, columns of now or from before 2010 | `latest` |
//! | `hxl` | a row under HXL tags; columns are named by tag, such as `#affected+idps` | `count`, `sum`, `latest`, `value` |
//! | `tidy` | a row of any table with named columns | `count`, `sum`, `latest`, `value` |
//! | `survey` | the share of an answer: `round`, `region`, `answer`, `share`, `n` | `value` |
//! | `wide` | a row with a column a year, such as `hdi_1990` or `1996` | `value` |
//!
//! - **The order of rows changes nothing** but which of the rejected rows are shown first: sums are exact decimals.
//! - **A stock is never summed over time**: `latest` adds up the rows of one date (contributors, camps), and of the
//!   dates in a period the latest stands.
//! - **Values that differ stand side by side**; nothing is averaged.
//! - **Absence is not zero**: a region and period without rows has no observation, unless the mapping says over which
//!   period the file is `complete`.
//! - **A sum that is short is told**: where a row's period and region are known and its number is not, the note of the
//!   observation says how many rows it is short of.
//! - **Memory does not grow with the file** but with the regions, periods and scopes of the result, and each row, field
//!   and header is bounded ([`Options`]).
//! - A cell that looks like a formula is data; [`to_csv`] writes it so that a spreadsheet takes it for text.
//!
//! Dates are `2023`, `2023-01`, `2023-01-31`, `31-01-2023`, `31 January 2023`; numbers have a point and nothing between
//! thousands; text is UTF-8, or else taken as Latin-1. Fields are parted by commas, semicolons or tabs, whichever the
//! first line has most of.
//!
//! ```
//! use peaceops::document::record::*;
//! use peaceops::import::Importer;
//! use peaceops::{CaseDocument, CaseStudy};
//!
//! # let text = |text: &str| text.to_string();
//! # let mut case = CaseDocument {
//! #     study: Some(StudyRecord {
//! #         id: text("example"), title: text("An example"), framework: text("epon-2019"), missions: vec![text("unx")],
//! #         when: text("2013..2014"), area: text("land"), ..Default::default()
//! #     }),
//! #     mission: vec![MissionRecord {
//! #         id: text("unx"), name: text("UN Mission in X"), host: text("X"), authorised_by: vec![text("un-sc")],
//! #         when: text("2013.."), origin: Some(text("coder")), ..Default::default()
//! #     }],
//! #     source: vec![SourceRecord { id: text("D1"), origin: text("outside"), title: text("A data set"), ..Default::default() }],
//! #     region: vec![RegionRecord { id: text("land"), name: text("X"), unit: true, ..Default::default() }],
//! #     phase: vec![PhaseRecord { id: text("P1"), when: text("2013-01-01..2014-12-31"), ..Default::default() }],
//! #     indicator: vec![IndicatorRecord {
//! #         id: text("attacks"), title: text("Attacks"), unit: text("attacks"), kind: text("flow"), origin: Some(text("coder")), ..Default::default()
//! #     }],
//! #     ..Default::default()
//! # };
//! case.import.push(ImportRecord {
//!     id: text("attacks-by-year"), format: text("tidy"), indicator: text("attacks"), period: Some(text("year")),
//!     place: Some(text("place")), date: Some(text("day")), cite: vec![text("D1 all rows")], ..Default::default()
//! });
//! let study = CaseStudy::try_from(&case)?;
//! let importer = Importer::new(&study, "attacks-by-year")?;
//! let imported = importer.read("attacks.csv", "day,place\n2013-05-01,X\n2013-06-01,X\n2014-01-01,Y\n".as_bytes())?;
//!
//! assert_eq!((imported.observations[0].when.as_str(), imported.observations[0].value.as_str()), ("2013", "2"));
//! assert_eq!(
//!     imported.account.to_string(),
//!     "attacks.csv: 3 rows read, 2 accepted, 1 rejected\n  1 the place is no region of the study [unknown-region]\n    4:12: place = `Y`"
//! );
//! case.observations.extend(imported.observations);              // what follows is another study
//! let study = CaseStudy::try_from(case)?;
//! # assert_eq!(study.observations().len(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod account;
mod acled;
mod dates;
mod fatalities;
mod filter;
mod ged;
mod header;
mod hxl;
mod layout;
mod number;
mod personnel;
mod region;
mod series;
mod survey;
mod tape;
mod tidy;
mod wide;
mod write;

use std::io::Read;

use csv::{ByteRecord, Reader, ReaderBuilder};

pub use account::{Account, Example, Reason, Rejected};
use header::Header;
use layout::{Absent, Columns, Fault, Layout, Sink};
use region::{Places, decoded};
use series::Series;
use tape::{PIECE, Tape};
pub use write::{neutral, to_csv};

use crate::document::record::ObservationRecord;
use crate::error::{Error, ErrorKind};
use crate::id::ImportId;
use crate::model::{CaseStudy, Import};
use crate::problem::{Path, Place, Problem, Problems, nearest};
use crate::scale::{ImportFormat, ImportMeasure};

/// How a file is read: what is shown, what is fatal, and bounds on what strangers send.
///
/// ```
/// use peaceops::import::Options;
///
/// let options = Options { shown: 10, strict: true, ..Options::default() };
/// assert_eq!(options.columns, 1_000);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// How many rejected rows are shown for each reason; 3.
    pub shown: usize,
    /// Whether the first row that does not fit ends the import; not so. Rows that the import does not ask for never do.
    pub strict: bool,
    /// Columns of the header; 1,000.
    pub columns: usize,
    /// Bytes of a field; 64 KiB. A row with a longer one is rejected.
    pub field: usize,
    /// Bytes of a row; 1 MiB. A longer one ends the import: a quotation mark was probably never closed.
    pub row: u64,
    /// Observations that a file may make; 200,000.
    pub observations: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { shown: 3, strict: false, columns: 1_000, field: 64 * 1024, row: 1024 * 1024, observations: 200_000 }
    }
}

/// How far a file was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Bytes.
    pub bytes: u64,
    /// Rows.
    pub rows: u64,
}

/// The series that a file makes, and what became of its rows.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Imported {
    /// The observations: by region in the study's order, then by date. They belong into
    /// [`CaseDocument::observations`](crate::CaseDocument) of another study.
    pub observations: Vec<ObservationRecord>,
    /// What became of every row.
    pub account: Account,
}

/// A mapping of a study, ready to read files.
#[derive(Clone, Debug)]
pub struct Importer {
    study: CaseStudy,
    import: Import,
}

/// Between how many rows progress is told.
const TELL: u64 = 16 * 1024;

/// How many names of columns are told where one is missing.
const NAMES: usize = 60;

impl Importer {
    /// The import of a study with an id.
    ///
    /// # Errors
    /// `unknown-id` where the study has none.
    pub fn new(study: &CaseStudy, id: &str) -> Result<Self, Error> {
        match study.imports().iter().find(|import| import.id == *id) {
            Some(import) => Ok(Self { study: study.clone(), import: import.clone() }),
            None => {
                let near = nearest(id, study.imports().iter().map(|import| import.id.as_str()));
                Err(ErrorKind::UnknownId { what: ImportId::WHAT, found: id.chars().take(64).collect(), near }.into())
            }
        }
    }

    /// The mapping.
    #[must_use]
    pub fn import(&self) -> &Import {
        &self.import
    }

    /// Reads a file, under the default [`Options`].
    ///
    /// `file` is its name, as the account and problems tell it; the bytes come from any reader, once.
    ///
    /// # Errors
    /// As [`Importer::read_with`].
    pub fn read<R: Read>(&self, file: &str, reader: R) -> Result<Imported, Problems> {
        self.read_with(file, reader, &Options::default(), &mut |_| ())
    }

    /// Reads a file under options of the caller's, telling now and then how far it is.
    ///
    /// # Errors
    /// `not-read` where the reader fails; `wrong-form` where there is no header; `unknown-name` where a column is
    /// missing that the import needs; `too-large` where the header, a row or the result is above its limit; and, where
    /// the options are strict, `wrong-form` for the first row that does not fit.
    pub fn read_with<R: Read>(
        &self,
        file: &str,
        reader: R,
        options: &Options,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Imported, Problems> {
        let unread = |error: std::io::Error| fatal(file, 0, ErrorKind::NotRead { message: error.to_string() });
        let tape = Tape::new(reader, options.row).map_err(unread)?;
        let delimiter = tape.delimiter();
        let csv = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).buffer_capacity(PIECE).from_reader(tape);
        let mut rows = Rows { csv, row: ByteRecord::new(), file, delimiter, most: options.row };
        let (header, mut held) = self.header(&mut rows)?;
        let line = rows.line();
        if header.len() > options.columns {
            let (found, max) = (header.len() as u64, options.columns as u64);
            return Err(fatal(file, line, ErrorKind::TooLarge { what: "columns of the file", found, max }));
        }
        let columns = Columns { header: &header, import: &self.import };
        let absent = |Absent(name): Absent| {
            let near = nearest(&name, header.names());
            let names = header.names().take(NAMES).map(str::to_owned).collect();
            fatal(file, line, ErrorKind::UnknownName { what: "column", found: name, near, names })
        };
        let layout = self.layout(&columns).map_err(absent)?;
        let filter = columns.filter().map_err(absent)?;
        let mut sink = self.sink(&columns, options).map_err(absent)?;
        let full = |line| {
            let max = options.observations as u64;
            fatal(file, line, ErrorKind::TooLarge { what: "observations of the import", found: max + 1, max })
        };

        let cells = layout.cells();
        let mut account = Account::new(file, if self.import.format == ImportFormat::Wide { "cells" } else { "rows" });
        let mut number = 0_u64;
        while held || rows.next()? {
            held = false;
            number += 1;
            if number.is_multiple_of(TELL) {
                progress(Progress { bytes: rows.csv.position().byte(), rows: number });
            }
            account.read += cells;
            match take(&rows.row, header.len(), options, &filter, layout.as_ref(), &mut sink) {
                Ok(()) => {
                    account.accepted += cells - sink.faults.len() as u64;
                    for fault in sink.faults.drain(..) {
                        reject(&mut account, fault, 1, &rows, &header, options)?;
                    }
                }
                Err(fault) => reject(&mut account, fault, cells, &rows, &header, options)?,
            }
            if sink.series.full {
                return Err(full(rows.line()));
            }
        }
        account.bytes = rows.csv.get_ref().passed();
        progress(Progress { bytes: account.bytes, rows: number });
        let Sink { places, mut series, .. } = sink;
        if let Some(complete) = self.import.complete {
            series.complete(complete.whole(self.study.study().window), &places.expected);
            if series.full {
                return Err(full(0));
            }
        }
        Ok(Imported { observations: series.observations(&self.study, &self.import), account })
    }

    /// The header of a file, and whether the row in hand is already one of its rows.
    fn header<R: Read>(&self, rows: &mut Rows<'_, R>) -> Result<(Header, bool), Problems> {
        let no_header = |file: &str, message: &str| fatal(file, 1, ErrorKind::WrongForm { message: message.to_owned() });
        if self.import.format == ImportFormat::Hxl {
            for _ in 0..hxl::WITHIN {
                if !rows.next()? {
                    break;
                }
                if let Some(header) = hxl::header(&rows.row) {
                    return Ok((header, false));
                }
            }
            return Err(no_header(rows.file, "the file has no row of HXL tags among its first 25, such as `#date,#adm1,#affected`"));
        }
        if !rows.next()? {
            return Err(no_header(rows.file, "the file is empty: it has no header"));
        }
        match ged::without_header(&rows.row).filter(|_| self.import.format == ImportFormat::Ged) {
            Some(header) => Ok((header, true)),
            None => Ok((Header::of(&rows.row), false)),
        }
    }

    fn layout(&self, columns: &Columns<'_>) -> Result<Box<dyn Layout>, Absent> {
        Ok(match self.import.format {
            ImportFormat::Acled => Box::new(acled::Acled::open(columns)?),
            ImportFormat::Ged => Box::new(ged::Ged::open(columns)?),
            ImportFormat::Fatalities => Box::new(fatalities::Fatalities::open(columns)?),
            ImportFormat::Personnel => Box::new(personnel::Personnel::open(columns)?),
            ImportFormat::Hxl => Box::new(hxl::open(columns)?),
            ImportFormat::Tidy => Box::new(tidy::Tidy::open(columns, "date")?),
            ImportFormat::Survey => Box::new(survey::Survey::open(columns)?),
            ImportFormat::Wide => Box::new(wide::Wide::open(columns)?),
        })
    }

    fn sink(&self, columns: &Columns<'_>, options: &Options) -> Result<Sink, Absent> {
        let import = &self.import;
        let kinds: &'static [&'static str] = match (import.format, import.measure()) {
            (ImportFormat::Ged, ImportMeasure::Deaths) => &ged::ESTIMATES,
            (_, ImportMeasure::Best) => &ged::ESTIMATES[..1],
            (_, ImportMeasure::Low) => &ged::ESTIMATES[1..2],
            (_, ImportMeasure::High) => &ged::ESTIMATES[2..],
            _ => &[""],
        };
        Ok(Sink {
            places: Places::new(&self.study, import),
            place: columns.place()?,
            scope: columns.scope()?,
            dates: import.dates.iter().map(|(name, date)| (name.trim().to_owned(), series::dated(*date))).collect(),
            series: Series::new(&self.study, import, kinds, options.observations),
            faults: Vec::new(),
        })
    }
}

/// The rows of a file, one in hand.
struct Rows<'a, R> {
    csv: Reader<Tape<R>>,
    row: ByteRecord,
    file: &'a str,
    delimiter: u8,
    most: u64,
}

impl<R: Read> Rows<'_, R> {
    /// Takes the next row into the hand; whether there is one.
    fn next(&mut self) -> Result<bool, Problems> {
        let (start, line) = (self.csv.position().byte(), self.csv.position().line());
        self.csv.get_mut().begin(start);
        self.csv.read_byte_record(&mut self.row).map_err(|error| {
            let kind = match error.kind() {
                csv::ErrorKind::Io(error) if tape::is_too_long(error) => {
                    ErrorKind::TooLarge { what: "bytes of a row", found: self.most + 1, max: self.most }
                }
                csv::ErrorKind::Io(error) => ErrorKind::NotRead { message: error.to_string() },
                _ => ErrorKind::Syntax { message: error.to_string() },
            };
            fatal(self.file, line, kind)
        })
    }

    /// The line and column of a field of the row in hand.
    fn place(&self, field: usize) -> (u64, u64) {
        self.row.position().map_or((0, 1), |at| self.csv.get_ref().place(at.byte(), at.line(), field, self.delimiter))
    }

    fn line(&self) -> u64 {
        self.place(0).0
    }
}

/// Adds a row to the series, or says what keeps it out.
fn take(
    row: &ByteRecord,
    width: usize,
    options: &Options,
    filter: &filter::Filter,
    layout: &dyn Layout,
    sink: &mut Sink,
) -> Result<(), Fault> {
    if row.len() != width {
        return Err((Reason::FieldCount, None));
    }
    if row.as_slice().len() > options.field
        && let Some(column) = row.iter().position(|field| field.len() > options.field)
    {
        return Err((Reason::TooLong, Some(column)));
    }
    filter.admits(row).map_err(|(reason, column)| (reason, Some(column)))?;
    layout.take(row, sink)
}

/// Enters a rejected row, or so many cells of it, into the account.
fn reject<R: Read>(
    account: &mut Account,
    (reason, column): Fault,
    count: u64,
    rows: &Rows<'_, R>,
    header: &Header,
    options: &Options,
) -> Result<(), Problems> {
    let strict = options.strict && !reason.is_choice();
    let rejected = account.of_reason(reason);
    rejected.count += count;
    if rejected.first.len() < options.shown || strict {
        let (line, place) = rows.place(column.unwrap_or(0));
        let value = match column.and_then(|column| rows.row.get(column)) {
            Some(field) => decoded(&field[..field.len().min(400)]).chars().take(80).collect(),
            None => format!("{} fields, the header has {}", rows.row.len(), header.len()),
        };
        let field = column.map(|column| header.name(column).map_or_else(|| format!("column {}", column + 1), str::to_owned));
        let example = Example { line, column: place, field, value };
        if strict {
            let message = format!("{}: {example}", reason.words());
            return Err(problem(account.place(&example), ErrorKind::WrongForm { message }));
        }
        account.of_reason(reason).first.push(example);
    }
    Ok(())
}

/// What ends an import, at a line of its file.
fn fatal(file: &str, line: u64, kind: ErrorKind) -> Problems {
    problem(Place { file: file.to_owned(), line: usize::try_from(line).unwrap_or(usize::MAX), column: 1 }, kind)
}

fn problem(place: Place, kind: ErrorKind) -> Problems {
    let error = Error::from(kind);
    let problem = Problem { path: Path::root(), row: None, place: Some(place), error: error.clone(), see: None, form: false };
    Problems::gathered(vec![problem], 1, 0).unwrap_or_else(|| error.into())
}
