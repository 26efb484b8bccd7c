//! How far a claim of contribution may be made: conditions, rivals, tests, and the probability where it is asked for.
//!
//! Sources: methodology.md, section 4; design.md, section 4 (Contribution).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests stop at what they did not expect")]

use crate::plain::*;
use peaceops::document::record::*;
use peaceops::measure::Interval;
use peaceops::scale::Condition::{self, Met, NotMet, Partly, Unknown};
use peaceops::scale::{Clue, RivalOutcome, Scheme, Strength, TestKind};
use peaceops::scoring::ClaimResult;
use peaceops::scoring::contribution::{Ground, Posterior, TestCount, strength};
use peaceops::scoring::tracing::{decibels, likelihood_ratio};
use peaceops::{CaseDocument, CaseStudy};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

// --- Cases -----------------------------------------------------------------------------------------------------------

/// A claim with its four conditions in these states.
fn claim(states: [&str; 4]) -> ClaimRecord {
    let [theory, implemented, chain, others] = states.map(condition);
    ClaimRecord {
        id: text("C"),
        effect: text("E"),
        title: text("The mission helped"),
        theory,
        implemented,
        chain,
        others,
        cite: texts(&["R p8"]),
        ..Default::default()
    }
}

const ALL_MET: [&str; 4] = ["met"; 4];

fn rival(title: &str, outcome: Option<&str>) -> RivalRecord {
    let tested = outcome.map(|_| text("Set against the dates"));
    RivalRecord { title: text(title), tested, outcome: outcome.map(text), ..Default::default() }
}

fn case(claim: ClaimRecord) -> CaseDocument {
    CaseDocument { effect: vec![effect("E", Some(1))], claim: vec![claim], ..land() }
}

#[track_caller]
fn told(claim: ClaimRecord) -> ClaimResult {
    let assessment = assess(case(claim));
    assert_eq!(assessment.contribution().len(), 1);
    assessment.contribution()[0].clone()
}

/// A claim of which all holds, with a rival that was ruled out, and these tests.
fn tested(tests: Vec<TestRecord>) -> ClaimRecord {
    ClaimRecord { rivals: vec![rival("Another", Some("ruled-out"))], tests, ..claim(ALL_MET) }
}

// --- Conditions and rivals -------------------------------------------------------------------------------------------

#[test]
fn a_claim_is_as_strong_as_its_weakest_condition() {
    let of = |state: &str| match state {
        "met" => Strength::Supported,
        "partly" => Strength::Plausible,
        "unknown" => Strength::NotEstablished,
        _ => Strength::Unsupported,
    };
    let states = ["met", "partly", "unknown", "not-met"];
    for (one, first) in states.iter().enumerate() {
        for (two, second) in states.iter().enumerate() {
            for place in 0..4 {
                // One condition is the first, all others are the second.
                let mut all = [*second; 4];
                all[place] = first;
                let result = told(ClaimRecord { rivals: vec![rival("Another", Some("ruled-out"))], ..claim(all) });
                assert_eq!(result.strength, of(states[one.max(two)]), "{all:?}");
            }
        }
    }
}

#[test]
fn the_grounds_name_what_is_weakest() {
    let result = told(ClaimRecord { rivals: vec![rival("Another", Some("ruled-out"))], ..claim(["partly", "met", "unknown", "unknown"]) });
    assert_eq!(
        result.because,
        [Ground::Condition { name: "chain", state: Unknown }, Ground::Condition { name: "others", state: Unknown },]
    );
    let result = told(ClaimRecord { rivals: vec![rival("Another", Some("ruled-out"))], ..claim(ALL_MET) });
    assert_eq!((result.strength, result.because), (Strength::Supported, vec![Ground::AllMet]));
}

