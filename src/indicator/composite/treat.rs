//! Outliers: none treated unless asked for; winsorised, else brought in by a logarithm; each point told.

use indexmap::IndexSet;
use serde::{Deserialize, Serialize};

use super::store::{Lane, is_known};
use crate::id::Slug;

/// What is done about outliers of an indicator.
///
/// Goalposts clip already: an indicator with goalposts and a treatment is refused.
///
/// ```
/// use peaceops::indicator::composite::{Outliers, Treatment};
///
/// assert_eq!(Treatment::default(), Treatment::None);
/// let text = r#"{ "winsorise-else-log": { "most": 3 } }"#;
/// assert_eq!(serde_json::from_str::<Treatment>(text)?, Treatment::WinsoriseElseLog(Outliers { most: 3, ..Outliers::default() }));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Treatment {
    /// Nothing.
    #[default]
    None,
    /// Winsorises while the indicator has outliers, and takes a logarithm where that is not enough.
    WinsoriseElseLog(Outliers),
}

/// When an indicator has outliers, and how many points may be winsorised.
///
/// An indicator has outliers where |skewness| is above the one threshold *and* kurtosis is above the other.
///
/// Source: OECD/JRC, COIN Tool User's Guide (2019); `qTreat` of COINr, with the same numbers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Outliers {
    /// Largest size of [`skewness`] without outliers: 2.
    pub skewness: f64,
    /// Largest [`kurtosis`] without outliers: 3.5.
    pub kurtosis: f64,
    /// Most points that are winsorised: 5. With 0 a logarithm is taken at once.
    pub most: u32,
}

impl Default for Outliers {
    fn default() -> Self {
        Self { skewness: 2.0, kurtosis: 3.5, most: 5 }
    }
}

impl Outliers {
    /// Whether values have outliers; never for fewer than four, or where all are the same.
    ///
    /// ```
    /// use peaceops::indicator::composite::Outliers;
    ///
    /// let mut values: Vec<f64> = (1..=10).map(f64::from).collect();
    /// assert!(!Outliers::default().found(&values));
    /// values.push(100.0);
    /// assert!(Outliers::default().found(&values));
    /// ```
    #[must_use]
    pub fn found(&self, values: &[f64]) -> bool {
        match (skewness(values), kurtosis(values)) {
            (Some(skewness), Some(kurtosis)) => skewness.abs() > self.skewness && kurtosis > self.kurtosis,
            _ => false,
        }
    }
}

/// An indicator that was treated.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Treated {
    /// The indicator.
    pub indicator: Slug,
    /// Whether it has outliers still, after all that was done.
    pub still: bool,
    /// Each point that was changed: at most the allowed number where it was winsorised, all where a logarithm
    /// was taken.
    pub points: Vec<Point>,
}

/// A point that was changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Point {
    /// The unit.
    pub unit: Slug,
    /// What was done.
    pub how: How,
    /// The value before, denominated, imputed and transformed.
    pub from: f64,
    /// The value after.
    pub to: f64,
}

/// What was done with a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum How {
    /// Brought down to the greatest value below it.
    WinsorisedHigh,
    /// Brought up to the least value above it.
    WinsorisedLow,
    /// Its logarithm was taken.
    Log,
}

/// Sums of the powers of deviations from the mean, in parts of the largest deviation.
fn moments(values: &[f64]) -> Option<[f64; 3]> {
    let mean = super::impute::mean(values)?;
    let largest = values.iter().fold(0.0, |largest: f64, value| largest.max((value - mean).abs()));
    let first = values.first()?;
    if !(largest > 0.0 && largest.is_finite()) || values.iter().all(|value| value == first) {
        return None;
    }
    Some(values.iter().fold([0.0; 3], |[two, three, four], value| {
        let deviation = (value - mean) / largest;
        let square = deviation * deviation;
        [two + square, three + square * deviation, four + square * square]
    }))
}

/// Skewness: 0 for symmetric values, positive where the long tail is high; without a unit.
///
/// Nothing for fewer than three values, or where all are the same.
///
/// Formula: G1 = √(n(n−1))/(n−2) · m3/m2^1.5, m the central moments, divided by n.
///
/// Source: Joanes & Gill, *Comparing Measures of Sample Skewness and Kurtosis*, The Statistician 47 (1998),
/// pages 183–189, section 1; `skew` of COINr, and `SKEW` of Excel, whose documented example is the doctest.
///
/// ```
/// use peaceops::indicator::composite::treat::skewness;
///
/// let found = skewness(&[3.0, 4.0, 5.0, 2.0, 3.0, 4.0, 5.0, 6.0, 4.0, 7.0]);
/// assert!(found.is_some_and(|found| (found - 0.359_543_071).abs() < 1e-9));
/// assert_eq!(skewness(&[1.0, 1.0, 1.0]), None);
/// ```
#[must_use]
pub fn skewness(values: &[f64]) -> Option<f64> {
    let n = values.len() as f64;
    if values.len() < 3 {
        return None;
    }
    let [two, three, _] = moments(values)?;
    Some((n * (n - 1.0)).sqrt() / (n - 2.0) * n.sqrt() * three / (two * two.sqrt()))
}

