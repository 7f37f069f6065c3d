//! Errors of a request to the service, as plain data without sentences for the user.
//!
//! An error holds no URL, no query, no body and no data of a submission. The errors of the library reqwest print the
//! whole URL, and the errors of serde print the value that could not be parsed. Errors of both libraries are therefore
//! converted where they occur ([`transport_error`](super::transport_error), [`envelope`](super::envelope)), and are
//! deliberately not kept as sources. An error names only what the user has to check: a proxy by host and port, a file
//! of certificates, the authority of a certificate. Sentences for people are in [`failure`](super::failure).

use std::io;

use super::network::{ProxyFailure, SetupFault};
use super::refusal::Refusal;
use super::tls_fault::TlsFault;
use crate::failure::Stage;
use crate::secret::ApiKey;

/// Reason why a request returned no page and no submission.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// The HTTP client could not be built, and nothing was sent.
    #[error("the client could not be made: {0}")]
    Setup(SetupFault),
    /// The access log (the file that records who looked at which submissions) cannot be written; the value is the kind
    /// of the I/O error. An answer that is not recorded is not returned.
    #[error("the access cannot be recorded: {0}")]
    Unrecorded(io::ErrorKind),
    /// The host name of the service was not found.
    #[error("the host name was not found")]
    Dns,
    /// No connection to the service could be made; the value is the kind of the I/O error.
    #[error("no connection: {0}")]
    Connect(io::ErrorKind),
    /// The service cannot be reached through the proxy; the value holds the proxy and the reason.
    #[error("no way through the proxy")]
    Proxy(Box<ProxyFailure>),
    /// The TLS connection failed: the server did not prove its identity, or does not support the needed encryption.
    #[error("no secure connection: {0}")]
    Tls(TlsFault),
    /// The request took too long; the value is the stage of the request (such as connecting) in which a time limit was
    /// reached.
    #[error("timed out: {0}")]
    TimedOut(Stage),
    /// The connection broke before an answer came.
    #[error("the connection broke before the answer")]
    Reset,
    /// The connection broke before the end of the answer, or the text of the answer is incomplete.
    #[error("the answer was cut off")]
    CutOff,
    /// The answer breaks the rules of HTTP, or its compressed body cannot be decompressed.
    #[error("the answer is damaged")]
    Garbled,
    /// The answer is compressed with a method that the request did not list in its header `Accept-Encoding`.
    #[error("the answer is encoded in a way that was not offered")]
    Encoding,
    /// The answer is larger than the limit of the client; the value is the limit, in bytes after decompression.
    #[error("the answer is larger than {0} bytes")]
    TooLarge(usize),
    /// The service answered with a redirect; the value is the HTTP status, such as 302. Redirects are never followed,
    /// since the API key would then be sent to another address.
    #[error("refused to follow a redirect ({0})")]
    Redirect(u16),
    /// The service refused the request; the value holds the status and the reason.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// The service answered with an HTTP status that is not 200 (success), no redirect and no error status; the value
    /// is the status.
    #[error("an unexpected status ({0})")]
    Status(u16),
    /// The answer has no body.
    #[error("the answer is empty")]
    Empty,
    /// The answer is a web page instead of data.
    #[error("the answer is a web page")]
    Html,
    /// The answer is not JSON, and the repair of known damage did not help.
    #[error("the answer is not JSON (line {line}, column {column})")]
    NotJson {
        /// Line of the answer in which its text stops being JSON, counted from 1.
        line: usize,
        /// Position in the line, in bytes, counted from 1.
        column: usize,
    },
    /// Secure transfer (a second encryption inside TLS) is on, but the answer came in plain text.
    #[error("the answer is not encrypted")]
    NotEncrypted,
    /// Secure transfer (a second encryption inside TLS) is on, but the answer cannot be decrypted with the cipher key.
    /// The cipher key is made from the API key.
    #[error("the answer cannot be decrypted")]
    Undeciphered,
    /// The service answered a request for a picture with JSON that holds neither a picture nor a message.
    #[error("the answer is no picture")]
    NoPicture,
    /// The setting `pictures` is `off`, so that no request for a picture is sent.
    #[error("pictures are switched off")]
    PicturesOff,
    /// The answer is JSON, but not in the documented form; the value says what differs.
    #[error("the answer has another shape: {0}")]
    Shape(ShapeFault),
}

impl RequestError {
    /// Returns this error without the API key `key`. If the error is a refusal, the key is removed from the service's
    /// message in it. Other errors hold no such message and do not change.
    pub(super) fn without_key(self, key: &ApiKey) -> Self {
        match self {
            Self::Refused(refusal) => Self::Refused(refusal.without_key(key)),
            error => error,
        }
    }
}

/// What is different between an answer and the form that the service documents for answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShapeFault {
    /// The answer is not a JSON object.
    #[error("not an object")]
    NoObject,
    /// The answer has no list `Items`, and no error code or message that explains why.
    #[error("no Items")]
    NoItems,
    /// `Items` in the answer is not a JSON array.
    #[error("Items is not a list")]
    ItemsNoList,
    /// The answer holds `Items` or `nextpageKey` twice.
    #[error("Items or nextpageKey is sent twice")]
    Repeated,
    /// The answer is encrypted, but secure transfer (a second encryption inside TLS) is switched off in this program.
    #[error("encrypted")]
    Encrypted,
    /// The answer holds submissions other than the requested one.
    #[error("not the requested submission")]
    OtherSubmission,
}
