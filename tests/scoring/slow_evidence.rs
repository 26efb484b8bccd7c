//! A second road to confidence and consensus, written from the text of the methodology and of the crate's own
//! documentation, against the crate's.
//!
//! It works in plain loops and in floats: pieces are gathered and counted one by one, shares are added up as
//! fractions of one, A is taken by the triple loop of methodology.md, section 5, and the range of what is open by
//! solving for every corner of the cells on which A is linear. Where the text leaves a choice open it takes the
//! crate's: how concerns make a cell of the IPCC's grid, and that stances hold together which overlap the latest.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests stop at what they did not expect")]

mod generate;
mod sureness;
mod views;

use std::collections::BTreeMap;

use peaceops::CaseStudy;
use peaceops::measure::Decimal;
use peaceops::scoring::{Assessment, Method};

/// A method with every choice changed that confidence and consensus make.
fn varied() -> Method {
    let mut method = Method::default();
    method.windows.least = Decimal::of_thousandths(300);
    method.confidence.mission_sides = vec!["state".into(), "mission".into()];
    method.confidence.enough_groups = 3;
    method.consensus.least_voices = 3;
    method.consensus.open_part = 2;
    method.consensus.broad = Decimal::of_thousandths(500);
    method.consensus.partial = Decimal::of_thousandths(100);
    method
}

/// All in which the two roads differ.
fn differences(study: &CaseStudy, method: &Method, five: bool) -> (Assessment, Vec<String>) {
    let assessment = study.assess(method);
    let mut found = sureness::differences(study, method, &assessment);
    found.extend(views::differences(study, method, &assessment, five));
    (assessment, found)
}

/// The kind of a difference: its words without numbers.
fn kind(line: &str) -> String {
    line.split(": slow")
        .next()
        .unwrap()
        .split(' ')
        .skip(1)
        .filter(|word| !word.contains(|c: char| c.is_ascii_digit()))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Compares on generated studies, tells every kind of difference once, and that each kind of result was reached.
fn sweep(seeds: std::ops::Range<u64>) {
    let mut told: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let mut reached: BTreeMap<String, usize> = BTreeMap::new();
    for seed in seeds {
        let study = crate::plain::study(generate::document(seed));
        let method = if seed % 4 == 0 { varied() } else { Method::default() };
        let (assessment, found) = differences(&study, &method, seed % 5 == 0);
        for line in found {
            told.entry(kind(&line)).or_insert((0, format!("seed {seed}: {line}"))).0 += 1;
        }
        reach(&assessment, &mut reached);
    }
    let text: Vec<String> = told.values().map(|(count, line)| format!("{count} × {line}")).collect();
    assert!(text.is_empty(), "{}", text.join("\n"));
    let wanted = [
        "broad",
        "partial",
        "diffuse",
        "divided",
        "over several bands",
        "too little stated",
        "too few to say",
        "apart",
        "listed",
        "dissent",
        "folded",
        "high",
        "moderate",
        "low",
        "very-low",
        "nothing",
        "roads differ",
        "methods none",
        "methods serious",
        "coherence minor",
        "coherence moderate",
        "coherence serious",
        "adequacy none",
        "adequacy minor",
        "adequacy moderate",
        "relevance none",
        "relevance minor",
        "relevance moderate",
        "relevance serious",
        "3 caps",
    ];
    let missing: Vec<&&str> = wanted.iter().filter(|name| !reached.contains_key(**name)).collect();
    assert!(missing.is_empty(), "no study reaches {missing:?}");
}

fn reach(assessment: &Assessment, reached: &mut BTreeMap<String, usize>) {
    let mut add = |name: String| *reached.entry(name).or_default() += 1;
    for one in assessment.consensus() {
        for view in std::iter::once(&one.whole).chain(one.by_phase.iter().map(|phase| &phase.view)) {
            add(view.reading.to_string());
            let lists =
                [("apart", view.apart.len()), ("listed", view.listed.len()), ("dissent", view.dissent.len()), ("folded", view.folded)];
            lists.into_iter().filter(|(_, count)| *count > 0).for_each(|(name, _)| add(name.into()));
        }
    }
    let confidence = assessment.confidence();
    for one in confidence.findings.iter().chain(&confidence.effects).chain(&confidence.ratings) {
        add(one.proposed.map_or("nothing".into(), |level| level.to_string()));
        if one.roads_differ {
            add("roads differ".into());
        }
        add(format!("{} caps", one.caps.len()));
        one.components.iter().for_each(|part| add(format!("{} {}", part.component, part.concern)));
    }
}

#[cfg(all(feature = "toml", feature = "csv"))]
#[test]
fn both_roads_agree_on_minusma() {
    let study = CaseStudy::read(crate::common::MINUSMA).unwrap();
    for method in [Method::default(), varied()] {
        let (assessment, found) = differences(&study, &method, true);
        assert!(found.is_empty(), "{} differences\n{}", found.len(), found.join("\n"));
        assert!(assessment.consensus().len() > 5 && assessment.confidence().findings.len() > 100, "there is something to compare");
    }
}

#[test]
fn both_roads_agree_on_200_studies() {
    sweep(0..200);
}
