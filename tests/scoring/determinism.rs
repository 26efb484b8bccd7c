//! The same study and method give the same bytes, however often and from however many threads.

#![cfg(all(feature = "toml", feature = "csv"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests stop at what they did not expect")]

use std::sync::Barrier;
use std::thread;

use crate::common::Case;
use peaceops::scoring::{Assessment, Method};
use peaceops::{CaseDocument, CaseStudy};

fn json(assessment: &Assessment) -> Vec<u8> {
    serde_json::to_vec(assessment).unwrap()
}

/// Fails without printing half a megabyte.
#[track_caller]
fn same(one: &[u8], other: &[u8]) {
    if one != other {
        let at = one.iter().zip(other).position(|(a, b)| a != b).unwrap_or(one.len().min(other.len()));
        let around = |bytes: &[u8]| String::from_utf8_lossy(&bytes[at.saturating_sub(120)..(at + 120).min(bytes.len())]).into_owned();
        panic!("the bytes differ at {at}:\n{}\n{}", around(one), around(other));
    }
}

#[test]
fn two_assessments_give_the_same_bytes() {
    let study = Case::minusma().study();
    let bytes = json(&study.assess(&Method::default()));
    same(&bytes, &json(&study.assess(&Method::default())));
    // Another reading of the same files, in another order, is the same study.
    let mut files: Vec<_> = Case::minusma().0;
    files.reverse();
    let again = CaseStudy::from_texts(files.iter().map(|(name, text)| (name.as_str(), text.as_str()))).unwrap();
    assert_eq!(again, study);
    same(&bytes, &json(&again.assess(&Method::default())));
}

#[test]
fn the_bytes_outlive_the_way_to_the_study() {
    let study = Case::minusma().study();
    let bytes = json(&study.assess(&Method::default()));
    // Through records, through JSON, and with the method that the result carries.
    let records = CaseDocument::from(&study);
    let through: CaseDocument = serde_json::from_slice(&serde_json::to_vec(&records).unwrap()).unwrap();
    assert_eq!(through, records);
    let again = CaseStudy::try_from(through).unwrap();
    let result: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let method: Method = serde_json::from_value(result["method"].clone()).unwrap();
    assert_eq!(method, Method::default());
    same(&bytes, &json(&again.assess(&method)));
}

#[test]
fn eight_threads_at_once_give_the_same_bytes() {
    let study = Case::minusma().study();
    let bytes = json(&study.assess(&Method::default()));
    let start = Barrier::new(8);
    thread::scope(|scope| {
        let handles: Vec<_> = (0..8)
            .map(|n| {
                let (study, start) = (&study, &start);
                scope.spawn(move || {
                    start.wait();
                    // Some share the study, some read their own.
                    let assessment =
                        if n % 2 == 0 { study.assess(&Method::default()) } else { Case::minusma().study().assess(&Method::default()) };
                    (json(&assessment), assessment.explain("P3/C").unwrap().to_string())
                })
            })
            .collect();
        let results: Vec<_> = handles.into_iter().map(|handle| handle.join().unwrap()).collect();
        for (other, tree) in &results {
            same(&bytes, other);
            assert_eq!(*tree, results[0].1);
        }
    });
}
