//! The search for the fewest columns that hold every row: branch and bound, in whole numbers throughout.

use std::cmp::Reverse;

use super::bits::Bits;
use super::chart::{Column, Covers};

/// What a column costs, in the unit of prices.
const COST: i64 = 1 << 20;
/// So often prices are moved at the start.
const ROUNDS: u32 = 300;
/// So often they are moved in a branch.
const ROUNDS_IN_A_BRANCH: u32 = 40;
/// How far prices are moved at first: sixteenths of what the bound lacks to the limit.
const PACE: i64 = 16;
/// After so many rounds without a better bound the pace is halved.
const PATIENCE: u32 = 5;
/// At the start a cover is made by the prices every so many rounds.
const GREED: u32 = 4;

/// The smallest covers, one more than are listed at the most; where the steps run out, what was found by then.
///
/// Greed finds a small cover; branch and bound a smaller one, and one smaller still, until there is none; and then all
/// of that size. A branch takes one of the columns that hold the row with the fewest of them, without those tried before
/// it: no cover comes twice.
///
/// The bound: rows have prices. Whatever these are, a cover costs at least Σ prices + Σ min(0, lack), where a column
/// lacks its cost less the prices of the open rows that it holds. From round to round prices rise on rows that no column
/// with a negative lack holds, and fall on those that several hold (subgradient steps). A column is left out of a branch
/// where the bound and its lack together are over the limit.
///
/// Source: Beasley, "An algorithm for set covering problem", *European Journal of Operational Research* 31 (1987), 85–93.
pub(super) fn search(rows: &Bits, columns: &[Column], most: usize, steps: &mut u64) -> Covers {
    let rows: Vec<usize> = rows.each().collect();
    let held = |column: &Column| column.holds.each().filter_map(|row| rows.binary_search(&row).ok()).collect();
    let mut search = Search::new(rows.len(), columns.iter().map(held).collect(), *steps);
    let (every, prices) = ((0..columns.len()).collect::<Vec<usize>>(), vec![0; rows.len()]);
    let open = vec![true; rows.len()];
    search.offer(&prices);
    search.branch(&open, &every, &prices);
    let smallest = !search.stopped;
    if smallest && let Some(known) = search.sets.pop() {
        (search.limit, search.most) = (known.len(), Some(most));
        search.branch(&open, &every, &prices);
        if search.sets.is_empty() {
            search.sets.push(known);
        }
    }
    *steps = search.steps;
    let all = !search.stopped || search.sets.len() > most;
    let sets = search.sets.iter().map(|set| set.iter().map(|column| columns[*column].at).collect()).collect();
    Covers { sets, smallest, all }
}

struct Search {
    /// The rows that each column holds.
    columns: Vec<Vec<usize>>,
    /// The columns that hold each row.
    holders: Vec<Vec<usize>>,
    chosen: Vec<usize>,
    /// No cover may be larger.
    limit: usize,
    /// All covers within the limit are wanted, until they are more than so many; else one, as small as can be.
    most: Option<usize>,
    sets: Vec<Vec<usize>>,
    steps: u64,
    /// More sets than are listed, or no steps left.
    stopped: bool,
}

impl Search {
    fn new(rows: usize, columns: Vec<Vec<usize>>, steps: u64) -> Self {
        let mut holders = vec![Vec::new(); rows];
        for (column, held) in columns.iter().enumerate() {
            held.iter().for_each(|row| holders[*row].push(column));
        }
        Self { columns, holders, chosen: Vec::new(), limit: rows, most: None, sets: Vec::new(), steps, stopped: false }
    }

    fn branch(&mut self, open: &[bool], columns: &[usize], prices: &[i64]) {
        if self.chosen.len() > self.limit {
            return;
        }
        if !open.contains(&true) {
            return self.found(self.chosen.clone());
        }
        let mut rest = Rest::of(open, columns, &self.columns);
        let mut prices = prices.to_vec();
        let worth_it = self.chosen.len() < self.limit && self.priced(&mut rest, &mut prices);
        if !worth_it {
            return;
        }
        let mut count = vec![0u32; open.len()];
        rest.held.iter().for_each(|row| count[*row] += 1);
        let Some(row) = rest.rows.iter().copied().min_by_key(|row| (count[*row], *row)) else { return };
        let mut tried: Vec<(i64, usize)> =
            rest.columns().filter(|(_, _, held)| held.contains(&row)).map(|(at, lack, _)| (lack, at)).collect();
        tried.sort_unstable();
        let mut left = rest.columns;
        for (_, column) in tried {
            left.retain(|other| *other != column);
            let mut open = open.to_vec();
            self.columns[column].iter().for_each(|row| open[*row] = false);
            self.chosen.push(column);
            self.branch(&open, &left, &prices);
            self.chosen.pop();
            if self.stopped {
                return;
            }
        }
    }

    fn found(&mut self, set: Vec<usize>) {
        match self.most {
            Some(most) => {
                self.sets.push(set);
                self.stopped = self.sets.len() > most;
            }
            None => {
                self.limit = set.len().saturating_sub(1);
                self.sets = vec![set];
            }
        }
    }

