//! What a case says, in files or in records built in code, and the way from there to the model.
//!
//! A case is a [`CaseDocument`]: plain records with public fields ([`record`]), `serde` both ways. It
//! becomes a [`CaseStudy`] through one door, which reports everything that is wrong at once:
//!
//! - from a directory: [`CaseStudy::read`](CaseStudy) (feature `toml`);
//! - from texts in memory: [`CaseDocument::from_texts`](CaseDocument) (feature `toml`);
//! - from records built in code: `CaseStudy::try_from(document)`.
//!
//! Reading goes row by row. A fault of *form* (a field that does not exist, a number where a text
//! belongs) leaves its row out, and the others go on; faults of *meaning* (an id that nothing has, a
//! period that ends before it begins) are gathered over all rows that were read. Nothing half-loads.
//!
//! [`CaseDocument::from`] a study gives the records back, and [`CaseDocument::to_texts`](CaseDocument) writes them:
//! reading what was written gives the same study. Comments are not kept, and what is redundant (a
//! `low` that is the level) is left out.

mod check;
mod claims;
mod code;
#[cfg(all(feature = "csv", feature = "toml"))]
mod csv;
mod discreet;
mod edit;
mod gather;
mod imports;
mod judged;
mod limits;
mod place;
pub mod raw;
pub mod record;
mod refer;
mod tables;
mod tasks;
#[cfg(feature = "toml")]
mod toml;

use serde::{Deserialize, Serialize};

pub use edit::Edit;
pub use limits::Limits;
use record::*;

use crate::framework::{EPON_2019, Framework};
use crate::model::CaseStudy;
use crate::problem::{Problems, Segment};

