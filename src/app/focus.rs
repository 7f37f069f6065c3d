//! The focus: which pane receives the keys.

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
    /// Returns the other of the two panes: the detail pane for the list pane, and the list pane for the detail pane.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::List => Self::Detail,
            Self::Detail => Self::List,
        }
    }
}
