//! Parameters of fit: how far memberships in one set are at most, or at least, those in another.

use serde::Serialize;

/// How far X is sufficient for Y: whether memberships in X are at most those in Y.
///
/// Formulas: consistency Σ min(x, y) / Σ x; coverage Σ min(x, y) / Σ y; PRI (Σ min(x, y) − Σ min(x, y, 1 − y)) /
/// (Σ x − Σ min(x, y, 1 − y)): how much of it holds for Y and not for its absence as well.
///
/// Source: Ragin (2008), chapter 3; Schneider and Wagemann (2012), section 9.2, for PRI.
///
/// ```
/// use peaceops::comparison::qca::Sufficiency;
///
/// // Σ min = .6 + .3 = .9 of Σ x = 1.2 and Σ y = 1.0; Σ min(x, y, 1 − y) = .3 + .3 = .6
/// let fit = Sufficiency::of(&[0.6, 0.6], &[0.7, 0.3]);
/// assert_eq!(fit.consistency.map(|value| (value * 100.0).round()), Some(75.0));
/// assert_eq!(fit.coverage.map(|value| (value * 100.0).round()), Some(90.0));
/// assert_eq!(fit.pri.map(|value| (value * 100.0).round()), Some(50.0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Sufficiency {
    /// 0 to 1; nothing where no case has a membership in X.
    pub consistency: Option<f64>,
    /// 0 to 1; nothing where no case has the outcome.
    pub coverage: Option<f64>,
    /// Proportional reduction in inconsistency, 0 to 1; nothing where it has no denominator.
    pub pri: Option<f64>,
}

impl Sufficiency {
    /// The fit of memberships in X and Y, 0 to 1, case by case; cases that only one of them has are left out.
    #[must_use]
    pub fn of(x: &[f64], y: &[f64]) -> Self {
        let sums = Sums::of(x, y);
        Self {
            consistency: ratio(sums.both, sums.x),
            coverage: ratio(sums.both, sums.y),
            pri: ratio(sums.both - sums.either_way, sums.x - sums.either_way),
        }
    }
}

/// How far X is necessary for Y: whether memberships in X are at least those in Y.
///
/// Formulas: consistency Σ min(x, y) / Σ y; relevance (RoN) Σ (1 − x) / Σ (1 − min(x, y)): near 0 where X is nearly
/// always there and so tells nothing; coverage Σ min(x, y) / Σ x.
///
/// Source: Ragin (2008), chapter 3; Schneider and Wagemann (2012), section 9.1, for RoN.
///
/// ```
/// use peaceops::comparison::qca::Necessity;
///
/// // Σ min = .6 + .3 = .9 of Σ y = 1.0; Σ (1 − x) = .8 of Σ (1 − min) = 1.1
/// let fit = Necessity::of(&[0.6, 0.6], &[0.7, 0.3]);
/// assert_eq!(fit.consistency.map(|value| (value * 100.0).round()), Some(90.0));
/// assert_eq!(fit.relevance.map(|value| (value * 100.0).round()), Some(73.0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Necessity {
    /// 0 to 1; nothing where no case has the outcome.
    pub consistency: Option<f64>,
    /// Relevance of necessity, 0 to 1; nothing where all memberships are 1.
    pub relevance: Option<f64>,
    /// 0 to 1; nothing where no case has a membership in X.
    pub coverage: Option<f64>,
}

impl Necessity {
    /// The fit of memberships in X and Y, 0 to 1, case by case; cases that only one of them has are left out.
    #[must_use]
    pub fn of(x: &[f64], y: &[f64]) -> Self {
        let sums = Sums::of(x, y);
        let (mut without, mut not_both) = (0.0, 0.0);
        for (x, y) in x.iter().zip(y) {
            without += 1.0 - x;
            not_both += 1.0 - x.min(*y);
        }
        Self { consistency: ratio(sums.both, sums.y), relevance: ratio(without, not_both), coverage: ratio(sums.both, sums.x) }
    }
}

struct Sums {
    x: f64,
    y: f64,
    both: f64,
    either_way: f64,
}

impl Sums {
    fn of(x: &[f64], y: &[f64]) -> Self {
        let mut sums = Self { x: 0.0, y: 0.0, both: 0.0, either_way: 0.0 };
        for (x, y) in x.iter().zip(y) {
            sums.x += x;
            sums.y += y;
            sums.both += x.min(*y);
            sums.either_way += x.min(*y).min(1.0 - y);
        }
        sums
    }
}

/// A part of a whole, 0 to 1; nothing where there is no whole.
pub(super) fn ratio(part: f64, of: f64) -> Option<f64> {
    // what is left of sums that cancel is rounding; memberships that are no numbers have no ratio
    (of > 1e-12 && of.is_finite() && part.is_finite()).then(|| (part / of).clamp(0.0, 1.0))
}
