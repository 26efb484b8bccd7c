//! Which share of the results rests on which origin: the report, its authors, outside sources, the coder.

use serde::Serialize;

use super::method::Method;
use super::plan::{Plan, Slot};
use super::window::counts;
use crate::id::DimensionId;
use crate::measure::Share;
use crate::model::{CaseStudy, Finding};
use crate::scale::{Judgement, Origin};

/// How much of what the whole counts comes from each origin, kind by kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Origins {
    /// Rated links: statements that hold in cells of the whole, each weighing as its cells do.
    pub ratings: OriginCount,
    /// Effects and risks, each weighing the same.
    pub effects: OriginCount,
    /// Findings, each weighing as its salience does.
    pub findings: OriginCount,
    /// Positions, each weighing the same.
    pub positions: OriginCount,
    /// The findings of each dimension.
    pub dimensions: Vec<DimensionOrigins>,
}

/// The findings of a dimension by origin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DimensionOrigins {
    /// The dimension.
    pub id: DimensionId,
    /// Its findings.
    #[serde(flatten)]
    pub findings: OriginCount,
}

/// Rows of one kind by origin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct OriginCount {
    /// All rows.
    pub all: usize,
    /// Each origin, the report first.
    pub by_origin: Vec<OriginShare>,
}

/// The rows of one origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct OriginShare {
    /// The origin.
    pub origin: Origin,
    /// Its rows.
    pub rows: usize,
    /// Their share of the weight.
    pub weight: Share,
}

impl OriginCount {
    /// Counts rows, each with its origin and weight.
    fn of(rows: impl Iterator<Item = (Origin, u64)>) -> Self {
        let mut sums = [(0, 0); Origin::ALL.len()];
        for (origin, weight) in rows {
            let sum = &mut sums[origin as usize];
            *sum = (sum.0 + 1, sum.1 + weight);
        }
        let (all, weight) = sums.iter().fold((0, 0), |(all, sum), (rows, weight)| (all + rows, sum + weight));
        let share = |origin: &Origin| {
            let (rows, part) = sums[*origin as usize];
            OriginShare { origin: *origin, rows, weight: Share::new(part, weight) }
        };
        Self { all, by_origin: Origin::ALL.iter().map(share).collect() }
    }

    /// The rows of one origin.
    #[must_use]
    pub fn rows(&self, origin: Origin) -> usize {
        self.by_origin.iter().find(|of| of.origin == origin).map_or(0, |of| of.rows)
    }

    /// The share of the weight that is of one origin.
    #[must_use]
    pub fn weight(&self, origin: Origin) -> Share {
        self.by_origin.iter().find(|of| of.origin == origin).map_or_else(Share::default, |of| of.weight)
    }
}

/// The origin of a rated link: the first, in the order report, authors, outside, coder, among the rows that
/// it rests on; the coder where it rests on none.
fn of_slot(study: &CaseStudy, slot: &Slot) -> Origin {
    let statement = study.ratings()[slot.rating].link(slot.link);
    let rows = statement.into_iter().flat_map(|statement| &statement.rests_on);
    rows.filter_map(|id| Some(study.row(id.as_str())?.provenance()?.origin)).min().unwrap_or(Origin::Coder)
}

/// The origins of all that the whole counts.
pub(super) fn origins(study: &CaseStudy, method: &Method, plan: &Plan) -> Origins {
    let mut weights = vec![0; plan.slots.len() + 1];
    for cell in plan.cells.iter().filter(|cell| plan.is_in(cell, 0)) {
        cell.slots.iter().for_each(|slot| weights[*slot as usize] += cell.weight);
    }
    let rated = |slot: &Slot| {
        let judgement = study.ratings()[slot.rating].link(slot.link).map(|statement| &statement.judgement);
        matches!(judgement, Some(Judgement::Rated(_) | Judgement::Contested(_)))
    };
    let slots = plan.slots.iter().zip(&weights).filter(|(slot, weight)| **weight > 0 && rated(slot));
    let whole = |when| counts(study, when, &method.windows).whole;
    let effects = study.effects().iter().filter(|row| whole(&row.when));
    let positions = study.positions().iter().filter(|row| whole(&row.when));
    let findings: Vec<&Finding> = study.findings().iter().filter(|row| whole(&row.when)).collect();
    let finding = |row: &&Finding| (row.provenance.origin, method.balance.weight(row.salience).thousandths());
    let dimension = |id: &DimensionId| DimensionOrigins {
        id: id.clone(),
        findings: OriginCount::of(findings.iter().filter(|row| row.dimension == *id).map(finding)),
    };
    Origins {
        ratings: OriginCount::of(slots.map(|(slot, weight)| (of_slot(study, slot), *weight))),
        effects: OriginCount::of(effects.map(|row| (row.provenance.origin, 1))),
        findings: OriginCount::of(findings.iter().map(finding)),
        positions: OriginCount::of(positions.map(|row| (row.provenance.origin, 1))),
        dimensions: study.framework().dimensions().iter().map(|row| dimension(&row.id)).collect(),
    }
}
