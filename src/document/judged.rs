//! What analysts judge: ratings, effects and positions, from their records and back.

use super::code::{Code, bounded};
use super::gather::{At, Gather};
use super::raw::{ListText, QuantityText};
use super::record::*;
use super::tables::{Ctx, Record, cites, origin, provenance};
use crate::error::ErrorKind;
use crate::measure::Decimal;
use crate::model::*;
use crate::problem::nearest;
use crate::scale::{Change, Judgement, Level, Link, Ranged, Scale};

impl Record for RatingRecord {
    type Row = Rating;
    const TABLE: &'static str = "rating";
    fn read(&self, index: usize, ctx: &Ctx<'_>) -> Option<Rating> {
        let words = || self.words();
        let (at, to) = (At::of(Self::TABLE, index, &words), ctx.to);
        let tasks: Option<Vec<_>> = self.task.read("task", &at, to);
        let pools: Option<Vec<_>> = self.pool.read("pool", &at, to);
        let phases = self.phase.read("phase", &at, to);
        let regions = self.region.read("region", &at, to);
        match (self.task.0.is_empty(), self.pool.0.is_empty()) {
            (true, true) => {
                to.say(&at, ErrorKind::NoneOf { what: "a rating", fields: vec!["task".into(), "pool".into()] });
                return None;
            }
            (false, false) => {
                to.say(&at, ErrorKind::OneOf { what: "a rating", given: vec!["task".into(), "pool".into()] });
                return None;
            }
            _ => {}
        }
        let links = [&self.mandate, &self.resources, &self.capabilities, &self.activities];
        let links = [0, 1, 2, 3].map(|n: usize| match links[n] {
            None => Some(None),
            Some(record) => level_statement(record, &at.key(Link::ALL[n].name()), to).map(Some),
        });
        if links.iter().all(|link| *link == Some(None)) {
            let fields = Link::ALL.iter().map(ToString::to_string).collect();
            to.say(&at, ErrorKind::NoneOf { what: "a rating", fields });
        }
        let [mandate, resources, capabilities, activities] = links;
        Some(Rating {
            tasks: tasks?,
            pools: pools?,
            phases: phases?,
            regions: regions?,
            links: [mandate?, resources?, capabilities?, activities?],
        })
    }
    fn write(row: &Rating) -> Self {
        let link = |n: usize| row.links[n].as_ref().map(level_record);
        Self {
            task: ListText(Code::write(&row.tasks)),
            pool: ListText(Code::write(&row.pools)),
            phase: ListText(Code::write(&row.phases)),
            region: ListText(Code::write(&row.regions)),
            mandate: link(0),
            resources: link(1),
            capabilities: link(2),
            activities: link(3),
        }
    }
}

impl RatingRecord {
    /// The row in words: `MIN-TSK-15, P2, N`.
    pub(super) fn words(&self) -> String {
        let lists = [&self.task, &self.pool, &self.phase, &self.region];
        let words: Vec<String> = lists.iter().filter(|list| !list.0.is_empty()).map(|list| list.0.join("+")).collect();
        words.join(", ")
    }
}

/// Exactly one of several forms of a judgement, by the fields given.
fn one_form<'a>(what: &'static str, forms: &[(&'a str, bool)], at: &At<'_>, to: &Gather) -> Option<&'a str> {
    let given: Vec<&str> = forms.iter().filter(|(_, given)| *given).map(|(name, _)| *name).collect();
    match given.as_slice() {
        [one] => Some(one),
        [] => {
            to.say(at, ErrorKind::NoneOf { what, fields: forms.iter().map(|(name, _)| (*name).to_owned()).collect() });
            None
        }
        many => {
            to.say(at, ErrorKind::OneOf { what, given: many.iter().map(|name| (*name).to_owned()).collect() });
            None
        }
    }
}

/// A value with its range; ends not given are the value's.
fn ranged<S: Scale>(value: Option<S>, low: Option<S>, high: Option<S>, at: &At<'_>, to: &Gather) -> Option<Ranged<S>> {
    let value = value?;
    let at = at.key(if low.is_some_and(|low| low > value) { "low" } else { "high" });
    to.check(&at, Ranged::new(value, low.unwrap_or(value), high.unwrap_or(value)))
}

/// Keeps a problem where ends of a range are given without a value that they belong to.
fn no_ends(what: &'static str, form: &str, ends: [bool; 2], at: &At<'_>, to: &Gather) -> Option<()> {
    let given: Vec<String> = ["low", "high"].into_iter().zip(ends).filter(|(_, given)| *given).map(|(end, _)| end.to_owned()).collect();
    if given.is_empty() {
        return Some(());
    }
    to.say(at, ErrorKind::OneOf { what, given: std::iter::once(form.to_owned()).chain(given).collect() });
    None
}

