//! The profile of each dimension: what the report concludes, and what the findings count.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use indexmap::IndexMap;
use serde::Serialize;

use super::balance::{Balance, BalanceRange, Band, Issue, band_of, range};
use super::method::Method;
use super::trend::{Trend, trend};
use super::window::{Counts, counts, fits};
use crate::date::Days;
use crate::framework::Dimension;
use crate::id::{DimensionId, FindingId, IndicatorId, PeriodId, PhaseId, RegionId, RowId};
use crate::indicator::{length, most_common_length};
use crate::model::{CaseStudy, Finding, Indicator, Observation, UnitSet, Verdict};
use crate::scale::{Better, FindingKind, Origin, Role, SeriesKind, Standing, StatedTrend};

/// A dimension.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DimensionResult {
    /// The dimension.
    pub id: DimensionId,
    /// Whether it is the result or one of the conditions.
    pub role: Role,
    /// What the report, its authors or the coder conclude: it leads.
    pub verdict: Option<VerdictResult>,
    /// All rows of the whole: of the main phases, and those that no source dates.
    #[serde(flatten)]
    pub whole: Count,
    /// Each phase: rows dated to it, and rows of the whole mission period.
    pub by_phase: Vec<PhaseCount>,
    /// Each unit: rows that name it or a part of it; rows of the country are not spread.
    pub by_region: Vec<RegionCount>,
    /// From each phase to the next, from dated rows.
    pub trend: Vec<PhaseTrend>,
    /// Before and after turning points that the study names for it.
    pub breaks: Vec<BreakTrend>,
    /// Indicators that stand beside it, never mixed into it.
    pub indicators: Vec<IndicatorResult>,
}

/// Findings counted.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Count {
    /// The balance with its leave-one-issue-out range; nothing where no issue has weight.
    pub balance: Option<BalanceRange>,
    /// Its band; nothing under three issues.
    pub band: Option<Band>,
    /// Issues, by kind.
    pub issues: IndexMap<FindingKind, usize>,
    /// The findings counted.
    pub findings: Vec<FindingId>,
}

/// A phase.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PhaseCount {
    /// The phase.
    pub id: PhaseId,
    /// What counts in it.
    #[serde(flatten)]
    pub count: Count,
    /// The one unit in which all its rows lie, if they do: it is told of that unit.
    pub only_region: Option<RegionId>,
}

/// A unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RegionCount {
    /// The unit.
    pub id: RegionId,
    /// What counts in it.
    #[serde(flatten)]
    pub count: Count,
}

/// The trend from one phase to the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PhaseTrend {
    /// The earlier phase.
    pub from: PhaseId,
    /// The later phase.
    pub to: PhaseId,
    /// How the count moved.
    pub trend: Trend,
}

/// The trend over a turning point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BreakTrend {
    /// The period that begins at the turn.
    pub period: PeriodId,
    /// The unit that it is of, if it is of a unit.
    pub region: Option<RegionId>,
    /// How the count moved.
    pub trend: Trend,
}

/// A verdict, with what the count says beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VerdictResult {
    /// The row.
    pub row: RowId,
    /// How the dimension stands.
    pub standing: Standing,
    /// Where the verdict comes from.
    pub origin: Origin,
    /// The trend, where one is stated.
    pub trend: Option<StatedTrend>,
    /// Where the trend comes from.
    pub trend_origin: Origin,
    /// How the count stands to the verdict.
    pub count_is: Against,
    /// How the count's trends stand to the stated one.
    pub count_trend_is: Support,
}

/// How a count stands to a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Against {
    /// It is less favourable.
    Harsher,
    /// It is the same.
    Same,
    /// It is more favourable.
    Kinder,
    /// It has no band.
    Silent,
}

/// How a count's trends stand to a stated one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Support {
    /// Some trend between phases is the same, and none the opposite.
    Supporting,
    /// Some trend between phases is the opposite, and none the same.
    Contradicting,
    /// Trends go both ways.
    BothWays,
    /// No trend is told.
    Silent,
}

/// An indicator beside a dimension: its first and last value in the window.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IndicatorResult {
    /// The indicator.
    pub id: IndicatorId,
    /// Date and value of the first observation in the window.
    pub first: Option<(String, f64)>,
    /// Date and value of the last.
    pub last: Option<(String, f64)>,
    /// Which way it went.
    pub direction: Direction,
    /// Whether that differs from the stated trend.
    pub differs: bool,
}

/// Which way an indicator went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// For the better.
    Better,
    /// For the worse.
    Worse,
    /// Neither.
    Same,
    /// Neither direction is better, or there are not two values.
    NotTold,
}

