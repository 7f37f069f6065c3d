//! Keeps in a row the time since which the submission has been pending.

use jiff::Timestamp;

use super::Row;
use crate::time;

/// Value of the field `pending_at` of a submission: the time since which the submission has had the status "pending".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PendingSince {
    /// The field was not sent, or is empty.
    Unsent,
    /// The field holds this time.
    At(Timestamp),
    /// The field holds something that is not a time, or was sent more than once with different values.
    Unreadable,
}

impl PendingSince {
    /// Parses the text of the field `pending_at`. An empty text counts as not sent.
    pub fn read(text: &str) -> Self {
        if text.is_empty() { Self::Unsent } else { time::read(text).map_or(Self::Unreadable, Self::At) }
    }

    /// Returns `self`, or `other` if `self` is [`PendingSince::Unsent`].
    pub(super) const fn or(self, other: Self) -> Self {
        if matches!(self, Self::Unsent) { other } else { self }
    }
}

impl Row {
    /// Stores `since` in the row. `since` is the value that the submission's field `pending_at` has.
    pub const fn set_pending_since(&mut self, since: PendingSince) {
        self.pending_since = since;
    }

    /// Returns the time since which the submission has been pending: `pending_at`, or the time of creation if
    /// `pending_at` was not sent. `None` if the time cannot be read.
    pub const fn pending_since(&self) -> Option<Timestamp> {
        match self.pending_since {
            PendingSince::At(at) => Some(at),
            PendingSince::Unsent => self.created,
            PendingSince::Unreadable => None,
        }
    }

    /// Returns whether the service sent a value for `pending_at`, the time since which the submission has been pending.
    /// The result is true even if this value is not a time.
    pub(super) const fn tells_pending(&self) -> bool {
        !matches!(self.pending_since, PendingSince::Unsent)
    }
}
