//! Where stakeholders agree and are split, and how far claims of contribution may be made.

use std::collections::BTreeMap;

use super::page::Page;
use super::words;
use peaceops::id::RowId;
use peaceops::model::{CaseStudy, Shown};
use peaceops::scale::{Clue, Strength};
use peaceops::scoring::consensus::{AgreementBand, Voice};
use peaceops::scoring::{Assessment, ClaimResult, Consensus, Reading, View};

/// The first screen's line: what is agreed, what is divided.
pub(super) fn summary(assessment: &Assessment, page: &mut Page) {
    let named = |wanted: AgreementBand| {
        let found = assessment.consensus().iter().filter(|result| result.whole.reading == Reading::Band(wanted));
        let names: Vec<String> = found.map(|result| format!("{}{}", name(assessment.study(), result), camp(&result.whole))).collect();
        if names.is_empty() { "none".to_owned() } else { names.join("; ") }
    };
    page.heading("4 VIEWS       Where do stakeholders agree, where are they split?  (No proof of an effect.)");
    page.labelled("Broad", &named(AgreementBand::Broad));
    page.labelled("Divided", &named(AgreementBand::Divided));
    let count = |wanted: Reading| assessment.consensus().iter().filter(|result| result.whole.reading == wanted).count();
    page.labelled(
        "No reading",
        &format!(
            "{} of {}: {} for what is left open, {} too little stated, {} too few to say",
            assessment.consensus().iter().filter(|result| !matches!(result.whole.reading, Reading::Band(_))).count(),
            assessment.consensus().len(),
            count(Reading::SeveralBands),
            count(Reading::TooLittleStated),
            count(Reading::TooFewToSay)
        ),
    );
}

/// The larger camp of a view without two: ` (against)`.
fn camp(view: &View) -> &'static str {
    if view.reading == Reading::Band(AgreementBand::Divided) {
        return "";
    }
    let shares = &view.shares;
    let most = [(shares.in_favour, " (for)"), (shares.against, " (against)"), (shares.unsure, " (of two minds)")];
    most.into_iter().reduce(|a, b| if b.0.compare(a.0).is_gt() { b } else { a }).map_or("", |(_, camp)| camp)
}

fn name(study: &CaseStudy, result: &Consensus) -> String {
    let row = study.proposition(&result.proposition);
    row.map_or_else(|| result.proposition.to_string(), |row| row.short.clone().unwrap_or_else(|| words::cut(&row.text, 34)))
}

/// Every proposition with a band or a range; the others counted.
pub(super) fn table(assessment: &Assessment, all: bool, page: &mut Page) {
    let study = assessment.study();
    if study.positions().is_empty() {
        return;
    }
    page.rule("4 WHERE STAKEHOLDERS AGREE AND SPLIT");
    page.legend(
        "  A: 1 one voice, 0 spread, -1 two camps, as a range for what sources leave open; % for/against/unsure/open, each side \
         weighing the same. Bands are conventions: broad from 0.6, partial from 0.3, diffuse from 0, divided under 0; no band \
         where the range holds several.",
    );
    let rank = |reading: Reading| match reading {
        Reading::Band(AgreementBand::Broad) => 0,
        Reading::Band(AgreementBand::Partial) => 1,
        Reading::Band(AgreementBand::Diffuse) => 2,
        Reading::Band(AgreementBand::Divided) => 3,
        Reading::SeveralBands => 4,
        Reading::TooLittleStated => 5,
        Reading::TooFewToSay => 6,
    };
    let mut results: Vec<&Consensus> = assessment.consensus().iter().collect();
    results.sort_by_key(|result| rank(result.whole.reading));
    let shown = |result: &&&Consensus| all || rank(result.whole.reading) < 5;
    let mut rows = Vec::new();
    for result in results.iter().filter(shown) {
        rows.push(row(study, result));
        if all {
            let of = study.positions().iter().filter(|position| position.proposition == result.proposition);
            rows.extend(of.map(|position| {
                let share = position.spread.share().map(|share| format!(", share {share}")).unwrap_or_default();
                let who = shown_name(study, &study.shown_holder(position));
                vec![
                    format!("  {}", position.id),
                    format!("{:+}", position.stance),
                    String::new(),
                    String::new(),
                    format!("{}{share}, {}", words::cut(&who, 45), position.when),
                ]
            }));
        }
    }
    page.table(2, &["", "", "A", "% f/a/u/o", ""], &rows);
    let rule = &assessment.method().consensus;
    let rest: Vec<&&Consensus> = results.iter().filter(|result| !shown(result)).collect();
    if !rest.is_empty() {
        let of = |wanted: Reading| {
            let found = rest.iter().filter(|result| result.whole.reading == wanted);
            found.map(|result| name(study, result)).collect::<Vec<_>>()
        };
        for (reading, why) in [
            (Reading::TooLittleStated, format!("Too little stated (over one part in {} open)", rule.open_part)),
            (Reading::TooFewToSay, format!("Too few to say (under {} voices)", rule.least_voices)),
        ] {
            let names = of(reading);
            if !names.is_empty() {
                page.line(&format!("  {why}: {}.", names.join(", ")));
            }
        }
    }
    let singles: usize = results.iter().map(|result| result.whole.listed.len()).sum();
    let folded: usize = results.iter().map(|result| result.whole.folded).sum();
    let folded = match folded {
        0 => String::new(),
        n => format!(" Groups of under {} persons are folded into their side: {n} times.", study.least_heads()),
    };
    let singles = match singles {
        0 => String::new(),
        n => format!("{} listed (--all), without weight.", words::many(n, "single voice is", "single voices are")),
    };
    let notes = format!("{singles}{folded}");
    if !notes.is_empty() {
        page.line(&format!("  {}", notes.trim_start()));
    }
}

