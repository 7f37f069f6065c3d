//! The address of the service. The API key is sent to this address only.

use std::fmt;
use std::net::IpAddr;

use reqwest::Url;

use crate::text::typed::non_ascii_problem;

/// Address of the service without `/submission`, such as `https://rest-api.argosidentity.com/v3`. The scheme is https;
/// http is allowed only for this machine. The address has no user name, query or fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(Url);

/// Reason why a text cannot be a base URL. Messages name at most the host in the text, since the rest of the text can
/// contain a password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UrlFault {
    /// The text cannot be parsed as a URL.
    #[error("not a URL; example: {}", BaseUrl::DEFAULT)]
    Unreadable,
    /// The scheme is neither https nor http.
    #[error("the address must start with https://")]
    Scheme,
    /// The host between `//` and the path is missing.
    #[error("the address has no host; example: {}", BaseUrl::DEFAULT)]
    NoHost,
    /// The text holds a character that is invisible or looks like another character. A reader could mistake such an
    /// address for another address. The value describes the character.
    #[error("{0}: type it again")]
    Odd(String),
    /// The address holds `user:password@`.
    #[error("the address must hold no user name and no password before the host")]
    UserInfo,
    /// The address holds `?…` or `#…`.
    #[error("the address must not contain ? or #: the query is built for each request")]
    QueryOrFragment,
    /// The address uses plain http for another machine.
    #[error("plain http would send the key and identity data in clear to {host}: write https:// instead of http://")]
    PlainHttp {
        /// Host that requests would go to.
        host: String,
    },
}

impl BaseUrl {
    /// Address of the service that is used if no setting names another one (the service's documentation, "Get
    /// submission").
    pub const DEFAULT: &str = "https://rest-api.argosidentity.com/v3";

    /// Parses an address as a base URL. Slashes at the end are ignored.
    ///
    /// # Errors
    /// Returns a [`UrlFault`] if the address cannot be used. Its message says what to write instead.
    pub fn parse(text: &str) -> Result<Self, UrlFault> {
        let text = text.trim_ascii();
        // URL parsing as browsers do it forgives what would hide the true host from a reader: line breaks inside, back
        // slashes, a missing or a third slash. Here those are mistakes.
        if text.contains(|c: char| c.is_control() || c.is_whitespace() || c == '\\') {
            return Err(UrlFault::Unreadable);
        }
        let (scheme, rest) = text.split_once("://").ok_or(UrlFault::Unreadable)?;
        if !scheme.eq_ignore_ascii_case("https") && !scheme.eq_ignore_ascii_case("http") {
            return Err(UrlFault::Scheme);
        }
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if authority.contains('@') {
            return Err(UrlFault::UserInfo);
        }
        if authority.is_empty() || authority.starts_with(':') {
            return Err(UrlFault::NoHost);
        }
        if let Some(odd) = non_ascii_problem(text) {
            return Err(UrlFault::Odd(odd));
        }
        let mut url = Url::parse(text).map_err(|_| UrlFault::Unreadable)?;
        if url.query().is_some() || url.fragment().is_some() {
            return Err(UrlFault::QueryOrFragment);
        }
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        let base = Self(url);
        if base.0.scheme() == "https" || base.is_loopback() {
            Ok(base)
        } else {
            Err(UrlFault::PlainHttp { host: base.host().to_owned() })
        }
    }

    /// Returns whether the host of the base URL is this machine (`localhost`, 127.0.0.0/8 or `[::1]`). Requests to this
    /// machine never use a proxy, and may use plain http.
    pub fn is_loopback(&self) -> bool {
        let host = self.host();
        host == "localhost"
            || host.trim_start_matches('[').trim_end_matches(']').parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
    }

    /// Returns the host of the base URL; an IPv6 address is in brackets, such as `[::1]`.
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// Returns the base URL with `name` added to its path, for example `https://…/v3/submission` for `submission`.
    pub fn resource(&self, name: &str) -> Url {
        let mut url = self.0.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().push(name);
        }
        url
    }
}

impl fmt::Display for BaseUrl {
    /// Writes the base URL without a slash at the end. The text is pure ASCII, since other characters were encoded when
    /// the base URL was parsed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

#[cfg(test)]
mod tests;
