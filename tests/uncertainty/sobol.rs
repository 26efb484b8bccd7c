//! Sensitivity indices: the design and the estimators of others reproduced, exact values met, failures kept apart.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests stop at what they did not expect")]

use std::f64::consts::PI;

use peaceops::uncertainty::sobol::{Design, Estimate, Indices};

/// Ishigami and Homma (1990), a = 7, b = 0.1, inputs in −π..π.
fn ishigami(u: &[f64]) -> f64 {
    let x = |at: usize| -PI + 2.0 * PI * u[at];
    x(0).sin() + 7.0 * x(1).sin().powi(2) + 0.1 * x(2).powi(4) * x(0).sin()
}

/// 1, 2, 3, 4 and 0 times inputs in 0..1.
fn linear(u: &[f64]) -> f64 {
    u.iter().zip([1.0, 2.0, 3.0, 4.0, 0.0]).map(|(u, times)| u * times).sum()
}

const G: [f64; 8] = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];

/// Sobol's g-function.
fn g(u: &[f64]) -> f64 {
    u.iter().zip(G).map(|(u, a)| ((4.0 * u - 2.0).abs() + a) / (1.0 + a)).product()
}

fn firsts(indices: &Indices) -> Vec<Estimate> {
    indices.inputs.iter().map(|input| input.first.unwrap()).collect()
}

fn totals(indices: &Indices) -> Vec<Estimate> {
    indices.inputs.iter().map(|input| input.total.unwrap()).collect()
}

#[track_caller]
fn near(found: &[Estimate], wanted: &[f64], within: f64) {
    assert_eq!(found.len(), wanted.len());
    for (found, wanted) in found.iter().zip(wanted) {
        assert!((found.value - wanted).abs() <= within, "{} is not {wanted}", found.value);
    }
}

/// Estimates hold the exact value in their intervals, and are near it.
#[track_caller]
fn hold(found: &[Estimate], exact: &[f64], within: f64) {
    near(found, exact, within);
    for (found, exact) in found.iter().zip(exact) {
        let half = found.half_width.unwrap();
        assert!((found.value - exact).abs() <= half + 1e-9, "{found:?} does not hold {exact}");
    }
}

const ISHIGAMI: ([f64; 3], [f64; 3]) = (
    [0.313_905_191_147_811_46, 0.442_411_144_790_040_9, 0.0],
    [0.557_588_855_209_959_2, 0.442_411_144_790_040_9, 0.243_683_664_062_147_73],
);

#[test]
fn the_unscrambled_design_is_that_of_salib_row_by_row() {
    // `ishigami_N64_design.csv` of SALib 1.6.0: inputs as sixty-fourths; the second and third base rows written out, all
    // 512 rows by their digest (FNV-1a)
    let mut rows: Vec<[u64; 3]> = Vec::new();
    let design = Design::new(3, 64).unwrap().unscrambled().with_pairs();
    design.each(|row| rows.push([0, 1, 2].map(|at| (row[at] * 64.0) as u64)));
    assert_eq!(rows.len(), 512);
    let written = [
        [32, 32, 32],
        [32, 32, 32],
        [32, 32, 32],
        [32, 32, 32],
        [32, 32, 32],
        [32, 32, 32],
        [32, 32, 32],
        [32, 32, 32],
        [48, 16, 16],
        [16, 16, 16],
        [48, 48, 16],
        [48, 16, 48],
        [48, 48, 48],
        [16, 16, 48],
        [16, 48, 16],
        [16, 48, 48],
    ];
    assert_eq!(rows[8..24], written);
    let digest = rows.iter().flatten().fold(0xcbf2_9ce4_8422_2325_u64, |hash, place| (hash ^ place).wrapping_mul(0x0100_0000_01b3));
    assert_eq!(format!("{digest:016x}"), "d9d474ec285d00e5");
    // no row lies between sixty-fourths
    design.each(|row| assert!(row.iter().all(|u| (u * 64.0).fract() == 0.0)));
}

