//! Series: what is observed of an indicator in a region, point by point, with every source's value.
//!
//! A stock is an amount at a date and is never summed over time; a flow is an amount over a period, and
//! only periods of one length make a series. Values of different sources stand side by side: where they
//! conflict, both are kept and told. What is missing stays missing.

use std::collections::{BTreeMap, HashMap};

use indexmap::IndexMap;
use serde::Serialize;

use crate::date::Days;
use crate::id::{IndicatorId, RegionId, SourceId};
use crate::model::{CaseStudy, Indicator, Observation};
use crate::scale::{Origin, SeriesKind};

/// One indicator in one region, counted in one way.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Series {
    /// The indicator.
    pub indicator: IndicatorId,
    /// The region; none is the study's area.
    pub region: Option<RegionId>,
    /// What was counted, where sources differ in that.
    pub scope: Option<String>,
    /// Where its values come from.
    pub made: Made,
    /// Its points, by date.
    pub points: Vec<Point>,
    /// Observations that are no point of it, and why.
    pub set_aside: Vec<SetAside>,
}

/// Where the values of a series come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Made {
    /// They were observed.
    Observed,
    /// They are the sums of these regions' values, where all of them have one.
    AddedUp(Vec<RegionId>),
    /// They are so many of one indicator per a number of another.
    Rate {
        /// Of what.
        of: IndicatorId,
        /// Per how many of what.
        per: IndicatorId,
    },
}

/// What is known of one date or period.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Point {
    /// When, as the first source has it.
    pub when: String,
    /// The days on which it can lie.
    pub days: Days,
    /// The value that is computed with: the report's before others, then the lowest; nothing where no
    /// source gives a number.
    pub value: Option<f64>,
    /// Every source's value.
    pub values: Vec<Value>,
}

impl Point {
    /// Whether sources give different numbers.
    #[must_use]
    pub fn is_conflicting(&self) -> bool {
        let mut numbers = self.values.iter().filter_map(|value| value.number);
        numbers.next().is_some_and(|first| numbers.any(|other| other != first))
    }
}

/// A value as a source prints it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Value {
    /// As printed: `13423`, `> 525`, `about 5200`.
    pub text: String,
    /// The number, exact or about; nothing for bounds and words.
    pub number: Option<f64>,
    /// The sources that give it.
    pub sources: Vec<SourceId>,
    /// The origin of the first of them.
    pub origin: Origin,
}

/// An observation that is no point of its series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SetAside {
    /// When.
    pub when: String,
    /// As printed.
    pub text: String,
    /// Why.
    pub why: WhyNot,
}

/// Why an observation is no point of its series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhyNot {
    /// It is not dated.
    NotDated,
    /// A flow over a period of another length than most.
    AnotherLength,
    /// A rate without a value to divide by on its days.
    NothingToDivideBy,
}

impl WhyNot {
    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::NotDated => "not dated",
            Self::AnotherLength => "over a period of another length",
            Self::NothingToDivideBy => "without a value to divide by on its days",
        }
    }
}

impl Series {
    /// The points with a number, by date: the middle day and the value.
    pub fn numbers(&self) -> impl Iterator<Item = (&Point, f64)> {
        self.points.iter().filter_map(|point| Some((point, point.value?)))
    }

    /// How many points have conflicting values.
    #[must_use]
    pub fn conflicts(&self) -> usize {
        self.points.iter().filter(|point| point.is_conflicting()).count()
    }
}

/// The key of a series: region and scope.
type Key<'a> = (Option<&'a RegionId>, Option<&'a str>);

/// All series of a study: observed ones, then those of regions whose parts add up, then rates.
///
/// Roll-up: where an indicator `adds_up`, a region without observations of its own gets the sum of its
/// parts for each date on which every part has a value; its parts are the regions, two or more, that lie
/// directly in it, so whoever declares that values add up says that these are all. A stock is added over regions, never over time.
///
/// Rates: of each point of the one series, times the rate's factor, by the value of the other: of a flow
/// the one for the same days; of a stock the lower median of its values on those days.
#[must_use]
pub fn series(study: &CaseStudy) -> Vec<Series> {
    let mut of: IndexMap<&IndicatorId, Vec<&Observation>> = study.indicators().iter().map(|row| (&row.id, Vec::new())).collect();
    for row in study.observations() {
        if let Some(rows) = of.get_mut(&row.indicator) {
            rows.push(row);
        }
    }
    let mut all: Vec<Series> = Vec::new();
    for (indicator, rows) in study.indicators().iter().zip(of.values()) {
        let observed = observed(study, indicator, rows);
        let added = if indicator.adds_up { added_up(study, indicator, &observed) } else { Vec::new() };
        all.extend(observed);
        all.extend(added);
    }
    let rates: Vec<Series> = study.indicators().iter().flat_map(|row| rates(study, row, &all)).collect();
    all.extend(rates);
    all
}

