//! Stores in a row the time since which the submission has been pending.

use jiff::Timestamp;

use super::Row;
use super::compact::CompactTime;
use crate::time;

/// Parsed value of the field `pending_at`: the time since which the submission has had the status "pending".
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
        if text.is_empty() { Self::Unsent } else { time::parse_timestamp(text).map_or(Self::Unreadable, Self::At) }
    }

    /// Returns this value in the form in which a row stores it, which takes less memory.
    pub(super) fn compact(self) -> CompactTime {
        match self {
            Self::Unsent => CompactTime::MISSING,
            Self::At(at) => CompactTime::of(at),
            Self::Unreadable => CompactTime::UNREADABLE,
        }
    }

    /// Returns the value that [`Self::compact`] stored in the form `kept`.
    pub(super) fn of(kept: CompactTime) -> Self {
        match kept.get() {
            Some(at) => Self::At(at),
            None if kept.is_unreadable() => Self::Unreadable,
            None => Self::Unsent,
        }
    }

    /// Returns `self` if the field was sent. Returns `other` if `self` is [`PendingSince::Unsent`].
    pub(super) const fn or(self, other: Self) -> Self {
        if matches!(self, Self::Unsent) { other } else { self }
    }
}

impl Row {
    /// Stores `since`, the parsed value of the field `pending_at`, in the row.
    pub fn set_pending_since(&mut self, since: PendingSince) {
        self.pending = since.compact();
    }

    /// Returns the time since which the submission has been pending: `pending_at`, or the time of creation if
    /// `pending_at` was not sent. `None` if the time cannot be read. The status is not checked.
    pub fn pending_since(&self) -> Option<Timestamp> {
        match PendingSince::of(self.pending) {
            PendingSince::At(at) => Some(at),
            PendingSince::Unsent => self.created(),
            PendingSince::Unreadable => None,
        }
    }

    /// Returns whether the service sent a value for `pending_at` (the time since which the submission has been
    /// pending), even one that is not a time.
    pub(super) fn tells_pending(&self) -> bool {
        PendingSince::of(self.pending) != PendingSince::Unsent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_gives_back_what_it_was_told_of_the_pending_time() {
        for since in [PendingSince::Unsent, PendingSince::At(Timestamp::MIN), PendingSince::Unreadable] {
            assert_eq!(PendingSince::of(since.compact()), since);
        }
    }
}
