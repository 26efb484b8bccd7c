//! Composite indicators: published numbers, what other software computes, worked examples, properties.
//!
//! Sources: methodology.md, section 6 (HDI 2023/24, TAI of HDR 2001, COINr's documented ASEM example); COINr
//! 1.1.14 (R) on a small data set made for this project.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests stop at what they did not expect")]

use peaceops::indicator::composite::aggregate::{arithmetic, geometric, harmonic, median, minimum, power};
use peaceops::indicator::composite::normalise::{borda, goalposts, min_max, percentile_rank, z_score};
use peaceops::indicator::composite::treat::{How, kurtosis, logged, skewness, winsorised};
use peaceops::indicator::composite::{
    Aggregation, Composite, Faults, Floor, FloorOf, Group, Imputation, Indicator, Kind, Normaliser, Onto, Outcome, Outliers, Per, Plan,
    Range, Reason, Scores, Table, Transform, Treatment,
};
use peaceops::measure::{Decimal, Weight};
use peaceops::scale::Better::{self, Higher, Lower};
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;

/// Other software prints fifteen digits.
const SOFTWARE: f64 = 1e-12;
/// What sums of the same terms in another order may differ by, on scales up to 100.
const ROUNDING: f64 = 1e-9;

const HUNDRED: Onto = Onto { low: 0.0, high: 100.0 };
const FROM_ONE: Onto = Onto { low: 1.0, high: 100.0 };

#[track_caller]
fn close(found: Option<f64>, expected: impl Into<Option<f64>>, tolerance: f64) {
    let expected = expected.into();
    let near = match (found, expected) {
        (Some(found), Some(expected)) => (found - expected).abs() <= tolerance,
        (found, expected) => found == expected,
    };
    assert!(near, "{found:?} is not {expected:?}");
}

/// Equal to a number with so many printed decimals.
#[track_caller]
fn printed(found: Option<f64>, expected: f64, decimals: i32) {
    close(found, expected, 0.5 * 10f64.powi(-decimals) + ROUNDING);
}

fn value(scores: &Scores, unit: &str, element: &str) -> Option<f64> {
    scores.outcome(unit, element).expect("the unit and the element are there").value()
}

fn why(scores: &Scores, unit: &str, element: &str) -> Option<Reason> {
    scores.outcome(unit, element).expect("the unit and the element are there").reason()
}

fn table(units: &[&str], columns: &[(&str, &[Option<f64>])]) -> Table {
    let mut table = Table::new(units).unwrap();
    for (id, values) in columns {
        table.column(id, values).unwrap();
    }
    table
}

fn posts(low: f64, high: f64) -> Option<Normaliser> {
    Some(Normaliser::Goalposts { low, high, onto: Onto::default() })
}

fn part(id: &str, of: &str, aggregation: Aggregation) -> Group {
    Group { group: Some(of.into()), ..Group::new(id, aggregation) }
}

/// Indicators in one group, all higher the better, each a column of one unit with its value.
fn of_one_unit(values: &[Option<f64>], aggregation: Aggregation, normaliser: Normaliser) -> Scores {
    let names: Vec<String> = (0..values.len()).map(|at| format!("i{at}")).collect();
    let plan = Plan::new(Composite {
        indicators: names.iter().map(|name| Indicator::new(name, "whole", Higher)).collect(),
        groups: vec![Group { floor: Floor::NONE, ..Group::new("whole", aggregation) }],
        ..Composite::new("one", normaliser)
    })
    .unwrap();
    let mut table = Table::new(["u"]).unwrap();
    for (name, value) in names.iter().zip(values) {
        table.column(name, &[*value]).unwrap();
    }
    plan.run(&table).unwrap()
}

fn identity() -> Normaliser {
    Normaliser::Goalposts { low: 0.0, high: 100.0, onto: HUNDRED }
}

// --- Published numbers -----------------------------------------------------------------------------------------------

/// The Human Development Index with goalposts of its technical note.
fn hdi(aggregation: Aggregation) -> Plan {
    Plan::new(Composite {
        indicators: vec![
            Indicator { normaliser: posts(20.0, 85.0), ..Indicator::new("life-expectancy", "health", Higher) },
            Indicator { normaliser: posts(0.0, 18.0), ..Indicator::new("expected-years", "education", Higher) },
            Indicator { normaliser: posts(0.0, 15.0), ..Indicator::new("mean-years", "education", Higher) },
            Indicator { normaliser: posts(100.0, 75_000.0), transform: Transform::Log, ..Indicator::new("gni", "income", Higher) },
        ],
        groups: vec![
            Group::new("hdi", aggregation),
            part("health", "hdi", Aggregation::Arithmetic),
            part("education", "hdi", Aggregation::Arithmetic),
            part("income", "hdi", Aggregation::Arithmetic),
        ],
        ..Composite::new("hdi-2022", Normaliser::PercentileRank)
    })
    .unwrap()
}

fn three_countries() -> Table {
    table(
        &["mali", "south-sudan", "norway"],
        &[
            ("life-expectancy", &[Some(59.417), Some(55.567), Some(83.393)]),
            ("expected-years", &[Some(7.037249603), Some(5.634770141), Some(18.63846016)]),
            ("mean-years", &[Some(1.626710057), Some(5.726140022), Some(13.06234279)]),
            ("gni", &[Some(2043.672433), Some(690.6607575), Some(69189.76165)]),
        ],
    )
}

#[test]
fn the_human_development_index_of_three_countries() {
    // methodology, section 6: components, and the published values of 2022
    let table = three_countries();
    let scores = hdi(Aggregation::Geometric).run(&table).unwrap();
    for (unit, health, education, income, whole) in
        [("mali", 0.6064, 0.2497, 0.4558, 0.410), ("south-sudan", 0.5472, 0.3474, 0.2919, 0.381), ("norway", 0.9753, 0.9354, 0.9878, 0.966)]
    {
        printed(value(&scores, unit, "health"), health, 4);
        printed(value(&scores, unit, "education"), education, 4);
        printed(value(&scores, unit, "income"), income, 4);
        printed(value(&scores, unit, "hdi"), whole, 3);
    }
    assert_eq!(value(&scores, "norway", "expected-years"), Some(1.0)); // clipped
    assert_eq!(scores.ranks("hdi"), [Some(2), Some(3), Some(1)]);
    // the geometric mean punishes the weak part
    let arithmetic = hdi(Aggregation::Arithmetic).run(&table).unwrap();
    printed(value(&arithmetic, "mali", "hdi"), 0.437, 3);
}

#[test]
fn the_technology_achievement_index_of_new_zealand() {
    // methodology, section 6: HDR 2001; electricity is capped at 6969, both of diffusion are logarithms
    let ends = [
        ("patents", "creation", 0.0, 994.0, 103.0),
        ("royalties", "creation", 0.0, 272.6, 13.0),
        ("hosts", "recent", 0.0, 232.4, 146.7),
        ("exports", "recent", 0.0, 80.8, 15.4),
        ("telephones", "old", 1.0, 901.0, 720.0),
        ("electricity", "old", 22.0, 6969.0, 8215.0),
        ("schooling", "skills", 0.8, 12.0, 11.7),
        ("tertiary", "skills", 0.1, 27.4, 13.1),
    ];
    let mut groups = vec![Group::new("tai", Aggregation::Arithmetic)];
    groups.extend(["creation", "recent", "old", "skills"].map(|id| part(id, "tai", Aggregation::Arithmetic)));
    let indicator = |(id, group, low, high, _): &(&str, &str, f64, f64, f64)| Indicator {
        normaliser: posts(*low, *high),
        transform: if *group == "old" { Transform::Log } else { Transform::None },
        ..Indicator::new(id, group, Higher)
    };
    let indicators = ends.iter().map(indicator).collect();
    let plan = Plan::new(Composite { indicators, groups, ..Composite::new("tai-2001", Normaliser::PercentileRank) }).unwrap();
    let mut table = Table::new(["new-zealand"]).unwrap();
    for (id, .., found) in ends {
        table.column(id, &[Some(found)]).unwrap();
    }
    let scores = plan.run(&table).unwrap();
    for (element, expected) in [
        ("patents", 0.1036),
        ("royalties", 0.0477),
        ("creation", 0.0757),
        ("hosts", 0.6312),
        ("exports", 0.1906),
        ("recent", 0.4109),
        ("telephones", 0.9670),
        ("electricity", 1.0),
        ("old", 0.9835),
        ("schooling", 0.9732),
        ("tertiary", 0.4762),
        ("skills", 0.7247),
        ("tai", 0.5487),
    ] {
        printed(value(&scores, "new-zealand", element), expected, 4);
    }
    // published, cut off and not rounded
    assert_eq!(value(&scores, "new-zealand", "tai").map(|found| (found * 1000.0).floor()), Some(548.0));
}

#[test]
fn the_upper_levels_of_the_asem_example() {
    // methodology, section 6: COINr's documented example, Switzerland; two decimals are printed
    let pillars = [
        ("physical", "conn", 63.41),
        ("con-ec-fin", "conn", 32.87),
        ("political", "conn", 74.78),
        ("instit", "conn", 85.94),
        ("p2p", "conn", 56.93),
        ("environ", "sust", 77.21),
        ("social", "sust", 87.85),
        ("sus-ec-fin", "sust", 56.88),
    ];
    let plan = Plan::new(Composite {
        indicators: pillars.iter().map(|(id, group, _)| Indicator::new(id, group, Higher)).collect(),
        groups: vec![
            part("conn", "index", Aggregation::Arithmetic),
            part("sust", "index", Aggregation::Arithmetic),
            Group::new("index", Aggregation::Arithmetic),
        ],
        ..Composite::new("asem", identity())
    })
    .unwrap();
    let mut table = Table::new(["che"]).unwrap();
    for (id, _, found) in pillars {
        table.column(id, &[Some(found)]).unwrap();
    }
    let scores = plan.run(&table).unwrap();
    printed(value(&scores, "che", "conn"), 62.79, 2);
    printed(value(&scores, "che", "sust"), 73.98, 2);
    printed(value(&scores, "che", "index"), 68.38, 2);
}

