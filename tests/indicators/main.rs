//! What was measured: series and their trends, rank correlations, composite indicators.

#[path = "../common/mod.rs"]
mod common;
mod composites;
mod correlations;
#[cfg(all(feature = "toml", feature = "csv"))]
#[path = "../../examples/desk/mod.rs"]
mod desk;
mod series;
mod trends;
