//! Laws that hold for any case: on small documents built from chance, and on the rows of MINUSMA in any order.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests stop at what they did not expect")]

use std::fmt::Debug;

use chrono::{Days as Add, NaiveDate};
use indexmap::IndexMap;
use peaceops::date::{PartialDate, Period, When};
use peaceops::document::raw::{DateText, ListText, PoolText, QuantityText};
use peaceops::document::record::*;
use peaceops::measure::{Decimal, Share, Weight};
use peaceops::scale::{Level, Link};
use peaceops::scoring::{Assessment, Bounds, CellLevel, Headline, Method, Profile};
use peaceops::timeline::{At, Entry, Timeline};
use peaceops::{CaseDocument, CaseStudy};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// Fewer cases where each assesses a study more than once: a run stays under some seconds in debug.
const CASES: u32 = 96;

fn config() -> ProptestConfig {
    ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() }
}

// --- Small documents -------------------------------------------------------------------------------------------------

const UNITS: [&str; 3] = ["north", "centre", "south"];
const PHASES: [&str; 3] = ["P1", "P2", "P3"];
const POOLS: [&str; 2] = ["force", "civilian"];
const TIERS: [&str; 4] = ["enabling", "additional", "core", "strategic"];
const DIMENSIONS: [&str; 2] = ["protection", "legitimacy"];
const SALIENCES: [&str; 3] = ["minor", "moderate", "major"];
const KINDS: [&str; 4] = ["strength", "limitation", "mixed", "neutral"];
const ORIGINS: [&str; 3] = ["report", "authors", "outside"];

/// The first day of the window.
fn start() -> NaiveDate {
    NaiveDate::from_ymd_opt(2018, 1, 1).unwrap()
}

fn day(offset: u64) -> NaiveDate {
    start() + Add::new(offset)
}

fn text(text: &str) -> String {
    text.to_owned()
}

fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|one| text(one)).collect()
}

/// A source of any origin.
fn cite(origin: usize) -> Vec<String> {
    vec![format!("S{origin} p1")]
}

/// How a link is judged, in the form in which the model writes it.
fn judgement() -> impl Strategy<Value = JudgementRecord> {
    let name = |level: u8| Level::ALL[usize::from(level)].name().to_owned();
    let because = || Some(text("Told in a table"));
    prop_oneof![
        8 => [0u8..5, 0u8..5, 0u8..5].prop_map(move |mut ends| {
            ends.sort_unstable();
            let [low, level, high] = ends;
            let end = |end: u8| (end != level).then(|| name(end));
            JudgementRecord { level: Some(name(level)), low: end(low), high: end(high), because: because(), ..Default::default() }
        }),
        2 => Just(JudgementRecord { not_assessed: Some(text("silent")), ..Default::default() }),
        1 => Just(JudgementRecord { not_applicable: Some(text("overtaken")), ..Default::default() }),
        1 => subsequence(vec![0u8, 1, 2, 3, 4], 2..=3).prop_map(move |levels| JudgementRecord {
            contested: levels.into_iter().map(name).collect(),
            because: because(),
            ..Default::default()
        }),
    ]
}

/// Where and when a block of ratings holds: a phase or every phase, a unit or the whole.
type Scope = (Option<usize>, Option<usize>);

/// What a task is made of.
#[derive(Clone, Debug)]
struct Draft {
    from: u64,
    length: u64,
    open: bool,
    tier: usize,
    units: Vec<usize>,
    pool: Option<usize>,
    also: Option<usize>,
    /// Days after the start, with a tier, and units where they change.
    changes: Vec<(u64, Option<usize>, Option<Vec<usize>>)>,
    /// What it is to an earlier task: 0 replaces, 1 refines, 2 is a part of the first.
    link: Option<(u8, prop::sample::Index)>,
    origin: usize,
}

fn draft(phases: usize, units: usize) -> impl Strategy<Value = Draft> {
    let days = phases as u64 * 365;
    let some_units = move |least| subsequence((0..units).collect::<Vec<_>>(), least..=units);
    let change = (1u64..400, of(0usize..4), of(some_units(0)));
    (
        (0..days, 1u64..800, any::<bool>(), 0usize..4, some_units(1)),
        (of(0usize..2), of(0usize..2), vec(change, 0..3), of((0u8..3, any::<prop::sample::Index>())), 0usize..3),
    )
        .prop_map(|((from, length, open, tier, units), (pool, also, changes, link, origin))| Draft {
            from,
            length,
            open,
            tier,
            units,
            pool,
            also,
            changes,
            link,
            origin,
        })
}

fn unit_names(units: &[usize]) -> Vec<String> {
    units.iter().map(|unit| text(UNITS[*unit])).collect()
}

fn task(at: usize, draft: &Draft) -> TaskRecord {
    let from = day(draft.from);
    let until = if draft.open { String::new() } else { (from + Add::new(draft.length)).to_string() };
    let mut after = draft.from;
    let changes = draft.changes.iter().map(|(days, tier, units)| {
        after += days;
        TaskChangeRecord {
            from: DateText(day(after).to_string()),
            by: Some(text("res")),
            tier: tier.map(|tier| text(TIERS[tier])),
            r#where: units.as_ref().map(|units| unit_names(units)),
            ..Default::default()
        }
    });
    let other = |index: &prop::sample::Index| format!("T{}", index.index(at));
    let (mut replaces, mut refines, mut part_of) = (Vec::new(), None, None);
    match &draft.link {
        Some((0, index)) if at > 0 => replaces = vec![other(index)],
        Some((1, index)) if at > 0 => refines = Some(other(index)),
        Some((2, _)) if at > 0 => part_of = Some(text("T0")),
        _ => {}
    }
    TaskRecord {
        id: format!("T{at}"),
        title: format!("Task {at}"),
        short: format!("Task {at}"),
        field: text("protection"),
        when: format!("{from}..{until}"),
        by: Some(text("res")),
        tier: text(TIERS[draft.tier]),
        r#where: unit_names(&draft.units),
        pool: draft.pool.map(|pool| PoolText::Both(text(POOLS[pool]))),
        also_draws_on: draft.also.map(|pool| vec![text(POOLS[pool])]).unwrap_or_default(),
        replaces,
        refines,
        part_of,
        cite: cite(draft.origin),
        changes: changes.collect(),
        ..Default::default()
    }
}

type Blocks = std::collections::BTreeMap<(usize, Scope), [Option<JudgementRecord>; 4]>;

