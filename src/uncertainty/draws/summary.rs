//! What draws say, counted while they are made: the memory that it takes does not depend on their number.

use serde::{Serialize, Serializer};

use super::dimension::DimensionDraws;
use super::effect::EffectDraws;
use super::error::standard_error;
use super::rank::{Counts, Standing};
use crate::id::{PhaseId, RegionId};
use crate::scale::{Level, Scale};
use crate::scoring::kernel::Tally;
use crate::scoring::{Bounds, DrawRule, Headline};

/// What the draws of a study say.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct DrawResult {
    /// The rule by which they were drawn, with the seed.
    pub rule: DrawRule,
    /// How many there are.
    pub draws: u64,
    /// Why there are no more.
    pub stopped: Stopped,
    /// What moved in them.
    pub moved: Moved,
    /// The largest standard error of a share of draws at a level.
    pub worst_error: Option<f64>,
    /// The whole study.
    pub whole: LevelDraws,
    /// Each phase, with its units.
    pub by_phase: Vec<PhaseDraws>,
    /// Each unit over all phases.
    pub by_region: Vec<RegionDraws>,
    /// How phases stand to each other.
    pub phases: Standing<PhaseId>,
    /// How units stand to each other.
    pub regions: Standing<RegionId>,
    /// Each dimension while the weights of salience move.
    pub dimensions: Vec<DimensionDraws>,
    /// Effects against the course without the mission: the whole, then each phase.
    pub effects: Vec<EffectDraws>,
}

/// A phase.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PhaseDraws {
    /// The phase.
    pub id: PhaseId,
    /// What draws say of it.
    #[serde(flatten)]
    pub draws: LevelDraws,
    /// Its units.
    pub by_region: Vec<RegionDraws>,
}

/// A unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RegionDraws {
    /// The unit.
    pub id: RegionId,
    /// What draws say of it.
    #[serde(flatten)]
    pub draws: LevelDraws,
}

/// Why no more was drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stopped {
    /// As many as the rule asks for.
    Complete,
    /// The target error was reached.
    Precise,
    /// The caller ended it.
    Cancelled,
}

/// What moves in draws. Whatever is 0 or 1 was not varied, whatever the rule asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Moved {
    /// Ratings with more than one level, the contested ones among them.
    pub ratings: usize,
    /// Contested ratings.
    pub contested: usize,
    /// Effects whose difference has a range.
    pub effects: usize,
    /// Tiers whose weights are drawn.
    pub tiers: usize,
    /// Saliences whose weights are drawn.
    pub saliences: usize,
    /// Ways in which links make a cell.
    pub links: usize,
    /// Ways in which cells make a headline.
    pub cells: usize,
}

/// What draws say of a group of cells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LevelDraws {
    /// The headline as assessed, with its exact range. It stands first.
    pub headline: Headline,
    /// What is exactly possible under the rule of the draws; nothing where nothing is assessed.
    ///
    /// It is the range of the headline, but for three things that draws may move and an assessment does not:
    /// contested ratings, weights and aggregators.
    pub reach: Option<Bounds>,
    /// Draws with the headline at each level, lowest first.
    pub levels: [u64; 5],
    /// Draws without a headline.
    pub unknown: u64,
    /// The share of the assessed weight at partial or better.
    pub partial_or_better: Percents,
}

impl LevelDraws {
    /// The share of all draws in which the headline is at a level, with its standard error.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "counts of draws stay under 2^53")]
    pub fn share(&self, level: Level) -> Option<(f64, f64)> {
        let (count, draws) = (self.levels[usize::from(level.index())], self.draws());
        Some((count as f64 / draws as f64, standard_error(count, draws)?))
    }

    /// How many draws there are.
    #[must_use]
    pub fn draws(&self) -> u64 {
        self.levels.iter().sum::<u64>() + self.unknown
    }

    /// The lowest level such that at least so many per cent of the draws with a headline are at or below it.
    #[must_use]
    pub fn quantile(&self, percent: u8) -> Option<Level> {
        quantile(&self.levels, percent).map(|place| Level::at(u8::try_from(place).unwrap_or(4)))
    }

    pub(super) fn worst_error(&self) -> Option<f64> {
        let draws = self.draws();
        self.levels.iter().chain([&self.unknown]).filter_map(|count| standard_error(*count, draws)).reduce(f64::max)
    }
}

