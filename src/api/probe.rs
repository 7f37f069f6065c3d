//! Describes the answer to one test request, for the command `doctor`.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use reqwest::header::{DATE, HeaderMap};
use reqwest::{Response, Version};

use super::error::Error;

/// Report on the answer to one test request: status, times, and whether the body had the documented form. Only the date
/// is kept of the headers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probe {
    /// HTTP status, from 200 to 599.
    pub status: u16,
    /// Version of HTTP of the answer, such as `HTTP/1.1`.
    pub version: &'static str,
    /// Time from the start of the request to the end of the answer's header. For the first request, this time includes
    /// the time to connect.
    pub elapsed: Duration,
    /// Time in the server's `Date` header (RFC 9110, 6.6.1: whole seconds); `None` if the header is missing or cannot
    /// be read.
    pub date: Option<Timestamp>,
    /// Time of this machine's clock when the header of the answer had arrived.
    pub at: Timestamp,
    /// Number of items on the page, or the fault of the answer.
    pub items: Result<usize, Error>,
}

impl Probe {
    /// Creates the report from the header of an answer, before its body is received.
    pub(super) fn begin(response: &Response, elapsed: Duration, at: Timestamp) -> Self {
        Self {
            status: response.status().as_u16(),
            version: version(response.version()),
            elapsed,
            date: date(response.headers()),
            at,
            items: Err(Error::Empty),
        }
    }

    /// Returns how far this machine's clock is ahead of the server's clock; negative if this machine's clock is behind.
    /// The result includes the transfer time of the answer. The server's date has no fractions of a second, so the
    /// result is not more exact.
    pub fn skew(&self) -> Option<SignedDuration> {
        self.date.map(|date| self.at.duration_since(date))
    }
}

const fn version(version: Version) -> &'static str {
    match version {
        Version::HTTP_09 => "HTTP/0.9",
        Version::HTTP_10 => "HTTP/1.0",
        Version::HTTP_11 => "HTTP/1.1",
        Version::HTTP_2 => "HTTP/2",
        _ => "HTTP/3",
    }
}

fn date(headers: &HeaderMap) -> Option<Timestamp> {
    let text = headers.get(DATE)?.to_str().ok()?;
    Timestamp::try_from(httpdate::parse_http_date(text.trim()).ok()?).ok()
}
