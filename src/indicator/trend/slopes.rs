//! The slopes between points, found by rank without keeping them all.

use crate::indicator::order::{key, value};

/// Slopes that are kept at once while one of them is looked for: 8 MiB.
const ROOM: u64 = 1 << 20;

/// Bits that are counted at a time.
const DIGIT: u32 = 16;

/// The slopes of all pairs of points of a group at different times.
///
/// There are n(n−1)/2 of them, more than memory holds where n is large. They are computed anew whenever they
/// are looked through, and counted by their leading bits until few enough are left.
pub(super) struct Slopes<'a> {
    /// Points, each a time and a value, by group; in order of time within each.
    groups: &'a [Vec<(f64, f64)>],
    /// How many slopes have each combination of leading bits.
    counts: Vec<u64>,
}

impl<'a> Slopes<'a> {
    pub(super) fn of(groups: &'a [Vec<(f64, f64)>]) -> Self {
        let mut slopes = Self { groups, counts: Vec::new() };
        slopes.counts = slopes.counted(64 - DIGIT, |_| true);
        slopes
    }

    /// How many there are.
    pub(super) fn len(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// The median; 0 where there are none.
    pub(super) fn median(&self) -> f64 {
        let all = self.len();
        let upper = self.at(all / 2);
        if all % 2 == 1 { upper } else { f64::midpoint(self.at((all / 2).saturating_sub(1)), upper) }
    }

    /// The slope at a rank, counted from 0; the last where the rank is beyond them.
    pub(super) fn at(&self, rank: u64) -> f64 {
        let mut shift = 64 - DIGIT;
        let (mut lead, mut rank, mut held) = bucket(&self.counts, rank);
        while held > ROOM && shift > 0 {
            let counts = self.counted(shift - DIGIT, |key| key >> shift == lead);
            let (next, within, count) = bucket(&counts, rank);
            shift -= DIGIT;
            (lead, rank, held) = (lead << DIGIT | next, within, count);
        }
        if shift == 0 {
            return value(lead);
        }
        let mut keys = Vec::with_capacity(held as usize);
        self.each(|key| {
            if key >> shift == lead {
                keys.push(key);
            }
        });
        match keys.len() {
            0 => 0.0,
            len => value(*keys.select_nth_unstable((rank as usize).min(len - 1)).1),
        }
    }

    /// Counts slopes by the digit that a shift brings to the end.
    fn counted(&self, shift: u32, counts: impl Fn(u64) -> bool) -> Vec<u64> {
        let mut by_digit = vec![0; 1 << DIGIT];
        self.each(|key| {
            if counts(key) {
                by_digit[(key >> shift) as usize & ((1 << DIGIT) - 1)] += 1;
            }
        });
        by_digit
    }

    /// Looks at every slope, as a key.
    fn each(&self, mut look: impl FnMut(u64)) {
        for group in self.groups {
            for (at, (time, first)) in group.iter().enumerate() {
                for (later, next) in &group[at + 1..] {
                    if later > time {
                        look(key(((next - first) / (later - time)).clamp(f64::MIN, f64::MAX) + 0.0));
                    }
                }
            }
        }
    }
}

/// The bucket that holds a rank, the rank within it, and how many it holds.
fn bucket(counts: &[u64], rank: u64) -> (u64, u64, u64) {
    let (mut last, mut below) = ((0, 0, 0), 0);
    for (lead, count) in (0..).zip(counts).filter(|(_, count)| **count > 0) {
        last = (lead, (rank - below).min(count - 1), *count);
        if rank - below < *count {
            break;
        }
        below += count;
    }
    last
}
