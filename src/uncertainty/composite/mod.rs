//! What the scores and ranks of a composite hang on: its weights, the choices of its author, errors of its values.
//!
//! A caller declares what is uncertain ([`CompositeInputs`]). Then two questions can be asked: how far scores and ranks
//! go when all of it moves at once ([`CompositeDraws`]), and which of it they hang on
//! ([`of_composite`](super::sobol::of_composite)). Both ask the same moved composite.
//!
//! | input | moves as | misleads when |
//! |---|---|---|
//! | weight | evenly, by up to a part of the described one | weights stand for values that people do hold |
//! | normaliser | a trigger, evenly among the alternatives | an alternative is one that nobody would defend |
//! | aggregator | a trigger, the same way | the same |
//! | value | evenly, by up to a relative error | errors of several values are one |
//!
//! All bounds and alternatives are the caller's: nothing is varied that is not declared, and no probability here comes
//! from a source. An input that was declared and moved nothing is told (`still`), so that "it does not hang on the
//! aggregator" is never said of an aggregator that could not act.
//!
//! Source: OECD/JRC, *Handbook on Constructing Composite Indicators* (2008), part 1, step 7, on uncertainty and
//! sensitivity analysis and on triggers; Saisana, Saltelli and Tarantola, "Uncertainty and sensitivity analysis
//! techniques as tools for the quality assessment of composite indicators", *Journal of the Royal Statistical
//! Society* A 168 (2005), 307–323.

mod draws;
pub(super) mod moves;
mod summary;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::indicator::composite::{Aggregation, Normaliser};
use crate::measure::Decimal;

pub use self::draws::CompositeDraws;
pub use self::summary::{CompositeResult, InputDraws, Quantiles, UnitDraws};

/// What of a composite is uncertain; nothing by default.
///
/// # Errors
/// Whatever takes it refuses: `out-of-range` for a spread or an error that is not in 0 to 0.999; `unknown-id` for a
/// group or indicator that is not there; `not-a-composite` for an alternative with which the composite would not be
/// sound, for a group or indicator that is named in two choices, and for a table that the composite does not fit.
///
/// ```
/// use peaceops::indicator::composite::{Aggregation, Normaliser};
/// use peaceops::measure::Decimal;
/// use peaceops::uncertainty::composite::{AggregatorChoice, CompositeInputs, RelativeError};
///
/// let inputs = CompositeInputs {
///     spread: Decimal::new(0.25)?,
///     normalisers: vec![Normaliser::PercentileRank, Normaliser::Borda],
///     aggregators: vec![AggregatorChoice::of_all([Aggregation::Geometric])],
///     errors: vec![RelativeError { indicator: "deaths".into(), part: Decimal::new(0.1)? }],
/// };
/// assert_ne!(inputs, CompositeInputs::default());
/// # Ok::<(), peaceops::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CompositeInputs {
    /// Largest part by which a weight goes up or down, 0 to 0.999: 0, not moved. Every weight of an element that shares
    /// its group with others is an input; the weight of one that does not moves nothing and is none. Weights move in
    /// thousandths of the described one.
    pub spread: Decimal,
    /// Alternatives to the normaliser: none. All together are one input. An alternative takes the place of the
    /// composite's normaliser and of those that indicators have of their own; the described ones stay one of the
    /// choices. One that stands twice is drawn twice as often.
    pub normalisers: Vec<Normaliser>,
    /// Alternatives to the aggregators of groups: none. Each choice is one input.
    pub aggregators: Vec<AggregatorChoice>,
    /// Relative errors of the values of indicators: none. For the indices of a unit each is one input, of that unit's
    /// value; in draws each value of each unit errs apart.
    pub errors: Vec<RelativeError>,
}

impl Default for CompositeInputs {
    fn default() -> Self {
        Self { spread: Decimal::of_thousandths(0), normalisers: Vec::new(), aggregators: Vec::new(), errors: Vec::new() }
    }
}

/// A choice of the aggregator for some groups, which change together.
///
/// ```
/// use peaceops::indicator::composite::Aggregation;
/// use peaceops::uncertainty::composite::AggregatorChoice;
///
/// let choice = AggregatorChoice { groups: vec!["health".into()], alternatives: vec![Aggregation::Geometric] };
/// assert!(AggregatorChoice::of_all([Aggregation::Geometric]).groups.is_empty());
/// # let _ = choice;
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AggregatorChoice {
    /// The groups; none means all.
    #[serde(default)]
    pub groups: Vec<String>,
    /// What may take the place of the described aggregators, which stay one of the choices.
    pub alternatives: Vec<Aggregation>,
}

impl AggregatorChoice {
    /// A choice for all groups together.
    #[must_use]
    pub fn of_all(alternatives: impl IntoIterator<Item = Aggregation>) -> Self {
        Self { groups: Vec::new(), alternatives: alternatives.into_iter().collect() }
    }
}

/// How far the values of an indicator may be off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelativeError {
    /// The indicator.
    pub indicator: String,
    /// The largest part by which a value of the table, before all steps, goes up or down: 0 to 0.999. A value of 0
    /// stays.
    pub part: Decimal,
}

/// What of a unit is studied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CompositeOutput {
    /// Its score for the whole, on the scale of the composite.
    #[default]
    Score,
    /// Its rank among the units with a score, 1 the best; ties share the best of their ranks.
    Rank,
}

/// Something that was varied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum CompositeInput {
    /// A weight.
    Weight {
        /// The indicator or group that it is of.
        of: String,
    },
    /// The normaliser.
    Normaliser,
    /// The aggregator of some groups.
    Aggregator {
        /// The groups; none means all.
        groups: Vec<String>,
    },
    /// Values.
    Value {
        /// The indicator that they are of.
        of: String,
    },
}

impl fmt::Display for CompositeInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Weight { of } => write!(f, "the weight of `{of}`"),
            Self::Normaliser => f.write_str("the normaliser"),
            Self::Aggregator { groups } if groups.is_empty() => f.write_str("the aggregator of all groups"),
            Self::Aggregator { groups } => write!(f, "the aggregator of `{}`", groups.join("`, `")),
            Self::Value { of } => write!(f, "the value of `{of}`"),
        }
    }
}
