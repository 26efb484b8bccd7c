//! What carries the most: the sources, items of evidence and groups that most of a study rests on alone.

use std::fmt;

use serde::Serialize;

use super::{Fallen, Influence, LeftOut};
use crate::measure::Share;

/// A source, an item of evidence or an independence group, with what rests on it alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Carrier {
    /// What it is.
    pub carrier: LeftOut,
    /// Share of the weight assessed of congruence that would be assessed no more without it.
    pub weight: Share,
    /// The judgements that would fall.
    pub fallen: Fallen,
}

impl fmt::Display for Carrier {
    /// Its id with what it carries: `R (100 % of the weight, 121 findings, 40 effects)`. What it does not carry is
    /// left away.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match &self.carrier {
            LeftOut::Evidence(id) => id.as_str(),
            LeftOut::Source(id) => id.as_str(),
            LeftOut::Task(id) => id.as_str(),
            LeftOut::Region(id) => id.as_str(),
            LeftOut::Group(id) | LeftOut::Side(id) => id,
        };
        let mut told = Vec::new();
        match self.weight.percent() {
            Some(0) if self.weight.part() > 0 => told.push("under 1 % of the weight".to_owned()),
            Some(percent) if percent > 0 => told.push(format!("{percent} % of the weight")),
            _ if self.fallen.ratings > 0 => told.push(counted(self.fallen.ratings, "rating")),
            _ => {}
        }
        let Fallen { findings, effects, positions, grounds, .. } = self.fallen;
        let counts = [(findings, "finding"), (effects, "effect"), (positions, "position"), (grounds, "ground of claims")];
        told.extend(counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| counted(count, word)));
        write!(f, "{name} ({})", told.join(", "))
    }
}

fn counted(count: usize, word: &str) -> String {
    match (count, word.split_once(' ')) {
        (1, _) => format!("1 {word}"),
        (_, Some((noun, rest))) => format!("{count} {noun}s {rest}"),
        _ => format!("{count} {word}s"),
    }
}

/// What carries the most of a study, kind by kind, the most carrying first.
///
/// A study's own report is mostly the first of its sources; the items of evidence and the groups then tell what
/// carries the most within it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Carriers {
    /// Texts, each with the evidence told in it alone.
    pub sources: Vec<Carrier>,
    /// Items of evidence.
    pub evidence: Vec<Carrier>,
    /// Independence groups of several pieces.
    pub groups: Vec<Carrier>,
}

/// The sources, items of evidence and groups that carry the most, at most so many of each, from the table of
/// [`CaseStudy::influence`](crate::CaseStudy::influence).
///
/// Ranked by the share of the weight assessed that rests on them alone, then by the judgements that would fall;
/// what carries nothing alone is left away. Misleads where two always stand together: neither carries anything
/// alone.
///
/// ```no_run
/// use peaceops::uncertainty::carriers;
///
/// # let _ = told;
/// fn told(study: &peaceops::CaseStudy) {
///     let table = study.influence(&peaceops::scoring::Method::default());
///     for source in carriers(&table, 3).sources {
///         println!("{source}"); // `R (100 % of the weight, 121 findings)`
///     }
/// }
/// ```
#[must_use]
pub fn carriers(table: &[Influence], most: usize) -> Carriers {
    let of = |is: fn(&LeftOut) -> bool| {
        let carries = |one: &&Influence| is(&one.left_out) && (one.lost.part() > 0 || one.fallen.all() > 0);
        let mut list: Vec<&Influence> = table.iter().filter(carries).collect();
        list.sort_by(|a, b| {
            let more = b.lost.compare(a.lost).then(b.fallen.all().cmp(&a.fallen.all()));
            more.then_with(|| a.left_out.cmp(&b.left_out))
        });
        let carrier = |one: &Influence| Carrier { carrier: one.left_out.clone(), weight: one.lost, fallen: one.fallen };
        list.into_iter().take(most).map(carrier).collect()
    };
    Carriers {
        sources: of(|one| matches!(one, LeftOut::Source(_))),
        evidence: of(|one| matches!(one, LeftOut::Evidence(_))),
        groups: of(|one| matches!(one, LeftOut::Group(_))),
    }
}
