//! Propositions that several studies ask: where stakeholders agree and where they are split alike.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::id::{PropositionId, StudyId};
use crate::measure::Share;
use crate::scoring::consensus::Consensus;
use crate::scoring::{Assessment, Reading};

/// Consensus over the studies.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ConsensusCompared {
    /// Propositions with one id in two or more studies, in the order of the alphabet.
    pub shared: Vec<SharedProposition>,
    /// How many propositions each study asks alone, in the order of the studies.
    pub alone: Vec<(StudyId, usize)>,
}

/// A proposition that several studies ask.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SharedProposition {
    /// The proposition.
    pub proposition: PropositionId,
    /// Each study that asks it.
    pub studies: Vec<ViewOf>,
}

/// Where stakeholders stand in one study.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ViewOf {
    /// The study.
    pub study: StudyId,
    /// The sentence, as that study has it.
    pub text: String,
    /// What it comes to.
    pub reading: Reading,
    /// Van der Eijk's A over three directions: 1 one voice, 0 spread, −1 two camps.
    pub a: Option<f64>,
    /// Least A, wherever what is left open lies; nothing where too much is.
    pub low: Option<f64>,
    /// Greatest A.
    pub high: Option<f64>,
    /// Share for it, every side weighing the same.
    pub in_favour: Share,
    /// Share against it.
    pub against: Share,
    /// Share of two minds.
    pub unsure: Share,
    /// Share that is left open.
    pub open: Share,
    /// Voices.
    pub voices: u64,
}

pub(super) fn of(all: &[&Assessment]) -> ConsensusCompared {
    let mut by_id: BTreeMap<&PropositionId, Vec<(&Assessment, &Consensus)>> = BTreeMap::new();
    for one in all {
        for consensus in one.consensus() {
            by_id.entry(&consensus.proposition).or_default().push((one, consensus));
        }
    }
    let alone = all.iter().map(|one| {
        let count = by_id.values().filter(|asked| matches!(asked.as_slice(), [(study, _)] if study.head().id == one.head().id)).count();
        (one.head().id.clone(), count)
    });
    let alone = alone.collect();
    let shared = by_id.into_iter().filter(|(_, asked)| asked.len() > 1).map(|(id, asked)| SharedProposition {
        proposition: id.clone(),
        studies: asked.into_iter().map(|(study, consensus)| view(study, consensus)).collect(),
    });
    ConsensusCompared { shared: shared.collect(), alone }
}

fn view(assessment: &Assessment, consensus: &Consensus) -> ViewOf {
    let (view, directions) = (&consensus.whole, consensus.whole.directions.as_ref());
    let row = assessment.study().proposition(&consensus.proposition);
    ViewOf {
        study: assessment.head().id.clone(),
        text: row.map(|row| row.text.clone()).unwrap_or_default(),
        reading: view.reading,
        a: directions.map(|agreement| agreement.a),
        low: directions.and_then(|agreement| agreement.low),
        high: directions.and_then(|agreement| agreement.high),
        in_favour: view.shares.in_favour,
        against: view.shares.against,
        unsure: view.shares.unsure,
        open: view.shares.open,
        voices: view.voices,
    }
}