/// Ratings of tasks and of pools, no link of a subject twice in a scope.
fn blocks(subjects: usize, phases: usize, units: usize, links: usize) -> impl Strategy<Value = Blocks> {
    let scope = (of(0..phases), of(0..units));
    let some = move |n: usize| if n < links { of(judgement()).boxed() } else { Just(None).boxed() };
    btree_map((0..subjects, scope), (some(0), some(1), some(2), some(3)).prop_map(|(a, b, c, d)| [a, b, c, d]), 0..8)
}

fn block(task: Option<String>, pool: Option<String>, (phase, unit): Scope, links: [Option<JudgementRecord>; 4]) -> RatingRecord {
    let [mandate, resources, capabilities, activities] = links;
    RatingRecord {
        task: ListText(task.into_iter().collect()),
        pool: ListText(pool.into_iter().collect()),
        phase: ListText(phase.map(|phase| text(PHASES[phase])).into_iter().collect()),
        region: ListText(unit.map(|unit| text(UNITS[unit])).into_iter().collect()),
        mandate,
        resources,
        capabilities,
        activities,
    }
}

/// When a finding, effect or activity is dated.
fn when() -> impl Strategy<Value = String> {
    prop_oneof![
        (0u64..1000, 1u64..500).prop_map(|(from, days)| format!("{}..{}", day(from), day(from + days))),
        select(texts(&["mission", "undated", "outside", "current", "2018", "2019", "2018-07", "2018..", "..2019"])),
    ]
}

fn finding(units: usize) -> impl Strategy<Value = FindingRecord> {
    let parts = (0usize..2, 0usize..4, 0usize..3, 0usize..3, when(), of(0..units), 0usize..3);
    parts.prop_map(|(dimension, kind, number, salience, when, unit, origin)| FindingRecord {
        title: text("A finding"),
        dimension: text(DIMENSIONS[dimension]),
        // An issue has one kind.
        issue: format!("{}-{number}", KINDS[kind]),
        kind: text(KINDS[kind]),
        salience: text(SALIENCES[salience]),
        r#where: unit.map(|unit| text(UNITS[unit])).into_iter().collect(),
        when,
        cite: cite(origin),
        ..Default::default()
    })
}

fn effect(units: usize) -> impl Strategy<Value = EffectRecord> {
    let change = [-3i64..=3, -3i64..=3, -3i64..=3].prop_map(|mut ends| {
        ends.sort_unstable();
        ends
    });
    let ends = |[low, value, high]: [i64; 3]| (Some(value), (low != value).then_some(low), (high != value).then_some(high));
    let because = || Some(text("Told in a table"));
    let grades = texts(&["none", "undetermined", "enabling", "contributory", "principal"]);
    (of(change.clone()), of((any::<bool>(), change)), select(grades), when(), of(0..units), any::<bool>()).prop_map(
        move |(observed, without, grade, when, unit, risk)| {
            let silent = || Some(text("silent"));
            let expected = observed.is_some();
            let observed = observed.map_or(ChangeRecord { not_assessed: silent(), ..Default::default() }, |range| {
                let (change, low, high) = ends(range);
                ChangeRecord { change, low, high, because: because(), ..Default::default() }
            });
            let without = without.map_or(CounterfactualRecord { not_assessed: silent(), ..Default::default() }, |(level, range)| {
                let (value, low, high) = ends(range);
                let (difference, expected) = if level && expected { (None, value) } else { (value, None) };
                CounterfactualRecord { difference, expected, low, high, because: because(), ..Default::default() }
            });
            EffectRecord {
                title: text("An effect"),
                on: text("violence"),
                r#where: unit.map(|unit| text(UNITS[unit])).into_iter().collect(),
                when,
                risk,
                observed: Some(observed),
                without: Some(without),
                contribution: Some(ContributionRecord { grade, ..Default::default() }),
                cite: cite(0),
                ..Default::default()
            }
        },
    )
}

fn some_tasks(tasks: usize) -> impl Strategy<Value = Vec<String>> {
    subsequence((0..tasks).map(|at| format!("T{at}")).collect::<Vec<_>>(), 0..=tasks)
}

/// An activity, a driver, an amount of means, and what an indicator measured.
fn gaps(tasks: usize, units: usize) -> impl Strategy<Value = (Vec<ActivityRecord>, Vec<DriverRecord>, Vec<ResourceRecord>)> {
    let where_ = move || of(0..units).prop_map(|unit| unit.map(|unit| text(UNITS[unit])).into_iter().collect::<Vec<_>>());
    let dated = (0u64..900, 1u64..400).prop_map(|(from, days)| format!("{}..{}", day(from), day(from + days)));
    let modality = || of(select(texts(&["monitor", "assist", "secure"])));
    let activity =
        (dated, where_(), some_tasks(tasks), modality(), any::<[bool; 2]>()).prop_map(|(when, r#where, serves, modality, flags)| {
            ActivityRecord {
                title: text("An activity"),
                when: Some(when),
                r#where,
                modality,
                serves,
                done: flags[0].then_some(false),
                bulk: flags[1],
                cite: cite(1),
                ..Default::default()
            }
        });
    let since = prop_oneof![Just("2017"), Just("2018-06"), Just("2019-01-15"), Just("2018")];
    let driver = (btree_map(0..units, since, 1..=units), any::<bool>(), some_tasks(tasks), some_tasks(tasks)).prop_map(
        |(since, critical, met_by, met_in_part_by)| DriverRecord {
            title: text("A driver"),
            since: since.into_iter().map(|(unit, date)| (text(UNITS[unit]), DateText::from(date))).collect(),
            critical,
            met_by,
            met_in_part_by,
            cite: cite(0),
            ..Default::default()
        },
    );
    let statuses = texts(&["needed", "authorised", "deployed", "deployed"]);
    let resource =
        (select(statuses), 0usize..2, 0u64..4, 1u32..1000, any::<bool>()).prop_map(|(status, pool, quarter, amount, by)| ResourceRecord {
            pool: Some(text(POOLS[pool])),
            status,
            by: by.then(|| text("res")),
            when: Some(format!("{}..", day(quarter * 90))),
            amount: IndexMap::from([(text("military"), QuantityText(amount.to_string()))]),
            cite: cite(2),
            ..Default::default()
        });
    (vec(activity, 0..4), vec(driver, 0..3), vec(resource, 0..4))
}

