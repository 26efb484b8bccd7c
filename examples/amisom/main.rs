//! The AMISOM study (Somalia, 2007 to 2018): answers to EPON's questions on a terminal.
//!
//! `cargo run --release --example amisom`, and `-- --help` for what else it prints.

#[path = "../desk/mod.rs"]
mod desk;

fn main() -> std::process::ExitCode {
    desk::run(Some(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/amisom")))
}
