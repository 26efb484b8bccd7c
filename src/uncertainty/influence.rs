//! Influence: what the answers would be without one item of evidence, source, group, side, task or region.

use std::cmp::{Ordering, Reverse};
use std::collections::HashMap;
use std::fmt;

use serde::Serialize;

use super::answers::{Bands, Move, Sides, Told, bands, headlines, moved_bands, moved_headlines, moved_sides, sides};
use crate::id::{EvidenceId, RegionId, RowId, SourceId, TaskId};
use crate::measure::Share;
use crate::model::{Bearing, Bearings, CaseStudy, Piece, RatingUnit};
use crate::scale::Level;
use crate::scoring::Method;
use crate::scoring::dimension::dimensions_of;
use crate::scoring::kernel::UNKNOWN;
use crate::scoring::plan::{Plan, Slot};
use crate::scoring::profile::Evaluated;
use crate::scoring::relevance::relevance_of;

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
    /// All pieces that are the voice of one side alone.
    Side(String),
    /// A task, with its cells.
    Task(TaskId),
    /// A unit: its cells, and the findings and effects told of it alone.
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

/// What the answers are without one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Influence {
    /// What is left out.
    pub left_out: LeftOut,
    /// Links of blocks of ratings, findings and effects that fall with it.
    pub judgements: [usize; 3],
    /// What comes out differently.
    pub moves: Vec<Move>,
    /// Share of the weight assessed that is assessed no more, over the whole study.
    pub lost: Share,
}

impl Influence {
    /// Headlines, bands and sides that move.
    #[must_use]
    pub fn answers(&self) -> usize {
        self.moves.iter().filter(|one| one.is_of_the_answer()).count()
    }

    fn compare(&self, other: &Self) -> Ordering {
        let congruence =
            |one: &Self| one.moves.iter().filter(|one| matches!(one, Move::Congruence { .. }) && one.is_of_the_answer()).count();
        let steps = |one: &Self| one.moves.iter().filter_map(Move::steps).map(u32::from).sum::<u32>();
        let key = |one: &Self| Reverse((congruence(one), one.answers(), steps(one), one.moves.len()));
        key(self).cmp(&key(other)).then_with(|| other.lost.compare(self.lost)).then_with(|| self.left_out.cmp(&other.left_out))
    }
}

/// What a judgement rests on, by the places of evidence and sources.
type Roots = Vec<usize>;

impl CaseStudy {
    /// What moves when one item of evidence, source, independence group, side, task or region is left out:
    /// the full table, the most influential first.
    ///
    /// A rating, finding or effect falls when all pieces that support it are left out; a rating is then not
    /// assessed. One without any piece stays, and so does one with a piece left. Ranked by the headlines of
    /// congruence that move, then by all answers that move, by their steps, by what moves at all, and by the
    /// weight no longer assessed.
    ///
    /// Source: leave-one-out, as in any sensitivity analysis (OECD/JRC 2008, step 7); what falls with a piece is
    /// this crate's rule. Misleads when two pieces carry a judgement together: either alone shows nothing.
    ///
    /// ```no_run
    /// # let _ = told;
    /// fn told(study: &peaceops::CaseStudy) {
    ///     for one in study.influence(&peaceops::scoring::Method::default()).iter().take(3) {
    ///         println!("without {}: {} answers move", one.left_out, one.answers());
    ///     }
    /// }
    /// ```
    #[must_use]
    pub fn influence(&self, method: &Method) -> Vec<Influence> {
        let base = Base::of(self, method);
        let mut table: Vec<Influence> = base.things().into_iter().map(|(thing, gone)| base.without(thing, &gone)).collect();
        table.sort_by(Influence::compare);
        table
    }
}

/// What leaving a thing out takes away.
enum Gone {
    /// Pieces, by their places: evidence first, then sources.
    Pieces(Vec<bool>),
    Task(usize),
    Unit(usize),
}

struct Base<'a> {
    study: &'a CaseStudy,
    method: &'a Method,
    rated: Vec<RatingUnit>,
    plan: Plan,
    /// What each slot, finding and effect rests on.
    slots: Vec<Roots>,
    findings: Vec<Roots>,
    effects: Vec<Roots>,
    headlines: Vec<Told>,
    bands: Bands,
    sides: Sides,
    assessed: u64,
}

