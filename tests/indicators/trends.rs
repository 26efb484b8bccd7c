//! Trends, slopes and breaks of measured series: what other software computes, worked examples, properties.
//!
//! Sources: pymannkendall 1.4.3, scipy 1.17.1 and pyhomogeneity 1.1 (PyPI), as printed; full enumeration of orders.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests stop at what they did not expect")]

use chrono::{Days, NaiveDate};
use peaceops::indicator::trend::{
    Direction, EXACT_POINTS, MannKendall, Null, Outcome, Pettitt, Seasonal, Seen, Step, TestRule, TheilSen, approximate_p, mann_kendall,
    orders_reaching, pettitt, seasonal, theil_sen, theil_sen_dated, theil_sen_seasonal,
};
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;

/// Other software prints fifteen or more digits.
const SOFTWARE: f64 = 1e-12;

#[track_caller]
fn close(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "{found:?} is not {expected}");
}

/// Equal to so many figures of the expected number itself.
#[track_caller]
fn figures(found: f64, expected: f64, share: f64) {
    close(found, expected, share * expected.abs());
}

#[track_caller]
fn tested<T: Copy + std::fmt::Debug>(outcome: Result<Outcome<T>, peaceops::Error>) -> T {
    let outcome = outcome.unwrap();
    *outcome.tested().unwrap_or_else(|| panic!("{outcome:?}"))
}

/// A rule that refuses nothing, as the other software does.
fn floorless() -> TestRule {
    TestRule::default().with_least_points(2).unwrap()
}

fn all(values: &[f64]) -> Vec<Option<f64>> {
    values.iter().copied().map(Some).collect()
}

/// NaN for a missing value.
fn gapped(values: &[f64]) -> Vec<Option<f64>> {
    values.iter().map(|value| Some(*value).filter(|value| !value.is_nan())).collect()
}

// What other software computes

const NA: f64 = f64::NAN;
const ANNUAL_20: [f64; 20] =
    [12.1, 11.4, 13.0, 12.8, 13.9, 13.1, 14.4, 14.0, 15.2, 14.7, 15.9, 15.1, 16.3, 16.0, 17.2, 16.6, 17.8, 17.1, 18.5, 18.0];
const FALLING_WITH_GAP: [f64; 12] = [9.5, 9.1, NA, 8.7, 8.8, 8.0, NA, 7.9, 7.1, 7.3, 6.6, 6.0];
const SHORT_4: [f64; 4] = [1.0, 3.0, 2.0, 4.0];
const STEP_24: [f64; 24] =
    [2.1, 1.9, 2.0, 2.2, 1.8, 2.0, 2.1, 1.9, 2.2, 2.0, 1.8, 2.1, 3.4, 3.6, 3.5, 3.3, 3.7, 3.5, 3.4, 3.6, 3.5, 3.8, 3.3, 3.6];
const CONSTANT_8: [f64; 8] = [4.0; 8];

#[test]
fn mann_kendall_is_that_of_pymannkendall() {
    // pymannkendall 1.4.3, original_test: trend, p, z, Tau, s, var_s
    use Direction::{Decreasing, Increasing, NoTrend};
    type Case<'a> = (&'a [f64], Direction, [f64; 5]);
    #[rustfmt::skip]
    let cases: [Case<'_>; 5] = [
        (&ANNUAL_20, Increasing, [8.636119064320269e-08, 5.353306897315163, 0.8736842105263158, 166.0, 950.0]),
        (&FALLING_WITH_GAP, Decreasing, [0.00034661935113455833, -3.5777087639996634, -0.9111111111111111, -41.0, 125.0]),
        (&SHORT_4, NoTrend, [0.3081795474670539, 1.0190493307301363, 0.6666666666666666, 4.0, 8.666666666666666]),
        (&STEP_24, Increasing, [0.00018156352709230994, 3.743376962260954, 0.5471014492753623, 151.0, 1605.6666666666667]),
        (&CONSTANT_8, NoTrend, [1.0, 0.0, 0.0, 0.0, 0.0]),
    ];
    for (values, direction, [p, z, tau, s, variance]) in cases {
        let found = tested(mann_kendall(&gapped(values), &floorless()));
        assert_eq!((found.direction, found.s as f64), (direction, s));
        figures(found.z, z, 1e-15);
        figures(found.tau, tau, 1e-15);
        figures(found.variance, variance, 1e-15);
        // it takes p from 1 - cdf, which keeps sixteen decimals, not sixteen figures
        close(found.p, p, 5e-16);
    }
}

