//! One evaluation of a plan: from the levels of ratings to the weights of groups.
//!
//! Everything that is computed on congruence goes through here: the stated levels, the low and the
//! high ends, unknown links set free, and (with the uncertainty analysis) every draw. It allocates
//! nothing.

use super::median::Weights;
use super::plan::{Cell, Plan};

/// A link or cell that is not assessed.
pub(crate) const UNKNOWN: u8 = 5;
/// A link or cell that does not apply.
pub(crate) const NOT_APPLICABLE: u8 = 6;

/// The weight of a group by level, not assessed, and not applicable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) levels: Weights,
    pub(crate) unknown: u64,
    pub(crate) not_applicable: u64,
}

impl Tally {
    pub(crate) fn add(&mut self, level: u8, weight: u64) {
        match self.levels.get_mut(usize::from(level)) {
            Some(sum) => *sum += weight,
            None if level == UNKNOWN => self.unknown += weight,
            None => self.not_applicable += weight,
        }
    }

    pub(crate) fn take(&mut self, level: u8, weight: u64) {
        match self.levels.get_mut(usize::from(level)) {
            Some(sum) => *sum -= weight,
            None if level == UNKNOWN => self.unknown -= weight,
            None => self.not_applicable -= weight,
        }
    }

    /// The weight assessed.
    pub(crate) fn assessed(&self) -> u64 {
        self.levels.iter().sum()
    }

    /// The weight to which the question applies.
    pub(crate) fn applicable(&self) -> u64 {
        self.assessed() + self.unknown
    }
}

/// The level of a cell: the minimum of its links.
///
/// A link that does not apply leaves the minimum; if none applies the cell does not. A link not
/// assessed leaves the cell not assessed.
pub(crate) fn cell_level(cell: &Cell, levels: &[u8]) -> u8 {
    let mut least = NOT_APPLICABLE;
    for slot in &cell.slots {
        match levels[*slot as usize] {
            UNKNOWN => return UNKNOWN,
            NOT_APPLICABLE => {}
            level => least = least.min(level),
        }
    }
    least
}

/// Evaluates a plan: `levels` holds a level for each slot, `groups` takes the weights of each group.
pub(crate) fn eval(plan: &Plan, levels: &[u8], groups: &mut [Tally]) {
    groups.fill(Tally::default());
    for cell in &plan.cells {
        let level = cell_level(cell, levels);
        for group in plan.groups_of(cell) {
            groups[group].add(level, cell.weight);
        }
    }
}
