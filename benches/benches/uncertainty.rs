//! What the uncertainty analysis costs: draws, tipping points, influence and sensitivity indices.
//!
//! `cargo bench -p peaceops-benches --bench uncertainty`. After Criterion's own report come the figures that matter.
//! Draws are made by one thread, unless it says otherwise.

use std::hint::black_box;
use std::time::Duration;

use criterion::Criterion;
use peaceops::indicator::composite::{Aggregation, Composite, Group, Indicator, Normaliser, Onto, Plan, Table};
use peaceops::measure::Decimal;
use peaceops::scale::Better;
use peaceops::scoring::{CellAggregator, LinkAggregator, Method};
use peaceops::uncertainty::composite::{CompositeInputs, CompositeOutput};
use peaceops::uncertainty::sobol::{of_balance, of_composite};
use peaceops::uncertainty::{DrawResult, Draws, TippingRule};
use peaceops::{CaseDocument, CaseStudy};
use peaceops_benches::{Failure, Texts, multiplied, peak, processor_time, shortest, timed};
use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};
use rayon::{ThreadPool, ThreadPoolBuilder};

/// Draws of a timed run of one thread: few, so that the shortest of many runs is not disturbed.
const DRAWS: u64 = 4_096;
/// Draws of a run that is told as it is.
const MANY: u64 = 1_000_000;

/// What is drawn.
#[derive(Clone, Copy)]
enum What {
    /// Ratings and effects from their ranges, as the default method says.
    Ratings,
    /// The same with weights, two aggregators of links and two of cells.
    Swapped,
    /// The same with every aggregator.
    Everything,
}

impl What {
    fn method(self, draws: u64) -> Method {
        let mut method = Method::default();
        method.draws.draws = draws;
        let links = [LinkAggregator::Minimum, LinkAggregator::LowerMedian, LinkAggregator::Geometric, LinkAggregator::Arithmetic];
        let cells = [CellAggregator::LowerMedian, CellAggregator::UpperMedian, CellAggregator::LowerQuartile];
        let (of_links, of_cells) = match self {
            Self::Ratings => (1, 1),
            Self::Swapped => (2, 2),
            Self::Everything => (4, 3),
        };
        (method.draws.links, method.draws.cells) = (links[..of_links].to_vec(), cells[..of_cells].to_vec());
        if of_links > 1 {
            method.draws.weights = Decimal::of_thousandths(250);
        }
        method
    }
}

fn pool(threads: usize) -> Result<ThreadPool, Failure> {
    Ok(ThreadPoolBuilder::new().num_threads(threads).build()?)
}

/// The document with every second ranged rating of resources contested between the low end and the stated level.
fn contested(document: &CaseDocument) -> CaseDocument {
    let mut document = document.clone();
    let ranged = document.rating.iter_mut().filter_map(|row| row.resources.as_mut()).filter(|link| link.low.is_some());
    for link in ranged.step_by(2) {
        link.contested = link.low.take().into_iter().chain(link.level.take()).collect();
        link.high = None;
    }
    document
}

/// So many numbers for each of so many draws, and nothing else.
fn numbers(each: usize, draws: u64) -> u8 {
    let (mut generator, mut bytes) = (ChaCha8Rng::from_seed([1; 32]), vec![0; each * 4]);
    (0..draws).fold(0, |seen, _| {
        generator.fill_bytes(&mut bytes);
        seen ^ black_box(&bytes)[0]
    })
}

/// How many random numbers a draw takes, as the module says: one for each choice, the aggregators, and for weights.
fn numbers_of(result: &DrawResult) -> usize {
    let moved = result.moved;
    moved.ratings + moved.effects + 2 + moved.tiers + moved.saliences
}

fn rate(draws: u64, time: Duration) -> f64 {
    draws as f64 / time.as_secs_f64()
}