#[test]
fn without_a_tested_rival_a_claim_is_at_most_plausible() {
    for rivals in [Vec::new(), vec![rival("Another", None)], vec![rival("Another", None), rival("A third", None)]] {
        let count = rivals.len();
        let result = told(ClaimRecord { rivals, ..claim(ALL_MET) });
        assert_eq!((result.strength, result.rivals, result.rivals_tested), (Strength::Plausible, count, 0));
        assert_eq!(result.because, [Ground::NoTestedRival]);
    }
    // One that was tested is enough, whatever else is left untested.
    let result = told(ClaimRecord { rivals: vec![rival("Another", None), rival("A third", Some("ruled-out"))], ..claim(ALL_MET) });
    assert_eq!((result.strength, result.rivals, result.rivals_tested), (Strength::Supported, 2, 1));
    // The cap and a condition that holds in part set it together.
    let result = told(claim(["partly", "met", "met", "met"]));
    assert_eq!(result.strength, Strength::Plausible);
    assert_eq!(result.because, [Ground::Condition { name: "theory", state: Partly }, Ground::NoTestedRival]);
}

#[test]
fn what_does_not_set_the_strength_is_no_ground_of_it() {
    // Not established is under plausible: that no rival was tested holds nothing down.
    let result = told(claim(["met", "unknown", "met", "met"]));
    assert_eq!(result.strength, Strength::NotEstablished);
    assert_eq!(result.because, [Ground::Condition { name: "implemented", state: Unknown }]);
    let result = told(claim(["not-met", "unknown", "met", "met"]));
    assert_eq!((result.strength, result.because), (Strength::Unsupported, vec![Ground::Condition { name: "theory", state: NotMet }]));
}

#[test]
fn what_a_rival_explains_is_taken_from_the_fourth_condition() {
    let with = |outcomes: &[&str], states| {
        let rivals = outcomes.iter().map(|outcome| rival(&format!("R {outcome}"), Some(outcome))).collect();
        told(ClaimRecord { rivals, ..claim(states) })
    };
    assert_eq!(with(&["ruled-out"], ALL_MET).strength, Strength::Supported);
    let shares = with(&["shares"], ALL_MET);
    assert_eq!(shares.strength, Strength::Plausible);
    assert_eq!(shares.because, [Ground::Rival { title: text("R shares"), outcome: RivalOutcome::Shares }]);
    let explains = with(&["explains"], ALL_MET);
    assert_eq!(explains.strength, Strength::Unsupported);
    assert_eq!(explains.because, [Ground::Rival { title: text("R explains"), outcome: RivalOutcome::Explains }]);
    // The hardest of several holds, in any order.
    assert_eq!(with(&["ruled-out", "shares"], ALL_MET).strength, Strength::Plausible);
    assert_eq!(with(&["explains", "ruled-out", "shares"], ALL_MET).strength, Strength::Unsupported);
    // A rival that is ruled out makes the condition no better than the study says.
    assert_eq!(with(&["ruled-out"], ["met", "met", "met", "unknown"]).strength, Strength::NotEstablished);
    assert_eq!(with(&["shares"], ["met", "met", "met", "not-met"]).strength, Strength::Unsupported);
    // A rival with a share, and a condition that is weaker: the condition alone sets it.
    let result = with(&["shares"], ["met", "unknown", "met", "met"]);
    assert_eq!(result.because, [Ground::Condition { name: "implemented", state: Unknown }]);
}

#[test]
fn a_rival_is_tested_when_it_says_how_and_with_what_outcome() {
    for (tested, outcome) in [(Some("Set against the dates"), None), (None, Some("ruled-out"))] {
        let mut row = claim(ALL_MET);
        row.rivals =
            vec![RivalRecord { title: text("Another"), tested: tested.map(text), outcome: outcome.map(text), ..Default::default() }];
        assert!(CaseStudy::try_from(case(row)).is_err(), "{tested:?} {outcome:?}");
    }
}

#[test]
fn the_rule_by_itself_is_the_same() {
    for states in [[Met; 4], [Met, Partly, Met, Met], [Unknown, Partly, Met, Met], [Unknown, NotMet, Met, Met]] {
        let weakest = *states.iter().min().unwrap();
        let open = strength(states, false, true);
        assert_eq!(open as usize, [1, 2, 3, 4][weakest as usize]); // after blocked
        assert_eq!(strength(states, false, false), open.min(Strength::Plausible));
        assert_eq!(strength(states, true, true), Strength::Blocked);
        assert_eq!(strength(states, true, false), Strength::Blocked);
    }
    assert!(Condition::NotMet < Condition::Unknown && Condition::Unknown < Condition::Partly && Condition::Partly < Condition::Met);
    assert!(Strength::Blocked < Strength::Unsupported && Strength::NotEstablished < Strength::Plausible);
}

