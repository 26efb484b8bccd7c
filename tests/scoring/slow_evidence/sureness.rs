//! Confidence by counting: what bears on each judgement, and what follows from it, rule by rule.

use std::collections::{BTreeMap, BTreeSet};

use peaceops::CaseStudy;
use peaceops::date::{Days, When};
use peaceops::id::{EvidenceId, RegionId, SourceId};
use peaceops::model::{Cite, Evidence, Row, Source};
use peaceops::scale::{Admiralty, Confidence, EvidenceKind, Judgement, Link};
use peaceops::scoring::{Assessment, Method, Sureness};

/// A piece of evidence, as plain values.
struct Piece {
    id: String,
    root: String,
    kind: EvidenceKind,
    sides: BTreeSet<String>,
    /// Doubt over how it was gathered, 0 to 3.
    doubt: usize,
    /// Doubt over place and time, 0 to 4.
    away: usize,
    /// E, or 5.
    unreliable: bool,
}

/// Where and when a judgement is, and what kind of judgement it is.
struct Subject {
    /// Its units, where a place is told.
    units: Option<BTreeSet<String>>,
    days: Option<Days>,
    contested: bool,
    opinion: bool,
}

/// Evidence rows and texts that speak for a judgement, and evidence rows that speak against it.
#[derive(Default)]
struct Rows<'a> {
    evidence: Vec<&'a Evidence>,
    texts: Vec<&'a Source>,
    against: Vec<&'a Evidence>,
}

fn letter(grade: Admiralty) -> char {
    grade.to_string().chars().next().unwrap()
}

fn digit(grade: Admiralty) -> char {
    grade.to_string().chars().nth(1).unwrap()
}

/// The days that a time word means.
pub(crate) fn days(study: &CaseStudy, when: &When) -> Option<Days> {
    let window = study.study().window;
    match when {
        When::Dated(period) => {
            // An open end stops at the window; what is wholly beyond it is a day at its other end.
            let first = period.start().map(|date| date.first());
            let last = period.end().map(|date| date.last());
            let (from, to) = (first.unwrap_or(window.first()), last.unwrap_or(window.last()));
            Days::new(from, to).or(Days::new(to, from))
        }
        When::Mission => Some(window),
        When::Current => study.current_phase().map(|at| study.phases()[at].days),
        When::Undated | When::Outside => None,
    }
}

/// The units that regions hold, or in which they lie; all of them where none is named.
fn units(study: &CaseStudy, regions: &[RegionId]) -> Option<BTreeSet<String>> {
    let touches = |unit: &RegionId| {
        regions.is_empty() || regions.iter().any(|region| unit == region || study.lies_in(unit, region) || study.lies_in(region, unit))
    };
    Some(study.units().filter(|unit| touches(&unit.id)).map(|unit| unit.id.to_string()).collect())
}

/// Doubtful is 3. Else 1 where the grading is not A or B with 1 or 2, and 1 where it was read and not heard.
fn doubt(grade: Admiralty, read: bool) -> usize {
    if "DE".contains(letter(grade)) || "45".contains(digit(grade)) {
        return 3;
    }
    usize::from(!("AB".contains(letter(grade)) && "12".contains(digit(grade)))) + usize::from(read)
}

fn of_source(source: &Source) -> Piece {
    let grade = source.admiralty.unwrap_or(Admiralty::NOT_JUDGED);
    Piece {
        id: source.id.to_string(),
        root: source.independence.as_ref().map_or(source.id.to_string(), ToString::to_string),
        kind: EvidenceKind::Document,
        sides: source.side.iter().map(ToString::to_string).collect(),
        doubt: doubt(grade, true),
        away: 0,
        unreliable: letter(grade) == 'E' || digit(grade) == '5',
    }
}

