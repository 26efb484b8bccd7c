//! The z-score: standard deviations from the mean.

use super::{Onto, comparable};
use crate::indicator::composite::Reason;
use crate::indicator::composite::store::{Lane, alone};
use crate::scale::Better;

/// Standard deviations from the mean of the known values, brought to another mean and standard deviation.
///
/// One for each value, in order. Scores have no ends; the mean is 0 and the standard deviation 1 unless others
/// are asked for.
///
/// Formula: z = (x − x̄)/s with s² = Σ(x − x̄)²/(n − 1), for [`Better::Lower`] −z; then mean + sd·z.
///
/// Source: OECD/JRC, *Handbook on Constructing Composite Indicators* (2008), section 5; `n_zscore` of COINr.
///
/// Worked example: of 1, 2 and 6 the mean is 3 and s² = (4 + 1 + 9)/2 = 7; 6 is 3/√7 = 1.134.
///
/// # Errors
/// Each value: [`Reason::NotGiven`], [`Reason::NoSpread`] where all are the same, [`Reason::TooFew`] where only
/// one is known, [`Reason::OutOfBounds`] where the standard deviation asked for is not positive and at most a
/// million.
///
/// ```
/// use peaceops::indicator::composite::Reason;
/// use peaceops::indicator::composite::normalise::z_score;
/// use peaceops::scale::Better;
///
/// let scores = z_score(&[Some(1.0), Some(3.0), Some(2.0)], Better::Higher, 0.0, 1.0);
/// assert_eq!(scores, [Ok(-1.0), Ok(1.0), Ok(0.0)]);
/// assert_eq!(z_score(&[Some(1.0), None], Better::Higher, 0.0, 1.0), [Err(Reason::TooFew), Err(Reason::NotGiven)]);
/// ```
#[must_use]
pub fn z_score(values: &[Option<f64>], better: Better, mean: f64, sd: f64) -> Vec<Result<f64, Reason>> {
    alone(values, |lane| column(lane, better, mean, sd))
}

/// Whether scores can have this standard deviation.
pub(super) fn spreads(sd: f64) -> bool {
    sd > 0.0 && sd <= Onto::LARGEST
}

pub(super) fn column(lane: &mut Lane<'_>, better: Better, mean: f64, sd: f64) {
    if !spreads(sd) {
        return lane.lose_all(Reason::OutOfBounds);
    }
    if comparable(lane).is_none() {
        return;
    }
    let (n, sum) = lane.known().fold((0.0, 0.0), |(n, sum), value| (n + 1.0, sum + value));
    let centre = sum / n;
    // in parts of the largest deviation, so that no square is too large or too small to be held
    let largest = lane.known().fold(0.0, |largest: f64, value| largest.max((value - centre).abs()));
    if largest <= 0.0 {
        return lane.lose_all(Reason::NoSpread);
    }
    let squares = lane.known().fold(0.0, |sum, value| {
        let part = (value - centre) / largest;
        sum + part * part
    });
    let deviation = (squares / (n - 1.0)).sqrt();
    lane.known_mut().for_each(|(_, value)| {
        let z = match better {
            Better::Higher => (*value - centre) / largest / deviation,
            Better::Lower => (centre - *value) / largest / deviation,
        };
        *value = mean + sd * z;
    });
}
