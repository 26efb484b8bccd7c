//! The second half of a generated study: means, activities, drivers, effects, findings.

use peaceops::document::raw::QuantityText;
use peaceops::document::record::*;

use super::generate::Making;

const MODALITIES: &[&str] = &["monitor", "assist", "secure"];
const STATUSES: &[&str] = &["needed", "requested", "authorised", "pledged", "provided", "deployed", "deployed", "proposed", "authorised"];
const KINDS: &[&str] = &["gap", "addition", "addition", "reconfiguration", "plan"];

impl Making {
    fn pick(&mut self, list: &[&str]) -> String {
        (*self.dice.of(list)).to_owned()
    }

    fn serves(&mut self, percent: usize) -> Vec<String> {
        let tasks = self.tasks.clone();
        tasks.into_iter().filter(|_| self.dice.chance(percent)).collect()
    }

    pub(super) fn means(&mut self) {
        for at in 0..2 + self.dice.below(5) {
            let mut row = ResourceRecord {
                id: format!("R{at}"),
                status: self.pick(STATUSES),
                pool: self.dice.chance(80).then(|| self.dice.of(&self.pools).clone()),
                by: self.dice.chance(40).then(|| self.dice.of(&self.instruments).clone()),
                when: Some(self.when()),
                r#where: self.places(60),
                cite: self.cite(),
                ..Default::default()
            };
            row.serves = if self.dice.chance(30) { self.serves(30) } else { Vec::new() };
            for category in ["military", "police"] {
                if self.dice.chance(60) {
                    let amount = match self.dice.below(8) {
                        0 => "none".to_owned(),
                        1 => "> 50".to_owned(),
                        2 => "about 80".to_owned(),
                        _ => (10 * (1 + self.dice.below(12))).to_string(),
                    };
                    row.amount.insert(category.to_owned(), QuantityText(amount));
                }
            }
            for block in 0..self.doc.rating.len() {
                if self.dice.chance(40)
                    && let Some(link) = &mut self.doc.rating[block].resources
                {
                    link.rests_on.push(row.id.clone());
                }
            }
            self.doc.resource.push(row);
        }
        for at in 0..1 + self.dice.below(4) {
            let mut date = |chance: usize| {
                let day = self.edge();
                self.dice.chance(chance).then(|| self.words(day).as_str().into())
            };
            let mut steps =
                StepsRecord { needed: date(30), decided: date(40), authorised: date(40), arrived: date(50), ..Default::default() };
            if steps.arrived.is_none() {
                steps.complete = date(50);
            }
            let steps = self.dice.chance(60).then_some(steps);
            let row = CapabilityRecord {
                id: format!("K{at}"),
                title: "k".into(),
                kind: self.pick(KINDS),
                pool: self.dice.chance(70).then(|| self.dice.of(&self.pools).clone()),
                serves: self.serves(12),
                by: self.dice.chance(40).then(|| self.dice.of(&self.instruments).clone()),
                steps: steps.filter(|s| *s != StepsRecord::default()),
                cite: self.cite(),
                ..Default::default()
            };
            self.doc.capability.push(row);
        }
    }

    pub(super) fn events(&mut self) {
        for at in 0..2 + self.dice.below(6) {
            let mut row = ActivityRecord {
                id: format!("X{at}"),
                title: "x".into(),
                when: self.dice.chance(85).then(|| self.when()),
                r#where: self.places(25),
                modality: self.dice.chance(60).then(|| self.pick(MODALITIES)),
                serves: self.serves(30),
                done: self.dice.chance(25).then_some(false),
                bulk: self.dice.chance(35),
                cite: self.cite(),
                ..Default::default()
            };
            if row.serves.is_empty() && self.dice.chance(80) {
                row.serves.push(self.dice.of(&self.tasks).clone());
            }
            let start: peaceops::date::Period = self.doc.mission[0].when.parse().unwrap();
            let period = row.when.as_ref().and_then(|when| when.parse::<peaceops::date::Period>().ok());
            if let (Some(end), Some(start)) = (period.and_then(|period| period.end()), start.start())
                && end.last() < start.first()
            {
                row.when = Some("outside".into());
            }
            self.doc.activity.push(row);
        }
        for at in 0..1 + self.dice.below(3) {
            let mut row = DriverRecord {
                id: format!("V{at}"),
                title: "v".into(),
                critical: self.dice.chance(85),
                met_by: self.serves(25),
                met_in_part_by: self.serves(25),
                cite: self.cite(),
                ..Default::default()
            };
            for region in self.places(0) {
                let day = self.edge();
                let text = self.words(day);
                row.since.insert(region, text.as_str().into());
            }
            self.doc.driver.push(row);
        }
        for at in 0..self.dice.below(3) {
            let of = ["legitimacy", "ownership", "U1", "U2", "G"];
            let of = of.iter().filter(|of| of.len() > 2 || self.regions.iter().any(|id| id == **of)).copied().collect::<Vec<_>>();
            let day = self.edge();
            let start = self.words(day);
            let when = if self.dice.chance(70) { format!("{start}..") } else { self.period(0) };
            let row = PeriodRecord {
                id: format!("B{at}"),
                title: "b".into(),
                when,
                of: Some(self.pick(&of)),
                cite: self.cite(),
                ..Default::default()
            };
            self.doc.period.push(row);
        }
        let row = StakeholderRecord { id: "H0".into(), name: "h".into(), ..Default::default() };
        self.doc.stakeholder.push(row);
    }

