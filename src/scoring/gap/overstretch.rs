//! Instruments that add tasks or regions and no means that bear on them.

use super::ties::{InstrumentTies, Scope, Ties};
use super::{Collect, GapKind};
use crate::id::{InstrumentId, RowId, TaskId};
use crate::model::{Bounds, CaseStudy, Resource, State, Task, UnitSet};
use crate::scale::{CapabilityKind, MeansStatus, Tier};
use crate::scoring::method::Method;

/// A task that an instrument adds or carries into further units.
struct Addition<'a> {
    task: &'a Task,
    units: UnitSet,
    /// Its weight, spread over all its units, in those that are new.
    weight: f64,
    new: bool,
}

/// Overstretch, those first of which a source says so.
pub(super) fn overstretch(to: &mut Collect<'_>, scope: &Scope, method: &Method) {
    let (study, ties) = (to.study, to.ties);
    let mut found: Vec<(GapKind, Vec<RowId>)> = Vec::new();
    for at in &scope.instruments {
        let (instrument, by) = (&study.instruments()[*at], &ties.instruments[*at]);
        if !study.study().window.contains(instrument.adopted.first()) {
            continue;
        }
        let additions = additions(study, method, &instrument.id, &by.tasks);
        if additions.is_empty() {
            continue;
        }
        let (means, said_by) = (means(study, ties, by), said_by(study, by));
        let served = |addition: &&Addition<'_>| means.iter().any(|row| bears_on(study, row, addition));
        let ids = |list: Vec<&Addition<'_>>| {
            let mut ids: Vec<TaskId> = list.into_iter().map(|addition| addition.task.id.clone()).collect();
            ids.dedup();
            ids
        };
        let without_means = ids(additions.iter().filter(|addition| !served(addition)).collect());
        if without_means.is_empty() {
            continue;
        }
        let added = ids(additions.iter().filter(|addition| addition.new).collect());
        let widened = ids(additions.iter().filter(|addition| !addition.new).collect());
        let bearing: Vec<RowId> =
            means.iter().filter(|row| additions.iter().any(|a| bears_on(study, row, a))).map(|row| row.id.clone()).collect();
        let rows = std::iter::once(RowId::from(&instrument.id))
            .chain(ids(additions.iter().collect()).iter().map(RowId::from))
            .chain(said_by.iter().cloned())
            .collect();
        let kind = GapKind::Overstretch {
            instrument: instrument.id.clone(),
            added,
            widened,
            without_means,
            weight: sum(additions.iter().map(|addition| addition.weight).collect()),
            means: bearing,
            said_by,
        };
        found.push((kind, rows));
    }
    found.sort_by_key(|(kind, _)| matches!(kind, GapKind::Overstretch { said_by, .. } if said_by.is_empty()));
    for (kind, rows) in found {
        to.add(kind, rows, &[]);
    }
}

/// The tasks that an instrument adds, and those that it carries into further units.
///
/// A refinement counts only where it is made strategic, and enabling tasks do not count. A task that
/// takes another's place adds only the units in which that one was not in force the day before. A part
/// adds no weight of its own while its whole is in force: it divides the whole's. What a reading of a
/// dispute carries on or interrupts is not added anew.
///
/// `tasks` are those that rest on it with their beginning or with a change.
fn additions<'a>(study: &'a CaseStudy, method: &Method, instrument: &InstrumentId, tasks: &[usize]) -> Vec<Addition<'a>> {
    let mut additions = Vec::new();
    for at in tasks.iter().copied() {
        let task = &study.tasks()[at];
        for (n, state) in study.states(at).iter().enumerate() {
            let carried_on = n > 0 && study.states(at)[n - 1].entry == state.entry;
            if basis(task, state) != Some(instrument) || carried_on {
                continue;
            }
            if state.tier == Tier::Enabling || (task.refines.is_some() && state.tier != Tier::Strategic) {
                continue;
            }
            let day_before = state.days.first().pred_opt().unwrap_or(state.days.first());
            let on = |task: usize| {
                study.states(task).iter().filter(|s| s.days.contains(day_before)).fold(UnitSet::default(), |set, s| set.union(s.units))
            };
            let before = if n == 0 { UnitSet::default() } else { on(at) };
            let replaced =
                task.replaces.iter().filter_map(|id| study.place_of_task(id)).fold(UnitSet::default(), |set, old| set.union(on(old)));
            let promoted = task.refines.is_some() && n > 0 && study.states(at)[n - 1].tier != Tier::Strategic;
            let units = if promoted { state.units } else { state.units.without(before).without(replaced) };
            if units.is_empty() {
                continue;
            }
            let whole_in_force = task
                .part_of
                .as_ref()
                .and_then(|id| study.place_of_task(id))
                .is_some_and(|whole| study.states(whole).iter().any(|s| s.days.contains(state.days.first())));
            let full = if whole_in_force { 0 } else { method.congruence.weight(state.tier).thousandths() };
            #[allow(clippy::cast_precision_loss, reason = "both are far under 2^53")]
            let weight = (full * share(study, units)) as f64 / (share(study, state.units) * 1000) as f64;
            additions.push(Addition { task, units, weight, new: n == 0 || promoted });
        }
    }
    additions
}

