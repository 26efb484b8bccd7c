//! The exact range of a headline over everything that is drawn.

use super::input::Drawn;
use crate::scale::Level;
use crate::scoring::Bounds;
use crate::scoring::kernel::{Inputs, Tally, UNKNOWN, eval};
use crate::scoring::median::level_by;
use crate::scoring::plan::Plan;

/// The exact range of every group's headline, the weights and aggregators that are drawn included; floors of
/// coverage aside, which no level moves.
///
/// A headline is monotone in every level: its ends lie where all levels lie at their ends. In the weights of tiers,
/// "at least so much of the weight at or below" is linear: its ends lie in the corners, each weight at its least or
/// its most. So sixteen corners for each pair of aggregators say all.
pub(super) fn reach(plan: &Plan, drawn: &Drawn) -> Vec<Option<Bounds>> {
    // Contested links lie at their ends, unknown ones stay unknown.
    let ends = [(&plan.low, &plan.free_low), (&plan.high, &plan.free_high)].map(|(end, free)| {
        end.iter().zip(free).zip(&drawn.levels).map(|((end, free), at)| if *at < UNKNOWN { *free } else { *end }).collect::<Vec<u8>>()
    });
    let spread = u64::from(drawn.weights);
    let corners = if spread == 0 { 1 } else { 16u8 };
    let mut reach: Vec<Option<(Level, Level)>> = vec![None; plan.groups()];
    let mut groups = vec![Tally::default(); plan.groups()];
    for levels in &ends {
        for (links, corner) in drawn.links.iter().flat_map(|links| (0..corners).map(move |corner| (*links, corner))) {
            let tier = |tier: u8| {
                if spread == 0 {
                    1
                } else if corner >> tier & 1 == 0 {
                    1000 - spread
                } else {
                    1000 + spread
                }
            };
            eval(plan, &Inputs { levels, tiers: [tier(0), tier(1), tier(2), tier(3)], links }, &mut groups);
            for (group, range) in groups.iter().zip(&mut reach) {
                for level in drawn.cells.iter().filter_map(|cells| level_by(*cells, &group.levels)) {
                    let (low, high) = range.get_or_insert((level, level));
                    (*low, *high) = ((*low).min(level), (*high).max(level));
                }
            }
        }
    }
    reach.into_iter().map(|range| range.map(|(low, high)| Bounds { low, high })).collect()
}
