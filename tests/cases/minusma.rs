//! The case of MINUSMA holds what its fact sheet asks for, and its assessment says what the report concludes.
//!
//! Single ratings may change with another coder: relations are pinned, and numbers only where they follow from dates
//! that the report gives. Source of the ids: `tests/cases/minusma-ids.txt`, taken from the fact sheet by a script.

#![cfg(all(feature = "toml", feature = "csv"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests stop at what they did not expect")]

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::OnceLock;

use crate::common::Case;
use peaceops::CaseStudy;
use peaceops::model::{Basis, Row, Table, Warning, Without};
use peaceops::scale::{Clue, Condition, Contribution, EvidenceKind, Link, Origin, Standing, StatedTrend, Tier};
use peaceops::scoring::gap::Cover;
use peaceops::scoring::{Assessment, Band, Difference, Gap, GapKind, Matched, Method, Pair, Trend};

/// The ids of the fact sheet, one a line.
const IDS: &str = include_str!("minusma-ids.txt");

fn study() -> &'static CaseStudy {
    assessment().study()
}

fn assessment() -> &'static Assessment {
    static ASSESSMENT: OnceLock<Assessment> = OnceLock::new();
    ASSESSMENT.get_or_init(|| Case::minusma().study().assess(&Method::default()))
}

fn ids() -> impl Iterator<Item = &'static str> {
    IDS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// `MIN-SER-A01` and `MIN-D3-X1` belong to `SER` and `D3`.
fn prefix(id: &str) -> &str {
    id.split('-').nth(1).unwrap()
}

#[track_caller]
fn gap(address: &str) -> &'static Gap {
    assessment().gaps().iter().find(|gap| gap.address == address).unwrap_or_else(|| panic!("no gap {address}"))
}

// --- What the sheet asks for -----------------------------------------------------------------------------------------

#[test]
fn every_row_of_the_sheet_is_in_the_study() {
    let study = study();
    let mut held: HashSet<String> = study.rows().map(|row| row.id().to_string()).collect();
    held.extend(
        study
            .regions()
            .iter()
            .filter_map(|region| region.row.as_ref())
            .filter(|key| study.row(key.as_str()).is_some())
            .map(ToString::to_string),
    );
    held.extend(study.observations().iter().filter_map(|row| row.row.as_ref()).map(ToString::to_string));
    let missing: Vec<&str> = ids().filter(|id| !held.contains(*id)).collect();
    assert!(missing.is_empty(), "{} rows of the sheet are in no table: {missing:?}", missing.len());
}

#[test]
fn the_sheet_counts_as_many_rows_as_it_says() {
    // Each comment of the list says how many rows it has: `# TSK: tasks (47)`.
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    ids().for_each(|id| *counts.entry(prefix(id)).or_default() += 1);
    let said: BTreeMap<&str, usize> = IDS
        .lines()
        .filter_map(|line| line.strip_prefix("# ")?.split_once(": "))
        .filter_map(|(prefix, rest)| Some((prefix, rest.rsplit_once('(')?.1.strip_suffix(')')?.parse().ok()?)))
        .collect();
    assert_eq!(counts, said);
    assert_eq!(ids().count(), 891);
    assert_eq!(ids().collect::<BTreeSet<_>>().len(), 891, "no id twice");
}

