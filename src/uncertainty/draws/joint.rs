//! Draws of several studies at once: which of two stands above the other.

use std::collections::BTreeSet;

use super::input::Numbers;
use super::{BATCH, Draws, PIECE, standard_error};
use crate::error::Error;
use crate::id::DimensionId;
use crate::scale::Level;
use crate::scoring::kernel::{Tally, UNKNOWN, eval};
use crate::scoring::{Assessment, DrawRule};

/// In how many draws the one of two stands above the other, with it, and below it: those in which both are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stood {
    pub(crate) above: u64,
    pub(crate) same: u64,
    pub(crate) below: u64,
}

impl Stood {
    /// Takes in a draw; above 4 is nothing.
    fn add(&mut self, one: u8, other: u8) {
        if one < UNKNOWN && other < UNKNOWN {
            self.above += u64::from(one > other);
            self.same += u64::from(one == other);
            self.below += u64::from(one < other);
        }
    }

    pub(crate) fn both(self) -> u64 {
        self.above + self.same + self.below
    }

    fn worst_error(self) -> Option<f64> {
        [self.above, self.same, self.below].into_iter().filter_map(|count| standard_error(count, self.both())).reduce(f64::max)
    }
}

/// What joint draws say: every two studies in their order, the first with each later one, then the second.
pub(crate) struct JointResult {
    pub(crate) draws: u64,
    /// Of the headlines of whole studies.
    pub(crate) congruence: Vec<Stood>,
    /// Of the bands of dimensions; none where the weights of salience are not drawn.
    pub(crate) dimensions: Vec<(DimensionId, Vec<Stood>)>,
}

/// A study among others.
#[derive(Debug)]
struct Study {
    draws: Draws,
    stream: u64,
    /// Where it has each dimension that is asked for.
    dimensions: Vec<Option<usize>>,
}

/// Draws of several studies, ready to be made.
///
/// In one draw all studies have the same choices of the method, from a stream of random numbers that is theirs;
/// ratings are drawn from one stream for each study.
#[derive(Debug)]
pub(crate) struct Joint {
    studies: Vec<Study>,
    dimensions: Vec<DimensionId>,
    rule: DrawRule,
}

/// What a piece of draws needs of a study.
struct Scratch {
    numbers: Numbers,
    levels: Vec<u8>,
    tallies: Vec<Tally>,
}

impl Joint {
    /// Compiles the draws of studies that are assessed under one framework, by one method.
    ///
    /// # Errors
    /// As [`Draws::of`].
    pub(crate) fn of(assessments: &[&Assessment]) -> Result<Self, Error> {
        let rule = assessments.first().map(|first| first.method().draws.clone()).unwrap_or_default();
        let drawn = assessments.first().filter(|_| rule.weights.thousandths() > 0);
        let dimensions: Vec<DimensionId> =
            drawn.map_or(Vec::new(), |first| first.dimensions().iter().map(|dimension| dimension.id.clone()).collect());
        let ids: Vec<&str> = assessments.iter().map(|assessment| assessment.head().id.as_str()).collect();
        let study = |(assessment, stream): (&&Assessment, u64)| {
            let place = |id: &DimensionId| assessment.dimensions().iter().position(|dimension| dimension.id == *id);
            Ok(Study { draws: Draws::of(assessment)?, stream, dimensions: dimensions.iter().map(place).collect() })
        };
        let studies = assessments.iter().zip(streams(&ids)).map(study).collect::<Result<_, Error>>()?;
        Ok(Self { studies, dimensions, rule })
    }

    /// Makes them all, or until the target error is reached.
    pub(crate) fn run(&self) -> JointResult {
        let of = self.rule.draws;
        let (mut done, mut counts) = (0, self.empty());
        while done < of {
            let to = of.min(done.saturating_add(BATCH));
            counts = joined(counts, &self.batch(done, to));
            done = to;
            let worst = counts.iter().filter_map(|stood| stood.worst_error()).reduce(f64::max);
            if self.rule.error.is_some_and(|target| worst.is_some_and(|error| error <= target.value())) {
                break;
            }
        }
        let mut questions = (0..=self.dimensions.len()).map(|at| counts[at * self.pairs()..][..self.pairs()].to_vec());
        let congruence = questions.next().unwrap_or_default();
        JointResult { draws: done, congruence, dimensions: self.dimensions.iter().cloned().zip(questions).collect() }
    }

    /// How many twos of studies there are.
    fn pairs(&self) -> usize {
        self.studies.len() * self.studies.len().saturating_sub(1) / 2
    }

    /// Every two for the headlines, then for each dimension.
    fn empty(&self) -> Vec<Stood> {
        vec![Stood::default(); self.pairs() * (1 + self.dimensions.len())]
    }

