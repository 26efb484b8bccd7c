//! From raw fields to checked values and back: one rule per kind of field.

use indexmap::IndexMap;

use super::gather::{At, Gather};
use super::raw::{DateText, ListText, PoolText, QuantityText, RangeNumbers};
use crate::date::{PartialDate, Period, When};
use crate::error::ErrorKind;
use crate::id::*;
use crate::measure::{Decimal, Interval, Weight};
use crate::model::{MainPool, Quantity};
use crate::scale::*;

/// A raw field that stands for a checked value.
///
/// `M` is what the model holds. An empty required field is a missing one.
pub(super) trait Code<M>: Sized {
    /// The checked value, or nothing with the problem kept.
    fn read(&self, field: &'static str, at: &At<'_>, to: &Gather) -> Option<M>;
    /// The raw field that reads as the value.
    fn write(value: &M) -> Self;
}

/// Longest text of a field, in characters.
const MAX_TEXT: usize = 10_000;

fn missing<T>(field: &'static str, at: &At<'_>, to: &Gather) -> Option<T> {
    to.say(at, ErrorKind::MissingField { field });
    None
}

impl Code<String> for String {
    fn read(&self, field: &'static str, at: &At<'_>, to: &Gather) -> Option<String> {
        if self.is_empty() {
            return missing(field, at, to);
        }
        if self.len() > MAX_TEXT && self.chars().count() > MAX_TEXT {
            to.say(&at.key(field), ErrorKind::TooLong { what: "the text", found: self.chars().count(), max: MAX_TEXT });
            return None;
        }
        Some(self.clone())
    }
    fn write(value: &String) -> String {
        value.clone()
    }
}

impl Code<bool> for bool {
    fn read(&self, _: &'static str, _: &At<'_>, _: &Gather) -> Option<bool> {
        Some(*self)
    }
    fn write(value: &bool) -> bool {
        *value
    }
}

impl<R: Code<M>, M> Code<Option<M>> for Option<R> {
    fn read(&self, field: &'static str, at: &At<'_>, to: &Gather) -> Option<Option<M>> {
        match self {
            None => Some(None),
            Some(raw) => raw.read(field, at, to).map(Some),
        }
    }
    fn write(value: &Option<M>) -> Self {
        value.as_ref().map(R::write)
    }
}

impl<R: Code<M>, M> Code<Vec<M>> for Vec<R> {
    fn read(&self, field: &'static str, at: &At<'_>, to: &Gather) -> Option<Vec<M>> {
        let mut list = Vec::with_capacity(self.len());
        let mut whole = true;
        for (index, raw) in self.iter().enumerate() {
            let key = at.key(field);
            match raw.read("", &key.index(index), to) {
                Some(value) => list.push(value),
                None => whole = false,
            }
        }
        whole.then_some(list)
    }
    fn write(value: &Vec<M>) -> Self {
        value.iter().map(R::write).collect()
    }
}

impl<M> Code<Vec<M>> for ListText
where
    String: Code<M>,
{
    fn read(&self, field: &'static str, at: &At<'_>, to: &Gather) -> Option<Vec<M>> {
        self.0.read(field, at, to)
    }
    fn write(value: &Vec<M>) -> Self {
        Self(Code::write(value))
    }
}

/// The place of a field: its row's where the field itself is an item of a list.
fn place<'a>(at: &'a At<'a>, field: &'a str) -> At<'a> {
    if field.is_empty() { *at } else { at.key(field) }
}

/// Fields that are read by parsing their text.
macro_rules! parsed {
    ($($kind:ty),* $(,)?) => {$(
        impl Code<$kind> for String {
            fn read(&self, field: &'static str, at: &At<'_>, to: &Gather) -> Option<$kind> {
                if self.is_empty() && !field.is_empty() {
                    return missing(field, at, to);
                }
                match self.parse() {
                    Ok(value) => Some(value),
                    Err(error) => {
                        to.say(&place(at, field), error);
                        None
                    }
                }
            }
            fn write(value: &$kind) -> String {
                value.to_string()
            }
        }
    )*};
}

parsed! {
    StudyId, FrameworkId, DimensionId, TopicId, MissionId, SourceId, RegionId, PhaseId, PeriodId, FactId, ExclusionId,
    StakeholderId, ClaimId, InstrumentId, TaskId, TensionId, PoolId, ResourceId, CapabilityId, ActivityId, DriverId, EffectId,
    FindingId, VerdictId, PropositionId, PositionId, IndicatorId, EvidenceId, DilemmaId, OptionId, DisputeId, ImportId, ContributorId, HeadingId, Slug, RowId,
    Level, Modality, Tier, Contribution, FindingKind, Salience, Origin, Role, MeansStatus, CapabilityKind, TensionKind,
    Standing, StatedTrend, SeriesKind, Better, EvidenceKind, Period, When, Confidence, Confidentiality, PlaceLevel, Admiralty, Condition, RivalOutcome, TestKind, Clue,
    Scheme, ImportFormat, ImportMeasure, ImportPeriod,
}

