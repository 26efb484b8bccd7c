//! Tipping points: how few changed ratings move a headline, and which.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::answers::headlines;
use crate::cover::{Found, Item, Needs, Reach, fewest};
use crate::id::{PhaseId, PoolId, RegionId, RowId, TaskId};
use crate::model::CaseStudy;
use crate::scale::{Level, Link};
use crate::scoring::Method;
use crate::scoring::kernel::Tally;
use crate::scoring::plan::Plan;
use crate::scoring::profile::{Evaluated, level};

/// How far tipping points are sought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TippingRule {
    /// So many smallest sets are listed for each headline, direction and reach: 10.
    pub sets: u16,
    /// So many steps each search may take: 20 000.
    pub steps: u32,
}

impl Default for TippingRule {
    fn default() -> Self {
        Self { sets: 10, steps: 20_000 }
    }
}

/// The tipping points of every headline of congruence that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tipping {
    /// How far they were sought.
    pub rule: TippingRule,
    /// The whole, followed by its units; then each phase, followed by its units.
    pub headlines: Vec<HeadlineTips>,
}

/// The tipping points of one headline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HeadlineTips {
    /// The phase; nothing for all of them.
    pub phase: Option<PhaseId>,
    /// The unit; nothing for all of them.
    pub region: Option<RegionId>,
    /// The headline as it is.
    pub headline: Level,
    /// What moves it down.
    pub down: Tips,
    /// What moves it up.
    pub up: Tips,
}

/// The fewest changes that move a headline one way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tips {
    /// Where every changed rating stays within its own range.
    pub within: Tip,
    /// Where a changed rating may take any level.
    pub beyond: Tip,
}

/// The smallest sets of changed ratings, or why there are none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "status", rename_all = "kebab-case")]
pub enum Tip {
    /// The headline is at this end of the scale.
    AtTheEnd,
    /// All ratings at their ends together do not move it.
    Never,
    /// No smaller set moves it, and these do.
    Smallest {
        /// How many ratings change.
        size: usize,
        /// The sets: those that go least beyond ranges first, then those of the fewest steps.
        sets: Vec<TipSet>,
        /// Whether all sets of this size are listed.
        all: bool,
    },
    /// The search was stopped at its limit of steps.
    Limit {
        /// No set of fewer changes moves it: so much is proven.
        at_least: usize,
        /// A set that moves it; perhaps not a smallest one.
        known: TipSet,
    },
}

/// Ratings which, changed together, move a headline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TipSet {
    /// The headline then: always one step away.
    pub headline: Level,
    /// The changed ratings.
    pub changes: Vec<Changed>,
}

/// A changed rating.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// The block of ratings, in words: `force/P3/C`.
    pub rating: String,
    /// Its link.
    pub link: Link,
    /// The level as stated.
    pub from: Level,
    /// The level that is enough.
    pub to: Level,
    /// The low end of its range.
    pub low: Level,
    /// The high end of its range.
    pub high: Level,
    /// In so many assessed cells of the headline it holds.
    pub cells: usize,
    /// The tasks that it was made for.
    pub tasks: Vec<TaskId>,
    /// The pools that it was made for.
    pub pools: Vec<PoolId>,
    /// The rows that it rests on.
    pub rests_on: Vec<RowId>,
}

impl Changed {
    /// Steps between the levels.
    #[must_use]
    pub fn steps(&self) -> u8 {
        self.from.index().abs_diff(self.to.index())
    }

    /// Steps by which it leaves its own range.
    #[must_use]
    pub fn beyond(&self) -> u8 {
        let to = self.to.index();
        self.low.index().saturating_sub(to).max(to.saturating_sub(self.high.index()))
    }
}

impl fmt::Display for Changed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {} to {}", self.rating, self.link, self.from, self.to)
    }
}

impl TipSet {
    /// Steps by which its changes leave their ranges, and all their steps, together.
    #[must_use]
    pub fn effort(&self) -> (u32, u32) {
        let sum = |of: fn(&Changed) -> u8| self.changes.iter().map(|change| u32::from(of(change))).sum();
        (sum(Changed::beyond), sum(Changed::steps))
    }
}

impl Tip {
    /// The smallest number of changes, where it is proven.
    #[must_use]
    pub fn size(&self) -> Option<usize> {
        match self {
            Self::Smallest { size, .. } => Some(*size),
            _ => None,
        }
    }

    /// The sets that are listed.
    #[must_use]
    pub fn sets(&self) -> &[TipSet] {
        match self {
            Self::Smallest { sets, .. } => sets,
            Self::Limit { known, .. } => std::slice::from_ref(known),
            _ => &[],
        }
    }
}