/// Values of one indicator, some of them for one day, and verdicts on one dimension, some of them two.
fn beside() -> impl Strategy<Value = (Vec<ObservationRecord>, Vec<VerdictRecord>)> {
    let value = (0u64..3, 1u32..50, 0usize..3, of(Just("deaths"))).prop_map(|(year, value, origin, scope)| ObservationRecord {
        indicator: text("attacks"),
        when: (2018 + year).to_string(),
        value: value.to_string(),
        scope: scope.map(text).unwrap_or_default(),
        cite: format!("S{origin} p2"),
        ..Default::default()
    });
    let standings = texts(&["constraining", "mixed", "enabling"]);
    let trends = texts(&["declining", "stable", "mixed", "improving"]);
    let verdict =
        (select(standings), of(select(trends)), 0usize..3, of(Just(text("coder")))).prop_map(|(standing, trend, source, origin)| {
            VerdictRecord {
                dimension: text("protection"),
                standing,
                trend,
                text: text("So it stands"),
                cite: cite(source),
                origin,
                ..Default::default()
            }
        });
    (vec(value, 0..5), vec(verdict, 0..3))
}

/// Numbers the rows of a table.
macro_rules! numbered {
    ($rows:expr, $prefix:literal) => {
        $rows
            .into_iter()
            .enumerate()
            .map(|(at, mut row)| {
                row.id = format!(concat!($prefix, "{}"), at);
                row
            })
            .collect()
    };
}

/// A whole document: one to three phases and units, one to five tasks, in the form in which the model writes it.
fn document() -> impl Strategy<Value = CaseDocument> {
    (1usize..=3, 1usize..=3, 1usize..=5).prop_flat_map(|(phases, units, tasks)| {
        (
            (Just((phases, units)), vec(draft(phases, units), tasks), of(vec(1u8..4, units))),
            (blocks(tasks, phases, units, 4), blocks(2, phases, units, 4)),
            (vec(finding(units), 0..8), vec(effect(units), 0..4), gaps(tasks, units), beside()),
            of((0..tasks, 0..units, 0u64..700)),
        )
            .prop_map(|((shape, drafts, shares), ratings, rows, dispute)| assemble(shape, &drafts, shares, ratings, rows, dispute))
    })
}

type Rows = (
    Vec<FindingRecord>,
    Vec<EffectRecord>,
    (Vec<ActivityRecord>, Vec<DriverRecord>, Vec<ResourceRecord>),
    (Vec<ObservationRecord>, Vec<VerdictRecord>),
);

fn assemble(
    (phases, units): (usize, usize),
    drafts: &[Draft],
    shares: Option<Vec<u8>>,
    (of_tasks, of_pools): (Blocks, Blocks),
    (findings, effects, (activities, drivers, resources), (observations, verdicts)): Rows,
    dispute: Option<(usize, usize, u64)>,
) -> CaseDocument {
    let year = |at: usize| format!("{0}-01-01..{0}-12-31", 2018 + at);
    let region = |at: usize| RegionRecord {
        id: text(UNITS[at]),
        name: format!("The {}", UNITS[at]),
        r#in: Some(text("land")),
        unit: true,
        share: shares.as_ref().map(|shares| f64::from(shares[at])),
        ..Default::default()
    };
    let land = RegionRecord { id: text("land"), name: text("The land"), ..Default::default() };
    let last = 2018 + phases - 1;
    let filled = |links: &[Option<JudgementRecord>; 4]| links.iter().any(Option::is_some);
    let tasks = of_tasks.into_iter().filter(|(_, links)| filled(links));
    let pools = of_pools.into_iter().map(|(key, [_, resources, capabilities, _])| (key, [None, resources, capabilities, None]));
    let rating = tasks
        .map(|((at, scope), links)| block(Some(format!("T{at}")), None, scope, links))
        .chain(pools.filter(|(_, links)| filled(links)).map(|((at, scope), links)| block(None, Some(text(POOLS[at])), scope, links)))
        .collect();
    CaseDocument {
        study: Some(StudyRecord {
            id: text("small"),
            title: text("A small study"),
            framework: text("epon-2019"),
            missions: texts(&["m"]),
            when: format!("2018-01-01..{last}-12-31"),
            area: text("land"),
            fieldwork: Some(text("2018-06")),
            ..Default::default()
        }),
        mission: vec![MissionRecord {
            id: text("m"),
            name: text("A mission"),
            host: text("A state"),
            authorised_by: texts(&["un-sc"]),
            when: text("2018.."),
            cite: cite(0),
            ..Default::default()
        }],
        source: (0..3)
            .map(|at| SourceRecord { id: format!("S{at}"), origin: text(ORIGINS[at]), title: text("A source"), ..Default::default() })
            .collect(),
        region: std::iter::once(land).chain((0..units).map(region)).collect(),
        phase: (0..phases).map(|at| PhaseRecord { id: text(PHASES[at]), when: year(at), ..Default::default() }).collect(),
        instrument: vec![InstrumentRecord {
            id: text("res"),
            body: text("un-sc"),
            number: text("1"),
            adopted: DateText::from("2018-01-01"),
            cite: cite(0),
            ..Default::default()
        }],
        pool: POOLS.iter().map(|id| PoolRecord { id: text(id), title: text("A pool"), ..Default::default() }).collect(),
        task: drafts.iter().enumerate().map(|(at, draft)| task(at, draft)).collect(),
        rating,
        finding: numbered!(findings, "F"),
        effect: numbered!(effects, "E"),
        activity: numbered!(activities, "A"),
        driver: numbered!(drivers, "D"),
        resource: numbered!(resources, "M"),
        verdict: numbered!(verdicts, "V"),
        indicator: vec![IndicatorRecord {
            id: text("attacks"),
            title: text("Attacks"),
            unit: text("attacks"),
            kind: text("flow"),
            better: Some(text("lower")),
            dimension: Some(text("protection")),
            cite: cite(0),
            ..Default::default()
        }],
        observations,
        dispute: dispute
            .map(|(task, unit, from)| DisputeRecord {
                id: text("earlier"),
                title: text("Another date"),
                tasks: vec![format!("T{task}")],
                region: Some(text(UNITS[unit])),
                in_force_from: Some(DateText(day(from).to_string())),
                cite: cite(1),
                ..Default::default()
            })
            .into_iter()
            .collect(),
        ..Default::default()
    }
}

#[track_caller]
fn study(document: &CaseDocument) -> CaseStudy {
    CaseStudy::try_from(document).unwrap_or_else(|problems| panic!("a generated document has faults:\n{problems}"))
}

fn assess(document: &CaseDocument) -> Assessment {
    study(document).assess(&Method::default())
}

