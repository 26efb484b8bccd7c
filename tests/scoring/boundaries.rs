//! For each constant and each rule of precedence the case that it alone decides.
//!
//! Two phases, the years 2019 (365 days) and 2020 (366 days), and two units, `north` and `south`, in `land`.

#![cfg(all(feature = "toml", feature = "csv"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests stop at what they did not expect")]

use crate::common::Case;
use peaceops::CaseStudy;
use peaceops::date::Days;
use peaceops::model::Footing;
use peaceops::scale::{FindingKind, Level, Link, MeansStatus, Tier};
use peaceops::scoring::balance::{Balance, Issue};
use peaceops::scoring::trend::trend;
use peaceops::scoring::window::fits;
use peaceops::scoring::{
    Assessment, BalanceRule, Band, Bounds, CellLevel, CellResult, GapKind, Headline, Method, Trend, TrendRule, WhyUnknown, WindowRule,
};

const HEAD: &str = r#"
study = { id = "s", title = "A study", framework = "epon-2019", missions = ["m"], when = "2019..2020", area = "land" }
mission = [{ id = "m", name = "A mission", host = "A state", authorised_by = ["un-sc"], when = "2019..2020", cite = ["R p1"] }]
source = [{ id = "R", origin = "report", title = "The report" }]
region = [
  { id = "land", name = "The land" },
  { id = "north", name = "The north", in = "land", unit = true },
  { id = "south", name = "The south", in = "land", unit = true },
  { id = "town", name = "A town of the north", in = "north" },
]
phase = [{ id = "P1", when = "2019" }, { id = "P2", when = "2020" }]
instrument = [{ id = "res", body = "un-sc", number = "1", adopted = "2019-01-01", cite = ["R p1"] }]
pool = [{ id = "force", title = "The force" }, { id = "air", title = "Airlift" }]
"#;

/// A case of the head and more rows.
#[track_caller]
fn study(rows: &[String]) -> CaseStudy {
    Case::one("case.toml", &format!("{HEAD}\n{}", rows.join("\n"))).study()
}

#[track_caller]
fn assess(rows: &[String]) -> Assessment {
    study(rows).assess(&Method::default())
}

/// A task, with further fields as lines.
fn task(id: &str, when: &str, tier: &str, regions: &[&str], more: &str) -> String {
    format!(
        "[[task]]\nid = \"{id}\"\ntitle = \"{id}\"\nshort = \"{id}\"\nfield = \"f\"\nwhen = \"{when}\"\nby = \"res\"\ntier = \"{tier}\"\nwhere = {regions:?}\ncite = [\"R p2\"]\n{more}\n"
    )
}

/// All four links of a task at one level, with further fields of the block as lines.
fn rated(task: &str, level: &str, more: &str) -> String {
    let links =
        ["mandate", "resources", "capabilities", "activities"].map(|link| format!("{link} = {{ level = \"{level}\", because = \"so\" }}"));
    format!("[[rating]]\ntask = \"{task}\"\n{more}\n{}\n", links.join("\n"))
}

/// All four links of a task the same, as a judgement in words.
fn judged(task: &str, judgement: &str, more: &str) -> String {
    let links = ["mandate", "resources", "capabilities", "activities"].map(|link| format!("{link} = {{ {judgement} }}"));
    format!("[[rating]]\ntask = \"{task}\"\n{more}\n{}\n", links.join("\n"))
}

fn cells<'a>(assessment: &'a Assessment, task: &str) -> Vec<&'a CellResult> {
    assessment.congruence().task(task).map(|result| result.cells.iter().collect()).unwrap_or_default()
}

#[track_caller]
fn cell<'a>(assessment: &'a Assessment, task: &str, phase: &str, region: &str) -> &'a CellResult {
    let found = cells(assessment, task).into_iter().find(|cell| cell.phase == *phase && cell.region == *region);
    found.unwrap_or_else(|| panic!("no cell {phase}/{region}/{task}"))
}

fn exactly(level: Level) -> CellLevel {
    CellLevel::Known { level, low: level, high: level }
}

fn level_of(assessment: &Assessment) -> Option<Level> {
    assessment.congruence().headline().headline.level()
}

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

// --- Days in force ---------------------------------------------------------------------------------------------------

#[test]
fn a_cell_needs_60_days_both_ends_counted() {
    // January has 31 days, February of 2019 has 28: to the last of February 59, to the first of March 60.
    let cells_until = |until: &str| cells(&assess(&[task("T", &format!("2019-01-01..{until}"), "core", &["north"], "")]), "T").len();
    assert_eq!((cells_until("2019-02-28"), cells_until("2019-03-01")), (0, 1));
}

#[test]
fn a_task_that_began_too_recently_makes_no_cell_and_says_so() {
    // From 3 November: 28 + 31 = 59 days; a day earlier 60.
    let late = assess(&[task("T", "2019-11-03..", "core", &["north"], "")]);
    assert!(cells(&late, "T").iter().all(|cell| cell.phase == *"P2"), "too recent in the first phase alone");
    let recent: Vec<_> = late.congruence().too_recent.iter().map(|r| (r.task.as_str(), r.phase.as_str(), r.days)).collect();
    assert_eq!(recent, [("T", "P1", 59)]);
    let earlier = assess(&[task("T", "2019-11-02..", "core", &["north"], "")]);
    assert_eq!((cells(&earlier, "T").len(), earlier.congruence().too_recent.len()), (2, 0));
    // Ended before the phase does: no row at all.
    assert!(assess(&[task("T", "2019-11-03..2019-12-30", "core", &["north"], "")]).congruence().too_recent.is_empty());
}

#[test]
fn days_add_up_over_an_interruption() {
    // 30 days of January, then December from the 2nd (30 days) or from the 3rd (29).
    let with_return = |back: &str| {
        let changes = format!("changes = [{{ from = \"2019-01-31\", where = [] }}, {{ from = \"{back}\", where = [\"north\"] }}]");
        assess(&[task("T", "2019-01-01..2019-12-31", "core", &["north"], &changes)])
    };
    assert_eq!(cells(&with_return("2019-12-02"), "T").len(), 1);
    let short = with_return("2019-12-03");
    assert_eq!(cells(&short, "T").len(), 0);
    assert_eq!(short.congruence().too_recent.iter().map(|r| r.days).collect::<Vec<_>>(), [59]);
}

