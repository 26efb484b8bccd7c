//! How sure every finding, effect and rating is, with its reasons; and what carries the headlines.
//!
//! Rules read the evidence of a judgement and *propose* a level ([`propose`]); a person may decide
//! otherwise, with name and reason, and both stand. The IPCC's [`grid`] is a second road, told where the
//! two lie more than one level apart. Confidence says how sure, never how good: it is a type of its own
//! and never multiplied with a level.
//!
//! Evidence is counted by *roots* (independence groups): a root counts with what all its pieces share, and
//! with its weakest piece; one that also contradicts counts against. The concerns, by rules of this crate:
//!
//! | component | none | minor | moderate | serious |
//! |---|---|---|---|---|
//! | methods (best root) | first-hand, graded A or B and 1 or 2 | a text so graded, or first-hand without | a text without | graded D, E, 4 or 5, or told in such texts alone |
//! | coherence | nothing against | up to one root in four against | fewer against than for; or contested | as many or more |
//! | adequacy | four roots of two sides and two kinds | three roots, or two of two sides or kinds | two roots | one |
//! | relevance (best root) | of its place and time | time not told, or after it | before it, or another place; an opinion or forecast | both |
//!
//! Evidence that names no place is of the whole area; a text speaks of what is read from it. For the grid,
//! evidence is *limited* where adequacy or methods are a serious concern, *robust* where adequacy is none and
//! methods are at most minor; agreement is *high* without a concern over coherence and *low* with a serious
//! one; all else is *medium*. Where no side but the mission's is *known* to say it, the cap for that holds.

mod carried;
mod components;
mod grid;
mod propose;

use std::collections::HashMap;

use serde::Serialize;

pub(crate) use carried::Carries;
pub use carried::{Carried, DimensionCarried, PhaseCarried, RegionCarried};
pub use components::{Amounts, Component, Reason};
pub use grid::{Accord, Amount, GridLevel, grid};
pub use propose::{Cap, propose};

pub(super) use components::days_of;

use self::components::{Keep, Read, Subject, read};
use super::method::Method;
use crate::date::Days;
use crate::id::RowId;
use crate::model::{Bearing, Bearings, CaseStudy, Piece, Rating, StatedConfidence, UnitSet};
use crate::scale::{Concern, Confidence, Judgement, Link};

/// How sure one judgement is, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sureness {
    /// What is judged: a row's id, or a block of ratings such as `force/P3/C`.
    pub of: String,
    /// The link, where it is a rating.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<Link>,
    /// The level that counts: a person's decision, else what the rules propose; nothing without evidence.
    pub level: Option<Confidence>,
    /// What the rules propose; nothing where no evidence is named or cited.
    pub proposed: Option<Confidence>,
    /// A person's decision, with name and reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided: Option<StatedConfidence>,
    /// The four components with their concerns.
    pub components: Vec<ComponentResult>,
    /// The caps that hold it down.
    pub caps: Vec<Cap>,
    /// How much evidence there is.
    pub amounts: Amounts,
    /// What the IPCC's grid says.
    pub grid: Option<GridLevel>,
    /// Whether grid and proposal lie more than one level apart.
    pub roads_differ: bool,
    /// What supports it.
    pub supports: Vec<RowId>,
    /// What contradicts it.
    pub contradicts: Vec<RowId>,
}

/// A component with its concern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ComponentResult {
    /// The component.
    pub component: Component,
    /// The concern.
    pub concern: Concern,
    /// Why.
    pub because: Reason,
}

/// How sure everything is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ConfidenceResult {
    /// What carries the congruence headlines: the whole, phases and units.
    pub congruence: Carried,
    /// Each phase, with its units.
    pub congruence_by_phase: Vec<PhaseCarried>,
    /// Each unit over all phases.
    pub congruence_by_region: Vec<RegionCarried>,
    /// What carries the situation told of the whole, and of each phase.
    pub relevance: Carried,
    /// Each phase.
    pub relevance_by_phase: Vec<PhaseCarried>,
    /// What carries the band of each dimension.
    pub dimensions: Vec<DimensionCarried>,
    /// Every finding.
    pub findings: Vec<Sureness>,
    /// Every effect.
    pub effects: Vec<Sureness>,
    /// Every rated or contested link of a block of ratings.
    pub ratings: Vec<Sureness>,
    #[serde(skip)]
    places: HashMap<String, (bool, usize)>,
    #[serde(skip)]
    slots: HashMap<(usize, Link), usize>,
}