#[test]
fn each_prefix_is_in_its_table() {
    let expected = |prefix: &str| -> &'static [Table] {
        match prefix {
            "IDN" | "PRT" => &[Table::Fact, Table::Stakeholder],
            "NUM" => &[Table::Fact],
            "MAN" => &[Table::Instrument],
            "TSK" => &[Table::Task],
            "NTK" => &[Table::Exclusion],
            "RES" => &[Table::Resource],
            "CAP" => &[Table::Capability],
            "ACT" => &[Table::Activity],
            "TEN" => &[Table::Tension],
            "PTY" | "STG" => &[Table::Stakeholder],
            "DRV" => &[Table::Driver],
            "PHA" => &[Table::NamedPeriod],
            "EFF" => &[Table::Effect],
            "DV" => &[Table::Verdict],
            "EVD" => &[Table::Evidence],
            "STV" => &[Table::Position],
            "DIL" => &[Table::Dilemma],
            "OPT" => &[Table::PolicyOption],
            "REG" => &[Table::Region],
            "SER" => &[],
            finding if finding.starts_with('D') => &[Table::Finding],
            other => panic!("a prefix without a table: {other}"),
        }
    };
    let study = study();
    for id in ids() {
        let tables = expected(prefix(id));
        let observed = study.observations().iter().any(|row| row.row.as_ref().is_some_and(|row| *row == *id));
        match study.row(id) {
            Some(row) => assert!(tables.contains(&row.table()) || observed, "{id} is a {}", row.table().name()),
            None => assert!(observed && ["NUM", "SER"].contains(&prefix(id)), "{id} is in no table"),
        }
    }
    let count = |table: Table| study.rows().filter(|row| row.table() == table && row.id().as_str().starts_with("MIN-")).count();
    assert_eq!((count(Table::Task), count(Table::Instrument), count(Table::Driver), count(Table::Effect)), (47, 13, 19, 48));
    assert_eq!((count(Table::Position), count(Table::Verdict), count(Table::PolicyOption), count(Table::Dilemma)), (101, 8, 7, 4));
    assert_eq!((count(Table::Evidence), count(Table::Claim)), (27, 13));
    // Two rows of the sheet hold two stances each: their second halves are rows beside its 99.
    let sheet: BTreeSet<&str> = ids().collect();
    let beside = study.positions().iter().map(|row| row.id.as_str()).filter(|id| !sheet.contains(id));
    assert_eq!(beside.collect::<Vec<_>>(), ["MIN-STV-X1", "MIN-STV-X2"]);
    // Evidence beyond the sheet's twenty rows comes from other rows of it, and claims are the coder's.
    let evidence = study.evidence().iter().map(|row| row.id.as_str()).filter(|id| !sheet.contains(id));
    assert_eq!(evidence.map(str::to_owned).collect::<BTreeSet<_>>(), (21..28).map(|n| format!("MIN-EVD-{n}")).collect());
    assert!(study.claims().iter().all(|row| !sheet.contains(row.id.as_str()) && row.provenance.origin == Origin::Coder));
}

#[test]
fn every_claim_is_told_with_what_it_rests_on() {
    let study = study();
    let (mut rivals, mut tests) = (0, 0);
    let mut effects = BTreeSet::new();
    for claim in study.claims() {
        assert!(effects.insert(&claim.effect), "{}: a second claim on {}", claim.id, claim.effect);
        assert!(!claim.rivals.is_empty() && !claim.tests.is_empty(), "{} has rivals and tests", claim.id);
        for (name, condition) in claim.conditions() {
            let holds = matches!(condition.state, Condition::Met | Condition::Partly | Condition::NotMet);
            assert!(!holds || !condition.rests_on.is_empty(), "{} {name} rests on nothing", claim.id);
        }
        for rival in &claim.rivals {
            assert!(!rival.cites.is_empty() || !rival.rests_on.is_empty(), "{}: {}", claim.id, rival.title);
            assert_eq!(rival.tested.is_some(), rival.outcome.is_some(), "{}: {}", claim.id, rival.title);
        }
        for test in &claim.tests {
            let looked = test.outcome != Clue::NotLookedFor;
            assert!(!looked || !test.rests_on.is_empty(), "{}: {}", claim.id, test.clue);
        }
        // No number is given to what nobody can know: the case updates no probability.
        assert!(claim.prior.is_none() && claim.tests.iter().all(|test| test.sensitivity.is_none() && test.false_positive.is_none()));
        rivals += claim.rivals.len();
        tests += claim.tests.len();
    }
    assert_eq!((rivals, tests), (24, 28));
}

