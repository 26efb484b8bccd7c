//! How far opinions on an ordered scale agree: van der Eijk's A, and three measures for those who know them.
//!
//! All take the counts of opinions by category, in the order of the scale; counts may be any whole weights.
//! Where only shares are known, or where sides shall weigh the same, [`equal_sides`] makes such counts.

/// The sum of the counts.
fn total(counts: &[u64]) -> u128 {
    counts.iter().map(|count| u128::from(*count)).sum()
}

/// Van der Eijk's agreement A: −1 (two camps at the ends) over 0 (spread evenly) to 1 (one voice).
///
/// Only A tells *spread* from *two camps*, so it is the primary measure. It does not change where all
/// counts are multiplied, nor where the scale is reversed. Nothing for fewer than three categories, or
/// without any opinion.
///
/// Formula: the counts are taken apart into layers; each layer is the smallest height that is left, over
/// the S of K categories that are not used up, and weighs height × S. Over triples of categories
/// i < j < k, TU counts those that a layer holds as 1 1 0 or 0 1 1, TDU those that it holds as 1 0 1. Then
/// U = ((K−2)·TU − (K−1)·TDU) / ((K−2)·(TU+TDU)), and the layer's agreement is U·(1 − (S−1)/(K−1)); it is
/// 1 where S = 1, and 0 where there is no such triple. A is the layers' mean by weight.
///
/// Source: van der Eijk, *Measuring Agreement in Ordered Rating Scales*, Quality & Quantity 35 (2001),
/// pages 325–341.
///
/// Worked example: the layers of (30, 40, 210, 130, 530, 50, 10) weigh .07 .12 .05 .04 .24 .16 .32 of
/// the whole and agree by 0, .167, .333, .5, .667, .467, 1: A is .6113333.
///
/// ```
/// use peaceops::scoring::agreement::van_der_eijk;
///
/// assert_eq!(van_der_eijk(&[4, 4, 4, 4, 4]), Some(0.0)); // spread
/// assert_eq!(van_der_eijk(&[6, 0, 0, 0, 6]), Some(-1.0)); // two camps
/// assert_eq!(van_der_eijk(&[0, 0, 10, 0, 0]), Some(1.0)); // one voice
/// let example = van_der_eijk(&[30, 40, 210, 130, 530, 50, 10]);
/// assert!(example.is_some_and(|a| (a - 0.611_333_3).abs() < 1e-7));
/// ```
#[must_use]
pub fn van_der_eijk(counts: &[u64]) -> Option<f64> {
    layered(counts.iter().map(|count| *count as f64))
}

/// A of heights that need not be whole.
fn layered(heights: impl Iterator<Item = f64> + Clone) -> Option<f64> {
    let (mut categories, mut all) = (0, 0.0);
    for height in heights.clone() {
        categories += 1;
        all += height;
    }
    if categories < 3 || all <= 0.0 {
        return None;
    }
    let (mut below, mut sum) = (0.0, 0.0);
    loop {
        let top = heights.clone().filter(|height| *height > below).fold(f64::INFINITY, f64::min);
        if top == f64::INFINITY {
            return Some((sum / all + 0.0).clamp(-1.0, 1.0)); // −0 becomes 0
        }
        let layer = Layer::of(heights.clone().map(|height| height >= top));
        sum += (top - below) * layer.held as f64 * layer.agreement(categories);
        below = top;
    }
}

/// A layer: how many categories it holds, and the triples of categories by their pattern.
#[derive(Default)]
struct Layer {
    /// S, the categories that it holds.
    held: u64,
    /// TU, the triples 1 1 0 and 0 1 1.
    unimodal: u64,
    /// TDU, the triples 1 0 1.
    gapped: u64,
}

impl Layer {
    /// Looks at the categories in order, each as the last of its triples.
    fn of(holds: impl Iterator<Item = bool>) -> Self {
        let mut layer = Self::default();
        let (mut empty, mut empty_held, mut held_empty) = (0, 0, 0);
        for holds in holds {
            if holds {
                layer.unimodal += empty_held;
                layer.gapped += held_empty;
                empty_held += empty;
                layer.held += 1;
            } else {
                layer.unimodal += layer.held * layer.held.saturating_sub(1) / 2;
                held_empty += layer.held;
                empty += 1;
            }
        }
        layer
    }

