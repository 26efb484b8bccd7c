//! Krippendorff's alpha: how far coders who rate the same items agree beyond chance.

use std::fmt;

use serde::Serialize;

use crate::scale::named::named;

named! {
    /// What a difference between two values counts.
    ///
    /// ```
    /// use peaceops::scoring::alpha::Metric;
    ///
    /// assert_eq!("ordinal".parse::<Metric>()?, Metric::Ordinal);
    /// assert_eq!("ordnal".parse::<Metric>().unwrap_err().to_string(), "unknown metric `ordnal`; the nearest is `ordinal`");
    /// # Ok::<(), peaceops::Error>(())
    /// ```
    Metric: "metric" {
        /// Values are the same or not: 0 or 1.
        Nominal = "nominal",
        /// Values are ordered: how many of all values lie between the two counts.
        Ordinal = "ordinal",
        /// Values are evenly spaced: their difference counts.
        Interval = "interval",
        /// Values have a true zero: their difference by their sum counts.
        Ratio = "ratio",
    }
}

/// Why there is no alpha.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoAlpha {
    /// No item has values of two coders.
    NoPairs,
    /// Only one value was ever given: there is no variation that chance could be held against.
    NoVariation,
    /// A ratio was asked for of a value below 0.
    BelowZero,
}

impl fmt::Display for NoAlpha {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::NoPairs => "no item has values of two coders",
            Self::NoVariation => "only one value was given",
            Self::BelowZero => "a value is below 0, of which there is no ratio",
        })
    }
}

impl std::error::Error for NoAlpha {}

named! {
    /// How far codes can be relied on, by a convention on alpha; worst first.
    ///
    /// Source: Krippendorff, *Content Analysis* (2004), chapter 11: rely on what reaches .800, and draw only
    /// tentative conclusions from what reaches .667. It is a convention, not a test.
    ///
    /// ```
    /// use peaceops::scoring::alpha::Reliance;
    ///
    /// assert_eq!(Reliance::of(0.8), Reliance::Reliable);
    /// assert_eq!(Reliance::of(0.691), Reliance::Tentative);
    /// assert_eq!(Reliance::of(0.666).to_string(), "not-reliable");
    /// ```
    Reliance: "reliance" {
        /// Under .667: do not rely on these codes.
        NotReliable = "not-reliable",
        /// At least .667: conclusions are tentative.
        Tentative = "tentative",
        /// At least .800: rely on them.
        Reliable = "reliable",
    }
}

impl Reliance {
    /// Alpha from which conclusions are tentative: .667.
    pub const TENTATIVE: f64 = 0.667;

    /// Alpha from which codes are relied on: .800.
    pub const RELIABLE: f64 = 0.8;

    /// How far codes of such an alpha can be relied on.
    #[must_use]
    pub fn of(alpha: f64) -> Self {
        if alpha >= Self::RELIABLE {
            Self::Reliable
        } else if alpha >= Self::TENTATIVE {
            Self::Tentative
        } else {
            Self::NotReliable
        }
    }
}

/// Krippendorff's alpha of coders over items: 1 agreement, 0 as by chance, down to −1 and below it
/// systematic disagreement.
///
/// `coders` holds a list of values for each coder, an item at each place: `None` where the coder gave no
/// value, and none beyond the end of a shorter list. NaN and infinite values count as none. Items with
/// fewer than two values drop out. It is for coders over items, not for stakeholders over an opinion.
///
/// Formula: alpha = 1 − D_o/D_e. Each item with m ≥ 2 values adds 1/(m−1) per ordered pair of them to the
/// coincidences o_ck; n_c are their row sums, which is how often c was given, and n is the sum. Then
/// D_o = Σ o_ck·δ²/n and D_e = Σ n_c·n_k·δ²/(n(n−1)). δ² is c ≠ k (nominal), (Σ n_g over the values g from
/// c to k, less half of n_c + n_k)² (ordinal), (c−k)² (interval), ((c−k)/(c+k))² (ratio). The ordinal sum
/// is the difference of mean ranks, so ordinal is interval on ranks.
///
/// Source: Krippendorff, *Content Analysis* (2004), chapter 11.
///
/// The work grows with the values (times their logarithm) and with the pairs of coders, not with how many
/// different values there are; with `Ratio`, D_e takes the pairs of different values. Sums are taken in the
/// order of the items, and of the coders within them.
///
/// Worked example: of two coders over four items, 1 2 3 3 and 1 2 3 2, three items agree. Of the eight
/// values two are 1, three are 2, three are 3. D_o is 2/8; D_e is (64 − 4 − 9 − 9)/56 = .75; nominal alpha
/// is 1 − .25/.75 = 2/3.
///
/// # Errors
/// [`NoAlpha`] where it is not defined, with the reason.
///
/// ```
/// use peaceops::scoring::alpha::{Metric, NoAlpha, alpha};
///
/// let coders = [[1, 2, 3, 3], [1, 2, 3, 2]].map(|values| values.map(|value| Some(f64::from(value))));
/// assert!((alpha(&coders, Metric::Nominal)? - 2.0 / 3.0).abs() < 1e-12);
/// assert_eq!(alpha(&[[Some(1.0), None], [None, Some(2.0)]], Metric::Nominal), Err(NoAlpha::NoPairs));
/// # Ok::<(), NoAlpha>(())
/// ```
pub fn alpha<C: AsRef<[Option<f64>]>>(coders: &[C], metric: Metric) -> Result<f64, NoAlpha> {
    let items = coders.iter().map(|coder| coder.as_ref().len()).max().unwrap_or(0);
    let (mut given, mut ends) = (Vec::new(), Vec::new());
    for item in 0..items {
        let first = given.len();
        let values = coders.iter().filter_map(|coder| coder.as_ref().get(item).copied().flatten());
        given.extend(values.filter(|value| value.is_finite()).map(|value| value + 0.0)); // −0 becomes 0
        match given.len() - first {
            1 => given.truncate(first),
            0 => {}
            _ => ends.push(given.len()),
        }
    }
    if given.is_empty() {
        return Err(NoAlpha::NoPairs);
    }
    let values = Values::of(&given);
    if metric == Metric::Ratio && values.distinct.first().is_some_and(|least| *least < 0.0) {
        return Err(NoAlpha::BelowZero);
    }
    let places = values.places(&given, metric);
    let (mut observed, mut first) = (0.0, 0);
    for end in ends {
        let item = &places[first..end];
        let pairs = item.iter().enumerate().flat_map(|(at, a)| item[..at].iter().map(|b| difference(metric, *a, *b)));
        observed += 2.0 * pairs.fold(0.0, |sum, pair| sum + pair) / (item.len() - 1) as f64;
        first = end;
    }
    let expected = values.expected(metric);
    if expected == 0.0 {
        return Err(NoAlpha::NoVariation);
    }
    Ok(1.0 - (given.len() - 1) as f64 * observed / expected)
}

