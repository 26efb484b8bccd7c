//! Partial dates and open periods.
//!
//! A partial date is the set of its days: `2016` is the days of that year. A period runs from its
//! first possible to its last possible day; where a rule says *surely*, it runs from the last
//! possible start to the first possible end, and may then hold no day at all. Open ends stop at the
//! study's window.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::{Serialize, Serializer};

use crate::error::{Error, ErrorKind};

/// A year, a month or a day.
///
/// ```
/// use peaceops::date::PartialDate;
///
/// let month: PartialDate = "2018-06".parse()?;
/// assert_eq!(month.first().to_string(), "2018-06-01");
/// assert_eq!(month.last().to_string(), "2018-06-30");
/// assert_eq!("2019-02-29".parse::<PartialDate>().unwrap_err().code(), "no-such-date");
/// # Ok::<(), peaceops::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartialDate {
    first: NaiveDate,
    last: NaiveDate,
    precision: Precision,
}

/// To what a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Precision {
    Year,
    Month,
    Day,
}

impl PartialDate {
    /// A whole day.
    #[must_use]
    pub fn day(day: NaiveDate) -> Self {
        Self { first: day, last: day, precision: Precision::Day }
    }

    /// Its first possible day.
    #[must_use]
    pub fn first(self) -> NaiveDate {
        self.first
    }

    /// Its last possible day.
    #[must_use]
    pub fn last(self) -> NaiveDate {
        self.last
    }

    /// Whether it is known to the day.
    #[must_use]
    pub fn is_day(self) -> bool {
        self.precision == Precision::Day
    }
}

impl FromStr for PartialDate {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        parse_partial(text).ok_or_else(|| ErrorKind::NoSuchDate { found: text.chars().take(40).collect() }.into())
    }
}

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, years 1000 to 9999.
fn parse_partial(text: &str) -> Option<PartialDate> {
    let bytes = text.as_bytes();
    let number = |range: std::ops::Range<usize>| -> Option<u32> {
        let digits = bytes.get(range)?;
        digits.iter().try_fold(0u32, |sum, b| b.is_ascii_digit().then(|| sum * 10 + u32::from(b - b'0')))
    };
    let dashes = |at: usize| bytes.get(at) == Some(&b'-');
    let year = i32::try_from(number(0..4)?).ok().filter(|year| *year >= 1000)?;
    let (first, last, precision) = match bytes.len() {
        4 => (NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?, Precision::Year),
        7 if dashes(4) => {
            let month = number(5..7)?;
            let first = NaiveDate::from_ymd_opt(year, month, 1)?;
            let last = (28..=31).rev().find_map(|day| NaiveDate::from_ymd_opt(year, month, day))?;
            (first, last, Precision::Month)
        }
        10 if dashes(4) && dashes(7) => {
            let day = NaiveDate::from_ymd_opt(year, number(5..7)?, number(8..10)?)?;
            (day, day, Precision::Day)
        }
        _ => return None,
    };
    Some(PartialDate { first, last, precision })
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let d = self.first;
        match self.precision {
            Precision::Year => write!(f, "{:04}", d.year()),
            Precision::Month => write!(f, "{:04}-{:02}", d.year(), d.month()),
            Precision::Day => write!(f, "{:04}-{:02}-{:02}", d.year(), d.month(), d.day()),
        }
    }
}

impl fmt::Debug for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A run of days, both ends included; never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Days {
    first: NaiveDate,
    last: NaiveDate,
}

impl Days {
    /// The days from `first` to `last`, or nothing where that is before it.
    #[must_use]
    pub fn new(first: NaiveDate, last: NaiveDate) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// First day.
    #[must_use]
    pub fn first(self) -> NaiveDate {
        self.first
    }

    /// Last day.
    #[must_use]
    pub fn last(self) -> NaiveDate {
        self.last
    }

    /// How many days, both ends counted.
    #[must_use]
    #[allow(clippy::len_without_is_empty, reason = "a run of days is never empty")]
    pub fn len(self) -> i64 {
        (self.last - self.first).num_days() + 1
    }

    /// The days that are also in another run.
    #[must_use]
    pub fn within(self, other: Self) -> Option<Self> {
        Self::new(self.first.max(other.first), self.last.min(other.last))
    }

    /// Whether a day is among them.
    #[must_use]
    pub fn contains(self, day: NaiveDate) -> bool {
        self.first <= day && day <= self.last
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}", self.first, self.last)
    }
}