impl Code<PartialDate> for DateText {
    fn read(&self, field: &'static str, at: &At<'_>, to: &Gather) -> Option<PartialDate> {
        if self.0.is_empty() {
            return missing(field, at, to);
        }
        match self.0.parse() {
            Ok(date) => Some(date),
            Err(error) => {
                to.say(&place(at, field), error);
                None
            }
        }
    }
    fn write(value: &PartialDate) -> Self {
        Self(value.to_string())
    }
}

impl Code<Quantity> for QuantityText {
    fn read(&self, field: &'static str, at: &At<'_>, to: &Gather) -> Option<Quantity> {
        if self.0.trim().is_empty() {
            return missing(field, at, to);
        }
        Some(Quantity::parse(&self.0))
    }
    fn write(value: &Quantity) -> Self {
        Self(value.text().to_owned())
    }
}

impl<R: Code<M>, M> Code<IndexMap<String, M>> for IndexMap<String, R> {
    fn read(&self, field: &'static str, at: &At<'_>, to: &Gather) -> Option<IndexMap<String, M>> {
        let mut map = IndexMap::with_capacity(self.len());
        let mut whole = true;
        for (key, raw) in self {
            let up = at.key(field);
            let here = up.key(key);
            let name: Option<Slug> = to.check(&here, key.parse());
            match (name, raw.read("", &here, to)) {
                (Some(_), Some(value)) => drop(map.insert(key.clone(), value)),
                _ => whole = false,
            }
        }
        whole.then_some(map)
    }
    fn write(value: &IndexMap<String, M>) -> Self {
        value.iter().map(|(key, value)| (key.clone(), R::write(value))).collect()
    }
}

impl Code<IndexMap<RegionId, PartialDate>> for IndexMap<String, DateText> {
    fn read(&self, field: &'static str, at: &At<'_>, to: &Gather) -> Option<IndexMap<RegionId, PartialDate>> {
        if self.is_empty() {
            return missing(field, at, to);
        }
        let mut map = IndexMap::with_capacity(self.len());
        for (key, raw) in self {
            let up = at.key(field);
            let here = up.key(key);
            let region = to.check(&here, key.parse());
            if let (Some(region), Some(date)) = (region, Code::<PartialDate>::read(raw, "", &here, to)) {
                map.insert(region, date);
            }
        }
        (map.len() == self.len()).then_some(map)
    }
    fn write(value: &IndexMap<RegionId, PartialDate>) -> Self {
        value.iter().map(|(key, date)| (key.to_string(), DateText(date.to_string()))).collect()
    }
}

impl Code<MainPool> for PoolText {
    fn read(&self, field: &'static str, at: &At<'_>, to: &Gather) -> Option<MainPool> {
        match self {
            Self::Both(pool) => pool.read(field, at, to).map(MainPool::Both),
            Self::ByLink { resources, capabilities } => {
                let here = at.key(field);
                let resources = resources.read("resources", &here, to);
                let capabilities = capabilities.read("capabilities", &here, to);
                Some(MainPool::ByLink { resources: resources?, capabilities: capabilities? })
            }
        }
    }
    fn write(value: &MainPool) -> Self {
        match value {
            MainPool::Both(pool) => Self::Both(pool.to_string()),
            MainPool::ByLink { resources, capabilities } => Self::ByLink {
                resources: resources.as_ref().map(ToString::to_string),
                capabilities: capabilities.as_ref().map(ToString::to_string),
            },
        }
    }
}

impl Code<Weight> for f64 {
    fn read(&self, field: &'static str, at: &At<'_>, to: &Gather) -> Option<Weight> {
        to.check(&at.key(field), Weight::new(*self))
    }
    fn write(value: &Weight) -> f64 {
        value.value()
    }
}

impl Code<Decimal> for f64 {
    fn read(&self, field: &'static str, at: &At<'_>, to: &Gather) -> Option<Decimal> {
        to.check(&at.key(field), Decimal::new(*self))
    }
    fn write(value: &Decimal) -> f64 {
        value.value()
    }
}

impl Code<u32> for i64 {
    fn read(&self, field: &'static str, at: &At<'_>, to: &Gather) -> Option<u32> {
        let number = bounded(*self, 0, i64::from(u32::MAX), field, &at.key(field), to)?;
        u32::try_from(number).ok()
    }
    fn write(value: &u32) -> i64 {
        i64::from(*value)
    }
}

impl Code<Interval> for RangeNumbers {
    fn read(&self, field: &'static str, at: &At<'_>, to: &Gather) -> Option<Interval> {
        let here = at.key(field);
        match self.0.as_slice() {
            [one] => to.check(&here, Interval::exact(*one)),
            [low, high] => to.check(&here, Interval::new(*low, *high)),
            many => {
                to.say(&here, ErrorKind::NotARange { what: field, found: many.len() });
                None
            }
        }
    }
    fn write(value: &Interval) -> Self {
        let (low, high) = (value.low(), value.high());
        Self(if low == high { vec![low] } else { vec![low, high] })
    }
}

/// A number that may only lie within bounds.
pub(super) fn bounded(value: i64, min: i64, max: i64, what: &'static str, at: &At<'_>, to: &Gather) -> Option<i64> {
    if (min..=max).contains(&value) {
        return Some(value);
    }
    to.say(at, ErrorKind::OutOfRange { what, found: value.to_string(), min: min.to_string(), max: max.to_string() });
    None
}
