//! What carries a headline: never an average, but the lowest level of confidence that it needs.

use std::collections::HashMap;

use serde::Serialize;

use super::{ConfidenceResult, Levels, Sureness};
use crate::id::{DimensionId, EffectId, PhaseId, RegionId};
use crate::measure::Share;
use crate::model::CaseStudy;
use crate::scale::{Confidence, Link};
use crate::scoring::balance::{Issue, band_of};
use crate::scoring::dimension::{Count, DimensionResult};
use crate::scoring::kernel::Tally;
use crate::scoring::median::Weights;
use crate::scoring::method::Method;
use crate::scoring::plan::{Plan, Slot};
use crate::scoring::profile::{Evaluated, Headline, headline};
use crate::scoring::relevance::{Relevance, Situation};

/// The confidence of an aggregate: how its parts are spread over the levels, and the lowest level that
/// carries the headline.
///
/// Parts are taken in from the surest down. The headline is carried by the level from which it comes
/// out as told and no longer changes: what is less sure could be left away, and it would stand. Where
/// parts without any evidence are needed for it, nothing carries it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Carried {
    /// Share of the assessed parts at each level, lowest first.
    pub distribution: Vec<(Confidence, Share)>,
    /// Share of the assessed parts without any evidence.
    pub without: Share,
    /// The lowest level that the headline needs; nothing without a headline.
    pub carries: Option<Confidence>,
}

/// A phase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PhaseCarried {
    /// The phase.
    pub id: PhaseId,
    /// Its headline.
    #[serde(flatten)]
    pub carried: Carried,
    /// Its units.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub by_region: Vec<RegionCarried>,
}

/// A unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RegionCarried {
    /// The unit.
    pub id: RegionId,
    /// Its headline.
    #[serde(flatten)]
    pub carried: Carried,
}

/// A dimension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DimensionCarried {
    /// The dimension.
    pub id: DimensionId,
    /// Its band.
    #[serde(flatten)]
    pub carried: Carried,
}

/// The steps from the surest parts down to those without evidence: the place of a level, 4 for none.
const STEPS: usize = 5;

fn step(level: Option<Confidence>) -> usize {
    level.map_or(STEPS - 1, |level| Confidence::High as usize - level as usize)
}

/// The lowest level that carries a result, given the result at each step.
fn carries<T: PartialEq>(results: &[Option<T>; STEPS]) -> Option<Confidence> {
    let told = results[STEPS - 1].as_ref()?;
    let first = results.iter().rposition(|result| result.as_ref() != Some(told)).map_or(0, |at| at + 1);
    Confidence::ALL.iter().rev().nth(first).copied()
}

fn carried<T: PartialEq>(parts: [u64; STEPS], results: &[Option<T>; STEPS]) -> Carried {
    let of = parts.iter().sum();
    Carried {
        distribution: Confidence::ALL.iter().map(|level| (*level, Share::new(parts[step(Some(*level))], of))).collect(),
        without: Share::new(parts[STEPS - 1], of),
        carries: carries(results),
    }
}

/// The level of each judgement by its id.
pub(crate) type ById<'a> = HashMap<&'a str, Option<Confidence>>;

fn by_id(list: &[Sureness]) -> ById<'_> {
    list.iter().map(|one| (one.of.as_str(), one.level)).collect()
}

/// What the aggregates are made of.
pub(crate) struct Carries<'a> {
    pub(crate) study: &'a CaseStudy,
    pub(crate) method: &'a Method,
    pub(crate) plan: &'a Plan,
    pub(crate) relevance: &'a Relevance,
    pub(crate) dimensions: &'a [DimensionResult],
}

