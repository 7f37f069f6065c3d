//! Report on the answer to one test request, for the command `doctor`, which checks the connection to the service.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use reqwest::header::{DATE, HeaderMap};
use reqwest::{Response, Version};

use super::error::RequestError;

/// Report on the answer to one test request: status, times, and whether the body is a page in the documented form. Of
/// the answer's headers, only the date is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probe {
    /// HTTP status, from 200 to 599.
    pub status: u16,
    /// Version of HTTP of the answer, such as `HTTP/1.1`.
    pub version: &'static str,
    /// Time from the start of the request to the end of the answer's header. This time includes the time to connect if
    /// the client had no open connection yet.
    pub elapsed: Duration,
    /// Time in the server's `Date` header (RFC 9110, 6.6.1: whole seconds); `None` if the header is missing or cannot
    /// be read.
    pub date: Option<Timestamp>,
    /// Time of this machine's clock when the header of the answer had arrived.
    pub at: Timestamp,
    /// Number of elements (submissions and unreadable items) on the page in the answer, or the reason why the answer
    /// holds no page.
    pub items: Result<usize, RequestError>,
}

impl Probe {
    /// Creates the report from the header of the answer `response`; the body is not received yet. `elapsed` is the time
    /// from the start of the request to the end of the header. `received_at` is the time of this machine's clock at
    /// that moment.
    pub(super) fn begin(response: &Response, elapsed: Duration, received_at: Timestamp) -> Self {
        Self {
            status: response.status().as_u16(),
            version: version(response.version()),
            elapsed,
            date: date(response.headers()),
            at: received_at,
            items: Err(RequestError::Empty),
        }
    }

    /// Returns how far this machine's clock is ahead of the server's clock; negative if this machine's clock is behind.
    /// Returns `None` if the answer has no `Date` header. The result is only exact to a second, and includes the time
    /// that the answer took to arrive.
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
