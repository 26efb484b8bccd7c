//! Direct calibration: from values to memberships by three anchors.

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};

/// The values at which a case is out of a set, at its crossover, and in it. A set of which less is more has the anchors
/// the other way round: in < crossover < out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Anchors {
    /// Membership .05 (with [`Steepness::Ln19`]) or .047: fully out.
    pub out: f64,
    /// Membership .5: most ambiguous.
    pub crossover: f64,
    /// Membership .95 or .953: fully in.
    pub full: f64,
}

/// How steep the logistic curve is: log odds at the anchors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Steepness {
    /// 3, as Ragin rounds it: .953 at the anchor.
    Three,
    /// ln 19 = 2.944: .95 at the anchor.
    #[default]
    Ln19,
}

/// The membership of a value, 0 to 1.
///
/// Formula: m = 1 / (1 + exp(−k d)), d = (x − c) / (c − e) on the side of *out* and (x − c) / (i − c) on that of *in*.
///
/// Source: Ragin, *Redesigning Social Inquiry* (2008), chapter 5; Dusa, *QCA with R* (2019), section 4.2, for k = ln 19.
///
/// Worked example (Lipset's data, Ragin 2009): GDP per head of Austria 720, anchors 400, 550, 900, k = 3:
/// d = 170 / 350 = 0.4857, m = 1 / (1 + e^−1.457) = 0.811.
///
/// # Errors
/// `not-between` where the crossover does not lie strictly between the other anchors; `not-finite` for a value or anchor that is
/// no finite number.
///
/// ```
/// use peaceops::comparison::qca::{Anchors, Steepness, calibrate};
///
/// let developed = Anchors { out: 400.0, crossover: 550.0, full: 900.0 };
/// let round = |value: f64| (value * 100.0).round() / 100.0;
/// assert_eq!(round(calibrate(720.0, developed, Steepness::Three)?), 0.81);
/// assert_eq!(round(calibrate(468.0, developed, Steepness::Three)?), 0.16);
/// assert_eq!(round(calibrate(468.0, developed, Steepness::Ln19)?), 0.17);
/// # Ok::<(), peaceops::Error>(())
/// ```
pub fn calibrate(value: f64, anchors: Anchors, steepness: Steepness) -> Result<f64, Error> {
    let Anchors { out, crossover, full } = anchors;
    if [value, out, crossover, full].iter().any(|number| !number.is_finite()) {
        return Err(ErrorKind::NotFinite { what: "value or anchor" }.into());
    }
    let between = (out < crossover && crossover < full) || (full < crossover && crossover < out);
    if !between {
        let (low, high) = (out.min(full).to_string(), out.max(full).to_string());
        return Err(ErrorKind::NotBetween { what: "crossover", found: crossover.to_string(), low, high }.into());
    }
    let on_the_out_side = (value < crossover) == (out < crossover);
    let distance = if on_the_out_side { -parts(value, crossover, out) } else { parts(value, crossover, full) };
    let k = match steepness {
        Steepness::Three => 3.0,
        Steepness::Ln19 => 2.944_438_979_166_440_3, // ln 19
    };
    Ok(1.0 / (1.0 + libm::exp(-k * distance)))
}

/// How far a value lies from one number, in parts of the way to another.
fn parts(value: f64, from: f64, to: f64) -> f64 {
    let (gone, way) = (value - from, to - from);
    // half of each, where the whole is too large for a number
    if gone.is_finite() && way.is_finite() { gone / way } else { (value / 2.0 - from / 2.0) / (to / 2.0 - from / 2.0) }
}
