//! The state of a value that the program loads from the service by requests. One enum holds the value and the state of
//! the newest request.

use std::time::Duration;

use jiff::Timestamp;

use super::Ticket;
use crate::failure::{Failure, Waiting};

/// The state of a value of type `T` that the program loads from the service by requests. The previous value is kept
/// while a new value loads. `P` is the purpose of a request, for values that are loaded for different reasons.
#[derive(Debug, Default)]
pub enum Remote<T, P = ()> {
    /// No value is loaded and none is being loaded: the value was never requested, or its first request was ended
    /// without an answer.
    #[default]
    Idle,
    /// A request for the value was sent and has no answer yet. The value before this request, if any, can still be
    /// used.
    Loading {
        /// The request that has no answer yet.
        request: Request<P>,
        /// The value before the newest request, if there was one.
        last: Option<T>,
    },
    /// The newest request succeeded with this value.
    Ready(T),
    /// The service answered that the value does not exist.
    NotFound,
    /// The newest request for the value failed. The value before this request, if any, can still be used.
    Failed {
        /// The purpose of the failed request.
        purpose: P,
        /// The reason why the request failed.
        failure: Failure,
        /// The value before the newest request, if there was one.
        last: Option<T>,
    },
}

/// A request to the service that was sent and has no answer yet. `P` is the type of the purpose, that is, of the reason
/// why the value is loaded.
#[derive(Debug)]
pub struct Request<P = ()> {
    /// The ticket of the request, a number that identifies the request. The answer to the request carries the same
    /// ticket.
    pub ticket: Ticket,
    /// The purpose of the request, that is, the reason why the value is loaded.
    pub purpose: P,
    /// The wait after the newest failed try of this request; `None` if no try has failed yet.
    pub retry: Option<RetryWait>,
}

/// The wait between a failed try of a request and the next try of the same request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryWait {
    /// The reason why the try failed, the length of the wait, and the number of the next try.
    pub waiting: Waiting,
    /// Time at which the next try begins.
    until: Timestamp,
}

impl RetryWait {
    /// Creates the wait between a failed try of a request and its next try. The wait begins at the time `at`. `waiting`
    /// holds the length of the wait and the failure.
    pub fn new(waiting: Waiting, at: Timestamp) -> Self {
        let until = at.checked_add(waiting.time).unwrap_or(at);
        Self { waiting, until }
    }

    /// Returns the time from `now` until the wait ends and the next try of the request begins. Returns zero if this
    /// time is already in the past.
    pub fn left(&self, now: Timestamp) -> Duration {
        self.until.duration_since(now).try_into().unwrap_or(Duration::ZERO)
    }

    /// Returns [`Self::left`] in whole seconds, rounded up.
    pub fn seconds_left(&self, now: Timestamp) -> u64 {
        let left = self.left(now);
        left.as_secs() + u64::from(left.subsec_nanos() > 0)
    }
}

impl<T, P> Remote<T, P> {
    /// Returns the newest loaded value, even if a newer request is in progress or has failed; `None` if there is no
    /// value.
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Idle | Self::NotFound => None,
            Self::Ready(value) => Some(value),
            Self::Loading { last, .. } | Self::Failed { last, .. } => last.as_ref(),
        }
    }

    /// Returns the newest loaded value as a mutable reference; `None` if there is no value.
    pub const fn value_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Idle | Self::NotFound => None,
            Self::Ready(value) => Some(value),
            Self::Loading { last, .. } | Self::Failed { last, .. } => last.as_mut(),
        }
    }

    /// Returns the request that was sent for this value and has no answer yet; `None` if there is no such request.
    pub const fn request(&self) -> Option<&Request<P>> {
        match self {
            Self::Loading { request, .. } => Some(request),
            _ => None,
        }
    }

    /// Returns the request that was sent for this value and has no answer yet, as a mutable reference. Returns `None`
    /// if there is no such request.
    pub const fn request_mut(&mut self) -> Option<&mut Request<P>> {
        match self {
            Self::Loading { request, .. } => Some(request),
            _ => None,
        }
    }

    /// Returns whether a request for the value was sent and has no answer yet.
    pub const fn is_loading(&self) -> bool {
        matches!(self, Self::Loading { .. })
    }

    /// Returns whether the service answered that the value does not exist.
    pub const fn is_not_found(&self) -> bool {
        matches!(self, Self::NotFound)
    }

    /// Returns whether the request with the number `ticket` is the newest one and has no answer yet. If not, an answer
    /// with this number is too late and can be ignored.
    pub fn awaits(&self, ticket: Ticket) -> bool {
        self.request().is_some_and(|request| request.ticket == ticket)
    }

    /// Returns the wait after the newest failed try of the request that has no answer yet. Returns `None` if no try has
    /// failed yet, or if no request waits for an answer.
    pub fn retry(&self) -> Option<&RetryWait> {
        self.request()?.retry.as_ref()
    }

    /// Returns the reason why the newest request for the value failed; `None` if the newest request did not fail.
    pub const fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Failed { failure, .. } => Some(failure),
            _ => None,
        }
    }

    /// Stores that a request with the number `ticket` was sent for the reason `purpose`. This request replaces an older
    /// request. A value that was loaded before stays available until the new one arrives.
    pub fn start(&mut self, ticket: Ticket, purpose: P) {
        let request = Request { ticket, purpose, retry: None };
        *self = Self::Loading { request, last: self.take() };
    }

    /// Stores that one try of the request with the number `ticket` failed, and that another try follows after `wait`.
    /// Returns true then. If this request does not wait for an answer any more, stores nothing and returns false.
    pub fn wait(&mut self, ticket: Ticket, wait: RetryWait) -> bool {
        let awaited = self.request_mut().filter(|request| request.ticket == ticket);
        awaited.map(|request| request.retry = Some(wait)).is_some()
    }

    /// Stores that the request without an answer failed for the reason `failure`. A value that was loaded earlier is
    /// kept. Does nothing if every request has its answer.
    pub fn fail(&mut self, failure: Failure) {
        *self = match std::mem::take(self) {
            Self::Loading { request: Request { purpose, .. }, last } => Self::Failed { purpose, failure, last },
            other => other,
        };
    }

    /// Ends the request that waits for an answer: a later answer is ignored. A value that was loaded before this
    /// request is kept. Returns the purpose of the request; `None` if no request waits for an answer.
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
