//! The line of the log for one request: method, path, status, milliseconds, bytes and the class of a failure, and
//! nothing else. Neither a parameter nor a header nor anything of an answer's body is in reach here.

use reqwest::StatusCode;
use tokio::time::Instant;

use super::error::Error;
use crate::failure::Failure;

/// What is known of a request so far. Its line is written when it is dropped, so that a request that is given up half
/// way has one too.
pub(super) struct Note<'a> {
    path: &'a str,
    began: Instant,
    status: Option<StatusCode>,
    bytes: usize,
    failure: Option<&'static str>,
}

impl<'a> Note<'a> {
    /// A request for a path begins.
    pub(super) fn begin(path: &'a str) -> Self {
        Self { path, began: Instant::now(), status: None, bytes: 0, failure: Some("given up") }
    }

    /// The head of an answer came.
    pub(super) const fn answered(&mut self, status: StatusCode) {
        self.status = Some(status);
    }

    /// So many bytes of its body did, after decompression.
    pub(super) const fn received(&mut self, bytes: usize) {
        self.bytes += bytes;
    }

    /// All that was wanted came, or why not.
    pub(super) fn end<T>(&mut self, outcome: &Result<T, Error>) {
        self.failure = match outcome {
            Ok(_) => None,
            Err(error) => Some(Failure::from(error).kind.short()),
        };
    }
}

impl Drop for Note<'_> {
    fn drop(&mut self) {
        let Self { path, bytes, failure, .. } = *self;
        let (status, ms) = (self.status.map_or(0, |status| status.as_u16()), self.began.elapsed().as_millis());
        match failure {
            None => tracing::info!(status, ms, bytes, "GET {path}"),
            Some(class) => tracing::warn!(status, ms, bytes, class, "GET {path}"),
        }
    }
}
