//! What a composite comes to: scores with coverage, range and parts, or why there is none.

use std::fmt;
use std::sync::Arc;

use indexmap::IndexSet;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::store::{IMPUTED, OBSERVED, Store, is_undefined, reason};
use super::{Imputed, Plan, Reason, Treated, aggregate};
use crate::id::Slug;
use crate::measure::Share;

/// A score with its coverage, or why there is none.
///
/// ```
/// use peaceops::indicator::composite::{Outcome, Reason};
///
/// let none = Outcome::Unknown { reason: Reason::NothingKnown };
/// assert_eq!((none.value(), none.to_string()), (None, "unknown: no part is known".to_string()));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// There is a score.
    Known {
        /// The score, on the scale of the composite; never NaN.
        value: f64,
        /// How much of what could be known it rests on.
        coverage: Coverage,
    },
    /// There is none.
    Unknown {
        /// Why.
        reason: Reason,
    },
}

impl Outcome {
    /// The score, where there is one.
    #[must_use]
    pub fn value(self) -> Option<f64> {
        match self {
            Self::Known { value, .. } => Some(value),
            Self::Unknown { .. } => None,
        }
    }

    /// Why there is none.
    #[must_use]
    pub fn reason(self) -> Option<Reason> {
        match self {
            Self::Known { .. } => None,
            Self::Unknown { reason } => Some(reason),
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known { value, coverage } => write!(f, "{} ({coverage})", Rounded(*value)),
            Self::Unknown { reason } => write!(f, "unknown: {reason}"),
        }
    }
}

/// A number with at most four decimals.
struct Rounded(f64);

impl fmt::Display for Rounded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{:.4}", self.0);
        let text = text.trim_end_matches('0').trim_end_matches('.');
        f.write_str(if text == "-0" { "0" } else { text })
    }
}

/// How much of what could be known is known. Imputed values do not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Coverage {
    /// The parts of the group that have a score, of which some value is observed, of all its parts.
    pub parts: Count,
    /// The indicators below it whose values are observed and used, of all indicators below it.
    pub indicators: Count,
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} indicators", self.indicators)
    }
}

/// So many of so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Count {
    /// How many.
    pub known: u64,
    /// Of how many.
    pub of: u64,
}

impl Count {
    /// As a share.
    #[must_use]
    pub fn share(self) -> Share {
        Share::new(self.known, self.of)
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.known, self.of)
    }
}

/// Between what the score lies, whatever the values are that are missing or imputed.
///
/// Each of these is set to the low and to the high end of the scale; the other units stay as they are, and floors
/// do not count. Where the score leaves out a group that is under its floor, the range is widened to hold it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Range {
    /// Both ends, on the scale of the composite; equal where nothing is missing.
    Within {
        /// The low end.
        low: f64,
        /// The high end.
        high: f64,
    },
    /// There is none: the scale has no ends and something is missing, or a value cannot be used.
    NotTold,
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Within { low, high } if low == high => write!(f, "{}", Rounded(*low)),
            Self::Within { low, high } => write!(f, "{} to {}", Rounded(*low), Rounded(*high)),
            Self::NotTold => f.write_str("no range"),
        }
    }
}

/// A score as a tree of its parts, down to the normalised indicators.
///
/// Its `Display` is that tree, a line each.
///
/// ```
/// use peaceops::indicator::composite::{Aggregation, Composite, Group, Indicator, Normaliser, Onto, Plan, Table};
/// use peaceops::scale::Better;
///
/// let goalposts = Normaliser::Goalposts { low: 0.0, high: 10.0, onto: Onto { low: 0.0, high: 100.0 } };
/// let plan = Plan::new(Composite {
///     indicators: vec![Indicator::new("a", "whole", Better::Higher), Indicator::new("b", "whole", Better::Lower)],
///     groups: vec![Group::new("whole", Aggregation::Minimum)],
///     ..Composite::new("example", goalposts)
/// })?;
/// let mut table = Table::new(["north"])?;
/// table.column("a", &[Some(8.0)])?;
/// table.column("b", &[None])?;
/// let score = plan.run(&table)?.score("north", "whole").ok_or("no such unit")?;
/// assert_eq!(
///     score.to_string(),
///     "whole = 80 (1 of 2 indicators), range 0 to 80\n  \
///        a, weight 0.5 = 80 (1 of 1 indicators), range 80\n  \
///        b, weight 0.5 = unknown: no value is given, range 0 to 100"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Score {
    /// The indicator or group.
    pub id: Slug,
    /// Its share of the weight of its group, 0 to 1, all parts taken as known; of the element asked for it is 1.
    pub weight: f64,
    /// The score, or why there is none.
    pub outcome: Outcome,
    /// How much is known, also where there is no score.
    pub coverage: Coverage,
    /// Between what it lies, whatever is missing.
    pub range: Range,
    /// Whether it rests on imputed values alone.
    pub imputed: bool,
    /// Its parts, in the order of the description; of an indicator none.
    pub parts: Vec<Score>,
}

