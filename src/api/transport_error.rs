//! Converts errors of the HTTP library (reqwest) into errors of this program. The messages of the library are dropped,
//! since they print URLs. Only data about a certificate is kept.

use std::io::ErrorKind;

use super::error::RequestError;
use super::error_facts::HttpErrorDetails;
use crate::failure::Stage;

/// Converts an error of the HTTP library that happened before the header of the server's answer arrived.
pub(super) fn error_before_answer(error: &reqwest::Error) -> RequestError {
    let facts = HttpErrorDetails::of(error);
    match facts {
        HttpErrorDetails { tls: Some(fault), .. } => RequestError::Tls(fault),
        _ if error.is_dns() => RequestError::Dns,
        _ if error.is_connect() && error.is_timeout() => RequestError::TimedOut(Stage::Connect),
        // The connection was there. Whether its loss is noticed while connecting is a matter of microseconds.
        HttpErrorDetails {
            io: Some(ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe),
            ..
        } => RequestError::Reset,
        _ if error.is_connect() => RequestError::Connect(facts.io.unwrap_or(ErrorKind::Other)),
        HttpErrorDetails { unparsable: true, .. } => RequestError::Garbled,
        _ => RequestError::Reset,
    }
}

/// Converts an error of the HTTP library that happened while the body of the server's answer was read, after its
/// header.
pub(super) fn error_within_answer(error: &reqwest::Error) -> RequestError {
    match HttpErrorDetails::of(error) {
        HttpErrorDetails { tls: Some(fault), .. } => RequestError::Tls(fault),
        // Bytes after the end of what was compressed.
        HttpErrorDetails { is_http: false, io: None, .. } | HttpErrorDetails { unparsable: true, .. } => {
            RequestError::Garbled
        }
        HttpErrorDetails { io: Some(ErrorKind::InvalidData | ErrorKind::InvalidInput | ErrorKind::Other), .. } => {
            RequestError::Garbled
        }
        _ => RequestError::CutOff,
    }
}
