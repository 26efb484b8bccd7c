//! Plain lists: ratings as CSV, what should be looked at, and stakeholders' positions.

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

/// Stakeholders' positions: counted, and with `--all` listed.
pub(super) fn views(assessment: &Assessment, all: bool, page: &mut Page) {
    let study = assessment.study();
    if study.positions().is_empty() {
        return;
    }
    page.rule("4 WHAT STAKEHOLDERS SAY   (rows for/unsure/against; groups weigh nothing yet)");
    let mut rows = Vec::new();
    let mut counted: Vec<(usize, &peaceops::model::Proposition)> =
        study.propositions().iter().map(|p| (study.positions().iter().filter(|row| row.proposition == p.id).count(), p)).collect();
    counted.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let shown = if all { counted.len() } else { 8 };
    for (_, proposition) in counted.iter().take(shown) {
        let of = study.positions().iter().filter(|row| row.proposition == proposition.id);
        let signs: Vec<i8> = of.clone().map(|row| row.stance.signum()).collect();
        let count = |sign: i8| signs.iter().filter(|s| **s == sign).count();
        rows.push(vec![
            proposition.short.clone().unwrap_or_else(|| words::cut(&proposition.text, 40)),
            format!("{}/{}/{}", count(1), count(0), count(-1)),
            words::cut(&proposition.text, 60),
        ]);
        if all {
            for row in of {
                let group = words::short(study, &peaceops::id::RowId::from(&row.group));
                let share = row.spread.share().map(|share| format!(", share {share}")).unwrap_or_default();
                rows.push(vec![
                    format!("  {}", row.id),
                    format!("{:+}", row.stance),
                    format!("{}{share}, {}", words::cut(&group, 45), row.when),
                ]);
            }
        }
    }
    page.table(2, &["", "rows", ""], &rows);
    if !all && counted.len() > shown {
        page.legend(&format!("  {} more propositions (--all).", counted.len() - shown));
    }
}
