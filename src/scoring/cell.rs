//! One cell, and one task over its cells.

use serde::Serialize;

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
    pub rating: Option<String>,
    /// Whether it was made for the region.
    pub footing: Option<Footing>,
    /// The pool that it is inherited from.
    pub inherited: Option<PoolId>,
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
    /// Weighted lower median of its assessed cells; nothing where none is assessed.
    pub level: Option<Level>,
    /// The same of the low ends.
    pub low: Option<Level>,
    /// The same of the high ends.
    pub high: Option<Level>,
    /// The same over all its cells, links not assessed free.
    pub bounds: Option<Bounds>,
    /// Links that bind in some of its cells.
    pub binding: Vec<Link>,
    /// Other links that may bind in some of its cells.
    pub may_bind: Vec<Link>,
    /// How many of its cells are assessed.
    pub assessed: usize,
    /// Its cells.
    pub cells: Vec<CellResult>,
}

/// The binding links of a cell, those that may bind, and whether a binding one is regional.
pub(super) fn binding(plan: &Plan, cell: &Cell, at: u8) -> (Vec<Link>, Vec<Link>, Footing) {
    if at > 4 {
        return (Vec::new(), Vec::new(), Footing::FromTheWhole);
    }
    let stated = |link: &Link| plan.stated[cell.slots[link.index()] as usize];
    let low = |link: &Link| plan.low[cell.slots[link.index()] as usize];
    let binding: Vec<Link> = Link::ALL.iter().copied().filter(|link| stated(link) == at).collect();
    let may_bind = Link::ALL.iter().copied().filter(|link| stated(link) > at && stated(link) <= 4 && low(link) <= at).collect();
    let regional = binding.iter().any(|link| cell.regional[link.index()]);
    (binding, may_bind, if regional { Footing::Regional } else { Footing::FromTheWhole })
}

/// The result of a cell.
pub(super) fn cell_result(study: &CaseStudy, plan: &Plan, at: &Evaluated, n: usize) -> CellResult {
    let cell = &plan.cells[n];
    let (binding, may_bind, footing) = binding(plan, cell, at.stated[n]);
    let outcome = match (level(at.stated[n]), level(at.low[n]), level(at.high[n])) {
        (Some(level), Some(low), Some(high)) => CellLevel::Known { level, low, high },
        _ if at.stated[n] == UNKNOWN => CellLevel::Unknown { at_most: level(at.free_high[n]).unwrap_or(Level::MAX) },
        _ => CellLevel::NotApplicable,
    };
    let task = &study.tasks()[cell.task];
    let links: Vec<CellLink> = Link::ALL.iter().map(|link| cell_link(study, plan, cell, *link)).collect();
    let ceiling = match outcome {
        CellLevel::Known { level, .. } => Some(level),
        CellLevel::Unknown { at_most } => Some(at_most),
        CellLevel::NotApplicable => None,
    };
    let limits = |pool: &&PoolId| {
        [Link::Resources, Link::Capabilities].into_iter().any(|link| {
            let held = study.holding_of_pool(pool, link, cell.phase, cell.unit);
            held.and_then(|held| held.statement.judgement.rated()).is_some_and(|rated| Some(rated.value()) <= ceiling)
        })
    };
    CellResult {
        phase: study.phases()[cell.phase].id.clone(),
        region: study.units().nth(cell.unit).map_or_else(|| study.study().area.clone(), |unit| unit.id.clone()),
        tier: cell.tier,
        weight: plan.weight(cell),
        outcome,
        binding,
        may_bind,
        footing,
        links,
        also_limiting: task.also_draws_on.iter().filter(limits).cloned().collect(),
    }
}

fn cell_link(study: &CaseStudy, plan: &Plan, cell: &Cell, link: Link) -> CellLink {
    let slot = cell.slots[link.index()] as usize;
    let Some(row) = plan.slots.get(slot) else {
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
        rating: Some(study.ratings()[row.rating].label()),
        footing: Some(if cell.regional[link.index()] { Footing::Regional } else { Footing::FromTheWhole }),
        inherited: if cell.inherited[link.index()] { study.tasks()[cell.task].main_pool(link).cloned() } else { None },
    }
}

/// The results of all tasks that have cells, in the order of the study.
pub(super) fn task_results(study: &CaseStudy, plan: &Plan, at: &Evaluated) -> Vec<TaskResult> {
    let mut results: Vec<TaskResult> = Vec::new();
    let mut n = 0;
    while n < plan.cells.len() {
        let task = plan.cells[n].task;
        let first = n;
        while n < plan.cells.len() && plan.cells[n].task == task {
            n += 1;
        }
        let cells: Vec<CellResult> = (first..n).map(|n| cell_result(study, plan, at, n)).collect();
        let median = |levels: &[u8]| {
            let mut weights = Weights::default();
            for at in first..n {
                if let Some(sum) = weights.get_mut(usize::from(levels[at])) {
                    *sum += plan.cells[at].weight;
                }
            }
            lower_median(&weights)
        };
        let any = |pick: fn(&CellResult) -> &Vec<Link>| {
            Link::ALL.iter().copied().filter(|link| cells.iter().any(|cell| pick(cell).contains(link))).collect::<Vec<_>>()
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
