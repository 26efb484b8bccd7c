//! The worked examples that a reader follows by hand, each as a case of its own.
//!
//! Sources: design.md, section 4 (the examples of congruence and of an effect); methodology.md, sections
//! 2.1 and 2.2. All arithmetic stands beside the assertion that it belongs to.

#![cfg(all(feature = "toml", feature = "csv"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests stop at what they did not expect")]

use crate::common::Case;
use peaceops::CaseStudy;
use peaceops::scale::{Change, Level, Link, MeansStatus, Ranged};
use peaceops::scoring::gap::Cover;
use peaceops::scoring::relevance::in_words;
use peaceops::scoring::{Assessment, Band, Bounds, CellLevel, CellResult, Difference, GapKind, Headline, Method, Trend};

#[track_caller]
fn study(text: &str) -> CaseStudy {
    Case::one("case.toml", text).study()
}

#[track_caller]
fn assess(text: &str) -> Assessment {
    study(text).assess(&Method::default())
}

/// The one cell of a task.
#[track_caller]
fn cell<'a>(assessment: &'a Assessment, task: &str) -> &'a CellResult {
    let cells = &assessment.congruence().task(task).unwrap_or_else(|| panic!("{task} has no cell")).cells;
    assert_eq!(cells.len(), 1, "{task} has one cell in one phase and one unit");
    &cells[0]
}

fn known(level: u8, low: u8, high: u8) -> CellLevel {
    let of = |at: u8| Level::ALL[usize::from(at)];
    CellLevel::Known { level: of(level), low: of(low), high: of(high) }
}

fn change(value: i64, low: i64, high: i64) -> Ranged<Change> {
    let of = |value| Change::new(value).unwrap();
    Ranged::new(of(value), of(low), of(high)).unwrap()
}

/// design.md, section 4: A (weight 3), B (2), C (1), D not applicable; one phase, one region.
const FOUR_TASKS: &str = r#"
study = { id = "four", title = "Four tasks", framework = "epon-2019", missions = ["m"], when = "2019", area = "land" }
mission = [{ id = "m", name = "A mission", host = "A state", authorised_by = ["un-sc"], when = "2019", cite = ["R p1"] }]
source = [{ id = "R", origin = "report", title = "The report" }]
region = [{ id = "land", name = "The land", unit = true }]
phase = [{ id = "P1", when = "2019" }]
instrument = [{ id = "res", body = "un-sc", number = "1", adopted = "2019-01-01", cite = ["R p1"] }]
task = [
  { id = "A", title = "Task A", short = "A", field = "f", when = "2019", by = "res", tier = "core", where = ["land"], cite = ["R p2"] },
  { id = "B", title = "Task B", short = "B", field = "f", when = "2019", by = "res", tier = "additional", where = ["land"], cite = ["R p2"] },
  { id = "C", title = "Task C", short = "C", field = "f", when = "2019", by = "res", tier = "enabling", where = ["land"], cite = ["R p2"] },
  { id = "D", title = "Task D", short = "D", field = "f", when = "2019", by = "res", tier = "core", where = ["land"], cite = ["R p2"] },
]

[[rating]]
task = "A"
mandate = { level = "full", because = "4" }
resources = { level = "partial", high = "substantial", because = "2, 2 to 3" }
capabilities = { level = "partial", low = "marginal", because = "2, 1 to 2" }
activities = { level = "substantial", low = "partial", because = "3, 2 to 3" }

[[rating]]
task = "B"
mandate = { level = "substantial", because = "3" }
resources = { level = "substantial", low = "partial", because = "3, 2 to 3" }
capabilities = { level = "full", low = "substantial", because = "4, 3 to 4" }
activities = { level = "marginal", high = "partial", because = "1, 1 to 2" }

[[rating]]
task = "C"
mandate = { level = "partial", because = "2" }
resources = { not_assessed = "silent" }
capabilities = { level = "substantial", because = "3" }
activities = { level = "substantial", because = "3" }

[[rating]]
task = "D"
mandate = { not_applicable = "overtaken" }
resources = { not_applicable = "overtaken" }
capabilities = { not_applicable = "overtaken" }
activities = { not_applicable = "overtaken" }
"#;

