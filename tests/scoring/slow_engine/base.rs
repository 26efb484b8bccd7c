//! Days, units, being in force, and exact fractions: what the other parts of the slow engine stand on.

use chrono::NaiveDate;
use peaceops::date::{Period, When};
use peaceops::id::RegionId;
use peaceops::model::{Dispute, Reading, Region, Task};
use peaceops::scale::Tier;
use peaceops::scoring::Method;
use peaceops::{CaseStudy, PartialDate};
use serde_json::{Value, json};

/// An exact fraction, never negative below the line; not always in lowest terms.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Q {
    pub(crate) n: i128,
    pub(crate) d: i128,
}

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a.abs() } else { gcd(b, a % b) }
}

impl Q {
    pub(crate) const ZERO: Self = Self { n: 0, d: 1 };
    pub(crate) fn new(n: i128, d: i128) -> Self {
        let by = gcd(n, d).max(1) * d.signum();
        Self { n: n / by, d: d / by }
    }
    pub(crate) fn thousandths(n: i64) -> Self {
        Self::new(n.into(), 1000)
    }
    pub(crate) fn plus(self, other: Self) -> Self {
        if self.d == other.d {
            return Self { n: self.n + other.n, d: self.d };
        }
        Self::new(self.n * other.d + other.n * self.d, self.d * other.d)
    }
    pub(crate) fn minus(self, other: Self) -> Self {
        self.plus(Self { n: -other.n, d: other.d })
    }
    pub(crate) fn times(self, other: Self) -> Self {
        Self::new(self.n * other.n, self.d * other.d)
    }
    pub(crate) fn over(self, other: Self) -> Self {
        Self::new(self.n * other.d, self.d * other.n)
    }
    pub(crate) fn at_least(self, other: Self) -> bool {
        self.n * other.d >= other.n * self.d
    }
    pub(crate) fn value(self) -> f64 {
        self.n as f64 / self.d as f64
    }
    pub(crate) fn sum(all: impl Iterator<Item = Self>) -> Self {
        all.fold(Self::ZERO, Self::plus)
    }
}

/// A share as results write it: in lowest terms, nothing of nothing as 0 of 0.
pub(crate) fn share(part: Q, of: Q) -> Value {
    if of.n == 0 {
        return json!({"part": 0, "of": 0});
    }
    let share = part.over(of);
    json!({"part": i64::try_from(share.n).unwrap(), "of": i64::try_from(share.d).unwrap()})
}

/// What a task is on one day: where it is in force, and its priority.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Now {
    pub(crate) units: Vec<bool>,
    pub(crate) tier: Tier,
    /// What it rests on: 0 for the task's first state, else the number of the change.
    pub(crate) entry: usize,
}

impl Now {
    pub(crate) fn anywhere(&self) -> bool {
        self.units.contains(&true)
    }
}

/// A study laid out day by day.
pub(crate) struct Slow<'a> {
    pub(crate) study: &'a CaseStudy,
    pub(crate) method: &'a Method,
    pub(crate) first: NaiveDate,
    pub(crate) days: usize,
    pub(crate) units: Vec<&'a Region>,
    /// First and last day of each phase, counted from the window's first.
    pub(crate) phases: Vec<(usize, usize)>,
    /// Days before and after the window that some date speaks of.
    before: i64,
    after: i64,
    /// For each task what it is on every day, from the first of those before.
    force: Vec<Vec<Now>>,
}

impl<'a> Slow<'a> {
    pub(crate) fn new(study: &'a CaseStudy, method: &'a Method) -> Self {
        let window = study.study().window;
        let units: Vec<&Region> = study.regions().iter().filter(|region| region.unit).collect();
        let mut slow =
            Self { study, method, first: window.first(), days: 0, units, phases: Vec::new(), before: 0, after: 0, force: Vec::new() };
        slow.days = usize::try_from(slow.place(window.last())).unwrap() + 1;
        slow.phases =
            study.phases().iter().map(|phase| (slow.place(phase.days.first()) as usize, slow.place(phase.days.last()) as usize)).collect();
        let mut dates: Vec<PartialDate> = Vec::new();
        let mut add = |period: Option<Period>| dates.extend(period.iter().flat_map(|period| [period.start(), period.end()]).flatten());
        study.tasks().iter().for_each(|task| add(Some(task.when)));
        study.missions().iter().for_each(|mission| add(Some(mission.when)));
        study.activities().iter().for_each(|activity| add(activity.when.and_then(|when| when.period())));
        dates.extend(study.tasks().iter().flat_map(|task| &task.changes).map(|change| change.from));
        for dispute in study.disputes() {
            if let Some(Reading::InForce { from, until, .. }) = &dispute.reading {
                dates.extend([from, until].into_iter().flatten());
            }
        }
        slow.before = dates.iter().map(|date| -slow.place(date.first())).max().unwrap_or(0).max(0);
        slow.after = dates.iter().map(|date| slow.place(date.last()) + 1).max().unwrap_or(0).max(slow.days as i64) - slow.days as i64;
        let span = slow.all_days();
        slow.force = study.tasks().iter().map(|task| span.clone().map(|day| slow.now(task, day)).collect()).collect();
        slow
    }

