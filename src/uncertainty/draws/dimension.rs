//! The bands of dimensions while the weights of salience move.

use std::collections::HashMap;

use serde::Serialize;

use crate::id::{DimensionId, FindingId, PhaseId};
use crate::model::CaseStudy;
use crate::scale::{FindingKind, Salience};
use crate::scoring::balance::Balance;
use crate::scoring::dimension::Count;
use crate::scoring::{Assessment, BalanceRule, Band};

/// A dimension over draws of the weights of salience: an issue keeps its salience, which weighs more or less.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DimensionDraws {
    /// The dimension.
    pub id: DimensionId,
    /// The whole.
    pub whole: BandDraws,
    /// Each phase.
    pub by_phase: Vec<(PhaseId, BandDraws)>,
}

/// A count of findings over draws.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BandDraws {
    /// The band as assessed; nothing where too few issues weigh.
    pub band: Option<Band>,
    /// Draws in each band, the most constraining first; all 0 without a band.
    pub bands: [u64; 5],
}

/// Issues of a count by salience: strengths less limitations, and all that weigh.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::uncertainty) struct Issues {
    balance: [i64; 3],
    all: [u64; 3],
    band: Option<Band>,
}

/// What is counted of dimensions: for each its whole, then its phases.
#[derive(Debug)]
pub(super) struct Dimensions {
    of: Vec<Vec<Issues>>,
    weights: [u64; 3],
    rule: BalanceRule,
}

impl Dimensions {
    pub(super) fn of(assessment: &Assessment) -> Self {
        let (study, rule) = (assessment.study(), &assessment.method().balance);
        let counts = |count: &Count| Issues::of(study, &count.findings, count.band, rule);
        let of = assessment.dimensions().iter().map(|dimension| {
            let mut list = vec![counts(&dimension.whole)];
            list.extend(dimension.by_phase.iter().map(|phase| counts(&phase.count)));
            list
        });
        let weights = [Salience::Minor, Salience::Moderate, Salience::Major].map(|salience| rule.weight(salience).thousandths());
        Self { of: of.collect(), weights, rule: rule.clone() }
    }

    /// How many counts there are.
    pub(super) fn counts(&self) -> usize {
        self.of.iter().map(Vec::len).sum()
    }

    /// Adds a draw, given by how much each salience weighs more or less, to one place per count.
    pub(super) fn add(&self, times: [u64; 3], counts: &mut [[u64; 5]]) {
        let weights = self.weights(times);
        for (issues, count) in self.of.iter().flatten().zip(counts) {
            if let Some(band) = self.band(issues, weights) {
                count[band as usize] += 1;
            }
        }
    }

    /// The band of a dimension's whole in a draw, by its place.
    pub(super) fn whole(&self, place: usize, times: [u64; 3]) -> Option<Band> {
        self.band(self.of.get(place)?.first()?, self.weights(times))
    }

    fn weights(&self, times: [u64; 3]) -> [u64; 3] {
        std::array::from_fn(|at| self.weights[at].saturating_mul(times[at]))
    }

    /// Nothing where too few issues weigh.
    fn band(&self, issues: &Issues, weights: [u64; 3]) -> Option<Band> {
        issues.band?;
        let sum = |of: &dyn Fn(usize) -> i64| (0..3).map(of).fold(0, i64::saturating_add);
        let signed = |weight: u64| i64::try_from(weight).unwrap_or(i64::MAX);
        let part = sum(&|at| issues.balance[at].saturating_mul(signed(weights[at])));
        let all = sum(&|at| signed(issues.all[at]).saturating_mul(signed(weights[at])));
        Balance::from_parts(part, all.unsigned_abs()).map(|balance| balance.band(&self.rule))
    }

    pub(super) fn results(&self, assessed: &[(DimensionId, Vec<PhaseId>)], counts: &[[u64; 5]]) -> Vec<DimensionDraws> {
        let mut counts = counts.iter();
        let mut next = |issues: &Issues| BandDraws { band: issues.band, bands: counts.next().copied().unwrap_or_default() };
        let mut results = Vec::with_capacity(self.of.len());
        for ((id, phases), list) in assessed.iter().zip(&self.of) {
            let mut draws = list.iter().map(&mut next);
            let whole = draws.next().unwrap_or(BandDraws { band: None, bands: [0; 5] });
            results.push(DimensionDraws { id: id.clone(), whole, by_phase: phases.iter().cloned().zip(draws).collect() });
        }
        results
    }
}

impl Issues {
    /// Each issue once, with the salience that weighs most among its rows: the highest, where weights rise with it.
    pub(in crate::uncertainty) fn of(study: &CaseStudy, findings: &[FindingId], band: Option<Band>, rule: &BalanceRule) -> Self {
        let weighs = |salience: &Salience| (rule.weight(*salience), *salience);
        let mut by_issue: HashMap<&str, (FindingKind, Salience)> = HashMap::new();
        for row in findings.iter().filter_map(|id| study.finding(id)) {
            let issue = by_issue.entry(row.issue.as_str()).or_insert((row.kind, row.salience));
            issue.1 = std::cmp::max_by_key(issue.1, row.salience, weighs);
        }
        let mut issues = Self { band, ..Self::default() };
        for (kind, salience) in by_issue.values() {
            let at = *salience as usize;
            match kind {
                FindingKind::Strength => issues.balance[at] += 1,
                FindingKind::Limitation => issues.balance[at] -= 1,
                FindingKind::Mixed => {}
                FindingKind::Neutral => continue,
            }
            issues.all[at] += 1;
        }
        issues
    }

    /// The balance under some weights of saliences; nothing where no issue weighs.
    #[allow(clippy::cast_precision_loss, reason = "there are few issues")]
    pub(in crate::uncertainty) fn value(&self, weights: [f64; 3]) -> Option<f64> {
        let part: f64 = self.balance.iter().zip(weights).map(|(count, weight)| *count as f64 * weight).sum();
        let all: f64 = self.all.iter().zip(weights).map(|(count, weight)| *count as f64 * weight).sum();
        (all > 0.0).then(|| part / all)
    }
}
