//! stub
#![forbid(unsafe_code)]
pub mod date;
pub mod document;
pub mod error;
pub mod framework;
pub mod id;
pub mod measure;
pub mod model;
mod problem;
pub mod scale;
pub mod scoring;
pub mod timeline;
pub use date::PartialDate;
pub use document::CaseDocument;
pub use error::{Error, ErrorKind};
pub use model::CaseStudy;
pub use problem::{Path, Place, Problem, Problems, Segment, Visible};
