//! What changed, what is credited to the mission, and what it risks: relevance in EPON's sense.
//!
//! Source: EPON's question of relevance, the effect of a mission's activities on the political and
//! security situation, on stakeholders and on conflict drivers (van der Lijn et al. 2019, section II).
//! It is **not** the OECD-DAC criterion of the same name, which asks whether an intervention does the
//! right things. The three ratings of an effect, and the rule never to average over targets, are this
//! crate's (de Coning on protection against settlement gives the reason).

use std::collections::BTreeMap;
use std::fmt;

use indexmap::IndexMap;
use serde::Serialize;

use super::method::Method;
use super::window::{Counts, counts};
use crate::id::{DriverId, EffectId, PhaseId, RegionId, TaskId};
use crate::measure::Share;
use crate::model::{CaseStudy, Effect, Phase, Target, UnitSet};
use crate::scale::{Change, Contribution, Ranged};

/// The effects of a mission: per phase, per target, and the drivers that its tasks address.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Relevance {
    /// Every phase: situation, credit and risks, never one without the others.
    pub by_phase: Vec<PhaseEffects>,
    /// The same over the whole study, which is of the main phases, each effect once.
    pub whole: Tally,
    /// Every target, a line per region, opposite signs kept.
    pub targets: Vec<TargetLine>,
    /// Critical drivers, by how far tasks address them.
    pub drivers: Vec<DriverCoverage>,
    /// How much is known of the effects.
    pub coverage: EffectCoverage,
}

/// A phase.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PhaseEffects {
    /// The phase.
    pub id: PhaseId,
    /// What counts in it.
    #[serde(flatten)]
    pub tally: Tally,
    /// Situation told of one unit alone, by unit.
    pub situation_by_region: Vec<RegionSituation>,
}

/// The situation as told of one unit alone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RegionSituation {
    /// The unit.
    pub region: RegionId,
    /// Observed changes told of it alone.
    #[serde(flatten)]
    pub situation: Situation,
}

/// The three parts of the headline.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Tally {
    /// Observed changes by sign, whoever caused them.
    pub situation: Situation,
    /// What sources credit to the mission.
    pub credited: Credited,
    /// Risks that sources name.
    pub risks: Vec<EffectId>,
}

/// Observed changes by sign, whoever caused them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Situation {
    /// Better.
    pub better: Vec<EffectId>,
    /// No change seen.
    pub same: Vec<EffectId>,
    /// Worse.
    pub worse: Vec<EffectId>,
    /// Clear or decisive changes for the better.
    pub clearly_better: usize,
    /// Clear or decisive changes for the worse.
    pub clearly_worse: usize,
    /// Readings in conflict.
    pub contested: Vec<EffectId>,
    /// Not told.
    pub not_told: Vec<EffectId>,
}

/// What sources credit to the mission, from *enabling* up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Credited {
    /// Effects told against a course without the mission, by what the difference says.
    pub compared: BTreeMap<Difference, Vec<EffectId>>,
    /// Changes for the better that came with its work, compared with nothing.
    pub associated_better: Vec<EffectId>,
    /// No change that came with its work.
    pub associated_same: Vec<EffectId>,
    /// Changes for the worse that came with its work.
    pub associated_worse: Vec<EffectId>,
    /// Credited, but with neither a comparison nor a change told.
    pub not_told: Vec<EffectId>,
    /// Credited here and denied there.
    pub undetermined: Vec<EffectId>,
}

/// What the difference between the actual course and the one without the mission says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Difference {
    /// Better than without the mission: the whole range is above 0.
    Positive,
    /// Better or no different: the range ends at 0.
    PositiveOrNil,
    /// No different.
    Nil,
    /// Worse or no different: the range ends at 0.
    NegativeOrNil,
    /// Worse than without the mission.
    Negative,
    /// The range holds both signs.
    NotEstablished,
}

