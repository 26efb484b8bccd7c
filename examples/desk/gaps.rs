//! 1f: what no rating is needed for.

use super::page::Page;
use super::words;
use peaceops::id::RowId;
use peaceops::model::CaseStudy;
use peaceops::scoring::gap::Cover;
use peaceops::scoring::{Assessment, Gap, GapKind};

pub(super) fn table(assessment: &Assessment, all: bool, page: &mut Page) {
    page.blank();
    page.line("1f Gaps  (no rating needed; they rest on: R the report, O outside sources, C the coder)");
    if all {
        let mut kind = "";
        for gap in assessment.gaps() {
            if gap.kind.name() != kind {
                kind = gap.kind.name();
                page.labelled(&words::cut(kind, 11), "");
            }
            page.line(&format!("    {} ({})", told(assessment.study(), gap), words::origins(&gap.origins)));
        }
        return;
    }
    for (label, text) in told_by_kind(assessment) {
        page.labelled_at(17, &label, &text);
    }
}

fn name(study: &CaseStudy, id: impl Into<RowId>) -> String {
    words::short(study, &id.into())
}

/// A gap in words, with what it is if disputed, and its address.
pub(super) fn told(study: &CaseStudy, gap: &Gap) -> String {
    let mut text = in_words(study, &gap.kind);
    for disputed in &gap.disputed {
        let reading = disputed.reading.as_ref().map_or_else(|| "none".to_owned(), |kind| in_words(study, kind));
        text += &format!("; {}: {reading}", words::reading(study, &disputed.dispute));
    }
    if let Some(dispute) = &gap.only_under {
        text += &format!("; only {}", words::reading(study, dispute));
    }
    format!("{text} [{}]", gap.address)
}

/// A gap by the short names of its rows: `State absence in Centre: met in full by …`.
fn in_words(study: &CaseStudy, kind: &GapKind) -> String {
    let at = |driver: &peaceops::id::DriverId, region| format!("{} in {}", name(study, driver), words::region(study, region));
    match kind {
        GapKind::Unserved { task, activity, phases } => {
            let phases: Vec<String> = phases.iter().map(|phase| words::phase(study, phase.as_str())).collect();
            let when = if phases.is_empty() { "at a time not told".to_owned() } else { format!("in {}", words::list(&phases)) };
            format!("{}: nothing done {when}, says {}", name(study, task), name(study, activity))
        }
        GapKind::NoActivityReported { task, phase } => {
            format!("{}: no activity reported in {}", name(study, task), words::phase(study, phase.as_str()))
        }
        GapKind::Drift { activity, regions, days } => {
            let long = days.map_or_else(|| "throughout".to_owned(), |days| format!("for {days} days"));
            format!("{}: {long} no task that it serves was in force in {}", name(study, activity), words::regions(study, regions))
        }
        GapKind::Slack { row } => format!("{}: means that bear on no task", name(study, row.clone())),
        GapKind::ModalityMismatch { activity, done, task, mandated } => {
            format!("{}: to {done}, where {} is to {mandated}", name(study, activity), name(study, task))
        }
        GapKind::PlaceMismatch { activity, regions, tasks } => {
            let tasks: Vec<String> = tasks.iter().map(|task| name(study, task)).collect();
            let reach = if tasks.len() == 1 { "reaches" } else { "reach" };
            let places = words::regions(study, regions);
            format!("{}: most effort in {places}, where {} {reach} further", name(study, activity), words::list(&tasks))
        }
        GapKind::MandateLag { driver, region, task, until, lag, .. } => {
            format!("{}: met in full by {} from {until}, {lag} late", at(driver, region), name(study, task))
        }
        GapKind::MandateLagInPart { driver, region, task, until, lag, .. } => {
            format!("{}: met in part by {} from {until}, {lag} late", at(driver, region), name(study, task))
        }
        GapKind::UnaddressedDriver { driver, region, cover, stretches, throughout } => {
            let how = if *cover == Cover::None { "met by no task" } else { "met in part only" };
            let stretches: Vec<String> = stretches.iter().map(ToString::to_string).collect();
            let when = if *throughout { " throughout".to_owned() } else { format!(", {}", words::list(&stretches)) };
            format!("{}: {how}{when}", at(driver, region))
        }
        GapKind::CapabilityLag { capability, decided, arrived, complete, to_arrival, to_completion } => {
            let mut text = format!("{}: decided {decided}", name(study, capability));
            if let (Some(arrived), Some(lag)) = (arrived, to_arrival) {
                text += &format!(", came {arrived}, {lag}");
            }
            if let (Some(complete), Some(lag)) = (complete, to_completion) {
                text += &format!(", complete {complete}, {lag}");
            }
            text
        }
        GapKind::Overstretch { instrument, added, widened, without_means, weight, said_by, means } => {
            let number = words::instrument(study, instrument);
            let said = if said_by.is_empty() { "" } else { "; a source says so" };
            let given = if means.is_empty() { "no means".to_owned() } else { format!("no means for {}", without_means.len()) };
            let added = words::many(added.len(), "new task", "new tasks");
            format!("{number}: {added}, {} widened, weight {weight:.1}, {given}{said}", widened.len())
        }
        other => other.to_string(),
    }
}

