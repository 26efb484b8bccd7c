//! What the whole is of and what stands beside it, worked by hand: main phases, tasks of other missions,
//! bodies that ask in parallel, contributors, headings, and the origins of what is counted.

#![cfg(all(feature = "toml", feature = "csv"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests stop at what they did not expect")]

use crate::common::Case;
use peaceops::CaseDocument;
use peaceops::model::Warning;
use peaceops::scale::{Level, Origin};
use peaceops::scoring::{Assessment, GapKind, Method};
use peaceops::uncertainty::LeftOut;

/// Three phases, the last two of them main; A (core, 3) and B (additional, 2) in all, C in none for long,
/// X asked of an office beside the mission.
const CASE: &str = r#"
study = { id = "s", title = "A study", framework = "epon-2019", missions = ["m"], when = "2013..2015", area = "land" }
mission = [
  { id = "m", name = "A mission", host = "A state", authorised_by = ["au-psc", "un-sc"], when = "2013..", cite = ["R p1"] },
  { id = "office", name = "An office", acronym = "OFF", host = "A state", authorised_by = ["un-sc"], when = "2010..", supports = ["m"], cite = ["R p1"] },
]
source = [
  { id = "R", origin = "report", title = "The report" },
  { id = "N", origin = "authors", title = "Its authors elsewhere" },
  { id = "O", origin = "outside", title = "Another text" },
]
region = [{ id = "land", name = "The land", unit = true }, { id = "n", name = "The north", in = "land" }, { id = "abroad", name = "Abroad" }]
phase = [{ id = "P1", when = "2013" }, { id = "P2", when = "2014", main = true }, { id = "P3", when = "2015", main = true }]
instrument = [
  { id = "au", body = "au-psc", number = "1", adopted = "2013-01-10", cite = ["R p1"] },
  { id = "un", body = "un-sc", number = "2", adopted = "2013-02", cite = ["R p1"] },
  { id = "un-office", body = "un-sc", mission = "office", number = "3", adopted = "2012-01-01", cite = ["R p1"] },
]
activity = [
  { id = "act-x", title = "Flights", when = "2014", where = ["land"], serves = ["X"], cite = ["R p6"] },
  { id = "act-no", title = "No stores", when = "2014", where = ["land"], serves = ["X"], done = false, cite = ["R p6"] },
]
driver = [{ id = "D", title = "Hunger", since = { land = "2012" }, critical = true, met_by = ["X"], cite = ["R p7"] }]
finding = [
  { id = "F1", title = "Trusted at first", dimension = "legitimacy", issue = "trust", kind = "strength", salience = "major", when = "2013", cite = ["R p8"] },
  { id = "F2", title = "Blamed for harm", dimension = "legitimacy", issue = "harm", kind = "limitation", salience = "major", when = "2014", cite = ["O p8"] },
  { id = "F3", title = "Seen as fair", dimension = "legitimacy", issue = "fair", kind = "strength", salience = "minor", when = "undated", cite = ["R p9"] },
  { id = "F4", title = "Known to few", dimension = "legitimacy", issue = "known", kind = "limitation", salience = "moderate", when = "mission", cite = ["N p9"] },
]
effect = [
  { id = "E1", title = "Calm at first", on = "violence", where = ["land"], when = "2013", observed = { change = 2, because = "Calm" }, contribution = { grade = "none" }, cite = ["R p10"] },
  { id = "E2", title = "Attacks", on = "violence", where = ["land"], when = "2014..2015", observed = { change = -2, because = "More" }, contribution = { grade = "none" }, cite = ["O p10"] },
]
contributor = [
  { id = "K1", name = "Uganda", where = ["n"], when = "2013-03..2014-02", amount = { troops = 4000 }, cite = ["R p11"] },
  { id = "K2", name = "Kenya", where = ["land"], when = "undated", cite = ["O p11"] },
]
heading = [{ id = "H1", title = "Guarding people", dimensions = ["legitimacy"], fields = ["protection"], cite = ["R p12"] }]

[[task]]
id = "A"
title = "Guard people"
short = "Guard people"
field = "protection"
when = "2013-01-10.."
by = "au"
tier = "core"
where = ["land"]
text = "Guard the people"
cite = ["R p2"]
also_by = [{ by = "un", text = "Protect civilians under threat", cite = ["R p3"] }]

[[task]]
id = "B"
title = "Train the police"
short = "Train the police"
field = "reform"
when = "2013-02-01.."
by = "un"
tier = "additional"
where = ["land"]
cite = ["R p2"]

[[task]]
id = "C"
title = "Count voters"
short = "Count voters"
field = "elections"
when = "2013-02-01..2013-02-20"
by = "au"
tier = "enabling"
where = ["land"]
cite = ["R p2"]