#[test]
fn days_count_per_unit() {
    // In force all year, but in the south only for the last 59 days.
    let changes = "changes = [{ from = \"2019-11-03\", where = [\"land\"] }]";
    let assessment = assess(&[task("T", "2019-01-01..2019-12-31", "core", &["north"], changes)]);
    assert_eq!(cells(&assessment, "T").iter().map(|cell| cell.region.as_str()).collect::<Vec<_>>(), ["north"]);
    assert!(assessment.congruence().too_recent.is_empty(), "it is rated in the phase");
}

#[test]
fn an_end_on_the_day_of_an_instrument() {
    // What an instrument of day D ends was last in force on D − 1.
    let study = study(&[
        task("old", "2019-01-01..", "core", &["north"], ""),
        task("new", "2019-07-01..", "core", &["north"], "replaces = [\"old\"]"),
    ]);
    let ended = study.edit(|case| case.task("old")?.drop_on("2019-07-01")).unwrap();
    assert_eq!(ended.task(&"old".parse().unwrap()).unwrap().when.to_string(), "2019-01-01..2019-06-30");
    let assessment = ended.assess(&Method::default());
    let on = |date: &str| assessment.as_of(day(date)).unwrap().tasks.iter().map(|task| task.id.to_string()).collect::<Vec<_>>();
    assert_eq!((on("2019-06-30"), on("2019-07-01")), (vec!["old".to_owned()], vec!["new".to_owned()]));
    assert_eq!(ended.days_in_force(0, 0, 0) + ended.days_in_force(1, 0, 0), 365, "no day is lost or counted twice");
    // A month or a year ends before its first day.
    let month = study.edit(|case| case.task("old")?.drop_on("2019-07")).unwrap();
    assert_eq!(month, ended);
}

#[test]
fn a_change_holds_from_its_day() {
    let changes = "changes = [{ from = \"2019-07-01\", tier = \"strategic\", where = [\"south\"] }]";
    let assessment = assess(&[task("T", "2019-01-01..", "core", &["north"], changes)]);
    let on =
        |date: &str| assessment.as_of(day(date)).unwrap().tasks[0].cells.iter().map(|c| (c.region.to_string(), c.tier)).collect::<Vec<_>>();
    assert_eq!(on("2019-06-30"), [("north".to_owned(), Tier::Core)]);
    assert_eq!(on("2019-07-01"), [("south".to_owned(), Tier::Strategic)]);
    assert!(assessment.as_of(day("2018-12-31")).is_none() && assessment.as_of(day("2021-01-01")).is_none(), "outside the window");
}

// --- Weights ---------------------------------------------------------------------------------------------------------

#[test]
fn exactly_half_of_the_weight_takes_the_lower_level() {
    let rows = |tier: &str| {
        vec![
            task("low", "2019", "core", &["north"], ""),
            task("high", "2019", tier, &["north"], ""),
            rated("low", "marginal", ""),
            rated("high", "full", ""),
        ]
    };
    assert_eq!(level_of(&assess(&rows("core"))), Some(Level::Marginal), "3 of 6");
    assert_eq!(level_of(&assess(&rows("strategic"))), Some(Level::Full), "3 of 7");
}

#[test]
fn a_half_is_a_half_after_scaling() {
    // The same over thirds: a core task spread over three units, each of weight 1, against two tasks of 1 and one of 1.
    let three =
        HEAD.replace("  { id = \"town\"", "  { id = \"east\", name = \"The east\", in = \"land\", unit = true },\n  { id = \"town\"");
    let rows = [
        task("spread", "2019", "core", &["land"], ""),
        task("one", "2019", "core", &["north"], ""),
        rated("spread", "marginal", ""),
        rated("one", "full", ""),
    ];
    let assessment = Case::one("case.toml", &format!("{three}\n{}", rows.join("\n"))).study().assess(&Method::default());
    assert!(cells(&assessment, "spread").iter().all(|cell| cell.weight == 1.0));
    assert_eq!(level_of(&assessment), Some(Level::Marginal), "1 + 1 + 1 of 6");
}

#[test]
fn the_coverage_floor_is_inclusive() {
    let rows = |unknown: &str| {
        vec![
            task("known", "2019", "core", &["north"], ""),
            task("silent", "2019", unknown, &["north"], ""),
            rated("known", "partial", ""),
            judged("silent", "not_assessed = \"silent\"", ""),
        ]
    };
    let at = assess(&rows("core"));
    assert_eq!(at.congruence().headline().coverage.weight.to_string(), "1 of 2");
    assert_eq!(level_of(&at), Some(Level::Partial));
    let under = assess(&rows("strategic"));
    assert_eq!(under.congruence().headline().coverage.weight.to_string(), "3 of 7");
    assert_eq!(under.congruence().headline().headline, Headline::Unknown { reason: WhyUnknown::UnderTheFloor });
    assert!(under.congruence().headline().hinges.is_empty());
    // The bounds stand under the floor too: 4 of 7 may be absent or full.
    assert_eq!(under.congruence().headline().bounds, Some(Bounds { low: Level::Absent, high: Level::Full }));
    // Without any rating nothing is assessed; without any task there is nothing to assess.
    let none = assess(&[task("T", "2019", "core", &["north"], "")]);
    assert_eq!(none.congruence().headline().headline, Headline::Unknown { reason: WhyUnknown::UnderTheFloor });
    assert_eq!(none.congruence().profile(Some("P2"), None).unwrap().headline, Headline::Unknown { reason: WhyUnknown::NoTasks });
}

