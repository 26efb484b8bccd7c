//! Several studies beside each other, without a league table.
//!
//! Two or more assessments under one framework version and by one method. What they rest on comes first: two studies
//! of different coverage or origin differ for that reason before they differ for any other. Then part by part, never
//! as a sum: nothing here ranks studies, averages over dimensions, or adds up over them who stands above whom.
//!
//! | file | what stands side by side | misleads when |
//! |---|---|---|
//! | [`coverage`] | window, tasks, weight assessed, bounds, origins | it is skipped |
//! | [`dimensions`] | bands, ranges, confidence; above or overlapping | one report lists challenges one by one, another does not |
//! | [`congruence`] | headlines by field and tier, links that bind | fields are coded by other habits |
//! | [`gaps`] | gaps by kind and task-year, lags | one study codes activities more fully |
//! | [`relevance`] | effects by target and sign, critical drivers | credit is read without the situation |
//! | [`consensus`] | propositions that studies share | other groups were heard |
//! | [`not_comparable`] | what cannot be compared, and why | it is skipped |
//! | `chances` | how often one stands above another in joint draws (feature `monte-carlo`) | one doubt stands behind both |

#[cfg(feature = "monte-carlo")]
pub mod chances;
pub mod congruence;
pub mod consensus;
pub mod coverage;
pub mod dimensions;
pub mod gaps;
pub mod not_comparable;
pub mod qca;
pub mod relevance;
pub mod seven;

use serde::Serialize;

use self::congruence::CongruenceCompared;
use self::consensus::ConsensusCompared;
use self::coverage::StudyCoverage;
use self::dimensions::DimensionCompared;
use self::gaps::StudyGaps;
use self::not_comparable::NotCompared;
use self::relevance::StudyRelevance;
use crate::error::{Error, ErrorKind};
use crate::id::StudyId;
use crate::scoring::{Assessment, FrameworkHead, Method};

/// The version of the form in which a [`Comparison`] is written.
pub const SCHEMA: &str = "peaceops-comparison/1";

/// Assessments side by side. It owns its data, and has no total.
///
/// A study's own entries are the same whatever it is compared with; only which propositions are shared, and what cannot
/// be compared, hang on the others. The order of the studies is kept and changes nothing else.
///
/// ```
/// # #[cfg(all(feature = "toml", feature = "csv"))]
/// # {
/// use peaceops::CaseStudy;
/// use peaceops::comparison::Comparison;
/// use peaceops::scoring::Method;
///
/// let read = |name: &str| CaseStudy::read(format!("examples/{name}")).map(|study| study.assess(&Method::default()));
/// let compared = Comparison::of([&read("minusma")?, &read("unmiss")?])?;
/// // Read first: how much is assessed, and who says it.
/// for study in &compared.coverage {
///     println!("{} {} % of the weight", study.study, study.assessed.weight.percent().unwrap_or(0));
/// }
/// for dimension in &compared.dimensions {
///     println!("{}: {} pairs lie apart", dimension.dimension, dimension.apart.len());
/// }
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Comparison {
    /// The form: [`SCHEMA`].
    pub schema: &'static str,
    /// The framework that all were assessed under.
    pub framework: FrameworkHead,
    /// The method that assessed all: with it the comparison can be made again.
    pub method: Method,
    /// What each study covers, and where its rows come from.
    pub coverage: Vec<StudyCoverage>,
    /// Dimension by dimension, in the order of the framework.
    pub dimensions: Vec<DimensionCompared>,
    /// Congruence.
    pub congruence: CongruenceCompared,
    /// Gaps and lags.
    pub gaps: Vec<StudyGaps>,
    /// Effects by target, and critical drivers.
    pub relevance: Vec<StudyRelevance>,
    /// Propositions that several studies ask.
    pub consensus: ConsensusCompared,
    /// What cannot be compared, and why.
    pub not_comparable: Vec<NotCompared>,
}

