//! Monte Carlo draws of a study: how often a headline comes out if judgements lie in their ranges.
//!
//! **Exact answers come first.** No draw leaves what is exactly possible ([`LevelDraws::reach`]). Draws add how
//! *often* a headline comes out if judgements lie in their ranges as the method says ([`DrawRule`]). These
//! probabilities are conventions: no source gives them.
//!
//! Two remarks belong to every result. A cell is the minimum of its links, and minima of uncertain links sink under
//! draws: where four links may each lie lower or higher, one of them probably lies lower. And one row is one draw:
//! what a row says of many tasks moves together, while rows move apart, although the same doubt may stand behind
//! several of them; so shares of draws look surer than the study is.
//!
//! Results are whole counts. The numbers of a draw follow from the seed and the draw's place alone, so the same seed
//! gives the same bytes on every machine and with any number of threads (feature `parallel`).

pub(super) mod dimension;
mod effect;
mod error;
mod input;
pub(crate) mod joint;
mod rank;
mod reach;
mod summary;

pub use self::dimension::{BandDraws, DimensionDraws};
pub use self::effect::EffectDraws;
pub use self::error::standard_error;
pub use self::rank::Standing;
pub use self::summary::{DrawResult, LevelDraws, Moved, Percents, PhaseDraws, RegionDraws, Stopped};

use std::ops::ControlFlow;

use self::dimension::Dimensions;
use self::effect::Effects;
use self::input::{Drawing, Drawn};
use self::reach::reach;
use self::summary::Summary;
use crate::error::Error;
use crate::id::{DimensionId, PhaseId, RegionId};
use crate::scale::Level;
use crate::scoring::kernel::{Inputs, Tally, UNKNOWN, eval};
use crate::scoring::median::level_by;
use crate::scoring::plan::Plan;
use crate::scoring::profile::why_unknown;
use crate::scoring::{Assessment, Bounds, CellAggregator, DrawRule, Headline};

/// Draws between two looks at the target error, whatever the number of threads.
const BATCH: u64 = 4096;
/// Draws that one thread makes at a time.
const PIECE: u64 = 256;

/// How far drawing is.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Progress {
    /// Draws made.
    pub done: u64,
    /// Most draws.
    pub of: u64,
    /// The largest standard error of a share so far.
    pub worst_error: Option<f64>,
}

/// Draws of a study's congruence, ready to be made.
///
/// Every draw is one evaluation of the compiled study, by the code that made the assessment, on other levels:
/// ratings drawn from their ranges, contested ones from their readings, and, where the method says so, weights and
/// aggregators. Links that are not assessed stay so.
///
/// ```no_run
/// use peaceops::CaseStudy;
/// use peaceops::scale::Level;
/// use peaceops::scoring::Method;
/// use peaceops::uncertainty::Draws;
///
/// # let _ = marginal;
/// fn marginal(study: &CaseStudy) -> Result<Option<f64>, peaceops::Error> {
///     let assessment = study.assess(&Method::default());
///     let result = Draws::of(&assessment)?.run();
///     Ok(result.whole.share(Level::Marginal).map(|(share, _)| share))
/// }
/// ```
#[derive(Debug)]
pub struct Draws {
    plan: Plan,
    drawn: Drawn,
    rule: DrawRule,
    floors: crate::scoring::CongruenceRule,
    /// Whether each group has a headline; nothing where the weights are drawn, which may move that.
    known: Option<Vec<bool>>,
    reach: Vec<Option<Bounds>>,
    headlines: Vec<Headline>,
    phases: Vec<PhaseId>,
    units: Vec<RegionId>,
    dimensions: Dimensions,
    dimension_ids: Vec<(DimensionId, Vec<PhaseId>)>,
    effects: Effects,
}

/// What one thread needs for its draws.
struct Scratch<'a> {
    drawing: Drawing<'a>,
    tallies: Vec<Tally>,
    heads: Vec<u8>,
    summary: Summary,
}