impl<'a> Base<'a> {
    fn of(study: &'a CaseStudy, method: &'a Method) -> Self {
        let rated = study.rating_units(i64::from(method.cells.least_days));
        let plan = Plan::of(study, method, &rated);
        let bearings = Bearings::of(study);
        let places = Places::of(study);
        let statement = |slot: &Slot| study.ratings()[slot.rating].link(slot.link);
        let slots = plan.slots.iter().map(|slot| statement(slot).map_or_else(Roots::new, |one| places.of_all(&bearings.under(one))));
        let findings = study.findings().iter().map(|row| bearings.on(&RowId::from(&row.id), &row.evidence, &row.provenance));
        let effects = study.effects().iter().map(|row| bearings.on(&RowId::from(&row.id), &row.evidence, &row.provenance));
        let at = Evaluated::of(&plan);
        Self {
            slots: slots.collect(),
            findings: findings.map(|bearing| places.of_all(&bearing)).collect(),
            effects: effects.map(|bearing| places.of_all(&bearing)).collect(),
            headlines: headlines(&plan, &at, method),
            bands: bands(&dimensions_of(study, method, &|_| true)),
            sides: sides(&relevance_of(study, method, &|_| true)),
            assessed: at.stated_of(0).assessed(),
            study,
            method,
            rated,
            plan,
        }
    }

    /// Everything that can be left out, with what goes.
    fn things(&self) -> Vec<(LeftOut, Gone)> {
        let study = self.study;
        let pieces: Vec<Piece<'_>> = study.evidence().iter().map(Piece::Evidence).chain(study.sources().iter().map(Piece::Text)).collect();
        let mut things: Vec<(LeftOut, Gone)> = Vec::new();
        let mut add = |thing: LeftOut, gone: &dyn Fn(&Piece<'_>) -> bool| {
            things.push((thing, Gone::Pieces(pieces.iter().map(gone).collect())));
        };
        for row in study.evidence() {
            add(LeftOut::Evidence(row.id.clone()), &|piece| matches!(piece, Piece::Evidence(other) if other.id == row.id));
        }
        for row in study.sources() {
            add(LeftOut::Source(row.id.clone()), &|piece| match piece {
                Piece::Text(other) => other.id == row.id,
                Piece::Evidence(told) => {
                    !told.provenance.cites.is_empty() && told.provenance.cites.iter().all(|cite| cite.source == row.id)
                }
            });
        }
        let named = |of: &dyn Fn(&Piece<'_>) -> Vec<String>| {
            let mut names: Vec<String> = pieces.iter().flat_map(of).collect();
            names.sort();
            names.dedup();
            names
        };
        for group in named(&|piece| vec![piece.group().to_owned()]) {
            // A group of one piece is that piece, which is in the table.
            if pieces.iter().filter(|piece| piece.group() == group).count() > 1 {
                add(LeftOut::Group(group.clone()), &|piece| piece.group() == group);
            }
        }
        for side in named(&|piece| piece.sides().iter().map(ToString::to_string).collect()) {
            add(LeftOut::Side(side.clone()), &|piece| !piece.sides().is_empty() && piece.sides().iter().all(|one| one.as_str() == side));
        }
        let mut in_cells: Vec<usize> = self.rated.iter().map(|at| at.task).collect();
        in_cells.sort_unstable();
        in_cells.dedup();
        things.extend(in_cells.into_iter().map(|task| (LeftOut::Task(study.tasks()[task].id.clone()), Gone::Task(task))));
        if self.plan.units > 1 {
            things.extend(study.units().enumerate().map(|(at, unit)| (LeftOut::Region(unit.id.clone()), Gone::Unit(at))));
        }
        things
    }

