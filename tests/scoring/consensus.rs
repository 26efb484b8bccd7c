//! Where stakeholders agree: sides and not heads, at every edge of the rules, and laws that hold for any positions.
//!
//! Sources: methodology.md, section 5; design.md, section 4 (Consensus); codebook.md, section 5.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests stop at what they did not expect")]

use crate::plain::*;
use peaceops::CaseDocument;
use peaceops::document::raw::QuantityText;
use peaceops::document::record::*;
use peaceops::measure::{Decimal, Share};
use peaceops::model::Shown;
use peaceops::scoring::agreement::van_der_eijk;
use peaceops::scoring::consensus::{AgreementBand, Directions, SideView, Voice};
use peaceops::scoring::{Consensus, ConsensusRule, Method, Reading, View};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;

// --- Cases -----------------------------------------------------------------------------------------------------------

/// One proposition, `p`, with these groups and what they hold of it.
fn case(groups: Vec<StakeholderRecord>, positions: Vec<PositionRecord>) -> CaseDocument {
    CaseDocument { stakeholder: groups, proposition: vec![proposition("p")], position: positions, ..land() }
}

#[track_caller]
fn consensus(document: CaseDocument) -> Consensus {
    let assessment = assess(document);
    assert_eq!(assessment.consensus().len(), 1);
    assessment.consensus()[0].clone()
}

#[track_caller]
fn view(groups: Vec<StakeholderRecord>, positions: Vec<PositionRecord>) -> View {
    consensus(case(groups, positions)).whole
}

/// A group for which so many persons were heard that nothing is too few to say.
fn many(id: &str, side: &str) -> StakeholderRecord {
    StakeholderRecord { heads: Some(20), ..group(id, side) }
}

/// One group of one side that divides over stances −2 to +2 in these parts; the rest is open.
#[track_caller]
fn divided(shares: [&str; 5]) -> View {
    let rows = (-2..=2).zip(shares).filter(|(_, share)| !share.is_empty());
    view(vec![many("g", "people")], rows.map(|(stance, share)| position(&format!("at{}", stance + 2), "g", stance, share)).collect())
}

fn shares(shares: &Directions) -> [String; 4] {
    [shares.in_favour, shares.against, shares.unsure, shares.open].map(|share| share.to_string())
}

fn value(share: Share) -> f64 {
    share.part() as f64 / share.of() as f64
}

#[track_caller]
fn near(found: f64, wanted: f64) {
    assert!((found - wanted).abs() < 5e-5, "{found} is not {wanted}");
}

fn side<'a>(view: &'a View, name: &str) -> &'a SideView {
    view.sides.iter().find(|side| side.side.as_ref().is_some_and(|side| side.as_str() == name)).unwrap()
}

fn positions_of(voices: &[Voice]) -> Vec<&str> {
    voices.iter().map(|voice| voice.position.as_str()).collect()
}

// --- The worked example ----------------------------------------------------------------------------------------------

/// methodology.md, section 5: levels 0 to 4 as stances −2 to +2, each head a group of its own.
const HEADS: [(&str, &[i64]); 3] = [("mission", &[1, 1, 2, 1]), ("government", &[-1, 0, -1]), ("communities", &[0, 1, 0, 0, -1])];

fn heads() -> View {
    let (mut groups, mut positions) = (Vec::new(), Vec::new());
    for (side, stances) in HEADS {
        for (n, stance) in stances.iter().enumerate() {
            let id = format!("{side}-{n}");
            positions.push(position(&format!("p-{id}"), &id, *stance, "1"));
            groups.push(group(&id, side));
        }
    }
    view(groups, positions)
}

#[test]
fn the_worked_example_over_five_levels() {
    let view = heads();
    // Levels 0 to 4: mission (0, 0, 0, 3, 1)/4, government (0, 2, 1, 0, 0)/3, communities (0, 1, 3, 1, 0)/5.
    let strength = view.strength.as_ref().unwrap();
    near(strength.a, 0.4306);
    near(strength.leik, 0.3861);
    near(strength.tastle_wierman, 0.6549);
    near(strength.polarisation, (1.0 - 0.4306) / 2.0);
    assert_eq!(strength.median, 0, "level 2");
    let without: Vec<(&str, String)> =
        strength.without_side.iter().map(|(side, a)| (side.as_ref().unwrap().as_str(), format!("{a:.4}"))).collect();
    assert_eq!(without, [("mission", "0.6833".into()), ("government", "0.5750".into()), ("communities", "0.2847".into())]);
    // Nothing is open: the range is the value.
    assert_eq!((strength.low, strength.high), (Some(strength.a), Some(strength.a)));
    assert_eq!(view.voices, 12);
}

