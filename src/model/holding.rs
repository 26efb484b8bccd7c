//! Which rating holds for a link of a task in a phase and a unit, and on what footing.

use std::collections::HashMap;

use serde::Serialize;

use super::{CaseStudy, Parts, Statement};
use crate::id::{PoolId, RegionId, RowId};
use crate::scale::{Level, Link};

/// Whether a rating was made for the unit itself, or is wider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Footing {
    /// It was made for a region around the unit, or for the whole.
    FromTheWhole,
    /// It was made for the unit.
    Regional,
}

/// The rating that holds for a link of a task in a phase and a unit.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Held<'a> {
    /// Place of its block among the ratings.
    pub rating: usize,
    /// The statement that holds.
    pub statement: &'a Statement<Level>,
    /// Whether it was made for the unit.
    pub footing: Footing,
    /// The pool that it is inherited from, if the task has no rating of its own.
    pub inherited: Option<&'a PoolId>,
}

/// The ratings of each subject and link.
pub(crate) struct RatingIndex(HashMap<(RowId, Link), Vec<Entry>>);

struct Entry {
    /// Place of the region; the area for ratings of the whole.
    region: usize,
    /// Place of the phase; none for ratings of every phase.
    phase: Option<usize>,
    /// Place of the block.
    rating: usize,
}

impl RatingIndex {
    pub(super) fn new(parts: &Parts, area: usize) -> Self {
        let region_at = |id: &RegionId| parts.regions.iter().position(|region| region.id == *id);
        let phase_at = |id: &crate::id::PhaseId| parts.phases.iter().position(|phase| phase.id == *id);
        let mut index: HashMap<(RowId, Link), Vec<Entry>> = HashMap::with_capacity(parts.ratings.len() * 2);
        for (rating, block) in parts.ratings.iter().enumerate() {
            let regions: Vec<usize> =
                if block.regions.is_empty() { vec![area] } else { block.regions.iter().filter_map(region_at).collect() };
            let phases: Vec<Option<usize>> =
                if block.phases.is_empty() { vec![None] } else { block.phases.iter().map(&phase_at).filter(Option::is_some).collect() };
            let subjects = block.tasks.iter().map(RowId::from).chain(block.pools.iter().map(RowId::from));
            for subject in subjects {
                for link in Link::ALL.iter().filter(|link| block.link(**link).is_some()) {
                    let entries = index.entry((subject.clone(), *link)).or_default();
                    for region in &regions {
                        entries.extend(phases.iter().map(|phase| Entry { region: *region, phase: *phase, rating }));
                    }
                }
            }
        }
        Self(index)
    }

    /// The block that holds for a subject: narrower in region first, then narrower in phase.
    fn find(&self, subject: &RowId, link: Link, chain: &[usize], phase: usize) -> Option<(usize, usize)> {
        let entries = self.0.get(&(subject.clone(), link))?;
        for region in chain {
            for wanted in [Some(phase), None] {
                if let Some(entry) = entries.iter().find(|e| e.region == *region && e.phase == wanted) {
                    return Some((entry.rating, *region));
                }
            }
        }
        None
    }
}

impl CaseStudy {
    /// The rating that holds for a link of a task in a phase and a unit; nothing where none is coded.
    ///
    /// A task's own rating of any width goes before its main pool's for that link, which it inherits.
    /// Among ratings of one subject the narrower in region goes first, then the narrower in phase,
    /// whatever it says: a narrower *not assessed* goes before a wider level.
    #[must_use]
    pub fn holding(&self, task: usize, link: Link, phase: usize, unit: usize) -> Option<Held<'_>> {
        let row = self.tasks().get(task)?;
        if let Some(held) = self.held(&RowId::from(&row.id), link, phase, unit) {
            return Some(held);
        }
        let pool = row.main_pool(link)?;
        self.holding_of_pool(pool, link, phase, unit).map(|held| Held { inherited: Some(pool), ..held })
    }

    /// The rating that holds for a link of a pool in a phase and a unit.
    #[must_use]
    pub fn holding_of_pool(&self, pool: &PoolId, link: Link, phase: usize, unit: usize) -> Option<Held<'_>> {
        self.held(&RowId::from(pool), link, phase, unit)
    }

    fn held(&self, subject: &RowId, link: Link, phase: usize, unit: usize) -> Option<Held<'_>> {
        let chain = self.0.index.chains.get(unit)?;
        let (rating, region) = self.0.index.ratings.find(subject, link, chain, phase)?;
        let statement = self.ratings()[rating].link(link)?;
        let footing = if region == chain[0] && region != self.0.index.area { Footing::Regional } else { Footing::FromTheWhole };
        Some(Held { rating, statement, footing, inherited: None })
    }
}
