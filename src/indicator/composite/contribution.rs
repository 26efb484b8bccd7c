//! What each indicator contributes to a score.

use serde::Serialize;

use super::scores::clear;
use super::store::{IMPUTED, Store, is_known, reason};
use super::{Aggregation, Reason, Scores, aggregate};
use crate::id::Slug;

/// What each indicator contributes to a score of a unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Contributions {
    /// What the amounts are.
    pub kind: Kind,
    /// The indicators below the element, in the order of the description, whether known or not.
    pub indicators: Vec<Contribution>,
}

/// What the amounts of contributions are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Terms that add up to the score, up to rounding: all groups are arithmetic means.
    Terms,
    /// The score less what it would be without the indicator. They do not add up to the score.
    LeftOut,
}

/// What an indicator contributes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Contribution {
    /// The indicator.
    pub indicator: Slug,
    /// The amount, on the scale of the composite.
    pub amount: Amount,
    /// Whether its value was imputed.
    pub imputed: bool,
}

/// An amount, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Amount {
    /// So much.
    Known {
        /// The amount, on the scale of the composite.
        value: f64,
    },
    /// There is none: no value that could contribute, or no score without it.
    Unknown {
        /// Why.
        reason: Reason,
    },
}

impl Amount {
    /// The amount, where there is one.
    #[must_use]
    pub fn value(self) -> Option<f64> {
        match self {
            Self::Known { value } => Some(value),
            Self::Unknown { .. } => None,
        }
    }
}

impl Scores {
    /// What each indicator contributes to the score of a unit for an element; nothing where there is no such unit
    /// or element, or no score.
    ///
    /// Formula: where all groups from the element down are arithmetic means, an indicator contributes its
    /// normalised value times the product of its shares up to the element, each among the parts that are known;
    /// these terms add up to the score. Else it contributes the score less the score without it, with all
    /// weights shared out again: these amounts do not add up, and [`Kind::LeftOut`] says so.
    ///
    /// Source: OECD/JRC, *Handbook on Constructing Composite Indicators* (2008), part 1, step 8, back to the
    /// details; for amounts without the indicator this project's own.
    ///
    /// ```
    /// use peaceops::indicator::composite::{Aggregation, Composite, Group, Indicator, Kind, Normaliser, Onto, Plan, Table};
    /// use peaceops::scale::Better;
    ///
    /// let goalposts = Normaliser::Goalposts { low: 0.0, high: 10.0, onto: Onto { low: 0.0, high: 100.0 } };
    /// let plan = Plan::new(Composite {
    ///     indicators: vec![
    ///         Indicator { weight: Some(3.0), ..Indicator::new("a", "whole", Better::Higher) },
    ///         Indicator { weight: Some(1.0), ..Indicator::new("b", "whole", Better::Higher) },
    ///     ],
    ///     groups: vec![Group::new("whole", Aggregation::Arithmetic)],
    ///     ..Composite::new("example", goalposts)
    /// })?;
    /// let mut table = Table::new(["north"])?;
    /// table.column("a", &[Some(8.0)])?;
    /// table.column("b", &[Some(4.0)])?;
    /// let of = plan.run(&table)?.contributions("north", "whole").ok_or("no such score")?;
    /// assert_eq!(of.kind, Kind::Terms); // 80 · ¾ + 40 · ¼ = 70
    /// assert_eq!(of.indicators.iter().filter_map(|one| one.amount.value()).collect::<Vec<_>>(), [60.0, 10.0]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn contributions(&self, unit: &str, element: &str) -> Option<Contributions> {
        let compiled = &self.plan.compiled;
        let unit = self.units.get_index_of(unit)?;
        let element = compiled.ids.get_index_of(element)?;
        let score = self.store.known(element, unit)?;
        let count = compiled.indicators.len();
        let one = [element];
        let group = element.checked_sub(count).and_then(|at| compiled.groups.get(at));
        let indicators = group.map_or(&one[..], |group| &group.indicators);
        // what lies below the element: of its groups those whose indicators are among its own
        let mut share = vec![0.0; compiled.ids.len()];
        share[element] = 1.0;
        let mut arithmetic = true;
        for group in compiled.groups.iter().rev().filter(|group| group.element <= element) {
            let whole = share[group.element];
            if whole == 0.0 {
                continue;
            }
            arithmetic &= group.aggregation == Aggregation::Arithmetic;
            let known = || group.parts.iter().filter(|part| is_known(self.store.state(part.element, unit)));
            let shares = known().fold(0.0, |sum, part| sum + part.share);
            for part in known() {
                share[part.element] = whole * part.share / shares;
            }
        }
        let amount = |at: usize| match reason(self.store.state(at, unit)) {
            Some(reason) => Amount::Unknown { reason },
            None if arithmetic => Amount::Known { value: self.store.value(at, unit) * share[at] },
            None => self.left_out_of(unit, element, at, score),
        };
        let contribution = |at: &usize| Contribution {
            indicator: compiled.ids[*at].clone(),
            amount: amount(*at),
            imputed: self.store.state(*at, unit) == IMPUTED,
        };
        let kind = if arithmetic { Kind::Terms } else { Kind::LeftOut };
        Some(Contributions { kind, indicators: indicators.iter().map(contribution).collect() })
    }

    /// The score of a unit less the score without an indicator.
    fn left_out_of(&self, unit: usize, element: usize, indicator: usize, score: f64) -> Amount {
        let compiled = &self.plan.compiled;
        let mut store: Store = self.store.of_unit(unit);
        clear(&mut store, compiled.indicators.len());
        aggregate::all(&mut store, &super::left_out::without(&compiled.groups, indicator), compiled.extent, false);
        match reason(store.state(element, 0)) {
            Some(reason) => Amount::Unknown { reason },
            None => Amount::Known { value: score - store.value(element, 0) },
        }
    }
}
