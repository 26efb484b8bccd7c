//! What judgements rest on: sources, evidence with its grading, and what is protected of it.

use serde::Serialize;

use super::provenance::Provenance;
use crate::date::{PartialDate, When};
use crate::id::{EvidenceId, RegionId, RowId, Slug, SourceId};
use crate::protected::ProtectedSource;
use crate::scale::{Admiralty, Confidence, Confidentiality, EvidenceKind, Origin, PlaceLevel};

/// A text that rows cite.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Source {
    /// Its slug.
    pub id: SourceId,
    /// The origin of what it says.
    pub origin: Origin,
    /// Title.
    pub title: String,
    /// Where it can be read.
    pub url: Option<String>,
    /// When it was published.
    pub date: Option<PartialDate>,
    /// Whose text it is.
    pub side: Option<Slug>,
    /// The independence group that it belongs to; none is a group of its own.
    pub independence: Option<Slug>,
    /// How it is graded; none is *not judged*.
    pub admiralty: Option<Admiralty>,
    /// Details.
    pub text: Option<String>,
}

/// What findings, effects and ratings rest on.
///
/// `Debug` and `Serialize` show nothing of what is protected.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Evidence {
    /// Its slug.
    pub id: EvidenceId,
    /// What it is.
    pub title: String,
    /// How it was gathered.
    pub kind: EvidenceKind,
    /// When it was gathered.
    pub when: Option<When>,
    /// Where, no finer than may be shown.
    pub regions: Vec<RegionId>,
    /// Whose voice it is.
    pub sides: Vec<Slug>,
    /// The independence group that it belongs to; none is a group of its own.
    pub independence: Option<Slug>,
    /// How it is graded; none is *not judged*.
    pub admiralty: Option<Admiralty>,
    /// How many persons were heard.
    pub heads: Option<u32>,
    /// Whether it may be attributed; none is public.
    pub confidentiality: Option<Confidentiality>,
    /// The finest place that may be shown where it may not; none is a unit.
    pub place_level: Option<PlaceLevel>,
    /// Effects, findings and verdicts that it supports, beside those that name it.
    pub supports: Vec<RowId>,
    /// Effects, findings and verdicts that it contradicts.
    pub contradicts: Vec<RowId>,
    /// Details.
    pub text: Option<String>,
    /// Sources and origin.
    pub provenance: Provenance,
    /// What identifies it.
    #[serde(skip)]
    pub(crate) protected: Option<ProtectedSource>,
}

impl Evidence {
    /// The grading, `F6` where there is none.
    #[must_use]
    pub fn grading(&self) -> Admiralty {
        self.admiralty.unwrap_or(Admiralty::NOT_JUDGED)
    }

    /// Whether it may not be attributed.
    #[must_use]
    pub fn is_confidential(&self) -> bool {
        self.confidentiality == Some(Confidentiality::NotForAttribution)
    }

    /// Name, office and finer place of a source that is not for attribution.
    ///
    /// This is the one way to them; whoever calls it answers for where they go.
    #[must_use]
    pub fn disclose_protected_source(&self) -> Option<&ProtectedSource> {
        self.protected.as_ref()
    }
}

/// How sure a judgement is, by a person's decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct StatedConfidence {
    /// The level.
    pub level: Confidence,
    /// Who decided.
    pub by: String,
    /// Why, in one sentence.
    pub because: String,
}