#[test]
fn the_published_case_holds_nothing_protected() {
    assert!(study().evidence().iter().all(|row| row.disclose_protected_source().is_none()));
    let document = peaceops::CaseDocument::from(study());
    assert_eq!(document.to_texts(), document.to_texts_disclosing_protected_sources());
    // What was heard from persons is not for attribution, whatever its kind.
    for row in study().evidence() {
        let heard = matches!(row.kind, EvidenceKind::Interview | EvidenceKind::FocusGroup);
        assert!(!heard || row.is_confidential(), "{}", row.id);
    }
    // No group of it is small: the report names groups only.
    assert!(study().stakeholders().iter().all(|group| !study().is_small(group)));
}

#[test]
fn every_row_has_a_source_with_its_locator_or_is_the_coders() {
    let study = study();
    let (mut sourced, mut own) = (0, 0);
    for row in study.rows() {
        let Some(provenance) = row.provenance() else {
            assert!(
                matches!(row, Row::Source(_) | Row::Pool(_) | Row::Phase(_) | Row::Proposition(_) | Row::Import(_)),
                "{} has no provenance",
                row.id()
            );
            continue;
        };
        for cite in &provenance.cites {
            assert!(study.source(&cite.source).is_some() && !cite.locator.trim().is_empty(), "{}: {cite}", row.id());
        }
        assert!(!provenance.cites.is_empty() || provenance.origin == Origin::Coder, "{} has no source", row.id());
        sourced += usize::from(!provenance.cites.is_empty());
        own += usize::from(provenance.origin == Origin::Coder);
    }
    for row in study.observations() {
        assert!(row.provenance.cites.iter().all(|cite| !cite.locator.is_empty()) && !row.provenance.cites.is_empty(), "{}", row.indicator);
    }
    for change in study.tasks().iter().flat_map(|task| &task.changes) {
        assert!(!change.provenance.cites.is_empty() || change.provenance.origin == Origin::Coder, "{:?}", change.basis);
    }
    assert!(own * 10 < sourced, "the coder's own rows are few");
    // The sums by origin are those of the rows.
    let by_origin = &assessment().coverage().by_origin;
    let told: usize = by_origin.iter().map(|(_, count)| count).sum();
    assert_eq!(told, study.rows().filter(|row| row.provenance().is_some()).count());
    assert!(by_origin.iter().find(|(origin, _)| *origin == Origin::Report).unwrap().1 * 2 > told, "the report carries the case");
}

#[test]
fn no_reason_serves_more_than_three_rows() {
    let mut reasons: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut add = |because: &'static Option<String>, row: String| {
        if let Some(because) = because {
            reasons.entry(because.trim()).or_default().push(row);
        }
    };
    for rating in study().ratings() {
        for link in Link::ALL {
            if let Some(statement) = rating.link(*link) {
                add(&statement.because, format!("{} {link}", rating.label()));
            }
        }
    }
    for effect in study().effects() {
        add(&effect.observed.because, format!("{} observed", effect.id));
        add(&effect.without.because, format!("{} without", effect.id));
        add(&effect.contribution.because, format!("{} contribution", effect.id));
    }
    for claim in study().claims() {
        let conditions = claim.conditions().into_iter().map(|(_, condition)| condition.because.trim());
        let others = claim.rivals.iter().filter_map(|rival| rival.because.as_deref());
        let others = others.chain(claim.tests.iter().filter_map(|test| test.because.as_deref()));
        conditions.chain(others).for_each(|because| reasons.entry(because.trim()).or_default().push(claim.id.to_string()));
    }
    let worn: Vec<_> = reasons.iter().filter(|(_, rows)| rows.len() > 3).collect();
    assert!(worn.is_empty(), "{worn:#?}");
    assert!(reasons.len() > 200);
}

#[test]
fn nothing_is_rated_without_a_reason_and_rows_that_it_rests_on() {
    for rating in study().ratings() {
        for statement in rating.links.iter().flatten() {
            if statement.judgement.rated().is_some() {
                assert!(statement.because.is_some() && !statement.rests_on.is_empty(), "{}", rating.label());
            }
            for id in &statement.rests_on {
                let dimension = study().framework().dimension(id.as_str()).is_some();
                assert!(study().row(id.as_str()).is_some() || dimension, "{} rests on {id}", rating.label());
            }
        }
    }
}