/// The place of the lowest count such that at least so many per cent are at or below it: type 1 of Hyndman and Fan.
fn quantile(counts: &[u64], percent: u8) -> Option<usize> {
    let total: u128 = counts.iter().map(|count| u128::from(*count)).sum();
    let mut below = 0;
    counts.iter().position(|count| {
        below += u128::from(*count);
        *count > 0 && below * 100 >= total * u128::from(percent.min(100))
    })
}

/// A share in draws, counted in whole per cents, halves up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Percents(Vec<u64>);

impl Percents {
    /// The lowest share such that at least so many per cent of the draws are at or below it: at 0 the lowest, at
    /// 100 the highest.
    #[must_use]
    pub fn quantile(&self, percent: u8) -> Option<u8> {
        quantile(&self.0, percent).and_then(|place| u8::try_from(place).ok())
    }
}

impl Serialize for Percents {
    /// By name: the ends, the quartiles, and the ends of nine draws in ten.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let told = [("low", 0), ("p5", 5), ("p25", 25), ("p50", 50), ("p75", 75), ("p95", 95), ("high", 100)];
        serializer.collect_map(told.map(|(name, percent)| (name, self.quantile(percent))))
    }
}

/// A group of cells over draws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OfGroup {
    /// By level; the last without one.
    pub(super) levels: [u64; 6],
    pub(super) percents: [u64; 101],
}

impl OfGroup {
    pub(super) fn result(&self, headline: Headline, reach: Option<Bounds>) -> LevelDraws {
        let [levels @ .., unknown] = self.levels;
        LevelDraws { headline, reach, levels, unknown, partial_or_better: Percents(self.percents.to_vec()) }
    }
}

/// All that is kept of draws. Everything is a whole count, so that it does not matter in which order they come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Summary {
    pub(super) groups: Vec<OfGroup>,
    pub(super) phases: Counts,
    pub(super) units: Counts,
    /// By dimension and phase.
    pub(super) bands: Vec<[u64; 5]>,
    /// Effects better and worse, for the whole and for each phase.
    pub(super) effects: Vec<[Vec<u64>; 2]>,
}

impl Summary {
    pub(super) fn new([groups, phases, units]: [usize; 3], bands: usize, effects: Vec<[Vec<u64>; 2]>) -> Self {
        let empty = OfGroup { levels: [0; 6], percents: [0; 101] };
        Self { groups: vec![empty; groups], phases: Counts::new(phases), units: Counts::new(units), bands: vec![[0; 5]; bands], effects }
    }

    /// Takes in a draw: the level of each group, 5 without one, and its weights.
    pub(super) fn add(&mut self, heads: &[u8], tallies: &[Tally], units: usize) {
        for ((of, head), tally) in self.groups.iter_mut().zip(heads).zip(tallies) {
            if let Some(count) = of.levels.get_mut(usize::from(*head)) {
                *count += 1;
            }
            if let Some(count) = of.percents.get_mut(percent(tally)) {
                *count += 1;
            }
        }
        self.phases.add(|phase| heads[(phase + 1) * (units + 1)]);
        self.units.add(|unit| heads[unit + 1]);
    }

    pub(super) fn join(&mut self, other: &Self) {
        for (of, others) in self.groups.iter_mut().zip(&other.groups) {
            of.levels.iter_mut().zip(others.levels).for_each(|(sum, count)| *sum += count);
            of.percents.iter_mut().zip(others.percents).for_each(|(sum, count)| *sum += count);
        }
        self.phases.join(&other.phases);
        self.units.join(&other.units);
        self.bands.as_flattened_mut().iter_mut().zip(other.bands.as_flattened()).for_each(|(sum, count)| *sum += count);
        for (sums, counts) in self.effects.as_flattened_mut().iter_mut().zip(other.effects.as_flattened()) {
            sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
    }
}

/// The share at partial or better in whole per cents, halves up; past them where nothing is assessed.
fn percent(tally: &Tally) -> usize {
    let [absent, marginal, above @ ..] = tally.levels.map(u128::from);
    let part: u128 = above.iter().sum();
    let of = part + absent + marginal;
    // in whole numbers: 57 of 200 is a half, and 0.285 × 100 is less than one
    if of == 0 { usize::MAX } else { usize::try_from((part * 200 + of) / (of * 2)).unwrap_or(usize::MAX) }
}
