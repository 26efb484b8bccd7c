//! What a series did over the study: its trend and break, phase by phase, and beside the dates of mandates.

use chrono::NaiveDate;
use serde::Serialize;

use super::series::{Point, Series, middle, series};
use super::trend::{MannKendall, Outcome, Pettitt, Seen, TestRule, TheilSen, mann_kendall, pettitt, theil_sen_dated};
use crate::date::PartialDate;
use crate::id::{InstrumentId, PhaseId};
use crate::model::CaseStudy;

/// A series with what it did.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Course {
    /// The series.
    #[serde(flatten)]
    pub series: Series,
    /// Over the study's window.
    pub window: Tests,
    /// Over all its points, where some lie outside the window.
    pub whole: Option<Tests>,
    /// Phase by phase, each point in the phase that holds its middle.
    pub by_phase: Vec<PhaseCourse>,
    /// The values before and after each instrument of the studied missions' mandate: beside each other, never cause and effect.
    pub mandates: Vec<Beside>,
}

/// What tests say of some points of a series.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tests {
    /// Points with a number.
    pub points: usize,
    /// Whether it rises or falls (Mann–Kendall).
    pub trend: Outcome<MannKendall>,
    /// How fast, a day (Theil–Sen); not told of over 10,000 points, of which it would take all pairs.
    pub slope: Option<Outcome<TheilSen>>,
    /// Whether it shifts (Pettitt).
    pub shift: Outcome<Pettitt>,
    /// The dates between which it shifts, where it does.
    pub between: Option<(String, String)>,
}

/// A series in a phase.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PhaseCourse {
    /// The phase.
    pub id: PhaseId,
    /// Its values by date.
    pub values: Vec<f64>,
    /// Which way they go, untested.
    pub seen: Seen,
}

/// The values of a series on both sides of an instrument's date.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Beside {
    /// The instrument.
    pub instrument: InstrumentId,
    /// When it was adopted.
    pub adopted: PartialDate,
    /// The last value that surely lies before it.
    pub before: Option<(String, f64)>,
    /// The first value that surely lies after it.
    pub after: Option<(String, f64)>,
}

/// The courses of all series of a study, in the order of [`series`].
#[must_use]
pub fn courses(study: &CaseStudy, rule: &TestRule) -> Vec<Course> {
    series(study).into_iter().map(|series| course(study, rule, series)).collect()
}

fn course(study: &CaseStudy, rule: &TestRule, series: Series) -> Course {
    let points: Vec<(&Point, f64)> = series.numbers().collect();
    let window = study.study().window;
    let inside: Vec<(&Point, f64)> = points.iter().copied().filter(|(point, _)| window.contains(middle(point.days))).collect();
    let whole = (inside.len() < points.len()).then(|| tests(&points, rule));
    let by_phase = study.phases().iter().map(|phase| {
        let of = inside.iter().filter(|(point, _)| phase.days.contains(middle(point.days)));
        let values: Vec<f64> = of.map(|(_, value)| *value).collect();
        PhaseCourse { id: phase.id.clone(), seen: seen(&values), values }
    });
    let own = study.instruments().iter().filter(|row| study.study().is_of(row.mission.as_ref()));
    let mandates = own.map(|row| {
        let told = |found: Option<&(&Point, f64)>| found.map(|(point, value)| (point.when.clone(), *value));
        Beside {
            instrument: row.id.clone(),
            adopted: row.adopted,
            before: told(points.iter().rev().find(|(point, _)| point.days.last() < row.adopted.first())),
            after: told(points.iter().find(|(point, _)| point.days.first() > row.adopted.last())),
        }
    });
    let (by_phase, mandates) = (by_phase.collect(), mandates.collect());
    Course { window: tests(&inside, rule), whole, by_phase, mandates, series }
}

/// Most points of which all pairs are taken.
const MOST_PAIRED: usize = 10_000;

fn tests(points: &[(&Point, f64)], rule: &TestRule) -> Tests {
    let values: Vec<f64> = points.iter().map(|(_, value)| *value).collect();
    let dated: Vec<(NaiveDate, f64)> = points.iter().map(|(point, value)| (middle(point.days), *value)).collect();
    let shift = tested(pettitt(&values, rule), rule);
    let split = shift.tested().filter(|shift| shift.broken).and_then(|shift| shift.split);
    let when = |place: usize| points.get(place).map(|(point, _)| point.when.clone());
    Tests {
        points: points.len(),
        trend: tested(mann_kendall(&values, rule), rule),
        slope: (dated.len() <= MOST_PAIRED).then(|| tested(theil_sen_dated(&dated, rule), rule)),
        between: split.and_then(|split| Some((when(split.last_before)?, when(split.first_after)?))),
        shift,
    }
}

/// The outcome; values of a study are finite and in order of time, so that no test refuses them.
fn tested<T>(outcome: Result<Outcome<T>, crate::Error>, rule: &TestRule) -> Outcome<T> {
    outcome.unwrap_or_else(|_| Outcome::none(rule))
}

/// Which way values go, untested: how most pairs compare.
fn seen(values: &[f64]) -> Seen {
    let rule = TestRule::default();
    match mann_kendall(values, &rule) {
        Ok(Outcome::TooFew(few)) => few.seen,
        Ok(Outcome::Tested(test)) => match test.s {
            1.. => Seen::Rising,
            0 => Seen::Even,
            ..=-1 => Seen::Falling,
        },
        Err(_) => Seen::Nothing,
    }
}
