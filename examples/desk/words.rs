//! Words and signs that several parts of the page use.

use peaceops::id::{InstrumentId, RegionId, RowId};
use peaceops::measure::Share;
use peaceops::model::{CaseStudy, Phase};
use peaceops::scale::{Level, Link, Origin, Tier};
use peaceops::scoring::{Headline, Profile};

/// The letter of a level.
pub(super) fn letter(level: Level) -> char {
    match level {
        Level::Absent => 'a',
        Level::Marginal => 'm',
        Level::Partial => 'p',
        Level::Substantial => 's',
        Level::Full => 'f',
    }
}

/// The letter of a tier.
pub(super) fn tier(tier: Tier) -> String {
    tier.name().chars().take(1).flat_map(char::to_uppercase).collect()
}

/// The first word of an answer on congruence.
pub(super) fn answer(level: Level) -> &'static str {
    match level {
        Level::Absent => "Not at all",
        Level::Marginal => "Barely",
        Level::Partial => "In part",
        Level::Substantial => "Largely",
        Level::Full => "Fully",
    }
}

/// `marginal to partial`, or the one level.
pub(super) fn span(low: Level, high: Level) -> String {
    if low == high { low.to_string() } else { format!("{low} to {high}") }
}

/// `m-p`, or the one letter.
pub(super) fn letters(low: Level, high: Level) -> String {
    if low == high { letter(low).to_string() } else { format!("{}-{}", letter(low), letter(high)) }
}

/// `partial  m-p`, or `unknown`.
pub(super) fn short_headline(headline: &Headline) -> String {
    match headline {
        Headline::Known { level, low, high } => format!("{:<11} {}", level.name(), letters(*low, *high)),
        Headline::Unknown { .. } => "unknown".to_owned(),
    }
}

/// Whole per cents, or a dash where there is nothing to have a share of.
pub(super) fn percent(share: Share) -> String {
    share.percent().map_or_else(|| "-".to_owned(), |percent| percent.to_string())
}

/// `74 %`
pub(super) fn per_cent(share: Share) -> String {
    format!("{} %", percent(share))
}

/// `100,000`
#[cfg(feature = "monte-carlo")]
pub(super) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let parts: Vec<&str> = digits.as_bytes().rchunks(3).rev().map(|part| std::str::from_utf8(part).unwrap_or_default()).collect();
    parts.join(",")
}

/// `1 task`, `2 tasks`
pub(super) fn many(count: usize, one: &str, more: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {more}") }
}

/// `a, b and c`
pub(super) fn list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// What is said of the same thing, together, in the order in which it is first said.
pub(super) fn grouped<K: PartialEq, V>(told: impl IntoIterator<Item = (K, V)>) -> Vec<(K, Vec<V>)> {
    let mut groups: Vec<(K, Vec<V>)> = Vec::new();
    for (key, value) in told {
        match groups.iter_mut().find(|(other, _)| *other == key) {
            Some((_, values)) => values.push(value),
            None => groups.push((key, vec![value])),
        }
    }
    groups
}

/// A label of each phase that tells it from the others: its years.
pub(super) fn phase(study: &CaseStudy, id: &str) -> String {
    study.phases().iter().find(|phase| phase.id == *id).map_or_else(|| id.to_owned(), Phase::label)
}

/// `2013 to 2018`, or the one year.
pub(super) fn years(first: &Phase, last: &Phase) -> String {
    let year = |day: &str| day.split('-').next().unwrap_or_default().to_owned();
    let (first, last) = (year(&first.days.first().to_string()), year(&last.days.last().to_string()));
    if first == last { first } else { format!("{first} to {last}") }
}

/// A region's name where it is short, else its id.
pub(super) fn region(study: &CaseStudy, id: &RegionId) -> String {
    match study.region(id) {
        Some(region) if region.name.chars().count() <= 14 => region.name.clone(),
        _ => id.to_string(),
    }
}

/// Regions by name, separated by commas.
pub(super) fn regions(study: &CaseStudy, ids: &[RegionId]) -> String {
    if ids.is_empty() { "place not told".to_owned() } else { ids.iter().map(|id| region(study, id)).collect::<Vec<_>>().join(", ") }
}

/// The short name of a row, else its title cut to fit.
pub(super) fn short(study: &CaseStudy, id: &RowId) -> String {
    use peaceops::model::Row;
    let Some(row) = study.row(id.as_str()) else { return id.to_string() };
    let short = match row {
        Row::Task(task) => Some(task.short.clone()),
        Row::Driver(driver) => driver.short.clone(),
        Row::Pool(pool) => pool.short.clone(),
        Row::Stakeholder(group) if study.is_small(group) => Some(study.shown(&group.id).to_string()),
        Row::Stakeholder(group) => group.short.clone(),
        _ => None,
    };
    short.unwrap_or_else(|| cut(&row.title(), 60))
}

/// A name as it is spoken: `very low`.
pub(super) fn spoken(name: &str) -> String {
    name.replace('-', " ")
}

/// A text with a capital first.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A text with its first letter small, unless the second is a capital too.
pub(super) fn lower_first(text: &str) -> String {
    let second = text.chars().nth(1).is_some_and(char::is_lowercase);
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if second => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}

/// A text cut at a word to a length.
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most).collect();
    let kept = kept.rsplit_once(' ').map_or(kept.as_str(), |(kept, _)| kept);
    format!("{}…", kept.trim_end_matches([',', ';', ':']))
}

/// `R`, `O`, `C`: the letters of origins.
pub(super) fn origins(origins: &[Origin]) -> String {
    let letters: Vec<&str> = origins
        .iter()
        .map(|origin| match origin {
            Origin::Report => "R",
            Origin::Authors => "A",
            Origin::Outside => "O",
            Origin::Coder => "C",
        })
        .collect();
    letters.join(", ")
}

/// The number and day of an instrument, with its body where the study has several: `AU-PSC 356, 2013-02-27`.
pub(super) fn instrument(study: &CaseStudy, id: &InstrumentId) -> String {
    let Some(row) = study.instrument(id) else { return id.to_string() };
    let several = study.instruments().iter().any(|other| other.body != row.body);
    let body = if several { format!("{} ", row.body.as_str().to_uppercase()) } else { String::new() };
    format!("{body}{}, {}", row.number, row.adopted)
}

/// The short names of links.
pub(super) fn links(links: &[Link]) -> String {
    if links.len() == 4 {
        return "all four".to_owned();
    }
    links.iter().map(|link| &link.name()[..3]).collect::<Vec<_>>().join(" ")
}

/// The links of a group, most often binding first, with the share of assessed weight that each binds.
pub(super) fn binding(profile: &Profile) -> Vec<(Link, Share)> {
    let mut links: Vec<(Link, Share)> = profile.links.iter().map(|link| (link.link, link.binds)).collect();
    links.sort_by(|a, b| b.1.compare(a.1).then(a.0.cmp(&b.0)));
    links
}

/// The other reading of a dispute, in words: `if in force from 2016-06-29`.
pub(super) fn reading(study: &CaseStudy, id: &peaceops::id::DisputeId) -> String {
    use peaceops::model::Reading;
    match study.dispute(id).and_then(|dispute| dispute.reading.as_ref()) {
        Some(Reading::InForce { from: Some(from), .. }) => format!("if in force from {from}"),
        Some(Reading::InForce { until: Some(until), .. }) => format!("if in force until {until}"),
        _ => format!("if {id}"),
    }
}
