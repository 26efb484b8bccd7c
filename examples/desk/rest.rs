//! What was not assessed and why, and what the answers hang on.

use super::page::Page;
use super::words;
use peaceops::date::When;
use peaceops::id::RowId;
use peaceops::scoring::{Assessment, Headline, Hinge, Method};

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
    rows.push(vec![format!("{} nowhere", words::many(nowhere.len(), "task", "tasks")), names(&nowhere, most)]);
    rows.push(vec![
        format!("{} in places", words::many(places.len(), "task", "tasks")),
        format!("{}; {} links not coded", names(&places, if all { usize::MAX } else { 6 }), assessment.coverage().links_not_coded),
    ]);
    if !congruence.too_recent.is_empty() {
        let days = congruence.too_recent.iter().map(|recent| recent.days).max().unwrap_or(0);
        let least = assessment.method().cells.least_days;
        rows.push(vec![
            format!("{} too recent", words::many(congruence.too_recent.len(), "task", "tasks")),
            format!("in force for {days} days at the most; a level needs {least}"),
        ]);
    }
    let unknown: Vec<String> = congruence
        .by_phase
        .iter()
        .flat_map(|phase| phase.by_region.iter().map(move |region| (phase, region)))
        .filter_map(|(phase, region)| match region.profile.headline {
            Headline::Unknown { reason } if region.profile.coverage.tasks.applicable > 0 => {
                Some(format!("{} {}: {reason}", words::region(study, &region.id), words::phase(study, phase.id.as_str())))
            }
            _ => None,
        })
        .collect();
    if !unknown.is_empty() {
        rows.push(vec![words::many(unknown.len(), "region in a phase", "regions in phases"), unknown.join("; ")]);
    }
    let coverage = &assessment.relevance().coverage;
    rows.push(vec![
        format!("{} of {} effects", coverage.effects - coverage.compared, coverage.effects),
        "no word on how it would have gone without the mission".to_owned(),
    ]);
    let count = |wanted: fn(&When) -> bool| study.findings().iter().filter(|finding| wanted(&finding.when)).count();
    rows.push(vec![
        format!("{} of {} findings", count(|when| matches!(when, When::Undated | When::Mission)), study.findings().len()),
        "not dated to a phase, or to the whole mission period: they make no trend".to_owned(),
    ]);
    let rivals: usize = assessment.contribution().iter().map(|claim| claim.rivals - claim.rivals_tested).sum();
    let untold = coverage.effects - study.effects().iter().filter(|row| study.claims().iter().any(|claim| claim.effect == row.id)).count();
    rows.push(vec![words::many(rivals, "rival", "rivals"), "of the mission's contribution, named and tested by nobody".to_owned()]);
    rows.push(vec![format!("{untold} of {} effects", coverage.effects), "without a claim of contribution that could be tested".to_owned()]);
    if assessment.head().coders.unwrap_or(1) < 2 {
        rows.push(vec!["a second coder".into(), "none: how far two would agree is not known (example `agreement`)".into()]);
    }
    rows.push(vec!["not in this version".into(), "draws, comparison of missions, costs".into()]);
    page.table(2, &["", ""], &rows);
}

/// 6: which ratings and choices move a headline.
pub(super) fn hangs_on(assessment: &Assessment, all: bool, page: &mut Page) {
    let (study, congruence) = (assessment.study(), assessment.congruence());
    page.rule("6 WHAT HANGS ON WHAT   (single ratings that move a headline within their own range)");
    let area = words::region(study, &study.study().area);
    let mut rows = vec![vec![format!("{area}, whole"), hinges(&congruence.whole.hinges, all)]];
    for phase in &congruence.by_phase {
        if phase.profile.headline.level().is_some() {
            rows.push(vec![format!("{area}, {}", words::phase(study, phase.id.as_str())), hinges(&phase.profile.hinges, all)]);
        }
        let regions = phase.by_region.iter().filter(|region| region.profile.headline.level().is_some() && phase.by_region.len() > 1);
        rows.extend(regions.map(|region| {
            let name = format!("  {}, {}", words::region(study, &region.id), words::phase(study, phase.id.as_str()));
            vec![name, hinges(&region.profile.hinges, all)]
        }));
    }
    rows.push(vec!["choices".into(), choices(assessment)]);
    rows.push(vec!["disputes".into(), disputes(assessment)]);
    page.table(2, &["", ""], &rows);
}

fn hinges(hinges: &[Hinge], all: bool) -> String {
    if hinges.is_empty() {
        return "none alone".to_owned();
    }
    let most = if all { usize::MAX } else { 3 };
    let mut told: Vec<String> = hinges.iter().take(most).map(|h| format!("{} {} at {}: {}", h.rating, h.link, h.to, h.headline)).collect();
    if hinges.len() > most {
        told.push(format!("{} more", hinges.len() - most));
    }
    told.join("; ")
}

/// Whether a headline moves when all tasks weigh the same, or when the floor is higher.
fn choices(assessment: &Assessment) -> String {
    let mut told = Vec::new();
    let mut even = Method { name: "even".into(), ..assessment.method().clone() };
    let one = peaceops::measure::Weight::ONE;
    (even.congruence.strategic, even.congruence.core, even.congruence.additional, even.congruence.enabling) = (one, one, one, one);
    told.push(format!("all tasks of equal weight: {}", moved(assessment, &assessment.study().assess(&even))));
    told.join("; ")
}

fn disputes(assessment: &Assessment) -> String {
    let study = assessment.study();
    let readings = study.disputes().iter().filter(|dispute| dispute.reading.is_some());
    let told: Vec<String> = readings
        .map(|dispute| {
            let other = study.under(dispute).assess(assessment.method());
            format!("{}: {}", words::reading(study, &dispute.id), moved(assessment, &other))
        })
        .collect();
    let rest = study.disputes().iter().filter(|dispute| dispute.reading.is_none()).count();
    let rest = if rest > 0 { format!("; {rest} more are kept as text") } else { String::new() };
    if told.is_empty() { format!("none that can be applied{rest}") } else { format!("{}{rest}", told.join("; ")) }
}

/// The headlines that differ between two assessments of the same phases and regions.
fn moved(assessment: &Assessment, other: &Assessment) -> String {
    let study = assessment.study();
    let (a, b) = (assessment.congruence(), other.congruence());
    let mut told = Vec::new();
    let mut compare = |name: String, phase: Option<&str>, region: Option<&str>| {
        let level = |c: &peaceops::scoring::Congruence| c.profile(phase, region).and_then(|profile| profile.headline.level());
        if level(a) != level(b) {
            told.push(format!("{name} is {}", level(b).map_or_else(|| "unknown".to_owned(), |level| level.to_string())));
        }
    };
    compare("the whole".into(), None, None);
    for phase in study.phases() {
        compare(phase.label(), Some(phase.id.as_str()), None);
        for unit in study.units() {
            compare(format!("{} {}", words::region(study, &unit.id), phase.label()), Some(phase.id.as_str()), Some(unit.id.as_str()));
        }
    }
    if told.is_empty() { "no headline moves".to_owned() } else { told.join(", ") }
}
