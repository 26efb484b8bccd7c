//! What is said of one phase, one region, or one region in one phase.

use super::page::Page;
use super::{dimensions, gaps, relevance, sure, words};
use peaceops::model::Effect;
use peaceops::scoring::dimension::in_words;
use peaceops::scoring::{Assessment, CellLevel, Gap, GapKind};

pub(super) fn part(assessment: &Assessment, phase: Option<&str>, region: Option<&str>, page: &mut Page) -> Result<(), String> {
    let study = assessment.study();
    let phases: Vec<&str> = study.phases().iter().map(|phase| phase.id.as_str()).collect();
    let units: Vec<&str> = study.units().map(|unit| unit.id.as_str()).collect();
    if let Some(id) = phase.filter(|id| !phases.contains(id)) {
        return Err(format!("error: no phase `{}`; the phases are {}", peaceops::Visible(id), phases.join(", ")));
    }
    if let Some(id) = region.filter(|id| !units.contains(id)) {
        return Err(format!("error: no unit `{}`; results exist for {}", peaceops::Visible(id), units.join(", ")));
    }
    let Some(profile) = assessment.congruence().profile(phase, region) else { return Err("error: nothing is said of it".into()) };
    let place = region.map_or_else(
        || words::region(study, &study.study().area),
        |id| study.units().find(|u| u.id == *id).map_or_else(|| id.into(), |u| u.name.clone()),
    );
    let time = phase.map_or_else(
        || study.study().window.to_string(),
        |id| study.phases().iter().find(|p| p.id == *id).map_or_else(|| id.to_owned(), |p| p.days.to_string()),
    );
    super::summary::head(assessment, page);
    page.blank();
    page.heading(&format!("{place}, {time}"));
    page.labelled_at(16, "Congruence", &profile.to_string());
    if let Some(bounds) = profile.bounds {
        page.labelled_at(16, "Bounds", &format!("{}, with what is not assessed left free", words::span(bounds.low, bounds.high)));
    }
    if let Some(carried) = assessment.confidence().of_congruence(phase, region).filter(|_| profile.headline.level().is_some()) {
        page.labelled_at(16, "Confidence", &format!("{}, the lowest that the headline needs", sure::word(carried.carries)));
    }
    for link in &profile.links {
        let level = link.level.map_or("not rated".to_owned(), |level| level.to_string());
        let text = format!(
            "{level}; {} of the weight is partial or better, {} known; lowest in {} of what is assessed",
            words::per_cent(link.partial_or_better),
            words::per_cent(link.coverage),
            words::per_cent(link.binds)
        );
        page.labelled_at(16, &words::capital(link.link.name()), &text);
    }
    super::beside::sectors(assessment, region, page);
    page.blank();
    page.heading("Tasks");
    tasks(assessment, phase, region, page);

    page.blank();
    page.heading("Gaps");
    let found: Vec<&Gap> = assessment.gaps().iter().filter(|gap| concerns(assessment, gap, phase, region)).collect();
    if found.is_empty() {
        page.line("  none");
    }
    for gap in found {
        page.line(&format!("  {}", gaps::told(study, gap)));
    }

    page.blank();
    page.heading("Effects");
    let effects: Vec<&Effect> = study.effects().iter().filter(|effect| told_of(assessment, effect, phase, region)).collect();
    for effect in &effects {
        let text = if effect.risk { "a risk that a source names".to_owned() } else { peaceops::scoring::relevance::in_words(effect) };
        let level = assessment.confidence().of(effect.id.as_str()).and_then(|one| one.level);
        let confidence = format!("confidence {}", level.map_or_else(|| "not assessed".to_owned(), |level| words::spoken(level.name())));
        page.line(&format!("  {} {} {}: {text}; {confidence}", effect.id, relevance::mark(effect), effect.title));
    }
    if effects.is_empty() {
        page.line("  none told");
    }

    page.blank();
    page.heading("Dimensions");
    let mut rows = Vec::new();
    for result in assessment.dimensions() {
        let count = match (phase, region) {
            (Some(id), _) => result.by_phase.iter().find(|p| p.id == *id).map(|p| &p.count),
            (None, Some(id)) => result.by_region.iter().find(|r| r.id == *id).map(|r| &r.count),
            (None, None) => Some(&result.whole),
        };
        let Some(count) = count else { continue };
        rows.push(vec![result.id.to_string(), dimensions::band(count), in_words(count)]);
    }
    page.table(2, &["", "", ""], &rows);
    if phase.is_some() && region.is_some() {
        page.legend("  Dimensions are counted by phase or by region, not by both: these are the phase's.");
    }
    Ok(())
}

