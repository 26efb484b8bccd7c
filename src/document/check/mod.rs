//! From records to a study: every row read, every id looked up, every rule between rows checked.

mod evidence;
mod imports;
mod judged;
mod rules;
mod scope;

use std::cell::Cell;
use std::collections::HashSet;
use std::sync::Arc;

use rules::Check;

use super::discreet::Protected;
use super::gather::{At, Gather};
use super::place::{self, Placed};
use super::refer::{Known, Unread};
use super::tables::{Ctx, KnownSource, Record};
use super::{CaseDocument, shipped};
use crate::error::ErrorKind;
use crate::framework::{Framework, Topic};
use crate::id::FrameworkId;
use crate::model::*;
use crate::problem::{Problem, nearest};

/// The study that a document stands for, or everything that is wrong with it.
///
/// Naming or needing a row that could not be read for its form is no fault.
pub(super) fn study(document: &CaseDocument, unread: &Unread) -> Result<CaseStudy, Vec<Problem>> {
    let to = Gather::default();
    let parts = read(document, unread, &to);
    match parts {
        Some(parts) if to.is_empty() && unread.is_empty() => Ok(CaseStudy::assemble(parts)),
        _ => {
            let mut problems = to.into_problems();
            Protected::of(document).hide(&mut problems);
            Err(problems)
        }
    }
}

/// The rows of a table that could be read, with their places.
fn rows<R: Record>(records: &[R], ctx: &Ctx<'_>) -> Vec<Placed<R::Row>> {
    let mut rows = Vec::with_capacity(records.len());
    rows.extend(records.iter().enumerate().filter_map(|(index, record)| Some((index, record.read(index, ctx)?))));
    rows
}

/// The rows without their places.
fn plain<T>(rows: Vec<Placed<T>>) -> Arc<[T]> {
    rows.into_iter().map(|(_, row)| row).collect()
}

