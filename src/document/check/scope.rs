//! The rules of what is studied and what stands beside it: missions, bodies, contributors, headings.

use std::collections::{BTreeSet, HashMap};

use super::rules::Check;
use crate::document::gather::At;
use crate::document::place::Placed;
use crate::document::record::RatingRecord;
use crate::error::ErrorKind;
use crate::id::{InstrumentId, MissionId, TaskId};
use crate::model::*;
use crate::problem::nearest;

impl Check<'_> {
    fn mission_of(&self, mission: Option<&MissionId>, at: &At<'_>) {
        if let Some(mission) = mission {
            self.known.one(mission, "mission", "mission", &[Table::Mission], at, self.to);
        }
    }

    /// Whether a mission is one of those studied.
    fn is_studied(&self, mission: &MissionId) -> bool {
        self.head.is_none_or(|study| study.missions.contains(mission))
    }

    /// A mission that only supports others is not studied.
    pub(super) fn missions(&self, missions: &[Placed<Mission>]) {
        for (index, row) in missions {
            let at = At::row("mission", *index, row.id.as_str());
            self.known.all(&row.supports, "supports", "mission", &[Table::Mission], &at, self.to);
            if !row.supports.is_empty() && self.head.is_some_and(|study| study.missions.contains(&row.id)) {
                self.to.say(&at.key("supports"), ErrorKind::OnlySupports { mission: row.id.to_string() });
            }
        }
    }

    /// To which mission instruments and tasks are given, and which further bodies ask for a task.
    pub(super) fn given_to(&self, instruments: &[Placed<Instrument>], tasks: &[Placed<Task>]) {
        let adopted: HashMap<&InstrumentId, _> = instruments.iter().map(|(_, row)| (&row.id, row.adopted)).collect();
        for (index, row) in instruments {
            self.mission_of(row.mission.as_ref(), &At::row("instrument", *index, row.id.as_str()));
        }
        for (index, row) in tasks {
            let at = At::row("task", *index, row.id.as_str());
            self.mission_of(row.mission.as_ref(), &at);
            for (n, also) in row.also_by.iter().enumerate() {
                let up = at.key("also_by");
                let here = up.index(n);
                self.known.one(&also.by, "by", "instrument", &[Table::Instrument], &here, self.to);
                let from = also.from.or_else(|| adopted.get(&also.by).copied());
                if let (Some(from), Some(until)) = (from, also.until)
                    && until.last() < from.first()
                {
                    let error = ErrorKind::ReversedPeriod { end: until.to_string(), start: from.to_string() };
                    self.to.say(&here.key("until"), error);
                }
            }
        }
    }

    /// Tasks of missions that are not studied have no ratings: nothing would come of them.
    pub(super) fn not_rated(&self, ratings: &[Placed<Rating>], tasks: &[Placed<Task>]) {
        let others = tasks.iter().filter_map(|(_, task)| Some((&task.id, task.mission.as_ref()?)));
        let known = |mission: &MissionId| self.known.table(mission.as_str()) == Some(Table::Mission);
        let others: HashMap<&TaskId, &MissionId> = others.filter(|(_, mission)| known(mission) && !self.is_studied(mission)).collect();
        if others.is_empty() {
            return;
        }
        for (index, row) in ratings {
            let words = || self.document.rating.get(*index).map(RatingRecord::words).unwrap_or_default();
            let at = At::of("rating", *index, &words);
            for task in &row.tasks {
                if let Some(mission) = others.get(task) {
                    self.to.say(&at.key("task"), ErrorKind::NotRated { task: task.to_string(), mission: mission.to_string() });
                }
            }
        }
    }

    pub(super) fn contributors(&self, contributors: &[Placed<Contributor>]) {
        for (index, row) in contributors {
            let at = At::row("contributor", *index, row.id.as_str());
            self.regions_of(&row.regions, &at);
            if let Some(pool) = &row.pool {
                self.known.one(pool, "pool", "pool", &[Table::Pool], &at, self.to);
            }
        }
    }

    /// `all` tells whether all tasks could be read: only then are their fields known.
    pub(super) fn headings(&self, headings: &[Placed<Heading>], all: bool) {
        let fields: BTreeSet<&str> = self.document.task.iter().map(|task| task.field.as_str()).collect();
        for (index, row) in headings {
            let at = At::row("heading", *index, row.id.as_str());
            for (n, id) in row.dimensions.iter().enumerate().filter(|(_, id)| !self.dimension(id.as_str())) {
                let names = self.framework.iter().flat_map(|f| f.dimensions()).map(|d| d.id.as_str());
                let error = ErrorKind::UnknownId { what: "dimension", found: id.to_string(), near: nearest(id.as_str(), names) };
                self.to.say(&at.key("dimensions").index(n), error);
            }
            for (n, field) in row.fields.iter().enumerate().filter(|(_, field)| all && !fields.contains(field.as_str())) {
                let near = nearest(field.as_str(), fields.iter().copied());
                let error = ErrorKind::UnknownId { what: "field of a task", found: field.to_string(), near };
                self.to.say(&at.key("fields").index(n), error);
            }
        }
    }
}
