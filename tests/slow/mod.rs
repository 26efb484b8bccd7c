//! The slow engine, the studies it is tried on, and the comparison.

mod base;
mod cells;
pub(crate) mod compare;
mod dimensions;
mod drivers;
mod effects;
mod events;
mod fills;
mod gaps;
pub(crate) mod generate;
mod profile;
pub(crate) mod reach;
