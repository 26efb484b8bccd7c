//! Mappings from files that users bring, from their records and back.

use indexmap::IndexMap;

use super::code::Code;
use super::gather::{At, Gather};
use super::record::ImportRecord;
use super::tables::{Ctx, Record, cites, origin, provenance};
use crate::error::ErrorKind;
use crate::model::Import;

/// Longest name of a column or place, in characters.
const MAX_NAME: usize = 200;

/// A map whose keys are names as files have them, and no slugs.
fn named<R, M>(
    map: &IndexMap<String, R>,
    field: &'static str,
    at: &At<'_>,
    to: &Gather,
    read: impl Fn(&R, &At<'_>) -> Option<M>,
) -> Option<IndexMap<String, M>> {
    let mut found = IndexMap::with_capacity(map.len());
    for (name, raw) in map {
        let up = at.key(field);
        let shown: String = name.chars().take(64).collect();
        let here = up.key(&shown);
        let long = name.chars().count();
        if long > MAX_NAME {
            to.say(&here, ErrorKind::TooLong { what: "the name", found: long, max: MAX_NAME });
        } else if let Some(value) = read(raw, &here) {
            found.insert(name.clone(), value);
        }
    }
    (found.len() == map.len()).then_some(found)
}

impl Record for ImportRecord {
    type Row = Import;
    const TABLE: &'static str = "import";
    fn read(&self, index: usize, ctx: &Ctx<'_>) -> Option<Import> {
        let (at, to) = (At::row(Self::TABLE, index, &self.id), ctx.to);
        let id = self.id.read("id", &at, to);
        let format = self.format.read("format", &at, to);
        let indicator = self.indicator.read("indicator", &at, to);
        let measure = self.measure.read("measure", &at, to);
        let column = self.column.read("column", &at, to);
        let date = self.date.read("date", &at, to);
        let place = self.place.read("place", &at, to);
        let region = self.r#where.read("where", &at, to);
        let regions = named(&self.regions, "regions", &at, to, |raw, here| raw.read("", here, to));
        let level = self.level.read("level", &at, to);
        let filter = named(&self.filter, "filter", &at, to, |raw, _| Some(raw.0.clone()));
        let period = self.period.read("period", &at, to);
        let when = self.when.read("when", &at, to);
        let complete = self.complete.read("complete", &at, to);
        let dates = named(&self.dates, "dates", &at, to, |raw, here| raw.read("", here, to));
        let scope = self.scope.read("scope", &at, to);
        let scope_column = self.scope_column.read("scope_column", &at, to);
        let text = self.text.read("text", &at, to);
        let provenance = provenance(&self.cite, &self.origin, &at, ctx, true);
        Some(Import {
            id: id?,
            format: format?,
            indicator: indicator?,
            measure: measure?,
            column: column?,
            date: date?,
            place: place?,
            region: region?,
            regions: regions?,
            level: level?,
            filter: filter?,
            period: period?,
            when: when?,
            complete: complete?,
            dates: dates?,
            scope: scope?,
            scope_column: scope_column?,
            text: text?,
            provenance: provenance?,
        })
    }
    fn write(row: &Import) -> Self {
        fn texts<R, M>(map: &IndexMap<String, M>, write: impl Fn(&M) -> R) -> IndexMap<String, R> {
            map.iter().map(|(name, value)| (name.clone(), write(value))).collect()
        }
        Self {
            id: Code::write(&row.id),
            format: Code::write(&row.format),
            indicator: Code::write(&row.indicator),
            measure: Code::write(&row.measure),
            column: row.column.clone(),
            date: row.date.clone(),
            place: row.place.clone(),
            r#where: Code::write(&row.region),
            regions: texts(&row.regions, Code::write),
            level: Code::write(&row.level),
            filter: texts(&row.filter, |values| super::raw::ListText(values.clone())),
            period: Code::write(&row.period),
            when: Code::write(&row.when),
            complete: Code::write(&row.complete),
            dates: texts(&row.dates, Code::write),
            scope: row.scope.clone(),
            scope_column: row.scope_column.clone(),
            text: row.text.clone(),
            cite: cites(&row.provenance),
            origin: origin(&row.provenance),
        }
    }
}
