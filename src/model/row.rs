//! Any row of a study, seen the same way.

use super::*;
use crate::scale::Origin;

/// Writes the view of any row.
macro_rules! rows {
    ($( $row:ident, $table:ident, $name:literal, $title:expr, $provenance:expr; )*) => {
        /// The table that a row belongs to.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Table { $( #[doc = concat!("`[[", $name, "]]`")] $row, )* }

        impl Table {
            /// All tables.
            pub const ALL: &'static [Self] = &[ $( Self::$row ),* ];

            /// Its name in files.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $( Self::$row => $name, )* }
            }
        }

        /// A row of any table.
        #[derive(Clone, Copy, Debug)]
        #[non_exhaustive]
        pub enum Row<'a> { $( #[doc = concat!("A row of `[[", $name, "]]`.")] $row(&'a $row), )* }

        impl<'a> Row<'a> {
            /// The table that it belongs to.
            #[must_use]
            pub fn table(self) -> Table {
                match self { $( Self::$row(_) => Table::$row, )* }
            }

            /// Its id.
            #[must_use]
            pub fn id(self) -> RowId {
                match self { $( Self::$row(row) => RowId::from(&row.id), )* }
            }

            /// Its title, in one line.
            #[must_use]
            pub fn title(self) -> String {
                match self { $( Self::$row(row) => ($title)(row), )* }
            }

            /// Its sources and origin; the apparatus of a study (sources, pools, phases, propositions, imports) has none.
            #[must_use]
            pub fn provenance(self) -> Option<&'a Provenance> {
                match self { $( Self::$row(row) => ($provenance)(row), )* }
            }
        }

        /// How many rows of each origin there are, in the order of [`Origin::ALL`].
        pub(super) fn by_origin<'a>(parts: &'a Parts) -> [usize; Origin::ALL.len()] {
            let mut counts = [0; Origin::ALL.len()];
            let mut add = |provenance: &'a Provenance| counts[provenance.origin as usize] += 1;
            $( parts.$table.iter().filter_map($provenance).for_each(&mut add); )*
            counts
        }

        /// The row at a place of a table.
        pub(super) fn row(study: &CaseStudy, table: Table, at: usize) -> Option<Row<'_>> {
            match table { $( Table::$row => study.$table().get(at).map(Row::$row), )* }
        }
    };
}

fn titled<R>(row: &R, title: fn(&R) -> &str) -> String {
    title(row).to_owned()
}

rows! {
    Mission, missions, "mission", |r| titled(r, |r: &Mission| &r.name), |r: &'a Mission| Some(&r.provenance);
    Source, sources, "source", |r| titled(r, |r: &Source| &r.title), |_| None;
    Region, regions, "region", |r| titled(r, |r: &Region| &r.name), |r: &'a Region| Some(&r.provenance);
    Phase, phases, "phase", |r: &Phase| r.title.clone().unwrap_or_else(|| r.days.to_string()), |_| None;
    NamedPeriod, periods, "period", |r| titled(r, |r: &NamedPeriod| &r.title), |r: &'a NamedPeriod| Some(&r.provenance);
    Fact, facts, "fact", |r| titled(r, |r: &Fact| &r.title), |r: &'a Fact| Some(&r.provenance);
    Exclusion, exclusions, "exclusion", |r| titled(r, |r: &Exclusion| &r.title), |r: &'a Exclusion| Some(&r.provenance);
    Heading, headings, "heading", |r| titled(r, |r: &Heading| &r.title), |r: &'a Heading| Some(&r.provenance);
    Stakeholder, stakeholders, "stakeholder", |r| titled(r, |r: &Stakeholder| &r.name), |r: &'a Stakeholder| Some(&r.provenance);
    Instrument, instruments, "instrument", |r: &Instrument| format!("{} of {}", r.number, r.adopted), |r: &'a Instrument| Some(&r.provenance);
    Task, tasks, "task", |r| titled(r, |r: &Task| &r.title), |r: &'a Task| Some(&r.provenance);
    Tension, tensions, "tension", |r| titled(r, |r: &Tension| &r.title), |r: &'a Tension| Some(&r.provenance);
    Pool, pools, "pool", |r| titled(r, |r: &Pool| &r.title), |_| None;
    Resource, resources, "resource", resource_title, |r: &'a Resource| Some(&r.provenance);
    Capability, capabilities, "capability", |r| titled(r, |r: &Capability| &r.title), |r: &'a Capability| Some(&r.provenance);
    Contributor, contributors, "contributor", |r: &Contributor| r.to_string(), |r: &'a Contributor| Some(&r.provenance);
    Activity, activities, "activity", |r| titled(r, |r: &Activity| &r.title), |r: &'a Activity| Some(&r.provenance);
    Driver, drivers, "driver", |r| titled(r, |r: &Driver| &r.title), |r: &'a Driver| Some(&r.provenance);
    Effect, effects, "effect", |r| titled(r, |r: &Effect| &r.title), |r: &'a Effect| Some(&r.provenance);
    Finding, findings, "finding", |r| titled(r, |r: &Finding| &r.title), |r: &'a Finding| Some(&r.provenance);
    Claim, claims, "claim", |r| titled(r, |r: &Claim| &r.title), |r: &'a Claim| Some(&r.provenance);
    Verdict, verdicts, "verdict", |r| titled(r, |r: &Verdict| &r.text), |r: &'a Verdict| Some(&r.provenance);
    Proposition, propositions, "proposition", |r| titled(r, |r: &Proposition| &r.text), |_| None;
    Position, positions, "position", |r: &Position| format!("{} on {}: {:+}", r.group, r.proposition, r.stance), |r: &'a Position| Some(&r.provenance);
    Indicator, indicators, "indicator", |r| titled(r, |r: &Indicator| &r.title), |r: &'a Indicator| Some(&r.provenance);
    Evidence, evidence, "evidence", |r| titled(r, |r: &Evidence| &r.title), |r: &'a Evidence| Some(&r.provenance);
    Dilemma, dilemmas, "dilemma", |r| titled(r, |r: &Dilemma| &r.title), |r: &'a Dilemma| Some(&r.provenance);
    PolicyOption, options, "option", |r| titled(r, |r: &PolicyOption| &r.title), |r: &'a PolicyOption| Some(&r.provenance);
    Dispute, disputes, "dispute", |r| titled(r, |r: &Dispute| &r.title), |r: &'a Dispute| Some(&r.provenance);
    Import, imports, "import", |r: &Import| format!("{} from {}", r.indicator, r.format), |_| None;
}

fn resource_title(row: &Resource) -> String {
    row.title.clone().unwrap_or_else(|| {
        let figures: Vec<String> = row.amount.iter().map(|(key, value)| format!("{key} {value}")).collect();
        format!("{}: {}", row.status, figures.join(", "))
    })
}

impl CaseStudy {
    /// All rows that have an id, table by table.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        Table::ALL.iter().flat_map(move |table| (0..).map_while(move |at| row(self, *table, at)))
    }

    /// How many rows come from each origin, in the order of [`Origin::ALL`]; rows without sources, such
    /// as phases, are left out.
    #[must_use]
    pub fn rows_by_origin(&self) -> Vec<(Origin, usize)> {
        let counts = &self.0.index.by_origin;
        Origin::ALL.iter().map(|origin| (*origin, counts[*origin as usize])).collect()
    }
}
