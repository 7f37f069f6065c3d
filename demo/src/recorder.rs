//! What was asked of the demo server, for tests that check the client's requests.

use std::sync::{Arc, Mutex, PoisonError};

use axum::http::{HeaderMap, Uri, header};

/// One request as it was received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Path and query, as sent.
    pub target: String,
    /// Whether an `x-api-key` came with it. The value is not kept, whatever it was.
    pub has_key: bool,
    /// The `referer` header, which a careful client does not send.
    pub referer: Option<String>,
}

/// A handle on the requests that a demo server received. Clones share one list.
#[derive(Clone, Debug, Default)]
pub struct Requests(Arc<Mutex<Vec<Recorded>>>);

impl Requests {
    /// Every request so far, in the order received.
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
