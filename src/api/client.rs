//! The HTTP client of the service. The client ends a request that takes too long or whose answer is too large.

mod body;
mod picture;
mod receive;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{RequestBuilder, Response, redirect, retry};
use rustls::ClientConfig;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::envelope::{Envelope, NextPage, Page, RecordAnswer};
use super::error::RequestError;
use super::item::Item;
use super::key_echo::{self, KEY_REPLACEMENT};
use super::network::{Authorities, NetworkVariables, Route, SetupFault, tls_config};
use super::pause::RequestPause;
use super::probe::Probe;
use super::request_log::RequestLogEntry;
use super::secure::Cipher;
use super::transport_error;
use crate::access::{AccessAction, AccessLog};
use crate::config::{BaseUrl, Pictures, SecureTransfer};
use crate::failure::Stage;
use crate::query::{self, Cursor, Params};
use crate::secret::ApiKey;
use body::{Body, LargeAnswerPermit};
pub use picture::PictureFile;

/// Path of the requests for submissions, below the base URL.
const SUBMISSION: &str = "submission";

/// Limits of time and size for one request.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Longest time from the start of the request until the connection is made.
    pub connect: Duration,
    /// Longest time from the start of the request to the end of the answer's header.
    pub header: Duration,
    /// Longest time without a received byte while the answer's body arrives.
    pub idle: Duration,
    /// Longest time from the start of the request to the end of the answer.
    pub total: Duration,
    /// Largest size of the answer after decompression, in bytes. The service's gateway sends no more than 10 MB.
    pub bytes: usize,
    /// Largest size of a picture, in bytes, after decompression and decryption.
    pub picture_bytes: usize,
    /// Longest wait before the first retry (the second attempt) of a failed request. For each further retry, the
    /// longest wait is twice as long. If the service requests a longer wait, the client waits that long instead.
    pub wait: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            header: Duration::from_secs(15),
            idle: Duration::from_secs(15),
            total: Duration::from_secs(60),
            bytes: 16 * 1024 * 1024,
            picture_bytes: 12 * 1024 * 1024,
            wait: Duration::from_millis(500),
        }
    }
}

/// Client that requests submissions from the service. A clone is cheap and shares the connections of the original. The
/// type does not implement `Debug`, since the client holds the API key.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    /// API key. The client needs the key to find it in answers of the service and to replace it there.
    key: ApiKey,
    /// Whether an answer of the service held the API key since [`Client::take_key_echo`] was called last.
    key_came_back: Arc<AtomicBool>,
    base: BaseUrl,
    pub(super) limits: Limits,
    /// Cipher that encrypts query parameters and decrypts answers. `None` if secure transfer (a second encryption
    /// inside TLS) is off.
    cipher: Option<Arc<Cipher>>,
    pub(super) pause: Arc<RequestPause>,
    /// Semaphore with one permit. A request must hold the permit to receive a large answer, so that only one large
    /// answer is received at a time, to save memory.
    large_answer: Arc<Semaphore>,
    access: Option<Arc<AccessLog>>,
    route: Arc<Route>,
    /// Whether the setting `pictures` allows the client to request pictures.
    pictures: Pictures,
    /// Settings for TLS and the trusted certificate authorities; `None` for plain http.
    tls: Option<(Arc<ClientConfig>, Arc<Authorities>)>,
}

impl Client {
    /// Creates a client for the service at the address `base`, with default limits. The client uses no proxy and trusts
    /// the certificate authorities of the operating system. Loading these authorities takes some milliseconds; nothing
    /// is sent.
    pub fn new(base: BaseUrl, key: &ApiKey) -> Result<Self, RequestError> {
        Self::with_limits(base, key, Limits::default())
    }

    /// Creates a client as [`Self::new`] does, but with the limits of time and size in `limits` instead of the default
    /// limits.
    pub fn with_limits(base: BaseUrl, key: &ApiKey, limits: Limits) -> Result<Self, RequestError> {
        Self::with_network(base, key, limits, &NetworkVariables::default())
    }

