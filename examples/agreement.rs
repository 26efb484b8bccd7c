//! Two codings of one case, compared judgement by judgement.
//!
//! `cargo run --release --example agreement -- A B`; either side is a case directory, or a table of ratings
//! as `--ratings-csv` prints it. `-- --help` says what else it prints.

#[allow(dead_code, reason = "the other examples use the rest of it")]
#[path = "desk/page.rs"]
mod page;
#[path = "desk/terminal.rs"]
mod terminal;
#[allow(dead_code, reason = "the other examples use the rest of it")]
#[path = "desk/words.rs"]
mod words;

use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

use page::Page;
use peaceops::id::StudyId;
use peaceops::scoring::alpha::{NoAlpha, Reliance};
use peaceops::scoring::coders::{CodersAgreement, Coding, Compared, Given, Judged, Unit, compare};
use peaceops::{CaseStudy, Problems, Visible};

const HELP: &str = "\
Tells how far two coders of one case agree.

Usage: agreement A B [OPTIONS]     either side a case directory, or a table of ratings (.csv)
                                   as `minusma --ratings-csv` prints it

  --all       every disagreement, and all that one side alone has
  --json      everything as JSON
  --help      this text

A table of ratings has links only; findings and effects are compared between two case directories.
Colour is used on a terminal only, and never where NO_COLOR is set.
Exit status: 0, or 2 where a case, a table or a request is wrong; problems go to standard error.
";

/// Disagreements that are shown without `--all`.
const LARGEST: usize = 10;

/// What was asked for.
#[derive(Default)]
struct Asked {
    sides: Vec<String>,
    all: bool,
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
                Long("json") => asked.json = true,
                Long("help") | Short('h') => asked.help = true,
                Value(value) if asked.sides.len() < 2 => asked.sides.push(value.string()?),
                other => return Err(other.unexpected()),
            }
        }
        Ok(asked)
    }
}

#[allow(dead_code, reason = "the tests call `text` alone")]
fn main() -> ExitCode {
    terminal::end(text(lexopt::Parser::from_env()))
}

/// What the example prints, or what is wrong.
pub(crate) fn text(args: lexopt::Parser) -> Result<String, String> {
    let asked = Asked::read(args).map_err(|error| terminal::misread(&error, HELP))?;
    if asked.help {
        return Ok(HELP.to_owned());
    }
    let [first, second] = asked.sides.as_slice() else {
        return Err(format!("error: two codings are compared; {} named\n\n{HELP}", words::many(asked.sides.len(), "is", "are")));
    };
    let [(first_id, first_coding), (second_id, second_coding)] = [coding(first)?, coding(second)?];
    let codings = [first_coding, second_coding];
    let agreement = compare(&codings[0], &codings[1]);
    let others = first_id.zip(second_id).filter(|(one, other)| one != other);
    let compared = [Some(&agreement.links), agreement.findings.as_ref(), agreement.effects.as_ref()];
    let nothing = compared.iter().flatten().all(|compared| compared.units == 0);
    if let (Some((one, other)), true) = (&others, nothing) {
        return Err(format!(
            "error: {} holds the study `{one}` and {} the study `{other}`, with nothing in common: these are not two codings of one case",
            Visible(first),
            Visible(second)
        ));
    }
    if asked.json {
        return serde_json::to_string_pretty(&agreement).map(|text| text + "\n").map_err(|error| format!("error: {error}"));
    }
    let mut page = Page::new(terminal::use_colour());
    head([first, second], &codings, &mut page);
    if let Some((one, other)) = &others {
        page.labelled("Mind", &format!("A is of the study {one}, B of {other}: are these codings of one case?"));
    }
    if nothing {
        page.labelled("Mind", "Nothing that was judged stands in both: these may be codings of different cases.");
    }
    agreed(&agreement, &mut page);
    disagreements(&agreement, asked.all, &mut page);
    one_side(&agreement, asked.all, &mut page);
    Ok(page.text())
}

