//! Memberships of cases in conditions and an outcome.

use serde::Serialize;

use super::minimise::Term;
use crate::error::{Error, ErrorKind};
use crate::id::Slug;
use crate::problem::nearest;

/// Under so many cases a warning is due.
pub const FEW: usize = 10;
/// Most conditions: every more doubles the truth table.
pub(super) const MOST: usize = 12;
/// The term without conditions, in words.
const EVERY: &str = "1";

/// Memberships of cases in conditions and an outcome, each 0 (out) to 1 (in).
///
/// ```
/// use peaceops::comparison::qca::Data;
///
/// let data = Data::new(["mandate", "means"], "effect", [("a", vec![0.9, 0.7, 0.8]), ("b", vec![0.2, 0.6, 0.1])])?;
/// assert!(data.is_few());
/// assert_eq!(Data::new(["mandate"], "effect", [("a", vec![1.2, 0.5])]).unwrap_err().code(), "out-of-range");
/// # Ok::<(), peaceops::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Data {
    conditions: Vec<Slug>,
    outcome: Slug,
    cases: Vec<Slug>,
    /// Case after case: its memberships in the conditions, then in the outcome.
    memberships: Vec<Vec<f64>>,
}

impl Data {
    /// Data of some conditions and an outcome; each case has a membership in every condition, then in the outcome.
    ///
    /// # Errors
    /// `out-of-range` for no condition or more than twelve, for no case, for a membership that is not in 0 to 1 and for
    /// a row of another length, both with the case; `invalid-id` for a name that is no slug; `not-comparable` for one that stands twice.
    pub fn new<'a>(
        conditions: impl IntoIterator<Item = &'a str>,
        outcome: &str,
        cases: impl IntoIterator<Item = (&'a str, Vec<f64>)>,
    ) -> Result<Self, Error> {
        let conditions = conditions.into_iter().map(str::parse).collect::<Result<Vec<Slug>, Error>>()?;
        within("number of conditions", conditions.len(), 1, MOST)?;
        let outcome: Slug = outcome.parse()?;
        distinct("condition", conditions.iter().chain([&outcome]))?;
        let (mut ids, mut memberships): (Vec<Slug>, Vec<Vec<f64>>) = (Vec::new(), Vec::new());
        let sets: Vec<&Slug> = conditions.iter().chain([&outcome]).collect();
        for (id, row) in cases {
            let id: Slug = id.parse()?;
            if row.len() != sets.len() {
                let (found, of) = (format!("{} of the case `{id}`", row.len()), sets.len().to_string());
                return Err(ErrorKind::OutOfRange { what: "number of memberships", found, min: of.clone(), max: of }.into());
            }
            for (value, set) in row.iter().zip(&sets) {
                if !(0.0..=1.0).contains(value) {
                    let found = format!("{value} of the case `{id}` in `{set}`");
                    return Err(ErrorKind::OutOfRange { what: "membership", found, min: "0".into(), max: "1".into() }.into());
                }
            }
            ids.push(id);
            memberships.push(row);
        }
        within("number of cases", ids.len(), 1, usize::MAX)?;
        distinct("case", ids.iter())?;
        Ok(Self { conditions, outcome, cases: ids, memberships })
    }

    /// The conditions, in the order of the data.
    #[must_use]
    pub fn conditions(&self) -> &[Slug] {
        &self.conditions
    }

    /// The outcome.
    #[must_use]
    pub fn outcome(&self) -> &Slug {
        &self.outcome
    }

    /// The cases, in the order of the data.
    #[must_use]
    pub fn cases(&self) -> &[Slug] {
        &self.cases
    }

    /// Whether there are so few cases that a warning is due.
    #[must_use]
    pub fn is_few(&self) -> bool {
        self.cases.len() < FEW
    }

    /// The same with the negated outcome: what goes with its absence is a question of its own.
    #[must_use]
    pub fn negated(&self) -> Self {
        let mut data = self.clone();
        data.memberships.iter_mut().filter_map(|row| row.last_mut()).for_each(|outcome| *outcome = 1.0 - *outcome);
        data
    }

    /// Memberships in the outcome, case by case.
    #[must_use]
    pub fn outcomes(&self) -> Vec<f64> {
        self.memberships.iter().map(|row| row.last().copied().unwrap_or(0.0)).collect()
    }

