//! Denomination: an indicator per population, per personnel, per area.

use serde::{Deserialize, Serialize};

use super::Reason;
use super::store::{Lane, is_known};
use super::table::{Column, Table};

/// What an indicator's values are divided by.
///
/// Formula: value / denominator × times. A unit whose denominator is missing, 0 or below has no value
/// ([`Reason::NoDenominator`]); a result above [`Table::LARGEST`] is not held
/// ([`Reason::OutOfBounds`]). The denominator is a column of the table, and may be an indicator as well.
///
/// Source: OECD/JRC, *Handbook on Constructing Composite Indicators* (2008), section 2.2, on variables that
/// differ by size; `Denominate` of COINr.
///
/// ```
/// use peaceops::indicator::composite::denominate::{Per, denominated};
///
/// // deaths per 100,000 of the population
/// let per = Per { by: "population".into(), times: 100_000.0 };
/// assert_eq!(denominated(30.0, 600_000.0, &per)?, 5.0);
/// assert!(denominated(30.0, 0.0, &per).is_err());
/// # Ok::<(), peaceops::indicator::composite::Reason>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Per {
    /// The column of the denominator.
    pub by: String,
    /// What the ratio is multiplied by: 1 unless given, positive, at most 10¹².
    #[serde(default = "one")]
    pub times: f64,
}

impl Per {
    /// Largest factor, 10¹².
    pub const LARGEST: f64 = 1e12;
}

fn one() -> f64 {
    1.0
}

/// A value by its denominator, in units of the value by the denominator's, times the factor.
///
/// See [`Per`] for formula and source.
///
/// # Errors
/// [`Reason::NoDenominator`] where the denominator is not positive, [`Reason::OutOfBounds`] where the result is
/// not finite or too large.
///
/// ```
/// use peaceops::indicator::composite::Reason;
/// use peaceops::indicator::composite::denominate::{Per, denominated};
///
/// let per = Per { by: "personnel".into(), times: 1.0 };
/// assert_eq!(denominated(84.0, 12.0, &per), Ok(7.0));
/// assert_eq!(denominated(84.0, -12.0, &per), Err(Reason::NoDenominator));
/// ```
pub fn denominated(value: f64, denominator: f64, per: &Per) -> Result<f64, Reason> {
    if !(denominator > 0.0 && denominator.is_finite()) {
        return Err(Reason::NoDenominator);
    }
    let ratio = value / denominator * per.times;
    if (-Table::LARGEST..=Table::LARGEST).contains(&ratio) { Ok(ratio) } else { Err(Reason::OutOfBounds) }
}

/// Divides a column by another.
pub(super) fn column(lane: &mut Lane<'_>, by: &Column, per: &Per) {
    for (at, (denominator, given)) in by.values.iter().zip(&by.known).enumerate() {
        if is_known(lane.states[at]) {
            match denominated(lane.values[at], if *given { *denominator } else { 0.0 }, per) {
                Ok(ratio) => lane.values[at] = ratio,
                Err(reason) => lane.lose(at, reason),
            }
        }
    }
}
