//! Extracts a few properties without secrets from errors of the HTTP library (reqwest). The messages of the library are
//! not used, since they print URLs.

use std::error::Error;
use std::io::{self, ErrorKind};

use super::tls_fault::TlsFault;

/// Properties of an error of the HTTP library (reqwest), found in its chain of sources ([`Error::source`]).
#[derive(Default)]
pub(super) struct HttpErrorDetails {
    pub(super) tls: Option<TlsFault>,
    /// Kind of the innermost I/O error in the chain of sources; `None` if there is no I/O error.
    pub(super) io: Option<ErrorKind>,
    /// Whether the chain of sources holds an error of the library hyper, which implements the HTTP protocol.
    pub(super) is_http: bool,
    pub(super) unparsable: bool,
}

impl HttpErrorDetails {
    pub(super) fn of(error: &reqwest::Error) -> Self {
        let mut facts = Self::default();
        let mut next: Option<&(dyn Error + 'static)> = error.source();
        while let Some(error) = next {
            next = error.source();
            if let Some(tls) = error.downcast_ref::<rustls::Error>() {
                facts.tls = Some(tls.into());
            } else if let Some(http) = error.downcast_ref::<hyper::Error>() {
                facts.is_http = true;
                facts.unparsable |= http.is_parse();
            } else if let Some(io) = error.downcast_ref::<io::Error>() {
                facts.io = Some(io.kind());
                // The source of an io::Error is the source of what it wraps: the wrapped one would be passed over.
                next = io.get_ref().map(|wrapped| wrapped as &(dyn Error + 'static)).or(next);
            }
        }
        facts
    }
}
