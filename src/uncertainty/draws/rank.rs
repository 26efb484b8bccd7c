//! How often one of several stands above another, and at which rank.

use serde::Serialize;

/// How several phases, or several units, stand to each other over all draws.
///
/// Every headline is of the tasks in force there and then: that one stands above another says that its tasks are
/// better matched, not that the same tasks are. Matched cells ([`Congruence::changes`]) tell of the same ones.
///
/// [`Congruence::changes`]: crate::scoring::Congruence::changes
///
/// Rank acceptability is the share of draws in which one has a rank. Levels tie often: all that tie share the best
/// of their ranks, so that the shares of a rank may add up to more than 1. Who has no headline in a draw has no rank.
///
/// Source: Lahdelma and Salminen, "SMAA-2: stochastic multicriteria acceptability analysis for group decision
/// making", *Operations Research* 49 (2001), 444–454, for rank acceptability; the rule for ties is this crate's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Standing<I> {
    /// Phases or units, in the order of the study.
    pub of: Vec<I>,
    /// In how many draws the one of the row stands above the one of the column.
    pub above: Vec<Vec<u64>>,
    /// In how many draws both have a headline.
    pub both: Vec<Vec<u64>>,
    /// In how many draws the one of the row has the first, second, ... rank.
    pub ranks: Vec<Vec<u64>>,
}

impl<I> Standing<I> {
    /// The share of draws in which one stands above another, of those in which both have a headline.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "counts of draws stay under 2^53")]
    pub fn probability_above(&self, one: &str, other: &str) -> Option<f64>
    where
        I: PartialEq<str>,
    {
        let at = |id: &str| self.of.iter().position(|other| *other == *id);
        let (one, other) = (at(one)?, at(other)?);
        let both = *self.both.get(one)?.get(other)?;
        (both > 0).then(|| self.above[one][other] as f64 / both as f64)
    }
}

/// The counts behind a standing, one draw after another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Counts {
    size: usize,
    above: Vec<u64>,
    both: Vec<u64>,
    ranks: Vec<u64>,
}

impl Counts {
    pub(super) fn new(size: usize) -> Self {
        Self { size, above: vec![0; size * size], both: vec![0; size * size], ranks: vec![0; size * size] }
    }

    /// Takes in the levels of a draw; above 4 is no headline.
    pub(super) fn add(&mut self, level: impl Fn(usize) -> u8) {
        for one in 0..self.size {
            let at = level(one);
            if at > 4 {
                continue;
            }
            let mut better = 0;
            for other in 0..self.size {
                let against = level(other);
                let (place, known) = (one * self.size + other, against <= 4);
                self.both[place] += u64::from(known);
                self.above[place] += u64::from(known && at > against);
                better += usize::from(known && against > at);
            }
            self.ranks[one * self.size + better] += 1;
        }
    }

    pub(super) fn join(&mut self, other: &Self) {
        let lists = [(&mut self.above, &other.above), (&mut self.both, &other.both), (&mut self.ranks, &other.ranks)];
        for (sums, counts) in lists {
            sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
    }

    pub(super) fn standing<I>(&self, of: Vec<I>) -> Standing<I> {
        let rows = |list: &[u64]| list.chunks(self.size.max(1)).map(<[u64]>::to_vec).collect();
        Standing { of, above: rows(&self.above), both: rows(&self.both), ranks: rows(&self.ranks) }
    }
}
