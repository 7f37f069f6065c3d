//! Messages for requests that got no answer: faults of the environment, the proxy, the network and the certificates.

use std::io::ErrorKind;

use crate::api::network::{AuthorityFault, ProxyFailure, ProxyFault, SetupFault};
use crate::api::tls_fault::{TlsFault, day};
use crate::failure::{Failure, FailureKind, Stage};
use crate::text::Safe;

/// Advice for the user: how to make this machine trust a further certificate authority. The text is the end of a
/// sentence.
const ADD_AUTHORITY: &str = if cfg!(target_vendor = "apple") {
    "add its authority to this system's keychain"
} else {
    "name the file of its authority in SSL_CERT_FILE, or add it to this system"
};

fn failure(kind: FailureKind, sentence: &str, advice: &str) -> Failure {
    Failure { kind, sentence: Safe::sanitize(sentence), advice: Safe::sanitize(advice) }
}

/// Returns the message for the user if the HTTP client could not be created because of `fault`. The reason is mostly an
/// environment variable, such as `SSL_CERT_FILE`.
pub(super) fn setup(fault: &SetupFault) -> Failure {
    match fault {
        SetupFault::NoAuthorities => failure(
            FailureKind::Tls,
            "No certificates of trusted authorities were found on this system.",
            "Install them; the package is often named ca-certificates.",
        ),
        SetupFault::Authority(fault) => failure(FailureKind::Tls, &format!("{fault}."), &correct(fault)),
        SetupFault::ProxyVariable(fault) => {
            let variable = fault.variable;
            let sentence = match &fault.scheme {
                Some(scheme) => format!("{variable} names a proxy of a kind that is not supported ({scheme})."),
                None => format!("{variable} names no proxy that can be used."),
            };
            let advice = "Write http://HOST:PORT, https://HOST:PORT or socks5h://HOST:PORT, or name the service's host in \
                          NO_PROXY.";
            failure(FailureKind::Proxy, &sentence, advice)
        }
        SetupFault::Client => failure(
            FailureKind::Tls,
            "The HTTP client could not be made.",
            "Please report it, with the version of the program.",
        ),
    }
}

fn correct(fault: &AuthorityFault) -> String {
    format!("Correct {0}, or unset it to trust the authorities of this system.", fault.variable)
}

/// Returns the message for the user if no connection to the service's host could be made. `kind` is the kind of the I/O
/// error, such as `ConnectionRefused`.
pub(super) fn connect(kind: ErrorKind) -> Failure {
    let (sentence, advice) = match kind {
        ErrorKind::ConnectionRefused => (
            "The host refused the connection.".to_owned(),
            "Are the base URL and its port right? For the demo: does its server still run?",
        ),
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable | ErrorKind::NetworkDown => (
            format!("The network has no way to the service ({kind})."),
            "Check this machine's network connection, and the VPN if there is one.",
        ),
        ErrorKind::PermissionDenied => (
            "This machine does not allow the connection (permission denied).".to_owned(),
            "Check its firewall, and the rules of the sandbox or container.",
        ),
        ErrorKind::Other => {
            ("No connection to the service.".to_owned(), "Check the network. Are the proxy and the base URL right?")
        }
        kind => (
            format!("No connection to the service ({kind})."),
            "Check the network. Are the proxy and the base URL right?",
        ),
    };
    failure(FailureKind::Connect, &sentence, advice)
}

/// Returns the message for the user if no TLS connection to the service could be made because of `fault`.
pub(super) fn tls(fault: &TlsFault) -> Failure {
    failure(FailureKind::Tls, &format!("The connection is not secure: {fault}."), &tls_advice(fault))
}

