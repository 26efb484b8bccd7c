//! Scales of evidence, confidence and contribution claims.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::named::{named, values};
use crate::error::{Error, ErrorKind};

named! {
    /// How sure a finding, effect or rating is; never how good.
    Confidence: "confidence" {
        /// Very low.
        VeryLow = "very-low",
        /// Low.
        Low = "low",
        /// Moderate.
        Moderate = "moderate",
        /// High.
        High = "high",
    }

    /// How far a component speaks against confidence, by GRADE-CERQual.
    Concern: "concern" {
        /// None, or very minor.
        None = "none",
        /// Minor.
        Minor = "minor",
        /// Moderate.
        Moderate = "moderate",
        /// Serious.
        Serious = "serious",
    }

    /// How evidence was gathered.
    EvidenceKind: "kind of evidence" {
        /// An interview.
        Interview = "interview",
        /// A focus group.
        FocusGroup = "focus-group",
        /// A survey.
        Survey = "survey",
        /// A document.
        Document = "document",
        /// A data set.
        Dataset = "dataset",
        /// Something seen or done by the team itself.
        Observation = "observation",
    }

    /// Whether evidence may be attributed.
    Confidentiality: "confidentiality" {
        /// It may be named as the case has it.
        Public = "public",
        /// It may not: no name, no office, no place finer than its level.
        NotForAttribution = "not-for-attribution",
    }

    /// The finest place that may be shown of evidence that is not for attribution.
    PlaceLevel: "level of place" {
        /// The study's area only.
        Area = "area",
        /// A unit of the study, or what holds it.
        Unit = "unit",
        /// Any region: the place is published.
        Any = "any",
    }

    /// How far one of the four conditions of a contribution claim holds, weakest first.
    Condition: "state of a condition" {
        /// It does not hold.
        NotMet = "not-met",
        /// Nobody says.
        Unknown = "unknown",
        /// It holds in part.
        Partly = "partly",
        /// It holds.
        Met = "met",
    }

    /// What testing a rival explanation showed, hardest on the claim first.
    RivalOutcome: "outcome of a rival" {
        /// It explains the change as well or better.
        Explains = "explains",
        /// It explains part of the change.
        Shares = "shares",
        /// It explains nothing of the change.
        RuledOut = "ruled-out",
    }

    /// The four tests of process tracing, by what passing and failing them says.
    TestKind: "kind of test" {
        /// Neither passing nor failing decides.
        StrawInTheWind = "straw-in-the-wind",
        /// Failing it eliminates the claim.
        Hoop = "hoop",
        /// Passing it confirms the claim.
        SmokingGun = "smoking-gun",
        /// Passing confirms, failing eliminates.
        DoublyDecisive = "doubly-decisive",
    }

    /// What became of the clue that a test looks for.
    Clue: "outcome of a test" {
        /// Looked for and found.
        Found = "found",
        /// Looked for and not there.
        Absent = "absent",
        /// Nobody looked: it says nothing.
        NotLookedFor = "not-looked-for",
    }

    /// A scheme of words of probability. "Likely" differs between schemes: a word never stands without its own.
    Scheme: "scheme of words" {
        /// ICD 203 of the US intelligence community (2015): seven words that do not overlap.
        Icd203 = "icd-203",
        /// The IPCC's guidance note (2010): seven words, of which most overlap.
        Ipcc = "ipcc",
    }

    /// How far a contribution claim may be made, weakest first.
    Strength: "strength of a claim" {
        /// A test that the claim had to pass was failed.
        Blocked = "blocked",
        /// One of its conditions does not hold.
        Unsupported = "unsupported",
        /// One of its conditions is unknown.
        NotEstablished = "not-established",
        /// Its conditions hold at least in part, or no rival was tested.
        Plausible = "plausible",
        /// All its conditions hold, and a rival was tested.
        Supported = "supported",
    }
}

