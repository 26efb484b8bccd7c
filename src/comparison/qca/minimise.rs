//! Minimisation: the shortest expressions that hold the rows with the outcome.

use serde::Serialize;

use super::bits::Bits;
use super::chart::{Column, Covers, covers};
use super::data::{MOST, within};
use crate::error::Error;

/// A product of conditions, each present, absent, or left away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Term {
    /// The conditions that it names, a bit each, the first one lowest.
    named: u16,
    /// Those of them that are present.
    present: u16,
}

impl Term {
    /// A term of all of so many conditions, at most sixteen: those whose bit is set are present, the first one lowest.
    #[must_use]
    pub fn corner(code: u16, conditions: usize) -> Self {
        let named = u16::try_from((1u32 << conditions.min(16)) - 1).unwrap_or(u16::MAX);
        Self { named, present: code & named }
    }

    /// Whether a condition, by its place, is present or absent in it; nothing where it is left away.
    #[must_use]
    pub fn literal(self, at: usize) -> Option<bool> {
        let bit = 1u16.checked_shl(u32::try_from(at).ok()?)?;
        (self.named & bit != 0).then_some(self.present & bit != 0)
    }

    /// How many conditions it names.
    #[must_use]
    pub fn len(self) -> usize {
        self.named.count_ones() as usize
    }

    /// Whether it names none: it holds always.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.named == 0
    }

    /// Whether all that is in another term is in this one.
    #[must_use]
    pub fn holds(self, other: Self) -> bool {
        self.named & other.named == self.named && other.present & self.named == self.present
    }

    /// Where it stands in a list: fewer conditions first, then those named first, present before absent.
    fn order(self) -> (usize, u32) {
        let digit = |at| self.literal(at).map_or(2, |present| u32::from(!present));
        (self.len(), (0..16).fold(0, |word, at| word << 2 | digit(at)))
    }

    /// With a condition named as well.
    pub(super) fn with(self, at: usize, present: bool) -> Self {
        let bit = 1u16 << at;
        Self { named: self.named | bit, present: if present { self.present | bit } else { self.present & !bit } }
    }
}

/// All smallest sets of prime implicants that hold every row with the outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Models {
    /// The prime implicants that hold a row with the outcome.
    pub prime_implicants: Vec<Term>,
    /// Those that alone hold some row: they are in every model.
    pub essential: Vec<Term>,
    /// The models, as many terms in each as are needed at the least, fewer conditions in all first; several are equally
    /// good. Without a row with the outcome it is one, of no term.
    pub models: Vec<Vec<Term>>,
    /// Whether no smaller model exists, proven; not where the search for the size reached its limit.
    pub smallest: bool,
    /// Whether these are surely all of the smallest; not where there are more than the 64 that are listed, or the search
    /// reached its limit.
    pub all: bool,
}

/// So many models are listed.
const MODELS: usize = 64;
/// So many steps the search for models may take: about a fifth of a second.
pub(super) const STEPS: u64 = 40_000_000;

/// The term holds a row that is neither wanted nor free.
const AMISS: u8 = 1;
/// The term holds a wanted row.
const WANTED: u8 = 2;
/// One condition less, and the term is still an implicant.
const WIDER: u8 = 4;

/// The prime implicants of some rows: terms that hold no row but these and those that do not matter, and that say no
/// less than they must. Only those that hold one of the rows are told, fewer conditions first.
///
/// Every term over the conditions is looked at once: a term that leaves a condition away holds what its two halves
/// hold; an implicant is prime where no condition more can be left away. A row in both lists is wanted.
///
/// Source: Quine, "The problem of simplifying truth functions", *American Mathematical Monthly* 59 (1952), 521–531, for
/// prime implicants; the table of all terms is this crate's way to them.
///
/// # Errors
/// `out-of-range` for more than twelve conditions, and for a row that does not name all of them and no other.
///
/// ```
/// use peaceops::comparison::qca::{Term, prime_implicants};
///
/// // a·b and a·~b: b does not matter
/// let primes = prime_implicants(&[Term::corner(0b11, 2), Term::corner(0b01, 2)], &[], 2)?;
/// assert_eq!(primes.len(), 1);
/// assert_eq!((primes[0].literal(0), primes[0].literal(1)), (Some(true), None));
/// # Ok::<(), peaceops::Error>(())
/// ```
pub fn prime_implicants(rows: &[Term], does_not_matter: &[Term], conditions: usize) -> Result<Vec<Term>, Error> {
    within("number of conditions", conditions, 0, MOST)?;
    // a digit for each condition: absent 0, present 1, left away 2
    let powers: Vec<usize> = std::iter::successors(Some(1), |power| Some(power * 3)).take(conditions + 1).collect();
    let mut terms = vec![AMISS; powers[conditions]];
    for (list, holds) in [(does_not_matter, 0), (rows, WANTED)] {
        for row in list {
            let literals = (0..conditions).filter_map(|at| Some(powers[at] * usize::from(row.literal(at)?)));
            let named = literals.clone().count() + usize::from(row.len() > conditions);
            within("number of conditions of a row", named, conditions, conditions)?;
            terms[literals.sum::<usize>()] = holds;
        }
    }
    let thirds = |terms: &mut [u8], power: usize, each: fn(&mut u8, &mut u8, &mut u8)| {
        for triple in terms.chunks_exact_mut(3 * power) {
            let (absent, others) = triple.split_at_mut(power);
            let (present, away) = others.split_at_mut(power);
            absent.iter_mut().zip(present).zip(away).for_each(|((absent, present), away)| each(absent, present, away));
        }
    };
    for power in &powers[..conditions] {
        thirds(&mut terms, *power, |absent, present, away| *away = *absent | *present);
    }
    for power in &powers[..conditions] {
        thirds(&mut terms, *power, |absent, present, away| {
            let wider = if *away & AMISS == 0 { WIDER } else { 0 };
            *absent |= wider;
            *present |= wider;
        });
    }
    let of = |place: usize| {
        let digits = powers[..conditions].iter().map(|power| place / power % 3).enumerate();
        digits.filter(|(_, digit)| *digit < 2).fold(Term::default(), |term, (at, digit)| term.with(at, digit == 1))
    };
    let mut primes: Vec<Term> = terms.iter().enumerate().filter(|(_, holds)| **holds == WANTED).map(|(place, _)| of(place)).collect();
    primes.sort_by_cached_key(|term| term.order());
    Ok(primes)
}

