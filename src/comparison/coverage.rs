//! What each study covers, and where its rows come from: read this first.

use serde::Serialize;

use crate::date::{Days, When};
use crate::id::{MissionId, PhaseId, StudyId};
use crate::scale::Origin;
use crate::scoring::relevance::EffectCoverage;
use crate::scoring::{Assessment, Bounds, Coverage, OriginCount, Origins};

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
    /// The phases that the whole is of, where some are marked; none where it is of all.
    pub main: Vec<PhaseId>,
    /// Its units.
    pub units: usize,
    /// How many persons coded it, where that is told.
    pub coders: Option<u32>,
    /// Share of weight assessed, and tasks.
    pub assessed: Coverage,
    /// The headline over all weight, links not assessed free.
    pub bounds: Option<Bounds>,
    /// Effects that count in the whole: observed, told against a course without the mission, forecast.
    pub effects: EffectCoverage,
    /// Findings, also those from outside the window, which count nowhere.
    pub findings: usize,
    /// Findings that a source dates within the window or calls current.
    pub findings_dated: usize,
    /// Positions of stakeholders, whenever they were held.
    pub positions: usize,
    /// How much of what the whole counts is of the report, its authors, outside sources and the coder.
    pub origins: Origins,
}

/// Whether at least half of the weight is of the report or its authors; nothing where nothing weighs.
///
/// Worked example: findings of weight 1 in the report, 2 by its authors elsewhere and 3 by others. A sixth and a third
/// are exactly a half, so that it does.
#[must_use]
pub fn rests_on_the_report(count: &OriginCount) -> Option<bool> {
    let [report, authors] = [Origin::Report, Origin::Authors].map(|origin| count.weight(origin));
    let [(a, b), (c, d)] = [report, authors].map(|share| (u128::from(share.part()), u128::from(share.of())));
    // a/b + c/d against a half; shares are in lowest terms, so their wholes differ
    (b > 0 && d > 0).then(|| (a * d).saturating_add(c * b).saturating_mul(2) >= b * d)
}

pub(super) fn of(assessment: &Assessment) -> StudyCoverage {
    let (study, head, congruence) = (assessment.study(), assessment.head(), assessment.congruence());
    let is_dated = |when: &When| match when {
        When::Dated(period) => period.possible(head.window).is_some(),
        When::Current => true,
        When::Mission | When::Undated | When::Outside => false,
    };
    StudyCoverage {
        study: head.id.clone(),
        title: head.title.clone(),
        missions: head.missions.clone(),
        window: head.window,
        phases: head.phases.iter().map(|(_, days)| days.len()).collect(),
        main: head.main.clone(),
        units: head.units.len(),
        coders: head.coders,
        assessed: congruence.whole.coverage,
        bounds: congruence.whole.bounds,
        effects: assessment.relevance().coverage.clone(),
        findings: study.findings().len(),
        findings_dated: study.findings().iter().filter(|finding| is_dated(&finding.when)).count(),
        positions: study.positions().len(),
        origins: assessment.origins().clone(),
    }
}
