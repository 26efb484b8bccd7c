//! Fill rates: what was there by what was needed, or by the ceiling of that day.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use serde::Serialize;

use super::method::Method;
use crate::id::{PhaseId, PoolId, ResourceId};
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
    let figures = Figures::of(study);
    let resting = resting(study);
    let mut fills = Vec::new();
    for row in study.resources().iter().filter(|row| row.status == MeansStatus::Deployed) {
        let Some(day) = row.when.and_then(|when| when.period()).and_then(|period| period.end()).map(|date| date.last()) else { continue };
        for (category, quantity) in &row.amount {
            let Some(deployed) = quantity.about() else { continue };
            let in_force = |status| figures.in_force(study, row, category, status, day).map(|figure| (figure, status));
            let found = in_force(MeansStatus::Needed).or_else(|| in_force(MeansStatus::Authorised));
            let Some((Figure { row: against, of, .. }, denominator)) = found else { continue };
            let (against, of) = (*against, *of);
            let level = method.fill.level(deployed / of);
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "figures are counts; the share is for display")]
            let rate = Share::new((deployed * 1000.0) as u64, (of * 1000.0) as u64);
            let flagged = if denominator == MeansStatus::Authorised {
                flagged(study, method, &resting, [row, against], level, day)
            } else {
                Vec::new()
            };
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

/// A figure that something deployed can be held against.
struct Figure<'a> {
    row: &'a Resource,
    of: f64,
    first: NaiveDate,
    last: NaiveDate,
    /// The latest last day of this figure and of those before it.
    latest: NaiveDate,
}

/// Needs and ceilings of each category in the order of their first days, those of one day from the last id on.
struct Figures<'a> {
    /// Those of one pool, or of none.
    of_pool: HashMap<(MeansStatus, &'a str, Option<&'a PoolId>), Vec<Figure<'a>>>,
    /// Those of all pools that are no part of a pool.
    of_wholes: HashMap<(MeansStatus, &'a str), Vec<Figure<'a>>>,
}

impl<'a> Figures<'a> {
    fn of(study: &'a CaseStudy) -> Self {
        let mut figures = Self { of_pool: HashMap::new(), of_wholes: HashMap::new() };
        for row in study.resources().iter().filter(|row| matches!(row.status, MeansStatus::Needed | MeansStatus::Authorised)) {
            let Some(period) = row.when.and_then(|when| when.period()) else { continue };
            let first = row.first_day().unwrap_or(NaiveDate::MIN);
            let open = period.start() == period.end();
            let last = period.end().filter(|_| !open).map_or(NaiveDate::MAX, |date| date.last());
            for (category, quantity) in &row.amount {
                let Some(of) = quantity.about().filter(|of| *of > 0.0) else { continue };
                let figure = || Figure { row, of, first, last, latest: last };
                figures.of_pool.entry((row.status, category, row.pool.as_ref())).or_default().push(figure());
                if !is_part(study, row) {
                    figures.of_wholes.entry((row.status, category)).or_default().push(figure());
                }
            }
        }
        for list in figures.of_pool.values_mut().chain(figures.of_wholes.values_mut()) {
            list.sort_by_key(|figure| (figure.first, Reverse(&figure.row.id)));
            for at in 1..list.len() {
                list[at].latest = list[at].latest.max(list[at - 1].latest);
            }
        }
        figures
    }

    /// The figure in force on a day that a row is held against: the latest of its own pool, else of the whole.
    fn in_force(
        &self,
        study: &CaseStudy,
        row: &'a Resource,
        category: &'a str,
        status: MeansStatus,
        day: NaiveDate,
    ) -> Option<&Figure<'a>> {
        let own = self.of_pool.get(&(status, category, row.pool.as_ref())).and_then(|list| latest(list, day));
        own.or_else(|| self.of_wholes.get(&(status, category)).filter(|_| !is_part(study, row)).and_then(|list| latest(list, day)))
    }
}

/// The figure of a list that is in force on a day, the one that began last; of two of one day the first by id.
fn latest<'f, 'a>(list: &'f [Figure<'a>], day: NaiveDate) -> Option<&'f Figure<'a>> {
    let begun = &list[..list.partition_point(|figure| figure.first <= day)];
    begun.iter().rev().take_while(|figure| figure.latest >= day).find(|figure| figure.last >= day)
}

/// Whether a row is of a pool that is a part of another.
fn is_part(study: &CaseStudy, row: &Resource) -> bool {
    row.pool.as_ref().and_then(|pool| study.pool(pool)).is_some_and(|pool| pool.part_of.is_some())
}

/// For each row, the places of the ratings of resources that rest on it.
fn resting(study: &CaseStudy) -> HashMap<&str, Vec<usize>> {
    let mut resting: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, rating) in study.ratings().iter().enumerate() {
        for id in rating.link(Link::Resources).iter().flat_map(|statement| &statement.rests_on) {
            resting.entry(id.as_str()).or_default().push(at);
        }
    }
    resting
}

/// Ratings of resources that rest on either row and stand away from the level, in the phase of the day.
fn flagged(
    study: &CaseStudy,
    method: &Method,
    resting: &HashMap<&str, Vec<usize>>,
    rows: [&Resource; 2],
    level: Level,
    day: NaiveDate,
) -> Vec<Flagged> {
    let Some(phase) = study.phases().iter().find(|phase| phase.days.contains(day)) else { return Vec::new() };
    let ratings: BTreeSet<usize> = rows.iter().filter_map(|row| resting.get(row.id.as_str())).flatten().copied().collect();
    ratings
        .into_iter()
        .map(|at| &study.ratings()[at])
        .filter(|rating| rating.phases.is_empty() || rating.phases.contains(&phase.id))
        .filter_map(|rating| {
            let rated = rating.link(Link::Resources)?.judgement.rated()?.value();
            (rated.index().abs_diff(level.index()) >= method.fill.flag_from).then(|| Flagged {
                rating: rating.label(),
                level: rated,
                phase: phase.id.clone(),
            })
        })
        .collect()
}
