//! Measures of agreement, reliability and evidence: published numbers, what other software computes, properties.
//!
//! Sources: methodology.md, sections 3.4, 4 and 5; agrmt 1.42.12 (R); krippendorff 0.9.0 (PyPI).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests stop at what they did not expect")]

use peaceops::measure::{Interval, Probability};
use peaceops::scale::{Clue, Scheme};
use peaceops::scoring::agreement::{
    RANGE_CATEGORIES, SIDES_WEIGHT, equal_sides, leik, lower_median, polarisation, range, tastle_wierman, van_der_eijk,
};
use peaceops::scoring::alpha::{Metric, NoAlpha, Reliance, alpha};
use peaceops::scoring::rand_ucla::panel;
use peaceops::scoring::tracing::{Ratio, decibels, likelihood_ratio, package, uninformative, updated};
use proptest::prelude::*;

/// Other software prints fifteen or more digits.
const SOFTWARE: f64 = 1e-12;
/// What sums of the same terms in another order may differ by.
const ROUNDING: f64 = 1e-9;

#[track_caller]
fn close(found: impl Into<Option<f64>>, expected: f64, tolerance: f64) {
    let found = found.into();
    assert!(found.is_some_and(|found| (found - expected).abs() <= tolerance), "{found:?} is not {expected}");
}

/// Equal to a number with so many printed decimals.
#[track_caller]
fn printed(found: impl Into<Option<f64>>, expected: f64, decimals: i32) {
    close(found, expected, 0.5 * 10f64.powi(-decimals) + ROUNDING);
}

fn exact(probability: f64) -> Interval {
    Interval::exact(probability).unwrap()
}

fn interval(low: f64, high: f64) -> Interval {
    Interval::new(low, high).unwrap()
}

// Agreement

#[test]
fn agreement_is_that_of_agrmt() {
    // agrmt 1.42.12 (R): agreement, polarization, consensus, Leik
    #[rustfmt::skip]
    let cases: [(&[u64], [f64; 4]); 9] = [
        (&[30, 40, 210, 130, 530, 50, 10], [0.611333333333333, 0.194333333333333, 0.725687613959346, 0.286666666666667]),
        (&[0, 0, 100, 0, 0], [1.0, 0.0, 1.0, 0.0]),
        (&[20, 20, 20, 20, 20], [0.0, 0.5, 0.433985000288462, 0.6]),
        (&[50, 0, 0, 0, 50], [-1.0, 1.0, 0.0, 1.0]),
        (&[10, 20, 40, 20, 10], [0.35, 0.325, 0.633985000288462, 0.4]),
        (&[30, 10, 0, 10, 30], [-0.569444444444444, 0.784722222222222, 0.146240625180289, 0.875]),
        (&[5, 7, 12], [0.291666666666667, 0.354166666666667, 0.306309747746377, 0.708333333333333]),
        (&[1, 1, 1, 1, 1, 1, 1], [0.0, 0.5, 0.472000883841443, 0.571428571428572]),
        (&[0, 0, 4, 3, 2], [0.611111111111111, 0.194444444444444, 0.716966652314438, 0.333333333333333]),
    ];
    for (counts, expected) in cases {
        for (measure, expected) in [van_der_eijk, polarisation, tastle_wierman, leik].into_iter().zip(expected) {
            close(measure(counts), expected, SOFTWARE);
        }
    }
    // of two categories it gives no agreement
    assert_eq!((van_der_eijk(&[3, 9]), polarisation(&[3, 9])), (None, None));
    close(tastle_wierman(&[3, 9]), 0.188721875540867, SOFTWARE);
    close(leik(&[3, 9]), 0.5, SOFTWARE);
}

#[test]
fn agreement_of_the_table_of_the_method() {
    // methodology, section 5: V, A, D, Cns
    #[rustfmt::skip]
    let table: &[(&[u64], f64, f64, f64)] = &[
        (&[4, 4, 4, 4, 4], 0.0, 0.6, 0.4340),    // spread
        (&[6, 0, 0, 0, 6], -1.0, 1.0, 0.0),      // two camps
        (&[5, 1, 0, 1, 5], -0.7130, 0.9167, 0.0975),
        (&[1, 1, 0, 0, 0], 0.75, 0.25, 0.8074),  // neighbours
        (&[1, 0, 1, 0, 0], 0.1667, 0.5, 0.5850), // gap
        (&[2, 0, 1, 1], 0.0833, 0.8333, 0.1917),
        (&[0, 0, 10, 0, 0], 1.0, 0.0, 1.0),      // one voice
    ];
    for (counts, agreement, dispersion, consensus) in table {
        printed(van_der_eijk(counts), *agreement, 4);
        printed(leik(counts), *dispersion, 4);
        printed(tastle_wierman(counts), *consensus, 4);
    }
}

