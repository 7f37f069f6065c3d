//! Small generic parts of the user interface: the state of a loaded value, request tickets, and the cursor in a list.
//!
//! This module does not depend on submissions, the network or the terminal.

mod remote;
mod scroll;
mod ticket;

pub use remote::{Remote, Request, RetryWait};
pub use scroll::{Scroll, Step};
pub use ticket::{Ticket, Tickets};
