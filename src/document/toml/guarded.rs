//! What the files of a case protect, out of rows that could not be read as well.

use toml::de::{DeTable, DeValue};

use super::{File, OBSERVATIONS};
use crate::document::discreet::Protected;
use crate::problem::{Problem, nearest};
use crate::protected::PARTS;

/// The field of evidence whose parts are protected.
const FIELD: &str = "protected";

/// Makes problems that would repeat what the files protect say only that it is shown.
pub(super) fn hide(files: &[File<'_>], problems: &mut [Problem]) {
    if problems.is_empty() {
        return;
    }
    let mut protected = Protected::default();
    for file in files.iter().filter(|file| file.name != OBSERVATIONS) {
        find(DeTable::parse_recoverable(file.text).0.get_ref(), &mut protected);
    }
    protected.hide(problems);
}

/// Looks for the field, also mistyped and in whatever table.
fn find(table: &DeTable<'_>, protected: &mut Protected) {
    for (key, value) in table {
        let key = key.get_ref().as_ref();
        if key == FIELD || nearest(key, std::iter::once(FIELD)).is_some() {
            keep("name", value.get_ref(), protected);
        } else {
            match value.get_ref() {
                DeValue::Table(table) => find(table, protected),
                DeValue::Array(items) => items.iter().filter_map(|item| item.get_ref().as_table()).for_each(|row| find(row, protected)),
                _ => {}
            }
        }
    }
}

/// Keeps all texts below the field, and keys that are no names of fields.
fn keep(field: &str, value: &DeValue<'_>, protected: &mut Protected) {
    match value {
        DeValue::String(text) => protected.add(field, text),
        DeValue::Array(items) => items.iter().for_each(|item| keep(field, item.get_ref(), protected)),
        DeValue::Table(table) => {
            for (key, value) in table {
                let key = key.get_ref().as_ref();
                let like_a_field = key.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'_' | b'-'));
                if !like_a_field {
                    protected.add("name", key);
                }
                keep(if PARTS.contains(&key) { key } else { field }, value.get_ref(), protected);
            }
        }
        _ => {}
    }
}
