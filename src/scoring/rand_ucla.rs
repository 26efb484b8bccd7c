//! The RAND/UCLA disagreement index: whether a panel's ratings on a scale of nine points disagree.

use serde::Serialize;

/// What the ratings of a panel on a scale of nine points say, in points of that scale.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Panel {
    /// The median, 1 to 9.
    pub median: f64,
    /// The 30th percentile, 1 to 9.
    pub p30: f64,
    /// The 70th percentile, 1 to 9.
    pub p70: f64,
    /// The interpercentile range, P70 − P30, 0 to 8.
    pub ipr: f64,
    /// The range adjusted for symmetry above which there is disagreement, 2.35 to 8.35.
    pub ipras: f64,
    /// Whether the panel disagrees: IPR above IPRAS.
    pub disagreement: bool,
}

/// The RAND/UCLA disagreement index of ratings, counted by point 1 to 9.
///
/// Ratings at one end of the scale may lie farther apart before they are a disagreement than ratings
/// around its middle. Nothing without any rating.
///
/// Formula: IPR = P70 − P30; IPRAS = 2.35 + 1.5·|5 − (P30+P70)/2|; disagreement if IPR > IPRAS.
/// Percentiles, the median among them, by linear interpolation: of n ratings in order, counted from 0, the
/// place (n−1)·p. All are compared in tenths and whole numbers, so a tie is a tie.
///
/// Source: Fitch et al., *The RAND/UCLA Appropriateness Method User's Manual* (2001), on the
/// interpercentile range adjusted for symmetry.
///
/// Worked example: of fifteen ratings five are 7, five 8, two 9 and three single ones lie below. The
/// median is 7, P30 7, P70 8; IPR is 1.0 and IPRAS 2.35 + 1.5·2.5 = 6.1: no disagreement.
///
/// ```
/// use peaceops::scoring::rand_ucla::panel;
///
/// let ratings = panel(&[0, 0, 1, 1, 0, 1, 5, 5, 2]);
/// assert_eq!(ratings.map(|panel| (panel.median, panel.ipr, panel.disagreement)), Some((7.0, 1.0, false)));
/// assert!(ratings.is_some_and(|panel| (panel.ipras - 6.1).abs() < 1e-12));
/// ```
#[must_use]
pub fn panel(counts: &[u64; 9]) -> Option<Panel> {
    let (median, p30, p70) = (percentile(counts, 5)?, percentile(counts, 3)?, percentile(counts, 7)?);
    let (range, skew) = (p70 - p30, 100u32.abs_diff(p30 + p70)); // in tenths and twentieths of a point
    let adjusted = 94 + 3 * skew; // 40 times IPRAS
    let points = |tenths: u32| f64::from(tenths) / 10.0;
    Some(Panel {
        median: points(median),
        p30: points(p30),
        p70: points(p70),
        ipr: points(range),
        ipras: f64::from(adjusted) / 40.0,
        disagreement: 4 * range > adjusted,
    })
}

/// The percentile at so many tenths, in tenths of a point.
fn percentile(counts: &[u64; 9], tenths: u128) -> Option<u32> {
    let ratings: u128 = counts.iter().map(|count| u128::from(*count)).sum();
    let place = ratings.checked_sub(1)? * tenths;
    let (low, high) = (point(counts, place / 10)?, point(counts, place.div_ceil(10))?);
    Some(low * 10 + (high - low) * u32::try_from(place % 10).ok()?)
}

/// The point of the rating at a place in order, counted from 0.
fn point(counts: &[u64; 9], place: u128) -> Option<u32> {
    let mut upto = 0;
    let holds = |(_, count): &(u32, &u64)| {
        upto += u128::from(**count);
        upto > place
    };
    (1..).zip(counts).find(holds).map(|(point, _)| point)
}
