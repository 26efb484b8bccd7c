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

/// Estimates hold the exact value in an interval of two half-widths, and are near it.
#[track_caller]
fn hold(found: &[Estimate], exact: &[f64], within: f64) {
    near(found, exact, within);
    for (found, exact) in found.iter().zip(exact) {
        let half = found.half_width.unwrap();
        assert!((found.value - exact).abs() <= 2.0 * half + 1e-9, "{found:?} does not hold {exact}");
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
fn weights_of_a_composite_have_indices() {
    use peaceops::indicator::composite::{Aggregation, Composite, Group, Indicator, Normaliser, Onto, Plan, Table};
    use peaceops::measure::Decimal;
    use peaceops::scale::Better;
    use peaceops::uncertainty::sobol::of_composite;

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
    // north scores 0, 1, 0: its score is the share of the second weight
    let result = of_composite(&plan, &table, "north", Decimal::of_thousandths(250), 256).unwrap();
    assert_eq!(result.of, ["a", "b", "c"]);
    assert_eq!(result.indices.failed, 0);
    let first = firsts(&result.indices);
    assert!(first[1].value > first[0].value && first[1].value > first[2].value);
    assert!((first.iter().map(|index| index.value).sum::<f64>() - 1.0).abs() < 0.05);
    let nowhere = of_composite(&plan, &table, "nowhere", Decimal::of_thousandths(250), 16).unwrap();
    assert_eq!(nowhere.indices.failed, nowhere.indices.evaluations);
    assert_eq!(of_composite(&plan, &table, "north", Decimal::of_thousandths(1000), 16).unwrap_err().code(), "out-of-range");
}
