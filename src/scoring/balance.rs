//! The balance of findings on a dimension, and its band.

use std::fmt;

use serde::{Serialize, Serializer};

use super::method::BalanceRule;
use crate::scale::FindingKind;

/// An issue: the weight of its most salient row, and its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Its kind; all its rows have the same.
    pub kind: FindingKind,
    /// Its weight in thousandths.
    pub weight: u64,
}

impl Issue {
    /// What it adds to the upper and to the lower part of a balance.
    fn adds(self) -> (i64, u64) {
        let weight = i64::try_from(self.weight).unwrap_or(i64::MAX >> 20);
        match self.kind {
            FindingKind::Strength => (weight, self.weight),
            FindingKind::Limitation => (-weight, self.weight),
            FindingKind::Mixed => (0, self.weight),
            FindingKind::Neutral => (0, 0),
        }
    }
}

/// A balance in [−1, 1], held exactly.
///
/// Formula: balance = (strengths − limitations) / (strengths + limitations + mixed), in weights by
/// salience, each issue once with the highest salience among its rows. *Mixed* weighs in the
/// denominator alone, *neutral* nowhere.
///
/// Source: this crate's own count over EPON's findings. EPON gives verdicts, not scores; where a
/// report states one it leads, and the count is told beside it.
///
/// Worked example: strengths 3 and 2, a limitation 3, a mixed issue 2: (5 − 3) / 10 = 0.2.
///
/// ```
/// use peaceops::scale::FindingKind::{Limitation, Mixed, Strength};
/// use peaceops::scoring::balance::{Balance, Issue};
///
/// let issue = |kind, weight: u64| Issue { kind, weight: weight * 1000 };
/// let balance = Balance::of([issue(Strength, 3), issue(Strength, 2), issue(Limitation, 3), issue(Mixed, 2)].into_iter());
/// assert_eq!(balance.map(|b| b.to_string()).as_deref(), Some("+0.20"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Balance {
    part: i64,
    of: u64,
}

impl Balance {
    /// The balance of some issues; nothing where they have no weight.
    #[must_use]
    pub fn of(issues: impl Iterator<Item = Issue>) -> Option<Self> {
        let sum = issues.fold(Self { part: 0, of: 0 }, |sum, issue| {
            let (part, of) = issue.adds();
            Self { part: sum.part + part, of: sum.of + of }
        });
        (sum.of > 0).then_some(sum)
    }

    /// A balance of sums of weights; nothing where they have none.
    #[cfg(feature = "monte-carlo")]
    pub(crate) fn from_parts(part: i64, of: u64) -> Option<Self> {
        (of > 0).then_some(Self { part, of })
    }

    /// The balance without an issue that is in it; nothing where no other has weight.
    pub(super) fn without(self, issue: Issue) -> Option<Self> {
        let (part, of) = issue.adds();
        (self.of > of).then(|| Self { part: self.part - part, of: self.of - of })
    }

    /// The balance as a number.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "weights of a study stay far under 2^53")]
    pub fn value(self) -> f64 {
        self.part as f64 / self.of as f64
    }

    /// Whether it is at or above so many thousandths.
    #[must_use]
    pub fn is_at_least(self, thousandths: i64) -> bool {
        i128::from(self.part) * 1000 >= i128::from(thousandths) * i128::from(self.of)
    }

    /// Whether it is at or below so many thousandths.
    #[must_use]
    pub fn is_at_most(self, thousandths: i64) -> bool {
        i128::from(self.part) * 1000 <= i128::from(thousandths) * i128::from(self.of)
    }

    /// Whether another balance is above this one by at least so many thousandths.
    pub(super) fn rises_to(self, other: Self, thousandths: i64) -> bool {
        let difference = i128::from(other.part) * i128::from(self.of) - i128::from(self.part) * i128::from(other.of);
        difference * 1000 >= i128::from(thousandths) * i128::from(self.of) * i128::from(other.of)
    }

    /// Compares two balances exactly.
    #[must_use]
    pub fn compare(self, other: Self) -> std::cmp::Ordering {
        (i128::from(self.part) * i128::from(other.of)).cmp(&(i128::from(other.part) * i128::from(self.of)))
    }

    /// Its band.
    #[must_use]
    pub fn band(self, rule: &BalanceRule) -> Band {
        let (plain, strong) = (rule.plain.thousandths(), rule.strong.thousandths());
        if self.is_at_most(-strong) {
            Band::StronglyConstraining
        } else if self.is_at_most(-plain) {
            Band::Constraining
        } else if self.is_at_least(strong) {
            Band::StronglyEnabling
        } else if self.is_at_least(plain) {
            Band::Enabling
        } else {
            Band::Mixed
        }
    }
}

/// The band of some issues, each once; nothing where fewer weigh than a band needs.
pub(super) fn band_of(issues: impl Iterator<Item = Issue> + Clone, rule: &BalanceRule) -> Option<Band> {
    let weighing = issues.filter(|issue| issue.kind != FindingKind::Neutral);
    let enough = weighing.clone().count() >= usize::from(rule.least_issues);
    Balance::of(weighing).filter(|_| enough).map(|balance| balance.band(rule))
}

impl fmt::Display for Balance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:+.2}", self.value() + 0.0)
    }
}

impl Serialize for Balance {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.value())
    }
}

/// What a balance is told as.
///
/// The cut-points are conventions of the method: ±0.15 and ±0.5, both inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Band {
    /// At or under −0.5.
    StronglyConstraining,
    /// At or under −0.15.
    Constraining,
    /// Between.
    Mixed,
    /// At or above 0.15.
    Enabling,
    /// At or above 0.5.
    StronglyEnabling,
}

impl Band {
    /// The band in words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::StronglyConstraining => "strongly constraining",
            Self::Constraining => "constraining",
            Self::Mixed => "mixed",
            Self::Enabling => "enabling",
            Self::StronglyEnabling => "strongly enabling",
        }
    }
}

impl fmt::Display for Band {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A balance with the range that it takes when any one issue is left out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct BalanceRange {
    /// The balance of all issues.
    pub value: Balance,
    /// The lowest with one issue left out.
    pub low: Balance,
    /// The highest with one issue left out.
    pub high: Balance,
}

/// The balance of some issues with its leave-one-issue-out range; with a single issue it has none.
#[must_use]
pub fn range(issues: &[Issue]) -> Option<BalanceRange> {
    let value = Balance::of(issues.iter().copied())?;
    let others: Vec<Balance> = issues.iter().filter_map(|issue| value.without(*issue)).collect();
    let low = others.iter().copied().fold(value, |low, b| if b.compare(low).is_lt() { b } else { low });
    let high = others.iter().copied().fold(value, |high, b| if b.compare(high).is_gt() { b } else { high });
    Some(BalanceRange { value, low, high })
}
