//! What changes when an indicator or a group is left out.

use indexmap::IndexSet;
use serde::Serialize;

use super::fault::{Fault, Faults};
use super::plan::GroupPlan;
use super::scores::clear;
use super::{Outcome, Scores, aggregate};
use crate::id::Slug;

/// What changes in the whole when an indicator or a group is left out.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct LeftOut {
    /// The element that was left out.
    pub element: Slug,
    /// What becomes of each unit, in the order of the table.
    pub units: Vec<Change>,
    /// The mean shift of rank, up or down, over the units that have a rank with and without it; nothing where no
    /// unit has.
    pub mean_rank_shift: Option<f64>,
}

/// What becomes of the whole for a unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// The unit.
    pub unit: Slug,
    /// The score with the element.
    pub with: Outcome,
    /// The score without it.
    pub without: Outcome,
    /// The rank with it, 1 the best; units without a score have none.
    pub rank_with: Option<usize>,
    /// The rank without it.
    pub rank_without: Option<usize>,
}

impl Scores {
    /// What changes in the whole when an indicator or a group is left out, with all that is below it.
    ///
    /// Weights are shared out again among what is left, and floors are held against it; a group that is left
    /// empty is left out too. Normalised values stay as they are, as each is of one indicator.
    ///
    /// Formula of the mean rank shift: Σ |rank with − rank without| / M over the M units that have both.
    ///
    /// Source: OECD/JRC, *Handbook on Constructing Composite Indicators* (2008), section 7, average shift in rank;
    /// `remove_elements` of COINr.
    ///
    /// # Errors
    /// `unknown-element`, `nothing-left` where it is the whole or all that there is.
    ///
    /// ```
    /// use peaceops::indicator::composite::{Aggregation, Composite, Group, Indicator, Normaliser, Onto, Plan, Table};
    /// use peaceops::scale::Better;
    ///
    /// let plan = Plan::new(Composite {
    ///     indicators: vec![Indicator::new("a", "whole", Better::Higher), Indicator::new("b", "whole", Better::Higher)],
    ///     groups: vec![Group::new("whole", Aggregation::Arithmetic)],
    ///     ..Composite::new("example", Normaliser::MinMax { onto: Onto::default() })
    /// })?;
    /// let mut table = Table::new(["north", "south"])?;
    /// table.column("a", &[Some(1.0), Some(9.0)])?;
    /// table.column("b", &[Some(5.0), Some(3.0)])?;
    /// let without = plan.run(&table)?.without("a")?;
    /// assert_eq!(without.units[0].with.value(), Some(0.5));
    /// assert_eq!(without.units[0].without.value(), Some(1.0));
    /// assert_eq!(without.mean_rank_shift, Some(0.5)); // from 1 and 1 to 1 and 2
    /// # Ok::<(), peaceops::indicator::composite::Faults>(())
    /// ```
    pub fn without(&self, element: &str) -> Result<LeftOut, Faults> {
        let compiled = &self.plan.compiled;
        let Some(at) = compiled.ids.get_index_of(element) else {
            return Err(Fault::UnknownElement { id: element.to_owned() }.into());
        };
        let whole = compiled.ids.len().saturating_sub(1);
        let groups = without(&compiled.groups, at);
        if at == whole || groups.last().is_none_or(|group| group.parts.is_empty()) {
            return Err(Fault::NothingLeft { id: element.to_owned() }.into());
        }
        let mut other = Self { plan: self.plan.with_groups(groups), ..self.clone() };
        clear(&mut other.store, compiled.indicators.len());
        aggregate::all(&mut other.store, &other.plan.compiled.groups, compiled.extent, false);
        let id = &compiled.ids[whole];
        let (ranks_with, ranks_without) = (self.ranks(id.as_str()), other.ranks(id.as_str()));
        let mut units = Vec::with_capacity(self.units.len());
        for (unit, (name, (rank_with, rank_without))) in self.units.iter().zip(ranks_with.into_iter().zip(ranks_without)).enumerate() {
            let (with, without) = (self.outcome_at(unit, whole), other.outcome_at(unit, whole));
            units.push(Change { unit: name.clone(), with, without, rank_with, rank_without });
        }
        let shifts: Vec<f64> =
            units.iter().filter_map(|change: &Change| Some(change.rank_with?.abs_diff(change.rank_without?) as f64)).collect();
        Ok(LeftOut { element: compiled.ids[at].clone(), mean_rank_shift: super::impute::mean(&shifts), units })
    }
}

/// The groups without an element and all below it, and without groups that it leaves empty.
pub(super) fn without(groups: &[GroupPlan], element: usize) -> Vec<GroupPlan> {
    let mut gone: IndexSet<usize> = IndexSet::from([element]);
    // what is below a group that is left out counts nowhere
    let lost: IndexSet<usize> = groups
        .iter()
        .find(|group| group.element == element)
        .map_or_else(|| IndexSet::from([element]), |group| group.indicators.iter().copied().collect());
    let mut left = groups.to_vec();
    for group in &mut left {
        group.parts.retain(|part| !gone.contains(&part.element));
        group.indicators.retain(|indicator| !lost.contains(indicator));
        if group.parts.is_empty() {
            gone.insert(group.element);
        }
        group.share_out();
    }
    left
}
