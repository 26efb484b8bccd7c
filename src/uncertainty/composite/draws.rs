//! Draws of a composite: how far scores and ranks go when all that is declared moves at once.

use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};

use super::CompositeInputs;
use super::moves::{Moves, choice};
use super::summary::{CompositeResult, Counts, InputDraws, UnitDraws};
use crate::error::{Error, ErrorKind};
use crate::indicator::composite::{Outcome, Plan, Scores, Table};

/// Draws whose scores are held before they are counted.
const BATCH: u64 = 256;
/// Draws in which each input is changed alone.
const CHECKS: u64 = 16;
/// Which part of the largest score may be a rounding error.
const ROUNDING: f64 = 1e-12;

/// A score and a rank for each unit; nothing for one without.
type Drawn = Vec<Option<(f64, usize)>>;

/// Draws of a composite's scores and ranks, ready to be made.
///
/// Each draw is one run of the composite with other weights, choices and values, as [`CompositeInputs`] declares them.
/// All are drawn apart. The numbers of a draw follow from the seed and the draw's place alone, so that the same seed
/// gives the same bytes on every machine and with any number of threads (feature `parallel`).
///
/// A unit's draws without a score are counted apart; ranks are among the units that have one in the same draw.
///
/// ```
/// use peaceops::indicator::composite::{Aggregation, Composite, Group, Indicator, Normaliser, Onto, Plan, Table};
/// use peaceops::measure::Decimal;
/// use peaceops::scale::Better;
/// use peaceops::uncertainty::composite::{CompositeDraws, CompositeInputs};
///
/// let goalposts = Normaliser::Goalposts { low: 0.0, high: 10.0, onto: Onto::default() };
/// let plan = Plan::new(Composite {
///     indicators: ["a", "b"].map(|id| Indicator::new(id, "whole", Better::Higher)).to_vec(),
///     groups: vec![Group::new("whole", Aggregation::Arithmetic)],
///     ..Composite::new("example", goalposts)
/// })?;
/// let mut table = Table::new(["north", "south"])?;
/// table.column("a", &[Some(10.0), Some(4.0)])?;
/// table.column("b", &[Some(0.0), Some(4.0)])?;
/// let inputs = CompositeInputs { spread: Decimal::new(0.5)?, ..CompositeInputs::default() };
/// let result = CompositeDraws::of(&plan, &table, &inputs)?.run(1, 2000);
///
/// let north = result.unit("north").ok_or("no such unit")?;
/// assert_eq!((north.score, north.rank), (Some(0.5), Some(1)));
/// assert!(north.scores.is_some_and(|scores| scores.low >= 0.25 && scores.high <= 0.75)); // 1:3 to 3:1
/// assert!(north.share(2).is_some_and(|(share, _)| share > 0.1)); // south stays at 0.4, and is sometimes above
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct CompositeDraws {
    moves: Moves,
    table: Table,
    stated: Scores,
    scale: Option<(f64, f64)>,
}

impl CompositeDraws {
    /// Most units: 1,000. Ranks are counted for each unit at each rank.
    pub const UNITS: usize = 1000;

    /// Most values that err, units times indicators: a million.
    pub const VALUES: usize = 1_000_000;

