//! What cannot be compared, and why.

use serde::Serialize;

use super::congruence::{CongruenceCompared, PartOf};
use super::consensus::ConsensusCompared;
use super::coverage::{StudyCoverage, rests_on_the_report};
use super::dimensions::DimensionCompared;
use crate::id::StudyId;
use crate::scoring::{Headline, Method, OriginCount, Origins};

/// Something that cannot be compared, or only with care.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NotCompared {
    /// What: `congruence`, `congruence/fields`, `dimension/legitimacy`, `origin/effects`, `phases`, `fields`,
    /// `propositions`, `coders`.
    pub what: String,
    /// The studies that it is true of; none where it lies between them and in no one alone.
    pub studies: Vec<StudyId>,
    /// Why, in a sentence.
    pub why: String,
}

impl NotCompared {
    fn new(what: impl Into<String>, studies: Vec<StudyId>, why: impl Into<String>) -> Self {
        Self { what: what.into(), studies, why: why.into() }
    }
}

pub(super) fn of(
    method: &Method,
    coverage: &[StudyCoverage],
    dimensions: &[DimensionCompared],
    congruence: &CongruenceCompared,
    consensus: &ConsensusCompared,
) -> Vec<NotCompared> {
    let lists = [
        without_headline(congruence),
        without_band(dimensions, method.balance.least_issues),
        other_sources(coverage),
        lengths(coverage).into_iter().collect(),
        own_fields(coverage, congruence),
        own_propositions(consensus),
        one_coder(coverage).into_iter().collect(),
    ];
    lists.into_iter().flatten().collect()
}

fn without_headline(congruence: &CongruenceCompared) -> Vec<NotCompared> {
    let wholes = congruence.studies.iter().filter_map(|of| {
        let Headline::Unknown { reason } = of.whole.headline else { return None };
        // Where no task is in force there is no weight to have a share of.
        let percent = of.whole.weight.percent().map_or_else(String::new, |percent| format!(", {percent} % of the weight"));
        let why = format!("{reason}{percent}: it has no level to set beside others");
        Some(NotCompared::new("congruence", vec![of.study.clone()], why))
    });
    let is_known = |of: &&PartOf| of.part.headline.level().is_some();
    let fields = congruence.by_field.iter().filter(|field| field.studies.len() > 1 && field.studies.iter().filter(is_known).count() < 2);
    let fields: Vec<&str> = fields.map(|field| field.field.as_str()).collect();
    let why = format!("under two studies have a level in {}, though several have tasks there", fields.join(", "));
    wholes.chain((!fields.is_empty()).then(|| NotCompared::new("congruence/fields", Vec::new(), why))).collect()
}

fn without_band(dimensions: &[DimensionCompared], least: u16) -> Vec<NotCompared> {
    let told = |dimension: &DimensionCompared| {
        let without = dimension.studies.iter().filter(|one| one.band.is_none());
        let without: Vec<StudyId> = without.map(|one| one.study.clone()).collect();
        let few = if least > 1 { format!("fewer than {least} issues weigh") } else { "no issue weighs".to_owned() };
        let why = format!("{few}: a count has no band");
        (!without.is_empty()).then(|| NotCompared::new(format!("dimension/{}", dimension.dimension), without, why))
    };
    dimensions.iter().filter_map(told).collect()
}

fn other_sources(coverage: &[StudyCoverage]) -> Vec<NotCompared> {
    type Pick = fn(&Origins) -> &OriginCount;
    let kinds: [(&str, Pick); 4] = [
        ("ratings", |origins| &origins.ratings),
        ("effects", |origins| &origins.effects),
        ("findings", |origins| &origins.findings),
        ("positions", |origins| &origins.positions),
    ];
    let told = |(name, pick): (&str, Pick)| {
        let rest = |on_the_report| {
            let studies = coverage.iter().filter(move |study| rests_on_the_report(pick(&study.origins)) == Some(on_the_report));
            studies.map(|study| study.study.clone())
        };
        let outside: Vec<StudyId> = rest(false).collect();
        // Studies that rest on outside sources alike do not differ in them, nor from one that has no such row.
        let differ = !outside.is_empty() && rest(true).next().is_some();
        let why = format!("under half of the weight of the {name} is of the report or its authors: a difference may be one of sources");
        differ.then(|| NotCompared::new(format!("origin/{name}"), outside, why))
    };
    kinds.into_iter().filter_map(told).collect()
}

fn lengths(coverage: &[StudyCoverage]) -> Option<NotCompared> {
    let years = |days: i64| format!("{:.1}", f64::from(i32::try_from(days).unwrap_or(i32::MAX)) / 365.25);
    // Lengths that read the same differ by days: leap years, or the days of a month.
    let span = |days: &[i64]| {
        let (least, most) = (years(*days.iter().min()?), years(*days.iter().max()?));
        Some(if least == most { (false, least) } else { (true, format!("{least} to {most}")) })
    };
    let windows: Vec<i64> = coverage.iter().map(|study| study.window.len()).collect();
    let phases: Vec<i64> = coverage.iter().flat_map(|study| study.phases.iter().copied()).collect();
    let ((phases_differ, phases), (windows_differ, windows)) = (span(&phases)?, span(&windows)?);
    let why = format!(
        "phases last {phases} years and windows {windows}: results by phase are not set against each other, but in the question of the seven"
    );
    (phases_differ || windows_differ).then(|| NotCompared::new("phases", Vec::new(), why))
}

fn own_fields(coverage: &[StudyCoverage], congruence: &CongruenceCompared) -> Vec<NotCompared> {
    let told = |study: &StudyCoverage| {
        let own = congruence.by_field.iter().filter(|field| matches!(field.studies.as_slice(), [one] if one.study == study.study));
        let own: Vec<&str> = own.map(|field| field.field.as_str()).collect();
        let why = format!("no other study has tasks to rate in {}", own.join(", "));
        (!own.is_empty()).then(|| NotCompared::new("fields", vec![study.study.clone()], why))
    };
    coverage.iter().filter_map(told).collect()
}

fn own_propositions(consensus: &ConsensusCompared) -> Vec<NotCompared> {
    let alone = consensus.alone.iter().filter(|(_, count)| *count > 0);
    let told = alone.map(|(study, count)| {
        let asked = if *count == 1 { "1 proposition is".to_owned() } else { format!("{count} propositions are") };
        NotCompared::new("propositions", vec![study.clone()], format!("{asked} asked in no other study"))
    });
    told.collect()
}

fn one_coder(coverage: &[StudyCoverage]) -> Option<NotCompared> {
    let single: Vec<StudyId> = coverage.iter().filter(|study| study.coders == Some(1)).map(|study| study.study.clone()).collect();
    let why = "coded by one person: how far another would agree is not known";
    (!single.is_empty()).then(|| NotCompared::new("coders", single, why))
}
