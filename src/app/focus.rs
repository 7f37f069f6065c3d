//! The focus: which pane receives the keys.

use crate::keys::Context;

/// A pane that can have the focus. The filter bar is not a pane: while the user edits the filter, the bar takes every
/// key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// The list pane has the focus.
    #[default]
    List,
    /// The detail pane has the focus.
    Detail,
}

impl Focus {
    /// Returns the context (part of the screen) in which the key bindings of the pane are valid.
    pub const fn context(self) -> Context {
        match self {
            Self::List => Context::List,
            Self::Detail => Context::Detail,
        }
    }

    /// Returns the other of the two panes: the detail pane for the list pane, and the list pane for the detail pane.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::List => Self::Detail,
            Self::Detail => Self::List,
        }
    }
}
