//! Dimension by dimension: verdicts as stated, bands as counted, and whether ranges overlap.

use serde::Serialize;

use super::{Apart, apart};
use crate::framework::Framework;
use crate::id::{DimensionId, StudyId};
use crate::scale::{Confidence, FindingKind, Role};
use crate::scoring::dimension::VerdictResult;
use crate::scoring::{Assessment, BalanceRange, Band, Count, OriginCount};

/// One dimension over the studies.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct DimensionCompared {
    /// The dimension.
    pub dimension: DimensionId,
    /// Whether it is the outcome or one that explains it.
    pub role: Role,
    /// Each study, in order.
    pub studies: Vec<DimensionOf>,
    /// Every two studies whose ranges lie apart; all others with a band overlap. How often one stands above another is
    /// not summed over dimensions.
    pub apart: Vec<Apart>,
}

/// A dimension in one study.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct DimensionOf {
    /// The study.
    pub study: StudyId,
    /// Issues that weigh: all but the neutral ones.
    pub issues: usize,
    /// The band of the count; nothing where too few issues weigh.
    pub band: Option<Band>,
    /// The balance, −1 to 1, with its range when any one issue is left out.
    pub balance: Option<BalanceRange>,
    /// The lowest confidence that the band needs.
    pub confidence: Option<Confidence>,
    /// What the report, its authors or the coder conclude, with that origin.
    pub verdict: Option<VerdictResult>,
    /// Where its findings come from.
    pub origins: Option<OriginCount>,
}

pub(super) fn of(framework: &Framework, all: &[&Assessment]) -> Vec<DimensionCompared> {
    framework
        .dimensions()
        .iter()
        .map(|dimension| {
            let studies: Vec<DimensionOf> = all.iter().map(|one| in_study(one, &dimension.id)).collect();
            // A balance of too few issues has no band, and its range says nothing.
            let ranges: Vec<_> = studies.iter().map(|one| (&one.study, one.balance.filter(|_| one.band.is_some()))).collect();
            let apart = apart(&ranges, |a: &BalanceRange, b| a.low.compare(b.high).is_gt());
            DimensionCompared { dimension: dimension.id.clone(), role: dimension.role, studies, apart }
        })
        .collect()
}

fn in_study(assessment: &Assessment, id: &DimensionId) -> DimensionOf {
    let result = assessment.dimensions().iter().find(|dimension| dimension.id == *id);
    let carried = assessment.confidence().dimensions.iter().find(|dimension| dimension.id == *id);
    let count = result.map(|result| &result.whole);
    let weighing =
        |count: &Count| -> usize { count.issues.iter().filter(|(kind, _)| **kind != FindingKind::Neutral).map(|(_, issues)| issues).sum() };
    DimensionOf {
        study: assessment.head().id.clone(),
        issues: count.map_or(0, weighing),
        band: count.and_then(|count| count.band),
        balance: count.and_then(|count| count.balance),
        confidence: carried.and_then(|dimension| dimension.carried.carries),
        verdict: result.and_then(|result| result.verdict.clone()),
        origins: assessment.origins().dimensions.iter().find(|dimension| dimension.id == *id).map(|of| of.findings.clone()),
    }
}
