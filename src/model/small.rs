//! Small groups: whoever could be recognised is shown by the side only.

use std::fmt;

use serde::Serialize;

use super::{CaseStudy, Position, Stakeholder};
use crate::id::{Slug, StakeholderId};

/// Persons under whom a group is never shown alone, where a study says nothing else.
const LEAST_HEADS: u32 = 5;

/// A group as it may be shown: by itself, or folded into its side where it is too small.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shown {
    /// The group itself.
    Group(StakeholderId),
    /// A group of fewer persons than the study shows alone: its side, if it has one.
    FoldedInto(Option<Slug>),
    /// A single person of a side, who is counted and never described.
    OnePerson(Option<Slug>),
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Group(id) => write!(f, "{id}"),
            Self::FoldedInto(Some(side)) => write!(f, "a small group of the side {side}"),
            Self::FoldedInto(None) => f.write_str("a small group"),
            Self::OnePerson(Some(side)) => write!(f, "a single person of the side {side}"),
            Self::OnePerson(None) => f.write_str("a single person"),
        }
    }
}

impl CaseStudy {
    /// Groups of fewer persons are never shown alone: the study's threshold, 5 where it gives none.
    #[must_use]
    pub fn least_heads(&self) -> u32 {
        self.study().least_heads.unwrap_or(LEAST_HEADS)
    }

    /// Whether a group is known by fewer persons than may be shown alone.
    ///
    /// Institutions and groups of an unknown number of persons are not small.
    #[must_use]
    pub fn is_small(&self, group: &Stakeholder) -> bool {
        group.individual || group.heads.is_some_and(|heads| heads < self.least_heads())
    }

    /// Whoever holds a position, as it may be shown.
    #[must_use]
    pub fn shown_holder(&self, position: &Position) -> Shown {
        match self.stakeholder(&position.group) {
            Some(row) if position.is_individual() => Shown::OnePerson(row.side.clone()),
            _ => self.shown(&position.group),
        }
    }

    /// A group as it may be shown.
    #[must_use]
    pub fn shown(&self, group: &StakeholderId) -> Shown {
        match self.stakeholder(group) {
            Some(row) if self.is_small(row) => Shown::FoldedInto(row.side.clone()),
            _ => Shown::Group(group.clone()),
        }
    }
}
