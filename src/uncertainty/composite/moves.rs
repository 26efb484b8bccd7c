//! A composite moved by numbers in [0, 1): the one place that makes it, for draws and for Sobol's indices.

use std::ops::Range;

use super::{CompositeInput, CompositeInputs};
use crate::error::{Error, ErrorKind};
use crate::indicator::composite::{Aggregation, Composite, Indicator, Plan, Scores, Table};
use crate::problem::nearest;

/// The compiled request: which number moves what.
///
/// Numbers come in the order of weights, normaliser, aggregators, errors by indicator and unit.
#[derive(Clone, Debug)]
pub(in crate::uncertainty) struct Moves {
    /// A plan for each normaliser, the described one first.
    plans: Vec<Plan>,
    /// The elements whose weights move.
    weights: Vec<usize>,
    /// By how many thousandths they go up or down.
    spread: u32,
    aggregators: Vec<Trigger>,
    /// Indicators with the largest relative error of their values.
    errors: Vec<(String, f64)>,
    /// The units whose values err.
    units: Vec<usize>,
    numbers: usize,
    request: CompositeInputs,
    whole: String,
}

/// A choice of aggregators: the elements that it is for, and the alternatives to the described ones.
#[derive(Clone, Debug)]
struct Trigger {
    elements: Vec<usize>,
    alternatives: Vec<Aggregation>,
}

fn wrong(what: impl Into<String>, message: impl ToString) -> Error {
    ErrorKind::NotAComposite { what: what.into(), message: message.to_string() }.into()
}

impl Moves {
    /// Checks a request, for errors of the values of some units.
    pub(in crate::uncertainty) fn of(plan: &Plan, table: &Table, request: &CompositeInputs, units: Vec<usize>) -> Result<Self, Error> {
        let stated = plan.description();
        let scores = plan.run(table).map_err(|faults| wrong("the table", faults))?;
        let whole = scores.whole().map(ToString::to_string).unwrap_or_default();
        let spread = part("the spread of weights", request.spread.thousandths())?;
        let mut plans = vec![plan.clone()];
        for (at, normaliser) in request.normalisers.iter().enumerate() {
            let own = |indicator: &Indicator| Indicator { normaliser: None, ..indicator.clone() };
            let indicators = stated.indicators.iter().map(own).collect();
            let other = Composite { normaliser: *normaliser, indicators, ..stated.clone() };
            plans.push(Plan::new(other).map_err(|faults| wrong(format!("normaliser {}", at + 1), faults))?);
        }
        let mut aggregators: Vec<Trigger> = Vec::with_capacity(request.aggregators.len());
        for choice in &request.aggregators {
            let mut elements = Vec::new();
            let places = (0..stated.groups.len()).filter(|at| choice.groups.is_empty() || choice.groups.contains(&stated.groups[*at].id));
            let places: Vec<usize> = places.collect();
            for group in places.iter().map(|at| &stated.groups[*at]) {
                let Some(element) = plan.element(&group.id) else { continue };
                if aggregators.iter().any(|other| other.elements.contains(&element)) {
                    return Err(wrong(format!("the group `{}`", group.id), "two choices of aggregators are for it"));
                }
                elements.push(element);
            }
            for alternative in &choice.alternatives {
                let mut other = stated.clone();
                places.iter().for_each(|at| other.groups[*at].aggregation = *alternative);
                Plan::new(other).map_err(|faults| wrong("an aggregator", faults))?;
            }
            let unknown = choice.groups.iter().find(|id| !stated.groups.iter().any(|group| group.id == **id));
            known("group", unknown, stated.groups.iter().map(|group| group.id.as_str()))?;
            aggregators.push(Trigger { elements, alternatives: choice.alternatives.clone() });
        }
        let mut errors: Vec<(String, f64)> = Vec::with_capacity(request.errors.len());
        for error in &request.errors {
            let unknown = Some(&error.indicator).filter(|id| !stated.indicators.iter().any(|indicator| indicator.id == **id));
            known("indicator", unknown, stated.indicators.iter().map(|indicator| indicator.id.as_str()))?;
            if errors.iter().any(|(other, _)| *other == error.indicator) {
                return Err(wrong(format!("the indicator `{}`", error.indicator), "two errors are given for it"));
            }
            part("the relative error", error.part.thousandths())?;
            errors.push((error.indicator.clone(), error.part.value()));
        }
        let weights = if spread > 0 { plan.sharing() } else { Vec::new() };
        let numbers = weights.len() + usize::from(plans.len() > 1) + aggregators.len() + errors.len() * units.len();
        Ok(Self { plans, weights, spread, aggregators, errors, units, numbers, request: request.clone(), whole })
    }

    /// The request that it was made from.
    pub(super) fn request(&self) -> &CompositeInputs {
        &self.request
    }

    /// The whole of the composite.
    pub(in crate::uncertainty) fn whole(&self) -> &str {
        &self.whole
    }

