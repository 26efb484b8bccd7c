//! Joint draws of several studies: exact probabilities worked by hand, what studies share and what they do not, and the
//! same counts whoever makes them and whatever else is compared.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests stop at what they did not expect")]

use crate::common::{Case, SMALL};
use peaceops::comparison::chances::{Chance, Chances};
use peaceops::measure::Decimal;
use peaceops::scale::Level;
use peaceops::scoring::{Assessment, LinkAggregator, Method};
use peaceops::uncertainty::Draws;
use peaceops::uncertainty::draws::standard_error;
use peaceops::{CaseStudy, Error};
use serde_json::{Value, json};

/// Errors between a share of draws and what it is expected to be: one test in some ten thousand would fail by chance, and the
/// seed does not change.
const ERRORS: f64 = 4.0;

fn thousandths(value: i64) -> Decimal {
    Decimal::of_thousandths(value)
}

/// A task, its tier, and the judgements of its four links.
type Task<'a> = (&'a str, [&'a str; 4]);

/// A study of one phase and one unit, and findings on one dimension as (kind, salience).
fn study(id: &str, tasks: &[Task<'_>], findings: &[(&str, &str)]) -> CaseStudy {
    let head = SMALL.split_once("[[region]]\nid = \"north\"").unwrap().0;
    let mut text =
        head.replace("id = \"small\"", &format!("id = \"{id}\"")).replace("name = \"The land\"", "name = \"The land\"\nunit = true");
    text.push_str("[[phase]]\nid = \"P1\"\nwhen = \"2013-07-01..2015-12-31\"\n");
    for (at, (tier, links)) in tasks.iter().enumerate() {
        text.push_str(&format!(
            "[[task]]\nid = \"T{at}\"\ntitle = \"Task {at}\"\nshort = \"Task {at}\"\nfield = \"protection\"\nwhen = \"2013-07-01..\"\n\
             by = \"practice\"\ntier = \"{tier}\"\nwhere = [\"land\"]\ncite = [\"R p3\"]\n[[rating]]\ntask = \"T{at}\"\n"
        ));
        for (link, judgement) in ["mandate", "resources", "capabilities", "activities"].iter().zip(links) {
            text.push_str(&format!("{link} = {{ {judgement}, because = \"a\" }}\n"));
        }
    }
    for (at, (kind, salience)) in findings.iter().enumerate() {
        text.push_str(&format!(
            "[[finding]]\nid = \"F{at}\"\ntitle = \"Finding {at}\"\ndimension = \"protection\"\nissue = \"issue-{at}\"\nkind = \"{kind}\"\n\
             salience = \"{salience}\"\nwhen = \"2014..\"\ncite = [\"R p6\"]\n"
        ));
    }
    Case::one("case.toml", &text).study()
}

const FULL: &str = "level = \"full\"";

/// A study of one core task that all but one link serve in full.
fn one_link(id: &str, judgement: &str) -> CaseStudy {
    study(id, &[("core", [FULL, FULL, FULL, judgement])], &[])
}

fn method(change: impl FnOnce(&mut Method)) -> Method {
    let mut method = Method::default();
    method.draws.draws = 10_000;
    change(&mut method);
    method
}

fn together(studies: &[&CaseStudy], method: &Method) -> Result<Chances, Error> {
    let assessments: Vec<Assessment> = studies.iter().map(|study| study.assess(method)).collect();
    Chances::of(&assessments)
}

fn pair(one: &CaseStudy, other: &CaseStudy, method: &Method) -> Chance {
    let chances = together(&[one, other], method).unwrap();
    let [chance] = <[Chance; 1]>::try_from(chances.congruence).unwrap();
    assert_eq!(chance.above + chance.same + chance.below, chance.both);
    assert!(chance.both <= chances.draws);
    chance
}

#[track_caller]
fn near((share, error): (f64, f64), expected: f64) {
    assert!((share - expected).abs() <= ERRORS * error, "{share} for {expected}, with an error of {error}");
}

/// Two shares of as many draws each.
#[track_caller]
fn agrees((share, error): (f64, f64), other: f64) {
    near((share, error * 2f64.sqrt()), other);
}

#[track_caller]
fn shares(chance: &Chance, [above, same, below]: [f64; 3]) {
    near(chance.share_above().unwrap(), above);
    near(chance.share_same().unwrap(), same);
    near(chance.share_below().unwrap(), below);
}

/// The level of a single study's draws, as shares of those with a headline.
fn marginal(assessment: &Assessment) -> [f64; 5] {
    let whole = Draws::of(assessment).unwrap().run().whole;
    let known: u64 = whole.levels.iter().sum();
    whole.levels.map(|count| count as f64 / known as f64)
}

#[test]
fn chances_are_those_worked_by_hand() {
    let method = method(|_| {});
    let doubtful = one_link("doubtful", "level = \"partial\", low = \"marginal\"");
    let both_ways = one_link("both-ways", "level = \"partial\", low = \"marginal\", high = \"substantial\"");
    let [marginal, partial] = ["marginal", "partial"].map(|level| one_link(level, &format!("level = \"{level}\"")));
    // 0.7 partial and 0.3 marginal against a level that is sure
    let chance = pair(&doubtful, &partial, &method);
    assert_eq!((chance.above, chance.both), (0, 10_000));
    shares(&chance, [0.0, 0.7, 0.3]);
    let chance = pair(&doubtful, &marginal, &method);
    assert_eq!(chance.below, 0);
    shares(&chance, [0.7, 0.3, 0.0]);
    // and against 0.15 marginal, 0.7 partial, 0.15 substantial: above 0.7 × 0.15, the same 0.3 × 0.15 + 0.7 × 0.7
    shares(&pair(&doubtful, &both_ways, &method), [0.105, 0.535, 0.36]);
    // what is sure is so in every draw, and its error is not 0
    let chance = pair(&partial, &marginal, &method);
    assert_eq!((chance.above, chance.same, chance.below), (10_000, 0, 0));
    assert_eq!(chance.share_above(), Some((1.0, standard_error(10_000, 10_000).unwrap())));
    assert!(chance.share_below().unwrap().1 > 0.0);
    // the stated level keeps all, or nothing
    let keeps = |part: i64| self::method(|method| method.draws.stated = thousandths(part));
    assert_eq!(pair(&doubtful, &partial, &keeps(1000)).same, 10_000);
    assert_eq!(pair(&doubtful, &partial, &keeps(0)).below, 10_000);
    // a contested link is at either of its readings
    shares(&pair(&one_link("contested", "contested = [\"absent\", \"full\"]"), &partial, &method), [0.5, 0.0, 0.5]);
}

#[test]
fn the_same_study_under_another_id_is_drawn_apart() {
    let method = method(|_| {});
    let doubt = "level = \"partial\", low = \"marginal\"";
    let chance = pair(&one_link("one", doubt), &one_link("other", doubt), &method);
    shares(&chance, [0.21, 0.58, 0.21]);
    // a whole case: as often above as below, and neither never
    let minusma = Case::minusma().study();
    let again = minusma.edit(|edit| {
        edit.document().study.as_mut().unwrap().id = "again".to_owned();
        Ok(())
    });
    let method = self::method(|method| (method.draws.draws, method.draws.stated) = (4000, thousandths(300)));
    let chance = pair(&minusma, &again.unwrap(), &method);
    assert!(chance.above > 0 && chance.below > 0 && chance.same > 0, "{chance:?}");
    // the difference of two counts of one sample: each draw adds 1, −1 or 0
    let moved = (chance.above + chance.below) as f64;
    assert!((chance.above as f64 - chance.below as f64).abs() <= ERRORS * moved.sqrt(), "{chance:?}");
}

#[test]
fn shares_are_those_of_single_draws_where_nothing_is_shared() {
    // without draws of weights and with one aggregator, two studies are independent: P(above) = Σ p(i) q(j) over i > j
    let method = method(|method| method.draws.stated = thousandths(300));
    let (minusma, partial) = (Case::minusma().study(), one_link("other", "level = \"marginal\", low = \"absent\", high = \"partial\""));
    let [one, other] = [&minusma, &partial].map(|study| study.assess(&method));
    let (p, q) = (marginal(&one), marginal(&other));
    let chance = &Chances::of([&one, &other]).unwrap().congruence[0];
    let above: f64 = (0..5).map(|at| p[at] * q[..at].iter().sum::<f64>()).sum();
    let same: f64 = (0..5).map(|at| p[at] * q[at]).sum();
    for (found, expected) in [(chance.share_above(), above), (chance.share_same(), same), (chance.share_below(), 1.0 - above - same)] {
        agrees(found.unwrap(), expected);
    }
    assert!(above > 0.05 && same > 0.05, "{above} {same}");
}

#[test]
fn weights_are_those_of_one_method() {
    // two tasks, at substantial and marginal: the headline is whichever tier weighs more, and for both alike
    let tasks = [("strategic", [FULL, FULL, FULL, "level = \"substantial\""]), ("core", [FULL, FULL, FULL, "level = \"marginal\""])];
    let (one, other) = (study("one", &tasks, &[]), study("other", &tasks, &[]));
    let method = method(|method| method.draws.weights = thousandths(900));
    let assessment = one.assess(&method);
    let alone = marginal(&assessment);
    assert!(alone[1] > 0.2 && alone[3] > 0.2, "{alone:?}");
    // independent draws would part them in a half of all
    assert_eq!(pair(&one, &other, &method).same, 10_000);
    // a study that stands between: above as often as core weighs more
    let between = one_link("between", "level = \"partial\"");
    let chance = pair(&between, &one, &method);
    agrees(chance.share_above().unwrap(), alone[1]);
    assert_eq!(chance.same, 0);
    // the other way round: where one rises the other sinks
    let turned = [("core", tasks[0].1), ("strategic", tasks[1].1)];
    let chance = pair(&one, &study("turned", &turned, &[]), &method);
    // ties in weight aside, which are told as the lower level in both
    agrees(chance.share_above().unwrap(), alone[3]);
    assert!(chance.same < 20, "{chance:?}");
}

#[test]
fn aggregators_are_those_of_one_method() {
    let nearly = |id: &str, last: &str| one_link(id, &format!("level = \"{last}\""));
    let method = method(|method| method.draws.links = vec![LinkAggregator::Minimum, LinkAggregator::Arithmetic]);
    // minimum 0 and 1, mean 3 and 3: independent draws would put the first above in a quarter of all
    let chance = pair(&nearly("one", "absent"), &nearly("other", "marginal"), &method);
    assert_eq!(chance.above, 0);
    shares(&chance, [0.0, 0.5, 0.5]);
}

#[test]
fn bands_are_drawn_with_the_weights_of_salience() {
    // (3a − 2b) / (3a + 2b), where a and b go from a tenth of their weights up to nearly twice
    let doubtful = [("strength", "major"), ("limitation", "moderate"), ("limitation", "minor"), ("limitation", "minor")];
    let enabling = [("strength", "major"), ("strength", "moderate"), ("strength", "minor")];
    let tasks = [("core", [FULL; 4])];
    let [one, same, other] = [("one", &doubtful[..]), ("same", &doubtful), ("other", &enabling)].map(|(id, rows)| study(id, &tasks, rows));
    let few = study("few", &tasks, &enabling[..2]);
    let method = method(|method| method.draws.weights = thousandths(900));
    let chances = together(&[&one, &same, &other, &few], &method).unwrap();
    let assessment = one.assess(&method);
    let ids: Vec<&str> = assessment.dimensions().iter().map(|dimension| dimension.id.as_str()).collect();
    assert_eq!(chances.dimensions.iter().map(|dimension| dimension.dimension.as_str()).collect::<Vec<_>>(), ids);
    let single = Draws::of(&assessment).unwrap().run();
    for dimension in &chances.dimensions {
        let [one_same, one_other, one_few, same_other, same_few, other_few] = &dimension.chances[..] else { panic!("not every two") };
        if dimension.dimension != *"protection" {
            assert!(dimension.chances.iter().all(|chance| chance.both == 0 && chance.share_same().is_none()));
            continue;
        }
        // the same rows under the same weights
        assert_eq!(one_same.same, 10_000);
        assert_eq!((one_other.above, one_other.both), (0, 10_000));
        assert_eq!((one_other.same, one_other.below), (same_other.same, same_other.below));
        let bands = single.dimensions.iter().find(|draws| draws.id == *"protection").unwrap().whole.bands;
        assert!(bands.iter().filter(|count| **count > 0).count() > 2, "{bands:?}");
        agrees(one_other.share_same().unwrap(), bands[4] as f64 / 10_000.0);
        // two issues have no band, nor a chance
        for chance in [one_few, same_few, other_few] {
            assert_eq!((chance.both, chance.share_above(), chance.share_same(), chance.share_below()), (0, None, None, None));
        }
    }
    assert!(together(&[&one, &other], &self::method(|_| {})).unwrap().dimensions.is_empty());
}

#[test]
fn the_order_of_studies_turns_a_pair_and_changes_nothing() {
    let method = method(|method| {
        (method.draws.draws, method.draws.weights) = (2000, thousandths(500));
        method.draws.links = vec![LinkAggregator::Minimum, LinkAggregator::LowerMedian];
    });
    let doubt = "level = \"partial\", low = \"absent\", high = \"full\"";
    let [a, b, c] = ["a", "b", "c"].map(|id| study(id, &[("core", [FULL, doubt, doubt, doubt]), ("additional", [doubt; 4])], &[]));
    let all = together(&[&a, &b, &c], &method).unwrap();
    let names = |chance: &Chance| (chance.one.as_str().to_owned(), chance.other.as_str().to_owned());
    let name = |one: &str, other: &str| (one.to_owned(), other.to_owned());
    assert_eq!(all.congruence.iter().map(names).collect::<Vec<_>>(), [name("a", "b"), name("a", "c"), name("b", "c")]);
    for order in [[&c, &a, &b], [&b, &c, &a], [&c, &b, &a]] {
        for chance in &together(&order, &method).unwrap().congruence {
            let same = all.congruence.iter().find(|other| names(other) == names(chance));
            let turned = all.congruence.iter().find(|other| names(other) == (chance.other.to_string(), chance.one.to_string()));
            match (same, turned) {
                (Some(same), None) => assert_eq!(same, chance),
                (None, Some(turned)) => {
                    assert_eq!((turned.above, turned.same, turned.below), (chance.below, chance.same, chance.above));
                }
                _ => panic!("{chance:?} is of no pair"),
            }
        }
    }
    // what else is compared does not matter
    assert_eq!(together(&[&a, &c], &method).unwrap().congruence[0], all.congruence[1]);
}

#[test]
fn the_seed_alone_decides() {
    let doubt = "level = \"partial\", low = \"marginal\"";
    let (one, other) = (one_link("one", doubt), one_link("other", doubt));
    let of = |seed: u64, draws: u64| pair(&one, &other, &method(|method| (method.draws.seed, method.draws.draws) = (seed, draws)));
    assert_eq!(of(7, 3000), of(7, 3000));
    assert_ne!(of(7, 3000), of(8, 3000));
    // more draws continue fewer
    let (short, long) = (of(7, 300), of(7, 5000));
    assert!(short.above <= long.above && short.same <= long.same && short.below <= long.below);
}

#[cfg(feature = "parallel")]
#[test]
fn threads_do_not_matter() {
    let method = method(|method| (method.draws.draws, method.draws.weights) = (9000, thousandths(500)));
    let doubt = "level = \"partial\", low = \"absent\", high = \"full\"";
    let findings = [("strength", "major"), ("limitation", "moderate"), ("limitation", "minor")];
    let [one, other] = ["one", "other"].map(|id| study(id, &[("core", [doubt; 4]), ("additional", [doubt; 4])], &findings).assess(&method));
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        serde_json::to_string(&pool.install(|| Chances::of([&one, &other]).unwrap())).unwrap()
    };
    let (single, all) = (with(1), serde_json::to_string(&Chances::of([&one, &other]).unwrap()).unwrap());
    assert_eq!((&single, &single), (&all, &with(5)));
}

#[test]
fn an_unknown_headline_has_no_chance() {
    let unknown = one_link("unknown", "not_assessed = \"not-in-source\"");
    let chances = together(&[&unknown, &one_link("known", FULL)], &method(|_| {})).unwrap();
    let chance = &chances.congruence[0];
    assert_eq!((chance.above, chance.same, chance.below, chance.both), (0, 0, 0, 0));
    assert_eq!((chance.share_above(), chance.share_same(), chance.share_below()), (None, None, None));
    assert_eq!(serde_json::to_value(chance).unwrap()["shares"], json!({"status": "unknown"}));
    // known in some draws: where the tier that is assessed has at least half of the weight
    let none = "not_assessed = \"not-in-source\"";
    let now_and_then = study("now-and-then", &[("strategic", [FULL; 4]), ("core", [none; 4])], &[]);
    let method = method(|method| method.draws.weights = thousandths(900));
    let single = Draws::of(&now_and_then.assess(&method)).unwrap().run();
    let chance = pair(&now_and_then, &one_link("other", "level = \"partial\""), &method);
    assert!(chance.both > 2000 && chance.both < 8000, "{chance:?}");
    assert_eq!(chance.above, chance.both);
    let known = 10_000 - single.whole.unknown;
    agrees((chance.both as f64 / 10_000.0, standard_error(chance.both, 10_000).unwrap()), known as f64 / 10_000.0);
    assert_eq!(single.whole.levels[usize::from(Level::Full.index())], known);
}

#[test]
fn drawing_stops_at_the_target_error() {
    let doubt = "level = \"partial\", low = \"marginal\"";
    let method = method(|method| (method.draws.draws, method.draws.error) = (1_000_000, Some(thousandths(20))));
    let chances = together(&[&one_link("one", doubt), &one_link("other", doubt)], &method).unwrap();
    assert_eq!((chances.draws, chances.congruence[0].both), (4096, 4096));
    let none = together(&[&one_link("one", doubt), &one_link("other", doubt)], &self::method(|method| method.draws.draws = 0));
    assert_eq!(none.unwrap_err().to_string(), "draws.draws 0 is not positive");
}

#[test]
fn it_is_written_with_counts_and_shares() {
    let (one, other) = (one_link("one", FULL), one_link("other", "level = \"partial\""));
    let method = method(|method| method.draws.draws = 98);
    let mut written = serde_json::to_value(together(&[&one, &other], &method).unwrap()).unwrap();
    assert_eq!((written["rule"]["seed"].take(), written["draws"].take(), written["dimensions"].take()), (json!(1), json!(98), json!([])));
    let chance = written["congruence"][0].as_object().unwrap();
    let names: Vec<&str> = chance.keys().map(String::as_str).collect();
    assert_eq!(names.len(), 7, "{names:?}");
    let counts = ["one", "other", "above", "same", "below", "both"].map(|name| chance[name].clone());
    assert_eq!(counts, [json!("one"), json!("other"), json!(98), json!(0), json!(0), json!(98)]);
    let shares = &chance["shares"];
    assert_eq!((&shares["status"], &shares["above"]["share"], &shares["below"]["share"]), (&json!("known"), &json!(1.0), &json!(0.0)));
    // 99 of 100 and 1 of 100: √(0.01 × 0.99 / 98)
    let error = |name: &str| shares[name]["error"].as_f64().unwrap();
    for name in ["above", "same", "below"] {
        assert!((error(name) - (0.01 * 0.99 / 98f64).sqrt()).abs() < 1e-12, "{}", Value::clone(shares));
    }
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let (one, other) = (one_link("one", FULL), one_link("other", FULL));
    let message = |result: Result<Chances, Error>| {
        let error = result.unwrap_err();
        (error.code(), error.to_string())
    };
    let plain = method(|_| {});
    let refused = |studies: &[&CaseStudy]| message(together(studies, &plain));
    assert_eq!(refused(&[]), ("not-comparable", "no study is given: a comparison takes two at least".to_owned()));
    assert_eq!(refused(&[&one]).1, "only the study `one` is given: a comparison takes two at least");
    assert_eq!(refused(&[&one, &other, &one]).1, "two studies have the id `one`: results could not be told apart");
    let otherwise = other.assess(&method(|method| method.draws.seed = 2));
    assert_eq!(
        message(Chances::of([&one.assess(&plain), &otherwise])).1,
        "`one` and `other` are assessed by different methods: assess both by one"
    );
    let wrong = method(|method| method.draws.stated = thousandths(1001));
    assert_eq!(message(together(&[&one, &other], &wrong)), ("out-of-range", "draws.stated 1.001 is not in the range 0..=1".to_owned()));
}
