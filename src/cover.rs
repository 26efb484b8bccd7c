//! The fewest things that take enough weight: a partial cover, exact by branch and bound.

/// Which things an item needs to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Needs {
    /// One of its things is enough: a minimum falls with its first link.
    Any,
    /// All of its things: a minimum rises with its last link.
    All,
}

/// What can be taken: its things, each once and in order, and its weight.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Item {
    pub(crate) things: Vec<u32>,
    pub(crate) weight: u64,
}

/// How far a search goes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reach {
    /// So many sets are listed.
    pub(crate) sets: usize,
    /// So many steps are taken.
    pub(crate) steps: u64,
}

/// What a search finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// All things together take too little.
    Never,
    /// No smaller set does it, and these do; `all` where there are no more.
    Smallest { sets: Vec<Vec<u32>>, all: bool },
    /// The steps were used up: no set of fewer than `at_least` does it, and this one does.
    Limit { at_least: usize, known: Vec<u32> },
}

/// The fewest of `things` (numbered from 0) that take items of the weight `need` together.
///
/// Sizes are tried from the smallest on, so that the first size with a set is proven. A thing is taken in
/// or left out for good; a branch ends where even the best that its open things could bring is too little:
/// - of items that need *any* thing, each thing brings at most the items not yet taken;
/// - of items that need *all*, each item's weight is laid on one of its missing things, the least loaded
///   one, and a set brings at most the load of its things. Whatever the lay, no set can bring more, since
///   an item that is taken has all its missing things in the set.
///
/// Either bound is exact for the last thing.
pub(crate) fn fewest(mut items: Vec<Item>, things: usize, need: u64, needs: Needs, reach: Reach) -> Found {
    items.sort_unstable();
    items.dedup_by(|next, kept| {
        let same = next.things == kept.things;
        if same {
            kept.weight += next.weight;
        }
        same
    });
    // Heavy items first: the loads come out more even.
    items.sort_by(|a, b| b.weight.cmp(&a.weight).then_with(|| a.things.cmp(&b.things)));
    let mut search = Search { items, needs, need, is: vec![Is::Open; things], sets: Vec::new(), most: reach.sets, left: reach.steps };
    if search.items.iter().map(|item| item.weight).sum::<u64>() < need {
        return Found::Never;
    }
    let known = search.greedy();
    for size in 1..=known.len() {
        let end = search.branch(size);
        if !search.sets.is_empty() {
            let mut sets = std::mem::take(&mut search.sets);
            sets.iter_mut().for_each(|set| set.sort_unstable());
            sets.sort();
            return Found::Smallest { sets, all: end == End::Through };
        }
        if end == End::Limit {
            return Found::Limit { at_least: size, known };
        }
    }
    // Not reached: the greedy set is found at its own size at the latest.
    Found::Limit { at_least: known.len(), known }
}

/// What has been decided on a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Is {
    Open,
    In,
    Out,
}

/// How a branch ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// Everything in it was tried or cannot be.
    Through,
    /// More sets than are listed.
    Full,
    /// No steps are left.
    Limit,
}

struct Search {
    items: Vec<Item>,
    needs: Needs,
    need: u64,
    is: Vec<Is>,
    sets: Vec<Vec<u32>>,
    most: usize,
    left: u64,
}

/// What the things can bring at a node.
struct Values {
    taken: u64,
    /// At most so much does each open thing bring.
    load: Vec<u64>,
    /// The weight of all items that hang on each open thing.
    hangs: Vec<u64>,
}

impl Search {
    /// What each open thing can bring when so many more may be taken in.
    fn values(&self, more: usize) -> Values {
        let mut values = Values { taken: 0, load: vec![0; self.is.len()], hangs: vec![0; self.is.len()] };
        for item in &self.items {
            let is = |thing: &&u32| self.is[**thing as usize];
            match self.needs {
                Needs::Any if item.things.iter().any(|thing| is(&thing) == Is::In) => values.taken += item.weight,
                Needs::Any => {
                    for thing in item.things.iter().filter(|thing| is(thing) == Is::Open) {
                        values.load[*thing as usize] += item.weight;
                        values.hangs[*thing as usize] += item.weight;
                    }
                }
                Needs::All => {
                    let missing = || item.things.iter().filter(|thing| is(thing) == Is::Open);
                    let count = missing().count();
                    if count > more || item.things.iter().any(|thing| is(&thing) == Is::Out) {
                        continue;
                    }
                    missing().for_each(|thing| values.hangs[*thing as usize] += item.weight);
                    match missing().min_by_key(|thing| values.load[**thing as usize]) {
                        Some(least) => values.load[*least as usize] += item.weight,
                        None => values.taken += item.weight,
                    }
                }
            }
        }
        values
    }

