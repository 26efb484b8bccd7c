//! The forms of dates in files that users bring.

use chrono::{Datelike, NaiveDate};

/// A date of a file as the days that it can be, counted from the first day of the common era.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Dated {
    pub(super) last: i32,
    pub(super) first: i32,
}

impl Dated {
    fn day(year: u32, month: u32, day: u32) -> Option<Self> {
        let day = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?.num_days_from_ce();
        Some(Self { first: day, last: day })
    }

    /// The days of a year.
    pub(super) fn year(year: u32) -> Option<Self> {
        Some(Self { first: Self::day(year, 1, 1)?.first, last: Self::day(year, 12, 31)?.last })
    }

    fn month(year: u32, month: u32) -> Option<Self> {
        let last = (28..=31).rev().find_map(|day| Self::day(year, month, day))?.last;
        Some(Self { first: Self::day(year, month, 1)?.first, last })
    }

    /// The days from the first of one to the last of another.
    pub(super) fn to(self, end: Self) -> Option<Self> {
        (self.first <= end.last).then_some(Self { first: self.first, last: end.last })
    }

    /// The days of a run.
    pub(super) fn run(first: NaiveDate, last: NaiveDate) -> Self {
        Self { first: first.num_days_from_ce(), last: last.num_days_from_ce() }
    }

    /// As a case writes it: a year, a month, a day, or two days with dots between.
    pub(super) fn text(self) -> String {
        let date = |day| NaiveDate::from_num_days_from_ce_opt(day).unwrap_or_default();
        let (first, last) = (date(self.first), date(self.last));
        let (from, to) = (first.day() == 1, last.succ_opt().is_none_or(|next| next.day() == 1));
        let month = |date: NaiveDate| format!("{:04}-{:02}", date.year(), date.month());
        match (first.year() == last.year(), from && to) {
            _ if first == last => first.to_string(),
            (true, true) if first.month() == 1 && last.month() == 12 => format!("{:04}", first.year()),
            (true, true) if first.month() == last.month() => month(first),
            (_, true) => format!("{}..{}", month(first), month(last)),
            _ => format!("{first}..{last}"),
        }
    }
}

/// Reads a date: `2023`, `2023-01`, `2023-01-31` (a time may follow), `31-01-2023`, `31 January 2023`, `31-Jan-2023`.
///
/// Days of the month stand before months: a form that another reader could turn round (`01/02/2023`) is none.
pub(super) fn parse(text: &[u8]) -> Option<Dated> {
    let text = text.trim_ascii();
    match text.len() {
        4 => Dated::year(year(text)?),
        7 if text[4] == b'-' => Dated::month(year(&text[..4])?, number(&text[5..])?),
        10 if text[4] == b'-' && text[7] == b'-' => Dated::day(year(&text[..4])?, number(&text[5..7])?, number(&text[8..])?),
        10 if text[2] == b'-' && text[5] == b'-' => Dated::day(year(&text[6..])?, number(&text[3..5])?, number(&text[..2])?),
        11.. if text[4] == b'-' && text[7] == b'-' && is_time(&text[10..]) => parse(&text[..10]),
        _ => in_words(text),
    }
}

/// `31 January 2023`, with blanks or dashes between; three letters of a month will do.
fn in_words(text: &[u8]) -> Option<Dated> {
    let mut parts = text.split(|b| *b == b' ' || *b == b'-').filter(|part| !part.is_empty());
    let (day, month, year_of) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || day.len() > 2 {
        return None;
    }
    Dated::day(year(year_of)?, named_month(month)?, number(day)?)
}

fn named_month(name: &[u8]) -> Option<u32> {
    const MONTHS: [&[u8]; 12] = [
        b"january",
        b"february",
        b"march",
        b"april",
        b"may",
        b"june",
        b"july",
        b"august",
        b"september",
        b"october",
        b"november",
        b"december",
    ];
    let is = |month: &&[u8]| month.len() >= name.len() && month[..name.len()].eq_ignore_ascii_case(name);
    let at = MONTHS.iter().position(is).filter(|_| name.len() >= 3)?;
    u32::try_from(at + 1).ok()
}

/// A time of day after a date, which says nothing here.
fn is_time(text: &[u8]) -> bool {
    matches!(text.first(), Some(b' ' | b'T'))
        && text.get(1).is_some_and(u8::is_ascii_digit)
        && text[1..].iter().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b'+' | b'-' | b'Z'))
}

fn year(text: &[u8]) -> Option<u32> {
    number(text).filter(|year| text.len() == 4 && *year >= 1000)
}

fn number(text: &[u8]) -> Option<u32> {
    let digits = (1..=4).contains(&text.len());
    digits.then(|| text.iter().try_fold(0u32, |sum, b| b.is_ascii_digit().then(|| sum * 10 + u32::from(b - b'0')))).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        parse(text.as_bytes()).map_or_else(|| "none".to_owned(), Dated::text)
    }

    #[test]
    fn forms() {
        for text in [
            "2023-01-31",
            " 2023-01-31 ",
            "31 January 2023",
            "31-01-2023",
            "31-Jan-2023",
            "31 JAN 2023",
            "2023-01-31 00:00:00.000",
            "2023-01-31T10:00:00Z",
        ] {
            assert_eq!(read(text), "2023-01-31", "{text}");
        }
        assert_eq!(read("2023"), "2023");
        assert_eq!(read("2023-02"), "2023-02");
        assert_eq!(read("1 May 2023"), "2023-05-01");
    }

    #[test]
    fn what_is_no_date() {
        let none = [
            "",
            "2023-02-29",
            "31/01/2023",
            "01/02/2023",
            "2023-1-1",
            "31 Ja 2023",
            "0 May 2023",
            "32 May 2023",
            "31 Jan 23",
            "2023-13",
            "0999",
            "20230131",
            "2023-01-31 noon",
            "2023-01-31x",
            "1 2 3 4",
            "31 January 2023 x",
            "é",
            "2023–01–31",
        ];
        for text in none {
            assert_eq!(read(text), "none", "{text}");
        }
    }

    #[test]
    fn runs_are_written_as_short_as_they_can_be() {
        let run = |first: &str, last: &str| {
            parse(first.as_bytes()).unwrap_or(Dated { first: 1, last: 1 }).to(parse(last.as_bytes()).unwrap_or(Dated { first: 1, last: 1 }))
        };
        let text = |first, last| run(first, last).map(Dated::text);
        assert_eq!(text("2018-04", "2018-06").as_deref(), Some("2018-04..2018-06"));
        assert_eq!(text("2018-01-01", "2018-12-31").as_deref(), Some("2018"));
        assert_eq!(text("2018-01", "2019-12").as_deref(), Some("2018-01..2019-12"));
        assert_eq!(text("2018-01-02", "2018-12-31").as_deref(), Some("2018-01-02..2018-12-31"));
        assert_eq!(text("2018-02", "2018-01"), None);
    }
}
