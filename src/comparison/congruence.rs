//! Congruence side by side: headlines, links, substantive fields and tiers.

use serde::Serialize;

use super::{Apart, apart, each};
use crate::id::{Slug, StudyId};
use crate::measure::Share;
use crate::scale::{Confidence, Level, Tier};
use crate::scoring::kernel::{NOT_APPLICABLE, Tally};
use crate::scoring::median::lower_median;
use crate::scoring::plan::Cell;
use crate::scoring::profile::{Evaluated, headline};
use crate::scoring::{Assessment, Bounds, Headline, LinkProfile};

/// The group of the whole.
const WHOLE: usize = 0;

/// Congruence over the studies, each over its whole (its main phases, where some are marked).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CongruenceCompared {
    /// Each study, in order.
    pub studies: Vec<CongruenceOf>,
    /// Every two studies whose headlines' ranges lie apart; all others with a headline overlap.
    pub apart: Vec<Apart>,
    /// Substantive fields of tasks, in the order of the alphabet.
    pub by_field: Vec<FieldCompared>,
    /// All tiers of priority, highest first.
    pub by_tier: Vec<TierCompared>,
}

/// Congruence in one study.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CongruenceOf {
    /// The study.
    pub study: StudyId,
    /// All its tasks.
    #[serde(flatten)]
    pub whole: Part,
    /// The lowest confidence that the headline needs.
    pub confidence: Option<Confidence>,
    /// The four links without any minimum, each with the share of the assessed weight in which it is lowest; several
    /// may be lowest in one cell.
    pub links: [LinkProfile; 4],
}

/// Tasks of one substantive field over the studies that have any to which the question applies.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FieldCompared {
    /// The field.
    pub field: Slug,
    /// Each study that has some, in order.
    pub studies: Vec<PartOf>,
    /// Every two whose ranges lie apart.
    pub apart: Vec<Apart>,
}

/// Tasks of one tier over the studies that have any to which the question applies; none may.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TierCompared {
    /// The tier.
    pub tier: Tier,
    /// Each study that has some, in order.
    pub studies: Vec<PartOf>,
    /// Every two whose ranges lie apart.
    pub apart: Vec<Apart>,
}

/// Some tasks of a study.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PartOf {
    /// The study.
    pub study: StudyId,
    /// Its tasks there.
    #[serde(flatten)]
    pub part: Part,
}

/// What some cells say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Part {
    /// Weighted lower median with its exact range; nothing under the method's floor of coverage.
    pub headline: Headline,
    /// The same over all applicable weight, links not assessed free; nothing where nothing is applicable.
    pub bounds: Option<Bounds>,
    /// Share of the applicable weight that is assessed.
    pub weight: Share,
    /// Tasks there to which the question applies.
    pub tasks: usize,
}

pub(super) fn of(all: &[&Assessment]) -> CongruenceCompared {
    let cells: Vec<Cells> = each(all, Cells::of);
    let part = |inside: &dyn Fn(&Cells, &Cell) -> bool| -> Vec<PartOf> {
        let parts = cells.iter().map(|cells| (cells, cells.part(|cell| inside(cells, cell))));
        let parts = parts.filter(|(_, part)| part.tasks > 0);
        parts.map(|(cells, part)| PartOf { study: cells.assessment.head().id.clone(), part }).collect()
    };
    let mut fields: Vec<&Slug> = all.iter().flat_map(|one| one.study().tasks()).map(|task| &task.field).collect();
    fields.sort_unstable();
    fields.dedup();
    let by_field = fields.into_iter().map(|field| {
        let studies = part(&|cells, cell| cells.assessment.study().tasks()[cell.task].field == *field);
        FieldCompared { field: field.clone(), apart: parts_apart(&studies), studies }
    });
    let by_tier = [Tier::Strategic, Tier::Core, Tier::Additional, Tier::Enabling].into_iter().map(|tier| {
        let studies = part(&|_, cell| cell.tier == tier);
        TierCompared { tier, apart: parts_apart(&studies), studies }
    });
    let (by_field, by_tier) = (by_field.filter(|field| !field.studies.is_empty()).collect(), by_tier.collect());
    let studies: Vec<CongruenceOf> = cells.iter().map(Cells::study).collect();
    let apart = ranges_apart(studies.iter().map(|one| (&one.study, one.whole.headline)));
    CongruenceCompared { studies, apart, by_field, by_tier }
}

fn parts_apart(parts: &[PartOf]) -> Vec<Apart> {
    ranges_apart(parts.iter().map(|one| (&one.study, one.part.headline)))
}

fn ranges_apart<'a>(headlines: impl Iterator<Item = (&'a StudyId, Headline)>) -> Vec<Apart> {
    let ends = |headline| match headline {
        Headline::Known { low, high, .. } => Some((low, high)),
        Headline::Unknown { .. } => None,
    };
    let ranges: Vec<_> = headlines.map(|(study, headline)| (study, ends(headline))).collect();
    apart(&ranges, |a: &(Level, Level), b| a.0 > b.1)
}

/// The cells of a study's whole, evaluated.
struct Cells<'a> {
    assessment: &'a Assessment,
    at: Evaluated,
}

impl<'a> Cells<'a> {
    fn of(assessment: &'a Assessment) -> Self {
        Self { assessment, at: Evaluated::of(assessment.plan()) }
    }

    fn study(&self) -> CongruenceOf {
        let (assessment, whole) = (self.assessment, self.assessment.congruence().headline());
        CongruenceOf {
            study: assessment.head().id.clone(),
            whole: Part {
                headline: whole.headline,
                bounds: whole.bounds,
                weight: whole.coverage.weight,
                tasks: whole.coverage.tasks.applicable,
            },
            confidence: assessment.confidence().congruence.carries,
            links: whole.links,
        }
    }

    /// The cells that are inside.
    fn part(&self, inside: impl Fn(&Cell) -> bool) -> Part {
        let (plan, at) = (self.assessment.plan(), &self.at);
        let mut tallies = [Tally::default(); 5];
        let mut tasks: Vec<usize> = Vec::new();
        for (n, cell) in plan.cells.iter().enumerate().filter(|(_, cell)| plan.is_in(cell, WHOLE) && inside(cell)) {
            for (tally, levels) in tallies.iter_mut().zip([&at.stated, &at.low, &at.high, &at.free_low, &at.free_high]) {
                tally.add(levels[n], cell.weight);
            }
            if at.stated[n] != NOT_APPLICABLE {
                tasks.push(cell.task);
            }
        }
        tasks.sort_unstable();
        tasks.dedup();
        let [stated, low, high, free_low, free_high] = &tallies;
        let bounds = lower_median(&free_low.levels).zip(lower_median(&free_high.levels));
        Part {
            headline: headline(stated, &low.levels, &high.levels, false, self.assessment.method()),
            bounds: bounds.map(|(low, high)| Bounds { low, high }),
            weight: Share::new(stated.assessed(), stated.applicable()),
            tasks: tasks.len(),
        }
    }
}
