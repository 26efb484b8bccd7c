//! Values that change on dates: not yet, in force, lapsed.

use chrono::NaiveDate;
use serde::Serialize;

use crate::date::PartialDate;

/// A value that holds from a date until the next entry, or until the timeline's end.
///
/// An entry without a value puts it out of force until the next: a mandate may be interrupted. Dates
/// are taken at their first possible day, the end at its last.
///
/// ```
/// use peaceops::timeline::{At, Entry, Timeline};
///
/// let tier = Timeline::new(
///     vec![
///         Entry { from: Some("2015-06-29".parse()?), value: Some("core") },
///         Entry { from: Some("2016-06-29".parse()?), value: Some("strategic") },
///     ],
///     Some("2023-06-30".parse()?),
/// );
/// let day = |text: &str| text.parse::<peaceops::PartialDate>().map(|date| date.first());
/// assert!(matches!(tier.at(day("2015-06-28")?), At::NotYet { .. }));
/// assert_eq!(tier.at(day("2016-06-28")?).value(), Some(&"core"));
/// assert_eq!(tier.at(day("2016-06-29")?).value(), Some(&"strategic"));
/// assert!(matches!(tier.at(day("2023-07-01")?), At::Lapsed { .. }));
/// # Ok::<(), peaceops::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Timeline<T> {
    entries: Vec<Entry<T>>,
    until: Option<PartialDate>,
}

/// One entry of a [`Timeline`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry<T> {
    /// The first day on which it holds; open where the first entry holds from before.
    pub from: Option<PartialDate>,
    /// The value, or nothing where it is out of force.
    pub value: Option<T>,
}

/// What a timeline says of one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At<'a, T> {
    /// It does not hold yet.
    NotYet {
        /// The day from which it will.
        from: NaiveDate,
    },
    /// It holds.
    InForce {
        /// The value.
        value: &'a T,
        /// Since when, where the start is not open.
        since: Option<NaiveDate>,
    },
    /// It holds no longer, or is interrupted.
    Lapsed {
        /// The first day on which it did not.
        since: NaiveDate,
    },
}

impl<'a, T> At<'a, T> {
    /// The value, where one holds.
    #[must_use]
    pub fn value(self) -> Option<&'a T> {
        match self {
            Self::InForce { value, .. } => Some(value),
            _ => None,
        }
    }
}

impl<T> Timeline<T> {
    /// A timeline of entries in order of time.
    #[must_use]
    pub fn new(entries: Vec<Entry<T>>, until: Option<PartialDate>) -> Self {
        Self { entries, until }
    }

    /// The entries in order of time.
    #[must_use]
    pub fn entries(&self) -> &[Entry<T>] {
        &self.entries
    }

    /// The last day in force, where it is not open.
    #[must_use]
    pub fn until(&self) -> Option<PartialDate> {
        self.until
    }

    /// What holds on a day.
    #[must_use]
    pub fn at(&self, day: NaiveDate) -> At<'_, T> {
        if let Some(until) = self.until
            && day > until.last()
        {
            return At::Lapsed { since: until.last().succ_opt().unwrap_or(until.last()) };
        }
        let mut holding = None;
        for entry in &self.entries {
            match entry.from {
                Some(from) if from.first() > day => break,
                _ => holding = Some(entry),
            }
        }
        match holding {
            Some(Entry { from, value: Some(value) }) => At::InForce { value, since: from.map(PartialDate::first) },
            Some(Entry { from, value: None }) => At::Lapsed { since: from.map_or(day, PartialDate::first) },
            None => At::NotYet { from: self.entries.first().and_then(|e| e.from).map_or(day, PartialDate::first) },
        }
    }
}
