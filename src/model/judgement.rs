//! What analysts judge: ratings of links, effects, findings and verdicts.

use serde::Serialize;

use super::evidence::StatedConfidence;
use super::provenance::Provenance;
use crate::date::When;
use crate::id::{
    DimensionId, DriverId, EffectId, EvidenceId, FindingId, PhaseId, PoolId, RegionId, RowId, Slug, StakeholderId, TaskId, TopicId,
    VerdictId,
};
use crate::scale::{Change, Contribution, FindingKind, Judgement, Level, Link, Origin, Ranged, Salience, Scale, Standing, StatedTrend};

/// A judgement with its reason and the rows that it rests on.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Statement<S> {
    /// What is judged.
    pub judgement: Judgement<S>,
    /// Why, in one sentence.
    pub because: Option<String>,
    /// The rows that it rests on.
    pub rests_on: Vec<RowId>,
    /// Flags of the coding.
    pub flags: Vec<String>,
    /// How sure it is, where a person decided.
    pub confidence: Option<StatedConfidence>,
}

/// A block of ratings: the links of tasks, or the means of pools, in phases and regions.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Rating {
    /// Tasks rated.
    pub tasks: Vec<TaskId>,
    /// Pools rated.
    pub pools: Vec<PoolId>,
    /// Phases; none means every phase.
    pub phases: Vec<PhaseId>,
    /// Regions; none means the whole area, or what is left of it.
    pub regions: Vec<RegionId>,
    /// The statement on each of the four links, in their order.
    pub links: [Option<Statement<Level>>; 4],
}

impl Rating {
    /// The statement on a link.
    #[must_use]
    pub fn link(&self, link: Link) -> Option<&Statement<Level>> {
        self.links[link.index()].as_ref()
    }

    /// The row in words: subjects, phases and regions, such as `force/P3/C`.
    #[must_use]
    pub fn label(&self) -> String {
        let subjects = self.tasks.iter().map(TaskId::as_str).chain(self.pools.iter().filter(|_| self.tasks.is_empty()).map(PoolId::as_str));
        let mut label = String::with_capacity(32);
        list(&mut label, "", subjects);
        list(&mut label, "/", self.phases.iter().map(PhaseId::as_str));
        list(&mut label, "/", self.regions.iter().map(RegionId::as_str));
        label
    }
}

/// Adds ids to a text, joined by `+`, the first after another sign.
fn list<'a>(text: &mut String, sign: &str, ids: impl Iterator<Item = &'a str>) {
    for (at, id) in ids.enumerate() {
        text.push_str(if at == 0 { sign } else { "+" });
        text.push_str(id);
    }
}

/// What an effect is on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// A topic of the framework.
    Topic(TopicId),
    /// A stakeholder's behaviour.
    Stakeholder(StakeholderId),
    /// A conflict driver.
    Driver(DriverId),
}

impl Target {
    /// The id of the topic, stakeholder or driver.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Topic(id) => id.as_str(),
            Self::Stakeholder(id) => id.as_str(),
            Self::Driver(id) => id.as_str(),
        }
    }
}

/// Observed change, counterfactual difference and contribution on one target.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Effect {
    /// Its slug.
    pub id: EffectId,
    /// What changed.
    pub title: String,
    /// What it is on.
    pub on: Target,
    /// Where.
    pub regions: Vec<RegionId>,
    /// When.
    pub when: When,
    /// Whether it is a risk that a source names, not a change seen.
    pub risk: bool,
    /// The change over the window against its start.
    pub observed: Statement<Change>,
    /// The course without the mission.
    pub without: Counterfactual,
    /// The mission's part in it.
    pub contribution: Credit,
    /// Evidence rows.
    pub evidence: Vec<EvidenceId>,
    /// How sure it is, where a person decided.
    pub confidence: Option<StatedConfidence>,
    /// Details.
    pub text: Option<String>,
    /// Sources and origin.
    pub provenance: Provenance,
}

/// What is known of the course without the mission.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Counterfactual {
    /// What is known.
    pub known: Without,
    /// What it was compared with, where that was not a world without the mission.
    pub comparator: Option<String>,
    /// Why, in one sentence.
    pub because: Option<String>,
    /// Flags of the coding: `opinion`, `forecast`.
    pub flags: Vec<String>,
}

/// The course without the mission: the stated difference, an expected change, or why neither is known.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Without {
    /// The difference between the actual course and the course without the mission.
    Difference(Ranged<Change>),
    /// The change that would have been expected.
    Expected(Ranged<Change>),
    /// Neither is known, and why.
    Unknown(String),
}

/// A mission's part in an effect, with the reason.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Credit {
    /// The grade.
    pub grade: Contribution,
    /// Why, in one sentence.
    pub because: Option<String>,
    /// Flags of the coding.
    pub flags: Vec<String>,
}

impl Effect {
    /// The difference that the mission made, stated or derived.
    ///
    /// Where a source gives both courses as levels the difference is `observed − expected`, each end
    /// against the other's opposite end, capped at ±3.
    ///
    /// Worked example: observed −1 (−2 to −1), expected −3: the difference is +2 (+1 to +2).
    #[must_use]
    pub fn difference(&self) -> Option<Ranged<Change>> {
        match &self.without.known {
            Without::Difference(difference) => Some(*difference),
            Without::Expected(expected) => Some(difference(self.observed.judgement.rated()?, *expected)),
            Without::Unknown(_) => None,
        }
    }
}

/// Actual course minus expected course, capped at ±3.
pub(crate) fn difference(observed: Ranged<Change>, expected: Ranged<Change>) -> Ranged<Change> {
    let minus = |a: Change, b: Change| Change::capped(i64::from(a.value()) - i64::from(b.value()));
    let (low, high) = (minus(observed.low(), expected.high()), minus(observed.high(), expected.low()));
    let value = minus(observed.value(), expected.value());
    Ranged::new(value, low, high).unwrap_or(Ranged::exact(Change::at(value.place())))
}

/// A strength or limitation on one dimension.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// Its slug.
    pub id: FindingId,
    /// The finding.
    pub title: String,
    /// The dimension.
    pub dimension: DimensionId,
    /// The matter it belongs to: rows of one issue count once.
    pub issue: Slug,
    /// What it is for its dimension.
    pub kind: FindingKind,
    /// Its prominence.
    pub salience: Salience,
    /// Where.
    pub regions: Vec<RegionId>,
    /// When.
    pub when: When,
    /// Who says it.
    pub said_by: Option<String>,
    /// Evidence rows.
    pub evidence: Vec<EvidenceId>,
    /// How sure it is, where a person decided.
    pub confidence: Option<StatedConfidence>,
    /// Details.
    pub text: Option<String>,
    /// Sources and origin.
    pub provenance: Provenance,
}

/// What the report, its authors or the coder conclude on a dimension.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Verdict {
    /// Its slug.
    pub id: VerdictId,
    /// The dimension.
    pub dimension: DimensionId,
    /// How the dimension stands.
    pub standing: Standing,
    /// The trend, where one is stated.
    pub trend: Option<StatedTrend>,
    /// The origin of the trend, where it differs from the verdict's.
    pub trend_origin: Option<Origin>,
    /// The verdict in words.
    pub text: String,
    /// Who anchors it.
    pub said_by: Option<String>,
    /// Sources and origin.
    pub provenance: Provenance,
}