/// Readings that exclude each other, lowest first: at least two.
fn contested<S: Scale>(mut values: Vec<S>, at: &At<'_>, to: &Gather) -> Option<Judgement<S>> {
    values.sort();
    values.dedup();
    if values.len() < 2 {
        to.say(at, ErrorKind::TooFewReadings {});
        return None;
    }
    Some(Judgement::Contested(values))
}

fn need_because(because: &Option<String>, at: &At<'_>, to: &Gather) -> Option<()> {
    if because.as_ref().is_some_and(|text| !text.trim().is_empty()) {
        return Some(());
    }
    to.say(at, ErrorKind::MissingBecause {});
    None
}

fn level_statement(record: &JudgementRecord, at: &At<'_>, to: &Gather) -> Option<Statement<Level>> {
    let forms = [
        ("level", record.level.is_some()),
        ("contested", !record.contested.is_empty()),
        ("not_assessed", record.not_assessed.is_some()),
        ("not_applicable", record.not_applicable.is_some()),
    ];
    let rests_on = record.rests_on.read("rests_on", at, to);
    let confidence = record.confidence.read("confidence", at, to);
    let low: Option<Option<Level>> = record.low.read("low", at, to);
    let high: Option<Option<Level>> = record.high.read("high", at, to);
    let level: Option<Option<Level>> = record.level.read("level", at, to);
    let readings: Option<Vec<Level>> = record.contested.read("contested", at, to);
    let form = one_form("a judgement", &forms, at, to)?;
    if form != "level" {
        no_ends("a judgement", form, [record.low.is_some(), record.high.is_some()], at, to)?;
    }
    let judgement = match form {
        "level" => {
            need_because(&record.because, at, to);
            Judgement::Rated(ranged(level?, low?, high?, at, to)?)
        }
        "contested" => {
            need_because(&record.because, at, to);
            contested(readings?, &at.key("contested"), to)?
        }
        "not_assessed" => Judgement::NotAssessed(record.not_assessed.read("not_assessed", at, to)??),
        _ => Judgement::NotApplicable(record.not_applicable.read("not_applicable", at, to)??),
    };
    Some(Statement {
        judgement,
        because: record.because.clone(),
        rests_on: rests_on?,
        flags: record.flags.clone(),
        confidence: confidence?,
    })
}

fn level_record(row: &Statement<Level>) -> JudgementRecord {
    let mut record = JudgementRecord {
        because: row.because.clone(),
        rests_on: Code::write(&row.rests_on),
        flags: row.flags.clone(),
        confidence: Code::write(&row.confidence),
        ..Default::default()
    };
    match &row.judgement {
        Judgement::Rated(rated) => {
            record.level = Some(rated.value().to_string());
            record.low = (rated.low() != rated.value()).then(|| rated.low().to_string());
            record.high = (rated.high() != rated.value()).then(|| rated.high().to_string());
        }
        Judgement::NotAssessed(reason) => record.not_assessed = Some(reason.clone()),
        Judgement::NotApplicable(reason) => record.not_applicable = Some(reason.clone()),
        Judgement::Contested(levels) => record.contested = levels.iter().map(ToString::to_string).collect(),
    }
    record
}

fn change(value: Option<i64>, field: &'static str, at: &At<'_>, to: &Gather) -> Option<Option<Change>> {
    match value {
        None => Some(None),
        Some(value) => to.check(&at.key(field), Change::new(value)).map(Some),
    }
}

fn change_statement(record: &ChangeRecord, at: &At<'_>, to: &Gather) -> Option<Statement<Change>> {
    let forms =
        [("change", record.change.is_some()), ("contested", !record.contested.is_empty()), ("not_assessed", record.not_assessed.is_some())];
    let value = change(record.change, "change", at, to);
    let low = change(record.low, "low", at, to);
    let high = change(record.high, "high", at, to);
    let form = one_form("an observed change", &forms, at, to)?;
    if form != "change" {
        no_ends("an observed change", form, [record.low.is_some(), record.high.is_some()], at, to)?;
    }
    let judgement = match form {
        "change" => {
            need_because(&record.because, at, to);
            Judgement::Rated(ranged(value?, low?, high?, at, to)?)
        }
        "contested" => {
            need_because(&record.because, at, to);
            let values: Option<Vec<Option<Change>>> = record.contested.iter().map(|v| change(Some(*v), "contested", at, to)).collect();
            contested(values?.into_iter().flatten().collect(), &at.key("contested"), to)?
        }
        _ => Judgement::NotAssessed(record.not_assessed.read("not_assessed", at, to)??),
    };
    Some(Statement { judgement, because: record.because.clone(), rests_on: Vec::new(), flags: record.flags.clone(), confidence: None })
}

