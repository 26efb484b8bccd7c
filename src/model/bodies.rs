//! Which bodies ask for which task, and from when: mandates that run in parallel.

use serde::Serialize;

use super::{CaseStudy, Instrument, Task};
use crate::date::PartialDate;
use crate::id::{InstrumentId, Slug, TaskId};

/// A task with the bodies that ask for it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Asked {
    /// The task.
    pub task: TaskId,
    /// Who asks for it, the first in time first; none where practice ran ahead of every text.
    pub asking: Vec<Asking>,
}

/// A body that asks for a task.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Asking {
    /// The body.
    pub body: Slug,
    /// The first of its texts that does.
    pub by: InstrumentId,
    /// From when.
    pub from: PartialDate,
    /// Until when, where it is not open.
    pub until: Option<PartialDate>,
    /// How it words the task, where that is told.
    pub text: Option<String>,
}

impl CaseStudy {
    /// Each task of the studied missions with the bodies that ask for it and from when.
    ///
    /// A body counts once for a task, by the first text of its that asks for it; a task begins when its
    /// own text says, in the text of a further body when that does, else when it was adopted.
    #[must_use]
    pub fn asked_for(&self) -> Vec<Asked> {
        let own = self.tasks().iter().filter(|task| self.is_studied(task));
        own.map(|task| Asked { task: task.id.clone(), asking: self.asking(task) }).collect()
    }

    fn asking(&self, task: &Task) -> Vec<Asking> {
        let of = |row: &Instrument, from: Option<PartialDate>, until, text: &Option<String>| Asking {
            body: row.body.clone(),
            by: row.id.clone(),
            from: from.unwrap_or(row.adopted),
            until,
            text: text.clone(),
        };
        let first = task.basis.instrument().and_then(|id| self.instrument(id));
        let first = first.map(|row| of(row, task.when.start(), task.when.end(), &task.text));
        let others = task.also_by.iter().filter_map(|also| Some(of(self.instrument(&also.by)?, also.from, also.until, &also.text)));
        let mut all: Vec<Asking> = first.into_iter().chain(others).collect();
        all.sort_by_key(|asking| (asking.from.first(), asking.from.last()));
        let mut seen: Vec<Slug> = Vec::new();
        all.retain(|asking| {
            let fresh = !seen.contains(&asking.body);
            seen.extend(fresh.then(|| asking.body.clone()));
            fresh
        });
        all
    }
}
