//! How many effects come out better or worse than the course without the mission.

use serde::Serialize;

use crate::id::PhaseId;
use crate::model::Effect;
use crate::scale::{Change, Contribution, Ranged, Scale};
use crate::scoring::Assessment;

/// The place of no difference among the seven.
const NIL: u8 = 3;

/// Credited effects with a difference, over draws from their ranges. Opposite signs stay apart, targets are never
/// added up into one figure of effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct EffectDraws {
    /// The phase; nothing for the whole.
    pub phase: Option<PhaseId>,
    /// How many effects there are.
    pub effects: usize,
    /// Draws in which none, one, two, ... of them are better than without the mission.
    pub better: Vec<u64>,
    /// Draws in which none, one, two, ... of them are worse.
    pub worse: Vec<u64>,
}

/// Which effects are counted: their places among those drawn, the whole first, then each phase.
#[derive(Debug)]
pub(super) struct Effects {
    pub(super) differences: Vec<Ranged<Change>>,
    groups: Vec<(Option<PhaseId>, Vec<usize>)>,
}

impl Effects {
    pub(super) fn of(assessment: &Assessment) -> Self {
        let study = assessment.study();
        let counts = |effect: &Effect| {
            !effect.risk
                && matches!(effect.contribution.grade, Contribution::Enabling | Contribution::Contributory | Contribution::Principal)
        };
        let drawn: Vec<(&Effect, Ranged<Change>)> =
            study.effects().iter().filter(|effect| counts(effect)).filter_map(|effect| Some((effect, effect.difference()?))).collect();
        let relevance = assessment.relevance();
        let places = |tally: &crate::scoring::relevance::Tally| {
            let listed = |effect: &Effect| tally.credited.compared.values().flatten().any(|id| *id == effect.id);
            drawn.iter().enumerate().filter(|(_, (effect, _))| listed(effect)).map(|(at, _)| at).collect()
        };
        let mut groups = vec![(None, places(&relevance.whole))];
        groups.extend(relevance.by_phase.iter().map(|phase| (Some(phase.id.clone()), places(&phase.tally))));
        Self { differences: drawn.iter().map(|(_, difference)| *difference).collect(), groups }
    }

    /// Counts of no draw: for each group of better ones, then of worse ones.
    pub(super) fn empty(&self) -> Vec<[Vec<u64>; 2]> {
        self.groups.iter().map(|(_, list)| [vec![0; list.len() + 1], vec![0; list.len() + 1]]).collect()
    }

    /// Adds a draw: the place of each difference.
    pub(super) fn add(&self, drawn: &[u8], counts: &mut [[Vec<u64>; 2]]) {
        for ((_, list), [better, worse]) in self.groups.iter().zip(counts) {
            let (above, below) = list
                .iter()
                .fold((0, 0), |(above, below), at| (above + usize::from(drawn[*at] > NIL), below + usize::from(drawn[*at] < NIL)));
            better[above] += 1;
            worse[below] += 1;
        }
    }

    pub(super) fn results(&self, counts: &[[Vec<u64>; 2]]) -> Vec<EffectDraws> {
        let mut results = Vec::with_capacity(self.groups.len());
        for ((phase, list), [better, worse]) in self.groups.iter().zip(counts) {
            results.push(EffectDraws { phase: phase.clone(), effects: list.len(), better: better.clone(), worse: worse.clone() });
        }
        results
    }

    /// The places of a difference's range: low, stated, high.
    pub(super) fn places(difference: Ranged<Change>) -> [u8; 3] {
        [difference.low(), difference.value(), difference.high()].map(Scale::place)
    }
}