#[test]
fn the_worked_example_within_its_sides() {
    // Over five levels as the methodology has it, from the counts themselves.
    for (counts, a) in [([0, 0, 0, 3, 1], 0.8750), ([0, 2, 1, 0, 0], 0.8333), ([0, 1, 3, 1, 0], 0.7000)] {
        near(van_der_eijk(&counts).unwrap(), a);
    }
    // Over three directions: mission (0, 0, 4), one voice. Government (2, 1, 0): a layer of 1 over two neighbours
    // is 2/3 of the weight and agrees by .5, the rest by 1: 1/3 + 1/3. Communities (1, 3, 1): a layer over all
    // three agrees by 0, the other 2/5 by 1.
    let view = heads();
    for (name, a) in [("mission", 1.0), ("government", 2.0 / 3.0), ("communities", 0.4)] {
        assert!((side(&view, name).agreement.unwrap() - a).abs() < 1e-12, "{name}");
    }
    assert_eq!(shares(&side(&view, "government").shares), ["0 of 1", "2 of 3", "1 of 3", "0 of 1"]);
    assert_eq!(shares(&side(&view, "communities").shares), ["1 of 5", "1 of 5", "3 of 5", "0 of 1"]);
    assert_eq!(side(&view, "mission").groups.len(), 4);
}

#[test]
fn the_worked_example_over_three_directions() {
    // Against (2/3 + 1/5)/3 = 13/45, unsure (1/3 + 3/5)/3 = 14/45, for (1 + 1/5)/3 = 18/45. A layer of 13 over all
    // agrees by 0; 1 over unsure and for weighs 2 and agrees by .5; 4 for weigh 4 and agree by 1: 5/45.
    let view = heads();
    assert_eq!(shares(&view.shares), ["2 of 5", "13 of 45", "14 of 45", "0 of 1"]);
    let directions = view.directions.as_ref().unwrap();
    assert!((directions.a - 1.0 / 9.0).abs() < 1e-12, "{}", directions.a);
    assert_eq!(directions.median, 0, "13 and 27 of 45: the middle");
    assert_eq!(view.reading, Reading::Band(AgreementBand::Diffuse));
    // Without the mission (13, 14, 3)/30: 3 over all; 10 over against and unsure: 20 · .5; 1 unsure: 11/30.
    // Without the government (3, 9, 18)/30: 3 over all; 6 over two: 12 · .5; 9 for: 15/30.
    // Without the communities (10, 5, 15)/30: 5 over all; 5 over against and for: −10; 5 for: −5/30.
    let without: Vec<f64> = directions.without_side.iter().map(|(_, a)| *a).collect();
    for (found, wanted) in without.iter().zip([11.0 / 30.0, 0.5, -1.0 / 6.0]) {
        assert!((found - wanted).abs() < 1e-12, "{found} is not {wanted}");
    }
}

#[test]
fn the_shares_by_strength_of_the_worked_example() {
    // (0, .2889, .3111, .3167, .0833) = (0, 52, 56, 57, 15)/180.
    let levels = heads().levels.map(|share| share.to_string());
    assert_eq!(levels, ["0 of 1", "13 of 45", "14 of 45", "19 of 60", "1 of 12"]);
}

// --- Voices and what is open -----------------------------------------------------------------------------------------

#[test]
fn fewer_than_five_voices_are_too_few_to_say() {
    let told = |groups: usize| {
        let ids: Vec<String> = (0..groups).map(|n| format!("g{n}")).collect();
        view(ids.iter().map(|id| group(id, "people")).collect(), ids.iter().map(|id| position(&format!("p-{id}"), id, 1, "1")).collect())
    };
    let (four, five) = (told(4), told(5));
    assert_eq!((four.voices, four.reading), (4, Reading::TooFewToSay));
    assert_eq!((five.voices, five.reading), (5, Reading::Band(AgreementBand::Broad)));
    // The numbers stand all the same.
    assert_eq!(four.directions.unwrap().a, 1.0);
    assert_eq!(Reading::TooFewToSay.to_string(), "too few to say");
}

#[test]
fn persons_heard_are_voices_where_their_number_is_known() {
    let told = |heads: [Option<i64>; 2]| {
        let groups = vec![
            StakeholderRecord { heads: heads[0], ..group("a", "people") },
            StakeholderRecord { heads: heads[1], ..group("b", "state") },
        ];
        let view = view(groups, vec![position("pa", "a", 1, "1"), position("pb", "b", 1, "1")]);
        (view.voices, view.reading)
    };
    assert_eq!(told([None, None]), (2, Reading::TooFewToSay));
    assert_eq!(told([Some(3), None]), (4, Reading::TooFewToSay));
    assert_eq!(told([Some(4), None]), (5, Reading::Band(AgreementBand::Broad)));
    assert_eq!(told([Some(12), Some(30)]), (42, Reading::Band(AgreementBand::Broad)));
    // How many were heard never changes what a side weighs.
    let weigh = |heads| {
        let groups = vec![StakeholderRecord { heads: Some(heads), ..group("a", "people") }, many("b", "state")];
        shares(&view(groups, vec![position("pa", "a", 1, "1"), position("pb", "b", -1, "1")]).shares)
    };
    assert_eq!(weigh(1000), ["1 of 2", "1 of 2", "0 of 1", "0 of 1"]);
    assert_eq!(weigh(1000), weigh(5));
}

