//! Mandates that run in parallel: what each body asks for, how far apart the texts came, how they word it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::gap::DayRange;
use crate::id::{DimensionId, HeadingId, Slug, TaskId};
use crate::model::{Asked, CaseStudy};

/// What several bodies ask for. There is none where one body speaks alone.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Mandates {
    /// The bodies, in the order of the alphabet.
    pub bodies: Vec<Slug>,
    /// Tasks by the bodies that ask for them: those of one body alone first.
    pub tasks: Vec<AskedBy>,
    /// How long after the first text the second came, task by task.
    pub lags: Vec<TextLag>,
    /// Tasks that bodies word differently.
    pub wordings: Vec<Wording>,
}

/// The tasks that just these bodies ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AskedBy {
    /// The bodies; none for practice ahead of every text.
    pub bodies: Vec<Slug>,
    /// The tasks.
    pub tasks: Vec<TaskId>,
}

/// How long after a body's text that of a further body came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TextLag {
    /// The task.
    pub task: TaskId,
    /// The body that asked first.
    pub first: Slug,
    /// The body that came next.
    pub then: Slug,
    /// The days between; a range where dates are partial.
    pub days: DayRange,
}

/// A task that bodies word differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Wording {
    /// The task.
    pub task: TaskId,
    /// Each body with how it words the task, the first in time first.
    pub texts: Vec<(Slug, String)>,
}

impl Mandates {
    /// How many tasks just these bodies ask for, in any order.
    #[must_use]
    pub fn count(&self, bodies: &[&str]) -> usize {
        let same = |of: &&AskedBy| of.bodies.len() == bodies.len() && of.bodies.iter().all(|body| bodies.contains(&body.as_str()));
        self.tasks.iter().find(same).map_or(0, |of| of.tasks.len())
    }

    /// The shortest and the longest that a further text can have taken.
    #[must_use]
    pub fn days(&self) -> Option<DayRange> {
        let ranges = self.lags.iter().map(|lag| lag.days);
        ranges.reduce(|a, b| DayRange { least: a.least.min(b.least), most: a.most.max(b.most) })
    }
}

/// What several bodies ask for; nothing where one speaks alone.
pub(super) fn mandates(study: &CaseStudy) -> Option<Mandates> {
    let asked = study.asked_for();
    let mut bodies: Vec<Slug> = asked.iter().flat_map(|of| of.asking.iter().map(|asking| asking.body.clone())).collect();
    bodies.sort();
    bodies.dedup();
    if bodies.len() < 2 {
        return None;
    }
    let mut by: BTreeMap<(usize, Vec<Slug>), Vec<TaskId>> = BTreeMap::new();
    for of in &asked {
        let mut key: Vec<Slug> = of.asking.iter().map(|asking| asking.body.clone()).collect();
        key.sort();
        by.entry((key.len(), key)).or_default().push(of.task.clone());
    }
    let lag = |of: &Asked| match of.asking.as_slice() {
        [first, then, ..] => Some(TextLag {
            task: of.task.clone(),
            first: first.body.clone(),
            then: then.body.clone(),
            days: DayRange::between(first.from, then.from),
        }),
        _ => None,
    };
    let wording = |of: &Asked| {
        let title = &study.task(&of.task)?.title;
        let first = of.asking.first()?;
        let own = first.text.clone().unwrap_or_else(|| title.clone());
        let others = of.asking.iter().skip(1).filter_map(|asking| Some((asking.body.clone(), asking.text.clone()?)));
        let others: Vec<(Slug, String)> = others.filter(|(_, text)| *text != own).collect();
        let texts = std::iter::once((first.body.clone(), own)).chain(others.iter().cloned()).collect();
        (!others.is_empty()).then(|| Wording { task: of.task.clone(), texts })
    };
    Some(Mandates {
        bodies,
        tasks: by.into_iter().map(|((_, bodies), tasks)| AskedBy { bodies, tasks }).collect(),
        lags: asked.iter().filter_map(lag).collect(),
        wordings: asked.iter().filter_map(wording).collect(),
    })
}

/// A heading of the report's own, with what it corresponds to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct HeadingResult {
    /// The heading.
    pub id: HeadingId,
    /// Its title.
    pub title: String,
    /// Dimensions of the framework that it corresponds to.
    pub dimensions: Vec<DimensionId>,
    /// Substantive fields of tasks that it corresponds to.
    pub fields: Vec<Slug>,
    /// Tasks of the studied missions in these fields.
    pub tasks: usize,
    /// Findings on these dimensions.
    pub findings: usize,
}

/// The headings of the report's own, in the order of the rows.
pub(super) fn headings(study: &CaseStudy) -> Vec<HeadingResult> {
    let tasks = |fields: &[Slug]| study.tasks().iter().filter(|task| study.is_studied(task) && fields.contains(&task.field)).count();
    let findings = |ids: &[DimensionId]| study.findings().iter().filter(|finding| ids.contains(&finding.dimension)).count();
    let result = |row: &crate::model::Heading| HeadingResult {
        id: row.id.clone(),
        title: row.title.clone(),
        dimensions: row.dimensions.clone(),
        fields: row.fields.clone(),
        tasks: tasks(&row.fields),
        findings: findings(&row.dimensions),
    };
    study.headings().iter().map(result).collect()
}