#[test]
fn every_link_of_every_cell_is_coded() {
    let open: Vec<String> =
        study().warnings().iter().filter(|w| matches!(w, Warning::LinkNotCoded { .. })).map(ToString::to_string).collect();
    assert!(open.is_empty(), "{open:#?}");
    assert_eq!(assessment().coverage().links_not_coded, 0);
}

#[test]
fn a_defensible_range_is_no_wider_than_three_levels() {
    // codebook.md, section 1: high − low of three or more is not assessed, as too thin.
    for rating in study().ratings() {
        for rated in rating.links.iter().flatten().filter_map(|statement| statement.judgement.rated()) {
            assert!(rated.high().index() - rated.low().index() < 3, "{}", rating.label());
        }
    }
}

#[test]
fn inherited_links_are_not_written_again() {
    // No task repeats what its pool says with the pool's own reason.
    for rating in study().ratings().iter().filter(|rating| !rating.tasks.is_empty()) {
        for link in [Link::Resources, Link::Capabilities] {
            let Some(because) = rating.link(link).and_then(|statement| statement.because.as_ref()) else { continue };
            let of_pool = study().ratings().iter().filter(|other| !other.pools.is_empty()).filter_map(|other| other.link(link));
            assert!(of_pool.into_iter().all(|statement| statement.because.as_ref() != Some(because)), "{}", rating.label());
        }
    }
}

// --- What the report concludes ---------------------------------------------------------------------------------------

#[test]
fn the_mandate_for_the_centre_came_late() {
    // R V.d ¶2, VIII.b ¶2: no mandate for the Centre before resolution 2423 of 28 June 2018; the state has been absent
    // there since 2015. From the last day of 2015 these are 910 days, from the first 1274.
    let late = gap("mandate-lag/MIN-DRV-09/C");
    let GapKind::MandateLag { task, from, until, lag, .. } = &late.kind else { panic!("{late}") };
    assert_eq!((task.as_str(), from.to_string(), until.to_string()), ("MIN-TSK-30", "2015-01-01".into(), "2018-06-28".into()));
    let days = |from: &str| (*until - from.parse::<chrono::NaiveDate>().unwrap()).num_days();
    assert_eq!((lag.least, lag.most), (days("2015-12-31"), days("2015-01-01")));
    assert_eq!(late.origins, [Origin::Report], "it rests on the report alone");
    // Its dispute: by Table 2 from 2016, by the words of 2100 from the start.
    let under = |id: &str| late.disputed.iter().find(|d| d.dispute.as_str() == id).map(|d| d.reading.as_ref());
    let Some(Some(GapKind::MandateLag { until: earlier, lag: shorter, .. })) = under("centre-2016") else { panic!("{late}") };
    assert_eq!(earlier.to_string(), "2016-06-29");
    assert!(shorter.most < lag.least);
    assert_eq!(under("centre-2013"), Some(None), "by that reading there was no lag");
    // Intercommunal violence was met as late; in the North the state was met from the start.
    let GapKind::MandateLag { until: militias, .. } = &gap("mandate-lag/MIN-DRV-12/C").kind else { panic!() };
    assert_eq!(militias, until);
    assert!(assessment().gaps().iter().all(|gap| gap.address != "mandate-lag/MIN-DRV-09/N"));
}

