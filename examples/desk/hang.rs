//! What the answers hang on: tipping points and choices, influence, and what to ask next.

use super::moves::place;
use super::page::Page;
use super::words;
use peaceops::id::{PhaseId, RowId};
use peaceops::model::CaseStudy;
use peaceops::scoring::Assessment;
use peaceops::uncertainty::{
    AskNext, Carrier, HeadlineOf, Influence, Inquiry, LeftOut, Move, Side, Stand, Tip, TipSet, TippingRule, carriers,
};

/// `--tipping`: the fewest changes that move each headline, and the choices that do.
pub(super) fn tipping(assessment: &Assessment, all: bool, page: &mut Page) {
    let study = assessment.study();
    let tipping = study.tipping(assessment.method(), TippingRule::default());
    page.rule("HOW FEW CHANGED RATINGS MOVE A HEADLINE?   (within their ranges; to any level)");
    let count = |tip: &Tip| match tip {
        Tip::AtTheEnd => "end".to_owned(),
        Tip::Never => "never".to_owned(),
        Tip::Smallest { size, sets, all } => format!("{size} ({}{})", if *all { "" } else { "over " }, sets.len()),
        Tip::Limit { at_least, known } => format!("{at_least} to {}?", known.changes.len()),
    };
    let mut rows = Vec::new();
    for tips in &tipping.headlines {
        let name = place(study, tips.phase.as_ref(), tips.region.as_ref());
        let [down, any_down, up, any_up] = [&tips.down.within, &tips.down.beyond, &tips.up.within, &tips.up.beyond].map(count);
        rows.push(vec![name, tips.headline.to_string(), down, any_down, up, any_up]);
    }
    page.table(2, &["", "headline", "down", "to any", "up", "to any"], &rows);
    page.legend("  So many ratings (so many smallest sets of them). `never`: all ratings at their ends together do not.");
    page.blank();
    page.line("  The smallest sets within ranges, and what they rest on");
    for tips in &tipping.headlines {
        for (way, tip) in [("down", &tips.down.within), ("up", &tips.up.within)] {
            let Tip::Smallest { sets, all: complete, .. } = tip else { continue };
            let most = if all { usize::MAX } else { 3 };
            let mut told: Vec<String> = sets.iter().take(most).map(set).collect();
            if sets.len() > most || !complete {
                told.push(format!("{}{} more", if *complete { "" } else { "over " }, sets.len().saturating_sub(most)));
            }
            page.labelled_at(30, &format!("{} {way}", place(study, tips.phase.as_ref(), tips.region.as_ref())), &told.join("; "));
        }
    }
    choices(assessment, page);
}

/// `force/P1 resources at marginal (RES-10, RES-11)`, joined by `with`.
fn set(set: &TipSet) -> String {
    let one = |change: &peaceops::uncertainty::Changed| {
        let rows: Vec<&str> = change.rests_on.iter().map(RowId::as_str).collect();
        let rests = if rows.is_empty() { "no row named".to_owned() } else { rows.join(", ") };
        format!("{} {} at {} ({rests})", change.rating, change.link, change.to)
    };
    set.changes.iter().map(one).collect::<Vec<_>>().join(" with ")
}

fn choices(assessment: &Assessment, page: &mut Page) {
    let study = assessment.study();
    let choices = study.choices(assessment.method());
    page.rule("WHICH CHOICES OF THE METHOD DO THE HEADLINES HANG ON?");
    for hang in &choices.headlines {
        page.labelled_at(30, &place(study, hang.phase.as_ref(), hang.region.as_ref()), &hang.to_string());
    }
    let swapped: Vec<String> = choices.choices.iter().map(|result| result.choice.to_string()).collect();
    page.legend(&format!("  Swapped one at a time: {}.", swapped.join("; ")));
}

/// `--influence`: what moves without one thing, and what to ask next.
pub(super) fn influence(assessment: &Assessment, all: bool, page: &mut Page) {
    let study = assessment.study();
    let table = study.influence(assessment.method());
    page.rule("WHAT MOVES WITHOUT ONE OF THEM?   (answers, then their steps, then ranges; most first)");
    carry(&table, page);
    let moving: Vec<&Influence> = table.iter().filter(|one| !one.moves.is_empty()).collect();
    let most = if all { usize::MAX } else { 20 };
    let mut rows: Vec<Vec<String>> = Vec::new();
    for one in moving.iter().take(most) {
        let mut told: Vec<String> = one.moves.iter().filter(|one| one.is_of_the_answer()).map(|one| words_of(study, one)).collect();
        let answers = told.len();
        if !all && answers > 3 {
            told.truncate(3);
            told.push(format!("{} more", answers - 3));
        }
        let beside = [(one.ranges(), "range", "ranges"), (one.confidences(), "confidence", "confidences")];
        told.extend(beside.into_iter().filter(|(count, ..)| *count > 0).map(|(count, one, more)| words::many(count, one, more)));
        let fallen = one.fallen;
        rows.push(vec![
            name(study, &one.left_out),
            answers.to_string(),
            one.steps().to_string(),
            format!("{}/{}/{}/{}/{}", fallen.ratings, fallen.findings, fallen.effects, fallen.positions, fallen.grounds),
            words::percent(one.lost),
            told.join("; "),
        ]);
    }
    page.table(2, &["left out", "move", "steps", "fall", "%", "what moves"], &rows);
    page.legend(&format!(
        "  fall: ratings/findings/effects/positions/grounds of claims that nothing else supports. %: of the weight assessed. \
         {} of {} left out move nothing.",
        table.len() - moving.len(),
        table.len()
    ));
    page.rule("WHAT TO ASK FOR NEXT   (weight without a range, if answers confirm the ratings)");
    questions(assessment, &study.ask_next(assessment.method()), usize::MAX, page);
}