#[test]
fn four_tasks_of_the_design() {
    let assessment = assess(FOUR_TASKS);
    // A: min(4, 2, 2, 3) = 2; lows min(4, 2, 1, 2) = 1; highs min(4, 3, 2, 3) = 2. Resources and
    // capabilities stand at 2; activities reach down to 2 as well.
    let a = cell(&assessment, "A");
    assert_eq!(a.outcome, known(2, 1, 2));
    assert_eq!(
        (a.binding.as_slice(), a.may_bind.as_slice()),
        ([Link::Resources, Link::Capabilities].as_slice(), [Link::Activities].as_slice())
    );
    // B: min(3, 3, 4, 1) = 1; lows min(3, 2, 3, 1) = 1; highs min(3, 3, 4, 2) = 2. No other low is at 1.
    let b = cell(&assessment, "B");
    assert_eq!(b.outcome, known(1, 1, 2));
    assert_eq!((b.binding.as_slice(), b.may_bind.as_slice()), ([Link::Activities].as_slice(), [].as_slice()));
    // C: resources are not assessed; the others can be 2 at the most.
    let c = cell(&assessment, "C");
    assert_eq!(c.outcome, CellLevel::Unknown { at_most: Level::Partial });
    assert!(c.binding.is_empty() && c.may_bind.is_empty());
    assert_eq!(cell(&assessment, "D").outcome, CellLevel::NotApplicable);

    // Assessed: weight 2 at level 1 and 3 at level 2, half of 5 is 2.5: level 2. Lows: all 5 at 1. Highs: all 5 at 2.
    let whole = assessment.congruence().headline();
    assert_eq!(whole.headline, Headline::Known { level: Level::Partial, low: Level::Marginal, high: Level::Partial });
    assert_eq!(whole.partial_or_better.to_string(), "3 of 5");
    let tasks = whole.coverage.tasks;
    assert_eq!((tasks.everywhere, tasks.in_places, tasks.nowhere, tasks.applicable), (2, 0, 1, 3));
    assert_eq!(whole.coverage.weight.to_string(), "5 of 6");
    // C free: 0 to 2. Lows 1 at 0 and 5 at 1: level 1. Highs 6 at 2: level 2.
    assert_eq!(whole.bounds, Some(Bounds { low: Level::Marginal, high: Level::Partial }));
    assert_eq!(whole.to_string(), "partial (range marginal to partial), 2 of 3 tasks, 83 % of the weight");

    // One phase, one region: each is the whole.
    let congruence = assessment.congruence();
    for (phase, region) in [(Some("P1"), None), (None, Some("land")), (Some("P1"), Some("land"))] {
        assert_eq!(congruence.profile(phase, region), Some(whole), "{phase:?} {region:?}");
    }
}

#[test]
fn links_of_the_design_take_no_minimum() {
    let whole = assess(FOUR_TASKS).congruence().headline().clone();
    let [mandate, resources, capabilities, activities] = &whole.links;
    // Mandate: 4 (weight 3), 3 (2), 2 (1): half of 6 is 3; from below 1 at 2, 3 at 3.
    assert_eq!(mandate.level, Some(Level::Substantial));
    assert_eq!((mandate.substantial_or_better.to_string(), mandate.coverage.to_string()), ("5 of 6".into(), "1 of 1".into()));
    // Resources: 2 (3), 3 (2); C is not assessed: 3 of 5 is at least half, so 2; lows 2, highs 3.
    assert_eq!((resources.level, resources.low, resources.high), (Some(Level::Partial), Some(Level::Partial), Some(Level::Substantial)));
    assert_eq!((resources.substantial_or_better.to_string(), resources.coverage.to_string()), ("2 of 5".into(), "5 of 6".into()));
    // Capabilities: 2 (3), 4 (2), 3 (1): 3 of 6 at 2 is exactly half.
    assert_eq!(capabilities.level, Some(Level::Partial));
    // Activities: 3 (3), 1 (2), 3 (1).
    assert_eq!(activities.level, Some(Level::Substantial));
    // A is held down by resources and capabilities (3 of 5), B by activities (2 of 5).
    assert_eq!(whole.links.map(|link| link.binds.to_string()), ["0 of 1", "3 of 5", "3 of 5", "2 of 5"]);
}