#[test]
fn over_a_third_open_is_too_little_stated() {
    // Three groups of one side of which one says nothing that could be counted: exactly a third is open.
    let groups = || vec![many("a", "people"), many("b", "people"), many("c", "people")];
    let third = view(groups(), vec![position("pa", "a", 1, "1"), position("pb", "b", 1, "1"), position("pc", "c", 1, "")]);
    assert_eq!(shares(&third.shares), ["2 of 3", "0 of 1", "0 of 1", "1 of 3"]);
    // The open third against: (1/3, 0, 2/3) is −1/3. With the others: 1. Over several bands.
    let directions = third.directions.as_ref().unwrap();
    near(directions.low.unwrap(), -1.0 / 3.0);
    assert_eq!((directions.high, directions.a), (Some(1.0), 1.0));
    assert_eq!(third.reading, Reading::SeveralBands);
    // A thousandth more: no range and no band, but the agreement of what is stated.
    let more = view(groups(), vec![position("pa", "a", 1, "1"), position("pb", "b", 1, "0.999"), position("pc", "c", 1, "")]);
    assert_eq!(more.reading, Reading::TooLittleStated);
    let directions = more.directions.unwrap();
    assert_eq!((directions.a, directions.low, directions.high), (1.0, None, None));
    assert_eq!(more.shares.open.to_string(), "1001 of 3000");
    // How much may be open is a choice of the method.
    let mut method = Method::default();
    method.consensus.open_part = 4;
    let positions = vec![position("pa", "a", 1, "1"), position("pb", "b", 1, "1"), position("pc", "c", 1, "")];
    let strict = study(case(groups(), positions)).assess(&method);
    assert_eq!(strict.consensus()[0].whole.reading, Reading::TooLittleStated);
}

#[test]
fn an_unknown_share_is_open_and_not_opposite() {
    let view = view(vec![many("a", "people")], vec![position("pa", "a", 2, "")]);
    assert_eq!(shares(&view.shares), ["0 of 1", "0 of 1", "0 of 1", "1 of 1"]);
    assert_eq!((view.reading, view.directions, view.strength), (Reading::TooLittleStated, None, None));
    assert_eq!((view.voices, view.sides[0].agreement), (20, None));
    // What a known share leaves over is open as well.
    assert_eq!(shares(&divided(["", "", "", "0.75", ""]).shares), ["3 of 4", "0 of 1", "0 of 1", "1 of 4"]);
    // A second row of unknown share adds nothing and takes nothing.
    let mut rows = vec![position("pa", "a", 1, "0.75"), position("pb", "a", -1, "")];
    let both = self::view(vec![many("a", "people")], rows.clone());
    rows.pop();
    assert_eq!(both.shares, self::view(vec![many("a", "people")], rows).shares);
}

#[test]
fn words_for_shares_are_those_of_the_codebook() {
    let words = [
        ("few", "1 of 10"),
        ("some", "1 of 4"),
        ("many", "7 of 20"),
        ("half", "1 of 2"),
        ("most", "3 of 4"),
        ("vast-majority", "9 of 10"),
        ("consensus", "19 of 20"),
    ];
    for (word, share) in words {
        assert_eq!(divided(["", "", "", word, ""]).shares.in_favour.to_string(), share, "{word}");
    }
}

#[test]
fn shares_beyond_the_whole_count_in_proportion() {
    // 90 % for and 60 % against at one time: 150 parts, of which 90 and 60.
    let view = divided(["", "0.6", "", "0.9", ""]);
    assert_eq!(shares(&view.shares), ["3 of 5", "2 of 5", "0 of 1", "0 of 1"]);
    // The side weighs no more than another for it.
    let groups = vec![many("a", "people"), many("b", "state")];
    let rows = vec![position("pa", "a", 1, "1"), position("pa2", "a", 2, "1"), position("pb", "b", -1, "1")];
    let view = self::view(groups, rows);
    assert_eq!(shares(&view.shares), ["1 of 2", "1 of 2", "0 of 1", "0 of 1"]);
}

#[test]
fn an_open_side_is_open_in_its_part_only() {
    // Two sides for, one of which only half is told: 1/2 + 1/4 for, 1/4 open.
    let groups = vec![many("a", "people"), many("b", "state")];
    let view = view(groups, vec![position("pa", "a", 1, "1"), position("pb", "b", 1, "half")]);
    assert_eq!(shares(&view.shares), ["3 of 4", "0 of 1", "0 of 1", "1 of 4"]);
    assert_eq!(shares(&side(&view, "state").shares), ["1 of 2", "0 of 1", "0 of 1", "1 of 2"]);
    // Against: (1/4, 0, 3/4) is −1/2 + 1/2. For: 1.
    let directions = view.directions.unwrap();
    assert_eq!((directions.low, directions.high), (Some(0.0), Some(1.0)));
}

// --- Bands -----------------------------------------------------------------------------------------------------------

