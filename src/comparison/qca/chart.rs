//! The chart of rows and prime implicants: the fewest that hold every row, and all sets of so many.

use std::collections::BTreeMap;

use super::bits::Bits;
use super::search::search;

/// Sets of columns that hold every row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Covers {
    pub(super) sets: Vec<Vec<usize>>,
    /// Whether no smaller set does it, proven.
    pub(super) smallest: bool,
    /// Whether these are all of that size.
    pub(super) all: bool,
}

/// A column of the chart, by its place there, and the rows that it holds.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) at: usize,
    pub(super) holds: Bits,
}

/// The smallest sets of columns that hold every one of so many rows.
///
/// What needs no search is settled first, and loses no smallest set ([`solved`]). At most so many sets are listed, and
/// so many steps are taken off those that are left: a step looks at one row of one column.
pub(super) fn covers(rows: usize, columns: Vec<Column>, most: usize, steps: &mut u64) -> Covers {
    let every = Bits::all(rows);
    let mut held = Bits::none(rows);
    columns.iter().for_each(|column| held.add(&column.holds));
    if !every.is_within(&held) {
        return Covers { sets: Vec::new(), smallest: true, all: true };
    }
    let mut found = solved(rows, every, columns, most, steps);
    if found.sets.len() > most {
        found.sets.truncate(most);
        found.all = false;
    }
    found.sets.iter_mut().for_each(|set| set.sort_unstable());
    found.sets.sort();
    found
}

/// The covers of some of the rows, one more than are listed at the most.
///
/// A row that is held whenever another one is is dropped; a column that alone holds some row is taken; rows that share no
/// column, directly or by way of others, fall into blocks, each solved alone. Of the columns of a block, those that hold
/// no more than another one stand behind it: the others are solved, from the start again, and in each of their covers
/// columns give place to those behind them, as long as all rows stay held. So each smallest cover comes once, since each
/// column stands behind one other. What cannot be settled any further is searched.
fn solved(bound: usize, rows: Bits, columns: Vec<Column>, most: usize, steps: &mut u64) -> Covers {
    let (mut rows, holders) = hard_rows(bound, rows, &columns);
    let mut taken: Vec<usize> = holders.iter().filter(|holders| holders.count() == 1).filter_map(|holders| holders.each().next()).collect();
    taken.sort_unstable();
    taken.dedup();
    taken.iter().for_each(|column| rows.remove(&columns[*column].holds));
    let mut found = Covers { sets: vec![taken.iter().map(|column| columns[*column].at).collect()], smallest: true, all: true };
    for (rows, columns) in blocks(bound, &rows, columns) {
        let before = columns.len();
        let groups = behind(bound, columns);
        let front: Vec<Column> = groups.iter().map(|group| group[0].clone()).collect();
        let groups: BTreeMap<usize, Vec<Column>> = groups.into_iter().map(|group| (group[0].at, group)).collect();
        let inner = if front.len() < before { solved(bound, rows.clone(), front, most, steps) } else { search(&rows, &front, most, steps) };
        found.smallest &= inner.smallest;
        found.all &= inner.all;
        let mut sets = Vec::new();
        for cover in &inner.sets {
            for more in places_given(cover, &groups, &rows, most) {
                for set in &found.sets {
                    // one more than are listed, to know that there are more
                    if sets.len() <= most {
                        sets.push([set.as_slice(), &more].concat());
                    }
                }
            }
        }
        found.sets = sets;
    }
    found
}

/// The rows without those that are held whenever another one is, and the columns that hold each of them.
fn hard_rows(bound: usize, rows: Bits, columns: &[Column]) -> (Bits, Vec<Bits>) {
    let mut holders: Vec<(usize, Bits)> = rows.each().map(|row| (row, Bits::none(columns.len()))).collect();
    let mut place = vec![None; bound];
    holders.iter().enumerate().for_each(|(at, (row, _))| place[*row] = Some(at));
    for (column, Column { holds, .. }) in columns.iter().enumerate() {
        holds.each().filter_map(|row| place[row]).for_each(|at| holders[at].1.set(column));
    }
    holders.sort_by_cached_key(|(row, holders)| (holders.count(), *row));
    let (mut hard, mut kept) = (Bits::none(bound), Vec::<Bits>::new());
    for (row, holders) in holders {
        if !kept.iter().any(|less| less.is_within(&holders)) {
            hard.set(row);
            kept.push(holders);
        }
    }
    (hard, kept)
}

/// Rows that share columns, directly or by way of others, with these columns; each holds of the block's rows alone.
fn blocks(bound: usize, rows: &Bits, columns: Vec<Column>) -> Vec<(Bits, Vec<Column>)> {
    let mut blocks: Vec<(Bits, Vec<Column>)> = Vec::new();
    for Column { at, holds } in columns {
        let holds = holds.both(rows);
        if holds.is_empty() {
            continue;
        }
        let (meet, apart): (Vec<_>, Vec<_>) = blocks.into_iter().partition(|(rows, _)| rows.meets(&holds));
        let mut joined = (Bits::none(bound), Vec::new());
        for (rows, columns) in meet {
            joined.0.add(&rows);
            joined.1.extend(columns);
        }
        joined.0.add(&holds);
        joined.1.push(Column { at, holds });
        blocks = apart;
        blocks.push(joined);
    }
    blocks
}

