//! Studies beside each other: small cases worked by hand, laws that hold of the shipped ones, and every refusal.

#![cfg(all(feature = "toml", feature = "csv"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests stop at what they did not expect")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::common::Case;
use peaceops::comparison::congruence::{CongruenceCompared, Part, PartOf};
use peaceops::comparison::consensus::ViewOf;
use peaceops::comparison::coverage::rests_on_the_report;
use peaceops::comparison::gaps::StudyGaps;
use peaceops::comparison::relevance::{On, StudyRelevance, TargetOf};
use peaceops::comparison::{Apart, Comparison};
use peaceops::scale::{FindingKind, Level, Origin, Scale, Tier};
use peaceops::scoring::{Assessment, BalanceRange, Band, Difference, GapKind, Headline, Method, OriginCount, Reading};
use peaceops::{CaseDocument, CaseStudy};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;

// --- Cases -----------------------------------------------------------------------------------------------------------

/// Two phases of 365 days each, one unit, three origins; no task and no finding.
const BASE: &str = r#"
study = { id = "NAME", title = "A study", framework = "epon-2019", missions = ["m"], when = "2013..2014", area = "land" }
mission = [{ id = "m", name = "A mission", host = "A state", authorised_by = ["un-sc"], when = "2013..", cite = ["R p1"] }]
source = [
  { id = "R", origin = "report", title = "The report" },
  { id = "N", origin = "authors", title = "Its authors elsewhere" },
  { id = "O", origin = "outside", title = "Another text" },
]
region = [{ id = "land", name = "The land", unit = true }]
phase = [{ id = "P1", when = "2013" }, { id = "P2", when = "2014" }]
instrument = [{ id = "res", body = "un-sc", number = "1", adopted = "2013-01-01", cite = ["R p1"] }]
"#;

const DIMENSIONS: [&str; 8] = [
    "protection",
    "people-centred",
    "legitimacy",
    "political-primacy",
    "ownership",
    "women-peace-security",
    "international-support",
    "coherence",
];

/// The base case under an id, with more rows.
fn base(id: &str, rows: &str) -> Case {
    Case::one("case.toml", &BASE.replace("NAME", id)).append("case.toml", rows)
}

/// The small case under an id, with more rows.
fn small(id: &str, rows: &str) -> Case {
    Case::small().patch("case.toml", "id = \"small\"", &format!("id = \"{id}\"")).append("case.toml", rows)
}

#[track_caller]
fn assess(case: &Case) -> Assessment {
    case.study().assess(&Method::default())
}

#[track_caller]
fn compare(all: &[&Assessment]) -> Comparison {
    Comparison::of(all.iter().copied()).unwrap()
}

/// A task in force throughout.
fn task(id: &str, field: &str, tier: &str) -> String {
    format!(
        "\n[[task]]\nid = \"{id}\"\ntitle = \"{id}\"\nshort = \"{id}\"\nfield = \"{field}\"\nwhen = \"2013..\"\nby = \"res\"\n\
         tier = \"{tier}\"\nwhere = [\"land\"]\ncite = [\"R p2\"]\n"
    )
}

/// Mandate, resources, capabilities and activities of a task in a phase, each as `2`, as `2 1 3` with its low and high
/// end, `?` not assessed, `-` not applicable, or `1|3` contested; `rests_on` is a row, or none.
fn rating(task: &str, phase: &str, links: [&str; 4], rests_on: &str) -> String {
    let name = |level: &str| Level::at(level.parse().unwrap()).to_string();
    let mut rows = format!("\n[[rating]]\ntask = \"{task}\"\nphase = \"{phase}\"\n");
    for (link, told) in ["mandate", "resources", "capabilities", "activities"].into_iter().zip(links) {
        let judged = match told {
            "?" => "not_assessed = \"silent\"".to_owned(),
            "-" => "not_applicable = \"Nothing to count\"".to_owned(),
            _ if told.contains('|') => {
                let levels: Vec<String> = told.split('|').map(|level| format!("\"{}\"", name(level))).collect();
                format!("contested = [{}], because = \"Told twice\"", levels.join(", "))
            }
            _ => {
                let mut levels = told.split(' ').map(name);
                let level = levels.next().unwrap();
                let [low, high] = [(); 2].map(|()| levels.next().unwrap_or_else(|| level.clone()));
                format!("level = \"{level}\", low = \"{low}\", high = \"{high}\", because = \"Told\"")
            }
        };
        let rests_on =
            if rests_on.is_empty() || told.starts_with(['?', '-']) { String::new() } else { format!(", rests_on = [\"{rests_on}\"]") };
        rows += &format!("{link} = {{ {judged}{rests_on} }}\n");
    }
    rows
}

/// An undated finding that is an issue of its own.
fn finding(id: &str, dimension: &str, kind: &str, salience: &str, source: &str) -> String {
    format!(
        "\n[[finding]]\nid = \"{id}\"\ntitle = \"{id}\"\ndimension = \"{dimension}\"\nissue = \"{}\"\nkind = \"{kind}\"\n\
         salience = \"{salience}\"\nwhen = \"undated\"\ncite = [\"{source} p3\"]\n",
        id.to_lowercase()
    )
}

/// Findings on legitimacy, each as a sign (`+`, `-`, `0` mixed, `n` neutral) and a salience, 1 to 3.
fn findings(told: &str) -> String {
    let of = |(at, told): (usize, &str)| {
        let kind = match &told[..1] {
            "+" => "strength",
            "-" => "limitation",
            "0" => "mixed",
            _ => "neutral",
        };
        let salience = ["minor", "moderate", "major"][told[1..].parse::<usize>().unwrap() - 1];
        finding(&format!("L{at}"), "legitimacy", kind, salience, "R")
    };
    told.split_whitespace().enumerate().map(of).collect()
}

fn ids(apart: &[Apart]) -> Vec<(&str, &str)> {
    apart.iter().map(|pair| (pair.above.as_str(), pair.below.as_str())).collect()
}

// --- Dimensions ------------------------------------------------------------------------------------------------------

fn legitimacy(told: &[(&str, &str)]) -> peaceops::comparison::dimensions::DimensionCompared {
    let all: Vec<Assessment> = told.iter().map(|(id, told)| assess(&base(id, &findings(told)))).collect();
    let compared = compare(&all.iter().collect::<Vec<_>>());
    assert_eq!(compared.dimensions.iter().map(|of| of.dimension.as_str()).collect::<Vec<_>>(), DIMENSIONS);
    compared.dimensions.into_iter().nth(2).unwrap()
}

fn ends(balance: BalanceRange) -> [String; 3] {
    [balance.value, balance.low, balance.high].map(|end| end.to_string())
}

#[test]
fn dimensions_lie_apart_or_overlap_by_their_leave_one_out_ranges() {
    let compared = legitimacy(&[("a", "+3 +3 +3 -1"), ("b", "-3 -3 +3"), ("c", "+3 +2 -3"), ("d", "+3 +3")]);
    // a: (9 − 1)/10 = .8; without a strength 5/7, without the limitation 9/9.
    // b: (3 − 6)/9 = −1/3; without the strength −6/6, without a limitation 0/6.
    // c: (5 − 3)/8 = 1/4; without them in turn −1/5, 0/6, 5/5.
    // d: two issues have no band, though both pull one way.
    let told: Vec<(usize, Option<Band>, [String; 3])> =
        compared.studies.iter().map(|of| (of.issues, of.band, ends(of.balance.unwrap()))).collect();
    let texts = |list: [&str; 3]| list.map(str::to_owned);
    assert_eq!(
        told,
        [
            (4, Some(Band::StronglyEnabling), texts(["+0.80", "+0.71", "+1.00"])),
            (3, Some(Band::Constraining), texts(["-0.33", "-1.00", "+0.00"])),
            (3, Some(Band::Enabling), texts(["+0.25", "-0.20", "+1.00"])),
            (2, None, texts(["+1.00", "+1.00", "+1.00"])),
        ]
    );
    // a alone lies above b. c overlaps both, and d, without a band, stands apart from none, not even from b.
    assert_eq!(ids(&compared.apart), [("a", "b")]);
    // the pair is told the same way round whichever study comes first
    assert_eq!(ids(&legitimacy(&[("b", "-3 -3 +3"), ("a", "+3 +3 +3 -1")]).apart), [("a", "b")]);
}

#[test]
fn ranges_that_touch_overlap() {
    // b: −1 to 0. d: (6 − 3)/9, without a strength 0/6, without the limitation 1: they have 0 in common.
    assert_eq!(ids(&legitimacy(&[("b", "-3 -3 +3"), ("d", "+3 +3 -3")]).apart), []);
    // A minor limitation more: d from (3 − 4)/7. One less salient: d from (3 − 2)/5, above 0.
    assert_eq!(ids(&legitimacy(&[("b", "-3 -3 +3"), ("d", "+3 +3 -3 -1")]).apart), []);
    assert_eq!(ids(&legitimacy(&[("b", "-3 -3 +3"), ("d", "+3 +3 -2")]).apart), [("d", "b")]);
    // e: to (3 − 1)/4 without the moderate limitation. f: from (5 − 2)/7, g: from (6 − 2)/8, h: from (6 − 1)/7, each
    // without a major strength. One half is one half, by whatever numbers.
    let compared = legitimacy(&[("e", "+3 -1 -2"), ("f", "+3 +3 +2 -2"), ("g", "+3 +3 +3 -2"), ("h", "+3 +3 +3 -1")]);
    let told: Vec<[String; 3]> = compared.studies.iter().map(|of| ends(of.balance.unwrap())).collect();
    assert_eq!([&told[0][2], &told[1][1], &told[2][1], &told[3][1]], ["+0.50", "+0.43", "+0.50", "+0.71"]);
    assert_eq!(ids(&compared.apart), [("h", "e")]);
}

