//! In which phases a dated row counts.

use super::method::WindowRule;
use crate::date::{Days, When};
use crate::model::CaseStudy;

/// How a row counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Places of the phases in which it counts.
    pub phases: Vec<usize>,
    /// Whether it counts in the whole, which is of the main phases.
    pub whole: bool,
    /// Whether it is dated, and may make a trend.
    pub dated: bool,
}

/// In which phases a row counts.
///
/// A dated row counts in a phase that holds at least half of its window, or of which it fills at least
/// half; open ends stop at the study's window, the rest of its length counts. A row of the whole
/// mission period counts in every phase, a current one in the phase of the fieldwork, an undated one
/// in no phase. A row from outside, or dated outside the window, counts nowhere.
///
/// Where the study marks main phases, the whole leaves out dated rows that count in phases of which none
/// is main, and those that count in no phase and share no day with a main one. Rows that are not dated,
/// or of the whole mission period, or current, stay in it.
#[must_use]
pub fn counts(study: &CaseStudy, when: &When, rule: &WindowRule) -> Counts {
    let all = || (0..study.phases().len()).collect();
    match when {
        When::Mission => Counts { phases: all(), whole: true, dated: false },
        When::Current => {
            let phase = study.current_phase();
            Counts { phases: phase.into_iter().collect(), whole: true, dated: phase.is_some() }
        }
        When::Undated => Counts { phases: Vec::new(), whole: true, dated: false },
        When::Outside => Counts { phases: Vec::new(), whole: false, dated: false },
        When::Dated(period) if period.possible(study.study().window).is_none() => Counts { phases: Vec::new(), whole: false, dated: true },
        When::Dated(period) => {
            let row = period.whole(study.study().window);
            let phases: Vec<usize> =
                study.phases().iter().enumerate().filter(|(_, phase)| fits(row, phase.days, rule)).map(|(at, _)| at).collect();
            let whole = in_whole(study, &phases, row);
            Counts { phases, whole, dated: true }
        }
    }
}

/// Whether a dated row counts in the whole: in a main phase, or in no phase and on days of a main one.
fn in_whole(study: &CaseStudy, phases: &[usize], row: Days) -> bool {
    let mut main = study.phases().iter().enumerate().filter(|(phase, _)| study.is_main(*phase));
    !study.has_main_phases()
        || if phases.is_empty() {
            main.any(|(_, phase)| phase.days.within(row).is_some())
        } else {
            phases.iter().any(|at| study.is_main(*at))
        }
}

/// Whether a window counts in a stretch of days: at least half of either lies in the other.
///
/// Worked example: a window of 10 days of which 5 lie in a phase counts in it; one of 11 days of
/// which 5 do, does not, unless these 5 are half of the phase.
#[must_use]
pub fn fits(row: Days, stretch: Days, rule: &WindowRule) -> bool {
    let Some(common) = row.within(stretch) else { return false };
    let least = rule.least.thousandths();
    let enough = |of: Days| common.len() * 1000 >= of.len() * least;
    enough(row) || enough(stretch)
}