// --- Tests -----------------------------------------------------------------------------------------------------------

#[test]
fn a_failed_hoop_and_a_failed_doubly_decisive_test_block() {
    for kind in ["hoop", "doubly-decisive"] {
        let result = told(tested(vec![test(kind, "A clue", "absent"), test("smoking-gun", "Another clue", "found")]));
        assert_eq!(result.strength, Strength::Blocked, "{kind}");
        assert_eq!(result.because, [Ground::Failed { kind: kind.parse().unwrap(), clue: text("A clue") }]);
        for outcome in ["found", "not-looked-for"] {
            assert_eq!(told(tested(vec![test(kind, "A clue", outcome)])).strength, Strength::Supported, "{kind} {outcome}");
        }
    }
    // Failing the other two eliminates nothing.
    for kind in ["smoking-gun", "straw-in-the-wind"] {
        assert_eq!(told(tested(vec![test(kind, "A clue", "absent")])).strength, Strength::Supported, "{kind}");
    }
    // Every failed one is told.
    let both = told(tested(vec![test("hoop", "One", "absent"), test("hoop", "Two", "absent"), test("hoop", "Three", "found")]));
    assert_eq!(
        both.because,
        [Ground::Failed { kind: TestKind::Hoop, clue: text("One") }, Ground::Failed { kind: TestKind::Hoop, clue: text("Two") },]
    );
}

#[test]
fn a_passed_test_raises_nothing() {
    for states in [["met"; 4], ["partly", "met", "met", "met"], ["met", "met", "unknown", "met"], ["not-met", "met", "met", "met"]] {
        let before = told(claim(states)).strength;
        for kind in ["hoop", "smoking-gun", "doubly-decisive", "straw-in-the-wind"] {
            let mut with = claim(states);
            with.tests = vec![test(kind, "A clue", "found")];
            assert_eq!(told(with).strength, before, "{kind}");
        }
    }
}

#[test]
fn dependent_clues_count_once() {
    let packed = |clue: &str, outcome: &str, package: &str| TestRecord { package: Some(text(package)), ..test("hoop", clue, outcome) };
    let count = |tests: Vec<TestRecord>| {
        let TestCount { found, absent, mixed, not_looked_for, .. } = told(tested(tests)).tests;
        [found, absent, mixed, not_looked_for]
    };
    assert_eq!(count(vec![test("hoop", "1", "found"), test("hoop", "2", "found"), test("hoop", "3", "not-looked-for")]), [2, 0, 0, 1]);
    assert_eq!(count(vec![packed("1", "found", "one"), packed("2", "found", "one"), packed("3", "not-looked-for", "one")]), [1, 0, 0, 0]);
    assert_eq!(count(vec![packed("1", "found", "one"), packed("2", "absent", "one"), packed("3", "absent", "two")]), [0, 1, 1, 0]);
    assert_eq!(count(vec![packed("1", "not-looked-for", "one"), packed("2", "not-looked-for", "one")]), [0, 0, 0, 1]);
    // Two packages and two clues by themselves, mixed in order.
    let four = vec![
        packed("1", "found", "one"),
        test("hoop", "2", "found"),
        packed("3", "found", "two"),
        packed("4", "found", "one"),
        test("hoop", "5", "absent"),
    ];
    assert_eq!(count(four), [3, 1, 0, 0]);
    // A failed hoop blocks from within a package as well.
    assert_eq!(told(tested(vec![packed("1", "found", "one"), packed("2", "absent", "one")])).strength, Strength::Blocked);
}

// --- Probability -----------------------------------------------------------------------------------------------------

/// A test with the probabilities of its clue.
fn weighed(kind: &str, outcome: &str, s: &[f64], f: &[f64]) -> TestRecord {
    TestRecord { sensitivity: numbers(s), false_positive: numbers(f), ..test(kind, &format!("A {kind} clue"), outcome) }
}

#[track_caller]
fn posterior(prior: &[f64], scheme: &str, tests: Vec<TestRecord>) -> Posterior {
    told(ClaimRecord { prior: numbers(prior), scheme: Some(text(scheme)), tests, ..claim(ALL_MET) }).posterior.unwrap()
}

