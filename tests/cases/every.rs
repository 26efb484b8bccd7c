//! Every case under `examples/`: one code path for all, each row of its fact sheet in it, and no row of another origin
//! than the sheet's mark gives it.
//!
//! Source of the ids: `tests/cases/<case>-ids.txt`, taken from the fact sheets by a script.

#![cfg(all(feature = "toml", feature = "csv"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests stop at what they did not expect")]

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use peaceops::CaseStudy;
use peaceops::comparison::Comparison;
use peaceops::comparison::seven::Seven;
use peaceops::model::Warning;
use peaceops::scoring::{Assessment, Method};
use peaceops::uncertainty::{TippingRule, Uncertainty};

fn directories() -> Vec<PathBuf> {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut found: Vec<PathBuf> =
        std::fs::read_dir(examples).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.join("study.toml").is_file()).collect();
    found.sort();
    found
}

fn name(directory: &Path) -> String {
    directory.file_name().unwrap().to_string_lossy().into_owned()
}

fn cases() -> &'static BTreeMap<String, Assessment> {
    static CASES: OnceLock<BTreeMap<String, Assessment>> = OnceLock::new();
    CASES.get_or_init(|| {
        let read = |directory: &PathBuf| CaseStudy::read(directory).unwrap_or_else(|problems| panic!("{}: {problems}", name(directory)));
        directories().iter().map(|directory| (name(directory), read(directory).assess(&Method::default()))).collect()
    })
}

/// The ids of a fact sheet, each with the origins that its mark gives.
fn ids(case: &str) -> Vec<(String, Vec<String>)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(format!("{case}-ids.txt"));
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (id, origins) = line.split_once(' ').unwrap_or((line, ""));
            (id.to_owned(), origins.split(',').filter(|origin| !origin.is_empty()).map(str::to_owned).collect())
        })
        .collect()
}

/// Every id that a study holds, with the origins of the rows that bear it.
fn held(study: &CaseStudy) -> HashMap<String, Vec<String>> {
    let mut held: HashMap<String, Vec<String>> = HashMap::new();
    for row in study.rows() {
        let origin = row.provenance().map(|provenance| provenance.origin.to_string());
        held.entry(row.id().to_string()).or_default().extend(origin);
    }
    for region in study.regions() {
        if let Some(row) = &region.row {
            held.entry(row.to_string()).or_default();
        }
    }
    for dispute in study.disputes() {
        if let Some(row) = &dispute.row {
            held.entry(row.to_string()).or_default().push(dispute.provenance.origin.to_string());
        }
    }
    for observation in study.observations() {
        if let Some(row) = &observation.row {
            held.entry(row.to_string()).or_default();
        }
    }
    held
}

#[test]
fn there_are_four() {
    assert_eq!(cases().keys().map(String::as_str).collect::<Vec<_>>(), ["amisom", "minusma", "monusco", "unmiss"]);
}

#[test]
fn every_row_of_every_sheet_is_in_its_study() {
    for (case, count) in [("amisom", 626), ("monusco", 676), ("unmiss", 573)] {
        let ids = ids(case);
        assert_eq!(ids.len(), count, "{case}");
        let held = held(cases()[case].study());
        let missing: Vec<&str> = ids.iter().map(|(id, _)| id.as_str()).filter(|id| !held.contains_key(*id)).collect();
        assert!(missing.is_empty(), "{case}: {} rows of the sheet are in no table: {missing:?}", missing.len());
    }
}

#[test]
fn no_row_has_another_origin_than_its_mark() {
    for case in ["amisom", "monusco", "unmiss"] {
        let held = held(cases()[case].study());
        let mut wrong = Vec::new();
        for (id, marks) in ids(case).into_iter().filter(|(_, marks)| !marks.is_empty()) {
            // who wrote the row's judgement may stand below its source, never above: no outside row reads as the report's
            let rank = |origin: &str| ["report", "authors", "outside", "coder"].iter().position(|known| *known == origin).unwrap();
            let best = marks.iter().map(|mark| rank(mark)).min().unwrap();
            wrong.extend(held[&id].iter().filter(|origin| rank(origin) < best).map(|origin| format!("{id} {origin} for {marks:?}")));
        }
        assert!(wrong.is_empty(), "{case}: {wrong:#?}");
    }
}

