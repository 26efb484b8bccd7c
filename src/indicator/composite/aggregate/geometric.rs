//! The geometric mean: a weak part costs more than a strong one makes up for.

use super::{Mean, mean};
use crate::indicator::composite::Reason;
use crate::measure::Weight;

/// The geometric mean of parts with their weights, on the scale of the parts.
///
/// Parts make up for each other in part: a gain counts for more where the part is weak. It is defined for positive
/// parts only: of a part of 0 or below there is no score, which is not the same as 0.
///
/// Formula: Π x^w = exp(Σ w·ln x), w the shares of the weight.
///
/// Source: OECD/JRC, *Handbook on Constructing Composite Indicators* (2008), section 6; UNDP, *Human Development
/// Report*, technical note 1; `a_gmean` of COINr.
///
/// Worked example: .6064, .2497 and .4558 make .0690^(1/3) = .410 (Mali, 2022); their arithmetic mean is .437.
///
/// # Errors
/// [`Reason::NothingKnown`] of no parts, [`Reason::PartNotPositive`], [`Reason::OutOfBounds`] for parts that are
/// not finite.
///
/// ```
/// use peaceops::indicator::composite::Reason;
/// use peaceops::indicator::composite::aggregate::geometric;
/// use peaceops::measure::Weight;
///
/// let equal = |parts: [f64; 3]| parts.map(|part| (part, Weight::ONE));
/// assert!(geometric(&equal([0.6064, 0.2497, 0.4558])).is_ok_and(|mean| (mean - 0.410).abs() < 5e-4));
/// assert_eq!(geometric(&equal([0.6064, 0.0, 0.4558])), Err(Reason::PartNotPositive));
/// ```
pub fn geometric(parts: &[(f64, Weight)]) -> Result<f64, Reason> {
    mean(parts, Geometric)
}

#[derive(Clone, Copy)]
pub(super) struct Geometric;

impl Mean for Geometric {
    fn admits(self, part: f64) -> bool {
        part > 0.0
    }

    fn inward(self, part: f64) -> f64 {
        libm::log(part)
    }

    fn outward(self, mean: f64) -> f64 {
        libm::exp(mean)
    }
}
