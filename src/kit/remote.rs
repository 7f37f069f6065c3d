//! A thing that loads is one value, with all that is known of its newest request.

use std::time::Duration;

use jiff::Timestamp;

use super::Ticket;
use crate::failure::{Failure, Waiting};

/// A value that is loaded, together with the one that was there before. `P` says why it is loaded, where there are
/// several reasons.
#[derive(Debug, Default)]
pub enum Remote<T, P = ()> {
    /// Nothing was asked for yet.
    #[default]
    Idle,
    /// An answer is awaited; the last value stays usable.
    Loading {
        /// What is awaited.
        request: Request<P>,
        /// The last value.
        last: Option<T>,
    },
    /// Arrived.
    Ready(T),
    /// The other side has no such thing.
    NotFound,
    /// The newest request failed; the last value stays usable.
    Failed {
        /// Why it was made.
        purpose: P,
        /// Why it failed.
        failure: Failure,
        /// The last value.
        last: Option<T>,
    },
}

/// A request whose answer is awaited.
#[derive(Debug)]
pub struct Request<P = ()> {
    /// Comes back with the answer.
    pub ticket: Ticket,
    /// Why it is made.
    pub purpose: P,
    /// The wait before the next try, while there is one.
    pub retry: Option<RetryWait>,
}

/// A request that failed and is tried again after a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryWait {
    /// Why it failed, and which try comes next.
    pub waiting: Waiting,
    /// When the next try begins.
    until: Timestamp,
}

impl RetryWait {
    /// A wait that begins at a time.
    pub fn new(waiting: Waiting, at: Timestamp) -> Self {
        let until = at.checked_add(waiting.time).unwrap_or(at);
        Self { waiting, until }
    }

    /// The time that is left of it.
    pub fn left(&self, now: Timestamp) -> Duration {
        self.until.duration_since(now).try_into().unwrap_or(Duration::ZERO)
    }
}

impl<T, P> Remote<T, P> {
    /// The newest value, however old.
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Idle | Self::NotFound => None,
            Self::Ready(value) => Some(value),
            Self::Loading { last, .. } | Self::Failed { last, .. } => last.as_ref(),
        }
    }

    /// The newest value, to change.
    pub const fn value_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Idle | Self::NotFound => None,
            Self::Ready(value) => Some(value),
            Self::Loading { last, .. } | Self::Failed { last, .. } => last.as_mut(),
        }
    }

    /// The request whose answer is awaited.
    pub const fn request(&self) -> Option<&Request<P>> {
        match self {
            Self::Loading { request, .. } => Some(request),
            _ => None,
        }
    }

    /// The request whose answer is awaited, to change.
    pub const fn request_mut(&mut self) -> Option<&mut Request<P>> {
        match self {
            Self::Loading { request, .. } => Some(request),
            _ => None,
        }
    }

    /// Whether an answer is awaited.
    pub const fn is_loading(&self) -> bool {
        matches!(self, Self::Loading { .. })
    }

    /// Whether the other side has no such thing.
    pub const fn is_not_found(&self) -> bool {
        matches!(self, Self::NotFound)
    }

    /// Whether the answer with this ticket is awaited.
    pub fn awaits(&self, ticket: Ticket) -> bool {
        self.request().is_some_and(|request| request.ticket == ticket)
    }

    /// The wait before the next try, while there is one.
    pub fn retry(&self) -> Option<&RetryWait> {
        self.request()?.retry.as_ref()
    }

    /// Why the newest request failed, if it did.
    pub const fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Failed { failure, .. } => Some(failure),
            _ => None,
        }
    }

    /// A request goes out; a newer one replaces an older one. The value stays as the last one.
    pub fn start(&mut self, ticket: Ticket, purpose: P) {
        let request = Request { ticket, purpose, retry: None };
        *self = Self::Loading { request, last: self.take() };
    }

    /// The awaited request failed and is tried again; tells whether it is the awaited one.
    pub fn wait(&mut self, ticket: Ticket, wait: RetryWait) -> bool {
        let awaited = self.request_mut().filter(|request| request.ticket == ticket);
        awaited.map(|request| request.retry = Some(wait)).is_some()
    }

    /// The awaited request failed. The value stays as the last one.
    pub fn fail(&mut self, failure: Failure) {
        *self = match std::mem::take(self) {
            Self::Loading { request: Request { purpose, .. }, last } => Self::Failed { purpose, failure, last },
            other => other,
        };
    }

    /// No answer is awaited any longer: back to the last value. Returns why it was asked for.
    pub fn end(&mut self) -> Option<P> {
        match std::mem::take(self) {
            Self::Loading { request, last } => {
                *self = last.map_or(Self::Idle, Self::Ready);
                Some(request.purpose)
            }
            other => {
                *self = other;
                None
            }
        }
    }

    fn take(&mut self) -> Option<T> {
        match std::mem::take(self) {
            Self::Idle | Self::NotFound => None,
            Self::Ready(value) => Some(value),
            Self::Loading { last, .. } | Self::Failed { last, .. } => last,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::FailureKind;
    use crate::kit::Tickets;
    use crate::text::Safe;

    fn failure() -> Failure {
        Failure {
            kind: FailureKind::Server,
            sentence: Safe::from_static("It failed."),
            advice: Safe::from_static("Try again."),
        }
    }

    #[test]
    fn the_last_value_survives_requests_and_failures_and_a_newer_request_makes_the_older_one_stale() {
        let mut tickets = Tickets::default();
        let mut remote = Remote::Ready(7);
        let (old, new) = (tickets.issue(), tickets.issue());
        remote.start(old, 'a');
        remote.start(new, 'b');
        assert!(!remote.awaits(old) && remote.awaits(new));
        assert_eq!(remote.value(), Some(&7));
        remote.fail(failure());
        assert_eq!((remote.value(), remote.failure()), (Some(&7), Some(&failure())));
        assert!(matches!(remote, Remote::Failed { purpose: 'b', .. }));
    }

    #[test]
    fn only_an_awaited_request_waits_fails_or_ends() {
        let mut tickets = Tickets::default();
        let wait = RetryWait::new(
            Waiting { failure: failure(), time: Duration::from_secs(3), next: 2, most: 3 },
            Timestamp::UNIX_EPOCH,
        );
        let mut remote = Remote::Ready(7);
        remote.fail(failure());
        assert!(remote.failure().is_none() && remote.end().is_none(), "nothing is awaited");
        let (old, new) = (tickets.issue(), tickets.issue());
        remote.start(old, 'a');
        remote.start(new, 'b');
        assert!(!remote.wait(old, wait.clone()) && remote.retry().is_none());
        assert!(remote.wait(new, wait.clone()));
        assert_eq!(remote.retry().map(|wait| wait.left(Timestamp::UNIX_EPOCH)), Some(Duration::from_secs(3)));
        assert_eq!(remote.end(), Some('b'));
        assert!(matches!(remote, Remote::Ready(7)));
        let mut nothing: Remote<u8, char> = Remote::Idle;
        nothing.start(new, 'c');
        nothing.end();
        assert!(matches!(nothing, Remote::Idle));
    }
}
