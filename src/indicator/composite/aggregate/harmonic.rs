//! The harmonic mean: a weak part costs still more than in the geometric mean.

use super::{Mean, mean};
use crate::indicator::composite::Reason;
use crate::measure::Weight;

/// The harmonic mean of parts with their weights, on the scale of the parts.
///
/// It is never above the geometric mean. It is defined for positive parts only.
///
/// Formula: 1 / Σ w/x, w the shares of the weight.
///
/// Source: OECD/JRC, *Handbook on Constructing Composite Indicators* (2008), section 6; `a_hmean` of COINr, which
/// refuses only parts of 0.
///
/// Worked example: 20 and 60 with equal weights make 1/(1/40 + 1/120) = 30.
///
/// # Errors
/// [`Reason::NothingKnown`] of no parts, [`Reason::PartNotPositive`], [`Reason::OutOfBounds`] for parts that are
/// not finite.
///
/// ```
/// use peaceops::indicator::composite::aggregate::harmonic;
/// use peaceops::measure::Weight;
///
/// let mean = harmonic(&[(20.0, Weight::ONE), (60.0, Weight::ONE)]);
/// assert!(mean.is_ok_and(|mean| (mean - 30.0).abs() < 1e-12));
/// ```
pub fn harmonic(parts: &[(f64, Weight)]) -> Result<f64, Reason> {
    mean(parts, Harmonic)
}

#[derive(Clone, Copy)]
pub(super) struct Harmonic;

impl Mean for Harmonic {
    fn admits(self, part: f64) -> bool {
        part > 0.0
    }

    fn inward(self, part: f64) -> f64 {
        1.0 / part
    }

    fn outward(self, mean: f64) -> f64 {
        1.0 / mean
    }
}
