//! A composite with other weights, aggregators or values: what uncertainty analysis asks the same plan for.

use super::normalise::Extent;
use super::{Aggregation, Plan, Table};
use crate::measure::Weight;

impl Plan {
    /// The place of an element.
    pub(crate) fn element(&self, id: &str) -> Option<usize> {
        self.compiled.ids.get_index_of(id)
    }

    /// The name of an element.
    pub(crate) fn name(&self, element: usize) -> Option<String> {
        self.compiled.ids.get_index(element).map(ToString::to_string)
    }

    /// The elements that share their group with others: the weights of others move nothing.
    pub(crate) fn sharing(&self) -> Vec<usize> {
        let mut elements: Vec<usize> = self
            .compiled
            .groups
            .iter()
            .filter(|group| group.parts.len() > 1)
            .flat_map(|group| &group.parts)
            .map(|part| part.element)
            .collect();
        elements.sort_unstable();
        elements
    }

    /// The same with other aggregators of some elements, and with every weight as many thousandths of itself as is
    /// said of its element. Nothing is rounded.
    pub(crate) fn moved(&self, aggregations: &[(usize, Aggregation)], thousandths: impl Fn(usize) -> u64) -> Self {
        let mut groups = self.compiled.groups.clone();
        for group in &mut groups {
            if let Some((_, aggregation)) = aggregations.iter().find(|(element, _)| *element == group.element) {
                group.aggregation = *aggregation;
            }
            for part in &mut group.parts {
                part.weight = Weight::of_thousandths(part.weight.thousandths().saturating_mul(thousandths(part.element)));
            }
            group.share_out();
        }
        self.with_groups(groups)
    }

    /// Between which ends all scores lie, of so many units: those of the scale; of Borda points 0 and one under the
    /// number of units; of standard deviations (n − 1) / √n to either side of the mean (Shiffler, "Maximum z scores
    /// and outliers", *The American Statistician* 42 (1988), 79–80).
    pub(crate) fn ends(&self, units: usize) -> (f64, f64) {
        let n = units.max(1) as f64;
        match self.compiled.extent {
            Extent::Ends(low, high) => (low, high),
            Extent::Around(mean, sd) => (mean - sd * (n - 1.0) / n.sqrt(), mean + sd * (n - 1.0) / n.sqrt()),
            Extent::Points => (0.0, n - 1.0),
        }
    }

    /// Its scale in words, equal for plans whose scores can be compared.
    pub(crate) fn scale(&self) -> String {
        self.compiled.extent.to_string()
    }
}

impl Table {
    /// The place of a unit.
    pub(crate) fn place(&self, unit: &str) -> Option<usize> {
        self.units.get_index_of(unit)
    }

    /// The same with some values, by column and unit, multiplied; missing ones stay missing.
    pub(crate) fn erring<'a>(&self, times: impl Iterator<Item = (&'a str, usize, f64)>) -> Self {
        let mut table = self.clone();
        for (column, unit, times) in times {
            if let Some(value) = table.columns.get_mut(column).and_then(|column| column.values.get_mut(unit)) {
                *value = (*value * times).clamp(-Self::LARGEST, Self::LARGEST);
            }
        }
        table
    }
}
