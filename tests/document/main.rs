//! Cases as texts: what is read, what is refused and how that is told, what is written again, files that users bring.

#[path = "../common/mod.rs"]
mod common;
mod edits;
mod embedding;
#[cfg(all(feature = "toml", feature = "csv"))]
#[allow(dead_code, reason = "its `main` is not called here")]
#[path = "../../examples/import.rs"]
mod example;
mod faults;
mod imports;
mod mutations;
mod no_panic;
mod pieces;
mod roundtrip;
