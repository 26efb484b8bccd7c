//! A what-if is another study: edits move the output where they should, and nowhere else.

#![cfg(all(feature = "toml", feature = "csv"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests stop at what they did not expect")]

use std::collections::BTreeMap;

use crate::common::Case;
use insta::assert_snapshot;
use peaceops::document::record::{JudgementRecord, TaskRecord};
use peaceops::model::{Finding, Shown};
use peaceops::scale::{FindingKind, Level, Salience, Strength};
use peaceops::scoring::gap::DayRange;
use peaceops::scoring::{Assessment, CellLevel, CellResult, Gap, GapKind, Method};
use peaceops::{CaseStudy, Problems, Segment};

fn minusma() -> CaseStudy {
    Case::minusma().study()
}

fn assess(study: &CaseStudy) -> Assessment {
    study.assess(&Method::default())
}

fn json(assessment: &Assessment) -> String {
    serde_json::to_string(assessment).unwrap()
}

fn gap<'a>(assessment: &'a Assessment, address: &str) -> Option<&'a Gap> {
    assessment.gaps().iter().find(|gap| gap.address == address)
}

/// The task, its date and the lag of a mandate lag.
#[track_caller]
fn lag(kind: &GapKind) -> (String, String, DayRange) {
    match kind {
        GapKind::MandateLag { task, until, lag, .. } => (task.to_string(), until.to_string(), *lag),
        other => panic!("not a mandate lag: {other:?}"),
    }
}

const CENTRE_LAG: &str = "mandate-lag/MIN-DRV-09/C";

/// All cells by phase, region and task.
fn cells(assessment: &Assessment) -> BTreeMap<(String, String, String), &CellResult> {
    let all = assessment.congruence().tasks.iter().flat_map(|task| task.cells.iter().map(|cell| (task.id.to_string(), cell)));
    all.map(|(task, cell)| ((cell.phase.to_string(), cell.region.to_string(), task), cell)).collect()
}

/// Level, low and high of a cell, with what is unknown at its bounds.
fn ends(cell: &CellResult) -> Option<[Level; 3]> {
    match cell.outcome {
        CellLevel::Known { level, low, high } => Some([level, low, high]),
        CellLevel::Unknown { at_most } => Some([at_most; 3]),
        CellLevel::NotApplicable => None,
    }
}

#[test]
fn an_earlier_mandate_for_the_centre_shortens_the_lag() {
    let study = minusma();
    let (before, after) = (assess(&study), {
        let edited = study
            .edit(|case| {
                case.task("MIN-TSK-30")?.when = "2016-01-01..2023-06-30".into();
                Ok(())
            })
            .unwrap();
        assess(&edited)
    });
    let old = lag(&gap(&before, CENTRE_LAG).unwrap().kind);
    let new = lag(&gap(&after, CENTRE_LAG).unwrap().kind);
    // The driver is critical there since some day of 2015: from its last day 1 day, from its first 365.
    assert_eq!((old.0.as_str(), old.1.as_str()), ("MIN-TSK-30", "2018-06-28"));
    assert_eq!((new.0.as_str(), new.1.as_str(), new.2), ("MIN-TSK-30", "2016-01-01", DayRange { least: 1, most: 365 }));
    assert!(new.2.least < old.2.least && new.2.most < old.2.most);
    // It has a cell in the phase before now, and the stretch that nothing met ends before it came.
    let cell = ("P2".to_owned(), "C".to_owned(), "MIN-TSK-30".to_owned());
    assert!(!cells(&before).contains_key(&cell) && cells(&after).contains_key(&cell));
    let unmet = |assessment: &Assessment| match &gap(assessment, "unaddressed-driver/MIN-DRV-09/C").unwrap().kind {
        GapKind::UnaddressedDriver { stretches, .. } => stretches.last().unwrap().last().to_string(),
        other => panic!("{other:?}"),
    };
    assert!(unmet(&before) > unmet(&after));
    assert_eq!(unmet(&after), "2015-12-31");
    // Lags of other drivers, and the first phase, stay as they were.
    assert_eq!(gap(&before, "mandate-lag/MIN-DRV-12/C"), gap(&after, "mandate-lag/MIN-DRV-12/C"));
    assert_eq!(before.congruence().profile(Some("P1"), None), after.congruence().profile(Some("P1"), None));
}