#[test]
fn every_link_is_coded_and_every_rating_says_why() {
    for (case, assessment) in cases() {
        assert_eq!(assessment.coverage().links_not_coded, 0, "{case}");
        let unknown = assessment.study().warnings().iter().filter(|warning| matches!(warning, Warning::LinkNotCoded { .. })).count();
        assert_eq!(unknown, 0, "{case}");
    }
}

#[test]
fn everything_runs_on_every_case() {
    for (case, assessment) in cases() {
        let study = assessment.study();
        for row in study.rows() {
            assert!(assessment.explain(row.id().as_str()).is_ok(), "{case} {}", row.id());
        }
        let sure = Uncertainty::of(assessment);
        assert_eq!(sure.tipping.headlines.len(), sure.choices.headlines.len(), "{case}");
        assert_eq!(sure.tipping, study.tipping(assessment.method(), TippingRule::default()));
        assert!(!sure.influence.is_empty() && serde_json::to_string(&sure).is_ok());
        assert!(serde_json::to_string(assessment).is_ok(), "{case}");
        for dispute in study.disputes() {
            let other = study.under(dispute).assess(assessment.method());
            assert_eq!(other.study().tasks().len(), study.tasks().len());
        }
        #[cfg(feature = "monte-carlo")]
        {
            let mut method = Method::default();
            method.draws.draws = 200;
            let result = peaceops::uncertainty::Draws::of(&study.assess(&method)).unwrap().run();
            assert_eq!(result.draws, 200, "{case}");
            for (place, count) in result.whole.levels.iter().enumerate().filter(|(_, count)| **count > 0) {
                let reach = result.whole.reach.unwrap();
                assert!((usize::from(reach.low.index())..=usize::from(reach.high.index())).contains(&place), "{case}: {count} at {place}");
            }
        }
    }
}

/// All cases beside each other, every two of them, and the claim that seven dimensions explain the first.
#[test]
fn everything_runs_on_cases_side_by_side() {
    let all: Vec<&Assessment> = cases().values().collect();
    let pairs = (0..all.len()).flat_map(|at| (0..at).map(move |other| vec![other, at]));
    for places in pairs.chain([(0..all.len()).collect()]) {
        let studies: Vec<&Assessment> = places.iter().map(|at| all[*at]).collect();
        let names: Vec<&str> = studies.iter().map(|study| study.head().id.as_str()).collect();
        let compared = Comparison::of(studies.iter().copied()).unwrap_or_else(|error| panic!("{names:?}: {error}"));
        assert!(compared.studies().map(|id| id.as_str()).eq(names.iter().copied()), "{names:?}");
        assert_eq!((compared.gaps.len(), compared.relevance.len()), (studies.len(), studies.len()), "{names:?}");
        assert!(compared.dimensions.iter().all(|of| of.studies.len() == studies.len()), "{names:?}");
        assert_eq!(serde_json::to_value(&compared).unwrap()["coverage"].as_array().map(Vec::len), Some(studies.len()), "{names:?}");
        let seven = Seven::of(&studies).unwrap_or_else(|error| panic!("{names:?}: {error}"));
        let phases: usize = studies.iter().map(|study| study.head().phases.len()).sum();
        assert_eq!(seven.units.len() + seven.left_out.len(), phases, "{names:?}: a phase is a unit or is told why not");
        assert_eq!(seven.associations.dimensions.len(), 7, "{names:?}");
        assert!(seven.units.iter().all(|unit| names.contains(&unit.study.as_str())), "{names:?}");
        assert!(!seven.caution().is_empty() && serde_json::to_string(&seven).is_ok(), "{names:?}");
    }
}

/// A written case is the same case.
#[test]
fn every_case_survives_being_written() {
    for (case, assessment) in cases() {
        let document = peaceops::CaseDocument::from(assessment.study());
        let again = CaseStudy::try_from(&document).unwrap_or_else(|problems| panic!("{case}: {problems}"));
        let json = |assessment: &Assessment| serde_json::to_string(assessment).unwrap();
        assert_eq!(json(&again.assess(assessment.method())), json(assessment), "{case}");
    }
}