#[test]
fn agreement_adds_up_layers() {
    // methodology, section 5: the test vector with its layers, each a distribution of its own
    let vector = [30, 40, 210, 130, 530, 50, 10];
    let layers: [([u64; 7], f64, f64); 7] = [
        ([10, 10, 10, 10, 10, 10, 10], 0.07, 0.0),
        ([20, 20, 20, 20, 20, 20, 0], 0.12, 0.167),
        ([0, 10, 10, 10, 10, 10, 0], 0.05, 0.333),
        ([0, 0, 10, 10, 10, 10, 0], 0.04, 0.5),
        ([0, 0, 80, 80, 80, 0, 0], 0.24, 0.667),
        ([0, 0, 80, 0, 80, 0, 0], 0.16, 0.467),
        ([0, 0, 0, 0, 320, 0, 0], 0.32, 1.0),
    ];
    let mut whole = [0; 7];
    let mut mean = 0.0;
    for (layer, weight, agreement) in layers {
        let sum: u64 = layer.iter().sum();
        close(sum as f64 / 1000.0, weight, SOFTWARE);
        printed(van_der_eijk(&layer), agreement, 3);
        mean += weight * van_der_eijk(&layer).unwrap();
        whole.iter_mut().zip(layer).for_each(|(whole, part)| *whole += part);
    }
    assert_eq!(whole, vector);
    close(van_der_eijk(&vector), mean, SOFTWARE);
    printed(van_der_eijk(&vector), 0.6113333, 7);
    printed(polarisation(&vector), 0.1943333, 7);
    printed(leik(&vector), 0.2867, 4);
    printed(tastle_wierman(&vector), 0.7256876, 7);
}

#[test]
fn there_is_no_agreement_without_opinions_or_of_few_categories() {
    assert_eq!(van_der_eijk(&[]), None);
    assert_eq!(van_der_eijk(&[1, 2]), None);
    assert_eq!(van_der_eijk(&[0, 0, 0]), None);
    assert_eq!((leik(&[]), leik(&[3]), leik(&[0, 0])), (None, None, None));
    assert_eq!((tastle_wierman(&[]), tastle_wierman(&[3]), tastle_wierman(&[0, 0])), (None, None, None));
    assert_eq!((lower_median(&[]), lower_median(&[0, 0])), (None, None));
}

#[test]
fn agreement_holds_the_largest_weights() {
    let most = u64::MAX;
    assert_eq!(van_der_eijk(&[most; 5]), Some(0.0));
    assert_eq!(van_der_eijk(&[most, 0, 0, 0, most]), Some(-1.0));
    assert_eq!(leik(&[most, 0, 0, 0, most]), Some(1.0));
    assert_eq!(lower_median(&[most, most, most, 0]), Some(1));
    close(tastle_wierman(&[most, 0, 0, 0, 1]), 1.0, ROUNDING);
    assert_eq!(range(&[most, 0, 0, 0, most], most).map(|(least, _)| least), Some(-1.0));
}

// Sides, not heads

const MISSION: [u64; 5] = [0, 0, 0, 3, 1];
const GOVERNMENT: [u64; 5] = [0, 2, 1, 0, 0];
const COMMUNITIES: [u64; 5] = [0, 1, 3, 1, 0];

#[test]
fn sides_weigh_the_same() {
    // methodology, section 5: mission 3,3,4,3; government 1,2,1; communities 2,3,2,2,1
    for (side, agreement) in [(MISSION, 0.8750), (GOVERNMENT, 0.8333), (COMMUNITIES, 0.7000)] {
        printed(van_der_eijk(&side), agreement, 4);
    }
    let pooled: Vec<u64> = (0..5).map(|at| MISSION[at] + GOVERNMENT[at] + COMMUNITIES[at]).collect();
    assert_eq!(pooled, [0, 3, 4, 4, 1]);
    printed(van_der_eijk(&pooled), 0.4583, 4);

    let equal = equal_sides(&[MISSION, GOVERNMENT, COMMUNITIES]).unwrap();
    assert_eq!(equal, [0, 52, 56, 57, 15]);
    for (count, share) in equal.iter().zip([0.0, 0.2889, 0.3111, 0.3167, 0.0833]) {
        printed(*count as f64 / 180.0, share, 4);
    }
    printed(van_der_eijk(&equal), 0.4306, 4);
    printed(leik(&equal), 0.3861, 4);
    printed(tastle_wierman(&equal), 0.6549, 4);
    assert_eq!(lower_median(&equal), Some(2));

    let without = |sides: [[u64; 5]; 2]| equal_sides(&sides).and_then(|counts| van_der_eijk(&counts));
    printed(without([GOVERNMENT, COMMUNITIES]), 0.6833, 4);
    printed(without([MISSION, COMMUNITIES]), 0.5750, 4);
    printed(without([MISSION, GOVERNMENT]), 0.2847, 4);
}

#[test]
fn sides_without_opinions_drop_out() {
    assert_eq!(equal_sides(&[vec![0, 2, 1], vec![0, 0, 0], vec![1, 0, 0]]), Some(vec![3, 2, 1]));
    assert_eq!(equal_sides(&[vec![2, 1, 1]]), Some(vec![2, 1, 1]));
    assert_eq!(equal_sides(&[vec![0, 0]]), None);
    assert_eq!(equal_sides::<Vec<u64>>(&[]), None);
    assert_eq!(equal_sides(&[vec![1, 0], vec![1, 0, 0]]), None);
}

#[test]
fn an_open_part_of_a_side_stays_its_own() {
    // two opinions and as much open; one opinion: the open half of a side is a quarter of the whole
    let mut counts = equal_sides(&[[1, 1, 0, 2], [0, 0, 1, 0]]).unwrap();
    assert_eq!(counts, [1, 1, 4, 2]);
    let open = counts.pop().unwrap();
    let (least, greatest) = range(&counts, open).unwrap();
    close(least, van_der_eijk(&[3, 1, 4]).unwrap(), ROUNDING);
    close(greatest, van_der_eijk(&[1, 1, 6]).unwrap(), ROUNDING);
}

