//! Measured series followed by hand: what makes a series, sums over regions, rates, and what a series did.
//!
//! All arithmetic stands beside the assertion that it belongs to; the tests of trends have a file of their own.

#![cfg(all(feature = "toml", feature = "csv"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests stop at what they did not expect")]

use std::sync::OnceLock;

use crate::common::{Case, MINUSMA};
use peaceops::document::record::ObservationRecord;
use peaceops::indicator::trend::{Direction, Outcome, Seen, TestRule};
use peaceops::indicator::{Course, Made, Point, Series, WhyNot, courses, series};
use peaceops::scale::Origin;
use peaceops::scoring::{Assessment, Explanation, Method};
use peaceops::{CaseDocument, CaseStudy};
use proptest::prelude::*;
use proptest::sample::select;

/// Two years, a phase each; a land of a north, which is a town and a plain, and a south; three sources.
const LAND: &str = r#"
study = { id = "land", title = "A land", framework = "epon-2019", missions = ["m"], when = "2018..2019", area = "land" }
mission = [{ id = "m", name = "A mission", host = "A state", authorised_by = ["un-sc"], when = "2018..2019", cite = ["R p1"] }]
source = [
  { id = "X", origin = "outside", title = "A count" },
  { id = "Y", origin = "outside", title = "Another count" },
  { id = "R", origin = "report", title = "The report" },
]
region = [
  { id = "land", name = "The land" },
  { id = "north", name = "The north", in = "land", unit = true },
  { id = "south", name = "The south", in = "land", unit = true },
  { id = "town", name = "The town", in = "north" },
  { id = "plain", name = "The plain", in = "north" },
]
phase = [{ id = "P1", when = "2018" }, { id = "P2", when = "2019" }]
instrument = [
  { id = "day", body = "un-sc", number = "1", adopted = "2018-07-10", cite = ["R p1"] },
  { id = "month", body = "un-sc", number = "2", adopted = "2018-07", cite = ["R p1"] },
]

[[indicator]]
id = "idps"
title = "Displaced persons"
unit = "persons"
kind = "stock"
adds_up = true
cite = ["X p1"]

[[indicator]]
id = "troops"
title = "Troops"
unit = "persons"
kind = "stock"
cite = ["X p1"]

[[indicator]]
id = "attacks"
title = "Attacks"
unit = "attacks"
kind = "flow"
better = "lower"
adds_up = true
cite = ["X p1"]

[[indicator]]
id = "deaths"
title = "Deaths"
unit = "persons"
kind = "flow"
cite = ["X p1"]

[[indicator]]
id = "trust"
title = "Trust"
unit = "percent"
kind = "index"
cite = ["X p1"]

[[indicator]]
id = "risk"
title = "Deaths per 1000 troops"
unit = "per 1000"
kind = "index"
rate = { of = "deaths", per = "troops", times = 1000 }
origin = "coder"

[[indicator]]
id = "toll"
title = "Deaths per attack"
unit = "persons"
kind = "index"
rate = { of = "deaths", scope = "soldiers", per = "attacks", times = 1 }
origin = "coder"
"#;

/// The case with rows of observations: indicator, when, region, value, scope, sources.
#[track_caller]
fn case(rows: &[&str]) -> Case {
    let rows: String = rows.iter().map(|row| format!(",{row},\n")).collect();
    Case::one("case.toml", LAND).with("observations.csv", &format!("row,indicator,when,region,value,scope,cite,note\n{rows}"))
}

#[track_caller]
fn study(rows: &[&str]) -> CaseStudy {
    case(rows).study()
}

/// All series of an indicator.
#[track_caller]
fn all(indicator: &str, rows: &[&str]) -> Vec<Series> {
    series(&study(rows)).into_iter().filter(|series| series.indicator.as_str() == indicator).collect()
}

/// The one series of an indicator.
#[track_caller]
fn one(indicator: &str, rows: &[&str]) -> Series {
    let mut all = all(indicator, rows);
    assert_eq!(all.len(), 1, "{all:#?}");
    all.remove(0)
}

/// The one course of the one indicator that is observed.
#[track_caller]
fn course(rows: &[&str]) -> Course {
    let mut all = courses(&study(rows), &TestRule::default());
    assert_eq!(all.len(), 1, "{all:#?}");
    all.remove(0)
}

/// The courses of MINUSMA.
fn minusma() -> &'static Assessment {
    static ASSESSMENT: OnceLock<Assessment> = OnceLock::new();
    ASSESSMENT.get_or_init(|| Case::minusma().study().assess(&Method::default()))
}

/// The course of MINUSMA's indicator in a region and scope.
#[track_caller]
fn of_minusma(indicator: &str, region: Option<&str>, scope: Option<&str>) -> &'static Course {
    let same = |course: &&Course| {
        let series = &course.series;
        let region_of = series.region.as_ref().map(|id| id.as_str());
        series.indicator.as_str() == indicator && region_of == region && series.scope.as_deref() == scope
    };
    minusma().indicators().iter().find(same).unwrap_or_else(|| panic!("no series {indicator} {region:?} {scope:?}"))
}

/// Its points, each with the value that is computed with.
fn told(series: &Series) -> Vec<(&str, Option<f64>)> {
    series.points.iter().map(|point| (point.when.as_str(), point.value)).collect()
}

/// The values of a point with their sources.
fn values(point: &Point) -> Vec<(&str, Option<f64>, Vec<&str>)> {
    point.values.iter().map(|value| (value.text.as_str(), value.number, value.sources.iter().map(|id| id.as_str()).collect())).collect()
}

fn aside(series: &Series) -> Vec<(&str, &str, WhyNot)> {
    series.set_aside.iter().map(|aside| (aside.when.as_str(), aside.text.as_str(), aside.why)).collect()
}

/// Place and scope of series.
fn places(all: &[Series]) -> Vec<(Option<&str>, Option<&str>)> {
    all.iter().map(|series| (series.region.as_ref().map(|id| id.as_str()), series.scope.as_deref())).collect()
}

// --- Values of several sources ---------------------------------------------------------------------------------------

#[test]
fn values_of_one_date_stand_side_by_side_the_lowest_first() {
    let series = one("idps", &["idps,2018-03,,500,,X p1", "idps,2018-03,,300,,Y p2"]);
    assert_eq!(told(&series), [("2018-03", Some(300.0))]);
    assert_eq!(values(&series.points[0]), [("300", Some(300.0), vec!["Y"]), ("500", Some(500.0), vec!["X"])]);
    assert_eq!(series.made, Made::Observed);
}

#[test]
fn the_value_of_the_report_goes_before_a_lower_one() {
    let series = one("idps", &["idps,2018-03,,300,,X p1", "idps,2018-03,,500,,R p2", "idps,2018-03,,200,,Y p2"]);
    assert_eq!(told(&series), [("2018-03", Some(500.0))]);
    assert_eq!(
        values(&series.points[0]),
        [("500", Some(500.0), vec!["R"]), ("200", Some(200.0), vec!["Y"]), ("300", Some(300.0), vec!["X"])]
    );
    assert_eq!(
        series.points[0].values.iter().map(|value| value.origin).collect::<Vec<_>>(),
        [Origin::Report, Origin::Outside, Origin::Outside]
    );
}

#[test]
fn a_word_of_the_report_does_not_hide_the_number_of_another() {
    let series = one("idps", &["idps,2018-03,,300,,X p1", "idps,2018-03,,> 250,,R p2"]);
    assert_eq!(told(&series), [("2018-03", Some(300.0))]);
    assert_eq!(values(&series.points[0]), [("> 250", None, vec!["R"]), ("300", Some(300.0), vec!["X"])]);
    assert_eq!(series.conflicts(), 0, "a bound is no other number");
}

