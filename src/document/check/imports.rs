//! Whether a mapping fits its format and its indicator.

use std::collections::HashMap;

use super::rules::Check;
use crate::document::gather::At;
use crate::document::place::Placed;
use crate::error::ErrorKind;
use crate::id::IndicatorId;
use crate::model::{Import, Indicator, Table};
use crate::problem::nearest;
use crate::scale::{ImportFormat, ImportMeasure, SeriesKind};

impl Check<'_> {
    pub(super) fn imports(&self, imports: &[Placed<Import>], indicators: &[Placed<Indicator>]) {
        let kinds: HashMap<&IndicatorId, SeriesKind> = indicators.iter().map(|(_, row)| (&row.id, row.kind)).collect();
        for (index, row) in imports {
            let at = At::row("import", *index, row.id.as_str());
            self.known.one(&row.indicator, "indicator", "indicator", &[Table::Indicator], &at, self.to);
            if let Some(region) = &row.region {
                self.known.one(region, "where", "region", &[Table::Region], &at, self.to);
            }
            let up = at.key("regions");
            for (name, region) in &row.regions {
                let shown: String = name.chars().take(64).collect();
                self.known.one(region, &shown, "region", &[Table::Region], &up, self.to);
            }
            if row.provenance.cites.is_empty() {
                // Every observation cites a source, and this is what it will cite.
                let give = "give `cite = [\"<source> <locator>\"]`, whatever the origin";
                self.to.say(&at, ErrorKind::MissingCite { give });
            }
            self.measure(row, kinds.get(&row.indicator).copied(), &at);
            self.place(row, &at);
        }
    }

    fn measure(&self, row: &Import, kind: Option<SeriesKind>, at: &At<'_>) {
        use ImportMeasure::{Latest, Sum, Value};
        let (measure, open) = (row.measure(), matches!(row.format, ImportFormat::Hxl | ImportFormat::Tidy));
        let allowed = row.format.measures();
        if !allowed.contains(&measure) {
            let names: Vec<String> = allowed.iter().map(ToString::to_string).collect();
            let near = nearest(measure.name(), allowed.iter().map(|m| m.name()));
            let what = "measure of this format";
            self.to.say(&at.key("measure"), ErrorKind::UnknownName { what, found: measure.to_string(), near, names });
            return;
        }
        if !matches!(measure, Latest | Value) && kind == Some(SeriesKind::Stock) {
            self.to.say(&at.key("measure"), ErrorKind::StockSummed { indicator: row.indicator.to_string() });
        }
        if open && matches!(measure, Sum | Latest | Value) && row.column.is_none() {
            self.to.say(at, ErrorKind::MissingField { field: "column" });
        }
        match (measure, row.period) {
            (Value, Some(_)) => {
                let given = vec!["measure = \"value\"".into(), "period".into()];
                self.to.say(&at.key("period"), ErrorKind::OneOf { what: "an import", given });
            }
            (Value, None) | (_, Some(_)) => {}
            (_, None) => self.to.say(at, ErrorKind::MissingField { field: "period" }),
        }
        if row.complete.is_some() && matches!(measure, Latest | Value) {
            let given = vec!["complete".into(), format!("measure = \"{measure}\"")];
            self.to.say(&at.key("complete"), ErrorKind::OneOf { what: "an import", given });
        }
        if row.scope.is_some() && row.scope_column.is_some() {
            let given = vec!["scope".into(), "scope_column".into()];
            self.to.say(&at.key("scope_column"), ErrorKind::OneOf { what: "an import", given });
        }
    }

    fn place(&self, row: &Import, at: &At<'_>) {
        match (&row.region, &row.place) {
            (Some(_), Some(_)) => {
                let given = vec!["where".into(), "place".into()];
                self.to.say(&at.key("place"), ErrorKind::OneOf { what: "an import", given });
            }
            (None, None) if matches!(row.format, ImportFormat::Tidy | ImportFormat::Wide) => {
                let fields = vec!["place".into(), "where".into()];
                self.to.say(at, ErrorKind::NoneOf { what: "the import", fields });
            }
            _ => {}
        }
    }
}
