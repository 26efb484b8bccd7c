//! First-, total- and second-order indices from the values of a design.

use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};

use super::{Estimate, Indices, InputIndices, PairIndex};

/// Resamples of the rows behind every interval.
const RESAMPLES: usize = 200;
/// Standard errors to either side of an estimate: 95 of 100.
const TIMES: f64 = 1.959_963_984_540_054;

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

    /// All indices, with their intervals.
    pub(super) fn indices(mut self, seed: u64) -> Indices {
        let evaluations = self.values.len();
        let failed = self.values.iter().filter(|value| !value.is_finite()).count();
        self.standardise();
        let width = self.width();
        let rows: Vec<&[f64]> = self.values.chunks_exact(width).collect();
        let all: Vec<usize> = (0..rows.len()).collect();
        let mut resampled: Vec<Vec<usize>> = Vec::with_capacity(RESAMPLES);
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        let mut generator = ChaCha8Rng::from_seed(key);
        for _ in 0..RESAMPLES {
            resampled.push(all.iter().map(|_| ((u64::from(generator.next_u32()) * rows.len() as u64) >> 32) as usize).collect());
        }
        let estimate = |index: &dyn Fn(&[usize]) -> Option<f64>| {
            let value = index(&all)?;
            let others: Vec<f64> = resampled.iter().filter_map(|rows| index(rows)).collect();
            Some(Estimate { value, half_width: deviation(&others).map(|deviation| TIMES * deviation) })
        };
        let inputs = (0..self.inputs).map(|input| InputIndices {
            first: estimate(&|places| self.first(&rows, places, input)),
            total: estimate(&|places| self.total(&rows, places, input)),
        });
        let inputs = inputs.collect();
        let mut pairs = Vec::new();
        if self.pairs {
            for (one, other) in (0..self.inputs).flat_map(|one| (one + 1..self.inputs).map(move |other| (one, other))) {
                pairs.push(PairIndex { one, other, index: estimate(&|places| self.second(&rows, places, one, other)) });
            }
        }
        Indices { samples: rows.len(), evaluations, failed, inputs, pairs }
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
        let variance = told().map(|value| (value / largest - mean).powi(2)).sum::<f64>() / count;
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
        let squares = both().fold(0.0, |squares, (a, b)| squares + (a - mean).powi(2) + (b - mean).powi(2));
        Some(squares / count).filter(|variance| *variance > 0.0)
    }

    /// The mean of something of rows, over those in which it is told.
    fn mean(places: &[usize], of: impl Fn(usize) -> f64) -> Option<f64> {
        let told = places.iter().map(|place| of(*place)).filter(|value| value.is_finite());
        let (sum, count) = told.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
        (count > 0.0).then(|| sum / count)
    }

    /// mean(B (A with input i of B − A)) / variance (Saltelli et al. 2010, table 2 b).
    fn first(&self, rows: &[&[f64]], places: &[usize], input: usize) -> Option<f64> {
        let part = Self::mean(places, |place| {
            let row = rows[place];
            Self::b(row) * (row[1 + input] - Self::a(row))
        })?;
        Some(part / Self::variance(rows, places)?)
    }

    /// mean((A − A with input i of B)²) / 2 variance (Jansen 1999; Saltelli et al. 2010, table 2 f).
    fn total(&self, rows: &[&[f64]], places: &[usize], input: usize) -> Option<f64> {
        let part = Self::mean(places, |place| {
            let row = rows[place];
            (Self::a(row) - row[1 + input]).powi(2)
        })?;
        Some(0.5 * part / Self::variance(rows, places)?)
    }

    /// mean(B with input i of A × A with input j of B − A B) / variance, without the first orders (Saltelli 2002).
    fn second(&self, rows: &[&[f64]], places: &[usize], one: usize, other: usize) -> Option<f64> {
        let part = Self::mean(places, |place| {
            let row = rows[place];
            row[1 + self.inputs + one] * row[1 + other] - Self::a(row) * Self::b(row)
        })?;
        Some(part / Self::variance(rows, places)? - self.first(rows, places, one)? - self.first(rows, places, other)?)
    }
}

/// The standard deviation of a sample; nothing of fewer than two.
#[allow(clippy::cast_precision_loss, reason = "there are few")]
fn deviation(values: &[f64]) -> Option<f64> {
    if values.len() < 2 {
        return None;
    }
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    Some((squares / (values.len() - 1) as f64).sqrt())
}