#[test]
fn the_regional_floor_is_inclusive() {
    let rows = |tier: &str| {
        vec![
            task("told", "2019", "core", &["land"], ""),
            task("untold", "2019", tier, &["land"], ""),
            rated("told", "partial", ""),
            rated("untold", "partial", ""),
            // One link is enough, and it need not bind.
            "[[rating]]\ntask = \"told\"\nregion = \"north\"\nmandate = { level = \"full\", because = \"so\" }\n".to_owned(),
        ]
    };
    let at = assess(&rows("core"));
    let north = |assessment: &Assessment| assessment.congruence().profile(Some("P1"), Some("north")).unwrap().clone();
    assert_eq!((north(&at).headline.level(), north(&at).regional.to_string()), (Some(Level::Partial), "1 of 2".to_owned()));
    let south = at.congruence().profile(Some("P1"), Some("south")).unwrap();
    assert_eq!(south.headline, Headline::Unknown { reason: WhyUnknown::TooLittleIsSaidOfThisRegion });
    let under = assess(&rows("strategic"));
    assert_eq!(north(&under).headline, Headline::Unknown { reason: WhyUnknown::TooLittleIsSaidOfThisRegion });
    assert_eq!(north(&under).regional.to_string(), "3 of 7");
    assert_eq!(level_of(&under), Some(Level::Partial), "the floor is of regions alone");
}

#[test]
fn a_pool_told_of_the_region_counts_for_the_regional_floor() {
    let rows = [
        task("T", "2019", "core", &["land"], "pool = \"force\""),
        "[[rating]]\ntask = \"T\"\nmandate = { level = \"full\", because = \"so\" }\nactivities = { level = \"full\", because = \"so\" }\n".to_owned(),
        "[[rating]]\npool = \"force\"\nresources = { level = \"full\", because = \"so\" }\ncapabilities = { level = \"full\", because = \"so\" }\n".to_owned(),
        "[[rating]]\npool = \"force\"\nregion = \"north\"\nresources = { level = \"partial\", because = \"so\" }\n".to_owned(),
    ];
    let assessment = assess(&rows);
    let of = |region| assessment.congruence().profile(Some("P1"), Some(region)).unwrap().headline.level();
    assert_eq!((of("north"), of("south")), (Some(Level::Partial), None));
    assert_eq!(cell(&assessment, "T", "P1", "north").links[1].inherited.as_ref().map(|pool| pool.as_str()), Some("force"));
    assert!(assessment.congruence().profile(Some("P1"), Some("north")).unwrap().is_set_by_means_in_general());
}

#[test]
fn the_tier_held_longest_counts_and_the_later_of_two() {
    // 2020 has 366 days: 183 to the first of July inclusive.
    let tier = |first: &str, change: &str, second: &str| {
        let changes = format!("changes = [{{ from = \"{change}\", tier = \"{second}\" }}]");
        cell(&assess(&[task("T", "2020", first, &["north"], &changes)]), "T", "P2", "north").tier
    };
    assert_eq!(tier("core", "2020-07-02", "strategic"), Tier::Strategic, "183 days each: the later");
    assert_eq!(tier("strategic", "2020-07-02", "core"), Tier::Core, "183 days each: the later");
    assert_eq!(tier("core", "2020-07-03", "strategic"), Tier::Core, "184 to 182");
    // Days of one tier add up: 100 + 100 of core against 166 of strategic between.
    let changes = "changes = [{ from = \"2020-04-10\", tier = \"strategic\" }, { from = \"2020-09-23\", tier = \"core\" }]";
    assert_eq!(cell(&assess(&[task("T", "2020", "core", &["north"], changes)]), "T", "P2", "north").tier, Tier::Core);
}

#[test]
fn a_whole_and_its_parts_divide_equally_among_those_with_cells() {
    // A core whole (3) with three parts of which one is too recent in 2019: 1 each; in 2020 four quarters of 3.
    let rows = [
        task("whole", "2019..", "core", &["north"], ""),
        task("a", "2019..", "strategic", &["north"], "part_of = \"whole\""),
        task("b", "2019..", "enabling", &["land"], "part_of = \"whole\""),
        task("c", "2019-11-03..", "core", &["north"], "part_of = \"whole\""),
    ];
    let assessment = assess(&rows);
    let weight = |task, phase, region| cell(&assessment, task, phase, region).weight;
    assert_eq!((weight("whole", "P1", "north"), weight("a", "P1", "north")), (1.0, 1.0));
    assert_eq!((weight("b", "P1", "north"), weight("b", "P1", "south")), (0.5, 0.5), "spread over its units");
    assert_eq!(["whole", "a", "c"].map(|task| weight(task, "P2", "north")), [0.75; 3]);
}

#[test]
fn shares_of_units_spread_the_weight() {
    let head =
        HEAD.replace("in = \"land\", unit = true },\n  { id = \"south\"", "in = \"land\", unit = true, share = 2 },\n  { id = \"south\"");
    let rows = [task("T", "2019", "core", &["land"], ""), task("S", "2019", "core", &["south"], "")];
    let assessment = Case::one("case.toml", &format!("{head}\n{}", rows.join("\n"))).study().assess(&Method::default());
    let weight = |task, region| cell(&assessment, task, "P1", region).weight;
    assert_eq!((weight("T", "north"), weight("T", "south"), weight("S", "south")), (2.0, 1.0, 3.0));
}

// --- Which rating holds ----------------------------------------------------------------------------------------------

#[test]
fn narrower_in_region_goes_before_narrower_in_phase() {
    let rows = [
        task("T", "2019..2020", "core", &["land"], ""),
        rated("T", "full", ""),
        rated("T", "substantial", "phase = \"P1\""),
        rated("T", "partial", "region = \"north\""),
        rated("T", "marginal", "phase = \"P2\"\nregion = \"north\""),
    ];
    let assessment = assess(&rows);
    let of = |phase, region| (cell(&assessment, "T", phase, region).outcome, cell(&assessment, "T", phase, region).footing);
    assert_eq!(of("P2", "south"), (exactly(Level::Full), Footing::FromTheWhole));
    assert_eq!(of("P1", "south"), (exactly(Level::Substantial), Footing::FromTheWhole));
    assert_eq!(of("P1", "north"), (exactly(Level::Partial), Footing::Regional), "region first, then phase");
    assert_eq!(of("P2", "north"), (exactly(Level::Marginal), Footing::Regional));
}

