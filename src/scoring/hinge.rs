//! Single rows which, moved within their own range, move a headline.

use serde::Serialize;

use super::kernel::{Tally, cell_level};
use super::median::lower_median;
use super::plan::Plan;
use super::profile::{Evaluated, level};
use crate::model::CaseStudy;
use crate::scale::{Level, Link};

/// A rating that moves a headline when it lies at one end of its own range.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hinge {
    /// The block of ratings, in words: `force/P3/C`.
    pub rating: String,
    /// Its link.
    pub link: Link,
    /// The level as stated.
    pub from: Level,
    /// The end of its range that moves the headline.
    pub to: Level,
    /// The headline then.
    pub headline: Level,
}

/// The hinges of every group, by the group's place.
///
/// A headline is monotone in every rating, so that only the two ends of a range have to be tried. A
/// rating touches few cells: their groups' weights are changed and changed back, no more.
pub(super) fn hinges(study: &CaseStudy, plan: &Plan, at: &Evaluated) -> Vec<Vec<Hinge>> {
    let mut found: Vec<Vec<Hinge>> = vec![Vec::new(); plan.groups()];
    let mut touched: Vec<Vec<u32>> = vec![Vec::new(); plan.slots.len() + 1];
    for (n, cell) in (0u32..).zip(&plan.cells) {
        if at.stated[n as usize] <= 4 {
            for (link, slot) in cell.slots.iter().enumerate() {
                if !cell.slots[..link].contains(slot) {
                    touched[*slot as usize].push(n);
                }
            }
        }
    }
    let mut tallies: Vec<Tally> = (0..plan.groups()).map(|group| *at.stated_of(group)).collect();
    let medians: Vec<Option<Level>> = tallies.iter().map(|tally| lower_median(&tally.levels)).collect();
    let mut levels = plan.stated.clone();
    let mut moved: Vec<(usize, u8, u8, u64)> = Vec::new();
    for (slot, row) in plan.slots.iter().enumerate() {
        let Some(from) = level(plan.stated[slot]) else { continue };
        for to in [plan.low[slot], plan.high[slot]] {
            if to == plan.stated[slot] {
                continue;
            }
            levels[slot] = to;
            moved.clear();
            for n in &touched[slot] {
                let cell = &plan.cells[*n as usize];
                let (before, after) = (at.stated[*n as usize], cell_level(cell, &levels));
                if before != after {
                    moved.extend(plan.groups_of(cell).map(|group| (group, before, after, cell.weight)));
                }
            }
            levels[slot] = plan.stated[slot];
            if moved.is_empty() {
                continue;
            }
            for (group, before, after, weight) in &moved {
                tallies[*group].take(*before, *weight);
                tallies[*group].add(*after, *weight);
            }
            moved.sort_unstable();
            let mut last = None;
            for (group, ..) in &moved {
                if last.replace(*group) == Some(*group) {
                    continue;
                }
                let median = lower_median(&tallies[*group].levels);
                if let (Some(headline), Some(to), true) = (median, level(to), median != medians[*group]) {
                    let rating = study.ratings()[row.rating].label();
                    found[*group].push(Hinge { rating, link: row.link, from, to, headline });
                }
            }
            for (group, before, after, weight) in &moved {
                tallies[*group].take(*after, *weight);
                tallies[*group].add(*before, *weight);
            }
        }
    }
    for hinges in &mut found {
        hinges.sort_by(|a, b| (&a.rating, a.link, a.to).cmp(&(&b.rating, b.link, b.to)));
    }
    found
}
