//! Measured series: what is observed, how it moves, and where it breaks.
//!
//! | module | what it computes | misleads when |
//! |---|---|---|
//! | `series` | which observations of a study make a series; sums over regions, rates | sources count different things in one scope |
//! | `course` | what a series did over the study, phase by phase, beside the dates of mandates | beside is read as because |
//! | [`trend`] | whether values rise or fall, how fast, and where they break | a value depends on the one before it |
//! | [`composite`] | composite scores, only where a caller asks for them by name | a surplus pays for a deficit; read without range and coverage |
//! | [`correlation`] | whether two measures order alike | few pairs are many tests |
//!
//! `series` and `course` read a study; the formulas take slices and know none. A value is measured or missing
//! (`None`); one that is not finite is an error. All sums are taken in a fixed order, and what the processor does
//! not compute exactly comes from one library, so the same values give the same bits on every machine.

pub mod composite;
pub mod correlation;
mod course;
mod given;
mod normal;
mod order;
mod orders;
mod pairs;
mod ranks;
mod series;
pub mod trend;

pub use course::{Beside, Course, PhaseCourse, Tests, courses};
pub use series::{Made, Point, Series, SetAside, Value, WhyNot, series};
pub(crate) use series::{length, most_common_length};
