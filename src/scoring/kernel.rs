//! One evaluation of a plan: from the levels of ratings to the weights of groups.
//!
//! Everything that is computed on congruence goes through here: the stated levels, the low and the
//! high ends, unknown links set free, and every draw of the uncertainty analysis. It allocates nothing.

use super::median::Weights;
use super::method::LinkAggregator;
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
    /// The weight assessed in cells with a link rated for their region.
    pub(crate) regional: u64,
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

    /// Takes in another group.
    fn join(&mut self, other: &Self) {
        for (sum, weight) in self.levels.iter_mut().zip(&other.levels) {
            *sum += weight;
        }
        self.unknown += other.unknown;
        self.not_applicable += other.not_applicable;
        self.regional += other.regional;
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

/// What a plan is evaluated at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Inputs<'a> {
    /// A level for each slot.
    pub(crate) levels: &'a [u8],
    /// By how much the weight of each tier is multiplied.
    pub(crate) tiers: [u64; 4],
    /// How links make a cell.
    pub(crate) links: LinkAggregator,
}

impl<'a> Inputs<'a> {
    /// Levels with the plan's own weights and aggregator: what every plain result is evaluated at.
    pub(crate) fn plain(plan: &Plan, levels: &'a [u8]) -> Self {
        Self { levels, tiers: [1; 4], links: plan.links }
    }
}

/// The level of a cell: the minimum of its links, or another aggregate where it is asked for.
///
/// A link that does not apply leaves it; if none applies the cell does not. A link not
/// assessed leaves the cell not assessed.
pub(crate) fn cell_level(how: LinkAggregator, cell: &Cell, levels: &[u8]) -> u8 {
    let links = cell.slots.map(|slot| levels[slot as usize]);
    if how == LinkAggregator::Minimum { minimum(links) } else { aggregate(how, links) }
}

fn minimum(links: [u8; 4]) -> u8 {
    let mut least = NOT_APPLICABLE;
    for level in links {
        match level {
            UNKNOWN => return UNKNOWN,
            NOT_APPLICABLE => {}
            level => least = least.min(level),
        }
    }
    least
}

fn aggregate(how: LinkAggregator, mut links: [u8; 4]) -> u8 {
    if links.contains(&UNKNOWN) {
        return UNKNOWN;
    }
    // links that do not apply have the highest code and so stand last
    links.sort_unstable();
    let count = links.iter().filter(|level| **level != NOT_APPLICABLE).count();
    let Some(levels) = links.get(..count).filter(|levels| !levels.is_empty()) else { return NOT_APPLICABLE };
    match how {
        LinkAggregator::Minimum => levels[0],
        LinkAggregator::LowerMedian => levels[(count - 1) / 2],
        LinkAggregator::Geometric => {
            let product: u32 = levels.iter().map(|level| u32::from(*level)).product();
            (0..=4u8).rev().find(|level| (0..count).map(|_| u32::from(*level)).product::<u32>() <= product).unwrap_or(0)
        }
        LinkAggregator::Arithmetic => levels.iter().sum::<u8>() / (count as u8),
    }
}

/// Evaluates a plan: `groups` takes the weights of each group.
pub(crate) fn eval(plan: &Plan, inputs: &Inputs<'_>, groups: &mut [Tally]) {
    groups.fill(Tally::default());
    match inputs.links {
        LinkAggregator::Minimum => tally(plan, inputs, groups, minimum),
        how => tally(plan, inputs, groups, |links| aggregate(how, links)),
    }
    roll_up(plan, groups);
}

/// Every cell's weight, to the group of its phase and unit.
fn tally(plan: &Plan, inputs: &Inputs<'_>, groups: &mut [Tally], level_of: impl Fn([u8; 4]) -> u8) {
    for cell in &plan.cells {
        let level = level_of(cell.slots.map(|slot| inputs.levels[slot as usize]));
        let weight = cell.weight * inputs.tiers[cell.weighs_as as usize];
        let group = &mut groups[plan.group_of(cell)];
        group.add(level, weight);
        if cell.said_of_region && level < UNKNOWN {
            group.regional += weight;
        }
    }
}

/// Groups of a phase and a unit, added up to phases, units and the whole.
fn roll_up(plan: &Plan, groups: &mut [Tally]) {
    let row = plan.units + 1;
    let (wholes, phases) = groups.split_at_mut(row);
    for of_phase in phases.chunks_exact_mut(row) {
        let mut sum = Tally::default();
        for (unit, group) in of_phase.iter().enumerate().skip(1) {
            sum.join(group);
            wholes[unit].join(group);
        }
        wholes[0].join(&sum);
        of_phase[0] = sum;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aggregates_are_rounded_down_to_a_level() {
        use LinkAggregator::{Arithmetic, Geometric, LowerMedian, Minimum};
        let none = NOT_APPLICABLE;
        let all = |links: [u8; 4]| [Minimum, LowerMedian, Geometric, Arithmetic].map(|how| aggregate(how, links));
        assert_eq!(all([4, 2, 2, 3]), [2, 2, 2, 2]);
        assert_eq!(all([3, 3, 1, 2]), [1, 2, 2, 2], "18 lies between 2⁴ and 3⁴");
        assert_eq!(all([4, 4, 4, 0]), [0, 4, 0, 3]);
        assert_eq!(all([4, 4, 4, 1]), [1, 4, 2, 3], "64 lies between 2⁴ and 3⁴");
        assert_eq!(all([4, 4, 4, 4]), [4; 4]);
        assert_eq!(all([4, none, 1, none]), [1, 1, 2, 2]);
        assert_eq!(all([none; 4]), [none; 4]);
        assert_eq!(all([4, 4, UNKNOWN, none]), [UNKNOWN; 4]);
        for links in [[4, 2, 2, 3], [0, none, 1, 4], [UNKNOWN, 1, 1, 1], [none; 4]] {
            assert_eq!(minimum(links), aggregate(Minimum, links));
        }
    }
}
