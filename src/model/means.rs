//! What the mission had, and what it did: pools, resources, capabilities, activities.

use chrono::NaiveDate;
use indexmap::IndexMap;
use serde::Serialize;

use super::provenance::Provenance;
use super::quantity::Quantity;
use crate::date::{PartialDate, When};
use crate::id::{ActivityId, CapabilityId, ContributorId, InstrumentId, PoolId, RegionId, ResourceId, TaskId};
use crate::scale::{CapabilityKind, MeansStatus, Modality};

/// Means that several tasks draw on.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Pool {
    /// Its slug.
    pub id: PoolId,
    /// Title.
    pub title: String,
    /// Short name.
    pub short: Option<String>,
    /// The pool that it is a part of.
    pub part_of: Option<PoolId>,
    /// Details.
    pub text: Option<String>,
}

/// One dated statement on what can be counted or budgeted.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Resource {
    /// Its slug.
    pub id: ResourceId,
    /// What it is.
    pub title: Option<String>,
    /// The pool it belongs to.
    pub pool: Option<PoolId>,
    /// Tasks that it serves alone.
    pub serves: Vec<TaskId>,
    /// What the statement says.
    pub status: MeansStatus,
    /// The instrument that authorises it.
    pub by: Option<InstrumentId>,
    /// When.
    pub when: Option<When>,
    /// Where.
    pub regions: Vec<RegionId>,
    /// Figures by category.
    pub amount: IndexMap<String, Quantity>,
    /// Unit of the figures.
    pub unit: Option<String>,
    /// A condition on which it hangs.
    pub condition: Option<String>,
    /// Details.
    pub text: Option<String>,
    /// Sources and origin.
    pub provenance: Provenance,
}

impl Resource {
    /// The first day that the statement can hold for; nothing where it is not dated or its start is open.
    #[must_use]
    pub fn first_day(&self) -> Option<NaiveDate> {
        self.when?.period()?.start().map(PartialDate::first)
    }
}

/// What the mission could do, could not do, or was to be able to do.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Capability {
    /// Its slug.
    pub id: CapabilityId,
    /// What it is.
    pub title: String,
    /// What the row says.
    pub kind: CapabilityKind,
    /// The pool it belongs to.
    pub pool: Option<PoolId>,
    /// Tasks that it bears on.
    pub serves: Vec<TaskId>,
    /// The instrument that authorises it.
    pub by: Option<InstrumentId>,
    /// Where.
    pub regions: Vec<RegionId>,
    /// When.
    pub when: Option<When>,
    /// Whether nothing can stand in for it.
    pub critical: bool,
    /// Its steps from need to full capability.
    pub steps: Option<Steps>,
    /// Details.
    pub text: Option<String>,
    /// Sources and origin.
    pub provenance: Provenance,
}

/// A state that held a sector with its troops or police over some time.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Contributor {
    /// Its slug.
    pub id: ContributorId,
    /// The state.
    pub name: String,
    /// The pool that it gave to.
    pub pool: Option<PoolId>,
    /// The sector.
    pub regions: Vec<RegionId>,
    /// When it held it.
    pub when: Option<When>,
    /// Figures by category.
    pub amount: IndexMap<String, Quantity>,
    /// Unit of the figures.
    pub unit: Option<String>,
    /// Details.
    pub text: Option<String>,
    /// Sources and origin.
    pub provenance: Provenance,
}

/// The steps of a capability from need to completion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Steps {
    /// When it was found to be needed.
    pub needed: Option<PartialDate>,
    /// When it was decided.
    pub decided: Option<PartialDate>,
    /// When it was authorised.
    pub authorised: Option<PartialDate>,
    /// When it was pledged.
    pub pledged: Option<PartialDate>,
    /// When its first part arrived.
    pub arrived: Option<PartialDate>,
    /// When it was complete.
    pub complete: Option<PartialDate>,
}

/// What was done, or what a source says was not done.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Activity {
    /// Its slug.
    pub id: ActivityId,
    /// What was done.
    pub title: String,
    /// When.
    pub when: Option<When>,
    /// Where; empty where the source does not say.
    pub regions: Vec<RegionId>,
    /// In what manner.
    pub modality: Option<Modality>,
    /// Tasks that it serves.
    pub serves: Vec<TaskId>,
    /// Whether it was done; if not, a source says that nothing was.
    pub done: bool,
    /// Whether a source says that most of the effort lay there.
    pub bulk: bool,
    /// Components that did it.
    pub component: Vec<String>,
    /// Details and reported result.
    pub text: Option<String>,
    /// Sources and origin.
    pub provenance: Provenance,
}
