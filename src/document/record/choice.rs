//! What the study leads to: dilemmas, options, and other readings of it.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::document::raw::{DateText, QuantityText};

records! {
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
}
