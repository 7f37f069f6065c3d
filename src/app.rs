//! The application: one [`Model`], changed only by [`Model::update`], drawn only by [`Model::view`].
//!
//! `update` is synchronous: no await, no spawn, no clock, no IO. What has to be done outside is returned as
//! [`Effect`]s; what came of it returns as a [`Msg`]. Rules that concern more than one pane live here.

mod copy;
mod detail;
mod focus;
mod foot;
mod footer;
mod header;
mod keys;
mod layout;
mod loading;
mod model;
mod msg;
mod relatives;
mod trouble;
mod update;
mod view;
mod visit;
mod waiting;
mod watch;

pub use focus::Focus;
pub use layout::{Prefs, Regions};
pub use model::{Model, Setting, Watching};
pub use msg::{Effect, Msg, Slot};

#[cfg(test)]
mod tests;
