//! The application: one [`Model`], changed only by [`Model::update`] and drawn only by [`Model::view`].
//!
//! `update` is synchronous: no await, no spawn, no clock, no IO. Each message has one handler. The handler changes the
//! stored state, such as the loaded rows or the filter, and pushes [`Effect`]s into the outbox. After the handler,
//! `derived_state` updates everything that is derived from the stored state, such as the rows on screen. The result of
//! an effect returns as a [`Msg`]. This module contains the rules that concern more than one pane.

mod auto_refresh;
mod columns;
mod compare;
mod compose;
mod copied_call;
mod copy;
mod copy_group;
mod derived_state;
mod detached;
mod detail;
mod export;
mod export_call;
mod failure_lines;
mod fetch;
mod fetch_run;
mod filtering;
mod focus;
mod footer;
mod header;
mod keys;
mod layout;
mod list_status;
mod loading;
mod marks;
mod model;
mod mouse;
mod msg;
mod no_match;
mod offline;
mod outgoing;
mod palette;
mod pictures;
mod possible;
mod relatives;
mod retry_countdown;
mod selection;
mod statistics;
mod timers;
mod tour;
mod update;
mod view;
mod views;

pub use compose::{FinishedText, TextKind, TextRequest};
pub use copy::CopiedPart;
pub use focus::Focus;
pub use layout::{Regions, ScreenPrefs};
pub use model::{AutoRefresh, ClipboardWay, Model, ReviewerConfig, ScreenTheme};
pub use mouse::MouseInput;
pub use msg::{Effect, Msg, Slot};
pub use offline::OpenedFile;
pub use pictures::PictureResult;
pub use tour::TourStep;

#[cfg(test)]
mod tests;
