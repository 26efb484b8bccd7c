//! What rows add up to: sums by region and period, latest stocks, values as they stand.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use super::account::Reason;
use super::dates::Dated;
use super::number::Amount;
use super::region::decoded;
use crate::date::{Days, PartialDate};
use crate::document::record::ObservationRecord;
use crate::model::{CaseStudy, Import};
use crate::scale::{ImportMeasure, ImportPeriod};

/// The day of a table that lies in no period.
const NO_SLOT: u32 = u32::MAX;

/// Periods that follow each other, by day.
struct Slots {
    of_day: Vec<u32>,
    list: Vec<Dated>,
}

impl Slots {
    fn new(window: Dated, length: ImportPeriod, study: &CaseStudy) -> Self {
        let mut slots = Self { of_day: Vec::new(), list: Vec::new() };
        let phases: Vec<Dated> = study.phases().iter().map(|phase| Dated::run(phase.days.first(), phase.days.last())).collect();
        let mut day = window.first;
        while day <= window.last {
            let (last, named) = match length {
                ImportPeriod::Phase => match phases.iter().find(|phase| phase.first <= day && day <= phase.last) {
                    Some(phase) => (phase.last, true),
                    None => {
                        let next = phases.iter().map(|phase| phase.first).filter(|first| *first > day).min();
                        (next.map_or(window.last, |first| first - 1), false)
                    }
                },
                ImportPeriod::Month => (last_of(day, 1), true),
                ImportPeriod::Quarter => (last_of(day, 3), true),
                ImportPeriod::Year => (last_of(day, 12), true),
            };
            // A period that the window cuts is told by the days that are left of it.
            let run = Dated { first: day, last: last.min(window.last) };
            let slot = if named { u32::try_from(slots.list.len()).unwrap_or(NO_SLOT) } else { NO_SLOT };
            if named {
                slots.list.push(run);
            }
            slots.of_day.resize(slots.of_day.len() + usize::try_from(run.last - run.first + 1).unwrap_or(0), slot);
            day = run.last + 1;
        }
        slots
    }
}

/// The last day of the months of a year, so many together, that hold a day.
fn last_of(day: i32, months: u32) -> i32 {
    use chrono::{Datelike, NaiveDate};
    let Some(date) = NaiveDate::from_num_days_from_ce_opt(day) else { return day };
    let month = date.month0() / months * months + months;
    let next = if month < 12 { (date.year(), month + 1) } else { (date.year() + 1, 1) };
    NaiveDate::from_ymd_opt(next.0, next.1, 1).map_or(day, |next| next.num_days_from_ce() - 1).max(day)
}

/// What the rows of a region, period and scope add up to.
#[derive(Clone, Copy, Default)]
struct Cell {
    sums: [Amount; 3],
    /// Whether it is told: it has rows, or is a 0 of a complete file.
    told: bool,
    /// Of a stock: the latest date so far, whose sum it is.
    at: Option<Dated>,
    /// How many rows of it had no usable number; of a stock, at the latest date of such rows.
    missed: u64,
    missed_at: Option<Dated>,
}

/// A value that stands by itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Single {
    region: u32,
    when: Dated,
    scope: String,
    amount: Option<Amount>,
    value: String,
    note: String,
}

/// Places of a cell: period, region, scope. They are small numbers of our own, so that a plain hash will do.
type Key = (u32, u32, u32);

#[derive(Clone, Copy, Default)]
struct Plain(u64);