#[test]
fn one_voice_two_camps_and_spread_are_told_apart() {
    let a = |shares| divided(shares).directions.unwrap().a;
    assert_eq!((a(["", "", "", "1", ""]), divided(["", "", "", "1", ""]).reading), (1.0, Reading::Band(AgreementBand::Broad)));
    assert_eq!(
        (a(["", "half", "", "half", ""]), divided(["", "half", "", "half", ""]).reading),
        (-1.0, Reading::Band(AgreementBand::Divided))
    );
    // Three groups, one in each direction: spread.
    let groups = vec![many("a", "people"), many("b", "people"), many("c", "people")];
    let spread = view(groups, vec![position("pa", "a", 1, "1"), position("pb", "b", 0, "1"), position("pc", "c", -1, "1")]);
    assert_eq!((spread.directions.unwrap().a, spread.reading), (0.0, Reading::Band(AgreementBand::Diffuse)));
    // Strength tells plainly from strongly, which the directions do not.
    let strong = divided(["", "", "", "half", "half"]);
    assert_eq!(strong.directions.unwrap().a, 1.0);
    assert_eq!(strong.strength.unwrap().a, 0.75); // two neighbours of five: 1 − 1/4
    assert_eq!(divided(["", "half", "", "half", ""]).strength.unwrap().median, -1, "the lower of two middle levels");
}

#[test]
fn bands_begin_at_their_edges() {
    let reading = |shares| divided(shares).reading;
    // Over two neighbours and one: (0, .4, .6) is .8 · .5 + .2 = .6.
    assert_eq!(reading(["", "", "0.4", "0.6", ""]), Reading::Band(AgreementBand::Broad));
    assert_eq!(reading(["", "", "0.401", "0.599", ""]), Reading::Band(AgreementBand::Partial)); // .599
    // With all three told and the middle not least, A is the greatest share less the least.
    assert_eq!(reading(["", "0.2", "0.3", "0.5", ""]), Reading::Band(AgreementBand::Partial)); // .3
    assert_eq!(reading(["", "0.201", "0.3", "0.499", ""]), Reading::Band(AgreementBand::Diffuse)); // .298
    // A quarter against three: −1 · .5 + .5 = 0. A thousandth more is divided.
    assert_eq!(reading(["", "0.25", "", "0.75", ""]), Reading::Band(AgreementBand::Diffuse));
    assert_eq!(reading(["", "0.251", "", "0.749", ""]), Reading::Band(AgreementBand::Divided)); // −.004
    // The cut-points are choices of the method.
    let rule = ConsensusRule { broad: Decimal::of_thousandths(800), partial: Decimal::of_thousandths(500), ..ConsensusRule::default() };
    for (a, band) in
        [(0.8, AgreementBand::Broad), (0.799, AgreementBand::Partial), (0.5, AgreementBand::Partial), (0.499, AgreementBand::Diffuse)]
    {
        assert_eq!(AgreementBand::of(a, &rule), band, "{a}");
    }
}

#[test]
fn a_range_within_one_band_names_it_and_over_two_names_none() {
    // .95 for, .05 open. Against: (.05, 0, .95) is −.1 + .9 = .8; unsure: .1 · .5 + .9 = .95; for: 1.
    let narrow = divided(["", "", "", "consensus", ""]);
    let directions = narrow.directions.unwrap();
    near(directions.low.unwrap(), 0.8);
    assert_eq!((directions.high, narrow.reading), (Some(1.0), Reading::Band(AgreementBand::Broad)));
    // .9 for, .1 open: −.2 + .8 = .6 at the least, which is broad still.
    let edge = divided(["", "", "", "vast-majority", ""]);
    near(edge.directions.unwrap().low.unwrap(), 0.6);
    assert_eq!(edge.reading, Reading::Band(AgreementBand::Broad));
    // .899 for: −.202 + .798 = .596.
    let over = divided(["", "", "", "0.899", ""]);
    near(over.directions.unwrap().low.unwrap(), 0.596);
    assert_eq!((over.reading, over.reading.to_string()), (Reading::SeveralBands, "over several bands".into()));
}

#[test]
fn every_side_weighs_the_same_and_every_group_in_it() {
    // Three groups of the people for, one of the state against: half and half, not three to one.
    let groups = vec![many("a", "people"), many("b", "people"), many("c", "people"), many("d", "state")];
    let rows = vec![position("pa", "a", 1, "1"), position("pb", "b", 1, "1"), position("pc", "c", 1, "1"), position("pd", "d", -1, "1")];
    let view = view(groups, rows);
    assert_eq!(shares(&view.shares), ["1 of 2", "1 of 2", "0 of 1", "0 of 1"]);
    assert_eq!((view.sides.len(), view.reading), (2, Reading::Band(AgreementBand::Divided)));
}

#[test]
fn a_group_without_a_side_is_a_side_of_its_own() {
    // Two without a side, one side of two: a third each.
    let groups = vec![many("a", ""), many("b", ""), many("c", "people"), many("d", "people")];
    let rows = vec![position("pa", "a", 1, "1"), position("pb", "b", -1, "1"), position("pc", "c", 0, "1"), position("pd", "d", 1, "1")];
    let view = view(groups, rows);
    // For 1/3 + 1/6, against 1/3, unsure 1/6.
    assert_eq!(shares(&view.shares), ["1 of 2", "1 of 3", "1 of 6", "0 of 1"]);
    assert_eq!(
        view.sides.iter().map(|side| (side.side.is_none(), side.groups.len())).collect::<Vec<_>>(),
        [(true, 1), (true, 1), (false, 2)]
    );
    assert_eq!(view.directions.unwrap().without_side.len(), 3);
}

// --- Time ------------------------------------------------------------------------------------------------------------