#[test]
fn neutral_issues_weigh_nowhere_and_mixed_ones_below_the_line() {
    let compared = legitimacy(&[("a", "+3 +3 n3 n1"), ("b", "+3 +3 03")]);
    let [a, b] = compared.studies.as_slice() else { panic!("two studies") };
    assert_eq!((a.issues, a.band, a.balance.unwrap().value.to_string()), (2, None, "+1.00".into()));
    // 6/9; without a strength 3/6, without the mixed one 6/6
    assert_eq!((b.issues, b.band), (3, Some(Band::StronglyEnabling)));
    assert_eq!(ends(b.balance.unwrap()), ["+0.67", "+0.50", "+1.00"]);
    // without any finding there is nothing, and no invented number
    let none = legitimacy(&[("a", ""), ("b", "+3 +3 03")]);
    assert_eq!((none.studies[0].issues, none.studies[0].band, none.studies[0].balance), (0, None, None));
    assert_eq!((none.studies[0].confidence, none.studies[0].verdict.is_none()), (None, true));
    assert_eq!(none.studies[0].origins.as_ref().unwrap().all, 0);
}

#[test]
fn several_rows_of_one_issue_weigh_once() {
    let rows = ["+3", "+3", "-1"].join(" ");
    let twice = findings(&rows) + &finding("L9", "legitimacy", "strength", "minor", "R").replace("issue = \"l9\"", "issue = \"l0\"");
    let (a, b) = (assess(&base("a", &findings(&rows))), assess(&base("b", &twice)));
    let [a, b] = compare(&[&a, &b]).dimensions[2].studies.clone().try_into().unwrap();
    assert_eq!((a.issues, a.balance), (b.issues, b.balance));
    // the rows are counted where it is rows that are told
    assert_eq!((a.origins.unwrap().all, b.origins.unwrap().all), (3, 4));
}

#[test]
fn a_verdict_stands_beside_the_count_with_its_origin() {
    let verdict =
        "\n[[verdict]]\nid = \"V\"\ndimension = \"legitimacy\"\nstanding = \"constraining\"\ntext = \"Distrusted\"\ncite = [\"N p4\"]\n";
    let (a, b) = (assess(&base("a", &(findings("+3 +3 +3") + verdict))), assess(&base("b", "")));
    let compared = compare(&[&a, &b]);
    let told = compared.dimensions[2].studies[0].verdict.as_ref().unwrap();
    assert_eq!((told.row.as_str(), told.standing.to_string().as_str(), told.origin), ("V", "constraining", Origin::Authors));
    assert_eq!(compared.dimensions[2].studies[0].band, Some(Band::StronglyEnabling), "it does not move the count");
}

/// The kind (strength, limitation, mixed, neutral) and salience of up to six issues.
fn some_issues() -> impl Strategy<Value = Vec<(usize, i64)>> {
    vec((0..4_usize, 1..4_i64), 0..7)
}

/// The low and high end of a balance with one issue left out, as parts and wholes; nothing under three issues.
fn by_hand(issues: &[(usize, i64)]) -> Option<[(i64, i64); 2]> {
    let weighing: Vec<(i64, i64)> =
        issues.iter().filter(|(kind, _)| *kind < 3).map(|(kind, weight)| ([1, -1, 0][*kind] * weight, *weight)).collect();
    let sum = |skip: usize| {
        let kept = weighing.iter().enumerate().filter(|(at, _)| *at != skip);
        kept.fold((0, 0), |(part, of), (_, (add, weight))| (part + add, of + weight))
    };
    let all: Vec<(i64, i64)> = (0..=weighing.len()).map(sum).collect();
    let by_value = |a: &&(i64, i64), b: &&(i64, i64)| (a.0 * b.1).cmp(&(b.0 * a.1));
    (weighing.len() >= 3).then(|| [*all.iter().min_by(by_value).unwrap(), *all.iter().max_by(by_value).unwrap()])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn dimensions_lie_apart_exactly_where_whole_numbers_say_so(a in some_issues(), b in some_issues()) {
        let text = |issues: &[(usize, i64)]| {
            issues.iter().map(|(kind, weight)| format!("{}{weight}", ["+", "-", "0", "n"][*kind])).collect::<Vec<_>>().join(" ")
        };
        let compared = legitimacy(&[("a", &text(&a)), ("b", &text(&b))]);
        let above = |one: Option<[(i64, i64); 2]>, other: Option<[(i64, i64); 2]>| {
            one.zip(other).is_some_and(|([low, _], [_, high])| low.0 * high.1 > high.0 * low.1)
        };
        let (a, b) = (by_hand(&a), by_hand(&b));
        let wanted: Vec<(&str, &str)> =
            [(above(a, b), ("a", "b")), (above(b, a), ("b", "a"))].into_iter().filter(|(is, _)| *is).map(|(_, pair)| pair).collect();
        prop_assert_eq!(ids(&compared.apart), wanted);
        for (of, ends) in compared.studies.iter().zip([a, b]) {
            prop_assert_eq!(of.band.is_some(), ends.is_some());
            if let (Some(balance), Some(ends)) = (of.balance, ends) {
                let value = |(part, of): (i64, i64)| part as f64 / of as f64;
                prop_assert_eq!([balance.low.value(), balance.high.value()], ends.map(value));
            }
        }
    }
}

// --- Congruence ------------------------------------------------------------------------------------------------------

/// The worked example of the design: A 2 [1, 2], B 1 [1, 2], C not assessed and at most 2, D not applicable.
fn worked(id: &str) -> Case {
    let rows = [
        task("A", "protection", "core"),
        task("B", "protection", "additional"),
        task("C", "reform", "enabling"),
        task("D", "elections", "core"),
        rating("A", "P1", ["4", "2 2 3", "2 1 2", "3 2 3"], ""),
        rating("B", "P1", ["3", "3 2 3", "4 3 4", "1 1 2"], ""),
        rating("C", "P1", ["2", "?", "3", "3"], ""),
        rating("D", "P1", ["-", "-", "-", "-"], ""),
    ];
    // what is rated in the other phase would change every number below
    let others: String = ["A", "B", "C", "D"].map(|task| rating(task, "P2", ["4", "4", "4", "4"], "")).concat();
    base(id, &(rows.concat() + &others)).patch(
        "case.toml",
        "{ id = \"P1\", when = \"2013\" }",
        "{ id = \"P1\", when = \"2013\", main = true }",
    )
}

/// One field of one core task at one level in both phases.
fn level(id: &str, levels: &str) -> Case {
    let rated = |phase| rating("A", phase, [levels; 4], "");
    base(id, &(task("A", "protection", "core") + &rated("P1") + &rated("P2")))
}

fn told(part: &Part) -> (String, String, String, usize) {
    let bounds = part.bounds.map_or_else(String::new, |bounds| format!("{} to {}", bounds.low, bounds.high));
    (part.headline.to_string(), bounds, part.weight.to_string(), part.tasks)
}

fn part(headline: &str, bounds: &str, weight: &str, tasks: usize) -> (String, String, String, usize) {
    (headline.to_owned(), bounds.to_owned(), weight.to_owned(), tasks)
}

fn field<'a>(congruence: &'a CongruenceCompared, field: &str) -> Vec<(&'a str, Part)> {
    let found = congruence.by_field.iter().find(|of| of.field.as_str() == field);
    found.map_or_else(Vec::new, |of| of.studies.iter().map(|one| (one.study.as_str(), one.part)).collect())
}

#[test]
fn congruence_by_field_and_tier() {
    let (one, two) = (assess(&worked("one")), assess(&level("two", "4")));
    let congruence = compare(&[&one, &two]).congruence;
    // A weighs 3, B 2, C 1: of 6, and 5 of them assessed. P2, where all is full, is not of the whole.
    let whole = &congruence.studies[0];
    assert_eq!(told(&whole.whole), part("partial (range marginal to partial)", "marginal to partial", "5 of 6", 3));
    // A is held by resources and capabilities, B by activities: of 5 assessed. The mandate never binds.
    let binds: Vec<(String, String)> = whole.links.iter().map(|link| (link.link.to_string(), link.binds.to_string())).collect();
    let texts = |list: [(&str, &str); 4]| list.map(|(link, share)| (link.to_owned(), share.to_owned())).to_vec();
    assert_eq!(binds, texts([("mandate", "0 of 1"), ("resources", "3 of 5"), ("capabilities", "3 of 5"), ("activities", "2 of 5")]));
    // Mandates without a minimum: 4 with 3, 3 with 2, 2 with 1, of 6: half is at 3.
    assert_eq!(whole.links[0].level, Some(Level::Substantial));
    // Guarding: 1 with 2, 2 with 3. All low ends are 1, all high ends 2.
    let protection = field(&congruence, "protection");
    assert_eq!(protection.iter().map(|(study, _)| *study).collect::<Vec<_>>(), ["one", "two"]);
    assert_eq!(told(&protection[0].1), part("partial (range marginal to partial)", "marginal to partial", "1 of 1", 2));
    assert_eq!(told(&protection[1].1), part("full", "full to full", "1 of 1", 1));
    // C has no level, and may have any up to that of its mandate; only that study has the field.
    let reform = field(&congruence, "reform");
    assert_eq!((reform.len(), told(&reform[0].1)), (1, part("unknown: too little is assessed", "absent to partial", "0 of 1", 1)));
    // D is in no count: the question does not apply to it.
    assert_eq!(field(&congruence, "elections"), []);
    assert_eq!(congruence.by_field.iter().map(|of| of.field.as_str()).collect::<Vec<_>>(), ["protection", "reform"]);
    // Tiers: all four are told, also one that no task has.
    let tiers: Vec<(Tier, Vec<&str>)> =
        congruence.by_tier.iter().map(|of| (of.tier, of.studies.iter().map(|one| one.study.as_str()).collect())).collect();
    assert_eq!(
        tiers,
        [(Tier::Strategic, vec![]), (Tier::Core, vec!["one", "two"]), (Tier::Additional, vec!["one"]), (Tier::Enabling, vec!["one"])]
    );
    assert_eq!(
        told(&congruence.by_tier[1].studies[0].part),
        part("partial (range marginal to partial)", "marginal to partial", "1 of 1", 1)
    );
    assert_eq!(
        told(&congruence.by_tier[2].studies[0].part),
        part("marginal (range marginal to partial)", "marginal to partial", "1 of 1", 1)
    );
    // Full lies above marginal to partial: as a whole, in the field and in the tier.
    assert_eq!(ids(&congruence.apart), [("two", "one")]);
    assert_eq!(ids(&congruence.by_field[0].apart), [("two", "one")]);
    assert_eq!(ids(&congruence.by_tier[1].apart), [("two", "one")]);
}

