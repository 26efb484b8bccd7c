//! Draws of uncertain judgements: the plain assessment is one of them, none leaves what is exactly possible, and the
//! same seed gives the same counts whoever makes them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests stop at what they did not expect")]

use std::ops::ControlFlow;
use std::sync::OnceLock;

use crate::common::{MINUSMA, SMALL};
use peaceops::CaseStudy;
use peaceops::measure::Decimal;
use peaceops::scale::{Level, Scale};
use peaceops::scoring::{Assessment, CellAggregator, Headline, LinkAggregator, Method, Spread};
use peaceops::uncertainty::draws::{LevelDraws, Stopped, standard_error};
use peaceops::uncertainty::{DrawResult, Draws};

fn minusma() -> &'static CaseStudy {
    static STUDY: OnceLock<CaseStudy> = OnceLock::new();
    STUDY.get_or_init(|| CaseStudy::read(MINUSMA).unwrap())
}

fn thousandths(value: i64) -> Decimal {
    Decimal::of_thousandths(value)
}

fn method(change: impl FnOnce(&mut Method)) -> Method {
    let mut method = Method::default();
    method.draws.draws = 600;
    change(&mut method);
    method
}

fn assess(change: impl FnOnce(&mut Method)) -> Assessment {
    minusma().assess(&method(change))
}

/// Every group: the whole, units, phases, units of phases.
fn groups(result: &DrawResult) -> Vec<&LevelDraws> {
    let mut groups = vec![&result.whole];
    groups.extend(result.by_region.iter().map(|region| &region.draws));
    for phase in &result.by_phase {
        groups.push(&phase.draws);
        groups.extend(phase.by_region.iter().map(|region| &region.draws));
    }
    groups
}

/// Holds that every draw lies in the reach, and tells how many groups there are.
#[track_caller]
fn within_reach(result: &DrawResult) -> usize {
    for group in groups(result) {
        assert_eq!(group.draws(), result.draws);
        for (place, count) in (0u8..).zip(group.levels) {
            let level = Level::at(place);
            if count > 0 {
                let reach = group.reach.unwrap();
                assert!(reach.low <= level && level <= reach.high, "{count} draws at {level}, outside {reach:?}");
            }
        }
    }
    groups(result).len()
}

#[test]
fn a_draw_at_the_coded_levels_is_the_assessment_in_every_group() {
    let assessment = assess(|_| {});
    let result = Draws::of(&assessment).unwrap().at_coded_levels();
    let mut known = 0;
    for group in groups(&result) {
        match group.headline.level() {
            Some(level) => {
                known += 1;
                assert_eq!(group.levels[usize::from(level.index())], 1);
            }
            None => assert_eq!(group.unknown, 1),
        }
    }
    assert!(known > 5);
    assert_eq!(groups(&result).len(), (1 + minusma().phases().len()) * (1 + minusma().units().count()));
}

/// Everything that a draw keeps of a group is what the assessment tells of it.
#[test]
fn a_draw_at_the_coded_levels_keeps_what_the_assessment_tells() {
    let assessment = assess(|_| {});
    let result = Draws::of(&assessment).unwrap().at_coded_levels();
    let congruence = assessment.congruence();
    let check = |draws: &LevelDraws, phase: Option<&str>, region: Option<&str>| {
        let profile = congruence.profile(phase, region).unwrap();
        assert_eq!(draws.headline, profile.headline, "{phase:?} {region:?}");
        assert_eq!(draws.levels.iter().sum::<u64>() == 1, profile.headline.level().is_some());
        assert_eq!(draws.quantile(50), profile.headline.level());
        let better = draws.partial_or_better.quantile(50).map(u64::from);
        assert_eq!(better, profile.partial_or_better.percent(), "{phase:?} {region:?}");
        if let (Headline::Known { low, high, .. }, Some(reach)) = (profile.headline, draws.reach) {
            assert!(reach.low <= low && high <= reach.high);
        }
    };
    check(&result.whole, None, None);
    for region in &result.by_region {
        check(&region.draws, None, Some(region.id.as_str()));
    }
    for phase in &result.by_phase {
        check(&phase.draws, Some(phase.id.as_str()), None);
        for region in &phase.by_region {
            check(&region.draws, Some(phase.id.as_str()), Some(region.id.as_str()));
        }
    }
    // effects: as many better and worse as the assessment compares
    let worse = assessment.relevance().whole.credited.compared.get(&peaceops::scoring::Difference::Negative).map_or(0, Vec::len);
    assert!(result.effects[0].worse.iter().rposition(|count| *count > 0).unwrap() >= worse);
}

