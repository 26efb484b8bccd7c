//! A composite made by hand: the Human Development Index of three countries, from its four indicators.
//!
//! `cargo run --example composite`; with `--features parallel` also how sure it is. Composites exist only where a caller describes one, as here: no study,
//! assessment or headline holds one.
//!
//! Source of the index: UNDP, *Technical notes* of the Human Development Report 2023/24, note 1; values of
//! 2022 as published there.

#[path = "desk/terminal.rs"]
mod terminal;

use std::fmt::Write;
use std::process::ExitCode;

use peaceops::indicator::composite::{Aggregation, Composite, Group, Indicator, Normaliser, Onto, Plan, Table, Transform};
use peaceops::scale::Better;

/// Goalposts in the indicator's own unit.
fn posts(low: f64, high: f64) -> Option<Normaliser> {
    Some(Normaliser::Goalposts { low, high, onto: Onto::default() })
}

fn hdi(aggregation: Aggregation) -> Composite {
    let indicator = |id: &str, group: &str, low: f64, high: f64| Indicator {
        normaliser: posts(low, high),
        ..Indicator::new(id, group, Better::Higher)
    };
    let part = |id: &str| Group { group: Some("hdi".into()), ..Group::new(id, Aggregation::Arithmetic) };
    Composite {
        indicators: vec![
            indicator("life-expectancy", "health", 20.0, 85.0),
            indicator("expected-years-of-schooling", "education", 0.0, 18.0),
            indicator("mean-years-of-schooling", "education", 0.0, 15.0),
            Indicator { transform: Transform::Log, ..indicator("income-per-head", "income", 100.0, 75_000.0) },
        ],
        groups: vec![Group::new("hdi", aggregation), part("health"), part("education"), part("income")],
        ..Composite::new("hdi-2022", Normaliser::MinMax { onto: Onto::default() })
    }
}

const HELP: &str = "\
The Human Development Index of three countries, from its four indicators.

Usage: composite [--help]

Exit status: 0, or 2 where a request is wrong; problems go to standard error.
";

#[allow(dead_code, reason = "the tests call `text` alone")]
fn main() -> ExitCode {
    terminal::end(text(lexopt::Parser::from_env()))
}

/// What the example prints, or what is wrong.
pub(crate) fn text(args: lexopt::Parser) -> Result<String, String> {
    terminal::without_options(args, HELP, answer)
}

fn answer() -> Result<String, Box<dyn std::error::Error>> {
    let mut out = String::new();
    let countries = ["mali", "south-sudan", "norway"];
    let published = [0.410, 0.381, 0.966];
    let mut table = Table::new(countries)?;
    table.column("life-expectancy", &[Some(59.417), Some(55.567), Some(83.393)])?;
    table.column("expected-years-of-schooling", &[Some(7.037249603), Some(5.634770141), Some(18.63846016)])?;
    table.column("mean-years-of-schooling", &[Some(1.626710057), Some(5.726140022), Some(13.06234279)])?;
    table.column("income-per-head", &[Some(2043.672433), Some(690.6607575), Some(69189.76165)])?;

    writeln!(out, "Human Development Index 2022: a composite that somebody asked for, with its parts and coverage.")?;
    let scores = Plan::new(hdi(Aggregation::Geometric))?.run(&table)?;
    for (country, published) in countries.into_iter().zip(published) {
        let score = scores.score(country, "hdi").ok_or("no such country")?;
        writeln!(out, "\n{country}, published {published:.3}: {score}")?;
    }
    let arithmetic = Plan::new(hdi(Aggregation::Arithmetic))?.run(&table)?;
    if let Some(mean) = arithmetic.outcome("mali", "hdi").and_then(|outcome| outcome.value()) {
        writeln!(out, "\nMali with an arithmetic mean: {mean:.3}. The geometric mean lets a surplus pay less for a deficit.")?;
    }
    #[cfg(feature = "monte-carlo")]
    uncertain(&table, &mut out)?;
    Ok(out)
}

/// How far scores and ranks go if weights move by a quarter, the mean is the other one, and incomes err by a tenth.
#[cfg(feature = "monte-carlo")]
fn uncertain(table: &Table, out: &mut String) -> Result<(), Box<dyn std::error::Error>> {
    use peaceops::measure::Decimal;
    use peaceops::uncertainty::composite::{AggregatorChoice, CompositeDraws, CompositeInputs, CompositeOutput, RelativeError};
    use peaceops::uncertainty::sobol::{Estimate, of_composite};

    let inputs = CompositeInputs {
        spread: Decimal::new(0.25)?,
        aggregators: vec![AggregatorChoice { groups: vec!["hdi".into()], alternatives: vec![Aggregation::Arithmetic] }],
        errors: vec![RelativeError { indicator: "income-per-head".into(), part: Decimal::new(0.1)? }],
        ..CompositeInputs::default()
    };
    let plan = Plan::new(hdi(Aggregation::Geometric))?;
    let result = CompositeDraws::of(&plan, table, &inputs)?.run(1, 10_000);
    writeln!(out, "\nWeights up or down by a quarter, either mean, incomes wrong by a tenth (10,000 draws, seed 1):")?;
    for unit in &result.units {
        let (Some(scores), Some((best, worst))) = (unit.scores, unit.rank_range()) else { continue };
        writeln!(
            out,
            "  {}: {:.3} to {:.3} in nine of ten draws, {:.3} at half; rank {best} to {worst}",
            unit.id, scores.p5, scores.p95, scores.p50
        )?;
    }
    let indices = of_composite(&plan, table, "mali", &inputs, CompositeOutput::Score, 1024)?;
    writeln!(out, "The variance of Mali's score, alone and with all others (Sobol's indices, 95 % intervals):")?;
    for (input, index) in indices.inputs.iter().zip(&indices.indices.inputs) {
        let told = |estimate: Option<Estimate>| match estimate {
            Some(Estimate { value, half_width: Some(half), .. }) => format!("{value:.3} ±{half:.3}"),
            _ => "unknown".to_owned(),
        };
        writeln!(out, "  {input}: {}, {}", told(index.first), told(index.total))?;
    }
    for still in indices.without_effect() {
        writeln!(out, "  {still} moved nothing.")?;
    }
    Ok(())
}
