//! What is measured: indicators, observations and the files that they come from.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::document::raw::{DateText, ListText};

records! {
    /// `[[indicator]]`: a measured series.
    IndicatorRecord {
        /// Slug of the indicator.
        id: String,
        /// Title, one line.
        title: String,
        /// Short name, at most 34 characters, where the title is longer.
        short: Option<String>,
        /// Unit of the values.
        unit: String,
        /// `stock`, `flow` or `index`.
        kind: String,
        /// `higher` or `lower`: which direction is better; none where neither is.
        better: Option<String>,
        /// Dimension that it stands beside.
        dimension: Option<String>,
        /// Worst conceivable value, where the scale has one.
        low: Option<f64>,
        /// Best or highest conceivable value, where the scale has one.
        high: Option<f64>,
        /// Whether the values of regions add up to that of the region around them.
        adds_up: bool,
        /// What it is a rate of, where it is computed from two others.
        rate: Option<RateRecord>,
        /// Scope and cautions in own words.
        text: Option<String>,
        /// Sources with locators.
        cite: Vec<String>,
        /// Origin, only where it differs from that of the first source.
        origin: Option<String>,
    }

    /// A rate: so many of one indicator per a number of another.
    RateRecord {
        /// The indicator that is counted.
        of: String,
        /// What of it was counted, where it is counted in several ways: only series of that scope.
        scope: Option<String>,
        /// The indicator that it is divided by.
        per: String,
        /// Per how many, such as 1000.
        times: f64,
    }

    /// A row of `observations.csv`: one value of an indicator.
    ObservationRecord {
        /// The row of a fact sheet that it stands for.
        row: String,
        /// The indicator.
        indicator: String,
        /// Date or period.
        when: String,
        /// Region.
        region: String,
        /// Value, as printed.
        value: String,
        /// What was counted, where sources differ in scope.
        scope: String,
        /// Source with locator.
        cite: String,
        /// Remark in own words.
        note: String,
    }

    /// `[[import]]`: how the rows of a file that users bring become observations of an indicator.
    ImportRecord {
        /// Slug of the import.
        id: String,
        /// Layout of the file: `acled`, `ged`, `fatalities`, `personnel`, `hxl`, `tidy`, `survey` or `wide`.
        format: String,
        /// The indicator that the observations are of.
        indicator: String,
        /// What is made of the rows: `count`, `deaths`, `low`, `best`, `high`, `sum`, `latest` or `value`; none is
        /// the first that the format has.
        measure: Option<String>,
        /// The column with the number, where the format leaves it open; the start of the columns of years of a `wide` table.
        column: Option<String>,
        /// The column with the date, where it is not the format's own.
        date: Option<String>,
        /// The column with the name of the place, where it is not the format's own.
        place: Option<String>,
        /// The region that all rows are of, in place of a column.
        r#where: Option<String>,
        /// Names of places in the file, with the regions that they stand for. Ids and names of regions need none.
        regions: IndexMap<String, String>,
        /// To what places are gathered: `any` (default) region as named, the `unit` that holds it, or the study's `area`.
        level: Option<String>,
        /// Columns with the values that are taken; rows with another value are left out.
        filter: IndexMap<String, ListText>,
        /// Length of the periods: `month`, `quarter`, `year` or `phase`; not with `value`, which keeps its dates.
        period: Option<String>,
        /// Rows outside this period are left out; none is the study's window.
        when: Option<String>,
        /// The period over which the file is complete: there, a count without rows is 0.
        complete: Option<String>,
        /// Names of rounds with their dates, where a file has names for dates.
        dates: IndexMap<String, DateText>,
        /// What was counted, for every observation.
        scope: Option<String>,
        /// The column that says what was counted.
        scope_column: Option<String>,
        /// Cautions in own words.
        text: Option<String>,
        /// Sources with locators: what the observations cite.
        cite: Vec<String>,
        /// Origin, only where it differs from that of the first source.
        origin: Option<String>,
    }
}
