//! What became of every row of a file.

use std::fmt;

use serde::Serialize;

use crate::problem::{Place, Visible};
use crate::scale::named::values;

/// Writes the reasons with their names and the words that tell them.
macro_rules! reasons {
    ($( $(#[$doc:meta])* $variant:ident = $text:literal => $words:literal; )*) => {
        /// Why a row of a file makes no part of a series.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Reason { $( $(#[$doc])* $variant, )* }

        values!(Reason: "reason" { $( $variant = $text ),* });

        impl Reason {
            /// The reason in words.
            #[must_use]
            pub fn words(self) -> &'static str {
                match self { $( Self::$variant => $words ),* }
            }
        }
    };
}

reasons! {
    /// The filter of the import leaves it out: nothing is wrong with it.
    NotSelected = "not-selected" => "left out by the filter";
    /// It is dated outside the period of the import: nothing is wrong with it.
    OutsideWindow = "outside-window" => "dated outside the period of the import";
    /// The row has more or fewer fields than the header.
    FieldCount = "field-count" => "more or fewer fields than the header has";
    /// A field is longer than the limit.
    TooLong = "too-long" => "a field is too long";
    /// The date is missing.
    NoDate = "no-date" => "without a date";
    /// The date cannot be read.
    NotADate = "not-a-date" => "the date cannot be read";
    /// It ends before it begins.
    Reversed = "reversed" => "it ends before it begins";
    /// Its days lie in more than one period, or in part outside the period of the import.
    SpansPeriods = "spans-periods" => "its days do not lie within one period";
    /// The place is missing.
    NoRegion = "no-region" => "without a place";
    /// The place is no region of the study, nor an alias of one.
    UnknownRegion = "unknown-region" => "the place is no region of the study";
    /// Several regions of the study, or aliases, have this name.
    AmbiguousRegion = "ambiguous-region" => "the name stands for several regions";
    /// The place is wider than the level that places are gathered to, or lies outside it.
    WiderThanLevel = "wider-than-level" => "the place lies in no region of the level asked for";
    /// The value is missing.
    NoValue = "no-value" => "without a value";
    /// The value is no number.
    NotANumber = "not-a-number" => "the value is no number";
    /// Something counted is below zero.
    Negative = "negative" => "a count below zero";
    /// Something counted is not whole.
    NotWhole = "not-whole" => "a count that is not whole";
    /// The value is outside its bounds.
    OutOfRange = "out-of-range" => "the value is out of range";
    /// The value has more decimals than a sum can hold.
    TooPrecise = "too-precise" => "more decimals than a sum holds";
    /// The low, best and high estimates are not in this order.
    EstimatesCross = "estimates-cross" => "low, best and high are not in this order";
}

impl Reason {
    /// Whether the row is as it should be and only not asked for.
    #[must_use]
    pub fn is_choice(self) -> bool {
        matches!(self, Self::NotSelected | Self::OutsideWindow)
    }
}

/// A row that was rejected, as far as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Example {
    /// Line of the field, counted from 1.
    pub line: u64,
    /// Column of the field, in characters counted from 1.
    pub column: u64,
    /// Name of the field, where the fault lies in one.
    pub field: Option<String>,
    /// What stands there, cut to 80 characters; not yet fit for a terminal ([`Visible`]).
    pub value: String,
}

/// The rows that were rejected for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rejected {
    /// The reason.
    pub reason: Reason,
    /// How many there are.
    pub count: u64,
    /// The first of them, in the order of the file.
    pub first: Vec<Example>,
}

/// What became of the rows of a file: accepted and rejected add up to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Account {
    /// Name of the file, as it was given.
    pub file: String,
    /// What is counted: `rows`, or `cells` of a table with a column a year.
    pub of: &'static str,
    /// How many were read, the header not counted.
    pub read: u64,
    /// How many became part of a series.
    pub accepted: u64,
    /// The others, by reason.
    pub rejected: Vec<Rejected>,
    /// Bytes of the file.
    pub bytes: u64,
}

impl Account {
    pub(super) fn new(file: &str, of: &'static str) -> Self {
        Self { file: file.to_owned(), of, read: 0, accepted: 0, rejected: Vec::new(), bytes: 0 }
    }

    /// How many were rejected, for whatever reason.
    #[must_use]
    pub fn rejected(&self) -> u64 {
        self.rejected.iter().map(|rejected| rejected.count).sum()
    }

    /// How many did not fit: rejected, and not by a choice of the import.
    #[must_use]
    pub fn unfit(&self) -> u64 {
        self.rejected.iter().filter(|rejected| !rejected.reason.is_choice()).map(|rejected| rejected.count).sum()
    }

    /// The rows rejected for a reason, in the order of reasons; made where there were none.
    pub(super) fn of_reason(&mut self, reason: Reason) -> &mut Rejected {
        let at = match self.rejected.binary_search_by_key(&reason, |rejected| rejected.reason) {
            Ok(at) => at,
            Err(at) => {
                self.rejected.insert(at, Rejected { reason, count: 0, first: Vec::new() });
                at
            }
        };
        &mut self.rejected[at]
    }

    /// Where an example stands.
    #[must_use]
    pub fn place(&self, example: &Example) -> Place {
        let number = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        Place { file: self.file.clone(), line: number(example.line), column: number(example.column) }
    }
}

impl fmt::Display for Example {
    /// `admin1 = Niamey`, or what stands there where the fault is of the whole row.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.field {
            Some(field) => write!(f, "{} = `{}`", Visible(field), Visible(&self.value)),
            None => write!(f, "`{}`", Visible(&self.value)),
        }
    }
}

impl fmt::Display for Account {
    /// A line that sums up, one for each reason, and one for each example.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (of, rejected) = (self.of, self.rejected());
        write!(f, "{}: {} {of} read, {} accepted, {rejected} rejected", Visible(&self.file), self.read, self.accepted)?;
        for rejected in &self.rejected {
            write!(f, "\n  {} {} [{}]", rejected.count, rejected.reason.words(), rejected.reason)?;
            for example in &rejected.first {
                write!(f, "\n    {}:{}: {example}", example.line, example.column)?;
            }
        }
        Ok(())
    }
}
