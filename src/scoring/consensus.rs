//! Where stakeholders agree and where they are split, proposition by proposition.
//!
//! Sides, not heads: within each side its groups' shares make a distribution, every group weighing the
//! same; then every side weighs the same. What sources leave open may lie anywhere and gives a range.
//! The primary measure is van der Eijk's A over three directions; its bands are conventions.
//!
//! Agreement among stakeholders is a result of its own. It never proves that a mission caused anything.

use std::collections::HashMap;
use std::fmt;

use indexmap::IndexMap;
use serde::{Serialize, Serializer};

use super::agreement;
use super::confidence::days_of;
use super::method::{ConsensusRule, Method};
use super::window::counts;
use crate::date::Days;
use crate::id::{EvidenceId, PhaseId, PositionId, PropositionId, Slug, StakeholderId};
use crate::measure::{Decimal, Share};
use crate::model::{CaseStudy, Position, Shown, Stakeholder};

/// What stakeholders hold of one proposition.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Consensus {
    /// The proposition.
    pub proposition: PropositionId,
    /// The last stances of every group within the window.
    #[serde(flatten)]
    pub whole: View,
    /// Each phase in which groups took a stance: the last one in it.
    pub by_phase: Vec<PhaseView>,
}

/// Where stakeholders stand in a phase.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PhaseView {
    /// The phase.
    pub id: PhaseId,
    /// Where they stand.
    #[serde(flatten)]
    pub view: View,
}

/// Where stakeholders stand.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct View {
    /// What it comes to.
    pub reading: Reading,
    /// Shares of the whole, every side weighing the same.
    pub shares: Directions,
    /// Shares by strength, −2 to +2.
    pub levels: [Share; 5],
    /// Agreement over three directions, the primary measure; nothing where nothing is stated.
    pub directions: Option<Agreement>,
    /// Agreement over the five levels of strength.
    pub strength: Option<Agreement>,
    /// Voices: persons heard where their number is known, else one for each group.
    pub voices: u64,
    /// The sides that weigh.
    pub sides: Vec<SideView>,
    /// Groups that hold against the larger camp, with their evidence.
    pub dissent: Vec<Voice>,
    /// Single persons and groups known by them: listed, without weight.
    pub listed: Vec<Voice>,
    /// Members and their institution on opposite sides: both stand.
    pub apart: Vec<Apart>,
    /// How many groups are too small to be shown, and folded into their side.
    pub folded: usize,
}

/// Shares by direction. Together they are the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Directions {
    /// Plainly or strongly for it.
    #[serde(rename = "for")]
    pub in_favour: Share,
    /// Plainly or strongly against it.
    pub against: Share,
    /// Of two minds.
    pub unsure: Share,
    /// Not stated.
    pub open: Share,
}

/// A side.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SideView {
    /// The side; a group without one is a side of its own.
    pub side: Option<Slug>,
    /// Its groups, as they may be shown.
    pub groups: Vec<Shown>,
    /// Shares within it.
    pub shares: Directions,
    /// Agreement within it, over three directions.
    pub agreement: Option<f64>,
}

/// How far opinions agree, by four measures.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Agreement {
    /// Van der Eijk's A of what is stated: 1 one voice, 0 spread, −1 two camps.
    pub a: f64,
    /// Least A, wherever what is left open lies; nothing where too much is open.
    pub low: Option<f64>,
    /// Greatest A.
    pub high: Option<f64>,
    /// A without each side in turn.
    pub without_side: Vec<(Option<Slug>, f64)>,
    /// The lower median: −1 to +1 over directions, −2 to +2 over strength.
    pub median: i8,
    /// (1 − A)/2.
    pub polarisation: f64,
    /// Leik's D.
    pub leik: f64,
    /// Tastle and Wierman's consensus.
    pub tastle_wierman: f64,
}

/// A group's stance.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Voice {
    /// The group, as it may be shown.
    pub group: Shown,
    /// Its side.
    pub side: Option<Slug>,
    /// −2 strongly against to +2 strongly for.
    pub stance: i8,
    /// How much of the group holds it, where that is known.
    pub share: Option<Decimal>,
    /// The position.
    pub position: PositionId,
    /// Its evidence.
    pub evidence: Vec<EvidenceId>,
}

/// An institution and a body of its members that hold opposite views.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Apart {
    /// The institution.
    pub institution: Shown,
    /// Its members.
    pub members: Shown,
}

