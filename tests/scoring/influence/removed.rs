//! Each piece against a study from whose records the rows that rest on it were removed.

use std::collections::HashSet;

use peaceops::document::record::{FactRecord, JudgementRecord};
use peaceops::model::{Cite, Row};
use peaceops::scale::Strength;
use peaceops::scoring::{Assessment, Method};
use peaceops::uncertainty::{HeadlineOf, LeftOut, Move, carriers};
use peaceops::{CaseDocument, CaseStudy};

use super::moves::{headlines_of, moved_confidence, moved_others, moved_views};
use super::{CASE, of, of_congruence, silent, study};
use crate::common::Case;

// --- Confidence, consensus and claims, on a case where each piece is known by heart -------------------------------------

const VOICES: &str = r#"
[[source]]
id = "V"
origin = "outside"
title = "A third"

[[evidence]]
id = "E4"
title = "A survey"
kind = "survey"
when = "2019..2020"
sides = ["academia"]
admiralty = "A1"
cite = ["S p4"]

[[stakeholder]]
id = "people"
name = "People"
side = "population"
cite = ["S p5"]

[[stakeholder]]
id = "state"
name = "The state"
side = "host-state"
cite = ["S p5"]

[[stakeholder]]
id = "force-side"
name = "The force"
side = "mission"
cite = ["S p5"]

[[proposition]]
id = "helps"
text = "It helps."

[[position]]
id = "POS-1"
group = "people"
proposition = "helps"
stance = 1
share = 1.0
when = "2019"
evidence = ["E4"]
cite = ["S p6"]

[[position]]
id = "POS-2"
group = "state"
proposition = "helps"
stance = 1
share = 1.0
when = "2019"
cite = ["V p1"]

[[position]]
id = "POS-3"
group = "force-side"
proposition = "helps"
stance = -1
share = 1.0
when = "2019"
where = ["south"]
cite = ["R p1"]

[[effect]]
id = "EFF"
title = "Fewer attacks"
on = "violence"
where = ["north"]
when = "2019"
observed = { change = 2, because = "Fewer" }
contribution = { grade = "enabling" }
evidence = ["E3", "E4"]
cite = ["S p7"]

[[finding]]
id = "FND-1"
title = "One"
dimension = "protection"
issue = "one"
kind = "strength"
salience = "major"
when = "2019"
evidence = ["E3", "E4"]
cite = ["S p8"]

[[finding]]
id = "FND-2"
title = "Two"
dimension = "protection"
issue = "two"
kind = "strength"
salience = "major"
when = "2019"
evidence = ["E1", "E4"]
cite = ["S p8"]

[[finding]]
id = "FND-3"
title = "Three"
dimension = "protection"
issue = "three"
kind = "strength"
salience = "major"
when = "2019"
evidence = ["E4", "E1", "E3"]
cite = ["V p8"]

[[claim]]
id = "CLM"
effect = "EFF"
title = "It helped"
theory = { state = "met", because = "so", rests_on = ["E3"] }
implemented = { state = "partly", because = "so", rests_on = ["E1", "E4"] }
chain = { state = "met", because = "so" }
others = { state = "met", because = "so", rests_on = ["res"] }
origin = "coder"
cite = ["S p9"]

[[claim.rivals]]
title = "Rain"
tested = "By the rain"
outcome = "explains"
because = "so"
cite = ["V p2"]

[[claim.tests]]
kind = "hoop"
clue = "It was there"
outcome = "absent"
because = "so"
rests_on = ["E4"]
"#;

fn voices() -> CaseStudy {
    Case::one("case.toml", CASE).with("voices.toml", VOICES).study()
}

fn changed(change: impl FnOnce(&mut CaseDocument)) -> Assessment {
    let mut document = CaseDocument::from(&voices());
    change(&mut document);
    CaseStudy::try_from(document).unwrap_or_else(|problems| panic!("{problems}")).assess(&Method::default())
}

