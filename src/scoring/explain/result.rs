//! The tree behind a result: a group of cells, a dimension, relevance, a target, a gap.

use super::grounds::carried_tree;
use super::row::{cell_tree, contributors, effect_tree, gap_tree, statement_tree};
use super::{Explanation, leaf};
use crate::id::{EffectId, FindingId, PhaseId, RowId};
use crate::scale::Link;
use crate::scoring::assessment::Assessment;
use crate::scoring::cell::CellLevel;
use crate::scoring::confidence::Carried;
use crate::scoring::dimension::{Count, in_words};
use crate::scoring::relevance::{Tally, TargetLine};

/// The address of a target's line: `violence/N+C`, or the target alone where no place is told.
pub(super) fn target_address(line: &TargetLine) -> String {
    let regions: Vec<String> = line.regions.iter().map(ToString::to_string).collect();
    if regions.is_empty() { format!("{}/-", line.target.as_str()) } else { format!("{}/{}", line.target.as_str(), regions.join("+")) }
}

/// The tree of a result, by its address.
pub(super) fn explain(assessment: &Assessment, address: &str) -> Option<Explanation> {
    let study = assessment.study();
    if let Some(gap) = assessment.gaps().iter().find(|gap| gap.address == address) {
        return Some(gap_tree(study, gap));
    }
    if let Some(line) = assessment.relevance().targets.iter().find(|line| target_address(line) == address) {
        return Some(target(assessment, line, address));
    }
    let parts: Vec<&str> = address.split('/').collect();
    let phase = |id: &str| study.phases().iter().any(|phase| phase.id == *id);
    let unit = |id: &str| study.units().any(|unit| unit.id == *id);
    match parts.as_slice() {
        ["congruence"] => group(assessment, None, None),
        ["relevance"] => Some(relevance(assessment, &assessment.relevance().whole, &assessment.confidence().relevance, address)),
        ["relevance", id] => {
            let phase = assessment.relevance().by_phase.iter().find(|phase| phase.id == **id)?;
            let carried = assessment.confidence().relevance_by_phase.iter().find(|phase| phase.id == **id)?;
            Some(relevance(assessment, &phase.tally, &carried.carried, address))
        }
        [id] if assessment.dimension(id).is_some() => dimension(assessment, id, None),
        [id, part] if assessment.dimension(id).is_some() => dimension(assessment, id, Some(part)),
        [id] if phase(id) => group(assessment, Some(id), None),
        [id] if unit(id) => group(assessment, None, Some(id)),
        [at, region] if phase(at) && unit(region) => group(assessment, Some(at), Some(region)),
        [at, region, task] if phase(at) && unit(region) => {
            let result = assessment.congruence().task(task)?;
            let cell = result.cells.iter().find(|cell| cell.phase == **at && cell.region == **region)?;
            let row = study.task(&result.id)?;
            let mut tree = cell_tree(assessment, row, cell);
            tree.label = address.to_owned();
            tree.text = format!("{}: {}", row.title, tree.text);
            Some(tree.with([leaf(study, &RowId::from(&row.id))]))
        }
        _ => None,
    }
}

/// A phase, a unit, both, or the whole: its headline, its links, its tasks with what binds them.
pub(super) fn group(assessment: &Assessment, phase: Option<&str>, region: Option<&str>) -> Option<Explanation> {
    let study = assessment.study();
    let profile = assessment.congruence().profile(phase, region)?;
    let label = match (phase, region) {
        (None, None) => "congruence".to_owned(),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (Some(phase), Some(region)) => format!("{phase}/{region}"),
    };
    let mut tree = Explanation::new(label, profile.to_string());
    if let Some(bounds) = profile.bounds {
        tree.parts.push(Explanation::new("bounds", format!("{} to {}, with all that is not assessed left free", bounds.low, bounds.high)));
    }
    tree.parts.extend(assessment.confidence().of_congruence(phase, region).map(carried_tree));
    for link in &profile.links {
        let level = link.level.map_or("not rated".to_owned(), |level| level.to_string());
        let range = link.low.zip(link.high).filter(|(low, high)| low != high).map(|(l, h)| format!(" ({l} to {h})")).unwrap_or_default();
        let known = link.coverage.percent().unwrap_or(0);
        let binds = link.binds.percent().unwrap_or(0);
        let text = format!("{level}{range}, known for {known} % of the weight, holds down {binds} % of what is assessed");
        tree.parts.push(Explanation::new(link.link.name(), text));
    }
    for hinge in &profile.hinges {
        let text = format!("{} {}: at {} instead of {} the headline is {}", hinge.rating, hinge.link, hinge.to, hinge.from, hinge.headline);
        tree.parts.push(Explanation::new("hinge", text));
    }
    let is_main = |id: &PhaseId| study.phases().iter().position(|row| row.id == *id).is_none_or(|at| study.is_main(at));
    for result in &assessment.congruence().tasks {
        let of_phase = |id: &PhaseId| phase.map_or_else(|| is_main(id), |p| *id == *p);
        let inside = result.cells.iter().filter(|cell| of_phase(&cell.phase) && region.is_none_or(|r| cell.region == *r));
        for cell in inside {
            let Some(task) = study.task(&result.id) else { continue };
            let words = match cell.outcome {
                CellLevel::Known { level, low, high } if low == high => level.to_string(),
                CellLevel::Known { level, low, high } => format!("{level} ({low} to {high})"),
                CellLevel::Unknown { at_most } => format!("not assessed, at most {at_most}"),
                CellLevel::NotApplicable => "does not apply".to_owned(),
            };
            let place = if region.is_some() && phase.is_some() { String::new() } else { format!(" in {}/{}", cell.phase, cell.region) };
            let part = Explanation::new(result.id.to_string(), format!("{}{place}: {words}", task.short)).cited(&task.provenance);
            let places = (
                study.place_of_task(&task.id),
                study.phases().iter().position(|p| p.id == cell.phase),
                study.units().position(|u| u.id == cell.region),
            );
            let binding = cell.binding.iter().filter_map(|link: &Link| {
                let (Some(at), Some(phase), Some(unit)) = places else { return None };
                let held = study.holding(at, *link, phase, unit)?;
                Some(statement_tree(study, link.name(), held.statement))
            });
            tree.parts.push(part.with(binding));
        }
    }
    if let Some(unit) = study.units().find(|unit| region.is_some_and(|id| unit.id == *id)) {
        let days = phase.and_then(|id| study.phases().iter().find(|row| row.id == *id)).map(|row| row.days);
        tree.parts.extend(contributors(study, &unit.id, days));
    }
    if !tree.is_sourced() {
        tree.cites.push("by the method".into());
    }
    Some(tree)
}

