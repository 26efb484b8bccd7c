//! Fuzzy-set QCA on the Lipset data, against QCA 3.25.1 for R (truth tables, solutions and fit), and properties.
//!
//! The data are those of the example; calibrated memberships are rounded to two decimals, as the data set of that program
//! holds them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests stop at what they did not expect")]
#![allow(clippy::excessive_precision, reason = "reference values stand as they were printed")]

use std::collections::BTreeSet;

use crate::example::{ANCHORS, CONDITIONS, STATES, lipset};
use peaceops::comparison::qca::{
    Anchors, Data, Expectation, Fitted, Necessity, Outcome, Solutions, Steepness, Sufficiency, Term, TruthRule, TruthTable, calibrate,
    minimise, prime_implicants,
};
use peaceops::measure::Decimal;
use proptest::prelude::*;

fn fuzzy() -> Data {
    lipset().unwrap()
}

/// In or out at the crossover.
fn crisp() -> Data {
    let rows = STATES.iter().map(|(case, values)| {
        let member = |(value, anchors): (&f64, &Anchors)| {
            f64::from(u8::from(if anchors.out < anchors.full { *value >= anchors.crossover } else { *value <= anchors.crossover }))
        };
        (*case, values.iter().zip(&ANCHORS).map(member).collect())
    });
    Data::new(CONDITIONS, "SURV", rows).unwrap()
}

fn term(text: &str) -> Term {
    fuzzy().term(text).unwrap()
}

#[track_caller]
fn close(found: Option<f64>, wanted: f64) {
    assert!((found.unwrap() - wanted).abs() < 1e-9, "{found:?} for {wanted}");
}

#[test]
fn calibration_is_that_of_the_published_data() {
    let data = fuzzy();
    let developed: Vec<f64> = data.in_term(term("DEV"));
    let at = |case: &str| developed[STATES.iter().position(|(id, _)| *id == case).unwrap()];
    assert_eq!((at("AU"), at("EE"), at("FI")), (0.81, 0.16, 0.58));
    let exact = calibrate(590.0, ANCHORS[0], Steepness::Three).unwrap();
    assert!((exact - 0.5849).abs() < 5e-5);
    // stability: fewer governments are more
    let stable = calibrate(4.0, ANCHORS[4], Steepness::Ln19).unwrap();
    assert!(stable > 0.95);
    assert!((calibrate(5.0, ANCHORS[4], Steepness::Ln19).unwrap() - 0.95).abs() < 1e-12);
    assert!((calibrate(15.0, ANCHORS[4], Steepness::Ln19).unwrap() - 0.05).abs() < 1e-12);
    let between = |out, crossover, full| {
        let error = calibrate(1.0, Anchors { out, crossover, full }, Steepness::Three).unwrap_err();
        (error.code(), error.to_string())
    };
    assert_eq!(between(0.0, 0.0, 1.0), ("not-between", "crossover 0 does not lie strictly between 0 and 1".to_owned()));
    assert_eq!(between(3.0, 4.5, 4.0).1, "crossover 4.5 does not lie strictly between 3 and 4");
    assert_eq!(between(9.0, 3.0, 3.0).1, "crossover 3 does not lie strictly between 3 and 9");
    assert_eq!(calibrate(f64::NAN, ANCHORS[0], Steepness::Three).unwrap_err().code(), "not-finite");
    let wide = Anchors { out: -1.7e308, crossover: 0.0, full: 1.7e308 };
    assert!(calibrate(f64::MAX, wide, Steepness::Ln19).unwrap() > 0.95);
    let wide = Anchors { out: -1.7e308, crossover: -1.6e308, full: 1.7e308 };
    // half of the way from crossover to full
    let half = 1.0 / (1.0 + (-0.5 * 19f64.ln()).exp());
    assert!((calibrate(0.05e308, wide, Steepness::Ln19).unwrap() - half).abs() < 1e-12);
}

#[test]
fn the_example_takes_no_argument_but_help() {
    let text = |args: &[&str]| crate::example::text(lexopt::Parser::from_args(args));
    assert!(text(&[]).unwrap().starts_with("Where did democracy survive"));
    let help = text(&["--help"]).unwrap();
    assert!(help.contains("Usage: qca [--help]"));
    assert_eq!(text(&["--bogus"]).unwrap_err(), format!("error: invalid option '--bogus'\n\n{help}"));
    assert_eq!(text(&["--\u{1b}[31mX"]).unwrap_err(), format!("error: invalid option '--\\u{{1b}}[31mX'\n\n{help}"));
}

