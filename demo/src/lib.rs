//! The demo server: an HTTP server on 127.0.0.1 that replaces the service and serves data of invented people.
//!
//! The server implements `GET /v3/submission` (routes, refusals, filters, pages and data) and `GET /v3/image` (pictures
//! of invented documents). The server must share no code
//! with the client (`api`, `query`, `submission`): the server reads parameters and writes JSON on its own, so that a
//! mistake in the client becomes visible and is not made in the server too. Points that the service's documentation
//! leaves open are set in [`Behaviour`], or marked as assumed in the code.
//!
//! The data depend on [`DemoOptions::today`] alone: the same day gives the same people on every machine. A [`Scenario`]
//! sets how the server answers: with the same scenario, the same requests in the same order get the same answers.

mod answer;
pub mod behaviour;
mod cipher;
mod data;
mod delivery;
pub mod faults;
mod page;
mod picture_broken;
mod picture_file;
mod picture_request;
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
use routes::{ServerState, Service};

/// The API key that the demo server requires in `x-api-key`. No other server accepts this key.
const KEY: &str = "demo-key-that-opens-nothing-else";

/// The settings of a demo server.
#[derive(Clone, Debug)]
pub struct DemoOptions {
    /// The day (UTC) on which the newest submissions were made.
    pub today: Date,
    /// The port of the server on 127.0.0.1; 0 lets the system choose a free port.
    pub port: u16,
    /// Whether the server keeps the requests that it receives, for [`DemoServer::requests`]. A demo that runs for a
    /// long time should not set this, because the kept requests are never removed.
    pub record: bool,
    /// The scenario that the server follows.
    pub scenario: Scenario,
}

impl DemoOptions {
    /// Returns settings for data up to the day `today`: any free port, no recording of requests, and the default
    /// scenario.
    pub fn new(today: Date) -> Self {
        Self { today, port: 0, record: false, scenario: Scenario::default() }
    }

    /// Returns whether a client must, may or cannot encrypt its requests.
    pub const fn secure_transfer(&self) -> SecureTransfer {
        self.scenario.behaviour.secure_transfer
    }
}

/// A demo server with an open port and its data. The server answers no request before [`DemoServer::serve`] is called.
pub struct DemoServer {
    listener: TcpListener,
    address: SocketAddr,
    service: Arc<Service>,
}

impl DemoServer {
    /// Opens a port on 127.0.0.1, generates the data, and returns the server. `options` sets the port, the day of the
    /// data and the scenario.
    ///
    /// # Errors
    /// Returns the error of the system if the port cannot be bound.
    pub async fn bind(options: &DemoOptions) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
        let address = listener.local_addr()?;
        let scenario = options.scenario.clone();
        let data = DemoData::crowded(options.today, scenario.volume_factor).with_times(scenario.behaviour.times);
        let service = Service {
            key: KEY,
            record: options.record,
            requests: Requests::default(),
            state: Mutex::new(ServerState::new(data, &scenario)),
            scenario,
        };
        Ok(Self { listener, address, service: Arc::new(service) })
    }

    /// Returns the base URL for a client: `http://127.0.0.1:PORT/v3`.
    pub fn base_url(&self) -> String {
        format!("http://{}/v3", self.address)
    }

    /// Returns the API key that the server accepts in the header `x-api-key`. The key is invented and safe to print.
    pub fn key(&self) -> &str {
        self.service.key
    }

    /// Returns whether a client must, may or cannot encrypt its requests.
    pub fn secure_transfer(&self) -> SecureTransfer {
        self.service.scenario.behaviour.secure_transfer
    }

    /// Returns a handle on all requests that the server receives, including later ones. The handle stays empty if
    /// [`DemoOptions::record`] is not set.
    pub fn requests(&self) -> Requests {
        self.service.requests.clone()
    }

    /// Answers requests until the future `until` completes. Then the server finishes the answers that are in progress,
    /// and stops.
    ///
    /// # Errors
    /// Returns the error of the listener if it fails.
    pub async fn serve(self, until: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
        axum::serve(self.listener, routes::router(self.service)).with_graceful_shutdown(until).await
    }
}
