//! Small generic parts that every pane uses: what loads, which request is awaited, where the cursor is.
//!
//! Nothing here knows submissions, the network or the terminal.

mod remote;
mod scroll;
mod ticket;

pub use remote::{Remote, Request, RetryWait};
pub use scroll::Scroll;
pub use ticket::{Ticket, Tickets};
