//! Do the seven explain the first: hand-made units, other software's figures, studies in any order, and refusals.
//!
//! Sources: scipy 1.17.1 (PyPI), and full enumeration of orders.

#![cfg(all(feature = "toml", feature = "csv"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests stop at what they did not expect")]

use crate::common::Case;
use peaceops::comparison::seven::{Association, Associations, SMALL, Seven, Told, Unit, Value, WhyLeftOut};
use peaceops::id::{DimensionId, MissionId};
use peaceops::indicator::correlation::NoCorrelation;
use peaceops::scoring::{Assessment, Band, Method};

fn told(balance: f64) -> Told {
    let band = if balance >= 0.15 { Band::Enabling } else { Band::Mixed };
    Told { balance, band }
}

/// A phase of a mission: the outcome, then each dimension `d0`, `d1` ... that is known.
fn unit(mission: &str, phase: &str, outcome: f64, explanatory: &[Option<f64>]) -> Unit {
    let known = explanatory.iter().enumerate().filter_map(|(at, value)| Some((id(at), told((*value)?))));
    let missions = vec![mission.parse().unwrap()];
    let (study, phase) = (mission.parse().unwrap(), phase.parse().unwrap());
    Unit { study, missions, phase, outcome: told(outcome), explanatory: known.collect() }
}

fn id(at: usize) -> DimensionId {
    format!("d{at}").parse().unwrap()
}

/// Units of a mission each, of two lists of values.
fn of(explains: &[f64], outcome: &[f64]) -> Associations {
    let rows = explains.iter().zip(outcome).enumerate();
    let units: Vec<Unit> = rows.map(|(at, (x, y))| unit(&format!("m{at}"), "P1", *y, &[Some(*x)])).collect();
    Associations::of(&[id(0)], &units)
}

/// Rho, its p, tau, its p.
fn numbers(association: &Association) -> [f64; 4] {
    let [rho, tau] = association.coefficients.as_slice() else { panic!("two coefficients") };
    [rho.value, rho.p, tau.value, tau.p].map(|value| value.known().unwrap())
}

#[track_caller]
fn close(found: [f64; 4], wanted: [f64; 4]) {
    assert!(found.iter().zip(wanted).all(|(found, wanted)| (found - wanted).abs() < 1e-12), "{found:?} is not {wanted:?}");
}

#[test]
fn coefficients_are_those_of_scipy_and_p_of_enumeration() {
    // scipy 1.17.1: spearmanr and kendalltau; p by all orders. Without ties, with ties, with more of them.
    let found = of(&[1., 2., 3., 4.], &[4., 2., 3., 1.]);
    close(numbers(&found.dimensions[0]), [-0.8, 0.3333333333333333, -0.6666666666666666, 0.3333333333333333]);
    let found = of(&[1., 2., 3., 4., 5.], &[2., 5., 3., 4., 1.]);
    close(numbers(&found.dimensions[0]), [-0.3, 0.6833333333333333, -0.2, 0.8166666666666667]);
    let found = of(&[1., 2., 2., 3., 4.], &[2., 1., 3., 3., 5.]);
    close(numbers(&found.dimensions[0]), [0.7631578947368421, 0.2, 0.6666666666666666, 0.2]);
    let found = of(&[1., 2., 3., 3., 4., 5., 5., 6.], &[2., 1., 4., 3., 3., 6., 5., 8.]);
    close(numbers(&found.dimensions[0]), [0.9151683228048982, 0.002777777777777778, 0.7925939239012171, 0.006349206349206349]);
    // one dimension is told everywhere and enabling everywhere: nothing varies in the number
    assert!(found.caution.contains("2 associations tested, 1 with an exact p"), "{}", found.caution);
    assert!(
        found.caution.contains("up to 0.05 of these are expected at or under 0.05; there are 1 by rho and 1 by tau"),
        "{}",
        found.caution
    );
}

