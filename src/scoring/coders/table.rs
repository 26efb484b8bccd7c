//! Reads a coder's ratings from a table.

use std::collections::BTreeMap;

use csv::{ReaderBuilder, StringRecord};

use super::{Coding, Given, Unit};
use crate::error::{Error, ErrorKind};
use crate::id::{PhaseId, RegionId, TaskId};
use crate::problem::{Path, Place, Problem, Problems, nearest};
use crate::rows::{Cursor, column, misnamed, missing};
use crate::scale::{Level, Link, Ranged};

/// The columns.
const COLUMNS: [&str; 7] = ["task", "phase", "region", "link", "level", "low", "high"];

/// Columns without which a row says nothing.
const NEEDED: [&str; 5] = ["task", "phase", "region", "link", "level"];

/// What stands in the column `level` where there is no level.
const NO_LEVEL: [&str; 4] = ["contested", "not-assessed", "not-applicable", "not-coded"];

/// Most problems that are listed; the rest are counted.
const LISTED: usize = 1_000;

impl Coding {
    /// Most bytes that a table may have: 16 MiB, which is some hundred thousand cells.
    pub const MOST_BYTES: usize = 16 * 1024 * 1024;

    /// What a table of ratings says: CSV with the columns `task`, `phase`, `region`, `link`, `level`, `low`
    /// and `high`, a row for each link of each cell. `name` is that of the file, for what is wrong with it.
    ///
    /// Columns may stand in any order. `level` is a level, or `contested`, `not-assessed`, `not-applicable`
    /// or `not-coded`. `low` and `high` are the ends of the range, and may be empty or left out where they
    /// are the level; a contested link has its lowest and its highest reading there, and what is no level
    /// has none. Ids are not looked up: of no case it is known here which rows it has.
    ///
    /// # Errors
    /// Everything that is wrong with the table, by line and column: columns that it should not or should
    /// have, rows with more or fewer fields than the header, ids that are none, unknown levels and links,
    /// ranges that do not hold their level, a link of a cell for the second time. More than
    /// [`Coding::MOST_BYTES`] are not read.
    ///
    /// ```
    /// use peaceops::scoring::coders::Coding;
    ///
    /// let coding = Coding::from_table("b.csv", "task,phase,region,link,level,low,high\nT1,P1,N,mandate,partial,partial,full\n")?;
    /// let (unit, judged) = coding.judgements().next().expect("one row");
    /// assert_eq!(format!("{unit}: {judged}"), "P1/N/T1 mandate: partial (partial to full)");
    ///
    /// let problems = Coding::from_table("b.csv", "task,phase,region,link,level\nT1,P1,N,mandate,partal\n").unwrap_err();
    /// assert!(problems.to_string().starts_with("b.csv:2:17: row[0].level (T1, P1, N)\n  unknown level `partal`; the nearest is `partial`"));
    /// # Ok::<(), peaceops::Problems>(())
    /// ```
    pub fn from_table(name: &str, text: &str) -> Result<Self, Problems> {
        let mut faults = Faults { file: name, list: Vec::new(), more: 0 };
        let mut links = BTreeMap::new();
        if text.len() > Self::MOST_BYTES {
            let message = format!("the table has more than {} bytes", Self::MOST_BYTES);
            faults.add((0, 0), Path::root(), || ErrorKind::NotRead { message }, None, false);
        } else {
            read(text, &mut links, &mut faults);
        }
        match Problems::gathered(faults.list, LISTED, faults.more) {
            Some(problems) => Err(problems),
            None => Ok(Self::of_links(links.into_iter().map(|(unit, (given, _))| (unit, given)))),
        }
    }
}

/// What is wrong with a table; past [`LISTED`] it is counted only.
struct Faults<'a> {
    file: &'a str,
    list: Vec<Problem>,
    more: usize,
}

impl Faults<'_> {
    fn place(&self, (line, column): (usize, usize)) -> Option<Place> {
        Some(Place { file: self.file.to_owned(), line, column })
    }

    fn add<E: Into<Error>>(&mut self, at: (usize, usize), path: Path, error: impl FnOnce() -> E, row: Option<String>, form: bool) {
        if self.list.len() < LISTED {
            self.list.push(Problem { path, row, place: self.place(at), error: error().into(), see: None, form });
        } else {
            self.more += 1;
        }
    }
}

/// Where a row stands: its line, and its number among all rows.
type At = (usize, usize);

fn read(text: &str, links: &mut BTreeMap<Unit, (Given<Level>, At)>, faults: &mut Faults<'_>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let mut cursor = Cursor::of(text);
    cursor.go_to(0);
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(error) => return faults.add((1, 1), Path::root(), || ErrorKind::Syntax { message: error.to_string() }, None, true),
    };
    if !has_columns(&header, &cursor, faults) {
        return;
    }
    let mut record = StringRecord::new();
    for number in 0.. {
        let read = reader.read_record(&mut record);
        let offset = record.position().map_or(0, csv::Position::byte);
        cursor.go_to(usize::try_from(offset).unwrap_or(usize::MAX));
        let path = || Path::root().key("row").index(number);
        match read {
            Ok(false) => break,
            Ok(true) if record.len() != header.len() => {
                let message = || format!("the row has {} fields; the header has {}", record.len(), header.len());
                faults.add((cursor.line, 1), path(), || ErrorKind::WrongForm { message: message() }, None, true);
            }
            Ok(true) => {
                let row = Row { header: &header, record: &record, text: cursor.rest(), at: (cursor.line, number) };
                let Some((unit, given)) = row.judged(faults) else { continue };
                if let Some((_, (line, first))) = links.get(&unit) {
                    let see = Some(("the first is", Path::root().key("row").index(*first), faults.place((*line, 1))));
                    let what = || ErrorKind::DuplicateRating { what: unit.to_string() };
                    let before = faults.list.len();
                    faults.add((cursor.line, 1), path(), what, None, false);
                    faults.list[before..].iter_mut().for_each(|problem| problem.see.clone_from(&see));
                } else {
                    links.insert(unit, (given, row.at));
                }
            }
            Err(error) => {
                faults.add((cursor.line, 1), path(), || ErrorKind::Syntax { message: error.to_string() }, None, true);
                break;
            }
        }
    }
}

