//! The Mann–Kendall test: whether later values are greater more often than chance allows.

use std::fmt;

use serde::Serialize;

use super::outcome::{P, Points};
use super::{Outcome, TestRule};
use crate::error::Error;
use crate::indicator::given::given;
use crate::indicator::normal::two_sided;
use crate::indicator::pairs::Pairs;

/// Which way a series goes by a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// It rises: p is below the level, and S above 0.
    Increasing,
    /// It falls: p is below the level, and S below 0.
    Decreasing,
    /// Chance may make such a series. It does not say that nothing changed.
    NoTrend,
}

impl Direction {
    /// All values, in order.
    pub const ALL: &'static [Self] = &[Self::Increasing, Self::Decreasing, Self::NoTrend];

    /// The direction in words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Increasing => "increasing",
            Self::Decreasing => "decreasing",
            Self::NoTrend => "no trend",
        }
    }

    pub(super) fn of(s: i64, p: f64, rule: &TestRule) -> Self {
        match s {
            1.. if p < rule.alpha() => Self::Increasing,
            ..=-1 if p < rule.alpha() => Self::Decreasing,
            _ => Self::NoTrend,
        }
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What the Mann–Kendall test says of a series.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct MannKendall {
    /// The values that were given, 2 and up.
    pub points: usize,
    /// S: pairs that rise less pairs that fall, −n(n−1)/2 to n(n−1)/2.
    pub s: i64,
    /// The variance of S under chance, corrected for ties, 0 and up.
    pub variance: f64,
    /// S in standard deviations, with the continuity correction; 0 where all values are the same.
    pub z: f64,
    /// The two-sided p, above 0 and up to 1.
    pub p: f64,
    /// Kendall's tau-a: S by all pairs, −1 to 1. Ties bring it towards 0.
    pub tau: f64,
    /// The direction at the level of the rule.
    pub direction: Direction,
}

impl fmt::Display for MannKendall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, tau {:.2}, {}, {}", self.direction, self.tau, P(self.p), Points(self.points))
    }
}

/// The Mann–Kendall test of values in order of time: whether later values are greater (or smaller) more
/// often than chance allows.
///
/// Missing values (`None`) are left out; the order of the others is what counts, not the time between them.
/// The unit does not matter: no rescaling that keeps the order of the values changes anything. It asks for values
/// that do not depend on each other; where each leans on the one before it, p is too small.
///
/// Formula: S = Σ sgn(x_j − x_i) over i < j; its variance is (n(n−1)(2n+5) − Σ t(t−1)(2t+5))/18, over the groups
/// of t equal values; z = (S − sgn S)/√variance; p = erfc(|z|/√2); tau = S/(n(n−1)/2). The direction is told
/// where p is below the level. The normal approximation is rough under about ten points. Where p is less
/// than a float holds, the least positive one stands for it.
///
/// Source: Mann, *Nonparametric Tests against Trend*, Econometrica 13 (1945), pages 245–259; Kendall, *Rank
/// Correlation Methods* (1975), chapters 4 and 5; Gilbert, *Statistical Methods for Environmental Pollution
/// Monitoring* (1987), section 16.4. The figures are those of `original_test` of pymannkendall.
///
/// The work grows with n·log n: pairs that fall are counted while the values are sorted.
///
/// Worked example: of the ten pairs of 2 1 3 5 4, eight rise and two fall: S is 6 and tau .6. The variance is
/// 5·4·15/18 = 16.667, z is 5/4.082 = 1.225 and p .221: no trend.
///
/// # Errors
/// `not-finite` for a value that is NaN or infinite.
///
/// ```
/// use peaceops::indicator::trend::{Direction, Outcome, TestRule, mann_kendall};
///
/// let outcome = mann_kendall(&[2.0, 1.0, 3.0, 5.0, 4.0], &TestRule::default())?;
/// let Outcome::Tested(trend) = outcome else { unreachable!("there are five points") };
/// assert_eq!((trend.s, trend.tau, trend.direction), (6, 0.6, Direction::NoTrend));
/// assert!((trend.variance - 50.0 / 3.0).abs() < 1e-12 && (trend.p - 0.2207).abs() < 5e-5);
/// assert_eq!(mann_kendall(&[1.0, f64::NAN], &TestRule::default()).unwrap_err().code(), "not-finite");
/// # Ok::<(), peaceops::Error>(())
/// ```
pub fn mann_kendall<V: Copy + Into<Option<f64>>>(values: &[V], rule: &TestRule) -> Result<Outcome<MannKendall>, Error> {
    let given = given(values)?;
    let pairs = Pairs::in_order(given.iter().map(|(_, value)| *value));
    Ok(Outcome::of(&pairs, pairs.points, rule, || {
        let (z, p) = z_and_p(&pairs);
        MannKendall {
            points: pairs.points,
            s: pairs.s,
            variance: pairs.variance(),
            z,
            p,
            tau: tau(&pairs),
            direction: Direction::of(pairs.s, p, rule),
        }
    }))
}

/// S in standard deviations, one step nearer to 0, and its two-sided p.
pub(super) fn z_and_p(pairs: &Pairs) -> (f64, f64) {
    let z = if pairs.s == 0 { 0.0 } else { (pairs.s - pairs.s.signum()) as f64 / pairs.variance().sqrt() };
    (z, two_sided(z))
}

/// S by all pairs that are compared.
pub(super) fn tau(pairs: &Pairs) -> f64 {
    pairs.s as f64 / pairs.apart.max(1) as f64
}