/// methodology.md, section 2.1: T1 to T6.
const SIX_TASKS: &str = r#"
study = { id = "six", title = "Six tasks", framework = "epon-2019", missions = ["m"], when = "2019", area = "land" }
mission = [{ id = "m", name = "A mission", host = "A state", authorised_by = ["un-sc"], when = "2019", cite = ["R p1"] }]
source = [{ id = "R", origin = "report", title = "The report" }]
region = [{ id = "land", name = "The land", unit = true }]
phase = [{ id = "P1", when = "2019" }]
instrument = [{ id = "res", body = "un-sc", number = "1", adopted = "2019-01-01", cite = ["R p1"] }]
task = [
  { id = "T1", title = "Task 1", short = "1", field = "f", when = "2019", by = "res", tier = "core", where = ["land"], cite = ["R p2"] },
  { id = "T2", title = "Task 2", short = "2", field = "f", when = "2019", by = "res", tier = "core", where = ["land"], cite = ["R p2"] },
  { id = "T3", title = "Task 3", short = "3", field = "f", when = "2019", by = "res", tier = "additional", where = ["land"], cite = ["R p2"] },
  { id = "T4", title = "Task 4", short = "4", field = "f", when = "2019", by = "res", tier = "additional", where = ["land"], cite = ["R p2"] },
  { id = "T5", title = "Task 5", short = "5", field = "f", when = "2019", by = "res", tier = "enabling", where = ["land"], cite = ["R p2"] },
  { id = "T6", title = "Task 6", short = "6", field = "f", when = "2019", by = "res", tier = "strategic", where = ["land"], cite = ["R p2"] },
]

[[rating]]
task = "T1"
mandate = { level = "full", because = "4" }
resources = { level = "partial", low = "marginal", because = "2, 1 to 2" }
capabilities = { level = "partial", low = "marginal", high = "substantial", because = "2, 1 to 3" }
activities = { level = "substantial", high = "full", because = "3, 3 to 4" }

[[rating]]
task = "T2"
mandate = { level = "substantial", high = "full", because = "3, 3 to 4" }
resources = { level = "substantial", because = "3" }
capabilities = { level = "marginal", high = "partial", because = "1, 1 to 2" }
activities = { level = "partial", low = "marginal", high = "substantial", because = "2, 1 to 3" }

[[rating]]
task = "T3"
mandate = { level = "full", low = "substantial", because = "4, 3 to 4" }
resources = { level = "full", because = "4" }
capabilities = { level = "substantial", high = "full", because = "3, 3 to 4" }
activities = { level = "substantial", low = "partial", because = "3, 2 to 3" }

[[rating]]
task = "T4"
mandate = { level = "partial", low = "marginal", high = "substantial", because = "2, 1 to 3" }
resources = { not_assessed = "silent" }
capabilities = { level = "substantial", low = "partial", because = "3, 2 to 3" }
activities = { level = "marginal", high = "partial", because = "1, 1 to 2" }

[[rating]]
task = "T5"
mandate = { level = "substantial", because = "3" }
resources = { level = "substantial", because = "3" }
capabilities = { level = "substantial", because = "3" }
activities = { level = "substantial", because = "3" }

[[rating]]
task = "T6"
mandate = { not_applicable = "overtaken" }
resources = { not_applicable = "overtaken" }
capabilities = { not_applicable = "overtaken" }
activities = { not_applicable = "overtaken" }
"#;

#[test]
fn six_tasks_of_the_methodology() {
    let assessment = assess(SIX_TASKS);
    let expected: [(&str, CellLevel, &[Link]); 6] = [
        ("T1", known(2, 1, 2), &[Link::Resources, Link::Capabilities]),
        ("T2", known(1, 1, 2), &[Link::Capabilities]),
        ("T3", known(3, 2, 3), &[Link::Capabilities, Link::Activities]),
        ("T4", CellLevel::Unknown { at_most: Level::Partial }, &[]),
        ("T5", known(3, 3, 3), Link::ALL),
        ("T6", CellLevel::NotApplicable, &[]),
    ];
    for (task, outcome, binding) in expected {
        let cell = cell(&assessment, task);
        assert_eq!((cell.outcome, cell.binding.as_slice()), (outcome, binding), "{task}");
    }
    // By level: 1 holds 3, 2 holds 3, 3 holds 3; half of 9 is 4.5: level 2.
    // Lows: 1 holds 6 of 9. Highs: 2 holds 6 of 9.
    let whole = assessment.congruence().headline();
    assert_eq!(whole.headline, Headline::Known { level: Level::Partial, low: Level::Marginal, high: Level::Partial });
    assert_eq!((whole.coverage.tasks.everywhere, whole.coverage.tasks.applicable), (4, 5));
    assert_eq!(whole.coverage.weight.to_string(), "9 of 11");
    // T4 anywhere in 0 to 2: lows 2 at 0, 6 at 1; highs 8 at 2 of 11.
    assert_eq!(whole.bounds, Some(Bounds { low: Level::Marginal, high: Level::Partial }));
}

