//! A file that users bring, read into the indicators of a case by its mappings (`[[import]]`).
//!
//! `cargo run --release --example import -- --format acled FILE --case examples/minusma`, and `-- --help` for the rest.

#[allow(dead_code, reason = "the other examples use the rest of it")]
#[path = "desk/page.rs"]
mod page;
#[path = "desk/terminal.rs"]
mod terminal;

use std::fs::File;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use page::Page;
use peaceops::document::record::ObservationRecord;
use peaceops::import::{Account, Imported, Importer, Options, to_csv};
use peaceops::scale::ImportFormat;
use peaceops::{CaseStudy, Problems, Visible};

const HELP: &str = "\
Reads a file into the indicators of a case, by the case's own mappings ([[import]]).

Usage: import FILE --case DIR [OPTIONS]

  --case DIR       the case directory
  --format NAME    all mappings of a format: acled, ged, fatalities, personnel, hxl, tidy, survey, wide
  --import ID      one mapping, by its id
  --csv            the observations as rows of observations.csv, cells that look like formulas neutralised
  --strict         the first row that does not fit ends the import
  --shown N        rejected rows that are shown for each reason (3)
  --help           this text

Without --format and --import, all mappings of the case that are of one format.
Colour is used on a terminal only, and never where NO_COLOR is set; so is the bar that tells how far it is.
Exit status: 0, or 2 where the case, the file or a request is wrong; problems go to standard error.
";

/// So many regions have a column each; more are told one value a line.
const COLUMNS: usize = 6;

/// What was asked for.
#[derive(Default)]
struct Asked {
    file: Option<String>,
    case: Option<String>,
    format: Option<ImportFormat>,
    import: Option<String>,
    csv: bool,
    options: Options,
    help: bool,
}

impl Asked {
    fn read(mut args: lexopt::Parser) -> Result<Self, lexopt::Error> {
        use lexopt::prelude::*;
        let mut asked = Self::default();
        while let Some(arg) = args.next()? {
            match arg {
                Long("case") => asked.case = Some(args.value()?.string()?),
                Long("format") => asked.format = Some(args.value()?.parse()?),
                Long("import") => asked.import = Some(args.value()?.string()?),
                Long("csv") => asked.csv = true,
                Long("strict") => asked.options.strict = true,
                Long("shown") => asked.options.shown = args.value()?.parse()?,
                Long("help") | Short('h') => asked.help = true,
                Value(value) if asked.file.is_none() => asked.file = Some(value.string()?),
                other => return Err(other.unexpected()),
            }
        }
        Ok(asked)
    }
}

/// What goes to standard output, and what to standard error beside it.
pub(crate) struct Told {
    pub(crate) out: String,
    pub(crate) beside: String,
}

#[allow(dead_code, reason = "the tests call `text` alone")]
fn main() -> ExitCode {
    match text(lexopt::Parser::from_env()) {
        Ok(told) => {
            let _ = std::io::stderr().lock().write_all(told.beside.as_bytes());
            terminal::put(&told.out)
        }
        Err(text) => terminal::complain(&text),
    }
}

/// What the example prints, or what is wrong.
pub(crate) fn text(args: lexopt::Parser) -> Result<Told, String> {
    let asked = Asked::read(args).map_err(|error| terminal::misread(&error, HELP))?;
    if asked.help {
        return Ok(Told { out: HELP.to_owned(), beside: String::new() });
    }
    let (Some(file), Some(case)) = (&asked.file, &asked.case) else {
        return Err(format!("error: no {} is named\n\n{HELP}", if asked.file.is_none() { "file" } else { "case directory (--case)" }));
    };
    let wrong = |what: &str, problems: Problems| {
        let more = if problems.len() > 1 { format!("{} problems", problems.len()) } else { "a problem".to_owned() };
        format!("error: {more} with {}; nothing was imported\n\n{problems} Exit status 2.", Visible(what))
    };
    let study = CaseStudy::read(case).map_err(|problems| wrong(case, problems))?;
    let importers = chosen(&study, &asked)?;
    let mut page = Page::new(terminal::use_colour());
    let (mut rows, mut beside) = (Vec::new(), String::new());
    for importer in &importers {
        let imported = read(importer, file, &asked.options).map_err(|told| match told {
            Failed::File(error) => format!("error: the file {} cannot be read: {}", Visible(file), Visible(&error)),
            Failed::Import(problems) => {
                let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
                format!("error: nothing was imported\n\n{}\n\nExit status 2.", told.join("\n\n"))
            }
        })?;
        if asked.csv {
            let account = &imported.account;
            beside.push_str(&format!(
                "{}: {} {} read, {} accepted, {} rejected\n",
                importer.import().id,
                account.read,
                account.of,
                account.accepted,
                account.rejected()
            ));
            rows.extend(imported.observations);
        } else {
            show(&study, importer, &imported, &mut page);
        }
    }
    let out = if asked.csv { to_csv(&rows) } else { page.text() };
    Ok(Told { out, beside })
}