    /// Moves the prices to a high bound and drops the columns that cannot be taken; false where no cover is within the
    /// limit, or the steps are at their end.
    fn priced(&mut self, rest: &mut Rest, prices: &mut [i64]) -> bool {
        let at_the_start = self.chosen.is_empty();
        let rounds = if at_the_start { ROUNDS } else { ROUNDS_IN_A_BRANCH };
        let (mut best, mut highest) = (prices.to_vec(), i64::MIN);
        let (mut pace, mut idle) = (PACE, 0);
        for round in 1..=rounds {
            if !self.can_take(rest.held.len()) {
                return false;
            }
            let bound = rest.bound(prices);
            let allowed = COST * i64::try_from(self.limit - self.chosen.len()).unwrap_or(0);
            if bound > allowed {
                return false;
            }
            rest.keep(|lack| lack <= 0 || bound + lack <= allowed);
            if bound > highest {
                (highest, idle) = (bound, 0);
                best.copy_from_slice(prices);
            } else {
                idle += 1;
            }
            if idle == PATIENCE {
                (pace, idle) = (pace / 2, 0);
                prices.copy_from_slice(&best);
                rest.bound(prices);
            }
            let spread: i64 = rest.rows.iter().map(|row| rest.unheld[*row] * rest.unheld[*row]).sum();
            if pace == 0 || spread == 0 {
                break;
            }
            if at_the_start && self.most.is_none() && round % GREED == 0 {
                self.offer(prices);
            }
            let step = (allowed + COST - bound) / PACE * pace / spread;
            rest.rows.iter().for_each(|row| prices[*row] = (prices[*row] + step * rest.unheld[*row]).clamp(0, COST));
        }
        prices.copy_from_slice(&best);
        rest.bound(prices);
        true
    }

    /// Takes steps off those that are left.
    fn can_take(&mut self, steps: usize) -> bool {
        let steps = u64::try_from(steps).unwrap_or(u64::MAX).max(1);
        self.stopped |= self.steps < steps;
        self.steps = self.steps.saturating_sub(steps);
        !self.stopped
    }

    /// Makes a cover by greed, and takes it if it is within the limit: the column with the highest price of open rows, again and again,
    /// without those that prove needless.
    fn offer(&mut self, prices: &[i64]) {
        let worth_of = |row: usize| prices[row] + 1;
        let mut worth: Vec<i64> = self.columns.iter().map(|held| held.iter().map(|row| worth_of(*row)).sum()).collect();
        let mut times = vec![0u32; self.holders.len()];
        let mut set = Vec::new();
        while let Some(best) = (0..worth.len()).max_by_key(|column| (worth[*column], Reverse(*column))).filter(|best| worth[*best] > 0) {
            for row in &self.columns[best] {
                if times[*row] == 0 {
                    self.holders[*row].iter().for_each(|column| worth[*column] -= worth_of(*row));
                }
                times[*row] += 1;
            }
            set.push(best);
        }
        self.can_take(set.len() * self.columns.len());
        let mut is_needless = |column: &usize| {
            let held = &self.columns[*column];
            let needless = held.iter().all(|row| times[*row] > 1);
            held.iter().filter(|_| needless).for_each(|row| times[*row] -= 1);
            needless
        };
        set.retain(|column| !is_needless(column));
        if set.len() <= self.limit {
            self.found(set);
        }
    }
}

/// What a branch has before it: its open rows, and the columns that hold some of them.
struct Rest {
    rows: Vec<usize>,
    columns: Vec<usize>,
    /// The open rows that each column holds, one column after the other.
    held: Vec<usize>,
    /// Where those of each column end.
    ends: Vec<usize>,
    /// What each column lacks of its cost.
    lacks: Vec<i64>,
    /// Of each row: 1 less the columns with a negative lack that hold it.
    unheld: Vec<i64>,
}

impl Rest {
    fn of(open: &[bool], columns: &[usize], all: &[Vec<usize>]) -> Self {
        let rows = (0..open.len()).filter(|row| open[*row]).collect();
        let mut rest =
            Self { rows, columns: Vec::new(), held: Vec::new(), ends: Vec::new(), lacks: Vec::new(), unheld: vec![0; open.len()] };
        for column in columns {
            let before = rest.held.len();
            rest.held.extend(all[*column].iter().copied().filter(|row| open[*row]));
            if rest.held.len() > before {
                rest.columns.push(*column);
                rest.ends.push(rest.held.len());
            }
        }
        rest.lacks.resize(rest.columns.len(), 0);
        rest
    }

    /// The columns, with what each lacks and the open rows that it holds.
    fn columns(&self) -> impl Iterator<Item = (usize, i64, &[usize])> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let held = starts.zip(&self.ends).map(|(start, end)| &self.held[start..*end]);
        self.columns.iter().zip(&self.lacks).zip(held).map(|((column, lack), held)| (*column, *lack, held))
    }

    /// What a cover costs at least by these prices; tells what columns lack, and how far rows are unheld.
    fn bound(&mut self, prices: &[i64]) -> i64 {
        self.rows.iter().for_each(|row| self.unheld[*row] = 1);
        let mut bound: i64 = self.rows.iter().map(|row| prices[*row]).sum();
        let mut start = 0;
        for (lack, end) in self.lacks.iter_mut().zip(&self.ends) {
            let held = &self.held[start..*end];
            *lack = COST - held.iter().map(|row| prices[*row]).sum::<i64>();
            if *lack < 0 {
                bound += *lack;
                held.iter().for_each(|row| self.unheld[*row] -= 1);
            }
            start = *end;
        }
        bound
    }

    /// Drops the columns of which what they lack is too much.
    fn keep(&mut self, is_kept: impl Fn(i64) -> bool) {
        if self.lacks.iter().all(|lack| is_kept(*lack)) {
            return;
        }
        let (mut start, mut held, mut ends, mut columns) = (0, Vec::new(), Vec::new(), Vec::new());
        for ((column, lack), end) in self.columns.iter().zip(&self.lacks).zip(&self.ends) {
            if is_kept(*lack) {
                held.extend_from_slice(&self.held[start..*end]);
                ends.push(held.len());
                columns.push(*column);
            }
            start = *end;
        }
        self.lacks.retain(|lack| is_kept(*lack));
        (self.columns, self.held, self.ends) = (columns, held, ends);
    }
}