#[test]
fn the_unknown_link_of_the_methodology_changes_no_range() {
    for level in ["absent", "marginal", "partial"] {
        let text = SIX_TASKS
            .replace("resources = { not_assessed = \"silent\" }", &format!("resources = {{ level = \"{level}\", because = \"asked\" }}"));
        let assessment = assess(&text);
        let whole = assessment.congruence().headline();
        assert_eq!(whole.coverage.weight.to_string(), "1 of 1");
        assert_eq!(whole.headline, Headline::Known { level: Level::Partial, low: Level::Marginal, high: Level::Partial }, "T4 at {level}");
    }
}

#[test]
fn hinges_of_the_methodology() {
    let assessment = assess(SIX_TASKS);
    // T1 at 1 makes 6 of 9 at 1. Upward two ratings have to change: T1's resources and capabilities both bind.
    let hinges: Vec<_> =
        assessment.congruence().headline().hinges.iter().map(|h| (h.rating.as_str(), h.link, h.from, h.to, h.headline)).collect();
    assert_eq!(
        hinges,
        [
            ("T1", Link::Resources, Level::Partial, Level::Marginal, Level::Marginal),
            ("T1", Link::Capabilities, Level::Partial, Level::Marginal, Level::Marginal),
        ]
    );
    for link in ["resources", "capabilities"] {
        let moved = Case::one("case.toml", SIX_TASKS).patch_after(
            "case.toml",
            "task = \"T1\"",
            &format!("{link} = {{ level = \"partial\""),
            &format!("{link} = {{ level = \"marginal\""),
        );
        assert_eq!(
            moved.study().assess(&Method::default()).congruence().headline().headline.level(),
            Some(Level::Marginal),
            "{link} one step down"
        );
    }
    let up = SIX_TASKS.replacen(
        "resources = { level = \"partial\", low = \"marginal\"",
        "resources = { level = \"substantial\", low = \"marginal\"",
        1,
    );
    assert_eq!(assess(&up).congruence().headline().headline.level(), Some(Level::Partial), "one rating up moves nothing");
    let both = up.replacen(
        "capabilities = { level = \"partial\", low = \"marginal\", high",
        "capabilities = { level = \"substantial\", low = \"marginal\", high",
        1,
    );
    assert_eq!(assess(&both).congruence().headline().headline.level(), Some(Level::Substantial), "both do: 3 at 1, 6 at 3");
}

/// Effects on violence in one phase.
const EFFECTS: &str = r#"
study = { id = "effects", title = "Effects", framework = "epon-2019", missions = ["m"], when = "2019", area = "land" }
mission = [{ id = "m", name = "A mission", host = "A state", authorised_by = ["un-sc"], when = "2019", cite = ["R p1"] }]
source = [{ id = "R", origin = "report", title = "The report" }]
region = [{ id = "land", name = "The land", unit = true }]
phase = [{ id = "P1", when = "2019" }]

[[effect]]
id = "stated"
title = "Worse, and yet better than without"
on = "violence"
when = "2019"
observed = { change = -2, low = -3, high = -1, because = "Clear and broad" }
without = { difference = 2, low = 1, high = 3, because = "It would have been clearly worse" }
contribution = { grade = "contributory" }
cite = ["R p2"]

[[effect]]
id = "derived"
title = "Both courses given as levels"
on = "violence"
when = "2019"
observed = { change = -1, low = -2, because = "Slight" }
without = { expected = -3, because = "War was expected" }
contribution = { grade = "principal" }
cite = ["R p2"]

