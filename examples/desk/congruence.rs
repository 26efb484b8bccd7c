//! The tables of congruence: tasks, links, levels by place and phase, and like with like.

use super::page::Page;
use super::words;
use peaceops::measure::Share;
use peaceops::model::Region;
use peaceops::scale::{Level, Link, Tier};
use peaceops::scoring::{Assessment, CellLevel, Headline, Match, Pair, Profile, TaskResult, WhyUnknown};

pub(super) fn tables(assessment: &Assessment, all: bool, page: &mut Page) {
    page.rule("1 CONGRUENCE   (a absent, m marginal, p partial, s substantial, f full; m-p a range)");
    asked(assessment, page);
    links(assessment, page);
    super::beside::sectors(assessment, None, page);
    matrix(assessment, page);
    changes(assessment, all, page);
    tasks(assessment, all, page);
}

fn heads(assessment: &Assessment) -> Vec<String> {
    let study = assessment.study();
    study.phases().iter().map(|phase| phase.label()).collect()
}

/// 1a What was it asked to do?
fn asked(assessment: &Assessment, page: &mut Page) {
    let (study, congruence) = (assessment.study(), assessment.congruence());
    let heads = heads(assessment);
    let mut header = vec!["1a What was it asked to do?"];
    header.extend(heads.iter().map(String::as_str));
    let count = |phase: &str, tier: Option<Tier>| {
        congruence
            .tasks
            .iter()
            .filter(|task| task.cells.iter().any(|cell| cell.phase == *phase && tier.is_none_or(|tier| cell.tier == tier)))
            .count()
    };
    let mut rows = Vec::new();
    let mut row = vec!["tasks in force".to_owned()];
    row.extend(study.phases().iter().map(|phase| count(phase.id.as_str(), None).to_string()));
    rows.push(row);
    let mut row = vec!["strategic / core".to_owned()];
    row.extend(
        study
            .phases()
            .iter()
            .map(|phase| format!("{} / {}", count(phase.id.as_str(), Some(Tier::Strategic)), count(phase.id.as_str(), Some(Tier::Core)))),
    );
    rows.push(row);
    let is_main = |id: &str| study.phases().iter().position(|phase| phase.id == *id).is_none_or(|at| study.is_main(at));
    let weight = |phase: Option<&str>| {
        let cells = congruence.tasks.iter().flat_map(|task| &task.cells).filter(|cell| phase.is_none_or(|phase| cell.phase == *phase));
        let cells = cells.filter(|cell| is_main(cell.phase.as_str()));
        cells.map(|cell| cell.weight).fold(0.0, |sum, weight| sum + weight)
    };
    let total = weight(None);
    let mut row = vec!["share in the whole, by weight".to_owned()];
    row.extend(study.phases().iter().map(|phase| match is_main(phase.id.as_str()) {
        true => format!("{:.0} %", 100.0 * weight(Some(phase.id.as_str())) / total.max(f64::MIN_POSITIVE)),
        false => "apart".to_owned(),
    }));
    rows.push(row);
    page.matrix(2, 1, &header, &rows);
    if !congruence.too_recent.is_empty() {
        let tasks = words::many(congruence.too_recent.len(), "task is", "tasks are");
        page.legend(&format!("  And {tasks} too recent for a level."));
    }
    super::beside::asked(assessment, page);
}

