//! Each table: from its record to its row of the model, and back.

use std::cell::Cell;
use std::collections::HashMap;

use super::code::{Code, bounded};
use super::gather::{At, Gather};
use super::raw::QuantityText;
use super::record::*;
use crate::date::{Days, Period};
use crate::error::ErrorKind;
use crate::framework::{Dimension, Topic};
use crate::id::{MissionId, SourceId};
use crate::model::*;
use crate::problem::nearest;
use crate::scale::Origin;

/// What conversion needs beside the row: where problems go, and what the sources are.
pub(super) struct Ctx<'a> {
    pub(super) to: &'a Gather,
    /// The sources by id.
    pub(super) sources: HashMap<&'a str, KnownSource>,
    /// How many more nearest sources may be looked for: it takes a pass over all of them.
    pub(super) nearest_left: Cell<u32>,
}

/// A source as cites need it.
pub(super) struct KnownSource {
    id: Option<SourceId>,
    /// Nothing for a source that could not be read.
    origin: Option<Origin>,
}

impl KnownSource {
    /// A source by the text of its id and, where it could be read, that of its origin.
    pub(super) fn new(id: &str, origin: Option<&str>) -> Self {
        Self { id: id.parse().ok(), origin: origin.and_then(|origin| origin.parse().ok()) }
    }
}

