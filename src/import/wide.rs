//! Tables with a column a year: the HDR time series (`hdi_1990`), or governance indicators (`1996`, `1996 [YR1996]`).

use csv::ByteRecord;

use super::dates::{Dated, parse};
use super::layout::{Absent, Columns, Fault, Layout, Sink, field};
use super::number::value;

/// The columns of years.
pub(super) struct Wide {
    years: Vec<(usize, Dated)>,
}

impl Wide {
    pub(super) fn open(columns: &Columns<'_>) -> Result<Self, Absent> {
        let start = columns.import.column.as_deref();
        let years: Vec<(usize, Dated)> =
            columns.header.names().enumerate().filter_map(|(at, name)| Some((at, year(name, start)?))).collect();
        if years.is_empty() { Err(Absent(format!("{}1990", start.unwrap_or_default()))) } else { Ok(Self { years }) }
    }
}

/// The year that a column is of: four digits after its start, or at its beginning where none is named.
fn year(name: &str, start: Option<&str>) -> Option<Dated> {
    let digits = match start {
        Some(start) => name.get(..start.len()).filter(|own| own.eq_ignore_ascii_case(start)).and_then(|_| name.get(start.len()..))?,
        None => {
            let name = name.strip_prefix("YR").or_else(|| name.strip_prefix('X')).unwrap_or(name);
            let (digits, rest) = name.split_at_checked(4)?;
            (rest.is_empty() || rest.starts_with(" [")).then_some(digits)?
        }
    };
    (digits.len() == 4).then(|| parse(digits.as_bytes())).flatten()
}

impl Layout for Wide {
    fn take(&self, row: &ByteRecord, to: &mut Sink) -> Result<(), Fault> {
        let region = to.region(row)?;
        let scope = to.scope(row);
        let scope = to.series.scope_text(scope).to_owned();
        for (column, when) in &self.years {
            let taken = to.slot(*when, *column).and_then(|_| field(row, *column, value));
            match taken {
                Ok(value) => to.series.keep(*when, region, scope.clone(), value, String::new()),
                Err(fault) => to.faults.push(fault),
            }
        }
        Ok(())
    }

    fn cells(&self) -> u64 {
        self.years.len() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::year;

    #[test]
    fn columns_of_years() {
        let is = |name: &str, start: Option<&str>| year(name, start).map(|year| year.text());
        for name in ["1996", "1996 [YR1996]", "YR1996", "X1996"] {
            assert_eq!(is(name, None).as_deref(), Some("1996"), "{name}");
        }
        assert_eq!(is("hdi_1996", Some("hdi_")).as_deref(), Some("1996"));
        assert_eq!(is("HDI_1996", Some("hdi_")).as_deref(), Some("1996"));
        for (name, start) in
            [("hdi_rank_2022", Some("hdi_")), ("le_1996", Some("hdi_")), ("1996-97", None), ("iso3", None), ("é", Some("h")), ("9", None)]
        {
            assert_eq!(is(name, start), None, "{name}");
        }
    }
}
