//! The rows of a case as a file says them: plain records, nothing checked yet.
//!
//! Every table of a case directory has one record here. Fields are raw text, numbers and lists, so
//! that reading a row can only fail by its *form* (a field that does not exist, a number where a
//! text belongs); whether the words mean anything is checked when the records become a
//! [`CaseStudy`](crate::model::CaseStudy), over all rows at once.
//!
//! A program that holds its data elsewhere fills these records itself:
//!
//! ```
//! use peaceops::document::record::{PhaseRecord, TaskRecord};
//!
//! let phase = PhaseRecord { id: "P1".into(), when: "2013-07-01..2015-06-19".into(), ..Default::default() };
//! let task = TaskRecord { id: "T1".into(), title: "Protect civilians".into(), ..Default::default() };
//! assert_eq!(phase.id, "P1");
//! assert!(task.changes.is_empty());
//! ```

/// Writes a record: public fields, `serde` both ways, unknown fields refused, empty ones left out.
macro_rules! records {
    ($(
        $(#[$doc:meta])*
        $name:ident { $( $(#[$field_doc:meta])* $field:ident : $kind:ty ),* $(,)? }
    )*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $(
            $(#[$field_doc])*
            #[serde(default, skip_serializing_if = "crate::document::raw::is_empty")]
            pub $field: $kind,
        )* }
    )*};
}

mod choice;
mod ground;
mod judged;
mod mandate;
mod measured;
mod study;

pub use choice::*;
pub use ground::*;
pub use judged::*;
pub use mandate::*;
pub use measured::*;
pub use study::*;
