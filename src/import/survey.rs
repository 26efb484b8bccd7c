//! Rounds of a survey: round, region, answer, share in per cent, and how many were asked.

use csv::ByteRecord;

use super::account::Reason;
use super::layout::{Absent, Columns, Fault, Layout, Sink, field};
use super::number::{count, is_missing, value};
use super::region::decoded;

/// The columns that count.
pub(super) struct Survey {
    round: usize,
    answer: usize,
    share: usize,
    asked: Option<usize>,
    /// Whether the import says by itself what was counted, so that the answer need not.
    scoped: bool,
}

impl Survey {
    pub(super) fn open(columns: &Columns<'_>) -> Result<Self, Absent> {
        let import = columns.import;
        Ok(Self {
            round: columns.or(import.date.as_ref(), "round")?,
            answer: columns.need("answer")?,
            share: columns.or(import.column.as_ref(), "share")?,
            asked: columns.find("n"),
            scoped: import.scope.is_some() || import.scope_column.is_some(),
        })
    }
}

impl Layout for Survey {
    fn take(&self, row: &ByteRecord, to: &mut Sink) -> Result<(), Fault> {
        let when = to.slot(to.date(row, self.round)?, self.round)?.1;
        let region = to.region(row)?;
        let share = field(row, self.share, |text| {
            let (text, amount) = value(text.strip_suffix(b"%").unwrap_or(text))?;
            if amount.is_some_and(|amount| !amount.is_percent()) { Err(Reason::OutOfRange) } else { Ok((text, amount)) }
        })?;
        let asked = match self.asked {
            Some(column) if !is_missing(row.get(column).unwrap_or_default().trim_ascii()) => Some(field(row, column, count)?),
            _ => None,
        };
        let scope = if self.scoped {
            let scope = to.scope(row);
            to.series.scope_text(scope).to_owned()
        } else {
            decoded(row.get(self.answer).unwrap_or_default().trim_ascii()).into_owned()
        };
        to.series.keep(when, region, scope, share, asked.map(|n| format!("n = {}", n.text())).unwrap_or_default());
        Ok(())
    }
}