#[test]
fn sides_of_awkward_totals_are_brought_to_a_fixed_one() {
    // three primes near 2^20: their product is far above the bound
    let sides = [[1_048_573, 0, 10], [1, 1_048_570, 0], [500_000, 0, 548_557]];
    let counts = equal_sides(&sides).unwrap();
    let each = SIDES_WEIGHT / 3;
    assert_eq!(counts.iter().sum::<u64>(), each * 3);
    for (at, count) in counts.iter().enumerate() {
        let share: f64 = sides.iter().map(|side| side[at] as f64 / side.iter().sum::<u64>() as f64).sum();
        close(*count as f64 / each as f64, share, ROUNDING);
    }
    let most = equal_sides(&[[u64::MAX, 1, 0], [u64::MAX, u64::MAX, 7]]).unwrap();
    assert_eq!(most.iter().sum::<u64>(), SIDES_WEIGHT);
}

// What the sources leave open

#[test]
fn the_range_of_nothing_open_is_agreement() {
    for counts in [[3, 1, 4], [0, 0, 2], [5, 5, 5]] {
        let agreement = van_der_eijk(&counts).unwrap();
        assert_eq!(range(&counts, 0), Some((agreement, agreement)));
    }
    assert_eq!(range(&[0, 0, 0], 0), None);
    assert_eq!(range(&[1, 1], 1), None);
    assert_eq!(range(&[1; RANGE_CATEGORIES + 1], 1), None);
    assert!(range(&[1, 2, 3, 4, 5, 6, 7, 8, 9], 20).is_some());
}

#[test]
fn the_range_reaches_ends_between_whole_numbers() {
    // (1, 0, 1) with one open: both camps at 1.5 is −1; the middle at 1 is 0
    assert_eq!(range(&[1, 0, 1], 1), Some((-1.0, 0.0)));
    // (2, 0, 0) with three open: two camps of 2.5 each; all together is 1
    assert_eq!(range(&[2, 0, 0], 3), Some((-1.0, 1.0)));
    assert_eq!(range(&[0; 5], 1), Some((-1.0, 1.0)));
}

/// A of heights that need not be whole, by layers as they are taken off: another way than the library's.
fn reference(heights: &[f64]) -> f64 {
    let (k, all) = (heights.len() as f64, heights.iter().sum::<f64>());
    let (mut rest, mut sum) = (heights.to_vec(), 0.0);
    loop {
        let held: Vec<bool> = rest.iter().map(|height| *height > 1e-12).collect();
        let s = held.iter().filter(|held| **held).count() as f64;
        if s == 0.0 {
            return sum;
        }
        let height = rest.iter().copied().filter(|height| *height > 1e-12).fold(f64::INFINITY, f64::min);
        let (mut tu, mut tdu) = (0.0, 0.0);
        for i in 0..rest.len() {
            for j in i + 1..rest.len() {
                for l in j + 1..rest.len() {
                    match (held[i], held[j], held[l]) {
                        (true, true, false) | (false, true, true) => tu += 1.0,
                        (true, false, true) => tdu += 1.0,
                        _ => {}
                    }
                }
            }
        }
        let u = if tu + tdu == 0.0 { 0.0 } else { ((k - 2.0) * tu - (k - 1.0) * tdu) / ((k - 2.0) * (tu + tdu)) };
        let agreement = if s == 1.0 { 1.0 } else { u * (1.0 - (s - 1.0) / (k - 1.0)) };
        sum += height * s / all * agreement;
        rest.iter_mut().zip(&held).filter(|(_, held)| **held).for_each(|(rest, _)| *rest -= height);
    }
}

/// Least and greatest A over all ways to lay so many parts of the open weight.
fn by_grid(counts: &[u64], open: u64, parts: u32) -> (f64, f64) {
    fn lay(heights: &mut Vec<f64>, at: usize, left: u32, part: f64, ends: &mut (f64, f64)) {
        if at + 1 == heights.len() {
            heights[at] += f64::from(left) * part;
            let agreement = reference(heights);
            *ends = (ends.0.min(agreement), ends.1.max(agreement));
            heights[at] -= f64::from(left) * part;
            return;
        }
        let before = heights[at];
        for parts in 0..=left {
            heights[at] = before + f64::from(parts) * part;
            lay(heights, at + 1, left - parts, part, ends);
        }
        heights[at] = before;
    }
    let mut heights = counts.iter().map(|count| *count as f64).collect();
    let mut ends = (f64::INFINITY, f64::NEG_INFINITY);
    lay(&mut heights, 0, parts, open as f64 / f64::from(parts), &mut ends);
    ends
}

#[test]
fn the_range_is_that_of_a_fine_grid() {
    // corners lie at whole heights, or at parts of as many as are raised together: twelfths of a unit hold them
    for (counts, open, parts) in [
        (vec![2, 0, 1], 3, 36),
        (vec![5, 1, 4], 4, 48),
        (vec![0, 3, 1], 7, 84),
        (vec![2, 0, 1, 1], 3, 36),
        (vec![4, 0, 0, 3], 4, 48),
        (vec![1, 3, 0, 2, 1], 2, 24),
    ] {
        let (least, greatest) = range(&counts, open).unwrap();
        let (low, high) = by_grid(&counts, open, parts);
        close(least, low, ROUNDING);
        close(greatest, high, ROUNDING);
    }
}

// RAND/UCLA

