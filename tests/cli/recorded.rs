//! The demo's server in this process, which records what it is asked.

use argos_demo::{DemoOptions, DemoServer, Requests};
use argos_testkit::call::CallOutput;
use jiff::civil::date;
use tokio::runtime::Runtime;

use crate::run;

/// A demo server that records its requests, on the usual day; it ends with the value.
pub(crate) struct Recorded {
    base_url: String,
    key: String,
    requests: Requests,
    _runtime: Runtime,
}

impl Recorded {
    /// Starts it.
    pub(crate) fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let mut options = DemoOptions::new(date(2026, 11, 21));
        options.record = true;
        let server = runtime.block_on(DemoServer::bind(&options)).unwrap();
        let (base_url, key, requests) = (server.base_url(), server.key().to_owned(), server.requests());
        runtime.spawn(server.serve(std::future::pending()));
        Self { base_url, key, requests, _runtime: runtime }
    }

    /// Runs a call on it.
    pub(crate) fn run(&self, arguments: &[&str]) -> CallOutput {
        run(arguments, &[("ARGOS_BASE_URL", &self.base_url), ("ARGOS_API_KEY", &self.key)])
    }

    /// The queries that it was asked, in their order.
    pub(crate) fn asked(&self) -> Vec<String> {
        let query = |target: &str| target.split_once('?').map_or(String::new(), |(_, query)| query.to_owned());
        self.requests.all().iter().map(|request| query(&request.target)).collect()
    }
}