impl Draws {
    /// Compiles the draws of an assessed study, by the rule of its method.
    ///
    /// # Errors
    /// As [`Method::check`](crate::scoring::Method::check): `out-of-range` where a choice of the method is not in its
    /// range, `not-positive` where no draw is asked for.
    pub fn of(assessment: &Assessment) -> Result<Self, Error> {
        let (study, method) = (assessment.study(), assessment.method());
        method.check()?;
        let plan = assessment.plan().clone();
        let confidence = assessment.confidence();
        let sure = |slot: usize| {
            let slot = plan.slots[slot];
            confidence.of_slot(slot.rating, slot.link).and_then(|one| one.level)
        };
        let effects = Effects::of(assessment);
        let drawn = Drawn::of(study, &plan, &method.draws, &sure, &effects);
        let phases: Vec<PhaseId> = study.phases().iter().map(|phase| phase.id.clone()).collect();
        let units: Vec<RegionId> = study.units().map(|unit| unit.id.clone()).collect();
        let congruence = assessment.congruence();
        let headline = |phase: Option<usize>, unit: Option<usize>| {
            let ids = (phase.map(|at| phases[at].as_str()), unit.map(|at| units[at].as_str()));
            congruence.profile(ids.0, ids.1).map_or(congruence.whole.headline, |profile| profile.headline)
        };
        let some = |count: usize| std::iter::once(None).chain((0..count).map(Some));
        let headlines = some(phases.len()).flat_map(|phase| some(units.len()).map(move |unit| (phase, unit)));
        let headlines = headlines.map(|(phase, unit)| headline(phase, unit)).collect();
        let mut draws = Self {
            reach: reach(&plan, &drawn),
            rule: method.draws.clone(),
            floors: method.congruence.clone(),
            known: None,
            headlines,
            dimensions: Dimensions::of(assessment),
            dimension_ids: assessment.dimensions().iter().map(|dimension| (dimension.id.clone(), phases.clone())).collect(),
            effects,
            phases,
            units,
            plan,
            drawn,
        };
        if draws.drawn.weights == 0 {
            let mut tallies = vec![Tally::default(); draws.plan.groups()];
            eval(&draws.plan, &Inputs::plain(&draws.plan, &draws.drawn.levels[..draws.plan.stated.len()]), &mut tallies);
            draws.known = Some((0..tallies.len()).map(|group| draws.is_known(group, &tallies[group])).collect());
        }
        Ok(draws)
    }

    /// Makes them all, or until the target error is reached.
    #[must_use]
    pub fn run(&self) -> DrawResult {
        self.run_with(|_| ControlFlow::Continue(()))
    }

    /// As [`run`](Self::run), telling how far it is between batches; the caller may end it, and gets what is there.
    #[must_use]
    pub fn run_with(&self, mut progress: impl FnMut(Progress) -> ControlFlow<()>) -> DrawResult {
        let of = self.rule.draws;
        let mut summary = self.empty();
        let (mut done, mut stopped) = (0, Stopped::Complete);
        while done < of {
            let to = of.min(done.saturating_add(BATCH));
            summary.join(&self.batch(done, to));
            done = to;
            let worst_error = self.worst_error(&summary);
            if progress(Progress { done, of, worst_error }).is_break() {
                stopped = Stopped::Cancelled;
                break;
            }
            if done < of && self.rule.error.is_some_and(|target| worst_error.is_some_and(|error| error <= target.value())) {
                stopped = Stopped::Precise;
                break;
            }
        }
        self.result(&summary, done, stopped)
    }

    /// One draw at the coded levels, weights and aggregators: it says what the assessment says, wherever nothing is
    /// contested.
    #[must_use]
    pub fn at_coded_levels(&self) -> DrawResult {
        let mut scratch = self.scratch();
        self.take(
            &Inputs::plain(&self.plan, &self.plan.stated),
            CellAggregator::LowerMedian,
            &mut scratch.tallies,
            &mut scratch.heads,
            false,
        );
        scratch.summary.add(&scratch.heads, &scratch.tallies, self.plan.units);
        self.dimensions.add([1; 3], &mut scratch.summary.bands);
        let stated: Vec<u8> = self.effects.differences.iter().map(|difference| Effects::places(*difference)[1]).collect();
        self.effects.add(&stated, &mut scratch.summary.effects);
        self.result(&scratch.summary, 1, Stopped::Complete)
    }

    fn empty(&self) -> Summary {
        Summary::new([self.plan.groups(), self.plan.phases, self.plan.units], self.dimensions.counts(), self.effects.empty())
    }

