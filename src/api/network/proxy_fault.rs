//! Finds out why a request could not pass a proxy. The reason is in the error of the HTTP library, or is found with one
//! more request to the proxy.

use std::error::Error as StdError;
use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;

use rustls::ClientConfig;

use super::Proxy;
use crate::api::error_facts::HttpErrorDetails;
use crate::api::tls_fault::TlsFault;
use crate::text::Safe;

/// One proxy through which the service cannot be reached, and the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProxyFailure {
    /// Host and port of the proxy.
    pub proxy: Safe,
    /// Environment variable that names the proxy.
    pub variable: &'static str,
    /// Whether the address of the proxy holds a user name.
    pub has_login: bool,
    /// Reason why the proxy does not work.
    pub fault: ProxyFault,
    /// HTTP status with which the proxy refused the connection, such as 407; `None` if the proxy sent no status, or the
    /// status is not known.
    pub status: Option<u16>,
}

/// Reason why the service cannot be reached through a proxy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProxyFault {
    /// The proxy requires a log-in, or does not accept the user name and password that it received.
    LogIn,
    /// The proxy does not allow connections to the service's host.
    Forbids,
    /// The proxy itself cannot reach the service.
    ServiceUnreachable,
    /// The proxy refuses the connection to the service for a reason that no other variant describes.
    Refuses,
    /// The host name of the proxy was not found.
    NotFound,
    /// No connection to the proxy could be made; the value is the kind of the I/O error.
    Unreachable(ErrorKind),
    /// The connection to the proxy, or through the proxy, was not made in time.
    TimedOut,
    /// The connection to the proxy broke before the proxy answered.
    Broke,
    /// The server at the address of the proxy does not answer as a proxy of the expected kind (HTTP or SOCKS).
    NotAProxy,
    /// The TLS connection to the proxy failed.
    Tls(TlsFault),
}

impl ProxyFault {
    /// Returns whether this fault, such as a lost connection, may be gone at the next attempt. Only then is a retry
    /// useful.
    pub(in crate::api) const fn may_pass(&self) -> bool {
        matches!(self, Self::ServiceUnreachable | Self::NotFound | Self::Unreachable(_) | Self::TimedOut | Self::Broke)
    }

    /// Converts the HTTP status of a proxy's answer into the reason why a request could not pass the proxy.
    const fn of_status(status: u16) -> Self {
        match status {
            407 => Self::LogIn,
            403 => Self::Forbids,
            // The proxy connects now, so it may do so the next time.
            200..=299 | 502..=504 => Self::ServiceUnreachable,
            _ => Self::Refuses,
        }
    }

    const fn of_connecting(kind: ErrorKind) -> Self {
        match kind {
            ErrorKind::TimedOut => Self::TimedOut,
            kind => Self::Unreachable(kind),
        }
    }

    /// Converts `words`, an error message of the HTTP library about a SOCKS proxy, into a fault; returns `None` for an
    /// unknown message. The library has no public types for these errors, so the text of the message is compared.
    fn of_socks(words: &str) -> Option<Self> {
        Some(match words {
            "credentials not accepted"
            | "server does not support user/pass authentication"
            | "server implements authentication incorrectly"
            | "server ident service failed"
            | "server ident service did not recognise client identifier" => Self::LogIn,
            "connection not allowed" => Self::Forbids,
            "general server failure"
            | "network unreachable"
            | "host unreachable"
            | "connection refused"
            | "ttl expired"
            | "server failed to execute command" => Self::ServiceUnreachable,
            "command not supported"
            | "address type not supported"
            | "host address is more than 255 characters"
            | "IPV6 is not supported" => Self::Refuses,
            "failed parsing server response" => Self::NotAProxy,
            "io error during SOCKS handshake" => Self::Broke,
            _ => return None,
        })
    }
}

/// Content of an error message of the HTTP library about the connection to a proxy.
enum ProxyMessage {
    Fault(ProxyFault),
    /// No connection to the proxy could be made. The message does not say why.
    NoConnection,
    /// The proxy answered with a status other than 200 or 407.
    Status,
}

fn message_of(error: &reqwest::Error) -> Option<ProxyMessage> {
    let mut next: Option<&(dyn StdError + 'static)> = error.source();
    while let Some(error) = next {
        next = error.source();
        let words = error.to_string();
        if let Some(words) = words.strip_prefix("tunnel error: ") {
            return Some(match words {
                "proxy authorization required" => ProxyMessage::Fault(ProxyFault::LogIn),
                "failed to create underlying connection" => ProxyMessage::NoConnection,
                "proxy response headers too long" => ProxyMessage::Fault(ProxyFault::NotAProxy),
                "unexpected end of file" | "io error establishing tunnel" => ProxyMessage::Fault(ProxyFault::Broke),
                _ => ProxyMessage::Status,
            });
        }
        if let Some(words) = words.strip_prefix("SOCKS error: ") {
            return Some(ProxyFault::of_socks(words).map_or(ProxyMessage::NoConnection, ProxyMessage::Fault));
        }
    }
    None
}

impl Proxy {
    /// Returns why a request could not pass this proxy; `None` if the request passed the proxy and failed later.
    /// `error` is the error of the HTTP library for the request. `target` is the host and port of the service. If the
    /// error does not hold the reason, this method contacts the proxy once more, for at most the time `limit`. If the
    /// proxy is an `https` proxy, this contact uses the TLS settings `tls`.
    pub(in crate::api) async fn failure(
        &self,
        error: &reqwest::Error,
        target: (&str, u16),
        tls: Option<&Arc<ClientConfig>>,
        limit: Duration,
    ) -> Option<ProxyFailure> {
        let (fault, status) = match message_of(error) {
            Some(ProxyMessage::Fault(fault)) => {
                let status = (fault == ProxyFault::LogIn && !self.is_socks()).then_some(407);
                (fault, status)
            }
            Some(ProxyMessage::NoConnection) => (self.no_connection(error, limit).await, None),
            Some(ProxyMessage::Status) => match self.status(target, tls, limit).await {
                Ok(Some(status)) => (ProxyFault::of_status(status), Some(status)),
                Ok(None) => (ProxyFault::NotAProxy, None),
                Err(_) => (ProxyFault::Broke, None),
            },
            None if error.is_connect() && error.is_timeout() => (ProxyFault::TimedOut, None),
            None => return None,
        };
        let status = status.filter(|status| !(200..300).contains(status));
        let (proxy, variable) = (Safe::sanitize(&self.to_string()), self.variable());
        Some(ProxyFailure { proxy, variable, has_login: self.has_login(), fault, status })
    }

    async fn no_connection(&self, error: &reqwest::Error, limit: Duration) -> ProxyFault {
        match HttpErrorDetails::of(error) {
            HttpErrorDetails { tls: Some(fault), .. } => ProxyFault::Tls(fault),
            _ if error.is_dns() => ProxyFault::NotFound,
            HttpErrorDetails { io: Some(kind), .. } => ProxyFault::of_connecting(kind),
            // The library tells nothing more of a SOCKS proxy.
            _ => match self.test_connection(limit).await {
                Err(error) if error.raw_os_error().is_none() && error.kind() != ErrorKind::TimedOut => {
                    ProxyFault::NotFound
                }
                Err(error) => ProxyFault::of_connecting(error.kind()),
                Ok(()) => ProxyFault::Broke,
            },
        }
    }
}
