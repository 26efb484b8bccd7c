//! What a measured series did, as a tree.

use super::Explanation;
use crate::indicator::{Course, Made, Tests};
use crate::model::CaseStudy;

/// A series: its tests over the window and over all its points, its phases, and the mandates beside it.
pub(super) fn course_tree(study: &CaseStudy, course: &Course) -> Explanation {
    let series = &course.series;
    let place = series.region.as_ref().map_or_else(|| study.study().area.to_string(), ToString::to_string);
    let scope = series.scope.as_ref().map(|scope| format!(", {scope}")).unwrap_or_default();
    let made = match &series.made {
        Made::Observed => String::new(),
        Made::AddedUp(parts) => format!(", the sum of {}", parts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
        Made::Rate { of, per } => format!(", {of} per {per}"),
    };
    let mut tree = Explanation::new("series", format!("{place}{scope}{made}: {}", course.window.trend));
    tree.parts.extend(tests(&course.window));
    if let Some(whole) = &course.whole {
        tree.parts.push(Explanation::new("all points", whole.trend.to_string()).with(tests(whole)));
    }
    for phase in course.by_phase.iter().filter(|phase| !phase.values.is_empty()) {
        let values: Vec<String> = phase.values.iter().map(|value| figure(*value)).collect();
        let seen = if values.len() > 1 { format!("{}: ", phase.seen) } else { String::new() };
        tree.parts.push(Explanation::new(phase.id.to_string(), format!("{seen}{}", values.join(", "))));
    }
    if !matches!(series.made, Made::Observed) {
        let told = series.numbers().map(|(point, value)| Explanation::new(point.when.clone(), figure(value)));
        tree.parts.extend(told);
    }
    for point in series.points.iter().filter(|point| point.is_conflicting()) {
        let values: Vec<String> = point
            .values
            .iter()
            .map(|value| format!("{} ({})", value.text, value.sources.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")))
            .collect();
        tree.parts.push(Explanation::new("conflict", format!("{}: {}", point.when, values.join("; "))));
    }
    for aside in &series.set_aside {
        tree.parts.push(Explanation::new("set aside", format!("{}, {}: {}", aside.when, aside.text, aside.why.words())));
    }
    for beside in course.mandates.iter().filter(|beside| beside.before.is_some() && beside.after.is_some()) {
        let told =
            |side: &Option<(String, f64)>| side.as_ref().map_or_else(String::new, |(when, value)| format!("{} ({when})", figure(*value)));
        let text =
            format!("{} of {}: before it {}, after it {}", beside.instrument, beside.adopted, told(&beside.before), told(&beside.after));
        tree.parts.push(Explanation::new("beside", text));
    }
    tree
}

fn tests(tests: &Tests) -> Vec<Explanation> {
    let mut parts = Vec::new();
    if let Some(slope) = tests.slope.as_ref().filter(|slope| slope.tested().is_some()) {
        parts.push(Explanation::new("slope", slope.to_string()));
    }
    if let Some(shift) = tests.shift.tested() {
        let between = tests.between.as_ref().map(|(from, to)| format!(", between {from} and {to}")).unwrap_or_default();
        parts.push(Explanation::new("break", format!("{shift}{between}")));
    }
    parts
}

/// At most three decimals.
fn figure(value: f64) -> String {
    let text = format!("{value:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}
