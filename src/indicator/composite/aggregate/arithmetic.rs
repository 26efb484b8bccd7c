//! The arithmetic mean: what one part lacks, another makes up for.

use super::{Mean, mean};
use crate::indicator::composite::Reason;
use crate::measure::Weight;

/// The arithmetic mean of parts with their weights, on the scale of the parts.
///
/// Parts make up for each other in full, at the ratio of their weights.
///
/// Formula: Σ w·x, w the shares of the weight.
///
/// Source: OECD/JRC, *Handbook on Constructing Composite Indicators* (2008), section 6; `a_amean` of COINr.
///
/// Worked example: 30 with weight 1 and 60 with weight 2 make (30 + 120)/3 = 50.
///
/// # Errors
/// [`Reason::NothingKnown`] of no parts, [`Reason::OutOfBounds`] for parts that are not finite.
///
/// ```
/// use peaceops::indicator::composite::aggregate::arithmetic;
/// use peaceops::measure::Weight;
///
/// assert_eq!(arithmetic(&[(30.0, Weight::whole(1)), (60.0, Weight::whole(2))]), Ok(50.0));
/// ```
pub fn arithmetic(parts: &[(f64, Weight)]) -> Result<f64, Reason> {
    mean(parts, Arithmetic)
}

#[derive(Clone, Copy)]
pub(super) struct Arithmetic;

impl Mean for Arithmetic {
    fn admits(self, _: f64) -> bool {
        true
    }

    fn inward(self, part: f64) -> f64 {
        part
    }

    fn outward(self, mean: f64) -> f64 {
        mean
    }
}