impl Difference {
    /// What a difference within its range says.
    ///
    /// ```
    /// use peaceops::scale::{Change, Ranged};
    /// use peaceops::scoring::Difference;
    ///
    /// let say = |value, low, high| -> Result<Difference, peaceops::Error> {
    ///     Ok(Difference::of(Ranged::new(Change::new(value)?, Change::new(low)?, Change::new(high)?)?))
    /// };
    /// assert_eq!(say(2, 1, 3)?, Difference::Positive);
    /// assert_eq!(say(1, 0, 2)?, Difference::PositiveOrNil);
    /// assert_eq!(say(1, -1, 2)?, Difference::NotEstablished);
    /// # Ok::<(), peaceops::Error>(())
    /// ```
    #[must_use]
    pub fn of(range: Ranged<Change>) -> Self {
        match (range.low().value(), range.high().value()) {
            (0, 0) => Self::Nil,
            (0, _) => Self::PositiveOrNil,
            (_, 0) => Self::NegativeOrNil,
            (low, _) if low > 0 => Self::Positive,
            (_, high) if high < 0 => Self::Negative,
            _ => Self::NotEstablished,
        }
    }

    /// In words, held against the course without the mission.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Positive => "better",
            Self::PositiveOrNil => "better or no different",
            Self::Nil => "no different",
            Self::NegativeOrNil => "worse or no different",
            Self::Negative => "worse",
            Self::NotEstablished => "not established",
        }
    }
}

/// One target in one place, over the phases.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TargetLine {
    /// What the effects are on.
    pub target: Target,
    /// Where.
    pub regions: Vec<RegionId>,
    /// The effects, phase by phase; one that spans several stands in each.
    pub by_phase: IndexMap<PhaseId, Vec<EffectId>>,
    /// Effects that count in no phase.
    pub elsewhere: Vec<EffectId>,
}

/// How far tasks address a critical driver in a unit, phase by phase.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DriverCoverage {
    /// The phase.
    pub phase: PhaseId,
    /// Driver × unit pairs that are critical in it.
    pub critical: usize,
    /// Met in full by a task in force there at the phase's end.
    pub in_full: Vec<(DriverId, RegionId)>,
    /// Met in part.
    pub in_part: Vec<(DriverId, RegionId)>,
    /// Met by no task.
    pub not_met: Vec<(DriverId, RegionId)>,
    /// Share of the pairs that some task addresses.
    pub addressed: Share,
}

/// How much is known of the effects.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct EffectCoverage {
    /// Effects, risks left out.
    pub effects: usize,
    /// With an observed change.
    pub observed: usize,
    /// Told against a course without the mission.
    pub compared: usize,
    /// Of these, forecasts of what leaving would do.
    pub forecasts: usize,
}

/// An effect in words: what was seen, what would have been, and the mission's part.
///
/// Worked example: observed −2 (−3 to −1), difference +2 (+1 to +3), contributory: "clearly worse than
/// before (slightly to decisively); clearly better than without the mission (slightly to decisively);
/// contributory".
#[must_use]
pub fn in_words(effect: &Effect) -> String {
    let seen = match effect.observed.judgement.rated() {
        Some(range) => format!("{} than before{}", compared(range), span(range)),
        None => "change not told".to_owned(),
    };
    let seen = if effect.observed.judgement.rated().is_some_and(|range| range.value() == Change::NONE) {
        seen.replacen("no different than before", "no change seen", 1)
    } else {
        seen
    };
    let against = match effect.difference() {
        Some(range) => match Difference::of(range) {
            Difference::NotEstablished => format!("against a course without the mission not established{}", span(range)),
            Difference::PositiveOrNil | Difference::NegativeOrNil | Difference::Nil => {
                format!("{} than without the mission{}", Difference::of(range).words(), span(range))
            }
            _ => format!("{} than without the mission{}", compared(range), span(range)),
        },
        None if effect.contribution.grade == Contribution::None => "part of the situation".to_owned(),
        None => "not compared with a course without the mission".to_owned(),
    };
    format!("{seen}; {against}; {}", effect.contribution.grade)
}

fn compared(range: Ranged<Change>) -> String {
    let how = match range.value().strength() {
        "slight" => "slightly",
        "clear" => "clearly",
        "decisive" => "decisively",
        _ => return "no different".to_owned(),
    };
    format!("{how} {}", if range.value() > Change::NONE { "better" } else { "worse" })
}

