//! Tasks with their dated changes, and activities: from their records to rows of the model, and back.

use super::code::Code;
use super::gather::{At, Gather};
use super::record::*;
use super::tables::{Ctx, Record, cites, origin, provenance};
use crate::error::ErrorKind;
use crate::model::*;

fn basis(by: &Option<String>, at: &At<'_>, to: &Gather) -> Option<Option<Basis>> {
    match by.as_deref() {
        None => Some(None),
        Some("practice") => Some(Some(Basis::Practice)),
        Some(_) => {
            let id: Option<Option<_>> = by.read("by", at, to);
            id.map(|id| id.map(Basis::Instrument))
        }
    }
}

fn basis_text(basis: &Basis) -> String {
    basis.instrument().map_or_else(|| "practice".to_owned(), ToString::to_string)
}

impl Record for TaskRecord {
    type Row = Task;
    const TABLE: &'static str = "task";
    fn read(&self, index: usize, ctx: &Ctx<'_>) -> Option<Task> {
        let (at, to) = (At::row(Self::TABLE, index, &self.id), ctx.to);
        let id = self.id.read("id", &at, to);
        let title = self.title.read("title", &at, to);
        let short: Option<String> = self.short.read("short", &at, to);
        let field = self.field.read("field", &at, to);
        let modality = self.modality.read("modality", &at, to);
        let when = self.when.read("when", &at, to);
        let basis = basis(&self.by, &at, to);
        if basis == Some(None) {
            to.say(&at, ErrorKind::NoInstrument {});
        }
        let mission = self.mission.read("mission", &at, to);
        let tier = self.tier.read("tier", &at, to);
        let regions: Option<Vec<_>> = self.r#where.read("where", &at, to);
        if self.r#where.is_empty() {
            to.say(&at, ErrorKind::MissingField { field: "where" });
        }
        let pool = self.pool.read("pool", &at, to);
        let also_draws_on = self.also_draws_on.read("also_draws_on", &at, to);
        let replaces = self.replaces.read("replaces", &at, to);
        let refines = self.refines.read("refines", &at, to);
        let part_of = self.part_of.read("part_of", &at, to);
        let condition = self.condition.read("condition", &at, to);
        let text = self.text.read("text", &at, to);
        let provenance = provenance(&self.cite, &self.origin, &at, ctx, true);
        let changes: Vec<Option<TaskChange>> =
            self.changes.iter().enumerate().map(|(n, change)| change_of(change, &at.key("changes").index(n), ctx)).collect();
        let also_by: Vec<Option<AlsoBy>> =
            self.also_by.iter().enumerate().map(|(n, also)| also_by_of(also, &at.key("also_by").index(n), ctx)).collect();
        Some(Task {
            id: id?,
            title: title?,
            short: short?,
            field: field?,
            modality: modality?,
            when: when?,
            basis: basis??,
            mission: mission?,
            tier: tier?,
            regions: regions?,
            pool: pool?,
            also_draws_on: also_draws_on?,
            replaces: replaces?,
            refines: refines?,
            part_of: part_of?,
            end_not_confirmed: self.end_not_confirmed,
            condition: condition?,
            text: text?,
            provenance: provenance?,
            changes: changes.into_iter().collect::<Option<_>>()?,
            also_by: also_by.into_iter().collect::<Option<_>>()?,
        })
    }
    fn write(row: &Task) -> Self {
        Self {
            id: Code::write(&row.id),
            title: row.title.clone(),
            short: row.short.clone(),
            field: Code::write(&row.field),
            modality: Code::write(&row.modality),
            when: Code::write(&row.when),
            by: Some(basis_text(&row.basis)),
            mission: Code::write(&row.mission),
            tier: Code::write(&row.tier),
            r#where: Code::write(&row.regions),
            pool: Code::write(&row.pool),
            also_draws_on: Code::write(&row.also_draws_on),
            replaces: Code::write(&row.replaces),
            refines: Code::write(&row.refines),
            part_of: Code::write(&row.part_of),
            end_not_confirmed: row.end_not_confirmed,
            condition: row.condition.clone(),
            text: row.text.clone(),
            cite: cites(&row.provenance),
            origin: origin(&row.provenance),
            changes: row.changes.iter().map(change_record).collect(),
            also_by: row.also_by.iter().map(also_by_record).collect(),
        }
    }
}

