//! How sure the answers are, in words and in letters.

use super::page::Page;
use super::words;
use peaceops::scale::Confidence;
use peaceops::scoring::{Assessment, Carried, Sureness};

/// `very low`, or `nothing` where no evidence carries it.
pub(super) fn word(level: Option<Confidence>) -> String {
    level.map_or_else(|| "nothing".to_owned(), |level| words::spoken(level.name()))
}

/// `H`, `M`, `L`, `V`; `?` without evidence.
pub(super) fn letter(level: Option<Confidence>) -> char {
    match level {
        Some(Confidence::High) => 'H',
        Some(Confidence::Moderate) => 'M',
        Some(Confidence::Low) => 'L',
        Some(Confidence::VeryLow) => 'V',
        None => '?',
    }
}

/// `8/89/3/0`: per cent at high, moderate, low and very low.
fn spread(carried: &Carried) -> String {
    let shares: Vec<String> = carried.distribution.iter().rev().map(|(_, share)| words::percent(*share)).collect();
    shares.join("/")
}

/// What carries the congruence headlines, in a sentence.
pub(super) fn congruence(assessment: &Assessment) -> String {
    let confidence = assessment.confidence();
    let whole = &confidence.congruence;
    let phases = confidence.congruence_by_phase.iter().filter(|phase| phase.carried.carries != whole.carries);
    let phases: Vec<String> =
        phases.map(|phase| format!("{} {}", words::phase(assessment.study(), phase.id.as_str()), word(phase.carried.carries))).collect();
    let phases = if phases.is_empty() { String::new() } else { format!(" ({})", phases.join(", ")) };
    let told = whole.distribution.iter().rev().filter(|(_, share)| share.part() > 0);
    let told: Vec<String> = told.map(|(level, share)| format!("{} {}", words::per_cent(*share), words::spoken(level.name()))).collect();
    let carried = match whole.carries {
        Some(_) => words::capital(&word(whole.carries)),
        None if assessment.congruence().headline().headline.level().is_some() => "No evidence carries the whole".to_owned(),
        None => "No headline to carry for the whole".to_owned(),
    };
    let told = if told.is_empty() { String::new() } else { format!(": of the weight assessed {}", words::list(&told)) };
    format!("{carried}{phases}{told}")
}

/// What carries the situation of each phase, and how sure the effects are.
pub(super) fn relevance(assessment: &Assessment) -> String {
    let confidence = assessment.confidence();
    let study = assessment.study();
    let phases = confidence.relevance_by_phase.iter().map(|phase| (phase.carried.carries, words::phase(study, phase.id.as_str())));
    let phases: Vec<String> = words::grouped(phases)
        .into_iter()
        .map(|(level, phases)| match level {
            Some(_) => format!("{} in {}", word(level), words::list(&phases)),
            None => format!("nothing to carry in {}", words::list(&phases)),
        })
        .collect();
    let is_risk = |one: &&Sureness| assessment.study().effects().iter().any(|effect| effect.id == *one.of && effect.risk);
    let effects: Vec<&Sureness> = confidence.effects.iter().filter(|one| !is_risk(one)).collect();
    let effects = if effects.is_empty() { "no effect is told".to_owned() } else { format!("of the effects {}", counted(&effects)) };
    format!("{}; {effects}", words::capital(&phases.join(", ")))
}

/// `4 high, 11 moderate, 20 low, 13 very low`.
fn counted(all: &[&Sureness]) -> String {
    let count = |level: Option<Confidence>| all.iter().filter(|one| one.level == level).count();
    let levels = Confidence::ALL.iter().rev().map(|level| (Some(*level), words::spoken(level.name())));
    let levels = levels.chain([(None, "without evidence".to_owned())]);
    let told: Vec<String> =
        levels.map(|(level, name)| (count(level), name)).filter(|(n, _)| *n > 0).map(|(n, name)| format!("{n} {name}")).collect();
    told.join(", ")
}

/// The lowest level that each headline of the matrix needs, with the spread of its parts.
pub(super) fn matrix(assessment: &Assessment, heads: &[String], page: &mut Page) {
    let (study, confidence) = (assessment.study(), assessment.confidence());
    page.blank();
    page.line("   How sure?  Lowest confidence that the headline needs; % of the weight high/moderate/low/very low");
    let mut header = vec![""];
    header.extend(heads.iter().map(String::as_str));
    let whole = super::beside::whole_period(study);
    header.push(&whole);
    let known = |phase: Option<&str>, region: Option<&str>| {
        assessment.congruence().profile(phase, region).is_some_and(|profile| profile.headline.level().is_some())
    };
    let cell = |phase: Option<&str>, region: Option<&str>| match confidence.of_congruence(phase, region) {
        Some(carried) if known(phase, region) => format!("{:<8} {}", word(carried.carries), spread(carried)),
        _ => ".".to_owned(),
    };
    let line = |name: String, region: Option<&str>| {
        let mut row = vec![name];
        row.extend(study.phases().iter().map(|phase| cell(Some(phase.id.as_str()), region)));
        row.push(cell(None, region));
        row
    };
    let mut rows = vec![line(words::region(study, &study.study().area), None)];
    if study.all_units().len() > 1 {
        let regions = study.units().map(|unit| line(words::region(study, &unit.id), Some(unit.id.as_str())));
        rows.extend(regions.filter(|row| row.iter().skip(1).any(|cell| cell != ".")));
    }
    page.matrix(2, 1, &header, &rows);
    let rated = &confidence.ratings;
    let differ = [rated, &confidence.effects, &confidence.findings].into_iter().flatten().filter(|one| one.roads_differ).count();
    let decided = [rated, &confidence.effects, &confidence.findings].into_iter().flatten().filter(|one| one.decided.is_some()).count();
    page.legend(&format!(
        "  Proposed by rules from the evidence ({decided} decided by a person). A cell is as sure as its least sure link. In \
         {} the IPCC's grid lies more than one level away (--explain).",
        words::many(differ, "judgement", "judgements")
    ));
}

/// `H/M/L/V` of the effects that count in a phase.
pub(super) fn of_effects<'a>(assessment: &Assessment, ids: impl Iterator<Item = &'a peaceops::id::EffectId> + Clone) -> String {
    let count = |level: Confidence| {
        let of = |id: &peaceops::id::EffectId| assessment.confidence().of(id.as_str()).and_then(|one| one.level);
        ids.clone().filter(|id| of(id) == Some(level)).count().to_string()
    };
    Confidence::ALL.iter().rev().map(|level| count(*level)).collect::<Vec<_>>().join("/")
}
