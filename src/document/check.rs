//! From records to a study: every row read, every id looked up, every rule between rows checked.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::gather::{At, Gather};
use super::place::{self, Placed};
use super::record::*;
use super::refer::{Known, Unread};
use super::tables::{Ctx, Record};
use super::{CaseDocument, shipped};
use crate::date::{PartialDate, Period};
use crate::error::ErrorKind;
use crate::framework::{Framework, Topic};
use crate::id::{FrameworkId, RegionId, Slug, TaskId, TopicId};
use crate::model::*;
use crate::problem::{Problem, nearest};
use crate::scale::{Link, Origin};

/// The study that a document stands for, or everything that is wrong with it.
///
/// Naming or needing a row that could not be read for its form is no fault.
pub(super) fn study(document: &CaseDocument, unread: &Unread) -> Result<CaseStudy, Vec<Problem>> {
    let to = Gather::default();
    let parts = read(document, unread, &to);
    match parts {
        Some(parts) if to.is_empty() && unread.is_empty() => Ok(CaseStudy::assemble(parts)),
        _ => Err(to.into_problems()),
    }
}

/// The rows of a table that could be read, with their places.
fn rows<R: Record>(records: &[R], ctx: &Ctx<'_>) -> Vec<Placed<R::Row>> {
    records.iter().enumerate().filter_map(|(index, record)| Some((index, record.read(index, ctx)?))).collect()
}

/// The rows without their places.
fn plain<T>(rows: Vec<Placed<T>>) -> Arc<[T]> {
    rows.into_iter().map(|(_, row)| row).collect()
}

