//! A description, checked once, and ready to be run on tables.

use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};

use super::aggregate::{self, power};
use super::fault::{Fault, Faults, Gathered};
use super::normalise::Extent;
use super::store::{OBSERVED, Store, unknown};
use super::{
    Aggregation, Composite, Floor, FloorOf, Group, Imputed, Indicator, Normaliser, Outliers, Per, Reason, Scores, Table, Transform,
    Treated, Treatment, denominate, impute, transform, treat,
};
use crate::id::Slug;
use crate::measure::Weight;
use crate::scale::Better;

/// A composite that was checked and can be run.
///
/// It is made once and run on any number of tables; it is cheap to clone and can be shared between threads.
///
/// ```
/// use peaceops::indicator::composite::{Aggregation, Composite, Group, Indicator, Normaliser, Onto, Plan};
/// use peaceops::scale::Better;
///
/// let goalposts = |low, high| Some(Normaliser::Goalposts { low, high, onto: Onto::default() });
/// let faults = Plan::new(Composite {
///     indicators: vec![
///         Indicator { normaliser: goalposts(85.0, 20.0), ..Indicator::new("life", "health", Better::Higher) },
///         Indicator { weight: Some(0.0), ..Indicator::new("income", "helth", Better::Higher) },
///     ],
///     groups: vec![Group::new("health", Aggregation::Geometric)],
///     ..Composite::new("example", Normaliser::PercentileRank)
/// })
/// .unwrap_err();
/// assert_eq!(
///     faults.to_string(),
///     "goalposts of `life`: low 85 is not below high 20; `better` alone says which end is good [reversed]\n\
///      `income` is in the group `helth`, which there is not; groups: `health` [unknown-group]\n\
///      the weight of `income`: the number 0 is not positive [weight]"
/// );
/// ```
#[derive(Clone, Debug)]
pub struct Plan {
    description: Arc<Composite>,
    pub(super) compiled: Arc<Compiled>,
}

/// A composite by places instead of names.
#[derive(Clone, Debug)]
pub(super) struct Compiled {
    /// The names of all elements: first the indicators, then the groups, parts before wholes.
    pub(super) ids: IndexSet<Slug>,
    pub(super) indicators: Vec<IndicatorPlan>,
    pub(super) groups: Vec<GroupPlan>,
    pub(super) extent: Extent,
    depth: usize,
}

/// An indicator with its choices.
#[derive(Clone, Debug)]
pub(super) struct IndicatorPlan {
    better: Better,
    per: Option<Per>,
    transform: Transform,
    normaliser: Normaliser,
    outliers: Option<Outliers>,
}

/// A group with its parts.
#[derive(Clone, Debug)]
pub(super) struct GroupPlan {
    pub(super) element: usize,
    pub(super) aggregation: Aggregation,
    pub(super) floor: Floor,
    /// What its floor is held against: its parts, or their weight.
    pub(super) due: u64,
    pub(super) parts: Vec<Part>,
    /// The indicators below it, in the order of the description.
    pub(super) indicators: Vec<usize>,
}

/// A part of a group.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) element: usize,
    pub(super) weight: Weight,
    /// Its share of the group's weight.
    pub(super) share: f64,
}

impl GroupPlan {
    /// Takes the shares again after parts were added or taken away.
    pub(super) fn share_out(&mut self) {
        let whole: u64 = self.parts.iter().map(|part| part.weight.thousandths()).sum();
        for part in &mut self.parts {
            part.share = part.weight.thousandths() as f64 / whole as f64;
        }
        self.due = match self.floor.of {
            FloorOf::Parts => self.parts.len() as u64,
            FloorOf::Weight => whole,
        };
    }
}

impl Plan {
    /// Most levels, indicators and whole included: 32.
    pub const DEPTH: usize = 32;

    /// Most indicators and groups together: 10,000.
    pub const ELEMENTS: usize = 10_000;

    /// Most scores of a run, units times elements: a hundred million.
    pub const SCORES: usize = 100_000_000;

