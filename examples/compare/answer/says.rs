//! What the studies say together: sentences, each with its range and the address of what stands behind it.

use super::Beside;
use super::page::Page;
use super::words;
use peaceops::comparison::Apart;
use peaceops::comparison::congruence::CongruenceOf;
use peaceops::comparison::consensus::{SharedProposition, ViewOf};
use peaceops::comparison::dimensions::DimensionCompared;
use peaceops::comparison::gaps::{Lag, StudyGaps};
use peaceops::comparison::seven::Sign;
use peaceops::id::{DriverId, StudyId};
use peaceops::model::CaseStudy;
use peaceops::scale::{Link, Origin};
use peaceops::scoring::consensus::AgreementBand;
use peaceops::scoring::gap::DayRange;
use peaceops::scoring::{Assessment, Difference, Headline, LinkProfile, Reading};

/// A column in which a study is named.
pub(super) fn name(beside: &Beside<'_>, id: &StudyId) -> String {
    let missions = |study: &CaseStudy| {
        let missions = study.study().missions.iter().filter_map(|mission| study.mission(mission));
        let names: Vec<String> = missions.map(|mission| mission.acronym.clone().unwrap_or_else(|| mission.name.clone())).collect();
        words::cut(&peaceops::Visible(&names.join("/")).to_string(), 40)
    };
    let of = |wanted: bool| beside.studies.iter().map(Assessment::study).filter(move |study| (study.study().id == *id) == wanted);
    let name = of(true).map(missions).next().unwrap_or_default();
    match name.as_str() {
        "" => id.to_string(),
        // two studies of one mission
        _ if of(false).any(|other| missions(other) == name) => format!("{name} ({id})"),
        _ => name,
    }
}

/// Whose studies, and whose numbers.
pub(super) fn head(beside: &Beside<'_>, page: &mut Page) {
    let names: Vec<String> = beside.compared.studies().map(|id| name(beside, id)).collect();
    let left = format!("{}, side by side", words::list(&names));
    let right = format!("framework {}, method {}", beside.compared.framework.id, beside.compared.method.name);
    page.ends(&left, &right);
    page.legend(
        "EPON publishes no scale and no scores: every level here is this crate's own layer on published findings. There is no \
         total and no rank: studies differ in length, sources and coverage before they differ in anything else.",
    );
}

/// The sentences.
pub(super) fn together(beside: &Beside<'_>, page: &mut Page) {
    page.blank();
    page.heading("WHAT THEY SAY TOGETHER   (in brackets: what --explain shows behind it)");
    for (label, told) in [
        ("Match", matched(beside)),
        ("Links", links(beside)),
        ("Holds down", binds(beside)),
        ("Unmet", drivers(beside)),
        ("Mandate late", late(beside)),
        ("Outran means", outran(beside)),
        ("Situation", situation(beside)),
        ("Difference", difference(beside)),
        ("Stakeholders", views(beside)),
        ("Dimensions", dimensions(beside)),
        ("Seven, first", seven(beside)),
    ] {
        page.labelled_at(16, label, &told);
        #[cfg(feature = "monte-carlo")]
        if let ("Match", Some(drawn)) = (label, &beside.drawn) {
            page.labelled_at(16, "In draws", &draws(beside, drawn));
        }
    }
}

/// How often one study stands above another.
#[cfg(feature = "monte-carlo")]
fn draws(beside: &Beside<'_>, drawn: &super::Drawn) -> String {
    let told = drawn.congruence.iter().filter_map(|chance| {
        let shares = [chance.share_above()?, chance.share_same()?, chance.share_below()?];
        // an error is never nil: it is told rounded up
        let [above, same, below] = shares.map(|(share, error)| format!("{:.1} ±{:.1}", share * 100.0, (error * 1000.0).ceil() / 10.0));
        Some(format!(
            "{} above {} in {above}, the same in {same}, below in {below}",
            name(beside, &chance.one),
            name(beside, &chance.other)
        ))
    });
    let told: Vec<String> = told.collect();
    let told = if told.is_empty() { "no two studies have a level".to_owned() } else { told.join("; ") };
    format!(
        "% of {} joint draws of judgements within their ranges: {told}. What both share, such as a coder's habit, is not drawn.",
        words::thousands(drawn.draws)
    )
}

/// `a in A and B; b in C`: names by what is said of them, in the order in which it is first said.
fn grouped(told: impl IntoIterator<Item = (String, String)>) -> String {
    let told = words::grouped(told).into_iter().map(|(what, names)| format!("{what} in {}", words::list(&names)));
    told.collect::<Vec<_>>().join("; ")
}