/// What a distribution of stances comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reading {
    /// A band, by convention.
    Band(AgreementBand),
    /// The range of what is open spans several bands.
    SeveralBands,
    /// Over a third is left open.
    TooLittleStated,
    /// Fewer voices than a reading needs.
    TooFewToSay,
}

/// A band of agreement: a convention, not a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AgreementBand {
    /// Under 0: two camps.
    Divided,
    /// 0 to 0.3: spread.
    Diffuse,
    /// 0.3 to 0.6.
    Partial,
    /// From 0.6 on.
    Broad,
}

impl AgreementBand {
    /// The band of an agreement A, by the method's cut-points.
    ///
    /// ```
    /// use peaceops::scoring::consensus::AgreementBand;
    /// use peaceops::scoring::ConsensusRule;
    ///
    /// let rule = ConsensusRule::default();
    /// assert_eq!(AgreementBand::of(0.6, &rule), AgreementBand::Broad);
    /// assert_eq!(AgreementBand::of(0.4306, &rule), AgreementBand::Partial);
    /// assert_eq!(AgreementBand::of(0.0, &rule), AgreementBand::Diffuse);
    /// assert_eq!(AgreementBand::of(-0.01, &rule), AgreementBand::Divided);
    /// ```
    #[must_use]
    pub fn of(a: f64, rule: &ConsensusRule) -> Self {
        if a < 0.0 {
            Self::Divided
        } else if a < rule.partial.value() {
            Self::Diffuse
        } else if a < rule.broad.value() {
            Self::Partial
        } else {
            Self::Broad
        }
    }

    /// In a word.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Divided => "divided",
            Self::Diffuse => "diffuse",
            Self::Partial => "partial",
            Self::Broad => "broad",
        }
    }
}

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Band(band) => band.name(),
            Self::SeveralBands => "over several bands",
            Self::TooLittleStated => "too little stated",
            Self::TooFewToSay => "too few to say",
        })
    }
}

impl Serialize for Reading {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Stances −2 to +2, and what is left open, as whole parts.
type Parts = [u64; 6];

const WHOLE: u64 = 1000;
const OPEN: usize = 5;

/// A group that weighs, with its last stances.
struct Group<'a> {
    row: &'a Stakeholder,
    positions: Vec<&'a Position>,
}

impl Group<'_> {
    /// Shares in thousandths; what no position states is open. Shares beyond the whole count in proportion.
    fn parts(&self) -> Parts {
        let mut parts = [0; 6];
        for position in &self.positions {
            let share = position.spread.share().map_or(0, |share| share.thousandths());
            parts[level(position.stance)] += u64::try_from(share).unwrap_or(0);
        }
        let stated: u64 = parts.iter().sum();
        parts[OPEN] = WHOLE.saturating_sub(stated);
        parts
    }

    /// The direction that more of the group holds.
    fn direction(&self) -> std::cmp::Ordering {
        let [strongly_against, against, _, favour, strong_favour, _] = self.parts();
        (favour + strong_favour).cmp(&(strongly_against + against))
    }
}

/// The place of a stance among the levels.
fn level(stance: i8) -> usize {
    usize::from((stance.clamp(-2, 2) + 2).unsigned_abs())
}

/// What stakeholders hold of every proposition.
pub(super) fn consensus(study: &CaseStudy, method: &Method) -> Vec<Consensus> {
    let of = |stated: Stated<'_>| {
        let whole = stated.view(study, method, &|_| true);
        let of_phase = |at: usize| {
            let inside = || stated.positions.iter().filter(|position| position.phases.contains(&at)).map(|position| position.row);
            let rows = inside().count();
            let same = rows == stated.positions.len() && stated.positions.iter().all(|position| position.whole);
            let view = || if same { whole.clone() } else { view(study, method, inside()) };
            (rows > 0).then(view)
        };
        let phases = study.phases().iter().enumerate();
        let by_phase = phases.filter_map(|(at, phase)| Some(PhaseView { id: phase.id.clone(), view: of_phase(at)? })).collect();
        Consensus { proposition: stated.proposition.clone(), whole, by_phase }
    };
    stated(study, method).into_iter().map(of).collect()
}

/// A proposition with the positions on it that count.
pub(crate) struct Stated<'a> {
    pub(crate) proposition: &'a PropositionId,
    pub(crate) positions: Vec<Placed<'a>>,
}

