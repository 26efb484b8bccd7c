//! Normalisers: indicators on one scale, the better the higher. One formula, one file.
//!
//! Direction is applied inside each formula, to values in the units of the table. So goalposts stay what they
//! are, whichever end is the good one.
//!
//! | file | formula | scale |
//! |---|---|---|
//! | [`min_max`](min_max()) | place between the least and the greatest value | as given |
//! | [`goalposts`](goalposts()) | place between fixed ends, clipped | as given |
//! | [`z_score`](z_score()) | standard deviations from the mean | unbounded |
//! | [`percentile_rank`](percentile_rank()) | share of the others that are surpassed | 0 to 1 |
//! | [`borda`](borda()) | number of the others that are surpassed | 0 to n − 1 |
//!
//! All but goalposts compare units: a score then depends on which other units are in the table. Where all known
//! values are the same, these four give no score ([`NoSpread`](super::Reason::NoSpread)), since nothing is compared.

mod borda;
mod goalposts;
mod min_max;
mod percentile_rank;
mod z_score;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use borda::borda;
pub use goalposts::goalposts;
pub use min_max::min_max;
pub use percentile_rank::percentile_rank;
pub use z_score::z_score;

use super::Reason;
use super::fault::{Fault, Gathered};
use super::store::{Lane, is_known};
use crate::scale::Better;

/// How values come to a scale. Sources stand with the functions of the same names.
///
/// ```
/// use peaceops::indicator::composite::{Normaliser, Onto};
///
/// let text = r#"{ "goalposts": { "low": 20, "high": 85 } }"#;
/// assert_eq!(serde_json::from_str::<Normaliser>(text)?, Normaliser::Goalposts { low: 20.0, high: 85.0, onto: Onto::default() });
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Normaliser {
    /// [Place between the least and the greatest value](min_max()).
    MinMax {
        /// The scale that it is brought onto.
        #[serde(default)]
        onto: Onto,
    },
    /// [Place between two fixed ends](goalposts()), in the units of the table (denominated).
    Goalposts {
        /// The low end, whether good or bad.
        low: f64,
        /// The high end, above the low one.
        high: f64,
        /// The scale that it is brought onto.
        #[serde(default)]
        onto: Onto,
    },
    /// [Standard deviations from the mean](z_score()).
    ZScore {
        /// Mean of the scores: 0.
        #[serde(default)]
        mean: f64,
        /// Standard deviation of the scores: 1.
        #[serde(default = "one")]
        sd: f64,
    },
    /// [Share of the other units that are surpassed](percentile_rank()), 0 to 1.
    PercentileRank,
    /// [Number of the other units that are surpassed](borda()).
    Borda,
}

fn one() -> f64 {
    1.0
}

/// The ends of a scale: 0 to 1 unless given.
///
/// A geometric or harmonic mean needs positive scores; a scale from 1 to 100 gives it some.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Onto {
    /// The worst score.
    pub low: f64,
    /// The best score, above the worst.
    pub high: f64,
}

impl Onto {
    /// Largest size of an end: a million.
    pub const LARGEST: f64 = 1e6;

    /// A place from 0 to 1 on this scale; a rounding error beyond the ends is taken back.
    fn at(self, place: f64) -> f64 {
        (place * (self.high - self.low) + self.low).max(self.low).min(self.high)
    }

    /// Whether it is a scale.
    fn holds(self) -> bool {
        let within = |end: f64| (-Self::LARGEST..=Self::LARGEST).contains(&end);
        within(self.low) && within(self.high) && self.low < self.high
    }
}

impl Default for Onto {
    fn default() -> Self {
        Self { low: 0.0, high: 1.0 }
    }
}

/// What scores can be compared with each other, and aggregated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Extent {
    /// Between two ends.
    Ends(f64, f64),
    /// Around a mean, with a standard deviation.
    Around(f64, f64),
    /// Numbers of units surpassed.
    Points,
}

impl Extent {
    /// The ends, where it has some.
    pub(super) fn ends(self) -> Option<(f64, f64)> {
        match self {
            Self::Ends(low, high) => Some((low, high)),
            _ => None,
        }
    }
}

impl fmt::Display for Extent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ends(low, high) => write!(f, "{low} to {high}"),
            Self::Around(mean, sd) => write!(f, "mean {mean} and standard deviation {sd}"),
            Self::Points => f.write_str("Borda points"),
        }
    }
}

