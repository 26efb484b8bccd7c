//! Whether a measured series rises or falls, how fast, and where it breaks.
//!
//! | function | what it computes | misleads when |
//! |---|---|---|
//! | [`mann_kendall`](fn@mann_kendall) | whether later values are greater more often than chance allows | a value depends on the one before it; it goes up and then down |
//! | [`seasonal`](fn@seasonal) | the same, each season held against itself | seasons go opposite ways and cancel out; they depend on each other |
//! | [`theil_sen`](fn@theil_sen), [`theil_sen_dated`], [`theil_sen_seasonal`] | how fast it rises or falls, unmoved by single outliers | the course is no line, but a step or a bend |
//! | [`pettitt`](fn@pettitt) | where the series shifts, and whether it does | it rises steadily: a trend shows as a break in its middle |
//!
//! All take the values in order of time, measured or missing (`None`), and a [`TestRule`]. No test is made of fewer
//! points than the rule asks for, by default five: then the [`Outcome`] tells which way the few go, in
//! words, and that they are too few. No outcome is NaN, and no p is 0: what has been observed is possible.
//!
//! A test tells that a series moves, not why. A break beside the date of a mandate is no effect of it.
//!
//! ```
//! use peaceops::indicator::trend::{Direction, TestRule, mann_kendall, pettitt, theil_sen};
//!
//! let displaced = [Some(21.0), Some(24.0), None, Some(22.0), Some(35.0), Some(38.0), Some(37.0), Some(41.0)];
//! let rule = TestRule::default();
//! let trend = mann_kendall(&displaced, &rule)?;
//! assert_eq!(trend.tested().map(|trend| trend.direction), Some(Direction::Increasing));
//! assert_eq!(trend.to_string(), "increasing, tau 0.81, p 0.016, 7 points");
//! assert_eq!(theil_sen(&displaced, &rule)?.to_string(), "3.0 a step (1.0 to 4.8), 7 points");
//! assert_eq!(pettitt(&displaced, &rule)?.to_string(), "no break, p 0.100 (exact), 7 points");
//! assert_eq!(mann_kendall(&displaced[..4], &rule)?.to_string(), "rising, 3 points: too few points for a test");
//! # Ok::<(), peaceops::Error>(())
//! ```

mod mann_kendall;
mod outcome;
mod pettitt;
mod rule;
mod seasonal;
mod slopes;
mod theil_sen;

pub use mann_kendall::{Direction, MannKendall, mann_kendall};
pub use outcome::{Outcome, Seen, TooFew};
pub use pettitt::{EXACT_POINTS, Null, Pettitt, Side, Split, approximate_p, orders_reaching, pettitt};
pub use rule::TestRule;
pub use seasonal::{Seasonal, seasonal};
pub use theil_sen::{Step, TheilSen, theil_sen, theil_sen_dated, theil_sen_seasonal};