/// A position that counts, its place among the positions, and the phases in which it counts.
pub(crate) struct Placed<'a> {
    pub(crate) at: usize,
    row: &'a Position,
    phases: Vec<usize>,
    /// Whether it counts in the whole.
    whole: bool,
}

/// Every proposition with the positions on it that count.
pub(crate) fn stated<'a>(study: &'a CaseStudy, method: &Method) -> Vec<Stated<'a>> {
    let mut of: IndexMap<&PropositionId, Vec<Placed<'a>>> = study.propositions().iter().map(|row| (&row.id, Vec::new())).collect();
    for (at, row) in study.positions().iter().enumerate() {
        let counted = counts(study, &row.when, &method.windows);
        if let Some(list) = of.get_mut(&row.proposition).filter(|_| counted.whole || !counted.phases.is_empty()) {
            list.push(Placed { at, row, phases: counted.phases, whole: counted.whole });
        }
    }
    of.into_iter().map(|(proposition, positions)| Stated { proposition, positions }).collect()
}

impl<'a> Stated<'a> {
    /// Where stakeholders stand over the whole, from some of the positions, by their places.
    pub(crate) fn view(&self, study: &'a CaseStudy, method: &Method, keep: &dyn Fn(usize) -> bool) -> View {
        view(study, method, self.positions.iter().filter(|position| position.whole && keep(position.at)).map(|position| position.row))
    }
}

/// The last stances of one group: all but those that ended before another began; undated ones only where
/// none is dated.
fn last<'a>(study: &CaseStudy, mut rows: Vec<&'a Position>) -> Vec<&'a Position> {
    let days = |row: &&Position| days_of(study, &row.when);
    if let Some(latest) = rows.iter().filter_map(days).map(Days::first).max() {
        rows.retain(|row| days(row).is_some_and(|days| days.last() >= latest));
    }
    rows
}

fn view<'a>(study: &'a CaseStudy, method: &Method, positions: impl Iterator<Item = &'a Position>) -> View {
    let mut by_group: IndexMap<&StakeholderId, Vec<&Position>> = IndexMap::new();
    positions.for_each(|row| by_group.entry(&row.group).or_default().push(row));
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut listed = Vec::new();
    for (id, rows) in by_group {
        let Some(row) = study.stakeholder(id).filter(|row| !row.author) else { continue };
        let alone = |position: &&Position| row.individual || position.is_individual();
        let (single, several): (Vec<&Position>, Vec<&Position>) = rows.into_iter().partition(alone);
        let several = last(study, several);
        listed.extend(last(study, single).into_iter().map(|position| voice(study, row, position)));
        if !several.is_empty() {
            groups.push(Group { row, positions: several });
        }
    }
    let mut sides: IndexMap<(Option<&Slug>, Option<&StakeholderId>), Vec<&Group<'_>>> = IndexMap::new();
    for group in &groups {
        let alone = group.row.side.is_none().then_some(&group.row.id);
        sides.entry((group.row.side.as_ref(), alone)).or_default().push(group);
    }
    let names: Vec<Option<Slug>> = sides.keys().map(|(side, _)| side.cloned()).collect();
    let of_side = levelled(sides.values().map(|groups| sum(&levelled(groups.iter().map(|group| group.parts())))));
    let parts = sum(&of_side);
    let shares = directions(&parts);
    let open = Share::new(parts[OPEN], parts.iter().sum());
    let too_open = open.of() > 0 && open.part() * u64::from(method.consensus.open_part) > open.of();
    let measure = |pick: fn(&Parts) -> Vec<u64>| measure(&parts, &of_side, &names, pick, too_open);
    let (directions, strength) = (measure(three), measure(five));
    let voices = groups.iter().map(|group| u64::from(group.row.heads.unwrap_or(1).max(1))).sum();
    View {
        reading: reading(directions.as_ref(), voices, too_open, &method.consensus),
        shares,
        levels: std::array::from_fn(|level| Share::new(parts[level], parts.iter().sum())),
        directions,
        strength,
        voices,
        sides: sides
            .iter()
            .zip(&of_side)
            .map(|(((side, _), groups), parts)| SideView {
                side: side.cloned(),
                groups: groups.iter().map(|group| study.shown(&group.row.id)).collect(),
                shares: self::directions(parts),
                agreement: agreement::van_der_eijk(&three(parts)),
            })
            .collect(),
        dissent: dissent(study, &groups, &shares),
        apart: apart(study, &groups),
        folded: groups.iter().filter(|group| study.is_small(group.row)).count(),
        listed,
    }
}

