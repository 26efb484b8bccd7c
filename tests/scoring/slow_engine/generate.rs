//! Small studies made from a seed, full of edges.

use std::collections::HashSet;

use chrono::{Days, NaiveDate};
use peaceops::CaseDocument;
use peaceops::document::raw::{ListText, PoolText};
use peaceops::document::record::*;

/// Marsaglia's xorshift with a multiplier.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        let mut dice = Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        (0..8).for_each(|_| _ = dice.next());
        dice
    }
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }
    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
    pub(crate) fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
    fn some<T: Clone>(&mut self, list: &[T], percent: usize) -> Vec<T> {
        list.iter().filter(|_| self.chance(percent)).cloned().collect()
    }
    fn text(&mut self, list: &[&str]) -> String {
        (*self.of(list)).to_owned()
    }
}

const TIERS: &[&str] = &["strategic", "core", "additional", "enabling"];
const LEVELS: &[&str] = &["absent", "marginal", "partial", "substantial", "full"];
const MODALITIES: &[&str] = &["monitor", "assist", "secure"];

/// A study in the making.
pub(super) struct Making {
    pub(super) dice: Dice,
    pub(super) doc: CaseDocument,
    pub(super) first: NaiveDate,
    pub(super) days: usize,
    /// First day of each phase, counted from the window's first, and the day after the last.
    pub(super) cuts: Vec<usize>,
    pub(super) regions: Vec<String>,
    pub(super) wide: Vec<String>,
    pub(super) tasks: Vec<String>,
    pub(super) pools: Vec<String>,
    pub(super) instruments: Vec<String>,
}

/// The document that a seed stands for.
pub(crate) fn document(seed: u64) -> CaseDocument {
    let first = NaiveDate::from_ymd_opt(2014, 11, 20).unwrap();
    let mut making = Making {
        dice: Dice::new(seed),
        doc: CaseDocument::default(),
        first,
        days: 0,
        cuts: vec![0],
        regions: Vec::new(),
        wide: Vec::new(),
        tasks: Vec::new(),
        pools: Vec::new(),
        instruments: Vec::new(),
    };
    making.frame();
    making.tasks();
    making.ratings();
    making.means();
    making.events();
    making.judgements();
    scope(&mut making.doc, &mut Dice::new(seed ^ 0x5C09E));
    making.doc
}

/// Some studies have main phases, some a mission beside the studied one that has tasks.
fn scope(doc: &mut CaseDocument, dice: &mut Dice) {
    if dice.chance(20) {
        doc.phase.iter_mut().for_each(|phase| phase.main = dice.chance(50));
    }
    if !dice.chance(6) {
        return;
    }
    let mut office = doc.mission[0].clone();
    (office.id, office.supports, office.when) = ("office".into(), vec!["m".into()], "2010..".into());
    doc.mission.push(office);
    for task in doc.task.iter_mut().filter(|_| dice.chance(35)) {
        task.mission = Some("office".into());
        doc.rating.iter_mut().for_each(|row| row.task.0.retain(|id| *id != task.id));
    }
    doc.rating.retain(|row| !row.task.0.is_empty() || !row.pool.0.is_empty());
}

impl Making {
    pub(super) fn date(&self, day: i64) -> NaiveDate {
        if day < 0 { self.first - Days::new(day.unsigned_abs()) } else { self.first + Days::new(day.unsigned_abs()) }
    }

    /// A day, often one that lies about 60 days from where a phase begins or ends.
    pub(super) fn edge(&mut self) -> i64 {
        let cut = *self.dice.of(&self.cuts) as i64;
        match self.dice.below(4) {
            0 => self.dice.below(self.days) as i64,
            1 => cut - 61 + self.dice.below(4) as i64,
            2 => cut + 57 + self.dice.below(5) as i64,
            _ => cut - 2 + self.dice.below(4) as i64,
        }
    }

    /// A day as text, sometimes its month or year only.
    pub(super) fn words(&mut self, day: i64) -> String {
        let date = self.date(day);
        match self.dice.below(8) {
            0 => date.format("%Y").to_string(),
            1 => date.format("%Y-%m").to_string(),
            _ => date.to_string(),
        }
    }