    /// Checks what is declared.
    ///
    /// # Errors
    /// As [`CompositeInputs`] says; `out-of-range` for more than [`UNITS`](Self::UNITS) or [`VALUES`](Self::VALUES).
    pub fn of(plan: &Plan, table: &Table, inputs: &CompositeInputs) -> Result<Self, Error> {
        let units = table.units().len();
        let within = |what: &'static str, found: usize, max: usize| {
            let wrong = || ErrorKind::OutOfRange { what, found: found.to_string(), min: "0".into(), max: max.to_string() };
            if found <= max { Ok(()) } else { Err(Error::from(wrong())) }
        };
        within("the number of units", units, Self::UNITS)?;
        within("the number of values that err", units.saturating_mul(inputs.errors.len()), Self::VALUES)?;
        let moves = Moves::of(plan, table, inputs, (0..units).collect())?;
        let stated = moves.scores(table, &moves.stated());
        let lost = || ErrorKind::NotAComposite { what: "the table".into(), message: "no scores".into() };
        let scale = moves.one_scale().is_ok().then(|| plan.ends(units));
        Ok(Self { stated: stated.ok_or_else(lost)?, scale, table: table.clone(), moves })
    }

    /// Makes so many draws.
    #[must_use]
    pub fn run(&self, seed: u64, draws: u64) -> CompositeResult {
        let units = self.table.units().len();
        let mut counts = vec![Counts::new(self.scale, units); units];
        let (mut done, mut failed) = (0, 0);
        while done < draws {
            let to = draws.min(done.saturating_add(BATCH));
            for drawn in self.batch(seed, done, to) {
                failed += u64::from(drawn.iter().all(Option::is_none));
                counts.iter_mut().zip(drawn).for_each(|(counts, outcome)| counts.add(outcome));
            }
            done = to;
        }
        let stated = self.outcomes(Some(&self.stated));
        let all = self.table.units().zip(stated).zip(counts).map(|((id, stated), counts)| UnitDraws {
            id: id.clone(),
            score: stated.map(|(score, _)| score),
            rank: stated.map(|(_, rank)| rank),
            scores: counts.quantiles(),
            ranks: counts.ranks,
            unknown: counts.unknown,
        });
        CompositeResult { request: self.moves.request().clone(), seed, draws, failed, inputs: self.inputs(seed), units: all.collect() }
    }

    /// The scores and ranks of some draws, in order.
    #[cfg(feature = "parallel")]
    fn batch(&self, seed: u64, from: u64, to: u64) -> Vec<Drawn> {
        use rayon::iter::{IntoParallelIterator, ParallelIterator};
        (from..to).into_par_iter().map(|draw| self.drawn(&self.numbers(seed, draw))).collect()
    }

    /// The scores and ranks of some draws, in order.
    #[cfg(not(feature = "parallel"))]
    fn batch(&self, seed: u64, from: u64, to: u64) -> Vec<Drawn> {
        (from..to).map(|draw| self.drawn(&self.numbers(seed, draw))).collect()
    }

    /// The numbers of a draw by its place: a stretch of one long stream.
    fn numbers(&self, seed: u64, draw: u64) -> Vec<f64> {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        let mut generator = ChaCha8Rng::from_seed(key);
        let numbers = self.moves.numbers();
        generator.set_word_pos(u128::from(draw) * numbers as u128);
        (0..numbers).map(|_| f64::from(generator.next_u32()) / 4_294_967_296.0).collect()
    }

    fn drawn(&self, numbers: &[f64]) -> Drawn {
        self.outcomes(self.moves.scores(&self.table, numbers).as_ref())
    }

    fn outcomes(&self, scores: Option<&Scores>) -> Drawn {
        let Some(scores) = scores else { return vec![None; self.table.units().len()] };
        let whole = self.moves.whole();
        let values = scores.outcomes(whole).map(|(_, outcome)| Outcome::value(outcome));
        values.zip(scores.ranks(whole)).map(|(value, rank)| value.zip(rank)).collect()
    }

    /// What is varied, and whether it moves anything.
    fn inputs(&self, seed: u64) -> Vec<InputDraws> {
        let points: Vec<Vec<f64>> = std::iter::once(self.moves.stated()).chain((0..CHECKS).map(|draw| self.numbers(seed, draw))).collect();
        let drawn: Vec<Drawn> = points.iter().map(|numbers| self.drawn(numbers)).collect();
        let moves = |places: std::ops::Range<usize>| {
            (0..points.len()).any(|at| {
                let choices = self.moves.choices(places.start);
                (1..choices.unwrap_or(2)).any(|step| {
                    let mut numbers = points[at].clone();
                    for place in places.clone() {
                        numbers[place] = match choices {
                            Some(of) => ((choice(numbers[place], of) + step) % of) as f64 / of as f64 + 0.5 / of as f64,
                            None => points[(at + 1) % points.len()][place],
                        };
                    }
                    !self.same(&drawn[at], &self.drawn(&numbers))
                })
            })
        };
        self.moves.inputs().map(|(input, places)| InputDraws { still: !moves(places), input }).collect()
    }

    /// Whether scores are the same, up to rounding; of different scales, whether ranks are.
    fn same(&self, one: &Drawn, other: &Drawn) -> bool {
        let largest = one.iter().chain(other).flatten().fold(0.0, |largest: f64, (score, _)| largest.max(score.abs()));
        one.iter().zip(other).all(|pair| match pair {
            (Some((_, one)), Some((_, other))) if self.scale.is_none() => one == other,
            (Some((one, _)), Some((other, _))) => (one - other).abs() <= ROUNDING * largest,
            (one, other) => one.is_none() && other.is_none(),
        })
    }
}
