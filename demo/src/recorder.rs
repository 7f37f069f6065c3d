//! Records the requests that the demo server receives, for tests that check the client.

use std::sync::{Arc, Mutex, PoisonError};

use axum::http::{HeaderMap, Uri, header};

/// One request that the demo server received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Path and query of the request, exactly as the client sent them.
    pub target: String,
    /// Whether the request had the header `x-api-key`. The value of the header is never kept.
    pub has_key: bool,
    /// The value of the header `referer`; `None` if the request had no such header. A careful client does not send this
    /// header.
    pub referer: Option<String>,
}

/// A handle on the list of requests that a demo server received. All clones share one list.
#[derive(Clone, Debug, Default)]
pub struct Requests(Arc<Mutex<Vec<Recorded>>>);

impl Requests {
    /// Returns all requests that the demo server has received so far, in the order in which they were received.
    pub fn all(&self) -> Vec<Recorded> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn add(&self, uri: &Uri, headers: &HeaderMap) {
        let recorded = Recorded {
            target: uri.path_and_query().map_or_else(|| uri.path().to_owned(), ToString::to_string),
            has_key: headers.contains_key("x-api-key"),
            referer: headers.get(header::REFERER).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()),
        };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(recorded);
    }
}
