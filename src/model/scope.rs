//! What the whole is of: main phases and the tasks of the studied missions; and what stands beside it.

use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

use super::means::Contributor;
use super::provenance::Provenance;
use super::{CaseStudy, Mission, Study, Task};
use crate::date::When;
use crate::id::{ContributorId, DimensionId, HeadingId, MissionId, RegionId, Slug};

/// A heading under which the report itself orders its findings, and what it corresponds to.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Heading {
    /// Its slug.
    pub id: HeadingId,
    /// The heading.
    pub title: String,
    /// Dimensions of the framework that it corresponds to.
    pub dimensions: Vec<DimensionId>,
    /// Substantive fields of tasks that it corresponds to.
    pub fields: Vec<Slug>,
    /// Details.
    pub text: Option<String>,
    /// Sources and origin.
    pub provenance: Provenance,
}

/// Who held a sector on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Holding {
    /// The row.
    pub contributor: ContributorId,
    /// The state.
    pub name: String,
    /// The sector.
    pub regions: Vec<RegionId>,
    /// Whether it surely did: partial dates may leave that open.
    pub surely: bool,
}

impl Study {
    /// Whether a task is one of the studied missions'.
    pub(crate) fn asks_for(&self, task: &Task) -> bool {
        self.is_of(task.mission.as_ref())
    }

    /// Whether a row is of the studied missions: one that names no mission is.
    pub(crate) fn is_of(&self, mission: Option<&MissionId>) -> bool {
        mission.is_none_or(|mission| self.missions.contains(mission))
    }
}

impl CaseStudy {
    /// Whether a phase, by its place, is one that the whole is of: every phase is where none is marked.
    #[must_use]
    pub fn is_main(&self, phase: usize) -> bool {
        !self.has_main_phases() || self.phases().get(phase).is_some_and(|phase| phase.main)
    }

    /// Whether the study marks some of its phases as those that the whole is of.
    #[must_use]
    pub fn has_main_phases(&self) -> bool {
        self.phases().iter().any(|phase| phase.main)
    }

    /// Whether a task is one of the studied missions'.
    ///
    /// Tasks of other missions, such as an office that supports the studied one, are listed and have no
    /// part in any result: no cells, no gaps, and they meet no driver.
    #[must_use]
    pub fn is_studied(&self, task: &Task) -> bool {
        self.study().asks_for(task)
    }

    /// The missions that only support others.
    pub fn supporters(&self) -> impl Iterator<Item = &Mission> {
        self.missions().iter().filter(|mission| !mission.supports.is_empty())
    }

    /// Who held which sector on a day, in the order of the rows.
    ///
    /// Rows of the whole mission period hold on every day of the window; undated rows on none.
    #[must_use]
    pub fn contributors_on(&self, day: NaiveDate) -> Vec<Holding> {
        let window = self.study().window;
        let held = |row: &Contributor| match row.when? {
            When::Dated(period) => {
                let possible = period.start().is_none_or(|start| start.first() <= day) && period.end().is_none_or(|end| day <= end.last());
                let surely = period.start().is_none_or(|start| start.last() <= day) && period.end().is_none_or(|end| day <= end.first());
                possible.then_some(surely)
            }
            When::Mission => window.contains(day).then_some(true),
            When::Current => self.current_phase().is_some_and(|phase| self.phases()[phase].days.contains(day)).then_some(false),
            When::Undated | When::Outside => None,
        };
        let holding = |row: &Contributor| {
            let surely = held(row)?;
            Some(Holding { contributor: row.id.clone(), name: row.name.clone(), regions: row.regions.clone(), surely })
        };
        self.contributors().iter().filter_map(holding).collect()
    }

    /// The contributors whose sector lies in a region, holds it, or is it; in the order of the rows.
    pub fn contributors_in<'a>(&'a self, region: &'a RegionId) -> impl Iterator<Item = &'a Contributor> {
        let there = move |sector: &RegionId| sector == region || self.lies_in(sector, region) || self.lies_in(region, sector);
        self.contributors().iter().filter(move |row| row.regions.iter().any(there))
    }
}

impl fmt::Display for Contributor {
    /// Who, and how many where that is told: `Uganda: troops 4000`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        let mut sign = ": ";
        for (category, quantity) in &self.amount {
            write!(f, "{sign}{category} {quantity}")?;
            sign = ", ";
        }
        Ok(())
    }
}