#[test]
fn readings_strengths_and_confidence_are_those_without_the_rows() {
    let study = voices();
    let (base, table) = (study.assess(&Method::default()), study.influence(&Method::default()));
    let check = |name: &str, change: &dyn Fn(&mut CaseDocument)| {
        let then = changed(|document| change(document));
        let (one, mut expected) = (of(&table, name), headlines_of(&study, &base, &then));
        expected.extend(moved_others(&base, &then));
        assert_eq!(one.moves, expected, "{name}");
        expected
    };
    let drop_position = |document: &mut CaseDocument, id: &str| document.position.retain(|row| row.id != id);
    let drop = |document: &mut CaseDocument, id: &str| {
        let lists = document.finding.iter_mut().map(|row| &mut row.evidence);
        lists.chain(document.effect.iter_mut().map(|row| &mut row.evidence)).for_each(|list| list.retain(|one| one != id));
        for row in &mut document.rating {
            let links = [&mut row.mandate, &mut row.resources, &mut row.capabilities, &mut row.activities];
            for link in links.into_iter().filter(|link| link.as_ref().is_some_and(|one| one.rests_on.contains(&id.to_owned()))) {
                match link {
                    Some(one) if one.rests_on.len() > 1 => one.rests_on.retain(|one| one != id),
                    other => *other = silent(),
                }
            }
        }
    };
    // The survey carries the people's position and the failed test alone.
    let survey = |document: &mut CaseDocument| {
        drop(document, "E4");
        drop_position(document, "POS-1");
        document.claim[0].tests[0].outcome = "not-looked-for".into();
    };
    let moves = check("evidence E4", &survey);
    let strength = moves.iter().find_map(|one| if let Move::Contribution { from, to, .. } = one { Some((*from, *to)) } else { None });
    assert_eq!(strength, Some((Strength::Blocked, Some(Strength::Unsupported))), "the rival explains it");
    assert!(moves.iter().any(|one| matches!(one, Move::Confidence { of: HeadlineOf::Situation { .. }, .. })), "{moves:?}");
    check("side academia", &survey);
    // The third source carries the state's position and the outcome of the rival.
    check("source V", &|document| {
        drop_position(document, "POS-2");
        (document.claim[0].rivals[0].tested, document.claim[0].rivals[0].outcome) = (None, None);
    });
    // A condition is unknown without what it rests on; the talks carry none of the claim.
    check("evidence E3", &|document| {
        drop(document, "E3");
        document.claim[0].theory.state = "unknown".into();
    });
    check("group talks", &|document| {
        drop(document, "E1");
        drop(document, "E2");
    });
    // A side leaves with its groups, whatever their positions rest on.
    check("side host-state", &|document| drop_position(document, "POS-2"));
    let mission = of(&table, "side mission").fallen;
    assert_eq!((mission.positions, mission.grounds, mission.ratings), (1, 1, 1), "its group, and what E3 carries");
    // Of a region alone: a position, and an effect with the claim on it.
    assert_eq!(of(&table, "region south").fallen.positions, 1);
    let north = of(&table, "region north");
    let gone = Move::Contribution { claim: "CLM".parse().unwrap(), from: Strength::Blocked, to: None };
    assert!(north.moves.contains(&gone) && north.fallen.effects == 1 && gone.steps().is_none());
}

#[test]
fn what_nothing_rests_on_moves_nothing() {
    for study in [study(), voices(), Case::minusma().study()] {
        for one in study.influence(&Method::default()) {
            let is_of_pieces = !matches!(one.left_out, LeftOut::Task(_) | LeftOut::Region(_));
            let answers = one.moves.iter().filter(|one| !matches!(one, Move::Confidence { .. })).count();
            assert!(!is_of_pieces || one.fallen.all() > 0 || (answers == 0 && one.lost.part() == 0), "{}", one.left_out);
        }
    }
    let more = "\n[[source]]\nid = \"U\"\norigin = \"outside\"\ntitle = \"Unused\"\n";
    let more =
        format!("{more}[[evidence]]\nid = \"E9\"\ntitle = \"Unused\"\nkind = \"dataset\"\nsides = [\"nobody\"]\ncite = [\"U p1\"]\n");
    let table = Case::one("case.toml", CASE).with("voices.toml", VOICES).with("more.toml", &more).study().influence(&Method::default());
    for name in ["source U", "evidence E9", "side nobody"] {
        let one = of(&table, name);
        assert!(one.moves.is_empty() && one.fallen.all() == 0 && one.lost.part() == 0, "{name}");
    }
}

#[test]
fn carriers_by_the_weight_that_rests_on_them_alone() {
    let table = voices().influence(&Method::default());
    let carriers = carriers(&table, 2);
    let told: Vec<String> = carriers.evidence.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["E1 (100 % of the weight)", "E3 (57 % of the weight, 1 ground of claims)"]);
    assert!(carriers.sources.len() == 2 && carriers.groups.len() == 1);
    assert!(carriers.sources[0].weight.compare(carriers.sources[1].weight).is_ge());
}

// --- MINUSMA, piece by piece -------------------------------------------------------------------------------------------

