//! Bounds on input: case text is data from strangers.

use super::CaseDocument;
use crate::error::ErrorKind;
use crate::problem::{Problem, Problems};

/// Bounds on what is read. All have defaults and can be set.
///
/// ```
/// use peaceops::document::Limits;
///
/// let limits = Limits { rows: 1_000, ..Limits::default() };
/// assert_eq!(limits.bytes, 64 * 1024 * 1024);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of all files of a case together; 64 MiB.
    pub bytes: u64,
    /// Rows of all tables of a case together; 200,000.
    pub rows: usize,
    /// Problems that are listed; the first 1,000. The rest are counted.
    pub problems: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 64 * 1024 * 1024, rows: 200_000, problems: 1_000 }
    }
}

impl Limits {
    /// Refuses a document with too many rows.
    pub(super) fn rows_of(&self, document: &CaseDocument) -> Result<(), Problems> {
        let found = document.rows();
        if found > self.rows {
            return Err(ErrorKind::TooLarge { what: "rows of the case", found: found as u64, max: self.rows as u64 }.into());
        }
        Ok(())
    }

    /// How many problems are looked at closely: enough to put the first of them in order.
    #[cfg(feature = "toml")]
    pub(super) fn closely(&self) -> usize {
        self.problems.saturating_mul(4).max(1_000)
    }

    /// The problems as a report; there is at least one. `more` were counted before and not kept.
    pub(super) fn gathered(&self, problems: Vec<Problem>, more: usize) -> Problems {
        Problems::gathered(problems, self.problems, more)
            .unwrap_or_else(|| ErrorKind::WrongForm { message: "the case could not be read".into() }.into())
    }
}
