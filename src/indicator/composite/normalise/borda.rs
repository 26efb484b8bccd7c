//! Borda points: the number of the others that are surpassed.

use super::surpassed;
use crate::indicator::composite::Reason;
use crate::indicator::composite::store::{Lane, alone};
use crate::scale::Better;

/// The number of the other known values that each one surpasses: 0 to n − 1 points.
///
/// One for each value, in order. Values that are tied all have the points of the lowest of their ranks, as in
/// COINr. An indicator with more known values gives more points.
///
/// Formula: r − 1, r the rank of the value from the worst.
///
/// Source: Borda, *Mémoire sur les élections au scrutin* (1781); `n_borda` of COINr, which gives 0 to all where all
/// values are the same.
///
/// Worked example: of 3, 5, 5 and 9, both 5 surpass one other and have one point; 9 has three.
///
/// # Errors
/// Each value: [`Reason::NotGiven`], [`Reason::NoSpread`] where all are the same, [`Reason::TooFew`] where only
/// one is known.
///
/// ```
/// use peaceops::indicator::composite::normalise::borda;
/// use peaceops::scale::Better;
///
/// let points = borda(&[Some(3.0), Some(5.0), Some(5.0), Some(9.0)], Better::Lower);
/// assert_eq!(points, [Ok(3.0), Ok(1.0), Ok(1.0), Ok(0.0)]);
/// ```
#[must_use]
pub fn borda(values: &[Option<f64>], better: Better) -> Vec<Result<f64, Reason>> {
    alone(values, |lane| column(lane, better))
}

pub(super) fn column(lane: &mut Lane<'_>, better: Better) {
    surpassed(lane, better, |below, _| below);
}
