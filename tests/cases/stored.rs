//! What the examples print, held against stored outputs.
//!
//! Re-made by one command: `UPDATE_STORED=1 cargo test --features monte-carlo --test cases stored`. A difference moves published
//! figures: it needs a line under *Scores* in CHANGELOG.md that names the digest of the stored JSON,
//! which the failing test prints.
#![cfg(all(feature = "toml", feature = "csv"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests stop at what they did not expect")]

use std::path::{Path, PathBuf};

const MISSIONS: [&str; 4] = ["amisom", "minusma", "monusco", "unmiss"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn stored(name: &str) -> PathBuf {
    root().join("tests/stored").join(name)
}

fn printed(mission: &str, args: &[&str]) -> String {
    let case = root().join("examples").join(mission);
    crate::desk::text(Some(case.to_str().unwrap()), lexopt::Parser::from_args(args)).unwrap()
}

/// What several studies say together; without directories, all that are shipped.
fn compared(args: &[&str]) -> String {
    crate::compare::text(lexopt::Parser::from_args(args)).unwrap()
}

#[track_caller]
fn hold(name: &str, text: &str) {
    let path = stored(name);
    if std::env::var_os("UPDATE_STORED").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        return;
    }
    let old = std::fs::read_to_string(&path).unwrap_or_default();
    if old != text {
        let line = old.lines().zip(text.lines()).position(|(a, b)| a != b).unwrap_or_else(|| old.lines().count().min(text.lines().count()));
        let at = |text: &str| text.lines().nth(line).unwrap_or("(nothing)").to_owned();
        panic!(
            "{name} differs from line {}:\n  stored  {}\n  printed {}\nre-made by UPDATE_STORED=1 cargo test --features monte-carlo --test cases stored, with a line under *Scores*",
            line + 1,
            at(&old),
            at(text)
        );
    }
}

/// FNV-1a, 64 bits, of the lines that hold figures.
fn digest(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}

/// The pages of a mission.
#[track_caller]
fn pages(mission: &str) {
    for (name, args) in [("", [].as_slice()), ("-all", &["--all"]), ("-check", &["--check"])] {
        hold(&format!("{mission}{name}.txt"), &printed(mission, args));
    }
}

// One test for each, so that they share the cores.
#[test]
fn pages_of_amisom_are_as_stored() {
    pages("amisom");
}

#[test]
fn pages_of_minusma_are_as_stored() {
    pages("minusma");
}

#[test]
fn pages_of_monusco_are_as_stored() {
    pages("monusco");
}

#[test]
fn pages_of_unmiss_are_as_stored() {
    pages("unmiss");
}

#[test]
fn other_pages_of_minusma_are_as_stored() {
    hold("minusma-tipping.txt", &printed("minusma", &["--tipping"]));
    hold("minusma-influence.txt", &printed("minusma", &["--influence"]));
    hold("minusma-P3-C.txt", &printed("minusma", &["--phase", "P3", "--region", "C"]));
    hold("minusma-MIN-TSK-30.txt", &printed("minusma", &["--explain", "MIN-TSK-30"]));
    hold("minusma-MIN-EFF-16.txt", &printed("minusma", &["--explain", "MIN-EFF-16"]));
    hold("minusma-MIN-CLM-05.txt", &printed("minusma", &["--explain", "MIN-CLM-05"]));
    hold("minusma-worse-without.txt", &printed("minusma", &["--explain", "worse-without"]));
    hold("minusma-legitimacy-P1.txt", &printed("minusma", &["--explain", "legitimacy/P1"]));
}

#[test]
fn pages_of_the_comparison_are_as_stored() {
    hold("compare.txt", &compared(&[]));
    hold("compare-all.txt", &compared(&["--all"]));
}

/// A desk officer has it on two screens, and can ask what stands behind every sentence.
#[test]
fn the_comparison_is_short_and_every_address_in_it_explains() {
    let text = compared(&[]);
    assert!(text.lines().count() <= 120, "{} lines", text.lines().count());
    for line in text.lines().chain(compared(&["--all"]).lines()) {
        assert!(line.chars().count() <= 100, "{line}");
    }
    let known = |part: &&str| MISSIONS.iter().any(|mission| part.starts_with(&format!("{mission}:")));
    let addresses: Vec<&str> = text.split('[').filter_map(|part| part.split(']').next()).filter(known).collect();
    assert!(addresses.len() >= 8, "{addresses:?}");
    for address in addresses {
        assert!(compared(&["--explain", address]).len() > 20, "{address}");
    }
}