[[task]]
id = "X"
title = "Supply the force"
short = "Supply"
field = "protection"
mission = "office"
when = "2013.."
by = "un-office"
tier = "strategic"
where = ["land"]
replaces = ["B"]
cite = ["R p2"]
"#;

/// All four links of a task at one level in one phase.
fn rating(task: &str, phase: &str, level: &str, rests_on: &str) -> String {
    let link = |link: &str| format!("{link} = {{ level = \"{level}\", because = \"Told\", rests_on = [{rests_on}] }}\n");
    let links: String = ["mandate", "resources", "capabilities", "activities"].map(link).concat();
    format!("\n[[rating]]\ntask = \"{task}\"\nphase = \"{phase}\"\n{links}")
}

fn case() -> Case {
    let ratings = [
        rating("A", "P1", "full", "\"F1\""),
        rating("B", "P1", "full", "\"F1\""),
        rating("A", "P2", "marginal", "\"F2\", \"F1\""),
        rating("B", "P2", "marginal", ""),
        rating("A", "P3", "partial", "\"F2\""),
        rating("B", "P3", "marginal", "\"F4\""),
    ];
    Case::one("case.toml", CASE).append("case.toml", &ratings.concat())
}

fn assess(case: &Case) -> Assessment {
    case.study().assess(&Method::default())
}

fn unmarked() -> Case {
    let case = case().patch("case.toml", "when = \"2014\", main = true", "when = \"2014\"");
    case.patch("case.toml", "when = \"2015\", main = true", "when = \"2015\"")
}

#[test]
fn the_whole_is_of_the_main_phases() {
    let assessment = assess(&case());
    let congruence = assessment.congruence();
    // P2: A marginal 3, B marginal 2. P3: A partial 3, B marginal 2. Marginal has 7 of 10.
    assert_eq!(congruence.whole.headline.level(), Some(Level::Marginal));
    assert_eq!(congruence.whole.distribution.map(|share| (share.part(), share.of()))[1], (7, 10));
    assert_eq!(congruence.by_region[0].profile.headline.level(), Some(Level::Marginal));
    assert_eq!(congruence.whole.coverage.tasks.applicable, 2);
    // A: marginal 3 and partial 3 of 6; the lower median is marginal. Its cell of P1 is still told.
    let a = congruence.task("A").unwrap();
    assert_eq!((a.level, a.cells.len(), a.assessed), (Some(Level::Marginal), 3, 3));
    // P1 has a result of its own, and its change to P2 is told.
    assert_eq!(congruence.profile(Some("P1"), None).unwrap().headline.level(), Some(Level::Full));
    assert_eq!(congruence.changes[0].lower.len(), 2);
    // With all phases: full 5, partial 3, marginal 7 of 15; half is 7.5, so partial.
    let all = assess(&unmarked());
    assert_eq!(all.congruence().whole.headline.level(), Some(Level::Partial));
    assert_eq!(all.congruence().task("A").unwrap().level, Some(Level::Partial));
    // All phases marked is no phase marked.
    let marked = assess(&case().patch("case.toml", "{ id = \"P1\", when = \"2013\" }", "{ id = \"P1\", when = \"2013\", main = true }"));
    assert_eq!(marked.congruence(), all.congruence());
    assert_eq!((marked.dimensions(), marked.relevance()), (all.dimensions(), all.relevance()));
    // A day is a whole of its own, whichever phase holds it.
    let day = assessment.as_of("2013-06-01".parse().unwrap()).unwrap();
    assert_eq!(day.profile.headline.level(), Some(Level::Full));
    assert_eq!(assessment.head().main.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["P2", "P3"]);
}

#[test]
fn tipping_and_what_is_left_out_are_of_the_main_phases() {
    let study = case().study();
    let tipping = study.tipping(&Method::default(), peaceops::uncertainty::TippingRule::default());
    assert_eq!(tipping.of(None, None).unwrap().headline, Level::Marginal);
    // Without A its weight is lost: 3 in P2 and 3 in P3 of the 10 assessed; its cell of P1 is not of the whole.
    let lost = |study: &peaceops::CaseStudy| {
        let all = study.influence(&Method::default());
        all.into_iter().find(|one| one.left_out == LeftOut::Task("A".parse().unwrap())).unwrap().lost.to_string()
    };
    assert_eq!(lost(&study), "3 of 5");
    // With all phases it is 9 of 15: the same share here, so B's P1 is left out of force to tell them apart.
    let later = |case: Case| case.patch("case.toml", "when = \"2013-02-01..\"\nby", "when = \"2014..\"\nby").study();
    assert_eq!((lost(&later(case())).as_str(), lost(&later(unmarked())).as_str()), ("3 of 5", "9 of 13"));
}