/// How far a source can be relied on: the letter of the Admiralty code, A to F.
///
/// F says that it cannot be judged. That is no grade: F is neither above nor below the others, so the
/// scale has only a partial order, and no number.
///
/// ```
/// use peaceops::scale::Reliability;
///
/// assert!(Reliability::B > Reliability::D);
/// assert_eq!(Reliability::F.partial_cmp(&Reliability::E), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reliability {
    /// Completely reliable.
    A,
    /// Usually reliable.
    B,
    /// Fairly reliable.
    C,
    /// Not usually reliable.
    D,
    /// Unreliable.
    E,
    /// Cannot be judged.
    F,
}

values!(Reliability: "reliability" { A = "A", B = "B", C = "C", D = "D", E = "E", F = "F" });

/// How far an item of information is borne out: the number of the Admiralty code, 1 to 6.
///
/// 6 says that it cannot be judged. That is no grade: it is neither above nor below the others.
///
/// ```
/// use peaceops::scale::Credibility;
///
/// assert!(Credibility::Confirmed > Credibility::Doubtful);
/// assert_eq!(Credibility::NotJudged.partial_cmp(&Credibility::Improbable), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Credibility {
    /// 1: confirmed by other sources.
    Confirmed,
    /// 2: probably true.
    ProbablyTrue,
    /// 3: possibly true.
    PossiblyTrue,
    /// 4: doubtful.
    Doubtful,
    /// 5: improbable.
    Improbable,
    /// 6: cannot be judged.
    NotJudged,
}

values!(Credibility: "credibility" {
    Confirmed = "1", ProbablyTrue = "2", PossiblyTrue = "3", Doubtful = "4", Improbable = "5", NotJudged = "6",
});

/// The order of grades, of which the last is none.
fn graded<T: PartialEq>(a: (usize, &T), b: (usize, &T), none: &T) -> Option<Ordering> {
    if a.1 == b.1 {
        Some(Ordering::Equal)
    } else if a.1 == none || b.1 == none {
        None
    } else {
        Some(b.0.cmp(&a.0))
    }
}

impl PartialOrd for Reliability {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        graded((*self as usize, self), (*other as usize, other), &Self::F)
    }
}

impl PartialOrd for Credibility {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        graded((*self as usize, self), (*other as usize, other), &Self::NotJudged)
    }
}

/// An Admiralty pair such as `B2`: the source's reliability and the information's credibility.
///
/// The two are judged apart from each other. Source: NATO STANAG 2511, the *Admiralty code*.
///
/// ```
/// use peaceops::scale::{Admiralty, Credibility, Reliability};
///
/// let pair: Admiralty = "B2".parse()?;
/// assert_eq!(pair, Admiralty { reliability: Reliability::B, credibility: Credibility::ProbablyTrue });
/// assert_eq!(pair.to_string(), "B2");
/// assert!("G7".parse::<Admiralty>().is_err());
/// # Ok::<(), peaceops::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Admiralty {
    /// How far the source can be relied on.
    pub reliability: Reliability,
    /// How far the information is borne out.
    pub credibility: Credibility,
}

impl Admiralty {
    /// Neither can be judged: `F6`, which is what evidence without a grading has.
    pub const NOT_JUDGED: Self = Self { reliability: Reliability::F, credibility: Credibility::NotJudged };
}

impl FromStr for Admiralty {
    type Err = Error;

    /// # Errors
    /// `not-admiralty` for anything but a letter A to F and a number 1 to 6.
    fn from_str(text: &str) -> Result<Self, Error> {
        let pair = text.split_at_checked(1).and_then(|(letter, number)| letter.parse().ok().zip(number.parse().ok()));
        let (reliability, credibility) = pair.ok_or_else(|| ErrorKind::NotAdmiralty { found: text.chars().take(64).collect() })?;
        Ok(Self { reliability, credibility })
    }
}

impl fmt::Display for Admiralty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.reliability, self.credibility)
    }
}

impl Serialize for Admiralty {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Admiralty {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
