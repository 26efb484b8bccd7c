//! A what-if: another study, made from edited records.

use super::CaseDocument;
use super::record::*;
use crate::date::{PartialDate, Period};
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
    /// Ends the task: it is last in force on the day before the first day of the date.
    ///
    /// A task that ended earlier stays as it is. Changes of the task that come later stay in the record, and hold
    /// on no day.
    ///
    /// # Errors
    /// `no-such-date` for a date that cannot be read; `never-in-force` for one on or before the first possible day of
    /// the task, which cannot be said of a task: whoever means it takes the row out of [`Edit::document`], with what
    /// names it; and what is wrong with the task's own `when`, such as `invalid-period` for `mission`. The task is
    /// then as it was.
    pub fn drop_on(&mut self, date: &str) -> Result<(), Error> {
        let date: PartialDate = date.parse()?;
        let when: Period = self.when.parse()?;
        let last = date.first().pred_opt().unwrap_or(date.first());
        if let Some(start) = when.start().filter(|start| last < start.first()) {
            let (task, start, found) = (self.id.chars().take(64).collect(), start.to_string(), date.to_string());
            return Err(ErrorKind::NeverInForce { task, start, found }.into());
        }
        if when.end().is_none_or(|end| last < end.last()) {
            self.when = Period::new(when.start(), Some(PartialDate::day(last)))?.to_string();
        }
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