#[test]
fn dated_rows_of_other_phases_leave_the_whole() {
    let assessment = assess(&case());
    let legitimacy = assessment.dimension("legitimacy").unwrap();
    let ids = |count: &peaceops::scoring::Count| count.findings.iter().map(ToString::to_string).collect::<Vec<_>>();
    // F1 is dated to P1; F3 is undated and F4 of the whole mission, so that they stay.
    assert_eq!(ids(&legitimacy.whole), ["F2", "F3", "F4"]);
    assert_eq!(ids(&legitimacy.by_phase[0].count), ["F1", "F4"]);
    assert_eq!(ids(&legitimacy.by_phase[1].count), ["F2", "F4"]);
    let relevance = assessment.relevance();
    assert_eq!((relevance.whole.situation.better.len(), relevance.whole.situation.worse.len()), (0, 1));
    assert_eq!(relevance.by_phase[0].tally.situation.better.len(), 1);
    assert_eq!(relevance.coverage.effects, 1);
}

#[test]
fn tasks_of_other_missions_have_no_part_in_any_result() {
    let assessment = assess(&case());
    assert!(assessment.congruence().task("X").is_none());
    // X replaces B on paper; as it is not the mission's, B keeps its cells.
    assert_eq!(assessment.congruence().task("B").unwrap().cells.len(), 3);
    let names = |gap: &&peaceops::scoring::Gap| gap.rows.iter().any(|row| *row == *"X" || row.as_str().starts_with("act-"));
    assert_eq!(assessment.gaps().iter().filter(names).count(), 0);
    let unmet = |gap: &&peaceops::scoring::Gap| matches!(&gap.kind, GapKind::UnaddressedDriver { throughout: true, .. });
    assert_eq!(assessment.gaps().iter().filter(unmet).count(), 1, "an office's task meets no driver");
    assert!(assessment.relevance().drivers.iter().all(|phase| phase.addressed.part() == 0));
    // The office began in 2010; the mission did in 2013.
    assert_eq!(assessment.study().mission_start().to_string(), "2013-01-01");
    let tree = assessment.explain("X").unwrap().to_string();
    assert!(tree.starts_with("X  Supply the force: a task of OFF, which is not studied"), "{tree}");
    // The same task asked of the mission itself is one of its tasks.
    let own = assess(&case().patch("case.toml", "mission = \"office\"\nwhen", "mission = \"m\"\nwhen"));
    assert_eq!(own.congruence().task("X").unwrap().cells.len(), 3);
    let study = case().patch("case.toml", "mission = \"office\"\nwhen", "when").study();
    let warned =
        |w: &Warning| w.to_string() == "X: un-office is of a mission that is not studied, and the task names no mission [mission-differs]";
    assert!(study.warnings().iter().any(warned));
}

/// Nor do the texts of an office stand beside a series of the mission that it supports.
#[test]
fn instruments_of_other_missions_stand_beside_no_series() {
    let series = "\n[[indicator]]\nid = \"deaths\"\ntitle = \"Deaths\"\nunit = \"persons\"\nkind = \"flow\"\ncite = [\"R p13\"]\n";
    let rows = "row,indicator,when,region,value,scope,cite,note\n,deaths,2013,land,4,,R p13,\n";
    let assessment = assess(&case().append("case.toml", series).with("observations.csv", rows));
    let beside: Vec<&str> = assessment.indicators()[0].mandates.iter().map(|beside| beside.instrument.as_str()).collect();
    assert_eq!(beside, ["au", "un"]);
}

#[test]
fn bodies_in_parallel() {
    let assessment = assess(&case());
    let mandates = assessment.mandates().unwrap();
    let told: Vec<(Vec<&str>, Vec<&str>)> = mandates
        .tasks
        .iter()
        .map(|of| (of.bodies.iter().map(|id| id.as_str()).collect(), of.tasks.iter().map(|id| id.as_str()).collect()))
        .collect();
    assert_eq!(told, [(vec!["au-psc"], vec!["C"]), (vec!["un-sc"], vec!["B"]), (vec!["au-psc", "un-sc"], vec!["A"])]);
    assert_eq!(mandates.count(&["un-sc", "au-psc"]), 1);
    // From 10 January to the first and to the last day of February: 22 to 49 days.
    let days = mandates.days().unwrap();
    assert_eq!((days.least, days.most), (22, 49));
    assert_eq!((mandates.lags[0].first.as_str(), mandates.lags[0].then.as_str()), ("au-psc", "un-sc"));
    assert_eq!(mandates.wordings[0].texts[1].1, "Protect civilians under threat");
    // One body alone is no parallel mandate.
    let alone =
        case().patch("case.toml", "\nalso_by = [{ by = \"un\", text = \"Protect civilians under threat\", cite = [\"R p3\"] }]", "");
    let alone = alone.patch("case.toml", "by = \"un\"\ntier", "by = \"au\"\ntier");
    assert!(assess(&alone).mandates().is_none());
    // A second text of the first body is a change, not a parallel mandate.
    let same = case().patch("case.toml", "also_by = [{ by = \"un\"", "also_by = [{ by = \"au\"").study();
    let warned =
        |w: &Warning| w.to_string() == "A: au is of the body that asked for it first; a later text of one body is a change [same-body]";
    assert!(same.warnings().iter().any(warned));
    assert_eq!(assess(&case()).study().warnings().iter().filter(|w| w.code() == "same-body").count(), 0);
}

