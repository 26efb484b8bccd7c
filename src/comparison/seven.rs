//! Do the seven explain the first? The claim of the method, held against the phases of several missions.
//!
//! EPON's claim: the better a mission does on the seven explanatory dimensions, the likelier it is effective on the
//! first. Here each phase of each study is a unit, with its balance on the outcome and on every explanatory dimension,
//! and rank correlations tell whether they come in the same order. Each dimension stands alone: no average over them.
//!
//! **Misleads** with few missions: phases of one mission are not independent (they share a country, a mandate and the
//! findings that hold of the whole mission), and the exact p treats them as if they were. [`Seven::caution`] says what
//! the numbers at hand can and cannot say.
//!
//! Source: van der Lijn and others, *Assessing the Effectiveness of the United Nations Mission in Mali* (EPON, 2019),
//! on the eight dimensions and how they hang together. EPON computes nothing of this kind.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use indexmap::IndexMap;
use serde::Serialize;

use super::refuse;
use crate::error::Error;
use crate::id::{DimensionId, MissionId, PhaseId, StudyId};
use crate::indicator::correlation::{Coefficient, NoCorrelation, correlation, permutation};
use crate::scale::Role;
use crate::scoring::dimension::Count;
use crate::scoring::{Assessment, Band, FrameworkHead};

/// A p at or under this counts as small: the usual convention, used here only to say how many come by chance.
pub const SMALL: f64 = 0.05;

/// What a unit has on a dimension.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Told {
    /// The balance, −1 to 1.
    pub balance: f64,
    /// Its band.
    pub band: Band,
}

impl Told {
    /// The balance of a count that has a band: enough issues.
    fn of(count: &Count) -> Option<Self> {
        Some(Self { balance: count.balance?.value.value(), band: count.band? })
    }

    fn is_enabling(self) -> bool {
        self.band >= Band::Enabling
    }
}

/// A phase of a study.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Unit {
    /// The study.
    pub study: StudyId,
    /// Its missions. Studies that share one count as one mission.
    pub missions: Vec<MissionId>,
    /// The phase.
    pub phase: PhaseId,
    /// The outcome.
    pub outcome: Told,
    /// The explanatory dimensions that have a band; one that is not here is unknown, not 0.
    pub explanatory: IndexMap<DimensionId, Told>,
}

/// A phase that is no unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// The study.
    pub study: StudyId,
    /// The phase.
    pub phase: PhaseId,
    /// Why.
    pub because: WhyLeftOut,
}

/// Why a phase is no unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhyLeftOut {
    /// The study sets it apart: its whole is of other phases.
    SetApart,
    /// The outcome has too few issues for a band.
    NoOutcome,
    /// No explanatory dimension has enough issues for a band.
    NoExplanatory,
}

/// A number, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "status", rename_all = "kebab-case")]
pub enum Value {
    /// It is known.
    Known {
        /// The number.
        value: f64,
    },
    /// It is not, which is not 0.
    Unknown {
        /// Why.
        reason: NoCorrelation,
    },
}

impl Value {
    /// The number, where it is known.
    #[must_use]
    pub fn known(self) -> Option<f64> {
        match self {
            Self::Known { value } => Some(value),
            Self::Unknown { .. } => None,
        }
    }
}

impl From<Result<f64, NoCorrelation>> for Value {
    fn from(value: Result<f64, NoCorrelation>) -> Self {
        match value {
            Ok(value) => Self::Known { value },
            Err(reason) => Self::Unknown { reason },
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known { value } => write!(f, "{:+.2}", value + 0.0),
            Self::Unknown { reason } => write!(f, "unknown: {reason}"),
        }
    }
}

/// One coefficient of one thing with the outcome.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Correlated {
    /// The coefficient.
    pub coefficient: Coefficient,
    /// Its value, −1 to 1.
    pub value: Value,
    /// The two-sided p by all orders of the units, as if they were independent.
    pub p: Value,
    /// Its value without each mission, in the order of [`Associations::missions`]; missions that have no unit here
    /// are not among them.
    pub without: Vec<Without>,
    /// The lowest and highest of these that are known.
    pub range: Option<(f64, f64)>,
}

/// A coefficient without a mission.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Without {
    /// The place of the mission in [`Associations::missions`].
    pub mission: usize,
    /// The coefficient over the units of all others.
    pub value: Value,
}

/// Which way something goes with the outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sign {
    /// With it: as the claim has it.
    Positive,
    /// Against it.
    Negative,
}