/// Writes the document: the records of every table, and the places where they are all visited.
macro_rules! document {
    ($( $(#[$doc:meta])* $field:ident : $record:ident, )*) => {
        /// A case as it is written down: the records of every table, nothing checked.
        ///
        /// Fields are in the singular, as the tables of the files are. The order of rows is the order
        /// in which results list them; it changes no value.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct CaseDocument {
            /// `[study]`
            #[serde(default, skip_serializing_if = "raw::is_empty")]
            pub study: Option<StudyRecord>,
            /// `[framework]`, where the case brings its own.
            #[serde(default, skip_serializing_if = "raw::is_empty")]
            pub framework: Option<FrameworkRecord>,
            $( $(#[$doc])*
            #[serde(default, skip_serializing_if = "raw::is_empty")]
            pub $field: Vec<$record>, )*
            /// The rows of `observations.csv`.
            #[serde(default, skip_serializing_if = "raw::is_empty")]
            pub observations: Vec<ObservationRecord>,
        }

        impl CaseDocument {
            /// The tables in order, as paths name them.
            const TABLES: &'static [&'static str] = &["study", "framework", $( stringify!($field), )* "row"];

            /// Shows the rows of all tables as `Debug` has them, each with its table and place.
            fn each_row(&self, show: &mut dyn FnMut(&'static str, usize, &dyn std::fmt::Debug)) {
                if let Some(study) = &self.study {
                    show("study", 0, study);
                }
                if let Some(framework) = &self.framework {
                    show("framework", 0, framework);
                }
                $( self.$field.iter().enumerate().for_each(|(index, row)| show(stringify!($field), index, row)); )*
                self.observations.iter().enumerate().for_each(|(index, row)| show("row", index, row));
            }

            /// How many rows there are in all tables.
            #[must_use]
            pub fn rows(&self) -> usize {
                0 $( + self.$field.len() )* + self.observations.len()
            }
        }

        #[cfg(feature = "toml")]
        impl toml::Tables for CaseDocument {
            fn push(&mut self, table: &str, row: toml::RowValue<'_>) -> Result<(), toml::NotRead> {
                match table {
                    "study" => self.study = Some(toml::only(self.study.is_some(), row)?),
                    "framework" => self.framework = Some(toml::only(self.framework.is_some(), row)?),
                    $( stringify!($field) => self.$field.push(toml::row(row)?), )*
                    _ => return Err(toml::NotRead::Table),
                }
                Ok(())
            }

            fn make_room(&mut self, table: &str, rows: usize) {
                match table {
                    $( stringify!($field) => self.$field.reserve(rows), )*
                    _ => {}
                }
            }

            const NAMES: &'static [&'static str] = &["study", "framework", $( stringify!($field) ),*];
        }
    };
}

document! {
    /// `[[dimension]]` of the case's own framework.
    dimension: DimensionRecord,
    /// `[[topic]]` of the case's own framework.
    topic: TopicRecord,
    /// `[[mission]]`
    mission: MissionRecord,
    /// `[[source]]`
    source: SourceRecord,
    /// `[[region]]`
    region: RegionRecord,
    /// `[[phase]]`
    phase: PhaseRecord,
    /// `[[period]]`
    period: PeriodRecord,
    /// `[[fact]]`
    fact: FactRecord,
    /// `[[exclusion]]`
    exclusion: ExclusionRecord,
    /// `[[heading]]`
    heading: HeadingRecord,
    /// `[[stakeholder]]`
    stakeholder: StakeholderRecord,
    /// `[[instrument]]`
    instrument: InstrumentRecord,
    /// `[[task]]`
    task: TaskRecord,
    /// `[[tension]]`
    tension: TensionRecord,
    /// `[[pool]]`
    pool: PoolRecord,
    /// `[[resource]]`
    resource: ResourceRecord,
    /// `[[capability]]`
    capability: CapabilityRecord,
    /// `[[contributor]]`
    contributor: ContributorRecord,
    /// `[[activity]]`
    activity: ActivityRecord,
    /// `[[driver]]`
    driver: DriverRecord,
    /// `[[rating]]`
    rating: RatingRecord,
    /// `[[effect]]`
    effect: EffectRecord,
    /// `[[finding]]`
    finding: FindingRecord,
    /// `[[claim]]`
    claim: ClaimRecord,
    /// `[[verdict]]`
    verdict: VerdictRecord,
    /// `[[proposition]]`
    proposition: PropositionRecord,
    /// `[[position]]`
    position: PositionRecord,
    /// `[[indicator]]`
    indicator: IndicatorRecord,
    /// `[[evidence]]`
    evidence: EvidenceRecord,
    /// `[[dilemma]]`
    dilemma: DilemmaRecord,
    /// `[[option]]`
    option: OptionRecord,
    /// `[[dispute]]`
    dispute: DisputeRecord,
    /// `[[import]]`
    import: ImportRecord,
}

impl TryFrom<CaseDocument> for CaseStudy {
    type Error = Problems;

    /// Checks records built in code, under the default [`Limits`].
    fn try_from(document: CaseDocument) -> Result<Self, Problems> {
        Self::try_from(&document)
    }
}

impl TryFrom<&CaseDocument> for CaseStudy {
    type Error = Problems;

    fn try_from(document: &CaseDocument) -> Result<Self, Problems> {
        document.check(&Limits::default())
    }
}

impl CaseDocument {
    /// Checks the records, under limits of the caller's.
    ///
    /// # Errors
    /// Everything that is wrong with them, in the order of the tables.
    pub fn check(&self, limits: &Limits) -> Result<CaseStudy, Problems> {
        limits.rows_of(self)?;
        check::study(self, &refer::Unread::default()).map_err(|mut problems| {
            problems.sort_by_cached_key(|problem| {
                let mut steps = problem.path.segments().iter();
                let table = steps.next().and_then(|step| match step {
                    Segment::Key(key) => Self::TABLES.iter().position(|table| table == key),
                    Segment::Index(_) => None,
                });
                let row = steps.next().map_or(0, |step| if let Segment::Index(row) = step { *row } else { 0 });
                (table, row)
            });
            limits.gathered(problems, 0)
        })
    }
}

impl From<&CaseStudy> for CaseDocument {
    /// The records of a study: what reads as the same study.
    fn from(study: &CaseStudy) -> Self {
        use tables::Record;
        fn all<R: Record>(rows: &[R::Row]) -> Vec<R> {
            rows.iter().map(R::write).collect()
        }
        let own = study.0.parts.own_framework.then(|| study.framework());
        Self {
            study: Some(StudyRecord::write(study.study(), study.framework().id().as_str())),
            framework: own.map(|framework| FrameworkRecord {
                id: framework.id().to_string(),
                version: framework.version().to_owned(),
                title: framework.title().to_owned(),
                maps_to: framework.maps_to().map(ToString::to_string),
            }),
            dimension: own.map(|framework| all(framework.dimensions())).unwrap_or_default(),
            topic: own.map(|framework| all(framework.topics())).unwrap_or_default(),
            mission: all(study.missions()),
            source: all(study.sources()),
            region: all(study.regions()),
            phase: all(study.phases()),
            period: all(study.periods()),
            fact: all(study.facts()),
            exclusion: all(study.exclusions()),
            heading: all(study.headings()),
            stakeholder: all(study.stakeholders()),
            instrument: all(study.instruments()),
            task: all(study.tasks()),
            tension: all(study.tensions()),
            pool: all(study.pools()),
            resource: all(study.resources()),
            capability: all(study.capabilities()),
            contributor: all(study.contributors()),
            activity: all(study.activities()),
            driver: all(study.drivers()),
            rating: all(study.ratings()),
            effect: all(study.effects()),
            finding: all(study.findings()),
            claim: all(study.claims()),
            verdict: all(study.verdicts()),
            proposition: all(study.propositions()),
            position: all(study.positions()),
            indicator: all(study.indicators()),
            evidence: all(study.evidence()),
            dilemma: all(study.dilemmas()),
            option: all(study.options()),
            dispute: all(study.disputes()),
            import: all(study.imports()),
            observations: all(study.observations()),
        }
    }
}

/// The framework that a case names or brings; nothing where it names one that does not exist.
fn shipped(id: &str) -> Option<Framework> {
    (id == EPON_2019).then(Framework::epon_2019)
}
