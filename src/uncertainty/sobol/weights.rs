//! Which weight the variance of a composite, or of a balance, comes from.

use serde::Serialize;

use super::{Design, Indices};
use crate::error::{Error, ErrorKind};
use crate::indicator::composite::{Composite, Plan, Table};
use crate::measure::{Decimal, Weight};
use crate::scale::Salience;
use crate::scoring::Assessment;
use crate::uncertainty::draws::dimension::Issues;

/// The indices of weights, each drawn evenly between its stated value less and more a part of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct WeightIndices {
    /// Whose weights they are, in the order of the inputs: elements of a composite, or saliences.
    pub of: Vec<String>,
    /// The indices.
    pub indices: Indices,
}

/// Which weights of a composite the score of a unit hangs on.
///
/// `spread` is the part by which every weight may go up or down; only weights of elements that share a group with
/// others are moved, as the others move nothing. Weights are held to the thousandth of the stated one.
///
/// # Errors
/// `out-of-range` for a spread that is not between 0 and 1, and as [`Design::new`].
pub fn of_composite(plan: &Plan, table: &Table, unit: &str, spread: Decimal, samples: usize) -> Result<WeightIndices, Error> {
    let spread = checked(spread)?;
    let stated = plan.description();
    let (of, places) = movable(stated);
    let whole = stated.groups.iter().find(|group| group.group.is_none()).map_or("", |group| group.id.as_str());
    let design = Design::new(places.len(), samples)?;
    let indices = design.run(|inputs| {
        let mut moved = stated.clone();
        for (place, input) in places.iter().zip(inputs) {
            let weight = match place {
                Place::Indicator(at) => &mut moved.indicators.get_mut(*at)?.weight,
                Place::Group(at) => &mut moved.groups.get_mut(*at)?.weight,
            };
            let value = weight.unwrap_or(1.0) * (1.0 + spread * (2.0 * input - 1.0));
            *weight = Some(((value * 1000.0).round() / 1000.0).max(0.001));
        }
        Plan::new(moved).ok()?.run(table).ok()?.outcome(unit, whole)?.value()
    });
    Ok(WeightIndices { of, indices })
}

/// Which weights of salience the balance of a dimension hangs on: minor, moderate, major.
///
/// # Errors
/// `unknown-id` where the framework has no such dimension, `out-of-range` for a spread that is not between 0 and 1, and
/// as [`Design::new`].
pub fn of_balance(assessment: &Assessment, dimension: &str, spread: Decimal, samples: usize) -> Result<WeightIndices, Error> {
    let spread = checked(spread)?;
    let unknown = || ErrorKind::UnknownId { what: "dimension", found: dimension.to_owned(), near: None };
    let count = &assessment.dimension(dimension).ok_or_else(unknown)?.whole;
    let issues = Issues::of(assessment.study(), &count.findings, count.band);
    let saliences = [Salience::Minor, Salience::Moderate, Salience::Major];
    let weights = saliences.map(|salience| assessment.method().balance.weight(salience)).map(Weight::value);
    let indices = Design::new(3, samples)?.run(|inputs| {
        let mut at = 0;
        issues.value(weights.map(|weight| {
            at += 1;
            weight * (1.0 + spread * (2.0 * inputs.get(at - 1).copied().unwrap_or(0.5) - 1.0))
        }))
    });
    Ok(WeightIndices { of: saliences.map(|salience| salience.to_string()).to_vec(), indices })
}

fn checked(spread: Decimal) -> Result<f64, Error> {
    if (0..1000).contains(&spread.thousandths()) {
        return Ok(spread.value());
    }
    Err(ErrorKind::OutOfRange { what: "the spread", found: spread.to_string(), min: "0".into(), max: "0.999".into() }.into())
}

/// An element of a composite.
enum Place {
    Indicator(usize),
    Group(usize),
}

/// The elements that share their group with others.
fn movable(composite: &Composite) -> (Vec<String>, Vec<Place>) {
    let indicators = composite.indicators.iter().enumerate().map(|(at, one)| (Some(&one.group), &one.id, Place::Indicator(at)));
    let groups = composite.groups.iter().enumerate().map(|(at, one)| (one.group.as_ref(), &one.id, Place::Group(at)));
    let parents = || composite.indicators.iter().map(|one| &one.group).chain(composite.groups.iter().filter_map(|one| one.group.as_ref()));
    let shares = |parent: Option<&String>| parent.is_some_and(|parent| parents().filter(|other| *other == parent).count() > 1);
    indicators.chain(groups).filter(|(parent, ..)| shares(*parent)).map(|(_, id, place)| (id.clone(), place)).unzip()
}
