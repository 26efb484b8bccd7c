//! How sure findings, effects and ratings are: each rule at its edges, and laws that hold for any evidence.
//!
//! Sources: methodology.md, sections 3.1 to 3.3; design.md, section 4 (Confidence). What the rules are built
//! from is described with the crate's own items; here every edge of them is a case that can be followed by hand.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests stop at what they did not expect")]

use crate::plain::*;
use peaceops::CaseDocument;
use peaceops::document::record::*;
use peaceops::measure::{Decimal, Share};
use peaceops::scale::{Admiralty, Concern, Confidence, Credibility, Level, Link, Reliability};
use peaceops::scoring::confidence::{Accord, Amount, Amounts, Cap, Carried, GridLevel, Sureness, grid, propose};
use peaceops::scoring::{Band, Headline, Method};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

// --- Rules by themselves ---------------------------------------------------------------------------------------------

#[test]
fn the_four_worked_proposals_of_cerqual() {
    use Concern::{Minor, Moderate, None, Serious};
    assert_eq!(propose([None, None, Minor, None], &[]), Confidence::High); // one minor: no step
    assert_eq!(propose([Minor, None, Minor, None], &[]), Confidence::Moderate); // two minors: one step
    assert_eq!(propose([Moderate, Minor, Moderate, None], &[]), Confidence::Low); // two steps; one minor adds none
    assert_eq!(propose([Serious, Moderate, Minor, None], &[]), Confidence::VeryLow); // three steps
    // Four minors are still one step, and nothing is below very low.
    assert_eq!(propose([Minor; 4], &[]), Confidence::Moderate);
    assert_eq!(propose([Serious; 4], &[]), Confidence::VeryLow);
    assert_eq!(propose([None; 4], &[]), Confidence::High);
    // One moderate with two minors: 1 + 1.
    assert_eq!(propose([Moderate, Minor, Minor, None], &[]), Confidence::Low);
}

#[test]
fn where_a_concern_lies_does_not_matter_for_the_level() {
    use Concern::{Minor, Moderate, None, Serious};
    for (concerns, level) in [
        ([None, None, Minor, None], Confidence::High),
        ([Minor, None, Minor, None], Confidence::Moderate),
        ([Moderate, Minor, Moderate, None], Confidence::Low),
        ([Serious, Moderate, Minor, None], Confidence::VeryLow),
    ] {
        for turn in 0..4 {
            let mut turned = concerns;
            turned.rotate_left(turn);
            assert_eq!(propose(turned, &[]), level, "{turned:?}");
        }
    }
}

#[test]
fn every_cap_holds_down_what_is_above_it_and_raises_nothing() {
    let caps = [(Cap::OneGroup, Confidence::Low), (Cap::MissionSideOnly, Confidence::Moderate), (Cap::Unreliable, Confidence::VeryLow)];
    for (cap, most) in caps {
        assert_eq!(cap.at_most(), most);
        assert_eq!(propose([Concern::None; 4], &[cap]), most);
        assert_eq!(propose([Concern::Serious; 4], &[cap]), Confidence::VeryLow, "a cap raises nothing");
    }
    // Of several caps the lowest holds, in whatever order they come.
    assert_eq!(propose([Concern::None; 4], &[Cap::MissionSideOnly, Cap::OneGroup]), Confidence::Low);
    assert_eq!(propose([Concern::None; 4], &[Cap::OneGroup, Cap::MissionSideOnly]), Confidence::Low);
    assert_eq!(propose([Concern::None; 4], &[Cap::Unreliable, Cap::OneGroup]), Confidence::VeryLow);
}

#[test]
fn the_whole_grid_of_the_ipcc() {
    use Accord as D;
    use Amount::{Limited, Medium, Robust};
    let cells = [
        (Limited, D::Low, GridLevel::VeryLow),
        (Limited, D::Medium, GridLevel::Low),
        (Medium, D::Low, GridLevel::Low),
        (Limited, D::High, GridLevel::Medium),
        (Medium, D::Medium, GridLevel::Medium),
        (Robust, D::Low, GridLevel::Medium),
        (Medium, D::High, GridLevel::High),
        (Robust, D::Medium, GridLevel::High),
        (Robust, D::High, GridLevel::VeryHigh),
    ];
    for (amount, accord, level) in cells {
        assert_eq!(grid(amount, accord), level, "{amount:?} {accord:?}");
    }
}

#[test]
fn the_grid_and_a_level_differ_from_two_steps_on() {
    // Five levels of the IPCC beside four of CERQual: very high stands beside high.
    let beside = [Confidence::VeryLow, Confidence::Low, Confidence::Moderate, Confidence::High, Confidence::High];
    for (level, beside) in GridLevel::ALL.iter().zip(beside) {
        assert_eq!(level.beside(), beside);
        for (at, other) in Confidence::ALL.iter().enumerate() {
            assert_eq!(level.is_far_from(*other), (beside as usize).abs_diff(at) >= 2, "{level} {other}");
        }
    }
    assert!(GridLevel::VeryHigh.is_far_from(Confidence::Low) && !GridLevel::VeryHigh.is_far_from(Confidence::Moderate));
}

#[test]
fn the_admiralty_grades_are_ordered_but_for_f_and_6() {
    let letters = [Reliability::A, Reliability::B, Reliability::C, Reliability::D, Reliability::E];
    let numbers =
        [Credibility::Confirmed, Credibility::ProbablyTrue, Credibility::PossiblyTrue, Credibility::Doubtful, Credibility::Improbable];
    for at in 0..5 {
        for other in 0..5 {
            // A and 1 are the best: an earlier grade is the greater one.
            assert_eq!(letters[at].partial_cmp(&letters[other]), Some(other.cmp(&at)));
            assert_eq!(numbers[at].partial_cmp(&numbers[other]), Some(other.cmp(&at)));
        }
        // "Cannot be judged" is neither above nor below any grade, and not equal to any.
        assert_eq!(letters[at].partial_cmp(&Reliability::F), None);
        assert_eq!(Reliability::F.partial_cmp(&letters[at]), None);
        assert_eq!(numbers[at].partial_cmp(&Credibility::NotJudged), None);
        assert_eq!(Credibility::NotJudged.partial_cmp(&numbers[at]), None);
        assert!(letters[at] != Reliability::F && numbers[at] != Credibility::NotJudged);
    }
    assert_eq!(Reliability::F.partial_cmp(&Reliability::F), Some(std::cmp::Ordering::Equal));
    assert_eq!(Credibility::NotJudged.partial_cmp(&Credibility::NotJudged), Some(std::cmp::Ordering::Equal));
    // A pair is text, never a number: "cannot be judged" cannot become 50 of 100.
    assert_eq!(serde_json::to_value(Admiralty::NOT_JUDGED).unwrap(), serde_json::json!("F6"));
    assert!(serde_json::from_str::<Admiralty>("50").is_err());
    for wrong in ["", "A", "6", "A0", "A7", "G1", "a1", "A 1", "1A", "A11"] {
        assert!(wrong.parse::<Admiralty>().is_err(), "{wrong}");
    }
}

// --- Evidence for one finding ----------------------------------------------------------------------------------------

/// An interview of the people of the North in 2018, well graded, of a root of its own, told in the report.
fn evidence(id: &str) -> EvidenceRecord {
    EvidenceRecord {
        id: text(id),
        title: format!("Evidence {id}"),
        kind: text("interview"),
        when: Some(text("2018-06")),
        r#where: texts(&["north"]),
        sides: texts(&["population"]),
        admiralty: Some(text("B2")),
        supports: texts(&["F"]),
        cite: texts(&["R p7"]),
        ..Default::default()
    }
}

