//! Two codings of one case: a worked example, MINUSMA against itself, tables of ratings and their faults.

#![cfg(all(feature = "toml", feature = "csv"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests stop at what they did not expect")]

use crate::common::{Case, MINUSMA};
use insta::assert_snapshot;
use peaceops::Problems;
use peaceops::scale::{Level, Link, Ranged};
use peaceops::scoring::alpha::{NoAlpha, Reliance};
use peaceops::scoring::coders::{CodersAgreement, Coding, Given, Judged, Unit, compare};
use proptest::prelude::*;

/// The second phase of the small case, and more findings and effects of it.
const MORE: &str = r#"
[[rating]]
task = "T1"
phase = "P2"
mandate = { level = "full", because = "so" }
resources = { contested = ["absent", "partial", "full"], because = "so" }
activities = { not_applicable = "so" }

[[finding]]
id = "F2"
title = "Camps draw fire"
dimension = "protection"
issue = "camps"
kind = "limitation"
salience = "minor"
when = "2014.."
cite = ["R p6"]

[[finding]]
id = "F3"
title = "Many tongues"
dimension = "coherence"
issue = "tongues"
kind = "mixed"
salience = "major"
when = "2014.."
cite = ["R p6"]

[[effect]]
id = "E2"
title = "Less trade"
on = "violence"
when = "2014..2015"
observed = { change = -2, because = "Less than before" }
contribution = { grade = "none" }
cite = ["R p5"]
"#;

fn first() -> Case {
    Case::small().append("case.toml", MORE)
}

/// The first case as another coder has it.
fn second() -> Case {
    let file = "case.toml";
    first()
        .patch(file, "activities = { level = \"partial\", low = \"marginal\", because", "activities = { level = \"full\", because")
        .patch(file, "mandate = { level = \"full\", because = \"so\" }", "mandate = { not_assessed = \"silent\" }")
        .patch_after(file, "id = \"F1\"", "kind = \"strength\"", "kind = \"neutral\"")
        .patch_after(file, "id = \"F2\"", "salience = \"minor\"", "salience = \"major\"")
        .patch_after(file, "id = \"F3\"", "dimension = \"coherence\"", "dimension = \"ownership\"")
        .patch_after(file, "id = \"E2\"", "change = -2", "change = -3")
}

fn coding(case: &Case) -> Coding {
    Coding::of(&case.study())
}

#[track_caller]
fn table(text: &str) -> Coding {
    Coding::from_table("b.csv", text).unwrap_or_else(|problems| panic!("the table has faults:\n{problems}"))
}

#[track_caller]
fn faults(text: &str) -> Problems {
    Coding::from_table("b.csv", text).expect_err("the table has no fault")
}

/// The table of a case directory, as the examples print it.
fn printed(directory: &str) -> String {
    crate::desk::text(Some(directory), lexopt::Parser::from_args(["--ratings-csv"])).unwrap()
}

fn told(agreement: &CodersAgreement) -> Vec<String> {
    agreement.disagreements.iter().map(|one| format!("{} {}: {}, {}", one.apart, one.unit, one.first, one.second)).collect()
}

#[track_caller]
fn near(alpha: Result<f64, NoAlpha>, wanted: f64) {
    assert!(alpha.is_ok_and(|alpha| (alpha - wanted).abs() < 1e-12), "{alpha:?} is not {wanted}");
}

// --- Worked by hand --------------------------------------------------------------------------------------------------

