//! Measured series: what they did over the study, with small charts.

use super::page::Page;
use super::words;
use peaceops::indicator::trend::{Direction, Outcome, Seen};
use peaceops::indicator::{Course, Made};
use peaceops::model::{CaseStudy, Indicator};
use peaceops::scale::Better;
use peaceops::scoring::Assessment;

/// Fewest points in the window of a series that is shown without `--all`.
const SHOWN: usize = 4;

/// Every series with points enough, by dimension.
pub(super) fn table(assessment: &Assessment, all: bool, page: &mut Page) {
    let study = assessment.study();
    let courses = assessment.indicators();
    if courses.is_empty() {
        return;
    }
    page.rule("3b MEASURED SERIES   (beside the judgements, never in them)");
    let phases: Vec<String> = study.phases().iter().map(|phase| phase.label()).collect();
    page.legend(&format!(
        "  A column a value, from the least to the greatest of its row, phases ({}) parted by |. Trend: Mann-Kendall; break: \
         Pettitt; (+) for the better, (-) for the worse. A test tells that a series moves, not why.",
        phases.join(", ")
    ));
    let mut rows = Vec::new();
    let mut hidden = 0;
    for course in courses {
        let Some(row) = study.indicator(&course.series.indicator) else { continue };
        if !all && course.window.points < SHOWN || course.window.points == 0 {
            hidden += 1;
            continue;
        }
        rows.push(vec![title(study, row, course), chart(course), ends(course), told(row, course)]);
    }
    page.table(2, &["", "", "from, to", ""], &rows);
    if hidden > 0 && all {
        page.line(&format!("  Not shown: {hidden} series without a number in the window."));
    } else if hidden > 0 {
        page.line(&format!("  Not shown (--all): {hidden} series with under {SHOWN} points in the window."));
    }
    let conflicts: usize = courses.iter().map(|course| course.series.conflicts()).sum();
    let aside: usize = courses.iter().map(|course| course.series.set_aside.len()).sum();
    let mut notes = Vec::new();
    if conflicts > 0 {
        let dates = words::many(conflicts, "date", "dates");
        notes.push(format!("At {dates} sources give different values: the report's is taken before others, then the lowest."));
    }
    if aside > 0 {
        let values = words::many(aside, "value is", "values are");
        notes.push(format!("{values} set aside: not dated, over a period of another length, or without a value to divide by on its days."));
    }
    if !notes.is_empty() {
        page.line(&format!("  {}", notes.join(" ")));
    }
}

fn title(study: &CaseStudy, row: &Indicator, course: &Course) -> String {
    let place = course.series.region.as_ref().map(|region| format!(", {}", words::region(study, region))).unwrap_or_default();
    let scope = course.series.scope.as_ref().map(|scope| format!(" ({scope})")).unwrap_or_default();
    let made = match course.series.made {
        Made::AddedUp(_) => ", sum",
        _ => "",
    };
    let name = row.short.as_ref().unwrap_or(&row.title);
    // What tells two series of an indicator apart is kept before the end of its name.
    let apart = words::cut(&format!("{place}{made}{scope}"), 22);
    format!("{}{apart}", words::cut(name, 34 - apart.chars().count()))
}

/// The values in eight steps, phase by phase.
fn chart(course: &Course) -> String {
    const STEPS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let values = || course.by_phase.iter().flat_map(|phase| &phase.values).copied();
    let (least, most) = (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
    let step = |value: &f64| {
        let share = if most > least { (value - least) / (most - least) } else { 0.0 };
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of 0 to 1, of seven steps")]
        STEPS[((share * 7.0).round() as usize).min(7)]
    };
    let most_shown = 8;
    let phase = |values: &Vec<f64>| {
        // Of a long phase the latest values.
        let from = values.len().saturating_sub(most_shown);
        values[from..].iter().map(step).collect::<String>()
    };
    course.by_phase.iter().map(|one| phase(&one.values)).collect::<Vec<_>>().join("|")
}

/// The first and the last value in the window.
fn ends(course: &Course) -> String {
    let mut values = course.by_phase.iter().flat_map(|phase| &phase.values);
    let first = values.next();
    match (first, values.last()) {
        (Some(first), Some(last)) => format!("{}, {}", number(*first), number(*last)),
        (Some(only), None) => number(*only),
        _ => String::new(),
    }
}

/// At most two decimals.
fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

fn p(p: f64) -> String {
    if p < 0.001 { "p < 0.001".to_owned() } else { format!("p {p:.3}") }
}

/// What the tests say, and whether that is for the better.
fn told(row: &Indicator, course: &Course) -> String {
    let window = &course.window;
    let sign = |rises: bool| match row.better {
        Some(better) if rises == (better == Better::Higher) => " (+)",
        Some(_) => " (-)",
        None => "",
    };
    let trend = match &window.trend {
        Outcome::Tested(test) => match test.direction {
            Direction::Increasing => format!("rises{}, {}", sign(true), p(test.p)),
            Direction::Decreasing => format!("falls{}, {}", sign(false), p(test.p)),
            Direction::NoTrend => format!("no trend, p {:.2}", test.p),
        },
        Outcome::TooFew(few) => {
            let seen = match few.seen {
                Seen::Rising => format!("rising{}", sign(true)),
                Seen::Falling => format!("falling{}", sign(false)),
                other => other.to_string(),
            };
            format!("{seen}; too few to test")
        }
    };
    let shift = window.between.as_ref().map(|(from, to)| format!("; break {from} to {to}")).unwrap_or_default();
    let other = course.by_phase.iter().filter(|phase| phase.values.len() > 1).map(|phase| phase.seen);
    let turns: Vec<Seen> = other.filter(|seen| matches!(seen, Seen::Rising | Seen::Falling)).collect();
    let turned = turns.windows(2).any(|pair| pair[0] != pair[1]);
    format!("{trend}{shift}{}", if turned { "; turns between phases" } else { "" })
}
