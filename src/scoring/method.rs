//! The choices of the method, as data kept with every result.

use serde::{Deserialize, Deserializer, Serialize, de};

use crate::error::{Error, ErrorKind};
use crate::indicator::trend::TestRule;
use crate::measure::{Decimal, Weight};
use crate::scale::{Confidence, Level, Salience, Tier};

/// Writes the parts of the method: public fields, all defaulted, unknown fields refused, checked when they are read.
macro_rules! rules {
    ($(
        $(#[$doc:meta])*
        $name:ident { $( $(#[$fdoc:meta])* $field:ident : $kind:ty = $default:expr ),* $(,)? }
    )*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Serialize)]
        pub struct $name { $( $(#[$fdoc])* pub $field: $kind, )* }

        impl Default for $name {
            fn default() -> Self {
                Self { $( $field: $default, )* }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let read = {
                    // The fields as they are written; of the same name, which the messages tell.
                    #[derive(Deserialize)]
                    #[serde(default, deny_unknown_fields)]
                    struct $name { $( $field: $kind, )* }

                    impl Default for $name {
                        fn default() -> Self {
                            Self { $( $field: $default, )* }
                        }
                    }

                    let $name { $( $field, )* } = $name::deserialize(deserializer)?;
                    Self { $( $field, )* }
                };
                read.check().map_err(de::Error::custom)?;
                Ok(read)
            }
        }
    )*};
}

rules! {
    /// All choices of the method, a part per formula.
    ///
    /// The same study and method give the same bytes on every machine. A method is plain data: it can
    /// be written to a file, changed there and read back; an [`Assessment`](super::Assessment) carries
    /// the one that made it. What is read is checked; one made in code is by [`Method::check`].
    ///
    /// ```
    /// use peaceops::scoring::Method;
    ///
    /// let mut method = Method::default();
    /// assert_eq!(method.congruence.coverage_floor.value(), 0.5);
    /// method.name = "strict".into();
    /// method.congruence.coverage_floor = peaceops::measure::Decimal::new(0.75)?;
    /// # Ok::<(), peaceops::Error>(())
    /// ```
    Method {
        /// A name for the set of choices.
        name: String = "default".into(),
        /// Which task × phase × unit is rated.
        cells: CellRule = CellRule::default(),
        /// How cells make levels.
        congruence: CongruenceRule = CongruenceRule::default(),
        /// How fill rates map to levels.
        fill: FillRule = FillRule::default(),
        /// How gaps are found.
        gaps: GapRule = GapRule::default(),
        /// In which phases a dated row counts.
        windows: WindowRule = WindowRule::default(),
        /// How findings make a balance.
        balance: BalanceRule = BalanceRule::default(),
        /// How balances make a trend.
        trend: TrendRule = TrendRule::default(),
        /// How evidence makes confidence.
        confidence: ConfidenceRule = ConfidenceRule::default(),
        /// How positions make consensus.
        consensus: ConsensusRule = ConsensusRule::default(),
        /// How measured series are tested.
        series: TestRule = TestRule::default(),
        /// How uncertain judgements are drawn.
        draws: DrawRule = DrawRule::default(),
    }

    /// Which task × phase × unit is rated.
    CellRule {
        /// Days in force that a cell needs, both ends counted: 60.
        least_days: u16 = 60,
    }

    /// How cells make levels.
    CongruenceRule {
        /// Weight of a strategic task: 4.
        strategic: Weight = Weight::whole(4),
        /// Weight of a core task: 3.
        core: Weight = Weight::whole(3),
        /// Weight of an additional task: 2.
        additional: Weight = Weight::whole(2),
        /// Weight of an enabling task: 1.
        enabling: Weight = Weight::whole(1),
        /// Share of the applicable weight that has to be assessed for a headline: 0.5.
        coverage_floor: Decimal = Decimal::of_thousandths(500),
        /// Share of a region's assessed weight that needs a link rated for that region: 0.5.
        regional_floor: Decimal = Decimal::of_thousandths(500),
    }

    /// How fill rates map to levels: inclusive floors, as the codebook's anchors have them.
    ///
    /// Under `partial` it is marginal, and at nothing absent.
    FillRule {
        /// At or above the need: 1.
        full: Decimal = Decimal::of_thousandths(1000),
        /// Over four fifths: 0.8.
        substantial: Decimal = Decimal::of_thousandths(800),
        /// Half: 0.5.
        partial: Decimal = Decimal::of_thousandths(500),
        /// Steps by which a rating that rests on a ceiling may stand away before it is flagged: 2.
        flag_from: u8 = 2,
    }

    /// How gaps are found.
    GapRule {
        /// Days on which an activity surely went on outside its tasks' time for a drift in part: 60.
        drift_days: u16 = 60,
    }

    /// In which phases a dated row counts.
    WindowRule {
        /// Share of the row's window in the phase, or of the phase in the window: 0.5.
        least: Decimal = Decimal::of_thousandths(500),
    }

    /// How findings make a balance, and a balance a band.
    BalanceRule {
        /// Weight of a minor finding: 1.
        minor: Weight = Weight::whole(1),
        /// Weight of a moderate finding: 2.
        moderate: Weight = Weight::whole(2),
        /// Weight of a major finding: 3.
        major: Weight = Weight::whole(3),
        /// Issues that a band needs: 3.
        least_issues: u16 = 3,
        /// Balance from which a dimension is enabling, and at whose negative it is constraining: 0.15.
        plain: Decimal = Decimal::of_thousandths(150),
        /// Balance from which it is so strongly: 0.5.
        strong: Decimal = Decimal::of_thousandths(500),
    }

    /// How balances make a trend.
    TrendRule {
        /// Dated issues that either side needs: 3.
        least_issues: u16 = 3,
        /// Difference of balance that counts as a change: 0.15.
        step: Decimal = Decimal::of_thousandths(150),
    }

    /// How evidence makes confidence.
    ConfidenceRule {
        /// Sides that are the mission's own: what only they say is at most moderate.
        mission_sides: Vec<String> = vec!["mission".into()],
        /// Independent groups, of two sides and two kinds, that leave no concern over adequacy: 4.
        enough_groups: u16 = 4,
    }

    /// How positions make consensus. The bands are conventions.
    ConsensusRule {
        /// Voices that a reading needs: persons heard where their number is known, else one per group: 5.
        least_voices: u32 = 5,
        /// One part in so many may be left open for a reading: 3.
        open_part: u16 = 3,
        /// Agreement A, −1 to 1, from which it is broad: 0.6.
        broad: Decimal = Decimal::of_thousandths(600),
        /// Agreement A from which it is partial; under it diffuse, and under 0 divided: 0.3.
        partial: Decimal = Decimal::of_thousandths(300),
    }

    /// How uncertain judgements are drawn. All probabilities are conventions.
    DrawRule {
        /// The seed: the same seed gives the same draws on every machine, with any number of threads.
        seed: u64 = 1,
        /// Most draws: 10,000.
        draws: u64 = 10_000,
        /// Standard error of every share of draws at which drawing stops before that; nothing means never.
        error: Option<Decimal> = None,
        /// How much of the probability the stated level keeps.
        spread: Spread = Spread::Plain,
        /// Where judgements are spread alike, the probability of the stated level: 0.7. The other levels of its
        /// range share the rest.
        stated: Decimal = Decimal::of_thousandths(700),
        /// The same by confidence.
        by_confidence: SpreadTable = SpreadTable::default(),
        /// Largest part by which the weight of a priority tier, or of a salience, goes up or down: 0, not drawn.
        weights: Decimal = Decimal::of_thousandths(0),
        /// How links make a cell: one of these in each draw, a repeated one more often; only the minimum.
        links: Vec<LinkAggregator> = vec![LinkAggregator::Minimum],
        /// How cells make a headline: one of these in each draw; only the lower median.
        cells: Vec<CellAggregator> = vec![CellAggregator::LowerMedian],
    }

    /// The probability of the stated level, by how sure the judgement is.
    SpreadTable {
        /// High: 0.9.
        high: Decimal = Decimal::of_thousandths(900),
        /// Moderate: 0.7.
        moderate: Decimal = Decimal::of_thousandths(700),
        /// Low: 0.5.
        low: Decimal = Decimal::of_thousandths(500),
        /// Very low: 0.35.
        very_low: Decimal = Decimal::of_thousandths(350),
        /// Without evidence that could be read: 0.35.
        none: Decimal = Decimal::of_thousandths(350),
    }
}

/// How much of the probability the stated level keeps in draws.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Spread {
    /// The same for every judgement.
    #[default]
    Plain,
    /// By how sure the judgement is.
    ByConfidence,
}

/// How the links of a cell make its level.
///
/// The minimum is the one that results are told with; the others stand beside it, to see whether an answer hangs
/// on it. A mean lets a surplus pay for a deficit, the geometric one in part (OECD/JRC 2008, step 6, on
/// compensability); both are rounded down to a level, so that no level is made that no anchor describes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkAggregator {
    /// The minimum: links are complements.
    #[default]
    Minimum,
    /// The lower median: one short link is forgiven.
    LowerMedian,
    /// The largest level whose power does not exceed the product: 4, 2, 2, 3 make 48, under 3⁴: 2.
    Geometric,
    /// The mean, rounded down: 4, 2, 2, 3 make 11 of 4: 2.
    Arithmetic,
}

/// How cells make a headline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CellAggregator {
    /// The smallest level with at least half of the weight at or below it.
    LowerMedian,
    /// The smallest level with more than half of the weight at or below it.
    UpperMedian,
    /// The smallest level with at least a quarter of the weight at or below it.
    LowerQuartile,
}

/// That a number lies in a range, both in thousandths.
fn within(what: &'static str, found: Decimal, min: i64, max: i64) -> Result<(), Error> {
    if (min..=max).contains(&found.thousandths()) {
        return Ok(());
    }
    let [min, max] = [min, max].map(|end| Decimal::of_thousandths(end).to_string());
    Err(ErrorKind::OutOfRange { what, found: found.to_string(), min, max }.into())
}

/// That a number is a share: 0 to 1.
fn share(what: &'static str, found: Decimal) -> Result<(), Error> {
    within(what, found, 0, 1000)
}

impl Method {
    /// Whether every choice lies in its range: shares and fill rates from 0 to 1, cut-points in order, at least one
    /// draw.
    ///
    /// A method that is read has passed this. One that is made in code need not: an assessment by it is made all the
    /// same, draws are refused.
    ///
    /// # Errors
    /// `out-of-range` with the field, its value and its range; `not-positive` where no draw is asked for.
    ///
    /// ```
    /// use peaceops::measure::Decimal;
    /// use peaceops::scoring::Method;
    ///
    /// let mut method = Method::default();
    /// method.check()?;
    /// method.fill.partial = Decimal::new(0.9)?;
    /// let message = "fill.partial (at most fill.substantial) 0.9 is not in the range 0..=0.8";
    /// assert_eq!(method.check().unwrap_err().to_string(), message);
    /// # Ok::<(), peaceops::Error>(())
    /// ```
    pub fn check(&self) -> Result<(), Error> {
        self.cells.check()?;
        self.congruence.check()?;
        self.fill.check()?;
        self.gaps.check()?;
        self.windows.check()?;
        self.balance.check()?;
        self.trend.check()?;
        self.confidence.check()?;
        self.consensus.check()?;
        self.draws.check()
    }
}

/// Any number of days is one.
impl CellRule {
    fn check(&self) -> Result<(), Error> {
        Ok(())
    }
}

/// Any number of days is one.
impl GapRule {
    fn check(&self) -> Result<(), Error> {
        Ok(())
    }
}

/// Any side can be the mission's, any number of groups enough.
impl ConfidenceRule {
    fn check(&self) -> Result<(), Error> {
        Ok(())
    }
}

impl WindowRule {
    fn check(&self) -> Result<(), Error> {
        share("windows.least", self.least)
    }
}

impl TrendRule {
    /// Balances go from -1 to 1, so they differ by 2 at most.
    fn check(&self) -> Result<(), Error> {
        within("trend.step", self.step, 0, 2000)
    }
}

impl ConsensusRule {
    /// Agreement goes from -1 to 1; under 0 it is divided whatever the cut-points are.
    fn check(&self) -> Result<(), Error> {
        share("consensus.broad", self.broad)?;
        within("consensus.partial (at most consensus.broad)", self.partial, 0, self.broad.thousandths())
    }
}

impl SpreadTable {
    fn check(&self) -> Result<(), Error> {
        share("draws.by_confidence.high", self.high)?;
        share("draws.by_confidence.moderate", self.moderate)?;
        share("draws.by_confidence.low", self.low)?;
        share("draws.by_confidence.very_low", self.very_low)?;
        share("draws.by_confidence.none", self.none)
    }
}

impl DrawRule {
    /// That something is drawn, that probabilities and parts are such, and that there is an aggregator to draw.
    fn check(&self) -> Result<(), Error> {
        if self.draws == 0 {
            return Err(ErrorKind::NotPositive { what: "draws.draws", found: "0".into() }.into());
        }
        self.error.map_or(Ok(()), |error| share("draws.error", error))?;
        share("draws.stated", self.stated)?;
        self.by_confidence.check()?;
        within("draws.weights", self.weights, 0, 999)?;
        for (what, count) in [("number of draws.links", self.links.len()), ("number of draws.cells", self.cells.len())] {
            if !(1..=16).contains(&count) {
                return Err(ErrorKind::OutOfRange { what, found: count.to_string(), min: "1".into(), max: "16".into() }.into());
            }
        }
        Ok(())
    }
}

impl SpreadTable {
    /// The probability of the stated level.
    #[must_use]
    pub fn of(&self, confidence: Option<Confidence>) -> Decimal {
        match confidence {
            Some(Confidence::High) => self.high,
            Some(Confidence::Moderate) => self.moderate,
            Some(Confidence::Low) => self.low,
            Some(Confidence::VeryLow) => self.very_low,
            None => self.none,
        }
    }
}

impl CongruenceRule {
    fn check(&self) -> Result<(), Error> {
        share("congruence.coverage_floor", self.coverage_floor)?;
        share("congruence.regional_floor", self.regional_floor)
    }

    /// The weight of a tier.
    #[must_use]
    pub fn weight(&self, tier: Tier) -> Weight {
        match tier {
            Tier::Strategic => self.strategic,
            Tier::Core => self.core,
            Tier::Additional => self.additional,
            Tier::Enabling => self.enabling,
        }
    }
}

impl BalanceRule {
    fn check(&self) -> Result<(), Error> {
        share("balance.strong", self.strong)?;
        within("balance.plain (at most balance.strong)", self.plain, 0, self.strong.thousandths())
    }

    /// The weight of a salience.
    #[must_use]
    pub fn weight(&self, salience: Salience) -> Weight {
        match salience {
            Salience::Minor => self.minor,
            Salience::Moderate => self.moderate,
            Salience::Major => self.major,
        }
    }
}

impl FillRule {
    fn check(&self) -> Result<(), Error> {
        share("fill.full", self.full)?;
        within("fill.substantial (at most fill.full)", self.substantial, 0, self.full.thousandths())?;
        within("fill.partial (at most fill.substantial)", self.partial, 0, self.substantial.thousandths())
    }

    /// The level of a fill rate, deployed by needed or authorised.
    ///
    /// Source: this project's codebook, section 2, anchors of resources: under half marginal, half to
    /// four fifths partial, over four fifths substantial, at or above the need full. Four fifths
    /// itself is partial.
    ///
    /// ```
    /// use peaceops::scale::Level;
    /// use peaceops::scoring::FillRule;
    ///
    /// let rule = FillRule::default();
    /// assert_eq!(rule.level(0.0), Level::Absent);
    /// assert_eq!(rule.level(0.499), Level::Marginal);
    /// assert_eq!(rule.level(0.5), Level::Partial);
    /// assert_eq!(rule.level(0.8), Level::Partial);
    /// assert_eq!(rule.level(0.801), Level::Substantial);
    /// assert_eq!(rule.level(1.0), Level::Full);
    /// ```
    #[must_use]
    pub fn level(&self, rate: f64) -> Level {
        if rate >= self.full.value() {
            Level::Full
        } else if rate > self.substantial.value() {
            Level::Substantial
        } else if rate >= self.partial.value() {
            Level::Partial
        } else if rate > 0.0 {
            Level::Marginal
        } else {
            Level::Absent
        }
    }
}
