//! Gaps between mandate, means and activities. They need no rating and are the firmest output.

mod activity;
mod driver;
mod means;
mod overstretch;
mod ties;

use std::collections::{HashMap, HashSet};
use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

pub(crate) use self::activity::days_served;
use self::ties::{Scope, Ties};
use super::method::Method;
use crate::date::{Days, PartialDate};
use crate::id::{ActivityId, CapabilityId, DisputeId, DriverId, InstrumentId, PhaseId, RegionId, RowId, TaskId};
use crate::model::{CaseStudy, Dispute, Driver, RatingUnit, Reading, UnitSet};
use crate::scale::{Modality, Origin};

/// A gap, with the rows that it names and the origins of what it rests on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Gap {
    /// What it is.
    #[serde(flatten)]
    pub kind: GapKind,
    /// Its address, such as `mandate-lag/MIN-DRV-09/C`.
    pub address: String,
    /// The rows that it rests on.
    pub rows: Vec<RowId>,
    /// The origins of these rows.
    pub origins: Vec<Origin>,
    /// What it is under other readings of disputed dates.
    pub disputed: Vec<Disputed>,
    /// The dispute under whose reading alone it exists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only_under: Option<DisputeId>,
}

/// A gap under another reading of a dispute.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Disputed {
    /// The dispute.
    pub dispute: DisputeId,
    /// The gap then; nothing where there is none.
    pub reading: Option<GapKind>,
}

/// A number of days from one bound to another, from partial dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct DayRange {
    /// At least.
    pub least: i64,
    /// At most.
    pub most: i64,
}

impl DayRange {
    /// Days from one partial date to another; none where the second may be the earlier.
    pub(in crate::scoring) fn between(from: PartialDate, to: PartialDate) -> Self {
        Self { least: (to.first() - from.last()).num_days().max(0), most: (to.last() - from.first()).num_days().max(0) }
    }
}

impl fmt::Display for DayRange {
    /// In half years from three years on, in months from three months on, else in days. A least that would come to none in
    /// the unit of the most is told in a smaller one: `90 days to 10.5 years`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (unit, least, most) = (Unit::of(self.most), self.least, self.most);
        let [short, long] = [least, most].map(|days| unit.told(days));
        let text = if short == long {
            format!("{long} {unit}")
        } else if least > 0 && unit.rounded(least) == 0.0 {
            let smaller = Unit::of(least);
            format!("{} {smaller} to {long} {unit}", smaller.told(least))
        } else {
            format!("{short} to {long} {unit}")
        };
        f.pad(&text)
    }
}

/// What a number of days is told in.
#[derive(Clone, Copy)]
enum Unit {
    Years,
    Months,
    Days,
}

impl Unit {
    fn of(days: i64) -> Self {
        match days {
            1095.. => Self::Years,
            90.. => Self::Months,
            _ => Self::Days,
        }
    }

    /// To half years, whole months, days.
    fn rounded(self, days: i64) -> f64 {
        match self {
            Self::Years => (days as f64 / 365.25 * 2.0).round() / 2.0,
            Self::Months => (days as f64 / 30.44).round(),
            Self::Days => days as f64,
        }
    }

    fn told(self, days: i64) -> String {
        match self {
            Self::Years => format!("{:.1}", self.rounded(days)),
            Self::Months | Self::Days => format!("{:.0}", self.rounded(days)),
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Years => "years",
            Self::Months => "months",
            Self::Days => "days",
        })
    }
}

/// How far a driver is covered in a stretch of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cover {
    /// By no task.
    None,
    /// By tasks that address it in part.
    InPart,
}

