//! Decides the network route to the service: direct, or through a proxy.

use std::fmt;

use hyper::Uri;
use hyper_util::client::proxy::matcher::Matcher;

use super::{NetworkVariables, Proxy, Variable};
use crate::config::BaseUrl;

/// Network route that requests take to the service. The type does not implement `Debug`, since the route may hold the
/// password of a proxy.
#[derive(Clone)]
pub enum Route {
    /// Requests go directly to the service; the value is the reason.
    Direct(Direct),
    /// Requests go through this proxy.
    Proxy(Proxy),
}

/// Reason why requests go to the service without a proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direct {
    /// The service is on this machine.
    Loopback,
    /// No environment variable names a proxy.
    NoneSet,
    /// The environment variable with this name excludes the service's host from the use of a proxy.
    Exempt(&'static str),
}

/// Fault of an environment variable (such as `HTTPS_PROXY`) that names a proxy which cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProxyVariableFault {
    /// Name of the environment variable. Its value is left out, since the value may hold a password.
    pub variable: &'static str,
    /// Scheme of the proxy's address (the text before `://`), if this scheme is not supported; `None` if the proxy
    /// cannot be used for another reason.
    pub scheme: Option<String>,
}

impl Route {
    /// Decides the network route to the service at the address `base`, from the values of environment variables.
    ///
    /// # Errors
    /// Returns an error if an environment variable names a proxy that cannot be used. Requests are then not sent at
    /// all. Sending them without a proxy could break the rules of the user's network.
    pub(in crate::api) fn of(base: &BaseUrl, variables: &NetworkVariables) -> Result<Self, ProxyVariableFault> {
        if base.is_loopback() {
            return Ok(Self::Direct(Direct::Loopback));
        }
        let Some(Variable { name, value }) = &variables.proxy else { return Ok(Self::Direct(Direct::NoneSet)) };
        let unusable = |scheme| ProxyVariableFault { variable: name, scheme };
        let target: Uri = base.resource("submission").as_str().parse().map_err(|_| unusable(None))?;
        // Applies the library's rules, with an invented proxy address that it can read.
        if let Some(Variable { name, value }) = &variables.exceptions {
            let rules = Matcher::builder().all("http://proxy.invalid").no(value.to_string_lossy().into_owned()).build();
            if rules.intercept(&target).is_none() {
                return Ok(Self::Direct(Direct::Exempt(name)));
            }
        }
        let text = value.to_str().ok_or_else(|| unusable(None))?.trim();
        let used = Matcher::builder().all(text).build().intercept(&target);
        let proxy = used.and_then(|intercept| Proxy::new(name, intercept));
        proxy.map(Self::Proxy).ok_or_else(|| unusable(unknown_scheme(text)))
    }

    /// Returns the proxy of the route; `None` if requests go directly to the service.
    pub(in crate::api) const fn proxy(&self) -> Option<&Proxy> {
        match self {
            Self::Direct(_) => None,
            Self::Proxy(proxy) => Some(proxy),
        }
    }
}

/// Returns the scheme of a proxy's address (`text`) if the scheme is not supported, such as `ftp`; otherwise returns
/// `None`. A scheme of more than ten characters is never returned, since the text may be a secret.
fn unknown_scheme(text: &str) -> Option<String> {
    let (scheme, _) = text.split_once("://")?;
    let is_scheme = !scheme.is_empty() && scheme.len() <= 10 && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_known = Proxy::SCHEMES.iter().any(|(known, _)| scheme.eq_ignore_ascii_case(known));
    (is_scheme && !is_known).then(|| scheme.to_owned())
}

