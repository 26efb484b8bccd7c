//! What identifies a source that is not for attribution.

use std::fmt;

use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// A text that no `Debug`, no serialisation and no rendering shows.
///
/// It is read from files like any text and goes out by one method only, which says what it does.
///
/// ```
/// use peaceops::protected::Secret;
///
/// let name = Secret::from("A. Person");
/// assert_eq!(format!("{name:?}"), "(protected)");
/// assert_eq!(name.disclose(), "A. Person");
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The protected text itself. Whoever calls this answers for where it goes.
    #[must_use]
    pub fn disclose(&self) -> &str {
        &self.0
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(protected)")
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self)
    }
}

/// What the parts of a [`ProtectedSource`] are called.
pub(crate) const PARTS: [&str; 3] = ["name", "office", "place"];

/// Name, office and finer place of a source that is not for attribution.
///
/// Its parts are protected texts: `Debug` shows none of them, and it has no `Serialize`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProtectedSource {
    /// Name of the person or of the small group.
    pub name: Secret,
    /// Office held.
    pub office: Secret,
    /// A place finer than may be shown.
    pub place: Secret,
}

impl ProtectedSource {
    /// The fields that are given, by name.
    pub(crate) fn given(&self) -> impl Iterator<Item = (&'static str, &Secret)> {
        let all = PARTS.into_iter().zip([&self.name, &self.office, &self.place]);
        all.filter(|(_, text)| !text.is_empty())
    }
}

/// Reads the parts; its faults never repeat what they found.
struct PartsVisitor;

impl<'de> Visitor<'de> for PartsVisitor {
    type Value = ProtectedSource;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`{ name = \"…\", office = \"…\", place = \"…\" }`")
    }

    fn visit_str<E: de::Error>(self, _: &str) -> Result<ProtectedSource, E> {
        Err(de::Error::custom(format_args!("invalid type: a text, expected {}", &self as &dyn de::Expected)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ProtectedSource, A::Error> {
        let mut parts = ProtectedSource::default();
        while let Some(key) = map.next_key::<String>()? {
            let part = match key.as_str() {
                "name" => &mut parts.name,
                "office" => &mut parts.office,
                "place" => &mut parts.place,
                other => return Err(de::Error::unknown_field(other, &PARTS)),
            };
            *part = map.next_value()?;
        }
        Ok(parts)
    }
}

impl<'de> Deserialize<'de> for ProtectedSource {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PartsVisitor)
    }
}
