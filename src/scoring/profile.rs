//! What a group of cells says: headline, bounds, links, distribution, coverage.

use std::fmt;

use serde::Serialize;

use super::hinge::Hinge;
use super::kernel::{Inputs, Tally, UNKNOWN, cell_level, eval};
use super::median::{Weights, lower_median};
use super::method::{CongruenceRule, Method};
use super::plan::{Cell, Plan};
use crate::measure::{Decimal, Share};
use crate::scale::{Level, Link, Scale, Tier};

/// The headline of a group: a level with its range, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "status", rename_all = "kebab-case")]
pub enum Headline {
    /// A level with its exact range.
    Known {
        /// Weighted lower median of the stated levels.
        level: Level,
        /// The same of all low ends.
        low: Level,
        /// The same of all high ends.
        high: Level,
    },
    /// No level.
    Unknown {
        /// Why.
        reason: WhyUnknown,
    },
}

/// Why a group has no headline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhyUnknown {
    /// No task is in force there and then.
    NoTasks,
    /// Too little of the weight is assessed.
    UnderTheFloor,
    /// Too little of what is assessed has a rating made for the region.
    TooLittleIsSaidOfThisRegion,
}

impl fmt::Display for WhyUnknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoTasks => "no task is in force",
            Self::UnderTheFloor => "too little is assessed",
            Self::TooLittleIsSaidOfThisRegion => "too little is said of this region",
        })
    }
}

impl Headline {
    /// The level, where it is known.
    #[must_use]
    pub fn level(&self) -> Option<Level> {
        match self {
            Self::Known { level, .. } => Some(*level),
            Self::Unknown { .. } => None,
        }
    }
}

impl fmt::Display for Headline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known { level, low, high } if low == high => write!(f, "{level}"),
            Self::Known { level, low, high } => write!(f, "{level} (range {low} to {high})"),
            Self::Unknown { reason } => write!(f, "unknown: {reason}"),
        }
    }
}

/// Two ends of a range of levels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Bounds {
    /// Low end.
    pub low: Level,
    /// High end.
    pub high: Level,
}

/// One link over a group, without any minimum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct LinkProfile {
    /// The link.
    pub link: Link,
    /// Weighted lower median of the rated levels; nothing where none is rated.
    pub level: Option<Level>,
    /// The same of all low ends.
    pub low: Option<Level>,
    /// The same of all high ends.
    pub high: Option<Level>,
    /// Share of the rated weight at partial or better.
    pub partial_or_better: Share,
    /// Share of the rated weight at substantial or better.
    pub substantial_or_better: Share,
    /// Share of the applicable weight that is rated.
    pub coverage: Share,
    /// Share of the assessed weight of cells in which the link is at the minimum.
    pub binds: Share,
}

/// How much of a group is assessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Share of the applicable weight.
    pub weight: Share,
    /// Tasks.
    pub tasks: TaskCoverage,
}

/// How many tasks are assessed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TaskCoverage {
    /// Tasks to which the question applies.
    pub applicable: usize,
    /// Assessed wherever they are in force.
    pub everywhere: usize,
    /// Assessed in some places or phases.
    pub in_places: usize,
    /// Assessed nowhere.
    pub nowhere: usize,
}

/// The distribution of one tier over levels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TierDistribution {
    /// The tier.
    pub tier: Tier,
    /// Share of the group's applicable weight at each level, lowest first.
    pub levels: [Share; 5],
    /// Share of the group's applicable weight that is not assessed.
    pub not_assessed: Share,
}

/// What a group of cells says. Never one part without the others.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Profile {
    /// The headline with its exact range.
    pub headline: Headline,
    /// The headline over all applicable weight, links not assessed free; nothing where no task is in force.
    pub bounds: Option<Bounds>,
    /// The four links, without any minimum.
    pub links: [LinkProfile; 4],
    /// Share of the assessed weight at each level, lowest first.
    pub distribution: [Share; 5],
    /// The same by tier, highest first, with what is not assessed.
    pub by_tier: Vec<TierDistribution>,
    /// Share of the assessed weight at partial or better: a point, no range is given for a share.
    pub partial_or_better: Share,
    /// How much is assessed.
    pub coverage: Coverage,
    /// Share of the assessed weight that is bound by inherited ratings alone.
    pub means_in_general: Share,
    /// Share of the assessed weight in cells with a link rated for their region.
    pub regional: Share,
    /// Single rows which, moved within their own range, move the headline.
    pub hinges: Vec<Hinge>,
}

