//! The Sobol sequence, plain or scrambled.

use super::directions::DIRECTIONS;

/// Most columns.
pub(super) const COLUMNS: usize = DIRECTIONS.len() + 1;

/// Points of the unit cube that fill it evenly: a digital sequence in base 2, in the order of Gray codes.
///
/// Source: Sobol (1967); Antonov and Saleev (1979) for the order of Gray codes; direction numbers of Joe and Kuo
/// (2008). Scrambling is Owen's nested uniform one (1995), by a hash of the digits above: the way of Laine and Karras
/// (2011) and of Burley, "Practical hash-based Owen scrambling", *JCGT* 9 (4) (2020); the hash itself, which mixes
/// better than theirs, is Vegdahl's ("Building a better LK hash", 2021).
#[derive(Clone, Debug)]
pub(super) struct Sequence {
    directions: Vec<[u32; 32]>,
    point: Vec<u32>,
    keys: Option<Vec<u32>>,
    next: u32,
}

impl Sequence {
    /// A sequence of so many columns, at most [`COLUMNS`]; with a seed scrambled.
    pub(super) fn new(columns: usize, seed: Option<u64>) -> Self {
        let columns = columns.min(COLUMNS);
        let directions = (0..columns).map(|column| column.checked_sub(1).map_or_else(first, |at| direction(DIRECTIONS[at]))).collect();
        let keys = seed.map(|seed| (0..columns as u64).map(|column| (mix(seed ^ mix(column + 1)) >> 32) as u32).collect());
        Self { directions, point: vec![0; columns], keys, next: 0 }
    }

    /// Writes the next point.
    pub(super) fn write(&mut self, point: &mut [f64]) {
        for (at, value) in point.iter_mut().enumerate().take(self.point.len()) {
            let digits = match &self.keys {
                Some(keys) => scramble(self.point[at], keys[at]),
                None => self.point[at],
            };
            *value = f64::from(digits) / 4_294_967_296.0;
        }
        let changes = self.next.trailing_ones().min(31) as usize;
        self.point.iter_mut().zip(&self.directions).for_each(|(point, directions)| *point ^= directions[changes]);
        self.next = self.next.wrapping_add(1);
    }
}

/// The first column: van der Corput's sequence.
fn first() -> [u32; 32] {
    std::array::from_fn(|bit| 1 << (31 - bit))
}

/// The direction numbers of a column, from its polynomial and the first ones.
fn direction((polynomial, given): (u32, &[u32])) -> [u32; 32] {
    let degree = given.len();
    let mut numbers = [0u32; 32];
    for bit in 0..32 {
        numbers[bit] = match given.get(bit) {
            Some(number) => number << (31 - bit),
            None => {
                let back = numbers[bit - degree];
                let inner = (1..degree).filter(|step| polynomial >> (degree - 1 - step) & 1 == 1);
                inner.fold(back ^ (back >> degree), |number, step| number ^ numbers[bit - step])
            }
        };
    }
    numbers
}

/// Owen's scrambling of the digits of a number: each digit is turned or not, as a hash of those above it says.
fn scramble(digits: u32, key: u32) -> u32 {
    let mut x = digits.reverse_bits();
    x ^= x.wrapping_mul(0x3d20_adea);
    x = x.wrapping_add(key);
    x = x.wrapping_mul((key >> 16) | 1);
    x ^= x.wrapping_mul(0x0552_6c56);
    x ^= x.wrapping_mul(0x53a2_2864);
    x.reverse_bits()
}

/// Mixes the bits of a number (the finaliser of SplitMix64; Steele, Lea and Flood 2014).
fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}