    /// Creates a client with the limits of time and size in `limits`. The client uses the proxy and the certificate
    /// authorities that `variables` (values of environment variables such as `HTTPS_PROXY`) name.
    pub fn with_network(
        base: BaseUrl,
        key: &ApiKey,
        limits: Limits,
        variables: &NetworkVariables,
    ) -> Result<Self, RequestError> {
        let setup = |_: reqwest::Error| RequestError::Setup(SetupFault::Client);
        let https = base.resource(SUBMISSION).scheme() == "https";
        let route =
            Route::of(&base, variables).map_err(|fault| RequestError::Setup(SetupFault::ProxyVariable(fault)))?;
        let mut builder = reqwest::Client::builder()
            // Gateways with Amazon's common rules refuse requests without one.
            .user_agent(concat!("argos-review/", env!("CARGO_PKG_VERSION")))
            .default_headers(headers(key)?)
            // reqwest would take the key, and a referer with the query, along to any host.
            .redirect(redirect::Policy::none())
            .referer(false)
            .retry(retry::never())
            .https_only(https)
            .connect_timeout(limits.connect)
            // Turns off the library's own reading of the environment: the route is decided above, once for all
            // requests.
            .no_proxy();
        if let Some(proxy) = route.proxy() {
            builder = builder.proxy(proxy.for_client().map_err(setup)?);
        }
        let mut tls = None;
        if https {
            let (config, authorities) = tls_config(variables).map_err(RequestError::Setup)?;
            builder = builder.tls_backend_preconfigured(config.clone());
            tls = Some((Arc::new(config), Arc::new(authorities)));
        } else {
            // No TLS, so no certificates: the demo starts without them and at once.
            builder = builder.tls_certs_only([]);
        }
        let http = builder.build().map_err(setup)?;
        Ok(Self {
            http,
            key: key.clone(),
            key_came_back: Arc::default(),
            base,
            limits,
            cipher: None,
            pause: Arc::default(),
            large_answer: Arc::new(Semaphore::new(1)),
            access: None,
            route: Arc::new(route),
            pictures: Pictures::default(),
            tls,
        })
    }

    /// Returns the network route that requests take: direct, or through a proxy.
    pub fn route(&self) -> &Route {
        &self.route
    }

    /// Returns the certificate authorities that the client trusts when it checks the service's certificate; `None` if
    /// the base URL uses plain http, which has no certificates.
    pub fn authorities(&self) -> Option<&Authorities> {
        self.tls.as_ref().map(|(_, authorities)| &**authorities)
    }

    /// Returns this client with secure data transfer (a second encryption inside of TLS) switched on or off. The cipher
    /// key is made from `key`, the API key. If secure transfer is on, an answer in plain text is an error.
    #[must_use]
    pub fn with_secure_transfer(self, transfer: SecureTransfer, key: &ApiKey) -> Self {
        let cipher = match transfer {
            SecureTransfer::Off => None,
            SecureTransfer::Ecb => Some(Arc::new(Cipher::of(key))),
        };
        Self { cipher, ..self }
    }

    /// Returns this client with the setting `pictures`. With [`Pictures::Off`], the client sends no request for a
    /// picture.
    #[must_use]
    pub fn with_pictures(self, pictures: Pictures) -> Self {
        Self { pictures, ..self }
    }

    /// Returns this client with an access log: a file in which the client records every submission that it fetches.
    /// `None` means that nothing is recorded.
    #[must_use]
    pub fn with_access_log(self, access: Option<AccessLog>) -> Self {
        Self { access: access.map(Arc::new), ..self }
    }

    /// Returns a client that sends requests as this one does, but whose access log names `call` as the command that
    /// fetched the data. For an export from the interactive program, `call` is `export`.
    #[must_use]
    pub fn with_call_name(&self, call: &str) -> Self {
        let access = self.access.as_ref().map(|access| Arc::new(access.with_call_name(call)));
        Self { access, ..self.clone() }
    }