#[test]
fn groups_stand_under_their_own_names() {
    let assessment = assess(|_| {});
    let result = Draws::of(&assessment).unwrap().at_coded_levels();
    for phase in &result.by_phase {
        let of_phase = assessment.congruence().profile(Some(phase.id.as_str()), None).unwrap();
        assert_eq!(phase.draws.headline, of_phase.headline);
        for region in &phase.by_region {
            let of_region = assessment.congruence().profile(Some(phase.id.as_str()), Some(region.id.as_str())).unwrap();
            assert_eq!(region.draws.headline, of_region.headline);
        }
    }
}

#[test]
fn draws_of_levels_stay_in_the_exact_range() {
    let result = Draws::of(&assess(|_| {})).unwrap().run();
    assert!(within_reach(&result) > 1);
    assert_eq!(result.draws, 600);
    for group in groups(&result) {
        if let (Headline::Known { low, high, .. }, 0, Some(reach)) = (group.headline, result.moved.contested, group.reach) {
            assert_eq!((reach.low, reach.high), (low, high));
        }
    }
}

#[test]
fn draws_of_everything_stay_in_their_exact_reach() {
    let result = Draws::of(&assess(|method| {
        method.draws.weights = thousandths(500);
        method.draws.stated = thousandths(0);
        method.draws.links =
            vec![LinkAggregator::Minimum, LinkAggregator::LowerMedian, LinkAggregator::Geometric, LinkAggregator::Arithmetic];
        method.draws.cells = vec![CellAggregator::LowerQuartile, CellAggregator::LowerMedian, CellAggregator::UpperMedian];
    }))
    .unwrap()
    .run();
    within_reach(&result);
    assert_eq!((result.moved.tiers, result.moved.links, result.moved.cells), (4, 4, 3));
}

#[test]
fn a_stated_level_that_keeps_everything_is_always_drawn() {
    let result = Draws::of(&assess(|method| method.draws.stated = thousandths(1000))).unwrap().run();
    for group in groups(&result) {
        if let (Some(level), 0) = (group.headline.level(), result.moved.contested) {
            assert_eq!(group.levels[usize::from(level.index())], result.draws);
        }
    }
    let _ = Draws::of(&assess(|method| method.draws.spread = Spread::ByConfidence)).unwrap().run();
}

#[test]
fn the_seed_alone_decides() {
    let draws = |seed: u64| Draws::of(&assess(|method| method.draws.seed = seed)).unwrap().run();
    let (one, again, other) = (draws(7), draws(7), draws(8));
    assert_eq!(one, again);
    assert_ne!(one.whole.partial_or_better, other.whole.partial_or_better);
}

#[cfg(feature = "parallel")]
#[test]
fn threads_do_not_matter() {
    let assessment = assess(|method| {
        method.draws.draws = 9000;
        method.draws.weights = thousandths(250);
    });
    let draws = Draws::of(&assessment).unwrap();
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        serde_json::to_string(&pool.install(|| draws.run())).unwrap()
    };
    let one = with(1);
    assert_eq!(one, with(2));
    assert_eq!(one, with(5));
}

#[test]
fn more_draws_continue_fewer() {
    // the first draws of a longer run are those of a shorter one: no count sinks
    let run = |draws: u64| Draws::of(&assess(|method| method.draws.draws = draws)).unwrap().run();
    let (short, long) = (run(300), run(700));
    for (short, long) in groups(&short).into_iter().zip(groups(&long)) {
        assert!(short.levels.iter().zip(long.levels).all(|(short, long)| *short <= long));
    }
}