impl Profile {
    /// Whether over half of the assessed weight is set by words about means in general.
    #[must_use]
    pub fn is_set_by_means_in_general(&self) -> bool {
        let share = self.means_in_general;
        share.of() > 0 && share.part() * 2 > share.of()
    }
}

impl fmt::Display for Profile {
    /// The headline with its coverage: `partial (range marginal to partial), 21 of 38 tasks, 74 % of the weight`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tasks = self.coverage.tasks;
        let percent = self.coverage.weight.percent().unwrap_or(0);
        write!(f, "{}, {} of {} tasks, {percent} % of the weight", self.headline, tasks.everywhere, tasks.applicable)
    }
}

/// The cells' levels at the stated values, at both ends, and with unknown links free.
pub(crate) struct Evaluated {
    pub(crate) stated: Vec<u8>,
    pub(crate) low: Vec<u8>,
    pub(crate) high: Vec<u8>,
    pub(crate) free_low: Vec<u8>,
    pub(crate) free_high: Vec<u8>,
    groups: [Vec<Tally>; 5],
}

impl Evaluated {
    pub(crate) fn of(plan: &Plan) -> Self {
        let cells = |levels: &[u8]| plan.cells.iter().map(|cell| cell_level(plan.links, cell, levels)).collect();
        let groups = [&plan.stated, &plan.low, &plan.high, &plan.free_low, &plan.free_high].map(|levels| {
            let mut groups = vec![Tally::default(); plan.groups()];
            eval(plan, &Inputs::plain(plan, levels), &mut groups);
            groups
        });
        Self {
            stated: cells(&plan.stated),
            low: cells(&plan.low),
            high: cells(&plan.high),
            free_low: cells(&plan.free_low),
            free_high: cells(&plan.free_high),
            groups,
        }
    }

    /// The weights of a group at the stated levels.
    pub(crate) fn stated_of(&self, group: usize) -> &Tally {
        &self.groups[0][group]
    }
}

/// Why a group has no headline; nothing where it has one. A region's also needs words said of it.
pub(crate) fn why_unknown(tally: &Tally, regional: bool, rule: &CongruenceRule) -> Option<WhyUnknown> {
    let (assessed, applicable) = (tally.assessed(), tally.applicable());
    let is_under =
        |part: u64, of: u64, floor: Decimal| u128::from(part) * 1000 < u128::from(of) * u128::from(floor.thousandths().unsigned_abs());
    if applicable == 0 {
        Some(WhyUnknown::NoTasks)
    } else if assessed == 0 || is_under(assessed, applicable, rule.coverage_floor) {
        Some(WhyUnknown::UnderTheFloor)
    } else if regional && is_under(tally.regional, assessed, rule.regional_floor) {
        Some(WhyUnknown::TooLittleIsSaidOfThisRegion)
    } else {
        None
    }
}

/// The headline of a group.
pub(crate) fn headline(tally: &Tally, low: &Weights, high: &Weights, regional: bool, method: &Method) -> Headline {
    match (why_unknown(tally, regional, &method.congruence), lower_median(&tally.levels), lower_median(low), lower_median(high)) {
        (None, Some(level), Some(low), Some(high)) => Headline::Known { level, low, high },
        (reason, ..) => Headline::Unknown { reason: reason.unwrap_or(WhyUnknown::UnderTheFloor) },
    }
}

