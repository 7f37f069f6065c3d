//! The way to the service and what came back.

use hyper::Uri;
use hyper_util::client::proxy::matcher::Matcher;

use super::{Answer, Check, State};
use crate::api::Probe;
use crate::config::{BaseUrl, Environment, SecureTransfer};
use crate::failure::{Failure, Kind};
use crate::time;

/// From so many seconds on, a difference between the clocks is worth a note: a `Date` is cut to a second, and an answer
/// may take some. Relative dates of filters and certificates depend on this machine's clock.
const SKEW: u64 = 10;

/// How the request travels; without an address to the demo, on this machine.
pub(super) fn way(address: Option<&BaseUrl>, environment: &Environment) -> [Check; 2] {
    let https = address.is_some_and(|address| address.resource("submission").scheme() == "https");
    let tls = if https { "TLS 1.2 or newer is asked for, nothing older is taken" } else { "no TLS on loopback" };
    [Check::new(State::Well, "tls", tls), proxy(address, environment)]
}

/// Whether a proxy of the environment is used. The rules are those of the library that sends the request.
fn proxy(address: Option<&BaseUrl>, environment: &Environment) -> Check {
    let Some(address) = address.filter(|address| !address.is_loopback()) else {
        return Check::new(State::Well, "proxy", "none: loopback never uses one");
    };
    let value = |names: [&str; 2]| {
        let value = names.into_iter().find_map(|name| environment.variable(name));
        value.and_then(|value| value.into_string().ok()).unwrap_or_default()
    };
    let (https, all) = (value(["HTTPS_PROXY", "https_proxy"]), value(["ALL_PROXY", "all_proxy"]));
    let set = |no: String| Matcher::builder().https(https.clone()).all(all.clone()).no(no).build();
    let Ok(target) = address.resource("submission").as_str().parse::<Uri>() else {
        return Check::new(State::Note, "proxy", "not known: the base URL does not read as an address");
    };
    let used = |no: String| set(no).intercept(&target);
    match (used(value(["NO_PROXY", "no_proxy"])), used(String::new())) {
        // Of its address only host and port: it may hold a password.
        (Some(proxy), _) => {
            let uri = proxy.uri();
            let port = uri.port_u16().map(|port| format!(":{port}")).unwrap_or_default();
            let said = format!("{}{port}, by the environment", uri.host().unwrap_or_default());
            Check::new(State::Note, "proxy", &said)
        }
        (None, Some(_)) => Check::new(State::Well, "proxy", "none: NO_PROXY names this host"),
        (None, None) if https.is_empty() && all.is_empty() => {
            Check::new(State::Well, "proxy", "none in the environment")
        }
        (None, None) => Check::new(State::Note, "proxy", "none: that of the environment does not read as an address"),
    }
}

/// The answer in words.
pub(super) fn service(answer: &Answer) -> Check {
    match answer {
        Ok(Probe { items: Ok(items), status, version, elapsed, .. }) => {
            let items = match items {
                0 => "no submission there".to_owned(),
                1 => "one submission came".to_owned(),
                more => format!("{more} submissions came where one was asked for"),
            };
            let millis = elapsed.as_millis();
            Check::new(State::Well, "service", &format!("answers in {millis} ms ({status}, {version}); {items}"))
        }
        Ok(Probe { items: Err(error), .. }) | Err(error) => {
            Check::new(State::Wrong, "service", Failure::from(error).line().as_str())
        }
    }
}

