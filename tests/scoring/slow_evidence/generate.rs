//! Small studies made from a seed: evidence in few roots, positions in few groups, so that rules meet.

use peaceops::CaseDocument;
use peaceops::document::raw::QuantityText;
use peaceops::document::record::*;

use crate::plain::*;

/// Marsaglia's xorshift with a multiplier.
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        let mut dice = Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        (0..8).for_each(|_| _ = dice.next());
        dice
    }
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }
    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
    fn some(&mut self, list: &[String], percent: usize) -> Vec<String> {
        list.iter().filter(|_| self.chance(percent)).cloned().collect()
    }
}

const SIDES: &[&str] = &["people", "state", "mission", "press"];
const WHENS: &[&str] = &[
    "2018",
    "2018-03",
    "2018-06..2018-07",
    "2018-12-31",
    "2019",
    "2019-01-01",
    "2019-05",
    "2018-06..2019-06",
    "2017",
    "2016..2018-02",
    "..2018",
    "2019-06..",
    "2017-12-31",
    "2020",
    "mission",
    "current",
    "undated",
    "outside",
];
/// When most stances are taken: over and beside each other.
const STANCES: &[&str] = &["2018", "2018-02", "2018-02-10..2018-04", "2018-11", "2019-03", "2019-03", "2019"];
const PLACES: &[&str] = &["land", "north", "north", "south", "south", "north-town", "south-town"];

