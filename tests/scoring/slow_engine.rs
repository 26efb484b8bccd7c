//! A second engine, written from the text of the design, against the crate's.
//!
//! It walks day by day and cell by cell, in exact fractions, and moves every statement to both ends of
//! its range. Two people who read the same text should arrive at the same numbers. Where the text leaves
//! a choice open it takes the crate's. The order in which gaps and hinges are listed is not compared, nor
//! are verdicts and indicators.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests stop at what they did not expect")]

mod base;
mod cells;
mod compare;
mod dimensions;
mod drivers;
mod effects;
mod events;
mod fills;
mod gaps;
mod generate;
mod profile;
mod reach;

use peaceops::CaseStudy;
use peaceops::measure::{Decimal, Weight};
use peaceops::scoring::Method;
use reach::Reach;

/// A method with every choice changed that the engine makes.
fn varied() -> Method {
    let mut method = Method::default();
    method.cells.least_days = 45;
    method.congruence.strategic = Weight::new(7.0).unwrap();
    method.congruence.core = Weight::new(2.5).unwrap();
    method.congruence.enabling = Weight::new(0.125).unwrap();
    method.congruence.coverage_floor = Decimal::of_thousandths(300);
    method.congruence.regional_floor = Decimal::of_thousandths(250);
    method.fill.substantial = Decimal::of_thousandths(750);
    method.fill.flag_from = 1;
    method.gaps.drift_days = 20;
    method.windows.least = Decimal::of_thousandths(400);
    method.balance.major = Weight::new(5.0).unwrap();
    method.balance.least_issues = 2;
    method.balance.plain = Decimal::of_thousandths(200);
    method.trend.least_issues = 2;
    method.trend.step = Decimal::of_thousandths(100);
    method
}

/// Compares the engines on generated studies, and tells every kind of difference once.
fn sweep(seeds: std::ops::Range<u64>) {
    let mut reach = Reach::default();
    let mut told: std::collections::BTreeMap<String, (usize, String)> = std::collections::BTreeMap::new();
    for seed in seeds {
        let document = generate::document(seed);
        let study = CaseStudy::try_from(document).unwrap_or_else(|problems| panic!("seed {seed}: {problems}"));
        let method = if seed % 4 == 0 { varied() } else { Method::default() };
        let length = usize::try_from(study.study().window.len()).unwrap();
        let days = [0, length - 1, (seed as usize * 37) % length, (seed as usize * 101) % length];
        let (assessment, found) = compare::differences(&study, &method, &days);
        reach.add(&study, &assessment);
        for line in found {
            let kind: String = line.split(": slow").next().unwrap().chars().filter(|c| !c.is_ascii_digit()).collect();
            told.entry(kind).or_insert((0, format!("seed {seed}: {line}"))).0 += 1;
        }
    }
    let text: Vec<String> = told.values().map(|(count, line)| format!("{count} × {line}")).collect();
    assert!(text.is_empty(), "{}", text.join("\n"));
    reach.check();
}

#[cfg(all(feature = "toml", feature = "csv"))]
#[test]
fn both_engines_agree_on_minusma() {
    let study = CaseStudy::read(crate::common::MINUSMA).unwrap();
    let length = usize::try_from(study.study().window.len()).unwrap();
    let days = [0, 60, length / 3, length / 2, length - 1];
    for method in [Method::default(), varied()] {
        let (_, found) = compare::differences(&study, &method, &days);
        assert!(found.is_empty(), "{} differences\n{}", found.len(), found.join("\n"));
    }
}

#[test]
fn both_engines_agree_on_studies_0_to_249() {
    sweep(0..250);
}

#[test]
fn both_engines_agree_on_studies_250_to_499() {
    sweep(250..500);
}

#[test]
fn both_engines_agree_on_studies_500_to_749() {
    sweep(500..750);
}

#[test]
fn both_engines_agree_on_studies_750_to_999() {
    sweep(750..1000);
}
