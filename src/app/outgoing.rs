//! What is on its way out of the program: a text that is made for the clipboard, and a file that is written.

use super::export::RunningExport;
use crate::kit::Ticket;

/// The work that is under way for the clipboard and for a file.
#[derive(Default)]
pub(super) struct Outgoing {
    /// Ticket of the task that makes a text for the clipboard; `None` if no such task runs.
    pub(super) text: Option<Ticket>,
    /// The running export; `None` if no export runs.
    pub(super) export: Option<RunningExport>,
}