/// 1b Had it the means? 1c What did it do?
fn links(assessment: &Assessment, page: &mut Page) {
    let (study, congruence) = (assessment.study(), assessment.congruence());
    page.blank();
    page.line("1b Had it the means?  1c What did it do?   Median level; % of weight partial or better/substantial");
    let cell = |profile: &Profile, link: Link| {
        let link = &profile.links[link.index()];
        let level = link.level.map_or("not rated", |level| level.name());
        format!("{level:<11} {}/{}", words::percent(link.partial_or_better), words::percent(link.substantial_or_better))
    };
    let mut rows = Vec::new();
    let mut add = |name: String, profile: &Profile| {
        let mut row = vec![name];
        row.extend(Link::ALL.iter().map(|link| cell(profile, *link)));
        rows.push(row);
    };
    for phase in &congruence.by_phase {
        add(words::phase(study, phase.id.as_str()), &phase.profile);
        let last = congruence.by_phase.last().is_some_and(|last| last.id == phase.id);
        if last && phase.by_region.len() > 1 {
            for region in phase.by_region.iter().filter(|region| region.profile.coverage.tasks.applicable > 0) {
                add(format!("  {}", words::region(study, &region.id)), &region.profile);
            }
        }
    }
    let mut row = vec!["whole".to_owned()];
    row.extend(congruence.whole.links.iter().map(|link| match (link.level, link.low, link.high) {
        (Some(level), Some(low), Some(high)) => {
            format!("{} ({}), {} known", words::letter(level), words::letters(low, high), words::per_cent(link.coverage))
        }
        _ => "not rated".to_owned(),
    }));
    rows.push(row);
    let mut header = vec![""];
    header.extend(Link::ALL.iter().map(|link| link.name()));
    page.table(2, &header, &rows);
    if let Some(fill) = assessment.fill_rates().iter().max_by_key(|fill| fill.of as u64) {
        let against = if fill.denominator == peaceops::scale::MeansStatus::Needed { "a stated need" } else { "a ceiling" };
        let when = study.resource(&fill.resource).and_then(|row| row.when).map(|when| when.to_string()).unwrap_or_default();
        let no_need = if fill.denominator == peaceops::scale::MeansStatus::Needed { "" } else { " (no stated need to go by)" };
        page.line(&format!(
            "  Strength ({}), {when}: {} of {against} of {}, {}{no_need}.",
            fill.category,
            fill.deployed,
            fill.of,
            words::per_cent(fill.rate)
        ));
    }
}

/// 1d Do they match?
fn matrix(assessment: &Assessment, page: &mut Page) {
    let (study, congruence) = (assessment.study(), assessment.congruence());
    page.blank();
    page.line("1d Do they match?  Lowest of the four links; level, range, % of weight assessed/partial or better");
    let heads = heads(assessment);
    let mut header = vec![""];
    header.extend(heads.iter().map(String::as_str));
    let whole = super::beside::whole_period(study);
    header.push(&whole);
    let cell = |profile: Option<&Profile>| match profile {
        Some(profile) if profile.headline.level().is_some() => format!(
            "{} {}/{}",
            words::short_headline(&profile.headline),
            words::percent(profile.coverage.weight),
            words::percent(profile.partial_or_better)
        ),
        Some(profile) if profile.coverage.tasks.applicable == 0 => ".".to_owned(),
        Some(profile) => {
            let possible = profile.bounds.map_or_else(String::new, |bounds| format!(" {}", words::letters(bounds.low, bounds.high)));
            format!("?{possible} {}", words::percent(profile.coverage.weight))
        }
        None => "?".to_owned(),
    };
    let line = |name: String, region: Option<&str>| {
        let mut row = vec![name];
        row.extend(study.phases().iter().map(|phase| cell(congruence.profile(Some(phase.id.as_str()), region))));
        row.push(cell(congruence.profile(None, region)));
        row
    };
    let area = words::region(study, &study.study().area);
    let mut rows = vec![line(area, None)];
    if study.all_units().len() > 1 {
        rows.extend(study.units().map(|unit| line(words::region(study, &unit.id), Some(unit.id.as_str()))));
    }
    page.matrix(2, 1, &header, &rows);
    let regions = congruence.by_phase.iter().flat_map(|phase| &phase.by_region).chain(&congruence.by_region);
    let places = congruence.by_phase.iter().map(|phase| &phase.profile).chain([&congruence.whole]);
    let headlines: Vec<&Headline> = regions.map(|region| &region.profile).chain(places).map(|profile| &profile.headline).collect();
    let is_why =
        |wanted: WhyUnknown| headlines.iter().any(|headline| matches!(headline, Headline::Unknown { reason } if *reason == wanted));
    let (floor, silent) = (is_why(WhyUnknown::UnderTheFloor), is_why(WhyUnknown::TooLittleIsSaidOfThisRegion));
    let rule = &assessment.method().congruence;
    let percent = |floor: peaceops::measure::Decimal| format!("{} %", 100.0 * floor.value());
    let under = format!("under {} is too little", percent(rule.coverage_floor));
    let silence = format!("under {} of that is rated for the region", percent(rule.regional_floor));
    let why = match (floor, silent) {
        (true, true) => format!("{under}; elsewhere {silence}"),
        (true, false) => under,
        (false, _) => silence,
    };
    if floor || silent {
        page.legend(&format!("  ? unknown, the levels possible, % of weight assessed: {why}."));
    }
    let bounds = congruence.whole.bounds;
    if let (Some(bounds), Headline::Known { low, high, .. }) = (bounds, congruence.whole.headline) {
        let free = if (bounds.low, bounds.high) == (low, high) {
            "What is not assessed, left free, does not change the range of the whole.".to_owned()
        } else {
            format!("With what is not assessed left free, the whole lies anywhere from {}.", words::span(bounds.low, bounds.high))
        };
        page.legend(&format!("  {free} A match is not an effect: a thinly resourced phase can still have done good."));
    }
    super::sure::matrix(assessment, &heads, page);
}

