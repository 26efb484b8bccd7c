//! Rank correlation: how far two lists of values come in the same order, and whether chance does as well.

use std::fmt;

use serde::Serialize;

use super::given::checked;
use super::orders::orders;
use super::pairs::Pairs;
use super::ranks::deviations;

/// Most points for which all orders are counted: 13, which have 6,227,020,800.
///
/// They take some hundredths of a second and at most 20 MB; every point more would take twice as much, and more.
pub const PERMUTED_POINTS: usize = 13;

/// A rank correlation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Coefficient {
    /// Spearman's rho: the correlation of the ranks. Great differences of rank count for more.
    Spearman,
    /// Kendall's tau-b: pairs in the same order less pairs in the opposite order, by the pairs that are not tied.
    Kendall,
}

impl Coefficient {
    /// All values, in order.
    pub const ALL: &'static [Self] = &[Self::Spearman, Self::Kendall];

    /// The name of the value, as results have it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Spearman => "spearman",
            Self::Kendall => "kendall",
        }
    }
}

impl fmt::Display for Coefficient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Why there is no correlation, or no exact p of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoCorrelation {
    /// A value is NaN or infinite.
    NotFinite,
    /// Fewer than two points.
    TooFew,
    /// All values of one side are the same: there is no order to compare.
    NoVariation,
    /// More than [`PERMUTED_POINTS`] points: their orders are not counted.
    TooMany,
}

impl fmt::Display for NoCorrelation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::NotFinite => "a value is not finite",
            Self::TooFew => "there are fewer than two points",
            Self::NoVariation => "all values of one side are the same",
            Self::TooMany => "there are too many points to count all orders",
        })
    }
}

impl std::error::Error for NoCorrelation {}

/// The correlation of the ranks of two values of each point: −1 (opposite order) to 1 (the same order).
///
/// Equal values share their mean rank. The unit of neither side matters.
///
/// Formula: Spearman, Σ a·b/√(Σa²·Σb²), where a and b are each value's rank less the mean rank; Kendall, S/√(n₁·n₂), where
/// S is the pairs in the same order less those in the opposite one, and n₁ and n₂ are the pairs that differ on one side
/// and on the other. All sums are of whole numbers.
///
/// Source: Spearman, *The Proof and Measurement of Association between Two Things*, American Journal of Psychology 15
/// (1904), pages 72–101; Kendall, *Rank Correlation Methods* (1975), chapter 3, on ties. The figures are those of
/// `spearmanr` and `kendalltau` of scipy.
///
/// The work grows with n·log n.
///
/// Worked example: 1 2 3 4 and 4 2 3 1. The ranks less their mean, doubled, are −3 −1 1 3 and 3 −1 1 −3: rho is −16/20. Of
/// the six pairs one is in the same order: tau is (1 − 5)/6.
///
/// # Errors
/// [`NoCorrelation`] where it is not defined, with the reason.
///
/// ```
/// use peaceops::indicator::correlation::{Coefficient, NoCorrelation, correlation};
///
/// let points = [(1.0, 4.0), (2.0, 2.0), (3.0, 3.0), (4.0, 1.0)];
/// assert_eq!(correlation(&points, Coefficient::Spearman)?, -0.8);
/// assert_eq!(correlation(&points, Coefficient::Kendall)?, -4.0 / 6.0);
/// assert_eq!(correlation(&[(1.0, 4.0), (2.0, 4.0)], Coefficient::Kendall), Err(NoCorrelation::NoVariation));
/// # Ok::<(), NoCorrelation>(())
/// ```
pub fn correlation(points: &[(f64, f64)], coefficient: Coefficient) -> Result<f64, NoCorrelation> {
    let points = comparable(points)?;
    let (sum, scale) = match coefficient {
        Coefficient::Spearman => {
            let (a, b) = sides(&points);
            let square = |off: &[i64]| off.iter().map(|off| i128::from(*off) * i128::from(*off)).sum::<i128>() as f64;
            let product = a.iter().zip(&b).map(|(a, b)| i128::from(*a) * i128::from(*b)).sum::<i128>() as f64;
            (product, square(&a) * square(&b))
        }
        Coefficient::Kendall => {
            let pairs = Pairs::of(&points);
            (pairs.s as f64, pairs.apart as f64 * pairs.different as f64)
        }
    };
    Ok((sum / scale.sqrt()).clamp(-1.0, 1.0))
}

