//! What to ask next: which one inquiry would take most ranges away, and add most coverage.

use std::fmt;

use serde::Serialize;

use super::answers::{Move, Told, headlines, moved_headlines};
use crate::id::{PoolId, Slug};
use crate::measure::Share;
use crate::model::{CaseStudy, Rating};
use crate::scale::{Level, Link};
use crate::scoring::Method;
use crate::scoring::kernel::cell_level;
use crate::scoring::plan::{Cell, Plan};
use crate::scoring::profile::Evaluated;

/// What one inquiry could answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "kind", content = "of", rename_all = "kebab-case")]
pub enum Inquiry {
    /// The means of a pool: its resources and capabilities, wherever and whenever.
    Pool(PoolId),
    /// One link of all tasks, as far as it is told of tasks and not of pools.
    Link(Link),
    /// All links of the tasks of a field.
    Field(Slug),
}

impl fmt::Display for Inquiry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pool(id) => write!(f, "the pool {id}"),
            Self::Link(link) => write!(f, "the {link} of all tasks"),
            Self::Field(field) => write!(f, "the tasks on {field}"),
        }
    }
}

/// An inquiry with what it would bring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Question {
    /// What is asked.
    pub inquiry: Inquiry,
    /// Rated links of blocks with a range, and links not assessed, contested or not coded.
    pub rows: [usize; 2],
    /// Share of the assessed weight that loses its range when the ratings are held at their stated levels.
    pub narrows: Share,
    /// Share of the assessed weight without a range when this and all questions before it are answered so.
    pub together: Share,
    /// Share of the applicable weight that would be assessed if all its unknown links were.
    pub adds: Share,
    /// The headlines whose ranges are narrower then.
    pub headlines: Vec<Move>,
}

/// What to ask next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AskNext {
    /// Share of the assessed weight without a range today.
    pub certain: Share,
    /// Share of the applicable weight assessed today.
    pub coverage: Share,
    /// The questions, the most useful first; those that would bring nothing are left away.
    pub questions: Vec<Question>,
}

impl CaseStudy {
    /// What to ask next: ratings grouped by what one inquiry could answer, ordered by the weight that loses
    /// its range when they are held at their stated level, then by the coverage that they would add.
    ///
    /// A cell has a range where the minimum of its links' low ends is not that of their high ends. An answer may
    /// well differ from the level held: what is told is how much hangs on it, never what it will be. A row on tasks
    /// of several fields is of none of them.
    ///
    /// Source: this crate's, after the value of information; no probability is put on answers.
    ///
    /// ```no_run
    /// # let _ = told;
    /// fn told(study: &peaceops::CaseStudy) {
    ///     if let Some(first) = study.ask_next(&peaceops::scoring::Method::default()).questions.first() {
    ///         println!("ask for {}: {} of the weight loses its range", first.inquiry, first.narrows);
    ///     }
    /// }
    /// ```
    #[must_use]
    pub fn ask_next(&self, method: &Method) -> AskNext {
        let plan = Plan::whole(self, method);
        let at = Evaluated::of(&plan);
        let asked = Asked { study: self, method, told: headlines(&plan, &at, method), plan: &plan, at: &at };
        let (assessed, applicable) = (at.stated_of(0).assessed(), at.stated_of(0).applicable());
        let certain = asked.certain(&at);
        let mut found: Vec<(Vec<bool>, Question)> = asked
            .inquiries()
            .into_iter()
            .map(|inquiry| asked.question(inquiry, certain))
            .filter(|(_, question)| question.narrows.part() + question.adds.part() > 0)
            .collect();
        found.sort_by(|(_, a), (_, b)| {
            b.narrows.compare(a.narrows).then_with(|| b.adds.compare(a.adds)).then_with(|| a.inquiry.cmp(&b.inquiry))
        });
        let mut held = vec![false; plan.slots.len()];
        let questions = found.into_iter().map(|(slots, question)| {
            held.iter_mut().zip(slots).for_each(|(held, slot)| *held |= slot);
            let together = Share::new(asked.certain(&Evaluated::of(&asked.held(&held))), assessed);
            Question { together, ..question }
        });
        let questions = questions.collect();
        AskNext { certain: Share::new(certain, assessed), coverage: Share::new(assessed, applicable), questions }
    }
}

struct Asked<'a> {
    study: &'a CaseStudy,
    method: &'a Method,
    plan: &'a Plan,
    at: &'a Evaluated,
    told: Vec<Told>,
}