fn at(when: &str, row: PositionRecord) -> PositionRecord {
    PositionRecord { when: text(when), ..row }
}

#[test]
fn the_last_stance_in_a_phase_holds() {
    let rows = vec![
        at("2018-02", position("early", "a", 1, "1")),
        at("2018-10", position("late", "a", -1, "1")),
        at("2019-05", position("last", "a", 0, "1")),
    ];
    let told = consensus(case(vec![many("a", "people")], rows.clone()));
    assert_eq!(shares(&told.whole.shares), ["0 of 1", "0 of 1", "1 of 1", "0 of 1"], "of all the last");
    let phases: Vec<(&str, [String; 4])> = told.by_phase.iter().map(|phase| (phase.id.as_str(), shares(&phase.view.shares))).collect();
    let [against, unsure] =
        [["0 of 1", "1 of 1", "0 of 1", "0 of 1"], ["0 of 1", "0 of 1", "1 of 1", "0 of 1"]].map(|list| list.map(String::from));
    assert_eq!(phases, [("P1", against), ("P2", unsure)]);
    // The order of the rows does not matter.
    let mut back = rows;
    back.reverse();
    assert_eq!(consensus(case(vec![many("a", "people")], back)), told);
}

#[test]
fn stances_at_one_time_hold_together_and_earlier_ones_do_not_weigh() {
    let rows = vec![
        at("2018-01", position("before", "a", -2, "1")),
        at("2018-06", position("some", "a", 1, "half")),
        at("2018-06-10", position("others", "a", -1, "some")),
    ];
    let view = view(vec![many("a", "people")], rows);
    assert_eq!(shares(&view.shares), ["1 of 2", "1 of 4", "0 of 1", "1 of 4"]);
}

#[test]
fn each_group_has_its_own_last_stance() {
    let groups = vec![many("a", "people"), many("b", "people")];
    let view = view(groups, vec![at("2018-02", position("pa", "a", 1, "1")), at("2019-02", position("pb", "b", -1, "1"))]);
    assert_eq!(shares(&view.shares), ["1 of 2", "1 of 2", "0 of 1", "0 of 1"]);
}

#[test]
fn phases_without_a_stance_are_not_told() {
    let told = consensus(case(vec![many("a", "people")], vec![at("undated", position("pa", "a", 1, "1"))]));
    assert!(told.by_phase.is_empty());
    assert_eq!(told.whole.shares.in_favour.to_string(), "1 of 1", "what is not dated counts in the whole");
    let empty = consensus(case(vec![many("a", "people")], Vec::new()));
    assert!(empty.by_phase.is_empty() && empty.whole.sides.is_empty() && empty.whole.directions.is_none());
    assert_eq!((empty.whole.voices, empty.whole.reading), (0, Reading::TooFewToSay));
}

#[test]
fn what_lies_outside_counts_nowhere() {
    // What counts nowhere is before the mission, after the window, or elsewhere; it is no voice of the study.
    for when in ["outside", "2012", "2025-03"] {
        let groups = vec![many("a", "people"), many("b", "state")];
        let told = consensus(case(groups, vec![at(when, position("pa", "a", 1, "1")), position("pb", "b", -1, "1")]));
        assert_eq!(shares(&told.whole.shares), ["0 of 1", "1 of 1", "0 of 1", "0 of 1"], "{when}");
        assert_eq!(told.whole.voices, 20, "{when}");
    }
}

#[test]
fn a_stance_from_outside_does_not_take_the_place_of_one_within() {
    // After the window the group turned: that is another study's matter.
    let rows = vec![at("2018-06", position("pa", "a", 1, "1")), at("2025", position("later", "a", -1, "1"))];
    assert_eq!(view(vec![many("a", "people")], rows).shares.in_favour.to_string(), "1 of 1");
}

// --- Who is told -----------------------------------------------------------------------------------------------------

#[test]
fn single_persons_are_listed_and_do_not_weigh() {
    let flagged = PositionRecord { flags: texts(&["individual"]), ..position("quoted", "b", -2, "") };
    let groups = vec![many("a", "people"), many("b", "people"), StakeholderRecord { individual: true, ..group("c", "state") }];
    let view = view(groups, vec![position("pa", "a", 1, "1"), flagged, position("person", "c", -1, "1")]);
    assert_eq!(shares(&view.shares), ["1 of 1", "0 of 1", "0 of 1", "0 of 1"]);
    assert_eq!((view.voices, view.sides.len(), view.dissent.len()), (20, 1, 0));
    assert_eq!(positions_of(&view.listed), ["quoted", "person"]);
    // By their side alone: whoever was quoted, and who is known by single persons only.
    let shown: Vec<Shown> = view.listed.iter().map(|voice| voice.group.clone()).collect();
    let side = |side: &str| Some(side.parse().unwrap());
    assert_eq!(shown, [Shown::OnePerson(side("people")), Shown::FoldedInto(side("state"))]);
    assert_eq!(view.listed.iter().map(|voice| voice.stance).collect::<Vec<_>>(), [-2, -1]);
}