#[test]
fn a_force_taken_from_the_centre_lowers_the_centre_alone() {
    let study = minusma();
    let absent = || Some(JudgementRecord { level: Some("absent".into()), because: Some("Taken away".into()), ..Default::default() });
    let edited = study
        .edit(|case| {
            let blocks = &mut case.document().rating;
            let is = |list: &[String], one: &str| list == [one.to_owned()];
            let mut found = blocks.iter_mut().filter(|row| is(&row.pool.0, "force") && is(&row.phase.0, "P3") && is(&row.region.0, "C"));
            let block = found.next().expect("the force in the Centre is rated in the third phase");
            assert!(found.next().is_none());
            drop(found);
            (block.resources, block.capabilities) = (absent(), absent());
            Ok(())
        })
        .unwrap();
    let (before, after) = (assess(&study), assess(&edited));
    let (old, new) = (cells(&before), cells(&after));
    assert!(old.keys().eq(new.keys()), "the cells are the same");
    let mut lower = 0;
    for (key, old) in &old {
        let new = new[key];
        let (a, b) = (ends(old), ends(new));
        let inherits = old.links.iter().any(|link| link.inherited.as_ref().is_some_and(|pool| pool.as_str() == "force"));
        if key.0 == "P3" && key.1 == "C" && inherits {
            assert!(a.is_none() == b.is_none() && a.into_iter().flatten().zip(b.into_iter().flatten()).all(|(a, b)| b <= a), "{key:?}");
            assert_eq!(b, Some([Level::Absent; 3]), "{key:?} leans on the force");
            lower += usize::from(b < a);
        } else {
            assert_eq!((old.outcome, &old.binding), (new.outcome, &new.binding), "{key:?}");
        }
    }
    assert!(lower > 0, "something falls");
    let (a, b) = (before.congruence(), after.congruence());
    let centre = |congruence: &peaceops::scoring::Congruence| congruence.profile(Some("P3"), Some("C")).unwrap().clone();
    assert!(centre(b).headline.level() <= centre(a).headline.level());
    assert!(centre(b).partial_or_better.compare(centre(a).partial_or_better).is_le());
    for (phase, region) in [(Some("P1"), None), (Some("P2"), None), (None, Some("N")), (Some("P3"), Some("N")), (Some("P3"), Some("S"))] {
        assert_eq!(a.profile(phase, region), b.profile(phase, region), "{phase:?} {region:?}");
    }
    for kind in ["mandate-lag", "unaddressed-driver", "overstretch", "drift"] {
        let of = |assessment: &Assessment| assessment.gaps().iter().filter(|gap| gap.kind.name() == kind).cloned().collect::<Vec<_>>();
        assert_eq!(of(&before), of(&after), "gaps need no rating: {kind}");
    }
    assert_eq!((before.relevance(), before.dimensions()), (after.relevance(), after.dimensions()));
}