#[test]
fn levels_that_touch_overlap_and_no_level_stands_apart_from_none() {
    let apart = |two: &str| ids(&compare(&[&assess(&worked("one")), &assess(&level("two", two))]).congruence.apart).len();
    // one: 1 to 2
    assert_eq!((apart("3"), apart("3 2 3"), apart("4 3 4"), apart("0"), apart("1"), apart("0 0 1")), (1, 0, 1, 1, 0, 0));
    assert_eq!((apart("?"), apart("-"), apart("3|4")), (0, 0, 0), "no headline");
}

#[test]
fn a_contested_link_is_not_assessed_and_bounds_hold_its_readings() {
    let (one, two) = (assess(&level("one", "1|3")), assess(&level("two", "2")));
    let congruence = compare(&[&one, &two]).congruence;
    assert_eq!(told(&congruence.studies[0].whole), part("unknown: too little is assessed", "marginal to substantial", "0 of 1", 1));
    assert_eq!(told(&field(&congruence, "protection")[0].1), told(&congruence.studies[0].whole));
    assert_eq!(congruence.studies[0].confidence, None);
}

#[test]
fn a_level_needs_half_of_the_weight_of_its_field() {
    // core 3 of 4 with an enabling one not assessed; then the other way round; then two of one tier: exactly half
    let told_of = |tiers: [&str; 2]| {
        let rows = task("A", "protection", tiers[0])
            + &task("B", "protection", tiers[1])
            + &rating("A", "P1", ["2"; 4], "")
            + &rating("A", "P2", ["2"; 4], "")
            + &rating("B", "P1", ["?"; 4], "")
            + &rating("B", "P2", ["?"; 4], "");
        let (one, two) = (assess(&base("one", &rows)), assess(&level("two", "2")));
        told(&field(&compare(&[&one, &two]).congruence, "protection")[0].1)
    };
    assert_eq!(told_of(["core", "enabling"]), part("partial", "partial to partial", "3 of 4", 2));
    assert_eq!(told_of(["enabling", "core"]), part("unknown: too little is assessed", "absent to full", "1 of 4", 2));
    assert_eq!(told_of(["core", "core"]), part("partial", "absent to partial", "1 of 2", 2));
}

/// A task: its tier by place, in the first field or not, and a level with both ends for each link.
type SomeTask = (usize, bool, [(u8, u8, u8); 4]);

fn some_task() -> impl Strategy<Value = SomeTask> {
    let ends = (0..5_u8).prop_flat_map(|level| (0..=level, level..5).prop_map(move |(low, high)| (level, low, high)));
    (0..4_usize, any::<bool>(), [ends.clone(), ends.clone(), ends.clone(), ends])
}

/// The level at or under which half of a list of weights lies: the list written out weight by weight and cut in half.
fn half_of(list: impl Iterator<Item = (u8, usize)>) -> Option<Level> {
    let mut all: Vec<u8> = list.flat_map(|(level, weight)| vec![level; weight]).collect();
    all.sort_unstable();
    all.get(all.len().div_ceil(2).checked_sub(1)?).map(|level| Level::at(*level))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn fields_and_tiers_are_halves_of_written_out_weights(tasks in vec(some_task(), 1..6)) {
        let tiers = ["strategic", "core", "additional", "enabling"];
        let mut rows = String::new();
        for (at, (tier, first, links)) in tasks.iter().enumerate() {
            let links = links.map(|(level, low, high)| format!("{level} {low} {high}"));
            rows += &task(&format!("T{at}"), if *first { "one" } else { "two" }, tiers[*tier]);
            rows += &rating(&format!("T{at}"), "P1", links.each_ref().map(String::as_str), "");
        }
        let case = base("a", &rows).patch("case.toml", "{ id = \"P1\", when = \"2013\" }", "{ id = \"P1\", when = \"2013\", main = true }");
        let congruence = compare(&[&assess(&case), &assess(&base("b", ""))]).congruence;
        let wanted = |inside: &dyn Fn(&SomeTask) -> bool| {
            let of = |pick: fn(&(u8, u8, u8)) -> u8| {
                let inside = tasks.iter().filter(|task| inside(task));
                half_of(inside.map(|(tier, _, links)| (links.iter().map(pick).min().unwrap(), 4 - tier)))
            };
            of(|ends| ends.0).zip(of(|ends| ends.1)).zip(of(|ends| ends.2)).map(|((level, low), high)| Headline::Known { level, low, high })
        };
        let found = |list: &[PartOf]| list.iter().find(|one| one.study == *"a").map(|one| one.part.headline);
        prop_assert_eq!(Some(congruence.studies[0].whole.headline), wanted(&|_| true));
        for (name, is_first) in [("one", true), ("two", false)] {
            let part = congruence.by_field.iter().find(|of| of.field.as_str() == name).and_then(|of| found(&of.studies));
            prop_assert_eq!(part, wanted(&|task| task.1 == is_first));
        }
        for (at, tier) in congruence.by_tier.iter().enumerate() {
            prop_assert_eq!(found(&tier.studies), wanted(&|task| task.0 == at));
        }
    }
}

// --- Gaps ------------------------------------------------------------------------------------------------------------

/// A second instrument of 2015 that adds T2 in the north, a driver that waits for it, and a capability that is late.
const LATE: &str = r#"
[[instrument]]
id = "res-2"
body = "un-sc"
number = "2"
adopted = "2015-01-01"
cite = ["R p2"]

[[task]]
id = "T2"
title = "Support talks"
short = "Talks"
field = "politics"
when = "2015-01-01..2015-06-30"
by = "res-2"
tier = "strategic"
where = ["north"]
cite = ["R p3"]

[[driver]]
id = "D1"
title = "Land"
since = { north = "2013-08", south = "2013-07-01" }
critical = true
met_by = ["T2"]
cite = ["R p4"]

[[driver]]
id = "D2"
title = "Exclusion"
since = { north = "2014-12-02" }
critical = true
met_in_part_by = ["T2"]
cite = ["R p4"]

[[driver]]
id = "D3"
title = "Weather"
since = { north = "2012" }
met_by = ["T2"]
cite = ["R p4"]

[[capability]]
id = "C1"
title = "Helicopters"
kind = "addition"
pool = "force"
steps = { authorised = "2014-01-01", arrived = "2014-03-01", complete = "2014-12" }
cite = ["R p5"]

[[capability]]
id = "C2"
title = "A hospital"
kind = "addition"
pool = "force"
steps = { decided = "2014-01-01", complete = "2014-01-31" }
cite = ["R p5"]
"#;

fn gaps(case: &Case) -> StudyGaps {
    compare(&[&assess(case), &assess(&base("other", ""))]).gaps.swap_remove(0)
}

fn lags(list: &[peaceops::comparison::gaps::Lag]) -> Vec<(&str, i64, i64)> {
    list.iter().map(|lag| (lag.address.as_str(), lag.days.least, lag.days.most)).collect()
}

#[test]
fn days_of_tasks_are_counted_once_whatever_the_units() {
    // T1 from July 2013 in two units: 184 days of 2013, 365 of 2014, 365 of 2015.
    assert_eq!(gaps(&small("a", "")).task_days, 914);
    // T2 from January to June 2015: 31 + 28 + 31 + 30 + 31 + 30.
    assert_eq!(gaps(&small("a", LATE)).task_days, 914 + 181);
    // In one unit at first and in the other from 2015 on: the days are the same.
    let change = "cite = [\"R p3\"]\nchanges = [{ from = \"2015-01-01\", where = [\"south\"], by = \"res-1\", cite = [\"R p3\"] }]\n";
    let moved = small("a", "").patch("case.toml", "cite = [\"R p3\"]\n", change);
    assert_eq!(gaps(&moved).task_days, 914);
    // Days before and after the window are none of the study's.
    let longer = small("a", "").patch("case.toml", "when = \"2013-07-01..\"\nby", "when = \"2012..2016-08\"\nby");
    assert_eq!(gaps(&longer).task_days, 914);
    assert_eq!(gaps(&base("a", "")).task_days, 0);
}

#[test]
fn gaps_per_task_year() {
    let undone = "\n[[activity]]\nid = \"A2\"\ntitle = \"No escorts\"\nwhen = \"2015\"\nwhere = [\"south\"]\nserves = [\"T1\"]\ndone = false\ncite = [\"R p4\"]\n";
    let found = gaps(&small("a", undone));
    assert_eq!(found.by_kind.iter().map(|of| of.kind).collect::<Vec<_>>(), GapKind::NAMES);
    let unserved = found.by_kind.iter().find(|of| of.kind == "unserved").unwrap();
    // one in 914 days: 365.25 / 914 in a year
    assert_eq!((unserved.count, found.count("unserved")), (1, 1));
    assert!((unserved.per_task_year.unwrap() - 365.25 / 914.0).abs() < 1e-12);
    // no gap is nought per year; a study without tasks has no years
    assert_eq!(found.by_kind.iter().find(|of| of.kind == "slack").map(|of| (of.count, of.per_task_year)), Some((0, Some(0.0))));
    assert!(gaps(&base("a", "")).by_kind.iter().all(|of| (of.count, of.per_task_year) == (0, None)));
    assert_eq!(found.count("no such kind"), 0);
}

#[test]
fn a_gap_of_another_reading_alone_is_left_out() {
    let rows = r#"
[[activity]]
id = "A2"
title = "Escorts"
when = "2013-08..2013-12"
where = ["south"]
serves = ["T1"]
cite = ["R p4"]

[[dispute]]
id = "later"
title = "In the south from 2014 on"
tasks = ["T1"]
region = "south"
in_force_from = "2014-01-01"
cite = ["R p5"]
"#;
    let case = small("a", rows);
    let assessment = assess(&case);
    let drift: Vec<Option<&str>> = assessment
        .gaps()
        .iter()
        .filter(|gap| gap.kind.name() == "drift")
        .map(|gap| gap.only_under.as_ref().map(|dispute| dispute.as_str()))
        .collect();
    assert_eq!(drift, [Some("later")]);
    assert_eq!(gaps(&case).count("drift"), 0);
    // Under that reading it is a gap of the study, and the south has no days of 2013: the north has.
    let under = case.study().under(&case.study().disputes()[0]).assess(&Method::default());
    let under = compare(&[&under, &assess(&base("other", ""))]).gaps.swap_remove(0);
    assert_eq!((under.count("drift"), under.task_days), (1, 914));
}

