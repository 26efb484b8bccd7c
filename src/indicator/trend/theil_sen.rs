//! The Theil–Sen line: the median of all slopes between two points.

use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

use super::outcome::Points;
use super::seasonal::{by_season, within};
use super::slopes::Slopes;
use super::{Outcome, TestRule};
use crate::error::Error;
use crate::indicator::given::{checked, given};
use crate::indicator::normal::critical;
use crate::indicator::pairs::Pairs;

/// In what a slope is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// The series' own unit a place in the slice.
    Place,
    /// The series' own unit a day.
    Day,
    /// The series' own unit a period.
    Period,
}

impl Step {
    /// All values, in order.
    pub const ALL: &'static [Self] = &[Self::Place, Self::Day, Self::Period];

    /// The step in words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Place => "step",
            Self::Day => "day",
            Self::Period => "period",
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A Theil–Sen line, with an interval of its slope.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TheilSen {
    /// The values that the line is of, 2 and up.
    pub points: usize,
    /// In what the slope is told.
    pub per: Step,
    /// The median of the slopes, in the series' unit a step; finite.
    pub slope: f64,
    /// The line's value at the first place or day, in the series' unit; finite.
    pub intercept: f64,
    /// Low end of the interval that holds the slope with 1 − alpha, in the slope's unit; finite.
    pub low: f64,
    /// High end of it; finite.
    pub high: f64,
}

impl fmt::Display for TheilSen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [slope, low, high] = [self.slope, self.low, self.high].map(Figures);
        write!(f, "{slope} a {} ({low} to {high}), {}", self.per, Points(self.points))
    }
}

/// A number in two significant figures, or as a whole where it has more.
struct Figures(f64);

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.0.abs();
        match [10.0, 1.0, 0.1, 0.01, 0.001, 0.000_1].iter().position(|floor| size >= *floor) {
            Some(decimals) if size < 1e9 => write!(f, "{:.decimals$}", self.0),
            None if size == 0.0 => f.write_str("0"),
            _ => write!(f, "{:.1e}", self.0),
        }
    }
}

/// The Theil–Sen line of values at equal steps.
///
/// Up to 29 per cent of the values may be wrong without spoiling the slope. Missing values (`None`) are left out and
/// keep their place: over a gap a slope counts the steps. The interval rests on a normal approximation, and is rough
/// under about ten points.
///
/// Formula: the slope is the median of (x_j − x_i)/(j − i) over all i < j. The intercept is the median of the
/// values less the slope times the median of their places, counted from 0. Of the N slopes in order, the interval
/// runs from the one at the place round((N − C)/2) to that at round((N + C)/2) + 1, counted from 1, within 1 to N; a
/// half is rounded to the even number. C = z·√variance, with z for alpha on both sides and the variance of
/// [`mann_kendall`](fn@super::mann_kendall), here less the same sum over ties in time.
///
/// Source: Theil, *A Rank-Invariant Method of Linear and Polynomial Regression Analysis* (1950); Sen, *Estimates of
/// the Regression Coefficient Based on Kendall's Tau*, Journal of the American Statistical Association 63
/// (1968), pages 1379–1389, equation 2.6; the intercept is that of Conover, *Practical Nonparametric Statistics*
/// (1980). The figures are those of `sens_slope` of pymannkendall, and of `theilslopes` of scipy
/// (method *separate*), which rounds the ranks of the interval so.
///
/// The work grows with n², memory with n: 1,000 values take 5 ms, 10,000 half a second.
///
/// Worked example: the ten slopes of 1 2 3 4 9 are 1 six times, 2, 7/3, 3 and 5: the median is 1, and the 9 does not
/// move it. The intercept is 3 − 1·2 = 1. C is 1.96·4.082 = 8.0015, so the interval runs from the first to the tenth: 1 to 5.
///
/// # Errors
/// `not-finite` for a value that is NaN or infinite.
///
/// ```
/// use peaceops::indicator::trend::{Outcome, TestRule, theil_sen};
///
/// let Outcome::Tested(line) = theil_sen(&[1.0, 2.0, 3.0, 4.0, 9.0], &TestRule::default())? else { unreachable!("there are five points") };
/// assert_eq!((line.slope, line.intercept, line.low, line.high), (1.0, 1.0, 1.0, 5.0));
/// assert_eq!(line.to_string(), "1.0 a step (1.0 to 5.0), 5 points");
/// # Ok::<(), peaceops::Error>(())
/// ```
pub fn theil_sen<V: Copy + Into<Option<f64>>>(values: &[V], rule: &TestRule) -> Result<Outcome<TheilSen>, Error> {
    let points: Vec<_> = given(values)?.into_iter().map(|(place, value)| (place as f64, value)).collect();
    let pairs = Pairs::of(&points);
    Ok(Outcome::of(&pairs, points.len(), rule, || line(&[points], &pairs, Step::Place, rule)))
}

