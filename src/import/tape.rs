//! A file that goes by once: bounded rows, no byte-order mark, and the place of what was just read.

use std::io::{self, Read};

/// How much is read at a time.
pub(super) const PIECE: usize = 64 * 1024;

/// What is said where a row is longer than the limit.
const TOO_LONG: &str = "a row is longer than the limit";

/// A reader that remembers the last pieces, so that the few rows that are shown can be found by line and column.
pub(super) struct Tape<R> {
    inner: R,
    /// The end of what was given, and where it begins in the file.
    kept: Vec<u8>,
    kept_from: u64,
    /// How much of `kept` was given; the rest was looked at first.
    given: usize,
    /// Where the row begins that is being read.
    row: u64,
    /// How long a row may be.
    most: u64,
}

impl<R: Read> Tape<R> {
    /// Reads the first piece, and leaves out a byte-order mark.
    pub(super) fn new(mut inner: R, most: u64) -> io::Result<Self> {
        let mut kept = vec![0; PIECE];
        let mut filled = 0;
        while filled < kept.len() {
            match again(&mut inner, &mut kept[filled..])? {
                0 => break,
                n => filled += n,
            }
        }
        kept.truncate(filled);
        if kept.starts_with(b"\xef\xbb\xbf") {
            kept.drain(..3);
        }
        Ok(Self { inner, kept, kept_from: 0, given: 0, row: 0, most })
    }

    /// The sign between fields that the first line has most of: a comma, a semicolon or a tab.
    pub(super) fn delimiter(&self) -> u8 {
        let mut counts = [(0_usize, b','), (0, b';'), (0, b'\t')];
        let mut quoted = false;
        for byte in &self.kept {
            match byte {
                b'"' => quoted = !quoted,
                b'\n' | b'\r' if !quoted && counts.iter().any(|(count, _)| *count > 0) => break,
                byte if !quoted => counts.iter_mut().filter(|(_, sign)| sign == byte).for_each(|(count, _)| *count += 1),
                _ => {}
            }
        }
        // Of equal counts the first counts: a comma.
        let most = counts.iter().map(|(count, _)| *count).max().unwrap_or(0);
        counts.iter().find(|(count, _)| *count == most).map_or(b',', |(_, sign)| *sign)
    }

    /// Says that a row begins: what was before it is no part of its length.
    pub(super) fn begin(&mut self, row: u64) {
        self.row = row;
    }

    /// How many bytes have passed.
    pub(super) fn passed(&self) -> u64 {
        self.kept_from + self.given as u64
    }

    /// The line and column of a field of the row that begins at an offset, `line` being that of the offset.
    ///
    /// A row that is no longer kept is told by its line alone.
    pub(super) fn place(&self, offset: u64, line: u64, field: usize, delimiter: u8) -> (u64, u64) {
        let from = offset.checked_sub(self.kept_from).and_then(|from| usize::try_from(from).ok());
        let Some(bytes) = from.and_then(|from| self.kept.get(from..)) else { return (line, 1) };
        let (mut line, mut column) = (line, 1);
        let ends = bytes.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        line += bytes[..ends].iter().filter(|b| **b == b'\n').count() as u64;
        let (mut at, mut quoted) = (0, false);
        for byte in &bytes[ends..] {
            match byte {
                _ if at == field => break,
                b'"' => quoted = !quoted,
                b'\n' if quoted => (line, column) = (line + 1, 0),
                b'\r' | b'\n' if !quoted => break,
                byte if *byte == delimiter && !quoted => at += 1,
                _ => {}
            }
            // A byte within a letter of UTF-8 is no column of its own.
            column += u64::from(byte & 0xc0 != 0x80);
        }
        (line, column.max(1))
    }
}

/// Whether an error is that of a row that is too long.
pub(super) fn is_too_long(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.to_string() == TOO_LONG)
}

/// Reads, and once more where the system was only interrupted.
fn again(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match reader.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            // A reader that claims more than it was given room for is not believed.
            result => return result.map(|n| n.min(buffer.len())),
        }
    }
}

impl<R: Read> Read for Tape<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.passed().saturating_sub(self.row) > self.most {
            return Err(io::Error::other(TOO_LONG));
        }
        if self.given < self.kept.len() {
            let n = (self.kept.len() - self.given).min(buffer.len());
            buffer[..n].copy_from_slice(&self.kept[self.given..self.given + n]);
            self.given += n;
            return Ok(n);
        }
        let n = again(&mut self.inner, buffer)?;
        if self.kept.len() + n > 4 * PIECE {
            let gone = self.kept.len().saturating_sub(2 * PIECE);
            self.kept.drain(..gone);
            self.kept_from += gone as u64;
        }
        self.kept.extend_from_slice(&buffer[..n]);
        self.given = self.kept.len();
        Ok(n)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests stop at what they did not expect")]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_again() {
        let text = "\u{feff}a,b\r\n\r\nx,\"é\n1\",z\r\n";
        let mut tape = Tape::new(text.as_bytes(), 100).unwrap();
        let mut all = String::new();
        tape.read_to_string(&mut all).unwrap();
        assert!(all.starts_with("a,b"));
        // The reader of rows stands before the end of the first line.
        assert_eq!(tape.place(3, 1, 0, b','), (3, 1));
        assert_eq!(tape.place(3, 1, 1, b','), (3, 3));
        assert_eq!(tape.place(3, 1, 2, b','), (4, 4));
        assert_eq!(tape.place(0, 1, 1, b','), (1, 3));
        assert_eq!(tape.place(999, 7, 1, b','), (7, 1));
    }

    #[test]
    fn delimiters() {
        let of = |text: &str| Tape::new(text.as_bytes(), 100).unwrap().delimiter();
        assert_eq!(of("a,b;c\n;;;;"), b',');
        assert_eq!(of("a;b;c"), b';');
        assert_eq!(of("\"a;b;c\"\td\n"), b'\t');
        assert_eq!(of("alone"), b',');
        assert_eq!(of(""), b',');
    }
}
