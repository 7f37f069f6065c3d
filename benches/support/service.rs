//! A server on this machine that answers as the service does, as fast as memory is copied.

use std::sync::Arc;

use argos_testkit::server::{TestServer, answer, parameter, query};

use super::records::Records;
use super::submission::index_of;

/// Serves the first `rows` submissions: pages of any length, and each by its id.
pub(crate) fn serve(records: &Arc<Records>, rows: usize) -> TestServer {
    let records = Arc::clone(records);
    TestServer::answering(move |request| {
        let asked = |name: &str| parameter(query(request), name);
        let body = match asked("submission_id").as_deref().and_then(index_of) {
            Some(index) => [&b"{\"Items\":["[..], records.record(index), b"]}"].concat(),
            None => {
                let count = asked("count").and_then(|count| count.parse().ok());
                records.page(asked("nextpage_id").as_deref(), count, rows)
            }
        };
        answer(200, "Content-Type: application/json\r\n", body)
    })
}