#[test]
fn a_narrower_not_assessed_goes_before_a_wider_rating() {
    let rows = [
        task("T", "2019..2020", "core", &["land"], ""),
        rated("T", "full", ""),
        "[[rating]]\ntask = \"T\"\nregion = \"north\"\nactivities = { not_assessed = \"silent\" }\n".to_owned(),
        "[[rating]]\ntask = \"T\"\nphase = \"P2\"\nmandate = { not_assessed = \"silent\" }\n".to_owned(),
    ];
    let assessment = assess(&rows);
    let of = |phase, region| cell(&assessment, "T", phase, region).outcome;
    let unknown = CellLevel::Unknown { at_most: Level::Full };
    assert_eq!((of("P1", "north"), of("P1", "south")), (unknown, exactly(Level::Full)));
    assert_eq!((of("P2", "north"), of("P2", "south")), (unknown, unknown));
}

#[test]
fn an_own_not_assessed_stops_inheritance() {
    let pool = "[[rating]]\npool = \"force\"\nresources = { level = \"partial\", because = \"so\" }\ncapabilities = { level = \"partial\", because = \"so\" }\n";
    let own =
        "[[rating]]\ntask = \"T\"\nmandate = { level = \"full\", because = \"so\" }\nactivities = { level = \"full\", because = \"so\" }\n";
    let rows = [task("T", "2019", "core", &["north"], "pool = \"force\""), pool.to_owned(), own.to_owned()];
    let inherited = assess(&rows);
    assert_eq!(cell(&inherited, "T", "P1", "north").outcome, exactly(Level::Partial));
    let stopped = assess(&[&rows[..], &["[[rating]]\ntask = \"T\"\ncapabilities = { not_assessed = \"silent\" }\n".to_owned()]].concat());
    let found = cell(&stopped, "T", "P1", "north");
    assert_eq!(found.outcome, CellLevel::Unknown { at_most: Level::Partial });
    assert_eq!((found.links[2].inherited.as_ref(), found.links[2].rating.as_deref()), (None, Some("T")));
    assert!(found.links[1].inherited.is_some(), "each link by itself");
}

#[test]
fn a_main_pool_by_link() {
    let rows = [
        task("T", "2019", "core", &["north"], "pool = { resources = \"force\", capabilities = \"air\" }"),
        "[[rating]]\ntask = \"T\"\nmandate = { level = \"full\", because = \"so\" }\nactivities = { level = \"full\", because = \"so\" }\n".to_owned(),
        "[[rating]]\npool = \"force\"\nresources = { level = \"substantial\", because = \"so\" }\ncapabilities = { level = \"absent\", because = \"so\" }\n".to_owned(),
        "[[rating]]\npool = \"air\"\nresources = { level = \"absent\", because = \"so\" }\ncapabilities = { level = \"partial\", because = \"so\" }\n".to_owned(),
    ];
    let assessment = assess(&rows);
    let found = cell(&assessment, "T", "P1", "north");
    assert_eq!((found.outcome, found.binding.as_slice()), (exactly(Level::Partial), [Link::Capabilities].as_slice()));
    assert_eq!(found.links.each_pool(), [None, Some("force"), Some("air"), None]);
}

/// The pools that the four links are inherited from.
trait Pools {
    fn each_pool(&self) -> [Option<&str>; 4];
}

impl Pools for Vec<peaceops::scoring::CellLink> {
    fn each_pool(&self) -> [Option<&str>; 4] {
        [0, 1, 2, 3].map(|link| self[link].inherited.as_ref().map(|pool| pool.as_str()))
    }
}