    /// The layer's agreement among so many categories.
    fn agreement(&self, categories: u32) -> f64 {
        if self.held == 1 {
            return 1.0;
        }
        if self.unimodal + self.gapped == 0 {
            return 0.0;
        }
        let (k, s, unimodal, gapped) = (f64::from(categories), self.held as f64, self.unimodal as f64, self.gapped as f64);
        let u = ((k - 2.0) * unimodal - (k - 1.0) * gapped) / ((k - 2.0) * (unimodal + gapped));
        u * (1.0 - (s - 1.0) / (k - 1.0))
    }
}

/// Polarisation: 0 (one voice) over 0.5 (spread evenly) to 1 (two camps at the ends).
///
/// Nothing where there is no A. Formula: (1 − A)/2. Source: as [`van_der_eijk`]; the name is that of the
/// R package *agrmt*.
///
/// ```
/// use peaceops::scoring::agreement::polarisation;
///
/// assert_eq!(polarisation(&[50, 0, 0, 0, 50]), Some(1.0));
/// assert_eq!(polarisation(&[20, 20, 20, 20, 20]), Some(0.5));
/// ```
#[must_use]
pub fn polarisation(counts: &[u64]) -> Option<f64> {
    van_der_eijk(counts).map(|agreement| (1.0 - agreement) / 2.0)
}

/// Most categories for which [`range`] searches.
pub const RANGE_CATEGORIES: usize = 9;

/// The least and the greatest A, each −1 to 1, that counts can have when some open weight may lie anywhere.
///
/// The open weight may be split over the categories in any parts, whole or not. Where it is 0, both ends
/// are A. Nothing for fewer than three categories or more than [`RANGE_CATEGORIES`], or without any weight.
///
/// Formula: A is continuous, and linear as long as the order of the counts stays the same. So its ends are
/// at corners, where each category stays as it is, is raised to the count of one that stays, or is one of
/// a group that is raised to a common height and uses up the rest. All corners are tried: up to 10 for
/// three categories, 151 for five, 94 828 for nine.
///
/// Source: this project's own, on the A of van der Eijk (2001).
///
/// Worked example: of 2, 0 and 1 opinions on three categories with 1 open, A is least if that opinion
/// goes to the third, (2, 0, 2): −1. It is greatest if it goes to the middle, (2, 1, 1): .25.
///
/// ```
/// use peaceops::scoring::agreement::range;
///
/// assert_eq!(range(&[3, 0, 1], 0), Some((0.0, 0.0)));
/// assert_eq!(range(&[2, 0, 1], 1), Some((-1.0, 0.25)));
/// assert_eq!(range(&[0, 0, 0], 7), Some((-1.0, 1.0))); // all is open
/// ```
#[must_use]
pub fn range(counts: &[u64], open: u64) -> Option<(f64, f64)> {
    let categories = counts.len();
    if !(3..=RANGE_CATEGORIES).contains(&categories) || total(counts) + u128::from(open) == 0 {
        return None;
    }
    let mut order: Vec<usize> = (0..categories).collect();
    order.sort_by_key(|at| std::cmp::Reverse(counts[*at]));
    let heights = counts.iter().map(|count| *count as f64).collect();
    let mut corners = Corners { counts, order, heights, stay: Vec::new(), group: Vec::new(), least: 1.0, greatest: -1.0 };
    corners.place(0, u128::from(open));
    Some((corners.least, corners.greatest))
}

/// The search for the corners at which A is least and greatest.
struct Corners<'a> {
    /// The counts as they are.
    counts: &'a [u64],
    /// The categories, the highest first: what a category can be raised to is placed before it.
    order: Vec<usize>,
    /// The counts as they are raised.
    heights: Vec<f64>,
    /// The counts of categories that stay as they are, each once, the highest first.
    stay: Vec<u64>,
    /// The categories that are raised to a common height, the highest first.
    group: Vec<usize>,
    /// The least A so far.
    least: f64,
    /// The greatest A so far.
    greatest: f64,
}

