//! What is wrong with a description or a table: all of it at once, each fault with the names it is about.

use std::fmt;

use thiserror::Error as ThisError;

use crate::error::Error;

/// One fault of a description or of a table.
///
/// ```
/// use peaceops::indicator::composite::{Composite, Normaliser, Plan};
///
/// let faults = Plan::new(Composite::new("empty", Normaliser::Borda)).unwrap_err();
/// assert_eq!(faults.to_string(), "there is no indicator [no-indicator]\nthere is no group [no-group]");
/// ```
#[derive(Clone, Debug, PartialEq, ThisError)]
#[non_exhaustive]
pub enum Fault {
    /// A name that is no slug.
    #[error("{what} {error}")]
    InvalidId {
        /// What it should name.
        what: &'static str,
        /// What is wrong with it.
        error: Error,
    },
    /// A name that two elements, units or columns have.
    #[error("a second {what} has the id `{id}`")]
    DuplicateId {
        /// What it names.
        what: &'static str,
        /// The name.
        id: String,
    },
    /// A description without an indicator.
    #[error("there is no indicator")]
    NoIndicator,
    /// A description without a group.
    #[error("there is no group")]
    NoGroup,
    /// An element in a group that there is not.
    #[error("`{id}` is in the group `{group}`, which there is not; groups: {}", quoted(.groups))]
    UnknownGroup {
        /// The element.
        id: String,
        /// The group that it names.
        group: String,
        /// Some of the groups that there are.
        groups: Vec<String>,
    },
    /// Not exactly one group that is in no other.
    #[error("one group is the whole and in no other; here: {}", quoted(.groups))]
    Whole {
        /// The groups that are in no other.
        groups: Vec<String>,
    },
    /// A group that holds nothing.
    #[error("the group `{id}` holds nothing")]
    EmptyGroup {
        /// The group.
        id: String,
    },
    /// Groups that are in each other.
    #[error("groups are in each other: {}", quoted(.groups))]
    Circle {
        /// The groups.
        groups: Vec<String>,
    },
    /// Groups nested too deeply.
    #[error("`{id}` stands {found} levels deep; the limit is {max}")]
    TooDeep {
        /// The element.
        id: String,
        /// Its depth.
        found: usize,
        /// The most.
        max: usize,
    },
    /// More than a limit allows.
    #[error("{found} {what} are above the limit of {max}")]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// How many.
        found: usize,
        /// The most.
        max: usize,
    },
    /// A weight that is none.
    #[error("the weight of `{id}`: {error}")]
    Weight {
        /// The element.
        id: String,
        /// What is wrong with it.
        error: Error,
    },
    /// A group in which some parts have a weight and others none.
    #[error("in the group `{group}` some parts have a weight, and {} none; give all or none", quoted(.without))]
    SomeWeights {
        /// The group.
        group: String,
        /// The parts without a weight.
        without: Vec<String>,
    },
    /// A weight of the whole.
    #[error("`{id}` is the whole; it has no weight")]
    WholeWeight {
        /// The group.
        id: String,
    },
    /// A number of the description outside its bounds.
    #[error("{what} of `{id}`: {found} is not {rule}")]
    Number {
        /// The element, or the composite.
        id: String,
        /// What the number is.
        what: &'static str,
        /// What was found.
        found: f64,
        /// What it has to be.
        rule: &'static str,
    },
    /// A range or goalposts whose low end is not below the high end.
    #[error("{what} of `{id}`: low {low} is not below high {high}; `better` alone says which end is good")]
    Reversed {
        /// The element, or the composite.
        id: String,
        /// What has the ends.
        what: &'static str,
        /// The low end.
        low: f64,
        /// The high end.
        high: f64,
    },
    /// Indicators on different scales.
    #[error("`{id}` is normalised to {found}, and `{first}` to {expected}; one composite has one scale")]
    MixedScales {
        /// The indicator.
        id: String,
        /// Its scale.
        found: String,
        /// The first indicator.
        first: String,
        /// The scale of the first.
        expected: String,
    },
    /// Outlier treatment of an indicator that goalposts clip.
    #[error("`{id}` has goalposts, which clip, and a treatment of outliers; give it the treatment `none`")]
    TreatedGoalposts {
        /// The indicator.
        id: String,
    },
    /// A column that the composite needs and the table does not have.
    #[error("the table has no column `{id}`{}", .of.as_ref().map_or_else(String::new, |of| format!(", the denominator of `{of}`")))]
    NoColumn {
        /// The column.
        id: String,
        /// The indicator that it is the denominator of.
        of: Option<String>,
    },
    /// A column with another number of values than there are units.
    #[error("`{id}` has another number of values ({found}) than there are units ({units})")]
    Length {
        /// The column, or what else has a value for each unit.
        id: String,
        /// How many values it has.
        found: usize,
        /// How many units there are.
        units: usize,
    },
    /// A value that is not finite or too large.
    #[error("`{id}`, unit `{unit}`: {found} is not a finite number of at most 1e60")]
    Value {
        /// The column.
        id: String,
        /// The unit.
        unit: String,
        /// The value.
        found: f64,
    },
    /// An imputation by groups of units, of which the table has none.
    #[error("missing values are imputed by group, and the table has no groups")]
    NoUnitGroups,
    /// An element that there is not.
    #[error("there is no element `{id}`")]
    UnknownElement {
        /// What was asked for.
        id: String,
    },
    /// An element without which nothing is left.
    #[error("without `{id}` nothing is left")]
    NothingLeft {
        /// The element.
        id: String,
    },
}