fn read(document: &CaseDocument, unread: &Unread, to: &Gather) -> Option<Parts> {
    let d = document;
    let known = known(d, unread, to);
    let unread_sources = unread.rows.iter().map(|(_, id)| (id.as_str(), KnownSource::new(id, None)));
    let sources = d.source.iter().map(|source| (source.id.as_str(), KnownSource::new(&source.id, Some(&source.origin))));
    let ctx = Ctx { to, sources: unread_sources.chain(sources).collect(), nearest_left: Cell::new(50) };
    let framework = framework(d, unread, &ctx);
    let head = match &d.study {
        Some(study) => study.read(&ctx),
        None => {
            if !unread.any("study") {
                to.say(&At::row("study", 0, ""), ErrorKind::MissingField { field: "study" });
            }
            None
        }
    };
    let mut effects = rows(&d.effect, &ctx);
    let ratings = rows(&d.rating, &ctx);
    let check = Check { known: &known, unread, to, framework: framework.as_ref(), document: d, head: head.as_ref() };
    let (missions, sources, regions, phases) = (rows(&d.mission, &ctx), rows(&d.source, &ctx), rows(&d.region, &ctx), rows(&d.phase, &ctx));
    let (periods, facts, exclusions) = (rows(&d.period, &ctx), rows(&d.fact, &ctx), rows(&d.exclusion, &ctx));
    let (stakeholders, instruments, tasks) = (rows(&d.stakeholder, &ctx), rows(&d.instrument, &ctx), rows(&d.task, &ctx));
    let (tensions, pools, resources) = (rows(&d.tension, &ctx), rows(&d.pool, &ctx), rows(&d.resource, &ctx));
    let (capabilities, activities, drivers) = (rows(&d.capability, &ctx), rows(&d.activity, &ctx), rows(&d.driver, &ctx));
    let (findings, verdicts, propositions) = (rows(&d.finding, &ctx), rows(&d.verdict, &ctx), rows(&d.proposition, &ctx));
    let (positions, indicators, evidence) = (rows(&d.position, &ctx), rows(&d.indicator, &ctx), rows(&d.evidence, &ctx));
    let claims = rows(&d.claim, &ctx);
    let (headings, contributors) = (rows(&d.heading, &ctx), rows(&d.contributor, &ctx));
    let (dilemmas, options, disputes) = (rows(&d.dilemma, &ctx), rows(&d.option, &ctx), rows(&d.dispute, &ctx));
    let (observations, imports) = (rows(&d.observations, &ctx), rows(&d.import, &ctx));

    let all_missions = missions.len() == d.mission.len() && !unread.any("mission");
    let own = missions.iter().filter(|(_, mission)| mission.supports.is_empty());
    let start = own.filter_map(|(_, m)| m.when.start()).min_by_key(|date| date.first()).filter(|_| all_missions);
    check.head();
    let sound = check.regions(&regions);
    if let Some(study) = &head {
        if phases.len() == d.phase.len() && !phases.is_empty() && !unread.any("phase") {
            place::phases(study, &phases, to);
        }
        if sound && known.table(study.area.as_str()) == Some(Table::Region) {
            place::units(study, &regions, to);
        }
    }
    check.context(&periods, &facts, &exclusions, &stakeholders);
    check.instruments(&instruments, all_missions.then_some(&missions));
    check.missions(&missions);
    check.tasks(&tasks);
    check.given_to(&instruments, &tasks);
    check.means(&tensions, &pools, &resources, &capabilities);
    check.contributors(&contributors);
    check.headings(&headings, tasks.len() == d.task.len() && !unread.any("task"));
    check.activities(&activities, start);
    check.drivers(&drivers);
    check.ratings(&ratings, &regions);
    check.not_rated(&ratings, &tasks);
    check.effects(&mut effects);
    check.findings(&findings, &verdicts);
    check.voices(&positions, &indicators, &observations);
    check.evidence(&evidence, sound.then_some(&regions));
    check.claims(&claims);
    check.choices(&dilemmas, &options, &disputes);
    check.imports(&imports, &indicators);

    Some(Parts {
        study: Arc::new(head?),
        framework: Arc::new(framework?),
        own_framework: d.framework.is_some(),
        missions: plain(missions),
        sources: plain(sources),
        regions: plain(regions),
        phases: in_order(phases),
        periods: plain(periods),
        facts: plain(facts),
        exclusions: plain(exclusions),
        headings: plain(headings),
        stakeholders: plain(stakeholders),
        instruments: plain(instruments),
        tasks: plain(tasks),
        tensions: plain(tensions),
        pools: plain(pools),
        resources: plain(resources),
        capabilities: plain(capabilities),
        contributors: plain(contributors),
        activities: plain(activities),
        drivers: plain(drivers),
        effects: plain(effects),
        findings: plain(findings),
        claims: plain(claims),
        verdicts: plain(verdicts),
        propositions: plain(propositions),
        positions: plain(positions),
        indicators: plain(indicators),
        evidence: plain(evidence),
        dilemmas: plain(dilemmas),
        options: plain(options),
        disputes: plain(disputes),
        imports: plain(imports),
        ratings: plain(ratings),
        observations: plain(observations),
        applied: Arc::new([]),
    })
}

/// Phases in order of time, whatever their order in the file.
fn in_order(phases: Vec<Placed<Phase>>) -> Arc<[Phase]> {
    let mut phases: Vec<Phase> = phases.into_iter().map(|(_, phase)| phase).collect();
    phases.sort_by_key(|phase| phase.days.first());
    phases.into()
}

