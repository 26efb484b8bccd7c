//! The minimum: nothing makes up for the weakest part.

use super::{checked, finite};
use crate::indicator::composite::Reason;
use crate::measure::Weight;

/// The least of the parts, on their scale; weights change nothing.
///
/// Source: OECD/JRC, *Handbook on Constructing Composite Indicators* (2008), section 6, on non-compensatory
/// aggregation. It is what congruence takes of the links of a task, there on levels.
///
/// # Errors
/// [`Reason::NothingKnown`] of no parts, [`Reason::OutOfBounds`] for parts that are not finite.
///
/// ```
/// use peaceops::indicator::composite::aggregate::minimum;
/// use peaceops::measure::Weight;
///
/// assert_eq!(minimum(&[(0.8, Weight::whole(9)), (0.3, Weight::whole(1))]), Ok(0.3));
/// ```
pub fn minimum(parts: &[(f64, Weight)]) -> Result<f64, Reason> {
    let least = checked(parts)?.fold(f64::INFINITY, |least, (part, _)| least.min(*part));
    finite(least)
}
