//! Tipping points: the worked example, a brute force over all sets of small studies, and MINUSMA.

#![cfg(all(feature = "toml", feature = "csv"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests stop at what they did not expect")]

use std::collections::BTreeMap;

use crate::common::Case;
use peaceops::document::record::JudgementRecord;
use peaceops::scale::{Level, Link, Scale};
use peaceops::scoring::{Assessment, Method};
use peaceops::uncertainty::{Tip, TipSet, Tipping, TippingRule};
use peaceops::{CaseDocument, CaseStudy};
use proptest::prelude::*;

const HEAD: &str = r#"
study = { id = "s", title = "A study", framework = "epon-2019", missions = ["m"], when = "2019..2020", area = "land" }
mission = [{ id = "m", name = "A mission", host = "A state", authorised_by = ["un-sc"], when = "2019..2020", cite = ["R p1"] }]
source = [{ id = "R", origin = "report", title = "The report" }]
region = [
  { id = "land", name = "The land" },
  { id = "north", name = "The north", in = "land", unit = true },
  { id = "south", name = "The south", in = "land", unit = true },
]
phase = [{ id = "P1", when = "2019" }, { id = "P2", when = "2020" }]
instrument = [{ id = "res", body = "un-sc", number = "1", adopted = "2019-01-01", cite = ["R p1"] }]
pool = [{ id = "force", title = "The force" }]
"#;

fn task(id: &str, when: &str, tier: &str, place: &str, more: &str) -> String {
    format!(
        "[[task]]\nid = \"{id}\"\ntitle = \"{id}\"\nshort = \"{id}\"\nfield = \"f\"\nwhen = \"{when}\"\nby = \"res\"\ntier = \"{tier}\"\nwhere = [\"{place}\"]\ncite = [\"R p2\"]\n{more}\n"
    )
}

/// A judgement of a level and its range, as numbers.
fn judged([level, low, high]: [u8; 3]) -> String {
    let name = |at: u8| Level::at(at).name();
    format!("{{ level = \"{}\", low = \"{}\", high = \"{}\", because = \"so\", rests_on = [\"res\"] }}", name(level), name(low), name(high))
}

fn rating(subject: &str, links: &[(&str, [u8; 3])]) -> String {
    let links: Vec<String> = links.iter().map(|(link, judgement)| format!("{link} = {}", judged(*judgement))).collect();
    format!("[[rating]]\n{subject}\n{}\n", links.join("\n"))
}

fn four(task: &str, links: [[u8; 3]; 4]) -> String {
    let names = ["mandate", "resources", "capabilities", "activities"];
    rating(&format!("task = \"{task}\""), &names.into_iter().zip(links).collect::<Vec<_>>())
}

fn study(rows: &[String]) -> CaseStudy {
    Case::one("case.toml", &format!("{HEAD}\n{}", rows.join("\n"))).study()
}

fn tipping(study: &CaseStudy) -> Tipping {
    study.tipping(&Method::default(), TippingRule { sets: 5000, ..TippingRule::default() })
}

/// Sets in words: `T1 resources partial to marginal`, changes joined by a sign.
fn words(tip: &Tip) -> Vec<String> {
    tip.sets().iter().map(|set| set.changes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" & ")).collect()
}

// --- The worked example ----------------------------------------------------------------------------------------------

/// Methodology, 2.1: weights 3, 3, 2, 2, 1, as two core, two additional and one enabling task of one phase and unit.
fn worked() -> CaseStudy {
    let tiers = [("T1", "core"), ("T2", "core"), ("T3", "additional"), ("T4", "additional"), ("T5", "enabling")];
    let mut rows: Vec<String> = tiers.iter().map(|(id, tier)| task(id, "2019", tier, "north", "")).collect();
    rows.push(four("T1", [[4, 4, 4], [2, 1, 2], [2, 1, 3], [3, 3, 4]]));
    rows.push(four("T2", [[3, 3, 4], [3, 3, 3], [1, 1, 2], [2, 1, 3]]));
    rows.push(four("T3", [[3, 3, 4], [4, 4, 4], [3, 3, 4], [3, 2, 3]]));
    let silent = rating("task = \"T4\"", &[("mandate", [2, 1, 3]), ("capabilities", [3, 2, 3]), ("activities", [1, 1, 2])]);
    rows.push(format!("{silent}resources = {{ not_assessed = \"silent\" }}\n"));
    rows.push(four("T5", [[3, 3, 3]; 4]));
    study(&rows)
}

