#![allow(missing_docs)]
mod common;
use common::Case;
#[test]
fn small() {
    Case::small().study();
}
#[test]
fn min() {
    let t = std::time::Instant::now();
    let c = Case::minusma();
    c.study();
    eprintln!("{:?}", t.elapsed());
    let t = std::time::Instant::now();
    let c = c.patch_after("ratings.toml", "pool = \"force\"\nphase = \"P1\"", "partial", "partal");
    println!("{}", c.problems());
    eprintln!("{:?}", t.elapsed());
}