/// Every profile of an assessment: the whole, phases, units, and phases in units, in this order of the study.
fn profiles(assessment: &Assessment) -> Vec<(String, &Profile)> {
    let congruence = assessment.congruence();
    let mut all = vec![("whole".to_owned(), &congruence.whole)];
    for phase in &congruence.by_phase {
        all.push((phase.id.to_string(), &phase.profile));
        all.extend(phase.by_region.iter().map(|region| (format!("{}/{}", phase.id, region.id), &region.profile)));
    }
    all.extend(congruence.by_region.iter().map(|region| (region.id.to_string(), &region.profile)));
    all
}

fn known(headline: &Headline) -> Option<[Level; 3]> {
    match headline {
        Headline::Known { level, low, high } => Some([*level, *low, *high]),
        Headline::Unknown { .. } => None,
    }
}

/// A judgement of the document: its block and link.
fn judgements(document: &mut CaseDocument) -> Vec<&mut JudgementRecord> {
    let links = document.rating.iter_mut().map(|row| [&mut row.mandate, &mut row.resources, &mut row.capabilities, &mut row.activities]);
    links.flatten().filter_map(Option::as_mut).collect()
}

/// The level, low and high of a rated judgement.
fn ends(record: &JudgementRecord) -> Option<[u8; 3]> {
    let at = |name: &String| Level::ALL.iter().position(|level| level.name() == name).unwrap() as u8;
    let level = record.level.as_ref().map(at)?;
    Some([level, record.low.as_ref().map_or(level, at), record.high.as_ref().map_or(level, at)])
}

fn rated([level, low, high]: [u8; 3]) -> JudgementRecord {
    let name = |at: u8| Some(Level::ALL[usize::from(at)].name().to_owned());
    JudgementRecord { level: name(level), low: name(low), high: name(high), because: Some(text("Rated anew")), ..Default::default() }
}

