//! One cell, and one task over its cells.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use super::kernel::UNKNOWN;
use super::median::{Weights, lower_median};
use super::plan::{Cell, Plan};
use super::profile::{Bounds, Evaluated, level};
use crate::id::{PhaseId, PoolId, RegionId, TaskId};
use crate::model::{CaseStudy, Footing};
use crate::scale::{Judgement, Level, Link, Scale, Tier};

/// What a cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "status", rename_all = "kebab-case")]
pub enum CellLevel {
    /// The minimum of its links, with its exact range.
    Known {
        /// Minimum of the stated levels.
        level: Level,
        /// Minimum of the low ends.
        low: Level,
        /// Minimum of the high ends.
        high: Level,
    },
    /// Some link is not assessed.
    Unknown {
        /// The minimum of what the other links can be at the most.
        at_most: Level,
    },
    /// No link applies.
    NotApplicable,
}

/// One link of a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CellLink {
    /// The link.
    pub link: Link,
    /// The level and its range, where it is rated; the readings' ends where it is contested.
    pub level: Option<Level>,
    /// Low end.
    pub low: Option<Level>,
    /// High end.
    pub high: Option<Level>,
    /// The rating that holds, in words; nothing where none is coded.
    pub rating: Option<Label>,
    /// Whether it was made for the region.
    pub footing: Option<Footing>,
    /// The pool that it is inherited from.
    pub inherited: Option<PoolId>,
}

/// A block of ratings in words, such as `force/P3/C`; many cells share one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label(Arc<str>);

impl Deref for Label {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl Serialize for Label {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// A task in a phase and a unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CellResult {
    /// The phase.
    pub phase: PhaseId,
    /// The unit.
    pub region: RegionId,
    /// The priority that counts in the phase.
    pub tier: Tier,
    /// Its weight, in the units of the method.
    pub weight: f64,
    /// What it says.
    #[serde(flatten)]
    pub outcome: CellLevel,
    /// Links at the minimum.
    pub binding: Vec<Link>,
    /// Other links whose low end is at or under it.
    pub may_bind: Vec<Link>,
    /// Whether some binding rating was made for the region.
    pub footing: Footing,
    /// The four links.
    pub links: Vec<CellLink>,
    /// Other pools that the task draws on and that stand no better: they never enter the minimum.
    pub also_limiting: Vec<PoolId>,
}

/// A task over its cells.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TaskResult {
    /// The task.
    pub id: TaskId,
    /// Weighted lower median of its assessed cells in main phases; nothing where none is assessed.
    pub level: Option<Level>,
    /// The same of the low ends.
    pub low: Option<Level>,
    /// The same of the high ends.
    pub high: Option<Level>,
    /// The same over all its cells in main phases, links not assessed free.
    pub bounds: Option<Bounds>,
    /// Links that bind in some of its cells in main phases.
    pub binding: Vec<Link>,
    /// Other links that may bind in some of these.
    pub may_bind: Vec<Link>,
    /// How many of its cells are assessed, in all phases.
    pub assessed: usize,
    /// Its cells, in all phases.
    pub cells: Vec<CellResult>,
}

/// The binding links of a cell, and those that may bind.
fn binding(plan: &Plan, cell: &Cell, at: u8) -> (Vec<Link>, Vec<Link>) {
    if at > 4 {
        return (Vec::new(), Vec::new());
    }
    let stated = |link: &Link| plan.stated[cell.slots[link.index()] as usize];
    let low = |link: &Link| plan.low[cell.slots[link.index()] as usize];
    let binding: Vec<Link> = Link::ALL.iter().copied().filter(|link| stated(link) == at).collect();
    let may_bind = Link::ALL.iter().copied().filter(|link| stated(link) > at && stated(link) <= 4 && low(link) <= at).collect();
    (binding, may_bind)
}

/// Whether a binding link of a cell was rated for its region.
pub(super) fn footing(plan: &Plan, cell: &Cell, at: u8) -> Footing {
    let binds = |link: usize| plan.stated[cell.slots[link] as usize] == at;
    if at <= 4 && (0..4).any(|link| binds(link) && cell.regional[link]) { Footing::Regional } else { Footing::FromTheWhole }
}

/// What all cells, or all cells of a task, look up.
struct Lookup<'a> {
    /// The rating of each slot in words.
    labels: &'a [Label],
    /// The units.
    units: &'a [&'a RegionId],
    /// Places of the other pools that the task draws on.
    pools: &'a [Option<usize>],
}

