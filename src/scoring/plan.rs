//! Compiles a study and a method into cells, slots and groups: what the kernel evaluates.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::kernel::{NOT_APPLICABLE, UNKNOWN};
use super::method::{LinkAggregator, Method};
use crate::date::Days;
use crate::measure::gcd;
use crate::model::{CaseStudy, Footing, RatingUnit};
use crate::scale::{Judgement, Level, Link, Tier};

/// A statement on one link in one block of ratings: what can be moved or drawn as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slot {
    /// Place of the block among the ratings.
    pub(crate) rating: usize,
    pub(crate) link: Link,
}

/// A task × phase × unit with its weight and the slots of its four links.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    pub(crate) task: usize,
    pub(crate) phase: usize,
    pub(crate) unit: usize,
    pub(crate) tier: Tier,
    /// The tier whose weight it has a part of: its own, or that of the whole that it is a part of.
    pub(crate) weighs_as: Tier,
    /// In whole parts of `Plan::scale`.
    pub(crate) weight: u64,
    /// The slot of each link; the last slot of the plan where nothing is coded.
    pub(crate) slots: [u32; 4],
    pub(crate) inherited: [bool; 4],
    pub(crate) regional: [bool; 4],
    /// Whether any of its links is rated for its region.
    pub(crate) said_of_region: bool,
}

/// The compiled study.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) cells: Vec<Cell>,
    /// All slots that some cell uses; one more place stands for "not coded".
    pub(crate) slots: Vec<Slot>,
    pub(crate) links: LinkAggregator,
    pub(crate) phases: usize,
    pub(crate) units: usize,
    /// For each phase whether the wholes are of it.
    pub(crate) main: Vec<bool>,
    /// So many parts of weight make so much of weight, in lowest terms.
    pub(crate) scale: (f64, f64),
    pub(crate) stated: Vec<u8>,
    pub(crate) low: Vec<u8>,
    pub(crate) high: Vec<u8>,
    /// As `low`, with unknown links at the bottom and contested ones at their lowest reading.
    pub(crate) free_low: Vec<u8>,
    /// As `high`, with unknown links at the top and contested ones at their highest reading.
    pub(crate) free_high: Vec<u8>,
}

/// A cell to compile: where it is and with which priority.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CellSpec {
    pub(crate) at: RatingUnit,
    pub(crate) tier: Tier,
}

/// Most parts that all weights together may have: where the common measure would need more, weights are
/// rounded down to it.
const FINEST: u128 = 1 << 52;

impl Plan {
    /// The plan of all rating units of a study under a method.
    pub(crate) fn whole(study: &CaseStudy, method: &Method) -> Self {
        Self::of(study, method, &study.rating_units(i64::from(method.cells.least_days)))
    }

    /// The plan of some rating units, each with the priority held longest in its phase.
    pub(crate) fn of(study: &CaseStudy, method: &Method, rated: &[RatingUnit]) -> Self {
        Self::with_shares(study, method, rated, &shares_of_units(study))
    }

    /// The same with other shares of the units, in their order; all that is equal is one thousand.
    pub(crate) fn with_shares(study: &CaseStudy, method: &Method, rated: &[RatingUnit], shares: &[u64]) -> Self {
        let specs: Vec<CellSpec> = rated
            .iter()
            .map(|at| CellSpec { at: *at, tier: tier_in_phase(study, at.task, at.phase).unwrap_or(study.tasks()[at.task].tier) })
            .collect();
        Self::compile(study, method, &specs, shares, &|task, phase| tier_in_phase(study, task, phase))
    }

