//! Every result walks back to its rows and their sources.

#![cfg(all(feature = "toml", feature = "csv"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests stop at what they did not expect")]

use std::collections::HashSet;
use std::sync::OnceLock;

use crate::common::Case;
use peaceops::model::Row;
use peaceops::scoring::{Assessment, CellLevel, Explanation, Method};

fn assessment() -> &'static Assessment {
    static ASSESSMENT: OnceLock<Assessment> = OnceLock::new();
    ASSESSMENT.get_or_init(|| Case::minusma().study().assess(&Method::default()))
}

#[track_caller]
fn explain(address: &str) -> Explanation {
    assessment().explain(address).unwrap_or_else(|error| panic!("{error}"))
}

/// A node and all below it, outermost first.
fn nodes(tree: &Explanation) -> Vec<&Explanation> {
    std::iter::once(tree).chain(tree.parts.iter().flat_map(nodes)).collect()
}

/// Whether a citation is of a source of the study, with a locator.
fn is_located(cite: &str) -> bool {
    let Some((source, locator)) = cite.split_once(' ') else { return false };
    source.parse().is_ok_and(|id| assessment().study().source(&id).is_some()) && !locator.trim().is_empty()
}

#[test]
fn every_address_has_a_sourced_tree() {
    let addresses = assessment().addresses();
    assert!(addresses.len() > 1200, "{}", addresses.len());
    for address in &addresses {
        let tree = explain(address);
        assert!(tree.is_sourced(), "{address} has no source:\n{tree}");
        assert!(!tree.label.is_empty() && !tree.text.is_empty(), "{address}: {tree:?}");
    }
}

#[test]
fn every_tree_has_a_row_with_its_locator_or_is_the_coders() {
    let study = assessment().study();
    // What rests on no row at all: a group in which no finding counts.
    let mut empty = 0;
    for address in assessment().addresses() {
        let tree = explain(&address);
        let cites: Vec<&String> = nodes(&tree).into_iter().flat_map(|node| &node.cites).collect();
        if cites.iter().any(|cite| is_located(cite) || *cite == "by the coder") {
            continue;
        }
        if let Some(Row::Source(source)) = study.row(&address) {
            assert_eq!(cites, [source.url.as_ref().unwrap_or(&format!("{} {}", source.origin, source.title))], "{address}");
            continue;
        }
        assert_eq!((cites, tree.parts.len()), (vec![&"by the framework".to_owned()], 0), "{address}:\n{tree}");
        empty += 1;
    }
    assert!(empty < 10, "{empty} trees without a row");
}

#[test]
fn every_reason_stands_beside_rows_with_sources() {
    // Below each part that gives a reason for a rating there is a row with a locator, or it says that the coder gave it.
    for task in &assessment().congruence().tasks {
        let tree = explain(task.id.as_str());
        for node in nodes(&tree).into_iter().filter(|node| node.parts.iter().any(|part| part.label == "because")) {
            assert!(
                nodes(node).iter().flat_map(|part| &part.cites).any(|cite| is_located(cite) || cite == "by the coder"),
                "{}:\n{node}",
                task.id
            );
        }
    }
}

#[test]
fn no_line_is_wider_than_100_columns() {
    for address in assessment().addresses() {
        for line in explain(&address).to_string().lines() {
            assert!(line.chars().count() <= 100, "{address}: {} columns\n{line}", line.chars().count());
            assert_eq!(line, line.trim_end(), "{address}");
        }
    }
}

#[test]
fn no_part_says_that_a_row_is_a_dimension_unless_it_is() {
    for address in assessment().addresses() {
        for node in nodes(&explain(&address)) {
            if node.text == "a dimension of the framework" {
                assert!(assessment().study().framework().dimension(&node.label).is_some(), "{address}: {}", node.label);
            }
        }
    }
}

#[test]
fn addresses_are_unique_and_all_rows_have_one() {
    let addresses = assessment().addresses();
    let unique: HashSet<&String> = addresses.iter().collect();
    for row in assessment().study().rows() {
        assert!(unique.contains(&row.id().to_string()), "{}", row.id());
    }
    for gap in assessment().gaps() {
        assert!(unique.contains(&gap.address), "{}", gap.address);
        assert_eq!(explain(&gap.address).text, gap.kind.to_string());
    }
    // Phases and units are rows, and so stand once.
    assert_eq!(unique.len(), addresses.len(), "an address stands twice");
    // The key that a region has in the fact sheet leads to it too.
    assert_eq!(explain("MIN-REG-05"), explain("C"));
}