#[test]
fn drawing_stops_where_it_is_told_to() {
    let assessment = assess(|method| {
        method.draws.draws = 1_000_000;
        method.draws.error = Some(thousandths(20));
    });
    let draws = Draws::of(&assessment).unwrap();
    let precise = draws.run();
    assert_eq!((precise.stopped, precise.draws), (Stopped::Precise, 4096));
    assert!(precise.worst_error.unwrap() <= 0.02);
    let mut seen = Vec::new();
    let cancelled = draws.run_with(|progress| {
        seen.push(progress.done);
        ControlFlow::Break(())
    });
    assert_eq!((cancelled.stopped, cancelled.draws, seen), (Stopped::Cancelled, 4096, vec![4096]));
}

/// One task in one phase and unit, its four links with ranges.
fn one_cell(links: [&str; 4]) -> CaseStudy {
    let [mandate, resources, capabilities, activities] = links;
    let rating = format!(
        "[[rating]]\ntask = \"T1\"\nphase = \"P1\"\nmandate = {{ {mandate}, because = \"a\" }}\nresources = {{ {resources}, because = \"a\" }}\n\
         capabilities = {{ {capabilities}, because = \"a\" }}\nactivities = {{ {activities}, because = \"a\" }}\n"
    );
    let start = SMALL.find("[[rating]]").unwrap();
    let end = SMALL.find("[[effect]]").unwrap();
    let text = format!("{}{rating}\n{}", &SMALL[..start], &SMALL[end..]);
    CaseStudy::from_texts([("case.toml", text.as_str())]).unwrap()
}

#[test]
fn shares_agree_with_enumeration() {
    // partial in marginal..partial keeps 0.7; marginal..substantial gives 0.15 to either side; one contested
    let study = one_cell([
        "level = \"full\"",
        "level = \"partial\", low = \"marginal\"",
        "level = \"partial\", low = \"marginal\", high = \"substantial\"",
        "contested = [\"absent\", \"full\"]",
    ]);
    let assessment = study.assess(&method(|method| method.draws.draws = 20_000));
    let result = Draws::of(&assessment).unwrap().run();
    let phase = &result.by_phase[0].draws;
    assert_eq!((result.moved.ratings, result.moved.contested), (3, 1));
    // absent ½; else partial where both are partial or better: 0.7 × 0.85
    let exact = [0.5, 0.5 * (1.0 - 0.7 * 0.85), 0.5 * 0.7 * 0.85, 0.0, 0.0];
    for (place, exact) in (0u8..).zip(exact) {
        let (share, error) = phase.share(Level::at(place)).unwrap();
        assert!((share - exact).abs() <= 4.0 * error, "{share} for {exact} at {place}");
    }
    assert_eq!(phase.headline.level(), None); // what is contested is not assessed
    let reach = phase.reach.unwrap();
    assert_eq!((reach.low, reach.high), (Level::Absent, Level::Partial));
    assert_eq!(
        (phase.quantile(25), phase.quantile(60), phase.quantile(100)),
        (Some(Level::Absent), Some(Level::Marginal), Some(Level::Partial))
    );
}

#[test]
fn standings_add_up() {
    let result = Draws::of(&assess(|_| {})).unwrap().run();
    let phases = &result.phases;
    for one in 0..phases.of.len() {
        assert!(phases.ranks[one].iter().sum::<u64>() <= result.draws);
        for other in 0..phases.of.len() {
            assert_eq!(phases.both[one][other], phases.both[other][one]);
            assert!(phases.above[one][other] + phases.above[other][one] <= phases.both[one][other]);
        }
        assert_eq!(phases.above[one][one], 0);
    }
    let (first, second) = (phases.of[0].as_str(), phases.of[1].as_str());
    let p = phases.probability_above(first, second).unwrap();
    assert!((0.0..=1.0).contains(&p));
    assert_eq!(phases.probability_above(first, "nowhere"), None);
}