/// The result of a cell.
fn cell_result(study: &CaseStudy, plan: &Plan, at: &Evaluated, lookup: &Lookup<'_>, n: usize) -> CellResult {
    let cell = &plan.cells[n];
    let (binding, may_bind) = binding(plan, cell, at.stated[n]);
    let outcome = match (level(at.stated[n]), level(at.low[n]), level(at.high[n])) {
        (Some(level), Some(low), Some(high)) => CellLevel::Known { level, low, high },
        _ if at.stated[n] == UNKNOWN => CellLevel::Unknown { at_most: level(at.free_high[n]).unwrap_or(Level::MAX) },
        _ => CellLevel::NotApplicable,
    };
    let task = &study.tasks()[cell.task];
    let links: Vec<CellLink> = Link::ALL.iter().map(|link| cell_link(study, plan, lookup.labels, cell, *link)).collect();
    let ceiling = match outcome {
        CellLevel::Known { level, .. } => Some(level),
        CellLevel::Unknown { at_most } => Some(at_most),
        CellLevel::NotApplicable => None,
    };
    let limits = |pool: usize| {
        [Link::Resources, Link::Capabilities].into_iter().any(|link| {
            let held = study.holding_of_pool(pool, link, cell.phase, cell.unit);
            held.and_then(|held| held.statement.judgement.rated()).is_some_and(|rated| Some(rated.value()) <= ceiling)
        })
    };
    let other_pools = task.also_draws_on.iter().zip(lookup.pools);
    CellResult {
        phase: study.phases()[cell.phase].id.clone(),
        region: lookup.units[cell.unit].clone(),
        tier: cell.tier,
        weight: plan.weight(cell),
        outcome,
        binding,
        may_bind,
        footing: footing(plan, cell, at.stated[n]),
        links,
        also_limiting: other_pools.filter(|(_, at)| at.is_some_and(limits)).map(|(pool, _)| pool.clone()).collect(),
    }
}

fn cell_link(study: &CaseStudy, plan: &Plan, labels: &[Label], cell: &Cell, link: Link) -> CellLink {
    let slot = cell.slots[link.index()] as usize;
    let (Some(row), Some(label)) = (plan.slots.get(slot), labels.get(slot)) else {
        return CellLink { link, level: None, low: None, high: None, rating: None, footing: None, inherited: None };
    };
    let judgement = study.ratings()[row.rating].link(link).map(|statement| &statement.judgement);
    let told = matches!(judgement, Some(Judgement::Rated(_) | Judgement::Contested(_)));
    let end = |levels: &[u8]| level(levels[slot]).filter(|_| told);
    CellLink {
        link,
        level: level(plan.stated[slot]),
        low: end(&plan.free_low),
        high: end(&plan.free_high),
        rating: Some(label.clone()),
        footing: Some(if cell.regional[link.index()] { Footing::Regional } else { Footing::FromTheWhole }),
        inherited: if cell.inherited[link.index()] { study.tasks()[cell.task].main_pool(link).cloned() } else { None },
    }
}

/// The results of all tasks that have cells, in the order of the study.
pub(super) fn task_results(study: &CaseStudy, plan: &Plan, at: &Evaluated) -> Vec<TaskResult> {
    let mut of_rating: Vec<Option<Label>> = vec![None; study.ratings().len()];
    let mut label = |rating: usize| of_rating[rating].get_or_insert_with(|| Label(study.ratings()[rating].label().into())).clone();
    let labels: Vec<Label> = plan.slots.iter().map(|slot| label(slot.rating)).collect();
    let units: Vec<&RegionId> = study.units().map(|unit| &unit.id).collect();
    let mut results: Vec<TaskResult> = Vec::new();
    let mut n = 0;
    while n < plan.cells.len() {
        let task = plan.cells[n].task;
        let first = n;
        while n < plan.cells.len() && plan.cells[n].task == task {
            n += 1;
        }
        let pools: Vec<Option<usize>> = study.tasks()[task].also_draws_on.iter().map(|pool| study.place_of_pool(pool)).collect();
        let lookup = Lookup { labels: &labels, units: &units, pools: &pools };
        let cells: Vec<CellResult> = (first..n).map(|n| cell_result(study, plan, at, &lookup, n)).collect();
        let median = |levels: &[u8]| {
            let mut weights = Weights::default();
            for (level, cell) in levels[first..n].iter().zip(&plan.cells[first..n]) {
                if let Some(sum) = weights.get_mut(usize::from(*level)).filter(|_| plan.main[cell.phase]) {
                    *sum += cell.weight;
                }
            }
            lower_median(&weights)
        };
        let any = |pick: fn(&CellResult) -> &Vec<Link>| {
            let main = || cells.iter().zip(&plan.cells[first..n]).filter(|(_, cell)| plan.main[cell.phase]);
            Link::ALL.iter().copied().filter(|link| main().any(|(cell, _)| pick(cell).contains(link))).collect::<Vec<_>>()
        };
        let binding = any(|cell| &cell.binding);
        results.push(TaskResult {
            id: study.tasks()[task].id.clone(),
            level: median(&at.stated),
            low: median(&at.low),
            high: median(&at.high),
            bounds: median(&at.free_low).zip(median(&at.free_high)).map(|(low, high)| Bounds { low, high }),
            may_bind: any(|cell| &cell.may_bind).into_iter().filter(|link| !binding.contains(link)).collect(),
            binding,
            assessed: cells.iter().filter(|cell| matches!(cell.outcome, CellLevel::Known { .. })).count(),
            cells,
        });
    }
    results
}