#[test]
fn an_unknown_address_gives_the_nearest() {
    for (wrong, near) in [
        ("MIN-TSK-3O", "MIN-TSK-30"),
        ("min-tsk-30", "MIN-TSK-30"),
        ("P3/D", "P3/C"),
        ("congruense", "congruence"),
        ("legitimacy/P4", "legitimacy/P1"),
        ("mandate-lag/MIN-DRV-09/D", "mandate-lag/MIN-DRV-09/C"),
        ("P3/C/MIN-TSK-3O", "P3/C/MIN-TSK-30"),
    ] {
        let error = assessment().explain(wrong).unwrap_err();
        assert_eq!(error.code(), "unknown-address");
        let text = error.to_string();
        assert!(text.contains(&format!("`{wrong}`")), "{text}");
        // Of several as near any will do.
        let told = text.rsplit('`').nth(1).unwrap_or_default();
        assert!(text.contains("nearest") && assessment().explain(told).is_ok(), "{text}");
        let off =
            |to: &str| to.chars().zip(wrong.chars()).filter(|(a, b)| !a.eq_ignore_ascii_case(b)).count() + to.len().abs_diff(wrong.len());
        assert!(off(told) <= off(near), "{wrong}: {told} rather than {near}");
    }
    for strange in ["", "/", "//", "P3//C", "P3/C/MIN-TSK-30/x", "P9", "\u{1b}[31mred", &"x".repeat(100_000), "congruence/P1", "é/ü"] {
        let error = assessment().explain(strange).unwrap_err();
        assert_eq!(error.code(), "unknown-address", "{strange:.20}");
        assert!(error.to_string().chars().count() < 300);
    }
    // Slashes around an address are no part of it.
    assert_eq!(explain("/P3/C/"), explain("P3/C"));
}

#[test]
fn the_tree_of_a_task_down_to_its_sources() {
    let tree = explain("MIN-TSK-30");
    let text = tree.to_string();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("MIN-TSK-30  Help bring state authority back in the Centre: "), "{}", lines[0]);
    assert_eq!(tree.cites, ["R T2", "R V.d ¶2", "S13 extract"]);
    // Its two states, each with the instrument that made it.
    let states: Vec<(&str, &[String])> =
        tree.parts.iter().filter(|p| p.label == "in force").map(|p| (p.text.as_str(), p.cites.as_slice())).collect();
    assert_eq!(states.len(), 2);
    assert_eq!(states[0].0, "2018-06-28 to 2019-06-27, C, core, by 2423 (MIN-MAN-08)");
    assert_eq!(
        (states[1].0, states[1].1),
        ("2019-06-28 to 2023-06-30, C, strategic, by 2480 (MIN-MAN-09)", ["R IV.e ¶13 fn187".to_owned()].as_slice())
    );
    // Its one cell: four links in their order, each with a reason and rows, the inherited ones marked.
    let cell = tree.parts.iter().find(|part| part.label == "P3/C").unwrap();
    let links: Vec<&str> = cell.parts.iter().take(4).map(|part| part.label.as_str()).collect();
    assert_eq!(links, ["mandate", "resources", "capabilities", "activities"]);
    for link in &cell.parts[1..3] {
        assert!(link.text.contains("inherited from force"), "{}", link.text);
    }
    assert!(!cell.parts[0].text.contains("inherited") && !cell.parts[3].text.contains("inherited"));
    for link in &cell.parts[..4] {
        assert_eq!(link.parts[0].label, "because");
        let (confidence, rows) = link.parts[1..].split_last().unwrap();
        assert!(rows.iter().all(|row| row.cites.iter().any(|cite| is_located(cite))), "{link}");
        // How sure it is, down to each piece with its grading and its root.
        assert_eq!(confidence.label, "confidence");
        assert!(!confidence.parts.is_empty());
        for piece in &confidence.parts {
            assert!(piece.label.starts_with("for ") && piece.text.contains(", root "), "{piece}");
        }
    }
    assert!(cell.parts[1].parts.last().unwrap().parts[0].text.ends_with("[text, B2, root epon-report]"));
    assert!(cell.parts[1].parts.iter().any(|row| row.label == "MIN-CAP-31" && row.cites.contains(&"R V.d ¶3-4 fn211".to_owned())));
    // What it replaces, what it answers, what pulls against it, and the gaps that name it, under all readings.
    let has = |label: &str, start: &str| tree.parts.iter().any(|part| part.label == label && part.text.starts_with(start));
    assert!(has("replaces", "MIN-TSK-03 ") && has("answers", "MIN-DRV-09 ") && has("tension", "MIN-TEN-02 "));
    assert!(has(
        "gap",
        "mandate-lag: MIN-DRV-09 in C: met in full by MIN-TSK-30 from 2018-06-28, 2.5 to 3.5 years late; under centre-2016: "
    ));
    assert!(lines.iter().any(|line| line.starts_with("├─ P3/C      ")), "{text}");
    assert!(lines.last().unwrap().starts_with("   ") || lines.last().unwrap().starts_with("└─"), "{text}");
}

