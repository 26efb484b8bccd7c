//! The level that four concerns and the caps propose: GRADE-CERQual, as this crate applies it.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::scale::{Concern, Confidence};

/// A bound on confidence, whatever the components say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cap {
    /// All of it has one root: at most low.
    OneGroup,
    /// No side but the mission's is known to say it: at most moderate.
    MissionSideOnly,
    /// All of it comes from unreliable sources (E) or is improbable (5): very low.
    Unreliable,
}

impl Cap {
    /// The highest level that it allows.
    #[must_use]
    pub fn at_most(self) -> Confidence {
        match self {
            Self::OneGroup => Confidence::Low,
            Self::MissionSideOnly => Confidence::Moderate,
            Self::Unreliable => Confidence::VeryLow,
        }
    }
}

impl fmt::Display for Cap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OneGroup => "one root only: at most low",
            Self::MissionSideOnly => "no side but the mission's is known to say it: at most moderate",
            Self::Unreliable => "only unreliable sources or improbable news: very low",
        })
    }
}

impl Serialize for Cap {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The level that four concerns and some caps propose.
///
/// Rule: start at high; a moderate concern takes one level, a serious one two; a minor one none, but two
/// or more minor ones together take one; never below very low; then the lowest cap. It is a proposal: a
/// person decides, with a reason where the decision differs.
///
/// Source: the components and levels are GRADE-CERQual's (Lewin et al., *Implementation Science* 13,
/// suppl. 1, 2018); they are to be judged, not summed. The rule and the caps are this crate's own.
///
/// ```
/// use peaceops::scale::Concern::{Minor, Moderate, None, Serious};
/// use peaceops::scale::Confidence;
/// use peaceops::scoring::confidence::{Cap, propose};
///
/// assert_eq!(propose([None, None, Minor, None], &[]), Confidence::High);
/// assert_eq!(propose([Minor, None, Minor, None], &[]), Confidence::Moderate);
/// assert_eq!(propose([Moderate, Minor, Moderate, None], &[]), Confidence::Low);
/// assert_eq!(propose([Serious, Moderate, Minor, None], &[]), Confidence::VeryLow);
/// assert_eq!(propose([None; 4], &[Cap::OneGroup]), Confidence::Low);
/// ```
#[must_use]
pub fn propose(concerns: [Concern; 4], caps: &[Cap]) -> Confidence {
    let minor = concerns.iter().filter(|concern| **concern == Concern::Minor).count();
    let steps: usize = concerns
        .iter()
        .map(|concern| match concern {
            Concern::None | Concern::Minor => 0,
            Concern::Moderate => 1,
            Concern::Serious => 2,
        })
        .sum();
    let down = steps + usize::from(minor >= 2);
    let proposed = Confidence::ALL[(Confidence::High as usize).saturating_sub(down)];
    caps.iter().fold(proposed, |level, cap| level.min(cap.at_most()))
}
