//! The tables of relevance: counts by phase, and effects by target.

use super::page::Page;
use super::words;
use peaceops::id::EffectId;
use peaceops::model::{CaseStudy, Effect};
use peaceops::scale::Contribution;
use peaceops::scoring::relevance::{Situation, TargetLine};
use peaceops::scoring::{Assessment, Difference};

pub(super) fn tables(assessment: &Assessment, all: bool, page: &mut Page) {
    let (study, relevance) = (assessment.study(), assessment.relevance());
    page.rule("2 RELEVANCE");
    let heads: Vec<String> = study.phases().iter().map(|phase| phase.label()).collect();
    let mut header = vec!["Counted by phase (better/same/worse, or better/worse)"];
    header.extend(heads.iter().map(String::as_str));
    let mut rows = Vec::new();
    let mut add = |name: String, cell: &dyn Fn(usize) -> String| {
        let mut row = vec![name];
        row.extend((0..heads.len()).map(cell));
        rows.push(row);
    };
    let at = |phase: usize| &relevance.by_phase[phase].tally;
    add("Observed, whoever caused it".into(), &|phase| signs(&at(phase).situation));
    add("  clear or decisive".into(), &|phase| format!("{}/{}", at(phase).situation.clearly_better, at(phase).situation.clearly_worse));
    let mut silent = Vec::new();
    if study.all_units().len() > 1 {
        for (unit, row) in study.units().enumerate() {
            let told = |phase: usize| {
                let told = relevance.by_phase[phase].situation_by_region.get(unit).map(|region| signs(&region.situation));
                told.filter(|text| text != "0/0/0")
            };
            let name = words::region(study, &row.id);
            if (0..heads.len()).all(|phase| told(phase).is_none()) {
                silent.push(name);
            } else {
                add(format!("  told of {name} alone"), &|phase| told(phase).unwrap_or_else(|| "nothing".into()));
            }
        }
    }
    add("Compared: better/better or same/same/or worse/worse".into(), &|phase| {
        let ways = [Difference::Positive, Difference::PositiveOrNil, Difference::Nil, Difference::NegativeOrNil, Difference::Negative];
        ways.map(|way| at(phase).credited.compared.get(&way).map_or(0, Vec::len).to_string()).join("/")
    });
    add("Credited, came with its work; credit left open".into(), &|phase| {
        let credited = &at(phase).credited;
        format!("{}/{}; {}", credited.associated_better.len(), credited.associated_worse.len(), credited.undetermined.len())
    });
    add("Confidence of these effects: high/moderate/low/very low".into(), &|phase| {
        let tally = at(phase);
        let told = &tally.situation;
        let ids = [&told.better, &told.same, &told.worse, &told.contested, &told.not_told].into_iter().flatten();
        super::sure::of_effects(assessment, ids)
    });
    add("Risks named".into(), &|phase| at(phase).risks.len().to_string());
    page.matrix(2, 1, &header, &rows);
    if !silent.is_empty() {
        page.legend(&format!("  Told of {} alone: nothing.", words::list(&silent)));
    }
    page.legend("  What sources chose to tell, counted in each phase that it spans; one change does not outweigh another.");

    page.blank();
    page.legend(
        "  + slight ++ clear +++ decisive, 0 same, ? not told.  Credit: p principal, c contributory, e enabling, u left open, \
         n none (the situation).",
    );
    let mut lines: Vec<&TargetLine> = relevance.targets.iter().filter(|line| all || is_telling(study, line)).collect();
    let most = if all { lines.len() } else { 16 };
    let hidden: Vec<&TargetLine> =
        relevance.targets.iter().filter(|line| !lines.iter().take(most).any(|shown| std::ptr::eq(*shown, *line))).collect();
    lines.truncate(most);
    let mut header = vec!["By target", "where"];
    header.extend(heads.iter().map(String::as_str));
    header.push("against no mission");
    let rows: Vec<Vec<String>> = lines
        .iter()
        .map(|line| {
            let mut row = vec![target(study, line), places(line)];
            row.extend(line.by_phase.values().map(|effects| {
                let marks: Vec<String> = effects.iter().filter_map(|id| study.effect(id)).map(mark).collect();
                if marks.is_empty() { ".".to_owned() } else { marks.join(" ") }
            }));
            row.push(against(study, line));
            row
        })
        .collect();
    page.matrix(2, 2, &header, &rows);
    if !hidden.is_empty() {
        let effects = hidden.iter().flat_map(|line| line.by_phase.values().flatten().chain(&line.elsewhere));
        let mut seen: Vec<&EffectId> = Vec::new();
        effects.for_each(|id| {
            if !seen.contains(&id) {
                seen.push(id);
            }
        });
        let sign = |wanted: std::cmp::Ordering| {
            let rated = seen.iter().filter_map(|id| study.effect(id)?.observed.judgement.rated());
            rated.filter(|range| range.value().value().cmp(&0) == wanted).count()
        };
        page.legend(&format!(
            "  {} more (--all): {} better, {} worse, {} same.",
            words::many(hidden.len(), "line", "lines"),
            sign(std::cmp::Ordering::Greater),
            sign(std::cmp::Ordering::Less),
            sign(std::cmp::Ordering::Equal)
        ));
    }
    let covered: Vec<String> =
        relevance.drivers.iter().map(|phase| format!("{}/{}/{}", phase.in_full.len(), phase.in_part.len(), phase.not_met.len())).collect();
    page.line(&format!(
        "  Critical drivers, place by place, at the end of each phase, met by the mandate in full/part/not: {} (on paper).",
        covered.join(", ")
    ));
    if all {
        page.blank();
        page.line("  Every effect");
        for effect in study.effects() {
            page.line(&format!("  {} {}: {}", effect.id, effect.title, peaceops::scoring::relevance::in_words(effect)));
        }
    }
}

