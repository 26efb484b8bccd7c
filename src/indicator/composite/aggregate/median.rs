//! The median: the middle of the weight.

use super::{checked, finite};
use crate::indicator::composite::Reason;
use crate::measure::Weight;

/// The median of parts with their weights, on the scale of the parts.
///
/// Weights are whole thousandths, so half is exactly half. Extreme parts change nothing.
///
/// Formula: the least part with more than half of the weight at or below it; where exactly half of the weight lies
/// at or below a part, the mean of that part and the next. With equal weights it is the usual median.
///
/// Source: Edgeworth, *On a New Method of Reducing Observations Relating to Several Quantities*, Philosophical
/// Magazine 25 (1888); OECD/JRC, *Handbook on Constructing Composite Indicators* (2008), section 6.
///
/// Worked example: 10, 20 and 90 with weights 1, 1 and 3: two fifths lie at or below 20, so it is 90; with weights
/// 1, 1 and 2 exactly half do, so it is (20 + 90)/2 = 55.
///
/// # Errors
/// [`Reason::NothingKnown`] of no parts, [`Reason::OutOfBounds`] for parts that are not finite.
///
/// ```
/// use peaceops::indicator::composite::aggregate::median;
/// use peaceops::measure::Weight;
///
/// let parts = |last: u16| [(10.0, Weight::whole(1)), (90.0, Weight::whole(last)), (20.0, Weight::whole(1))];
/// assert_eq!((median(&parts(3)), median(&parts(2)), median(&parts(1))), (Ok(90.0), Ok(55.0), Ok(20.0)));
/// ```
pub fn median(parts: &[(f64, Weight)]) -> Result<f64, Reason> {
    let mut sorted: Vec<(f64, Weight)> = checked(parts)?.copied().collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    finite(of_sorted(&sorted))
}

/// The median of parts that are sorted; 0 of none.
pub(super) fn of_sorted(sorted: &[(f64, Weight)]) -> f64 {
    let whole: u128 = sorted.iter().map(|(_, weight)| u128::from(weight.thousandths())).sum();
    let mut below = 0;
    for (at, (part, weight)) in sorted.iter().enumerate() {
        below += u128::from(weight.thousandths()) * 2;
        if below > whole {
            return *part;
        }
        if below == whole {
            return sorted.get(at + 1).map_or(*part, |(next, _)| part / 2.0 + next / 2.0);
        }
    }
    0.0
}
