//! The engine: worked examples, every edge of its rules, laws that hold of any study, and a second engine beside it.

mod boundaries;
#[path = "../common/mod.rs"]
mod common;
mod confidence;
mod consensus;
mod contribution;
mod determinism;
mod explain;
mod influence;
mod measures;
mod method;
mod plain;
mod properties;
mod scope;
mod slow_engine;
mod slow_evidence;
mod tipping;
mod worked;
