//! Influence, what to ask next, and choices: each against a study whose records were changed instead.

#![cfg(all(feature = "toml", feature = "csv"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests stop at what they did not expect")]

mod moves;
mod removed;

use crate::common::Case;
use peaceops::document::record::JudgementRecord;
use peaceops::measure::Weight;
use peaceops::scale::{Level, Link};
use peaceops::scoring::{Assessment, Headline, Method};
use peaceops::uncertainty::{Choice, Influence, Inquiry, LeftOut, Move};
use peaceops::{CaseDocument, CaseStudy};

const CASE: &str = r#"
study = { id = "s", title = "A study", framework = "epon-2019", missions = ["m"], when = "2019..2020", area = "land" }
mission = [{ id = "m", name = "A mission", host = "A state", authorised_by = ["un-sc"], when = "2019..2020", cite = ["R p1"] }]
source = [{ id = "R", origin = "report", title = "The report" }, { id = "S", origin = "outside", title = "Another" }]
region = [
  { id = "land", name = "The land" },
  { id = "north", name = "The north", in = "land", unit = true },
  { id = "south", name = "The south", in = "land", unit = true },
]
phase = [{ id = "P1", when = "2019" }, { id = "P2", when = "2020" }]
instrument = [{ id = "res", body = "un-sc", number = "1", adopted = "2019-01-01", cite = ["S p1"] }]
pool = [{ id = "force", title = "The force" }]
evidence = [
  { id = "E1", title = "Talks", kind = "interview", when = "2019", sides = ["population"], independence = "talks", cite = ["R p1"] },
  { id = "E2", title = "More talks", kind = "interview", when = "2019", sides = ["population"], independence = "talks", cite = ["R p2"] },
  { id = "E3", title = "Counts", kind = "dataset", when = "2019", sides = ["mission"], cite = ["S p3"] },
]

[[task]]
id = "T1"
title = "Protect"
short = "Protect"
field = "protection"
when = "2019.."
by = "res"
tier = "strategic"
where = ["land"]
pool = "force"
cite = ["R p2"]

[[task]]
id = "T2"
title = "Support"
short = "Support"
field = "politics"
when = "2019.."
by = "res"
tier = "core"
where = ["north"]
pool = "force"
cite = ["R p2"]

[[task]]
id = "T3"
title = "Train"
short = "Train"
field = "politics"
when = "2020"
by = "res"
tier = "additional"
where = ["south"]
cite = ["R p2"]

[[rating]]
task = "T1"
mandate = { level = "full", because = "so", rests_on = ["E3"] }
activities = { level = "partial", low = "marginal", because = "so", rests_on = ["E1", "E2"] }

[[rating]]
task = "T2"
mandate = { level = "full", because = "so" }
activities = { level = "marginal", high = "full", because = "so", rests_on = ["E1", "E3"] }

[[rating]]
task = "T3"
mandate = { level = "full", because = "so" }
resources = { level = "substantial", because = "so" }
capabilities = { not_assessed = "silent" }
activities = { level = "substantial", because = "so" }

[[rating]]
pool = "force"
resources = { level = "substantial", because = "so", rests_on = ["E1"] }
capabilities = { level = "substantial", low = "partial", high = "full", because = "so", rests_on = ["res"] }
"#;

fn study() -> CaseStudy {
    Case::one("case.toml", CASE).study()
}

fn headlines(assessment: &Assessment) -> Vec<(Option<String>, Option<String>, Headline)> {
    let congruence = assessment.congruence();
    let phases = [None, Some("P1"), Some("P2")];
    let groups = phases.into_iter().flat_map(|phase| [None, Some("north"), Some("south")].map(|region| (phase, region)));
    groups.map(|(p, r)| (p.map(String::from), r.map(String::from), congruence.profile(p, r).unwrap().headline)).collect()
}

/// The headlines that differ between two assessments, as moves; those of one unit left away.
fn moved(from: &Assessment, to: &Assessment, without: Option<&str>) -> Vec<Move> {
    let both = headlines(from).into_iter().zip(headlines(to));
    let differ = both.filter(|((_, region, a), (.., b))| a != b && (region.is_none() || region.as_deref() != without));
    let id = |text: Option<String>| text.map(|text| text.parse().unwrap());
    differ
        .map(|((phase, region, from), (.., to))| Move::Congruence {
            phase: id(phase),
            region: region.map(|r| r.parse().unwrap()),
            from,
            to,
        })
        .collect()
}

fn edited(change: impl FnOnce(&mut CaseDocument)) -> Assessment {
    let mut document = CaseDocument::from(&study());
    change(&mut document);
    CaseStudy::try_from(document).unwrap_or_else(|problems| panic!("{problems}")).assess(&Method::default())
}

