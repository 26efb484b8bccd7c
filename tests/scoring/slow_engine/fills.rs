//! Fill rates, and ratings that stand away from them.

use peaceops::date::When;
use peaceops::model::Resource;
use peaceops::scale::{Judgement, Level, MeansStatus};
use serde_json::{Value, json};

use super::base::{Q, Slow, share};

/// Whole numbers only: what the generated studies and the case hold.
fn whole(number: f64) -> Q {
    Q::new((number * 1000.0).round() as i128, 1000)
}

impl Slow<'_> {
    pub(crate) fn fills(&self) -> Vec<Value> {
        let mut list = Vec::new();
        for row in self.study.resources().iter().filter(|row| row.status == MeansStatus::Deployed) {
            let Some(When::Dated(period)) = &row.when else { continue };
            let Some(day) = period.end().map(|end| self.place(end.last())) else { continue };
            for (category, amount) in &row.amount {
                let Some(deployed) = amount.about() else { continue };
                let found =
                    [MeansStatus::Needed, MeansStatus::Authorised].into_iter().find_map(|status| self.against(row, category, status, day));
                if let Some((other, of)) = found {
                    list.push(self.fill(row, category, deployed, other, of, day));
                }
            }
        }
        list
    }

    /// The latest row of a status in force on a day that gives a category, of one day the first by id: of the row's pool, else of another whole pool.
    fn against(&self, row: &Resource, category: &str, status: MeansStatus, day: i64) -> Option<(&Resource, f64)> {
        let rows = || {
            self.study.resources().iter().filter(|other| other.status == status).filter_map(|other| {
                let Some(When::Dated(period)) = &other.when else { return None };
                let from = period.start().map_or(i64::MIN, |start| self.place(start.first()));
                // A statement of one date holds from then on.
                let to = period.end().filter(|_| period.start() != period.end()).map_or(i64::MAX, |end| self.place(end.last()));
                let of = other.amount.get(category)?.about().filter(|of| *of > 0.0)?;
                (from <= day && day <= to).then_some((from, other, of))
            })
        };
        let is_whole = |other: &Resource| {
            other.pool.as_ref().is_none_or(|id| self.study.pools().iter().any(|pool| pool.id == *id && pool.part_of.is_none()))
        };
        let own =
            rows().filter(|(_, other, _)| other.pool == row.pool).max_by_key(|(from, other, _)| (*from, std::cmp::Reverse(&other.id)));
        let others = || rows().filter(|(_, other, _)| is_whole(other)).max_by_key(|(from, other, _)| (*from, std::cmp::Reverse(&other.id)));
        // What a sub-pool has is not held against what others need.
        let found = own.or_else(|| if is_whole(row) { others() } else { None });
        found.map(|(_, other, of)| (other, of))
    }

    fn fill(&self, row: &Resource, category: &str, deployed: f64, other: &Resource, of: f64, day: i64) -> Value {
        let rate = whole(deployed).over(whole(of));
        let rule = &self.method.fill;
        let cut = |decimal: peaceops::measure::Decimal| Q::thousandths(decimal.thousandths());
        let level = if rate.at_least(cut(rule.full)) {
            Level::Full
        } else if rate.at_least(cut(rule.substantial)) && !cut(rule.substantial).at_least(rate) {
            Level::Substantial
        } else if rate.at_least(cut(rule.partial)) {
            Level::Partial
        } else if rate.n > 0 {
            Level::Marginal
        } else {
            Level::Absent
        };
        let phase = self.phases.iter().position(|(from, to)| (*from as i64..=*to as i64).contains(&day));
        let phase = phase.map(|phase| &self.study.phases()[phase].id);
        let mut flagged = Vec::new();
        for block in self.study.ratings() {
            let Some(statement) = &block.links[1] else { continue };
            let rests = |row: &Resource| statement.rests_on.iter().any(|id| id.as_str() == row.id.as_str());
            let Judgement::Rated(range) = &statement.judgement else { continue };
            let away = range.value().index().abs_diff(level.index()) >= rule.flag_from;
            let Some(phase) = phase else { continue };
            let here = block.phases.is_empty() || block.phases.contains(phase);
            if other.status == MeansStatus::Authorised && (rests(row) || rests(other)) && away && here {
                flagged.push(json!({"rating": block.label(), "level": range.value().name(), "phase": phase.as_str()}));
            }
        }
        json!({
            "resource": row.id.as_str(), "category": category, "deployed": deployed, "against": other.id.as_str(), "of": of,
            "denominator": other.status.name(), "rate": share(if rate.n > rate.d { Q::new(1, 1) } else { rate }, Q::new(1, 1)), "level": level.name(), "flagged": flagged,
        })
    }
}
