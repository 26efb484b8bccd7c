//! What is in force when and where: the states of tasks, rating units, disputes.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;

use super::mandate::Reading;
use super::{CaseStudy, Dispute, Index, Parts, Task};
use crate::date::{Days, PartialDate};
use crate::id::RegionId;
use crate::scale::Tier;

/// A set of units, by their places; a study has at most 64.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct UnitSet(u64);

impl UnitSet {
    /// Adds a unit; places past the 64th are left out.
    pub fn insert(&mut self, unit: usize) {
        if unit < 64 {
            self.0 |= 1 << unit;
        }
    }

    /// Whether a unit is in the set.
    #[must_use]
    pub fn contains(self, unit: usize) -> bool {
        unit < 64 && self.0 & (1 << unit) != 0
    }

    /// Units in either set.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Units in both sets.
    #[must_use]
    pub fn common(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Units of this set that are not in the other.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many there are.
    #[must_use]
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// The places in order.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        (0..64).filter(move |unit| self.contains(*unit))
    }
}

/// A stretch of days over which a task's priority and units do not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct State {
    /// The days.
    pub days: Days,
    /// The units in which it is in force.
    pub units: UnitSet,
    /// Its priority.
    pub tier: Tier,
    /// The entry that it rests on: 0 for the task's first state, else the number of the change.
    pub entry: usize,
}

/// A task in a phase and a unit in which it is in force long enough to be rated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct RatingUnit {
    /// Place of the task.
    pub task: usize,
    /// Place of the phase.
    pub phase: usize,
    /// Place of the unit.
    pub unit: usize,
}

impl RatingUnit {
    /// A task, phase and unit by their places.
    #[must_use]
    pub fn new(task: usize, phase: usize, unit: usize) -> Self {
        Self { task, phase, unit }
    }
}

/// A task in force at the end of a phase, but not for long enough to be rated in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TooRecent {
    /// Place of the task.
    pub task: usize,
    /// Place of the phase.
    pub phase: usize,
    /// Days in force in the phase, in the unit where it is longest in force.
    pub days: i64,
}

/// The states of every task, in order of time.
pub(super) fn states(parts: &Parts, index: &Index) -> Vec<Vec<State>> {
    let cover = |regions: &[RegionId]| cover(parts, index, regions);
    let mut states: Vec<Vec<State>> = parts.tasks.iter().map(|task| states_of(task, parts, &cover)).collect();
    for dispute in parts.disputes.iter().filter(|d| parts.applied.contains(&d.id)) {
        if let Some(Reading::InForce { tasks, region, from, until }) = &dispute.reading {
            let units = region.as_ref().map(|region| cover(std::slice::from_ref(region)));
            for (task, states) in parts.tasks.iter().zip(&mut states).filter(|(task, _)| tasks.contains(&task.id)) {
                *states = disputed(states, task, units, *from, *until);
            }
        }
    }
    states
}

/// The units that a list of regions covers or lies in.
pub(super) fn cover(parts: &Parts, index: &Index, regions: &[RegionId]) -> UnitSet {
    regions.iter().fold(UnitSet::default(), |set, region| {
        let at = parts.regions.iter().position(|r| r.id == *region);
        at.map_or(set, |at| set.union(index.cover[at]))
    })
}

fn states_of(task: &Task, parts: &Parts, cover: &impl Fn(&[RegionId]) -> UnitSet) -> Vec<State> {
    let start = task.when.start().map_or(parts.study.window.first(), PartialDate::first);
    let end = task.when.end().map_or(NaiveDate::MAX, PartialDate::last);
    let (mut from, mut tier, mut units, mut entry) = (start, task.tier, cover(&task.regions), 0);
    let mut states = Vec::with_capacity(1 + task.changes.len());
    let mut push = |from: NaiveDate, to: NaiveDate, units: UnitSet, tier: Tier, entry: usize| {
        if let Some(days) = Days::new(from, to.min(end))
            && !units.is_empty()
        {
            states.push(State { days, units, tier, entry });
        }
    };
    for (at, change) in task.changes.iter().enumerate() {
        let day = change.from.first();
        push(from, day.pred_opt().unwrap_or(day), units, tier, entry);
        from = from.max(day);
        tier = change.tier.unwrap_or(tier);
        units = change.regions.as_ref().map_or(units, |regions| cover(regions));
        entry = at + 1;
    }
    push(from, NaiveDate::MAX, units, tier, entry);
    states
}