#[test]
fn a_pool_that_also_limits_never_enters_the_minimum() {
    let rows = |air: &str| {
        vec![
            task("T", "2019", "core", &["north"], "pool = \"force\"\nalso_draws_on = [\"air\"]"),
            rated("T", "partial", ""),
            format!("[[rating]]\npool = \"air\"\ncapabilities = {{ level = \"{air}\", because = \"so\" }}\n"),
        ]
    };
    let limits = |air: &str| {
        let assessment = assess(&rows(air));
        let found = cell(&assessment, "T", "P1", "north");
        assert_eq!((found.outcome, found.binding.len()), (exactly(Level::Partial), 4));
        found.also_limiting.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!((limits("absent"), limits("partial"), limits("substantial")), (vec!["air".to_owned()], vec!["air".to_owned()], vec![]));
}

#[test]
fn a_contested_link_keeps_its_readings() {
    let rows = [
        task("T", "2019", "core", &["north"], ""),
        task("U", "2019", "core", &["north"], ""),
        rated("U", "full", ""),
        "[[rating]]\ntask = \"T\"\nmandate = { level = \"full\", because = \"so\" }\nresources = { level = \"substantial\", because = \"so\" }\ncapabilities = { level = \"full\", because = \"so\" }\nactivities = { contested = [\"full\", \"marginal\"], because = \"two readings\" }\n".to_owned(),
    ];
    let assessment = assess(&rows);
    let found = cell(&assessment, "T", "P1", "north");
    // At most min(4, 3, 4, 4) = 3, and with the readings' range from 1.
    assert_eq!(found.outcome, CellLevel::Unknown { at_most: Level::Substantial });
    assert_eq!((found.links[3].level, found.links[3].low, found.links[3].high), (None, Some(Level::Marginal), Some(Level::Full)));
    assert_eq!(assessment.congruence().task("T").unwrap().bounds, Some(Bounds { low: Level::Marginal, high: Level::Substantial }));
    // It lowers coverage and is not counted: 3 of 6 at 4.
    let whole = assessment.congruence().headline();
    assert_eq!((whole.headline.level(), whole.coverage.weight.to_string()), (Some(Level::Full), "1 of 2".to_owned()));
    assert_eq!(whole.bounds, Some(Bounds { low: Level::Marginal, high: Level::Substantial }));
}

#[test]
fn all_four_links_not_applicable_leave_the_count() {
    let rows = [task("T", "2019", "strategic", &["north"], ""), task("U", "2019", "core", &["north"], ""), rated("U", "partial", "")];
    let silent = assess(&rows);
    assert_eq!(silent.congruence().headline().coverage.weight.to_string(), "3 of 7");
    let left = assess(&[&rows[..], &[judged("T", "not_applicable = \"overtaken\"", "")]].concat());
    assert_eq!(cell(&left, "T", "P1", "north").outcome, CellLevel::NotApplicable);
    let whole = left.congruence().headline();
    assert_eq!(
        (whole.headline.level(), whole.coverage.weight.to_string(), whole.coverage.tasks.applicable),
        (Some(Level::Partial), "1 of 1".to_owned(), 1)
    );
    // One link that does not apply leaves the minimum alone.
    let one = "[[rating]]\ntask = \"U\"\nregion = \"north\"\nmandate = { not_applicable = \"none needed\" }\nresources = { level = \"full\", because = \"so\" }\ncapabilities = { level = \"full\", because = \"so\" }\nactivities = { level = \"full\", because = \"so\" }\n";
    let assessment = assess(&[&rows[..], &[one.to_owned()]].concat());
    let found = cell(&assessment, "U", "P1", "north");
    assert_eq!((found.outcome, found.binding.len()), (exactly(Level::Full), 3));
}

#[test]
fn a_replacement_takes_the_cell_only_where_it_has_one() {
    let rows = |from: &str| {
        let new = task("new", &format!("{from}..2019"), "core", &["north"], "replaces = [\"old\"]");
        assess(&[task("old", "2019", "core", &["land"], ""), new])
    };
    let regions =
        |assessment: &Assessment, task: &str| cells(assessment, task).iter().map(|cell| cell.region.to_string()).collect::<Vec<_>>();
    let taken = rows("2019-11-02");
    assert_eq!((regions(&taken, "old"), regions(&taken, "new")), (vec!["south".to_owned()], vec!["north".to_owned()]));
    assert_eq!(cell(&taken, "old", "P1", "south").weight, 3.0, "its weight goes to the cell that it keeps");
    let too_recent = rows("2019-11-03");
    assert_eq!((regions(&too_recent, "old"), regions(&too_recent, "new")), (vec!["north".to_owned(), "south".to_owned()], vec![]));
}

#[test]
fn a_refinement_is_rated_beside_what_it_refines() {
    let assessment = assess(&[task("T", "2019", "core", &["north"], ""), task("detail", "2019", "core", &["north"], "refines = \"T\"")]);
    assert_eq!((cells(&assessment, "T").len(), cells(&assessment, "detail").len()), (1, 1));
}

// --- Like with like --------------------------------------------------------------------------------------------------

#[test]
fn unequal_footing_is_listed_as_not_comparable() {
    let rows = [task("T", "2019", "core", &["land"], ""), rated("T", "full", ""), rated("T", "marginal", "region = \"north\"")];
    let assessment = assess(&rows);
    let changes = &assessment.congruence().changes;
    let regions = changes
        .iter()
        .find(|m| serde_json::to_string(&m.what).unwrap().contains("\"P1\"") && m.pairs + m.not_comparable.len() > 0)
        .unwrap();
    assert_eq!((regions.pairs, regions.higher.len(), regions.lower.len(), regions.same), (0, 0, 0, 0));
    assert_eq!(regions.not_comparable.iter().map(|m| m.task.as_str()).collect::<Vec<_>>(), ["T"]);
    // Rated for both regions, the pair is compared, and stands beyond both ranges.
    let both = assess(&[&rows[..], &[rated("T", "full", "region = \"south\"")]].concat());
    let regions = both.congruence().changes.iter().find(|m| m.pairs > 0).unwrap();
    assert_eq!((regions.pairs, regions.higher.len(), regions.beyond_both_ranges, regions.not_comparable.len()), (1, 1, 1, 0));
}

#[test]
fn only_a_binding_rating_makes_a_footing() {
    // A regional rating that does not bind leaves the cell from the whole.
    let more = "[[rating]]\ntask = \"T\"\nregion = \"north\"\nmandate = { level = \"full\", because = \"so\" }\n";
    let assessment = assess(&[task("T", "2019", "core", &["land"], ""), rated("T", "partial", ""), more.to_owned()]);
    assert_eq!(cell(&assessment, "T", "P1", "north").footing, Footing::FromTheWhole);
    assert!(assessment.congruence().changes.iter().any(|m| m.pairs == 1 && m.same == 1));
}

#[test]
fn ranges_that_touch_are_not_beyond_each_other() {
    let block = |phase: &str, link: &str| {
        let links = ["mandate", "resources", "capabilities", "activities"].map(|name| format!("{name} = {{ {link}, because = \"so\" }}"));
        format!("[[rating]]\ntask = \"T\"\nphase = \"{phase}\"\n{}\n", links.join("\n"))
    };
    let beyond = |second: &str| {
        let rows = [
            task("T", "2019..2020", "core", &["north"], ""),
            block("P1", "level = \"partial\", high = \"substantial\""),
            block("P2", second),
        ];
        let assessment = assess(&rows);
        let phases = &assessment.congruence().changes[0];
        (phases.pairs, phases.higher.len(), phases.beyond_both_ranges)
    };
    assert_eq!(beyond("level = \"full\", low = \"substantial\""), (1, 1, 0));
    assert_eq!(beyond("level = \"full\""), (1, 1, 1));
}

// --- Balance and trend -----------------------------------------------------------------------------------------------

fn issue(kind: FindingKind, weight: u64) -> Issue {
    Issue { kind, weight }
}

fn band(strength: u64, limitation: u64) -> Band {
    let issues = [issue(FindingKind::Strength, strength), issue(FindingKind::Limitation, limitation)];
    Balance::of(issues.into_iter()).unwrap().band(&BalanceRule::default())
}

#[test]
fn bands_are_inclusive() {
    use Band::*;
    // (425 − 575) / 1000 = −0.15, and a hair above and below.
    assert_eq!((band(425, 575), band(425_001, 574_999), band(424_999, 575_001)), (Constraining, Mixed, Constraining));
    // (250 − 750) / 1000 = −0.5.
    assert_eq!(
        (band(250, 750), band(250_001, 749_999), band(249_999, 750_001)),
        (StronglyConstraining, Constraining, StronglyConstraining)
    );
    assert_eq!((band(575, 425), band(574_999, 425_001), band(575_001, 424_999)), (Enabling, Mixed, Enabling));
    assert_eq!((band(750, 250), band(749_999, 250_001), band(750_001, 249_999)), (StronglyEnabling, Enabling, StronglyEnabling));
    assert_eq!((band(1, 1), band(1, 0), band(0, 1)), (Mixed, StronglyEnabling, StronglyConstraining));
}

/// Findings on coherence, one issue each.
fn findings(list: &[(&str, &str)]) -> String {
    let row = |(n, (kind, salience)): (usize, &(&str, &str))| {
        format!(
            "[[finding]]\nid = \"F{n}\"\ntitle = \"{n}\"\ndimension = \"coherence\"\nissue = \"i{n}\"\nkind = \"{kind}\"\nsalience = \"{salience}\"\nwhen = \"undated\"\ncite = [\"R p3\"]\n"
        )
    };
    list.iter().enumerate().map(row).collect()
}

#[test]
fn a_band_of_a_case_on_its_floor() {
    let whole = |list: &[(&str, &str)]| assess(&[findings(list)]).dimension("coherence").unwrap().whole.clone();
    // Strengths 3 + 3 + 2, limitations 3 + 3 + 3 + 2, mixed 1: −3 of 20 = −0.15.
    let (s, l, m) = ("strength", "limitation", "mixed");
    let mut list =
        vec![(s, "major"), (s, "major"), (s, "moderate"), (l, "major"), (l, "major"), (l, "major"), (l, "moderate"), (m, "minor")];
    assert_eq!((whole(&list).band, whole(&list).balance.unwrap().value.to_string()), (Some(Band::Constraining), "-0.15".to_owned()));
    // A mixed issue more: −3 of 21 = −0.143.
    list.push((m, "minor"));
    assert_eq!(whole(&list).band, Some(Band::Mixed));
    // A band needs three issues with weight: neutral has none.
    let two = [(s, "major"), (s, "major"), ("neutral", "major")];
    assert_eq!((whole(&two).band, whole(&two).balance.unwrap().value.value()), (None, 1.0));
    assert_eq!(whole(&[(s, "major"), (s, "major"), (m, "minor")]).band, Some(Band::StronglyEnabling), "6 of 7");
    assert_eq!((whole(&[("neutral", "major")]).band, whole(&[("neutral", "major")]).balance), (None, None));
}

#[test]
fn a_trend_needs_a_difference_of_exactly_the_step() {
    let rule = TrendRule::default();
    let nil = [("x", issue(FindingKind::Mixed, 1000)), ("y", issue(FindingKind::Mixed, 1000)), ("z", issue(FindingKind::Mixed, 1000))];
    // Four strengths of 1 and a mixed issue of 17: the smallest difference is without a strength, 3 of 20 = 0.15.
    let risen = |mixed: u64| {
        let one = |name| (name, issue(FindingKind::Strength, 1000));
        [one("a"), one("b"), one("c"), one("d"), ("m", issue(FindingKind::Mixed, mixed))]
    };
    assert_eq!(trend(&nil, &risen(17_000), &rule), Trend::Improving);
    assert_eq!(trend(&nil, &risen(17_001), &rule), Trend::Unclear);
    assert_eq!(trend(&risen(17_000), &nil, &rule), Trend::Declining);
    assert_eq!(trend(&risen(17_001), &nil, &rule), Trend::Unclear);
    // A strength of 9 and four mixed issues of 17: the largest difference is without a mixed one, 9 of 60 = 0.15.
    let stayed = |mixed: u64| {
        let one = |name| (name, issue(FindingKind::Mixed, mixed));
        [("a", issue(FindingKind::Strength, 9000)), one("b"), one("c"), one("d"), one("e")]
    };
    assert_eq!(trend(&nil, &stayed(17_000), &rule), Trend::Stable);
    assert_eq!(trend(&nil, &stayed(16_999), &rule), Trend::Unclear);
    // Three issues with weight on both sides.
    assert_eq!(trend(&nil[..2], &risen(17_000), &rule), Trend::TooFew);
    let neutral = [nil[0], nil[1], ("n", issue(FindingKind::Neutral, 1000))];
    assert_eq!(trend(&neutral, &risen(17_000), &rule), Trend::TooFew);
}

// --- Windows ---------------------------------------------------------------------------------------------------------

#[test]
fn a_window_counts_from_half_of_itself_or_of_the_phase() {
    let days = |first: &str, last: &str| Days::new(day(first), day(last)).unwrap();
    let (rule, phase) = (WindowRule::default(), days("2020-01-01", "2020-12-31"));
    // Of 366 days of the phase 183 are half: to 1 July. The window itself is longer, so that only the phase's half decides.
    assert!(fits(days("2018-01-01", "2020-07-01"), phase, &rule));
    assert!(!fits(days("2018-01-01", "2020-06-30"), phase, &rule));
    // Ten days of which five lie in the phase, and eleven of which five do.
    assert!(fits(days("2019-12-27", "2020-01-05"), phase, &rule));
    assert!(!fits(days("2019-12-26", "2020-01-05"), phase, &rule));
    assert!(!fits(days("2019-01-01", "2019-12-31"), phase, &rule));
}

#[test]
fn a_row_counts_in_the_phases_that_its_window_fits() {
    let counted = |when: &str| {
        let rows = findings(&[("strength", "major")]).replace("when = \"undated\"", &format!("when = \"{when}\""));
        let assessment = assess(&[rows]);
        let dimension = assessment.dimension("coherence").unwrap();
        let phases = dimension.by_phase.iter().filter(|phase| !phase.count.findings.is_empty()).map(|phase| phase.id.to_string());
        (phases.collect::<Vec<_>>().join(" "), dimension.whole.findings.len())
    };
    assert_eq!(counted("2019..2020-07-01"), ("P1 P2".into(), 1));
    assert_eq!(counted("2019..2020-06-30"), ("P1".into(), 1));
    // Half of 365 days is 182.5: 183 of them are enough.
    assert_eq!(counted("2019-07-02..2020"), ("P1 P2".into(), 1));
    assert_eq!(counted("2019-07-03..2020"), ("P2".into(), 1));
    // An open end stops at the window's; what lies before it counts in the length.
    assert_eq!(counted("2019-07-02.."), ("P1 P2".into(), 1));
    assert_eq!(counted("2015..2020-06-30"), ("P1".into(), 1));
    assert_eq!((counted("mission"), counted("undated"), counted("outside")), (("P1 P2".into(), 1), (String::new(), 1), (String::new(), 0)));
    assert_eq!((counted("2010"), counted("current")), ((String::new(), 0), (String::new(), 1)), "no fieldwork, no current phase");
}

// --- Gaps ------------------------------------------------------------------------------------------------------------

#[track_caller]
fn gap<'a>(assessment: &'a Assessment, address: &str) -> &'a GapKind {
    &assessment.gaps().iter().find(|gap| gap.address == address).unwrap_or_else(|| panic!("no gap {address}")).kind
}

