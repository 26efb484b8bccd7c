//! What judgements rest on: confidence down to the grading of evidence, claims, and who holds what.

use super::{Explanation, leaf};
use crate::id::RowId;
use crate::measure::Share;
use crate::model::{CaseStudy, Claim, Evidence, Piece, Proposition, Row, Shown, Stakeholder};
use crate::scale::{Admiralty, Concern};
use crate::scoring::assessment::Assessment;
use crate::scoring::confidence::{Carried, Sureness};
use crate::scoring::consensus::{Agreement, View, Voice};

/// How sure a judgement is: the level, what holds it down, and each piece of evidence with its grading.
pub(super) fn confidence_tree(study: &CaseStudy, one: &Sureness) -> Explanation {
    let mut tree = Explanation::new("confidence", confidence_words(one));
    if let Some(decided) = &one.decided {
        let text = format!("{} by {}: {}", spoken(decided.level.name()), decided.by, decided.because);
        tree.parts.push(Explanation::new("decided", text));
    }
    if let (Some(grid), true) = (one.grid, one.roads_differ) {
        let text =
            format!("the grid of evidence and agreement says {}: more than one level away, look at the reasons", spoken(grid.name()));
        tree.parts.push(Explanation::new("cross-check", text));
    }
    let pieces = |label: &'static str, ids: &[RowId]| -> Vec<Explanation> {
        ids.iter()
            .map(|id| {
                let row = leaf(study, id);
                let words = piece_words(study, id);
                Explanation { label: format!("{label} {id}"), text: format!("{} [{words}]", row.text), ..row }
            })
            .collect()
    };
    tree.with(pieces("for", &one.supports)).with(pieces("against", &one.contradicts))
}

/// The level with what holds it down.
fn confidence_words(one: &Sureness) -> String {
    let Some(level) = one.level else { return "not assessed: no evidence is named or cited".to_owned() };
    let held: Vec<String> = one
        .components
        .iter()
        .filter(|part| part.concern > Concern::None)
        .map(|part| format!("{} {} ({})", part.component, part.concern, part.because))
        .chain(one.caps.iter().map(ToString::to_string))
        .collect();
    let proposed = match one.proposed {
        Some(proposed) if one.decided.is_some() => format!(", the rules propose {}", spoken(proposed.name())),
        _ => String::new(),
    };
    let held = if held.is_empty() { "no concern".to_owned() } else { held.join("; ") };
    format!("{}{proposed}: {held}", spoken(level.name()))
}

/// A name as it is spoken: `very low`.
pub(super) fn spoken(name: &str) -> String {
    name.replace('-', " ")
}

/// A piece of evidence in words: kind, grading, root.
fn piece_words(study: &CaseStudy, id: &RowId) -> String {
    let piece = match study.row(id.as_str()) {
        Some(Row::Evidence(row)) => Piece::Evidence(row),
        Some(Row::Source(row)) => Piece::Text(row),
        _ => return String::new(),
    };
    let kind = if matches!(piece, Piece::Text(_)) { "text" } else { piece.kind().name() };
    format!("{kind}, {}, root {}", grading_words(piece.grading()), piece.group())
}

fn grading_words(grading: Admiralty) -> String {
    if grading == Admiralty::NOT_JUDGED { "F6 not judged".to_owned() } else { grading.to_string() }
}

/// What carries a headline, in a line.
pub(super) fn carried_tree(carried: &Carried) -> Explanation {
    let carries =
        carried.carries.map_or_else(|| "nothing carries it".to_owned(), |level| format!("carried down to {}", spoken(level.name())));
    let parts = carried.distribution.iter().rev().filter(|(_, share)| share.part() > 0);
    let mut words: Vec<String> =
        parts.map(|(level, share)| format!("{} {} %", spoken(level.name()), share.percent().unwrap_or(0))).collect();
    if carried.without.part() > 0 {
        words.push(format!("without evidence {} %", carried.without.percent().unwrap_or(0)));
    }
    Explanation::new("confidence", format!("{carries}; {}", words.join(", ")))
}

