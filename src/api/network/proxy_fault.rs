//! What is wrong with a proxy, from the errors of the library that speaks with it and from asking it once more.

use std::error::Error as StdError;
use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;

use rustls::ClientConfig;

use super::Proxy;
use crate::api::error_facts::ErrorFacts;
use crate::api::tls_fault::TlsFault;
use crate::text::Safe;

/// A proxy through which the service cannot be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProxyFailure {
    /// Its host and port.
    pub proxy: Safe,
    /// The variable that names it.
    pub variable: &'static str,
    /// Whether there is a user name.
    pub has_login: bool,
    /// What is wrong.
    pub fault: ProxyFault,
    /// The status of its answer, if it gave one.
    pub status: Option<u16>,
}

/// Why a proxy is no way to the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProxyFault {
    /// It wants a log-in, or another one.
    LogIn,
    /// It does not allow the service's host.
    Forbids,
    /// It cannot reach the service itself.
    ServiceUnreachable,
    /// It does not do what it is asked for, for another reason.
    Refuses,
    /// Its name was not found.
    NotFound,
    /// There is no connection to it.
    Unreachable(ErrorKind),
    /// No connection came about in time, to it or through it.
    TimedOut,
    /// The connection to it broke before it answered.
    Broke,
    /// What answers is no proxy of this kind.
    NotAProxy,
    /// It did not prove who it is.
    Tls(TlsFault),
}

impl ProxyFault {
    /// Whether it may pass by itself.
    pub(in crate::api) const fn may_pass(&self) -> bool {
        matches!(self, Self::ServiceUnreachable | Self::NotFound | Self::Unreachable(_) | Self::TimedOut | Self::Broke)
    }

    /// What an answer with a status other than 200 means.
    const fn of_status(status: u16) -> Self {
        match status {
            407 => Self::LogIn,
            403 => Self::Forbids,
            // It would do now, so it may the next time.
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

    /// What an error of the library says of a SOCKS proxy, in its words: it has no types for it.
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

/// What the library says of the way to a proxy, and not of the way behind it.
enum Told {
    Fault(ProxyFault),
    /// It could not be connected to.
    NoConnection,
    /// It answered something else than 200 or 407.
    Status,
}

fn message_of(error: &reqwest::Error) -> Option<Told> {
    let mut next: Option<&(dyn StdError + 'static)> = error.source();
    while let Some(error) = next {
        next = error.source();
        let words = error.to_string();
        if let Some(words) = words.strip_prefix("tunnel error: ") {
            return Some(match words {
                "proxy authorization required" => Told::Fault(ProxyFault::LogIn),
                "failed to create underlying connection" => Told::NoConnection,
                "proxy response headers too long" => Told::Fault(ProxyFault::NotAProxy),
                "unexpected end of file" | "io error establishing tunnel" => Told::Fault(ProxyFault::Broke),
                _ => Told::Status,
            });
        }
        if let Some(words) = words.strip_prefix("SOCKS error: ") {
            return Some(ProxyFault::of_socks(words).map_or(Told::NoConnection, Told::Fault));
        }
    }
    None
}

impl Proxy {
    /// Why a request did not get through the proxy; `None` where it did, and failed behind it. The proxy is asked once
    /// more where the library keeps to itself what it answered.
    pub(in crate::api) async fn failure(
        &self,
        error: &reqwest::Error,
        target: (&str, u16),
        tls: Option<&Arc<ClientConfig>>,
        limit: Duration,
    ) -> Option<ProxyFailure> {
        let (fault, status) = match message_of(error) {
            Some(Told::Fault(fault)) => {
                let status = (fault == ProxyFault::LogIn && !self.is_socks()).then_some(407);
                (fault, status)
            }
            Some(Told::NoConnection) => (self.no_connection(error, limit).await, None),
            Some(Told::Status) => match self.status(target, tls, limit).await {
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
        match ErrorFacts::of(error) {
            ErrorFacts { tls: Some(fault), .. } => ProxyFault::Tls(fault),
            _ if error.is_dns() => ProxyFault::NotFound,
            ErrorFacts { io: Some(kind), .. } => ProxyFault::of_connecting(kind),
            // The library tells nothing more of a SOCKS proxy.
            _ => match self.knock(limit).await {
                Err(error) if error.raw_os_error().is_none() && error.kind() != ErrorKind::TimedOut => {
                    ProxyFault::NotFound
                }
                Err(error) => ProxyFault::of_connecting(error.kind()),
                Ok(()) => ProxyFault::Broke,
            },
        }
    }
}
