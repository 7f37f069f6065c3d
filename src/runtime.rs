//! Everything that touches the world: the terminal, input, tasks, signals. The only module that spawns.
//!
//! [`event_loop::run`] is generic over the backend and the stream of events, so that tests run the very loop that users
//! run.

pub mod backend;
mod call;
mod clipboard;
pub mod doubt;
pub mod event_loop;
mod events;
mod foreground;
mod hangup;
pub mod helper;
mod input;
mod job;
pub mod log;
pub mod prompt;
mod review;
mod signals;
mod sleepless;
pub mod stdin;
pub mod tasks;
mod terminal;

pub use call::call;
#[cfg(feature = "demo")]
pub use review::serve_demo;
pub use review::{Error, Origin, review};
