//! How far the answers hang on single ratings, rows and choices.
//!
//! Everything here asks the same plan and kernel as the [`Assessment`](crate::scoring::Assessment) does,
//! with other levels, cells or choices; nothing is evaluated in a second way. Nothing is drawn by chance:
//! the results are exact, or say where they stopped.
//!
//! | file | question | misleads when |
//! |---|---|---|
//! | [`ask`] | which inquiry would narrow most | an answer does not confirm what is rated |
//! | [`choice`] | what moves when a choice of the method is swapped | choices are swapped together |
//! | [`influence`] | what moves without one item of evidence, source, group, side, task or region | two carry a judgement together |
//! | [`tipping`] | how few changed ratings move a headline | rows err together |

mod answers;
pub mod ask;
pub mod choice;
mod cover;
pub mod influence;
pub mod tipping;

pub use answers::{Move, Side};
pub use ask::{AskNext, Inquiry, Question};
pub use choice::{Choice, ChoiceResult, Choices, Hang};
pub use influence::{Influence, LeftOut};
pub use tipping::{Changed, HeadlineTips, Tip, TipSet, Tipping, TippingRule, Tips};
