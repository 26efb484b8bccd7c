//! What the headlines hang on, who carries them, and what to ask for next.

use super::page::Page;
use super::words;
use peaceops::id::{PhaseId, RegionId};
use peaceops::model::CaseStudy;
use peaceops::scoring::{Assessment, Band, Hinge};
use peaceops::uncertainty::{Carrier, HeadlineTips, LeftOut, Move, Tip, Uncertainty, carriers};

/// `Mali, 2018-19`, `Centre, whole`.
pub(super) fn place(study: &CaseStudy, phase: Option<&PhaseId>, region: Option<&RegionId>) -> String {
    let region = words::region(study, region.unwrap_or(&study.study().area));
    format!("{region}, {}", phase.map_or_else(|| "whole".to_owned(), |phase| words::phase(study, phase.as_str())))
}

/// `2`, `over 8`, `none`: how many ratings together move a headline.
pub(super) fn fewest(tip: &Tip) -> String {
    match tip {
        Tip::AtTheEnd => "end".to_owned(),
        Tip::Never => "none".to_owned(),
        Tip::Smallest { size, .. } => size.to_string(),
        Tip::Limit { at_least, known } => format!("{at_least} to {}", known.changes.len()),
    }
}

/// The line of the first screen.
pub(super) fn summary(study: &CaseStudy, sure: &Uncertainty) -> String {
    let mut told = Vec::new();
    if let Some(whole) = sure.tipping.headlines.iter().find(|tips| tips.phase.is_none() && tips.region.is_none()) {
        let way = |tip: &Tip| match tip {
            Tip::AtTheEnd => "it is at the end".to_owned(),
            Tip::Never => "no ratings".to_owned(),
            Tip::Smallest { size: 1, .. } => "a single rating".to_owned(),
            Tip::Smallest { size, .. } => format!("{size} ratings together"),
            Tip::Limit { at_least, .. } => format!("at least {at_least} ratings together"),
        };
        told.push(format!("Within their ranges {} move the whole down, {} up", way(&whole.down.within), way(&whole.up.within)));
    }
    let single =
        sure.tipping.headlines.iter().filter(|tips| tips.down.within.size() == Some(1) || tips.up.within.size() == Some(1)).count();
    let robust = sure.choices.headlines.iter().filter(|hang| hang.is_robust()).count();
    let of = sure.choices.headlines.len();
    told.push(match of {
        0 => "no headline is known that could move".to_owned(),
        _ => format!(
            "a single rating moves {single} of {}; {robust} robust to every choice of the method (6)",
            words::many(of, "headline", "headlines")
        ),
    });
    let most = carriers(&sure.influence, 3);
    let heavy = |carriers: &[Carrier], most: usize| -> Vec<Carrier> {
        carriers.iter().filter(|one| one.weight.percent().is_some_and(|percent| percent > 0)).take(most).cloned().collect()
    };
    let pieces = heavy(&most.sources, 1).into_iter().chain(heavy(&most.evidence, 2));
    let carry: Vec<String> = pieces
        .enumerate()
        .map(|(at, one)| {
            let of = if at == 0 { " of the weight" } else { "" };
            format!("{} ({} %{of})", titled(study, &one, 28), words::percent(one.weight))
        })
        .collect();
    let carried = if carry.is_empty() { String::new() } else { format!(". Most rests on {}", words::list(&carry)) };
    words::capital(&format!("{}{carried}", told.join("; ")))
}

/// 6: which ratings, choices and sources move a headline.
pub(super) fn hangs_on(assessment: &Assessment, sure: &Uncertainty, all: bool, page: &mut Page) {
    let study = assessment.study();
    page.rule("6 WHAT HANGS ON WHAT   (fewest ratings that together move a headline within their ranges)");
    let rows: Vec<Vec<String>> = sure
        .tipping
        .headlines
        .iter()
        .filter(|tips| tips.region.is_none() || study.units().count() > 1)
        .map(|tips| {
            let hang = sure.choices.headlines.iter().find(|hang| hang.phase == tips.phase && hang.region == tips.region);
            vec![
                place(study, tips.phase.as_ref(), tips.region.as_ref()),
                tips.headline.to_string(),
                fewest(&tips.down.within),
                fewest(&tips.up.within),
                hang.map_or_else(String::new, ToString::to_string),
            ]
        })
        .collect();
    if rows.is_empty() {
        page.line("  No headline is known.");
    } else {
        page.table(2, &["", "headline", "down", "up", "other choices of the method, one at a time"], &rows);
        page.legend("  none: all ratings at their ends together do not. Which they are: --tipping, and --tipping --all.");
    }
    let singles: Vec<Vec<String>> = sure.tipping.headlines.iter().filter_map(|tips| single(assessment, tips, all)).collect();
    if !singles.is_empty() {
        page.blank();
        page.table(2, &["single ratings", ""], &singles);
    }
    page.blank();
    page.labelled_at(16, "bands", &bands(sure));
    page.labelled_at(16, "carried by", &carried(study, sure));
    page.labelled_at(16, "disputes", &disputes(assessment));
}