impl Sign {
    /// That of a coefficient; nothing of one that is 0, or no further from it than floating numbers err.
    fn of(value: f64) -> Option<Self> {
        (value.abs() > 1e-9).then_some(if value > 0.0 { Self::Positive } else { Self::Negative })
    }
}

impl Correlated {
    /// The sign that the coefficient has over all units and keeps without each mission in turn.
    ///
    /// Nothing where it has none, changes it, is not known without some mission, or where all units are of one mission.
    #[must_use]
    pub fn steady(&self) -> Option<Sign> {
        let sign = Sign::of(self.value.known()?)?;
        let keeps = |without: &Without| without.value.known().and_then(Sign::of) == Some(sign);
        (self.without.len() > 1 && self.without.iter().all(keeps)).then_some(sign)
    }
}

/// How one thing goes with the outcome, over the units where both are known.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Association {
    /// The dimension; nothing for the number of dimensions with an enabling band.
    pub dimension: Option<DimensionId>,
    /// How many units it is known in.
    pub units: usize,
    /// How many missions they are of: at most so many independent cases.
    pub missions: usize,
    /// Spearman's rho, then Kendall's tau-b.
    pub coefficients: Vec<Correlated>,
}

/// How explanatory dimensions go with an outcome: what follows from units alone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Associations {
    /// The missions that units are of; where studies share a mission, all of theirs are one.
    pub missions: Vec<Vec<MissionId>>,
    /// Each explanatory dimension, in the order of the framework.
    pub dimensions: Vec<Association>,
    /// The dimensions that have a band in every unit: the number with an enabling band is counted over these alone.
    pub counted: Vec<DimensionId>,
    /// The number of those with an enabling band.
    pub enabling: Association,
    /// What so few cases can say, and what they cannot.
    pub caution: String,
}

/// Do the seven explain the first? The claim of the method over the phases of several studies.
///
/// A phase is a unit where the outcome and at least one explanatory dimension have enough issues for a band; of a study
/// that marks its main phases only these, as everywhere in the whole. Each explanatory dimension is held against the outcome over the units where it is known.
///
/// Formulas: [`correlation`], its exact [`permutation`] test (two-sided; up to thirteen units), both over again without
/// each mission.
///
/// Worked example: outcomes −.6 −.2 .1 .5 of four missions, and a dimension at −.5 .0 −.1 .4: of six pairs five are in
/// the same order, tau is 4/6 = .67; rho is 1 − 6·2/60 = .8. Of the 24 orders eight are as far from 0: p is 1/3.
/// Without the first mission tau is 1/3, without the second 1.
///
/// ```
/// use peaceops::CaseStudy;
/// use peaceops::comparison::seven::Seven;
/// use peaceops::scoring::Method;
///
/// # fn show(studies: &[CaseStudy]) -> Result<(), peaceops::Error> {
/// let assessments: Vec<_> = studies.iter().map(|study| study.assess(&Method::default())).collect();
/// let seven = Seven::of(&assessments.iter().collect::<Vec<_>>())?;
/// for association in &seven.associations.dimensions {
///     println!("{association}");
/// }
/// println!("{}", seven.caution());
/// # Ok(()) }
/// # assert!(show(&[]).is_err());
/// assert_eq!(Seven::of(&[]).unwrap_err().code(), "not-comparable");
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Seven {
    /// The one framework.
    pub framework: FrameworkHead,
    /// The dimension that is to be explained.
    pub outcome: DimensionId,
    /// The units, by study and phase.
    pub units: Vec<Unit>,
    /// Phases that are no unit.
    pub left_out: Vec<LeftOut>,
    /// What follows from the units.
    #[serde(flatten)]
    pub associations: Associations,
}

