//! How rows of a file that users bring become observations.

use indexmap::IndexMap;
use serde::Serialize;

use super::provenance::Provenance;
use crate::date::{PartialDate, Period};
use crate::id::{ImportId, IndicatorId, RegionId};
use crate::scale::{ImportFormat, ImportMeasure, ImportPeriod, PlaceLevel};

/// A mapping from the columns of a file to observations of one indicator.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Import {
    /// Its slug.
    pub id: ImportId,
    /// The layout of the file.
    pub format: ImportFormat,
    /// The indicator that the observations are of.
    pub indicator: IndicatorId,
    /// What is made of the rows; none is the first that the format has.
    pub measure: Option<ImportMeasure>,
    /// The column with the number.
    pub column: Option<String>,
    /// The column with the date.
    pub date: Option<String>,
    /// The column with the name of the place.
    pub place: Option<String>,
    /// The region that all rows are of.
    pub region: Option<RegionId>,
    /// Names of places in the file, with the regions that they stand for.
    pub regions: IndexMap<String, RegionId>,
    /// To what places are gathered; none is any region as named.
    pub level: Option<PlaceLevel>,
    /// Columns with the values that are taken.
    pub filter: IndexMap<String, Vec<String>>,
    /// The length of the periods that rows are gathered in.
    pub period: Option<ImportPeriod>,
    /// Rows outside it are left out; none is the study's window.
    pub when: Option<Period>,
    /// The period over which the file is complete.
    pub complete: Option<Period>,
    /// Names of rounds with their dates.
    pub dates: IndexMap<String, PartialDate>,
    /// What was counted.
    pub scope: Option<String>,
    /// The column that says what was counted.
    pub scope_column: Option<String>,
    /// Cautions.
    pub text: Option<String>,
    /// Sources and origin of the observations.
    pub provenance: Provenance,
}

impl Import {
    /// What is made of the rows: the measure that is given, or the first that the format has.
    #[must_use]
    pub fn measure(&self) -> ImportMeasure {
        self.measure.or_else(|| self.format.measures().first().copied()).unwrap_or(ImportMeasure::Count)
    }
}
