//! Servers to call: that of the demo in a process of its own, and one that gives the bytes of the test.

use std::io::{BufRead, BufReader, Lines, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::Value;

use crate::TODAY;

/// The demo's server alone; it ends with the value.
pub(crate) struct DemoServer {
    child: Child,
    /// Kept open, so that whatever it tells later ends nothing.
    _told: Lines<BufReader<ChildStdout>>,
    pub(crate) base_url: String,
    pub(crate) key: String,
}

impl DemoServer {
    pub(crate) fn start(scenario: &str) -> Self {
        #[expect(clippy::disallowed_methods, reason = "the binary is what is tested")]
        let mut command = Command::new(env!("CARGO_BIN_EXE_argos-review"));
        command
            .args(["demo-server", "--today", TODAY, "--scenario", scenario])
            .env_clear()
            .env("HOME", "/nonexistent")
            .stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut told = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut value = |name: &str| told.next().unwrap().unwrap().strip_prefix(name).unwrap().to_owned();
        let (base_url, key) = (value("ARGOS_BASE_URL="), value("ARGOS_API_KEY="));
        Self { child, _told: told, base_url, key }
    }

    pub(crate) fn variables(&self) -> [(&str, &str); 2] {
        [("ARGOS_BASE_URL", &self.base_url), ("ARGOS_API_KEY", &self.key)]
    }

    /// The answer to a query, asked for without any code of the program.
    pub(crate) fn answer(&self, query: &str) -> Value {
        let (host, path) = self.base_url.strip_prefix("http://").unwrap().split_once('/').unwrap();
        let mut stream = TcpStream::connect(host).unwrap();
        let key = &self.key;
        // Version 1.0, so that the body comes in one piece and ends with the connection.
        write!(stream, "GET /{path}/submission?{query} HTTP/1.0\r\nHost: {host}\r\nx-api-key: {key}\r\n\r\n").unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        serde_json::from_str(text.split_once("\r\n\r\n").unwrap().1).unwrap()
    }

    /// Every item of a query, page after page.
    pub(crate) fn items(&self, query: &str) -> Vec<Value> {
        let (mut items, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = self.answer(&format!("{query}&count=500{cursor}"));
            items.extend(page["Items"].as_array().unwrap().iter().cloned());
            let key = &page["nextpageKey"];
            let Some((id, date)) = key["id"].as_str().zip(key["created_at"].as_str()) else { return items };
            let date = date.replace(':', "%3A").replace('+', "%2B");
            cursor = format!("&nextpage_id={id}&nextpage_date={date}");
        }
    }
}

impl Drop for DemoServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A base URL whose server gives this answer to every request, as long as the tests run.
pub(crate) fn answering(head: &str, body: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let answer = format!("HTTP/1.1 {head}Content-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
    #[expect(clippy::disallowed_methods, reason = "the server runs beside the test")]
    std::thread::spawn(move || {
        while let Ok((mut stream, _)) = listener.accept() {
            let answer = answer.clone();
            // A connection that says nothing yet holds back no other.
            std::thread::spawn(move || {
                let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
                while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
                let _ = stream.write_all(answer.as_bytes());
            });
        }
    });
    format!("http://{address}/v3")
}