/// What carries the most: sources, and within them items of evidence and groups.
fn carry(table: &[Influence], page: &mut Page) {
    let most = carriers(table, 3);
    for (kind, list) in [("sources", &most.sources), ("evidence", &most.evidence), ("groups", &most.groups)] {
        if !list.is_empty() {
            let list: Vec<String> = list.iter().map(Carrier::to_string).collect();
            page.labelled_at(30, &format!("carry most: {kind}"), &list.join("; "));
        }
    }
}

fn name(study: &CaseStudy, left_out: &LeftOut) -> String {
    match left_out {
        LeftOut::Task(id) => words::cut(&words::short(study, &RowId::from(id)), 24),
        LeftOut::Region(id) => words::region(study, id),
        other => words::cut(&other.to_string(), 32),
    }
}

fn words_of(study: &CaseStudy, one: &Move) -> String {
    let when = |phase: &Option<PhaseId>| phase.as_ref().map_or_else(|| "whole".to_owned(), |phase| words::phase(study, phase.as_str()));
    match one {
        Move::Congruence { phase, region, to, .. } => {
            let to = to.level().map_or_else(|| "unknown".to_owned(), |level| level.to_string());
            format!("{} {to}", place(study, phase.as_ref(), region.as_ref()))
        }
        Move::Dimension { dimension, phase, to, .. } => {
            let to = to.map_or_else(|| "no band".to_owned(), |band| words::spoken(band.name()));
            format!("{dimension}, {} {to}", when(phase))
        }
        Move::Situation { phase, to, .. } => {
            let to = match to {
                Some(Side::Better) => "better",
                Some(Side::Worse) => "worse",
                Some(Side::BothWays) => "both ways",
                None => "no clear change",
            };
            format!("situation, {} {to}", when(phase))
        }
        Move::Consensus { proposition, from, to } => {
            let side = if to.median == from.median { "" } else { side_of(to) };
            let row = study.proposition(proposition);
            format!("{}: {}{side}", row.map_or_else(|| proposition.to_string(), |row| short(row.short.as_ref(), &row.text)), to.reading)
        }
        Move::Contribution { claim, to, .. } => {
            let to = to.map_or_else(|| "no claim".to_owned(), |strength| words::spoken(strength.name()));
            let row = study.claim(claim);
            format!("claim {}: {to}", row.map_or_else(|| claim.to_string(), |row| short(row.short.as_ref(), &row.title)))
        }
        Move::Confidence { of, to, .. } => {
            let name = match of {
                HeadlineOf::Congruence { phase, region } => place(study, phase.as_ref(), region.as_ref()),
                HeadlineOf::Situation { phase } => format!("situation, {}", when(phase)),
                HeadlineOf::Dimension { dimension } => dimension.to_string(),
            };
            format!("{name} carried at {}", super::sure::word(*to))
        }
    }
}

/// A short name, else the whole one cut to fit.
fn short(short: Option<&String>, whole: &str) -> String {
    short.cloned().unwrap_or_else(|| words::cut(whole, 40))
}

/// The side of the middle: `, against`.
fn side_of(stand: &Stand) -> &'static str {
    match stand.median {
        Some(-1) => ", against",
        Some(0) => ", unsure",
        Some(1) => ", for",
        _ => "",
    }
}

/// The inquiries that would bring most.
pub(super) fn questions(assessment: &Assessment, next: &AskNext, most: usize, page: &mut Page) {
    let study = assessment.study();
    let mut rows =
        vec![vec!["today".into(), String::new(), words::per_cent(next.certain), format!("coverage {}", words::per_cent(next.coverage))]];
    for question in next.questions.iter().take(most) {
        let name = match &question.inquiry {
            Inquiry::Pool(id) => words::short(study, &RowId::from(id)),
            other => other.to_string(),
        };
        let mut brings: Vec<String> = Vec::new();
        if question.adds.part() > 0 {
            let under = question.adds.percent() == Some(0);
            brings.push(format!("coverage + {}", if under { "under 1 %".to_owned() } else { words::per_cent(question.adds) }));
        }
        if !question.headlines.is_empty() {
            brings.push(format!("narrows {}", words::many(question.headlines.len(), "headline", "headlines")));
        }
        rows.push(vec![words::cut(&name, 40), words::per_cent(question.narrows), words::per_cent(question.together), brings.join(", ")]);
    }
    page.table(2, &["", "alone", "with those before", ""], &rows);
    if next.questions.len() > most {
        page.legend(&format!("  {} more bring less (--influence).", next.questions.len() - most));
    }
}