/// No study is needed by another: any can be taken away.
#[test]
fn any_directories_can_be_compared() {
    let four = compared(&["--json"]);
    let four: serde_json::Value = serde_json::from_str(&four).unwrap();
    for away in MISSIONS {
        let directories = MISSIONS.iter().filter(|mission| **mission != away).map(|mission| root().join("examples").join(mission));
        let mut args: Vec<String> = directories.map(|path| path.to_str().unwrap().to_owned()).collect();
        args.push("--json".to_owned());
        let three: serde_json::Value = serde_json::from_str(&compared(&args.iter().map(String::as_str).collect::<Vec<_>>())).unwrap();
        for key in ["coverage", "gaps", "relevance"] {
            let others: Vec<&serde_json::Value> = four[key].as_array().unwrap().iter().filter(|one| one["study"] != away).collect();
            assert_eq!(three[key].as_array().unwrap().iter().collect::<Vec<_>>(), others, "without {away}: {key}");
        }
    }
}

/// Draws are the same bytes on every machine, and with any number of threads.
#[cfg(feature = "monte-carlo")]
#[test]
fn draws_are_as_stored() {
    hold("minusma-draws.txt", &printed("minusma", &["--tipping", "--uncertainty", "5000", "--seed", "7"]));
    let compared = compared(&["--uncertainty", "5000", "--seed", "7"]);
    let told = compared.split("In draws").nth(1).and_then(|rest| rest.split("\n  Links").next()).unwrap();
    hold("compare-draws.txt", told);
}

/// What asks for a feature that is not there says which, and how.
#[cfg(not(feature = "monte-carlo"))]
#[test]
fn draws_need_a_feature() {
    let case = root().join("examples/minusma");
    let asked = lexopt::Parser::from_args(["--uncertainty", "5000"]);
    let message = crate::desk::text(Some(case.to_str().unwrap()), asked).unwrap_err();
    assert_eq!(crate::compare::text(lexopt::Parser::from_args(["--uncertainty", "5000"])).unwrap_err(), message);
    assert_eq!(
        message,
        "error: `--uncertainty` needs the feature `monte-carlo`, or `parallel` for several threads:\n  \
         cargo run --release --features parallel --example NAME -- --uncertainty 100000"
    );
}

#[test]
fn json_is_as_stored_and_its_digest_is_in_the_changelog() {
    let changelog = std::fs::read_to_string(root().join("CHANGELOG.md")).unwrap();
    let scores = changelog.split("### ").find(|part| part.starts_with("Scores")).unwrap();
    let whole = MISSIONS.iter().map(|mission| (*mission, printed(mission, &["--json"])));
    let mut moved = Vec::new();
    for (name, json) in whole.chain([("compare", compared(&["--json"]))]) {
        hold(&format!("{name}.json"), &json);
        let digest = digest(&json);
        if !scores.contains(&digest) {
            moved.push(format!("{name} `{digest}`"));
        }
    }
    assert!(moved.is_empty(), "figures moved: add a line under *Scores* in CHANGELOG.md that says why and names {}", moved.join(", "));
}

#[test]
fn json_has_the_keys_that_programs_read() {
    let json: serde_json::Value = serde_json::from_str(&printed("minusma", &["--json"])).unwrap();
    for key in ["schema", "study", "framework", "method", "congruence", "gaps", "relevance", "dimensions", "coverage", "uncertainty"] {
        assert!(!json[key].is_null(), "no `{key}`");
    }
    for key in ["tipping", "choices", "influence", "ask_next"] {
        assert!(!json["uncertainty"][key].is_null(), "no `uncertainty.{key}`");
    }
    for key in ["headline", "bounds", "links", "distribution", "coverage", "hinges", "tasks", "by_phase", "by_region", "changes"] {
        assert!(!json["congruence"][key].is_null(), "no `congruence.{key}`");
    }
    assert_eq!(json["congruence"]["headline"]["status"], "known");
    for key in ["id", "level", "low", "high", "binding", "may_bind", "cells"] {
        assert!(json["congruence"]["tasks"][0].get(key).is_some(), "no `congruence.tasks[].{key}`");
    }
    assert!(json["gaps"][0]["kind"].is_string() && json["gaps"][0]["rows"].is_array());
    for key in ["by_phase", "targets", "drivers"] {
        assert!(!json["relevance"][key].is_null(), "no `relevance.{key}`");
    }
    for key in ["situation", "credited", "risks"] {
        assert!(!json["relevance"]["by_phase"][0][key].is_null(), "no `relevance.by_phase[].{key}`");
    }
    for key in ["id", "role", "balance", "band", "trend", "by_phase", "by_region"] {
        assert!(json["dimensions"][0].get(key).is_some(), "no `dimensions[].{key}`");
    }
}