#[test]
fn the_whole_chain_of_the_asem_example() {
    // its steps: per size of the economy and population, outliers, min–max 0 to 100 with directions, four levels
    // with weights, a threshold; here of six units, by hand up to the last step
    let text = r#"{
        "id": "asem", "normaliser": { "min-max": { "onto": { "low": 0, "high": 100 } } },
        "treatment": { "winsorise-else-log": {} },
        "indicators": [
            { "id": "flights", "group": "physical", "better": "higher", "weight": 2, "per": { "by": "population" } },
            { "id": "goods", "group": "con-ec-fin", "better": "higher", "per": { "by": "gdp", "times": 100 } },
            { "id": "embassies", "group": "physical", "better": "higher", "weight": 1 },
            { "id": "co2", "group": "environ", "better": "lower", "per": { "by": "population" } }
        ],
        "groups": [
            { "id": "index", "aggregation": "arithmetic" },
            { "id": "conn", "group": "index", "aggregation": "arithmetic", "floor": { "least": 0.667 } },
            { "id": "sust", "group": "index", "aggregation": "arithmetic" },
            { "id": "physical", "group": "conn", "aggregation": "arithmetic" },
            { "id": "con-ec-fin", "group": "conn", "aggregation": "arithmetic" },
            { "id": "environ", "group": "sust", "aggregation": "arithmetic" }
        ]
    }"#;
    let plan = Plan::new(serde_json::from_str(text).unwrap()).unwrap();
    assert_eq!(plan.depth(), 4);
    let column = |values: [f64; 6]| values.map(Some);
    let mut goods = column([10.0, 20.0, 30.0, 40.0, 50.0, 60.0]);
    goods[5] = None;
    let scores = plan
        .run(&table(
            &["a", "b", "c", "d", "e", "f"],
            &[
                ("population", &column([1.0, 2.0, 1.0, 2.0, 1.0, 2.0])),
                ("gdp", &column([100.0, 100.0, 100.0, 100.0, 100.0, 100.0])),
                ("flights", &column([1.0, 4.0, 3.0, 8.0, 5.0, 2000.0])), // per head 1 2 3 4 5 and 1000
                ("goods", &goods),
                ("embassies", &column([0.0, 10.0, 20.0, 30.0, 40.0, 50.0])),
                ("co2", &column([6.0, 10.0, 4.0, 6.0, 2.0, 2.0])), // per head 6 5 4 3 2 1
            ],
        ))
        .unwrap();
    let treated = &scores.treated()[0];
    assert_eq!((scores.treated().len(), treated.indicator.as_str(), treated.still), (1, "flights", false));
    assert_eq!((treated.points[0].unit.as_str(), treated.points[0].from, treated.points[0].to), ("f", 1000.0, 5.0));
    // c: flights (3−1)/4 = 50, embassies 40: (100 + 40)/3; goods (30−10)/40 = 50; co2 (6−4)/5 = 40
    let conn = (140.0 / 3.0 + 50.0) / 2.0;
    close(value(&scores, "c", "conn"), conn, ROUNDING);
    close(value(&scores, "c", "sust"), 40.0, ROUNDING);
    close(value(&scores, "c", "index"), (conn + 40.0) / 2.0, ROUNDING);
    // f has one of two parts of conn, under its floor; the index takes the other
    assert_eq!(why(&scores, "f", "conn"), Some(Reason::BelowFloor));
    assert_eq!(value(&scores, "f", "index"), Some(100.0));
    assert_eq!(plan.description(), &serde_json::from_str::<Composite>(&serde_json::to_string(plan.description()).unwrap()).unwrap());
}

// --- COINr on a small data set ---------------------------------------------------------------------------------------

const UNITS: [&str; 8] = ["U1", "U2", "U3", "U4", "U5", "U6", "U7", "U8"];

#[rustfmt::skip]
const DATA: [[Option<f64>; 5]; 8] = [
    [Some(12.0), Some(0.3), Some(140.0), Some(55.0), Some(3.0)],
    [Some(15.5), Some(0.8), Some(90.0), Some(61.0), Some(5.0)],
    [Some(9.0), Some(0.5), Some(200.0), Some(48.0), Some(2.0)],
    [Some(20.0), Some(0.9), Some(60.0), Some(70.0), Some(4.0)],
    [Some(17.0), Some(0.2), None, Some(66.0), Some(4.0)],
    [None, Some(0.7), Some(110.0), Some(52.0), Some(1.0)],
    [Some(11.0), Some(0.4), Some(180.0), Some(58.0), Some(2.0)],
    [Some(14.0), Some(0.6), Some(75.0), Some(63.0), Some(5.0)],
];

#[rustfmt::skip]
const MIN_MAX: [[Option<f64>; 5]; 8] = [
    [Some(27.2727272727273), Some(14.2857142857143), Some(42.8571428571429), Some(31.8181818181818), Some(50.0)],
    [Some(59.0909090909091), Some(85.7142857142857), Some(78.5714285714286), Some(59.0909090909091), Some(100.0)],
    [Some(0.0), Some(42.8571428571429), Some(0.0), Some(0.0), Some(25.0)],
    [Some(100.0), Some(100.0), Some(100.0), Some(100.0), Some(75.0)],
    [Some(72.7272727272727), Some(0.0), None, Some(81.8181818181818), Some(75.0)],
    [None, Some(71.4285714285714), Some(64.2857142857143), Some(18.1818181818182), Some(0.0)],
    [Some(18.1818181818182), Some(28.5714285714286), Some(14.2857142857143), Some(45.4545454545455), Some(25.0)],
    [Some(45.4545454545455), Some(57.1428571428571), Some(89.2857142857143), Some(68.1818181818182), Some(100.0)],
];

#[rustfmt::skip]
const MIN_MAX_1_100: [[Option<f64>; 5]; 8] = [
    [Some(28.0), Some(15.1428571428571), Some(43.4285714285714), Some(32.5), Some(50.5)],
    [Some(59.5), Some(85.8571428571429), Some(78.7857142857143), Some(59.5), Some(100.0)],
    [Some(1.0), Some(43.4285714285714), Some(1.0), Some(1.0), Some(25.75)],
    [Some(100.0), Some(100.0), Some(100.0), Some(100.0), Some(75.25)],
    [Some(73.0), Some(1.0), None, Some(82.0), Some(75.25)],
    [None, Some(71.7142857142857), Some(64.6428571428571), Some(19.0), Some(1.0)],
    [Some(19.0), Some(29.2857142857143), Some(15.1428571428571), Some(46.0), Some(25.75)],
    [Some(46.0), Some(57.5714285714286), Some(89.3928571428572), Some(68.5), Some(100.0)],
];

#[rustfmt::skip]
const ARITHMETIC: [[Option<f64>; 3]; 8] = [
    [Some(24.6753246753247), Some(45.4545454545455), Some(37.1428571428571)],
    [Some(77.2727272727273), Some(89.7727272727273), Some(84.7727272727273)],
    [Some(21.4285714285714), Some(18.75), Some(19.8214285714286)],
    [Some(100.0), Some(81.25), Some(88.75)],
    [Some(24.2424242424242), Some(76.7045454545455), Some(55.719696969697)],
    [Some(69.0476190476191), Some(4.54545454545455), Some(30.3463203463203)],
    [Some(22.4025974025974), Some(30.1136363636364), Some(27.0292207792208)],
    [Some(62.2564935064935), Some(92.0454545454545), Some(80.1298701298701)],
];

#[rustfmt::skip]
const ARITHMETIC_FLOOR: [[Option<f64>; 3]; 8] = [
    [Some(24.6753246753247), Some(45.4545454545455), Some(37.1428571428571)],
    [Some(77.2727272727273), Some(89.7727272727273), Some(84.7727272727273)],
    [Some(21.4285714285714), Some(18.75), Some(19.8214285714286)],
    [Some(100.0), Some(81.25), Some(88.75)],
    [None, Some(76.7045454545455), None],
    [None, Some(4.54545454545455), None],
    [Some(22.4025974025974), Some(30.1136363636364), Some(27.0292207792208)],
    [Some(62.2564935064935), Some(92.0454545454545), Some(80.1298701298701)],
];

#[rustfmt::skip]
const GEOMETRIC: [[Option<f64>; 3]; 8] = [
    [Some(22.9793270575424), Some(45.2313316385271), Some(34.4983677040145)],
    [Some(76.6706820376254), Some(87.827241276672), Some(83.1819841642473)],
    [Some(6.59003576838331), Some(11.4309657903679), Some(9.17075019538392)],
    [Some(100.0), Some(80.7941429145868), Some(87.9889078105801)],
    [Some(4.17933919638123), Some(76.8835346297003), Some(23.9851839078138)],
    [Some(69.2751219959312), Some(2.08779762992984), Some(8.47313175933465)],
    [Some(22.2878546617608), Some(29.7695577528737), Some(26.5149453664979)],
    [Some(60.7601259649998), Some(90.975121206973), Some(77.4107102106763)],
];

#[rustfmt::skip]
const GEOMETRIC_FLOOR: [[Option<f64>; 3]; 8] = [
    [Some(22.9793270575424), Some(45.2313316385271), Some(34.4983677040145)],
    [Some(76.6706820376254), Some(87.827241276672), Some(83.1819841642473)],
    [Some(6.59003576838331), Some(11.4309657903679), Some(9.17075019538392)],
    [Some(100.0), Some(80.7941429145868), Some(87.9889078105801)],
    [None, Some(76.8835346297003), None],
    [None, Some(2.08779762992984), None],
    [Some(22.2878546617608), Some(29.7695577528737), Some(26.5149453664979)],
    [Some(60.7601259649998), Some(90.975121206973), Some(77.4107102106763)],
];

#[rustfmt::skip]
const HARMONIC: [[Option<f64>; 3]; 8] = [
    [Some(20.9625946749686), Some(44.3581081081081), Some(30.6674309167235)],
    [Some(75.7663459529807), Some(85.4578096947936), Some(81.2981874958801)],
    [Some(1.95498392282958), Some(3.58260869565217), Some(2.68758690539543)],
    [Some(100.0), Some(80.2131912058628), Some(87.1075097670381)],
    [Some(1.48979591836735), Some(76.8311284046693), Some(3.61922187731972)],
    [Some(69.1912884556808), Some(1.31034482758621), Some(2.15667924728936)],
    [Some(21.3947221826379), Some(28.9343511450382), Some(25.3596007278077)],
    [Some(59.1146161820935), Some(89.6890343698854), Some(74.3146493893002)],
];

