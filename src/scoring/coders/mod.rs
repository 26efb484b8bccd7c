//! Two codings of one case, compared judgement by judgement.
//!
//! Levels are a coder's reading of sources. How far another coder reads the same from them is what
//! [`compare`] tells: [`alpha`](mod@super::alpha) over links, findings and effects, and where the two lie apart.
//! It is for coders who judge the same case, not for stakeholders who hold an opinion.
//!
//! Misleads when few judgements were made many times: a rating that holds in many cells (of a pool, of the
//! whole, of every phase) counts in each of them, as it does in the results. And high agreement says that
//! coders read alike, not that they read right.

mod coding;
#[cfg(feature = "csv")]
mod table;

use std::collections::BTreeSet;

use serde::{Serialize, Serializer};

pub use coding::{Coding, Given, Judged, Unit};

use super::alpha::{Metric, NoAlpha, Reliance, alpha};
use crate::id::DimensionId;
use crate::scale::{Level, Link, Scale};

/// How far two coders agree.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CodersAgreement {
    /// Over all links of all cells.
    pub links: Compared,
    /// Over each link.
    pub by_link: Vec<LinkCompared>,
    /// Over all findings; nothing where one coding is of links alone.
    pub findings: Option<Compared>,
    /// Over the findings of each dimension, by its id; empty where one coding is of links alone.
    pub by_dimension: Vec<DimensionCompared>,
    /// Over the observed changes of effects; nothing where one coding is of links alone.
    pub effects: Option<Compared>,
    /// Where both gave a level and not the same: furthest apart first, then in the order of units.
    pub disagreements: Vec<Disagreement>,
    /// Where one of them alone gave a level, in the order of units.
    pub one_sided: Vec<OneSided>,
    /// What stands in the first coding alone: a cell once, where the second has none of its links.
    pub only_first: Vec<Unit>,
    /// What stands in the second coding alone.
    pub only_second: Vec<Unit>,
}

/// How far two coders agree over some units.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Compared {
    /// Units that stand in both codings.
    pub units: usize,
    /// Those of which both gave a level.
    pub both: usize,
    /// Those of which the first coder alone did.
    pub only_first: usize,
    /// Those of which the second coder alone did.
    pub only_second: usize,
    /// Of `both`, those with the same level, whatever its range.
    pub exact: usize,
    /// Of `both`, those at most one level apart, the same ones included.
    pub within_one: usize,
    /// Krippendorff's alpha (ordinal) over `both`, or why there is none.
    #[serde(serialize_with = "alpha_by_name")]
    pub alpha: Result<f64, NoAlpha>,
}

/// A link over all cells.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LinkCompared {
    /// The link.
    pub link: Link,
    /// How far the coders agree on it.
    #[serde(flatten)]
    pub compared: Compared,
}

/// The findings of a dimension.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DimensionCompared {
    /// The dimension.
    pub dimension: DimensionId,
    /// How far the coders agree on them.
    #[serde(flatten)]
    pub compared: Compared,
}

/// A unit of which both coders gave a level, and not the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Disagreement {
    /// What they judged.
    #[serde(flatten)]
    pub unit: Unit,
    /// How many levels they lie apart.
    pub apart: u8,
    /// The first coder's judgement.
    pub first: Judged,
    /// The second coder's.
    pub second: Judged,
}

/// A unit of which one coder gave a level and the other did not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OneSided {
    /// What they judged.
    #[serde(flatten)]
    pub unit: Unit,
    /// The first coder's judgement.
    pub first: Judged,
    /// The second coder's.
    pub second: Judged,
}

impl Compared {
    /// How far the codes can be relied on; nothing without an alpha.
    #[must_use]
    pub fn reliance(&self) -> Option<Reliance> {
        self.alpha.ok().map(Reliance::of)
    }

    fn of<'a>(pairs: impl Iterator<Item = &'a Pair<'a>>) -> Self {
        let mut found = Self { units: 0, both: 0, only_first: 0, only_second: 0, exact: 0, within_one: 0, alpha: Err(NoAlpha::NoPairs) };
        let mut values = [Vec::new(), Vec::new()];
        for pair in pairs {
            found.units += 1;
            match (pair.first.value(), pair.second.value()) {
                (Some(first), Some(second)) => {
                    let apart = first.abs_diff(second);
                    found.both += 1;
                    found.exact += usize::from(apart == 0);
                    found.within_one += usize::from(apart <= 1);
                    values[0].push(Some(f64::from(first)));
                    values[1].push(Some(f64::from(second)));
                }
                (Some(_), None) => found.only_first += 1,
                (None, Some(_)) => found.only_second += 1,
                (None, None) => {}
            }
        }
        found.alpha = alpha(&values, Metric::Ordinal);
        found
    }
}

/// An alpha with its reliance, or why there is none, told by name.
fn alpha_by_name<S: Serializer>(alpha: &Result<f64, NoAlpha>, serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    #[serde(tag = "status", rename_all = "kebab-case")]
    enum ByName {
        Known { value: f64, reliance: Reliance },
        Unknown { reason: NoAlpha },
    }
    let by_name = match *alpha {
        Ok(value) => ByName::Known { value, reliance: Reliance::of(value) },
        Err(reason) => ByName::Unknown { reason },
    };
    by_name.serialize(serializer)
}

/// What two coders made of one unit.
#[derive(Clone, Copy)]
struct Pair<'a> {
    unit: &'a Unit,
    first: &'a Judged,
    second: &'a Judged,
}

