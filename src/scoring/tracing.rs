//! Process tracing: what a clue does to the probability of a claim, where a study asks for it.
//!
//! What counts is not how likely a clue is, but how much likelier it is if the claim holds: a hoop test is
//! hard to fail, a smoking gun is hard to find. Probabilities are judged, so they are ranges, and only
//! ranges come out. Certainty is refused: no evidence could move it.
//!
//! ```
//! use peaceops::measure::Interval;
//! use peaceops::scale::Clue;
//! use peaceops::scoring::tracing::{likelihood_ratio, updated};
//!
//! // a hoop test that was passed, then a smoking gun that was found, independent of each other
//! let hoop = likelihood_ratio(Interval::exact(0.95)?, Interval::exact(0.5)?, Clue::Found);
//! let gun = likelihood_ratio(Interval::exact(0.3)?, Interval::exact(0.02)?, Clue::Found);
//! let (low, high) = updated(Interval::exact(0.5)?, &[hoop, gun]);
//! assert_eq!(low, high);
//! assert!((low - 0.9661).abs() < 5e-5);
//! # Ok::<(), peaceops::Error>(())
//! ```

use std::fmt;

use serde::Serialize;

use crate::measure::Interval;
use crate::scale::Clue;

/// The least and the greatest likelihood ratio of a clue or a package: positive and finite.
///
/// Above 1 it speaks for the claim, below 1 against it. Made by [`likelihood_ratio`] and [`package`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Ratio {
    low: f64,
    high: f64,
}

impl Ratio {
    /// The ratio that changes nothing: 1.
    pub const ONE: Self = Self { low: 1.0, high: 1.0 };

    /// The least ratio.
    #[must_use]
    pub fn low(self) -> f64 {
        self.low
    }

    /// The greatest ratio.
    #[must_use]
    pub fn high(self) -> f64 {
        self.high
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.low == self.high { write!(f, "{:.2}", self.low) } else { write!(f, "{:.2} to {:.2}", self.low, self.high) }
    }
}

/// Keeps a positive number within what a float holds.
fn held(ratio: f64) -> f64 {
    ratio.clamp(f64::MIN_POSITIVE, f64::MAX)
}

/// The likelihood ratio of a clue, from the probability of finding it if the claim holds (sensitivity s)
/// and if it does not (false-positive rate f).
///
/// Formula: found, s/f; looked for and absent, (1−s)/(1−f); not looked for, 1. Of ranges, the least ratio
/// of a found clue is at the least s and the greatest f; of an absent clue it is the other way round.
///
/// Source: the tests are those of Van Evera, *Guide to Methods for Students of Political Science* (1997);
/// ranges, and the ratio as what counts, are after Befani, *Quality of quality*, Evaluation 26 (2020).
///
/// Worked example: a hoop test with s = .95 and f = .50 has 1.90 if it is passed and .10 if it is failed:
/// failing it says far more.
///
/// ```
/// use peaceops::measure::Interval;
/// use peaceops::scale::Clue;
/// use peaceops::scoring::tracing::{Ratio, likelihood_ratio};
///
/// let (s, f) = (Interval::exact(0.95)?, Interval::exact(0.5)?);
/// assert_eq!(likelihood_ratio(s, f, Clue::Found).to_string(), "1.90");
/// assert_eq!(likelihood_ratio(s, f, Clue::Absent).to_string(), "0.10");
/// assert_eq!(likelihood_ratio(s, f, Clue::NotLookedFor), Ratio::ONE);
/// assert_eq!(likelihood_ratio(Interval::new(0.6, 0.9)?, Interval::new(0.1, 0.3)?, Clue::Found).to_string(), "2.00 to 9.00");
/// # Ok::<(), peaceops::Error>(())
/// ```
#[must_use]
pub fn likelihood_ratio(sensitivity: Interval, false_positive: Interval, clue: Clue) -> Ratio {
    let ratio = |s: f64, f: f64| match clue {
        Clue::Found => held(s / f),
        Clue::Absent => held((1.0 - s) / (1.0 - f)),
        Clue::NotLookedFor => 1.0,
    };
    let (a, b) = (ratio(sensitivity.low(), false_positive.high()), ratio(sensitivity.high(), false_positive.low()));
    Ratio { low: a.min(b), high: a.max(b) }
}

