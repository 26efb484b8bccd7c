//! The Monte Carlo standard error of a share of draws.

/// The standard error of a share of draws: how far it would differ under another seed.
///
/// Formula: √(p (1 − p) / n), with p = (count + 1) / (n + 2).
///
/// The usual count / n says that a share of 0 or 1 has no error, after however few draws; Laplace's rule of
/// succession does not. It tells nothing of how right the assumed probabilities are.
///
/// Source: Laplace, *Essai philosophique sur les probabilités* (1814), for p; the binomial standard error.
///
/// Worked example: 50 of 98 draws: p = 51 / 100, √(0.51 × 0.49 / 98) = 0.0505.
///
/// ```
/// use peaceops::uncertainty::draws::standard_error;
///
/// assert_eq!(standard_error(50, 98).map(|error| (error * 10_000.0).round()), Some(505.0));
/// assert!(standard_error(0, 100) > Some(0.0));
/// assert_eq!(standard_error(0, 0), None);
/// ```
#[must_use]
#[allow(clippy::cast_precision_loss, reason = "counts of draws stay under 2^53")]
pub fn standard_error(count: u64, draws: u64) -> Option<f64> {
    if draws == 0 {
        return None;
    }
    let p = (count.min(draws) as f64 + 1.0) / (draws as f64 + 2.0);
    Some((p * (1.0 - p) / draws as f64).sqrt())
}
