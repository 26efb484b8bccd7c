//! Which ids exist, and whether what names them names the right kind of row.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::gather::{At, Gather};
use crate::error::ErrorKind;
use crate::id::RowId;
use crate::model::Table;
use crate::problem::{Path, nearest};

/// Rows that could not be read for their form: nothing is wrong with naming them, or with their absence.
#[derive(Default)]
pub(super) struct Unread {
    /// Table and id of those that have an id.
    pub(super) rows: Vec<(Table, String)>,
    /// The tables of all of them.
    pub(super) tables: BTreeSet<&'static str>,
}

impl Unread {
    /// Whether any row could not be read.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.tables.is_empty()
    }

    /// Whether a row of a table could not be read.
    pub(super) fn any(&self, table: &str) -> bool {
        self.tables.contains(table)
    }
}

/// The ids of a document, with the row that each names; a row that could not be read has no place.
pub(super) struct Known<'a> {
    rows: HashMap<&'a str, (Table, Option<usize>)>,
    /// Keys of a fact sheet that name a row beside its id: a judgement may rest on them, no other field takes them.
    keys: HashSet<&'a str>,
    /// How many more nearest names may be looked for: it takes a pass over all ids.
    nearest_left: std::cell::Cell<u32>,
}

impl<'a> Known<'a> {
    pub(super) fn with_capacity(rows: usize) -> Self {
        Self { rows: HashMap::with_capacity(rows), keys: HashSet::new(), nearest_left: std::cell::Cell::new(50) }
    }

    /// Adds an id; a second row with it is a problem.
    pub(super) fn add(&mut self, id: &'a str, table: Table, index: usize, field: &'static str, to: &Gather) {
        if id.is_empty() {
            return;
        }
        if let Some((first, place)) = self.rows.insert(id, (table, Some(index))) {
            let row = At::row(table.name(), index, id);
            let error = ErrorKind::DuplicateId { id: id.chars().take(64).collect() };
            match place {
                Some(place) => to.say_with(&row.key(field), error, "the first is", Path::root().key(first.name()).index(place)),
                None => to.say(&row.key(field), error),
            }
            self.rows.insert(id, (first, place));
        }
    }

    /// Adds the key that a row has in a fact sheet; a second row with it is a problem.
    pub(super) fn add_key(&mut self, key: &'a str, table: Table, index: usize, to: &Gather) {
        self.add(key, table, index, "row", to);
        self.keys.insert(key);
    }

    /// Adds the id of a row that could not be read, so that nobody is blamed for naming it, whatever it is.
    pub(super) fn add_unread(&mut self, id: &'a str, table: Table) {
        self.rows.entry(id).or_insert((table, None));
    }

    /// The table of the row that an id names.
    pub(super) fn table(&self, id: &str) -> Option<Table> {
        self.rows.get(id).map(|(table, _)| *table)
    }

    /// Whether an id names a row of one of the tables, or may do so.
    fn names(&self, id: &str, tables: &[Table]) -> bool {
        self.rows.get(id).is_some_and(|(table, place)| place.is_none() || tables.contains(table)) && !self.keys.contains(id)
    }

    /// Keeps a problem unless the id names a row of one of the tables.
    pub(super) fn need(&self, id: &str, what: &'static str, tables: &[Table], at: &At<'_>, to: &Gather) -> bool {
        if self.names(id, tables) {
            return true;
        }
        let near = match self.nearest_left.get() {
            0 => None,
            left => {
                self.nearest_left.set(left - 1);
                let ids = self.rows.iter().filter(|(id, (table, _))| tables.contains(table) && !self.keys.contains(*id));
                let names = ids.map(|(id, _)| *id);
                nearest(id, names)
            }
        };
        let see = near.as_deref().and_then(|near| self.rows.get(near)).and_then(|(table, at)| Some((*table, (*at)?)));
        let error = ErrorKind::UnknownId { what, found: id.to_owned(), near };
        match see {
            Some((table, index)) => to.say_with(at, error, "it stands at", Path::root().key(table.name()).index(index)),
            None => to.say(at, error),
        }
        false
    }

    /// Checks every id of a list.
    pub(super) fn all<I: AsId>(&self, ids: &[I], field: &str, what: &'static str, tables: &[Table], at: &At<'_>, to: &Gather) {
        for (index, id) in ids.iter().enumerate() {
            if !self.names(id.text(), tables) {
                let key = at.key(field);
                self.need(id.text(), what, tables, &key.index(index), to);
            }
        }
    }

    /// Checks one id.
    pub(super) fn one<I: AsId>(&self, id: &I, field: &str, what: &'static str, tables: &[Table], at: &At<'_>, to: &Gather) {
        if !self.names(id.text(), tables) {
            self.need(id.text(), what, tables, &at.key(field), to);
        }
    }

    /// Checks ids that may name a row of any table, or one of some other names.
    pub(super) fn any(&self, ids: &[RowId], field: &str, others: &dyn Fn(&str) -> bool, at: &At<'_>, to: &Gather) {
        for (index, id) in ids.iter().enumerate() {
            if self.table(id.as_str()).is_none() && !others(id.as_str()) {
                let key = at.key(field);
                self.need(id.as_str(), RowId::WHAT, Table::ALL, &key.index(index), to);
            }
        }
    }
}

/// An id of any type.
pub(super) trait AsId {
    fn text(&self) -> &str;
}

macro_rules! as_id {
    ($($name:ident),*) => { $( impl AsId for crate::id::$name { fn text(&self) -> &str { self.as_str() } } )* };
}

as_id!(
    RegionId,
    PhaseId,
    MissionId,
    StakeholderId,
    InstrumentId,
    TaskId,
    PoolId,
    ResourceId,
    DriverId,
    EffectId,
    EvidenceId,
    PropositionId,
    IndicatorId,
    OptionId
);