fn observed(study: &CaseStudy, indicator: &Indicator, rows: &[&Observation]) -> Vec<Series> {
    let mut of: BTreeMap<Key<'_>, Vec<&Observation>> = BTreeMap::new();
    let area = &study.study().area;
    for row in rows {
        let region = row.region.as_ref().filter(|region| *region != area);
        of.entry((region, row.scope.as_deref())).or_default().push(row);
    }
    of.into_iter()
        .map(|((region, scope), rows)| {
            let (points, set_aside) = points(study, indicator.kind, &rows);
            Series {
                indicator: indicator.id.clone(),
                region: region.cloned(),
                scope: scope.map(str::to_owned),
                made: Made::Observed,
                points,
                set_aside,
            }
        })
        .collect()
}

/// The points of some observations, by date; of a flow those whose periods have the most common length.
fn points(study: &CaseStudy, kind: SeriesKind, rows: &[&Observation]) -> (Vec<Point>, Vec<SetAside>) {
    let window = study.study().window;
    let aside = |row: &Observation, why| SetAside { when: row.when.to_string(), text: row.value.text().to_owned(), why };
    let mut set_aside = Vec::new();
    let mut by_days: BTreeMap<Days, Vec<&Observation>> = BTreeMap::new();
    for row in rows {
        match row.when.period() {
            Some(period) => by_days.entry(period.whole(window)).or_default().push(row),
            None => set_aside.push(aside(row, WhyNot::NotDated)),
        }
    }
    if kind == SeriesKind::Flow {
        let common = most_common_length(by_days.keys().copied());
        for (_, rows) in by_days.iter().filter(|(days, _)| Some(length(**days)) != common) {
            set_aside.extend(rows.iter().map(|row| aside(row, WhyNot::AnotherLength)));
        }
        by_days.retain(|days, _| Some(length(*days)) == common);
    }
    let mut points: Vec<Point> = by_days.into_iter().map(|(days, rows)| point(days, rows)).collect();
    points.sort_by_key(|point| (middle(point.days), point.days));
    // Neither the order of rows nor a row told twice says anything.
    set_aside.sort_by(|a, b| (&a.when, &a.text).cmp(&(&b.when, &b.text)));
    set_aside.dedup();
    (points, set_aside)
}

/// The length of a period: months of 28 to 31 days are one length, and so with quarters, halves and whole years.
pub(crate) fn length(days: Days) -> i64 {
    match days.len() {
        28..=31 => 30,
        89..=92 => 91,
        181..=184 => 182,
        // so many years have at most one leap day in four
        long if long >= 365 && long % 365 <= (long / 365 + 3) / 4 => long / 365 * 365,
        other => other,
    }
}

/// The length that most of some periods have, of several the longest.
pub(crate) fn most_common_length(periods: impl Iterator<Item = Days>) -> Option<i64> {
    let mut lengths: BTreeMap<i64, usize> = BTreeMap::new();
    periods.for_each(|days| *lengths.entry(length(days)).or_default() += 1);
    lengths.into_iter().max_by_key(|(length, periods)| (*periods, *length)).map(|(length, _)| length)
}

fn point(days: Days, mut rows: Vec<&Observation>) -> Point {
    // The order of rows says nothing: the report's goes first, then the lowest, then as printed.
    rows.sort_by(|a, b| {
        let number = |row: &Observation| row.value.about().unwrap_or(f64::INFINITY);
        let origin = a.provenance.origin.cmp(&b.provenance.origin);
        let printed =
            |row: &Observation| (row.when.to_string(), row.provenance.cites.iter().map(|cite| cite.source.clone()).collect::<Vec<_>>());
        origin
            .then(number(a).total_cmp(&number(b)))
            .then_with(|| a.value.text().cmp(b.value.text()))
            .then_with(|| printed(a).cmp(&printed(b)))
    });
    let mut values: Vec<Value> = Vec::new();
    for row in &rows {
        let sources = row.provenance.cites.iter().map(|cite| cite.source.clone());
        let same = |value: &&mut Value| value.text == row.value.text();
        match values.iter_mut().find(same) {
            Some(value) => {
                for source in sources {
                    if !value.sources.contains(&source) {
                        value.sources.push(source);
                    }
                }
            }
            None => values.push(Value {
                text: row.value.text().to_owned(),
                number: row.value.about(),
                sources: sources.collect(),
                origin: row.provenance.origin,
            }),
        }
    }
    let value = values.iter().find_map(|value| value.number);
    Point { when: rows.first().map_or_else(String::new, |row| row.when.to_string()), days, value, values }
}

