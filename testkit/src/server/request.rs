//! Reads the text of a recorded request, and sends requests without the program's own code.

use std::io::{Read, Write};
use std::net::TcpStream;

/// Returns the first line of a request, such as `GET /submission HTTP/1.1`.
pub fn first_line(request: &str) -> &str {
    request.lines().next().unwrap_or_default()
}

/// Returns the query string of a request as it was sent. The result is empty if the request has no query string.
pub fn query(request: &str) -> &str {
    let target = request.split(' ').nth(1).unwrap_or_default();
    target.split_once('?').map_or("", |(_, query)| query)
}

/// Returns the decoded value of the parameter `name` of a query string; `None` if there is no such parameter.
pub fn parameter(query: &str, name: &str) -> Option<String> {
    form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

/// Requests `GET {base_url}{path}` with the API key `key`, without any code of the program. Returns the body of the
/// answer.
pub fn get(base_url: &str, key: &str, path: &str) -> String {
    get_with_head(base_url, key, path).1
}

/// Requests `GET {base_url}{path}` with the API key `key`, without any code of the program. Returns the head and the
/// body of the answer. In a body that is not text, such as a picture, U+FFFD replaces bytes that are not UTF-8.
pub fn get_with_head(base_url: &str, key: &str, path: &str) -> (String, String) {
    let (host, prefix) = base_url.trim_start_matches("http://").split_once('/').expect("a base URL with a path");
    let mut stream = TcpStream::connect(host).expect("a server");
    // Version 1.0, so that the body comes in one piece and ends with the connection.
    write!(stream, "GET /{prefix}{path} HTTP/1.0\r\nHost: {host}\r\nx-api-key: {key}\r\nConnection: close\r\n\r\n")
        .expect("it reads");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("it answers");
    let text = String::from_utf8_lossy(&answer);
    let (head, body) = text.split_once("\r\n\r\n").expect("a header");
    (head.to_owned(), body.to_owned())
}