proptest! {
    #![proptest_config(config())]

    /// Levels lie within their ranges, and ranges within their bounds where nothing but silence is unknown.
    #[test]
    fn levels_lie_within_ranges_and_bounds(document in document()) {
        let assessment = assess(&document);
        let contested = document.rating.iter().any(|row| [&row.mandate, &row.resources, &row.capabilities, &row.activities].into_iter().flatten().any(|j| !j.contested.is_empty()));
        for (name, profile) in profiles(&assessment) {
            let bounds = profile.bounds;
            prop_assert!(bounds.is_none_or(|bounds| bounds.low <= bounds.high), "{name}: {bounds:?}");
            for link in &profile.links {
                prop_assert!(link.low <= link.level && link.level <= link.high, "{name}: {link:?}");
            }
            let Some([level, low, high]) = known(&profile.headline) else { continue };
            let bounds = bounds.unwrap();
            prop_assert!(low <= level && level <= high, "{name}: {}", profile.headline);
            prop_assert!(contested || bounds.low <= low, "{name}: {bounds:?} {}", profile.headline);
            let all = profile.coverage.weight.part() == profile.coverage.weight.of();
            prop_assert!(!all || bounds == Bounds { low, high }, "{name}: all is assessed, so the bounds are the range");
            // The distribution adds up, and the share at partial or better is its upper part.
            let of = profile.distribution.iter().map(|share| share.of()).fold(1, |all, of| all / gcd(all, of.max(1)) * of.max(1));
            let parts = profile.distribution.map(|share| share.part() * (of / share.of().max(1)));
            prop_assert_eq!(parts.iter().sum::<u64>(), of);
            prop_assert_eq!(Share::new(parts[2..].iter().sum(), of), profile.partial_or_better);
        }
        for task in &assessment.congruence().tasks {
            prop_assert!(task.low <= task.level && task.level <= task.high, "{task:?}");
            prop_assert!(task.bounds.is_none_or(|bounds| bounds.low <= bounds.high));
            for cell in &task.cells {
                if let CellLevel::Known { level, low, high } = cell.outcome {
                    prop_assert!(low <= level && level <= high);
                    prop_assert!(!cell.binding.is_empty());
                    // The minimum of its links, and bound by those that stand at it.
                    let least = cell.links.iter().filter_map(|link| link.level).min();
                    prop_assert_eq!(least, Some(level));
                    prop_assert!(cell.links.iter().all(|link| (link.level == Some(level)) == cell.binding.contains(&link.link)));
                } else {
                    prop_assert!(cell.binding.is_empty() && cell.may_bind.is_empty());
                }
            }
        }
    }

    /// However what is unknown turns out, and wherever in its range each rating lies, the level lies within the bounds.
    #[test]
    fn bounds_hold_every_way_in_which_it_may_turn_out(document in document(), draws in vec(0u8..=255, 64)) {
        let before = assess(&document);
        let mut settled = document.clone();
        for (record, draw) in judgements(&mut settled).into_iter().zip(draws.iter().cycle()) {
            let pick = |low: u8, high: u8| low + draw % (high - low + 1);
            let level = match ends(record) {
                Some([_, low, high]) => pick(low, high),
                None if record.not_applicable.is_some() => continue,
                None if record.contested.is_empty() => draw % 5,
                None => {
                    let at = |name: &String| Level::ALL.iter().position(|level| level.name() == name).unwrap() as u8;
                    pick(at(&record.contested[0]), at(record.contested.last().unwrap()))
                }
            };
            *record = rated([level, level, level]);
        }
        let after = assess(&settled);
        for ((name, before), (_, after)) in profiles(&before).into_iter().zip(profiles(&after)) {
            // A link that no row speaks of stays open: then the level is of the others alone.
            let all = after.coverage.weight.part() == after.coverage.weight.of();
            if let (Some([level, ..]), Some(bounds), true) = (known(&after.headline), before.bounds, all) {
                prop_assert!(bounds.low <= level && level <= bounds.high, "{name}: {level} outside {bounds:?}");
            }
        }
    }

    /// Raising a judgement lowers nothing.
    #[test]
    fn raising_a_judgement_lowers_nothing(document in document(), which in any::<prop::sample::Index>(), raise in [0u8..3, 0u8..3, 0u8..3]) {
        let mut raised = document.clone();
        {
            let mut all: Vec<_> = judgements(&mut raised).into_iter().filter(|record| ends(record).is_some()).collect();
            prop_assume!(!all.is_empty());
            let at = which.index(all.len());
            let [level, low, high] = ends(all[at]).unwrap();
            let high = (high + raise[2]).min(4);
            let level = (level + raise[0]).min(high);
            let low = (low + raise[1]).min(level);
            *all[at] = rated([level, low, high]);
        }
        let (before, after) = (assess(&document), assess(&raised));
        let no_lower = |name: &str, a: Option<[Level; 3]>, b: Option<[Level; 3]>| {
            prop_assert_eq!(a.is_some(), b.is_some(), "{}: what is known stays known", name);
            for (a, b) in a.into_iter().flatten().zip(b.into_iter().flatten()) {
                prop_assert!(a <= b, "{}: {} became {}", name, a, b);
            }
            Ok(())
        };
        for ((name, a), (_, b)) in profiles(&before).into_iter().zip(profiles(&after)) {
            no_lower(&name, known(&a.headline), known(&b.headline))?;
            prop_assert!(a.bounds.zip(b.bounds).is_none_or(|(a, b)| a.low <= b.low && a.high <= b.high), "{}", name);
            prop_assert!(a.partial_or_better.compare(b.partial_or_better).is_le(), "{}", name);
            prop_assert_eq!(a.coverage, b.coverage);
        }
        for (a, b) in before.congruence().tasks.iter().zip(&after.congruence().tasks) {
            let three = |task: &peaceops::scoring::TaskResult| Some([task.level?, task.low?, task.high?]);
            no_lower(a.id.as_str(), three(a), three(b))?;
            for (a, b) in a.cells.iter().zip(&b.cells) {
                let three = |outcome: CellLevel| match outcome {
                    CellLevel::Known { level, low, high } => Some([level, low, high]),
                    CellLevel::Unknown { .. } | CellLevel::NotApplicable => None,
                };
                no_lower(&format!("{}/{}", a.phase, a.region), three(a.outcome), three(b.outcome))?;
            }
        }
    }

    /// A rating turned to *not assessed* raises no coverage, and moves no bound inward.
    #[test]
    fn an_unknown_more_raises_no_coverage(document in document(), which in any::<prop::sample::Index>()) {
        let mut silent = document.clone();
        {
            let mut all: Vec<_> = judgements(&mut silent).into_iter().filter(|record| ends(record).is_some()).collect();
            prop_assume!(!all.is_empty());
            let at = which.index(all.len());
            *all[at] = JudgementRecord { not_assessed: Some(text("silent")), ..Default::default() };
        }
        let (before, after) = (assess(&document), assess(&silent));
        for ((name, a), (_, b)) in profiles(&before).into_iter().zip(profiles(&after)) {
            prop_assert!(b.coverage.weight.compare(a.coverage.weight).is_le(), "{}", name);
            prop_assert!(b.coverage.tasks.everywhere <= a.coverage.tasks.everywhere && b.coverage.tasks.nowhere >= a.coverage.tasks.nowhere, "{}", name);
            prop_assert_eq!(a.coverage.tasks.applicable, b.coverage.tasks.applicable);
            prop_assert!(a.bounds.zip(b.bounds).is_none_or(|(a, b)| b.low <= a.low && b.high >= a.high), "{}", name);
            for (a, b) in a.links.iter().zip(&b.links) {
                prop_assert!(b.coverage.compare(a.coverage).is_le(), "{}", name);
            }
        }
        // Gaps need no rating.
        prop_assert_eq!(before.gaps(), after.gaps());
    }

    /// A task to which nothing applies changes no level, share or coverage.
    #[test]
    fn a_task_that_does_not_apply_changes_nothing(document in document(), draft in draft(3, 1)) {
        let mut more = document.clone();
        more.task.push(TaskRecord { replaces: Vec::new(), refines: None, part_of: None, ..task(9, &Draft { link: None, pool: None, ..draft }) });
        let none = || Some(JudgementRecord { not_applicable: Some(text("overtaken")), ..Default::default() });
        more.rating.push(block(Some(text("T9")), None, (None, None), [none(), none(), none(), none()]));
        let (before, after) = (assess(&document), assess(&more));
        for ((name, a), (_, b)) in profiles(&before).into_iter().zip(profiles(&after)) {
            // Of a group without any task it is now told that too little is assessed; else all is the same.
            if known(&a.headline).is_some() || known(&b.headline).is_some() {
                prop_assert_eq!(a, b, "{}", name);
            }
            prop_assert_eq!(a.coverage, b.coverage);
        }
        prop_assert_eq!(&before.congruence().changes, &after.congruence().changes);
        for task in &before.congruence().tasks {
            prop_assert_eq!(Some(task), after.congruence().task(task.id.as_str()));
        }
        prop_assert_eq!(before.relevance().whole.clone(), after.relevance().whole.clone());
        prop_assert_eq!(before.dimensions(), after.dimensions());
    }

    /// The scale of the weights does not matter.
    #[test]
    fn the_scale_of_weights_changes_no_result(document in document(), times in 2u16..7) {
        let study = study(&document);
        let mut method = Method::default();
        let rule = &mut method.congruence;
        for weight in [&mut rule.strategic, &mut rule.core, &mut rule.additional, &mut rule.enabling] {
            *weight = Weight::new(weight.value() * f64::from(times)).unwrap();
        }
        let (before, after) = (study.assess(&Method::default()), study.assess(&method));
        for ((name, a), (_, b)) in profiles(&before).into_iter().zip(profiles(&after)) {
            prop_assert_eq!(a, b, "{}", name);
        }
        prop_assert_eq!(&before.congruence().changes, &after.congruence().changes);
    }

    /// A hinge is what it says: with the row at that end the headline is the one told.
    #[test]
    fn a_hinge_moves_the_headline_as_it_says(document in document()) {
        let before = assess(&document);
        let rows = study(&document);
        for hinge in before.congruence().whole.hinges.iter().take(3) {
            let place = rows.ratings().iter().position(|rating| rating.label() == hinge.rating && rating.link(hinge.link).is_some()).unwrap();
            let mut moved = document.clone();
            let row = &mut moved.rating[place];
            let link = [&mut row.mandate, &mut row.resources, &mut row.capabilities, &mut row.activities].into_iter().nth(hinge.link.index()).unwrap();
            *link = Some(rated([hinge.to.index(); 3]));
            prop_assert_eq!(assess(&moved).congruence().whole.headline.level(), Some(hinge.headline));
            prop_assert_ne!(Some(hinge.headline), before.congruence().whole.headline.level());
        }
    }

    /// What is written is what was read.
    #[test]
    fn document_to_model_to_document_is_the_identity(document in document()) {
        let first = study(&document);
        let written = CaseDocument::from(&first);
        prop_assert_eq!(&written, &document);
        prop_assert_eq!(study(&written), first);
        let through: CaseDocument = serde_json::from_slice(&serde_json::to_vec(&document).unwrap()).unwrap();
        prop_assert_eq!(through, document);
    }

    /// The order of rows changes no value.
    #[test]
    fn the_order_of_rows_changes_no_value(document in document(), seed in any::<u64>()) {
        let mut shuffled = document.clone();
        shuffle(&mut shuffled, seed);
        let (one, other) = (ordered(&assess(&document)), ordered(&assess(&shuffled)));
        prop_assert!(one == other, "{}", difference(&one, &other, "assessment"));
    }

    /// States, timelines and counts of days agree with a walk over every day.
    #[test]
    fn states_agree_with_every_single_day(document in document()) {
        let study = study(&document);
        let days = |phase: usize| {
            let days = study.phases()[phase].days;
            (0..days.len().unsigned_abs()).map(move |n| days.first() + Add::new(n))
        };
        for (at, task) in study.tasks().iter().enumerate() {
            let (places, tiers) = (task.places(), task.tiers());
            for phase in 0..study.phases().len() {
                let mut counts = [0i64; 3];
                for day in days(phase) {
                    let state = study.states(at).iter().find(|state| state.days.contains(day));
                    let units = places.at(day).value().map(|regions| study.covered(regions));
                    prop_assert_eq!(state.map(|state| state.units), units, "{} on {}", task.id, day);
                    prop_assert!(state.is_none_or(|state| tiers.at(day).value() == Some(&state.tier)));
                    state.into_iter().flat_map(|state| state.units.iter()).for_each(|unit| counts[unit] += 1);
                }
                for (unit, count) in counts.iter().enumerate() {
                    prop_assert_eq!(study.days_in_force(at, phase, unit), *count);
                }
            }
        }
        // Cells are those with 60 such days, less those that a replacement with 60 days has taken.
        for cell in study.rating_units(60) {
            prop_assert!(study.days_in_force(cell.task, cell.phase, cell.unit) >= 60);
        }
    }

    /// Nothing that is in the study has an address without a tree, and no tree is without a source.
    #[test]
    fn every_address_explains_itself(document in document()) {
        let assessment = assess(&document);
        for address in assessment.addresses() {
            let tree = assessment.explain(&address);
            prop_assert!(tree.as_ref().is_ok_and(|tree| tree.is_sourced()), "{}: {:?}", address, tree);
            prop_assert!(tree.unwrap().to_string().lines().all(|line| line.chars().count() <= 100));
        }
    }
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a.max(1) } else { gcd(b, a % b) }
}