#[test]
fn more_tasks_reach_the_centre_from_the_day_of_the_resolution() {
    let on = |date: &str| assessment().as_of(date.parse().unwrap()).unwrap();
    let in_centre = |date: &str| {
        let tasks = on(date).tasks;
        tasks
            .iter()
            .filter(|task| task.cells.iter().any(|cell| cell.region == *"C"))
            .map(|task| task.id.to_string())
            .collect::<BTreeSet<_>>()
    };
    let (eve, day) = (in_centre("2018-06-27"), in_centre("2018-06-28"));
    for task in ["MIN-TSK-02", "MIN-TSK-07", "MIN-TSK-20", "MIN-TSK-30", "MIN-TSK-34"] {
        assert!(!eve.contains(task) && day.contains(task), "{task} joins the Centre on the day");
    }
    assert!(eve.is_subset(&day));
    // Strategic: the Agreement from 2016, the Centre from 2019.
    let strategic = |date: &str| {
        let tasks = on(date).tasks;
        tasks
            .iter()
            .filter(|task| task.cells.iter().any(|cell| cell.tier == Tier::Strategic))
            .map(|task| task.id.to_string())
            .collect::<Vec<_>>()
    };
    assert!(strategic("2016-06-28").is_empty());
    assert_eq!(strategic("2016-06-29"), ["MIN-TSK-18"]);
    assert!(strategic("2019-06-28").contains(&"MIN-TSK-39".to_owned()) && strategic("2019-06-28").contains(&"MIN-TSK-18".to_owned()));
}

#[test]
fn organised_crime_is_addressed_by_nothing_throughout() {
    let crime = gap("unaddressed-driver/MIN-DRV-06/N");
    let GapKind::UnaddressedDriver { cover, throughout, stretches, .. } = &crime.kind else { panic!("{crime}") };
    assert_eq!((*cover, *throughout), (Cover::None, true));
    assert_eq!(stretches, &[study().study().window]);
    assert!(crime.disputed.is_empty(), "no reading of the mandate changes that");
    let excluded = study().exclusions().iter().find(|row| row.drivers.iter().any(|driver| driver.as_str() == "MIN-DRV-06"));
    assert!(excluded.is_some(), "the report says that it is no field of the mandate");
    for phase in &assessment().relevance().drivers {
        assert!(phase.not_met.iter().any(|(driver, region)| driver.as_str() == "MIN-DRV-06" && region.as_str() == "N"));
    }
    // Insurgents shut out of a settlement: a red line everywhere.
    for unit in study().units() {
        assert!(matches!(
            &gap(&format!("unaddressed-driver/MIN-DRV-17/{}", unit.id)).kind,
            GapKind::UnaddressedDriver { throughout: true, .. }
        ));
    }
}

#[test]
fn the_quick_reaction_force_took_two_years() {
    let late = gap("capability-lag/MIN-CAP-12");
    let GapKind::CapabilityLag { decided, complete, to_completion, to_arrival, .. } = &late.kind else { panic!("{late}") };
    assert_eq!((decided.to_string(), complete.unwrap().to_string()), ("2016-06-29".into(), "2018-07".into()));
    let days = |to: &str| (to.parse::<chrono::NaiveDate>().unwrap() - decided.first()).num_days();
    let completion = to_completion.unwrap();
    assert_eq!((completion.least, completion.most), (days("2018-07-01"), days("2018-07-31")));
    assert!(to_arrival.unwrap().least >= 365, "more than a year even to its first part");
    let row = study().capability(&"MIN-CAP-12".parse().unwrap()).unwrap();
    assert!(row.critical);
}

#[test]
fn the_renewal_of_2019_stretched_the_mission() {
    let all: Vec<&Gap> = assessment().gaps().iter().filter(|gap| gap.only_under.is_none() && gap.kind.name() == "overstretch").collect();
    let renewal = gap("overstretch/MIN-MAN-09");
    let GapKind::Overstretch { added, without_means, means, said_by, weight, .. } = &renewal.kind else { panic!("{renewal}") };
    assert!(added.iter().any(|task| task.as_str() == "MIN-TSK-39"), "the second strategic priority");
    assert_eq!((added, means.len()), (without_means, 0));
    assert!(!said_by.is_empty(), "a source says that no means came");
    // Its one strategic task weighs 4, and each further task that is no part of it by its tier.
    let rule = &assessment().method().congruence;
    let own: f64 = added
        .iter()
        .map(|id| study().task(id).unwrap())
        .filter(|task| task.part_of.is_none())
        .map(|task| rule.weight(task.tier).value())
        .sum();
    assert_eq!(*weight, own);
    assert_eq!(all[0].address, renewal.address, "those that a source speaks of stand first");
    // Resolution 2295 of 2016 came with a higher ceiling: what it added had means.
    assert!(all.iter().all(|gap| gap.address != "overstretch/MIN-MAN-05"));
}

