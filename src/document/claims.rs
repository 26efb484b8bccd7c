//! Contribution claims and protected parts of sources, from their records and back.

use super::code::Code;
use super::gather::{At, Gather};
use super::record::*;
use super::tables::{Ctx, Record, cites, group, origin, provenance};
use crate::error::ErrorKind;
use crate::model::*;
use crate::protected::ProtectedSource;

group!(ConditionRecord => ConditionStatement { state, because, rests_on });
group!(TestRecord => Test { kind, clue, outcome, because, package, sensitivity, false_positive, rests_on });

impl Code<ProtectedSource> for ProtectedSource {
    /// Faults tell the length, never the text.
    fn read(&self, field: &'static str, at: &At<'_>, to: &Gather) -> Option<ProtectedSource> {
        let here = at.key(field);
        for (part, text) in self.given() {
            let found = text.disclose().chars().count();
            if found > 1000 {
                to.say(&here.key(part), ErrorKind::TooLong { what: "the protected text", found, max: 1000 });
            }
        }
        Some(self.clone())
    }
    fn write(value: &ProtectedSource) -> Self {
        value.clone()
    }
}

impl Record for ClaimRecord {
    type Row = Claim;
    const TABLE: &'static str = "claim";
    fn read(&self, index: usize, ctx: &Ctx<'_>) -> Option<Claim> {
        let (at, to) = (At::row(Self::TABLE, index, &self.id), ctx.to);
        let id = self.id.read("id", &at, to);
        let effect = self.effect.read("effect", &at, to);
        let title = self.title.read("title", &at, to);
        let short = self.short.read("short", &at, to);
        let theory = self.theory.read("theory", &at, to);
        let implemented = self.implemented.read("implemented", &at, to);
        let chain = self.chain.read("chain", &at, to);
        let others = self.others.read("others", &at, to);
        let rivals: Vec<Option<Rival>> =
            self.rivals.iter().enumerate().map(|(n, rival)| rival_of(rival, &at.key("rivals").index(n), ctx)).collect();
        let tests = self.tests.read("tests", &at, to);
        let prior = self.prior.read("prior", &at, to);
        let scheme = self.scheme.read("scheme", &at, to);
        let text = self.text.read("text", &at, to);
        let provenance = provenance(&self.cite, &self.origin, &at, ctx, true);
        if self.prior.is_some() && self.scheme.is_none() {
            to.say(&at.key("prior"), ErrorKind::NoScheme {});
        }
        Some(Claim {
            id: id?,
            effect: effect?,
            title: title?,
            short: short?,
            theory: theory?,
            implemented: implemented?,
            chain: chain?,
            others: others?,
            rivals: rivals.into_iter().collect::<Option<_>>()?,
            tests: tests?,
            prior: prior?,
            scheme: scheme?,
            text: text?,
            provenance: provenance?,
        })
    }
    fn write(row: &Claim) -> Self {
        Self {
            id: Code::write(&row.id),
            effect: Code::write(&row.effect),
            title: row.title.clone(),
            short: row.short.clone(),
            theory: Code::write(&row.theory),
            implemented: Code::write(&row.implemented),
            chain: Code::write(&row.chain),
            others: Code::write(&row.others),
            rivals: row.rivals.iter().map(rival_record).collect(),
            tests: Code::write(&row.tests),
            prior: Code::write(&row.prior),
            scheme: Code::write(&row.scheme),
            text: row.text.clone(),
            cite: cites(&row.provenance),
            origin: origin(&row.provenance),
        }
    }
}

fn rival_of(record: &RivalRecord, at: &At<'_>, ctx: &Ctx<'_>) -> Option<Rival> {
    let title = record.title.read("title", at, ctx.to);
    let tested: Option<Option<String>> = record.tested.read("tested", at, ctx.to);
    let outcome = record.outcome.read("outcome", at, ctx.to);
    let because = record.because.read("because", at, ctx.to);
    let rests_on = record.rests_on.read("rests_on", at, ctx.to);
    let provenance = provenance(&record.cite, &None, at, ctx, false);
    match (&record.tested, &record.outcome) {
        (None, Some(_)) => ctx.to.say(&at.key("outcome"), ErrorKind::NotTested {}),
        (Some(_), None) => ctx.to.say(at, ErrorKind::MissingField { field: "outcome" }),
        _ => {}
    }
    Some(Rival { title: title?, tested: tested?, outcome: outcome?, because: because?, rests_on: rests_on?, cites: provenance?.cites })
}

fn rival_record(row: &Rival) -> RivalRecord {
    RivalRecord {
        title: row.title.clone(),
        tested: row.tested.clone(),
        outcome: row.outcome.map(|outcome| outcome.to_string()),
        because: row.because.clone(),
        rests_on: Code::write(&row.rests_on),
        cite: row.cites.iter().map(ToString::to_string).collect(),
    }
}