#[test]
fn contributors_as_of_a_day() {
    let assessment = assess(&case());
    let on = |day: &str| {
        let day: Vec<(String, bool)> =
            assessment.as_of(day.parse().unwrap()).unwrap().contributors.iter().map(|held| (held.name.clone(), held.surely)).collect();
        day
    };
    let uganda = |surely| vec![("Uganda".to_owned(), surely)];
    assert_eq!(on("2013-02-28"), []);
    assert_eq!(on("2013-03-15"), uganda(false), "it began on some day of March");
    assert_eq!(on("2013-03-31"), uganda(true));
    assert_eq!(on("2014-02-01"), uganda(true));
    assert_eq!(on("2014-02-10"), uganda(false), "it ended on some day of February");
    assert_eq!(on("2014-03-01"), []);
    let tree = assessment.explain("land").unwrap().to_string();
    assert!(tree.contains("K1 Uganda: troops 4000, n, 2013-03..2014-02"), "{tree}");
    assert!(assessment.explain("P3/land").unwrap().parts.iter().all(|part| !part.text.contains("Uganda")));
    assert!(assessment.explain("n").unwrap().to_string().contains("Uganda"));
    assert!(assessment.explain("K1").unwrap().to_string().contains("2013-03..2014-02"));
}

#[test]
fn headings_of_the_report() {
    let assessment = assess(&case());
    let [heading] = assessment.headings() else { panic!("one heading") };
    // Tasks in the field of protection: A; X is not the mission's. Findings on legitimacy: four.
    assert_eq!((heading.tasks, heading.findings), (1, 4));
    let json = serde_json::to_value(&assessment).unwrap();
    assert_eq!(json["headings"][0]["dimensions"][0], "legitimacy");
    assert!(assessment.explain("H1").unwrap().to_string().contains("legitimacy: "));
}

#[test]
fn origins_of_what_the_whole_counts() {
    let assessment = assess(&case());
    let origins = assessment.origins();
    // Ratings of P2 and P3, four links each, A weighing 3 and B 2 each time: 40 in all. A in P2 rests on a row of
    // the report too; A in P3 on an outside one; B in P2 on none; B in P3 on the authors.
    let of = |origin| (origins.ratings.rows(origin), origins.ratings.weight(origin).to_string());
    assert_eq!(of(Origin::Report), (4, "3 of 10".into()));
    assert_eq!(of(Origin::Authors), (4, "1 of 5".into()));
    assert_eq!(of(Origin::Outside), (4, "3 of 10".into()));
    assert_eq!(of(Origin::Coder), (4, "1 of 5".into()));
    // F2 (major, 3) outside, F3 (minor, 1) of the report, F4 (moderate, 2) of its authors; F1 is not of the whole.
    let of = |origin| origins.findings.weight(origin).to_string();
    assert_eq!([of(Origin::Report), of(Origin::Authors), of(Origin::Outside)], ["1 of 6", "1 of 3", "1 of 2"]);
    assert_eq!((origins.effects.all, origins.effects.rows(Origin::Outside)), (1, 1));
    assert_eq!(origins.positions.all, 0);
    let legitimacy = origins.dimensions.iter().find(|of| of.id == *"legitimacy").unwrap();
    assert_eq!(legitimacy.findings, origins.findings);
}

#[test]
fn what_is_written_reads_the_same() {
    let study = case().study();
    let document = CaseDocument::from(&study);
    let texts = document.to_texts();
    assert!(texts.iter().any(|(name, _)| name == "contributor.toml"));
    let again = peaceops::CaseStudy::from_texts(texts.iter().map(|(name, text)| (name.as_str(), text.as_str()))).unwrap();
    assert_eq!(again, study);
    assert_eq!(CaseDocument::from(&again), document);
}
