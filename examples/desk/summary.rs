//! The first screen: the answers in words, under fixed labels.

use super::page::Page;
use super::words;
use peaceops::scale::{Confidence, Origin, Standing, StatedTrend};
use peaceops::scoring::dimension::Against;
use peaceops::scoring::relevance::Situation;
use peaceops::scoring::{Assessment, Difference, Headline, Pair};

/// Whose study, and whose numbers.
pub(super) fn head(assessment: &Assessment, page: &mut Page) {
    let study = assessment.study();
    let head = assessment.head();
    let names = super::beside::names(study);
    let host = super::beside::missions(study).last().map(|mission| mission.host.clone()).unwrap_or_default();
    let left = format!("{}, {host}, {}", words::list(&names), head.window);
    let coders = match head.coders {
        Some(1) => ", one coder".to_owned(),
        Some(n) => format!(", {n} coders"),
        None => String::new(),
    };
    let right = format!("framework {}, method {}{coders}", study.framework().id(), assessment.method().name);
    page.ends(&left, &right);
    page.legend(
        "EPON publishes no scale and no scores. What follows is this crate's own layer on published findings: \
         it orders what is written there and adds no evidence to it.",
    );
    let rule = &assessment.method().congruence;
    let starts: Vec<String> = study.phases().iter().map(|phase| phase.days.first().to_string()).collect();
    page.legend(&format!(
        "Levels: absent < marginal < partial < substantial < full. Range: all ratings at their low or high end. \
         Weight: {} to {} by priority. Phases from {}.",
        rule.strategic,
        rule.enabling,
        words::list(&starts)
    ));
    super::beside::head(assessment, page);
}

/// How far do the mandate, the means and the activities match?
pub(super) fn congruence(assessment: &Assessment, page: &mut Page) {
    let (study, congruence) = (assessment.study(), assessment.congruence());
    let whole = congruence.headline();
    page.blank();
    page.heading("1 CONGRUENCE  How far do the mandate, the means and the activities match?");
    page.labelled("Answer", &answer(assessment));
    let phases = congruence.by_phase.iter().map(|phase| {
        let what = match phase.profile.headline {
            Headline::Known { low, high, .. } => words::span(low, high),
            Headline::Unknown { .. } => "unknown".to_owned(),
        };
        (words::phase(study, phase.id.as_str()), what)
    });
    let of_whole = match (whole.headline, whole.bounds) {
        (Headline::Known { low, high, .. }, _) => Some((words::span(low, high), "")),
        (Headline::Unknown { .. }, Some(bounds)) => Some((words::span(bounds.low, bounds.high), " possible")),
        (Headline::Unknown { .. }, None) => None,
    };
    if let Some((span, possible)) = of_whole {
        let missing = if possible.is_empty() { span.as_str() } else { "unknown" };
        let other: Vec<String> = phases.filter(|(_, what)| what != missing).map(|(phase, what)| format!("{phase} {what}")).collect();
        let other = match (other.is_empty(), possible.is_empty()) {
            (true, true) => ", in each phase too".to_owned(),
            (true, false) => String::new(),
            (false, _) => format!("; {}", other.join("; ")),
        };
        page.labelled("Range", &format!("{span}{possible}{other}"));
    }
    let tasks = whole.coverage.tasks;
    let mut shares: Vec<u64> = congruence.by_phase.iter().filter_map(|phase| phase.profile.coverage.weight.percent()).collect();
    shares.sort_unstable();
    let range = match (shares.first(), shares.last()) {
        (Some(a), Some(b)) if a != b => format!(" (phases {a} to {b} %)"),
        _ => String::new(),
    };
    page.labelled(
        "Coverage",
        &format!(
            "{} of the weight{range}. Of {}, assessed wherever in force {}, in places {}, nowhere {}.",
            words::per_cent(whole.coverage.weight),
            words::many(tasks.applicable, "task", "tasks"),
            tasks.everywhere,
            tasks.in_places,
            tasks.nowhere
        ),
    );
    if whole.headline.level().is_some() {
        let parts = words::binding(whole).into_iter().map(|(link, share)| format!("{link} {}", words::percent(share)));
        page.labelled(
            "Held down",
            &format!("by {}: % of the weight assessed in which each is lowest", words::list(&parts.collect::<Vec<_>>())),
        );
    }
    page.labelled("Confidence", &super::sure::congruence(assessment));
    page.labelled("Weakest", &weakest(assessment));
}