#[test]
fn a_single_persons_later_word_does_not_take_the_place_of_the_groups_stance() {
    let quoted = PositionRecord { flags: texts(&["individual"]), ..at("2018-10", position("quoted", "a", -2, "")) };
    let view = view(vec![many("a", "people")], vec![at("2018-02", position("pa", "a", 1, "1")), quoted]);
    // The group said what it says; one quoted member is listed beside it, without weight.
    assert_eq!(view.shares.in_favour.to_string(), "1 of 1");
    assert_eq!(positions_of(&view.listed), ["quoted"]);
}

#[test]
fn authors_are_no_side() {
    let groups = vec![many("a", "people"), StakeholderRecord { author: true, ..many("team", "analysts") }];
    let view = view(groups, vec![position("pa", "a", 1, "1"), position("theirs", "team", -2, "1")]);
    assert_eq!((shares(&view.shares), view.voices), (["1 of 1", "0 of 1", "0 of 1", "0 of 1"].map(String::from), 20));
    assert!(view.sides.len() == 1 && view.listed.is_empty() && view.dissent.is_empty());
}

#[test]
fn small_groups_are_folded_into_their_side_and_counted() {
    let sized = |id: &str, side: &str, heads| StakeholderRecord { heads: Some(heads), ..group(id, side) };
    let groups = || vec![sized("four", "people", 4), sized("five", "people", 5), sized("three", "", 3), group("office", "state")];
    let rows = || {
        vec![
            position("p4", "four", -1, "1"),
            position("p5", "five", 1, "1"),
            position("p3", "three", -1, "half"),
            position("po", "office", 1, "1"),
        ]
    };
    let folded = |side: Option<&str>| Shown::FoldedInto(side.map(|side| side.parse().unwrap()));
    let shown = |id: &str| Shown::Group(id.parse().unwrap());
    let view = view(groups(), rows());
    // Fewer than five persons: two groups. They weigh all the same, and nothing names them.
    assert_eq!(view.folded, 2);
    assert_eq!(
        view.sides.iter().map(|side| side.groups.clone()).collect::<Vec<_>>(),
        [vec![folded(Some("people")), shown("five")], vec![folded(None)], vec![shown("office")],]
    );
    assert_eq!(shares(&side(&view, "people").shares), ["1 of 2", "1 of 2", "0 of 1", "0 of 1"]);
    assert_eq!(view.dissent.iter().map(|voice| voice.group.clone()).collect::<Vec<_>>(), [folded(Some("people")), folded(None)]);
    // How many are too few is the study's to say.
    let mut document = case(groups(), rows());
    document.study.as_mut().unwrap().least_heads = Some(4);
    assert_eq!(consensus(document).whole.folded, 1);
}

#[test]
fn an_institution_and_its_members_on_opposite_sides_both_stand() {
    let members = || StakeholderRecord { member_of: Some(text("council")), ..many("members", "states") };
    let told = |members_hold: &[(i64, &str)], council_holds: i64| {
        let mut rows = vec![position("pc", "council", council_holds, "1")];
        rows.extend(members_hold.iter().enumerate().map(|(n, (stance, share))| position(&format!("pm{n}"), "members", *stance, share)));
        view(vec![many("council", "council"), members()], rows)
    };
    let apart = told(&[(-1, "most")], 1);
    assert_eq!(apart.sides.len(), 2, "two groups, each of its own side");
    assert_eq!(apart.apart.len(), 1);
    assert_eq!((apart.apart[0].institution.to_string(), apart.apart[0].members.to_string()), ("council".into(), "members".into()));
    // Not where they agree, where either is of two minds, or where nothing is known of one.
    assert!(told(&[(2, "1")], 1).apart.is_empty());
    assert!(told(&[(0, "1")], 1).apart.is_empty());
    assert!(told(&[(-1, "half"), (1, "half")], 1).apart.is_empty());
    assert!(told(&[(-1, "")], 1).apart.is_empty());
    assert!(told(&[(-1, "1")], 0).apart.is_empty());
    // What more of them hold counts: .5 against, .25 for.
    assert_eq!(told(&[(-1, "half"), (1, "some")], 1).apart.len(), 1);
    // Others who differ are no members.
    let others = view(
        vec![many("council", "council"), many("others", "states")],
        vec![position("pc", "council", 1, "1"), position("po", "others", -1, "1")],
    );
    assert!(others.apart.is_empty());
}

#[test]
fn dissent_lists_the_smaller_camp_with_its_evidence() {
    let evidence = |id: &str| EvidenceRecord {
        id: text(id),
        title: format!("Evidence {id}"),
        kind: text("interview"),
        cite: texts(&["R p7"]),
        ..Default::default()
    };
    let told = |stances: [i64; 3]| {
        let groups = vec![many("a", "people"), many("b", "state"), many("c", "council")];
        let rows = ["a", "b", "c"]
            .iter()
            .zip(stances)
            .map(|(id, stance)| PositionRecord { evidence: vec![format!("e-{id}")], ..position(&format!("p-{id}"), id, stance, "1") });
        let mut document = case(groups, rows.collect());
        document.evidence = ["e-a", "e-b", "e-c"].map(evidence).into();
        let view = consensus(document).whole;
        view.dissent.iter().map(|voice| format!("{} {} {}", voice.group, voice.stance, voice.evidence[0])).collect::<Vec<_>>()
    };
    assert_eq!(told([1, 2, -1]), ["c -1 e-c"]);
    assert_eq!(told([-1, -2, 1]), ["c 1 e-c"]);
    // On a tie whoever is against; who is of two minds dissents from nothing.
    assert_eq!(told([1, 0, -2]), ["c -2 e-c"]);
    assert_eq!(told([1, 1, 0]), Vec::<String>::new());
    assert_eq!(told([0, 0, 0]), Vec::<String>::new());
    // A stance that no longer holds is no dissent.
    let rows = vec![at("2018-02", position("old", "a", -1, "1")), at("2018-10", position("new", "a", 1, "1"))];
    assert!(view(vec![many("a", "people")], rows).dissent.is_empty());
}