#[test]
fn p_keeps_its_figures_in_the_tail() {
    let rule = floorless();
    // a rising series has S = n(n-1)/2 and the variance n(n-1)(2n+5)/18
    let p = |points: u32| tested(mann_kendall(&(0..points).map(f64::from).collect::<Vec<_>>(), &rule));
    let found = p(20);
    close(found.z, 189.0 / 950f64.sqrt(), SOFTWARE);
    figures(found.p, 8.679762763377867e-10, 1e-14); // scipy 1.17.1, 2·norm.sf(z)
    assert!(p(2_000).p > 0.0 && p(2_000).p < 1e-300);
    assert_eq!(p(20_000).p, f64::MIN_POSITIVE);
}

#[test]
fn theil_sen_is_that_of_pymannkendall_and_scipy() {
    // pymannkendall 1.4.3, sens_slope; scipy 1.17.1, theilslopes at 95 %: slope, intercept, low, high
    let cases: [(&[f64], [f64; 4]); 5] = [
        (&ANNUAL_20, [0.3333333333333333, 11.983333333333333, 0.3000000000000001, 0.375]),
        (&FALLING_WITH_GAP, [-0.30000000000000004, 9.75, -0.36666666666666653, -0.23333333333333325]),
        (&SHORT_4, [0.75, 1.375, -1.0, 2.0]),
        (&STEP_24, [0.08786764705882352, 1.7395220588235294, 0.04285714285714283, 0.1142857142857143]),
        (&CONSTANT_8, [0.0, 4.0, 0.0, 0.0]),
    ];
    for (values, [slope, intercept, low, high]) in cases {
        let line = tested(theil_sen(&gapped(values), &floorless()));
        assert_eq!((line.slope, line.low, line.high, line.per), (slope, low, high, Step::Place));
        figures(line.intercept, intercept, 1e-15);
    }
    // at 90 and at 99 %
    let values = [12.1, 11.4, 13.0, 12.8, 11.9, 13.1, 12.2, 14.0];
    for (alpha, low, high) in [(0.1, -0.1999999999999993, 0.4500000000000002), (0.01, -0.5499999999999998, 0.7000000000000002)] {
        let line = tested(theil_sen(&values, &floorless().with_alpha(alpha).unwrap()));
        assert_eq!((line.slope, line.low, line.high), (0.18333333333333335, low, high));
    }
}

fn on(day: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2014, 1, 1).unwrap() + Days::new(day)
}

#[test]
fn theil_sen_on_given_days_is_that_of_scipy() {
    // scipy 1.17.1, theilslopes on days, two of which have two values: slope, intercept, low, high at 95 and at 90 %
    let days = [0, 31, 59, 59, 120, 151, 212, 243, 243, 334];
    let values = [5.1, 4.8, 4.9, 4.4, 4.6, 4.0, 3.9, 4.1, 3.5, 3.2];
    let mut dated: Vec<_> = days.iter().map(|day| on(*day)).zip(values).collect();
    for (alpha, low, high) in [(0.05, -0.007284768211920528, -0.003389830508474564), (0.1, -0.006666666666666665, -0.0040650406504065045)] {
        let line = tested(theil_sen_dated(&dated, &floorless().with_alpha(alpha).unwrap()));
        assert_eq!((line.slope, line.low, line.high, line.per), (-0.00528052805280528, low, high, Step::Day));
        figures(line.intercept, 4.9655115511551156, 1e-15);
        dated.reverse(); // in any order
    }
}