fn dimension(assessment: &Assessment, id: &str, part: Option<&&str>) -> Option<Explanation> {
    let study = assessment.study();
    let result = assessment.dimension(id)?;
    let count: &Count = match part {
        None => &result.whole,
        Some(part) => result
            .by_phase
            .iter()
            .find(|phase| phase.id == **part)
            .map(|phase| &phase.count)
            .or_else(|| result.by_region.iter().find(|region| region.id == **part).map(|region| &region.count))?,
    };
    let label = part.map_or_else(|| id.to_owned(), |part| format!("{id}/{part}"));
    let title = study.framework().dimension(id).map(|dimension| dimension.title.clone()).unwrap_or_default();
    let mut tree = Explanation::new(label, format!("{title}: {}", in_words(count)));
    if let Some(verdict) = &result.verdict {
        let trend = verdict.trend.map(|trend| format!(", {trend} (by the {})", verdict.trend_origin)).unwrap_or_default();
        let row = leaf(study, &verdict.row);
        tree.parts.push(Explanation { label: "verdict".into(), text: format!("{}{trend}: {}", verdict.standing, row.text), ..row });
    }
    if part.is_none() {
        tree.parts.extend(assessment.confidence().of_dimension(id).map(carried_tree));
        for step in &result.trend {
            tree.parts.push(Explanation::new("trend", format!("{} to {}: {}", step.from, step.to, step.trend)));
        }
    }
    tree.parts.extend(count.findings.iter().filter_map(|id: &FindingId| {
        let row = study.finding(id)?;
        let text = format!("{} ({}, {}, issue {}, {})", row.title, row.kind, row.salience, row.issue, row.when);
        Some(Explanation::new(id.to_string(), text).cited(&row.provenance))
    }));
    if !tree.is_sourced() {
        tree.cites.push("by the framework".into());
    }
    Some(tree)
}

fn relevance(assessment: &Assessment, tally: &Tally, carried: &Carried, address: &str) -> Explanation {
    let situation = &tally.situation;
    let head = format!(
        "situation {} better, {} same, {} worse; {} risks",
        situation.better.len(),
        situation.same.len(),
        situation.worse.len(),
        tally.risks.len()
    );
    let list = |label: &str, ids: &[EffectId]| -> Option<Explanation> {
        let study = assessment.study();
        let rows = ids.iter().filter_map(|id| study.effect(id)).map(|effect| effect_tree(assessment, effect));
        (!ids.is_empty()).then(|| Explanation::new(label, ids.len().to_string()).with(rows))
    };
    let credited = &tally.credited;
    let mut tree = Explanation::new(address, head);
    tree.parts.push(carried_tree(carried));
    tree.parts.extend(list("better", &situation.better));
    tree.parts.extend(list("same", &situation.same));
    tree.parts.extend(list("worse", &situation.worse));
    tree.parts.extend(list("contested", &situation.contested));
    tree.parts.extend(list("not told", &situation.not_told));
    for (difference, ids) in &credited.compared {
        tree.parts.extend(list(&format!("compared: {difference}"), ids));
    }
    tree.parts.extend(list("came with its work: better", &credited.associated_better));
    tree.parts.extend(list("came with its work: same", &credited.associated_same));
    tree.parts.extend(list("came with its work: worse", &credited.associated_worse));
    tree.parts.extend(list("credit left open", &credited.undetermined));
    tree.parts.extend(list("risks", &tally.risks));
    if !tree.is_sourced() {
        tree.cites.push("by the method".into());
    }
    tree
}

fn target(assessment: &Assessment, line: &TargetLine, address: &str) -> Explanation {
    let study = assessment.study();
    let mut seen: Vec<&EffectId> = Vec::new();
    for id in line.by_phase.values().flatten().chain(&line.elsewhere) {
        if !seen.contains(&id) {
            seen.push(id);
        }
    }
    let rows = seen.into_iter().filter_map(|id| study.effect(id)).map(|effect| effect_tree(assessment, effect));
    Explanation::new(address, "effects, opposite signs kept").with(rows)
}
