//! A what-if: another study, made from edited records.

use super::CaseDocument;
use super::record::*;
use crate::date::PartialDate;
use crate::error::{Error, ErrorKind};
use crate::model::CaseStudy;
use crate::problem::{Problems, nearest};

/// The records of a study, open for a change.
///
/// Made by [`CaseStudy::edit`]. Rows are looked up by id; [`Edit::document`] gives all of them.
#[derive(Debug)]
pub struct Edit {
    document: CaseDocument,
}

/// Writes the look-ups of rows by id.
macro_rules! rows {
    ($( $name:ident : $record:ident, $what:literal; )*) => {$(
        #[doc = concat!("The `[[", $what, "]]` with an id.")]
        ///
        /// # Errors
        /// `unknown-id` where no row has it.
        pub fn $name(&mut self, id: &str) -> Result<&mut $record, Error> {
            let near = nearest(id, self.document.$name.iter().map(|row| row.id.as_str()));
            let row = self.document.$name.iter_mut().find(|row| row.id == id);
            row.ok_or_else(|| ErrorKind::UnknownId { what: $what, found: id.to_owned(), near }.into())
        }
    )*};
}

impl Edit {
    rows! {
        task: TaskRecord, "task";
        instrument: InstrumentRecord, "instrument";
        resource: ResourceRecord, "resource";
        capability: CapabilityRecord, "capability";
        activity: ActivityRecord, "activity";
        driver: DriverRecord, "driver";
        effect: EffectRecord, "effect";
        finding: FindingRecord, "finding";
        claim: ClaimRecord, "claim";
        evidence: EvidenceRecord, "evidence";
        stakeholder: StakeholderRecord, "stakeholder";
        position: PositionRecord, "position";
        region: RegionRecord, "region";
        phase: PhaseRecord, "phase";
    }

    /// All records.
    pub fn document(&mut self) -> &mut CaseDocument {
        &mut self.document
    }
}

impl TaskRecord {
    /// Ends the task: it is last in force on the day before.
    ///
    /// # Errors
    /// `no-such-date` for a date that cannot be read.
    pub fn drop_on(&mut self, date: &str) -> Result<(), Error> {
        let date: PartialDate = date.parse()?;
        let last = date.first().pred_opt().unwrap_or(date.first());
        let start = self.when.split("..").next().unwrap_or_default().to_owned();
        self.when = format!("{start}..{last}");
        Ok(())
    }
}

impl CaseStudy {
    /// Another study, made from this one's records after a change; this one stays as it is.
    ///
    /// # Errors
    /// What the change itself reports, or everything that is wrong with the changed records.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), peaceops::Problems> {
    /// # let study = peaceops::CaseStudy::try_from(peaceops::CaseDocument::default())?;
    /// let without = study.edit(|case| case.task("MIN-TSK-30")?.drop_on("2019-01-01"))?;
    /// println!("{} tasks", without.tasks().len());
    /// # Ok(()) }
    /// ```
    pub fn edit(&self, change: impl FnOnce(&mut Edit) -> Result<(), Error>) -> Result<Self, Problems> {
        let mut edit = Edit { document: CaseDocument::from(self) };
        change(&mut edit)?;
        Self::try_from(edit.document)
    }
}
