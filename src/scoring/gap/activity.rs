//! Tasks that nothing was done for, and activities in another time, place or manner than their tasks.

use super::ties::{ActivityTies, Scope};
use super::{Collect, GapKind};
use crate::date::{Days, When};
use crate::id::{PhaseId, RegionId, RowId, TaskId};
use crate::model::{CaseStudy, UnitSet};
use crate::scoring::method::Method;

/// How many days of a stretch some of the tasks are in force in one of the units; a day on which several are is one.
pub(crate) fn days_served(study: &CaseStudy, tasks: &[usize], units: UnitSet, days: Days) -> i64 {
    let mut runs: Vec<Days> = tasks.iter().flat_map(|task| study.in_force(*task, units)).filter_map(|run| run.within(days)).collect();
    runs.sort();
    let (mut sum, mut next) = (0, days.first());
    for run in runs {
        if let Some(rest) = Days::new(run.first().max(next), run.last()) {
            sum += rest.len();
            next = rest.last().succ_opt().unwrap_or(rest.last());
        }
    }
    sum
}

/// Activities of which no served task is in force in their region on any day they can have lasted, or
/// not on 60 or more days on which they surely went on.
pub(super) fn drift(to: &mut Collect<'_>, scope: &Scope, method: &Method) {
    let (study, ties) = (to.study, to.ties);
    for at in &scope.activities {
        let (activity, ActivityTies { serves: tasks, possible, .. }) = (&study.activities()[*at], &ties.activities[*at]);
        // What serves tasks of other missions alone is not the studied mission's effort.
        let others = !tasks.is_empty() && tasks.iter().all(|task| !study.is_studied(&study.tasks()[*task]));
        let Some(possible) = possible.filter(|_| activity.done && !others) else { continue };
        let area = [study.study().area.clone()];
        let regions: &[RegionId] = if activity.regions.is_empty() { &area } else { &activity.regions };
        let units = |region: &RegionId| study.covered(std::slice::from_ref(region));
        let never: Vec<RegionId> =
            regions.iter().filter(|region| days_served(study, tasks, units(region), possible) == 0).cloned().collect();
        let rows = || std::iter::once(RowId::from(&activity.id)).chain(activity.serves.iter().map(RowId::from)).collect();
        if !never.is_empty() {
            to.add(GapKind::Drift { activity: activity.id.clone(), regions: never, days: None }, rows(), &[]);
            continue;
        }
        let Some(surely) = activity.when.and_then(|when| when.period()).and_then(|period| period.surely(study.study().window)) else {
            continue;
        };
        let short = |region: &RegionId| surely.len() - days_served(study, tasks, units(region), surely);
        let in_part: Vec<(RegionId, i64)> = regions.iter().map(|region| (region.clone(), short(region))).collect();
        let in_part: Vec<(RegionId, i64)> = in_part.into_iter().filter(|(_, days)| *days >= i64::from(method.gaps.drift_days)).collect();
        if let Some(days) = in_part.iter().map(|(_, days)| *days).max() {
            let regions = in_part.into_iter().map(|(region, _)| region).collect();
            to.add(GapKind::Drift { activity: activity.id.clone(), regions, days: Some(days) }, rows(), &[]);
        }
    }
}