// --- The order of rows -----------------------------------------------------------------------------------------------

/// Puts the rows of every table into another order.
fn shuffle(document: &mut CaseDocument, seed: u64) {
    let mut state = seed | 1;
    let mut next = move |below: usize| {
        // Xorshift: enough to shuffle, and the same on every machine.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap()
    };
    macro_rules! tables {
        ($($table:ident),* $(,)?) => {
            $( for at in (1..document.$table.len()).rev() {
                let other = next(at + 1);
                document.$table.swap(at, other);
            } )*
        };
    }
    tables!(
        dimension,
        topic,
        mission,
        source,
        region,
        phase,
        period,
        fact,
        exclusion,
        stakeholder,
        instrument,
        task,
        tension,
        pool,
        resource,
        capability,
        activity,
        driver,
        rating,
        effect,
        finding,
        verdict,
        proposition,
        position,
        indicator,
        evidence,
        dilemma,
        option,
        dispute,
        observations,
    );
}

/// An assessment with its lists in the order of their ids. Lists with an order of their own (the four links, the shares
/// by level, stretches of days) stay as they are; a comparison of two regions is told from the one that comes first.
fn ordered(assessment: &Assessment) -> serde_json::Value {
    let mut value = serde_json::to_value(assessment).unwrap();
    order(&mut value);
    value
}

fn order(value: &mut serde_json::Value) {
    use serde_json::Value;
    match value {
        Value::Object(map) => {
            map.values_mut().for_each(order);
            let regions =
                map.get("what").is_some_and(|what| what["kind"] == "regions" && what["region"].as_str() > what["against"].as_str());
            if regions && let Some(Value::Object(what)) = map.get_mut("what") {
                let (region, against) = (what["region"].take(), what["against"].take());
                (what["region"], what["against"]) = (against, region);
                let (higher, lower) = (map["higher"].take(), map["lower"].take());
                (map["higher"], map["lower"]) = (lower, higher);
            }
        }
        Value::Array(list) => {
            list.iter_mut().for_each(order);
            // Shares by level, the four links of a profile or a cell, stretches of days.
            let fixed = |item: &Value| {
                item.get("part").is_some()
                    || item.get("binds").is_some()
                    || item.get("inherited").is_some()
                    || item.get("first").is_some() && item.get("id").is_none()
            };
            if !list.iter().any(fixed) {
                let name = |item: &Value| {
                    ["id", "address", "task", "resource", "phase"].iter().find_map(|key| item[*key].as_str()).map(str::to_owned)
                };
                list.sort_by_cached_key(|item| (name(item), item.to_string()));
            }
        }
        _ => {}
    }
}

/// Where two values first differ.
fn difference(one: &serde_json::Value, other: &serde_json::Value, path: &str) -> String {
    use serde_json::Value;
    match (one, other) {
        (Value::Object(a), Value::Object(b)) if a.keys().eq(b.keys()) => a
            .iter()
            .find(|(key, value)| b[*key] != **value)
            .map_or_else(String::new, |(key, value)| difference(value, &b[key], &format!("{path}.{key}"))),
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let at = (0..a.len()).find(|at| a[*at] != b[*at]).unwrap_or(0);
            difference(&a[at], &b[at], &format!("{path}[{at}]"))
        }
        _ => format!("{path}: {one:.400} against {other:.400}"),
    }
}

#[cfg(all(feature = "toml", feature = "csv"))]
mod minusma {
    use super::*;
    use crate::common::Case;
    use std::sync::OnceLock;