[[effect]]
id = "capped"
title = "Two uncertain levels, as far apart as the scale goes"
on = "violence"
when = "2019"
observed = { change = 2, low = 1, high = 3, because = "Clear" }
without = { expected = -2, low = -3, high = -1, because = "Clear" }
contribution = { grade = "contributory" }
cite = ["R p2"]

[[effect]]
id = "or-nil"
title = "A little better or no different"
on = "violence"
when = "2019"
observed = { not_assessed = "silent" }
without = { difference = 1, low = 0, high = 2, because = "Somewhat" }
contribution = { grade = "enabling" }
cite = ["R p2"]

[[effect]]
id = "both-signs"
title = "Either way"
on = "violence"
when = "2019"
observed = { change = 0, because = "None seen" }
without = { difference = 1, low = -1, high = 2, because = "Opinions differ" }
contribution = { grade = "contributory" }
cite = ["R p2"]

[[effect]]
id = "associated"
title = "A change that came with its work"
on = "violence"
when = "2019"
observed = { change = -1, because = "Slight" }
contribution = { grade = "contributory" }
cite = ["R p2"]

[[effect]]
id = "situation"
title = "Not the mission's"
on = "violence"
when = "2019"
observed = { change = -3, because = "War resumed" }
contribution = { grade = "none" }
cite = ["R p2"]

[[effect]]
id = "risk"
title = "A risk that a source names"
on = "violence"
when = "2019"
risk = true
observed = { not_assessed = "a risk" }
contribution = { grade = "enabling" }
cite = ["R p2"]
"#;

#[test]
fn an_effect_in_words() {
    let study = study(EFFECTS);
    let words = |id: &str| in_words(study.effect(&id.parse().unwrap()).unwrap());
    // design.md: "the situation deteriorated clearly; without the mission it would have been clearly worse (slight to decisive)".
    assert_eq!(
        words("stated"),
        "clearly worse than before (slightly to decisively); clearly better than without the mission (slightly to decisively); contributory"
    );
    assert_eq!(
        words("derived"),
        "slightly worse than before (slightly to clearly); clearly better than without the mission (slightly to clearly); principal"
    );
    assert_eq!(
        words("or-nil"),
        "change not told; better or no different than without the mission (no different to clearly better); enabling"
    );
    assert_eq!(
        words("both-signs"),
        "no change seen; against a course without the mission not established (slightly worse to clearly better); contributory"
    );
    assert_eq!(words("associated"), "slightly worse than before; not compared with a course without the mission; contributory");
    assert_eq!(words("situation"), "decisively worse than before; part of the situation; none");
}

#[test]
fn the_difference_from_an_expected_course() {
    let study = study(EFFECTS);
    let difference = |id: &str| study.effect(&id.parse().unwrap()).unwrap().difference();
    // Stated is taken as stated: +2 (+1 to +3), not −2 − (−4).
    assert_eq!(difference("stated"), Some(change(2, 1, 3)));
    // −1 (−2 to −1) against −3: −1 + 3 = 2, from −2 + 3 = 1 to −1 + 3 = 2.
    assert_eq!(difference("derived"), Some(change(2, 1, 2)));
    // 2 (1 to 3) against −2 (−3 to −1): 4, from 1 + 1 = 2 to 3 + 3 = 6, capped at 3.
    assert_eq!(difference("capped"), Some(change(3, 2, 3)));
    assert_eq!(difference("associated"), None);
}

#[test]
fn situation_credit_and_risks_by_hand() {
    let assessment = assess(EFFECTS);
    for tally in [&assessment.relevance().whole, &assessment.relevance().by_phase[0].tally] {
        let ids = |list: &[peaceops::id::EffectId]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(ids(&tally.situation.worse), ["stated", "derived", "associated", "situation"]);
        assert_eq!((ids(&tally.situation.better), ids(&tally.situation.same)), (vec!["capped".into()], vec!["both-signs".into()]));
        assert_eq!(ids(&tally.situation.not_told), ["or-nil"]);
        assert_eq!((tally.situation.clearly_better, tally.situation.clearly_worse), (1, 2));
        let compared: Vec<_> = tally.credited.compared.iter().map(|(difference, list)| (*difference, ids(list))).collect();
        assert_eq!(
            compared,
            [
                (Difference::Positive, vec!["stated".into(), "derived".into(), "capped".into()]),
                (Difference::PositiveOrNil, vec!["or-nil".into()]),
                (Difference::NotEstablished, vec!["both-signs".into()]),
            ]
        );
        assert_eq!(ids(&tally.credited.associated_worse), ["associated"]);
        assert!(tally.credited.associated_better.is_empty() && tally.credited.undetermined.is_empty());
        assert_eq!(ids(&tally.risks), ["risk"]);
    }
    let coverage = &assessment.relevance().coverage;
    assert_eq!((coverage.effects, coverage.observed, coverage.compared, coverage.forecasts), (7, 6, 5, 0));
}

