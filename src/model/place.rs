//! Where and when: missions, regions, phases and other periods.

use serde::Serialize;

use super::provenance::Provenance;
use crate::date::{Days, Period, When};
use crate::id::{MissionId, PeriodId, PhaseId, RegionId, RowId, Slug};
use crate::measure::Weight;

/// A peace operation.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Mission {
    /// Its slug.
    pub id: MissionId,
    /// Full name.
    pub name: String,
    /// Acronym.
    pub acronym: Option<String>,
    /// Host state.
    pub host: String,
    /// Bodies that authorise it; several may run in parallel.
    pub authorised_by: Vec<Slug>,
    /// From its first to its last day.
    pub when: Period,
    /// Operations that it grew out of.
    pub predecessor: Vec<String>,
    /// Operations that followed.
    pub successor: Vec<String>,
    /// Missions that it only supports.
    pub supports: Vec<MissionId>,
    /// Details.
    pub text: Option<String>,
    /// Sources and origin.
    pub provenance: Provenance,
}

/// A place. Regions nest; those that are units partition the study's area.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Region {
    /// Its slug.
    pub id: RegionId,
    /// The row of a fact sheet that it stands for.
    pub row: Option<RowId>,
    /// Name.
    pub name: String,
    /// The region that it lies in.
    pub within: Option<RegionId>,
    /// Whether cells exist for it.
    pub unit: bool,
    /// Its share of the weight of a task that is in force in several units.
    pub share: Option<Weight>,
    /// Details.
    pub text: Option<String>,
    /// Sources and origin.
    pub provenance: Provenance,
}

/// One of the phases that partition the study's window.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Phase {
    /// Its slug.
    pub id: PhaseId,
    /// Its days.
    pub days: Days,
    /// Whether the study marks it as one that the whole is of.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub main: bool,
    /// Title.
    pub title: Option<String>,
    /// Details.
    pub text: Option<String>,
}

impl Phase {
    /// A short label from its years, such as `2013-15` or `2019`.
    #[must_use]
    pub fn label(&self) -> String {
        use chrono::Datelike;
        let (first, last) = (self.days.first().year(), self.days.last().year());
        if first == last { first.to_string() } else { format!("{first}-{:02}", last % 100) }
    }
}

/// A phase of another scheme, or a turning point; it never cuts cells.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct NamedPeriod {
    /// Its slug.
    pub id: PeriodId,
    /// Title.
    pub title: String,
    /// The period; a turning point is one that begins at the turn.
    pub when: When,
    /// The dimension or region of which it is a turning point.
    pub of: Option<Slug>,
    /// Details.
    pub text: Option<String>,
    /// Sources and origin.
    pub provenance: Provenance,
}