/// The mappings that were asked for.
fn chosen(study: &CaseStudy, asked: &Asked) -> Result<Vec<Importer>, String> {
    let list = |found: &mut dyn Iterator<Item = &peaceops::model::Import>| {
        let names: Vec<String> = found.map(|import| format!("{} ({})", import.id, import.format)).collect();
        if names.is_empty() { "the case has none".to_owned() } else { format!("the case has {}", names.join(", ")) }
    };
    if let Some(id) = &asked.import {
        let importer = Importer::new(study, id)
            .map_err(|error| format!("error: {}; {}", Visible(&error.to_string()), list(&mut study.imports().iter())))?;
        if asked.format.is_some_and(|format| format != importer.import().format) {
            return Err(format!("error: the import {} is of the format {}", importer.import().id, importer.import().format));
        }
        return Ok(vec![importer]);
    }
    let fits = |import: &&peaceops::model::Import| asked.format.is_none_or(|format| import.format == format);
    let found: Vec<_> = study.imports().iter().filter(fits).collect();
    let Some(first) = found.first() else {
        let of = asked.format.map(|format| format!(" of the format {format}")).unwrap_or_default();
        return Err(format!("error: no import{of}; {}", list(&mut study.imports().iter())));
    };
    if found.iter().any(|import| import.format != first.format) {
        return Err(format!("error: --format or --import is needed; {}", list(&mut found.into_iter())));
    }
    found.iter().map(|import| Importer::new(study, import.id.as_str()).map_err(|error| format!("error: {error}"))).collect()
}

/// Why a file was not imported.
enum Failed {
    File(String),
    Import(Problems),
}

fn read(importer: &Importer, file: &str, options: &Options) -> Result<Imported, Failed> {
    let path = Path::new(file);
    let opened = File::open(path).map_err(|error| Failed::File(error.to_string()))?;
    let whole = opened.metadata().map_or(0, |data| data.len());
    let name = path.file_name().map_or_else(|| file.into(), |name| name.to_string_lossy());
    let mut bar = Bar::new(importer.import().id.as_str());
    let imported = importer.read_with(&name, opened, options, &mut |progress| bar.draw(progress.bytes, whole));
    bar.clear();
    imported.map_err(Failed::Import)
}

/// A bar on a terminal that tells how far a file was read; nothing anywhere else.
struct Bar<'a> {
    name: &'a str,
    drawn: Option<u64>,
    on: bool,
}

impl<'a> Bar<'a> {
    fn new(name: &'a str) -> Self {
        Self { name, drawn: None, on: std::io::stderr().is_terminal() }
    }

    fn draw(&mut self, bytes: u64, whole: u64) {
        let per_cent = (bytes * 100).checked_div(whole).unwrap_or(0).min(100);
        if self.on && self.drawn != Some(per_cent) {
            self.drawn = Some(per_cent);
            let full = usize::try_from(per_cent * 30 / 100).unwrap_or(0);
            let _ =
                write!(std::io::stderr().lock(), "\r{:<40.40} [{}{}] {per_cent:>3} %", self.name, "#".repeat(full), " ".repeat(30 - full));
        }
    }

    fn clear(&self) {
        if self.drawn.is_some() {
            let _ = write!(std::io::stderr().lock(), "\r{:80}\r", "");
        }
    }
}

/// The series and the account of one mapping.
fn show(study: &CaseStudy, importer: &Importer, imported: &Imported, page: &mut Page) {
    let import = importer.import();
    page.rule(&format!("{}   ({}, {})", import.id, import.format, import.measure()));
    if let Some(indicator) = study.indicator(&import.indicator) {
        let better = indicator.better.map(|better| format!(", {better} is better")).unwrap_or_default();
        page.labelled("Indicator", &format!("{}: {} ({}, {}{better})", indicator.id, indicator.title, indicator.unit, indicator.kind));
    }
    let cites: Vec<String> = import.provenance.cites.iter().map(ToString::to_string).collect();
    page.labelled("Source", &cites.join("; "));
    if let Some(text) = &import.text {
        page.labelled("Caution", text);
    }
    page.blank();
    series(study, &imported.observations, page);
    account(&imported.account, page);
}

