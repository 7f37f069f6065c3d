//! The HTTP answer before the server sends it: status, media type, body, and whether the body is cut off.

use std::io;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, Response, StatusCode, header};
use futures_util::{StreamExt, stream};
use serde_json::Value;

/// The value of `Content-Type` for a web page.
const HTML_TYPE: &str = "text/html; charset=utf-8";
/// The value of `Content-Type` for a JSON answer. It is assumed, because the documentation does not name a media type.
const JSON_TYPE: &str = "application/json";

/// Wait between sending the first half of a body and closing the connection, for an answer whose body is cut off on
/// purpose.
const CUT_OFF_DELAY: Duration = Duration::from_millis(50);

/// An HTTP answer that is ready to be sent.
pub(super) struct HttpAnswer {
    status: StatusCode,
    /// The value of the header `Content-Type`; `None` if the header is not sent.
    media_type: Option<&'static str>,
    retry_after: Option<HeaderValue>,
    body: Bytes,
    cut: bool,
}

impl HttpAnswer {
    pub(super) fn json(status: StatusCode, body: &Value) -> Self {
        Self { status, media_type: Some(JSON_TYPE), retry_after: None, body: body.to_string().into(), cut: false }
    }

    pub(super) fn page(status: StatusCode, body: &str) -> Self {
        Self { status, media_type: Some(HTML_TYPE), retry_after: None, body: body.to_owned().into(), cut: false }
    }

    /// Returns an answer with the status 200 and the bytes of a file as its body. `media_type` is the value of the
    /// header `Content-Type`; `None` leaves the header out.
    pub(super) fn file(media_type: Option<&'static str>, body: Vec<u8>) -> Self {
        Self { status: StatusCode::OK, media_type, retry_after: None, body: body.into(), cut: false }
    }

    pub(super) fn retry_after(self, retry_after: Option<HeaderValue>) -> Self {
        Self { retry_after, ..self }
    }

    /// Returns this answer, marked as cut off. [`Self::send`] then announces the length of the whole body, sends only
    /// half of the body, and closes the connection.
    pub(super) fn cut(self) -> Self {
        Self { cut: true, ..self }
    }

    pub(super) fn send(self) -> Response<Body> {
        let length = self.body.len();
        let mut response = Response::new(if self.cut { half(self.body) } else { Body::from(self.body) });
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        if let Some(media_type) = self.media_type {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
        }
        if self.cut {
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        }
        if let Some(retry_after) = self.retry_after {
            headers.insert(header::RETRY_AFTER, retry_after);
        }
        response
    }
}

fn half(mut bytes: Bytes) -> Body {
    bytes.truncate(bytes.len() / 2);
    let first = stream::once(async { Ok(bytes) });
    let broken = stream::once(async {
        // Data in the send buffer is lost with the connection, so give it time to leave.
        tokio::time::sleep(CUT_OFF_DELAY).await;
        Err(io::Error::from(io::ErrorKind::ConnectionAborted))
    });
    Body::from_stream(first.chain(broken))
}
