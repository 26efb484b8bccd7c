//! Counts which branches the generated studies reach.

use std::collections::BTreeMap;

use peaceops::CaseStudy;
use peaceops::scale::Judgement;
use serde_json::Value;

/// How often each branch was reached.
#[derive(Default)]
pub(crate) struct Reach(BTreeMap<String, usize>);

const ASKED: &[&str] = &[
    "gap unserved",
    "gap no-activity-reported",
    "gap drift",
    "gap drift partly",
    "gap slack",
    "gap modality-mismatch",
    "gap place-mismatch",
    "gap mandate-lag",
    "gap mandate-lag-in-part",
    "gap unaddressed-driver",
    "gap capability-lag",
    "gap overstretch",
    "gap disputed",
    "gap only under",
    "gap overstretch said",
    "judgement rated",
    "judgement not assessed",
    "judgement not applicable",
    "judgement contested",
    "unknown no-tasks",
    "unknown under-the-floor",
    "unknown too-little-is-said-of-this-region",
    "hinge",
    "not comparable",
    "beyond both ranges",
    "cell not-applicable",
    "cell unknown",
    "cell known",
    "inherited",
    "also limiting",
    "too recent",
    "trend improving",
    "trend declining",
    "trend stable",
    "trend unclear",
    "break",
    "break told",
    "fill",
    "fill flagged",
    "only region",
    "compared not-established",
    "compared nil",
    "compared positive-or-nil",
    "compared negative-or-nil",
    "band strongly-enabling",
    "band enabling",
    "band mixed",
    "band constraining",
    "band strongly-constraining",
    "task assessed in places",
    "driver met in part",
    "phase apart",
    "task of another mission",
];

impl Reach {
    fn hit(&mut self, branch: &str, times: usize) {
        *self.0.entry(branch.to_owned()).or_default() += times;
    }

    pub(crate) fn add(&mut self, study: &CaseStudy, assessment: &Value) {
        for link in study.ratings().iter().flat_map(|block| block.links.iter().flatten()) {
            let kind = match &link.judgement {
                Judgement::Rated(_) => "judgement rated",
                Judgement::NotAssessed(_) => "judgement not assessed",
                Judgement::NotApplicable(_) => "judgement not applicable",
                Judgement::Contested(_) => "judgement contested",
            };
            self.hit(kind, 1);
        }
        for gap in assessment["gaps"].as_object().unwrap().values() {
            self.hit(&format!("gap {}", gap["kind"].as_str().unwrap()), 1);
            self.hit("gap disputed", usize::from(!gap["disputed"].as_array().unwrap().is_empty()));
            self.hit("gap only under", usize::from(gap.get("only_under").is_some()));
            self.hit("gap drift partly", usize::from(gap.get("days").is_some_and(Value::is_u64)));
            self.hit("gap overstretch said", usize::from(gap["said_by"].as_array().is_some_and(|list| !list.is_empty())));
        }
        self.hit("phase apart", usize::from((0..study.phases().len()).any(|phase| !study.is_main(phase))));
        self.hit("task of another mission", study.tasks().iter().filter(|task| !study.is_studied(task)).count());
        self.walk("", assessment);
    }

    fn walk(&mut self, key: &str, value: &Value) {
        match value {
            Value::Object(map) => {
                let text = |key: &str| map.get(key).and_then(Value::as_str);
                let some = |key: &str| map.get(key).and_then(Value::as_array).is_some_and(|list| !list.is_empty());
                match (key, text("status")) {
                    ("headline", _) => text("reason").into_iter().for_each(|reason| self.hit(&format!("unknown {reason}"), 1)),
                    ("cells", Some(status)) => self.hit(&format!("cell {status}"), 1),
                    _ => {}
                }
                if let Some(trend) = text("trend").filter(|_| key == "trend") {
                    self.hit(&format!("trend {trend}"), 1);
                }
                if let Some(band) = text("band") {
                    self.hit(&format!("band {band}"), 1);
                }
                self.hit("break", usize::from(key == "breaks"));
                self.hit("break told", usize::from(key == "breaks" && text("trend") != Some("too-few")));
                self.hit("only region", usize::from(text("only_region").is_some()));
                self.hit("inherited", usize::from(text("inherited").is_some()));
                self.hit("driver met in part", usize::from(some("in_part")));
                self.hit("beyond both ranges", map.get("beyond_both_ranges").and_then(Value::as_u64).unwrap_or(0) as usize);
                self.hit("task assessed in places", map.get("in_places").and_then(Value::as_u64).unwrap_or(0) as usize);
                for (field, branch) in [
                    ("hinges", "hinge"),
                    ("not_comparable", "not comparable"),
                    ("also_limiting", "also limiting"),
                    ("too_recent", "too recent"),
                    ("fill_rates", "fill"),
                    ("flagged", "fill flagged"),
                ] {
                    self.hit(branch, usize::from(some(field)));
                }
                if let Some(Value::Object(compared)) = map.get("compared") {
                    compared.keys().for_each(|class| self.hit(&format!("compared {class}"), 1));
                }
                map.iter().for_each(|(key, value)| self.walk(key, value));
            }
            Value::Array(list) => list.iter().for_each(|value| self.walk(key, value)),
            _ => {}
        }
    }

    /// Every branch was reached at least five times.
    pub(crate) fn check(&self) {
        let missed: Vec<&&str> = ASKED.iter().filter(|branch| self.0.get(**branch).is_none_or(|times| *times < 5)).collect();
        assert!(missed.is_empty(), "hardly reached: {missed:?} in {:#?}", self.0);
    }
}
