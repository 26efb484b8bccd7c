//! Figures as printed: exact, about, bounded, a range, or words.

use std::fmt;

use serde::Serialize;

/// A figure as a source prints it.
///
/// "More than 525" is not 525: the words stay, and what can be computed with is kept beside them.
///
/// ```
/// use peaceops::model::{Bounds, Quantity};
///
/// assert_eq!(Quantity::parse("13289").exact(), Some(13289.0));
/// assert_eq!(Quantity::parse("> 525").bounds(), Bounds::Above(525.0));
/// assert_eq!(Quantity::parse("about 5200").exact(), None);
/// assert_eq!(Quantity::parse("5..20").bounds(), Bounds::Between(5.0, 20.0));
/// assert_eq!(Quantity::parse("none of significance").bounds(), Bounds::Nothing);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Quantity {
    text: String,
    bounds: Bounds,
}

/// What a figure says of its size.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Bounds {
    /// Just that.
    Exact(f64),
    /// About that.
    About(f64),
    /// More than that.
    Above(f64),
    /// That or more.
    AtLeast(f64),
    /// Less than that.
    Below(f64),
    /// That or less.
    AtMost(f64),
    /// From one to the other.
    Between(f64, f64),
    /// None: a source says that nothing was given.
    Nothing,
    /// Words without a number.
    Words,
}

impl Quantity {
    /// Reads a figure; what is no number in one of the known forms is words.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        Self { text: text.to_owned(), bounds: bounds(text) }
    }

    /// The figure as printed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it says of its size.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        self.bounds
    }

    /// The number, where it is exact.
    #[must_use]
    pub fn exact(&self) -> Option<f64> {
        match self.bounds {
            Bounds::Exact(number) => Some(number),
            _ => None,
        }
    }

    /// The number, exact or about.
    #[must_use]
    pub fn about(&self) -> Option<f64> {
        match self.bounds {
            Bounds::Exact(number) | Bounds::About(number) => Some(number),
            _ => None,
        }
    }
}

/// Reads the forms `N`, `about N`, `> N`, `>= N`, `< N`, `<= N`, `N..N` and `none …`.
fn bounds(text: &str) -> Bounds {
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|n| n.is_finite());
    if let Some(n) = number(text) {
        return Bounds::Exact(n);
    }
    type Form = (&'static str, fn(f64) -> Bounds);
    const FORMS: [Form; 5] =
        [("about ", Bounds::About), (">=", Bounds::AtLeast), ("<=", Bounds::AtMost), (">", Bounds::Above), ("<", Bounds::Below)];
    for (sign, form) in FORMS {
        if let Some(n) = text.strip_prefix(sign).and_then(number) {
            return form(n);
        }
    }
    if let Some((low, high)) = text.split_once("..")
        && let (Some(low), Some(high)) = (number(low), number(high))
        && low <= high
    {
        return Bounds::Between(low, high);
    }
    if text == "none" || text.starts_with("none ") {
        return Bounds::Nothing;
    }
    Bounds::Words
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
