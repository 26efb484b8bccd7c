//! What comparing costs: studies side by side, whether the seven explain the first, and fuzzy-set QCA of many conditions.
//!
//! `cargo bench -p peaceops-benches --bench comparison`. After Criterion's own report come the times, each the shortest
//! of several runs in this process.

use std::hint::black_box;
use std::time::Duration;

use criterion::Criterion;
use peaceops::CaseStudy;
use peaceops::comparison::Comparison;
use peaceops::comparison::qca::{Data, Expectation, Outcome, Solutions, TruthRule, TruthTable};
use peaceops::comparison::seven::Seven;
use peaceops::measure::Decimal;
use peaceops::scoring::{Assessment, Method};
use peaceops_benches::{Failure, Texts, peak, shortest, studies, timed};

/// Most conditions that an analysis takes.
const CONDITIONS: usize = 12;

/// Memberships that look like chance and are the same in each run. The outcome follows two combinations of conditions in
/// `follows` of 100 cases, and is chance in the others.
fn data(cases: usize, follows: u64) -> Result<Data, Failure> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) % below
    };
    let names: Vec<String> = (0..CONDITIONS).map(|at| format!("c{at}")).collect();
    let ids: Vec<String> = (0..cases).map(|at| format!("case-{at}")).collect();
    // near 0 or near 1, and never on the fence
    let mut member = |inside: bool| if inside { 0.8 + next(20) as f64 / 100.0 } else { next(20) as f64 / 100.0 };
    let mut coin = 0x2545_f491_4f6c_dd1d_u64;
    let mut toss = |per: u64| {
        coin = coin.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (coin >> 33) % 100 < per
    };
    let rows: Vec<Vec<f64>> = (0..cases)
        .map(|_| {
            let inside: Vec<bool> = (0..CONDITIONS).map(|_| toss(50)).collect();
            let outcome = if toss(follows) { (inside[0] && inside[3]) || (inside[1] && !inside[5] && inside[7]) } else { toss(50) };
            inside.into_iter().chain([outcome]).map(&mut member).collect()
        })
        .collect();
    Ok(Data::new(names.iter().map(String::as_str), "y", ids.iter().map(String::as_str).zip(rows))?)
}

fn solve(data: &Data, rule: &TruthRule) -> Result<(TruthTable, Solutions), peaceops::Error> {
    let table = TruthTable::of(data, rule)?;
    let solutions = Solutions::of(data, &table, &[Expectation::Present; CONDITIONS])?;
    Ok((table, solutions))
}

fn main() -> Result<(), Failure> {
    let document = Texts::minusma()?;
    let document = peaceops::CaseDocument::from(&CaseStudy::from_texts(document.iter())?);
    let method = Method::default();
    let four = studies(&document, 4)?;
    let fresh = |studies: &[CaseStudy]| -> Vec<Assessment> { studies.iter().map(|study| study.assess(&method)).collect() };
    let assessed = fresh(&four);
    // with twelve conditions many small memberships make any row consistent: PRI tells those with the outcome apart
    let rule = TruthRule { pri: Decimal::of_thousandths(500), ..TruthRule::default() };
    let chance = data(200, 0)?;

    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_secs(1))
        .sample_size(10)
        .configure_from_args();
    criterion.bench_function("QCA, 12 conditions, 200 cases", |b| b.iter(|| solve(&chance, &rule)));
    criterion.bench_function("comparison, 4 studies", |b| b.iter(|| Comparison::of(&assessed)));
    criterion.bench_function("seven, 4 studies", |b| b.iter(|| Seven::of(&assessed.iter().collect::<Vec<_>>())));
    criterion.final_summary();

    println!("\nQCA of 12 conditions, all three solutions (target under 1 s)");
    for (cases, follows) in [(30, 90), (50, 0), (50, 90), (100, 0), (100, 90), (200, 0), (200, 50), (200, 90), (1000, 90)] {
        let data = data(cases, follows)?;
        let (table, solutions) = solve(&data, &rule)?;
        let time = shortest(1, || drop(black_box(solve(&data, &rule))));
        let rows = |outcome: Outcome| table.rows.iter().filter(|row| row.outcome == outcome).count();
        println!(
            "{cases:>5} cases, outcome follows in {follows:>2} of 100: {time:>9.2?}; {} rows with it, {} without",
            rows(Outcome::Present),
            rows(Outcome::Absent)
        );
        for (name, solution) in [("conservative", &solutions.conservative), ("parsimonious", &solutions.parsimonious)] {
            let models = &solution.models;
            println!(
                "      {name}: {} prime implicants, {} models of {} terms, smallest {}, all {}",
                models.prime_implicants.len(),
                models.models.len(),
                models.models.first().map_or(0, Vec::len),
                models.smallest,
                models.all
            );
        }
        let proven = solutions.intermediate.iter().filter(|solution| solution.models.smallest).count();
        let all = solutions.intermediate_all;
        println!(
            "      intermediate: {} solutions, {proven} with proven smallest models; of all pairs {all}",
            solutions.intermediate.len()
        );
    }

    println!("\nstudies side by side, assessed before: the first comparison asks for their confidence, consensus and origins");
    let cold = (0..21).map(|_| {
        let fresh = fresh(&four);
        timed(|| Comparison::of(&fresh))
    });
    println!("    4 studies: first {:>9.2?} (target under 5 ms)", cold.min().unwrap_or_default());
    println!("    4 studies: again {:>9.2?}", shortest(21, || Comparison::of(&assessed)));
    lazy(&fresh(&four));
    drop(four);
    let many = studies(&document, 1000)?;
    let assessed = fresh(&many);
    println!("    1000 studies are ready, peak of memory {} MB", peak().unwrap_or_default() / 1000);
    println!(" 1000 studies: first {:>9.2?} (target under 2 s)", timed(|| Comparison::of(&assessed)));
    println!(
        " 1000 studies: again {:>9.2?}, peak of memory {} MB",
        shortest(3, || Comparison::of(&assessed)),
        peak().unwrap_or_default() / 1000
    );

    println!("\ndo the seven explain the first?");
    for n in [4, 1000] {
        let refs: Vec<&Assessment> = assessed.iter().take(n).collect();
        let seven = Seven::of(&refs)?;
        let time = shortest(if n < 10 { 21 } else { 1 }, || Seven::of(&refs));
        println!("{n:>5} studies, {} units: {time:>9.2?}", seven.units.len());
    }
    Ok(())
}

/// What some assessments take for each thing that they hold only when asked.
fn lazy(fresh: &[Assessment]) {
    let asked = |ask: fn(&Assessment) -> usize| timed(|| fresh.iter().map(ask).sum::<usize>());
    let confidence = asked(|one| size_of_val(one.confidence()));
    let consensus = asked(|one| size_of_val(one.consensus()));
    let origins = asked(|one| size_of_val(one.origins()));
    println!("      of which confidence {confidence:.2?}, consensus {consensus:.2?}, origins {origins:.2?}");
}