pub(super) fn signs(situation: &Situation) -> String {
    format!("{}/{}/{}", situation.better.len(), situation.same.len(), situation.worse.len())
}

/// Lines on the framework's own targets, lines with a comparison, and decisive changes.
fn is_telling(study: &CaseStudy, line: &TargetLine) -> bool {
    let core = study.framework().topic(line.target.as_str()).is_some_and(|topic| topic.core);
    let effects = || line.by_phase.values().flatten().filter_map(|id| study.effect(id));
    core || effects().any(|effect| {
        let decisive = effect.observed.judgement.rated().is_some_and(|range| range.value().value().abs() == 3);
        effect.difference().is_some() || decisive
    })
}

/// `++c`: strength and sign of what was observed, and the grade of contribution.
pub(super) fn mark(effect: &Effect) -> String {
    if effect.risk {
        return "risk".to_owned();
    }
    let sign = match effect.observed.judgement.rated().map(|range| range.value().value()) {
        None => "?".to_owned(),
        Some(0) => "0".to_owned(),
        Some(n) => (if n > 0 { "+" } else { "-" }).repeat(usize::from(n.unsigned_abs())),
    };
    let grade = match effect.contribution.grade {
        Contribution::None => 'n',
        Contribution::Undetermined => 'u',
        Contribution::Enabling => 'e',
        Contribution::Contributory => 'c',
        Contribution::Principal => 'p',
    };
    format!("{sign}{grade}")
}

/// The regions of a line; of more than two, how many follow.
fn places(line: &TargetLine) -> String {
    let first: Vec<String> = line.regions.iter().take(2).map(ToString::to_string).collect();
    let rest = line.regions.len().saturating_sub(2);
    if rest == 0 { first.join(", ") } else { format!("{} + {rest}", first.join(", ")) }
}

fn target(study: &CaseStudy, line: &TargetLine) -> String {
    let id = line.target.as_str();
    match study.framework().topic(id) {
        Some(topic) => topic.title.clone(),
        None => id.parse().map_or_else(|_| id.to_owned(), |id| words::cut(&words::short(study, &id), 30)),
    }
}

/// What the effects of a line say against the course without the mission.
fn against(study: &CaseStudy, line: &TargetLine) -> String {
    let mut told: Vec<String> = Vec::new();
    let mut seen: Vec<&EffectId> = Vec::new();
    for id in line.by_phase.values().flatten().chain(&line.elsewhere) {
        if seen.contains(&id) {
            continue;
        }
        seen.push(id);
        let Some(effect) = study.effect(id) else { continue };
        if let Some(range) = effect.difference() {
            let forecast = if effect.without.flags.iter().any(|flag| flag == "forecast") { ", a forecast" } else { "" };
            let strength = match (Difference::of(range), range.value().strength()) {
                (Difference::Positive, "slight") => "slightly better".to_owned(),
                (Difference::Positive, "clear") => "clearly better".to_owned(),
                (Difference::Positive, _) => "decisively better".to_owned(),
                (other, _) => other.words().to_owned(),
            };
            told.push(format!("{strength}{forecast}"));
        }
    }
    if told.is_empty() { "not told".to_owned() } else { told.join("; ") }
}
