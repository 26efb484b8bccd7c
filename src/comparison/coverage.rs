//! What each study covers, and where its rows come from: read this first.

use serde::Serialize;

use crate::date::{Days, When};
use crate::id::{MissionId, StudyId};
use crate::model::{CaseStudy, Rating};
use crate::scale::{Link, Origin};
use crate::scoring::relevance::EffectCoverage;
use crate::scoring::{Assessment, Bounds, Coverage};

/// What a study covers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct StudyCoverage {
    /// The study.
    pub study: StudyId,
    /// Its title.
    pub title: String,
    /// Its missions.
    pub missions: Vec<MissionId>,
    /// Its window.
    pub window: Days,
    /// Days of each phase.
    pub phases: Vec<i64>,
    /// Its units.
    pub units: usize,
    /// How many persons coded it, where that is told.
    pub coders: Option<u32>,
    /// Share of weight assessed, and tasks.
    pub assessed: Coverage,
    /// The headline over all weight, links not assessed free.
    pub bounds: Option<Bounds>,
    /// Effects: observed, told against a course without the mission, forecast.
    pub effects: EffectCoverage,
    /// Findings.
    pub findings: usize,
    /// Findings that a source dates to a part of the mission.
    pub findings_dated: usize,
    /// Positions of stakeholders.
    pub positions: usize,
    /// Where what counts comes from.
    pub origins: Origins,
}

/// Where what counts comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Origins {
    /// Blocks of ratings, by the rows that they rest on: the origin of most of them; of several as frequent, the one
    /// farthest from the report.
    pub ratings: ByOrigin,
    /// Effects and risks.
    pub effects: ByOrigin,
    /// Findings.
    pub findings: ByOrigin,
    /// Positions.
    pub positions: ByOrigin,
}

/// Rows by origin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ByOrigin {
    /// Of the report itself.
    pub report: usize,
    /// Of its authors elsewhere.
    pub authors: usize,
    /// Of an outside source.
    pub outside: usize,
    /// The coder's own.
    pub coder: usize,
    /// Resting on no row with an origin.
    pub not_told: usize,
}

impl ByOrigin {
    fn count(origins: impl Iterator<Item = Option<Origin>>) -> Self {
        let mut all = Self::default();
        for origin in origins {
            *match origin {
                Some(Origin::Report) => &mut all.report,
                Some(Origin::Authors) => &mut all.authors,
                Some(Origin::Outside) => &mut all.outside,
                Some(Origin::Coder) => &mut all.coder,
                None => &mut all.not_told,
            } += 1;
        }
        all
    }

    /// All of them.
    #[must_use]
    pub fn all(self) -> usize {
        self.report + self.authors + self.outside + self.coder + self.not_told
    }

    /// Whether at least half are of the report or its authors; nothing where there are none.
    #[must_use]
    pub fn rests_on_the_report(self) -> Option<bool> {
        (self.all() > 0).then(|| (self.report + self.authors) * 2 >= self.all())
    }
}

/// The origin of most of the rows that a block rests on.
fn of_block(study: &CaseStudy, rating: &Rating) -> Option<Origin> {
    let rows = Link::ALL.iter().filter_map(|link| rating.link(*link)).flat_map(|statement| &statement.rests_on);
    let mut counts = [0usize; Origin::ALL.len()];
    for origin in rows.filter_map(|row| Some(study.row(row.as_str())?.provenance()?.origin)) {
        counts[origin as usize] += 1;
    }
    Origin::ALL.iter().copied().filter(|origin| counts[*origin as usize] > 0).max_by_key(|origin| counts[*origin as usize])
}

pub(super) fn of(assessment: &Assessment) -> StudyCoverage {
    let (study, head, congruence) = (assessment.study(), assessment.head(), assessment.congruence());
    let dated = study.findings().iter().filter(|finding| !matches!(finding.when, When::Undated | When::Mission));
    StudyCoverage {
        study: head.id.clone(),
        title: head.title.clone(),
        missions: head.missions.clone(),
        window: head.window,
        phases: head.phases.iter().map(|(_, days)| days.len()).collect(),
        units: head.units.len(),
        coders: head.coders,
        assessed: congruence.whole.coverage,
        bounds: congruence.whole.bounds,
        effects: assessment.relevance().coverage.clone(),
        findings: study.findings().len(),
        findings_dated: dated.count(),
        positions: study.positions().len(),
        origins: Origins {
            ratings: ByOrigin::count(study.ratings().iter().map(|rating| of_block(study, rating))),
            effects: ByOrigin::count(study.effects().iter().map(|row| Some(row.provenance.origin))),
            findings: ByOrigin::count(study.findings().iter().map(|row| Some(row.provenance.origin))),
            positions: ByOrigin::count(study.positions().iter().map(|row| Some(row.provenance.origin))),
        },
    }
}
