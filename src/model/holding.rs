//! Which rating holds for a link of a task in a phase and a unit, and on what footing.

use serde::Serialize;

use super::{CaseStudy, Parts, Statement, Table, Task};
use crate::id::PoolId;
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
pub(crate) struct RatingIndex {
    /// The entries, those of one subject and link together.
    entries: Vec<Entry>,
    /// Where those of each subject and link begin, and where the last ones end: tasks first, then pools.
    starts: Vec<usize>,
    /// For each task and link the place of the pool that it inherits from.
    main_pools: Vec<[Option<usize>; 4]>,
}

/// What is rated: a task or a pool, by its place.
#[derive(Clone, Copy)]
enum Subject {
    Task(usize),
    Pool(usize),
}

#[derive(Clone, Copy)]
struct Entry {
    /// Place of the region; the area for ratings of the whole.
    region: usize,
    /// Place of the phase; none for ratings of every phase.
    phase: Option<usize>,
    /// Place of the block.
    rating: usize,
}

impl RatingIndex {
    /// `place` gives the place of a row of a table by its id.
    pub(super) fn new(parts: &Parts, place: &dyn Fn(Table, &str) -> Option<usize>, area: usize) -> Self {
        let main_pool = |task: &Task, link| task.main_pool(link).and_then(|pool| place(Table::Pool, pool.as_str()));
        let main_pools = parts.tasks.iter().map(|task| [0, 1, 2, 3].map(|link| main_pool(task, Link::ALL[link]))).collect();
        let starts = vec![0; (parts.tasks.len() + parts.pools.len()) * 4 + 1];
        let mut index = Self { entries: Vec::new(), starts, main_pools };
        let mut found: Vec<(usize, Entry)> = Vec::with_capacity(parts.ratings.len() * 4);
        for (rating, block) in parts.ratings.iter().enumerate() {
            let regions: Vec<usize> = match block.regions.as_slice() {
                [] => vec![area],
                regions => regions.iter().filter_map(|id| place(Table::Region, id.as_str())).collect(),
            };
            let phases: Vec<Option<usize>> = match block.phases.as_slice() {
                [] => vec![None],
                phases => phases.iter().map(|id| place(Table::Phase, id.as_str())).filter(Option::is_some).collect(),
            };
            let tasks = block.tasks.iter().filter_map(|id| place(Table::Task, id.as_str()).map(Subject::Task));
            let pools = block.pools.iter().filter_map(|id| place(Table::Pool, id.as_str()).map(Subject::Pool));
            for subject in tasks.chain(pools) {
                for link in Link::ALL.iter().filter(|link| block.link(**link).is_some()) {
                    let key = index.key(subject, *link);
                    for region in &regions {
                        found.extend(phases.iter().map(|phase| (key, Entry { region: *region, phase: *phase, rating })));
                    }
                }
            }
        }
        found.sort_by_key(|(key, _)| *key);
        for (key, _) in &found {
            index.starts[key + 1] += 1;
        }
        for key in 1..index.starts.len() {
            index.starts[key] += index.starts[key - 1];
        }
        index.entries = found.into_iter().map(|(_, entry)| entry).collect();
        index
    }

    /// The place of a subject and link in `starts`.
    fn key(&self, subject: Subject, link: Link) -> usize {
        let subject = match subject {
            Subject::Task(task) => task,
            Subject::Pool(pool) => self.main_pools.len() + pool,
        };
        subject * 4 + link.index()
    }

    /// The block that holds for a subject: narrower in region first, then narrower in phase.
    fn find(&self, subject: Subject, link: Link, chain: &[usize], phase: usize) -> Option<(usize, usize)> {
        let key = self.key(subject, link);
        let entries = &self.entries[self.starts[key]..self.starts[key + 1]];
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
        if let Some(held) = self.held(Subject::Task(task), link, phase, unit) {
            return Some(held);
        }
        let pool = self.0.index.ratings.main_pools[task][link.index()]?;
        self.held(Subject::Pool(pool), link, phase, unit).map(|held| Held { inherited: row.main_pool(link), ..held })
    }

    /// The rating that holds for a link of a pool in a phase and a unit.
    #[must_use]
    pub fn holding_of_pool(&self, pool: usize, link: Link, phase: usize, unit: usize) -> Option<Held<'_>> {
        self.held(Subject::Pool(pool), link, phase, unit)
    }

    fn held(&self, subject: Subject, link: Link, phase: usize, unit: usize) -> Option<Held<'_>> {
        let chain = self.0.index.chains.get(unit)?;
        let (rating, region) = self.0.index.ratings.find(subject, link, chain, phase)?;
        let statement = self.ratings()[rating].link(link)?;
        let footing = if region == chain[0] && region != self.0.index.area { Footing::Regional } else { Footing::FromTheWhole };
        Some(Held { rating, statement, footing, inherited: None })
    }
}
