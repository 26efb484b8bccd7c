//! The weighted lower median of ordinal levels.

use super::method::CellAggregator;
use crate::scale::{Level, Scale};

/// The weight at each level, lowest first.
pub type Weights = [u64; 5];

/// The weighted lower median: the smallest level with at least half of the weight at or below it.
///
/// Levels are never averaged, and of two middle levels the lower one is taken: a study rather says
/// too little than too much. Nothing where there is no weight.
///
/// Worked example: weights 3 at partial, 3 at marginal and 2 at substantial, 1 at substantial make 9;
/// marginal holds 3, partial brings it to 6, which is at least 4.5: the median is partial.
///
/// ```
/// use peaceops::scale::Level;
/// use peaceops::scoring::median::lower_median;
///
/// assert_eq!(lower_median(&[0, 3, 3, 3, 0]), Some(Level::Partial));
/// assert_eq!(lower_median(&[0, 2, 2, 0, 0]), Some(Level::Marginal)); // exactly half
/// assert_eq!(lower_median(&[0; 5]), None);
/// ```
#[must_use]
pub fn lower_median(weights: &Weights) -> Option<Level> {
    level_by(CellAggregator::LowerMedian, weights)
}

/// The level that stands for others, by one of the aggregators; nothing where there is no weight.
///
/// ```
/// use peaceops::scale::Level;
/// use peaceops::scoring::CellAggregator::{LowerMedian, LowerQuartile, UpperMedian};
/// use peaceops::scoring::median::level_by;
///
/// let weights = [1, 1, 2, 0, 0];
/// assert_eq!(level_by(LowerQuartile, &weights), Some(Level::Absent));
/// assert_eq!(level_by(LowerMedian, &weights), Some(Level::Marginal)); // exactly half
/// assert_eq!(level_by(UpperMedian, &weights), Some(Level::Partial));
/// ```
#[must_use]
pub fn level_by(aggregator: CellAggregator, weights: &Weights) -> Option<Level> {
    let total: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    let least = match aggregator {
        CellAggregator::LowerMedian => total.div_ceil(2),
        CellAggregator::UpperMedian => total / 2 + 1,
        CellAggregator::LowerQuartile => total.div_ceil(4),
    };
    let mut below = 0;
    for (place, weight) in (0u8..).zip(weights) {
        below += u128::from(*weight);
        if *weight > 0 && below >= least {
            return Some(Level::at(place));
        }
    }
    None
}