/// A record that stands for a row of the model.
pub(super) trait Record: Sized {
    /// The row.
    type Row;
    /// The table's name.
    const TABLE: &'static str;
    /// The row, or nothing with its problems kept.
    fn read(&self, index: usize, ctx: &Ctx<'_>) -> Option<Self::Row>;
    /// The record of a row.
    fn write(row: &Self::Row) -> Self;
}

/// Sources and origin of a row.
pub(super) fn provenance(
    cite: &[impl AsRef<str>],
    origin: &Option<String>,
    at: &At<'_>,
    ctx: &Ctx<'_>,
    required: bool,
) -> Option<Provenance> {
    let stated: Option<Option<Origin>> = origin.read("origin", at, ctx.to);
    let mut cites = Vec::with_capacity(cite.len());
    let mut first = None;
    let mut whole = true;
    for (index, text) in cite.iter().map(AsRef::as_ref).enumerate() {
        let key = at.key("cite");
        let here = key.index(index);
        let (source, locator) = text.split_once(' ').unwrap_or((text, ""));
        match ctx.sources.get(source) {
            None => {
                let left = ctx.nearest_left.get();
                ctx.nearest_left.set(left.saturating_sub(1));
                let near = if left > 0 { nearest(source, ctx.sources.keys().copied()) } else { None };
                ctx.to.say(&here, ErrorKind::UnknownId { what: SourceId::WHAT, found: source.chars().take(64).collect(), near });
                whole = false;
            }
            Some(known) => {
                if locator.trim().is_empty() {
                    ctx.to.say(&here, ErrorKind::MissingLocator { found: text.chars().take(64).collect() });
                    whole = false;
                } else if let Some(source) = &known.id {
                    first = first.or(Some(known.origin.unwrap_or(Origin::Outside)));
                    cites.push(Cite { source: source.clone(), locator: locator.trim().to_owned() });
                }
            }
        }
    }
    let stated = stated?;
    if !whole {
        return None;
    }
    match stated.or(first) {
        Some(Origin::Coder) => Some(Provenance { origin: Origin::Coder, stated: stated.is_some(), cites }),
        Some(origin) if !cites.is_empty() => Some(Provenance { origin, stated: stated.is_some(), cites }),
        _ if !required => Some(Provenance { origin: stated.unwrap_or(Origin::Coder), stated: stated.is_some(), cites }),
        _ => {
            let give = "give `cite = [\"<source> <locator>\"]`, or `origin = \"coder\"` for a row of your own";
            ctx.to.say(at, ErrorKind::MissingCite { give });
            None
        }
    }
}

pub(super) fn cites(provenance: &Provenance) -> Vec<String> {
    provenance.cites.iter().map(ToString::to_string).collect()
}

pub(super) fn origin(provenance: &Provenance) -> Option<String> {
    provenance.stated.then(|| provenance.origin.to_string())
}

/// A field's name without the sign of a raw identifier.
fn bare(field: &'static str) -> &'static str {
    field.trim_start_matches("r#")
}

/// Writes the two directions of a table whose fields correspond one to one.
macro_rules! table {
    ($record:ident => $row:ident, $name:literal $(, cite $required:literal)? {
        $($field:ident),* $(,)? $(; $($raw:ident = $model:ident),* $(,)?)?
    }) => {
        impl Record for $record {
            type Row = $row;
            const TABLE: &'static str = $name;
            #[allow(clippy::needless_update, reason = "rows without provenance have no further field")]
            fn read(&self, index: usize, ctx: &Ctx<'_>) -> Option<$row> {
                let at = At::row(Self::TABLE, index, &self.id);
                $( let $field = self.$field.read(bare(stringify!($field)), &at, ctx.to); )*
                $( $( let $model = self.$raw.read(bare(stringify!($raw)), &at, ctx.to); )* )?
                $( let provenance = provenance(&self.cite, &self.origin, &at, ctx, $required); )?
                Some($row {
                    $( $field: $field?, )*
                    $( $( $model: $model?, )* )?
                    $( provenance: { let _: bool = $required; provenance? }, )?
                })
            }
            fn write(row: &$row) -> Self {
                Self {
                    $( $field: Code::write(&row.$field), )*
                    $( $( $raw: Code::write(&row.$model), )* )?
                    $( cite: { let _: bool = $required; cites(&row.provenance) }, origin: origin(&row.provenance), )?
                }
            }
        }
    };
}

table!(MissionRecord => Mission, "mission", cite true { id, name, acronym, host, authorised_by, when, predecessor, successor, supports, text });
table!(SourceRecord => Source, "source" {
    id, origin, title, url, date, side, independence, admiralty, text
});
table!(RegionRecord => Region, "region", cite false { id, row, name, unit, share, text; r#in = within });
table!(PeriodRecord => NamedPeriod, "period", cite true { id, title, when, of, text });
table!(FactRecord => Fact, "fact", cite true { id, title, text, value, unit, when; r#where = regions });
table!(ExclusionRecord => Exclusion, "exclusion", cite true { id, title, text, drivers });
table!(StakeholderRecord => Stakeholder, "stakeholder", cite false {
    id, name, short, side, kind, member_of, author, individual, heads, text; r#where = regions
});
table!(InstrumentRecord => Instrument, "instrument", cite true { id, body, mission, number, adopted, runs_to, title, text });
table!(TensionRecord => Tension, "tension", cite true { id, title, kind, between, hampers, when, text; r#where = regions });
table!(HeadingRecord => Heading, "heading", cite true { id, title, dimensions, fields, text });
table!(PoolRecord => Pool, "pool" { id, title, short, part_of, text });
table!(ResourceRecord => Resource, "resource", cite true {
    id, title, pool, serves, status, by, when, amount, unit, condition, text; r#where = regions
});
table!(CapabilityRecord => Capability, "capability", cite true {
    id, title, kind, pool, serves, by, when, critical, steps, text; r#where = regions
});
table!(ContributorRecord => Contributor, "contributor", cite true { id, name, pool, when, amount, unit, text; r#where = regions });
table!(DriverRecord => Driver, "driver", cite true { id, title, short, since, critical, met_by, met_in_part_by, text });
table!(FindingRecord => Finding, "finding", cite true {
    id, title, dimension, issue, kind, salience, when, said_by, evidence, confidence, text; r#where = regions
});
table!(VerdictRecord => Verdict, "verdict", cite true { id, dimension, standing, trend, trend_origin, text, said_by });
table!(PropositionRecord => Proposition, "proposition" { id, text, short, row });
table!(IndicatorRecord => Indicator, "indicator", cite false {
    id, title, short, unit, kind, better, dimension, low, high, adds_up, rate, text
});
table!(EvidenceRecord => Evidence, "evidence", cite true {
    id, title, kind, when, sides, independence, admiralty, heads, confidentiality, place_level, supports, contradicts, text, protected;
    r#where = regions
});

table!(DilemmaRecord => Dilemma, "dilemma", cite true { id, title, sides, stakes });
table!(OptionRecord => PolicyOption, "option", cite true {
    id, title, family, drop, withdraw, tasks, means, benefits, risks, judgement; r#where = regions
});
table!(TopicRecord => Topic, "topic" { id, title, core });

/// Writes the two directions of a group of fields inside a row.
macro_rules! group {
    ($record:ident => $row:ident { $($field:ident),* $(,)? }) => {
        impl Code<$row> for $record {
            fn read(&self, field: &'static str, at: &At<'_>, to: &Gather) -> Option<$row> {
                let here = if field.is_empty() { *at } else { at.key(field) };
                $( let $field = self.$field.read(stringify!($field), &here, to); )*
                Some($row { $( $field: $field?, )* })
            }
            fn write(row: &$row) -> Self {
                Self { $( $field: Code::write(&row.$field), )* }
            }
        }
    };
}

pub(super) use group;

group!(StepsRecord => Steps { needed, decided, authorised, pledged, arrived, complete });
group!(WithdrawalRecord => Withdrawal { pool, region });
group!(RateRecord => Rate { of, scope, per, times });
group!(ConfidenceRecord => StatedConfidence { level, by, because });

impl Record for DimensionRecord {
    type Row = Dimension;
    const TABLE: &'static str = "dimension";
    fn read(&self, index: usize, ctx: &Ctx<'_>) -> Option<Dimension> {
        let at = At::row(Self::TABLE, index, &self.id);
        let id = self.id.read("id", &at, ctx.to);
        let title: Option<String> = self.title.read("title", &at, ctx.to);
        let role = self.role.read("role", &at, ctx.to);
        let question = self.question.read("question", &at, ctx.to);
        let maps_to = self.maps_to.read("maps_to", &at, ctx.to);
        let short = self.short.clone().or_else(|| title.clone()).unwrap_or_default();
        Some(Dimension { id: id?, title: title?, short, role: role?, question: question?, maps_to: maps_to? })
    }
    fn write(row: &Dimension) -> Self {
        Self {
            id: Code::write(&row.id),
            title: row.title.clone(),
            short: (row.short != row.title).then(|| row.short.clone()),
            role: Code::write(&row.role),
            question: row.question.clone(),
            maps_to: Code::write(&row.maps_to),
        }
    }
}

/// A period with both ends, as days.
pub(super) fn days(text: &str, at: &At<'_>, to: &Gather) -> Option<Days> {
    let period: Option<Period> = text.to_owned().read("when", at, to);
    let period = period?;
    let days = match (period.start(), period.end()) {
        (Some(start), Some(end)) => Days::new(start.first(), end.last()),
        _ => None,
    };
    if days.is_none() {
        to.say(&at.key("when"), ErrorKind::OpenPeriod { found: text.chars().take(40).collect() });
    }
    days
}

impl Record for PhaseRecord {
    type Row = Phase;
    const TABLE: &'static str = "phase";
    fn read(&self, index: usize, ctx: &Ctx<'_>) -> Option<Phase> {
        let at = At::row(Self::TABLE, index, &self.id);
        let id = self.id.read("id", &at, ctx.to);
        let days = days(&self.when, &at, ctx.to);
        let title = self.title.read("title", &at, ctx.to);
        let text = self.text.read("text", &at, ctx.to);
        Some(Phase { id: id?, days: days?, main: self.main, title: title?, text: text? })
    }
    fn write(row: &Phase) -> Self {
        Self {
            id: Code::write(&row.id),
            when: format!("{}..{}", row.days.first(), row.days.last()),
            main: row.main,
            title: row.title.clone(),
            text: row.text.clone(),
        }
    }
}

impl Record for DisputeRecord {
    type Row = Dispute;
    const TABLE: &'static str = "dispute";
    fn read(&self, index: usize, ctx: &Ctx<'_>) -> Option<Dispute> {
        let (at, to) = (At::row(Self::TABLE, index, &self.id), ctx.to);
        let id = self.id.read("id", &at, to);
        let row = self.row.read("row", &at, to);
        let title = self.title.read("title", &at, to);
        let tasks: Option<Vec<_>> = self.tasks.read("tasks", &at, to);
        let region = self.region.read("region", &at, to);
        let from = self.in_force_from.read("in_force_from", &at, to);
        let until = self.in_force_until.read("in_force_until", &at, to);
        let resource = self.resource.read("resource", &at, to);
        let amount = self.amount.read("amount", &at, to);
        let text = self.text.read("text", &at, to);
        let provenance = provenance(&self.cite, &self.origin, &at, ctx, true);
        let dated = self.in_force_from.is_some() || self.in_force_until.is_some();
        let counted = self.resource.is_some() || !self.amount.is_empty();
        let reading = match (dated, counted) {
            (true, true) => {
                to.say(&at, ErrorKind::OneOf { what: "a dispute", given: vec!["in_force_from".into(), "resource".into()] });
                return None;
            }
            (true, false) if self.tasks.is_empty() => {
                to.say(&at, ErrorKind::MissingField { field: "tasks" });
                return None;
            }
            (true, false) => Some(Reading::InForce { tasks: tasks?, region: region?, from: from?, until: until? }),
            (false, true) => match (resource?, self.amount.is_empty()) {
                (Some(resource), false) => Some(Reading::Amount { resource, amount: amount? }),
                (resource, _) => {
                    let field = if resource.is_none() { "resource" } else { "amount" };
                    to.say(&at, ErrorKind::MissingField { field });
                    return None;
                }
            },
            (false, false) if !self.tasks.is_empty() => {
                to.say(&at, ErrorKind::MissingField { field: "in_force_from" });
                return None;
            }
            (false, false) => None,
        };
        Some(Dispute { id: id?, row: row?, title: title?, reading, text: text?, provenance: provenance? })
    }
    fn write(row: &Dispute) -> Self {
        let mut record = Self {
            id: Code::write(&row.id),
            row: Code::write(&row.row),
            title: row.title.clone(),
            text: row.text.clone(),
            cite: cites(&row.provenance),
            origin: origin(&row.provenance),
            ..Default::default()
        };
        match &row.reading {
            Some(Reading::InForce { tasks, region, from, until }) => {
                record.tasks = Code::write(tasks);
                record.region = Code::write(region);
                record.in_force_from = Code::write(from);
                record.in_force_until = Code::write(until);
            }
            Some(Reading::Amount { resource, amount }) => {
                record.resource = Some(resource.to_string());
                record.amount = Code::write(amount);
            }
            None => {}
        }
        record
    }
}

/// A whole number without the signs that part its thousands; nothing where they part anything else.
fn ungrouped(text: &str) -> Option<String> {
    let mut groups = text.split([',', ' ', '\'', '_', '\u{a0}', '\u{202f}']);
    let digits = |group: &str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    let first = groups.next().filter(|group| digits(group) && group.len() <= 3)?;
    groups.try_fold(first.to_owned(), |number, group| (digits(group) && group.len() == 3 && number.len() < 18).then(|| number + group))
}

impl Record for ObservationRecord {
    type Row = Observation;
    const TABLE: &'static str = "row";
    fn read(&self, index: usize, ctx: &Ctx<'_>) -> Option<Observation> {
        let words = || format!("{}, {}", self.indicator, self.when);
        let (at, to) = (At::of(Self::TABLE, index, &words), ctx.to);
        let some = |text: &String| (!text.is_empty()).then(|| text.clone());
        let row = some(&self.row).read("row", &at, to);
        let indicator = self.indicator.read("indicator", &at, to);
        let when = self.when.read("when", &at, to);
        let region = some(&self.region).read("region", &at, to);
        let value: Option<Quantity> = QuantityText(self.value.clone()).read("value", &at, to);
        if let Some(value) = &value
            && value.bounds() == Bounds::Words
        {
            to.say(&at.key("value"), ErrorKind::NotANumber { found: self.value.chars().take(40).collect(), near: ungrouped(&self.value) });
            return None;
        }
        let cites: Vec<&str> = self.cite.split(';').map(str::trim).filter(|c| !c.is_empty()).collect();
        let provenance = if cites.is_empty() {
            let give = "give `<source> <locator>` in the column `cite`, several of them with `;` between";
            to.say(&at, ErrorKind::MissingCite { give });
            None
        } else {
            provenance(&cites, &None, &at, ctx, true)
        };
        Some(Observation {
            row: row?,
            indicator: indicator?,
            when: when?,
            region: region?,
            value: value?,
            scope: some(&self.scope),
            provenance: provenance?,
            note: some(&self.note),
        })
    }
    fn write(row: &Observation) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            row: row.row.as_ref().map(ToString::to_string).unwrap_or_default(),
            indicator: row.indicator.to_string(),
            when: row.when.to_string(),
            region: row.region.as_ref().map(ToString::to_string).unwrap_or_default(),
            value: row.value.text().to_owned(),
            scope: text(&row.scope),
            cite: cites(&row.provenance).join("; "),
            note: text(&row.note),
        }
    }
}

impl StudyRecord {
    /// The head of the study.
    pub(super) fn read(&self, ctx: &Ctx<'_>) -> Option<Study> {
        let (at, to) = (At::row("study", 0, &self.id), ctx.to);
        let id = self.id.read("id", &at, to);
        let title = self.title.read("title", &at, to);
        let missions: Option<Vec<MissionId>> = self.missions.read("missions", &at, to);
        let window = days(&self.when, &at, to);
        let area = self.area.read("area", &at, to);
        let fieldwork = self.fieldwork.read("fieldwork", &at, to);
        let coders = match self.coders {
            None => Some(None),
            Some(count) => bounded(count, 1, 1000, "coders", &at.key("coders"), to).map(Some),
        };
        let least_heads = match self.least_heads {
            None => Some(None),
            Some(count) => bounded(count, 1, 1000, "least_heads", &at.key("least_heads"), to).map(Some),
        };
        let text = self.text.read("text", &at, to);
        Some(Study {
            id: id?,
            title: title?,
            missions: missions?,
            window: window?,
            area: area?,
            fieldwork: fieldwork?,
            coders: coders?.and_then(|count| u32::try_from(count).ok()),
            least_heads: least_heads?.and_then(|count| u32::try_from(count).ok()),
            text: text?,
        })
    }

    /// The record of a study's head.
    pub(super) fn write(study: &Study, framework: &str) -> Self {
        Self {
            id: Code::write(&study.id),
            title: study.title.clone(),
            framework: framework.to_owned(),
            missions: Code::write(&study.missions),
            when: format!("{}..{}", study.window.first(), study.window.last()),
            area: Code::write(&study.area),
            fieldwork: Code::write(&study.fieldwork),
            coders: study.coders.map(i64::from),
            least_heads: study.least_heads.map(i64::from),
            text: study.text.clone(),
        }
    }
}
