//! What stands around the answer: main phases, origins, bodies in parallel, offices that support, headings, sectors.

use super::page::Page;
use super::words;
use peaceops::id::RegionId;
use peaceops::model::{CaseStudy, Contributor, Mission, Phase};
use peaceops::scale::Origin;
use peaceops::scoring::{Assessment, OriginCount};

/// Which phases the whole is of, where some are marked: `main window 2013-18`.
pub(super) fn whole(study: &CaseStudy) -> Option<String> {
    let main: Vec<&Phase> = study.phases().iter().filter(|phase| phase.main).collect();
    let together = study.phases().iter().skip_while(|phase| !phase.main).take(main.len()).all(|phase| phase.main);
    let (first, last) = (main.first()?, main.last()?);
    Some(match together {
        true => format!("main window {}", words::years(first, last)),
        false => format!("main phases {}", words::list(&main.iter().map(|phase| phase.label()).collect::<Vec<_>>())),
    })
}

/// What the whole is called in a sentence.
pub(super) fn whole_period(study: &CaseStudy) -> String {
    whole(study).unwrap_or_else(|| "whole period".to_owned())
}

/// What the whole is of, and what the results rest on.
pub(super) fn head(assessment: &Assessment, page: &mut Page) {
    let study = assessment.study();
    if let Some(window) = whole(study) {
        let apart: Vec<String> = study.phases().iter().filter(|phase| !phase.main).map(Phase::label).collect();
        let apart = if apart.is_empty() { String::new() } else { format!("; {} apart", stand(&words::list(&apart), apart.len())) };
        page.labelled("Whole", &format!("= {window}{apart}"));
    }
    page.labelled("Origin", &origins(assessment));
}

fn stand(words: &str, count: usize) -> String {
    format!("{words} {}", if count == 1 { "stands" } else { "stand" })
}

/// How many judgements rest on the report, its authors, outside sources and the coder.
fn origins(assessment: &Assessment) -> String {
    let origins = assessment.origins();
    let counts = |name: &str, of: &OriginCount| {
        let rows: Vec<String> = of.by_origin.iter().map(|one| one.rows.to_string()).collect();
        format!("{name} {}", rows.join("/"))
    };
    let kinds = [
        counts("ratings", &origins.ratings),
        counts("effects", &origins.effects),
        counts("findings", &origins.findings),
        counts("positions", &origins.positions),
    ];
    let percent = |origin: Origin| words::percent(origins.ratings.weight(origin));
    format!(
        "of the report/its authors/outside sources/the coder: {}; by weight the ratings are {}/{}/{}/{} %",
        kinds.join(", "),
        percent(Origin::Report),
        percent(Origin::Authors),
        percent(Origin::Outside),
        percent(Origin::Coder)
    )
}

fn mission_name(mission: &Mission) -> String {
    mission.acronym.clone().unwrap_or_else(|| mission.name.clone())
}

/// The missions studied, by name.
pub(super) fn missions(study: &CaseStudy) -> Vec<&Mission> {
    study.study().missions.iter().filter_map(|id| study.mission(id)).collect()
}

/// The names of the missions studied.
pub(super) fn names(study: &CaseStudy) -> Vec<String> {
    missions(study).into_iter().map(mission_name).collect()
}

/// A body in short: `UN-SC`.
fn body(id: &str) -> String {
    id.to_uppercase()
}

