//! Which of a composite's weights, choices and values the variance of a unit's score, or of its rank, comes from.

use serde::Serialize;

use super::{Design, Indices};
use crate::error::{Error, ErrorKind};
use crate::id::Slug;
use crate::indicator::composite::{Plan, Table};
use crate::uncertainty::composite::moves::Moves;
use crate::uncertainty::composite::{CompositeInput, CompositeInputs, CompositeOutput};

/// The indices of what was varied in a composite, for one unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CompositeIndices {
    /// The unit.
    pub unit: Slug,
    /// What of it was studied.
    pub output: CompositeOutput,
    /// What was varied, in the order of the indices.
    pub inputs: Vec<CompositeInput>,
    /// The indices.
    pub indices: Indices,
}

impl CompositeIndices {
    /// What was varied and moved nothing in any evaluation: an answer does not hang on it, or it was never asked.
    pub fn without_effect(&self) -> impl Iterator<Item = &CompositeInput> {
        self.inputs.iter().zip(&self.indices.inputs).filter(|(_, indices)| indices.still).map(|(input, _)| input)
    }
}

/// Which inputs the score of a unit for the whole, or its rank among the units, hangs on.
///
/// Errors of values are those of this unit's; the values of the others stay. An evaluation in which the unit has no
/// score is counted in [`Indices::failed`]: so is every draw of a geometric mean of a part that is 0.
///
/// Source: OECD/JRC, *Handbook on Constructing Composite Indicators* (2008), part 1, step 7; Saisana, Saltelli and
/// Tarantola, "Uncertainty and sensitivity analysis techniques as tools for the quality assessment of composite
/// indicators", *Journal of the Royal Statistical Society* A 168 (2005), 307–323, who study ranks.
///
/// # Errors
/// As [`CompositeInputs`] says; `unknown-id` for a unit that the table does not have; `not-a-composite` for a score
/// whose normalisers have different scales, of which only ranks can be compared; `out-of-range` for no input or more
/// than 32, and as [`Design::new`].
///
/// ```
/// use peaceops::indicator::composite::{Aggregation, Composite, Group, Indicator, Normaliser, Onto, Plan, Table};
/// use peaceops::measure::Decimal;
/// use peaceops::scale::Better;
/// use peaceops::uncertainty::composite::{AggregatorChoice, CompositeInputs, CompositeOutput};
/// use peaceops::uncertainty::sobol::of_composite;
///
/// let goalposts = Normaliser::Goalposts { low: 0.0, high: 10.0, onto: Onto::default() };
/// let plan = Plan::new(Composite {
///     indicators: ["a", "b"].map(|id| Indicator::new(id, "whole", Better::Higher)).to_vec(),
///     groups: vec![Group::new("whole", Aggregation::Arithmetic)],
///     ..Composite::new("example", goalposts)
/// })?;
/// let mut table = Table::new(["north", "south"])?;
/// table.column("a", &[Some(8.0), Some(5.0)])?;
/// table.column("b", &[Some(2.0), Some(5.0)])?;
/// let inputs = CompositeInputs {
///     spread: Decimal::new(0.25)?,
///     aggregators: vec![AggregatorChoice::of_all([Aggregation::Minimum])],
///     ..CompositeInputs::default()
/// };
/// // north scores near 0.5 or 0.2: the choice of the aggregator says most
/// let north = of_composite(&plan, &table, "north", &inputs, CompositeOutput::Score, 256)?;
/// let most = north.indices.inputs[2].first.map(|index| index.value > 0.9);
/// assert_eq!((north.inputs[2].to_string().as_str(), most), ("the aggregator of all groups", Some(true)));
/// // the parts of south are equal: nothing moves its score, and that is told
/// let south = of_composite(&plan, &table, "south", &inputs, CompositeOutput::Score, 256)?;
/// assert_eq!(south.without_effect().count(), 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn of_composite(
    plan: &Plan,
    table: &Table,
    unit: &str,
    inputs: &CompositeInputs,
    output: CompositeOutput,
    samples: usize,
) -> Result<CompositeIndices, Error> {
    let Some((place, id)) = table.place(unit).and_then(|place| Some((place, table.units().nth(place)?.clone()))) else {
        let near = crate::problem::nearest(unit, table.units().map(Slug::as_str));
        return Err(ErrorKind::UnknownId { what: "unit", found: unit.to_owned(), near }.into());
    };
    let moves = Moves::of(plan, table, inputs, vec![place])?;
    if output == CompositeOutput::Score {
        moves.one_scale()?;
    }
    let design = Design::new(moves.numbers(), samples)?;
    let whole = moves.whole();
    let indices = design.run(|numbers| {
        let scores = moves.scores(table, numbers)?;
        match output {
            CompositeOutput::Score => scores.outcome(unit, whole)?.value(),
            CompositeOutput::Rank => scores.ranks(whole).get(place).copied().flatten().map(|rank| rank as f64),
        }
    });
    Ok(CompositeIndices { unit: id, output, inputs: moves.inputs().map(|(input, _)| input).collect(), indices })
}