/// A period with partial dates, open at either end or at both.
///
/// ```
/// use peaceops::date::Period;
///
/// let period: Period = "2013-07..2015-06-19".parse()?;
/// assert_eq!(period.to_string(), "2013-07..2015-06-19");
/// let year: Period = "2016".parse()?;
/// assert_eq!(year.start(), year.end());
/// assert_eq!("2016..2015".parse::<Period>().unwrap_err().code(), "reversed-period");
/// # Ok::<(), peaceops::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    start: Option<PartialDate>,
    end: Option<PartialDate>,
}

impl Period {
    /// Checks that a period does not end before it begins.
    ///
    /// # Errors
    /// `reversed-period` where its last possible day is before its first.
    pub fn new(start: Option<PartialDate>, end: Option<PartialDate>) -> Result<Self, Error> {
        if let (Some(start), Some(end)) = (start, end)
            && end.last() < start.first()
        {
            return Err(ErrorKind::ReversedPeriod { end: end.to_string(), start: start.to_string() }.into());
        }
        Ok(Self { start, end })
    }

    /// When it begins, if it is not open.
    #[must_use]
    pub fn start(&self) -> Option<PartialDate> {
        self.start
    }

    /// When it ends, if it is not open.
    #[must_use]
    pub fn end(&self) -> Option<PartialDate> {
        self.end
    }

    /// The days on which it can have lasted, within a window.
    #[must_use]
    pub fn possible(&self, window: Days) -> Option<Days> {
        let first = self.start.map_or(window.first, |start| start.first().max(window.first));
        let last = self.end.map_or(window.last, |end| end.last().min(window.last));
        Days::new(first, last)
    }

    /// The days on which it surely went on, within a window: from its last possible start to its
    /// first possible end.
    #[must_use]
    pub fn surely(&self, window: Days) -> Option<Days> {
        let first = self.start.map_or(window.first, |start| start.last().max(window.first));
        let last = self.end.map_or(window.last, |end| end.first().min(window.last));
        Days::new(first, last)
    }

    /// The days on which it can have lasted, open ends left out of account: for its own length.
    #[must_use]
    pub fn whole(&self, window: Days) -> Days {
        let first = self.start.map_or(window.first, PartialDate::first);
        let last = self.end.map_or(window.last, PartialDate::last);
        Days { first: first.min(last), last: last.max(first) }
    }
}

impl FromStr for Period {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let invalid = || Error::from(ErrorKind::InvalidPeriod { found: text.chars().take(40).collect() });
        match text.split_once("..") {
            None => {
                let date: PartialDate = text.parse().map_err(|_| invalid())?;
                Ok(Self { start: Some(date), end: Some(date) })
            }
            Some(("", "")) => Err(invalid()),
            Some((start, end)) => {
                let part = |text: &str| if text.is_empty() { Ok(None) } else { text.parse().map(Some) };
                Self::new(part(start)?, part(end)?)
            }
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.start, self.end) {
            (Some(start), Some(end)) if start == end => write!(f, "{start}"),
            (start, end) => {
                if let Some(start) = start {
                    write!(f, "{start}")?;
                }
                f.write_str("..")?;
                end.map_or(Ok(()), |end| write!(f, "{end}"))
            }
        }
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// When a row is dated: a period, or in which way it has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum When {
    /// A period with dates.
    Dated(Period),
    /// The whole mission period: it counts in every phase, and makes no trend.
    Mission,
    /// What the source calls current: it counts in the phase of the fieldwork.
    Current,
    /// Not dated: it counts in the whole and in no phase.
    Undated,
    /// Before the mission, after the study's window, or elsewhere: it counts nowhere.
    Outside,
}

impl When {
    /// The period, where it is dated.
    #[must_use]
    pub fn period(&self) -> Option<Period> {
        match self {
            Self::Dated(period) => Some(*period),
            _ => None,
        }
    }
}

impl FromStr for When {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Ok(match text {
            "mission" => Self::Mission,
            "current" => Self::Current,
            "undated" => Self::Undated,
            "outside" => Self::Outside,
            _ => Self::Dated(text.parse()?),
        })
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dated(period) => period.fmt(f),
            Self::Mission => f.write_str("mission"),
            Self::Current => f.write_str("current"),
            Self::Undated => f.write_str("undated"),
            Self::Outside => f.write_str("outside"),
        }
    }
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
