//! The demo server: an HTTP server on 127.0.0.1 that replaces the service, with invented people.
//!
//! It owns the server's side of `GET /v3/submission`: routes, refusals, filters, pages and data. It must share no code
//! with the client (`api`, `query`, `submission`): it reads parameters and writes JSON by itself, so that a mistake in
//! the client shows instead of being made on both sides. What the service's documentation leaves open is decided in
//! [`Behaviour`] or named as assumed where it is decided.
//!
//! Data depend on [`DemoOptions::today`] alone: the same day, the same people, on every machine. A [`Scenario`] says what the
//! server makes of them: with the same one, the same requests in the same order get the same answers.

mod answer;
pub mod behaviour;
mod cipher;
mod data;
mod delivery;
pub mod faults;
mod page;
mod recorder;
mod refusal;
mod request;
mod routes;
pub mod scenario;
#[cfg(test)]
mod tests;
mod transfer;
mod variants;

use std::future::Future;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use jiff::civil::Date;
use tokio::net::TcpListener;

pub use behaviour::{Behaviour, SecureTransfer};
pub use recorder::{Recorded, Requests};
pub use scenario::Scenario;

use data::DemoData;
use routes::{Desk, Service};

/// The key that the demo server asks for. It opens nothing else.
const KEY: &str = "demo-key-that-opens-nothing-else";

/// How a demo server is set up.
#[derive(Clone, Debug)]
pub struct DemoOptions {
    /// The day (UTC) that the newest submissions were made on.
    pub today: Date,
    /// The port on 127.0.0.1; 0 lets the system choose.
    pub port: u16,
    /// Whether requests are kept for [`DemoServer::requests`]; a long demo would only grow by it.
    pub record: bool,
    /// What it plays.
    pub scenario: Scenario,
}

impl DemoOptions {
    /// Any port, nothing recorded, the default scenario.
    pub fn new(today: Date) -> Self {
        Self { today, port: 0, record: false, scenario: Scenario::default() }
    }

    /// Whether a client must, may or cannot encrypt what it sends.
    pub const fn secure_transfer(&self) -> SecureTransfer {
        self.scenario.behaviour.secure_transfer
    }
}

/// A demo server that holds its port and its data, but answers nothing before [`DemoServer::serve`].
pub struct DemoServer {
    listener: TcpListener,
    address: SocketAddr,
    service: Arc<Service>,
}

impl DemoServer {
    /// Binds 127.0.0.1 and makes the data.
    ///
    /// # Errors
    /// When the port cannot be had.
    pub async fn bind(options: &DemoOptions) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
        let address = listener.local_addr()?;
        let scenario = options.scenario.clone();
        let data = DemoData::new(options.today).with_times(scenario.behaviour.times);
        let service = Service {
            key: KEY,
            record: options.record,
            requests: Requests::default(),
            desk: Mutex::new(Desk::new(data, &scenario)),
            scenario,
        };
        Ok(Self { listener, address, service: Arc::new(service) })
    }

    /// The base URL to give a client: `http://127.0.0.1:PORT/v3`.
    pub fn base_url(&self) -> String {
        format!("http://{}/v3", self.address)
    }

    /// The value of `x-api-key` that the server accepts: plainly invented, and safe to print.
    pub fn key(&self) -> &str {
        self.service.key
    }

    /// Whether a client must, may or cannot encrypt what it sends.
    pub fn secure_transfer(&self) -> SecureTransfer {
        self.service.scenario.behaviour.secure_transfer
    }

    /// The requests received so far and from now on; stays empty unless [`DemoOptions::record`] is set.
    pub fn requests(&self) -> Requests {
        self.service.requests.clone()
    }

    /// Answers until `until` is done, then finishes the answers under way.
    ///
    /// # Errors
    /// When the listener fails.
    pub async fn serve(self, until: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
        axum::serve(self.listener, routes::router(self.service)).with_graceful_shutdown(until).await
    }
}
