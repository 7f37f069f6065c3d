//! Failures of requests, described in sentences for the user.

use std::time::Duration;

use crate::text::Safe;

/// One failed request, described for the user by a sentence and an advice, and for code by a kind such as `TimedOut`.
/// The program makes the message on the screen, the log line and its exit code from this value.
///
/// A failure holds no URL, no query parameter and no data of a submission. The sentence and the advice name only what
/// the user has to check: a proxy by host and port, or a file of certificates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Kind of the failure. Code that decides what to do after the failure (for example whether to stop an export)
    /// reads this field, not the sentence.
    pub kind: FailureKind,
    /// One sentence for the user that says what happened.
    pub sentence: Safe,
    /// One sentence that says what the user can do about the failure.
    pub advice: Safe,
}

impl FailureKind {
    /// Returns whether the same request may succeed later. Returns `false` if a retry would get the same answer.
    pub const fn retry_may_help(self) -> bool {
        !matches!(self, Self::TooLarge | Self::NoPicture | Self::UnreadablePicture | Self::PicturesOff)
    }

    /// Returns a short name of this kind of failure, at most three words, such as `rate limit`. The name is used where
    /// a whole sentence does not fit, for example in the log.
    pub const fn short(self) -> &'static str {
        match self {
            Self::Stopped => "cancelled",
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
            Self::Empty => "no content received",
            Self::NotJson => "not JSON",
            Self::WrongShape => "unexpected format",
            Self::Encrypted => "encrypted",
            Self::NotEncrypted => "not encrypted",
            Self::Encryption => "encryption",
            Self::Redirect => "redirect",
            Self::NoPicture => "no such picture",
            Self::UnreadablePicture => "picture not readable",
            Self::PicturesOff => "pictures off",
        }
    }
}

/// Advice for an answer that another server may have sent than the service.
pub const CHECK_BASE_URL: &str = "Is the base URL right (--base-url, ARGOS_BASE_URL or profile)?";

impl Failure {
    /// Returns the failure as it is described once the same base URL has answered a request: it is then not the reason.
    #[must_use]
    pub fn after_success(self) -> Self {
        let advice = match self.kind {
            FailureKind::Empty => "This is a failure, not an empty result. Try again.",
            _ => "Earlier requests were answered. Try again.",
        };
        if self.advice.as_str() == CHECK_BASE_URL { self.advised(advice) } else { self }
    }

    /// Returns the failure with `advice` in place of its own advice.
    #[must_use]
    pub fn advised(self, advice: &'static str) -> Self {
        Self { advice: Safe::from_static(advice), ..self }
    }

    /// Returns the sentence and the advice of the failure as one text, separated by a space.
    pub fn line(&self) -> Safe {
        Safe::concat(&[self.sentence.clone(), Safe::from_static(" "), self.advice.clone()])
    }
}

/// One wait before a failed request is sent again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Failure that is the reason for the wait.
    pub failure: Failure,
    /// Duration of the wait.
    pub time: Duration,
    /// Number of the attempt that follows the wait. The first attempt has number 1.
    pub next: u8,
    /// Largest number of attempts to send one request, the first attempt included.
    pub most: u8,
}

/// Kind of a failed request. The kind is for code; the words for the user are in [`Failure`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FailureKind {
    /// The user cancelled the request.
    Stopped,
    /// The access log (the file that records who looked at which submissions) cannot be written, so nothing is shown.
    Unrecorded,
    /// The service does not accept the API key.
    Key,
    /// The service does not accept requests from this IP address.
    BlockedAddress,
    /// The service does not know the path of the request. Probably the base URL in the configuration is wrong.
    UnknownPath,
    /// The service rejects the request as invalid.
    BadRequest,
    /// The service received too many requests in a short time.
    RateLimited,
    /// The request quota (number of requests that the service allows) is used up. A retry within a short time fails
    /// too.
    QuotaUsedUp,
    /// The service refuses the request for a reason that no other kind describes.
    Refused,
    /// The service answered that it failed (status 500 or higher).
    Server,
    /// The request took too long; the value is the stage in which a time limit was reached.
    TimedOut(Stage),
    /// No connection to the service or to the proxy could be made.
    Connect,
    /// The host name of the service or of the proxy was not found.
    Dns,
    /// No secure (TLS) connection could be made, for example because the certificate has expired.
    Tls,
    /// The proxy refuses the connection, or the environment variable that names the proxy cannot be used.
    Proxy,
    /// The connection broke before an answer came.
    Reset,
    /// The answer ended before its last byte.
    CutOff,
    /// The answer was damaged on the way: the answer breaks the rules of HTTP or of its compression.
    Garbled,
    /// The answer is larger than the size limit of this program.
    TooLarge,
    /// The answer is empty.
    Empty,
    /// The answer is not JSON.
    NotJson,
    /// The answer does not have a documented form: its status, or the structure of its JSON, is unexpected.
    WrongShape,
    /// The answer is encrypted, but secure transfer (a second encryption inside TLS) is switched off in this program.
    Encrypted,
    /// The answer is in plain text, but secure transfer (a second encryption inside TLS) is switched on in this
    /// program.
    NotEncrypted,
    /// The service cannot decrypt the request, or this program cannot decrypt the answer.
    Encryption,
    /// The service answered with a redirect. The program never follows redirects.
    Redirect,
    /// The service does not have the requested picture.
    NoPicture,
    /// A picture was received that this program cannot show: its format is unknown, or it is too large.
    UnreadablePicture,
    /// Pictures are switched off by the setting `pictures`.
    PicturesOff,
}

/// Stage of a request in which a time limit was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Stage {
    /// No connection was made in time.
    #[error("no connection")]
    Connect,
    /// The header of the answer did not arrive in time.
    #[error("no answer")]
    Header,
    /// The body of the answer began to arrive, but then no further bytes of the body arrived in time.
    #[error("the answer stopped")]
    Idle,
    /// The request took too long as a whole.
    #[error("the whole answer took too long")]
    Total,
}