#[test]
fn an_instrument_deleted_leaves_ids_that_lead_nowhere() {
    // In the files: each row that names it is told, with the line it stands on.
    let case = Case::minusma();
    let text = case.text("instruments.toml");
    let block = text.split("[[instrument]]").find(|block| block.contains("id = \"MIN-MAN-08\"")).unwrap();
    let case = case.clone().patch("instruments.toml", &format!("[[instrument]]{block}"), "");
    let problems = case.problems();
    let mut in_tasks = 0;
    for problem in problems.iter() {
        assert_eq!(problem.error.code(), "unknown-id", "{problem}");
        let place = problem.place.as_ref().unwrap_or_else(|| panic!("no place: {problem}"));
        let line = case.text(&place.file).lines().nth(place.line - 1).unwrap();
        let from: String = line.chars().skip(place.column - 1).collect();
        assert!(from.trim_start_matches(['"', '[']).starts_with("MIN-MAN-08"), "{place} is not where it is named: {line}");
        in_tasks += usize::from(place.file == "tasks.toml");
    }
    let named = |file: &str| case.text(file).matches("by = \"MIN-MAN-08\"").count();
    assert_eq!(in_tasks, named("tasks.toml"), "every task and change that rests on it");
    assert!(in_tasks > 5);

    // In records built or edited in code there is no file, but a path.
    let problems = minusma()
        .edit(|case| {
            case.document().instrument.retain(|row| row.id != "MIN-MAN-08");
            Ok(())
        })
        .unwrap_err();
    let task = problems.iter().find(|p| p.row.as_deref() == Some("MIN-TSK-30")).unwrap();
    assert_eq!((task.place.as_ref(), task.error.code()), (None, "unknown-id"));
    let keys: Vec<_> =
        task.path.segments().iter().filter_map(|s| if let Segment::Key(key) = s { Some(key.as_str()) } else { None }).collect();
    assert_eq!(keys, ["task", "by"]);
}

#[test]
fn an_edit_of_a_row_that_is_not_there() {
    let problems: Problems = minusma().edit(|case| case.task("MIN-TSK-3O").map(drop)).unwrap_err();
    let problem = problems.iter().next().unwrap();
    assert_eq!((problems.len(), problem.error.code()), (1, "unknown-id"));
    assert!(problem.error.to_string().contains("the nearest is `MIN-TSK-30`"), "{problem}");
    let told = |problems: Problems| problems.iter().next().unwrap().error.to_string();
    let study = minusma();
    assert_eq!(
        told(study.edit(|case| case.evidence("MIN-EVD-2I").map(drop)).unwrap_err()),
        "unknown evidence `MIN-EVD-2I`; the nearest is `MIN-EVD-20`"
    );
    assert_eq!(
        told(study.edit(|case| case.claim("MIN-CLM-1").map(drop)).unwrap_err()),
        "unknown claim `MIN-CLM-1`; the nearest is `MIN-CLM-01`"
    );
    assert_eq!(told(study.edit(|case| case.stakeholder("nobody").map(drop)).unwrap_err()), "unknown stakeholder `nobody`");
    assert_eq!(
        told(study.edit(|case| case.position("MIN-STV-0001").map(drop)).unwrap_err()),
        "unknown position `MIN-STV-0001`; the nearest is `MIN-STV-001`"
    );
    let problems = minusma().edit(|case| case.task("MIN-TSK-30")?.drop_on("2019-02-30")).unwrap_err();
    assert_eq!(problems.iter().next().unwrap().error.code(), "no-such-date");
}

#[test]
fn an_edit_of_evidence_and_claims_moves_what_rests_on_them_alone() {
    let study = minusma();
    let before = assess(&study);
    let without = study
        .edit(|case| {
            // Nobody contradicts it any more, and one claim loses what it holds by.
            case.document().evidence.iter_mut().for_each(|row| row.contradicts.retain(|id| id != "MIN-EFF-16"));
            let claim = case.claim("MIN-CLM-01")?;
            claim.theory.state = "not-met".into();
            Ok(())
        })
        .unwrap();
    let after = assess(&without);
    let effect = |assessment: &Assessment| assessment.confidence().of("MIN-EFF-16").unwrap().contradicts.len();
    assert!(effect(&before) > 0 && effect(&after) == 0);
    let strengths = |assessment: &Assessment| assessment.contribution().iter().map(|claim| claim.strength).collect::<Vec<_>>();
    assert_eq!(strengths(&after)[0], Strength::Unsupported);
    assert_ne!(strengths(&before)[0], Strength::Unsupported);
    assert_eq!(strengths(&before)[1..], strengths(&after)[1..]);
    // Evidence and claims move no level, gap, band or view.
    let rest = |assessment: &Assessment| {
        let mut json = serde_json::to_value(assessment).unwrap();
        ["confidence", "contribution"].iter().for_each(|key| drop(json.as_object_mut().unwrap().remove(*key).unwrap()));
        json
    };
    assert_eq!(rest(&before), rest(&after));
}

