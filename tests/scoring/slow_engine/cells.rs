//! Cells, the rating that holds in them, and what they say.

use peaceops::id::{PhaseId, PoolId, RegionId};
use peaceops::model::Rating;
use peaceops::scale::{Judgement, Level, Link, Tier};
use serde_json::{Value, json};

use super::base::{Q, Slow};

/// What the statement that holds for a link says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Say {
    Rated { level: u8, low: u8, high: u8 },
    NotAssessed,
    NotApplicable,
    Contested { low: u8, high: u8 },
}

#[derive(Clone, Debug)]
pub(crate) struct Held {
    pub(crate) say: Say,
    /// The block and the link of the statement, where one is coded.
    pub(crate) from: Option<(usize, usize)>,
    pub(crate) regional: bool,
    pub(crate) inherited: Option<PoolId>,
}

#[derive(Clone, Debug)]
pub(crate) struct Cell {
    pub(crate) task: usize,
    pub(crate) phase: usize,
    pub(crate) unit: usize,
    pub(crate) tier: Tier,
    pub(crate) weight: Q,
    pub(crate) links: [Held; 4],
    /// Whether its phase stands apart from the whole.
    pub(crate) apart: bool,
}

/// What a cell comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Sum {
    Known { level: u8, low: u8, high: u8 },
    Unknown { least: u8, at_most: u8 },
    NotApplicable,
}

impl Cell {
    pub(crate) fn sum(&self) -> Sum {
        let (mut level, mut low, mut high) = (4, 4, 4);
        let (mut some, mut all) = (false, true);
        for held in &self.links {
            match held.say {
                Say::Rated { level: l, low: a, high: b } => (level, low, high) = (level.min(l), low.min(a), high.min(b)),
                Say::NotAssessed => (low, all) = (0, false),
                Say::Contested { low: a, high: b } => (low, high, all) = (low.min(a), high.min(b), false),
                Say::NotApplicable => continue,
            }
            some = true;
        }
        match (some, all) {
            (false, _) => Sum::NotApplicable,
            (true, true) => Sum::Known { level, low, high },
            (true, false) => Sum::Unknown { least: low, at_most: high },
        }
    }

    /// Places of the links at the minimum, and of those that may be.
    pub(crate) fn binding(&self) -> (Vec<usize>, Vec<usize>) {
        let Sum::Known { level: at, .. } = self.sum() else { return (Vec::new(), Vec::new()) };
        let (mut binding, mut may) = (Vec::new(), Vec::new());
        for (link, held) in self.links.iter().enumerate() {
            if let Say::Rated { level, low, .. } = held.say {
                if level == at {
                    binding.push(link);
                } else if low <= at {
                    may.push(link);
                }
            }
        }
        (binding, may)
    }

    pub(crate) fn regional_footing(&self) -> bool {
        self.binding().0.iter().any(|link| self.links[*link].regional)
    }

    pub(crate) fn by_inheritance_alone(&self) -> bool {
        let (binding, _) = self.binding();
        !binding.is_empty() && binding.iter().all(|link| self.links[*link].inherited.is_some())
    }

    pub(crate) fn spoken_of_here(&self) -> bool {
        self.links.iter().any(|held| held.regional)
    }
}

pub(crate) fn name(level: u8) -> &'static str {
    Level::ALL[usize::from(level)].name()
}

pub(crate) fn say(judgement: &Judgement<Level>) -> Say {
    match judgement {
        Judgement::Rated(range) => Say::Rated { level: range.value().index(), low: range.low().index(), high: range.high().index() },
        Judgement::NotAssessed(_) => Say::NotAssessed,
        Judgement::NotApplicable(_) => Say::NotApplicable,
        Judgement::Contested(levels) => Say::Contested {
            low: levels.iter().map(|level| level.index()).min().unwrap(),
            high: levels.iter().map(|level| level.index()).max().unwrap(),
        },
    }
}

