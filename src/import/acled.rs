//! ACLED events, in the present columns or in those of 2019: a row an event, with its date, place and deaths.

use csv::ByteRecord;

use super::layout::{Absent, Columns, Fault, Layout, Sink, field, one};
use super::number::{Amount, count};
use crate::scale::ImportMeasure;

/// The columns of events that count.
pub(super) struct Acled {
    date: usize,
    deaths: Option<usize>,
}

impl Acled {
    pub(super) fn open(columns: &Columns<'_>) -> Result<Self, Absent> {
        let deaths = columns.import.measure() == ImportMeasure::Deaths;
        Ok(Self {
            date: columns.or(columns.import.date.as_ref(), "event_date")?,
            deaths: if deaths { Some(columns.or(columns.import.column.as_ref(), "fatalities")?) } else { None },
        })
    }
}

impl Layout for Acled {
    fn take(&self, row: &ByteRecord, to: &mut Sink) -> Result<(), Fault> {
        let slot = to.slot(to.date(row, self.date)?, self.date)?;
        let amount = self.deaths.map_or(Ok(Amount::ONE), |column| field(row, column, count));
        to.add(slot, row, amount.map(one))
    }
}

/// Whether a column has kinds of actors, as numbers or as words.
pub(super) fn is_coded(column: &str) -> bool {
    column.eq_ignore_ascii_case("inter1") || column.eq_ignore_ascii_case("inter2")
}

/// The kind of an actor, from its number or from its words; none is 0.
pub(super) fn code(text: &[u8]) -> Option<u8> {
    const WORDS: [(&[u8], u8); 16] = [
        (b"state forces", 1),
        (b"rebel group", 2),
        (b"rebel groups", 2),
        (b"rebel", 2),
        (b"political militia", 3),
        (b"political militias", 3),
        (b"militia", 3),
        (b"identity militia", 4),
        (b"identity militias", 4),
        (b"communal/identity", 4),
        (b"rioters", 5),
        (b"protesters", 6),
        (b"civilians", 7),
        (b"external/other forces", 8),
        (b"other forces", 8),
        (b"foreign/others", 8),
    ];
    match text {
        [] => Some(0),
        [digit @ b'0'..=b'8'] | [digit @ b'0'..=b'8', b'.', b'0'] => Some(digit - b'0'),
        words => WORDS.iter().find(|(name, _)| name.eq_ignore_ascii_case(words)).map(|(_, code)| *code),
    }
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn kinds_of_actors_are_the_same_as_numbers_and_as_words() {
        for (number, words) in [
            ("1", "State forces"),
            ("2", "Rebel group"),
            ("3", "Political militia"),
            ("4", "Identity militia"),
            ("7", "Civilians"),
            ("8", "External/Other forces"),
            ("0", ""),
        ] {
            assert_eq!(code(number.as_bytes()), code(words.as_bytes()));
        }
        assert_eq!(code(b"8.0"), Some(8));
        assert_eq!(code(b"9"), None);
        assert_eq!(code(b"Martians"), None);
    }
}