#[test]
fn slopes_at_equal_days_are_those_at_equal_steps() {
    let dated: Vec<_> = (0..).map(on).zip(gapped(&FALLING_WITH_GAP)).collect();
    let (days, steps) = (tested(theil_sen_dated(&dated, &floorless())), tested(theil_sen(&gapped(&FALLING_WITH_GAP), &floorless())));
    assert_eq!((days.slope, days.intercept, days.low, days.high), (steps.slope, steps.intercept, steps.low, steps.high));
}

#[test]
fn pettitt_is_that_of_pyhomogeneity() {
    // pyhomogeneity 1.1, pettitt_test without simulation: cp, p, U, averages; cp is the place of the last value
    // before the break, counted from 1
    type Case<'a> = (&'a [f64], usize, [f64; 2], [f64; 2]);
    #[rustfmt::skip]
    let cases: [Case<'_>; 4] = [
        (&ANNUAL_20, 10, [0.0020978278652555764, 98.0], [13.459999999999999, 16.85]),
        (&FALLING_WITH_GAP, 6, [0.06614250297660204, 25.0], [8.82, 6.9799999999999995]),
        (&SHORT_4, 1, [1.0183128412150984, 3.0], [1.0, 3.0]),
        (&STEP_24, 12, [0.0003537738044851332, 144.0], [2.0083333333333333, 3.516666666666666]),
    ];
    for (values, cp, [p, u], [before, after]) in cases {
        let found = tested(pettitt(&gapped(values), &floorless()));
        let split = found.split.unwrap();
        assert_eq!((found.k as f64, split.last_before + 1), (u, cp));
        // it does not cap p at 1
        figures(approximate_p(found.points, found.k), p.min(1.0), 1e-14);
        close(split.before.mean, before, SOFTWARE);
        close(split.after.mean, after, SOFTWARE);
    }
    // of a constant series it says cp = 1 and p = 2
    let constant = tested(pettitt(&CONSTANT_8, &floorless()));
    assert_eq!((constant.k, constant.split, constant.p, constant.broken), (0, None, 1.0, false));
    assert_eq!(constant.null, Null::ApproximateTies);
}

#[test]
fn the_exact_null_of_pettitt_is_that_of_enumeration() {
    // all orders of 3 to 8 values, enumerated: how many have each K
    #[rustfmt::skip]
    let null: [(usize, &[(u64, u64)]); 6] = [
        (3, &[(2, 6)]),
        (4, &[(2, 2), (3, 14), (4, 8)]),
        (5, &[(2, 10), (4, 70), (6, 40)]),
        (6, &[(3, 36), (4, 62), (5, 262), (6, 120), (7, 32), (8, 136), (9, 72)]),
        (7, &[(4, 406), (6, 2114), (8, 1064), (10, 952), (12, 504)]),
        (8, &[(4, 350), (5, 1786), (6, 2142), (7, 7826), (8, 6736), (9, 3528), (10, 4456), (11, 2904), (12, 4472), (13, 2088),
            (14, 648), (15, 2232), (16, 1152)]),
    ];
    for (points, expected) in null {
        let most = (points * points / 2) as u64;
        let orders = |k| orders_reaching(points, k).unwrap();
        let found: Vec<_> = (0..=most).map(|k| (k, orders(k) - orders(k + 1))).filter(|(_, orders)| *orders > 0).collect();
        assert_eq!(found, expected);
        assert_eq!(orders(0), (1..=points as u64).product::<u64>());
    }
}