/// The pieces that go with a thing, by id; and the side whose groups go.
fn taken(study: &CaseStudy, thing: &LeftOut) -> Option<(HashSet<String>, Option<String>)> {
    let evidence = study.evidence().iter().map(|row| {
        let sides: Vec<String> = row.sides.iter().map(ToString::to_string).collect();
        let root = row.independence.as_ref().map_or(row.id.to_string(), ToString::to_string);
        let told: Vec<String> = row.provenance.cites.iter().map(|cite| cite.source.to_string()).collect();
        (row.id.to_string(), sides, root, told)
    });
    let sources = study.sources().iter().map(|row| {
        let root = row.independence.as_ref().map_or(row.id.to_string(), ToString::to_string);
        (row.id.to_string(), row.side.iter().map(ToString::to_string).collect(), root, vec![row.id.to_string()])
    });
    let all = |list: &[String], id: &str| !list.is_empty() && list.iter().all(|one| one == id);
    let pieces = evidence.chain(sources).filter(|(id, sides, root, told)| match thing {
        LeftOut::Evidence(one) => id == one.as_str(),
        LeftOut::Source(one) => all(told, one.as_str()),
        LeftOut::Group(one) => root == one,
        LeftOut::Side(one) => all(sides, one),
        _ => false,
    });
    let side = if let LeftOut::Side(side) = thing { Some(side.clone()) } else { None };
    let is_of_pieces = !matches!(thing, LeftOut::Task(_) | LeftOut::Region(_));
    is_of_pieces.then(|| (pieces.map(|(id, ..)| id).collect(), side))
}

/// The pieces under rows and texts, told from the model.
fn pieces(study: &CaseStudy, rows: &[String], cites: &[Cite]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for id in rows {
        match study.row(id) {
            Some(Row::Evidence(_)) => all.push(id.clone()),
            Some(Row::Effect(_) | Row::Finding(_)) => {
                all.extend(study.bearing_on(&id.parse().unwrap()).unwrap().supports.iter().map(|piece| piece.id().to_string()));
            }
            Some(row) => all.extend(row.provenance().into_iter().flat_map(|one| &one.cites).map(|cite| cite.source.to_string())),
            None => panic!("no {id}"),
        }
    }
    all.extend(cites.iter().map(|cite| cite.source.to_string()));
    let told = |id: &String| {
        let rows = study.evidence().iter().filter(|row| all.contains(&row.id.to_string()));
        rows.flat_map(|row| &row.provenance.cites).any(|cite| cite.source.as_str() == id)
    };
    let mut kept: Vec<String> = all.iter().filter(|id| !told(id)).cloned().collect();
    kept.sort();
    kept.dedup();
    kept
}

