//! The chart of rows and prime implicants: the fewest that hold every row, and all sets of so many.

use std::collections::{BTreeMap, BTreeSet};

/// Sets of columns that hold every row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Covers {
    pub(super) sets: Vec<Vec<usize>>,
    /// Whether no smaller set does it, proven.
    pub(super) smallest: bool,
    /// Whether these are all of that size.
    pub(super) all: bool,
}

/// The smallest sets of columns that hold every row, by the columns that hold each row.
///
/// First what needs no search, and loses no smallest set: a column that alone holds some row is taken; a row that is
/// held whenever another one is, since its holders contain the other's, is dropped; columns that hold the same of what
/// is left stand for each other, so one of them is searched with and all are told; rows that share no column fall
/// into blocks, each solved alone. Then branch and bound in each block, twice: for the size, without columns that hold
/// less than another, and for all sets of that size.
///
/// At most so many sets are listed, and so many steps are taken.
pub(super) fn covers(rows: Vec<Vec<usize>>, most: usize, steps: u64) -> Covers {
    if rows.iter().any(Vec::is_empty) {
        return Covers { sets: Vec::new(), smallest: true, all: true };
    }
    let taken: BTreeSet<usize> = rows.iter().filter(|row| row.len() == 1).map(|row| row[0]).collect();
    let open = rows.into_iter().filter(|row| !row.iter().any(|at| taken.contains(at))).collect();
    let mut found = Covers { sets: vec![taken.into_iter().collect()], smallest: true, all: true };
    let mut steps = steps;
    for block in blocks(dominated_dropped(open)) {
        let (covers, groups) = block_covers(&block, most, &mut steps);
        found.smallest &= covers.smallest;
        found.all &= covers.all;
        let mut sets = Vec::new();
        for set in &found.sets {
            for more in covers.sets.iter().flat_map(|cover| expanded(cover, &groups, most)) {
                // one more than are listed, to know that there are more
                if sets.len() <= most {
                    sets.push([set.as_slice(), &more].concat());
                }
            }
        }
        found.sets = sets;
        if found.sets.len() > most {
            found.sets.truncate(most);
            found.all = false;
        }
    }
    found.sets.iter_mut().for_each(|set| set.sort_unstable());
    found.sets.sort();
    found
}

/// All choices of one member of each group, one more than are listed at most.
fn expanded(cover: &[usize], groups: &[Vec<usize>], most: usize) -> Vec<Vec<usize>> {
    cover.iter().fold(vec![Vec::new()], |sets, group| {
        let choices = sets.iter().flat_map(|set| groups[*group].iter().map(move |column| [set.as_slice(), &[*column]].concat()));
        choices.take(most + 1).collect()
    })
}

/// The rows without those whose holders contain another row's; no two are equal.
fn dominated_dropped(mut rows: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    rows.sort_by_key(Vec::len);
    let mut kept: Vec<Vec<usize>> = Vec::new();
    for row in rows {
        if !kept.iter().any(|less| within(less, &row)) {
            kept.push(row);
        }
    }
    kept
}

/// Whether all of one sorted list is in another.
fn within(less: &[usize], more: &[usize]) -> bool {
    less.len() <= more.len() && less.iter().all(|at| more.binary_search(at).is_ok())
}

/// Rows that share columns, directly or by way of others, block by block.
fn blocks(rows: Vec<Vec<usize>>) -> Vec<Vec<Vec<usize>>> {
    let mut blocks: Vec<(BTreeSet<usize>, Vec<Vec<usize>>)> = Vec::new();
    for row in rows {
        let mut joined = (row.iter().copied().collect::<BTreeSet<usize>>(), vec![row]);
        let (meet, apart): (Vec<_>, Vec<_>) =
            blocks.into_iter().partition(|(columns, _)| joined.1[0].iter().any(|at| columns.contains(at)));
        for (columns, rows) in meet {
            joined.0.extend(columns);
            joined.1.extend(rows);
        }
        blocks = apart;
        blocks.push(joined);
    }
    blocks.into_iter().map(|(_, rows)| rows).collect()
}

