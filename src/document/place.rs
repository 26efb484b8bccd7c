//! Whether phases partition the window, units partition the area, and nothing goes in a circle.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::gather::{At, Gather};
use crate::date::Days;
use crate::error::ErrorKind;
use crate::id::{PhaseId, RegionId};
use crate::model::{Phase, Region, Study};

/// A row with its place among the records.
pub(super) type Placed<T> = (usize, T);

/// Phases hold every day of the window once.
pub(super) fn phases(study: &Study, phases: &[Placed<Phase>], to: &Gather) {
    let head = At::row("study", 0, study.id.as_str());
    let mut order: Vec<&Placed<Phase>> = phases.iter().collect();
    order.sort_by_key(|(_, phase)| (phase.days.first(), phase.days.last()));
    let gap = |first, last: NaiveDate| {
        let last = last.min(study.window.last());
        if let Some(days) = Days::new(first, last) {
            to.say(&head.key("when"), ErrorKind::PhaseGap { first: days.first().to_string(), last: days.last().to_string() });
        }
    };
    let mut next = study.window.first();
    let mut longest: Option<&PhaseId> = None;
    for (index, phase) in order {
        let at = At::row("phase", *index, phase.id.as_str());
        let outside = |first, last| {
            if Days::new(first, last).is_some() {
                let words = |day: NaiveDate| day.to_string();
                to.say(
                    &at.key("when"),
                    ErrorKind::OutOfRange {
                        what: "the phase",
                        found: phase.days.to_string(),
                        min: words(study.window.first()),
                        max: words(study.window.last()),
                    },
                );
            }
        };
        if phase.days.first() < study.window.first() {
            outside(phase.days.first(), study.window.first());
        } else if phase.days.last() > study.window.last() {
            outside(study.window.last(), phase.days.last());
        }
        if let Some(days) = next.pred_opt().and_then(|last| Days::new(phase.days.first(), last.min(phase.days.last())))
            && let Some(before) = longest
        {
            to.say(
                &at.key("when"),
                ErrorKind::PhaseOverlap { other: before.to_string(), first: days.first().to_string(), last: days.last().to_string() },
            );
        }
        gap(next, phase.days.first().pred_opt().unwrap_or(next));
        let after = phase.days.last().succ_opt().unwrap_or(phase.days.last());
        if longest.is_none() || after > next {
            longest = Some(&phase.id);
        }
        next = next.max(after);
    }
    gap(next, study.window.last());
}

/// Units partition the study's area, and there are at most 64 of them.
pub(super) fn units(study: &Study, regions: &[Placed<Region>], to: &Gather) {
    let head = At::row("study", 0, study.id.as_str());
    let by_id: HashMap<&RegionId, &Region> = regions.iter().map(|(_, r)| (&r.id, r)).collect();
    let around = |region: &Region| {
        let mut list: Vec<&Region> = Vec::new();
        let mut next = region.within.as_ref().and_then(|id| by_id.get(id));
        while let Some(region) = next.filter(|_| list.len() <= regions.len()) {
            list.push(region);
            next = region.within.as_ref().and_then(|id| by_id.get(id));
        }
        list
    };
    let say = |at: &At<'_>, message: String| to.say(at, ErrorKind::Units { message });
    let units = regions.iter().filter(|(_, r)| r.unit).count();
    if units == 0 {
        say(&head.key("area"), "no region is a unit".into());
        return;
    }
    if units > 64 {
        say(&head.key("area"), format!("{units} regions are units; there may be 64"));
    }
    let hold_units: HashSet<&RegionId> =
        regions.iter().filter(|(_, r)| r.unit).flat_map(|(_, r)| around(r).into_iter().map(|r| &r.id)).collect();
    for (index, region) in regions {
        let at = At::row("region", *index, region.id.as_str());
        let around = around(region);
        let in_area = region.id == study.area || around.iter().any(|r| r.id == study.area);
        if region.unit {
            if let Some(other) = around.iter().find(|r| r.unit) {
                say(&at.key("unit"), format!("the unit lies in another unit, `{}`", other.id));
            }
            if !in_area {
                say(&at.key("unit"), format!("the unit does not lie in the study's area, `{}`", study.area));
            }
        } else if in_area && !around.iter().any(|r| r.unit) && !hold_units.contains(&region.id) {
            say(&at, format!("the region lies in the area `{}` and in no unit", study.area));
        }
    }
}

/// Keeps a problem for each circle among rows, at the first of its rows.
///
/// `next` gives the places of the rows that a row refers to.
pub(super) fn circles(
    what: &'static str,
    table: &'static str,
    field: &str,
    ids: &[(usize, String)],
    next: &dyn Fn(usize) -> Vec<usize>,
    to: &Gather,
) {
    let mut done = vec![false; ids.len()];
    let mut on_trail = vec![false; ids.len()];
    for start in 0..ids.len() {
        let mut trail: Vec<usize> = Vec::new();
        let mut stack: Vec<(usize, Vec<usize>)> = Vec::new();
        let mut at = Some(start);
        loop {
            match at.take() {
                Some(row) if on_trail[row] => {
                    let from = trail.iter().position(|r| *r == row).unwrap_or(0);
                    let mut rows: Vec<String> = trail[from..].iter().map(|r| ids[*r].1.clone()).collect();
                    rows.push(ids[row].1.clone());
                    if rows.len() > 12 {
                        rows.truncate(11);
                        rows.push("…".into());
                    }
                    let (index, id) = &ids[row];
                    to.say(&At::row(table, *index, id).key(field), ErrorKind::Circle { what, rows });
                    trail.iter().for_each(|r| done[*r] = true);
                }
                Some(row) if !done[row] => {
                    trail.push(row);
                    on_trail[row] = true;
                    stack.push((row, next(row)));
                }
                _ => {}
            }
            match stack.last_mut() {
                None => break,
                Some((row, nexts)) => match nexts.pop() {
                    Some(next) => at = Some(next),
                    None => {
                        done[*row] = true;
                        on_trail[*row] = false;
                        trail.pop();
                        stack.pop();
                    }
                },
            }
        }
    }
}
