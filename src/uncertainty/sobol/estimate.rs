//! First-, total- and second-order indices from the values of a design.

use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};

use super::{Estimate, Indices, InputIndices, PairIndex};

/// Resamples of the rows behind every interval.
const RESAMPLES: usize = 200;
/// Standard errors to either side of an estimate: 95 of 100.
const TIMES: f64 = 1.959_963_984_540_054;
/// Which part of the largest value may be a rounding error.
const ROUNDING: f64 = 1e-12;

/// The values of a design: for each base row those of A, of A with a column of B, of B with a column of A, of B.
#[derive(Debug)]
pub(super) struct Values {
    pub(super) inputs: usize,
    /// Whether B with a column of A is there.
    pub(super) pairs: bool,
    /// Row after row; not a number where the model gave none.
    pub(super) values: Vec<f64>,
}

impl Values {
    fn width(&self) -> usize {
        2 + self.inputs * if self.pairs { 2 } else { 1 }
    }

    fn a(row: &[f64]) -> f64 {
        row.first().copied().unwrap_or(f64::NAN)
    }

    fn b(row: &[f64]) -> f64 {
        row.last().copied().unwrap_or(f64::NAN)
    }

    /// All indices, with their intervals. It holds the values and one resample at a time.
    pub(super) fn indices(mut self, seed: u64) -> Indices {
        let evaluations = self.values.len();
        let failed = self.values.iter().filter(|value| !value.is_finite()).count();
        let still = self.still();
        self.standardise();
        let rows: Vec<&[f64]> = self.values.chunks_exact(self.width()).collect();
        let mut places: Vec<usize> = (0..rows.len()).collect();
        let exact = self.all(&rows, &places);
        let mut resampled: Vec<Vec<f64>> = exact.iter().map(|_| Vec::with_capacity(RESAMPLES)).collect();
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        let mut generator = ChaCha8Rng::from_seed(key);
        for _ in 0..RESAMPLES {
            places.fill_with(|| ((u64::from(generator.next_u32()) * rows.len() as u64) >> 32) as usize);
            resampled.iter_mut().zip(self.all(&rows, &places)).for_each(|(list, index)| list.extend(index));
        }
        let estimates = exact
            .iter()
            .zip(&resampled)
            .map(|(value, others)| value.map(|value| Estimate { value, half_width: deviation(others).map(|deviation| TIMES * deviation) }));
        let estimates: Vec<Option<Estimate>> = estimates.collect();
        let (singles, pairs) = estimates.split_at(2 * self.inputs);
        let inputs = singles.as_chunks::<2>().0.iter().zip(still);
        let inputs = inputs.map(|([first, total], still)| InputIndices { first: *first, total: *total, still }).collect();
        let pairs = pairs_of(self.inputs).zip(pairs).map(|((one, other), index)| PairIndex { one, other, index: *index }).collect();
        Indices { samples: rows.len(), evaluations, failed, inputs, pairs }
    }

    /// The first and total index of each input in turn, then those of pairs where they are asked for.
    fn all(&self, rows: &[&[f64]], places: &[usize]) -> Vec<Option<f64>> {
        let variance = Self::variance(rows, places);
        let of_variance = |part: Option<f64>| Some(part? / variance?);
        let firsts: Vec<Option<f64>> = (0..self.inputs).map(|input| of_variance(Self::first(rows, places, input))).collect();
        let totals = (0..self.inputs).map(|input| of_variance(Self::total(rows, places, input)));
        let mut all: Vec<Option<f64>> = firsts.iter().zip(totals).flat_map(|(first, total)| [*first, total]).collect();
        if self.pairs {
            let second =
                |(one, other): (usize, usize)| Some(of_variance(self.second(rows, places, one, other))? - firsts[one]? - firsts[other]?);
            all.extend(pairs_of(self.inputs).map(second));
        }
        all
    }

    /// For each input, whether the result stayed wherever that input alone was another: up to rounding, and failures
    /// stay failures.
    fn still(&self) -> Vec<bool> {
        let largest = self.values.iter().filter(|value| value.is_finite()).fold(0.0, |largest: f64, value| largest.max(value.abs()));
        let same = |one: f64, other: f64| match (one.is_finite(), other.is_finite()) {
            (true, true) => (one / 2.0 - other / 2.0).abs() <= ROUNDING * largest,
            (one, other) => one == other,
        };
        let rows = || self.values.chunks_exact(self.width());
        let of_a = |input: usize| rows().all(|row| same(Self::a(row), row[1 + input]));
        let of_b = |input: usize| !self.pairs || rows().all(|row| same(Self::b(row), row[1 + self.inputs + input]));
        (0..self.inputs).map(|input| of_a(input) && of_b(input)).collect()
    }

