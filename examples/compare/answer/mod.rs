//! Arguments, reading, and what studies say together as a page of text.
//!
//! Every sentence is a template over the comparison: nothing is written for one mission.

#[path = "../../desk/given.rs"]
mod given;
#[path = "../../desk/page.rs"]
#[allow(dead_code, reason = "shared with the missions' examples, which use all of it")]
mod page;
mod says;
mod tables;
#[path = "../../desk/terminal.rs"]
mod terminal;
#[path = "../../desk/words.rs"]
#[allow(dead_code, reason = "shared with the missions' examples, which use all of it")]
mod words;

use std::path::Path;
use std::process::ExitCode;

use page::Page;
use peaceops::comparison::Comparison;
use peaceops::comparison::seven::Seven;
use peaceops::scoring::Assessment;
use peaceops::{CaseStudy, Visible};

const HELP: &str = "\
Sets studies of peace operations beside each other. No total, and no rank.

Usage: compare [DIR DIR ...] [OPTIONS]      case directories; without any, all under examples/

  --all                    every row of every table, not only the most telling
  --explain STUDY:ADDRESS  the tree behind a row or result of a study: minusma:MIN-TSK-30,
                           amisom:congruence, unmiss:legitimacy, monusco:overstretch/MON-MAN-02
  --uncertainty N          so many joint draws of judgements within their ranges: how often one study
                           stands above another (needs the feature `monte-carlo`, or `parallel`)
  --seed S                 the seed of the draws: the same seed gives the same draws
  --method FILE            choices of the method for all studies, as JSON
  --json                   the whole comparison as JSON
  --help                   this text

Colour is used on a terminal only, and never where NO_COLOR is set.
Exit status: 0, or 2 where a case or a request is wrong; problems go to standard error.
";

/// What was asked for.
#[derive(Default)]
struct Asked {
    directories: Vec<String>,
    all: bool,
    explain: Option<String>,
    method: Option<String>,
    uncertainty: Option<u64>,
    seed: Option<u64>,
    json: bool,
    help: bool,
}

impl Asked {
    fn read(mut args: lexopt::Parser) -> Result<Self, lexopt::Error> {
        use lexopt::prelude::*;
        let mut asked = Self::default();
        while let Some(arg) = args.next()? {
            match arg {
                Long("all") => asked.all = true,
                Long("explain") => asked.explain = Some(args.value()?.string()?),
                Long("method") => asked.method = Some(args.value()?.string()?),
                Long("uncertainty") => asked.uncertainty = Some(given::number("uncertainty", 1, &mut args)?),
                Long("seed") => asked.seed = Some(given::number("seed", 0, &mut args)?),
                Long("json") => asked.json = true,
                Long("help") | Short('h') => asked.help = true,
                Value(value) => asked.directories.push(value.string()?),
                other => return Err(other.unexpected()),
            }
        }
        Ok(asked)
    }
}

/// Everything that the page is made from.
struct Beside<'a> {
    studies: &'a [Assessment],
    compared: &'a Comparison,
    seven: Result<Seven, peaceops::Error>,
    #[cfg(feature = "monte-carlo")]
    drawn: Option<Drawn>,
}

#[cfg(feature = "monte-carlo")]
type Drawn = peaceops::comparison::chances::Chances;

/// There are no draws without the feature that makes them.
#[cfg(not(feature = "monte-carlo"))]
#[derive(serde::Serialize)]
enum Drawn {}

#[cfg(feature = "monte-carlo")]
fn drawn(studies: &[Assessment]) -> Result<Drawn, String> {
    Drawn::of(studies).map_err(|error| format!("error: {error}"))
}

#[cfg(not(feature = "monte-carlo"))]
fn drawn(_: &[Assessment]) -> Result<Drawn, String> {
    Err(given::NO_DRAWS.to_owned())
}

/// Runs the example.
#[allow(dead_code, reason = "the tests of the stored outputs call `text` alone")]
pub(crate) fn run() -> ExitCode {
    terminal::end(text(lexopt::Parser::from_env()))
}