/// A range in words, the weaker end first: ` (slightly to decisively)`; nothing where it is a point.
fn span(range: Ranged<Change>) -> String {
    let (low, high) = (range.low(), range.high());
    let words = |change| compared(Ranged::exact(change));
    let adverb = |change| words(change).split(' ').next().unwrap_or_default().to_owned();
    if low == high {
        String::new()
    } else if low > Change::NONE {
        format!(" ({} to {})", adverb(low), adverb(high))
    } else if high < Change::NONE {
        format!(" ({} to {})", adverb(high), adverb(low))
    } else if low == Change::NONE || high > Change::NONE {
        format!(" ({} to {})", words(low), words(high))
    } else {
        format!(" ({} to {})", words(high), words(low))
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

fn tally<'a>(effects: impl Iterator<Item = &'a Effect>) -> Tally {
    let mut tally = Tally::default();
    for effect in effects {
        if effect.risk {
            tally.risks.push(effect.id.clone());
            continue;
        }
        situation(&mut tally.situation, effect);
        credit(&mut tally.credited, effect);
    }
    tally
}

fn situation(situation: &mut Situation, effect: &Effect) {
    let Some(observed) = effect.observed.judgement.rated() else {
        let contested = matches!(effect.observed.judgement, crate::scale::Judgement::Contested(_));
        if contested { &mut situation.contested } else { &mut situation.not_told }.push(effect.id.clone());
        return;
    };
    let clear = observed.value().value().unsigned_abs() >= 2;
    match observed.value().cmp(&Change::NONE) {
        std::cmp::Ordering::Greater => {
            situation.better.push(effect.id.clone());
            situation.clearly_better += usize::from(clear);
        }
        std::cmp::Ordering::Equal => situation.same.push(effect.id.clone()),
        std::cmp::Ordering::Less => {
            situation.worse.push(effect.id.clone());
            situation.clearly_worse += usize::from(clear);
        }
    }
}

fn credit(credited: &mut Credited, effect: &Effect) {
    let list = match (effect.contribution.grade, effect.difference(), effect.observed.judgement.rated()) {
        (Contribution::None, ..) => return,
        (Contribution::Undetermined, ..) => &mut credited.undetermined,
        (_, Some(difference), _) => credited.compared.entry(Difference::of(difference)).or_default(),
        (_, None, Some(observed)) => match observed.value().cmp(&Change::NONE) {
            std::cmp::Ordering::Greater => &mut credited.associated_better,
            std::cmp::Ordering::Equal => &mut credited.associated_same,
            std::cmp::Ordering::Less => &mut credited.associated_worse,
        },
        (_, None, None) => &mut credited.not_told,
    };
    list.push(effect.id.clone());
}

/// An effect with where and when it counts.
struct Placed<'a> {
    effect: &'a Effect,
    counts: Counts,
    /// The units that it is told of; none for risks and for effects without a place.
    units: UnitSet,
}

/// Everything on relevance.
pub(super) fn relevance(study: &CaseStudy, method: &Method) -> Relevance {
    relevance_of(study, method, &|_| true)
}

/// The same from some of the effects, by their places.
pub(crate) fn relevance_of(study: &CaseStudy, method: &Method, keep: &dyn Fn(usize) -> bool) -> Relevance {
    let placed: Vec<Placed<'_>> = study
        .effects()
        .iter()
        .enumerate()
        .filter(|(at, _)| keep(*at))
        .map(|(_, effect)| {
            let told = !effect.risk && !effect.regions.is_empty();
            let units = if told { study.covered(&effect.regions) } else { UnitSet::default() };
            Placed { effect, counts: counts(study, &effect.when, &method.windows), units }
        })
        .collect();
    let in_phase = |phase: usize| placed.iter().filter(move |row| row.counts.phases.contains(&phase));
    let by_phase = study
        .phases()
        .iter()
        .enumerate()
        .map(|(phase, row)| PhaseEffects {
            id: row.id.clone(),
            tally: tally(in_phase(phase).map(|row| row.effect)),
            situation_by_region: study
                .units()
                .enumerate()
                .map(|(unit, row)| {
                    let mut alone = UnitSet::default();
                    alone.insert(unit);
                    let mut of_region = Situation::default();
                    in_phase(phase).filter(|row| row.units == alone).for_each(|row| situation(&mut of_region, row.effect));
                    RegionSituation { region: row.id.clone(), situation: of_region }
                })
                .collect(),
        })
        .collect();
    let whole = tally(placed.iter().filter(|row| row.counts.whole).map(|row| row.effect));
    let told: Vec<&Effect> = placed.iter().filter(|row| row.counts.whole && !row.effect.risk).map(|row| row.effect).collect();
    let compared: Vec<&&Effect> = told.iter().filter(|effect| effect.difference().is_some()).collect();
    Relevance {
        by_phase,
        whole,
        targets: targets(study, &placed),
        drivers: drivers(study),
        coverage: EffectCoverage {
            effects: told.len(),
            observed: told.iter().filter(|effect| effect.observed.judgement.rated().is_some()).count(),
            compared: compared.len(),
            forecasts: compared.iter().filter(|effect| effect.without.flags.iter().any(|flag| flag == "forecast")).count(),
        },
    }
}

