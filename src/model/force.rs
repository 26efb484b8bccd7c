//! What is in force when and where: the states of tasks, rating units, disputes.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;

use super::mandate::Reading;
use super::{CaseStudy, Dispute, Index, Inner, Parts, Table, Task};
use crate::date::{Days, PartialDate};
use crate::id::{DisputeId, RegionId};
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
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let next = (rest != 0).then(|| rest.trailing_zeros() as usize);
            rest &= rest.wrapping_sub(1);
            next
        })
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

/// The states of every task: as coded, and those that the applied disputes change.
#[derive(Clone)]
pub(crate) struct States {
    coded: Arc<[Vec<State>]>,
    disputed: HashMap<usize, Vec<State>>,
}

impl States {
    /// The states of every task as coded, in order of time.
    pub(super) fn coded(parts: &Parts, index: &Index) -> Self {
        let own = |task: &Task| parts.study.asks_for(task);
        let states = |task| states_of(task, parts.study.window, &|regions| index.covered(regions));
        let coded = parts.tasks.iter().map(|task| if own(task) { states(task) } else { Vec::new() }).collect();
        Self { coded, disputed: HashMap::new() }
    }

    /// The states under all disputes applied; `last` is the one applied last, whose tasks alone change.
    fn under(&self, parts: &Parts, index: &Index, last: &DisputeId) -> Self {
        let last = index.at(Table::Dispute, last.as_str()).and_then(|at| parts.disputes[at].reading.as_ref());
        let Some(Reading::InForce { tasks, .. }) = last else { return self.clone() };
        let mut disputed = self.disputed.clone();
        let applied: Vec<&Dispute> = parts.disputes.iter().filter(|dispute| parts.applied.contains(&dispute.id)).collect();
        let places = tasks.iter().filter_map(|id| index.at(Table::Task, id.as_str()));
        for at in places.filter(|at| parts.study.asks_for(&parts.tasks[*at])) {
            let task = &parts.tasks[at];
            let mut states = self.coded[at].clone();
            for dispute in &applied {
                if let Some(Reading::InForce { tasks, region, from, until }) = &dispute.reading
                    && tasks.contains(&task.id)
                {
                    let units = region.as_ref().map(|region| index.covered(std::slice::from_ref(region)));
                    states = states_under(&states, task, units, *from, *until);
                }
            }
            disputed.insert(at, states);
        }
        Self { coded: Arc::clone(&self.coded), disputed }
    }

    fn of(&self, task: usize) -> &[State] {
        let disputed = if self.disputed.is_empty() { None } else { self.disputed.get(&task) };
        disputed.or_else(|| self.coded.get(task)).map_or(&[], Vec::as_slice)
    }
}

fn states_of(task: &Task, window: Days, cover: &impl Fn(&[RegionId]) -> UnitSet) -> Vec<State> {
    let start = task.when.start().map_or(window.first(), PartialDate::first);
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
fn states_under(
    states: &[State],
    task: &Task,
    units: Option<UnitSet>,
    from: Option<PartialDate>,
    until: Option<PartialDate>,
) -> Vec<State> {
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
        if regions.is_empty() { self.all_units() } else { self.0.index.covered(regions) }
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
        let Some(row) = self.region(region) else { return false };
        let around = std::iter::successors(row.within.as_ref(), |id| self.region(id).and_then(|row| row.within.as_ref()));
        !row.unit && around.take(self.regions().len()).any(|id| self.region(id).is_some_and(|row| row.unit))
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
        self.0.index.at(Table::Task, id.as_str())
    }

    /// Place of an instrument among the instruments.
    #[must_use]
    pub fn place_of_instrument(&self, id: &crate::id::InstrumentId) -> Option<usize> {
        self.0.index.at(Table::Instrument, id.as_str())
    }

    /// Place of a pool among the pools.
    #[must_use]
    pub fn place_of_pool(&self, id: &crate::id::PoolId) -> Option<usize> {
        self.0.index.at(Table::Pool, id.as_str())
    }

    /// The states of a task over time: its days, units and priority; none for a task of a mission that is not studied.
    #[must_use]
    pub fn states(&self, task: usize) -> &[State] {
        self.0.states.of(task)
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

    /// The units in which a task is in force for at least so many days of a phase, whatever replaces it.
    fn held_units(&self, task: usize, phase: usize, least: i64) -> UnitSet {
        let mut days = [0; 64];
        let mut units = UnitSet::default();
        let phase = self.phases()[phase].days;
        for state in self.states(task) {
            units = units.union(state.units);
            if let Some(within) = state.days.within(phase) {
                state.units.iter().for_each(|unit| days[unit] += within.len());
            }
        }
        let mut held = UnitSet::default();
        units.iter().filter(|unit| days[*unit] >= least).for_each(|unit| held.insert(unit));
        held
    }

    /// The units in which a task is rated in a phase: where it is in force for at least `least` days and
    /// is not replaced by another task with such days there.
    #[must_use]
    pub fn rated_units(&self, task: usize, phase: usize, least: i64) -> UnitSet {
        let held = self.held_units(task, phase, least);
        self.replaced_by(task).iter().fold(held, |held, other| held.without(self.held_units(*other, phase, least)))
    }

    /// Places of the tasks that replace a task.
    #[must_use]
    pub fn replaced_by(&self, task: usize) -> &[usize] {
        self.0.index.replaced_by.get(&task).map_or(&[], Vec::as_slice)
    }

    /// The rating units: each task × phase × unit in which the task is in force for at least
    /// `least` days and is not replaced by another task with such days there.
    #[must_use]
    pub fn rating_units(&self, least: i64) -> Vec<RatingUnit> {
        let mut all = Vec::with_capacity(self.tasks().len() * self.phases().len());
        for task in 0..self.tasks().len() {
            for phase in 0..self.phases().len() {
                let units = self.rated_units(task, phase, least);
                all.extend(units.iter().map(|unit| RatingUnit { task, phase, unit }));
            }
        }
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
        let states = self.0.states.under(&parts, &self.0.index, &dispute.id);
        Self(Arc::new(Inner { parts, index: Arc::clone(&self.0.index), states }))
    }
}
