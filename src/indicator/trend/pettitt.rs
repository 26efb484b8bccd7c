//! Pettitt's test: where a series shifts, and whether chance makes such a shift.

use std::fmt;

use serde::Serialize;

use super::outcome::{P, Points};
use super::{Outcome, TestRule};
use crate::error::Error;
use crate::indicator::given::given;
use crate::indicator::normal::held;
use crate::indicator::pairs::Pairs;
use crate::indicator::ranks::deviations;

/// Most points for which p is exact: 20.
pub const EXACT_POINTS: usize = 20;

/// Where p comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Null {
    /// Counted over all orders of the values.
    Exact,
    /// Approximated, since there are more than [`EXACT_POINTS`] points.
    ApproximateManyPoints,
    /// Approximated, since some values are the same.
    ApproximateTies,
}

impl Null {
    /// All values, in order.
    pub const ALL: &'static [Self] = &[Self::Exact, Self::ApproximateManyPoints, Self::ApproximateTies];

    /// Where p comes from, in words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::ApproximateManyPoints => "approximate",
            Self::ApproximateTies => "approximate: values are tied",
        }
    }
}

impl fmt::Display for Null {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The values on one side of a break.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Side {
    /// How many there are, 1 and up.
    pub points: usize,
    /// Their mean, in the series' unit; finite.
    pub mean: f64,
}

/// Where a series is split best in two.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Split {
    /// The place in the slice of the last value before it, from 0.
    pub last_before: usize,
    /// The place in the slice of the first value after it; the places between are missing values.
    pub first_after: usize,
    /// The values before it.
    pub before: Side,
    /// The values after it.
    pub after: Side,
    /// How many later splits are as good, 0 and up.
    pub others: usize,
}

/// What Pettitt's test says of a series.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Pettitt {
    /// The values that were given, 2 and up.
    pub points: usize,
    /// K, the largest |U|: 0 to n²/2.
    pub k: u64,
    /// Where |U| is largest, whether or not that is a break; nothing where U is 0 throughout.
    pub split: Option<Split>,
    /// The p of K, above 0 and up to 1.
    pub p: f64,
    /// Where p comes from.
    pub null: Null,
    /// Whether there is a break: p is below the level of the rule.
    pub broken: bool,
}

impl fmt::Display for Pettitt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.split.filter(|_| self.broken) {
            Some(split) => write!(f, "break after {} of {}", split.before.points, Points(self.points))?,
            None => f.write_str("no break")?,
        }
        write!(f, ", {} ({})", P(self.p), self.null)?;
        if self.broken { Ok(()) } else { write!(f, ", {}", Points(self.points)) }
    }
}

/// Pettitt's test of values in order of time: where the series shifts, and whether chance makes such a shift.
///
/// Missing values (`None`) are left out. It looks for one break alone. A steady trend, too, shows as a break, in the middle
/// of the series: hold it against [`mann_kendall`](fn@super::mann_kendall) and a look at the values. Values that lean on
/// the one before them make p too small. Where several splits reach K, the first is told and the others are counted.
///
/// Formula: U_t = Σ sgn(x_i − x_j) over i ≤ t < j, for each t from 1 to n − 1; K is the largest |U_t|, and t the number of values
/// before the break. The p is the share of all n! orders of the values that have at least this K, up to
/// [`EXACT_POINTS`] values without ties ([`orders_reaching`]); else it is approximated ([`approximate_p`]), and the
/// result says so. The approximation is too large on short series: never a break too many, but many a one too few.
///
/// Source: Pettitt, *A Non-Parametric Approach to the Change-Point Problem*, Applied Statistics 28 (1979),
/// pages 126–135, section 2. K, its place, the means and the approximation are those of `pettitt_test` of pyhomogeneity, which
/// does not cap p at 1.
///
/// The work grows with n·log n; the exact p takes about 10 ms at 20 points, and half a millisecond at 16.
///
/// Worked example: of 1 2 3 7 8 9 the ranks less their mean, doubled, are −5 −3 −1 1 3 5. Summed up they are U: −5 −8 −9 −8
/// −5, so K is 9, after three values. 72 of the 720 orders have such a K: p is .1, no break at .05.
///
/// # Errors
/// `not-finite` for a value that is NaN or infinite.
///
/// ```
/// use peaceops::indicator::trend::{Null, Outcome, TestRule, pettitt};
///
/// let Outcome::Tested(test) = pettitt(&[1.0, 2.0, 3.0, 7.0, 8.0, 9.0], &TestRule::default())? else { unreachable!("there are six points") };
/// assert_eq!((test.k, test.p, test.null, test.broken), (9, 0.1, Null::Exact, false));
/// let split = test.split.map(|split| (split.last_before, split.first_after, split.before.mean, split.after.mean));
/// assert_eq!(split, Some((2, 3, 2.0, 8.0)));
/// # Ok::<(), peaceops::Error>(())
/// ```
pub fn pettitt<V: Copy + Into<Option<f64>>>(values: &[V], rule: &TestRule) -> Result<Outcome<Pettitt>, Error> {
    let given = given(values)?;
    let pairs = Pairs::in_order(given.iter().map(|(_, value)| *value));
    Ok(Outcome::of(&pairs, pairs.points, rule, || {
        let (k, split) = split(&given);
        let exact = || Some(held(orders_reaching(given.len(), k)? as f64 / orders_reaching(given.len(), 0)? as f64));
        let approximate = |null| (approximate_p(given.len(), k), null);
        let (p, null) = if pairs.different < pairs.apart {
            approximate(Null::ApproximateTies)
        } else {
            exact().map_or_else(|| approximate(Null::ApproximateManyPoints), |p| (p, Null::Exact))
        };
        Pettitt { points: given.len(), k, split, p, null, broken: p < rule.alpha() }
    }))
}

