//! Ranks of values, as whole numbers.

/// Each value's rank less the mean of all ranks, doubled: whole numbers that add up to 0. Equal values share their mean rank.
pub(super) fn deviations(values: &[f64]) -> Vec<i64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_unstable_by(|a, b| values[*a].total_cmp(&values[*b]));
    let (mut off, mut from) = (vec![0; values.len()], 0);
    for same in order.chunk_by(|a, b| values[*a] == values[*b]) {
        let to = from + same.len();
        for at in same {
            off[*at] = (from + to) as i64 - values.len() as i64;
        }
        from = to;
    }
    off
}
