//! Profiles of groups of cells, tasks over their cells, hinges, and cells matched with cells.

use peaceops::scale::{Link, Tier};
use serde_json::{Value, json};

use super::base::{Q, Slow, share};
use super::cells::{Cell, Say, Sum, name};

/// A group of cells: those of a phase, a unit, both or neither; without a phase those of the main phases.
pub(crate) type Group = (Option<usize>, Option<usize>);

pub(crate) fn inside(cell: &Cell, (phase, unit): Group) -> bool {
    phase.map_or(!cell.apart, |phase| cell.phase == phase) && unit.is_none_or(|unit| cell.unit == unit)
}

fn total<'a>(cells: impl Iterator<Item = &'a Cell>) -> Q {
    Q::sum(cells.map(|cell| cell.weight))
}

/// The smallest level with at least half of the weight at or below it.
pub(crate) fn median(levels: &[(u8, Q)]) -> Option<u8> {
    let all = Q::sum(levels.iter().map(|(_, weight)| *weight));
    (0..=4).find(|at| {
        let under = Q::sum(levels.iter().filter(|(level, _)| level <= at).map(|(_, weight)| *weight));
        all.n > 0 && under.times(Q::new(2, 1)).at_least(all)
    })
}

/// The share at or above a level, of the weight of what has one.
fn at_or_above(levels: &[(u8, Q)], least: u8) -> Value {
    let part = Q::sum(levels.iter().filter(|(level, _)| *level >= least).map(|(_, weight)| *weight));
    share(part, Q::sum(levels.iter().map(|(_, weight)| *weight)))
}

fn knowns(cells: &[&Cell], which: fn(u8, u8, u8) -> u8) -> Vec<(u8, Q)> {
    cells
        .iter()
        .filter_map(|cell| match cell.sum() {
            Sum::Known { level, low, high } => Some((which(level, low, high), cell.weight)),
            _ => None,
        })
        .collect()
}

/// The ends of what the cells' levels may be, unknown links free.
fn bounds(cells: &[&Cell]) -> Value {
    let ends = |which: fn(u8, u8) -> u8| {
        let list: Vec<(u8, Q)> = cells
            .iter()
            .filter_map(|cell| match cell.sum() {
                Sum::Known { low, high, .. } => Some((which(low, high), cell.weight)),
                Sum::Unknown { least, at_most } => Some((which(least, at_most), cell.weight)),
                Sum::NotApplicable => None,
            })
            .collect();
        median(&list)
    };
    match (ends(|low, _| low), ends(|_, high| high)) {
        (Some(low), Some(high)) => json!({"low": name(low), "high": name(high)}),
        _ => Value::Null,
    }
}

