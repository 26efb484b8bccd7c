//! The answers that are compared: headlines of congruence, bands of dimensions, the side of the situation.

use std::cmp::Ordering;

use serde::Serialize;

use crate::id::{DimensionId, PhaseId, RegionId};
use crate::model::CaseStudy;
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
    /// Whether the level, band or side itself moves, and not a range alone.
    #[must_use]
    pub fn is_of_the_answer(&self) -> bool {
        match self {
            Self::Congruence { from, to, .. } => from.level() != to.level(),
            Self::Dimension { .. } | Self::Situation { .. } => true,
        }
    }

    /// Steps between both, where both are known; a change to or from unknown has none.
    #[must_use]
    pub fn steps(&self) -> Option<u8> {
        match self {
            Self::Congruence { from, to, .. } => Some(from.level()?.index().abs_diff(to.level()?.index())),
            Self::Dimension { from, to, .. } => Some(((*from)? as u8).abs_diff((*to)? as u8)),
            Self::Situation { from, to, .. } => Some(((*from)? as u8).abs_diff((*to)? as u8)),
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

/// The headlines that differ, level or range.
pub(super) fn moved_headlines<'a>(study: &'a CaseStudy, told: &'a [Told], then: Vec<Told>) -> impl Iterator<Item = Move> + 'a {
    told.iter().zip(then).filter(|((.., from), (.., to))| from != to).map(|((phase, unit, from), (.., to))| Move::Congruence {
        phase: phase.map(|phase| study.phases()[phase].id.clone()),
        region: unit.and_then(|unit| study.units().nth(unit).map(|row| row.id.clone())),
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