fn matched(beside: &Beside<'_>) -> String {
    let told = beside.compared.congruence.studies.iter().map(|of| {
        let (name, weight) = (name(beside, &of.study), words::per_cent(of.whole.weight));
        let level = match (of.whole.headline, of.whole.bounds) {
            (Headline::Known { level, low, high }, _) => format!("{level} (range {})", words::span(low, high)),
            (Headline::Unknown { .. }, Some(bounds)) => format!("unknown, from {} possible,", words::span(bounds.low, bounds.high)),
            (Headline::Unknown { .. }, None) => "unknown".to_owned(),
        };
        (level, format!("{name} ({weight})"))
    });
    format!("of mandate, means and activities, and the weight assessed: {}. [{}]", grouped(told), first(beside, "congruence"))
}

/// An address in the first study.
fn first(beside: &Beside<'_>, address: &str) -> String {
    beside.compared.studies().next().map_or_else(String::new, |id| format!("{id}:{address}"))
}

fn links(beside: &Beside<'_>) -> String {
    let range = |link: &LinkProfile| match (link.level, link.low, link.high) {
        (Some(level), Some(low), Some(high)) if low == high => level.to_string(),
        (Some(level), Some(low), Some(high)) => format!("{level} ({})", words::letters(low, high)),
        _ => "unknown".to_owned(),
    };
    let told = Link::ALL.iter().map(|link| {
        let studies = beside.compared.congruence.studies.iter();
        let levels = studies.map(|of| (range(&of.links[link.index()]), name(beside, &of.study)));
        format!("{} {}", words::capital(link.name()), grouped(levels))
    });
    format!("each alone, median and range. {}.", told.collect::<Vec<_>>().join(". "))
}

/// The links that are lowest most often in a study, and the share of the assessed weight; several where it is the same per cent.
fn lowest(of: &CongruenceOf) -> Option<(String, String)> {
    let most = of.links.iter().map(|link| link.binds).max_by(|a, b| a.compare(*b))?;
    if most.part() == 0 {
        return None;
    }
    let names: Vec<String> =
        of.links.iter().filter(|link| link.binds.percent() == most.percent()).map(|link| link.link.to_string()).collect();
    Some((words::list(&names), words::percent(most)))
}

fn binds(beside: &Beside<'_>) -> String {
    let studies = &beside.compared.congruence.studies;
    let told = studies.iter().filter_map(|of| {
        let (links, percent) = lowest(of)?;
        Some((links, format!("{} ({percent} %)", name(beside, &of.study))))
    });
    let least = |of: &CongruenceOf| {
        of.links.iter().filter(|link| link.binds.of() > 0).min_by(|a, b| a.binds.compare(b.binds)).map(|link| link.link)
    };
    let with_level = || studies.iter().filter(|of| of.whole.headline.level().is_some());
    let same =
        with_level().find_map(least).filter(|link| with_level().count() > 1 && with_level().filter_map(least).all(|other| other == *link));
    let same = same.map_or_else(String::new, |link| format!(" The {link} least in each with a level."));
    format!("most often, in % of the weight assessed: {}.{same} [{}]", grouped(told), first(beside, "congruence"))
}

fn drivers(beside: &Beside<'_>) -> String {
    let short = |study: &StudyId, ids: &[DriverId]| {
        let of = beside.studies.iter().map(Assessment::study).find(|of| of.study().id == *study);
        let names: Vec<String> =
            ids.iter().take(2).map(|id| of.map_or_else(|| id.to_string(), |of| words::short(of, &id.into()))).collect();
        let rest = if ids.len() > 2 { format!(" and {} more", ids.len() - 2) } else { String::new() };
        format!("{}{rest}", names.join(", "))
    };
    let told = beside.compared.relevance.iter().filter_map(|of| {
        let drivers = of.drivers.as_ref()?;
        let name = name(beside, &of.study);
        Some(match drivers.unmet.as_slice() {
            [] => format!("{name} none"),
            unmet => format!("{name} {} ({} of {})", short(&of.study, unmet), drivers.not_met, drivers.critical),
        })
    });
    let example = beside.compared.relevance.iter().find_map(|of| Some((&of.study, of.drivers.as_ref()?.unmet.first()?)));
    let example = example.map_or_else(String::new, |(study, driver)| format!(" [{study}:{driver}]"));
    format!(
        "critical drivers that no task met in some region at the end (pairs of both): {}.{example}",
        told.collect::<Vec<_>>().join("; ")
    )
}

