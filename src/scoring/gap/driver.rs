//! Drivers that the mandate met late, in part, or never.

use chrono::NaiveDate;

use super::ties::{DriverTies, Scope, Ties};
use super::{Collect, Cover, DayRange, GapKind, only, unit_id};
use crate::date::{Days, PartialDate};
use crate::id::RowId;
use crate::model::{CaseStudy, Driver};
use crate::scale::Origin;

/// A task that comes into force in a unit: the task, its date there, and the origin of that date.
struct Cover1 {
    task: usize,
    date: PartialDate,
    origin: Origin,
}

/// The first of some tasks to be in force in a unit on or after a day.
fn first(study: &CaseStudy, tasks: &[usize], unit: usize, from: NaiveDate) -> Option<Cover1> {
    let mut best: Option<Cover1> = None;
    for task in tasks.iter().copied() {
        let states = study.states(task).iter().filter(|state| state.units.contains(unit) && state.days.last() >= from);
        let Some(state) = states.min_by_key(|state| state.days.first()) else { continue };
        let row = &study.tasks()[task];
        let (stated, origin) = match state.entry.checked_sub(1) {
            None => (row.when.start(), row.provenance.origin),
            Some(change) => {
                (row.changes.get(change).map(|c| c.from), row.changes.get(change).map_or(Origin::Coder, |c| c.provenance.origin))
            }
        };
        let date = stated.filter(|date| date.first() == state.days.first() && date.first() > from);
        let date = date.unwrap_or_else(|| PartialDate::day(state.days.first().max(from)));
        let sooner = |best: &Cover1| {
            let replaces = row.replaces.contains(&study.tasks()[best.task].id);
            date.first() < best.date.first() || (date.first() == best.date.first() && replaces)
        };
        if best.as_ref().is_none_or(sooner) {
            best = Some(Cover1 { task, date, origin });
        }
    }
    best
}

/// The critical drivers of a scope, each with its ties.
fn critical<'a>(study: &'a CaseStudy, ties: &'a Ties<'_>, scope: &'a Scope) -> impl Iterator<Item = (&'a Driver, &'a DriverTies)> {
    scope.drivers.iter().map(|at| (&study.drivers()[*at], &ties.drivers[*at])).filter(|(driver, _)| driver.critical)
}

/// Mandate lags, in full and in part.
pub(super) fn lags(to: &mut Collect<'_>, scope: &Scope) {
    let (study, ties) = (to.study, to.ties);
    let (start, end) = (study.mission_start(), study.study().window.last());
    for (driver, met) in critical(study, ties, scope) {
        for (unit, since) in met.units.iter().copied() {
            let (earliest, latest) = (since.first().max(start), since.last().max(start));
            let lag = |cover: &Cover1| DayRange {
                least: (cover.date.first() - latest).num_days().max(0),
                most: (cover.date.last() - earliest).num_days(),
            };
            let within = |cover: &Cover1| cover.date.first() <= end;
            let full = first(study, &met.met_by, unit, earliest).filter(within);
            let part = first(study, &met.met_in_part_by, unit, earliest).filter(within);
            if let Some(cover) = full.as_ref().filter(|cover| lag(cover).most > 0) {
                let (task, region) = (study.tasks()[cover.task].id.clone(), unit_id(study, unit));
                let rows = vec![RowId::from(&driver.id), RowId::from(&task)];
                let (from, until) = (earliest, cover.date.first());
                let kind = GapKind::MandateLag { driver: driver.id.clone(), region, task, from, until, lag: lag(cover) };
                to.add(kind, rows, &[cover.origin]);
            }
            let sooner = |part: &&Cover1| full.as_ref().is_none_or(|full| part.date.first() < full.date.first());
            if let Some(cover) = part.as_ref().filter(sooner).filter(|cover| lag(cover).most > 0) {
                let (task, region) = (study.tasks()[cover.task].id.clone(), unit_id(study, unit));
                let rows = vec![RowId::from(&driver.id), RowId::from(&task)];
                let (from, until) = (earliest, cover.date.first());
                let kind = GapKind::MandateLagInPart { driver: driver.id.clone(), region, task, from, until, lag: lag(cover) };
                to.add(kind, rows, &[cover.origin]);
            }
        }
    }
}

/// Critical drivers that no task meets, or that are met in part only: per unit, the stretches of days.
pub(super) fn unaddressed(to: &mut Collect<'_>, scope: &Scope) {
    let (study, ties) = (to.study, to.ties);
    let window = study.study().window;
    for (driver, met) in critical(study, ties, scope) {
        for (unit, since) in met.units.iter().copied() {
            let from = since.first().max(window.first()).max(study.mission_start());
            let Some(asked) = Days::new(from, window.last()) else { continue };
            let full = union(study, &met.met_by, unit, asked);
            let part = union(study, &met.met_in_part_by, unit, asked);
            let unmet = without(&[asked], &full);
            for (cover, stretches) in [(Cover::None, without(&unmet, &part)), (Cover::InPart, common(&unmet, &part))] {
                if stretches.is_empty() {
                    continue;
                }
                let rows = rows(driver, cover);
                let (driver, region) = (driver.id.clone(), unit_id(study, unit));
                let throughout = stretches == [asked];
                to.add(GapKind::UnaddressedDriver { driver, region, cover, stretches, throughout }, rows, &[]);
            }
        }
    }
}

fn rows(driver: &Driver, cover: Cover) -> Vec<RowId> {
    let mut rows = vec![RowId::from(&driver.id)];
    if cover == Cover::InPart {
        rows.extend(driver.met_in_part_by.iter().map(RowId::from));
    }
    rows
}

/// The days of a stretch on which one of the tasks is in force in a unit, as runs that do not touch.
fn union(study: &CaseStudy, tasks: &[usize], unit: usize, asked: Days) -> Vec<Days> {
    let mut runs: Vec<Days> =
        tasks.iter().flat_map(|task| study.in_force(*task, only(unit))).filter_map(|days| days.within(asked)).collect();
    runs.sort();
    let mut merged: Vec<Days> = Vec::new();
    for run in runs {
        match merged.last_mut() {
            Some(last) if last.last().succ_opt().is_some_and(|next| run.first() <= next) => {
                *last = Days::new(last.first(), last.last().max(run.last())).unwrap_or(*last);
            }
            _ => merged.push(run),
        }
    }
    merged
}

/// The days of some runs that are not in others; the others are in order and do not touch.
fn without(runs: &[Days], others: &[Days]) -> Vec<Days> {
    let mut left = Vec::new();
    for run in runs {
        let mut from = Some(run.first());
        for other in others.iter().filter_map(|other| other.within(*run)) {
            if let (Some(first), Some(last)) = (from, other.first().pred_opt()) {
                left.extend(Days::new(first, last));
            }
            from = other.last().succ_opt();
        }
        left.extend(from.and_then(|first| Days::new(first, run.last())));
    }
    left
}

/// The days that are in both.
fn common(runs: &[Days], others: &[Days]) -> Vec<Days> {
    runs.iter().flat_map(|run| others.iter().filter_map(|other| other.within(*run))).collect()
}