#[test]
fn equal_values_are_one_value_of_both_sources() {
    let series = one("idps", &["idps,2018-03,,300,,X p1", "idps,2018-03,,300,,R p2; X p9", "idps,2018-03,,300,,Y p1"]);
    assert_eq!(series.points.len(), 1);
    let [value] = series.points[0].values.as_slice() else { panic!("{:?}", series.points) };
    assert_eq!((value.text.as_str(), value.origin), ("300", Origin::Report));
    let mut sources: Vec<&str> = value.sources.iter().map(|id| id.as_str()).collect();
    sources.sort_unstable();
    assert_eq!(sources, ["R", "X", "Y"], "each once");
    assert_eq!(series.conflicts(), 0);
}

#[test]
fn conflicts_are_told_where_numbers_differ_and_nowhere_else() {
    let series = one(
        "idps",
        &[
            "idps,2018-03,,300,,X p1",
            "idps,2018-03,,301,,Y p1",
            "idps,2018-04,,300,,X p1",
            "idps,2018-04,,about 300,,Y p1",
            "idps,2018-05,,300,,X p1",
            "idps,2018-05,,none,,Y p1",
            "idps,2018-06,,300,,X p1",
            "idps,2018-06-30,,400,,Y p1",
        ],
    );
    // About 300 is 300, none is no number, and June is not its last day.
    assert_eq!(series.points.iter().map(Point::is_conflicting).collect::<Vec<_>>(), [true, false, false, false, false]);
    assert_eq!(series.conflicts(), 1);
}

#[test]
fn bounds_are_no_numbers_and_stay_as_values() {
    for text in ["> 525", ">= 525", "< 525", "<= 525", "5..20", "none", "none of note"] {
        let series = one("idps", &[&format!("idps,2018-03,,{text},,X p1")]);
        assert_eq!(told(&series), [("2018-03", None)], "{text}");
        assert_eq!(values(&series.points[0]), [(text, None, vec!["X"])], "{text}");
        assert_eq!(series.numbers().count(), 0, "{text}");
    }
    assert_eq!(told(&one("idps", &["idps,2018-03,,about 525,,X p1"])), [("2018-03", Some(525.0))]);
    // Words are refused before they come to a series.
    for text in ["many", "NaN", "inf", "1e999", "12 345"] {
        assert!(case(&[&format!("idps,2018-03,,{text},,X p1")]).problems().to_string().contains("[not-a-number]"), "{text}");
    }
}

#[test]
fn what_is_missing_stays_missing() {
    let course = course(&["trust,2018-01,,40,,X p1", "trust,2018-02,,> 41,,X p1", "trust,2018-04,,44,,X p1"]);
    assert_eq!(told(&course.series), [("2018-01", Some(40.0)), ("2018-02", None), ("2018-04", Some(44.0))]);
    assert_eq!((course.window.points, course.by_phase[0].values.as_slice()), (2, [40.0, 44.0].as_slice()));
    assert_eq!(course.by_phase[1].values, [] as [f64; 0]);
    assert_eq!(course.by_phase[1].seen, Seen::Nothing);
    // Nothing observed is no series.
    assert!(series(&study(&[])).is_empty());
}

// --- Dates and periods -----------------------------------------------------------------------------------------------

#[test]
fn a_stock_is_never_summed_over_time() {
    let series = one("idps", &["idps,2018-01,,100,,X p1", "idps,2018-02,,110,,X p1", "idps,2018,,120,,X p1", "idps,2018-02-28,,90,,X p1"]);
    let mut values: Vec<f64> = series.numbers().map(|(_, value)| value).collect();
    values.sort_by(f64::total_cmp);
    assert_eq!(values, [90.0, 100.0, 110.0, 120.0], "a stock may be told of a day, a month or a year");
    assert!(series.set_aside.is_empty());
}

#[test]
fn points_stand_by_their_dates() {
    let series = one("trust", &["trust,2019-02,,3,,X p1", "trust,2018-12-31,,2,,X p1", "trust,2017,,1,,X p1"]);
    assert_eq!(told(&series), [("2017", Some(1.0)), ("2018-12-31", Some(2.0)), ("2019-02", Some(3.0))]);
}

#[test]
fn points_stand_by_their_middle_days_in_which_they_are_counted() {
    // The middle of 2018 is 2 July: after March and before October, for every test alike.
    let rows =
        ["trust,2018,,30,,X p1", "trust,2018-03,,10,,X p1", "trust,2018-02,,5,,X p1", "trust,2018-10,,40,,X p1", "trust,2018-12,,50,,X p1"];
    let course = course(&rows);
    assert_eq!(
        told(&course.series).iter().map(|(when, _)| *when).collect::<Vec<_>>(),
        ["2018-02", "2018-03", "2018", "2018-10", "2018-12"]
    );
    assert_eq!(course.by_phase[0].values, [5.0, 10.0, 30.0, 40.0, 50.0]);
    // All ten pairs rise.
    assert_eq!(course.window.trend.tested().map(|trend| trend.s), Some(10));
}

#[test]
fn a_flow_takes_periods_of_the_most_common_length() {
    let series = one(
        "attacks",
        &[
            "attacks,2018-01,,5,,X p1",
            "attacks,2018-02,,7,,X p1",
            "attacks,2018,,60,,X p1",
            "attacks,2018-04..2018-06,,20,,X p1",
            "attacks,2018-03-09,,1,,Y p1",
        ],
    );
    assert_eq!(told(&series), [("2018-01", Some(5.0)), ("2018-02", Some(7.0))]);
    let mut aside = aside(&series);
    aside.sort_unstable_by_key(|(when, ..)| *when);
    assert_eq!(
        aside,
        [
            ("2018", "60", WhyNot::AnotherLength),
            ("2018-03-09", "1", WhyNot::AnotherLength),
            ("2018-04..2018-06", "20", WhyNot::AnotherLength)
        ]
    );
    assert_eq!(WhyNot::AnotherLength.words(), "over a period of another length");
}