impl Carries<'_> {
    /// Everything on confidence, from the level of each judgement.
    pub(in crate::scoring) fn result(&self, levels: Levels) -> ConfidenceResult {
        let slot = |slot: &Slot| levels.slots.get(&(slot.rating, slot.link)).and_then(|at| levels.ratings[*at].level);
        let groups = self.groups(&slot);
        let of = |phase: Option<usize>, unit: Option<usize>| groups[self.plan.group(phase, unit)].clone();
        let regions = |phase: Option<usize>| -> Vec<RegionCarried> {
            let units = self.study.units().enumerate();
            units.map(|(unit, row)| RegionCarried { id: row.id.clone(), carried: of(phase, Some(unit)) }).collect()
        };
        let phases = self.study.phases().iter().enumerate();
        let congruence_by_phase = phases
            .map(|(phase, row)| PhaseCarried { id: row.id.clone(), carried: of(Some(phase), None), by_region: regions(Some(phase)) })
            .collect();
        let (effects, findings) = (by_id(&levels.effects), by_id(&levels.findings));
        let mut situations = self.situations(&effects).into_iter();
        let relevance = situations.next().unwrap_or_default();
        let phases = self.relevance.by_phase.iter().zip(situations);
        let relevance_by_phase =
            phases.map(|(phase, carried)| PhaseCarried { id: phase.id.clone(), carried, by_region: Vec::new() }).collect();
        let dimensions = self.dimensions.iter().zip(self.bands(&findings));
        let dimensions = dimensions.map(|(d, carried)| DimensionCarried { id: d.id.clone(), carried }).collect();
        let places = [&levels.findings, &levels.effects].into_iter().enumerate();
        let places = places.flat_map(|(n, list)| list.iter().enumerate().map(move |(at, one)| (one.of.clone(), (n == 1, at))));
        ConfidenceResult {
            congruence: of(None, None),
            congruence_by_phase,
            congruence_by_region: regions(None),
            relevance,
            relevance_by_phase,
            dimensions,
            places: places.collect(),
            findings: levels.findings,
            effects: levels.effects,
            ratings: levels.ratings,
            slots: levels.slots,
        }
    }

    /// What carries the headline of every group of cells. A cell is as sure as its least sure link: a
    /// minimum says something of all of them.
    pub(crate) fn groups(&self, level: &dyn Fn(&Slot) -> Option<Confidence>) -> Vec<Carried> {
        let plan = self.plan;
        let at = Evaluated::of(plan);
        let of_slot: Vec<usize> = plan.slots.iter().map(|slot| step(level(slot))).collect();
        let mut parts = vec![[Part::default(); STEPS]; plan.groups()];
        for (n, cell) in plan.cells.iter().enumerate().filter(|(n, _)| at.stated[*n] <= 4) {
            let links = Link::ALL.iter().map(|link| cell.slots[link.index()] as usize);
            let step = links.filter(|slot| plan.stated[*slot] <= 4).map(|slot| of_slot[slot]).max().unwrap_or(STEPS - 1);
            for group in plan.groups_of(cell) {
                let part = &mut parts[group][step];
                part.levels[usize::from(at.stated[n])] += cell.weight;
                part.regional += if cell.said_of_region { cell.weight } else { 0 };
            }
        }
        let several = plan.units > 1;
        let one = |(group, parts): (usize, &[Part; STEPS])| {
            let of_unit = several && group % (plan.units + 1) > 0;
            let all = at.stated_of(group);
            let mut sum = Part::default();
            let results = std::array::from_fn(|step| {
                sum.add(&parts[step]);
                let assessed: u64 = sum.levels.iter().sum();
                let unknown = all.applicable().saturating_sub(assessed);
                let tally = Tally { levels: sum.levels, unknown, not_applicable: all.not_applicable, regional: sum.regional };
                match headline(&tally, &sum.levels, &sum.levels, of_unit, self.method) {
                    Headline::Known { level, .. } => Some(level),
                    Headline::Unknown { .. } => None,
                }
            });
            carried(parts.map(|part| part.levels.iter().sum()), &results)
        };
        parts.iter().enumerate().map(one).collect()
    }

    /// What carries the situation of the whole, then of each phase.
    pub(crate) fn situations(&self, levels: &ById<'_>) -> Vec<Carried> {
        let phases = self.relevance.by_phase.iter().map(|phase| &phase.tally.situation);
        std::iter::once(&self.relevance.whole.situation).chain(phases).map(|situation| self.situation(situation, levels)).collect()
    }

    /// What carries the band of each dimension.
    pub(crate) fn bands(&self, levels: &ById<'_>) -> Vec<Carried> {
        self.dimensions.iter().map(|dimension| self.band(&dimension.whole, levels)).collect()
    }

    /// What carries the side on which most clear changes lie.
    fn situation(&self, situation: &Situation, levels: &ById<'_>) -> Carried {
        let of = |id: &EffectId| step(levels.get(id.as_str()).copied().flatten());
        let clear = |id: &&EffectId| {
            let observed = self.study.effect(id).and_then(|effect| effect.observed.judgement.rated());
            observed.is_some_and(|change| change.value().value().unsigned_abs() >= 2)
        };
        let mut parts = [0; STEPS];
        [&situation.better, &situation.same, &situation.worse].into_iter().flatten().for_each(|id| parts[of(id)] += 1);
        let count = |list: &[EffectId], to: usize| list.iter().filter(clear).filter(|id| of(id) <= to).count();
        let results = std::array::from_fn(|to| {
            let (better, worse) = (count(&situation.better, to), count(&situation.worse, to));
            (better + worse > 0).then(|| better.cmp(&worse))
        });
        carried(parts, &results)
    }

    /// What carries the band of a dimension.
    fn band(&self, count: &Count, levels: &ById<'_>) -> Carried {
        let rows: Vec<_> = count.findings.iter().filter_map(|id| self.study.finding(id)).collect();
        let of = |id: &str| step(levels.get(id).copied().flatten());
        let mut parts = [0; STEPS];
        rows.iter().for_each(|row| parts[of(row.id.as_str())] += 1);
        let results = std::array::from_fn(|to| {
            let mut issues: HashMap<&str, Issue> = HashMap::new();
            for row in rows.iter().filter(|row| of(row.id.as_str()) <= to) {
                let weight = self.method.balance.weight(row.salience).thousandths();
                let issue = issues.entry(row.issue.as_str()).or_insert(Issue { kind: row.kind, weight });
                issue.weight = issue.weight.max(weight);
            }
            band_of(issues.values().copied(), &self.method.balance)
        });
        carried(parts, &results)
    }
}

/// The weight of cells of one level of confidence.
#[derive(Clone, Copy, Default)]
struct Part {
    levels: Weights,
    regional: u64,
}

impl Part {
    fn add(&mut self, other: &Self) {
        self.levels.iter_mut().zip(other.levels).for_each(|(sum, weight)| *sum += weight);
        self.regional += other.regional;
    }
}