/// Whether the answer was transferred as the setting says.
pub(super) fn transfer(answer: &Answer, transfer: SecureTransfer) -> Check {
    const NAME: &str = "transfer";
    let kind = match answer {
        Ok(Probe { items: Ok(_), .. }) => None,
        Ok(Probe { items: Err(error), .. }) | Err(error) => Some(Failure::from(error).kind),
    };
    match (kind, transfer) {
        (None, SecureTransfer::Off) => Check::new(State::Well, NAME, "off, and the answer came plain"),
        (None, SecureTransfer::Ecb) => Check::new(State::Well, NAME, "ecb, and the answer could be decrypted"),
        (Some(Kind::Encrypted), _) => Check::new(State::Wrong, NAME, "off, but the answer came encrypted"),
        (Some(Kind::NotEncrypted), _) => Check::new(State::Wrong, NAME, "ecb, but the answer came plain"),
        (Some(Kind::Encryption), _) => {
            let said = format!("{}, and the two sides do not agree on it", transfer.word());
            Check::new(State::Wrong, NAME, &said)
        }
        // Hardly anything else can be wrong with a request as plain as this one.
        (Some(Kind::BadRequest), own) => {
            let (there, other) = match own {
                SecureTransfer::Off => ("on", SecureTransfer::Ecb.word()),
                SecureTransfer::Ecb => ("off", SecureTransfer::Off.word()),
            };
            let own = own.word();
            let said =
                format!("{own}; if Secure Data Transfer is {there} for the project, say --secure-transfer {other}");
            Check::new(State::Note, NAME, &said)
        }
        (Some(_), _) => {
            Check::new(State::Note, NAME, &format!("{}; no answer tells whether it matches", transfer.word()))
        }
    }
}

/// The clock of this machine against that of the server.
pub(super) fn clock(answer: Option<&Probe>) -> Check {
    const NAME: &str = "clock";
    let Some(probe) = answer else { return Check::new(State::Note, NAME, "not known: no answer came") };
    let Some(skew) = probe.skew() else { return Check::new(State::Note, NAME, "not known: the answer has no date") };
    let (seconds, side) = (skew.as_secs().unsigned_abs(), if skew.is_negative() { "behind" } else { "ahead of" });
    if seconds < SKEW {
        return Check::new(State::Well, NAME, &format!("within {SKEW} s of the server's"));
    }
    let span = time::span(skew.abs());
    let said = format!(
        "{} {side} the server's: days such as today and -7d may be off; set this machine's clock",
        span.as_str()
    );
    Check::new(State::Note, NAME, &said)
}

#[cfg(test)]
mod tests {
    use super::*;

    use std::ffi::OsString;

    fn said(address: &str, variables: &[(&'static str, &'static str)]) -> (State, String) {
        let variables = variables.to_vec();
        let variable = move |name: &str| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value))
        };
        let check = proxy(Some(&BaseUrl::parse(address).unwrap()), &Environment::new(variable, None, None));
        (check.state, check.said.as_str().to_owned())
    }

    #[test]
    fn proxy_is_told_by_host_and_port_alone() {
        let service = "https://rest-api.example.com/v3";
        let used = |proxy| said(service, &[("HTTPS_PROXY", proxy)]);
        for proxy in ["http://canary:canary@proxy.example.com:3128/canary", "canary@proxy.example.com:3128"] {
            assert_eq!(used(proxy), (State::Note, "proxy.example.com:3128, by the environment".to_owned()), "{proxy}");
        }
        let socks = said(service, &[("all_proxy", "socks5h://canary:canary@proxy.example.com:1080")]);
        assert_eq!(socks.1, "proxy.example.com:1080, by the environment");
    }

    #[test]
    fn no_proxy_and_loopback_go_straight() {
        let proxy = ("HTTPS_PROXY", "http://proxy.example.com:3128");
        let service = "https://rest-api.example.com/v3";
        assert_eq!(said(service, &[]).1, "none in the environment");
        assert_eq!(said(service, &[proxy, ("NO_PROXY", ".example.com")]).1, "none: NO_PROXY names this host");
        assert_eq!(said(service, &[("HTTP_PROXY", "http://proxy.example.com")]).1, "none in the environment");
        assert_eq!(said("http://127.0.0.1:1/v3", &[proxy]).1, "none: loopback never uses one");
    }
}
