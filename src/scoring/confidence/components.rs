//! The four components of confidence, read from the evidence by rules.

use std::fmt;

use serde::{Serialize, Serializer};

use super::grid::{Accord, Amount};
use super::propose::Cap;
use crate::date::{Days, When};
use crate::model::{Bearing, CaseStudy, Piece, UnitSet};
use crate::scale::named::named;
use crate::scale::{Admiralty, Concern, Credibility, EvidenceKind, Reliability};
use crate::scoring::method::ConfidenceRule;

named! {
    /// The four components of GRADE-CERQual.
    Component: "component" {
        /// How the evidence was gathered.
        Methods = "methods",
        /// Whether it contradicts itself.
        Coherence = "coherence",
        /// How many independent groups, sides and kinds of evidence there are.
        Adequacy = "adequacy",
        /// How directly it bears on the question, the place and the time.
        Relevance = "relevance",
    }
}

/// Which pieces of evidence count.
pub(crate) type Keep<'a> = dyn Fn(Piece<'_>) -> bool + 'a;

/// What is judged: where, when, and what kind of statement it is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Subject {
    /// Its units; all where no place is told.
    pub(super) units: UnitSet,
    /// Its days; none where no date is told.
    pub(super) days: Option<Days>,
    /// Whether its sources give readings that exclude each other.
    pub(super) contested: bool,
    /// Whether it is an opinion or a forecast.
    pub(super) opinion: bool,
}

/// How much evidence there is, each root counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Amounts {
    /// Independent groups that support it and contradict it nowhere.
    pub groups: usize,
    /// Independent groups that contradict it.
    pub against: usize,
    /// Sides that say it.
    pub sides: usize,
    /// Kinds of evidence.
    pub kinds: usize,
}

/// Why a component raises a concern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// How the best of it was gathered.
    Gathered(Concern),
    /// How many groups contradict it, of how many; or readings exclude each other.
    Contradicted {
        /// Groups against.
        against: usize,
        /// All groups.
        of: usize,
        /// Whether the judgement itself is contested.
        contested: bool,
    },
    /// How much there is.
    Enough(Amounts),
    /// How directly the best of it bears on the question.
    Direct {
        /// The concern over place and time.
        place_and_time: Concern,
        /// Whether it is an opinion or a forecast.
        opinion: bool,
    },
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Gathered(concern) => f.write_str(match concern {
                Concern::None => "first-hand and well graded",
                Concern::Minor => "well graded text, or first-hand without a good grading",
                Concern::Moderate => "texts without a good grading",
                Concern::Serious => "doubtful sources only",
            }),
            Self::Contradicted { against: 0, contested, .. } => {
                f.write_str(if contested { "its readings exclude each other" } else { "nothing contradicts it" })
            }
            Self::Contradicted { against, of, contested } => {
                write!(f, "{against} of {of} independent groups contradict it")?;
                if contested { f.write_str(", and its readings exclude each other") } else { Ok(()) }
            }
            Self::Enough(Amounts { groups, sides, kinds, .. }) => {
                let many = |n: usize, one: &str, more: &str| format!("{n} {}", if n == 1 { one } else { more });
                let groups = many(groups, "independent group", "independent groups");
                write!(f, "{groups}, {}, {}", many(sides, "side", "sides"), many(kinds, "kind", "kinds"))
            }
            Self::Direct { place_and_time, opinion } => {
                f.write_str(match place_and_time {
                    Concern::None => "of its own place and time",
                    Concern::Minor => "of its place and time in part",
                    Concern::Moderate => "not clearly of its place or time",
                    Concern::Serious => "of another place or time",
                })?;
                if opinion { f.write_str(", and an opinion or a forecast") } else { Ok(()) }
            }
        }
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Evidence of one root. It counts with what all its pieces share, and with its weakest piece: to add a
/// piece of the same root can never make it count for more.
struct Group<'a> {
    /// What its pieces share.
    root: &'a str,
    /// The kind that all pieces have.
    kind: Option<EvidenceKind>,
    /// The sides that all pieces have.
    sides: Vec<&'a str>,
    /// Doubt about how the weakest piece was gathered, 0 to 3.
    doubt: u8,
    /// Doubt about the place and time of the weakest piece, 0 to 4.
    off: u8,
    /// Whether some piece is of reliability E or credibility 5.
    unreliable: bool,
}

