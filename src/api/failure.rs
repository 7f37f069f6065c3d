//! Translates each error of a request into a message for the user: one sentence, and advice on what to do. The advice
//! does not depend on what was requested. Advice for one kind of request is added by the functions `page_failure`,
//! `record_failure` and `picture_failure`.

mod connection;

use std::fmt::Display;

use super::error::{RequestError, ShapeFault};
use super::refusal::{Refusal, RefusalReason};
use crate::failure::{CHECK_BASE_URL, Failure, FailureKind, Stage};
use crate::text::Safe;

impl From<&RequestError> for Failure {
    fn from(error: &RequestError) -> Self {
        let say = |kind, sentence: &'static str, advice: &'static str| Self {
            kind,
            sentence: Safe::from_static(sentence),
            advice: Safe::from_static(advice),
        };
        let tell = |kind, sentence: &dyn Display, advice: &'static str| Self {
            kind,
            sentence: Safe::sanitize(&sentence.to_string()),
            advice: Safe::from_static(advice),
        };
        match error {
            RequestError::Setup(fault) => connection::setup(fault),
            RequestError::Proxy(failed) => connection::proxy(failed),
            RequestError::Unrecorded(kind) => tell(
                FailureKind::Unrecorded,
                &format_args!("The access log cannot be written ({kind}), so nothing is shown."),
                "Check the file that is named as access_log, and its disk.",
            ),
            RequestError::Dns => say(
                FailureKind::Dns,
                "The host name of the service was not found.",
                "Check the network. Is the base URL right (--base-url, ARGOS_BASE_URL or profile)?",
            ),
            RequestError::Connect(kind) => connection::connect(*kind),
            RequestError::Tls(fault) => connection::tls(fault),
            RequestError::TimedOut(Stage::Connect) => say(
                FailureKind::TimedOut(Stage::Connect),
                "The service could not be reached in time.",
                "Check the network and any firewall, then try again.",
            ),
            RequestError::TimedOut(stage) => {
                tell(FailureKind::TimedOut(*stage), &format_args!("The service took too long: {stage}."), "Try again.")
            }
            RequestError::Reset => say(
                FailureKind::Reset,
                "The connection broke before an answer was received.",
                "Check the network, then try again.",
            ),
            RequestError::CutOff => say(FailureKind::CutOff, "The answer is incomplete.", "Try again."),
            RequestError::Garbled => {
                say(FailureKind::Garbled, "The answer is damaged.", "Are the base URL, its port and any proxy right?")
            }
            RequestError::Encoding => {
                say(FailureKind::Garbled, "The answer is compressed in an unexpected way.", "Check any proxy.")
            }
            RequestError::TooLarge(limit) => tell(
                FailureKind::TooLarge,
                &format_args!("The answer is larger than {} MiB.", limit / (1024 * 1024)),
                "Nothing of it is loaded.",
            ),
            RequestError::Redirect(status) => tell(
                FailureKind::Redirect,
                &format_args!(
                    "The service redirects to another address ({status}). Redirects are not followed, since they would pass on the key."
                ),
                CHECK_BASE_URL,
            ),
            RequestError::Refused(refusal) => refused(refusal),
            RequestError::Status(status) => tell(
                FailureKind::WrongShape,
                &format_args!("Unexpected status {status} (200 is documented)."),
                CHECK_BASE_URL,
            ),
            RequestError::Empty => {
                say(FailureKind::Empty, "The service sent an answer without any content.", CHECK_BASE_URL)
            }
            RequestError::Html => say(
                FailureKind::NotJson,
                "The answer is a web page, not data.",
                "Is the base URL right (--base-url, ARGOS_BASE_URL or profile), or does this network require a log-in?",
            ),
            RequestError::NotJson { line, column } => tell(
                FailureKind::NotJson,
                &format_args!("The answer is not JSON (line {line}, column {column})."),
                CHECK_BASE_URL,
            ),
            RequestError::Shape(ShapeFault::Encrypted) => say(
                FailureKind::Encrypted,
                "The answer is encrypted: Secure Data Transfer is on for this project.",
                "Start with --secure-transfer ecb, or set secure_transfer in the profile.",
            ),
            RequestError::NotEncrypted => say(
                FailureKind::NotEncrypted,
                "The answer is not encrypted although secure transfer is on here, so it is refused.",
                "If Secure Data Transfer is off for the project, start with --secure-transfer off.",
            ),
            RequestError::Undeciphered => say(
                FailureKind::Encryption,
                "The answer cannot be decrypted: wrong key or mode.",
                "Check that the API key belongs to the project; only ecb is documented for answers.",
            ),
            RequestError::NoPicture => say(
                FailureKind::WrongShape,
                "The answer is JSON without a message, not a picture.",
                "Try again; the service may have changed.",
            ),
            RequestError::PicturesOff => say(
                FailureKind::PicturesOff,
                "Pictures are switched off by the setting pictures.",
                "To see them, set pictures = \"ask\" in the configuration.",
            ),
            RequestError::Shape(ShapeFault::OtherSubmission) => say(
                FailureKind::WrongShape,
                "The service answered with a different submission than requested.",
                "Try again; nothing of that answer is shown.",
            ),
            RequestError::Shape(shape) => tell(
                FailureKind::WrongShape,
                &format_args!("The answer does not have the documented form: {shape}."),
                "Is the base URL right? If so, the service may have changed.",
            ),
        }
    }
}