impl Slow<'_> {
    pub(crate) fn headline(&self, cells: &[&Cell], of_region: bool) -> Value {
        let applicable = total(cells.iter().filter(|cell| cell.sum() != Sum::NotApplicable).copied());
        let known: Vec<&Cell> = cells.iter().filter(|cell| matches!(cell.sum(), Sum::Known { .. })).copied().collect();
        let assessed = total(known.iter().copied());
        let regional = total(known.iter().filter(|cell| cell.spoken_of_here()).copied());
        let unknown = |reason: &str| json!({"status": "unknown", "reason": reason});
        let rule = &self.method.congruence;
        if applicable.n == 0 {
            unknown("no-tasks")
        } else if !assessed.over(applicable).at_least(Q::thousandths(rule.coverage_floor.thousandths())) || assessed.n == 0 {
            unknown("under-the-floor")
        } else if of_region && self.units.len() > 1 && !regional.over(assessed).at_least(Q::thousandths(rule.regional_floor.thousandths()))
        {
            unknown("too-little-is-said-of-this-region")
        } else {
            let end = |which| name(median(&knowns(&known, which)).unwrap());
            json!({"status": "known", "level": end(|l, _, _| l), "low": end(|_, a, _| a), "high": end(|_, _, b| b)})
        }
    }

    pub(crate) fn profile(&self, all: &[Cell], group: Group, hinges: Value) -> Value {
        let cells: Vec<&Cell> = all.iter().filter(|cell| inside(cell, group)).collect();
        let applicable: Vec<&Cell> = cells.iter().filter(|cell| cell.sum() != Sum::NotApplicable).copied().collect();
        let known: Vec<&Cell> = cells.iter().filter(|cell| matches!(cell.sum(), Sum::Known { .. })).copied().collect();
        let (of, assessed) = (total(applicable.iter().copied()), total(known.iter().copied()));
        let at = |cells: &[&Cell], level: u8, of: Q| {
            share(Q::sum(knowns(cells, |l, _, _| l).iter().filter(|(l, _)| *l == level).map(|(_, weight)| *weight)), of)
        };
        let links: Vec<Value> = (0..4).map(|link| self.link_profile(&cells, link, assessed)).collect();
        let mut by_tier = Vec::new();
        for tier in [Tier::Strategic, Tier::Core, Tier::Additional, Tier::Enabling] {
            let here: Vec<&Cell> = applicable.iter().filter(|cell| cell.tier == tier).copied().collect();
            let levels: Vec<Value> = (0..=4).map(|level| at(&here, level, of)).collect();
            let open = total(here.iter().filter(|cell| matches!(cell.sum(), Sum::Unknown { .. })).copied());
            by_tier.push(json!({"tier": tier.name(), "levels": levels, "not_assessed": share(open, of)}));
        }
        let mut counts = [0; 4];
        for task in 0..self.study.tasks().len() {
            let here = applicable.iter().filter(|cell| cell.task == task).count();
            let done = known.iter().filter(|cell| cell.task == task).count();
            if here > 0 {
                counts[0] += 1;
                counts[if done == here {
                    1
                } else if done > 0 {
                    2
                } else {
                    3
                }] += 1;
            }
        }
        json!({
            "headline": self.headline(&cells, group.1.is_some()),
            "bounds": bounds(&cells),
            "links": links,
            "distribution": (0..=4).map(|level| at(&known, level, assessed)).collect::<Vec<_>>(),
            "by_tier": by_tier,
            "partial_or_better": at_or_above(&knowns(&known, |l, _, _| l), 2),
            "coverage": {
                "weight": share(assessed, of),
                "tasks": {"applicable": counts[0], "everywhere": counts[1], "in_places": counts[2], "nowhere": counts[3]},
            },
            "means_in_general": share(total(known.iter().filter(|cell| cell.by_inheritance_alone()).copied()), assessed),
            "regional": share(total(known.iter().filter(|cell| cell.spoken_of_here()).copied()), assessed),
            "hinges": hinges,
        })
    }

    fn link_profile(&self, cells: &[&Cell], link: usize, assessed: Q) -> Value {
        let rated = |which: fn(u8, u8, u8) -> u8| -> Vec<(u8, Q)> {
            cells
                .iter()
                .filter_map(|cell| match cell.links[link].say {
                    Say::Rated { level, low, high } => Some((which(level, low, high), cell.weight)),
                    _ => None,
                })
                .collect()
        };
        let levels = rated(|level, _, _| level);
        let applicable = total(cells.iter().filter(|cell| cell.links[link].say != Say::NotApplicable).copied());
        let binds = total(cells.iter().filter(|cell| cell.binding().0.contains(&link)).copied());
        json!({
            "link": Link::ALL[link].name(),
            "level": median(&levels).map(name),
            "low": median(&rated(|_, low, _| low)).map(name),
            "high": median(&rated(|_, _, high| high)).map(name),
            "partial_or_better": at_or_above(&levels, 2),
            "substantial_or_better": at_or_above(&levels, 3),
            "coverage": share(Q::sum(levels.iter().map(|(_, weight)| *weight)), applicable),
            "binds": share(binds, assessed),
        })
    }

    /// Every statement moved to each end of its range, and every headline made again.
    pub(crate) fn hinges(&self, cells: &[Cell], groups: &[Group]) -> Vec<Value> {
        let of = |cells: &[Cell], group: &Group| {
            let here: Vec<&Cell> = cells.iter().filter(|cell| inside(cell, *group)).collect();
            self.headline(&here, group.1.is_some())["level"].clone()
        };
        let before: Vec<Value> = groups.iter().map(|group| of(cells, group)).collect();
        let mut found: Vec<Vec<Value>> = vec![Vec::new(); groups.len()];
        for (block, row) in self.study.ratings().iter().enumerate() {
            for link in 0..4 {
                let Some(Say::Rated { level, low, high }) = row.links[link].as_ref().map(|s| super::cells::say(&s.judgement)) else {
                    continue;
                };
                for to in [low, high] {
                    if to == level || !cells.iter().any(|cell| cell.links[link].from == Some((block, link))) {
                        continue;
                    }
                    let mut moved = cells.to_vec();
                    for cell in moved.iter_mut().filter(|cell| cell.links[link].from == Some((block, link))) {
                        cell.links[link].say = Say::Rated { level: to, low, high };
                    }
                    for (at, group) in groups.iter().enumerate() {
                        let touched = cells.iter().any(|c| inside(c, *group) && c.links[link].from == Some((block, link)));
                        if before[at].is_null() || !touched {
                            continue;
                        }
                        let after = of(&moved, group);
                        if after != before[at] {
                            found[at].push(json!({
                                "rating": row.label(), "link": Link::ALL[link].name(), "from": name(level), "to": name(to), "headline": after,
                            }));
                        }
                    }
                }
            }
        }
        found.into_iter().map(Value::from).collect()
    }

    /// Each task over its cells.
    pub(crate) fn tasks(&self, cells: &[Cell]) -> Vec<Value> {
        let mut list = Vec::new();
        for (task, row) in self.study.tasks().iter().enumerate() {
            let own: Vec<&Cell> = cells.iter().filter(|cell| cell.task == task).collect();
            if own.is_empty() {
                continue;
            }
            let whole: Vec<&Cell> = own.iter().filter(|cell| !cell.apart).copied().collect();
            let links = |pick: fn(&Cell) -> Vec<usize>| {
                (0..4).filter(|link| whole.iter().any(|cell| pick(cell).contains(link))).collect::<Vec<usize>>()
            };
            let binding = links(|cell| cell.binding().0);
            let may: Vec<usize> = links(|cell| cell.binding().1).into_iter().filter(|link| !binding.contains(link)).collect();
            let names = |links: &[usize]| links.iter().map(|link| Link::ALL[*link].name()).collect::<Vec<_>>();
            list.push(json!({
                "id": row.id.as_str(),
                "level": median(&knowns(&whole, |l, _, _| l)).map(name),
                "low": median(&knowns(&whole, |_, a, _| a)).map(name),
                "high": median(&knowns(&whole, |_, _, b| b)).map(name),
                "bounds": bounds(&whole),
                "binding": names(&binding),
                "may_bind": names(&may),
                "assessed": own.iter().filter(|cell| matches!(cell.sum(), Sum::Known { .. })).count(),
                "cells": own.iter().map(|cell| self.cell_value(cell)).collect::<Vec<_>>(),
            }));
        }
        list
    }

    /// Each phase with the next, and in each phase each unit with those before it.
    pub(crate) fn changes(&self, cells: &[Cell]) -> Vec<Value> {
        let phase = |at: usize| self.study.phases()[at].id.as_str();
        let unit = |at: usize| self.units[at].id.as_str();
        let mut list = Vec::new();
        for later in 1..self.phases.len() {
            let pairs = cells.iter().filter(|cell| cell.phase == later).filter_map(|cell| {
                let before = cells.iter().find(|c| c.task == cell.task && c.unit == cell.unit && c.phase == later - 1)?;
                Some((before, cell, json!({"task": self.study.tasks()[cell.task].id.as_str(), "region": unit(cell.unit)})))
            });
            list.push(matched(json!({"kind": "phases", "from": phase(later - 1), "to": phase(later)}), pairs));
        }
        for at in 0..self.phases.len() {
            for region in 1..self.units.len() {
                for against in 0..region {
                    let pairs = cells.iter().filter(|cell| cell.phase == at && cell.unit == region).filter_map(|cell| {
                        let other = cells.iter().find(|c| c.task == cell.task && c.unit == against && c.phase == at)?;
                        Some((other, cell, json!({"task": self.study.tasks()[cell.task].id.as_str()})))
                    });
                    let what = json!({"kind": "regions", "region": unit(region), "against": unit(against), "phase": phase(at)});
                    list.push(matched(what, pairs));
                }
            }
        }
        list
    }
}

/// Pairs of cells, the second held against the first.
fn matched<'a>(what: Value, all: impl Iterator<Item = (&'a Cell, &'a Cell, Value)>) -> Value {
    let (mut higher, mut lower, mut unequal) = (Vec::new(), Vec::new(), Vec::new());
    let (mut pairs, mut same, mut beyond) = (0, 0, 0);
    for (first, second, row) in all {
        let (Sum::Known { level: a, low: a_low, high: a_high }, Sum::Known { level: b, low: b_low, high: b_high }) =
            (first.sum(), second.sum())
        else {
            continue;
        };
        if first.regional_footing() != second.regional_footing() {
            unequal.push(row);
            continue;
        }
        pairs += 1;
        match b.cmp(&a) {
            std::cmp::Ordering::Greater => higher.push(row),
            std::cmp::Ordering::Less => lower.push(row),
            std::cmp::Ordering::Equal => same += 1,
        }
        if b_low > a_high || b_high < a_low {
            beyond += 1;
        }
    }
    json!({
        "what": what, "pairs": pairs, "higher": higher, "lower": lower, "same": same, "beyond_both_ranges": beyond,
        "not_comparable": unequal,
    })
}