fn tls_advice(fault: &TlsFault) -> String {
    match fault {
        TlsFault::Expired(Some(dates)) => format!(
            "This machine's clock says {}; if that is right, the service or a proxy shows an old certificate.",
            day(dates.now)
        ),
        TlsFault::NotYetValid(Some(dates)) => {
            format!("This machine's clock says {}; set it if that is wrong.", day(dates.now))
        }
        TlsFault::Expired(None) | TlsFault::NotYetValid(None) => "Check this machine's clock.".to_owned(),
        TlsFault::WrongName(_) => {
            "Is the base URL right? A log-in page of the network or a proxy may answer in the service's place."
                .to_owned()
        }
        TlsFault::UnknownIssuer { unread: Some(fault), .. } => format!("{fault}. {}", correct(fault)),
        TlsFault::UnknownIssuer { unread: None, .. } => {
            format!("If a proxy or virus scanner of yours opens secure connections, {ADD_AUTHORITY}.")
        }
        TlsFault::Revoked | TlsFault::Certificate => "Check for a proxy; without one, report it to ARGOS.".to_owned(),
        TlsFault::Handshake => "Are the base URL, its port and any proxy right?".to_owned(),
    }
}

/// Returns the message for the user if the service cannot be reached through a proxy. `failed` holds the proxy and the
/// reason.
pub(super) fn proxy(failed: &ProxyFailure) -> Failure {
    let ProxyFailure { proxy, variable, has_login, fault, status } = failed;
    let proxy = proxy.as_str();
    let status = status.map(|status| format!(" ({status})")).unwrap_or_default();
    let (kind, sentence, advice) = match fault {
        ProxyFault::LogIn if *has_login => (
            FailureKind::Proxy,
            format!("The proxy {proxy} does not accept the log-in{status}."),
            format!("Check the user name and the password in {variable}; signs such as @ are written there as %40."),
        ),
        ProxyFault::LogIn => (
            FailureKind::Proxy,
            format!("The proxy {proxy} requires a log-in{status}."),
            format!(
                "Put it before the host in {variable}, as USER:PASSWORD@HOST:PORT; for Kerberos or NTLM, name a local proxy that logs in."
            ),
        ),
        ProxyFault::Forbids => (
            FailureKind::Proxy,
            format!("The proxy {proxy} forbids the connection to the service{status}."),
            "Ask for the service's host to be allowed there, or name it in NO_PROXY if it can be reached without."
                .into(),
        ),
        ProxyFault::Refuses => (
            FailureKind::Proxy,
            format!("The proxy {proxy} refuses the connection to the service{status}."),
            format!("Check that {variable} names the right proxy, and of the right kind."),
        ),
        ProxyFault::NotAProxy => (
            FailureKind::Proxy,
            format!("The server at {proxy} does not answer as a proxy."),
            format!("Check the scheme and the port in {variable}."),
        ),
        ProxyFault::Tls(fault) => (
            FailureKind::Tls,
            format!("The connection to the proxy {proxy} is not secure: {fault}."),
            tls_advice(fault),
        ),
        ProxyFault::ServiceUnreachable => (
            FailureKind::Connect,
            format!("The proxy {proxy} cannot reach the service{status}."),
            "Is the base URL right? If so, ask the proxy's operators.".into(),
        ),
        ProxyFault::NotFound => (
            FailureKind::Dns,
            format!("The name of the proxy {proxy} was not found."),
            format!("Check the network. Is {variable} right?"),
        ),
        ProxyFault::Unreachable(ErrorKind::ConnectionRefused) => (
            FailureKind::Connect,
            format!("The proxy {proxy} is down: it refused the connection."),
            format!("Is {variable} right, and does the proxy run?"),
        ),
        ProxyFault::Unreachable(kind) => (
            FailureKind::Connect,
            format!("The proxy {proxy} cannot be reached ({kind})."),
            format!("Check the network. Is {variable} right?"),
        ),
        ProxyFault::TimedOut => (
            FailureKind::TimedOut(Stage::Connect),
            format!("The proxy {proxy} did not connect in time."),
            format!("Check the network. Is {variable} right?"),
        ),
        ProxyFault::Broke => (
            FailureKind::Connect,
            format!("The proxy {proxy} broke the connection before it answered."),
            format!("Is {variable} right?"),
        ),
    };
    failure(kind, &sentence, &advice)
}
