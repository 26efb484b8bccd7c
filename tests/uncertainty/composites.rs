//! Draws of a composite: exact shares and quantiles are met, what moves nothing is told, and the same seed gives the
//! same bytes whoever makes them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests stop at what they did not expect")]

use peaceops::indicator::composite::{Aggregation, Composite, Group, Indicator, Normaliser, Onto, Outcome, Plan, Table};
use peaceops::measure::Decimal;
use peaceops::scale::Better;
use peaceops::uncertainty::composite::{AggregatorChoice, CompositeDraws, CompositeInput, CompositeInputs, CompositeResult, RelativeError};

const POSTS: Normaliser = Normaliser::Goalposts { low: 0.0, high: 10.0, onto: Onto { low: 0.0, high: 1.0 } };

fn thousandths(value: i64) -> Decimal {
    Decimal::of_thousandths(value)
}

fn spread(value: i64) -> CompositeInputs {
    CompositeInputs { spread: thousandths(value), ..CompositeInputs::default() }
}

/// Indicators `a`, `b`, ... of one group.
fn plan(indicators: usize, aggregation: Aggregation, normaliser: Normaliser) -> Plan {
    let names = ["a", "b", "c", "d"];
    Plan::new(Composite {
        indicators: names[..indicators].iter().map(|id| Indicator::new(id, "whole", Better::Higher)).collect(),
        groups: vec![Group::new("whole", aggregation)],
        ..Composite::new("example", normaliser)
    })
    .unwrap()
}

/// Units `u0`, `u1`, ... with the values of each indicator.
fn table(columns: &[&[f64]]) -> Table {
    let mut table = Table::new((0..columns[0].len()).map(|at| format!("u{at}"))).unwrap();
    for (id, values) in ["a", "b", "c", "d"].iter().zip(columns) {
        table.column(id, &values.iter().copied().map(Some).collect::<Vec<_>>()).unwrap();
    }
    table
}

fn run(plan: &Plan, table: &Table, inputs: &CompositeInputs, draws: u64) -> CompositeResult {
    CompositeDraws::of(plan, table, inputs).unwrap().run(1, draws)
}

#[test]
fn shares_of_ranks_are_exact() {
    // two weights evenly in 0.5..1.5; u0 scores the share of the first; it is under 0.4 where b > 1.5 a: 0.1875
    let result = run(&plan(2, Aggregation::Arithmetic, POSTS), &table(&[&[10.0, 4.0], &[0.0, 4.0]]), &spread(500), 20_000);
    let (first, second) = (&result.units[0], &result.units[1]);
    assert_eq!((first.score, first.rank, second.score, second.rank), (Some(0.5), Some(1), Some(0.4), Some(2)));
    let (share, error) = first.share(2).unwrap();
    assert!((share - 0.1875).abs() < 4.0 * error, "{share} ± {error}");
    // weights move in thousandths, so that some draws tie: both are then first
    let ties = second.ranks[0] - first.ranks[1];
    assert_eq!((first.ranks[0] - ties, ties < 20), (second.ranks[1], true));
    assert_eq!((first.rank_range(), first.share(0), first.share(3)), (Some((1, 2)), None, None));
    assert_eq!((result.failed, first.ranks.iter().sum::<u64>(), first.unknown), (0, 20_000, 0));
    let of_second = second.scores.unwrap();
    assert!((of_second.low - 0.4).abs() < 1e-12 && (of_second.high - 0.4).abs() < 1e-12, "equal parts stay");
}

#[test]
fn quantiles_of_scores_are_exact_to_a_stretch() {
    // one value of 5 that errs by a fifth: evenly in 0.4..0.6
    let inputs =
        CompositeInputs { errors: vec![RelativeError { indicator: "a".into(), part: thousandths(200) }], ..CompositeInputs::default() };
    let result = run(&plan(1, Aggregation::Arithmetic, POSTS), &table(&[&[5.0, 5.0]]), &inputs, 20_000);
    for unit in &result.units {
        let found = unit.scores.unwrap();
        for (found, exact) in [(found.low, 0.4), (found.p5, 0.41), (found.p50, 0.5), (found.p95, 0.59), (found.high, 0.6)] {
            assert!((found - exact).abs() < 0.004, "{found} is not {exact}");
        }
        assert!(0.4 <= found.low && found.high <= 0.6);
    }
    // each errs apart: either is first half of the time
    let (share, error) = result.units[0].share(1).unwrap();
    assert!((share - 0.5).abs() < 4.0 * error, "{share} ± {error}");
    assert_eq!(result.inputs.len(), 1);
}

