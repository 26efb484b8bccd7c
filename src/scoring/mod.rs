//! Pure functions of a study and a method: one formula, one file.
//!
//! | file | formula | misleads when |
//! |---|---|---|
//! | [`median`] | weighted lower median of levels | few tasks carry much weight |
//! | `plan`, `kernel` | cells and their minimum, once for all uses | links are no complements |
//! | `profile` | headline, bounds, link profile, coverage of a group | read without its coverage |
//! | `hinge` | rows that move a headline within their range | several rows err together |
//! | `matched` | like with like between phases and regions | few pairs are comparable |
//! | [`gap`] | what no rating is needed for | dates are disputed: see `disputed` |
//! | `fill` | deployed by need or ceiling | the ceiling is taken for the need |
//! | `mandates` | what several bodies ask for, and when | a text is taken for the act |
//! | `origin` | which share rests on which origin | many rows are taken for much evidence |
//! | [`window`] | in which phases a dated row counts | a window spans a turn |
//! | [`relevance`] | situation, credit, risks | credit is read without the situation |
//! | [`balance`], [`trend`], [`dimension`] | findings counted by dimension | a report lists challenges one by one |
//! | [`confidence`] | how sure judgements are, and what carries a headline | a proposal is taken for a decision |
//! | [`consensus`] | where stakeholders agree, each side weighing the same | agreement is taken for proof |
//! | [`contribution`] | how far a claim of contribution may be made | rivals are left unnamed |
//! | [`agreement`] | how far opinions agree, and the range that open weight leaves | heads are counted for sides |
//! | [`rand_ucla`] | whether a panel's ratings disagree | the scale has not nine points |
//! | [`alpha`] | how far coders agree beyond chance | stakeholders are taken for coders; values hardly vary |
//! | [`coders`] | how far two codings of a case agree, and where not | one rating holds in many cells |
//! | [`tracing`] | what a clue does to a probability | clues that depend on each other count twice |
//! | [`probability`] | words of probability by scheme | a word is read in another scheme |
//! | `assessment` | puts them together | |
//!
//! The method's choices are data ([`Method`]); the same study and method give the same bytes.

pub mod agreement;
pub mod alpha;
mod as_of;
mod assessment;
pub mod balance;
mod cell;
pub mod coders;
pub mod confidence;
mod congruence;
pub mod consensus;
pub mod contribution;
pub mod dimension;
mod explain;
mod fill;
pub mod gap;
mod hinge;
pub(crate) mod kernel;
mod mandates;
mod matched;
pub mod median;
mod method;
mod origin;
pub(crate) mod plan;
pub mod probability;
pub(crate) mod profile;
pub mod rand_ucla;
pub mod relevance;
pub mod tracing;
pub mod trend;
pub mod window;

pub use as_of::AsOf;
pub use assessment::{Assessment, FrameworkHead, Rows, SCHEMA, StudyHead};
pub use balance::{Balance, BalanceRange, Band};
pub use cell::{CellLevel, CellLink, CellResult, Label, TaskResult};
pub use confidence::{Carried, ConfidenceResult, Sureness};
pub use congruence::{Congruence, PhaseResult, Recent, RegionResult};
pub use consensus::{Consensus, Reading, View};
pub use contribution::ClaimResult;
pub use dimension::{Count, DimensionResult};
pub use explain::Explanation;
pub use fill::{Fill, Flagged};
pub use gap::{Gap, GapKind};
pub use hinge::Hinge;
pub use mandates::{AskedBy, HeadingResult, Mandates, TextLag, Wording};
pub use matched::{Match, Matched, Pair};
pub use method::{
    BalanceRule, CellAggregator, CellRule, ConfidenceRule, CongruenceRule, ConsensusRule, DrawRule, FillRule, GapRule, LinkAggregator,
    Method, Spread, SpreadTable, TrendRule, WindowRule,
};
pub use origin::{DimensionOrigins, OriginCount, OriginShare, Origins};
pub use profile::{Bounds, Coverage, Headline, LinkProfile, Profile, TaskCoverage, TierDistribution, WhyUnknown};
pub use relevance::{Difference, Relevance};
pub use trend::Trend;
