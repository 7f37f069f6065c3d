//! The running tasks that give data out of the program: a text for the clipboard, an export file, and the file of saved
//! views.

use super::export::RunningExport;
use crate::kit::Ticket;
use crate::views::SavedView;

/// The running tasks that make a text for the clipboard, write an export, or change the saved views.
#[derive(Default)]
pub(super) struct Outgoing {
    /// Ticket of the task that makes a text for the clipboard; `None` if no such task runs.
    pub(super) text: Option<Ticket>,
    /// The running export; `None` if no export runs.
    pub(super) export: Option<RunningExport>,
    /// The running change of the file of saved views; `None` if no change runs.
    pub(super) view_change: Option<RunningViewChange>,
}

/// A running change of the file of saved views.
pub(super) struct RunningViewChange {
    /// The saved view that was open when the change began; `None` if no view was open.
    pub(super) opened: Option<SavedView>,
}
