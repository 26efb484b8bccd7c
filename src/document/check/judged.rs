//! The rules of what a coder judges and hears: ratings, effects, findings, verdicts, positions, series.

use std::collections::{HashMap, HashSet};

use super::rules::{Check, MAX_AROUND};
use crate::document::gather::At;
use crate::document::place::Placed;
use crate::document::record::*;
use crate::document::tables::Record;
use crate::error::ErrorKind;
use crate::id::{RegionId, TopicId};
use crate::model::*;
use crate::problem::nearest;
use crate::scale::Link;

impl Check<'_> {
    pub(super) fn ratings(&self, ratings: &[Placed<Rating>], regions: &[Placed<Region>]) {
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
        for (index, row) in ratings {
            let words = || self.document.rating.get(*index).map(RatingRecord::words).unwrap_or_default();
            let at = At::of("rating", *index, &words);
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
    pub(super) fn effects(&self, effects: &mut [Placed<Effect>]) {
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

    pub(super) fn findings(&self, findings: &[Placed<Finding>], verdicts: &[Placed<Verdict>]) {
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

    pub(super) fn voices(&self, positions: &[Placed<Position>], indicators: &[Placed<Indicator>], observations: &[Placed<Observation>]) {
        for (index, row) in positions {
            let at = At::row("position", *index, row.id.as_str());
            self.known.one(&row.group, "group", "stakeholder", &[Table::Stakeholder], &at, self.to);
            self.known.one(&row.proposition, "proposition", "proposition", &[Table::Proposition], &at, self.to);
            self.known.all(&row.evidence, "evidence", "evidence", &[Table::Evidence], &at, self.to);
            self.regions_of(&row.regions, &at);
        }
        let computed: HashSet<&str> = indicators.iter().filter(|(_, row)| row.rate.is_some()).map(|(_, row)| row.id.as_str()).collect();
        for (index, row) in indicators {
            let at = At::row("indicator", *index, row.id.as_str());
            self.short(row.short.as_ref(), 34, &at);
            if let Some(dimension) = &row.dimension {
                self.need_dimension(dimension.as_str(), &at);
            }
            for (id, field) in row.rate.iter().flat_map(|rate| [(&rate.of, "of"), (&rate.per, "per")]) {
                self.known.one(id, field, "indicator", &[Table::Indicator], &at.key("rate"), self.to);
                if computed.contains(id.as_str()) {
                    self.to.say(&at.key("rate").key(field), ErrorKind::RateOfRate { found: id.to_string() });
                }
            }
        }
        for (index, row) in observations {
            let words = || format!("{}, {}", row.indicator, row.when);
            let at = At::of(ObservationRecord::TABLE, *index, &words);
            self.known.one(&row.indicator, "indicator", "indicator", &[Table::Indicator], &at, self.to);
            if let Some(region) = &row.region {
                self.known.one(region, "region", "region", &[Table::Region], &at, self.to);
            }
        }
    }
}