/// Whether a clue tells nothing: it is judged as likely if the claim holds as if it does not.
///
/// Its ratio is 1, or a range around 1, whether it is found or not. Formula: s = f, both ends. Source: as
/// [`likelihood_ratio`].
///
/// ```
/// use peaceops::measure::Interval;
/// use peaceops::scoring::tracing::uninformative;
///
/// assert!(uninformative(Interval::exact(0.7)?, Interval::exact(0.7)?));
/// assert!(!uninformative(Interval::exact(0.7)?, Interval::exact(0.6)?));
/// # Ok::<(), peaceops::Error>(())
/// ```
#[must_use]
pub fn uninformative(sensitivity: Interval, false_positive: Interval) -> bool {
    sensitivity == false_positive
}

/// The likelihood ratio of a package: clues that depend on each other, which count once.
///
/// Formula: the package's ratio lies between the least and the greatest ratio of its clues. Clues that
/// nobody looked for say nothing and leave the range as it is; a package of no other clues has the ratio 1.
///
/// Source: Befani, *Quality of quality*, Evaluation 26 (2020): dependent clues form one package; the range
/// of its ratio is this project's own.
///
/// Worked example: two reports of one witness, with ratios of 2.00 and 3.00, count 2.00 to 3.00; taken as
/// independent they would count 6.00.
///
/// ```
/// use peaceops::measure::Interval;
/// use peaceops::scale::Clue::{Found, NotLookedFor};
/// use peaceops::scoring::tracing::package;
///
/// let [s, f, g] = [Interval::exact(0.6)?, Interval::exact(0.3)?, Interval::exact(0.2)?];
/// assert_eq!(package(&[(s, f, Found), (s, g, Found), (s, g, NotLookedFor)]).to_string(), "2.00 to 3.00");
/// # Ok::<(), peaceops::Error>(())
/// ```
#[must_use]
pub fn package(clues: &[(Interval, Interval, Clue)]) -> Ratio {
    let looked_for = clues.iter().filter(|(_, _, clue)| *clue != Clue::NotLookedFor);
    let ratios = looked_for.map(|(s, f, clue)| likelihood_ratio(*s, *f, *clue));
    ratios.reduce(|a, b| Ratio { low: a.low.min(b.low), high: a.high.max(b.high) }).unwrap_or(Ratio::ONE)
}

/// A likelihood ratio in decibels: 0 says nothing, +10 is ten to one for the claim, −10 against it.
///
/// For positive numbers, as both ends of a [`Ratio`] are. Formula: 10·log10 of the ratio. Source: Good,
/// *Probability and the Weighing of Evidence* (1950).
///
/// ```
/// use peaceops::scoring::tracing::decibels;
///
/// assert_eq!(decibels(0.1), -10.0);
/// assert!((decibels(1.9) - 2.79).abs() < 5e-3);
/// ```
#[must_use]
pub fn decibels(ratio: f64) -> f64 {
    10.0 * libm::log10(ratio)
}

/// The least and the greatest probability of a claim after clues that are independent of each other, or
/// packages of them.
///
/// Both are strictly between 0 and 1, as the prior is: what rounding would make certain is kept as near to
/// it as a float can be. Ratios of 1 leave the prior exactly as it is.
///
/// Formula: the odds p/(1−p) are multiplied by the ratios. The result rises with the prior and with each
/// ratio, so its ends are those of the ends. Source: Bayes' rule in odds; Befani (2020) as
/// [`likelihood_ratio`].
///
/// Worked example: prior .3 to .5, s .6 to .9, f .1 to .3, found: ratio 2 to 9, .4615 to .9000.
///
/// ```
/// use peaceops::measure::Interval;
/// use peaceops::scale::Clue;
/// use peaceops::scoring::tracing::{likelihood_ratio, updated};
///
/// let ratio = likelihood_ratio(Interval::new(0.6, 0.9)?, Interval::new(0.1, 0.3)?, Clue::Found);
/// let (low, high) = updated(Interval::new(0.3, 0.5)?, &[ratio]);
/// assert_eq!(format!("{low:.4} to {high:.4}"), "0.4615 to 0.9000");
/// # Ok::<(), peaceops::Error>(())
/// ```
#[must_use]
pub fn updated(prior: Interval, ratios: &[Ratio]) -> (f64, f64) {
    let product = |end: fn(Ratio) -> f64| ratios.iter().fold(1.0, |product, ratio| held(product * end(*ratio)));
    (posterior(prior.low(), product(Ratio::low)), posterior(prior.high(), product(Ratio::high)))
}

/// A probability after a likelihood ratio.
fn posterior(prior: f64, ratio: f64) -> f64 {
    let favour = held(prior * ratio);
    (favour / (favour + (1.0 - prior))).clamp(f64::MIN_POSITIVE, 1.0 - f64::EPSILON / 2.0)
}
