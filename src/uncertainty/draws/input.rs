//! What is drawn: the levels of ratings, the weights of tiers, the aggregators; and the numbers it is drawn with.

use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};

use super::effect::Effects;
use crate::measure::Decimal;
use crate::model::CaseStudy;
use crate::scale::{Confidence, Judgement, Level};
use crate::scoring::kernel::Inputs;
use crate::scoring::plan::Plan;
use crate::scoring::{CellAggregator, DrawRule, LinkAggregator, Spread};

/// How a slot is drawn: among up to seven places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Choice {
    slot: u32,
    /// The levels; the last is repeated to the end.
    levels: [u8; 7],
    /// From which number on the second, third, ... level is drawn.
    from: [u32; 6],
}

impl Choice {
    /// Levels with the weight of each; nothing where only the coded one has any.
    fn of(slot: u32, coded: u8, weighted: impl Iterator<Item = (u8, u64)>) -> Option<Self> {
        let list: Vec<(u8, u64)> = weighted.filter(|(_, weight)| *weight > 0).take(7).collect();
        let last = list.last().map(|(level, _)| *level)?;
        if list.len() == 1 && last == coded {
            return None;
        }
        let total: u64 = list.iter().map(|(_, weight)| weight).sum();
        let mut choice = Self { slot, levels: [last; 7], from: [u32::MAX; 6] };
        let mut below = 0;
        for (at, (level, weight)) in list.iter().enumerate() {
            choice.levels[at] = *level;
            below += weight;
            if let Some(from) = choice.from.get_mut(at) {
                *from = u32::try_from((u128::from(below) << 32) / u128::from(total)).unwrap_or(u32::MAX);
            }
        }
        Some(choice)
    }

    /// A stated place keeps so many thousandths, the others of its range share the rest.
    fn ranged(slot: u32, [low, stated, high]: [u8; 3], keeps: u64) -> Option<Self> {
        let others = u64::from(high - low);
        let weight = |place: u8| if place == stated { keeps * others } else { 1000 - keeps };
        Self::of(slot, stated, (low..=high).map(|place| (place, weight(place))))
    }

    fn level(&self, number: u32) -> u8 {
        // one more than the thresholds at or below: at most the last, which is repeated
        self.levels[self.from.iter().filter(|from| **from <= number).count()]
    }
}

/// Everything that is drawn.
#[derive(Debug)]
pub(super) struct Drawn {
    choices: Vec<Choice>,
    pub(super) contested: usize,
    /// How many of the choices are of effects.
    pub(super) effects: usize,
    /// Where the differences of effects begin among the levels.
    first_effect: usize,
    /// The levels of all slots where nothing is drawn, contested ones at their lowest; then the differences of effects.
    pub(super) levels: Vec<u8>,
    /// Thousandths by which tiers' weights go up or down.
    pub(super) weights: u32,
    pub(super) links: Vec<LinkAggregator>,
    pub(super) cells: Vec<CellAggregator>,
}

impl Drawn {
    pub(super) fn of(
        study: &CaseStudy,
        plan: &Plan,
        rule: &DrawRule,
        sure: &dyn Fn(usize) -> Option<Confidence>,
        effects: &Effects,
    ) -> Self {
        let mut drawn = Self {
            choices: Vec::new(),
            contested: 0,
            effects: 0,
            first_effect: plan.stated.len(),
            levels: plan.stated.clone(),
            weights: thousandths(rule.weights),
            links: rule.links.clone(),
            cells: rule.cells.clone(),
        };
        for (at, (number, slot)) in (0u32..).zip(&plan.slots).enumerate() {
            let judgement = study.ratings()[slot.rating].link(slot.link).map(|statement| &statement.judgement);
            let choice = match judgement {
                Some(Judgement::Rated(rated)) => {
                    let keeps = match rule.spread {
                        Spread::Plain => rule.stated,
                        Spread::ByConfidence => rule.by_confidence.of(sure(at)),
                    };
                    let places = [rated.low(), rated.value(), rated.high()].map(Level::index);
                    Choice::ranged(number, places, u64::from(thousandths(keeps)))
                }
                Some(Judgement::Contested(levels)) => {
                    drawn.contested += 1;
                    drawn.levels[at] = levels.first().map_or(0, |level: &Level| level.index());
                    Choice::of(number, drawn.levels[at], levels.iter().map(|level| (level.index(), 1)))
                }
                _ => None,
            };
            drawn.choices.extend(choice);
        }
        let ratings = drawn.choices.len();
        for difference in &effects.differences {
            let slot = u32::try_from(drawn.levels.len()).unwrap_or(u32::MAX);
            let places = Effects::places(*difference);
            drawn.levels.push(places[1]);
            drawn.choices.extend(Choice::ranged(slot, places, u64::from(thousandths(rule.stated))));
        }
        drawn.effects = drawn.choices.len() - ratings;
        drawn
    }

    /// How many ratings are drawn.
    pub(super) fn ratings(&self) -> usize {
        self.choices.len() - self.effects
    }

