//! The MONUC and MONUSCO study (DR Congo, 1999 to 2019): answers to EPON's questions on a terminal.
//!
//! `cargo run --release --example monusco`, and `-- --help` for what else it prints.

#[path = "../desk/mod.rs"]
mod desk;

fn main() -> std::process::ExitCode {
    desk::run(Some(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/monusco")))
}
