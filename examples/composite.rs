//! A composite made by hand: the Human Development Index of three countries, from its four indicators.
//!
//! `cargo run --example composite`. Composites exist only where a caller describes one, as here: no study,
//! assessment or headline holds one.
//!
//! Source of the index: UNDP, *Technical notes* of the Human Development Report 2023/24, note 1; values of
//! 2022 as published there.

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

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let countries = ["mali", "south-sudan", "norway"];
    let published = [0.410, 0.381, 0.966];
    let mut table = Table::new(countries)?;
    table.column("life-expectancy", &[Some(59.417), Some(55.567), Some(83.393)])?;
    table.column("expected-years-of-schooling", &[Some(7.037249603), Some(5.634770141), Some(18.63846016)])?;
    table.column("mean-years-of-schooling", &[Some(1.626710057), Some(5.726140022), Some(13.06234279)])?;
    table.column("income-per-head", &[Some(2043.672433), Some(690.6607575), Some(69189.76165)])?;

    println!("Human Development Index 2022: a composite that somebody asked for, with its parts and coverage.");
    let scores = Plan::new(hdi(Aggregation::Geometric))?.run(&table)?;
    for (country, published) in countries.into_iter().zip(published) {
        let score = scores.score(country, "hdi").ok_or("no such country")?;
        println!("\n{country}, published {published:.3}: {score}");
    }
    let arithmetic = Plan::new(hdi(Aggregation::Arithmetic))?.run(&table)?;
    if let Some(mean) = arithmetic.outcome("mali", "hdi").and_then(|outcome| outcome.value()) {
        println!("\nMali with an arithmetic mean: {mean:.3}. The geometric mean lets a surplus pay less for a deficit.");
    }
    Ok(())
}
