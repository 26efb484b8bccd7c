//! A typed model of peace operations and a scoring engine for their congruence and relevance.
//!
//! Missions cost billions and lives, and whether they work is argued with adjectives. The
//! Effectiveness of Peace Operations Network (EPON) gave the field a shared way to ask; this crate
//! makes that way a model and an engine, so that a study is complete, traceable, honest about what it
//! does not know, and comparable. **EPON publishes no rating scale and no scores: every number here is
//! this crate's own layer on published findings, and every output says so.**
//!
//! The two questions:
//! - **Congruence**: how far do a mission's mandate, its resources and capabilities and its actual
//!   activities match?
//! - **Relevance**: what effect have its activities had on the political and security situation, on
//!   stakeholders' behaviour and on conflict drivers? (Not the OECD-DAC criterion of the same name.)
//!
//! # From a case to an answer
//!
//! A case is a directory of tables ([`CaseStudy::read`](CaseStudy), feature `toml`), texts in memory, or records
//! built in code. Whatever is wrong with it is told at once; nothing half-loads.
//!
//! ```
//! use peaceops::document::record::*;
//! use peaceops::scoring::Method;
//! use peaceops::{CaseDocument, CaseStudy};
//!
//! let text = |text: &str| text.to_string();
//! let rated = |level: &str| Some(JudgementRecord { level: Some(text(level)), because: Some(text("as told")), ..Default::default() });
//! let mut case = CaseDocument {
//!     study: Some(StudyRecord {
//!         id: text("example"), title: text("An example"), framework: text("epon-2019"), missions: vec![text("unx")],
//!         when: text("2013..2014"), area: text("land"), ..Default::default()
//!     }),
//!     mission: vec![MissionRecord {
//!         id: text("unx"), name: text("UN Mission in X"), host: text("X"), authorised_by: vec![text("un-sc")],
//!         when: text("2013.."), origin: Some(text("coder")), ..Default::default()
//!     }],
//!     region: vec![RegionRecord { id: text("land"), name: text("X"), unit: true, ..Default::default() }],
//!     phase: vec![PhaseRecord { id: text("P1"), when: text("2013-01-01..2014-12-31"), ..Default::default() }],
//!     ..Default::default()
//! };
//! case.task.push(TaskRecord {
//!     id: text("protect"), title: text("Protect civilians"), short: text("Protect civilians"), field: text("protection"),
//!     when: text("2013.."), by: Some(text("practice")), tier: text("core"), r#where: vec![text("land")],
//!     origin: Some(text("coder")), ..Default::default()
//! });
//! case.rating.push(RatingRecord {
//!     task: "protect".into(), mandate: rated("full"), resources: rated("marginal"), capabilities: rated("partial"),
//!     activities: rated("partial"), ..Default::default()
//! });
//!
//! let study = CaseStudy::try_from(case)?;                      // every problem at once, or a valid study
//! let assessment = study.assess(&Method::default());            // pure, total, repeatable
//! assert_eq!(assessment.congruence().headline().to_string(), "marginal, 1 of 1 tasks, 100 % of the weight");
//! println!("{}", assessment.explain("protect")?);               // a tree down to rows and sources
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The map
//!
//! | module | what it holds |
//! |---|---|
//! | [`scale`], [`measure`], [`date`], [`timeline`], [`id`] | ordinal scales, exact numbers, partial dates, values over time, slugs |
//! | [`framework`] | dimensions as versioned data; EPON 2019; anchors of the levels |
//! | [`model`] | [`CaseStudy`] and its rows: always valid, knows neither files nor formulas |
//! | [`document`] | records as a file says them; reading, checking, writing, editing |
//! | [`indicator`] | measured series: trends, slopes, breaks, rank correlation, composites; one file per formula |
//! | [`scoring`] | [`Method`](scoring::Method), [`Assessment`](scoring::Assessment) and one file per formula: congruence, gaps, relevance, dimensions, confidence, consensus, contribution |
//! | [`uncertainty`] | tipping points, influence, what to ask next, choices of the method; with the feature `monte-carlo` draws, and sensitivity of composites and balances |
//! | [`comparison`] | studies beside each other, never ranked; fuzzy-set QCA |
//! | `import` | files that users bring (events, fatalities, personnel, surveys, indices), as observations; feature `csv` |
//! | [`protected`] | what identifies a source that is not for attribution: shown by no rendering |
//!
//! Imports run one way: primitives → `model` → `document`, `indicator` → `scoring` → `uncertainty` → `comparison`; `document`
//! meets none of these, and nothing imports `import`. The core has no clock, files, network or global
//! state; everything is `Send + Sync`; results own their data.
//!
//! # What it does not do
//!
//! It does not rank missions, average effects over targets, infer causes from agreement, or turn
//! words into numbers: analysts rate, the engine counts, orders, takes minima and medians. Composites of
//! indicators exist only where they are asked for by name.
//!
//! # Features
//!
//! - `toml` (default): reads and writes case files; [`CaseStudy::read`](CaseStudy) is the one function that
//!   touches a disk.
//! - `csv` (default): `observations.csv` of a case, tables of ratings, and imports from any reader.
//! - `monte-carlo`: random numbers, for `uncertainty`. Exact ranges and hinges need none.
//! - `parallel`: draws and comparisons on the threads of rayon's current pool. The same bytes, sooner.
//!
//! Without features the crate depends on serde, thiserror, chrono (no clock), indexmap and libm alone, and
//! runs where there is no file system.

#![forbid(unsafe_code)]
#![doc(test(attr(deny(warnings))))]

pub mod comparison;
mod cover;
pub mod date;
pub mod document;
mod error;
pub mod framework;
pub mod id;
#[cfg(feature = "csv")]
pub mod import;
pub mod indicator;
pub mod measure;
pub mod model;
mod problem;
pub mod protected;
#[cfg(feature = "csv")]
mod rows;
pub mod scale;
pub mod scoring;
pub mod timeline;
pub mod uncertainty;

pub use date::PartialDate;
pub use document::CaseDocument;
pub use error::{Error, ErrorKind};
pub use model::CaseStudy;
pub use problem::{Path, Place, Problem, Problems, Segment, Visible};

/// Reasons, as questions and answers.
#[doc = include_str!("../DESIGN.md")]
pub mod design {}

#[cfg(all(doctest, feature = "toml"))]
#[doc = include_str!("../README.md")]
struct Readme;
