//! UCDP GED events: low, best and high estimate of deaths, kept together; with or without a header.

use csv::ByteRecord;

use super::account::Reason;
use super::header::Header;
use super::layout::{Absent, Columns, Fault, Layout, Sink, field, one};
use super::number::{Amount, count};
use crate::scale::ImportMeasure;

/// The columns of a file without a header.
const COLUMNS: [&str; 49] = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
];

/// The six that a file with 43 columns lacks: ids of older data sets and numbers of states.
const NOT_IN_43: [&str; 6] = ["conflict_dset_id", "dyad_dset_id", "side_a_dset_id", "side_b_dset_id", "gwnoa", "gwnob"];

/// What tells the three estimates apart, in the order in which they are added up.
pub(super) const ESTIMATES: [&str; 3] = ["best estimate", "low estimate", "high estimate"];

/// The header that a first row stands for which is none: an event, in a file with 49 or 43 columns.
pub(super) fn without_header(first: &ByteRecord) -> Option<Header> {
    let number = first.get(0).map(<[u8]>::trim_ascii).filter(|field| !field.is_empty())?;
    if count(number).is_err() {
        return None;
    }
    match first.len() {
        49 => Some(Header::known(&COLUMNS)),
        43 => Some(Header::known(&COLUMNS.into_iter().filter(|name| !NOT_IN_43.contains(name)).collect::<Vec<_>>())),
        _ => None,
    }
}

/// The columns of events that count.
pub(super) struct Ged {
    start: usize,
    end: usize,
    /// Best, low and high, where deaths are added up.
    deaths: Option<[usize; 3]>,
    /// The one of the three that is wanted; none is all.
    only: Option<usize>,
}

impl Ged {
    pub(super) fn open(columns: &Columns<'_>) -> Result<Self, Absent> {
        let measure = columns.import.measure();
        let deaths = measure != ImportMeasure::Count;
        let end = match &columns.import.date {
            Some(own) => columns.need(own)?,
            None => columns.need("date_end")?,
        };
        Ok(Self {
            start: columns.or(columns.import.date.as_ref(), "date_start")?,
            end,
            deaths: if deaths { Some([columns.need("best")?, columns.need("low")?, columns.need("high")?]) } else { None },
            only: match measure {
                ImportMeasure::Best => Some(0),
                ImportMeasure::Low => Some(1),
                ImportMeasure::High => Some(2),
                _ => None,
            },
        })
    }
}

impl Ged {
    fn amounts(&self, row: &ByteRecord) -> Result<[Amount; 3], Fault> {
        let Some([best, low, high]) = self.deaths else { return Ok(one(Amount::ONE)) };
        let amounts = [field(row, best, count)?, field(row, low, count)?, field(row, high, count)?];
        if amounts[1] > amounts[0] || amounts[0] > amounts[2] {
            return Err((Reason::EstimatesCross, Some(best)));
        }
        Ok(self.only.map_or(amounts, |only| one(amounts[only])))
    }
}

impl Layout for Ged {
    fn take(&self, row: &ByteRecord, to: &mut Sink) -> Result<(), Fault> {
        let (start, end) = (to.date(row, self.start)?, to.date(row, self.end)?);
        let days = start.to(end).ok_or((Reason::Reversed, Some(self.end)))?;
        let slot = to.slot(days, self.start)?;
        to.add(slot, row, self.amounts(row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_without_a_header_are_known_by_their_width() {
        let row = |width: usize, first: &str| {
            let mut fields = vec!["x"; width];
            fields[0] = first;
            without_header(&ByteRecord::from(fields))
        };
        assert_eq!(row(49, "12").and_then(|header| header.find("low")), Some(46));
        assert_eq!(row(43, "12").and_then(|header| header.find("low")), Some(42));
        assert!(row(43, "id").is_none() && row(42, "12").is_none() && row(49, "").is_none());
    }
}