    /// A period as text, sometimes open; the second day is not before the first.
    pub(super) fn period(&mut self, open: usize) -> String {
        let (a, b) = (self.edge(), self.edge());
        let (start, end) = (a.min(b), a.max(b));
        let (from, to) = (self.words(start), self.words(end));
        match self.dice.below(100) {
            n if n < open => format!("{from}.."),
            n if n < open + open / 4 => format!("..{to}"),
            n if n > 90 => from,
            _ => format!("{from}..{to}"),
        }
    }

    pub(super) fn when(&mut self) -> String {
        match self.dice.below(14) {
            0 => "mission".into(),
            1 => "current".into(),
            2 => "undated".into(),
            3 => "outside".into(),
            _ => self.period(10),
        }
    }

    pub(super) fn places(&mut self, none: usize) -> Vec<String> {
        if self.dice.chance(none) {
            return Vec::new();
        }
        let mut list = vec![self.dice.of(&self.regions).clone()];
        if self.dice.chance(35) {
            let other = self.dice.of(&self.regions).clone();
            if other != list[0] {
                list.push(other);
            }
        }
        list
    }

    pub(super) fn cite(&mut self) -> Vec<String> {
        vec![format!("{} p1", self.dice.text(&["R", "O", "C"]))]
    }

    fn frame(&mut self) {
        for _ in 0..1 + self.dice.below(3) {
            let length = *self.dice.of(&[58, 59, 60, 61, 75, 90, 120, 150]);
            self.days += length;
            self.cuts.push(self.days);
        }
        for phase in 1..self.cuts.len() {
            let (from, to) = (self.date(self.cuts[phase - 1] as i64), self.date(self.cuts[phase] as i64 - 1));
            self.doc.phase.push(PhaseRecord { id: format!("P{phase}"), when: format!("{from}..{to}"), ..Default::default() });
        }
        let units = 1 + self.dice.below(4);
        let alone = units == 1 && self.dice.chance(50);
        let region = |id: &str, within: Option<&str>, unit| RegionRecord {
            id: id.into(),
            name: id.into(),
            r#in: within.map(str::to_owned),
            unit,
            ..Default::default()
        };
        let above = self.dice.chance(20);
        if above {
            self.doc.region.push(region("W", None, false));
        }
        self.doc.region.push(region("A", above.then_some("W"), alone));
        self.wide = vec!["A".into()];
        if units >= 3 {
            self.doc.region.push(region("G", Some("A"), false));
            self.wide.push("G".into());
        }
        for unit in (1..=units).filter(|_| !alone) {
            let id = format!("U{unit}");
            let mut row = region(&id, Some(if units >= 3 && unit <= 2 { "G" } else { "A" }), true);
            row.share = self.dice.chance(30).then(|| *self.dice.of(&[0.5, 0.7, 1.0, 1.3, 2.0, 3.5]));
            self.doc.region.push(row);
            self.wide.push(id.clone());
            for part in 0..self.dice.below(3) {
                self.doc.region.push(region(&format!("{id}p{part}"), Some(&id), false));
            }
        }
        self.regions = self.doc.region.iter().map(|region| region.id.clone()).filter(|id| id != "W").collect();
        let units: Vec<String> = self.regions.iter().filter(|id| id.len() == 2).cloned().collect();
        self.regions.extend(units);
        for (id, origin) in [("R", "report"), ("O", "outside"), ("C", "coder")] {
            self.doc.source.push(SourceRecord { id: id.into(), origin: origin.into(), title: id.into(), ..Default::default() });
        }
        let start = *self.dice.of(&[-30, 0, 0, 20]);
        self.doc.mission.push(MissionRecord {
            id: "m".into(),
            name: "m".into(),
            host: "h".into(),
            authorised_by: vec!["un-sc".into()],
            when: format!("{}..", self.date(start)),
            cite: vec!["R p1".into()],
            ..Default::default()
        });
        self.doc.study = Some(StudyRecord {
            id: "s".into(),
            title: "s".into(),
            framework: "epon-2019".into(),
            missions: vec!["m".into()],
            area: "A".into(),
            when: format!("{}..{}", self.first, self.date(self.days as i64 - 1)),
            fieldwork: self.dice.chance(70).then(|| self.date(self.days as i64 - 20).format("%Y-%m").to_string()),
            ..Default::default()
        });
        for at in 0..1 + self.dice.below(3) {
            let adopted = self.dice.below(self.days) as i64;
            let id = format!("I{at}");
            self.doc.instrument.push(InstrumentRecord {
                id: id.clone(),
                body: "un-sc".into(),
                number: at.to_string(),
                adopted: self.date(adopted).to_string().as_str().into(),
                cite: vec!["R p1".into()],
                ..Default::default()
            });
            self.instruments.push(id);
        }
        for at in 0..1 + self.dice.below(3) {
            let part_of = (at == 2 && self.dice.chance(50)).then(|| "pool0".to_owned());
            self.doc.pool.push(PoolRecord { id: format!("pool{at}"), title: "p".into(), part_of, ..Default::default() });
            self.pools.push(format!("pool{at}"));
        }
    }