fn answer(assessment: &Assessment) -> String {
    let (study, congruence) = (assessment.study(), assessment.congruence());
    let level = congruence.whole.headline.level();
    let units = congruence.by_phase.iter().flat_map(|phase| phase.by_region.iter().map(move |region| (phase, region)));
    let other: Vec<_> = units.filter(|(_, region)| region.profile.headline.level().is_some_and(|found| Some(found) != level)).collect();
    let by_level = congruence.by_phase.iter().map(|phase| {
        let level = phase.profile.headline.level().map_or_else(|| "unknown".to_owned(), |level| level.to_string());
        (level, words::phase(study, phase.id.as_str()))
    });
    let phases: Vec<String> =
        words::grouped(by_level).into_iter().map(|(level, phases)| format!("{level} in {}", words::list(&phases))).collect();
    let same = congruence.by_phase.iter().all(|phase| phase.profile.headline.level() == level);
    let phases = if same { "in each phase".to_owned() } else { phases.join(", ") };
    let whole = super::beside::whole_period(study);
    let mut text = match congruence.whole.headline {
        Headline::Known { level, .. } => {
            let places = if other.is_empty() { "" } else { ", and not everywhere" };
            format!("{}{places}: {level} for the {whole}, {phases}", words::answer(level))
        }
        Headline::Unknown { reason } if same => format!("Unknown for the {whole} and {phases}, since {reason}"),
        Headline::Unknown { reason } => format!("Unknown for the {whole}, since {reason}; by phase {phases}"),
    };
    let by_region = other.iter().filter_map(|(phase, region)| {
        let what = (region.profile.headline.level()?, words::region(study, &region.id));
        Some((what, words::phase(study, phase.id.as_str())))
    });
    // regions with the same level in the same phases share a clause
    let by_region = words::grouped(by_region).into_iter().map(|((level, region), phases)| ((level, phases), region));
    for ((level, phases), regions) in words::grouped(by_region) {
        text += &format!("; {}: {level} in {}", words::list(&regions), words::list(&phases));
    }
    if let Some(compared) =
        compared(assessment, &other.iter().map(|(phase, region)| (phase.id.clone(), region.id.clone())).collect::<Vec<_>>())
    {
        text += &compared;
    }
    text
}

/// The last region that stands apart, task by task against the first unit.
fn compared(assessment: &Assessment, apart: &[(peaceops::id::PhaseId, peaceops::id::RegionId)]) -> Option<String> {
    let study = assessment.study();
    let (phase, region) = apart.last()?;
    let matched = assessment.congruence().changes.iter().find(|matched| {
        matches!(&matched.what, Pair::Regions { region: r, phase: p, .. } if r == region && p == phase)
            && matched.lower.len() + matched.higher.len() > 0
    })?;
    let Pair::Regions { against, .. } = &matched.what else { return None };
    let higher = if matched.higher.is_empty() { "none".to_owned() } else { matched.higher.len().to_string() };
    Some(format!(
        " ({}: lower than in {} in {} of {} tasks, higher in {higher})",
        words::phase(study, phase.as_str()),
        words::region(study, against),
        matched.lower.len(),
        matched.pairs
    ))
}

fn weakest(assessment: &Assessment) -> String {
    let whole = assessment.congruence().headline();
    if whole.means_in_general.part() > 0 {
        return format!("{} of it rests only on words about means in general.", words::per_cent(whole.means_in_general));
    }
    let least = whole.links.iter().min_by(|a, b| a.coverage.compare(b.coverage));
    least.map_or_else(String::new, |link| {
        format!("Of the links the {} are told of least: for {} of the weight.", link.link, words::per_cent(link.coverage))
    })
}

