//! The logarithm of an indicator, where its author asks for it.

use serde::{Deserialize, Serialize};

use super::Reason;
use super::store::Lane;

/// Whether an indicator's values are taken as they are or as their logarithms.
///
/// The logarithm is taken after [denomination](super::denominate) and [imputation](super::impute), and before
/// [treatment](super::treat). Goalposts stay in the units of the table: their logarithms are taken with those
/// of the values. A value of 0 or below has no logarithm: with goalposts it lies under the low one and is
/// clipped there, else it is unknown ([`Reason::NotPositive`]), with all that rests on it.
///
/// Source: UNDP, *Human Development Report*, technical note 1, takes the logarithm of income so, since each
/// dollar counts for less than the one before.
///
/// ```
/// use peaceops::indicator::composite::Transform;
///
/// assert_eq!(serde_json::from_str::<Transform>("\"log\"")?, Transform::Log);
/// assert_eq!(Transform::default(), Transform::None);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Transform {
    /// As they are.
    #[default]
    None,
    /// As their natural logarithms; another base changes no score.
    Log,
}

/// Takes the logarithm of a column; values that have none become that of the low goalpost, where there is one.
pub(super) fn log(lane: &mut Lane<'_>, goalpost: Option<f64>) {
    let mut lost = Vec::new();
    for (at, value) in lane.known_mut() {
        match goalpost {
            Some(low) if *value <= low => *value = libm::log(low),
            _ if *value > 0.0 => *value = libm::log(*value),
            _ => lost.push(at),
        }
    }
    for at in lost {
        lane.lose(at, Reason::NotPositive);
    }
}