    fn records() -> &'static CaseDocument {
        static RECORDS: OnceLock<CaseDocument> = OnceLock::new();
        RECORDS.get_or_init(|| CaseDocument::from(&Case::minusma().study()))
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 16, max_shrink_iters: 0, ..config() })]

        #[test]
        fn the_order_of_rows_changes_no_value_of_minusma(seed in any::<u64>()) {
            static PLAIN: OnceLock<serde_json::Value> = OnceLock::new();
            let plain = PLAIN.get_or_init(|| ordered(&assess(records())));
            let mut shuffled = records().clone();
            shuffle(&mut shuffled, seed);
            let other = ordered(&assess(&shuffled));
            prop_assert!(*plain == other, "{}", difference(plain, &other, "assessment"));
        }

        #[test]
        fn raising_a_judgement_of_minusma_lowers_no_headline(which in any::<prop::sample::Index>()) {
            static PLAIN: OnceLock<Assessment> = OnceLock::new();
            let plain = PLAIN.get_or_init(|| assess(records()));
            let mut raised = records().clone();
            {
                let mut all: Vec<_> = judgements(&mut raised).into_iter().filter(|record| ends(record).is_some()).collect();
                let at = which.index(all.len());
                let up = |level: u8| (level + 1).min(4);
                *all[at] = rated(ends(all[at]).unwrap().map(up));
            }
            for ((name, a), (_, b)) in profiles(plain).into_iter().zip(profiles(&assess(&raised))) {
                for (a, b) in known(&a.headline).into_iter().flatten().zip(known(&b.headline).into_iter().flatten()) {
                    prop_assert!(a <= b, "{}", name);
                }
            }
        }
    }
}

// --- Measures --------------------------------------------------------------------------------------------------------

#[track_caller]
fn read<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: Debug,
{
    text.parse().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn decimals_hold_thousandths_exactly(thousandths in -1_000_000_000i64..=1_000_000_000, other in -1_000_000_000i64..=1_000_000_000) {
        let decimal = Decimal::of_thousandths(thousandths);
        prop_assert_eq!(Decimal::new(decimal.value()).unwrap(), decimal);
        prop_assert_eq!(decimal.thousandths(), thousandths);
        prop_assert_eq!(decimal.cmp(&Decimal::of_thousandths(other)), thousandths.cmp(&other));
        prop_assert_eq!(decimal.cmp(&Decimal::of_thousandths(other)), decimal.value().total_cmp(&Decimal::of_thousandths(other).value()));
        prop_assert_eq!(Decimal::new(read::<f64>(&decimal.to_string())).unwrap(), decimal);
        prop_assert_eq!(serde_json::from_str::<Decimal>(&serde_json::to_string(&decimal).unwrap()).unwrap(), decimal);
    }

    #[test]
    fn decimals_and_weights_accept_what_is_inside_alone(value in any::<f64>()) {
        let decimal = Decimal::new(value);
        prop_assert!(decimal.is_err() || value.is_finite() && value.abs() <= Decimal::MAX);
        prop_assert_eq!(Weight::new(value).is_ok(), decimal.is_ok_and(|decimal| decimal.thousandths() > 0));
        prop_assert!(Weight::new(f64::NAN).is_err() && Weight::new(f64::INFINITY).is_err() && Weight::new(-0.0).is_err());
    }

    #[test]
    fn weights_are_positive_and_come_back(thousandths in 1i64..=1_000_000_000) {
        let weight = Weight::new(Decimal::of_thousandths(thousandths).value()).unwrap();
        prop_assert_eq!(i64::try_from(weight.thousandths()).unwrap(), thousandths);
        prop_assert_eq!(serde_json::from_str::<Weight>(&serde_json::to_string(&weight).unwrap()).unwrap(), weight);
        prop_assert!(Weight::new(-weight.value()).is_err());
    }

    #[test]
    fn shares_are_exact(part in 0u64..=1 << 53, of in 0u64..=1 << 53, times in 1u64..=1000, floor in 0u64..=1000) {
        let share = Share::new(part, of);
        prop_assert!(share.part() <= share.of());
        prop_assert_eq!(gcd(share.part(), share.of()), if share.of() == 0 { 1 } else { gcd(share.part(), share.of()).min(1) });
        prop_assert_eq!(Share::new(part * times, of * times), share, "lowest terms");
        prop_assert_eq!(Share::new(share.part(), share.of()), share);
        let (part, of) = (u128::from(part.min(of)), u128::from(of));
        prop_assert_eq!(share.is_at_least(floor), of > 0 && part * 1000 >= of * u128::from(floor));
        prop_assert!(!share.is_at_least(floor + 1) || share.is_at_least(floor));
        prop_assert_eq!(share.percent().is_some(), of > 0);
        prop_assert!(share.percent().is_none_or(|percent| percent <= 100 && u128::from(percent) * of * 2 <= part * 200 + of));
        prop_assert_eq!(share.to_string(), format!("{} of {}", share.part(), share.of()));
    }

    #[test]
    fn shares_compare_as_fractions(a in 0u64..1000, b in 0u64..1000, c in 0u64..1000, d in 0u64..1000) {
        let (one, other) = (Share::new(a, b), Share::new(c, d));
        prop_assert_eq!(one.compare(other), other.compare(one).reverse());
        prop_assert_eq!(one.compare(other).is_eq(), one == other);
        if b > 0 && d > 0 {
            prop_assert_eq!(one.compare(other), (a.min(b) * d).cmp(&(c.min(d) * b)));
        }
        prop_assert!(b == 0 || Share::default().compare(one).is_lt());
    }
}

// --- Dates -----------------------------------------------------------------------------------------------------------