#[test]
fn standard_deviations_and_points_have_their_scales() {
    let table = table(&[&[1.0, 2.0, 3.0, 50.0], &[4.0, 3.0, 2.0, 1.0]]);
    for (normaliser, low, high) in [(Normaliser::ZScore { mean: 0.0, sd: 1.0 }, -1.5, 1.5), (Normaliser::Borda, 0.0, 3.0)] {
        let result = run(&plan(2, Aggregation::Arithmetic, normaliser), &table, &spread(900), 500);
        for unit in result.units {
            let found = unit.scores.unwrap();
            let rising = [low, found.low, found.p5, found.p50, found.p95, found.high, high];
            assert!(rising.is_sorted() && found.low < found.high, "{rising:?}");
        }
    }
}

#[test]
fn triggers_are_drawn_alike_often_and_failures_are_counted() {
    // min-max makes a 0 of the least, of which there is no geometric mean: one draw in three; u2 has none
    let inputs = CompositeInputs {
        aggregators: vec![AggregatorChoice::of_all([Aggregation::Geometric, Aggregation::Median])],
        ..CompositeInputs::default()
    };
    let min_max = Normaliser::MinMax { onto: Onto::default() };
    let table = table(&[&[1.0, 2.0, 3.0], &[3.0, 1.0, 2.5]]);
    let result = run(&plan(2, Aggregation::Arithmetic, min_max), &table, &inputs, 9000);
    for unit in [0, 1] {
        assert!((2800..3200).contains(&result.units[unit].unknown), "{}", result.units[unit].unknown);
        assert_eq!(result.units[unit].ranks.iter().sum::<u64>() + result.units[unit].unknown, 9000);
    }
    assert_eq!((result.units[2].unknown, result.failed), (0, 0));
    assert_eq!(result.without_effect().count(), 0);
}

#[test]
fn what_moves_nothing_is_told() {
    // equal parts: neither weights nor aggregators move a score; another normaliser does
    let inputs = CompositeInputs {
        normalisers: vec![Normaliser::MinMax { onto: Onto::default() }],
        aggregators: vec![AggregatorChoice::of_all([Aggregation::Minimum])],
        ..spread(250)
    };
    let table = table(&[&[1.0, 2.0, 4.0], &[1.0, 2.0, 4.0]]);
    let result = run(&plan(2, Aggregation::Arithmetic, POSTS), &table, &inputs, 100);
    let still: Vec<String> = result.without_effect().map(ToString::to_string).collect();
    assert_eq!(still, ["the weight of `a`", "the weight of `b`", "the aggregator of all groups"]);
    assert_eq!(result.inputs[2].input, CompositeInput::Normaliser);
    // on different scales only ranks are told, and here no rank moves
    let inputs = CompositeInputs { normalisers: vec![Normaliser::Borda], ..CompositeInputs::default() };
    let result = run(&plan(2, Aggregation::Arithmetic, POSTS), &table, &inputs, 100);
    assert!(result.units.iter().all(|unit| unit.scores.is_none() && unit.score.is_some()));
    assert_eq!((result.units[2].ranks[0], result.without_effect().count()), (100, 1));
    // nothing declared: every draw is the composite as described
    let result = run(&plan(2, Aggregation::Arithmetic, POSTS), &table, &CompositeInputs::default(), 5);
    assert_eq!((result.inputs.len(), result.units[0].ranks[2], result.units[0].scores.unwrap().low), (0, 5, 0.1));
}

#[test]
fn an_own_normaliser_gives_way_to_an_alternative() {
    let mut composite = plan(2, Aggregation::Arithmetic, Normaliser::MinMax { onto: Onto::default() }).description().clone();
    composite.indicators[0].normaliser = Some(POSTS);
    let inputs = CompositeInputs { normalisers: vec![Normaliser::Borda], ..CompositeInputs::default() };
    let result = run(&Plan::new(composite).unwrap(), &table(&[&[1.0, 2.0], &[2.0, 1.0]]), &inputs, 50);
    assert_eq!((result.failed, result.units[0].unknown), (0, 0));
}