fn of_evidence(study: &CaseStudy, subject: &Subject, row: &Evidence) -> Piece {
    let grade = row.admiralty.unwrap_or(Admiralty::NOT_JUDGED);
    let mut unsure = doubt(grade, row.kind == EvidenceKind::Document);
    let mut unreliable = letter(grade) == 'E' || digit(grade) == '5';
    if grade.to_string() == "F6" {
        // Nobody could grade it: it stands and falls with the texts that tell it.
        let texts: Vec<Piece> = row.provenance.cites.iter().filter_map(|cite| study.source(&cite.source)).map(of_source).collect();
        let best = texts.iter().map(|text| text.doubt).min();
        unsure = if best == Some(3) { 3 } else { best.unwrap_or(unsure).min(unsure) };
        unreliable |= !texts.is_empty() && texts.iter().all(|text| text.unreliable);
    }
    let place = match (units(study, &row.regions), &subject.units) {
        (Some(here), Some(there)) => {
            if here.intersection(there).next().is_some() {
                0
            } else {
                2
            }
        }
        _ => 1,
    };
    let time = match (row.when.as_ref().and_then(|when| days(study, when)), subject.days) {
        (Some(gathered), Some(of)) if gathered.last() < of.first() => 2,
        (Some(gathered), Some(of)) if gathered.first() > of.last() => 1,
        (Some(_), Some(_)) => 0,
        _ => 1,
    };
    Piece {
        id: row.id.to_string(),
        root: row.independence.as_ref().map_or(row.id.to_string(), ToString::to_string),
        kind: row.kind,
        sides: row.sides.iter().map(ToString::to_string).collect(),
        doubt: unsure,
        away: place + time,
        unreliable,
    }
}

impl<'a> Rows<'a> {
    fn add(&mut self, row: &'a Evidence) {
        if !self.evidence.iter().any(|other| other.id == row.id) {
            self.evidence.push(row);
        }
    }

    fn read(&mut self, study: &'a CaseStudy, source: &SourceId) {
        let source = study.source(source).unwrap();
        if !self.texts.iter().any(|other| other.id == source.id) {
            self.texts.push(source);
        }
    }

    /// What bears on a finding or an effect.
    fn bear(&mut self, study: &'a CaseStudy, id: &str, named: &[EvidenceId], cites: &[Cite]) {
        let speaks = |row: &&Evidence| named.contains(&row.id) || row.supports.iter().any(|other| other.as_str() == id);
        let rows: Vec<&Evidence> = study.evidence().iter().filter(speaks).collect();
        let tells = |source: &SourceId| rows.iter().any(|row| row.provenance.cites.iter().any(|cite| cite.source == *source));
        for cite in cites.iter().filter(|cite| !tells(&cite.source)) {
            self.read(study, &cite.source);
        }
        rows.into_iter().for_each(|row| self.add(row));
        for row in study.evidence().iter().filter(|row| row.contradicts.iter().any(|other| other.as_str() == id)) {
            if !self.against.iter().any(|other| other.id == row.id) {
                self.against.push(row);
            }
        }
    }
}

