//! What hangs on what: the ties between tasks and the other rows, found once for all gaps.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use super::driver_units;
use crate::date::{Days, PartialDate, When};
use crate::id::{InstrumentId, PoolId, RowId, TaskId};
use crate::model::{Activity, Basis, CaseStudy, RatingUnit, Task, UnitSet};
use crate::scale::MeansStatus;

/// Places of rows, in order.
pub(super) type Places = Vec<usize>;

/// A ceiling: its first day, and its figure.
pub(super) type Ceiling = (Option<NaiveDate>, f64);

/// The ties between rows by their places; the same under every reading of when a task was in force.
pub(super) struct Ties<'a> {
    /// Each activity.
    pub(super) activities: Vec<ActivityTies>,
    /// Each driver.
    pub(super) drivers: Vec<DriverTies>,
    /// Each instrument.
    pub(super) instruments: Vec<InstrumentTies>,
    /// The ceilings of each pool (or none) and category, by their first days, the highest of a day last.
    pub(super) ceilings: HashMap<(Option<&'a PoolId>, &'a str), Vec<Ceiling>>,
    /// Each task.
    tasks: Vec<TaskTies>,
}

/// What is looked up for an activity.
pub(super) struct ActivityTies {
    /// The tasks that it serves.
    pub(super) serves: Places,
    /// The days on which it can have lasted.
    pub(super) possible: Option<Days>,
    /// The units of its regions.
    pub(super) units: UnitSet,
}

/// What is looked up for a driver.
pub(super) struct DriverTies {
    /// Tasks that address it fully.
    pub(super) met_by: Places,
    /// Tasks that address it in part.
    pub(super) met_in_part_by: Places,
    /// Since when it is there, unit by unit.
    pub(super) units: Vec<(usize, PartialDate)>,
}

/// What rests on an instrument.
#[derive(Clone, Default)]
pub(super) struct InstrumentTies {
    /// Tasks that it makes or changes.
    pub(super) tasks: Places,
    /// Resources that it authorises.
    pub(super) resources: Places,
    /// Capabilities that it authorises.
    pub(super) capabilities: Places,
}

/// What hangs on when a task is in force.
#[derive(Clone, Default)]
struct TaskTies {
    activities: Places,
    drivers: Places,
    /// Tasks whose additions to the mandate hang on it: itself, those that replace it, its parts.
    additions: Places,
}

/// The rows at which gaps are looked for.
pub(super) struct Scope {
    /// Whether these are all rows, those included that do not hang on when tasks are in force.
    pub(super) whole: bool,
    pub(super) activities: Places,
    pub(super) drivers: Places,
    pub(super) instruments: Places,
    pub(super) tasks: Places,
    /// These tasks and the phases with the units in which they are rated.
    pub(super) rated: Vec<(usize, usize, UnitSet)>,
}

impl Scope {
    /// The ids of its rows.
    pub(super) fn rows(&self, study: &CaseStudy) -> Vec<RowId> {
        let activities = self.activities.iter().map(|at| RowId::from(&study.activities()[*at].id));
        let drivers = self.drivers.iter().map(|at| RowId::from(&study.drivers()[*at].id));
        let instruments = self.instruments.iter().map(|at| RowId::from(&study.instruments()[*at].id));
        let tasks = self.tasks.iter().map(|at| RowId::from(&study.tasks()[*at].id));
        activities.chain(drivers).chain(instruments).chain(tasks).collect()
    }
}