/// Whether the header has the columns without which rows say nothing.
fn has_columns(header: &StringRecord, cursor: &Cursor<'_>, faults: &mut Faults<'_>) -> bool {
    let path = || Path::root().key("header");
    // Of a header with more columns than a hundred the rest says nothing new.
    for (column, kind) in misnamed(header, &COLUMNS, 100, cursor.rest()) {
        faults.add((cursor.line, column), path(), || kind, None, true);
    }
    let missing = missing(header, &NEEDED);
    for field in &missing {
        faults.add((cursor.line, 1), path(), || ErrorKind::MissingField { field }, None, true);
    }
    missing.is_empty()
}

/// A row of the table.
struct Row<'a> {
    header: &'a StringRecord,
    record: &'a StringRecord,
    /// The text from the row on.
    text: &'a str,
    at: At,
}

impl Row<'_> {
    /// What stands in a column; nothing where there is no such column.
    fn field(&self, name: &str) -> &str {
        self.header.iter().position(|found| found == name).and_then(|at| self.record.get(at)).unwrap_or_default()
    }

    fn fault<E: Into<Error>>(&self, faults: &mut Faults<'_>, field: &'static str, error: impl FnOnce() -> E) {
        let at = self.header.iter().position(|found| found == field).unwrap_or(0);
        let (line, number) = self.at;
        let row = [self.field("task"), self.field("phase"), self.field("region")].join(", ");
        let path = Path::root().key("row").index(number).key(field);
        faults.add((line, column(self.text, at)), path, error, Some(row), false);
    }

    /// A field as what it names.
    fn parsed<T: std::str::FromStr<Err = Error>>(&self, faults: &mut Faults<'_>, field: &'static str) -> Option<T> {
        self.field(field).parse().map_err(|error| self.fault(faults, field, || error)).ok()
    }

    /// What the row says; nothing where it has a fault.
    fn judged(&self, faults: &mut Faults<'_>) -> Option<(Unit, Given<Level>)> {
        let task = self.parsed::<TaskId>(faults, "task");
        let phase = self.parsed::<PhaseId>(faults, "phase");
        let region = self.parsed::<RegionId>(faults, "region");
        let link = self.parsed::<Link>(faults, "link");
        let given = self.given(faults);
        Some((Unit::Link { task: task?, phase: phase?, region: region?, link: link? }, given?))
    }

    fn given(&self, faults: &mut Faults<'_>) -> Option<Given<Level>> {
        let name = self.field("level");
        let no_level = match name {
            "contested" => {
                let [low, high] = ["low", "high"].map(|end| self.end(faults, end, None));
                let (low, high) = (low?, high?);
                if low >= high {
                    self.fault(faults, "level", || ErrorKind::TooFewReadings {});
                    return None;
                }
                return Some(Given::Contested { low, high });
            }
            "not-assessed" => Given::NotAssessed,
            "not-applicable" => Given::NotApplicable,
            "not-coded" => Given::NotCoded,
            _ => {
                let Some(level) = Level::ALL.iter().copied().find(|level| level.name() == name) else {
                    self.fault(faults, "level", || unknown_level(name));
                    return None;
                };
                let [low, high] = ["low", "high"].map(|end| self.end(faults, end, Some(level)));
                return Ranged::new(level, low?, high?).map_err(|error| self.fault(faults, "level", || error)).ok().map(Given::Rated);
            }
        };
        let ends = ["low", "high"].into_iter().filter(|end| !self.field(end).is_empty());
        let given = ends.map(|end| self.fault(faults, end, || no_range(name))).count();
        (given == 0).then_some(no_level)
    }

    /// An end of the range; the level itself where it is not given.
    fn end(&self, faults: &mut Faults<'_>, field: &'static str, level: Option<Level>) -> Option<Level> {
        match (self.field(field).is_empty(), level) {
            (false, _) => self.parsed(faults, field),
            (true, Some(level)) => Some(level),
            (true, None) => {
                self.fault(faults, field, || ErrorKind::MissingField { field });
                None
            }
        }
    }
}

fn unknown_level(found: &str) -> ErrorKind {
    let names = || Level::ALL.iter().map(|level| level.name()).chain(NO_LEVEL);
    ErrorKind::UnknownName {
        what: "level",
        found: found.to_owned(),
        near: nearest(found, names()),
        names: names().map(str::to_owned).collect(),
    }
}

fn no_range(name: &str) -> ErrorKind {
    ErrorKind::WrongForm { message: format!("`{name}` has no range") }
}