fn has(assessment: &Assessment, address: &str) -> bool {
    assessment.gaps().iter().any(|gap| gap.address == address)
}

#[test]
fn a_lag_from_partial_dates_is_a_range() {
    let capability = |steps: &str| {
        assess(&[format!(
            "[[capability]]\nid = \"cap\"\ntitle = \"A unit\"\nkind = \"addition\"\npool = \"force\"\nsteps = {{ {steps} }}\ncite = [\"R p4\"]\n"
        )])
    };
    let lags = |steps: &str| match gap(&capability(steps), "capability-lag/cap") {
        GapKind::CapabilityLag { to_arrival, to_completion, .. } => {
            (to_arrival.map(|l| (l.least, l.most)), to_completion.map(|l| (l.least, l.most)))
        }
        other => panic!("{other:?}"),
    };
    let apart = |from: &str, to: &str| (day(to) - day(from)).num_days();
    // From a year to a month and to a day: the last day of the first to the first of the second at least.
    let (arrival, completion) = lags("decided = 2016, arrived = \"2018-06\", complete = \"2018-09-10\"");
    assert_eq!(arrival, Some((apart("2016-12-31", "2018-06-01"), apart("2016-01-01", "2018-06-30"))));
    assert_eq!(completion, Some((apart("2016-12-31", "2018-09-10"), apart("2016-01-01", "2018-09-10"))));
    // What is complete has arrived: a year's arrival ends with the completion.
    let (arrival, _) = lags("decided = \"2016-06-29\", arrived = \"2018\", complete = \"2018-07\"");
    assert_eq!(arrival, Some((apart("2016-06-29", "2018-01-01"), apart("2016-06-29", "2018-07-31"))));
    // Authorised where nothing is told of a decision; the same month may be no lag at all.
    assert_eq!(lags("authorised = \"2016-06\", arrived = \"2016-06\"").0, Some((0, 29)));
    assert!(!has(&capability("decided = \"2016-06-10\", arrived = \"2016-06-10\""), "capability-lag/cap"));
    assert!(!has(&capability("needed = \"2016-06-10\", arrived = \"2018-06-10\""), "capability-lag/cap"));
}

