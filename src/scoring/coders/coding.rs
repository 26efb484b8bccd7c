//! What one coder judged of a case, unit by unit.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Serialize, Serializer};

use super::level_value;
use crate::id::{DimensionId, EffectId, FindingId, PhaseId, RegionId, TaskId};
use crate::model::CaseStudy;
use crate::scale::{Change, FindingKind, Judgement, Level, Link, Ranged, Salience, Scale};
use crate::scoring::Method;

/// What one coder judged of a case.
///
/// It holds every link of every cell, and, where it was made of a study, its findings and the observed
/// changes of its effects too. A table of ratings has links alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coding {
    judged: BTreeMap<Unit, Judged>,
    links_alone: bool,
}

/// What is judged.
///
/// The order is that of links by task, phase, region and link, then findings, then effects.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(tag = "of", rename_all = "kebab-case")]
pub enum Unit {
    /// A link of a task in a phase and a region.
    Link {
        /// The task.
        task: TaskId,
        /// The phase.
        phase: PhaseId,
        /// The region.
        region: RegionId,
        /// The link.
        link: Link,
    },
    /// A task in a phase and a region, all its links together.
    Cell {
        /// The task.
        task: TaskId,
        /// The phase.
        phase: PhaseId,
        /// The region.
        region: RegionId,
    },
    /// A finding on a dimension: one that the coders put under different dimensions is two.
    Finding {
        /// The dimension.
        dimension: DimensionId,
        /// The finding.
        finding: FindingId,
    },
    /// The observed change of an effect.
    Effect {
        /// The effect.
        effect: EffectId,
    },
}

impl Unit {
    /// The cell of a link.
    pub(super) fn cell(&self) -> Option<Self> {
        match self {
            Self::Link { task, phase, region, .. } => Some(Self::Cell { task: task.clone(), phase: phase.clone(), region: region.clone() }),
            _ => None,
        }
    }
}

impl fmt::Display for Unit {
    /// `P3/C/T1 resources`, `P3/C/T1`, `legitimacy/F1`, `E1`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Link { task, phase, region, link } => write!(f, "{phase}/{region}/{task} {link}"),
            Self::Cell { task, phase, region } => write!(f, "{phase}/{region}/{task}"),
            Self::Finding { dimension, finding } => write!(f, "{dimension}/{finding}"),
            Self::Effect { effect } => write!(f, "{effect}"),
        }
    }
}

/// What a coder made of a unit; results have it in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Judged {
    /// A link.
    Level(Given<Level>),
    /// An observed change.
    Change(Given<Change>),
    /// A finding.
    Finding(FindingKind, Salience),
}

impl Judged {
    /// The number that is compared, where a level was given.
    ///
    /// A level counts 0 to 4, a change −3 to +3; a finding 1 to 3 by its salience as a strength, the same
    /// below 0 as a limitation, and 0 where it is mixed or neutral.
    ///
    /// ```
    /// use peaceops::scale::{FindingKind, Level, Ranged, Salience};
    /// use peaceops::scoring::coders::{Given, Judged};
    ///
    /// assert_eq!(Judged::Level(Given::Rated(Ranged::exact(Level::Full))).value(), Some(4));
    /// assert_eq!(Judged::Finding(FindingKind::Limitation, Salience::Major).value(), Some(-3));
    /// assert_eq!(Judged::Level(Given::NotAssessed).value(), None);
    /// ```
    #[must_use]
    pub fn value(&self) -> Option<i8> {
        match self {
            Self::Level(given) => given.rated().map(|rated| level_value(rated.value())),
            Self::Change(given) => given.rated().map(|rated| rated.value().value()),
            Self::Finding(kind, salience) => {
                let weight = match salience {
                    Salience::Minor => 1,
                    Salience::Moderate => 2,
                    Salience::Major => 3,
                };
                Some(match kind {
                    FindingKind::Strength => weight,
                    FindingKind::Limitation => -weight,
                    FindingKind::Mixed | FindingKind::Neutral => 0,
                })
            }
        }
    }
}

impl fmt::Display for Judged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Level(given) => given.fmt(f),
            Self::Change(given) => given.fmt(f),
            Self::Finding(kind, salience) => write!(f, "{salience} {kind}"),
        }
    }
}

impl Serialize for Judged {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A value with its range, or in which way there is none.
///
/// It is a [`Judgement`] without its reason; of readings that exclude each other it has the ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Given<S> {
    /// A value within its range.
    Rated(Ranged<S>),
    /// Readings that exclude each other, by their ends.
    Contested {
        /// The lowest reading.
        low: S,
        /// The highest.
        high: S,
    },
    /// The sources carry no value.
    NotAssessed,
    /// The question does not arise.
    NotApplicable,
    /// No row speaks of it.
    NotCoded,
}

