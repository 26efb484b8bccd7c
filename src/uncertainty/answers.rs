//! The answers that are compared: headlines of congruence, bands of dimensions, the side of the situation, readings
//! of consensus, strengths of claims, and the confidence that carries a headline.

use std::cmp::Ordering;

use serde::Serialize;

use crate::id::{ClaimId, DimensionId, PhaseId, PropositionId, RegionId};
use crate::model::CaseStudy;
use crate::scale::{Confidence, Strength};
use crate::scoring::consensus::{Reading, View};
use crate::scoring::dimension::DimensionResult;
use crate::scoring::plan::Plan;
use crate::scoring::profile::{Evaluated, profile};
use crate::scoring::relevance::Relevance;
use crate::scoring::{Band, Headline, Method};

/// An answer that comes out differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "answer", rename_all = "kebab-case")]
pub enum Move {
    /// A headline of congruence, or its range.
    Congruence {
        /// The phase; nothing for all of them.
        phase: Option<PhaseId>,
        /// The unit; nothing for all of them.
        region: Option<RegionId>,
        /// As it is told.
        from: Headline,
        /// As it comes out.
        to: Headline,
    },
    /// The band of a dimension, over the whole or in a phase.
    Dimension {
        /// The dimension.
        dimension: DimensionId,
        /// The phase; nothing for the whole.
        phase: Option<PhaseId>,
        /// As it is told; nothing where no band is named.
        from: Option<Band>,
        /// As it comes out.
        to: Option<Band>,
    },
    /// The side on which the clear changes of the situation lie.
    Situation {
        /// The phase; nothing for the whole.
        phase: Option<PhaseId>,
        /// As it is told; nothing where no change is clear.
        from: Option<Side>,
        /// As it comes out.
        to: Option<Side>,
    },
    /// What stakeholders hold of a proposition, over the whole.
    Consensus {
        /// The proposition.
        proposition: PropositionId,
        /// As it is told.
        from: Stand,
        /// As it comes out.
        to: Stand,
    },
    /// How far a claim of contribution may be made.
    Contribution {
        /// The claim.
        claim: ClaimId,
        /// As it is told.
        from: Strength,
        /// As it comes out; nothing where the claim falls with its effect.
        to: Option<Strength>,
    },
    /// The confidence that carries a headline which itself stays.
    Confidence {
        /// The headline.
        of: HeadlineOf,
        /// As it is told; nothing where parts without any evidence are needed for the headline.
        from: Option<Confidence>,
        /// As it comes out.
        to: Option<Confidence>,
    },
}

/// A headline that some level of confidence carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "headline", rename_all = "kebab-case")]
pub enum HeadlineOf {
    /// A headline of congruence.
    Congruence {
        /// The phase; nothing for all of them.
        phase: Option<PhaseId>,
        /// The unit; nothing for all of them.
        region: Option<RegionId>,
    },
    /// The side of the situation.
    Situation {
        /// The phase; nothing for the whole.
        phase: Option<PhaseId>,
    },
    /// The band of a dimension over the whole.
    Dimension {
        /// The dimension.
        dimension: DimensionId,
    },
}

/// What a consensus comes to: its band, and the side on which its middle lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Stand {
    /// The reading: a band of agreement, or why none is named.
    pub reading: Reading,
    /// The lower median over directions: −1 against, 0 unsure, 1 for; nothing where too little is stated or too few
    /// say it.
    pub median: Option<i8>,
}

impl Stand {
    /// What a view comes to.
    pub(super) fn of(view: &View) -> Self {
        let is_told = matches!(view.reading, Reading::Band(_) | Reading::SeveralBands);
        Self { reading: view.reading, median: view.directions.as_ref().filter(|_| is_told).map(|agreement| agreement.median) }
    }

    /// Steps between two bands, and between two sides; nothing where either is known of one alone.
    fn steps(self, other: Self) -> Option<u8> {
        let bands = match (self.reading, other.reading) {
            (Reading::Band(a), Reading::Band(b)) => (a as u8).abs_diff(b as u8),
            (a, b) if a == b => 0,
            _ => return None,
        };
        let sides = match (self.median, other.median) {
            (Some(a), Some(b)) => a.abs_diff(b),
            (None, None) => 0,
            _ => return None,
        };
        Some(bands + sides)
    }
}

/// On which side most clear changes of the situation lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// More for the worse.
    Worse,
    /// As many both ways.
    BothWays,
    /// More for the better.
    Better,
}

impl Move {
    /// Whether an answer itself moves (its level, band, side or strength), and not a range or a confidence alone.
    #[must_use]
    pub fn is_of_the_answer(&self) -> bool {
        match self {
            Self::Congruence { from, to, .. } => from.level() != to.level(),
            Self::Dimension { .. } | Self::Situation { .. } | Self::Consensus { .. } | Self::Contribution { .. } => true,
            Self::Confidence { .. } => false,
        }
    }

