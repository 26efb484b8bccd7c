//! How far a claim may be made that the mission contributed to an effect.
//!
//! A claim is as strong as the weakest of Mayne's four conditions; a test that it had to pass and failed
//! blocks it, whatever else speaks for it; without a rival that somebody tested it is at most plausible.
//! What stakeholders agree on never enters: consensus is not causation.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Serialize, Serializer};

use super::probability::Word;
use super::tracing;
use crate::id::{ClaimId, EffectId};
use crate::measure::Interval;
use crate::model::{CaseStudy, Claim, Test};
use crate::scale::{Clue, Condition, RivalOutcome, Scheme, Strength, TestKind};

/// How far a claim may be made, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClaimResult {
    /// The claim.
    pub id: ClaimId,
    /// The effect that it is on.
    pub effect: EffectId,
    /// How far it may be made.
    pub strength: Strength,
    /// What sets it.
    pub because: Vec<Ground>,
    /// Rivals recorded.
    pub rivals: usize,
    /// Rivals that somebody tested.
    pub rivals_tested: usize,
    /// Tests by what became of them, dependent clues counted once.
    pub tests: TestCount,
    /// The probability after the tests, where the claim states one before them.
    pub posterior: Option<Posterior>,
}

/// Tests, each package once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TestCount {
    /// Found.
    pub found: usize,
    /// Looked for and not there.
    pub absent: usize,
    /// A package of which some clues were found and others not.
    pub mixed: usize,
    /// Nobody looked.
    pub not_looked_for: usize,
}

/// What sets the strength of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ground {
    /// A test that the claim had to pass was failed.
    Failed {
        /// The kind of test.
        kind: TestKind,
        /// The clue that was not there.
        clue: String,
    },
    /// A condition is not met in full.
    Condition {
        /// The condition.
        name: &'static str,
        /// How far it holds.
        state: Condition,
    },
    /// A rival was tested and explains all or part of the change, so that the fourth condition cannot hold in full.
    Rival {
        /// The rival.
        title: String,
        /// What its test showed.
        outcome: RivalOutcome,
    },
    /// No rival was tested.
    NoTestedRival,
    /// Nothing holds it down.
    AllMet,
}

impl fmt::Display for Ground {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed { kind, clue } => write!(f, "a {kind} test failed: {clue}"),
            Self::Condition { name, state } => {
                let what = match *name {
                    "theory" => "a plausible theory of change",
                    "implemented" => "carried out as intended",
                    "chain" => "the chain of results",
                    _ => "other factors accounted for",
                };
                write!(f, "{what}: {state}")
            }
            Self::Rival { title, outcome: RivalOutcome::Explains } => write!(f, "a rival explains it as well: {title}"),
            Self::Rival { title, .. } => write!(f, "a rival has a share in it: {title}"),
            Self::NoTestedRival => f.write_str("no rival was tested"),
            Self::AllMet => f.write_str("all conditions hold, and a rival was tested"),
        }
    }
}

impl Serialize for Ground {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The probability of a claim after its tests.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Posterior {
    /// Before the tests.
    pub prior: Interval,
    /// Least, after them.
    pub low: f64,
    /// Greatest.
    pub high: f64,
    /// The words that it is told in.
    pub scheme: Scheme,
    /// The one word that holds both ends; nothing where none does.
    pub word: Option<Word>,
    /// Clues that are as likely without the claim as with it: they say nothing.
    pub uninformative: Vec<String>,
    /// Clues without probabilities: they do not count here.
    pub left_out: usize,
}

impl fmt::Display for Posterior {
    /// The bounds with their word and its scheme: `0.46 to 0.90: over several words (ICD 203)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2} to {:.2}: ", self.low, self.high)?;
        match &self.word {
            Some(word) => write!(f, "{word}"),
            None => write!(f, "over several words ({})", self.scheme.title()),
        }
    }
}

/// How far a claim may be made, from the states of the four conditions and what its rivals leave of the
/// fourth, its failed tests, and whether a rival was tested.
///
/// Source: the conditions are Mayne's (*Evaluation* 18(3), 2012); the tests Van Evera's (*Guide to
/// Methods*, 1997). That the weakest condition sets the strength, and the cap without a tested rival,
/// are this crate's own.
///
/// ```
/// use peaceops::scale::{Condition::{Met, Partly, Unknown}, Strength};
/// use peaceops::scoring::contribution::strength;
///
/// assert_eq!(strength([Met; 4], false, true), Strength::Supported);
/// assert_eq!(strength([Met, Partly, Met, Met], false, true), Strength::Plausible);
/// assert_eq!(strength([Met; 4], false, false), Strength::Plausible); // no tested rival
/// assert_eq!(strength([Met, Met, Unknown, Met], false, true), Strength::NotEstablished);
/// assert_eq!(strength([Met; 4], true, true), Strength::Blocked); // a failed hoop
/// ```
#[must_use]
pub fn strength(conditions: [Condition; 4], failed: bool, rival_tested: bool) -> Strength {
    if failed {
        return Strength::Blocked;
    }
    let weakest = conditions.into_iter().min().unwrap_or(Condition::Unknown);
    let strength = match weakest {
        Condition::NotMet => Strength::Unsupported,
        Condition::Unknown => Strength::NotEstablished,
        Condition::Partly => Strength::Plausible,
        Condition::Met => Strength::Supported,
    };
    if rival_tested { strength } else { strength.min(Strength::Plausible) }
}

