//! The ordinal scales: levels, changes, grades and names, each closed and anchored.
//!
//! Judgement is ordinal. The values of a scale can be ordered and counted; they are never added or
//! averaged. Score and confidence are different types and are never multiplied.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{Error, ErrorKind};
use crate::problem::nearest;

/// Writes an enum whose values have names in files and in results.
macro_rules! named {
    ($(
        $(#[$doc:meta])*
        $name:ident : $what:literal { $( $(#[$vdoc:meta])* $variant:ident = $text:literal ),* $(,)? }
    )*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $( $(#[$vdoc])* $variant, )* }

        impl $name {
            /// All values, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name of the value, as files and results have it.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.name())
            }
        }

        impl FromStr for $name {
            type Err = Error;
            fn from_str(text: &str) -> Result<Self, Error> {
                match text {
                    $($text => Ok(Self::$variant),)*
                    _ => Err(ErrorKind::UnknownName {
                        what: $what,
                        found: text.to_owned(),
                        near: nearest(text, [$($text),*].into_iter()),
                        names: vec![$($text.to_owned()),*],
                    }.into()),
                }
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

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

    /// The manner of a task or activity, weakest first.
    Modality: "modality" {
        /// Watch and report.
        Monitor = "monitor",
        /// Help those responsible.
        Assist = "assist",
        /// Do it oneself, by force if need be.
        Secure = "secure",
    }

    /// The priority of a task, lowest first.
    Tier: "tier" {
        /// It serves how other tasks are done.
        Enabling = "enabling",
        /// Listed among other tasks, or called less prominent.
        Additional = "additional",
        /// Called core, main, primary or a priority task.
        Core = "core",
        /// Called a strategic priority.
        Strategic = "strategic",
    }

    /// How sure a finding, effect or rating is; never how good.
    Confidence: "confidence" {
        /// Very low.
        VeryLow = "very-low",
        /// Low.
        Low = "low",
        /// Moderate.
        Moderate = "moderate",
        /// High.
        High = "high",
    }

    /// A mission's part in an effect. It has no sign; the sign is the effect's.
    Contribution: "contribution grade" {
        /// Not named, or another cause is: part of the situation.
        None = "none",
        /// Credited here and denied there, or only a sequence in time.
        Undetermined = "undetermined",
        /// Gave confidence, space or presence.
        Enabling = "enabling",
        /// Contributed, supported, helped; or worsened, failed to stop.
        Contributory = "contributory",
        /// Prevented, ensured, restored.
        Principal = "principal",
    }

    /// What a finding is for its dimension.
    FindingKind: "kind of finding" {
        /// It speaks for the mission.
        Strength = "strength",
        /// It speaks against it.
        Limitation = "limitation",
        /// Both in one statement.
        Mixed = "mixed",
        /// No evaluative word about this mission.
        Neutral = "neutral",
    }

    /// The prominence that a finding has in its source.
    Salience: "salience" {
        /// One sentence.
        Minor = "minor",
        /// Argued in two or more sentences.
        Moderate = "moderate",
        /// In the conclusions, the abstract, or singled out.
        Major = "major",
    }

    /// Where a row comes from.
    Origin: "origin" {
        /// The evaluated report itself.
        Report = "report",
        /// Its authors elsewhere.
        Authors = "authors",
        /// An outside source.
        Outside = "outside",
        /// Whoever coded the case.
        Coder = "coder",
    }

    /// The role of a dimension in its framework.
    Role: "role" {
        /// The result that the others are to explain.
        Outcome = "outcome",
        /// One of the conditions of success.
        Explanatory = "explanatory",
    }

    /// What a statement on means says.
    MeansStatus: "status" {
        /// What the work would need.
        Needed = "needed",
        /// What was asked for.
        Requested = "requested",
        /// What was allowed: a ceiling.
        Authorised = "authorised",
        /// What was promised.
        Pledged = "pledged",
        /// What contributors gave.
        Provided = "provided",
        /// What was on the ground.
        Deployed = "deployed",
        /// What somebody proposed.
        Proposed = "proposed",
    }

    /// What a capability row says.
    CapabilityKind: "kind of capability" {
        /// Something was lacking.
        Gap = "gap",
        /// Something was added.
        Addition = "addition",
        /// Something was arranged anew.
        Reconfiguration = "reconfiguration",
        /// Something was recommended or planned.
        Plan = "plan",
    }

    /// What pulls against what.
    TensionKind: "kind of tension" {
        /// Two tasks, or groups of tasks.
        BetweenTasks = "between-tasks",
        /// A task and an activity or another row.
        WithActivity = "with-activity",
        /// Work outside the mandate.
        Outside = "outside",
        /// Mandated, but not done.
        Shortfall = "shortfall",
        /// How work is seen.
        Perception = "perception",
    }

    /// How a dimension stands, as a verdict states it.
    Standing: "standing" {
        /// It holds the mission back.
        Constraining = "constraining",
        /// Both.
        Mixed = "mixed",
        /// It helps.
        Enabling = "enabling",
    }

    /// A trend that somebody states.
    StatedTrend: "trend" {
        /// Getting worse.
        Declining = "declining",
        /// Neither.
        Stable = "stable",
        /// Both ways.
        Mixed = "mixed",
        /// Getting better.
        Improving = "improving",
    }

    /// What a series measures.
    SeriesKind: "kind of series" {
        /// An amount at a date: never summed over time.
        Stock = "stock",
        /// An amount over a period.
        Flow = "flow",
        /// A score on a scale.
        Index = "index",
    }

    /// Which direction of a series is better.
    Better: "direction" {
        /// More is better.
        Higher = "higher",
        /// Less is better.
        Lower = "lower",
    }

    /// How evidence was gathered.
    EvidenceKind: "kind of evidence" {
        /// An interview.
        Interview = "interview",
        /// A focus group.
        FocusGroup = "focus-group",
        /// A survey.
        Survey = "survey",
        /// A document.
        Document = "document",
        /// A data set.
        Dataset = "dataset",
        /// Something seen or done by the team itself.
        Observation = "observation",
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