    /// Centres values and brings them to one scale: indices stay, rounding errors sink.
    #[allow(clippy::cast_precision_loss, reason = "counts of evaluations stay under 2^53")]
    fn standardise(&mut self) {
        let told = || self.values.iter().filter(|value| value.is_finite());
        let count = told().count() as f64;
        // scaled first, so that no sum of squares leaves what a float holds
        let largest = told().fold(0.0, |largest: f64, value| largest.max(value.abs()));
        if count == 0.0 || largest == 0.0 {
            return;
        }
        let mean = told().map(|value| value / largest).sum::<f64>() / count;
        let variance = told().map(|value| square(value / largest - mean)).sum::<f64>() / count;
        // what is left of a constant is rounding
        let deviation = if variance.sqrt() <= 1e-14 { 0.0 } else { variance.sqrt() };
        for value in &mut self.values {
            *value = if !value.is_finite() {
                f64::NAN
            } else if deviation == 0.0 {
                0.0
            } else {
                (*value / largest - mean) / deviation
            };
        }
    }

    /// The variance of A and B, over the rows that have both; nothing where it is nil.
    fn variance(rows: &[&[f64]], places: &[usize]) -> Option<f64> {
        let both =
            || places.iter().map(|place| (Self::a(rows[*place]), Self::b(rows[*place]))).filter(|(a, b)| a.is_finite() && b.is_finite());
        let (sum, count) = both().fold((0.0, 0.0), |(sum, count), (a, b)| (sum + a + b, count + 2.0));
        let mean = sum / count;
        let squares = both().fold(0.0, |squares, (a, b)| squares + square(a - mean) + square(b - mean));
        Some(squares / count).filter(|variance| *variance > 0.0)
    }

    /// The mean of something of rows, over those in which it is told.
    fn mean(places: &[usize], of: impl Fn(usize) -> f64) -> Option<f64> {
        let told = places.iter().map(|place| of(*place)).filter(|value| value.is_finite());
        let (sum, count) = told.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
        (count > 0.0).then(|| sum / count)
    }

    /// mean(B (A with input i of B − A)), for first orders (Saltelli et al. 2010, table 2 b).
    fn first(rows: &[&[f64]], places: &[usize], input: usize) -> Option<f64> {
        Self::mean(places, |place| {
            let row = rows[place];
            Self::b(row) * (row[1 + input] - Self::a(row))
        })
    }

    /// mean((A − A with input i of B)²) / 2, for totals (Jansen 1999; Saltelli et al. 2010, table 2 f).
    fn total(rows: &[&[f64]], places: &[usize], input: usize) -> Option<f64> {
        let twice = Self::mean(places, |place| {
            let row = rows[place];
            square(Self::a(row) - row[1 + input])
        })?;
        Some(0.5 * twice)
    }

    /// mean(B with input i of A × A with input j of B − A B), for pairs, first orders included (Saltelli 2002).
    fn second(&self, rows: &[&[f64]], places: &[usize], one: usize, other: usize) -> Option<f64> {
        Self::mean(places, |place| {
            let row = rows[place];
            row[1 + self.inputs + one] * row[1 + other] - Self::a(row) * Self::b(row)
        })
    }
}

/// All pairs of inputs, in order.
fn pairs_of(inputs: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..inputs).flat_map(move |one| (one + 1..inputs).map(move |other| (one, other)))
}

/// Not `powi`, whose last bit the platform may choose.
fn square(value: f64) -> f64 {
    value * value
}

/// The standard deviation of a sample; nothing of fewer than two.
#[allow(clippy::cast_precision_loss, reason = "there are few")]
fn deviation(values: &[f64]) -> Option<f64> {
    if values.len() < 2 {
        return None;
    }
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let squares: f64 = values.iter().map(|value| square(value - mean)).sum();
    Some((squares / (values.len() - 1) as f64).sqrt())
}
