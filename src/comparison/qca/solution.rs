//! Conservative, parsimonious and intermediate solutions, with their fit.

use serde::{Deserialize, Serialize};

use super::data::Data;
use super::fit::Sufficiency;
use super::minimise::{Models, Term, minimise};
use super::truth::{Outcome, TruthTable};
use crate::id::Slug;

/// What theory expects of a condition: which of its states should go with the outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expectation {
    /// Its presence.
    Present,
    /// Its absence.
    Absent,
    /// Neither: no remainder is assumed for it.
    #[default]
    None,
}

/// So many sets of easy remainders are solved.
const EASY: usize = 16;

/// The three solutions of a truth table.
///
/// They differ in what they assume of remainders, rows that no case is in: the *conservative* one nothing, the
/// *parsimonious* one whatever makes it shortest, the *intermediate* one what theory expects. Rows without the outcome
/// are never assumed to have it. All smallest models of each are told: where there are several, the data do not
/// choose.
///
/// Source: Ragin (2008), chapters 8 and 9, for easy and difficult counterfactuals.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Solutions {
    /// No remainder is used.
    pub conservative: Solution,
    /// Any remainder may be used.
    pub parsimonious: Solution,
    /// Only easy counterfactuals, for each pair of a conservative and a parsimonious model; pairs that make the same
    /// remainders easy give one, and so do those that come out the same.
    pub intermediate: Vec<Solution>,
    /// Whether these are of all pairs: not where models are not all listed, or more than sixteen sets of remainders
    /// are easy to some pair.
    pub intermediate_all: bool,
    /// Whether there are so few cases that a warning is due.
    pub few: bool,
}

/// The models of a solution.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Solution {
    /// Prime implicants and models.
    #[serde(flatten)]
    pub models: Models,
    /// Each model with its fit, in the same order.
    pub fitted: Vec<Fitted>,
    /// The numbers of the remainders that the models of it assume to have the outcome.
    pub assumed: Vec<usize>,
}

/// A model with its fit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fitted {
    /// The model in words: `DEV*~IND + URB*STB`.
    pub expression: String,
    /// The fit of the whole model.
    pub fit: Sufficiency,
    /// The fit of each term.
    pub terms: Vec<FittedTerm>,
}

/// A term of a model with its fit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FittedTerm {
    /// The term in words.
    pub expression: String,
    /// Its fit.
    pub fit: Sufficiency,
    /// Coverage that goes with this term alone, 0 to 1.
    pub unique: Option<f64>,
    /// The cases in it: those with a membership over a half.
    pub cases: Vec<Slug>,
}

impl Solutions {
    /// The solutions of a truth table of data; an expectation for each condition, in their order, and none for what is
    /// left away.
    ///
    /// ```
    /// use peaceops::comparison::qca::{Data, Expectation, Solutions, TruthRule, TruthTable};
    ///
    /// let cases = [("one", vec![0.9, 0.8, 0.9]), ("two", vec![0.1, 0.7, 0.2]), ("three", vec![0.2, 0.1, 0.1])];
    /// let data = Data::new(["a", "b"], "y", cases)?;
    /// let table = TruthTable::of(&data, &TruthRule::default())?;
    /// let solutions = Solutions::of(&data, &table, &[Expectation::Present; 2]);
    /// assert_eq!(solutions.conservative.fitted[0].expression, "a*b");
    /// assert_eq!(solutions.parsimonious.fitted[0].expression, "a");
    /// assert!(solutions.few);
    /// # Ok::<(), peaceops::Error>(())
    /// ```
    #[must_use]
    pub fn of(data: &Data, table: &TruthTable, expectations: &[Expectation]) -> Self {
        let conditions = data.conditions().len();
        let (rows, remainders) = (table.terms(Outcome::Present), table.terms(Outcome::Remainder));
        let conservative = minimise(&rows, &[], conditions);
        let parsimonious = minimise(&rows, &remainders, conditions);
        let pairs = conservative.models.iter().flat_map(|complex| parsimonious.models.iter().map(move |simple| (complex, simple)));
        let mut sets: Vec<Vec<Term>> = Vec::new();
        let mut intermediate_all = conservative.all && parsimonious.all;
        for (complex, simple) in pairs {
            let easy = easy(complex, simple, &remainders, expectations, conditions);
            if !sets.contains(&easy) {
                if sets.len() == EASY {
                    intermediate_all = false;
                    break;
                }
                sets.push(easy);
            }
        }
        let mut intermediate: Vec<Solution> = Vec::new();
        for easy in &sets {
            let solution = Solution::of(data, table, minimise(&rows, easy, conditions));
            if !intermediate.contains(&solution) {
                intermediate.push(solution);
            }
        }
        Self {
            conservative: Solution::of(data, table, conservative),
            parsimonious: Solution::of(data, table, parsimonious),
            intermediate,
            intermediate_all,
            few: data.is_few(),
        }
    }
}

/// The remainders that are easy to assume: those in a term between a conservative and a parsimonious one, which keeps of
/// the conservative term what theory expects, and what it expects nothing of.
fn easy(conservative: &[Term], parsimonious: &[Term], remainders: &[Term], expectations: &[Expectation], conditions: usize) -> Vec<Term> {
    let mut between = Vec::new();
    for complex in conservative {
        for simple in parsimonious.iter().filter(|simple| simple.holds(*complex)) {
            let kept = (0..conditions).fold(*simple, |term, at| {
                let expected = expectations.get(at).copied().unwrap_or_default();
                match (complex.literal(at), expected) {
                    (Some(true), Expectation::Absent) | (Some(false), Expectation::Present) | (None, _) => term,
                    (Some(present), _) => term.with(at, present),
                }
            });
            between.push(kept);
        }
    }
    remainders.iter().filter(|row| between.iter().any(|term| term.holds(**row))).copied().collect()
}

impl Solution {
    fn of(data: &Data, table: &TruthTable, models: Models) -> Self {
        let fitted = models.models.iter().map(|model| Fitted::of(data, model)).collect();
        let used = |term: Term| models.models.iter().flatten().any(|prime| prime.holds(term));
        let assumed = table.rows.iter().filter(|row| row.outcome == Outcome::Remainder && used(row.term)).map(|row| row.number).collect();
        Self { models, fitted, assumed }
    }
}

impl Fitted {
    /// A model with its fit to data.
    #[must_use]
    pub fn of(data: &Data, model: &[Term]) -> Self {
        let outcomes = data.outcomes();
        let fit = |terms: &[Term]| Sufficiency::of(&data.in_any(terms), &outcomes);
        let whole = fit(model);
        let terms = model.iter().enumerate().map(|(at, term)| {
            let others: Vec<Term> = model.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, term)| *term).collect();
            let without = if others.is_empty() { Some(0.0) } else { fit(&others).coverage };
            let inside = data.cases().iter().zip(data.in_term(*term)).filter(|(_, membership)| *membership > 0.5);
            FittedTerm {
                expression: data.name(*term),
                fit: fit(&[*term]),
                unique: whole.coverage.zip(without).map(|(whole, without)| (whole - without).max(0.0)),
                cases: inside.map(|(case, _)| case.clone()).collect(),
            }
        });
        let expression = model.iter().map(|term| data.name(*term)).collect::<Vec<_>>().join(" + ");
        Self { expression, fit: whole, terms: terms.collect() }
    }
}