/// The document that a seed stands for.
pub(crate) fn document(seed: u64) -> CaseDocument {
    let mut dice = Dice::new(seed);
    let mut doc = land();
    let town = |id: &str, within: &str| RegionRecord { id: text(id), name: text(id), r#in: Some(text(within)), ..Default::default() };
    doc.region.extend([town("north-town", "north"), town("south-town", "south")]);
    let head = doc.study.as_mut().unwrap();
    head.fieldwork = dice.chance(60).then(|| text("2019-02"));
    head.least_heads = dice.chance(30).then_some(3);
    texts_of(&mut dice, &mut doc);
    judged(&mut dice, &mut doc);
    evidence(&mut dice, &mut doc);
    voices(&mut dice, &mut doc);
    doc
}

/// A grading, seldom a bad one.
fn grade(dice: &mut Dice) -> Option<String> {
    if dice.chance(15) {
        return None;
    }
    let good = dice.chance(60);
    Some(format!(
        "{}{}",
        dice.of(if good { &["A", "B"] } else { &["C", "D", "E", "F"] }),
        dice.of(if good { &["1", "2"] } else { &["3", "4", "5", "6", "2"] })
    ))
}

fn texts_of(dice: &mut Dice, doc: &mut CaseDocument) {
    doc.source.extend(["S", "T", "U"].map(source));
    for row in &mut doc.source {
        row.side = dice.chance(50).then(|| text(dice.of(SIDES)));
        row.independence = dice.chance(30).then(|| text(dice.of(&["root-a", "root-b", "agency"])));
        row.admiralty = if dice.chance(50) { grade(dice) } else { None };
    }
}

fn cite(dice: &mut Dice) -> Vec<String> {
    let mut cites = vec![format!("{} p1", dice.of(&["R", "R", "R", "S", "T"]))];
    if dice.chance(25) {
        cites.push(format!("{} p2", dice.of(&["S", "T", "U"])));
    }
    cites
}

fn places(dice: &mut Dice, none: usize) -> Vec<String> {
    if dice.chance(none) {
        return Vec::new();
    }
    let (one, other) = (dice.of(PLACES), dice.of(PLACES));
    if one != other && dice.chance(20) { texts(&[one, other]) } else { texts(&[one]) }
}

fn judged(dice: &mut Dice, doc: &mut CaseDocument) {
    let decided_by_chance =
        |dice: &mut Dice| if dice.chance(15) { decided(dice.of(&["very-low", "low", "moderate", "high"])) } else { None };
    for n in 0..1 + dice.below(4) {
        let row = FindingRecord { r#where: places(dice, 10), when: text(dice.of(WHENS)), cite: cite(dice), ..finding(&format!("F{n}")) };
        doc.finding.push(FindingRecord { confidence: decided_by_chance(dice), ..row });
    }
    for n in 0..dice.below(4) {
        let mut row = effect(&format!("E{n}"), dice.chance(50).then_some(1));
        (row.r#where, row.when, row.cite) = (places(dice, 0), text(dice.of(WHENS)), cite(dice));
        if dice.chance(25) {
            row.observed = Some(ChangeRecord { contested: vec![-1, 2], because: Some(text("Two counts")), ..Default::default() });
        }
        let flags: &[&str] = [&[][..], &["opinion"], &["forecast"], &["hedged"]][dice.below(4)];
        row.without =
            Some(CounterfactualRecord { difference: Some(1), because: Some(text("Said")), flags: texts(flags), ..Default::default() });
        row.confidence = decided_by_chance(dice);
        doc.effect.push(row);
    }
    for n in 0..1 + dice.below(3) {
        doc.task.push(TaskRecord { cite: cite(dice), ..task(&format!("T{n}")) });
    }
    doc.fact.push(FactRecord { id: text("fact"), title: text("A fact"), cite: texts(&["U p3", "R p3"]), ..Default::default() });
}

fn evidence(dice: &mut Dice, doc: &mut CaseDocument) {
    let mut rows: Vec<String> = doc.finding.iter().map(|row| row.id.clone()).collect();
    rows.extend(doc.effect.iter().map(|row| row.id.clone()));
    let few = dice.chance(30);
    for n in 0..dice.below(if few { 4 } else { 14 }) {
        let id = format!("V{n}");
        let sides = if dice.chance(25) { Vec::new() } else { texts(&[dice.of(SIDES)]) };
        let mut row = EvidenceRecord {
            id: id.clone(),
            title: format!("Evidence {n}"),
            kind: text(dice.of(&["interview", "interview", "focus-group", "survey", "document", "document", "dataset", "observation"])),
            when: dice.chance(80).then(|| text(dice.of(WHENS))),
            r#where: if dice.chance(6) { texts(&["abroad"]) } else { places(dice, 20) },
            sides,
            independence: dice.chance(60).then(|| text(dice.of(&["root-a", "root-b", "root-c", "root-d"]))),
            admiralty: grade(dice),
            cite: cite(dice),
            ..Default::default()
        };
        let contra = dice.chance(15);
        let list = dice.some(&rows, 40);
        *(if contra { &mut row.contradicts } else { &mut row.supports }) = list;
        doc.evidence.push(row);
        for row in &mut doc.finding {
            if dice.chance(15) {
                row.evidence.push(id.clone());
            }
        }
        for row in &mut doc.effect {
            if dice.chance(15) {
                row.evidence.push(id.clone());
            }
        }
    }
    rows.extend(doc.evidence.iter().map(|row| row.id.clone()));
    rows.extend(doc.task.iter().map(|row| row.id.clone()));
    rows.push(text("fact"));
    for n in 0..doc.task.len() {
        let mut link = || {
            let percent = [0, 10, 25][dice.below(3)];
            let rests_on = dice.some(&rows, percent);
            let row = JudgementRecord { rests_on, ..rated("partial", &[]) };
            Some(match dice.below(5) {
                0 => JudgementRecord { level: None, contested: texts(&["absent", "full"]), ..row },
                1 => JudgementRecord { confidence: decided("moderate"), ..row },
                _ => row,
            })
        };
        let (mandate, resources, activities) = (link(), link(), link());
        doc.rating.push(RatingRecord {
            task: list(&[&format!("T{n}")]),
            phase: list([&[][..], &["P1"], &["P2"], &["P1", "P2"]][dice.below(4)]),
            region: list([&[][..], &["north"], &["land"]][dice.below(3)]),
            mandate,
            resources,
            activities,
            capabilities: Some(JudgementRecord { not_assessed: Some(text("silent")), ..Default::default() }),
            ..Default::default()
        });
    }
}

fn voices(dice: &mut Dice, doc: &mut CaseDocument) {
    let groups = 2 + dice.below(7);
    for n in 0..groups {
        let mut row = group(&format!("G{n}"), dice.of(&["people", "people", "state", "mission", "press", ""]));
        row.heads = dice.chance(50).then(|| [1, 2, 3, 4, 5, 12][dice.below(6)]);
        row.author = dice.chance(5);
        row.individual = dice.chance(7);
        row.member_of = (n > 0 && dice.chance(30)).then(|| format!("G{}", dice.below(n)));
        doc.stakeholder.push(row);
    }
    let evidence: Vec<String> = doc.evidence.iter().map(|row| row.id.clone()).collect();
    for proposition_id in ["p", "q"] {
        doc.proposition.push(proposition(proposition_id));
        let one_way = dice.chance(40);
        for n in 0..groups {
            for part in 0..[1, 1, 1, 2, 3, 0][dice.below(6)] {
                let stance = if one_way && dice.chance(85) { 1 + dice.below(2) as i64 } else { dice.below(5) as i64 - 2 };
                let mut row = position(&format!("{proposition_id}-{n}-{part}"), &format!("G{n}"), stance, "");
                row.proposition = text(proposition_id);
                row.share = match dice.below(10) {
                    0 => None,
                    1..=5 => Some("1".into()),
                    6 | 7 => Some(dice.of(&["few", "some", "many", "half", "most", "vast-majority", "consensus"]).into()),
                    _ => Some(QuantityText(format!("0.{:03}", dice.below(1000)))),
                };
                row.when = text(if dice.chance(75) { dice.of(STANCES) } else { dice.of(WHENS) });
                row.flags = if dice.chance(8) { texts(&["individual"]) } else { Vec::new() };
                row.evidence = dice.some(&evidence, 10);
                doc.position.push(row);
            }
        }
    }
}