#[test]
fn each_mission_is_left_out_as_a_whole() {
    // two phases of `a`, one each of `b` and `c`. In all: 1 2 3 4 against 1 3 2 4, rho .8, tau 4/6.
    let units = [
        unit("a", "P1", 0.1, &[Some(-0.4)]),
        unit("b", "P1", 0.3, &[Some(-0.2)]),
        unit("a", "P2", 0.2, &[Some(0.0)]),
        unit("c", "P1", 0.4, &[Some(0.2)]),
    ];
    let found = Associations::of(&[id(0)], &units);
    let association = &found.dimensions[0];
    assert_eq!((association.units, association.missions, found.missions.len()), (4, 3, 3));
    close(numbers(association), [0.8, 1.0 / 3.0, 4.0 / 6.0, 1.0 / 3.0]);
    // without a: b and c in order; without b: all three in order; without c: 1 2 3 against 1 3 2, rho .5, tau 1/3
    let without = |at: usize| association.coefficients[at].without.iter().map(|row| row.value.known().unwrap()).collect::<Vec<_>>();
    assert_eq!((without(0), without(1)), (vec![1.0, 1.0, 0.5], vec![1.0, 1.0, 1.0 / 3.0]));
    assert_eq!(association.coefficients[0].range, Some((0.5, 1.0)));
    // the number of enabling dimensions: 0 0 0 1
    assert_eq!(found.counted, [id(0)]);
    let [rho, p, tau, _] = numbers(&found.enabling);
    // ranks 2 2 2 4 against 1 3 2 4: Σab = 3 of √(3·5); pairs 3 of √(3·6); one order of four has the last with the last
    assert!((rho - 3.0 / 15f64.sqrt()).abs() < 1e-12 && (tau - 3.0 / 18f64.sqrt()).abs() < 1e-12);
    // and one with the last with the first, which is as far
    assert_eq!(p, 0.5);
    let line = association.to_string();
    assert_eq!(
        line,
        "d0, 4 phases of 3 missions; spearman +0.80 (+0.50 to +1.00 without a mission), p 0.333; kendall +0.67 (+0.33 to +1.00 without a mission), p 0.333"
    );
    assert!(found.caution.starts_with("4 phases of 3 missions, so at most 3 independent cases."), "{}", found.caution);
    // 2 of 3! orders
    assert!(found.caution.contains("cannot have a two-sided p under 0.333"), "{}", found.caution);
}

#[test]
fn what_is_unknown_is_not_nought() {
    let reason = |value: Value| match value {
        Value::Unknown { reason } => reason,
        Value::Known { value } => panic!("{value} is told"),
    };
    let check = |found: &Association, wanted: NoCorrelation, p: NoCorrelation| {
        for correlated in &found.coefficients {
            assert_eq!((reason(correlated.value), reason(correlated.p)), (wanted, p));
        }
    };
    // no unit, one unit, a dimension that is known in one of three
    check(&Associations::of(&[id(0)], &[]).dimensions[0], NoCorrelation::TooFew, NoCorrelation::TooFew);
    check(&of(&[0.1], &[0.2]).dimensions[0], NoCorrelation::TooFew, NoCorrelation::TooFew);
    let units =
        [unit("a", "P1", 0.1, &[Some(0.1), None]), unit("b", "P1", 0.2, &[Some(0.2), Some(0.3)]), unit("c", "P1", 0.3, &[Some(0.3), None])];
    let found = Associations::of(&[id(0), id(1)], &units);
    assert_eq!((found.dimensions[0].units, found.dimensions[1].units), (3, 1));
    check(&found.dimensions[1], NoCorrelation::TooFew, NoCorrelation::TooFew);
    // what is unknown somewhere is not counted anywhere
    assert_eq!(found.counted, [id(0)]);
    let none = Associations::of(&[id(1)], &units);
    assert_eq!((none.counted.len(), none.enabling.units), (0, 0));
    // ties alone: no order, on either side
    check(&of(&[0.1; 4], &[0.1, 0.2, 0.3, 0.4]).dimensions[0], NoCorrelation::NoVariation, NoCorrelation::NoVariation);
    check(&of(&[0.1, 0.2], &[0.0; 2]).dimensions[0], NoCorrelation::NoVariation, NoCorrelation::NoVariation);
    assert!(
        of(&[0.1; 4], &[0.1, 0.2, 0.3, 0.4]).dimensions[0].to_string().contains("spearman unknown: all values of one side are the same")
    );
    check(&of(&[f64::NAN, 0.1], &[0.1, 0.2]).dimensions[0], NoCorrelation::NotFinite, NoCorrelation::NotFinite);
    // over thirteen units there is a coefficient and no p
    let many: Vec<f64> = (0..14).map(f64::from).collect();
    let found = of(&many, &many);
    for correlated in &found.dimensions[0].coefficients {
        assert_eq!((correlated.value.known(), reason(correlated.p)), (Some(1.0), NoCorrelation::TooMany));
    }
    assert!(found.caution.contains("2 associations tested, none with an exact p."), "{}", found.caution);
    assert!(!found.caution.contains("cannot have"));
    assert_eq!(
        serde_json::to_value(found.dimensions[0].coefficients[0].p).unwrap(),
        serde_json::json!({"status": "unknown", "reason": "too-many"})
    );
}

#[test]
fn four_missions_cannot_have_a_small_p() {
    let found = of(&[1., 2., 3., 4.], &[1., 2., 3., 4.]);
    let [_, p, ..] = numbers(&found.dimensions[0]);
    assert!((p - 2.0 / 24.0).abs() < 1e-12 && p > SMALL);
    assert!(found.caution.contains("cannot have a two-sided p under 0.083, whatever they show"), "{}", found.caution);
}