fn row(study: &CaseStudy, result: &Consensus) -> Vec<String> {
    let view = &result.whole;
    let agreement = view.directions.as_ref().map_or_else(
        || ".".to_owned(),
        |agreement| match (agreement.low, agreement.high) {
            (Some(low), Some(high)) if low < high => format!("{low:.2} to {high:.2}"),
            _ => format!("{:.2}", agreement.a),
        },
    );
    let shares = [view.shares.in_favour, view.shares.against, view.shares.unsure, view.shares.open].map(words::percent);
    let reading = match view.reading {
        Reading::Band(_) => format!("{}{}", view.reading, camp(view)),
        Reading::SeveralBands => "no band".to_owned(),
        _ => ".".to_owned(),
    };
    vec![name(study, result), reading, agreement, shares.join("/"), told_apart(study, view)]
}

/// Who dissents, or that one side only is heard.
fn told_apart(study: &CaseStudy, view: &View) -> String {
    let mut groups: Vec<String> = Vec::new();
    for Voice { group, .. } in &view.dissent {
        let name = words::cut(&shown_name(study, group), 20);
        if !groups.contains(&name) {
            groups.push(name);
        }
    }
    let mut told = Vec::new();
    if view.sides.len() == 1 {
        told.push("one side only".to_owned());
    }
    if !groups.is_empty() {
        let more = groups.len().saturating_sub(2);
        groups.truncate(2);
        if more > 0 {
            groups.push(format!("{more} more"));
        }
        let against = view.dissent.iter().all(|voice| voice.stance < 0);
        told.push(format!("{}: {}", if against { "against" } else { "for" }, groups.join("; ")));
    }
    told.join("; ")
}

/// A group by its short name, or as it may be shown.
fn shown_name(study: &CaseStudy, shown: &Shown) -> String {
    match shown {
        Shown::Group(id) => words::short(study, &RowId::from(id)),
        other => other.to_string(),
    }
}

/// How far claims of contribution may be made.
pub(super) fn claims(assessment: &Assessment, all: bool, page: &mut Page) {
    let (study, claims) = (assessment.study(), assessment.contribution());
    if claims.is_empty() {
        return;
    }
    page.blank();
    let rivals: usize = claims.iter().map(|claim| claim.rivals).sum();
    let tested: usize = claims.iter().map(|claim| claim.rivals_tested).sum();
    let tests = |wanted: Clue| study.claims().iter().flat_map(|claim| &claim.tests).filter(|test| test.outcome == wanted).count();
    page.line(&format!(
        "  Did the mission contribute?  {}; {tested} of {} tested; tests: {} found, {} absent, {} not made",
        words::many(claims.len(), "claim", "claims"),
        words::many(rivals, "rival", "rivals"),
        tests(Clue::Found),
        tests(Clue::Absent),
        tests(Clue::NotLookedFor)
    ));
    let short = |claim: &ClaimResult| {
        let row = study.claim(&claim.id);
        row.map_or_else(|| claim.id.to_string(), |row| row.short.clone().unwrap_or_else(|| words::cut(&row.title, 40)))
    };
    let mut rows = Vec::new();
    if all {
        for claim in claims {
            let grounds: Vec<String> = claim.because.iter().map(ToString::to_string).collect();
            rows.push(vec![short(claim), words::spoken(claim.strength.name()), grounds.join("; ")]);
        }
    } else {
        for strength in Strength::ALL.iter().rev() {
            let of: Vec<&ClaimResult> = claims.iter().filter(|claim| claim.strength == *strength).collect();
            if of.is_empty() {
                continue;
            }
            let mut grounds: BTreeMap<String, usize> = BTreeMap::new();
            of.iter().flat_map(|claim| &claim.because).for_each(|ground| *grounds.entry(ground.to_string()).or_default() += 1);
            let mut grounds: Vec<(String, usize)> = grounds.into_iter().collect();
            grounds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            let grounds: Vec<String> = grounds.into_iter().take(2).map(|(ground, count)| format!("{ground} ({count})")).collect();
            let names: Vec<String> = of.iter().map(|claim| short(claim)).collect();
            rows.push(vec![
                words::spoken(strength.name()),
                of.len().to_string(),
                format!("{}. Set by: {}", names.join(", "), grounds.join("; ")),
            ]);
        }
    }
    page.table(2, &["", "", ""], &rows);
    page.legend("  A claim is as strong as its weakest condition; without a tested rival at most plausible. Agreement never enters.");
}
