//! Aggregators: the parts of a group in one score. One formula, one file.
//!
//! | file | formula | a weak part | defined for |
//! |---|---|---|---|
//! | [`arithmetic`](arithmetic()) | Σ w·x | is made up for by a strong one in full | all |
//! | [`geometric`](geometric()) | Π x^w | less so, the weaker it is | parts above 0 |
//! | [`harmonic`](harmonic()) | 1 / Σ w/x | still less | parts above 0 |
//! | [`power`](power()) | (Σ w·x^p)^(1/p) | by the exponent | parts from 0 up, or above 0 |
//! | [`median`](median()) | the middle of the weight | is not seen | all |
//! | [`minimum`](minimum()) | the least | is never made up for | all |
//!
//! Weights are positive, and shares of the weight of the parts that are known. No formula looks at how much is
//! known: the [floor](super::Floor) of the group does. A result beyond the ends of its parts by a rounding error
//! is taken back to the ends of the scale, where that has some.

mod arithmetic;
mod geometric;
mod harmonic;
mod median;
mod minimum;
pub(super) mod power;

use serde::{Deserialize, Serialize};

pub use arithmetic::arithmetic;
pub use geometric::geometric;
pub use harmonic::harmonic;
pub use median::median;
pub use minimum::minimum;
pub use power::power;

use super::normalise::Extent;
use super::plan::{GroupPlan, Part};
use super::store::{IMPUTED, OBSERVED, Store, is_known, is_undefined, unknown};
use super::{FloorOf, Reason};
use crate::measure::Weight;

/// How the parts of a group make its score. Sources stand with the functions of the same names.
///
/// ```
/// use peaceops::indicator::composite::Aggregation;
///
/// let text = r#"{ "power": { "exponent": -2 } }"#;
/// assert_eq!(serde_json::from_str::<Aggregation>(text)?, Aggregation::Power { exponent: -2.0 });
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Aggregation {
    /// [Arithmetic mean](arithmetic()).
    Arithmetic,
    /// [Geometric mean](geometric()).
    Geometric,
    /// [Harmonic mean](harmonic()).
    Harmonic,
    /// [Power mean](power()).
    Power {
        /// The exponent: −20 to 20, and not 0, at which it would be the geometric mean.
        exponent: f64,
    },
    /// [Median](median()).
    Median,
    /// [Minimum](minimum()).
    Minimum,
}

impl Aggregation {
    /// Largest size of the exponent of a power mean: 20.
    pub const EXPONENT: f64 = 20.0;

    /// The score of parts with their weights, by this formula.
    ///
    /// # Errors
    /// [`Reason::NothingKnown`] of no parts, [`Reason::PartNotPositive`] where the formula is not defined for
    /// one, [`Reason::OutOfBounds`] for parts that are not finite.
    ///
    /// ```
    /// use peaceops::indicator::composite::{Aggregation, Reason};
    /// use peaceops::measure::Weight;
    ///
    /// let parts = [(1.0, Weight::ONE), (4.0, Weight::ONE)];
    /// assert_eq!(Aggregation::Arithmetic.of(&parts), Ok(2.5));
    /// assert_eq!(Aggregation::Minimum.of(&parts), Ok(1.0));
    /// assert_eq!(Aggregation::Minimum.of(&[]), Err(Reason::NothingKnown));
    /// ```
    pub fn of(self, parts: &[(f64, Weight)]) -> Result<f64, Reason> {
        match self {
            Self::Arithmetic => arithmetic(parts),
            Self::Geometric => geometric(parts),
            Self::Harmonic => harmonic(parts),
            Self::Power { exponent } => power(parts, exponent),
            Self::Median => median(parts),
            Self::Minimum => minimum(parts),
        }
    }
}

/// A mean of transformed parts: outward(Σ w·inward(x)).
trait Mean: Copy {
    /// Whether the mean is defined for a part.
    fn admits(self, part: f64) -> bool;
    fn inward(self, part: f64) -> f64;
    fn outward(self, mean: f64) -> f64;
}

