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

/// How the links of a cell make its level.
///
/// The minimum is the method's; the others stand beside it, to see whether an answer hangs on it. A mean
/// lets a surplus pay for a deficit, the geometric one in part (OECD/JRC 2008, on compensability); both are
/// rounded down to a level, so that no level is made that no anchor describes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Aggregator {
    #[default]
    Minimum,
    /// The largest level whose power does not exceed the product: 4, 2, 2, 3 make 48, under 3⁴: 2.
    Geometric,
    /// 4, 2, 2, 3 make 11 of 4: 2.
    Arithmetic,
}

impl Aggregator {
    /// The level of some links that are all rated; `NOT_APPLICABLE` of none.
    fn of(self, levels: impl Iterator<Item = u8> + Clone) -> u8 {
        let count = levels.clone().count();
        match self {
            _ if count == 0 => NOT_APPLICABLE,
            Self::Minimum => levels.fold(NOT_APPLICABLE, u8::min),
            Self::Geometric => {
                let product: u32 = levels.map(u32::from).product();
                (0..=4u8).rev().find(|level| (0..count).map(|_| u32::from(*level)).product::<u32>() <= product).unwrap_or(0)
            }
            Self::Arithmetic => levels.sum::<u8>() / u8::try_from(count).unwrap_or(u8::MAX),
        }
    }
}

/// The level of a cell: the minimum of its links, or another aggregate where a plan asks for one.
///
/// A link that does not apply leaves it; if none applies the cell does not. A link not
/// assessed leaves the cell not assessed.
pub(crate) fn cell_level(how: Aggregator, cell: &Cell, levels: &[u8]) -> u8 {
    if how != Aggregator::Minimum {
        let links = cell.slots.iter().map(|slot| levels[*slot as usize]);
        return if links.clone().any(|level| level == UNKNOWN) { UNKNOWN } else { how.of(links.filter(|level| *level < UNKNOWN)) };
    }
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
        let level = cell_level(plan.aggregator, cell, levels);
        for group in plan.groups_of(cell) {
            groups[group].add(level, cell.weight);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aggregates_are_rounded_down_to_a_level() {
        let all =
            |levels: &[u8]| [Aggregator::Minimum, Aggregator::Geometric, Aggregator::Arithmetic].map(|how| how.of(levels.iter().copied()));
        assert_eq!(all(&[4, 2, 2, 3]), [2, 2, 2]);
        assert_eq!(all(&[3, 3, 1, 2]), [1, 2, 2], "18 lies between 2⁴ and 3⁴");
        assert_eq!(all(&[4, 4, 4, 0]), [0, 0, 3]);
        assert_eq!(all(&[4, 4, 4, 1]), [1, 2, 3], "64 of 4³ and 3⁴ = 81");
        assert_eq!(all(&[4, 4, 4, 4]), [4, 4, 4]);
        assert_eq!(all(&[4, 1]), [1, 2, 2]);
        assert_eq!(all(&[]), [NOT_APPLICABLE; 3]);
    }
}