#[test]
fn minusma_without_each_piece_is_as_if_its_rows_were_gone() {
    let study = Case::minusma().study();
    let base = study.assess(&Method::default());
    let document = CaseDocument::from(&study);
    let (mut assessed, mut moving) = (0, [0; 3]);
    for one in study.influence(&Method::default()) {
        let Some((taken, side)) = taken(&study, &one.left_out) else { continue };
        let falls = |pieces: &[String]| !pieces.is_empty() && pieces.iter().all(|id| taken.contains(id));
        let mut then = document.clone();
        let mut changes = 0;
        let mut without = HashSet::new();
        then.position.retain(|row| {
            let position = study.position(&row.id.parse().unwrap()).unwrap();
            let group = study.stakeholder(&position.group).unwrap();
            let falls = falls(&pieces(&study, &row.evidence, &position.provenance.cites));
            let stays = !falls && (side.is_none() || group.side.as_ref().map(ToString::to_string) != side);
            changes += usize::from(!stays);
            if !stays {
                without.insert(row.id.clone());
            }
            stays
        });
        assert_eq!(changes, one.fallen.positions, "{}", one.left_out);
        // What rests on such a position rests on the texts that it was read from.
        let texts = |list: &mut Vec<String>| {
            let texts = |id: &String| if without.contains(id) { pieces(&study, std::slice::from_ref(id), &[]) } else { Vec::new() };
            let texts: Vec<String> = list.iter().flat_map(texts).map(|id| format!("of-{id}")).collect();
            list.retain(|id| !without.contains(id));
            list.extend(texts);
        };
        let mut grounds = 0;
        then.claim.retain_mut(|row| {
            let claim = study.claim(&row.id.parse().unwrap()).unwrap();
            for condition in [&mut row.theory, &mut row.implemented, &mut row.chain, &mut row.others] {
                if condition.state != "unknown" && falls(&pieces(&study, &condition.rests_on, &[])) {
                    condition.state = "unknown".into();
                    grounds += 1;
                }
            }
            for (rival, row) in row.rivals.iter_mut().zip(&claim.rivals) {
                if rival.outcome.is_some() && falls(&pieces(&study, &rival.rests_on, &row.cites)) {
                    (rival.tested, rival.outcome) = (None, None);
                    grounds += 1;
                }
            }
            for test in &mut row.tests {
                if test.outcome != "not-looked-for" && falls(&pieces(&study, &test.rests_on, &[])) {
                    test.outcome = "not-looked-for".into();
                    grounds += 1;
                }
            }
            let conditions = [&mut row.theory, &mut row.implemented, &mut row.chain, &mut row.others];
            let lists = conditions.into_iter().map(|one| &mut one.rests_on).chain(row.rivals.iter_mut().map(|one| &mut one.rests_on));
            lists.chain(row.tests.iter_mut().map(|one| &mut one.rests_on)).for_each(texts);
            let effect = study.bearing_on(&row.effect.parse().unwrap()).unwrap();
            let effect: Vec<String> = effect.supports.iter().map(|piece| piece.id().to_string()).collect();
            changes += usize::from(falls(&effect));
            !falls(&effect)
        });
        assert_eq!(grounds, one.fallen.grounds, "{}", one.left_out);
        // Ratings rest on what is left: evidence by its id, a text by a fact that cites it alone.
        let mut touched = 0;
        for row in &mut then.rating {
            for link in [&mut row.mandate, &mut row.resources, &mut row.capabilities, &mut row.activities].into_iter().flatten() {
                let all = pieces(&study, &link.rests_on, &[]);
                if !all.iter().any(|id| taken.contains(id)) || link.not_assessed.is_some() || link.not_applicable.is_some() {
                    texts(&mut link.rests_on);
                    continue;
                }
                touched += 1;
                if falls(&all) {
                    *link = JudgementRecord { not_assessed: Some("left out".into()), ..Default::default() };
                    continue;
                }
                let is_evidence = |id: &str| study.evidence().iter().any(|row| row.id == *id);
                let left = all.iter().filter(|id| !taken.contains(*id));
                link.rests_on = left.map(|id| if is_evidence(id) { id.clone() } else { format!("of-{id}") }).collect();
            }
        }
        for source in study.sources() {
            let id = format!("of-{}", source.id);
            let cite = vec![format!("{} p1", source.id)];
            then.fact.push(FactRecord { id, title: "A text".into(), text: Some("So".into()), cite, ..Default::default() });
        }
        let told = |cite: &String| !taken.contains(cite.split(' ').next().unwrap_or_default());
        for row in &mut then.evidence {
            // Where all texts that tell it go, a text that nobody graded stands for them.
            let ungraded = study.sources().iter().find(|source| source.admiralty.is_none() && !taken.contains(source.id.as_str()));
            row.cite.retain(told);
            if row.cite.is_empty() {
                row.cite = vec![format!("{} p1", ungraded.unwrap().id)];
            }
        }
        if changes + grounds + touched == 0 {
            assert!(one.moves.iter().all(|one| !matches!(one, Move::Consensus { .. } | Move::Contribution { .. })), "{}", one.left_out);
            assert!(of_congruence(&one).is_empty(), "{}", one.left_out);
            continue;
        }
        let then = CaseStudy::try_from(then).unwrap_or_else(|problems| panic!("{}: {problems}", one.left_out));
        let then = then.assess(&Method::default());
        assessed += 1;
        let expected = moved_views(&base, &then);
        let of: Vec<Move> =
            one.moves.iter().filter(|one| matches!(one, Move::Consensus { .. } | Move::Contribution { .. })).cloned().collect();
        assert_eq!(of, expected, "{}", one.left_out);
        let is_of_headline = |one: &&Move| matches!(one, Move::Confidence { of: HeadlineOf::Congruence { .. }, .. });
        let sure: Vec<Move> = one.moves.iter().filter(is_of_headline).cloned().collect();
        let expected_sure: Vec<Move> = moved_confidence(&base, &then, &[], &[]).iter().filter(is_of_headline).cloned().collect();
        assert_eq!(sure, expected_sure, "{}", one.left_out);
        let headlines = headlines_of(&study, &base, &then);
        assert_eq!(of_congruence(&one), headlines, "{}", one.left_out);
        let count = |is: fn(&Move) -> bool| one.moves.iter().filter(|one| is(one)).count();
        moving[0] += count(|one| matches!(one, Move::Consensus { .. }));
        moving[1] += count(|one| matches!(one, Move::Contribution { .. }));
        moving[2] += sure.len();
    }
    println!("{assessed} assessed again: {moving:?} readings, strengths and confidences move");
    assert!(assessed > 20 && moving.iter().all(|count| *count > 0));
}