/// The single ratings that move a headline.
fn single(assessment: &Assessment, tips: &HeadlineTips, all: bool) -> Option<Vec<String>> {
    let name = |id: Option<&str>| id.map(str::to_owned);
    let (phase, region) = (name(tips.phase.as_ref().map(PhaseId::as_str)), name(tips.region.as_ref().map(RegionId::as_str)));
    let profile = assessment.congruence().profile(phase.as_deref(), region.as_deref())?;
    let hinges = &profile.hinges;
    if hinges.is_empty() {
        return None;
    }
    let most = if all { usize::MAX } else { 2 };
    let one = |hinge: &Hinge| {
        let then = if hinge.headline == hinge.to { String::new() } else { format!(": {}", hinge.headline) };
        format!("{} {} at {}{then}", hinge.rating, hinge.link, hinge.to)
    };
    let mut told: Vec<String> = hinges.iter().take(most).map(one).collect();
    if hinges.len() > most {
        told.push(format!("{} more", hinges.len() - most));
    }
    Some(vec![place(assessment.study(), tips.phase.as_ref(), tips.region.as_ref()), told.join("; ")])
}

/// The bands of dimensions that another choice moves.
fn bands(sure: &Uncertainty) -> String {
    let mut told = Vec::new();
    for result in &sure.choices.choices {
        let moved: Vec<String> = result
            .moves
            .iter()
            .filter_map(|one| match one {
                Move::Dimension { dimension, phase: None, to, .. } => {
                    Some(format!("{dimension} {}", to.map_or("no band", Band::name).replace('-', " ")))
                }
                _ => None,
            })
            .collect();
        if !moved.is_empty() {
            told.push(format!("{}: {}", result.choice, moved.join(", ")));
        }
    }
    if told.is_empty() { "no dimension's band hangs on a choice of the method".to_owned() } else { told.join("; ") }
}

/// The three sources that carry the most, and within them the items of evidence.
fn carried(study: &CaseStudy, sure: &Uncertainty) -> String {
    let most = carriers(&sure.influence, 3);
    let list = |list: &[Carrier]| list.iter().map(|one| carrier(study, one)).collect::<Vec<_>>().join("; ");
    match (most.sources.is_empty(), most.evidence.is_empty()) {
        (true, true) => "many: none alone carries a judgement".to_owned(),
        (false, true) => format!("sources {}", list(&most.sources)),
        (true, false) => format!("evidence {}", list(&most.evidence)),
        (false, false) => format!("sources {}. Evidence: {}", list(&most.sources), list(&most.evidence)),
    }
}

/// `S46 abamako: strength from a… (3 % of the weight)`
fn carrier(study: &CaseStudy, one: &Carrier) -> String {
    let told = one.to_string();
    match id(&one.carrier) {
        Some(id) => format!("{}{}", titled(study, one, 36), told.strip_prefix(id).unwrap_or_default()),
        None => told,
    }
}

/// `S46 abamako: strength from a…`
fn titled(study: &CaseStudy, one: &Carrier, most: usize) -> String {
    let Some(id) = id(&one.carrier) else { return one.carrier.to_string() };
    study.row(id).map_or_else(|| id.to_owned(), |row| format!("{id} {}", words::cut(&row.title(), most)))
}

/// The id of the row that carries, where it has a title to show.
fn id(carrier: &LeftOut) -> Option<&str> {
    match carrier {
        LeftOut::Source(id) => Some(id.as_str()),
        LeftOut::Evidence(id) => Some(id.as_str()),
        _ => None,
    }
}

/// 7: what to ask for next.
pub(super) fn ask(assessment: &Assessment, sure: &Uncertainty, all: bool, page: &mut Page) {
    page.rule("7 WHAT TO ASK FOR NEXT   (weight without a range, if answers confirm the ratings)");
    super::hang::questions(assessment, &sure.ask_next, if all { usize::MAX } else { 8 }, page);
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
