//! Goalposts: the place between two fixed ends, clipped.

use super::{Onto, places};
use crate::indicator::composite::Reason;
use crate::indicator::composite::store::{Lane, alone};
use crate::scale::Better;

/// Scores between goalposts: fixed ends in the units of the values, beyond which they are clipped.
///
/// One for each value, in order. Scores depend on no other unit, so they can be compared between tables and
/// years. Where the low end is not below the high end, no value has a place; a description with such goalposts
/// is refused.
///
/// Formula: clip((x − low)/(high − low), 0, 1), for [`Better::Lower`] clip((high − x)/(high − low), 0, 1), brought
/// onto the scale. The goalposts stay the same for either direction.
///
/// Source: UNDP, *Human Development Report*, technical note 1; OECD/JRC, *Handbook on Constructing Composite
/// Indicators* (2008), section 5; `n_goalposts` of COINr.
///
/// Worked example: a life expectancy of 59.417 years between 20 and 85 is 39.417/65 = .6064 (Mali, 2022).
///
/// # Errors
/// Each value: [`Reason::NotGiven`]; [`Reason::NoSpread`] where the low end is not below the high end;
/// [`Reason::OutOfBounds`] where the ends of the scale are not in order or above a million.
///
/// ```
/// use peaceops::indicator::composite::normalise::{Onto, goalposts};
/// use peaceops::scale::Better;
///
/// let onto = Onto::default();
/// assert_eq!(goalposts(&[Some(52.5), Some(90.0)], Better::Higher, 20.0, 85.0, onto), [Ok(0.5), Ok(1.0)]);
/// assert_eq!(goalposts(&[Some(2.0), Some(-1.0)], Better::Lower, 0.0, 8.0, onto), [Ok(0.75), Ok(1.0)]);
/// ```
#[must_use]
pub fn goalposts(values: &[Option<f64>], better: Better, low: f64, high: f64, onto: Onto) -> Vec<Result<f64, Reason>> {
    alone(values, |lane| column(lane, better, low, high, onto))
}

pub(super) fn column(lane: &mut Lane<'_>, better: Better, low: f64, high: f64, onto: Onto) {
    if low < high && (high - low).is_finite() {
        places(lane, better, low, high, onto);
    } else {
        lane.lose_all(Reason::NoSpread);
    }
}