    fn without(&self, left_out: LeftOut, gone: &Gone) -> Influence {
        let study = self.study;
        let falls = |roots: &Roots| match gone {
            Gone::Pieces(gone) => !roots.is_empty() && roots.iter().all(|root| gone[*root]),
            _ => false,
        };
        let alone = |regions: &[RegionId]| match gone {
            Gone::Unit(unit) => {
                let units = study.covered(regions);
                !regions.is_empty() && units.len() == 1 && units.contains(*unit)
            }
            _ => false,
        };
        let slots: Vec<usize> = (0..self.slots.len()).filter(|at| falls(&self.slots[*at]) && self.plan.stated[*at] <= 4).collect();
        let rows = study.findings().iter().zip(&self.findings);
        let findings: Vec<bool> = rows.map(|(row, roots)| falls(roots) || alone(&row.regions)).collect();
        let rows = study.effects().iter().zip(&self.effects);
        let effects: Vec<bool> = rows.map(|(row, roots)| falls(roots) || alone(&row.regions)).collect();
        let mut moves = Vec::new();
        let mut lost = Share::new(0, self.assessed);
        if let Some(plan) = self.plan_without(gone, &slots) {
            let at = Evaluated::of(&plan);
            let weight = |level: u8, weight: u64| if level <= 4 { weight } else { 0 };
            let kept = self.kept(gone, &at);
            let all = self.plan.cells.iter().zip(Evaluated::of(&self.plan).stated);
            let gone_weight: u64 = all.zip(&kept).filter(|(_, kept)| !**kept).map(|((cell, level), _)| weight(level, cell.weight)).sum();
            lost = Share::new(gone_weight, self.assessed);
            let unit = if let Gone::Unit(unit) = gone { study.units().nth(*unit).map(|row| &row.id) } else { None };
            let own = |one: &Move| matches!(one, Move::Congruence { region: Some(region), .. } if Some(region) == unit);
            moves.extend(moved_headlines(study, &self.headlines, headlines(&plan, &at, self.method)).filter(|one| !own(one)));
        }
        if findings.contains(&true) {
            moves.extend(moved_bands(&self.bands, bands(&dimensions_of(study, self.method, &|at| !findings[at]))));
        }
        if effects.contains(&true) {
            moves.extend(moved_sides(&self.sides, sides(&relevance_of(study, self.method, &|at| !effects[at]))));
        }
        let count = |list: &[bool]| list.iter().filter(|gone| **gone).count();
        Influence { left_out, judgements: [slots.len(), count(&findings), count(&effects)], moves, lost }
    }

    /// The plan without what goes; nothing where it stays the same.
    fn plan_without(&self, gone: &Gone, slots: &[usize]) -> Option<Plan> {
        let only = |keep: &dyn Fn(&RatingUnit) -> bool| {
            let rated: Vec<RatingUnit> = self.rated.iter().filter(|at| keep(at)).copied().collect();
            Some(Plan::of(self.study, self.method, &rated))
        };
        match gone {
            Gone::Task(task) => only(&|at| at.task != *task),
            Gone::Unit(unit) => only(&|at| at.unit != *unit),
            Gone::Pieces(_) if slots.is_empty() => None,
            Gone::Pieces(_) => {
                let mut plan = self.plan.clone();
                for slot in slots {
                    for levels in [&mut plan.stated, &mut plan.low, &mut plan.high] {
                        levels[*slot] = UNKNOWN;
                    }
                    (plan.free_low[*slot], plan.free_high[*slot]) = (Level::Absent.index(), Level::Full.index());
                }
                Some(plan)
            }
        }
    }

    /// For each cell of the whole plan whether it is still assessed.
    fn kept(&self, gone: &Gone, at: &Evaluated) -> Vec<bool> {
        match gone {
            Gone::Task(task) => self.plan.cells.iter().map(|cell| cell.task != *task).collect(),
            Gone::Unit(unit) => self.plan.cells.iter().map(|cell| cell.unit != *unit).collect(),
            Gone::Pieces(_) => at.stated.iter().map(|level| *level <= 4).collect(),
        }
    }
}

/// The place of every piece: evidence first, then sources.
struct Places<'a>(HashMap<&'a str, usize>);

impl<'a> Places<'a> {
    fn of(study: &'a CaseStudy) -> Self {
        let ids = study.evidence().iter().map(|row| row.id.as_str()).chain(study.sources().iter().map(|row| row.id.as_str()));
        Self(ids.enumerate().map(|(at, id)| (id, at)).collect())
    }

    fn of_all(&self, bearing: &Bearing<'_>) -> Roots {
        let place = |piece: &Piece<'_>| self.0.get(piece.id().as_str()).copied();
        bearing.supports.iter().filter_map(place).collect()
    }
}