impl<S: Scale> Given<S> {
    /// The value with its range, if it is rated.
    #[must_use]
    pub fn rated(&self) -> Option<Ranged<S>> {
        match self {
            Self::Rated(rated) => Some(*rated),
            _ => None,
        }
    }

    fn of(judgement: Option<&Judgement<S>>) -> Self {
        match judgement {
            Some(Judgement::Rated(rated)) => Self::Rated(*rated),
            Some(Judgement::Contested(values)) => {
                Self::Contested { low: values.first().copied().unwrap_or(S::MIN), high: values.last().copied().unwrap_or(S::MAX) }
            }
            Some(Judgement::NotAssessed(_)) => Self::NotAssessed,
            Some(Judgement::NotApplicable(_)) => Self::NotApplicable,
            None => Self::NotCoded,
        }
    }
}

impl<S: Scale> fmt::Display for Given<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rated(rated) => write!(f, "{rated}"),
            Self::Contested { low, high } => write!(f, "contested: {low} to {high}"),
            Self::NotAssessed => write!(f, "not assessed"),
            Self::NotApplicable => write!(f, "not applicable"),
            Self::NotCoded => write!(f, "not coded"),
        }
    }
}

impl Coding {
    /// What the coder of a study judged: every link of every cell that the default [`Method`] has, every
    /// finding, and the observed change of every effect.
    ///
    /// ```
    /// # #[cfg(all(feature = "toml", feature = "csv"))] {
    /// use peaceops::CaseStudy;
    /// use peaceops::scoring::coders::{Coding, compare};
    ///
    /// let coding = Coding::of(&CaseStudy::read("examples/minusma")?);
    /// let agreement = compare(&coding, &coding);
    /// assert_eq!(agreement.links.alpha, Ok(1.0));
    /// assert!(agreement.disagreements.is_empty());
    /// # }
    /// # Ok::<(), peaceops::Problems>(())
    /// ```
    #[must_use]
    pub fn of(study: &CaseStudy) -> Self {
        let mut judged = BTreeMap::new();
        let units: Vec<&RegionId> = study.units().map(|unit| &unit.id).collect();
        for cell in study.rating_units(i64::from(Method::default().cells.least_days)) {
            for link in Link::ALL {
                let held = study.holding(cell.task, *link, cell.phase, cell.unit);
                let unit = Unit::Link {
                    task: study.tasks()[cell.task].id.clone(),
                    phase: study.phases()[cell.phase].id.clone(),
                    region: units[cell.unit].clone(),
                    link: *link,
                };
                judged.insert(unit, Judged::Level(Given::of(held.map(|held| &held.statement.judgement))));
            }
        }
        for row in study.findings() {
            let unit = Unit::Finding { dimension: row.dimension.clone(), finding: row.id.clone() };
            judged.insert(unit, Judged::Finding(row.kind, row.salience));
        }
        for row in study.effects() {
            let unit = Unit::Effect { effect: row.id.clone() };
            judged.insert(unit, Judged::Change(Given::of(Some(&row.observed.judgement))));
        }
        Self { judged, links_alone: false }
    }

    /// A coding of links alone.
    #[cfg(feature = "csv")]
    pub(super) fn of_links(links: impl Iterator<Item = (Unit, Given<Level>)>) -> Self {
        Self { judged: links.map(|(unit, given)| (unit, Judged::Level(given))).collect(), links_alone: true }
    }

    /// What was judged, in the order of units.
    pub fn judgements(&self) -> impl Iterator<Item = (&Unit, &Judged)> {
        self.judged.iter()
    }

    /// What was made of a unit; nothing where the coding does not hold it.
    #[must_use]
    pub fn judged(&self, unit: &Unit) -> Option<&Judged> {
        self.judged.get(unit)
    }

    /// Whether it was read from a table of ratings, which has no findings and effects.
    #[must_use]
    pub fn links_alone(&self) -> bool {
        self.links_alone
    }

    /// Whether it has any link of the cell of a link.
    pub(super) fn has_cell(&self, unit: &Unit) -> bool {
        let Unit::Link { task, phase, region, .. } = unit else { return false };
        Link::ALL.iter().any(|link| {
            let other = Unit::Link { task: task.clone(), phase: phase.clone(), region: region.clone(), link: *link };
            self.judged.contains_key(&other)
        })
    }
}
