//! What is true of a study: always valid, immutable, cheap to clone.
//!
//! A [`CaseStudy`] can only be made from a document that passed every check, so whatever it holds is
//! consistent: ids lead somewhere, periods run forward, phases and units partition. It answers what
//! holds when and where; it never compares levels or adds weights, which is scoring's part.
//!
//! Rows are plain structs with public fields. They cannot be built outside the crate and nothing in
//! a study mutates: a what-if is another study, made from edited records
//! ([`CaseStudy::edit`]) or by another reading of a dispute ([`CaseStudy::under`]).

mod actors;
mod bearing;
mod bodies;
mod claim;
mod evidence;
mod force;
mod holding;
mod import;
mod judgement;
mod mandate;
mod means;
mod place;
mod provenance;
mod quantity;
mod record;
mod row;
mod scope;
mod small;
mod warning;

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use serde::Serialize;

pub use actors::{Driver, Fact, Position, Proposition, Spread, Stakeholder};
pub(crate) use bearing::Bearings;
pub use bearing::{Bearing, Piece};
pub use bodies::{Asked, Asking};
pub use claim::{Claim, ConditionStatement, Rival, Test};
pub use evidence::{Evidence, Source, StatedConfidence};
pub use force::{RatingUnit, State, TooRecent, UnitSet};
pub use holding::{Footing, Held};
pub use import::Import;
pub use judgement::{Counterfactual, Credit, Effect, Finding, Rating, Statement, Target, Verdict, Without};
pub use mandate::{AlsoBy, Basis, Dispute, Exclusion, Instrument, MainPool, Reading, Task, TaskChange, Tension};
pub use means::{Activity, Capability, Contributor, Pool, Resource, Steps};
pub use place::{Mission, NamedPeriod, Phase, Region};
pub use provenance::{Cite, Provenance};
pub use quantity::{Bounds, Quantity};
pub use record::{Dilemma, Indicator, Observation, PolicyOption, Rate, Withdrawal};
pub use row::{Row, Table};
pub use scope::{Heading, Holding};
pub use small::Shown;
pub(crate) use warning::LEAST_DAYS;
pub use warning::Warning;

use crate::date::{Days, Period};
use crate::framework::Framework;
use crate::id::*;
use crate::scale::Origin;

/// What a study is of: its title, window, area and fieldwork.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Study {
    /// Its slug.
    pub id: StudyId,
    /// Title.
    pub title: String,
    /// The missions studied, in order of time.
    pub missions: Vec<MissionId>,
    /// The days studied.
    pub window: Days,
    /// The region that the units partition.
    pub area: RegionId,
    /// When the fieldwork was done.
    pub fieldwork: Option<Period>,
    /// How many persons coded the case.
    pub coders: Option<u32>,
    /// Groups of fewer persons are never shown alone; none is 5.
    pub least_heads: Option<u32>,
    /// Details.
    pub text: Option<String>,
}

/// Writes the tables of a study: the parts, the accessors and the look-ups by typed id.
macro_rules! tables {
    ($( $table:ident : $row:ident, $one:ident ($id:ident) = $what:literal; )*) => {
        /// The checked parts of a study, table by table.
        #[derive(Clone, Debug, PartialEq)]
        pub(crate) struct Parts {
            pub(crate) study: Arc<Study>,
            pub(crate) framework: Arc<Framework>,
            pub(crate) own_framework: bool,
            $( pub(crate) $table: Arc<[$row]>, )*
            pub(crate) ratings: Arc<[Rating]>,
            pub(crate) observations: Arc<[Observation]>,
            /// Disputes whose reading is applied.
            pub(crate) applied: Arc<[DisputeId]>,
        }

        impl CaseStudy {
            $(
                #[doc = concat!("The rows of `[[", $what, "]]`, in order.")]
                #[must_use]
                pub fn $table(&self) -> &[$row] {
                    &self.0.parts.$table
                }

                #[doc = concat!("The `[[", $what, "]]` with an id.")]
                #[must_use]
                pub fn $one(&self, id: &$id) -> Option<&$row> {
                    let at = self.0.index.at(Table::$row, id.as_str())?;
                    self.0.parts.$table.get(at)
                }
            )*
        }

        /// The place of every row by its id, and of a region by its key in a fact sheet.
        fn rows_of(parts: &Parts) -> HashMap<RowId, (Table, u32)> {
            let mut rows = HashMap::with_capacity(0 $( + parts.$table.len() )*);
            $( for (at, row) in parts.$table.iter().enumerate() {
                rows.insert(RowId::from(&row.id), (Table::$row, u32::try_from(at).unwrap_or(u32::MAX)));
            } )*
            for (at, region) in parts.regions.iter().enumerate() {
                if let Some(key) = &region.row {
                    rows.entry(key.clone()).or_insert((Table::Region, u32::try_from(at).unwrap_or(u32::MAX)));
                }
            }
            rows
        }
    };
}

