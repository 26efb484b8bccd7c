//! What measures over many rows cost: van der Eijk's A, its range, and Krippendorff's alpha.
//!
//! `cargo bench -p peaceops-benches --bench measures`. After Criterion's own report comes a line for each,
//! from the shortest of several timed runs in this process.

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput};
use peaceops::scoring::agreement::{range, van_der_eijk};
use peaceops::scoring::alpha::{Metric, alpha};

/// Distributions of opinions that A is taken of.
const DISTRIBUTIONS: u32 = 1_000_000;
/// Distributions with open weight that the range of A is taken of.
const RANGES: u32 = 1_000;
/// Items that five coders rate.
const ITEMS: u32 = 10_000;
/// Coders.
const CODERS: usize = 5;

/// Numbers that look like chance and are the same in each run: a linear congruential generator.
struct Numbers(u64);

impl Numbers {
    /// The next, from 0 to below `end`.
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// Counts of 0 to 19 over so many categories, and as much open.
fn distributions<const K: usize>(number: u32) -> Vec<([u64; K], u64)> {
    let mut numbers = Numbers(2019);
    (0..number).map(|_| (std::array::from_fn(|_| numbers.below(20)), numbers.below(20))).collect()
}

/// Values of coders who mostly agree and leave out a tenth, on so many levels.
fn codes(levels: u64) -> Vec<Vec<Option<f64>>> {
    let mut numbers = Numbers(2013);
    let mut coders = vec![Vec::new(); CODERS];
    for _ in 0..ITEMS {
        let item = numbers.below(levels);
        for coder in &mut coders {
            let value = if numbers.below(4) == 0 { numbers.below(levels) } else { item };
            let missing = numbers.below(10) == 0;
            coder.push((!missing).then_some(value as f64));
        }
    }
    coders
}

fn all_agreements(distributions: &[([u64; 5], u64)]) -> f64 {
    distributions.iter().filter_map(|(counts, _)| van_der_eijk(counts)).fold(0.0, |sum, agreement| sum + agreement)
}

fn all_ranges<const K: usize>(distributions: &[([u64; K], u64)]) -> f64 {
    distributions.iter().filter_map(|(counts, open)| range(counts, *open)).fold(0.0, |sum, (least, greatest)| sum + greatest - least)
}

/// Prints what one of so many items costs: the shortest of some runs, after one that is not counted.
fn report<T>(what: &str, number: u32, runs: usize, mut run: impl FnMut() -> T) {
    drop(black_box(run()));
    let times = (0..runs).map(|_| {
        let start = Instant::now();
        drop(black_box(run()));
        start.elapsed()
    });
    let shortest = times.min().unwrap_or_default();
    let each = shortest.as_secs_f64() * 1e9 / f64::from(number);
    println!("{what:<52} {:>9.2?}, {each:>7.1} ns each of {number}", Duration::from_nanos(shortest.as_nanos() as u64));
}

fn main() {
    let five = distributions::<5>(DISTRIBUTIONS);
    let (open_three, open_five) = (distributions::<3>(RANGES), distributions::<5>(RANGES));
    let (few, many) = (codes(5), codes(1_000_000));

    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .sample_size(10)
        .configure_from_args();
    let mut group = criterion.benchmark_group("agreement");
    group.throughput(Throughput::Elements(DISTRIBUTIONS.into()));
    group.bench_function("A, 5 categories", |b| b.iter(|| all_agreements(black_box(&five))));
    group.throughput(Throughput::Elements(RANGES.into()));
    group.bench_function("range of A, 3 categories", |b| b.iter(|| all_ranges(black_box(&open_three))));
    group.bench_function("range of A, 5 categories", |b| b.iter(|| all_ranges(black_box(&open_five))));
    group.finish();
    let mut group = criterion.benchmark_group("alpha, 5 coders");
    group.throughput(Throughput::Elements(ITEMS.into()));
    for metric in Metric::ALL {
        group.bench_with_input(BenchmarkId::new("5 levels", metric), metric, |b, metric| b.iter(|| alpha(black_box(&few), *metric)));
    }
    group.bench_function("up to a million levels/interval", |b| b.iter(|| alpha(black_box(&many), Metric::Interval)));
    group.finish();
    criterion.final_summary();

    println!();
    report("A of 1,000,000 distributions over 5 categories:", DISTRIBUTIONS, 31, || all_agreements(&five));
    report("range of A, 3 categories, some weight open:", RANGES, 41, || all_ranges(&open_three));
    report("range of A, 5 categories, some weight open:", RANGES, 41, || all_ranges(&open_five));
    report("ordinal alpha, 5 coders, 10,000 items, 5 levels:", ITEMS, 41, || alpha(&few, Metric::Ordinal));
    report("interval alpha, the same with a million levels:", ITEMS, 41, || alpha(&many, Metric::Interval));
}