/// What the example prints, or what is wrong.
pub(crate) fn text(args: lexopt::Parser) -> Result<String, String> {
    let asked = Asked::read(args).map_err(|error| terminal::misread(&error, HELP))?;
    if asked.help {
        return Ok(HELP.to_owned());
    }
    let answers = [(asked.explain.is_some(), "--explain"), (asked.json, "--json")];
    let answers: Vec<&str> = answers.into_iter().filter_map(|(given, option)| given.then_some(option)).collect();
    given::agree(&answers, asked.uncertainty, asked.seed)?;
    let directories = if asked.directories.is_empty() { shipped()? } else { asked.directories };
    let mut method = given::method(asked.method.as_deref())?;
    method.draws.draws = asked.uncertainty.unwrap_or(method.draws.draws);
    method.draws.seed = asked.seed.unwrap_or(method.draws.seed);
    let studies: Vec<Assessment> = read(&directories)?.iter().map(|study| study.assess(&method)).collect();
    if let Some(address) = &asked.explain {
        return explain(&studies, address);
    }
    let compared = Comparison::of(&studies).map_err(|error| format!("error: {error}"))?;
    let seven = Seven::of(&studies.iter().collect::<Vec<_>>());
    let drawn = asked.uncertainty.map(|_| drawn(&studies)).transpose()?;
    if asked.json {
        let whole = Whole { compared: &compared, seven: seven.as_ref().ok(), chances: drawn };
        return serde_json::to_string_pretty(&whole).map(|text| text + "\n").map_err(|error| format!("error: {error}"));
    }
    let beside = Beside {
        studies: &studies,
        compared: &compared,
        seven,
        #[cfg(feature = "monte-carlo")]
        drawn,
    };
    let mut page = Page::new(terminal::use_colour());
    says::head(&beside, &mut page);
    tables::rests_on(&beside, &mut page);
    says::together(&beside, &mut page);
    tables::not_comparable(&beside, asked.all, &mut page);
    tables::dimensions(&beside, &mut page);
    tables::congruence(&beside, asked.all, &mut page);
    tables::relevance(&beside, asked.all, &mut page);
    if asked.all {
        tables::gaps(&beside, &mut page);
        tables::views(&beside, &mut page);
        tables::seven(&beside, &mut page);
    }
    page.line("More: --all (gaps, views, the seven, every field), --explain STUDY:ADDRESS, --json, --help.");
    Ok(page.text())
}

/// The studies of some case directories, or everything that is wrong with any of them.
fn read(directories: &[String]) -> Result<Vec<CaseStudy>, String> {
    let (mut studies, mut wrong): (Vec<CaseStudy>, Vec<String>) = (Vec::new(), Vec::new());
    for directory in directories {
        match given::read(directory) {
            Ok(study) => studies.push(study),
            Err(problems) => wrong.push(problems),
        }
    }
    if !wrong.is_empty() {
        return Err(wrong.join("\n\n"));
    }
    for (at, study) in studies.iter().enumerate() {
        if let Some(before) = studies[..at].iter().position(|other| other.study().id == study.study().id) {
            return Err(format!(
                "error: {} and {} both hold the study `{}`: results could not be told apart",
                Visible(&directories[before]),
                Visible(&directories[at]),
                study.study().id
            ));
        }
    }
    Ok(studies)
}

/// The whole comparison as JSON, with the claim that the seven explain the first.
#[derive(serde::Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    compared: &'a Comparison,
    seven: Option<&'a Seven>,
    #[serde(skip_serializing_if = "Option::is_none")]
    chances: Option<Drawn>,
}

/// All case directories under `examples/`, in the order of their names.
fn shipped() -> Result<Vec<String>, String> {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let entries = std::fs::read_dir(&examples).map_err(|error| format!("error: examples/ cannot be read: {error}"))?;
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.join("study.toml").is_file());
    let mut found: Vec<String> = paths.map(|path| path.to_string_lossy().into_owned()).collect();
    found.sort();
    Ok(found)
}

/// The tree behind an address of one of the studies.
fn explain(studies: &[Assessment], address: &str) -> Result<String, String> {
    let ids = || studies.iter().map(|one| one.head().id.to_string()).collect::<Vec<_>>().join(", ");
    let (id, address) = address
        .split_once(':')
        .ok_or_else(|| format!("error: `{}` names no study: write STUDY:ADDRESS, where STUDY is one of {}", Visible(address), ids()))?;
    let study = studies
        .iter()
        .find(|one| one.head().id.as_str() == id)
        .ok_or_else(|| format!("error: no study `{}`; the studies are {}", Visible(id), ids()))?;
    given::tree(study, address)
}
