//! Several studies beside each other, without a league table: the four missions, or any case directories.
//!
//! `cargo run --release --example compare`, `-- DIR DIR ...`, and `-- --help` for what else it prints.

mod answer;

fn main() -> std::process::ExitCode {
    answer::run()
}