impl Hasher for Plain {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u32(u32::from(*byte)));
    }
    fn write_u32(&mut self, number: u32) {
        // Fibonacci hashing: the high bits, which tables look at too, depend on all that went before.
        self.0 = (self.0.rotate_left(23) ^ u64::from(number)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// The growing series of an import.
pub(super) struct Series {
    window: Dated,
    slots: Option<Slots>,
    cells: HashMap<Key, Cell, BuildHasherDefault<Plain>>,
    values: BTreeSet<Single>,
    scopes: Vec<String>,
    met: HashMap<Box<[u8]>, u32>,
    latest: bool,
    /// What distinguishes the sums of a cell.
    kinds: &'static [&'static str],
    most: usize,
    /// Whether there are more observations than the limit.
    pub(super) full: bool,
}

impl Series {
    pub(super) fn new(study: &CaseStudy, import: &Import, kinds: &'static [&'static str], most: usize) -> Self {
        let study_window = study.study().window;
        let days = import.when.map_or(study_window, |when| when.whole(study_window));
        let window = Dated::run(days.first(), days.last());
        let slots = import.period.map(|length| Slots::new(window, length, study));
        let scopes = vec![import.scope.clone().unwrap_or_default()];
        let latest = import.measure() == ImportMeasure::Latest;
        Self {
            window,
            slots,
            cells: HashMap::default(),
            values: BTreeSet::new(),
            scopes,
            met: HashMap::new(),
            latest,
            kinds,
            most,
            full: false,
        }
    }

    /// The period that holds all days of a row.
    pub(super) fn slot(&self, when: Dated) -> Result<u32, Reason> {
        if when.last < self.window.first || when.first > self.window.last {
            return Err(Reason::OutsideWindow);
        }
        let Some(slots) = &self.slots else { return Ok(0) };
        let at = |day: i32| usize::try_from(day - self.window.first).ok().and_then(|at| slots.of_day.get(at)).copied().unwrap_or(NO_SLOT);
        match (at(when.first), at(when.last)) {
            (NO_SLOT, NO_SLOT) if when.first >= self.window.first && when.last <= self.window.last => Err(Reason::OutsideWindow),
            (first, last) if first == last && first != NO_SLOT => Ok(first),
            _ => Err(Reason::SpansPeriods),
        }
    }

    /// The number of a scope by its text.
    pub(super) fn scope(&mut self, text: &[u8]) -> u32 {
        let text = text.trim_ascii();
        if let Some(at) = self.met.get(text) {
            return *at;
        }
        if self.scopes.len() > self.most {
            self.full = true;
            return 0;
        }
        let at = u32::try_from(self.scopes.len()).unwrap_or(0);
        self.scopes.push(decoded(text).into_owned());
        self.met.insert(text.into(), at);
        at
    }

    pub(super) fn scope_text(&self, at: u32) -> &str {
        self.scopes.get(at as usize).map_or("", String::as_str)
    }

    /// Adds a row to its period; of a stock only what is of the latest date stays.
    pub(super) fn add(&mut self, (slot, when): (u32, Dated), region: u32, scope: u32, amounts: [Amount; 3]) {
        let latest = self.latest;
        let Some(cell) = self.cell((slot, region, scope)) else { return };
        if latest {
            match cell.at {
                Some(at) if at > when => return,
                Some(at) if at == when => {}
                _ => (cell.at, cell.sums) = (Some(when), <[Amount; 3]>::default()),
            }
        }
        cell.told = true;
        cell.sums.iter_mut().zip(amounts).for_each(|(sum, amount)| sum.add(amount));
    }

    /// Remembers a row whose period and region are known and whose number is not: the sum is short of it.
    pub(super) fn miss(&mut self, (slot, when): (u32, Dated), region: u32, scope: u32) {
        let latest = self.latest;
        let Some(cell) = self.cell((slot, region, scope)) else { return };
        if latest && cell.missed_at.is_none_or(|at| at < when) {
            (cell.missed_at, cell.missed) = (Some(when), 0);
        }
        cell.missed += u64::from(!latest || cell.missed_at == Some(when));
    }

    fn cell(&mut self, key: Key) -> Option<&mut Cell> {
        let room = (self.cells.len() + 1).saturating_mul(self.kinds.len()) <= self.most;
        match self.cells.entry(key) {
            Entry::Occupied(cell) => Some(cell.into_mut()),
            Entry::Vacant(cell) if room => Some(cell.insert(Cell::default())),
            Entry::Vacant(_) => {
                self.full = true;
                None
            }
        }
    }

    /// Keeps a value as it stands; the same value said twice is one, different values stand side by side.
    pub(super) fn keep(&mut self, when: Dated, region: u32, scope: String, (value, amount): (String, Option<Amount>), note: String) {
        if self.values.insert(Single { region, when, scope, amount, value, note }) && self.values.len() > self.most {
            self.full = true;
        }
    }

    /// Writes 0 for the regions and periods of a complete file in which it has no rows.
    pub(super) fn complete(&mut self, days: Days, regions: &[u32]) {
        let (whole, Some(slots)) = (Dated::run(days.first(), days.last()), &self.slots) else { return };
        let scopes: BTreeSet<u32> = self.cells.keys().map(|(.., scope)| *scope).collect();
        let scopes = if scopes.is_empty() { BTreeSet::from([0]) } else { scopes };
        let mut regions: BTreeSet<u32> = regions.iter().copied().collect();
        regions.extend(self.cells.keys().map(|(_, region, _)| *region));
        let inside: Vec<u32> =
            (0..).zip(&slots.list).filter(|(_, s)| whole.first <= s.first && s.last <= whole.last).map(|(at, _)| at).collect();
        if inside.len().saturating_mul(regions.len()).saturating_mul(scopes.len() * self.kinds.len()) > self.most {
            self.full = true;
            return;
        }
        for slot in inside {
            for region in &regions {
                for scope in &scopes {
                    let cell = self.cells.entry((slot, *region, *scope)).or_default();
                    // Where rows had no usable number there was something, and 0 would be wrong.
                    cell.told |= cell.missed == 0;
                }
            }
        }
    }

    /// The observations: by region in the study's order, then by date, scope and value.
    pub(super) fn observations(self, study: &CaseStudy, import: &Import) -> Vec<ObservationRecord> {
        let cite = import.provenance.cites.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
        let region = |at: u32| study.regions().get(at as usize).map(|region| region.id.to_string()).unwrap_or_default();
        let record = |when: Dated, at: u32, value: String, scope: String, note: String| ObservationRecord {
            indicator: import.indicator.to_string(),
            when: when.text(),
            region: region(at),
            value,
            scope,
            cite: cite.clone(),
            note,
            ..ObservationRecord::default()
        };
        let mut rows = Vec::with_capacity(self.values.len() + self.cells.len() * self.kinds.len());
        let mut cells: Vec<_> = self
            .cells
            .iter()
            .filter(|(_, cell)| cell.told)
            .map(|((slot, at, scope), cell)| (*at, *slot, self.scope_text(*scope), cell))
            .collect();
        cells.sort_by_key(|(at, slot, scope, _)| (*at, *slot, *scope));
        for (at, slot, scope, cell) in cells {
            let days = self.slots.as_ref().and_then(|slots| slots.list.get(slot as usize)).copied().unwrap_or(self.window);
            let mut note = cell.at.filter(|at| *at != days).map(|_| format!("the latest in {}", days.text())).unwrap_or_default();
            if cell.missed > 0 && cell.missed_at == cell.at {
                let rows = if cell.missed == 1 { "row" } else { "rows" };
                let comma = if note.is_empty() { "" } else { "; " };
                note.push_str(&format!("{comma}short of {} {rows} without a usable number", cell.missed));
            }
            for (kind, sum) in self.kinds.iter().zip(cell.sums) {
                let parts: Vec<&str> = [scope, kind].into_iter().filter(|part| !part.is_empty()).collect();
                rows.push(record(cell.at.unwrap_or(days), at, sum.text(), parts.join(", "), note.clone()));
            }
        }
        rows.extend(self.values.into_iter().map(|one| record(one.when, one.region, one.value, one.scope, one.note)));
        rows
    }
}

/// The days of a partial date.
pub(super) fn dated(date: PartialDate) -> Dated {
    Dated::run(date.first(), date.last())
}