/// The shortest and the longest of some lags.
fn span(lags: &[Lag]) -> Option<DayRange> {
    let (least, most) = (lags.iter().map(|lag| lag.days.least).min()?, lags.iter().map(|lag| lag.days.most).max()?);
    Some(DayRange { least, most })
}

fn late(beside: &Beside<'_>) -> String {
    let told = beside.compared.gaps.iter().map(|of| {
        let after = |what: &str, lags: &[Lag]| span(lags).map(|lag| format!("in {what} after {lag} ({})", lags.len()));
        let lags = [after("full", &of.mandate_lags), after("part", &of.mandate_lags_in_part)];
        let lags: Vec<String> = lags.into_iter().flatten().collect();
        let lags = if lags.is_empty() { "none".to_owned() } else { lags.join(", ") };
        let drivers = beside.compared.relevance.iter().find(|other| other.study == of.study).and_then(|other| other.drivers.as_ref());
        let end = drivers.map_or_else(String::new, |end| format!(", full at the end {} of {}", end.in_full, end.critical));
        format!("{} {lags}{end}", name(beside, &of.study))
    });
    let longest =
        beside.compared.gaps.iter().flat_map(|of| of.mandate_lags.iter().chain(&of.mandate_lags_in_part).map(move |lag| (of, lag)));
    let longest = longest.max_by(|a, b| a.1.days.most.cmp(&b.1.days.most).then(b.1.address.cmp(&a.1.address)));
    let longest = longest.map_or_else(String::new, |(of, lag)| format!(" The longest: [{}:{}]", of.study, lag.address));
    format!(
        "from a critical driver to a task that meets it (pairs of driver and region): {}.{longest}",
        told.collect::<Vec<_>>().join("; ").replace(".0 ", " ")
    )
}

fn outran(beside: &Beside<'_>) -> String {
    let told = beside.compared.gaps.iter().map(|of: &StudyGaps| {
        let said = of.overstretch.iter().filter(|one| one.is_said).count();
        let said = if said == 0 { String::new() } else { format!("; so says a source in {said}") };
        let per = of.by_kind.iter().find(|kind| kind.kind == "overstretch").and_then(|kind| kind.per_task_year);
        let per = per.map_or_else(String::new, |per| format!(" ({:.1}{said})", per * 10.0));
        format!("{} {}{per}", name(beside, &of.study), of.overstretch.len())
    });
    let heaviest = beside.compared.gaps.iter().flat_map(|of| of.overstretch.iter().map(move |one| (of, one)));
    let heaviest = heaviest.max_by(|a, b| {
        let by_count = a.1.without_means.len().cmp(&b.1.without_means.len());
        by_count.then(a.1.weight.total_cmp(&b.1.weight)).then(b.1.address.cmp(&a.1.address))
    });
    let heaviest = heaviest.map_or_else(String::new, |(of, one)| {
        let study = beside.studies.iter().map(Assessment::study).find(|study| study.study().id == of.study);
        let number = study.map_or_else(|| one.instrument.to_string(), |study| words::instrument(study, &one.instrument));
        let tasks = words::many(one.tasks, "task", "tasks");
        format!(
            " The most in one text: {} ({number}), {tasks}, {} without means. [{}:{}]",
            name(beside, &of.study),
            one.without_means.len(),
            of.study,
            one.address
        )
    });
    format!(
        "texts that added tasks or regions and no means for all or some of them (in ten task-years): {}.{heaviest}",
        told.collect::<Vec<_>>().join("; ")
    )
}

fn situation(beside: &Beside<'_>) -> String {
    let told = beside.compared.relevance.iter().map(|of| {
        let sum = |pick: fn(&peaceops::comparison::relevance::TargetOf) -> usize| of.targets.iter().map(pick).sum::<usize>();
        format!("{} {}/{}/{}", name(beside, &of.study), sum(|t| t.better), sum(|t| t.same), sum(|t| t.worse))
    });
    format!(
        "changes for the better/none/for the worse that sources report, whoever caused them: {}. Not a score: sources tell what they \
         look at. [{}]",
        told.collect::<Vec<_>>().join("; "),
        first(beside, "relevance")
    )
}