#[test]
fn the_estimators_are_those_of_salib() {
    // N64_unscrambled of SALib 1.6.0
    let design = |inputs: usize| Design::new(inputs, 64).unwrap().unscrambled().with_pairs();
    let indices = design(3).run(|u| Some(ishigami(u)));
    near(&firsts(&indices), &[0.292_741_285_757_336_5, 0.608_943_130_814_157_3, -0.024_523_686_533_122_122], 1e-10);
    near(&totals(&indices), &[0.575_938_339_669_809_9, 0.460_527_469_550_390_7, 0.192_801_109_909_168_16], 1e-10);
    let pairs: Vec<Estimate> = indices.pairs.iter().map(|pair| pair.index.unwrap()).collect();
    near(&pairs, &[-0.121_579_392_220_640_4, 0.265_697_207_457_548_27, -0.120_168_785_259_998_88], 1e-10);
    let indices = design(5).run(|u| Some(linear(u)));
    near(
        &firsts(&indices),
        &[0.029_457_364_341_085_278, 0.081_007_751_937_984_48, 0.277_325_581_395_348_85, 0.524_031_007_751_938, 0.0],
        1e-10,
    );
    near(
        &totals(&indices),
        &[0.032_558_139_534_883_72, 0.132_170_542_635_658_92, 0.297_383_720_930_232_5, 0.527_131_782_945_736_5, 0.0],
        1e-10,
    );
    let of = |one: usize, other: usize| indices.pairs.iter().find(|pair| (pair.one, pair.other) == (one, other)).unwrap().index.unwrap();
    near(&[of(0, 1), of(1, 3), of(3, 4)], &[0.006_201_550_387_596_899, 0.098_062_015_503_876_05, -0.069_767_441_860_465_13], 1e-10);
}

#[test]
fn exact_indices_of_ishigami_are_met() {
    for seed in [1, 2, 3] {
        let indices = Design::new(3, 4096).unwrap().seeded(seed).run(|u| Some(ishigami(u)));
        hold(&firsts(&indices), &ISHIGAMI.0, 0.02);
        hold(&totals(&indices), &ISHIGAMI.1, 0.02);
        assert_eq!((indices.samples, indices.evaluations, indices.failed), (4096, 4096 * 5, 0));
    }
}

#[test]
fn exact_indices_of_a_sum_are_met() {
    let exact = [1.0 / 30.0, 4.0 / 30.0, 9.0 / 30.0, 16.0 / 30.0, 0.0];
    let indices = Design::new(5, 1024).unwrap().run(|u| Some(linear(u)));
    hold(&firsts(&indices), &exact, 0.01);
    hold(&totals(&indices), &exact, 0.01);
}

#[test]
fn exact_indices_of_the_g_function_are_met() {
    let parts = G.map(|a| 1.0 / (3.0 * (1.0 + a) * (1.0 + a)));
    let variance = parts.iter().map(|part| 1.0 + part).product::<f64>() - 1.0;
    let first = parts.map(|part| part / variance);
    let total = parts.map(|part| part / (1.0 + part) * (variance + 1.0) / variance);
    assert!((first[0] - 0.716_192_168_879_033_1).abs() < 1e-12 && (total[0] - 0.787_144_126_659_274_9).abs() < 1e-12);
    let indices = Design::new(8, 4096).unwrap().run(|u| Some(g(u)));
    hold(&firsts(&indices), &first, 0.02);
    hold(&totals(&indices), &total, 0.02);
}

#[test]
fn a_failure_is_counted_and_poisons_nothing() {
    let mut calls = 0u32;
    let indices = Design::new(3, 4096).unwrap().run(|u| {
        calls += 1;
        match calls % 97 {
            0 => None,
            1 => Some(f64::NAN),
            2 => Some(f64::INFINITY),
            _ => Some(ishigami(u)),
        }
    });
    assert_eq!(indices.failed, (4096 * 5 / 97) * 3 + 2);
    near(&firsts(&indices), &ISHIGAMI.0, 0.05);
    near(&totals(&indices), &ISHIGAMI.1, 0.05);
}

#[test]
fn without_variance_there_are_no_indices() {
    let constant = Design::new(2, 16).unwrap().run(|_| Some(0.1));
    assert!(constant.inputs.iter().all(|input| input.first.is_none() && input.total.is_none()));
    let failing = Design::new(2, 16).unwrap().run(|_| None);
    assert_eq!(failing.failed, failing.evaluations);
    assert!(failing.inputs.iter().all(|input| input.first.is_none()));
    let huge = Design::new(1, 64).unwrap().run(|u| Some(u[0] * f64::MAX));
    near(&firsts(&huge), &[1.0], 0.05);
}

