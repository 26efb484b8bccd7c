//! Gaps by kind and per task-year in force, lags side by side, and instruments that outran their means.

use serde::Serialize;

use crate::id::{InstrumentId, StudyId, TaskId};
use crate::scoring::gap::{DayRange, days_served};
use crate::scoring::{Assessment, GapKind};

/// Days of a year.
const YEAR: f64 = 365.25;

/// The gaps of one study. Gaps that exist only under another reading of a dispute are left out.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct StudyGaps {
    /// The study.
    pub study: StudyId,
    /// Days that its tasks were in force in its window, added up over the tasks.
    pub task_days: i64,
    /// Every kind, also those without a gap, in the order of [`GapKind::NAMES`].
    pub by_kind: Vec<KindCount>,
    /// From a critical driver to a task that addresses it in full; here and below the shortest first.
    pub mandate_lags: Vec<Lag>,
    /// The same, in part.
    pub mandate_lags_in_part: Vec<Lag>,
    /// From a decision to the first arrival of a capability.
    pub arrivals: Vec<Lag>,
    /// From a decision to the completion of a capability.
    pub completions: Vec<Lag>,
    /// Instruments that add tasks or regions without means for them, those first of which a source says so.
    pub overstretch: Vec<Outran>,
}

/// Gaps of one kind.
///
/// Worked example: a task is in force over the 914 days of a study and another over 181 of them, so that there are
/// 1,095 task-days, or 3.00 task-years. Two gaps are 0.67 per task-year.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct KindCount {
    /// The kind's name.
    pub kind: &'static str,
    /// How many there are.
    pub count: usize,
    /// How many per task-year, that is 365.25 days of a task in force; nothing where no task was.
    pub per_task_year: Option<f64>,
}

/// A lag in days, with the address of its gap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Lag {
    /// Its gap, for `explain`.
    pub address: String,
    /// At least and at most so many days.
    pub days: DayRange,
}

/// An instrument that outran its means.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Outran {
    /// Its gap, for `explain`.
    pub address: String,
    /// The instrument.
    pub instrument: InstrumentId,
    /// Tasks that it adds or carries into further units.
    pub tasks: usize,
    /// Those without means.
    pub without_means: Vec<TaskId>,
    /// Weight that it adds, in the units of the method.
    pub weight: f64,
    /// Whether a source says that no means came with it.
    pub is_said: bool,
}

impl StudyGaps {
    /// How many gaps there are of a kind, by its name; none of a name that is no kind's.
    #[must_use]
    pub fn count(&self, kind: &str) -> usize {
        self.by_kind.iter().find(|one| one.kind == kind).map_or(0, |one| one.count)
    }
}

pub(super) fn of(assessment: &Assessment) -> StudyGaps {
    let task_days = task_days(assessment);
    let gaps: Vec<_> = assessment.gaps().iter().filter(|gap| gap.only_under.is_none()).collect();
    let lags = |pick: &dyn Fn(&GapKind) -> Option<DayRange>| -> Vec<Lag> {
        let mut lags: Vec<Lag> = gaps.iter().filter_map(|gap| Some(Lag { address: gap.address.clone(), days: pick(&gap.kind)? })).collect();
        lags.sort_by(|a, b| a.days.cmp(&b.days).then(a.address.cmp(&b.address)));
        lags
    };
    let by_kind = GapKind::NAMES.map(|kind| {
        let count = gaps.iter().filter(|gap| gap.kind.name() == kind).count();
        #[allow(clippy::cast_precision_loss, reason = "counts of rows and days stay far under 2^53")]
        let per_task_year = (task_days > 0).then(|| count as f64 / (task_days as f64 / YEAR));
        KindCount { kind, count, per_task_year }
    });
    let overstretch = gaps.iter().filter_map(|gap| match &gap.kind {
        GapKind::Overstretch { instrument, added, widened, without_means, weight, said_by, .. } => Some(Outran {
            address: gap.address.clone(),
            instrument: instrument.clone(),
            tasks: added.len() + widened.iter().filter(|task| !added.contains(task)).count(),
            without_means: without_means.clone(),
            weight: *weight,
            is_said: !said_by.is_empty(),
        }),
        _ => None,
    });
    StudyGaps {
        study: assessment.head().id.clone(),
        task_days,
        by_kind: by_kind.to_vec(),
        mandate_lags: lags(&|kind| if let GapKind::MandateLag { lag, .. } = kind { Some(*lag) } else { None }),
        mandate_lags_in_part: lags(&|kind| if let GapKind::MandateLagInPart { lag, .. } = kind { Some(*lag) } else { None }),
        arrivals: lags(&|kind| if let GapKind::CapabilityLag { to_arrival, .. } = kind { *to_arrival } else { None }),
        completions: lags(&|kind| if let GapKind::CapabilityLag { to_completion, .. } = kind { *to_completion } else { None }),
        overstretch: overstretch.collect(),
    }
}

/// Days in force in the window, over all tasks; a day in several units is one.
fn task_days(assessment: &Assessment) -> i64 {
    let (study, window) = (assessment.study(), assessment.head().window);
    (0..study.tasks().len()).map(|task| days_served(study, &[task], study.all_units(), window)).sum()
}
