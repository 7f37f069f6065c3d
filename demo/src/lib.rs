//! The demo server: an HTTP server on 127.0.0.1 that replaces the service and serves data of invented people.
//!
//! The server answers `GET /v3/submission` (lists and single submissions) and `GET /v3/image` (pictures of invented
//! documents). It shares no code with the client (`api`, `query`, `submission`), but reads parameters and writes JSON
//! on its own. So a mistake in the client becomes visible and is not made in the server too. Points that the service's
//! documentation leaves open are set in [`Behaviour`], or marked as assumed in the code.
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
    /// Whether the server stores the requests that it receives, for [`DemoServer::requests`]. Leave this off in a demo
    /// that runs for a long time, because stored requests are never removed.
    pub record: bool,
    /// The scenario: how the server answers, and which faults it makes.
    pub scenario: Scenario,
}

impl DemoOptions {
    /// Returns settings for data up to the day `today`: any free port, no recording of requests, and the default
    /// scenario.
    pub fn new(today: Date) -> Self {
        Self { today, port: 0, record: false, scenario: Scenario::default() }
    }

    /// Returns whether a client of the server must, may or cannot encrypt its requests. The scenario decides this.
    pub const fn secure_transfer(&self) -> SecureTransfer {
        self.scenario.behaviour.secure_transfer
    }
}

/// A demo server with an open port and its data. The server answers requests only while [`DemoServer::serve`] runs.
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

    /// Returns whether a client of this server must, may or cannot encrypt its requests. The scenario decides this.
    pub fn secure_transfer(&self) -> SecureTransfer {
        self.service.scenario.behaviour.secure_transfer
    }

    /// Returns a handle on the list of all requests that the server receives, including later ones. The list stays
    /// empty if [`DemoOptions::record`] is false.
    pub fn requests(&self) -> Requests {
        self.service.requests.clone()
    }

    /// Answers requests until the future `until` completes. Then completes the answers that are in progress, and
    /// returns.
    ///
    /// # Errors
    /// Returns the error of the listener if it fails.
    pub async fn serve(self, until: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
        axum::serve(self.listener, routes::router(self.service)).with_graceful_shutdown(until).await
    }
}