#[test]
fn a_panel_of_fifteen_does_not_disagree() {
    // methodology, section 5: five 7, five 8, two 9, three single ones below
    let ratings = panel(&[1, 0, 1, 0, 1, 0, 5, 5, 2]).unwrap();
    assert_eq!((ratings.median, ratings.p30, ratings.p70), (7.0, 7.0, 8.0));
    close(ratings.ipr, 1.0, SOFTWARE);
    close(ratings.ipras, 6.1, SOFTWARE);
    assert!(!ratings.disagreement);
}

#[test]
fn a_panel_in_two_camps_disagrees() {
    let ratings = panel(&[5, 0, 0, 0, 0, 0, 0, 0, 5]).unwrap();
    assert_eq!((ratings.median, ratings.ipr, ratings.ipras), (5.0, 8.0, 2.35));
    assert!(ratings.disagreement);
    assert_eq!(panel(&[0; 9]), None);
    let one = panel(&[0, 0, 0, 1, 0, 0, 0, 0, 0]).unwrap();
    assert_eq!((one.median, one.p30, one.p70, one.ipras), (4.0, 4.0, 4.0, 3.85));
}

#[test]
fn percentiles_are_interpolated_and_a_tie_is_no_disagreement() {
    // ratings 3 4 6 7: places 0.9, 1.5 and 2.1
    let ratings = panel(&[0, 0, 1, 1, 0, 1, 1, 0, 0]).unwrap();
    assert_eq!((ratings.p30, ratings.median, ratings.p70), (3.9, 5.0, 6.1));
    // four each of 3, 4 and 7: P30 3.3, P70 6.1; IPR 2.8 is IPRAS 2.35 + 1.5·0.3
    let tied = panel(&[0, 0, 4, 4, 0, 0, 4, 0, 0]).unwrap();
    assert_eq!((tied.p30, tied.p70, tied.ipr, tied.ipras, tied.disagreement), (3.3, 6.1, 2.8, 2.8, false));
    // one of them at 8 instead of 4: P70 7.0, IPR 3.7, IPRAS 2.35 + 1.5·0.15
    let wider = panel(&[0, 0, 4, 3, 0, 0, 4, 1, 0]).unwrap();
    assert_eq!((wider.p30, wider.p70, wider.ipr, wider.ipras, wider.disagreement), (3.3, 7.0, 3.7, 2.575, true));
}

// Alpha

fn coder(text: &str) -> Vec<Option<f64>> {
    text.split_whitespace().map(|value| value.parse().ok()).collect()
}

#[test]
fn alpha_is_that_of_krippendorff() {
    // krippendorff 0.9.0 (PyPI); the first case is Krippendorff's three coders over fifteen units
    #[rustfmt::skip]
    let cases: [(&[&str], [f64; 4]); 4] = [
        (&["· · · · · 3 4 1 2 1 1 3 3 · 3", "1 · 2 1 3 3 4 3 · · · · · · ·", "· · 2 1 3 4 4 · 2 1 1 3 3 · 4"],
         [0.691358024691358, 0.8067214199413153, 0.8108448928121059, 0.8089436707842471]),
        (&["0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"],
         [0.09523809523809534, 0.09523809523809534, 0.09523809523809534, 0.09523809523809538]),
        (&["1 2 3 4", "1 2 3 4"], [1.0, 1.0, 1.0, 1.0]),
        (&["1 2 3 4 5", "5 4 3 2 1"], [0.10000000000000009, -0.8, -0.8, -0.5668146370252234]),
    ];
    for (coders, expected) in cases {
        let coders: Vec<_> = coders.iter().map(|values| coder(values)).collect();
        for (metric, expected) in Metric::ALL.iter().zip(expected) {
            close(alpha(&coders, *metric).ok(), expected, SOFTWARE);
        }
    }
}

#[test]
fn alpha_is_refused_where_it_is_not_defined() {
    // krippendorff 0.9.0 stops with an error on both
    for metric in Metric::ALL {
        assert_eq!(alpha(&[coder("2 2 2"), coder("2 2 2")], *metric), Err(NoAlpha::NoVariation));
        assert_eq!(alpha(&[coder("1 ·"), coder("· 2")], *metric), Err(NoAlpha::NoPairs));
        assert_eq!(alpha::<Vec<Option<f64>>>(&[], *metric), Err(NoAlpha::NoPairs));
        // the value that varies has no pair
        assert_eq!(alpha(&[coder("0.1 0.1 7"), coder("0.1 0.1")], *metric), Err(NoAlpha::NoVariation));
    }
    assert_eq!(alpha(&[coder("-1 2"), coder("-1 2")], Metric::Ratio), Err(NoAlpha::BelowZero));
    assert_eq!(NoAlpha::NoPairs.to_string(), "no item has values of two coders");
    assert_eq!(NoAlpha::NoVariation.to_string(), "only one value was given");
    assert_eq!(NoAlpha::BelowZero.to_string(), "a value is below 0, of which there is no ratio");
}

#[test]
fn values_that_are_no_numbers_are_missing() {
    let whole = [coder("1 2 3 · 2"), coder("1 3 3 2 ·")];
    let mut odd = whole.clone();
    odd[0][3] = Some(f64::NAN);
    odd[1][4] = Some(f64::INFINITY);
    for metric in Metric::ALL {
        assert_eq!(alpha(&odd, *metric), alpha(&whole, *metric));
    }
    let zeroes = [coder("0 -0 1"), coder("-0 0 1")];
    assert_eq!(alpha(&zeroes, Metric::Nominal), Ok(1.0));
}

