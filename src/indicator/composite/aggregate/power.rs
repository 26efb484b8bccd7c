//! The power mean: how much a weak part costs, as a number.

use super::{Mean, mean};
use crate::indicator::composite::{Aggregation, Reason};
use crate::measure::Weight;

/// The power mean of parts with their weights, on the scale of the parts.
///
/// With exponent 1 it is the arithmetic mean, with −1 the harmonic one; the lower the exponent, the less a weak
/// part is made up for. It is defined for parts from 0 up, and for negative exponents above 0.
///
/// Formula: (Σ w·x^p)^(1/p), w the shares of the weight.
///
/// Source: OECD/JRC, *Handbook on Constructing Composite Indicators* (2008), section 6, on compensability; Decancq &
/// Lugo, *Weights in Multidimensional Indices of Wellbeing*, Econometric Reviews 32 (2013), section 2.
///
/// Worked example: 1 and 7 with equal weights and exponent 2 make √((1 + 49)/2) = 5.
///
/// # Errors
/// [`Reason::NothingKnown`] of no parts; [`Reason::PartNotPositive`]; [`Reason::OutOfBounds`] for parts that are
/// not finite, and for an exponent of 0 or beyond [`Aggregation::EXPONENT`].
///
/// ```
/// use peaceops::indicator::composite::aggregate::power;
/// use peaceops::measure::Weight;
///
/// assert_eq!(power(&[(1.0, Weight::ONE), (7.0, Weight::ONE)], 2.0), Ok(5.0));
/// ```
pub fn power(parts: &[(f64, Weight)], exponent: f64) -> Result<f64, Reason> {
    if holds(exponent) { mean(parts, Power(exponent)) } else { Err(Reason::OutOfBounds) }
}

/// Whether there is a power mean of this exponent.
pub(in crate::indicator::composite) fn holds(exponent: f64) -> bool {
    (-Aggregation::EXPONENT..=Aggregation::EXPONENT).contains(&exponent) && exponent.abs() >= 0.001
}

/// The power mean of an exponent.
#[derive(Clone, Copy)]
pub(super) struct Power(pub(super) f64);

impl Mean for Power {
    fn admits(self, part: f64) -> bool {
        part > 0.0 || (part == 0.0 && self.0 > 0.0)
    }

    fn inward(self, part: f64) -> f64 {
        libm::pow(part, self.0)
    }

    fn outward(self, mean: f64) -> f64 {
        libm::pow(mean, 1.0 / self.0)
    }
}
