//! Effects by target, opposite signs kept; and how far tasks met the critical drivers.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use crate::id::{DriverId, EffectId, PhaseId, StudyId, TopicId};
use crate::model::Target;
use crate::scoring::Assessment;
use crate::scoring::relevance::{Difference, DriverCoverage};

/// Relevance in one study, in EPON's sense: not the OECD-DAC criterion.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct StudyRelevance {
    /// The study.
    pub study: StudyId,
    /// Every topic of the framework, then stakeholders and drivers.
    pub targets: Vec<TargetOf>,
    /// Critical drivers in the last phase that has any; nothing where none has.
    pub drivers: Option<DriversOf>,
}

/// What effects are on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum On {
    /// A topic of the framework.
    Topic(TopicId),
    /// The behaviour of any stakeholder.
    Stakeholders,
    /// Any conflict driver.
    Drivers,
}

/// Effects on a target. Counts of opposite signs stand beside each other and are never taken from each other.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TargetOf {
    /// The target.
    pub on: On,
    /// Effects that count, risks left out: those below by sign, and those whose change is not told.
    pub effects: usize,
    /// Observed for the better, whoever caused it.
    pub better: usize,
    /// No change seen.
    pub same: usize,
    /// Observed for the worse.
    pub worse: usize,
    /// Readings in conflict.
    pub contested: usize,
    /// Credited to the mission and told against a course without it, by what the difference says.
    pub credited: BTreeMap<Difference, usize>,
    /// Risks that sources name.
    pub risks: usize,
}

/// How far tasks met the critical drivers of a phase: pairs of a driver and a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DriversOf {
    /// The phase.
    pub phase: PhaseId,
    /// Pairs.
    pub critical: usize,
    /// Met in full.
    pub in_full: usize,
    /// Met in part.
    pub in_part: usize,
    /// Met by no task.
    pub not_met: usize,
    /// Drivers with some pair that no task met, each once.
    pub unmet: Vec<DriverId>,
    /// The other drivers with some pair met in part only, each once.
    pub unmet_in_full: Vec<DriverId>,
}

fn drivers(last: &DriverCoverage) -> DriversOf {
    let mut unmet: Vec<DriverId> = Vec::new();
    let mut unmet_in_full: Vec<DriverId> = Vec::new();
    for (driver, _) in &last.not_met {
        if !unmet.contains(driver) {
            unmet.push(driver.clone());
        }
    }
    for (driver, _) in &last.in_part {
        if !unmet.contains(driver) && !unmet_in_full.contains(driver) {
            unmet_in_full.push(driver.clone());
        }
    }
    DriversOf {
        phase: last.phase.clone(),
        critical: last.critical,
        in_full: last.in_full.len(),
        in_part: last.in_part.len(),
        not_met: last.not_met.len(),
        unmet,
        unmet_in_full,
    }
}

pub(super) fn of(assessment: &Assessment) -> StudyRelevance {
    let (study, relevance) = (assessment.study(), assessment.relevance());
    let targets: HashMap<&EffectId, &Target> = study.effects().iter().map(|effect| (&effect.id, &effect.on)).collect();
    let situation = &relevance.whole.situation;
    let target = |on: On| {
        let is_on = |id: &&EffectId| match (targets.get(*id), &on) {
            (Some(Target::Topic(topic)), On::Topic(of)) => topic == of,
            (Some(Target::Stakeholder(_)), On::Stakeholders) | (Some(Target::Driver(_)), On::Drivers) => true,
            _ => false,
        };
        let count = |ids: &[EffectId]| ids.iter().filter(is_on).count();
        let (better, same, worse) = (count(&situation.better), count(&situation.same), count(&situation.worse));
        let contested = count(&situation.contested);
        let credited = relevance.whole.credited.compared.iter().map(|(difference, ids)| (*difference, count(ids)));
        let effects = better + same + worse + contested + count(&situation.not_told);
        let credited = credited.filter(|(_, count)| *count > 0).collect();
        let risks = count(&relevance.whole.risks);
        TargetOf { effects, better, same, worse, contested, credited, risks, on }
    };
    let topics = study.framework().topics().iter().map(|topic| On::Topic(topic.id.clone()));
    StudyRelevance {
        study: assessment.head().id.clone(),
        targets: topics.chain([On::Stakeholders, On::Drivers]).map(target).collect(),
        drivers: relevance.drivers.iter().rev().find(|phase| phase.critical > 0).map(drivers),
    }
}
