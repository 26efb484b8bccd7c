//! Large files are read in pieces: the same as when they are read as wholes.

#![cfg(all(feature = "toml", feature = "csv"))]
#![allow(missing_docs, clippy::unwrap_used, reason = "tests stop at what they did not expect")]

use crate::common::Case;
use peaceops::{CaseDocument, CaseStudy};

/// Facts that fill several pieces, each with a text of some lines.
fn facts(count: usize) -> String {
    (0..count)
        .map(|n| format!("[[fact]]\nid = \"X{n}\"\ntitle = \"A fact\"\ntext = '''\nOne line,\nand another {n}'''\ncite = [\"R p{n}\"]\n\n"))
        .collect()
}

fn read(text: &str) -> Result<CaseStudy, peaceops::Problems> {
    Case::small().append("case.toml", text).read()
}

#[test]
fn rows_are_those_of_the_whole_in_their_order() {
    let study = read(&facts(5_000)).unwrap();
    assert_eq!(study.facts().len(), 5_000);
    assert!(study.facts().iter().enumerate().all(|(n, fact)| fact.id == *format!("X{n}")));
    let small = Case::small();
    let whole = CaseDocument::from_texts(small.texts()).unwrap();
    let large = CaseDocument::from(&study);
    assert_eq!((whole.task.len(), whole.rating.len()), (large.task.len(), large.rating.len()));
}

#[test]
fn tables_inside_rows_stay_with_their_rows() {
    let change = "[[task.changes]]\nfrom = \"2014\"\ntier = \"additional\"\n";
    let task = |n: usize| {
        format!(
            "[[task]]\nid = \"Y{n}\"\ntitle = \"Task {n}\"\nshort = \"Task\"\nfield = \"protection\"\nwhen = \"2013-07-01..\"\nby = \"res-1\"\n\
             tier = \"core\"\nwhere = [\"north\"]\ncite = [\"R p1\"]\n{change}\n"
        )
    };
    let study = read(&(0..2_000).map(task).collect::<String>()).unwrap();
    assert!(study.tasks().iter().skip(1).all(|task| task.changes.len() == 1));
}

#[test]
fn faults_have_the_places_of_the_whole() {
    for (fault, code) in [
        ("[[fact]]\nid = \"bad\"\ntitle = \"A fact\"\nsources = [\"R p1\"]\n", "unknown-field"),
        ("[[fact]]\nid = \"bad\"\ntitle = \"A fact\"\ncite = [\"Q p1\"]\n", "unknown-id"),
        ("[[fact]]\nid = \"bad\ntitle = \"A fact\"\ncite = [\"R p1\"]\n", "syntax"),
        ("[study]\nid = \"again\"\n", "syntax"),
        ("[fact]\nid = \"bad\"\n", "syntax"),
    ] {
        let small = Case::small();
        let lines = small.texts().map(|(_, text)| text.lines().count()).sum::<usize>();
        let before = facts(3_000);
        let problems = read(&format!("{before}{fault}{}", facts(1).replace("X0", "last"))).unwrap_err();
        let first = problems.iter().next().unwrap();
        let place = first.place.as_ref().unwrap();
        assert_eq!(first.error.code(), code, "{problems}");
        let start = lines + before.lines().count();
        assert!((start..start + 6).contains(&place.line), "{place} of {start}");
    }
}

#[test]
fn what_only_looks_like_a_header_is_read() {
    let lines = "[[fact]]\n".repeat(1_000);
    let long = format!("[[fact]]\nid = \"long\"\ntitle = \"A fact\"\ncite = [\"R p1\"]\ntext = '''\n{lines}'''\n");
    for before in (0..1_000).step_by(25) {
        let study = read(&format!("{}{long}{}", facts(before), facts(2_000).replace("\"X", "\"Z"))).unwrap();
        let text = study.facts()[before].text.as_ref();
        assert_eq!((study.facts().len(), text.map(String::len)), (before + 2_001, Some(lines.len())));
    }
}

#[test]
fn a_list_at_the_head_is_no_table_of_later_rows() {
    let case = Case::small();
    let head = format!("fact = []\n{}", facts(2_000));
    let texts = case.texts().chain([("facts.toml", head.as_str())]);
    assert!(CaseStudy::from_texts(texts).is_err());
}
