//! What was not assessed, and why.

use super::page::Page;
use super::words;
use peaceops::date::When;
use peaceops::id::RowId;
use peaceops::scale::{Judgement, Link};
use peaceops::scoring::{Assessment, Headline};

/// 5: what the study cannot say.
pub(super) fn not_assessed(assessment: &Assessment, all: bool, page: &mut Page) {
    let (study, congruence) = (assessment.study(), assessment.congruence());
    page.rule("5 NOT ASSESSED, AND WHY");
    let nowhere: Vec<_> = congruence.tasks.iter().filter(|task| task.assessed == 0 && task.bounds.is_some()).collect();
    let places: Vec<_> = congruence.tasks.iter().filter(|task| task.assessed > 0 && task.assessed < task.cells.len()).collect();
    let names = |tasks: &[&peaceops::scoring::TaskResult], most: usize| {
        let mut names: Vec<String> = tasks.iter().take(most).map(|task| words::short(study, &RowId::from(&task.id))).collect();
        if tasks.len() > most {
            names.push(format!("{} more", tasks.len() - most));
        }
        names.join(", ")
    };
    let most = if all { usize::MAX } else { 8 };
    let mut rows = Vec::new();
    if !nowhere.is_empty() {
        rows.push(vec![format!("{} nowhere", words::many(nowhere.len(), "task", "tasks")), names(&nowhere, most)]);
    }
    if !places.is_empty() {
        rows.push(vec![
            format!("{} in places", words::many(places.len(), "task", "tasks")),
            names(&places, if all { usize::MAX } else { 6 }),
        ]);
    }
    let not_coded = assessment.coverage().links_not_coded;
    if not_coded > 0 {
        rows.push(vec![words::many(not_coded, "link", "links"), "of tasks of which no row speaks".to_owned()]);
    }
    let contested = contested(assessment);
    if !contested.is_empty() {
        let mut told: Vec<String> = contested.iter().take(most).cloned().collect();
        if contested.len() > most {
            told.push(format!("{} more", contested.len() - most));
        }
        rows.push(vec![
            words::many(contested.len(), "contested link", "contested links"),
            format!("readings exclude each other, which is no level: {}", told.join(", ")),
        ]);
    }
    if !congruence.too_recent.is_empty() {
        let days = congruence.too_recent.iter().map(|recent| recent.days).max().unwrap_or(0);
        let least = assessment.method().cells.least_days;
        rows.push(vec![
            format!("{} too recent", words::many(congruence.too_recent.len(), "task", "tasks")),
            format!("in force for {days} days at the most; a level needs {least}"),
        ]);
    }
    let groups = congruence.by_phase.iter().flat_map(|phase| phase.by_region.iter().map(move |region| (phase, region)));
    let unknown: Vec<_> = groups
        .filter(|(_, region)| region.profile.coverage.tasks.applicable > 0)
        .filter_map(|(phase, region)| match region.profile.headline {
            Headline::Unknown { reason } => Some(((reason, words::region(study, &region.id)), words::phase(study, phase.id.as_str()))),
            Headline::Known { .. } => None,
        })
        .collect();
    if !unknown.is_empty() {
        let count = words::many(unknown.len(), "region in a phase", "regions in phases");
        // regions that are unknown in the same phases for the same reason share a clause
        let regions = words::grouped(unknown).into_iter().map(|((reason, region), phases)| ((reason, phases), region));
        let reasons = words::grouped(regions).into_iter().map(|((reason, phases), regions)| {
            let when = if phases.len() == study.phases().len() { "each phase".to_owned() } else { words::list(&phases) };
            (reason, format!("{} in {when}", words::list(&regions)))
        });
        let told = words::grouped(reasons).into_iter().map(|(reason, places)| format!("{reason}: {}", places.join(", ")));
        rows.push(vec![count, told.collect::<Vec<_>>().join("; ")]);
    }
    let coverage = &assessment.relevance().coverage;
    let effects = words::many(coverage.effects, "effect", "effects");
    let findings = words::many(study.findings().len(), "finding", "findings");
    let undated = study.findings().iter().filter(|finding| matches!(finding.when, When::Undated | When::Mission)).count();
    let rivals: usize = assessment.contribution().iter().map(|claim| claim.rivals - claim.rivals_tested).sum();
    let untold = coverage.effects - study.effects().iter().filter(|row| study.claims().iter().any(|claim| claim.effect == row.id)).count();
    let uncompared = coverage.effects - coverage.compared;
    for (count, what, why) in [
        (uncompared, format!("{uncompared} of {effects}"), "no word on how it would have gone without the mission"),
        (undated, format!("{undated} of {findings}"), "not dated to a phase, or to the whole mission period: they make no trend"),
        (rivals, words::many(rivals, "rival", "rivals"), "of the mission's contribution, named and tested by nobody"),
        (untold, format!("{untold} of {effects}"), "without a claim of contribution that could be tested"),
    ] {
        if count > 0 {
            rows.push(vec![what, why.to_owned()]);
        }
    }
    if assessment.head().coders.unwrap_or(1) < 2 {
        rows.push(vec!["a second coder".into(), "none: how far two would agree is not known (example `agreement`)".into()]);
    }
    rows.push(vec!["not in this version".into(), "costs".into()]);
    page.table(2, &["", ""], &rows);
}

/// `Political process, activities`: links whose readings exclude each other.
fn contested(assessment: &Assessment) -> Vec<String> {
    let study = assessment.study();
    let rows = study.ratings().iter().flat_map(|rating| Link::ALL.iter().map(move |link| (rating, *link)));
    let rows =
        rows.filter(|(rating, link)| rating.link(*link).is_some_and(|statement| matches!(statement.judgement, Judgement::Contested(_))));
    rows.map(|(rating, link)| {
        let tasks = rating.tasks.iter().map(|id| words::short(study, &RowId::from(id)));
        let of = tasks.chain(rating.pools.iter().map(|id| words::short(study, &RowId::from(id))));
        format!("{}, {link}", of.collect::<Vec<_>>().join(" + "))
    })
    .collect()
}
