//! The assessment: every result of one study under one method.

use std::sync::OnceLock;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::as_of::{AsOf, as_of};
use super::confidence::{Carries, ConfidenceResult, levels};
use super::congruence::{Congruence, congruence};
use super::consensus::{Consensus, consensus};
use super::contribution::{ClaimResult, contribution};
use super::dimension::{DimensionResult, dimensions};
use super::explain::{Explanation, explain};
use super::fill::{Fill, fills};
use super::gap::{Gap, gaps};
use super::mandates::{HeadingResult, Mandates, headings, mandates};
use super::method::Method;
use super::origin::{Origins, origins};
use super::plan::Plan;
use super::relevance::{Relevance, relevance};
use crate::date::Days;
use crate::error::Error;
use crate::id::{FrameworkId, MissionId, PhaseId, RegionId, StudyId};
use crate::indicator::{Course, courses};
use crate::model::{CaseStudy, LEAST_DAYS};
use crate::scale::Origin;

/// The version of the form in which an [`Assessment`] is written.
pub const SCHEMA: &str = "peaceops-assessment/1";

/// Every result of one study under one method. It owns its data.
///
/// Every number in it is this crate's layer on published findings: EPON publishes no scale and no
/// scores.
///
/// Confidence, consensus and the courses of indicators are computed when they are first asked for, and
/// when the assessment is written: nothing else rests on them.
#[derive(Clone, Debug)]
pub struct Assessment {
    head: StudyHead,
    framework: FrameworkHead,
    method: Method,
    congruence: Congruence,
    gaps: Vec<Gap>,
    fill_rates: Vec<Fill>,
    relevance: Relevance,
    dimensions: Vec<DimensionResult>,
    contribution: Vec<ClaimResult>,
    coverage: Rows,
    origins: OnceLock<Origins>,
    mandates: OnceLock<Option<Mandates>>,
    headings: OnceLock<Vec<HeadingResult>>,
    study: CaseStudy,
    /// What the results were computed on, and what is computed later.
    plan: Plan,
    confidence: OnceLock<ConfidenceResult>,
    consensus: OnceLock<Vec<Consensus>>,
    indicators: OnceLock<Vec<Course>>,
}

impl Serialize for Assessment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Written<'a> {
            schema: &'static str,
            study: &'a StudyHead,
            framework: &'a FrameworkHead,
            method: &'a Method,
            congruence: &'a Congruence,
            gaps: &'a [Gap],
            fill_rates: &'a [Fill],
            relevance: &'a Relevance,
            dimensions: &'a [DimensionResult],
            confidence: &'a ConfidenceResult,
            consensus: &'a [Consensus],
            contribution: &'a [ClaimResult],
            coverage: &'a Rows,
            indicators: &'a [Course],
            origins: &'a Origins,
            #[serde(skip_serializing_if = "Option::is_none")]
            mandates: Option<&'a Mandates>,
            #[serde(skip_serializing_if = "<[HeadingResult]>::is_empty")]
            headings: &'a [HeadingResult],
        }
        let written = Written {
            schema: SCHEMA,
            study: &self.head,
            framework: &self.framework,
            method: &self.method,
            congruence: &self.congruence,
            gaps: &self.gaps,
            fill_rates: &self.fill_rates,
            relevance: &self.relevance,
            dimensions: &self.dimensions,
            confidence: self.confidence(),
            consensus: self.consensus(),
            contribution: &self.contribution,
            coverage: &self.coverage,
            indicators: self.indicators(),
            origins: self.origins(),
            mandates: self.mandates(),
            headings: self.headings(),
        };
        written.serialize(serializer)
    }
}

/// What was assessed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StudyHead {
    /// The study.
    pub id: StudyId,
    /// Its title.
    pub title: String,
    /// Its missions.
    pub missions: Vec<MissionId>,
    /// Its window.
    pub window: Days,
    /// Its phases.
    pub phases: Vec<(PhaseId, Days)>,
    /// The phases that the whole is of, where some are marked; none where it is of all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub main: Vec<PhaseId>,
    /// Its units.
    pub units: Vec<RegionId>,
    /// How many persons coded it.
    pub coders: Option<u32>,
}

