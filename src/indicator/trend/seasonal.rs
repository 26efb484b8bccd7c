//! The seasonal Mann–Kendall test: each season is held against itself.

use std::fmt;

use serde::Serialize;

use super::mann_kendall::{tau, z_and_p};
use super::outcome::{P, Points};
use super::{Direction, Outcome, TestRule};
use crate::error::{Error, ErrorKind};
use crate::indicator::given::given;
use crate::indicator::pairs::Pairs;

/// What the seasonal Mann–Kendall test says of a series.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Seasonal {
    /// The values that were compared, 2 and up: those of seasons with at least two.
    pub points: usize,
    /// The seasons that they are of, 1 and up.
    pub seasons: usize,
    /// S: pairs of one season that rise less those that fall.
    pub s: i64,
    /// The variance of S under chance, corrected for ties, 0 and up.
    pub variance: f64,
    /// S in standard deviations, with the continuity correction.
    pub z: f64,
    /// The two-sided p, above 0 and up to 1.
    pub p: f64,
    /// Kendall's tau-a: S by all pairs of one season, −1 to 1.
    pub tau: f64,
    /// The direction at the level of the rule.
    pub direction: Direction,
}

impl fmt::Display for Seasonal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seasons = if self.seasons == 1 { "season" } else { "seasons" };
        let (p, points) = (P(self.p), Points(self.points));
        write!(f, "{}, tau {:.2}, {p}, {points} of {} {seasons}", self.direction, self.tau, self.seasons)
    }
}

/// The given values by season, each with its round; seasons without two of them are left out.
pub(super) fn by_season<V: Copy + Into<Option<f64>>>(values: &[V], period: usize) -> Result<Vec<Vec<(f64, f64)>>, Error> {
    if period == 0 {
        return Err(ErrorKind::NotPositive { what: "the period", found: period.to_string() }.into());
    }
    let mut seasons = vec![Vec::new(); period.min(values.len())];
    for (place, value) in given(values)? {
        seasons[place % period].push(((place / period) as f64, value));
    }
    seasons.retain(|season| season.len() > 1);
    Ok(seasons)
}

/// All pairs of values of one season.
pub(super) fn within(seasons: &[Vec<(f64, f64)>]) -> Pairs {
    let each = seasons.iter().map(|season| Pairs::in_order(season.iter().map(|(_, value)| *value)));
    each.fold(Pairs::default(), Pairs::and)
}

/// The seasonal Mann–Kendall test of values at equal steps, so many a period: months have a period of 12,
/// quarters of 4.
///
/// The first value is of the first season, whichever that is; missing values (`None`) keep their place. Only values of
/// the same season are compared, so a yearly swing makes no trend. The floor of the rule counts the
/// values that are compared. With a period of 1 it is [`mann_kendall`](fn@super::mann_kendall). It asks for seasons
/// that do not depend on each other; Hirsch and Slack (1984) correct for that, this does not.
///
/// Formula: S, its variance and the pairs are summed over the seasons, each as of its own series; z, p, tau and
/// direction are as there.
///
/// Source: Hirsch, Slack and Smith, *Techniques of Trend Analysis for Monthly Water Quality Data*, Water Resources
/// Research 18 (1982), pages 107–121. The figures are those of `seasonal_test` of pymannkendall; its slope
/// is [`theil_sen_seasonal`](super::theil_sen_seasonal).
///
/// Worked example: dry seasons of 10 12 13 15 and wet ones of 30 31 33 32, in turn. S is 6 + 4 = 10 of 12
/// pairs; the variance is 2·4·3·13/18 = 17.333, z 9/4.163 = 2.162 and p .031: increasing.
///
/// # Errors
/// `not-positive` for a period of 0; `not-finite` for a value that is NaN or infinite.
///
/// ```
/// use peaceops::indicator::trend::{Direction, Outcome, TestRule, seasonal};
///
/// let rain = [10.0, 30.0, 12.0, 31.0, 13.0, 33.0, 15.0, 32.0];
/// let outcome = seasonal(&rain, 2, &TestRule::default())?;
/// let Outcome::Tested(trend) = outcome else { unreachable!("there are eight points") };
/// assert_eq!((trend.seasons, trend.s, trend.direction), (2, 10, Direction::Increasing));
/// assert_eq!(outcome.to_string(), "increasing, tau 0.83, p 0.031, 8 points of 2 seasons");
/// # Ok::<(), peaceops::Error>(())
/// ```
pub fn seasonal<V: Copy + Into<Option<f64>>>(values: &[V], period: usize, rule: &TestRule) -> Result<Outcome<Seasonal>, Error> {
    let seasons = by_season(values, period)?;
    let pairs = within(&seasons);
    Ok(Outcome::of(&pairs, pairs.points, rule, || {
        let (z, p) = z_and_p(&pairs);
        Seasonal {
            points: pairs.points,
            seasons: seasons.len(),
            s: pairs.s,
            variance: pairs.variance(),
            z,
            p,
            tau: tau(&pairs),
            direction: Direction::of(pairs.s, p, rule),
        }
    }))
}