    /// The plan of one day, without the days that a cell needs; nothing outside the phases.
    pub(crate) fn on(study: &CaseStudy, method: &Method, day: NaiveDate) -> Option<(usize, Self)> {
        let phase = study.phases().iter().position(|phase| phase.days.contains(day))?;
        let state = |task: usize| study.states(task).iter().find(|state| state.days.contains(day));
        let mut specs = Vec::new();
        for task in 0..study.tasks().len() {
            let Some(state) = state(task) else { continue };
            let replaced = |unit: usize| study.replaced_by(task).iter().any(|other| self::in_unit(study, *other, day, unit));
            let units = state.units.iter().filter(|unit| !replaced(*unit));
            specs.extend(units.map(|unit| CellSpec { at: RatingUnit::new(task, phase, unit), tier: state.tier }));
        }
        let shares = shares_of_units(study);
        let plan = Self::compile(study, method, &specs, &shares, &|task, _| state(task).map(|state| state.tier));
        // A day is a whole of its own, whichever phase holds it.
        Some((phase, Self { main: vec![true; plan.phases], ..plan }))
    }

    /// `tier` gives the priority of a task in a phase, or on the day; nothing while it is not in force.
    fn compile(study: &CaseStudy, method: &Method, specs: &[CellSpec], shares: &[u64], tier: &TierAt<'_>) -> Self {
        let mut slots: Vec<Slot> = Vec::new();
        let mut slot_of = vec![u32::MAX; study.ratings().len() * 4];
        let weights = Weighing::of(study, method, specs, shares, tier);
        let mut cells = Vec::with_capacity(specs.len());
        for (spec, (weight, weighs_as)) in specs.iter().zip(weights.parts.into_iter().zip(weights.tiers)) {
            let mut cell = Cell {
                task: spec.at.task,
                phase: spec.at.phase,
                unit: spec.at.unit,
                tier: spec.tier,
                weighs_as,
                weight,
                slots: [u32::MAX; 4],
                inherited: [false; 4],
                regional: [false; 4],
                said_of_region: false,
            };
            for link in Link::ALL {
                let at = link.index();
                let Some(held) = study.holding(spec.at.task, *link, spec.at.phase, spec.at.unit) else { continue };
                let slot = &mut slot_of[held.rating * 4 + at];
                if *slot == u32::MAX {
                    *slot = u32::try_from(slots.len()).unwrap_or(u32::MAX);
                    slots.push(Slot { rating: held.rating, link: *link });
                }
                cell.slots[at] = *slot;
                cell.inherited[at] = held.inherited.is_some();
                cell.regional[at] = held.footing == Footing::Regional;
                cell.said_of_region |= cell.regional[at];
            }
            cells.push(cell);
        }
        let not_coded = u32::try_from(slots.len()).unwrap_or(u32::MAX);
        for slot in cells.iter_mut().flat_map(|cell| &mut cell.slots) {
            *slot = (*slot).min(not_coded);
        }
        let mut plan = Self {
            cells,
            slots,
            links: LinkAggregator::default(),
            phases: study.phases().len(),
            units: study.units().count(),
            main: (0..study.phases().len()).map(|phase| study.is_main(phase)).collect(),
            scale: weights.scale,
            stated: Vec::new(),
            low: Vec::new(),
            high: Vec::new(),
            free_low: Vec::new(),
            free_high: Vec::new(),
        };
        for slot in &plan.slots {
            let judgement = study.ratings()[slot.rating].link(slot.link).map(|statement| &statement.judgement);
            let [stated, low, high, free_low, free_high] = levels(judgement);
            plan.stated.push(stated);
            plan.low.push(low);
            plan.high.push(high);
            plan.free_low.push(free_low);
            plan.free_high.push(free_high);
        }
        for levels in [&mut plan.stated, &mut plan.low, &mut plan.high] {
            levels.push(UNKNOWN);
        }
        plan.free_low.push(0);
        plan.free_high.push(4);
        plan
    }

    /// How many links of cells no row speaks of.
    pub(crate) fn links_not_coded(&self) -> usize {
        self.cells.iter().flat_map(|cell| cell.slots).filter(|slot| *slot as usize == self.slots.len()).count()
    }

    /// How many groups there are: the whole (of the main phases), phases, units, and phases × units.
    pub(crate) fn groups(&self) -> usize {
        (1 + self.phases) * (1 + self.units)
    }

    /// The group of a phase and a unit; of either or of both alone; of the whole.
    pub(crate) fn group(&self, phase: Option<usize>, unit: Option<usize>) -> usize {
        phase.map_or(0, |phase| phase + 1) * (self.units + 1) + unit.map_or(0, |unit| unit + 1)
    }