/// Draws a second by one thread, against the numbers alone.
fn speed(study: &CaseStudy, what: What, name: &str, target: &str) -> Result<(), Failure> {
    let draws = Draws::of(&study.assess(&what.method(DRAWS)))?;
    let one = pool(1)?;
    let result = one.install(|| draws.run());
    let drawing = shortest(201, || one.install(|| draws.run()));
    let bare = shortest(201, || numbers(numbers_of(&result), DRAWS));
    println!(
        "{name:<44} {:>9.0} a second (target {target}), {:.2?} each; {} numbers each, {:.1} times those alone; {} contested",
        rate(DRAWS, drawing),
        drawing / DRAWS as u32,
        numbers_of(&result),
        drawing.as_secs_f64() / bare.as_secs_f64(),
        result.moved.contested,
    );
    Ok(())
}

/// The time of two threads against that of one: the medians of five runs each, in turns.
///
/// Where others have a processor, two threads cannot be faster; their processor time tells what they would be alone.
fn threads(study: &CaseStudy, what: What, name: &str) -> Result<(), Failure> {
    let draws = Draws::of(&study.assess(&what.method(MANY)))?;
    let pools = [pool(1)?, pool(2)?];
    let (mut times, mut worked) = ([const { Vec::new() }; 2], [Duration::ZERO; 2]);
    for _ in 0..5 {
        for (at, pool) in pools.iter().enumerate() {
            let before = processor_time();
            times[at].push(timed(|| pool.install(|| draws.run())));
            worked[at] += processor_time().zip(before).map_or(Duration::ZERO, |(now, then)| now - then);
        }
    }
    println!("{name}: one thread {:.2?}", times[0]);
    println!("{name}: two threads {:.2?}", times[1]);
    let [one, two] = times.map(|mut times| {
        times.sort_unstable();
        [times[2], times[0]].map(|time| time.as_secs_f64())
    });
    println!(
        "{name}: two threads {:.2} times as fast (target 1.6, aim 1.8), the fastest runs {:.2} times; processor time {:.2} times that of one",
        one[0] / two[0],
        one[1] / two[1],
        worked[1].as_secs_f64() / worked[0].as_secs_f64(),
    );
    Ok(())
}

/// Peaks of memory after few draws and after many.
fn memory(study: &CaseStudy) -> Result<(), Failure> {
    let mut before = None;
    for of in [10_000, 2_000_000] {
        let draws = Draws::of(&study.assess(&What::Ratings.method(of)))?;
        drop(black_box(draws.run()));
        let now = peak();
        let grown = now.zip(before).map_or(String::new(), |(now, then): (u64, u64)| format!(", grown by {} kB", now - then));
        println!("peak of memory after {of:>9} draws: {} kB{grown}", now.map_or("not told".to_owned(), |now| now.to_string()));
        before = now;
    }
    Ok(())
}

/// Asks a study for exact answers, and tells how many there are.
type Ask<'a> = Box<dyn Fn(&CaseStudy) -> usize + 'a>;

