//! Whether a dimension improves or declines from one stretch of time to the next.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::balance::{Balance, Issue};
use super::method::TrendRule;
use crate::scale::FindingKind;

/// How a dimension's count moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trend {
    /// Whichever issue is left out, it rises by at least the step.
    Improving,
    /// Whichever issue is left out, it falls by at least the step.
    Declining,
    /// Whichever issue is left out, it moves by no more than the step.
    Stable,
    /// It hangs on single issues.
    Unclear,
    /// Too few dated issues on one side.
    TooFew,
}

impl Trend {
    /// The trend in words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Improving => "improving",
            Self::Declining => "declining",
            Self::Stable => "stable",
            Self::Unclear => "unclear",
            Self::TooFew => "too few",
        }
    }
}

impl fmt::Display for Trend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The trend between two lists of dated issues, each issue once with its name
/// or number.
///
/// Rule: *improving* or *declining* where every leave-one-issue-out difference keeps its sign and is at
/// least the step (0.15), *stable* where all stay within it, else *unclear*. An issue on both sides is
/// left out of both. Both sides need three issues with weight.
///
/// Worked example: two limitations 3 and a strength 1 before (−5/7), two strengths 3 and a limitation 1
/// after (+5/7): leaving out the strength before and any after, every difference is above 0.15, so it
/// improves.
#[must_use]
pub fn trend<K: Copy + Ord>(before: &[(K, Issue)], after: &[(K, Issue)], rule: &TrendRule) -> Trend {
    let weighs = |issues: &[(K, Issue)]| issues.iter().filter(|(_, issue)| issue.kind != FindingKind::Neutral).count();
    let least = usize::from(rule.least_issues);
    if weighs(before) < least || weighs(after) < least {
        return Trend::TooFew;
    }
    let balance = |issues: &[(K, Issue)]| Balance::of(issues.iter().map(|(_, issue)| *issue));
    let (Some(all_before), Some(all_after)) = (balance(before), balance(after)) else { return Trend::Unclear };
    let (in_before, in_after): (BTreeMap<K, Issue>, BTreeMap<K, Issue>) =
        (before.iter().copied().collect(), after.iter().copied().collect());
    let without = |all: Balance, issues: &BTreeMap<K, Issue>, left_out: Option<K>| match left_out.and_then(|key| issues.get(&key)) {
        Some(issue) => all.without(*issue),
        None => Some(all),
    };
    let step = rule.step.thousandths();
    let (mut rises, mut falls, mut stays) = (true, true, true);
    for left_out in std::iter::once(None).chain(before.iter().chain(after).map(|(key, _)| Some(*key))) {
        let (a, b) = (without(all_before, &in_before, left_out), without(all_after, &in_after, left_out));
        let (Some(a), Some(b)) = (a, b) else { return Trend::Unclear };
        rises &= a.rises_to(b, step);
        falls &= b.rises_to(a, step);
        stays &= a.rises_to(b, -step) && b.rises_to(a, -step);
    }
    match (rises, falls, stays) {
        (true, false, _) => Trend::Improving,
        (false, true, _) => Trend::Declining,
        (_, _, true) => Trend::Stable,
        _ => Trend::Unclear,
    }
}
