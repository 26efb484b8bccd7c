//! The case that the page on writing cases shows is one, and needs what that page says it needs.
#![cfg(all(feature = "toml", feature = "csv"))]
#![allow(clippy::unwrap_used, missing_docs, reason = "tests stop at what they did not expect")]

use peaceops::CaseStudy;
use peaceops::scoring::Method;

const PAGE: &str = include_str!("../../examples/README.md");

/// The first block of a language.
fn block(language: &str) -> &'static str {
    let (_, rest) = PAGE.split_once(&format!("```{language}\n")).unwrap();
    rest.split_once("```").unwrap().0
}

fn read(toml: &str) -> Result<CaseStudy, String> {
    CaseStudy::from_texts([("case.toml", toml), ("observations.csv", block("csv"))]).map_err(|problems| problems.to_string())
}

#[test]
fn the_case_of_the_page_reads_and_is_answered() {
    let study = read(block("toml")).unwrap();
    let assessment = study.assess(&Method::default());
    assert_eq!((study.tasks().len(), study.effects().len(), study.observations().len()), (1, 1, 2));
    assert_eq!(assessment.congruence().profile(Some("P1"), Some("N")).unwrap().coverage.tasks.applicable, 1);
}

#[test]
fn what_is_marked_optional_may_be_left_out_and_nothing_else() {
    let lines: Vec<&str> = block("toml").lines().collect();
    let fields = lines.iter().enumerate().filter(|(_, line)| line.contains(" = "));
    let mut seen = [0, 0];
    for (at, line) in fields {
        let without: Vec<&str> = lines.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, line)| *line).collect();
        let optional = line.ends_with("# optional");
        assert_eq!(read(&without.join("\n")).is_ok(), optional, "{line}");
        seen[usize::from(optional)] += 1;
    }
    assert!(seen.iter().all(|count| *count > 10), "{seen:?}");
}

#[test]
fn the_tables_that_the_page_calls_needed_are_enough() {
    let needed = ["[study]", "[[source]]", "[[mission]]", "[[region]]", "[[phase]]"];
    let tables: Vec<&str> = block("toml").split("\n\n").filter(|table| needed.iter().any(|name| table.starts_with(name))).collect();
    assert!(CaseStudy::from_texts([("case.toml", tables.join("\n\n").as_str())]).is_ok());
    for name in needed {
        let without: Vec<&str> = tables.iter().filter(|table| !table.starts_with(name)).copied().collect();
        assert!(CaseStudy::from_texts([("case.toml", without.join("\n\n").as_str())]).is_err(), "{name}");
    }
}
