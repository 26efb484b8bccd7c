//! What the mission was asked to do: instruments, tasks, exclusions, tensions and disputes.

use indexmap::IndexMap;
use serde::Serialize;

use super::provenance::Provenance;
use super::quantity::Quantity;
use crate::date::{PartialDate, Period, When};
use crate::id::{DisputeId, DriverId, ExclusionId, InstrumentId, MissionId, PoolId, RegionId, ResourceId, RowId, Slug, TaskId, TensionId};
use crate::scale::{Link, Modality, TensionKind, Tier};
use crate::timeline::{Entry, Timeline};

/// A resolution, communiqué or decision that makes or changes a mandate.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Instrument {
    /// Its slug.
    pub id: InstrumentId,
    /// The body that adopted it.
    pub body: Slug,
    /// The mission whose mandate it is of, where it is told.
    pub mission: Option<MissionId>,
    /// Its number.
    pub number: String,
    /// When it was adopted.
    pub adopted: PartialDate,
    /// The last day of the mandate that it gives.
    pub runs_to: Option<PartialDate>,
    /// Title.
    pub title: Option<String>,
    /// Details.
    pub text: Option<String>,
    /// Sources and origin.
    pub provenance: Provenance,
}

/// What a task or its change rests on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// An instrument.
    Instrument(InstrumentId),
    /// Practice that ran ahead of the text.
    Practice,
}

impl Basis {
    /// The instrument, if it is one.
    #[must_use]
    pub fn instrument(&self) -> Option<&InstrumentId> {
        match self {
            Self::Instrument(id) => Some(id),
            Self::Practice => None,
        }
    }
}

/// The main pool of a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MainPool {
    /// One for resources and capabilities.
    Both(PoolId),
    /// One each.
    ByLink {
        /// The pool for resources.
        resources: Option<PoolId>,
        /// The pool for capabilities.
        capabilities: Option<PoolId>,
    },
}

/// The atomic mandated task.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Task {
    /// Its slug.
    pub id: TaskId,
    /// Title.
    pub title: String,
    /// Short name, at most 23 characters.
    pub short: String,
    /// Substantive field.
    pub field: Slug,
    /// In what manner it is to be done.
    pub modality: Option<Modality>,
    /// From the first to the last day in force.
    pub when: Period,
    /// What made it.
    pub basis: Basis,
    /// The mission that it is given to; none where that is what is studied.
    pub mission: Option<MissionId>,
    /// Its first priority.
    pub tier: Tier,
    /// Where it is in force at first.
    pub regions: Vec<RegionId>,
    /// Its main pool of means.
    pub pool: Option<MainPool>,
    /// Other pools that it draws on.
    pub also_draws_on: Vec<PoolId>,
    /// Tasks whose cells it takes in the same phase and unit.
    pub replaces: Vec<TaskId>,
    /// The task that it only details.
    pub refines: Option<TaskId>,
    /// The task that it is a part of.
    pub part_of: Option<TaskId>,
    /// Whether no source confirms its end.
    pub end_not_confirmed: bool,
    /// A condition on which it hangs.
    pub condition: Option<String>,
    /// Details.
    pub text: Option<String>,
    /// Sources and origin.
    pub provenance: Provenance,
    /// Later changes, in order of time.
    pub changes: Vec<TaskChange>,
    /// The same task in the texts of other bodies.
    pub also_by: Vec<AlsoBy>,
}

/// A task in the text of a further body that asks for it in parallel.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AlsoBy {
    /// The instrument of that body.
    pub by: InstrumentId,
    /// From when its text asks for the task; none where that is the instrument's date.
    pub from: Option<PartialDate>,
    /// Until when, where it is not open.
    pub until: Option<PartialDate>,
    /// How that text words it.
    pub text: Option<String>,
    /// Sources and origin.
    pub provenance: Provenance,
}

/// A change of a task's priority or regions.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TaskChange {
    /// The first day on which it holds.
    pub from: PartialDate,
    /// What made it.
    pub basis: Option<Basis>,
    /// New priority.
    pub tier: Option<Tier>,
    /// New regions; none at all puts the task out of force.
    pub regions: Option<Vec<RegionId>>,
    /// Details.
    pub text: Option<String>,
    /// Sources and origin.
    pub provenance: Provenance,
}