impl Asked<'_> {
    fn inquiries(&self) -> Vec<Inquiry> {
        let mut fields: Vec<Slug> = self.study.tasks().iter().map(|task| task.field.clone()).collect();
        fields.sort();
        fields.dedup();
        let pools = self.study.pools().iter().map(|pool| Inquiry::Pool(pool.id.clone()));
        pools.chain(Link::ALL.iter().copied().map(Inquiry::Link)).chain(fields.into_iter().map(Inquiry::Field)).collect()
    }

    /// Whether an inquiry is about a link of a block of ratings.
    fn is_about(&self, inquiry: &Inquiry, block: &Rating, link: Link) -> bool {
        match inquiry {
            Inquiry::Pool(pool) => block.pools.contains(pool),
            Inquiry::Link(of) => *of == link && !block.tasks.is_empty(),
            Inquiry::Field(field) => {
                let of = |task: &crate::id::TaskId| self.study.task(task).is_some_and(|task| task.field == *field);
                !block.tasks.is_empty() && block.tasks.iter().all(of)
            }
        }
    }

    /// Whether an inquiry is about a link of a cell of which no row speaks.
    fn is_about_uncoded(&self, inquiry: &Inquiry, cell: &Cell, link: Link) -> bool {
        let task = &self.study.tasks()[cell.task];
        match inquiry {
            Inquiry::Pool(pool) => task.main_pool(link) == Some(pool),
            Inquiry::Link(of) => *of == link && task.main_pool(link).is_none(),
            Inquiry::Field(field) => task.field == *field,
        }
    }

    fn question(&self, inquiry: Inquiry, certain: u64) -> (Vec<bool>, Question) {
        let plan = self.plan;
        let about: Vec<bool> =
            plan.slots.iter().map(|slot| self.is_about(&inquiry, &self.study.ratings()[slot.rating], slot.link)).collect();
        let rated = |slot: usize| plan.stated[slot] <= Level::Full.index();
        let open = |slot: usize| plan.stated[slot] == crate::scoring::kernel::UNKNOWN;
        let slots = || (0..plan.slots.len()).filter(|slot| about[*slot]);
        let ranges = slots().filter(|slot| rated(*slot) && plan.low[*slot] != plan.high[*slot]).count();
        let held = self.held(&about);
        let then = Evaluated::of(&held);
        // All that is unknown and asked becomes known: at which level does not matter for coverage.
        let known = plan.stated.len();
        let mut levels = plan.stated.clone();
        levels.push(Level::Full.index());
        slots().filter(|slot| open(*slot)).for_each(|slot| levels[slot] = Level::Full.index());
        let (mut uncoded, mut added) = (0, 0);
        for (n, cell) in plan.cells.iter().enumerate() {
            let mut answered = cell.clone();
            for link in Link::ALL {
                let slot = &mut answered.slots[link.index()];
                if *slot as usize == plan.slots.len() && self.is_about_uncoded(&inquiry, cell, *link) {
                    *slot = u32::try_from(known).unwrap_or(*slot);
                    uncoded += 1;
                }
            }
            if plan.is_in(cell, 0) && self.at.stated[n] > 4 && cell_level(plan.links, &answered, &levels) <= 4 {
                added += cell.weight;
            }
        }
        let all = self.at.stated_of(0);
        let question = Question {
            rows: [ranges, slots().filter(|slot| open(*slot)).count() + uncoded],
            narrows: Share::new(self.certain(&then) - certain, all.assessed()),
            together: Share::default(),
            adds: Share::new(added, all.applicable()),
            headlines: moved_headlines(self.study, &self.told, headlines(&held, &then, self.method)).collect(),
            inquiry,
        };
        (about, question)
    }

    /// The plan with some rated slots held at their stated level.
    fn held(&self, about: &[bool]) -> Plan {
        let mut plan = self.plan.clone();
        for slot in (0..about.len()).filter(|slot| about[*slot]) {
            (plan.low[slot], plan.high[slot]) = (plan.stated[slot], plan.stated[slot]);
        }
        plan
    }

    /// The assessed weight without a range.
    fn certain(&self, at: &Evaluated) -> u64 {
        let cells = self.plan.cells.iter().enumerate();
        let cells = cells.filter(|(_, cell)| self.plan.is_in(cell, 0));
        cells.filter(|(n, _)| at.stated[*n] <= 4 && at.low[*n] == at.high[*n]).map(|(_, cell)| cell.weight).sum()
    }
}
