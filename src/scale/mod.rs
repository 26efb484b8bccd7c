//! The ordinal scales: levels, changes, grades and names, each closed and anchored.
//!
//! Judgement is ordinal. The values of a scale can be ordered and counted; they are never added or
//! averaged. Score and confidence are different types and are never multiplied.

mod evidence;
mod imports;
pub(crate) mod named;
mod names;

use std::fmt;

use serde::{Serialize, Serializer};

pub use evidence::*;
pub use imports::*;
use named::named;
pub use names::*;

use crate::error::{Error, ErrorKind};

named! {
    /// How far a link of a task is there: the five anchored levels of congruence.
    ///
    /// The anchor texts, per link, are in [`Framework::anchor`](crate::framework::Framework::anchor).
    Level: "level" {
        /// 0: not there at all.
        Absent = "absent",
        /// 1: there in name, or mostly unusable.
        Marginal = "marginal",
        /// 2: there in part.
        Partial = "partial",
        /// 3: there, with known gaps.
        Substantial = "substantial",
        /// 4: there throughout.
        Full = "full",
    }

    /// The four links of a task that congruence compares.
    Link: "link" {
        /// The mandate: is the text clear and feasible?
        Mandate = "mandate",
        /// Resources: what can be counted or budgeted.
        Resources = "resources",
        /// Capabilities: what the mission can do, against the threat of the phase.
        Capabilities = "capabilities",
        /// Activities: what it did.
        Activities = "activities",
    }
}

impl Level {
    /// The level as a number from 0 to 4, for ordering and counting.
    #[must_use]
    pub fn index(self) -> u8 {
        self as u8
    }
}

impl Link {
    /// The link's place among the four, 0 to 3.
    #[must_use]
    pub fn index(self) -> usize {
        self as usize
    }
}

/// An ordinal scale with whole-numbered steps.
pub trait Scale: Copy + Ord + fmt::Display + fmt::Debug + Serialize + sealed::Sealed + 'static {
    /// Lowest value.
    const MIN: Self;
    /// Highest value.
    const MAX: Self;
    /// The value's place on the scale, counted from the lowest.
    fn place(self) -> u8;
    /// The value at a place; past the top, the highest.
    fn at(place: u8) -> Self;
}

mod sealed {
    #[allow(unnameable_types, reason = "the scales are closed: nobody else implements the trait")]
    pub trait Sealed {}
    impl Sealed for super::Level {}
    impl Sealed for super::Change {}
}

impl Scale for Level {
    const MIN: Self = Self::Absent;
    const MAX: Self = Self::Full;
    fn place(self) -> u8 {
        self as u8
    }
    fn at(place: u8) -> Self {
        Self::ALL[usize::from(place.min(4))]
    }
}

/// A change, −3 (decisively worse) to +3 (decisively better), 0 none seen.
///
/// Better or worse is for the people concerned. ±1 is slight, ±2 clear, ±3 decisive: another kind of
/// situation.
///
/// ```
/// use peaceops::scale::Change;
///
/// assert_eq!(Change::new(2)?.strength(), "clear");
/// assert!(Change::new(4).is_err());
/// # Ok::<(), peaceops::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Change(i8);

impl Change {
    /// No change.
    pub const NONE: Self = Self(0);

    /// Checks a change.
    ///
    /// # Errors
    /// `out-of-range` outside −3..=+3.
    pub fn new(value: i64) -> Result<Self, Error> {
        match i8::try_from(value) {
            Ok(small) if (-3..=3).contains(&small) => Ok(Self(small)),
            _ => Err(ErrorKind::OutOfRange { what: "change", found: value.to_string(), min: "-3".into(), max: "3".into() }.into()),
        }
    }

    /// A change, brought into −3..=+3.
    #[must_use]
    pub fn capped(value: i64) -> Self {
        Self(i8::try_from(value.clamp(-3, 3)).unwrap_or(0))
    }

    /// The number.
    #[must_use]
    pub fn value(self) -> i8 {
        self.0
    }

    /// Its strength in words: `none`, `slight`, `clear` or `decisive`.
    #[must_use]
    pub fn strength(self) -> &'static str {
        match self.0.unsigned_abs() {
            0 => "none",
            1 => "slight",
            2 => "clear",
            _ => "decisive",
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => f.pad("0"),
            n => f.pad(&format!("{n:+}")),
        }
    }
}

impl Serialize for Change {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i8(self.0)
    }
}

impl Scale for Change {
    const MIN: Self = Self(-3);
    const MAX: Self = Self(3);
    fn place(self) -> u8 {
        self.0.wrapping_add(3).unsigned_abs()
    }
    fn at(place: u8) -> Self {
        Self::capped(i64::from(place) - 3)
    }
}

/// A value of a scale within its plausible range: `low ≤ value ≤ high`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Ranged<S> {
    value: S,
    low: S,
    high: S,
}

impl<S: Scale> Ranged<S> {
    /// Checks that a range holds its value.
    ///
    /// # Errors
    /// `range-excludes-level` where it does not.
    ///
    /// ```
    /// use peaceops::scale::{Level, Ranged};
    ///
    /// let rated = Ranged::new(Level::Partial, Level::Marginal, Level::Partial)?;
    /// assert_eq!(rated.to_string(), "partial (marginal to partial)");
    /// assert!(Ranged::new(Level::Full, Level::Marginal, Level::Partial).is_err());
    /// # Ok::<(), peaceops::Error>(())
    /// ```
    pub fn new(value: S, low: S, high: S) -> Result<Self, Error> {
        if low <= value && value <= high {
            Ok(Self { value, low, high })
        } else {
            let kind = ErrorKind::RangeExcludesLevel { level: value.to_string(), low: low.to_string(), high: high.to_string() };
            Err(kind.into())
        }
    }

    /// A value without doubt.
    #[must_use]
    pub fn exact(value: S) -> Self {
        Self { value, low: value, high: value }
    }

    /// The stated value.
    #[must_use]
    pub fn value(&self) -> S {
        self.value
    }

    /// The low end.
    #[must_use]
    pub fn low(&self) -> S {
        self.low
    }

    /// The high end.
    #[must_use]
    pub fn high(&self) -> S {
        self.high
    }
}

impl<S: Scale> fmt::Display for Ranged<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.low == self.high { write!(f, "{}", self.value) } else { write!(f, "{} ({} to {})", self.value, self.low, self.high) }
    }
}

/// What a judgement says: a value with its range, or in which way it has none.
///
/// Unknown is not zero and not the middle: a value that is not assessed lowers coverage, one that is
/// not applicable leaves the count, and a contested one keeps its readings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Judgement<S> {
    /// A value within its range.
    Rated(Ranged<S>),
    /// No value, and why: sources are silent, too thin, or in conflict.
    NotAssessed(String),
    /// The question does not arise, and why.
    NotApplicable(String),
    /// Readings that exclude each other, lowest first.
    Contested(Vec<S>),
}

impl<S: Scale> Judgement<S> {
    /// The rated value, if it is rated.
    #[must_use]
    pub fn rated(&self) -> Option<Ranged<S>> {
        match self {
            Self::Rated(ranged) => Some(*ranged),
            _ => None,
        }
    }
}

impl<S: Scale> fmt::Display for Judgement<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rated(ranged) => write!(f, "{ranged}"),
            Self::NotAssessed(reason) => write!(f, "not assessed: {reason}"),
            Self::NotApplicable(reason) => write!(f, "not applicable: {reason}"),
            Self::Contested(values) => {
                let words: Vec<String> = values.iter().map(ToString::to_string).collect();
                write!(f, "contested: {}", words.join(" or "))
            }
        }
    }
}