impl Task {
    /// Its priority over time.
    #[must_use]
    pub fn tiers(&self) -> Timeline<Tier> {
        self.timeline(Some(self.tier), |change| change.tier.map(Some))
    }

    /// Its regions over time.
    #[must_use]
    pub fn places(&self) -> Timeline<Vec<RegionId>> {
        self.timeline(Some(self.regions.clone()), |change| {
            change.regions.as_ref().map(|regions| (!regions.is_empty()).then(|| regions.clone()))
        })
    }

    fn timeline<T>(&self, first: Option<T>, change: impl Fn(&TaskChange) -> Option<Option<T>>) -> Timeline<T> {
        let mut entries = vec![Entry { from: self.when.start(), value: first }];
        entries.extend(self.changes.iter().filter_map(|c| Some(Entry { from: Some(c.from), value: change(c)? })));
        Timeline::new(entries, self.when.end())
    }

    /// The pool that it inherits a link from; there is none for the mandate and for activities.
    #[must_use]
    pub fn main_pool(&self, link: Link) -> Option<&PoolId> {
        match (link, self.pool.as_ref()?) {
            (Link::Mandate | Link::Activities, _) => None,
            (_, MainPool::Both(pool)) => Some(pool),
            (Link::Resources, MainPool::ByLink { resources, .. }) => resources.as_ref(),
            (Link::Capabilities, MainPool::ByLink { capabilities, .. }) => capabilities.as_ref(),
        }
    }

    /// Every pool that it draws on, main pools first.
    pub fn pools(&self) -> impl Iterator<Item = &PoolId> {
        let resources = self.main_pool(Link::Resources);
        let capabilities = self.main_pool(Link::Capabilities).filter(|pool| resources != Some(pool));
        resources.into_iter().chain(capabilities).chain(&self.also_draws_on)
    }
}

/// A field that is expressly not in the mandate.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Exclusion {
    /// Its slug.
    pub id: ExclusionId,
    /// The field.
    pub title: String,
    /// Details.
    pub text: Option<String>,
    /// Drivers that stay out of reach for it.
    pub drivers: Vec<DriverId>,
    /// Sources and origin.
    pub provenance: Provenance,
}

/// Tasks, or a task and something else, that pull against each other.
///
/// A tension is a row and a result of its own; it never zeroes a rating.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Tension {
    /// Its slug.
    pub id: TensionId,
    /// Title.
    pub title: String,
    /// What pulls against what.
    pub kind: TensionKind,
    /// The sides, one or two.
    pub between: Vec<Vec<RowId>>,
    /// Tasks that a source says are hampered.
    pub hampers: Vec<TaskId>,
    /// Where.
    pub regions: Vec<RegionId>,
    /// When.
    pub when: Option<When>,
    /// Details.
    pub text: Option<String>,
    /// Sources and origin.
    pub provenance: Provenance,
}

/// Another reading that some source gives.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Dispute {
    /// Its slug.
    pub id: DisputeId,
    /// The row of a fact sheet that it stands for.
    pub row: Option<RowId>,
    /// What is disputed.
    pub title: String,
    /// The other reading, as far as it can be applied.
    pub reading: Option<Reading>,
    /// Details.
    pub text: Option<String>,
    /// Sources and origin.
    pub provenance: Provenance,
}

/// A reading of a [`Dispute`] that [`CaseStudy::under`](super::CaseStudy::under) applies.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Reading {
    /// Tasks were in force in a region over another time.
    InForce {
        /// The tasks.
        tasks: Vec<TaskId>,
        /// The region; none means wherever they are in force.
        region: Option<RegionId>,
        /// From when, by this reading.
        from: Option<PartialDate>,
        /// Until when, by this reading.
        until: Option<PartialDate>,
    },
    /// A row's figures were others.
    Amount {
        /// The resource row.
        resource: ResourceId,
        /// The figures, by this reading.
        amount: IndexMap<String, Quantity>,
    },
}
