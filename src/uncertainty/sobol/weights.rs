//! Which weight the variance of a balance comes from.

use serde::Serialize;

use super::{Design, Indices};
use crate::error::{Error, ErrorKind};
use crate::measure::{Decimal, Weight};
use crate::scale::Salience;
use crate::scoring::Assessment;
use crate::uncertainty::draws::dimension::Issues;

/// The indices of weights, each drawn evenly between its stated value less and more a part of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct WeightIndices {
    /// Whose weights they are, in the order of the inputs: saliences.
    pub of: Vec<String>,
    /// The indices.
    pub indices: Indices,
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
    let issues = Issues::of(assessment.study(), &count.findings, count.band, &assessment.method().balance);
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
