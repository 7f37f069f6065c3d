//! Checks of the connection to the service and of its answer.

use super::check::{Answer, CheckState, DoctorCheck};
use crate::api::{Client, Probe, RequestError, Route, SetupFault};
use crate::config::SecureTransfer;
use crate::failure::{Failure, FailureKind};
use crate::time;

/// Smallest difference, in seconds, between the clocks of this machine and of the service that `doctor` reports.
/// Smaller differences are normal, since the `Date` header has whole seconds and an answer takes time. Larger
/// differences make relative dates in filters wrong.
const MIN_REPORTED_SKEW_SECONDS: u64 = 10;

/// Returns three checks of the connection that `client` uses to reach the service: TLS, certificate authorities and
/// proxy. For plain http, the check of the authorities is left out.
pub(super) fn connection(client: &Client) -> Vec<DoctorCheck> {
    let authorities = client.authorities();
    let tls = match authorities {
        Some(_) => "TLS 1.2 or newer",
        None => "no TLS on loopback",
    };
    let is_direct = matches!(client.route(), Route::Direct(_));
    let mut checks = vec![DoctorCheck::new(CheckState::Well, "tls", tls)];
    checks.extend(authorities.map(|authorities| {
        let unread = authorities.unread.iter().map(|fault| format!("; {fault}")).collect::<String>();
        DoctorCheck::well(unread.is_empty(), "authorities", &format!("{authorities}{unread}"))
    }));
    checks.push(DoctorCheck::well(is_direct, "proxy", &client.route().to_string()));
    checks
}

/// Returns the failed check for a client (which sends the requests) that could not be created. `error` is the reason.
pub(super) fn client_fault(error: &RequestError) -> DoctorCheck {
    let name = match error {
        RequestError::Setup(SetupFault::ProxyVariable(_)) => "proxy",
        RequestError::Setup(SetupFault::NoAuthorities | SetupFault::Authority(_)) => "authorities",
        _ => "client",
    };
    DoctorCheck::new(CheckState::Wrong, name, Failure::from(error).line().as_str())
}

/// Returns the check whether the service sent a usable answer to the request of `doctor`.
pub(super) fn service(answer: &Answer) -> DoctorCheck {
    match answer {
        Ok(Probe { items: Ok(items), status, version, elapsed, .. }) => {
            let items = match items {
                0 => "no submissions".to_owned(),
                1 => "one submission received".to_owned(),
                more => format!("{more} submissions received where one was requested"),
            };
            let millis = elapsed.as_millis();
            DoctorCheck::new(
                CheckState::Well,
                "service",
                &format!("answers in {millis} ms ({status}, {version}); {items}"),
            )
        }
        Ok(Probe { items: Err(error), .. }) | Err(error) => {
            DoctorCheck::new(CheckState::Wrong, "service", Failure::from(error).line().as_str())
        }
    }
}

/// Returns the check whether the second encryption inside TLS (Secure Data Transfer) works as the setting `transfer`
/// requires. The answer of the service must be encrypted if the setting is on, and not encrypted if it is off.
pub(super) fn transfer(answer: &Answer, transfer: SecureTransfer) -> DoctorCheck {
    const NAME: &str = "transfer";
    let kind = match answer {
        Ok(Probe { items: Ok(_), .. }) => None,
        Ok(Probe { items: Err(error), .. }) | Err(error) => Some(Failure::from(error).kind),
    };
    match (kind, transfer) {
        (None, SecureTransfer::Off) => DoctorCheck::new(CheckState::Well, NAME, "off, and the answer was plain"),
        (None, SecureTransfer::Ecb) => DoctorCheck::new(CheckState::Well, NAME, "ecb, and the answer was decrypted"),
        (Some(FailureKind::Encrypted), _) => {
            DoctorCheck::new(CheckState::Wrong, NAME, "off, but the answer was encrypted")
        }
        (Some(FailureKind::NotEncrypted), _) => {
            DoctorCheck::new(CheckState::Wrong, NAME, "ecb, but the answer was plain")
        }
        (Some(FailureKind::Encryption), _) => {
            let said = format!("{}, but the service does not agree", transfer.word());
            DoctorCheck::new(CheckState::Wrong, NAME, &said)
        }
        // Hardly anything else can be wrong with such a plain request.
        (Some(FailureKind::BadRequest), own) => {
            let (there, other) = match own {
                SecureTransfer::Off => ("on", SecureTransfer::Ecb.word()),
                SecureTransfer::Ecb => ("off", SecureTransfer::Off.word()),
            };
            let own = own.word();
            let said =
                format!("{own}; if Secure Data Transfer is {there} for the project, use --secure-transfer {other}");
            DoctorCheck::new(CheckState::Note, NAME, &said)
        }
        (Some(_), _) => {
            DoctorCheck::new(CheckState::Note, NAME, &format!("{}; not checked: no answer", transfer.word()))
        }
    }
}

/// Returns the check that compares this machine's clock with the clock of the server, which the header `Date` of its
/// answer reports. `answer` is the answer to the one request of `doctor`; `None` if no answer arrived.
pub(super) fn clock(answer: Option<&Probe>) -> DoctorCheck {
    const NAME: &str = "clock";
    let Some(probe) = answer else { return DoctorCheck::new(CheckState::Note, NAME, "unknown: no answer") };
    let Some(skew) = probe.skew() else {
        return DoctorCheck::new(CheckState::Note, NAME, "unknown: the answer has no date");
    };
    let (seconds, side) = (skew.as_secs().unsigned_abs(), if skew.is_negative() { "behind" } else { "ahead of" });
    if seconds < MIN_REPORTED_SKEW_SECONDS {
        return DoctorCheck::new(
            CheckState::Well,
            NAME,
            &format!("within {MIN_REPORTED_SKEW_SECONDS} s of the server's"),
        );
    }
    let span = time::span(skew.abs());
    let said = format!(
        "{} {side} the server's: dates such as today and -7d may be wrong; set this machine's clock",
        span.as_str()
    );
    DoctorCheck::new(CheckState::Note, NAME, &said)
}