/// The parts of several, each brought to the same weight.
fn levelled(all: impl Iterator<Item = Parts>) -> Vec<Parts> {
    let vectors: Vec<Parts> = all.collect();
    let levelled = agreement::levelled(&vectors).unwrap_or_default();
    levelled.iter().map(|parts| std::array::from_fn(|at| parts.get(at).copied().unwrap_or(0))).collect()
}

fn sum(all: &[Parts]) -> Parts {
    all.iter().fold([0; 6], |sum, parts| std::array::from_fn(|at| sum[at] + parts[at]))
}

fn directions(parts: &Parts) -> Directions {
    let of = parts.iter().sum();
    Directions {
        in_favour: Share::new(parts[3] + parts[4], of),
        against: Share::new(parts[0] + parts[1], of),
        unsure: Share::new(parts[2], of),
        open: Share::new(parts[OPEN], of),
    }
}

/// Against, unsure, for.
fn three(parts: &Parts) -> Vec<u64> {
    vec![parts[0] + parts[1], parts[2], parts[3] + parts[4]]
}

/// The five levels of strength.
fn five(parts: &Parts) -> Vec<u64> {
    parts[..OPEN].to_vec()
}

fn measure(parts: &Parts, sides: &[Parts], names: &[Option<Slug>], pick: fn(&Parts) -> Vec<u64>, too_open: bool) -> Option<Agreement> {
    let counts = pick(parts);
    let a = agreement::van_der_eijk(&counts)?;
    let range = if too_open { None } else { agreement::range(&counts, parts[OPEN]) };
    let without = |side: &Parts| agreement::van_der_eijk(&pick(&std::array::from_fn(|at| parts[at] - side[at])));
    let middle = i8::try_from(counts.len() / 2).unwrap_or(0);
    Some(Agreement {
        a,
        low: range.map(|(low, _)| low),
        high: range.map(|(_, high)| high),
        without_side: names.iter().zip(sides).filter_map(|(name, side)| Some((name.clone(), without(side)?))).collect(),
        median: i8::try_from(agreement::lower_median(&counts)?).unwrap_or(0) - middle,
        polarisation: agreement::polarisation(&counts)?,
        leik: agreement::leik(&counts)?,
        tastle_wierman: agreement::tastle_wierman(&counts)?,
    })
}

fn reading(directions: Option<&Agreement>, voices: u64, too_open: bool, rule: &ConsensusRule) -> Reading {
    if voices < u64::from(rule.least_voices) {
        return Reading::TooFewToSay;
    }
    let ends = directions.and_then(|agreement| agreement.low.zip(agreement.high)).filter(|_| !too_open);
    let Some((low, high)) = ends else { return Reading::TooLittleStated };
    let (low, high) = (AgreementBand::of(low, rule), AgreementBand::of(high, rule));
    if low == high { Reading::Band(low) } else { Reading::SeveralBands }
}

/// A position as it may be shown.
fn voice(study: &CaseStudy, row: &Stakeholder, position: &Position) -> Voice {
    Voice {
        group: study.shown_holder(position),
        side: row.side.clone(),
        stance: position.stance,
        share: position.spread.share(),
        position: position.id.clone(),
        evidence: position.evidence.clone(),
    }
}

/// Whoever holds against the larger camp: against it on a tie, and where nothing is known.
fn dissent(study: &CaseStudy, groups: &[Group<'_>], shares: &Directions) -> Vec<Voice> {
    let smaller = if shares.against.compare(shares.in_favour).is_gt() { 1 } else { -1 };
    let rows = groups.iter().flat_map(|group| group.positions.iter().map(|position| (group.row, *position)));
    rows.filter(|(_, position)| position.stance.signum() == smaller).map(|(row, position)| voice(study, row, position)).collect()
}

fn apart(study: &CaseStudy, groups: &[Group<'_>]) -> Vec<Apart> {
    let of: HashMap<&StakeholderId, &Group<'_>> = groups.iter().map(|group| (&group.row.id, group)).collect();
    let pairs = groups.iter().filter_map(|group| Some((group, *of.get(group.row.member_of.as_ref()?)?)));
    let opposite = pairs.filter(|(members, institution)| {
        let (a, b) = (members.direction(), institution.direction());
        a != b && a.is_ne() && b.is_ne()
    });
    opposite
        .map(|(members, institution)| Apart { institution: study.shown(&institution.row.id), members: study.shown(&members.row.id) })
        .collect()
}