/// The largest |U|, and the first split that has it.
fn split(given: &[(usize, f64)]) -> (u64, Option<Split>) {
    let (mut u, mut k, mut best, mut others) = (0, 0, None, 0);
    let values: Vec<f64> = given.iter().map(|(_, value)| *value).collect();
    for (at, off) in deviations(&values).into_iter().enumerate() {
        u += off;
        let size = i64::unsigned_abs(u);
        if size > k {
            (k, best, others) = (size, Some(at), 0);
        } else if size == k && k > 0 {
            others += 1;
        }
    }
    let parts = best.and_then(|at| given.split_at_checked(at + 1));
    let ends = parts.and_then(|(before, after)| Some((before.last()?.0, after.first()?.0)));
    let split = parts.zip(ends).map(|((before, after), (last_before, first_after))| Split {
        last_before,
        first_after,
        before: side(before),
        after: side(after),
        others,
    });
    (k, split)
}

fn side(values: &[(usize, f64)]) -> Side {
    let points = values.len();
    // divided before they are added, so that no sum passes what a float holds
    let mean = values.iter().fold(0.0, |mean, (_, value)| mean + value / points as f64);
    Side { points, mean: mean.clamp(f64::MIN, f64::MAX) }
}

/// The p of Pettitt's K by approximation, above 0 and up to 1.
///
/// Formula: 2·exp(−6K²/(n³ + n²)), at most 1; where it is less than a float holds, the least positive one.
///
/// Source: Pettitt (1979), as [`pettitt`](fn@pettitt).
///
/// Worked example: of six points with K = 9 it is 2·exp(−486/252) = .29, where the exact p is .1.
///
/// ```
/// use peaceops::indicator::trend::approximate_p;
///
/// assert!((approximate_p(6, 9) - 0.2907).abs() < 5e-5);
/// assert_eq!(approximate_p(6, 1), 1.0);
/// ```
#[must_use]
pub fn approximate_p(points: usize, k: u64) -> f64 {
    let (n, k) = (points.max(1) as f64, k as f64);
    held(2.0 * libm::exp(-6.0 * k * k / (n * n * n + n * n)))
}

/// How many of the n! orders of so many different values have a Pettitt's K of at least this: the exact null.
///
/// Nothing for more than [`EXACT_POINTS`] points. Of K = 0 it is n!, which is what to divide by.
///
/// Formula: U_t depends on which ranks stand before the break, not on their order. The ways to come to a set of ranks
/// with every |U| on the way below K are the sum of the ways to the sets with one rank less; those of a set of half the
/// ranks, times those of the rest, taken from the other end, are summed up.
///
/// Source: this project's own count, of the statistic of Pettitt (1979); it agrees with a full enumeration for
/// three to eight points.
///
/// Worked example: of the 6 orders of three values all have K = 2.
///
/// ```
/// use peaceops::indicator::trend::orders_reaching;
///
/// assert_eq!((orders_reaching(3, 2), orders_reaching(3, 3)), (Some(6), Some(0)));
/// assert_eq!((orders_reaching(6, 0), orders_reaching(6, 9)), (Some(720), Some(72)));
/// assert_eq!(orders_reaching(21, 9), None);
/// ```
#[must_use]
pub fn orders_reaching(points: usize, k: u64) -> Option<u64> {
    if points > EXACT_POINTS {
        return None;
    }
    let orders = (1..=points as u64).product::<u64>();
    let Some(below) = k.checked_sub(1) else { return Some(orders) };
    let all = (1usize << points) - 1;
    let half = points / 2;
    let mut offs = vec![0i16; all + 1];
    let mut ways = vec![0u64; all + 1];
    ways[0] = 1;
    for set in 1..=all {
        let rest = set & (set - 1);
        offs[set] = offs[rest] + 2 * set.trailing_zeros() as i16 + 1 - points as i16;
        if set.count_ones() as usize > points - half || u64::from(offs[set].unsigned_abs()) > below {
            continue;
        }
        let mut left = set;
        while left != 0 {
            ways[set] += ways[set & !(left & left.wrapping_neg())];
            left &= left - 1;
        }
    }
    let halves = (0..=all).filter(|set| set.count_ones() as usize == half);
    Some(orders - halves.map(|set| ways[set] * ways[all & !set]).sum::<u64>())
}
