//! The detail pane: one submission in eight tabs.
//!
//! A tab is a pure function that turns a [`TabContext`] (a submission, and how the user wants to see it) into
//! [`TabLine`]s. The lines are made again only if the context changes, such as the width or the mask level. Only the
//! visible lines are drawn.

mod anchor;
mod annotation;
mod context;
mod copy;
mod folds;
mod full_record;
mod lines;
mod opened;
mod possible;
mod relatives;
mod search;
mod state;
mod subject;
mod summary_text;
mod tabs;
mod update;
mod view;

pub use anchor::Anchor;
pub use context::{TabChoices, TabContext, ViewOptions};
pub use copy::{CopyText, CopyableItem, CurlEndpoint};
pub use folds::Folds;
pub use full_record::FullRecord;
pub use lines::{Jump, Landmark, TabLine};
pub use opened::{AnswersToParse, ListAnswer, ParseTask, ShownAnswer};
pub use relatives::{KnownRelative, Relative, Relatives};
pub use state::Detail;
pub use subject::Subject;
pub use summary_text::{SummaryStyle, summary_text};
pub use tabs::Tab;
pub use update::{DetailResult, TabPosition};
pub use view::{DetailProps, RetryTexts};