    /// Memberships in a term, case by case: the least of those in its conditions, of 1 less those that it negates.
    #[must_use]
    pub fn in_term(&self, term: Term) -> Vec<f64> {
        self.memberships.iter().map(|row| self.of_row(row, term)).collect()
    }

    /// Memberships in an expression: the largest of those in its terms; 0 where it has none.
    #[must_use]
    pub fn in_any(&self, terms: &[Term]) -> Vec<f64> {
        let of = |row: &Vec<f64>| terms.iter().map(|term| self.of_row(row, *term)).fold(0.0, f64::max);
        self.memberships.iter().map(of).collect()
    }

    fn of_row(&self, row: &[f64], term: Term) -> f64 {
        let literals = row.iter().take(self.conditions.len()).enumerate();
        let held = literals.filter_map(|(at, value)| term.literal(at).map(|present| if present { *value } else { 1.0 - value }));
        held.fold(1.0, f64::min)
    }

    /// The corner that a case belongs to: the one combination in which its membership is over a half; nothing where
    /// it lies on the fence in some condition.
    pub(super) fn corner(&self, case: usize) -> Option<u16> {
        let row = self.memberships.get(case)?;
        row.iter().take(self.conditions.len()).enumerate().try_fold(0, |code, (at, value)| match value {
            value if *value > 0.5 => Some(code | 1 << at),
            value if *value < 0.5 => Some(code),
            _ => None,
        })
    }

    /// A term from its words, as [`Data::name`] gives them: conditions in any order, `~` before those that are absent; `1`
    /// for one without conditions.
    ///
    /// # Errors
    /// `unknown-id` for what is no condition, `not-comparable` for a condition that stands twice.
    ///
    /// ```
    /// use peaceops::comparison::qca::Data;
    ///
    /// let data = Data::new(["mandate", "means"], "effect", [("a", vec![0.9, 0.7, 0.8]), ("b", vec![0.2, 0.6, 0.1])])?;
    /// let term = data.term("~means*mandate")?;
    /// assert_eq!((term.literal(0), term.literal(1)), (Some(true), Some(false)));
    /// assert_eq!(data.name(term), "mandate*~means");
    /// assert_eq!(data.term("man").unwrap_err().code(), "unknown-id");
    /// # Ok::<(), peaceops::Error>(())
    /// ```
    pub fn term(&self, words: &str) -> Result<Term, Error> {
        let place = |id: &str| self.conditions.iter().position(|condition| condition.as_str() == id);
        if words == EVERY && place(EVERY).is_none() {
            return Ok(Term::default());
        }
        words.split('*').try_fold(Term::default(), |term, literal| {
            let (id, present) = literal.strip_prefix('~').map_or((literal, true), |id| (id, false));
            let near = || nearest(id, self.conditions.iter().map(Slug::as_str));
            let unknown = || ErrorKind::UnknownId { what: "condition", found: id.to_owned(), near: near() };
            let at = place(id).ok_or_else(unknown)?;
            if term.literal(at).is_some() {
                return Err(stands_twice("condition", id));
            }
            Ok(term.with(at, present))
        })
    }

    /// A term in words: `DEV*~URB`, or `1` for one without conditions.
    #[must_use]
    pub fn name(&self, term: Term) -> String {
        let literal = |(at, id): (usize, &Slug)| term.literal(at).map(|present| format!("{}{id}", if present { "" } else { "~" }));
        let literals: Vec<String> = self.conditions.iter().enumerate().filter_map(literal).collect();
        if literals.is_empty() { EVERY.to_owned() } else { literals.join("*") }
    }
}

pub(super) fn within(what: &'static str, found: usize, min: usize, max: usize) -> Result<(), Error> {
    if (min..=max).contains(&found) {
        return Ok(());
    }
    Err(ErrorKind::OutOfRange { what, found: found.to_string(), min: min.to_string(), max: max.to_string() }.into())
}

fn stands_twice(what: &str, id: &str) -> Error {
    ErrorKind::NotComparable { message: format!("the {what} `{id}` stands twice") }.into()
}

fn distinct<'a>(what: &str, ids: impl Iterator<Item = &'a Slug>) -> Result<(), Error> {
    let mut seen = std::collections::HashSet::new();
    for id in ids {
        if !seen.insert(id.as_str()) {
            return Err(stands_twice(what, id.as_str()));
        }
    }
    Ok(())
}