/// The states of a task by another reading of when it was in force in some units.
///
/// In those units the reading's dates take the place of the coded ones: from its start (else the
/// coded one) to its end (else the coded one). The priority on a day is the coded one of that day,
/// before the coded start the first.
fn disputed(states: &[State], task: &Task, units: Option<UnitSet>, from: Option<PartialDate>, until: Option<PartialDate>) -> Vec<State> {
    let all = states.iter().fold(UnitSet::default(), |set, state| set.union(state.units));
    let units = units.unwrap_or(all);
    let coded = |pick: fn(&State) -> NaiveDate, least: bool| {
        let days = states.iter().filter(|s| !s.units.common(units).is_empty()).map(pick);
        if least { days.min() } else { days.max() }
    };
    let start = from.map(PartialDate::first).or(coded(|s| s.days.first(), true));
    let end = until.map(PartialDate::last).or(coded(|s| s.days.last(), false)).or(task.when.end().map(PartialDate::last));
    let reading = start.and_then(|start| Days::new(start, end.unwrap_or(NaiveDate::MAX)));
    let mut cuts: Vec<NaiveDate> = states.iter().flat_map(|s| [Some(s.days.first()), s.days.last().succ_opt()]).flatten().collect();
    if let Some(days) = reading {
        cuts.push(days.first());
        cuts.extend(days.last().succ_opt());
    }
    cuts.sort();
    cuts.dedup();
    let mut result: Vec<State> = Vec::new();
    for (at, first) in cuts.iter().enumerate() {
        let last = cuts.get(at + 1).and_then(|next| next.pred_opt()).unwrap_or(NaiveDate::MAX);
        let Some(days) = Days::new(*first, last) else { continue };
        let coded = states.iter().find(|s| s.days.contains(*first));
        let mut now = coded.map_or(UnitSet::default(), |s| s.units.without(units));
        if reading.is_some_and(|days| days.contains(*first)) {
            now = now.union(units);
        }
        let known = coded.or_else(|| states.iter().rev().find(|s| s.days.last() < *first)).or_else(|| states.first());
        let (tier, entry) = known.map_or((task.tier, 0), |s| (s.tier, s.entry));
        if !now.is_empty() {
            result.push(State { days, units: now, tier, entry });
        }
    }
    result
}

impl CaseStudy {
    /// The units that a list of regions covers, or in which they lie; the whole area for none.
    #[must_use]
    pub fn covered(&self, regions: &[RegionId]) -> UnitSet {
        if regions.is_empty() { self.all_units() } else { cover(&self.0.parts, &self.0.index, regions) }
    }

    /// All units.
    #[must_use]
    pub fn all_units(&self) -> UnitSet {
        let mut set = UnitSet::default();
        (0..self.0.index.units.len()).for_each(|unit| set.insert(unit));
        set
    }

    /// Whether a region lies inside a unit without being it.
    #[must_use]
    pub fn is_part_of_unit(&self, region: &RegionId) -> bool {
        let Some(at) = self.regions().iter().position(|r| r.id == *region) else { return false };
        let around = std::iter::successors(self.regions()[at].within.as_ref(), |id| {
            self.regions().iter().find(|r| r.id == **id).and_then(|r| r.within.as_ref())
        });
        !self.regions()[at].unit && around.take(self.regions().len()).any(|id| self.units().any(|unit| unit.id == *id))
    }

    /// Whether a region lies in another, at any depth.
    #[must_use]
    pub fn lies_in(&self, region: &RegionId, other: &RegionId) -> bool {
        let mut next = self.region(region).and_then(|region| region.within.as_ref());
        for _ in 0..self.regions().len() {
            match next {
                Some(id) if id == other => return true,
                Some(id) => next = self.region(id).and_then(|region| region.within.as_ref()),
                None => return false,
            }
        }
        false
    }