impl Seven {
    /// The claim, held against some assessments. Their order changes nothing.
    ///
    /// # Errors
    /// `not-comparable` for no assessment, for different frameworks, for different rules of balances or of what counts
    /// in a phase, for a study that stands twice, and for a framework that has not one outcome.
    pub fn of(assessments: &[&Assessment]) -> Result<Self, Error> {
        let mut assessments = assessments.to_vec();
        assessments.sort_by(|a, b| a.head().id.cmp(&b.head().id));
        let Some((first, others)) = assessments.split_first() else { return refuse("there is no study".to_owned()) };
        let framework = first.study().framework();
        for other in others {
            let (one, two) = (&first.head().id, &other.head().id);
            if other.study().framework() != framework {
                return refuse(format!("`{one}` and `{two}` are not under the same framework"));
            }
            if other.method().balance != first.method().balance || other.method().windows != first.method().windows {
                return refuse(format!("`{one}` and `{two}` were not assessed by the same rules of balances and phases"));
            }
        }
        if let Some(twice) = assessments.windows(2).find(|pair| pair[0].head().id == pair[1].head().id) {
            return refuse(format!("the study `{}` stands twice", twice[0].head().id));
        }
        let of_role = |role: Role| framework.dimensions().iter().filter(move |row| row.role == role).map(|row| row.id.clone());
        let outcomes: Vec<DimensionId> = of_role(Role::Outcome).collect();
        let [outcome] = outcomes.as_slice() else {
            return refuse(format!("the framework has {} outcomes; one is explained", outcomes.len()));
        };
        let (mut units, mut left_out) = (Vec::new(), Vec::new());
        for assessment in &assessments {
            for (at, (phase, _)) in assessment.head().phases.iter().enumerate() {
                let told = if assessment.study().is_main(at) { unit(assessment, at, phase, outcome) } else { Err(WhyLeftOut::SetApart) };
                match told {
                    Ok(unit) => units.push(unit),
                    Err(because) => left_out.push(LeftOut { study: assessment.head().id.clone(), phase: phase.clone(), because }),
                }
            }
        }
        let explanatory: Vec<DimensionId> = of_role(Role::Explanatory).collect();
        let associations = Associations::of(&explanatory, &units);
        Ok(Self { framework: first.framework_head().clone(), outcome: outcome.clone(), units, left_out, associations })
    }

    /// What so few cases can say, and what they cannot.
    #[must_use]
    pub fn caution(&self) -> &str {
        &self.associations.caution
    }
}

/// A phase as a unit.
fn unit(assessment: &Assessment, at: usize, phase: &PhaseId, outcome: &DimensionId) -> Result<Unit, WhyLeftOut> {
    let told = |dimension: &DimensionId| {
        let row = assessment.dimensions().iter().find(|row| row.id == *dimension)?;
        Told::of(&row.by_phase.get(at)?.count)
    };
    let outcome = told(outcome).ok_or(WhyLeftOut::NoOutcome)?;
    let explanatory = assessment.dimensions().iter().filter(|row| row.role == Role::Explanatory);
    let explanatory: IndexMap<DimensionId, Told> = explanatory.filter_map(|row| Some((row.id.clone(), told(&row.id)?))).collect();
    if explanatory.is_empty() {
        return Err(WhyLeftOut::NoExplanatory);
    }
    let head = assessment.head();
    Ok(Unit { study: head.id.clone(), missions: head.missions.clone(), phase: phase.clone(), outcome, explanatory })
}

impl Associations {
    /// How each of some dimensions goes with the outcome over units: the whole of the arithmetic, without any study.
    ///
    /// ```
    /// use peaceops::comparison::seven::{Associations, Told, Unit};
    /// use peaceops::scoring::Band;
    ///
    /// let unit = |mission: &str, outcome, legitimacy| -> Result<Unit, peaceops::Error> {
    ///     let told = |balance| Told { balance, band: Band::Mixed };
    ///     Ok(Unit {
    ///         study: mission.parse()?, missions: vec![mission.parse()?], phase: "P1".parse()?, outcome: told(outcome),
    ///         explanatory: [("legitimacy".parse()?, told(legitimacy))].into_iter().collect(),
    ///     })
    /// };
    /// let units = [unit("a", -0.6, -0.5)?, unit("b", -0.2, 0.0)?, unit("c", 0.1, -0.1)?, unit("d", 0.5, 0.4)?];
    /// let all = Associations::of(&["legitimacy".parse()?], &units);
    /// let [rho, tau] = all.dimensions[0].coefficients.as_slice() else { unreachable!("two coefficients") };
    /// assert_eq!((rho.value.known(), tau.value.known()), (Some(0.8), Some(4.0 / 6.0)));
    /// assert_eq!((tau.p.known(), tau.range), (Some(1.0 / 3.0), Some((1.0 / 3.0, 1.0))));
    /// assert!(all.caution.starts_with("4 phases of 4 missions, so at most 4 independent cases."));
    /// # Ok::<(), peaceops::Error>(())
    /// ```
    #[must_use]
    pub fn of(explanatory: &[DimensionId], units: &[Unit]) -> Self {
        let (missions, mission_of) = missions(units);
        let associate = |dimension: Option<&DimensionId>, value: &dyn Fn(&Unit) -> Option<f64>| {
            let known = units.iter().zip(&mission_of);
            let known = known.filter_map(|(unit, mission)| Some((*mission, (value(unit)?, unit.outcome.balance))));
            Association::of(dimension.cloned(), &known.collect::<Vec<_>>())
        };
        let dimensions: Vec<Association> = explanatory
            .iter()
            .map(|dimension| associate(Some(dimension), &|unit| unit.explanatory.get(dimension).map(|told| told.balance)))
            .collect();
        let everywhere = |dimension: &&DimensionId| units.iter().all(|unit| unit.explanatory.contains_key(*dimension));
        let counted: Vec<DimensionId> = explanatory.iter().filter(everywhere).cloned().collect();
        let enabling = associate(None, &|unit| {
            let told = counted.iter().filter_map(|dimension| unit.explanatory.get(dimension));
            let enabling = u32::try_from(told.filter(|told| told.is_enabling()).count()).ok()?;
            (!counted.is_empty()).then(|| f64::from(enabling))
        });
        let caution = caution(units.len(), missions.len(), dimensions.iter().chain([&enabling]));
        Self { missions, dimensions, counted, enabling, caution }
    }
}