fn change_statement_record(row: &Statement<Change>) -> ChangeRecord {
    let mut record = ChangeRecord { because: row.because.clone(), flags: row.flags.clone(), ..Default::default() };
    match &row.judgement {
        Judgement::Rated(rated) => (record.change, record.low, record.high) = ends(*rated),
        Judgement::NotAssessed(reason) | Judgement::NotApplicable(reason) => record.not_assessed = Some(reason.clone()),
        Judgement::Contested(values) => record.contested = values.iter().map(|v| i64::from(v.value())).collect(),
    }
    record
}

/// A value and the ends that differ from it.
fn ends(rated: Ranged<Change>) -> (Option<i64>, Option<i64>, Option<i64>) {
    let end = |end: Change| (end != rated.value()).then(|| i64::from(end.value()));
    (Some(i64::from(rated.value().value())), end(rated.low()), end(rated.high()))
}

fn counterfactual(record: &CounterfactualRecord, at: &At<'_>, to: &Gather) -> Option<Counterfactual> {
    let forms = [
        ("difference", record.difference.is_some()),
        ("expected", record.expected.is_some()),
        ("not_assessed", record.not_assessed.is_some()),
    ];
    let low = change(record.low, "low", at, to);
    let high = change(record.high, "high", at, to);
    let form = one_form("a counterfactual", &forms, at, to)?;
    if form == "not_assessed" {
        no_ends("a counterfactual", form, [record.low.is_some(), record.high.is_some()], at, to)?;
    }
    let known = match form {
        "not_assessed" => Without::Unknown(record.not_assessed.read("not_assessed", at, to)??),
        _ => {
            need_because(&record.because, at, to);
            let value = change(record.difference.or(record.expected), if form == "expected" { "expected" } else { "difference" }, at, to);
            let range = ranged(value?, low?, high?, at, to)?;
            if form == "expected" { Without::Expected(range) } else { Without::Difference(range) }
        }
    };
    Some(Counterfactual { known, comparator: record.comparator.clone(), because: record.because.clone(), flags: record.flags.clone() })
}

fn counterfactual_record(row: &Counterfactual) -> CounterfactualRecord {
    let mut record = CounterfactualRecord {
        comparator: row.comparator.clone(),
        because: row.because.clone(),
        flags: row.flags.clone(),
        ..Default::default()
    };
    match &row.known {
        Without::Difference(range) => (record.difference, record.low, record.high) = ends(*range),
        Without::Expected(range) => (record.expected, record.low, record.high) = ends(*range),
        Without::Unknown(reason) => record.not_assessed = Some(reason.clone()),
    }
    record
}

impl Record for EffectRecord {
    type Row = Effect;
    const TABLE: &'static str = "effect";
    /// The target is a topic until the check has looked it up.
    fn read(&self, index: usize, ctx: &Ctx<'_>) -> Option<Effect> {
        let (at, to) = (At::row(Self::TABLE, index, &self.id), ctx.to);
        let id = self.id.read("id", &at, to);
        let title = self.title.read("title", &at, to);
        let on = self.on.read("on", &at, to);
        let regions = self.r#where.read("where", &at, to);
        let when = self.when.read("when", &at, to);
        let evidence = self.evidence.read("evidence", &at, to);
        let confidence = self.confidence.read("confidence", &at, to);
        let text = self.text.read("text", &at, to);
        let provenance = provenance(&self.cite, &self.origin, &at, ctx, true);
        let observed = match &self.observed {
            Some(record) => change_statement(record, &at.key("observed"), to),
            None => {
                let fields = vec!["observed.change".into(), "observed.not_assessed".into()];
                to.say(&at, ErrorKind::NoneOf { what: "an effect", fields });
                None
            }
        };
        let silent = || Counterfactual { known: Without::Unknown("silent".into()), comparator: None, because: None, flags: Vec::new() };
        let without = self.without.as_ref().map_or_else(|| Some(silent()), |record| counterfactual(record, &at.key("without"), to));
        let contribution = match &self.contribution {
            Some(record) => record.grade.read("grade", &at.key("contribution"), to).map(|grade| Credit {
                grade,
                because: record.because.clone(),
                flags: record.flags.clone(),
            }),
            None => {
                to.say(&at, ErrorKind::MissingField { field: "contribution" });
                None
            }
        };
        Some(Effect {
            id: id?,
            title: title?,
            on: Target::Topic(on?),
            regions: regions?,
            when: when?,
            risk: self.risk,
            observed: observed?,
            without: without?,
            contribution: contribution?,
            evidence: evidence?,
            confidence: confidence?,
            text: text?,
            provenance: provenance?,
        })
    }
    fn write(row: &Effect) -> Self {
        Self {
            id: Code::write(&row.id),
            title: row.title.clone(),
            on: row.on.as_str().to_owned(),
            r#where: Code::write(&row.regions),
            when: Code::write(&row.when),
            risk: row.risk,
            observed: Some(change_statement_record(&row.observed)),
            without: Some(counterfactual_record(&row.without)),
            contribution: Some(ContributionRecord {
                grade: row.contribution.grade.to_string(),
                because: row.contribution.because.clone(),
                flags: row.contribution.flags.clone(),
            }),
            evidence: Code::write(&row.evidence),
            confidence: Code::write(&row.confidence),
            text: row.text.clone(),
            cite: cites(&row.provenance),
            origin: origin(&row.provenance),
        }
    }
}