fn change_of(record: &TaskChangeRecord, at: &At<'_>, ctx: &Ctx<'_>) -> Option<TaskChange> {
    let from = record.from.read("from", at, ctx.to);
    let basis = basis(&record.by, at, ctx.to);
    let tier = record.tier.read("tier", at, ctx.to);
    let regions = record.r#where.read("where", at, ctx.to);
    let text = record.text.read("text", at, ctx.to);
    let provenance = provenance(&record.cite, &record.origin, at, ctx, false);
    Some(TaskChange { from: from?, basis: basis?, tier: tier?, regions: regions?, text: text?, provenance: provenance? })
}

fn change_record(row: &TaskChange) -> TaskChangeRecord {
    TaskChangeRecord {
        from: Code::write(&row.from),
        by: row.basis.as_ref().map(basis_text),
        tier: Code::write(&row.tier),
        r#where: Code::write(&row.regions),
        text: row.text.clone(),
        cite: cites(&row.provenance),
        origin: origin(&row.provenance),
    }
}

fn also_by_of(record: &AlsoByRecord, at: &At<'_>, ctx: &Ctx<'_>) -> Option<AlsoBy> {
    let by = record.by.read("by", at, ctx.to);
    let from = record.from.read("from", at, ctx.to);
    let until = record.until.read("until", at, ctx.to);
    let text = record.text.read("text", at, ctx.to);
    let provenance = provenance(&record.cite, &record.origin, at, ctx, true);
    Some(AlsoBy { by: by?, from: from?, until: until?, text: text?, provenance: provenance? })
}

fn also_by_record(row: &AlsoBy) -> AlsoByRecord {
    AlsoByRecord {
        by: Code::write(&row.by),
        from: Code::write(&row.from),
        until: Code::write(&row.until),
        text: row.text.clone(),
        cite: cites(&row.provenance),
        origin: origin(&row.provenance),
    }
}

impl Record for ActivityRecord {
    type Row = Activity;
    const TABLE: &'static str = "activity";
    fn read(&self, index: usize, ctx: &Ctx<'_>) -> Option<Activity> {
        let (at, to) = (At::row(Self::TABLE, index, &self.id), ctx.to);
        let id = self.id.read("id", &at, to);
        let title = self.title.read("title", &at, to);
        let when = self.when.read("when", &at, to);
        let regions = self.r#where.read("where", &at, to);
        let modality = self.modality.read("modality", &at, to);
        let serves = self.serves.read("serves", &at, to);
        let component = self.component.read("component", &at, to);
        let text = self.text.read("text", &at, to);
        let provenance = provenance(&self.cite, &self.origin, &at, ctx, true);
        Some(Activity {
            id: id?,
            title: title?,
            when: when?,
            regions: regions?,
            modality: modality?,
            serves: serves?,
            done: self.done.unwrap_or(true),
            bulk: self.bulk,
            component: component?,
            text: text?,
            provenance: provenance?,
        })
    }
    fn write(row: &Activity) -> Self {
        Self {
            id: Code::write(&row.id),
            title: row.title.clone(),
            when: Code::write(&row.when),
            r#where: Code::write(&row.regions),
            modality: Code::write(&row.modality),
            serves: Code::write(&row.serves),
            done: (!row.done).then_some(false),
            bulk: row.bulk,
            component: row.component.clone(),
            text: row.text.clone(),
            cite: cites(&row.provenance),
            origin: origin(&row.provenance),
        }
    }
}
