//! What else a study keeps: series, dilemmas and options.

use serde::Serialize;

use super::provenance::Provenance;
use super::quantity::Quantity;
use crate::date::When;
use crate::id::{DilemmaId, DimensionId, IndicatorId, OptionId, PoolId, RegionId, RowId, TaskId};
use crate::measure::{Decimal, Weight};
use crate::scale::{Better, SeriesKind};

/// A measured series.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Indicator {
    /// Its slug.
    pub id: IndicatorId,
    /// Title.
    pub title: String,
    /// Short name.
    pub short: Option<String>,
    /// Unit of its values.
    pub unit: String,
    /// What it measures.
    pub kind: SeriesKind,
    /// Which direction is better, if one is.
    pub better: Option<Better>,
    /// The dimension that it stands beside.
    pub dimension: Option<DimensionId>,
    /// Lower goalpost.
    pub low: Option<Decimal>,
    /// Upper goalpost.
    pub high: Option<Decimal>,
    /// Whether the values of regions add up to that of the region around them.
    pub adds_up: bool,
    /// What it is a rate of, where it is computed from two others.
    pub rate: Option<Rate>,
    /// Scope and cautions.
    pub text: Option<String>,
    /// Sources and origin.
    pub provenance: Provenance,
}

/// A rate: so many of one indicator per a number of another.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Rate {
    /// The indicator that is counted.
    pub of: IndicatorId,
    /// What of it was counted; none is every way in which it was.
    pub scope: Option<String>,
    /// The indicator that it is divided by.
    pub per: IndicatorId,
    /// Per how many.
    pub times: Weight,
}

/// One value of an indicator. Values of different sources stand side by side.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Observation {
    /// The row of a fact sheet that it stands for.
    pub row: Option<RowId>,
    /// The indicator.
    pub indicator: IndicatorId,
    /// When.
    pub when: When,
    /// Where.
    pub region: Option<RegionId>,
    /// The value as printed.
    pub value: Quantity,
    /// What was counted.
    pub scope: Option<String>,
    /// Sources and origin.
    pub provenance: Provenance,
    /// A remark.
    pub note: Option<String>,
}

/// A strategic choice with two sides.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Dilemma {
    /// Its slug.
    pub id: DilemmaId,
    /// Title.
    pub title: String,
    /// What speaks for each side.
    pub sides: Vec<String>,
    /// Rows and dimensions at stake.
    pub stakes: Vec<RowId>,
    /// Sources and origin.
    pub provenance: Provenance,
}

/// A course that the study weighs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PolicyOption {
    /// Its slug.
    pub id: OptionId,
    /// Title.
    pub title: String,
    /// The option that it is a variant of.
    pub family: Option<OptionId>,
    /// Tasks that it drops.
    pub drop: Vec<TaskId>,
    /// Where the mission would work.
    pub regions: Vec<RegionId>,
    /// Means that it takes away.
    pub withdraw: Vec<Withdrawal>,
    /// What changes in tasks.
    pub tasks: Option<String>,
    /// What changes in means.
    pub means: Option<String>,
    /// What speaks for it.
    pub benefits: Option<String>,
    /// What speaks against it.
    pub risks: Option<String>,
    /// What the report makes of it.
    pub judgement: Option<String>,
    /// Sources and origin.
    pub provenance: Provenance,
}

/// Means that an option takes away.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Withdrawal {
    /// The pool.
    pub pool: PoolId,
    /// The region; none means everywhere.
    pub region: Option<RegionId>,
}