/// What follows, in words: level, concerns, caps, amounts, grid.
fn follows(study: &CaseStudy, method: &Method, subject: &Subject, rows: &Rows<'_>) -> Vec<(&'static str, String)> {
    let mut supports: Vec<Piece> = rows.evidence.iter().map(|row| of_evidence(study, subject, row)).collect();
    supports.extend(rows.texts.iter().map(|text| of_source(text)));
    let contradicts: Vec<Piece> = rows.against.iter().map(|row| of_evidence(study, subject, row)).collect();
    let ids = |pieces: &[Piece]| {
        let mut ids: Vec<&str> = pieces.iter().map(|piece| piece.id.as_str()).collect();
        ids.sort_unstable();
        ids.join(" ")
    };
    let mut told = vec![("supports", ids(&supports)), ("contradicts", ids(&contradicts))];
    if supports.is_empty() {
        told.push(("proposed", "nothing".into()));
        return told;
    }
    let against: BTreeSet<&str> = contradicts.iter().map(|piece| piece.root.as_str()).collect();
    let mut roots: BTreeMap<&str, Vec<&Piece>> = BTreeMap::new();
    for piece in supports.iter().filter(|piece| !against.contains(piece.root.as_str())) {
        roots.entry(&piece.root).or_default().push(piece);
    }
    // A root counts with what all its pieces share, and with its weakest piece.
    let (mut sides, mut kinds) = (BTreeSet::new(), BTreeSet::new());
    let (mut best_doubt, mut least_away, mut all_unreliable) = (3, 4, !roots.is_empty());
    for pieces in roots.values() {
        sides.extend(pieces[0].sides.iter().filter(|side| pieces.iter().all(|piece| piece.sides.contains(*side))).cloned());
        if pieces.iter().all(|piece| piece.kind == pieces[0].kind) {
            kinds.insert(pieces[0].kind.to_string());
        }
        best_doubt = best_doubt.min(pieces.iter().map(|piece| piece.doubt).max().unwrap());
        least_away = least_away.min(pieces.iter().map(|piece| piece.away).max().unwrap());
        all_unreliable &= pieces.iter().any(|piece| piece.unreliable);
    }
    let (for_it, against_it) = (roots.len(), against.len());
    let mut coherence = if against_it == 0 {
        0
    } else if against_it * 4 <= for_it + against_it {
        1
    } else if against_it < for_it {
        2
    } else {
        3
    };
    if subject.contested {
        coherence = coherence.max(2);
    }
    let (two_sides, two_kinds) = (sides.len() >= 2, kinds.len() >= 2);
    let adequacy = match for_it {
        0 | 1 => 3,
        n if n >= usize::from(method.confidence.enough_groups) && two_sides && two_kinds => 0,
        2 if !two_sides && !two_kinds => 2,
        _ => 1,
    };
    let relevance = least_away.min(3).max(if subject.opinion { 2 } else { 0 });
    let concerns = [best_doubt, coherence, adequacy, relevance];
    let minors = concerns.iter().filter(|concern| **concern == 1).count();
    let steps: usize = concerns.iter().map(|concern| [0, 0, 1, 2][*concern]).sum::<usize>() + usize::from(minors > 1);
    let mut level = 3usize.saturating_sub(steps);
    let mut caps = Vec::new();
    if for_it <= 1 {
        caps.push("one root only: at most low");
        level = level.min(1);
    }
    if !sides.iter().any(|side| !method.confidence.mission_sides.contains(side)) {
        caps.push("no side but the mission's is known to say it: at most moderate");
        level = level.min(2);
    }
    if all_unreliable {
        caps.push("only unreliable sources or improbable news: very low");
        level = 0;
    }
    // Limited, medium, robust; low, medium, high; the grid's levels lie on the diagonals.
    let amount = if adequacy == 3 || best_doubt == 3 {
        0
    } else if adequacy == 0 && best_doubt < 2 {
        2
    } else {
        1
    };
    let accord = [2, 1, 1, 0][coherence];
    let grid = amount + accord;
    let words = ["none", "minor", "moderate", "serious"];
    told.push(("proposed", Confidence::ALL[level].to_string()));
    told.extend(["methods", "coherence", "adequacy", "relevance"].into_iter().zip(concerns.map(|concern| words[concern].into())));
    told.push(("caps", caps.join("; ")));
    told.push(("amounts", format!("{for_it} {against_it} {} {}", sides.len(), kinds.len())));
    told.push(("grid", ["very-low", "low", "medium", "high", "very-high"][grid].into()));
    told.push(("roads", (grid.min(3).abs_diff(level) > 1).to_string()));
    told
}