    /// Checks a description.
    ///
    /// # Errors
    /// Every fault at once, in the order of the description: names that are no slugs or stand twice, groups that
    /// are not there, hold nothing or are in each other, not exactly one whole, weights that are not positive or
    /// are given for some parts only, floors, exponents, scales and goalposts outside their bounds, indicators on
    /// different scales, goalposts with a treatment, and too many levels or elements.
    pub fn new(description: Composite) -> Result<Self, Faults> {
        let mut faults = Gathered::default();
        let elements = description.indicators.len() + description.groups.len();
        if elements > Self::ELEMENTS {
            faults.push(Fault::TooMany { what: "indicators and groups", found: elements, max: Self::ELEMENTS });
            faults.into_result(())?;
            return Err(Fault::NoGroup.into());
        }
        let compiled = Check { description: &description, faults: &mut faults }.compiled();
        match compiled {
            Some(compiled) => faults.into_result(Self { description: Arc::new(description), compiled: Arc::new(compiled) }),
            None => faults.into_result(()).and(Err(Fault::NoGroup.into())),
        }
    }

    /// The description.
    #[must_use]
    pub fn description(&self) -> &Composite {
        &self.description
    }

    /// The same with other groups, of the same elements.
    pub(super) fn with_groups(&self, groups: Vec<GroupPlan>) -> Self {
        let compiled = Compiled { groups, ..Compiled::clone(&self.compiled) };
        Self { description: Arc::clone(&self.description), compiled: Arc::new(compiled) }
    }

    /// How many levels it has, from the whole to its deepest indicator.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.compiled.depth
    }

    /// The scores of a table's units.
    ///
    /// Pure: the same plan and table give the same scores on every machine. A unit without values has no scores
    /// and changes none of the others.
    ///
    /// # Errors
    /// `no-column` for each indicator and denominator without a column, `no-unit-groups` where values are imputed
    /// by group and the table has none, `too-many` above [`Plan::SCORES`].
    pub fn run(&self, table: &Table) -> Result<Scores, Faults> {
        let plan = &*self.compiled;
        let mut faults = Gathered::default();
        let (units, elements) = (table.units.len(), plan.ids.len());
        let scores = units.saturating_mul(elements);
        if scores > Self::SCORES {
            faults.push(Fault::TooMany { what: "scores", found: scores, max: Self::SCORES });
        }
        if self.description.imputation.needs_groups() && table.groups.is_none() {
            faults.push(Fault::NoUnitGroups);
        }
        let mut columns = Vec::with_capacity(plan.indicators.len());
        for (id, indicator) in plan.ids.iter().zip(&plan.indicators) {
            let column = table.columns.get(id);
            if column.is_none() {
                faults.push(Fault::NoColumn { id: id.to_string(), of: None });
            }
            let by = indicator.per.as_ref().map(|per| (per, table.columns.get(per.by.as_str())));
            if let Some((per, None)) = by {
                faults.push(Fault::NoColumn { id: per.by.clone(), of: Some(id.to_string()) });
            }
            columns.extend(column.map(|column| (column, by.and_then(|(per, by)| by.map(|by| (per, by))))));
        }
        faults.into_result(())?;
        let mut store = Store::new(units, elements);
        let (mut imputed, mut treated): (Vec<Imputed>, Vec<Treated>) = (Vec::new(), Vec::new());
        for (at, ((column, by), indicator)) in columns.into_iter().zip(&plan.indicators).enumerate() {
            let Some(id) = plan.ids.get_index(at) else { continue };
            let mut lane = store.lane(at);
            lane.values.copy_from_slice(&column.values);
            for (state, known) in lane.states.iter_mut().zip(&column.known) {
                *state = if *known { OBSERVED } else { unknown(Reason::NotGiven) };
            }
            *lane.complete = column.known.iter().all(|known| *known);
            if let Some((per, by)) = by {
                denominate::column(&mut lane, by, per);
            }
            impute::column(&mut lane, self.description.imputation, table.groups.as_deref(), id, &table.units, &mut imputed);
            let normaliser = indicator.normaliser.to_logs(indicator.transform);
            if indicator.transform == Transform::Log {
                transform::log(&mut lane, indicator.normaliser.low_goalpost());
            }
            if let Some(outliers) = &indicator.outliers {
                treated.extend(treat::column(&mut lane, outliers, id, &table.units));
            }
            normaliser.column(&mut lane, indicator.better);
        }
        aggregate::all(&mut store, &plan.groups, plan.extent, false);
        Ok(Scores { plan: self.clone(), units: Arc::clone(&table.units), store, imputed, treated })
    }
}