#[test]
fn a_part_of_a_group_may_dissent_from_the_rest() {
    let view = divided(["", "some", "", "most", ""]);
    assert_eq!(positions_of(&view.dissent), ["at1"]);
    assert_eq!(view.dissent[0].share.map(|share| share.thousandths()), Some(250));
}

// --- Laws ------------------------------------------------------------------------------------------------------------

fn config() -> ProptestConfig {
    ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() }
}

/// A group's side, its heads, and up to three stances at one time with their shares in thousandths.
type Drawn = (usize, Option<i64>, Vec<(i64, Option<u32>)>);

const SIDES: [&str; 4] = ["people", "state", "mission", ""];

fn drawn() -> impl Strategy<Value = Vec<Drawn>> {
    let share = prop_oneof![1 => Just(None), 3 => Just(Some(1000)), 6 => (0..=1000u32).prop_map(Some)];
    vec((0..SIDES.len(), of(1..30i64), vec((-2..=2i64, share), 1..=3)), 1..7)
}

fn records(drawn: &[Drawn]) -> (Vec<StakeholderRecord>, Vec<PositionRecord>) {
    let (mut groups, mut positions) = (Vec::new(), Vec::new());
    for (at, (side, heads, stances)) in drawn.iter().enumerate() {
        groups.push(StakeholderRecord { heads: *heads, ..group(&format!("g{at}"), SIDES[*side]) });
        for (n, (stance, share)) in stances.iter().enumerate() {
            let mut row = position(&format!("p{at}-{n}"), &format!("g{at}"), *stance, "");
            row.share = share.map(|share| QuantityText(Decimal::of_thousandths(i64::from(share)).to_string()));
            positions.push(row);
        }
    }
    (groups, positions)
}

/// A as the methodology writes it down, over heights in floats.
fn textbook(heights: &[f64]) -> Option<f64> {
    let k = heights.len();
    let all: f64 = heights.iter().sum();
    let mut rest = heights.to_vec();
    let mut sum = 0.0;
    loop {
        let holds: Vec<bool> = rest.iter().map(|height| *height > 1e-12).collect();
        let least = rest.iter().copied().filter(|height| *height > 1e-12).fold(f64::INFINITY, f64::min);
        let s = holds.iter().filter(|holds| **holds).count();
        if s == 0 {
            return (all > 0.0).then(|| sum / all);
        }
        let (mut tu, mut tdu) = (0.0, 0.0);
        for a in 0..k {
            for b in a + 1..k {
                for c in b + 1..k {
                    match (holds[a], holds[b], holds[c]) {
                        (true, true, false) | (false, true, true) => tu += 1.0,
                        (true, false, true) => tdu += 1.0,
                        _ => {}
                    }
                }
            }
        }
        let (k, s) = (k as f64, s as f64);
        let u = ((k - 2.0) * tu - (k - 1.0) * tdu) / ((k - 2.0) * (tu + tdu));
        let a = if s == 1.0 {
            1.0
        } else if tu + tdu == 0.0 {
            0.0
        } else {
            u * (1.0 - (s - 1.0) / (k - 1.0))
        };
        sum += least * s * a;
        for (rest, holds) in rest.iter_mut().zip(&holds) {
            if *holds {
                *rest -= least;
            }
        }
    }
}

