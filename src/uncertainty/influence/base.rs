//! The answers of a study as they are told, and without one thing.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::roots::{ClaimRoots, Gone, Places, Rooted, Roots};
use super::{Fallen, Influence, LeftOut};
use crate::id::RegionId;
use crate::measure::Share;
use crate::model::{Bearings, CaseStudy, Piece, Position, RatingUnit};
use crate::scale::{Confidence, Level, Link, Strength};
use crate::scoring::confidence::{AllJudged, Carried, Carries, Judged, judged};
use crate::scoring::consensus::{Stated, stated};
use crate::scoring::contribution::claim_result;
use crate::scoring::dimension::{DimensionResult, dimensions_of};
use crate::scoring::kernel::UNKNOWN;
use crate::scoring::plan::{Plan, Slot};
use crate::scoring::profile::Evaluated;
use crate::scoring::relevance::{Relevance, relevance_of};
use crate::scoring::{Headline, Method};
use crate::uncertainty::answers::{
    Bands, HeadlineOf, Move, Sides, Stand, Told, bands, headlines, id_of_unit, moved_bands, moved_headlines, moved_sides, sides,
};

/// The level of every finding, effect, and link of a block of ratings, in the order of what is judged.
#[derive(Clone, PartialEq)]
struct Levels {
    findings: Vec<Option<Confidence>>,
    effects: Vec<Option<Confidence>>,
    ratings: Vec<Option<Confidence>>,
}

/// Levels that carry headlines; nothing where no part is needed for one, or nothing is known of it.
type Carrying = Vec<Option<Confidence>>;

/// The answers as they are told, with all that they rest on.
pub(super) struct Base<'a> {
    study: &'a CaseStudy,
    method: &'a Method,
    places: Places<'a>,
    rated: Vec<RatingUnit>,
    plan: Plan,
    at: Evaluated,
    judged: AllJudged<'a>,
    /// The place of each block and link among what is judged.
    links: HashMap<(usize, Link), usize>,
    /// What supports each slot, finding, effect and position.
    slots: Rooted,
    findings: Rooted,
    effects: Rooted,
    positions: Rooted,
    /// What the confidence in each finding, effect and rating is read from.
    read: [Rooted; 3],
    claims: Vec<ClaimRoots<'a>>,
    /// What the grounds of each claim rest on.
    grounds: Rooted,
    /// The claims on an effect, by its place.
    claims_on: HashMap<usize, Vec<usize>>,
    stated: Vec<Stated<'a>>,
    /// The place of the proposition that a position counts in, by its own.
    stated_on: HashMap<usize, usize>,
    dimensions: Vec<DimensionResult>,
    relevance: Relevance,
    headlines: Vec<Told>,
    bands: Bands,
    sides: Sides,
    stands: Vec<Stand>,
    strengths: Vec<Strength>,
    levels: Levels,
    /// What carries the headlines of congruence, the sides of the situation, and the bands over the whole.
    carried: [Carrying; 3],
}

/// What comes out without a thing; nothing where it comes out as before.
struct Then {
    plan: Option<(Plan, Vec<Told>)>,
    dimensions: Option<Vec<DimensionResult>>,
    relevance: Option<Relevance>,
    levels: Option<Levels>,
}

