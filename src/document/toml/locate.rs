//! On which line something stands.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{File, Reading};
use crate::problem::{Path, Place, Problem, Segment};

/// The lines of a text.
pub(super) struct Lines<'a> {
    pub(super) text: &'a str,
    pub(super) starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(0).chain(ends).collect() }
    }

    /// The place of an offset: line and column from 1, the column in characters.
    pub(super) fn place(&self, file: &str, offset: usize) -> Place {
        let mut end = offset.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= end);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let before = self.text.get(start..end).unwrap_or_default();
        // No editor shows such a line, and counting its characters for every problem takes long.
        let column = if before.len() > 100_000 { before.len() } else { before.chars().filter(|c| *c != '\u{feff}').count() };
        Place { file: file.to_owned(), line, column: column + 1 }
    }
}

/// The offset at which the field at a path stands: of its value, or of its key where that is a table
/// or a list; of the innermost field around it where it is not given.
pub(super) fn offset(table: &DeTable<'_>, path: &[Segment], row: usize) -> Option<usize> {
    let (Segment::Key(name), rest) = path.split_first()? else { return None };
    let (key, value) = table.get_key_value(name.as_str())?;
    let (mut value, mut found, rest) = match (value.get_ref(), rest) {
        (DeValue::Array(rows), [Segment::Index(_), rest @ ..]) => {
            let value = rows.get(row)?;
            (value, value.span().start, rest)
        }
        (_, rest) => (value, key.span().start, rest),
    };
    for segment in rest {
        let (next, start) = match (value.get_ref(), segment) {
            (DeValue::Table(table), Segment::Key(name)) => match table.get_key_value(name.as_str()) {
                Some((key, next)) => {
                    let whole = matches!(next.get_ref(), DeValue::Table(_) | DeValue::Array(_));
                    (next, if whole { key.span().start } else { next.span().start })
                }
                None => break,
            },
            (DeValue::Array(items), Segment::Index(index)) => match items.get(*index) {
                Some(next) => (next, next.span().start),
                None => break,
            },
            _ => break,
        };
        (value, found) = (next, start);
    }
    Some(found)
}

/// Finds the places of faults of meaning, parsing each file at most once more.
pub(super) struct Places<'r, 'a> {
    pub(super) files: &'r [File<'a>],
    pub(super) reading: &'r Reading<'a>,
    pub(super) parsed: BTreeMap<usize, (Spanned<DeTable<'a>>, Lines<'a>)>,
}

impl<'r, 'a> Places<'r, 'a> {
    pub(super) fn new(files: &'r [File<'a>], reading: &'r Reading<'a>) -> Self {
        Self { files, reading, parsed: BTreeMap::new() }
    }

    /// A problem with its place, its row counted among all rows.
    pub(super) fn placed(&mut self, mut problem: Problem) -> Problem {
        (problem.path, problem.place) = self.place(problem.path);
        problem.see = problem.see.map(|(what, path, _)| {
            let (path, place) = self.place(path);
            (what, path, place)
        });
        problem
    }

    pub(super) fn place(&mut self, path: Path) -> (Path, Option<Place>) {
        let Some((place, number)) = self.found(path.segments()) else { return (path, None) };
        (path.of_row(number), place)
    }

    pub(super) fn found(&mut self, segments: &[Segment]) -> Option<(Option<Place>, usize)> {
        let Segment::Key(table) = segments.first()? else { return None };
        let index = match segments.get(1) {
            Some(Segment::Index(index)) => *index,
            _ => 0,
        };
        #[cfg(feature = "csv")]
        if table == "row" {
            let rows = self.reading.observations.first()?;
            let row = rows.row(index)?;
            return Some((Some(rows.place(row, segments.get(2))), row.number));
        }
        let row = *self.reading.layout.get(table.as_str())?.read.get(index)?;
        let file = self.files.get(row.file)?;
        let (parsed, lines) =
            self.parsed.entry(row.file).or_insert_with(|| (DeTable::parse_recoverable(file.text).0, Lines::new(file.text)));
        let offset = offset(parsed.get_ref(), segments, row.place);
        Some((offset.map(|offset| lines.place(file.name, offset)), row.number))
    }
}