/// The missions, those of studies that share one as one; and for each unit the place of its own.
fn missions(units: &[Unit]) -> (Vec<Vec<MissionId>>, Vec<usize>) {
    // the least mission that a mission is joined with, step by step
    let mut joined: BTreeMap<&MissionId, &MissionId> = BTreeMap::new();
    fn root<'a>(joined: &BTreeMap<&'a MissionId, &'a MissionId>, mut mission: &'a MissionId) -> &'a MissionId {
        while let Some(next) = joined.get(mission).copied().filter(|next| *next != mission) {
            mission = next;
        }
        mission
    }
    for unit in units {
        for mission in &unit.missions {
            let (a, b) = (root(&joined, &unit.missions[0]), root(&joined, mission));
            joined.insert(a.max(b), a.min(b));
        }
    }
    let mut groups: BTreeMap<&MissionId, BTreeSet<&MissionId>> = BTreeMap::new();
    for mission in units.iter().flat_map(|unit| &unit.missions) {
        groups.entry(root(&joined, mission)).or_default().insert(mission);
    }
    let places: BTreeMap<&MissionId, usize> = groups.keys().enumerate().map(|(at, root)| (*root, at)).collect();
    let place = |unit: &Unit| unit.missions.first().and_then(|mission| places.get(root(&joined, mission))).copied();
    // a unit that names no mission is of none that another is of
    let mut nameless = groups.len();
    let of: Vec<usize> = units
        .iter()
        .map(|unit| {
            place(unit).unwrap_or_else(|| {
                nameless += 1;
                nameless - 1
            })
        })
        .collect();
    let mut groups: Vec<Vec<MissionId>> = groups.into_values().map(|group| group.into_iter().cloned().collect()).collect();
    groups.resize(nameless, Vec::new());
    (groups, of)
}

impl Association {
    /// The sign that every coefficient keeps without each mission in turn, where it is one.
    ///
    /// ```
    /// use peaceops::comparison::seven::{Associations, Sign, Told, Unit};
    /// # use peaceops::scoring::Band;
    /// # let unit = |mission: &str, outcome, balance| -> Result<Unit, peaceops::Error> {
    /// #     let told = |balance| Told { balance, band: Band::Mixed };
    /// #     Ok(Unit {
    /// #         study: mission.parse()?, missions: vec![mission.parse()?], phase: "P1".parse()?, outcome: told(outcome),
    /// #         explanatory: [("legitimacy".parse()?, told(balance))].into_iter().collect(),
    /// #     })
    /// # };
    /// // four missions, an outcome and a dimension: the example of `Associations::of`
    /// let units = [unit("a", -0.6, -0.5)?, unit("b", -0.2, 0.0)?, unit("c", 0.1, -0.1)?, unit("d", 0.5, 0.4)?];
    /// let legitimacy = "legitimacy".parse()?;
    /// assert_eq!(Associations::of(&[legitimacy], &units).dimensions[0].steady(), Some(Sign::Positive));
    /// # Ok::<(), peaceops::Error>(())
    /// ```
    #[must_use]
    pub fn steady(&self) -> Option<Sign> {
        let (first, others) = self.coefficients.split_first()?;
        first.steady().filter(|sign| others.iter().all(|other| other.steady() == Some(*sign)))
    }

