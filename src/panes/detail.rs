//! The detail: one submission in eight tabs.
//!
//! A tab is a pure function from a [`Sheet`] to [`TabLine`]s. The lines are made once for a submission, a width, a mask
//! level and a zone, and drawn by window.

mod lines;
mod sheet;
mod state;
mod tab;
mod tabs;
mod view;

pub use lines::{Jump, TabLine, Trouble};
pub use sheet::{Look, Sheet};
pub use state::{Detail, Subject};
pub use tab::Tab;
pub use view::Props;