/// The crate's in the same words.
fn words(sure: &Sureness) -> Vec<(&'static str, String)> {
    let ids = |ids: &[peaceops::id::RowId]| {
        let mut ids: Vec<&str> = ids.iter().map(|id| id.as_str()).collect();
        ids.sort_unstable();
        ids.join(" ")
    };
    let mut told = vec![("supports", ids(&sure.supports)), ("contradicts", ids(&sure.contradicts))];
    let Some(level) = sure.proposed else {
        told.push(("proposed", "nothing".into()));
        return told;
    };
    told.push(("proposed", level.to_string()));
    told.extend(
        ["methods", "coherence", "adequacy", "relevance"].into_iter().zip(sure.components.iter().map(|part| part.concern.to_string())),
    );
    told.push(("caps", sure.caps.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")));
    let amounts = sure.amounts;
    told.push(("amounts", format!("{} {} {} {}", amounts.groups, amounts.against, amounts.sides, amounts.kinds)));
    told.push(("grid", sure.grid.unwrap().to_string()));
    told.push(("roads", sure.roads_differ.to_string()));
    told
}

pub(crate) fn differences(study: &CaseStudy, method: &Method, assessment: &Assessment) -> Vec<String> {
    let mut found = Vec::new();
    let mut compare = |sure: Option<&Sureness>, name: &str, subject: Subject, rows: &Rows<'_>, decided: Option<Confidence>| {
        let slow = follows(study, method, &subject, rows);
        let Some(sure) = sure else {
            found.push(format!("{name} is not judged: slow {slow:?}"));
            return;
        };
        let theirs = words(sure);
        for (part, slow) in &slow {
            let crate_says = theirs.iter().find(|(name, _)| name == part).map(|(_, value)| value);
            if crate_says != Some(slow) {
                found.push(format!("{name} {part}: slow {slow}, crate {crate_says:?}"));
            }
        }
        let level = decided.or(sure.proposed);
        if sure.level != level || sure.decided.as_ref().map(|one| one.level) != decided {
            found.push(format!("{name} level: slow {level:?}, crate {:?}", sure.level));
        }
    };
    for row in study.findings() {
        let mut rows = Rows::default();
        rows.bear(study, row.id.as_str(), &row.evidence, &row.provenance.cites);
        let subject = Subject { units: units(study, &row.regions), days: days(study, &row.when), contested: false, opinion: false };
        compare(assessment.confidence().of(row.id.as_str()), row.id.as_str(), subject, &rows, row.confidence.as_ref().map(|one| one.level));
    }
    for row in study.effects() {
        let mut rows = Rows::default();
        rows.bear(study, row.id.as_str(), &row.evidence, &row.provenance.cites);
        let flagged = row.without.flags.iter().any(|flag| flag == "opinion" || flag == "forecast");
        let subject = Subject {
            units: units(study, &row.regions),
            days: days(study, &row.when),
            contested: matches!(row.observed.judgement, Judgement::Contested(_)),
            opinion: flagged && !matches!(row.observed.judgement, Judgement::Rated(_)),
        };
        compare(assessment.confidence().of(row.id.as_str()), row.id.as_str(), subject, &rows, row.confidence.as_ref().map(|one| one.level));
    }
    let mut count = 0;
    for block in study.ratings() {
        for link in Link::ALL {
            let Some(statement) = block.link(*link) else { continue };
            let contested = match statement.judgement {
                Judgement::Rated(_) => false,
                Judgement::Contested(_) => true,
                _ => continue,
            };
            let mut rows = Rows::default();
            for id in &statement.rests_on {
                match study.row(id.as_str()) {
                    Some(Row::Evidence(row)) => rows.add(row),
                    Some(Row::Finding(row)) => rows.bear(study, id.as_str(), &row.evidence, &row.provenance.cites),
                    Some(Row::Effect(row)) => rows.bear(study, id.as_str(), &row.evidence, &row.provenance.cites),
                    Some(row) => row.provenance().into_iter().flat_map(|told| &told.cites).for_each(|cite| rows.read(study, &cite.source)),
                    None => {}
                }
            }
            // A text that tells some of the evidence is no root of its own.
            let tells = |source: &Source| rows.evidence.iter().any(|row| row.provenance.cites.iter().any(|cite| cite.source == source.id));
            let texts: Vec<&Source> = rows.texts.iter().copied().filter(|source| !tells(source)).collect();
            rows.texts = texts;
            let phases: Vec<Days> = block.phases.iter().map(|id| study.phase(id).unwrap().days).collect();
            let whole = study.study().window;
            let first = phases.iter().map(|days| days.first()).min().unwrap_or(whole.first());
            let last = phases.iter().map(|days| days.last()).max().unwrap_or(whole.last());
            // A rating without a region is of the whole area.
            let all = || study.units().map(|unit| unit.id.to_string()).collect();
            let of = Subject {
                units: Some(units(study, &block.regions).unwrap_or_else(all)),
                days: Days::new(first, last),
                contested,
                opinion: false,
            };
            let name = format!("{}/{link}", block.label());
            compare(assessment.confidence().ratings.get(count), &name, of, &rows, statement.confidence.as_ref().map(|one| one.level));
            count += 1;
        }
    }
    if assessment.confidence().ratings.len() != count {
        found.push(format!("ratings judged: slow {count}, crate {}", assessment.confidence().ratings.len()));
    }
    found
}