#[test]
fn lags_stand_side_by_side_shortest_first() {
    let found = gaps(&small("a", LATE));
    // From some day of August 2013 to 1 January 2015: 122 days from the 31st to the end of 2013, then 365 and one;
    // thirty more from the 1st. In the south T2 never comes, and D3 is not critical.
    assert_eq!(lags(&found.mandate_lags), [("mandate-lag/D1/north", 488, 518)]);
    assert_eq!(lags(&found.mandate_lags_in_part), [("mandate-lag-in-part/D2/north", 30, 30)]);
    // January and February 2014 to arrive; complete on some day of December 2014, or after thirty days.
    assert_eq!(lags(&found.arrivals), [("capability-lag/C1", 59, 59)]);
    assert_eq!(lags(&found.completions), [("capability-lag/C2", 30, 30), ("capability-lag/C1", 334, 364)]);
    assert_eq!((found.count("capability-lag"), found.count("mandate-lag"), found.count("mandate-lag-in-part")), (2, 1, 1));
    // Of two alike the address decides.
    let twin = LATE.replace("\"D2\"", "\"D0\"").split("[[driver]]").nth(2).map(|row| format!("\n[[driver]]{row}")).unwrap();
    let found = gaps(&small("a", &(LATE.to_owned() + &twin)));
    assert_eq!(lags(&found.mandate_lags_in_part), [("mandate-lag-in-part/D0/north", 30, 30), ("mandate-lag-in-part/D2/north", 30, 30)]);
}

#[test]
fn instruments_that_outran_their_means() {
    let told = |case: &Case| {
        let found = gaps(case);
        let rows = found.overstretch.iter().map(|of| {
            let without: Vec<String> = of.without_means.iter().map(ToString::to_string).collect();
            (of.address.clone(), of.instrument.to_string(), of.tasks, without.join(" "), of.weight, of.is_said)
        });
        rows.collect::<Vec<_>>()
    };
    // A strategic task weighs 4, and lies in one unit only.
    let row = |is_said| ("overstretch/res-2".to_owned(), "res-2".to_owned(), 1, "T2".to_owned(), 4.0, is_said);
    let late = small("a", LATE);
    assert_eq!(told(&late), [row(false)]);
    let nothing = "\n[[resource]]\nid = \"R1\"\ntitle = \"No troops\"\npool = \"force\"\nstatus = \"authorised\"\nby = \"res-2\"\n\
                   when = \"2015-01-01\"\namount = { troops = \"none\" }\nunit = \"persons\"\ncite = [\"R p5\"]\n";
    assert_eq!(told(&late.clone().append("case.toml", nothing)), [row(true)]);
    // Means for the task itself: no gap.
    let means = nothing
        .replace("troops = \"none\"", "troops = 500")
        .replace("pool = \"force\"", "serves = [\"T2\"]")
        .replace("No troops", "Troops");
    assert_eq!(told(&late.clone().append("case.toml", &means)), []);
    // T1 is carried into the south by the same text: two tasks, of which T1 weighs 3 in half of its units.
    let change =
        "cite = [\"R p3\"]\nchanges = [{ from = \"2015-01-01\", where = [\"north\", \"south\"], by = \"res-2\", cite = [\"R p3\"] }]\n";
    let wider = small("a", "").patch("case.toml", "where = [\"north\", \"south\"]", "where = [\"north\"]");
    let wider = wider.patch("case.toml", "cite = [\"R p3\"]\n", change).append("case.toml", LATE);
    assert_eq!(told(&wider), [("overstretch/res-2".into(), "res-2".into(), 2, "T1 T2".into(), 5.5, false)]);
}

// --- Relevance -------------------------------------------------------------------------------------------------------

/// An effect in 2014 on the whole land; `more` is what a source says beside the change.
fn effect(id: &str, on: &str, observed: &str, more: &str) -> String {
    format!(
        "\n[[effect]]\nid = \"{id}\"\ntitle = \"{id}\"\non = \"{on}\"\nwhere = [\"land\"]\nwhen = \"2014\"\n\
         observed = {{ {observed} }}\n{more}\ncite = [\"R p6\"]\n"
    )
}

fn relevance(case: &Case) -> StudyRelevance {
    compare(&[&assess(case), &assess(&base("other", ""))]).relevance.swap_remove(0)
}

fn counts(of: &TargetOf) -> [usize; 6] {
    [of.effects, of.better, of.same, of.worse, of.contested, of.risks]
}

#[test]
fn effects_by_target_keep_opposite_signs() {
    let credited = "contribution = { grade = \"contributory\" }";
    let none = "contribution = { grade = \"none\" }";
    let against = |told: &str| format!("without = {{ {told}, because = \"Told\" }}\n{credited}");
    let rows = [
        effect("E1", "violence", "change = 2, because = \"Fewer\"", credited),
        effect("E2", "violence", "change = -2, because = \"More\"", &against("difference = 2, low = 1, high = 3")),
        effect("E3", "violence", "change = -1, because = \"More\"", &against("difference = 1, low = -1, high = 2")),
        effect("E4", "violence", "change = 0, because = \"No change\"", none),
        effect("E5", "violence", "contested = [-1, 1], because = \"Two readings\"", none),
        effect("E6", "violence", "not_assessed = \"silent\"", credited),
        effect("E7", "violence", "not_assessed = \"a risk\"", &format!("risk = true\n{credited}")),
        effect("E8", "G", "change = 1, because = \"Kept the truce\"", credited),
        effect("E9", "D", "change = -1, because = \"Worse\"", &against("difference = -1")),
        // of another year than the study's: it counts nowhere
        effect("E10", "violence", "change = 3, because = \"Before\"", none).replace("\"2014\"", "\"2010\""),
        "\n[[stakeholder]]\nid = \"G\"\nname = \"A group\"\ncite = [\"R p7\"]\n".to_owned(),
        "\n[[driver]]\nid = \"D\"\ntitle = \"Land\"\nsince = { land = \"2012\" }\ncite = [\"R p7\"]\n".to_owned(),
    ];
    let found = relevance(&base("a", &rows.concat()));
    let on = |on: On| found.targets.iter().find(|of| of.on == on).unwrap();
    let topic = |id: &str| On::Topic(id.parse().unwrap());
    let violence = on(topic("violence"));
    // six effects and a risk: one better, one without change, two worse, one in conflict, one not told
    assert_eq!(counts(violence), [6, 1, 1, 2, 1, 1]);
    // worse than before and yet better than without the mission stands beside what is not established
    let credit: Vec<(Difference, usize)> = violence.credited.iter().map(|(difference, count)| (*difference, *count)).collect();
    assert_eq!(credit, [(Difference::Positive, 1), (Difference::NotEstablished, 1)]);
    assert_eq!((counts(on(On::Stakeholders)), on(On::Stakeholders).credited.len()), ([1, 1, 0, 0, 0, 0], 0));
    assert_eq!(counts(on(On::Drivers)), [1, 0, 0, 1, 0, 0]);
    assert_eq!(on(On::Drivers).credited, BTreeMap::from([(Difference::Negative, 1)]));
    // every topic of the framework is told, also where nothing is said of it, then the other two
    assert_eq!(counts(on(topic("displacement"))), [0; 6]);
    let topics = base("a", "").study().framework().topics().len();
    assert_eq!(found.targets.len(), topics + 2);
    assert_eq!((&found.targets[topics].on, &found.targets[topics + 1].on), (&On::Stakeholders, &On::Drivers));
    assert_eq!(found.drivers, None, "no driver is critical");
}

