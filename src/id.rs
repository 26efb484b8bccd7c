//! Slugs, a type each, so that nobody can pass a task for an instrument.

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{Error, ErrorKind};

/// Whether a text is a slug: 1 to 64 ASCII letters, digits, `-`, `_` or `.`, the first a letter or digit.
fn is_slug(text: &str) -> bool {
    let bytes = text.as_bytes();
    (1..=64).contains(&bytes.len())
        && bytes[0].is_ascii_alphanumeric()
        && bytes.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}

/// Writes the id types.
macro_rules! ids {
    ($( $(#[$doc:meta])* $name:ident : $what:literal )*) => {$(
        $(#[$doc])*
        ///
        /// A slug: 1 to 64 ASCII letters, digits, `-`, `_` or `.`, beginning with a letter or digit.
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// What it names, in words.
            pub const WHAT: &'static str = $what;

            /// Checks a slug.
            ///
            /// # Errors
            /// `invalid-id` where the text is not a slug.
            pub fn new(text: &str) -> Result<Self, Error> {
                if is_slug(text) {
                    Ok(Self(text.into()))
                } else {
                    Err(ErrorKind::InvalidId { found: text.to_owned() }.into())
                }
            }

            /// The slug.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}", self.0)
            }
        }

        impl FromStr for $name {
            type Err = Error;
            fn from_str(text: &str) -> Result<Self, Error> {
                Self::new(text)
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl From<&$name> for RowId {
            fn from(id: &$name) -> Self {
                RowId(Arc::clone(&id.0))
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                &*self.0 == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                &*self.0 == *other
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::new(&text).map_err(serde::de::Error::custom)
            }
        }
    )*};
}

ids! {
    /// Names a study.
    StudyId: "study"
    /// Names a framework.
    FrameworkId: "framework"
    /// Names a dimension of a framework.
    DimensionId: "dimension"
    /// Names a topic that effects are told of.
    TopicId: "topic"
    /// Names a mission.
    MissionId: "mission"
    /// Names a source.
    SourceId: "source"
    /// Names a region.
    RegionId: "region"
    /// Names a phase.
    PhaseId: "phase"
    /// Names a period of another scheme.
    PeriodId: "period"
    /// Names a fact.
    FactId: "fact"
    /// Names an exclusion.
    ExclusionId: "exclusion"
    /// Names a stakeholder.
    StakeholderId: "stakeholder"
    /// Names an instrument.
    InstrumentId: "instrument"
    /// Names a task.
    TaskId: "task"
    /// Names a tension.
    TensionId: "tension"
    /// Names a pool of means.
    PoolId: "pool"
    /// Names a resource row.
    ResourceId: "resource"
    /// Names a capability row.
    CapabilityId: "capability"
    /// Names an activity.
    ActivityId: "activity"
    /// Names a conflict driver.
    DriverId: "driver"
    /// Names an effect.
    EffectId: "effect"
    /// Names a finding.
    FindingId: "finding"
    /// Names a contribution claim.
    ClaimId: "claim"
    /// Names a verdict.
    VerdictId: "verdict"
    /// Names a proposition.
    PropositionId: "proposition"
    /// Names a position.
    PositionId: "position"
    /// Names an indicator.
    IndicatorId: "indicator"
    /// Names an evidence row.
    EvidenceId: "evidence"
    /// Names a dilemma.
    DilemmaId: "dilemma"
    /// Names a policy option.
    OptionId: "option"
    /// Names a dispute.
    DisputeId: "dispute"
    /// Names a row of a contributor's.
    ContributorId: "contributor"
    /// Names a heading of the report's own.
    HeadingId: "heading"
    /// Names a mapping from a file that users bring to an indicator.
    ImportId: "import"
    /// A plain slug: a substantive field, a side, a body, an issue.
    Slug: "slug"
    /// Names a row of any table.
    RowId: "row"
}