fn refused(refusal: &Refusal) -> Failure {
    let Refusal { status, reason, .. } = refusal;
    let (kind, sentence, advice) = match reason {
        RefusalReason::Key => (
            FailureKind::Key,
            format!("The service does not accept the API key ({status})."),
            "Check the key and its project in the dashboard: Settings, General, Access Management.",
        ),
        RefusalReason::Address => (
            FailureKind::BlockedAddress,
            format!("The service does not allow this IP address ({status})."),
            "Have your public IP address added to the project's list; the key may be right.",
        ),
        RefusalReason::Path => (
            FailureKind::UnknownPath,
            format!("The service does not know this path ({status})."),
            "Is the base URL right (--base-url, ARGOS_BASE_URL or profile)? It ends in the version, such as /v3.",
        ),
        RefusalReason::Request => (
            FailureKind::BadRequest,
            format!("The service rejects the request as invalid ({}).", named(refusal)) + &quoted(refusal),
            "If the request is right, the service may have changed.",
        ),
        RefusalReason::Encryption => (
            FailureKind::Encryption,
            format!("The service and this program do not agree on encryption ({status}).") + &quoted(refusal),
            "Compare --secure-transfer with Secure Data Transfer in the project's dashboard; its key is derived from the API key.",
        ),
        RefusalReason::Rate => (
            FailureKind::RateLimited,
            format!("Too many requests ({status}).") + &asked(refusal),
            "Wait a moment, then try again.",
        ),
        RefusalReason::Quota => (
            FailureKind::QuotaUsedUp,
            format!("The request quota is used up ({status})."),
            "Wait until it is renewed (documented: 00:00 UTC), or request a higher one.",
        ),
        RefusalReason::Server => (
            FailureKind::Server,
            match status {
                503 => format!("The service is not available ({status}).") + &asked(refusal),
                504 => format!("Gateway timeout at ARGOS ({status})."),
                _ => format!("The service failed ({status})."),
            } + &quoted(refusal),
            "Try again. If it persists, report it to ARGOS.",
        ),
        RefusalReason::Other => (
            FailureKind::Refused,
            format!("The service refuses the request ({status}).") + &quoted(refusal),
            "Are the base URL, the key and any proxy right?",
        ),
    };
    Failure { kind, sentence: Safe::sanitize(&sentence), advice: Safe::from_static(advice) }
}

/// Returns a sentence that says how long the service asks to wait, such as `ARGOS asks to wait 5 minutes.`, with a
/// space before it. The time is that of `Retry-After` in the refusal. Returns an empty text if the service asks for no
/// wait or for at most a minute: the program makes such a short wait by itself.
fn asked(refusal: &Refusal) -> String {
    match refusal.retry_after.map(|time| time.as_secs()) {
        Some(seconds @ 61..=7_200) => format!(" ARGOS asks to wait {} minutes.", seconds.div_ceil(60)),
        Some(seconds @ 7_201..) => format!(" ARGOS asks to wait {} hours.", seconds.div_ceil(3_600)),
        _ => String::new(),
    }
}

/// Returns the error code of `refusal` and the query parameter that it names as one text, such as `invalid_format:
/// start_date`. Without a code, the HTTP status is used instead. Without a parameter, the text is only the code or the
/// status.
fn named(refusal: &Refusal) -> String {
    match (refusal.code, refusal.parameter) {
        (Some(code), Some(parameter)) => format!("{}: {parameter}", code.word()),
        (Some(code), None) => code.word().to_owned(),
        (None, Some(parameter)) => format!("{}: {parameter}", refusal.status),
        (None, None) => refusal.status.to_string(),
    }
}

/// Messages of gateways (servers in front of the service) that only repeat the HTTP status in words. The program does
/// not show them, since its own sentence already names the status.
const SAID: [&str; 6] = [
    "Internal Server Error",
    "Bad Gateway",
    "Service Unavailable",
    "Gateway Timeout",
    "Endpoint request timed out",
    "Request Entity Too Large",
];

/// Returns the message of the service in a refusal as a sentence, such as `Message: "Invalid format".`, with a space
/// before it. Returns an empty text in each of these cases:
/// - There is no message.
/// - The message only repeats the HTTP status.
/// - The refusal has an error code and names a query parameter.
pub(super) fn quoted(refusal: &Refusal) -> String {
    let message = refusal.message.as_str();
    let is_said = SAID.iter().any(|said| said.eq_ignore_ascii_case(message))
        || refusal.code.is_some() && refusal.parameter.is_some();
    if message.is_empty() || is_said { String::new() } else { format!(" Message: \"{message}\".") }
}

#[cfg(test)]
mod tests {
    use super::*;

    use std::io;

    use crate::api::{
        AuthorityFault, AuthorityProblem, Code, ProxyFailure, ProxyFault, ProxyVariableFault, SetupFault, TlsFault,
    };