impl ConfidenceResult {
    /// How sure a finding or an effect is, by its id.
    #[must_use]
    pub fn of(&self, id: &str) -> Option<&Sureness> {
        let (is_effect, at) = self.places.get(id)?;
        if *is_effect { self.effects.get(*at) } else { self.findings.get(*at) }
    }

    /// How sure a link of a block of ratings is, by the block's words, such as `force/P3/C`.
    #[must_use]
    pub fn of_rating(&self, block: &str, link: Link) -> Option<&Sureness> {
        self.ratings.iter().find(|rating| rating.of == block && rating.link == Some(link))
    }

    /// How sure a link of the block of ratings at a place is.
    pub(crate) fn of_slot(&self, rating: usize, link: Link) -> Option<&Sureness> {
        self.ratings.get(*self.slots.get(&(rating, link))?)
    }

    /// What carries the congruence headline of a phase and a unit, of either, or of the whole.
    #[must_use]
    pub fn of_congruence(&self, phase: Option<&str>, region: Option<&str>) -> Option<&Carried> {
        let unit = |list: &'_ [RegionCarried], id: &str| list.iter().position(|result| result.id == *id);
        match (phase, region) {
            (None, None) => Some(&self.congruence),
            (None, Some(region)) => unit(&self.congruence_by_region, region).map(|at| &self.congruence_by_region[at].carried),
            (Some(phase), region) => {
                let phase = self.congruence_by_phase.iter().find(|result| result.id == *phase)?;
                match region {
                    None => Some(&phase.carried),
                    Some(region) => unit(&phase.by_region, region).map(|at| &phase.by_region[at].carried),
                }
            }
        }
    }

    /// What carries the band of a dimension.
    #[must_use]
    pub fn of_dimension(&self, id: &str) -> Option<&Carried> {
        self.dimensions.iter().find(|dimension| dimension.id == *id).map(|dimension| &dimension.carried)
    }
}

/// A judgement with what bears on it.
pub(crate) struct Judged<'a> {
    subject: Subject,
    pub(crate) bearing: Bearing<'a>,
    decided: Option<&'a StatedConfidence>,
}

impl Judged<'_> {
    /// What the rules read from the pieces that are kept, and what they propose.
    fn read(&self, study: &CaseStudy, method: &Method, keep: &Keep<'_>) -> Option<(Read, Confidence)> {
        let read = read(study, &method.confidence, self.subject, &self.bearing, keep)?;
        let proposed = propose(read.concerns.map(|(_, concern, _)| concern), &read.caps);
        Some((read, proposed))
    }

    /// The level that counts: a person's decision, else what the rules propose.
    fn counts(&self, proposed: Option<Confidence>) -> Option<Confidence> {
        self.decided.map(|decided| decided.level).or(proposed)
    }

    /// The level that counts with the pieces that are kept; a person's decision stands.
    pub(crate) fn level(&self, study: &CaseStudy, method: &Method, keep: &Keep<'_>) -> Option<Confidence> {
        self.counts(self.read(study, method, keep).map(|(_, proposed)| proposed))
    }

    fn sureness(&self, study: &CaseStudy, method: &Method, of: String, link: Option<Link>) -> Sureness {
        let ids = |pieces: &[Piece<'_>]| pieces.iter().map(|piece| piece.id()).collect();
        let (read, proposed) = self.read(study, method, &|_| true).unzip();
        let level_of_grid = read.as_ref().map(|read| grid(read.amount, read.accord));
        Sureness {
            of,
            link,
            level: self.counts(proposed),
            proposed,
            decided: self.decided.cloned(),
            roads_differ: level_of_grid.zip(proposed).is_some_and(|(grid, level)| grid.is_far_from(level)),
            grid: level_of_grid,
            amounts: read.as_ref().map(|read| read.amounts).unwrap_or_default(),
            components: read.iter().flat_map(|read| read.concerns).map(component).collect(),
            caps: read.map(|read| read.caps).unwrap_or_default(),
            supports: ids(&self.bearing.supports),
            contradicts: ids(&self.bearing.contradicts),
        }
    }
}

