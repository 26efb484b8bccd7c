//! Words of probability. "Likely" differs between schemes, so a word never stands without its scheme.

use std::fmt;

use serde::Serialize;

use crate::scale::Scheme;

/// A word of a scheme with its range in per cent, both ends counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Word {
    /// The word.
    pub word: &'static str,
    /// The scheme that it is of.
    pub scheme: Scheme,
    /// From, in per cent.
    pub from: u8,
    /// To, in per cent.
    pub to: u8,
}

impl Word {
    /// Whether it holds all probabilities, 0 to 1, from `low` to `high`.
    ///
    /// ```
    /// use peaceops::scale::Scheme;
    ///
    /// assert!(Scheme::Icd203.find("likely").is_some_and(|likely| likely.holds(0.55, 0.8)));
    /// assert!(Scheme::Ipcc.find("likely").is_some_and(|likely| !likely.holds(0.55, 0.8)));
    /// ```
    #[must_use]
    pub fn holds(self, low: f64, high: f64) -> bool {
        f64::from(self.from) / 100.0 <= low && low <= high && high <= f64::from(self.to) / 100.0
    }

    /// Whether all of another word's range is in its own, and more.
    fn is_wider_than(self, other: Self) -> bool {
        self.from <= other.from && other.to <= self.to && (self.from, self.to) != (other.from, other.to)
    }

    /// How far the middle of its range is from an even chance, in half per cents.
    fn off_even(self) -> u8 {
        (self.from + self.to).abs_diff(100)
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{} ({})", self.word, self.scheme.title()))
    }
}

/// Office of the Director of National Intelligence, *Intelligence Community Directive 203* (2015),
/// section D.6.e.(2)(a), first row.
#[rustfmt::skip]
const ICD_203: [(&str, u8, u8); 7] = [
    ("almost no chance", 1, 5), ("very unlikely", 5, 20), ("unlikely", 20, 45), ("roughly even chance", 45, 55),
    ("likely", 55, 80), ("very likely", 80, 95), ("almost certain", 95, 99),
];

/// Mastrandrea et al., *Guidance Note on Consistent Treatment of Uncertainties* (2010), table 1.
#[rustfmt::skip]
const IPCC: [(&str, u8, u8); 7] = [
    ("exceptionally unlikely", 0, 1), ("very unlikely", 0, 10), ("unlikely", 0, 33), ("about as likely as not", 33, 66),
    ("likely", 66, 100), ("very likely", 90, 100), ("virtually certain", 99, 100),
];

impl Scheme {
    /// The scheme's name in a sentence, such as `ICD 203`.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Icd203 => "ICD 203",
            Self::Ipcc => "IPCC",
        }
    }

    /// The words of the scheme with their ranges, the least likely first.
    ///
    /// Sources: *Intelligence Community Directive 203* (2015), section D; Mastrandrea et al., *Guidance
    /// Note on Consistent Treatment of Uncertainties* of the IPCC (2010), table 1.
    ///
    /// ```
    /// use peaceops::scale::Scheme;
    ///
    /// let words: Vec<String> = Scheme::Icd203.words().map(|word| format!("{word}: {} to {} %", word.from, word.to)).collect();
    /// assert_eq!(words[0], "almost no chance (ICD 203): 1 to 5 %");
    /// assert_eq!(words[6], "almost certain (ICD 203): 95 to 99 %");
    /// ```
    pub fn words(self) -> impl Iterator<Item = Word> {
        let table = match self {
            Self::Icd203 => ICD_203,
            Self::Ipcc => IPCC,
        };
        table.into_iter().map(move |(word, from, to)| Word { word, scheme: self, from, to })
    }

    /// A word of the scheme with its range, if the scheme has it.
    ///
    /// ```
    /// use peaceops::scale::Scheme;
    ///
    /// assert_eq!(Scheme::Ipcc.find("likely").map(|word| (word.from, word.to)), Some((66, 100)));
    /// assert_eq!(Scheme::Ipcc.find("almost certain"), None);
    /// ```
    #[must_use]
    pub fn find(self, word: &str) -> Option<Word> {
        self.words().find(|known| known.word == word)
    }

    /// The word for a range of probability, 0 to 1, if one word holds all of it.
    ///
    /// A range that no single word holds has none: it is told by its ends. Nor has one that is reversed,
    /// or beyond the scheme: ICD 203 has no word below .01 or above .99. Of two words of which one is
    /// within the other, the narrower is taken; of two that touch at a point, the one nearer to an even
    /// chance, because a study rather says too little.
    ///
    /// ```
    /// use peaceops::scale::Scheme;
    ///
    /// assert_eq!(Scheme::Icd203.word(0.6, 0.75).map(|word| word.to_string()).as_deref(), Some("likely (ICD 203)"));
    /// assert_eq!(Scheme::Ipcc.word(0.6, 0.75), None); // from "about as likely as not" into "likely"
    /// assert_eq!(Scheme::Ipcc.word(0.995, 0.995).map(|word| word.word), Some("virtually certain"));
    /// assert_eq!(Scheme::Icd203.word(0.8, 0.8).map(|word| word.word), Some("likely")); // not yet "very likely"
    /// ```
    #[must_use]
    pub fn word(self, low: f64, high: f64) -> Option<Word> {
        let holding = || self.words().filter(|word| word.holds(low, high));
        holding().filter(|word| !holding().any(|other| word.is_wider_than(other))).min_by_key(|word| word.off_even())
    }
}