#[test]
fn a_group_made_small_is_folded_and_weighs_as_before() {
    let study = minusma();
    let group = study.stakeholders().iter().find(|row| row.heads == Some(48)).unwrap().id.clone();
    let folded = study
        .edit(|case| {
            case.stakeholder(group.as_str())?.heads = Some(4);
            Ok(())
        })
        .unwrap();
    assert_eq!(study.shown(&group), Shown::Group(group.clone()));
    assert_eq!(folded.shown(&group), Shown::FoldedInto(folded.stakeholder(&group).unwrap().side.clone()));
    // Under a threshold of its own it is shown again; the study itself is unchanged.
    let open = folded
        .edit(|case| {
            case.document().study.as_mut().unwrap().least_heads = Some(4);
            Ok(())
        })
        .unwrap();
    assert_eq!((open.least_heads(), folded.least_heads(), study.least_heads()), (4, 5, 5));
    assert_eq!(open.shown(&group), Shown::Group(group.clone()));
    let count = |study: &CaseStudy| assess(study).consensus().iter().map(|result| result.whole.folded).sum::<usize>();
    assert_eq!((count(&study), count(&open)), (0, 0));
    assert!(count(&folded) > 0);
}

/// Strengths less limitations, and all weight, of the findings of a dimension: each issue once, by hand.
fn weights<'a>(findings: impl Iterator<Item = &'a Finding>) -> (i64, i64) {
    let weight = |salience: Salience| match salience {
        Salience::Minor => 1,
        Salience::Moderate => 2,
        Salience::Major => 3,
    };
    let mut issues: BTreeMap<&str, (FindingKind, i64)> = BTreeMap::new();
    for finding in findings {
        let issue = issues.entry(finding.issue.as_str()).or_insert((finding.kind, 0));
        issue.1 = issue.1.max(weight(finding.salience));
    }
    issues.values().fold((0, 0), |(part, of), (kind, weight)| match kind {
        FindingKind::Strength => (part + weight, of + weight),
        FindingKind::Limitation => (part - weight, of + weight),
        FindingKind::Mixed => (part, of + weight),
        FindingKind::Neutral => (part, of),
    })
}

fn of_dimension<'a>(study: &'a CaseStudy, dimension: &'a str) -> impl Iterator<Item = &'a Finding> {
    study.findings().iter().filter(move |finding| finding.dimension == *dimension)
}

#[track_caller]
fn balance(assessment: &Assessment, dimension: &str) -> f64 {
    assessment.dimension(dimension).unwrap().whole.balance.unwrap().value.value()
}

#[test]
#[allow(clippy::cast_precision_loss, reason = "small whole numbers")]
fn a_finding_moved_to_an_issue_of_its_own_moves_the_balance_by_its_weight() {
    let study = minusma();
    let before = assess(&study);
    // Every dimension counts as by hand.
    for dimension in study.framework().dimensions() {
        let (part, of) = weights(of_dimension(&study, dimension.id.as_str()));
        assert_eq!(balance(&before, dimension.id.as_str()), part as f64 / of as f64, "{}", dimension.id);
    }
    // A row that shares its issue with a more salient one weighs nothing by itself, and its whole weight apart from it.
    let shares = |row: &&Finding| {
        let mut others = of_dimension(&study, row.dimension.as_str()).filter(|other| other.issue == row.issue && other.id != row.id);
        row.kind == FindingKind::Limitation && others.any(|other| other.salience >= row.salience)
    };
    let row = study.findings().iter().find(shares).expect("some issue has two rows");
    let (dimension, salience) = (row.dimension.as_str(), row.salience);
    let edited = study
        .edit(|case| {
            case.finding(row.id.as_str())?.issue = "an-issue-of-its-own".into();
            Ok(())
        })
        .unwrap();
    let after = assess(&edited);
    let weight = match salience {
        Salience::Minor => 1,
        Salience::Moderate => 2,
        Salience::Major => 3,
    };
    let (part, of) = weights(of_dimension(&study, dimension));
    assert_eq!(weights(of_dimension(&edited, dimension)), (part - weight, of + weight));
    assert_eq!(balance(&after, dimension), (part - weight) as f64 / (of + weight) as f64);
    assert!(balance(&after, dimension) < balance(&before, dimension));
    for other in study.framework().dimensions().iter().filter(|other| other.id.as_str() != dimension) {
        assert_eq!(before.dimension(other.id.as_str()), after.dimension(other.id.as_str()), "no other dimension moves");
    }
    assert_eq!(before.congruence(), after.congruence());
}