/// The components of a judgement, with what the caps and the grid need.
pub(super) struct Read {
    pub(super) concerns: [(Component, Concern, Reason); 4],
    pub(super) caps: Vec<Cap>,
    pub(super) amounts: Amounts,
    pub(super) amount: Amount,
    pub(super) accord: Accord,
}

/// Reads the components from the pieces that are kept; nothing where none of them supports the judgement.
pub(super) fn read(study: &CaseStudy, rule: &ConfidenceRule, subject: Subject, bearing: &Bearing<'_>, keep: &Keep<'_>) -> Option<Read> {
    let kept = |piece: &&Piece<'_>| keep(**piece);
    let mut against: Vec<&str> = bearing.contradicts.iter().filter(kept).map(|piece| piece.group()).collect();
    against.sort_unstable();
    against.dedup();
    let mut groups: Vec<Group<'_>> = Vec::with_capacity(bearing.supports.len());
    for piece in bearing.supports.iter().filter(kept).filter(|piece| !against.contains(&piece.group())) {
        let one = group_of(study, subject, *piece, keep);
        match groups.iter_mut().find(|group| group.root == one.root) {
            None => groups.push(one),
            Some(group) => {
                group.kind = group.kind.filter(|kind| one.kind == Some(*kind));
                group.sides.retain(|side| one.sides.contains(side));
                group.doubt = group.doubt.max(one.doubt);
                group.off = group.off.max(one.off);
                group.unreliable |= one.unreliable;
            }
        }
    }
    if !bearing.supports.iter().any(|piece| keep(*piece)) {
        return None;
    }
    let mut sides: Vec<&str> = groups.iter().flat_map(|group| group.sides.iter().copied()).collect();
    sides.sort_unstable();
    sides.dedup();
    let kinds = EvidenceKind::ALL.iter().filter(|kind| groups.iter().any(|group| group.kind == Some(**kind))).count();
    let amounts = Amounts { groups: groups.len(), against: against.len(), sides: sides.len(), kinds };
    let concern = |doubt: Option<u8>| Concern::ALL[usize::from(doubt.unwrap_or(3).min(3))];
    let methods = concern(groups.iter().map(|group| group.doubt).min());
    let coherence = coherence(amounts, subject.contested);
    let adequacy = adequacy(rule, amounts);
    let place_and_time = concern(groups.iter().map(|group| group.off).min());
    let relevance = if subject.opinion { place_and_time.max(Concern::Moderate) } else { place_and_time };
    let mut caps = Vec::new();
    if amounts.groups <= 1 {
        caps.push(Cap::OneGroup);
    }
    if sides.iter().all(|side| rule.mission_sides.iter().any(|mission| mission == side)) {
        caps.push(Cap::MissionSideOnly);
    }
    if !groups.is_empty() && groups.iter().all(|group| group.unreliable) {
        caps.push(Cap::Unreliable);
    }
    let of = amounts.groups + amounts.against;
    Some(Read {
        concerns: [
            (Component::Methods, methods, Reason::Gathered(methods)),
            (Component::Coherence, coherence, Reason::Contradicted { against: amounts.against, of, contested: subject.contested }),
            (Component::Adequacy, adequacy, Reason::Enough(amounts)),
            (Component::Relevance, relevance, Reason::Direct { place_and_time, opinion: subject.opinion }),
        ],
        caps,
        amounts,
        amount: match (adequacy, methods) {
            (Concern::Serious, _) | (_, Concern::Serious) => Amount::Limited,
            (Concern::None, Concern::None | Concern::Minor) => Amount::Robust,
            _ => Amount::Medium,
        },
        accord: match coherence {
            Concern::None => Accord::High,
            Concern::Minor | Concern::Moderate => Accord::Medium,
            Concern::Serious => Accord::Low,
        },
    })
}

/// Whether evidence contradicts: none; up to one group in four; fewer against than for it; as many or more.
fn coherence(amounts: Amounts, contested: bool) -> Concern {
    let concern = match (amounts.against, amounts.groups) {
        (0, _) => Concern::None,
        (against, groups) if against * 3 <= groups => Concern::Minor,
        (against, groups) if against < groups => Concern::Moderate,
        _ => Concern::Serious,
    };
    if contested { concern.max(Concern::Moderate) } else { concern }
}