impl<'a> Ties<'a> {
    pub(super) fn of(study: &'a CaseStudy) -> Self {
        let places = |ids: &[TaskId]| ids.iter().filter_map(|id| study.place_of_task(id)).collect::<Places>();
        let activities: Vec<ActivityTies> = study
            .activities()
            .iter()
            .map(|row| ActivityTies { serves: places(&row.serves), possible: possible(study, row), units: study.covered(&row.regions) })
            .collect();
        let drivers: Vec<DriverTies> = study
            .drivers()
            .iter()
            .map(|row| DriverTies {
                met_by: places(&row.met_by),
                met_in_part_by: places(&row.met_in_part_by),
                units: driver_units(study, row),
            })
            .collect();
        let mut tasks = vec![TaskTies::default(); study.tasks().len()];
        for (at, activity) in activities.iter().enumerate() {
            activity.serves.iter().for_each(|task| tasks[*task].activities.push(at));
        }
        for (at, driver) in drivers.iter().enumerate() {
            driver.met_by.iter().chain(&driver.met_in_part_by).for_each(|task| tasks[*task].drivers.push(at));
        }
        let mut instruments = vec![InstrumentTies::default(); study.instruments().len()];
        let place = |by: &Option<InstrumentId>| by.as_ref().and_then(|id| study.place_of_instrument(id));
        for (at, task) in study.tasks().iter().enumerate() {
            tasks[at].additions.push(at);
            tasks[at].additions.extend_from_slice(study.replaced_by(at));
            if let Some(whole) = task.part_of.as_ref().and_then(|id| study.place_of_task(id)) {
                tasks[whole].additions.push(at);
            }
            for by in bases(task).filter_map(|id| study.place_of_instrument(id)) {
                if instruments[by].tasks.last() != Some(&at) {
                    instruments[by].tasks.push(at);
                }
            }
        }
        for (at, row) in study.resources().iter().enumerate() {
            place(&row.by).into_iter().for_each(|by| instruments[by].resources.push(at));
        }
        for (at, row) in study.capabilities().iter().enumerate() {
            place(&row.by).into_iter().for_each(|by| instruments[by].capabilities.push(at));
        }
        let mut ceilings: HashMap<_, Vec<_>> = HashMap::new();
        for row in study.resources().iter().filter(|row| row.status == MeansStatus::Authorised) {
            for (category, figure) in row.amount.iter().filter_map(|(category, quantity)| Some((category, quantity.about()?))) {
                ceilings.entry((row.pool.as_ref(), category.as_str())).or_default().push((row.first_day(), figure));
            }
        }
        ceilings.values_mut().for_each(|figures: &mut Vec<Ceiling>| {
            figures.sort_by(|(day, figure), (other_day, other)| day.cmp(other_day).then(figure.total_cmp(other)));
        });
        Self { activities, drivers, instruments, ceilings, tasks }
    }

    /// All rows.
    pub(super) fn everything(&self, rated: &[RatingUnit]) -> Scope {
        let mut units: Vec<(usize, usize, UnitSet)> = Vec::new();
        for at in rated {
            match units.last_mut() {
                Some((task, phase, units)) if (*task, *phase) == (at.task, at.phase) => units.insert(at.unit),
                _ => units.push((at.task, at.phase, super::only(at.unit))),
            }
        }
        Scope {
            whole: true,
            activities: (0..self.activities.len()).collect(),
            drivers: (0..self.drivers.len()).collect(),
            instruments: (0..self.instruments.len()).collect(),
            tasks: (0..self.tasks.len()).collect(),
            rated: units,
        }
    }

    /// The rows that hang on when some tasks are in force, under one reading of that.
    pub(super) fn scope(&self, study: &CaseStudy, tasks: &[TaskId], least: i64) -> Scope {
        let tasks: Places = tasks.iter().filter_map(|id| study.place_of_task(id)).collect();
        let all = |of: fn(&TaskTies) -> &Places| tasks.iter().flat_map(|task| of(&self.tasks[*task])).copied().collect::<BTreeSet<_>>();
        let additions = all(|ties| &ties.additions);
        let instruments: BTreeSet<usize> =
            additions.iter().flat_map(|task| bases(&study.tasks()[*task])).filter_map(|id| study.place_of_instrument(id)).collect();
        let replaced = tasks.iter().flat_map(|task| &study.tasks()[*task].replaces).filter_map(|id| study.place_of_task(id));
        let replaced: BTreeSet<usize> = tasks.iter().copied().chain(replaced).collect();
        let phases = study.phases().len();
        let rated = replaced.iter().flat_map(|task| (0..phases).map(|phase| (*task, phase)));
        Scope {
            whole: false,
            activities: all(|ties| &ties.activities).into_iter().collect(),
            drivers: all(|ties| &ties.drivers).into_iter().collect(),
            instruments: instruments.into_iter().collect(),
            rated: rated
                .map(|(task, phase)| (task, phase, study.rated_units(task, phase, least)))
                .filter(|(.., units)| !units.is_empty())
                .collect(),
            tasks: replaced.into_iter().collect(),
        }
    }

    /// The activities that serve a task.
    pub(super) fn serving(&self, task: usize) -> impl Iterator<Item = &ActivityTies> {
        self.tasks[task].activities.iter().map(|at| &self.activities[*at])
    }
}

/// The instruments that a task and its changes rest on.
fn bases(task: &Task) -> impl Iterator<Item = &InstrumentId> {
    let changes = task.changes.iter().filter_map(|change| change.basis.as_ref());
    std::iter::once(&task.basis).chain(changes).filter_map(Basis::instrument)
}

/// The days on which an activity can have lasted: the window where it is not dated to days.
fn possible(study: &CaseStudy, activity: &Activity) -> Option<Days> {
    let window = study.study().window;
    match activity.when {
        Some(When::Dated(period)) => {
            Days::new(period.start().map_or(window.first(), |start| start.first()), period.end().map_or(window.last(), |end| end.last()))
        }
        Some(When::Current) => study.current_phase().map(|phase| study.phases()[phase].days),
        Some(When::Outside) => None,
        Some(When::Mission | When::Undated) | None => Some(window),
    }
}