/// Row, consistency, PRI, cases; all other rows are remainders.
const ROWS: [(usize, f64, f64, &str, Outcome); 10] = [
    (1, 0.215_976_331_360_946_99, 0.0, "GR,PT,ES", Outcome::Absent),
    (2, 0.278_026_905_829_595_99, 0.0, "IT,RO", Outcome::Absent),
    (5, 0.520_900_321_543_409_04, 0.113_095_238_095_238, "HU,PL", Outcome::Absent),
    (6, 0.528_571_428_571_429_03, 0.228_070_175_438_597_01, "EE", Outcome::Absent),
    (22, 0.804_270_462_633_452_03, 0.719_387_755_102_041, "FI,IE", Outcome::Present),
    (23, 0.378_205_128_205_128_03, 0.039_603_960_396_039_6, "AU", Outcome::Absent),
    (24, 0.708_771_929_824_562_05, 0.634_361_233_480_176_03, "FR,SE", Outcome::Absent),
    (31, 0.445_255_474_452_554_98, 0.049_999_999_999_999_9, "DE", Outcome::Absent),
    (32, 0.904_205_607_476_635_04, 0.885_793_871_866_294_99, "BE,CZ,NL,UK", Outcome::Present),
    (3, 0.0, 0.0, "", Outcome::Remainder),
];

#[test]
fn the_fuzzy_truth_table_is_the_reference() {
    let table = TruthTable::of(&fuzzy(), &TruthRule::default()).unwrap();
    assert_eq!((table.rows.len(), table.nowhere.len()), (32, 0));
    for (number, consistency, pri, cases, outcome) in ROWS {
        let row = &table.rows[number - 1];
        let found: Vec<&str> = row.cases.iter().map(|id| id.as_str()).collect();
        assert_eq!((row.number, found.join(",").as_str(), row.outcome), (number, cases, outcome));
        if outcome != Outcome::Remainder {
            close(row.fit.unwrap().consistency, consistency);
            close(row.fit.unwrap().pri, pri);
        }
    }
    assert_eq!(table.rows.iter().filter(|row| row.outcome == Outcome::Remainder).count(), 23);
    // France and Sweden have the outcome in a row that is not consistent enough
    let contradicting: Vec<&str> = table.rows[23].contradicting.iter().map(|id| id.as_str()).collect();
    assert_eq!(contradicting, ["FR", "SE"]);
}

#[test]
fn the_crisp_truth_table_is_the_reference() {
    let rule = TruthRule { consistency: Decimal::of_thousandths(1000), ..TruthRule::default() };
    let table = TruthTable::of(&crisp(), &rule).unwrap();
    let with = |outcome: Outcome| table.rows.iter().filter(|row| row.outcome == outcome).map(|row| row.number).collect::<Vec<_>>();
    assert_eq!(with(Outcome::Present), [22, 24, 32]);
    assert_eq!(with(Outcome::Absent), [1, 2, 5, 6, 23, 31]);
    assert!(table.rows.iter().all(|row| row.contradicting.is_empty()));
}

fn expressions(fitted: &[Fitted]) -> Vec<&str> {
    fitted.iter().map(|model| model.expression.as_str()).collect()
}

