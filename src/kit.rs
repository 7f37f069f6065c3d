//! Small generic parts: the state of a loaded value, request tickets, the cursor in a list, long vectors, and work in
//! several threads.
//!
//! This module does not depend on submissions, the network or the terminal.

pub mod growth;
pub mod parallel;
mod remote;
mod scroll;
mod ticket;

pub use remote::{Remote, Request, RetryWait};
pub use scroll::{Scroll, Step};
pub use ticket::{Ticket, Tickets};