/// What effect on politics, security, key actors, conflict drivers?
pub(super) fn relevance(assessment: &Assessment, page: &mut Page) {
    let (study, relevance) = (assessment.study(), assessment.relevance());
    page.heading("2 RELEVANCE   What effect on politics, security, key actors, conflict drivers?  (Not the OECD term.)");
    let turns: Vec<&'static str> = relevance.by_phase.iter().map(|phase| way(&phase.tally.situation)).collect();
    let mut told: Vec<&str> = Vec::new();
    for turn in &turns {
        if told.last() != Some(turn) {
            told.push(turn);
        }
    }
    let (moved, still): (Vec<_>, Vec<_>) = relevance.by_phase.iter().partition(|phase| clearly(&phase.tally.situation) > 0);
    let mut clear: Vec<String> = moved
        .iter()
        .map(|phase| {
            let situation = &phase.tally.situation;
            format!("{} of {} in {}", situation.clearly_better, clearly(situation), words::phase(study, phase.id.as_str()))
        })
        .collect();
    if !still.is_empty() {
        let phases: Vec<String> = still.iter().map(|phase| words::phase(study, phase.id.as_str())).collect();
        clear.push(format!("no clear change told in {}", words::list(&phases)));
    }
    let alone: Vec<String> = study
        .units()
        .filter_map(|unit| {
            let sums = relevance.by_phase.iter().map(|phase| {
                let of = phase.situation_by_region.iter().find(|region| region.region == unit.id);
                of.map_or((0, 0), |of| (of.situation.clearly_better, clearly(&of.situation)))
            });
            let told: Vec<(usize, usize)> = sums.collect();
            let any = told.iter().any(|(_, all)| *all > 0);
            let none = told.iter().all(|(better, _)| *better == 0);
            (any && none).then(|| format!("{}: none of {}", unit.name, told.iter().map(|(_, all)| all).max().unwrap_or(&0)))
        })
        .collect();
    let alone = if alone.is_empty() { String::new() } else { format!("; told of one region alone, {}", words::list(&alone)) };
    let situation = match moved.is_empty() {
        true => "No clear change is told in any phase.".to_owned(),
        false => {
            format!("{}. Clear changes that were for the better: {}{alone}.", words::capital(&told.join(", then ")), clear.join(", "))
        }
    };
    page.labelled("Situation", &situation);

    let credited = &relevance.whole.credited;
    let compared: usize = credited.compared.values().map(Vec::len).sum();
    let associated = credited.associated_better.len() + credited.associated_same.len() + credited.associated_worse.len();
    let all = compared + associated + credited.not_told.len();
    page.labelled(
        "Credited",
        &format!(
            "to the mission: {}, of which {} for the worse; {associated} of them only as a change that came with its work. \
             Credit left open: {}.",
            words::many(all, "effect", "effects"),
            credited.associated_worse.len() + worse(credited),
            credited.undetermined.len()
        ),
    );
    let parts: Vec<String> = credited.compared.iter().map(|(difference, effects)| format!("{difference} in {}", effects.len())).collect();
    let parts = if parts.is_empty() { "no source compares".to_owned() } else { parts.join(", ") };
    page.labelled("Compared", &format!("with the same place without the mission: {parts}"));
    let coverage = &relevance.coverage;
    page.labelled(
        "Coverage",
        &format!(
            "a change is observed in {} of {}, that comparison made in {}, {} of these a forecast",
            coverage.observed,
            words::many(coverage.effects, "effect", "effects"),
            coverage.compared,
            coverage.forecasts
        ),
    );
    let risks: Vec<String> = relevance
        .whole
        .risks
        .iter()
        .filter_map(|id| study.effect(id))
        .map(|effect| words::cut(&words::lower_first(&effect.title), 44))
        .collect();
    let risks = if risks.is_empty() { "none named".to_owned() } else { format!("{} named: {}", risks.len(), risks.join("; ")) };
    page.labelled("Risks", &risks);
    page.labelled("Confidence", &super::sure::relevance(assessment));
    let silent: Vec<String> = study
        .framework()
        .topics()
        .iter()
        .filter(|topic| topic.core && !study.effects().iter().any(|e| e.on.as_str() == topic.id.as_str() && e.difference().is_some()))
        .map(|topic| topic.title.clone())
        .collect();
    let silent = if silent.is_empty() {
        "Every target that the framework names is compared somewhere; most effects are not.".to_owned()
    } else {
        format!("On {} no source says how it would have gone without the mission.", words::list(&silent))
    };
    page.labelled("Weakest", &silent);
}