#[test]
fn seeds_differ_and_a_seed_repeats() {
    let run = |seed: u64| Design::new(3, 256).unwrap().seeded(seed).run(|u| Some(ishigami(u)));
    assert_eq!(run(5), run(5));
    assert_ne!(run(5), run(6));
}

#[test]
fn every_scrambled_column_is_even() {
    // each of so many stretches holds one point: scrambling keeps the net
    let mut seen = vec![[false; 64]; 32];
    let mut row_number = 0;
    Design::new(32, 64).unwrap().seeded(9).each(|row| {
        if row_number % 34 == 0 {
            row.iter().zip(&mut seen).for_each(|(u, seen)| seen[(u * 64.0) as usize] = true);
        }
        row_number += 1;
    });
    assert!(seen.iter().all(|seen| seen.iter().all(|seen| *seen)));
}

#[test]
fn a_design_has_its_bounds() {
    for (inputs, samples) in [(0, 8), (33, 8), (2, 1), (2, 1 << 30)] {
        assert_eq!(Design::new(inputs, samples).unwrap_err().code(), "out-of-range");
    }
    assert_eq!(Design::new(1, 5).unwrap(), Design::new(1, 8).unwrap());
}

#[test]
fn intervals_are_as_wide_as_those_of_salib_and_hold_as_often_as_they_say() {
    // N1024_no_S2 of SALib 1.6.0, which bootstraps as well
    let conf = (
        [0.063_320_704_712_312_71, 0.051_182_383_117_166_316, 0.056_991_043_288_398_92],
        [0.082_948_611_916_016_66, 0.037_342_474_795_898_97, 0.024_609_837_091_030_342],
    );
    let indices = Design::new(3, 1024).unwrap().run(|u| Some(ishigami(u)));
    for (found, (exact, conf)) in [(firsts(&indices), (ISHIGAMI.0, conf.0)), (totals(&indices), (ISHIGAMI.1, conf.1))] {
        for (found, (exact, conf)) in found.iter().zip(exact.iter().zip(conf)) {
            assert!((found.value - exact).abs() <= conf, "{found:?} is not {exact}");
            assert!((0.6..1.6).contains(&(found.half_width.unwrap() / conf)), "{found:?} against {conf}");
        }
    }
    let exact = [1.0 / 30.0, 4.0 / 30.0, 9.0 / 30.0, 16.0 / 30.0, 0.0];
    let conf = (
        [0.016_823_631_744_372_9, 0.034_461_246_044_619_05, 0.046_877_383_591_781_7, 0.053_134_170_829_584_3, 0.0],
        [0.002_959_786_209_143_488, 0.011_821_627_675_273_155, 0.023_542_800_865_549_07, 0.044_989_942_366_914_75, 0.0],
    );
    let indices = Design::new(5, 1024).unwrap().run(|u| Some(linear(u)));
    for (found, conf) in [(firsts(&indices), conf.0), (totals(&indices), conf.1)] {
        for (found, (exact, conf)) in found.iter().zip(exact.iter().zip(conf)) {
            assert!((found.value - exact).abs() <= conf + 1e-9, "{found:?} is not {exact}");
        }
    }
    // rows of a scrambled sequence are more even than independent ones: intervals hold rather too often
    let holds = |seed: &u64| {
        let first = firsts(&Design::new(3, 128).unwrap().seeded(*seed).run(|u| Some(ishigami(u))))[0];
        (first.value - ISHIGAMI.0[0]).abs() <= first.half_width.unwrap()
    };
    let held = (1..=100).filter(holds).count();
    assert!(held >= 90, "{held} of 100");
}

#[test]
fn an_input_that_moves_nothing_is_told() {
    let still = |design: Design, model: fn(&[f64]) -> Option<f64>| -> Vec<bool> {
        design.run(model).inputs.iter().map(|input| input.still).collect()
    };
    let design = || Design::new(3, 64).unwrap();
    assert_eq!(still(design(), |u| Some(u[0] + u[1])), [false, false, true]);
    // up to rounding; an effect together with others is one; so is a failure
    assert_eq!(still(design(), |u| Some(1.0 + 1e-15 * u[0] + (u[1] - 0.5) * (u[2] - 0.5))), [true, false, false]);
    assert_eq!(still(design(), |u| (u[0] < 0.5).then_some(1.0)), [false, true, true]);
    assert_eq!(still(design().with_pairs(), |u| Some(u[1])), [true, false, true]);
    assert_eq!(still(design(), |_| None), [true, true, true]);
    assert_eq!(still(design(), |u| Some((u[0] - 0.5) * f64::MAX)), [false, true, true]);
}

