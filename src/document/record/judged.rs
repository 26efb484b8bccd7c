//! What is judged: ratings, effects, findings, claims and verdicts.

use serde::{Deserialize, Serialize};

use crate::document::raw::{ListText, RangeNumbers};

records! {
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
}
