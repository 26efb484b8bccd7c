//! What composite indicators cost: tables of the size of COINr's ASEM example, and larger ones.
//!
//! `cargo bench -p peaceops-benches --bench composite`. After Criterion's own report comes a line for each,
//! from the shortest of several timed runs in this process.

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::Criterion;
use peaceops::indicator::composite::{
    Aggregation, Composite, Faults, Floor, Group, Imputation, Indicator, Normaliser, Onto, Outliers, Plan, Table, Treatment,
};
use peaceops::scale::Better;

/// Numbers that look like chance and are the same in each run: a linear congruential generator.
struct Numbers(u64);

impl Numbers {
    /// The next, from 0 to below `end`.
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// Four levels: indicators in eight pillars, these in two halves, these in the whole; every third is lower the better.
fn composite(indicators: usize, normaliser: Normaliser, aggregation: Aggregation) -> Composite {
    let within = |id: String, of: &str| Group { group: Some(of.to_owned()), floor: Floor::default(), ..Group::new(&id, aggregation) };
    let mut groups = vec![Group::new("whole", aggregation), within("left".into(), "whole"), within("right".into(), "whole")];
    groups.extend((0..8).map(|at| within(format!("pillar-{at}"), if at < 5 { "left" } else { "right" })));
    let indicator = |at: usize| {
        let better = if at.is_multiple_of(3) { Better::Lower } else { Better::Higher };
        let weight = Some((at % 4 + 1) as f64);
        Indicator { weight, ..Indicator::new(&format!("i{at}"), &format!("pillar-{}", at % 8), better) }
    };
    Composite { indicators: (0..indicators).map(indicator).collect(), groups, ..Composite::new("bench", normaliser) }
}

/// A table in which one value of fifty is missing.
fn table(units: usize, indicators: usize) -> Result<Table, Faults> {
    let mut numbers = Numbers(2019);
    let mut table = Table::new((0..units).map(|at| format!("u{at}")))?;
    for at in 0..indicators {
        let values: Vec<Option<f64>> = (0..units)
            .map(|_| {
                let value = numbers.below(1_000_000) as f64 / 1000.0;
                (numbers.below(50) > 0).then_some(value)
            })
            .collect();
        table.column(&format!("i{at}"), &values)?;
    }
    Ok(table)
}

/// Prints what a run costs: the shortest of some, after one that is not counted.
fn report<T>(what: &str, cells: usize, runs: usize, target: &str, mut run: impl FnMut() -> T) {
    drop(black_box(run()));
    let times = (0..runs).map(|_| {
        let start = Instant::now();
        drop(black_box(run()));
        start.elapsed()
    });
    let shortest = times.min().unwrap_or_default();
    let each = shortest.as_secs_f64() * 1e9 / cells as f64;
    println!("{what:<66} {:>9.2?}, {each:>6.1} ns a value{target}", Duration::from_nanos(shortest.as_nanos() as u64));
}

fn main() -> Result<(), Faults> {
    let plain = Normaliser::MinMax { onto: Onto { low: 0.0, high: 100.0 } };
    let from_one = Normaliser::MinMax { onto: Onto { low: 1.0, high: 100.0 } };
    let (small, middle, large) = (table(51, 49)?, table(1_000, 50)?, table(10_000, 100)?);
    let arithmetic = |indicators| Plan::new(composite(indicators, plain, Aggregation::Arithmetic));
    let (of_49, of_50, of_100) = (arithmetic(49)?, arithmetic(50)?, arithmetic(100)?);

    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .sample_size(20)
        .configure_from_args();
    let mut group = criterion.benchmark_group("composite, four levels");
    group.bench_function("51 × 49, min–max, arithmetic", |b| b.iter(|| of_49.run(black_box(&small))));
    group.bench_function("1,000 × 50, min–max, arithmetic", |b| b.iter(|| of_50.run(black_box(&middle))));
    group.finish();
    criterion.final_summary();

    println!();
    report("51 × 49, four levels, min–max, arithmetic:", 51 * 49, 1001, " (target under 20 µs)", || of_49.run(&small));
    report("1,000 × 50, the same:", 50_000, 201, " (target under 1 ms)", || of_50.run(&middle));
    report("10,000 × 100, the same:", 1_000_000, 21, "", || of_100.run(&large));
    for (name, aggregation) in [("geometric", Aggregation::Geometric), ("median", Aggregation::Median), ("minimum", Aggregation::Minimum)] {
        let plan = Plan::new(composite(50, from_one, aggregation))?;
        report(&format!("1,000 × 50, min–max, {name}:"), 50_000, 51, "", || plan.run(&middle));
    }
    for (name, normaliser) in [("z-score", Normaliser::ZScore { mean: 0.0, sd: 1.0 }), ("percentile rank", Normaliser::PercentileRank)] {
        let plan = Plan::new(composite(50, normaliser, Aggregation::Arithmetic))?;
        report(&format!("1,000 × 50, {name}, arithmetic:"), 50_000, 51, "", || plan.run(&middle));
    }
    let careful = Plan::new(Composite {
        treatment: Treatment::WinsoriseElseLog(Outliers::default()),
        imputation: Imputation::Median,
        ..composite(50, plain, Aggregation::Arithmetic)
    })?;
    report("1,000 × 50, the first with medians imputed and outliers sought:", 50_000, 51, "", || careful.run(&middle));
    report("the description of 50 indicators checked:", 50, 201, "", || Plan::new(of_50.description().clone()));
    let scores = of_50.run(&middle)?;
    report("the tree of one unit, with ranges:", 50, 201, "", || scores.score("u7", "whole"));
    report("one indicator left out, 1,000 units:", 50_000, 51, "", || scores.without("i7"));
    Ok(())
}
