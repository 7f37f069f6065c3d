//! Small generic parts that every pane uses: what loads, who asked last, where the cursor is.
//!
//! Nothing here knows submissions, the network or the terminal.

mod latest;
mod remote;
mod scroll;

pub use latest::{Latest, Ticket};
pub use remote::Remote;
pub use scroll::Scroll;