    /// Steps between both on their scale, where both are known; a change to or from unknown has none. Of a consensus
    /// those between the bands and those between the sides of its middle, together.
    #[must_use]
    pub fn steps(&self) -> Option<u8> {
        match self {
            Self::Congruence { from, to, .. } => Some(from.level()?.index().abs_diff(to.level()?.index())),
            Self::Dimension { from, to, .. } => Some(((*from)? as u8).abs_diff((*to)? as u8)),
            Self::Situation { from, to, .. } => Some(((*from)? as u8).abs_diff((*to)? as u8)),
            Self::Consensus { from, to, .. } => from.steps(*to),
            Self::Contribution { from, to, .. } => Some((*from as u8).abs_diff((*to)? as u8)),
            Self::Confidence { from, to, .. } => Some(((*from)? as u8).abs_diff((*to)? as u8)),
        }
    }
}

/// A headline with the phase and unit that it is of.
pub(super) type Told = (Option<usize>, Option<usize>, Headline);

/// The headlines of all groups: for every phase and for all of them the whole, then each unit.
pub(super) fn headlines(plan: &Plan, at: &Evaluated, method: &Method) -> Vec<Told> {
    let phases = std::iter::once(None).chain((0..plan.phases).map(Some));
    let units = || std::iter::once(None).chain((0..plan.units).map(Some));
    let groups = phases.flat_map(|phase| units().map(move |unit| (phase, unit)));
    groups.map(|(phase, unit)| (phase, unit, profile(plan, at, phase, unit, method).headline)).collect()
}

/// The id of a unit by its place.
pub(super) fn id_of_unit(study: &CaseStudy, unit: Option<usize>) -> Option<RegionId> {
    unit.and_then(|unit| study.units().nth(unit).map(|row| row.id.clone()))
}

/// The headlines that differ, level or range.
pub(super) fn moved_headlines<'a>(study: &'a CaseStudy, told: &'a [Told], then: Vec<Told>) -> impl Iterator<Item = Move> + 'a {
    told.iter().zip(then).filter(|((.., from), (.., to))| from != to).map(|((phase, unit, from), (.., to))| Move::Congruence {
        phase: phase.map(|phase| study.phases()[phase].id.clone()),
        region: id_of_unit(study, *unit),
        from: *from,
        to,
    })
}

/// The band of each dimension, over the whole and by phase.
pub(super) type Bands = Vec<(DimensionId, Option<PhaseId>, Option<Band>)>;

pub(super) fn bands(dimensions: &[DimensionResult]) -> Bands {
    let of = |dimension: &DimensionResult| {
        let phases = dimension.by_phase.iter().map(|phase| (dimension.id.clone(), Some(phase.id.clone()), phase.count.band));
        std::iter::once((dimension.id.clone(), None, dimension.whole.band)).chain(phases).collect::<Vec<_>>()
    };
    dimensions.iter().flat_map(of).collect()
}

/// The bands that differ.
pub(super) fn moved_bands(told: &Bands, then: Bands) -> impl Iterator<Item = Move> {
    told.iter().zip(then).filter(|((.., from), (.., to))| from != to).map(|((dimension, phase, from), (.., to))| Move::Dimension {
        dimension: dimension.clone(),
        phase: phase.clone(),
        from: *from,
        to,
    })
}

/// The side of the situation, over the whole and by phase.
pub(super) type Sides = Vec<(Option<PhaseId>, Option<Side>)>;

pub(super) fn sides(relevance: &Relevance) -> Sides {
    let side = |better: usize, worse: usize| match (better + worse > 0).then(|| better.cmp(&worse)) {
        Some(Ordering::Less) => Some(Side::Worse),
        Some(Ordering::Equal) => Some(Side::BothWays),
        Some(Ordering::Greater) => Some(Side::Better),
        None => None,
    };
    let whole = &relevance.whole.situation;
    let phases = relevance.by_phase.iter().map(|phase| {
        let situation = &phase.tally.situation;
        (Some(phase.id.clone()), side(situation.clearly_better, situation.clearly_worse))
    });
    std::iter::once((None, side(whole.clearly_better, whole.clearly_worse))).chain(phases).collect()
}

/// The sides that differ.
pub(super) fn moved_sides(told: &Sides, then: Sides) -> impl Iterator<Item = Move> {
    let differ = told.iter().zip(then).filter(|((_, from), (_, to))| from != to);
    differ.map(|((phase, from), (_, to))| Move::Situation { phase: phase.clone(), from: *from, to })
}
