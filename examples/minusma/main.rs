//! The MINUSMA study (Mali, 2013 to mid-2019): answers to EPON's questions on a terminal.
//!
//! `cargo run --release --example minusma`, and `-- --help` for what else it prints.

#[path = "../desk/mod.rs"]
mod desk;

fn main() -> std::process::ExitCode {
    desk::run(Some(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/minusma")))
}