mod composites {
    use peaceops::indicator::composite::{Aggregation, Composite, Group, Indicator, Normaliser, Onto, Plan, Table};
    use peaceops::measure::Decimal;
    use peaceops::scale::Better;
    use peaceops::uncertainty::composite::{AggregatorChoice, CompositeInput, CompositeInputs, CompositeOutput, RelativeError};
    use peaceops::uncertainty::sobol::{CompositeIndices, of_composite};

    use super::{firsts, near, totals};

    const POSTS: Normaliser = Normaliser::Goalposts { low: 0.0, high: 10.0, onto: Onto { low: 0.0, high: 1.0 } };

    fn thousandths(value: i64) -> Decimal {
        Decimal::of_thousandths(value)
    }

    /// Two groups of two indicators each; north, south, west.
    fn two_groups(whole: Aggregation, normaliser: Normaliser) -> (Plan, Table) {
        let group = |id: &str| Group { group: Some("whole".into()), ..Group::new(id, Aggregation::Arithmetic) };
        let plan = Plan::new(Composite {
            indicators: [("a", "one"), ("b", "one"), ("c", "two"), ("d", "two")]
                .map(|(id, group)| Indicator::new(id, group, Better::Higher))
                .to_vec(),
            groups: vec![Group::new("whole", whole), group("one"), group("two")],
            ..Composite::new("example", normaliser)
        });
        let mut table = Table::new(["north", "south", "west"]).unwrap();
        for (id, values) in [("a", [10.0, 5.0, 4.0]), ("b", [2.0, 5.0, 4.0]), ("c", [7.0, 5.0, 4.5]), ("d", [3.0, 5.0, 4.0])] {
            table.column(id, &values.map(Some)).unwrap();
        }
        (plan.unwrap(), table)
    }

    fn run(inputs: &CompositeInputs, unit: &str, output: CompositeOutput) -> Result<CompositeIndices, peaceops::Error> {
        let (plan, table) = two_groups(Aggregation::Arithmetic, POSTS);
        of_composite(&plan, &table, unit, inputs, output, 1024)
    }

    fn minimum(group: &str) -> AggregatorChoice {
        AggregatorChoice { groups: vec![group.into()], alternatives: vec![Aggregation::Minimum] }
    }

    #[test]
    fn weights_have_indices() {
        let plan = Plan::new(Composite {
            indicators: ["a", "b", "c"].map(|id| Indicator::new(id, "whole", Better::Higher)).to_vec(),
            groups: vec![Group::new("whole", Aggregation::Arithmetic)],
            ..Composite::new("example", Normaliser::MinMax { onto: Onto::default() })
        })
        .unwrap();
        let mut table = Table::new(["north", "south", "west"]).unwrap();
        for (id, values) in [("a", [0.0, 10.0, 5.0]), ("b", [10.0, 0.0, 5.0]), ("c", [0.0, 0.0, 10.0])] {
            table.column(id, &values.map(Some)).unwrap();
        }
        let inputs = CompositeInputs { spread: thousandths(250), ..CompositeInputs::default() };
        let of = |unit: &str, inputs: &CompositeInputs| of_composite(&plan, &table, unit, inputs, CompositeOutput::Score, 256);
        // north scores 0, 1, 0: its score is the share of the second weight
        let result = of("north", &inputs).unwrap();
        assert_eq!(result.inputs, ["a", "b", "c"].map(|of| CompositeInput::Weight { of: of.into() }));
        assert_eq!((result.indices.failed, result.without_effect().count()), (0, 0));
        let first = firsts(&result.indices);
        assert!(first[1].value > first[0].value && first[1].value > first[2].value);
        assert!((first.iter().map(|index| index.value).sum::<f64>() - 1.0).abs() < 0.05);
        assert_eq!(of("norht", &inputs).unwrap_err().to_string(), "unknown unit `norht`; the nearest is `north`");
        let wide = CompositeInputs { spread: thousandths(1000), ..CompositeInputs::default() };
        assert_eq!(of("north", &wide).unwrap_err().to_string(), "the spread of weights 1 is not in the range 0..=0.999");
        assert_eq!(of("north", &CompositeInputs::default()).unwrap_err().code(), "out-of-range");
    }

