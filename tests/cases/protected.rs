//! Nothing that is protected leaves a study unless it is asked for by name, and nobody is shown alone
//! who could be recognised: the whole MINUSMA study with sentinel words, rendered in every way.

#![cfg(all(feature = "toml", feature = "csv"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests stop at what they did not expect")]

use std::fmt::{Debug, Display};
use std::path::PathBuf;
use std::sync::OnceLock;

use crate::common::{Case, MINUSMA};
use peaceops::document::record::*;
use peaceops::model::{Row, Shown};
use peaceops::protected::{ProtectedSource, Secret};
use peaceops::scoring::{Assessment, Method};
use peaceops::{CaseDocument, CaseStudy, Problems};
use serde::Serialize;

/// What every protected word begins with, in lower case.
const PROTECTED: &str = "qzp";

/// What every word of a small group begins with, in lower case.
const SMALL: &str = "qzg";

/// The evidence with protected parts: two rows of the case, and three of this test.
const TOLD: [&str; 5] = ["MIN-EVD-05", "MIN-EVD-08", "QUIET-1", "QUIET-2", "QUIET-3"];

/// The groups that are small: one by its heads, which an effect is on, one for being a single person.
const GROUPS: [&str; 2] = ["MIN-STG-09", "MIN-STG-32"];

fn protected(n: usize) -> ProtectedSource {
    ProtectedSource {
        name: Secret::from(format!("Qzpname{n} Qzpfamily{n}").as_str()),
        office: Secret::from(format!("Qzpoffice{n} of the Qzpbureau{n}").as_str()),
        place: Secret::from(format!("Qzpquarter{n}").as_str()),
    }
}

fn texts<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).to_vec()
}

/// The study with sentinels, and how its records looked while it was edited.
fn made() -> &'static (CaseStudy, Vec<(String, String)>) {
    static MADE: OnceLock<(CaseStudy, Vec<(String, String)>)> = OnceLock::new();
    MADE.get_or_init(|| {
        let mut while_open = Vec::new();
        let study = CaseStudy::read(MINUSMA).unwrap().edit(|case| {
            let document = case.document();
            let row = |id: &str, kind: &str| EvidenceRecord {
                id: id.into(),
                title: "Told in confidence".into(),
                kind: kind.into(),
                when: Some("2018-09".into()),
                r#where: texts(["C"]),
                sides: texts(["mission"]),
                admiralty: Some("C3".into()),
                heads: Some(1),
                confidentiality: Some("not-for-attribution".into()),
                text: Some("One person, heard twice.".into()),
                cite: texts(["R II ¶13"]),
                ..Default::default()
            };
            document.evidence.push(EvidenceRecord { supports: texts(["MIN-EFF-16"]), ..row("QUIET-1", "interview") });
            document.evidence.push(EvidenceRecord { contradicts: texts(["MIN-EFF-16", "MIN-D1-X3"]), ..row("QUIET-2", "focus-group") });
            document.evidence.push(row("QUIET-3", "interview"));
            for (n, id) in TOLD.into_iter().enumerate() {
                let row = document.evidence.iter_mut().find(|row| row.id == id).unwrap();
                assert_eq!(row.confidentiality.as_deref(), Some("not-for-attribution"), "{id}");
                row.protected = Some(protected(n));
            }
            // A claim's condition, rival and test, a rating, a finding and a position rest on one of them.
            let claim = &mut document.claim[0];
            let quiet = || "QUIET-3".to_owned();
            claim.theory.rests_on.extend([quiet(), GROUPS[0].to_owned()]);
            claim.rivals[0].rests_on.push(quiet());
            claim.tests[0].rests_on.extend([quiet(), GROUPS[1].to_owned()]);
            let rating = document.rating.iter_mut().find(|row| row.activities.as_ref().is_some_and(|link| link.level.is_some())).unwrap();
            rating.activities.as_mut().unwrap().rests_on.extend([quiet(), GROUPS[0].to_owned()]);
            document.finding[0].evidence.push(quiet());
            // Two groups become small, one of them a member of the other, on opposite sides.
            for (n, id) in GROUPS.into_iter().enumerate() {
                let group = document.stakeholder.iter_mut().find(|row| row.id == id).unwrap();
                group.name = format!("Qzgname{n} and Qzgother{n}");
                group.short = Some(format!("Qzgshort{n}"));
                group.text = Some(format!("Both of the Qzgoffice{n}"));
                group.kind = Some(format!("Qzgkind{n}"));
                group.heads = (n == 0).then_some(2);
                group.individual = n == 1;
                group.member_of = (n == 1).then(|| GROUPS[0].to_owned());
                let position = |proposition: &str, stance: i64, flags: &[&str]| PositionRecord {
                    id: format!("QUIET-STV-{n}-{proposition}"),
                    group: id.into(),
                    proposition: proposition.into(),
                    stance: Some(if n == 0 { stance } else { -stance }),
                    when: "2018..2019".into(),
                    r#where: texts(["C"]),
                    evidence: texts(["QUIET-3"]),
                    flags: flags.iter().map(|flag| (*flag).to_owned()).collect(),
                    text: Some("Said twice".into()),
                    cite: texts(["R II ¶13"]),
                    ..Default::default()
                };
                document.position.extend([position("worse-without", 2, &[]), position("offensive-role", -1, &["individual"])]);
            }
            show(&mut while_open, "edit", case);
            show_json(&mut while_open, "document", case.document());
            Ok(())
        });
        (study.unwrap_or_else(|problems| panic!("{problems}")), while_open)
    })
}

