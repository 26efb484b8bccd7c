//! What judgements rest on, and what leaving a thing out takes away.

use std::collections::HashMap;

use crate::id::RowId;
use crate::model::{Bearing, Bearings, CaseStudy, Claim, Piece};
use crate::scale::{Clue, Condition};

/// What a judgement rests on, by the places of evidence and sources.
pub(super) type Roots = Vec<usize>;

/// What leaving a thing out takes away.
pub(super) enum Gone {
    /// Pieces, by their places in order; and the positions of the groups of a side.
    Pieces { gone: Vec<usize>, side: Option<String> },
    /// A task.
    Task(usize),
    /// A unit.
    Unit(usize),
}

impl Gone {
    /// The pieces that go.
    fn pieces(&self) -> &[usize] {
        if let Self::Pieces { gone, .. } = self { gone } else { &[] }
    }

    /// Whether a piece goes.
    pub(super) fn takes(&self, piece: usize) -> bool {
        self.pieces().binary_search(&piece).is_ok()
    }

    /// Whether these pieces are some, and all go.
    fn takes_all(&self, roots: &Roots) -> bool {
        !roots.is_empty() && roots.iter().all(|root| self.takes(*root))
    }
}

/// A list of judgements with what each rests on, and for each piece those that rest on it: what a piece does not
/// touch is never looked at.
#[derive(Default)]
pub(super) struct Rooted {
    roots: Vec<Roots>,
    by_piece: HashMap<usize, Vec<usize>>,
}

impl FromIterator<Roots> for Rooted {
    fn from_iter<I: IntoIterator<Item = Roots>>(all: I) -> Self {
        let mut rooted = Self::default();
        for (at, roots) in all.into_iter().enumerate() {
            roots.iter().for_each(|root| rooted.by_piece.entry(*root).or_default().push(at));
            rooted.roots.push(roots);
        }
        rooted
    }
}

impl Rooted {
    /// The places of those that rest on a piece that goes, in order.
    pub(super) fn touched(&self, gone: &Gone) -> Vec<usize> {
        let mut places: Vec<usize> = gone.pieces().iter().filter_map(|piece| self.by_piece.get(piece)).flatten().copied().collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The places of those that fall: all that they rest on goes.
    pub(super) fn falling(&self, gone: &Gone) -> Vec<usize> {
        let mut places = self.touched(gone);
        places.retain(|at| gone.takes_all(&self.roots[*at]));
        places
    }
}

/// The place of every piece: evidence first, then sources.
pub(super) struct Places<'a> {
    study: &'a CaseStudy,
    evidence: HashMap<&'a str, usize>,
    sources: HashMap<&'a str, usize>,
}

impl<'a> Places<'a> {
    pub(super) fn of(study: &'a CaseStudy) -> Self {
        let evidence = study.evidence().iter().enumerate().map(|(at, row)| (row.id.as_str(), at));
        let sources = study.sources().iter().enumerate().map(|(at, row)| (row.id.as_str(), study.evidence().len() + at));
        Self { study, evidence: evidence.collect(), sources: sources.collect() }
    }

    /// All pieces, in the order of their places.
    pub(super) fn pieces(&self) -> Vec<Piece<'a>> {
        self.study.evidence().iter().map(Piece::Evidence).chain(self.study.sources().iter().map(Piece::Text)).collect()
    }

    pub(super) fn at(&self, piece: Piece<'_>) -> Option<usize> {
        match piece {
            Piece::Evidence(row) => self.evidence.get(row.id.as_str()).copied(),
            Piece::Text(row) => self.sources.get(row.id.as_str()).copied(),
        }
    }

    /// What supports a judgement.
    pub(super) fn of_support(&self, bearing: &Bearing<'_>) -> Roots {
        bearing.supports.iter().filter_map(|piece| self.at(*piece)).collect()
    }

    /// All that the confidence in a judgement is read from: what bears on it, and the texts that tell that evidence.
    pub(super) fn of_all(&self, bearing: &Bearing<'_>) -> Roots {
        let mut roots = Roots::new();
        for piece in bearing.supports.iter().chain(&bearing.contradicts) {
            roots.extend(self.at(*piece));
            if let Piece::Evidence(row) = piece {
                roots.extend(row.provenance.cites.iter().filter_map(|cite| self.sources.get(cite.source.as_str())));
            }
        }
        roots.sort_unstable();
        roots.dedup();
        roots
    }
}

/// What a ground of a claim is.
#[derive(Clone, Copy)]
enum Ground {
    Condition(usize),
    Rival(usize),
    Test(usize),
}

/// A claim with what each of its grounds rests on; grounds that say nothing are left away.
pub(super) struct ClaimRoots<'a> {
    pub(super) claim: &'a Claim,
    /// Place of its effect.
    pub(super) effect: Option<usize>,
    grounds: Vec<(Ground, Roots)>,
}

impl<'a> ClaimRoots<'a> {
    pub(super) fn all(study: &'a CaseStudy, bearings: &Bearings<'a>, places: &Places<'_>) -> Vec<Self> {
        let effects: HashMap<&str, usize> = study.effects().iter().enumerate().map(|(at, row)| (row.id.as_str(), at)).collect();
        let of = |claim: &'a Claim| {
            let roots = |rests_on: &'a [RowId], cites| places.of_support(&bearings.under(rests_on, cites));
            let mut grounds = Vec::new();
            let conditions = claim.conditions().into_iter().enumerate().filter(|(_, (_, one))| one.state != Condition::Unknown);
            grounds.extend(conditions.map(|(n, (_, one))| (Ground::Condition(n), roots(&one.rests_on, &[]))));
            let rivals = claim.rivals.iter().enumerate().filter(|(_, rival)| rival.outcome.is_some());
            grounds.extend(rivals.map(|(n, rival)| (Ground::Rival(n), roots(&rival.rests_on, &rival.cites))));
            let tests = claim.tests.iter().enumerate().filter(|(_, test)| test.outcome != Clue::NotLookedFor);
            grounds.extend(tests.map(|(n, test)| (Ground::Test(n), roots(&test.rests_on, &[]))));
            Self { claim, effect: effects.get(claim.effect.as_str()).copied(), grounds }
        };
        study.claims().iter().map(of).collect()
    }

    /// All pieces that its grounds rest on.
    pub(super) fn all_roots(&self) -> Roots {
        let mut roots: Roots = self.grounds.iter().flat_map(|(_, roots)| roots).copied().collect();
        roots.sort_unstable();
        roots.dedup();
        roots
    }

    /// The claim without the grounds that fall, and how many they are; nothing where none falls.
    pub(super) fn without(&self, gone: &Gone) -> Option<(Claim, usize)> {
        let mut fallen = self.grounds.iter().filter(|(_, roots)| gone.takes_all(roots)).map(|(ground, _)| *ground).peekable();
        fallen.peek()?;
        let (mut claim, mut count) = (self.claim.clone(), 0);
        for ground in fallen {
            count += 1;
            match ground {
                Ground::Condition(n) => {
                    let all = [&mut claim.theory, &mut claim.implemented, &mut claim.chain, &mut claim.others];
                    all.into_iter().skip(n).take(1).for_each(|one| one.state = Condition::Unknown);
                }
                Ground::Rival(n) => (claim.rivals[n].tested, claim.rivals[n].outcome) = (None, None),
                Ground::Test(n) => claim.tests[n].outcome = Clue::NotLookedFor,
            }
        }
        Some((claim, count))
    }
}