#[test]
fn the_worked_example_moves_down_by_one_and_up_by_two() {
    let tipping = tipping(&worked());
    let whole = tipping.of(None, None).unwrap();
    assert_eq!(whole.headline, Level::Partial);
    assert_eq!(words(&whole.down.within), ["T1 resources partial to marginal", "T1 capabilities partial to marginal"]);
    assert_eq!(whole.down.within.to_string(), "1, 2 sets");
    // Beyond ranges also every other rating of T1 and T3: those that go least beyond come first.
    assert_eq!(whole.down.beyond.size(), Some(1));
    assert_eq!(words(&whole.down.beyond).len(), 8);
    assert_eq!(
        words(&whole.down.beyond)[..3],
        words(&whole.down.within)[..2].iter().cloned().chain(["T3 activities substantial to marginal".to_owned()]).collect::<Vec<_>>()[..]
    );
    assert_eq!(whole.down.beyond.sets()[2].effort(), (1, 2));
    assert_eq!(whole.up.within, Tip::Never);
    let up = [
        "T2 capabilities marginal to substantial & T2 activities partial to substantial",
        "T1 resources partial to substantial & T1 capabilities partial to substantial",
    ];
    let mut found = words(&whole.up.beyond);
    found.sort();
    assert_eq!((whole.up.beyond.size(), found), (Some(2), vec![up[1].to_owned(), up[0].to_owned()]));
    let changed = &whole.down.within.sets()[0].changes[0];
    assert_eq!((changed.cells, changed.rests_on[0].as_str(), changed.tasks[0].as_str()), (1, "res", "T1"));
}

#[test]
fn ends_of_the_scale() {
    let rows = |level: u8| [task("T", "2019", "core", "north", ""), four("T", [[level; 3]; 4])];
    let absent = tipping(&study(&rows(0)));
    let whole = absent.of(None, None).unwrap();
    assert_eq!((&whole.down.within, &whole.down.beyond, &whole.up.within), (&Tip::AtTheEnd, &Tip::AtTheEnd, &Tip::Never));
    assert_eq!(whole.up.beyond.size(), Some(4), "all four links have to rise");
    let full = tipping(&study(&rows(4)));
    let whole = full.of(None, None).unwrap();
    assert_eq!((&whole.up.within, &whole.up.beyond, &whole.down.within), (&Tip::AtTheEnd, &Tip::AtTheEnd, &Tip::Never));
    assert_eq!(words(&whole.down.beyond).len(), 4);
    assert!(full.of(Some("P2"), None).is_none(), "nothing is in force");
}

#[test]
fn the_limit_is_told() {
    let mut rows = Vec::new();
    for at in 0..6 {
        let (id, next) = (format!("T{at}"), (at + 1) % 6);
        rows.push(task(&id, "2019", "core", "north", ""));
        rows.push(
            rating(&format!("task = [\"T{at}\", \"T{next}\"]"), &[("mandate", [2, 1, 3])])
                .replace("mandate", if at % 2 == 0 { "mandate" } else { "activities" }),
        );
        rows.push(rating(&format!("task = \"{id}\""), &[("resources", [2, 1, 3]), ("capabilities", [2, 1, 3])]));
    }
    let study = study(&rows);
    let short = study.tipping(&Method::default(), TippingRule { sets: 20, steps: 3 });
    let Tip::Limit { at_least, known } = &short.of(None, None).unwrap().up.within else { panic!("three steps are too few") };
    let proven = tipping(&study).of(None, None).unwrap().up.within.size().unwrap();
    assert!(*at_least <= proven && proven <= known.changes.len());
    // A list that is cut says so.
    let one = study.tipping(&Method::default(), TippingRule { sets: 1, ..TippingRule::default() });
    assert!(matches!(&one.of(None, None).unwrap().down.within, Tip::Smallest { sets, all: false, .. } if sets.len() == 1));
}

// --- A brute force ---------------------------------------------------------------------------------------------------

/// A rated link of a block, with its level and range.
type Rated = ((String, Link), [u8; 3]);

/// An assessed cell: weight, phase, region, and the place of each rated link.
struct Slow {
    rated: Vec<Rated>,
    cells: Vec<(f64, String, String, Vec<usize>)>,
}

