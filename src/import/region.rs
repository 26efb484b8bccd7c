//! From names of places to regions of the study.

use std::borrow::Cow;
use std::collections::HashMap;

use super::account::Reason;
use crate::id::RegionId;
use crate::model::{CaseStudy, Import, Region};
use crate::scale::PlaceLevel;

/// How many spellings are kept with what they stand for.
const KEPT: usize = 4_096;

/// The regions of a study by the names that a file may give them.
#[derive(Clone, Debug)]
pub(super) struct Places {
    /// By folded name; nothing where it names several.
    names: HashMap<String, Option<u32>>,
    /// For each region the one that it is gathered to.
    gathered: Vec<Option<u32>>,
    /// Spellings met so far, so that a name is folded once and not in every row.
    met: HashMap<Box<[u8]>, Result<u32, Reason>>,
    /// The region of all rows, in place of a column.
    pub(super) fixed: Option<u32>,
    /// The regions for which a complete file says 0 where it has no rows.
    pub(super) expected: Vec<u32>,
}

impl Places {
    pub(super) fn new(study: &CaseStudy, import: &Import) -> Self {
        let regions = study.regions();
        let at: HashMap<&RegionId, u32> = regions.iter().zip(0..).map(|(region, at)| (&region.id, at)).collect();
        let around = |start: u32| {
            std::iter::successors(Some(start), |place| {
                let within = regions.get(*place as usize)?.within.as_ref()?;
                at.get(within).copied()
            })
            .take(regions.len())
        };
        let level = import.level.unwrap_or(PlaceLevel::Any);
        let wanted = |region: &Region| match level {
            PlaceLevel::Any => true,
            PlaceLevel::Unit => region.unit,
            PlaceLevel::Area => region.id == study.study().area,
        };
        let gathered: Vec<Option<u32>> =
            (0..).take(regions.len()).map(|place| around(place).find(|at| regions.get(*at as usize).is_some_and(wanted))).collect();
        let mut names: HashMap<String, Option<u32>> = HashMap::new();
        for (region, place) in regions.iter().zip(0..) {
            for name in [region.name.as_str(), region.id.as_str()] {
                let known = names.entry(folded(name)).or_insert(Some(place));
                *known = known.filter(|known| *known == place);
            }
        }
        let mut aliases: HashMap<String, Option<u32>> = HashMap::new();
        for (name, region) in &import.regions {
            let place = at.get(region).copied();
            let known = aliases.entry(folded(name)).or_insert(place);
            *known = known.filter(|known| Some(*known) == place);
        }
        let alias_targets: Vec<u32> =
            aliases.values().flatten().filter_map(|place| gathered.get(*place as usize).copied().flatten()).collect();
        names.extend(aliases);
        // A name of signs alone names nothing.
        names.remove("");
        let area = at.get(&study.study().area).copied();
        let column = import.place.is_some() || import.format.place().is_some();
        let fixed = match &import.region {
            Some(region) => at.get(region).copied(),
            None if column => None,
            None => area,
        };
        let mut expected: Vec<u32> = match (fixed, level) {
            (Some(fixed), _) => vec![fixed],
            (None, PlaceLevel::Unit) => regions.iter().zip(0..).filter(|(region, _)| region.unit).map(|(_, at)| at).collect(),
            (None, PlaceLevel::Area) => area.into_iter().collect(),
            (None, PlaceLevel::Any) => alias_targets,
        };
        expected.sort_unstable();
        expected.dedup();
        Self { names, gathered, met: HashMap::new(), fixed, expected }
    }

    /// The region that a name stands for, gathered to the level that is asked for.
    pub(super) fn find(&mut self, name: &[u8]) -> Result<u32, Reason> {
        let name = name.trim_ascii();
        if let Some(found) = self.met.get(name) {
            return *found;
        }
        if name.is_empty() {
            return Err(Reason::NoRegion);
        }
        let found = match self.names.get(&folded(&decoded(name))) {
            None => Err(Reason::UnknownRegion),
            Some(None) => Err(Reason::AmbiguousRegion),
            Some(Some(place)) => self.gathered.get(*place as usize).copied().flatten().ok_or(Reason::WiderThanLevel),
        };
        if self.met.len() < KEPT && name.len() <= 200 {
            self.met.insert(name.into(), found);
        }
        found
    }
}

/// Bytes as text: UTF-8, or Latin-1 where they are not.
pub(super) fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(bytes.iter().map(|byte| char::from(*byte)).collect()),
    }
}

/// A name as it is compared: letters and digits alone, small, without accents.
pub(super) fn folded(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for c in name.chars().take(1_000).flat_map(char::to_lowercase) {
        match c {
            'à'..='å' | 'ā' | 'ă' | 'ą' => text.push('a'),
            'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => text.push('c'),
            'ď' | 'đ' => text.push('d'),
            'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => text.push('e'),
            'ĝ' | 'ğ' | 'ġ' | 'ģ' => text.push('g'),
            'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => text.push('i'),
            'ñ' | 'ń' | 'ņ' | 'ň' => text.push('n'),
            'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => text.push('o'),
            'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => text.push('u'),
            'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => text.push('s'),
            'ţ' | 'ť' | 'ț' => text.push('t'),
            'ý' | 'ÿ' => text.push('y'),
            'ź' | 'ż' | 'ž' => text.push('z'),
            'æ' => text.push_str("ae"),
            'œ' => text.push_str("oe"),
            'ß' => text.push_str("ss"),
            c if c.is_alphanumeric() => text.push(c),
            _ => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_accents_case_and_signs() {
        for name in ["Ségou", "SEGOU", " segou ", "Se\u{301}gou"] {
            assert_eq!(folded(name), "segou");
        }
        assert_eq!(folded("Gao & Ménaka"), "gaomenaka");
        assert_eq!(folded(&decoded(b"M\xe9naka")), "menaka");
        assert_eq!(folded("=2+2"), "22");
        assert_eq!(folded("--"), "");
    }
}