    /// The group of a cell's phase and unit.
    pub(crate) fn group_of(&self, cell: &Cell) -> usize {
        (cell.phase + 1) * (self.units + 1) + cell.unit + 1
    }

    /// The groups that a cell belongs to: its phase, and its unit in that phase; of a main phase the whole and its unit too.
    pub(crate) fn groups_of(&self, cell: &Cell) -> impl Iterator<Item = usize> + use<> {
        let (phase, unit) = ((cell.phase + 1) * (self.units + 1), cell.unit + 1);
        let groups = if self.main[cell.phase] { 4 } else { 2 };
        [phase, phase + unit, 0, unit].into_iter().take(groups)
    }

    /// Whether a cell belongs to a group.
    pub(crate) fn is_in(&self, cell: &Cell, group: usize) -> bool {
        self.groups_of(cell).any(|of| of == group)
    }

    /// The weight of a cell in the units of the method.
    #[allow(clippy::cast_precision_loss, reason = "weights stay under 2^53")]
    pub(crate) fn weight(&self, cell: &Cell) -> f64 {
        cell.weight as f64 * self.scale.1 / self.scale.0
    }
}

/// The priority of a task in a phase, by their places; nothing while it is not in force.
type TierAt<'a> = dyn Fn(usize, usize) -> Option<Tier> + 'a;

/// The shares of the units in thousandths; one where none is given.
pub(crate) fn shares_of_units(study: &CaseStudy) -> Vec<u64> {
    study.units().map(|unit| unit.share.map_or(1000, |share| share.thousandths())).collect()
}

/// The codes of a judgement: stated, low, high, and the ends when it is set free.
fn levels(judgement: Option<&Judgement<Level>>) -> [u8; 5] {
    match judgement {
        Some(Judgement::Rated(rated)) => {
            let (low, high) = (rated.low().index(), rated.high().index());
            [rated.value().index(), low, high, low, high]
        }
        Some(Judgement::NotApplicable(_)) => [NOT_APPLICABLE; 5],
        Some(Judgement::Contested(levels)) => {
            let (low, high) = (levels.first().map_or(0, |l| l.index()), levels.last().map_or(4, |l| l.index()));
            [UNKNOWN, UNKNOWN, UNKNOWN, low, high]
        }
        Some(Judgement::NotAssessed(_)) | None => [UNKNOWN, UNKNOWN, UNKNOWN, 0, 4],
    }
}

fn in_unit(study: &CaseStudy, task: usize, day: NaiveDate, unit: usize) -> bool {
    study.states(task).iter().any(|state| state.days.contains(day) && state.units.contains(unit))
}

/// The priority that a task holds longest in a phase; of two held equally long the later one.
pub(crate) fn tier_in_phase(study: &CaseStudy, task: usize, phase: usize) -> Option<Tier> {
    let days: Days = study.phases().get(phase)?.days;
    let mut held: Vec<(Tier, i64, NaiveDate)> = Vec::new();
    for state in study.states(task) {
        let Some(within) = state.days.within(days) else { continue };
        match held.iter_mut().find(|(tier, ..)| *tier == state.tier) {
            Some(entry) => (entry.1, entry.2) = (entry.1 + within.len(), within.last()),
            None => held.push((state.tier, within.len(), within.last())),
        }
    }
    held.into_iter().max_by_key(|(_, days, last)| (*days, *last)).map(|(tier, ..)| tier)
}

/// The weights of cells as whole numbers.
struct Weighing {
    parts: Vec<u64>,
    /// The tier of which each is a part.
    tiers: Vec<Tier>,
    scale: (f64, f64),
}

