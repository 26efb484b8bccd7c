//! Conflict drivers: lags, stretches without a task, and how many are met; fill rates.

use peaceops::id::TaskId;
use peaceops::model::Driver;
use serde_json::{Value, json};

use super::base::{Q, Slow, share};
use super::gaps::{Gaps, put};

/// Since when a driver is there in a unit: its first and last possible day.
type Since = (i64, i64);

impl Slow<'_> {
    /// Of several of its regions that touch the unit the earliest.
    fn since(&self, driver: &Driver, unit: usize) -> Option<Since> {
        let here = driver.since.iter().filter(|(region, _)| self.touches(region, unit));
        here.map(|(_, date)| (self.place(date.first()), self.place(date.last()))).min()
    }

    fn task_in_force(&self, tasks: &[TaskId], unit: usize, day: i64) -> Option<usize> {
        (0..self.study.tasks().len()).find(|task| tasks.contains(&self.study.tasks()[*task].id) && self.is_on(*task, unit, day))
    }

    pub(crate) fn drivers(&self, gaps: &mut Gaps) {
        for driver in self.study.drivers().iter().filter(|driver| driver.critical) {
            for unit in 0..self.units.len() {
                if let Some(since) = self.since(driver, unit) {
                    self.lags(gaps, driver, unit, since);
                    self.unaddressed(gaps, driver, unit, since);
                }
            }
        }
    }

    /// The first day on which one of the tasks is in force in a unit, and that task.
    fn first_met(&self, tasks: &[TaskId], unit: usize, from: i64) -> Option<(i64, usize)> {
        let day = (from..self.days as i64).find(|day| self.task_in_force(tasks, unit, *day).is_some())?;
        // Of several that begin on one day, the first named, or one that replaces it.
        let mut best: Option<usize> = None;
        for id in tasks {
            let task = self.task_at(id.as_str());
            if self.is_on(task, unit, day) {
                let rows = self.study.tasks();
                if best.is_none_or(|best| rows[task].replaces.contains(&rows[best].id)) {
                    best = Some(task);
                }
            }
        }
        Some((day, best?))
    }

    /// The last day that the date may stand for on which a task is said to come into force.
    fn last_possible(&self, task: usize, day: i64) -> i64 {
        let row = &self.study.tasks()[task];
        let dates = row.changes.iter().rev().map(|change| Some(change.from)).chain([row.when.start()]).flatten();
        let begun = dates.into_iter().find(|date| self.place(date.first()) <= day);
        begun.filter(|date| self.place(date.first()) == day).map_or(day, |date| self.place(date.last()))
    }

    fn lags(&self, gaps: &mut Gaps, driver: &Driver, unit: usize, (first, last): Since) {
        let start = self.mission_start();
        let (from, late) = (first.max(start), last.max(start));
        let full = self.first_met(&driver.met_by, unit, from);
        // A task that meets it in part is told where it came before one that meets it in full.
        let part = self.first_met(&driver.met_in_part_by, unit, from).filter(|part| full.is_none_or(|full| part.0 < full.0));
        for (kind, met) in [("mandate-lag", full), ("mandate-lag-in-part", part)] {
            let Some((day, task)) = met.filter(|(day, _)| *day > from) else { continue };
            let (id, region) = (driver.id.as_str(), self.units[unit].id.as_str());
            let value = json!({
                "driver": id, "region": region, "task": self.study.tasks()[task].id.as_str(),
                "from": self.date(from).to_string(), "until": self.date(day).to_string(),
                "lag": {"least": (day - late).max(0), "most": self.last_possible(task, day) - from},
            });
            put(gaps, kind, &format!("{id}/{region}"), value);
        }
    }

    fn unaddressed(&self, gaps: &mut Gaps, driver: &Driver, unit: usize, since: Since) {
        let from = since.0.max(self.mission_start()).max(0);
        if from >= self.days as i64 {
            return;
        }
        // 0: met in full, 1: in part, 2: by none.
        let cover: Vec<u8> = (from..self.days as i64)
            .map(|day| {
                let met = |tasks| self.task_in_force(tasks, unit, day).is_some();
                if met(&driver.met_by) {
                    0
                } else if met(&driver.met_in_part_by) {
                    1
                } else {
                    2
                }
            })
            .collect();
        for (code, name, end) in [(2, "none", ""), (1, "in-part", "/in-part")] {
            let mut stretches = Vec::new();
            let mut begun = None;
            for (at, now) in cover.iter().copied().chain([9]).enumerate() {
                if now == code && begun.is_none() {
                    begun = Some(at);
                } else if now != code && begun.is_some() {
                    let day = |at: usize| self.date(from + at as i64).to_string();
                    stretches.push(json!({"first": day(begun.take().unwrap()), "last": day(at - 1)}));
                }
            }
            if !stretches.is_empty() {
                let (id, region) = (driver.id.as_str(), self.units[unit].id.as_str());
                let throughout = cover.iter().all(|now| *now == code);
                let value = json!({"driver": id, "region": region, "cover": name, "stretches": stretches, "throughout": throughout});
                put(gaps, "unaddressed-driver", &format!("{id}/{region}{end}"), value);
            }
        }
    }

    /// For each phase the critical drivers, unit by unit, by what is in force on its last day.
    pub(crate) fn driver_coverage(&self) -> Vec<Value> {
        let mut list = Vec::new();
        for (phase, &(_, end)) in self.phases.iter().enumerate() {
            let (mut full, mut part, mut none) = (Vec::new(), Vec::new(), Vec::new());
            for driver in self.study.drivers().iter().filter(|driver| driver.critical) {
                for unit in 0..self.units.len() {
                    if self.since(driver, unit).is_none_or(|(first, _)| first > end as i64) {
                        continue;
                    }
                    let met = |tasks| self.task_in_force(tasks, unit, end as i64).is_some();
                    let list = if met(&driver.met_by) {
                        &mut full
                    } else if met(&driver.met_in_part_by) {
                        &mut part
                    } else {
                        &mut none
                    };
                    list.push(json!([driver.id.as_str(), self.units[unit].id.as_str()]));
                }
            }
            let (met, all) = (full.len() + part.len(), full.len() + part.len() + none.len());
            let q = |n: usize| Q::new(n as i128, 1);
            list.push(json!({
                "phase": self.study.phases()[phase].id.as_str(), "critical": all, "in_full": full, "in_part": part, "not_met": none,
                "addressed": share(q(met), q(all)),
            }));
        }
        list
    }
}