fn silent() -> Option<JudgementRecord> {
    Some(JudgementRecord { not_assessed: Some("left out".into()), ..Default::default() })
}

fn of<'a>(table: &'a [Influence], name: &str) -> &'a Influence {
    table.iter().find(|one| one.left_out.to_string() == name).unwrap_or_else(|| panic!("no {name}"))
}

/// The moves of headlines of congruence.
fn of_congruence(one: &Influence) -> Vec<Move> {
    one.moves.iter().filter(|one| matches!(one, Move::Congruence { .. })).cloned().collect()
}

// --- Influence -------------------------------------------------------------------------------------------------------

#[test]
fn what_is_left_out_is_as_if_it_were_not_in_the_records() {
    let study = study();
    let (base, table) = (study.assess(&Method::default()), study.influence(&Method::default()));
    let check = |name: &str, judgements: usize, without: Option<&str>, change: &dyn Fn(&mut CaseDocument)| {
        let one = of(&table, name);
        assert_eq!(one.fallen.ratings, judgements, "{name}");
        assert_eq!(of_congruence(one), moved(&base, &edited(|document| change(document)), without), "{name}");
    };
    // E1 carries the pool's resources alone; T1's and T2's activities keep another piece.
    check("evidence E1", 1, None, &|document| document.rating[3].resources = silent());
    check("evidence E2", 0, None, &|_| ());
    check("evidence E3", 1, None, &|document| document.rating[0].mandate = silent());
    let talks = |document: &mut CaseDocument| {
        document.rating[3].resources = silent();
        document.rating[0].activities = silent();
    };
    check("group talks", 2, None, &talks);
    check("side population", 2, None, &talks);
    check("side mission", 1, None, &|document| document.rating[0].mandate = silent());
    check("source R", 2, None, &talks);
    check("source S", 2, None, &|document| {
        document.rating[0].mandate = silent();
        document.rating[3].capabilities = silent();
    });
    for (name, at) in [("task T1", 0), ("task T2", 1), ("task T3", 2)] {
        check(name, 0, None, &|document| {
            document.task.remove(at);
            document.rating.remove(at);
        });
    }
    assert_eq!(of(&table, "task T1").lost.to_string(), "4 of 7", "T3 is not assessed");
    // The south is left out: what lies in it is gone, and the north holds all of a task's weight.
    let region = of(&table, "region south");
    let north = edited(|document| {
        document.task[0].r#where = vec!["north".into()];
        document.task.remove(2);
        document.rating.remove(2);
    });
    assert_eq!(of_congruence(region), moved(&base, &north, Some("south")));
}

#[test]
fn the_table_is_ranked_and_whole() {
    let table = study().influence(&Method::default());
    let key = |one: &Influence| (one.answers(), one.steps(), one.moves.len() - one.answers());
    let ordered = |a: &Influence, b: &Influence| key(a).cmp(&key(b)).then_with(|| a.lost.compare(b.lost)).is_ge();
    assert!(table.windows(2).all(|pair| ordered(&pair[0], &pair[1]) && pair[0].extent() >= pair[1].extent()));
    assert!(table.iter().all(|one| one.ranges() + one.confidences() == one.moves.len() - one.answers()));
    let count = |of: fn(&LeftOut) -> bool| table.iter().filter(|one| of(&one.left_out)).count();
    assert_eq!(count(|one| matches!(one, LeftOut::Evidence(_))), 3);
    assert_eq!(count(|one| matches!(one, LeftOut::Source(_))), 2);
    assert_eq!(count(|one| matches!(one, LeftOut::Group(_))), 1, "groups of one piece are that piece");
    assert_eq!(count(|one| matches!(one, LeftOut::Side(_))), 2);
    assert_eq!(count(|one| matches!(one, LeftOut::Task(_))), 3);
    assert_eq!(count(|one| matches!(one, LeftOut::Region(_))), 2);
}

// --- What to ask next ------------------------------------------------------------------------------------------------