/// The covers of a block by groups of columns, and the columns of each group.
fn block_covers(rows: &[Vec<usize>], most: usize, steps: &mut u64) -> (Covers, Vec<Vec<usize>>) {
    let mut holds: BTreeMap<usize, Bits> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        row.iter().for_each(|column| holds.entry(*column).or_insert_with(|| Bits::new(rows.len())).set(at));
    }
    let mut groups: BTreeMap<Bits, Vec<usize>> = BTreeMap::new();
    for (column, rows) in holds {
        groups.entry(rows).or_default().push(column);
    }
    let (holds, groups): (Vec<Bits>, Vec<Vec<usize>>) = groups.into_iter().unzip();
    let mut search = Search::new(rows.len(), holds, *steps);
    let (known, smallest) = search.smallest();
    *steps = search.steps;
    if !smallest {
        return (Covers { sets: vec![known], smallest, all: false }, groups);
    }
    let all = search.list(known.len(), most);
    *steps = search.steps;
    let mut sets = search.sets;
    if sets.is_empty() {
        sets.push(known);
    }
    (Covers { sets, smallest, all }, groups)
}

/// A set of small numbers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Bits(Vec<u64>);

impl Bits {
    fn new(of: usize) -> Self {
        Self(vec![0; of.div_ceil(64)])
    }

    fn all(of: usize) -> Self {
        let mut bits = Self::new(of);
        (0..of).for_each(|at| bits.set(at));
        bits
    }

    fn set(&mut self, at: usize) {
        self.0[at / 64] |= 1 << (at % 64);
    }

    fn without(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(a, b)| a & !b).collect())
    }

    fn both(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(a, b)| a & b).collect())
    }

    fn shared(&self, other: &Self) -> u32 {
        self.0.iter().zip(&other.0).map(|(a, b)| (a & b).count_ones()).sum()
    }

    fn is_within(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(a, b)| a & !b == 0)
    }

    fn count(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    fn each(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(at, word)| {
            let rest = |word: &u64| Some(word & word.wrapping_sub(1)).filter(|word| *word != 0);
            std::iter::successors(Some(*word).filter(|word| *word != 0), rest).map(move |word| at * 64 + word.trailing_zeros() as usize)
        })
    }
}

/// How a branch ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Through,
    /// More sets than are listed, or no steps left.
    Stopped,
}

struct Search {
    /// The rows that each column holds.
    holds: Vec<Bits>,
    /// The columns that hold each row, the strongest first.
    holders: Vec<Vec<usize>>,
    /// Columns that are not taken any more in this branch.
    out: Vec<bool>,
    chosen: Vec<usize>,
    /// No set may be larger.
    limit: usize,
    sets: Vec<Vec<usize>>,
    most: usize,
    steps: u64,
}

impl Search {
    fn new(rows: usize, holds: Vec<Bits>, steps: u64) -> Self {
        let mut holders: Vec<Vec<usize>> = vec![Vec::new(); rows];
        for (column, bits) in holds.iter().enumerate() {
            bits.each().for_each(|row| holders[row].push(column));
        }
        holders.iter_mut().for_each(|row| row.sort_by_key(|column| std::cmp::Reverse(holds[*column].count())));
        let out = vec![false; holds.len()];
        Self { holds, holders, out, chosen: Vec::new(), limit: 0, sets: Vec::new(), most: 1, steps }
    }

    /// A smallest set, and whether it is proven to be.
    fn smallest(&mut self) -> (Vec<usize>, bool) {
        let all = Bits::all(self.holders.len());
        let rows = self.reduced();
        let mut known = self.greedy(&all);
        let end = loop {
            self.limit = known.len().saturating_sub(1);
            self.most = 0;
            let end = self.branch(&rows);
            match self.sets.pop() {
                // a smaller one: once more, for one smaller still
                Some(smaller) => known = smaller,
                None => break end,
            }
        };
        (known, end == End::Through)
    }