fn study() -> &'static CaseStudy {
    &made().0
}

fn assessment() -> &'static Assessment {
    static ASSESSMENT: OnceLock<Assessment> = OnceLock::new();
    ASSESSMENT.get_or_init(|| study().assess(&Method::default()))
}

fn show<T: Debug + ?Sized>(all: &mut Vec<(String, String)>, what: &str, value: &T) {
    all.push((format!("{what} as {{:?}}"), format!("{value:?}")));
    all.push((format!("{what} as {{:#?}}"), format!("{value:#?}")));
}

fn show_json<T: Serialize + ?Sized>(all: &mut Vec<(String, String)>, what: &str, value: &T) {
    all.push((format!("{what} as JSON"), serde_json::to_string(value).unwrap()));
    all.push((format!("{what} as JSON in lines"), serde_json::to_string_pretty(value).unwrap()));
}

fn say<T: Display + ?Sized>(all: &mut Vec<(String, String)>, what: &str, value: &T) {
    all.push((format!("{what} as text"), format!("{value}")));
    all.push((format!("{what} as text, {{:#}}"), format!("{value:#}")));
}

/// No text holds a word that begins so.
#[track_caller]
fn hold_none(all: &[(String, String)], sentinel: &str) {
    let leaks: Vec<String> = all
        .iter()
        .filter_map(|(what, text)| {
            let text = text.to_lowercase();
            let at = text.find(sentinel)?;
            let start = text.char_indices().map(|(at, _)| at).rfind(|start| *start + 160 <= at).unwrap_or(0);
            let end = text[at..].char_indices().nth(60).map_or(text.len(), |(end, _)| at + end);
            Some(format!("{what}: …{}…", &text[start..end]))
        })
        .collect();
    assert!(!all.is_empty());
    assert!(leaks.is_empty(), "{} of {} texts show it, such as\n{}", leaks.len(), all.len(), leaks[..leaks.len().min(12)].join("\n"));
}

