//! What the user is told when something could not be had.

use std::time::Duration;

use crate::text::Safe;

/// A failure in words, as screen, log and exit code take it. Holds no URL, no parameter and no value; what the user has
/// to look at is named: a proxy by host and port, a file of certificates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What it is, for deciding.
    pub kind: FailureKind,
    /// What happened, in one sentence.
    pub sentence: Safe,
    /// What to do about it.
    pub advice: Safe,
}

impl FailureKind {
    /// The kind in two or three words, for where a sentence does not fit.
    pub const fn short(self) -> &'static str {
        match self {
            Self::Stopped => "Esc",
            Self::Unrecorded => "not recorded",
            Self::Key => "key not accepted",
            Self::BlockedAddress => "address not allowed",
            Self::UnknownPath => "unknown path",
            Self::BadRequest => "bad request",
            Self::RateLimited => "rate limit",
            Self::QuotaUsedUp => "quota used up",
            Self::Refused => "refused",
            Self::Server => "service failed",
            Self::TimedOut(_) => "timed out",
            Self::Connect => "no connection",
            Self::Dns => "host not found",
            Self::Tls => "no secure connection",
            Self::Proxy => "proxy refused",
            Self::Reset => "connection broke",
            Self::CutOff => "incomplete answer",
            Self::Garbled => "answer damaged",
            Self::TooLarge => "answer too large",
            Self::Empty => "empty answer",
            Self::NotJson => "not JSON",
            Self::WrongShape => "unexpected format",
            Self::Encrypted => "encrypted",
            Self::NotEncrypted => "not encrypted",
            Self::Encryption => "encryption",
            Self::Redirect => "redirect",
        }
    }
}

impl Failure {
    /// Sentence and advice in one line.
    pub fn line(&self) -> Safe {
        Safe::concat(&[self.sentence.clone(), Safe::from_static(" "), self.advice.clone()])
    }
}

/// A request that is tried again after a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Why the last one failed.
    pub failure: Failure,
    /// How long it waits.
    pub time: Duration,
    /// Which try comes then, counted from 1.
    pub next: u8,
    /// How many there are at most.
    pub most: u8,
}

/// What a failure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FailureKind {
    /// The user stopped the request.
    Stopped,
    /// The record of access cannot be written.
    Unrecorded,
    /// The key cannot be sent, or the service does not accept it.
    Key,
    /// The service does not serve this address.
    BlockedAddress,
    /// There is no such path at this base URL.
    UnknownPath,
    /// The service calls the request wrong.
    BadRequest,
    /// Too many requests in a short time.
    RateLimited,
    /// The quota is used up: trying again soon does not help.
    QuotaUsedUp,
    /// The service refuses for another reason.
    Refused,
    /// The service failed.
    Server,
    /// Time ran out.
    TimedOut(Stage),
    /// No connection.
    Connect,
    /// No such host name.
    Dns,
    /// No secure connection.
    Tls,
    /// The proxy is no way to the service.
    Proxy,
    /// The connection broke before the answer.
    Reset,
    /// The answer ended early.
    CutOff,
    /// The answer is damaged on the way.
    Garbled,
    /// The answer is too large.
    TooLarge,
    /// The answer is empty.
    Empty,
    /// The answer is not JSON.
    NotJson,
    /// The answer has another shape than documented.
    WrongShape,
    /// The answer is encrypted, and secure transfer is off here.
    Encrypted,
    /// The answer is in plain text, and secure transfer is on here.
    NotEncrypted,
    /// One side cannot decrypt what the other sends.
    Encryption,
    /// The service redirects.
    Redirect,
}

/// Where time ran out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Stage {
    /// No connection.
    #[error("no connection")]
    Connect,
    /// Connected, but no answer.
    #[error("no answer")]
    Header,
    /// The answer stopped coming.
    #[error("the answer stopped")]
    Idle,
    /// The whole took too long.
    #[error("the whole answer took too long")]
    Total,
}
