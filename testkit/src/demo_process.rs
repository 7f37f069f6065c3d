//! Runs the program's demo server in its own process, and sends requests to it without the program's own code.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Lines};
use std::process::{Child, ChildStdout, Stdio};

use serde_json::Value;
use serde_json::value::RawValue;

use crate::call::isolated_command;
use crate::server::get;

/// The last day of the demo data, for the option `--today`.
pub const TODAY: &str = "2026-11-21";

/// A running demo server (a server with invented submissions) in its own process. The server ends when this value is
/// dropped.
pub struct DemoProcess {
    child: Child,
    /// Standard output of the server. It is kept open, because a later line of output to a closed pipe would end the
    /// server.
    _told: Lines<BufReader<ChildStdout>>,
    /// Base URL of the server.
    pub base_url: String,
    /// API key that the server accepts.
    pub key: String,
}

impl DemoProcess {
    /// Starts `argos-review demo-server` with further arguments, and reads the base URL and the API key from its
    /// output.
    pub fn start(arguments: &[&str]) -> Self {
        let mut command = isolated_command(&[&["demo-server"], arguments].concat(), &[]);
        let mut child = command.stderr(Stdio::null()).spawn().expect("the server starts");
        let mut told = BufReader::new(child.stdout.take().expect("its output")).lines();
        let mut value = |name: &str| {
            let line = told.next().expect("a line").expect("a line");
            line.strip_prefix(name).expect("the variable").to_owned()
        };
        let (base_url, key) = (value("ARGOS_BASE_URL="), value("ARGOS_API_KEY="));
        Self { child, _told: told, base_url, key }
    }

    /// Starts the demo server with the data of the scenario `scenario`. The last day of the data is [`TODAY`].
    pub fn with_scenario(scenario: &str) -> Self {
        Self::start(&["--today", TODAY, "--scenario", scenario])
    }

    /// Returns the environment variables with which the program under test uses this server: the base URL and the API
    /// key.
    pub fn variables(&self) -> [(&str, &str); 2] {
        [("ARGOS_BASE_URL", &self.base_url), ("ARGOS_API_KEY", &self.key)]
    }

    /// Returns the server's answer to a request for submissions with the query string `query`, parsed as JSON.
    pub fn answer(&self, query: &str) -> Value {
        serde_json::from_str(&self.text(query)).expect("JSON")
    }

    /// Requests all pages of the list with the query string `query`. Returns the JSON text of every item, exactly as
    /// sent.
    pub fn items(&self, query: &str) -> Vec<String> {
        let (mut items, mut cursor) = (Vec::new(), String::new());
        loop {
            let text = self.text(&format!("{query}{cursor}"));
            let page: HashMap<String, Box<RawValue>> = serde_json::from_str(&text).expect("an object");
            let of_page: Vec<Box<RawValue>> = serde_json::from_str(page["Items"].get()).expect("a list");
            items.extend(of_page.iter().map(|item| item.get().to_owned()));
            let next = page.get("nextpageKey").map_or("null", |next| next.get());
            let next: Value = serde_json::from_str(next).expect("JSON");
            let part = |name: &str| next.get(name).and_then(Value::as_str);
            let Some((id, date)) = part("id").zip(part("created_at")) else { return items };
            let date = date.replace(':', "%3A").replace('+', "%2B");
            cursor = format!("&nextpage_id={id}&nextpage_date={date}");
        }
    }

    fn text(&self, query: &str) -> String {
        get(&self.base_url, &self.key, &format!("/submission?{query}"))
    }
}

impl Drop for DemoProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
