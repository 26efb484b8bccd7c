//! Fuzzy-set qualitative comparative analysis: which combinations of conditions go with an outcome.
//!
//! A small number of cases is calibrated to memberships in sets, every combination of conditions is a row of a truth
//! table, and the rows with the outcome are minimised to the shortest expressions that hold them. Every row is shown:
//! its cases, consistency, PRI, the cases that contradict it, and the rows that no case is in.
//!
//! | file | formula |
//! |---|---|
//! | [`mod@calibrate`] | direct calibration with three anchors |
//! | [`fit`] | consistency, coverage, PRI, relevance of necessity |
//! | [`truth`] | the truth table |
//! | [`mod@minimise`] | prime implicants, and all smallest sets of them |
//! | [`solution`] | conservative, parsimonious and intermediate solutions |
//!
//! Results agree with QCA 3.25 for R on the Lipset data (tests).
//!
//! **Misleads** with few cases: under about ten, almost any data give consistent rows
//! ([`Data::is_few`]). It tells what goes together, never what causes what.
//!
//! Source: Ragin, *Redesigning Social Inquiry: Fuzzy Sets and Beyond* (2008), chapters 5, 7 and 9; Schneider and
//! Wagemann, *Set-Theoretic Methods for the Social Sciences* (2012), chapters 5 to 9; Dusa, *QCA with R* (2019).

mod bits;
pub mod calibrate;
mod chart;
mod data;
pub mod fit;
pub mod minimise;
mod search;
pub mod solution;
pub mod truth;

pub use calibrate::{Anchors, Steepness, calibrate};
pub use data::{Data, FEW};
pub use fit::{Necessity, Sufficiency};
pub use minimise::{Models, Term, minimise, prime_implicants};
pub use solution::{Expectation, Fitted, FittedTerm, Solution, Solutions};
pub use truth::{Outcome, TruthRow, TruthRule, TruthTable};
