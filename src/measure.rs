//! Checked numbers: weights and cut-points as exact decimals, and exact shares.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{Error, ErrorKind};

/// A number with at most three decimals, held exactly.
///
/// Weights and cut-points decide ties (is it *half* of the weight?), so they are whole thousandths
/// and never floats.
///
/// ```
/// use peaceops::measure::Decimal;
///
/// assert_eq!(Decimal::new(-0.15)?.thousandths(), -150);
/// assert!(Decimal::new(f64::NAN).is_err());
/// assert!(Decimal::new(0.0005).is_err());
/// # Ok::<(), peaceops::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(i64);

impl Decimal {
    /// Largest size, one million.
    pub const MAX: f64 = 1_000_000.0;

    /// Checks a number.
    ///
    /// # Errors
    /// `not-finite` for NaN and infinities; `out-of-range` beyond a million; `too-precise` with more than
    /// three decimals.
    pub fn new(value: f64) -> Result<Self, Error> {
        if !value.is_finite() {
            return Err(ErrorKind::NotFinite { what: "the number" }.into());
        }
        if value.abs() > Self::MAX {
            let kind =
                ErrorKind::OutOfRange { what: "the number", found: value.to_string(), min: "-1000000".into(), max: "1000000".into() };
            return Err(kind.into());
        }
        let scaled = value * 1000.0;
        let whole = scaled.round();
        if (scaled - whole).abs() < 1e-6 {
            #[allow(clippy::cast_possible_truncation, reason = "bounded by a thousand million just above")]
            return Ok(Self(whole as i64));
        }
        Err(ErrorKind::TooPrecise { found: value.to_string() }.into())
    }

    /// A number given in whole thousandths.
    #[must_use]
    pub const fn of_thousandths(value: i64) -> Self {
        Self(value)
    }

    /// The number in thousandths.
    #[must_use]
    pub const fn thousandths(self) -> i64 {
        self.0
    }