/// A row of evidence: how it was gathered and graded, and what it bears on. Nothing of it that is protected.
pub(super) fn evidence_parts(study: &CaseStudy, row: &Evidence) -> Vec<Explanation> {
    let mut parts = Vec::new();
    let mut say = |label: &str, text: String| {
        if !text.is_empty() {
            parts.push(Explanation::new(label, text));
        }
    };
    let list = |ids: Vec<&str>| ids.join(" ");
    say("kind", row.kind.to_string());
    say("grading", grading_words(row.grading()));
    say("sides", list(row.sides.iter().map(|side| side.as_str()).collect()));
    say("root", row.independence.as_ref().map(ToString::to_string).unwrap_or_default());
    let few = |heads: u32| row.is_confidential() && heads < study.least_heads();
    let heads = row.heads.map(|heads| if few(heads) { format!("fewer than {}", study.least_heads()) } else { heads.to_string() });
    say("heads", heads.unwrap_or_default());
    say("when", row.when.map(|when| when.to_string()).unwrap_or_default());
    say("where", list(row.regions.iter().map(|region| region.as_str()).collect()));
    say("attribution", if row.is_confidential() { "not for attribution".into() } else { String::new() });
    say("text", row.text.clone().unwrap_or_default());
    for (label, ids) in [("supports", &row.supports), ("contradicts", &row.contradicts)] {
        parts.extend(ids.iter().map(|id| leaf(study, id).labelled(label)));
    }
    parts
}

/// A claim: its strength with what sets it, conditions, rivals and tests.
pub(super) fn claim_tree(assessment: &Assessment, claim: &Claim) -> Explanation {
    let study = assessment.study();
    let result = assessment.claim(claim.id.as_str());
    let strength = result.map_or_else(String::new, |result| spoken(result.strength.name()));
    let mut tree = Explanation::new(claim.id.to_string(), format!("{}: {strength}", claim.title)).cited(&claim.provenance);
    tree.parts.push(leaf(study, &RowId::from(&claim.effect)).labelled("on"));
    for ground in result.iter().flat_map(|result| &result.because) {
        tree.parts.push(Explanation::new("set by", ground.to_string()));
    }
    for (name, condition) in claim.conditions() {
        let part = Explanation::new(name, format!("{}: {}", condition.state, condition.because));
        tree.parts.push(part.with(condition.rests_on.iter().map(|id| leaf(study, id))));
    }
    for rival in &claim.rivals {
        let tested = match (&rival.outcome, &rival.tested) {
            (Some(outcome), Some(tested)) => format!("{outcome}: {tested}"),
            _ => "not tested".to_owned(),
        };
        let mut part = Explanation::new("rival", format!("{} [{tested}]", rival.title));
        part.cites = rival.cites.iter().map(ToString::to_string).collect();
        part.parts.extend(rival.because.as_ref().map(|because| Explanation::new("because", because.clone())));
        tree.parts.push(part.with(rival.rests_on.iter().map(|id| leaf(study, id))));
    }
    for test in &claim.tests {
        let package = test.package.as_ref().map(|package| format!(", package {package}")).unwrap_or_default();
        let mut part = Explanation::new("test", format!("{}, {}{package}: {}", test.kind, test.outcome, test.clue));
        part.parts.extend(test.because.as_ref().map(|because| Explanation::new("because", because.clone())));
        tree.parts.push(part.with(test.rests_on.iter().map(|id| leaf(study, id))));
    }
    if let Some(posterior) = result.and_then(|result| result.posterior.as_ref()) {
        tree.parts.push(Explanation::new("probability", format!("from {} to {posterior}", posterior.prior)));
    }
    tree
}

/// A proposition: who holds what, how far they agree, and who dissents.
pub(super) fn proposition_tree(assessment: &Assessment, row: &Proposition) -> Explanation {
    let study = assessment.study();
    let result = assessment.consensus().iter().find(|result| result.proposition == row.id);
    let reading = result.map_or_else(String::new, |result| format!(": {}", result.whole.reading));
    let mut tree = Explanation::new(row.id.to_string(), format!("{}{reading}", row.text));
    if let Some(result) = result {
        tree.parts.extend(view_parts(study, &result.whole));
        tree.parts.extend(
            result
                .by_phase
                .iter()
                .map(|phase| Explanation::new(phase.id.to_string(), format!("{}; {}", phase.view.reading, shares_words(&phase.view)))),
        );
    }
    let positions = study.positions().iter().filter(|position| position.proposition == row.id);
    tree.with(positions.map(|position| leaf(study, &RowId::from(&position.id))))
}

