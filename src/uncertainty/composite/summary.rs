//! What draws of a composite say, in whole counts: the memory that it takes does not depend on their number.

use serde::Serialize;

use super::{CompositeInput, CompositeInputs};
use crate::id::Slug;
use crate::uncertainty::draws::standard_error;

/// Stretches into which the scale is divided.
const BINS: usize = 1000;

/// What the draws of a composite say.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CompositeResult {
    /// What was asked for.
    pub request: CompositeInputs,
    /// The seed.
    pub seed: u64,
    /// How many draws there are.
    pub draws: u64,
    /// Draws in which no unit has a score.
    pub failed: u64,
    /// What was varied.
    pub inputs: Vec<InputDraws>,
    /// Each unit, in the order of the table.
    pub units: Vec<UnitDraws>,
}

impl CompositeResult {
    /// What was varied without any effect.
    pub fn without_effect(&self) -> impl Iterator<Item = &CompositeInput> {
        self.inputs.iter().filter(|input| input.still).map(|input| &input.input)
    }

    /// A unit by its name.
    #[must_use]
    pub fn unit(&self, id: &str) -> Option<&UnitDraws> {
        self.units.iter().find(|unit| unit.id == *id)
    }
}

/// An input over draws.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct InputDraws {
    /// The input.
    pub input: CompositeInput,
    /// Whether no score of any unit moved, up to rounding, where it alone was changed: at the composite as described and
    /// in the first sixteen draws, a trigger to each of its other choices. Where normalisers have different scales:
    /// whether no rank moved.
    pub still: bool,
}

/// A unit over draws.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct UnitDraws {
    /// The unit.
    pub id: Slug,
    /// Its score for the whole as described; nothing where it has none.
    pub score: Option<f64>,
    /// Its rank as described.
    pub rank: Option<usize>,
    /// Its scores in draws; nothing where it never has one, or where normalisers have different scales.
    pub scores: Option<Quantiles>,
    /// Draws in which it has the first, second, ... rank, of as many as there are units: its rank acceptability.
    ///
    /// Source: Lahdelma and Salminen, "SMAA-2", *Operations Research* 49 (2001), 444–454. Ties share the best of
    /// their ranks, which is this crate's rule.
    pub ranks: Vec<u64>,
    /// Draws in which it has no score, and no rank.
    pub unknown: u64,
}

impl UnitDraws {
    /// The share of all draws in which it has a rank, 1 the best, with its [standard error](standard_error()).
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "counts of draws stay under 2^53")]
    pub fn share(&self, rank: usize) -> Option<(f64, f64)> {
        let draws = self.ranks.iter().sum::<u64>() + self.unknown;
        let count = *self.ranks.get(rank.checked_sub(1)?)?;
        Some((count as f64 / draws as f64, standard_error(count, draws)?))
    }

    /// The best and the worst rank that it has in draws.
    #[must_use]
    pub fn rank_range(&self) -> Option<(usize, usize)> {
        let best = self.ranks.iter().position(|count| *count > 0)?;
        let worst = self.ranks.iter().rposition(|count| *count > 0)?;
        Some((best + 1, worst + 1))
    }
}

/// The scores of a unit over the draws in which it has one.
///
/// Ends are exact. Quantiles are of counts in a thousand stretches of the scale (of standard deviations: of all that
/// is possible with so many units): each is the middle of the stretch that holds it, and off by at most a
/// two-thousandth of the scale. A quantile is the lowest value with at least so much of the draws at or below it
/// (type 1 of Hyndman and Fan, "Sample quantiles in statistical packages", *The American Statistician* 50 (1996),
/// 361–365).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Quantiles {
    /// The least.
    pub low: f64,
    /// 5 of 100 draws are at or below it.
    pub p5: f64,
    /// Half of the draws are at or below it.
    pub p50: f64,
    /// 95 of 100 draws are at or below it.
    pub p95: f64,
    /// The greatest.
    pub high: f64,
}

/// The counts of a unit.
#[derive(Clone, Debug)]
pub(super) struct Counts {
    /// The ends of the scale; nothing where scores cannot be compared.
    scale: Option<(f64, f64)>,
    bins: Vec<u64>,
    seen: Option<(f64, f64)>,
    pub(super) ranks: Vec<u64>,
    pub(super) unknown: u64,
}

impl Counts {
    pub(super) fn new(scale: Option<(f64, f64)>, units: usize) -> Self {
        Self { scale, bins: vec![0; if scale.is_some() { BINS } else { 0 }], seen: None, ranks: vec![0; units], unknown: 0 }
    }

    /// Takes in a draw: the score and the rank, where there are some.
    pub(super) fn add(&mut self, outcome: Option<(f64, usize)>) {
        let Some((score, rank)) = outcome else {
            self.unknown += 1;
            return;
        };
        if let Some(count) = rank.checked_sub(1).and_then(|at| self.ranks.get_mut(at)) {
            *count += 1;
        }
        let Some((low, high)) = self.scale else { return };
        if let Some(count) = self.bins.get_mut(place(score, low, high)) {
            *count += 1;
        }
        let (least, greatest) = self.seen.unwrap_or((score, score));
        self.seen = Some((least.min(score), greatest.max(score)));
    }

    #[allow(clippy::cast_precision_loss, reason = "there are a thousand stretches")]
    pub(super) fn quantiles(&self) -> Option<Quantiles> {
        let ((from, to), (low, high)) = (self.scale?, self.seen?);
        let total: u128 = self.bins.iter().map(|count| u128::from(*count)).sum();
        let at = |percent: u128| {
            let mut below = 0;
            let place = self.bins.iter().position(|count| {
                below += u128::from(*count);
                *count > 0 && below * 100 >= total * percent
            });
            let place = place.unwrap_or(BINS - 1) as f64;
            (from + (to - from) * ((place + 0.5) / BINS as f64)).max(low).min(high)
        };
        Some(Quantiles { low, p5: at(5), p50: at(50), p95: at(95), high })
    }
}

/// The stretch of a scale that holds a score.
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "what is below the scale becomes 0, what is above it the last; no NaN gets past `as`"
)]
fn place(score: f64, low: f64, high: f64) -> usize {
    (((score - low) / (high - low) * BINS as f64) as usize).min(BINS - 1)
}
