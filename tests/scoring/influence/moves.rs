//! What differs between two assessments, as moves, told from their results alone.

use peaceops::CaseStudy;
use peaceops::id::PhaseId;
use peaceops::scale::Confidence;
use peaceops::scoring::{Assessment, DimensionResult, Reading, View};
use peaceops::uncertainty::{HeadlineOf, Move, Side, Stand};

/// Bands, sides, readings, strengths and confidence that differ between two assessments, as moves.
pub(crate) fn moved_others(from: &Assessment, to: &Assessment) -> Vec<Move> {
    let mut moves = Vec::new();
    for (a, b) in from.dimensions().iter().zip(to.dimensions()) {
        let bands = |one: &DimensionResult| {
            let phases = one.by_phase.iter().map(|phase| (Some(phase.id.clone()), phase.count.band));
            std::iter::once((None, one.whole.band)).chain(phases).collect::<Vec<_>>()
        };
        for ((phase, from), (_, to)) in bands(a).into_iter().zip(bands(b)).filter(|(a, b)| a != b) {
            moves.push(Move::Dimension { dimension: a.id.clone(), phase, from, to });
        }
    }
    let sides = |one: &Assessment| {
        let relevance = one.relevance();
        let phases = relevance.by_phase.iter().map(|phase| (Some(phase.id.clone()), &phase.tally.situation));
        let all = std::iter::once((None, &relevance.whole.situation)).chain(phases);
        let side = |better: usize, worse: usize| match (better, worse) {
            (0, 0) => None,
            _ if better > worse => Some(Side::Better),
            _ if better < worse => Some(Side::Worse),
            _ => Some(Side::BothWays),
        };
        all.map(|(phase, one)| (phase, side(one.clearly_better, one.clearly_worse))).collect::<Vec<_>>()
    };
    for ((phase, from), (_, to)) in sides(from).into_iter().zip(sides(to)).filter(|(a, b)| a != b) {
        moves.push(Move::Situation { phase, from, to });
    }
    moves.extend(moved_views(from, to));
    moves.extend(moved_confidence(from, to, &sides(from), &sides(to)));
    moves
}

/// The same of readings and strengths alone.
pub(crate) fn moved_views(from: &Assessment, to: &Assessment) -> Vec<Move> {
    let stand = |one: &View| {
        let known = matches!(one.reading, Reading::Band(_) | Reading::SeveralBands);
        Stand { reading: one.reading, median: if known { one.directions.as_ref().map(|one| one.median) } else { None } }
    };
    let both = from.consensus().iter().zip(to.consensus());
    let mut moves: Vec<Move> = both
        .map(|(a, b)| Move::Consensus { proposition: a.proposition.clone(), from: stand(&a.whole), to: stand(&b.whole) })
        .filter(|one| matches!(one, Move::Consensus { from, to, .. } if from != to))
        .collect();
    for claim in from.contribution() {
        let then = to.claim(claim.id.as_str()).map(|claim| claim.strength);
        if then != Some(claim.strength) {
            moves.push(Move::Contribution { claim: claim.id.clone(), from: claim.strength, to: then });
        }
    }
    moves
}

pub(crate) type Sides = [(Option<PhaseId>, Option<Side>)];

/// The same of the confidence that carries what stays.
pub(crate) fn moved_confidence(from: &Assessment, to: &Assessment, sides: &Sides, then: &Sides) -> Vec<Move> {
    let (a, b) = (from.confidence(), to.confidence());
    let mut all: Vec<(HeadlineOf, bool, [Option<Confidence>; 2])> = Vec::new();
    let study = from.study();
    for phase in std::iter::once(None).chain(study.phases().iter().map(|row| Some(row.id.clone()))) {
        for region in std::iter::once(None).chain(study.units().map(|row| Some(row.id.clone()))) {
            let (p, r) = (phase.as_ref().map(|id| id.as_str()), region.as_ref().map(|id| id.as_str()));
            let level = |one: &Assessment| one.congruence().profile(p, r).unwrap().headline.level();
            let carried = [a, b].map(|one| one.of_congruence(p, r).unwrap().carries);
            let stays = level(from) == level(to);
            all.push((HeadlineOf::Congruence { phase: phase.clone(), region }, stays, carried));
        }
    }
    for ((phase, side), (_, other)) in sides.iter().zip(then) {
        let carried = [a, b].map(|one| match phase {
            None => one.relevance.carries,
            Some(id) => one.relevance_by_phase.iter().find(|phase| phase.id == *id).unwrap().carried.carries,
        });
        all.push((HeadlineOf::Situation { phase: phase.clone() }, side == other, carried));
    }
    for (one, other) in from.dimensions().iter().zip(to.dimensions()) {
        let carried = [a, b].map(|confidence| confidence.of_dimension(one.id.as_str()).unwrap().carries);
        all.push((HeadlineOf::Dimension { dimension: one.id.clone() }, one.whole.band == other.whole.band, carried));
    }
    let moved = all.into_iter().filter(|(_, stays, [from, to])| *stays && from != to);
    moved.map(|(of, _, [from, to])| Move::Confidence { of, from, to }).collect()
}

/// The headlines of any study that differ, as moves.
pub(crate) fn headlines_of(study: &CaseStudy, from: &Assessment, to: &Assessment) -> Vec<Move> {
    let mut moves = Vec::new();
    for phase in std::iter::once(None).chain(study.phases().iter().map(|row| Some(row.id.clone()))) {
        for region in std::iter::once(None).chain(study.units().map(|row| Some(row.id.clone()))) {
            let (p, r) = (phase.as_ref().map(|id| id.as_str()), region.as_ref().map(|id| id.as_str()));
            let [from, to] = [from, to].map(|one| one.congruence().profile(p, r).unwrap().headline);
            if from != to {
                moves.push(Move::Congruence { phase: phase.clone(), region, from, to });
            }
        }
    }
    moves
}