/// Every row of every table, through the accessors of the study.
fn rows(study: &CaseStudy) -> Vec<(String, String)> {
    let mut all = Vec::new();
    macro_rules! tables {
        ($($table:ident),* $(,)?) => { $(
            for row in study.$table() {
                show(&mut all, stringify!($table), row);
                show_json(&mut all, stringify!($table), row);
            }
            show_json(&mut all, stringify!($table), study.$table());
        )* };
    }
    tables!(
        missions,
        sources,
        regions,
        phases,
        periods,
        facts,
        exclusions,
        stakeholders,
        instruments,
        tasks,
        tensions,
        pools,
        resources,
        capabilities,
        activities,
        drivers,
        effects,
        findings,
        claims,
        verdicts,
        propositions,
        positions,
        indicators,
        evidence,
        dilemmas,
        options,
        disputes,
        ratings,
        observations,
    );
    for row in study.rows() {
        show(&mut all, "row", &row);
        all.push(("title".into(), row.title()));
        show(&mut all, "provenance", &row.provenance());
        let bearing = study.bearing_on(&row.id());
        for piece in bearing.iter().flat_map(|bearing| bearing.supports.iter().chain(&bearing.contradicts)) {
            show(&mut all, "piece", piece);
        }
        show(&mut all, "bearing", &bearing);
    }
    show(&mut all, "study", study);
    show(&mut all, "head", study.study());
    show_json(&mut all, "head", study.study());
    show(&mut all, "framework", study.framework());
    for warning in study.warnings() {
        show(&mut all, "warning", &warning);
        say(&mut all, "warning", &warning);
    }
    all
}

/// The records of a study.
fn records(study: &CaseStudy) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let document = CaseDocument::from(study);
    show(&mut all, "document", &document);
    show_json(&mut all, "document", &document);
    for row in &document.evidence {
        show(&mut all, "record", row);
        show_json(&mut all, "record", row);
        show(&mut all, "protected", &row.protected);
    }
    all.extend(document.to_texts());
    all
}

/// What an assessment says, in words, in JSON and as trees, and its parts. It names no row but by its id.
fn results(assessment: &Assessment) -> Vec<(String, String)> {
    let mut all = Vec::new();
    show_json(&mut all, "assessment", assessment);
    macro_rules! parts {
        ($($part:ident),* $(,)?) => { $( show(&mut all, stringify!($part), &assessment.$part()); show_json(&mut all, stringify!($part), &assessment.$part()); )* };
    }
    parts!(congruence, gaps, fill_rates, relevance, dimensions, confidence, consensus, contribution, coverage, method, head);
    say(&mut all, "headline", assessment.congruence().headline());
    assessment.gaps().iter().for_each(|gap| say(&mut all, &gap.address, gap));
    for view in
        assessment.consensus().iter().flat_map(|result| std::iter::once(&result.whole).chain(result.by_phase.iter().map(|p| &p.view)))
    {
        say(&mut all, "reading", &view.reading);
        let groups = view.sides.iter().flat_map(|side| &side.groups);
        let voices = view.dissent.iter().chain(&view.listed).map(|voice| &voice.group);
        let apart = view.apart.iter().flat_map(|apart| [&apart.institution, &apart.members]);
        groups.chain(voices).chain(apart).for_each(|group| say(&mut all, "group", group));
    }
    for claim in assessment.contribution() {
        claim.because.iter().for_each(|ground| say(&mut all, "ground", ground));
    }
    for day in ["2013-07-01", "2016-06-29", "2018-09-15", "2019-07-31"] {
        let state = assessment.as_of(day.parse().unwrap());
        assert!(state.is_some(), "{day}");
        show(&mut all, day, &state);
        show_json(&mut all, day, &state);
    }
    for address in assessment.addresses() {
        let tree = assessment.explain(&address).unwrap();
        let what = format!("explain {address}");
        show(&mut all, &what, &tree);
        show_json(&mut all, &what, &tree);
        say(&mut all, &what, &tree);
    }
    all
}

/// A directory of its own with files, gone at the end.
struct Directory(PathBuf);

