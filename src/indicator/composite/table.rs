//! Measured values by unit, a column each.

use std::sync::Arc;

use indexmap::map::Entry;
use indexmap::{IndexMap, IndexSet};

use super::fault::{Fault, Faults, Gathered};
use crate::id::Slug;

/// Measured values by unit (a country, a region, a mission), a column for each indicator and denominator.
///
/// Values are finite and of at most [`Table::LARGEST`]; a missing one is `None` on the way in and never a
/// number inside. Columns may be in any order, and the table may have more than a composite uses.
///
/// ```
/// use peaceops::indicator::composite::Table;
///
/// let mut table = Table::new(["north", "south"])?;
/// table.column("violence", &[Some(12.0), None])?;
/// table.groups(&[Some("sahel"), Some("sahel")])?;
/// assert_eq!(table.value("north", "violence"), Some(12.0));
/// assert_eq!(table.value("south", "violence"), None);
///
/// let faults = table.column("income", &[Some(f64::NAN), None]).unwrap_err();
/// assert_eq!(faults.to_string(), "`income`, unit `north`: NaN is not a finite number of at most 1e60 [value]");
/// # Ok::<(), peaceops::indicator::composite::Faults>(())
/// ```
#[derive(Clone, Debug)]
pub struct Table {
    pub(super) units: Arc<IndexSet<Slug>>,
    /// The group of each unit, where units have groups.
    pub(super) groups: Option<Vec<Option<Slug>>>,
    pub(super) columns: IndexMap<Slug, Column>,
}

/// The values of a column. Where one is not known, it stands as 0.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) values: Vec<f64>,
    pub(super) known: Vec<bool>,
}

impl Table {
    /// Largest size of a value, 10⁶⁰: differences and ratios of such values are finite.
    pub const LARGEST: f64 = 1e60;

    /// Most units: a million.
    pub const UNITS: usize = 1_000_000;

    /// A table of these units, without columns.
    ///
    /// # Errors
    /// `invalid-id` and `duplicate-id` for names that are no slugs or stand twice, `too-many` above
    /// [`Table::UNITS`].
    pub fn new<S: AsRef<str>>(units: impl IntoIterator<Item = S>) -> Result<Self, Faults> {
        let (mut faults, mut set) = (Gathered::default(), IndexSet::new());
        for unit in units {
            let unit = faults.keep(Slug::new(unit.as_ref()), |error| Fault::InvalidId { what: "unit", error });
            if let Some(unit) = unit
                && !set.insert(unit.clone())
            {
                faults.push(Fault::DuplicateId { what: "unit", id: unit.to_string() });
            }
        }
        if set.len() > Self::UNITS {
            faults.push(Fault::TooMany { what: "units", found: set.len(), max: Self::UNITS });
        }
        faults.into_result(Self { units: Arc::new(set), groups: None, columns: IndexMap::new() })
    }

    /// Adds a column, with a value or none for each unit, in the order of the units.
    ///
    /// # Errors
    /// `invalid-id`, `duplicate-id`, `length` where there is not one entry for each unit, and `value` for each
    /// number that is not finite or too large. The table is as it was then.
    pub fn column(&mut self, id: &str, values: &[Option<f64>]) -> Result<(), Faults> {
        let mut faults = Gathered::default();
        let slug = faults.keep(Slug::new(id), |error| Fault::InvalidId { what: "column", error });
        if values.len() != self.units.len() {
            faults.push(Fault::Length { id: id.to_owned(), found: values.len(), units: self.units.len() });
        }
        for (unit, value) in self.units.iter().zip(values) {
            if let Some(found) = value.filter(|value| !(-Self::LARGEST..=Self::LARGEST).contains(value)) {
                faults.push(Fault::Value { id: id.to_owned(), unit: unit.to_string(), found });
            }
        }
        let entry = slug.map(|slug| self.columns.entry(slug));
        match entry {
            Some(Entry::Occupied(_)) => faults.push(Fault::DuplicateId { what: "column", id: id.to_owned() }),
            Some(Entry::Vacant(entry)) if faults.is_empty() => {
                let known = values.iter().map(Option::is_some).collect();
                entry.insert(Column { values: values.iter().map(|value| value.unwrap_or(0.0) + 0.0).collect(), known });
            }
            _ => {}
        }
        faults.into_result(())
    }

    /// Says which group each unit is in, for [imputation](super::Imputation) by group; a unit may be in none.
    ///
    /// # Errors
    /// `length` where there is not one entry for each unit, `invalid-id` for names that are no slugs.
    pub fn groups(&mut self, groups: &[Option<&str>]) -> Result<(), Faults> {
        let mut faults = Gathered::default();
        if groups.len() != self.units.len() {
            faults.push(Fault::Length { id: "groups".to_owned(), found: groups.len(), units: self.units.len() });
        }
        let named =
            |group: Option<&str>| group.and_then(|group| faults.keep(Slug::new(group), |error| Fault::InvalidId { what: "group", error }));
        let groups = groups.iter().copied().map(named).collect();
        faults.into_result(())?;
        self.groups = Some(groups);
        Ok(())
    }

    /// The units, in order.
    pub fn units(&self) -> impl ExactSizeIterator<Item = &Slug> {
        self.units.iter()
    }

    /// The value of a unit in a column; nothing where it is missing, or where there is no such unit or column.
    #[must_use]
    pub fn value(&self, unit: &str, column: &str) -> Option<f64> {
        let (unit, column) = (self.units.get_index_of(unit)?, self.columns.get(column)?);
        column.known.get(unit).copied().unwrap_or(false).then(|| column.values.get(unit).copied()).flatten()
    }
}