tables! {
    missions: Mission, mission(MissionId) = "mission";
    sources: Source, source(SourceId) = "source";
    regions: Region, region(RegionId) = "region";
    phases: Phase, phase(PhaseId) = "phase";
    periods: NamedPeriod, period(PeriodId) = "period";
    facts: Fact, fact(FactId) = "fact";
    exclusions: Exclusion, exclusion(ExclusionId) = "exclusion";
    headings: Heading, heading(HeadingId) = "heading";
    stakeholders: Stakeholder, stakeholder(StakeholderId) = "stakeholder";
    instruments: Instrument, instrument(InstrumentId) = "instrument";
    tasks: Task, task(TaskId) = "task";
    tensions: Tension, tension(TensionId) = "tension";
    pools: Pool, pool(PoolId) = "pool";
    resources: Resource, resource(ResourceId) = "resource";
    capabilities: Capability, capability(CapabilityId) = "capability";
    contributors: Contributor, contributor(ContributorId) = "contributor";
    activities: Activity, activity(ActivityId) = "activity";
    drivers: Driver, driver(DriverId) = "driver";
    effects: Effect, effect(EffectId) = "effect";
    findings: Finding, finding(FindingId) = "finding";
    claims: Claim, claim(ClaimId) = "claim";
    verdicts: Verdict, verdict(VerdictId) = "verdict";
    propositions: Proposition, proposition(PropositionId) = "proposition";
    positions: Position, position(PositionId) = "position";
    indicators: Indicator, indicator(IndicatorId) = "indicator";
    evidence: Evidence, evidence_row(EvidenceId) = "evidence";
    dilemmas: Dilemma, dilemma(DilemmaId) = "dilemma";
    options: PolicyOption, option(OptionId) = "option";
    disputes: Dispute, dispute(DisputeId) = "dispute";
    imports: Import, import(ImportId) = "import";
}

/// A study of one or more missions under one framework: the root of the model.
///
/// Always valid, immutable, and cheap to clone. It is made from a case directory
/// ([`CaseStudy::read`](CaseStudy)) or from records built in code (`CaseStudy::try_from(document)`), through the
/// same checks; whatever is wrong is told at once, as [`Problems`](crate::Problems).
#[derive(Clone)]
pub struct CaseStudy(pub(crate) Arc<Inner>);

/// The parts of a study with what is looked up often.
pub(crate) struct Inner {
    pub(crate) parts: Parts,
    pub(crate) index: Arc<Index>,
    pub(crate) states: force::States,
}

/// What is looked up often, the same under every reading of a dispute.
pub(crate) struct Index {
    rows: HashMap<RowId, (Table, u32)>,
    /// How many rows of each origin there are.
    by_origin: [usize; Origin::ALL.len()],
    /// Places of the units among the regions, in order.
    pub(crate) units: Vec<usize>,
    /// For each region the units that it holds, or in which it lies.
    pub(crate) cover: Vec<UnitSet>,
    /// For each unit its own place and those of the regions around it, innermost first.
    pub(crate) chains: Vec<Vec<usize>>,
    /// Place of the study's area among the regions.
    pub(crate) area: usize,
    /// For each task that others replace, their places.
    pub(crate) replaced_by: HashMap<usize, Vec<usize>>,
    pub(crate) ratings: holding::RatingIndex,
}