    /// The number as a float.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "a thousand million fits into the 53 bits of a float")]
    pub fn value(self) -> f64 {
        self.0 as f64 / 1000.0
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.value())
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 % 1000 == 0 { serializer.serialize_i64(self.0 / 1000) } else { serializer.serialize_f64(self.value()) }
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(f64::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// A weight: positive, finite, at most a million, at most three decimals.
///
/// ```
/// use peaceops::measure::Weight;
///
/// assert_eq!(Weight::new(2.5)?.thousandths(), 2500);
/// assert!(Weight::new(0.0).is_err());
/// # Ok::<(), peaceops::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Weight(Decimal);

impl Weight {
    /// The weight 1.
    pub const ONE: Self = Self(Decimal::of_thousandths(1000));

    /// Checks a weight.
    ///
    /// # Errors
    /// `not-positive` for zero and below; else as [`Decimal::new`].
    pub fn new(value: f64) -> Result<Self, Error> {
        let decimal = Decimal::new(value)?;
        if decimal.thousandths() > 0 {
            Ok(Self(decimal))
        } else {
            Err(ErrorKind::NotPositive { what: "the number", found: value.to_string() }.into())
        }
    }

    /// A small whole weight; 0 becomes 1.
    #[must_use]
    pub const fn whole(value: u16) -> Self {
        let value = if value == 0 { 1 } else { value };
        Self(Decimal::of_thousandths(value as i64 * 1000))
    }

    /// A weight of so many thousandths, also beyond a million; 0 becomes 1.
    #[cfg(feature = "monte-carlo")]
    pub(crate) fn of_thousandths(value: u64) -> Self {
        Self(Decimal::of_thousandths(i64::try_from(value.max(1)).unwrap_or(i64::MAX)))
    }

    /// The weight in thousandths, always positive.
    #[must_use]
    pub const fn thousandths(self) -> u64 {
        self.0.thousandths().unsigned_abs()
    }

    /// The weight as a float.
    #[must_use]
    pub fn value(self) -> f64 {
        self.0.value()
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for Weight {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(f64::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// An exact share: so much of so much.
///
/// ```
/// use peaceops::measure::Share;
///
/// let share = Share::new(30, 36);
/// assert_eq!(share.to_string(), "5 of 6");
/// assert_eq!(share.percent(), Some(83));
/// assert!(Share::new(1, 2).is_at_least(500) && !Share::new(499, 1000).is_at_least(500));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Share {
    part: u64,
    of: u64,
}

impl Share {
    /// A share in lowest terms; `part` is brought down to `of` where it is above.
    #[must_use]
    pub fn new(part: u64, of: u64) -> Self {
        let part = part.min(of);
        let divisor = gcd(part, of).max(1);
        Self { part: part / divisor, of: of / divisor }
    }

    /// The part, in lowest terms.
    #[must_use]
    pub fn part(self) -> u64 {
        self.part
    }

    /// The whole, in lowest terms; 0 where there is nothing to have a share of.
    #[must_use]
    pub fn of(self) -> u64 {
        self.of
    }

    /// The share in whole per cents, halves up; nothing where there is nothing to have a share of.
    #[must_use]
    pub fn percent(self) -> Option<u64> {
        (self.of > 0).then(|| ((u128::from(self.part) * 200 + u128::from(self.of)) / (u128::from(self.of) * 2)) as u64)
    }

    /// Whether it is at least so many thousandths. Nothing of nothing is not.
    #[must_use]
    pub fn is_at_least(self, thousandths: u64) -> bool {
        self.of > 0 && u128::from(self.part) * 1000 >= u128::from(self.of) * u128::from(thousandths)
    }

    /// Compares two shares; nothing of nothing is below all.
    #[must_use]
    pub fn compare(self, other: Self) -> Ordering {
        match (self.of, other.of) {
            (0, 0) => Ordering::Equal,
            (0, _) => Ordering::Less,
            (_, 0) => Ordering::Greater,
            _ => (u128::from(self.part) * u128::from(other.of)).cmp(&(u128::from(other.part) * u128::from(self.of))),
        }
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.part, self.of)
    }
}

/// Greatest common divisor; of 0 and n it is n.
pub(crate) fn gcd(a: u64, b: u64) -> u64 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// A probability strictly between 0 and 1: certainty cannot be moved by evidence, so it is refused.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Probability(f64);

impl Probability {
    /// Checks a probability.
    ///
    /// # Errors
    /// `not-finite` for NaN and infinities, `not-a-probability` outside the open interval from 0 to 1.
    pub fn new(value: f64) -> Result<Self, Error> {
        if !value.is_finite() {
            return Err(ErrorKind::NotFinite { what: "a probability" }.into());
        }
        if value > 0.0 && value < 1.0 {
            return Ok(Self(value));
        }
        Err(ErrorKind::NotAProbability { found: value.to_string() }.into())
    }

    /// The number.
    #[must_use]
    pub fn value(self) -> f64 {
        self.0
    }
}

impl<'de> Deserialize<'de> for Probability {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(f64::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// A range of probability, its ends in order.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Interval {
    low: Probability,
    high: Probability,
}

impl Interval {
    /// Checks a range.
    ///
    /// # Errors
    /// As [`Probability::new`] for either end. The ends are put in order.
    pub fn new(a: f64, b: f64) -> Result<Self, Error> {
        let (a, b) = (Probability::new(a)?, Probability::new(b)?);
        Ok(if a <= b { Self { low: a, high: b } } else { Self { low: b, high: a } })
    }

    /// A single probability.
    ///
    /// # Errors
    /// As [`Probability::new`].
    pub fn exact(value: f64) -> Result<Self, Error> {
        Self::new(value, value)
    }

    /// Low end.
    #[must_use]
    pub fn low(self) -> f64 {
        self.low.0
    }

    /// High end.
    #[must_use]
    pub fn high(self) -> f64 {
        self.high.0
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.low == self.high { write!(f, "{:.2}", self.low.0) } else { write!(f, "{:.2} to {:.2}", self.low.0, self.high.0) }
    }
}