/// For each region without observations of its own the sums of its parts, which may be sums themselves.
fn added_up(study: &CaseStudy, indicator: &Indicator, observed: &[Series]) -> Vec<Series> {
    let area = &study.study().area;
    let inner: Vec<&RegionId> = inner_first(study);
    let mut parts_of: HashMap<&RegionId, Vec<&RegionId>> = HashMap::new();
    for region in study.regions() {
        if let Some(around) = &region.within {
            parts_of.entry(around).or_default().push(&region.id);
        }
    }
    let mut by_scope: BTreeMap<Option<&str>, HashMap<&RegionId, &Series>> = BTreeMap::new();
    for series in observed {
        by_scope.entry(series.scope.as_deref()).or_default().insert(series.region.as_ref().unwrap_or(area), series);
    }
    let mut added: Vec<Series> = Vec::new();
    for (scope, of) in by_scope.iter().filter(|(_, of)| of.keys().any(|region| *region != area)) {
        let mut sums_of: HashMap<&RegionId, Series> = HashMap::new();
        for region in inner.iter().filter(|region| !of.contains_key(*region)) {
            let Some(parts) = parts_of.get(*region).filter(|parts| parts.len() > 1) else { continue };
            let part = |id: &&RegionId| of.get(*id).copied().or_else(|| sums_of.get(*id));
            let Some(all) = parts.iter().map(part).collect::<Option<Vec<&Series>>>() else { continue };
            let points = sums(&all);
            if !points.is_empty() {
                let sum = Series {
                    indicator: indicator.id.clone(),
                    region: Some((*region).clone()).filter(|id| id != area),
                    scope: scope.map(str::to_owned),
                    made: Made::AddedUp(parts.iter().map(|part| (*part).clone()).collect()),
                    points,
                    set_aside: Vec::new(),
                };
                sums_of.insert(region, sum);
            }
        }
        added.extend(inner.iter().filter_map(|region| sums_of.remove(*region)));
    }
    added
}

/// The regions of a study, those that lie in most others first.
fn inner_first(study: &CaseStudy) -> Vec<&RegionId> {
    let within: HashMap<&RegionId, &RegionId> =
        study.regions().iter().filter_map(|region| Some((&region.id, region.within.as_ref()?))).collect();
    let depth = |id: &RegionId| std::iter::successors(within.get(id), |id| within.get(**id)).count();
    let mut regions: Vec<&RegionId> = study.regions().iter().map(|region| &region.id).collect();
    regions.sort_by_cached_key(|id| std::cmp::Reverse(depth(id)));
    regions
}

/// The sums of several series for each date on which all have a value.
fn sums(all: &[&Series]) -> Vec<Point> {
    let Some((first, rest)) = all.split_first() else { return Vec::new() };
    let rest: Vec<HashMap<Days, f64>> =
        rest.iter().map(|series| series.numbers().map(|(point, value)| (point.days, value)).collect()).collect();
    first
        .numbers()
        .filter_map(|(point, value)| {
            let others: Option<Vec<f64>> = rest.iter().map(|values| values.get(&point.days).copied()).collect();
            let sum = others?.into_iter().fold(value, |sum, value| sum + value);
            sum.is_finite().then(|| Point { when: point.when.clone(), days: point.days, value: Some(sum), values: Vec::new() })
        })
        .collect()
}

/// The rates that an indicator is declared to be, one for each series of what it is a rate of.
fn rates(study: &CaseStudy, indicator: &Indicator, all: &[Series]) -> Vec<Series> {
    let Some(rate) = &indicator.rate else { return Vec::new() };
    let series_of = |id: &IndicatorId| all.iter().filter(|series| series.indicator == *id).collect::<Vec<_>>();
    let (of, per) = (series_of(&rate.of), series_of(&rate.per));
    let same_days = study.indicator(&rate.per).is_some_and(|per| per.kind == SeriesKind::Flow);
    of.into_iter()
        .filter(|series| rate.scope.is_none() || rate.scope == series.scope)
        .filter_map(|series| {
            // The most told series of the other indicator in the same region.
            let per = per.iter().filter(|other| other.region == series.region).max_by_key(|other| other.numbers().count())?;
            let (mut points, mut set_aside) = (Vec::new(), Vec::new());
            for (point, value) in series.numbers() {
                let quotient =
                    divisor(per, point.days, same_days).map(|by| value * rate.times.value() / by).filter(|value| value.is_finite());
                match quotient {
                    Some(quotient) => {
                        points.push(Point { when: point.when.clone(), days: point.days, value: Some(quotient), values: Vec::new() })
                    }
                    None => {
                        let why = WhyNot::NothingToDivideBy;
                        set_aside.push(SetAside { when: point.when.clone(), text: value.to_string(), why });
                    }
                }
            }
            Some(Series {
                indicator: indicator.id.clone(),
                region: series.region.clone(),
                scope: series.scope.clone(),
                made: Made::Rate { of: rate.of.clone(), per: rate.per.clone() },
                points,
                set_aside,
            })
        })
        .collect()
}

/// The value to divide by on some days: the lower median of those that lie in them; nothing for none, or 0.
fn divisor(series: &Series, days: Days, same_days: bool) -> Option<f64> {
    let inside = |point: &Point| if same_days { point.days == days } else { point.days.within(days) == Some(point.days) };
    let mut values: Vec<f64> = series.numbers().filter(|(point, _)| inside(point)).map(|(_, value)| value).collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len().checked_sub(1)? / 2).copied().filter(|value| *value > 0.0)
}

/// The middle day, the earlier of two.
pub(super) fn middle(days: Days) -> chrono::NaiveDate {
    let half = u64::try_from((days.len() - 1) / 2).unwrap_or(0);
    days.first().checked_add_days(chrono::Days::new(half)).unwrap_or(days.first())
}
