//! What meets the terminal: colour, standard output and standard error.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

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

/// Whether an example that has no other option is asked for its help.
#[allow(dead_code, reason = "most examples have options")]
pub(super) fn asks_help(mut args: lexopt::Parser) -> Result<bool, lexopt::Error> {
    use lexopt::prelude::*;
    let mut help = false;
    while let Some(arg) = args.next()? {
        match arg {
            Long("help") | Short('h') => help = true,
            other => return Err(other.unexpected()),
        }
    }
    Ok(help)
}