#[test]
fn a_rule_that_makes_no_sense_is_refused() {
    let message = |change: fn(&mut Method)| Draws::of(&assess(change)).unwrap_err().to_string();
    let refused: Vec<String> = vec![
        message(|method| method.draws.stated = thousandths(1001)),
        message(|method| method.draws.by_confidence.low = thousandths(-1)),
        message(|method| method.draws.weights = thousandths(1000)),
        message(|method| method.draws.links.clear()),
        message(|method| method.draws.cells = vec![CellAggregator::LowerMedian; 17]),
        message(|method| method.draws.draws = 0),
        message(|method| method.windows.least = thousandths(1001)),
    ];
    assert_eq!(
        refused,
        [
            "draws.stated 1.001 is not in the range 0..=1",
            "draws.by_confidence.low -0.001 is not in the range 0..=1",
            "draws.weights 1 is not in the range 0..=0.999",
            "number of draws.links 0 is not in the range 1..=16",
            "number of draws.cells 17 is not in the range 1..=16",
            "draws.draws 0 is not positive",
            "windows.least 1.001 is not in the range 0..=1",
        ]
    );
}

#[test]
fn no_error_is_zero() {
    assert!(standard_error(0, 10).unwrap() > 0.0);
    assert!(standard_error(10, 10).unwrap() > 0.0);
    assert!(standard_error(0, 1000).unwrap() < standard_error(0, 10).unwrap());
}

#[test]
fn bands_are_drawn_only_where_weights_are() {
    let assessment = assess(|method| method.draws.weights = thousandths(900));
    let draws = Draws::of(&assessment).unwrap();
    let result = draws.run();
    assert_eq!(result.dimensions.len(), assessment.dimensions().len());
    for (draws, assessed) in result.dimensions.iter().zip(assessment.dimensions()) {
        assert_eq!((&draws.id, draws.whole.band), (&assessed.id, assessed.whole.band));
        assert_eq!(draws.whole.bands.iter().sum::<u64>(), if assessed.whole.band.is_some() { result.draws } else { 0 });
        assert_eq!(draws.by_phase.len(), assessed.by_phase.len());
    }
    let moved = result.dimensions.iter().filter(|dimension| dimension.whole.bands.iter().filter(|count| **count > 0).count() > 1);
    assert!(moved.count() > 0, "weights that nearly vanish or double move some band");
    // at the coded weights every band is the assessed one
    for dimension in draws.at_coded_levels().dimensions {
        for band in std::iter::once(&dimension.whole).chain(dimension.by_phase.iter().map(|(_, draws)| draws)) {
            match band.band {
                Some(at) => assert_eq!(band.bands[at as usize], 1),
                None => assert_eq!(band.bands, [0; 5]),
            }
        }
    }
    let fixed = Draws::of(&assess(|_| {})).unwrap().run();
    assert_eq!((fixed.moved.saliences, fixed.moved.tiers), (0, 0));
    assert!(fixed.dimensions.iter().all(|dimension| dimension.whole.bands == [0; 5]));
}

#[test]
fn effects_are_counted_by_sign() {
    let assessment = assess(|_| {});
    let draws = Draws::of(&assessment).unwrap();
    let (result, coded) = (draws.run(), draws.at_coded_levels());
    assert_eq!(result.effects.len(), 1 + minusma().phases().len());
    let compared = |tally: &peaceops::scoring::relevance::Tally| tally.credited.compared.values().map(Vec::len).sum::<usize>();
    assert_eq!(result.effects[0].effects, compared(&assessment.relevance().whole));
    for (draws, phase) in result.effects[1..].iter().zip(&assessment.relevance().by_phase) {
        assert_eq!((draws.phase.as_ref(), draws.effects), (Some(&phase.id), compared(&phase.tally)));
        for counts in [&draws.better, &draws.worse] {
            assert_eq!((counts.len(), counts.iter().sum::<u64>()), (draws.effects + 1, result.draws));
        }
    }
    // what is better over its whole range is better in every draw
    let surely = assessment.relevance().whole.credited.compared.get(&peaceops::scoring::Difference::Positive).map_or(0, Vec::len);
    assert!(result.effects[0].better[..surely].iter().all(|count| *count == 0));
    assert_eq!(coded.effects[0].better.iter().sum::<u64>(), 1);
}

