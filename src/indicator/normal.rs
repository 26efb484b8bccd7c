//! The tails of the standard normal distribution.

use std::f64::consts::SQRT_2;

/// The probability of at least so many standard deviations on either side, above 0 and up to 1.
///
/// Formula: erfc(|z|/√2). From |z| = 37.6 on it is less than a float holds, and the least one stands for it.
pub(super) fn two_sided(z: f64) -> f64 {
    held(libm::erfc(z.abs() / SQRT_2))
}

/// A probability of something that has happened: never 0, never above 1.
pub(super) fn held(p: f64) -> f64 {
    p.clamp(f64::MIN_POSITIVE, 1.0)
}

/// The standard deviations that have this probability on either side, for a probability between 0 and 1.
///
/// It halves the range from 0 to 40 until no float lies between.
pub(super) fn critical(probability: f64) -> f64 {
    let (mut low, mut high) = (0.0, 40.0);
    loop {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            return high;
        }
        if libm::erfc(middle / SQRT_2) > probability { low = middle } else { high = middle }
    }
}
