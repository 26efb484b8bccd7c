//! The rules between rows: ids that lead somewhere, periods that run forward, nothing in a circle.

use std::collections::HashMap;

use crate::date::{PartialDate, Period};
use crate::document::CaseDocument;
use crate::document::gather::{At, Gather};
use crate::document::place::{self, Placed};
use crate::document::refer::{Known, Unread};
use crate::error::ErrorKind;
use crate::framework::Framework;
use crate::id::{RegionId, Slug, TaskId};
use crate::model::*;
use crate::problem::nearest;

/// How many regions may lie around a region.
pub(super) const MAX_AROUND: usize = 32;

/// The rules between rows.
pub(super) struct Check<'a> {
    pub(super) known: &'a Known<'a>,
    pub(super) unread: &'a Unread,
    pub(super) to: &'a Gather,
    pub(super) framework: Option<&'a Framework>,
    pub(super) document: &'a CaseDocument,
    pub(super) head: Option<&'a Study>,
}

pub(super) const MEANS: &[Table] = &[Table::Task, Table::Activity, Table::Capability, Table::Resource, Table::Exclusion];

impl Check<'_> {
    pub(super) fn regions_of(&self, regions: &[RegionId], at: &At<'_>) {
        self.known.all(regions, "where", "region", &[Table::Region], at, self.to);
    }

    pub(super) fn tasks_of(&self, tasks: &[TaskId], field: &str, at: &At<'_>) {
        self.known.all(tasks, field, "task", &[Table::Task], at, self.to);
    }

    pub(super) fn short(&self, short: Option<&String>, max: usize, at: &At<'_>) {
        let found = short.map_or(0, |text| text.chars().count());
        if found > max {
            self.to.say(&at.key("short"), ErrorKind::TooLong { what: "the short name", found, max });
        }
    }

    pub(super) fn dimension(&self, id: &str) -> bool {
        self.framework.is_none_or(|framework| framework.dimension(id).is_some())
    }

    pub(super) fn need_dimension(&self, id: &str, at: &At<'_>) {
        if !self.dimension(id) {
            let names = self.framework.iter().flat_map(|f| f.dimensions()).map(|d| d.id.as_str());
            let near = nearest(id, names);
            self.to.say(&at.key("dimension"), ErrorKind::UnknownId { what: "dimension", found: id.to_owned(), near });
        }
    }

    pub(super) fn head(&self) {
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
    pub(super) fn regions(&self, regions: &[Placed<Region>]) -> bool {
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
    pub(super) fn circle<T>(
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

    pub(super) fn context(
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
    pub(super) fn instruments(&self, instruments: &[Placed<Instrument>], missions: Option<&Vec<Placed<Mission>>>) {
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

    pub(super) fn tasks(&self, tasks: &[Placed<Task>]) {
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

    pub(super) fn means(
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

    pub(super) fn of_means(
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

    pub(super) fn activities(&self, activities: &[Placed<Activity>], start: Option<PartialDate>) {
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

    pub(super) fn drivers(&self, drivers: &[Placed<Driver>]) {
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

    pub(super) fn choices(&self, dilemmas: &[Placed<Dilemma>], options: &[Placed<PolicyOption>], disputes: &[Placed<Dispute>]) {
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