#[test]
fn drivers_at_the_end() {
    let drivers = |case: &Case| {
        relevance(case).drivers.map(|of| {
            let list = |ids: &[peaceops::id::DriverId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
            (of.phase.to_string(), [of.critical, of.in_full, of.in_part, of.not_met], list(&of.unmet), list(&of.unmet_in_full))
        })
    };
    // T2 ended in June 2015: at the end of P2 nothing meets D1 in either unit, nor D2.
    let late = small("a", LATE);
    assert_eq!(drivers(&late), Some(("P2".into(), [3, 0, 0, 3], "D1 D2".into(), String::new())));
    // In force to the end it meets D1 in the north and D2 in part; in the south D1 is met by none still.
    let open = late.clone().patch("case.toml", "when = \"2015-01-01..2015-06-30\"", "when = \"2015-01-01..\"");
    assert_eq!(drivers(&open), Some(("P2".into(), [3, 1, 1, 1], "D1".into(), "D2".into())));
    // In force in both units it meets D1 in both, and D2 in part in both: told once.
    let wide = open.patch("case.toml", "tier = \"strategic\"\nwhere = [\"north\"]", "tier = \"strategic\"\nwhere = [\"north\", \"south\"]");
    let wide = wide.patch("case.toml", "{ north = \"2014-12-02\" }", "{ north = \"2014-12-02\", south = \"2014\" }");
    assert_eq!(drivers(&wide), Some(("P2".into(), [4, 2, 2, 0], String::new(), "D2".into())));
    // Met in part in the south and by none in the north: it is among the unmet, once.
    let both = late.patch(
        "case.toml",
        "met_by = [\"T2\"]\ncite = [\"R p4\"]\n\n[[driver]]\nid = \"D2\"",
        "met_in_part_by = [\"T3\"]\ncite = [\"R p4\"]\n\n[[driver]]\nid = \"D2\"",
    );
    let third = "\n[[task]]\nid = \"T3\"\ntitle = \"Courts\"\nshort = \"Courts\"\nfield = \"politics\"\nwhen = \"2015-01-01..\"\n\
                 by = \"res-2\"\ntier = \"core\"\nwhere = [\"south\"]\ncite = [\"R p3\"]\n";
    assert_eq!(drivers(&both.append("case.toml", third)), Some(("P2".into(), [3, 0, 1, 2], "D1 D2".into(), String::new())));
    // The end is told even where the phase before had more; without a critical driver nothing is.
    assert_eq!(drivers(&small("a", "")), None);
}

// --- Consensus -------------------------------------------------------------------------------------------------------

/// Groups of twenty persons, each of a side of its own and all of one mind on a proposition: 1 for, −1 against.
fn views(proposition: &str, stances: &[i64]) -> String {
    let mut rows = format!("\n[[proposition]]\nid = \"{proposition}\"\ntext = \"The mission is right about {proposition}.\"\n");
    for (at, stance) in stances.iter().enumerate() {
        let group = format!("{proposition}-{at}");
        rows += &format!("\n[[stakeholder]]\nid = \"G-{group}\"\nname = \"{group}\"\nheads = 20\ncite = [\"R p7\"]\n");
        rows += &format!(
            "\n[[position]]\nid = \"P-{group}\"\ngroup = \"G-{group}\"\nproposition = \"{proposition}\"\nstance = {stance}\n\
             share = 1.0\nwhen = \"2014\"\ncite = [\"R p8\"]\n"
        );
    }
    rows
}

#[test]
fn propositions_that_studies_share() {
    let a = assess(&base("a", &(views("stay", &[1, 1, 1]) + &views("talk", &[1]) + &views("arms", &[1]))));
    let b = assess(&base("b", &(views("stay", &[1, -1]) + &views("talk", &[-1, -1]))));
    let c = assess(&base("c", &views("stay", &[0, 1, 1, 1])));
    let d = assess(&base("d", ""));
    let compared = compare(&[&a, &b, &c, &d]);
    let shared: Vec<(&str, Vec<&str>)> = compared
        .consensus
        .shared
        .iter()
        .map(|of| (of.proposition.as_str(), of.studies.iter().map(|view| view.study.as_str()).collect()))
        .collect();
    assert_eq!(shared, [("stay", vec!["a", "b", "c"]), ("talk", vec!["a", "b"])]);
    let alone: Vec<(&str, usize)> = compared.consensus.alone.iter().map(|(study, count)| (study.as_str(), *count)).collect();
    assert_eq!(alone, [("a", 1), ("b", 0), ("c", 0), ("d", 0)]);
    let told = |view: &ViewOf| {
        let shares = [view.in_favour, view.against, view.unsure, view.open].map(|share| share.to_string()).join(", ");
        (view.a.unwrap(), view.reading.to_string(), shares, view.voices)
    };
    let [one, camps, most] = compared.consensus.shared[0].studies.as_slice() else { panic!("three views") };
    // One voice; two camps; a quarter of two minds: a layer of 1/4 over two neighbours agrees by 1/2, the rest by 1.
    assert_eq!(
        told(one),
        (1.0, Reading::Band(peaceops::scoring::consensus::AgreementBand::Broad).to_string(), "1 of 1, 0 of 1, 0 of 1, 0 of 1".into(), 60)
    );
    assert_eq!((camps.a, told(camps).2.as_str(), camps.voices), (Some(-1.0), "1 of 2, 1 of 2, 0 of 1, 0 of 1", 40));
    assert_eq!((most.a, told(most).2.as_str(), most.voices), (Some(0.75), "3 of 4, 0 of 1, 1 of 4, 0 of 1", 80));
    assert_eq!((most.low, most.high), (Some(0.75), Some(0.75)), "nothing is left open");
    assert_eq!(one.text, "The mission is right about stay.");
    // Two studies alone: what the third shared is asked by one only now.
    let two = compare(&[&b, &c]).consensus;
    assert_eq!(two.shared.iter().map(|of| of.proposition.as_str()).collect::<Vec<_>>(), ["stay"]);
    assert_eq!(two.alone.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [1, 0]);
    assert_eq!(compare(&[&a, &d]).consensus.alone[0].1, 3);
}

#[test]
fn a_share_that_nobody_knows_stays_open() {
    let open = views("stay", &[1]).replace("share = 1.0\n", "");
    let (a, b) = (assess(&base("a", &open)), assess(&base("b", &views("stay", &[1]))));
    let compared = compare(&[&a, &b]);
    let view = &compared.consensus.shared[0].studies[0];
    assert_eq!((view.a, view.low, view.high, view.reading), (None, None, None, Reading::TooLittleStated));
    assert_eq!((view.open.to_string().as_str(), view.in_favour.part()), ("1 of 1", 0));
    // A quarter open: against it −1 · .5 + .5, for it 1.
    let part = assess(&base("c", &views("stay", &[1]).replace("share = 1.0", "share = 0.75")));
    let view = &compare(&[&part, &b]).consensus.shared[0].studies[0];
    assert_eq!((view.a, view.low, view.high, view.reading), (Some(1.0), Some(0.0), Some(1.0), Reading::SeveralBands));
}

// --- Coverage --------------------------------------------------------------------------------------------------------

/// Where findings of these sources and saliences come from.
fn origins(told: &[(&str, &str)]) -> OriginCount {
    let rows: String = told
        .iter()
        .enumerate()
        .map(|(at, (source, salience))| finding(&format!("F{at}"), "legitimacy", "strength", salience, source))
        .collect();
    assess(&base("a", &rows)).origins().findings.clone()
}

#[test]
fn half_of_the_weight_is_of_the_report() {
    let weights = |count: &OriginCount| [Origin::Report, Origin::Authors, Origin::Outside].map(|origin| count.weight(origin).to_string());
    // report 1, authors 2, outside 3: 1/6 and 1/3 are exactly a half, though no two have one denominator
    let half = origins(&[("R", "minor"), ("N", "moderate"), ("O", "major")]);
    assert_eq!((weights(&half), rests_on_the_report(&half)), (["1 of 6", "1 of 3", "1 of 2"].map(str::to_owned), Some(true)));
    // one more outside: 1/7 and 2/7
    let less = origins(&[("R", "minor"), ("N", "moderate"), ("O", "major"), ("O", "minor")]);
    assert_eq!((weights(&less), rests_on_the_report(&less)), (["1 of 7", "2 of 7", "4 of 7"].map(str::to_owned), Some(false)));
    // either alone suffices
    assert_eq!(rests_on_the_report(&origins(&[("R", "major"), ("O", "major")])), Some(true));
    assert_eq!(rests_on_the_report(&origins(&[("N", "major"), ("O", "major")])), Some(true));
    assert_eq!(rests_on_the_report(&origins(&[("N", "moderate"), ("O", "major")])), Some(false));
    assert_eq!(rests_on_the_report(&origins(&[("O", "minor")])), Some(false));
    // where nothing weighs there is no answer
    assert_eq!(rests_on_the_report(&origins(&[])), None);
}

#[test]
fn what_a_study_covers() {
    let when = |at: usize, when: &str| {
        finding(&format!("F{at}"), "legitimacy", "strength", "minor", "R").replace("\"undated\"", &format!("\"{when}\""))
    };
    let found: String =
        ["2013", "2014", "current", "undated", "mission", "outside", "2009"].iter().enumerate().map(|(at, told)| when(at, told)).collect();
    let forecast = "without = { difference = 1, because = \"Told\", flags = [\"forecast\"] }\ncontribution = { grade = \"enabling\" }";
    let rows = found
        + &views("stay", &[1, -1])
        + "\n[[stakeholder]]\nid = \"G\"\nname = \"Of whom nothing is told\"\ncite = [\"R p7\"]\n"
        + &effect("E1", "violence", "change = 1, because = \"Told\"", "contribution = { grade = \"none\" }")
        + &effect("E2", "violence", "not_assessed = \"silent\"", forecast)
        + &effect("E3", "violence", "not_assessed = \"silent\"", "risk = true\ncontribution = { grade = \"enabling\" }");
    let case = worked("a").append("case.toml", &rows);
    let case = case.patch("case.toml", "area = \"land\" }", "area = \"land\", coders = 2, fieldwork = \"2013\" }");
    let compared = compare(&[&assess(&case), &assess(&small("b", ""))]);
    let [a, b] = compared.coverage.as_slice() else { panic!("two studies") };
    assert_eq!((a.study.as_str(), a.title.as_str(), a.missions.len(), a.coders, a.units), ("a", "A study", 1, Some(2), 1));
    assert_eq!((a.window.len(), a.phases.as_slice()), (730, [365, 365].as_slice()));
    assert_eq!(a.main.iter().map(|phase| phase.as_str()).collect::<Vec<_>>(), ["P1"]);
    // 5 of 6 of the weight; A and B assessed, C not, D not asked for
    assert_eq!((a.assessed.weight.to_string(), a.assessed.tasks.applicable, a.assessed.tasks.everywhere), ("5 of 6".into(), 3, 2));
    assert_eq!(a.bounds.map(|bounds| (bounds.low, bounds.high)), Some((Level::Marginal, Level::Partial)));
    // Two are dated, and one is called current; those from outside and of 2009 are dated to no part of the study.
    assert_eq!((a.findings, a.findings_dated, a.positions), (7, 3, 2));
    // the effects are of P2, which the whole is not of
    assert_eq!((a.effects.effects, a.effects.observed, a.effects.compared, a.effects.forecasts), (0, 0, 0, 0));
    let whole = case.patch("case.toml", "when = \"2013\", main = true", "when = \"2013\"");
    let whole = compare(&[&assess(&whole), &assess(&small("b", ""))]);
    let effects = &whole.coverage[0].effects;
    assert_eq!((effects.effects, effects.observed, effects.compared, effects.forecasts), (2, 1, 1, 1));
    // the other one tells less
    assert_eq!((b.coders, b.main.len(), b.units, b.assessed.weight.percent()), (None, 0, 2, Some(0)));
    assert_eq!(compared.studies().map(|id| id.as_str()).collect::<Vec<_>>(), ["a", "b"]);
}

// --- Refusals --------------------------------------------------------------------------------------------------------

#[track_caller]
fn refused(all: &[&Assessment], wanted: &str) {
    let error = Comparison::of(all.iter().copied()).unwrap_err();
    assert_eq!((error.code(), error.to_string().as_str()), ("not-comparable", wanted));
}

/// A study under a framework of its own.
fn own(id: &str, version: &str, question: &str) -> Assessment {
    let framework = format!(
        "\n[framework]\nid = \"ours\"\nversion = \"{version}\"\ntitle = \"Ours\"\n\n[[dimension]]\nid = \"protection\"\ntitle = \"Protection\"\n\
         role = \"outcome\"\nquestion = \"{question}\"\n\n[[topic]]\nid = \"violence\"\ntitle = \"Violence\"\n"
    );
    assess(&small(id, &framework).patch("case.toml", "framework = \"epon-2019\"", "framework = \"ours\""))
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let (a, b) = (assess(&small("a", "")), assess(&small("b", "")));
    refused(&[], "no study is given: a comparison takes two at least");
    refused(&[&a], "only the study `a` is given: a comparison takes two at least");
    refused(&[&a, &a], "two studies have the id `a`: results could not be told apart");
    refused(&[&b, &a, &assess(&base("a", ""))], "two studies have the id `a`: results could not be told apart");
    let ours = own("ours", "1", "Safer?");
    refused(&[&a, &b, &ours], "`a` is under the framework epon-2019 2019 and `ours` under ours 1: their dimensions need not mean the same");
    refused(
        &[&ours, &own("other", "2", "Safer?")],
        "`ours` is under the framework ours 1 and `other` under ours 2: their dimensions need not mean the same",
    );
    refused(
        &[&ours, &own("other", "1", "Less harm?")],
        "`ours` and `other` give different contents to the framework ours 1: their dimensions need not mean the same",
    );
    let mut method = Method::default();
    method.balance.least_issues = 4;
    let other = small("b", "").study().assess(&method);
    refused(&[&a, &other], "`a` and `b` are assessed by different methods: assess both by one");
    // a name alone is another method: nobody can tell what else it stands for
    let named = Method { name: "strict".into(), ..Method::default() };
    refused(&[&a, &small("b", "").study().assess(&named)], "`a` and `b` are assessed by different methods: assess both by one");
    // what is alike is compared, whatever the framework and the method
    assert!(Comparison::of([&ours, &own("other", "1", "Safer?")]).is_ok());
    let compared = Comparison::of([&other, &small("c", "").study().assess(&method)]).unwrap();
    assert_eq!((&compared.method, compared.framework.id.as_str()), (&method, "epon-2019"));
}

// --- What cannot be compared -----------------------------------------------------------------------------------------

/// A study of which everything can be compared: a band in every dimension, a level, the report as the source.
fn whole(id: &str) -> Case {
    let bands: String = DIMENSIONS
        .iter()
        .flat_map(|dimension| (0..3).map(move |n| finding(&format!("{dimension}-{n}"), dimension, "strength", "major", "R")))
        .collect();
    let rated = |phase| rating("A", phase, ["2"; 4], "legitimacy-0");
    base(id, &(bands + &task("A", "protection", "core") + &rated("P1") + &rated("P2")))
}

/// What is not comparable of some studies.
#[track_caller]
fn not_comparable(all: &[Case]) -> Vec<(String, String, String)> {
    let all: Vec<Assessment> = all.iter().map(assess).collect();
    let compared = compare(&all.iter().collect::<Vec<_>>());
    let studies = |ids: &[peaceops::id::StudyId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    compared.not_comparable.iter().map(|one| (one.what.clone(), studies(&one.studies), one.why.clone())).collect()
}

#[track_caller]
fn is_said(all: &[Case], what: &str, studies: &str, why: &str) {
    assert_eq!(not_comparable(all), [(what.to_owned(), studies.to_owned(), why.to_owned())]);
}

#[test]
fn where_nothing_stands_in_the_way_nothing_is_said() {
    assert_eq!(not_comparable(&[whole("a"), whole("b")]), []);
    assert_eq!(not_comparable(&[whole("a"), whole("b"), whole("c")]), []);
}

#[test]
fn a_study_without_a_level() {
    // 3 of 7 rated: under half
    let rows = task("B", "protection", "strategic") + &rating("B", "P1", ["?"; 4], "") + &rating("B", "P2", ["?"; 4], "");
    let thin = |id: &str| whole(id).append("case.toml", &rows);
    let why = "too little is assessed, 43 % of the weight: it has no level to set beside others";
    let told = not_comparable(&[whole("a"), thin("b"), whole("c")]);
    assert_eq!(told, [("congruence".into(), "b".into(), why.into())], "two studies have a level in the field");
    // With one other study alone the field has none to set beside it either.
    let field = "under two studies have a level in protection, though several have tasks there";
    assert_eq!(
        not_comparable(&[whole("a"), thin("b")]),
        [("congruence".into(), "b".into(), why.into()), ("congruence/fields".into(), String::new(), field.into())]
    );
    // Where no task is in force there is no share of the weight.
    let rated = |phase| rating("A", phase, ["2"; 4], "legitimacy-0");
    let without = Case::one("case.toml", whole("b").text("case.toml").split("\n[[task]]").next().unwrap());
    assert!(whole("b").text("case.toml").ends_with(&rated("P2")));
    is_said(&[whole("a"), without, whole("c")], "congruence", "b", "no task is in force: it has no level to set beside others");
}

#[test]
fn fields_without_two_levels() {
    let reform = |level: &str| task("B", "reform", "enabling") + &rating("B", "P1", [level; 4], "") + &rating("B", "P2", [level; 4], "");
    let with = |id: &str, level: &str| {
        whole(id).append("case.toml", &reform(level).replace("because = \"Told\"", "because = \"Told\", rests_on = [\"legitimacy-0\"]"))
    };
    is_said(
        &[with("a", "2"), with("b", "?")],
        "congruence/fields",
        "",
        "under two studies have a level in reform, though several have tasks there",
    );
    assert_eq!(not_comparable(&[with("a", "2"), with("b", "2")]), []);
    assert_eq!(not_comparable(&[with("a", "2"), with("b", "2"), with("c", "?")]), []);
    // A field of one study is told as its own.
    is_said(&[with("a", "2"), whole("b")], "fields", "a", "no other study has tasks to rate in reform");
    // a task of nineteen days there is no task to rate
    let brief = task("B", "reform", "enabling").replace("when = \"2013..\"", "when = \"2013-02-01..2013-02-19\"");
    let brief = whole("b").append("case.toml", &brief);
    is_said(&[with("a", "2"), brief], "fields", "a", "no other study has tasks to rate in reform");
    is_said(&[whole("a"), whole("b"), with("c", "?")], "fields", "c", "no other study has tasks to rate in reform");
}

#[test]
fn dimensions_without_a_band() {
    // one of three is neutral: two issues are left
    let thin = |id: &str| {
        let row = finding("coherence-0", "coherence", "strength", "major", "R");
        whole(id).patch("case.toml", &row, &finding("coherence-0", "coherence", "neutral", "major", "R"))
    };
    let why = "fewer than 3 issues weigh: a count has no band";
    is_said(&[whole("a"), thin("b")], "dimension/coherence", "b", why);
    is_said(&[thin("a"), whole("c"), thin("b")], "dimension/coherence", "a b", why);
    // A method that asks for two finds enough; one that asks for none still needs an issue.
    let told = |least: u16| {
        let mut method = Method::default();
        method.balance.least_issues = least;
        let all = [thin("a"), base("b", "")].map(|case| case.study().assess(&method));
        let compared = compare(&[&all[0], &all[1]]);
        let row = compared.not_comparable.into_iter().find(|one| one.what == "dimension/coherence").unwrap();
        (row.studies.len(), row.why)
    };
    assert_eq!(told(2), (1, "fewer than 2 issues weigh: a count has no band".into()));
    assert_eq!(told(1), (1, "no issue weighs: a count has no band".into()));
    assert_eq!(told(0), (1, "no issue weighs: a count has no band".into()));
}

#[test]
fn studies_of_other_sources() {
    let why =
        |name: &str| format!("under half of the weight of the {name} is of the report or its authors: a difference may be one of sources");
    // Every finding of another text; ratings rest on a row of the report still.
    let outside = |id: &str| {
        let text = whole(id).text("case.toml").replace("cite = [\"R p3\"]", "cite = [\"O p3\"]");
        let text = text.replace("rests_on = [\"legitimacy-0\"]", "rests_on = [\"res\"]");
        Case::one("case.toml", &text)
    };
    let rests =
        |case: Case| Case::one("case.toml", &case.text("case.toml").replace("rests_on = [\"legitimacy-0\"]", "rests_on = [\"res\"]"));
    is_said(&[rests(whole("a")), outside("b")], "origin/findings", "b", &why("findings"));
    assert_eq!(not_comparable(&[outside("a"), outside("b")]), [], "alike, they do not differ");
    is_said(&[outside("a"), outside("b"), whole("c")], "origin/findings", "a b", &why("findings"));
    // Ratings that rest on nothing are the coder's.
    let coder = |id: &str| Case::one("case.toml", &whole(id).text("case.toml").replace(", rests_on = [\"legitimacy-0\"]", ""));
    is_said(&[whole("a"), coder("b")], "origin/ratings", "b", &why("ratings"));
    // Effects and positions: one row each, of the report or of another text.
    let effect = |source: &str| {
        effect("E", "violence", "change = 1, because = \"Told\"", "contribution = { grade = \"none\" }")
            .replace("R p6", &format!("{source} p6"))
    };
    let with = |id: &str, rows: &str| whole(id).append("case.toml", rows);
    is_said(&[with("a", &effect("R")), with("b", &effect("O"))], "origin/effects", "b", &why("effects"));
    assert_eq!(not_comparable(&[with("a", &effect("O")), with("b", &effect("O"))]), []);
    assert_eq!(not_comparable(&[with("a", &effect("O")), whole("b")]), [], "where one has no such row there is nothing to differ in");
    let views = |source: &str| views("stay", &[1]).replace("R p8", &format!("{source} p8"));
    is_said(&[with("a", &views("N")), with("b", &views("O"))], "origin/positions", "b", &why("positions"));
}

#[test]
fn phases_and_windows_of_other_lengths() {
    let cut = |id: &str, first: &str, second: &str| {
        let phases = format!("phase = [{{ id = \"P1\", when = \"{first}\" }}, {{ id = \"P2\", when = \"{second}\" }}]");
        whole(id).patch("case.toml", "phase = [{ id = \"P1\", when = \"2013\" }, { id = \"P2\", when = \"2014\" }]", &phases)
    };
    // 181 and 549 days of 730
    let uneven = cut("b", "2013-01-01..2013-06-30", "2013-07-01..2014-12-31");
    let why =
        "phases last 0.5 to 1.5 years and windows 2.0: results by phase are not set against each other, but in the question of the seven";
    is_said(&[whole("a"), uneven], "phases", "", why);
    // a third year: 730 and 365 days
    let long = cut("b", "2013..2014", "2015").patch("case.toml", "when = \"2013..2014\", area", "when = \"2013..2015\", area");
    let why = "phases last 1.0 to 2.0 years and windows 2.0 to 3.0: results by phase are not set against each other, but in the question of the seven";
    is_said(&[whole("a"), long], "phases", "", why);
    // a third phase of the same length
    let three = whole("b").patch(
        "case.toml",
        "{ id = \"P2\", when = \"2014\" }]",
        "{ id = \"P2\", when = \"2014\" }, { id = \"P3\", when = \"2015\" }]",
    );
    let three = three.patch("case.toml", "when = \"2013..2014\", area", "when = \"2013..2015\", area");
    let three = three.append("case.toml", &rating("A", "P3", ["2"; 4], "legitimacy-0"));
    let why =
        "phases last 1.0 years and windows 2.0 to 3.0: results by phase are not set against each other, but in the question of the seven";
    is_said(&[whole("a"), three], "phases", "", why);
    // a day's difference reads as none, and is none
    assert_eq!(not_comparable(&[whole("a"), cut("b", "2013-01-01..2014-01-01", "2014-01-02..2014-12-31")]), []);
}

#[test]
fn propositions_of_one_study() {
    let with = |id: &str, rows: &str| whole(id).append("case.toml", rows);
    is_said(&[with("a", &views("stay", &[1])), whole("b")], "propositions", "a", "1 proposition is asked in no other study");
    let two = views("stay", &[1]) + &views("talk", &[1]);
    is_said(&[whole("a"), with("b", &two)], "propositions", "b", "2 propositions are asked in no other study");
    assert_eq!(not_comparable(&[with("a", &two), with("b", &two)]), []);
}

#[test]
fn studies_of_one_coder() {
    let coded =
        |id: &str, coders: u32| whole(id).patch("case.toml", "area = \"land\" }", &format!("area = \"land\", coders = {coders} }}"));
    let why = "coded by one person: how far another would agree is not known";
    is_said(&[coded("a", 1), whole("b")], "coders", "a", why);
    is_said(&[coded("a", 1), coded("b", 1)], "coders", "a b", why);
    assert_eq!(not_comparable(&[coded("a", 2), whole("b")]), [], "how many coded it need not be told");
}

// --- The shipped cases -----------------------------------------------------------------------------------------------

/// Every case under `examples/`, by its directory.
fn shipped() -> &'static [Assessment] {
    static CASES: OnceLock<Vec<Assessment>> = OnceLock::new();
    CASES.get_or_init(|| {
        let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
        let found = std::fs::read_dir(examples).unwrap().map(|entry| entry.unwrap().path());
        let mut found: Vec<PathBuf> = found.filter(|path| path.join("study.toml").is_file()).collect();
        found.sort();
        assert!(found.len() >= 4);
        let read = |path: &PathBuf| CaseStudy::read(path).unwrap_or_else(|problems| panic!("{}: {problems}", path.display()));
        found.iter().map(|path| read(path).assess(&Method::default())).collect()
    })
}

/// All shipped cases beside each other.
fn all() -> &'static Comparison {
    static ALL: OnceLock<Comparison> = OnceLock::new();
    ALL.get_or_init(|| compare(&shipped().iter().collect::<Vec<_>>()))
}

