//! Answers of the gateway in front of the service, or of a machine in front of that gateway. They replace the answer of
//! the service, which does not receive the request.
//!
//! The messages of the statuses 403, 500 and 502 are documented, but the bodies of these answers are not. The JSON
//! bodies and the other messages are assumed: a known gateway with the same messages uses them.

use axum::http::{HeaderValue, StatusCode};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::super::delivery::HttpAnswer;
use super::{Fault, FaultKind, RetryAfter};

const LOG_IN: &str = "<!DOCTYPE html>\n<html><head><title>Guest network</title></head>\
<body><h1>Welcome</h1><p>Please accept the terms of use to go on.</p></body></html>\n";
const BALANCER: &str = "<html>\r\n<head><title>503 Service Temporarily Unavailable</title></head>\r\n\
<body>\r\n<center><h1>503 Service Temporarily Unavailable</h1></center>\r\n</body>\r\n</html>\r\n";

/// Returns the answer of the gateway that `fault` sends in place of the service's answer. Returns `None` for a fault
/// that only changes the service's answer.
pub(in super::super) fn answer(fault: &Fault) -> Option<HttpAnswer> {
    let says = |status, message: &str| HttpAnswer::json(status, &json!({ "message": message }));
    let answer = match fault.kind {
        FaultKind::WrongKey => says(StatusCode::FORBIDDEN, "Forbidden"),
        // The gateway writes only this key with a capital letter.
        FaultKind::BlockedAddress => HttpAnswer::json(
            StatusCode::FORBIDDEN,
            &json!({ "Message": "User is not authorized to access this resource with an explicit deny" }),
        ),
        FaultKind::RateLimit => says(StatusCode::TOO_MANY_REQUESTS, "Too Many Requests"),
        FaultKind::Quota => says(StatusCode::TOO_MANY_REQUESTS, "Limit Exceeded"),
        FaultKind::InternalError => says(StatusCode::INTERNAL_SERVER_ERROR, "Internal server error"),
        FaultKind::BadGateway => says(StatusCode::BAD_GATEWAY, "Internal server error"),
        FaultKind::Unavailable => says(StatusCode::SERVICE_UNAVAILABLE, "Service Unavailable"),
        FaultKind::GatewayTimeout => says(StatusCode::GATEWAY_TIMEOUT, "Endpoint request timed out"),
        FaultKind::Html => HttpAnswer::page(StatusCode::OK, LOG_IN),
        FaultKind::HtmlUnavailable => HttpAnswer::page(StatusCode::SERVICE_UNAVAILABLE, BALANCER),
        FaultKind::Truncated
        | FaultKind::StuckCursor
        | FaultKind::CyclingCursor
        | FaultKind::RepeatingPage
        | FaultKind::OverlappingPage
        | FaultKind::EmptyPage
        | FaultKind::BadItems
        | FaultKind::MissingPicture
        | FaultKind::BrokenPicture => return None,
    };
    Some(answer.retry_after(fault.retry_after.and_then(header)))
}

fn header(wait: RetryAfter) -> Option<HeaderValue> {
    match wait {
        RetryAfter::Seconds(seconds) => Some(HeaderValue::from(seconds)),
        RetryAfter::Date(seconds) => {
            #[expect(clippy::disallowed_methods, reason = "a date to wait for is one of the real clock")]
            let now = Timestamp::now();
            let then = now.saturating_add(SignedDuration::from_secs(i64::from(seconds))).unwrap_or(now);
            HeaderValue::from_str(&then.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()).ok()
        }
    }
}
