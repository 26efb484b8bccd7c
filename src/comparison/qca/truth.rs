//! The truth table: every combination of conditions, with the cases that are in it.

use serde::{Deserialize, Serialize};

use super::data::Data;
use super::fit::Sufficiency;
use super::minimise::Term;
use crate::error::{Error, ErrorKind};
use crate::id::Slug;
use crate::measure::Decimal;

/// When a row counts as one with the outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TruthRule {
    /// So many cases at the least: 1. Under it a row is a remainder, and its cases are still shown.
    pub cases: usize,
    /// Consistency at the least, 0 to 1: 0.8.
    pub consistency: Decimal,
    /// PRI at the least, 0 to 1: 0, not asked for.
    pub pri: Decimal,
}

impl Default for TruthRule {
    fn default() -> Self {
        Self { cases: 1, consistency: Decimal::of_thousandths(800), pri: Decimal::of_thousandths(0) }
    }
}

/// What a row of the truth table says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The combination goes with the outcome.
    Present,
    /// It does not.
    Absent,
    /// No case, or too few, is in it.
    Remainder,
}

/// A row: a combination of conditions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TruthRow {
    /// The number of the row, from 1: the first condition counts most.
    pub number: usize,
    /// The combination: every condition, present or absent.
    pub term: Term,
    /// What it says.
    pub outcome: Outcome,
    /// The cases in it: those with a membership over a half.
    pub cases: Vec<Slug>,
    /// Those of them on the other side of the outcome's half than the row says: it is contradicted.
    pub contradicting: Vec<Slug>,
    /// How far the combination is sufficient for the outcome, over all cases; nothing in a row without cases.
    pub fit: Option<Sufficiency>,
}

/// The truth table of some data.
///
/// A case belongs to the one row in which its membership is over a half. A row says *present* where it has enough cases
/// and is consistent enough. With twelve conditions there are 4,096 rows.
///
/// Source: Ragin (2008), chapter 7.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TruthTable {
    /// The rule.
    pub rule: TruthRule,
    /// Every row, in order.
    pub rows: Vec<TruthRow>,
    /// Cases on the fence (0.5) in some condition: they are in no row.
    pub nowhere: Vec<Slug>,
}

impl TruthTable {
    /// The truth table of data.
    ///
    /// # Errors
    /// `out-of-range` for a consistency or PRI that is not in 0 to 1.
    ///
    /// ```
    /// use peaceops::comparison::qca::{Data, Outcome, TruthRule, TruthTable};
    ///
    /// let data = Data::new(["a", "b"], "y", [("one", vec![0.9, 0.8, 0.9]), ("two", vec![0.1, 0.7, 0.2])])?;
    /// let table = TruthTable::of(&data, &TruthRule::default())?;
    /// assert_eq!(table.rows.len(), 4);
    /// assert_eq!(table.rows[3].outcome, Outcome::Present); // a and b: `one`
    /// assert_eq!(table.rows[0].outcome, Outcome::Remainder); // neither: no case
    /// # Ok::<(), peaceops::Error>(())
    /// ```
    pub fn of(data: &Data, rule: &TruthRule) -> Result<Self, Error> {
        for (what, part) in [("consistency", rule.consistency), ("PRI", rule.pri)] {
            if !(0..=1000).contains(&part.thousandths()) {
                return Err(ErrorKind::OutOfRange { what, found: part.to_string(), min: "0".into(), max: "1".into() }.into());
            }
        }
        let conditions = data.conditions().len();
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); 1 << conditions];
        let mut nowhere = Vec::new();
        for (case, id) in data.cases().iter().enumerate() {
            match data.corner(case) {
                Some(corner) => members[usize::from(corner)].push(case),
                None => nowhere.push(id.clone()),
            }
        }
        let outcomes = data.outcomes();
        let rows = (0..1usize << conditions).map(|at| {
            // the first condition counts most in the number, and is the lowest bit of the code
            let code = (0..conditions).fold(0u16, |code, bit| code | u16::from(at >> (conditions - 1 - bit) & 1 == 1) << bit);
            let term = Term::corner(code, conditions);
            let inside = &members[usize::from(code)];
            let fit = (!inside.is_empty()).then(|| Sufficiency::of(&data.in_term(term), &outcomes));
            let reaches = |value: Option<f64>, least: Decimal| value.unwrap_or(0.0) >= least.value() - 1e-12;
            let outcome = match fit {
                Some(fit) if inside.len() >= rule.cases.max(1) => {
                    let present = reaches(fit.consistency, rule.consistency) && reaches(fit.pri, rule.pri);
                    if present { Outcome::Present } else { Outcome::Absent }
                }
                _ => Outcome::Remainder,
            };
            let against = |case: &&usize| match outcome {
                Outcome::Present => outcomes[**case] < 0.5,
                Outcome::Absent => outcomes[**case] > 0.5,
                Outcome::Remainder => false,
            };
            let ids = |cases: Vec<&usize>| cases.into_iter().map(|case| data.cases()[*case].clone()).collect();
            TruthRow {
                number: at + 1,
                term,
                outcome,
                cases: ids(inside.iter().collect()),
                contradicting: ids(inside.iter().filter(against).collect()),
                fit,
            }
        });
        Ok(Self { rule: rule.clone(), rows: rows.collect(), nowhere })
    }

    /// The combinations that say something.
    pub(super) fn terms(&self, outcome: Outcome) -> Vec<Term> {
        self.rows.iter().filter(|row| row.outcome == outcome).map(|row| row.term).collect()
    }
}