impl Normaliser {
    /// The scale of the scores.
    pub(super) fn extent(&self) -> Extent {
        match *self {
            Self::MinMax { onto } | Self::Goalposts { onto, .. } => Extent::Ends(onto.low, onto.high),
            Self::ZScore { mean, sd } => Extent::Around(mean, sd),
            Self::PercentileRank => Extent::Ends(0.0, 1.0),
            Self::Borda => Extent::Points,
        }
    }

    /// Checks its numbers.
    pub(super) fn check(&self, id: &str, log: bool, faults: &mut Gathered) {
        let mut ends = |what: &'static str, low: f64, high: f64, most: f64, rule: &'static str| {
            for found in [low, high].into_iter().filter(|end| !(-most..=most).contains(end)) {
                faults.push(Fault::Number { id: id.to_owned(), what, found, rule });
            }
            if low >= high {
                faults.push(Fault::Reversed { id: id.to_owned(), what, low, high });
            }
        };
        match *self {
            Self::MinMax { onto } => ends("the scale", onto.low, onto.high, Onto::LARGEST, "a number of at most a million"),
            Self::Goalposts { low, high, onto } => {
                ends("the scale", onto.low, onto.high, Onto::LARGEST, "a number of at most a million");
                ends("goalposts", low, high, super::Table::LARGEST, "a finite number of at most 1e60");
                if log && low <= 0.0 {
                    let rule = "positive, as its logarithm is taken";
                    faults.push(Fault::Number { id: id.to_owned(), what: "the low goalpost", found: low, rule });
                }
            }
            Self::ZScore { mean, sd } => {
                if !(-Onto::LARGEST..=Onto::LARGEST).contains(&mean) {
                    let rule = "a number of at most a million";
                    faults.push(Fault::Number { id: id.to_owned(), what: "the mean", found: mean, rule });
                }
                if !z_score::spreads(sd) {
                    let rule = "positive and at most a million";
                    faults.push(Fault::Number { id: id.to_owned(), what: "the standard deviation", found: sd, rule });
                }
            }
            Self::PercentileRank | Self::Borda => {}
        }
    }

    /// Normalises a column in place.
    pub(super) fn column(&self, lane: &mut Lane<'_>, better: Better) {
        match *self {
            Self::MinMax { onto } => min_max::column(lane, better, onto),
            Self::Goalposts { low, high, onto } => goalposts::column(lane, better, low, high, onto),
            Self::ZScore { mean, sd } => z_score::column(lane, better, mean, sd),
            Self::PercentileRank => percentile_rank::column(lane, better),
            Self::Borda => borda::column(lane, better),
        }
    }
}

/// The place of each value between two ends, in place, so that a column is one pass.
fn places(lane: &mut Lane<'_>, better: Better, low: f64, high: f64, onto: Onto) {
    if !onto.holds() {
        return lane.lose_all(Reason::OutOfBounds);
    }
    let span = high - low;
    match better {
        Better::Higher => each(lane, |value| onto.at((value - low) / span)),
        Better::Lower => each(lane, |value| onto.at((high - value) / span)),
    }
}

/// Changes each known value; the others stay 0.
fn each(lane: &mut Lane<'_>, of: impl Fn(f64) -> f64) {
    for (value, state) in lane.values.iter_mut().zip(lane.states.iter()) {
        let changed = of(*value);
        *value = if is_known(*state) { changed } else { 0.0 };
    }
}

/// Takes all values away where they cannot be compared; says whether they can.
fn comparable(lane: &mut Lane<'_>) -> Option<(f64, f64)> {
    match lane.ends() {
        Some((low, high)) if low < high => return Some((low, high)),
        Some(_) if lane.known().nth(1).is_none() => lane.lose_all(Reason::TooFew),
        Some(_) => lane.lose_all(Reason::NoSpread),
        None => {}
    }
    None
}

/// How many known values are surpassed by each, in place: COINr's ranks less 1, of tied values the lowest.
fn surpassed(lane: &mut Lane<'_>, better: Better, points: impl Fn(f64, f64) -> f64) {
    if comparable(lane).is_none() {
        return;
    }
    let mut sorted: Vec<f64> = lane.known().collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let all = sorted.len();
    lane.known_mut().for_each(|(_, value)| {
        let below = match better {
            Better::Higher => sorted.partition_point(|other| *other < *value),
            Better::Lower => all - sorted.partition_point(|other| *other <= *value),
        };
        *value = points(below as f64, all as f64);
    });
}