impl Corners<'_> {
    /// Tries all that can become of the categories from this place on, with so much weight left.
    fn place(&mut self, place: usize, left: u128) {
        let Some(at) = self.order.get(place).copied() else { return self.corner(left) };
        let count = self.counts[at];
        let higher = self.stay.iter().take_while(|stay| **stay > count).count();
        // raised to a count that stays
        for of in 0..higher {
            let stay = self.stay[of];
            if let Some(left) = left.checked_sub(u128::from(stay - count)) {
                self.heights[at] = stay as f64;
                self.place(place + 1, left);
            }
        }
        // one of the group
        self.group.push(at);
        self.place(place + 1, left);
        self.group.pop();
        // or it stays
        self.heights[at] = count as f64;
        let first = higher == self.stay.len();
        if first {
            self.stay.push(count);
        }
        self.place(place + 1, left);
        if first {
            self.stay.pop();
        }
    }

    /// Raises the group by what is left, and looks at A there.
    fn corner(&mut self, left: u128) {
        let Some(highest) = self.group.first() else { return };
        let size = self.group.len() as u128;
        let sum = left + self.group.iter().map(|at| u128::from(self.counts[*at])).sum::<u128>();
        if sum < size * u128::from(self.counts[*highest]) {
            return;
        }
        for at in &self.group {
            self.heights[*at] = sum as f64 / size as f64;
        }
        if let Some(agreement) = layered(self.heights.iter().copied()) {
            self.least = self.least.min(agreement);
            self.greatest = self.greatest.max(agreement);
        }
    }
}

/// Leik's ordinal dispersion D: 0 (one voice) to 1 (two camps at the ends). Consensus is 1 − D.
///
/// Nothing for fewer than two categories, or without any opinion.
///
/// Formula: D = Σ min(F, 1−F) / ((K−1)/2) over the first K−1 categories, F the share at or below each.
///
/// Source: Leik, *A Measure of Ordinal Consensus*, Pacific Sociological Review 9 (1966), pages 85–90.
///
/// ```
/// use peaceops::scoring::agreement::leik;
///
/// assert_eq!(leik(&[6, 0, 0, 0, 6]), Some(1.0));
/// assert_eq!(leik(&[4, 4, 4, 4, 4]), Some(0.6));
/// ```
#[must_use]
pub fn leik(counts: &[u64]) -> Option<f64> {
    let all = total(counts);
    let (_, first) = counts.split_last()?;
    if first.is_empty() || all == 0 {
        return None;
    }
    let (mut below, mut sum) = (0, 0);
    for count in first {
        below += u128::from(*count);
        sum += below.min(all - below);
    }
    Some((sum * 2) as f64 / (all * first.len() as u128) as f64)
}

/// The consensus Cns of Tastle and Wierman: 0 (two camps at the ends) to 1 (one voice).
///
/// It reads the categories as evenly spaced, which is more than their order says. Nothing for fewer than
/// two categories, or without any opinion.
///
/// Formula: Cns = 1 + Σ p·log2(1 − |k − μ|/(K−1)), p the share of category k and μ the mean category;
/// terms without weight are 0.
///
/// Source: Tastle & Wierman, *Consensus and Dissention: A Measure of Ordinal Dispersion*, International
/// Journal of Approximate Reasoning 45 (2007), pages 531–545.
///
/// ```
/// use peaceops::scoring::agreement::tastle_wierman;
///
/// assert_eq!(tastle_wierman(&[0, 0, 10, 0, 0]), Some(1.0));
/// assert!(tastle_wierman(&[1, 1, 0, 0, 0]).is_some_and(|c| (c - 0.8074).abs() < 5e-5));
/// ```
#[must_use]
pub fn tastle_wierman(counts: &[u64]) -> Option<f64> {
    let (all, places) = (total(counts), counts.len());
    if places < 2 || all == 0 {
        return None;
    }
    let weighted: u128 = (0..).zip(counts).map(|(place, count)| place * u128::from(*count)).sum();
    let mean = weighted as f64 / all as f64;
    let mut consensus = 1.0;
    for (place, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let nearness = 1.0 - (place as f64 - mean).abs() / (places - 1) as f64;
        // by rounding it can be 0, of a share too small to count
        if nearness > 0.0 {
            consensus += *count as f64 / all as f64 * libm::log2(nearness);
        }
    }
    Some(consensus.clamp(0.0, 1.0))
}