/// The coding of a case directory, with its study, or of a table.
fn coding(side: &str) -> Result<(Option<StudyId>, Coding), String> {
    let path = Path::new(side);
    let name = path.file_name().map_or_else(|| side.into(), |name| name.to_string_lossy());
    let wrong = |problems: Problems| {
        let (count, files) = (words::many(problems.len(), "problem", "problems"), words::many(problems.files().max(1), "file", "files"));
        format!("error: {count} in {files} of {}; nothing was compared\n\n{problems} Exit status 2.", Visible(&name))
    };
    if !path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv")) {
        return CaseStudy::read(path).map(|study| (Some(study.study().id.clone()), Coding::of(&study))).map_err(wrong);
    }
    let unread = |what: String| format!("error: the table {} cannot be read: {}", Visible(side), Visible(&what));
    let mut bytes = Vec::new();
    let most = u64::try_from(Coding::MOST_BYTES).unwrap_or(u64::MAX);
    let file = std::fs::File::open(path).map_err(|error| unread(error.to_string()))?;
    file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| unread(error.to_string()))?;
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        // A text that is cut within a character is one that is too long.
        Err(error) if error.as_bytes().len() > Coding::MOST_BYTES => String::from_utf8_lossy(error.as_bytes()).into_owned(),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            return Err(unread(format!("it is not UTF-8 from byte {at} on; save it as UTF-8")));
        }
    };
    Coding::from_table(&name, &text).map(|coding| (None, coding)).map_err(wrong)
}

/// What is compared, and what alpha is for.
fn head(sides: [&String; 2], codings: &[Coding; 2], page: &mut Page) {
    page.heading("TWO CODERS OF ONE CASE   How far do they read the same from its sources?");
    for (label, (side, coding)) in ["A", "B"].into_iter().zip(sides.into_iter().zip(codings)) {
        let what = if coding.links_alone() { " (a table of ratings: findings and effects are not compared)" } else { "" };
        page.labelled(label, &format!("{side}{what}"));
    }
    page.labelled(
        "Alpha",
        "Krippendorff's, ordinal: how far coders who judge the same case agree beyond chance. 1 is full agreement, \
         0 as by chance, below 0 worse than that. It is for coders, not for stakeholders and their opinions.",
    );
    page.labelled(
        "Convention",
        "From .800 the codes can be relied on; from .667 conclusions are tentative; below that, neither (Krippendorff, \
         Content Analysis, 2004, chapter 11). It is a convention, not a test.",
    );
    page.labelled("Caution", "A rating that holds in many cells counts in each of them. Coders who agree can still both be wrong.");
}

/// How far they agree, part by part.
fn agreed(agreement: &CodersAgreement, page: &mut Page) {
    page.rule("1 HOW FAR THEY AGREE   (of what both gave a level of)");
    let mut rows = vec![row("links", &agreement.links)];
    rows.extend(agreement.by_link.iter().map(|of| row(&format!("  {}", of.link), &of.compared)));
    if let Some(findings) = &agreement.findings {
        rows.push(row("findings", findings));
    }
    rows.extend(agreement.by_dimension.iter().map(|of| row(&format!("  {}", of.dimension), &of.compared)));
    if let Some(effects) = &agreement.effects {
        rows.push(row("effects, observed change", effects));
    }
    page.table(2, &["", "units", " same", "within one level", " alpha", "reliance"], &rows);
}

fn row(what: &str, compared: &Compared) -> Vec<String> {
    let alpha = compared.alpha.map_or_else(|_| "     -".to_owned(), |alpha| format!("{alpha:>6.3}"));
    let reliance = match (compared.reliance(), &compared.alpha) {
        (Some(Reliance::Reliable), _) => "reliable".to_owned(),
        (Some(Reliance::Tentative), _) => "tentative".to_owned(),
        (Some(Reliance::NotReliable), _) => "not reliable".to_owned(),
        (None, Err(NoAlpha::NoPairs)) => "no alpha: none in common".to_owned(),
        (None, Err(reason)) => format!("no alpha: {reason}"),
        (None, Ok(_)) => String::new(),
    };
    vec![
        what.to_owned(),
        format!("{:>5}", compared.both),
        format!("{:>5}", compared.exact),
        format!("{:>16}", compared.within_one),
        alpha,
        reliance,
    ]
}