/// One line or a few per kind: the longest or firmest first, the rest counted.
fn told_by_kind(assessment: &Assessment) -> Vec<(String, String)> {
    let study = assessment.study();
    let gaps: Vec<&Gap> = assessment.gaps().iter().filter(|gap| gap.only_under.is_none()).collect();
    let region = |id| words::region(study, id);
    let mut lines = Vec::new();

    let mut lags: Vec<&&Gap> = gaps.iter().filter(|gap| matches!(gap.kind, GapKind::MandateLag { .. })).collect();
    lags.sort_by_key(|gap| match &gap.kind {
        GapKind::MandateLag { lag, .. } => (gap.disputed.is_empty(), -lag.most),
        _ => (true, 0),
    });
    let mut words_of: Vec<String> = Vec::new();
    for gap in lags.iter().take(4) {
        if let GapKind::MandateLag { driver, region: place, until, lag, .. } = &gap.kind {
            words_of.push(format!(
                "{}, {}: met in full from {until}, {lag} ({})",
                name(study, driver),
                region(place),
                words::origins(&gap.origins)
            ));
        }
    }
    rest(&mut words_of, lags.len(), 4);
    let parts = gaps.iter().filter(|gap| matches!(gap.kind, GapKind::MandateLagInPart { .. })).count();
    if parts > 0 {
        words_of.push(format!("met in part late: {parts} (--all)"));
    }
    push(&mut lines, "Mandate late", words_of, "none");

    let mut disputed: Vec<String> = Vec::new();
    for gap in &lags {
        for other in &gap.disputed {
            let (GapKind::MandateLag { driver, region: place, .. }, reading) = (&gap.kind, &other.reading) else { continue };
            let what = match reading {
                Some(GapKind::MandateLag { lag, .. }) => lag.to_string(),
                _ => "none".to_owned(),
            };
            disputed.push(format!("{}, {}, {}: {what}", name(study, driver), region(place), words::reading(study, &other.dispute)));
        }
    }
    if !disputed.is_empty() {
        push(&mut lines, "  if disputed", disputed, "");
    }

    let throughout = |wanted: Cover| {
        gaps.iter().filter_map(move |gap| match &gap.kind {
            GapKind::UnaddressedDriver { driver, region, cover, throughout: true, .. } if *cover == wanted => Some((driver, region)),
            _ => None,
        })
    };
    let never = words::grouped(throughout(Cover::None).map(|(driver, place)| (name(study, driver), region(place))));
    let in_part = throughout(Cover::InPart).count();
    let mut words_of: Vec<String> = never.into_iter().map(|(driver, places)| format!("{driver} ({})", places.join(", "))).collect();
    if in_part > 0 {
        words_of.push(format!("in part only, throughout: {in_part} place by place"));
    }
    push(&mut lines, "Never met", words_of, "none");

    let mut late: Vec<String> = Vec::new();
    let capability = |gap: &&&Gap| matches!(&gap.kind, GapKind::CapabilityLag { capability, .. } if study.capability(capability).is_some_and(|c| c.critical));
    let mut all_late: Vec<&&Gap> = gaps.iter().filter(|gap| matches!(gap.kind, GapKind::CapabilityLag { .. })).collect();
    all_late.sort_by_key(|gap| !capability(gap));
    for gap in all_late.iter().take(2) {
        late.push(format!("{} ({})", in_words(study, &gap.kind), words::origins(&gap.origins)));
    }
    rest(&mut late, all_late.len(), 2);
    push(&mut lines, "Means late", late, "none");

    let stretched: Vec<&&Gap> = gaps.iter().filter(|gap| matches!(gap.kind, GapKind::Overstretch { .. })).collect();
    let mut words_of: Vec<String> = stretched.iter().take(6).map(|gap| in_words(study, &gap.kind)).collect();
    rest(&mut words_of, stretched.len(), 6);
    push(&mut lines, "Overstretch", words_of, "none");

    let simple = |label: &str, pick: &dyn Fn(&GapKind) -> Option<String>, most: usize| {
        let mut found: Vec<String> =
            gaps.iter().filter_map(|gap| Some(format!("{} ({})", pick(&gap.kind)?, words::origins(&gap.origins)))).collect();
        let count = found.len();
        found.truncate(most);
        rest(&mut found, count, most);
        (label.to_owned(), if found.is_empty() { "none".to_owned() } else { found.join("; ") })
    };
    lines.push(simple(
        "Drift",
        &|kind| match kind {
            GapKind::Drift { activity, regions, days } => {
                let how = days.map_or_else(|| "throughout".to_owned(), |days| format!("on {days} days"));
                Some(format!("{}, {}: {how}", name(study, activity), words::regions(study, regions)))
            }
            _ => None,
        },
        3,
    ));
    lines.push(simple(
        "Wrong manner",
        &|kind| match kind {
            GapKind::ModalityMismatch { activity, done, task, mandated } => Some(format!(
                "{} is to {mandated}; what was done is to {done}: {}",
                name(study, task),
                words::cut(&name(study, activity), 60)
            )),
            _ => None,
        },
        3,
    ));
    lines.push(simple(
        "Wrong place",
        &|kind| match kind {
            GapKind::PlaceMismatch { activity, tasks, .. } => Some(format!(
                "{}, while {} reach further",
                words::cut(&name(study, activity), 80),
                words::many(tasks.len(), "task", "tasks")
            )),
            _ => None,
        },
        2,
    ));
    lines.push(simple(
        "Nothing done",
        &|kind| match kind {
            GapKind::Unserved { task, phases, .. } => {
                let phases: Vec<String> = phases.iter().map(|phase| words::phase(study, phase.as_str())).collect();
                Some(format!("{} {}", name(study, task), if phases.is_empty() { "undated".into() } else { phases.join(", ") }))
            }
            _ => None,
        },
        4,
    ));
    lines.push(silence(assessment, &gaps));
    let tensions = study.tensions().len();
    let between = study.tensions().iter().filter(|t| t.kind == peaceops::scale::TensionKind::BetweenTasks).count();
    let slack: Vec<String> = gaps
        .iter()
        .filter_map(|gap| match &gap.kind {
            GapKind::Slack { row } => Some(name(study, row.clone())),
            _ => None,
        })
        .collect();
    let slack = if slack.is_empty() { "none".to_owned() } else { format!("{} rows: {}", slack.len(), words::cut(&slack.join("; "), 120)) };
    lines
        .push(("At odds".to_owned(), format!("{tensions} tensions, {between} of them between tasks.   Slack, means for no task: {slack}")));
    lines
}

