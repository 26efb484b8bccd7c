//! What the examples share: arguments, reading, and the answer as a page of text.
//!
//! Every sentence is a template over the assessment: nothing is written for one mission.

mod beside;
mod congruence;
mod dimensions;
mod gaps;
mod given;
mod hang;
mod lists;
mod moves;
#[cfg(feature = "monte-carlo")]
mod often;
mod page;
mod part;
mod relevance;
mod rest;
mod summary;
mod sure;
mod terminal;
mod trends;
mod views;
mod words;

use std::process::ExitCode;

use page::Page;
use peaceops::scoring::Assessment;
use peaceops::uncertainty::Uncertainty;

const HELP: &str = "\
Answers EPON's questions about a peace operation from a coded case.

Usage: PROGRAM [DIR] [OPTIONS]       DIR is a case directory (only for `assess`)

  --all               every row of every table, not only the most telling
  --phase ID          what is said of one phase
  --region ID         what is said of one region; with --phase, of one region in one phase
  --explain ADDRESS   the tree behind a row or result: MIN-TSK-30, P3, C, P3/C, P3/C/MIN-TSK-30,
                      legitimacy/P1, relevance/P2, mandate-lag/MIN-DRV-09/C
  --uncertainty N     so many draws of judgements within their ranges: how often each headline comes
                      out (needs the feature `monte-carlo`, or `parallel` for several threads)
  --seed S            the seed of the draws: the same seed gives the same draws
  --tipping           how few changed ratings, and which choices, move a headline
  --influence         what moves without one source, task or region; what to ask next
  --method FILE       choices of the method, as JSON; what is left out keeps its default
  --json              the whole assessment as JSON
  --ratings-csv       every link of every cell: task, phase, region, link, level, low, high
  --check             problems, warnings and the count of links not coded
  --help              this text

Colour is used on a terminal only, and never where NO_COLOR is set.
Exit status: 0, or 2 where the case or a request is wrong; problems go to standard error.
";

/// What was asked for.
#[derive(Default)]
struct Asked {
    directory: Option<String>,
    all: bool,
    phase: Option<String>,
    region: Option<String>,
    explain: Option<String>,
    method: Option<String>,
    uncertainty: Option<u64>,
    seed: Option<u64>,
    tipping: bool,
    influence: bool,
    json: bool,
    ratings: bool,
    check: bool,
    help: bool,
}

impl Asked {
    fn read(directory: Option<&str>, mut args: lexopt::Parser) -> Result<Self, lexopt::Error> {
        use lexopt::prelude::*;
        let mut asked = Self { directory: directory.map(str::to_owned), ..Self::default() };
        while let Some(arg) = args.next()? {
            match arg {
                Long("all") => asked.all = true,
                Long("phase") => asked.phase = Some(args.value()?.string()?),
                Long("region") => asked.region = Some(args.value()?.string()?),
                Long("explain") => asked.explain = Some(args.value()?.string()?),
                Long("method") => asked.method = Some(args.value()?.string()?),
                Long("uncertainty") => asked.uncertainty = Some(given::number("uncertainty", 1, &mut args)?),
                Long("seed") => asked.seed = Some(given::number("seed", 0, &mut args)?),
                Long("tipping") => asked.tipping = true,
                Long("influence") => asked.influence = true,
                Long("json") => asked.json = true,
                Long("ratings-csv") => asked.ratings = true,
                Long("check") => asked.check = true,
                Long("help") | Short('h') => asked.help = true,
                Value(value) if asked.directory.is_none() => asked.directory = Some(value.string()?),
                other => return Err(other.unexpected()),
            }
        }
        Ok(asked)
    }

    /// The options that each make an answer of their own. Those that make one together count once.
    fn answers(&self) -> Vec<&'static str> {
        let part = if self.phase.is_some() { "--phase" } else { "--region" };
        let hangs = if self.tipping { "--tipping" } else { "--influence" };
        let given = [
            (self.phase.is_some() || self.region.is_some(), part),
            (self.explain.is_some(), "--explain"),
            (self.tipping || self.influence, hangs),
            (self.check, "--check"),
            (self.ratings, "--ratings-csv"),
            (self.json, "--json"),
        ];
        given.into_iter().filter_map(|(given, option)| given.then_some(option)).collect()
    }
}

/// Runs an example on a directory, or on the one that the arguments name.
#[allow(dead_code, reason = "the tests of the stored outputs call `text` alone")]
pub(crate) fn run(directory: Option<&str>) -> ExitCode {
    terminal::end(text(directory, lexopt::Parser::from_env()))
}