#[track_caller]
fn near(found: f64, wanted: f64) {
    assert!((found - wanted).abs() < 5e-5, "{found} is not {wanted}");
}

/// methodology.md, section 4: s, f, and after priors of .5 and .3 the posterior if found and if absent.
const TABLE: [(&str, f64, f64, [f64; 4]); 4] = [
    ("straw-in-the-wind", 0.60, 0.40, [0.6000, 0.4000, 0.3913, 0.2222]),
    ("hoop", 0.95, 0.50, [0.6552, 0.0909, 0.4488, 0.0411]),
    ("smoking-gun", 0.30, 0.02, [0.9375, 0.4167, 0.8654, 0.2344]),
    ("doubly-decisive", 0.95, 0.05, [0.9500, 0.0500, 0.8906, 0.0221]),
];

#[test]
fn each_test_alone_moves_the_probability_as_in_the_table() {
    for (kind, s, f, after) in TABLE {
        let mut wanted = after.into_iter();
        for prior in [0.5, 0.3] {
            for outcome in ["found", "absent"] {
                let told = posterior(&[prior], "icd-203", vec![weighed(kind, outcome, &[s], &[f])]);
                near(told.low, wanted.next().unwrap());
                assert_eq!(told.low, told.high, "points stay points");
            }
            let untouched = posterior(&[prior], "icd-203", vec![weighed(kind, "not-looked-for", &[s], &[f])]);
            assert_eq!((untouched.low, untouched.high), (prior, prior), "what nobody looked for says nothing");
        }
    }
}

#[test]
fn likelihood_ratios_and_decibels_are_those_of_the_table() {
    let ratios = [(1.5, 0.6667, 1.76, -1.76), (1.9, 0.1, 2.79, -10.0), (15.0, 0.7143, 11.76, -1.46), (19.0, 0.0526, 12.79, -12.79)];
    for ((kind, s, f, _), (found, absent, db_found, db_absent)) in TABLE.into_iter().zip(ratios) {
        let ratio = |clue| likelihood_ratio(Interval::exact(s).unwrap(), Interval::exact(f).unwrap(), clue).low();
        near(ratio(Clue::Found), found);
        near(ratio(Clue::Absent), absent);
        assert!((decibels(ratio(Clue::Found)) - db_found).abs() < 5e-3, "{kind}");
        assert!((decibels(ratio(Clue::Absent)) - db_absent).abs() < 5e-3, "{kind}");
    }
}

#[test]
fn a_hoop_and_a_smoking_gun_that_are_independent() {
    // Odds 1 · 1.9 · 15 = 28.5; 28.5/29.5 = .9661.
    let tests = vec![weighed("hoop", "found", &[0.95], &[0.5]), weighed("smoking-gun", "found", &[0.3], &[0.02])];
    near(posterior(&[0.5], "icd-203", tests).low, 0.9661);
}

#[test]
fn ranges_give_a_range_told_in_the_words_of_its_scheme() {
    // Odds .3/.7 · .6/.3 = .8571 and .5/.5 · .9/.1 = 9: .4615 to .9000.
    let told = |scheme| posterior(&[0.3, 0.5], scheme, vec![weighed("straw-in-the-wind", "found", &[0.6, 0.9], &[0.1, 0.3])]);
    let icd = told("icd-203");
    near(icd.low, 0.4615);
    near(icd.high, 0.9);
    // ICD 203: from "roughly even chance" (45 to 55) into "very likely" (80 to 95): no one word.
    assert_eq!((icd.scheme, icd.word), (Scheme::Icd203, None));
    assert_eq!(icd.to_string(), "0.46 to 0.90: over several words (ICD 203)");
    assert_eq!(told("ipcc").to_string(), "0.46 to 0.90: over several words (IPCC)");
    // "Likely" is 55 to 80 in one scheme, 66 to 100 in the other: .7 to .75 is likely in both, .6 in one.
    let words = |prior: &[f64], scheme| posterior(prior, scheme, Vec::new()).word.map(|word| word.to_string());
    assert_eq!(words(&[0.7, 0.75], "icd-203").as_deref(), Some("likely (ICD 203)"));
    assert_eq!(words(&[0.7, 0.75], "ipcc").as_deref(), Some("likely (IPCC)"));
    assert_eq!(words(&[0.6], "icd-203").as_deref(), Some("likely (ICD 203)"));
    assert_eq!(words(&[0.6], "ipcc").as_deref(), Some("about as likely as not (IPCC)"));
}