fn json(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

/// Whatever a comparison says of one study alone, by the place where it says so. Views of propositions are told only of
/// those that another study shares, so that they stand apart.
fn entries(compared: &Value, study: &str) -> (BTreeMap<String, Value>, BTreeMap<String, Value>) {
    let of = |list: &Value| list.as_array().unwrap().iter().find(|one| one["study"] == study).cloned();
    let (mut own, mut views) = (BTreeMap::new(), BTreeMap::new());
    for (place, list) in [
        ("coverage", &compared["coverage"]),
        ("congruence", &compared["congruence"]["studies"]),
        ("gaps", &compared["gaps"]),
        ("relevance", &compared["relevance"]),
    ] {
        own.insert(place.to_owned(), of(list).unwrap());
    }
    let lists = [
        ("dimension", &compared["dimensions"]),
        ("field", &compared["congruence"]["by_field"]),
        ("tier", &compared["congruence"]["by_tier"]),
    ];
    for (key, list) in lists {
        for one in list.as_array().unwrap() {
            own.extend(of(&one["studies"]).map(|entry| (format!("{key} {}", one[key]), entry)));
        }
    }
    for one in compared["consensus"]["shared"].as_array().unwrap() {
        views.extend(of(&one["studies"]).map(|entry| (one["proposition"].to_string(), entry)));
    }
    (own, views)
}

#[track_caller]
fn same_of_each(compared: &Comparison) {
    let (whole, part) = (json(all()), json(compared));
    for study in compared.studies() {
        let (own, views) = entries(&part, study.as_str());
        let (of_all, views_of_all) = entries(&whole, study.as_str());
        assert!(own.len() > 15, "{study}: {}", own.len());
        assert_eq!(own, of_all, "{study}");
        for (proposition, view) in views {
            assert_eq!(views_of_all[&proposition], view, "{study} {proposition}");
        }
    }
}

#[test]
fn a_study_is_told_the_same_whatever_stands_beside_it() {
    let cases = shipped();
    for (at, one) in cases.iter().enumerate() {
        for other in &cases[at + 1..] {
            same_of_each(&compare(&[one, other]));
        }
        let rest: Vec<&Assessment> = cases.iter().filter(|other| other.head().id != one.head().id).collect();
        same_of_each(&compare(&rest));
    }
}

#[test]
fn two_studies_lie_apart_whatever_else_stands_beside_them() {
    let cases = shipped();
    let pairs = |compared: &Comparison| -> BTreeSet<(String, String, String)> {
        let of = |place: String, list: &[Apart]| {
            list.iter().map(|pair| (place.clone(), pair.above.to_string(), pair.below.to_string())).collect::<Vec<_>>()
        };
        let dimensions = compared.dimensions.iter().flat_map(|one| of(format!("dimension {}", one.dimension), &one.apart));
        let fields = compared.congruence.by_field.iter().flat_map(|one| of(format!("field {}", one.field), &one.apart));
        let tiers = compared.congruence.by_tier.iter().flat_map(|one| of(format!("tier {}", one.tier), &one.apart));
        dimensions.chain(fields).chain(tiers).chain(of("congruence".into(), &compared.congruence.apart)).collect()
    };
    let mut of_pairs = BTreeSet::new();
    for (at, one) in cases.iter().enumerate() {
        for other in &cases[at + 1..] {
            of_pairs.extend(pairs(&compare(&[one, other])));
        }
    }
    assert!(!of_pairs.is_empty());
    assert_eq!(pairs(all()), of_pairs);
}

#[test]
fn the_order_of_studies_only_reorders() {
    let sorted = |mut compared: Comparison| {
        let apart = |list: &mut Vec<Apart>| list.sort_by(|a, b| (&a.above, &a.below).cmp(&(&b.above, &b.below)));
        compared.coverage.sort_by(|a, b| a.study.cmp(&b.study));
        compared.gaps.sort_by(|a, b| a.study.cmp(&b.study));
        compared.relevance.sort_by(|a, b| a.study.cmp(&b.study));
        compared.consensus.alone.sort();
        compared.consensus.shared.iter_mut().for_each(|one| one.studies.sort_by(|a, b| a.study.cmp(&b.study)));
        for one in &mut compared.dimensions {
            one.studies.sort_by(|a, b| a.study.cmp(&b.study));
            apart(&mut one.apart);
        }
        let congruence = &mut compared.congruence;
        congruence.studies.sort_by(|a, b| a.study.cmp(&b.study));
        apart(&mut congruence.apart);
        for one in &mut congruence.by_field {
            one.studies.sort_by(|a, b| a.study.cmp(&b.study));
            apart(&mut one.apart);
        }
        for one in &mut congruence.by_tier {
            one.studies.sort_by(|a, b| a.study.cmp(&b.study));
            apart(&mut one.apart);
        }
        compared.not_comparable.iter_mut().for_each(|one| one.studies.sort());
        compared.not_comparable.sort_by(|a, b| (&a.what, &a.studies).cmp(&(&b.what, &b.studies)));
        compared
    };
    let mut order: Vec<&Assessment> = shipped().iter().collect();
    let wanted = sorted(all().clone());
    for turn in 0..2 * order.len() {
        order.rotate_left(1);
        if turn == order.len() {
            order.reverse();
        }
        let compared = compare(&order);
        assert!(compared.studies().eq(order.iter().map(|one| &one.head().id)), "the order is kept");
        assert!(compared.consensus.alone.iter().map(|(study, _)| study).eq(compared.studies()));
        assert_eq!(sorted(compared), wanted);
    }
}

/// The two ends that an entry prints: of a balance that has a band, or of a level.
fn printed(entry: &Value) -> Option<(f64, f64)> {
    let level =
        |name: &Value| ["absent", "marginal", "partial", "substantial", "full"].iter().position(|known| name == known).unwrap() as f64;
    if let Some(headline) = entry.get("headline") {
        return (headline["status"] == "known").then(|| (level(&headline["low"]), level(&headline["high"])));
    }
    let balance = &entry["balance"];
    (!entry["band"].is_null()).then(|| (balance["low"].as_f64().unwrap(), balance["high"].as_f64().unwrap()))
}

#[test]
fn apart_are_exactly_those_whose_printed_ranges_are_disjoint() {
    let compared = json(all());
    let congruence = &compared["congruence"];
    let groups = [&compared["dimensions"], &congruence["by_field"], &congruence["by_tier"]].map(|list| list.as_array().unwrap());
    let groups = groups.into_iter().flatten().chain([congruence]);
    let (mut found, mut overlaps) = (0, 0);
    for group in groups {
        let studies = group["studies"].as_array().unwrap();
        let mut wanted = BTreeSet::new();
        for one in studies {
            for other in studies.iter().filter(|other| other["study"] != one["study"]) {
                match printed(one).zip(printed(other)) {
                    Some((one_ends, others)) if one_ends.0 > others.1 => {
                        wanted.insert((one["study"].to_string(), other["study"].to_string()));
                    }
                    Some(_) => overlaps += 1,
                    None => {}
                }
            }
        }
        let apart = group["apart"].as_array().unwrap();
        let told: BTreeSet<(String, String)> = apart.iter().map(|pair| (pair["above"].to_string(), pair["below"].to_string())).collect();
        assert_eq!(apart.len(), told.len(), "each pair once");
        assert_eq!(told, wanted);
        found += told.len();
    }
    assert!(found > 0 && overlaps > 0, "{found} apart, {overlaps} not above");
}

#[test]
fn every_address_leads_to_its_gap() {
    for (assessment, gaps) in shipped().iter().zip(&all().gaps) {
        let lags = [&gaps.mandate_lags, &gaps.mandate_lags_in_part, &gaps.arrivals, &gaps.completions];
        let addresses = lags.into_iter().flatten().map(|lag| &lag.address).chain(gaps.overstretch.iter().map(|of| &of.address));
        let mut told = 0;
        for address in addresses {
            assert!(assessment.explain(address).is_ok(), "{} {address}", gaps.study);
            told += 1;
        }
        assert!(told > 0, "{}", gaps.study);
    }
}

#[test]
fn a_comparison_says_what_the_assessments_say() {
    let compared = all();
    for (at, assessment) in shipped().iter().enumerate() {
        let (id, congruence) = (&assessment.head().id, assessment.congruence());
        let told = &compared.congruence.studies[at];
        assert_eq!((&told.study, told.whole.headline), (id, congruence.headline().headline));
        assert_eq!((told.whole.bounds, told.whole.weight), (congruence.whole.bounds, congruence.whole.coverage.weight));
        assert_eq!((&told.links, told.whole.tasks), (&congruence.whole.links, congruence.whole.coverage.tasks.applicable));
        assert_eq!(told.confidence, assessment.confidence().congruence.carries);
        let coverage = &compared.coverage[at];
        assert_eq!((coverage.assessed, coverage.bounds), (congruence.whole.coverage, congruence.whole.bounds));
        assert_eq!((&coverage.origins, coverage.window), (assessment.origins(), assessment.head().window));
        for (result, of) in assessment.dimensions().iter().zip(&compared.dimensions) {
            let told = &of.studies[at];
            assert_eq!((&of.dimension, of.role, &told.study), (&result.id, result.role, id));
            assert_eq!((told.band, told.balance, &told.verdict), (result.whole.band, result.whole.balance, &result.verdict));
            let carried = assessment.confidence().dimensions.iter().find(|carried| carried.id == result.id).unwrap();
            assert_eq!(told.confidence, carried.carried.carries);
            let neutral = result.whole.issues[&FindingKind::Neutral];
            assert_eq!(told.issues + neutral, result.whole.issues.values().sum::<usize>());
        }
        let gaps = &compared.gaps[at];
        let own = assessment.gaps().iter().filter(|gap| gap.only_under.is_none());
        assert_eq!(gaps.by_kind.iter().map(|of| of.count).sum::<usize>(), own.clone().count());
        for of in &gaps.by_kind {
            assert_eq!(of.count, own.clone().filter(|gap| gap.kind.name() == of.kind).count());
        }
        assert_eq!(gaps.overstretch.len(), gaps.count("overstretch"));
        assert_eq!(
            (gaps.mandate_lags.len(), gaps.mandate_lags_in_part.len()),
            (gaps.count("mandate-lag"), gaps.count("mandate-lag-in-part"))
        );
        let (relevance, whole) = (&compared.relevance[at], &assessment.relevance().whole);
        let sum = |pick: fn(&TargetOf) -> usize| relevance.targets.iter().map(pick).sum::<usize>();
        let situation = [&whole.situation.better, &whole.situation.same, &whole.situation.worse, &whole.situation.contested];
        assert_eq!([sum(|of| of.better), sum(|of| of.same), sum(|of| of.worse), sum(|of| of.contested)], situation.map(Vec::len));
        assert_eq!((sum(|of| of.effects), sum(|of| of.risks)), (assessment.relevance().coverage.effects, whole.risks.len()));
        assert_eq!(sum(|of| of.credited.values().sum()), whole.credited.compared.values().map(Vec::len).sum::<usize>());
        let last = assessment.relevance().drivers.last().unwrap();
        let drivers = relevance.drivers.as_ref().unwrap();
        assert_eq!((&drivers.phase, drivers.critical), (&last.phase, last.critical));
        assert_eq!(drivers.in_full + drivers.in_part + drivers.not_met, drivers.critical);
        let asked = compared.consensus.shared.iter().filter(|of| of.studies.iter().any(|view| view.study == *id)).count();
        assert_eq!(asked + compared.consensus.alone[at].1, assessment.consensus().len());
        for of in assessment.consensus() {
            let shared = compared.consensus.shared.iter().find(|shared| shared.proposition == of.proposition);
            let Some(view) = shared.and_then(|shared| shared.studies.iter().find(|view| view.study == *id)) else { continue };
            assert_eq!((view.reading, view.voices, view.open), (of.whole.reading, of.whole.voices, of.whole.shares.open));
            assert_eq!(view.a, of.whole.directions.as_ref().map(|told| told.a));
        }
    }
}

/// Tiers once more, from the shares by tier that the assessment prints: sums of exact fractions, cut in half.
#[test]
fn tiers_agree_with_the_distribution_by_tier() {
    let compared = &all().congruence;
    for assessment in shipped() {
        for (told, tier) in assessment.congruence().whole.by_tier.iter().zip(&compared.by_tier) {
            assert_eq!(told.tier, tier.tier);
            let shares = told.levels.iter().chain([&told.not_assessed]);
            let whole = shares.clone().fold(1_u128, |whole, share| whole.max(u128::from(share.of())));
            let whole = shares.clone().fold(whole, |whole, share| {
                let of = u128::from(share.of()).max(1);
                (1..).map(|times| whole * times).find(|multiple| multiple % of == 0).unwrap()
            });
            let weights: Vec<u128> = shares.map(|share| u128::from(share.part()) * (whole / u128::from(share.of()).max(1))).collect();
            let assessed: u128 = weights[..5].iter().sum();
            let part = tier.studies.iter().find(|one| one.study == assessment.head().id).map(|one| one.part);
            assert_eq!(part.is_some(), assessed + weights[5] > 0);
            let Some(part) = part else { continue };
            assert_eq!(u128::from(part.weight.part()) * (assessed + weights[5]), assessed * u128::from(part.weight.of()));
            let mut sum = 0;
            let half = weights[..5].iter().position(|weight| {
                sum += weight;
                sum * 2 >= assessed
            });
            let known = assessed > 0 && assessed * 2 >= assessed + weights[5];
            assert_eq!(part.headline.level().map(|level| usize::from(level.index())), half.filter(|_| known), "{}", tier.tier);
        }
    }
}

// --- As it is written ------------------------------------------------------------------------------------------------

fn keys(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                found.insert(key.clone());
                keys(value, found);
            }
        }
        Value::Array(list) => list.iter().for_each(|value| keys(value, found)),
        _ => {}
    }
}

