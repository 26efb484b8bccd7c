//! Both engines on one study, field by field.

use std::collections::BTreeMap;

use peaceops::CaseStudy;
use peaceops::scoring::Method;
use serde_json::{Value, json};

use super::base::Slow;
use super::profile::Group;

/// What the slow engine says of a study, in the form in which an assessment is written.
pub(crate) fn slow_assessment(slow: &Slow<'_>) -> Value {
    let cells = slow.cells();
    let phases: Vec<Option<usize>> = (0..slow.phases.len()).map(Some).collect();
    let units: Vec<Option<usize>> = (0..slow.units.len()).map(Some).collect();
    let mut groups: Vec<Group> = vec![(None, None)];
    groups.extend(phases.iter().map(|phase| (*phase, None)));
    groups.extend(units.iter().map(|unit| (None, *unit)));
    groups.extend(phases.iter().flat_map(|phase| units.iter().map(move |unit| (*phase, *unit))));
    let hinges = slow.hinges(&cells, &groups);
    let of = |group: Group| {
        let at = groups.iter().position(|other| *other == group).unwrap();
        slow.profile(&cells, group, hinges[at].clone())
    };
    let in_units = |phase: Option<usize>| -> Vec<Value> {
        units.iter().map(|unit| with_id(of((phase, *unit)), slow.units[unit.unwrap()].id.as_str())).collect()
    };
    let by_phase: Vec<Value> = phases
        .iter()
        .map(|phase| {
            let mut value = with_id(of((*phase, None)), slow.study.phases()[phase.unwrap()].id.as_str());
            value["by_region"] = json!(in_units(*phase));
            value
        })
        .collect();
    let mut congruence = of((None, None));
    congruence["by_phase"] = json!(by_phase);
    congruence["by_region"] = json!(in_units(None));
    congruence["tasks"] = json!(slow.tasks(&cells));
    congruence["too_recent"] = json!(slow.too_recent());
    congruence["changes"] = json!(slow.changes(&cells));
    json!({
        "congruence": congruence, "fill_rates": slow.fills(), "relevance": slow.relevance(),
        "dimensions": slow.dimensions(),
    })
}

fn with_id(mut value: Value, id: &str) -> Value {
    value["id"] = json!(id);
    value
}

/// Gaps by address and dispute, so that their order says nothing.
fn by_key(gaps: Vec<Value>) -> Value {
    let key = |gap: &Value| {
        let text = |field: &str| gap[field].as_str().unwrap_or_default().to_owned();
        format!("{} {}", text("address"), text("only_under"))
    };
    let count = gaps.len();
    let gaps = gaps.into_iter().map(|mut gap| {
        gap["rows"].as_array_mut().unwrap().sort_by_key(ToString::to_string);
        gap
    });
    let map: BTreeMap<String, Value> = gaps.map(|gap| (key(&gap), gap)).collect();
    assert_eq!(map.len(), count, "two gaps of one address");
    json!(map)
}

/// What the slow engine says of a day.
fn slow_day(slow: &Slow<'_>, day: i64) -> Value {
    let (phase, cells) = slow.cells_on(day);
    let mut groups: Vec<Group> = vec![(None, None)];
    groups.extend((0..slow.units.len()).map(|unit| (None, Some(unit))));
    let mut of = groups.iter().map(|group| slow.profile(&cells, *group, json!([]))).collect::<Vec<_>>();
    for value in &mut of {
        value.as_object_mut().unwrap().remove("hinges");
    }
    let mut whole = of.remove(0);
    whole["date"] = json!(slow.date(day).to_string());
    whole["phase"] = json!(slow.study.phases()[phase].id.as_str());
    whole["by_region"] = slow.units.iter().zip(of).map(|(unit, value)| with_id(value, unit.id.as_str())).collect();
    whole["tasks"] = json!(slow.tasks(&cells));
    whole
}

/// Every difference between the two engines on a study.
pub(crate) fn differences(study: &CaseStudy, method: &Method, days: &[usize]) -> (Value, Vec<String>) {
    let slow = Slow::new(study, method);
    let assessment = study.assess(method);
    let mut mine = slow_assessment(&slow);
    mine["gaps"] = by_key(super::gaps::all(&slow));
    let mut theirs = serde_json::to_value(&assessment).unwrap();
    let gaps = theirs["gaps"].as_array().unwrap().clone();
    theirs["gaps"] = by_key(gaps);
    let mut found = Vec::new();
    compare("", &mine, &theirs, &mut found);
    for dispute in study.disputes().iter().take(1) {
        let Some(other) = slow.under(dispute) else { continue };
        let theirs = serde_json::to_value(study.under(dispute).assess(method)).unwrap();
        compare(&format!("under {}", dispute.id), &slow_assessment(&other), &theirs, &mut found);
    }
    for day in days {
        let as_of = assessment.as_of(slow.date(*day as i64)).unwrap();
        compare(
            &format!("as_of {}", slow.date(*day as i64)),
            &slow_day(&slow, *day as i64),
            &serde_json::to_value(&as_of).unwrap(),
            &mut found,
        );
    }
    (theirs, found)
}

/// Every field of the first has to be in the second; numbers may differ by what floats round off.
fn compare(path: &str, mine: &Value, theirs: &Value, found: &mut Vec<String>) {
    match (mine, theirs) {
        (Value::Object(a), Value::Object(b)) => {
            for (key, value) in a {
                compare(&format!("{path}/{key}"), value, b.get(key).unwrap_or(&Value::Null), found);
            }
            let keyed = ["/gaps", "/compared", "/issues", "/by_phase"].iter().any(|end| path.ends_with(end));
            for key in b.keys().filter(|key| keyed && !a.contains_key(*key)) {
                found.push(format!("{path}/{key}: slow engine has none, crate {}", b[key]));
            }
        }
        (Value::Array(a), Value::Array(b)) if path.ends_with("/hinges") => {
            let texts = |list: &[Value]| list.iter().map(Value::to_string).collect::<std::collections::BTreeSet<String>>();
            if texts(a) != texts(b) || a.len() != b.len() {
                found.push(format!("{path}: slow engine {mine}, crate {theirs}"));
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (at, (a, b)) in a.iter().zip(b).enumerate() {
                let name = ["id", "task", "rating", "resource", "phase"].iter().find_map(|key| a[*key].as_str());
                compare(&format!("{path}/{}", name.map_or(at.to_string(), |name| format!("{at}:{name}"))), a, b, found);
            }
        }
        (Value::Number(a), Value::Number(b)) if (a.as_f64().unwrap() - b.as_f64().unwrap()).abs() < 1e-9 => {}
        _ if mine == theirs => {}
        _ => found.push(format!("{path}: slow engine {mine}, crate {theirs}")),
    }
}
