//! The percentile rank: the share of the others that are surpassed.

use super::surpassed;
use crate::indicator::composite::Reason;
use crate::indicator::composite::store::{Lane, alone};
use crate::scale::Better;

/// The share of the other known values that each one surpasses: 0 (none) to 1 (all).
///
/// One for each value, in order. Values that are tied all have the lowest of their ranks, as in sports and in
/// COINr; so several tied at the top do not reach 1.
///
/// Formula: (r − 1)/(n − 1), r the rank of the value from the worst, n the known values.
///
/// Source: OECD/JRC, *Handbook on Constructing Composite Indicators* (2008), section 5; `n_prank` of COINr, which
/// gives 0 to all where all values are the same.
///
/// Worked example: of 3, 5, 5 and 9, both 5 surpass one of three others: 1/3.
///
/// # Errors
/// Each value: [`Reason::NotGiven`], [`Reason::NoSpread`] where all are the same, [`Reason::TooFew`] where only
/// one is known.
///
/// ```
/// use peaceops::indicator::composite::normalise::percentile_rank;
/// use peaceops::scale::Better;
///
/// let scores = percentile_rank(&[Some(3.0), Some(5.0), Some(5.0), Some(9.0)], Better::Higher);
/// assert_eq!(scores, [Ok(0.0), Ok(1.0 / 3.0), Ok(1.0 / 3.0), Ok(1.0)]);
/// ```
#[must_use]
pub fn percentile_rank(values: &[Option<f64>], better: Better) -> Vec<Result<f64, Reason>> {
    alone(values, |lane| column(lane, better))
}

pub(super) fn column(lane: &mut Lane<'_>, better: Better) {
    surpassed(lane, better, |below, all| below / (all - 1.0));
}
