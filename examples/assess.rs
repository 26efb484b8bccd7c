//! Any case directory: the same answers as the missions' own examples give.
//!
//! `cargo run --release --example assess -- DIR`, and `-- --help` for what else it prints.

#[path = "desk/mod.rs"]
mod desk;

fn main() -> std::process::ExitCode {
    desk::run(None)
}
