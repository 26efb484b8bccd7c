//! Scores in columns, one for each element, each value with its state.

use super::Reason;

/// A value that rests on the table.
pub(super) const OBSERVED: u8 = 0;
/// A value that rests on imputed values alone.
pub(super) const IMPUTED: u8 = 1;
/// The states from here on are reasons, in their order.
const REASONS: u8 = 2;

/// The state of a cell without a value.
pub(super) fn unknown(reason: Reason) -> u8 {
    reason as u8 + REASONS
}

/// Whether there is a value.
pub(super) fn is_known(state: u8) -> bool {
    state < REASONS
}

/// Why there is no value.
pub(super) fn reason(state: u8) -> Option<Reason> {
    Reason::ALL.get(usize::from(state.checked_sub(REASONS)?)).copied()
}

/// Whether a value is there and cannot be used.
pub(super) fn is_undefined(state: u8) -> bool {
    state >= unknown(Reason::NotPositive)
}

/// The columns of all elements: first the indicators, then the groups, parts before wholes.
///
/// Where a cell is not known, its value is 0.
#[derive(Clone, Debug)]
pub(super) struct Store {
    pub(super) units: usize,
    pub(super) values: Vec<f64>,
    pub(super) states: Vec<u8>,
    /// Whether all values of a column are observed.
    pub(super) complete: Vec<bool>,
}

impl Store {
    pub(super) fn new(units: usize, elements: usize) -> Self {
        let cells = units * elements;
        Self { units, values: vec![0.0; cells], states: vec![OBSERVED; cells], complete: vec![true; elements] }
    }

    pub(super) fn lane(&mut self, element: usize) -> Lane<'_> {
        let cells = element * self.units..(element + 1) * self.units;
        Lane { values: &mut self.values[cells.clone()], states: &mut self.states[cells], complete: &mut self.complete[element] }
    }

    pub(super) fn value(&self, element: usize, unit: usize) -> f64 {
        self.values[element * self.units + unit]
    }

    pub(super) fn state(&self, element: usize, unit: usize) -> u8 {
        self.states[element * self.units + unit]
    }

    /// The value, where there is one.
    pub(super) fn known(&self, element: usize, unit: usize) -> Option<f64> {
        is_known(self.state(element, unit)).then(|| self.value(element, unit))
    }

    /// The columns of one unit.
    pub(super) fn of_unit(&self, unit: usize) -> Self {
        let elements = 0..self.complete.len();
        let states: Vec<u8> = elements.clone().map(|element| self.state(element, unit)).collect();
        Self {
            units: 1,
            values: elements.map(|element| self.value(element, unit)).collect(),
            complete: states.iter().map(|state| *state == OBSERVED).collect(),
            states,
        }
    }
}

/// One column, to be worked on in place.
pub(super) struct Lane<'a> {
    pub(super) values: &'a mut [f64],
    pub(super) states: &'a mut [u8],
    pub(super) complete: &'a mut bool,
}

impl Lane<'_> {
    /// The values that are known, in order.
    pub(super) fn known(&self) -> impl Iterator<Item = f64> + Clone {
        self.values.iter().zip(self.states.iter()).filter(|(_, state)| is_known(**state)).map(|(value, _)| *value)
    }

    /// The places and values that are known, in order.
    pub(super) fn known_mut(&mut self) -> impl Iterator<Item = (usize, &mut f64)> {
        self.values
            .iter_mut()
            .zip(self.states.iter())
            .enumerate()
            .filter(|(_, (_, state))| is_known(**state))
            .map(|(at, (value, _))| (at, value))
    }

    /// Takes a value away.
    pub(super) fn lose(&mut self, at: usize, reason: Reason) {
        self.values[at] = 0.0;
        self.states[at] = unknown(reason);
        *self.complete = false;
    }

    /// Takes all known values away.
    pub(super) fn lose_all(&mut self, reason: Reason) {
        for (value, state) in self.values.iter_mut().zip(self.states.iter_mut()).filter(|(_, state)| is_known(**state)) {
            (*value, *state) = (0.0, unknown(reason));
        }
        *self.complete = false;
    }

    /// Least and greatest known value; nothing where none is known.
    pub(super) fn ends(&self) -> Option<(f64, f64)> {
        // four at a time, without a branch: which are the ends does not depend on the order
        let (mut low, mut high) = ([f64::INFINITY; 4], [f64::NEG_INFINITY; 4]);
        for (values, states) in self.values.chunks(4).zip(self.states.chunks(4)) {
            for (at, (value, state)) in values.iter().zip(states).enumerate() {
                let (least, greatest) = if is_known(*state) { (*value, *value) } else { (f64::INFINITY, f64::NEG_INFINITY) };
                low[at] = if least < low[at] { least } else { low[at] };
                high[at] = if greatest > high[at] { greatest } else { high[at] };
            }
        }
        let (low, high) = (low.into_iter().fold(f64::INFINITY, f64::min), high.into_iter().fold(f64::NEG_INFINITY, f64::max));
        (low <= high).then_some((low, high))
    }
}

/// Runs a step over values outside of a composite.
pub(super) fn alone(values: &[Option<f64>], step: impl FnOnce(&mut Lane<'_>)) -> Vec<Result<f64, Reason>> {
    let finite = |value: &Option<f64>| value.filter(|value| (-super::Table::LARGEST..=super::Table::LARGEST).contains(value));
    let mut numbers: Vec<f64> = values.iter().map(|value| finite(value).unwrap_or(0.0)).collect();
    let mut states: Vec<u8> =
        values.iter().map(|value| if finite(value).is_some() { OBSERVED } else { unknown(Reason::NotGiven) }).collect();
    let mut complete = states.iter().all(|state| *state == OBSERVED);
    step(&mut Lane { values: &mut numbers, states: &mut states, complete: &mut complete });
    let outcome = |(value, state): (f64, u8)| match reason(state) {
        Some(reason) => Err(reason),
        None if value.is_finite() => Ok(value),
        None => Err(Reason::OutOfBounds),
    };
    numbers.into_iter().zip(states).map(outcome).collect()
}