#[test]
fn no_line_is_over_100_columns() {
    let study = peaceops::CaseStudy::read(root().join("examples/minusma")).unwrap();
    let mut asked: Vec<Vec<String>> = vec![vec![], vec!["--all".into()], vec!["--check".into()], vec!["--help".into()]];
    for phase in study.phases() {
        asked.push(vec!["--phase".into(), phase.id.to_string()]);
        asked.extend(study.units().map(|unit| vec!["--phase".into(), phase.id.to_string(), "--region".into(), unit.id.to_string()]));
    }
    asked.extend(study.units().map(|unit| vec!["--region".into(), unit.id.to_string()]));
    for args in asked {
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let text = printed("minusma", &args);
        for line in text.lines() {
            assert!(line.chars().count() <= 100, "{args:?}: {line}");
        }
    }
}

#[test]
fn hostile_text_does_no_harm() {
    let case = root().join("examples/minusma");
    let directory = std::env::temp_dir().join(format!("peaceops-hostile-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    let long = "x".repeat(9_000);
    let hostile = format!("\\u001b[2J\\u001b[31mred\\nnew line \\u202e turned {long}");
    for entry in std::fs::read_dir(&case).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name.ends_with(".toml") || name.ends_with(".csv") {
            let mut text = std::fs::read_to_string(&path).unwrap();
            if ["tasks.toml", "effects.toml", "drivers.toml", "findings.toml", "instruments.toml", "capabilities.toml"]
                .contains(&name.as_str())
            {
                let lines =
                    text.lines().map(|line| if line.starts_with("title = ") { format!("title = \"{hostile}\"") } else { line.to_owned() });
                text = lines.collect::<Vec<_>>().join("\n");
            }
            std::fs::write(directory.join(&name), text).unwrap();
        }
    }
    for args in
        [vec![], vec!["--all"], vec!["--check"], vec!["--explain", "MIN-TSK-30"], vec!["--phase", "P3"], vec!["--explain", "MIN-EFF-16"]]
    {
        let text = crate::desk::text(Some(directory.to_str().unwrap()), lexopt::Parser::from_args(&args)).unwrap();
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{args:?} prints a control character");
        assert!(text.lines().all(|line| line.chars().count() <= 100), "{args:?} prints a line over 100 columns");
    }
    let other = root().join("examples/unmiss");
    let text = compared(&[directory.to_str().unwrap(), other.to_str().unwrap(), "--all"]);
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()) && text.lines().all(|line| line.chars().count() <= 100));
    std::fs::remove_dir_all(&directory).unwrap();
}

#[test]
fn wrong_requests_are_told() {
    let case = root().join("examples/minusma");
    let ask = |args: &[&str]| crate::desk::text(Some(case.to_str().unwrap()), lexopt::Parser::from_args(args)).unwrap_err();
    assert_eq!(ask(&["--phase", "P9"]), "error: no phase `P9`; the phases are P1, P2, P3");
    assert_eq!(ask(&["--region", "KIDAL"]), "error: no unit `KIDAL`; results exist for N, C, S");
    assert!(ask(&["--explain", "MIN-TKS-30"]).starts_with("error: nothing has the address `MIN-TKS-30`; the nearest is `MIN-TSK-30`"));
    assert!(ask(&["--nonsense"]).starts_with("error: invalid option '--nonsense'"));
    assert!(ask(&["--method", "no-such-file.json"]).starts_with("error: the method no-such-file.json cannot be read"));
    for (args, wanted) in [
        (&["--seed", "7"][..], "error: `--seed` is of draws; give `--uncertainty N` with it"),
        (&["--phase", "P3", "--json"], "error: `--phase` and `--json` ask for different answers; give one of them"),
        (&["--json", "--check"], "error: `--check` and `--json` ask for different answers; give one of them"),
        (&["--explain", "P3", "--region", "C"], "error: `--region` and `--explain` ask for different answers; give one of them"),
        (&["--ratings-csv", "--influence"], "error: `--influence` and `--ratings-csv` ask for different answers; give one of them"),
        (&["--check", "--uncertainty", "9"], "error: `--check` tells nothing of draws; leave `--uncertainty` out"),
    ] {
        assert_eq!(ask(args), wanted);
    }
    for (option, given, least) in [("uncertainty", "abc", 1), ("uncertainty", "0", 1), ("seed", "-1", 0)] {
        let wanted = format!("error: `--{option}` takes a whole number from {least} to 18446744073709551615, not `{given}`");
        assert_eq!(ask(&[&format!("--{option}={given}")]).lines().next(), Some(wanted.as_str()));
        let compare = crate::compare::text(lexopt::Parser::from_args([format!("--{option}={given}")]));
        assert_eq!(compare.unwrap_err().lines().next(), Some(wanted.as_str()));
    }
}