/// 1a: bodies that ask in parallel, offices that support, headings of the report.
pub(super) fn asked(assessment: &Assessment, page: &mut Page) {
    let study = assessment.study();
    if let Some(mandates) = assessment.mandates() {
        let all: usize = mandates.tasks.iter().map(|of| of.tasks.len()).sum();
        let mut parts: Vec<String> = Vec::new();
        for of in mandates.tasks.iter().rev() {
            let bodies: Vec<String> = of.bodies.iter().map(|id| body(id.as_str())).collect();
            parts.push(match bodies.as_slice() {
                [] => format!("{} of practice ahead of any text", of.tasks.len()),
                [one] => format!("{} of the {one} alone", of.tasks.len()),
                many => format!("{} of the {}", of.tasks.len(), words::list(many)),
            });
        }
        let mut ways: Vec<(&str, &str)> = mandates.lags.iter().map(|lag| (lag.first.as_str(), lag.then.as_str())).collect();
        ways.dedup();
        let later = match ways.as_slice() {
            [(first, then)] => [format!("the text of the {} came", body(then)), format!("days after that of the {}", body(first))],
            _ => ["the later text came".to_owned(), "days after the first".to_owned()],
        };
        let days = mandates.days().map(|days| match (days.least, days.most) {
            (least, most) if least == most => most.to_string(),
            (least, most) => format!("{least} to {most}"),
        });
        let days = days.map(|days| format!("; {} {days} {}", later[0], later[1]));
        let wordings = match mandates.wordings.len() {
            0 => String::new(),
            n => format!("; {n} worded differently"),
        };
        page.line(&format!("  Bodies: of {all} tasks {}{}{wordings}.", words::list(&parts), days.unwrap_or_default()));
    }
    for office in study.supporters() {
        let of: Vec<String> = office.supports.iter().map(|id| study.mission(id).map_or_else(|| id.to_string(), mission_name)).collect();
        let tasks = study.tasks().iter().filter(|task| task.mission.as_ref() == Some(&office.id)).count();
        let bodies: Vec<String> = office.authorised_by.iter().map(|id| body(id.as_str())).collect();
        let by = if bodies.is_empty() { String::new() } else { format!(", by the {}", words::list(&bodies)) };
        let tasks = words::many(tasks, "task", "tasks");
        page.line(&format!(
            "  Beside it: {} supports {}{by}, {}; {tasks}, not rated.",
            mission_name(office),
            words::list(&of),
            office.when
        ));
    }
    let headings = assessment.headings();
    if !headings.is_empty() {
        let of = |heading: &peaceops::scoring::HeadingResult| {
            let tasks = if heading.fields.is_empty() { String::new() } else { words::many(heading.tasks, "task", "tasks") };
            let dimensions: Vec<String> = heading.dimensions.iter().map(ToString::to_string).collect();
            let parts: Vec<String> = [dimensions.join(" + "), tasks].into_iter().filter(|part| !part.is_empty()).collect();
            if parts.is_empty() { "no counterpart".to_owned() } else { parts.join(", ") }
        };
        // headings of one title, such as those whose names no source gives, are told together
        let told = words::grouped(headings.iter().map(|heading| (heading.title.as_str(), of(heading))));
        let told: Vec<String> = told
            .into_iter()
            .map(|(title, all)| {
                let count = if all.len() > 1 { format!("{} times ", all.len()) } else { String::new() };
                format!("{count}{} ({})", words::cut(title, 56), all.join("; "))
            })
            .collect();
        page.line(&format!(
            "  The report orders its findings under {}: {}.",
            words::many(headings.len(), "heading", "headings"),
            told.join("; ")
        ));
    }
}

/// Who held which sector, sector by sector; nothing where no row says so.
pub(super) fn sectors(assessment: &Assessment, region: Option<&str>, page: &mut Page) {
    let study = assessment.study();
    let unit = region.and_then(|id| study.units().find(|unit| unit.id == *id)).map(|unit| &unit.id);
    let there = |row: &&Contributor| unit.is_none_or(|unit| study.contributors_in(unit).any(|other| other.id == row.id));
    let rows: Vec<&Contributor> = study.contributors().iter().filter(there).collect();
    if rows.is_empty() {
        return;
    }
    page.blank();
    page.heading("Who held which sector");
    let mut sectors: Vec<(&[RegionId], Vec<&Contributor>)> = Vec::new();
    for row in rows {
        match sectors.iter_mut().find(|(sector, _)| *sector == row.regions.as_slice()) {
            Some((_, list)) => list.push(row),
            None => sectors.push((&row.regions, vec![row])),
        }
    }
    let told = |row: &&Contributor| format!("{row} ({})", row.when.map_or_else(|| "not dated".to_owned(), |when| when.to_string()));
    let of = |(sector, list): &(&[RegionId], Vec<&Contributor>)| {
        vec![words::cut(&words::regions(study, sector), 30), list.iter().map(told).collect::<Vec<_>>().join("; ")]
    };
    page.table(2, &["", ""], &sectors.iter().map(of).collect::<Vec<_>>());
}
