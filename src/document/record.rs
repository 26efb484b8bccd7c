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

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::raw::{DateText, ListText, PoolText, QuantityText, RangeNumbers, SinceText};
use crate::protected::ProtectedSource;

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
            #[serde(default, skip_serializing_if = "super::raw::is_empty")]
            pub $field: $kind,
        )* }
    )*};
}

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
        /// Details in own words.
        text: Option<String>,
        /// Sources with locators.
        cite: Vec<String>,
        /// Origin, only where it differs from that of the first source.
        origin: Option<String>,
    }

    /// `[[source]]`: a text that rows cite.
    SourceRecord {
        /// Slug of the source, the first word of each `cite`.
        id: String,
        /// `report`, `authors`, `outside` or `coder`.
        origin: String,
        /// Title, one line.
        title: String,
        /// Where it can be read.
        url: Option<String>,
        /// When it was published.
        date: Option<DateText>,
        /// Whose text it is, a side such as `mission`, `council` or `press`.
        side: Option<String>,
        /// Sources of one independence group are one source: they repeat each other.
        independence: Option<String>,
        /// Admiralty pair, such as `B2`; `F` and `6` cannot be judged.
        admiralty: Option<String>,
        /// Details in own words.
        text: Option<String>,
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

    /// `[[stakeholder]]`: a group, party, partner or institution.
    StakeholderRecord {
        /// Slug of the group.
        id: String,
        /// Name of the group or institution, never of a person.
        name: String,
        /// Short name, at most 23 characters, where the name is longer.
        short: Option<String>,
        /// The side it belongs to, a slug: `host-state`, `population`, `mission`, `council`, `armed-group` ...
        side: Option<String>,
        /// Kind in words, such as `rebel coalition`.
        kind: Option<String>,
        /// Where (regions).
        r#where: Vec<String>,
        /// The institution that its members belong to.
        member_of: Option<String>,
        /// Whether these are the study's authors, who are no side.
        author: bool,
        /// Whether the group is known by single persons only: it is listed and does not weigh.
        individual: bool,
        /// How many persons were heard, where that is known.
        heads: Option<i64>,
        /// Details in own words.
        text: Option<String>,
        /// Sources with locators.
        cite: Vec<String>,
        /// Origin, only where it differs from that of the first source.
        origin: Option<String>,
    }

    /// `[[instrument]]`: a resolution, communiqué or decision that makes or changes the mandate.
    InstrumentRecord {
        /// Slug of the instrument.
        id: String,
        /// Body that adopted it, a slug: `un-sc`.
        body: String,
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

    /// `[[rating]]`: the four links of tasks, or the means of pools, in phases and regions.
    RatingRecord {
        /// Tasks rated.
        task: ListText,
        /// Pools rated.
        pool: ListText,
        /// Phases; none means every phase.
        phase: ListText,
        /// Regions; none means the whole area, or what is left of it.
        region: ListText,
        /// The mandate link.
        mandate: Option<JudgementRecord>,
        /// The resources link.
        resources: Option<JudgementRecord>,
        /// The capabilities link.
        capabilities: Option<JudgementRecord>,
        /// The activities link.
        activities: Option<JudgementRecord>,
    }

    /// A judgement of one link: a level with its range, `contested`, `not_assessed` or `not_applicable`.
    JudgementRecord {
        /// Level, by name.
        level: Option<String>,
        /// Low end of the range, where it differs.
        low: Option<String>,
        /// High end of the range, where it differs.
        high: Option<String>,
        /// Readings that exclude each other.
        contested: Vec<String>,
        /// Why no level is given.
        not_assessed: Option<String>,
        /// Why the link does not apply.
        not_applicable: Option<String>,
        /// Why this level, one sentence in own words.
        because: Option<String>,
        /// Rows that it rests on.
        rests_on: Vec<String>,
        /// Flags: `extent-unknown`, `wording-only`, `fill-rate` ...
        flags: Vec<String>,
        /// How sure it is, where a person decides otherwise than the rules propose.
        confidence: Option<ConfidenceRecord>,
    }

    /// How sure a judgement is, by a person's decision.
    ConfidenceRecord {
        /// `very-low`, `low`, `moderate` or `high`.
        level: String,
        /// Who decided.
        by: String,
        /// Why, one sentence in own words.
        because: String,
    }

    /// `[[effect]]`: observed change, counterfactual difference and contribution on one target.
    EffectRecord {
        /// Slug of the effect.
        id: String,
        /// What changed, one line.
        title: String,
        /// Target: a topic of the framework, or the id of a stakeholder or driver.
        on: String,
        /// Where (regions).
        r#where: Vec<String>,
        /// When.
        when: String,
        /// Whether it is a risk that a source names, not a change seen.
        risk: bool,
        /// The change over the window against its start.
        observed: Option<ChangeRecord>,
        /// The course without the mission.
        without: Option<CounterfactualRecord>,
        /// The mission's part in it.
        contribution: Option<ContributionRecord>,
        /// Evidence rows.
        evidence: Vec<String>,
        /// How sure it is, where a person decides otherwise than the rules propose.
        confidence: Option<ConfidenceRecord>,
        /// Details in own words.
        text: Option<String>,
        /// Sources with locators.
        cite: Vec<String>,
        /// Origin, only where it differs from that of the first source.
        origin: Option<String>,
    }

    /// An observed change, −3 to +3, or the reason why it is not assessed.
    ChangeRecord {
        /// The change.
        change: Option<i64>,
        /// Low end of its range, where it differs.
        low: Option<i64>,
        /// High end of its range, where it differs.
        high: Option<i64>,
        /// Readings that exclude each other.
        contested: Vec<i64>,
        /// Why no change is given.
        not_assessed: Option<String>,
        /// Why this change, one sentence in own words.
        because: Option<String>,
        /// Flags, such as `reversible`.
        flags: Vec<String>,
    }

    /// The course without the mission: a stated difference, an expected change, or why neither is known.
    CounterfactualRecord {
        /// The difference between the actual course and the course without the mission, −3 to +3.
        difference: Option<i64>,
        /// The change that would have been expected without the mission, −3 to +3.
        expected: Option<i64>,
        /// Low end of the range of whichever is given.
        low: Option<i64>,
        /// High end of the range of whichever is given.
        high: Option<i64>,
        /// What it was compared with, where that was not a world without the mission.
        comparator: Option<String>,
        /// Why no difference is given.
        not_assessed: Option<String>,
        /// Why this value, one sentence in own words.
        because: Option<String>,
        /// Flags: `opinion`, `forecast`.
        flags: Vec<String>,
    }

    /// The mission's part in an effect.
    ContributionRecord {
        /// `none`, `enabling`, `contributory`, `principal` or `undetermined`.
        grade: String,
        /// Why this grade, one sentence in own words.
        because: Option<String>,
        /// Flags, such as `hedged`.
        flags: Vec<String>,
    }

    /// `[[finding]]`: a strength or limitation on one dimension.
    FindingRecord {
        /// Slug of the finding.
        id: String,
        /// The finding in own words, one line.
        title: String,
        /// Dimension of the framework.
        dimension: String,
        /// The matter it belongs to: rows of one issue count once.
        issue: String,
        /// `strength`, `limitation`, `mixed` or `neutral`.
        kind: String,
        /// `minor`, `moderate` or `major`.
        salience: String,
        /// Where (regions).
        r#where: Vec<String>,
        /// When.
        when: String,
        /// Who says it, in words.
        said_by: Option<String>,
        /// Evidence rows.
        evidence: Vec<String>,
        /// How sure it is, where a person decides otherwise than the rules propose.
        confidence: Option<ConfidenceRecord>,
        /// Details in own words.
        text: Option<String>,
        /// Sources with locators.
        cite: Vec<String>,
        /// Origin, only where it differs from that of the first source.
        origin: Option<String>,
    }

    /// `[[claim]]`: that the mission contributed to an effect.
    ClaimRecord {
        /// Slug of the claim.
        id: String,
        /// The effect.
        effect: String,
        /// The claim in own words, one line.
        title: String,
        /// Short name, at most 23 characters, where the title is longer.
        short: Option<String>,
        /// First condition: a plausible theory of change.
        theory: ConditionRecord,
        /// Second: carried out as intended.
        implemented: ConditionRecord,
        /// Third: the chain of results occurred.
        chain: ConditionRecord,
        /// Fourth: other factors are accounted for.
        others: ConditionRecord,
        /// Rival explanations.
        rivals: Vec<RivalRecord>,
        /// Process-tracing tests.
        tests: Vec<TestRecord>,
        /// Probability of the claim before the tests, one number or a range; given only to have it updated.
        prior: Option<RangeNumbers>,
        /// The words that the probability is told in: `icd-203` or `ipcc`.
        scheme: Option<String>,
        /// Details in own words.
        text: Option<String>,
        /// Sources with locators.
        cite: Vec<String>,
        /// Origin, only where it differs from that of the first source.
        origin: Option<String>,
    }

    /// How far a condition of a claim holds.
    ConditionRecord {
        /// `met`, `partly`, `not-met` or `unknown`.
        state: String,
        /// Why, one sentence in own words.
        because: String,
        /// Rows that it rests on.
        rests_on: Vec<String>,
    }

    /// Another explanation of the same change.
    RivalRecord {
        /// The explanation, one line.
        title: String,
        /// How it was tested, where somebody did.
        tested: Option<String>,
        /// What the test showed: `ruled-out`, `shares` or `explains`.
        outcome: Option<String>,
        /// Why, one sentence in own words.
        because: Option<String>,
        /// Rows that it rests on.
        rests_on: Vec<String>,
        /// Sources with locators.
        cite: Vec<String>,
    }

    /// A process-tracing test: a clue that would speak for or against the claim.
    TestRecord {
        /// `hoop`, `smoking-gun`, `doubly-decisive` or `straw-in-the-wind`.
        kind: String,
        /// What one would have to see.
        clue: String,
        /// `found`, `absent` or `not-looked-for`.
        outcome: String,
        /// Why, one sentence in own words.
        because: Option<String>,
        /// Clues of one package depend on each other and count once.
        package: Option<String>,
        /// Probability of the clue if the claim holds, one number or a range.
        sensitivity: Option<RangeNumbers>,
        /// Probability of the clue if the claim does not hold, one number or a range.
        false_positive: Option<RangeNumbers>,
        /// Rows that it rests on.
        rests_on: Vec<String>,
    }

    /// `[[verdict]]`: what the report, its authors or the coder conclude on a dimension.
    VerdictRecord {
        /// Slug of the verdict.
        id: String,
        /// Dimension of the framework.
        dimension: String,
        /// `enabling`, `mixed` or `constraining`.
        standing: String,
        /// `improving`, `stable`, `declining` or `mixed`, where one is stated.
        trend: Option<String>,
        /// Origin of the trend, where it differs from the verdict's.
        trend_origin: Option<String>,
        /// The verdict in own words.
        text: String,
        /// Who anchors it, in words.
        said_by: Option<String>,
        /// Sources with locators.
        cite: Vec<String>,
        /// Origin, only where it differs from that of the first source.
        origin: Option<String>,
    }

    /// `[[proposition]]`: a sentence that stakeholders agree with or not.
    PropositionRecord {
        /// Slug of the proposition.
        id: String,
        /// The sentence, worded so that agreement favours the mission, its mandate or its conduct.
        text: String,
        /// Short name, at most 40 characters.
        short: Option<String>,
        /// Key in a fact sheet, such as `Q01`.
        row: Option<String>,
    }

    /// `[[position]]`: a group's stance on a proposition.
    PositionRecord {
        /// Slug of the position.
        id: String,
        /// The group.
        group: String,
        /// The proposition.
        proposition: String,
        /// −2 strongly against to +2 strongly for.
        stance: Option<i64>,
        /// Share of the group: a number 0 to 1, a word (`few` .. `vast-majority`), or none where unknown.
        share: Option<QuantityText>,
        /// When.
        when: String,
        /// Where (regions), if it is of a place.
        r#where: Vec<String>,
        /// Evidence rows.
        evidence: Vec<String>,
        /// Flags: `unquantified`, `individual`, `surveyed`.
        flags: Vec<String>,
        /// Details in own words.
        text: Option<String>,
        /// Sources with locators.
        cite: Vec<String>,
        /// Origin, only where it differs from that of the first source.
        origin: Option<String>,
    }

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

    /// `[[evidence]]`: what findings rest on.
    EvidenceRecord {
        /// Slug of the item.
        id: String,
        /// What it is, one line.
        title: String,
        /// `interview`, `focus-group`, `survey`, `document`, `dataset` or `observation`.
        kind: String,
        /// When it was gathered.
        when: Option<String>,
        /// Where (regions).
        r#where: Vec<String>,
        /// Whose voice it is: sides, as stakeholders have them.
        sides: Vec<String>,
        /// Evidence of one independence group has one root and counts once.
        independence: Option<String>,
        /// Admiralty pair, such as `B2`; `F` and `6` cannot be judged.
        admiralty: Option<String>,
        /// How many persons were heard.
        heads: Option<i64>,
        /// `public` (default) or `not-for-attribution`.
        confidentiality: Option<String>,
        /// The finest place that may be shown of a source that is not for attribution: `area`, `unit` (default) or `any`.
        place_level: Option<String>,
        /// Effects, findings and verdicts that it supports, beside those that name it as evidence.
        supports: Vec<String>,
        /// Effects, findings and verdicts that it contradicts.
        contradicts: Vec<String>,
        /// Name, office and finer place of a source that is not for attribution; never written or shown.
        #[serde(skip_serializing)]
        protected: Option<ProtectedSource>,
        /// Details in own words.
        text: Option<String>,
        /// Sources with locators.
        cite: Vec<String>,
        /// Origin, only where it differs from that of the first source.
        origin: Option<String>,
    }

    /// `[[dilemma]]`: a strategic choice with two sides.
    DilemmaRecord {
        /// Slug of the dilemma.
        id: String,
        /// Title, one line.
        title: String,
        /// What speaks for one side and for the other.
        sides: Vec<String>,
        /// Rows and dimensions at stake.
        stakes: Vec<String>,
        /// Sources with locators.
        cite: Vec<String>,
        /// Origin, only where it differs from that of the first source.
        origin: Option<String>,
    }

    /// `[[option]]`: a course that the study weighs.
    OptionRecord {
        /// Slug of the option.
        id: String,
        /// Title, one line.
        title: String,
        /// The option that it is a variant of.
        family: Option<String>,
        /// Tasks that it drops.
        drop: Vec<String>,
        /// Where the mission would work (regions).
        r#where: Vec<String>,
        /// Means that it takes away.
        withdraw: Vec<WithdrawalRecord>,
        /// What changes in tasks, in own words.
        tasks: Option<String>,
        /// What changes in means, in own words.
        means: Option<String>,
        /// What speaks for it.
        benefits: Option<String>,
        /// What speaks against it.
        risks: Option<String>,
        /// What the report makes of it.
        judgement: Option<String>,
        /// Sources with locators.
        cite: Vec<String>,
        /// Origin, only where it differs from that of the first source.
        origin: Option<String>,
    }

    /// Means that an option takes away.
    WithdrawalRecord {
        /// The pool.
        pool: String,
        /// The region; none means everywhere.
        region: Option<String>,
    }

    /// `[[dispute]]`: another reading that some source gives.
    DisputeRecord {
        /// Slug of the dispute.
        id: String,
        /// The row of a fact sheet that it stands for.
        row: Option<String>,
        /// What is disputed, one line.
        title: String,
        /// Tasks whose being in force is disputed.
        tasks: Vec<String>,
        /// The region where it is disputed.
        region: Option<String>,
        /// From when, by this reading, they were in force there.
        in_force_from: Option<DateText>,
        /// Until when, by this reading, they were in force there.
        in_force_until: Option<DateText>,
        /// The resource row whose figures are disputed.
        resource: Option<String>,
        /// The figures by this reading.
        amount: IndexMap<String, QuantityText>,
        /// Details in own words.
        text: Option<String>,
        /// Sources with locators.
        cite: Vec<String>,
        /// Origin, only where it differs from that of the first source.
        origin: Option<String>,
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
