//! What is protected of evidence is not repeated by any problem.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::CaseDocument;
use crate::error::ErrorKind;
use crate::problem::{Path, Problem, Segment};

/// How many words of a protected text are looked for.
const WORDS: usize = 8;

/// From how many characters on a text in a message may have been cut.
const CUT: usize = 40;

/// Protected texts, as the words that each begins with.
#[derive(Default)]
pub(super) struct Texts {
    /// Each with the field that protects it.
    all: HashMap<Vec<String>, &'static str>,
    first: HashSet<String>,
    lengths: BTreeSet<usize>,
}

impl Texts {
    fn add(&mut self, field: &'static str, text: &str) {
        let text: Vec<String> = words(text).into_iter().take(WORDS).collect();
        if let Some(first) = text.first() {
            self.first.insert(first.clone());
            self.lengths.insert(text.len());
            self.all.entry(text).or_insert(field);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The field that protects something that a text shows.
    pub(super) fn shown_in(&self, text: &str) -> Option<&'static str> {
        let shown = words(text);
        let starts = (0..shown.len()).filter(|at| self.first.contains(&shown[*at]));
        let seen = starts.flat_map(|at| self.lengths.iter().filter_map(move |n| Some((at, at.checked_add(*n)?))));
        seen.filter_map(|(from, to)| shown.get(from..to)).find_map(|seen| self.all.get(seen).copied())
    }

    /// The field that protects something whose beginning a text ends with, where the text may have been cut.
    fn begun_in(&self, text: &str) -> Option<&'static str> {
        if text.chars().count() < CUT {
            return None;
        }
        let shown = words(text);
        let begins = |seen: &[String], text: &[String]| match seen.split_last() {
            Some((last, before)) => text.starts_with(before) && text.get(before.len()).is_some_and(|word| word.starts_with(last.as_str())),
            None => false,
        };
        let ends = (shown.len().saturating_sub(WORDS)..shown.len()).map(|from| &shown[from..]);
        let mut ends = ends.filter(|end| end.iter().map(String::len).sum::<usize>() > 3);
        ends.find_map(|end| self.all.iter().find_map(|(text, field)| begins(end, text).then_some(*field)))
    }
}

/// What the evidence of a case protects.
#[derive(Default)]
pub(super) struct Protected {
    names: Texts,
    /// Offices and places: they are looked for only where a message quotes something.
    others: Texts,
}

impl Protected {
    /// What the evidence rows of a document protect.
    pub(super) fn of(document: &CaseDocument) -> Self {
        let mut protected = Self::default();
        for parts in document.evidence.iter().filter_map(|row| row.protected.as_ref()) {
            parts.given().for_each(|(field, secret)| protected.add(field, secret.disclose()));
        }
        protected
    }

    /// Adds a text that a field protects.
    pub(super) fn add(&mut self, field: &str, text: &str) {
        match field {
            "office" => self.others.add("office", text),
            "place" => self.others.add("place", text),
            _ => self.names.add("name", text),
        }
    }

    /// The names.
    pub(super) fn names(&self) -> &Texts {
        &self.names
    }

    /// The field that protects something that a text from a case shows.
    fn shown_in(&self, text: &str) -> Option<&'static str> {
        self.names.shown_in(text).or_else(|| self.others.shown_in(text))
    }

    /// The field that protects something that an error repeats.
    fn repeated_by(&self, kind: &ErrorKind) -> Option<&'static str> {
        if matches!(kind, ErrorKind::ShowsProtected { .. } | ErrorKind::MissingField { .. }) {
            return None;
        }
        let said = format!("{kind}\n{}", kind.help().unwrap_or_default());
        let quoted = || said.split('`').skip(1).step_by(2);
        let names = self.names.shown_in(&said).or_else(|| quoted().find_map(|text| self.names.begun_in(text)));
        names.or_else(|| quoted().find_map(|text| self.others.shown_in(text).or_else(|| self.others.begun_in(text))))
    }

    /// Makes problems that would repeat what is protected say only that it is shown.
    pub(super) fn hide(&self, problems: &mut [Problem]) {
        if self.names.is_empty() && self.others.is_empty() {
            return;
        }
        for problem in problems {
            problem.row.take_if(|row| self.shown_in(row).is_some());
            let in_path = self.cut(&mut problem.path);
            if let Some(field) = self.repeated_by(problem.error.kind()).or(in_path) {
                problem.error = ErrorKind::ShowsProtected { field }.into();
                problem.see = None;
            }
        }
    }

    /// Ends a path before the first key that shows something protected.
    fn cut(&self, path: &mut Path) -> Option<&'static str> {
        let shown = path.segments().iter().enumerate().find_map(|(at, segment)| match segment {
            Segment::Key(key) => Some((at, self.shown_in(key)?)),
            Segment::Index(_) => None,
        });
        let (at, field) = shown?;
        path.cut(at);
        Some(field)
    }
}

/// The words of a text in lower case, without signs.
pub(super) fn words(text: &str) -> Vec<String> {
    text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}
