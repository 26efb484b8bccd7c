//! A draw allocates nothing: more draws of a study ask for no more memory.
//!
//! What is counted are the calls of the allocator while a whole run is made, in a pool of one thread, by that thread.
//! A run sets up once for each batch of 4,096 draws, and tells its result; both cost the same for few draws as for many.
//! Without the feature `parallel` that is all. With it rayon divides a batch into pieces, each lot of them with a
//! set-up of its own; how many lots there are hangs on the pieces, so that the counts may differ by a few set-ups.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests stop at what they did not expect")]

mod common;

use peaceops::CaseStudy;
use peaceops::measure::Decimal;
use peaceops::scoring::{CellAggregator, LinkAggregator, Method};
use peaceops::uncertainty::Draws;

/// Draws of a batch, and of a piece of it.
const BATCH: u64 = 4096;
const PIECE: u64 = 256;

/// The calls of the allocator in a run of so many draws.
fn allocations(study: &CaseStudy, method: &Method, draws: u64) -> u64 {
    let mut method = method.clone();
    method.draws.draws = draws;
    let draws = Draws::of(&study.assess(&method)).unwrap();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    // one draw first, for what is set up once and stays
    pool.install(|| draws.at_coded_levels());
    pool.install(|| allocation_counter::measure(|| drop(draws.run())).count_total)
}

#[test]
fn a_draw_allocates_nothing() {
    let study = CaseStudy::read(common::MINUSMA).unwrap();
    let mut everything = Method::default();
    everything.draws.weights = Decimal::of_thousandths(250);
    everything.draws.links =
        vec![LinkAggregator::Minimum, LinkAggregator::LowerMedian, LinkAggregator::Geometric, LinkAggregator::Arithmetic];
    everything.draws.cells = vec![CellAggregator::LowerMedian, CellAggregator::UpperMedian, CellAggregator::LowerQuartile];
    // Less than one for sixteen draws: none, but for rayon's lots.
    let few = if cfg!(feature = "parallel") { (BATCH - PIECE) / 16 } else { 0 };
    for method in [Method::default(), everything] {
        let of = |draws: u64| allocations(&study, &method, draws);
        let (piece, batch) = (of(PIECE), of(BATCH));
        assert!(piece > 0, "a run that allocates nothing at all was not counted");
        assert!(batch.abs_diff(piece) <= few, "{piece} allocations for {PIECE} draws, {batch} for {BATCH}");
        let (two, three) = (of(2 * BATCH), of(3 * BATCH));
        assert_eq!(three - two, two - batch, "each batch costs the same: {batch}, {two}, {three}");
        assert!(two - batch <= batch, "{} allocations for the second batch, {batch} for the first", two - batch);
    }
}
