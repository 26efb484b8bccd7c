//! Congruence side by side: headlines, links that bind, substantive fields and tiers.

use serde::Serialize;

use super::{Pair, pairs};
use crate::id::{Slug, StudyId};
use crate::measure::Share;
use crate::scale::{Confidence, Level, Link, Tier};
use crate::scoring::kernel::Tally;
use crate::scoring::plan::{Cell, Plan};
use crate::scoring::profile::{Evaluated, headline};
use crate::scoring::{Assessment, Headline, WhyUnknown};

/// Congruence over the studies.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CongruenceCompared {
    /// Each study, in order.
    pub studies: Vec<CongruenceOf>,
    /// Every two studies by the ranges of their headlines.
    pub pairs: Vec<Pair>,
}

/// Congruence in one study.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CongruenceOf {
    /// The study.
    pub study: StudyId,
    /// The headline with its exact range.
    pub headline: Headline,
    /// Share of the applicable weight that is assessed.
    pub weight: Share,
    /// The lowest confidence that the headline needs.
    pub confidence: Option<Confidence>,
    /// Share of the assessed weight in which each link is lowest, most first; several may be lowest in one cell.
    pub binds: Vec<(Link, Share)>,
    /// By substantive field, in the order of the alphabet.
    pub by_field: Vec<(Slug, Part)>,
    /// By tier, highest first.
    pub by_tier: Vec<(Tier, Part)>,
}

/// Some cells of a study.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Part {
    /// Weighted lower median with its exact range; nothing under the method's floor of coverage.
    pub headline: Headline,
    /// Share of the applicable weight that is assessed.
    pub weight: Share,
    /// Tasks with cells in it.
    pub tasks: usize,
}

pub(super) fn of(all: &[&Assessment]) -> CongruenceCompared {
    let studies: Vec<CongruenceOf> = all.iter().map(|one| in_study(one)).collect();
    let ends = |headline: &Headline| match headline {
        Headline::Known { low, high, .. } => Some((*low, *high)),
        Headline::Unknown { .. } => None,
    };
    let ranges: Vec<_> = studies.iter().map(|one| (&one.study, ends(&one.headline))).collect();
    let pairs = pairs(&ranges, |a: &(Level, Level), b| a.0 > b.1);
    CongruenceCompared { studies, pairs }
}

fn in_study(assessment: &Assessment) -> CongruenceOf {
    let (study, method, whole) = (assessment.study(), assessment.method(), assessment.congruence().headline());
    let plan = Plan::of(study, method, &study.rating_units(i64::from(method.cells.least_days)));
    let at = Evaluated::of(&plan);
    let part = |inside: &dyn Fn(&Cell) -> bool| {
        let mut tallies = [Tally::default(); 3];
        let mut tasks: Vec<usize> = Vec::new();
        for (n, cell) in plan.cells.iter().enumerate().filter(|(_, cell)| inside(cell)) {
            for (tally, levels) in tallies.iter_mut().zip([&at.stated, &at.low, &at.high]) {
                tally.add(levels[n], cell.weight);
            }
            tasks.push(cell.task);
        }
        tasks.sort_unstable();
        tasks.dedup();
        let [stated, low, high] = &tallies;
        Part {
            headline: headline(stated, &low.levels, &high.levels, false, method),
            weight: Share::new(stated.assessed(), stated.applicable()),
            tasks: tasks.len(),
        }
    };
    let has_tasks = |part: &Part| !matches!(part.headline, Headline::Unknown { reason: WhyUnknown::NoTasks });
    let mut fields: Vec<&Slug> = study.tasks().iter().map(|task| &task.field).collect();
    fields.sort_unstable();
    fields.dedup();
    let mut binds: Vec<(Link, Share)> = whole.links.iter().map(|link| (link.link, link.binds)).collect();
    binds.sort_by(|a, b| b.1.compare(a.1).then(a.0.cmp(&b.0)));
    CongruenceOf {
        study: assessment.head().id.clone(),
        headline: whole.headline,
        weight: whole.coverage.weight,
        confidence: assessment.confidence().congruence.carries,
        binds,
        by_field: fields
            .into_iter()
            .map(|field| (field.clone(), part(&|cell| study.tasks()[cell.task].field == *field)))
            .filter(|(_, part)| has_tasks(part))
            .collect(),
        by_tier: [Tier::Strategic, Tier::Core, Tier::Additional, Tier::Enabling]
            .into_iter()
            .map(|tier| (tier, part(&|cell| cell.tier == tier)))
            .collect(),
    }
}
