//! The study itself: its framework, missions, places, phases and facts.

use serde::{Deserialize, Serialize};

use crate::document::raw::QuantityText;

records! {
    /// `[study]`: what is studied, by which framework, over which window and area.
    StudyRecord {
        /// Slug of the study.
        id: String,
        /// Title, one line.
        title: String,
        /// Framework: `epon-2019`, or the id of the `[framework]` that the case brings.
        framework: String,
        /// Missions studied, in order of time (ids of `[[mission]]`).
        missions: Vec<String>,
        /// The study's window, a period with both ends.
        when: String,
        /// The region that the units partition (id of a `[[region]]`).
        area: String,
        /// When the fieldwork was done: what a source calls *current* is dated to the phase that holds it.
        fieldwork: Option<String>,
        /// How many persons coded the case.
        coders: Option<i64>,
        /// Groups of fewer persons are never shown alone (default 5).
        least_heads: Option<i64>,
        /// Details in own words.
        text: Option<String>,
    }

    /// `[framework]`: a framework of the study's own.
    FrameworkRecord {
        /// Slug of the framework.
        id: String,
        /// Version, such as `2022`.
        version: String,
        /// Title, one line.
        title: String,
        /// The framework that its dimensions are mapped to, such as `epon-2019`.
        maps_to: Option<String>,
    }

    /// `[[dimension]]`: a dimension of the study's own framework.
    DimensionRecord {
        /// Slug of the dimension.
        id: String,
        /// Title, one line.
        title: String,
        /// Short name, at most 23 characters.
        short: Option<String>,
        /// `outcome` or `explanatory`.
        role: String,
        /// The question that the dimension asks.
        question: String,
        /// Dimensions of the other framework that it corresponds to.
        maps_to: Vec<String>,
    }

    /// `[[topic]]`: something that effects are told of, in the study's own framework.
    TopicRecord {
        /// Slug of the topic.
        id: String,
        /// Title, one line.
        title: String,
        /// Whether the framework asks for it by name.
        core: bool,
    }

    /// `[[mission]]`: a peace operation.
    MissionRecord {
        /// Slug of the mission.
        id: String,
        /// Full name.
        name: String,
        /// Acronym, such as `MINUSMA`.
        acronym: Option<String>,
        /// Host state.
        host: String,
        /// Bodies that authorise it, as slugs: `un-sc`, `au-psc`.
        authorised_by: Vec<String>,
        /// From its first to its last day.
        when: String,
        /// Operations it grew out of, in words or ids.
        predecessor: Vec<String>,
        /// Operations that followed, in words or ids.
        successor: Vec<String>,
        /// Missions that it only supports, such as an office for logistics; it is not studied itself.
        supports: Vec<String>,
        /// Details in own words.
        text: Option<String>,
        /// Sources with locators.
        cite: Vec<String>,
        /// Origin, only where it differs from that of the first source.
        origin: Option<String>,
    }

    /// `[[region]]`: a place. Regions nest; those marked `unit` partition the study's area.
    RegionRecord {
        /// Slug of the region.
        id: String,
        /// The row of a fact sheet that it stands for.
        row: Option<String>,
        /// Name.
        name: String,
        /// The region it lies in.
        r#in: Option<String>,
        /// Whether it is one of the units for which cells exist.
        unit: bool,
        /// Share of a unit in the weight of a task that is in force in several (default 1 each).
        share: Option<f64>,
        /// Details in own words.
        text: Option<String>,
        /// Sources with locators.
        cite: Vec<String>,
        /// Origin, only where it differs from that of the first source.
        origin: Option<String>,
    }

    /// `[[phase]]`: one of the phases that partition the study's window.
    PhaseRecord {
        /// Slug of the phase.
        id: String,
        /// From its first to its last day, both given to the day.
        when: String,
        /// Whether the whole is of this phase; where no phase is main, the whole is of all.
        main: bool,
        /// Title, one line.
        title: Option<String>,
        /// Details in own words.
        text: Option<String>,
    }

    /// `[[period]]`: another scheme's phase, or a turning point. Periods never cut cells.
    PeriodRecord {
        /// Slug of the period.
        id: String,
        /// Title, one line.
        title: String,
        /// The period; a turning point is a period that begins at the turn (`2015-01..`).
        when: String,
        /// What it is a turning point of: a dimension or a region.
        of: Option<String>,
        /// Details in own words.
        text: Option<String>,
        /// Sources with locators.
        cite: Vec<String>,
        /// Origin, only where it differs from that of the first source.
        origin: Option<String>,
    }

    /// `[[fact]]`: what a study holds that is none of the other tables.
    FactRecord {
        /// Slug of the fact.
        id: String,
        /// What it is about, one line.
        title: String,
        /// The fact in own words.
        text: Option<String>,
        /// A figure, as printed.
        value: Option<QuantityText>,
        /// Unit of the figure.
        unit: Option<String>,
        /// When.
        when: Option<String>,
        /// Where (regions).
        r#where: Vec<String>,
        /// Sources with locators.
        cite: Vec<String>,
        /// Origin, only where it differs from that of the first source.
        origin: Option<String>,
    }

    /// `[[exclusion]]`: a field that is expressly not in the mandate.
    ExclusionRecord {
        /// Slug of the exclusion.
        id: String,
        /// The field, one line.
        title: String,
        /// Details in own words.
        text: Option<String>,
        /// Drivers that stay out of reach for it.
        drivers: Vec<String>,
        /// Sources with locators.
        cite: Vec<String>,
        /// Origin, only where it differs from that of the first source.
        origin: Option<String>,
    }

    /// `[[heading]]`: a heading under which the report itself orders its findings, and what it corresponds to.
    HeadingRecord {
        /// Slug of the heading.
        id: String,
        /// The heading in own words, one line.
        title: String,
        /// Dimensions of the framework that it corresponds to.
        dimensions: Vec<String>,
        /// Substantive fields of tasks that it corresponds to.
        fields: Vec<String>,
        /// Details in own words.
        text: Option<String>,
        /// Sources with locators.
        cite: Vec<String>,
        /// Origin, only where it differs from that of the first source.
        origin: Option<String>,
    }
}
