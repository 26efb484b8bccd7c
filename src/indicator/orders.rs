//! How many orders of some values come to each sum: all are counted, none is tried.

use super::correlation::Coefficient;
use crate::measure::gcd;

/// Every sum that some order of the values of one side against those of the other comes to, ascending, with how many
/// orders do. Both sides are deviations from their mean, and add up to 0; equal values count as often as they are.
///
/// Formula: the values of one side are placed in ascending order, each against one of the other side. Whatever order the
/// values that are used came in, the rest adds the same: so the orders are counted for each set of used values and each
/// sum, and n! orders become at most 2ⁿ sets. Spearman, the next adds a·b. Kendall, it adds the values used so far that
/// are smaller, less those that are greater. Values that are tied on the first side are placed as one group,
/// whose pairs add nothing. Equal values of the second side are no sets of their own: how many of them are used is
/// enough. All in whole numbers; n! has to stay under 2⁶⁴, which it does up to n = 20.
///
/// Worked example: −1 0 1 on both sides, Spearman. After the first value the sums are 1, 0 and −1, one each, by
/// the value that is used. The second adds nothing, the third what is left: 2, 1, 1, −1, −1 and −2.
pub(super) fn orders(one: &[i64], other: &[i64], coefficient: Coefficient) -> impl Iterator<Item = (i64, u64)> {
    let points = one.len() as i64;
    let (one, other) = (Side::of(one), Side::of(other));
    // either may be the one that is put in order: the one with more ties has fewer sets
    let (first, second) = if one.sets() < other.sets() { (other, one) } else { (one, other) };
    let (low, step) = match coefficient {
        // Σ (l + s·a)(m + t·b), where Σ (l + s·a) and Σ (m + t·b) are 0
        Coefficient::Spearman => (-points * first.low * second.low, first.step * second.step),
        Coefficient::Kendall => (0, 1),
    };
    let sums = Sets::of(&second).count(&first, coefficient);
    let counts = (sums.low..).zip(sums.counts).filter(|(_, count)| *count > 0);
    counts.map(move |(sum, count)| (low + step * sum, count))
}

/// Equal values.
struct Tied {
    /// In steps above the lowest.
    value: i64,
    times: usize,
}

/// The values of a side, ascending.
struct Side {
    values: Vec<Tied>,
    low: i64,
    /// The greatest number that divides all differences: what is counted in it takes the least place.
    step: i64,
}

impl Side {
    fn of(values: &[i64]) -> Self {
        let mut values = values.to_vec();
        values.sort_unstable();
        let low = values.first().copied().unwrap_or(0);
        let common = values.iter().fold(0, |common, value| gcd(common, value.abs_diff(low)));
        let step = i64::try_from(common).unwrap_or(1).max(1);
        let tied = values.chunk_by(|a, b| a == b).map(|tied| Tied { value: (tied[0] - low) / step, times: tied.len() });
        Self { values: tied.collect(), low, step }
    }

    /// How many sets of its values there are.
    fn sets(&self) -> usize {
        self.values.iter().map(|tied| tied.times + 1).product()
    }
}

/// How many ways lead to each sum: none where there are no counts.
#[derive(Clone, Default)]
struct Sums {
    low: i64,
    counts: Vec<u64>,
}

impl Sums {
    /// Takes in others that so much is added to, each so many times.
    fn take_in(&mut self, others: &Self, adds: i64, times: u64) {
        let low = others.low + adds;
        if self.counts.is_empty() {
            self.low = low;
        }
        let lower = usize::try_from(self.low - low).unwrap_or(0);
        if lower > 0 {
            self.counts.splice(0..0, std::iter::repeat_n(0, lower));
            self.low = low;
        }
        let from = usize::try_from(low - self.low).unwrap_or(0);
        let to = from + others.counts.len();
        self.counts.resize(self.counts.len().max(to), 0);
        for (sum, count) in self.counts[from..to].iter_mut().zip(&others.counts) {
            *sum += count * times;
        }
    }
}

/// The sets of the second values: how many of each value are used, as digits of one number, the lowest value's first.
struct Sets<'a> {
    values: &'a [Tied],
    /// What one of a value counts in that number.
    ones: Vec<usize>,
    /// How many values each set has.
    sizes: Vec<usize>,
}

impl<'a> Sets<'a> {
    fn of(side: &'a Side) -> Self {
        let (mut ones, mut sizes) = (Vec::with_capacity(side.values.len()), vec![0]);
        for tied in &side.values {
            ones.push(sizes.len());
            sizes = (0..=tied.times).flat_map(|used| sizes.iter().map(move |size| size + used)).collect();
        }
        Self { values: &side.values, ones, sizes }
    }

    /// The ways to use all of them, by their sum.
    fn count(&self, first: &Side, coefficient: Coefficient) -> Sums {
        let mut sums = vec![Sums::default(); self.sizes.len()];
        sums[0].counts.push(1);
        let mut placed = 0;
        for group in &first.values {
            for value in 0..self.values.len() {
                self.place(&mut sums, value, placed, group, coefficient);
            }
            placed += group.times;
            let orders: u64 = (1..=group.times as u64).product();
            for (sums, size) in sums.iter_mut().zip(&self.sizes) {
                if *size != placed {
                    *sums = Sums::default();
                } else if orders > 1 {
                    sums.counts.iter_mut().for_each(|count| *count *= orders);
                }
            }
        }
        sums.pop().unwrap_or_default()
    }

    /// Puts none, one, two, ... of a value into a group, after the lower values of that group.
    fn place(&self, sums: &mut [Sums], value: usize, placed: usize, group: &Tied, coefficient: Coefficient) {
        let (tied, one) = (&self.values[value], self.ones[value]);
        // downwards: the sets that one comes from have fewer of the value, and do not hold it in this group yet
        for at in (one..sums.len()).rev() {
            let (used, size) = (at / one % (tied.times + 1), self.sizes[at]);
            if size <= placed || size > placed + group.times {
                continue;
            }
            let (before, rest) = sums.split_at_mut(at);
            for more in 1..=used.min(size - placed) {
                let from = at - more * one;
                let source = &before[from];
                if source.counts.is_empty() {
                    continue;
                }
                let adds = match coefficient {
                    Coefficient::Spearman => group.value * tied.value,
                    Coefficient::Kendall => {
                        let lower = self.sizes[from % one];
                        let higher = self.sizes[from] - lower - (used - more);
                        // those that are in the group already are lower, and tied with it on the first side
                        (lower + placed) as i64 - self.sizes[from] as i64 - higher as i64
                    }
                };
                rest[0].take_in(source, adds * more as i64, chosen(tied.times - (used - more), more));
            }
        }
    }
}

/// In how many ways some are chosen of so many.
fn chosen(of: usize, some: usize) -> u64 {
    (0..some as u64).fold(1, |ways, at| ways * (of as u64 - at) / (at + 1))
}