#[rustfmt::skip]
const HARMONIC_FLOOR: [[Option<f64>; 3]; 8] = [
    [Some(20.9625946749686), Some(44.3581081081081), Some(30.6674309167235)],
    [Some(75.7663459529807), Some(85.4578096947936), Some(81.2981874958801)],
    [Some(1.95498392282958), Some(3.58260869565217), Some(2.68758690539543)],
    [Some(100.0), Some(80.2131912058628), Some(87.1075097670381)],
    [None, Some(76.8311284046693), None],
    [None, Some(1.31034482758621), None],
    [Some(21.3947221826379), Some(28.9343511450382), Some(25.3596007278077)],
    [Some(59.1146161820935), Some(89.6890343698854), Some(74.3146493893002)],
];

#[rustfmt::skip]
const Z_SCORE: [[Option<f64>; 5]; 8] = [
    [Some(-0.549653988110621), Some(-1.02062072615966), Some(-0.335547799437099), Some(-0.562178598062398), Some(-0.168005376258062)],
    [Some(0.379071715938359), Some(1.02062072615966), Some(0.603986038986779), Some(0.255535726391999), Some(1.17603763380643)],
    [Some(-1.34570459158118), Some(-0.204124145231932), Some(-1.46298840554575), Some(-1.51617864325919), Some(-0.840026881290309)],
    [Some(1.57314762114419), Some(1.42886901662352), Some(1.16770634204111), Some(1.48210721307359), Some(0.504016128774185)],
    [Some(0.777097017673637), Some(-1.42886901662352), None, Some(0.936964330103996), Some(0.504016128774185)],
    [None, Some(0.612372435695794), Some(0.228172503617227), Some(-0.971035760289596), Some(-1.51204838632256)],
    [Some(-0.815004189267472), Some(-0.612372435695795), Some(-1.0871748701762), Some(-0.153321435835199), Some(-0.840026881290309)],
    [Some(-0.0189535857969179), Some(0.204124145231931), Some(0.885846190513942), Some(0.528107167876798), Some(1.17603763380643)],
];

#[rustfmt::skip]
const Z_SCORE_ARITHMETIC: [[Option<f64>; 3]; 8] = [
    [Some(-0.731610809966759), Some(-0.266548681709146), Some(-0.452573533012191)],
    [Some(0.756074801811113), Some(0.945912156952824), Some(0.86997721489614)],
    [Some(-0.804235321897698), Some(-1.00906482178253), Some(-0.927133021828597)],
    [Some(1.39964799910808), Some(0.748538899849038), Some(1.00898253955266)],
    [Some(-0.693547005191135), Some(0.612253179106638), Some(0.089933105387529)],
    [Some(0.484305791669605), Some(-1.37679522981432), Some(-0.632354821220747)],
    [Some(-0.781730982708816), Some(-0.668350519926531), Some(-0.713702705039445)],
    [Some(0.318785223795222), Some(1.01405501732402), Some(0.735947099912503)],
];

#[rustfmt::skip]
const PERCENTILE_RANK: [[Option<f64>; 5]; 8] = [
    [Some(0.333333333333333), Some(0.142857142857143), Some(0.333333333333333), Some(0.285714285714286), Some(0.428571428571429)],
    [Some(0.666666666666667), Some(0.857142857142857), Some(0.666666666666667), Some(0.571428571428571), Some(0.857142857142857)],
    [Some(0.0), Some(0.428571428571429), Some(0.0), Some(0.0), Some(0.142857142857143)],
    [Some(1.0), Some(1.0), Some(1.0), Some(1.0), Some(0.571428571428571)],
    [Some(0.833333333333333), Some(0.0), None, Some(0.857142857142857), Some(0.571428571428571)],
    [None, Some(0.714285714285714), Some(0.5), Some(0.142857142857143), Some(0.0)],
    [Some(0.166666666666667), Some(0.285714285714286), Some(0.166666666666667), Some(0.428571428571429), Some(0.142857142857143)],
    [Some(0.5), Some(0.571428571428571), Some(0.833333333333333), Some(0.714285714285714), Some(0.857142857142857)],
];

#[rustfmt::skip]
const PERCENTILE_RANK_ARITHMETIC: [[Option<f64>; 3]; 8] = [
    [Some(0.238095238095238), Some(0.392857142857143), Some(0.330952380952381)],
    [Some(0.761904761904762), Some(0.785714285714286), Some(0.776190476190476)],
    [Some(0.214285714285714), Some(0.107142857142857), Some(0.15)],
    [Some(1.0), Some(0.678571428571429), Some(0.807142857142857)],
    [Some(0.277777777777778), Some(0.642857142857143), Some(0.496825396825397)],
    [Some(0.642857142857143), Some(0.0357142857142857), Some(0.278571428571429)],
    [Some(0.226190476190476), Some(0.214285714285714), Some(0.219047619047619)],
    [Some(0.619047619047619), Some(0.821428571428571), Some(0.740476190476191)],
];

#[rustfmt::skip]
const BORDA: [[Option<f64>; 5]; 8] = [
    [Some(2.0), Some(1.0), Some(2.0), Some(2.0), Some(3.0)],
    [Some(4.0), Some(6.0), Some(4.0), Some(4.0), Some(6.0)],
    [Some(0.0), Some(3.0), Some(0.0), Some(0.0), Some(1.0)],
    [Some(6.0), Some(7.0), Some(6.0), Some(7.0), Some(4.0)],
    [Some(5.0), Some(0.0), None, Some(6.0), Some(4.0)],
    [None, Some(5.0), Some(3.0), Some(1.0), Some(0.0)],
    [Some(1.0), Some(2.0), Some(1.0), Some(3.0), Some(1.0)],
    [Some(3.0), Some(4.0), Some(5.0), Some(5.0), Some(6.0)],
];

#[rustfmt::skip]
const BORDA_ARITHMETIC: [[Option<f64>; 3]; 8] = [
    [Some(1.5), Some(2.75), Some(2.25)],
    [Some(5.0), Some(5.5), Some(5.3)],
    [Some(1.5), Some(0.75), Some(1.05)],
    [Some(6.5), Some(4.75), Some(5.45)],
    [Some(1.66666666666667), Some(4.5), Some(3.36666666666667)],
    [Some(4.33333333333333), Some(0.25), Some(1.88333333333333)],
    [Some(1.5), Some(1.5), Some(1.5)],
    [Some(4.0), Some(5.75), Some(5.05)],
];

fn small(normaliser: Normaliser, aggregation: Aggregation, least: i64) -> Scores {
    let floor = Floor { least: Decimal::of_thousandths(least), of: FloorOf::Parts };
    let indicator =
        |id: &str, group: &str, better: Better, weight: f64| Indicator { weight: Some(weight), ..Indicator::new(id, group, better) };
    let group = |id: &str, weight: f64| Group { weight: Some(weight), floor, ..part(id, "IDX", aggregation) };
    let plan = Plan::new(Composite {
        indicators: vec![
            indicator("i1", "P1", Higher, 1.0),
            indicator("i2", "P1", Higher, 2.0),
            indicator("i3", "P1", Lower, 1.0),
            indicator("i4", "P2", Higher, 1.0),
            indicator("i5", "P2", Higher, 3.0),
        ],
        groups: vec![group("P1", 0.4), group("P2", 0.6), Group { floor, ..Group::new("IDX", aggregation) }],
        ..Composite::new("small", normaliser)
    })
    .unwrap();
    let mut table = Table::new(UNITS).unwrap();
    for (at, id) in ["i1", "i2", "i3", "i4", "i5"].into_iter().enumerate() {
        table.column(id, &DATA.map(|row| row[at])).unwrap();
    }
    plan.run(&table).unwrap()
}

#[track_caller]
fn holds<const N: usize>(scores: &Scores, elements: [&str; N], expected: &[[Option<f64>; N]; 8]) {
    for (unit, row) in UNITS.iter().zip(expected) {
        for (element, expected) in elements.iter().zip(row) {
            close(value(scores, unit, element), *expected, SOFTWARE);
        }
    }
}

#[test]
fn normalised_and_aggregated_as_in_coinr() {
    // COINr 1.1.14 (R): Normalise and Aggregate, with dat_thresh none and 0.7
    let (indicators, groups) = (["i1", "i2", "i3", "i4", "i5"], ["P1", "P2", "IDX"]);
    let (plain, from_one) = (Normaliser::MinMax { onto: HUNDRED }, Normaliser::MinMax { onto: FROM_ONE });
    let z = Normaliser::ZScore { mean: 0.0, sd: 1.0 };
    for (normaliser, normalised) in [
        (plain, &MIN_MAX),
        (from_one, &MIN_MAX_1_100),
        (z, &Z_SCORE),
        (Normaliser::PercentileRank, &PERCENTILE_RANK),
        (Normaliser::Borda, &BORDA),
    ] {
        holds(&small(normaliser, Aggregation::Arithmetic, 0), indicators, normalised);
    }
    for (normaliser, aggregation, least, aggregated) in [
        (plain, Aggregation::Arithmetic, 0, &ARITHMETIC),
        (plain, Aggregation::Arithmetic, 700, &ARITHMETIC_FLOOR),
        (from_one, Aggregation::Geometric, 0, &GEOMETRIC),
        (from_one, Aggregation::Geometric, 700, &GEOMETRIC_FLOOR),
        (from_one, Aggregation::Harmonic, 0, &HARMONIC),
        (from_one, Aggregation::Harmonic, 700, &HARMONIC_FLOOR),
        (z, Aggregation::Arithmetic, 0, &Z_SCORE_ARITHMETIC),
        (Normaliser::PercentileRank, Aggregation::Arithmetic, 0, &PERCENTILE_RANK_ARITHMETIC),
        (Normaliser::Borda, Aggregation::Arithmetic, 0, &BORDA_ARITHMETIC),
    ] {
        holds(&small(normaliser, aggregation, least), groups, aggregated);
    }
}

#[test]
fn power_means_of_one_and_minus_one_are_the_arithmetic_and_the_harmonic() {
    let onto = Normaliser::MinMax { onto: FROM_ONE };
    let groups = ["P1", "P2", "IDX"];
    holds(&small(onto, Aggregation::Power { exponent: -1.0 }, 0), groups, &HARMONIC);
    let arithmetic = small(onto, Aggregation::Arithmetic, 0);
    let power = small(onto, Aggregation::Power { exponent: 1.0 }, 0);
    for unit in UNITS {
        close(value(&power, unit, "IDX"), value(&arithmetic, unit, "IDX"), SOFTWARE);
    }
}

