//! How often one study stands above another, from joint draws of all.
//!
//! Exact answers come first: where the whole range of one headline lies above that of the other
//! ([`Apart`](super::Apart)), no draw says otherwise. Draws add how often it comes out where ranges overlap.

use serde::{Serialize, Serializer};

use super::check;
use crate::error::Error;
use crate::id::{DimensionId, StudyId};
use crate::scoring::{Assessment, DrawRule};
use crate::uncertainty::draws::joint::{Joint, Stood};
use crate::uncertainty::draws::standard_error;

/// How often one study stands above another over joint draws: in the headline of its congruence, and in the band of each
/// dimension where the weights of salience are drawn.
///
/// In one draw all studies have the same choices of the method ([`DrawRule`]): how links make a cell, how cells make a
/// headline, what tiers and saliences weigh. What is open in the method is one doubt, and not one for each study. Ratings
/// are drawn for each study alone, from random numbers of its own. These follow from the seed and the study's id: two
/// studies stand to each other as they do whatever else is compared, and in whatever order. They are not the numbers of
/// [`Draws`](crate::uncertainty::Draws), so that shares agree with its results within their errors, not to the draw.
///
/// **Misleads** where one doubt stands behind both studies. A habit of the one coder of both, or a source that both rest
/// on, moves them together; here their ratings move apart, and what they share is not in the result. All probabilities
/// are conventions of the method: no source gives them. And a headline that stands above another is of other tasks,
/// under another mandate.
///
/// A draw tells of two studies only where both have a headline: one that is unknown stands neither above nor
/// below, and not at a half either. There is no rank and no total over dimensions.
///
/// Formula: P(above) = draws in which the first stands above / draws in which both have a headline, and likewise for the
/// same and below.
///
/// Source: Lahdelma and Salminen, "SMAA-2: stochastic multicriteria acceptability analysis for group decision making",
/// *Operations Research* 49 (2001), 444–454, for shares of joint draws of weights and values; the ranks that it goes on to
/// are left out.
///
/// Worked example: one study has a single task, whose activities are partial and may be marginal; the stated level keeps
/// 0.7. The other has one at partial, without doubt. The first is never above, the same in 0.7 of all draws, and
/// below in 0.3.
///
/// ```
/// use peaceops::comparison::chances::Chances;
/// use peaceops::scoring::Method;
/// # use peaceops::{CaseDocument, CaseStudy};
/// # use peaceops::document::record::*;
/// # fn study(id: &str, low: &str) -> CaseStudy {
/// #     let text = |text: &str| text.to_string();
/// #     let rated = |level: &str, low: &str| Some(JudgementRecord {
/// #         level: Some(text(level)), low: Some(text(low)), because: Some(text("as told")), ..Default::default()
/// #     });
/// #     let case = CaseDocument {
/// #         study: Some(StudyRecord {
/// #             id: text(id), title: text("An example"), framework: text("epon-2019"), missions: vec![text("unx")],
/// #             when: text("2013..2014"), area: text("land"), ..Default::default()
/// #         }),
/// #         mission: vec![MissionRecord {
/// #             id: text("unx"), name: text("UN Mission in X"), host: text("X"), authorised_by: vec![text("un-sc")],
/// #             when: text("2013.."), origin: Some(text("coder")), ..Default::default()
/// #         }],
/// #         region: vec![RegionRecord { id: text("land"), name: text("X"), unit: true, ..Default::default() }],
/// #         phase: vec![PhaseRecord { id: text("P1"), when: text("2013-01-01..2014-12-31"), ..Default::default() }],
/// #         task: vec![TaskRecord {
/// #             id: text("protect"), title: text("Protect civilians"), short: text("Protect civilians"),
/// #             field: text("protection"), when: text("2013.."), by: Some(text("practice")), tier: text("core"),
/// #             r#where: vec![text("land")], origin: Some(text("coder")), ..Default::default()
/// #         }],
/// #         rating: vec![RatingRecord {
/// #             task: "protect".into(), mandate: rated("full", "full"), resources: rated("full", "full"),
/// #             capabilities: rated("full", "full"), activities: rated("partial", low), ..Default::default()
/// #         }],
/// #         ..Default::default()
/// #     };
/// #     CaseStudy::try_from(case).unwrap()
/// # }
/// # let (doubtful, sure) = (study("doubtful", "marginal"), study("sure", "partial"));
///
/// let [one, other] = [&doubtful, &sure].map(|study| study.assess(&Method::default()));
/// let chances = Chances::of([&one, &other])?;
/// let chance = &chances.congruence[0];
/// assert_eq!((chance.above, chance.both), (0, 10_000));
/// let (below, error) = chance.share_below().unwrap_or_default();
/// assert!((below - 0.3).abs() < 4.0 * error && error < 0.005);
/// # Ok::<(), peaceops::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Chances {
    /// The rule by which was drawn, with the seed: that of the one method.
    pub rule: DrawRule,
    /// How many draws there are: fewer than the rule asks for only where its target error was reached.
    pub draws: u64,
    /// The headlines of congruence, each study with each later one.
    pub congruence: Vec<Chance>,
    /// The bands of dimensions, in the order of the framework; none where the weights of salience are not drawn, since
    /// nothing else moves a band. Findings are not drawn: a share of 1 says that no weight turns it, and no more. What a
    /// single issue turns is told by the ranges in [`dimensions`](super::dimensions).
    pub dimensions: Vec<DimensionChances>,
}