    /// Puts out columns that hold no more than another does of the rows that count, and tells these rows: one that is
    /// held whenever another is does not count. Either makes more of the other. One set of the smallest size is left.
    fn reduced(&mut self) -> Bits {
        let mut rows = Bits::all(self.holders.len());
        loop {
            let before = (rows.count(), self.out.iter().filter(|out| **out).count());
            let mut columns: Vec<(usize, Bits)> =
                (0..self.holds.len()).filter(|column| !self.out[*column]).map(|column| (column, self.holds[column].both(&rows))).collect();
            columns.sort_by_key(|(column, bits)| (std::cmp::Reverse(bits.count()), *column));
            let mut wide: Vec<&Bits> = Vec::new();
            for (column, bits) in &columns {
                if wide.iter().any(|wider| bits.is_within(wider)) {
                    self.out[*column] = true;
                } else {
                    wide.push(bits);
                }
            }
            let holders = |row: usize| {
                let mut holders = Bits::new(self.holds.len());
                self.holders[row].iter().filter(|column| !self.out[**column]).for_each(|column| holders.set(*column));
                holders
            };
            let mut by_row: Vec<(Bits, usize)> = rows.each().map(|row| (holders(row), row)).collect();
            by_row.sort_by_key(|(holders, row)| (holders.count(), *row));
            let mut hard: Vec<Bits> = Vec::new();
            let mut left = Bits::new(self.holders.len());
            for (holders, row) in by_row {
                if !hard.iter().any(|less| less.is_within(&holders)) {
                    hard.push(holders);
                    left.set(row);
                }
            }
            rows = left;
            if before == (rows.count(), self.out.iter().filter(|out| **out).count()) {
                return rows;
            }
        }
    }

    /// Lists the sets of a size that is known to be the smallest; whether these are all.
    fn list(&mut self, size: usize, most: usize) -> bool {
        self.out.iter_mut().for_each(|out| *out = false);
        self.sets.clear();
        (self.limit, self.most) = (size, most);
        let end = self.branch(&Bits::all(self.holders.len()));
        self.sets.truncate(most);
        end == End::Through
    }

    /// The column that holds most of what is open, again and again.
    fn greedy(&self, rows: &Bits) -> Vec<usize> {
        let mut open = rows.clone();
        let mut set = Vec::new();
        while open.count() > 0 {
            let columns = (0..self.holds.len()).filter(|column| !self.out[*column]);
            let Some(best) = columns.min_by_key(|column| std::cmp::Reverse(self.holds[*column].shared(&open))) else { break };
            open = open.without(&self.holds[best]);
            set.push(best);
        }
        set
    }

    /// Tries the holders of the open row that has the fewest, each without those before it: no set comes twice.
    fn branch(&mut self, open: &Bits) -> End {
        if self.steps == 0 {
            return End::Stopped;
        }
        self.steps -= 1;
        if open.count() == 0 {
            self.sets.push(self.chosen.clone());
            return if self.sets.len() > self.most { End::Stopped } else { End::Through };
        }
        let left = self.limit.saturating_sub(self.chosen.len());
        let Some(row) = self.worth_it(open, left) else { return End::Through };
        let holders: Vec<usize> = self.holders[row].iter().copied().filter(|column| !self.out[*column]).collect();
        let mut end = End::Through;
        for column in &holders {
            self.chosen.push(*column);
            end = self.branch(&open.without(&self.holds[*column]));
            self.chosen.pop();
            self.out[*column] = true;
            if end == End::Stopped {
                break;
            }
        }
        // those that were out before are not among them
        holders.iter().for_each(|column| self.out[*column] = false);
        end
    }

    /// The open row with the fewest holders, where so many more columns could hold all: rows without a common holder
    /// need a column each, and no column holds more than the one that holds most.
    fn worth_it(&self, open: &Bits, left: usize) -> Option<usize> {
        let holders = |row: usize| self.holders[row].iter().filter(|column| !self.out[**column]);
        let mut rows: Vec<(usize, usize)> = open.each().map(|row| (holders(row).count(), row)).collect();
        rows.sort_unstable();
        let (fewest, first) = *rows.first()?;
        if left == 0 || fewest == 0 {
            return None;
        }
        let mut used = vec![false; self.holds.len()];
        let mut apart = 0;
        for (_, row) in &rows {
            if holders(*row).all(|column| !used[*column]) {
                holders(*row).for_each(|column| used[*column] = true);
                apart += 1;
            }
        }
        if apart > left {
            return None;
        }
        let mut shares: Vec<u32> =
            (0..self.holds.len()).filter(|column| !self.out[*column]).map(|column| self.holds[column].shared(open)).collect();
        shares.sort_unstable_by(|a, b| b.cmp(a));
        (shares.iter().take(left).sum::<u32>() >= open.count()).then_some(first)
    }
}