fn spread(share: &Option<QuantityText>, at: &At<'_>, to: &Gather) -> Option<Spread> {
    let Some(QuantityText(text)) = share else { return Some(Spread::Unknown) };
    if let Some((word, share)) = Spread::WORDS.iter().find(|(word, _)| word == text) {
        return Some(Spread::Word { word: (*word).to_owned(), stands_for: Decimal::of_thousandths(*share) });
    }
    let here = at.key("share");
    match text.parse::<f64>() {
        Ok(number) if (0.0..=1.0).contains(&number) => to.check(&here, Decimal::new(number)).map(Spread::Figure),
        Ok(_) => {
            to.say(&here, ErrorKind::OutOfRange { what: "share", found: text.clone(), min: "0".into(), max: "1".into() });
            None
        }
        Err(_) => {
            let names = Spread::WORDS.iter().map(|(word, _)| (*word).to_owned()).collect();
            let near = nearest(text, Spread::WORDS.iter().map(|(word, _)| *word));
            to.say(&here, ErrorKind::UnknownName { what: "share", found: text.clone(), near, names });
            None
        }
    }
}

impl Record for PositionRecord {
    type Row = Position;
    const TABLE: &'static str = "position";
    fn read(&self, index: usize, ctx: &Ctx<'_>) -> Option<Position> {
        let (at, to) = (At::row(Self::TABLE, index, &self.id), ctx.to);
        let id = self.id.read("id", &at, to);
        let group = self.group.read("group", &at, to);
        let proposition = self.proposition.read("proposition", &at, to);
        let stance = match self.stance {
            Some(stance) => bounded(stance, -2, 2, "stance", &at.key("stance"), to),
            None => {
                to.say(&at, ErrorKind::MissingField { field: "stance" });
                None
            }
        };
        let spread = spread(&self.share, &at, to);
        let when = self.when.read("when", &at, to);
        let regions = self.r#where.read("where", &at, to);
        let evidence = self.evidence.read("evidence", &at, to);
        let text = self.text.read("text", &at, to);
        let provenance = provenance(&self.cite, &self.origin, &at, ctx, true);
        Some(Position {
            id: id?,
            group: group?,
            proposition: proposition?,
            stance: i8::try_from(stance?).unwrap_or(0),
            spread: spread?,
            when: when?,
            regions: regions?,
            evidence: evidence?,
            flags: self.flags.clone(),
            text: text?,
            provenance: provenance?,
        })
    }
    fn write(row: &Position) -> Self {
        Self {
            id: Code::write(&row.id),
            group: Code::write(&row.group),
            proposition: Code::write(&row.proposition),
            stance: Some(i64::from(row.stance)),
            share: match &row.spread {
                Spread::Figure(share) => Some(QuantityText(share.to_string())),
                Spread::Word { word, .. } => Some(QuantityText(word.clone())),
                Spread::Unknown => None,
            },
            when: Code::write(&row.when),
            r#where: Code::write(&row.regions),
            evidence: Code::write(&row.evidence),
            flags: row.flags.clone(),
            text: row.text.clone(),
            cite: cites(&row.provenance),
            origin: origin(&row.provenance),
        }
    }
}
