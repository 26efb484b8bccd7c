//! Conservative, parsimonious and intermediate solutions, with their fit.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::bits::Bits;
use super::data::{Data, MOST, within};
use super::fit::{Sufficiency, ratio};
use super::minimise::{Models, STEPS, Term, minimise, minimise_within};
use super::truth::{Outcome, TruthTable};
use crate::error::Error;
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
    /// are easy to some pair. All of them share one limit of steps, and each says of itself what is not proven.
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
    /// # Errors
    /// `out-of-range` for a table that is not of as many conditions as the data, and for more expectations than conditions.
    ///
    /// ```
    /// use peaceops::comparison::qca::{Data, Expectation, Solutions, TruthRule, TruthTable};
    ///
    /// let cases = [("one", vec![0.9, 0.8, 0.9]), ("two", vec![0.1, 0.7, 0.2]), ("three", vec![0.2, 0.1, 0.1])];
    /// let data = Data::new(["a", "b"], "y", cases)?;
    /// let table = TruthTable::of(&data, &TruthRule::default())?;
    /// let solutions = Solutions::of(&data, &table, &[Expectation::Present; 2])?;
    /// assert_eq!(solutions.conservative.fitted[0].expression, "a*b");
    /// assert_eq!(solutions.parsimonious.fitted[0].expression, "a");
    /// assert!(solutions.few);
    /// # Ok::<(), peaceops::Error>(())
    /// ```
    pub fn of(data: &Data, table: &TruthTable, expectations: &[Expectation]) -> Result<Self, Error> {
        let conditions = data.conditions().len();
        within("number of rows of the truth table", table.rows.len(), 1 << conditions, 1 << conditions)?;
        within("number of expectations", expectations.len(), 0, conditions)?;
        let (rows, remainders) = (table.terms(Outcome::Present), table.terms(Outcome::Remainder));
        let conservative = minimise(&rows, &[], conditions)?;
        let parsimonious = minimise(&rows, &remainders, conditions)?;
        let (sets, no_more) = easy_sets(&conservative, &parsimonious, &remainders, expectations);
        // one limit for all of them
        let mut steps = STEPS;
        let mut intermediate: Vec<Solution> = Vec::new();
        for easy in &sets {
            let solution = Solution::of(data, table, minimise_within(&rows, easy, conditions, &mut steps)?);
            if !intermediate.contains(&solution) {
                intermediate.push(solution);
            }
        }
        Ok(Self {
            intermediate_all: no_more && conservative.all && parsimonious.all,
            conservative: Solution::of(data, table, conservative),
            parsimonious: Solution::of(data, table, parsimonious),
            intermediate,
            few: data.is_few(),
        })
    }
}

/// The sets of remainders that are easy to some pair of a conservative and a parsimonious model, sixteen at the most, and
/// whether these are all.
fn easy_sets(conservative: &Models, parsimonious: &Models, remainders: &[Term], expectations: &[Expectation]) -> (Vec<Vec<Term>>, bool) {
    let mut held: BTreeMap<Term, Bits> = BTreeMap::new();
    let mut sets: Vec<Bits> = Vec::new();
    let mut no_more = true;
    let pairs = conservative.models.iter().flat_map(|complex| parsimonious.models.iter().map(move |simple| (complex, simple)));
    for (complex, simple) in pairs {
        let mut easy = Bits::none(remainders.len());
        for term in between(complex, simple, expectations) {
            easy.add(held.entry(term).or_insert_with(|| {
                let mut bits = Bits::none(remainders.len());
                remainders.iter().enumerate().filter(|(_, row)| term.holds(**row)).for_each(|(at, _)| bits.set(at));
                bits
            }));
        }
        if sets.contains(&easy) {
            continue;
        }
        if sets.len() == EASY {
            no_more = false;
            break;
        }
        sets.push(easy);
    }
    (sets.iter().map(|easy| easy.each().map(|at| remainders[at]).collect()).collect(), no_more)
}