#[test]
fn seasons_are_those_of_pymannkendall() {
    // pymannkendall 1.4.3, seasonal_test: trend, p, z, Tau, s, var_s, slope, intercept
    use Direction::{Decreasing, Increasing};
    let quarters = [4.2, 7.9, 9.1, 5.0, 4.6, 8.3, NA, 5.4, 4.6, 8.1, 9.9, 5.9, 5.1, 8.8, 10.2, 6.3, 5.0];
    #[rustfmt::skip]
    let months = [
        31., 28., 35., 40., 44., 51., 60., 58., 47., 39., 33., 30.,
        29., 28., 33., 41., 40., 49., 57., 58., 45., 36., 33., 28.,
        27., 26., NA, 38., 41., 46., 55., 54., 45., 35., 30., 27.,
    ];
    type Case<'a> = (&'a [f64], usize, usize, Direction, [f64; 7]);
    #[rustfmt::skip]
    let cases: [Case<'_>; 2] = [
        (&quarters, 4, 16, Increasing,
            [0.0017025191745219104, 3.137746730610128, 0.8, 20.0, 36.666666666666664, 0.3000000000000001, 5.4624999999999995]),
        (&months, 12, 35, Decreasing,
            [4.28434036359171e-05, -4.091585441924857, -0.7647058823529411, -26.0, 37.333333333333336, -2.0, 41.833333333333336]),
    ];
    for (values, period, points, direction, [p, z, tau, s, variance, slope, intercept]) in cases {
        let (values, rule) = (gapped(values), TestRule::default());
        let found = tested(seasonal(&values, period, &rule));
        assert_eq!((found.direction, found.s as f64, found.points, found.seasons), (direction, s, points, period));
        figures(found.z, z, 1e-15);
        figures(found.tau, tau, 1e-15);
        figures(found.variance, variance, 1e-15);
        close(found.p, p, 5e-16);
        let line = tested(theil_sen_seasonal(&values, period, &rule));
        assert_eq!((line.slope, line.per), (slope, Step::Period));
        figures(line.intercept, intercept, 1e-15);
        assert!(line.low <= line.slope && line.slope <= line.high);
    }
}

// By hand

#[test]
fn ties_lower_the_variance() {
    // 1 1 2 2: four pairs rise, two are tied; (4·3·13 − 2·2·1·9)/18 = 120/18; z = 3/2.582
    let found = tested(mann_kendall(&[1.0, 1.0, 2.0, 2.0], &floorless()));
    assert_eq!((found.s, found.tau), (4, 4.0 / 6.0));
    close(found.variance, 120.0 / 18.0, SOFTWARE);
    close(found.z, 3.0 / (120.0 / 18.0f64).sqrt(), SOFTWARE);
}

#[test]
fn a_break_is_told_with_the_gap_in_it() {
    // four low values, two missing ones, four high ones: K = 16, reached by 1152 of 40320 orders
    let values = gapped(&[3.0, 1.0, 4.0, 2.0, NA, NA, 12.0, 11.0, 14.0, 13.0]);
    let found = tested(pettitt(&values, &TestRule::default()));
    let split = found.split.unwrap();
    assert_eq!((split.last_before, split.first_after, split.others), (3, 6, 0));
    assert_eq!((split.before.points, split.before.mean, split.after.mean), (4, 2.5, 12.5));
    assert_eq!((found.k, found.p, found.null, found.broken), (16, 1152.0 / 40320.0, Null::Exact, true));
    assert_eq!(found.to_string(), "break after 4 of 8 points, p 0.029 (exact)");
}

#[test]
fn splits_that_are_as_good_are_counted() {
    // 1 3 2 4: U is −3 −2 −3
    let split = tested(pettitt(&[1.0, 3.0, 2.0, 4.0], &floorless())).split.unwrap();
    assert_eq!((split.last_before, split.others), (0, 1));
}

#[test]
fn p_of_a_break_says_where_it_comes_from() {
    let rule = TestRule::default();
    let rising = |points: usize| tested(pettitt(&(0..points).map(|at| at as f64).collect::<Vec<_>>(), &rule)).null;
    assert_eq!((rising(EXACT_POINTS), rising(EXACT_POINTS + 1)), (Null::Exact, Null::ApproximateManyPoints));
    let tied = tested(pettitt(&[1.0, 2.0, 2.0, 8.0, 9.0, 7.0], &rule));
    assert_eq!(tied.null, Null::ApproximateTies);
    assert_eq!(tied.to_string(), "no break, p 0.291 (approximate: values are tied), 6 points");
    // the largest K of 20 values: the ten smallest first, or the ten greatest
    let most = orders_reaching(20, 100).unwrap();
    assert_eq!(most, 2 * (1..=10u64).product::<u64>().pow(2));
    assert_eq!(orders_reaching(20, 101), Some(0));
}