/// Findings on legitimacy in two phases, and on ownership without dates.
const FINDINGS: &str = r#"
study = { id = "findings", title = "Findings", framework = "epon-2019", missions = ["m"], when = "2018..2019", area = "land" }
mission = [{ id = "m", name = "A mission", host = "A state", authorised_by = ["un-sc"], when = "2018..2019", cite = ["R p1"] }]
source = [{ id = "R", origin = "report", title = "The report" }]
region = [{ id = "land", name = "The land", unit = true }]
phase = [{ id = "P1", when = "2018" }, { id = "P2", when = "2019" }]
finding = [
  { id = "L1", title = "1", dimension = "legitimacy", issue = "a", kind = "limitation", salience = "major", when = "2018", cite = ["R p2"] },
  { id = "L2", title = "2", dimension = "legitimacy", issue = "b", kind = "limitation", salience = "major", when = "2018", cite = ["R p2"] },
  { id = "L3", title = "3", dimension = "legitimacy", issue = "c", kind = "strength", salience = "minor", when = "2018", cite = ["R p2"] },
  { id = "L4", title = "4", dimension = "legitimacy", issue = "d", kind = "strength", salience = "major", when = "2019", cite = ["R p2"] },
  { id = "L5", title = "5", dimension = "legitimacy", issue = "e", kind = "strength", salience = "major", when = "2019", cite = ["R p2"] },
  { id = "L6", title = "6", dimension = "legitimacy", issue = "f", kind = "limitation", salience = "minor", when = "2019", cite = ["R p2"] },
  { id = "O1", title = "1", dimension = "ownership", issue = "a", kind = "strength", salience = "major", when = "undated", cite = ["R p2"] },
  { id = "O2", title = "2", dimension = "ownership", issue = "a", kind = "strength", salience = "minor", when = "undated", cite = ["R p3"] },
  { id = "O3", title = "3", dimension = "ownership", issue = "b", kind = "strength", salience = "moderate", when = "undated", cite = ["R p2"] },
  { id = "O4", title = "4", dimension = "ownership", issue = "c", kind = "limitation", salience = "major", when = "undated", cite = ["R p2"] },
  { id = "O5", title = "5", dimension = "ownership", issue = "d", kind = "mixed", salience = "moderate", when = "undated", cite = ["R p2"] },
  { id = "O6", title = "6", dimension = "ownership", issue = "e", kind = "neutral", salience = "major", when = "undated", cite = ["R p2"] },
]
"#;

#[test]
fn a_balance_by_hand() {
    let assessment = assess(FINDINGS);
    let ownership = assessment.dimension("ownership").unwrap();
    // Issue a counts once, as major. Strengths 3 + 2, limitation 3, mixed 2, neutral nowhere: (5 − 3) / 10 = 0.2.
    let balance = ownership.whole.balance.unwrap();
    assert_eq!(balance.value.to_string(), "+0.20");
    assert_eq!(ownership.whole.band, Some(Band::Enabling));
    // Without a: (2 − 3) / 7; without b: (3 − 3) / 8; without c: 5 / 7; without d: 2 / 8.
    assert_eq!((balance.low.value(), balance.high.value()), (-1.0 / 7.0, 5.0 / 7.0));
    // Undated rows count in the whole and in no phase.
    assert!(ownership.by_phase.iter().all(|phase| phase.count.balance.is_none() && phase.count.findings.is_empty()));
    assert_eq!(ownership.trend[0].trend, Trend::TooFew);
}

