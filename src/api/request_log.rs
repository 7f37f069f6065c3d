//! Writes the log line of each request: method, path, status, milliseconds, bytes and the kind of a failure.
//!
//! The line holds nothing else: this module has no access to parameters, headers or the body of an answer.

use reqwest::StatusCode;
use tokio::time::Instant;

use super::error::RequestError;
use crate::failure::Failure;

/// Data about one request, collected for its line in the log. The line is written when this value is dropped. So a
/// request is logged too if the user stops it before its end.
pub(super) struct RequestLogEntry<'a> {
    path: &'a str,
    began: Instant,
    status: Option<StatusCode>,
    bytes: usize,
    failure: Option<&'static str>,
}

impl<'a> RequestLogEntry<'a> {
    /// Starts to collect the data for the log line about a request. `path` is the path of its URL, such as
    /// `/v3/submission`.
    pub(super) fn begin(path: &'a str) -> Self {
        Self { path, began: Instant::now(), status: None, bytes: 0, failure: Some("given up") }
    }

    /// Stores the HTTP status `status` of the answer. Called when the header of the answer has arrived.
    pub(super) const fn answered(&mut self, status: StatusCode) {
        self.status = Some(status);
    }

    /// Adds `bytes` to the number of received bytes of the answer's body, counted after decompression.
    pub(super) const fn received(&mut self, bytes: usize) {
        self.bytes += bytes;
    }

    /// Stores the result of the request: that the request succeeded, or the kind of its failure, such as `timed out`.
    pub(super) fn end<T>(&mut self, outcome: &Result<T, RequestError>) {
        self.end_as(outcome, |error| Failure::from(error));
    }

    /// Stores whether the request succeeded, as [`Self::end`] does. If `outcome` is an error, `describe` converts it
    /// into a message for the user, of which only the kind is logged.
    pub(super) fn end_as<T>(
        &mut self,
        outcome: &Result<T, RequestError>,
        describe: impl FnOnce(&RequestError) -> Failure,
    ) {
        self.failure = outcome.as_ref().err().map(|error| describe(error).kind.short());
    }
}

impl Drop for RequestLogEntry<'_> {
    fn drop(&mut self) {
        let Self { path, bytes, failure, .. } = *self;
        let (status, ms) = (self.status.map_or(0, |status| status.as_u16()), self.began.elapsed().as_millis());
        match failure {
            None => tracing::info!(status, ms, bytes, "GET {path}"),
            Some(class) => tracing::warn!(status, ms, bytes, class, "GET {path}"),
        }
    }
}