    /// The draws of some places, counted.
    #[cfg(feature = "parallel")]
    fn batch(&self, from: u64, to: u64) -> Vec<Stood> {
        use rayon::iter::{IntoParallelIterator, ParallelIterator};
        let starts: Vec<u64> = (from..to).step_by(PIECE as usize).collect();
        let pieces = starts.into_par_iter().map(|start| self.piece(start, to.min(start + PIECE)));
        pieces.reduce(|| self.empty(), |sum, other| joined(sum, &other))
    }

    /// The draws of some places, counted.
    #[cfg(not(feature = "parallel"))]
    fn batch(&self, from: u64, to: u64) -> Vec<Stood> {
        let starts = (from..to).step_by(PIECE as usize);
        starts.fold(self.empty(), |sum, start| joined(sum, &self.piece(start, to.min(start + PIECE))))
    }

    /// Some draws, one after another.
    fn piece(&self, from: u64, to: u64) -> Vec<Stood> {
        let mut counts = self.empty();
        // all have the method's choices from the first: one method is theirs
        let Some(first) = self.studies.first() else { return counts };
        let mut choices = Numbers::new(self.rule.seed, METHOD, first.draws.drawn.numbers_of_method());
        choices.go_to(from);
        let mut scratch: Vec<Scratch> = self.studies.iter().map(|study| self.scratch(study, from)).collect();
        let mut headlines = vec![UNKNOWN; self.studies.len()];
        let mut bands = vec![UNKNOWN; self.studies.len()];
        for _ in from..to {
            let chosen = first.draws.drawn.chosen(&mut choices.next());
            for ((study, scratch), headline) in self.studies.iter().zip(&mut scratch).zip(&mut headlines) {
                let Study { draws, .. } = study;
                draws.drawn.rate(&mut scratch.levels, scratch.numbers.next());
                eval(&draws.plan, &draws.drawn.inputs(&scratch.levels, &chosen), &mut scratch.tallies);
                *headline = draws.level(0, &scratch.tallies[0], chosen.cells, true).map_or(UNKNOWN, Level::index);
            }
            let mut next = counts.iter_mut();
            add(&headlines, &mut next);
            for at in 0..self.dimensions.len() {
                for (study, band) in self.studies.iter().zip(&mut bands) {
                    let whole = study.dimensions[at].and_then(|place| study.draws.dimensions.whole(place, chosen.saliences));
                    *band = whole.map_or(UNKNOWN, |band| band as u8);
                }
                add(&bands, &mut next);
            }
        }
        counts
    }

    fn scratch(&self, study: &Study, from: u64) -> Scratch {
        let Draws { drawn, plan, .. } = &study.draws;
        let mut numbers = Numbers::new(self.rule.seed, study.stream, drawn.ratings());
        numbers.go_to(from);
        Scratch { numbers, levels: drawn.levels.clone(), tallies: vec![Tally::default(); plan.groups()] }
    }
}

/// Adds a draw of every two.
fn add<'a>(values: &[u8], counts: &mut impl Iterator<Item = &'a mut Stood>) {
    let pairs = values.iter().enumerate().flat_map(|(at, one)| values[at + 1..].iter().map(move |other| (*one, *other)));
    for ((one, other), stood) in pairs.zip(counts) {
        stood.add(one, other);
    }
}

fn joined(mut sums: Vec<Stood>, others: &[Stood]) -> Vec<Stood> {
    for (sum, other) in sums.iter_mut().zip(others) {
        (sum.above, sum.same, sum.below) = (sum.above + other.above, sum.same + other.same, sum.below + other.below);
    }
    sums
}

/// The stream of the method's choices.
const METHOD: u64 = 0;

/// A stream for each study, by its id: it has the same numbers whatever it is drawn with, and in whatever order. No two have
/// the same stream: of two whose ids come to the same number, the later id has the next one that is free.
///
/// Formula: FNV-1a of 64 bits over the id (Fowler, Noll and Vo).
fn streams(ids: &[&str]) -> Vec<u64> {
    let fnv = |id: &str| id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    apart(ids, fnv)
}

fn apart(ids: &[&str], number: impl Fn(&str) -> u64) -> Vec<u64> {
    let mut order: Vec<usize> = (0..ids.len()).collect();
    order.sort_by_key(|at| ids[*at]);
    let (mut taken, mut streams) = (BTreeSet::from([METHOD]), vec![METHOD; ids.len()]);
    for at in order {
        let mut stream = number(ids[at]);
        while !taken.insert(stream) {
            stream = stream.wrapping_add(1);
        }
        streams[at] = stream;
    }
    streams
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_studies_have_one_stream() {
        assert_eq!(apart(&["c", "a", "b"], |_| METHOD), [3, 1, 2]);
        assert_eq!(apart(&["b", "a"], |_| u64::MAX), [1, u64::MAX]);
        // the numbers of FNV-1a that its authors publish
        assert_eq!(streams(&["a", "foobar"]), [0xaf63_dc4c_8601_ec8c, 0x8594_4171_f739_67e8]);
    }
}
