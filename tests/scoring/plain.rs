//! The small study that the tests of confidence, consensus and contribution start from.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests stop at what they did not expect")]
#![allow(dead_code, reason = "every test file uses its own part of this one")]

use peaceops::document::raw::{ListText, QuantityText, RangeNumbers};
use peaceops::document::record::*;
use peaceops::scoring::{Assessment, Method};
use peaceops::{CaseDocument, CaseStudy};

pub(crate) fn text(text: &str) -> String {
    text.to_owned()
}

pub(crate) fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|one| text(one)).collect()
}

/// Two years, a phase each; a land of two units, and a region that lies outside of it.
pub(crate) fn land() -> CaseDocument {
    let region = |id: &str, within: Option<&str>, unit| RegionRecord {
        id: text(id),
        name: format!("Region {id}"),
        r#in: within.map(text),
        unit,
        ..Default::default()
    };
    let phase = |id: &str, when: &str| PhaseRecord { id: text(id), when: text(when), ..Default::default() };
    CaseDocument {
        study: Some(StudyRecord {
            id: text("land"),
            title: text("A land"),
            framework: text("epon-2019"),
            missions: vec![text("m")],
            when: text("2018-01-01..2019-12-31"),
            area: text("land"),
            ..Default::default()
        }),
        mission: vec![MissionRecord {
            id: text("m"),
            name: text("A mission"),
            host: text("A state"),
            authorised_by: vec![text("un-sc")],
            when: text("2018.."),
            cite: texts(&["R p1"]),
            ..Default::default()
        }],
        source: vec![source("R")],
        region: vec![
            region("world", None, false),
            region("land", Some("world"), false),
            region("north", Some("land"), true),
            region("south", Some("land"), true),
            region("abroad", Some("world"), false),
        ],
        phase: vec![phase("P1", "2018-01-01..2018-12-31"), phase("P2", "2019-01-01..2019-12-31")],
        instrument: vec![InstrumentRecord {
            id: text("res"),
            body: text("un-sc"),
            number: text("1"),
            adopted: "2018-01-01".into(),
            cite: texts(&["R p1"]),
            ..Default::default()
        }],
        ..Default::default()
    }
}

/// A text without side, root or grading.
pub(crate) fn source(id: &str) -> SourceRecord {
    SourceRecord { id: text(id), origin: text("report"), title: format!("Text {id}"), ..Default::default() }
}

/// A finding on the North in 2018, told in the report.
pub(crate) fn finding(id: &str) -> FindingRecord {
    FindingRecord {
        id: text(id),
        title: format!("Finding {id}"),
        dimension: text("legitimacy"),
        issue: id.to_lowercase(),
        kind: text("strength"),
        salience: text("major"),
        r#where: texts(&["north"]),
        when: text("2018"),
        cite: texts(&["R p2"]),
        ..Default::default()
    }
}

/// An effect in the North in 2018, told in the report.
pub(crate) fn effect(id: &str, change: Option<i64>) -> EffectRecord {
    EffectRecord {
        id: text(id),
        title: format!("Effect {id}"),
        on: text("violence"),
        r#where: texts(&["north"]),
        when: text("2018"),
        observed: Some(ChangeRecord {
            change,
            not_assessed: change.is_none().then(|| text("silent")),
            because: change.map(|_| text("Told in a table")),
            ..Default::default()
        }),
        contribution: Some(ContributionRecord { grade: text("contributory"), ..Default::default() }),
        cite: texts(&["R p3"]),
        ..Default::default()
    }
}

/// A core task in the North in both years.
pub(crate) fn task(id: &str) -> TaskRecord {
    TaskRecord {
        id: text(id),
        title: format!("Task {id}"),
        short: text(id),
        field: text("protection"),
        when: text("2018-01-01.."),
        by: Some(text("res")),
        tier: text("core"),
        r#where: texts(&["north"]),
        cite: texts(&["R p4"]),
        ..Default::default()
    }
}

/// A level that rests on some rows.
pub(crate) fn rated(level: &str, rests_on: &[&str]) -> JudgementRecord {
    JudgementRecord { level: Some(text(level)), because: Some(text("Told in a table")), rests_on: texts(rests_on), ..Default::default() }
}

/// A person's decision.
pub(crate) fn decided(level: &str) -> Option<ConfidenceRecord> {
    Some(ConfidenceRecord { level: text(level), by: text("Two coders"), because: text("They know the survey's questions") })
}

/// A group of a side, or of none where the side is empty.
pub(crate) fn group(id: &str, side: &str) -> StakeholderRecord {
    let side = (!side.is_empty()).then(|| text(side));
    StakeholderRecord { id: text(id), name: format!("Group {id}"), side, cite: texts(&["R p5"]), ..Default::default() }
}

/// A stance on the one proposition, `p`, held in 2018 by a share of its group, or by nobody knows how many.
pub(crate) fn position(id: &str, group: &str, stance: i64, share: &str) -> PositionRecord {
    PositionRecord {
        id: text(id),
        group: text(group),
        proposition: text("p"),
        stance: Some(stance),
        share: (!share.is_empty()).then(|| QuantityText::from(share)),
        when: text("2018"),
        cite: texts(&["R p6"]),
        ..Default::default()
    }
}

pub(crate) fn proposition(id: &str) -> PropositionRecord {
    PropositionRecord { id: text(id), text: format!("The mission is right about {id}."), ..Default::default() }
}

pub(crate) fn condition(state: &str) -> ConditionRecord {
    ConditionRecord { state: text(state), because: text("Told in a table"), ..Default::default() }
}

pub(crate) fn test(kind: &str, clue: &str, outcome: &str) -> TestRecord {
    TestRecord { kind: text(kind), clue: text(clue), outcome: text(outcome), ..Default::default() }
}

pub(crate) fn numbers(list: &[f64]) -> Option<RangeNumbers> {
    Some(RangeNumbers(list.to_vec()))
}

pub(crate) fn list(ids: &[&str]) -> ListText {
    ListText(texts(ids))
}

#[track_caller]
pub(crate) fn study(document: CaseDocument) -> CaseStudy {
    CaseStudy::try_from(document).unwrap_or_else(|problems| panic!("the case has faults:\n{problems}"))
}

#[track_caller]
pub(crate) fn assess(document: CaseDocument) -> Assessment {
    study(document).assess(&Method::default())
}