/// The profile of the group of a phase and a unit, either or both, or the whole, which is of the main phases. Hinges come after.
pub(crate) fn profile(plan: &Plan, at: &Evaluated, phase: Option<usize>, unit: Option<usize>, method: &Method) -> Profile {
    let group = plan.group(phase, unit);
    let of = |n: usize| &at.groups[n][group];
    let cells: Vec<(usize, &Cell)> = plan.cells.iter().enumerate().filter(|(_, cell)| plan.is_in(cell, group)).collect();
    let assessed = of(0).assessed();
    let mut general = 0;
    let mut binds = [0; 4];
    let mut tiers = [(Weights::default(), 0); 4];
    for (n, cell) in &cells {
        let level = at.stated[*n];
        let tier = &mut tiers[cell.tier as usize];
        match tier.0.get_mut(usize::from(level)) {
            Some(sum) => *sum += cell.weight,
            None if level == UNKNOWN => tier.1 += cell.weight,
            None => {}
        }
        if level > 4 {
            continue;
        }
        let binding = |link: usize| plan.stated[cell.slots[link] as usize] == level;
        if (0..4).filter(|link| binding(*link)).all(|link| cell.inherited[link]) {
            general += cell.weight;
        }
        (0..4).filter(|link| binding(*link)).for_each(|link| binds[link] += cell.weight);
    }
    let free = |n: usize| lower_median(&of(n).levels);
    Profile {
        // A study of one unit says what it says of the whole of that unit.
        headline: headline(of(0), &of(1).levels, &of(2).levels, unit.is_some() && plan.units > 1, method),
        bounds: free(3).zip(free(4)).map(|(low, high)| Bounds { low, high }),
        links: [0, 1, 2, 3].map(|link| link_profile(plan, &cells, link, Share::new(binds[link], assessed))),
        distribution: of(0).levels.map(|weight| Share::new(weight, assessed)),
        by_tier: [Tier::Strategic, Tier::Core, Tier::Additional, Tier::Enabling]
            .into_iter()
            .map(|tier| {
                let (levels, unknown) = tiers[tier as usize];
                let share = |weight| Share::new(weight, of(0).applicable());
                TierDistribution { tier, levels: levels.map(share), not_assessed: share(unknown) }
            })
            .collect(),
        partial_or_better: from_level(&of(0).levels, Level::Partial),
        coverage: Coverage { weight: Share::new(assessed, of(0).applicable()), tasks: task_coverage(&cells, &at.stated) },
        means_in_general: Share::new(general, assessed),
        regional: Share::new(of(0).regional, assessed),
        hinges: Vec::new(),
    }
}

fn from_level(weights: &Weights, level: Level) -> Share {
    Share::new(weights[usize::from(level.index())..].iter().sum(), weights.iter().sum())
}

fn link_profile(plan: &Plan, cells: &[(usize, &Cell)], link: usize, binds: Share) -> LinkProfile {
    let mut tallies = [Tally::default(); 3];
    for (_, cell) in cells {
        let slot = cell.slots[link] as usize;
        for (tally, levels) in tallies.iter_mut().zip([&plan.stated, &plan.low, &plan.high]) {
            tally.add(levels[slot], cell.weight);
        }
    }
    let [stated, low, high] = tallies;
    LinkProfile {
        link: Link::ALL[link],
        level: lower_median(&stated.levels),
        low: lower_median(&low.levels),
        high: lower_median(&high.levels),
        partial_or_better: from_level(&stated.levels, Level::Partial),
        substantial_or_better: from_level(&stated.levels, Level::Substantial),
        coverage: Share::new(stated.assessed(), stated.applicable()),
        binds,
    }
}

fn task_coverage(cells: &[(usize, &Cell)], stated: &[u8]) -> TaskCoverage {
    let mut coverage = TaskCoverage::default();
    let mut at = 0;
    while at < cells.len() {
        let task = cells[at].1.task;
        let (mut known, mut unknown) = (0, 0);
        while at < cells.len() && cells[at].1.task == task {
            match stated[cells[at].0] {
                0..=4 => known += 1,
                UNKNOWN => unknown += 1,
                _ => {}
            }
            at += 1;
        }
        match (known, unknown) {
            (0, 0) => continue,
            (_, 0) => coverage.everywhere += 1,
            (0, _) => coverage.nowhere += 1,
            _ => coverage.in_places += 1,
        }
        coverage.applicable += 1;
    }
    coverage
}

/// A level from a code of the kernel.
pub(crate) fn level(code: u8) -> Option<Level> {
    (code <= 4).then(|| Level::at(code))
}
