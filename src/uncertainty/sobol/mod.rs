//! Which input the variance of a cardinal result comes from: Sobol's indices.
//!
//! They are for composites and balances, whose values are numbers. Levels have no variance.
//!
//! The *first-order* index of an input is the part of the variance that goes if the input were known; the *total*
//! index the part that stays if all others were. Where the two differ the input matters together with others. With
//! inputs that do not depend on each other first orders add up to at most 1.
//!
//! Intervals resample base rows as if they were drawn apart. Rows of a scrambled sequence fill the space more evenly,
//! so these intervals are rather too wide than too narrow.

mod composite;
mod directions;
mod estimate;
mod sequence;
mod weights;

use serde::Serialize;

use self::estimate::Values;
use self::sequence::{COLUMNS, Sequence};
use crate::error::{Error, ErrorKind};

pub use self::composite::{CompositeIndices, of_composite};
pub use self::weights::{WeightIndices, of_balance};

/// Most base rows: a model is evaluated `inputs + 2` times as often.
const MOST_SAMPLES: usize = 1 << 22;

/// At which inputs a model is evaluated: Saltelli's design.
///
/// Two matrices A and B are drawn from one Sobol sequence; each input in turn is taken from B into A and, for indices
/// of pairs, from A into B. Rows come in the order A, A with inputs of B, B with inputs of A, B.
///
/// Source: Saltelli, "Making best use of model evaluations to compute sensitivity indices", *Computer Physics
/// Communications* 145 (2002), 280–297; Saltelli et al., "Variance based sensitivity analysis of model output",
/// ibid. 181 (2010), 259–270, for the estimators.
///
/// ```
/// use peaceops::uncertainty::sobol::Design;
///
/// let indices = Design::new(2, 1024)?.run(|x| Some(3.0 * x[0] + 4.0 * x[1]));
/// let first = |input: usize| indices.inputs[input].first.map(|index| (index.value * 100.0).round());
/// assert_eq!((first(0), first(1)), (Some(36.0), Some(64.0))); // 9 and 16 of 25
/// # Ok::<(), peaceops::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Design {
    inputs: usize,
    samples: usize,
    seed: Option<u64>,
    pairs: bool,
}

impl Design {
    /// A design for so many inputs, with so many base rows, brought up to a power of two; scrambled by the seed 1.
    ///
    /// # Errors
    /// `out-of-range` for no input or more than 32, for fewer than 2 base rows or more than four millions.
    pub fn new(inputs: usize, samples: usize) -> Result<Self, Error> {
        let check = |what: &'static str, found: usize, min: usize, max: usize| {
            let wrong = || ErrorKind::OutOfRange { what, found: found.to_string(), min: min.to_string(), max: max.to_string() };
            if (min..=max).contains(&found) { Ok(()) } else { Err(Error::from(wrong())) }
        };
        check("the number of inputs", inputs, 1, COLUMNS / 2)?;
        check("the number of base rows", samples, 2, MOST_SAMPLES)?;
        Ok(Self { inputs, samples: samples.next_power_of_two(), seed: Some(1), pairs: false })
    }

    /// The same, scrambled by another seed.
    #[must_use]
    pub fn seeded(self, seed: u64) -> Self {
        Self { seed: Some(seed), ..self }
    }

    /// The same, unscrambled: its first row lies in a corner, and its intervals say less.
    #[must_use]
    pub fn unscrambled(self) -> Self {
        Self { seed: None, ..self }
    }

    /// The same with indices of pairs, for nearly twice the evaluations.
    #[must_use]
    pub fn with_pairs(self) -> Self {
        Self { pairs: true, ..self }
    }

    /// Calls a function with every row of the design, inputs in [0, 1), in its order.
    pub fn each(&self, mut call: impl FnMut(&[f64])) {
        let mut sequence = Sequence::new(2 * self.inputs, self.seed);
        let mut point = vec![0.0; 2 * self.inputs];
        let mut row = vec![0.0; self.inputs];
        for _ in 0..self.samples {
            sequence.write(&mut point);
            let (a, b) = point.split_at(self.inputs);
            call(a);
            for (from, into, wanted) in [(b, a, true), (a, b, self.pairs)] {
                for input in (0..self.inputs).filter(|_| wanted) {
                    row.copy_from_slice(into);
                    row[input] = from[input];
                    call(&row);
                }
            }
            call(b);
        }
    }

    /// The indices of a model of inputs in [0, 1).
    ///
    /// An evaluation that fails (nothing, or no finite number) is counted; rows that it belongs to leave the indices
    /// that need it, and no others. Where failures hang on the inputs, the indices are those of what is left, in which
    /// inputs are no longer drawn apart: with many failures ask first why.
    ///
    /// It holds a number for every evaluation.
    #[must_use]
    pub fn run(&self, mut model: impl FnMut(&[f64]) -> Option<f64>) -> Indices {
        let mut values = Vec::new();
        self.each(|row| values.push(model(row).unwrap_or(f64::NAN)));
        Values { inputs: self.inputs, pairs: self.pairs, values }.indices(self.seed.unwrap_or(1))
    }
}

/// The indices of a model.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Indices {
    /// Base rows.
    pub samples: usize,
    /// Evaluations of the model.
    pub evaluations: usize,
    /// Evaluations that failed.
    pub failed: usize,
    /// Each input, in order.
    pub inputs: Vec<InputIndices>,
    /// Each pair of inputs, where they were asked for.
    pub pairs: Vec<PairIndex>,
}

/// The indices of an input; nothing where the model has no variance, or failed too often.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct InputIndices {
    /// The part of the variance that goes if the input were known.
    pub first: Option<Estimate>,
    /// The part that stays if all others were.
    pub total: Option<Estimate>,
    /// Whether the result stayed, up to rounding, in every evaluation in which this input alone was another. It was
    /// varied without any effect; where everything failed, nothing could have one.
    pub still: bool,
}

/// What two inputs do together, beyond what each does alone.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PairIndex {
    /// The place of one input.
    pub one: usize,
    /// The place of the other.
    pub other: usize,
    /// The index.
    pub index: Option<Estimate>,
}

/// An index with its interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Estimate {
    /// The index. Estimates may lie a little outside 0 to 1.
    pub value: f64,
    /// How far the interval of 95 per cent goes to either side: 1.96 standard deviations over resampled base rows.
    pub half_width: Option<f64>,
}