#[test]
fn it_is_written_without_a_total_or_a_rank() {
    let text = serde_json::to_string(all()).unwrap();
    let place = |key: &str| text.find(&format!("\"{key}\":")).unwrap();
    let tops =
        ["schema", "framework", "method", "coverage", "dimensions", "congruence", "gaps", "relevance", "consensus", "not_comparable"];
    let compared = json(all());
    let names: BTreeSet<&str> = compared.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names, BTreeSet::from(tops));
    assert!(place("schema") < place("framework") && place("framework") < place("method"));
    assert_eq!(compared["schema"], "peaceops-comparison/1");
    assert_eq!(compared["framework"], serde_json::json!({ "id": "epon-2019", "version": "2019" }));
    assert_eq!(compared["method"], json(&Method::default()), "the choices, and not their name alone");
    let mut found = BTreeSet::new();
    keys(&compared, &mut found);
    for word in ["total", "rank", "ranks", "ranking", "score", "scores", "mean", "average", "wins", "best", "sum", "place", "position"] {
        let named: Vec<&String> = found.iter().filter(|key| key.split(['_', '-']).any(|part| part == word)).collect();
        assert!(named.is_empty(), "{word}: {named:?}");
    }
    assert_eq!(serde_json::to_string(&compare(&shipped().iter().collect::<Vec<_>>())).unwrap(), text, "the same bytes");
}