/// Activities in a weaker manner than a task that they serve, or with their bulk in a part of its regions.
pub(super) fn mismatches(to: &mut Collect<'_>) {
    let (study, ties) = (to.study, to.ties);
    let done = || study.activities().iter().zip(&ties.activities).filter(|(activity, _)| activity.done);
    for (activity, ties) in done().filter(|(activity, _)| activity.when != Some(When::Outside)) {
        for task in ties.serves.iter().map(|task| &study.tasks()[*task]).filter(|task| study.is_studied(task)) {
            if let (Some(done), Some(mandated)) = (activity.modality, task.modality)
                && done < mandated
            {
                let kind = GapKind::ModalityMismatch { activity: activity.id.clone(), done, task: task.id.clone(), mandated };
                to.add(kind, vec![RowId::from(&activity.id), RowId::from(&task.id)], &[]);
            }
        }
    }
    for (activity, ties) in done().filter(|(activity, _)| activity.bulk && !activity.regions.is_empty()) {
        let Some(possible) = ties.possible else { continue };
        let mut tasks: Vec<TaskId> = Vec::new();
        for task in &ties.serves {
            let row = &study.tasks()[*task];
            if !study.is_studied(row) {
                continue;
            }
            let held = row.places();
            let starts = std::iter::once(possible.first()).chain(held.entries().iter().filter_map(|e| e.from.map(|from| from.first())));
            let reaches = starts
                .filter(|day| possible.contains(*day))
                .any(|day| held.at(day).value().is_some_and(|regions| reaches_further(study, regions, &activity.regions)));
            if reaches {
                tasks.push(row.id.clone());
            }
        }
        if !tasks.is_empty() {
            let rows = std::iter::once(RowId::from(&activity.id)).chain(tasks.iter().map(RowId::from)).collect();
            let kind = GapKind::PlaceMismatch { activity: activity.id.clone(), regions: activity.regions.clone(), tasks };
            to.add(kind, rows, &[]);
        }
    }
}

/// Whether an effort lies within the regions of a task and does not fill them.
fn reaches_further(study: &CaseStudy, task: &[RegionId], effort: &[RegionId]) -> bool {
    let inside = |region: &RegionId, other: &RegionId| region == other || study.lies_in(region, other);
    let within = effort.iter().all(|region| task.iter().any(|other| inside(region, other)));
    let filled = task.iter().all(|other| {
        let units = study.covered(std::slice::from_ref(other));
        let whole: UnitSet = effort
            .iter()
            .filter(|region| inside(other, region) || !study.is_part_of_unit(region))
            .fold(UnitSet::default(), |set, region| set.union(study.covered(std::slice::from_ref(region))));
        units.without(whole).is_empty()
    });
    within && !filled
}

/// The phases that share a day with some days.
fn phases_of(study: &CaseStudy, days: Days) -> Vec<PhaseId> {
    study.phases().iter().filter(|phase| phase.days.within(days).is_some()).map(|phase| phase.id.clone()).collect()
}

/// Tasks in force of which a source says that nothing was done.
pub(super) fn unserved(to: &mut Collect<'_>, scope: &Scope) {
    let (study, ties) = (to.study, to.ties);
    for at in &scope.activities {
        let (activity, ActivityTies { serves, possible, units }) = (&study.activities()[*at], &ties.activities[*at]);
        let Some(possible) = possible.filter(|_| !activity.done) else { continue };
        for task in serves {
            if days_served(study, &[*task], *units, possible) == 0 {
                continue;
            }
            let dated = matches!(activity.when, Some(When::Dated(_) | When::Mission | When::Current));
            let mut phases = if dated { phases_of(study, possible) } else { Vec::new() };
            phases.retain(|id| {
                study
                    .phases()
                    .iter()
                    .find(|phase| phase.id == *id)
                    .and_then(|phase| phase.days.within(possible))
                    .is_some_and(|days| days_served(study, &[*task], *units, days) > 0)
            });
            let task = &study.tasks()[*task].id;
            let rows = vec![RowId::from(&activity.id), RowId::from(task)];
            to.add(GapKind::Unserved { task: task.clone(), activity: activity.id.clone(), phases }, rows, &[]);
        }
    }
}

/// Tasks rated in a phase for which no activity is reported there in any of their units.
pub(super) fn silence(to: &mut Collect<'_>, scope: &Scope) {
    let (study, ties) = (to.study, to.ties);
    for (task, phase, units) in &scope.rated {
        let days = study.phases()[*phase].days;
        let told = ties.serving(*task).any(|activity| {
            activity.possible.is_some_and(|possible| possible.within(days).is_some()) && !activity.units.common(*units).is_empty()
        });
        if !told {
            let (task, phase) = (study.tasks()[*task].id.clone(), study.phases()[*phase].id.clone());
            let rows = vec![RowId::from(&task)];
            to.add(GapKind::NoActivityReported { task, phase }, rows, &[]);
        }
    }
}