impl Score {
    fn write(&self, f: &mut fmt::Formatter<'_>, level: usize) -> fmt::Result {
        if level > 0 {
            write!(f, "\n{:indent$}{}, weight {}", "", self.id, Rounded(self.weight), indent = 2 * level)?;
        } else {
            write!(f, "{}", self.id)?;
        }
        write!(f, " = {}", self.outcome)?;
        match self.range {
            Range::Within { .. } => write!(f, ", range {}", self.range)?,
            Range::NotTold => f.write_str(", no range")?,
        }
        if self.imputed {
            f.write_str(", imputed")?;
        }
        self.parts.iter().try_for_each(|part| part.write(f, level + 1))
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, 0)
    }
}

/// The scores of all units, for all indicators and groups.
///
/// They own what they need and can outlive the table. Serialised, they hold the description, the tree of each
/// unit from the whole down, and all that was treated or imputed.
#[derive(Clone, Debug)]
pub struct Scores {
    pub(super) plan: Plan,
    pub(super) units: Arc<IndexSet<Slug>>,
    pub(super) store: Store,
    pub(super) imputed: Vec<Imputed>,
    pub(super) treated: Vec<Treated>,
}

impl Scores {
    /// The plan that made them.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The units, in the order of the table.
    pub fn units(&self) -> impl ExactSizeIterator<Item = &Slug> {
        self.units.iter()
    }

    /// The indicators and groups: indicators in the order of the description, then groups, parts before wholes;
    /// the whole is the last.
    pub fn elements(&self) -> impl ExactSizeIterator<Item = &Slug> {
        self.plan.compiled.ids.iter()
    }

    /// The whole: the group that is in no other.
    pub fn whole(&self) -> Option<&Slug> {
        self.plan.compiled.ids.last()
    }

    /// The score of a unit for a group, or the normalised value of an indicator; nothing where there is no such
    /// unit or element.
    #[must_use]
    pub fn outcome(&self, unit: &str, element: &str) -> Option<Outcome> {
        Some(self.outcome_at(self.units.get_index_of(unit)?, self.plan.compiled.ids.get_index_of(element)?))
    }

    /// The scores of all units for an element, in the order of the table; none where there is no such element.
    pub fn outcomes(&self, element: &str) -> impl Iterator<Item = (&Slug, Outcome)> {
        let element = self.plan.compiled.ids.get_index_of(element);
        element
            .into_iter()
            .flat_map(move |element| self.units.iter().enumerate().map(move |(at, unit)| (unit, self.outcome_at(at, element))))
    }

    /// The rank of each unit for an element, 1 the best, in the order of the table; units without a score have none.
    ///
    /// Units that are tied all have the best of their ranks, and the next one counts them all (1, 2, 2, 4), as in
    /// COINr. Ranks hide how near scores are to each other.
    ///
    /// ```
    /// use peaceops::indicator::composite::{Aggregation, Composite, Group, Indicator, Normaliser, Plan, Table};
    /// use peaceops::scale::Better;
    ///
    /// let plan = Plan::new(Composite {
    ///     indicators: vec![Indicator::new("a", "whole", Better::Lower)],
    ///     groups: vec![Group::new("whole", Aggregation::Arithmetic)],
    ///     ..Composite::new("example", Normaliser::Borda)
    /// })?;
    /// let mut table = Table::new(["north", "east", "south", "west", "centre"])?;
    /// table.column("a", &[Some(4.0), Some(2.0), Some(2.0), Some(1.0), None])?;
    /// assert_eq!(plan.run(&table)?.ranks("whole"), [Some(4), Some(2), Some(2), Some(1), None]);
    /// # Ok::<(), peaceops::indicator::composite::Faults>(())
    /// ```
    #[must_use]
    pub fn ranks(&self, element: &str) -> Vec<Option<usize>> {
        let Some(element) = self.plan.compiled.ids.get_index_of(element) else { return Vec::new() };
        let mut sorted: Vec<f64> = (0..self.units.len()).filter_map(|unit| self.store.known(element, unit)).collect();
        sorted.sort_unstable_by(|a, b| b.total_cmp(a));
        let rank = |value: f64| sorted.partition_point(|other| *other > value) + 1;
        (0..self.units.len()).map(|unit| self.store.known(element, unit).map(rank)).collect()
    }

    /// The score of a unit as a tree of its parts, with coverage and range; nothing where there is no such unit or
    /// element.
    #[must_use]
    pub fn score(&self, unit: &str, element: &str) -> Option<Score> {
        let unit = self.units.get_index_of(unit)?;
        let element = self.plan.compiled.ids.get_index_of(element)?;
        let ends = self.ends(unit);
        Some(self.tree(unit, element, 1.0, ends.as_ref()))
    }

