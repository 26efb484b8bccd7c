//! Rank correlation and its exact permutation test: what other software computes, full null distributions, every order
//! tried, properties.
//!
//! Sources: scipy 1.17.1 (PyPI); full enumeration of orders; the numbers of permutations by inversions (Mahonian numbers).

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

/// The test as it is defined: every order of the second values is tried. Orders, as far, at least, at most.
///
/// In whole numbers: a comparison of values gives the doubled rank less its mean, and pairs.
fn tried(points: &[(f64, f64)], coefficient: Coefficient) -> [u64; 4] {
    fn place(left: &mut Vec<f64>, placed: &mut Vec<f64>, sum: &dyn Fn(&[f64]) -> i64, sums: &mut Vec<i64>) {
        if left.is_empty() {
            return sums.push(sum(placed));
        }
        for at in 0..left.len() {
            placed.push(left.remove(at));
            place(left, placed, sum, sums);
            left.insert(at, placed.pop().unwrap());
        }
    }
    let compared = |a: f64, b: f64| i64::from(a > b) - i64::from(a < b);
    let (first, mut second): (Vec<f64>, Vec<f64>) = points.iter().copied().unzip();
    let sum = |placed: &[f64]| -> i64 {
        let off = |of: &[f64], at: usize| of.iter().map(|other| compared(of[at], *other)).sum::<i64>();
        let all = 0..first.len();
        match coefficient {
            Spearman => all.map(|at| off(&first, at) * off(placed, at)).sum(),
            Kendall => {
                let pair = |a: usize, b: usize| compared(first[a], first[b]) * compared(placed[a], placed[b]);
                all.flat_map(|a| (0..a).map(move |b| pair(a, b))).sum()
            }
        }
    };
    let (observed, mut sums) = (sum(&second), Vec::new());
    place(&mut second, &mut Vec::new(), &sum, &mut sums);
    let count = |as_strong: &dyn Fn(i64) -> bool| sums.iter().filter(|sum| as_strong(**sum)).count() as u64;
    [sums.len() as u64, count(&|sum| sum.abs() >= observed.abs()), count(&|sum| sum >= observed), count(&|sum| sum <= observed)]
}

#[track_caller]
fn counted_as_tried(points: &[(f64, f64)]) {
    for coefficient in Coefficient::ALL {
        let test = permutation(points, *coefficient).unwrap();
        let counted = [test.orders, test.as_far, test.at_least, test.at_most];
        assert_eq!(counted, tried(points, *coefficient), "{coefficient} of {points:?}");
    }
}

#[test]
fn what_is_counted_is_what_is_tried() {
    // a group of ties on the first side that meets a group on the second, at either end, in the middle, and everywhere
    let cases: [&[(f64, f64)]; 6] = [
        &[(1., 1.), (1., 1.), (1., 2.), (2., 2.), (3., 2.), (3., 3.)],
        &[(1., 3.), (2., 1.), (2., 1.), (2., 2.), (2., 4.), (3., 2.)],
        &[(0., 1.), (0., 2.), (0., 3.), (1., 1.), (1., 2.), (1., 3.)],
        &[(0., 0.), (0., 0.), (0., 0.), (0., 0.), (0., 0.), (1., 1.)],
        &[(0., 5.), (1., 0.), (0., 5.), (0., 5.), (0., 0.), (0., 5.)],
        &[(1., 2.), (2., 1.), (3., 4.), (3., 3.), (4., 3.), (5., 6.), (5., 5.), (6., 8.)],
    ];
    cases.into_iter().for_each(counted_as_tried);
    counted_as_tried(&disordered(8, 9));
}

/// Orders of so many values by their pairs in the opposite order: each next value may be put before none up to all others.
fn mahonian(points: usize) -> Vec<u64> {
    let next = |orders: Vec<u64>, places: usize| -> Vec<u64> {
        let longer = orders.len() + places - 1;
        (0..longer).map(|at| (0..places).filter_map(|back| orders.get(at.checked_sub(back)?)).sum()).collect()
    };
    (1..=points).fold(vec![1], next)
}

#[test]
fn the_most_points_are_counted_in_full() {
    let all = (1..=PERMUTED_POINTS as u64).product::<u64>();
    let orders = mahonian(PERMUTED_POINTS);
    for discordant in [0, 1, 20, 45, orders.len() - 1] {
        let test = permutation(&disordered(PERMUTED_POINTS, discordant), Kendall).unwrap();
        let (at_least, less) = (orders[..=discordant].iter().sum::<u64>(), orders[..discordant].iter().sum::<u64>());
        assert_eq!((test.orders, test.at_least, test.at_most), (all, at_least, all - less));
    }
    // of all orders one has rho 1, one −1; a swap of two neighbours is next
    let test = permutation(&disordered(PERMUTED_POINTS, 0), Spearman).unwrap();
    assert_eq!((test.orders, test.as_far, test.at_least, test.at_most), (all, 2, 1, all));
    let test = permutation(&disordered(PERMUTED_POINTS, 1), Spearman).unwrap();
    assert_eq!((test.orders, test.at_least), (all, PERMUTED_POINTS as u64));
    // each order and the opposite one
    let middle = permutation(&disordered(PERMUTED_POINTS, 40), Spearman).unwrap();
    let turned: Vec<_> = disordered(PERMUTED_POINTS, 40).iter().map(|(a, b)| (*a, -b)).collect();
    let turned = permutation(&turned, Spearman).unwrap();
    assert_eq!((middle.orders, middle.as_far, middle.at_least), (all, turned.as_far, turned.at_most));
    assert_eq!(middle.as_far, 2 * middle.at_least.min(middle.at_most));
    // two values alone: the orders of those of one, times the orders of the others
    let points: Vec<_> = (0..PERMUTED_POINTS).map(|at| if at < 5 { (0.0, 0.0) } else { (1.0, 1.0) }).collect();
    let orders = [5, PERMUTED_POINTS as u64 - 5].map(|values| (1..=values).product::<u64>());
    for coefficient in Coefficient::ALL {
        assert_eq!(permutation(&points, *coefficient).unwrap().at_least, orders[0] * orders[1]);
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
    assert_eq!(NoCorrelation::TooMany.to_string(), "there are too many points to count all orders");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn ties_are_counted_as_they_are_tried(points in vec((0..4u8, 0..4u8), 2..=7)) {
        let points: Vec<(f64, f64)> = points.iter().map(|(a, b)| (f64::from(*a), f64::from(*b))).collect();
        for coefficient in Coefficient::ALL {
            if let Ok(test) = permutation(&points, *coefficient) {
                prop_assert_eq!([test.orders, test.as_far, test.at_least, test.at_most], tried(&points, *coefficient));
            }
        }
    }

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
