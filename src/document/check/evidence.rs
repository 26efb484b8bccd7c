//! The rules of evidence and claims: nothing protected is shown, nothing is claimed beyond its test.

use std::collections::HashMap;

use super::rules::Check;
use crate::document::discreet::{Protected, words};
use crate::document::gather::At;
use crate::document::place::Placed;
use crate::error::ErrorKind;
use crate::id::RegionId;
use crate::model::*;
use crate::scale::PlaceLevel;

/// What evidence can speak for or against.
const JUDGED: &[Table] = &[Table::Effect, Table::Finding, Table::Verdict];

impl Check<'_> {
    /// `regions` are given where nothing is wrong with how they lie in each other.
    pub(super) fn evidence(&self, evidence: &[Placed<Evidence>], regions: Option<&Vec<Placed<Region>>>) {
        let regions: Option<HashMap<&RegionId, &Region>> =
            regions.map(|regions| regions.iter().map(|(_, region)| (&region.id, region)).collect());
        for (index, row) in evidence {
            let at = At::row("evidence", *index, row.id.as_str());
            self.regions_of(&row.regions, &at);
            for (ids, field) in [(&row.supports, "supports"), (&row.contradicts, "contradicts")] {
                for (n, id) in ids.iter().enumerate() {
                    self.known.need(id.as_str(), "effect, finding or verdict", JUDGED, &at.key(field).index(n), self.to);
                }
            }
            if row.is_confidential() {
                regions.iter().for_each(|regions| self.places(row, regions, &at));
            } else if row.protected.as_ref().is_some_and(|parts| parts.given().next().is_some()) {
                self.to.say(&at.key("protected"), ErrorKind::NotConfidential {});
            }
            self.shown_in_its_row(row, &at);
        }
        self.names_shown();
    }

    /// No place of a confidential source is finer than its level.
    fn places(&self, row: &Evidence, regions: &HashMap<&RegionId, &Region>, at: &At<'_>) {
        let level = row.place_level.unwrap_or(PlaceLevel::Unit);
        let up = |id: &&RegionId| regions.get(*id).and_then(|region| region.within.as_ref());
        let around = |id| std::iter::successors(up(&id), up).take(super::rules::MAX_AROUND);
        let area = self.head.map(|study| &study.area);
        for (n, id) in row.regions.iter().enumerate() {
            let too_fine = match level {
                PlaceLevel::Any => false,
                PlaceLevel::Unit => around(id).any(|id| regions.get(id).is_some_and(|region| region.unit)),
                PlaceLevel::Area => around(id).any(|id| Some(id) == area),
            };
            if too_fine {
                let error = ErrorKind::PlaceTooFine { region: id.to_string(), level: level.to_string() };
                self.to.say(&at.key("where").index(n), error);
            }
        }
    }

    /// The texts of the row itself show none of its protected parts.
    fn shown_in_its_row(&self, row: &Evidence, at: &At<'_>) {
        let Some(parts) = &row.protected else { return };
        let mut texts = vec![("id", row.id.to_string()), ("title", row.title.clone())];
        texts.extend(row.text.clone().map(|text| ("text", text)));
        texts.extend(row.provenance.cites.iter().map(|cite| ("cite", cite.to_string())));
        for (field, text) in &texts {
            let shown = words(text);
            for (part, secret) in parts.given() {
                let wanted: Vec<String> = words(secret.disclose());
                if !wanted.is_empty() && shown.windows(wanted.len()).any(|seen| seen == wanted) {
                    self.to.say(&at.key(field), ErrorKind::ShowsProtected { field: part });
                }
            }
        }
    }

    /// No row of any table shows the name that an evidence row protects.
    fn names_shown(&self) {
        let protected = Protected::of(self.document);
        let names = protected.names();
        if names.is_empty() {
            return;
        }
        self.document.each_row(&mut |table, index, row| {
            if quoted(&format!("{row:?}")).iter().any(|text| names.shown_in(text).is_some()) {
                let at = At::row(table, index, "");
                if table != "evidence" || !self.to.holds(&at.path()) {
                    self.to.say(&at, ErrorKind::ShowsProtected { field: "name" });
                }
            }
        });
    }

    pub(super) fn claims(&self, claims: &[Placed<Claim>]) {
        for (index, row) in claims {
            let at = At::row("claim", *index, row.id.as_str());
            self.short(row.short.as_ref(), 23, &at);
            self.known.one(&row.effect, "effect", "effect", &[Table::Effect], &at, self.to);
            for (name, condition) in row.conditions() {
                self.known.any(&condition.rests_on, "rests_on", &|_| false, &at.key(name), self.to);
            }
            for (n, rival) in row.rivals.iter().enumerate() {
                self.known.any(&rival.rests_on, "rests_on", &|_| false, &at.key("rivals").index(n), self.to);
            }
            for (n, test) in row.tests.iter().enumerate() {
                self.known.any(&test.rests_on, "rests_on", &|_| false, &at.key("tests").index(n), self.to);
            }
        }
    }
}

/// The texts of a row, out of what `Debug` shows of it.
fn quoted(row: &str) -> Vec<String> {
    let (mut texts, mut text) = (Vec::new(), None::<String>);
    let mut rest = row.chars();
    while let Some(sign) = rest.next() {
        let Some(open) = &mut text else {
            text = (sign == '"').then(String::new);
            continue;
        };
        match sign {
            '"' => texts.extend(text.take()),
            '\\' => match rest.next() {
                Some('u') => {
                    let code: String = rest.by_ref().skip(1).take_while(|sign| *sign != '}').collect();
                    open.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
                }
                // Line ends and their like part words, as the other signs do.
                _ => open.push(' '),
            },
            sign => open.push(sign),
        }
    }
    texts
}