// --- Normalisers, by hand --------------------------------------------------------------------------------------------

const FIVE: [Option<f64>; 6] = [Some(2.0), Some(4.0), None, Some(4.0), Some(12.0), Some(8.0)];

#[track_caller]
fn are(found: &[Result<f64, Reason>], expected: [f64; 5]) {
    let known: Vec<f64> = found.iter().copied().filter_map(Result::ok).collect();
    assert_eq!(found[2], Err(Reason::NotGiven));
    assert_eq!(known.len(), 5);
    known.into_iter().zip(expected).for_each(|(found, expected)| close(Some(found), expected, SOFTWARE));
}

#[test]
fn each_normaliser_by_hand() {
    are(&min_max(&FIVE, Higher, Onto::default()), [0.0, 0.2, 0.2, 1.0, 0.6]);
    are(&min_max(&FIVE, Lower, FROM_ONE), [100.0, 80.2, 80.2, 1.0, 40.6]);
    are(&goalposts(&FIVE, Higher, 4.0, 14.0, HUNDRED), [0.0, 0.0, 0.0, 80.0, 40.0]);
    are(&goalposts(&FIVE, Lower, 0.0, 8.0, HUNDRED), [75.0, 50.0, 50.0, 0.0, 0.0]);
    // mean 6, squares 16 4 4 36 4 = 64, by n − 1 it is 16
    are(&z_score(&FIVE, Higher, 0.0, 1.0), [-1.0, -0.5, -0.5, 1.5, 0.5]);
    are(&z_score(&FIVE, Lower, 100.0, 10.0), [110.0, 105.0, 105.0, 85.0, 95.0]);
    // ranks 1 2 2 5 4, of tied values the lowest; from the other end 5 3 3 1 2
    are(&percentile_rank(&FIVE, Higher), [0.0, 0.25, 0.25, 1.0, 0.75]);
    are(&percentile_rank(&FIVE, Lower), [1.0, 0.5, 0.5, 0.0, 0.25]);
    are(&borda(&FIVE, Higher), [0.0, 1.0, 1.0, 4.0, 3.0]);
    are(&borda(&FIVE, Lower), [4.0, 2.0, 2.0, 0.0, 1.0]);
}

#[test]
fn a_column_without_spread_has_no_score() {
    type Normalised = fn(&[Option<f64>]) -> Vec<Result<f64, Reason>>;
    let all: [Normalised; 4] = [
        |values| min_max(values, Higher, HUNDRED),
        |values| z_score(values, Lower, 0.0, 1.0),
        |values| percentile_rank(values, Higher),
        |values| borda(values, Lower),
    ];
    for normalised in all {
        assert_eq!(normalised(&[Some(0.1), Some(0.1), None]), [Err(Reason::NoSpread), Err(Reason::NoSpread), Err(Reason::NotGiven)]);
        assert_eq!(normalised(&[None, Some(0.1)]), [Err(Reason::NotGiven), Err(Reason::TooFew)]);
        assert_eq!(normalised(&[None, None]), [Err(Reason::NotGiven); 2]);
        assert_eq!(normalised(&[]), []);
        // 0 and −0 are the same
        assert_eq!(normalised(&[Some(0.0), Some(-0.0)]), [Err(Reason::NoSpread); 2]);
        // what is no number is not given, and spoils nothing
        let with = normalised(&[Some(1.0), Some(f64::NAN), Some(3.0), Some(f64::INFINITY)]);
        assert_eq!((with[1], with[3]), (Err(Reason::NotGiven), Err(Reason::NotGiven)));
        assert!(with[0].is_ok() && with[2].is_ok());
    }
    // goalposts need no other unit
    assert_eq!(goalposts(&[Some(0.1)], Higher, 0.0, 0.2, HUNDRED), [Ok(50.0)]);
}

#[test]
fn a_scale_that_is_none_gives_no_score() {
    let nan = Onto { low: f64::NAN, high: 1.0 };
    let turned = Onto { low: 100.0, high: 0.0 };
    for onto in [nan, turned] {
        assert_eq!(min_max(&[Some(1.0), Some(2.0)], Higher, onto), [Err(Reason::OutOfBounds); 2]);
    }
    assert_eq!(z_score(&[Some(1.0), Some(2.0)], Higher, 0.0, -1.0), [Err(Reason::OutOfBounds); 2]);
    assert_eq!(goalposts(&[Some(1.0)], Higher, 2.0, 1.0, HUNDRED), [Err(Reason::NoSpread)]);
    assert_eq!(z_score(&[Some(1.0), Some(2.0)], Higher, f64::NAN, 1.0), [Err(Reason::OutOfBounds); 2]);
}

#[test]
fn the_largest_and_the_least_values_are_normalised() {
    let values = [Some(-Table::LARGEST), Some(0.0), Some(Table::LARGEST)];
    assert_eq!(min_max(&values, Higher, HUNDRED), [Ok(0.0), Ok(50.0), Ok(100.0)]);
    assert_eq!(z_score(&values, Higher, 0.0, 1.0), [Ok(-1.0), Ok(0.0), Ok(1.0)]);
    let least = [Some(0.0), Some(f64::from_bits(2)), Some(f64::from_bits(4))]; // squares would be 0
    assert_eq!(min_max(&least, Higher, HUNDRED), [Ok(0.0), Ok(50.0), Ok(100.0)]);
    assert_eq!(z_score(&least, Higher, 0.0, 1.0), [Ok(-1.0), Ok(0.0), Ok(1.0)]);
}

#[test]
fn goalposts_are_in_the_units_of_the_table_whatever_the_direction() {
    // seen elsewhere: goalposts applied after a change of direction scored every unit 0 without a word
    let values = [Some(30.0), Some(50.0), Some(70.0)];
    assert_eq!(goalposts(&values, Lower, 20.0, 80.0, Onto::default()), [Ok(50.0 / 60.0), Ok(0.5), Ok(10.0 / 60.0)]);
}

// --- Aggregators, by hand --------------------------------------------------------------------------------------------

fn parts(values: &[(f64, u16)]) -> Vec<(f64, Weight)> {
    values.iter().map(|(value, weight)| (*value, Weight::whole(*weight))).collect()
}

#[test]
fn each_aggregator_by_hand() {
    let of = parts(&[(2.0, 1), (8.0, 2), (32.0, 1)]);
    let close = |found: Result<f64, Reason>, expected: f64| close(found.ok(), expected, SOFTWARE);
    close(arithmetic(&of), 12.5); // (2 + 16 + 32)/4
    close(geometric(&of), 8.0); // (2 · 64 · 32)^(1/4)
    close(harmonic(&of), 128.0 / 25.0); // 4/(1/2 + 2/8 + 1/32)
    close(power(&of, 2.0), 289f64.sqrt()); // (4 + 128 + 1024)/4 = 289
    close(power(&of, -1.0), 128.0 / 25.0);
    close(median(&of), 8.0);
    close(median(&parts(&[(2.0, 1), (8.0, 1), (32.0, 1), (64.0, 1)])), 20.0);
    close(minimum(&of), 2.0);
    for aggregation in ALL {
        assert_eq!(aggregation.of(&[]), Err(Reason::NothingKnown));
        assert_eq!(aggregation.of(&[(f64::NAN, Weight::ONE)]), Err(Reason::OutOfBounds));
    }
}

#[test]
fn means_are_not_defined_for_what_is_not_positive() {
    for weak in [0.0, -1.0] {
        let of = parts(&[(weak, 1), (8.0, 2)]);
        assert_eq!(geometric(&of), Err(Reason::PartNotPositive));
        assert_eq!(harmonic(&of), Err(Reason::PartNotPositive));
        assert_eq!(power(&of, -2.0), Err(Reason::PartNotPositive));
        assert_eq!(power(&of, 2.0).is_ok(), weak == 0.0);
        assert!(arithmetic(&of).is_ok() && median(&of).is_ok() && minimum(&of).is_ok());
    }
    assert_eq!(power(&parts(&[(1.0, 1)]), 0.0), Err(Reason::OutOfBounds));
    assert_eq!(power(&parts(&[(1.0, 1)]), f64::NAN), Err(Reason::OutOfBounds));
    // the least positive part is a part
    assert!(geometric(&parts(&[(f64::MIN_POSITIVE, 1), (1.0, 1)])).is_ok_and(|mean| mean > 0.0));
}

#[test]
fn columns_and_single_parts_are_aggregated_alike() {
    let values = [12.0, 55.0, 80.0];
    let of: Vec<(f64, Weight)> = values.iter().map(|value| (*value, Weight::ONE)).collect();
    for aggregation in ALL {
        let scores = of_one_unit(&values.map(Some), aggregation, identity());
        close(value(&scores, "u", "whole"), aggregation.of(&of).ok(), SOFTWARE);
    }
}

// --- Missing and undefined -------------------------------------------------------------------------------------------

#[test]
fn a_missing_value_lowers_coverage_down_to_the_floor() {
    let plan = |least: i64, of: FloorOf| {
        let floor = Floor { least: Decimal::of_thousandths(least), of };
        Plan::new(Composite {
            indicators: vec![
                Indicator { weight: Some(3.0), ..Indicator::new("a", "whole", Higher) },
                Indicator { weight: Some(1.0), ..Indicator::new("b", "whole", Higher) },
                Indicator { weight: Some(1.0), ..Indicator::new("c", "whole", Higher) },
            ],
            groups: vec![Group { floor, ..Group::new("whole", Aggregation::Arithmetic) }],
            ..Composite::new("floors", identity())
        })
        .unwrap()
    };
    let table = table(&["x", "y"], &[("a", &[Some(40.0), None]), ("b", &[None, Some(40.0)]), ("c", &[None, Some(60.0)])]);
    for (least, of, x, y) in [
        (0, FloorOf::Parts, Some(40.0), Some(50.0)),
        (333, FloorOf::Parts, Some(40.0), Some(50.0)),
        (334, FloorOf::Parts, None, Some(50.0)),
        (666, FloorOf::Parts, None, Some(50.0)),
        (667, FloorOf::Parts, None, None),
        (400, FloorOf::Weight, Some(40.0), Some(50.0)), // exactly 2 of 5
        (401, FloorOf::Weight, Some(40.0), None),
        (600, FloorOf::Weight, Some(40.0), None), // exactly 3 of 5
        (601, FloorOf::Weight, None, None),
    ] {
        let scores = plan(least, of).run(&table).unwrap();
        assert_eq!((value(&scores, "x", "whole"), value(&scores, "y", "whole")), (x, y), "{least} {of:?}");
    }
    let scores = plan(0, FloorOf::Parts).run(&table).unwrap();
    assert_eq!(scores.outcome("y", "whole").unwrap().to_string(), "50 (2 of 3 indicators)");
    assert_eq!(scores.score("y", "whole").unwrap().range, Range::Within { low: 20.0, high: 80.0 });
}

