//! The tree behind one row.

use super::grounds::{claim_tree, confidence_tree, evidence_parts, proposition_tree, spoken, stakeholder_tree};
use super::series::course_tree;
use super::{Explanation, leaf, title};
use crate::date::Days;
use crate::id::{RegionId, RowId};
use crate::model::{Activity, AlsoBy, Basis, CaseStudy, Contributor, Driver, Effect, Heading, Row, Shown, State, Statement, Task, Without};
use crate::scale::Scale;
use crate::scoring::assessment::Assessment;
use crate::scoring::cell::{CellLevel, CellResult};
use crate::scoring::gap::{Gap, GapKind};
use crate::scoring::relevance::in_words;

/// The tree of a row, by its id.
pub(super) fn explain(assessment: &Assessment, id: &str) -> Option<Explanation> {
    let study = assessment.study();
    let row = study.row(id)?;
    Some(match row {
        Row::Task(task) => task_tree(assessment, task),
        Row::Driver(driver) => driver_tree(assessment, driver),
        Row::Effect(effect) => effect_tree(assessment, effect),
        Row::Activity(activity) => activity_tree(assessment, activity),
        Row::Finding(finding) => {
            let mut tree = plain(study, row);
            let words = format!("{}, {} on {}, issue {}", finding.kind, finding.salience, finding.dimension, finding.issue);
            tree.parts.insert(0, Explanation::new("counts", words));
            tree.with(sureness(assessment, id))
        }
        Row::Claim(claim) => claim_tree(assessment, claim),
        Row::Stakeholder(group) => stakeholder_tree(study, group),
        Row::Evidence(evidence) => {
            let mut tree = leaf(study, &RowId::from(&evidence.id));
            tree.parts = evidence_parts(study, evidence);
            tree
        }
        Row::Pool(pool) => {
            let mut tree = Explanation::new(pool.id.to_string(), format!("{}, a pool of means", pool.title));
            for rating in study.ratings().iter().filter(|rating| rating.pools.contains(&pool.id)) {
                for link in crate::scale::Link::ALL {
                    if let Some(statement) = rating.link(*link) {
                        let part = statement_tree(study, format!("{link} {}", rating.label()), statement);
                        let sure = assessment.confidence().of_rating(&rating.label(), *link);
                        tree.parts.push(part.with(sure.map(|one| confidence_tree(study, one))));
                    }
                }
            }
            tree.with(related(assessment, &RowId::from(&pool.id)))
        }
        Row::Source(source) => {
            let mut tree = Explanation::new(source.id.to_string(), source.title.clone());
            tree.cites.push(source.url.clone().unwrap_or_else(|| format!("{} {}", source.origin, source.title)));
            tree.parts.extend(source.admiralty.map(|grading| Explanation::new("grading", grading.to_string())));
            tree.parts.extend(source.side.as_ref().map(|side| Explanation::new("side", side.to_string())));
            tree.parts.extend(source.independence.as_ref().map(|root| Explanation::new("root", root.to_string())));
            tree
        }
        Row::Phase(phase) => super::result::group(assessment, Some(phase.id.as_str()), None)?,
        Row::Region(region) if region.unit => super::result::group(assessment, None, Some(region.id.as_str()))?,
        Row::Proposition(proposition) => proposition_tree(assessment, proposition),
        Row::Indicator(indicator) => {
            let courses = assessment.indicators().iter().filter(|course| course.series.indicator == indicator.id);
            let values = study.observations().iter().filter(|row| row.indicator == indicator.id);
            let values = values.map(|value| {
                let place = value.region.as_ref().map(|region| format!(", {region}")).unwrap_or_default();
                let scope = value.scope.as_ref().map(|scope| format!(", {scope}")).unwrap_or_default();
                Explanation::new(value.when.to_string(), format!("{}{place}{scope}", value.value)).cited(&value.provenance)
            });
            plain(study, row).with(courses.map(|course| course_tree(study, course))).with(values)
        }
        Row::Region(region) => plain(study, row).with(contributors(study, &region.id, None)),
        Row::Heading(heading) => plain(study, row).with(heading_parts(assessment, heading)),
        Row::Import(import) => plain(study, row).cited(&import.provenance),
        Row::Position(position) => {
            let holder = match study.shown_holder(position) {
                Shown::Group(id) => leaf(study, &RowId::from(&id)),
                folded => Explanation::new("held by", folded.to_string()),
            };
            let rows = std::iter::once(RowId::from(&position.proposition)).chain(position.evidence.iter().map(RowId::from));
            plain(study, row).with([holder]).with(rows.map(|id| leaf(study, &id)))
        }
        _ => {
            let tree = plain(study, row);
            let parts = related(assessment, &row.id());
            tree.with(parts)
        }
    })
}

