//! What is on its way out of the program: a text that is made for the clipboard, and the files that are written.

use super::export::RunningExport;
use crate::kit::Ticket;
use crate::views::SavedView;

/// The tasks that run for the user outside of the list and the detail pane: copying a text, an export, and a change of
/// the saved views.
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
    /// The view that was open when the change began; `None` if no view was.
    pub(super) opened: Option<SavedView>,
}
