//! Draws: of one study, of several together, of a composite; sensitivity indices.

mod chances;
#[path = "../common/mod.rs"]
mod common;
mod composites;
mod sobol;
mod study;