#[test]
fn alpha_holds_the_largest_and_the_smallest_values() {
    for size in [1e300, 1e-300] {
        let scaled = |values: &str| coder(values).into_iter().map(|value| value.map(|value| value * size)).collect::<Vec<_>>();
        for metric in Metric::ALL {
            let found = alpha(&[scaled("1 2 3 4 5"), scaled("5 4 3 2 1")], *metric).ok();
            close(found, alpha(&[coder("1 2 3 4 5"), coder("5 4 3 2 1")], *metric).unwrap(), ROUNDING);
        }
    }
}

#[test]
fn the_cuts_of_alpha_are_inclusive() {
    assert_eq!(Reliance::of(0.8), Reliance::Reliable);
    assert_eq!(Reliance::of(0.8f64.next_down()), Reliance::Tentative);
    assert_eq!(Reliance::of(0.667), Reliance::Tentative);
    assert_eq!(Reliance::of(0.667f64.next_down()), Reliance::NotReliable);
    assert_eq!(Reliance::of(-1.0), Reliance::NotReliable);
    assert_eq!(Reliance::ALL.iter().map(|cut| cut.name()).collect::<Vec<_>>(), ["not-reliable", "tentative", "reliable"]);
    for cut in Reliance::ALL {
        assert_eq!(serde_json::to_value(cut).unwrap(), cut.to_string());
    }
    for metric in Metric::ALL {
        assert_eq!(serde_json::to_value(metric).unwrap(), metric.name());
        assert_eq!(serde_json::from_value::<Metric>(metric.name().into()).unwrap(), *metric);
    }
}

// Process tracing

#[test]
fn the_tests_of_process_tracing() {
    // methodology, section 4: s, f, ratio found and absent, .5 found and absent, .3 found and absent, dB found and absent
    #[rustfmt::skip]
    let table = [
        // straw in the wind, hoop, smoking gun, doubly decisive
        (0.60, 0.40, (1.50, 2), 0.6667, 0.6000, 0.4000, 0.3913, 0.2222, 1.76, -1.76),
        (0.95, 0.50, (1.90, 2), 0.1000, 0.6552, 0.0909, 0.4488, 0.0411, 2.79, -10.00),
        (0.30, 0.02, (15.0, 1), 0.7143, 0.9375, 0.4167, 0.8654, 0.2344, 11.76, -1.46),
        (0.95, 0.05, (19.0, 1), 0.0526, 0.9500, 0.0500, 0.8906, 0.0221, 12.79, -12.79),
    ];
    for (s, f, (found, decimals), absent, half_found, half_absent, third_found, third_absent, db_found, db_absent) in table {
        let ratio = |clue| likelihood_ratio(exact(s), exact(f), clue);
        printed(ratio(Clue::Found).low(), found, decimals);
        printed(ratio(Clue::Found).high(), found, decimals);
        printed(ratio(Clue::Absent).low(), absent, 4);
        printed(decibels(ratio(Clue::Found).low()), db_found, 2);
        printed(decibels(ratio(Clue::Absent).low()), db_absent, 2);
        let after = |prior, clue| updated(exact(prior), &[ratio(clue)]).0;
        printed(after(0.5, Clue::Found), half_found, 4);
        printed(after(0.5, Clue::Absent), half_absent, 4);
        printed(after(0.3, Clue::Found), third_found, 4);
        printed(after(0.3, Clue::Absent), third_absent, 4);
        assert_eq!(updated(exact(0.3), &[ratio(Clue::NotLookedFor)]), (0.3, 0.3));
    }
}

#[test]
fn clues_in_a_row_and_ranges() {
    let hoop = likelihood_ratio(exact(0.95), exact(0.5), Clue::Found);
    let gun = likelihood_ratio(exact(0.3), exact(0.02), Clue::Found);
    printed(updated(exact(0.5), &[hoop, gun]).0, 0.9661, 4);

    let ratio = likelihood_ratio(interval(0.6, 0.9), interval(0.1, 0.3), Clue::Found);
    assert_eq!(ratio.to_string(), "2.00 to 9.00");
    let (low, high) = updated(interval(0.3, 0.5), &[ratio]);
    printed(low, 0.4615, 4);
    printed(high, 0.9000, 4);
    // looked for and absent: (1−.9)/(1−.1) to (1−.6)/(1−.3)
    let absent = likelihood_ratio(interval(0.6, 0.9), interval(0.1, 0.3), Clue::Absent);
    close(absent.low(), 1.0 / 9.0, ROUNDING);
    close(absent.high(), 4.0 / 7.0, ROUNDING);
}

#[test]
fn dependent_clues_count_once() {
    let (hoop, gun) = ((exact(0.95), exact(0.5), Clue::Found), (exact(0.3), exact(0.02), Clue::Found));
    let straw = (exact(0.4), exact(0.6), Clue::NotLookedFor);
    let both = package(&[hoop, straw, gun]);
    close(both.low(), 1.9, ROUNDING);
    close(both.high(), 15.0, ROUNDING);
    assert_eq!(package(&[straw]), Ratio::ONE);
    assert_eq!(package(&[]), Ratio::ONE);
    assert_eq!(package(&[hoop]), likelihood_ratio(hoop.0, hoop.1, hoop.2));
    let (low, high) = updated(exact(0.5), &[both]);
    printed(low, 0.6552, 4);
    printed(high, 0.9375, 4);
    assert!(high < updated(exact(0.5), &[package(&[hoop]), package(&[gun])]).0);
}

