//! The detail: one submission in eight tabs.
//!
//! A tab is a pure function from a [`Sheet`] to [`TabLine`]s. The lines are made once for a submission, a width, a mask
//! level and a zone, and drawn by window.

mod beside;
mod copy;
mod folds;
mod lines;
mod opened;
mod relatives;
mod search;
mod sheet;
mod state;
mod subject;
mod tab;
mod tabs;
mod update;
mod view;

pub use copy::{Call, Copied, Text};
pub use folds::Folds;
pub use lines::{Jump, TabLine, Trouble};
pub use opened::{Answers, ListAnswer, Opened};
pub use relatives::{Known, Relative, Relatives};
pub use sheet::{Choices, Look, Sheet};
pub use state::{Detail, Reading};
pub use subject::Subject;
pub use tab::Tab;
pub use tabs::lines;
pub use update::{Outcome, Place};
pub use view::Props;