impl Slow<'_> {
    /// How far out from a unit a block's region lies that holds it; nothing where none does.
    fn region_rank(&self, block: &Rating, unit: usize) -> Option<(usize, bool)> {
        let chain = self.chain(&self.units[unit].id);
        let area = self.study.study().area.clone();
        let asked: Vec<&RegionId> = if block.regions.is_empty() { vec![&area] } else { block.regions.iter().collect() };
        let rank = chain.iter().position(|region| asked.contains(region))?;
        // A rating of the study's area is from the whole, even where the area is the one unit.
        Some((rank, rank == 0 && *chain[0] != area))
    }

    /// The block that holds for a subject: narrower in region first, then narrower in phase.
    fn holding(&self, is_subject: &dyn Fn(&Rating) -> bool, link: usize, phase: &PhaseId, unit: usize) -> Option<(usize, bool)> {
        let mut best: Option<((usize, bool), usize, bool)> = None;
        for (at, block) in self.study.ratings().iter().enumerate() {
            let in_phase = block.phases.is_empty() || block.phases.contains(phase);
            if !is_subject(block) || block.links[link].is_none() || !in_phase {
                continue;
            }
            if let Some((rank, regional)) = self.region_rank(block, unit) {
                let key = (rank, block.phases.is_empty());
                if best.is_none_or(|(before, ..)| key < before) {
                    best = Some((key, at, regional));
                }
            }
        }
        best.map(|(_, at, regional)| (at, regional))
    }

    pub(crate) fn pool_held(&self, pool: &PoolId, link: usize, phase: usize, unit: usize) -> Option<Held> {
        let phase = &self.study.phases()[phase].id;
        let (at, regional) = self.holding(&|block| block.pools.contains(pool), link, phase, unit)?;
        let statement = self.study.ratings()[at].links[link].as_ref().unwrap();
        Some(Held { say: say(&statement.judgement), from: Some((at, link)), regional, inherited: Some(pool.clone()) })
    }

    fn held(&self, task: usize, link: usize, phase: usize, unit: usize) -> Held {
        let row = &self.study.tasks()[task];
        let id = &self.study.phases()[phase].id;
        if let Some((at, regional)) = self.holding(&|block| block.tasks.contains(&row.id), link, id, unit) {
            let statement = self.study.ratings()[at].links[link].as_ref().unwrap();
            return Held { say: say(&statement.judgement), from: Some((at, link)), regional, inherited: None };
        }
        let pool = if link == 1 || link == 2 { row.main_pool(Link::ALL[link]) } else { None };
        pool.and_then(|pool| self.pool_held(pool, link, phase, unit)).unwrap_or(Held {
            say: Say::NotAssessed,
            from: None,
            regional: false,
            inherited: None,
        })
    }

    /// The cells of all phases.
    pub(crate) fn cells(&self) -> Vec<Cell> {
        let least = usize::from(self.method.cells.least_days);
        let mut cells = Vec::new();
        for phase in 0..self.phases.len() {
            let stays = |task: usize, unit: usize| self.days_in(task, unit, self.phases[phase]) >= least.max(1);
            let tier = |task: usize| self.longest_tier(task, self.phases[phase]);
            cells.extend(self.cells_where(phase, &stays, &tier));
        }
        cells.iter_mut().for_each(|cell| cell.apart = !self.is_main(cell.phase));
        cells.sort_by_key(|cell| (cell.task, cell.phase, cell.unit));
        cells
    }

    /// Task, phase and unit of every cell.
    pub(crate) fn rated(&self) -> Vec<(usize, usize, usize)> {
        let tasks = self.study.tasks();
        let least = usize::from(self.method.cells.least_days).max(1);
        let stays = |task: usize, phase: usize, unit: usize| self.days_in(task, unit, self.phases[phase]) >= least;
        let mut list = Vec::new();
        for task in 0..tasks.len() {
            for phase in 0..self.phases.len() {
                for unit in (0..self.units.len()).filter(|unit| stays(task, phase, *unit)) {
                    let mut others = (0..tasks.len()).filter(|other| tasks[*other].replaces.contains(&tasks[task].id));
                    if !others.any(|other| stays(other, phase, unit)) {
                        list.push((task, phase, unit));
                    }
                }
            }
        }
        list
    }

    /// The cells of one day.
    pub(crate) fn cells_on(&self, day: i64) -> (usize, Vec<Cell>) {
        let phase = self.phases.iter().position(|(from, to)| (*from as i64..=*to as i64).contains(&day)).unwrap();
        let cells = self.cells_where(phase, &|task, unit| self.is_on(task, unit, day), &|task| {
            Some(self.on(task, day)).filter(|now| now.anywhere()).map(|now| now.tier)
        });
        (phase, cells)
    }

    /// The priority that a task held longest while it was in force; of two held equally long the later.
    fn longest_tier(&self, task: usize, (first, last): (usize, usize)) -> Option<Tier> {
        let mut counts: Vec<(Tier, usize, usize)> = Vec::new();
        for day in first..=last {
            let now = self.on(task, day as i64);
            if now.anywhere() {
                match counts.iter_mut().find(|(tier, ..)| *tier == now.tier) {
                    Some(entry) => (entry.1, entry.2) = (entry.1 + 1, day),
                    None => counts.push((now.tier, 1, day)),
                }
            }
        }
        counts.into_iter().max_by_key(|(_, days, last)| (*days, *last)).map(|(tier, ..)| tier)
    }

    fn cells_where(&self, phase: usize, stays: &dyn Fn(usize, usize) -> bool, tier: &dyn Fn(usize) -> Option<Tier>) -> Vec<Cell> {
        let tasks = self.study.tasks();
        let replaced =
            |task: usize, unit: usize| (0..tasks.len()).any(|other| tasks[other].replaces.contains(&tasks[task].id) && stays(other, unit));
        let units_of: Vec<Vec<usize>> = (0..tasks.len())
            .map(|task| (0..self.units.len()).filter(|unit| stays(task, *unit) && !replaced(task, *unit)).collect())
            .collect();
        let whole_of = |task: usize| tasks[task].part_of.as_ref().map_or(task, |whole| self.task_at(whole.as_str()));
        let mut cells = Vec::new();
        for task in 0..tasks.len() {
            let whole = whole_of(task);
            let family = (0..tasks.len()).filter(|other| whole_of(*other) == whole && !units_of[*other].is_empty()).count();
            let share = |unit: usize| self.units[unit].share.map_or(Q::new(1, 1), |share| Q::thousandths(share.thousandths() as i64));
            let all = Q::sum(units_of[task].iter().map(|unit| share(*unit)));
            for &unit in &units_of[task] {
                let own = tier(task).unwrap();
                // Parts of a whole that is not in force then stand for themselves.
                let (of_whole, family) = tier(whole).map_or((own, 1), |tier| (tier, family));
                let rule = &self.method.congruence;
                let weight = match of_whole {
                    Tier::Strategic => rule.strategic,
                    Tier::Core => rule.core,
                    Tier::Additional => rule.additional,
                    Tier::Enabling => rule.enabling,
                };
                let weight = Q::thousandths(weight.thousandths() as i64).over(Q::new(family as i128, 1));
                let links = [0, 1, 2, 3].map(|link| self.held(task, link, phase, unit));
                cells.push(Cell { task, phase, unit, tier: own, weight: weight.times(share(unit)).over(all), links, apart: false });
            }
        }
        cells
    }

    pub(crate) fn cell_value(&self, cell: &Cell) -> Value {
        let (binding, may) = cell.binding();
        let names = |links: &[usize]| links.iter().map(|link| Link::ALL[*link].name()).collect::<Vec<_>>();
        let footing = |regional: bool| if regional { "regional" } else { "from-the-whole" };
        let links: Vec<Value> = cell
            .links
            .iter()
            .enumerate()
            .map(|(link, held)| {
                let (level, low, high) = match held.say {
                    Say::Rated { level, low, high } => (Some(level), Some(low), Some(high)),
                    Say::Contested { low, high } => (None, Some(low), Some(high)),
                    _ => (None, None, None),
                };
                json!({
                    "link": Link::ALL[link].name(), "level": level.map(name), "low": low.map(name), "high": high.map(name),
                    "rating": held.from.map(|(block, _)| self.study.ratings()[block].label()),
                    "footing": held.from.map(|_| footing(held.regional)), "inherited": held.inherited.as_ref().map(PoolId::as_str),
                })
            })
            .collect();
        let mut value = json!({
            "phase": self.study.phases()[cell.phase].id.as_str(), "region": self.units[cell.unit].id.as_str(), "tier": cell.tier.name(),
            "weight": cell.weight.value(), "binding": names(&binding), "may_bind": names(&may),
            "footing": footing(cell.regional_footing()), "links": links, "also_limiting": self.also_limiting(cell),
        });
        match cell.sum() {
            Sum::Known { level, low, high } => {
                (value["status"], value["level"], value["low"], value["high"]) =
                    (json!("known"), json!(name(level)), json!(name(low)), json!(name(high)));
            }
            Sum::Unknown { at_most, .. } => (value["status"], value["at_most"]) = (json!("unknown"), json!(name(at_most))),
            Sum::NotApplicable => value["status"] = json!("not-applicable"),
        }
        value
    }

    /// Other pools that the task draws on and that stand no better than the cell can.
    fn also_limiting(&self, cell: &Cell) -> Vec<&str> {
        let at = match cell.sum() {
            Sum::Known { level, .. } => level,
            Sum::Unknown { at_most, .. } => at_most,
            Sum::NotApplicable => return Vec::new(),
        };
        let low = |pool: &PoolId| {
            [1, 2].iter().any(|link| match self.pool_held(pool, *link, cell.phase, cell.unit).map(|held| held.say) {
                Some(Say::Rated { level, .. }) => level <= at,
                _ => false,
            })
        };
        self.study.tasks()[cell.task].also_draws_on.iter().filter(|pool| low(pool)).map(PoolId::as_str).collect()
    }

    /// Tasks in force at the end of a phase that began in it, in no unit of its last day for long enough.
    pub(crate) fn too_recent(&self) -> Vec<Value> {
        let mut list = Vec::new();
        for (task, row) in self.study.tasks().iter().enumerate() {
            for (phase, &(first, last)) in self.phases.iter().enumerate() {
                let at_end = (0..self.units.len()).filter(|unit| self.is_on(task, *unit, last as i64));
                let longest = at_end.map(|unit| self.days_in(task, unit, (first, last))).max().unwrap_or(0);
                let began = longest < last - first + 1;
                if longest > 0 && began && longest < usize::from(self.method.cells.least_days) {
                    list.push(json!({"task": row.id.as_str(), "phase": self.study.phases()[phase].id.as_str(), "days": longest}));
                }
            }
        }
        list
    }
}