/// Tasks that no activity is reported for, throughout or in some phases.
fn silence(assessment: &Assessment, gaps: &[&Gap]) -> (String, String) {
    let study = assessment.study();
    let mut tasks: Vec<(String, usize, usize)> = Vec::new();
    for gap in gaps {
        let GapKind::NoActivityReported { task, .. } = &gap.kind else { continue };
        let asked = assessment.congruence().task(task.as_str()).map_or(1, |result| {
            let mut phases: Vec<_> = result.cells.iter().map(|cell| &cell.phase).collect();
            phases.dedup();
            phases.sort();
            phases.dedup();
            phases.len()
        });
        let short = name(study, task);
        match tasks.iter_mut().find(|(found, ..)| *found == short) {
            Some((_, silent, _)) => *silent += 1,
            None => tasks.push((short, 1, asked)),
        }
    }
    let throughout: Vec<String> = tasks.iter().filter(|(_, silent, asked)| silent >= asked).map(|(task, ..)| task.clone()).collect();
    let partly = tasks.len() - throughout.len();
    let mut text = match throughout.len() {
        0 => "no task without an activity throughout".to_owned(),
        _ => format!("no act reported, wherever in force: {}", throughout.join(", ")),
    };
    if partly > 0 {
        text += &format!("; in some phases {partly} more");
    }
    ("Silence".to_owned(), text)
}

fn rest(words: &mut Vec<String>, all: usize, most: usize) {
    if all > most {
        words.push(format!("{} more", all - most));
    }
}

fn push(lines: &mut Vec<(String, String)>, label: &str, words: Vec<String>, none: &str) {
    let text = if words.is_empty() { none.to_owned() } else { words.join("; ") };
    lines.push((label.to_owned(), text));
}