/// How much there is: enough groups of two sides and two kinds; three groups, or two of two sides or
/// kinds; two; fewer.
fn adequacy(rule: &ConfidenceRule, amounts: Amounts) -> Concern {
    let Amounts { groups, sides, kinds, .. } = amounts;
    if groups >= usize::from(rule.enough_groups) && sides >= 2 && kinds >= 2 {
        Concern::None
    } else if groups >= 3 || groups == 2 && (sides >= 2 || kinds >= 2) {
        Concern::Minor
    } else if groups == 2 {
        Concern::Moderate
    } else {
        Concern::Serious
    }
}

fn group_of<'a>(study: &CaseStudy, subject: Subject, piece: Piece<'a>, keep: &Keep<'_>) -> Group<'a> {
    Group {
        root: piece.group(),
        kind: Some(piece.kind()),
        sides: piece.sides().iter().map(|side| side.as_str()).collect(),
        doubt: doubt(study, piece, keep),
        off: off(study, subject, piece),
        unreliable: unreliable(study, piece, keep),
    }
}

fn is_unreliable(grading: Admiralty) -> bool {
    grading.reliability == Reliability::E || grading.credibility == Credibility::Improbable
}

/// The texts that tell a piece of evidence that nobody could grade.
fn telling<'a>(study: &'a CaseStudy, piece: Piece<'a>, keep: &Keep<'_>) -> impl Iterator<Item = Piece<'a>> {
    let row = match piece {
        Piece::Evidence(row) if row.grading() == Admiralty::NOT_JUDGED => Some(row),
        _ => None,
    };
    let texts = row.into_iter().flat_map(|row| &row.provenance.cites).filter_map(|cite| study.source(&cite.source)).map(Piece::Text);
    texts.filter(|text| keep(*text))
}

/// Whether a piece is graded E or 5, or is told in such texts alone.
fn unreliable(study: &CaseStudy, piece: Piece<'_>, keep: &Keep<'_>) -> bool {
    let mut texts = telling(study, piece, keep).peekable();
    is_unreliable(piece.grading()) || texts.peek().is_some() && texts.all(|text| is_unreliable(text.grading()))
}

/// Doubt about how a piece was gathered: 3 where it is graded doubtful; else 1 where it is not graded
/// well, and 1 more for a text. What nobody could grade is as doubtful as the texts that tell it where these
/// are doubtful, and no more doubtful than the best of them.
fn doubt(study: &CaseStudy, piece: Piece<'_>, keep: &Keep<'_>) -> u8 {
    let grading = piece.grading();
    let doubtful = is_unreliable(grading) || grading.reliability == Reliability::D || grading.credibility == Credibility::Doubtful;
    let well = matches!(grading.reliability, Reliability::A | Reliability::B)
        && matches!(grading.credibility, Credibility::Confirmed | Credibility::ProbablyTrue);
    let own = if doubtful { 3 } else { u8::from(!well) + u8::from(piece.kind() == EvidenceKind::Document) };
    match telling(study, piece, keep).map(|text| doubt(study, text, keep)).min() {
        Some(3) => 3,
        Some(best) => own.min(best),
        None => own,
    }
}

/// How far a piece lies from the place and the time of what is judged: for the place 0 in it, 2 outside it;
/// for the time 0 in it, 1 not told or gathered after it, 2 before it. What names no place is of the whole
/// area. A text speaks of what is read from it.
fn off(study: &CaseStudy, subject: Subject, piece: Piece<'_>) -> u8 {
    if matches!(piece, Piece::Text(_)) {
        return 0;
    }
    let place = 2 * u8::from(study.covered(piece.regions()).common(subject.units).is_empty());
    let gathered = piece.when().and_then(|when| days_of(study, &when));
    let time = match (gathered, subject.days) {
        (Some(gathered), Some(days)) if gathered.within(days).is_some() => 0,
        (Some(gathered), Some(days)) if gathered.last() < days.first() => 2,
        _ => 1,
    };
    place + time
}

/// The days that a time word means; nothing where it means none.
pub(in crate::scoring) fn days_of(study: &CaseStudy, when: &When) -> Option<Days> {
    match when {
        When::Dated(period) => Some(period.whole(study.study().window)),
        When::Mission => Some(study.study().window),
        When::Current => study.current_phase().map(|at| study.phases()[at].days),
        When::Undated | When::Outside => None,
    }
}
