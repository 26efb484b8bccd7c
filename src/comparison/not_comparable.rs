//! What cannot be compared, and why.

use serde::Serialize;

use super::congruence::CongruenceCompared;
use super::consensus::ConsensusCompared;
use super::coverage::StudyCoverage;
use super::dimensions::DimensionCompared;
use crate::id::{Slug, StudyId};
use crate::scoring::{Assessment, Headline};

/// Something that cannot be compared, or only with care.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NotCompared {
    /// What: `dimension/mandate`, `headline`, `propositions`, `fields`, `phases`, `coders`, `origin/effects`.
    pub what: String,
    /// The studies that it is true of; none where it is true of all.
    pub studies: Vec<StudyId>,
    /// Why, in a sentence.
    pub why: String,
}

pub(super) fn of(
    all: &[&Assessment],
    coverage: &[StudyCoverage],
    dimensions: &[DimensionCompared],
    congruence: &CongruenceCompared,
    consensus: &ConsensusCompared,
) -> Vec<NotCompared> {
    let mut list = Vec::new();
    let mut add = |what: String, studies: Vec<StudyId>, why: String| list.push(NotCompared { what, studies, why });
    for study in &congruence.studies {
        if let Headline::Unknown { reason } = study.headline {
            add("headline".to_owned(), vec![study.study.clone()], format!("{reason}: its range overlaps with every other"));
        }
    }
    let least = all[0].method().balance.least_issues;
    for dimension in dimensions {
        let without: Vec<StudyId> = dimension.studies.iter().filter(|one| one.band.is_none()).map(|one| one.study.clone()).collect();
        if !without.is_empty() {
            add(format!("dimension/{}", dimension.dimension), without, format!("fewer than {least} issues weigh: a count has no band"));
        }
    }
    type Pick = fn(&StudyCoverage) -> super::coverage::ByOrigin;
    let origins: [(&str, Pick); 4] = [
        ("ratings", |study| study.origins.ratings),
        ("effects", |study| study.origins.effects),
        ("findings", |study| study.origins.findings),
        ("positions", |study| study.origins.positions),
    ];
    for (name, pick) in origins {
        let outside: Vec<StudyId> =
            coverage.iter().filter(|study| pick(study).rests_on_the_report() == Some(false)).map(|study| study.study.clone()).collect();
        // Where all studies rest on outside sources alike, they still differ from none.
        if !outside.is_empty() && outside.len() < coverage.len() {
            add(
                format!("origin/{name}"),
                outside,
                format!("under half of the {name} rest on the report or its authors: differences may be those of sources"),
            );
        }
    }
    let years = |days: i64| format!("{:.1}", f64::from(i32::try_from(days).unwrap_or(i32::MAX)) / 365.25);
    let (short, long) = (coverage.iter().map(|study| study.window.len()).min(), coverage.iter().map(|study| study.window.len()).max());
    let lengths = coverage.iter().flat_map(|study| study.phases.iter().copied());
    if let (Some(least), Some(most)) = (lengths.clone().min(), lengths.max())
        && (least != most || short != long)
    {
        let windows = (years(short.unwrap_or(0)), years(long.unwrap_or(0)));
        add(
            "phases".to_owned(),
            Vec::new(),
            format!(
                "phases last {} to {} years and windows {} to {}: results by phase are not set against each other",
                years(least),
                years(most),
                windows.0,
                windows.1
            ),
        );
    }
    let fields = |at: usize| congruence.studies[at].by_field.iter().map(|(field, _)| field);
    for at in 0..all.len() {
        let others = |field: &&Slug| !(0..all.len()).any(|other| other != at && fields(other).any(|one| one == *field));
        let alone: Vec<&str> = fields(at).filter(others).map(Slug::as_str).collect();
        if !alone.is_empty() {
            add(
                "fields".to_owned(),
                vec![congruence.studies[at].study.clone()],
                format!("no other study has tasks in {}", alone.join(", ")),
            );
        }
    }
    for (study, count) in consensus.alone.iter().filter(|(_, count)| *count > 0) {
        let asked = if *count == 1 { "1 proposition is".to_owned() } else { format!("{count} propositions are") };
        add("propositions".to_owned(), vec![study.clone()], format!("{asked} asked in no other study"));
    }
    let single: Vec<StudyId> = coverage.iter().filter(|study| study.coders == Some(1)).map(|study| study.study.clone()).collect();
    if !single.is_empty() {
        add("coders".to_owned(), single, "coded by one person: how far another would agree is not known".to_owned());
    }
    list
}
