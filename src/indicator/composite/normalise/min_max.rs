//! Min–max: the place between the least and the greatest value.

use super::{Onto, comparable, places};
use crate::indicator::composite::Reason;
use crate::indicator::composite::store::{Lane, alone};
use crate::scale::Better;

/// Min–max scores: the worst known value is the low end of the scale, the best its high end.
///
/// One for each value, in order. A value that is missing, not finite or above
/// [`Table::LARGEST`](crate::indicator::composite::Table::LARGEST) is not given. One extreme value presses all others together.
///
/// Formula: (x − min)/(max − min), for [`Better::Lower`] (max − x)/(max − min), brought onto the scale.
///
/// Source: OECD/JRC, *Handbook on Constructing Composite Indicators* (2008), section 5; `n_minmax` of COINr, which
/// gives NaN where all values are the same.
///
/// Worked example: of 9, 12 and 20 on 0 to 100, 12 is (12 − 9)/11 = 27.27.
///
/// # Errors
/// Each value: [`Reason::NotGiven`], [`Reason::NoSpread`] where all are the same, [`Reason::TooFew`] where only
/// one is known, [`Reason::OutOfBounds`] where the ends of the scale are not in order or above a million.
///
/// ```
/// use peaceops::indicator::composite::normalise::{Onto, min_max};
/// use peaceops::indicator::composite::Reason;
/// use peaceops::scale::Better;
///
/// let onto = Onto { low: 0.0, high: 100.0 };
/// let scores = min_max(&[Some(60.0), None, Some(200.0), Some(95.0)], Better::Lower, onto);
/// assert_eq!(scores, [Ok(100.0), Err(Reason::NotGiven), Ok(0.0), Ok(75.0)]);
/// assert_eq!(min_max(&[Some(7.0), Some(7.0)], Better::Higher, onto), [Err(Reason::NoSpread); 2]);
/// ```
#[must_use]
pub fn min_max(values: &[Option<f64>], better: Better, onto: Onto) -> Vec<Result<f64, Reason>> {
    alone(values, |lane| column(lane, better, onto))
}

pub(super) fn column(lane: &mut Lane<'_>, better: Better, onto: Onto) {
    if let Some((low, high)) = comparable(lane) {
        places(lane, better, low, high, onto);
    }
}