fn with(id: &str, change: impl FnOnce(&mut EvidenceRecord)) -> EvidenceRecord {
    let mut row = evidence(id);
    change(&mut row);
    row
}

/// Well graded, in its place and time, and in it all else that raises no concern: four roots, two sides, two kinds.
fn enough() -> Vec<EvidenceRecord> {
    vec![evidence("a"), evidence("b"), with("c", |row| row.kind = text("survey")), with("d", |row| row.sides = texts(&["host-state"]))]
}

fn against(id: &str) -> EvidenceRecord {
    with(id, |row| {
        row.supports.clear();
        row.contradicts = texts(&["F"]);
    })
}

/// The small study with one finding, `F`, and this evidence.
fn case(evidence: Vec<EvidenceRecord>) -> CaseDocument {
    CaseDocument { evidence, finding: vec![finding("F")], ..land() }
}

#[track_caller]
fn sure_of(document: CaseDocument) -> Sureness {
    assess(document).confidence().of("F").unwrap().clone()
}

#[track_caller]
fn sure(evidence: Vec<EvidenceRecord>) -> Sureness {
    sure_of(case(evidence))
}

/// The concerns over methods, coherence, adequacy and relevance.
#[track_caller]
fn concerns(sure: &Sureness) -> [Concern; 4] {
    let names: Vec<String> = sure.components.iter().map(|one| one.component.to_string()).collect();
    assert_eq!(names, ["methods", "coherence", "adequacy", "relevance"]);
    [0, 1, 2, 3].map(|at| sure.components[at].concern)
}

#[track_caller]
fn methods(evidence: Vec<EvidenceRecord>) -> Concern {
    concerns(&sure(evidence))[0]
}

#[track_caller]
fn coherence(evidence: Vec<EvidenceRecord>) -> Concern {
    concerns(&sure(evidence))[1]
}

#[track_caller]
fn adequacy(evidence: Vec<EvidenceRecord>) -> Concern {
    concerns(&sure(evidence))[2]
}

#[track_caller]
fn relevance(evidence: Vec<EvidenceRecord>) -> Concern {
    concerns(&sure(evidence))[3]
}

fn amounts(groups: usize, against: usize, sides: usize, kinds: usize) -> Amounts {
    let mut amounts = Amounts::default();
    (amounts.groups, amounts.against, amounts.sides, amounts.kinds) = (groups, against, sides, kinds);
    amounts
}

fn ids(list: &[peaceops::id::RowId]) -> Vec<&str> {
    list.iter().map(|id| id.as_str()).collect()
}

#[test]
fn enough_good_direct_evidence_that_agrees_gives_high_confidence() {
    let sure = sure(enough());
    assert_eq!(concerns(&sure), [Concern::None; 4]);
    assert_eq!((sure.proposed, sure.level, sure.decided.clone()), (Some(Confidence::High), Some(Confidence::High), None));
    assert_eq!(sure.amounts, amounts(4, 0, 2, 2));
    assert!(sure.caps.is_empty() && sure.contradicts.is_empty() && !sure.roads_differ);
    // Robust evidence and high agreement: the corner of the grid.
    assert_eq!(sure.grid, Some(GridLevel::VeryHigh));
    assert_eq!(ids(&sure.supports), ["a", "b", "c", "d"]);
}

// --- Adequacy --------------------------------------------------------------------------------------------------------

#[test]
fn adequacy_counts_roots_sides_and_kinds() {
    let survey = |id: &str| with(id, |row| row.kind = text("survey"));
    let state = |id: &str| with(id, |row| row.sides = texts(&["host-state"]));
    // One root.
    assert_eq!(adequacy(vec![evidence("a")]), Concern::Serious);
    // Two roots: of one side and kind; of two kinds; of two sides.
    assert_eq!(adequacy(vec![evidence("a"), evidence("b")]), Concern::Moderate);
    assert_eq!(adequacy(vec![evidence("a"), survey("b")]), Concern::Minor);
    assert_eq!(adequacy(vec![evidence("a"), state("b")]), Concern::Minor);
    // Three roots, whatever they are.
    assert_eq!(adequacy(vec![evidence("a"), evidence("b"), evidence("c")]), Concern::Minor);
    assert_eq!(adequacy(vec![evidence("a"), survey("b"), state("c")]), Concern::Minor);
    // Four: none only with two sides and two kinds.
    assert_eq!(adequacy(vec![evidence("a"), evidence("b"), evidence("c"), evidence("d")]), Concern::Minor);
    assert_eq!(adequacy(vec![evidence("a"), evidence("b"), evidence("c"), survey("d")]), Concern::Minor);
    assert_eq!(adequacy(vec![evidence("a"), evidence("b"), evidence("c"), state("d")]), Concern::Minor);
    assert_eq!(adequacy(vec![evidence("a"), evidence("b"), survey("c"), state("d")]), Concern::None);
    // Both may come from one root.
    let both = with("d", |row| (row.kind, row.sides) = (text("survey"), texts(&["host-state"])));
    assert_eq!(adequacy(vec![evidence("a"), evidence("b"), evidence("c"), both]), Concern::None);
}

#[test]
fn with_every_root_in_conflict_nothing_is_left_that_supports() {
    let mut told = evidence("a");
    told.contradicts = texts(&["F"]);
    let sure = sure(vec![told]);
    assert_eq!(sure.amounts, amounts(0, 1, 0, 0));
    assert_eq!(concerns(&sure)[2], Concern::Serious);
    assert_eq!(sure.proposed, Some(Confidence::VeryLow));
    assert!(sure.caps.contains(&Cap::OneGroup));
}

#[test]
fn how_many_roots_are_enough_is_a_choice_of_the_method() {
    let rows = vec![evidence("a"), with("b", |row| row.kind = text("survey")), with("c", |row| row.sides = texts(&["host-state"]))];
    let study = study(case(rows));
    let adequacy = |enough| {
        let mut method = Method::default();
        method.confidence.enough_groups = enough;
        concerns(study.assess(&method).confidence().of("F").unwrap())[2]
    };
    assert_eq!((adequacy(3), adequacy(4)), (Concern::None, Concern::Minor));
}

#[test]
fn one_press_item_that_three_outlets_repeat_counts_once() {
    let outlet = |id: &str| {
        with(id, |row| {
            row.kind = text("document");
            row.sides = texts(&["press"]);
            row.independence = Some(text("agency-report"));
        })
    };
    let three = sure(vec![outlet("a"), outlet("b"), outlet("c")]);
    assert_eq!(three.amounts, amounts(1, 0, 1, 1));
    assert_eq!(concerns(&three)[2], Concern::Serious);
    assert_eq!(three.caps, [Cap::OneGroup]);
    assert_eq!(three.proposed, sure(vec![outlet("a")]).proposed);
    assert_eq!(ids(&three.supports), ["a", "b", "c"], "all three are told");
    // The same as texts that the finding cites.
    let text_of = |id: &str| SourceRecord { independence: Some(text("agency-report")), side: Some(text("press")), ..source(id) };
    let mut document = case(Vec::new());
    document.source.extend([text_of("N1"), text_of("N2"), text_of("N3")]);
    document.finding[0].cite = texts(&["N1 p1", "N2 p1", "N3 p1"]);
    let told = sure_of(document);
    assert_eq!(told.amounts, amounts(1, 0, 1, 1));
    assert_eq!(ids(&told.supports), ["N1", "N2", "N3"]);
}