    /// That scores of all its plans can be compared.
    pub(in crate::uncertainty) fn one_scale(&self) -> Result<(), Error> {
        let scales: Vec<String> = self.plans.iter().map(Plan::scale).collect();
        match scales.iter().find(|scale| Some(*scale) != scales.first()) {
            Some(other) => Err(wrong("the normalisers", format!("scores on different scales ({}; {other}): ask for ranks", scales[0]))),
            None => Ok(()),
        }
    }

    /// How many numbers move it.
    pub(in crate::uncertainty) fn numbers(&self) -> usize {
        self.numbers
    }

    /// What is varied, with the places of its numbers.
    pub(in crate::uncertainty) fn inputs(&self) -> impl Iterator<Item = (CompositeInput, Range<usize>)> {
        let id = |element: &usize| self.plans.first().and_then(|plan| plan.name(*element)).unwrap_or_default();
        let weights = self.weights.iter().map(move |element| (CompositeInput::Weight { of: id(element) }, 1));
        let normaliser = (self.plans.len() > 1).then_some((CompositeInput::Normaliser, 1));
        let aggregator = |choice: &super::AggregatorChoice| (CompositeInput::Aggregator { groups: choice.groups.clone() }, 1);
        let error = |(indicator, _): &(String, f64)| (CompositeInput::Value { of: indicator.clone() }, self.units.len());
        let all = weights.chain(normaliser).chain(self.request.aggregators.iter().map(aggregator)).chain(self.errors.iter().map(error));
        all.scan(0, |from, (input, numbers)| {
            *from += numbers;
            Some((input, *from - numbers..*from))
        })
    }

    /// Among how many choices a number of an input decides; nothing where it moves a weight or a value.
    pub(super) fn choices(&self, number: usize) -> Option<usize> {
        let after = number.checked_sub(self.weights.len())?;
        match after.checked_sub(usize::from(self.plans.len() > 1)) {
            None => Some(self.plans.len()),
            Some(at) => self.aggregators.get(at).map(|trigger| trigger.alternatives.len() + 1),
        }
    }

    /// The numbers at which it is as described.
    pub(super) fn stated(&self) -> Vec<f64> {
        (0..self.numbers()).map(|number| if self.choices(number).is_some() { 0.0 } else { 0.5 }).collect()
    }

    /// The scores under some numbers; nothing where there are none, which no request that was checked leads to.
    pub(in crate::uncertainty) fn scores(&self, table: &Table, numbers: &[f64]) -> Option<Scores> {
        let (of_weights, mut rest) = numbers.split_at_checked(self.weights.len())?;
        let mut next = || {
            let (number, after) = rest.split_first()?;
            rest = after;
            Some(*number)
        };
        let plan = if self.plans.len() > 1 { self.plans.get(choice(next()?, self.plans.len()))? } else { self.plans.first()? };
        let mut aggregations: Vec<(usize, Aggregation)> = Vec::new();
        for trigger in &self.aggregators {
            let chosen = choice(next()?, trigger.alternatives.len() + 1).checked_sub(1).and_then(|at| trigger.alternatives.get(at));
            aggregations.extend(chosen.into_iter().flat_map(|chosen| trigger.elements.iter().map(|element| (*element, *chosen))));
        }
        let steps = 2 * self.spread as usize + 1;
        let thousandths = |element: usize| {
            let number = self.weights.binary_search(&element).ok().and_then(|at| of_weights.get(at));
            number.map_or(1000, |number| (1000 - self.spread as usize + choice(*number, steps)) as u64)
        };
        let moved = (!of_weights.is_empty() || !aggregations.is_empty()).then(|| plan.moved(&aggregations, thousandths));
        let plan = moved.as_ref().unwrap_or(plan);
        if self.errors.is_empty() {
            return plan.run(table).ok();
        }
        let errors = self.errors.iter().flat_map(|(indicator, part)| self.units.iter().map(move |unit| (indicator.as_str(), *unit, *part)));
        let erring = errors.zip(rest).map(|((indicator, unit, part), number)| (indicator, unit, 1.0 + part * (2.0 * number - 1.0)));
        plan.run(&table.erring(erring)).ok()
    }
}

/// A place among so many, each from as wide a stretch of [0, 1).
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "there are few places")]
pub(super) fn choice(number: f64, of: usize) -> usize {
    ((number * of as f64) as usize).min(of.saturating_sub(1))
}

/// A part of 0 to 0.999, in thousandths.
fn part(what: &'static str, thousandths: i64) -> Result<u32, Error> {
    let found = || crate::measure::Decimal::of_thousandths(thousandths).to_string();
    let wrong = || ErrorKind::OutOfRange { what, found: found(), min: "0".into(), max: "0.999".into() };
    u32::try_from(thousandths).ok().filter(|part| *part < 1000).ok_or_else(|| wrong().into())
}

fn known<'a>(what: &'static str, unknown: Option<&String>, names: impl Iterator<Item = &'a str>) -> Result<(), Error> {
    match unknown {
        Some(id) => Err(ErrorKind::UnknownId { what, found: id.clone(), near: nearest(id, names) }.into()),
        None => Ok(()),
    }
}
