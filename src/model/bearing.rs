//! Which evidence bears on a judgement: the rows it names, or the texts it cites.

use std::collections::HashMap;

use super::{CaseStudy, Cite, Evidence, Provenance, Row, Source};
use crate::date::When;
use crate::id::{EvidenceId, RegionId, RowId, Slug};
use crate::scale::{Admiralty, EvidenceKind};

/// One piece of evidence: a row of evidence, or a text that is cited.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Piece<'a> {
    /// A row of evidence.
    Evidence(&'a Evidence),
    /// A text that the judgement is read from.
    Text(&'a Source),
}

impl<'a> Piece<'a> {
    /// Its id.
    #[must_use]
    pub fn id(self) -> RowId {
        match self {
            Self::Evidence(row) => RowId::from(&row.id),
            Self::Text(row) => RowId::from(&row.id),
        }
    }

    /// How it was gathered; a text is a document.
    #[must_use]
    pub fn kind(self) -> EvidenceKind {
        match self {
            Self::Evidence(row) => row.kind,
            Self::Text(_) => EvidenceKind::Document,
        }
    }

    /// The independence group that it belongs to: pieces of one root share it.
    #[must_use]
    pub fn group(self) -> &'a str {
        match self {
            Self::Evidence(row) => row.independence.as_ref().map_or(row.id.as_str(), Slug::as_str),
            Self::Text(row) => row.independence.as_ref().map_or(row.id.as_str(), Slug::as_str),
        }
    }

    /// Whose voice it is.
    #[must_use]
    pub fn sides(self) -> &'a [Slug] {
        match self {
            Self::Evidence(row) => &row.sides,
            Self::Text(row) => row.side.as_slice(),
        }
    }

    /// How it is graded; `F6` where it is not.
    #[must_use]
    pub fn grading(self) -> Admiralty {
        match self {
            Self::Evidence(row) => row.grading(),
            Self::Text(row) => row.admiralty.unwrap_or(Admiralty::NOT_JUDGED),
        }
    }

    /// Where it was gathered; nothing for a text.
    #[must_use]
    pub fn regions(self) -> &'a [RegionId] {
        match self {
            Self::Evidence(row) => &row.regions,
            Self::Text(_) => &[],
        }
    }

    /// When it was gathered; nothing for a text.
    #[must_use]
    pub fn when(self) -> Option<When> {
        match self {
            Self::Evidence(row) => row.when,
            Self::Text(_) => None,
        }
    }
}

/// What speaks for and against a judgement, each piece once.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Bearing<'a> {
    /// Pieces that support it.
    pub supports: Vec<Piece<'a>>,
    /// Pieces that contradict it.
    pub contradicts: Vec<Piece<'a>>,
}

impl<'a> Bearing<'a> {
    fn support(&mut self, piece: Piece<'a>) {
        add(&mut self.supports, piece);
    }

    fn contradict(&mut self, piece: Piece<'a>) {
        add(&mut self.contradicts, piece);
    }
}

/// Adds a piece unless it is there.
fn add<'a>(pieces: &mut Vec<Piece<'a>>, piece: Piece<'a>) {
    let same = |other: &Piece<'a>| match (piece, *other) {
        (Piece::Evidence(a), Piece::Evidence(b)) => std::ptr::eq(a, b),
        (Piece::Text(a), Piece::Text(b)) => std::ptr::eq(a, b),
        _ => false,
    };
    if !pieces.iter().any(same) {
        pieces.push(piece);
    }
}

/// The evidence of a study by what it bears on.
pub(crate) struct Bearings<'a> {
    study: &'a CaseStudy,
    supports: HashMap<&'a RowId, Vec<&'a Evidence>>,
    contradicts: HashMap<&'a RowId, Vec<&'a Evidence>>,
}

impl<'a> Bearings<'a> {
    pub(crate) fn of(study: &'a CaseStudy) -> Self {
        let (mut supports, mut contradicts): (HashMap<_, Vec<_>>, HashMap<_, Vec<_>>) = Default::default();
        for row in study.evidence() {
            row.supports.iter().for_each(|id| supports.entry(id).or_default().push(row));
            row.contradicts.iter().for_each(|id| contradicts.entry(id).or_default().push(row));
        }
        Self { study, supports, contradicts }
    }

    /// What bears on a row that names evidence: what it names, what names it, and the texts that it
    /// cites beside those in which that evidence is told.
    pub(crate) fn on(&self, id: &RowId, named: &'a [EvidenceId], provenance: &'a Provenance) -> Bearing<'a> {
        let mut bearing = Bearing::default();
        let named = named.iter().filter_map(|id| self.study.evidence_row(id));
        let rows: Vec<&Evidence> = named.chain(self.supports.get(id).into_iter().flatten().copied()).collect();
        rows.iter().for_each(|row| bearing.support(Piece::Evidence(row)));
        let told = |cite: &Cite| rows.iter().any(|row| row.provenance.cites.iter().any(|other| other.source == cite.source));
        self.texts(&mut bearing, provenance.cites.iter().filter(|cite| !told(cite)));
        for row in self.contradicts.get(id).into_iter().flatten() {
            bearing.contradict(Piece::Evidence(row));
        }
        bearing
    }

    fn texts(&self, bearing: &mut Bearing<'a>, cites: impl Iterator<Item = &'a Cite>) {
        cites.filter_map(|cite| self.study.source(&cite.source)).for_each(|source| bearing.support(Piece::Text(source)));
    }

    /// What bears on a statement: what bears on the rows that it rests on, and the texts that it cites itself.
    /// A text in which some of that evidence is told is no root of its own.
    pub(crate) fn under(&self, rests_on: &'a [RowId], cites: &'a [Cite]) -> Bearing<'a> {
        let mut all = Bearing::default();
        for id in rests_on {
            let of = match self.study.row(id.as_str()) {
                Some(Row::Evidence(row)) => {
                    all.support(Piece::Evidence(row));
                    continue;
                }
                Some(Row::Effect(row)) => self.on(id, &row.evidence, &row.provenance),
                Some(Row::Finding(row)) => self.on(id, &row.evidence, &row.provenance),
                Some(row) => {
                    self.texts(&mut all, row.provenance().into_iter().flat_map(|provenance| &provenance.cites));
                    continue;
                }
                None => continue,
            };
            of.supports.into_iter().for_each(|piece| all.support(piece));
            of.contradicts.into_iter().for_each(|piece| all.contradict(piece));
        }
        self.texts(&mut all, cites.iter());
        let tells = |source: &Source| {
            let evidence = all.supports.iter().filter_map(|piece| if let Piece::Evidence(row) = piece { Some(row) } else { None });
            evidence.flat_map(|row| &row.provenance.cites).any(|cite| cite.source == source.id)
        };
        let told: Vec<bool> = all.supports.iter().map(|piece| matches!(piece, Piece::Text(source) if tells(source))).collect();
        let mut told = told.into_iter();
        all.supports.retain(|_| !told.next().unwrap_or(false));
        all
    }
}

impl CaseStudy {
    /// What speaks for and against a finding, an effect or a verdict; nothing for rows of other tables.
    #[must_use]
    pub fn bearing_on(&self, id: &RowId) -> Option<Bearing<'_>> {
        let bearings = Bearings::of(self);
        match self.row(id.as_str())? {
            Row::Effect(row) => Some(bearings.on(id, &row.evidence, &row.provenance)),
            Row::Finding(row) => Some(bearings.on(id, &row.evidence, &row.provenance)),
            Row::Verdict(row) => Some(bearings.on(id, &[], &row.provenance)),
            _ => None,
        }
    }
}