/// Like with like, task by task.
fn changes(assessment: &Assessment, all: bool, page: &mut Page) {
    let study = assessment.study();
    let last = study.phases().last().map(|phase| phase.id.clone());
    let mut rows = Vec::new();
    let mut alike = 0;
    for matched in &assessment.congruence().changes {
        if !all && matched.pairs == 0 && matched.not_comparable.is_empty() {
            continue;
        }
        let name = match &matched.what {
            Pair::Phases { from, to } => format!("{} to {}", words::phase(study, from.as_str()), words::phase(study, to.as_str())),
            Pair::Regions { region, against, phase } => {
                if !all && Some(phase) != last.as_ref() {
                    continue;
                }
                if !all && matched.same == matched.pairs {
                    alike += 1;
                    continue;
                }
                let phase = words::phase(study, phase.as_str());
                format!("{} against {}, {phase}", words::region(study, region), words::region(study, against))
            }
        };
        let beyond = match matched.beyond_both_ranges {
            0 => String::new(),
            n => format!("{n} beyond both ranges"),
        };
        rows.push(vec![
            name,
            matched.pairs.to_string(),
            matched.higher.len().to_string(),
            matched.lower.len().to_string(),
            matched.same.to_string(),
            matched.not_comparable.len().to_string(),
            beyond,
        ]);
        if all {
            for (label, list) in [("higher", &matched.higher), ("lower", &matched.lower), ("not comparable", &matched.not_comparable)] {
                if !list.is_empty() {
                    let place = |m: &Match| m.region.as_ref().map_or_else(|| m.task.to_string(), |region| format!("{}/{region}", m.task));
                    let names: Vec<String> = list.iter().map(place).collect();
                    rows.push(vec![
                        format!("  {label}"),
                        String::new(),
                        String::new(),
                        String::new(),
                        String::new(),
                        String::new(),
                        names.join(" "),
                    ]);
                }
            }
        }
    }
    if rows.is_empty() && alike == 0 {
        return;
    }
    page.blank();
    page.table(2, &["Like with like, task by task", "pairs", "higher", "lower", "same", "not comparable", ""], &rows);
    if let Some(last) = last.filter(|_| alike > 0) {
        let sets = words::many(alike, "pair of regions", "pairs of regions");
        page.legend(&format!("  In {}, {sets} more: no task higher or lower (--all).", words::phase(study, last.as_str())));
    }
}