/// A sum of weights that is the same in any order of rows: the smallest first.
fn sum(mut weights: Vec<f64>) -> f64 {
    weights.sort_by(f64::total_cmp);
    weights.iter().fold(0.0, |sum, weight| sum + weight)
}

/// The shares of some units, in thousandths: whole, so that a weight is the same on every way to it.
fn share(study: &CaseStudy, units: UnitSet) -> u64 {
    study.units().enumerate().filter(|(unit, _)| units.contains(*unit)).map(|(_, row)| row.share.map_or(1000, |s| s.thousandths())).sum()
}

/// The instrument that a state of a task rests on.
fn basis<'a>(task: &'a Task, state: &State) -> Option<&'a InstrumentId> {
    match state.entry.checked_sub(1) {
        None => task.basis.instrument(),
        Some(change) => task.changes.get(change)?.basis.as_ref()?.instrument(),
    }
}

/// A row of means that an instrument adds.
struct Means {
    id: RowId,
    pool: Option<crate::id::PoolId>,
    serves: Vec<TaskId>,
    units: UnitSet,
}

/// The means that an instrument adds: ceilings above those before, and additions of capability.
fn means(study: &CaseStudy, ties: &Ties<'_>, by: &InstrumentTies) -> Vec<Means> {
    let mut means = Vec::new();
    for row in by.resources.iter().map(|at| &study.resources()[*at]).filter(|row| adds(ties, row)) {
        let units = study.covered(&row.regions);
        means.push(Means { id: RowId::from(&row.id), pool: row.pool.clone(), serves: row.serves.clone(), units });
    }
    let capabilities = by.capabilities.iter().map(|at| &study.capabilities()[*at]);
    for row in capabilities.filter(|row| row.kind == CapabilityKind::Addition) {
        let units = study.covered(&row.regions);
        means.push(Means { id: RowId::from(&row.id), pool: row.pool.clone(), serves: row.serves.clone(), units });
    }
    means
}

/// Whether a row gives more than was given before: a figure above the last ceiling of its kind, or one without a ceiling before it.
fn adds(ties: &Ties<'_>, row: &Resource) -> bool {
    let start = row.first_day();
    row.status == MeansStatus::Authorised
        && row.amount.iter().any(|(category, quantity)| {
            if quantity.bounds() == Bounds::Nothing {
                return false;
            }
            let ceilings = ties.ceilings.get(&(row.pool.as_ref(), category.as_str())).map_or(&[][..], Vec::as_slice);
            let before = ceilings.partition_point(|(day, _)| *day < start).checked_sub(1).map(|at| ceilings[at].1);
            match (before, quantity.about()) {
                (Some(before), Some(now)) => now > before,
                _ => true,
            }
        })
}

/// Rows in which a source says that the instrument added no means.
fn said_by(study: &CaseStudy, by: &InstrumentTies) -> Vec<RowId> {
    let nothing = |row: &&Resource| !row.amount.is_empty() && row.amount.values().all(|q| q.bounds() == Bounds::Nothing);
    by.resources.iter().map(|at| &study.resources()[*at]).filter(nothing).map(|row| RowId::from(&row.id)).collect()
}

fn bears_on(study: &CaseStudy, means: &Means, addition: &Addition<'_>) -> bool {
    let in_place = !means.units.common(addition.units).is_empty() || study.all_units().is_empty();
    let drawn = means.pool.as_ref().is_some_and(|pool| means.serves.is_empty() && addition.task.pools().any(|other| other == pool));
    in_place && (drawn || means.serves.contains(&addition.task.id))
}