#[test]
fn the_approximation_of_pettitt_is_never_smaller_than_the_exact_p() {
    for points in 2..=12 {
        let all = orders_reaching(points, 0).unwrap() as f64;
        for k in 0..=(points * points / 2) as u64 {
            let exact = orders_reaching(points, k).unwrap() as f64 / all;
            assert!(approximate_p(points, k) >= exact, "{points} points, K {k}: {exact}");
        }
    }
}

#[test]
fn under_five_points_only_the_direction_is_told() {
    let rule = TestRule::default();
    let told = |values: &[f64]| {
        let outcome = mann_kendall(values, &rule).unwrap();
        let Outcome::TooFew(few) = outcome else { panic!("{outcome:?}") };
        assert_eq!(theil_sen(values, &rule).unwrap(), Outcome::TooFew(few));
        assert_eq!(pettitt(values, &rule).unwrap(), Outcome::TooFew(few));
        if values.len() != 1 {
            assert_eq!(seasonal(values, 1, &rule).unwrap(), Outcome::TooFew(few)); // which counts what it can compare
        }
        (few.seen, outcome.to_string())
    };
    assert_eq!(told(&[1.0, 3.0, 2.0, 4.0]), (Seen::Rising, "rising, 4 points: too few points for a test".into()));
    assert_eq!(told(&[4.0, 1.0]), (Seen::Falling, "falling, 2 points: too few points for a test".into()));
    assert_eq!(told(&[4.0, 4.0, 4.0]), (Seen::Even, "neither rising nor falling, 3 points: too few points for a test".into()));
    assert_eq!(told(&[4.0]), (Seen::Nothing, "no direction to be seen, 1 point: too few points for a test".into()));
    assert_eq!(told(&[]), (Seen::Nothing, "no direction to be seen, 0 points: too few points for a test".into()));
    // five are enough, four and a gap are not
    assert!(mann_kendall(&all(&[1.0, 3.0, 2.0, 4.0, 5.0]), &rule).unwrap().tested().is_some());
    assert!(mann_kendall(&gapped(&[1.0, 3.0, NA, 2.0, 4.0]), &rule).unwrap().tested().is_none());
}

#[test]
fn what_cannot_be_compared_is_no_point() {
    let rule = TestRule::default();
    // twelve months and one: two values of one month
    let outcome = seasonal(&[1.0; 13], 12, &rule).unwrap();
    let Outcome::TooFew(few) = outcome else { panic!("{outcome:?}") };
    assert_eq!((few.points, few.needed, few.seen), (2, 5, Seen::Even));
    // six values on three days
    let dated: Vec<_> = [0, 0, 1, 1, 2, 2].into_iter().map(on).zip([3.0, 9.0, 4.0, 10.0, 5.0, 11.0]).collect();
    let outcome = theil_sen_dated(&dated, &rule).unwrap();
    let Outcome::TooFew(few) = outcome else { panic!("{outcome:?}") };
    assert_eq!((few.points, few.seen), (3, Seen::Rising));
    // on one day
    let outcome = theil_sen_dated(&[(on(0), 1.0), (on(0), 2.0)], &rule).unwrap();
    let Outcome::TooFew(few) = outcome else { panic!("{outcome:?}") };
    assert_eq!((few.points, few.seen), (1, Seen::Nothing));
}