#[test]
fn fuzzy_solutions_are_the_reference() {
    let data = fuzzy();
    let table = TruthTable::of(&data, &TruthRule::default()).unwrap();
    let solutions = Solutions::of(&data, &table, &[Expectation::Present; 5]).unwrap();
    assert!(!solutions.few);
    let conservative = &solutions.conservative;
    assert_eq!(expressions(&conservative.fitted), ["DEV*URB*LIT*IND*STB + DEV*~URB*LIT*~IND*STB"]);
    close(conservative.fitted[0].fit.consistency, 0.869_767_441_860_465);
    close(conservative.fitted[0].fit.pri, 0.842_990_654_205_607);
    close(conservative.fitted[0].fit.coverage, 0.658_450_704_225_352);
    let second = &conservative.fitted[0].terms[0];
    close(second.fit.consistency, 0.904_205_607_476_635);
    close(second.unique, 0.393_192_488_262_911);
    assert_eq!(second.cases.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["BE", "CZ", "NL", "UK"]);
    let parsimonious = &solutions.parsimonious;
    assert_eq!(expressions(&parsimonious.fitted), ["DEV*~IND + URB*STB"]);
    close(parsimonious.fitted[0].fit.consistency, 0.850_349_650_349_65);
    close(parsimonious.fitted[0].fit.pri, 0.818_644_067_796_61);
    close(parsimonious.fitted[0].fit.coverage, 0.713_615_023_474_178);
    close(parsimonious.fitted[0].terms[0].unique, 0.193_661_971_830_986);
    close(parsimonious.fitted[0].terms[1].unique, 0.429_577_464_788_732);
    assert_eq!(parsimonious.assumed, [10, 12, 14, 16, 17, 18, 21, 25, 26, 28, 29, 30]);
    let [intermediate] = solutions.intermediate.as_slice() else { panic!("one pair of models") };
    assert_eq!(expressions(&intermediate.fitted), ["DEV*URB*LIT*STB + DEV*LIT*~IND*STB"]);
    assert_eq!(intermediate.assumed, [30]);
    close(intermediate.fitted[0].fit.consistency, 0.865_947_611_710_324);
    close(intermediate.fitted[0].fit.pri, 0.838_589_981_447_125);
    close(intermediate.fitted[0].fit.coverage, 0.659_624_413_145_54);
    close(intermediate.fitted[0].terms[1].unique, 0.191_314_553_990_61);
    // without expectations nothing is assumed
    let none = Solutions::of(&data, &table, &[]).unwrap();
    assert_eq!(none.intermediate[0].fitted, conservative.fitted);
}

#[test]
fn crisp_solutions_are_the_reference() {
    let data = crisp();
    let rule = TruthRule { consistency: Decimal::of_thousandths(1000), ..TruthRule::default() };
    let table = TruthTable::of(&data, &rule).unwrap();
    let solutions = Solutions::of(&data, &table, &[Expectation::Present; 5]).unwrap();
    let set = |terms: &[Term]| {
        let mut names: Vec<String> = terms.iter().map(|term| data.name(*term)).collect();
        names.sort();
        names
    };
    assert_eq!(set(&solutions.conservative.models.models[0]), ["DEV*LIT*IND*STB", "DEV*~URB*LIT*STB"]);
    assert_eq!(set(&solutions.parsimonious.models.prime_implicants), ["DEV*STB", "DEV*~IND", "IND*STB", "URB*STB"]);
    assert_eq!(expressions(&solutions.parsimonious.fitted), ["DEV*STB"]);
    assert_eq!(set(&solutions.parsimonious.models.essential), Vec::<String>::new());
    assert_eq!(expressions(&solutions.intermediate[0].fitted), ["DEV*LIT*STB"]);
    assert_eq!(solutions.intermediate[0].assumed, [30]);
}

#[test]
fn parameters_of_fit_are_the_reference() {
    let data = fuzzy();
    let outcomes = data.outcomes();
    let sufficiency = |text: &str| Sufficiency::of(&data.in_term(term(text)), &outcomes);
    for (text, consistency, pri, coverage) in [
        ("DEV", 0.774_617_067_833_698_1, 0.743_142_144_638_404_22, 0.830_985_915_492_957_75),
        ("DEV*LIT*STB", 0.868_811_881_188_118_83, 0.848_137_535_816_619_21, 0.823_943_661_971_831_11),
    ] {
        let fit = sufficiency(text);
        close(fit.consistency, consistency);
        close(fit.pri, pri);
        close(fit.coverage, coverage);
    }
    let either = Fitted::of(&data, &[term("DEV*~URB*LIT*STB"), term("DEV*LIT*~IND*STB")]);
    close(either.fit.consistency, 0.814_893_617_021_276_5);
    close(either.fit.coverage, 0.449_530_516_431_924_82);
    close(either.terms[0].unique, 0.167_840_375_586_854_38);
    close(either.terms[1].unique, 0.016_431_924_882_629_012);
    for (text, consistency, relevance, coverage) in [
        ("DEV", 0.830_985_915_492_957_75, 0.811_355_311_355_311_36, 0.774_617_067_833_698_1),
        ("LIT", 0.990_610_328_638_497_53, 0.509_414_225_941_422_6, 0.642_802_741_812_642_74),
        ("STB", 0.920_187_793_427_230_12, 0.680_118_110_236_220_6, 0.706_943_192_064_925_11),
        ("DEV*STB", 0.823_943_661_971_831_11, 0.903_460_837_887_067_55, 0.868_811_881_188_118_83),
    ] {
        let fit = Necessity::of(&data.in_term(term(text)), &outcomes);
        close(fit.consistency, consistency);
        close(fit.relevance, relevance);
        close(fit.coverage, coverage);
    }
    let negated = data.negated();
    let fit = Sufficiency::of(&negated.in_term(term("~DEV")), &negated.outcomes());
    close(fit.consistency, 0.837_471_783_295_710_91);
    close(fit.pri, 0.798_036_465_638_148_56);
    close(fit.coverage, 0.782_700_421_940_928_04);
}

