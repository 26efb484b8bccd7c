//! What the tests share: the texts of the MINUSMA case, a small case, and edits of either.

#![cfg(all(feature = "toml", feature = "csv"))]
#![allow(dead_code, reason = "every test file uses its own part of this one")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at what they did not expect")]

use std::sync::OnceLock;

use peaceops::{CaseStudy, Problems};

/// The directory of the MINUSMA case.
pub(crate) const MINUSMA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/minusma");

/// A whole case in one file: one task in two phases and two units, a rating, an effect, a finding.
pub(crate) const SMALL: &str = r#"[study]
id = "small"
title = "A small study"
framework = "epon-2019"
missions = ["m"]
when = "2013-07-01..2015-12-31"
area = "land"

[[mission]]
id = "m"
name = "A mission"
host = "A host state"
authorised_by = ["un-sc"]
when = "2013-07-01..2016"
cite = ["R p1"]

[[source]]
id = "R"
origin = "report"
title = "The report"

[[region]]
id = "land"
name = "The land"

[[region]]
id = "north"
name = "The north"
in = "land"
unit = true

[[region]]
id = "south"
name = "The south"
in = "land"
unit = true

[[phase]]
id = "P1"
when = "2013-07-01..2014-06-30"

[[phase]]
id = "P2"
when = "2014-07-01..2015-12-31"

[[instrument]]
id = "res-1"
body = "un-sc"
number = "1"
adopted = "2013-04-25"
cite = ["R p2"]

[[pool]]
id = "force"
title = "The force"

[[task]]
id = "T1"
title = "Protect civilians"
short = "Protect civilians"
field = "protection"
when = "2013-07-01.."
by = "res-1"
tier = "core"
where = ["north", "south"]
pool = "force"
cite = ["R p3"]

[[activity]]
id = "A1"
title = "Patrols"
when = "2014"
where = ["north"]
serves = ["T1"]
cite = ["R p4"]

[[rating]]
task = "T1"
phase = "P1"
activities = { level = "partial", low = "marginal", because = "By day only", rests_on = ["A1"] }

[[effect]]
id = "E1"
title = "Fewer attacks"
on = "violence"
where = ["north"]
when = "2014..2015"
observed = { change = 1, because = "Fewer than before" }
contribution = { grade = "enabling" }
cite = ["R p5"]

[[finding]]
id = "F1"
title = "People near the bases are safer"
dimension = "protection"
issue = "bases"
kind = "strength"
salience = "major"
when = "2014.."
cite = ["R p6"]
"#;

/// The files of a case in memory, by name.
#[derive(Clone, Debug)]
pub(crate) struct Case(pub(crate) Vec<(String, String)>);

impl Case {
    /// The MINUSMA case. The disk is read once.
    pub(crate) fn minusma() -> Self {
        static FILES: OnceLock<Vec<(String, String)>> = OnceLock::new();
        let read = || {
            let names = std::fs::read_dir(MINUSMA).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
            let mut names: Vec<String> = names.filter(|name| name.ends_with(".toml") || name == "observations.csv").collect();
            names.sort();
            let text = |name: &String| std::fs::read_to_string(std::path::Path::new(MINUSMA).join(name)).unwrap();
            names.into_iter().map(|name| (name.clone(), text(&name))).collect()
        };
        Self(FILES.get_or_init(read).clone())
    }

    /// The small case, as `case.toml`.
    pub(crate) fn small() -> Self {
        Self::one("case.toml", SMALL)
    }

    /// A case of one file.
    pub(crate) fn one(name: &str, text: &str) -> Self {
        Self(vec![(name.to_owned(), text.to_owned())])
    }

    /// Adds a file.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, text: &str) -> Self {
        self.0.push((name.to_owned(), text.to_owned()));
        self
    }

    /// The text of a file.
    #[track_caller]
    pub(crate) fn text(&self, file: &str) -> &str {
        self.0.iter().find(|(name, _)| name == file).map(|(_, text)| text.as_str()).unwrap_or_else(|| panic!("no file {file}"))
    }

    /// Replaces a text that stands in a file exactly once.
    #[must_use]
    #[track_caller]
    pub(crate) fn patch(self, file: &str, needle: &str, with: &str) -> Self {
        let count = self.text(file).matches(needle).count();
        assert!(count == 1, "{file} has {count} times, not once: {needle}");
        self.patch_after(file, "", needle, with)
    }

    /// Replaces a text at its first place after another that stands in the file exactly once.
    #[must_use]
    #[track_caller]
    pub(crate) fn patch_after(mut self, file: &str, after: &str, needle: &str, with: &str) -> Self {
        let text = self.text(file);
        let count = if after.is_empty() { 1 } else { text.matches(after).count() };
        assert!(count == 1, "{file} has {count} times, not once: {after}");
        let from = text.find(after).unwrap_or(0) + after.len();
        let at = text[from..].find(needle).unwrap_or_else(|| panic!("{file} has nowhere after {after}: {needle}")) + from;
        let text = format!("{}{with}{}", &text[..at], &text[at + needle.len()..]);
        self.0.iter_mut().find(|(name, _)| name == file).unwrap().1 = text;
        self
    }

    /// Adds text at the end of a file.
    #[must_use]
    #[track_caller]
    pub(crate) fn append(mut self, file: &str, more: &str) -> Self {
        let found = self.0.iter_mut().find(|(name, _)| name == file);
        found.unwrap_or_else(|| panic!("no file {file}")).1.push_str(more);
        self
    }

    /// The texts as the reader takes them.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// Reads the case.
    pub(crate) fn read(&self) -> Result<CaseStudy, Problems> {
        CaseStudy::from_texts(self.texts())
    }

    /// Reads a case without faults.
    #[track_caller]
    pub(crate) fn study(&self) -> CaseStudy {
        self.read().unwrap_or_else(|problems| panic!("the case has faults:\n{problems}"))
    }

    /// What is wrong with the case.
    #[track_caller]
    pub(crate) fn problems(&self) -> Problems {
        match self.read() {
            Ok(_) => panic!("the case has no fault"),
            Err(problems) => problems,
        }
    }
}