/// What an example prints, or what is wrong.
pub(crate) fn text(directory: Option<&str>, args: lexopt::Parser) -> Result<String, String> {
    let asked = Asked::read(directory, args).map_err(|error| terminal::misread(&error, HELP))?;
    if asked.help {
        return Ok(HELP.to_owned());
    }
    let Some(directory) = &asked.directory else {
        return Err(format!("error: no case directory is named\n\n{HELP}"));
    };
    given::agree(&asked.answers(), asked.uncertainty, asked.seed)?;
    answer(directory, &asked)
}

fn answer(directory: &str, asked: &Asked) -> Result<String, String> {
    let mut method = given::method(asked.method.as_deref())?;
    method.draws.draws = asked.uncertainty.unwrap_or(method.draws.draws);
    method.draws.seed = asked.seed.unwrap_or(method.draws.seed);
    let study = given::read(directory)?;
    let assessment = study.assess(&method);
    let draws = asked.uncertainty.map(|_| drawn(&assessment)).transpose()?;
    if asked.json {
        let uncertainty = Told { exact: Uncertainty::of(&assessment), draws };
        let whole = Whole { assessment: &assessment, uncertainty };
        return serde_json::to_string_pretty(&whole).map(|text| text + "\n").map_err(|error| format!("error: {error}"));
    }
    if asked.ratings {
        return Ok(lists::ratings_csv(&assessment));
    }
    if let Some(address) = &asked.explain {
        return given::tree(&assessment, address);
    }
    let mut page = Page::new(terminal::use_colour());
    if asked.check {
        lists::check(&assessment, &mut page);
    } else if asked.tipping || asked.influence {
        if asked.tipping {
            hang::tipping(&assessment, asked.all, &mut page);
        }
        if asked.influence {
            hang::influence(&assessment, asked.all, &mut page);
        }
        #[cfg(feature = "monte-carlo")]
        if let Some(draws) = &draws {
            often::table(&assessment, draws, &mut page);
        }
    } else if asked.phase.is_some() || asked.region.is_some() {
        part::part(&assessment, asked.phase.as_deref(), asked.region.as_deref(), &mut page)?;
    } else {
        whole(&assessment, draws.as_ref(), asked.all, &mut page);
    }
    Ok(page.text())
}

/// The whole assessment as JSON, with how sure it is.
#[derive(serde::Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    assessment: &'a Assessment,
    uncertainty: Told,
}

/// What is told exactly, and what draws tell where they were asked for.
#[derive(serde::Serialize)]
struct Told {
    #[serde(flatten)]
    exact: Uncertainty,
    #[serde(skip_serializing_if = "Option::is_none")]
    draws: Option<Drawn>,
}

#[cfg(feature = "monte-carlo")]
type Drawn = peaceops::uncertainty::DrawResult;
#[cfg(feature = "monte-carlo")]
use often::draw as drawn;

/// There are no draws without the feature that makes them.
#[cfg(not(feature = "monte-carlo"))]
#[derive(serde::Serialize)]
enum Drawn {}

#[cfg(not(feature = "monte-carlo"))]
fn drawn(_: &Assessment) -> Result<Drawn, String> {
    Err(given::NO_DRAWS.to_owned())
}

/// The whole answer: the first screen, then the tables.
#[cfg_attr(not(feature = "monte-carlo"), allow(unused_variables, reason = "there are no draws"))]
fn whole(assessment: &Assessment, draws: Option<&Drawn>, all: bool, page: &mut Page) {
    let sure = Uncertainty::of(assessment);
    summary::head(assessment, page);
    summary::congruence(assessment, page);
    page.labelled("Hangs on", &moves::summary(assessment.study(), &sure));
    #[cfg(feature = "monte-carlo")]
    if let Some(draws) = draws {
        page.labelled("Draws", &often::summary(draws));
    }
    summary::relevance(assessment, page);
    summary::dimensions(assessment, page);
    views::summary(assessment, page);
    congruence::tables(assessment, all, page);
    gaps::table(assessment, all, page);
    relevance::tables(assessment, all, page);
    views::claims(assessment, all, page);
    dimensions::table(assessment, page);
    trends::table(assessment, all, page);
    views::table(assessment, all, page);
    rest::not_assessed(assessment, all, page);
    moves::hangs_on(assessment, &sure, all, page);
    #[cfg(feature = "monte-carlo")]
    if let Some(draws) = draws {
        often::table(assessment, draws, page);
    }
    moves::ask(assessment, &sure, all, page);
    page.line("More: --all, --phase, --region, --explain ADDRESS, --uncertainty N, --tipping, --influence, --help.");
    page.line("Read the report first.");
}