    fn scratch(&self) -> Scratch<'_> {
        Scratch {
            drawing: Drawing::new(&self.drawn, self.rule.seed),
            tallies: vec![Tally::default(); self.plan.groups()],
            heads: vec![UNKNOWN; self.plan.groups()],
            summary: self.empty(),
        }
    }

    /// The draws of some places, counted.
    #[cfg(feature = "parallel")]
    fn batch(&self, from: u64, to: u64) -> Summary {
        use rayon::iter::{IntoParallelIterator, ParallelIterator};
        let pieces = (from..to).step_by(PIECE as usize).map(|start| (start, to.min(start + PIECE))).collect::<Vec<_>>();
        let pieces = pieces.into_par_iter().fold(|| self.scratch(), |scratch, (from, to)| self.piece(scratch, from, to));
        let joined = |mut sum: Summary, other: Summary| {
            sum.join(&other);
            sum
        };
        pieces.map(|scratch| scratch.summary).reduce(|| self.empty(), joined)
    }

    /// The draws of some places, counted.
    #[cfg(not(feature = "parallel"))]
    fn batch(&self, from: u64, to: u64) -> Summary {
        let starts = (from..to).step_by(PIECE as usize);
        starts.fold(self.scratch(), |scratch, start| self.piece(scratch, start, to.min(start + PIECE))).summary
    }

    /// Some draws, one after another; it allocates nothing.
    fn piece<'a>(&'a self, mut scratch: Scratch<'a>, from: u64, to: u64) -> Scratch<'a> {
        let Scratch { drawing, tallies, heads, summary } = &mut scratch;
        drawing.go_to(from);
        for _ in from..to {
            let draw = drawing.next();
            self.take(&draw.inputs, draw.cells, tallies, heads, true);
            summary.add(heads, tallies, self.plan.units);
            self.effects.add(draw.effects, &mut summary.effects);
            if self.drawn.weights > 0 {
                self.dimensions.add(draw.saliences, &mut summary.bands);
            }
        }
        scratch
    }

    /// One evaluation: the weights of each group, and its level.
    fn take(&self, inputs: &Inputs<'_>, cells: CellAggregator, tallies: &mut [Tally], heads: &mut [u8], drawn: bool) {
        eval(&self.plan, inputs, tallies);
        for (group, (tally, head)) in tallies.iter().zip(heads).enumerate() {
            *head = self.level(group, tally, cells, drawn).map_or(UNKNOWN, Level::index);
        }
    }

    /// The headline of a group.
    fn level(&self, group: usize, tally: &Tally, cells: CellAggregator, drawn: bool) -> Option<Level> {
        let known = match &self.known {
            Some(known) if drawn => known[group],
            _ => self.is_known(group, tally),
        };
        if known { level_by(cells, &tally.levels) } else { None }
    }

    fn is_known(&self, group: usize, tally: &Tally) -> bool {
        let of_unit = self.plan.units > 1 && !group.is_multiple_of(self.plan.units + 1);
        why_unknown(tally, of_unit, &self.floors).is_none()
    }

    fn level_draws(&self, summary: &Summary, phase: Option<usize>, unit: Option<usize>) -> LevelDraws {
        let group = self.plan.group(phase, unit);
        summary.groups[group].result(self.headlines[group], self.reach[group])
    }

    /// Over the whole, phases, units, and units of phases.
    fn worst_error(&self, summary: &Summary) -> Option<f64> {
        let groups = summary.groups.iter().zip(&self.headlines).zip(&self.reach);
        groups.filter_map(|((of, headline), reach)| of.result(*headline, *reach).worst_error()).reduce(f64::max)
    }

    fn result(&self, summary: &Summary, draws: u64, stopped: Stopped) -> DrawResult {
        let of = |phase, unit| self.level_draws(summary, phase, unit);
        let regions = |phase: Option<usize>| -> Vec<RegionDraws> {
            self.units.iter().enumerate().map(|(unit, id)| RegionDraws { id: id.clone(), draws: of(phase, Some(unit)) }).collect()
        };
        let phases = self.phases.iter().enumerate();
        let saliences = self.drawn.weights > 0;
        DrawResult {
            rule: self.rule.clone(),
            draws,
            stopped,
            moved: Moved {
                ratings: self.drawn.ratings(),
                contested: self.drawn.contested,
                tiers: if self.drawn.weights > 0 { 4 } else { 0 },
                effects: self.drawn.effects,
                saliences: if saliences { 3 } else { 0 },
                links: self.drawn.links.len(),
                cells: self.drawn.cells.len(),
            },
            worst_error: self.worst_error(summary),
            whole: of(None, None),
            by_phase: phases
                .map(|(phase, id)| PhaseDraws { id: id.clone(), draws: of(Some(phase), None), by_region: regions(Some(phase)) })
                .collect(),
            by_region: regions(None),
            phases: summary.phases.standing(self.phases.clone()),
            regions: summary.units.standing(self.units.clone()),
            dimensions: self.dimensions.results(&self.dimension_ids, &summary.bands),
            effects: self.effects.results(&summary.effects),
        }
    }
}
