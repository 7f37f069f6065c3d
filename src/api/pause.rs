//! A pause during which the client sends no requests, because the service asked it to wait.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{DATE, HeaderMap, HeaderValue, RETRY_AFTER};
use tokio::time::Instant;

/// End of the pause in which no requests are sent, because the service refused a request with "too many requests";
/// `None` if there is no pause. All clones of a client share this value, so that a pause delays the requests of all of
/// them.
#[derive(Default)]
pub(super) struct RequestPause(Mutex<Option<Instant>>);

impl RequestPause {
    pub(super) fn until(&self, until: Instant) {
        let mut own = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *own = Some(own.map_or(until, |own| own.max(until)));
    }

    pub(super) fn left(&self) -> Option<Instant> {
        let own = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        own.filter(|until| *until > Instant::now())
    }
}

/// Returns the wait that the `Retry-After` header of an answer requests: a number of seconds, or the time until a date
/// (RFC 9110, 10.2.3). Returns `None` if the header is missing or cannot be read.
///
/// A date in `Retry-After` is compared with the `Date` header of the same answer, since the clock of this machine may
/// be wrong. Without a `Date` header, the date is compared with `now`. A date in the past means a wait of zero.
pub(super) fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = |value: &HeaderValue| value.to_str().ok().map(|text| text.trim().to_owned());
    let asked = headers.get(RETRY_AFTER).and_then(text)?;
    if !asked.is_empty() && asked.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than a number has mean longer than anyone waits.
        return Some(Duration::from_secs(asked.parse().unwrap_or(u64::from(u32::MAX)).min(u64::from(u32::MAX))));
    }
    let date = |text: &str| httpdate::parse_http_date(text).ok();
    let now = headers.get(DATE).and_then(text).and_then(|text| date(&text)).or_else(|| now.try_into().ok())?;
    date(&asked).map(|until| until.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderName;

    use super::*;

    #[test]
    fn retry_after_is_read_in_both_forms() {
        let now: Timestamp = "1994-11-06T08:49:37Z".parse().unwrap();
        let read = |text: &str, date: Option<&str>| {
            let mut headers = HeaderMap::new();
            let value = |text: &str| HeaderValue::from_bytes(text.as_bytes()).unwrap();
            headers.insert(RETRY_AFTER, value(text));
            date.map(|date| headers.insert(DATE, value(date)));
            retry_after(&headers, now).map(|time| time.as_secs())
        };
        for (text, seconds) in [
            ("0", Some(0)),
            ("1", Some(1)),
            ("60", Some(60)),
            ("  120 ", Some(120)),
            ("007", Some(7)),
            ("1000000000", Some(1_000_000_000)),
            ("99999999999999999999999", Some(4_294_967_295)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(0)),
            ("Sun, 06 Nov 1994 08:50:07 GMT", Some(30)),
            ("Sun, 06 Nov 1994 08:49:36 GMT", Some(0)),
            ("Sat, 05 Nov 1994 08:49:37 GMT", Some(0)),
            ("Mon, 07 Nov 1994 08:49:37 GMT", Some(86_400)),
            ("Fri, 31 Dec 9999 23:59:59 GMT", Some(252_618_189_022)),
            ("Sunday, 06-Nov-94 08:50:37 GMT", Some(60)),
            ("Sun Nov  6 08:51:37 1994", Some(120)),
            ("", None),
            ("-1", None),
            ("+5", None),
            ("1.5", None),
            ("1e3", None),
            ("5 s", None),
            ("five", None),
            ("0x10", None),
            ("١٢", None),
            ("Sun, 06 Nov 1994 08:50:07", None),
            ("Sun, 06 Nov 1994 08:50:07 CET", None),
            ("1994-11-06T08:50:07Z", None),
            ("Sun, 31 Feb 1994 08:50:07 GMT", None),
            ("Sun, 06 Nov 1994 25:50:07 GMT", None),
            ("null", None),
        ] {
            assert_eq!(read(text, None), seconds, "{text}");
        }
        let server = Some("Sun, 06 Nov 1994 12:00:00 GMT");
        assert_eq!(read("Sun, 06 Nov 1994 12:00:20 GMT", server), Some(20), "against the server's own clock");
        assert_eq!(read("Sun, 06 Nov 1994 08:50:07 GMT", Some("nonsense")), Some(30));
        assert_eq!(
            retry_after(&HeaderMap::from_iter([(HeaderName::from_static("x"), HeaderValue::from_static("1"))]), now),
            None
        );
    }
}