impl Comparison {
    /// Puts assessments side by side, in their order.
    ///
    /// # Errors
    /// `not-comparable`, saying why: fewer than two studies, two of one id, another framework or version, other contents
    /// under the name of one framework, or another method.
    ///
    /// ```
    /// use peaceops::comparison::Comparison;
    ///
    /// let refused = Comparison::of([]).map(|_| ()).map_err(|error| error.to_string());
    /// assert_eq!(refused, Err("no study is given: a comparison takes two at least".into()));
    /// ```
    pub fn of<'a>(assessments: impl IntoIterator<Item = &'a Assessment>) -> Result<Self, Error> {
        let all: Vec<&Assessment> = assessments.into_iter().collect();
        let first = check(&all)?;
        // what an assessment makes when first asked is asked for here, study by study
        let coverage: Vec<StudyCoverage> = each(&all, |one| {
            let _ = (one.confidence(), one.consensus());
            coverage::of(one)
        });
        let dimensions = dimensions::of(first.study().framework(), &all);
        let congruence = congruence::of(&all);
        let consensus = consensus::of(&all);
        let not_comparable = not_comparable::of(first.method(), &coverage, &dimensions, &congruence, &consensus);
        Ok(Self {
            schema: SCHEMA,
            framework: first.framework_head().clone(),
            method: first.method().clone(),
            coverage,
            dimensions,
            congruence,
            gaps: each(&all, gaps::of),
            relevance: each(&all, relevance::of),
            consensus,
            not_comparable,
        })
    }

    /// The studies, in their order.
    pub fn studies(&self) -> impl Iterator<Item = &StudyId> {
        self.coverage.iter().map(|study| &study.study)
    }
}

/// What is made of each study alone, in their order: the same with any number of threads.
#[cfg(feature = "parallel")]
fn each<'a, T: Send>(all: &[&'a Assessment], make: impl Fn(&'a Assessment) -> T + Sync) -> Vec<T> {
    use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
    all.par_iter().map(|one| make(one)).collect()
}

/// What is made of each study alone, in their order.
#[cfg(not(feature = "parallel"))]
fn each<'a, T>(all: &[&'a Assessment], make: impl Fn(&'a Assessment) -> T) -> Vec<T> {
    all.iter().map(|one| make(one)).collect()
}

/// Two studies whose ranges have no value in common; ranges that touch have one.
///
/// Worked example: a dimension from −1 to 0 here, from 0 to 1 there and from 0.2 to 1 elsewhere. The second overlaps
/// both others, as it has 0 in common with the first; the third lies above the first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Apart {
    /// The study whose whole range lies above that of the other.
    pub above: StudyId,
    /// The other.
    pub below: StudyId,
}

/// Every two of some ranges that have no value in common; `is_above` tells whether the first lies wholly above the
/// second. Studies without a range stand apart from none.
fn apart<R>(ranges: &[(&StudyId, Option<R>)], is_above: impl Fn(&R, &R) -> bool) -> Vec<Apart> {
    let known: Vec<(&StudyId, &R)> = ranges.iter().filter_map(|(id, range)| Some((*id, range.as_ref()?))).collect();
    let mut apart = Vec::new();
    for (at, (one, range)) in known.iter().enumerate() {
        for (other, others) in &known[at + 1..] {
            if is_above(range, others) {
                apart.push(Apart { above: (*one).clone(), below: (*other).clone() });
            } else if is_above(others, range) {
                apart.push(Apart { above: (*other).clone(), below: (*one).clone() });
            }
        }
    }
    apart
}

fn refuse<T>(message: String) -> Result<T, Error> {
    Err(ErrorKind::NotComparable { message }.into())
}

/// The first of some assessments that can be compared.
fn check<'a>(all: &[&'a Assessment]) -> Result<&'a Assessment, Error> {
    let [first, rest @ ..] = all else { return refuse("no study is given: a comparison takes two at least".to_owned()) };
    if rest.is_empty() {
        return refuse(format!("only the study `{}` is given: a comparison takes two at least", first.head().id));
    }
    for (at, one) in all.iter().enumerate() {
        let id = &one.head().id;
        if all[..at].iter().any(|other| other.head().id == *id) {
            return refuse(format!("two studies have the id `{id}`: results could not be told apart"));
        }
        let (framework, others) = (one.framework_head(), first.framework_head());
        if framework != others {
            return refuse(format!(
                "`{}` is under the framework {} {} and `{id}` under {} {}: their dimensions need not mean the same",
                first.head().id,
                others.id,
                others.version,
                framework.id,
                framework.version
            ));
        }
        if one.study().framework() != first.study().framework() {
            return refuse(format!(
                "`{}` and `{id}` give different contents to the framework {} {}: their dimensions need not mean the same",
                first.head().id,
                framework.id,
                framework.version
            ));
        }
        if one.method() != first.method() {
            return refuse(format!("`{}` and `{id}` are assessed by different methods: assess both by one", first.head().id));
        }
    }
    Ok(first)
}
