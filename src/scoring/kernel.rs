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
    table(how)[code(cell, levels)]
}

/// The level of a cell by the code of its four links.
type Table = [u8; 1 << 12];

/// The code of a cell's links: three bits each.
fn code(cell: &Cell, levels: &[u8]) -> usize {
    let [a, b, c, d] = cell.slots;
    let link = |slot: u32| usize::from(levels[slot as usize] & 7);
    link(a) | link(b) << 3 | link(c) << 6 | link(d) << 9
}

/// What an aggregator makes of any four links: looking it up takes as long for each of them.
fn table(how: LinkAggregator) -> &'static Table {
    use LinkAggregator::{Arithmetic, Geometric, LowerMedian, Minimum};
    static TABLES: [Table; 4] = [made(Minimum), made(LowerMedian), made(Geometric), made(Arithmetic)];
    &TABLES[how as usize]
}

const fn made(how: LinkAggregator) -> Table {
    let mut table = [0; 1 << 12];
    let mut code = 0;
    while code < table.len() {
        table[code] = aggregate(how, [code & 7, code >> 3 & 7, code >> 6 & 7, code >> 9]);
        code += 1;
    }
    table
}

#[allow(clippy::cast_possible_truncation, reason = "levels are at most 4")]
const fn aggregate(how: LinkAggregator, links: [usize; 4]) -> u8 {
    // the links that apply, lowest first
    let (mut levels, mut count, mut at) = ([0; 4], 0, 0);
    while at < links.len() {
        let link = links[at];
        if link == UNKNOWN as usize {
            return UNKNOWN;
        }
        if link < UNKNOWN as usize {
            let mut place = count;
            while place > 0 && levels[place - 1] > link {
                levels[place] = levels[place - 1];
                place -= 1;
            }
            levels[place] = link;
            count += 1;
        }
        at += 1;
    }
    if count == 0 {
        return NOT_APPLICABLE;
    }
    let level = match how {
        LinkAggregator::Minimum => levels[0],
        LinkAggregator::LowerMedian => levels[(count - 1) / 2],
        LinkAggregator::Geometric => geometric(levels, count),
        LinkAggregator::Arithmetic => (levels[0] + levels[1] + levels[2] + levels[3]) / count,
    };
    level as u8
}

/// The largest level whose power does not exceed the product.
const fn geometric(levels: [usize; 4], count: usize) -> usize {
    let (mut product, mut at) = (1, 0);
    while at < count {
        product *= levels[at];
        at += 1;
    }
    let mut level = 4usize;
    while level.pow(count as u32) > product {
        level -= 1;
    }
    level
}

/// Evaluates a plan: `groups` takes the weights of each group.
pub(crate) fn eval(plan: &Plan, inputs: &Inputs<'_>, groups: &mut [Tally]) {
    groups.fill(Tally::default());
    let table = table(inputs.links);
    for cell in &plan.cells {
        let level = table[code(cell, inputs.levels)];
        let weight = cell.weight * inputs.tiers[cell.weighs_as as usize];
        let group = &mut groups[plan.group_of(cell)];
        group.add(level, weight);
        if cell.said_of_region && level < UNKNOWN {
            group.regional += weight;
        }
    }
    roll_up(plan, groups);
}

/// Groups of a phase and a unit, added up to phases; those of main phases to units and the whole.
fn roll_up(plan: &Plan, groups: &mut [Tally]) {
    let row = plan.units + 1;
    let (wholes, phases) = groups.split_at_mut(row);
    for (of_phase, main) in phases.chunks_exact_mut(row).zip(&plan.main) {
        let mut sum = Tally::default();
        for (unit, group) in of_phase.iter().enumerate().skip(1) {
            sum.join(group);
            if *main {
                wholes[unit].join(group);
            }
        }
        if *main {
            wholes[0].join(&sum);
        }
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
        let all = |links: [u8; 4]| [Minimum, LowerMedian, Geometric, Arithmetic].map(|how| aggregate(how, links.map(usize::from)));
        assert_eq!(all([4, 2, 2, 3]), [2, 2, 2, 2]);
        assert_eq!(all([3, 3, 1, 2]), [1, 2, 2, 2], "18 lies between 2⁴ and 3⁴");
        assert_eq!(all([4, 4, 4, 0]), [0, 4, 0, 3]);
        assert_eq!(all([4, 4, 4, 1]), [1, 4, 2, 3], "64 lies between 2⁴ and 3⁴");
        assert_eq!(all([4, 4, 4, 4]), [4; 4]);
        assert_eq!(all([4, none, 1, none]), [1, 1, 2, 2]);
        assert_eq!(all([none; 4]), [none; 4]);
        assert_eq!(all([4, 4, UNKNOWN, none]), [UNKNOWN; 4]);
        for links in [[4, 2, 2, 3], [0, none, 1, 4], [UNKNOWN, 1, 1, 1], [2, 3, none, none]].map(|links| links.map(usize::from)) {
            let code = links.iter().rev().fold(0, |code, link| code << 3 | link);
            for how in [Minimum, LowerMedian, Geometric, Arithmetic] {
                assert_eq!(table(how)[code], aggregate(how, links), "{how:?} of {links:?}");
            }
        }
    }
}
