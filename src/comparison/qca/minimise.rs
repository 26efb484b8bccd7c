//! Minimisation: the shortest expressions that hold the rows with the outcome.

use serde::Serialize;

use super::chart::{Covers, covers};

/// A product of conditions, each present, absent, or left away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Term {
    /// The conditions that it names, a bit each, the first one lowest.
    named: u16,
    /// Those of them that are present.
    present: u16,
}

impl Term {
    /// A term of all of some conditions: those whose bit is set are present.
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
    /// The models, as many terms in each as are needed at the least; several are equally good.
    pub models: Vec<Vec<Term>>,
    /// Whether no smaller model exists, proven; not where the search for the size reached its limit.
    pub smallest: bool,
    /// Whether these are surely all of the smallest; not where more than are listed were found, or the search reached
    /// its limit.
    pub all: bool,
}

/// So many models are listed.
const MODELS: usize = 64;
/// So many steps the search for models may take.
const STEPS: u64 = 20_000;

/// The prime implicants of some rows: terms that hold no row but these and those that do not matter, and that say no
/// less than they must. Only those that hold one of the rows are told.
///
/// Every term over the conditions is looked at once: a term that leaves a condition away is an implicant where both of
/// its halves are; it is prime where no condition more can be left away.
///
/// Source: Quine, "The problem of simplifying truth functions", *American Mathematical Monthly* 59 (1952), 521–531, for
/// prime implicants; the table of all terms is this crate's way to them.
///
/// ```
/// use peaceops::comparison::qca::{Term, prime_implicants};
///
/// // a·b and a·~b: b does not matter
/// let primes = prime_implicants(&[Term::corner(0b11, 2), Term::corner(0b01, 2)], &[], 2);
/// assert_eq!(primes.len(), 1);
/// assert_eq!((primes[0].literal(0), primes[0].literal(1)), (Some(true), None));
/// ```
#[must_use]
pub fn prime_implicants(rows: &[Term], does_not_matter: &[Term], conditions: usize) -> Vec<Term> {
    let conditions = conditions.min(super::data::MOST);
    let powers: Vec<usize> = (0..=conditions).map(|power| 3usize.pow(u32::try_from(power).unwrap_or(0))).collect();
    let place = |term: Term| (0..conditions).map(|at| powers[at] * digit(term.literal(at))).sum::<usize>();
    let mut terms = vec![Kind::No; powers[conditions]];
    for (list, kind) in [(does_not_matter, Kind::Allowed), (rows, Kind::Wanted)] {
        for term in list.iter().filter(|term| term.len() == conditions) {
            terms[place(*term)] = kind;
        }
    }
    // the digit 2 leaves a condition away: both halves lie before
    let mut digits = vec![0u8; conditions];
    for at in 0..terms.len() {
        if let Some(left) = digits.iter().position(|digit| *digit == 2) {
            terms[at] = terms[at - 2 * powers[left]].joined(terms[at - powers[left]]);
        }
        for digit in &mut digits {
            *digit = (*digit + 1) % 3;
            if *digit > 0 {
                break;
            }
        }
    }
    let mut primes = Vec::new();
    let mut digits = vec![0u8; conditions];
    for at in 0..terms.len() {
        let wider = |bit: usize| digits[bit] < 2 && terms[at + powers[bit] * usize::from(2 - digits[bit])] != Kind::No;
        if terms[at] == Kind::Wanted && !(0..conditions).any(wider) {
            let named = digits.iter().enumerate().filter(|(_, digit)| **digit < 2);
            primes.push(named.fold(Term::default(), |term, (bit, digit)| term.with(bit, *digit == 1)));
        }
        for digit in &mut digits {
            *digit = (*digit + 1) % 3;
            if *digit > 0 {
                break;
            }
        }
    }
    primes.sort_by(order);
    primes
}

/// Fewer conditions first, then those named first.
fn order(a: &Term, b: &Term) -> std::cmp::Ordering {
    let word = |term: &Term| (0..16).map(|at| digit(term.literal(at)) ^ 1).collect::<Vec<usize>>();
    a.len().cmp(&b.len()).then_with(|| word(a).cmp(&word(b)))
}

/// The digit of a literal: absent 0, present 1, left away 2.
fn digit(literal: Option<bool>) -> usize {
    literal.map_or(2, usize::from)
}

/// What a term holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A row without the outcome.
    No,
    /// Only rows that do not matter.
    Allowed,
    /// A row with the outcome, and else only rows that do not matter.
    Wanted,
}

impl Kind {
    fn joined(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Allowed, Self::Allowed) => Self::Allowed,
            _ => Self::Wanted,
        }
    }
}

/// All smallest sets of prime implicants that hold every one of the rows.
///
/// Exact: the fewest terms are proven by branch and bound, and all sets of so many are listed, up to 64. Where the
/// search stops at its limit, [`Models::smallest`] and [`Models::all`] say what is not proven.
///
/// Before the search, what needs none is settled: essential prime implicants are taken, a row that is held whenever
/// another one is is dropped, prime implicants that hold the same rows of those left stand for each other, and rows
/// that share no prime implicant are solved apart.
///
/// Source: Petrick (1956), for the choice among prime implicants; McCluskey, "Minimization of Boolean functions", *Bell
/// System Technical Journal* 35 (1956), 1417–1444, for essential ones and dominated rows; the search is this crate's.
///
/// ```
/// use peaceops::comparison::qca::{Term, minimise};
///
/// // ~a·~b, ~a·b, a·b of two conditions: ~a and b
/// let rows = [0b00, 0b10, 0b11].map(|code| Term::corner(code, 2));
/// let models = minimise(&rows, &[], 2);
/// assert_eq!((models.models.len(), models.models[0].len(), models.all), (1, 2, true));
/// ```
#[must_use]
pub fn minimise(rows: &[Term], does_not_matter: &[Term], conditions: usize) -> Models {
    let prime_implicants = prime_implicants(rows, does_not_matter, conditions);
    let holders = |row: &Term| {
        let holders = prime_implicants.iter().enumerate().filter(|(_, prime)| prime.holds(*row));
        holders.map(|(at, _)| at).collect::<Vec<usize>>()
    };
    let chart: Vec<Vec<usize>> = rows.iter().map(holders).collect();
    let mut essential: Vec<Term> = chart.iter().filter(|row| row.len() == 1).map(|row| prime_implicants[row[0]]).collect();
    essential.sort_by(order);
    essential.dedup();
    let Covers { sets, smallest, all } = covers(chart, MODELS, STEPS);
    let model = |set: &Vec<usize>| {
        let mut terms: Vec<Term> = set.iter().map(|at| prime_implicants[*at]).collect();
        terms.sort_by(order);
        terms
    };
    let mut models: Vec<Vec<Term>> = sets.iter().map(model).collect();
    models.sort_by(|a: &Vec<Term>, b: &Vec<Term>| {
        let literals = |model: &[Term]| model.iter().map(|term| term.len()).sum::<usize>();
        literals(a).cmp(&literals(b)).then_with(|| a.cmp(b))
    });
    Models { prime_implicants, essential, models, smallest, all }
}