#[test]
fn several_interviews_of_one_delegation_count_once() {
    let member = |id: &str| with(id, |row| row.independence = Some(text("delegation")));
    let delegation = sure(vec![member("a"), member("b"), member("c"), member("d")]);
    assert_eq!(delegation.amounts, amounts(1, 0, 1, 1));
    assert_eq!((delegation.caps.as_slice(), delegation.proposed), ([Cap::OneGroup].as_slice(), Some(Confidence::Low)));
    // Beside another voice it is one of two.
    assert_eq!(sure(vec![member("a"), member("b"), evidence("e")]).amounts.groups, 2);
}

#[test]
fn a_root_has_only_the_sides_and_kinds_that_all_its_pieces_have() {
    let piece = |id: &str, kind: &str, sides: &[&str]| {
        with(id, |row| (row.independence, row.kind, row.sides) = (Some(text("root")), text(kind), texts(sides)))
    };
    let told = |second: EvidenceRecord| sure(vec![piece("a", "interview", &["population", "host-state"]), second]).amounts;
    assert_eq!(told(piece("b", "interview", &["host-state", "population"])), amounts(1, 0, 2, 1));
    assert_eq!(told(piece("b", "survey", &["population"])), amounts(1, 0, 1, 0));
    assert_eq!(told(piece("b", "interview", &["press"])), amounts(1, 0, 0, 1));
    assert_eq!(told(piece("b", "interview", &[])), amounts(1, 0, 0, 1));
}

// --- Caps ------------------------------------------------------------------------------------------------------------

#[test]
fn one_root_is_at_most_low() {
    let sure = sure(vec![evidence("a")]);
    assert_eq!((sure.caps.as_slice(), sure.proposed), ([Cap::OneGroup].as_slice(), Some(Confidence::Low)));
    // Two roots of two kinds: one minor concern, so high.
    let two = self::sure(vec![evidence("a"), with("b", |row| row.kind = text("survey"))]);
    assert_eq!((two.caps.as_slice(), two.proposed), ([].as_slice(), Some(Confidence::High)));
}

#[test]
fn what_only_the_mission_says_is_at_most_moderate() {
    let mut rows = enough();
    rows.iter_mut().for_each(|row| row.sides = texts(&["mission"]));
    let own = sure(rows.clone());
    // Four roots of one side: one minor concern alone would be high.
    assert_eq!(concerns(&own), [Concern::None, Concern::None, Concern::Minor, Concern::None]);
    assert_eq!((own.caps.as_slice(), own.proposed), ([Cap::MissionSideOnly].as_slice(), Some(Confidence::Moderate)));
    // One root of another side lifts the cap.
    rows[0].sides = texts(&["population"]);
    let heard = sure(rows.clone());
    assert_eq!((heard.caps.as_slice(), heard.proposed), ([].as_slice(), Some(Confidence::High)));
    // A side that is not known is not another side.
    rows[0].sides.clear();
    assert_eq!(sure(rows.clone()).caps, [Cap::MissionSideOnly]);
    // Which sides are the mission's own is a choice of the method.
    rows[0].sides = texts(&["contributors"]);
    let study = study(case(rows));
    let mut method = Method::default();
    assert!(study.assess(&method).confidence().of("F").unwrap().caps.is_empty());
    method.confidence.mission_sides.push(text("contributors"));
    assert_eq!(study.assess(&method).confidence().of("F").unwrap().caps, [Cap::MissionSideOnly]);
}

#[test]
fn what_only_unreliable_or_improbable_sources_say_is_very_low() {
    for grade in ["E1", "E6", "A5", "F5", "E5"] {
        let mut rows = enough();
        rows.iter_mut().for_each(|row| row.admiralty = Some(text(grade)));
        let all = sure(rows.clone());
        assert_eq!((all.caps.as_slice(), all.proposed), ([Cap::Unreliable].as_slice(), Some(Confidence::VeryLow)), "{grade}");
        rows[3].admiralty = Some(text("B2"));
        assert_eq!((sure(rows.clone()).caps.as_slice(), sure(rows).proposed), ([].as_slice(), Some(Confidence::High)), "{grade}");
    }
    // D and 4 are doubtful: a serious concern, two steps, but no cap.
    for grade in ["D1", "A4", "D4", "F4", "D6"] {
        let mut rows = enough();
        rows.iter_mut().for_each(|row| row.admiralty = Some(text(grade)));
        let all = sure(rows);
        assert_eq!(concerns(&all)[0], Concern::Serious, "{grade}");
        assert_eq!((all.caps.as_slice(), all.proposed), ([].as_slice(), Some(Confidence::Low)), "{grade}");
    }
}

#[test]
fn an_unreliable_piece_spoils_its_own_root_only() {
    let mut rows = enough();
    rows.push(with("e", |row| (row.independence, row.admiralty) = (Some(text("a")), Some(text("E5")))));
    // Root `a` is unreliable now, the other three are not.
    let told = sure(rows.clone());
    assert_eq!((told.amounts.groups, told.caps.len(), concerns(&told)[0]), (4, 0, Concern::None));
    // One such piece in each of them, and nothing is left that could be relied on.
    for (n, root) in ["b", "c", "d"].iter().enumerate() {
        rows.push(with(&format!("f{n}"), |row| (row.independence, row.admiralty) = (Some(text(root)), Some(text("E5")))));
    }
    let told = sure(rows);
    assert_eq!((told.amounts.groups, told.caps.contains(&Cap::Unreliable), told.proposed), (4, true, Some(Confidence::VeryLow)));
}

// --- Methods ---------------------------------------------------------------------------------------------------------

#[test]
fn methods_look_at_the_grading_and_at_whether_it_is_first_hand() {
    let graded = |kind: &str, grade: &str| methods(vec![with("a", |row| (row.kind, row.admiralty) = (text(kind), Some(text(grade))))]);
    for good in ["A1", "A2", "B1", "B2"] {
        assert_eq!(graded("interview", good), Concern::None, "{good}");
        assert_eq!(graded("document", good), Concern::Minor, "{good}: read, not heard");
    }
    for fair in ["C1", "C2", "A3", "B3", "C3", "F1", "F3", "A6", "C6"] {
        assert_eq!(graded("interview", fair), Concern::Minor, "{fair}");
        assert_eq!(graded("document", fair), Concern::Moderate, "{fair}");
    }
    for doubtful in ["D1", "E1", "A4", "A5", "D6", "F4", "F5", "E6"] {
        assert_eq!(graded("interview", doubtful), Concern::Serious, "{doubtful}");
        assert_eq!(graded("document", doubtful), Concern::Serious, "{doubtful}");
    }
    for kind in ["interview", "focus-group", "survey", "dataset", "observation"] {
        assert_eq!(graded(kind, "B2"), Concern::None, "{kind}");
    }
}