/// The sum of weights in thousandths.
fn whole<'a>(weights: impl Iterator<Item = &'a Weight>) -> f64 {
    weights.map(|weight| weight.thousandths()).fold(0, u64::saturating_add) as f64
}

/// A mean of parts with weights.
fn mean(parts: &[(f64, Weight)], mean: impl Mean) -> Result<f64, Reason> {
    let whole = whole(parts.iter().map(|(_, weight)| weight));
    let (mut sum, mut shares) = (0.0, 0.0);
    for (part, weight) in checked(parts)? {
        if !mean.admits(*part) {
            return Err(Reason::PartNotPositive);
        }
        let share = weight.thousandths() as f64 / whole;
        sum += share * mean.inward(*part);
        shares += share;
    }
    finite(mean.outward(sum / shares))
}

/// Some parts, all finite.
fn checked(parts: &[(f64, Weight)]) -> Result<impl Iterator<Item = &(f64, Weight)>, Reason> {
    match parts {
        [] => Err(Reason::NothingKnown),
        parts if parts.iter().any(|(part, _)| !part.is_finite()) => Err(Reason::OutOfBounds),
        parts => Ok(parts.iter()),
    }
}

fn finite(value: f64) -> Result<f64, Reason> {
    if value.is_finite() { Ok(value + 0.0) } else { Err(Reason::OutOfBounds) }
}

/// Aggregates all groups, parts before wholes. With `limits`, a part of 0 makes a mean that is not defined for it
/// the 0 that it tends to: for the ends of ranges.
pub(super) fn all(store: &mut Store, groups: &[GroupPlan], extent: Extent, limits: bool) {
    let mut scratch = Scratch { shares: Vec::new(), seen: Vec::new() };
    for group in groups {
        match group.aggregation {
            Aggregation::Arithmetic => scratch.means(store, group, extent, limits, arithmetic::Arithmetic),
            Aggregation::Geometric => scratch.means(store, group, extent, limits, geometric::Geometric),
            Aggregation::Harmonic => scratch.means(store, group, extent, limits, harmonic::Harmonic),
            Aggregation::Power { exponent } => scratch.means(store, group, extent, limits, power::Power(exponent)),
            Aggregation::Median => picks(store, group, extent, median::of_sorted),
            Aggregation::Minimum => picks(store, group, extent, |parts| parts.first().map_or(0.0, |(part, _)| *part)),
        }
    }
}

/// What a part brings towards the floor of its group, and what that is held against.
fn due(group: &GroupPlan, part: &Part) -> u64 {
    match group.floor.of {
        FloorOf::Parts => 1,
        FloorOf::Weight => part.weight.thousandths(),
    }
}

/// Whether so much is enough for the floor of the group.
fn reaches(group: &GroupPlan, seen: u64) -> bool {
    let least = group.floor.least.thousandths().unsigned_abs();
    u128::from(seen) * 1000 >= u128::from(group.due) * u128::from(least)
}

/// The state of a group in which some part is known and so much is observed, where nothing is undefined.
fn state(group: &GroupPlan, seen: u64) -> u8 {
    match seen {
        _ if !reaches(group, seen) => unknown(Reason::BelowFloor),
        0 => IMPUTED,
        _ => OBSERVED,
    }
}

/// Columns that are used for one group after the other.
struct Scratch {
    /// The shares of the parts that are known.
    shares: Vec<f64>,
    /// What is observed towards the floor.
    seen: Vec<u64>,
}

