//! Rank correlation and its exact permutation test: what other software computes, full null distributions, properties.
//!
//! Sources: scipy 1.17.1 (PyPI), and full enumeration of orders.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests stop at what they did not expect")]

use peaceops::indicator::correlation::Coefficient::{Kendall, Spearman};
use peaceops::indicator::correlation::{Coefficient, NoCorrelation, PERMUTED_POINTS, correlation, permutation};
use proptest::collection::vec;
use proptest::prelude::*;

/// Other software prints fifteen or more digits.
const SOFTWARE: f64 = 1e-15;

#[track_caller]
fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() <= SOFTWARE, "{found:?} is not {expected}");
}

#[test]
fn correlations_are_those_of_scipy_and_of_enumeration() {
    // scipy 1.17.1, spearmanr and kendalltau; p by all orders: two-sided, greater, less
    type Case = (&'static [(f64, f64)], [f64; 4], [f64; 4]);
    #[rustfmt::skip]
    let cases: [Case; 6] = [
        (&[(1., 4.), (2., 2.), (3., 3.), (4., 1.)],
            [-0.6666666666666666, 0.3333333333333333, 0.9583333333333334, 0.16666666666666666],
            [-0.8, 0.3333333333333333, 0.9583333333333334, 0.16666666666666666]),
        (&[(1., 1.), (2., 2.), (3., 3.), (4., 4.)],
            [1.0, 0.08333333333333333, 0.041666666666666664, 1.0],
            [1.0, 0.08333333333333333, 0.041666666666666664, 1.0]),
        (&[(1., 2.), (2., 5.), (3., 3.), (4., 4.), (5., 1.)],
            [-0.2, 0.8166666666666667, 0.7583333333333333, 0.4083333333333333],
            [-0.3, 0.6833333333333333, 0.7416666666666667, 0.3416666666666667]),
        (&[(1., 7.), (2., 4.), (3., 1.), (4., 2.), (5., 5.), (6., 6.), (7., 3.)],
            [-0.047619047619047616, 1.0, 0.6136904761904762, 0.5],
            [-0.14285714285714288, 0.7825396825396825, 0.643452380952381, 0.39126984126984127]),
        (&[(1., 2.), (2., 1.), (2., 3.), (3., 3.), (4., 5.)],
            [0.6666666666666666, 0.2, 0.1, 0.9666666666666667],
            [0.7631578947368421, 0.2, 0.1, 0.9666666666666667]),
        (&[(1., 2.), (2., 1.), (3., 4.), (3., 3.), (4., 3.), (5., 6.), (5., 5.), (6., 8.)],
            [0.7925939239012171, 0.006349206349206349, 0.0030753968253968253, 0.9987103174603175],
            [0.9151683228048982, 0.002777777777777778, 0.001488095238095238, 0.9987103174603175]),
    ];
    for (points, kendall, spearman) in cases {
        for (coefficient, [expected, two_sided, greater, less]) in [(Kendall, kendall), (Spearman, spearman)] {
            let test = permutation(points, coefficient).unwrap();
            close(correlation(points, coefficient).unwrap(), expected);
            close(test.two_sided(), two_sided);
            close(test.greater(), greater);
            close(test.less(), less);
        }
    }
}

/// 1 to n, and an order of it with so many pairs the other way round.
fn disordered(points: usize, discordant: usize) -> Vec<(f64, f64)> {
    let (mut left, mut order): (Vec<usize>, Vec<usize>) = ((0..points).collect(), Vec::new());
    let mut discordant = discordant;
    while !left.is_empty() {
        let jump = discordant.min(left.len() - 1);
        order.push(left.remove(jump));
        discordant -= jump;
    }
    order.iter().enumerate().map(|(at, rank)| (at as f64, *rank as f64)).collect()
}

#[test]
fn the_exact_nulls_are_those_of_enumeration() {
    // all orders of 7 values, by pairs in the opposite order
    let kendall = [1, 6, 20, 49, 98, 169, 259, 359, 455, 531, 573, 573, 531, 455, 359, 259, 169, 98, 49, 20, 6, 1];
    let mut so_far = 0;
    for (discordant, orders) in kendall.into_iter().enumerate() {
        so_far += orders;
        assert_eq!(permutation(&disordered(7, discordant), Kendall).unwrap().at_least, so_far);
    }
    // all orders of 5 values, by half the sum of the squared differences of rank
    let spearman = [1, 4, 3, 6, 7, 6, 4, 10, 6, 10, 6, 10, 6, 10, 4, 6, 7, 6, 3, 4, 1];
    for discordant in 0..=10 {
        let points = disordered(5, discordant);
        let squares: f64 = points.iter().map(|(a, b)| (a - b) * (a - b)).sum();
        let at_least: u64 = spearman.iter().take(squares as usize / 2 + 1).sum();
        assert_eq!(permutation(&points, Spearman).unwrap().at_least, at_least);
    }
}

#[test]
fn what_has_no_order_has_no_correlation() {
    for coefficient in Coefficient::ALL {
        let none = |points: &[(f64, f64)]| (correlation(points, *coefficient).err(), permutation(points, *coefficient).err());
        for points in [&[][..], &[(1.0, 2.0)]] {
            assert_eq!(none(points), (Some(NoCorrelation::TooFew), Some(NoCorrelation::TooFew)));
        }
        for points in [[(1.0, 2.0), (1.0, 3.0)], [(1.0, 2.0), (5.0, 2.0)], [(0.0, 2.0), (-0.0, 3.0)]] {
            assert_eq!(none(&points), (Some(NoCorrelation::NoVariation), Some(NoCorrelation::NoVariation)));
        }
        for wrong in [f64::NAN, f64::INFINITY] {
            assert_eq!(none(&[(1.0, 2.0), (2.0, wrong)]), (Some(NoCorrelation::NotFinite), Some(NoCorrelation::NotFinite)));
        }
        assert_eq!(none(&disordered(PERMUTED_POINTS + 1, 3)), (None, Some(NoCorrelation::TooMany)));
    }
    assert_eq!(NoCorrelation::TooMany.to_string(), "there are too many points to try all orders");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn turned_round_it_is_the_opposite(points in vec((-5..5i8, -5..5i8), 0..7)) {
        let points: Vec<(f64, f64)> = points.iter().map(|(a, b)| (f64::from(*a), f64::from(*b))).collect();
        let turned: Vec<_> = points.iter().map(|(a, b)| (*a, -b)).collect();
        let swapped: Vec<_> = points.iter().rev().map(|(a, b)| (*b, *a)).collect();
        for coefficient in Coefficient::ALL {
            let value = correlation(&points, *coefficient);
            prop_assert_eq!(value.map(|value| -value + 0.0), correlation(&turned, *coefficient).map(|value| value + 0.0));
            prop_assert_eq!(value, correlation(&swapped, *coefficient));
            if let (Ok(test), Ok(other)) = (permutation(&points, *coefficient), permutation(&turned, *coefficient)) {
                prop_assert_eq!((test.as_far, test.at_least, test.at_most), (other.as_far, other.at_most, other.at_least));
                prop_assert_eq!(Ok(test), permutation(&swapped, *coefficient));
                for p in [test.two_sided(), test.greater(), test.less()] {
                    prop_assert!(p > 0.0 && p <= 1.0);
                }
            }
        }
    }
}
