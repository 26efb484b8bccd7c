//! What meets the terminal: colour, standard output and standard error.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use peaceops::Visible;

/// Whether the page may be coloured.
#[allow(dead_code, reason = "some examples have no colour")]
pub(super) fn use_colour() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Writes to standard output; a reader that has gone away ends it quietly, anything else that stops it is told.
#[allow(dead_code, reason = "the tests of the stored outputs print nothing")]
pub(super) fn put(text: &str) -> ExitCode {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => complain(&format!("error: the answer cannot be written: {error}")),
    }
}

/// Tells what is wrong, on standard error.
#[allow(dead_code, reason = "see `put`")]
pub(super) fn complain(text: &str) -> ExitCode {
    let _ = writeln!(std::io::stderr().lock(), "{}", text.trim_end());
    ExitCode::from(2)
}

/// Ends an example with what it prints, or with what is wrong.
#[allow(dead_code, reason = "see `put`")]
pub(super) fn end(answer: Result<String, String>) -> ExitCode {
    match answer {
        Ok(text) => put(&text),
        Err(text) => complain(&text),
    }
}

/// Arguments that cannot be read, with what can be asked for.
pub(super) fn misread(error: &lexopt::Error, help: &str) -> String {
    format!("error: {}\n\n{help}", Visible(&error.to_string()))
}

/// The answer of an example that has no option but `--help`.
#[allow(dead_code, reason = "most examples have options")]
pub(super) fn without_options(
    mut args: lexopt::Parser,
    help: &str,
    answer: impl FnOnce() -> Result<String, Box<dyn std::error::Error>>,
) -> Result<String, String> {
    use lexopt::prelude::*;
    let mut asked = false;
    while let Some(arg) = args.next().map_err(|error| misread(&error, help))? {
        match arg {
            Long("help") | Short('h') => asked = true,
            other => return Err(misread(&other.unexpected(), help)),
        }
    }
    if asked { Ok(help.to_owned()) } else { answer().map_err(|error| format!("error: {error}")) }
}