impl Scratch {
    /// A mean of each unit's parts, a column at a time.
    fn means(&mut self, store: &mut Store, group: &GroupPlan, extent: Extent, limits: bool, mean: impl Mean) {
        let units = store.units;
        let (below, rest) = store.values.split_at_mut(group.element * units);
        let (states_below, states_rest) = store.states.split_at_mut(group.element * units);
        let (sums, states) = (&mut rest[..units], &mut states_rest[..units]);
        let column = |part: &Part| part.element * units..(part.element + 1) * units;
        let complete = group.parts.iter().all(|part| store.complete[part.element]) && !group.parts.is_empty();
        let undefined = unknown(Reason::PartNotPositive);
        let admits = |value: f64| mean.admits(value) || (limits && value == 0.0);
        if complete {
            let mut shares = 0.0;
            for part in &group.parts {
                shares += part.share;
                for ((sum, state), value) in sums.iter_mut().zip(states.iter_mut()).zip(&below[column(part)]) {
                    if admits(*value) {
                        *sum += part.share * mean.inward(*value);
                    } else {
                        *state = undefined;
                    }
                }
            }
            for sum in sums.iter_mut() {
                *sum = mean.outward(*sum / shares);
            }
        } else {
            self.shares.clear();
            self.shares.resize(units, 0.0);
            self.seen.clear();
            self.seen.resize(units, 0);
            for part in &group.parts {
                let due = due(group, part);
                let towards = self.shares.iter_mut().zip(self.seen.iter_mut());
                let sums = sums.iter_mut().zip(states.iter_mut());
                let values = below[column(part)].iter().zip(&states_below[column(part)]);
                for (((sum, state), (shares, seen)), (value, of)) in sums.zip(towards).zip(values) {
                    let (known, admitted) = (is_known(*of), admits(*value));
                    // without a branch, where the mean allows it
                    *sum += if known && admitted { part.share * mean.inward(*value) } else { 0.0 };
                    *shares += if known && admitted { part.share } else { 0.0 };
                    *seen += if *of == OBSERVED && admitted { due } else { 0 };
                    *state = if (known && !admitted) || is_undefined(*of) { undefined } else { *state };
                }
            }
            let towards = self.shares.iter().zip(&self.seen);
            for ((sum, of), (shares, seen)) in sums.iter_mut().zip(states.iter_mut()).zip(towards) {
                if *of == OBSERVED {
                    *of = if *shares > 0.0 { state(group, *seen) } else { unknown(Reason::NothingKnown) };
                    *sum = mean.outward(*sum / *shares);
                }
            }
        }
        finish(sums, states, extent, &mut store.complete[group.element]);
    }
}

/// One of each unit's parts, or what lies between two: these are sorted by size first.
fn picks(store: &mut Store, group: &GroupPlan, extent: Extent, pick: impl Fn(&[(f64, Weight)]) -> f64) {
    let mut parts: Vec<(f64, Weight)> = Vec::with_capacity(group.parts.len());
    for unit in 0..store.units {
        parts.clear();
        let (mut seen, mut undefined) = (0, false);
        for part in &group.parts {
            let of = store.state(part.element, unit);
            undefined |= is_undefined(of);
            if is_known(of) {
                parts.push((store.value(part.element, unit), part.weight));
                seen += if of == OBSERVED { due(group, part) } else { 0 };
            }
        }
        parts.sort_by(|a, b| a.0.total_cmp(&b.0));
        let lane = store.lane(group.element);
        lane.states[unit] = match parts.is_empty() {
            _ if undefined => unknown(Reason::PartNotPositive),
            true => unknown(Reason::NothingKnown),
            false => state(group, seen),
        };
        lane.values[unit] = pick(&parts);
    }
    let lane = store.lane(group.element);
    finish(lane.values, lane.states, extent, lane.complete);
}

/// Takes away what is no score, and rounding errors beyond the ends of the scale.
fn finish(values: &mut [f64], states: &mut [u8], extent: Extent, complete: &mut bool) {
    let (low, high) = extent.ends().unwrap_or((f64::MIN, f64::MAX));
    for (value, state) in values.iter_mut().zip(states.iter_mut()) {
        if is_known(*state) && !value.is_finite() {
            *state = unknown(Reason::OutOfBounds);
        }
        *value = if is_known(*state) { value.max(low).min(high) } else { 0.0 };
        *complete &= *state == OBSERVED;
    }
}
