//! Names that mappings from files carry: layouts, measures, lengths of period.

use super::named::named;

named! {
    /// The layout of a file that users bring.
    ImportFormat: "format of a file" {
        /// ACLED events, in the present columns or in those of 2019.
        Acled = "acled",
        /// UCDP GED events, with or without a header.
        Ged = "ged",
        /// Fatalities of UN missions: a row a person.
        Fatalities = "fatalities",
        /// UN uniformed personnel by contributor and month, now or before 2010.
        Personnel = "personnel",
        /// Any table with a row of HXL tags.
        Hxl = "hxl",
        /// Any table with named columns, a row an observation.
        Tidy = "tidy",
        /// Rounds of a survey: round, region, answer, share, n.
        Survey = "survey",
        /// A table with a column a year, such as the World Governance Indicators or the HDR series.
        Wide = "wide",
    }

    /// What an import makes of the rows of a region and period.
    ImportMeasure: "measure" {
        /// How many there are.
        Count = "count",
        /// The sum of deaths; of UCDP events the low, best and high estimate, side by side.
        Deaths = "deaths",
        /// The sum of low estimates alone.
        Low = "low",
        /// The sum of best estimates alone.
        Best = "best",
        /// The sum of high estimates alone.
        High = "high",
        /// The sum of a column.
        Sum = "sum",
        /// Of a stock: the sum of a column at the latest date; never a sum over time.
        Latest = "latest",
        /// Each value as it stands, with its own date.
        Value = "value",
    }

    /// The length of the periods that rows are gathered in.
    ImportPeriod: "length of period" {
        /// Calendar months.
        Month = "month",
        /// Quarters of calendar years.
        Quarter = "quarter",
        /// Calendar years.
        Year = "year",
        /// The study's phases.
        Phase = "phase",
    }
}

impl ImportFormat {
    /// The measures that the layout allows; the first is meant where none is given.
    #[must_use]
    pub fn measures(self) -> &'static [ImportMeasure] {
        use ImportMeasure::*;
        match self {
            Self::Acled => &[Count, Deaths],
            Self::Ged => &[Deaths, Count, Low, Best, High],
            Self::Fatalities => &[Count],
            Self::Personnel => &[Latest],
            Self::Hxl | Self::Tidy => &[Count, Sum, Latest, Value],
            Self::Survey | Self::Wide => &[Value],
        }
    }

    /// The column that names the place where nothing else is said; none has rows without a place.
    #[must_use]
    pub fn place(self) -> Option<&'static str> {
        match self {
            Self::Acled => Some("admin1"),
            Self::Ged => Some("adm_1"),
            Self::Hxl => Some("#adm1"),
            Self::Survey => Some("region"),
            Self::Fatalities | Self::Personnel | Self::Tidy | Self::Wide => None,
        }
    }
}