/// The Theil–Sen line of values on given days, in any order.
///
/// The slope is a day; the intercept is the line's value on the earliest day that has a value. Values of one day may
/// stand side by side: they make no slope with each other. The floor of the rule counts the days, not the values.
///
/// Formula and source: as [`theil_sen`], with days in place of places.
///
/// Worked example: 10, 11, 12, 13 and 14 on the days 0, 10, 20, 30 and 50 rise by .1 a day at first, then by .05. Of the
/// ten slopes six are .1: the median. The intercept is 12 − .1·20 = 10.
///
/// # Errors
/// `not-finite` for a value that is NaN or infinite.
///
/// ```
/// use chrono::{Days, NaiveDate};
/// use peaceops::indicator::trend::{Outcome, TestRule, theil_sen_dated};
///
/// let on = |day| NaiveDate::default() + Days::new(day);
/// let values = [(on(0), 10.0), (on(10), 11.0), (on(20), 12.0), (on(30), 13.0), (on(50), 14.0)];
/// let Outcome::Tested(line) = theil_sen_dated(&values, &TestRule::default())? else { unreachable!("there are five days") };
/// assert_eq!((line.slope, line.intercept), (0.1, 10.0));
/// # Ok::<(), peaceops::Error>(())
/// ```
pub fn theil_sen_dated<V: Copy + Into<Option<f64>>>(values: &[(NaiveDate, V)], rule: &TestRule) -> Result<Outcome<TheilSen>, Error> {
    let mut dated = Vec::with_capacity(values.len());
    for (day, value) in values {
        if let Some(value) = (*value).into() {
            dated.push((*day, checked(value)?));
        }
    }
    dated.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let days = dated.chunk_by(|a, b| a.0 == b.0).count();
    let first = dated.first().map(|(day, _)| *day);
    let since = |day: NaiveDate| first.map_or(0.0, |first| day.signed_duration_since(first).num_days() as f64);
    let points: Vec<_> = dated.into_iter().map(|(day, value)| (since(day), value)).collect();
    let pairs = Pairs::of(&points);
    Ok(Outcome::of(&pairs, days, rule, || line(&[points], &pairs, Step::Day, rule)))
}

/// The Theil–Sen line of values at equal steps with seasons, so many a period.
///
/// Only slopes between values of the same season count, so a yearly swing does not bend it. The slope is a
/// period; the intercept is the line's value at the first place. Missing values (`None`) keep their place; the floor of
/// the rule counts the values of seasons that have at least two.
///
/// Formula: the slope is the median of (x_j − x_i)/(periods between them) over all pairs of one season. The intercept
/// is the median of all values less the slope times the median of their places, counted from 0, by the period. The
/// interval is that of [`theil_sen`], with the variance of [`seasonal`](fn@super::seasonal).
///
/// Source: Hirsch, Slack and Smith (1982), as there, the seasonal Kendall slope; Gilbert (1987), section 17.4, on its
/// interval. Slope and intercept are those of `seasonal_sens_slope` of pymannkendall, which gives no interval.
///
/// Worked example: dry seasons of 10 12 13 15 and wet ones of 30 31 33 32, in turn. The slopes of the dry ones are 2 1 2
/// 1.5 1.5 1.667, those of the wet ones 1 2 −1 1.5 .5 .667: the median of all twelve is 1.5. The median of the values is
/// 22.5 and that of their places 3.5, which is 1.75 periods: the intercept is 22.5 − 2.625 = 19.875.
///
/// # Errors
/// `not-positive` for a period of 0; `not-finite` for a value that is NaN or infinite.
///
/// ```
/// use peaceops::indicator::trend::{Outcome, TestRule, theil_sen_seasonal};
///
/// let rain = [10.0, 30.0, 12.0, 31.0, 13.0, 33.0, 15.0, 32.0];
/// let Outcome::Tested(line) = theil_sen_seasonal(&rain, 2, &TestRule::default())? else { unreachable!("there are eight points") };
/// assert_eq!((line.slope, line.intercept), (1.5, 19.875));
/// # Ok::<(), peaceops::Error>(())
/// ```
pub fn theil_sen_seasonal<V: Copy + Into<Option<f64>>>(values: &[V], period: usize, rule: &TestRule) -> Result<Outcome<TheilSen>, Error> {
    let seasons = by_season(values, period)?;
    let all = given(values)?;
    let pairs = within(&seasons);
    Ok(Outcome::of(&pairs, pairs.points, rule, || {
        let mut line = line(&seasons, &pairs, Step::Period, rule);
        let at = median(all.iter().map(|(place, _)| *place as f64)) / period as f64;
        line.intercept = intercept(all.iter().map(|(_, value)| *value), line.slope, at);
        line
    }))
}

/// The line of groups of points, each in order of time.
fn line(groups: &[Vec<(f64, f64)>], pairs: &Pairs, per: Step, rule: &TestRule) -> TheilSen {
    let slopes = Slopes::of(groups);
    let slope = slopes.median();
    let (all, spread) = (slopes.len() as f64, critical(rule.alpha()) * pairs.variance().sqrt());
    // counted from 0; a float below 0 becomes rank 0, and a rank beyond the last is the last
    let low = slopes.at((((all - spread) / 2.0).round_ties_even() - 1.0) as u64);
    let high = slopes.at(((all + spread) / 2.0).round_ties_even() as u64);
    let times = median(groups.iter().flatten().map(|(time, _)| *time));
    let intercept = intercept(groups.iter().flatten().map(|(_, value)| *value), slope, times);
    TheilSen { points: pairs.points, per, slope, intercept, low, high }
}

/// The value at time 0 of the line through the medians.
fn intercept(values: impl Iterator<Item = f64>, slope: f64, times: f64) -> f64 {
    (median(values) - times * slope).clamp(f64::MIN, f64::MAX)
}

/// The median; 0 of nothing.
fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_unstable_by(f64::total_cmp);
    let half = values.len() / 2;
    match (values.get(half.saturating_sub(1)), values.get(half)) {
        (Some(lower), Some(upper)) if values.len().is_multiple_of(2) => f64::midpoint(*lower, *upper),
        (_, upper) => upper.copied().unwrap_or(0.0),
    }
}
