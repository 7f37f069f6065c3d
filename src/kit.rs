//! Small generic parts: the state of a loaded value, request tickets, the cursor in a list, and long vectors.
//!
//! This module does not depend on submissions, the network or the terminal.

pub mod growth;
mod remote;
mod scroll;
mod ticket;

pub use remote::{Remote, Request, RetryWait};
pub use scroll::{Scroll, Step};
pub use ticket::{Ticket, Tickets};