/// Whole per cents, 0 of nothing.
fn percent(share: Share) -> u64 {
    share.percent().unwrap_or(0)
}

fn shares_words(view: &View) -> String {
    let shares = &view.shares;
    format!(
        "for {} %, against {} %, unsure {} %, open {} %, every side weighing the same",
        percent(shares.in_favour),
        percent(shares.against),
        percent(shares.unsure),
        percent(shares.open)
    )
}

fn view_parts(study: &CaseStudy, view: &View) -> Vec<Explanation> {
    let mut parts = vec![Explanation::new("shares", shares_words(view))];
    for (label, agreement) in [("directions", &view.directions), ("strength", &view.strength)] {
        parts.extend(agreement.as_ref().map(|agreement| Explanation::new(label, agreement_words(agreement))));
    }
    parts.push(Explanation::new("voices", view.voices.to_string()));
    parts.extend(view.sides.iter().map(|side| {
        let name = side.side.as_ref().map_or("without a side", |side| side.as_str());
        let groups: Vec<String> = side.groups.iter().map(ToString::to_string).collect();
        let s = &side.shares;
        let text = format!(
            "{name}: {} for, {} against, {} unsure, {} open ({})",
            percent(s.in_favour),
            percent(s.against),
            percent(s.unsure),
            percent(s.open),
            groups.join(", ")
        );
        Explanation::new("side", text)
    }));
    for (label, voices) in [("dissent", &view.dissent), ("listed", &view.listed)] {
        parts.extend(voices.iter().map(|voice| voice_leaf(study, label, voice)));
    }
    for apart in &view.apart {
        let text = format!("{} and its members {} hold opposite views: both stand", apart.institution, apart.members);
        parts.push(Explanation::new("apart", text));
    }
    if view.folded > 0 {
        let text = format!("{} of fewer than {} persons, shown by their side", view.folded, study.least_heads());
        parts.push(Explanation::new("folded", text));
    }
    parts
}

fn voice_leaf(study: &CaseStudy, label: &str, voice: &Voice) -> Explanation {
    let share = voice.share.map(|share| format!(", share {share}")).unwrap_or_default();
    let text = format!("{} {:+}{share}", shown_words(study, &voice.group), voice.stance);
    let position = leaf(study, &RowId::from(&voice.position));
    let evidence = voice.evidence.iter().map(|id| leaf(study, &RowId::from(id)));
    Explanation { label: label.to_owned(), text, cites: position.cites, parts: Vec::new() }.with(evidence)
}

/// A group by name, or by its side where it is small.
fn shown_words(study: &CaseStudy, shown: &Shown) -> String {
    match shown {
        Shown::Group(id) => study.stakeholder(id).map_or_else(|| id.to_string(), |row| row.name.clone()),
        folded => folded.to_string(),
    }
}

fn agreement_words(agreement: &Agreement) -> String {
    let range = match (agreement.low, agreement.high) {
        (Some(low), Some(high)) if low < high => format!(" ({low:.2} to {high:.2})"),
        _ => String::new(),
    };
    let without: Vec<f64> = agreement.without_side.iter().map(|(_, a)| *a).collect();
    let least = without.iter().copied().fold(f64::INFINITY, f64::min);
    let most = without.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let without = if without.is_empty() { String::new() } else { format!("; without one side {least:.2} to {most:.2}") };
    format!(
        "A {:.2}{range}{without}; median {:+}, polarisation {:.2}, Leik's D {:.2}, Tastle-Wierman {:.2}",
        agreement.a, agreement.median, agreement.polarisation, agreement.leik, agreement.tastle_wierman
    )
}

/// A stakeholder: the side and the positions; a small group by its side alone.
pub(super) fn stakeholder_tree(study: &CaseStudy, row: &Stakeholder) -> Explanation {
    let mut tree = leaf(study, &RowId::from(&row.id));
    tree.parts.extend(row.side.as_ref().map(|side| Explanation::new("side", side.to_string())));
    if study.is_small(row) {
        return tree;
    }
    tree.parts.extend(row.heads.map(|heads| Explanation::new("heads", heads.to_string())));
    tree.parts.extend(row.member_of.iter().map(|id| leaf(study, &RowId::from(id)).labelled("member of")));
    let positions = study.positions().iter().filter(|position| position.group == row.id && !position.is_individual());
    tree.with(positions.map(|position| leaf(study, &RowId::from(&position.id))))
}