    /// Place of a task among the tasks.
    #[must_use]
    pub fn place_of_task(&self, id: &crate::id::TaskId) -> Option<usize> {
        self.0.index.at(super::Table::Task, id.as_str())
    }

    /// The states of a task over time: its days, units and priority.
    #[must_use]
    pub fn states(&self, task: usize) -> &[State] {
        self.0.states.get(task).map_or(&[], Vec::as_slice)
    }

    /// The days on which a task is in force in one of the units, in order of time.
    pub fn in_force(&self, task: usize, units: UnitSet) -> impl Iterator<Item = Days> + '_ {
        self.states(task).iter().filter(move |state| !state.units.common(units).is_empty()).map(|state| state.days)
    }

    /// How many days of a phase a task is in force in a unit; interruptions are left out.
    #[must_use]
    pub fn days_in_force(&self, task: usize, phase: usize, unit: usize) -> i64 {
        let mut units = UnitSet::default();
        units.insert(unit);
        let Some(phase) = self.phases().get(phase) else { return 0 };
        self.in_force(task, units).filter_map(|days| days.within(phase.days)).map(Days::len).sum()
    }

    /// The rating units: each task × phase × unit in which the task is in force for at least
    /// `least` days and is not replaced by another task with such days there.
    #[must_use]
    pub fn rating_units(&self, least: i64) -> Vec<RatingUnit> {
        let mut all = Vec::new();
        for task in 0..self.tasks().len() {
            let units = self.states(task).iter().fold(UnitSet::default(), |set, s| set.union(s.units));
            for phase in 0..self.phases().len() {
                all.extend(units.iter().filter(|unit| self.days_in_force(task, phase, *unit) >= least).map(|unit| RatingUnit {
                    task,
                    phase,
                    unit,
                }));
            }
        }
        let replaced: std::collections::HashSet<RatingUnit> = all
            .iter()
            .flat_map(|at| {
                let olds = self.tasks()[at.task].replaces.iter();
                olds.filter_map(|old| self.0.index.at(super::Table::Task, old.as_str())).map(|task| RatingUnit { task, ..*at })
            })
            .collect();
        all.retain(|at| !replaced.contains(at));
        all
    }

    /// Tasks in force at the end of a phase that began in it, but for fewer than `least` days.
    #[must_use]
    pub fn too_recent(&self, least: i64) -> Vec<TooRecent> {
        let mut all = Vec::new();
        for task in 0..self.tasks().len() {
            for (phase, row) in self.phases().iter().enumerate() {
                let units = self
                    .states(task)
                    .iter()
                    .filter(|s| s.days.contains(row.days.last()))
                    .fold(UnitSet::default(), |set, s| set.union(s.units));
                let days = units.iter().map(|unit| self.days_in_force(task, phase, unit)).max().unwrap_or(0);
                if days > 0 && days < least.min(row.days.len()) {
                    all.push(TooRecent { task, phase, days });
                }
            }
        }
        all
    }

    /// The study by another reading of a dispute.
    ///
    /// Being in force in a region takes the reading's dates there; figures of a resource row take the
    /// reading's figures. A dispute without a reading that can be applied gives the same study.
    #[must_use]
    pub fn under(&self, dispute: &Dispute) -> Self {
        let mut parts = self.0.parts.clone();
        match &dispute.reading {
            Some(Reading::InForce { .. }) => parts.applied = parts.applied.iter().cloned().chain([dispute.id.clone()]).collect(),
            Some(Reading::Amount { resource, amount }) => {
                let mut rows = parts.resources.to_vec();
                for row in rows.iter_mut().filter(|row| row.id == *resource) {
                    for (key, value) in amount {
                        row.amount.insert(key.clone(), value.clone());
                    }
                }
                parts.resources = rows.into();
            }
            None => {}
        }
        Self::with_index(parts, Arc::clone(&self.0.index))
    }
}