/// What a rival's outcome leaves of the fourth condition.
fn left_by(outcome: RivalOutcome) -> Condition {
    match outcome {
        RivalOutcome::Explains => Condition::NotMet,
        RivalOutcome::Shares => Condition::Partly,
        RivalOutcome::RuledOut => Condition::Met,
    }
}

/// Whether a test that the claim had to pass was failed.
fn is_failed(test: &Test) -> bool {
    matches!(test.kind, TestKind::Hoop | TestKind::DoublyDecisive) && test.outcome == Clue::Absent
}

/// Every claim of a study.
pub(super) fn contribution(study: &CaseStudy) -> Vec<ClaimResult> {
    study.claims().iter().map(claim_result).collect()
}

/// How far one claim may be made.
pub(crate) fn claim_result(claim: &Claim) -> ClaimResult {
    let outcomes = claim.rivals.iter().filter_map(|rival| Some((rival, rival.outcome?)));
    let rivals_tested = outcomes.clone().count();
    let failed: Vec<&Test> = claim.tests.iter().filter(|test| is_failed(test)).collect();
    let mut states = claim.conditions().map(|(_, condition)| condition.state);
    states[3] = outcomes.clone().map(|(_, outcome)| left_by(outcome)).fold(states[3], Condition::min);
    let strength = strength(states, !failed.is_empty(), rivals_tested > 0);
    let weakest = states.into_iter().min();
    let mut because: Vec<Ground> = failed.iter().map(|test| Ground::Failed { kind: test.kind, clue: test.clue.clone() }).collect();
    if because.is_empty() {
        let weak = |state: Condition| state < Condition::Met && Some(state) == weakest;
        let conditions = claim.conditions().into_iter().filter(|(_, condition)| weak(condition.state));
        because.extend(conditions.map(|(name, condition)| Ground::Condition { name, state: condition.state }));
        let rivals = outcomes.filter(|(_, outcome)| weak(left_by(*outcome)));
        because.extend(rivals.map(|(rival, outcome)| Ground::Rival { title: rival.title.clone(), outcome }));
        if rivals_tested == 0 && strength == Strength::Plausible {
            because.push(Ground::NoTestedRival);
        }
        if because.is_empty() {
            because.push(Ground::AllMet);
        }
    }
    ClaimResult {
        id: claim.id.clone(),
        effect: claim.effect.clone(),
        strength,
        because,
        rivals: claim.rivals.len(),
        rivals_tested,
        tests: test_count(claim),
        posterior: posterior(claim),
    }
}

/// The clues of each package; a clue without one is a package of its own.
fn packages(claim: &Claim) -> BTreeMap<(Option<&str>, usize), Vec<&Test>> {
    let mut packages: BTreeMap<(Option<&str>, usize), Vec<&Test>> = BTreeMap::new();
    for (at, test) in claim.tests.iter().enumerate() {
        let package = test.package.as_ref().map(|package| package.as_str());
        packages.entry((package, if package.is_some() { 0 } else { at })).or_default().push(test);
    }
    packages
}

fn test_count(claim: &Claim) -> TestCount {
    let mut count = TestCount::default();
    for tests in packages(claim).values() {
        let any = |outcome: Clue| tests.iter().any(|test| test.outcome == outcome);
        match (any(Clue::Found), any(Clue::Absent)) {
            (true, true) => count.mixed += 1,
            (true, false) => count.found += 1,
            (false, true) => count.absent += 1,
            (false, false) => count.not_looked_for += 1,
        }
    }
    count
}

/// The bounds of the claim's probability, from those of the prior and of each package's ratio.
fn posterior(claim: &Claim) -> Option<Posterior> {
    let (prior, scheme) = (claim.prior?, claim.scheme?);
    let weighed = |test: &&Test| Some((test.sensitivity?, test.false_positive?, test.outcome));
    let clues = |tests: &Vec<&Test>| tests.iter().filter_map(weighed).collect::<Vec<_>>();
    let packages: Vec<_> = packages(claim).values().map(clues).filter(|clues| !clues.is_empty()).collect();
    let ratios: Vec<tracing::Ratio> = packages.iter().map(|clues| tracing::package(clues)).collect();
    let (low, high) = tracing::updated(prior, &ratios);
    let nothing = |test: &&Test| test.sensitivity.zip(test.false_positive).is_some_and(|(s, f)| tracing::uninformative(s, f));
    Some(Posterior {
        prior,
        low,
        high,
        scheme,
        word: scheme.word(low, high),
        uninformative: claim.tests.iter().filter(nothing).map(|test| test.clue.clone()).collect(),
        left_out: claim.tests.len() - packages.iter().map(Vec::len).sum::<usize>(),
    })
}