impl fmt::Display for Tip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtTheEnd => f.write_str("at the end of the scale"),
            Self::Never => f.write_str("not by any change"),
            Self::Smallest { size, sets, all } => {
                let (more, noun) = (if *all { "" } else { "over " }, if sets.len() == 1 && *all { "set" } else { "sets" });
                write!(f, "{size}, {more}{} {noun}", sets.len())
            }
            Self::Limit { at_least, known } => write!(f, "{at_least} to {}, stopped at the limit", known.changes.len()),
        }
    }
}

impl Tipping {
    /// The tipping points of the headline of a phase and a unit, of either, or of the whole.
    #[must_use]
    pub fn of(&self, phase: Option<&str>, region: Option<&str>) -> Option<&HeadlineTips> {
        let found = |tips: &&HeadlineTips| {
            tips.phase.as_ref().map(PhaseId::as_str) == phase && tips.region.as_ref().map(RegionId::as_str) == region
        };
        self.headlines.iter().find(found)
    }
}

/// One way in which a headline can move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Down,
    Up,
}

impl CaseStudy {
    /// The smallest sets of changed ratings that move each headline of congruence, exactly.
    ///
    /// A change is another level of one link of one block of ratings, wherever that holds: a pool's rating
    /// is one change for all tasks that inherit it. Links not assessed or contested are not changed, so that
    /// the weights assessed stay what they are.
    ///
    /// A cell is the minimum of its links and a headline *h* the lower median of its cells. It moves down
    /// when cells of enough weight fall to *h* − 1, each by *any* of its links; up when cells of enough
    /// weight rise to *h* + 1, each by *all* of its links at or under *h*. So *h* ∓ 1 is enough for each
    /// changed rating, the headline moves by one step, and what is sought is a smallest partial cover,
    /// which branch and bound finds and proves. Within ranges a rating takes part only where its own range
    /// reaches that level.
    ///
    /// Source: this crate's; one change within ranges is a hinge of the profile. Misleads when rows err
    /// together: a change of many ratings for one reason is as likely as one.
    ///
    /// Worked example (cells of one phase and unit, *w* the weight, ranges in brackets): T1 *w* 3 is 4, 2
    /// [1, 2], 2 [1, 3], 3; T2 *w* 3 is 3, 3, 1, 2; T3 *w* 2 is 3 [3, 4], 4, 3 [3, 3], 3; T5 *w* 1 is 3
    /// throughout. The headline is 2 of weight 9. Down it needs 1.5 more at or under 1, so T1 is enough, by
    /// its resources *or* its capabilities within their ranges, and T3 beyond them. Up it needs 2 off from at
    /// or under 2: T1's resources *and* capabilities, both to 3, beyond their ranges, or T2's capabilities and activities.
    ///
    /// ```no_run
    /// use peaceops::CaseStudy;
    /// use peaceops::scoring::Method;
    /// use peaceops::uncertainty::TippingRule;
    ///
    /// # let _ = told;
    /// fn told(study: &CaseStudy) -> Option<String> {
    ///     let tipping = study.tipping(&Method::default(), TippingRule::default());
    ///     let whole = tipping.of(None, None)?;
    ///     Some(format!("{} moves down by {}", whole.headline, whole.down.within))
    /// }
    /// ```
    #[must_use]
    pub fn tipping(&self, method: &Method, rule: TippingRule) -> Tipping {
        let plan = Plan::whole(self, method);
        let at = Evaluated::of(&plan);
        let tips = Sought { study: self, plan: &plan, at: &at, rule };
        let units: Vec<&RegionId> = self.units().map(|unit| &unit.id).collect();
        let headlines = headlines(&plan, &at, method).into_iter().filter_map(|(phase, unit, headline)| {
            let headline = headline.level()?;
            let group = plan.group(phase, unit);
            Some(HeadlineTips {
                phase: phase.map(|phase| self.phases()[phase].id.clone()),
                region: unit.map(|unit| units[unit].clone()),
                headline,
                down: tips.both(group, headline, Way::Down),
                up: tips.both(group, headline, Way::Up),
            })
        });
        Tipping { rule, headlines: headlines.collect() }
    }
}

struct Sought<'a> {
    study: &'a CaseStudy,
    plan: &'a Plan,
    at: &'a Evaluated,
    rule: TippingRule,
}

