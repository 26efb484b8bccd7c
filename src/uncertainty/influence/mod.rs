//! Influence: what the answers would be without one item of evidence, source, group, side, task or region.

mod base;
mod carriers;
mod roots;

use std::cmp::{Ordering, Reverse};
use std::fmt;

use serde::Serialize;

pub use carriers::{Carrier, Carriers, carriers};

use self::base::Base;
use super::answers::Move;
use crate::id::{EvidenceId, RegionId, SourceId, TaskId};
use crate::measure::Share;
use crate::model::CaseStudy;
use crate::scoring::Method;

/// What is left out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "kind", content = "id", rename_all = "kebab-case")]
pub enum LeftOut {
    /// A row of evidence.
    Evidence(EvidenceId),
    /// A text, with all evidence that is told in it alone.
    Source(SourceId),
    /// All pieces of one independence group.
    Group(String),
    /// All pieces that are the voice of one side alone, and the positions of the groups of that side.
    Side(String),
    /// A task, with its cells.
    Task(TaskId),
    /// A unit: its cells, and the findings, effects and positions told of it alone.
    Region(RegionId),
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Evidence(id) => write!(f, "evidence {id}"),
            Self::Source(id) => write!(f, "source {id}"),
            Self::Group(id) => write!(f, "group {id}"),
            Self::Side(id) => write!(f, "side {id}"),
            Self::Task(id) => write!(f, "task {id}"),
            Self::Region(id) => write!(f, "region {id}"),
        }
    }
}

/// How many judgements fall with what is left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Fallen {
    /// Links of blocks of ratings: not assessed then.
    pub ratings: usize,
    /// Findings: not counted then.
    pub findings: usize,
    /// Effects: not counted then, and the claims on them are not made.
    pub effects: usize,
    /// Positions of stakeholders: not stated then.
    pub positions: usize,
    /// Grounds of claims: conditions (unknown then), outcomes of rivals (not tested then) and of tests (not looked
    /// for then).
    pub grounds: usize,
}

impl Fallen {
    /// All of them.
    #[must_use]
    pub fn all(&self) -> usize {
        self.ratings + self.findings + self.effects + self.positions + self.grounds
    }
}

/// What the answers are without one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Influence {
    /// What is left out.
    pub left_out: LeftOut,
    /// What falls with it.
    pub fallen: Fallen,
    /// What comes out differently.
    pub moves: Vec<Move>,
    /// Share of the weight assessed that is assessed no more, over the whole study.
    pub lost: Share,
}

/// How much something moves, in one measure that can be ordered: answers first; of as many answers their steps;
/// of as many steps what moves beside them; then the weight lost.
///
/// The order is lexicographic: no number of ranges makes up for one answer, for an answer that comes out otherwise
/// is another answer, and a wider range is the same one said less surely.
///
/// ```
/// use peaceops::measure::Share;
/// use peaceops::uncertainty::Extent;
///
/// let one = Extent { answers: 1, steps: 0, beside: 0, lost: Share::new(0, 1) };
/// let many = Extent { answers: 0, steps: 0, beside: 9, lost: Share::new(1, 2) };
/// assert!(one > many);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Extent {
    /// Answers that become unknown, or known, or change their level, band, side or strength.
    pub answers: usize,
    /// Steps between those that are known before and after, added up.
    pub steps: u32,
    /// Ranges of headlines that stay, and levels of confidence that carry them.
    pub beside: usize,
    /// Share of the weight assessed that is assessed no more.
    pub lost: Share,
}

impl Ord for Extent {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |one: &Self| (one.answers, one.steps, one.beside);
        key(self).cmp(&key(other)).then_with(|| self.lost.compare(other.lost))
    }
}

impl PartialOrd for Extent {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Influence {
    /// Answers that move: headlines, bands, sides, readings and strengths.
    #[must_use]
    pub fn answers(&self) -> usize {
        self.of_answers().count()
    }

    /// Steps by which answers move, added up; a move to or from unknown has none.
    #[must_use]
    pub fn steps(&self) -> u32 {
        self.of_answers().filter_map(Move::steps).map(u32::from).sum()
    }

    /// Headlines that stay, with another range.
    #[must_use]
    pub fn ranges(&self) -> usize {
        self.moves.iter().filter(|one| matches!(one, Move::Congruence { .. }) && !one.is_of_the_answer()).count()
    }

    /// Headlines that stay, carried by another confidence.
    #[must_use]
    pub fn confidences(&self) -> usize {
        self.moves.iter().filter(|one| matches!(one, Move::Confidence { .. })).count()
    }

    /// How much moves without it: what the table is ranked by.
    #[must_use]
    pub fn extent(&self) -> Extent {
        let answers = self.answers();
        Extent { answers, steps: self.steps(), beside: self.moves.len() - answers, lost: self.lost }
    }

    fn of_answers(&self) -> impl Iterator<Item = &Move> {
        self.moves.iter().filter(|one| one.is_of_the_answer())
    }
}

impl CaseStudy {
    /// What moves when one item of evidence, source, independence group, side, task or region is left out:
    /// the full table, the most influential first.
    ///
    /// A judgement falls when all pieces that support it are left out. One without any piece stays, and so does
    /// one with a piece left. What falls, and what then holds:
    ///
    /// | falls | then |
    /// |---|---|
    /// | a link of a block of ratings | it is not assessed |
    /// | a finding, an effect | it is not counted; a claim on the effect is not made |
    /// | a position | it is not stated; with a side also all positions of its groups |
    /// | a condition of a claim | it is unknown, even where it was *not met* |
    /// | the outcome of a rival | the rival stands recorded and not tested |
    /// | the outcome of a test | nobody looked for the clue |
    ///
    /// Compared are the headlines of congruence, the bands of dimensions, the side of the situation, the reading
    /// and the middle of every consensus over the whole, the strength of every claim, and the level of confidence
    /// that carries a headline, band or side which itself stays. Confidence is read again from the pieces that are
    /// left; what a person decided stands. Without a task or a region the cells of it go; evidence gathered there
    /// stays.
    ///
    /// Ranked by [`Influence::extent`].
    ///
    /// Source: leave-one-out, as in any sensitivity analysis (OECD/JRC 2008, step 7); what falls with a piece is
    /// this crate's rule. Misleads when two pieces carry a judgement together: either alone shows nothing.
    ///
    /// ```no_run
    /// # let _ = told;
    /// fn told(study: &peaceops::CaseStudy) {
    ///     for one in study.influence(&peaceops::scoring::Method::default()).iter().take(3) {
    ///         println!("without {}: {} answers move by {} steps", one.left_out, one.answers(), one.steps());
    ///     }
    /// }
    /// ```
    #[must_use]
    pub fn influence(&self, method: &Method) -> Vec<Influence> {
        let base = Base::of(self, method);
        let mut table: Vec<Influence> = base.things().into_iter().map(|(thing, gone)| base.without(thing, &gone)).collect();
        table.sort_by_cached_key(|one| (Reverse(one.extent()), one.left_out.clone()));
        table
    }
}