    /// Points with their mission: what explains, then what is explained.
    fn of(dimension: Option<DimensionId>, known: &[(usize, (f64, f64))]) -> Self {
        let missions: BTreeSet<usize> = known.iter().map(|(mission, _)| *mission).collect();
        let points: Vec<(f64, f64)> = known.iter().map(|(_, point)| *point).collect();
        let coefficients = Coefficient::ALL.iter().map(|coefficient| {
            let without = missions.iter().map(|mission| {
                let others: Vec<_> = known.iter().filter(|(of, _)| of != mission).map(|(_, point)| *point).collect();
                Without { mission: *mission, value: correlation(&others, *coefficient).into() }
            });
            let without: Vec<Without> = without.collect();
            let values = without.iter().filter_map(|without| without.value.known());
            Correlated {
                coefficient: *coefficient,
                value: correlation(&points, *coefficient).into(),
                p: permutation(&points, *coefficient).map(|test| test.two_sided()).into(),
                range: values.fold(None, |range, value| {
                    let (low, high) = range.unwrap_or((value, value));
                    Some((value.min(low), value.max(high)))
                }),
                without,
            }
        });
        Self { dimension, units: points.len(), missions: missions.len(), coefficients: coefficients.collect() }
    }
}

impl fmt::Display for Association {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.dimension {
            Some(dimension) => write!(f, "{dimension}")?,
            None => write!(f, "number of enabling dimensions")?,
        }
        write!(f, ", {} of {}", counted(self.units, "phase"), counted(self.missions, "mission"))?;
        for correlated in &self.coefficients {
            write!(f, "; {} {}", correlated.coefficient, correlated.value)?;
            if let Some((low, high)) = correlated.range {
                write!(f, " ({low:+.2} to {high:+.2} without a mission)", low = low + 0.0, high = high + 0.0)?;
            }
            match (correlated.value, correlated.p) {
                (_, Value::Known { value }) => write!(f, ", p {value:.3}")?,
                (Value::Known { .. }, Value::Unknown { reason }) => write!(f, ", no exact p: {reason}")?,
                _ => {}
            }
        }
        Ok(())
    }
}

fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// The least two-sided p that so many independent cases can have: two of all orders, the same and the opposite one.
fn least_p(cases: usize) -> f64 {
    let orders = (1..=u32::try_from(cases).unwrap_or(u32::MAX).min(30)).map(f64::from).product::<f64>();
    (2.0 / orders).min(1.0)
}

/// What so few cases can say, and what they cannot.
fn caution<'a>(units: usize, missions: usize, all: impl Iterator<Item = &'a Association> + Clone) -> String {
    let mut says = format!(
        "{} of {}, so at most {}. Phases of one mission are not independent, and p treats them as if they were.",
        counted(units, "phase"),
        counted(missions, "mission"),
        counted(missions, "independent case"),
    );
    let least = least_p(missions);
    says += &match missions {
        0 | 1 => " One mission says nothing of others.".to_owned(),
        _ if least > SMALL => format!(" So many independent cases cannot have a two-sided p under {least:.3}, whatever they show."),
        _ => String::new(),
    };
    let told = all.clone().filter(|association| association.units > 0);
    if let Some(fewest) = told.clone().map(|association| association.missions).min().filter(|fewest| *fewest > 1 && *fewest < missions) {
        let least = least_p(fewest);
        let few = told.clone().filter(|association| association.missions == fewest).count();
        if least > SMALL {
            says += &format!(" Of {fewest} missions alone, as in {}, not under {least:.3}.", counted(few, "association"));
        }
    }
    let tested = told.count();
    let small = |at: usize| {
        let p = all.clone().filter_map(|association| association.coefficients.get(at)?.p.known()).collect::<Vec<f64>>();
        (p.len(), p.iter().filter(|p| **p <= SMALL).count())
    };
    let ((with_p, rho), (_, tau)) = (small(0), small(1));
    says += &match with_p {
        0 => format!(" {} tested, none with an exact p.", counted(tested, "association")),
        _ => format!(
            " {} tested, {with_p} with an exact p: by chance alone up to {:.2} of these are expected at or under {SMALL}; there are {rho} by rho and {tau} by tau.",
            counted(tested, "association"),
            f64::from(u32::try_from(with_p).unwrap_or(u32::MAX)) * SMALL,
        ),
    };
    says + " What goes together need not be cause and effect."
}
