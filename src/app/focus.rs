//! Which pane takes the keys.

/// A pane that can have the focus. The filter bar is no pane: while it is edited it takes every key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// The list.
    #[default]
    List,
    /// The detail.
    Detail,
}

impl Focus {
    /// The other pane.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::List => Self::Detail,
            Self::Detail => Self::List,
        }
    }
}
