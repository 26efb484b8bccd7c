//! What judgements rest on: sources, evidence, and what stakeholders hold.

use serde::{Deserialize, Serialize};

use crate::document::raw::{DateText, QuantityText};
use crate::protected::ProtectedSource;

records! {
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
}
