//! Findings counted by dimension: balances, bands, trends and breaks.

use std::collections::BTreeMap;

use peaceops::date::When;
use peaceops::model::Finding;
use peaceops::scale::{FindingKind, Salience};
use serde_json::{Map, Value, json};

use super::base::{Q, Slow};

/// An issue: its name, its kind, its weight.
type Issue<'a> = (&'a str, FindingKind, Q);

fn balance(issues: &[Issue<'_>]) -> Option<Q> {
    let of = |kinds: &[FindingKind]| Q::sum(issues.iter().filter(|(_, kind, _)| kinds.contains(kind)).map(|(.., weight)| *weight));
    let all = of(&[FindingKind::Strength, FindingKind::Limitation, FindingKind::Mixed]);
    (all.n > 0).then(|| of(&[FindingKind::Strength]).minus(of(&[FindingKind::Limitation])).over(all))
}

fn without<'a>(issues: &[Issue<'a>], at: usize) -> Vec<Issue<'a>> {
    let mut rest = issues.to_vec();
    rest.remove(at);
    rest
}

fn weighing(issues: &[Issue<'_>]) -> usize {
    issues.iter().filter(|(_, kind, _)| *kind != FindingKind::Neutral).count()
}

impl Slow<'_> {
    fn issues<'a>(&self, rows: &[&'a Finding]) -> Vec<Issue<'a>> {
        let mut by_name: BTreeMap<&str, (FindingKind, Salience)> = BTreeMap::new();
        for row in rows {
            let entry = by_name.entry(row.issue.as_str()).or_insert((row.kind, row.salience));
            entry.1 = entry.1.max(row.salience);
        }
        let rule = &self.method.balance;
        let weight = |salience: Salience| {
            Q::thousandths(
                match salience {
                    Salience::Minor => rule.minor,
                    Salience::Moderate => rule.moderate,
                    Salience::Major => rule.major,
                }
                .thousandths() as i64,
            )
        };
        by_name.into_iter().map(|(name, (kind, salience))| (name, kind, weight(salience))).collect()
    }

    fn count(&self, rows: &[&Finding]) -> Value {
        let issues = self.issues(rows);
        let mut kinds: Map<String, Value> = FindingKind::ALL.iter().map(|kind| (kind.name().to_owned(), json!(0))).collect();
        for (_, kind, _) in &issues {
            let count = kinds.entry(kind.name()).or_insert(json!(0));
            *count = json!(count.as_u64().unwrap() + 1);
        }
        let value = balance(&issues);
        let others: Vec<Q> = (0..issues.len()).filter_map(|at| balance(&without(&issues, at))).collect();
        let low = others.iter().copied().reduce(|a, b| if b.at_least(a) { a } else { b }).or(value);
        let high = others.iter().copied().reduce(|a, b| if b.at_least(a) { b } else { a }).or(value);
        let rule = &self.method.balance;
        let cut = |decimal: peaceops::measure::Decimal| Q::thousandths(decimal.thousandths());
        let minus = |q: Q| Q::ZERO.minus(q);
        let band = value.filter(|_| weighing(&issues) >= usize::from(rule.least_issues)).map(|value| {
            if minus(cut(rule.strong)).at_least(value) {
                "strongly-constraining"
            } else if minus(cut(rule.plain)).at_least(value) {
                "constraining"
            } else if value.at_least(cut(rule.strong)) {
                "strongly-enabling"
            } else if value.at_least(cut(rule.plain)) {
                "enabling"
            } else {
                "mixed"
            }
        });
        json!({
            "balance": value.map(|value| json!({"value": value.value(), "low": low.unwrap().value(), "high": high.unwrap().value()})),
            "band": band, "issues": kinds, "findings": rows.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(),
        })
    }

    fn trend(&self, before: &[&Finding], after: &[&Finding]) -> &'static str {
        let (before, after) = (self.issues(before), self.issues(after));
        let least = usize::from(self.method.trend.least_issues);
        if weighing(&before) < least || weighing(&after) < least {
            return "too-few";
        }
        // An issue that stands on both sides is left out of both.
        let mut names: Vec<&str> = before.iter().chain(&after).map(|(name, ..)| *name).collect();
        names.push("no issue at all");
        let rest = |issues: &[Issue<'_>], name: &str| {
            let rest: Vec<(&str, FindingKind, Q)> =
                issues.iter().filter(|(other, ..)| *other != name).map(|(_, kind, weight)| ("", *kind, *weight)).collect();
            balance(&rest)
        };
        let mut differences: Vec<Q> = Vec::new();
        for name in names {
            let (Some(was), Some(is)) = (rest(&before, name), rest(&after, name)) else { return "unclear" };
            differences.push(is.minus(was));
        }
        let step = Q::thousandths(self.method.trend.step.thousandths());
        let minus = Q::ZERO.minus(step);
        if differences.iter().all(|by| by.at_least(step)) {
            "improving"
        } else if differences.iter().all(|by| minus.at_least(*by)) {
            "declining"
        } else if differences.iter().all(|by| step.at_least(*by) && by.at_least(minus)) {
            "stable"
        } else {
            "unclear"
        }
    }

    /// The units that a row names, or of which it names a part; none for rows of a wider place.
    fn named(&self, row: &Finding) -> Vec<usize> {
        // A study of one unit says what it says of that unit.
        let alone = |region: &peaceops::id::RegionId| self.cover(std::slice::from_ref(region)).iter().filter(|unit| **unit).count() == 1;
        let names = |unit: &usize| self.units.len() == 1 || row.regions.iter().any(|region| alone(region) && self.touches(region, *unit));
        (0..self.units.len()).filter(names).collect()
    }

    pub(crate) fn dimensions(&self) -> Vec<Value> {
        let phases = self.study.phases();
        let mut list = Vec::new();
        for dimension in self.study.framework().dimensions() {
            let own: Vec<&Finding> = self.study.findings().iter().filter(|row| row.dimension == dimension.id).collect();
            let rows: Vec<&Finding> = own.iter().filter(|row| self.counts(&row.when).1).copied().collect();
            let in_phase = |phase: usize, dated: bool| -> Vec<&Finding> {
                let here = |row: &&&Finding| {
                    let (phases, _, has_date) = self.counts(&row.when);
                    phases.contains(&phase) && (has_date || !dated)
                };
                own.iter().filter(here).copied().collect()
            };
            let by_phase: Vec<Value> = (0..phases.len())
                .map(|phase| {
                    let here = in_phase(phase, false);
                    let mut value = self.count(&here);
                    let alone = |unit: &usize| !here.is_empty() && here.iter().all(|row| self.only(row, *unit));
                    let only = (0..self.units.len()).find(alone).map(|unit| self.units[unit].id.as_str());
                    (value["id"], value["only_region"]) = (json!(phases[phase].id.as_str()), json!(only));
                    value
                })
                .collect();
            let by_region: Vec<Value> = (0..self.units.len())
                .map(|unit| {
                    let here: Vec<&Finding> = rows.iter().filter(|row| self.named(row).contains(&unit)).copied().collect();
                    let mut value = self.count(&here);
                    value["id"] = json!(self.units[unit].id.as_str());
                    value
                })
                .collect();
            let trend: Vec<Value> = (1..phases.len())
                .map(|to| {
                    let trend = self.trend(&in_phase(to - 1, true), &in_phase(to, true));
                    json!({"from": phases[to - 1].id.as_str(), "to": phases[to].id.as_str(), "trend": trend})
                })
                .collect();
            let mut value = self.count(&rows);
            (value["id"], value["role"]) = (json!(dimension.id.as_str()), json!(dimension.role.name()));
            (value["by_phase"], value["by_region"], value["trend"]) = (json!(by_phase), json!(by_region), json!(trend));
            value["breaks"] = json!(self.breaks(dimension.id.as_str(), &own));
            list.push(value);
        }
        list
    }

    fn only(&self, row: &Finding, unit: usize) -> bool {
        let units = self.cover(&row.regions);
        self.units.len() > 1 && !row.regions.is_empty() && units[unit] && units.iter().filter(|unit| **unit).count() == 1
    }

    /// Dated rows before and from each turning point of the dimension, or of a unit.
    fn breaks(&self, dimension: &str, rows: &[&Finding]) -> Vec<Value> {
        let mut list = Vec::new();
        for turn in self.study.periods() {
            let Some(of) = turn.of.as_ref().map(|of| of.as_str()) else { continue };
            let unit = self.units.iter().position(|unit| unit.id == *of);
            if of != dimension && unit.is_none() {
                continue;
            }
            let Some(start) = turn.when.period().and_then(|period| period.start()) else { continue };
            let at = self.place(start.first());
            if at <= 0 || at >= self.days as i64 {
                continue;
            }
            let side = |from: i64, to: i64| -> Vec<&Finding> {
                let fits = |row: &&&Finding| {
                    let here = unit.is_none_or(|unit| self.named(row).contains(&unit));
                    let current = |&(first, last): &(usize, usize)| self.fits_days((first as i64, last as i64), (from, to));
                    here && match &row.when {
                        When::Dated(period) => self.fits(period, (from, to)),
                        When::Current => self.current().is_some_and(|phase| current(&self.phases[phase])),
                        _ => false,
                    }
                };
                rows.iter().filter(fits).copied().collect()
            };
            let (before, after) = (side(0, at - 1), side(at, self.days as i64 - 1));
            let region = unit.map(|unit| self.units[unit].id.as_str());
            list.push(json!({"period": turn.id.as_str(), "region": region, "trend": self.trend(&before, &after)}));
        }
        list
    }
}