/// A row with its sources and details.
fn plain(study: &CaseStudy, row: Row<'_>) -> Explanation {
    let mut tree = Explanation::new(row.id().to_string(), title(study, row));
    if let Some(provenance) = row.provenance() {
        tree = tree.cited(provenance);
        tree.parts.push(Explanation::new("origin", provenance.origin.to_string()));
    }
    tree.with(details(study, row))
}

/// When, where and what more, as far as a row has it.
fn details(study: &CaseStudy, row: Row<'_>) -> Vec<Explanation> {
    let mut parts = Vec::new();
    let mut say = |label: &str, text: String| {
        if !text.is_empty() {
            parts.push(Explanation::new(label, text));
        }
    };
    let list = |ids: &[crate::id::RegionId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let when = |when: Option<crate::date::When>| when.map(|when| when.to_string()).unwrap_or_default();
    let some = |text: &Option<String>| text.clone().unwrap_or_default();
    match row {
        Row::Fact(r) => {
            say("when", when(r.when));
            say("value", r.value.as_ref().map(ToString::to_string).unwrap_or_default());
            say("text", some(&r.text));
        }
        Row::Contributor(r) => {
            say("held", list(&r.regions));
            say("when", when(r.when));
            say("unit", some(&r.unit));
            say("text", some(&r.text));
            parts.extend(r.pool.iter().map(|id| leaf(study, &RowId::from(id)).labelled("pool")));
        }
        Row::Mission(r) => {
            say("when", r.when.to_string());
            say("text", some(&r.text));
            parts.extend(r.supports.iter().map(|id| leaf(study, &RowId::from(id)).labelled("supports")));
        }
        Row::Resource(r) => {
            say("says", format!("{}{}", r.status, r.pool.as_ref().map(|pool| format!(", pool {pool}")).unwrap_or_default()));
            say("when", when(r.when));
            say("where", list(&r.regions));
            let figures: Vec<String> = r.amount.iter().map(|(key, value)| format!("{key} {value}")).collect();
            say("figures", figures.join(", "));
            say("text", some(&r.text));
        }
        Row::Capability(r) => {
            say("says", format!("{}{}", r.kind, if r.critical { ", critical" } else { "" }));
            say("when", when(r.when));
            say("where", list(&r.regions));
            say("text", some(&r.text));
        }
        Row::Finding(r) => {
            say("when", r.when.to_string());
            say("where", list(&r.regions));
            say("said by", some(&r.said_by));
            say("text", some(&r.text));
        }
        Row::Tension(r) => {
            say("kind", r.kind.to_string());
            say("text", some(&r.text));
            for id in r.between.iter().flatten() {
                parts.push(leaf(study, id));
            }
        }
        Row::Verdict(r) => {
            let trend = r.trend.map(|trend| format!(", {trend}")).unwrap_or_default();
            say("stands", format!("{}{trend}", r.standing));
        }
        Row::Instrument(r) => {
            say("runs to", r.runs_to.map(|date| date.to_string()).unwrap_or_default());
            say("text", some(&r.text));
        }
        Row::Dispute(r) => say("text", some(&r.text)),
        Row::Dilemma(r) => {
            say("one side", r.sides.first().cloned().unwrap_or_default());
            say("other side", r.sides.get(1).cloned().unwrap_or_default());
        }
        Row::PolicyOption(r) => {
            say("benefits", some(&r.benefits));
            say("risks", some(&r.risks));
            say("judgement", some(&r.judgement));
        }
        _ => {}
    }
    parts
}

/// The gaps that name a row, as leaves.
fn related(assessment: &Assessment, id: &RowId) -> Vec<Explanation> {
    let gaps = assessment.gaps().iter().filter(|gap| gap.only_under.is_none() && gap.rows.contains(id));
    gaps.map(|gap| Explanation::new("gap", gap.to_string())).collect()
}

/// A statement on a link: what it says, why, and the rows that it rests on.
pub(super) fn statement_tree<S: Scale>(study: &CaseStudy, label: impl Into<String>, statement: &Statement<S>) -> Explanation {
    let mut tree = Explanation::new(label, statement.judgement.to_string());
    if let Some(because) = &statement.because {
        let flags = if statement.flags.is_empty() { String::new() } else { format!(" [{}]", statement.flags.join(", ")) };
        let mut part = Explanation::new("because", format!("{because}{flags}"));
        if statement.rests_on.is_empty() {
            part.cites.push("by the coder".into());
        }
        tree.parts.push(part);
    } else {
        tree.cites.push("by the coder".into());
    }
    tree.with(statement.rests_on.iter().map(|id| leaf(study, id)))
}

fn state_tree(study: &CaseStudy, task: &Task, state: &State) -> Explanation {
    let units: Vec<String> = state.units.iter().filter_map(|unit| study.units().nth(unit)).map(|unit| unit.id.to_string()).collect();
    let (basis, provenance) = match state.entry.checked_sub(1).and_then(|change| task.changes.get(change)) {
        None => (Some(&task.basis), &task.provenance),
        Some(change) => (change.basis.as_ref(), &change.provenance),
    };
    let by = match basis {
        Some(Basis::Instrument(id)) => study.instrument(id).map_or_else(|| id.to_string(), |row| format!("{} ({id})", row.number)),
        Some(Basis::Practice) => "practice ahead of the text".to_owned(),
        None => "no instrument named".to_owned(),
    };
    let until = if state.days.last() == chrono::NaiveDate::MAX { "..".to_owned() } else { state.days.last().to_string() };
    let text = format!("{} to {until}, {}, {}, by {by}", state.days.first(), units.join(" "), state.tier);
    let tree = Explanation::new("in force", text);
    if provenance.cites.is_empty() { tree.cited(&task.provenance) } else { tree.cited(provenance) }
}

/// The mission that a task is given to, by its acronym.
fn mission_name(study: &CaseStudy, task: &Task) -> String {
    let row = task.mission.as_ref().and_then(|id| study.mission(id));
    row.map_or_else(String::new, |row| row.acronym.clone().unwrap_or_else(|| row.name.clone()))
}

/// A task in the text of a further body.
fn also_by_tree(study: &CaseStudy, also: &AlsoBy) -> Explanation {
    let row = study.instrument(&also.by);
    let from = also.from.or_else(|| row.map(|row| row.adopted)).map(|date| date.to_string()).unwrap_or_default();
    let until = also.until.map(|date| format!(" to {date}")).unwrap_or_default();
    let by = row.map_or_else(|| also.by.to_string(), |row| format!("{}, {} ({})", row.body, row.number, row.id));
    let text = also.text.as_ref().map(|text| format!(": {text}")).unwrap_or_default();
    Explanation::new("also by", format!("{by}, {from}{until}{text}")).cited(&also.provenance)
}

/// Who held a region, or a part of it, in a phase or at any time.
pub(super) fn contributors(study: &CaseStudy, region: &RegionId, days: Option<Days>) -> Vec<Explanation> {
    let window = days.unwrap_or(study.study().window);
    let then = |row: &&Contributor| {
        let period = row.when.and_then(|when| when.period());
        days.is_none() || period.is_none_or(|period| period.possible(window).is_some())
    };
    let part = |row: &Contributor| {
        let when = row.when.map_or_else(|| "not dated".to_owned(), |when| when.to_string());
        let regions: Vec<&str> = row.regions.iter().map(RegionId::as_str).collect();
        Explanation::new("held by", format!("{} {row}, {}, {when}", row.id, regions.join(" "))).cited(&row.provenance)
    };
    study.contributors_in(region).filter(then).map(part).collect()
}

/// What a heading of the report corresponds to.
fn heading_parts(assessment: &Assessment, heading: &Heading) -> Vec<Explanation> {
    let study = assessment.study();
    let dimensions = heading.dimensions.iter().map(|id| {
        let count = assessment.dimension(id.as_str()).map(|result| crate::scoring::dimension::in_words(&result.whole));
        Explanation::new("dimension", format!("{id}: {}", count.unwrap_or_default()))
    });
    let fields = heading.fields.iter().map(|field| {
        let tasks = study.tasks().iter().filter(|task| task.field == *field);
        Explanation::new("field", field.to_string()).with(tasks.map(|task| leaf(study, &RowId::from(&task.id))))
    });
    let text = heading.text.iter().map(|text| Explanation::new("text", text.clone()));
    text.chain(dimensions).chain(fields).collect()
}

fn task_tree(assessment: &Assessment, task: &Task) -> Explanation {
    let study = assessment.study();
    let result = assessment.congruence().task(task.id.as_str());
    let level = match result {
        None if !study.is_studied(task) => format!("a task of {}, which is not studied", mission_name(study, task)),
        None => "no cell: too recent, replaced, or not in force in the phases".to_owned(),
        Some(result) => match (result.level, result.low, result.high) {
            (Some(level), Some(low), Some(high)) if low != high => format!("{level}, range {low} to {high}"),
            (Some(level), ..) => level.to_string(),
            _ => "not assessed".to_owned(),
        },
    };
    let mut tree = Explanation::new(task.id.to_string(), format!("{}: {level}", task.title)).cited(&task.provenance);
    let place = study.place_of_task(&task.id);
    tree.parts.extend(place.into_iter().flat_map(|at| study.states(at)).map(|state| state_tree(study, task, state)));
    tree.parts.extend(task.also_by.iter().map(|also| also_by_tree(study, also)));
    for (label, ids) in [
        ("replaces", task.replaces.iter().collect::<Vec<_>>()),
        ("refines", task.refines.iter().collect()),
        ("part of", task.part_of.iter().collect()),
    ] {
        tree.parts.extend(ids.into_iter().map(|id| leaf(study, &RowId::from(id)).labelled(label)));
    }
    tree.parts.extend(result.into_iter().flat_map(|result| &result.cells).map(|cell| cell_tree(assessment, task, cell)));
    let answers = |driver: &&Driver| driver.met_by.contains(&task.id) || driver.met_in_part_by.contains(&task.id);
    tree.parts.extend(study.drivers().iter().filter(answers).map(|driver| {
        let how = if driver.met_by.contains(&task.id) { "in full" } else { "in part" };
        Explanation::new("answers", format!("{} {} ({how})", driver.id, driver.title)).cited(&driver.provenance)
    }));
    let id = RowId::from(&task.id);
    let pulls = study
        .tensions()
        .iter()
        .filter(|tension| tension.between.iter().flatten().any(|other| *other == id) || tension.hampers.contains(&task.id));
    tree.parts
        .extend(pulls.map(|tension| Explanation::new("tension", format!("{} {}", tension.id, tension.title)).cited(&tension.provenance)));
    tree.with(related(assessment, &id))
}

/// A cell: its level, its four links with their reasons, and what would have to rise.
pub(super) fn cell_tree(assessment: &Assessment, task: &Task, cell: &CellResult) -> Explanation {
    let study = assessment.study();
    let words = match cell.outcome {
        CellLevel::Known { level, low, high } => {
            let range = if low == high { String::new() } else { format!(" ({low} to {high})") };
            let binding: Vec<&str> = cell.binding.iter().map(|link| link.name()).collect();
            format!("{level}{range}, held down by {}", binding.join(", "))
        }
        CellLevel::Unknown { at_most } => format!("not assessed, at most {at_most}"),
        CellLevel::NotApplicable => "does not apply".to_owned(),
    };
    let mut tree = Explanation::new(format!("{}/{}", cell.phase, cell.region), format!("{words}; {}, weight {}", cell.tier, cell.weight));
    let places = (
        study.place_of_task(&task.id),
        study.phases().iter().position(|p| p.id == cell.phase),
        study.units().position(|u| u.id == cell.region),
    );
    if let (Some(at), Some(phase), Some(unit)) = places {
        for link in &cell.links {
            let part = match study.holding(at, link.link, phase, unit) {
                None => Explanation::new(link.link.name(), "not coded").with([leaf(study, &RowId::from(&task.id))]),
                Some(held) => {
                    let mut part = statement_tree(study, link.link.name(), held.statement);
                    let mut notes: Vec<String> = Vec::new();
                    if let Some(pool) = held.inherited {
                        notes.push(format!("inherited from {pool}"));
                    }
                    if held.footing == crate::model::Footing::FromTheWhole && study.all_units().len() > 1 {
                        notes.push("from the whole".into());
                    }
                    if cell.binding.contains(&link.link) {
                        notes.push("holds the level down".into());
                    }
                    if !notes.is_empty() {
                        part.text = format!("{}; {}", part.text, notes.join(", "));
                    }
                    let sure = assessment.confidence().of_slot(held.rating, link.link);
                    part.with(sure.map(|one| confidence_tree(study, one)))
                }
            };
            tree.parts.push(part);
        }
    }
    for pool in &cell.also_limiting {
        tree.parts.push(Explanation::new("also limiting", format!("pool {pool}")));
    }
    if let CellLevel::Known { level, .. } = cell.outcome
        && level < crate::scale::Level::MAX
    {
        let all: Vec<&str> = cell.binding.iter().map(|link| link.name()).collect();
        let next = crate::scale::Level::at(level.index() + 1);
        let words = if all.len() == 1 { format!("{} must rise", all[0]) } else { format!("{} must all rise", all.join(", ")) };
        tree.parts.push(Explanation::new(format!("to be {next}"), words));
    }
    tree
}

fn driver_tree(assessment: &Assessment, driver: &Driver) -> Explanation {
    let study = assessment.study();
    let critical = if driver.critical { "critical" } else { "not called critical" };
    let mut tree = Explanation::new(driver.id.to_string(), format!("{}: {critical}", driver.title)).cited(&driver.provenance);
    let since: Vec<String> = driver.since.iter().map(|(region, date)| format!("{region} {date}")).collect();
    tree.parts.push(Explanation::new("since", since.join(", ")));
    for (label, tasks) in [("met by", &driver.met_by), ("in part by", &driver.met_in_part_by)] {
        tree.parts.extend(tasks.iter().map(|id| leaf(study, &RowId::from(id)).labelled(label)));
    }
    let effects = study.effects().iter().filter(|effect| effect.on.as_str() == driver.id.as_str());
    tree.parts
        .extend(effects.map(|effect| Explanation::new("effect", format!("{} {}", effect.id, in_words(effect))).cited(&effect.provenance)));
    let out = study.exclusions().iter().filter(|exclusion| exclusion.drivers.contains(&driver.id));
    tree.parts.extend(out.map(|row| Explanation::new("excluded", format!("{} {}", row.id, row.title)).cited(&row.provenance)));
    tree.with(related(assessment, &RowId::from(&driver.id)))
}

/// An effect: in words, then its three parts with their reasons.
pub(super) fn effect_tree(assessment: &Assessment, effect: &Effect) -> Explanation {
    let study = assessment.study();
    let head = if effect.risk { "a risk that a source names".to_owned() } else { in_words(effect) };
    let mut tree = Explanation::new(effect.id.to_string(), format!("{}: {head}", effect.title)).cited(&effect.provenance);
    let regions: Vec<String> = effect.regions.iter().map(ToString::to_string).collect();
    tree.parts.push(Explanation::new("on", format!("{}, {}, {}", effect.on.as_str(), regions.join(" "), effect.when)));
    tree.parts.push(statement_tree(study, "observed", &effect.observed));
    let without = match &effect.without.known {
        Without::Difference(range) => format!("difference {range}"),
        Without::Expected(range) => format!("expected {range} without the mission"),
        Without::Unknown(reason) => format!("not told: {reason}"),
    };
    let comparator = effect.without.comparator.as_ref().map(|c| format!("; compared with {c}")).unwrap_or_default();
    let flags = if effect.without.flags.is_empty() { String::new() } else { format!(" [{}]", effect.without.flags.join(", ")) };
    let because = effect.without.because.as_ref().map(|b| Explanation::new("because", format!("{b}{flags}")));
    tree.parts.push(Explanation::new("without it", format!("{without}{comparator}")).with(because));
    let because = effect.contribution.because.as_ref().map(|b| Explanation::new("because", b.clone()));
    tree.parts.push(Explanation::new("contribution", effect.contribution.grade.to_string()).with(because));
    let claims = study.claims().iter().filter(|claim| claim.effect == effect.id);
    tree.parts.extend(claims.map(|claim| {
        let strength =
            assessment.claim(claim.id.as_str()).map(|result| format!(": {}", spoken(result.strength.name()))).unwrap_or_default();
        Explanation::new("claim", format!("{} {}{strength}", claim.id, claim.title)).cited(&claim.provenance)
    }));
    tree.with(sureness(assessment, effect.id.as_str()))
}

/// How sure a finding or an effect is.
fn sureness(assessment: &Assessment, id: &str) -> Option<Explanation> {
    assessment.confidence().of(id).map(|one| confidence_tree(assessment.study(), one))
}

fn activity_tree(assessment: &Assessment, activity: &Activity) -> Explanation {
    let study = assessment.study();
    let mut tree = Explanation::new(activity.id.to_string(), activity.title.clone()).cited(&activity.provenance);
    let regions: Vec<String> = activity.regions.iter().map(ToString::to_string).collect();
    let when = activity.when.map(|when| when.to_string()).unwrap_or_else(|| "not dated".into());
    let place = if regions.is_empty() { "place not told".to_owned() } else { regions.join(" ") };
    let manner = activity.modality.map(|m| format!(", to {m}")).unwrap_or_default();
    tree.parts.push(Explanation::new("done", format!("{}{when}, {place}{manner}", if activity.done { "" } else { "nothing: " })));
    tree.parts.extend(activity.serves.iter().map(|id| leaf(study, &RowId::from(id)).labelled("serves")));
    tree.with(related(assessment, &RowId::from(&activity.id)))
}

/// A gap with the rows that it rests on.
pub(super) fn gap_tree(study: &CaseStudy, gap: &Gap) -> Explanation {
    let mut tree = Explanation::new(gap.address.clone(), gap.kind.to_string());
    let origins: Vec<&str> = gap.origins.iter().map(|origin| origin.name()).collect();
    if !origins.is_empty() {
        tree.parts.push(Explanation::new("origin", origins.join(", ")));
    }
    if let GapKind::MandateLag { task, .. } | GapKind::MandateLagInPart { task, .. } = &gap.kind
        && let Some(row) = study.task(task)
    {
        let states = study.place_of_task(task).into_iter().flat_map(|at| study.states(at));
        tree.parts.extend(states.map(|state| state_tree(study, row, state)));
    }
    for disputed in &gap.disputed {
        let text = disputed.reading.as_ref().map_or_else(|| "no such gap".to_owned(), ToString::to_string);
        let dispute = leaf(study, &RowId::from(&disputed.dispute));
        tree.parts.push(Explanation { label: "disputed".into(), text: format!("under {}: {text}", disputed.dispute), ..dispute });
    }
    tree.with(gap.rows.iter().map(|id| leaf(study, id)))
}