#[test]
fn drift_in_part_needs_60_days_that_it_surely_went_on() {
    let drift = |when: &str, since: &str| {
        let activity = format!(
            "[[activity]]\nid = \"act\"\ntitle = \"Patrols\"\nwhen = \"{when}\"\nwhere = [\"north\"]\nserves = [\"T\"]\ncite = [\"R p5\"]\n"
        );
        let assessment = assess(&[task("T", &format!("{since}.."), "core", &["north"], ""), activity]);
        assessment.gaps().iter().find_map(|gap| match &gap.kind {
            GapKind::Drift { days, .. } => Some(*days),
            _ => None,
        })
    };
    // 31 days of January, 28 of February and the first of March are 60.
    assert_eq!(drift("2019-01-01..2019-12-31", "2019-03-02"), Some(Some(60)));
    assert_eq!(drift("2019-01-01..2019-12-31", "2019-03-01"), None);
    // Begun in January, it surely went on from the 31st: to the 31st of March these are 60 days.
    assert_eq!(drift("2019-01..2019-12-31", "2019-04-01"), Some(Some(60)));
    assert_eq!(drift("2019-01..2019-12-31", "2019-03-31"), None);
    // Not in force on any day that it can have lasted, and in force on one such day.
    assert_eq!((drift("2019-01..2019-02", "2019-03-01"), drift("2019-01..2019-02", "2019-02-28")), (Some(None), None));
    assert_eq!(drift("2019-05", "2019-05-31"), None);
}

#[test]
fn fill_rates_take_the_ceiling_in_force_on_the_day() {
    let ceilings = "[[resource]]\nid = \"first\"\npool = \"force\"\nstatus = \"authorised\"\nwhen = \"2019-01-01..2019-05-31\"\namount = { military = 100 }\ncite = [\"R p6\"]\n\n[[resource]]\nid = \"second\"\npool = \"force\"\nstatus = \"authorised\"\nwhen = \"2019-06-01..\"\namount = { military = 200 }\ncite = [\"R p6\"]\n";
    let rate = |when: &str| {
        let row = format!(
            "[[resource]]\nid = \"strength\"\npool = \"force\"\nstatus = \"deployed\"\nwhen = \"{when}\"\namount = {{ military = 90 }}\ncite = [\"R p7\"]\n"
        );
        let assessment = assess(&[ceilings.to_owned(), row]);
        assessment.fill_rates().first().map(|fill| (fill.against.to_string(), fill.rate.to_string(), fill.denominator, fill.level))
    };
    assert_eq!(rate("2019-05-31"), Some(("first".into(), "9 of 10".into(), MeansStatus::Authorised, Level::Substantial)));
    assert_eq!(rate("2019-06-01"), Some(("second".into(), "9 of 20".into(), MeansStatus::Authorised, Level::Marginal)));
    // A month counts at its end; before any ceiling there is no rate.
    assert_eq!(rate("2019-05").unwrap().0, "first");
    assert_eq!(rate("2018-12-31"), None);
}