/// Every judgement of a study: findings and effects in their order, and the links of blocks of ratings.
pub(crate) struct AllJudged<'a> {
    pub(crate) findings: Vec<Judged<'a>>,
    pub(crate) effects: Vec<Judged<'a>>,
    /// Rated and contested links, with the place of their block.
    pub(crate) ratings: Vec<(usize, Link, Judged<'a>)>,
}

/// Every judgement of a study, with what bears on it.
pub(crate) fn judged<'a>(study: &'a CaseStudy, bearings: &Bearings<'a>) -> AllJudged<'a> {
    let all = study.all_units();
    let findings = study.findings().iter().map(|row| Judged {
        subject: Subject { units: study.covered(&row.regions), days: days_of(study, &row.when), ..Subject::default() },
        bearing: bearings.on(&RowId::from(&row.id), &row.evidence, &row.provenance),
        decided: row.confidence.as_ref(),
    });
    let effects = study.effects().iter().map(|row| {
        let flagged = row.without.flags.iter().any(|flag| flag == "opinion" || flag == "forecast");
        let subject = Subject {
            units: study.covered(&row.regions),
            days: days_of(study, &row.when),
            contested: matches!(row.observed.judgement, Judgement::Contested(_)),
            opinion: flagged && row.observed.judgement.rated().is_none(),
        };
        let bearing = bearings.on(&RowId::from(&row.id), &row.evidence, &row.provenance);
        Judged { subject, bearing, decided: row.confidence.as_ref() }
    });
    let mut ratings = Vec::new();
    for (at, block) in study.ratings().iter().enumerate() {
        let (units, days) = (units_of(study, block, all), days_of_block(study, block));
        for link in Link::ALL {
            let Some(statement) = block.link(*link) else { continue };
            let contested = match statement.judgement {
                Judgement::Rated(_) => false,
                Judgement::Contested(_) => true,
                _ => continue,
            };
            let subject = Subject { units, days, contested, opinion: false };
            let bearing = bearings.under(&statement.rests_on, &[]);
            ratings.push((at, *link, Judged { subject, bearing, decided: statement.confidence.as_ref() }));
        }
    }
    AllJudged { findings: findings.collect(), effects: effects.collect(), ratings }
}

/// The level of every judgement of a study, and its reasons.
pub(super) struct Levels {
    pub(super) findings: Vec<Sureness>,
    pub(super) effects: Vec<Sureness>,
    pub(super) ratings: Vec<Sureness>,
    /// For each block of ratings and link the place among `ratings`.
    pub(super) slots: HashMap<(usize, Link), usize>,
}

/// How sure everything is, one by one.
pub(super) fn levels(study: &CaseStudy, method: &Method) -> Levels {
    let all = judged(study, &Bearings::of(study));
    let findings = study.findings().iter().zip(&all.findings).map(|(row, one)| one.sureness(study, method, row.id.to_string(), None));
    let effects = study.effects().iter().zip(&all.effects).map(|(row, one)| one.sureness(study, method, row.id.to_string(), None));
    let mut labels: Vec<Option<String>> = vec![None; study.ratings().len()];
    let mut label = |block: usize| labels[block].get_or_insert_with(|| study.ratings()[block].label()).clone();
    Levels {
        findings: findings.collect(),
        effects: effects.collect(),
        slots: all.ratings.iter().enumerate().map(|(n, (block, link, _))| ((*block, *link), n)).collect(),
        ratings: all.ratings.iter().map(|(block, link, one)| one.sureness(study, method, label(*block), Some(*link))).collect(),
    }
}

fn units_of(study: &CaseStudy, block: &Rating, all: UnitSet) -> UnitSet {
    if block.regions.is_empty() { all } else { study.covered(&block.regions) }
}

/// From the first to the last day of a block's phases; the window where it names none.
fn days_of_block(study: &CaseStudy, block: &Rating) -> Option<Days> {
    if block.phases.is_empty() {
        return Some(study.study().window);
    }
    let phases = || block.phases.iter().filter_map(|id| study.phase(id)).map(|phase| phase.days);
    Days::new(phases().map(|days| days.first()).min()?, phases().map(|days| days.last()).max()?)
}

fn component((component, concern, because): (Component, Concern, Reason)) -> ComponentResult {
    ComponentResult { component, concern, because }
}