#[test]
fn two_codings_of_the_small_case() {
    let agreement = compare(&coding(&first()), &coding(&second()));
    // Two phases, two units, four links: sixteen. Both gave a level of the activities of P1 alone, in two units, and
    // not the same; the first alone of the mandate of P2 in two units.
    let links = &agreement.links;
    assert_eq!((links.units, links.both, links.only_first, links.only_second), (16, 2, 2, 0));
    assert_eq!((links.exact, links.within_one), (0, 0));
    // Values 2 4, 2 4: mean ranks 1 and 3. D_o = 2·2·2²/4 = 4; D_e = 2·(2·2·2²)/(4·3) = 8/3; alpha = 1 − 12/8.
    near(links.alpha, -0.5);
    assert_eq!(links.reliance(), Some(Reliance::NotReliable));
    let by_link: Vec<_> =
        agreement.by_link.iter().map(|of| (of.link, of.compared.units, of.compared.both, of.compared.alpha.ok())).collect();
    assert_eq!(
        by_link,
        [
            (Link::Mandate, 4, 0, None),
            (Link::Resources, 4, 0, None),
            (Link::Capabilities, 4, 0, None),
            (Link::Activities, 4, 2, links.alpha.ok())
        ]
    );
    assert_eq!(agreement.by_link[0].compared.alpha, Err(NoAlpha::NoPairs));
    // Findings: +3 and 0, −1 and −3. Ranked −3 −1 0 +3: 0.5, 1.5, 2.5, 3.5. D_o = 2·(1² + 1²)/4 = 1;
    // D_e = 2·(3·1² + 2·2² + 3²)/(4·3) = 40/12; alpha = 1 − 12/40.
    near(agreement.findings.as_ref().unwrap().alpha, 0.7);
    assert_eq!(agreement.findings.as_ref().unwrap().reliance(), Some(Reliance::Tentative));
    let by_dimension: Vec<_> =
        agreement.by_dimension.iter().map(|of| (of.dimension.to_string(), of.compared.units, of.compared.alpha.ok().is_some())).collect();
    assert_eq!(by_dimension, [("coherence".into(), 0, false), ("ownership".into(), 0, false), ("protection".into(), 2, true)]);
    // Effects: +1 +1, −2 −3. Ranked −3 −2 +1 +1: 0.5, 1.5, 3. D_o = 2·1²/4 = 1/2;
    // D_e = 2·(1² + 2·2.5² + 2·1.5²)/12 = 2·18/12 = 3; alpha = 1 − 1/6.
    let effects = agreement.effects.as_ref().unwrap();
    near(effects.alpha, 5.0 / 6.0);
    assert_eq!((effects.both, effects.exact, effects.within_one), (2, 1, 2));
    assert_eq!(effects.reliance(), Some(Reliance::Reliable));
    // Furthest apart first, then links before findings before effects.
    assert_eq!(
        told(&agreement),
        [
            "3 protection/F1: major strength, major neutral",
            "2 P1/north/T1 activities: partial (marginal to partial), full",
            "2 P1/south/T1 activities: partial (marginal to partial), full",
            "2 protection/F2: minor limitation, major limitation",
            "1 E2: -2, -3",
        ]
    );
    let one_sided: Vec<_> = agreement.one_sided.iter().map(|one| format!("{}: {}, {}", one.unit, one.first, one.second)).collect();
    assert_eq!(one_sided, ["P2/north/T1 mandate: full, not assessed", "P2/south/T1 mandate: full, not assessed"]);
    // A finding put under another dimension stands in each coding alone.
    let names = |units: &[Unit]| units.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!((names(&agreement.only_first), names(&agreement.only_second)), (vec!["coherence/F3".into()], vec!["ownership/F3".into()]));
}

#[test]
fn judgements_without_a_level_in_words() {
    let coding = coding(&first());
    let said = |address: &str| coding.judgements().find(|(unit, _)| unit.to_string() == address).map(|(_, judged)| judged.to_string());
    assert_eq!(said("P2/north/T1 resources").unwrap(), "contested: absent to full");
    assert_eq!(said("P2/north/T1 activities").unwrap(), "not applicable");
    assert_eq!(said("P2/north/T1 capabilities").unwrap(), "not coded");
    assert_eq!(said("E1").unwrap(), "+1");
}

