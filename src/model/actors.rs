//! Who and what drives events: stakeholders, conflict drivers, propositions and positions.

use indexmap::IndexMap;
use serde::Serialize;

use super::provenance::Provenance;
use super::quantity::Quantity;
use crate::date::{PartialDate, When};
use crate::id::{DriverId, EvidenceId, PositionId, PropositionId, RegionId, RowId, Slug, StakeholderId, TaskId};
use crate::measure::Decimal;

/// A group, party, partner or institution; never a person.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Stakeholder {
    /// Its slug.
    pub id: StakeholderId,
    /// Name of the group or institution.
    pub name: String,
    /// Short name.
    pub short: Option<String>,
    /// The side it belongs to.
    pub side: Option<Slug>,
    /// Kind, in words.
    pub kind: Option<String>,
    /// Where.
    pub regions: Vec<RegionId>,
    /// The institution that its members belong to.
    pub member_of: Option<StakeholderId>,
    /// Whether these are the study's authors, who are no side.
    pub author: bool,
    /// Whether it is known by single persons only.
    pub individual: bool,
    /// How many persons were heard, where that is known.
    pub heads: Option<u32>,
    /// Details.
    pub text: Option<String>,
    /// Sources and origin.
    pub provenance: Provenance,
}

/// A conflict driver.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Driver {
    /// Its slug.
    pub id: DriverId,
    /// Title.
    pub title: String,
    /// Short name.
    pub short: Option<String>,
    /// Since when it drives conflict, by region.
    pub since: IndexMap<RegionId, PartialDate>,
    /// Whether it is critical.
    pub critical: bool,
    /// Tasks that address it fully.
    pub met_by: Vec<TaskId>,
    /// Tasks that address it in part.
    pub met_in_part_by: Vec<TaskId>,
    /// Details.
    pub text: Option<String>,
    /// Sources and origin.
    pub provenance: Provenance,
}

/// A sentence that stakeholders agree with or not.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Proposition {
    /// Its slug.
    pub id: PropositionId,
    /// The sentence; agreement favours the mission, its mandate or its conduct.
    pub text: String,
    /// Short name.
    pub short: Option<String>,
    /// Key in a fact sheet.
    pub row: Option<RowId>,
}

/// How widely a stance is held within its group.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Spread {
    /// A figure, 0 to 1.
    Figure(Decimal),
    /// A word of the codebook, with the figure that it stands for.
    Word {
        /// The word.
        word: String,
        /// What it stands for, 0 to 1.
        stands_for: Decimal,
    },
    /// Not known.
    Unknown,
}

impl Spread {
    /// The words of the codebook (section 5) with the shares that they stand for, in thousandths.
    pub const WORDS: [(&'static str, i64); 7] =
        [("few", 100), ("some", 250), ("many", 350), ("half", 500), ("most", 750), ("vast-majority", 900), ("consensus", 950)];

    /// The share, where it is known.
    #[must_use]
    pub fn share(&self) -> Option<Decimal> {
        match self {
            Self::Figure(share) | Self::Word { stands_for: share, .. } => Some(*share),
            Self::Unknown => None,
        }
    }
}

/// A group's stance on a proposition.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Position {
    /// Its slug.
    pub id: PositionId,
    /// The group.
    pub group: StakeholderId,
    /// The proposition.
    pub proposition: PropositionId,
    /// −2 strongly against to +2 strongly for.
    pub stance: i8,
    /// How widely it is held within the group.
    pub spread: Spread,
    /// When.
    pub when: When,
    /// Where, if it is of a place.
    pub regions: Vec<RegionId>,
    /// Evidence rows.
    pub evidence: Vec<EvidenceId>,
    /// Flags of the coding.
    pub flags: Vec<String>,
    /// Details.
    pub text: Option<String>,
    /// Sources and origin.
    pub provenance: Provenance,
}

impl Position {
    /// Whether it is known of single persons only: flagged `individual`.
    #[must_use]
    pub fn is_individual(&self) -> bool {
        self.flags.iter().any(|flag| flag == "individual")
    }
}

/// A figure that a study holds, used by facts.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Fact {
    /// Its slug.
    pub id: crate::id::FactId,
    /// What it is about.
    pub title: String,
    /// The fact in words.
    pub text: Option<String>,
    /// A figure.
    pub value: Option<Quantity>,
    /// Unit of the figure.
    pub unit: Option<String>,
    /// When.
    pub when: Option<When>,
    /// Where.
    pub regions: Vec<RegionId>,
    /// Sources and origin.
    pub provenance: Provenance,
}