    /// Every day that some date speaks of.
    pub(crate) fn all_days(&self) -> std::ops::Range<i64> {
        -self.before..self.days as i64 + self.after
    }

    /// What a task is on a day, counted from the window's first.
    pub(crate) fn on(&self, task: usize, day: i64) -> &Now {
        &self.force[task][(day + self.before) as usize]
    }

    /// Whether a task is in force in a unit on a day; never on days that no date speaks of.
    pub(crate) fn is_on(&self, task: usize, unit: usize, day: i64) -> bool {
        usize::try_from(day + self.before).ok().and_then(|at| self.force[task].get(at)).is_some_and(|now| now.units[unit])
    }

    /// How many days a date lies after the window's first.
    pub(crate) fn place(&self, date: NaiveDate) -> i64 {
        (date - self.first).num_days()
    }

    pub(crate) fn date(&self, day: i64) -> NaiveDate {
        self.first + chrono::TimeDelta::days(day)
    }

    fn region(&self, id: &RegionId) -> &'a Region {
        self.study.regions().iter().find(|region| region.id == *id).unwrap()
    }

    /// The region and those around it, innermost first.
    pub(crate) fn chain(&self, id: &RegionId) -> Vec<&'a RegionId> {
        let mut list = vec![&self.region(id).id];
        while let Some(up) = &self.region(list[list.len() - 1]).within {
            list.push(up);
        }
        list
    }

    /// Whether a region holds a unit or lies in it.
    pub(crate) fn touches(&self, region: &RegionId, unit: usize) -> bool {
        let unit = &self.units[unit].id;
        self.chain(unit).contains(&region) || self.chain(region).contains(&unit)
    }

    /// The units that a list of regions stands for; all for an empty one.
    pub(crate) fn cover(&self, regions: &[RegionId]) -> Vec<bool> {
        (0..self.units.len()).map(|unit| regions.is_empty() || regions.iter().any(|region| self.touches(region, unit))).collect()
    }

    /// What a task is on a day: the last change of either kind at or before it.
    fn now(&self, task: &Task, day: i64) -> Now {
        let date = self.date(day);
        if !self.is_ours(task) {
            return Now { units: vec![false; self.units.len()], tier: task.tier, entry: 0 };
        }
        let (mut regions, mut tier, mut out, mut entry) = (&task.regions, task.tier, false, 0);
        for change in task.changes.iter().filter(|change| change.from.first() <= date) {
            entry += 1;
            tier = change.tier.unwrap_or(tier);
            if let Some(new) = &change.regions {
                (regions, out) = (new, new.is_empty());
            }
        }
        let begun = task.when.start().map_or(self.first, |start| start.first()) <= date;
        let ended = task.when.end().is_some_and(|end| end.last() < date);
        let none = vec![false; self.units.len()];
        Now { units: if begun && !ended && !out { self.cover(regions) } else { none }, tier, entry }
    }

    /// The same study under another reading of when tasks were in force; nothing where the dispute is
    /// about something else. The reading's dates take the place of the coded ones in all disputed units.
    pub(crate) fn under(&self, dispute: &Dispute) -> Option<Self> {
        let Some(Reading::InForce { tasks, region, from, until }) = &dispute.reading else { return None };
        let mut other = Self { units: self.units.clone(), phases: self.phases.clone(), force: self.force.clone(), ..*self };
        for (at, task) in self.study.tasks().iter().enumerate().filter(|(_, task)| tasks.contains(&task.id) && self.is_ours(task)) {
            let last_day = self.days as i64 + self.after - 1;
            let coded = |units: &[usize]| -> Vec<i64> {
                (-self.before..=last_day).filter(|day| units.iter().any(|unit| self.is_on(at, *unit, *day))).collect()
            };
            let disputed = |unit: &usize| region.as_ref().map_or(!coded(&[*unit]).is_empty(), |region| self.touches(region, *unit));
            let units: Vec<usize> = (0..self.units.len()).filter(disputed).collect();
            let coded = coded(&units);
            let start = from.map(|date| self.place(date.first())).or(coded.first().copied());
            let task_end = task.when.end().map_or(last_day, |end| self.place(end.last()));
            let end = until.map(|date| self.place(date.last())).or(coded.last().copied()).unwrap_or(task_end);
            // Where nothing is coded, priority and basis are those of the coded days before, else of the first.
            let states = &mut other.force[at];
            let first = self.force[at].iter().find(|now| now.anywhere()).map(|now| (now.tier, now.entry));
            let mut known = first.unwrap_or((task.tier, 0));
            for now in states.iter_mut() {
                if now.anywhere() {
                    known = (now.tier, now.entry);
                }
                (now.tier, now.entry) = known;
            }
            for day in -self.before..=last_day {
                for &unit in &units {
                    let now = start.is_some_and(|start| start <= day && day <= end);
                    other.force[at][(day + self.before) as usize].units[unit] = now;
                }
            }
        }
        Some(other)
    }

    /// Days of a stretch on which a task is in force in a unit.
    pub(crate) fn days_in(&self, task: usize, unit: usize, (first, last): (usize, usize)) -> usize {
        (first as i64..=last as i64).filter(|day| self.is_on(task, unit, *day)).count()
    }

    /// Whether a task is in force in some of the units on some day of a stretch.
    pub(crate) fn ever_in(&self, task: usize, units: &[bool], (first, last): (i64, i64)) -> bool {
        (first..=last).any(|day| (0..units.len()).any(|unit| units[unit] && self.is_on(task, unit, day)))
    }

    /// First to last possible day of a period within the window.
    pub(crate) fn possible(&self, period: &Period) -> Option<(usize, usize)> {
        let first = period.start().map_or(0, |start| self.place(start.first())).max(0);
        let last = period.end().map_or(self.days as i64 - 1, |end| self.place(end.last())).min(self.days as i64 - 1);
        (first <= last).then_some((first as usize, last as usize))
    }

    /// Last possible start to first possible end of a period within the window.
    pub(crate) fn surely(&self, period: &Period) -> Option<(usize, usize)> {
        let first = period.start().map_or(0, |start| self.place(start.last())).max(0);
        let last = period.end().map_or(self.days as i64 - 1, |end| self.place(end.first())).min(self.days as i64 - 1);
        (first <= last).then_some((first as usize, last as usize))
    }

    /// The first day of the earliest mission, or of the window.
    pub(crate) fn mission_start(&self) -> i64 {
        let ours = self.study.missions().iter().filter(|mission| mission.supports.is_empty());
        let starts = ours.filter_map(|mission| mission.when.start());
        starts.map(|start| self.place(start.first())).min().unwrap_or(0)
    }

    /// The phase that holds the middle of the fieldwork.
    pub(crate) fn current(&self) -> Option<usize> {
        let (first, last) = self.possible(&self.study.study().fieldwork?)?;
        let middle = first + (last - first).div_ceil(2);
        self.phases.iter().position(|(from, to)| (*from..=*to).contains(&middle))
    }

    /// Whether the whole is of a phase: of all, unless some are marked.
    pub(crate) fn is_main(&self, phase: usize) -> bool {
        self.study.phases()[phase].main || self.study.phases().iter().all(|phase| !phase.main)
    }

    /// Whether a task is asked of a mission that is studied.
    pub(crate) fn is_ours(&self, task: &Task) -> bool {
        match &task.mission {
            Some(mission) => self.study.study().missions.iter().any(|studied| studied == mission),
            None => true,
        }
    }

    /// Phases in which a row counts, whether it counts in the whole, and whether it is dated.
    pub(crate) fn counts(&self, when: &When) -> (Vec<usize>, bool, bool) {
        match when {
            When::Dated(period) => {
                let fit = |stretch: &(usize, usize)| self.fits(period, (stretch.0 as i64, stretch.1 as i64));
                let phases: Vec<usize> = (0..self.phases.len()).filter(|phase| fit(&self.phases[*phase])).collect();
                let whole = self.possible(period).is_some_and(|(first, last)| {
                    let touches = |phase: &usize| self.phases[*phase].0 <= last && first <= self.phases[*phase].1;
                    let theirs: Vec<usize> =
                        if phases.is_empty() { (0..self.phases.len()).filter(touches).collect() } else { phases.clone() };
                    theirs.into_iter().any(|phase| self.is_main(phase))
                });
                (phases, whole, true)
            }
            When::Mission => ((0..self.phases.len()).collect(), true, false),
            When::Current => (self.current().into_iter().collect(), true, true),
            When::Undated => (Vec::new(), true, false),
            When::Outside => (Vec::new(), false, false),
        }
    }

    /// Whether at least half of the window lies in the stretch, or fills half of it.
    pub(crate) fn fits(&self, period: &Period, (from, to): (i64, i64)) -> bool {
        let first = period.start().map_or(0, |start| self.place(start.first()));
        let last = period.end().map_or(self.days as i64 - 1, |end| self.place(end.last()));
        self.fits_days((first, last), (from, to))
    }

    pub(crate) fn fits_days(&self, (first, last): (i64, i64), (from, to): (i64, i64)) -> bool {
        let common = (first.min(from)..=last.max(to)).filter(|day| first <= *day && *day <= last && from <= *day && *day <= to).count();
        let least = Q::thousandths(self.method.windows.least.thousandths());
        let part = |of: i64| of > 0 && Q::new(common as i128, of.into()).at_least(least);
        common > 0 && (part(last - first + 1) || part(to - from + 1))
    }

    pub(crate) fn task_at(&self, id: &str) -> usize {
        self.study.tasks().iter().position(|task| task.id == *id).unwrap()
    }
}