    /// Each value that was imputed, by indicator.
    #[must_use]
    pub fn imputed(&self) -> &[Imputed] {
        &self.imputed
    }

    /// Each indicator that was treated for outliers, with its points.
    #[must_use]
    pub fn treated(&self) -> &[Treated] {
        &self.treated
    }

    pub(super) fn outcome_at(&self, unit: usize, element: usize) -> Outcome {
        match reason(self.store.state(element, unit)) {
            Some(reason) => Outcome::Unknown { reason },
            None => Outcome::Known { value: self.store.value(element, unit), coverage: self.coverage(unit, element) },
        }
    }

    fn coverage(&self, unit: usize, element: usize) -> Coverage {
        let observed = |element: usize| self.store.state(element, unit) == OBSERVED;
        let compiled = &self.plan.compiled;
        let count = |known: usize, of: usize| Count { known: known as u64, of: of as u64 };
        match element.checked_sub(compiled.indicators.len()).and_then(|at| compiled.groups.get(at)) {
            None => {
                let one = count(usize::from(observed(element)), 1);
                Coverage { parts: one, indicators: one }
            }
            Some(group) => Coverage {
                parts: count(group.parts.iter().filter(|part| observed(part.element)).count(), group.parts.len()),
                indicators: count(group.indicators.iter().filter(|at| observed(**at)).count(), group.indicators.len()),
            },
        }
    }

    /// The columns of a unit with all that is free at the low end, and at the high end.
    fn ends(&self, unit: usize) -> Option<(Store, Store)> {
        let compiled = &self.plan.compiled;
        let (low, high) = compiled.extent.ends()?;
        let end = |end: f64| {
            let mut store = self.store.of_unit(unit);
            for at in 0..compiled.indicators.len() {
                let state = store.state(at, 0);
                if state != OBSERVED && !is_undefined(state) {
                    let lane = store.lane(at);
                    (lane.values[0], lane.states[0], *lane.complete) = (end, OBSERVED, true);
                }
            }
            clear(&mut store, compiled.indicators.len());
            aggregate::all(&mut store, &compiled.groups, compiled.extent, true);
            store
        };
        Some((end(low), end(high)))
    }

    fn range(&self, unit: usize, element: usize, ends: Option<&(Store, Store)>) -> Range {
        let state = self.store.state(element, unit);
        let value = self.store.known(element, unit);
        if is_undefined(state) {
            return Range::NotTold;
        }
        let coverage = self.coverage(unit, element).indicators;
        if let Some(value) = value.filter(|_| coverage.known == coverage.of) {
            return Range::Within { low: value, high: value };
        }
        match ends.and_then(|(low, high)| Some((low.known(element, 0)?, high.known(element, 0)?))) {
            Some((low, high)) => {
                Range::Within { low: value.map_or(low, |value| low.min(value)), high: value.map_or(high, |value| high.max(value)) }
            }
            None => Range::NotTold,
        }
    }

    fn tree(&self, unit: usize, element: usize, weight: f64, ends: Option<&(Store, Store)>) -> Score {
        let compiled = &self.plan.compiled;
        let group = element.checked_sub(compiled.indicators.len()).and_then(|at| compiled.groups.get(at));
        let parts = group.map(|group| group.parts.iter().map(|part| self.tree(unit, part.element, part.share, ends)).collect());
        Score {
            id: compiled.ids[element].clone(),
            weight,
            outcome: self.outcome_at(unit, element),
            coverage: self.coverage(unit, element),
            range: self.range(unit, element, ends),
            imputed: self.store.state(element, unit) == IMPUTED,
            parts: parts.unwrap_or_default(),
        }
    }
}

/// Makes the columns of the groups ready to be aggregated again.
pub(super) fn clear(store: &mut Store, indicators: usize) {
    let first = indicators * store.units;
    store.values[first..].fill(0.0);
    store.states[first..].fill(OBSERVED);
    store.complete[indicators..].fill(true);
}

/// The scores of a unit, from the whole down.
#[derive(Serialize)]
struct OfUnit<'a> {
    unit: &'a Slug,
    score: Score,
}

impl Serialize for Scores {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let whole = self.plan.compiled.ids.len().saturating_sub(1);
        let scores = self.units.iter().enumerate().map(|(at, unit)| {
            let ends = self.ends(at);
            OfUnit { unit, score: self.tree(at, whole, 1.0, ends.as_ref()) }
        });
        let mut all = serializer.serialize_struct("Scores", 4)?;
        all.serialize_field("composite", self.plan.description())?;
        all.serialize_field("units", &scores.collect::<Vec<_>>())?;
        all.serialize_field("treated", &self.treated)?;
        all.serialize_field("imputed", &self.imputed)?;
        all.end()
    }
}