#[test]
fn the_composite_as_described_stands_first() {
    let (plan, table) = (plan(3, Aggregation::Geometric, POSTS), table(&[&[1.0, 9.0, 3.0], &[3.0, 2.0, 8.0], &[5.0, 5.0, 0.0]]));
    let result = run(&plan, &table, &spread(250), 10);
    let scores = plan.run(&table).unwrap();
    for (unit, rank) in result.units.iter().zip(scores.ranks("whole")) {
        assert_eq!((unit.score, unit.rank), (scores.outcome(unit.id.as_str(), "whole").and_then(Outcome::value), rank));
    }
    assert_eq!((result.units[2].score, result.units[2].unknown, result.units[2].scores), (None, 10, None));
}

fn all_at_once() -> CompositeDraws {
    let inputs = CompositeInputs {
        normalisers: vec![Normaliser::PercentileRank],
        aggregators: vec![AggregatorChoice::of_all([Aggregation::Geometric, Aggregation::Minimum])],
        errors: vec![RelativeError { indicator: "b".into(), part: thousandths(100) }],
        ..spread(250)
    };
    let table = table(&[&[1.0, 9.0, 3.0, 4.0], &[3.0, 2.0, 8.0, 4.0], &[5.0, 5.0, 1.0, 4.5]]);
    CompositeDraws::of(&plan(3, Aggregation::Arithmetic, POSTS), &table, &inputs).unwrap()
}

#[test]
fn the_seed_alone_decides_and_more_draws_continue_fewer() {
    let draws = all_at_once();
    assert_eq!(draws.run(7, 300), draws.run(7, 300));
    assert_ne!(draws.run(7, 300).units, draws.run(8, 300).units);
    for (short, long) in draws.run(7, 300).units.iter().zip(draws.run(7, 900).units) {
        assert!(short.unknown <= long.unknown && short.ranks.iter().zip(long.ranks).all(|(short, long)| *short <= long));
        assert!(short.scores.unwrap().low >= long.scores.unwrap().low);
    }
}

#[cfg(feature = "parallel")]
#[test]
fn threads_do_not_matter() {
    let draws = all_at_once();
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        serde_json::to_string(&pool.install(|| draws.run(3, 2000))).unwrap()
    };
    let one = with(1);
    assert_eq!(one, with(2));
    assert_eq!(one, with(5));
}

#[test]
fn draws_have_their_bounds() {
    let of = |units: usize, inputs: &CompositeInputs| {
        CompositeDraws::of(&plan(1, Aggregation::Arithmetic, POSTS), &table(&[&vec![1.0; units]]), inputs)
    };
    let error = of(1001, &CompositeInputs::default()).unwrap_err();
    assert_eq!(error.to_string(), "the number of units 1001 is not in the range 0..=1000");
    assert_eq!(of(2, &spread(-1)).unwrap_err().code(), "out-of-range");
    // no unit, no draw
    assert_eq!(of(0, &spread(100)).unwrap().run(1, 3).units.len(), 0);
    let none = of(2, &spread(100)).unwrap().run(1, 0);
    assert_eq!((none.draws, none.units[0].scores, none.units[0].share(1)), (0, None, None));
    assert_eq!(none.units[0].rank_range(), None);
}

#[test]
fn more_than_32_inputs_can_be_drawn() {
    let table = table(&[&[1.0; 40], &[2.0; 40]]);
    let error = |indicator: &str| RelativeError { indicator: indicator.into(), part: thousandths(50) };
    let inputs = CompositeInputs { errors: vec![error("a"), error("b")], ..CompositeInputs::default() };
    let result = run(&plan(2, Aggregation::Minimum, POSTS), &table, &inputs, 200);
    // the second part is never the least
    assert_eq!(result.without_effect().map(ToString::to_string).collect::<Vec<_>>(), ["the value of `b`"]);
    assert_eq!(result.units.iter().map(|unit| unit.ranks[0]).sum::<u64>(), 200);
}