/// What a gap is.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum GapKind {
    /// A task in force of which a source says that nothing was done.
    Unserved {
        /// The task.
        task: TaskId,
        /// The row that says so.
        activity: ActivityId,
        /// Phases in which it was in force meanwhile; none where the row is not dated.
        phases: Vec<PhaseId>,
    },
    /// A task in force over a phase, with no activity reported in any of its units: silence, not absence.
    NoActivityReported {
        /// The task.
        task: TaskId,
        /// The phase.
        phase: PhaseId,
    },
    /// An activity of which no served task was in force in its region.
    Drift {
        /// The activity.
        activity: ActivityId,
        /// The regions in which none was; the whole area where the activity names none.
        regions: Vec<RegionId>,
        /// The days on which it surely went on without one, where others had one; none for the whole time.
        days: Option<i64>,
    },
    /// Means that bear on no task.
    Slack {
        /// The pool, resource or capability row.
        row: RowId,
    },
    /// An activity in a weaker manner than its task's.
    ModalityMismatch {
        /// The activity.
        activity: ActivityId,
        /// Its manner.
        done: Modality,
        /// The task.
        task: TaskId,
        /// The task's manner.
        mandated: Modality,
    },
    /// The bulk of an effort in a part of its tasks' regions, where a source says so.
    PlaceMismatch {
        /// The activity.
        activity: ActivityId,
        /// Where it was done.
        regions: Vec<RegionId>,
        /// The tasks that reach further.
        tasks: Vec<TaskId>,
    },
    /// The time from a critical driver, or the mission's start, to a task that addresses it fully.
    MandateLag {
        /// The driver.
        driver: DriverId,
        /// The unit.
        region: RegionId,
        /// The task that came.
        task: TaskId,
        /// From when the driver and the mission were there.
        from: NaiveDate,
        /// When the task came into force there.
        until: NaiveDate,
        /// How long that was.
        lag: DayRange,
    },
    /// The same to a task that addresses it in part.
    MandateLagInPart {
        /// The driver.
        driver: DriverId,
        /// The unit.
        region: RegionId,
        /// The task that came.
        task: TaskId,
        /// From when the driver and the mission were there.
        from: NaiveDate,
        /// When the task came into force there.
        until: NaiveDate,
        /// How long that was.
        lag: DayRange,
    },
    /// A critical driver that no task met, or only in part.
    UnaddressedDriver {
        /// The driver.
        driver: DriverId,
        /// The unit.
        region: RegionId,
        /// How far it was covered meanwhile.
        cover: Cover,
        /// When.
        stretches: Vec<Days>,
        /// Whether that lasted from the start to the end of what was studied.
        throughout: bool,
    },
    /// The time from a decision or authorisation to arrival and completion.
    CapabilityLag {
        /// The capability.
        capability: CapabilityId,
        /// When it was decided or authorised.
        decided: PartialDate,
        /// When its first part arrived.
        arrived: Option<PartialDate>,
        /// When it was complete.
        complete: Option<PartialDate>,
        /// Days to arrival.
        to_arrival: Option<DayRange>,
        /// Days to completion.
        to_completion: Option<DayRange>,
    },
    /// An instrument that adds tasks or regions and no means that bear on them.
    Overstretch {
        /// The instrument.
        instrument: InstrumentId,
        /// Tasks that it adds.
        added: Vec<TaskId>,
        /// Tasks that it carries into further units.
        widened: Vec<TaskId>,
        /// Those of them that it gives no means for.
        without_means: Vec<TaskId>,
        /// Weight added, in the units of the method.
        weight: f64,
        /// Rows of means that it adds for the others.
        means: Vec<RowId>,
        /// Rows in which a source says that no means were added.
        said_by: Vec<RowId>,
    },
}

impl GapKind {
    /// The names of all kinds, in the order in which they are told.
    pub const NAMES: [&'static str; 11] = [
        "mandate-lag",
        "mandate-lag-in-part",
        "unaddressed-driver",
        "capability-lag",
        "overstretch",
        "drift",
        "modality-mismatch",
        "place-mismatch",
        "unserved",
        "no-activity-reported",
        "slack",
    ];

    /// The kind's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Unserved { .. } => "unserved",
            Self::NoActivityReported { .. } => "no-activity-reported",
            Self::Drift { .. } => "drift",
            Self::Slack { .. } => "slack",
            Self::ModalityMismatch { .. } => "modality-mismatch",
            Self::PlaceMismatch { .. } => "place-mismatch",
            Self::MandateLag { .. } => "mandate-lag",
            Self::MandateLagInPart { .. } => "mandate-lag-in-part",
            Self::UnaddressedDriver { .. } => "unaddressed-driver",
            Self::CapabilityLag { .. } => "capability-lag",
            Self::Overstretch { .. } => "overstretch",
        }
    }

    /// The row at which it is found, for what hangs on when tasks are in force.
    fn hangs_on(&self) -> Option<RowId> {
        match self {
            Self::Unserved { activity, .. } | Self::Drift { activity, .. } => Some(RowId::from(activity)),
            Self::NoActivityReported { task, .. } => Some(RowId::from(task)),
            Self::MandateLag { driver, .. } | Self::MandateLagInPart { driver, .. } | Self::UnaddressedDriver { driver, .. } => {
                Some(RowId::from(driver))
            }
            Self::Overstretch { instrument, .. } => Some(RowId::from(instrument)),
            Self::Slack { .. } | Self::ModalityMismatch { .. } | Self::PlaceMismatch { .. } | Self::CapabilityLag { .. } => None,
        }
    }

    /// The ids that tell it from others of its kind.
    fn key(&self) -> String {
        match self {
            Self::Unserved { task, activity, .. } => format!("{task}/{activity}"),
            Self::NoActivityReported { task, phase } => format!("{task}/{phase}"),
            Self::Drift { activity, .. } | Self::PlaceMismatch { activity, .. } => activity.to_string(),
            Self::Slack { row } => row.to_string(),
            Self::ModalityMismatch { activity, task, .. } => format!("{activity}/{task}"),
            Self::MandateLag { driver, region, .. } | Self::MandateLagInPart { driver, region, .. } => format!("{driver}/{region}"),
            Self::UnaddressedDriver { driver, region, cover, .. } => match cover {
                Cover::None => format!("{driver}/{region}"),
                Cover::InPart => format!("{driver}/{region}/in-part"),
            },
            Self::CapabilityLag { capability, .. } => capability.to_string(),
            Self::Overstretch { instrument, .. } => instrument.to_string(),
        }
    }
}