/// 1e The tasks.
fn tasks(assessment: &Assessment, all: bool, page: &mut Page) {
    let (study, congruence) = (assessment.study(), assessment.congruence());
    let order = telling(assessment);
    let shown: Vec<&TaskResult> = if all { congruence.tasks.iter().collect() } else { order.into_iter().take(11).collect() };
    let units: Vec<&Region> = study.units().collect();
    let letters = initials(&units);
    let legend: Vec<String> = units.iter().zip(letters.chars()).map(|(unit, letter)| format!("{letter} {}", unit.name)).collect();
    page.blank();
    let what = if all || shown.len() == congruence.tasks.len() {
        format!("1e All {} with a cell", words::many(congruence.tasks.len(), "task", "tasks"))
    } else {
        format!("1e The {} most telling of {} tasks (--all)", shown.len(), congruence.tasks.len())
    };
    page.line(&format!("{what}   {letters}: {}; ? not assessed, . no cell there", legend.join(", ")));
    page.legend("  Tier: S strategic, C core, A additional, E enabling. Held down by, in the latest phase: * means in general.");
    let heads = heads(assessment);
    let mut header = vec![String::new(), String::new(), String::new()];
    header.extend(heads.iter().map(|head| head.chars().skip(2).collect()));
    header.push("level".into());
    header.push("held down by".into());
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let mut rows = Vec::new();
    for task in shown {
        let Some(row) = study.task(&task.id) else { continue };
        let mut line = vec![task.id.to_string(), row.short.clone(), words::tier(task.cells.last().map_or(row.tier, |cell| cell.tier))];
        for phase in study.phases() {
            let marks: String = units
                .iter()
                .map(|unit| {
                    let cell = task.cells.iter().find(|cell| cell.phase == phase.id && cell.region == unit.id);
                    cell.map_or('.', |cell| match cell.outcome {
                        CellLevel::Known { level, .. } => words::letter(level),
                        CellLevel::Unknown { .. } => '?',
                        CellLevel::NotApplicable => '-',
                    })
                })
                .collect();
            line.push(marks);
        }
        line.push(match (task.level, task.low, task.high) {
            (Some(level), Some(low), Some(high)) => format!("{} ({})", words::letter(level), words::letters(low, high)),
            _ => {
                let most = task.bounds.map(|bounds| bounds.high);
                most.map_or_else(|| "?".to_owned(), |most| format!("? ≤ {}", words::letter(most)))
            }
        });
        line.push(held_down(task));
        rows.push(line);
    }
    for recent in &congruence.too_recent {
        if all && congruence.task(recent.task.as_str()).is_none() {
            let Some(row) = study.task(&recent.task) else { continue };
            let mut line = vec![recent.task.to_string(), row.short.clone(), words::tier(row.tier)];
            line.extend(heads.iter().map(|_| ".".repeat(units.len())));
            line.push("too recent".into());
            line.push(format!("in force for {} days", recent.days));
            rows.push(line);
        }
    }
    page.matrix(1, 3, &header, &rows);
}

/// A letter for each unit: the first initial of a word of its name that no other unit has.
fn initials(units: &[&Region]) -> String {
    let of = |unit: &Region| unit.name.split(' ').filter_map(|word| word.chars().find(|c| c.is_alphanumeric())).collect::<Vec<char>>();
    let all: Vec<Vec<char>> = units.iter().map(|unit| of(unit)).collect();
    let letter = |at: usize| {
        let is_own = |letter: &&char| all.iter().enumerate().all(|(other, letters)| other == at || !letters.contains(letter));
        all[at].iter().find(is_own).or(all[at].first()).copied().unwrap_or('?')
    };
    (0..units.len()).map(letter).collect()
}

/// What holds a task down in its latest phase: links, with a star where all that bind are inherited.
fn held_down(task: &TaskResult) -> String {
    let Some(phase) = task.cells.last().map(|cell| cell.phase.clone()) else { return String::new() };
    let cells = task.cells.iter().filter(|cell| cell.phase == phase && !cell.binding.is_empty());
    let parts = words::grouped(cells.map(|cell| {
        let general = cell.links.iter().filter(|link| cell.binding.contains(&link.link)).all(|link| link.inherited.is_some());
        (format!("{}{}", words::links(&cell.binding), if general { "*" } else { "" }), cell.region.to_string())
    }));
    let whole = parts.len() == 1;
    let words: Vec<String> =
        parts.into_iter().map(|(links, regions)| if whole { links } else { format!("{} {links}", regions.join("+")) }).collect();
    words.join("; ")
}

/// Tasks by how much they tell: strategic first, then those whose level differs most between places
/// and phases, then the best and the least known of the rest.
fn telling(assessment: &Assessment) -> Vec<&TaskResult> {
    let spread = |task: &TaskResult| {
        let known = task.cells.iter().filter_map(|cell| match cell.outcome {
            CellLevel::Known { level, .. } => Some(level.index()),
            _ => None,
        });
        let (low, high) = known.fold((u8::MAX, 0), |(low, high), level| (low.min(level), high.max(level)));
        high.saturating_sub(low)
    };
    let tier = |task: &TaskResult| task.cells.iter().map(|cell| cell.tier).max().unwrap_or(Tier::Enabling);
    let known = |task: &TaskResult| Share::new(task.assessed as u64, task.cells.len() as u64).percent().unwrap_or(0);
    let mut tasks: Vec<&TaskResult> = assessment.congruence().tasks.iter().collect();
    tasks.sort_by_key(|task| {
        let rank = (tier(task) != Tier::Strategic, std::cmp::Reverse(spread(task)), std::cmp::Reverse(tier(task)));
        (rank, std::cmp::Reverse(known(task)), std::cmp::Reverse(task.level.map_or(0, Level::index)))
    });
    tasks
}