impl fmt::Display for Route {
    /// Writes the route in words. For a proxy, writes its scheme, host and port and the variable that names it; the
    /// rest of its address is left out, since it may contain a password. Without a proxy, writes the reason, such as
    /// `none in the environment`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Direct(Direct::Loopback) => f.write_str("none: loopback never uses one"),
            Self::Direct(Direct::NoneSet) => f.write_str("none in the environment"),
            Self::Direct(Direct::Exempt(name)) => write!(f, "none: {name} names this host"),
            Self::Proxy(proxy) => write!(f, "{proxy} ({}), by {}", proxy.scheme(), proxy.variable()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use std::ffi::OsString;

    use crate::config::Environment;

    const SERVICE: &str = "https://rest-api.example.com/v3";

    fn route(address: &str, variables: &[(&'static str, &'static str)]) -> String {
        let variables = variables.to_vec();
        let variable = move |name: &str| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value))
        };
        let variables = NetworkVariables::of(&Environment::new(variable, None, None));
        match Route::of(&BaseUrl::parse(address).unwrap(), &variables) {
            Ok(route) => route.to_string(),
            Err(fault) => format!("{fault:?}"),
        }
    }

    #[test]
    fn proxy_is_told_by_host_and_port_alone() {
        for (proxy, told) in [
            ("http://canary:canary@proxy.example.com:3128/canary", "proxy.example.com:3128 (http)"),
            ("canary@proxy.example.com:3128", "proxy.example.com:3128 (http)"),
            ("proxy.example.com:3128", "proxy.example.com:3128 (http)"),
            (" http://proxy.example.com ", "proxy.example.com:80 (http)"),
            ("https://proxy.example.com", "proxy.example.com:443 (https)"),
            ("socks5h://canary:canary@proxy.example.com", "proxy.example.com:1080 (socks5h)"),
            ("socks5://[2001:db8::1]:9050", "[2001:db8::1]:9050 (socks5)"),
        ] {
            assert_eq!(route(SERVICE, &[("HTTPS_PROXY", proxy)]), format!("{told}, by HTTPS_PROXY"), "{proxy}");
            assert_eq!(route(SERVICE, &[("all_proxy", proxy)]), format!("{told}, by all_proxy"), "{proxy}");
        }
    }

    #[test]
    fn first_variable_that_is_set_wins_and_an_empty_one_is_not() {
        let (one, other) = ("http://one.example.com:1", "http://other.example.com:2");
        for (variables, told) in [
            (&[("HTTPS_PROXY", ""), ("https_proxy", one)][..], "one.example.com:1 (http), by https_proxy"),
            (&[("HTTPS_PROXY", one), ("https_proxy", other)], "one.example.com:1 (http), by HTTPS_PROXY"),
            (&[("https_proxy", one), ("ALL_PROXY", other)], "one.example.com:1 (http), by https_proxy"),
            (&[("HTTPS_PROXY", ""), ("ALL_PROXY", ""), ("all_proxy", one)], "one.example.com:1 (http), by all_proxy"),
            (&[("HTTPS_PROXY", ""), ("https_proxy", "")], "none in the environment"),
            (&[("HTTP_PROXY", one), ("http_proxy", one)], "none in the environment"),
            (&[("REQUEST_METHOD", "GET"), ("HTTPS_PROXY", one)], "one.example.com:1 (http), by HTTPS_PROXY"),
        ] {
            assert_eq!(route(SERVICE, variables), told, "{variables:?}");
        }
    }

    #[test]
    fn exempt_hosts_and_loopback_go_straight() {
        let proxy = ("HTTPS_PROXY", "http://proxy.example.com:3128");
        for (name, list) in [
            ("NO_PROXY", ".example.com"),
            ("NO_PROXY", "a.example, rest-api.example.com"),
            ("no_proxy", "EXAMPLE.com"),
            ("NO_PROXY", "*"),
        ] {
            assert_eq!(route(SERVICE, &[proxy, (name, list)]), format!("none: {name} names this host"), "{list}");
        }
        let used = "proxy.example.com:3128 (http), by HTTPS_PROXY";
        assert_eq!(route(SERVICE, &[proxy, ("NO_PROXY", "ample.com")]), used);
        assert_eq!(route(SERVICE, &[proxy, ("NO_PROXY", ""), ("no_proxy", "*")]), "none: no_proxy names this host");
        assert_eq!(
            route("https://192.0.2.7/v3", &[proxy, ("NO_PROXY", "192.0.2.0/24")]),
            "none: NO_PROXY names this host"
        );
        assert_eq!(route("http://127.0.0.1:1/v3", &[proxy]), "none: loopback never uses one");
    }

    #[test]
    fn unusable_proxy_is_refused_and_its_value_not_told() {
        for (value, scheme) in [
            ("socks://canary:1080", Some("socks")),
            ("ftp://canary", Some("ftp")),
            ("\"http://canary:3128\"", None),
            ("http://", None),
            ("http://canary:99999", None),
            ("canary canary", None),
            ("CanaryKey7xCanaryKey7x://", None),
        ] {
            let fault = ProxyVariableFault { variable: "ALL_PROXY", scheme: scheme.map(str::to_owned) };
            assert_eq!(route(SERVICE, &[("ALL_PROXY", value)]), format!("{fault:?}"), "{value}");
            let straight = route(SERVICE, &[("ALL_PROXY", value), ("NO_PROXY", "rest-api.example.com")]);
            assert_eq!(straight, "none: NO_PROXY names this host", "what is not used is not judged");
        }
    }
}