impl<'a> Base<'a> {
    pub(super) fn of(study: &'a CaseStudy, method: &'a Method) -> Self {
        let rated = study.rating_units(i64::from(method.cells.least_days));
        let plan = Plan::of(study, method, &rated);
        let at = Evaluated::of(&plan);
        let (bearings, places) = (Bearings::of(study), Places::of(study));
        let judged = judged(study, &bearings);
        let links: HashMap<_, _> = judged.ratings.iter().enumerate().map(|(n, (block, link, _))| ((*block, *link), n)).collect();
        let support = |one: &Judged<'_>| places.of_support(&one.bearing);
        let slot = |slot: &Slot| links.get(&(slot.rating, slot.link)).map_or_else(Roots::new, |n| support(&judged.ratings[*n].2));
        let position = |row: &'a Position| bearings.on(&(&row.id).into(), &row.evidence, &row.provenance);
        let read = |one: &Judged<'_>| places.of_all(&one.bearing);
        let level = |one: &Judged<'_>| one.level(study, method, &|_| true);
        let (dimensions, relevance) = (dimensions_of(study, method, &|_| true), relevance_of(study, method, &|_| true));
        let stated = stated(study, method);
        let claims = ClaimRoots::all(study, &bearings, &places);
        let mut claims_on: HashMap<usize, Vec<usize>> = HashMap::new();
        for (at, effect) in claims.iter().enumerate().filter_map(|(at, claim)| Some((at, claim.effect?))) {
            claims_on.entry(effect).or_default().push(at);
        }
        let of_stated = stated.iter().enumerate().flat_map(|(n, one)| one.positions.iter().map(move |position| (position.at, n)));
        let mut base = Self {
            slots: plan.slots.iter().map(slot).collect(),
            findings: judged.findings.iter().map(support).collect(),
            effects: judged.effects.iter().map(support).collect(),
            positions: study.positions().iter().map(|row| places.of_support(&position(row))).collect(),
            read: [
                judged.findings.iter().map(read).collect(),
                judged.effects.iter().map(read).collect(),
                judged.ratings.iter().map(|(.., one)| read(one)).collect(),
            ],
            levels: Levels {
                findings: judged.findings.iter().map(level).collect(),
                effects: judged.effects.iter().map(level).collect(),
                ratings: judged.ratings.iter().map(|(.., one)| level(one)).collect(),
            },
            grounds: claims.iter().map(ClaimRoots::all_roots).collect(),
            headlines: headlines(&plan, &at, method),
            bands: bands(&dimensions),
            sides: sides(&relevance),
            stands: stated.iter().map(|one| Stand::of(&one.view(study, method, &|_| true))).collect(),
            strengths: study.claims().iter().map(|claim| claim_result(claim).strength).collect(),
            carried: Default::default(),
            study,
            method,
            places,
            rated,
            plan,
            at,
            judged,
            links,
            stated_on: of_stated.collect(),
            claims,
            claims_on,
            stated,
            dimensions,
            relevance,
        };
        base.carried = [0, 1, 2].map(|kind| base.carrying(kind, &base.plan, &base.relevance, &base.dimensions, &base.levels));
        base
    }