impl Pair<'_> {
    fn disagreement(&self) -> Option<Disagreement> {
        let apart = self.first.value()?.abs_diff(self.second.value()?);
        (apart > 0).then(|| Disagreement { unit: self.unit.clone(), apart, first: *self.first, second: *self.second })
    }

    fn one_sided(&self) -> Option<OneSided> {
        let one = self.first.value().is_some() != self.second.value().is_some();
        one.then(|| OneSided { unit: self.unit.clone(), first: *self.first, second: *self.second })
    }
}

/// Compares two codings of one case.
///
/// Units are matched by what they are of: task, phase, region and link; dimension and id of a finding; id of
/// an effect. Alpha takes the units of which both gave a level. A link counts by its level from 0 to 4, an
/// effect by its observed change from −3 to +3, a finding by its salience from 1 to 3 with the sign of its
/// kind, and 0 where it is mixed or neutral. Ranges are shown and do not count. What is not assessed, not
/// applicable, contested or not coded is no level; where the other coder gave one, that is counted and listed.
///
/// Comparing is symmetric: the other way round only changes which coding is called the first.
///
/// Source: Krippendorff, *Content Analysis* (2004), chapter 11, on alpha and on the convention of
/// [`Reliance`].
///
/// Worked example: over the four links of a cell one coder gives absent, marginal, partial, partial, the
/// other absent, marginal, partial, marginal. Of the eight levels two are absent, three marginal, three
/// partial: mean ranks 1, 3.5 and 6.5. D_o is 2·(6.5 − 3.5)²/8 = 2.25; D_e is
/// 2·(6·2.5² + 6·5.5² + 9·3²)/56 = 600/56; alpha is 1 − 2.25·56/600 = .79, which is tentative.
///
/// ```
/// # #[cfg(feature = "csv")] {
/// use peaceops::scoring::alpha::Reliance;
/// use peaceops::scoring::coders::{Coding, compare};
///
/// let table = |activities: &str| {
///     format!(
///         "task,phase,region,link,level\nT1,P1,N,mandate,absent\nT1,P1,N,resources,marginal\n\
///          T1,P1,N,capabilities,partial\nT1,P1,N,activities,{activities}\n"
///     )
/// };
/// let [first, second] = [Coding::from_table("first.csv", &table("partial"))?, Coding::from_table("second.csv", &table("marginal"))?];
/// let agreement = compare(&first, &second);
/// assert!(agreement.links.alpha.is_ok_and(|alpha| (alpha - 0.79).abs() < 1e-12));
/// assert_eq!(agreement.links.reliance(), Some(Reliance::Tentative));
/// let one = &agreement.disagreements[0];
/// assert_eq!(format!("{}: {}, {}", one.unit, one.first, one.second), "P1/N/T1 activities: partial, marginal");
/// # }
/// # Ok::<(), peaceops::Problems>(())
/// ```
#[must_use]
pub fn compare(first: &Coding, second: &Coding) -> CodersAgreement {
    let pairs: Vec<Pair<'_>> = first
        .judgements()
        .filter_map(|(unit, judged)| second.judged(unit).map(|other| Pair { unit, first: judged, second: other }))
        .collect();
    let over = |wanted: &dyn Fn(&Unit) -> bool| Compared::of(pairs.iter().filter(|pair| wanted(pair.unit)));
    let with_rows = !first.links_alone() && !second.links_alone();
    let dimension_of = |unit: &Unit| match unit {
        Unit::Finding { dimension, .. } if with_rows => Some(dimension.clone()),
        _ => None,
    };
    let dimensions: BTreeSet<DimensionId> =
        first.judgements().chain(second.judgements()).filter_map(|(unit, _)| dimension_of(unit)).collect();
    let mut disagreements: Vec<Disagreement> = pairs.iter().filter_map(Pair::disagreement).collect();
    disagreements.sort_by(|a, b| b.apart.cmp(&a.apart).then_with(|| a.unit.cmp(&b.unit)));
    CodersAgreement {
        links: over(&|unit| matches!(unit, Unit::Link { .. })),
        by_link: Link::ALL
            .iter()
            .map(|wanted| LinkCompared { link: *wanted, compared: over(&|unit| matches!(unit, Unit::Link { link, .. } if link == wanted)) })
            .collect(),
        findings: with_rows.then(|| over(&|unit| matches!(unit, Unit::Finding { .. }))),
        by_dimension: dimensions
            .into_iter()
            .map(|wanted| DimensionCompared {
                compared: over(&|unit| matches!(unit, Unit::Finding { dimension, .. } if *dimension == wanted)),
                dimension: wanted,
            })
            .collect(),
        effects: with_rows.then(|| over(&|unit| matches!(unit, Unit::Effect { .. }))),
        disagreements,
        one_sided: pairs.iter().filter_map(Pair::one_sided).collect(),
        only_first: alone(first, second),
        only_second: alone(second, first),
    }
}

/// What stands in one coding alone; rows are not missing where the other is of links alone.
fn alone(coding: &Coding, other: &Coding) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    for (unit, _) in coding.judgements().filter(|(unit, _)| other.judged(unit).is_none()) {
        match unit.cell() {
            Some(cell) if !other.has_cell(unit) => {
                if units.last() != Some(&cell) {
                    units.push(cell);
                }
            }
            None if other.links_alone() => {}
            _ => units.push(unit.clone()),
        }
    }
    units
}

/// The place of a level among the five.
fn level_value(level: Level) -> i8 {
    level.place().cast_signed()
}
