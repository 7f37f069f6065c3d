//! From an HTTP request to an HTTP answer: path, key, latency, status. What an answer says is `answer`'s business.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, Response, StatusCode, header};
use serde_json::{Value, json};

use super::answer;
use super::behaviour::Behaviour;
use super::data::Data;
use super::recorder::Requests;

/// All that answering takes.
pub(super) struct Service {
    pub(super) data: Data,
    pub(super) key: &'static str,
    pub(super) latency: Duration,
    pub(super) behaviour: Behaviour,
    pub(super) record: bool,
    pub(super) requests: Requests,
}

/// Every request goes through one function: the gateway's refusals cover all paths and methods.
pub(super) fn router(service: Arc<Service>) -> Router {
    Router::new().fallback(respond).with_state(service)
}

async fn respond(State(service): State<Arc<Service>>, request: Request) -> Response<Body> {
    if service.record {
        service.requests.add(request.uri(), request.headers());
    }
    if !service.latency.is_zero() {
        tokio::time::sleep(service.latency).await;
    }
    let (status, body) = service.answer(&request);
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = status;
    // Assumed: the documentation does not name the media type.
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

impl Service {
    /// The order of the checks is the gateway's: a path that does not exist is refused before any key is looked at.
    /// The messages of 403 are documented; their JSON form is assumed from the gateway that words them so.
    fn answer(&self, request: &Request) -> (StatusCode, Value) {
        if request.method() != Method::GET || request.uri().path() != "/v3/submission" {
            return (StatusCode::FORBIDDEN, json!({ "message": "Missing Authentication Token" }));
        }
        let key = request.headers().get("x-api-key").map(HeaderValue::as_bytes);
        if key != Some(self.key.as_bytes()) {
            return (StatusCode::FORBIDDEN, json!({ "message": "Forbidden" }));
        }
        match answer::submissions(&self.data, self.behaviour, request.uri().query().unwrap_or_default()) {
            Ok(body) => (StatusCode::OK, body),
            // Assumed: the documentation gives codes and messages of errors, but no status and no body.
            Err(refusal) => (StatusCode::BAD_REQUEST, refusal.body()),
        }
    }
}
