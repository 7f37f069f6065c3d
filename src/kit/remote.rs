//! A thing that loads is one value, never a flag beside the data.

use crate::failure::Failure;

/// Something that comes over the network, together with what was there before.
#[derive(Debug, Default)]
pub enum Remote<T> {
    /// Nothing was asked for yet.
    #[default]
    Idle,
    /// Asked for; the last value stays usable.
    Loading {
        /// What was there before.
        last: Option<T>,
    },
    /// Arrived.
    Ready(T),
    /// Could not be had; the last value stays usable.
    Failed {
        /// Why.
        failure: Failure,
        /// What was there before.
        last: Option<T>,
    },
}

impl<T> Remote<T> {
    /// The newest value there is, however old.
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Idle => None,
            Self::Ready(value) => Some(value),
            Self::Loading { last } | Self::Failed { last, .. } => last.as_ref(),
        }
    }

    /// The newest value there is, to change.
    pub const fn value_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Idle => None,
            Self::Ready(value) => Some(value),
            Self::Loading { last } | Self::Failed { last, .. } => last.as_mut(),
        }
    }

    /// Whether an answer is awaited.
    #[must_use]
    pub const fn is_loading(&self) -> bool {
        matches!(self, Self::Loading { .. })
    }

    /// Why the newest request failed, if it did.
    #[must_use]
    pub const fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Failed { failure, .. } => Some(failure),
            _ => None,
        }
    }

    /// A request goes out; what was there stays as the last value.
    pub fn start(&mut self) {
        let last = self.take();
        *self = Self::Loading { last };
    }

    /// The request failed; what was there stays as the last value.
    pub fn fail(&mut self, failure: Failure) {
        let last = self.take();
        *self = Self::Failed { failure, last };
    }

    /// The request was given up: back to what was there.
    pub fn give_up(&mut self) {
        *self = self.take().map_or(Self::Idle, Self::Ready);
    }

    fn take(&mut self) -> Option<T> {
        match std::mem::take(self) {
            Self::Idle => None,
            Self::Ready(value) => Some(value),
            Self::Loading { last } | Self::Failed { last, .. } => last,
        }
    }
}
