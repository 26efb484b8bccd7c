//! Fuzzy-set QCA: which combinations of conditions went with the survival of democracy between the wars, in 18 states.
//!
//! `cargo run --example qca`. Five conditions are calibrated by three anchors each; the truth table shows every row that a
//! state is in; then come necessity, the three solutions with their fit, and what stands against them.
//!
//! Source of the data: Lipset (1959), as Ragin (2009) published them: GDP per head, urban share, literacy, industrial
//! labour, governments in office, and a score of democracy. Figures agree with the package QCA for R.

#[path = "desk/terminal.rs"]
mod terminal;

use std::fmt::{self, Write};
use std::process::ExitCode;

use peaceops::comparison::qca::{
    Anchors, Data, Expectation, Necessity, Outcome, Solution, Solutions, Steepness, Sufficiency, TruthRule, TruthTable, calibrate,
};

pub(crate) const CONDITIONS: [&str; 5] = ["DEV", "URB", "LIT", "IND", "STB"];

/// Of each condition, then of survival. Fewer governments are more stability.
pub(crate) const ANCHORS: [Anchors; 6] = [
    Anchors { out: 400.0, crossover: 550.0, full: 900.0 },
    Anchors { out: 25.0, crossover: 50.0, full: 65.0 },
    Anchors { out: 50.0, crossover: 75.0, full: 90.0 },
    Anchors { out: 20.0, crossover: 30.0, full: 40.0 },
    Anchors { out: 15.0, crossover: 9.5, full: 5.0 },
    Anchors { out: -9.0, crossover: 0.0, full: 10.0 },
];

/// Each state with its conditions, then survival, as they were measured.
pub(crate) const STATES: [(&str, [f64; 6]); 18] = [
    ("AU", [720.0, 33.4, 98.0, 33.4, 10.0, -9.0]),
    ("BE", [1098.0, 60.5, 94.4, 48.9, 4.0, 10.0]),
    ("CZ", [586.0, 69.0, 95.9, 37.4, 6.0, 7.0]),
    ("EE", [468.0, 28.5, 95.0, 14.0, 6.0, -6.0]),
    ("FI", [590.0, 22.0, 99.1, 22.0, 9.0, 4.0]),
    ("FR", [983.0, 21.2, 96.2, 34.8, 5.0, 10.0]),
    ("DE", [795.0, 56.5, 98.0, 40.4, 11.0, -9.0]),
    ("GR", [390.0, 31.1, 59.2, 28.1, 10.0, -8.0]),
    ("HU", [424.0, 36.3, 85.0, 21.6, 13.0, -1.0]),
    ("IE", [662.0, 25.0, 95.0, 14.5, 5.0, 8.0]),
    ("IT", [517.0, 31.4, 72.1, 29.6, 9.0, -9.0]),
    ("NL", [1008.0, 78.8, 99.9, 39.3, 2.0, 10.0]),
    ("PL", [350.0, 37.0, 76.9, 11.2, 21.0, -6.0]),
    ("PT", [320.0, 15.3, 38.0, 23.1, 19.0, -9.0]),
    ("RO", [331.0, 21.9, 61.8, 12.2, 7.0, -4.0]),
    ("ES", [367.0, 43.0, 55.6, 25.5, 12.0, -8.0]),
    ("SE", [897.0, 34.0, 99.9, 32.3, 6.0, 10.0]),
    ("UK", [1038.0, 74.0, 99.9, 49.9, 4.0, 10.0]),
];

/// Memberships, to two decimals as they were published.
pub(crate) fn lipset() -> Result<Data, peaceops::Error> {
    let mut cases = Vec::new();
    for (state, values) in STATES {
        let mut memberships = Vec::new();
        for (value, anchors) in values.into_iter().zip(ANCHORS) {
            let membership = calibrate(value, anchors, Steepness::Three)?;
            memberships.push((membership * 100.0).round() / 100.0);
        }
        cases.push((state, memberships));
    }
    Data::new(CONDITIONS, "SURV", cases)
}

const HELP: &str = "\
Fuzzy-set QCA: which combinations of conditions went with the survival of democracy between the wars.

Usage: qca [--help]

Exit status: 0, or 2 where a request is wrong; problems go to standard error.
";

#[allow(dead_code, reason = "the tests call `text` alone")]
fn main() -> ExitCode {
    terminal::end(text(lexopt::Parser::from_env()))
}

/// What the example prints, or what is wrong.
pub(crate) fn text(args: lexopt::Parser) -> Result<String, String> {
    terminal::without_options(args, HELP, answer)
}

