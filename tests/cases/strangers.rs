//! Case text is from strangers: what pages do with it.
#![cfg(all(feature = "toml", feature = "csv"))]
#![allow(clippy::unwrap_used, missing_docs, reason = "tests stop at what they did not expect")]

use std::path::{Path, PathBuf};

/// A directory that goes with its name.
struct Directory(PathBuf);

impl Directory {
    fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The case of UNMISS under another id and acronym, beside nothing else in a directory.
fn renamed(id: &str, acronym: &str) -> Directory {
    let to = Directory(std::env::temp_dir().join(format!("peaceops-strangers-{id}-{}", std::process::id())));
    std::fs::create_dir_all(to.path()).unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/unmiss");
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap();
        if path.is_file() {
            let mut text = std::fs::read_to_string(&path).unwrap();
            if name == "study.toml" {
                let head = text.find("[study]").unwrap();
                text = format!("{}{}", &text[..head], text[head..].replacen("id = \"unmiss\"", &format!("id = \"{id}\""), 1));
                text = text.replacen("acronym = \"UNMISS\"", &format!("acronym = \"{acronym}\""), 1);
            }
            std::fs::write(to.path().join(name), text).unwrap();
        }
    }
    to
}

fn compared(args: &[&str]) -> String {
    crate::compare::text(lexopt::Parser::from_args(args)).unwrap()
}

#[test]
fn no_page_holds_raw_escapes_or_long_lines() {
    let long = "UNX".repeat(60);
    let case = renamed("stranger", &format!(r"\u001b[31m{long}\u202e\u0007"));
    let case = case.path().to_str().unwrap();
    let minusma = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/minusma");
    let minusma = minusma.to_str().unwrap();
    let own = |args: &[&str]| crate::desk::text(Some(case), lexopt::Parser::from_args(args)).unwrap();
    let pages = [compared(&[case, minusma]), compared(&[case, minusma, "--all"]), own(&[]), own(&["--all"]), own(&["--check"])];
    for page in &pages {
        let raw = page.chars().find(|c| (c.is_control() && *c != '\n') || *c == '\u{202e}');
        assert_eq!(raw, None);
        let wide = page.lines().find(|line| line.chars().count() > 100);
        assert_eq!(wide, None);
    }
    assert!(pages[0].contains(r"\u{1b}[31mUNXUNX"), "it is told, made visible");
}

/// Two studies of one mission have two names, and are one case of what could be independent.
#[test]
fn two_studies_of_a_mission_are_told_apart() {
    let [one, other] = [renamed("first", "UNMISS"), renamed("second", "UNMISS")];
    let page = compared(&[one.path().to_str().unwrap(), other.path().to_str().unwrap(), "--all"]);
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(page.starts_with("UNMISS (first) and UNMISS (second), side by side"));
    assert!(page.contains("of 1 mission,"), "phases of one mission");
    assert!(page.contains("with the claim in none; against it in none. At most 1 case is independent"), "nothing is left without the one");
}
