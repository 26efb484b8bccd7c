//! How often each headline comes out in draws; the draws, with a bar for those who wait.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::moves::place;
use super::page::Page;
use super::words;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use peaceops::id::{PhaseId, RegionId};
use peaceops::scale::{Level, Scale};
use peaceops::scoring::{Assessment, Spread};
use peaceops::uncertainty::draws::{LevelDraws, Standing, Stopped};
use peaceops::uncertainty::{DrawResult, Draws};

/// Makes the draws that a method asks for. After a second a bar tells how far they are; an interrupt ends them, and
/// what was drawn until then is told.
pub(super) fn draw(assessment: &Assessment) -> Result<DrawResult, String> {
    let draws = Draws::of(assessment).map_err(|error| format!("error: {error}"))?;
    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    // A second handler in one process is refused: then an interrupt ends the program, as without one.
    let _ = ctrlc::set_handler(move || {
        if asked.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
    });
    let bar = ProgressBar::with_draw_target(Some(assessment.method().draws.draws), ProgressDrawTarget::hidden());
    if let Ok(style) =
        ProgressStyle::with_template("  {bar:40} {percent} % of {human_len} draws, {eta} left; {msg}  (Ctrl-C: tell what is there)")
    {
        bar.set_style(style);
    }
    let result = draws.run_with(|progress| {
        if bar.is_hidden() && bar.elapsed() > Duration::from_secs(1) {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        bar.set_position(progress.done);
        if !bar.is_hidden() {
            bar.set_message(progress.worst_error.map_or_else(String::new, |error| format!("error at most {:.2} %", error * 100.0)));
        }
        if stop.load(Ordering::SeqCst) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    bar.finish_and_clear();
    Ok(result)
}

/// `partial 71.9 ±0.4, marginal 28.1 ±0.4`: most frequent first, what was never drawn left out.
pub(super) fn shares(draws: &LevelDraws) -> String {
    let all = draws.draws();
    let mut told: Vec<(u64, String)> = Vec::new();
    for place in 0..=4 {
        let level = Level::at(place);
        let count = draws.levels[usize::from(place)];
        if let (true, Some((share, error))) = (count > 0, draws.share(level)) {
            // an error is never nil: it is told rounded up
            told.push((count, format!("{level} {:.1} ±{:.1}", share * 100.0, (error * 1000.0).ceil() / 10.0)));
        }
    }
    if draws.unknown > 0 {
        told.push((draws.unknown, format!("unknown {:.1}", draws.unknown as f64 / all as f64 * 100.0)));
    }
    told.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    told.into_iter().map(|(_, words)| words).collect::<Vec<_>>().join(", ")
}

/// The line of the first screen.
pub(super) fn summary(result: &DrawResult) -> String {
    format!(
        "The whole, % of {} draws: {}. The lowest of four uncertain links is often lower than stated (6b).",
        words::thousands(result.draws),
        shares(&result.whole)
    )
}

/// 6b: how often each headline comes out.
pub(super) fn table(assessment: &Assessment, result: &DrawResult, page: &mut Page) {
    let study = assessment.study();
    page.rule("6B HOW OFTEN, IF JUDGEMENTS LIE IN THEIR RANGES   (% of draws ± standard error)");
    let mut rows = Vec::new();
    let mut put = |phase: Option<&PhaseId>, region: Option<&RegionId>, draws: &LevelDraws| {
        if draws.headline.level().is_none() && draws.levels.iter().all(|count| *count == 0) {
            return;
        }
        let reach = draws.reach.map_or_else(String::new, |reach| words::letters(reach.low, reach.high));
        let better = &draws.partial_or_better;
        let better = match (better.quantile(5), better.quantile(50), better.quantile(95)) {
            (Some(low), Some(middle), Some(high)) => format!("{middle} ({low} to {high})"),
            _ => String::new(),
        };
        let headline = draws.headline.level().map_or_else(|| "unknown".to_owned(), |level| level.to_string());
        rows.push(vec![place(study, phase, region), headline, reach, better, shares(draws)]);
    };
    put(None, None, &result.whole);
    for region in result.by_region.iter().filter(|_| result.by_region.len() > 1) {
        put(None, Some(&region.id), &region.draws);
    }
    for phase in &result.by_phase {
        put(Some(&phase.id), None, &phase.draws);
        for region in phase.by_region.iter().filter(|_| phase.by_region.len() > 1) {
            put(Some(&phase.id), Some(&region.id), &region.draws);
        }
    }
    page.table(2, &["", "stated", "exact", "% partial or better", "headline in draws"], &rows);
    page.legend(&format!("  {}", rule(assessment, result)));
    page.blank();
    page.labelled_at(16, "phases", &standing(&result.phases, |id| words::phase(study, id.as_str())));
    if result.regions.of.len() > 1 {
        page.labelled_at(16, "regions", &standing(&result.regions, |id| words::region(study, id)));
    }
    if let Some(whole) = result.effects.first().filter(|whole| whole.effects > 0) {
        let told = whole.better.iter().enumerate().filter(|(_, count)| **count > 0);
        let told: Vec<String> = told.map(|(better, count)| format!("{better} in {}", percent(*count, result.draws))).collect();
        page.labelled_at(16, "effects", &format!("of {} compared, better than without the mission: {}", whole.effects, told.join(", ")));
    }
    let bands = bands(result);
    if !bands.is_empty() {
        page.labelled_at(16, "bands", &bands.join("; "));
    }
}

fn percent(count: u64, of: u64) -> String {
    if of == 0 { "-".to_owned() } else { format!("{:.0} %", count as f64 / of as f64 * 100.0) }
}

/// Who stands above whom, of each pair.
fn standing<I>(standing: &Standing<I>, name: impl Fn(&I) -> String) -> String {
    let mut told = Vec::new();
    for one in 0..standing.of.len() {
        for other in one + 1..standing.of.len() {
            let both = standing.both[one][other];
            if both > 0 {
                let (above, under) = (standing.above[one][other], standing.above[other][one]);
                told.push(format!(
                    "{} above {} in {}, under it in {}",
                    name(&standing.of[one]),
                    name(&standing.of[other]),
                    percent(above, both),
                    percent(under, both)
                ));
            }
        }
    }
    if told.is_empty() { "nothing to compare".to_owned() } else { told.join("; ") }
}

/// The bands of dimensions, where the weights of salience were drawn.
fn bands(result: &DrawResult) -> Vec<String> {
    let mut told = Vec::new();
    for dimension in &result.dimensions {
        let all: u64 = dimension.whole.bands.iter().sum();
        let Some(band) = dimension.whole.band.filter(|_| all > 0) else { continue };
        told.push(format!("{} {} in {}", dimension.id, words::spoken(band.name()), percent(dimension.whole.bands[band as usize], all)));
    }
    told
}

/// How they were drawn.
fn rule(assessment: &Assessment, result: &DrawResult) -> String {
    let rule = &result.rule;
    let keeps = match rule.spread {
        Spread::Plain => format!("the stated level keeps {}", rule.stated),
        Spread::ByConfidence => "the stated level keeps more where it is surer".to_owned(),
    };
    let moved = &result.moved;
    let mut text = format!(
        "{} draws, seed {}{}: {} and {} drawn; {keeps}, the rest of its range shares what is left",
        words::thousands(result.draws),
        rule.seed,
        match result.stopped {
            Stopped::Complete => "",
            Stopped::Precise => ", the target error reached",
            Stopped::Cancelled => ", ended by hand",
        },
        words::many(moved.ratings, "rating", "ratings"),
        words::many(moved.effects, "effect", "effects"),
    );
    if moved.tiers > 0 {
        text += &format!("; weights up or down by at most {}", rule.weights);
    }
    if moved.links > 1 || moved.cells > 1 {
        text += &format!("; {} ways to make a cell, {} to make a headline", moved.links, moved.cells);
    }
    text += ". exact: what is possible at all. ";
    text += "Minima of uncertain links sink under draws. No source gives these probabilities: they are a convention.";
    if assessment.method().draws.error.is_some() && result.stopped == Stopped::Complete {
        text += " The target error was not reached.";
    }
    text
}