impl Slow {
    fn of(assessment: &Assessment) -> Self {
        let (mut rated, mut cells): (Vec<Rated>, Vec<_>) = Default::default();
        for cell in assessment.congruence().tasks.iter().flat_map(|task| &task.cells) {
            if !matches!(cell.outcome, peaceops::scoring::CellLevel::Known { .. }) {
                continue;
            }
            let mut links = Vec::new();
            for link in &cell.links {
                let (Some(level), Some(low), Some(high), Some(label)) = (link.level, link.low, link.high, &link.rating) else { continue };
                let key = (label.to_string(), link.link);
                let at = rated.iter().position(|(other, _)| *other == key).unwrap_or_else(|| {
                    rated.push((key, [level.index(), low.index(), high.index()]));
                    rated.len() - 1
                });
                links.push(at);
            }
            cells.push((cell.weight, cell.phase.to_string(), cell.region.to_string(), links));
        }
        Self { rated, cells }
    }

    /// The lower median of some cells: in order of level, the first at which half of the weight is reached.
    fn headline(&self, levels: &[u8], inside: &[usize]) -> u8 {
        let mut cells: Vec<(u8, f64)> =
            inside.iter().map(|n| &self.cells[*n]).map(|(w, _, _, links)| (links.iter().map(|l| levels[*l]).min().unwrap(), *w)).collect();
        cells.sort_by_key(|(level, _)| *level);
        let total: f64 = cells.iter().map(|(_, w)| w).sum();
        let mut sum = 0.0;
        for (level, weight) in cells {
            sum += weight;
            if sum * 2.0 >= total {
                return level;
            }
        }
        unreachable!()
    }

    /// All smallest sets that move the headline of some cells, each change at the end that is furthest.
    fn smallest(&self, inside: &[usize], up: bool, within: bool) -> Option<Vec<Vec<(String, Link)>>> {
        let stated: Vec<u8> = self.rated.iter().map(|(_, [level, ..])| *level).collect();
        let now = self.headline(&stated, inside);
        let end = |at: usize| match (up, within) {
            (true, true) => self.rated[at].1[2],
            (false, true) => self.rated[at].1[1],
            (true, false) => 4,
            (false, false) => 0,
        };
        let mut by_size: BTreeMap<u32, Vec<Vec<(String, Link)>>> = BTreeMap::new();
        for set in 1u32..1 << self.rated.len() {
            if by_size.keys().next().is_some_and(|size| *size < set.count_ones()) {
                continue;
            }
            let levels: Vec<u8> = (0..stated.len()).map(|at| if set & (1 << at) > 0 { end(at) } else { stated[at] }).collect();
            if self.headline(&levels, inside) != now {
                let mut names: Vec<_> = (0..stated.len()).filter(|at| set & (1 << at) > 0).map(|at| self.rated[at].0.clone()).collect();
                names.sort();
                by_size.entry(set.count_ones()).or_default().push(names);
            }
        }
        let mut smallest = by_size.into_values().next()?;
        smallest.sort();
        Some(smallest)
    }
}

fn names(set: &TipSet) -> Vec<(String, Link)> {
    set.changes.iter().map(|change| (change.rating.clone(), change.link)).collect()
}

/// The study with the changes of a set written into its records.
fn changed(study: &CaseStudy, set: &TipSet) -> CaseStudy {
    let mut document = CaseDocument::from(study);
    for change in &set.changes {
        let place = study.ratings().iter().position(|block| block.label() == change.rating && block.link(change.link).is_some()).unwrap();
        let row = &mut document.rating[place];
        let link = [&mut row.mandate, &mut row.resources, &mut row.capabilities, &mut row.activities]
            .into_iter()
            .nth(change.link.index())
            .unwrap();
        let (to, because) = (Some(change.to.name().to_owned()), Some("changed".to_owned()));
        *link = Some(JudgementRecord { level: to, because, ..Default::default() });
    }
    CaseStudy::try_from(document).unwrap()
}