#[test]
fn weights_of_a_balance_have_indices() {
    use peaceops::uncertainty::sobol::of_balance;

    let assessment = assess(|_| {});
    for dimension in assessment.dimensions().iter().filter(|dimension| dimension.whole.balance.is_some()) {
        let result = of_balance(&assessment, dimension.id.as_str(), thousandths(500), 256).unwrap();
        assert_eq!((result.of.len(), result.indices.failed), (3, 0));
        let firsts: Vec<f64> = result.indices.inputs.iter().filter_map(|input| input.first).map(|first| first.value).collect();
        assert!(firsts.is_empty() || (firsts.iter().sum::<f64>() - 1.0).abs() < 0.2, "{firsts:?}");
    }
    assert_eq!(of_balance(&assessment, "nowhere", thousandths(500), 16).unwrap_err().code(), "unknown-id");
}

#[test]
fn a_stated_level_that_keeps_nothing_is_never_drawn() {
    // one other level takes all of it
    let study = one_cell(["level = \"full\"", "level = \"partial\", low = \"marginal\"", "level = \"full\"", "level = \"full\""]);
    let result = Draws::of(&study.assess(&method(|method| method.draws.stated = thousandths(0)))).unwrap().run();
    assert_eq!(result.by_phase[0].draws.levels, [0, 600, 0, 0, 0]);
}

#[test]
fn halves_of_per_cents_go_up() {
    // 57 of 200 parts of the weight at partial or better are 28.5 per cent
    let links = |level: &str| {
        ["mandate", "resources", "capabilities", "activities"]
            .map(|link| format!("{link} = {{ level = \"{level}\", because = \"a\" }}"))
            .join("\n")
    };
    let second = "[[task]]\nid = \"T2\"\ntitle = \"Train\"\nshort = \"Train\"\nfield = \"protection\"\nwhen = \"2013-07-01..\"\n\
                  by = \"res-1\"\ntier = \"additional\"\nwhere = [\"north\", \"south\"]\npool = \"force\"\ncite = [\"R p3\"]\n";
    let rating = |task: &str, level: &str| format!("[[rating]]\ntask = \"{task}\"\nphase = \"P1\"\n{}\n", links(level));
    let (start, end) = (SMALL.find("[[rating]]").unwrap(), SMALL.find("[[effect]]").unwrap());
    let text = [&SMALL[..start], second, &rating("T1", "full"), &rating("T2", "absent"), &SMALL[end..]].join("\n");
    let study = CaseStudy::from_texts([("case.toml", text.as_str())]).unwrap();
    let result = Draws::of(&study.assess(&method(|method| {
        method.congruence.core = peaceops::measure::Weight::new(0.57).unwrap();
        method.congruence.additional = peaceops::measure::Weight::new(1.43).unwrap();
    })))
    .unwrap()
    .at_coded_levels();
    assert_eq!(result.by_phase[0].draws.partial_or_better.quantile(50), Some(29));
}

#[test]
fn a_study_without_ratings_is_drawn() {
    let (start, end) = (SMALL.find("[[rating]]").unwrap(), SMALL.find("[[effect]]").unwrap());
    let text = format!("{}{}", &SMALL[..start], &SMALL[end..]);
    let study = CaseStudy::from_texts([("case.toml", text.as_str())]).unwrap();
    let result = Draws::of(&study.assess(&method(|method| method.draws.weights = thousandths(250)))).unwrap().run();
    assert_eq!((result.whole.unknown, result.whole.reach, result.moved.ratings), (600, None, 0));
    // a count at the end of what is held is no panic either
    assert!(standard_error(u64::MAX, u64::MAX).is_some_and(|error| error < 1e-9));
}