#[test]
fn a_thousand_studies_stand_side_by_side() {
    let of = |told: &str| CaseDocument::from(&level("one", told).append("case.toml", &findings("+3 +3 +3 -1")).study());
    let documents = [of("1"), of("3 2 4"), of("4")];
    let all: Vec<Assessment> = (0..1000)
        .map(|at| {
            let mut document = documents[at % 3].clone();
            document.study.as_mut().unwrap().id = format!("s{at}");
            CaseStudy::try_from(document).unwrap().assess(&Method::default())
        })
        .collect();
    let compared = compare(&all.iter().collect::<Vec<_>>());
    // 334 marginal, 333 from partial to full, 333 full: the first lie below all others, which overlap
    assert_eq!(compared.congruence.apart.len(), 334 * 666);
    assert!(compared.dimensions.iter().all(|of| of.apart.is_empty()), "all have one balance");
    assert_eq!(compared.coverage.len(), 1000);
}

#[cfg(feature = "parallel")]
#[test]
fn threads_do_not_matter() {
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        // fresh ones: what an assessment makes when first asked is made on these threads
        let fresh: Vec<Assessment> = shipped().iter().map(|one| one.study().assess(one.method())).collect();
        serde_json::to_string(&pool.install(|| compare(&fresh.iter().collect::<Vec<_>>()))).unwrap()
    };
    assert_eq!(with(1), with(5));
}