    /// Returns one example of each error for which the user gets a sentence of its own.
    fn all() -> Vec<RequestError> {
        let refusal = |status, reason| {
            RequestError::Refused(Refusal {
                status,
                reason,
                code: None,
                parameter: None,
                message: Safe::from_static("Some words"),
                retry_after: None,
            })
        };
        let proxy = |fault| {
            let (proxy, variable) = (Safe::from_static("proxy.example.com:3128"), "HTTPS_PROXY");
            RequestError::Proxy(Box::new(ProxyFailure { proxy, variable, has_login: false, fault, status: None }))
        };
        vec![
            RequestError::Setup(SetupFault::NoAuthorities),
            RequestError::Setup(SetupFault::Authority(AuthorityFault {
                variable: "SSL_CERT_FILE",
                path: Safe::from_static("/none.pem"),
                problem: AuthorityProblem::Unreadable(io::ErrorKind::NotFound),
            })),
            RequestError::Setup(SetupFault::ProxyVariable(ProxyVariableFault { variable: "ALL_PROXY", scheme: None })),
            RequestError::Setup(SetupFault::Client),
            RequestError::Dns,
            RequestError::Connect(io::ErrorKind::ConnectionRefused),
            RequestError::Connect(io::ErrorKind::NetworkUnreachable),
            RequestError::Connect(io::ErrorKind::PermissionDenied),
            RequestError::Connect(io::ErrorKind::AddrNotAvailable),
            RequestError::Connect(io::ErrorKind::Other),
            proxy(ProxyFault::LogIn),
            proxy(ProxyFault::Forbids),
            proxy(ProxyFault::ServiceUnreachable),
            proxy(ProxyFault::Refuses),
            proxy(ProxyFault::NotFound),
            proxy(ProxyFault::Unreachable(io::ErrorKind::ConnectionRefused)),
            proxy(ProxyFault::Unreachable(io::ErrorKind::HostUnreachable)),
            proxy(ProxyFault::TimedOut),
            proxy(ProxyFault::Broke),
            proxy(ProxyFault::NotAProxy),
            proxy(ProxyFault::Tls(TlsFault::Expired(None))),
            RequestError::Tls(TlsFault::Expired(None)),
            RequestError::Tls(TlsFault::UnknownIssuer { issuer: Some(Safe::from_static("A Proxy")), unread: None }),
            RequestError::TimedOut(Stage::Connect),
            RequestError::TimedOut(Stage::Header),
            RequestError::TimedOut(Stage::Idle),
            RequestError::TimedOut(Stage::Total),
            RequestError::Reset,
            RequestError::CutOff,
            RequestError::Garbled,
            RequestError::Encoding,
            RequestError::TooLarge(16 * 1024 * 1024),
            RequestError::Redirect(302),
            refusal(403, RefusalReason::Key),
            refusal(403, RefusalReason::Address),
            refusal(403, RefusalReason::Path),
            refusal(400, RefusalReason::Request),
            refusal(400, RefusalReason::Encryption),
            refusal(429, RefusalReason::Rate),
            refusal(429, RefusalReason::Quota),
            refusal(500, RefusalReason::Server),
            refusal(503, RefusalReason::Server),
            refusal(504, RefusalReason::Server),
            refusal(413, RefusalReason::Other),
            RequestError::Status(202),
            RequestError::Empty,
            RequestError::Html,
            RequestError::NotJson { line: 1, column: 2 },
            RequestError::Shape(ShapeFault::NoItems),
            RequestError::Shape(ShapeFault::Encrypted),
            RequestError::NotEncrypted,
            RequestError::Undeciphered,
            RequestError::NoPicture,
            RequestError::PicturesOff,
            RequestError::Shape(ShapeFault::OtherSubmission),
        ]
    }

    #[test]
    fn every_error_has_one_sentence_of_its_own_and_an_advice() {
        let mut sentences = Vec::new();
        for error in all() {
            let failure = Failure::from(&error);
            let sentence = failure.sentence.as_str().to_owned();
            assert!(sentence.starts_with(|c: char| c.is_uppercase()), "{sentence}");
            assert!(sentence.ends_with('.'), "{sentence}");
            assert!(failure.advice.as_str().ends_with(['.', '?']), "{sentence}");
            assert!(!sentences.contains(&sentence), "{sentence}");
            sentences.push(sentence);
        }
    }

    #[test]
    fn code_and_parameter_are_named_in_place_of_the_message() {
        let refusal = |code, parameter| {
            let error = RequestError::Refused(Refusal {
                status: 400,
                reason: RefusalReason::Request,
                code,
                parameter,
                message: Safe::from_static("Invalid format: start_date"),
                retry_after: None,
            });
            Failure::from(&error).sentence.as_str().to_owned()
        };
        assert_eq!(
            refusal(Some(Code::InvalidFormat), Some("start_date")),
            "The service rejects the request as invalid (invalid_format: start_date)."
        );
        assert_eq!(
            refusal(None, None),
            "The service rejects the request as invalid (400). Message: \"Invalid format: start_date\"."
        );
    }
}
