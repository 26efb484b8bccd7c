//! Which pairs of points go the same way: what Kendall's S is made of.

use super::order::key;

/// Longest block that is sorted by insertion.
const BLOCK: usize = 8;

/// The pairs of points, by how their places and values compare.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pairs {
    /// Points.
    pub(super) points: usize,
    /// S: pairs of which the later has the greater value, less those of which it has the smaller.
    pub(super) s: i64,
    /// Pairs at different places.
    pub(super) apart: u64,
    /// Pairs of different values.
    pub(super) different: u64,
    /// 18 times the variance of S under chance: n(n−1)(2n+5), less Σ t(t−1)(2t+5) over the ties of either.
    pub(super) eighteenths: u128,
}

impl Pairs {
    /// Of values in order, each at a place of its own.
    pub(super) fn in_order(values: impl Iterator<Item = f64>) -> Self {
        let mut values: Vec<u64> = values.map(key).collect();
        let discordant = sort(&mut values);
        let (tied, ties) = tied(values.chunk_by(|a, b| a == b));
        Self::counted(values.len(), discordant, (0, 0), (tied, ties), 0)
    }

    /// Of points with a place and a value, in any order. Pairs at one place say nothing.
    ///
    /// Source: Knight, *A Computer Method for Calculating Kendall's Tau with Ungrouped Data*, Journal of the
    /// American Statistical Association 61 (1966), pages 436–439.
    pub(super) fn of(points: &[(f64, f64)]) -> Self {
        let mut points = points.to_vec();
        points.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let (together, of_places) = tied(points.chunk_by(|a, b| a.0 == b.0));
        let (both, _) = tied(points.chunk_by(|a, b| a == b));
        let mut values: Vec<u64> = points.iter().map(|(_, value)| key(*value)).collect();
        let discordant = sort(&mut values);
        let of_values = tied(values.chunk_by(|a, b| a == b));
        Self::counted(points.len(), discordant, (together, of_places), of_values, both)
    }

    fn counted(points: usize, discordant: u64, places: (u64, u128), values: (u64, u128), both: u64) -> Self {
        let n = points as u128;
        let all = (n * n.saturating_sub(1) / 2) as u64;
        let concordant = all + both - places.0 - values.0 - discordant;
        let chance = n * n.saturating_sub(1) * (2 * n + 5);
        Self {
            points,
            s: concordant as i64 - discordant as i64,
            apart: all - places.0,
            different: all - values.0,
            eighteenths: chance.saturating_sub(places.1).saturating_sub(values.1),
        }
    }

    /// The variance of S under chance.
    pub(super) fn variance(&self) -> f64 {
        self.eighteenths as f64 / 18.0
    }

    /// Both together, where no point of one is held against a point of the other.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            points: self.points + other.points,
            s: self.s + other.s,
            apart: self.apart + other.apart,
            different: self.different + other.different,
            eighteenths: self.eighteenths + other.eighteenths,
        }
    }
}

/// The pairs within groups of equals, and Σ t(t−1)(2t+5) over the groups' sizes t.
fn tied<'a, T: 'a>(groups: impl Iterator<Item = &'a [T]>) -> (u64, u128) {
    groups.fold((0, 0), |(pairs, sum), group| {
        let t = group.len() as u128;
        (pairs + (t * (t - 1) / 2) as u64, sum + t * (t - 1) * (2 * t + 5))
    })
}

/// Sorts values, and counts the pairs of which the first was the greater.
///
/// Merges sorted blocks: each value of the right block that goes before values of the left one was out of order
/// with all of these. The work grows with n·log n.
fn sort(values: &mut [u64]) -> u64 {
    let mut inversions = values.chunks_mut(BLOCK).map(insert).sum::<u64>();
    let mut merged = vec![0; values.len()];
    let mut width = BLOCK;
    while width < values.len() {
        for (from, to) in values.chunks(2 * width).zip(merged.chunks_mut(2 * width)) {
            let (left, right) = from.split_at(width.min(from.len()));
            inversions += merge(left, right, to);
        }
        values.copy_from_slice(&merged);
        width *= 2;
    }
    inversions
}

/// Sorts a short block by insertion; each step that a value goes down is an inversion.
fn insert(block: &mut [u64]) -> u64 {
    let mut inversions = 0;
    for end in 1..block.len() {
        let mut place = end;
        while place > 0 && block[place] < block[place - 1] {
            block.swap(place, place - 1);
            place -= 1;
        }
        inversions += (end - place) as u64;
    }
    inversions
}

/// Merges two sorted blocks into one, and counts the inversions between them.
fn merge(left: &[u64], right: &[u64], to: &mut [u64]) -> u64 {
    let (mut l, mut r, mut inversions) = (0, 0, 0);
    while l < left.len() && r < right.len() {
        let (a, b) = (left[l], right[r]);
        let before = usize::from(b < a);
        to[l + r] = a.min(b);
        inversions += before * (left.len() - l);
        r += before;
        l += 1 - before;
    }
    let (rest_left, rest_right) = (&left[l..], &right[r..]);
    let rest = &mut to[l + r..];
    rest[..rest_left.len()].copy_from_slice(rest_left);
    rest[rest_left.len()..].copy_from_slice(rest_right);
    inversions as u64
}