impl Weighing {
    /// A task's weight (its tier's; a part's an equal share of its whole's) is spread over its cells
    /// by the units' shares; the common denominator makes every weight whole.
    fn of(study: &CaseStudy, method: &Method, specs: &[CellSpec], shares: &[u64], tier: &TierAt<'_>) -> Self {
        let phases = study.phases().len();
        let mut spread = Spread { phases, cells: vec![None; study.tasks().len() * phases] };
        for spec in specs {
            let share = shares.get(spec.at.unit).copied().unwrap_or(1000);
            *spread.cells[spec.at.task * phases + spec.at.phase].get_or_insert(0) += share;
        }
        let wholes = Wholes::of(study, &spread, tier);
        let divided: Vec<(Tier, u64)> = specs.iter().map(|spec| wholes.weight_of(spec)).collect();
        let fractions: Vec<(u128, u128)> = specs
            .iter()
            .zip(&divided)
            .map(|(spec, (tier, parts))| {
                let share = shares.get(spec.at.unit).copied().unwrap_or(1000);
                let over = spread.at(spec.at.task, spec.at.phase).unwrap_or(1000);
                let divisor = gcd(share, over).max(1);
                let weight = u128::from(method.congruence.weight(*tier).thousandths());
                (weight * u128::from(share / divisor), u128::from(over / divisor) * u128::from(*parts))
            })
            .collect();
        let common = fractions.iter().try_fold(1u128, |common, (_, of)| {
            let common = common / gcd128(common, *of) * of;
            (common <= 1 << 32).then_some(common)
        });
        let common = common.unwrap_or(1 << 32);
        let parts: Vec<u128> = fractions.iter().map(|(part, of)| (part * common / of).max(1)).collect();
        let divisor = parts.iter().fold(0, |divisor, part| gcd128(divisor, *part)).max(1);
        let total: u128 = parts.iter().map(|part| part / divisor).sum();
        let mut shift = 0;
        while total >> shift > FINEST {
            shift += 1;
        }
        let parts = parts.iter().map(|part| u64::try_from(((part / divisor) >> shift).max(1)).unwrap_or(u64::MAX)).collect();
        // Both whole, so that a weight is the nearest number to it whatever else is weighed.
        let shared = gcd128(common * 1000, divisor << shift);
        #[allow(clippy::cast_precision_loss, reason = "both are far under 2^53")]
        let scale = ((common * 1000 / shared) as f64, ((divisor << shift) / shared) as f64);
        Self { parts, tiers: divided.into_iter().map(|(tier, _)| tier).collect(), scale }
    }
}

fn gcd128(a: u128, b: u128) -> u128 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

/// For each task and phase with cells the units' shares together.
struct Spread {
    phases: usize,
    cells: Vec<Option<u64>>,
}

impl Spread {
    fn at(&self, task: usize, phase: usize) -> Option<u64> {
        self.cells[task * self.phases + phase]
    }
}

/// Wholes and their parts: the whole's weight, divided equally among those with cells in the phase.
///
/// Parts of a whole that is not in force then stand for themselves.
struct Wholes {
    /// For a task and phase of a divided whole: the tier that is divided, and by how many.
    divided: HashMap<(usize, usize), (Tier, u64)>,
}

impl Wholes {
    fn of(study: &CaseStudy, spread: &Spread, tier: &dyn Fn(usize, usize) -> Option<Tier>) -> Self {
        let mut divided = HashMap::new();
        let mut members: HashMap<usize, Vec<usize>> = HashMap::new();
        for (at, task) in study.tasks().iter().enumerate() {
            if let Some(whole) = task.part_of.as_ref().and_then(|id| study.place_of_task(id)) {
                members.entry(whole).or_insert_with(|| vec![whole]).push(at);
            }
        }
        for (whole, members) in members {
            for phase in 0..study.phases().len() {
                let with_cells: Vec<usize> = members.iter().copied().filter(|task| spread.at(*task, phase).is_some()).collect();
                if let Some(tier) = tier(whole, phase) {
                    for task in &with_cells {
                        divided.insert((*task, phase), (tier, with_cells.len() as u64));
                    }
                }
            }
        }
        Self { divided }
    }

    fn weight_of(&self, spec: &CellSpec) -> (Tier, u64) {
        let divided = if self.divided.is_empty() { None } else { self.divided.get(&(spec.at.task, spec.at.phase)) };
        divided.copied().unwrap_or((spec.tier, 1))
    }
}
