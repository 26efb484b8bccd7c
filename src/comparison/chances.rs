//! How often the headline of one study stands above that of another, from draws of each.

use serde::Serialize;

use crate::id::StudyId;
use crate::uncertainty::DrawResult;

/// How often one headline stands above another. The draws of two studies are independent of each other: a doubt that
/// stands behind both, such as a coder's habit, is not in it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Chance {
    /// The study that was given first.
    pub one: StudyId,
    /// The other.
    pub other: StudyId,
    /// Probability that the headline of the first is higher.
    pub above: f64,
    /// Probability that both are the same.
    pub same: f64,
    /// Probability that the headline of the other is higher.
    pub below: f64,
    /// Standard error of `above`, from the numbers of draws alone.
    pub error_above: f64,
    /// Standard error of `below`.
    pub error_below: f64,
    /// Draws with a headline, of each study.
    pub draws: [u64; 2],
}

/// Every two of some studies whose draws have headlines, in their order.
///
/// Formula: P(above) = Σ p(i) q(j) over all levels i > j, with p and q the shares of the draws with a headline. Its
/// standard error is √(Var p-part / m + Var q-part / n) of two independent samples (Mann and Whitney's statistic, the
/// terms of first order).
#[must_use]
pub fn chances<'a>(studies: impl IntoIterator<Item = (&'a StudyId, &'a DrawResult)>) -> Vec<Chance> {
    let all: Vec<(&StudyId, &[u64; 5])> = studies.into_iter().map(|(id, result)| (id, &result.whole.levels)).collect();
    let mut chances = Vec::new();
    for (at, (one, counts)) in all.iter().enumerate() {
        for (other, others) in &all[at + 1..] {
            if let Some((above, same, below, errors)) = chance(counts, others) {
                let draws = [counts.iter().sum(), others.iter().sum()];
                let ([error_above, error_below], one, other) = (errors, (*one).clone(), (*other).clone());
                chances.push(Chance { one, other, above, same, below, error_above, error_below, draws });
            }
        }
    }
    chances
}

/// Above, same, below, and the errors of the first and the last, from counts by level.
///
/// Worked example: 1 of 4 draws at partial and 3 at marginal, against 2 of 4 at marginal and 2 at absent: above
/// 1/4 + 3/4 × 1/2 = 0.625, same 3/4 × 1/2 = 0.375, below 0.
///
/// ```
/// use peaceops::comparison::chances::chance;
///
/// let (above, same, below, _) = chance(&[0, 3, 1, 0, 0], &[2, 2, 0, 0, 0]).unwrap_or_default();
/// assert_eq!((above, same, below), (0.625, 0.375, 0.0));
/// assert_eq!(chance(&[0; 5], &[1, 0, 0, 0, 0]), None);
/// ```
#[must_use]
#[allow(clippy::cast_precision_loss, reason = "counts of draws stay under 2^53")]
pub fn chance(counts: &[u64; 5], others: &[u64; 5]) -> Option<(f64, f64, f64, [f64; 2])> {
    let (m, n): (u64, u64) = (counts.iter().sum(), others.iter().sum());
    if m == 0 || n == 0 {
        return None;
    }
    let (p, q) = (counts.map(|count| count as f64 / m as f64), others.map(|count| count as f64 / n as f64));
    let same = (0..5).map(|at| p[at] * q[at]).sum();
    let (above, error_above) = over(&p, &q, [m as f64, n as f64]);
    let (below, error_below) = over(&q, &p, [n as f64, m as f64]);
    Some((above, same, below, [error_above, error_below]))
}

/// The probability that a draw by `p` is above one by `q`, with its standard error.
fn over(p: &[f64; 5], q: &[f64; 5], [m, n]: [f64; 2]) -> (f64, f64) {
    let below = |at: usize| q[..at].iter().sum::<f64>();
    let above = |at: usize| p[at + 1..].iter().sum::<f64>();
    let share: f64 = (0..5).map(|at| p[at] * below(at)).sum();
    let of_one: f64 = (0..5).map(|at| p[at] * (below(at) - share).powi(2)).sum();
    let of_other: f64 = (0..5).map(|at| q[at] * (above(at) - share).powi(2)).sum();
    (share, (of_one / m + of_other / n).sqrt())
}