/// Observed changes for the better and for the worse, of which clear ones, in a phase.
fn situation(phase: usize) -> (usize, usize, usize, usize) {
    let told = &assessment().relevance().by_phase[phase].tally.situation;
    (told.better.len(), told.worse.len(), told.clearly_better, told.clearly_worse)
}

#[test]
fn the_situation_grew_worse_and_would_have_been_worse_without_the_mission() {
    let [(better, worse, clear, dire), later @ ..] = [situation(0), situation(1), situation(2)];
    assert!(better > worse && clear > dire, "better at first");
    for (then_better, then_worse, then_clear, then_dire) in later {
        assert!(then_worse * (better + worse) > worse * (then_better + then_worse), "a larger share for the worse");
        assert!(then_dire > then_clear && then_dire * (clear + dire) > dire * (then_clear + then_dire), "the clear changes turned");
    }
    // EFF-16: no change told, and clearly better than a Mali without the mission; the whole range is above nothing.
    let whole = study().effect(&"MIN-EFF-16".parse().unwrap()).unwrap();
    assert!(whole.observed.judgement.rated().is_none());
    assert_eq!(Difference::of(whole.difference().unwrap()), Difference::Positive);
    assert_eq!(whole.contribution.grade, Contribution::Contributory);
    let last = &assessment().relevance().by_phase[2].tally;
    assert!(last.credited.compared[&Difference::Positive].contains(&whole.id), "told in the phase of the fieldwork");
    assert!(last.credited.compared.keys().all(|difference| *difference != Difference::Negative), "no effect is told as worse than without");
    // Credit is never netted off against harm: both stand.
    assert!(!last.credited.associated_worse.is_empty() && !last.risks.is_empty());
    assert_eq!(last.risks.len(), study().effects().iter().filter(|effect| effect.risk).count());
}

#[test]
fn a_bad_situation_is_not_the_missions_harm() {
    // Violence in the Centre: clearly worse, not laid at the mission's door, and no comparison without the mission.
    let centre = study().effect(&"MIN-EFF-09".parse().unwrap()).unwrap();
    assert!(matches!(&centre.without.known, Without::Unknown(_)));
    assert!(centre.without.comparator.is_some(), "another comparison is named, and is no counterfactual");
    assert_eq!(centre.contribution.grade, Contribution::None);
    for phase in [1, 2] {
        let tally = &assessment().relevance().by_phase[phase].tally;
        assert!(tally.situation.worse.contains(&centre.id));
        let credited =
            tally.credited.compared.values().flatten().chain(&tally.credited.associated_worse).chain(&tally.credited.associated_better);
        assert!(credited.into_iter().all(|id| *id != centre.id));
    }
    // Of the Centre alone nothing is told for the better.
    for phase in &assessment().relevance().by_phase {
        let centre = phase.situation_by_region.iter().find(|region| region.region == *"C").unwrap();
        assert!(centre.situation.better.is_empty());
    }
}

#[track_caller]
fn matched(pair: &Pair) -> &'static Matched {
    assessment().congruence().changes.iter().find(|matched| matched.what == *pair).unwrap_or_else(|| panic!("{pair:?}"))
}

fn regions(region: &str, against: &str, phase: &str) -> Pair {
    Pair::Regions { region: region.parse().unwrap(), against: against.parse().unwrap(), phase: phase.parse().unwrap() }
}