/// What the views of one case in two orders have in common, the sides sorted.
fn sorted(view: &View) -> (Vec<String>, Vec<String>) {
    let measures = [&view.directions, &view.strength].map(|agreement| {
        let mut agreement = agreement.clone();
        if let Some(agreement) = &mut agreement {
            agreement.without_side.sort_by(|x, y| x.0.cmp(&y.0).then(x.1.total_cmp(&y.1)));
        }
        format!("{agreement:?}")
    });
    let mut sides: Vec<String> = view
        .sides
        .iter()
        .map(|side| {
            let mut groups = side.groups.clone();
            groups.sort();
            format!("{:?} {groups:?} {:?} {:?}", side.side, side.shares, side.agreement)
        })
        .collect();
    sides.sort();
    let mut dissent = positions_of(&view.dissent);
    dissent.sort_unstable();
    let mut all: Vec<String> = measures.into();
    all.push(format!("{:?} {:?} {:?} {} {} {dissent:?}", view.reading, view.shares, view.levels, view.voices, view.folded));
    (all, sides)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn agreement_stays_in_its_range_wherever_the_open_lies(drawn in drawn(), parts in [0.0..1.0f64, 0.0..1.0, 0.0..1.0], corner in 0..4usize) {
        let (groups, positions) = records(&drawn);
        let view = view(groups, positions);
        let Some((directions, low, high)) = view.directions.as_ref().and_then(|d| Some((d, d.low?, d.high?))) else { return Ok(()) };
        prop_assert!((-1.0..=1.0).contains(&low) && low <= high && high <= 1.0);
        prop_assert!(low - 1e-9 <= directions.a && directions.a <= high + 1e-9, "what is stated, in proportion, is one of the ways");
        // The open weight in parts by chance, or all in one place.
        let parts = if corner < 3 { let mut one = [0.0; 3]; one[corner] = 1.0; one } else { parts };
        let (sum, open) = (parts.iter().sum::<f64>().max(1e-9), value(view.shares.open));
        let stated = [view.shares.against, view.shares.unsure, view.shares.in_favour].map(value);
        let heights: Vec<f64> = stated.iter().zip(parts).map(|(stated, part)| stated + open * part / sum).collect();
        let a = textbook(&heights).unwrap();
        prop_assert!(low - 1e-9 <= a && a <= high + 1e-9, "{a} is not in {low} to {high}");
        if open == 0.0 {
            prop_assert!((low - a).abs() < 1e-9 && (high - a).abs() < 1e-9);
        }
    }

    #[test]
    fn shares_add_up_to_the_whole(drawn in drawn()) {
        let (groups, positions) = records(&drawn);
        let view = view(groups, positions);
        let whole = |shares: &Directions| [shares.in_favour, shares.against, shares.unsure, shares.open].map(value).iter().sum::<f64>();
        prop_assert!((whole(&view.shares) - 1.0).abs() < 1e-12);
        for side in &view.sides {
            prop_assert!((whole(&side.shares) - 1.0).abs() < 1e-12);
        }
        // And the mean of the sides is the whole.
        let mean = view.sides.iter().map(|side| value(side.shares.in_favour)).sum::<f64>() / view.sides.len() as f64;
        prop_assert!((mean - value(view.shares.in_favour)).abs() < 1e-12);
    }

    #[test]
    fn shares_by_strength_add_up_to_those_by_direction(drawn in drawn()) {
        let (groups, positions) = records(&drawn);
        let view = view(groups, positions);
        let levels = view.levels.map(value);
        for (found, wanted) in [
            (levels[0] + levels[1], view.shares.against),
            (levels[2], view.shares.unsure),
            (levels[3] + levels[4], view.shares.in_favour),
        ] {
            prop_assert!((found - value(wanted)).abs() < 1e-12, "{found} is not {wanted}");
        }
    }

    #[test]
    fn the_order_of_groups_sides_and_positions_changes_nothing(drawn in drawn(), turn in 0..7usize, other_turn in 0..20usize) {
        let (mut groups, mut positions) = records(&drawn);
        let told = view(groups.clone(), positions.clone());
        let by = turn % groups.len();
        groups.rotate_left(by);
        positions.reverse();
        let by = other_turn % positions.len();
        positions.rotate_left(by);
        prop_assert_eq!(sorted(&view(groups, positions)), sorted(&told));
    }

    #[test]
    fn a_side_heard_twice_weighs_the_same(drawn in drawn(), which in 0..3usize) {
        let (mut groups, mut positions) = records(&drawn);
        let told = view(groups.clone(), positions.clone());
        let again: Vec<StakeholderRecord> = groups.iter().filter(|row| row.side.as_deref() == Some(SIDES[which])).cloned().collect();
        for row in &again {
            groups.push(StakeholderRecord { id: format!("{}-again", row.id), ..row.clone() });
            let theirs: Vec<PositionRecord> = positions.iter().filter(|one| one.group == row.id).cloned().collect();
            positions.extend(theirs.into_iter().map(|one| PositionRecord { id: format!("{}-again", one.id), group: format!("{}-again", row.id), ..one }));
        }
        let twice = view(groups, positions);
        prop_assert_eq!(told.sides.len(), twice.sides.len());
        let all = |view: &View| [view.shares.in_favour, view.shares.against, view.shares.unsure, view.shares.open].map(value);
        for (one, two) in all(&told).iter().zip(all(&twice)) {
            prop_assert!((one - two).abs() < 1e-12);
        }
        let a = |view: &View| view.directions.as_ref().map(|directions| directions.a);
        prop_assert_eq!(a(&told).is_some(), a(&twice).is_some());
        prop_assert!((a(&told).unwrap_or(0.0) - a(&twice).unwrap_or(0.0)).abs() < 1e-12);
    }

    #[test]
    fn agreement_is_that_of_the_shares(drawn in drawn()) {
        let (groups, positions) = records(&drawn);
        let view = view(groups, positions);
        let stated = [view.shares.against, view.shares.unsure, view.shares.in_favour].map(value);
        match (&view.directions, textbook(&stated)) {
            (Some(directions), Some(a)) => {
                prop_assert!((directions.a - a).abs() < 1e-9);
                prop_assert!((directions.polarisation - (1.0 - a) / 2.0).abs() < 1e-9);
            }
            (found, a) => prop_assert!(found.is_none() && a.is_none()),
        }
    }
}