/// A dimension over joint draws.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct DimensionChances {
    /// The dimension.
    pub dimension: DimensionId,
    /// Each study with each later one.
    pub chances: Vec<Chance>,
}

/// How often one study stands above another.
///
/// It is written with its counts, and its shares by name: `"shares": {"status": "known", "above": {"share": …, "error":
/// …}, …}`, or `{"status": "unknown"}` where both never have what is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Chance {
    /// The study that was given first.
    pub one: StudyId,
    /// The other.
    pub other: StudyId,
    /// Draws in which the first stands above the other.
    pub above: u64,
    /// Draws in which both are the same.
    pub same: u64,
    /// Draws in which the first stands below the other.
    pub below: u64,
    /// Draws in which both have what is compared: these three together.
    pub both: u64,
}

impl Chances {
    /// Draws assessed studies together, by the rule of their method.
    ///
    /// # Errors
    /// `not-comparable`, as [`Comparison::of`](super::Comparison::of); `out-of-range` and
    /// `not-positive`, as [`Draws::of`](crate::uncertainty::Draws::of).
    pub fn of<'a>(assessments: impl IntoIterator<Item = &'a Assessment>) -> Result<Self, Error> {
        let all: Vec<&Assessment> = assessments.into_iter().collect();
        check(&all)?;
        let result = Joint::of(&all)?.run();
        let chances = |counts: Vec<Stood>| -> Vec<Chance> {
            let ids = all.iter().map(|assessment| &assessment.head().id);
            let pairs = ids.clone().enumerate().flat_map(|(at, one)| ids.clone().skip(at + 1).map(move |other| (one, other)));
            pairs.zip(counts).map(|((one, other), stood)| Chance::of(one, other, stood)).collect()
        };
        let of_dimension = |(dimension, counts)| DimensionChances { dimension, chances: chances(counts) };
        Ok(Self {
            rule: all[0].method().draws.clone(),
            draws: result.draws,
            dimensions: result.dimensions.into_iter().map(of_dimension).collect(),
            congruence: chances(result.congruence),
        })
    }
}

impl Chance {
    fn of(one: &StudyId, other: &StudyId, stood: Stood) -> Self {
        let Stood { above, same, below } = stood;
        Self { one: one.clone(), other: other.clone(), above, same, below, both: stood.both() }
    }

    /// The share of draws in which the first stands above the other, 0 to 1, with its [`standard_error`]; nothing where
    /// both never have what is compared.
    #[must_use]
    pub fn share_above(&self) -> Option<(f64, f64)> {
        self.share(self.above)
    }

    /// The share of draws in which both are the same, likewise.
    #[must_use]
    pub fn share_same(&self) -> Option<(f64, f64)> {
        self.share(self.same)
    }

    /// The share of draws in which the first stands below the other, likewise.
    #[must_use]
    pub fn share_below(&self) -> Option<(f64, f64)> {
        self.share(self.below)
    }

    #[allow(clippy::cast_precision_loss, reason = "counts of draws stay under 2^53")]
    fn share(&self, count: u64) -> Option<(f64, f64)> {
        Some((count as f64 / self.both as f64, standard_error(count, self.both)?))
    }
}

impl Serialize for Chance {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Share {
            share: f64,
            error: f64,
        }
        #[derive(Serialize)]
        #[serde(tag = "status", rename_all = "kebab-case")]
        enum Shares {
            Known { above: Share, same: Share, below: Share },
            Unknown,
        }
        #[derive(Serialize)]
        struct Row<'a> {
            one: &'a StudyId,
            other: &'a StudyId,
            above: u64,
            same: u64,
            below: u64,
            both: u64,
            shares: Shares,
        }
        let named = |(share, error)| Share { share, error };
        let shares = match (self.share_above(), self.share_same(), self.share_below()) {
            (Some(above), Some(same), Some(below)) => Shares::Known { above: named(above), same: named(same), below: named(below) },
            _ => Shares::Unknown,
        };
        let Self { one, other, above, same, below, both } = self;
        Row { one, other, above: *above, same: *same, below: *below, both: *both, shares }.serialize(serializer)
    }
}