impl Normaliser {
    /// The low goalpost, where there is one.
    fn low_goalpost(&self) -> Option<f64> {
        match self {
            Self::Goalposts { low, .. } => Some(*low),
            _ => None,
        }
    }

    /// With goalposts as the values are: in logarithms where these are taken.
    fn to_logs(self, transform: Transform) -> Self {
        match self {
            Self::Goalposts { low, high, onto } if transform == Transform::Log => {
                Self::Goalposts { low: libm::log(low), high: libm::log(high), onto }
            }
            other => other,
        }
    }
}

/// The check of a description.
struct Check<'a> {
    description: &'a Composite,
    faults: &'a mut Gathered,
}

/// The groups by name: their places in the description.
type Places<'a> = IndexMap<&'a str, usize>;

impl Check<'_> {
    fn compiled(mut self) -> Option<Compiled> {
        let description = self.description;
        self.faults.keep(Slug::new(&description.id), |error| Fault::InvalidId { what: "composite", error });
        description.normaliser.check(&description.id, false, self.faults);
        self.treatment(&description.id, description.treatment);
        if description.indicators.is_empty() {
            self.faults.push(Fault::NoIndicator);
        }
        if description.groups.is_empty() {
            self.faults.push(Fault::NoGroup);
        }
        let groups: Places<'_> = description.groups.iter().enumerate().rev().map(|(at, group)| (group.id.as_str(), at)).collect();
        let mut ids = IndexSet::new();
        let mut parts: Vec<Vec<(usize, Option<f64>)>> = vec![Vec::new(); description.groups.len()];
        let mut indicators = Vec::with_capacity(description.indicators.len());
        for (at, indicator) in description.indicators.iter().enumerate() {
            self.name("indicator", &indicator.id, &mut ids);
            indicators.push(self.indicator(indicator));
            self.place(&indicator.id, &indicator.group, indicator.weight, at, &groups, &mut parts);
        }
        let of_groups = description.indicators.len();
        for (at, group) in description.groups.iter().enumerate() {
            self.name("group", &group.id, &mut ids);
            self.group(group);
            if let Some(of) = &group.group {
                self.place(&group.id, of, group.weight, of_groups + at, &groups, &mut parts);
            }
        }
        let weights = self.weights(&parts);
        let order = self.order(&groups)?;
        let depth = self.depth(&order, &groups);
        let extent = description.indicators.first().map(|first| first.normaliser.unwrap_or(description.normaliser).extent())?;
        if !self.faults.is_empty() {
            return None;
        }
        // from places in the description to elements, parts before wholes
        let mut element: Vec<usize> = (0..of_groups + order.len()).collect();
        for (at, group) in order.iter().enumerate() {
            element[of_groups + group] = of_groups + at;
        }
        let mut below: Vec<Vec<usize>> = (0..of_groups).map(|at| vec![at]).collect();
        let mut planned: Vec<GroupPlan> = Vec::with_capacity(order.len());
        let mut named: IndexSet<Slug> = ids.iter().take(of_groups).cloned().collect();
        for (at, group) in order.iter().enumerate() {
            let parts = parts[*group].iter().zip(&weights[*group]);
            let parts: Vec<Part> = parts.map(|((part, _), weight)| Part { element: element[*part], weight: *weight, share: 0.0 }).collect();
            let mut of_group: Vec<usize> = parts.iter().flat_map(|part| below[part.element].iter().copied()).collect();
            of_group.sort_unstable();
            below.push(of_group.clone());
            let Group { aggregation, floor, .. } = &description.groups[*group];
            let mut plan =
                GroupPlan { element: of_groups + at, aggregation: *aggregation, floor: *floor, due: 0, parts, indicators: of_group };
            plan.share_out();
            planned.push(plan);
            named.extend(ids.get_index(of_groups + group).cloned());
        }
        Some(Compiled { ids: named, indicators, groups: planned, extent, depth })
    }

    /// Checks the name of an element.
    fn name(&mut self, what: &'static str, id: &str, ids: &mut IndexSet<Slug>) {
        let slug = self.faults.keep(Slug::new(id), |error| Fault::InvalidId { what, error });
        if slug.is_some_and(|slug| !ids.insert(slug)) {
            self.faults.push(Fault::DuplicateId { what: "element", id: id.to_owned() });
        }
    }

    /// Checks the choices of an indicator.
    fn indicator(&mut self, indicator: &Indicator) -> IndicatorPlan {
        let (description, id) = (self.description, &indicator.id);
        let normaliser = indicator.normaliser.unwrap_or(description.normaliser);
        let log = indicator.transform == Transform::Log;
        if indicator.normaliser.is_some() || (log && normaliser.low_goalpost().is_some()) {
            normaliser.check(id, log, self.faults);
        }
        if let Some(treatment) = indicator.treatment {
            self.treatment(id, treatment);
        }
        let outliers = match indicator.treatment.unwrap_or(description.treatment) {
            Treatment::None => None,
            Treatment::WinsoriseElseLog(outliers) => Some(outliers),
        };
        if outliers.is_some() && normaliser.low_goalpost().is_some() {
            self.faults.push(Fault::TreatedGoalposts { id: id.clone() });
        }
        if let Some(per) = &indicator.per {
            self.faults.keep(Slug::new(&per.by), |error| Fault::InvalidId { what: "denominator", error });
            if !(per.times > 0.0 && per.times <= Per::LARGEST) {
                let rule = "positive and at most 1e12";
                self.faults.push(Fault::Number { id: id.clone(), what: "the factor", found: per.times, rule });
            }
        }
        if let Some(first) = description.indicators.first() {
            let (found, expected) = (normaliser.extent(), first.normaliser.unwrap_or(description.normaliser).extent());
            // what is not a number is told by the check of the normaliser
            if found != expected && found.to_string() != expected.to_string() {
                let (found, expected) = (found.to_string(), expected.to_string());
                self.faults.push(Fault::MixedScales { id: id.clone(), found, first: first.id.clone(), expected });
            }
        }
        IndicatorPlan { better: indicator.better, per: indicator.per.clone(), transform: indicator.transform, normaliser, outliers }
    }

    /// Checks the thresholds of a treatment.
    fn treatment(&mut self, id: &str, treatment: Treatment) {
        if let Treatment::WinsoriseElseLog(outliers) = treatment {
            for (what, found) in [("the skewness threshold", outliers.skewness), ("the kurtosis threshold", outliers.kurtosis)] {
                if !(found >= 0.0 && found.is_finite()) {
                    self.faults.push(Fault::Number { id: id.to_owned(), what, found, rule: "a number from 0 up" });
                }
            }
        }
    }

    /// Checks the choices of a group.
    fn group(&mut self, group: &Group) {
        if let Aggregation::Power { exponent } = group.aggregation
            && !power::holds(exponent)
        {
            let rule = "a number from -20 to 20 other than 0; at 0 it is the geometric mean";
            self.faults.push(Fault::Number { id: group.id.clone(), what: "the exponent", found: exponent, rule });
        }
        if !(0..=1000).contains(&group.floor.least.thousandths()) {
            let found = group.floor.least.value();
            self.faults.push(Fault::Number { id: group.id.clone(), what: "the coverage floor", found, rule: "a share from 0 to 1" });
        }
        if group.group.is_none() && group.weight.is_some() {
            self.faults.push(Fault::WholeWeight { id: group.id.clone() });
        }
    }

    /// Puts an element into its group.
    fn place(&mut self, id: &str, of: &str, weight: Option<f64>, at: usize, groups: &Places<'_>, parts: &mut [Vec<(usize, Option<f64>)>]) {
        match groups.get(of) {
            Some(group) => parts[*group].push((at, weight)),
            None => {
                let groups = self.description.groups.iter().map(|group| group.id.clone()).collect();
                self.faults.push(Fault::UnknownGroup { id: id.to_owned(), group: of.to_owned(), groups });
                if let Some(weight) = weight {
                    self.faults.keep(Weight::new(weight), |error| Fault::Weight { id: id.to_owned(), error });
                }
            }
        }
    }

    /// The weights of the parts of each group: as given, or all the same.
    fn weights(&mut self, parts: &[Vec<(usize, Option<f64>)>]) -> Vec<Vec<Weight>> {
        let description = self.description;
        let name = |at: usize| match at.checked_sub(description.indicators.len()) {
            None => description.indicators.get(at).map_or("", |indicator| indicator.id.as_str()).to_owned(),
            Some(at) => description.groups.get(at).map_or("", |group| group.id.as_str()).to_owned(),
        };
        let mut all = Vec::with_capacity(parts.len());
        for (group, parts) in description.groups.iter().zip(parts) {
            if parts.is_empty() {
                self.faults.push(Fault::EmptyGroup { id: group.id.clone() });
            }
            let without: Vec<String> = parts.iter().filter(|(_, weight)| weight.is_none()).map(|(at, _)| name(*at)).collect();
            if !without.is_empty() && without.len() < parts.len() {
                self.faults.push(Fault::SomeWeights { group: group.id.clone(), without });
            }
            let weight = |(at, weight): &(usize, Option<f64>)| match weight {
                Some(weight) => {
                    self.faults.keep(Weight::new(*weight), |error| Fault::Weight { id: name(*at), error }).unwrap_or(Weight::ONE)
                }
                None => Weight::ONE,
            };
            all.push(parts.iter().map(weight).collect());
        }
        all
    }

    /// The groups with parts before wholes; nothing where that is not possible.
    fn order(&mut self, groups: &Places<'_>) -> Option<Vec<usize>> {
        let description = &self.description.groups;
        let tops: Vec<usize> = (0..description.len()).filter(|at| description[*at].group.is_none()).collect();
        if tops.len() != 1 && !description.is_empty() {
            self.faults.push(Fault::Whole { groups: tops.iter().map(|at| description[*at].id.clone()).collect() });
        }
        let mut within: Vec<Vec<usize>> = vec![Vec::new(); description.len()];
        for (at, group) in description.iter().enumerate() {
            if let Some(of) = group.group.as_deref().and_then(|of| groups.get(of)) {
                within[*of].push(at);
            }
        }
        // from the wholes down, by levels; backwards that is parts before wholes
        let mut order = tops;
        let mut next = 0;
        while let Some(at) = order.get(next).copied() {
            order.extend(within[at].iter().rev());
            next += 1;
        }
        order.reverse();
        if order.len() < description.len() {
            let reached: IndexSet<usize> = order.iter().copied().collect();
            let dangling = |at: &usize| description[*at].group.as_deref().is_some_and(|of| !groups.contains_key(of));
            let lost: Vec<usize> = (0..description.len()).filter(|at| !reached.contains(at)).collect();
            // what hangs below an unknown group is told already
            if !lost.iter().any(dangling) {
                self.faults.push(Fault::Circle { groups: lost.iter().map(|at| description[*at].id.clone()).collect() });
            }
        }
        self.faults.is_empty().then_some(order)
    }

    /// The levels of the hierarchy, checked against the limit.
    fn depth(&mut self, order: &[usize], groups: &Places<'_>) -> usize {
        let description = self.description;
        let mut levels = vec![1; description.groups.len()];
        for at in order.iter().rev() {
            if let Some(of) = description.groups[*at].group.as_deref().and_then(|of| groups.get(of)) {
                levels[*at] = levels[*of] + 1;
            }
        }
        let level = |indicator: &Indicator| groups.get(indicator.group.as_str()).map_or(1, |group| levels[*group] + 1);
        let Some(deepest) = description.indicators.iter().max_by_key(|indicator| level(indicator)) else { return 1 };
        let found = level(deepest);
        if found > Plan::DEPTH {
            self.faults.push(Fault::TooDeep { id: deepest.id.clone(), found, max: Plan::DEPTH });
        }
        found
    }
}