#[test]
fn what_nobody_could_grade_is_as_sure_as_the_text_that_tells_it() {
    let told = |kind: &str, grade: Option<&str>, of_text: Option<&str>| {
        let mut document = case(vec![with("a", |row| (row.kind, row.admiralty) = (text(kind), grade.map(text)))]);
        document.source[0].admiralty = of_text.map(text);
        concerns(&sure_of(document))[0]
    };
    // An interview without a grading: 1. A document: 2, unless its text is well graded, which is 1.
    assert_eq!(told("interview", None, None), Concern::Minor);
    assert_eq!(told("document", None, None), Concern::Moderate);
    assert_eq!(told("document", None, Some("B2")), Concern::Minor);
    assert_eq!(told("document", Some("F6"), Some("A1")), Concern::Minor, "F6 is no grading");
    assert_eq!(told("interview", None, Some("A1")), Concern::Minor, "a text is never first-hand");
    // A grading of its own counts, whatever the text is; without one it is as doubtful as a doubtful text.
    assert_eq!(told("document", Some("C3"), Some("A1")), Concern::Moderate);
    assert_eq!(told("document", Some("C3"), Some("E5")), Concern::Moderate);
    assert_eq!(told("document", None, Some("E5")), Concern::Serious);
}

#[test]
fn methods_take_the_best_root_and_in_a_root_the_weakest_piece() {
    let graded =
        |id: &str, root: &str, grade: &str| with(id, |row| (row.independence, row.admiralty) = (Some(text(root)), Some(text(grade))));
    assert_eq!(methods(vec![graded("a", "one", "D4"), graded("b", "two", "B2")]), Concern::None);
    assert_eq!(methods(vec![graded("a", "one", "D4"), graded("b", "one", "B2")]), Concern::Serious);
    assert_eq!(methods(vec![graded("a", "one", "C3"), graded("b", "one", "B2"), graded("c", "two", "D4")]), Concern::Minor);
}

// --- Coherence -------------------------------------------------------------------------------------------------------

#[test]
fn coherence_counts_roots_for_and_against() {
    let told = |supports: usize, contradicts: usize| {
        let rows = (0..supports).map(|n| evidence(&format!("a{n}"))).chain((0..contradicts).map(|n| against(&format!("c{n}"))));
        let sure = sure(rows.collect());
        assert_eq!((sure.amounts.groups, sure.amounts.against), (supports, contradicts));
        concerns(&sure)[1]
    };
    assert_eq!(told(1, 0), Concern::None);
    assert_eq!(told(4, 0), Concern::None);
    // One against three is one root of four; one against two is one of three, and more than that.
    assert_eq!(told(3, 1), Concern::Minor);
    assert_eq!(told(2, 1), Concern::Moderate);
    assert_eq!(told(6, 2), Concern::Minor);
    assert_eq!(told(5, 2), Concern::Moderate);
    // As many against as for.
    assert_eq!(told(1, 1), Concern::Serious);
    assert_eq!(told(2, 2), Concern::Serious);
    assert_eq!(told(3, 2), Concern::Moderate);
    assert_eq!(told(1, 2), Concern::Serious);
}

#[test]
fn contradicting_pieces_of_one_root_count_once() {
    let mut rows: Vec<EvidenceRecord> = ["a", "b", "c"].map(evidence).into();
    rows.extend(
        ["x", "y", "z"]
            .map(|id| with(id, |row| (row.supports, row.contradicts, row.independence) = (Vec::new(), texts(&["F"]), Some(text("one"))))),
    );
    assert_eq!(coherence(rows), Concern::Minor); // one of four
}

#[test]
fn a_root_that_supports_and_contradicts_counts_against() {
    // Root `one` says both; three others support: 3 for, 1 against.
    let mut rows: Vec<EvidenceRecord> = ["a", "b", "c"].map(evidence).into();
    rows.push(with("d", |row| row.independence = Some(text("one"))));
    rows.push(with("e", |row| (row.supports, row.contradicts, row.independence) = (Vec::new(), texts(&["F"]), Some(text("one")))));
    let sure = sure(rows);
    assert_eq!(sure.amounts, amounts(3, 1, 1, 1));
    assert_eq!(concerns(&sure)[1], Concern::Minor);
    assert_eq!((ids(&sure.supports), ids(&sure.contradicts)), (vec!["a", "b", "c", "d"], vec!["e"]), "both are told");
}

#[test]
fn readings_that_exclude_each_other_are_at_least_a_moderate_concern() {
    let told = |contested: bool, contradicts: usize| {
        let mut document = case(enough());
        document.evidence.iter_mut().for_each(|row| row.supports = texts(&["E"]));
        document
            .evidence
            .extend((0..contradicts).map(|n| with(&format!("c{n}"), |row| (row.supports, row.contradicts) = (Vec::new(), texts(&["E"])))));
        let mut row = effect("E", Some(1));
        if contested {
            row.observed = Some(ChangeRecord { contested: vec![-1, 1], because: Some(text("Two counts")), ..Default::default() });
        }
        document.effect = vec![row];
        concerns(assess(document).confidence().of("E").unwrap())[1]
    };
    assert_eq!((told(false, 0), told(true, 0)), (Concern::None, Concern::Moderate));
    assert_eq!((told(false, 1), told(true, 1)), (Concern::Minor, Concern::Moderate));
    assert_eq!((told(false, 4), told(true, 4)), (Concern::Serious, Concern::Serious));
    // A contested link of a rating.
    let mut document = case(enough());
    document.task = vec![task("T")];
    let contested = JudgementRecord {
        contested: texts(&["absent", "full"]),
        because: Some(text("Two accounts")),
        rests_on: texts(&["a", "b", "c", "d"]),
        ..Default::default()
    };
    let rating = RatingRecord {
        task: list(&["T"]),
        phase: list(&["P1"]),
        mandate: Some(contested),
        resources: Some(rated("partial", &["a", "b", "c", "d"])),
        ..Default::default()
    };
    document.rating = vec![rating];
    let confidence = assess(document).confidence().clone();
    let of = |link| concerns(confidence.of_rating("T/P1", link).unwrap())[1];
    assert_eq!((of(Link::Mandate), of(Link::Resources)), (Concern::Moderate, Concern::None));
}

// --- Relevance -------------------------------------------------------------------------------------------------------