fn difference(beside: &Beside<'_>) -> String {
    let told = beside.compared.relevance.iter().map(|of| {
        let count = |wanted: &[Difference]| {
            let all = of.targets.iter().flat_map(|target| &target.credited);
            all.filter(|(difference, _)| wanted.contains(difference)).map(|(_, count)| count).sum::<usize>()
        };
        let parts = [
            (count(&[Difference::Positive]), "better"),
            (count(&[Difference::PositiveOrNil]), "better or no different"),
            (count(&[Difference::Nil]), "no different"),
            (count(&[Difference::NegativeOrNil]), "worse or no different"),
            (count(&[Difference::Negative]), "worse"),
            (count(&[Difference::NotEstablished]), "either way"),
        ];
        let parts: Vec<String> = parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{what} in {count}")).collect();
        let effects: usize = of.targets.iter().map(|target| target.effects).sum();
        let parts = if parts.is_empty() { "told of none".to_owned() } else { words::list(&parts) };
        format!("{} {parts} of {effects} effects", name(beside, &of.study))
    });
    format!("against the same place without the mission: {}.", told.collect::<Vec<_>>().join("; "))
}

/// The camp that holds more than each of the others of what is stated.
fn camp(view: &ViewOf) -> Option<&'static str> {
    let camps = [(view.in_favour, "for"), (view.against, "against"), (view.unsure, "of two minds")];
    let most = camps.iter().max_by(|a, b| a.0.compare(b.0))?;
    let alone = camps.iter().filter(|camp| camp.0.compare(most.0).is_eq()).count() == 1;
    (most.0.part() > 0 && alone).then_some(most.1)
}

/// A proposition in short.
pub(super) fn proposition(beside: &Beside<'_>, shared: &SharedProposition) -> String {
    let row = beside.studies.iter().find_map(|one| one.study().proposition(&shared.proposition));
    row.map_or_else(
        || shared.proposition.to_string(),
        |row| row.short.clone().unwrap_or_else(|| words::cut(row.text.trim_end_matches('.'), 34)),
    )
}

fn views(beside: &Beside<'_>) -> String {
    let shared = &beside.compared.consensus.shared;
    let (mut alike, mut apart) = (Vec::new(), Vec::new());
    let (mut unsaid, mut first_told) = (0, None);
    for one in shared {
        let readable = one.studies.iter().filter(|view| matches!(view.reading, Reading::Band(_) | Reading::SeveralBands));
        let told: Vec<(&str, String)> = readable.filter_map(|view| Some((camp(view)?, view.voices.to_string()))).collect();
        let [(first, _), _, ..] = told.as_slice() else {
            unsaid += 1;
            continue;
        };
        first_told = first_told.or(Some(one));
        let text = words::lower_first(&proposition(beside, one));
        let voices: Vec<String> = told.iter().map(|(_, voices)| voices.clone()).collect();
        if told.iter().all(|(other, _)| other == first) {
            alike.push(format!("{text} ({first}; voices {})", words::list(&voices)));
        } else {
            let camps: Vec<String> = told.iter().map(|(camp, voices)| format!("{camp}, voices {voices}")).collect();
            apart.push(format!("{text} ({})", camps.join("; ")));
        }
    }
    let divided = |view: &&ViewOf| view.reading == Reading::Band(AgreementBand::Divided);
    let divided = shared.iter().filter(|one| one.studies.iter().filter(divided).count() > 1);
    let divided: Vec<String> = divided.map(|one| words::lower_first(&proposition(beside, one))).collect();
    let divided = if divided.is_empty() { String::new() } else { format!(" Divided in two studies or more: {}.", divided.join("; ")) };
    let none = |list: &[String]| if list.is_empty() { "none".to_owned() } else { list.join("; ") };
    let apart = if apart.is_empty() { String::new() } else { format!(" It differs on: {}.", apart.join("; ")) };
    let example = first_told.or(shared.first()).and_then(|one| Some(format!(" [{}:{}]", one.studies.first()?.study, one.proposition)));
    format!(
        "the larger camp is alike on: {}.{apart}{divided} On {unsaid} of {} shared ones too few say or too much \
         is left open, to compare.{}",
        none(&alike),
        shared.len(),
        example.unwrap_or_default()
    )
}

/// `C and D above A`: who lies above whom, by who lies below.
pub(super) fn above(beside: &Beside<'_>, apart: &[Apart]) -> String {
    let mut groups: Vec<(&StudyId, Vec<String>)> = Vec::new();
    for one in apart {
        match groups.iter_mut().find(|(below, _)| **below == one.below) {
            Some((_, above)) => above.push(name(beside, &one.above)),
            None => groups.push((&one.below, vec![name(beside, &one.above)])),
        }
    }
    let others = beside.studies.len() - 1;
    let above = |above: &[String]| if above.len() == others && others > 1 { "all others".to_owned() } else { words::list(above) };
    let told = words::grouped(groups.into_iter().map(|(below, names)| (above(&names), name(beside, below))));
    told.into_iter().map(|(above, below)| format!("{above} above {}", words::list(&below))).collect::<Vec<_>>().join(", ")
}