/// Columns in groups: the first of each holds all that the others of it hold, and no first is within another.
fn behind(bound: usize, mut columns: Vec<Column>) -> Vec<Vec<Column>> {
    columns.sort_by_cached_key(|column| (std::cmp::Reverse(column.holds.count()), column.at));
    let mut groups: Vec<Vec<Column>> = Vec::new();
    // the groups whose first holds a row: what is behind one is behind one of those of each of its rows
    let mut with_row: Vec<Vec<usize>> = vec![Vec::new(); bound];
    for column in columns {
        let fewest = column.holds.each().map(|row| &with_row[row]).min_by_key(|groups| groups.len());
        match fewest.into_iter().flatten().find(|group| column.holds.is_within(&groups[**group][0].holds)) {
            Some(group) => groups[*group].push(column),
            None => {
                column.holds.each().for_each(|row| with_row[row].push(groups.len()));
                groups.push(vec![column]);
            }
        }
    }
    groups
}

/// A cover by the first columns of groups, and all in which others of their groups stand for them; one more than are
/// listed at the most.
fn places_given(cover: &[usize], groups: &BTreeMap<usize, Vec<Column>>, rows: &Bits, most: usize) -> Vec<Vec<usize>> {
    let groups: Vec<&Vec<Column>> = cover.iter().filter_map(|first| groups.get(first)).collect();
    let mut sets = vec![(Vec::new(), rows.clone())];
    for (at, group) in groups.iter().enumerate() {
        // the rows that no group to come can hold
        let mut due = rows.clone();
        groups[at + 1..].iter().for_each(|group| due.remove(&group[0].holds));
        let choices = sets.iter().flat_map(|(set, open)| group.iter().map(move |column| (set, open, column)));
        let choices = choices.filter_map(|(set, open, column)| {
            let mut open = open.clone();
            open.remove(&column.holds);
            (!open.meets(&due)).then(|| ([set.as_slice(), &[column.at]].concat(), open))
        });
        sets = choices.take(most + 1).collect();
    }
    sets.into_iter().map(|(set, _)| set).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Charts that look like chance and are the same in each run: of each column the rows that it holds, a bit each.
    fn charts(rows: usize, columns: usize, held: u64) -> impl Iterator<Item = Vec<u64>> {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut tossed = move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 11) % 100 < held
        };
        std::iter::repeat_with(move || (0..columns).map(|_| (0..rows).fold(0, |bits, row| bits | u64::from(tossed()) << row)).collect())
    }

    fn found(rows: usize, chart: &[u64], most: usize, mut steps: u64) -> Covers {
        let column = |(at, bits): (usize, &u64)| {
            let mut holds = Bits::none(rows);
            (0..rows).filter(|row| bits >> row & 1 == 1).for_each(|row| holds.set(row));
            Column { at, holds }
        };
        covers(rows, chart.iter().enumerate().map(column).collect(), most, &mut steps)
    }

    fn is_cover(rows: usize, chart: &[u64], set: &[usize]) -> bool {
        set.iter().fold(0, |held, column| held | chart[*column]) == (1 << rows) - 1
    }

    /// The slow way: every set of columns.
    fn by_definition(rows: usize, chart: &[u64]) -> Vec<Vec<usize>> {
        let sets = (0u32..1 << chart.len()).map(|set| (0..chart.len()).filter(|column| set >> column & 1 == 1).collect::<Vec<usize>>());
        let mut covers: Vec<Vec<usize>> = sets.filter(|set| is_cover(rows, chart, set)).collect();
        let least = covers.iter().map(Vec::len).min().unwrap_or(0);
        covers.retain(|set| set.len() == least);
        covers.sort();
        covers
    }

    #[test]
    fn covers_are_all_smallest_sets() {
        for held in [15, 25, 40] {
            for chart in charts(14, 12, held).take(100) {
                let wanted = by_definition(14, &chart);
                let all = Covers { sets: wanted.clone(), smallest: true, all: true };
                assert_eq!(found(14, &chart, 1000, u64::MAX), all, "{chart:?}");
                let few = found(14, &chart, 2, u64::MAX);
                assert!(few.smallest && few.all == (wanted.len() <= 2) && few.sets.len() == wanted.len().min(2), "{chart:?}");
                assert!(few.sets.iter().all(|set| wanted.contains(set)), "{chart:?}");
            }
        }
    }

    #[test]
    fn what_is_not_proven_is_not_told_to_be() {
        let mut unproven = 0;
        for chart in charts(30, 40, 12).take(20) {
            let best = found(30, &chart, 1000, u64::MAX);
            assert!(best.smallest && best.all);
            for steps in [0, 1, 100, 1000, 10_000] {
                let less = found(30, &chart, 1000, steps);
                assert!(less.sets.iter().all(|set| is_cover(30, &chart, set)));
                assert!(less.sets.windows(2).all(|pair| pair[0] < pair[1] && pair[0].len() == pair[1].len()));
                assert!(!less.smallest || less.sets.first().map(Vec::len) == best.sets.first().map(Vec::len));
                assert!(!less.all || less == best);
                unproven += usize::from(!less.all);
            }
        }
        assert!(unproven > 0);
    }

    #[test]
    fn a_row_that_no_column_holds_has_no_cover() {
        assert_eq!(found(2, &[1], 9, 9), Covers { sets: Vec::new(), smallest: true, all: true });
        assert_eq!(found(0, &[], 9, 9), Covers { sets: vec![Vec::new()], smallest: true, all: true });
    }
}
