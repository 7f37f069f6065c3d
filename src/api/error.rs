//! What can go wrong with a request, as facts.
//!
//! Nothing here holds a URL, a query, a body or a value: the errors of reqwest print the whole URL and those of serde
//! the value, so both are reduced to facts where they occur ([`transport_error`](super::transport_error), [`envelope`](super::envelope)) and
//! are deliberately not kept as sources. What the user has to look at is named: a proxy by host and port, a file of
//! certificates, the authority of a certificate. Sentences for people are in [`failure`](super::failure).

use std::io;

use super::network::{ProxyFailure, SetupFault};
use super::refusal::Refusal;
use super::tls_fault::TlsFault;
use crate::failure::Stage;
use crate::secret::ApiKey;

/// Why there is no page and no submission.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The HTTP client could not be made, and nothing was sent.
    #[error("the client could not be made: {0}")]
    Setup(SetupFault),
    /// The record of access cannot be written, and what is not recorded is not given.
    #[error("the access cannot be recorded: {0}")]
    Unrecorded(io::ErrorKind),
    /// The host name was not found.
    #[error("the host name was not found")]
    Dns,
    /// No connection came about.
    #[error("no connection: {0}")]
    Connect(io::ErrorKind),
    /// The service cannot be reached through the proxy.
    #[error("no way through the proxy")]
    Proxy(Box<ProxyFailure>),
    /// The other side did not prove who it is, or cannot encrypt as needed.
    #[error("no secure connection: {0}")]
    Tls(TlsFault),
    /// A limit of time was reached.
    #[error("timed out: {0}")]
    TimedOut(Stage),
    /// The connection broke before an answer came.
    #[error("the connection broke before the answer")]
    Reset,
    /// The connection broke, or the text ended, within an answer.
    #[error("the answer was cut off")]
    CutOff,
    /// What came breaks the rules of HTTP or of its compression.
    #[error("the answer is damaged")]
    Garbled,
    /// The answer is compressed in a way that was not offered.
    #[error("the answer is encoded in a way that was not offered")]
    Encoding,
    /// The answer is larger than the limit, in bytes after decompression.
    #[error("the answer is larger than {0} bytes")]
    TooLarge(usize),
    /// A redirect (the status), which is never followed: it would take the key along.
    #[error("refused to follow a redirect ({0})")]
    Redirect(u16),
    /// The service says no.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// A success that is not the documented one (the status).
    #[error("an unexpected status ({0})")]
    Status(u16),
    /// An answer without a body.
    #[error("the answer is empty")]
    Empty,
    /// A web page instead of data.
    #[error("the answer is a web page")]
    Html,
    /// No JSON, and not to be mended. Line and column are counted from 1.
    #[error("the answer is not JSON (line {line}, column {column})")]
    NotJson {
        /// Where it stops being JSON.
        line: usize,
        /// In bytes.
        column: usize,
    },
    /// Secure transfer is on, and the answer came in plain text.
    #[error("the answer is not encrypted")]
    NotEncrypted,
    /// Secure transfer is on, and what came is not what its key and mode encrypt.
    #[error("the answer cannot be decrypted")]
    Undeciphered,
    /// JSON, but not what is documented.
    #[error("the answer has another shape: {0}")]
    Shape(Shape),
}

impl Error {
    /// The same without what may be the key in the service's own words.
    pub(super) fn without(self, key: &ApiKey) -> Self {
        match self {
            Self::Refused(refusal) => Self::Refused(refusal.without(key)),
            error => error,
        }
    }
}

/// How an answer differs from what is documented.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Shape {
    /// Not an object at the top.
    #[error("not an object")]
    NoObject,
    /// No `Items`, and nothing that explains it.
    #[error("no Items")]
    NoItems,
    /// `Items` is not a list.
    #[error("Items is not a list")]
    ItemsNoList,
    /// `Items` or `nextpageKey` is sent twice.
    #[error("Items or nextpageKey is sent twice")]
    Repeated,
    /// An encrypted answer, and secure transfer is off here.
    #[error("encrypted")]
    Encrypted,
    /// Submissions, but not the one that was asked for.
    #[error("not the requested submission")]
    OtherSubmission,
}