    /// Everything that can be left out, with what goes.
    pub(super) fn things(&self) -> Vec<(LeftOut, Gone)> {
        let study = self.study;
        let pieces = self.places.pieces();
        let mut things: Vec<(LeftOut, Gone)> = Vec::new();
        let mut add = |thing: LeftOut, gone: Vec<usize>, side: Option<String>| things.push((thing, Gone::Pieces { gone, side }));
        let mut told: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, row) in study.evidence().iter().enumerate() {
            add(LeftOut::Evidence(row.id.clone()), vec![at], None);
            // A text takes what is told in it alone.
            if let Some((first, rest)) = row.provenance.cites.split_first()
                && rest.iter().all(|cite| cite.source == first.source)
            {
                told.entry(first.source.as_str()).or_default().push(at);
            }
        }
        for (at, row) in study.sources().iter().enumerate() {
            let mut gone = told.remove(row.id.as_str()).unwrap_or_default();
            gone.push(study.evidence().len() + at);
            add(LeftOut::Source(row.id.clone()), gone, None);
        }
        let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut sides: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let holders = study.positions().iter().filter_map(|row| study.stakeholder(&row.group)?.side.as_ref());
        for side in holders.chain(pieces.iter().flat_map(|piece| piece.sides())) {
            sides.entry(side.as_str()).or_default();
        }
        for (at, piece) in pieces.iter().enumerate() {
            groups.entry(piece.group()).or_default().push(at);
            if let Some((first, rest)) = piece.sides().split_first()
                && rest.iter().all(|side| side == first)
            {
                sides.entry(first.as_str()).or_default().push(at);
            }
        }
        // A group of one piece is that piece, which is in the table.
        for (group, gone) in groups.into_iter().filter(|(_, gone)| gone.len() > 1) {
            add(LeftOut::Group(group.to_owned()), gone, None);
        }
        for (side, gone) in sides {
            add(LeftOut::Side(side.to_owned()), gone, Some(side.to_owned()));
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

    pub(super) fn without(&self, left_out: LeftOut, gone: &Gone) -> Influence {
        let (study, method) = (self.study, self.method);
        let slots: Vec<usize> = self.slots.falling(gone).into_iter().filter(|at| self.plan.stated[*at] <= 4).collect();
        let findings = self.falling(gone, &self.findings, study.findings().iter().map(|row| row.regions.as_slice()));
        let effects = self.falling(gone, &self.effects, study.effects().iter().map(|row| row.regions.as_slice()));
        let mut positions = self.falling(gone, &self.positions, study.positions().iter().map(|row| row.regions.as_slice()));
        if let Gone::Pieces { side: Some(side), .. } = gone {
            let side_of = |row: &Position| study.stakeholder(&row.group).and_then(|group| group.side.as_ref());
            let rows = study.positions().iter().enumerate();
            positions.extend(rows.filter(|(_, row)| side_of(row).is_some_and(|one| one.as_str() == side)).map(|(at, _)| at));
        }
        let mut fallen =
            Fallen { ratings: slots.len(), findings: findings.len(), effects: effects.len(), positions: positions.len(), grounds: 0 };
        let mut lost = Share::new(0, self.at.stated_of(0).assessed());
        let then = Then {
            plan: self.plan_without(gone, &slots).map(|plan| {
                let at = Evaluated::of(&plan);
                lost = self.lost(gone, &at);
                let headlines = headlines(&plan, &at, method);
                (plan, headlines)
            }),
            dimensions: (fallen.findings > 0).then(|| dimensions_of(study, method, &|at| !findings.contains(&at))),
            relevance: (fallen.effects > 0).then(|| relevance_of(study, method, &|at| !effects.contains(&at))),
            levels: self.levels_without(gone),
        };
        let unit = if let Gone::Unit(unit) = gone { Some(*unit) } else { None };
        let own = id_of_unit(study, unit);
        let of_own = |region: &Option<RegionId>| own.is_some() && *region == own;
        let mut moves = Vec::new();
        if let Some((_, headlines)) = &then.plan {
            let moved = moved_headlines(study, &self.headlines, headlines.clone());
            moves.extend(moved.filter(|one| !matches!(one, Move::Congruence { region, .. } if of_own(region))));
        }
        moves.extend(then.dimensions.iter().flat_map(|then| moved_bands(&self.bands, bands(then))));
        moves.extend(then.relevance.iter().flat_map(|then| moved_sides(&self.sides, sides(then))));
        if fallen.positions > 0 {
            moves.extend(self.moved_stands(&positions));
        }
        let mut claims: BTreeSet<usize> = self.grounds.touched(gone).into_iter().collect();
        claims.extend(effects.iter().filter_map(|effect| self.claims_on.get(effect)).flatten());
        for at in claims {
            let (roots, from) = (&self.claims[at], self.strengths[at]);
            let without = roots.without(gone);
            fallen.grounds += without.as_ref().map_or(0, |(_, grounds)| *grounds);
            let to = match without {
                _ if roots.effect.is_some_and(|effect| effects.contains(&effect)) => None,
                Some((claim, _)) => Some(claim_result(&claim).strength),
                None => Some(from),
            };
            if to != Some(from) {
                moves.push(Move::Contribution { claim: roots.claim.id.clone(), from, to });
            }
        }
        let sure = self.moved_confidence(&then).into_iter();
        let own = |of: &HeadlineOf| matches!(of, HeadlineOf::Congruence { region, .. } if of_own(region));
        moves.extend(sure.filter(|one| !matches!(one, Move::Confidence { of, .. } if own(of))));
        Influence { left_out, fallen, moves, lost }
    }

    /// The places of the rows that fall: with all that they rest on, or with the unit of which alone they are told.
    fn falling<'b>(&self, gone: &Gone, rooted: &Rooted, regions: impl Iterator<Item = &'b [RegionId]>) -> BTreeSet<usize> {
        let Gone::Unit(unit) = gone else { return rooted.falling(gone).into_iter().collect() };
        let alone = |regions: &[RegionId]| {
            let units = self.study.covered(regions);
            !regions.is_empty() && units.len() == 1 && units.contains(*unit)
        };
        regions.enumerate().filter(|(_, regions)| alone(regions)).map(|(at, _)| at).collect()
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
            Gone::Pieces { .. } if slots.is_empty() => None,
            Gone::Pieces { .. } => {
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

    /// The share of the weight assessed that is assessed no more.
    fn lost(&self, gone: &Gone, then: &Evaluated) -> Share {
        let kept = |n: usize| match gone {
            Gone::Task(task) => self.plan.cells[n].task != *task,
            Gone::Unit(unit) => self.plan.cells[n].unit != *unit,
            Gone::Pieces { .. } => then.stated[n] <= 4,
        };
        let whole = self.plan.cells.iter().enumerate().filter(|(_, cell)| self.plan.is_in(cell, 0));
        let assessed = whole.filter(|(n, _)| self.at.stated[*n] <= 4);
        let lost = assessed.filter(|(n, _)| !kept(*n)).map(|(_, cell)| cell.weight).sum();
        Share::new(lost, self.at.stated_of(0).assessed())
    }

    /// The readings of consensus that differ without some positions.
    fn moved_stands(&self, fallen: &BTreeSet<usize>) -> impl Iterator<Item = Move> {
        let touched: BTreeSet<usize> = fallen.iter().filter_map(|at| self.stated_on.get(at)).copied().collect();
        touched.into_iter().filter_map(|at| {
            let (one, from) = (&self.stated[at], self.stands[at]);
            let to = Stand::of(&one.view(self.study, self.method, &|at| !fallen.contains(&at)));
            (from != to).then(|| Move::Consensus { proposition: one.proposition.clone(), from, to })
        })
    }

    /// The levels of confidence without some pieces; nothing where they stay the same.
    fn levels_without(&self, gone: &Gone) -> Option<Levels> {
        let touched = [0, 1, 2].map(|kind| self.read[kind].touched(gone));
        if touched.iter().all(Vec::is_empty) {
            return None;
        }
        let keep = |piece: Piece<'_>| self.places.at(piece).is_none_or(|at| !gone.takes(at));
        let level = |one: &Judged<'_>| one.level(self.study, self.method, &keep);
        let [findings, effects, ratings] = touched;
        let mut levels = self.levels.clone();
        findings.into_iter().for_each(|at| levels.findings[at] = level(&self.judged.findings[at]));
        effects.into_iter().for_each(|at| levels.effects[at] = level(&self.judged.effects[at]));
        ratings.into_iter().for_each(|at| levels.ratings[at] = level(&self.judged.ratings[at].2));
        (levels != self.levels).then_some(levels)
    }

    /// What carries the headlines of one kind: congruence, situation, bands.
    fn carrying(&self, kind: usize, plan: &Plan, relevance: &Relevance, dimensions: &[DimensionResult], levels: &Levels) -> Carrying {
        let carries = Carries { study: self.study, method: self.method, plan, relevance, dimensions };
        let of_slot = |slot: &Slot| self.links.get(&(slot.rating, slot.link)).and_then(|n| levels.ratings[*n]);
        let all: Vec<Carried> = match kind {
            0 => carries.groups(&of_slot),
            1 => carries.situations(&self.study.effects().iter().map(|row| row.id.as_str()).zip(levels.effects.iter().copied()).collect()),
            _ => carries.bands(&self.study.findings().iter().map(|row| row.id.as_str()).zip(levels.findings.iter().copied()).collect()),
        };
        all.into_iter().map(|carried| carried.carries).collect()
    }

    /// The headlines that stay and are carried by another confidence.
    fn moved_confidence(&self, then: &Then) -> Vec<Move> {
        let study = self.study;
        let levels = then.levels.as_ref().unwrap_or(&self.levels);
        let plan = then.plan.as_ref().map_or(&self.plan, |(plan, _)| plan);
        let relevance = then.relevance.as_ref().unwrap_or(&self.relevance);
        let dimensions = then.dimensions.as_ref().unwrap_or(&self.dimensions);
        let differ = [
            then.plan.is_some() || levels.ratings != self.levels.ratings,
            then.relevance.is_some() || levels.effects != self.levels.effects,
            then.dimensions.is_some() || levels.findings != self.levels.findings,
        ];
        let mut moves = Vec::new();
        for kind in (0..3).filter(|kind| differ[*kind]) {
            let to = self.carrying(kind, plan, relevance, dimensions, levels);
            let moved = self.carried[kind].iter().zip(to).enumerate().filter(|(_, (from, to))| *from != to);
            let moved: Vec<(usize, Option<Confidence>, Option<Confidence>)> = moved.map(|(at, (from, to))| (at, *from, to)).collect();
            if moved.is_empty() {
                continue;
            }
            // Headlines, sides and bands in the order of what carries them, with whether they stay.
            let answers: Vec<(HeadlineOf, bool)> = match kind {
                0 => {
                    let told = then.plan.as_ref().map_or(&self.headlines, |(_, headlines)| headlines);
                    let level = |told: &Told| Headline::level(&told.2);
                    let both = self.headlines.iter().zip(told);
                    let of = |(phase, unit): (Option<usize>, Option<usize>)| HeadlineOf::Congruence {
                        phase: phase.map(|phase| study.phases()[phase].id.clone()),
                        region: id_of_unit(study, unit),
                    };
                    both.map(|(from, to)| (of((from.0, from.1)), level(from) == level(to))).collect()
                }
                1 => {
                    let both = self.sides.iter().zip(sides(relevance));
                    both.map(|((phase, from), (_, to))| (HeadlineOf::Situation { phase: phase.clone() }, *from == to)).collect()
                }
                _ => {
                    let both = self.bands.iter().zip(bands(dimensions)).filter(|((_, phase, _), _)| phase.is_none());
                    both.map(|((id, _, from), (.., to))| (HeadlineOf::Dimension { dimension: id.clone() }, *from == to)).collect()
                }
            };
            let staying = moved.into_iter().filter_map(|(at, from, to)| Some((answers.get(at).filter(|(_, stays)| *stays)?, from, to)));
            moves.extend(staying.map(|((of, _), from, to)| Move::Confidence { of: of.clone(), from, to }));
        }
        moves
    }
}