/// All smallest sets of prime implicants that hold every one of the rows.
///
/// Exact: the fewest terms are proven by branch and bound, and all sets of so many are listed, up to 64. The search has
/// a limit of steps, the same on every machine; where it is reached, [`Models::smallest`] and [`Models::all`] say what
/// is not proven.
///
/// Before the search, what needs none is settled: essential prime implicants are taken, a row that is held whenever
/// another one is is dropped, prime implicants that hold no more of what is left than another one stand behind it until
/// the smallest sets are known, and rows that share no prime implicant are solved apart.
///
/// Source: Petrick (1956), for the choice among prime implicants; McCluskey, "Minimization of Boolean functions", *Bell
/// System Technical Journal* 35 (1956), 1417–1444, for essential ones and dominated rows; the search is this crate's.
///
/// # Errors
/// `out-of-range` for more than twelve conditions, and for a row that does not name all of them and no other.
///
/// ```
/// use peaceops::comparison::qca::{Term, minimise};
///
/// // ~a·~b, ~a·b, a·b of two conditions: ~a and b
/// let rows = [0b00, 0b10, 0b11].map(|code| Term::corner(code, 2));
/// let models = minimise(&rows, &[], 2)?;
/// assert_eq!((models.models.len(), models.models[0].len(), models.all), (1, 2, true));
/// # Ok::<(), peaceops::Error>(())
/// ```
pub fn minimise(rows: &[Term], does_not_matter: &[Term], conditions: usize) -> Result<Models, Error> {
    minimise_within(rows, does_not_matter, conditions, &mut { STEPS })
}

/// The same, with so many steps for the search; those it takes are taken off.
pub(super) fn minimise_within(rows: &[Term], does_not_matter: &[Term], conditions: usize, steps: &mut u64) -> Result<Models, Error> {
    let prime_implicants = prime_implicants(rows, does_not_matter, conditions)?;
    let columns = prime_implicants.iter().enumerate().map(|(at, prime)| {
        let mut holds = Bits::none(rows.len());
        rows.iter().enumerate().filter(|(_, row)| prime.holds(**row)).for_each(|(row, _)| holds.set(row));
        Column { at, holds }
    });
    let columns: Vec<Column> = columns.collect();
    let essential = essential(rows.len(), &columns).into_iter().map(|at| prime_implicants[at]).collect();
    let Covers { sets, smallest, all } = covers(rows.len(), columns, MODELS, steps);
    // places are in the order of prime implicants, so that each model is
    let mut models: Vec<Vec<Term>> = sets.iter().map(|set| set.iter().map(|at| prime_implicants[*at]).collect()).collect();
    models.sort_by_cached_key(|model| (model.iter().map(|term| term.len()).sum::<usize>(), model.clone()));
    Ok(Models { prime_implicants, essential, models, smallest, all })
}

/// The columns that alone hold some row.
fn essential(rows: usize, columns: &[Column]) -> Vec<usize> {
    let (mut once, mut again) = (Bits::none(rows), Bits::none(rows));
    for column in columns {
        again.add(&once.both(&column.holds));
        once.add(&column.holds);
    }
    once.remove(&again);
    columns.iter().filter(|column| column.holds.meets(&once)).map(|column| column.at).collect()
}
