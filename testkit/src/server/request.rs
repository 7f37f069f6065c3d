//! What was asked, read from the text of a request; and a request written by hand.

use std::io::{Read, Write};
use std::net::TcpStream;

/// The first line of a request.
pub fn first_line(request: &str) -> &str {
    request.lines().next().unwrap_or_default()
}

/// The query of a request as it was sent; empty without one.
pub fn query(request: &str) -> &str {
    let target = request.split(' ').nth(1).unwrap_or_default();
    target.split_once('?').map_or("", |(_, query)| query)
}

/// A parameter of a query, decoded.
pub fn parameter(query: &str, name: &str) -> Option<String> {
    form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

/// The body of one answer to `GET {base_url}{path}`, asked for without any code of the program.
pub fn get(base_url: &str, key: &str, path: &str) -> String {
    let (host, prefix) = base_url.trim_start_matches("http://").split_once('/').expect("a base URL with a path");
    let mut stream = TcpStream::connect(host).expect("a server");
    // Version 1.0, so that the body comes in one piece and ends with the connection.
    write!(stream, "GET /{prefix}{path} HTTP/1.0\r\nHost: {host}\r\nx-api-key: {key}\r\nConnection: close\r\n\r\n")
        .expect("it reads");
    let mut text = String::new();
    stream.read_to_string(&mut text).expect("it answers in UTF-8");
    text.split_once("\r\n\r\n").expect("a header").1.to_owned()
}