fn minusma(id: &str, mission: &str) -> Assessment {
    let study = Case::minusma().study();
    let other = study.edit(|edit| {
        let document = edit.document();
        let head = document.study.as_mut().unwrap();
        head.id = id.to_owned();
        head.missions = vec![mission.to_owned()];
        document.mission[0].id = mission.to_owned();
        Ok(())
    });
    other.unwrap().assess(&Method::default())
}

#[test]
fn minusma_with_itself_is_one_mission() {
    let (one, two) = (minusma("minusma", "minusma"), minusma("again", "minusma"));
    let alone = Seven::of(&[&one]).unwrap();
    assert_eq!((alone.outcome.as_str(), alone.units.len(), alone.associations.missions.len()), ("protection", 3, 1));
    assert!(alone.caution().contains("at most 1 independent case. "), "{}", alone.caution());
    assert!(alone.caution().contains("One mission says nothing of others."));
    // ownership has a band in the last phase alone
    let ownership = alone.associations.dimensions.iter().find(|row| row.dimension.as_ref().unwrap().as_str() == "ownership").unwrap();
    assert_eq!(ownership.units, 1);
    assert_eq!(alone.associations.counted.len(), 6);
    let both = Seven::of(&[&one, &two]).unwrap();
    assert_eq!((both.units.len(), both.associations.missions.len()), (6, 1));
    for (alone, both) in alone.associations.dimensions.iter().zip(&both.associations.dimensions) {
        for (alone, both) in alone.coefficients.iter().zip(&both.coefficients) {
            // every value twice: rho stays; without the one mission nothing is left
            if let (Value::Known { value: a }, Value::Known { value: b }, "spearman") = (alone.value, both.value, alone.coefficient.name())
            {
                assert!((a - b).abs() < 1e-12);
            }
            assert!(both.without.iter().all(|row| row.value == Value::Unknown { reason: NoCorrelation::TooFew }) && both.range.is_none());
        }
    }
    // as another mission it counts as a second case
    let other = Seven::of(&[&one, &minusma("other", "other")]).unwrap();
    let missions: &[Vec<MissionId>] = &other.associations.missions;
    assert_eq!(missions.len(), 2);
}

#[test]
fn phases_that_a_study_sets_apart_are_no_units() {
    let marked = Case::minusma().study().edit(|edit| {
        edit.document().phase[2].main = true;
        Ok(())
    });
    let seven = Seven::of(&[&marked.unwrap().assess(&Method::default())]).unwrap();
    assert_eq!(seven.units.iter().map(|unit| unit.phase.as_str()).collect::<Vec<_>>(), ["P3"]);
    let left: Vec<_> = seven.left_out.iter().map(|row| (row.phase.as_str(), row.because)).collect();
    assert_eq!(left, [("P1", WhyLeftOut::SetApart), ("P2", WhyLeftOut::SetApart)]);
}

#[test]
fn the_order_of_studies_changes_nothing() {
    let [a, b, c, d] = &[minusma("a", "m"), minusma("b", "n"), minusma("c", "m"), minusma("d", "o")];
    // six phases have an exact p; twelve are too many for it, and take no time
    assert_eq!(Seven::of(&[b, a]).unwrap(), Seven::of(&[a, b]).unwrap());
    let first = Seven::of(&[a, b, c, d]).unwrap();
    assert_eq!((first.units.len(), first.associations.missions.len()), (12, 3));
    for other in [[d, c, b, a], [b, d, a, c], [c, a, d, b]] {
        assert_eq!(Seven::of(&other).unwrap(), first);
    }
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let code = |assessments: &[&Assessment]| Seven::of(assessments).unwrap_err().code();
    let one = minusma("minusma", "minusma");
    assert_eq!(code(&[]), "not-comparable");
    assert_eq!(code(&[&one, &one]), "not-comparable");
    let mut method = Method::default();
    method.balance.least_issues += 1;
    let small = Case::small().study();
    assert_eq!(code(&[&one, &small.assess(&method)]), "not-comparable");
    // one finding: no band in any phase, and no unit
    let few = Seven::of(&[&small.assess(&Method::default())]).unwrap();
    assert!(few.units.is_empty() && few.left_out.iter().all(|row| row.because == WhyLeftOut::NoOutcome) && few.left_out.len() == 2);
    assert!(few.caution().starts_with("0 phases of 0 missions"));
    let own = "[framework]\nid = \"ours\"\nversion = \"1\"\ntitle = \"Ours\"\n\n[[dimension]]\nid = \"protection\"\ntitle = \"Protection\"\nrole = \"outcome\"\nquestion = \"Safer?\"\n\n[[topic]]\nid = \"violence\"\ntitle = \"Violence\"\n";
    let own = Case::small().patch("case.toml", "framework = \"epon-2019\"", "framework = \"ours\"").append("case.toml", own).study();
    assert_eq!(code(&[&one, &own.assess(&Method::default())]), "not-comparable");
}
