//! Raw values that a file may write in more than one way.

use std::fmt;

use indexmap::IndexMap;
use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Whether a field holds its default, and need not be written.
pub(super) fn is_empty<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A date as text; a year may be written as a number, a day as a bare date.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct DateText(pub String);

impl From<&str> for DateText {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

struct DateVisitor;

impl<'de> Visitor<'de> for DateVisitor {
    type Value = DateText;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date such as \"2018-06\"")
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<DateText, E> {
        Ok(DateText(text.to_owned()))
    }
    fn visit_i64<E: de::Error>(self, year: i64) -> Result<DateText, E> {
        Ok(DateText(year.to_string()))
    }
    fn visit_u64<E: de::Error>(self, year: u64) -> Result<DateText, E> {
        Ok(DateText(year.to_string()))
    }
    /// A bare TOML date arrives as a map with one private key.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<DateText, A::Error> {
        match map.next_entry::<String, String>()? {
            Some((key, text)) if key.starts_with("$__toml") => Ok(DateText(text)),
            _ => Err(de::Error::invalid_type(de::Unexpected::Map, &self)),
        }
    }
}

impl<'de> Deserialize<'de> for DateText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DateVisitor)
    }
}

/// Dates by region: `{ N = "2012", C = "2015" }`.
pub type SinceText = IndexMap<String, DateText>;

/// A figure as printed: a number, or text such as `"> 525"`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuantityText(pub String);

impl From<&str> for QuantityText {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl Serialize for QuantityText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.parse::<i64>() {
            Ok(number) if number.to_string() == self.0 => serializer.serialize_i64(number),
            _ => serializer.serialize_str(&self.0),
        }
    }
}

struct QuantityVisitor;

impl Visitor<'_> for QuantityVisitor {
    type Value = QuantityText;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, or a text such as \"> 525\"")
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<QuantityText, E> {
        Ok(QuantityText(text.to_owned()))
    }
    fn visit_i64<E: de::Error>(self, number: i64) -> Result<QuantityText, E> {
        Ok(QuantityText(number.to_string()))
    }
    fn visit_u64<E: de::Error>(self, number: u64) -> Result<QuantityText, E> {
        Ok(QuantityText(number.to_string()))
    }
    fn visit_f64<E: de::Error>(self, number: f64) -> Result<QuantityText, E> {
        if number.is_finite() {
            Ok(QuantityText(number.to_string()))
        } else {
            Err(E::custom(format_args!("{number} is not a finite number")))
        }
    }
}

impl<'de> Deserialize<'de> for QuantityText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(QuantityVisitor)
    }
}

/// One text or a list of texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListText(pub Vec<String>);

impl From<&str> for ListText {
    fn from(text: &str) -> Self {
        Self(vec![text.to_owned()])
    }
}

impl Serialize for ListText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.as_slice() {
            [one] => serializer.serialize_str(one),
            many => many.serialize(serializer),
        }
    }
}

struct ListVisitor;

impl<'de> Visitor<'de> for ListVisitor {
    type Value = ListText;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id, or a list of ids")
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<ListText, E> {
        Ok(ListText(vec![text.to_owned()]))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<ListText, A::Error> {
        let mut list = Vec::new();
        while let Some(text) = seq.next_element()? {
            list.push(text);
        }
        Ok(ListText(list))
    }
}

impl<'de> Deserialize<'de> for ListText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ListVisitor)
    }
}

/// The main pool of a task: one for both links, or one each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PoolText {
    /// One pool for resources and for capabilities.
    Both(String),
    /// One pool each; either may be left out.
    ByLink {
        /// The pool for resources.
        resources: Option<String>,
        /// The pool for capabilities.
        capabilities: Option<String>,
    },
}

impl From<&str> for PoolText {
    fn from(text: &str) -> Self {
        Self::Both(text.to_owned())
    }
}

impl Serialize for PoolText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Both(pool) => serializer.serialize_str(pool),
            Self::ByLink { resources, capabilities } => {
                let mut map = serializer.serialize_map(None)?;
                if let Some(pool) = resources {
                    map.serialize_entry("resources", pool)?;
                }
                if let Some(pool) = capabilities {
                    map.serialize_entry("capabilities", pool)?;
                }
                map.end()
            }
        }
    }
}

struct PoolVisitor;

impl<'de> Visitor<'de> for PoolVisitor {
    type Value = PoolText;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a pool, or `{ resources = \"…\", capabilities = \"…\" }`")
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<PoolText, E> {
        Ok(PoolText::Both(text.to_owned()))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<PoolText, A::Error> {
        let (mut resources, mut capabilities) = (None, None);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "resources" => resources = Some(map.next_value()?),
                "capabilities" => capabilities = Some(map.next_value()?),
                other => return Err(de::Error::unknown_field(other, &["resources", "capabilities"])),
            }
        }
        Ok(PoolText::ByLink { resources, capabilities })
    }
}

impl<'de> Deserialize<'de> for PoolText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PoolVisitor)
    }
}

/// A number, or the low and the high end of a range: `0.3` or `[0.3, 0.5]`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RangeNumbers(pub Vec<f64>);

impl Serialize for RangeNumbers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.as_slice() {
            [one] => serializer.serialize_f64(*one),
            many => many.serialize(serializer),
        }
    }
}

struct RangeVisitor;

impl<'de> Visitor<'de> for RangeVisitor {
    type Value = RangeNumbers;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, or a range such as `[0.3, 0.5]`")
    }
    fn visit_i64<E: de::Error>(self, number: i64) -> Result<RangeNumbers, E> {
        Ok(RangeNumbers(vec![number as f64]))
    }
    fn visit_u64<E: de::Error>(self, number: u64) -> Result<RangeNumbers, E> {
        Ok(RangeNumbers(vec![number as f64]))
    }
    fn visit_f64<E: de::Error>(self, number: f64) -> Result<RangeNumbers, E> {
        Ok(RangeNumbers(vec![number]))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<RangeNumbers, A::Error> {
        let mut numbers = Vec::new();
        while let Some(number) = seq.next_element()? {
            numbers.push(number);
        }
        Ok(RangeNumbers(numbers))
    }
}

impl<'de> Deserialize<'de> for RangeNumbers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RangeVisitor)
    }
}
