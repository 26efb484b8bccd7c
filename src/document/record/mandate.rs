//! What was asked for, and with what means: instruments, tasks, resources, activities, drivers.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::document::raw::{DateText, PoolText, QuantityText, SinceText};

records! {
    /// `[[instrument]]`: a resolution, communiqué or decision that makes or changes the mandate.
    InstrumentRecord {
        /// Slug of the instrument.
        id: String,
        /// Body that adopted it, a slug: `un-sc`.
        body: String,
        /// The mission whose mandate it is of, where that is none of those studied.
        mission: Option<String>,
        /// Number as the body gives it.
        number: String,
        /// When it was adopted.
        adopted: DateText,
        /// The last day of the mandate that it gives, where it has one.
        runs_to: Option<DateText>,
        /// Title, one line.
        title: Option<String>,
        /// What it brought, in own words.
        text: Option<String>,
        /// Sources with locators.
        cite: Vec<String>,
        /// Origin, only where it differs from that of the first source.
        origin: Option<String>,
    }

    /// `[[task]]`: an atomic mandated task: a first state and its dated changes.
    TaskRecord {
        /// Slug of the task.
        id: String,
        /// Title, one line.
        title: String,
        /// Short name, at most 23 characters.
        short: String,
        /// Substantive field, a slug: `protection`, `political-process` ...
        field: String,
        /// `monitor`, `assist` or `secure`.
        modality: Option<String>,
        /// From the first to the last day in force; open ends stop at the study's window.
        when: String,
        /// The instrument that made it, or `practice` where practice ran ahead of the text.
        by: Option<String>,
        /// The mission that it is given to; one that is not studied has no part in any result.
        mission: Option<String>,
        /// First priority tier: `strategic`, `core`, `additional` or `enabling`.
        tier: String,
        /// Where it is in force at first (regions).
        r#where: Vec<String>,
        /// Main pool of means: one for both links, or one each for resources and capabilities.
        pool: Option<PoolText>,
        /// Other pools that it draws on.
        also_draws_on: Vec<String>,
        /// Tasks whose cells it takes in the same phase and unit.
        replaces: Vec<String>,
        /// The task that it only details.
        refines: Option<String>,
        /// The task that it is a part of.
        part_of: Option<String>,
        /// Whether no source confirms its end.
        end_not_confirmed: bool,
        /// A condition on which it hangs, in own words.
        condition: Option<String>,
        /// Details in own words.
        text: Option<String>,
        /// Sources with locators.
        cite: Vec<String>,
        /// Origin, only where it differs from that of the first source.
        origin: Option<String>,
        /// Later changes of tier or regions, in order of time.
        changes: Vec<TaskChangeRecord>,
        /// The same task in the text of other bodies that ask for it in parallel.
        also_by: Vec<AlsoByRecord>,
    }

    /// A task in the text of a further body.
    AlsoByRecord {
        /// The instrument of that body.
        by: String,
        /// The first day on which its text asks for the task; by default the instrument's date.
        from: Option<DateText>,
        /// The last day, where it is not open.
        until: Option<DateText>,
        /// How that text words it, in own words, where it differs.
        text: Option<String>,
        /// Sources with locators.
        cite: Vec<String>,
        /// Origin, only where it differs from that of the first source.
        origin: Option<String>,
    }

    /// One change of a task, from a date on.
    TaskChangeRecord {
        /// The first day on which it holds.
        from: DateText,
        /// The instrument that makes it.
        by: Option<String>,
        /// New tier.
        tier: Option<String>,
        /// New regions; an empty list puts the task out of force until the next change.
        r#where: Option<Vec<String>>,
        /// Details in own words.
        text: Option<String>,
        /// Sources with locators.
        cite: Vec<String>,
        /// Origin, only where it differs from that of the first source.
        origin: Option<String>,
    }

    /// `[[tension]]`: two tasks, or a task and an activity, that pull against each other.
    TensionRecord {
        /// Slug of the tension.
        id: String,
        /// Title, one line.
        title: String,
        /// `between-tasks`, `with-activity`, `outside`, `shortfall` or `perception`.
        kind: String,
        /// The sides, each a list of tasks, activities, capabilities or exclusions; one or two sides.
        between: Vec<Vec<String>>,
        /// Tasks that a source says are hampered.
        hampers: Vec<String>,
        /// Where (regions).
        r#where: Vec<String>,
        /// When.
        when: Option<String>,
        /// Details in own words.
        text: Option<String>,
        /// Sources with locators.
        cite: Vec<String>,
        /// Origin, only where it differs from that of the first source.
        origin: Option<String>,
    }

    /// `[[pool]]`: means that several tasks draw on.
    PoolRecord {
        /// Slug of the pool.
        id: String,
        /// Title, one line.
        title: String,
        /// Short name, at most 23 characters.
        short: Option<String>,
        /// The pool that it is a part of, such as a force of which it is a brigade.
        part_of: Option<String>,
        /// Details in own words.
        text: Option<String>,
    }

    /// `[[resource]]`: one dated statement on what can be counted or budgeted.
    ResourceRecord {
        /// Slug of the row.
        id: String,
        /// What it is, one line.
        title: Option<String>,
        /// The pool it belongs to.
        pool: Option<String>,
        /// Tasks it serves, where it serves these alone.
        serves: Vec<String>,
        /// `needed`, `requested`, `authorised`, `pledged`, `provided`, `deployed` or `proposed`.
        status: String,
        /// The instrument that authorises it.
        by: Option<String>,
        /// When.
        when: Option<String>,
        /// Where (regions).
        r#where: Vec<String>,
        /// Figures by category, as printed: `{ military = 13289, qips = "> 525" }`.
        amount: IndexMap<String, QuantityText>,
        /// Unit of the figures.
        unit: Option<String>,
        /// A condition on which it hangs, in own words.
        condition: Option<String>,
        /// Details in own words.
        text: Option<String>,
        /// Sources with locators.
        cite: Vec<String>,
        /// Origin, only where it differs from that of the first source.
        origin: Option<String>,
    }

    /// `[[capability]]`: what the mission can do, cannot do, or was to be able to do.
    CapabilityRecord {
        /// Slug of the row.
        id: String,
        /// What it is, one line.
        title: String,
        /// `gap`, `addition`, `reconfiguration` or `plan`.
        kind: String,
        /// The pool it belongs to.
        pool: Option<String>,
        /// Tasks it bears on.
        serves: Vec<String>,
        /// The instrument that authorises it.
        by: Option<String>,
        /// Where (regions).
        r#where: Vec<String>,
        /// When.
        when: Option<String>,
        /// Whether nothing can stand in for it.
        critical: bool,
        /// Dates on the way from need to full capability.
        steps: Option<StepsRecord>,
        /// Details in own words.
        text: Option<String>,
        /// Sources with locators.
        cite: Vec<String>,
        /// Origin, only where it differs from that of the first source.
        origin: Option<String>,
    }

    /// `[[contributor]]`: a state that held a sector with its troops or police over some time.
    ContributorRecord {
        /// Slug of the row.
        id: String,
        /// The state.
        name: String,
        /// The pool that it gave to.
        pool: Option<String>,
        /// The sector (regions).
        r#where: Vec<String>,
        /// When it held it.
        when: Option<String>,
        /// Figures by category, as printed: `{ troops = 4000 }`.
        amount: IndexMap<String, QuantityText>,
        /// Unit of the figures.
        unit: Option<String>,
        /// Details in own words.
        text: Option<String>,
        /// Sources with locators.
        cite: Vec<String>,
        /// Origin, only where it differs from that of the first source.
        origin: Option<String>,
    }

    /// The steps of a capability, each with its date.
    StepsRecord {
        /// When it was found to be needed.
        needed: Option<DateText>,
        /// When it was decided.
        decided: Option<DateText>,
        /// When it was authorised.
        authorised: Option<DateText>,
        /// When it was pledged.
        pledged: Option<DateText>,
        /// When its first part arrived.
        arrived: Option<DateText>,
        /// When it was complete.
        complete: Option<DateText>,
    }

    /// `[[activity]]`: what was done, or what a source says was not done.
    ActivityRecord {
        /// Slug of the activity.
        id: String,
        /// What was done, one line.
        title: String,
        /// When.
        when: Option<String>,
        /// Where (regions); none where the source does not say.
        r#where: Vec<String>,
        /// `monitor`, `assist` or `secure`.
        modality: Option<String>,
        /// Tasks it serves.
        serves: Vec<String>,
        /// `false`: a source says that nothing was done.
        done: Option<bool>,
        /// Whether a source says that most of the effort lay there.
        bulk: bool,
        /// Components that did it: `military`, `police`, `civilian`, `leadership`.
        component: Vec<String>,
        /// Details and reported result in own words.
        text: Option<String>,
        /// Sources with locators.
        cite: Vec<String>,
        /// Origin, only where it differs from that of the first source.
        origin: Option<String>,
    }

    /// `[[driver]]`: a critical conflict driver.
    DriverRecord {
        /// Slug of the driver.
        id: String,
        /// Title, one line.
        title: String,
        /// Short name, at most 23 characters.
        short: Option<String>,
        /// Since when it drives conflict, by region: `{ N = "2012", C = "2015" }`.
        since: SinceText,
        /// Whether it is critical: one that keeps the conflict going.
        critical: bool,
        /// Tasks that address it fully.
        met_by: Vec<String>,
        /// Tasks that address it in part.
        met_in_part_by: Vec<String>,
        /// Details in own words.
        text: Option<String>,
        /// Sources with locators.
        cite: Vec<String>,
        /// Origin, only where it differs from that of the first source.
        origin: Option<String>,
    }
}