#[test]
fn a_cell_says_what_would_have_to_rise() {
    for task in &assessment().congruence().tasks {
        for cell in &task.cells {
            let tree = explain(&format!("{}/{}/{}", cell.phase, cell.region, task.id));
            let CellLevel::Known { level, .. } = cell.outcome else {
                assert!(!tree.parts.iter().any(|part| part.label.starts_with("to be ")));
                continue;
            };
            assert!(tree.text.contains(&format!("{level}")), "{tree}");
            let next = peaceops::scale::Level::ALL.get(usize::from(level.index()) + 1);
            let Some(next) = next else { continue };
            let rise = tree.parts.iter().find(|part| part.label == format!("to be {next}")).unwrap_or_else(|| panic!("{tree}"));
            for link in &cell.binding {
                assert!(rise.text.contains(link.name()), "{rise:?}");
            }
        }
    }
}

#[test]
fn a_group_lists_its_cells_with_what_binds_them() {
    for (phase, region) in [(None, None), (Some("P1"), None), (Some("P3"), Some("C")), (None, Some("N"))] {
        let address = match (phase, region) {
            (None, None) => "congruence".to_owned(),
            (Some(phase), Some(region)) => format!("{phase}/{region}"),
            (one, other) => one.or(other).unwrap().to_owned(),
        };
        let tree = explain(&address);
        let profile = assessment().congruence().profile(phase, region).unwrap();
        assert_eq!(tree.text, profile.to_string());
        assert_eq!(tree.parts.iter().filter(|part| part.label == "hinge").count(), profile.hinges.len());
        let cells = assessment().congruence().tasks.iter().flat_map(|task| &task.cells);
        let inside = cells.filter(|cell| phase.is_none_or(|id| cell.phase == *id) && region.is_none_or(|id| cell.region == *id)).count();
        assert_eq!(tree.parts.iter().filter(|part| part.label.starts_with("MIN-TSK-")).count(), inside);
    }
}

#[test]
fn a_dimension_lists_the_findings_that_it_counts() {
    for dimension in assessment().dimensions() {
        let whole = explain(dimension.id.as_str());
        let findings = whole.parts.iter().filter(|part| part.label.starts_with("MIN-D") && !part.label.starts_with("MIN-DV")).count();
        assert_eq!(findings, dimension.whole.findings.len(), "{}", dimension.id);
        assert!(whole.parts.iter().any(|part| part.label == "verdict"));
        for phase in &dimension.by_phase {
            let tree = explain(&format!("{}/{}", dimension.id, phase.id));
            assert_eq!(tree.parts.iter().filter(|part| part.label != "verdict").count(), phase.count.findings.len());
        }
    }
}

#[test]
fn nothing_that_a_stranger_writes_reaches_the_terminal() {
    let title = format!("title = \"Red \\u001b[31m and \\u202e back, {}\"", "wide".repeat(200));
    let case = Case::small().patch("case.toml", "title = \"Protect civilians\"", &title);
    let assessment = case.study().assess(&Method::default());
    let text = assessment.explain("T1").unwrap().to_string();
    assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'), "{text}");
    assert!(text.contains("\\u{1b}[31m") && text.contains("\\u{202e}"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
}