#[test]
fn since_2018_the_centre_matches_worse_than_the_north() {
    let pair = matched(&regions("C", "N", "P3"));
    assert!(pair.pairs >= 10, "enough tasks are in force and assessed in both");
    assert!(
        pair.lower.len() > pair.higher.len() && pair.lower.len() * 2 > pair.pairs,
        "lower in most, {} of {}",
        pair.lower.len(),
        pair.pairs
    );
    // Means hold it down there.
    for lower in &pair.lower {
        let task = assessment().congruence().task(lower.task.as_str()).unwrap();
        let cell = task.cells.iter().find(|cell| cell.phase == *"P3" && cell.region == *"C").unwrap();
        assert!(cell.binding.contains(&Link::Resources) || cell.binding.contains(&Link::Capabilities), "{}", lower.task);
    }
    let profile = |region| assessment().congruence().profile(Some("P3"), Some(region)).unwrap();
    let (north, centre) = (profile("N"), profile("C"));
    assert!(centre.headline.level() < north.headline.level() && centre.headline.level().is_some());
    for link in [Link::Resources, Link::Capabilities] {
        let share = |profile: &peaceops::scoring::Profile| profile.links[link.index()].partial_or_better;
        assert!(share(centre).compare(share(north)).is_lt(), "{link}");
    }
    // The wording of the mandate is not what sets them apart.
    assert_eq!(centre.links[0].level, north.links[0].level);
}

#[test]
fn means_and_not_the_mandate_hold_the_match_down() {
    let whole = assessment().congruence().headline();
    let binds = |link: Link| whole.links[link.index()].binds;
    for link in [Link::Resources, Link::Capabilities, Link::Activities] {
        assert!(binds(Link::Mandate).compare(binds(link)).is_lt(), "{link}");
    }
    assert!(whole.links[0].level > whole.links[2].level);
    assert!(whole.coverage.weight.is_at_least(500), "over the floor");
    assert!(whole.headline.level().is_some());
}

#[test]
fn most_of_the_force_lay_round_the_northern_towns() {
    let GapKind::PlaceMismatch { tasks, regions, .. } = &gap("place-mismatch/MIN-ACT-RES34").kind else { panic!() };
    assert_eq!(regions.iter().map(|region| region.as_str()).collect::<Vec<_>>(), ["N-TOWNS"]);
    assert!(tasks.iter().any(|task| task.as_str() == "MIN-TSK-07"), "the protection of civilians reaches further");
    // Robust protection was told to be held back to watching.
    let GapKind::ModalityMismatch { done, mandated, .. } = &gap("modality-mismatch/MIN-ACT-TEN06/MIN-TSK-20").kind else { panic!() };
    assert!(done < mandated);
    // No source says of a task that nothing was done: silence is listed, absence is not.
    assert!(assessment().gaps().iter().all(|gap| gap.kind.name() != "unserved"));
    assert!(assessment().gaps().iter().any(|gap| gap.kind.name() == "no-activity-reported"));
}

#[test]
fn women_peace_and_security_improves_by_the_report() {
    let verdict = assessment().dimension("women-peace-security").unwrap().verdict.clone().unwrap();
    assert_eq!((verdict.trend, verdict.trend_origin, verdict.origin), (Some(StatedTrend::Improving), Origin::Report, Origin::Report));
    assert_eq!(verdict.standing, Standing::Enabling);
    // Women in uniform rise beside it, and do not enter the count.
    let uniform =
        assessment().dimension("women-peace-security").unwrap().indicators.iter().find(|i| i.id.as_str() == "women-in-uniform").unwrap();
    assert!(!uniform.differs && uniform.last.as_ref().unwrap().1 > uniform.first.as_ref().unwrap().1);
}

#[test]
fn the_verdicts_of_the_report_lead() {
    let dimensions = assessment().dimensions();
    assert_eq!(dimensions.len(), 8);
    assert!(dimensions.iter().all(|d| d.verdict.as_ref().is_some_and(|verdict| verdict.origin == Origin::Report)));
    let standing = |wanted: Standing| dimensions.iter().filter(|d| d.verdict.as_ref().unwrap().standing == wanted).count();
    assert_eq!((standing(Standing::Enabling), standing(Standing::Mixed), standing(Standing::Constraining)), (2, 4, 2));
    // The report states two trends itself: one improving, one declining; support shows cracks.
    let stated: Vec<_> =
        dimensions.iter().filter_map(|d| d.verdict.as_ref()).filter(|v| v.trend_origin == Origin::Report).filter_map(|v| v.trend).collect();
    assert_eq!(stated, [StatedTrend::Improving, StatedTrend::Declining]);
    let support = assessment().dimension("international-support").unwrap();
    assert_eq!(support.verdict.as_ref().unwrap().trend, Some(StatedTrend::Declining));
}