#[test]
fn what_cannot_be_is_refused() {
    let code = |result: Result<Data, peaceops::Error>| result.unwrap_err().code();
    let ids: Vec<String> = (0..13).map(|at| format!("c{at}")).collect();
    let many = ids.iter().map(String::as_str);
    assert_eq!(code(Data::new(many, "y", [("one", vec![0.0; 14])])), "out-of-range");
    assert_eq!(code(Data::new([], "y", [("one", vec![0.5])])), "out-of-range");
    assert_eq!(code(Data::new(["a"], "y", [("one", vec![0.5])])), "out-of-range");
    assert_eq!(code(Data::new(["a"], "y", [("one", vec![-0.1, 0.5])])), "out-of-range");
    assert_eq!(code(Data::new(["a"], "y", [("one", vec![f64::NAN, 0.5])])), "out-of-range");
    assert_eq!(code(Data::new(["a", "a"], "y", [("one", vec![0.1, 0.1, 0.5])])), "not-comparable");
    assert_eq!(code(Data::new(["a"], "y", [("one", vec![0.1, 0.5]), ("one", vec![0.1, 0.5])])), "not-comparable");
    assert_eq!(code(Data::new(["a"], "y", [])), "out-of-range");
    let message = |cases: [(&'static str, Vec<f64>); 2]| Data::new(["A"], "Y", cases).unwrap_err().to_string();
    let one = ("one", vec![0.5, 0.5]);
    assert_eq!(message([one.clone(), ("two", vec![0.5, 1.5])]), "membership 1.5 of the case `two` in `Y` is not in the range 0..=1");
    assert_eq!(message([one.clone(), ("two", vec![-0.5, 1.5])]), "membership -0.5 of the case `two` in `A` is not in the range 0..=1");
    assert_eq!(message([one, ("two", vec![0.5])]), "number of memberships 1 of the case `two` is not in the range 2..=2");
    let data = Data::new(["a"], "y", [("fence", vec![0.5, 0.9])]).unwrap();
    assert!(data.is_few());
    // no number of cases is too many to ask for
    let strict = TruthTable::of(&data, &TruthRule { cases: usize::MAX, ..TruthRule::default() }).unwrap();
    assert!(strict.rows.iter().all(|row| row.outcome == Outcome::Remainder));
    // what is no membership has no fit
    let fit = Sufficiency::of(&[f64::INFINITY, 0.5], &[f64::INFINITY, 0.5]);
    assert_eq!((fit.consistency, fit.coverage, fit.pri), (None, None, None));
    let table = TruthTable::of(&data, &TruthRule::default()).unwrap();
    assert_eq!(table.nowhere[0].as_str(), "fence");
    let solutions = Solutions::of(&data, &table, &[]).unwrap();
    assert!(solutions.conservative.fitted.iter().all(|model| model.expression.is_empty()));
    assert_eq!(data.term("1").unwrap(), Term::default());
    assert_eq!((data.term("").unwrap_err().code(), data.term("a*").unwrap_err().code()), ("unknown-id", "unknown-id"));
    assert_eq!(fuzzy().term("DEV*~URN").unwrap_err().to_string(), "unknown condition `URN`; the nearest is `URB`");
    assert_eq!(data.term("a*~a").unwrap_err().code(), "not-comparable");
    let out_of_range = |result: Result<_, peaceops::Error>| result.unwrap_err().code() == "out-of-range";
    assert!(out_of_range(minimise(&[], &[], 13).map(drop)));
    assert!(out_of_range(minimise(&[Term::corner(0, 3)], &[], 2).map(drop)));
    assert!(out_of_range(minimise(&[Term::corner(0, 2)], &[Term::corner(0, 1)], 2).map(drop)));
    assert!(out_of_range(Solutions::of(&data, &table, &[Expectation::None; 2]).map(drop)));
    assert!(out_of_range(Solutions::of(&fuzzy(), &table, &[]).map(drop)));
    // of no condition there is one row, which always holds
    assert_eq!(minimise(&[Term::default()], &[], 0).unwrap().models, [[Term::default()]]);
    assert_eq!(minimise(&[], &[], 0).unwrap().models, [[]]);
    let wrong = TruthRule { consistency: Decimal::of_thousandths(1001), ..TruthRule::default() };
    assert_eq!(TruthTable::of(&data, &wrong).unwrap_err().code(), "out-of-range");
}

/// The slow way: every term, by its definition.
fn by_definition(rows: &[u16], free: &[u16], conditions: usize) -> Vec<Term> {
    let all: Vec<Term> = (0..3usize.pow(conditions as u32))
        .map(|number| {
            let corners: Vec<Term> = (0..1u16 << conditions)
                .filter(|corner| {
                    (0..conditions).all(|at| match number / 3usize.pow(at as u32) % 3 {
                        2 => true,
                        digit => usize::from(corner >> at & 1) == digit,
                    })
                })
                .map(|corner| Term::corner(corner, conditions))
                .collect();
            // the widest term of these corners
            prime_implicants(&corners, &[], conditions).unwrap()[0]
        })
        .collect();
    let of = |codes: &[u16]| codes.iter().map(|code| Term::corner(*code, conditions)).collect::<Vec<_>>();
    let (rows, free) = (of(rows), of(free));
    let out: Vec<Term> = (0..1u16 << conditions)
        .map(|code| Term::corner(code, conditions))
        .filter(|corner| !rows.contains(corner) && !free.contains(corner))
        .collect();
    let implicants: Vec<Term> =
        all.into_iter().filter(|term| rows.iter().any(|row| term.holds(*row)) && !out.iter().any(|row| term.holds(*row))).collect();
    let prime = |term: &&Term| !implicants.iter().any(|other| other != *term && other.holds(**term));
    implicants.iter().filter(prime).copied().collect()
}

/// The slow way: all sets of so many terms that hold every row, of no term at first, then of ever more.
fn smallest_sets(rows: &[Term], primes: &[Term]) -> BTreeSet<BTreeSet<Term>> {
    fn extend(rows: &[Term], primes: &[Term], set: &BTreeSet<Term>, more: usize, found: &mut BTreeSet<BTreeSet<Term>>) {
        match rows.iter().find(|row| !set.iter().any(|term| term.holds(**row))) {
            None => drop(found.insert(set.clone())),
            Some(row) if more > 0 => {
                for prime in primes.iter().filter(|prime| prime.holds(*row)) {
                    let mut set = set.clone();
                    set.insert(*prime);
                    extend(rows, primes, &set, more - 1, found);
                }
            }
            Some(_) => {}
        }
    }
    let mut found = BTreeSet::new();
    let mut size = 0;
    while found.is_empty() {
        extend(rows, primes, &BTreeSet::new(), size, &mut found);
        size += 1;
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn prime_implicants_are_those_of_the_definition(kinds in prop::collection::vec(0u8..3, 16)) {
        let with = |wanted: u8| (0u16..16).filter(|code| kinds[usize::from(*code)] == wanted).collect::<Vec<_>>();
        let (rows, free) = (with(0), with(1));
        let of = |codes: &[u16]| codes.iter().map(|code| Term::corner(*code, 4)).collect::<Vec<_>>();
        let mut found = prime_implicants(&of(&rows), &of(&free), 4).unwrap();
        let mut wanted = by_definition(&rows, &free, 4);
        found.sort();
        wanted.sort();
        prop_assert_eq!(found, wanted);
    }

    #[test]
    fn models_are_all_smallest_sets(kinds in prop::collection::vec(prop::sample::select(vec![0, 1, 1, 2]), 64), conditions in 1usize..=6) {
        let with = |wanted: u8| {
            (0u16..1 << conditions).filter(|code| kinds[usize::from(*code)] == wanted).map(|code| Term::corner(code, conditions)).collect::<Vec<_>>()
        };
        let (rows, free) = (with(0), with(1));
        let models = minimise(&rows, &free, conditions).unwrap();
        let wanted = smallest_sets(&rows, &models.prime_implicants);
        let found: BTreeSet<BTreeSet<Term>> = models.models.iter().map(|model| model.iter().copied().collect()).collect();
        prop_assert_eq!(found.len(), models.models.len());
        prop_assert!(models.smallest);
        prop_assert_eq!(models.all, wanted.len() <= 64);
        prop_assert_eq!(found.len(), wanted.len().min(64));
        prop_assert!(found.is_subset(&wanted));
        let in_all = |term: &Term| rows.iter().any(|row| models.prime_implicants.iter().filter(|other| other.holds(*row)).eq([term]));
        prop_assert_eq!(&models.essential, &models.prime_implicants.iter().copied().filter(in_all).collect::<Vec<_>>());
    }

    #[test]
    fn unique_coverage_is_what_a_model_loses(values in prop::collection::vec(prop::collection::vec(0u8..=20, 4), 1..12), codes in prop::collection::vec(0u16..8, 1..5)) {
        let ids: Vec<String> = (0..values.len()).map(|at| format!("case-{at}")).collect();
        let rows = ids.iter().zip(&values).map(|(id, row)| (id.as_str(), row.iter().map(|value| f64::from(*value) / 20.0).collect()));
        let data = Data::new(["a", "b", "c"], "y", rows).unwrap();
        // terms of two conditions too
        let terms: BTreeSet<Term> = codes.iter().map(|code| Term::corner(*code, if code % 2 == 0 { 3 } else { 2 })).collect();
        let terms: Vec<Term> = terms.into_iter().collect();
        let coverage = |terms: &[Term]| Sufficiency::of(&data.in_any(terms), &data.outcomes()).coverage;
        let model = Fitted::of(&data, &terms);
        prop_assert_eq!(model.fit, Sufficiency::of(&data.in_any(&terms), &data.outcomes()));
        for (at, term) in model.terms.iter().enumerate() {
            let others: Vec<Term> = terms.iter().copied().enumerate().filter(|(other, _)| *other != at).map(|(_, term)| term).collect();
            let lost = coverage(&terms).zip(coverage(&others)).map(|(whole, without)| whole - without);
            prop_assert_eq!(term.unique.is_some(), lost.is_some());
            prop_assert!(term.unique.zip(lost).is_none_or(|(unique, lost)| (unique - lost).abs() < 1e-12), "{:?} {:?}", term.unique, lost);
        }
    }

    #[test]
    fn any_data_have_solutions(values in prop::collection::vec(prop::collection::vec(0u8..=20, 4), 1..12)) {
        let ids: Vec<String> = (0..values.len()).map(|at| format!("case-{at}")).collect();
        let rows = ids.iter().zip(&values).map(|(id, row)| (id.as_str(), row.iter().map(|value| f64::from(*value) / 20.0).collect()));
        let data = Data::new(["a", "b", "c"], "y", rows).unwrap();
        let table = TruthTable::of(&data, &TruthRule::default()).unwrap();
        let inside: usize = table.rows.iter().map(|row| row.cases.len()).sum();
        prop_assert_eq!(inside + table.nowhere.len(), values.len());
        let solutions = Solutions::of(&data, &table, &[Expectation::Present, Expectation::Absent, Expectation::None]).unwrap();
        let all = [&solutions.conservative, &solutions.parsimonious].into_iter().chain(&solutions.intermediate);
        for fit in all.flat_map(|solution| &solution.fitted).map(|model| model.fit) {
            for value in [fit.consistency, fit.coverage, fit.pri].into_iter().flatten() {
                prop_assert!((0.0..=1.0).contains(&value));
            }
        }
    }
}