impl fmt::Display for GapKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fn list<T: fmt::Display>(ids: &[T]) -> String {
            ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        }
        match self {
            Self::Unserved { task, activity, phases } if phases.is_empty() => write!(f, "{task}: nothing done, by {activity} (not dated)"),
            Self::Unserved { task, activity, phases } => write!(f, "{task}: nothing done in {}, by {activity}", list(phases)),
            Self::NoActivityReported { task, phase } => write!(f, "{task}: no activity reported in {phase}"),
            Self::Drift { activity, regions, days: None } => {
                write!(f, "{activity}: no task that it serves was in force in {}", list(regions))
            }
            Self::Drift { activity, regions, days: Some(days) } => {
                write!(f, "{activity}: for {days} days no task that it serves was in force in {}", list(regions))
            }
            Self::Slack { row } => write!(f, "{row}: means that bear on no task"),
            Self::ModalityMismatch { activity, done, task, mandated } => write!(f, "{activity}: to {done}, where {task} is to {mandated}"),
            Self::PlaceMismatch { activity, regions, tasks } => {
                write!(f, "{activity}: most effort in {}, where {} reach further", list(regions), list(tasks))
            }
            Self::MandateLag { driver, region, task, until, lag, .. } => {
                write!(f, "{driver} in {region}: met in full by {task} from {until}, {lag} late")
            }
            Self::MandateLagInPart { driver, region, task, until, lag, .. } => {
                write!(f, "{driver} in {region}: met in part by {task} from {until}, {lag} late")
            }
            Self::UnaddressedDriver { driver, region, cover, stretches, throughout } => {
                let how = if *cover == Cover::None { "met by no task" } else { "met in part only" };
                if *throughout {
                    write!(f, "{driver} in {region}: {how} throughout")
                } else {
                    write!(f, "{driver} in {region}: {how}, {}", list(stretches))
                }
            }
            Self::CapabilityLag { capability, decided, arrived, complete, to_arrival, to_completion } => {
                write!(f, "{capability}: decided {decided}")?;
                if let (Some(arrived), Some(lag)) = (arrived, to_arrival) {
                    write!(f, ", came {arrived} after {lag}")?;
                }
                if let (Some(complete), Some(lag)) = (complete, to_completion) {
                    write!(f, ", complete {complete} after {lag}")?;
                }
                Ok(())
            }
            Self::Overstretch { instrument, added, widened, without_means, weight, .. } => {
                let (added, widened) = (added.len(), widened.len());
                let tasks = if added == 1 { "task" } else { "tasks" };
                write!(
                    f,
                    "{instrument}: {added} {tasks} added, {widened} widened, weight {weight:.1}, no means for {}",
                    without_means.len()
                )
            }
        }
    }
}

impl fmt::Display for Gap {
    /// `mandate-lag: MIN-DRV-09 in C: met in full …`, and what it is if disputed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind.name(), self.kind)?;
        for disputed in &self.disputed {
            match &disputed.reading {
                Some(reading) => write!(f, "; under {}: {reading}", disputed.dispute)?,
                None => write!(f, "; under {}: none", disputed.dispute)?,
            }
        }
        self.only_under.as_ref().map_or(Ok(()), |dispute| write!(f, "; only under {dispute}"))
    }
}

/// Collects gaps with the rows and origins that they rest on.
pub(super) struct Collect<'a> {
    study: &'a CaseStudy,
    ties: &'a Ties<'a>,
    gaps: Vec<Gap>,
}