#[test]
fn certainty_is_refused_and_never_reached() {
    for refused in [0.0, 1.0, -0.1, 1.5] {
        assert_eq!(Probability::new(refused).unwrap_err().code(), "not-a-probability");
        assert_eq!(Interval::exact(refused).unwrap_err().code(), "not-a-probability");
    }
    assert_eq!(Interval::new(f64::NAN, 0.5).unwrap_err().code(), "not-finite");
    assert_eq!(Interval::new(0.5, f64::NAN).unwrap_err().code(), "not-finite");
    assert_eq!(Probability::new(f64::NAN).unwrap_err().code(), "not-finite");
    let sure = likelihood_ratio(exact(1.0f64.next_down()), exact(f64::MIN_POSITIVE / 4.0), Clue::Found);
    let unsure = likelihood_ratio(exact(1.0f64.next_down()), exact(f64::MIN_POSITIVE / 4.0), Clue::Absent);
    for (low, high) in [updated(exact(0.5), &[sure; 40]), updated(exact(0.5), &[unsure; 40])] {
        assert!(0.0 < low && low <= high && high < 1.0, "{low} {high}");
    }
}

#[test]
fn a_clue_as_likely_either_way_tells_nothing() {
    assert!(uninformative(exact(0.4), exact(0.4)));
    assert!(!uninformative(exact(0.4), exact(0.5)));
    assert!(!uninformative(interval(0.4, 0.6), exact(0.4)));
    for clue in Clue::ALL {
        assert_eq!(likelihood_ratio(exact(0.4), exact(0.4), *clue), Ratio::ONE);
    }
}

// Words of probability

#[test]
fn the_words_of_both_schemes() {
    // methodology, section 3.4
    let words = |scheme: Scheme| scheme.words().map(|word| (word.word, word.from, word.to)).collect::<Vec<_>>();
    assert_eq!(
        words(Scheme::Icd203),
        [
            ("almost no chance", 1, 5),
            ("very unlikely", 5, 20),
            ("unlikely", 20, 45),
            ("roughly even chance", 45, 55),
            ("likely", 55, 80),
            ("very likely", 80, 95),
            ("almost certain", 95, 99),
        ]
    );
    assert_eq!(
        words(Scheme::Ipcc),
        [
            ("exceptionally unlikely", 0, 1),
            ("very unlikely", 0, 10),
            ("unlikely", 0, 33),
            ("about as likely as not", 33, 66),
            ("likely", 66, 100),
            ("very likely", 90, 100),
            ("virtually certain", 99, 100),
        ]
    );
}

#[test]
fn a_word_stands_with_its_scheme() {
    #[track_caller]
    fn word(scheme: Scheme, low: f64, high: f64, expected: Option<&str>) {
        assert_eq!(scheme.word(low, high).map(|word| word.to_string()).as_deref(), expected, "{low} to {high}");
    }
    word(Scheme::Icd203, 0.6, 0.75, Some("likely (ICD 203)"));
    word(Scheme::Ipcc, 0.7, 0.75, Some("likely (IPCC)"));
    word(Scheme::Ipcc, 0.6, 0.75, None);
    word(Scheme::Icd203, 0.46, 0.9, None);
    // the narrower of two that hold it
    word(Scheme::Ipcc, 0.91, 0.97, Some("very likely (IPCC)"));
    word(Scheme::Ipcc, 0.005, 0.005, Some("exceptionally unlikely (IPCC)"));
    // where words touch, the one nearer to an even chance
    for (touch, nearer) in [(0.05, "very unlikely"), (0.2, "unlikely"), (0.45, "roughly even chance")] {
        word(Scheme::Icd203, touch, touch, Some(&format!("{nearer} (ICD 203)")));
    }
    for (touch, nearer) in [(0.55, "roughly even chance"), (0.8, "likely"), (0.95, "very likely")] {
        word(Scheme::Icd203, touch, touch, Some(&format!("{nearer} (ICD 203)")));
    }
    for touch in [0.33, 0.66] {
        word(Scheme::Ipcc, touch, touch, Some("about as likely as not (IPCC)"));
    }
    // beyond the scheme, reversed, no number
    word(Scheme::Icd203, 0.995, 0.995, None);
    word(Scheme::Icd203, 0.005, 0.02, None);
    word(Scheme::Ipcc, 0.75, 0.7, None);
    word(Scheme::Ipcc, f64::NAN, 0.7, None);
    word(Scheme::Ipcc, 0.0, 1.5, None);
    for scheme in Scheme::ALL {
        assert!(
            scheme.words().all(|word| scheme.find(word.word) == Some(word) && word.to_string().ends_with(&format!("({})", scheme.title())))
        );
    }
    let likely = serde_json::to_value(Scheme::Icd203.find("likely")).unwrap();
    assert_eq!(likely, serde_json::json!({ "word": "likely", "scheme": "icd-203", "from": 55, "to": 80 }));
}

// Properties

fn counts() -> impl Strategy<Value = Vec<u64>> {
    prop::collection::vec(prop_oneof![Just(0u64), 0..12u64, 0..1000u64], 3..8)
        .prop_filter("no opinion", |counts| counts.iter().any(|count| *count > 0))
}

/// Values of coders over items, some of them missing.
fn codes() -> impl Strategy<Value = Vec<Vec<Option<f64>>>> {
    (2..5usize, 1..12usize)
        .prop_flat_map(|(coders, items)| prop::collection::vec(prop::collection::vec(prop::option::weighted(0.8, 0..6u8), items), coders))
        .prop_map(|coders| coders.into_iter().map(|values| values.into_iter().map(|value| value.map(f64::from)).collect()).collect())
}

fn metric() -> impl Strategy<Value = Metric> {
    prop::sample::select(Metric::ALL)
}