#[test]
fn protection_was_better_until_2016_and_worse_since() {
    let protection = assessment().dimension("protection").unwrap();
    let value = |phase: usize| protection.by_phase[phase].count.balance.unwrap().value.value();
    assert!(value(0) > 0.0 && value(1) < value(0) && value(2) < value(0));
    assert!(protection.by_phase[0].count.band.unwrap() >= Band::Enabling);
    assert_eq!(protection.trend[0].trend, Trend::Declining, "from the first phase to the second");
    // Over the turning point that the report names for the mission as a whole, too.
    assert!(protection.breaks.iter().any(|turn| turn.period.as_str() == "MIN-PHA-06" && turn.trend == Trend::Declining));
    // In the Centre the count is far harsher than in the North.
    let region = |id: &str| protection.by_region.iter().find(|region| region.id == *id).unwrap().count.balance.unwrap().value;
    assert!(region("C").compare(region("N")).is_lt());
    assert_eq!(protection.by_region.iter().find(|region| region.id == *"C").unwrap().count.band, Some(Band::StronglyConstraining));
}

#[test]
fn views_hold_institutions_and_members_apart() {
    let study = study();
    let worse_without =
        study.propositions().iter().find(|p| p.id.as_str().contains("worse-without")).expect("the proposition of the report");
    let stances: Vec<_> = study.positions().iter().filter(|position| position.proposition == worse_without.id).collect();
    assert!(stances.iter().any(|position| position.stance > 0 && position.spread.share().is_some_and(|share| share.value() >= 0.9)));
    let authors: Vec<_> = study.stakeholders().iter().filter(|group| group.author).collect();
    assert!(!authors.is_empty(), "the authors are a row, and no side");
    assert!(authors.iter().all(|group| group.side.is_none()), "{authors:?}");
}

#[test]
fn practice_ahead_of_the_text_is_told_as_such() {
    let projects = study().task(&"MIN-TSK-36".parse().unwrap()).unwrap();
    assert_eq!(projects.basis, Basis::Practice);
    let at = study().place_of_task(&projects.id).unwrap();
    for phase in 0..2 {
        let held = study().holding(at, Link::Mandate, phase, 0).unwrap();
        assert!(held.statement.judgement.rated().is_none(), "its mandate is not assessed before the text");
    }
    assert!(study().holding(at, Link::Mandate, 2, 0).unwrap().statement.judgement.rated().is_some());
}

#[test]
fn strength_at_the_end_of_2017() {
    let fill =
        assessment().fill_rates().iter().find(|fill| fill.resource.as_str() == "MIN-RES-15" && fill.category == "uniformed").unwrap();
    assert_eq!((fill.deployed, fill.of, fill.rate.percent()), (13_423.0, 15_209.0, Some(88)));
    assert!(assessment().fill_rates().iter().all(|fill| fill.rate.of() > 0));
}

#[test]
fn tasks_of_2019_are_too_recent_for_a_rating() {
    let recent: BTreeSet<&str> =
        assessment().congruence().too_recent.iter().filter(|r| r.phase == *"P3").map(|r| r.task.as_str()).collect();
    // From 28 June to 31 July 2019: 3 + 31 days.
    assert!(assessment().congruence().too_recent.iter().filter(|r| r.phase == *"P3").all(|r| r.days == 34));
    for task in ["MIN-TSK-35", "MIN-TSK-39", "MIN-TSK-40"] {
        assert!(recent.contains(task) && assessment().congruence().task(task).is_none(), "{task}");
    }
    // After the window nothing counts.
    assert!(assessment().congruence().task("MIN-TSK-46").is_none());
}