/// δ² of two values, by their places.
fn difference(metric: Metric, a: f64, b: f64) -> f64 {
    match metric {
        Metric::Nominal => f64::from(u8::from(a != b)),
        Metric::Ordinal | Metric::Interval => (a - b) * (a - b),
        Metric::Ratio if a == b => 0.0,
        Metric::Ratio => ((a - b) / (a + b)) * ((a - b) / (a + b)),
    }
}

/// The values that were given, each once and in order, and how often.
struct Values {
    distinct: Vec<f64>,
    counts: Vec<f64>,
}

impl Values {
    fn of(given: &[f64]) -> Self {
        let mut sorted = given.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        let (mut distinct, mut counts) = (Vec::new(), Vec::new());
        for same in sorted.chunk_by(|a, b| a == b) {
            distinct.extend(same.first());
            counts.push(same.len() as f64);
        }
        Self { distinct, counts }
    }

    /// Where each different value stands on the scale on which differences are taken.
    ///
    /// For `Ordinal` that is its mean rank. For `Interval` and `Ratio` it is the value in parts of the
    /// largest, which changes no alpha and keeps squares within what a float holds.
    fn scale(&self, metric: Metric) -> Vec<f64> {
        match metric {
            Metric::Nominal => self.distinct.clone(),
            Metric::Ordinal => {
                let mut below = 0.0;
                let rank = |count: &f64| {
                    below += count;
                    below - count / 2.0
                };
                self.counts.iter().map(rank).collect()
            }
            Metric::Interval | Metric::Ratio => {
                let largest = self.distinct.iter().fold(f64::MIN_POSITIVE, |largest, value| largest.max(value.abs()));
                self.distinct.iter().map(|value| value / largest).collect()
            }
        }
    }

    /// The places of values on that scale.
    fn places(&self, given: &[f64], metric: Metric) -> Vec<f64> {
        let scale = self.scale(metric);
        let at = |value: &f64| self.distinct.binary_search_by(|other| other.total_cmp(value)).ok();
        given.iter().filter_map(at).filter_map(|at| scale.get(at).copied()).collect()
    }

    /// Σ n_c·n_k·δ² over all ordered pairs of different values.
    fn expected(&self, metric: Metric) -> f64 {
        let scale = self.scale(metric);
        let weighed = || scale.iter().zip(&self.counts);
        let n = self.counts.iter().fold(0.0, |sum, count| sum + count);
        match metric {
            _ if self.distinct.len() < 2 => 0.0,
            Metric::Nominal => n * n - self.counts.iter().fold(0.0, |sum, count| sum + count * count),
            Metric::Ordinal | Metric::Interval => {
                let mean = weighed().fold(0.0, |sum, (place, count)| sum + place * count) / n;
                2.0 * n * weighed().fold(0.0, |sum, (place, count)| sum + count * difference(metric, *place, mean))
            }
            Metric::Ratio => {
                let below =
                    |at: usize, a: f64| weighed().take(at).fold(0.0, move |sum, (b, count)| sum + count * difference(metric, a, *b));
                2.0 * weighed().enumerate().fold(0.0, |sum, (at, (a, count))| sum + count * below(at, *a))
            }
        }
    }
}