/// The framework that it was assessed under.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FrameworkHead {
    /// The framework.
    pub id: FrameworkId,
    /// Its version.
    pub version: String,
}

/// What the results rest on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rows {
    /// Rows by origin: report, authors, outside, coder.
    pub by_origin: Vec<(Origin, usize)>,
    /// Links of rating units that no row speaks of.
    pub links_not_coded: usize,
    /// Findings that no source dates.
    pub findings_undated: usize,
    /// Findings.
    pub findings: usize,
}

impl Assessment {
    pub(super) fn of(study: &CaseStudy, method: &Method) -> Self {
        let head = study.study();
        let least = i64::from(method.cells.least_days);
        let rated = study.rating_units(least);
        let plan = Plan::of(study, method, &rated);
        let links_not_coded = match least {
            LEAST_DAYS => plan.links_not_coded(),
            _ => study.links_not_coded(&study.rating_units(LEAST_DAYS)).count(),
        };
        let dated = |finding: &&crate::model::Finding| matches!(finding.when, crate::date::When::Undated | crate::date::When::Mission);
        Self {
            head: StudyHead {
                id: head.id.clone(),
                title: head.title.clone(),
                missions: head.missions.clone(),
                window: head.window,
                phases: study.phases().iter().map(|phase| (phase.id.clone(), phase.days)).collect(),
                main: study.phases().iter().filter(|phase| phase.main).map(|phase| phase.id.clone()).collect(),
                units: study.units().map(|unit| unit.id.clone()).collect(),
                coders: head.coders,
            },
            framework: FrameworkHead { id: study.framework().id().clone(), version: study.framework().version().to_owned() },
            method: method.clone(),
            congruence: congruence(study, method, &plan),
            gaps: gaps(study, method, &rated),
            fill_rates: fills(study, method),
            relevance: relevance(study, method),
            dimensions: dimensions(study, method),
            contribution: contribution(study),
            coverage: Rows {
                by_origin: study.rows_by_origin(),
                links_not_coded,
                findings_undated: study.findings().iter().filter(dated).count(),
                findings: study.findings().len(),
            },
            origins: OnceLock::new(),
            mandates: OnceLock::new(),
            headings: OnceLock::new(),
            study: study.clone(),
            plan,
            confidence: OnceLock::new(),
            consensus: OnceLock::new(),
            indicators: OnceLock::new(),
        }
    }

    /// How far mandate, means and activities match.
    #[must_use]
    pub fn congruence(&self) -> &Congruence {
        &self.congruence
    }

    /// The gaps, the firmest output: they need no rating.
    #[must_use]
    pub fn gaps(&self) -> &[Gap] {
        &self.gaps
    }

    /// The fill rates that rows allow.
    #[must_use]
    pub fn fill_rates(&self) -> &[Fill] {
        &self.fill_rates
    }

    /// What changed, what is credited to the mission, what it risks.
    #[must_use]
    pub fn relevance(&self) -> &Relevance {
        &self.relevance
    }

    /// The profile of every dimension.
    #[must_use]
    pub fn dimensions(&self) -> &[DimensionResult] {
        &self.dimensions
    }

    /// The profile of one dimension.
    #[must_use]
    pub fn dimension(&self, id: &str) -> Option<&DimensionResult> {
        self.dimensions.iter().find(|dimension| dimension.id == *id)
    }

    /// How sure every finding, effect and rating is, and what carries the headlines.
    #[must_use]
    pub fn confidence(&self) -> &ConfidenceResult {
        self.confidence.get_or_init(|| {
            let (study, method) = (&self.study, &self.method);
            let carries = Carries { study, method, plan: &self.plan, relevance: &self.relevance, dimensions: &self.dimensions };
            carries.result(levels(study, method))
        })
    }

