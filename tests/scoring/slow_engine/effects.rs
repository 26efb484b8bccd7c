//! Relevance: the situation, what is credited, the risks; a line per target and place.

use peaceops::model::{Effect, Target, Without};
use peaceops::scale::{Contribution, Judgement};
use serde_json::{Map, Value, json};

use super::base::Slow;

/// Value, low and high of the difference that an effect made.
fn difference(effect: &Effect) -> Option<(i64, i64, i64)> {
    match &effect.without.known {
        Without::Difference(range) => Some((range.value().value().into(), range.low().value().into(), range.high().value().into())),
        Without::Expected(expected) => {
            let Judgement::Rated(seen) = &effect.observed.judgement else { return None };
            let cap = |a: i8, b: i8| (i64::from(a) - i64::from(b)).clamp(-3, 3);
            let (low, high) = (cap(seen.low().value(), expected.high().value()), cap(seen.high().value(), expected.low().value()));
            Some((cap(seen.value().value(), expected.value().value()), low, high))
        }
        Without::Unknown(_) => None,
    }
}

fn class((_, low, high): (i64, i64, i64)) -> &'static str {
    match (low.signum(), high.signum()) {
        (1, _) => "positive",
        (0, 1) => "positive-or-nil",
        (0, 0) => "nil",
        (-1, 0) => "negative-or-nil",
        (_, -1) => "negative",
        _ => "not-established",
    }
}

fn situation<'a>(effects: impl Iterator<Item = &'a Effect>) -> Value {
    let mut value =
        json!({"better": [], "same": [], "worse": [], "clearly_better": 0, "clearly_worse": 0, "contested": [], "not_told": []});
    for effect in effects.filter(|effect| !effect.risk) {
        let list = match &effect.observed.judgement {
            Judgement::Rated(seen) => {
                let seen = seen.value().value();
                if seen.abs() >= 2 {
                    let count = &mut value[if seen > 0 { "clearly_better" } else { "clearly_worse" }];
                    *count = json!(count.as_u64().unwrap() + 1);
                }
                match seen.signum() {
                    1 => "better",
                    0 => "same",
                    _ => "worse",
                }
            }
            Judgement::Contested(_) => "contested",
            _ => "not_told",
        };
        value[list].as_array_mut().unwrap().push(json!(effect.id.as_str()));
    }
    value
}

fn credited<'a>(effects: impl Iterator<Item = &'a Effect>) -> Value {
    let mut value = json!({
        "compared": {}, "associated_better": [], "associated_same": [], "associated_worse": [], "not_told": [], "undetermined": [],
    });
    for effect in effects.filter(|effect| !effect.risk) {
        let id = json!(effect.id.as_str());
        match effect.contribution.grade {
            Contribution::None => continue,
            Contribution::Undetermined => value["undetermined"].as_array_mut().unwrap().push(id),
            _ => {
                if let Some(difference) = difference(effect) {
                    let list = value["compared"].as_object_mut().unwrap().entry(class(difference)).or_insert(json!([]));
                    list.as_array_mut().unwrap().push(id);
                    continue;
                }
                let list = match &effect.observed.judgement {
                    Judgement::Rated(seen) => match seen.value().value().signum() {
                        1 => "associated_better",
                        0 => "associated_same",
                        _ => "associated_worse",
                    },
                    _ => "not_told",
                };
                value[list].as_array_mut().unwrap().push(id);
            }
        }
    }
    value
}

fn tally(effects: &[&Effect]) -> Value {
    let risks: Vec<&str> = effects.iter().filter(|effect| effect.risk).map(|effect| effect.id.as_str()).collect();
    json!({"situation": situation(effects.iter().copied()), "credited": credited(effects.iter().copied()), "risks": risks})
}

impl Slow<'_> {
    pub(crate) fn relevance(&self) -> Value {
        let effects = self.study.effects();
        let mut by_phase = Vec::new();
        for (phase, row) in self.study.phases().iter().enumerate() {
            let here: Vec<&Effect> = effects.iter().filter(|effect| self.counts(&effect.when).0.contains(&phase)).collect();
            let mut by_region = Vec::new();
            for unit in 0..self.units.len() {
                let alone = |effect: &&&Effect| {
                    let units = self.cover(&effect.regions);
                    !effect.risk && !effect.regions.is_empty() && units[unit] && units.iter().filter(|unit| **unit).count() == 1
                };
                let alone: Vec<&Effect> = here.iter().filter(alone).copied().collect();
                let mut value = situation(alone.into_iter());
                value["region"] = json!(self.units[unit].id.as_str());
                by_region.push(value);
            }
            let mut value = tally(&here);
            (value["id"], value["situation_by_region"]) = (json!(row.id.as_str()), json!(by_region));
            by_phase.push(value);
        }
        let whole: Vec<&Effect> = effects.iter().filter(|effect| self.counts(&effect.when).1).collect();
        let seen: Vec<&&Effect> = whole.iter().filter(|effect| !effect.risk).collect();
        let compared: Vec<&&&Effect> = seen.iter().filter(|effect| difference(effect).is_some()).collect();
        json!({
            "by_phase": by_phase, "whole": tally(&whole), "targets": self.targets(), "drivers": self.driver_coverage(),
            "coverage": {
                "effects": seen.len(),
                "observed": seen.iter().filter(|effect| matches!(effect.observed.judgement, Judgement::Rated(_))).count(),
                "compared": compared.len(),
                "forecasts": compared.iter().filter(|effect| effect.without.flags.iter().any(|flag| flag == "forecast")).count(),
            },
        })
    }

    fn targets(&self) -> Vec<Value> {
        let mut lines: Vec<(usize, &Target, Vec<&str>, Vec<&Effect>)> = Vec::new();
        for effect in self.study.effects() {
            let regions: Vec<&str> = effect.regions.iter().map(|region| region.as_str()).collect();
            match lines.iter_mut().find(|(_, on, places, _)| **on == effect.on && *places == regions) {
                Some((.., list)) => list.push(effect),
                None => {
                    let topic = self.study.framework().topics().iter().position(|topic| topic.id == *effect.on.as_str());
                    let rank = if matches!(effect.on, Target::Topic(_)) { topic.unwrap() } else { usize::MAX };
                    lines.push((rank, &effect.on, regions, vec![effect]));
                }
            }
        }
        lines.sort_by_key(|(rank, on, regions, _)| (*rank, (*on).clone(), regions.clone()));
        let line = |(_, on, regions, effects): (usize, &Target, Vec<&str>, Vec<&Effect>)| {
            let mut by_phase: Map<String, Value> = self.study.phases().iter().map(|phase| (phase.id.to_string(), json!([]))).collect();
            let mut elsewhere = Vec::new();
            for effect in effects {
                let phases = self.counts(&effect.when).0;
                if phases.is_empty() {
                    elsewhere.push(effect.id.as_str());
                }
                for phase in phases {
                    let list = by_phase.entry(self.study.phases()[phase].id.as_str()).or_insert(json!([]));
                    list.as_array_mut().unwrap().push(json!(effect.id.as_str()));
                }
            }
            json!({"target": serde_json::to_value(on).unwrap(), "regions": regions, "by_phase": by_phase, "elsewhere": elsewhere})
        };
        lines.into_iter().map(line).collect()
    }
}