/// A line a date, with a column a region; or a line a value where they are many.
fn series(study: &CaseStudy, rows: &[ObservationRecord], page: &mut Page) {
    if rows.is_empty() {
        page.line("  No row makes an observation.");
        return;
    }
    let mut regions: Vec<&str> = Vec::new();
    for row in rows {
        if !regions.contains(&row.region.as_str()) && regions.len() <= COLUMNS {
            regions.push(&row.region);
        }
    }
    // Two values of one date, region and scope contradict each other: then each has a line of its own.
    let mut keys: Vec<_> = rows.iter().map(|row| (&row.region, &row.when, &row.scope)).collect();
    keys.sort_unstable();
    let twice = keys.windows(2).any(|pair| pair[0] == pair[1]);
    if regions.len() > COLUMNS || twice {
        let cells = |row: &ObservationRecord| {
            vec![
                row.when.clone(),
                row.region.clone(),
                row.value.clone(),
                [&row.scope, &row.note].iter().filter(|t| !t.is_empty()).map(|t| t.as_str()).collect::<Vec<_>>().join("; "),
            ]
        };
        page.table(2, &["when", "region", "value", "of what"], &rows.iter().map(cells).collect::<Vec<_>>());
        return;
    }
    let mut sorted: Vec<&ObservationRecord> = rows.iter().collect();
    sorted.sort_by(|a, b| (&a.when, &a.scope).cmp(&(&b.when, &b.scope)));
    let mut lines: Vec<(&str, &str, &str, Vec<String>)> = Vec::new();
    for row in sorted {
        let column = regions.iter().position(|region| *region == row.region).unwrap_or(0);
        match lines.last_mut() {
            Some((when, scope, note, cells)) if *when == row.when && *scope == row.scope => {
                cells[column].clone_from(&row.value);
                *note = if *note == row.note { note } else { "" };
            }
            _ => {
                let mut cells = vec![".".to_owned(); regions.len()];
                cells[column].clone_from(&row.value);
                lines.push((&row.when, &row.scope, &row.note, cells));
            }
        }
    }
    let name = |id: &&str| study.regions().iter().find(|region| region.id == **id).map_or((*id).to_owned(), |region| region.name.clone());
    let heads: Vec<String> = regions.iter().map(name).map(|name| name.chars().take(16).collect()).collect();
    let widths: Vec<usize> = (0..regions.len())
        .map(|at| lines.iter().map(|line| line.3[at].chars().count()).chain([heads[at].chars().count()]).max().unwrap_or(0))
        .collect();
    let right = |text: &str, width: usize| format!("{text:>width$}");
    let mut header = vec!["when".to_owned()];
    header.extend(heads.iter().zip(&widths).map(|(head, width)| right(head, *width)));
    header.push(if lines.iter().any(|line| !line.1.is_empty() || !line.2.is_empty()) { "of what".into() } else { String::new() });
    let table: Vec<Vec<String>> = lines
        .iter()
        .map(|(when, scope, note, cells)| {
            let mut line = vec![(*when).to_owned()];
            line.extend(cells.iter().zip(&widths).map(|(cell, width)| right(cell, *width)));
            line.push([*scope, *note].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; "));
            line
        })
        .collect();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    page.table(2, &header, &table);
    if lines.iter().any(|line| line.3.iter().any(|cell| cell == ".")) {
        page.legend("  A dot: no row; that is not the same as none.");
    }
}

/// What became of the rows.
fn account(account: &Account, page: &mut Page) {
    page.blank();
    let (of, rejected) = (account.of, account.rejected());
    page.labelled("Account", &format!("{}: {} {of} read, {} accepted, {rejected} rejected", account.file, account.read, account.accepted));
    for one in &account.rejected {
        page.line(&format!("    {:>9} {} [{}]", one.count, one.reason.words(), one.reason));
        for example in &one.first {
            page.line(&format!("              {}:{}: {example}", example.line, example.column));
        }
        let more = one.count.saturating_sub(one.first.len() as u64);
        if more > 0 && !one.first.is_empty() {
            page.legend(&format!("              and {more} more"));
        }
    }
}
