//! The state on one day, for the day before and after an instrument.

use chrono::NaiveDate;
use serde::Serialize;

use super::cell::{TaskResult, task_results};
use super::congruence::RegionResult;
use super::method::Method;
use super::plan::Plan;
use super::profile::{Evaluated, Profile, profile};
use crate::id::PhaseId;
use crate::model::{CaseStudy, Holding};

/// The state on one day: the tasks in force then, with the ratings of the phase that holds it.
///
/// A task needs no days in force, and weighs by its priority of that day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AsOf {
    /// The day.
    pub date: NaiveDate,
    /// The phase that holds it.
    pub phase: PhaseId,
    /// What the cells of the day say.
    #[serde(flatten)]
    pub profile: Profile,
    /// Each unit.
    pub by_region: Vec<RegionResult>,
    /// Each task in force.
    pub tasks: Vec<TaskResult>,
    /// Who held which sector.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contributors: Vec<Holding>,
}

/// The state on a day; nothing outside the study's window.
pub(super) fn as_of(study: &CaseStudy, method: &Method, date: NaiveDate) -> Option<AsOf> {
    let (phase, plan) = Plan::on(study, method, date)?;
    let at = Evaluated::of(&plan);
    let by_region = study
        .units()
        .enumerate()
        .map(|(unit, row)| RegionResult { id: row.id.clone(), profile: profile(&plan, &at, None, Some(unit), method) })
        .collect();
    Some(AsOf {
        date,
        phase: study.phases()[phase].id.clone(),
        profile: profile(&plan, &at, None, None, method),
        by_region,
        tasks: task_results(study, &plan, &at),
        contributors: study.contributors_on(date),
    })
}