impl Collect<'_> {
    /// Adds a gap; the origins are those of its rows, and of changes of tasks that it rests on.
    fn add(&mut self, kind: GapKind, rows: Vec<RowId>, changes: &[Origin]) {
        let of_rows = rows.iter().filter_map(|id| Some(self.study.row(id.as_str())?.provenance()?.origin));
        let mut known = [false; Origin::ALL.len()];
        of_rows.chain(changes.iter().copied()).for_each(|origin| known[origin as usize] = true);
        let origins = Origin::ALL.iter().copied().filter(|origin| known[*origin as usize]).collect();
        let address = format!("{}/{}", kind.name(), kind.key());
        self.gaps.push(Gap { kind, address, rows, origins, disputed: Vec::new(), only_under: None });
    }
}

/// The gaps at the rows of a scope.
fn within(study: &CaseStudy, ties: &Ties<'_>, scope: &Scope, method: &Method) -> Vec<Gap> {
    let mut collect = Collect { study, ties, gaps: Vec::new() };
    driver::lags(&mut collect, scope);
    driver::unaddressed(&mut collect, scope);
    if scope.whole {
        means::capability_lags(&mut collect);
    }
    overstretch::overstretch(&mut collect, scope, method);
    activity::drift(&mut collect, scope, method);
    if scope.whole {
        activity::mismatches(&mut collect);
    }
    activity::unserved(&mut collect, scope);
    activity::silence(&mut collect, scope);
    if scope.whole {
        means::slack(&mut collect);
    }
    collect.gaps
}

/// All gaps, each also under every other reading of when a task was in force.
///
/// Another reading of some tasks can change only the gaps at rows that are tied to them: these are
/// looked for again, the others stay.
pub(super) fn gaps(study: &CaseStudy, method: &Method, rated: &[RatingUnit]) -> Vec<Gap> {
    let ties = Ties::of(study);
    let mut gaps = within(study, &ties, &ties.everything(rated), method);
    let disputes = study.disputes().iter().filter(|dispute| matches!(dispute.reading, Some(Reading::InForce { .. })));
    let disputes: Vec<&Dispute> = disputes.collect();
    if disputes.is_empty() {
        return gaps;
    }
    let mut at_row: HashMap<RowId, Vec<usize>> = HashMap::with_capacity(gaps.len());
    for (at, gap) in gaps.iter().enumerate() {
        if let Some(row) = gap.kind.hangs_on() {
            at_row.entry(row).or_default().push(at);
        }
    }
    for dispute in disputes {
        let Some(Reading::InForce { tasks, .. }) = &dispute.reading else { continue };
        let reading = study.under(dispute);
        let scope = ties.scope(&reading, tasks, i64::from(method.cells.least_days));
        let mut others = within(&reading, &ties, &scope, method);
        others.sort_by(|a, b| a.address.cmp(&b.address));
        let mut known: HashSet<String> = HashSet::new();
        for at in scope.rows(study).iter().filter_map(|row| at_row.get(row)).flatten() {
            let gap = &mut gaps[*at];
            let other = others.binary_search_by(|other| other.address.cmp(&gap.address)).ok();
            let other = other.map(|at| others[at].kind.clone());
            if other.as_ref() != Some(&gap.kind) {
                gap.disputed.push(Disputed { dispute: dispute.id.clone(), reading: other });
            }
            known.insert(gap.address.clone());
        }
        gaps.extend(others.into_iter().filter(|gap| !known.contains(&gap.address)).map(|gap| Gap {
            address: format!("{}/{}", gap.address, dispute.id),
            only_under: Some(dispute.id.clone()),
            ..gap
        }));
    }
    gaps
}

/// A set of one unit.
fn only(unit: usize) -> UnitSet {
    let mut set = UnitSet::default();
    set.insert(unit);
    set
}

fn unit_id(study: &CaseStudy, unit: usize) -> RegionId {
    study.units().nth(unit).map_or_else(|| study.study().area.clone(), |unit| unit.id.clone())
}

/// Since when a driver is there, unit by unit; where several regions of it hold a unit, the earliest.
pub(super) fn driver_units(study: &CaseStudy, driver: &Driver) -> Vec<(usize, PartialDate)> {
    let mut units: Vec<(usize, PartialDate)> = Vec::new();
    for (region, since) in &driver.since {
        for unit in study.covered(std::slice::from_ref(region)).iter() {
            match units.iter_mut().find(|(at, _)| *at == unit) {
                Some((_, first)) => *first = (*first).min(*since),
                None => units.push((unit, *since)),
            }
        }
    }
    units.sort_unstable();
    units
}
