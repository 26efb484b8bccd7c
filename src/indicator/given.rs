//! The values of a series that are given, each at its place.

use crate::error::{Error, ErrorKind};

/// The given values with their places in the slice, in order; missing ones are left out.
///
/// A value that is not finite is an error: a fault of measuring should not pass for silence.
pub(super) fn given<V: Copy + Into<Option<f64>>>(values: &[V]) -> Result<Vec<(usize, f64)>, Error> {
    let places = values.iter().enumerate();
    places.filter_map(|(place, value)| (*value).into().map(|value| checked(value).map(|value| (place, value)))).collect()
}

/// A finite value.
pub(super) fn checked(value: f64) -> Result<f64, Error> {
    if value.is_finite() {
        return Ok(value + 0.0); // −0 becomes 0
    }
    Err(ErrorKind::NotFinite { what: "a value of the series" }.into())
}
