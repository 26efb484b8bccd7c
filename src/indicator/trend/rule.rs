//! What the tests of a series ask for.

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};
use crate::measure::Probability;

/// What the tests of a series ask for: a level, and so many points.
///
/// ```
/// use peaceops::indicator::trend::TestRule;
///
/// let strict = TestRule::default().with_alpha(0.01)?.with_least_points(8)?;
/// assert_eq!((strict.alpha(), strict.least_points()), (0.01, 8));
/// assert!(TestRule::default().with_alpha(0.0).is_err());
/// # Ok::<(), peaceops::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Stated")]
pub struct TestRule {
    alpha: f64,
    least_points: usize,
}

impl TestRule {
    /// The level by default, a convention: 0.05.
    pub const ALPHA: f64 = 0.05;

    /// The points that a test needs by default: 5.
    pub const LEAST_POINTS: usize = 5;

    /// The same with another level, between 0 and 1.
    ///
    /// # Errors
    /// `not-finite` for NaN and infinities, `not-a-probability` for 0, 1 and beyond.
    pub fn with_alpha(self, alpha: f64) -> Result<Self, Error> {
        Ok(Self { alpha: Probability::new(alpha)?.value(), ..self })
    }

    /// The same with another number of points that a test needs, at least 2.
    ///
    /// Under about ten points the normal approximation of the Mann–Kendall test is rough (Gilbert, *Statistical
    /// Methods for Environmental Pollution Monitoring*, 1987, section 16.4).
    ///
    /// # Errors
    /// `out-of-range` below 2: a single point goes nowhere.
    pub fn with_least_points(self, least_points: usize) -> Result<Self, Error> {
        if least_points >= 2 {
            return Ok(Self { least_points, ..self });
        }
        let (min, max) = ("2".into(), usize::MAX.to_string());
        Err(ErrorKind::OutOfRange { what: "the least number of points", found: least_points.to_string(), min, max }.into())
    }

    /// The level of the tests, between 0 and 1: what has a smaller p counts as a trend or break. Intervals are to
    /// hold with 1 − alpha.
    #[must_use]
    pub fn alpha(&self) -> f64 {
        self.alpha
    }

    /// The points that a test needs, at least 2.
    #[must_use]
    pub fn least_points(&self) -> usize {
        self.least_points
    }
}

impl Default for TestRule {
    fn default() -> Self {
        Self { alpha: Self::ALPHA, least_points: Self::LEAST_POINTS }
    }
}

/// A rule as it is written.
#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Stated {
    alpha: f64,
    least_points: usize,
}

impl Default for Stated {
    fn default() -> Self {
        Self { alpha: TestRule::ALPHA, least_points: TestRule::LEAST_POINTS }
    }
}

impl TryFrom<Stated> for TestRule {
    type Error = Error;

    fn try_from(stated: Stated) -> Result<Self, Error> {
        Self::default().with_alpha(stated.alpha)?.with_least_points(stated.least_points)
    }
}
