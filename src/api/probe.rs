//! What one answer was like, for a look at the connection.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use reqwest::header::{DATE, HeaderMap};
use reqwest::{Response, Version};

use super::error::Error;

/// The head of an answer, and whether its body was the documented one. Holds no header and no value but the date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probe {
    /// The status, 200 to 599.
    pub status: u16,
    /// The version of HTTP that was spoken, such as `HTTP/1.1`.
    pub version: &'static str,
    /// From the start of the request to the end of the answer's header; the first request also makes the connection.
    pub elapsed: Duration,
    /// The server's `Date` (RFC 9110, 6.6.1: whole seconds); `None` where it sent none that reads.
    pub date: Option<Timestamp>,
    /// The time by this machine's clock when the header had come.
    pub at: Timestamp,
    /// How many items the page had, or what was wrong with the answer.
    pub items: Result<usize, Error>,
}

impl Probe {
    /// What the head of an answer tells; its body is still to come.
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

    /// How far this machine's clock is ahead of the server's; negative when it is behind. As exact as the date, which is
    /// cut to a second, and the time that the answer took on its way.
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