#[test]
fn the_default_floor_is_half_of_the_parts() {
    let floor = Floor::default();
    let plan = Plan::new(Composite {
        indicators: ["a", "b", "c"].map(|id| Indicator::new(id, "whole", Higher)).into(),
        groups: vec![Group { floor, ..Group::new("whole", Aggregation::Minimum) }],
        ..Composite::new("floors", identity())
    })
    .unwrap();
    let table = table(&["x", "y", "z"], &[("a", &[Some(1.0), Some(1.0), None]), ("b", &[Some(2.0), None, None]), ("c", &[None; 3])]);
    let scores = plan.run(&table).unwrap();
    assert_eq!(value(&scores, "x", "whole"), Some(1.0));
    assert_eq!(why(&scores, "y", "whole"), Some(Reason::BelowFloor));
    assert_eq!(why(&scores, "z", "whole"), Some(Reason::NothingKnown));
    assert_eq!(scores.ranks("whole"), [Some(1), None, None]);
}

#[test]
fn a_zero_in_a_geometric_mean_makes_all_above_it_unknown() {
    // left out as if it were missing, it would raise the whole
    let plan = Plan::new(Composite {
        indicators: vec![Indicator::new("a", "part", Higher), Indicator::new("b", "part", Higher), Indicator::new("c", "whole", Higher)],
        groups: vec![part("part", "whole", Aggregation::Geometric), Group::new("whole", Aggregation::Arithmetic)],
        ..Composite::new("zero", identity())
    })
    .unwrap();
    let columns: [(&str, &[Option<f64>]); 3] = [("a", &[Some(0.0), Some(0.1), None]), ("b", &[Some(50.0); 3]), ("c", &[Some(90.0); 3])];
    let scores = plan.run(&table(&["zero", "low", "missing"], &columns)).unwrap();
    assert_eq!(why(&scores, "zero", "part"), Some(Reason::PartNotPositive));
    assert_eq!(why(&scores, "zero", "whole"), Some(Reason::PartNotPositive));
    assert_eq!(scores.score("zero", "whole").unwrap().range, Range::NotTold);
    close(value(&scores, "low", "part"), 5f64.sqrt(), SOFTWARE);
    close(value(&scores, "missing", "part"), 50.0, ROUNDING);
    close(value(&scores, "missing", "whole"), 70.0, ROUNDING);
    // were the missing value 0, the mean would tend to 0
    let Range::Within { low, high } = scores.score("missing", "whole").unwrap().range else { panic!("there is a range") };
    close(Some(low), 45.0, ROUNDING);
    close(Some(high), (5000f64.sqrt() + 90.0) / 2.0, ROUNDING);
}

#[test]
fn logarithms_of_what_is_not_positive() {
    let with = |normaliser: Normaliser| {
        let plan = Plan::new(Composite {
            indicators: vec![
                Indicator { transform: Transform::Log, normaliser: Some(normaliser), ..Indicator::new("a", "whole", Higher) },
                Indicator { normaliser: Some(normaliser), ..Indicator::new("b", "whole", Higher) },
            ],
            groups: vec![Group { floor: Floor::NONE, ..Group::new("whole", Aggregation::Arithmetic) }],
            ..Composite::new("logs", normaliser)
        })
        .unwrap();
        let columns: [(&str, &[Option<f64>]); 2] =
            [("a", &[Some(-1.0), Some(1.0), Some(10.0), Some(100.0)]), ("b", &[Some(1.0), Some(1.0), Some(10.0), Some(100.0)])];
        plan.run(&table(&["u", "v", "w", "x"], &columns)).unwrap()
    };
    let compared = with(Normaliser::MinMax { onto: HUNDRED });
    assert_eq!(why(&compared, "u", "a"), Some(Reason::NotPositive));
    assert_eq!(why(&compared, "u", "whole"), Some(Reason::PartNotPositive));
    close(value(&compared, "w", "a"), 50.0, ROUNDING); // by decades
    // goalposts clip it
    let fixed = with(Normaliser::Goalposts { low: 1.0, high: 100.0, onto: HUNDRED });
    assert_eq!(value(&fixed, "u", "a"), Some(0.0));
    close(value(&fixed, "w", "a"), 50.0, ROUNDING);
}

#[test]
fn a_failed_unit_spoils_no_other() {
    // seen elsewhere: one failed run turned every index into NaN
    let names = ["a", "b", "c", "d", "e"];
    let with = |units: &[&str], rows: &[[Option<f64>; 3]], aggregation: Aggregation, normaliser: Normaliser| {
        let plan = Plan::new(Composite {
            indicators: ["x", "y", "z"].map(|id| Indicator::new(id, "whole", Higher)).into(),
            groups: vec![Group::new("whole", aggregation)],
            ..Composite::new("failed", normaliser)
        })
        .unwrap();
        let mut table = Table::new(units).unwrap();
        for (at, id) in ["x", "y", "z"].iter().enumerate() {
            table.column(id, &rows.iter().map(|row| row[at]).collect::<Vec<_>>()).unwrap();
        }
        plan.run(&table).unwrap()
    };
    let rows = [[3.1, 7.7, 1.3], [2.2, 9.1, 0.4], [8.3, 1.9, 6.6], [5.5, 5.1, 3.3]].map(|row| row.map(Some));
    let mut failed = rows.to_vec();
    failed.insert(1, [None; 3]);
    for normaliser in NORMALISERS {
        for aggregation in ALL {
            let whole = with(&["a", "c", "d", "e"], &rows, aggregation, normaliser);
            let other = with(&names, &failed, aggregation, normaliser);
            assert_eq!(why(&other, "b", "whole"), Some(Reason::NothingKnown));
            for unit in ["a", "c", "d", "e"] {
                // to the last bit
                assert_eq!(whole.outcome(unit, "whole"), other.outcome(unit, "whole"));
            }
        }
    }
}

#[test]
fn imputed_values_are_marked_and_lift_no_group_over_its_floor() {
    let plan = |imputation: Imputation, least: i64| {
        let floor = Floor { least: Decimal::of_thousandths(least), of: FloorOf::Parts };
        Plan::new(Composite {
            imputation,
            indicators: ["a", "b"].map(|id| Indicator::new(id, "whole", Higher)).into(),
            groups: vec![Group { floor, ..Group::new("whole", Aggregation::Arithmetic) }],
            ..Composite::new("imputed", identity())
        })
        .unwrap()
    };
    let mut table = table(
        &["u", "v", "w", "x", "y"],
        &[("a", &[Some(10.0), Some(20.0), Some(90.0), None, None]), ("b", &[Some(10.0), Some(10.0), Some(10.0), Some(10.0), None])],
    );
    assert_eq!(
        plan(Imputation::GroupMean, 0).run(&table).unwrap_err().to_string(),
        "missing values are imputed by group, and the table has no groups [no-unit-groups]"
    );
    table.groups(&[Some("g"), Some("g"), Some("h"), Some("g"), None]).unwrap();
    for (imputation, a, from, whole) in [
        (Imputation::Mean, 40.0, 3, 25.0),
        (Imputation::Median, 20.0, 3, 15.0),
        (Imputation::GroupMean, 15.0, 2, 12.5),
        (Imputation::GroupMedian, 15.0, 2, 12.5),
    ] {
        let scores = plan(imputation, 500).run(&table).unwrap();
        let told = &scores.imputed()[0];
        assert_eq!((told.indicator.as_str(), told.unit.as_str(), told.value, told.from), ("a", "x", a, from));
        let score = scores.score("x", "whole").unwrap();
        close(score.outcome.value(), whole, ROUNDING);
        assert!(score.parts[0].imputed && !score.parts[1].imputed && !score.imputed);
        assert_eq!(score.coverage.to_string(), "1 of 2 indicators");
        assert_eq!(score.range, Range::Within { low: 5.0, high: 55.0 }); // the imputed value is free
        assert_eq!(why(&plan(imputation, 501).run(&table).unwrap(), "x", "whole"), Some(Reason::BelowFloor));
    }
    // all of y is imputed: never over a floor, and marked where there is none
    let scores = plan(Imputation::Mean, 0).run(&table).unwrap();
    assert!(scores.score("y", "whole").unwrap().imputed);
    assert_eq!(scores.outcome("y", "whole").unwrap().to_string(), "25 (0 of 2 indicators)");
    assert_eq!(why(&plan(Imputation::Mean, 1).run(&table).unwrap(), "y", "whole"), Some(Reason::BelowFloor));
    // y is in no group
    assert_eq!(why(&plan(Imputation::GroupMean, 0).run(&table).unwrap(), "y", "whole"), Some(Reason::NothingKnown));
    assert!(plan(Imputation::None, 0).run(&table).unwrap().imputed().is_empty());
}

#[test]
fn denominators() {
    let plan = Plan::new(Composite {
        indicators: vec![Indicator {
            per: Some(Per { by: "personnel".into(), times: 1000.0 }),
            ..Indicator::new("patrols", "whole", Higher)
        }],
        groups: vec![Group::new("whole", Aggregation::Arithmetic)],
        ..Composite::new("rates", identity())
    })
    .unwrap();
    let columns: [(&str, &[Option<f64>]); 2] = [
        ("patrols", &[Some(30.0), Some(30.0), Some(30.0), Some(30.0), None, Some(1e60)]),
        ("personnel", &[Some(500.0), None, Some(0.0), Some(-4.0), Some(500.0), Some(1e-3)]),
    ];
    let scores = plan.run(&table(&["u", "v", "w", "x", "y", "z"], &columns)).unwrap();
    assert_eq!(value(&scores, "u", "whole"), Some(60.0));
    for unit in ["v", "w", "x"] {
        assert_eq!(why(&scores, unit, "patrols"), Some(Reason::NoDenominator));
    }
    assert_eq!((why(&scores, "y", "patrols"), why(&scores, "z", "patrols")), (Some(Reason::NotGiven), Some(Reason::OutOfBounds)));
    let faults = plan.run(&table(&["u"], &[("patrols", &[None])])).unwrap_err();
    assert_eq!(faults.to_string(), "the table has no column `personnel`, the denominator of `patrols` [no-column]");
}