#[test]
fn cells_of_one_coding_alone_are_listed() {
    // The second table has another phase for one cell, and lacks a link of another.
    let row = |phase: &str, link: &str| format!("T1,{phase},north,{link},partial,,\n");
    let head = "task,phase,region,link,level,low,high\n";
    let a = table(&[head, &row("P1", "mandate"), &row("P1", "resources"), &row("P2", "mandate"), &row("P2", "activities")].concat());
    let b = table(&[head, &row("P1", "mandate"), &row("P3", "mandate"), &row("P3", "activities")].concat());
    let agreement = compare(&a, &b);
    let names = |units: &[Unit]| units.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(names(&agreement.only_first), ["P1/north/T1 resources", "P2/north/T1"]);
    assert_eq!(names(&agreement.only_second), ["P3/north/T1"]);
    assert_eq!((agreement.links.units, agreement.links.exact), (1, 1));
    assert_eq!(agreement.links.alpha, Err(NoAlpha::NoVariation), "one level was ever given");
    // Against a study its findings and effects are not missing in the table: it has none.
    let against = compare(&coding(&first()), &a);
    assert!(against.findings.is_none() && against.effects.is_none() && against.by_dimension.is_empty());
    assert!(against.only_first.iter().all(|unit| matches!(unit, Unit::Link { .. } | Unit::Cell { .. })));
}

#[test]
fn results_are_told_by_name() {
    let json = serde_json::to_value(compare(&coding(&first()), &coding(&second()))).unwrap();
    assert_eq!(json["links"]["alpha"], serde_json::json!({ "status": "known", "value": -0.5, "reliance": "not-reliable" }));
    assert_eq!(json["by_link"][0]["alpha"], serde_json::json!({ "status": "unknown", "reason": "no-pairs" }));
    assert_eq!(
        json["disagreements"][1],
        serde_json::json!({
            "of": "link", "task": "T1", "phase": "P1", "region": "north", "link": "activities", "apart": 2,
            "first": "partial (marginal to partial)", "second": "full"
        })
    );
    assert_eq!(json["only_first"][0], serde_json::json!({ "of": "finding", "dimension": "coherence", "finding": "F3" }));
}

// --- MINUSMA ---------------------------------------------------------------------------------------------------------

#[test]
fn minusma_agrees_with_itself() {
    let coding = coding(&Case::minusma());
    let agreement = compare(&coding, &coding);
    let all = [Some(&agreement.links), agreement.findings.as_ref(), agreement.effects.as_ref()];
    let parts = agreement.by_link.iter().map(|of| &of.compared).chain(agreement.by_dimension.iter().map(|of| &of.compared));
    for compared in all.into_iter().map(Option::unwrap).chain(parts) {
        assert_eq!(compared.alpha, Ok(1.0));
        assert!(compared.both > 10 && compared.exact == compared.both && compared.within_one == compared.both);
        assert_eq!((compared.only_first, compared.only_second), (0, 0));
    }
    assert_eq!(agreement.by_dimension.len(), 8);
    assert!(agreement.disagreements.is_empty() && agreement.one_sided.is_empty());
    assert!(agreement.only_first.is_empty() && agreement.only_second.is_empty());
}

#[test]
fn minusma_agrees_with_its_own_table() {
    let (study, text) = (coding(&Case::minusma()), printed(MINUSMA));
    let table = table(&text);
    let links = |coding: &Coding| {
        let links = coding.judgements().filter(|(unit, _)| matches!(unit, Unit::Link { .. }));
        links.map(|(unit, judged)| (unit.clone(), *judged)).collect::<Vec<_>>()
    };
    assert_eq!(links(&study), links(&table), "ranges, contested readings and all that is no level included");
    assert_eq!(links(&table).len(), text.lines().count() - 1);
    let agreement = compare(&study, &table);
    assert_eq!(agreement.links.alpha, Ok(1.0));
    assert!(agreement.by_link.iter().all(|of| of.compared.alpha == Ok(1.0)));
    assert!(agreement.disagreements.is_empty() && agreement.only_first.is_empty() && agreement.only_second.is_empty());
    // A spreadsheet puts a mark before the text, ends lines in two signs, quotes, and moves columns.
    let saved = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    assert_eq!(self::table(&saved), table);
    let quoted: String = text.lines().map(|line| format!("\"{}\"\n", line.replace(',', "\",\""))).collect();
    assert_eq!(self::table(&quoted), table);
    let moved = |line: &str| line.split_once(',').map(|(task, rest)| format!("{rest},{task}\n")).unwrap();
    assert_eq!(self::table(&text.lines().map(moved).collect::<String>()), table);
}

