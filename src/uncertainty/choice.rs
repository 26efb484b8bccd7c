//! Choices: what comes out differently when a choice of the method is swapped for another.

use std::fmt;

use serde::Serialize;

use super::answers::{Bands, Move, Told, bands, headlines, moved_bands, moved_headlines};
use crate::id::{PhaseId, RegionId};
use crate::measure::{Decimal, Weight};
use crate::model::CaseStudy;
use crate::scale::Level;
use crate::scoring::dimension::dimensions_of;
use crate::scoring::plan::{Plan, shares_of_units};
use crate::scoring::profile::Evaluated;
use crate::scoring::{LinkAggregator, Method};

/// Another choice of the method, one at a time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "choice", content = "of", rename_all = "kebab-case")]
pub enum Choice {
    /// All tasks weigh the same.
    EqualWeights,
    /// Each priority weighs twice the one under it: 8, 4, 2, 1.
    DoublingWeights,
    /// All units have the same share; only where the case gives others.
    EqualShares,
    /// One unit has twice its share.
    DoubleShare(RegionId),
    /// The coverage floor is half as high.
    LowerFloor,
    /// The coverage floor is midway to all of the weight.
    HigherFloor,
    /// The regional floor is half as high.
    LowerRegionalFloor,
    /// The regional floor is midway to all of the weight.
    HigherRegionalFloor,
    /// A cell needs half the days in force.
    FewerDays,
    /// A cell needs twice the days in force.
    MoreDays,
    /// The cut-points of bands are a third lower.
    LowerCuts,
    /// The cut-points of bands are a third higher, at most 1.
    HigherCuts,
    /// A cell is the geometric mean of its links, rounded down to a level.
    Geometric,
    /// A cell is the arithmetic mean of its links, rounded down to a level.
    Arithmetic,
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::EqualWeights => "all tasks of equal weight",
            Self::DoublingWeights => "each priority twice the next",
            Self::EqualShares => "units of equal share",
            Self::DoubleShare(region) => return write!(f, "twice the share of {region}"),
            Self::LowerFloor => "half the coverage floor",
            Self::HigherFloor => "a higher coverage floor",
            Self::LowerRegionalFloor => "half the regional floor",
            Self::HigherRegionalFloor => "a higher regional floor",
            Self::FewerDays => "half the days in force",
            Self::MoreDays => "twice the days in force",
            Self::LowerCuts => "lower cut-points",
            Self::HigherCuts => "higher cut-points",
            Self::Geometric => "geometric mean of links",
            Self::Arithmetic => "arithmetic mean of links",
        })
    }
}

/// What comes out differently under one other choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChoiceResult {
    /// The choice.
    pub choice: Choice,
    /// Headlines of congruence, with their ranges, and bands of dimensions that differ.
    pub moves: Vec<Move>,
}

/// A headline of congruence, and on which choices it hangs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hang {
    /// The phase; nothing for all of them.
    pub phase: Option<PhaseId>,
    /// The unit; nothing for all of them.
    pub region: Option<RegionId>,
    /// The headline as it is told.
    pub headline: Level,
    /// The choices under which its level is another one, or unknown. None: it is robust.
    pub depends_on: Vec<Swapped>,
}

/// A choice that moves a headline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Swapped {
    /// The choice.
    pub choice: Choice,
    /// The level under it; nothing where it is unknown then.
    pub to: Option<Level>,
}

impl Hang {
    /// Whether no other choice moves its level.
    #[must_use]
    pub fn is_robust(&self) -> bool {
        self.depends_on.is_empty()
    }
}

impl fmt::Display for Hang {
    /// `robust`, or `marginal under all tasks of equal weight; unknown under a higher coverage floor`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_robust() {
            return f.write_str("robust");
        }
        let mut outcomes: Vec<Option<Level>> = Vec::new();
        for swapped in &self.depends_on {
            if !outcomes.contains(&swapped.to) {
                outcomes.push(swapped.to);
            }
        }
        for (at, outcome) in outcomes.iter().enumerate() {
            let choices = self.depends_on.iter().filter(|swapped| swapped.to == *outcome);
            let choices: Vec<String> = choices.map(|swapped| swapped.choice.to_string()).collect();
            let outcome = outcome.map_or("unknown", |level| level.name());
            write!(f, "{}{outcome} under {}", if at > 0 { "; " } else { "" }, choices.join(", "))?;
        }
        Ok(())
    }
}

/// What hangs on the choices of the method.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choices {
    /// Every choice that was swapped.
    pub choices: Vec<ChoiceResult>,
    /// Every headline of congruence that is known.
    pub headlines: Vec<Hang>,
}

