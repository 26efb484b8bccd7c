//! What a test says, or that there are too few points for one.

use std::fmt;

use serde::Serialize;

use super::TestRule;
use crate::indicator::pairs::Pairs;

/// What a test says, or which way too few points go.
///
/// ```
/// use peaceops::indicator::trend::{Outcome, Seen, TestRule, mann_kendall};
///
/// let few = mann_kendall(&[9.0, 4.0, 1.0, 2.0], &TestRule::default())?;
/// let Outcome::TooFew(few) = few else { unreachable!("there are four points") };
/// assert_eq!((few.points, few.needed, few.seen), (4, 5, Seen::Falling));
/// # Ok::<(), peaceops::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "status", rename_all = "kebab-case")]
pub enum Outcome<T> {
    /// There are points enough.
    Tested(T),
    /// Too few points for a test.
    TooFew(TooFew),
}

impl<T> Outcome<T> {
    /// What the test says; nothing where there are too few points.
    #[must_use]
    pub fn tested(&self) -> Option<&T> {
        match self {
            Self::Tested(result) => Some(result),
            Self::TooFew(_) => None,
        }
    }

    /// Of no points at all.
    pub(in crate::indicator) fn none(rule: &TestRule) -> Self {
        Self::TooFew(TooFew { points: 0, needed: rule.least_points(), seen: Seen::Nothing })
    }

    /// The result where there are points enough, and else which way they go.
    pub(super) fn of(pairs: &Pairs, points: usize, rule: &TestRule, result: impl FnOnce() -> T) -> Self {
        if points >= rule.least_points() && pairs.apart > 0 {
            return Self::Tested(result());
        }
        let seen = match pairs.s {
            _ if pairs.apart == 0 => Seen::Nothing,
            1.. => Seen::Rising,
            0 => Seen::Even,
            ..=-1 => Seen::Falling,
        };
        Self::TooFew(TooFew { points, needed: rule.least_points(), seen })
    }
}

impl<T: fmt::Display> fmt::Display for Outcome<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tested(result) => result.fmt(f),
            Self::TooFew(few) => few.fmt(f),
        }
    }
}

/// Too few points for a test, and which way they go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TooFew {
    /// The points that there are, 0 and up.
    pub points: usize,
    /// The points that a test needs, 2 and up.
    pub needed: usize,
    /// Which way they go, untested.
    pub seen: Seen,
}

impl fmt::Display for TooFew {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}: too few points for a test", self.seen, Points(self.points))
    }
}

/// Which way points go, untested: how most pairs of an earlier and a later value compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seen {
    /// More pairs rise than fall.
    Rising,
    /// More pairs fall than rise.
    Falling,
    /// As many pairs rise as fall, or none does either.
    Even,
    /// There are no two points to compare.
    Nothing,
}

impl Seen {
    /// All values, in order.
    pub const ALL: &'static [Self] = &[Self::Rising, Self::Falling, Self::Even, Self::Nothing];

    /// The direction in words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Rising => "rising",
            Self::Falling => "falling",
            Self::Even => "neither rising nor falling",
            Self::Nothing => "no direction to be seen",
        }
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A number of points, in words.
pub(super) struct Points(pub(super) usize);

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0, if self.0 == 1 { "point" } else { "points" })
    }
}

/// A p in three decimals; what is less than they can tell is told as such.
pub(super) struct P(pub(super) f64);

impl fmt::Display for P {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < 0.001 { f.write_str("p < 0.001") } else { write!(f, "p {:.3}", self.0) }
    }
}
