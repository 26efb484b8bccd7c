//! Claims that a mission contributed to an effect, and what was held against them.

use serde::Serialize;

use super::provenance::{Cite, Provenance};
use crate::id::{ClaimId, EffectId, RowId, Slug};
use crate::measure::Interval;
use crate::scale::{Clue, Condition, RivalOutcome, Scheme, TestKind};

/// That the mission contributed to an effect.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Claim {
    /// Its slug.
    pub id: ClaimId,
    /// The effect.
    pub effect: EffectId,
    /// The claim in one line.
    pub title: String,
    /// Short name.
    pub short: Option<String>,
    /// Mayne's first condition: there is a plausible theory of change.
    pub theory: ConditionStatement,
    /// The second: it was carried out as intended.
    pub implemented: ConditionStatement,
    /// The third: the chain of results occurred.
    pub chain: ConditionStatement,
    /// The fourth: other factors are accounted for.
    pub others: ConditionStatement,
    /// Rival explanations.
    pub rivals: Vec<Rival>,
    /// Process-tracing tests.
    pub tests: Vec<Test>,
    /// The probability before the tests, where the study wants it updated.
    pub prior: Option<Interval>,
    /// The words that the probability is told in.
    pub scheme: Option<Scheme>,
    /// Details.
    pub text: Option<String>,
    /// Sources and origin.
    pub provenance: Provenance,
}

impl Claim {
    /// The four conditions by name, in Mayne's order.
    #[must_use]
    pub fn conditions(&self) -> [(&'static str, &ConditionStatement); 4] {
        [("theory", &self.theory), ("implemented", &self.implemented), ("chain", &self.chain), ("others", &self.others)]
    }
}

/// How far a condition of a claim holds, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ConditionStatement {
    /// How far it holds.
    pub state: Condition,
    /// Why, in one sentence.
    pub because: String,
    /// The rows that it rests on.
    pub rests_on: Vec<RowId>,
}

/// Another explanation of the same change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Rival {
    /// The explanation.
    pub title: String,
    /// How it was tested, where somebody did.
    pub tested: Option<String>,
    /// What the test showed.
    pub outcome: Option<RivalOutcome>,
    /// Why, in one sentence.
    pub because: Option<String>,
    /// The rows that it rests on.
    pub rests_on: Vec<RowId>,
    /// Its sources.
    pub cites: Vec<Cite>,
}

/// A process-tracing test.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Test {
    /// What passing and failing it says.
    pub kind: TestKind,
    /// What one would have to see.
    pub clue: String,
    /// What became of the clue.
    pub outcome: Clue,
    /// Why, in one sentence.
    pub because: Option<String>,
    /// The package that it belongs to: dependent clues count once.
    pub package: Option<Slug>,
    /// Probability of the clue if the claim holds.
    pub sensitivity: Option<Interval>,
    /// Probability of the clue if it does not.
    pub false_positive: Option<Interval>,
    /// The rows that it rests on.
    pub rests_on: Vec<RowId>,
}