/// The tasks of a part, what is alike over its phases or regions in one line.
fn tasks(assessment: &Assessment, phase: Option<&str>, region: Option<&str>, page: &mut Page) {
    let study = assessment.study();
    page.legend("  Tier: S strategic, C core, A additional, E enabling. ?: not assessed, and the most that it can be.");
    let mut rows = Vec::new();
    for task in &assessment.congruence().tasks {
        let short = study.task(&task.id).map(|row| row.short.clone()).unwrap_or_default();
        let inside =
            task.cells.iter().filter(|cell| phase.is_none_or(|id| cell.phase == *id) && region.is_none_or(|id| cell.region == *id));
        let alike = words::grouped(inside.map(|cell| {
            let level = match cell.outcome {
                CellLevel::Known { level, low, high } => format!("{level} ({})", words::letters(low, high)),
                CellLevel::Unknown { at_most } => format!("? at most {at_most}"),
                CellLevel::NotApplicable => "does not apply".into(),
            };
            let (when, place) = (words::phase(study, cell.phase.as_str()), words::region(study, &cell.region));
            let at = match (phase, region) {
                (Some(_), Some(_)) => String::new(),
                (Some(_), None) => place,
                (None, Some(_)) => when,
                (None, None) => format!("{when} {place}"),
            };
            ((words::tier(cell.tier), level, words::links(&cell.binding)), at)
        }));
        for ((tier, level, held), at) in alike {
            rows.push(vec![task.id.to_string(), short.clone(), tier, level, held, at.join(", ")]);
        }
    }
    page.table(2, &["", "", "", "level (range)", "held down by", ""], &rows);
}

/// Whether a gap is of a phase and a region, as far as its kind says.
fn concerns(assessment: &Assessment, gap: &Gap, phase: Option<&str>, region: Option<&str>) -> bool {
    let study = assessment.study();
    let days = phase.and_then(|id| study.phases().iter().find(|p| p.id == *id)).map(|p| p.days);
    let covers = |ids: &[peaceops::id::RegionId]| {
        region.is_none_or(|id| {
            let unit = study.units().position(|unit| unit.id == *id);
            unit.is_some_and(|unit| study.covered(ids).contains(unit))
        })
    };
    if gap.only_under.is_some() {
        return false;
    }
    match &gap.kind {
        GapKind::MandateLag { region: at, from, until, .. } | GapKind::MandateLagInPart { region: at, from, until, .. } => {
            region.is_none_or(|id| *at == *id) && days.is_none_or(|days| *from <= days.last() && days.first() <= *until)
        }
        GapKind::UnaddressedDriver { region: at, stretches, .. } => {
            region.is_none_or(|id| *at == *id) && days.is_none_or(|days| stretches.iter().any(|stretch| stretch.within(days).is_some()))
        }
        GapKind::NoActivityReported { phase: at, task } => {
            let in_region = || {
                let cells = assessment.congruence().task(task.as_str()).map(|result| &result.cells);
                cells.is_some_and(|cells| cells.iter().any(|cell| cell.phase == *at && region.is_none_or(|id| cell.region == *id)))
            };
            phase.is_none_or(|id| *at == *id) && in_region()
        }
        GapKind::Drift { regions, .. } | GapKind::PlaceMismatch { regions, .. } => phase.is_none() && covers(regions),
        GapKind::Overstretch { instrument, .. } => {
            let adopted = study.instrument(instrument).map(|row| row.adopted.first());
            region.is_none() && days.zip(adopted).is_none_or(|(days, adopted)| days.contains(adopted))
        }
        _ => phase.is_none() && region.is_none(),
    }
}

/// Whether an effect counts in a phase and is told of a region.
fn told_of(assessment: &Assessment, effect: &Effect, phase: Option<&str>, region: Option<&str>) -> bool {
    let study = assessment.study();
    let counts = peaceops::scoring::window::counts(study, &effect.when, &assessment.method().windows);
    let in_phase = phase.is_none_or(|id| study.phases().iter().position(|p| p.id == *id).is_some_and(|at| counts.phases.contains(&at)));
    let in_region = region.is_none_or(|id| {
        let unit = study.units().position(|unit| unit.id == *id);
        unit.is_some_and(|unit| study.covered(&effect.regions).contains(unit))
    });
    in_phase && in_region
}
