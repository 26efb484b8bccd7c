//! The framework of a study as versioned data: dimensions, topics and anchors.
//!
//! EPON reports use different sets of dimensions, so a framework is never a closed list. The one of
//! the 2019 reports ships with the crate; a case may bring its own and map it to that one.

use serde::Serialize;

use crate::id::{DimensionId, FrameworkId, TopicId};
use crate::scale::{Level, Link, Role};

/// A versioned set of dimensions and topics.
///
/// ```
/// use peaceops::framework::Framework;
/// use peaceops::scale::{Level, Link, Role};
///
/// let epon = Framework::epon_2019();
/// assert_eq!(epon.dimensions().len(), 8);
/// assert_eq!(epon.dimensions().iter().filter(|d| d.role == Role::Outcome).count(), 1);
/// assert!(Framework::anchor(Link::Resources, Level::Partial).starts_with("Half to four fifths"));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Framework {
    pub(crate) id: FrameworkId,
    pub(crate) version: String,
    pub(crate) title: String,
    pub(crate) maps_to: Option<FrameworkId>,
    pub(crate) dimensions: Vec<Dimension>,
    pub(crate) topics: Vec<Topic>,
}

/// One dimension of a framework.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Dimension {
    /// Its slug.
    pub id: DimensionId,
    /// Its title.
    pub title: String,
    /// A short title for tables, at most 23 characters.
    pub short: String,
    /// Whether it is the result or one of the conditions.
    pub role: Role,
    /// The question that it asks, in this crate's words.
    pub question: String,
    /// The dimensions of another framework that it corresponds to.
    pub maps_to: Vec<DimensionId>,
}

/// Something that effects are told of: the political process, violence, displacement.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Topic {
    /// Its slug.
    pub id: TopicId,
    /// Its title.
    pub title: String,
    /// Whether the framework asks for it by name.
    pub core: bool,
}

impl Framework {
    /// The framework of the EPON reports of 2019: one outcome and seven explanatory dimensions.
    ///
    /// Source: the eight dimensions as the reports of 2018 and 2019 name them (van der Lijn et al.
    /// 2019, Introduction and section II); questions and topics are in this crate's own words. EPON
    /// publishes no rating scale.
    #[must_use]
    pub fn epon_2019() -> Self {
        Self {
            id: FrameworkId::new(EPON_2019).unwrap_or_else(|_| unreachable!("a constant slug")),
            version: "2019".into(),
            title: "EPON, eight dimensions".into(),
            maps_to: None,
            dimensions: DIMENSIONS
                .iter()
                .map(|(id, short, title, role, question)| Dimension {
                    id: DimensionId::new(id).unwrap_or_else(|_| unreachable!("a constant slug")),
                    title: (*title).into(),
                    short: (*short).into(),
                    role: *role,
                    question: (*question).into(),
                    maps_to: Vec::new(),
                })
                .collect(),
            topics: TOPICS
                .iter()
                .map(|(id, title, core)| Topic {
                    id: TopicId::new(id).unwrap_or_else(|_| unreachable!("a constant slug")),
                    title: (*title).into(),
                    core: *core,
                })
                .collect(),
        }
    }

    /// Its slug.
    #[must_use]
    pub fn id(&self) -> &FrameworkId {
        &self.id
    }

    /// Its version.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Its title.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The framework that its dimensions are mapped to, if any.
    #[must_use]
    pub fn maps_to(&self) -> Option<&FrameworkId> {
        self.maps_to.as_ref()
    }

    /// Its dimensions, in order.
    #[must_use]
    pub fn dimensions(&self) -> &[Dimension] {
        &self.dimensions
    }

    /// Its topics, in order.
    #[must_use]
    pub fn topics(&self) -> &[Topic] {
        &self.topics
    }

    /// The dimension with a slug.
    #[must_use]
    pub fn dimension(&self, id: &str) -> Option<&Dimension> {
        self.dimensions.iter().find(|dimension| dimension.id == id)
    }

    /// The topic with a slug.
    #[must_use]
    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.id == id)
    }

    /// The anchor of a level on a link: what has to be said in the sources for it.
    ///
    /// Source: this project's codebook, version 3, section 2. EPON publishes no such scale. The
    /// anchors of resources and capabilities hold for pools too.
    #[must_use]
    pub fn anchor(link: Link, level: Level) -> &'static str {
        ANCHORS[link.index()][usize::from(level.index())]
    }
}

/// The slug of the framework that ships with the crate.
pub(crate) const EPON_2019: &str = "epon-2019";

#[rustfmt::skip]
const DIMENSIONS: [(&str, &str, &str, Role, &str); 8] = [
    ("protection", "protection, stability", "Protection and stabilisation", Role::Outcome,
     "Are people safer and is the situation steadier than it was, and than it would be without the mission?"),
    ("people-centred", "people-centred", "People-centred approach", Role::Explanatory,
     "Does the mission know, reach and serve the people whom the conflict affects most, and do they shape what it does?"),
    ("legitimacy", "legitimacy", "Legitimacy and credibility", Role::Explanatory,
     "Do the people and the parties accept the mission's right to act, and believe that it will?"),
    ("political-primacy", "political primacy", "Political primacy", Role::Explanatory,
     "Does a political process lead, and does all that the mission does serve it?"),
    ("ownership", "ownership", "National and local ownership", Role::Explanatory,
     "Do national and local actors make the aims of the mission their own, and act on them?"),
    ("women-peace-security", "women, peace, security", "Women, peace and security", Role::Explanatory,
     "Do women take part in peace and in the mission, and does the mission protect and serve them?"),
    ("international-support", "international support", "International support", Role::Explanatory,
     "Do the Council, contributors, neighbours and donors back the mission with unity, means and politics?"),
    ("coherence", "coherence, partners", "Coherence and partnerships", Role::Explanatory,
     "Do the parts of the mission, and the mission and others around it, work to one end?"),
];

#[rustfmt::skip]
const TOPICS: [(&str, &str, bool); 8] = [
    ("political-process", "political process", true),
    ("violence", "violence", true),
    ("state-authority", "state authority", true),
    ("displacement", "displacement", false),
    ("situation", "whole situation", false),
    ("state-legitimacy", "standing of the state", false),
    ("people", "daily life of people", false),
    ("women", "women's participation", false),
];

#[rustfmt::skip]
const ANCHORS: [[&str; 5]; 4] = [
    [
        "No text for it there and then, or carrying it out would breach another task.",
        "The text has only one of object, authority and addressee; or it is out of reach even for a well-equipped mission with the parties' consent; or its object has lapsed.",
        "Two of object, authority and addressee; or feasible only under conditions that did not hold.",
        "Object, authority and addressee are all named; feasible, with known risks.",
        "All three named, and prioritised, with an end state or benchmark.",
    ],
    [
        "None allotted.",
        "Under half of the stated need; never adequate, hardly any, heavily under-resourced.",
        "Half to four fifths of the need; limited, few, thin, barely sufficient.",
        "Over four fifths of the need; gaps are named but not decisive.",
        "At or above the need, in time.",
    ],
    [
        "Nothing fit for it.",
        "Present but mostly unusable: caveats, no mobility or access, missing enablers in most places.",
        "Usable in some places or seasons; named gaps hurt.",
        "Fit in most places; gaps are managed.",
        "Fit throughout, and adapting.",
    ],
    [
        "A source says, or plainly implies, that nothing was done.",
        "Sporadic, symbolic, or in a small part of the area.",
        "Regular in part; in the wrong manner or place for much of it; late.",
        "Regular, in the right manner, in most of the area.",
        "Sustained, in the right manner, throughout.",
    ],
];