/// Excess kurtosis: about 0 for normally distributed values, positive for heavy tails; without a unit.
///
/// Nothing for fewer than four values, or where all are the same.
///
/// Formula: G2 = (n−1)/((n−2)(n−3)) · ((n+1)·(m4/m2² − 3) + 6).
///
/// Source: Joanes & Gill (1998), section 1; `kurt` of COINr, and `KURT` of Excel, whose documented example is the
/// doctest.
///
/// ```
/// use peaceops::indicator::composite::treat::kurtosis;
///
/// let found = kurtosis(&[3.0, 4.0, 5.0, 2.0, 3.0, 4.0, 5.0, 6.0, 4.0, 7.0]);
/// assert!(found.is_some_and(|found| (found + 0.151_799_637).abs() < 1e-9));
/// ```
#[must_use]
pub fn kurtosis(values: &[f64]) -> Option<f64> {
    let n = values.len() as f64;
    if values.len() < 4 {
        return None;
    }
    let [two, _, four] = moments(values)?;
    Some((n - 1.0) / ((n - 2.0) * (n - 3.0)) * ((n + 1.0) * (n * four / (two * two) - 3.0) + 6.0))
}

/// Values after winsorising, and the places that were changed; nothing where it is not enough.
///
/// Formula: while the values have outliers, all at the greatest value are brought down to the greatest below it
/// where skewness is positive, and all at the least are brought up where it is negative. It is not enough where
/// more points than allowed would be changed, or where only one value would be left. Values that were changed
/// before and stand at the end again count once.
///
/// Source: `winsorise` of COINr, which may pass its limit by points that are tied.
///
/// Worked example: of 1 to 10, 30 and 100, skewness is 3.06 and kurtosis 9.74; with 100 brought to 30 they are
/// 1.71 and 1.82, which passes.
///
/// ```
/// use peaceops::indicator::composite::Outliers;
/// use peaceops::indicator::composite::treat::winsorised;
///
/// let mut values: Vec<f64> = (1..=10).map(f64::from).collect();
/// values.extend([30.0, 100.0]);
/// let (after, changed) = winsorised(&values, &Outliers::default()).ok_or("not enough")?;
/// assert_eq!((after[11], changed), (30.0, vec![11]));
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn winsorised(values: &[f64], rule: &Outliers) -> Option<(Vec<f64>, Vec<usize>)> {
    let mut after = values.to_vec();
    let mut changed: IndexSet<usize> = IndexSet::new();
    while rule.found(&after) {
        let high = skewness(&after)? >= 0.0;
        let further = |a: f64, b: f64| if high { a > b } else { a < b };
        let end = after.iter().copied().reduce(|end, value| if further(value, end) { value } else { end })?;
        let inner = after.iter().copied().filter(|value| further(end, *value));
        let next = inner.reduce(|next, value| if further(value, next) { value } else { next })?;
        changed.extend(after.iter().enumerate().filter(|(_, value)| **value == end).map(|(at, _)| at));
        if changed.len() > rule.most as usize {
            return None;
        }
        after.iter_mut().filter(|value| **value == end).for_each(|value| *value = next);
    }
    changed.sort_unstable();
    Some((after, changed.into_iter().collect()))
}

/// The logarithms of values, so that the tail on the side of the skewness is drawn in; order is kept.
///
/// Formula: ln(x − min + a) where skewness is not negative, else −ln(max − x + a), with a = (max − min)/100.
/// Values that are all the same stay as they are.
///
/// Source: `log_CT` of COINr for the first; the second, its mirror, is this project's own: COINr draws in the
/// high tail even where the low one is long.
///
/// ```
/// use peaceops::indicator::composite::treat::logged;
///
/// let after = logged(&[0.0, 1.0, 100.0]);
/// assert_eq!(after, [0.0, 2f64.ln(), 101f64.ln()]); // a is 1
/// ```
#[must_use]
pub fn logged(values: &[f64]) -> Vec<f64> {
    let (low, high) = values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(*value), high.max(*value)));
    let a = 0.01 * (high - low);
    if !(a > 0.0 && a.is_finite()) {
        return values.to_vec();
    }
    let upward = skewness(values).is_none_or(|skewness| skewness >= 0.0);
    let log = |value: &f64| if upward { libm::log(value - low + a) } else { -libm::log(high - value + a) };
    values.iter().map(log).collect()
}

/// Treats a column where it has outliers, and tells what was done.
pub(super) fn column(lane: &mut Lane<'_>, rule: &Outliers, indicator: &Slug, units: &IndexSet<Slug>) -> Option<Treated> {
    let places: Vec<usize> = lane.states.iter().enumerate().filter(|(_, state)| is_known(**state)).map(|(at, _)| at).collect();
    let before: Vec<f64> = lane.known().collect();
    if !rule.found(&before) {
        return None;
    }
    let (after, changed, by_log) = match winsorised(&before, rule) {
        Some((after, changed)) => (after, changed, false),
        None => (logged(&before), (0..before.len()).collect(), true),
    };
    let point = |at: usize| {
        let (from, to) = (*before.get(at)?, *after.get(at)?);
        let how = match by_log {
            true => How::Log,
            false if to < from => How::WinsorisedHigh,
            false => How::WinsorisedLow,
        };
        Some(Point { unit: units.get_index(*places.get(at)?)?.clone(), how, from, to })
    };
    let points = changed.into_iter().filter_map(point).collect();
    let still = rule.found(&after);
    for (at, value) in places.into_iter().zip(after) {
        lane.values[at] = value;
    }
    Some(Treated { indicator: indicator.clone(), still, points })
}