#[test]
fn a_prior_without_tests_stays_as_it_is() {
    let told = posterior(&[0.2, 0.4], "ipcc", Vec::new());
    assert_eq!((told.low, told.high, told.left_out), (0.2, 0.4, 0));
    assert_eq!(told.prior, Interval::new(0.2, 0.4).unwrap());
    // Without a prior nothing is updated, whatever the tests say.
    assert_eq!(self::told(tested(vec![weighed("hoop", "found", &[0.9], &[0.1])])).posterior, None);
}

#[test]
fn clues_as_likely_without_the_claim_are_told_to_say_nothing() {
    let told =
        posterior(&[0.3], "icd-203", vec![weighed("hoop", "found", &[0.7], &[0.7]), weighed("smoking-gun", "found", &[0.6], &[0.3])]);
    assert_eq!(told.uninformative, ["A hoop clue"]);
    // Odds 3/7 · 1 · 2 = 6/7: 6/13.
    near(told.low, 6.0 / 13.0);
    assert_eq!(told.left_out, 0);
    // Of ranges both ends have to be the same; the ratio is then a range around 1.
    let told = posterior(&[0.5], "icd-203", vec![weighed("hoop", "found", &[0.4, 0.8], &[0.4, 0.8])]);
    assert_eq!(told.uninformative.len(), 1);
    near(told.low, 1.0 / 3.0); // .4/.8 = 1/2
    near(told.high, 2.0 / 3.0);
    let told = posterior(&[0.5], "icd-203", vec![weighed("hoop", "found", &[0.4, 0.8], &[0.4, 0.7])]);
    assert!(told.uninformative.is_empty());
}

#[test]
fn clues_without_probabilities_are_left_out_and_counted() {
    let tests = vec![
        weighed("hoop", "found", &[0.95], &[0.5]),
        test("smoking-gun", "No figures", "found"),
        TestRecord { sensitivity: numbers(&[0.9]), ..test("hoop", "Half of the figures", "found") },
        TestRecord { false_positive: numbers(&[0.1]), ..test("hoop", "The other half", "absent") },
    ];
    let told = posterior(&[0.5], "icd-203", tests);
    near(told.low, 0.6552);
    assert_eq!(told.left_out, 3);
}

#[test]
fn a_package_of_two_clues_has_the_range_of_their_ratios() {
    let packed = |outcome: &str, s: f64, f: f64| TestRecord {
        package: Some(text("one-witness")),
        ..weighed("straw-in-the-wind", outcome, &[s], &[f])
    };
    // Ratios 2 and 3, once: odds 2 to 3, so 2/3 to 3/4. As independent clues they would be 6/7.
    let told = posterior(&[0.5], "icd-203", vec![packed("found", 0.6, 0.3), packed("found", 0.6, 0.2)]);
    near(told.low, 2.0 / 3.0);
    near(told.high, 0.75);
    assert_eq!(told.word.unwrap().to_string(), "likely (ICD 203)");
    let apart = vec![weighed("straw-in-the-wind", "found", &[0.6], &[0.3]), weighed("straw-in-the-wind", "found", &[0.6], &[0.2])];
    near(posterior(&[0.5], "icd-203", apart).low, 6.0 / 7.0);
    // One that nobody looked for, and one without figures, leave it as it is; the latter is counted.
    let loose = TestRecord { package: Some(text("one-witness")), ..test("hoop", "No figures", "found") };
    let four = vec![packed("found", 0.6, 0.3), packed("not-looked-for", 0.9, 0.1), loose, packed("found", 0.6, 0.2)];
    let told = posterior(&[0.5], "icd-203", four);
    near(told.low, 2.0 / 3.0);
    near(told.high, 0.75);
    assert_eq!(told.left_out, 1);
    // Found and absent in one package: 2, and .4/.8 = 1/2.
    let mixed = posterior(&[0.5], "icd-203", vec![packed("found", 0.6, 0.3), packed("absent", 0.6, 0.2)]);
    near(mixed.low, 1.0 / 3.0);
    near(mixed.high, 2.0 / 3.0);
}