impl Directory {
    fn new(name: &str, files: &[(String, String)]) -> Self {
        let path = std::env::temp_dir().join(format!("peaceops-protected-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        for (name, text) in files {
            std::fs::write(path.join(name), text).unwrap();
        }
        Self(path)
    }

    fn ask(&self, args: &[&str]) -> Result<String, String> {
        crate::desk::text(Some(self.0.to_str().unwrap()), lexopt::Parser::from_args(args))
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What the examples print of the case that its keeper holds, with every option.
fn printed(name: &str) -> Vec<(String, String)> {
    let files = CaseDocument::from(study()).to_texts_disclosing_protected_sources();
    assert!(files.iter().any(|(_, text)| text.to_lowercase().contains(PROTECTED)), "the keeper's files hold what is protected");
    let directory = Directory::new(name, &files);
    let mut all = Vec::new();
    let mut ask = |args: &[&str]| all.push((format!("desk {}", args.join(" ")), directory.ask(args).unwrap()));
    for args in [&[][..], &["--all"], &["--check"], &["--json"], &["--ratings-csv"], &["--help"]] {
        ask(args);
    }
    for phase in study().phases() {
        ask(&["--phase", phase.id.as_str()]);
        ask(&["--phase", phase.id.as_str(), "--all"]);
        study().units().for_each(|unit| ask(&["--phase", phase.id.as_str(), "--region", unit.id.as_str()]));
    }
    study().units().for_each(|unit| ask(&["--region", unit.id.as_str()]));
    // A tree is printed as it displays itself, which is looked at for every address: here those that lead to the sentinels.
    let claim = study().claims()[0].id.as_str();
    let groups = study().positions().iter().filter(|row| GROUPS.contains(&row.group.as_str())).map(|row| row.id.as_str());
    let rows = TOLD.into_iter().chain(GROUPS).chain(groups).chain([claim, "MIN-EFF-16", "MIN-D1-X3", "worse-without", "offensive-role"]);
    for address in rows.chain(["congruence", "relevance", "relevance/P3", "P3", "P3/C", "legitimacy/P1"]) {
        ask(&["--explain", address]);
    }
    for (what, text) in all.iter().filter(|(what, _)| what.contains("--explain")) {
        let address = what.rsplit(' ').next().unwrap();
        assert_eq!(*text, assessment().explain(address).unwrap().to_string(), "{what}");
    }
    all
}

/// Copies of the case that break, each in its way.
fn broken() -> Vec<(&'static str, Problems)> {
    type Break = fn(&mut CaseDocument);
    let breaks: [(&'static str, Break); 8] = [
        ("an id that leads nowhere", |d| d.evidence.iter_mut().for_each(|row| row.supports.push("MIN-EFF-99".into()))),
        ("an instrument that is gone", |d| d.instrument.retain(|row| row.id != "MIN-MAN-05")),
        ("public", |d| d.evidence.iter_mut().for_each(|row| row.confidentiality = None)),
        ("too fine a place", |d| d.evidence.iter_mut().for_each(|row| row.r#where = texts(["GAO"]))),
        ("shown in its title", |d| d.evidence.iter_mut().rfind(|row| row.id == "QUIET-1").unwrap().title = "Of QZPNAME2 qzpfamily2".into()),
        ("shown elsewhere", |d| d.fact[0].text = Some("As Qzpname3 Qzpfamily3 told".into())),
        ("too long", |d| {
            let long = "Qzpname ".repeat(200);
            d.evidence[4].protected = Some(ProtectedSource { name: Secret::from(long.as_str()), ..Default::default() });
        }),
        ("twice", |d| d.evidence.extend(d.evidence.clone())),
    ];
    let broken = breaks.into_iter().map(|(what, change)| {
        let mut document = CaseDocument::from(study());
        change(&mut document);
        (what, CaseStudy::try_from(&document).expect_err(what))
    });
    broken.collect()
}

// --- What is protected -------------------------------------------------------------------------------

#[test]
fn the_sentinels_are_in_the_study() {
    for (n, id) in TOLD.into_iter().enumerate() {
        let row = study().evidence_row(&id.parse().unwrap()).unwrap();
        assert_eq!(row.disclose_protected_source(), Some(&protected(n)));
        assert!(row.disclose_protected_source().unwrap().name.disclose().to_lowercase().starts_with(PROTECTED));
    }
    // What bears them is rendered: the trees that are looked at reach the rows.
    let tree = assessment().explain("MIN-EFF-16").unwrap().to_string();
    assert!(tree.contains("QUIET-1") && tree.contains("QUIET-2"), "{tree}");
    let claim = assessment().explain(study().claims()[0].id.as_str()).unwrap().to_string();
    assert!(claim.contains("QUIET-3") && claim.contains(GROUPS[0]) && claim.contains(GROUPS[1]), "{claim}");
    let rated = assessment().confidence().ratings.iter().filter(|one| one.supports.iter().any(|id| id.as_str() == "QUIET-3"));
    assert!(rated.count() > 0, "a rating rests on it");
    for id in GROUPS {
        let id = id.parse().unwrap();
        let group = study().stakeholder(&id).unwrap();
        assert!(study().is_small(group) && group.name.to_lowercase().starts_with(SMALL));
        assert_eq!(study().shown(&id), Shown::FoldedInto(group.side.clone()));
        let stances: Vec<i8> = study().positions().iter().filter(|row| row.group == id).map(|row| row.stance).collect();
        assert!(stances.iter().any(|stance| *stance > 0) && stances.iter().any(|stance| *stance < 0), "{stances:?}");
    }
    let folded: usize = assessment().consensus().iter().map(|result| result.whole.folded).sum();
    assert!(folded > 0, "groups are folded");
}

#[test]
fn no_row_shows_what_is_protected() {
    hold_none(&rows(study()), PROTECTED);
}

#[test]
fn no_record_shows_what_is_protected() {
    hold_none(&made().1, PROTECTED);
    hold_none(&records(study()), PROTECTED);
    // The key is not written either.
    let document = CaseDocument::from(study());
    assert!(!serde_json::to_string(&document).unwrap().contains("\"protected\":"));
    assert!(document.to_texts().iter().all(|(_, text)| !text.contains("protected.") && !text.contains("protected =")));
}

#[test]
fn no_result_shows_what_is_protected() {
    let mut all = results(assessment());
    show(&mut all, "assessment", assessment());
    hold_none(&all, PROTECTED);
}

#[test]
fn no_problem_shows_what_is_protected() {
    let mut all = Vec::new();
    for (what, problems) in broken() {
        show(&mut all, what, &problems);
        say(&mut all, what, &problems);
        for problem in problems.iter() {
            show(&mut all, what, problem);
            say(&mut all, what, problem);
            show(&mut all, what, &problem.error);
            say(&mut all, what, &problem.error);
            show(&mut all, what, problem.error.kind());
            all.push((what.into(), problem.error.help().unwrap_or_default()));
        }
    }
    // The same from files, and as the examples tell it.
    let mut document = CaseDocument::from(study());
    document.instrument.retain(|row| row.id != "MIN-MAN-05");
    document.fact[0].text = Some("As Qzpname3 Qzpfamily3 told".into());
    let files = document.to_texts_disclosing_protected_sources();
    let problems = CaseStudy::from_texts(files.iter().map(|(name, text)| (name.as_str(), text.as_str()))).unwrap_err();
    assert!(problems.iter().any(|problem| problem.error.code() == "shows-protected"));
    say(&mut all, "problems of files", &problems);
    show(&mut all, "problems of files", &problems);
    let directory = Directory::new("broken", &files);
    all.push(("desk, broken".into(), directory.ask(&[]).unwrap_err()));
    all.push(("desk, wrong address".into(), Directory::new("whole", &keeper()).ask(&["--explain", "QUIET-9"]).unwrap_err()));
    hold_none(&all, PROTECTED);
}

/// The files that the keeper of the case holds.
fn keeper() -> Vec<(String, String)> {
    CaseDocument::from(study()).to_texts_disclosing_protected_sources()
}

#[test]
fn no_fault_of_form_shows_what_is_protected() {
    let at = |files: &[(String, String)]| files.iter().position(|(name, _)| name == "evidence.toml").unwrap();
    let mut all = Vec::new();
    let whole = keeper();
    let lines: Vec<usize> = {
        let text = &whole[at(&whole)].1;
        text.lines().enumerate().filter(|(_, line)| line.to_lowercase().contains(PROTECTED)).map(|(at, _)| at).collect()
    };
    assert!(lines.len() >= TOLD.len() * 3, "{} lines", lines.len());
    for line in lines.into_iter().step_by(2) {
        // Each line that holds a sentinel, broken in every way.
        for (what, change) in [
            ("cut", (|line: &str| line[..line.len() - 3].to_owned()) as fn(&str) -> String),
            ("without quotes", |line| line.replace('"', "")),
            ("of another name", |line| format!("x{line}")),
            ("in a list", |line| line.replacen("= ", "= [", 1) + "]"),
            ("in a table", |line| line.replacen("= ", "= { x = ", 1) + " }"),
            ("twice", |line| format!("{line}\n{line}")),
            ("with an escape", |line| line.replacen("Qzp", "\\qQzp", 1)),
        ] {
            let mut files = whole.clone();
            let file = at(&files);
            let changed = files[file].1.lines().enumerate();
            let changed: Vec<String> = changed.map(|(n, text)| if n == line { change(text) } else { text.to_owned() }).collect();
            files[file].1 = changed.join("\n");
            let Err(problems) = CaseStudy::from_texts(files.iter().map(|(name, text)| (name.as_str(), text.as_str()))) else {
                panic!("line {line} {what} is no fault")
            };
            say(&mut all, what, &problems);
            show(&mut all, what, &problems);
        }
    }
    hold_none(&all, PROTECTED);
}

#[test]
fn a_text_in_place_of_the_protected_parts_is_not_repeated() {
    let mut files = keeper();
    let file = files.iter_mut().find(|(name, _)| name == "evidence.toml").unwrap();
    file.1.push_str(
        "\n[[evidence]]\nid = \"QUIET-4\"\ntitle = \"Told\"\nkind = \"interview\"\nprotected = \"Qzpname4\"\ncite = [\"R p1\"]\n",
    );
    let problems = CaseStudy::from_texts(files.iter().map(|(name, text)| (name.as_str(), text.as_str()))).unwrap_err();
    let mut all = Vec::new();
    say(&mut all, "problems", &problems);
    show(&mut all, "problems", &problems);
    hold_none(&all, PROTECTED);
}

#[test]
fn nothing_that_the_examples_print_shows_what_is_protected() {
    hold_none(&printed("protected"), PROTECTED);
}

#[test]
fn no_derived_study_shows_what_is_protected() {
    let mut derived = vec![("a clone".to_owned(), study().clone())];
    derived.push(("an edit".into(), study().edit(|case| case.task("MIN-TSK-30")?.drop_on("2019-01-01")).unwrap()));
    derived.extend(study().disputes().iter().take(4).map(|dispute| (format!("under {}", dispute.id), study().under(dispute))));
    assert!(derived.len() > 4);
    let mut all = Vec::new();
    for (what, derived) in &derived {
        let told = derived.evidence_row(&"QUIET-1".parse().unwrap()).unwrap();
        assert_eq!(told.disclose_protected_source(), Some(&protected(2)), "{what} keeps it");
        show(&mut all, what, derived);
        show(&mut all, what, derived.evidence());
        show_json(&mut all, what, derived.evidence());
        show(&mut all, what, &CaseDocument::from(derived));
        show_json(&mut all, what, &CaseDocument::from(derived));
        let assessment = derived.assess(&Method::default());
        show(&mut all, what, &assessment);
        show_json(&mut all, what, &assessment);
        for address in TOLD.into_iter().chain(["MIN-EFF-16", "congruence", "relevance"]) {
            say(&mut all, what, &assessment.explain(address).unwrap());
        }
    }
    hold_none(&all, PROTECTED);
}

// --- Small groups ------------------------------------------------------------------------------------

#[test]
fn no_result_singles_out_a_small_group() {
    hold_none(&results(assessment()), SMALL);
}

#[test]
fn nothing_that_the_examples_print_singles_out_a_small_group() {
    hold_none(&printed("small"), SMALL);
}

#[test]
fn no_problem_and_no_other_row_names_a_small_group() {
    let mut all = Vec::new();
    for (what, problems) in broken() {
        say(&mut all, what, &problems);
    }
    for row in study().rows().filter(|row| !matches!(row, Row::Stakeholder(_))) {
        show(&mut all, "row", &row);
        all.push(("title".into(), row.title()));
    }
    show(&mut all, "study", study());
    hold_none(&all, SMALL);
}

#[test]
fn views_name_no_small_group_by_its_id() {
    // The id may be a name as well: whatever tells views folds it into its side.
    let consensus = serde_json::to_string(&assessment().consensus()).unwrap();
    for id in GROUPS {
        assert!(!consensus.contains(&format!("\"{id}\"")), "{id}");
    }
}

/// A study in which all that is known of a group, which is not small, are words of single persons.
fn single() -> (CaseStudy, &'static str, Vec<String>) {
    const GROUP: &str = "MIN-STG-15";
    let mut held = Vec::new();
    let study = Case::minusma().study().edit(|case| {
        let group = case.stakeholder(GROUP)?;
        (group.name, group.short, group.individual) = ("Qziname".into(), Some("Qzishort".into()), false);
        for row in case.document().position.iter_mut().filter(|row| row.group == GROUP) {
            if !row.flags.iter().any(|flag| flag == "individual") {
                row.flags.push("individual".into());
            }
            held.push(row.id.clone());
        }
        Ok(())
    });
    assert!(held.len() > 2);
    (study.unwrap_or_else(|problems| panic!("{problems}")), GROUP, held)
}

#[test]
fn what_a_single_person_holds_is_shown_by_the_side_alone() {
    let (study, group, held) = single();
    let assessment = study.assess(&Method::default());
    let mut all = Vec::new();
    let propositions = study.propositions().iter().map(|row| row.id.to_string());
    for address in held.iter().cloned().chain(propositions) {
        let tree = assessment.explain(&address).unwrap();
        say(&mut all, &address, &tree);
        show_json(&mut all, &address, &tree);
    }
    let directory = Directory::new("single", &CaseDocument::from(&study).to_texts());
    all.push(("desk --all".into(), directory.ask(&["--all"]).unwrap()));
    hold_none(&all, "qzi");
    assert!(!serde_json::to_string(assessment.consensus()).unwrap().contains(group));
}

#[test]
fn the_tree_of_a_group_lists_nothing_that_single_persons_hold() {
    let (study, group, held) = single();
    let tree = study.assess(&Method::default()).explain(group).unwrap().to_string();
    assert!(held.iter().all(|id| !tree.contains(id.as_str())), "{tree}");
}

#[test]
fn a_group_is_shown_again_where_the_study_says_so() {
    let open = study()
        .edit(|case| {
            case.document().study.as_mut().unwrap().least_heads = Some(2);
            case.stakeholder(GROUPS[1])?.individual = false;
            Ok(())
        })
        .unwrap();
    for id in GROUPS {
        assert_eq!(open.shown(&id.parse().unwrap()), Shown::Group(id.parse().unwrap()));
    }
    let assessment = open.assess(&Method::default());
    let text: String = GROUPS.into_iter().map(|id| assessment.explain(id).unwrap().to_string()).collect();
    assert!(text.contains("Qzgname0") && text.contains("Qzgname1"), "{text}");
    let directory = Directory::new("open", &CaseDocument::from(&open).to_texts());
    let text = directory.ask(&["--all"]).unwrap().to_lowercase();
    assert!(text.contains("qzgname0") || text.contains("qzgshort0"), "the examples name groups that may be shown");
}

// --- The ways out that say what they are --------------------------------------------------------------

/// A document without what is protected.
fn bare(study: &CaseStudy) -> CaseDocument {
    let mut document = CaseDocument::from(study);
    document.evidence.iter_mut().for_each(|row| row.protected = None);
    document
}

fn read(files: &[(String, String)]) -> CaseStudy {
    CaseStudy::from_texts(files.iter().map(|(name, text)| (name.as_str(), text.as_str()))).unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn a_secret_is_disclosed_by_name_alone() {
    let secret = Secret::from("Qzpname");
    assert_eq!(secret.disclose(), "Qzpname");
    assert_eq!((format!("{secret:?}"), format!("{secret:#?}")), ("(protected)".into(), "(protected)".into()));
    assert!(!secret.is_empty() && Secret::default().is_empty());
    let parts = protected(0);
    let shown = "ProtectedSource { name: (protected), office: (protected), place: (protected) }";
    assert_eq!(format!("{parts:?}"), shown);
    // Not even its length, and not whether there is one.
    assert_eq!(format!("{:?}", ProtectedSource::default()), shown);
    assert_eq!(format!("{:>30?}", secret).trim(), "(protected)");
}

#[test]
fn the_keepers_texts_read_back_as_the_same_study() {
    let files = keeper();
    assert!(read(&files) == *study());
    let again = CaseDocument::from(&read(&files));
    assert!(again == CaseDocument::from(study()));
    assert!(again.to_texts_disclosing_protected_sources() == files);
    for (n, id) in TOLD.into_iter().enumerate() {
        let read = read(&files);
        assert_eq!(read.evidence_row(&id.parse().unwrap()).unwrap().disclose_protected_source(), Some(&protected(n)));
    }
    // Only the file of evidence differs from the texts for anyone.
    let open = CaseDocument::from(study()).to_texts();
    let names = |files: &[(String, String)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&open), names(&files));
    let differing = open.iter().zip(&files).filter(|(a, b)| a != b).map(|(a, _)| a.0.as_str());
    assert_eq!(differing.collect::<Vec<_>>(), ["evidence.toml"]);
}

#[test]
fn the_texts_for_anyone_lose_what_is_protected_and_nothing_else() {
    let read = read(&CaseDocument::from(study()).to_texts());
    assert!(read != *study());
    assert!(read.evidence().iter().all(|row| row.disclose_protected_source().is_none()));
    assert!(CaseDocument::from(&read) == bare(study()));
    assert!(read == CaseStudy::try_from(bare(study())).unwrap());
    // They stay what they were: not for attribution.
    assert!(TOLD.into_iter().all(|id| read.evidence_row(&id.parse().unwrap()).unwrap().is_confidential()));
    let results = |study: &CaseStudy| serde_json::to_string(&study.assess(&Method::default())).unwrap();
    assert_eq!(results(&read), results(study()), "no result hangs on what is protected");
    let json: CaseDocument = serde_json::from_str(&serde_json::to_string(&CaseDocument::from(study())).unwrap()).unwrap();
    assert!(json == bare(study()));
}

#[test]
fn an_edit_keeps_what_is_protected() {
    let same = study().edit(|_| Ok(())).unwrap();
    assert!(same == *study());
    let without = study()
        .edit(|case| {
            case.evidence("QUIET-1")?.protected = None;
            case.evidence("QUIET-2")?.title = "Another title".into();
            Ok(())
        })
        .unwrap();
    let parts = |id: &str| without.evidence_row(&id.parse().unwrap()).unwrap().disclose_protected_source();
    assert_eq!(parts("QUIET-1"), None);
    assert_eq!(parts("QUIET-2"), Some(&protected(3)));
    // Two studies that differ in nothing but what is protected differ.
    let other = study()
        .edit(|case| {
            case.evidence("QUIET-1")?.protected.as_mut().unwrap().office = Secret::from("Qzpother");
            Ok(())
        })
        .unwrap();
    assert!(other != *study());
}