/// In how many orders of the values of one side a correlation comes out as strong: the exact permutation test.
///
/// The order that was observed is one of them, so no p is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Permutation {
    /// All orders: n!.
    pub orders: u64,
    /// Those with a correlation at least as far from 0.
    pub as_far: u64,
    /// Those with a correlation at least as great.
    pub at_least: u64,
    /// Those with a correlation at most as great.
    pub at_most: u64,
}

impl Permutation {
    /// The two-sided p, above 0 and up to 1: the share of orders at least as far from 0.
    #[must_use]
    pub fn two_sided(&self) -> f64 {
        self.as_far as f64 / self.orders as f64
    }

    /// The p of the same order, above 0 and up to 1: the share of orders with at least this correlation.
    #[must_use]
    pub fn greater(&self) -> f64 {
        self.at_least as f64 / self.orders as f64
    }

    /// The p of the opposite order, above 0 and up to 1: the share of orders with at most this correlation.
    #[must_use]
    pub fn less(&self) -> f64 {
        self.at_most as f64 / self.orders as f64
    }
}

/// All orders of the second values against the first: how many have a correlation as strong.
///
/// It asks for no distribution, and ties are no harm: equal values change places, too. It holds where the points are
/// independent; phases of one mission are hardly so.
///
/// Formula: a correlation's scale is the same in all orders, so the whole numbers above it are compared: Σ a·b of
/// the doubled ranks, or S. No order is tried: they are counted over the sets of values that the first few points
/// have, at most 2ⁿ. Ties make it less.
///
/// Source: Pitman, *Significance Tests Which May Be Applied to Samples from Any Populations, II*, Supplement to the Journal
/// of the Royal Statistical Society 4 (1937), pages 225–232; for
/// counting over sets, Held and Karp, *A Dynamic Programming Approach to Sequencing Problems*, Journal of the Society for
/// Industrial and Applied Mathematics 10 (1962), pages 196–210.
///
/// Worked example: 1 2 3 4 and 4 2 3 1. Of the 24 orders four have a rho of −.8 or less, and eight one at least as
/// far from 0: the two-sided p is 1/3.
///
/// # Errors
/// [`NoCorrelation`] where there is none, and for more than [`PERMUTED_POINTS`] points.
///
/// ```
/// use peaceops::indicator::correlation::{Coefficient, NoCorrelation, permutation};
///
/// let points = [(1.0, 4.0), (2.0, 2.0), (3.0, 3.0), (4.0, 1.0)];
/// let test = permutation(&points, Coefficient::Spearman)?;
/// assert_eq!((test.orders, test.as_far, test.at_most), (24, 8, 4));
/// assert_eq!(permutation(&[(1.0, 2.0); 14], Coefficient::Kendall), Err(NoCorrelation::NoVariation));
/// # Ok::<(), NoCorrelation>(())
/// ```
pub fn permutation(points: &[(f64, f64)], coefficient: Coefficient) -> Result<Permutation, NoCorrelation> {
    let points = comparable(points)?;
    if points.len() > PERMUTED_POINTS {
        return Err(NoCorrelation::TooMany);
    }
    let (first, second) = sides(&points);
    let observed = match coefficient {
        Coefficient::Spearman => first.iter().zip(&second).map(|(a, b)| a * b).sum(),
        Coefficient::Kendall => Pairs::of(&points).s,
    };
    let mut test = Permutation { orders: 0, as_far: 0, at_least: 0, at_most: 0 };
    for (sum, orders) in orders(&first, &second, coefficient) {
        let counted = |as_strong: bool| if as_strong { orders } else { 0 };
        test.orders += orders;
        test.as_far += counted(sum.abs() >= observed.abs());
        test.at_least += counted(sum >= observed);
        test.at_most += counted(sum <= observed);
    }
    Ok(test)
}

/// The points, where there is an order to compare.
fn comparable(points: &[(f64, f64)]) -> Result<Vec<(f64, f64)>, NoCorrelation> {
    let finite: Result<Vec<_>, _> = points.iter().map(|(a, b)| Ok((checked(*a)?, checked(*b)?))).collect();
    let points = finite.map_err(|_: crate::Error| NoCorrelation::NotFinite)?;
    let [first, _, ..] = points.as_slice() else { return Err(NoCorrelation::TooFew) };
    if points.iter().all(|point| point.0 == first.0) || points.iter().all(|point| point.1 == first.1) {
        return Err(NoCorrelation::NoVariation);
    }
    Ok(points)
}

/// The doubled ranks of both sides.
fn sides(points: &[(f64, f64)]) -> (Vec<i64>, Vec<i64>) {
    let (first, second): (Vec<f64>, Vec<f64>) = points.iter().copied().unzip();
    (deviations(&first), deviations(&second))
}