fn answer() -> Result<String, Box<dyn std::error::Error>> {
    let mut out = String::new();
    let data = lipset()?;
    let table = TruthTable::of(&data, &TruthRule::default())?;
    writeln!(out, "Where did democracy survive between the wars (SURV)? Fuzzy-set QCA of {} states.", data.cases().len())?;
    writeln!(out, "DEV wealth, URB towns, LIT literacy, IND industry, STB stable governments; ~ for the absence of one.\n")?;
    show_table(&table, &mut out)?;

    writeln!(out, "\nNecessary?                            consistency  relevance  coverage")?;
    for condition in CONDITIONS {
        let fit = Necessity::of(&data.in_term(data.term(condition)?), &data.outcomes());
        let [consistency, relevance, coverage] = [fit.consistency, fit.relevance, fit.coverage].map(told);
        writeln!(out, "    {condition:<30} {consistency:>14} {relevance:>10} {coverage:>9}")?;
    }

    // theory: the presence of each condition helps democracy to survive
    let solutions = Solutions::of(&data, &table, &[Expectation::Present; CONDITIONS.len()])?;
    writeln!(out, "\nSufficient?                           consistency    PRI  coverage  alone")?;
    show("conservative: nothing is assumed of remainders", &solutions.conservative, &mut out)?;
    show("parsimonious: of remainders whatever makes it shortest", &solutions.parsimonious, &mut out)?;
    for solution in &solutions.intermediate {
        show("intermediate: of remainders what theory expects", solution, &mut out)?;
    }

    writeln!(out, "\nMind:")?;
    if solutions.few {
        writeln!(out, "  So few cases make almost any row consistent.")?;
    }
    for row in table.rows.iter().filter(|row| !row.contradicting.is_empty()) {
        writeln!(out, "  Row {} counts as {} against {}.", row.number, word(row.outcome), list(&row.contradicting))?;
    }
    writeln!(out, "  What goes together need not be cause and effect. Why democracy fell is a question of its own.")?;
    Ok(out)
}

fn show_table(table: &TruthTable, out: &mut String) -> fmt::Result {
    writeln!(out, "row   {}   outcome  consistency    PRI  states (! against the row)", CONDITIONS.join("  "))?;
    for row in &table.rows {
        let Some(fit) = row.fit else { continue };
        let states = row.cases.iter().map(|state| format!("{state}{}", if row.contradicting.contains(state) { "!" } else { "" }));
        let is_in = |at| if row.term.literal(at) == Some(true) { 1 } else { 0 };
        let literals: String = (0..CONDITIONS.len()).map(|at| format!("{:>5}", is_in(at))).collect();
        let (outcome, consistency, pri) = (word(row.outcome), told(fit.consistency), told(fit.pri));
        writeln!(out, "{:>3}{literals}    {outcome:<9}{consistency:>10}{pri:>7}  {}", row.number, states.collect::<Vec<_>>().join(" "))?;
    }
    let remainders = table.rows.iter().filter(|row| row.outcome == Outcome::Remainder).count();
    writeln!(out, "The other {remainders} of {} rows are remainders: no state is in them.", table.rows.len())
}

fn show(name: &str, solution: &Solution, out: &mut String) -> fmt::Result {
    writeln!(out, "  {name}")?;
    for model in &solution.fitted {
        for term in &model.terms {
            writeln!(out, "    {:<30}{} {:>6}  {}", term.expression, fit(&term.fit), told(term.unique), list(&term.cases))?;
        }
        writeln!(out, "    {:<30}{}", "all of these", fit(&model.fit))?;
    }
    match solution.assumed.as_slice() {
        [] => {}
        [row] => writeln!(out, "    assumes that row {row} would have the outcome")?,
        rows => writeln!(out, "    assumes that {} remainders would have the outcome", rows.len())?,
    }
    if !solution.models.all {
        writeln!(out, "    there may be other models that are as short")?;
    }
    Ok(())
}

fn fit(fit: &Sufficiency) -> String {
    let [consistency, pri, coverage] = [fit.consistency, fit.pri, fit.coverage].map(told);
    format!("{consistency:>15} {pri:>6} {coverage:>9}")
}

fn list(states: &[impl ToString]) -> String {
    states.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Present => "present",
        Outcome::Absent => "absent",
        Outcome::Remainder => "remainder",
    }
}

/// A number, or a dash where it is unknown.
fn told(value: Option<f64>) -> String {
    value.map_or("-".to_owned(), |value| format!("{value:.3}"))
}
