//! How far mandate, means and activities match: cells, tasks, phases, regions, the whole.
//!
//! Source: EPON asks how far a mission's mandate, its resources and capabilities and its actual
//! activities match (van der Lijn et al. 2019, section II); EPON gives no scale. The formulas are this
//! crate's: the minimum of four complements (OECD/JRC 2008 on compensability), and the weighted lower
//! median of ordinal levels.

use serde::Serialize;

use super::cell::{TaskResult, task_results};
use super::hinge::hinges;
use super::matched::{Matched, matched};
use super::method::Method;
use super::plan::Plan;
use super::profile::{Evaluated, Profile, profile};
use crate::id::{PhaseId, RegionId, TaskId};
use crate::model::CaseStudy;

/// How far mandate, means and activities match. A match is not an effect: a thinly resourced phase
/// can still have been successful.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Congruence {
    /// The whole study: the cells of its main phases (all, where none is marked), each with its weight in its phase.
    #[serde(flatten)]
    pub whole: Profile,
    /// Every task that has cells.
    pub tasks: Vec<TaskResult>,
    /// Tasks in force at a phase's end, but for too few days to be rated in it.
    pub too_recent: Vec<Recent>,
    /// Each phase, with its units.
    pub by_phase: Vec<PhaseResult>,
    /// Each unit over the main phases.
    pub by_region: Vec<RegionResult>,
    /// Phases and regions, cell against cell.
    pub changes: Vec<Matched>,
}

/// A task too recent to be rated in a phase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Recent {
    /// The task.
    pub task: TaskId,
    /// The phase.
    pub phase: PhaseId,
    /// Days in force in it.
    pub days: i64,
}

/// A phase.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PhaseResult {
    /// The phase.
    pub id: PhaseId,
    /// What its cells say.
    #[serde(flatten)]
    pub profile: Profile,
    /// Its units.
    pub by_region: Vec<RegionResult>,
}

/// A unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RegionResult {
    /// The unit.
    pub id: RegionId,
    /// What its cells say.
    #[serde(flatten)]
    pub profile: Profile,
}

impl Congruence {
    /// What the whole says.
    #[must_use]
    pub fn headline(&self) -> &Profile {
        &self.whole
    }

    /// The profile of a phase and a unit, of either, or of the whole.
    #[must_use]
    pub fn profile(&self, phase: Option<&str>, region: Option<&str>) -> Option<&Profile> {
        let unit = |list: &'_ [RegionResult], id: &str| list.iter().position(|result| result.id == *id);
        match (phase, region) {
            (None, None) => Some(&self.whole),
            (None, Some(region)) => unit(&self.by_region, region).map(|at| &self.by_region[at].profile),
            (Some(phase), region) => {
                let phase = self.by_phase.iter().find(|result| result.id == *phase)?;
                match region {
                    None => Some(&phase.profile),
                    Some(region) => unit(&phase.by_region, region).map(|at| &phase.by_region[at].profile),
                }
            }
        }
    }

    /// A task's result, where it has cells.
    #[must_use]
    pub fn task(&self, id: &str) -> Option<&TaskResult> {
        self.tasks.iter().find(|result| result.id == *id)
    }
}

/// Everything on congruence, from one plan.
pub(super) fn congruence(study: &CaseStudy, method: &Method, plan: &Plan) -> Congruence {
    let at = Evaluated::of(plan);
    let mut hinges = hinges(study, plan, &at);
    let mut of = |phase: Option<usize>, unit: Option<usize>| {
        let mut profile = profile(plan, &at, phase, unit, method);
        if profile.headline.level().is_some() {
            profile.hinges = std::mem::take(&mut hinges[plan.group(phase, unit)]);
        }
        profile
    };
    let units: Vec<&RegionId> = study.units().map(|unit| &unit.id).collect();
    let whole = of(None, None);
    let mut regions = |phase: Option<usize>| -> Vec<RegionResult> {
        units.iter().enumerate().map(|(unit, id)| RegionResult { id: (*id).clone(), profile: of(phase, Some(unit)) }).collect()
    };
    let by_region = regions(None);
    let regions: Vec<Vec<RegionResult>> = (0..plan.phases).map(|phase| regions(Some(phase))).collect();
    let by_phase = study
        .phases()
        .iter()
        .enumerate()
        .zip(regions)
        .map(|((phase, row), by_region)| PhaseResult { id: row.id.clone(), profile: of(Some(phase), None), by_region })
        .collect();
    let too_recent = study
        .too_recent(i64::from(method.cells.least_days))
        .into_iter()
        .map(|recent| Recent {
            task: study.tasks()[recent.task].id.clone(),
            phase: study.phases()[recent.phase].id.clone(),
            days: recent.days,
        })
        .collect();
    Congruence { whole, tasks: task_results(study, plan, &at), too_recent, by_phase, by_region, changes: matched(study, plan, &at) }
}