    /// Tries all ways to take in so many more things; leaves everything decided as it was.
    fn branch(&mut self, more: usize) -> End {
        let mut left_out = Vec::new();
        let end = loop {
            if self.left == 0 {
                break End::Limit;
            }
            self.left -= 1;
            let values = self.values(more);
            if more == 1 {
                break self.last(&values);
            }
            let mut loads = values.load.clone();
            if loads.len() > more {
                loads.select_nth_unstable_by(more - 1, |a, b| b.cmp(a));
                loads.truncate(more);
            }
            if values.taken + loads.iter().sum::<u64>() < self.need {
                break End::Through;
            }
            let open = (0..self.is.len()).filter(|thing| self.is[*thing] == Is::Open);
            // The first of those on which most hangs.
            let Some(thing) = open.min_by_key(|thing| std::cmp::Reverse(values.hangs[*thing])) else { break End::Through };
            self.is[thing] = Is::In;
            let end = self.branch(more - 1);
            self.is[thing] = Is::Out;
            left_out.push(thing);
            if end != End::Through {
                break end;
            }
        };
        left_out.into_iter().for_each(|thing| self.is[thing] = Is::Open);
        end
    }

    /// Every open thing that brings what is still needed makes a set.
    fn last(&mut self, values: &Values) -> End {
        for thing in (0..self.is.len()).filter(|thing| self.is[*thing] == Is::Open) {
            if values.taken + values.load[thing] < self.need {
                continue;
            }
            if self.sets.len() >= self.most.max(1) {
                return End::Full;
            }
            let chosen = (0u32..).zip(&self.is).filter(|(at, is)| **is == Is::In || *at as usize == thing);
            self.sets.push(chosen.map(|(at, _)| at).collect());
        }
        End::Through
    }

    /// A set that takes enough: the best item for its missing things first, then what can be spared goes.
    fn greedy(&mut self) -> Vec<u32> {
        let mut chosen: Vec<u32> = Vec::new();
        while self.values(usize::MAX).taken < self.need {
            let next = match self.needs {
                Needs::Any => {
                    let load = self.values(usize::MAX).load;
                    (0u32..).zip(load).min_by_key(|(_, load)| std::cmp::Reverse(*load)).map(|(thing, _)| vec![thing])
                }
                Needs::All => {
                    let missing = |item: &Item| item.things.iter().filter(|thing| self.is[**thing as usize] == Is::Open).count();
                    let waiting = self.items.iter().filter(|item| missing(item) > 0);
                    // Weight by missing things, compared crosswise.
                    let best = waiting.min_by(|a, b| {
                        let cross = |a: &Item, b: &Item| u128::from(a.weight) * missing(b) as u128;
                        cross(b, a).cmp(&cross(a, b))
                    });
                    best.map(|item| item.things.clone())
                }
            };
            let Some(next) = next else { break };
            for thing in next {
                if self.is[thing as usize] == Is::Open {
                    self.is[thing as usize] = Is::In;
                    chosen.push(thing);
                }
            }
        }
        chosen.retain(|thing| {
            self.is[*thing as usize] = Is::Open;
            let spared = self.values(usize::MAX).taken >= self.need;
            if !spared {
                self.is[*thing as usize] = Is::In;
            }
            !spared
        });
        chosen.iter().for_each(|thing| self.is[*thing as usize] = Is::Open);
        chosen.sort_unstable();
        chosen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAR: Reach = Reach { sets: 100, steps: 100_000 };

    fn item(things: &[u32], weight: u64) -> Item {
        Item { things: things.to_vec(), weight }
    }

    #[test]
    fn one_shared_thing_beats_many_of_their_own() {
        let items = vec![item(&[0, 3], 2), item(&[1, 3], 2), item(&[2, 3], 2), item(&[4], 3)];
        let one = fewest(items.clone(), 5, 6, Needs::Any, FAR);
        assert_eq!(one, Found::Smallest { sets: vec![vec![3]], all: true });
        let all = fewest(items, 5, 5, Needs::All, FAR);
        assert_eq!(all, Found::Smallest { sets: vec![vec![0, 3, 4], vec![1, 3, 4], vec![2, 3, 4]], all: true });
    }

    #[test]
    fn a_limit_says_what_is_proven_and_what_is_known() {
        let items: Vec<Item> = (0..12).map(|at| item(&[at, (at + 1) % 12, 12 + at], 1)).collect();
        assert_eq!(fewest(items.clone(), 24, 13, Needs::All, FAR), Found::Never);
        let Found::Limit { at_least, known } = fewest(items.clone(), 24, 12, Needs::Any, Reach { sets: 1, steps: 2 }) else {
            unreachable!("two steps are too few")
        };
        assert!(at_least <= 6 && known.len() >= 6);
        let Found::Smallest { sets, all } = fewest(items, 24, 12, Needs::Any, FAR) else { unreachable!("enough steps") };
        assert_eq!((sets, all), (vec![vec![0, 2, 4, 6, 8, 10], vec![1, 3, 5, 7, 9, 11]], true));
    }
}
