//! What trends, slopes and breaks of measured series cost, and how the cost grows with the series.
//!
//! `cargo bench -p peaceops-benches --bench trend`. After Criterion's own report comes a line for each,
//! from the shortest of several timed runs in this process.

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion};
use peaceops::indicator::trend::{EXACT_POINTS, TestRule, mann_kendall, pettitt, theil_sen};

/// A series that rises under noise and looks like chance; a linear congruential generator, the same in each run.
fn series(points: usize) -> Vec<f64> {
    let mut state = 2013u64;
    let mut noise = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / f64::from(1u32 << 31)
    };
    (0..points).map(|at| at as f64 / points as f64 + 4.0 * noise()).collect()
}

/// The shortest of some runs, after one that is not counted.
fn shortest<T>(runs: usize, mut run: impl FnMut() -> T) -> Duration {
    drop(black_box(run()));
    let times = (0..runs).map(|_| {
        let start = Instant::now();
        drop(black_box(run()));
        start.elapsed()
    });
    times.min().unwrap_or_default()
}

fn report(what: &str, took: Duration) {
    println!("{what:<52} {took:>9.2?}");
}

fn main() {
    let rule = TestRule::default();
    let [years, thousand, many] = [EXACT_POINTS, 1_000, 10_000].map(series);

    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .sample_size(10)
        .configure_from_args();
    let mut group = criterion.benchmark_group("trend");
    for values in [&thousand, &many] {
        group.bench_with_input(BenchmarkId::new("Mann-Kendall", values.len()), values, |b, values| {
            b.iter(|| mann_kendall(black_box(values), &rule));
        });
    }
    group.bench_function("Theil-Sen/1000", |b| b.iter(|| theil_sen(black_box(&thousand), &rule)));
    group.bench_function("Pettitt/1000", |b| b.iter(|| pettitt(black_box(&thousand), &rule)));
    group.bench_function("Pettitt, exact/20", |b| b.iter(|| pettitt(black_box(&years), &rule)));
    group.finish();
    criterion.final_summary();

    println!();
    let (few, more) = (shortest(201, || mann_kendall(&thousand, &rule)), shortest(101, || mann_kendall(&many, &rule)));
    report("Mann-Kendall, 1,000 values:", few);
    report("Mann-Kendall, 10,000 values:", more);
    println!("10 times the values: {:.1} times as long (n log n would be 13.3)", more.as_secs_f64() / few.as_secs_f64());
    report("Theil-Sen with its interval, 1,000 values:", shortest(41, || theil_sen(&thousand, &rule)));
    report("Theil-Sen with its interval, 10,000 values:", shortest(3, || theil_sen(&many, &rule)));
    report("Pettitt, 1,000 values:", shortest(201, || pettitt(&thousand, &rule)));
    report("Pettitt with the exact p, 20 values:", shortest(41, || pettitt(&years, &rule)));
    report("Pettitt with the exact p, 16 values:", shortest(41, || pettitt(&years[..16], &rule)));
}