#[test]
fn a_trend_by_hand() {
    let assessment = assess(FINDINGS);
    let legitimacy = assessment.dimension("legitimacy").unwrap();
    // Before: 1 − 3 − 3 of 7 = −0.71. After: 3 + 3 − 1 of 7 = +0.71. The smallest difference with one issue left
    // out is without L4 or L1: (3 − 1) / 4 + 5 / 7 = 1.21, far above 0.15.
    let balance = |phase: usize| legitimacy.by_phase[phase].count.balance.unwrap().value.value();
    assert_eq!((balance(0), balance(1)), (-5.0 / 7.0, 5.0 / 7.0));
    assert_eq!(legitimacy.trend.len(), 1);
    assert_eq!(
        (legitimacy.trend[0].from.as_str(), legitimacy.trend[0].to.as_str(), legitimacy.trend[0].trend),
        ("P1", "P2", Trend::Improving)
    );
    // The whole counts all rows: 7 − 7 of 14.
    assert_eq!(legitimacy.whole.balance.unwrap().value.value(), 0.0);
    assert_eq!(legitimacy.whole.band, Some(Band::Mixed));
}

/// A driver of which the mandate first takes no notice, then in part, then in full.
const LATE_MANDATE: &str = r#"
study = { id = "late", title = "A late mandate", framework = "epon-2019", missions = ["m"], when = "2013-07-01..2019-07-31", area = "land" }
mission = [{ id = "m", name = "A mission", host = "A state", authorised_by = ["un-sc"], when = "2013-07-01..", cite = ["R p1"] }]
source = [{ id = "R", origin = "report", title = "The report" }]
region = [{ id = "land", name = "The land" }, { id = "centre", name = "The centre", in = "land", unit = true }, { id = "north", name = "The north", in = "land", unit = true }]
phase = [{ id = "P1", when = "2013-07-01..2019-07-31" }]
instrument = [{ id = "res", body = "un-sc", number = "1", adopted = "2013-04-25", cite = ["R p1"] }]
task = [
  { id = "full", title = "Meet it", short = "1", field = "f", when = "2018-06-28..", by = "res", tier = "core", where = ["centre"], cite = ["R p2"] },
  { id = "part", title = "Meet part of it", short = "2", field = "f", when = "2017-06..", by = "res", tier = "core", where = ["land"], cite = ["R p2"] },
]
driver = [
  { id = "old", title = "Old", since = { centre = "2012", north = "2012" }, critical = true, met_by = ["full"], met_in_part_by = ["part"], cite = ["R p3"] },
  { id = "new", title = "New", since = { centre = "2015" }, critical = true, met_by = ["full"], cite = ["R p3"] },
  { id = "small", title = "Not critical", since = { centre = "2012" }, met_by = ["full"], cite = ["R p3"] },
]
dispute = [{ id = "from-2016", title = "In force from 2016", tasks = ["full"], region = "centre", in_force_from = "2016-06-29", cite = ["R p4"] }]
"#;

#[track_caller]
fn gap<'a>(assessment: &'a Assessment, address: &str) -> &'a peaceops::scoring::Gap {
    assessment.gaps().iter().find(|gap| gap.address == address).unwrap_or_else(|| panic!("no gap {address}"))
}

#[track_caller]
fn lag(kind: &GapKind) -> (String, String, i64, i64) {
    match kind {
        GapKind::MandateLag { from, until, lag, .. } | GapKind::MandateLagInPart { from, until, lag, .. } => {
            (from.to_string(), until.to_string(), lag.least, lag.most)
        }
        other => panic!("no lag: {other:?}"),
    }
}