/// The observations of each indicator, in order.
type Series<'a> = HashMap<&'a IndicatorId, Vec<&'a Observation>>;

/// A finding with where and when it counts.
struct Placed<'a> {
    finding: &'a Finding,
    /// The number of its issue among those of its dimension.
    issue: usize,
    counts: Counts,
    /// The units that it names, or of which it names a part; none for rows of the country.
    units: UnitSet,
}

/// The issues of some findings of one dimension: each once, with the highest salience among its rows.
fn issues(rows: &[&Placed<'_>], method: &Method) -> Vec<(usize, Issue)> {
    let mut issues: Vec<(usize, Issue)> = Vec::with_capacity(rows.len());
    let mut places: Vec<Option<usize>> = vec![None; rows.iter().map(|row| row.issue + 1).max().unwrap_or(0)];
    for Placed { finding, issue, .. } in rows {
        let weight = method.balance.weight(finding.salience).thousandths();
        match places[*issue] {
            Some(at) => issues[at].1.weight = issues[at].1.weight.max(weight),
            None => {
                places[*issue] = Some(issues.len());
                issues.push((*issue, Issue { kind: finding.kind, weight }));
            }
        }
    }
    issues
}

fn count(rows: &[&Placed<'_>], method: &Method) -> Count {
    let list: Vec<Issue> = issues(rows, method).into_iter().map(|(_, issue)| issue).collect();
    let of_kind = |kind: FindingKind| list.iter().filter(|issue| issue.kind == kind).count();
    let balance = range(&list.iter().copied().filter(|issue| issue.kind != FindingKind::Neutral).collect::<Vec<_>>());
    Count {
        balance,
        band: band_of(list.iter().copied(), &method.balance),
        issues: FindingKind::ALL.iter().map(|kind| (*kind, of_kind(*kind))).collect(),
        findings: rows.iter().map(|row| row.finding.id.clone()).collect(),
    }
}

/// The profile of every dimension of the framework, in its order.
pub(super) fn dimensions(study: &CaseStudy, method: &Method) -> Vec<DimensionResult> {
    dimensions_of(study, method, &|_| true)
}

/// The same from some of the findings, by their places.
pub(crate) fn dimensions_of(study: &CaseStudy, method: &Method, keep: &dyn Fn(usize) -> bool) -> Vec<DimensionResult> {
    let dimensions = study.framework().dimensions();
    let mut numbers: HashMap<(usize, &str), usize> = HashMap::with_capacity(study.findings().len());
    let mut placed: Vec<Vec<Placed<'_>>> = dimensions.iter().map(|_| Vec::new()).collect();
    for (_, finding) in study.findings().iter().enumerate().filter(|(at, _)| keep(*at)) {
        let Some(dimension) = dimensions.iter().position(|dimension| dimension.id == finding.dimension) else { continue };
        let local = finding.regions.iter().map(|region| study.covered(std::slice::from_ref(region))).filter(|units| units.len() == 1);
        let units = local.fold(UnitSet::default(), UnitSet::union);
        let units = if study.all_units().len() == 1 { study.all_units() } else { units };
        let rows = &mut placed[dimension];
        // An issue has the number of its first row.
        let issue = *numbers.entry((dimension, finding.issue.as_str())).or_insert(rows.len());
        rows.push(Placed { finding, issue, counts: counts(study, &finding.when, &method.windows), units });
    }
    let mut series: Series<'_> = HashMap::new();
    for rows in study.observations().chunk_by(|row, next| row.indicator == next.indicator) {
        series.entry(&rows[0].indicator).or_default().extend(rows);
    }
    dimensions.iter().zip(&placed).map(|(dimension, placed)| result(study, method, dimension, placed, &series)).collect()
}

fn result(study: &CaseStudy, method: &Method, dimension: &Dimension, placed: &[Placed<'_>], series: &Series<'_>) -> DimensionResult {
    let rows: Vec<&Placed<'_>> = placed.iter().filter(|row| row.counts.whole).collect();
    // Phases that are not main stand apart from the whole, with counts, trends and turns of their own.
    let all: Vec<&Placed<'_>> = placed.iter().collect();
    let by_phase = study
        .phases()
        .iter()
        .enumerate()
        .map(|(phase, row)| {
            let inside: Vec<&Placed<'_>> = all.iter().copied().filter(|row| row.counts.phases.contains(&phase)).collect();
            let only_region = only_region(study, &inside);
            PhaseCount { id: row.id.clone(), count: count(&inside, method), only_region }
        })
        .collect();
    let by_region = study
        .units()
        .enumerate()
        .map(|(unit, row)| {
            let inside: Vec<&Placed<'_>> = rows.iter().copied().filter(|row| row.units.contains(unit)).collect();
            RegionCount { id: row.id.clone(), count: count(&inside, method) }
        })
        .collect();
    let dated = |phase: usize| {
        let inside = all.iter().copied().filter(move |row| row.counts.dated && row.counts.phases.contains(&phase));
        issues(&inside.collect::<Vec<_>>(), method)
    };
    let dated: Vec<_> = (0..study.phases().len()).map(dated).collect();
    let trend: Vec<PhaseTrend> = (1..study.phases().len())
        .map(|phase| PhaseTrend {
            from: study.phases()[phase - 1].id.clone(),
            to: study.phases()[phase].id.clone(),
            trend: trend(&dated[phase - 1], &dated[phase], &method.trend),
        })
        .collect();
    let whole = count(&rows, method);
    // A verdict of the report or its authors leads; a coder's stands for the dimension only where there is no other.
    let verdicts = study.verdicts().iter().filter(|verdict| verdict.dimension == dimension.id);
    let verdict = verdicts.min_by_key(|verdict| (verdict.provenance.origin, &verdict.id));
    let verdict = verdict.map(|verdict| verdict_result(verdict, &whole, &trend));
    let stated = verdict.as_ref().and_then(|verdict| verdict.trend);
    let indicators = study.indicators().iter().filter(|indicator| indicator.dimension.as_ref() == Some(&dimension.id));
    DimensionResult {
        id: dimension.id.clone(),
        role: dimension.role,
        verdict,
        by_phase,
        by_region,
        breaks: breaks(study, method, dimension, &all),
        indicators: indicators
            .map(|indicator| indicator_result(study, indicator, series.get(&indicator.id).map_or(&[], Vec::as_slice), stated))
            .collect(),
        whole,
        trend,
    }
}

/// The one unit in which all rows lie.
fn only_region(study: &CaseStudy, rows: &[&Placed<'_>]) -> Option<RegionId> {
    let first = rows.first().filter(|row| row.units.len() == 1)?.units;
    let alone = |row: &&&Placed<'_>| row.units == first && study.covered(&row.finding.regions) == first && !row.finding.regions.is_empty();
    let unit = first.iter().next()?;
    (study.all_units().len() > 1 && rows.iter().all(|row| alone(&row))).then(|| study.units().nth(unit).map(|unit| unit.id.clone()))?
}

/// Trends over the turning points that the study names for a dimension, or for a unit.
fn breaks(study: &CaseStudy, method: &Method, dimension: &Dimension, rows: &[&Placed<'_>]) -> Vec<BreakTrend> {
    let window = study.study().window;
    let mut breaks = Vec::new();
    for period in study.periods() {
        let Some(of) = &period.of else { continue };
        let unit = study.units().position(|unit| unit.id.as_str() == of.as_str());
        if unit.is_none() && of.as_str() != dimension.id.as_str() {
            continue;
        }
        let turn = period.when.period().and_then(|period| period.start()).map(|date| date.first());
        let Some((turn, eve)) = turn.and_then(|turn| Some((turn, turn.pred_opt()?))) else { continue };
        let (Some(before), Some(after)) = (Days::new(window.first(), eve), Days::new(turn, window.last())) else { continue };
        let side = |stretch: Days| {
            let inside = rows.iter().copied().filter(|row| {
                let dated = row.finding.when.period().map(|period| period.whole(window));
                let current = row.counts.dated && dated.is_none();
                let days = dated.or(if current { row.counts.phases.first().map(|phase| study.phases()[*phase].days) } else { None });
                days.is_some_and(|days| fits(days, stretch, &method.windows)) && unit.is_none_or(|unit| row.units.contains(unit))
            });
            issues(&inside.collect::<Vec<_>>(), method)
        };
        breaks.push(BreakTrend {
            period: period.id.clone(),
            region: unit.and_then(|unit| study.units().nth(unit)).map(|unit| unit.id.clone()),
            trend: trend(&side(before), &side(after), &method.trend),
        });
    }
    breaks
}

fn verdict_result(verdict: &Verdict, whole: &Count, trends: &[PhaseTrend]) -> VerdictResult {
    let told = whole.band.map(|band| match band {
        Band::StronglyConstraining | Band::Constraining => Standing::Constraining,
        Band::Mixed => Standing::Mixed,
        Band::Enabling | Band::StronglyEnabling => Standing::Enabling,
    });
    let count_is = match told {
        None => Against::Silent,
        Some(told) if told < verdict.standing => Against::Harsher,
        Some(told) if told > verdict.standing => Against::Kinder,
        Some(_) => Against::Same,
    };
    let any = |wanted: Trend| trends.iter().any(|t| t.trend == wanted);
    let (same, opposite) = match verdict.trend {
        Some(StatedTrend::Improving) => (any(Trend::Improving), any(Trend::Declining)),
        Some(StatedTrend::Declining) => (any(Trend::Declining), any(Trend::Improving)),
        Some(StatedTrend::Stable) => (any(Trend::Stable), any(Trend::Improving) || any(Trend::Declining)),
        Some(StatedTrend::Mixed) => (any(Trend::Improving) && any(Trend::Declining), false),
        None => (false, false),
    };
    VerdictResult {
        row: RowId::from(&verdict.id),
        standing: verdict.standing,
        origin: verdict.provenance.origin,
        trend: verdict.trend,
        trend_origin: verdict.trend_origin.unwrap_or(verdict.provenance.origin),
        count_is,
        count_trend_is: match (same, opposite) {
            (true, false) => Support::Supporting,
            (false, true) => Support::Contradicting,
            (true, true) => Support::BothWays,
            (false, false) => Support::Silent,
        },
    }
}

/// First and last value of an indicator in the window: one scope and one region only, exact or about; of a flow over
/// periods of one length, that of most.
///
/// `series` are all its values. Of the scopes told of most often, the one with the last value counts, then the first by name.
fn indicator_result(study: &CaseStudy, indicator: &Indicator, series: &[&Observation], stated: Option<StatedTrend>) -> IndicatorResult {
    type Scope<'a> = (Option<&'a RegionId>, Option<&'a str>);
    fn scope(row: &Observation) -> Scope<'_> {
        (row.region.as_ref(), row.scope.as_deref())
    }
    let window = study.study().window;
    let mut values: Vec<(Days, &Observation, f64)> =
        series.iter().filter_map(|row| Some((row.when.period()?.possible(window)?, *row, row.value.about()?))).collect();
    // Of several values for the same days the report's goes first, then the lowest: the order of rows says nothing.
    values.sort_by(|(days, row, value), (other_days, other, other_value)| {
        let keys = (days, row.provenance.origin).cmp(&(other_days, other.provenance.origin));
        keys.then(value.total_cmp(other_value)).then_with(|| row.when.to_string().cmp(&other.when.to_string()))
    });
    let mut scopes: BTreeMap<Scope<'_>, (usize, Days)> = BTreeMap::new();
    for (days, row, _) in &values {
        let (count, last) = scopes.entry(scope(row)).or_insert((0, *days));
        (*count, *last) = (*count + 1, (*last).max(*days));
    }
    let common = scopes.into_iter().max_by_key(|(scope, often)| (*often, Reverse(*scope))).map(|(scope, _)| scope);
    values.retain(|(_, row, _)| Some(scope(row)) == common);
    if indicator.kind == SeriesKind::Flow {
        // a count over a year is more than one over a month, whichever way things went
        let length_of = |row: &Observation| Some(length(row.when.period()?.whole(window)));
        let common = most_common_length(values.iter().filter_map(|(_, row, _)| Some(row.when.period()?.whole(window))));
        values.retain(|(_, row, _)| length_of(row) == common);
    }
    let told = |at: Option<&(Days, &Observation, f64)>| at.map(|(_, row, value)| (row.when.to_string(), *value));
    let latest = values.last().and_then(|(last, ..)| values.iter().find(|(days, ..)| days == last));
    let (first, last) = (told(values.first()), told(latest));
    let direction = match (&first, &last, indicator.better) {
        (Some((from, a)), Some((to, b)), Some(better)) if from != to => match (b.total_cmp(a), better) {
            (std::cmp::Ordering::Equal, _) => Direction::Same,
            (std::cmp::Ordering::Greater, Better::Higher) | (std::cmp::Ordering::Less, Better::Lower) => Direction::Better,
            _ => Direction::Worse,
        },
        _ => Direction::NotTold,
    };
    let differs =
        matches!((stated, direction), (Some(StatedTrend::Improving), Direction::Worse) | (Some(StatedTrend::Declining), Direction::Better));
    IndicatorResult { id: indicator.id.clone(), first, last, direction, differs }
}

/// The balance of a count in words: `−0.12 (−0.20 to +0.02), mixed`.
#[must_use]
pub fn in_words(count: &Count) -> String {
    match (&count.balance, count.band) {
        (None, _) => "no finding weighs".to_owned(),
        (Some(balance), Some(band)) => format!("{band}: {} ({} to {})", balance.value, balance.low, balance.high),
        (Some(BalanceRange { value, .. }), None) => format!("too few issues for a band: {}", Balance::to_string(value)),
    }
}
