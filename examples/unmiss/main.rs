//! The UNMISS study (South Sudan, 2011 to 2022): answers to EPON's questions on a terminal.
//!
//! `cargo run --release --example unmiss`, and `-- --help` for what else it prints.

#[path = "../desk/mod.rs"]
mod desk;

fn main() -> std::process::ExitCode {
    desk::run(Some(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/unmiss")))
}
