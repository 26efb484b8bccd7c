//! Like with like: the same task in two phases, or in two regions, cell by cell.

use serde::Serialize;

use super::cell::footing;
use super::plan::Plan;
use super::profile::Evaluated;
use crate::id::{PhaseId, RegionId, TaskId};
use crate::model::CaseStudy;

/// How the cells of one phase or region stand against those of another, task by task.
///
/// Change is told from matched cells, never from two headlines: tasks come and go, and a headline can
/// move without any task having changed. Only pairs of equal footing are compared: words about a
/// place against words about the whole say nothing of a difference.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Matched {
    /// What is compared: `P1 to P2`, or `C against N in P3`.
    pub what: Pair,
    /// Pairs of cells with a level and equal footing.
    pub pairs: usize,
    /// Pairs in which the second stands higher.
    pub higher: Vec<Match>,
    /// Pairs in which it stands lower.
    pub lower: Vec<Match>,
    /// Pairs at the same level.
    pub same: usize,
    /// Pairs in which the ranges do not touch.
    pub beyond_both_ranges: usize,
    /// Pairs of unequal footing.
    pub not_comparable: Vec<Match>,
}

/// What is compared with what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Pair {
    /// The later phase against the earlier one, each task in each unit.
    Phases {
        /// The earlier phase.
        from: PhaseId,
        /// The later phase.
        to: PhaseId,
    },
    /// A region against another in one phase.
    Regions {
        /// The region.
        region: RegionId,
        /// The one it is held against.
        against: RegionId,
        /// The phase.
        phase: PhaseId,
    },
}

/// A task, and the unit where both phases have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Match {
    /// The task.
    pub task: TaskId,
    /// The unit, in a comparison of phases.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<RegionId>,
}

/// All comparisons: each phase with the next, and in each phase each unit with each before it.
pub(super) fn matched(study: &CaseStudy, plan: &Plan, at: &Evaluated) -> Vec<Matched> {
    let units: Vec<&RegionId> = study.units().map(|unit| &unit.id).collect();
    let phases = study.phases();
    let stride = plan.phases * plan.units;
    let tasks = plan.cells.iter().map(|cell| cell.task + 1).max().unwrap_or(0);
    let mut places: Vec<u32> = vec![u32::MAX; tasks * stride];
    for (n, cell) in (0u32..).zip(&plan.cells) {
        places[cell.task * stride + cell.phase * plan.units + cell.unit] = n;
    }
    let find = |task: usize, phase: usize, unit: usize| {
        places.get(task * stride + phase * plan.units + unit).filter(|n| **n != u32::MAX).map(|n| *n as usize)
    };
    let mut all = Vec::new();
    for phase in 1..plan.phases {
        let what = Pair::Phases { from: phases[phase - 1].id.clone(), to: phases[phase].id.clone() };
        let pairs = (0..tasks).flat_map(|task| (0..plan.units).map(move |unit| (task, unit)));
        let pairs = pairs.filter_map(|(task, unit)| Some((find(task, phase - 1, unit)?, find(task, phase, unit)?, Some(unit))));
        all.push(compare(study, plan, at, what, pairs, &units));
    }
    for (phase, row) in phases.iter().enumerate() {
        for unit in 1..plan.units {
            for against in 0..unit {
                let what = Pair::Regions { region: units[unit].clone(), against: units[against].clone(), phase: row.id.clone() };
                let pairs = (0..tasks).filter_map(|task| Some((find(task, phase, against)?, find(task, phase, unit)?, None)));
                all.push(compare(study, plan, at, what, pairs, &units));
            }
        }
    }
    all
}

fn compare(
    study: &CaseStudy,
    plan: &Plan,
    at: &Evaluated,
    what: Pair,
    pairs: impl Iterator<Item = (usize, usize, Option<usize>)>,
    units: &[&RegionId],
) -> Matched {
    let mut matched =
        Matched { what, pairs: 0, higher: Vec::new(), lower: Vec::new(), same: 0, beyond_both_ranges: 0, not_comparable: Vec::new() };
    for (first, second, unit) in pairs {
        let (a, b) = (at.stated[first], at.stated[second]);
        if a > 4 || b > 4 {
            continue;
        }
        let cell = &plan.cells[second];
        let entry = || Match { task: study.tasks()[cell.task].id.clone(), region: unit.map(|unit| units[unit].clone()) };
        let footing = |n: usize, level: u8| footing(plan, &plan.cells[n], level);
        if footing(first, a) != footing(second, b) {
            matched.not_comparable.push(entry());
            continue;
        }
        matched.pairs += 1;
        if at.low[second] > at.high[first] || at.high[second] < at.low[first] {
            matched.beyond_both_ranges += 1;
        }
        match b.cmp(&a) {
            std::cmp::Ordering::Greater => matched.higher.push(entry()),
            std::cmp::Ordering::Less => matched.lower.push(entry()),
            std::cmp::Ordering::Equal => matched.same += 1,
        }
    }
    matched
}