#[test]
fn wrong_requests_are_told_without_escapes() {
    let case = root().join("examples/minusma");
    let case = case.to_str().unwrap();
    let file = std::env::temp_dir().join(format!("peaceops-method-{}.json", std::process::id()));
    std::fs::write(&file, "{\"\\u001b[31mfoo\":1}").unwrap();
    let file = file.to_str().unwrap();
    for args in [
        &["--explain", "\u{1b}[31mX"][..],
        &["--explain", "minusma:\u{1b}[31mX"],
        &["--method", "no\u{1b}[31m"],
        &["--method", file],
        &["--\u{1b}[31mX"],
        &["--uncertainty", "\u{1b}[31m"],
    ] {
        let desk = crate::desk::text(Some(case), lexopt::Parser::from_args(args)).unwrap_err();
        let compare = crate::compare::text(lexopt::Parser::from_args(args)).unwrap_err();
        for text in [desk, compare] {
            assert!(text.contains("\\u{1b}[31m") && !text.contains('\u{1b}'), "{text:?}");
        }
    }
    std::fs::write(file, "{\"windows\":{\"least\":9}}").unwrap();
    let refused = crate::desk::text(Some(case), lexopt::Parser::from_args(["--method", file])).unwrap_err();
    let wanted = format!("error: the method {file} cannot be read: windows.least 9 is not in the range 0..=1 at line 1 column 23");
    assert_eq!(refused, wanted);
    std::fs::remove_file(file).unwrap();
}

#[test]
fn wrong_requests_to_compare_are_told() {
    let ask = |args: &[&str]| crate::compare::text(lexopt::Parser::from_args(args)).unwrap_err();
    let case = root().join("examples/minusma");
    let case = case.to_str().unwrap();
    assert_eq!(ask(&[case]), "error: only the study `minusma` is given: a comparison takes two at least");
    let twice = format!("error: {case} and {case}/../minusma both hold the study `minusma`: results could not be told apart");
    assert_eq!(ask(&[case, &format!("{case}/../minusma")]), twice);
    let explain = ask(&["--explain", "minusma:P1", "--json"]);
    assert_eq!(explain, "error: `--explain` and `--json` ask for different answers; give one of them");
    assert_eq!(ask(&["--seed", "7"]), "error: `--seed` is of draws; give `--uncertainty N` with it");
    let broken = ask(&["no-such-directory", case, "nor-such"]);
    assert!(
        broken.contains(" of no-such-directory; nothing was assessed") && broken.contains(" of nor-such; nothing was assessed"),
        "{broken}"
    );
    assert_eq!(
        ask(&["--explain", "legitimacy"]),
        "error: `legitimacy` names no study: write STUDY:ADDRESS, where STUDY is one of amisom, minusma, monusco, unmiss"
    );
    assert_eq!(ask(&["--explain", "minuscule:P1"]), "error: no study `minuscule`; the studies are amisom, minusma, monusco, unmiss");
    assert!(
        ask(&["--explain", "minusma:MIN-TKS-30"]).starts_with("error: nothing has the address `MIN-TKS-30`; the nearest is `MIN-TSK-30`")
    );
    assert!(ask(&["no-such-directory", case]).contains("nothing was assessed"));
    assert!(ask(&["--nonsense"]).starts_with("error: invalid option '--nonsense'"));
}