#[test]
fn questions_by_the_weight_that_loses_its_range_then_by_coverage() {
    let ask = study().ask_next(&Method::default());
    // T1: 2 [1, 2], weight 8; T2: 1 [1, 4 held to 3], weight 6; T3 not assessed, weight 2.
    assert_eq!((ask.certain.to_string(), ask.coverage.to_string()), ("0 of 1".to_owned(), "7 of 8".to_owned()));
    let told: Vec<_> = ask
        .questions
        .iter()
        .map(|q| (q.inquiry.clone(), q.narrows.to_string(), q.adds.to_string(), q.together.to_string(), q.rows))
        .collect();
    let text = |list: [&str; 3]| list.map(str::to_owned);
    let expected = [
        (Inquiry::Link(Link::Activities), text(["1 of 1", "0 of 1", "1 of 1"]), [2, 0]),
        (Inquiry::Field("protection".parse().unwrap()), text(["4 of 7", "0 of 1", "1 of 1"]), [1, 0]),
        (Inquiry::Field("politics".parse().unwrap()), text(["3 of 7", "1 of 8", "1 of 1"]), [1, 1]),
        (Inquiry::Link(Link::Capabilities), text(["0 of 1", "1 of 8", "1 of 1"]), [0, 1]),
    ];
    let expected: Vec<_> = expected.map(|(inquiry, [narrows, adds, together], rows)| (inquiry, narrows, adds, together, rows)).into();
    assert_eq!(told, expected, "the pool is left away: it takes no range away alone");
    // Held in the records, the headlines are those that the question tells.
    let level = |level: Level| Some(JudgementRecord { level: Some(level.name().into()), because: Some("so".into()), ..Default::default() });
    let held = edited(|document| {
        document.rating[0].activities = level(Level::Partial);
        document.rating[1].activities = level(Level::Marginal);
    });
    assert_eq!(ask.questions[0].headlines, moved(&study().assess(&Method::default()), &held, None));
}

// --- Choices ---------------------------------------------------------------------------------------------------------

#[test]
fn choices_are_those_of_another_method() {
    let study = study();
    let base = study.assess(&Method::default());
    let choices = study.choices(&Method::default());
    let check = |choice: Choice, change: &dyn Fn(&mut Method)| {
        let mut method = Method::default();
        change(&mut method);
        let result = choices.choices.iter().find(|result| result.choice == choice).unwrap();
        assert_eq!(result.moves, moved(&base, &study.assess(&method), None), "{choice}");
    };
    check(Choice::EqualWeights, &|method| {
        let rule = &mut method.congruence;
        (rule.strategic, rule.core, rule.additional, rule.enabling) = (Weight::ONE, Weight::ONE, Weight::ONE, Weight::ONE);
    });
    check(Choice::HigherFloor, &|method| method.congruence.coverage_floor = peaceops::measure::Decimal::new(0.75).unwrap());
    check(Choice::LowerRegionalFloor, &|method| method.congruence.regional_floor = peaceops::measure::Decimal::new(0.25).unwrap());
    check(Choice::MoreDays, &|method| method.cells.least_days = 120);
    // Units of other shares, as if the case gave them.
    let double = choices.choices.iter().find(|result| result.choice == Choice::DoubleShare("south".parse().unwrap())).unwrap();
    let then = edited(|document| {
        document.region.iter_mut().filter(|row| row.unit).for_each(|row| row.share = Some(if row.id == "south" { 2.0 } else { 1.0 }))
    });
    assert_eq!(double.moves, moved(&base, &then, None));
    // Arithmetic: T1 is (4 + 3 + 3 + 2) / 4 = 3, T2 11 / 4 = 2: the whole is 3 by 8 of 14.
    let means: Vec<&Move> =
        choices.choices.iter().filter(|result| result.choice == Choice::Arithmetic).flat_map(|result| &result.moves).collect();
    let whole = means.iter().find_map(|one| match one {
        Move::Congruence { phase: None, region: None, to, .. } => to.level(),
        _ => None,
    });
    assert_eq!((base.congruence().headline().headline.level(), whole), (Some(Level::Partial), Some(Level::Substantial)));
    let hang = choices.headlines.iter().find(|hang| hang.phase.is_none() && hang.region.is_none()).unwrap();
    assert!(!hang.is_robust() && hang.depends_on.iter().any(|swapped| swapped.choice == Choice::Arithmetic));
    assert!(hang.to_string().contains("substantial under arithmetic mean of links"), "{hang}");
}

// --- MINUSMA ---------------------------------------------------------------------------------------------------------

#[test]
fn minusma_has_all_three() {
    let (study, method) = (Case::minusma().study(), Method::default());
    let begin = std::time::Instant::now();
    let influence = study.influence(&method);
    println!("influence of {} in {:?}", influence.len(), begin.elapsed());
    let begin = std::time::Instant::now();
    let (ask, choices) = (study.ask_next(&method), study.choices(&method));
    println!("ask and choices in {:?}", begin.elapsed());
    for one in influence.iter().take(12) {
        println!("{}: {} answers, {} moves, {:?} fall, {} lost", one.left_out, one.answers(), one.moves.len(), one.fallen, one.lost);
    }
    for one in &ask.questions {
        println!("{}: {:?} {:?} {:?} {:?}", one.inquiry, one.rows, one.narrows.percent(), one.together.percent(), one.adds.percent());
    }
    for hang in &choices.headlines {
        println!("{:?} {:?} {}: {hang}", hang.phase, hang.region, hang.headline);
    }
    assert!(influence.iter().any(|one| one.answers() > 0) && !ask.questions.is_empty() && !choices.headlines.is_empty());
}
