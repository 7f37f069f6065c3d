//! Turns an HTTP request into an HTTP answer: checks the path and the API key, applies faults and latency, and sets the
//! status. The module `answer` builds the body.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, Response, StatusCode};
use serde_json::{Value, json};

use super::answer;
use super::data::DemoData;
use super::delivery::HttpAnswer;
use super::faults::{Fault, FaultKind, FaultScript, RequestKind, gateway};
use super::picture_request::PictureRequest;
use super::recorder::Requests;
use super::refusal::DemoRefusal;
use super::request::{NextPageKey, SubmissionRequest};
use super::scenario::Scenario;
use super::transfer::{self, DecryptedRequest};

/// The path of requests for submissions.
const SUBMISSIONS: &str = "/v3/submission";
/// The path of requests for pictures.
const PICTURES: &str = "/v3/image";

/// The data, settings and state that the HTTP handler needs to answer requests.
pub(super) struct Service {
    pub(super) key: &'static str,
    pub(super) scenario: Scenario,
    pub(super) record: bool,
    pub(super) requests: Requests,
    pub(super) state: Mutex<ServerState>,
}

/// The state of the demo server that requests change. It consists of the data, the numbers of requests that faults have
/// counted, and the page keys (with which clients request further pages) that were sent to clients so far.
pub(super) struct ServerState {
    data: DemoData,
    script: FaultScript,
    /// For each page key that the server sent (with which the client requests the next page): the request that was
    /// answered with it. Only filled if the scenario says that a page key carries the filters of its list. A request
    /// with the page key then gets the same filters.
    remembered: HashMap<NextPageKey, SubmissionRequest>,
    /// Whether the server has already received a request for the first page of a list. Only later requests of this kind
    /// change the data.
    begun: bool,
}

/// Returns the router of the demo server. One function handles all requests, including those with unknown paths and
/// methods. The gateway (the server in front of the real service) refuses such requests, and the demo imitates this.
pub(super) fn router(service: Arc<Service>) -> Router {
    Router::new().fallback(respond).with_state(service)
}

async fn respond(State(service): State<Arc<Service>>, request: Request) -> Response<Body> {
    if service.record {
        service.requests.add(request.uri(), request.headers());
    }
    // Answer before the wait, so that requests are counted in the order in which they arrive.
    let answer = service.answer(&request);
    let picture_latency = Some(service.scenario.picture_latency).filter(|_| request.uri().path() == PICTURES);
    let latency = service.scenario.latency + picture_latency.unwrap_or_default();
    if !latency.is_zero() {
        tokio::time::sleep(latency).await;
    }
    answer.send()
}

impl Service {
    /// Returns the answer to an HTTP request. The checks run in the order of the gateway (the server in front of the
    /// real service): first the path, then the API key. Between them, a deliberate fault of the scenario may replace
    /// the answer. The messages with the status 403 are documented; their JSON form is assumed, as a known gateway with
    /// the same messages uses it.
    fn answer(&self, request: &Request) -> HttpAnswer {
        let forbidden = |message: &str| HttpAnswer::json(StatusCode::FORBIDDEN, &json!({ "message": message }));
        let (path, is_picture) = (request.uri().path(), request.uri().path() == PICTURES);
        if request.method() != Method::GET || !(is_picture || path == SUBMISSIONS) {
            return forbidden("Missing Authentication Token");
        }
        let behaviour = &self.scenario.behaviour;
        let query = request.uri().query().unwrap_or_default();
        let DecryptedRequest { is_encrypted: sealed, pairs } = match is_picture {
            true => DecryptedRequest::read_for_picture(query, self.key, behaviour),
            false => DecryptedRequest::read(query, self.key, behaviour),
        };
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let active_faults =
            state.script.count_and_select(if is_picture { RequestKind::Picture } else { transfer::asked(&pairs) });
        if let Some(answer) = active_faults.iter().find_map(gateway::answer) {
            return answer;
        }
        let key = request.headers().get("x-api-key").map(HeaderValue::as_bytes);
        if key != Some(self.key.as_bytes()) {
            return forbidden("Forbidden");
        }
        let json = |status, body: &Value, seals| {
            let seal = || transfer::encrypt_answer(body.to_string().as_bytes(), self.key, behaviour.wrapping);
            if seals { HttpAnswer::json(status, &seal()) } else { HttpAnswer::json(status, body) }
        };
        let answered = if is_picture {
            pairs.and_then(|pairs| {
                PictureRequest::read(&pairs)?.answer(&state.data, behaviour, &active_faults, self.key)
            })
        } else {
            let body = pairs.and_then(|pairs| SubmissionRequest::read(&pairs, behaviour));
            let body = body.and_then(|ask| state.answer(ask, &self.scenario, &active_faults));
            body.map(|body| json(StatusCode::OK, &body, sealed))
        };
        let refused =
            |refusal: DemoRefusal| json(refusal.status(), &refusal.body(), sealed && behaviour.errors_encrypted);
        let answer = answered.unwrap_or_else(refused);
        if active_faults.iter().any(|fault| fault.kind == FaultKind::Truncated) { answer.cut() } else { answer }
    }
}

impl ServerState {
    pub(super) fn new(data: DemoData, scenario: &Scenario) -> Self {
        Self { data, script: FaultScript::new(&scenario.faults), remembered: HashMap::new(), begun: false }
    }

    fn answer(
        &mut self,
        submission_request: SubmissionRequest,
        scenario: &Scenario,
        active_faults: &[Fault],
    ) -> Result<Value, DemoRefusal> {
        let behaviour = &scenario.behaviour;
        if let Some(id) = &submission_request.submission_id {
            return answer::submission_answer(&self.data, behaviour, id, &submission_request);
        }
        if let (Some(growth), None) = (scenario.growth, &submission_request.cursor) {
            if self.begun {
                self.data.grow(growth.arriving, growth.decided);
            }
            self.begun = true;
        }
        let before = submission_request.cursor.as_ref().and_then(|cursor| self.remembered.get(cursor));
        let submission_request =
            before.map_or(submission_request.clone(), |before| submission_request.with_filters_of(before));
        let again = scenario.faults.iter().any(|fault| fault.kind == FaultKind::EmptyPage);
        let (body, key) = answer::page_answer(&self.data, behaviour, &submission_request, active_faults, again)?;
        if let (true, Some(key)) = (behaviour.cursor_carries_filters, key) {
            self.remembered.insert(key, submission_request);
        }
        Ok(body)
    }
}