/// The lower median category, counted from 0: the first with at least half of the weight at or below it.
///
/// Nothing without any opinion. Of two middle categories the lower one is taken, as
/// [`median`](super::median) does for levels.
///
/// ```
/// use peaceops::scoring::agreement::lower_median;
///
/// assert_eq!(lower_median(&[0, 2, 2, 0]), Some(1)); // exactly half
/// assert_eq!(lower_median(&[0, 0]), None);
/// ```
#[must_use]
pub fn lower_median(counts: &[u64]) -> Option<usize> {
    let all = total(counts);
    let mut below = 0;
    counts.iter().position(|count| {
        below += u128::from(*count) * 2;
        *count > 0 && below >= all
    })
}

/// Most weight that [`equal_sides`] gives all sides together: 2^52, so that floats hold it exactly.
pub const SIDES_WEIGHT: u64 = 1 << 52;

/// The counts of some sides together, each side weighing the same: *sides, not heads*.
///
/// A side's weight is divided among its opinions, so that a side of whom many were asked does not outweigh
/// the others; A of the result is the agreement among sides. A side without any opinion has no weight and
/// drops out. Where the sources leave some of a side's weight open, give it to an additional last category
/// of each side, and take it off the result: its part of the result is open for [`range`].
///
/// Nothing where the sides have not the same categories, or where no side has an opinion.
///
/// Formula: each side is brought to the same total by whole numbers, the least common multiple of the
/// sides' totals. Where all sides together would come to more than [`SIDES_WEIGHT`], each is brought to its
/// part of that instead, with cumulative counts rounded down: the totals are still exactly the same, and no
/// count of a side is off by more than 1.
///
/// Source: this project's own.
///
/// Worked example: mission 3, 3, 4, 3, government 1, 2, 1, communities 2, 3, 2, 2, 1 on levels 0 to 4.
/// Each is brought to 60, the shares are (0, .2889, .3111, .3167, .0833), and A is .4306; by head it
/// would be .4583.
///
/// ```
/// use peaceops::scoring::agreement::{equal_sides, van_der_eijk};
///
/// let (mission, government, communities) = ([0, 0, 0, 3, 1], [0, 2, 1, 0, 0], [0, 1, 3, 1, 0]);
/// let sides = equal_sides(&[mission, government, communities]);
/// assert_eq!(sides.as_deref(), Some(&[0, 52, 56, 57, 15][..]));
/// assert!(sides.and_then(|counts| van_der_eijk(&counts)).is_some_and(|a| (a - 0.4306).abs() < 5e-5));
/// ```
#[must_use]
pub fn equal_sides<S: AsRef<[u64]>>(sides: &[S]) -> Option<Vec<u64>> {
    let levelled = levelled(sides)?;
    let (first, rest) = levelled.split_first()?;
    let mut sum = first.clone();
    for side in rest {
        sum.iter_mut().zip(side).for_each(|(sum, count)| *sum += count);
    }
    sum.iter().any(|count| *count > 0).then_some(sum)
}

/// The counts of each side, brought to the same total as [`equal_sides`] does; nothing where the sides
/// have not the same categories.
pub(super) fn levelled<S: AsRef<[u64]>>(sides: &[S]) -> Option<Vec<Vec<u64>>> {
    let categories = sides.first()?.as_ref().len();
    if sides.iter().any(|side| side.as_ref().len() != categories) {
        return None;
    }
    let totals: Vec<u128> = sides.iter().map(|side| total(side.as_ref())).collect();
    let weighing = totals.iter().filter(|all| **all > 0);
    let most = u128::from(SIDES_WEIGHT).checked_div(weighing.clone().count() as u128)?;
    let common = weighing.copied().try_fold(1, |common, all| common_multiple(common, all, most)).unwrap_or(most);
    let level = |(side, all): (&S, &u128)| {
        let (mut below, mut given) = (0, 0);
        let share = |count: &u64| {
            below += u128::from(*count);
            let upto = if *all == 0 { 0 } else { below * common / all };
            let part = u64::try_from(upto - given).unwrap_or(u64::MAX);
            given = upto;
            part
        };
        side.as_ref().iter().map(share).collect()
    };
    Some(sides.iter().zip(&totals).map(level).collect())
}

/// The least common multiple, if it is at most so large.
fn common_multiple(a: u128, b: u128, most: u128) -> Option<u128> {
    let (mut divisor, mut rest) = (a, b);
    while rest > 0 {
        (divisor, rest) = (rest, divisor % rest);
    }
    (a / divisor).checked_mul(b).filter(|multiple| *multiple <= most)
}