/// The largest disagreements, or all.
fn disagreements(agreement: &CodersAgreement, all: bool, page: &mut Page) {
    let list = &agreement.disagreements;
    if list.is_empty() {
        page.rule("2 WHERE THEY DISAGREE");
        page.line("  Nowhere: whatever both gave a level of, they gave the same.");
        return;
    }
    let shown = if all { list.len() } else { list.len().min(LARGEST) };
    page.rule(&match shown == list.len() {
        true => format!("2 WHERE THEY DISAGREE   ({})", words::many(shown, "disagreement", "disagreements")),
        false => format!("2 WHERE THEY DISAGREE   (the {shown} largest of {} disagreements; --all)", list.len()),
    });
    let mut rows = Vec::new();
    let mut apart = 0;
    for one in list.iter().take(shown) {
        if one.apart != apart {
            apart = one.apart;
            rows.push(vec![format!("{} apart", words::many(usize::from(apart), "level", "levels")), String::new(), String::new()]);
        }
        rows.push(vec![format!("  {}", one.unit), one.first.to_string(), one.second.to_string()]);
    }
    page.table(0, &["", "A", "B"], &rows);
}

/// What one side alone has or gave a level of.
fn one_side(agreement: &CodersAgreement, all: bool, page: &mut Page) {
    page.rule("3 WHAT ONE SIDE ALONE HAS");
    let level = |first: bool| {
        let of = agreement.one_sided.iter().filter(move |one| one.first.value().is_some() == first);
        let others: Vec<&Judged> = of.clone().map(|one| if first { &one.second } else { &one.first }).collect();
        counted(of.map(|one| &one.unit), &told(&others))
    };
    let mut rows = Vec::new();
    for (what, first) in [("A gave a level, B none", true), ("B gave a level, A none", false)] {
        rows.push([vec![what.to_owned()], level(first)].concat());
    }
    for (what, units) in [("stands in A alone", &agreement.only_first), ("stands in B alone", &agreement.only_second)] {
        rows.push([vec![what.to_owned()], counted(units.iter(), "")].concat());
    }
    page.table(2, &["", "cells", "links", "findings", "effects", "the other says"], &rows);
    let any = !(agreement.one_sided.is_empty() && agreement.only_first.is_empty() && agreement.only_second.is_empty());
    match (any, all) {
        (false, _) => {}
        (true, false) => page.legend("  Which they are: --all."),
        (true, true) => {
            let mut rows: Vec<Vec<String>> = Vec::new();
            rows.extend(agreement.one_sided.iter().map(|one| vec![one.unit.to_string(), one.first.to_string(), one.second.to_string()]));
            rows.extend(agreement.only_first.iter().map(|unit| vec![unit.to_string(), "in A alone".to_owned(), ".".to_owned()]));
            rows.extend(agreement.only_second.iter().map(|unit| vec![unit.to_string(), ".".to_owned(), "in B alone".to_owned()]));
            page.blank();
            page.table(2, &["", "A", "B"], &rows);
        }
    }
}

/// How many cells, links, findings and effects there are among some units, and a remark.
fn counted<'a>(units: impl Iterator<Item = &'a Unit>, remark: &str) -> Vec<String> {
    let mut counts = [0_usize; 4];
    for unit in units {
        counts[match unit {
            Unit::Cell { .. } => 0,
            Unit::Link { .. } => 1,
            Unit::Finding { .. } => 2,
            Unit::Effect { .. } => 3,
        }] += 1;
    }
    let widths = [5, 5, 8, 7];
    let mut row: Vec<String> = counts.iter().zip(widths).map(|(count, width)| format!("{count:>width$}")).collect();
    row.push(remark.to_owned());
    row
}

/// What judgements without a level say, counted.
fn told(judged: &[&Judged]) -> String {
    let count = |wanted: &str| judged.iter().filter(|one| without_level(one) == wanted).count();
    let words = ["not assessed", "contested", "not applicable", "not coded"].map(|word| (count(word), word));
    let told: Vec<String> = words.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    told.join(", ")
}

fn without_level(judged: &Judged) -> &'static str {
    fn of<S>(given: &Given<S>) -> &'static str {
        match given {
            Given::Rated(_) => "rated",
            Given::Contested { .. } => "contested",
            Given::NotAssessed => "not assessed",
            Given::NotApplicable => "not applicable",
            Given::NotCoded => "not coded",
        }
    }
    match judged {
        Judged::Level(given) => of(given),
        Judged::Change(given) => of(given),
        Judged::Finding(..) => "rated",
    }
}
