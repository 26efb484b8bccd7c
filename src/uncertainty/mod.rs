//! How sure the answers are: what they hang on, and how often they come out.
//!
//! Everything here asks the same plan and kernel as the [`Assessment`] does, with other
//! levels, weights, cells or choices; nothing is evaluated in a second way.
//!
//! **Exact answers come first.** An assessment tells the range of every headline and the single rows that move it.
//! What stands here without a feature is exact as well, or says where it stopped:
//!
//! | file | question | misleads when |
//! |---|---|---|
//! | [`ask`] | which inquiry would narrow most | an answer does not confirm what is rated |
//! | [`choice`] | what moves when a choice of the method is swapped | choices are swapped together |
//! | [`influence`] | what moves without one item of evidence, source, group, side, task or region | two carry a judgement together |
//! | [`tipping`] | how few changed ratings move a headline | rows err together |
//!
//! With the feature `monte-carlo` three more add what chance says:
//!
//! | file | question | misleads when |
//! |---|---|---|
//! | `composite` | how far scores and ranks of a composite go, if weights, choices and values move as declared | errors are one |
//! | `draws` | how often a headline comes out, if judgements lie in their ranges as the method says | the doubt behind several rows is one |
//! | `sobol` | which input the variance of a composite, its ranks or a balance comes from | inputs depend on each other |

mod answers;
pub mod ask;
pub mod choice;
#[cfg(feature = "monte-carlo")]
pub mod composite;
#[cfg(feature = "monte-carlo")]
pub mod draws;
pub mod influence;
#[cfg(feature = "monte-carlo")]
pub mod sobol;
pub mod tipping;

use serde::Serialize;

use crate::scoring::Assessment;

pub use answers::{HeadlineOf, Move, Side, Stand};
pub use ask::{AskNext, Inquiry, Question};
pub use choice::{Choice, ChoiceResult, Choices, Hang, Swapped};
#[cfg(feature = "monte-carlo")]
pub use composite::{CompositeDraws, CompositeInputs};
#[cfg(feature = "monte-carlo")]
pub use draws::{DrawResult, Draws};
pub use influence::{Carrier, Carriers, Extent, Fallen, Influence, LeftOut, carriers};
pub use tipping::{Changed, HeadlineTips, Tip, TipSet, Tipping, TippingRule, Tips};

/// How sure the answers of an assessment are, as far as that can be told exactly.
///
/// ```no_run
/// # let _ = robust;
/// fn robust(assessment: &peaceops::scoring::Assessment) -> usize {
///     let sure = peaceops::uncertainty::Uncertainty::of(assessment);
///     sure.choices.headlines.iter().filter(|hang| hang.is_robust()).count()
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Uncertainty {
    /// How few changed ratings move each headline.
    pub tipping: Tipping,
    /// On which choices of the method each headline hangs.
    pub choices: Choices,
    /// What moves without one thing, the most influential first.
    pub influence: Vec<Influence>,
    /// What to ask next.
    pub ask_next: AskNext,
}

impl Uncertainty {
    /// All of it, by the default limits of the search for tipping points.
    #[must_use]
    pub fn of(assessment: &Assessment) -> Self {
        let (study, method) = (assessment.study(), assessment.method());
        Self {
            tipping: study.tipping(method, TippingRule::default()),
            choices: study.choices(method),
            influence: study.influence(method),
            ask_next: study.ask_next(method),
        }
    }
}
