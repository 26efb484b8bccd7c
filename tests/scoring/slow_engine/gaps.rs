//! Gaps that activities and means make, and all gaps under each reading of a dispute.

use std::collections::BTreeMap;

use peaceops::date::When;
use peaceops::id::{PoolId, RegionId, TaskId};
use peaceops::model::{Activity, Bounds, Resource, Task};
use peaceops::scale::{CapabilityKind, MeansStatus, Tier};
use serde_json::{Value, json};

use super::base::{Q, Slow};

/// Gaps by their address.
pub(crate) type Gaps = BTreeMap<String, Value>;

/// Gaps under this reading, with what they are under the readings of every dispute.
pub(crate) fn all(slow: &Slow<'_>) -> Vec<Value> {
    let base = slow.gaps();
    let others: Vec<(&str, Gaps)> =
        slow.study.disputes().iter().filter_map(|dispute| Some((dispute.id.as_str(), slow.under(dispute)?.gaps()))).collect();
    let mut list = Vec::new();
    for (address, kind) in &base {
        let differs = others.iter().filter(|(_, gaps)| gaps.get(address) != Some(kind));
        let disputed: Vec<Value> = differs.map(|(id, gaps)| json!({"dispute": id, "reading": gaps.get(address)})).collect();
        let mut gap = kind.clone();
        (gap["address"], gap["disputed"]) = (json!(address), json!(disputed));
        slow.rest(&mut gap);
        list.push(gap);
    }
    for (dispute, gaps) in slow.study.disputes().iter().filter_map(|dispute| Some((dispute, slow.under(dispute)?))) {
        let (id, other) = (dispute.id.as_str(), gaps);
        let gaps = &others.iter().find(|(other, _)| *other == id).unwrap().1;
        for (address, kind) in gaps.iter().filter(|(address, _)| !base.contains_key(*address)) {
            let mut gap = kind.clone();
            (gap["address"], gap["disputed"], gap["only_under"]) = (json!(format!("{address}/{id}")), json!([]), json!(id));
            other.rest(&mut gap);
            list.push(gap);
        }
    }
    list
}

pub(crate) fn put(gaps: &mut Gaps, kind: &str, key: &str, mut value: Value) {
    value["kind"] = json!(kind);
    let before = gaps.insert(format!("{kind}/{key}"), value);
    assert_eq!(before, None, "{kind}/{key} twice");
}

impl<'a> Slow<'a> {
    pub(crate) fn gaps(&self) -> Gaps {
        let mut gaps = Gaps::new();
        self.unserved(&mut gaps);
        self.silence(&mut gaps);
        self.drift(&mut gaps);
        self.slack(&mut gaps);
        self.mismatch(&mut gaps);
        self.drivers(&mut gaps);
        self.capabilities(&mut gaps);
        self.overstretch(&mut gaps);
        gaps
    }

    /// The rows that a gap names, and the origins of what it rests on.
    fn rest(&self, gap: &mut Value) {
        let mut rows: Vec<String> = Vec::new();
        for field in ["activity", "task", "tasks", "row", "driver", "capability", "instrument", "added", "widened", "said_by"] {
            let list = gap[field].as_array().cloned().unwrap_or_else(|| vec![gap[field].clone()]);
            rows.extend(list.iter().filter_map(Value::as_str).map(str::to_owned));
        }
        let activity = self.study.activities().iter().find(|row| gap["kind"] == "drift" && gap["activity"] == row.id.as_str());
        rows.extend(activity.into_iter().flat_map(|row| &row.serves).map(ToString::to_string));
        let driver = self.study.drivers().iter().find(|row| gap["cover"] == "in-part" && gap["driver"] == row.id.as_str());
        rows.extend(driver.into_iter().flat_map(|row| &row.met_in_part_by).map(ToString::to_string));
        rows.sort();
        rows.dedup();
        let mut origins: Vec<peaceops::scale::Origin> =
            rows.iter().filter_map(|id| self.study.row(id)?.provenance()).map(|provenance| provenance.origin).collect();
        if let (Some(until), Some(task)) = (gap["until"].as_str(), gap["task"].as_str()) {
            let task = self.task_at(task);
            let entry = self.on(task, self.place(until.parse().unwrap())).entry;
            let change = entry.checked_sub(1).map(|change| &self.study.tasks()[task].changes[change]);
            origins.extend(change.map(|change| change.provenance.origin));
        }
        origins.sort();
        origins.dedup();
        gap["rows"] = json!(rows);
        gap["origins"] = json!(origins.iter().map(|origin| origin.name()).collect::<Vec<_>>());
    }