// --- Outliers --------------------------------------------------------------------------------------------------------

fn to(last: i32, more: &[f64]) -> Vec<f64> {
    (1..=last).map(f64::from).chain(more.iter().copied()).collect()
}

#[test]
fn moments_of_published_examples() {
    // Excel's documentation of SKEW and KURT
    let excel = [3.0, 4.0, 5.0, 2.0, 3.0, 4.0, 5.0, 6.0, 4.0, 7.0];
    close(skewness(&excel), 0.359543071407, 1e-11);
    close(kurtosis(&excel), -0.151799637208, 1e-11);
    printed(skewness(&to(10, &[30.0, 100.0])), 3.06, 2);
    printed(kurtosis(&to(10, &[30.0, 100.0])), 9.74, 2);
    printed(skewness(&to(10, &[30.0, 30.0])), 1.71, 2);
    printed(kurtosis(&to(10, &[30.0, 30.0])), 1.82, 2);
    assert_eq!((skewness(&[1.0, 2.0]), kurtosis(&[1.0, 2.0, 4.0]), kurtosis(&[7.0; 9])), (None, None, None));
    close(skewness(&[1e60, -1e60, 0.0, 0.0]), 0.0, SOFTWARE);
}

#[test]
fn outliers_are_winsorised_one_after_the_other() {
    let rule = Outliers::default();
    // COINr's tests of Treat: 1 to 10 and 100
    assert_eq!(winsorised(&to(10, &[100.0]), &rule), Some((to(10, &[10.0]), vec![10])));
    assert_eq!(winsorised(&to(20, &[100.0, 200.0]), &rule), Some((to(20, &[20.0, 20.0]), vec![20, 21])));
    // no outliers, nothing done
    assert_eq!(winsorised(&to(10, &[]), &rule), Some((to(10, &[]), vec![])));
    // the low end
    let low: Vec<f64> = to(10, &[100.0]).iter().map(|value| -value).collect();
    assert_eq!(winsorised(&low, &rule).map(|(after, changed)| (after[10], changed)), Some((-10.0, vec![10])));
    // not enough: two points where one is allowed
    assert_eq!(winsorised(&to(20, &[100.0, 200.0]), &Outliers { most: 1, ..rule }), None);
    // five are allowed, six are tied
    let mut tied = vec![50.0; 6];
    tied.extend(to(60, &[]).iter().map(|value| value / 60.0));
    let (strict, wide) = (Outliers { skewness: 0.5, kurtosis: 0.0, most: 5 }, Outliers { skewness: 0.5, kurtosis: 0.0, most: 6 });
    assert_eq!(winsorised(&tied, &strict), None);
    assert!(winsorised(&tied, &wide).is_some_and(|(_, changed)| changed.len() == 6));
}

#[test]
fn where_winsorising_is_not_enough_a_logarithm_is_taken() {
    // the formula of COINr's log_CT, ln(x − min + (max − min)/100), evaluated apart
    let values = to(20, &[100.0, 200.0]);
    let after = logged(&values);
    for (at, expected) in [(0, 0.688134638736401), (19, 3.0440461338325417), (20, 4.6150215020384655), (21, 5.30325515557766)] {
        close(Some(after[at]), expected, SOFTWARE);
    }
    // its mirror where the low tail is long
    let low: Vec<f64> = values.iter().map(|value| -value).collect();
    for (a, b) in logged(&low).into_iter().zip(&after) {
        close(Some(-a), *b, SOFTWARE);
    }
    let units: Vec<String> = (1..=22).map(|at| format!("u{at}")).collect();
    let treatment = Treatment::WinsoriseElseLog(Outliers { most: 1, ..Outliers::default() });
    let plan = Plan::new(Composite {
        treatment,
        indicators: vec![
            Indicator::new("a", "whole", Higher),
            Indicator { treatment: Some(Treatment::None), ..Indicator::new("b", "whole", Lower) },
        ],
        groups: vec![Group::new("whole", Aggregation::Arithmetic)],
        ..Composite::new("outliers", Normaliser::MinMax { onto: HUNDRED })
    })
    .unwrap();
    let mut table = Table::new(&units).unwrap();
    table.column("a", &values.iter().copied().map(Some).collect::<Vec<_>>()).unwrap();
    table.column("b", &values.iter().copied().map(Some).collect::<Vec<_>>()).unwrap();
    let scores = plan.run(&table).unwrap();
    assert_eq!(scores.treated().len(), 1);
    let treated = &scores.treated()[0];
    assert_eq!((treated.indicator.as_str(), treated.points.len(), treated.still), ("a", 22, false));
    assert!(treated.points.iter().zip(&values).all(|(point, value)| point.how == How::Log && point.from == *value));
    close(value(&scores, "u20", "a"), 100.0 * (after[19] - after[0]) / (after[21] - after[0]), ROUNDING);
    close(value(&scores, "u20", "b"), 100.0 * 180.0 / 199.0, ROUNDING);
}

// --- What is wrong with a description --------------------------------------------------------------------------------

#[track_caller]
fn faults(composite: Composite) -> String {
    Plan::new(composite).expect_err("the description has faults").to_string()
}

#[test]
fn all_faults_are_told_at_once() {
    let strange = Composite {
        treatment: Treatment::WinsoriseElseLog(Outliers { skewness: -1.0, ..Outliers::default() }),
        indicators: vec![
            Indicator { weight: Some(-1.0), ..Indicator::new("a", "whole", Higher) },
            Indicator { weight: Some(0.1234), normaliser: posts(5.0, 5.0), ..Indicator::new("b", "whole", Higher) },
            Indicator { per: Some(Per { by: "no slug".into(), times: 0.0 }), ..Indicator::new("a", "whole", Lower) },
            Indicator { normaliser: Some(Normaliser::ZScore { mean: 0.0, sd: 0.0 }), ..Indicator::new("c", "hole", Lower) },
        ],
        groups: vec![
            Group {
                weight: Some(1.0),
                floor: Floor { least: Decimal::of_thousandths(1001), of: FloorOf::Parts },
                ..Group::new("whole", Aggregation::Power { exponent: 0.0 })
            },
            Group::new("other", Aggregation::Minimum),
        ],
        ..Composite::new("", Normaliser::MinMax { onto: Onto { low: 1.0, high: f64::NAN } })
    };
    assert_eq!(
        faults(strange),
        "composite `` is not an id [invalid-id]\n\
         the scale of ``: NaN is not a number of at most a million [number]\n\
         the skewness threshold of ``: -1 is not a number from 0 up [number]\n\
         goalposts of `b`: low 5 is not below high 5; `better` alone says which end is good [reversed]\n\
         `b` has goalposts, which clip, and a treatment of outliers; give it the treatment `none` [treated-goalposts]\n\
         `b` is normalised to 0 to 1, and `a` to 1 to NaN; one composite has one scale [mixed-scales]\n\
         a second element has the id `a` [duplicate-id]\n\
         denominator `no slug` is not an id [invalid-id]\n\
         the factor of `a`: 0 is not positive and at most 1e12 [number]\n\
         the standard deviation of `c`: 0 is not positive and at most a million [number]\n\
         `c` is normalised to mean 0 and standard deviation 0, and `a` to 1 to NaN; one composite has one scale [mixed-scales]\n\
         `c` is in the group `hole`, which there is not; groups: `whole`, `other` [unknown-group]\n\
         the exponent of `whole`: 0 is not a number from -20 to 20 other than 0; at 0 it is the geometric mean [number]\n\
         the coverage floor of `whole`: 1.001 is not a share from 0 to 1 [number]\n\
         `whole` is the whole; it has no weight [whole-weight]\n\
         in the group `whole` some parts have a weight, and `a` none; give all or none [some-weights]\n\
         the weight of `a`: the number -1 is not positive [weight]\n\
         the weight of `b`: the number 0.1234 has more than three decimals [weight]\n\
         the group `other` holds nothing [empty-group]\n\
         one group is the whole and in no other; here: `whole`, `other` [whole]"
    );
}

#[test]
fn hierarchies_that_are_none() {
    let with = |groups: Vec<Group>| Composite {
        indicators: groups.iter().map(|group| Indicator::new(&format!("in-{}", group.id), &group.id, Higher)).collect(),
        groups,
        ..Composite::new("hierarchy", identity())
    };
    let mean = Aggregation::Arithmetic;
    assert_eq!(
        faults(with(vec![Group::new("a", mean), part("b", "c", mean), part("c", "b", mean)])),
        "groups are in each other: `b`, `c` [circle]"
    );
    assert_eq!(
        faults(with(vec![part("a", "a", mean)])),
        "one group is the whole and in no other; here: none [whole]\ngroups are in each other: `a` [circle]"
    );
    assert_eq!(
        faults(with(vec![Group::new("a", mean), part("b", "x", mean), part("c", "b", mean)])),
        "`b` is in the group `x`, which there is not; groups: `a`, `b`, `c` [unknown-group]"
    );
    let chain = |levels: usize| {
        let mut groups = vec![Group::new("g1", mean)];
        groups.extend((2..levels).map(|level| part(&format!("g{level}"), &format!("g{}", level - 1), mean)));
        groups.reverse();
        with(groups)
    };
    assert_eq!(Plan::new(chain(Plan::DEPTH)).unwrap().depth(), Plan::DEPTH);
    assert_eq!(faults(chain(Plan::DEPTH + 1)), "`in-g32` stands 33 levels deep; the limit is 32 [too-deep]");
    assert_eq!(faults(chain(4000)), "`in-g3999` stands 4000 levels deep; the limit is 32 [too-deep]");
    assert_eq!(faults(chain(6000)), "11998 indicators and groups are above the limit of 10000 [too-many]");
}