#[test]
fn months_quarters_halves_and_years_are_one_length_each() {
    for (kind, periods) in [
        ("months of 28 to 31 days", vec!["2018-02", "2018-03", "2018-04", "2016-02", "2018-05-01..2018-05-31"]),
        ("quarters of 90 to 92 days", vec!["2018-01..2018-03", "2018-04..2018-06", "2018-07..2018-09", "2016-01..2016-03"]),
        ("halves of 181 to 184 days", vec!["2018-01..2018-06", "2018-07..2018-12", "2016-01..2016-06"]),
        ("years of 365 and 366 days", vec!["2016", "2017", "2018-01..2018-12", "2018-07..2019-06"]),
        ("two years of 730 and 731 days", vec!["2014-07..2016-06", "2015-07..2017-06", "2017..2018"]),
    ] {
        let rows: Vec<String> = periods.iter().map(|period| format!("attacks,{period},,1,,X p1")).collect();
        let series = one("attacks", &rows.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!((series.points.len(), series.set_aside.len()), (periods.len(), 0), "{kind}");
    }
    // A month is no quarter, a quarter no half and a half no year: of two and one the one is set aside.
    for [one_of, two, another] in [
        ["2018-01", "2018-02", "2018-04..2018-06"],
        ["2018-01..2018-03", "2018-04..2018-06", "2019-01..2019-06"],
        ["2018-01..2018-06", "2018-07..2018-12", "2019"],
        ["2016", "2017", "2014-07..2016-06"],
    ] {
        let rows = [one_of, two, another].map(|period| format!("attacks,{period},,1,,X p1"));
        let series = one("attacks", &[&rows[0], &rows[1], &rows[2]]);
        assert_eq!(told(&series).iter().map(|(when, _)| *when).collect::<Vec<_>>(), [one_of, two]);
        assert_eq!(aside(&series), [(another, "1", WhyNot::AnotherLength)]);
    }
}

#[test]
fn of_two_lengths_as_common_the_longer_is_taken() {
    let series = one("attacks", &["attacks,2018-01,,5,,X p1", "attacks,2018,,60,,X p1"]);
    assert_eq!(told(&series), [("2018", Some(60.0))]);
    assert_eq!(aside(&series), [("2018-01", "5", WhyNot::AnotherLength)]);
    // Two sources of one month are one period: they do not outvote two years.
    let rows = [
        "attacks,2018-01,,5,,X p1",
        "attacks,2018-01,,6,,Y p1",
        "attacks,2018-01,,7,,R p1",
        "attacks,2018,,60,,X p1",
        "attacks,2017,,50,,X p1",
    ];
    assert_eq!(told(&one("attacks", &rows)), [("2017", Some(50.0)), ("2018", Some(60.0))]);
}

/// Beside a dimension too: 60 attacks of a year are not more than 5 and 7 of a month.
#[test]
fn beside_a_dimension_only_periods_of_one_length_are_set_against_each_other() {
    let rows = ["attacks,2016,,60,,X p1", "attacks,2018-01,,5,,X p1", "attacks,2018-02,,7,,X p1"];
    let study = case(&rows).patch("case.toml", "unit = \"attacks\"", "unit = \"attacks\"\ndimension = \"protection\"").study();
    let assessment = study.assess(&Method::default());
    let beside = &assessment.dimension("protection").unwrap().indicators[0];
    assert_eq!((&beside.first, &beside.last), (&Some(("2018-01".to_owned(), 5.0)), &Some(("2018-02".to_owned(), 7.0))));
    assert_eq!(beside.direction, peaceops::scoring::dimension::Direction::Worse);
}

#[test]
fn each_region_and_scope_has_a_common_length_of_its_own() {
    let all = all("deaths", &["deaths,2018-01,north,5,,X p1", "deaths,2018-02,north,5,,X p1", "deaths,2018,south,60,,X p1"]);
    assert_eq!(places(&all), [(Some("north"), None), (Some("south"), None)]);
    assert!(all.iter().all(|series| series.set_aside.is_empty()));
}

#[test]
fn what_is_not_dated_is_set_aside() {
    let series = one(
        "trust",
        &["trust,undated,,8,,X p1", "trust,current,,9,,X p1", "trust,mission,,10,,X p1", "trust,outside,,11,,X p1", "trust,2018,,12,,X p1"],
    );
    assert_eq!(told(&series), [("2018", Some(12.0))]);
    let mut aside = aside(&series);
    aside.sort_unstable_by_key(|(when, ..)| *when);
    assert_eq!(
        aside,
        [
            ("current", "9", WhyNot::NotDated),
            ("mission", "10", WhyNot::NotDated),
            ("outside", "11", WhyNot::NotDated),
            ("undated", "8", WhyNot::NotDated)
        ]
    );
    assert_eq!(WhyNot::NotDated.words(), "not dated");
    // A series may have no point at all; it is kept with what was set aside.
    let course = course(&["trust,undated,,8,,X p1"]);
    assert_eq!((course.series.points.len(), course.series.set_aside.len(), course.window.points), (0, 1, 0));
    assert_eq!(course.window.trend.to_string(), "no direction to be seen, 0 points: too few points for a test");
}

// --- Regions and scopes ----------------------------------------------------------------------------------------------

#[test]
fn scopes_and_regions_are_series_of_their_own() {
    let all = all(
        "trust",
        &[
            "trust,2018,north,1,,X p1",
            "trust,2018,south,2,,X p1",
            "trust,2018,north,3,men,X p1",
            "trust,2018,,4,men,X p1",
            "trust,2018,,5,women,X p1",
        ],
    );
    assert_eq!(
        places(&all),
        [(None, Some("men")), (None, Some("women")), (Some("north"), None), (Some("north"), Some("men")), (Some("south"), None)]
    );
    assert!(all.iter().all(|series| series.points.len() == 1 && series.conflicts() == 0));
}

#[test]
fn the_area_of_the_study_and_no_region_are_the_same() {
    let series = one("trust", &["trust,2018,land,1,,X p1", "trust,2018,,2,,Y p1", "trust,2019,land,3,,X p1"]);
    assert_eq!(series.region, None);
    assert_eq!(told(&series), [("2018", Some(1.0)), ("2019", Some(3.0))]);
    assert_eq!(series.conflicts(), 1);
}

#[test]
fn parts_add_up_where_every_part_has_a_value_on_that_date() {
    let all = all(
        "idps",
        &[
            "idps,2018-01,north,10,,X p1",
            "idps,2018-01,south,5,,X p1",
            "idps,2018-02,north,11,,X p1",
            "idps,2018-03,north,12,,X p1",
            "idps,2018-03,south,> 5,,X p1",
            "idps,2018-04,north,13,,X p1",
            "idps,2018-04-30,south,7,,X p1",
            "idps,2018-05,north,about 14,,X p1",
            "idps,2018-05,south,8,,X p1",
            "idps,2018-05,south,9,,Y p1",
        ],
    );
    assert_eq!(places(&all), [(Some("north"), None), (Some("south"), None), (None, None)]);
    let sum = &all[2];
    // January 10 + 5; February, March and April lack the south's; May 14 + 8, the lower of the south's two.
    assert_eq!(told(sum), [("2018-01", Some(15.0)), ("2018-05", Some(22.0))]);
    let Made::AddedUp(parts) = &sum.made else { panic!("{:?}", sum.made) };
    assert_eq!(parts.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["north", "south"]);
    assert!(sum.points.iter().all(|point| point.values.is_empty() && !point.is_conflicting()));
}

#[test]
fn nothing_adds_up_where_the_indicator_does_not_say_so() {
    let all = all("trust", &["trust,2018,north,10,,X p1", "trust,2018,south,5,,X p1"]);
    assert_eq!(places(&all), [(Some("north"), None), (Some("south"), None)]);
}

#[test]
fn a_sum_never_stands_in_for_observations_of_the_region_itself() {
    let rows = ["idps,2018-01,north,10,,X p1", "idps,2018-01,south,5,,X p1", "idps,2018-02,,99,,X p1"];
    let all = all("idps", &rows);
    assert_eq!(places(&all), [(None, None), (Some("north"), None), (Some("south"), None)]);
    assert_eq!((told(&all[0]), &all[0].made), (vec![("2018-02", Some(99.0))], &Made::Observed), "nor beside them, on another date");
}

#[test]
fn scopes_add_up_apart() {
    let all = all(
        "attacks",
        &[
            "attacks,2018,north,10,raids,X p1",
            "attacks,2018,south,5,raids,X p1",
            "attacks,2018,north,1,mines,X p1",
            "attacks,2018,south,2,,X p1",
        ],
    );
    let sums: Vec<_> = all.iter().filter(|series| series.made != Made::Observed).collect();
    assert_eq!(sums.len(), 1, "mines and what is not told apart have one part each");
    assert_eq!((sums[0].scope.as_deref(), told(sums[0])), (Some("raids"), vec![("2018", Some(15.0))]));
}

#[test]
fn a_part_adds_up_to_its_region_and_that_to_the_whole() {
    let rows = [
        "idps,2018-01,town,1,,X p1",
        "idps,2018-01,plain,20,,X p1",
        "idps,2018-01,south,300,,X p1",
        "idps,2018-02,town,2,,X p1",
        "idps,2018-02,south,400,,X p1",
    ];
    let all = all("idps", &rows);
    let at = |region: Option<&str>| all.iter().find(|series| series.region.as_ref().map(|id| id.as_str()) == region).map(told);
    assert_eq!(at(Some("north")), Some(vec![("2018-01", Some(21.0))]));
    assert_eq!(at(None), Some(vec![("2018-01", Some(321.0))]), "the north's is a sum");
}

#[test]
fn a_region_with_no_observed_part_has_no_sum() {
    let all = all("idps", &["idps,2018-01,town,1,,X p1", "idps,2018-01,south,300,,X p1"]);
    assert_eq!(places(&all), [(Some("south"), None), (Some("town"), None)]);
}

// --- Rates -----------------------------------------------------------------------------------------------------------

#[test]
fn a_flow_by_a_stock_takes_the_lower_median_of_the_stock_within_its_days() {
    let rows = [
        "deaths,2018,,6,,X p1",
        "troops,2017-12-31,,10,,X p1",
        "troops,2018-01,,1000,,X p1",
        "troops,2018-06-30,,2000,,X p1",
        "troops,2018-09,,3000,,X p1",
        "troops,2018-12-31,,5000,,X p1",
        "troops,2018-12..2019-01,,1,,X p1",
    ];
    let risk = one("risk", &rows);
    // Within 2018: 1000, 2000, 3000, 5000, of which the lower middle one is 2000. 6 · 1000 / 2000 = 3.
    assert_eq!(told(&risk), [("2018", Some(3.0))]);
    assert_eq!(risk.made, Made::Rate { of: "deaths".parse().unwrap(), per: "troops".parse().unwrap() });
    assert!(risk.points[0].values.is_empty() && risk.set_aside.is_empty());
}

#[test]
fn a_year_without_a_value_to_divide_by_is_set_aside() {
    let rows =
        ["deaths,2017,,4,,X p1", "deaths,2018,,6,,X p1", "deaths,2019,,8,,X p1", "troops,2018-06,,2000,,X p1", "troops,2019-06,,> 9,,X p1"];
    let risk = one("risk", &rows);
    assert_eq!(told(&risk), [("2018", Some(3.0))]);
    assert_eq!(aside(&risk), [("2017", "4", WhyNot::NothingToDivideBy), ("2019", "8", WhyNot::NothingToDivideBy)]);
    assert_eq!(WhyNot::NothingToDivideBy.words(), "without a value to divide by on its days");
}

#[test]
fn nothing_is_divided_by_zero_or_less() {
    for none in ["0", "-0", "0.0", "-5", "about 0"] {
        let risk = one("risk", &["deaths,2018,,6,,X p1", &format!("troops,2018-06,,{none},,X p1")]);
        assert_eq!((told(&risk), aside(&risk)), (vec![], vec![("2018", "6", WhyNot::NothingToDivideBy)]), "{none}");
    }
    // None of nothing is nothing, too; but no death is a rate of 0.
    let risk = one("risk", &["deaths,2018,,0,,X p1", "troops,2018-06,,2000,,X p1"]);
    assert_eq!(told(&risk), [("2018", Some(0.0))]);
}

#[test]
fn a_flow_by_a_flow_takes_the_same_days_alone() {
    let rows = ["deaths,2018,,12,soldiers,X p1", "deaths,2019,,20,soldiers,X p1", "attacks,2018,,8,,X p1", "attacks,2017,,4,,X p1"];
    let toll = one("toll", &rows);
    assert_eq!((told(&toll), aside(&toll)), (vec![("2018", Some(1.5))], vec![("2019", "20", WhyNot::NothingToDivideBy)]));
    // A year is not divided by one of its months.
    let months = ["deaths,2018,,12,soldiers,X p1", "attacks,2018-01,,2,,X p1", "attacks,2018-02,,4,,X p1"];
    let toll = one("toll", &months);
    assert_eq!((told(&toll), aside(&toll)), (vec![], vec![("2018", "12", WhyNot::NothingToDivideBy)]));
}

#[test]
fn a_rate_of_a_scope_is_of_that_scope_and_of_none_of_every_one() {
    let rows = [
        "deaths,2018,,12,soldiers,X p1",
        "deaths,2018,,90,civilians,X p1",
        "deaths,2018,,100,,X p1",
        "attacks,2018,,8,,X p1",
        "troops,2018-06,,1000,,X p1",
    ];
    let toll = one("toll", &rows);
    assert_eq!((toll.scope.as_deref(), told(&toll)), (Some("soldiers"), vec![("2018", Some(1.5))]));
    let risks = all("risk", &rows);
    assert_eq!(places(&risks), [(None, None), (None, Some("civilians")), (None, Some("soldiers"))]);
    assert_eq!(risks.iter().map(|series| series.points[0].value).collect::<Vec<_>>(), [Some(100.0), Some(90.0), Some(12.0)]);
}

#[test]
fn a_rate_stays_within_a_region() {
    let rows = ["deaths,2018,north,6,,X p1", "deaths,2018,south,8,,X p1", "troops,2018-06,north,2000,,X p1", "troops,2018-06,,9000,,X p1"];
    let with_points: Vec<Series> = all("risk", &rows).into_iter().filter(|series| !series.points.is_empty()).collect();
    assert_eq!(places(&with_points), [(Some("north"), None)]);
    assert_eq!(told(&with_points[0]), [("2018", Some(3.0))]);
}

#[test]
fn a_rate_is_divided_by_a_sum_of_regions_as_well() {
    let rows = ["deaths,2018,,12,soldiers,X p1", "attacks,2018,north,5,,X p1", "attacks,2018,south,3,,X p1"];
    assert_eq!(told(&one("toll", &rows)), [("2018", Some(1.5))]);
}

#[test]
fn the_series_that_is_divided_by_is_the_one_with_the_most_numbers() {
    let rows =
        ["deaths,2018,,6,,X p1", "troops,2018-06,,> 1000,,X p1", "troops,2018-07,,> 1000,,X p1", "troops,2018-08,,2000,in camps,X p1"];
    assert_eq!(told(&one("risk", &rows)), [("2018", Some(3.0))], "what has no number divides nothing");
}

#[test]
fn sums_and_rates_beyond_what_a_number_holds_are_no_points() {
    let rows = ["idps,2018,north,1e308,,X p1", "idps,2018,south,1e308,,X p1", "deaths,2018,,1e308,,X p1", "troops,2018,,1e-308,,X p1"];
    let all = series(&study(&rows));
    assert!(all.iter().flat_map(|series| series.numbers()).all(|(_, value)| value.is_finite()), "{all:#?}");
}

// --- Courses ---------------------------------------------------------------------------------------------------------

#[test]
fn a_point_counts_in_the_phase_that_holds_its_middle_day() {
    let course = course(&[
        "trust,2018-12,,1,,X p1",
        // 31 days, of which the middle one is 1 January 2019.
        "trust,2018-12-17..2019-01-16,,2,,X p1",
        // 30 days: of the two middle ones the earlier, 31 December 2018.
        "trust,2018-12-17..2019-01-15,,3,,X p1",
        "trust,2019-06-01,,4,,X p1",
    ]);
    let mut first = course.by_phase[0].values.clone();
    first.sort_by(f64::total_cmp);
    assert_eq!((first, course.by_phase[1].values.clone()), (vec![1.0, 3.0], vec![2.0, 4.0]));
    assert_eq!(course.by_phase.iter().map(|phase| phase.id.as_str()).collect::<Vec<_>>(), ["P1", "P2"]);
    assert_eq!(course.by_phase[1].seen, Seen::Rising);
}

#[test]
fn the_window_is_tested_apart_from_all_points_where_some_lie_outside() {
    let rows = ["trust,2016,,9,,X p1", "trust,2017,,8,,X p1", "trust,2018,,1,,X p1", "trust,2019,,2,,X p1", "trust,2020,,3,,X p1"];
    let outside = course(&rows);
    assert_eq!((outside.window.points, outside.window.trend.to_string().as_str()), (2, "rising, 2 points: too few points for a test"));
    let whole = outside.whole.unwrap();
    // Of 9 8 1 2 3 three pairs rise and seven fall: S = −4, z = −3/√(50/3) = −.73.
    assert_eq!((whole.points, whole.trend.tested().map(|trend| (trend.s, trend.direction))), (5, Some((-4, Direction::NoTrend))));
    assert_eq!(outside.by_phase.iter().map(|phase| phase.values.clone()).collect::<Vec<_>>(), [[1.0], [2.0]]);
    let inside = course(&["trust,2018,,1,,X p1", "trust,2019,,2,,X p1"]);
    assert_eq!((inside.window.points, inside.whole), (2, None));
}

#[test]
fn under_five_points_a_trend_is_told_in_words() {
    let rows = |values: &[i32]| -> Course {
        let rows: Vec<String> = (1..).zip(values).map(|(month, value)| format!("trust,2018-{month:02},,{value},,X p1")).collect();
        course(&rows.iter().map(String::as_str).collect::<Vec<_>>())
    };
    for (values, words, seen) in [
        (vec![1, 2, 3, 4], "rising, 4 points: too few points for a test", Seen::Rising),
        (vec![4, 3, 1], "falling, 3 points: too few points for a test", Seen::Falling),
        (vec![4, 4], "neither rising nor falling, 2 points: too few points for a test", Seen::Even),
        (vec![4], "no direction to be seen, 1 point: too few points for a test", Seen::Nothing),
    ] {
        let course = rows(&values);
        assert_eq!((course.window.trend.to_string().as_str(), course.by_phase[0].seen), (words, seen));
        assert!(
            course.window.slope.as_ref().unwrap().tested().is_none()
                && course.window.shift.tested().is_none()
                && course.window.between.is_none()
        );
    }
    assert!(matches!(rows(&[1, 2, 3, 4, 5]).window.trend, Outcome::Tested(_)));
}

#[test]
fn a_clear_rise_is_a_trend() {
    let rows: Vec<String> = (1..=8).map(|month| format!("trust,2018-{month:02}-01,,{month},,X p1")).collect();
    let course = course(&rows.iter().map(String::as_str).collect::<Vec<_>>());
    // All 28 pairs rise; the variance is 8·7·21/18 = 65.33, z = 27/8.083 = 3.34, p = .0008.
    assert_eq!(course.window.trend.to_string(), "increasing, tau 1.00, p < 0.001, 8 points");
    // One a month: 1/31 a day between neighbours of long months, 7/212 from end to end.
    let slope = course.window.slope.as_ref().unwrap().tested().unwrap();
    assert!((1.0 / 31.0..=1.0 / 28.0).contains(&slope.slope), "{slope}");
    assert_eq!(course.by_phase[0].seen, Seen::Rising);
}

#[test]
fn a_break_is_told_with_the_dates_on_both_sides() {
    let values = [3, 1, 4, 2, 5, 13, 11, 14, 12, 15];
    let rows: Vec<String> = (1..).zip(values).map(|(month, value)| format!("trust,2018-{month:02},,{value},,X p1")).collect();
    let course = course(&rows.iter().map(String::as_str).collect::<Vec<_>>());
    // K is 25, the most that ten values can have: of all 252 ways to choose the first five, two. p = 2/252 = .008.
    assert_eq!(course.window.shift.to_string(), "break after 5 of 10 points, p 0.008 (exact)");
    assert_eq!(course.window.between, Some(("2018-05".into(), "2018-06".into())));
    // Without a break no dates.
    let flat = self::course(&[
        "trust,2018-01,,1,,X p1",
        "trust,2018-02,,3,,X p1",
        "trust,2018-03,,2,,X p1",
        "trust,2018-04,,1,,X p1",
        "trust,2018-05,,3,,X p1",
    ]);
    assert!(flat.window.shift.tested().is_some_and(|shift| !shift.broken) && flat.window.between.is_none());
}

#[test]
fn before_and_after_an_instrument_stands_what_surely_lies_there() {
    let rows = [
        "trust,2018-05,,1,,X p1",
        "trust,2018-06-30,,2,,X p1",
        "trust,2018-07-05,,3,,X p1",
        "trust,2018-07,,4,,X p1",
        "trust,2018-07-20,,5,,X p1",
        "trust,2018-08,,6,,X p1",
    ];
    let course = course(&rows);
    let [day, month] = course.mandates.as_slice() else { panic!("{:?}", course.mandates) };
    // Adopted on 10 July: the 5th is before, the 20th after; all of July is neither.
    assert_eq!((day.instrument.as_str(), day.adopted.to_string().as_str()), ("day", "2018-07-10"));
    assert_eq!((day.before.clone(), day.after.clone()), (Some(("2018-07-05".into(), 3.0)), Some(("2018-07-20".into(), 5.0))));
    // Adopted some day in July: only June and August are sure.
    assert_eq!((month.instrument.as_str(), month.adopted.to_string().as_str()), ("month", "2018-07"));
    assert_eq!((month.before.clone(), month.after.clone()), (Some(("2018-06-30".into(), 2.0)), Some(("2018-08".into(), 6.0))));
}

#[test]
fn a_value_of_the_day_itself_is_neither_before_nor_after() {
    let only = course(&["trust,2018-07-10,,3,,X p1", "trust,2018-07,,none,,X p1"]);
    assert!(only.mandates.iter().all(|beside| beside.before.is_none() && beside.after.is_none()));
    let around = course(&["trust,2018-07-09,,3,,X p1", "trust,2018-07-11,,4,,X p1", "trust,2018-07-12,,> 9,,X p1"]);
    let beside = &around.mandates[0];
    assert_eq!((beside.before.clone(), beside.after.clone()), (Some(("2018-07-09".into(), 3.0)), Some(("2018-07-11".into(), 4.0))));
}

// --- Outputs ---------------------------------------------------------------------------------------------------------

/// A tree in one line a leaf.
fn flat(tree: &Explanation, into: &mut Vec<String>) {
    into.push(format!("{}  {}", tree.label, tree.text));
    tree.parts.iter().for_each(|part| flat(part, into));
}

/// Values that have something for each part of a tree.
const TREE: [&str; 7] = [
    "trust,2017,,90,,X p1",
    "trust,2018-05,,30,,X p1",
    "trust,2018-06,,35,,R p2",
    "trust,2018-06,,34.5,,Y p3",
    "trust,2018-08,,40,,X p1",
    "trust,2019-03,,52.1255,,X p4",
    "trust,undated,,about 8,,Y p5",
];

#[test]
fn the_tree_of_an_indicator_tells_all_that_its_series_did() {
    let assessment = study(&TREE).assess(&Method::default());
    let tree = assessment.explain("trust").unwrap();
    // The point of 2017 is before the window: the window has four points, the whole five.
    insta::assert_snapshot!(tree, @"
    trust  Trust (X p1)
    ├─ origin   outside
    ├─ series   land: rising, 4 points: too few points for a test
    │  ├─ all points  no trend, tau 0.20, p 0.806, 5 points
    │  │  ├─ slope  0.060 a day (-0.19 to 0.17), 5 points
    │  │  └─ break  no break, p 0.917 (exact), 5 points
    │  ├─ P1          rising: 30, 35, 40
    │  ├─ P2          52.126
    │  ├─ conflict    2018-06: 35 (R); 34.5 (Y)
    │  ├─ set aside   undated, about 8: not dated
    │  ├─ beside      day of 2018-07-10: before it 35 (2018-06), after it 40 (2018-08)
    │  └─ beside      month of 2018-07: before it 35 (2018-06), after it 40 (2018-08)
    ├─ 2017     90 (X p1)
    ├─ 2018-05  30 (X p1)
    ├─ 2018-06  35 (R p2)
    ├─ 2018-06  34.5 (Y p3)
    ├─ 2018-08  40 (X p1)
    ├─ 2019-03  52.1255 (X p4)
    └─ undated  about 8 (Y p5)
    ");
}

#[test]
fn the_tree_of_a_sum_and_of_a_rate_tells_what_they_are_made_of() {
    let rows =
        ["attacks,2018,north,5,,X p1", "attacks,2018,south,3,,X p1", "deaths,2018,,12,soldiers,X p1", "deaths,2019,,9,soldiers,X p1"];
    let assessment = study(&rows).assess(&Method::default());
    insta::assert_snapshot!(assessment.explain("attacks").unwrap(), @"
    attacks  Attacks (X p1)
    ├─ origin  outside
    ├─ series  north: no direction to be seen, 1 point: too few points for a test
    │  └─ P1  5
    ├─ series  south: no direction to be seen, 1 point: too few points for a test
    │  └─ P1  3
    ├─ series  land, the sum of north, south: no direction to be seen, 1 point: too few points for a
    │          test
    │  ├─ P1    8
    │  └─ 2018  8
    ├─ 2018    5, north (X p1)
    └─ 2018    3, south (X p1)
    ");
    insta::assert_snapshot!(assessment.explain("toll").unwrap(), @"
    toll  Deaths per attack (by the coder)
    ├─ origin  coder
    └─ series  land, soldiers, deaths per attacks: no direction to be seen, 1 point: too few points for
               a test
       ├─ P1         1.5
       ├─ 2018       1.5
       └─ set aside  2019, 9: without a value to divide by on its days
    ");
}

#[test]
fn nothing_beside_a_mandate_is_called_its_effect() {
    let mut lines = Vec::new();
    flat(&study(&TREE).assess(&Method::default()).explain("trust").unwrap(), &mut lines);
    assert!(
        lines.iter().any(|line| line.starts_with("beside  day of 2018-07-10: before it 35 (2018-06), after it 40 (2018-08)")),
        "{lines:#?}"
    );
    for id in ["idps", "wgi-mean", "hostile-deaths", "hostile-deaths-rate", "conflict-deaths-ucdp"] {
        flat(&minusma().explain(id).unwrap(), &mut lines);
    }
    let section = section(&printed(MINUSMA, &[]));
    for word in ["because", "cause", "effect of", "due to", "led to", "thanks to", "result of", "owing"] {
        assert!(lines.iter().all(|line| !line.to_lowercase().contains(word)), "{word}");
        assert!(!section.to_lowercase().contains(word), "{word}");
    }
    assert!(section.contains("not why"));
}

#[test]
fn the_json_holds_the_courses_that_programs_see() {
    for assessment in [study(&TREE).assess(&Method::default()), minusma().clone()] {
        let json: serde_json::Value = serde_json::from_str(&serde_json::to_string(&assessment).unwrap()).unwrap();
        let seen: serde_json::Value = serde_json::from_str(&serde_json::to_string(assessment.indicators()).unwrap()).unwrap();
        assert_eq!(json["indicators"], seen);
        assert_eq!(assessment.indicators(), courses(assessment.study(), &TestRule::default()));
        assert_eq!(assessment.indicators().iter().map(|course| course.series.clone()).collect::<Vec<_>>(), series(assessment.study()));
        for key in ["indicator", "region", "scope", "made", "points", "set_aside", "window", "whole", "by_phase", "mandates"] {
            assert!(json["indicators"][0].get(key).is_some(), "no `indicators[].{key}`");
        }
    }
}

#[test]
fn the_rule_of_the_method_reaches_the_courses() {
    let rule = TestRule::default().with_least_points(2).unwrap();
    let method: Method = serde_json::from_str(r#"{ "series": { "least_points": 2 } }"#).unwrap();
    let assessment = study(&["trust,2018,,1,,X p1", "trust,2019,,2,,X p1"]).assess(&method);
    assert!(matches!(assessment.indicators()[0].window.trend, Outcome::Tested(_)));
    assert_eq!(assessment.indicators(), courses(assessment.study(), &rule));
}

/// What the desk prints.
fn printed(directory: &str, args: &[&str]) -> String {
    crate::desk::text(Some(directory), lexopt::Parser::from_args(args)).unwrap()
}

/// What the desk prints of a case in memory.
fn printed_of(name: &str, case: &Case, args: &[&str]) -> String {
    let directory = std::env::temp_dir().join(format!("peaceops-series-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    for (file, text) in case.texts() {
        std::fs::write(directory.join(file), text).unwrap();
    }
    let text = printed(directory.to_str().unwrap(), args);
    std::fs::remove_dir_all(&directory).unwrap();
    text
}

/// Section 3b of a page.
#[track_caller]
fn section(text: &str) -> String {
    let from = text.find("3b MEASURED SERIES").unwrap_or_else(|| panic!("no section 3b:\n{text}"));
    let rest = &text[from..];
    let own = rest.lines().enumerate().take_while(|(at, line)| *at == 0 || !line.starts_with("──"));
    own.map(|(_, line)| line).collect::<Vec<_>>().join("\n")
}

/// A text in one line.
fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_section_of_the_desk_fits_and_shows_its_charts() {
    for args in [vec![], vec!["--all"]] {
        let section = section(&printed(MINUSMA, &args));
        assert!(section.lines().all(|line| line.chars().count() <= 100), "{section}");
        let row = section.lines().find(|line| line.contains("Internally displaced persons") && line.contains('|')).unwrap();
        // P1 begins at the greatest value, P3 ends below it; phases are parted by two bars.
        assert!(row.contains('█') && row.contains('▁') && row.matches('|').count() == 2, "{row}");
        assert!(row.contains("350000, 147861") && joined(&section).contains("turns between phases"), "{section}");
    }
    let all = section(&printed(MINUSMA, &["--all"]));
    assert!(all.lines().count() > section(&printed(MINUSMA, &[])).lines().count());
    assert!(!all.contains("under 4 points"), "where all are asked for, only those without a point are left out: {all}");
}

#[test]
fn no_two_rows_of_the_desk_have_the_same_name_and_what_was_counted_is_told() {
    let text = section(&printed(MINUSMA, &[]));
    let is_step = |c: &char| ('▁'..='█').contains(c);
    // Rows of the table have a chart behind their name.
    let rows = text.lines().filter(|line| line.contains('|') && line.chars().any(|c| is_step(&c)));
    let mut names: Vec<String> =
        rows.map(|line| line.chars().take_while(|c| *c != '|' && !is_step(c)).collect::<String>().trim().to_owned()).collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert!(all > 0 && names.len() == all, "{names:#?}");
    assert!(names.iter().any(|name| name.starts_with("Deaths by hostile") && name.ends_with("(peacekeepers)")), "{names:#?}");
}

#[test]
fn the_chart_of_the_desk_by_hand() {
    // 10 is the least and 80 the greatest: steps of ten.
    let values = [("2018-01", 10), ("2018-03", 20), ("2018-05", 40), ("2019-01", 80), ("2019-03", 50)];
    let rows: Vec<String> = values.iter().map(|(when, value)| format!("trust,{when},,{value},,X p1")).collect();
    let case = case(&rows.iter().map(String::as_str).collect::<Vec<_>>());
    let text = section(&printed_of("chart", &case, &[]));
    assert!(text.contains("▁▂▄|█▅"), "{text}");
    assert!(text.contains("10, 50"), "{text}");
}

#[test]
fn the_desk_never_prints_a_p_of_nothing() {
    let rows: Vec<String> = (1..=12).map(|month| format!("attacks,2018-{month:02},,{month},,X p1")).collect();
    let text = section(&printed_of("p", &case(&rows.iter().map(String::as_str).collect::<Vec<_>>()), &[]));
    // S = 66 of 66: z = 65/√212.67 = 4.46, p = .000008.
    assert!(text.contains("rises (-)") && !text.contains("p 0.000"), "{text}");
    assert!(text.contains("p < 0.001"), "{text}");
}

#[test]
fn what_rounds_to_nothing_is_told_as_nothing() {
    let case =
        case(&["trust,2018-01,,-0.0001,,X p1", "trust,2018-02,,-0,,X p1", "trust,2018-03,,-0.004,,X p1", "trust,2018-04,,-0.0004,,X p1"]);
    let text = section(&printed_of("zero", &case, &[]));
    assert!(text.contains("  0, 0  "), "{text}");
    let tree = case.study().assess(&Method::default()).explain("trust").unwrap().to_string();
    assert!(tree.contains("0, 0, -0.004, 0") && !tree.contains("-0, "), "{tree}");
}

#[test]
fn the_desk_tells_every_reason_for_which_values_are_set_aside() {
    let rows = ["deaths,2018,,4,,X p1", "deaths,2019,,4,,X p1", "troops,2018,,100,,X p1"];
    let text = joined(&section(&printed_of("aside", &case(&rows), &["--all"])));
    // The rate of 2019 has no strength to divide by.
    assert!(text.contains("1 value is set aside: "), "{text}");
    assert!(text.contains(WhyNot::NothingToDivideBy.words()), "it is for want of a divisor: {text}");
}

#[test]
fn huge_and_tiny_values_keep_within_the_width_of_the_desk() {
    let huge = ["1e308", "-1e308", "1.7976931348623157e308", "5e-324", "-0", "0.0001", "-0.0001"];
    let mut rows: Vec<String> =
        (1..).zip(huge).map(|(month, value)| format!("trust,2018-{month:02},,{value},{},X p1", "scope ".repeat(40))).collect();
    rows.extend((1..).zip(huge).map(|(month, value)| format!("deaths,2018-{month:02},,{value},,X p1")));
    rows.extend((1..).zip(huge).map(|(month, value)| format!("troops,2018-{month:02},,{value},,X p1")));
    let case = case(&rows.iter().map(String::as_str).collect::<Vec<_>>());
    for args in [vec![], vec!["--all"], vec!["--explain", "trust"], vec!["--explain", "risk"]] {
        let text = printed_of("huge", &case, &args);
        for line in text.lines() {
            assert!(line.chars().count() <= 100, "{args:?}: {line}");
        }
        assert!(!text.contains("NaN") && !text.contains(" inf"), "{args:?}: {text}");
    }
}

// --- MINUSMA ---------------------------------------------------------------------------------------------------------

#[test]
fn displacement_in_mali_falls_and_then_rises() {
    let course = of_minusma("idps", None, None);
    let phases: Vec<_> = course.by_phase.iter().map(|phase| (phase.id.as_str(), phase.seen)).collect();
    assert_eq!((phases[0], phases[2]), (("P1", Seen::Falling), ("P3", Seen::Rising)));
    assert_eq!(course.by_phase[0].values, [350_000.0, 283_726.0, 218_000.0, 199_575.0, 128_866.0, 101_279.0, 99_816.0, 86_026.0]);
    assert_eq!(course.by_phase[2].values, [77_046.0, 106_164.0, 120_000.0, 147_861.0]);
}

#[test]
fn two_counts_of_the_displaced_of_october_2013_stand_as_a_conflict() {
    let series = &of_minusma("idps", None, None).series;
    let conflicts: Vec<&str> = series.points.iter().filter(|point| point.is_conflicting()).map(|point| point.when.as_str()).collect();
    assert_eq!((conflicts.as_slice(), series.conflicts()), (["2013-10", "2016-06", "2019-05"].as_slice(), 3));
    let october = series.points.iter().find(|point| point.when == "2013-10").unwrap();
    assert_eq!(values(october), [("283726", Some(283_726.0), vec!["S69"]), ("311000", Some(311_000.0), vec!["S67"])]);
    assert_eq!(october.value, Some(283_726.0));
    // In June 2016 the report's stands first, though not lowest in print alone.
    let june = series.points.iter().find(|point| point.when == "2016-06").unwrap();
    assert_eq!(values(june), [("about 33000", Some(33_000.0), vec!["R"]), ("37801", Some(37_801.0), vec!["S75"])]);
    let mut lines = Vec::new();
    flat(&minusma().explain("idps").unwrap(), &mut lines);
    assert!(lines.contains(&"conflict  2013-10: 283726 (S69); 311000 (S67)".to_owned()), "{lines:#?}");
}

#[test]
fn the_rate_of_deaths_by_hostile_acts_has_two_years() {
    let all: Vec<&Course> =
        minusma().indicators().iter().filter(|course| course.series.indicator.as_str() == "hostile-deaths-rate").collect();
    let with_points: Vec<&Course> = all.iter().copied().filter(|course| !course.series.points.is_empty()).collect();
    assert_eq!(with_points.len(), 1);
    let series = &with_points[0].series;
    assert_eq!((series.region.as_ref(), series.scope.as_deref()), (None, Some("peacekeepers")));
    // 2017: 21 deaths, 11698 military in December. 2018: 11 deaths, 11795 in March and 12231 later: the lower.
    assert_eq!(told(series), [("2017", Some(21_000.0 / 11_698.0)), ("2018", Some(11_000.0 / 11_795.0))]);
    let asides = [("2015", "11"), ("2019", "22"), ("2020", "6"), ("2021", "19")];
    assert_eq!(aside(series), asides.map(|(when, text)| (when, text, WhyNot::NothingToDivideBy)));
}

#[test]
fn the_shares_of_displaced_in_the_regions_of_mali_are_not_taken_for_the_whole() {
    // Only some regions have a value on any date, and the country has its own: nothing is added up.
    assert!(minusma().indicators().iter().filter(|course| course.series.indicator.as_str() == "idps").all(|course| {
        match &course.series.made {
            Made::AddedUp(parts) => course.series.region.is_some() && parts.len() > 1,
            made => *made == Made::Observed,
        }
    }));
}

// --- Laws ------------------------------------------------------------------------------------------------------------

/// A date or period of any kind.
fn when() -> impl Strategy<Value = String> {
    const ODD: &[&str] = &["undated", "mission", "current", "outside", "1900", "9999-12-31", "1900..2100", "2018-02-29", "2020-02-29"];
    let date = || {
        prop_oneof![
            (2016..2021_i32).prop_map(|year| year.to_string()),
            (2017..2020_i32, 1..=12_u32).prop_map(|(year, month)| format!("{year}-{month:02}")),
            (2018..2020_i32, 1..=12_u32, 1..=28_u32).prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}")),
        ]
    };
    prop_oneof![
        6 => date(),
        3 => (date(), date()).prop_map(|(from, to)| if from <= to { format!("{from}..{to}") } else { format!("{to}..{from}") }),
        1 => date().prop_map(|date| format!("..{date}")),
        1 => date().prop_map(|date| format!("{date}..")),
        1 => select(ODD).prop_map(str::to_owned),
    ]
}

/// A figure as it might be printed.
fn figure() -> impl Strategy<Value = String> {
    const ODD: &[&str] = &[
        "> 5",
        ">= 5",
        "< 5",
        "<= 5",
        "about 7",
        "5..20",
        "none",
        "many",
        "NaN",
        "-NaN",
        "inf",
        "-inf",
        "infinity",
        "1e308",
        "-1e308",
        "1e309",
        "5e-324",
        "-5e-324",
        "1.7976931348623157e308",
        "-1.7976931348623157e308",
        "0",
        "-0",
        "about -0",
        "about inf",
        "about 1e308",
        "+3",
        "03",
        ".5",
        "5.",
    ];
    prop_oneof![
        6 => (-3..40_i32).prop_map(|number| number.to_string()),
        2 => any::<f64>().prop_map(|number| number.to_string()),
        3 => select(ODD).prop_map(str::to_owned),
        1 => "(about |>|<=|none |\\PC)\\PC{0,8}",
    ]
}

fn observation() -> impl Strategy<Value = ObservationRecord> {
    let indicator = select(&["idps", "troops", "attacks", "deaths", "trust", "risk"][..]);
    let region = select(&["", "land", "north", "south", "town", "plain"][..]);
    let cite = select(&["X p1", "Y p2", "R p3", "Y p4; X p5", "X p6; R p7"][..]);
    let scope = select(&["", "", "soldiers"][..]);
    (indicator, when(), region, figure(), scope, cite).prop_map(|(indicator, when, region, value, scope, cite)| ObservationRecord {
        indicator: indicator.into(),
        when,
        region: region.into(),
        value,
        scope: scope.into(),
        cite: cite.into(),
        ..ObservationRecord::default()
    })
}

/// The study of records, where they have no fault.
fn of_records(rows: &[ObservationRecord]) -> Option<CaseStudy> {
    static DOCUMENT: OnceLock<CaseDocument> = OnceLock::new();
    let document = DOCUMENT.get_or_init(|| CaseDocument::from_texts(Case::one("case.toml", LAND).texts()).unwrap());
    let mut document = document.clone();
    document.observations = rows.to_vec();
    CaseStudy::try_from(document).ok()
}

/// Few dates, regions and values, so that many meet.
fn crowded() -> impl Strategy<Value = Vec<ObservationRecord>> {
    let whens = select(&["2018-01", "2018-01-01..2018-01-31", "2018-02", "2018", "2019", "undated"][..]);
    let values = select(&["1", "2", "about 2", "> 1", "none"][..]);
    let row =
        (observation(), whens, values).prop_map(|(row, when, value)| ObservationRecord { when: when.into(), value: value.into(), ..row });
    prop::collection::vec(row, 1..16)
}

/// Where JSON may hold nothing; anywhere else it would be a number that is none.
const MAY_BE_NULL: [&str; 8] = ["region", "scope", "whole", "between", "before", "after", "split", "number"];

fn no_lost_number(json: &serde_json::Value, path: &str) -> Result<(), String> {
    use serde_json::Value;
    match json {
        Value::Null => Err(format!("null at {path}")),
        Value::Array(items) => items.iter().enumerate().try_for_each(|(at, item)| no_lost_number(item, &format!("{path}[{at}]"))),
        Value::Object(fields) => fields.iter().try_for_each(|(key, field)| {
            // A point has no value where no source gives a number.
            let wordless = key == "value"
                && fields["values"].as_array().is_some_and(|all| !all.is_empty() && all.iter().all(|one| one["number"].is_null()));
            if field.is_null() && (MAY_BE_NULL.contains(&key.as_str()) || wordless) {
                Ok(())
            } else {
                no_lost_number(field, &format!("{path}.{key}"))
            }
        }),
        _ => Ok(()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    /// The order of rows says nothing.
    #[test]
    fn the_order_of_observations_changes_nothing(
        (rows, turned) in crowded().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle()))
    ) {
        let (one, other) = (of_records(&rows).unwrap(), of_records(&turned).unwrap());
        prop_assert_eq!(courses(&one, &TestRule::default()), courses(&other, &TestRule::default()));
    }

    /// Neither does a row that is told twice.
    #[test]
    fn a_duplicated_observation_changes_nothing(rows in crowded(), at in any::<prop::sample::Index>()) {
        let mut twice = rows.clone();
        twice.push(rows[at.index(rows.len())].clone());
        let (one, other) = (of_records(&rows).unwrap(), of_records(&twice).unwrap());
        prop_assert_eq!(courses(&one, &TestRule::default()), courses(&other, &TestRule::default()));
    }

    /// A region's sum is that of its parts, date by date, and there is one wherever all parts have a value.
    #[test]
    fn sums_are_those_of_the_parts(rows in crowded()) {
        let study = of_records(&rows).unwrap();
        let all = series(&study);
        let is = |one: &Series, like: &Series, region: &str| {
            one.indicator == like.indicator && one.scope == like.scope && one.region.as_ref().is_some_and(|id| id.as_str() == region)
        };
        let at = |like: &Series, region: &str, point: &Point| {
            let part = all.iter().find(|one| is(one, like, region))?;
            part.points.iter().find(|other| other.days == point.days)?.value
        };
        for sum in &all {
            let Made::AddedUp(parts) = &sum.made else { continue };
            prop_assert!(study.indicator(&sum.indicator).unwrap().adds_up);
            let key = |one: &Series| (one.indicator.clone(), one.region.clone(), one.scope.clone());
            prop_assert_eq!(all.iter().filter(|one| key(one) == key(sum)).count(), 1, "nothing else stands for the region");
            for point in &sum.points {
                let values: Option<Vec<f64>> = parts.iter().map(|part| at(sum, part.as_str(), point)).collect();
                prop_assert_eq!(point.value, values.map(|values| values.iter().sum()));
            }
        }
        // Conversely, for the north and its two parts.
        for town in all.iter().filter(|one| one.indicator.as_str() == "idps" && is(one, one, "town")) {
            let north = all.iter().find(|one| is(one, town, "north"));
            for (point, _) in town.numbers().filter(|(point, _)| at(town, "plain", point).is_some()) {
                let north = north.unwrap();
                prop_assert!(north.made == Made::Observed || north.points.iter().any(|other| other.days == point.days));
            }
        }
    }

    /// Whatever is observed, every number is one, and every text of it is shown.
    #[test]
    fn no_number_is_infinite_or_none(rows in prop::collection::vec(observation(), 0..24)) {
        let Some(study) = of_records(&rows) else { return Ok(()) };
        let assessment = study.assess(&Method::default());
        let json = serde_json::to_value(assessment.indicators()).unwrap();
        prop_assert_eq!(no_lost_number(&json, "indicators"), Ok(()));
        for course in assessment.indicators() {
            prop_assert!(course.series.numbers().all(|(_, value)| value.is_finite()));
            prop_assert!(course.by_phase.iter().flat_map(|phase| &phase.values).all(|value| value.is_finite()));
            prop_assert!(course.series.points.windows(2).all(|pair| pair[0].days != pair[1].days));
        }
        for id in ["idps", "troops", "attacks", "deaths", "trust", "risk", "toll"] {
            let tree = assessment.explain(id).unwrap().to_string();
            prop_assert!(tree.lines().all(|line| line.chars().count() <= 100), "{}", tree);
        }
    }

    /// Nor where sums and quotients are beyond what a number holds.
    #[test]
    fn no_result_of_huge_numbers_is_infinite(
        mut rows in crowded(),
        values in prop::collection::vec(select(&["1e308", "-1e308", "1e-308", "about 1e307", "5e-324", "2"][..]), 16),
    ) {
        for (row, value) in rows.iter_mut().zip(values) {
            row.value = value.into();
        }
        let assessment = of_records(&rows).unwrap().assess(&Method::default());
        let json = serde_json::to_value(assessment.indicators()).unwrap();
        prop_assert_eq!(no_lost_number(&json, "indicators"), Ok(()));
    }

    /// Every observation is a value of a point or set aside, and no point has another's.
    #[test]
    fn every_observation_is_told_once(rows in prop::collection::vec(observation(), 0..24)) {
        let Some(study) = of_records(&rows) else { return Ok(()) };
        let all = series(&study);
        let observed = || all.iter().filter(|series| series.made == Made::Observed);
        for row in study.observations() {
            let held = observed().any(|series| {
                series.indicator == row.indicator
                    && (series.set_aside.iter().any(|aside| aside.text == row.value.text() && aside.when == row.when.to_string())
                        || series.points.iter().flat_map(|point| &point.values).any(|value| value.text == row.value.text()))
            });
            prop_assert!(held, "{:?}", row);
        }
        let values = |series: &Series| series.points.iter().map(|point| point.values.len()).sum::<usize>();
        let told: usize = observed().map(|series| series.set_aside.len() + values(series)).sum();
        prop_assert!(told <= study.observations().len());
    }
}