#[test]
fn a_task_dropped_leaves_and_gives_its_cell_back() {
    let study = minusma();
    let edited = study.edit(|case| case.task("MIN-TSK-30")?.drop_on("2018-07-28")).unwrap();
    let (before, after) = (assess(&study), assess(&edited));
    assert!(before.congruence().task("MIN-TSK-30").is_some());
    assert!(after.congruence().task("MIN-TSK-30").is_none(), "in force for 30 days");
    // It replaced the general task in the Centre: that one has the cell now.
    let cell = ("P3".to_owned(), "C".to_owned(), "MIN-TSK-03".to_owned());
    assert!(!cells(&before).contains_key(&cell) && cells(&after).contains_key(&cell));
    let dropped = after.study().task(&"MIN-TSK-30".parse().unwrap()).unwrap();
    assert_eq!(dropped.when.to_string(), "2018-06-28..2018-07-27");
    // Later states are gone: it is no strategic task of 2019.
    let on = |assessment: &Assessment| assessment.as_of("2019-07-01".parse().unwrap()).unwrap().tasks.iter().any(|t| t.id == *"MIN-TSK-30");
    assert!(on(&before) && !on(&after));
    // Taken out as a row, whatever names it is told.
    let problems = study
        .edit(|case| {
            case.document().task.retain(|row| row.id != "MIN-TSK-30");
            Ok(())
        })
        .unwrap_err();
    assert!(problems.iter().all(|problem| problem.error.code() == "unknown-id"));
    assert!(problems.iter().any(|problem| problem.row.as_deref() == Some("MIN-DRV-09")));
}

