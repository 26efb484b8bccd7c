//! The cases under `examples/`, and what the examples print of them: rows against their fact sheets, stored outputs,
//! nothing protected, two codings beside each other.

#![cfg(all(feature = "toml", feature = "csv"))]
#![allow(clippy::duplicate_mod, reason = "two examples share their page")]

#[path = "../../examples/agreement.rs"]
mod agreement;
mod coders;
#[path = "../common/mod.rs"]
mod common;
#[path = "../../examples/compare/answer/mod.rs"]
mod compare;
#[path = "../../examples/desk/mod.rs"]
mod desk;
mod every;
mod minusma;
mod protected;
mod readme;
mod stored;
mod strangers;