#[test]
fn results_are_written_by_name() {
    let json = |values: &[f64]| serde_json::to_string(&mann_kendall(values, &TestRule::default()).unwrap()).unwrap();
    assert_eq!(json(&[1.0, 3.0, 2.0]), r#"{"status":"too-few","points":3,"needed":5,"seen":"rising"}"#);
    let constant = r#"{"status":"tested","points":5,"s":0,"variance":0.0,"z":0.0,"p":1.0,"tau":0.0,"direction":"no-trend"}"#;
    assert_eq!(json(&[4.0; 5]), constant);
}

#[test]
fn a_rule_is_checked() {
    let read = |text: &str| serde_json::from_str::<TestRule>(text);
    assert_eq!(read("{}").unwrap(), TestRule::default());
    assert_eq!(serde_json::to_string(&TestRule::default()).unwrap(), r#"{"alpha":0.05,"least_points":5}"#);
    assert_eq!(read(r#"{"alpha":0.1}"#).unwrap().alpha(), 0.1);
    for wrong in [r#"{"alpha":0.0}"#, r#"{"alpha":1.0}"#, r#"{"least_points":1}"#, r#"{"level":0.1}"#] {
        assert!(read(wrong).is_err(), "{wrong}");
    }
    assert_eq!(TestRule::default().with_alpha(f64::NAN).unwrap_err().code(), "not-finite");
    let error = TestRule::default().with_least_points(1).unwrap_err().to_string();
    assert_eq!(error, format!("the least number of points 1 is not in the range 2..={}", usize::MAX));
}

#[test]
fn faults_are_errors() {
    let rule = TestRule::default();
    for wrong in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let values = [Some(1.0), None, Some(wrong)];
        let errors = [
            mann_kendall(&values, &rule).unwrap_err(),
            seasonal(&values, 2, &rule).unwrap_err(),
            theil_sen(&values, &rule).unwrap_err(),
            theil_sen_seasonal(&values, 2, &rule).unwrap_err(),
            theil_sen_dated(&values.map(|value| (on(0), value)), &rule).unwrap_err(),
            pettitt(&values, &rule).unwrap_err(),
        ];
        assert!(errors.iter().all(|error| error.to_string() == "a value of the series is not finite"));
    }
    let errors = [seasonal(&[1.0], 0, &rule).unwrap_err(), theil_sen_seasonal(&[1.0], 0, &rule).unwrap_err()];
    assert!(errors.iter().all(|error| error.to_string() == "the period 0 is not positive"));
}

#[test]
fn the_largest_numbers_stay_finite() {
    let (most, rule) = (f64::MAX, floorless());
    for values in [vec![-most, most, -most, most, most], vec![most; 6], vec![-most, most], vec![most, -most, most]] {
        let line = tested(theil_sen(&values, &rule));
        assert!([line.slope, line.intercept, line.low, line.high].iter().all(|number| number.is_finite()));
        let split = tested(pettitt(&values, &rule)).split;
        assert!(split.is_none_or(|split| split.before.mean.is_finite() && split.after.mean.is_finite()));
    }
    // the least of them are told apart
    assert_eq!(tested(mann_kendall(&[0.0, -0.0, f64::MIN_POSITIVE], &rule)).s, 2);
}

#[test]
fn many_slopes_are_found_without_keeping_them() {
    // 2.2 million slopes, all the same, then one that is not
    let mut values: Vec<f64> = (0..2_100).map(f64::from).collect();
    let line = tested(theil_sen(&values, &TestRule::default()));
    assert_eq!((line.slope, line.intercept, line.low, line.high), (1.0, 0.0, 1.0, 1.0));
    values[7] = -1e6;
    let line = tested(theil_sen(&values, &TestRule::default()));
    assert_eq!((line.slope, line.intercept, line.low, line.high), (1.0, 0.0, 1.0, 1.0));
}

// Properties

/// So many values, a fifth of them missing, with ties.
fn series(points: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Option<f64>>> {
    vec(weighted(0.8, prop_oneof![(-6..6i32).prop_map(f64::from), -1e3..1e3f64]), points)
}

/// Values that can be moved and scaled without rounding.
fn whole(points: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Option<f64>>> {
    vec(weighted(0.8, (-50..50i32).prop_map(f64::from)), points)
}

fn each(values: &[Option<f64>], change: impl Fn(f64) -> f64) -> Vec<Option<f64>> {
    values.iter().map(|value| value.map(&change)).collect()
}

fn reversed(values: &[Option<f64>]) -> Vec<Option<f64>> {
    values.iter().rev().copied().collect()
}

/// All that is told of a series; nothing where there are too few points.
fn told(values: &[Option<f64>]) -> Option<(MannKendall, TheilSen, Pettitt)> {
    let rule = TestRule::default();
    let (trend, line, split) = (mann_kendall(values, &rule), theil_sen(values, &rule), pettitt(values, &rule));
    let (trend, line, split) = (trend.unwrap(), line.unwrap(), split.unwrap());
    Some((*trend.tested()?, *line.tested()?, *split.tested()?))
}

fn seasons(values: &[Option<f64>], period: usize) -> Option<Seasonal> {
    seasonal(values, period, &TestRule::default()).unwrap().tested().copied()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn counting_pairs_while_sorting_is_counting_them_one_by_one(values in series(0..90)) {
        let given: Vec<f64> = values.iter().copied().flatten().collect();
        let mut s = 0;
        let mut slopes = Vec::new();
        for (j, b) in values.iter().enumerate() {
            for (i, a) in values[..j].iter().enumerate() {
                if let (Some(a), Some(b)) = (a, b) {
                    s += i64::from(b > a) - i64::from(b < a);
                    slopes.push((b - a) / (j - i) as f64);
                }
            }
        }
        slopes.sort_by(f64::total_cmp);
        let u = |t: usize| given[..t].iter().flat_map(|a| given[t..].iter().map(move |b| i64::from(a > b) - i64::from(a < b))).sum::<i64>();
        if let Some((trend, line, split)) = told(&values) {
            prop_assert_eq!(trend.s, s);
            let half = slopes.len() / 2;
            let median = if slopes.len() % 2 == 1 { slopes[half] } else { (slopes[half - 1] + slopes[half]) / 2.0 };
            prop_assert_eq!(line.slope, median + 0.0);
            prop_assert!(slopes.contains(&line.low) && slopes.contains(&line.high));
            prop_assert_eq!(split.k, (1..given.len()).map(|t| u(t).unsigned_abs()).max().unwrap_or(0));
            if let Some(best) = split.split {
                prop_assert_eq!(u(best.before.points).unsigned_abs(), split.k);
            }
        } else {
            prop_assert!(given.len() < 5);
        }
    }

    #[test]
    fn numbers_stay_within_what_they_can_be(values in series(0..60), period in 1..14usize) {
        if let Some((trend, line, split)) = told(&values) {
            for p in [trend.p, split.p] {
                prop_assert!(p > 0.0 && p <= 1.0);
            }
            prop_assert!((-1.0..=1.0).contains(&trend.tau) && trend.variance >= 0.0 && trend.z.is_finite());
            prop_assert!(line.low <= line.slope && line.slope <= line.high);
            prop_assert!(split.k <= (split.points * split.points / 2) as u64);
            prop_assert_eq!(trend.direction == Direction::NoTrend, trend.p >= 0.05 || trend.s == 0);
        }
        if let Some(found) = seasons(&values, period) {
            prop_assert!(found.p > 0.0 && found.p <= 1.0 && (-1.0..=1.0).contains(&found.tau) && found.z.is_finite());
        }
    }

    #[test]
    fn a_series_read_backwards_goes_the_other_way(values in whole(0..60)) {
        if let (Some((trend, line, split)), Some((back, line_back, split_back))) = (told(&values), told(&reversed(&values))) {
            prop_assert_eq!((-trend.s, -trend.z, -trend.tau + 0.0, trend.p), (back.s, back.z, back.tau + 0.0, back.p));
            prop_assert_eq!(line.slope, -line_back.slope);
            prop_assert_eq!((split.k, split.p, split.null), (split_back.k, split_back.p, split_back.null));
        }
    }

    #[test]
    fn a_series_turned_upside_down_goes_the_other_way(values in whole(0..60), period in 1..14usize) {
        let down = each(&values, |value| -value);
        if let (Some((trend, line, split)), Some((back, line_back, split_back))) = (told(&values), told(&down)) {
            prop_assert_eq!((-trend.s, trend.p), (back.s, back.p));
            prop_assert_eq!((line.slope, line.intercept), (-line_back.slope + 0.0, -line_back.intercept + 0.0));
            prop_assert_eq!(split.split.map(|split| split.last_before), split_back.split.map(|split| split.last_before));
        }
        let (up, down) = (seasons(&values, period), seasons(&down, period));
        prop_assert_eq!(up.map(|found| (-found.s, found.p)), down.map(|found| (found.s, found.p)));
    }

    #[test]
    fn a_constant_that_is_added_changes_no_test(values in whole(0..60), constant in -1000..1000i32, period in 1..14usize) {
        let moved = each(&values, |value| value + f64::from(constant));
        prop_assert_eq!(seasons(&values, period), seasons(&moved, period));
        if let (Some((trend, line, split)), Some((other, line_moved, split_moved))) = (told(&values), told(&moved)) {
            prop_assert_eq!(trend, other);
            prop_assert_eq!((line.slope, line.low, line.high), (line_moved.slope, line_moved.low, line_moved.high));
            prop_assert!((line.intercept + f64::from(constant) - line_moved.intercept).abs() < 1e-9);
            prop_assert_eq!((split.k, split.p), (split_moved.k, split_moved.p));
        }
    }

    #[test]
    fn only_the_order_of_the_values_counts_for_a_test(values in whole(0..60)) {
        let cubed = each(&values, |value| value * value * value);
        if let (Some((trend, _, split)), Some((other, _, split_cubed))) = (told(&values), told(&cubed)) {
            prop_assert_eq!(trend, other);
            prop_assert_eq!((split.k, split.p, split.null), (split_cubed.k, split_cubed.p, split_cubed.null));
        }
    }

    #[test]
    fn the_order_of_values_of_one_day_does_not_count(values in vec((0..30u64, weighted(0.8, -9..9i32)), 0..40), rotated in 0..40usize) {
        let mut dated: Vec<_> = values.iter().map(|(day, value)| (on(*day), value.map(f64::from))).collect();
        let first = theil_sen_dated(&dated, &TestRule::default()).unwrap();
        let by = rotated % dated.len().max(1);
        dated.rotate_left(by);
        prop_assert_eq!(first, theil_sen_dated(&dated, &TestRule::default()).unwrap());
    }

    #[test]
    fn a_constant_series_has_no_trend(value in -1e300..1e300f64, points in 5..40usize) {
        let (trend, line, split) = told(&vec![Some(value); points]).unwrap();
        prop_assert_eq!((trend.direction, trend.p, trend.z, trend.tau), (Direction::NoTrend, 1.0, 0.0, 0.0));
        prop_assert_eq!((line.slope, line.intercept, line.low, line.high), (0.0, value, 0.0, 0.0));
        prop_assert_eq!((split.p, split.broken, split.split), (1.0, false, None));
    }

    #[test]
    fn a_period_of_one_is_no_season(values in series(0..40)) {
        let (trend, line) = told(&values).map(|(trend, line, _)| (trend, line)).unzip();
        let found = seasons(&values, 1);
        prop_assert_eq!(trend.map(|trend| (trend.s, trend.p, trend.tau)), found.map(|found| (found.s, found.p, found.tau)));
        let seasonal = theil_sen_seasonal(&values, 1, &TestRule::default()).unwrap();
        prop_assert_eq!(line.map(|line| (line.slope, line.intercept, line.low, line.high)),
            seasonal.tested().map(|line| (line.slope, line.intercept, line.low, line.high)));
    }

    #[test]
    fn no_input_panics(values in vec(weighted(0.9, any::<f64>()), 0..40), period in any::<usize>(), days in vec(any::<u16>(), 40)) {
        let rule = TestRule::default();
        let dated: Vec<_> = days.iter().map(|day| on(u64::from(*day))).zip(values.iter().copied()).collect();
        let finite = values.iter().flatten().all(|value| value.is_finite());
        prop_assert_eq!(mann_kendall(&values, &rule).is_ok(), finite);
        prop_assert_eq!(theil_sen(&values, &rule).is_ok(), finite);
        prop_assert_eq!(pettitt(&values, &rule).is_ok(), finite);
        prop_assert_eq!(theil_sen_dated(&dated, &rule).is_ok(), finite);
        prop_assert_eq!(seasonal(&values, period, &rule).is_ok(), finite && period > 0);
        prop_assert_eq!(theil_sen_seasonal(&values, period, &rule).is_ok(), finite && period > 0);
    }
}
