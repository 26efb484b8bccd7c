//! Composite indicators: many measured indicators in one number, with its coverage, range and parts.
//!
//! Composites are cardinal and compensatory, which judgements are not. So nothing in this crate makes one
//! unless a caller describes it and asks for it: no study, assessment or headline holds one. Every result
//! carries its coverage, the range in which missing values leave it, and its parts; what cannot be told is
//! *unknown*, with its reason, and never 0 and never NaN.
//!
//! # From a table to scores
//!
//! A [`Composite`] is a description: indicators, a hierarchy of groups, and the choices of the method, all
//! plain data. [`Plan::new`] checks it once and tells every fault at once. [`Plan::run`] takes a [`Table`]
//! through these steps, each its own file, and gives [`Scores`]:
//!
//! | step | file | what it does | misleads when |
//! |---|---|---|---|
//! | 1 | [`denominate`] | per population, per personnel | the denominator is itself a guess |
//! | 2 | [`impute`] | nothing by default, else a mean or median, each marked | many values are missing |
//! | 3 | `transform` | the logarithm, where an indicator asks for it | values near 0 |
//! | 4 | [`treat`] | winsorises outliers, else takes a logarithm; each point reported | the outlier is the finding |
//! | 5 | [`normalise`] | brings indicators to one scale, the better the higher | scores are compared across tables |
//! | 6 | [`aggregate`] | means, median or minimum over groups | parts do not make up for each other |
//!
//! Of a result [`Scores::score`] tells the tree of its parts, [`Scores::contributions`] what each indicator
//! adds, and [`Scores::without`] what changes when an element is left out.
//!
//! Source of the steps and their order: OECD/JRC, *Handbook on Constructing Composite Indicators* (2008),
//! part 1, and the R package COINr (Becker et al., *COINr: An R package for developing composite
//! indicators*, Journal of Open Source Software 7 (2022), 4567), to whose printed results the tests hold
//! them. Where this module does otherwise, the item says so.
//!
//! # Missing is not undefined
//!
//! A value that is not there is left out: its group is taken over the rest, with less coverage, down to the
//! floor of the group. A value that is there and cannot be used, such as a 0 in a geometric mean, makes every
//! score above it unknown: to leave it out would reward it.
//!
//! # Same numbers everywhere
//!
//! Sums are taken in the order of the description and of the units; logarithms and powers are those of the
//! crate `libm`. One unit never changes another, except through the normalisers that compare units.
//!
//! ```
//! use peaceops::indicator::composite::{Aggregation, Composite, Group, Indicator, Normaliser, Onto, Outcome, Plan, Table};
//! use peaceops::scale::Better;
//!
//! let plan = Plan::new(Composite {
//!     indicators: vec![
//!         Indicator::new("literacy", "people", Better::Higher),
//!         Indicator::new("deaths", "people", Better::Lower),
//!     ],
//!     groups: vec![Group::new("people", Aggregation::Arithmetic)],
//!     ..Composite::new("example", Normaliser::MinMax { onto: Onto { low: 0.0, high: 100.0 } })
//! })?;
//! let mut table = Table::new(["north", "centre", "south"])?;
//! table.column("literacy", &[Some(80.0), Some(60.0), Some(40.0)])?;
//! table.column("deaths", &[Some(10.0), None, Some(30.0)])?;
//!
//! let scores = plan.run(&table)?;
//! assert_eq!(scores.outcome("north", "people").and_then(Outcome::value), Some(100.0));
//! let centre = scores.score("centre", "people").ok_or("no such unit")?;
//! assert_eq!(centre.outcome.to_string(), "50 (1 of 2 indicators)");
//! assert_eq!(centre.range.to_string(), "25 to 75"); // whatever its missing value is
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod aggregate;
mod contribution;
pub mod denominate;
mod description;
mod fault;
pub mod impute;
mod left_out;
#[cfg(feature = "monte-carlo")]
mod moved;
pub mod normalise;
mod plan;
mod reason;
mod scores;
mod store;
mod table;
mod transform;
pub mod treat;

pub use aggregate::Aggregation;
pub use contribution::{Amount, Contribution, Contributions, Kind};
pub use denominate::Per;
pub use description::{Composite, Floor, FloorOf, Group, Indicator};
pub use fault::{Fault, Faults};
pub use impute::{Imputation, Imputed};
pub use left_out::{Change, LeftOut};
pub use normalise::{Normaliser, Onto};
pub use plan::Plan;
pub use reason::Reason;
pub use scores::{Count, Coverage, Outcome, Range, Score, Scores};
pub use table::Table;
pub use transform::Transform;
pub use treat::{Outliers, Point, Treated, Treatment};