    fn change(&mut self) -> (Option<i64>, Option<i64>, Option<i64>) {
        let value = self.dice.below(7) as i64 - 3;
        let low = (value - self.dice.below(3) as i64).max(-3);
        let high = (value + self.dice.below(3) as i64).min(3);
        (Some(value), (low != value).then_some(low), (high != value).then_some(high))
    }

    pub(super) fn judgements(&mut self) {
        let because = || Some("because".to_owned());
        for at in 0..2 + self.dice.below(6) {
            let observed = match self.dice.below(6) {
                0 => ChangeRecord { not_assessed: Some("silent".into()), ..Default::default() },
                1 => ChangeRecord { contested: vec![-1, 2], because: because(), ..Default::default() },
                _ => {
                    let (change, low, high) = self.change();
                    ChangeRecord { change, low, high, because: because(), ..Default::default() }
                }
            };
            let (value, low, high) = self.change();
            let flags = if self.dice.chance(30) { vec!["forecast".to_owned()] } else { Vec::new() };
            let without = match self.dice.below(3) {
                0 if observed.change.is_some() => {
                    CounterfactualRecord { expected: value, low, high, because: because(), flags, ..Default::default() }
                }
                1 => CounterfactualRecord { not_assessed: Some("silent".into()), ..Default::default() },
                _ => CounterfactualRecord { difference: value, low, high, because: because(), flags, ..Default::default() },
            };
            let driver = self.doc.driver[0].id.clone();
            let on = self.pick(&["violence", "displacement", "political-process", "H0", &driver]);
            let grade = self.pick(&["none", "enabling", "contributory", "principal", "undetermined"]);
            let row = EffectRecord {
                id: format!("E{at}"),
                title: "e".into(),
                on,
                r#where: self.places(10),
                when: self.when(),
                risk: self.dice.chance(15),
                observed: Some(observed),
                without: Some(without),
                contribution: Some(ContributionRecord { grade, because: because(), ..Default::default() }),
                cite: self.cite(),
                ..Default::default()
            };
            self.doc.effect.push(row);
        }
        let praise = self.dice.chance(12);
        for at in 0..6 + self.dice.below(18) {
            let dimension = self.pick(&["legitimacy", "legitimacy", "legitimacy", "ownership"]);
            let issue = format!("i{}", self.dice.below(16));
            let earlier = self.doc.finding.iter().find(|row| row.dimension == dimension && row.issue == issue).map(|row| row.kind.clone());
            let earlier = earlier.or_else(|| praise.then(|| "strength".to_owned()));
            let kind =
                earlier.unwrap_or_else(|| self.pick(&["strength", "strength", "strength", "limitation", "limitation", "mixed", "neutral"]));
            let when = if self.dice.chance(60) {
                let phase = self.dice.below(self.cuts.len() - 1);
                format!("{}..{}", self.date(self.cuts[phase] as i64 + 3), self.date(self.cuts[phase + 1] as i64 - 9))
            } else {
                self.when()
            };
            let row = FindingRecord {
                id: format!("F{at}"),
                title: "f".into(),
                dimension,
                issue,
                kind,
                salience: self.pick(&["minor", "moderate", "major"]),
                r#where: self.places(30),
                when,
                cite: self.cite(),
                ..Default::default()
            };
            self.doc.finding.push(row);
        }
    }
}