#[test]
fn descriptions_are_closed() {
    let refused = |text: &str| serde_json::from_str::<Composite>(text).unwrap_err().to_string();
    assert!(refused(r#"{"id":"x","normaliser":"rank","indicators":[],"groups":[]}"#).starts_with("unknown variant `rank`"));
    assert!(refused(r#"{"id":"x","normaliser":"borda","indicators":[],"groups":[],"floor":1}"#).starts_with("unknown field `floor`"));
    assert!(refused(r#"{"id":"x","normaliser":{"min-max":{"to":[0,1]}},"indicators":[],"groups":[]}"#).starts_with("unknown field `to`"));
    let indicator = r#"{"id":"x","normaliser":"borda","indicators":[{"id":"a","group":"g","better":"up"}],"groups":[]}"#;
    assert!(refused(indicator).starts_with("unknown direction `up`"));
}

#[test]
fn what_is_wrong_with_a_table() {
    let told = |result: Result<(), Faults>| result.unwrap_err().to_string();
    assert_eq!(
        Table::new(["a", "b c", "a"]).unwrap_err().to_string(),
        "unit `b c` is not an id [invalid-id]\na second unit has the id `a` [duplicate-id]"
    );
    let mut table = Table::new(["u", "v"]).unwrap();
    table.column("a", &[Some(1.0), None]).unwrap();
    assert_eq!(told(table.column("a", &[None, None])), "a second column has the id `a` [duplicate-id]");
    assert_eq!(
        told(table.column("b", &[Some(f64::INFINITY), Some(2e60), Some(1.0)])),
        "`b` has another number of values (3) than there are units (2) [length]\n\
         `b`, unit `u`: inf is not a finite number of at most 1e60 [value]\n\
         `b`, unit `v`: 2000000000000000000000000000000000000000000000000000000000000 is not a finite number of at most 1e60 [value]"
    );
    assert_eq!(told(table.groups(&[None])), "`groups` has another number of values (1) than there are units (2) [length]");
    assert_eq!((table.value("u", "a"), table.value("v", "a"), table.value("u", "b"), table.value("w", "a")), (Some(1.0), None, None, None));
}

#[test]
fn a_table_without_units_has_no_scores() {
    for aggregation in ALL {
        let plan = Plan::new(Composite {
            indicators: vec![Indicator::new("a", "whole", Higher)],
            groups: vec![Group::new("whole", aggregation)],
            ..Composite::new("none", Normaliser::Borda)
        })
        .unwrap();
        let scores = plan.run(&table(&[], &[("a", &[])])).unwrap();
        assert_eq!((scores.units().len(), scores.outcomes("whole").count(), scores.ranks("whole").len()), (0, 0, 0));
        assert!(scores.outcome("u", "whole").is_none() && scores.outcomes("nothing").next().is_none());
    }
}

// --- Parts, contributions, left out ----------------------------------------------------------------------------------

#[test]
fn a_score_is_told_with_its_parts() {
    let scores = small(Normaliser::MinMax { onto: HUNDRED }, Aggregation::Arithmetic, 700);
    assert_eq!(
        scores.score("U5", "IDX").unwrap().to_string(),
        "IDX = unknown: fewer parts are known than the coverage floor asks for, range 53.2955 to 63.2955\n  \
           P1, weight 0.4 = unknown: fewer parts are known than the coverage floor asks for, range 18.1818 to 43.1818\n    \
             i1, weight 0.25 = 72.7273 (1 of 1 indicators), range 72.7273\n    \
             i2, weight 0.5 = 0 (1 of 1 indicators), range 0\n    \
             i3, weight 0.25 = unknown: no value is given, range 0 to 100\n  \
           P2, weight 0.6 = 76.7045 (2 of 2 indicators), range 76.7045\n    \
             i4, weight 0.25 = 81.8182 (1 of 1 indicators), range 81.8182\n    \
             i5, weight 0.75 = 75 (1 of 1 indicators), range 75"
    );
    let json = serde_json::to_value(&scores).unwrap();
    assert_eq!(json["units"][4]["score"]["outcome"]["unknown"]["reason"], "below-floor");
    assert_eq!(json["units"][4]["score"]["parts"][0]["coverage"]["indicators"], serde_json::json!({ "known": 2, "of": 3 }));
    assert!(!json.to_string().contains("null"));
    // without ends there is no range where something is missing
    let z = small(Normaliser::ZScore { mean: 0.0, sd: 1.0 }, Aggregation::Arithmetic, 0);
    assert_eq!(z.score("U5", "P1").unwrap().range, Range::NotTold);
    assert!(matches!(z.score("U5", "P2").unwrap().range, Range::Within { .. }));
}

#[test]
fn contributions_to_an_arithmetic_whole_add_up() {
    let scores = small(Normaliser::MinMax { onto: HUNDRED }, Aggregation::Arithmetic, 0);
    for unit in UNITS {
        for element in ["P1", "P2", "IDX", "i4"] {
            let of = scores.contributions(unit, element).unwrap();
            assert_eq!(of.kind, Kind::Terms);
            let sum = of.indicators.iter().filter_map(|one| one.amount.value()).fold(0.0, |sum, amount| sum + amount);
            close(Some(sum), value(&scores, unit, element), ROUNDING);
        }
    }
    // U5 has no i3: i1 weighs 1 and i2 weighs 2 of 3 in P1, which weighs .4
    let of = scores.contributions("U5", "IDX").unwrap();
    close(of.indicators[0].amount.value(), 72.7272727272727 / 3.0 * 0.4, SOFTWARE * 100.0);
    assert_eq!(of.indicators[2].amount.value(), None);
}

#[test]
fn contributions_to_other_wholes_are_what_leaving_out_changes() {
    let scores = of_one_unit(&[Some(20.0), Some(50.0), Some(90.0)], Aggregation::Minimum, identity());
    let of = scores.contributions("u", "whole").unwrap();
    assert_eq!(of.kind, Kind::LeftOut);
    // without the least the score would be 50
    assert_eq!(of.indicators.iter().map(|one| one.amount.value()).collect::<Vec<_>>(), [Some(-30.0), Some(0.0), Some(0.0)]);
    // a group of one has no score without it
    let one = of_one_unit(&[Some(20.0)], Aggregation::Geometric, identity()).contributions("u", "whole").unwrap();
    assert_eq!(one.indicators[0].amount.value(), None);
    // the arithmetic part of a geometric whole adds up
    let hdi = hdi(Aggregation::Geometric).run(&three_countries()).unwrap();
    assert_eq!(hdi.contributions("mali", "education").unwrap().kind, Kind::Terms);
    assert_eq!(hdi.contributions("mali", "education").unwrap().indicators.len(), 2);
    assert_eq!(hdi.contributions("mali", "hdi").unwrap().kind, Kind::LeftOut);
}

#[test]
fn leaving_an_element_out_is_a_composite_without_it() {
    let scores = small(Normaliser::MinMax { onto: HUNDRED }, Aggregation::Arithmetic, 700);
    // without i3, U5 has all of P1; the others are the means of the rest
    let without = scores.without("i3").unwrap();
    let of = |unit: &str| without.units.iter().find(|change| change.unit == unit).unwrap();
    assert_eq!(of("U5").with.reason(), Some(Reason::BelowFloor));
    close(of("U5").without.value(), ARITHMETIC[4][2], SOFTWARE);
    close(of("U1").without.value(), 0.4 * (27.2727272727273 + 2.0 * 14.2857142857143) / 3.0 + 0.6 * 45.4545454545455, SOFTWARE * 100.0);
    assert_eq!(of("U5").without.to_string(), "55.7197 (4 of 4 indicators)");
    // a group goes with all that is in it
    let group = scores.without("P1").unwrap();
    for (change, row) in group.units.iter().zip(&ARITHMETIC) {
        close(change.without.value(), row[1], SOFTWARE);
    }
    // six units have a rank with and without it
    let shift: f64 = group.units.iter().filter_map(|change| Some(change.rank_with?.abs_diff(change.rank_without?) as f64)).sum();
    close(group.mean_rank_shift, shift / 6.0, SOFTWARE);
    assert_eq!(scores.without("IDX").unwrap_err().to_string(), "without `IDX` nothing is left [nothing-left]");
    assert_eq!(scores.without("i9").unwrap_err().to_string(), "there is no element `i9` [unknown-element]");
    // leaving out the last indicator of a group leaves the group out
    let hdi = hdi(Aggregation::Geometric).run(&three_countries()).unwrap();
    let (by_indicator, by_group) = (hdi.without("gni").unwrap(), hdi.without("income").unwrap());
    assert_eq!(by_indicator.units, by_group.units);
}

// --- Properties ------------------------------------------------------------------------------------------------------

const ALL: [Aggregation; 7] = [
    Aggregation::Arithmetic,
    Aggregation::Geometric,
    Aggregation::Harmonic,
    Aggregation::Power { exponent: 2.5 },
    Aggregation::Power { exponent: -3.0 },
    Aggregation::Median,
    Aggregation::Minimum,
];

const NORMALISERS: [Normaliser; 5] = [
    Normaliser::MinMax { onto: FROM_ONE },
    Normaliser::Goalposts { low: -20.0, high: 20.0, onto: FROM_ONE },
    Normaliser::ZScore { mean: 100.0, sd: 10.0 },
    Normaliser::PercentileRank,
    Normaliser::Borda,
];

const INDICATORS: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

fn config() -> ProptestConfig {
    ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() }
}

/// Rows of values of six indicators, some missing.
fn rows() -> impl Strategy<Value = Vec<[Option<f64>; 6]>> {
    // few different values, so that ties and columns without spread come up
    let value = prop_oneof![(-6i8..6).prop_map(|value| f64::from(value) * 4.0), -30.0..30.0f64];
    vec(proptest::array::uniform6(weighted(0.85, value)), 1..9)
}

/// Three levels: a, b in P; c, d in Q; P, Q, e, f in the whole.
fn composite(
    normaliser: Normaliser,
    aggregation: [Aggregation; 3],
    better: [Better; 6],
    weights: [u16; 8],
    times: f64,
    floor: i64,
) -> Composite {
    let floor = Floor { least: Decimal::of_thousandths(floor), of: FloorOf::Weight };
    let weight = |at: usize| Some(f64::from(weights[at]) * times);
    let of = ["P", "P", "Q", "Q", "whole", "whole"];
    let indicator = |at: usize| Indicator { weight: weight(at), ..Indicator::new(INDICATORS[at], of[at], better[at]) };
    Composite {
        indicators: (0..6).map(indicator).collect(),
        groups: vec![
            Group { floor, ..Group::new("whole", aggregation[0]) },
            Group { weight: weight(6), floor, ..part("P", "whole", aggregation[1]) },
            Group { weight: weight(7), floor, ..part("Q", "whole", aggregation[2]) },
        ],
        ..Composite::new("chance", normaliser)
    }
}

fn composites(normalisers: &'static [Normaliser]) -> impl Strategy<Value = (Composite, Composite)> {
    let parts = (
        select(normalisers),
        proptest::array::uniform3(select(&ALL[..])),
        proptest::array::uniform6(select(&[Higher, Lower][..])),
        proptest::array::uniform8(1u16..9),
        select(vec![0i64, 400, 700]),
    );
    // the same, its weights scaled
    parts.prop_map(|(normaliser, aggregation, better, weights, floor)| {
        let with = |times: f64| composite(normaliser, aggregation, better, weights, times, floor);
        (with(1.0), with(0.375))
    })
}

fn chance(rows: &[[Option<f64>; 6]], order: &[usize]) -> Table {
    let mut table = Table::new(order.iter().map(|at| format!("u{at}"))).unwrap();
    for (column, id) in INDICATORS.into_iter().enumerate() {
        table.column(id, &order.iter().map(|at| rows[*at][column]).collect::<Vec<_>>()).unwrap();
    }
    table
}

fn in_order(rows: &[[Option<f64>; 6]]) -> Table {
    chance(rows, &(0..rows.len()).collect::<Vec<_>>())
}

fn same(a: Option<Outcome>, b: Option<Outcome>, tolerance: f64) -> bool {
    match (a, b) {
        (Some(Outcome::Known { value: a, coverage: of_a }), Some(Outcome::Known { value: b, coverage: of_b })) => {
            (a - b).abs() <= tolerance && of_a == of_b
        }
        (a, b) => a == b,
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn scores_are_numbers_within_their_scale_and_range((composite, _) in composites(&NORMALISERS), rows in rows()) {
        let normaliser = composite.normaliser;
        let scores = Plan::new(composite).unwrap().run(&in_order(&rows)).unwrap();
        let ends = match normaliser {
            Normaliser::MinMax { onto } | Normaliser::Goalposts { onto, .. } => (onto.low, onto.high),
            Normaliser::PercentileRank => (0.0, 1.0),
            _ => (f64::MIN, f64::MAX),
        };
        for unit in scores.units() {
            for element in scores.elements() {
                let score = scores.score(unit.as_str(), element.as_str()).unwrap();
                if let Some(value) = score.outcome.value() {
                    prop_assert!(value.is_finite() && (ends.0..=ends.1).contains(&value));
                    if let Range::Within { low, high } = score.range {
                        prop_assert!(low <= value && value <= high);
                    }
                }
                if let Range::Within { low, high } = score.range {
                    prop_assert!(low <= high && ends.0 <= low && high <= ends.1);
                }
                prop_assert_eq!(score.outcome.value().is_some(), scores.contributions(unit.as_str(), element.as_str()).is_some());
            }
        }
        prop_assert!(!serde_json::to_string(&scores).unwrap().contains("null"));
    }

    #[test]
    fn a_group_lies_between_its_parts((composite, _) in composites(&NORMALISERS), rows in rows()) {
        let scores = Plan::new(composite).unwrap().run(&in_order(&rows)).unwrap();
        for unit in scores.units() {
            let score = scores.score(unit.as_str(), "whole").unwrap();
            if let Some(value) = score.outcome.value() {
                let parts: Vec<f64> = score.parts.iter().filter_map(|part| part.outcome.value()).collect();
                let (low, high) = parts.iter().fold((f64::MAX, f64::MIN), |(low, high), part| (low.min(*part), high.max(*part)));
                prop_assert!(low - ROUNDING <= value && value <= high + ROUNDING);
            }
        }
    }

    #[test]
    fn the_scale_of_weights_does_not_matter((composite, scaled) in composites(&NORMALISERS), rows in rows()) {
        let table = in_order(&rows);
        let (one, other) = (Plan::new(composite).unwrap().run(&table).unwrap(), Plan::new(scaled).unwrap().run(&table).unwrap());
        for unit in one.units() {
            for element in one.elements() {
                // to the last bit
                prop_assert_eq!(one.outcome(unit.as_str(), element.as_str()), other.outcome(unit.as_str(), element.as_str()));
            }
        }
    }

    #[test]
    fn the_order_of_rows_and_of_the_description_does_not_matter((composite, _) in composites(&NORMALISERS), rows in rows(), turn in 0usize..9) {
        let order: Vec<usize> = (0..rows.len()).map(|at| (at + turn) % rows.len()).rev().collect();
        let mut reversed = composite.clone();
        reversed.indicators.reverse();
        reversed.groups.reverse();
        let one = Plan::new(composite).unwrap().run(&in_order(&rows)).unwrap();
        let other = Plan::new(reversed).unwrap().run(&chance(&rows, &order)).unwrap();
        for unit in one.units() {
            for element in one.elements() {
                let (a, b) = (one.outcome(unit.as_str(), element.as_str()), other.outcome(unit.as_str(), element.as_str()));
                prop_assert!(same(a, b, ROUNDING), "{:?} {:?}", a, b);
            }
        }
    }

    #[test]
    fn a_better_value_never_lowers_a_score_above_it(
        (composite, _) in composites(&NORMALISERS),
        mut rows in rows(),
        (unit, column) in (0usize..9, 0usize..6),
        by in 0.01..20.0f64,
    ) {
        let unit = unit % rows.len();
        let better = composite.indicators[column].better;
        let plan = Plan::new(composite).unwrap();
        let before = plan.run(&in_order(&rows)).unwrap();
        let Some(value) = &mut rows[unit][column] else { return Ok(()) };
        *value += if better == Higher { by } else { -by };
        let after = plan.run(&in_order(&rows)).unwrap();
        let unit = format!("u{unit}");
        for element in before.elements() {
            // columns can gain or lose all their spread, which is another matter
            let (before, after) = (before.outcome(&unit, element.as_str()).unwrap(), after.outcome(&unit, element.as_str()).unwrap());
            if let (Outcome::Known { value: before, coverage: of }, Outcome::Known { value: after, coverage }) = (before, after)
                && of == coverage
            {
                prop_assert!(after >= before - ROUNDING, "{} {} to {}", element, before, after);
            }
        }
    }

    #[test]
    fn leaving_out_is_the_same_as_never_having_had((composite, _) in composites(&NORMALISERS), rows in rows(), at in 0usize..6) {
        let left = INDICATORS[at];
        let with = Plan::new(composite.clone()).unwrap().run(&in_order(&rows)).unwrap();
        let mut fewer = composite;
        fewer.indicators.retain(|indicator| indicator.id != left);
        let never = Plan::new(fewer).unwrap().run(&in_order(&rows)).unwrap();
        for change in with.without(left).unwrap().units {
            prop_assert_eq!(Some(change.without), never.outcome(change.unit.as_str(), "whole"));
        }
    }

    #[test]
    fn descriptions_are_written_and_read_back((composite, _) in composites(&NORMALISERS)) {
        let text = serde_json::to_string(&composite).unwrap();
        prop_assert_eq!(serde_json::from_str::<Composite>(&text).unwrap(), composite);
    }

    #[test]
    fn treated_values_keep_their_order(values in vec(prop_oneof![-5.0..5.0f64, -500.0..500.0f64], 0..40), most in 0u32..7) {
        let rule = Outliers { most, ..Outliers::default() };
        if let Some((after, changed)) = winsorised(&values, &rule) {
            prop_assert!(changed.len() <= most as usize && !rule.found(&after));
            for (at, (a, b)) in values.iter().zip(&after).enumerate() {
                prop_assert_eq!(a != b, changed.contains(&at));
            }
        }
        let after = logged(&values);
        for (a, x) in values.iter().zip(&after) {
            for (b, y) in values.iter().zip(&after) {
                prop_assert!(a.partial_cmp(b) == x.partial_cmp(y) || (a - b).abs() < ROUNDING);
            }
        }
    }

    #[test]
    fn no_description_panics(
        (low, high) in (any::<f64>(), any::<f64>()), exponent in any::<f64>(), weight in any::<f64>(),
        values in vec(proptest::option::of(any::<f64>()), 3), kind in 0u8..4,
    ) {
        let onto = Onto { low, high };
        let normaliser = match kind {
            0 => Normaliser::MinMax { onto },
            1 => Normaliser::Goalposts { low, high, onto: Onto::default() },
            2 => Normaliser::ZScore { mean: low, sd: high },
            _ => Normaliser::Goalposts { low: weight, high: exponent, onto },
        };
        let composite = Composite {
            treatment: Treatment::WinsoriseElseLog(Outliers { skewness: 0.0, kurtosis: -0.0, most: 1 }),
            indicators: vec![Indicator { weight: Some(weight), treatment: Some(Treatment::None), ..Indicator::new("a", "whole", Higher) }],
            groups: vec![Group::new("whole", Aggregation::Power { exponent })],
            ..Composite::new("any", normaliser)
        };
        if let Ok(plan) = Plan::new(composite) {
            let mut table = Table::new(["u", "v", "w"]).unwrap();
            if table.column("a", &values).is_ok() {
                let scores = plan.run(&table).unwrap();
                prop_assert!(scores.outcomes("whole").all(|(_, outcome)| outcome.value().is_none_or(f64::is_finite)));
            }
        }
        let known: Vec<f64> = values.iter().copied().flatten().collect();
        let _ = (skewness(&known), kurtosis(&known), logged(&known), winsorised(&known, &Outliers::default()));
        prop_assert!(min_max(&values, Higher, onto).iter().flatten().all(|score| score.is_finite()));
        prop_assert!(z_score(&values, Lower, low, high).iter().flatten().all(|score| score.is_finite()));
        prop_assert!(goalposts(&values, Lower, low, high, onto).iter().flatten().all(|score| score.is_finite()));
        let of: Vec<(f64, Weight)> = known.iter().map(|value| (*value, Weight::ONE)).collect();
        for aggregation in ALL.into_iter().chain([Aggregation::Power { exponent }]) {
            prop_assert!(aggregation.of(&of).map_or(true, f64::is_finite));
        }
    }
}