    fn basis(&mut self) -> Option<String> {
        Some(if self.dice.chance(15) { "practice".into() } else { self.dice.of(&self.instruments).clone() })
    }

    fn tasks(&mut self) {
        for at in 0..2 + self.dice.below(4) {
            let id = format!("T{at}");
            let start = if self.dice.chance(35) { -10 } else { self.edge().max(-5) };
            let mut task = TaskRecord {
                id: id.clone(),
                title: "t".into(),
                short: "t".into(),
                field: "f".into(),
                by: self.basis(),
                modality: self.dice.chance(75).then(|| self.dice.text(MODALITIES)),
                tier: self.dice.text(TIERS),
                r#where: self.places(0),
                cite: self.cite(),
                ..Default::default()
            };
            if self.dice.chance(35) {
                task.r#where = vec!["A".into()];
            }
            let end = start + *self.dice.of(&[30, 57, 58, 59, 60, 90, 200]);
            let (from, to) = (self.words(start), self.words(end));
            task.when = if self.dice.chance(65) { format!("{from}..") } else { format!("{from}..{to}") };
            task.pool = match self.dice.below(10) {
                0 => None,
                1..=5 => Some(PoolText::Both(self.dice.of(&self.pools).clone())),
                _ => Some(PoolText::ByLink {
                    resources: self.dice.chance(80).then(|| self.dice.of(&self.pools).clone()),
                    capabilities: self.dice.chance(80).then(|| self.dice.of(&self.pools).clone()),
                }),
            };
            task.also_draws_on = self.dice.some(&self.pools.clone(), 20);
            task.replaces = self.dice.some(&self.tasks.clone(), 12);
            task.refines = (at > 0 && self.dice.chance(15)).then(|| self.dice.of(&self.tasks).clone());
            let wholes: Vec<String> = self.doc.task.iter().filter(|t| t.part_of.is_none()).map(|t| t.id.clone()).collect();
            task.part_of = (at > 0 && self.dice.chance(20)).then(|| self.dice.of(&wholes).clone());
            let mut from = start + 370 * i64::from(task.when.len() < 9) + 32;
            for _ in 0..self.dice.below(3) {
                let change = TaskChangeRecord {
                    from: self.date(from).to_string().as_str().into(),
                    by: self.basis(),
                    tier: self.dice.chance(50).then(|| self.dice.text(TIERS)),
                    r#where: match self.dice.below(4) {
                        0 => None,
                        1 => Some(Vec::new()),
                        _ => Some(self.places(0)),
                    },
                    ..Default::default()
                };
                task.changes.push(change);
                from += *self.dice.of(&[3, 20, 40, 60]);
            }
            self.tasks.push(id);
            self.doc.task.push(task);
        }
        for at in 0..self.dice.below(3) {
            let days = (self.edge(), self.edge());
            let (from, until) = (days.0.min(days.1), days.0.max(days.1));
            let dates = self.dice.below(3);
            let row = DisputeRecord {
                id: format!("D{at}"),
                title: "d".into(),
                tasks: vec![self.dice.of(&self.tasks).clone()],
                region: self.dice.chance(75).then(|| self.dice.of(&self.regions).clone()),
                in_force_from: (dates != 0).then(|| self.date(from).to_string().as_str().into()),
                in_force_until: (dates != 1).then(|| self.date(until).to_string().as_str().into()),
                cite: self.cite(),
                ..Default::default()
            };
            self.doc.dispute.push(row);
        }
    }

    fn judgement(&mut self) -> JudgementRecord {
        let because = Some("because".to_owned());
        match self.dice.below(20) {
            0 | 1 => JudgementRecord { not_assessed: Some("silent".into()), ..Default::default() },
            2 => JudgementRecord { not_applicable: Some("no".into()), ..Default::default() },
            3 => {
                let low = self.dice.below(4);
                let high = low + 1 + self.dice.below(4 - low);
                JudgementRecord { contested: vec![LEVELS[low].into(), LEVELS[high].into()], because, ..Default::default() }
            }
            _ => {
                let level = self.dice.below(5);
                let wide = if self.dice.chance(60) { 3 } else { 1 };
                let low = level.saturating_sub(self.dice.below(wide));
                let high = (level + self.dice.below(wide)).min(4);
                let end = |end: usize| (end != level).then(|| LEVELS[end].to_owned());
                JudgementRecord { level: Some(LEVELS[level].into()), low: end(low), high: end(high), because, ..Default::default() }
            }
        }
    }

    fn ratings(&mut self) {
        let mut seen: HashSet<(String, Option<String>, String, usize)> = HashSet::new();
        let phases: Vec<String> = self.doc.phase.iter().map(|phase| phase.id.clone()).collect();
        let subjects: Vec<(bool, String)> =
            self.tasks.iter().map(|id| (true, id.clone())).chain(self.pools.iter().map(|id| (false, id.clone()))).collect();
        for round in 0..4 {
            for (is_task, id) in &subjects {
                let mut row = RatingRecord::default();
                if round == 0 && *is_task && self.dice.chance(4) {
                    let no = || Some(JudgementRecord { not_applicable: Some("no".into()), ..Default::default() });
                    row.task = ListText(vec![id.clone()]);
                    (row.mandate, row.resources, row.capabilities, row.activities) = (no(), no(), no(), no());
                    seen.extend((0..4).map(|link| (id.clone(), None, "A".to_owned(), link)));
                    self.doc.rating.push(row);
                    continue;
                }
                let mut ids = vec![id.clone()];
                if round > 0 && self.dice.chance(15) {
                    let other = if *is_task { self.dice.of(&self.tasks) } else { self.dice.of(&self.pools) }.clone();
                    ids.extend((other != *id).then_some(other));
                }
                if round > 0 {
                    row.phase = ListText(self.dice.some(&phases, 40));
                    row.region = ListText(if self.dice.chance(25) { Vec::new() } else { vec![self.dice.of(&self.wide).clone()] });
                }
                for link in 0..4 {
                    let chance = [[75, 45, 45, 75], [15, 85, 85, 0]][usize::from(!is_task)][link];
                    if (!is_task && (link == 0 || link == 3)) || !self.dice.chance(if round == 0 { chance } else { chance / 2 }) {
                        continue;
                    }
                    let list = |ids: &[String]| -> Vec<Option<String>> {
                        if ids.is_empty() { vec![None] } else { ids.iter().cloned().map(Some).collect() }
                    };
                    let mut keys = Vec::new();
                    for phase in list(&row.phase.0) {
                        for region in list(&row.region.0) {
                            for id in &ids {
                                keys.push((id.clone(), phase.clone(), region.clone().unwrap_or("A".into()), link));
                            }
                        }
                    }
                    if keys.iter().any(|key| seen.contains(key)) {
                        continue;
                    }
                    seen.extend(keys);
                    let judgement = Some(self.judgement());
                    *[&mut row.mandate, &mut row.resources, &mut row.capabilities, &mut row.activities][link] = judgement;
                }
                *(if *is_task { &mut row.task } else { &mut row.pool }) = ListText(ids);
                if [&row.mandate, &row.resources, &row.capabilities, &row.activities].iter().any(|link| link.is_some()) {
                    self.doc.rating.push(row);
                }
            }
        }
    }
}