    fn served(&self, activity: &Activity) -> Vec<usize> {
        activity.serves.iter().map(|id| self.task_at(id.as_str())).collect()
    }

    /// The days on which an activity can have lasted: all of the window where it is not dated; nothing
    /// where it lies outside.
    fn can_last(&self, activity: &Activity) -> Option<(i64, i64)> {
        let window = (0, self.days as i64 - 1);
        match &activity.when {
            Some(When::Dated(period)) => {
                let first = period.start().map_or(window.0, |start| self.place(start.first()));
                let last = period.end().map_or(window.1, |end| self.place(end.last()));
                (first <= last).then_some((first, last))
            }
            Some(When::Outside) => None,
            Some(When::Current) => self.current().map(|phase| self.days_of(phase)),
            Some(When::Mission | When::Undated) | None => Some(window),
        }
    }

    fn days_of(&self, phase: usize) -> (i64, i64) {
        (self.phases[phase].0 as i64, self.phases[phase].1 as i64)
    }

    fn phase_id(&self, phase: usize) -> &'a str {
        self.study.phases()[phase].id.as_str()
    }

    fn unserved(&self, gaps: &mut Gaps) {
        for activity in self.study.activities().iter().filter(|activity| !activity.done) {
            let (units, Some((first, last))) = (self.cover(&activity.regions), self.can_last(activity)) else { continue };
            for task in self.served(activity) {
                if !self.ever_in(task, &units, (first, last)) {
                    continue;
                }
                let dated = !matches!(activity.when, None | Some(When::Undated));
                let mut phases = Vec::new();
                for phase in 0..self.phases.len() {
                    let (from, to) = self.days_of(phase);
                    if dated && self.ever_in(task, &units, (first.max(from), last.min(to))) {
                        phases.push(self.phase_id(phase));
                    }
                }
                let (task, id) = (self.study.tasks()[task].id.as_str(), activity.id.as_str());
                put(gaps, "unserved", &format!("{task}/{id}"), json!({"task": task, "activity": id, "phases": phases}));
            }
        }
    }

    /// No row speaks of any activity, done or not, that can have lasted in the phase in a unit where the
    /// task is rated.
    fn silence(&self, gaps: &mut Gaps) {
        let rated = self.rated();
        for (task, row) in self.study.tasks().iter().enumerate() {
            for phase in 0..self.phases.len() {
                let (from, to) = self.days_of(phase);
                let units: Vec<bool> = (0..self.units.len()).map(|unit| rated.contains(&(task, phase, unit))).collect();
                let told = self.study.activities().iter().filter(|activity| activity.serves.contains(&row.id)).any(|activity| {
                    let here = self.cover(&activity.regions).iter().zip(&units).any(|(a, b)| *a && *b);
                    here && self.can_last(activity).is_some_and(|(first, last)| first <= to && from <= last)
                });
                if units.contains(&true) && !told {
                    let value = json!({"task": row.id.as_str(), "phase": self.phase_id(phase)});
                    put(gaps, "no-activity-reported", &format!("{}/{}", row.id, self.phase_id(phase)), value);
                }
            }
        }
    }

    fn drift(&self, gaps: &mut Gaps) {
        let area = [self.study.study().area.clone()];
        for activity in self.study.activities().iter().filter(|activity| activity.done) {
            let Some(span) = self.can_last(activity) else { continue };
            let tasks = self.served(activity);
            if !tasks.is_empty() && !tasks.iter().any(|task| self.is_ours(&self.study.tasks()[*task])) {
                continue;
            }
            let regions: &[RegionId] = if activity.regions.is_empty() { &area } else { &activity.regions };
            let served_on = |region: &RegionId, days: (i64, i64)| {
                let units = self.cover(std::slice::from_ref(region));
                tasks.iter().any(|task| self.ever_in(*task, &units, days))
            };
            let names = |regions: &[&RegionId]| regions.iter().map(|region| region.to_string()).collect::<Vec<_>>();
            let without: Vec<&RegionId> = regions.iter().filter(|region| !served_on(region, span)).collect();
            let key = activity.id.as_str();
            if !without.is_empty() {
                put(gaps, "drift", key, json!({"activity": key, "regions": names(&without), "days": null}));
                continue;
            }
            let Some(When::Dated(period)) = &activity.when else { continue };
            let Some((first, last)) = self.surely(period) else { continue };
            let days = |region: &RegionId| (first as i64..=last as i64).filter(|day| !served_on(region, (*day, *day))).count();
            let least = usize::from(self.method.gaps.drift_days);
            let in_part: Vec<&RegionId> = regions.iter().filter(|region| days(region) >= least).collect();
            if let Some(most) = in_part.iter().map(|region| days(region)).max() {
                put(gaps, "drift", key, json!({"activity": key, "regions": names(&in_part), "days": most}));
            }
        }
    }

    /// Pools that no task draws on, and rows of means that serve no task and lie in no pool that one draws on.
    fn slack(&self, gaps: &mut Gaps) {
        let drawn = |pool: &PoolId| self.study.tasks().iter().any(|task| task.pools().any(|p| p == pool));
        let bears = |serves: &[TaskId], pool: &Option<PoolId>| !serves.is_empty() || pool.as_ref().is_some_and(drawn);
        let pools = self.study.pools().iter().filter(|pool| !drawn(&pool.id)).map(|pool| pool.id.as_str());
        let resources = self.study.resources().iter().filter(|row| !bears(&row.serves, &row.pool)).map(|row| row.id.as_str());
        let capabilities = self.study.capabilities().iter().filter(|row| !bears(&row.serves, &row.pool)).map(|row| row.id.as_str());
        for row in pools.chain(resources).chain(capabilities) {
            put(gaps, "slack", row, json!({"row": row}));
        }
    }

    fn mismatch(&self, gaps: &mut Gaps) {
        for activity in self.study.activities().iter().filter(|activity| activity.done && activity.when != Some(When::Outside)) {
            let id = activity.id.as_str();
            let mut further = Vec::new();
            for row in self.served(activity).into_iter().map(|task| &self.study.tasks()[task]).filter(|task| self.is_ours(task)) {
                if let (Some(done), Some(mandated)) = (activity.modality, row.modality)
                    && done < mandated
                {
                    let value = json!({"activity": id, "done": done.name(), "task": row.id.as_str(), "mandated": mandated.name()});
                    put(gaps, "modality-mismatch", &format!("{id}/{}", row.id), value);
                }
                let Some((first, last)) = self.can_last(activity).filter(|_| activity.bulk && !activity.regions.is_empty()) else {
                    continue;
                };
                let days = first..=last;
                let mut coded = days.filter_map(|day| self.coded_regions(row, day));
                if coded.any(|regions| self.is_a_part(&activity.regions, regions)) {
                    further.push(row.id.as_str());
                }
            }
            if !further.is_empty() {
                let regions: Vec<&str> = activity.regions.iter().map(|region| region.as_str()).collect();
                put(gaps, "place-mismatch", id, json!({"activity": id, "regions": regions, "tasks": further}));
            }
        }
    }

    /// The regions that a task's text gives for a day; nothing while it is out of force.
    fn coded_regions<'b>(&self, task: &'b Task, day: i64) -> Option<&'b [RegionId]> {
        let date = self.date(day);
        let last =
            task.changes.iter().filter(|change| change.from.first() <= date).filter_map(|change| change.regions.as_ref()).next_back();
        let regions = last.unwrap_or(&task.regions);
        let begun = task.when.start().is_none_or(|start| start.first() <= date);
        let ended = task.when.end().is_some_and(|end| end.last() < date);
        (begun && !ended && !regions.is_empty()).then_some(regions)
    }

    /// Whether an effort lies within the regions of a task and leaves some of them out.
    fn is_a_part(&self, effort: &[RegionId], task: &[RegionId]) -> bool {
        let lies_in = |region: &RegionId, other: &RegionId| self.chain(region).contains(&other);
        let within = effort.iter().all(|region| task.iter().any(|other| lies_in(region, other)));
        let in_a_unit = |region: &RegionId| self.units.iter().any(|unit| unit.id != *region && lies_in(region, &unit.id));
        let filled = |region: &RegionId| {
            if in_a_unit(region) {
                return effort.iter().any(|other| lies_in(region, other));
            }
            let mut units = self.units.iter().filter(|unit| lies_in(&unit.id, region));
            units.all(|unit| effort.iter().any(|other| lies_in(&unit.id, other)))
        };
        within && !task.iter().all(filled)
    }

    fn capabilities(&self, gaps: &mut Gaps) {
        for row in self.study.capabilities() {
            let Some(steps) = row.steps else { continue };
            let Some(decided) = steps.decided.or(steps.authorised) else { continue };
            if steps.arrived.is_none() && steps.complete.is_none() {
                continue;
            }
            let lag = |to: Option<peaceops::PartialDate>| {
                to.map(|to| {
                    let least = self.place(to.first()) - self.place(decided.last());
                    let most = self.place(to.last()) - self.place(decided.first());
                    json!({"least": least.max(0), "most": most.max(0)})
                })
            };
            let text = |date: Option<peaceops::PartialDate>| date.map(|date| date.to_string());
            let most = |lag: &Option<Value>| lag.as_ref().is_none_or(|lag| lag["most"] == 0);
            if most(&lag(steps.arrived)) && most(&lag(steps.complete)) {
                continue;
            }
            let (mut arrival, completion) = (lag(steps.arrived), lag(steps.complete));
            // What is complete has arrived.
            if let (Some(arrival), Some(completion)) = (&mut arrival, &completion)
                && completion["most"].as_i64() < arrival["most"].as_i64()
            {
                arrival["most"] = completion["most"].clone();
            }
            let value = json!({
                "capability": row.id.as_str(), "decided": decided.to_string(), "arrived": text(steps.arrived), "complete": text(steps.complete),
                "to_arrival": arrival, "to_completion": completion,
            });
            put(gaps, "capability-lag", row.id.as_str(), value);
        }
    }

    /// What a task's state that an entry brings adds: the units, their weight, and whether the task is new.
    fn addition(&self, task: usize, entry: usize) -> Option<(Vec<bool>, Q, bool)> {
        let row = &self.study.tasks()[task];
        let days = || self.all_days();
        let day = days().find(|day| self.on(task, *day).entry == entry && self.on(task, *day).anywhere())?;
        let now = self.on(task, day);
        let earlier = days().take_while(|before| *before < day).filter(|before| self.on(task, *before).anywhere()).last();
        if now.tier == Tier::Enabling || (row.refines.is_some() && now.tier != Tier::Strategic) {
            return None;
        }
        let promoted = row.refines.is_some() && earlier.is_some_and(|before| self.on(task, before).tier != Tier::Strategic);
        let olds: Vec<usize> = row.replaces.iter().map(|id| self.task_at(id.as_str())).collect();
        let is_new = |unit: &usize| {
            let taken_over = olds.iter().any(|old| self.is_on(*old, *unit, day - 1));
            now.units[*unit] && (promoted || !(self.is_on(task, *unit, day - 1) || taken_over))
        };
        let new: Vec<bool> = (0..self.units.len()).map(|unit| is_new(&unit)).collect();
        let share = |units: &[bool]| {
            let here = (0..units.len()).filter(|unit| units[*unit]);
            Q::sum(here.map(|unit| self.units[unit].share.map_or(Q::new(1, 1), |share| Q::thousandths(share.thousandths() as i64))))
        };
        let of_whole = row.part_of.as_ref().is_some_and(|whole| self.on(self.task_at(whole.as_str()), day).anywhere());
        let full = if of_whole { Q::ZERO } else { Q::thousandths(self.method.congruence.weight(now.tier).thousandths() as i64) };
        let weight = full.times(share(&new)).over(share(&now.units));
        new.contains(&true).then_some((new, weight, earlier.is_none() || promoted))
    }

    /// Whether a ceiling names a figure above the last one of its pool, or the first.
    fn raises(&self, row: &Resource) -> bool {
        let start = |row: &Resource| row.when.and_then(|when| when.period()).and_then(|period| period.start()).map(|start| start.first());
        let more = |(key, figure): (&String, &peaceops::model::Quantity)| {
            let before = self
                .study
                .resources()
                .iter()
                .filter(|other| other.status == MeansStatus::Authorised && other.pool == row.pool && start(other) < start(row));
            let last = before.filter_map(|other| Some((start(other), other.amount.get(key)?.about()?))).max_by_key(|(day, _)| *day);
            figure.bounds() != Bounds::Nothing && last.is_none_or(|(_, last)| figure.about().is_none_or(|now| now > last))
        };
        row.status == MeansStatus::Authorised && row.amount.iter().any(more)
    }

    fn overstretch(&self, gaps: &mut Gaps) {
        let window = self.study.study().window;
        for instrument in self.study.instruments().iter().filter(|instrument| window.contains(instrument.adopted.first())) {
            let (mut added, mut widened, mut weight) = (Vec::new(), Vec::new(), Q::ZERO);
            let mut additions: Vec<(usize, Vec<bool>)> = Vec::new();
            for (task, row) in self.study.tasks().iter().enumerate() {
                let bases = std::iter::once(Some(&row.basis)).chain(row.changes.iter().map(|change| change.basis.as_ref()));
                for (entry, basis) in bases.enumerate() {
                    let ours = basis.and_then(|basis| basis.instrument()) == Some(&instrument.id);
                    if let Some((units, more, is_new)) = ours.then(|| self.addition(task, entry)).flatten() {
                        weight = weight.plus(more);
                        additions.push((task, units));
                        let list = if is_new { &mut added } else { &mut widened };
                        if !list.contains(&row.id.as_str()) {
                            list.push(row.id.as_str());
                        }
                    }
                }
            }
            let bears = |(task, units): &(usize, Vec<bool>), pool: &Option<PoolId>, serves: &[TaskId], regions: &[RegionId]| {
                let row = &self.study.tasks()[*task];
                let drawn = serves.is_empty() && pool.as_ref().is_some_and(|pool| row.pools().any(|other| other == pool));
                let there = self.cover(regions).iter().zip(units).any(|(a, b)| *a && *b);
                there && (drawn || serves.contains(&row.id))
            };
            let (mut means, mut said, mut met) = (Vec::new(), Vec::new(), vec![false; additions.len()]);
            for row in self.study.resources().iter().filter(|row| row.by.as_ref() == Some(&instrument.id)) {
                let for_them: Vec<bool> =
                    additions.iter().map(|a| self.raises(row) && bears(a, &row.pool, &row.serves, &row.regions)).collect();
                means.extend(for_them.contains(&true).then_some(row.id.as_str()));
                met.iter_mut().zip(for_them).for_each(|(met, more)| *met |= more);
                let nothing = !row.amount.is_empty() && row.amount.values().all(|amount| amount.bounds() == Bounds::Nothing);
                said.extend(nothing.then_some(row.id.as_str()));
            }
            for row in self.study.capabilities().iter().filter(|row| row.by.as_ref() == Some(&instrument.id)) {
                let adds = row.kind == CapabilityKind::Addition;
                let for_them: Vec<bool> = additions.iter().map(|a| adds && bears(a, &row.pool, &row.serves, &row.regions)).collect();
                means.extend(for_them.contains(&true).then_some(row.id.as_str()));
                met.iter_mut().zip(for_them).for_each(|(met, more)| *met |= more);
            }
            let mut without: Vec<&str> = Vec::new();
            for ((task, _), met) in additions.iter().zip(met) {
                let id = self.study.tasks()[*task].id.as_str();
                if !met && !without.contains(&id) {
                    without.push(id);
                }
            }
            if !without.is_empty() {
                let value = json!({
                    "instrument": instrument.id.as_str(), "added": added, "widened": widened, "without_means": without,
                    "weight": weight.value(), "means": means, "said_by": said,
                });
                put(gaps, "overstretch", instrument.id.as_str(), value);
            }
        }
    }
}
