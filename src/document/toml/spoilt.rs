//! Rows that a fault of syntax may have reached: they are left out, and naming them is no fault.

use toml::de::{DeTable, DeValue};

use super::Tables;
use crate::document::CaseDocument;
use crate::document::refer::Unread;
use crate::model::Table;
use crate::problem::nearest;

/// The rows of a file that a fault of syntax may have reached.
#[derive(Default)]
pub(super) struct Spoilt {
    /// The offset and table of each header line, in order, and whether a fault stands below it.
    pub(super) heads: Vec<(usize, String, bool)>,
    /// Whether all are.
    pub(super) whole: bool,
}

impl Spoilt {
    /// The header lines of a text: `[[task]]` and, mistyped, `[task]`, but no table below a row.
    pub(super) fn heads(text: &str) -> Self {
        let mut heads = Vec::new();
        let mut offset = 0;
        for line in text.split_inclusive('\n') {
            let trimmed = line.trim_start_matches('\u{feff}').trim();
            if let Some(rest) = trimmed.strip_prefix('[') {
                let name = rest.trim_start_matches('[').split([']', '#']).next().unwrap_or_default().trim();
                if !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')) {
                    heads.push((offset, name.to_owned(), false));
                }
            }
            offset += line.len();
        }
        Self { heads, whole: false }
    }

    /// The place of the header above an offset.
    pub(super) fn head(&self, offset: usize) -> Option<usize> {
        self.heads.partition_point(|(start, ..)| *start <= offset).checked_sub(1)
    }

    /// Marks the row at an offset.
    pub(super) fn at(&mut self, offset: usize) {
        if let Some(head) = self.head(offset) {
            self.heads[head].2 = true;
        }
    }

    /// Whether the row that begins at an offset is spoilt.
    pub(super) fn holds(&self, offset: usize) -> bool {
        self.whole || self.head(offset).is_some_and(|head| self.heads[head].2)
    }

    /// Tells the rows that are spoilt, and those that the parser did not find at all.
    pub(super) fn unread(&mut self, table: &DeTable<'_>, text: &str, unread: &mut Unread) {
        let mut found = vec![false; self.heads.len()];
        for (key, value) in table {
            let rows = value.get_ref().as_array().map(|rows| rows.iter().map(|row| row.span().start).collect());
            for start in rows.unwrap_or_else(|| vec![key.span().start]) {
                if let Some(head) = self.head(start) {
                    found[head] = true;
                }
            }
        }
        for (head, found) in found.into_iter().enumerate() {
            self.heads[head].2 |= self.whole || !found;
            let (start, name, spoilt) = &self.heads[head];
            if !spoilt {
                continue;
            }
            let near = nearest(name, CaseDocument::NAMES.iter().copied());
            let Some(table) = CaseDocument::NAMES.iter().find(|known| *known == name || near.as_deref() == Some(**known)) else { continue };
            unread.tables.insert(table);
            let end = self.heads.get(head + 1).map_or(text.len(), |(start, ..)| *start);
            for line in text.get(*start..end).unwrap_or_default().lines() {
                if let Some(id) = line.trim().strip_prefix("id").and_then(|rest| rest.trim_start().strip_prefix('=')) {
                    let id = id.trim().trim_start_matches(['"', '\'']).split(['"', '\'']).next().unwrap_or_default();
                    unread.id(table, id);
                }
            }
        }
    }
}

impl Unread {
    /// Adds the rows of a table that could not be read.
    pub(super) fn table(&mut self, table: &'static str, value: &DeValue<'_>) {
        self.tables.insert(table);
        match value {
            DeValue::Array(rows) => rows.iter().for_each(|row| self.row(table, row.get_ref())),
            row => self.row(table, row),
        }
    }

    /// Adds a row of a table that could not be read.
    pub(super) fn row(&mut self, table: &str, row: &DeValue<'_>) {
        self.id(table, row.get("id").and_then(|id| id.get_ref().as_str()).unwrap_or_default());
    }

    pub(super) fn id(&mut self, table: &str, id: &str) {
        let table = Table::ALL.iter().find(|known| known.name() == table);
        if let (Some(table), false) = (table, id.is_empty()) {
            self.rows.push((*table, id.to_owned()));
        }
    }
}
