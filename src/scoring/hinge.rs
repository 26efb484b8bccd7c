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

/// The cells with a level that each slot bears on.
struct Touched {
    /// Places of cells, those of one slot together.
    cells: Vec<u32>,
    /// Where those of each slot begin, and where the last ones end.
    starts: Vec<usize>,
}

impl Touched {
    fn of(plan: &Plan, at: &Evaluated) -> Self {
        let mut touches: Vec<(u32, u32)> = Vec::with_capacity(plan.cells.len() * 4);
        for (n, cell) in (0u32..).zip(&plan.cells).filter(|(n, _)| at.stated[*n as usize] <= 4) {
            touches.extend(cell.slots.iter().map(|slot| (*slot, n)));
        }
        touches.sort_unstable();
        let start = |slot: usize| touches.partition_point(|(of, _)| (*of as usize) < slot);
        let starts = (0..=plan.slots.len()).map(start).collect();
        Self { cells: touches.into_iter().map(|(_, cell)| cell).collect(), starts }
    }

    fn by(&self, slot: usize) -> &[u32] {
        &self.cells[self.starts[slot]..self.starts[slot + 1]]
    }
}

/// The hinges of every group, by the group's place.
///
/// A headline is monotone in every rating, so that only the two ends of a range have to be tried. A
/// rating touches few cells: their groups' weights are changed and changed back, no more.
pub(super) fn hinges(study: &CaseStudy, plan: &Plan, at: &Evaluated) -> Vec<Vec<Hinge>> {
    let mut found: Vec<Vec<Hinge>> = vec![Vec::new(); plan.groups()];
    let touched = Touched::of(plan, at);
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
            for n in touched.by(slot) {
                let cell = &plan.cells[*n as usize];
                let (before, after) = (at.stated[*n as usize], cell_level(plan.links, cell, &levels));
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
