//! Where a row comes from: its sources with locators, and its origin.

use std::fmt;

use serde::Serialize;

use crate::id::SourceId;
use crate::scale::Origin;

/// A place in a source.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Cite {
    /// The source.
    pub source: SourceId,
    /// Where in it.
    pub locator: String,
}

impl fmt::Display for Cite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.source, self.locator)
    }
}

/// The sources and the origin of a row.
///
/// The origin is that of the first source cited, unless the row states another: a reading of the
/// coder's own cites the report and is not the report's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Provenance {
    /// Where the row comes from.
    pub origin: Origin,
    /// Whether the row states its origin itself.
    #[serde(skip)]
    pub(crate) stated: bool,
    /// Its sources.
    pub cites: Vec<Cite>,
}