/// How draws and exact answers grow with the rows.
fn growth(document: &CaseDocument, study: &CaseStudy) -> Result<(), Failure> {
    let one = pool(1)?;
    let mut each = Vec::new();
    for (times, of, runs) in [(1, DRAWS, 101), (10, DRAWS / 8, 101), (100, DRAWS / 64, 51)] {
        let larger = if times == 1 { study.clone() } else { CaseStudy::try_from(&multiplied(document, times))? };
        let assessment = larger.assess(&What::Ratings.method(of));
        let _ = assessment.confidence();
        let draws = Draws::of(&assessment)?;
        let ready = timed(|| Draws::of(&assessment));
        let time = shortest(runs, || one.install(|| draws.run()));
        each.push(time.as_secs_f64() / of as f64);
        println!(
            "{times:>3} times the rows: {:>9.2?} each draw, {:.0} times as long; ready in {ready:.2?}",
            time / of as u32,
            each[each.len() - 1] / each[0]
        );
    }
    let method = Method::default();
    let ten = CaseStudy::try_from(&multiplied(document, 10))?;
    let exact: [(&str, &str, Ask<'_>); 4] = [
        ("tipping points", " (target under 50 ms)", Box::new(|study| study.tipping(&method, TippingRule::default()).headlines.len())),
        ("choices of the method", "", Box::new(|study| study.choices(&method).choices.len())),
        ("what to ask next", "", Box::new(|study| study.ask_next(&method).questions.len())),
        ("influence", " (target under 1 s)", Box::new(|study| study.influence(&method).len())),
    ];
    for (name, target, ask) in exact {
        let (once, larger) = (shortest(5, || ask(study)), timed(|| ask(&ten)));
        let times = larger.as_secs_f64() / once.as_secs_f64();
        println!("{name:<22} {once:>9.2?}{target}, {} of them; 10 times the rows {larger:>9.2?}, {times:.0} times as long", ask(study));
    }
    Ok(())
}

/// Indicators in eight pillars, these in the whole.
fn composite(indicators: usize) -> Composite {
    let within = |at: usize| Group { group: Some("whole".to_owned()), ..Group::new(&format!("pillar-{at}"), Aggregation::Arithmetic) };
    let groups = std::iter::once(Group::new("whole", Aggregation::Arithmetic)).chain((0..8).map(within)).collect();
    let indicator = |at: usize| Indicator::new(&format!("i{at}"), &format!("pillar-{}", at % 8), Better::Higher);
    let plain = Normaliser::MinMax { onto: Onto { low: 0.0, high: 100.0 } };
    Composite { indicators: (0..indicators).map(indicator).collect(), groups, ..Composite::new("bench", plain) }
}

/// Sensitivity indices of a composite and of a balance.
fn indices(study: &CaseStudy) -> Result<(), Failure> {
    let (indicators, units) = (24, 51);
    let plan = Plan::new(composite(indicators))?;
    let mut table = Table::new((0..units).map(|at| format!("u{at}")))?;
    for at in 0..indicators {
        let values: Vec<Option<f64>> = (0..units).map(|unit| Some(((unit * 7919 + at * 104_729) % 1009) as f64)).collect();
        table.column(&format!("i{at}"), &values)?;
    }
    let spread = Decimal::of_thousandths(250);
    let inputs = CompositeInputs { spread, ..CompositeInputs::default() };
    let found = of_composite(&plan, &table, "u7", &inputs, CompositeOutput::Score, 256)?;
    let time = shortest(5, || of_composite(&plan, &table, "u7", &inputs, CompositeOutput::Score, 256));
    let (count, runs) = (found.inputs.len(), found.indices.evaluations);
    println!("indices of a composite of {units} × {indicators}, 256 base rows: {time:>9.2?}, {count} weights, {runs} evaluations");
    let assessment = study.assess(&Method::default());
    let first = assessment.dimensions().first().ok_or("a dimension is needed")?;
    for samples in [256, 4096] {
        let time = shortest(5, || of_balance(&assessment, first.id.as_str(), spread, samples));
        println!("indices of a balance, {samples} base rows: {time:>9.2?}");
    }
    Ok(())
}

fn main() -> Result<(), Failure> {
    let study = CaseStudy::from_texts(Texts::minusma()?.iter())?;
    let document = CaseDocument::from(&study);
    let everything = CaseStudy::try_from(&contested(&document))?;
    // First of all: a peak never sinks.
    memory(&study)?;

    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .sample_size(20)
        .configure_from_args();
    let one = pool(1)?;
    let batch = Draws::of(&study.assess(&What::Ratings.method(DRAWS)))?;
    criterion.bench_function("4,096 draws of ratings", |b| b.iter(|| one.install(|| batch.run())));
    let method = Method::default();
    criterion.bench_function("tipping points", |b| b.iter(|| study.tipping(&method, TippingRule::default())));
    criterion.final_summary();

    println!();
    speed(&study, What::Ratings, "draws of ratings and effects", "at least 500,000")?;
    speed(&everything, What::Swapped, "the same, contested, weights, two ways each", "at least 200,000")?;
    speed(&everything, What::Everything, "the same, four ways of links, three of cells", "at least 200,000")?;
    threads(&study, What::Ratings, "ratings and effects")?;
    threads(&everything, What::Everything, "everything")?;
    growth(&document, &study)?;
    indices(&study)
}