/// One line per target and place, topics of the framework first.
fn targets(study: &CaseStudy, placed: &[Placed<'_>]) -> Vec<TargetLine> {
    let mut lines: IndexMap<(Target, Vec<RegionId>), TargetLine> = IndexMap::new();
    for Placed { effect, counts, .. } in placed {
        let key = (effect.on.clone(), effect.regions.clone());
        let line = lines.entry(key).or_insert_with(|| TargetLine {
            target: effect.on.clone(),
            regions: effect.regions.clone(),
            by_phase: study.phases().iter().map(|phase| (phase.id.clone(), Vec::new())).collect(),
            elsewhere: Vec::new(),
        });
        for phase in &counts.phases {
            if let Some((_, list)) = line.by_phase.get_index_mut(*phase) {
                list.push(effect.id.clone());
            }
        }
        if counts.phases.is_empty() {
            line.elsewhere.push(effect.id.clone());
        }
    }
    let topics = study.framework().topics();
    let mut lines: Vec<TargetLine> = lines.into_values().collect();
    let rank = |line: &TargetLine| topics.iter().position(|topic| topic.id.as_str() == line.target.as_str()).unwrap_or(topics.len());
    lines.sort_by(|a, b| (rank(a), &a.target, &a.regions).cmp(&(rank(b), &b.target, &b.regions)));
    lines
}

/// The critical drivers of each phase, unit by unit, by how far a task in force at its end addresses them.
fn drivers(study: &CaseStudy) -> Vec<DriverCoverage> {
    let places = |ids: &[TaskId]| ids.iter().filter_map(|id| study.place_of_task(id)).collect::<Vec<usize>>();
    let critical: Vec<_> = study
        .drivers()
        .iter()
        .filter(|driver| driver.critical)
        .map(|driver| (driver, super::gap::driver_units(study, driver), places(&driver.met_by), places(&driver.met_in_part_by)))
        .collect();
    let units: Vec<&RegionId> = study.units().map(|unit| &unit.id).collect();
    let coverage = |phase: &Phase| {
        let end = phase.days.last();
        let (mut in_full, mut in_part, mut not_met) = (Vec::new(), Vec::new(), Vec::new());
        for (driver, since, met_by, met_in_part_by) in &critical {
            for (unit, _) in since.iter().filter(|(_, since)| since.first() <= end) {
                let mut only = UnitSet::default();
                only.insert(*unit);
                let met = |tasks: &[usize]| tasks.iter().any(|task| study.in_force(*task, only).any(|days| days.contains(end)));
                let list = match (met(met_by), met(met_in_part_by)) {
                    (true, _) => &mut in_full,
                    (false, true) => &mut in_part,
                    (false, false) => &mut not_met,
                };
                list.push((driver.id.clone(), units[*unit].clone()));
            }
        }
        let critical = in_full.len() + in_part.len() + not_met.len();
        let addressed = Share::new((in_full.len() + in_part.len()) as u64, critical as u64);
        DriverCoverage { phase: phase.id.clone(), critical, in_full, in_part, not_met, addressed }
    };
    study.phases().iter().map(coverage).collect()
}