fn read(document: &CaseDocument, unread: &Unread, to: &Gather) -> Option<Parts> {
    let d = document;
    let known = known(d, unread, to);
    let unread_sources = unread.rows.iter().map(|(_, id)| (id.as_str(), None));
    let sources = d.source.iter().map(|source| (source.id.as_str(), source.origin.parse::<Origin>().ok()));
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
    let ratings: Vec<Placed<(Rating, String)>> =
        d.rating.iter().enumerate().filter_map(|(index, r)| Some((index, (r.read(index, &ctx)?, r.words())))).collect();
    let check = Check { known: &known, unread, to, framework: framework.as_ref(), document: d, head: head.as_ref() };
    let (missions, sources, regions, phases) = (rows(&d.mission, &ctx), rows(&d.source, &ctx), rows(&d.region, &ctx), rows(&d.phase, &ctx));
    let (periods, facts, exclusions) = (rows(&d.period, &ctx), rows(&d.fact, &ctx), rows(&d.exclusion, &ctx));
    let (stakeholders, instruments, tasks) = (rows(&d.stakeholder, &ctx), rows(&d.instrument, &ctx), rows(&d.task, &ctx));
    let (tensions, pools, resources) = (rows(&d.tension, &ctx), rows(&d.pool, &ctx), rows(&d.resource, &ctx));
    let (capabilities, activities, drivers) = (rows(&d.capability, &ctx), rows(&d.activity, &ctx), rows(&d.driver, &ctx));
    let (findings, verdicts, propositions) = (rows(&d.finding, &ctx), rows(&d.verdict, &ctx), rows(&d.proposition, &ctx));
    let (positions, indicators, evidence) = (rows(&d.position, &ctx), rows(&d.indicator, &ctx), rows(&d.evidence, &ctx));
    let (dilemmas, options, disputes) = (rows(&d.dilemma, &ctx), rows(&d.option, &ctx), rows(&d.dispute, &ctx));
    let observations = rows(&d.observations, &ctx);

    let all_missions = missions.len() == d.mission.len() && !unread.any("mission");
    let start = missions.iter().filter_map(|(_, m)| m.when.start()).min_by_key(|date| date.first()).filter(|_| all_missions);
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
    check.tasks(&tasks);
    check.means(&tensions, &pools, &resources, &capabilities);
    check.activities(&activities, start);
    check.drivers(&drivers);
    check.ratings(&ratings, &regions);
    check.effects(&mut effects);
    check.findings(&findings, &verdicts);
    check.voices(&positions, &indicators, &observations, &evidence);
    check.choices(&dilemmas, &options, &disputes);

    Some(Parts {
        study: head?,
        framework: framework?,
        own_framework: d.framework.is_some(),
        missions: plain(missions),
        sources: plain(sources),
        regions: plain(regions),
        phases: in_order(phases),
        periods: plain(periods),
        facts: plain(facts),
        exclusions: plain(exclusions),
        stakeholders: plain(stakeholders),
        instruments: plain(instruments),
        tasks: plain(tasks),
        tensions: plain(tensions),
        pools: plain(pools),
        resources: plain(resources),
        capabilities: plain(capabilities),
        activities: plain(activities),
        drivers: plain(drivers),
        effects: plain(effects),
        findings: plain(findings),
        verdicts: plain(verdicts),
        propositions: plain(propositions),
        positions: plain(positions),
        indicators: plain(indicators),
        evidence: plain(evidence),
        dilemmas: plain(dilemmas),
        options: plain(options),
        disputes: plain(disputes),
        ratings: ratings.into_iter().map(|(_, (rating, _))| rating).collect(),
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
    let mut known = Known::new();
    macro_rules! add {
        ($($field:ident : $table:ident),* $(,)?) => {
            $( for (index, row) in d.$field.iter().enumerate() { known.add(&row.id, Table::$table, index, "id", to); } )*
        };
    }
    add!(
        mission: Mission, source: Source, region: Region, phase: Phase, period: NamedPeriod, fact: Fact, exclusion: Exclusion,
        stakeholder: Stakeholder, instrument: Instrument, task: Task, tension: Tension, pool: Pool, resource: Resource,
        capability: Capability, activity: Activity, driver: Driver, effect: Effect, finding: Finding, verdict: Verdict,
        proposition: Proposition, position: Position, indicator: Indicator, evidence: Evidence, dilemma: Dilemma,
        option: PolicyOption, dispute: Dispute,
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

/// How many regions may lie around a region.
const MAX_AROUND: usize = 32;

/// The rules between rows.
struct Check<'a> {
    known: &'a Known<'a>,
    unread: &'a Unread,
    to: &'a Gather,
    framework: Option<&'a Framework>,
    document: &'a CaseDocument,
    head: Option<&'a Study>,
}

const MEANS: &[Table] = &[Table::Task, Table::Activity, Table::Capability, Table::Resource, Table::Exclusion];

impl Check<'_> {
    fn regions_of(&self, regions: &[RegionId], at: &At<'_>) {
        self.known.all(regions, "where", "region", &[Table::Region], at, self.to);
    }

    fn tasks_of(&self, tasks: &[TaskId], field: &str, at: &At<'_>) {
        self.known.all(tasks, field, "task", &[Table::Task], at, self.to);
    }

    fn short(&self, short: Option<&String>, max: usize, at: &At<'_>) {
        let found = short.map_or(0, |text| text.chars().count());
        if found > max {
            self.to.say(&at.key("short"), ErrorKind::TooLong { what: "the short name", found, max });
        }
    }

    fn dimension(&self, id: &str) -> bool {
        self.framework.is_none_or(|framework| framework.dimension(id).is_some())
    }

    fn need_dimension(&self, id: &str, at: &At<'_>) {
        if !self.dimension(id) {
            let names = self.framework.iter().flat_map(|f| f.dimensions()).map(|d| d.id.as_str());
            let near = nearest(id, names);
            self.to.say(&at.key("dimension"), ErrorKind::UnknownId { what: "dimension", found: id.to_owned(), near });
        }
    }

    fn head(&self) {
        let Some(study) = self.head else { return };
        let at = At::row("study", 0, study.id.as_str());
        self.known.all(&study.missions, "missions", "mission", &[Table::Mission], &at, self.to);
        self.known.one(&study.area, "area", "region", &[Table::Region], &at, self.to);
        if study.missions.is_empty() {
            self.to.say(&at, ErrorKind::MissingField { field: "missions" });
        }
        if self.document.phase.is_empty() && !self.unread.any("phase") {
            self.to.say(&at, ErrorKind::MissingField { field: "phase" });
        }
    }

    /// Checks where regions lie; whether all were read and lie in known ones, without a circle.
    fn regions(&self, regions: &[Placed<Region>]) -> bool {
        let before = self.to.len();
        for (index, region) in regions {
            let at = At::row("region", *index, region.id.as_str());
            if let Some(within) = &region.within {
                self.known.one(within, "in", "region", &[Table::Region], &at, self.to);
            }
        }
        self.circle(
            "regions lie in each other",
            "region",
            "in",
            regions,
            |r| r.id.as_str(),
            |r| r.within.iter().map(RegionId::as_str).collect(),
        );
        let within: HashMap<&RegionId, Option<&RegionId>> = regions.iter().map(|(_, r)| (&r.id, r.within.as_ref())).collect();
        let around = |id: &&RegionId| within.get(*id).copied().flatten();
        let mut deep = regions.iter().filter(|(_, region)| std::iter::successors(region.within.as_ref(), around).nth(MAX_AROUND).is_some());
        if self.to.len() == before
            && let Some((index, region)) = deep.next()
        {
            let message = format!("the region lies in more than {MAX_AROUND} others");
            self.to.say(&At::row("region", *index, region.id.as_str()).key("in"), ErrorKind::Units { message });
        }
        self.to.len() == before && regions.len() == self.document.region.len() && !self.unread.any("region")
    }

    /// Reports circles of rows that name each other.
    fn circle<T>(
        &self,
        what: &'static str,
        table: &'static str,
        field: &str,
        rows: &[Placed<T>],
        id: fn(&T) -> &str,
        next: fn(&T) -> Vec<&str>,
    ) {
        if rows.iter().all(|(_, row)| next(row).is_empty()) {
            return;
        }
        let places: HashMap<&str, usize> = rows.iter().enumerate().map(|(at, (_, row))| (id(row), at)).collect();
        let ids: Vec<(usize, String)> = rows.iter().map(|(index, row)| (*index, id(row).to_owned())).collect();
        let nexts = |at: usize| next(&rows[at].1).into_iter().filter_map(|id| places.get(id).copied()).collect();
        place::circles(what, table, field, &ids, &nexts, self.to);
    }

    fn context(
        &self,
        periods: &[Placed<NamedPeriod>],
        facts: &[Placed<Fact>],
        exclusions: &[Placed<Exclusion>],
        groups: &[Placed<Stakeholder>],
    ) {
        for (index, row) in periods {
            let at = At::row("period", *index, row.id.as_str());
            if let Some(of) = &row.of
                && self.framework.is_some_and(|f| f.dimension(of.as_str()).is_none())
            {
                self.known.need(of.as_str(), "dimension or region", &[Table::Region], &at.key("of"), self.to);
            }
        }
        for (index, row) in facts {
            self.regions_of(&row.regions, &At::row("fact", *index, row.id.as_str()));
        }
        for (index, row) in exclusions {
            let at = At::row("exclusion", *index, row.id.as_str());
            self.known.all(&row.drivers, "drivers", "driver", &[Table::Driver], &at, self.to);
        }
        for (index, row) in groups {
            let at = At::row("stakeholder", *index, row.id.as_str());
            self.regions_of(&row.regions, &at);
            self.short(row.short.as_ref(), 23, &at);
            if let Some(of) = &row.member_of {
                self.known.one(of, "member_of", "stakeholder", &[Table::Stakeholder], &at, self.to);
            }
        }
        self.circle(
            "stakeholders are members of each other",
            "stakeholder",
            "member_of",
            groups,
            |r| r.id.as_str(),
            |r| r.member_of.iter().map(|id| id.as_str()).collect(),
        );
    }

    /// `missions` are given where all of them could be read.
    fn instruments(&self, instruments: &[Placed<Instrument>], missions: Option<&Vec<Placed<Mission>>>) {
        let bodies: Option<Vec<&Slug>> = missions.map(|missions| missions.iter().flat_map(|(_, m)| &m.authorised_by).collect());
        for (index, row) in instruments {
            let at = At::row("instrument", *index, row.id.as_str());
            if let Some(runs_to) = row.runs_to
                && runs_to.last() < row.adopted.first()
            {
                let error = ErrorKind::ReversedPeriod { end: runs_to.to_string(), start: format!("{}, when it was adopted", row.adopted) };
                self.to.say(&at.key("runs_to"), error);
            }
            if bodies.as_ref().is_some_and(|bodies| !bodies.contains(&&row.body)) {
                self.to.say(&at.key("body"), ErrorKind::NotABody { found: row.body.to_string() });
            }
        }
    }

    fn tasks(&self, tasks: &[Placed<Task>]) {
        let parts: HashMap<&TaskId, bool> = tasks.iter().map(|(_, task)| (&task.id, task.part_of.is_some())).collect();
        for (index, row) in tasks {
            let at = At::row("task", *index, row.id.as_str());
            self.short(Some(&row.short), 23, &at);
            if let Basis::Instrument(by) = &row.basis {
                self.known.one(by, "by", "instrument", &[Table::Instrument], &at, self.to);
            }
            self.regions_of(&row.regions, &at);
            if let Some(pool) = &row.pool {
                let here = at.key("pool");
                match pool {
                    MainPool::Both(pool) => self.known.one(pool, "pool", "pool", &[Table::Pool], &at, self.to),
                    MainPool::ByLink { resources, capabilities } => {
                        for (field, pool) in [("resources", resources), ("capabilities", capabilities)] {
                            if let Some(pool) = pool {
                                self.known.one(pool, field, "pool", &[Table::Pool], &here, self.to);
                            }
                        }
                    }
                }
            }
            self.known.all(&row.also_draws_on, "also_draws_on", "pool", &[Table::Pool], &at, self.to);
            self.tasks_of(&row.replaces, "replaces", &at);
            for (field, other) in [("refines", &row.refines), ("part_of", &row.part_of)] {
                if let Some(other) = other {
                    self.known.one(other, field, "task", &[Table::Task], &at, self.to);
                }
            }
            if let Some(whole) = row.part_of.as_ref().filter(|whole| parts.get(whole) == Some(&true)) {
                self.to.say(&at.key("part_of"), ErrorKind::PartOfPart { task: whole.to_string() });
            }
            let mut before = row.when.start();
            for (n, change) in row.changes.iter().enumerate() {
                let up = at.key("changes");
                let here = up.index(n);
                if let Some(Basis::Instrument(by)) = &change.basis {
                    self.known.one(by, "by", "instrument", &[Table::Instrument], &here, self.to);
                }
                self.regions_of(change.regions.as_deref().unwrap_or(&[]), &here);
                if let Some(before) = before.filter(|before| change.from.first() <= before.first()) {
                    let error = ErrorKind::NotInOrder { found: change.from.to_string(), before: before.to_string() };
                    self.to.say(&here.key("from"), error);
                }
                before = Some(change.from);
            }
        }
        self.circle(
            "tasks replace each other",
            "task",
            "replaces",
            tasks,
            |t| t.id.as_str(),
            |t| t.replaces.iter().map(|id| id.as_str()).collect(),
        );
        self.circle(
            "tasks refine each other",
            "task",
            "refines",
            tasks,
            |t| t.id.as_str(),
            |t| t.refines.iter().map(|id| id.as_str()).collect(),
        );
    }

    fn means(
        &self,
        tensions: &[Placed<Tension>],
        pools: &[Placed<Pool>],
        resources: &[Placed<Resource>],
        capabilities: &[Placed<Capability>],
    ) {
        for (index, row) in tensions {
            let at = At::row("tension", *index, row.id.as_str());
            self.regions_of(&row.regions, &at);
            self.tasks_of(&row.hampers, "hampers", &at);
            if !(1..=2).contains(&row.between.len()) {
                let error = ErrorKind::OutOfRange { what: "sides", found: row.between.len().to_string(), min: "1".into(), max: "2".into() };
                self.to.say(&at.key("between"), error);
            }
            for (side, ids) in row.between.iter().enumerate() {
                let up = at.key("between");
                let here = up.index(side);
                for (n, id) in ids.iter().enumerate() {
                    self.known.need(id.as_str(), "task, activity, means or exclusion", MEANS, &here.index(n), self.to);
                }
            }
        }
        for (index, row) in pools {
            let at = At::row("pool", *index, row.id.as_str());
            self.short(row.short.as_ref(), 23, &at);
            if let Some(part_of) = &row.part_of {
                self.known.one(part_of, "part_of", "pool", &[Table::Pool], &at, self.to);
            }
        }
        self.circle(
            "pools are parts of each other",
            "pool",
            "part_of",
            pools,
            |p| p.id.as_str(),
            |p| p.part_of.iter().map(|id| id.as_str()).collect(),
        );
        for (index, row) in resources {
            let at = At::row("resource", *index, row.id.as_str());
            self.of_means(row.pool.as_ref(), &row.serves, row.by.as_ref(), &row.regions, &at);
        }
        for (index, row) in capabilities {
            let at = At::row("capability", *index, row.id.as_str());
            self.of_means(row.pool.as_ref(), &row.serves, row.by.as_ref(), &row.regions, &at);
            if let Some(Steps { arrived: Some(arrived), complete: Some(complete), .. }) = row.steps
                && complete.last() < arrived.first()
            {
                let error = ErrorKind::ReversedPeriod { end: complete.to_string(), start: format!("{arrived}, when it arrived") };
                self.to.say(&at.key("steps").key("complete"), error);
            }
        }
    }

    fn of_means(
        &self,
        pool: Option<&crate::id::PoolId>,
        serves: &[TaskId],
        by: Option<&crate::id::InstrumentId>,
        regions: &[RegionId],
        at: &At<'_>,
    ) {
        if let Some(pool) = pool {
            self.known.one(pool, "pool", "pool", &[Table::Pool], at, self.to);
        }
        if let Some(by) = by {
            self.known.one(by, "by", "instrument", &[Table::Instrument], at, self.to);
        }
        self.tasks_of(serves, "serves", at);
        self.regions_of(regions, at);
    }

    fn activities(&self, activities: &[Placed<Activity>], start: Option<PartialDate>) {
        for (index, row) in activities {
            let at = At::row("activity", *index, row.id.as_str());
            self.tasks_of(&row.serves, "serves", &at);
            self.regions_of(&row.regions, &at);
            let end = row.when.and_then(|when| when.period()).as_ref().and_then(Period::end);
            if let (Some(end), Some(start)) = (end, start)
                && end.last() < start.first()
            {
                let found = row.when.map(|when| when.to_string()).unwrap_or_default();
                self.to.say(&at.key("when"), ErrorKind::BeforeMission { found, start: start.to_string() });
            }
        }
    }

    fn drivers(&self, drivers: &[Placed<Driver>]) {
        for (index, row) in drivers {
            let at = At::row("driver", *index, row.id.as_str());
            self.short(row.short.as_ref(), 23, &at);
            for region in row.since.keys() {
                let up = at.key("since");
                self.known.one(region, region.as_str(), "region", &[Table::Region], &up, self.to);
            }
            self.tasks_of(&row.met_by, "met_by", &at);
            self.tasks_of(&row.met_in_part_by, "met_in_part_by", &at);
        }
    }

    fn ratings(&self, ratings: &[Placed<(Rating, String)>], regions: &[Placed<Region>]) {
        let by_id: HashMap<&RegionId, &Region> = regions.iter().map(|(_, r)| (&r.id, r)).collect();
        let find = |id: &RegionId| by_id.get(id).copied();
        let inside_unit = |id: &RegionId| {
            let mut next = find(id).filter(|r| !r.unit).and_then(|r| r.within.as_ref());
            for _ in 0..=MAX_AROUND {
                match next.and_then(find) {
                    Some(region) if region.unit => return Some(region.id.to_string()),
                    Some(region) => next = region.within.as_ref(),
                    None => return None,
                }
            }
            None
        };
        let area = self.head.map(|study| study.area.as_str()).unwrap_or_default();
        let mut seen: HashMap<(&str, Option<&str>, &str, Link), usize> = HashMap::new();
        for (index, (row, words)) in ratings {
            let at = At::row("rating", *index, words);
            self.tasks_of(&row.tasks, "task", &at);
            self.known.all(&row.pools, "pool", "pool", &[Table::Pool], &at, self.to);
            self.known.all(&row.phases, "phase", "phase", &[Table::Phase], &at, self.to);
            self.known.all(&row.regions, "region", "region", &[Table::Region], &at, self.to);
            for region in &row.regions {
                if let Some(unit) = inside_unit(region) {
                    self.to.say(&at.key("region"), ErrorKind::NarrowerThanUnit { region: region.to_string(), unit });
                }
            }
            for link in Link::ALL {
                let Some(statement) = row.link(*link) else { continue };
                let here = at.key(link.name());
                if !row.pools.is_empty() && matches!(link, Link::Mandate | Link::Activities) {
                    self.to.say(&here, ErrorKind::PoolLink { link: link.name() });
                }
                self.known.any(&statement.rests_on, "rests_on", &|id| self.dimension(id), &here, self.to);
                let subjects = row.tasks.iter().map(|t| t.as_str()).chain(row.pools.iter().map(|p| p.as_str()));
                let phases: Vec<Option<&str>> =
                    if row.phases.is_empty() { vec![None] } else { row.phases.iter().map(|p| Some(p.as_str())).collect() };
                let places: Vec<&str> = if row.regions.is_empty() { vec![area] } else { row.regions.iter().map(|r| r.as_str()).collect() };
                'row: for subject in subjects {
                    for phase in &phases {
                        for place in &places {
                            if let Some(first) = seen.insert((subject, *phase, place, *link), *index) {
                                let phase = phase.map(|phase| format!(", {phase}")).unwrap_or_default();
                                let what = format!("{link} of {subject}{phase}, {place}");
                                let path = crate::problem::Path::root().key("rating").index(first);
                                self.to.say_with(&here, ErrorKind::DuplicateRating { what }, "the first is", path);
                                break 'row;
                            }
                        }
                    }
                }
            }
        }
    }

    /// Looks up targets, evidence and regions; a target that is no topic becomes what its id names.
    fn effects(&self, effects: &mut [Placed<Effect>]) {
        for (index, row) in effects {
            let at = At::row("effect", *index, row.id.as_str());
            let name = row.on.as_str().to_owned();
            let topic = self.framework.is_some_and(|f| f.topic(&name).is_some());
            if !topic {
                match self.known.table(&name) {
                    Some(Table::Stakeholder) => row.on = name.parse().map_or_else(|_| row.on.clone(), Target::Stakeholder),
                    Some(Table::Driver) => row.on = name.parse().map_or_else(|_| row.on.clone(), Target::Driver),
                    _ if self.framework.is_none() => {}
                    _ => {
                        let topics = self.framework.iter().flat_map(|f| f.topics()).map(|t| t.id.as_str());
                        if let Some(near) = nearest(&name, topics) {
                            self.to.say(&at.key("on"), ErrorKind::UnknownId { what: TopicId::WHAT, found: name, near: Some(near) });
                        } else {
                            let tables = &[Table::Stakeholder, Table::Driver];
                            self.known.need(&name, "topic, stakeholder or driver", tables, &at.key("on"), self.to);
                        }
                    }
                }
            }
            self.regions_of(&row.regions, &at);
            self.known.all(&row.evidence, "evidence", "evidence", &[Table::Evidence], &at, self.to);
            if matches!(row.without.known, Without::Expected(_)) && row.observed.judgement.rated().is_none() {
                let error = ErrorKind::NoneOf { what: "an effect with an expected change", fields: vec!["observed.change".into()] };
                self.to.say(&at.key("without"), error);
            }
        }
    }

    fn findings(&self, findings: &[Placed<Finding>], verdicts: &[Placed<Verdict>]) {
        let mut issues: HashMap<(&str, &str), (&Finding, usize)> = HashMap::new();
        for (index, row) in findings {
            let at = At::row("finding", *index, row.id.as_str());
            self.need_dimension(row.dimension.as_str(), &at);
            self.regions_of(&row.regions, &at);
            self.known.all(&row.evidence, "evidence", "evidence", &[Table::Evidence], &at, self.to);
            let (first, place) = *issues.entry((row.dimension.as_str(), row.issue.as_str())).or_insert((row, *index));
            if first.kind != row.kind {
                let error = ErrorKind::IssueTwoSigns { issue: row.issue.to_string(), first: first.kind.to_string() };
                let path = crate::problem::Path::root().key("finding").index(place);
                self.to.say_with(&at.key("issue"), error, "the first row is", path);
            }
        }
        for (index, row) in verdicts {
            self.need_dimension(row.dimension.as_str(), &At::row("verdict", *index, row.id.as_str()));
        }
    }

    fn voices(
        &self,
        positions: &[Placed<Position>],
        indicators: &[Placed<Indicator>],
        observations: &[Placed<Observation>],
        evidence: &[Placed<Evidence>],
    ) {
        for (index, row) in positions {
            let at = At::row("position", *index, row.id.as_str());
            self.known.one(&row.group, "group", "stakeholder", &[Table::Stakeholder], &at, self.to);
            self.known.one(&row.proposition, "proposition", "proposition", &[Table::Proposition], &at, self.to);
            self.regions_of(&row.regions, &at);
        }
        for (index, row) in indicators {
            if let Some(dimension) = &row.dimension {
                self.need_dimension(dimension.as_str(), &At::row("indicator", *index, row.id.as_str()));
            }
        }
        for (index, row) in observations {
            let name = format!("{}, {}", row.indicator, row.when);
            let at = At::row(ObservationRecord::TABLE, *index, &name);
            self.known.one(&row.indicator, "indicator", "indicator", &[Table::Indicator], &at, self.to);
            if let Some(region) = &row.region {
                self.known.one(region, "region", "region", &[Table::Region], &at, self.to);
            }
        }
        for (index, row) in evidence {
            self.regions_of(&row.regions, &At::row("evidence", *index, row.id.as_str()));
        }
    }

    fn choices(&self, dilemmas: &[Placed<Dilemma>], options: &[Placed<PolicyOption>], disputes: &[Placed<Dispute>]) {
        for (index, row) in dilemmas {
            let at = At::row("dilemma", *index, row.id.as_str());
            self.known.any(&row.stakes, "stakes", &|id| self.dimension(id), &at, self.to);
        }
        for (index, row) in options {
            let at = At::row("option", *index, row.id.as_str());
            if let Some(family) = &row.family {
                self.known.one(family, "family", "option", &[Table::PolicyOption], &at, self.to);
            }
            self.tasks_of(&row.drop, "drop", &at);
            self.regions_of(&row.regions, &at);
            for (n, withdrawal) in row.withdraw.iter().enumerate() {
                let up = at.key("withdraw");
                let here = up.index(n);
                self.known.one(&withdrawal.pool, "pool", "pool", &[Table::Pool], &here, self.to);
                if let Some(region) = &withdrawal.region {
                    self.known.one(region, "region", "region", &[Table::Region], &here, self.to);
                }
            }
        }
        self.circle(
            "options are variants of each other",
            "option",
            "family",
            options,
            |o| o.id.as_str(),
            |o| o.family.iter().map(|id| id.as_str()).collect(),
        );
        for (index, row) in disputes {
            let at = At::row("dispute", *index, row.id.as_str());
            match &row.reading {
                Some(Reading::InForce { tasks, region, from, until }) => {
                    self.tasks_of(tasks, "tasks", &at);
                    if let Some(region) = region {
                        self.known.one(region, "region", "region", &[Table::Region], &at, self.to);
                    }
                    if let (Some(from), Some(until)) = (from, until)
                        && until.last() < from.first()
                    {
                        let error = ErrorKind::ReversedPeriod { end: until.to_string(), start: from.to_string() };
                        self.to.say(&at.key("in_force_until"), error);
                    }
                }
                Some(Reading::Amount { resource, .. }) => {
                    self.known.one(resource, "resource", "resource", &[Table::Resource], &at, self.to);
                }
                None => {}
            }
        }
    }
}
