//! Which rows an import takes: columns with the values that are let through.

use csv::ByteRecord;

use super::account::Reason;
use super::number::{Amount, amount};
use super::region::decoded;

/// Reads the code that a field stands for, where a column has the same as numbers and as words.
pub(super) type Coded = fn(&[u8]) -> Option<u8>;

/// The columns of an import with the values that are let through.
pub(super) struct Filter(Vec<Column>);

struct Column {
    at: usize,
    allowed: Vec<Allowed>,
    coded: Option<Coded>,
}

struct Allowed {
    text: String,
    /// The number that it is: `466` lets `466.0` through.
    number: Option<Amount>,
    code: Option<u8>,
}

impl Filter {
    pub(super) fn new() -> Self {
        Self(Vec::new())
    }

    pub(super) fn add(&mut self, at: usize, values: &[String], coded: Option<Coded>) {
        let allowed = values.iter().map(|value| {
            let text = value.trim();
            Allowed { text: text.to_owned(), number: amount(text.as_bytes()).ok(), code: coded.and_then(|coded| coded(text.as_bytes())) }
        });
        self.0.push(Column { at, allowed: allowed.collect(), coded });
    }

    /// Whether every column lets a row through; if not, the column that does not.
    pub(super) fn admits(&self, row: &ByteRecord) -> Result<(), (Reason, usize)> {
        for column in &self.0 {
            let field = row.get(column.at).unwrap_or_default().trim_ascii();
            if !column.allowed.iter().any(|allowed| allowed.is(field, column.coded)) {
                return Err((Reason::NotSelected, column.at));
            }
        }
        Ok(())
    }
}

impl Allowed {
    fn is(&self, field: &[u8], coded: Option<Coded>) -> bool {
        if field.eq_ignore_ascii_case(self.text.as_bytes()) {
            return true;
        }
        if let (Some(code), Some(coded)) = (self.code, coded) {
            return coded(field) == Some(code);
        }
        if let Some(number) = self.number
            && field.first().is_some_and(|b| b.is_ascii_digit() || matches!(b, b'-' | b'+' | b'.'))
        {
            return amount(field) == Ok(number);
        }
        !field.is_ascii() && decoded(field).to_lowercase() == self.text.to_lowercase()
    }
}