impl Sought<'_> {
    fn both(&self, group: usize, headline: Level, way: Way) -> Tips {
        Tips { within: self.tip(group, headline, way, true), beyond: self.tip(group, headline, way, false) }
    }

    fn tip(&self, group: usize, headline: Level, way: Way, within: bool) -> Tip {
        let now = headline.index();
        let to = match way {
            Way::Down => now.checked_sub(1).and_then(level),
            Way::Up => level(now + 1),
        };
        let Some(to) = to else { return Tip::AtTheEnd };
        // The slots that take part, numbered in the order in which cells name them.
        let mut slots: Vec<u32> = Vec::new();
        let mut number = vec![u32::MAX; self.plan.slots.len()];
        let mut items = Vec::new();
        for (_, cell) in self.cells(group, now, way) {
            let counts = |slot: &u32| self.plan.stated[*slot as usize] <= if way == Way::Down { 4 } else { now };
            let reaches = |slot: &u32| !within || self.reaches(*slot as usize, to.index(), way);
            let of_cell = cell.slots.iter().filter(|slot| counts(slot));
            let mut things: Vec<u32> = match way {
                Way::Down => of_cell.filter(|slot| reaches(slot)).copied().collect(),
                Way::Up if of_cell.clone().all(reaches) => of_cell.copied().collect(),
                Way::Up => Vec::new(),
            };
            if things.is_empty() {
                continue;
            }
            for thing in &mut things {
                let slot = *thing;
                if number[slot as usize] == u32::MAX {
                    number[slot as usize] = u32::try_from(slots.len()).unwrap_or(u32::MAX);
                    slots.push(slot);
                }
                *thing = number[slot as usize];
            }
            things.sort_unstable();
            items.push(Item { things, weight: cell.weight });
        }
        let needs = if way == Way::Down { Needs::Any } else { Needs::All };
        let need = needed(self.at.stated_of(group), now, way);
        let reach = Reach { sets: usize::from(self.rule.sets), steps: u64::from(self.rule.steps) };
        let told = |set: &Vec<u32>| self.set(group, to, &set.iter().map(|thing| slots[*thing as usize]).collect::<Vec<_>>());
        match fewest(items, slots.len(), need, needs, reach) {
            Found::Never => Tip::Never,
            Found::Smallest { sets, all } => {
                let mut told: Vec<TipSet> = sets.iter().map(told).collect();
                let words = |set: &TipSet| set.changes.iter().map(|one| (one.rating.clone(), one.link)).collect::<Vec<_>>();
                told.sort_by_cached_key(|set| (set.effort(), words(set)));
                Tip::Smallest { size: sets.first().map_or(0, Vec::len), sets: told, all }
            }
            Found::Limit { at_least, known } => Tip::Limit { at_least, known: told(&known) },
        }
    }

    /// The assessed cells of a group that would have to move: at or above the headline to fall, at or
    /// under it to rise.
    fn cells(&self, group: usize, now: u8, way: Way) -> impl Iterator<Item = (usize, &crate::scoring::plan::Cell)> {
        self.plan.cells.iter().enumerate().filter(move |(n, cell)| {
            let is = self.at.stated[*n];
            let side = if way == Way::Down { is >= now } else { is <= now };
            is <= 4 && side && self.plan.is_in(cell, group)
        })
    }

    /// Whether a rating's own range reaches a level.
    fn reaches(&self, slot: usize, to: u8, way: Way) -> bool {
        if way == Way::Down { self.plan.low[slot] <= to } else { self.plan.high[slot] >= to }
    }

    /// A set in words.
    fn set(&self, group: usize, to: Level, slots: &[u32]) -> TipSet {
        let mut changes: Vec<Changed> = slots.iter().filter_map(|slot| self.changed(group, to, *slot as usize)).collect();
        changes.sort_by(|a, b| (&a.rating, a.link).cmp(&(&b.rating, b.link)));
        TipSet { headline: to, changes }
    }

    fn changed(&self, group: usize, to: Level, slot: usize) -> Option<Changed> {
        let at = self.plan.slots.get(slot)?;
        let block = self.study.ratings().get(at.rating)?;
        let inside = |(n, cell): &(usize, &crate::scoring::plan::Cell)| {
            self.at.stated[*n] <= 4 && self.plan.is_in(cell, group) && cell.slots.contains(&(slot as u32))
        };
        Some(Changed {
            rating: block.label(),
            link: at.link,
            from: level(self.plan.stated[slot])?,
            to,
            low: level(self.plan.low[slot])?,
            high: level(self.plan.high[slot])?,
            cells: self.plan.cells.iter().enumerate().filter(inside).count(),
            tasks: block.tasks.clone(),
            pools: block.pools.clone(),
            rests_on: block.link(at.link).map(|statement| statement.rests_on.clone()).unwrap_or_default(),
        })
    }
}

/// The weight that has to change sides for the lower median to move.
///
/// Down: at least half of the weight has to lie under the headline. Up: less than half at or under it.
fn needed(tally: &Tally, now: u8, way: Way) -> u64 {
    let assessed = tally.assessed();
    let upto = |level: u8| tally.levels.iter().take(usize::from(level)).sum::<u64>();
    match way {
        Way::Down => assessed.div_ceil(2).saturating_sub(upto(now)),
        Way::Up => upto(now + 1).saturating_sub(assessed.div_ceil(2)) + 1,
    }
}