    /// What stakeholders hold of every proposition. It never proves a contribution.
    #[must_use]
    pub fn consensus(&self) -> &[Consensus] {
        self.consensus.get_or_init(|| consensus(&self.study, &self.method))
    }

    /// How far claims of contribution may be made.
    #[must_use]
    pub fn contribution(&self) -> &[ClaimResult] {
        &self.contribution
    }

    /// What measured series did: trends and breaks, phase by phase, beside the dates of mandates.
    #[must_use]
    pub fn indicators(&self) -> &[Course] {
        self.indicators.get_or_init(|| courses(&self.study, &self.method.series))
    }

    /// How far one claim may be made.
    #[must_use]
    pub fn claim(&self, id: &str) -> Option<&ClaimResult> {
        self.contribution.iter().find(|claim| claim.id == *id)
    }

    /// What the results rest on.
    #[must_use]
    pub fn coverage(&self) -> &Rows {
        &self.coverage
    }

    /// How much of the results rests on the report, its authors, outside sources and the coder.
    ///
    /// ```no_run
    /// use peaceops::scale::Origin;
    /// use peaceops::scoring::Assessment;
    ///
    /// # let _ = outside;
    /// fn outside(assessment: &Assessment) -> usize {
    ///     assessment.origins().findings.rows(Origin::Outside)
    /// }
    /// ```
    #[must_use]
    pub fn origins(&self) -> &Origins {
        self.origins.get_or_init(|| origins(&self.study, &self.method, &self.plan))
    }

    /// What several bodies ask for; nothing where one speaks alone.
    #[must_use]
    pub fn mandates(&self) -> Option<&Mandates> {
        self.mandates.get_or_init(|| mandates(&self.study)).as_ref()
    }

    /// The headings under which the report itself orders its findings.
    #[must_use]
    pub fn headings(&self) -> &[HeadingResult] {
        self.headings.get_or_init(|| headings(&self.study))
    }

    /// The compiled study.
    pub(crate) fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The method that made it.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The study that it is of.
    #[must_use]
    pub fn study(&self) -> &CaseStudy {
        &self.study
    }

    /// What was assessed, in brief.
    #[must_use]
    pub fn head(&self) -> &StudyHead {
        &self.head
    }

    /// The framework that it is under.
    #[must_use]
    pub fn framework_head(&self) -> &FrameworkHead {
        &self.framework
    }

    /// The tree behind a row or a result, down to rows and sources.
    ///
    /// Addresses: a row's id (`MIN-TSK-30`); `congruence`, `P3`, `C`, `P3/C`, `P3/C/MIN-TSK-30`; a
    /// dimension and phase or unit (`legitimacy`, `legitimacy/P1`, `legitimacy/C`); `relevance`,
    /// `relevance/P1`, a target (`violence/C`); a gap (`mandate-lag/MIN-DRV-09/C`).
    ///
    /// # Errors
    /// `unknown-address` with the nearest one.
    pub fn explain(&self, address: &str) -> Result<Explanation, Error> {
        explain(self, address)
    }

    /// The state on a day, with the ratings of the phase that holds it; nothing outside the window.
    #[must_use]
    pub fn as_of(&self, date: NaiveDate) -> Option<AsOf> {
        as_of(&self.study, &self.method, date)
    }
}

impl CaseStudy {
    /// Assesses the study: pure, total and repeatable.
    ///
    /// ```no_run
    /// use peaceops::CaseStudy;
    /// use peaceops::scoring::Method;
    ///
    /// # let _ = headline;
    /// fn headline(study: &CaseStudy) -> String {
    ///     study.assess(&Method::default()).congruence().headline().to_string()
    /// }
    /// ```
    #[must_use]
    pub fn assess(&self, method: &Method) -> Assessment {
        Assessment::of(self, method)
    }
}