/// A date as text, to the year, the month or the day.
fn date() -> impl Strategy<Value = String> {
    let any_day = (1000i32..=9999, 0u32..366)
        .prop_map(|(year, ordinal)| NaiveDate::from_yo_opt(year, ordinal + 1).unwrap_or(NaiveDate::from_yo_opt(year, 1).unwrap()));
    (any_day, 0u8..3).prop_map(|(day, precision)| match precision {
        0 => day.format("%Y").to_string(),
        1 => day.format("%Y-%m").to_string(),
        _ => day.format("%Y-%m-%d").to_string(),
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn partial_dates_print_as_they_are_read(text in date()) {
        let date: PartialDate = read(&text);
        prop_assert_eq!(date.to_string(), text.clone());
        prop_assert_eq!(read::<PartialDate>(&date.to_string()), date);
        prop_assert!(date.first() <= date.last());
        prop_assert_eq!(date.is_day(), date.first() == date.last());
        // It is the set of its days: all of them begin with its text, and the days around do not.
        for inside in [date.first(), date.last()] {
            prop_assert!(inside.to_string().starts_with(&text));
        }
        for outside in [date.first().pred_opt(), date.last().succ_opt()].into_iter().flatten() {
            prop_assert!(!outside.to_string().starts_with(&text));
        }
    }

    #[test]
    fn periods_print_as_they_are_read(start in of(date()), end in of(date())) {
        let written = format!("{}..{}", start.clone().unwrap_or_default(), end.clone().unwrap_or_default());
        let read_back = written.parse::<Period>();
        match (&start, &end) {
            (None, None) => prop_assert_eq!(read_back.unwrap_err().code(), "invalid-period"),
            (Some(start), Some(end)) if read::<PartialDate>(end).last() < read::<PartialDate>(start).first() => {
                prop_assert_eq!(read_back.unwrap_err().code(), "reversed-period");
            }
            _ => {
                let period = read_back.unwrap();
                let printed = if start == end { start.unwrap() } else { written };
                prop_assert_eq!(period.to_string(), printed.clone());
                prop_assert_eq!(read::<Period>(&printed), period);
                prop_assert_eq!(read::<When>(&printed), When::Dated(period));
                // What surely lasted lies within what can have lasted.
                let window = peaceops::date::Days::new(NaiveDate::from_ymd_opt(1000, 1, 1).unwrap(), NaiveDate::from_ymd_opt(9999, 12, 31).unwrap()).unwrap();
                let possible = period.possible(window).unwrap();
                prop_assert!(period.surely(window).is_none_or(|surely| surely.within(possible) == Some(surely)));
                prop_assert_eq!(period.whole(window), possible);
            }
        }
    }

    #[test]
    fn strange_dates_are_refused_and_never_panic(text in "[0-9. -]{0,12}|\\PC{0,12}") {
        if let Ok(date) = text.parse::<PartialDate>() {
            prop_assert_eq!(date.to_string(), text.clone());
        }
        if let Ok(period) = text.parse::<Period>() {
            prop_assert_eq!(read::<Period>(&period.to_string()), period);
        }
        if let Ok(when) = text.parse::<When>() {
            prop_assert_eq!(read::<When>(&when.to_string()), when);
        }
    }

    #[test]
    fn a_timeline_says_what_its_last_entry_says(
        starts in btree_set(0u64..1000, 1..6),
        values in vec(of(0u8..9), 6),
        open in any::<bool>(),
        until in of(0u64..1200),
        on in 0u64..1400,
    ) {
        let at = |offset: u64| PartialDate::day(day(offset));
        let entries: Vec<Entry<u8>> = starts
            .iter()
            .zip(&values)
            .enumerate()
            .map(|(n, (start, value))| Entry { from: (n > 0 || !open).then(|| at(*start)), value: *value })
            .collect();
        let timeline = Timeline::new(entries.clone(), until.map(at));
        let today = day(on);
        let last = entries.iter().rev().find(|entry| entry.from.is_none_or(|from| from.first() <= today));
        let ended = timeline.until().is_some_and(|until| today > until.last());
        match timeline.at(today) {
            At::NotYet { from } => {
                prop_assert!(!ended && last.is_none());
                prop_assert!(from > today && timeline.entries().iter().all(|entry| entry.from.is_some_and(|start| start.first() >= from)));
            }
            At::InForce { value, since } => {
                prop_assert!(!ended);
                prop_assert_eq!(last.unwrap().value.as_ref(), Some(value));
                prop_assert_eq!(last.unwrap().from.map(PartialDate::first), since);
                prop_assert!(since.is_none_or(|since| since <= today));
            }
            At::Lapsed { since } => {
                prop_assert!(since <= today);
                prop_assert!(ended || last.unwrap().value.is_none());
                prop_assert!(timeline.at(since).value().is_none());
            }
        }
        prop_assert_eq!(timeline.at(today).value(), last.filter(|_| !ended).and_then(|entry| entry.value.as_ref()));
    }
}

/// The links in their order, as the arrays of the records have them.
#[test]
fn links_stand_in_the_order_of_the_records() {
    assert_eq!(Link::ALL.iter().map(|link| link.name()).collect::<Vec<_>>(), ["mandate", "resources", "capabilities", "activities"]);
}

// --- Draws -----------------------------------------------------------------------------------------------------------

#[cfg(feature = "monte-carlo")]
mod draws {
    use peaceops::scale::Scale;
    use peaceops::scoring::{CellAggregator, LinkAggregator};
    use peaceops::uncertainty::draws::LevelDraws;
    use peaceops::uncertainty::{DrawResult, Draws};

    use super::*;

    fn groups(result: &DrawResult) -> Vec<&LevelDraws> {
        let regions = result.by_region.iter().map(|region| &region.draws);
        let phases = result.by_phase.iter();
        let phases = phases.flat_map(|phase| std::iter::once(&phase.draws).chain(phase.by_region.iter().map(|region| &region.draws)));
        std::iter::once(&result.whole).chain(regions).chain(phases).collect()
    }

    proptest! {
        #![proptest_config(config())]

        /// A draw at the coded levels is the assessment, and no draw leaves what is exactly possible: with levels alone
        /// drawn and nothing contested that is the headline's own range.
        #[test]
        fn draws_lie_in_their_exact_range(document in document(), seed in any::<u64>(), all in any::<bool>()) {
            let mut method = Method::default();
            (method.draws.seed, method.draws.draws, method.draws.stated) = (seed, 64, Decimal::of_thousandths(300));
            if all {
                method.draws.weights = Decimal::of_thousandths(700);
                method.draws.links = vec![LinkAggregator::Minimum, LinkAggregator::LowerMedian];
                method.draws.cells = vec![CellAggregator::LowerMedian, CellAggregator::UpperMedian, CellAggregator::LowerQuartile];
            }
            let draws = Draws::of(&study(&document).assess(&method)).unwrap();
            let (coded, result) = (draws.at_coded_levels(), draws.run());
            for (coded, group) in groups(&coded).into_iter().zip(groups(&result)) {
                match group.headline.level() {
                    Some(level) => prop_assert_eq!(coded.levels[usize::from(level.index())], 1),
                    None => prop_assert_eq!(coded.unknown, 1),
                }
                for (place, _) in (0u8..).zip(group.levels).filter(|(_, count)| *count > 0) {
                    let reach = group.reach.unwrap();
                    prop_assert!(reach.low <= Level::at(place) && Level::at(place) <= reach.high, "{place} outside {reach:?}");
                }
                if let (Headline::Known { low, high, .. }, false, 0) = (group.headline, all, result.moved.contested) {
                    prop_assert_eq!(group.reach, Some(Bounds { low, high }));
                }
            }
        }
    }
}
