//! State of a value that is loaded by requests: one enum holds the value and the state of the newest request.

use std::time::Duration;

use jiff::Timestamp;

use super::Ticket;
use crate::failure::{Failure, Waiting};

/// State of a value that is loaded by requests. The previous value is kept while a new one loads. `P` is the purpose of
/// a request, for values that are loaded for different reasons.
#[derive(Debug, Default)]
pub enum Remote<T, P = ()> {
    /// No request was made yet.
    #[default]
    Idle,
    /// A request waits for its answer; the last value stays usable.
    Loading {
        /// The request that waits for its answer.
        request: Request<P>,
        /// The value before the newest request, if there was one.
        last: Option<T>,
    },
    /// The newest request succeeded with this value.
    Ready(T),
    /// The service answered that the value does not exist.
    NotFound,
    /// The newest request failed; the last value stays usable.
    Failed {
        /// Why the failed request was made.
        purpose: P,
        /// Why the request failed.
        failure: Failure,
        /// The value before the newest request, if there was one.
        last: Option<T>,
    },
}

/// A request that waits for its answer.
#[derive(Debug)]
pub struct Request<P = ()> {
    /// The ticket of the request. The answer carries the same ticket.
    pub ticket: Ticket,
    /// Why the request is made.
    pub purpose: P,
    /// The newest wait before another try; `None` if no try has failed yet.
    pub retry: Option<RetryWait>,
}

/// The wait after a failed try, before the same request is tried again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryWait {
    /// Why the try failed, and the number of the next try.
    pub waiting: Waiting,
    /// When the next try begins.
    until: Timestamp,
}

impl RetryWait {
    /// Makes a wait that begins at the time `at`.
    pub fn new(waiting: Waiting, at: Timestamp) -> Self {
        let until = at.checked_add(waiting.time).unwrap_or(at);
        Self { waiting, until }
    }

    /// Returns the time until the next try begins; zero once that time has passed.
    pub fn left(&self, now: Timestamp) -> Duration {
        self.until.duration_since(now).try_into().unwrap_or(Duration::ZERO)
    }
}

impl<T, P> Remote<T, P> {
    /// Returns the newest value, even if it is old.
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Idle | Self::NotFound => None,
            Self::Ready(value) => Some(value),
            Self::Loading { last, .. } | Self::Failed { last, .. } => last.as_ref(),
        }
    }

    /// Returns the newest value, for changes.
    pub const fn value_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Idle | Self::NotFound => None,
            Self::Ready(value) => Some(value),
            Self::Loading { last, .. } | Self::Failed { last, .. } => last.as_mut(),
        }
    }

    /// Returns the request that waits for its answer.
    pub const fn request(&self) -> Option<&Request<P>> {
        match self {
            Self::Loading { request, .. } => Some(request),
            _ => None,
        }
    }

    /// Returns the request that waits for its answer, for changes.
    pub const fn request_mut(&mut self) -> Option<&mut Request<P>> {
        match self {
            Self::Loading { request, .. } => Some(request),
            _ => None,
        }
    }

    /// Returns whether a request waits for its answer.
    pub const fn is_loading(&self) -> bool {
        matches!(self, Self::Loading { .. })
    }

    /// Returns whether the service answered that the value does not exist.
    pub const fn is_not_found(&self) -> bool {
        matches!(self, Self::NotFound)
    }

    /// Returns whether the request with this ticket waits for its answer.
    pub fn awaits(&self, ticket: Ticket) -> bool {
        self.request().is_some_and(|request| request.ticket == ticket)
    }

    /// Returns the newest wait of the request before another try; `None` if no try has failed yet.
    pub fn retry(&self) -> Option<&RetryWait> {
        self.request()?.retry.as_ref()
    }

    /// Why the newest request failed; `None` if it did not fail.
    pub const fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Failed { failure, .. } => Some(failure),
            _ => None,
        }
    }

    /// Notes that a request was sent. It replaces an older request; the value is kept as the last value.
    pub fn start(&mut self, ticket: Ticket, purpose: P) {
        let request = Request { ticket, purpose, retry: None };
        *self = Self::Loading { request, last: self.take() };
    }

    /// Notes that a try failed and another one follows. Returns `false`, and changes nothing, if the ticket is not that
    /// of the request that waits for its answer.
    pub fn wait(&mut self, ticket: Ticket, wait: RetryWait) -> bool {
        let awaited = self.request_mut().filter(|request| request.ticket == ticket);
        awaited.map(|request| request.retry = Some(wait)).is_some()
    }

    /// Notes that the waiting request failed; the last value is kept. Does nothing if no request waits.
    pub fn fail(&mut self, failure: Failure) {
        *self = match std::mem::take(self) {
            Self::Loading { request: Request { purpose, .. }, last } => Self::Failed { purpose, failure, last },
            other => other,
        };
    }

    /// Stops waiting for an answer and restores the last value. Returns the purpose of the request, if there was one.
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
