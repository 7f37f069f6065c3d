//! Since when a submission has been pending, as its row keeps it.

use jiff::Timestamp;

use super::Row;
use crate::time;

/// What `pending_at` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PendingSince {
    /// Nothing was sent.
    Unsent,
    /// A time.
    At(Timestamp),
    /// What was sent is no time, or was sent more than once with different values.
    Unreadable,
}

impl PendingSince {
    /// Reads the text that was sent; an empty one is nothing.
    pub fn read(text: &str) -> Self {
        if text.is_empty() { Self::Unsent } else { time::read(text).map_or(Self::Unreadable, Self::At) }
    }

    /// This one, or the other one where nothing was sent.
    pub(super) const fn or(self, other: Self) -> Self {
        if matches!(self, Self::Unsent) { other } else { self }
    }
}

impl Row {
    /// Notes since when it has been pending.
    pub const fn set_pending_since(&mut self, since: PendingSince) {
        self.pending_since = since;
    }

    /// Since when it has been pending: since `pending_at`, or since its creation where that was not sent. `None` where that
    /// cannot be read.
    pub const fn pending_since(&self) -> Option<Timestamp> {
        match self.pending_since {
            PendingSince::At(at) => Some(at),
            PendingSince::Unsent => self.created,
            PendingSince::Unreadable => None,
        }
    }

    /// Whether the answer told since when it has been pending, readable or not.
    pub(super) const fn tells_pending(&self) -> bool {
        !matches!(self.pending_since, PendingSince::Unsent)
    }
}