fn check(study: &CaseStudy) {
    let assessment = study.assess(&Method::default());
    let slow = Slow::of(&assessment);
    for tips in tipping(study).headlines {
        let (phase, region) = (tips.phase.as_ref().map(|id| id.as_str()), tips.region.as_ref().map(|id| id.as_str()));
        let inside: Vec<usize> = (0..slow.cells.len())
            .filter(|n| phase.is_none_or(|phase| slow.cells[*n].1 == phase) && region.is_none_or(|region| slow.cells[*n].2 == region))
            .collect();
        for (tip, up, within) in [
            (&tips.down.within, false, true),
            (&tips.down.beyond, false, false),
            (&tips.up.within, true, true),
            (&tips.up.beyond, true, false),
        ] {
            let told = format!("{phase:?} {region:?} up {up} within {within}: {tip}");
            let Some(expected) = slow.smallest(&inside, up, within) else {
                assert!(matches!(tip, Tip::AtTheEnd | Tip::Never), "{told}");
                continue;
            };
            let Tip::Smallest { size, sets, all: true } = tip else { panic!("{told}") };
            assert_eq!(*size, expected[0].len(), "{told}");
            let mut found: Vec<_> = sets.iter().map(names).collect();
            found.sort();
            assert_eq!(found, expected, "{told}");
            assert!(!within || sets.iter().all(|set| set.effort().0 == 0), "{told}");
            // As records, through the whole assessment.
            for set in sets.iter().take(2) {
                let then = changed(study, set).assess(&Method::default());
                let profile = then.congruence().profile(phase, region).unwrap();
                assert_eq!(profile.headline.level(), Some(set.headline), "{told}");
                assert_eq!(set.headline.index(), if up { tips.headline.index() + 1 } else { tips.headline.index() - 1 }, "{told}");
            }
        }
        // One change within ranges is a hinge.
        let hinges = &assessment.congruence().profile(phase, region).unwrap().hinges;
        for (tip, up) in [(&tips.down.within, false), (&tips.up.within, true)] {
            let mut of: Vec<_> = hinges.iter().filter(|h| (h.headline > tips.headline) == up).map(|h| (h.rating.clone(), h.link)).collect();
            of.sort();
            let mut ones: Vec<_> = tip.sets().iter().filter(|set| set.changes.len() == 1).map(|set| names(set).remove(0)).collect();
            ones.sort();
            assert_eq!(of, ones);
        }
    }
}

fn range() -> impl Strategy<Value = [u8; 3]> {
    [0u8..5, 0u8..5, 0u8..5].prop_map(|mut ends| {
        ends.sort_unstable();
        [ends[1], ends[0], ends[2]]
    })
}

/// Tasks that share the force, and some of them their activities; at most 11 rated links.
fn small() -> impl Strategy<Value = CaseStudy> {
    let one = ((0usize..4, 0usize..3, 0usize..3, any::<bool>()), (range(), range(), prop::option::weighted(0.9, range())));
    (prop::collection::vec(one, 2..=4), [range(), range(), range()]).prop_map(|(tasks, [resources, capabilities, shared])| {
        let mut rows = vec![rating("pool = \"force\"", &[("resources", resources), ("capabilities", capabilities)])];
        for (at, ((tier, place, when, own), (mandate, means, activities))) in tasks.into_iter().enumerate() {
            let id = format!("T{at}");
            let tier = ["enabling", "additional", "core", "strategic"][tier];
            rows.push(task(&id, ["2019", "2020", "2019.."][when], tier, ["land", "north", "south"][place], "pool = \"force\""));
            let mut links = vec![("mandate", mandate)];
            if own {
                links.push(("capabilities", means));
            }
            if let (Some(activities), false) = (activities, at < 2) {
                links.push(("activities", activities));
            }
            rows.push(rating(&format!("task = \"{id}\""), &links));
        }
        rows.push(rating("task = [\"T0\", \"T1\"]", &[("activities", shared)]));
        study(&rows)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_brute_force_finds_the_same_sets(study in small()) {
        check(&study);
    }
}

// --- MINUSMA ---------------------------------------------------------------------------------------------------------

#[test]
fn every_set_of_minusma_moves_its_headline() {
    let study = Case::minusma().study();
    let begin = std::time::Instant::now();
    let tipping = study.tipping(&Method::default(), TippingRule::default());
    println!("{:?}", begin.elapsed());
    for tips in &tipping.headlines {
        let (phase, region) = (tips.phase.as_ref().map(|id| id.as_str()), tips.region.as_ref().map(|id| id.as_str()));
        println!(
            "{phase:?} {region:?} {}: down {} | {}, up {} | {}",
            tips.headline, tips.down.within, tips.down.beyond, tips.up.within, tips.up.beyond
        );
        for tip in [&tips.down.within, &tips.down.beyond, &tips.up.within, &tips.up.beyond] {
            assert!(!matches!(tip, Tip::Limit { .. }), "proven: {tip}");
            for set in tip.sets().iter().take(1) {
                let then = changed(&study, set).assess(&Method::default());
                assert_eq!(then.congruence().profile(phase, region).unwrap().headline.level(), Some(set.headline));
            }
        }
    }
}