#[test]
fn bands_at_the_coded_weights_are_the_assessed_ones_under_any_weights() {
    // an issue with a minor and a major row, where minor weighs most: (9 − 4) / 13
    let finding = |id: &str, issue: &str, kind: &str, salience: &str| {
        format!(
            "[[finding]]\nid = \"{id}\"\ntitle = \"a\"\ndimension = \"protection\"\nissue = \"{issue}\"\nkind = \"{kind}\"\n\
             salience = \"{salience}\"\nwhen = \"2014..\"\ncite = [\"R p6\"]\n"
        )
    };
    let (start, _) = SMALL.split_once("[[finding]]").unwrap();
    let rows = [
        finding("F1", "x", "strength", "minor"),
        finding("F2", "x", "strength", "major"),
        finding("F3", "y", "limitation", "moderate"),
        finding("F4", "z", "limitation", "moderate"),
    ];
    let study = CaseStudy::from_texts([("case.toml", format!("{start}{}", rows.join("\n")).as_str())]).unwrap();
    let assessment = study.assess(&method(|method| {
        let weight = peaceops::measure::Weight::whole;
        (method.balance.minor, method.balance.moderate, method.balance.major) = (weight(9), weight(2), weight(1));
    }));
    let result = Draws::of(&assessment).unwrap().at_coded_levels();
    let bands: Vec<_> = result.dimensions.iter().filter_map(|dimension| Some((dimension.whole.band?, dimension.whole.bands))).collect();
    assert_eq!(bands, [(peaceops::scoring::Band::Enabling, [0, 0, 0, 1, 0])]);
}

/// FNV-1a, 64 bits.
fn digest(result: &impl serde::Serialize) -> String {
    let text = serde_json::to_string(result).unwrap();
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}

/// The same bytes on every machine: a digest that differs on one is a fault there, not a reason to write another. They
/// move with the form of a result, or with the way numbers are drawn, and then for all machines alike.
#[test]
fn every_machine_makes_the_same_bytes() {
    use peaceops::indicator::composite::{Aggregation, Composite, Group, Indicator, Normaliser, Onto, Plan, Table};
    use peaceops::uncertainty::composite::{AggregatorChoice, CompositeOutput, RelativeError};
    use peaceops::uncertainty::sobol::{Design, of_composite};
    use peaceops::uncertainty::{CompositeDraws, CompositeInputs};

    let study = one_cell([
        "level = \"full\"",
        "level = \"partial\", low = \"marginal\"",
        "level = \"partial\", low = \"marginal\", high = \"substantial\"",
        "contested = [\"absent\", \"full\"]",
    ]);
    let assessment = study.assess(&method(|method| {
        (method.draws.seed, method.draws.draws, method.draws.weights) = (7, 5000, thousandths(250));
    }));
    let draws = Draws::of(&assessment).unwrap().run();
    // sums and products alone: the sine of a system is its own
    let design = Design::new(3, 256).unwrap().seeded(7).with_pairs().run(|u| Some(u[0] + 2.0 * u[1] * u[2] + u[0] * u[0]));
    let plan = Plan::new(Composite {
        indicators: ["a", "b", "c"].map(|id| Indicator::new(id, "whole", peaceops::scale::Better::Higher)).to_vec(),
        groups: vec![Group::new("whole", Aggregation::Arithmetic)],
        ..Composite::new("example", Normaliser::MinMax { onto: Onto { low: 1.0, high: 100.0 } })
    })
    .unwrap();
    let mut table = Table::new(["north", "south", "west"]).unwrap();
    for (id, values) in [("a", [1.0, 9.0, 3.0]), ("b", [3.0, 2.0, 8.0]), ("c", [5.0, 4.0, 1.0])] {
        table.column(id, &values.map(Some)).unwrap();
    }
    let inputs = CompositeInputs {
        spread: thousandths(250),
        normalisers: vec![Normaliser::Goalposts { low: 0.0, high: 10.0, onto: Onto { low: 1.0, high: 100.0 } }],
        aggregators: vec![AggregatorChoice::of_all([Aggregation::Geometric, Aggregation::Power { exponent: -2.0 }])],
        errors: vec![RelativeError { indicator: "b".into(), part: thousandths(100) }],
    };
    let composite = CompositeDraws::of(&plan, &table, &inputs).unwrap().run(7, 5000);
    let indices = of_composite(&plan, &table, "west", &inputs, CompositeOutput::Score, 256).unwrap();
    assert_eq!(
        [digest(&draws), digest(&design), digest(&composite), digest(&indices)],
        ["ea0b62d832f1de41", "65201f505705df5e", "59e61ecbd0aa455f", "c7a9f2b69949a328"]
    );
}
