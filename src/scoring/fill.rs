//! Fill rates: what was there by what was needed, or by the ceiling of that day.

use serde::Serialize;

use super::method::Method;
use crate::id::{PhaseId, ResourceId};
use crate::measure::Share;
use crate::model::{CaseStudy, Resource};
use crate::scale::{Level, Link, MeansStatus};

/// A fill rate, with its denominator named.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fill {
    /// The row that says what was deployed.
    pub resource: ResourceId,
    /// The category: `military`.
    pub category: String,
    /// What was deployed.
    pub deployed: f64,
    /// The row that it is held against.
    pub against: ResourceId,
    /// What that row says.
    pub of: f64,
    /// Whether that is a stated need, or a ceiling.
    pub denominator: MeansStatus,
    /// Deployed by the denominator.
    pub rate: Share,
    /// The level that the method's cut-points map it to.
    pub level: Level,
    /// Ratings that rest on it, against a ceiling, and stand two or more levels away.
    pub flagged: Vec<Flagged>,
}

/// A rating that stands away from a fill rate that it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Flagged {
    /// The block of ratings, in words.
    pub rating: String,
    /// The level that it gives.
    pub level: Level,
    /// The phase.
    pub phase: PhaseId,
}

/// Every fill rate that rows allow: deployed by the stated need, else by the ceiling in force that day.
///
/// Numerator and denominator share a category and a pool; where the pool has no such row, one of
/// another pool that is no part of a pool serves.
pub(super) fn fills(study: &CaseStudy, method: &Method) -> Vec<Fill> {
    let mut fills = Vec::new();
    for row in study.resources().iter().filter(|row| row.status == MeansStatus::Deployed) {
        let Some(day) = row.when.and_then(|when| when.period()).and_then(|period| period.end()).map(|date| date.last()) else { continue };
        for (category, quantity) in &row.amount {
            let Some(deployed) = quantity.about() else { continue };
            let found = denominator(study, row, category, MeansStatus::Needed, day)
                .map(|found| (found, MeansStatus::Needed))
                .or_else(|| denominator(study, row, category, MeansStatus::Authorised, day).map(|found| (found, MeansStatus::Authorised)));
            let Some(((against, of), denominator)) = found else { continue };
            let level = method.fill.level(deployed / of);
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "figures are counts; the share is for display")]
            let rate = Share::new((deployed * 1000.0) as u64, (of * 1000.0) as u64);
            let flagged =
                if denominator == MeansStatus::Authorised { flagged(study, method, row, against, level, day) } else { Vec::new() };
            fills.push(Fill {
                resource: row.id.clone(),
                category: category.clone(),
                deployed,
                against: against.id.clone(),
                of,
                denominator,
                rate,
                level,
                flagged,
            });
        }
    }
    fills
}

/// The row in force on a day that gives a category, the latest one; of two of one day the first by id.
fn denominator<'a>(
    study: &'a CaseStudy,
    row: &Resource,
    category: &str,
    status: MeansStatus,
    day: chrono::NaiveDate,
) -> Option<(&'a Resource, f64)> {
    let rows = study.resources().iter().filter(|other| other.status == status && !std::ptr::eq(*other, row));
    let dated: Vec<(chrono::NaiveDate, &Resource, f64)> = rows
        .filter_map(|other| {
            let period = other.when?.period()?;
            let (start, end) = (period.start().map_or(chrono::NaiveDate::MIN, |d| d.first()), period.end().map(|d| d.last()));
            let open = period.start() == period.end();
            let holds = start <= day && (open || end.is_none_or(|end| day <= end));
            let of = other.amount.get(category)?.about().filter(|of| *of > 0.0)?;
            holds.then_some((start, other, of))
        })
        .collect();
    let whole = |other: &Resource| other.pool.as_ref().is_none_or(|pool| study.pool(pool).is_none_or(|pool| pool.part_of.is_none()));
    let best = |own: bool| {
        let rows = dated.iter().filter(|(_, other, _)| if own { other.pool == row.pool } else { whole(other) });
        rows.max_by_key(|(start, other, _)| (*start, std::cmp::Reverse(&other.id)))
    };
    let part = row.pool.as_ref().and_then(|pool| study.pool(pool)).is_some_and(|pool| pool.part_of.is_some());
    best(true).or_else(|| if part { None } else { best(false) }).map(|(_, other, of)| (*other, *of))
}

/// Ratings of resources that rest on either row and stand away from the level, in the phase of the day.
fn flagged(study: &CaseStudy, method: &Method, row: &Resource, against: &Resource, level: Level, day: chrono::NaiveDate) -> Vec<Flagged> {
    let Some(phase) = study.phases().iter().find(|phase| phase.days.contains(day)) else { return Vec::new() };
    let rests = |id: &crate::id::RowId| *id == *row.id.as_str() || *id == *against.id.as_str();
    study
        .ratings()
        .iter()
        .filter(|rating| rating.phases.is_empty() || rating.phases.contains(&phase.id))
        .filter_map(|rating| {
            let statement = rating.link(Link::Resources).filter(|statement| statement.rests_on.iter().any(rests))?;
            let rated = statement.judgement.rated()?.value();
            (rated.index().abs_diff(level.index()) >= method.fill.flag_from).then(|| Flagged {
                rating: rating.label(),
                level: rated,
                phase: phase.id.clone(),
            })
        })
        .collect()
}