#[test]
fn certainty_is_refused() {
    for wrong in [0.0, 1.0, -0.1, 1.1] {
        for field in 0..3 {
            let mut row = weighed("hoop", "found", &[0.9], &[0.1]);
            match field {
                0 => row.sensitivity = numbers(&[0.5, wrong]),
                1 => row.false_positive = numbers(&[wrong]),
                _ => {}
            }
            let prior = if field == 2 { wrong } else { 0.5 };
            let claim = ClaimRecord { prior: numbers(&[prior]), scheme: Some(text("ipcc")), tests: vec![row], ..claim(ALL_MET) };
            assert!(CaseStudy::try_from(case(claim)).is_err(), "{wrong} as field {field}");
        }
    }
    // A prior needs the words that it is told in.
    assert!(CaseStudy::try_from(case(ClaimRecord { prior: numbers(&[0.5]), ..claim(ALL_MET) })).is_err());
}

#[test]
fn a_probability_never_sets_the_strength() {
    let far = ClaimRecord {
        prior: numbers(&[0.01]),
        scheme: Some(text("ipcc")),
        ..tested(vec![weighed("smoking-gun", "absent", &[0.99], &[0.01])])
    };
    let result = told(far);
    assert!(result.posterior.unwrap().high < 0.01);
    assert_eq!(result.strength, Strength::Supported);
}

#[test]
fn agreement_among_stakeholders_never_enters() {
    let mut document =
        case(ClaimRecord { prior: numbers(&[0.4]), scheme: Some(text("ipcc")), ..tested(vec![weighed("hoop", "found", &[0.9], &[0.5])]) });
    let before = assess(document.clone()).contribution().to_vec();
    document.stakeholder = ["people", "state", "mission"]
        .iter()
        .map(|side| StakeholderRecord { heads: Some(50), ..group(&format!("g-{side}"), side) })
        .collect();
    document.proposition = vec![proposition("p")];
    for stance in [2, -2] {
        document.position =
            ["people", "state", "mission"].iter().map(|side| position(&format!("p-{side}"), &format!("g-{side}"), stance, "1")).collect();
        let after = assess(document.clone());
        assert_eq!(after.consensus()[0].whole.directions.as_ref().unwrap().a, 1.0, "all agree");
        assert_eq!(after.contribution(), before);
    }
}

// --- Laws ------------------------------------------------------------------------------------------------------------

fn config() -> ProptestConfig {
    ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() }
}

fn a_test() -> impl Strategy<Value = TestRecord> {
    let probability = || vec((1..=999u32).prop_map(|n| f64::from(n) / 1000.0), 1..=2);
    (
        select(vec!["hoop", "smoking-gun", "doubly-decisive", "straw-in-the-wind"]),
        select(vec!["found", "absent", "not-looked-for"]),
        of(select(vec!["one", "two"])),
        of(probability()),
        of(probability()),
    )
        .prop_map(|(kind, outcome, package, s, f)| TestRecord {
            package: package.map(text),
            sensitivity: s.map(|s| numbers(&s).unwrap()),
            false_positive: f.map(|f| numbers(&f).unwrap()),
            ..test(kind, "A clue", outcome)
        })
}

fn a_rival() -> impl Strategy<Value = RivalRecord> {
    of(select(vec!["explains", "shares", "ruled-out"])).prop_map(|outcome| rival("Another", outcome))
}

