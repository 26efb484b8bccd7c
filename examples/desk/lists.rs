//! Plain lists: ratings as CSV, and what should be looked at.

use super::page::Page;
use super::words;
use peaceops::scale::Judgement;
use peaceops::scoring::Assessment;

/// Every link of every cell, as CSV; what is no level says in the level's column what it is.
pub(super) fn ratings_csv(assessment: &Assessment) -> String {
    let study = assessment.study();
    let mut text = String::from("task,phase,region,link,level,low,high\n");
    for task in &assessment.congruence().tasks {
        let place = study.tasks().iter().position(|row| row.id == task.id);
        for cell in &task.cells {
            let phase = study.phases().iter().position(|phase| phase.id == cell.phase);
            let unit = study.units().position(|unit| unit.id == cell.region);
            let (Some(place), Some(phase), Some(unit)) = (place, phase, unit) else { continue };
            for link in &cell.links {
                let judgement = study.holding(place, link.link, phase, unit).map(|held| &held.statement.judgement);
                let (level, low, high) = match judgement {
                    Some(Judgement::Rated(rated)) => (rated.value().to_string(), rated.low().to_string(), rated.high().to_string()),
                    Some(Judgement::Contested(levels)) => {
                        let end = |level: Option<&peaceops::scale::Level>| level.map(ToString::to_string).unwrap_or_default();
                        ("contested".into(), end(levels.first()), end(levels.last()))
                    }
                    Some(Judgement::NotAssessed(_)) => ("not-assessed".into(), String::new(), String::new()),
                    Some(Judgement::NotApplicable(_)) => ("not-applicable".into(), String::new(), String::new()),
                    None => ("not-coded".into(), String::new(), String::new()),
                };
                text += &format!("{},{},{},{},{level},{low},{high}\n", task.id, cell.phase, cell.region, link.link);
            }
        }
    }
    text
}

/// What should be looked at before the case is called finished.
pub(super) fn check(assessment: &Assessment, page: &mut Page) {
    let study = assessment.study();
    page.heading(&format!("{}: no problems", study.study().title));
    let coverage = assessment.coverage();
    let origins: Vec<String> = coverage.by_origin.iter().map(|(origin, rows)| format!("{rows} of the {origin}")).collect();
    page.line(&format!("Rows by origin: {}.", words::list(&origins)));
    page.line(&format!(
        "{} tasks, {} blocks of ratings, {} effects, {} findings, {} positions, {} observations.",
        study.tasks().len(),
        study.ratings().len(),
        study.effects().len(),
        study.findings().len(),
        study.positions().len(),
        study.observations().len()
    ));
    page.line(&format!("Links not coded: {}.", coverage.links_not_coded));
    let warnings = study.warnings();
    page.blank();
    page.heading(&words::many(warnings.len(), "warning", "warnings"));
    for warning in warnings {
        page.line(&format!("  {warning}"));
    }
}