#[test]
fn a_rating_two_levels_from_its_ceiling_is_flagged() {
    // 50 of 100 is partial, 2.
    let flagged = |level: &str, status: &str| {
        let rows = format!(
            "[[resource]]\nid = \"ceiling\"\npool = \"force\"\nstatus = \"{status}\"\nwhen = \"2019..\"\namount = {{ military = 100 }}\ncite = [\"R p6\"]\n\n[[resource]]\nid = \"strength\"\npool = \"force\"\nstatus = \"deployed\"\nwhen = \"2019-06\"\namount = {{ military = 50 }}\ncite = [\"R p7\"]\n\n[[rating]]\npool = \"force\"\nphase = \"P1\"\nresources = {{ level = \"{level}\", because = \"so\", rests_on = [\"strength\"] }}\n"
        );
        let assessment = assess(&[rows]);
        let fill = assessment.fill_rates()[0].clone();
        assert_eq!(fill.level, Level::Partial);
        fill.flagged.iter().map(|flag| (flag.rating.clone(), flag.level, flag.phase.to_string())).collect::<Vec<_>>()
    };
    assert_eq!(flagged("full", "authorised"), [("force/P1".to_owned(), Level::Full, "P1".to_owned())]);
    assert_eq!(flagged("absent", "authorised"), [("force/P1".to_owned(), Level::Absent, "P1".to_owned())]);
    assert!(flagged("substantial", "authorised").is_empty() && flagged("marginal", "authorised").is_empty());
    assert!(flagged("full", "needed").is_empty(), "against a stated need nothing is flagged");
}

#[test]
fn fill_rates_map_to_levels_at_the_anchors() {
    let rule = peaceops::scoring::FillRule::default();
    let at = |deployed: f64| rule.level(deployed / 1000.0);
    assert_eq!([0.0, 0.001, 499.9, 500.0].map(at), [Level::Absent, Level::Marginal, Level::Marginal, Level::Partial]);
    assert_eq!(
        [800.0, 800.001, 999.9, 1000.0, 1200.0].map(at),
        [Level::Partial, Level::Substantial, Level::Substantial, Level::Full, Level::Full]
    );
}

#[test]
fn a_row_of_a_part_of_a_unit_counts_for_the_unit() {
    let rows = findings(&[("limitation", "minor")]).replace("when =", "where = [\"town\"]\nwhen =");
    let assessment = assess(&[rows]);
    let by_region = &assessment.dimension("coherence").unwrap().by_region;
    let counted: Vec<_> = by_region.iter().map(|region| (region.id.as_str(), region.count.findings.len())).collect();
    assert_eq!(counted, [("north", 1), ("south", 0)]);
}

// --- What stands beside a count, and what an id may be ---------------------------------------------------------------

#[test]
fn a_verdict_of_the_report_leads_before_a_coders() {
    let verdict = |id: &str, standing: &str, origin: &str| {
        format!(
            "[[verdict]]\nid = \"{id}\"\ndimension = \"coherence\"\nstanding = \"{standing}\"\ntext = \"So\"\ncite = [\"R p8\"]\n{origin}\n"
        )
    };
    let (coder, report) = (verdict("A", "enabling", "origin = \"coder\""), verdict("B", "mixed", ""));
    for rows in [[coder.clone(), report.clone()], [report, coder.clone()]] {
        assert_eq!(assess(&rows).dimension("coherence").unwrap().verdict.as_ref().unwrap().row, *"B", "whatever the order of rows");
    }
    assert_eq!(assess(&[coder]).dimension("coherence").unwrap().verdict.as_ref().unwrap().row, *"A", "where there is no other");
}

#[test]
fn the_key_of_a_region_is_no_id_of_it() {
    let head = HEAD.replace("{ id = \"north\",", "{ id = \"north\", row = \"REG-01\",");
    let case = |regions: &str| Case::one("case.toml", &format!("{head}\n{}", task("T", "2019", "core", &[regions], "")));
    // A task in `REG-01` would be in force nowhere.
    let problems = case("REG-01").problems();
    assert_eq!(problems.iter().map(|problem| problem.error.code()).collect::<Vec<_>>(), ["unknown-id"]);
    // A judgement may rest on it, as on any row of the sheet, and it leads to the region.
    let study = case("north")
        .append("case.toml", &rated("T", "full", "").replace("because = \"so\"", "because = \"so\", rests_on = [\"REG-01\"]"))
        .study();
    assert_eq!(study.row("REG-01").unwrap().id(), *"north");
    let tree = study.assess(&Method::default()).explain("T").unwrap().to_string();
    assert!(tree.contains("The north") && !tree.contains("a dimension of the framework"), "{tree}");
}

#[test]
fn weights_of_cells_are_the_nearest_numbers() {
    // A core task over shares of 3 and 2: 1.8 and 1.2, whatever else is weighed.
    let head = HEAD
        .replace("name = \"The north\",", "name = \"The north\", share = 3,")
        .replace("name = \"The south\",", "name = \"The south\", share = 2,");
    for more in [String::new(), task("U", "2019", "enabling", &["north"], ""), task("U", "2019", "strategic", &["land"], "")] {
        let text = format!("{head}\n{}{more}", task("T", "2019", "core", &["land"], ""));
        let assessment = Case::one("case.toml", &text).study().assess(&Method::default());
        assert_eq!(cells(&assessment, "T").iter().map(|cell| cell.weight).collect::<Vec<_>>(), [1.8, 1.2]);
    }
}
