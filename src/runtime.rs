//! The runtime: all access to the outside world, such as the terminal, input, tasks and signals. Only this module
//! spawns tasks and threads.
//!
//! [`event_loop::run`] is generic over the backend and the stream of events, so that tests and the program run the same
//! loop.

pub mod backend;
mod clipboard;
mod controlling_terminal;
pub mod copy_command;
pub mod event_loop;
mod foreground;
mod hangup;
pub mod helper;
mod input_wake;
mod job_control;
pub mod log;
pub mod pictures;
pub mod prompt;
mod resize_events;
mod review;
mod run_cli;
mod signals;
mod sleepless;
pub mod stdin;
pub mod tasks;
mod terminal;
pub mod width_guard;

pub use controlling_terminal::ControllingTerminal;
#[cfg(feature = "demo")]
pub use review::serve_demo;
pub use review::{RuntimeError, SourceConfig, review};
pub use run_cli::run_cli;
