//! What users wait for: reading a case, assessing it, explaining a result, and how that grows.
//!
//! `cargo bench -p peaceops-benches`. After Criterion's own report come the ratios that matter, each
//! from the shortest of several timed runs in this process.

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::Criterion;
use peaceops::scoring::{Assessment, Method};
use peaceops::{CaseDocument, CaseStudy};
use peaceops_benches::{Failure, Texts, multiplied, shortest};

fn parse(texts: &Texts) {
    for text in texts.toml() {
        let _ = black_box(toml::de::DeTable::parse(text));
    }
}

fn read(texts: &Texts) {
    let _ = black_box(CaseStudy::from_texts(texts.iter()));
}

fn report(texts: &Texts, study: &CaseStudy, document: &CaseDocument, method: &Method) -> Result<(), Failure> {
    let parsing = shortest(41, || parse(texts));
    let reading = shortest(41, || read(texts));
    let assessing = shortest(101, || drop(black_box(study.assess(method))));
    println!("\nMINUSMA: {} rows, {} bytes", document.rows(), texts.bytes());
    println!("parse alone (toml::de::DeTable::parse):  {parsing:>10.2?}");
    let times = reading.as_secs_f64() / parsing.as_secs_f64();
    println!("read and validate:                       {reading:>10.2?}  {times:.2} times parsing (target under 2)");
    println!("assess, compile included:                {assessing:>10.2?}  (target under 1 ms)");
    let first = |ask: fn(&Assessment)| {
        let ask = || {
            let assessment = study.assess(method);
            let start = Instant::now();
            ask(&assessment);
            start.elapsed()
        };
        (0..41).map(|_| ask()).min().unwrap_or_default()
    };
    println!(
        "  confidence, when first asked for:      {:>10.2?}",
        first(|assessment| {
            let _ = black_box(assessment.confidence());
        })
    );
    println!(
        "  consensus, when first asked for:       {:>10.2?}",
        first(|assessment| {
            let _ = black_box(assessment.consensus());
        })
    );
    println!(
        "  indicators, when first asked for:      {:>10.2?}",
        first(|assessment| {
            let _ = black_box(assessment.indicators());
        })
    );
    for times in [10, 100] {
        let larger = multiplied(document, times);
        let texts = Texts::of(&larger);
        let parse_once = shortest(3, || parse(&texts));
        let read_once = shortest(3, || read(&texts));
        let study = CaseStudy::from_texts(texts.iter())?;
        let assess_once = shortest(9, || drop(black_box(study.assess(method))));
        println!(
            "{times:>3} times the rows: parse alone {:.0} times, read {:>9.2?} = {:.0} times, assess {:>9.2?} = {:.0} times, both {:.0} times{}",
            parse_once.as_secs_f64() / parsing.as_secs_f64(),
            read_once,
            read_once.as_secs_f64() / reading.as_secs_f64(),
            assess_once,
            assess_once.as_secs_f64() / assessing.as_secs_f64(),
            (read_once + assess_once).as_secs_f64() / (reading + assessing).as_secs_f64(),
            if times == 100 { " (target at most 120)" } else { "" }
        );
    }
    Ok(())
}

fn main() -> Result<(), Failure> {
    let texts = Texts::minusma()?;
    let study = CaseStudy::from_texts(texts.iter())?;
    let document = CaseDocument::from(&study);
    let method = Method::default();
    let assessment = study.assess(&method);

    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .sample_size(30)
        .configure_from_args();
    criterion.bench_function("parse alone", |b| b.iter(|| parse(&texts)));
    criterion.bench_function("read and validate", |b| b.iter(|| read(&texts)));
    criterion.bench_function("assess, compile included", |b| b.iter(|| study.assess(&method)));
    criterion.bench_function("explain MIN-TSK-30", |b| b.iter(|| assessment.explain("MIN-TSK-30")));
    criterion.bench_function("explain P3/C and draw it", |b| b.iter(|| assessment.explain("P3/C").map(|tree| tree.to_string())));
    let ten = multiplied(&document, 10);
    let larger = CaseStudy::try_from(&ten)?;
    criterion.bench_function("assess 10 times the rows", |b| b.iter(|| larger.assess(&method)));
    criterion.final_summary();
    report(&texts, &study, &document, &method)
}
