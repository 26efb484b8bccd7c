//! The IPCC's grid of evidence and agreement, as a second road to a level of confidence.

use crate::scale::Confidence;
use crate::scale::named::named;

named! {
    /// How much evidence there is, and how good: one side of the IPCC's grid.
    Amount: "amount of evidence" {
        /// Limited.
        Limited = "limited",
        /// Medium.
        Medium = "medium",
        /// Robust.
        Robust = "robust",
    }

    /// How far evidence agrees: the other side.
    Accord: "accord of evidence" {
        /// Low.
        Low = "low",
        /// Medium.
        Medium = "medium",
        /// High.
        High = "high",
    }

    /// The five levels of the IPCC.
    GridLevel: "level of the grid" {
        /// Very low.
        VeryLow = "very-low",
        /// Low.
        Low = "low",
        /// Medium.
        Medium = "medium",
        /// High.
        High = "high",
        /// Very high.
        VeryHigh = "very-high",
    }
}

impl GridLevel {
    /// The level of confidence that it stands beside; very high stands beside high.
    #[must_use]
    pub fn beside(self) -> Confidence {
        match self {
            Self::VeryLow => Confidence::VeryLow,
            Self::Low => Confidence::Low,
            Self::Medium => Confidence::Moderate,
            Self::High | Self::VeryHigh => Confidence::High,
        }
    }

    /// Whether it lies more than one level away from a level of confidence: then the reasons deserve a look.
    #[must_use]
    pub fn is_far_from(self, level: Confidence) -> bool {
        (self.beside() as u8).abs_diff(level as u8) > 1
    }
}

/// The level of a cell of the grid. A cross-check only: it decides nothing.
///
/// Source: Mastrandrea et al., *Guidance Note for Lead Authors* (IPCC 2010), figure 1: confidence rises
/// to the corner of robust evidence and high agreement. The note fixes no mapping; the levels of the
/// cells are this crate's own.
///
/// ```
/// use peaceops::scoring::confidence::{Accord, Amount, GridLevel, grid};
///
/// assert_eq!(grid(Amount::Limited, Accord::Low), GridLevel::VeryLow);
/// assert_eq!(grid(Amount::Robust, Accord::Low), GridLevel::Medium);
/// assert_eq!(grid(Amount::Robust, Accord::High), GridLevel::VeryHigh);
/// ```
#[must_use]
pub fn grid(amount: Amount, accord: Accord) -> GridLevel {
    GridLevel::ALL[amount as usize + accord as usize]
}
