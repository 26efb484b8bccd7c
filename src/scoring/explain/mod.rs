//! Every result as a tree of plain data, down to rows and their sources.

mod grounds;
mod result;
mod row;
mod series;

use std::fmt;

use serde::Serialize;

use super::assessment::Assessment;
use crate::error::{Error, ErrorKind};
use crate::id::RowId;
use crate::model::{CaseStudy, Provenance, Row};
use crate::problem::{Visible, nearest};

/// A result or row with what it rests on. Printing it draws the tree, at most 100 columns wide.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Explanation {
    /// What it is: an address, a row's id, or a word such as `because`.
    pub label: String,
    /// What is said of it.
    pub text: String,
    /// Sources with locators.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<String>,
    /// What it rests on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Explanation>,
}

impl Explanation {
    fn new(label: impl Into<String>, text: impl Into<String>) -> Self {
        Self { label: label.into(), text: text.into(), ..Self::default() }
    }

    fn with(mut self, parts: impl IntoIterator<Item = Explanation>) -> Self {
        self.parts.extend(parts);
        self
    }

    fn cited(mut self, provenance: &Provenance) -> Self {
        self.cites = provenance.cites.iter().map(ToString::to_string).collect();
        if provenance.cites.is_empty() || provenance.stated {
            self.cites.push(format!("by the {}", provenance.origin));
        }
        self
    }

    /// A leaf under another label, its own before its text.
    fn labelled(self, label: &str) -> Self {
        Self { label: label.to_owned(), text: format!("{} {}", self.label, self.text), ..self }
    }

    /// Whether the tree holds a source with a locator, or says that a row is the coder's own.
    #[must_use]
    pub fn is_sourced(&self) -> bool {
        !self.cites.is_empty() || self.parts.iter().any(Self::is_sourced)
    }
}

/// The title of a row as it may be shown: small groups, and what single persons hold, by the side alone.
fn title(study: &CaseStudy, row: Row<'_>) -> String {
    match row {
        Row::Stakeholder(group) if study.is_small(group) => format!("{}, shown by its side alone", study.shown(&group.id)),
        Row::Position(position) => format!("{} on {}: {:+}", study.shown_holder(position), position.proposition, position.stance),
        row => row.title(),
    }
}

/// The row with an id as a leaf: its title and sources.
fn leaf(study: &CaseStudy, id: &RowId) -> Explanation {
    match study.row(id.as_str()) {
        Some(row) => {
            let leaf = Explanation::new(id.to_string(), title(study, row));
            row.provenance().map_or(leaf.clone(), |provenance| leaf.cited(provenance))
        }
        None => Explanation::new(id.to_string(), "a dimension of the framework"),
    }
}

/// The explanation at an address.
pub(super) fn explain(assessment: &Assessment, address: &str) -> Result<Explanation, Error> {
    let address = address.trim_matches('/');
    let found = result::explain(assessment, address).or_else(|| row::explain(assessment, address));
    // Pools, phases and propositions are the study's apparatus: where no sourced row stands below, they are the coder's.
    let found = found.map(|tree| if tree.is_sourced() { tree } else { Explanation { cites: vec!["by the coder".into()], ..tree } });
    found.ok_or_else(|| {
        let all = assessment.addresses();
        let found: String = address.chars().take(64).collect();
        ErrorKind::UnknownAddress { near: nearest(&found, all.iter().map(String::as_str)), found }.into()
    })
}

impl Assessment {
    /// Every address that [`Assessment::explain`] knows: rows first, then results.
    #[must_use]
    pub fn addresses(&self) -> Vec<String> {
        let study = self.study();
        let mut all: Vec<String> = study.rows().map(|row| row.id().to_string()).collect();
        let units: Vec<String> = study.units().map(|unit| unit.id.to_string()).collect();
        all.push("congruence".into());
        all.push("relevance".into());
        for phase in study.phases() {
            all.push(format!("relevance/{}", phase.id));
            all.extend(units.iter().map(|unit| format!("{}/{unit}", phase.id)));
        }
        for task in &self.congruence().tasks {
            all.extend(task.cells.iter().map(|cell| format!("{}/{}/{}", cell.phase, cell.region, task.id)));
        }
        for dimension in self.dimensions() {
            all.push(dimension.id.to_string());
            all.extend(dimension.by_phase.iter().map(|phase| format!("{}/{}", dimension.id, phase.id)));
            all.extend(dimension.by_region.iter().map(|region| format!("{}/{}", dimension.id, region.id)));
        }
        all.extend(self.relevance().targets.iter().map(result::target_address));
        all.extend(self.gaps().iter().map(|gap| gap.address.clone()));
        all
    }
}

/// Columns of a drawn tree.
const WIDTH: usize = 100;

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = format!("{}  {}", self.label, self.words());
        for line in wrap(&head, WIDTH, 2) {
            writeln!(f, "{line}")?;
        }
        draw(&self.parts, "", f, 0)
    }
}

impl Explanation {
    /// The text with its sources behind it, control characters made visible.
    fn words(&self) -> String {
        let text = Visible(&self.text).to_string();
        if self.cites.is_empty() {
            return text;
        }
        let cites = Visible(&self.cites.join("; ")).to_string();
        if text.is_empty() { format!("({cites})") } else { format!("{text} ({cites})") }
    }
}

/// Deepest level that is drawn; the data goes as deep as it goes.
const DEEPEST: usize = 24;

fn draw(parts: &[Explanation], indent: &str, f: &mut fmt::Formatter<'_>, depth: usize) -> fmt::Result {
    if depth > DEEPEST {
        return Ok(());
    }
    let label_width = parts.iter().map(|part| part.label.chars().count()).max().unwrap_or(0).min(16);
    for (at, part) in parts.iter().enumerate() {
        let last = at + 1 == parts.len();
        let (branch, stem) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        let label = Visible(&part.label).to_string();
        let pad = " ".repeat(label_width.saturating_sub(label.chars().count()));
        let hang = label_width.max(label.chars().count().min(16)) + 2;
        let lines = wrap(&format!("{label}{pad}  {}", part.words()), WIDTH.saturating_sub(indent.chars().count() + 3).max(30), hang);
        for (n, line) in lines.iter().enumerate() {
            writeln!(f, "{indent}{}{line}", if n == 0 { branch } else { stem })?;
        }
        draw(&part.parts, &format!("{indent}{stem}"), f, depth + 1)?;
    }
    Ok(())
}

/// A text in lines of at most `width` characters, those after the first indented by `hang`.
///
/// Words longer than a line are cut: nothing a stranger writes makes a line longer.
pub(crate) fn wrap(text: &str, width: usize, hang: usize) -> Vec<String> {
    let hang = hang.min(width / 2);
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut length = 0;
    let mut fresh = true;
    for word in text.split(' ') {
        let mut word: Vec<char> = word.chars().collect();
        loop {
            let room = width.saturating_sub(length + usize::from(!fresh));
            if word.len() <= room {
                if !fresh {
                    line.push(' ');
                }
                line.extend(&word);
                length += word.len() + usize::from(!fresh);
                fresh = false;
                break;
            }
            if word.len() > width - hang && room > 8 {
                let rest = word.split_off(room);
                if !fresh {
                    line.push(' ');
                }
                line.extend(&word);
                word = rest;
            }
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
            line = " ".repeat(hang);
            length = hang;
            fresh = true;
        }
    }
    lines.push(line.trim_end().to_owned());
    lines
}