fn a_claim() -> impl Strategy<Value = ClaimRecord> {
    let state = || select(vec!["met", "met", "met", "partly", "unknown", "not-met"]);
    let states = [state(), state(), state(), state()];
    let prior = vec((1..=999u32).prop_map(|n| f64::from(n) / 1000.0), 1..=2);
    (states, vec(a_rival(), 0..3), vec(a_test(), 0..5), of(prior)).prop_map(|(states, rivals, tests, prior)| ClaimRecord {
        rivals,
        tests,
        scheme: prior.as_ref().map(|_| text("icd-203")),
        prior: prior.map(|prior| numbers(&prior).unwrap()),
        ..claim(states)
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_blocked_claim_stays_blocked_whatever_is_added(base in a_claim(), decisive in any::<bool>(), rivals in vec(a_rival(), 0..3), tests in vec(a_test(), 0..4)) {
        let mut blocked = base;
        blocked.tests.push(test(if decisive { "doubly-decisive" } else { "hoop" }, "Not there", "absent"));
        prop_assert_eq!(told(blocked.clone()).strength, Strength::Blocked);
        blocked.rivals.extend(rivals);
        blocked.tests.extend(tests);
        prop_assert_eq!(told(blocked).strength, Strength::Blocked);
    }

    #[test]
    fn strength_never_rises_by_what_is_untested_unknown_or_absent(base in a_claim(), at in 0..4usize, mut one in a_test()) {
        let before = told(base.clone()).strength;
        let mut untested = base.clone();
        untested.rivals.push(rival("A further one", None));
        prop_assert_eq!(told(untested).strength, before);
        let mut unknown = base.clone();
        let place = [&mut unknown.theory, &mut unknown.implemented, &mut unknown.chain, &mut unknown.others].into_iter().nth(at).unwrap();
        let was = std::mem::replace(place, condition("unknown")).state;
        let after = told(unknown).strength;
        // A condition that was denied and is unknown now is weaker by that no longer.
        prop_assert!(after <= before || was == "not-met");
        one.outcome = text("absent");
        let mut failed = base;
        failed.tests.push(one);
        prop_assert!(told(failed).strength <= before);
    }

    #[test]
    fn strength_is_the_weakest_of_all_that_is_recorded(base in a_claim()) {
        let result = told(base.clone());
        let rank = |state: &str| ["not-met", "unknown", "partly", "met"].iter().position(|name| *name == state).unwrap();
        let mut weakest = [&base.theory, &base.implemented, &base.chain, &base.others].iter().map(|condition| rank(&condition.state)).min().unwrap();
        for outcome in base.rivals.iter().filter_map(|rival| rival.outcome.as_deref()) {
            weakest = weakest.min(match outcome { "explains" => 0, "shares" => 2, _ => 3 });
        }
        if base.rivals.iter().all(|rival| rival.outcome.is_none()) {
            weakest = weakest.min(2);
        }
        let failed = base.tests.iter().any(|test| test.outcome == "absent" && (test.kind == "hoop" || test.kind == "doubly-decisive"));
        prop_assert_eq!(result.strength as usize, if failed { 0 } else { weakest + 1 });
        prop_assert!(!result.because.is_empty());
    }

    #[test]
    fn a_posterior_lies_strictly_between_0_and_1_and_its_ends_are_in_order(base in a_claim()) {
        let asked = base.prior.is_some();
        let tests = base.tests.clone();
        let result = told(base);
        prop_assert_eq!(result.posterior.is_some(), asked);
        if let Some(posterior) = result.posterior {
            prop_assert!(0.0 < posterior.low && posterior.low <= posterior.high && posterior.high < 1.0);
            let without = tests.iter().filter(|test| test.sensitivity.is_none() || test.false_positive.is_none()).count();
            prop_assert_eq!(posterior.left_out, without);
        }
        let packages: std::collections::BTreeSet<String> = tests.iter().filter_map(|test| test.package.clone()).collect();
        let TestCount { found, absent, mixed, not_looked_for, .. } = result.tests;
        prop_assert_eq!(found + absent + mixed + not_looked_for, packages.len() + tests.iter().filter(|test| test.package.is_none()).count());
    }

    #[test]
    fn positions_change_no_claim(base in a_claim(), stances in vec((-2..=2i64, select(vec!["", "few", "most", "1"])), 0..6)) {
        let mut document = case(base);
        let before = assess(document.clone()).contribution().to_vec();
        document.proposition = vec![proposition("p")];
        for (at, (stance, share)) in stances.into_iter().enumerate() {
            document.stakeholder.push(group(&format!("g{at}"), ["people", "state", ""][at % 3]));
            document.position.push(position(&format!("p{at}"), &format!("g{at}"), stance, share));
        }
        prop_assert_eq!(assess(document).contribution().to_vec(), before);
    }
}