/// Every id of the document.
fn known<'a>(d: &'a CaseDocument, unread: &'a Unread, to: &Gather) -> Known<'a> {
    let mut known = Known::with_capacity(d.rows());
    macro_rules! add {
        ($($field:ident : $table:ident),* $(,)?) => {
            $( for (index, row) in d.$field.iter().enumerate() { known.add(&row.id, Table::$table, index, "id", to); } )*
        };
    }
    add!(
        mission: Mission, source: Source, region: Region, phase: Phase, period: NamedPeriod, fact: Fact, exclusion: Exclusion,
        stakeholder: Stakeholder, instrument: Instrument, task: Task, tension: Tension, pool: Pool, resource: Resource,
        capability: Capability, activity: Activity, driver: Driver, effect: Effect, finding: Finding, claim: Claim, verdict: Verdict,
        proposition: Proposition, position: Position, indicator: Indicator, evidence: Evidence, dilemma: Dilemma,
        option: PolicyOption, dispute: Dispute, import: Import, heading: Heading, contributor: Contributor,
    );
    for (index, row) in d.region.iter().enumerate() {
        if let Some(id) = row.row.as_deref().filter(|id| *id != row.id) {
            known.add_key(id, Table::Region, index, to);
        }
    }
    for (table, id) in &unread.rows {
        known.add_unread(id, *table);
    }
    known
}

/// The framework: the one that ships, or the case's own; nothing where a row of it is at fault.
fn framework(d: &CaseDocument, unread: &Unread, ctx: &Ctx<'_>) -> Option<Framework> {
    let named = d.study.as_ref().map_or("", |study| study.framework.as_str());
    let own = d.framework.as_ref();
    let Some(own) = own.filter(|own| own.id == named) else {
        let framework = shipped(named);
        if let (None, Some(study), false) = (&framework, &d.study, unread.any("framework")) {
            let at = At::row("study", 0, &study.id);
            if named.is_empty() {
                ctx.to.say(&at, ErrorKind::MissingField { field: "framework" });
            } else {
                let names = std::iter::once(crate::framework::EPON_2019).chain(own.map(|own| own.id.as_str()));
                let near = nearest(named, names);
                ctx.to.say(&at.key("framework"), ErrorKind::UnknownId { what: FrameworkId::WHAT, found: named.to_owned(), near });
            }
        }
        return framework;
    };
    let at = At::row("framework", 0, &own.id);
    let maps_to = own.maps_to.as_deref();
    let target = maps_to.and_then(shipped);
    if let (Some(maps_to), None) = (maps_to, &target) {
        let near = nearest(maps_to, std::iter::once(crate::framework::EPON_2019));
        ctx.to.say(&at.key("maps_to"), ErrorKind::UnknownId { what: FrameworkId::WHAT, found: maps_to.to_owned(), near });
    }
    let dimensions = rows(&d.dimension, ctx);
    if d.dimension.is_empty() && !unread.any("dimension") {
        ctx.to.say(&at, ErrorKind::MissingField { field: "dimension" });
    }
    let mut seen = HashSet::new();
    for (index, dimension) in &dimensions {
        let row = At::row("dimension", *index, dimension.id.as_str());
        if !seen.insert(&dimension.id) {
            ctx.to.say(&row.key("id"), ErrorKind::DuplicateId { id: dimension.id.to_string() });
        }
        for (n, id) in dimension.maps_to.iter().enumerate() {
            if target.as_ref().is_none_or(|target| target.dimension(id.as_str()).is_none()) {
                let names = target.iter().flat_map(|target| target.dimensions()).map(|d| d.id.as_str());
                let near = nearest(id.as_str(), names);
                ctx.to.say(&row.key("maps_to").index(n), ErrorKind::UnknownId { what: "dimension", found: id.to_string(), near });
            }
        }
    }
    let topics: Vec<Topic> = rows(&d.topic, ctx).into_iter().map(|(_, topic)| topic).collect();
    let all = dimensions.len() == d.dimension.len() && topics.len() == d.topic.len();
    if !all || unread.any("dimension") || unread.any("topic") {
        return None;
    }
    Some(Framework {
        id: ctx.to.check(&at.key("id"), own.id.parse())?,
        version: own.version.clone(),
        title: own.title.clone(),
        maps_to: target.as_ref().map(|target| target.id().clone()),
        dimensions: dimensions.into_iter().map(|(_, dimension)| dimension).collect(),
        topics: if topics.is_empty() { Framework::epon_2019().topics } else { topics },
    })
}