/// The short title of a dimension.
pub(super) fn dimension(beside: &Beside<'_>, compared: &DimensionCompared) -> String {
    let framework = beside.studies.first().map(|one| one.study().framework());
    let found = framework.and_then(|framework| framework.dimensions().iter().find(|one| one.id == compared.dimension));
    found.map_or_else(|| compared.dimension.to_string(), |one| one.short.clone())
}

fn dimensions(beside: &Beside<'_>) -> String {
    let all = &beside.compared.dimensions;
    let banded = |compared: &DimensionCompared| compared.studies.iter().filter(|one| one.band.is_some()).count();
    let every = |wanted: fn(f64) -> bool| {
        let same = all.iter().filter(|one| {
            one.studies.iter().all(|of| of.band.is_some() && of.balance.is_some_and(|b| wanted(b.high.value()) && wanted(b.low.value())))
        });
        same.map(|one| words::lower_first(&dimension(beside, one))).collect::<Vec<_>>()
    };
    let (constraining, enabling) = (every(|value| value < 0.0), every(|value| value > 0.0));
    let none = |list: Vec<String>| if list.is_empty() { "none".to_owned() } else { words::list(&list) };
    let parted: Vec<String> = all
        .iter()
        .filter(|one| !one.apart.is_empty())
        .map(|one| format!("{} ({})", words::lower_first(&dimension(beside, one)), above(beside, &one.apart)))
        .collect();
    let example = all.first().map_or_else(String::new, |one| first(beside, one.dimension.as_str()));
    let alone: Vec<String> = all.iter().filter(|one| banded(one) < 2).map(|one| words::lower_first(&dimension(beside, one))).collect();
    let overlap = if parted.len() + alone.len() < all.len() { "; elsewhere they overlap" } else { "" };
    let alone = match alone.as_slice() {
        [] => String::new(),
        names => format!(" Under two studies have a band in {}.", words::list(names)),
    };
    format!(
        "limitations outweigh strengths in every study, whichever issue is left out, in {}; strengths in {}. Whole ranges lie \
         apart in {}{overlap}.{alone} [{example}]",
        none(constraining),
        none(enabling),
        if parted.is_empty() { "none".to_owned() } else { parted.join("; ") }
    )
}

fn seven(beside: &Beside<'_>) -> String {
    let seven = match &beside.seven {
        Ok(seven) => seven,
        Err(error) => return format!("not asked: {error}."),
    };
    let steady = |wanted: Sign| {
        let told =
            seven.associations.dimensions.iter().filter(|association| association.steady() == Some(wanted)).filter_map(|association| {
                let spearman = association.coefficients.first()?;
                let (value, (low, high)) = (spearman.value.known()?, spearman.range?);
                let title = beside.compared.dimensions.iter().find(|one| Some(&one.dimension) == association.dimension.as_ref());
                let title = title.map_or_else(String::new, |one| words::lower_first(&dimension(beside, one)));
                Some(format!("{title} ({value:+.2}, {low:+.2} to {high:+.2}; {} phases of {})", association.units, association.missions))
            });
        let told: Vec<String> = told.collect();
        if told.is_empty() { "none".to_owned() } else { told.join(", ") }
    };
    let (units, missions) = (seven.units.len(), seven.associations.missions.len());
    format!(
        "over {} of {}, rank correlations of the seven with the first (rho; tau-b alike) keep their sign without each \
         mission in turn, with the claim in {}; against it in {}. At most {}: they neither confirm nor refute the claim (--all).",
        words::many(units, "phase", "phases"),
        words::many(missions, "mission", "missions"),
        steady(Sign::Positive),
        steady(Sign::Negative),
        words::many(missions, "case is independent", "cases are independent")
    )
}

/// Per cents of the weight by origin: `96/0/4/0`.
pub(super) fn origins(count: &peaceops::scoring::OriginCount) -> String {
    if count.all == 0 {
        return "-".to_owned();
    }
    [Origin::Report, Origin::Authors, Origin::Outside, Origin::Coder].map(|origin| words::percent(count.weight(origin))).join("/")
}