/// The terms between a conservative and a parsimonious model: of each conservative term what theory expects, and what it
/// expects nothing of, with all of a parsimonious term that holds it.
fn between(complex: &[Term], simple: &[Term], expectations: &[Expectation]) -> Vec<Term> {
    let kept = |complex: Term, simple: Term| {
        (0..MOST).fold(simple, |term, at| {
            let expected = expectations.get(at).copied().unwrap_or_default();
            match (complex.literal(at), expected) {
                (Some(true), Expectation::Absent) | (Some(false), Expectation::Present) | (None, _) => term,
                (Some(present), _) => term.with(at, present),
            }
        })
    };
    let pairs = complex.iter().flat_map(|complex| simple.iter().map(move |simple| (*complex, *simple)));
    pairs.filter(|(complex, simple)| simple.holds(*complex)).map(|(complex, simple)| kept(complex, simple)).collect()
}

impl Solution {
    fn of(data: &Data, table: &TruthTable, models: Models) -> Self {
        let members = Members::of(data, models.models.iter().flatten());
        let fitted = models.models.iter().map(|model| members.fitted(data, model)).collect();
        let remainders = table.rows.iter().filter(|row| row.outcome == Outcome::Remainder);
        let assumed = remainders.filter(|row| members.terms.keys().any(|term| term.holds(row.term))).map(|row| row.number).collect();
        Self { models, fitted, assumed }
    }
}

impl Fitted {
    /// A model with its fit to data.
    #[must_use]
    pub fn of(data: &Data, model: &[Term]) -> Self {
        Members::of(data, model.iter()).fitted(data, model)
    }
}

/// The memberships in some terms, each looked up once for all models.
struct Members {
    outcomes: Vec<f64>,
    terms: BTreeMap<Term, (Vec<f64>, FittedTerm)>,
}

impl Members {
    fn of<'a>(data: &Data, terms: impl Iterator<Item = &'a Term>) -> Self {
        let outcomes = data.outcomes();
        let mut members = BTreeMap::new();
        for term in terms {
            members.entry(*term).or_insert_with(|| {
                let inside = data.in_term(*term);
                let cases = data.cases().iter().zip(&inside).filter(|(_, membership)| **membership > 0.5).map(|(case, _)| case.clone());
                let (expression, fit) = (data.name(*term), Sufficiency::of(&inside, &outcomes));
                let term = FittedTerm { expression, fit, unique: None, cases: cases.collect() };
                (inside, term)
            });
        }
        Self { outcomes, terms: members }
    }

    /// A model of these terms. What only one of them covers: of each case its membership in the first of the terms that it
    /// is most in, over that in any other, as far as the outcome goes.
    fn fitted(&self, data: &Data, model: &[Term]) -> Fitted {
        let members: Vec<&(Vec<f64>, FittedTerm)> = model.iter().filter_map(|term| self.terms.get(term)).collect();
        let mut alone = vec![0.0; members.len()];
        let mut whole = vec![0.0; self.outcomes.len()];
        for (case, outcome) in self.outcomes.iter().enumerate() {
            let (mut most, mut next): ((f64, Option<usize>), f64) = ((0.0, None), 0.0);
            for (at, (inside, _)) in members.iter().enumerate() {
                if inside[case] > most.0 {
                    (most, next) = ((inside[case], Some(at)), most.0);
                } else {
                    next = next.max(inside[case]);
                }
            }
            whole[case] = most.0;
            if let Some(at) = most.1 {
                alone[at] += most.0.min(*outcome) - next.min(*outcome);
            }
        }
        let all: f64 = self.outcomes.iter().sum();
        let terms = members.iter().zip(alone).map(|((_, term), alone)| FittedTerm { unique: ratio(alone, all), ..term.clone() });
        let expression = model.iter().map(|term| data.name(*term)).collect::<Vec<_>>().join(" + ");
        Fitted { expression, fit: Sufficiency::of(&whole, &self.outcomes), terms: terms.collect() }
    }
}
