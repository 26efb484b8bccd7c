//! Why there is no score.

use std::fmt;

use serde::Serialize;

/// Why there is no score. Results carry it by name, in the place of a number.
///
/// ```
/// use peaceops::indicator::composite::Reason;
///
/// assert_eq!(Reason::NoSpread.to_string(), "all known values are the same");
/// assert!(Reason::PartNotPositive.is_undefined() && !Reason::NotGiven.is_undefined());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Reason {
    /// The table has no value.
    NotGiven,
    /// There is a value, and no positive denominator for it.
    NoDenominator,
    /// All known values of the indicator are the same, so it tells no unit from another.
    NoSpread,
    /// The indicator has too few known values for its normaliser.
    TooFew,
    /// No part of the group is known.
    NothingKnown,
    /// Fewer parts of the group are known than its coverage floor asks for.
    BelowFloor,
    /// A logarithm was asked for of a value that is not positive.
    NotPositive,
    /// A part, or a part of a part, is not positive, and the mean is not defined for it.
    PartNotPositive,
    /// The number is beyond what is held.
    OutOfBounds,
}

impl Reason {
    /// All reasons, in order.
    pub const ALL: &'static [Self] = &[
        Self::NotGiven,
        Self::NoDenominator,
        Self::NoSpread,
        Self::TooFew,
        Self::NothingKnown,
        Self::BelowFloor,
        Self::NotPositive,
        Self::PartNotPositive,
        Self::OutOfBounds,
    ];

    /// Whether a value is there and cannot be used. It makes every score above it unknown; a value that is
    /// merely missing only lowers their coverage.
    #[must_use]
    pub fn is_undefined(self) -> bool {
        matches!(self, Self::NotPositive | Self::PartNotPositive | Self::OutOfBounds)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::NotGiven => "no value is given",
            Self::NoDenominator => "there is no positive denominator",
            Self::NoSpread => "all known values are the same",
            Self::TooFew => "too few units have a value",
            Self::NothingKnown => "no part is known",
            Self::BelowFloor => "fewer parts are known than the coverage floor asks for",
            Self::NotPositive => "a value that is not positive has no logarithm",
            Self::PartNotPositive => "a part is not positive, and the mean is not defined for it",
            Self::OutOfBounds => "the number is beyond what is held",
        })
    }
}

impl std::error::Error for Reason {}
