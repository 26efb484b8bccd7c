//! What a composite is made of: indicators, groups and choices, as data.

use serde::{Deserialize, Serialize};

use super::{Aggregation, Imputation, Normaliser, Per, Transform, Treatment};
use crate::measure::Decimal;
use crate::scale::Better;

/// A composite as its author describes it: plain data that can be written to a file and read back.
///
/// Groups and indicators name the group that they are in; exactly one group is in none and is the whole. So a
/// hierarchy of any depth is two flat lists. Numbers and names are checked by [`Plan::new`](super::Plan::new),
/// all at once. Unknown fields are refused.
///
/// ```
/// use peaceops::indicator::composite::{Composite, Plan};
///
/// let text = r#"{
///     "id": "example", "normaliser": { "min-max": { "onto": { "low": 0, "high": 100 } } },
///     "groups": [
///         { "id": "whole", "aggregation": "geometric", "floor": { "least": 1 } },
///         { "id": "means", "group": "whole", "aggregation": "arithmetic" }
///     ],
///     "indicators": [
///         { "id": "troops", "group": "means", "better": "higher", "per": { "by": "population", "times": 1000 } },
///         { "id": "deaths", "group": "whole", "better": "lower" }
///     ]
/// }"#;
/// let composite: Composite = serde_json::from_str(text)?;
/// assert_eq!(Plan::new(composite)?.depth(), 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Composite {
    /// Slug by which the composite is asked for and told of.
    pub id: String,
    /// How indicators come to one scale, unless one says otherwise.
    pub normaliser: Normaliser,
    /// What is done about outliers, unless an indicator says otherwise: nothing by default.
    #[serde(default)]
    pub treatment: Treatment,
    /// What is done about missing values: nothing by default.
    #[serde(default)]
    pub imputation: Imputation,
    /// The indicators.
    pub indicators: Vec<Indicator>,
    /// The groups.
    pub groups: Vec<Group>,
}

impl Composite {
    /// A composite without indicators and groups yet, without treatment and imputation.
    #[must_use]
    pub fn new(id: &str, normaliser: Normaliser) -> Self {
        Self {
            id: id.to_owned(),
            normaliser,
            treatment: Treatment::None,
            imputation: Imputation::None,
            indicators: Vec::new(),
            groups: Vec::new(),
        }
    }
}

/// An indicator: a column of the table, and how it counts.
///
/// ```
/// use peaceops::indicator::composite::{Indicator, Transform};
/// use peaceops::scale::Better;
///
/// let income = Indicator { transform: Transform::Log, weight: Some(2.0), ..Indicator::new("income", "living", Better::Higher) };
/// assert_eq!(income.normaliser, None); // that of the composite
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Slug of the indicator, and of its column.
    pub id: String,
    /// The group that it is in.
    pub group: String,
    /// Whether higher or lower values are better. It is applied inside the normaliser, so that goalposts and
    /// all else are in the units of the table.
    pub better: Better,
    /// Its weight against the other parts of its group: positive, at most three decimals. Either all parts of a
    /// group have one or none has, and then they weigh the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<f64>,
    /// What its values are divided by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per: Option<Per>,
    /// Whether its values are taken as their logarithms.
    #[serde(default)]
    pub transform: Transform,
    /// Its own normaliser, in the place of the composite's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub normaliser: Option<Normaliser>,
    /// Its own treatment of outliers, in the place of the composite's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub treatment: Option<Treatment>,
}

impl Indicator {
    /// An indicator in a group, with the choices of the composite.
    #[must_use]
    pub fn new(id: &str, group: &str, better: Better) -> Self {
        Self {
            id: id.to_owned(),
            group: group.to_owned(),
            better,
            weight: None,
            per: None,
            transform: Transform::None,
            normaliser: None,
            treatment: None,
        }
    }
}

/// A group of indicators and other groups.
///
/// ```
/// use peaceops::indicator::composite::{Aggregation, Floor, Group};
///
/// let whole = Group::new("whole", Aggregation::Geometric);
/// let part = Group { group: Some("whole".into()), floor: Floor::NONE, ..Group::new("part", Aggregation::Arithmetic) };
/// assert_eq!((whole.group, part.group.as_deref()), (None, Some("whole")));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Slug of the group.
    pub id: String,
    /// The group that it is in; the whole is in none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Its weight against the other parts of the group that it is in, as [`Indicator::weight`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<f64>,
    /// How its parts make its score.
    pub aggregation: Aggregation,
    /// How much of it has to be known.
    #[serde(default)]
    pub floor: Floor,
}

impl Group {
    /// A group in no other, with the usual floor.
    #[must_use]
    pub fn new(id: &str, aggregation: Aggregation) -> Self {
        Self { id: id.to_owned(), group: None, weight: None, aggregation, floor: Floor::default() }
    }
}

/// How much of a group has to be known for a score: at least half of its parts, unless it says otherwise.
///
/// A part is known if it has a score, and if that rests on at least one value that was not imputed: imputed
/// values never lift a group over its floor. Where no part has a score, the group has none under any floor.
///
/// Source: the data threshold (`dat_thresh`) of COINr's `Aggregate`, which has none by default and counts
/// imputed values.
///
/// ```
/// use peaceops::indicator::composite::{Floor, FloorOf};
///
/// assert_eq!((Floor::default().least.value(), Floor::default().of), (0.5, FloorOf::Parts));
/// assert_eq!(Floor::NONE.least.value(), 0.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Floor {
    /// The share that has to be known, 0 to 1; exactly so much is enough.
    pub least: Decimal,
    /// What the share is of.
    pub of: FloorOf,
}

impl Floor {
    /// No floor: one known part is enough.
    pub const NONE: Self = Self { least: Decimal::of_thousandths(0), of: FloorOf::Parts };
}

impl Default for Floor {
    fn default() -> Self {
        Self { least: Decimal::of_thousandths(500), of: FloorOf::Parts }
    }
}

/// What a coverage floor is a share of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FloorOf {
    /// The number of the group's parts.
    #[default]
    Parts,
    /// The weight of the group's parts.
    Weight,
}