impl Index {
    fn new(parts: &Parts) -> Self {
        let rows = rows_of(parts);
        let at = |id: &RegionId| place(&rows, Table::Region, id.as_str());
        let up: Vec<Option<usize>> = parts.regions.iter().map(|region| region.within.as_ref().and_then(at)).collect();
        let units: Vec<usize> = (0..parts.regions.len()).filter(|at| parts.regions[*at].unit).collect();
        let chains: Vec<Vec<usize>> =
            units.iter().map(|unit| std::iter::successors(Some(*unit), |at| up[*at]).take(parts.regions.len()).collect()).collect();
        let mut cover = vec![UnitSet::default(); parts.regions.len()];
        for (unit, chain) in chains.iter().enumerate() {
            for at in chain {
                cover[*at].insert(unit);
            }
        }
        for (at, set) in cover.iter_mut().enumerate() {
            let inside =
                std::iter::successors(Some(at), |at| up[*at]).take(parts.regions.len()).find_map(|a| units.iter().position(|u| *u == a));
            if let Some(unit) = inside {
                set.insert(unit);
            }
        }
        let area = at(&parts.study.area).unwrap_or(0);
        let mut replaced_by: HashMap<usize, Vec<usize>> = HashMap::new();
        for (at, task) in parts.tasks.iter().enumerate() {
            for old in task.replaces.iter().filter_map(|id| place(&rows, Table::Task, id.as_str())) {
                replaced_by.entry(old).or_default().push(at);
            }
        }
        let ratings = holding::RatingIndex::new(parts, &|table, id| place(&rows, table, id), area);
        Self { rows, by_origin: row::by_origin(parts), units, cover, chains, area, replaced_by, ratings }
    }

    fn at(&self, table: Table, id: &str) -> Option<usize> {
        place(&self.rows, table, id)
    }

    /// The units that some regions hold, or in which they lie.
    fn covered(&self, regions: &[RegionId]) -> UnitSet {
        let places = regions.iter().filter_map(|region| self.at(Table::Region, region.as_str()));
        places.fold(UnitSet::default(), |set, at| set.union(self.cover[at]))
    }
}

/// The place of the row of a table with an id.
fn place(rows: &HashMap<RowId, (Table, u32)>, table: Table, id: &str) -> Option<usize> {
    rows.get(id).filter(|(found, _)| *found == table).map(|(_, at)| *at as usize)
}

impl CaseStudy {
    /// Puts checked parts together.
    pub(crate) fn assemble(parts: Parts) -> Self {
        let index = Arc::new(Index::new(&parts));
        let states = force::States::coded(&parts, &index);
        Self(Arc::new(Inner { parts, index, states }))
    }

    /// What the study is of.
    #[must_use]
    pub fn study(&self) -> &Study {
        &self.0.parts.study
    }

    /// The framework that it is made under.
    #[must_use]
    pub fn framework(&self) -> &Framework {
        &self.0.parts.framework
    }

    /// The blocks of ratings, in order.
    #[must_use]
    pub fn ratings(&self) -> &[Rating] {
        &self.0.parts.ratings
    }

    /// The observations, in order.
    #[must_use]
    pub fn observations(&self) -> &[Observation] {
        &self.0.parts.observations
    }

    /// The regions for which cells exist, in order.
    pub fn units(&self) -> impl Iterator<Item = &Region> {
        self.0.index.units.iter().map(|at| &self.0.parts.regions[*at])
    }

    /// The row of any table with an id.
    #[must_use]
    pub fn row(&self, id: &str) -> Option<Row<'_>> {
        let (table, at) = self.0.index.rows.get(id)?;
        row::row(self, *table, *at as usize)
    }

    /// The first day of the first mission that does not only support others, or of the window where that is open.
    #[must_use]
    pub fn mission_start(&self) -> chrono::NaiveDate {
        let own = self.missions().iter().filter(|mission| mission.supports.is_empty());
        let starts = own.filter_map(|mission| mission.when.start());
        starts.map(|start| start.first()).min().unwrap_or(self.study().window.first())
    }

    /// Place of the phase that holds the middle of the fieldwork: what *current* means.
    #[must_use]
    pub fn current_phase(&self) -> Option<usize> {
        let days = self.study().fieldwork?.possible(self.study().window)?;
        let middle = days.first() + chrono::Days::new(u64::try_from(days.len() / 2).unwrap_or(0));
        self.phases().iter().position(|phase| phase.days.contains(middle))
    }
}

impl fmt::Debug for CaseStudy {
    /// Only what it is of, and how many rows it has.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CaseStudy").field("study", &self.study().id).field("rows", &self.0.index.rows.len()).finish_non_exhaustive()
    }
}

impl PartialEq for CaseStudy {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.parts == other.0.parts
    }
}