    /// Random numbers that the method's choices take in a draw: one per aggregator, tier and salience.
    pub(super) fn numbers_of_method(&self) -> usize {
        2 + if self.weights > 0 { 7 } else { 0 }
    }

    /// The method's choices in a draw.
    pub(super) fn chosen(&self, numbers: &mut impl Iterator<Item = u32>) -> Chosen {
        // Each stretch of a list is drawn alike often, but for one part in 2^32.
        let mut below = |count: usize| ((u64::from(numbers.next().unwrap_or(0)) * count as u64) >> 32) as usize;
        let (links, cells) = (self.links[below(self.links.len())], self.cells[below(self.cells.len())]);
        let (mut tiers, mut saliences) = ([1; 4], [1; 3]);
        if self.weights > 0 {
            let spread = self.weights as usize;
            let mut times = || (1000 - spread + below(2 * spread + 1)) as u64;
            (tiers, saliences) = (tiers.map(|_| times()), saliences.map(|_| times()));
        }
        Chosen { links, cells, tiers, saliences }
    }

    /// Draws levels, ratings before effects, for as many as there are numbers.
    pub(super) fn rate(&self, levels: &mut [u8], numbers: impl Iterator<Item = u32>) {
        for (choice, number) in self.choices.iter().zip(numbers) {
            levels[choice.slot as usize] = choice.level(number);
        }
    }

    /// Of all levels those of ratings, and the differences of effects.
    fn parts<'a>(&self, levels: &'a [u8]) -> (&'a [u8], &'a [u8]) {
        levels.split_at(self.first_effect)
    }

    /// What the kernel takes.
    pub(super) fn inputs<'a>(&self, levels: &'a [u8], chosen: &Chosen) -> Inputs<'a> {
        Inputs { levels: self.parts(levels).0, tiers: chosen.tiers, links: chosen.links }
    }
}

/// The method's choices in a draw: they hold of every study that is assessed by it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chosen {
    links: LinkAggregator,
    pub(super) cells: CellAggregator,
    tiers: [u64; 4],
    /// By how much the weight of each salience is multiplied.
    pub(super) saliences: [u64; 3],
}

/// A part of a checked rule, in thousandths.
fn thousandths(part: Decimal) -> u32 {
    u32::try_from(part.thousandths().clamp(0, 1000)).unwrap_or(0)
}

/// A draw.
pub(super) struct Draw<'a> {
    pub(super) inputs: Inputs<'a>,
    pub(super) cells: CellAggregator,
    /// By how much the weight of each salience is multiplied.
    pub(super) saliences: [u64; 3],
    /// The place of each effect's difference.
    pub(super) effects: &'a [u8],
}

/// The random numbers of one draw after another, each from the seed, the stream and its own place: stretches of it.
#[derive(Debug)]
pub(super) struct Numbers {
    generator: ChaCha8Rng,
    bytes: Vec<u8>,
}

impl Numbers {
    /// So many numbers a draw.
    pub(super) fn new(seed: u64, stream: u64, numbers: usize) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        let mut generator = ChaCha8Rng::from_seed(key);
        generator.set_stream(stream);
        Self { generator, bytes: vec![0; numbers * 4] }
    }

    /// Goes to a draw by its place.
    pub(super) fn go_to(&mut self, draw: u64) {
        self.generator.set_word_pos(u128::from(draw) * (self.bytes.len() / 4) as u128);
    }

    /// The numbers of the next draw. It allocates nothing.
    pub(super) fn next(&mut self) -> impl Iterator<Item = u32> {
        self.generator.fill_bytes(&mut self.bytes);
        self.bytes.as_chunks::<4>().0.iter().map(|bytes| u32::from_le_bytes(*bytes))
    }
}

/// One draw of a study after another, all of its numbers from one stream.
#[derive(Debug)]
pub(super) struct Drawing<'a> {
    drawn: &'a Drawn,
    numbers: Numbers,
    levels: Vec<u8>,
}

impl<'a> Drawing<'a> {
    pub(super) fn new(drawn: &'a Drawn, seed: u64) -> Self {
        let numbers = drawn.numbers_of_method() + drawn.choices.len();
        Self { drawn, numbers: Numbers::new(seed, 0, numbers), levels: drawn.levels.clone() }
    }

    /// Goes to a draw by its place.
    pub(super) fn go_to(&mut self, draw: u64) {
        self.numbers.go_to(draw);
    }

    /// The inputs of the next draw. It allocates nothing.
    pub(super) fn next(&mut self) -> Draw<'_> {
        let mut numbers = self.numbers.next();
        let chosen = self.drawn.chosen(&mut numbers);
        self.drawn.rate(&mut self.levels, numbers);
        let inputs = self.drawn.inputs(&self.levels, &chosen);
        Draw { inputs, cells: chosen.cells, saliences: chosen.saliences, effects: self.drawn.parts(&self.levels).1 }
    }
}