    /// Records in the access log that the user did `action` (for example an export) with the submissions `ids`. Does
    /// nothing if the client has no access log.
    ///
    /// # Errors
    /// Returns [`RequestError::Unrecorded`] if the access log cannot be written.
    pub fn record<'a>(&self, action: AccessAction, ids: impl IntoIterator<Item = &'a str>) -> Result<(), RequestError> {
        let Some(access) = &self.access else { return Ok(()) };
        access.record(now(), action, ids.into_iter()).map_err(|error| RequestError::Unrecorded(error.kind()))
    }

    /// Fetches one page of the submissions that match the query parameters `params`. `cursor` is the page key, which
    /// the answer with the previous page holds; `None` requests the first page. All query parameters are sent with the
    /// request of every page. Dropping the future ends the request and closes its connection.
    ///
    /// # Errors
    /// Returns a [`RequestError`] if the page did not arrive completely. A part of a page is never returned.
    pub async fn fetch_page(&self, params: &Params, cursor: Option<&Cursor>) -> Result<Page, RequestError> {
        let (envelope, _turn) = self.fetch(&params.pairs(cursor)).await?;
        let mut page = envelope.into_page(params.submission_id.as_deref())?;
        // A page key in which the API key was hidden would request another page than the service meant.
        let holds_mark = |next: &Cursor| [&next.id, &next.created_at].iter().any(|half| half.contains(KEY_REPLACEMENT));
        if matches!(&page.next, NextPage::More(next) if holds_mark(next)) {
            page.next = NextPage::Unusable;
        }
        let at = now();
        page.items.iter_mut().for_each(|item| item.set_loaded_at(at));
        self.record(AccessAction::List, page.items.iter().filter_map(Item::id))?;
        Ok(page)
    }

    /// Fetches the full record of the submission with this id. The full record also holds the fields that list data
    /// leaves out.
    ///
    /// # Errors
    /// Returns a [`RequestError`] if no usable answer came. If the answer holds only other submissions, the error is
    /// [`ShapeFault::OtherSubmission`](super::ShapeFault).
    pub async fn fetch_record(&self, id: &str) -> Result<RecordAnswer, RequestError> {
        let params = Params { submission_id: Some(id.to_owned()), ..Params::default() };
        let (envelope, _turn) = self.fetch(&params.pairs(None)).await?;
        let mut single = envelope.into_record_answer(id)?;
        if let RecordAnswer::Found(item) | RecordAnswer::Repaired(item) = &mut single {
            item.set_loaded_at(now());
            self.record(AccessAction::Open, [id])?;
        }
        Ok(single)
    }

    /// Tests the connection to the service: requests a page with one submission, and returns a report on the answer.
    /// All [`Limits`] apply. After a failure, the request is not sent again.
    ///
    /// # Errors
    /// Returns the reason why no answer came. If an answer came but is faulty, the result is `Ok`, and the fault is in
    /// [`Probe::items`].
    pub async fn probe(&self) -> Result<Probe, RequestError> {
        let sent = Params { count: Some(1), ..Params::default() }.pairs(None);
        let url = self.base.resource(SUBMISSION);
        let mut note = RequestLogEntry::begin(url.path());
        let began = tokio::time::Instant::now();
        let response = timeout(self.limits.total, self.send(SUBMISSION, &sent)).await;
        let response = response.unwrap_or(Err(RequestError::TimedOut(Stage::Total)));
        note.end(&response);
        let response = response?;
        let probe = Probe::begin(&response, began.elapsed(), now());
        let left = self.limits.total.saturating_sub(probe.elapsed);
        let body = timeout(left, self.receive(response, &sent, &mut note)).await;
        let body = body.unwrap_or(Err(RequestError::TimedOut(Stage::Total)));
        let envelope =
            body.and_then(|body| self.read_envelope(body.bytes, &sent)).map_err(|error| error.without_key(&self.key));
        let page = envelope.and_then(|envelope| envelope.into_page(None));
        note.end(&page);
        Ok(Probe { items: page.map(|page| page.items.len()), ..probe })
    }

    /// Returns whether any answer of the service held the API key since the last call of this method. A second call
    /// therefore returns `false` until another such answer comes. All clones of the client share this state. In each
    /// such answer, the key was replaced before the answer was read.
    pub fn take_key_echo(&self) -> bool {
        self.key_came_back.swap(false, Ordering::Relaxed)
    }

    /// Sends a request with the query parameters `parameters` and returns the content of the answer. For a large
    /// answer, also returns the permit with which the answer was received; `None` for a small answer. The caller keeps
    /// the permit until the items of the answer are read, so that only one large answer is in memory at a time.
    async fn fetch(
        &self,
        parameters: &[(&'static str, String)],
    ) -> Result<(Envelope, Option<LargeAnswerPermit>), RequestError> {
        let url = self.base.resource(SUBMISSION);
        let mut note = RequestLogEntry::begin(url.path());
        let body = timeout(self.limits.total, self.fetch_body(parameters, &mut note)).await;
        let body = body.unwrap_or(Err(RequestError::TimedOut(Stage::Total)));
        let read =
            body.and_then(|body| self.read_envelope(body.bytes, parameters).map(|envelope| (envelope, body.permit)));
        let read = read.map_err(|error| error.without_key(&self.key));
        note.end(&read);
        read
    }

    fn read_envelope(&self, body: Bytes, parameters: &[(&'static str, String)]) -> Result<Envelope, RequestError> {
        let body = self.without_key(body);
        match &self.cipher {
            None => Envelope::read(&body, parameters),
            Some(cipher) => cipher.read_answer_with(&body, parameters, |plain| self.without_key(plain)),
        }
    }

    /// Returns `body`, the body of an answer, with each occurrence of the API key replaced. Nothing else in the answer
    /// is changed.
    fn without_key(&self, body: Bytes) -> Bytes {
        match key_echo::hide(&body, &self.key) {
            None => body,
            Some(hidden) => {
                self.key_came_back.store(true, Ordering::Relaxed);
                hidden.into()
            }
        }
    }

    /// Builds the HTTP request for the path `resource` below the base URL, with the query parameters `parameters`.
    /// Without secure transfer, the parameters are in the URL in plain text. With secure transfer (a second encryption
    /// inside TLS), they are encrypted into the one parameter `data`.
    fn request(&self, resource: &'static str, parameters: &[(&'static str, String)]) -> RequestBuilder {
        let mut url = self.base.resource(resource);
        let Some(cipher) = &self.cipher else {
            url.set_query((!parameters.is_empty()).then(|| query::encode(parameters)).as_deref());
            return self.http.get(url);
        };
        url.set_query(Some(&query::encode(&[("data", cipher.encrypt_parameters(parameters))])));
        // There is no body; the documentation's encrypted sample sends it, and its plain ones do not.
        self.http.get(url).header(CONTENT_TYPE, "application/json")
    }

    async fn fetch_body(
        &self,
        parameters: &[(&'static str, String)],
        note: &mut RequestLogEntry<'_>,
    ) -> Result<Body, RequestError> {
        self.receive(self.send(SUBMISSION, parameters).await?, parameters, note).await
    }

    async fn send(
        &self,
        resource: &'static str,
        parameters: &[(&'static str, String)],
    ) -> Result<Response, RequestError> {
        let response = timeout(self.limits.header, self.request(resource, parameters).send()).await;
        match response.map_err(|_| RequestError::TimedOut(Stage::Header))? {
            Ok(response) => Ok(response),
            Err(error) => Err(self.error_before_answer(&error).await),
        }
    }

    /// Converts `error`, an error of the HTTP library for a request that got no answer, into an error of this program.
    /// The result says whether the proxy or the connection to the service failed.
    async fn error_before_answer(&self, error: &reqwest::Error) -> RequestError {
        let Some(proxy) = self.route.proxy() else { return transport_error::error_before_answer(error) };
        let (url, tls) = (self.base.resource(SUBMISSION), self.tls.as_ref().map(|(config, _)| config));
        let target = (self.base.host(), url.port_or_known_default().unwrap_or(443));
        let failure = proxy.failure(error, target, tls, self.limits.connect).await;
        failure.map_or_else(
            || transport_error::error_before_answer(error),
            |failure| RequestError::Proxy(Box::new(failure)),
        )
    }
}

fn now() -> Timestamp {
    #[expect(
        clippy::disallowed_methods,
        reason = "when an answer came; dates of headers and records count from it too"
    )]
    Timestamp::now()
}

/// Returns the headers that the HTTP client adds to every request: only `x-api-key` with the API key. The key is marked
/// as sensitive, so that no `Debug` output shows the key.
fn headers(key: &ApiKey) -> Result<HeaderMap, RequestError> {
    let mut value = HeaderValue::from_str(key.expose()).map_err(|_| RequestError::Setup(SetupFault::Client))?;
    value.set_sensitive(true);
    Ok(HeaderMap::from_iter([(reqwest::header::HeaderName::from_static("x-api-key"), value)]))
}