fn probability() -> impl Strategy<Value = f64> {
    0.001..0.999f64
}

fn clue() -> impl Strategy<Value = Clue> {
    prop::sample::select(Clue::ALL)
}

#[track_caller]
fn alike(a: Result<f64, NoAlpha>, b: Result<f64, NoAlpha>) {
    match (a, b) {
        (Ok(a), Ok(b)) => close(a, b, ROUNDING),
        (a, b) => assert_eq!(a, b),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn measures_stay_within_their_bounds(counts in counts()) {
        prop_assert!((-1.0..=1.0).contains(&van_der_eijk(&counts).unwrap()));
        prop_assert!((0.0..=1.0).contains(&polarisation(&counts).unwrap()));
        prop_assert!((0.0..=1.0).contains(&leik(&counts).unwrap()));
        prop_assert!((0.0..=1.0).contains(&tastle_wierman(&counts).unwrap()));
        prop_assert!(counts[lower_median(&counts).unwrap()] > 0);
    }

    #[test]
    fn agreement_is_that_of_layers_taken_off(counts in counts()) {
        let heights: Vec<f64> = counts.iter().map(|count| *count as f64).collect();
        close(van_der_eijk(&counts), reference(&heights), ROUNDING);
    }

    #[test]
    fn reversal_and_common_factors_change_nothing(counts in counts(), factor in 1..1_000_000u64) {
        let reversed: Vec<u64> = counts.iter().rev().copied().collect();
        let multiplied: Vec<u64> = counts.iter().map(|count| count * factor).collect();
        for measure in [van_der_eijk, polarisation, leik, tastle_wierman] {
            close(measure(&reversed), measure(&counts).unwrap(), ROUNDING);
            close(measure(&multiplied), measure(&counts).unwrap(), ROUNDING);
        }
        prop_assert_eq!(lower_median(&multiplied), lower_median(&counts));
        prop_assert_eq!(range(&counts, 0), van_der_eijk(&counts).map(|a| (a, a)));
    }

    #[test]
    fn sides_of_the_same_shares_are_as_one(side in counts(), factor in 1..50u64) {
        let larger: Vec<u64> = side.iter().map(|count| count * factor).collect();
        let both = equal_sides(&[side.clone(), larger]).unwrap();
        close(van_der_eijk(&both), van_der_eijk(&side).unwrap(), ROUNDING);
    }

    #[test]
    fn placements_of_open_weight_stay_in_the_range(
        (counts, parts) in prop_oneof![Just(3usize), Just(4), Just(5)].prop_flat_map(|categories| (
            prop::collection::vec(0..9u64, categories), prop::collection::vec(prop_oneof![Just(0.0), 0.0..1.0f64], categories),
        )),
        open in 1..20u64,
    ) {
        let (least, greatest) = range(&counts, open).unwrap();
        let all: f64 = parts.iter().sum();
        prop_assume!(all > 0.0);
        let placed: Vec<f64> = counts.iter().zip(&parts).map(|(count, part)| *count as f64 + open as f64 * part / all).collect();
        let agreement = reference(&placed);
        prop_assert!(least - ROUNDING <= agreement && agreement <= greatest + ROUNDING, "{} of {:?} not in {}..{}", agreement, placed, least, greatest);
    }

    #[test]
    fn some_placement_reaches_each_end_of_the_range(counts in prop::collection::vec(0..5u64, 3), open in 1..5u64) {
        // corners of three categories lie at whole heights, halves or thirds
        let (least, greatest) = range(&counts, open).unwrap();
        let (low, high) = by_grid(&counts, open, u32::try_from(open).unwrap() * 6);
        close(least, low, ROUNDING);
        close(greatest, high, ROUNDING);
    }

    #[test]
    fn with_all_but_everything_open_all_is_possible(counts in prop::collection::vec(0..9u64, 5)) {
        let (least, greatest) = range(&counts, 1_000_000_000).unwrap();
        close(least, -1.0, 1e-6);
        close(greatest, 1.0, 1e-6);
    }

    #[test]
    fn coders_who_say_the_same_agree(values in prop::collection::vec(prop::option::of(0..6u8), 2..12), coders in 2..5usize, metric in metric()) {
        let values: Vec<Option<f64>> = values.into_iter().map(|value| value.map(f64::from)).collect();
        let given: Vec<f64> = values.iter().flatten().copied().collect();
        let expected = match given.as_slice() {
            [] => Err(NoAlpha::NoPairs),
            [first, rest @ ..] if rest.iter().all(|value| value == first) => Err(NoAlpha::NoVariation),
            _ => Ok(1.0),
        };
        prop_assert_eq!(alpha(&vec![values; coders], metric), expected);
    }

    #[test]
    fn the_order_of_coders_and_items_is_nothing(codes in codes(), metric in metric(), turn in 0..12usize) {
        let found = alpha(&codes, metric);
        let mut coders = codes.clone();
        coders.reverse();
        alike(alpha(&coders, metric), found);
        let mut items = codes;
        for values in &mut items {
            let turn = turn % values.len();
            values.rotate_left(turn);
        }
        alike(alpha(&items, metric), found);
    }

    #[test]
    fn alpha_is_that_of_its_definition(codes in codes(), metric in metric()) {
        alike(alpha(&codes, metric), by_definition(&codes, metric));
    }

    #[test]
    fn more_evidence_for_a_claim_never_lowers_it(
        (a, b) in (probability(), probability()), (s, t) in (probability(), probability()), (f, g) in (probability(), probability()), clue in clue(),
    ) {
        let ratio = likelihood_ratio(interval(s, t), interval(f, g), clue);
        let (low, high) = updated(interval(a, b), &[ratio]);
        prop_assert!(0.0 < low && low <= high && high < 1.0);
        // any point of the ranges gives a probability between the ends
        let (p, q) = updated(exact((a + b) / 2.0), &[likelihood_ratio(exact((s + t) / 2.0), exact((f + g) / 2.0), clue)]);
        prop_assert_eq!(p, q);
        prop_assert!(low - ROUNDING <= p && p <= high + ROUNDING);
        // it rises with the prior and with the ratio
        let one = |prior, s, f| updated(exact(prior), &[likelihood_ratio(exact(s), exact(f), Clue::Found)]).0;
        prop_assert!(one(a.min(b), s, f) <= one(a.max(b), s, f));
        prop_assert!(one(a, s.min(t), f) <= one(a, s.max(t), f));
        prop_assert!(one(a, s, f.max(g)) <= one(a, s, f.min(g)));
    }

    #[test]
    fn a_clue_that_nobody_looked_for_changes_nothing(a in probability(), b in probability(), s in probability(), f in probability()) {
        let prior = interval(a, b);
        let unsought = likelihood_ratio(exact(s), exact(f), Clue::NotLookedFor);
        prop_assert_eq!(updated(prior, &[unsought]), (prior.low(), prior.high()));
        prop_assert_eq!(updated(prior, &[]), (prior.low(), prior.high()));
    }

    #[test]
    fn a_package_counts_no_more_than_its_clues(clues in prop::collection::vec((probability(), probability(), clue()), 1..5)) {
        let clues: Vec<_> = clues.into_iter().map(|(s, f, clue)| (exact(s), exact(f), clue)).collect();
        let whole = package(&clues);
        for (s, f, clue) in clues.iter().filter(|(_, _, clue)| *clue != Clue::NotLookedFor) {
            let one = likelihood_ratio(*s, *f, *clue);
            prop_assert!(whole.low() <= one.low() && one.high() <= whole.high());
        }
    }

    #[test]
    fn a_word_holds_what_it_is_said_of(low in 0.0..1.0f64, high in 0.0..1.0f64) {
        for scheme in Scheme::ALL {
            if let Some(word) = scheme.word(low, high) {
                prop_assert!(low <= high && word.holds(low, high) && word.scheme == *scheme);
            } else {
                prop_assert!(scheme.words().all(|word| !word.holds(low, high)));
            }
        }
    }

    #[test]
    fn a_panel_is_that_of_its_ratings(counts in prop::array::uniform9(0..6u64)) {
        let sorted: Vec<f64> = (1..=9u32).zip(counts).flat_map(|(point, count)| vec![f64::from(point); count as usize]).collect();
        prop_assume!(!sorted.is_empty());
        let found = panel(&counts).unwrap();
        let percentile = |p: f64| {
            let place = (sorted.len() - 1) as f64 * p;
            let (low, high) = (sorted[place.floor() as usize], sorted[(place - 1e-9).ceil().max(0.0) as usize]);
            low + (high - low) * place.fract()
        };
        close(found.median, percentile(0.5), 1e-6);
        close(found.ipr, found.p70 - found.p30, ROUNDING);
        close(found.ipras, 2.35 + 1.5 * (5.0 - (found.p30 + found.p70) / 2.0).abs(), ROUNDING);
        let clear = (found.ipr - found.ipras).abs() > ROUNDING;
        prop_assert!(!clear || found.disagreement == (found.ipr > found.ipras));
        prop_assert!(clear || !found.disagreement);
    }
}

/// Alpha from the table of coincidences, as its definition has it.
fn by_definition(coders: &[Vec<Option<f64>>], metric: Metric) -> Result<f64, NoAlpha> {
    let items: Vec<Vec<usize>> = (0..coders[0].len())
        .map(|item| coders.iter().filter_map(|coder| coder[item]).map(|value| value as usize).collect::<Vec<_>>())
        .filter(|values| values.len() > 1)
        .collect();
    let mut coincidences = [[0.0; 6]; 6];
    for values in &items {
        for (a, c) in values.iter().enumerate() {
            for (b, k) in values.iter().enumerate() {
                if a != b {
                    coincidences[*c][*k] += 1.0 / (values.len() - 1) as f64;
                }
            }
        }
    }
    let sums = coincidences.map(|row| row.iter().sum::<f64>());
    let n: f64 = sums.iter().sum();
    let difference = |c: usize, k: usize| {
        let (x, y) = (c as f64, k as f64);
        let difference = match metric {
            _ if c == k => 0.0,
            Metric::Nominal => 1.0,
            Metric::Ordinal => sums[c.min(k)..=c.max(k)].iter().sum::<f64>() - (sums[c] + sums[k]) / 2.0,
            Metric::Interval => x - y,
            Metric::Ratio => (x - y) / (x + y),
        };
        difference * difference
    };
    let (mut observed, mut expected) = (0.0, 0.0);
    for c in 0..6 {
        for k in 0..6 {
            observed += coincidences[c][k] * difference(c, k) / n;
            expected += sums[c] * sums[k] * difference(c, k) / (n * (n - 1.0));
        }
    }
    match (items.is_empty(), expected > 0.0) {
        (true, _) => Err(NoAlpha::NoPairs),
        (_, false) => Err(NoAlpha::NoVariation),
        _ => Ok(1.0 - observed / expected),
    }
}
