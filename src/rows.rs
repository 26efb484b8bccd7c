//! Where the rows of a CSV text and their fields stand, and what is wrong with its header.

use csv::StringRecord;

use crate::error::ErrorKind;
use crate::problem::nearest;

/// A place in a text that only moves on.
pub(crate) struct Cursor<'a> {
    text: &'a str,
    /// Offset of the byte.
    pub(crate) at: usize,
    /// Its line, counted from 1.
    pub(crate) line: usize,
}

impl<'a> Cursor<'a> {
    /// The start of a text.
    pub(crate) fn of(text: &'a str) -> Self {
        Self { text, at: 0, line: 1 }
    }

    /// Moves to the first byte of a row: at an offset, or past the ends of lines there.
    pub(crate) fn go_to(&mut self, offset: usize) {
        let bytes = self.text.as_bytes();
        while self.at < bytes.len() && (self.at < offset || matches!(bytes[self.at], b'\r' | b'\n')) {
            self.line += usize::from(bytes[self.at] == b'\n');
            self.at += 1;
        }
    }

    /// The text from there on.
    pub(crate) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }
}

/// The column, in characters from 1, at which a field of the row at the start of a text begins.
pub(crate) fn column(text: &str, wanted: usize) -> usize {
    let (mut column, mut field, mut quoted) = (1, 0, false);
    for c in text.chars() {
        match c {
            _ if field == wanted => break,
            '"' => quoted = !quoted,
            ',' if !quoted => field += 1,
            _ => {}
        }
        column += 1;
    }
    column
}

/// Columns that nothing is read from, among so many of the header at the start of a text: where each begins, and why.
pub(crate) fn misnamed(header: &StringRecord, known: &'static [&'static str], most: usize, text: &str) -> Vec<(usize, ErrorKind)> {
    let fault = |(index, name): (usize, &str)| {
        let kind = if !known.contains(&name) {
            ErrorKind::UnknownField { found: name.to_owned(), near: nearest(name, known.iter().copied()) }
        } else if header.iter().take(index).any(|before| before == name) {
            ErrorKind::WrongForm { message: format!("a second column `{name}`") }
        } else {
            return None;
        };
        Some((column(text, index), kind))
    };
    header.iter().enumerate().take(most).filter_map(fault).collect()
}

/// Columns that a header does not have, and without which a row says nothing.
pub(crate) fn missing(header: &StringRecord, needed: &'static [&'static str]) -> Vec<&'static str> {
    needed.iter().copied().filter(|name| !header.iter().any(|found| found == *name)).collect()
}