#[test]
fn one_changed_rating_is_the_one_disagreement() {
    let text = printed(MINUSMA);
    let row = "MIN-TSK-02,P1,N,activities,marginal,marginal,partial\n";
    assert_eq!(text.matches(row).count(), 1);
    let other = table(&text.replace(row, "MIN-TSK-02,P1,N,activities,full,substantial,full\n"));
    let agreement = compare(&table(&text), &other);
    assert_eq!(told(&agreement), ["3 P1/N/MIN-TSK-02 activities: marginal (marginal to partial), full (substantial to full)"]);
    assert!(agreement.links.alpha.is_ok_and(|alpha| (0.95..1.0).contains(&alpha)));
    assert_eq!(agreement.links.both - agreement.links.exact, 1);
    // A range alone is no disagreement.
    let wider = table(&text.replace(row, "MIN-TSK-02,P1,N,activities,marginal,absent,full\n"));
    assert!(compare(&table(&text), &wider).disagreements.is_empty());
}

// --- Faults of tables ------------------------------------------------------------------------------------------------

#[test]
fn all_faults_of_a_table_at_once() {
    let text = "task,phase,region,link,level,low,high\n\
        T1,P1,north,mandate,partal,,\n\
        T1,P1,north,mandte,partial,,\n\
        T 1,P1,north,resources,partial,,\n\
        T1,P1,north,capabilities,partial,full,\n\
        T1,P1,north,activities,partial\n\
        T1,P2,north,mandate,contested,absent,\n\
        T1,P2,north,resources,contested,full,full\n\
        T1,P2,north,capabilities,not-assessed,absent,\n\
        \r\n\
        T1,P2,north,activities,full,,\n\
        T1,P2,north,activities,not-coded,,\n";
    assert_snapshot!(faults(text), @"
    b.csv:2:21: row[0].level (T1, P1, north)
      unknown level `partal`; the nearest is `partial` [unknown-name]
      help: one of `absent`, `marginal`, `partial`, `substantial`, `full`, `contested`, `not-assessed`, `not-applicable`, `not-coded`

    b.csv:3:13: row[1].link (T1, P1, north)
      unknown link `mandte`; the nearest is `mandate` [unknown-name]
      help: one of `mandate`, `resources`, `capabilities`, `activities`

    b.csv:4:1: row[2].task (T 1, P1, north)
      `T 1` is not an id [invalid-id]
      help: an id has 1 to 64 letters, digits, `-`, `_` or `.`, and begins with a letter or digit

    b.csv:5:26: row[3].level (T1, P1, north)
      the range full to partial does not hold partial [range-excludes-level]
      help: give `low` and `high` only where they differ from the level

    b.csv:6:1: row[4]
      the row has 5 fields; the header has 7 [wrong-form]
      note: a fault of form: the row is left out of all other checks and may hide more

    b.csv:7:38: row[5].high (T1, P2, north)
      `high` is not given [missing-field]

    b.csv:8:23: row[6].level (T1, P2, north)
      `contested` needs at least two different readings [too-few-readings]

    b.csv:9:39: row[7].low (T1, P2, north)
      `not-assessed` has no range [wrong-form]

    b.csv:12:1: row[9]
      a second rating of P2/north/T1 activities [duplicate-rating]
      see: the first is b.csv:11:1: row[8]
      help: keep one, or give both readings as `contested`

    1 fault of form, 8 of meaning; the rows left out may hide more.
    ");
}

#[test]
fn columns_that_are_unknown_missing_or_there_twice() {
    assert_snapshot!(faults("task,phase,regoin,link,level,level\nT1,P1,north,mandate,full,full\n"), @"
    b.csv:1:1: header
      `region` is not given [missing-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    b.csv:1:12: header
      unknown field `regoin`; the nearest is `region` [unknown-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    b.csv:1:30: header
      a second column `level` [wrong-form]
      note: a fault of form: the row is left out of all other checks and may hide more

    3 faults of form; the rows left out may hide more.
    ");
    assert_snapshot!(faults(""), @"
    b.csv:1:1: header
      `task` is not given [missing-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    b.csv:1:1: header
      `phase` is not given [missing-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    b.csv:1:1: header
      `region` is not given [missing-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    b.csv:1:1: header
      `link` is not given [missing-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    b.csv:1:1: header
      `level` is not given [missing-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    5 faults of form; the rows left out may hide more.
    ");
}

#[test]
fn a_table_that_is_too_large_is_not_read() {
    let head = "task,phase,region,link,level\n";
    let row = |n: usize| format!("T{n:07},P1,north,mandate,full\n");
    let rows = (Coding::MOST_BYTES - head.len()) / row(0).len();
    let mut text: String = head.to_owned();
    (0..rows).for_each(|n| text.push_str(&row(n)));
    assert_eq!(table(&text).judgements().count(), rows);
    text.push_str(&row(rows));
    assert_snapshot!(faults(&text), @"
    b.csv
      cannot be read: the table has more than 16777216 bytes [not-read]

    1 fault; the case was not read.
    ");
    // What is wrong with many rows is counted past the first thousand.
    let many = faults(&format!("{head}{}", "T1,P1,north,mandate,ful\n".repeat(2_500)));
    assert_eq!((many.len(), many.iter().count(), many.more()), (2_500, 1_000, 1_500));
}

// --- The example -----------------------------------------------------------------------------------------------------

/// A directory of its own for a test, with files in it.
fn directory(name: &str, files: &[(&str, &str)]) -> std::path::PathBuf {
    let directory = std::env::temp_dir().join(format!("peaceops-coders-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    for (name, text) in files {
        std::fs::write(directory.join(name), text).unwrap();
    }
    directory
}

#[track_caller]
fn shown(args: &[&str]) -> String {
    let text = crate::agreement::text(lexopt::Parser::from_args(args)).unwrap();
    for line in text.lines() {
        assert!(line.chars().count() <= 100, "{args:?}: {line}");
        assert!(!line.chars().any(char::is_control), "{args:?}: {line:?}");
    }
    text
}

#[test]
fn the_example_of_two_small_cases() {
    let (a, b) = (first(), second());
    let directories = [directory("a", &[("case.toml", a.text("case.toml"))]), directory("b", &[("case.toml", b.text("case.toml"))])];
    let text = shown(&[directories[0].to_str().unwrap(), directories[1].to_str().unwrap(), "--all"]);
    assert_snapshot!(text.split_once("── 1").unwrap().1, @"
     HOW FAR THEY AGREE   (of what both gave a level of) ───────────────────────────────────────────
                                units   same  within one level   alpha  reliance
      links                         2      0                 0  -0.500  not reliable
        mandate                     0      0                 0       -  no alpha: none in common
        resources                   0      0                 0       -  no alpha: none in common
        capabilities                0      0                 0       -  no alpha: none in common
        activities                  2      0                 0  -0.500  not reliable
      findings                      2      0                 0   0.700  tentative
        coherence                   0      0                 0       -  no alpha: none in common
        ownership                   0      0                 0       -  no alpha: none in common
        protection                  2      0                 0   0.700  tentative
      effects, observed change      2      1                 2   0.833  reliable

    ── 2 WHERE THEY DISAGREE   (5 disagreements) ───────────────────────────────────────────────────────
                              A                              B
    3 levels apart
      protection/F1           major strength                 major neutral
    2 levels apart
      P1/north/T1 activities  partial (marginal to partial)  full
      P1/south/T1 activities  partial (marginal to partial)  full
      protection/F2           minor limitation               major limitation
    1 level apart
      E2                      -2                             -3

    ── 3 WHAT ONE SIDE ALONE HAS ───────────────────────────────────────────────────────────────────────
                              cells  links  findings  effects  the other says
      A gave a level, B none      0      2         0        0  2 not assessed
      B gave a level, A none      0      0         0        0
      stands in A alone           0      0         1        0
      stands in B alone           0      0         1        0

                           A           B
      P2/north/T1 mandate  full        not assessed
      P2/south/T1 mandate  full        not assessed
      coherence/F3         in A alone  .
      ownership/F3         .           in B alone
    ");
    directories.iter().for_each(|directory| std::fs::remove_dir_all(directory).unwrap());
}

#[test]
fn the_example_of_minusma() {
    let text = printed(MINUSMA);
    let other = text
        .replace("marginal,absent,marginal", "absent,absent,marginal")
        .replace("substantial,substantial,substantial", "full,partial,full");
    let directory = directory("minusma", &[("other.csv", &other)]);
    let other = directory.join("other.csv");
    assert!(shown(&[MINUSMA, MINUSMA, "--all"]).contains("Nowhere: whatever both gave a level of, they gave the same."));
    let some = shown(&[MINUSMA, other.to_str().unwrap()]);
    let words = some.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("(the 10 largest of ") && words.contains("(a table of ratings: findings and effects are not compared)"));
    assert!(shown(&[MINUSMA, other.to_str().unwrap(), "--all"]).lines().count() > some.lines().count());
    let json = crate::agreement::text(lexopt::Parser::from_args([MINUSMA, other.to_str().unwrap(), "--json"])).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(json["findings"].is_null() && json["links"]["alpha"]["value"].is_f64());
    std::fs::remove_dir_all(&directory).unwrap();
}

#[test]
fn the_example_keeps_to_the_page() {
    // The longest ids there are.
    let id = |letter: &str| letter.repeat(64);
    let row = |task: &str, level: &str| format!("{},{},{},capabilities,{level},absent,full\n", id(task), id("p"), id("r"));
    let head = "task,phase,region,link,level,low,high\n";
    let a = [head, &row("a", "marginal"), &row("b", "substantial"), &row("c", "full")].concat();
    let b = [head, &row("a", "substantial"), &row("b", "substantial"), &row("d", "full")].concat();
    let directory = directory("page", &[("a.csv", &a), ("b.csv", &b), ("bad.csv", "\u{1b}[31m,\u{202e}task\n"), ("bytes.csv", "")]);
    let path = |name: &str| directory.join(name).to_str().unwrap().to_owned();
    assert!(shown(&[&path("a.csv"), &path("b.csv"), "--all"]).contains("2 levels apart"));
    let ask = |args: &[&str]| crate::agreement::text(lexopt::Parser::from_args(args)).unwrap_err();
    let bad = ask(&[&path("a.csv"), &path("bad.csv")]);
    assert!(bad.starts_with("error: 7 problems in 1 file of bad.csv; nothing was compared\n\nbad.csv:1:1: header\n"), "{bad}");
    assert!(bad.chars().all(|c| c == '\n' || !c.is_control()), "{bad:?}");
    std::fs::write(directory.join("bytes.csv"), b"task\xff").unwrap();
    assert!(
        ask(&[&path("a.csv"), &path("bytes.csv")]).ends_with("bytes.csv cannot be read: it is not UTF-8 from byte 4 on; save it as UTF-8")
    );
    assert!(ask(&[&path("a.csv"), &path("none.csv")]).starts_with("error: the table "));
    assert!(ask(&[&path("a.csv"), &path("none")]).contains("nothing was compared"));
    assert!(ask(&[&path("a.csv")]).starts_with("error: two codings are compared; 1 is named"));
    assert!(ask(&["--nonsense"]).starts_with("error: invalid option '--nonsense'"));
    // two cases are not two codings of one
    let other = MINUSMA.replace("minusma", "unmiss");
    let wanted = format!(
        "error: {MINUSMA} holds the study `minusma` and {other} the study `unmiss`, with nothing in common: \
         these are not two codings of one case"
    );
    assert_eq!((ask(&[MINUSMA, &other]), ask(&[MINUSMA, &other, "--json"])), (wanted.clone(), wanted));
    let nothing = "Nothing that was judged stands in both";
    assert!(shown(&[&path("a.csv"), MINUSMA]).contains(nothing) && !shown(&[&path("a.csv"), &path("b.csv")]).contains(nothing));
    std::fs::remove_dir_all(&directory).unwrap();
}

// --- Laws ------------------------------------------------------------------------------------------------------------

/// Rows of a table: for each of a few units a level with a range, or what is no level.
fn rows() -> impl Strategy<Value = String> {
    let said = prop_oneof![
        4 => (0..5_usize, 0..5_usize, 0..5_usize).prop_map(|(a, b, c)| {
            let mut levels = [a, b, c];
            levels.sort_unstable();
            let [low, level, high] = levels.map(|at| Level::ALL[at]);
            format!("{level},{low},{high}")
        }),
        1 => Just("contested,absent,full".to_owned()),
        1 => Just("not-assessed,,".to_owned()),
        1 => Just("not-applicable,,".to_owned()),
        1 => Just("not-coded,,".to_owned()),
    ];
    let at = ("T[1-3]", "P[12]", "[ns]", proptest::sample::select(Link::ALL));
    proptest::collection::btree_map(at, said, 0..30).prop_map(|rows| {
        let row = |((task, phase, region, link), said): (&(String, String, String, Link), &String)| {
            format!("{task},{phase},{region},{link},{said}\n")
        };
        format!("task,phase,region,link,level,low,high\n{}", rows.iter().map(row).collect::<String>())
    })
}

/// The same agreement with the coders called the other way round.
fn swapped(mut agreement: CodersAgreement) -> CodersAgreement {
    let parts = agreement.by_link.iter_mut().map(|of| &mut of.compared).chain(agreement.by_dimension.iter_mut().map(|of| &mut of.compared));
    let wholes = std::iter::once(&mut agreement.links).chain(&mut agreement.findings).chain(&mut agreement.effects);
    wholes.chain(parts).for_each(|compared| std::mem::swap(&mut compared.only_first, &mut compared.only_second));
    agreement.disagreements.iter_mut().for_each(|one| std::mem::swap(&mut one.first, &mut one.second));
    agreement.one_sided.iter_mut().for_each(|one| std::mem::swap(&mut one.first, &mut one.second));
    std::mem::swap(&mut agreement.only_first, &mut agreement.only_second);
    agreement
}

#[test]
fn comparing_studies_is_symmetric() {
    let [a, b] = [coding(&first()), coding(&second())];
    assert_eq!(compare(&a, &b), swapped(compare(&b, &a)));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn comparing_is_symmetric(a in rows(), b in rows()) {
        let [a, b] = [table(&a), table(&b)];
        let agreement = compare(&a, &b);
        prop_assert_eq!(&agreement, &swapped(compare(&b, &a)));
        // Nothing is dropped: every unit of either is compared, or stands alone itself or with its cell.
        let links = &agreement.links;
        let held = |units: &[Unit], coding: &Coding, other: &Coding| {
            coding.judgements().filter(|(unit, _)| other.judged(unit).is_none()).all(|(unit, _)| {
                let Unit::Link { task, phase, region, .. } = unit else { return false };
                let cell = Unit::Cell { task: task.clone(), phase: phase.clone(), region: region.clone() };
                units.contains(unit) != units.contains(&cell)
            })
        };
        prop_assert!(held(&agreement.only_first, &a, &b) && held(&agreement.only_second, &b, &a));
        prop_assert_eq!(agreement.one_sided.len(), links.only_first + links.only_second);
        prop_assert_eq!(agreement.disagreements.len(), links.both - links.exact);
        prop_assert!(links.exact <= links.within_one && links.within_one <= links.both && links.both <= links.units);
        prop_assert!(agreement.disagreements.is_sorted_by_key(|one| (std::cmp::Reverse(one.apart), one.unit.clone())));
        prop_assert!(links.alpha.is_err() || links.alpha.is_ok_and(|alpha| (-1.0..=1.0).contains(&alpha)));
    }

    #[test]
    fn identical_coders_agree(text in rows()) {
        let agreement = compare(&table(&text), &table(&text));
        let levels = || table(&text).judgements().filter_map(|(_, judged)| judged.value()).collect::<std::collections::BTreeSet<_>>();
        prop_assert_eq!(agreement.links.alpha, match levels().len() {
            0 => Err(NoAlpha::NoPairs),
            1 => Err(NoAlpha::NoVariation),
            _ => Ok(1.0),
        });
        prop_assert!(agreement.disagreements.is_empty() && agreement.one_sided.is_empty());
        prop_assert!(agreement.only_first.is_empty() && agreement.only_second.is_empty());
    }

    #[test]
    fn a_table_says_what_its_rows_say(level in 0..5_usize, low in 0..5_usize, high in 0..5_usize) {
        let [level, low, high] = [level, low, high].map(|at| Level::ALL[at]);
        let read = Coding::from_table("b.csv", &format!("task,phase,region,link,level,low,high\nT,P,R,mandate,{level},{low},{high}\n"));
        match Ranged::new(level, low, high) {
            Ok(rated) => {
                let coding = read.unwrap();
                prop_assert_eq!(coding.judgements().next().unwrap().1, &Judged::Level(Given::Rated(rated)));
            }
            Err(error) => {
                let problems = read.unwrap_err();
                prop_assert_eq!(&problems.iter().next().unwrap().error, &error);
            }
        }
    }

    #[test]
    fn no_table_makes_the_reader_panic(text in any::<String>(), at in 0..2_000_usize, cut in 0..40_usize) {
        harmless(&text);
        harmless(&format!("task,phase,region,link,level,low,high\n{text}"));
        // A good table with some of it replaced.
        let good: String = printed_once().chars().take(2_000).collect();
        let from: String = good.chars().take(at).collect();
        let to: String = good.chars().skip(at + cut).collect();
        harmless(&format!("{from}{text}{to}"));
    }

    #[test]
    fn no_table_of_few_signs_makes_the_reader_panic(text in "(task|phase|region|link|level|low|high|T1|P1|mandate|full|contested|\"|,|\r|\n|\u{feff}|é){0,40}") {
        harmless(&text);
        harmless(&format!("task,phase,region,link,level,low,high\n{text}"));
    }
}

fn printed_once() -> &'static str {
    static TEXT: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    TEXT.get_or_init(|| printed(MINUSMA))
}

/// Reads a table; whatever is said of it stands at a line that it has, and no terminal acts on it.
fn harmless(text: &str) {
    let Err(problems) = Coding::from_table("b.csv", text) else { return };
    let lines = text.matches('\n').count() + 1;
    for problem in problems.iter() {
        let place = problem.place.as_ref().unwrap();
        assert!((1..=lines).contains(&place.line) && place.column >= 1, "{problem}");
        assert!(problem.to_string().lines().count() <= 5, "{problem}");
    }
    assert!(problems.to_string().chars().all(|c| c == '\n' || !c.is_control()), "{problems:?}");
}