fn worse(credited: &peaceops::scoring::relevance::Credited) -> usize {
    credited.compared.get(&Difference::Negative).map_or(0, Vec::len)
}

/// How many changes of a phase were clear.
fn clearly(situation: &Situation) -> usize {
    situation.clearly_better + situation.clearly_worse
}

/// Which way the clear changes of a phase went.
fn way(situation: &Situation) -> &'static str {
    match situation.clearly_better.cmp(&situation.clearly_worse) {
        std::cmp::Ordering::Greater => "better",
        std::cmp::Ordering::Less => "worse",
        std::cmp::Ordering::Equal if situation.clearly_better == 0 => "no clear change",
        std::cmp::Ordering::Equal => "both ways",
    }
}

/// The verdicts, and how the counts stand to them.
pub(super) fn dimensions(assessment: &Assessment, page: &mut Page) {
    let verdicts: Vec<_> = assessment.dimensions().iter().filter_map(|dimension| dimension.verdict.as_ref()).collect();
    let is_told = |origin: Origin| matches!(origin, Origin::Report | Origin::Authors);
    let standing = |wanted: Standing, told: bool| {
        verdicts.iter().filter(|verdict| verdict.standing == wanted && is_told(verdict.origin) == told).count()
    };
    let trend = |wanted: StatedTrend, told: bool| {
        verdicts.iter().filter(|verdict| verdict.trend == Some(wanted) && is_told(verdict.trend_origin) == told).count()
    };
    let standings = |told: bool| {
        format!(
            "{} enabling, {} mixed, {} constraining; {} improving, {} declining",
            standing(Standing::Enabling, told),
            standing(Standing::Mixed, told),
            standing(Standing::Constraining, told),
            trend(StatedTrend::Improving, told),
            trend(StatedTrend::Declining, told)
        )
    };
    if verdicts.iter().any(|verdict| is_told(verdict.origin)) {
        page.heading(&format!("3 DIMENSIONS  Report: {}", standings(true)));
    } else {
        page.heading("3 DIMENSIONS  No verdict of the report or its authors");
    }
    if verdicts.iter().any(|verdict| !is_told(verdict.origin)) {
        page.labelled("Not theirs", &format!("the coder's reading or an outside text: {}", standings(false)));
    }
    let counts = |wanted: Against| verdicts.iter().filter(|verdict| is_told(verdict.origin) && verdict.count_is == wanted).count();
    page.labelled(
        "Counts",
        &format!(
            "harsher than the report in {}, kinder in {}; coder's trends: {} improving, {} declining",
            counts(Against::Harsher),
            counts(Against::Kinder),
            trend(StatedTrend::Improving, false),
            trend(StatedTrend::Declining, false)
        ),
    );
    let carried = |level: Option<Confidence>| assessment.confidence().dimensions.iter().filter(|d| d.carried.carries == level).count();
    let levels = Confidence::ALL.iter().rev().filter(|level| carried(Some(**level)) > 0);
    let levels: Vec<String> = levels.map(|level| format!("{} {}", carried(Some(*level)), words::spoken(level.name()))).collect();
    let told = if levels.is_empty() { "no count needs any".to_owned() } else { format!("that the counts need: {}", words::list(&levels)) };
    page.labelled("Confidence", &told);
}