impl CaseStudy {
    /// What changes when each choice of the method is swapped, one at a time, all else as it is.
    ///
    /// Weights, shares of units, floors, days in force, cut-points of bands, and the aggregator: beside the
    /// minimum the geometric and the arithmetic mean of a cell's links, both rounded down to a level. A headline
    /// whose level no swap moves is *robust*; else it *depends on* those that do, and each tells what comes out then.
    ///
    /// Source: OECD/JRC 2008, step 7, on sensitivity to choices of method. Misleads where two choices matter only
    /// together; and no swap says that its choice is as good as the method's.
    ///
    /// ```no_run
    /// # let _ = told;
    /// fn told(study: &peaceops::CaseStudy) {
    ///     for hang in study.choices(&peaceops::scoring::Method::default()).headlines {
    ///         println!("{} {hang}", hang.headline); // `partial robust`
    ///     }
    /// }
    /// ```
    #[must_use]
    pub fn choices(&self, method: &Method) -> Choices {
        let base = Base::of(self, method);
        let choices: Vec<ChoiceResult> = base.choices().into_iter().map(|choice| base.swap(choice)).collect();
        let headlines = base.told.iter().filter_map(|(phase, unit, headline)| {
            let phase = phase.map(|phase| self.phases()[phase].id.clone());
            let region = unit.and_then(|unit| self.units().nth(unit).map(|row| row.id.clone()));
            let of = |one: &Move| match one {
                Move::Congruence { phase: p, region: r, to, .. } if (p, r) == (&phase, &region) && one.is_of_the_answer() => {
                    Some(to.level())
                }
                _ => None,
            };
            let swapped = |result: &ChoiceResult| result.moves.iter().find_map(of).map(|to| Swapped { choice: result.choice.clone(), to });
            let depends_on = choices.iter().filter_map(swapped).collect();
            Some(Hang { headline: headline.level()?, depends_on, phase, region })
        });
        let headlines = headlines.collect();
        Choices { choices, headlines }
    }
}

struct Base<'a> {
    study: &'a CaseStudy,
    method: &'a Method,
    told: Vec<Told>,
    bands: Bands,
    shares: Vec<u64>,
}

impl<'a> Base<'a> {
    fn of(study: &'a CaseStudy, method: &'a Method) -> Self {
        let bands = bands(&dimensions_of(study, method, &|_| true));
        let base = Self { study, method, told: Vec::new(), bands, shares: shares_of_units(study) };
        Self { told: base.headlines(method, &base.shares, LinkAggregator::Minimum), ..base }
    }

    fn headlines(&self, method: &Method, shares: &[u64], links: LinkAggregator) -> Vec<Told> {
        let rated = self.study.rating_units(i64::from(method.cells.least_days));
        let plan = Plan { links, ..Plan::with_shares(self.study, method, &rated, shares) };
        headlines(&plan, &Evaluated::of(&plan), method)
    }

    fn choices(&self) -> Vec<Choice> {
        use Choice::*;
        let mut choices = vec![EqualWeights, DoublingWeights];
        if self.shares.windows(2).any(|pair| pair[0] != pair[1]) {
            choices.push(EqualShares);
        }
        if self.shares.len() > 1 {
            choices.extend(self.study.units().map(|unit| DoubleShare(unit.id.clone())));
        }
        choices.extend([LowerFloor, HigherFloor]);
        if self.shares.len() > 1 {
            choices.extend([LowerRegionalFloor, HigherRegionalFloor]);
        }
        choices.extend([FewerDays, MoreDays, LowerCuts, HigherCuts, Geometric, Arithmetic]);
        choices
    }

    fn swap(&self, choice: Choice) -> ChoiceResult {
        let (mut method, mut shares, mut links) = (self.method.clone(), self.shares.clone(), LinkAggregator::Minimum);
        let rule = &mut method.congruence;
        let weigh = |rule: &mut crate::scoring::CongruenceRule, weights: [u16; 4]| {
            [rule.strategic, rule.core, rule.additional, rule.enabling] = weights.map(Weight::whole);
        };
        let lower = |floor: &mut Decimal| *floor = Decimal::of_thousandths(floor.thousandths() / 2);
        let higher = |floor: &mut Decimal| *floor = Decimal::of_thousandths(i64::midpoint(floor.thousandths(), 1000));
        let scale = |cut: &mut Decimal, by: i64| *cut = Decimal::of_thousandths((cut.thousandths() * by / 3).min(1000));
        match &choice {
            Choice::EqualWeights => weigh(rule, [1; 4]),
            Choice::DoublingWeights => weigh(rule, [8, 4, 2, 1]),
            Choice::EqualShares => shares.fill(1000),
            Choice::DoubleShare(region) => {
                let of = self.study.units().zip(&mut shares).filter(|(unit, _)| unit.id == *region);
                of.for_each(|(_, share)| *share *= 2);
            }
            Choice::LowerFloor => lower(&mut rule.coverage_floor),
            Choice::HigherFloor => higher(&mut rule.coverage_floor),
            Choice::LowerRegionalFloor => lower(&mut rule.regional_floor),
            Choice::HigherRegionalFloor => higher(&mut rule.regional_floor),
            Choice::FewerDays => method.cells.least_days /= 2,
            Choice::MoreDays => method.cells.least_days = method.cells.least_days.saturating_mul(2),
            Choice::LowerCuts | Choice::HigherCuts => {
                let by = if choice == Choice::LowerCuts { 2 } else { 4 };
                scale(&mut method.balance.plain, by);
                scale(&mut method.balance.strong, by);
            }
            Choice::Geometric => links = LinkAggregator::Geometric,
            Choice::Arithmetic => links = LinkAggregator::Arithmetic,
        }
        let then = self.headlines(&method, &shares, links);
        let mut moves: Vec<Move> = moved_headlines(self.study, &self.told, then).collect();
        if method.balance != self.method.balance {
            moves.extend(moved_bands(&self.bands, bands(&dimensions_of(self.study, &method, &|_| true))));
        }
        ChoiceResult { choice, moves }
    }
}
