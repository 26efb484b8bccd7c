//! Imputation of missing values: none unless asked for, and each one marked.

use indexmap::{IndexMap, IndexSet};
use serde::{Deserialize, Serialize};

use super::store::{IMPUTED, Lane, OBSERVED};
use crate::id::Slug;

/// What is done about missing values.
///
/// An imputed value is told in [`Scores::imputed`](super::Scores::imputed) and in the tree of every score that
/// rests on it. It raises no coverage and lifts no group over its floor, and the range of a score leaves it
/// free. It is imputed in the units of the table, after denomination and before all else; a unit without a
/// group, or in a group in which no value is known, stays without.
///
/// Source: OECD/JRC, *Handbook on Constructing Composite Indicators* (2008), section 3.2, unconditional mean and
/// median imputation; `i_mean`, `i_median`, `i_mean_grp` and `i_median_grp` of COINr. The handbook warns that
/// they make the spread look smaller than it is.
///
/// ```
/// use peaceops::indicator::composite::Imputation;
///
/// assert_eq!(Imputation::default(), Imputation::None);
/// assert_eq!(serde_json::from_str::<Imputation>("\"group-median\"")?, Imputation::GroupMedian);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Imputation {
    /// They stay missing.
    #[default]
    None,
    /// The mean of all units.
    Mean,
    /// The median of all units.
    Median,
    /// The mean of the units of the same group.
    GroupMean,
    /// The median of the units of the same group.
    GroupMedian,
}

impl Imputation {
    /// Whether the table has to say which group each unit is in.
    #[must_use]
    pub fn needs_groups(self) -> bool {
        matches!(self, Self::GroupMean | Self::GroupMedian)
    }
}

/// A value that was imputed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Imputed {
    /// The indicator.
    pub indicator: Slug,
    /// The unit.
    pub unit: Slug,
    /// The value, in the units of the table, denominated.
    pub value: f64,
    /// How many units it is taken from.
    pub from: usize,
}

/// The mean of values, in their units; nothing of none.
///
/// Source: OECD/JRC (2008), section 3.2.
///
/// ```
/// use peaceops::indicator::composite::impute::mean;
///
/// assert_eq!(mean(&[1.0, 2.0, 6.0]), Some(3.0));
/// assert_eq!(mean(&[]), None);
/// ```
#[must_use]
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().fold(0.0, |sum, value| sum + value) / values.len() as f64)
}

/// The median of values, in their units: of two in the middle, their mean; nothing of none.
///
/// Source: OECD/JRC (2008), section 3.2.
///
/// ```
/// use peaceops::indicator::composite::impute::median;
///
/// assert_eq!(median(&[6.0, 1.0, 2.0]), Some(2.0));
/// assert_eq!(median(&[6.0, 1.0, 2.0, 3.0]), Some(2.5));
/// ```
#[must_use]
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let upper = sorted.get(middle)?;
    if sorted.len() % 2 == 1 { Some(*upper) } else { sorted.get(middle.checked_sub(1)?).map(|lower| (lower + upper) / 2.0) }
}

/// Imputes the missing values of a column, and tells which.
pub(super) fn column(
    lane: &mut Lane<'_>,
    imputation: Imputation,
    groups: Option<&[Option<Slug>]>,
    indicator: &Slug,
    units: &IndexSet<Slug>,
    told: &mut Vec<Imputed>,
) {
    if imputation == Imputation::None || *lane.complete {
        return;
    }
    let of = match imputation {
        Imputation::Mean | Imputation::GroupMean => mean,
        _ => median,
    };
    let by_group = groups.filter(|_| imputation.needs_groups());
    // the group of a unit: all are one where there are no groups
    let group = |at: usize| by_group.map_or(Some(None), |groups| groups.get(at)?.as_ref().map(Some));
    let mut known: IndexMap<Option<&Slug>, Vec<f64>> = IndexMap::new();
    for (at, (value, state)) in lane.values.iter().zip(lane.states.iter()).enumerate() {
        if let Some(group) = group(at).filter(|_| *state == OBSERVED) {
            known.entry(group).or_default().push(*value);
        }
    }
    let known: IndexMap<_, _> = known.into_iter().map(|(group, values)| (group, (of(&values), values.len()))).collect();
    for (at, unit) in units.iter().enumerate() {
        // what is undefined is not missing, and stays so
        if lane.states[at] == OBSERVED || super::store::is_undefined(lane.states[at]) {
            continue;
        }
        if let Some((Some(value), from)) = group(at).and_then(|group| known.get(&group)) {
            (lane.values[at], lane.states[at]) = (*value, IMPUTED);
            told.push(Imputed { indicator: indicator.clone(), unit: unit.clone(), value: *value, from: *from });
        }
    }
}