#[track_caller]
fn placed(places: &[&str], when: Option<&str>) -> Concern {
    relevance(vec![with("a", |row| (row.r#where, row.when) = (texts(places), when.map(text)))])
}

#[test]
fn relevance_looks_at_the_time() {
    // The finding is of the North in 2018, the evidence of the North.
    for within in ["2018", "2018-06", "2018-12-31", "2017..2018-01-01", "2018-12-31..2019", "2017..2019", "mission"] {
        assert_eq!(placed(&["north"], Some(within)), Concern::None, "{within}");
    }
    // Gathered after it, or not told when: 1.
    for after in ["2019", "2019-01-01", "2020-03"] {
        assert_eq!(placed(&["north"], Some(after)), Concern::Minor, "{after}");
    }
    for untold in [None, Some("undated"), Some("outside"), Some("current")] {
        assert_eq!(placed(&["north"], untold), Concern::Minor, "{untold:?}");
    }
    // Gathered before it: 2.
    for before in ["2017", "2017-12-31", "2015..2017"] {
        assert_eq!(placed(&["north"], Some(before)), Concern::Moderate, "{before}");
    }
}

#[test]
fn relevance_looks_at_the_place() {
    assert_eq!(placed(&["north"], Some("2018")), Concern::None);
    assert_eq!(placed(&["south", "north"], Some("2018")), Concern::None, "in part there is in it");
    assert_eq!(placed(&["land"], Some("2018")), Concern::None, "the whole land holds the North");
    assert_eq!(placed(&["south"], Some("2018")), Concern::Moderate, "elsewhere: 2");
}

#[test]
fn evidence_without_a_place_is_of_the_whole_area() {
    assert_eq!(placed(&[], Some("2018")), Concern::None);
}

#[test]
fn a_place_outside_of_the_area_is_outside() {
    assert_eq!(placed(&["abroad"], Some("2018")), Concern::Moderate);
}

#[test]
fn doubts_over_place_and_time_add_up_to_a_serious_concern() {
    // 2 for the place and 1 for the time; 2 and 2 are no more than serious.
    assert_eq!(placed(&["south"], None), Concern::Serious);
    assert_eq!(placed(&["south"], Some("2019")), Concern::Serious);
    assert_eq!(placed(&["south"], Some("2017")), Concern::Serious);
}

#[test]
fn a_time_that_is_not_told_is_a_minor_concern_and_one_before_it_a_moderate_one() {
    assert_eq!(placed(&[], None), Concern::Minor); // 0 and 1
    assert_eq!(placed(&[], Some("2017")), Concern::Moderate); // 0 and 2
}

#[test]
fn relevance_takes_the_best_root_and_in_a_root_the_weakest_piece() {
    let of = |id: &str, root: &str, place: &str| with(id, |row| (row.independence, row.r#where) = (Some(text(root)), texts(&[place])));
    assert_eq!(relevance(vec![of("a", "one", "south"), of("b", "two", "north")]), Concern::None);
    assert_eq!(relevance(vec![of("a", "one", "south"), of("b", "one", "north")]), Concern::Moderate);
}

#[test]
fn a_text_speaks_of_what_is_read_from_it() {
    // Nothing but the report: no doubt over place and time.
    let sure = sure(Vec::new());
    assert_eq!(ids(&sure.supports), ["R"]);
    // Not graded, and read: moderate. One root: serious.
    assert_eq!(concerns(&sure), [Concern::Moderate, Concern::None, Concern::Serious, Concern::None]);
    assert_eq!((sure.proposed, sure.amounts), (Some(Confidence::VeryLow), amounts(1, 0, 0, 1)));
    assert_eq!(sure.caps, [Cap::OneGroup, Cap::MissionSideOnly], "nobody says whose text it is");
}

#[test]
fn an_opinion_or_a_forecast_alone_is_at_least_a_moderate_concern() {
    let told = |flag: Option<&str>, observed: Option<i64>, place: &str| {
        let mut document = case(enough());
        document.evidence.iter_mut().for_each(|row| (row.supports, row.r#where) = (texts(&["E"]), texts(&[place])));
        let mut row = effect("E", observed);
        row.without = Some(CounterfactualRecord {
            difference: Some(1),
            because: Some(text("Said by many")),
            flags: flag.map(text).into_iter().collect(),
            ..Default::default()
        });
        document.effect = vec![row];
        concerns(assess(document).confidence().of("E").unwrap())[3]
    };
    assert_eq!(told(Some("opinion"), None, "north"), Concern::Moderate);
    assert_eq!(told(Some("forecast"), None, "north"), Concern::Moderate);
    assert_eq!(told(Some("hedged"), None, "north"), Concern::None);
    assert_eq!(told(None, None, "north"), Concern::None);
    // The larger of two concerns, not their sum.
    assert_eq!(told(Some("opinion"), None, "south"), Concern::Moderate);
    // A change that was seen is no opinion, whatever is held of the course without the mission.
    assert_eq!(told(Some("opinion"), Some(1), "north"), Concern::None);
}

// --- What bears on a judgement ---------------------------------------------------------------------------------------

#[test]
fn evidence_bears_on_what_names_it_and_on_what_it_names() {
    let mut named = evidence("named");
    named.supports.clear();
    let mut document = case(vec![evidence("names"), named, with("both", |_| ()), against("contra")]);
    document.finding[0].evidence = texts(&["named", "both"]);
    // A text that tells none of the evidence stands beside it; the report tells it, and does not.
    document.source.push(source("S"));
    document.finding[0].cite = texts(&["R p2", "S p9"]);
    let sure = sure_of(document);
    assert_eq!(ids(&sure.supports), ["named", "both", "names", "S"]);
    assert_eq!(ids(&sure.contradicts), ["contra"]);
    assert_eq!((sure.amounts.groups, sure.amounts.against), (4, 1));
}

#[test]
fn evidence_that_a_cited_text_tells_takes_the_place_of_that_text() {
    // Alone the report counts; with evidence told in it only that counts, be it one row or three.
    assert_eq!(ids(&sure(Vec::new()).supports), ["R"]);
    assert_eq!(ids(&sure(vec![evidence("a")]).supports), ["a"]);
    let mut other = case(vec![with("a", |row| row.cite = texts(&["S p1"]))]);
    other.source.push(source("S"));
    assert_eq!(ids(&sure_of(other).supports), ["a", "R"], "told in a text that the finding does not cite");
}

#[test]
fn evidence_bears_on_effects_as_on_findings() {
    let mut document = case(Vec::new());
    document.evidence = vec![with("a", |row| row.supports = texts(&["E"])), with("b", |row| row.supports.clear())];
    document.evidence.push(with("c", |row| (row.supports, row.contradicts) = (Vec::new(), texts(&["E"]))));
    document.effect = vec![EffectRecord { evidence: texts(&["b"]), ..effect("E", Some(1)) }];
    let assessment = assess(document);
    let sure = assessment.confidence().of("E").unwrap();
    assert_eq!((ids(&sure.supports), ids(&sure.contradicts)), (vec!["b", "a"], vec!["c"]));
    assert!(assessment.confidence().of("T").is_none() && assessment.confidence().of("a").is_none());
}

#[test]
fn a_rating_has_the_evidence_of_what_it_rests_on() {
    let mut document = case(vec![
        evidence("a"),
        with("b", |row| row.supports = texts(&["E"])),
        with("c", |row| row.supports.clear()),
        with("d", |row| (row.supports, row.contradicts) = (Vec::new(), texts(&["F"]))),
    ]);
    document.effect = vec![effect("E", Some(1))];
    document.task = vec![task("T")];
    document.source.push(source("S"));
    document.activity = vec![ActivityRecord {
        id: text("A"),
        title: text("Patrols"),
        when: Some(text("2018")),
        r#where: texts(&["north"]),
        serves: texts(&["T"]),
        cite: texts(&["S p1"]),
        ..Default::default()
    }];
    let rate = |mandate: &[&str], resources: &[&str]| RatingRecord {
        task: list(&["T"]),
        phase: list(&["P1"]),
        mandate: Some(rated("full", mandate)),
        resources: Some(rated("full", resources)),
        capabilities: Some(rated("full", &["F", "E", "c", "A", "a"])),
        activities: Some(rated("full", &["A"])),
        ..Default::default()
    };
    document.rating = vec![rate(&["c"], &["F"])];
    let confidence = assess(document).confidence().clone();
    let of = |link| {
        let one = confidence.of_rating("T/P1", link).unwrap();
        (ids(&one.supports), ids(&one.contradicts))
    };
    assert_eq!(of(Link::Mandate), (vec!["c"], vec![]), "a row of evidence");
    assert_eq!(of(Link::Resources), (vec!["a"], vec!["d"]), "a finding, with what contradicts it");
    assert_eq!(of(Link::Activities), (vec!["S"], vec![]), "another row: the text that it is told in");
    // All of them, each piece once.
    assert_eq!(of(Link::Capabilities), (vec!["a", "b", "c", "S"], vec!["d"]));
    assert!(confidence.of_rating("T/P2", Link::Mandate).is_none());
}

#[test]
fn a_rating_that_rests_on_nothing_has_no_level() {
    let mut document = case(Vec::new());
    document.task = vec![task("T")];
    let silent = JudgementRecord { not_assessed: Some(text("silent")), ..Default::default() };
    document.rating =
        vec![RatingRecord { task: list(&["T"]), mandate: Some(rated("full", &[])), activities: Some(silent), ..Default::default() }];
    let confidence = assess(document).confidence().clone();
    let mandate = confidence.of_rating("T", Link::Mandate).unwrap();
    assert_eq!((mandate.level, mandate.proposed, mandate.grid, mandate.roads_differ), (None, None, None, false));
    assert!(mandate.components.is_empty() && mandate.caps.is_empty());
    assert!(confidence.of_rating("T", Link::Activities).is_none(), "what is not assessed is not judged");
    assert_eq!(confidence.ratings.len(), 1);
}

#[test]
fn evidence_that_only_contradicts_proposes_nothing_beyond_the_cited_text() {
    let sure = sure(vec![against("c")]);
    // The report supports, one root contradicts: as many against as for.
    assert_eq!((ids(&sure.supports), ids(&sure.contradicts)), (vec!["R"], vec!["c"]));
    assert_eq!(concerns(&sure)[1], Concern::Serious);
}

#[test]
fn a_persons_decision_stands_beside_the_proposal() {
    let mut document = case(enough());
    document.finding[0].confidence = decided("low");
    document.effect = vec![EffectRecord { confidence: decided("high"), ..effect("E", Some(1)) }];
    document.task = vec![task("T")];
    document.rating = vec![RatingRecord {
        task: list(&["T"]),
        mandate: Some(JudgementRecord { confidence: decided("moderate"), ..rated("full", &[]) }),
        ..Default::default()
    }];
    let confidence = assess(document).confidence().clone();
    let finding = confidence.of("F").unwrap();
    assert_eq!((finding.level, finding.proposed), (Some(Confidence::Low), Some(Confidence::High)));
    let by = finding.decided.as_ref().unwrap();
    assert_eq!((by.level, by.by.as_str(), by.because.as_str()), (Confidence::Low, "Two coders", "They know the survey's questions"));
    assert_eq!(concerns(finding), [Concern::None; 4], "the reasons of the proposal stay");
    // Upwards as well, and without any evidence.
    let effect = confidence.of("E").unwrap();
    assert_eq!((effect.level, effect.proposed), (Some(Confidence::High), Some(Confidence::VeryLow)));
    let rating = confidence.of_rating("T", Link::Mandate).unwrap();
    assert_eq!((rating.level, rating.proposed), (Some(Confidence::Moderate), None));
}

#[test]
fn a_decision_needs_a_name_and_a_reason() {
    for (by, because) in [("", "A reason"), ("Somebody", "")] {
        let mut document = case(enough());
        document.finding[0].confidence = Some(ConfidenceRecord { level: text("low"), by: text(by), because: text(because) });
        assert!(peaceops::CaseStudy::try_from(document).is_err(), "{by:?} {because:?}");
    }
}

#[test]
fn two_roads_that_lie_apart_are_told() {
    // Four roots of two sides and kinds, well graded, agreeing: the grid says very high. All of it from the
    // South in 2017: a serious concern over relevance, two steps down to low.
    let mut rows = enough();
    rows.iter_mut().for_each(|row| (row.r#where, row.when) = (texts(&["south"]), Some(text("2017"))));
    let far = sure(rows.clone());
    assert_eq!((far.proposed, far.grid, far.roads_differ), (Some(Confidence::Low), Some(GridLevel::VeryHigh), true));
    // From the South in 2018: a moderate concern, one step to moderate, which is one step from high.
    rows.iter_mut().for_each(|row| row.when = Some(text("2018")));
    let near = sure(rows);
    assert_eq!((near.proposed, near.grid, near.roads_differ), (Some(Confidence::Moderate), Some(GridLevel::VeryHigh), false));
    // One root: limited evidence and high agreement are medium, beside moderate; its cap is low.
    let one = sure(vec![evidence("a")]);
    assert_eq!((one.grid, one.roads_differ), (Some(GridLevel::Medium), false));
    // A person's decision does not enter: grid and proposal are compared.
    let mut document = case(enough());
    document.finding[0].confidence = decided("very-low");
    assert!(!sure_of(document).roads_differ);
}

// --- Aggregates ------------------------------------------------------------------------------------------------------

#[track_caller]
fn distribution(carried: &Carried) -> [String; 4] {
    let levels: Vec<Confidence> = carried.distribution.iter().map(|(level, _)| *level).collect();
    assert_eq!(levels, Confidence::ALL, "lowest first");
    [0, 1, 2, 3].map(|at| carried.distribution[at].1.to_string())
}

/// A task in the North in 2018 only, with four links at a level, decided as so sure.
fn sure_task(document: &mut CaseDocument, id: &str, level: &str, confidence: [Option<&str>; 4]) {
    document.task.push(TaskRecord { when: text("2018-01-01..2018-12-31"), ..task(id) });
    let link = |at: usize| Some(JudgementRecord { confidence: confidence[at].and_then(decided), ..rated(level, &[]) });
    document.rating.push(RatingRecord {
        task: list(&[id]),
        mandate: link(0),
        resources: link(1),
        capabilities: link(2),
        activities: link(3),
        ..Default::default()
    });
}

/// Three cells of one weight: their levels, and how sure all their links are.
#[track_caller]
fn three_cells(cells: [(&str, Option<&str>); 3]) -> (Headline, Carried) {
    let mut document = land();
    for (at, (level, confidence)) in cells.into_iter().enumerate() {
        sure_task(&mut document, &format!("T{at}"), level, [confidence; 4]);
    }
    let assessment = assess(document);
    let confidence = assessment.confidence();
    assert_eq!(Some(&confidence.congruence), confidence.of_congruence(None, None));
    // One phase and one unit hold all of it.
    for (phase, region) in [(Some("P1"), None), (None, Some("north")), (Some("P1"), Some("north"))] {
        assert_eq!(confidence.of_congruence(phase, region).unwrap().distribution, confidence.congruence.distribution);
    }
    assert_eq!(confidence.of_congruence(Some("P2"), None).unwrap().carries, None, "nothing is in force in the second year");
    (assessment.congruence().headline().headline, confidence.congruence.clone())
}

#[test]
fn a_congruence_headline_is_carried_by_the_lowest_level_that_it_needs() {
    // Substantial (high), marginal (moderate), marginal (low): the lower median of 1, 1, 3 is 1. With the first
    // alone a third is assessed: no headline. With two, 1 of 1 and 3: marginal. With three: marginal still.
    let (headline, carried) = three_cells([("substantial", Some("high")), ("marginal", Some("moderate")), ("marginal", Some("low"))]);
    assert_eq!(headline.level(), Some(Level::Marginal));
    assert_eq!(distribution(&carried), ["0 of 1", "1 of 3", "1 of 3", "1 of 3"]);
    assert_eq!((carried.without, carried.carries), (Share::new(0, 3), Some(Confidence::Moderate)));
}

#[test]
fn a_headline_that_turns_with_the_last_cell_needs_its_level() {
    // Substantial (high), marginal (moderate), substantial (low): 3. With two: 1 of 1 and 3. It takes the third.
    let (headline, carried) = three_cells([("substantial", Some("high")), ("marginal", Some("moderate")), ("substantial", Some("low"))]);
    assert_eq!((headline.level(), carried.carries), (Some(Level::Substantial), Some(Confidence::Low)));
    // The same with the third without any evidence: nothing carries it.
    let (headline, carried) = three_cells([("substantial", Some("high")), ("marginal", Some("moderate")), ("substantial", None)]);
    assert_eq!((headline.level(), carried.carries, carried.without.to_string()), (Some(Level::Substantial), None, "1 of 3".into()));
    assert_eq!(distribution(&carried), ["0 of 1", "0 of 1", "1 of 3", "1 of 3"]);
}

#[test]
fn what_carries_is_no_average_of_the_parts() {
    // Two of three cells are very low, yet high alone gives the headline: with half of the weight assessed it
    // comes out as told. Six tasks' worth of weight: one strategic (4) and two additional (2 and 2).
    let mut document = land();
    sure_task(&mut document, "T0", "substantial", [Some("high"); 4]);
    sure_task(&mut document, "T1", "full", [Some("very-low"); 4]);
    sure_task(&mut document, "T2", "substantial", [Some("very-low"); 4]);
    document.task[0].tier = text("strategic");
    document.task[1].tier = text("additional");
    document.task[2].tier = text("additional");
    let assessment = assess(document);
    assert_eq!(assessment.congruence().headline().headline.level(), Some(Level::Substantial));
    let carried = &assessment.confidence().congruence;
    assert_eq!(distribution(carried), ["1 of 2", "0 of 1", "0 of 1", "1 of 2"]);
    assert_eq!(carried.carries, Some(Confidence::High));
}

#[test]
fn a_headline_that_is_lost_on_the_way_is_carried_from_where_it_no_longer_changes() {
    // Strategic and substantial (4, high), strategic and marginal (4, moderate), enabling and substantial (1, low),
    // with a floor of .4. High: 4 of 9 are over it, 3. Moderate: half of 8 at 1, so 1. Low: 4 of 9 at 1, so 3 again.
    let mut document = land();
    for (id, level, confidence, tier) in
        [("T0", "substantial", "high", "strategic"), ("T1", "marginal", "moderate", "strategic"), ("T2", "substantial", "low", "enabling")]
    {
        sure_task(&mut document, id, level, [Some(confidence); 4]);
        document.task.last_mut().unwrap().tier = text(tier);
    }
    let study = study(document);
    let mut method = Method::default();
    method.congruence.coverage_floor = Decimal::of_thousandths(400);
    let assessment = study.assess(&method);
    assert_eq!(assessment.congruence().headline().headline.level(), Some(Level::Substantial));
    assert_eq!(assessment.confidence().congruence.carries, Some(Confidence::Low));
}

#[test]
fn a_cell_is_as_sure_as_its_least_sure_link() {
    let mut document = land();
    sure_task(&mut document, "T0", "partial", [Some("high"), Some("low"), Some("high"), Some("moderate")]);
    let assessment = assess(document.clone());
    assert_eq!(distribution(&assessment.confidence().congruence), ["0 of 1", "1 of 1", "0 of 1", "0 of 1"]);
    assert_eq!(assessment.confidence().congruence.carries, Some(Confidence::Low));
    // A link without evidence leaves the cell without.
    document.rating[0].activities.as_mut().unwrap().confidence = None;
    let assessment = assess(document);
    assert_eq!((assessment.confidence().congruence.without, assessment.confidence().congruence.carries), (Share::new(1, 1), None));
}

#[test]
fn what_is_inherited_is_as_sure_as_the_pool() {
    let mut document = land();
    document.pool = vec![PoolRecord { id: text("force"), title: text("The force"), ..Default::default() }];
    document.task = vec![TaskRecord { pool: Some("force".into()), when: text("2018-01-01..2018-12-31"), ..task("T") }];
    let link = |level: &str| Some(JudgementRecord { confidence: decided(level), ..rated("partial", &[]) });
    document.rating = vec![
        RatingRecord { task: list(&["T"]), mandate: link("high"), activities: link("high"), ..Default::default() },
        RatingRecord { pool: list(&["force"]), resources: link("high"), capabilities: link("very-low"), ..Default::default() },
    ];
    let carried = assess(document).confidence().congruence.clone();
    assert_eq!((distribution(&carried)[0].as_str(), carried.carries), ("1 of 1", Some(Confidence::VeryLow)));
}

/// A finding of a dimension: kind, salience, how sure.
fn of_band(id: &str, kind: &str, salience: &str, confidence: &str) -> FindingRecord {
    FindingRecord { kind: text(kind), salience: text(salience), confidence: decided(confidence), ..finding(id) }
}

#[test]
fn a_band_is_carried_by_the_lowest_level_that_it_needs() {
    // Strengths 3 and 3 (high), limitations 1 (moderate) and 3 (very low): (6 − 4) / 10 = .2, enabling.
    // High: two issues, no band. Moderate: (6 − 1) / 7 = .714, strongly enabling. Very low: enabling.
    let rows = vec![
        of_band("F1", "strength", "major", "high"),
        of_band("F2", "strength", "major", "high"),
        of_band("F3", "limitation", "minor", "moderate"),
        of_band("F4", "limitation", "major", "very-low"),
    ];
    let told = |rows: Vec<FindingRecord>| {
        let assessment = assess(CaseDocument { finding: rows, ..land() });
        let band = assessment.dimension("legitimacy").unwrap().whole.band;
        (band, assessment.confidence().of_dimension("legitimacy").unwrap().clone())
    };
    let (band, carried) = told(rows.clone());
    assert_eq!((band, carried.carries), (Some(Band::Enabling), Some(Confidence::VeryLow)));
    assert_eq!(distribution(&carried), ["1 of 4", "0 of 1", "1 of 4", "1 of 2"]);
    // Without the fourth the band is told from moderate on, and low changes nothing.
    let (band, carried) = told(rows[..3].to_vec());
    assert_eq!((band, carried.carries), (Some(Band::StronglyEnabling), Some(Confidence::Moderate)));
    // Two issues make no band, and nothing carries none.
    let (band, carried) = told(rows[..2].to_vec());
    assert_eq!((band, carried.carries, carried.distribution[3].1.to_string()), (None, None, "1 of 1".into()));
    let empty = assess(land());
    assert_eq!(empty.confidence().of_dimension("legitimacy").unwrap().carries, None);
    assert!(empty.confidence().of_dimension("no-dimension").is_none());
}

#[test]
fn rows_of_one_issue_count_once_among_those_that_carry() {
    // The issue `a` is minor with high confidence and major with low: from low on it weighs 3.
    // Others: limitations of 1 and 1 (high). High: (1 − 2) / 3 = −.33, constraining. Low: (3 − 2) / 5 = .2, enabling.
    let mut rows = vec![
        of_band("F1", "strength", "minor", "high"),
        of_band("F2", "strength", "major", "low"),
        of_band("F3", "limitation", "minor", "high"),
        of_band("F4", "limitation", "minor", "high"),
    ];
    (rows[0].issue, rows[1].issue) = (text("a"), text("a"));
    let assessment = assess(CaseDocument { finding: rows, ..land() });
    assert_eq!(assessment.dimension("legitimacy").unwrap().whole.band, Some(Band::Enabling));
    assert_eq!(assessment.confidence().of_dimension("legitimacy").unwrap().carries, Some(Confidence::Low));
    // Major from the first: (3 − 2) / 5 = .2 with high alone, and the second row of the issue adds nothing.
    let mut rows = vec![
        of_band("F1", "strength", "major", "high"),
        of_band("F2", "strength", "major", "low"),
        of_band("F3", "limitation", "minor", "high"),
        of_band("F4", "limitation", "minor", "high"),
    ];
    (rows[0].issue, rows[1].issue) = (text("a"), text("a"));
    let assessment = assess(CaseDocument { finding: rows, ..land() });
    assert_eq!(assessment.confidence().of_dimension("legitimacy").unwrap().carries, Some(Confidence::High));
}

#[test]
fn a_situation_is_carried_by_the_lowest_level_that_it_needs() {
    let sure_effect =
        |id: &str, change: i64, confidence: &str| EffectRecord { confidence: decided(confidence), ..effect(id, Some(change)) };
    let rows = vec![
        sure_effect("E1", 2, "high"),
        sure_effect("E2", -2, "moderate"),
        sure_effect("E3", -3, "low"),
        sure_effect("E4", 1, "very-low"),
    ];
    let told = |rows: Vec<EffectRecord>| {
        let confidence = assess(CaseDocument { effect: rows, ..land() }).confidence().clone();
        assert_eq!(confidence.relevance_by_phase[0].carried, confidence.relevance, "all in the first year");
        assert_eq!(confidence.relevance_by_phase[1].carried.carries, None);
        confidence.relevance
    };
    // Clear changes: 1 better, 2 worse. High: 1 to 0. Moderate: 1 to 1. Low: 1 to 2, and a slight one changes nothing.
    let carried = told(rows.clone());
    assert_eq!(distribution(&carried), ["1 of 4"; 4]);
    assert_eq!(carried.carries, Some(Confidence::Low));
    // Without the third: even from moderate on.
    assert_eq!(told(vec![rows[0].clone(), rows[1].clone(), rows[3].clone()]).carries, Some(Confidence::Moderate));
    // Slight changes alone lean to no side.
    assert_eq!(told(vec![rows[3].clone()]).carries, None);
}

// --- Laws ------------------------------------------------------------------------------------------------------------

const ROOTS: [&str; 5] = ["root-a", "root-b", "root-c", "root-d", "root-e"];
const SIDES: [&str; 3] = ["mission", "population", "host-state"];

fn config() -> ProptestConfig {
    ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() }
}

/// A piece of any kind, side, grading, place and time. The finding's one text, the report, tells it.
fn piece() -> impl Strategy<Value = EvidenceRecord> {
    let grade = of((select(vec!['A', 'B', 'C', 'D', 'E', 'F']), 1..=6u8).prop_map(|(letter, number)| format!("{letter}{number}")));
    (
        select(vec!["interview", "focus-group", "survey", "document", "dataset", "observation"]),
        subsequence(SIDES.to_vec(), 0..=2),
        grade,
        subsequence(vec!["north", "south", "abroad"], 0..=2),
        of(select(vec!["2017", "2018-03", "2018", "2019", "undated", "mission", "2017..2018"])),
        select(ROOTS.to_vec()),
    )
        .prop_map(|(kind, sides, admiralty, places, when, root)| EvidenceRecord {
            kind: text(kind),
            sides: texts(&sides),
            admiralty,
            r#where: texts(&places),
            when: when.map(text),
            independence: Some(text(root)),
            ..evidence("x")
        })
}

/// At least one supporting piece, and some that contradict.
fn pieces() -> impl Strategy<Value = Vec<EvidenceRecord>> {
    (vec(piece(), 1..7), vec(piece(), 0..4)).prop_map(|(supports, contradicts)| {
        let contradicts = contradicts.into_iter().map(|row| EvidenceRecord { supports: Vec::new(), contradicts: texts(&["F"]), ..row });
        supports.into_iter().chain(contradicts).enumerate().map(|(n, row)| EvidenceRecord { id: format!("e{n}"), ..row }).collect()
    })
}

#[track_caller]
fn proposed(evidence: Vec<EvidenceRecord>) -> Confidence {
    sure(evidence).proposed.expect("evidence supports it")
}

fn plus(evidence: &[EvidenceRecord], one: EvidenceRecord) -> Vec<EvidenceRecord> {
    evidence.iter().cloned().chain([one]).collect()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn support_of_a_new_root_never_lowers_the_level(base in pieces(), mut one in piece()) {
        (one.id, one.independence) = (text("new"), Some(text("root-new")));
        prop_assert!(proposed(plus(&base, one)) >= proposed(base));
    }

    #[test]
    fn support_of_a_known_root_never_raises_the_level(base in pieces(), mut one in piece(), at in any::<proptest::sample::Index>()) {
        (one.id, one.independence) = (text("new"), base[at.index(base.len())].independence.clone());
        prop_assert!(proposed(plus(&base, one)) <= proposed(base));
    }

    #[test]
    fn a_root_against_never_raises_the_level(base in pieces(), mut one in piece(), known in any::<bool>()) {
        (one.id, one.supports, one.contradicts) = (text("new"), Vec::new(), texts(&["F"]));
        if !known {
            one.independence = Some(text("root-new"));
        }
        prop_assert!(proposed(plus(&base, one)) <= proposed(base));
    }

    #[test]
    fn the_order_of_evidence_changes_nothing(base in pieces(), turn in 0..8usize, back in any::<bool>()) {
        let mut other = base.clone();
        let by = turn % other.len();
        other.rotate_left(by);
        if back {
            other.reverse();
        }
        let sorted = |mut sure: Sureness| {
            sure.supports.sort();
            sure.contradicts.sort();
            sure
        };
        prop_assert_eq!(sorted(sure(base)), sorted(sure(other)));
    }

    #[test]
    fn the_level_follows_from_the_concerns_and_one_root_is_at_most_low(base in pieces()) {
        let sure = sure(base.clone());
        let level = sure.proposed.unwrap();
        prop_assert!(Confidence::ALL.contains(&level));
        prop_assert_eq!(sure.level, Some(level));
        // Counted here: the roots that support and do not contradict.
        let root = |row: &EvidenceRecord| row.independence.clone().unwrap();
        let against: std::collections::BTreeSet<String> = base.iter().filter(|row| !row.contradicts.is_empty()).map(root).collect();
        let supports: std::collections::BTreeSet<String> = base.iter().filter(|row| row.contradicts.is_empty()).map(root).collect();
        let groups = supports.difference(&against).count();
        prop_assert_eq!((sure.amounts.groups, sure.amounts.against), (groups, against.len()));
        prop_assert_eq!(sure.caps.contains(&Cap::OneGroup), groups <= 1);
        if groups <= 1 {
            prop_assert!(level <= Confidence::Low);
        }
        prop_assert_eq!(propose(concerns(&sure), &sure.caps), level);
    }

    #[test]
    fn a_decision_never_changes_the_proposal(base in pieces(), level in select(vec!["very-low", "low", "moderate", "high"])) {
        let mut document = case(base.clone());
        document.finding[0].confidence = decided(level);
        let decided = sure_of(document);
        prop_assert_eq!(decided.level.map(|level| level.to_string()), Some(text(level)));
        prop_assert_eq!(decided.proposed, sure(base).proposed);
    }
}