    #[test]
    fn small_and_large_weights_move_alike() {
        // weights of a thousandth, and of a million: nothing is rounded away, nothing is too large
        let shares = |weight: f64| {
            let indicator = |id: &str| Indicator { weight: Some(weight), ..Indicator::new(id, "whole", Better::Higher) };
            let plan = Plan::new(Composite {
                indicators: vec![indicator("a"), indicator("b")],
                groups: vec![Group::new("whole", Aggregation::Arithmetic)],
                ..Composite::new("example", POSTS)
            })
            .unwrap();
            let mut table = Table::new(["north"]).unwrap();
            table.column("a", &[Some(10.0)]).unwrap();
            table.column("b", &[Some(0.0)]).unwrap();
            let inputs = CompositeInputs { spread: thousandths(250), ..CompositeInputs::default() };
            of_composite(&plan, &table, "north", &inputs, CompositeOutput::Score, 256).unwrap()
        };
        let (small, one, large) = (shares(0.001), shares(1.0), shares(1_000_000.0));
        assert_eq!((small.without_effect().count(), large.indices.failed), (0, 0));
        assert_eq!((&small, &large), (&one, &one));
    }

    #[test]
    fn triggers_have_their_exact_indices() {
        // the minimum in place of the mean takes 0.4 from the one group and 0.2 from the other: 16 and 4 parts of variance
        let inputs = CompositeInputs { aggregators: vec![minimum("one"), minimum("two")], ..CompositeInputs::default() };
        let result = run(&inputs, "north", CompositeOutput::Score).unwrap();
        near(&firsts(&result.indices), &[0.8, 0.2], 0.01);
        near(&totals(&result.indices), &[0.8, 0.2], 0.01);
        assert_eq!(result.inputs[0].to_string(), "the aggregator of `one`");
    }