#[test]
fn a_mandate_lag_by_hand() {
    let assessment = assess(LATE_MANDATE);
    // Critical since some day of 2015: 2015-01-01 to 2015-12-31. To 2018-06-28 these are 364 + 366 + 365 + 179 = 1274
    // days at most, 366 + 365 + 179 = 910 at least.
    let new = gap(&assessment, "mandate-lag/new/centre");
    assert_eq!(lag(&new.kind), ("2015-01-01".into(), "2018-06-28".into(), 910, 1274));
    assert_eq!(new.kind.to_string(), "new in centre: met in full by full from 2018-06-28, 2.5 to 3.5 years late");
    // Under the other reading from 2016-06-29: 181 days of 2016 up to it (2016 is a leap year), 180 + 365 at most.
    assert_eq!(new.disputed.len(), 1);
    assert_eq!(new.disputed[0].dispute.as_str(), "from-2016");
    assert_eq!(lag(new.disputed[0].reading.as_ref().unwrap()), ("2015-01-01".into(), "2016-06-29".into(), 181, 545));
    // Older than the mission: from its start. 2013-07-01 to 2018-06-28 are five years less three days, one of them a leap year.
    assert_eq!(lag(&gap(&assessment, "mandate-lag/old/centre").kind), ("2013-07-01".into(), "2018-06-28".into(), 1823, 1823));
    // In part from some day of June 2017: 2017-06-01 to 2017-06-30.
    for region in ["centre", "north"] {
        let part = gap(&assessment, &format!("mandate-lag-in-part/old/{region}"));
        assert_eq!(lag(&part.kind), ("2013-07-01".into(), "2017-06-01".into(), 1431, 1460));
    }
    // In the north it was never met in full, so no lag ends there; a driver that is not critical makes none.
    let none = |address: &str| assessment.gaps().iter().all(|gap| gap.address != address);
    assert!(none("mandate-lag/old/north") && none("mandate-lag/small/centre") && none("unaddressed-driver/small/centre"));
    let stretches = |address: &str| match &gap(&assessment, address).kind {
        GapKind::UnaddressedDriver { cover, stretches, throughout, .. } => {
            (*cover, stretches.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "), *throughout)
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(stretches("unaddressed-driver/old/centre"), (Cover::None, "2013-07-01 to 2017-05-31".into(), false));
    assert_eq!(stretches("unaddressed-driver/old/centre/in-part"), (Cover::InPart, "2017-06-01 to 2018-06-27".into(), false));
    assert_eq!(stretches("unaddressed-driver/old/north/in-part"), (Cover::InPart, "2017-06-01 to 2019-07-31".into(), false));
}

/// Strength against a ceiling, and against a stated need.
const STRENGTH: &str = r#"
study = { id = "strength", title = "Strength", framework = "epon-2019", missions = ["m"], when = "2016..2018", area = "land" }
mission = [{ id = "m", name = "A mission", host = "A state", authorised_by = ["un-sc"], when = "2016..", cite = ["R p1"] }]
source = [{ id = "R", origin = "report", title = "The report" }]
region = [{ id = "land", name = "The land", unit = true }]
phase = [{ id = "P1", when = "2016..2018" }]
pool = [{ id = "force", title = "The force" }]
resource = [
  { id = "ceiling", pool = "force", status = "authorised", when = "2016-06-29..", amount = { uniformed = 15209, police = 1920 }, cite = ["R p2"] },
  { id = "strength", pool = "force", status = "deployed", when = "2017-12", amount = { uniformed = 13423, police = "about 1725" }, cite = ["R p3"] },
  { id = "need", pool = "force", status = "needed", when = "2017..", amount = { uniformed = 20000 }, cite = ["R p4"] },
]
"#;

#[test]
fn fill_rates_by_hand() {
    // A stated need goes before the ceiling: 13,423 of 20,000 = 67 %: half to four fifths.
    let rates = assess(STRENGTH).fill_rates().to_vec();
    assert_eq!(rates.len(), 2);
    assert_eq!(
        (rates[0].against.as_str(), rates[0].denominator, rates[0].rate.percent(), rates[0].level),
        ("need", MeansStatus::Needed, Some(67), Level::Partial)
    );
    // Where no need is stated of a category its ceiling serves: about 1,725 of 1,920 = 90 %.
    assert_eq!(
        (rates[1].against.as_str(), rates[1].denominator, rates[1].rate.percent(), rates[1].level),
        ("ceiling", MeansStatus::Authorised, Some(90), Level::Substantial)
    );
    // Without the need: 13,423 of 15,209 = 88.26 %, over four fifths.
    let without = assess(&STRENGTH.replace("status = \"needed\"", "status = \"requested\""));
    let rate = &without.fill_rates()[0];
    assert_eq!(
        (rate.against.as_str(), rate.denominator, rate.rate.to_string(), rate.level),
        ("ceiling", MeansStatus::Authorised, "13423 of 15209".into(), Level::Substantial)
    );
    assert_eq!(rate.rate.percent(), Some(88));
}