/// Names in back quotes, the first ten.
fn quoted(names: &[String]) -> String {
    let mut text = names.iter().take(10).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match names.len() {
        0 => text.push_str("none"),
        11.. => text.push_str(", …"),
        _ => {}
    }
    text
}

impl Fault {
    /// A stable code in kebab case.
    ///
    /// ```
    /// use peaceops::indicator::composite::Table;
    ///
    /// let faults = Table::new(["north", "north"]).unwrap_err();
    /// assert_eq!(faults.iter().map(|fault| fault.code()).collect::<Vec<_>>(), ["duplicate-id"]);
    /// ```
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::InvalidId { .. } => "invalid-id",
            Self::DuplicateId { .. } => "duplicate-id",
            Self::NoIndicator => "no-indicator",
            Self::NoGroup => "no-group",
            Self::UnknownGroup { .. } => "unknown-group",
            Self::Whole { .. } => "whole",
            Self::EmptyGroup { .. } => "empty-group",
            Self::Circle { .. } => "circle",
            Self::TooDeep { .. } => "too-deep",
            Self::TooMany { .. } => "too-many",
            Self::Weight { .. } => "weight",
            Self::SomeWeights { .. } => "some-weights",
            Self::WholeWeight { .. } => "whole-weight",
            Self::Number { .. } => "number",
            Self::Reversed { .. } => "reversed",
            Self::MixedScales { .. } => "mixed-scales",
            Self::TreatedGoalposts { .. } => "treated-goalposts",
            Self::NoColumn { .. } => "no-column",
            Self::Length { .. } => "length",
            Self::Value { .. } => "value",
            Self::NoUnitGroups => "no-unit-groups",
            Self::UnknownElement { .. } => "unknown-element",
            Self::NothingLeft { .. } => "nothing-left",
        }
    }
}

/// All faults of a description or of a table, at least one.
///
/// They are in the order of the description or of the table; [`Faults::MOST`] are kept at most.
#[derive(Clone, Debug, PartialEq)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// Most faults that are kept: 1,000.
    pub const MOST: usize = 1000;

    /// The faults, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.0.iter()
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, fault) in self.0.iter().enumerate() {
            let separator = if at == 0 { "" } else { "\n" };
            write!(f, "{separator}{fault} [{}]", fault.code())?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}

impl From<Fault> for Faults {
    fn from(fault: Fault) -> Self {
        Self(vec![fault])
    }
}

/// Gathers faults while a description or a table is checked.
#[derive(Default)]
pub(super) struct Gathered(Vec<Fault>);

impl Gathered {
    pub(super) fn push(&mut self, fault: Fault) {
        if self.0.len() < Faults::MOST {
            self.0.push(fault);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value, where nothing was wrong.
    pub(super) fn into_result<T>(self, value: T) -> Result<T, Faults> {
        if self.0.is_empty() { Ok(value) } else { Err(Faults(self.0)) }
    }

    /// Keeps a fault instead of an error.
    pub(super) fn keep<T, E>(&mut self, result: Result<T, E>, fault: impl FnOnce(E) -> Fault) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                self.push(fault(error));
                None
            }
        }
    }
}
