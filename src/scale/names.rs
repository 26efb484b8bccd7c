//! Names that rows carry: kinds, statuses, priorities and standings.

use super::named::named;

named! {
    /// The manner of a task or activity, weakest first.
    Modality: "modality" {
        /// Watch and report.
        Monitor = "monitor",
        /// Help those responsible.
        Assist = "assist",
        /// Do it oneself, by force if need be.
        Secure = "secure",
    }

    /// The priority of a task, lowest first.
    Tier: "tier" {
        /// It serves how other tasks are done.
        Enabling = "enabling",
        /// Listed among other tasks, or called less prominent.
        Additional = "additional",
        /// Called core, main, primary or a priority task.
        Core = "core",
        /// Called a strategic priority.
        Strategic = "strategic",
    }

    /// A mission's part in an effect. It has no sign; the sign is the effect's.
    Contribution: "contribution grade" {
        /// Not named, or another cause is: part of the situation.
        None = "none",
        /// Credited here and denied there, or only a sequence in time.
        Undetermined = "undetermined",
        /// Gave confidence, space or presence.
        Enabling = "enabling",
        /// Contributed, supported, helped; or worsened, failed to stop.
        Contributory = "contributory",
        /// Prevented, ensured, restored.
        Principal = "principal",
    }

    /// What a finding is for its dimension.
    FindingKind: "kind of finding" {
        /// It speaks for the mission.
        Strength = "strength",
        /// It speaks against it.
        Limitation = "limitation",
        /// Both in one statement.
        Mixed = "mixed",
        /// No evaluative word about this mission.
        Neutral = "neutral",
    }

    /// The prominence that a finding has in its source.
    Salience: "salience" {
        /// One sentence.
        Minor = "minor",
        /// Argued in two or more sentences.
        Moderate = "moderate",
        /// In the conclusions, the abstract, or singled out.
        Major = "major",
    }

    /// Where a row comes from.
    Origin: "origin" {
        /// The evaluated report itself.
        Report = "report",
        /// Its authors elsewhere.
        Authors = "authors",
        /// An outside source.
        Outside = "outside",
        /// Whoever coded the case.
        Coder = "coder",
    }

    /// The role of a dimension in its framework.
    Role: "role" {
        /// The result that the others are to explain.
        Outcome = "outcome",
        /// One of the conditions of success.
        Explanatory = "explanatory",
    }

    /// What a statement on means says.
    MeansStatus: "status" {
        /// What the work would need.
        Needed = "needed",
        /// What was asked for.
        Requested = "requested",
        /// What was allowed: a ceiling.
        Authorised = "authorised",
        /// What was promised.
        Pledged = "pledged",
        /// What contributors gave.
        Provided = "provided",
        /// What was on the ground.
        Deployed = "deployed",
        /// What somebody proposed.
        Proposed = "proposed",
    }

    /// What a capability row says.
    CapabilityKind: "kind of capability" {
        /// Something was lacking.
        Gap = "gap",
        /// Something was added.
        Addition = "addition",
        /// Something was arranged anew.
        Reconfiguration = "reconfiguration",
        /// Something was recommended or planned.
        Plan = "plan",
    }

    /// What pulls against what.
    TensionKind: "kind of tension" {
        /// Two tasks, or groups of tasks.
        BetweenTasks = "between-tasks",
        /// A task and an activity or another row.
        WithActivity = "with-activity",
        /// Work outside the mandate.
        Outside = "outside",
        /// Mandated, but not done.
        Shortfall = "shortfall",
        /// How work is seen.
        Perception = "perception",
    }

    /// How a dimension stands, as a verdict states it.
    Standing: "standing" {
        /// It holds the mission back.
        Constraining = "constraining",
        /// Both.
        Mixed = "mixed",
        /// It helps.
        Enabling = "enabling",
    }

    /// A trend that somebody states.
    StatedTrend: "trend" {
        /// Getting worse.
        Declining = "declining",
        /// Neither.
        Stable = "stable",
        /// Both ways.
        Mixed = "mixed",
        /// Getting better.
        Improving = "improving",
    }

    /// What a series measures.
    SeriesKind: "kind of series" {
        /// An amount at a date: never summed over time.
        Stock = "stock",
        /// An amount over a period.
        Flow = "flow",
        /// A score on a scale.
        Index = "index",
    }

    /// Which direction of a series is better.
    Better: "direction" {
        /// More is better.
        Higher = "higher",
        /// Less is better.
        Lower = "lower",
    }
}
