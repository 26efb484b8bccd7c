//! What is not wrong, but should be looked at.

use std::collections::HashSet;
use std::fmt;

use serde::Serialize;

use super::{AlsoBy, CaseStudy, RatingUnit, Task};
use crate::id::{EvidenceId, InstrumentId, PhaseId, RegionId, RowId, TaskId};
use crate::scale::Link;

/// Days in force from which a link that no row speaks of is told.
pub(crate) const LEAST_DAYS: i64 = 60;

/// What is not wrong, but should be looked at before a case is called finished.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Warning {
    /// An evidence row that nothing uses.
    EvidenceUnused {
        /// The row.
        evidence: EvidenceId,
    },
    /// A link that no row speaks of, which is not the same as one coded *not assessed*.
    LinkNotCoded {
        /// The task.
        task: TaskId,
        /// The link.
        link: Link,
        /// The phase.
        phase: PhaseId,
        /// The unit.
        region: RegionId,
    },
    /// A further text for a task that is of the body that asked for it first.
    SameBody {
        /// The task.
        task: TaskId,
        /// The further text.
        by: InstrumentId,
    },
    /// A task of the studied missions made by an instrument of another mission.
    MissionDiffers {
        /// The task.
        task: TaskId,
        /// The instrument.
        by: InstrumentId,
    },
    /// A task whose end no source confirms.
    EndNotConfirmed {
        /// The task.
        task: TaskId,
    },
}

impl Warning {
    /// A stable code in kebab case.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::EvidenceUnused { .. } => "evidence-unused",
            Self::LinkNotCoded { .. } => "link-not-coded",
            Self::SameBody { .. } => "same-body",
            Self::MissionDiffers { .. } => "mission-differs",
            Self::EndNotConfirmed { .. } => "end-not-confirmed",
        }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EvidenceUnused { evidence } => write!(f, "{evidence}: no finding, effect or rating uses it")?,
            Self::LinkNotCoded { task, link, phase, region } => {
                write!(f, "{task}: the {link} link is not coded in {phase}, {region}")?;
            }
            Self::SameBody { task, by } => {
                write!(f, "{task}: {by} is of the body that asked for it first; a later text of one body is a change")?
            }
            Self::MissionDiffers { task, by } => {
                write!(f, "{task}: {by} is of a mission that is not studied, and the task names no mission")?;
            }
            Self::EndNotConfirmed { task } => write!(f, "{task}: no source confirms its end")?,
        }
        write!(f, " [{}]", self.code())
    }
}

impl CaseStudy {
    /// What should be looked at before the case is called finished; in the order of the rows.
    ///
    /// Rating units are counted as by default, from 60 days in force.
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        let mut used: HashSet<RowId> = HashSet::new();
        used.extend(self.effects().iter().flat_map(|row| &row.evidence).map(RowId::from));
        used.extend(self.findings().iter().flat_map(|row| &row.evidence).map(RowId::from));
        used.extend(self.ratings().iter().flat_map(|row| &row.links).flatten().flat_map(|s| s.rests_on.iter().cloned()));
        used.extend(self.effects().iter().flat_map(|row| row.observed.rests_on.iter().cloned()));
        used.extend(self.positions().iter().flat_map(|row| &row.evidence).map(RowId::from));
        for claim in self.claims() {
            used.extend(claim.conditions().into_iter().flat_map(|(_, condition)| condition.rests_on.iter().cloned()));
            used.extend(claim.rivals.iter().flat_map(|rival| rival.rests_on.iter().cloned()));
            used.extend(claim.tests.iter().flat_map(|test| test.rests_on.iter().cloned()));
        }
        let names_others = |row: &&crate::model::Evidence| !row.supports.is_empty() || !row.contradicts.is_empty();
        used.extend(self.evidence().iter().filter(names_others).map(|row| RowId::from(&row.id)));
        let mut warnings: Vec<Warning> = self
            .evidence()
            .iter()
            .filter(|row| !used.contains(row.id.as_str()))
            .map(|row| Warning::EvidenceUnused { evidence: row.id.clone() })
            .collect();
        let rated = self.rating_units(LEAST_DAYS);
        warnings.extend(self.links_not_coded(&rated).map(|(at, link)| Warning::LinkNotCoded {
            task: self.tasks()[at.task].id.clone(),
            link,
            phase: self.phases()[at.phase].id.clone(),
            region: self.units().nth(at.unit).map_or_else(|| self.study().area.clone(), |unit| unit.id.clone()),
        }));
        warnings.extend(self.tasks().iter().filter(|task| self.is_studied(task)).flat_map(|task| self.texts_of(task)));
        let open = self.tasks().iter().filter(|task| task.end_not_confirmed);
        warnings.extend(open.map(|task| Warning::EndNotConfirmed { task: task.id.clone() }));
        warnings
    }

    /// What should be looked at in the texts that a task rests on.
    fn texts_of(&self, task: &Task) -> Vec<Warning> {
        let first = task.basis.instrument().and_then(|id| self.instrument(id));
        let same = |also: &&AlsoBy| self.instrument(&also.by).map(|row| &row.body) == first.map(|row| &row.body);
        let other = first.filter(|row| row.mission.as_ref().is_some_and(|mission| !self.study().missions.contains(mission)));
        let differs = other.map(|row| Warning::MissionDiffers { task: task.id.clone(), by: row.id.clone() });
        let same = task.also_by.iter().filter(same).map(|also| Warning::SameBody { task: task.id.clone(), by: also.by.clone() });
        differs.into_iter().chain(same).collect()
    }

    /// The links of some rating units that no row speaks of.
    pub(crate) fn links_not_coded<'a>(&'a self, rated: &'a [RatingUnit]) -> impl Iterator<Item = (RatingUnit, Link)> + 'a {
        let links = rated.iter().flat_map(|at| Link::ALL.iter().map(|link| (*at, *link)));
        links.filter(|(at, link)| self.holding(at.task, *link, at.phase, at.unit).is_none())
    }
}