#[test]
fn a_task_dropped_ends_no_later_than_it_did() {
    let dropped = |when: &str, date: &str| {
        let mut task = TaskRecord { id: "old".into(), when: when.into(), ..TaskRecord::default() };
        let result = task.drop_on(date).map_err(|error| Problems::from(error).to_string());
        if result.is_err() {
            assert_eq!(task.when, when, "it is as it was");
        }
        result.map(|()| task.when)
    };
    for (when, date, after) in [
        ("2013..2014-06-30", "2016-07-01", "2013..2014-06-30"),
        ("2013..2014-06-30", "2014-07-01", "2013..2014-06-30"),
        ("2013..2014-06-30", "2014-06-30", "2013..2014-06-29"),
        ("2013..2014", "2014-07-01", "2013..2014-06-30"),
        ("2013..2014", "2015", "2013..2014"),
        ("2013", "2013-07", "2013..2013-06-30"),
        ("2013", "2014", "2013"),
        ("2013..", "2013-01-02", "2013..2013-01-01"),
        ("..2014", "2013", "..2012-12-31"),
        ("2013-01-01..", "2013-01-02", "2013-01-01"),
    ] {
        assert_eq!(dropped(when, date), Ok(after.to_owned()), "{when} dropped on {date}");
    }
    assert_snapshot!(dropped("2013..", "2013-01-01").unwrap_err(), @"
    the task `old` begins with 2013: dropped as of 2013-01-01 it would never have been in force [never-in-force]
      help: drop it on a later date, or take the row out, with what names it

    1 fault of meaning.
    ");
    assert_snapshot!(dropped("2018-06-28..2019", "2013").unwrap_err(), @"
    the task `old` begins with 2018-06-28: dropped as of 2013 it would never have been in force [never-in-force]
      help: drop it on a later date, or take the row out, with what names it

    1 fault of meaning.
    ");
    assert_snapshot!(dropped("mission", "2013").unwrap_err(), @"
    `mission` is not a period [invalid-period]
      help: dates belong here: write `2013-07..2015-06-19`, `2014..`, `..2017` or `2018`

    1 fault of meaning.
    ");
    assert_snapshot!(dropped("", "2013").unwrap_err(), @"
    `` is not a period [invalid-period]
      help: write `2013-07..2015-06-19`, `2014..`, `..2017`, `2018`, or `mission`, `current`, `undated`, `outside`

    1 fault of meaning.
    ");
    assert_snapshot!(dropped("2013..", "tomorrow").unwrap_err(), @"
    `tomorrow` is not a date [no-such-date]
      help: write `2016`, `2018-06` or `2018-06-28`

    1 fault of meaning.
    ");
}

#[test]
fn changes_after_a_task_is_dropped_hold_on_no_day() {
    let case = Case::minusma();
    let study = case.study();
    let changed = study.tasks().iter().find(|task| task.changes.len() > 1).unwrap();
    let (id, from) = (changed.id.as_str(), changed.changes[1].from);
    let edited = study.edit(|case| case.task(id)?.drop_on(&from.to_string())).unwrap();
    let last = from.first().pred_opt().unwrap();
    let at = study.place_of_task(&changed.id).unwrap();
    assert!(study.states(at).iter().any(|state| state.days.last() > last));
    assert!(edited.states(at).iter().all(|state| state.days.last() <= last));
    assert_eq!(edited.tasks()[at].changes, changed.changes);
}

#[test]
fn a_dispute_applied_moves_the_lag() {
    let study = minusma();
    let plain = assess(&study);
    let told = gap(&plain, CENTRE_LAG).unwrap();
    let under = |id: &str| study.under(study.dispute(&id.parse().unwrap()).unwrap());
    for dispute in ["centre-2016", "centre-2013"] {
        let reading = told.disputed.iter().find(|d| d.dispute.as_str() == dispute).expect("the lag is told under both readings");
        let applied = assess(&under(dispute));
        assert_eq!(gap(&applied, CENTRE_LAG).map(|gap| &gap.kind), reading.reading.as_ref(), "{dispute}");
    }
    let early = assess(&under("centre-2016"));
    let (task, until, days) = lag(&gap(&early, CENTRE_LAG).unwrap().kind);
    assert_eq!((task.as_str(), until.as_str()), ("MIN-TSK-03", "2016-06-29"));
    assert!(days.most < lag(&told.kind).2.least);
    assert!(gap(&assess(&under("centre-2013")), CENTRE_LAG).is_none());
    // Being in force is disputed in the timeline: the tasks have cells in the Centre in the second phase.
    let cell = ("P2".to_owned(), "C".to_owned(), "MIN-TSK-07".to_owned());
    assert!(!cells(&plain).contains_key(&cell) && cells(&early).contains_key(&cell));
    // A dispute in words alone is the same study.
    assert!(json(&assess(&under("qrf-dates"))) == json(&plain));
    // The records under another reading are the same records: a reading is no edit.
    assert_eq!(peaceops::CaseDocument::from(&under("centre-2016")), peaceops::CaseDocument::from(&study));
}

#[test]
fn the_original_study_is_unchanged() {
    let study = minusma();
    let (copy, before) = (study.clone(), json(&assess(&study)));
    let edited = study
        .edit(|case| {
            case.task("MIN-TSK-30")?.drop_on("2018-07-28")?;
            case.finding("MIN-D1-01")?.salience = "minor".into();
            Ok(())
        })
        .unwrap();
    let _ = study.under(study.dispute(&"centre-2016".parse().unwrap()).unwrap());
    let _ = study.edit(|case| case.effect("no-such").map(drop));
    assert_ne!(edited, study);
    assert!(json(&assess(&edited)) != before, "the edited study has another assessment");
    assert_eq!(study, copy);
    assert!(json(&assess(&study)) == before, "the assessment of the original is the same to the byte");
    // An edit that changes nothing gives the same study.
    assert_eq!(study.edit(|_| Ok(())).unwrap(), study);
}