    #[test]
    fn errors_of_values_have_their_exact_indices() {
        // a adds 1 × 0.3, c 0.7 × 0.3: squares 100 and 49
        let error = |indicator: &str, part| RelativeError { indicator: indicator.into(), part: thousandths(part) };
        let (plan, mut table) = two_groups(Aggregation::Arithmetic, Normaliser::Goalposts { low: 0.0, high: 20.0, onto: Onto::default() });
        table.column("unused", &[None; 3]).unwrap();
        let inputs = CompositeInputs { errors: vec![error("a", 300), error("c", 300)], ..CompositeInputs::default() };
        let result = of_composite(&plan, &table, "north", &inputs, CompositeOutput::Score, 1024).unwrap();
        near(&firsts(&result.indices), &[100.0 / 149.0, 49.0 / 149.0], 0.01);
        for (wrong, message) in [
            (vec![error("e", 300)], "unknown indicator `e`; the nearest is `a`"),
            (vec![error("a", 300), error("a", 100)], "the indicator `a`: two errors are given for it"),
            (vec![error("a", -1)], "the relative error -0.001 is not in the range 0..=0.999"),
        ] {
            let inputs = CompositeInputs { errors: wrong, ..CompositeInputs::default() };
            assert_eq!(run(&inputs, "north", CompositeOutput::Score).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn what_moves_nothing_is_told() {
        // the parts of south are equal: no aggregator and no weight moves its score, and its rank is moved by those of others
        let inputs = CompositeInputs { spread: thousandths(100), aggregators: vec![minimum("one")], ..CompositeInputs::default() };
        let score = run(&inputs, "south", CompositeOutput::Score).unwrap();
        assert_eq!(score.without_effect().count(), score.inputs.len());
        assert!(score.indices.inputs.iter().all(|input| input.first.is_none() && input.still));
        let rank = run(&inputs, "south", CompositeOutput::Rank).unwrap();
        assert!(rank.without_effect().all(|input| *input != CompositeInput::Aggregator { groups: vec!["one".into()] }));
        assert_eq!((rank.output, rank.indices.failed), (CompositeOutput::Rank, 0));
        // an alternative that is the described one, and a choice without any
        let none = AggregatorChoice { groups: vec!["two".into()], alternatives: vec![] };
        let same = AggregatorChoice { groups: vec!["one".into()], alternatives: vec![Aggregation::Arithmetic] };
        let inputs = CompositeInputs { normalisers: vec![POSTS], aggregators: vec![same, none], ..CompositeInputs::default() };
        let result = run(&inputs, "north", CompositeOutput::Score).unwrap();
        assert_eq!(result.without_effect().count(), 3);
    }

    #[test]
    fn scores_on_other_scales_are_refused_and_ranks_are_not() {
        let inputs = CompositeInputs { normalisers: vec![Normaliser::Borda, Normaliser::PercentileRank], ..CompositeInputs::default() };
        assert_eq!(
            run(&inputs, "north", CompositeOutput::Score).unwrap_err().to_string(),
            "the normalisers: scores on different scales (0 to 1; Borda points): ask for ranks"
        );
        let ranks = run(&inputs, "north", CompositeOutput::Rank).unwrap();
        assert_eq!((ranks.indices.failed, ranks.inputs), (0, vec![CompositeInput::Normaliser]));
        let one_scale = CompositeInputs { normalisers: vec![Normaliser::PercentileRank], ..CompositeInputs::default() };
        near(&totals(&run(&one_scale, "north", CompositeOutput::Score).unwrap().indices), &[1.0], 0.02);
    }

    #[test]
    fn failures_are_counted_and_poison_nothing() {
        // the least of min-max scores is 0, of which there is no geometric mean: half of the draws
        let (plan, table) = two_groups(Aggregation::Arithmetic, Normaliser::MinMax { onto: Onto::default() });
        let inputs = CompositeInputs {
            spread: thousandths(250),
            aggregators: vec![AggregatorChoice::of_all([Aggregation::Geometric])],
            ..CompositeInputs::default()
        };
        let result = of_composite(&plan, &table, "north", &inputs, CompositeOutput::Score, 256).unwrap();
        let (failed, all) = (result.indices.failed, result.indices.evaluations);
        assert!((failed as f64 / all as f64 - 0.5).abs() < 0.02, "{failed} of {all}");
        assert!(result.indices.inputs.iter().flat_map(|input| [input.first, input.total]).flatten().all(|index| index.value.is_finite()));
        // what makes a score or none moves something
        assert!(!result.indices.inputs.last().unwrap().still);
    }

    #[test]
    fn requests_that_make_no_sense_are_refused() {
        let message = |inputs: CompositeInputs| run(&inputs, "north", CompositeOutput::Score).unwrap_err().to_string();
        let aggregators = |aggregators| CompositeInputs { aggregators, ..CompositeInputs::default() };
        assert_eq!(message(aggregators(vec![minimum("thre")])), "unknown group `thre`");
        assert_eq!(
            message(aggregators(vec![minimum("one"), AggregatorChoice::of_all([Aggregation::Median])])),
            "the group `one`: two choices of aggregators are for it"
        );
        let power = AggregatorChoice::of_all([Aggregation::Power { exponent: 0.0 }]);
        assert!(message(aggregators(vec![power])).starts_with("an aggregator: the exponent of `whole`: 0 is not"));
        let reversed = Normaliser::Goalposts { low: 2.0, high: 1.0, onto: Onto::default() };
        let normalisers = CompositeInputs { normalisers: vec![Normaliser::Borda, reversed], ..CompositeInputs::default() };
        assert!(message(normalisers).starts_with("normaliser 2: goalposts of `example`: low 2 is not below high 1"));
        // 33 weights
        let names: Vec<String> = (0..33).map(|at| format!("i{at}")).collect();
        let plan = Plan::new(Composite {
            indicators: names.iter().map(|id| Indicator::new(id, "whole", Better::Higher)).collect(),
            groups: vec![Group::new("whole", Aggregation::Arithmetic)],
            ..Composite::new("example", POSTS)
        })
        .unwrap();
        let mut table = Table::new(["north"]).unwrap();
        names.iter().for_each(|id| table.column(id, &[Some(1.0)]).unwrap());
        let inputs = CompositeInputs { spread: thousandths(100), ..CompositeInputs::default() };
        let error = of_composite(&plan, &table, "north", &inputs, CompositeOutput::Score, 16).unwrap_err();
        assert_eq!(error.to_string(), "the number of inputs 33 is not in the range 1..=32");
        let (plan, _) = two_groups(Aggregation::Arithmetic, POSTS);
        let error = of_composite(&plan, &table, "north", &inputs, CompositeOutput::Score, 16).unwrap_err();
        assert!(error.to_string().starts_with("the table: "), "{error}");
    }
}
