//! The proxy that an environment variable names: its address, its log-in, and its answer to a request for a connection
//! to the service.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use hyper_util::client::proxy::matcher::Intercept;
use reqwest::Url;
use reqwest::header::HeaderValue;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

/// How many bytes at the start of a proxy's answer are read to find the HTTP status.
const MAX_HEAD_BYTES: usize = 1024;

/// Proxy that an environment variable names. The type does not implement `Debug`, since the proxy's address may hold a
/// password.
#[derive(Clone)]
pub struct Proxy {
    variable: &'static str,
    scheme: &'static str,
    /// Host name or IP address of the proxy; an IPv6 address is in brackets, such as `[2001:db8::1]`.
    host: String,
    port: u16,
    intercept: Intercept,
}

impl Proxy {
    /// Supported schemes of a proxy's address (the text before `://`), each with the port that is used if the address
    /// holds no port.
    pub(super) const SCHEMES: [(&str, u16); 6] =
        [("http", 80), ("https", 443), ("socks4", 1080), ("socks4a", 1080), ("socks5", 1080), ("socks5h", 1080)];

    /// Creates a proxy from `intercept`, the address that the HTTP library read in the environment variable with the
    /// name `variable`. Returns `None` if the scheme, host or port of the address cannot be used.
    pub(super) fn new(variable: &'static str, intercept: Intercept) -> Option<Self> {
        let uri = intercept.uri();
        let scheme = uri.scheme_str()?;
        let (scheme, port) = Self::SCHEMES.into_iter().find(|(known, _)| *known == scheme)?;
        let host = uri.host().filter(|host| !host.is_empty())?.to_owned();
        // The library ignores a port that is not a number.
        let has_port = uri.authority().is_some_and(|authority| authority.as_str().len() > host.len());
        let port = if has_port { uri.port_u16()? } else { port };
        Some(Self { variable, scheme, host, port, intercept })
    }

    /// Returns the scheme of the proxy's address, for example `http` or `socks5`. The scheme decides the protocol
    /// between this program and the proxy.
    pub(in crate::api) const fn scheme(&self) -> &'static str {
        self.scheme
    }

    /// Returns the name of the environment variable that names the proxy.
    pub(in crate::api) const fn variable(&self) -> &'static str {
        self.variable
    }

    /// Returns whether the proxy speaks SOCKS instead of HTTP.
    pub(super) fn is_socks(&self) -> bool {
        self.scheme.starts_with("socks")
    }

    /// Returns whether the proxy's address holds a user name.
    pub(super) fn has_login(&self) -> bool {
        self.intercept.basic_auth().is_some() || self.intercept.raw_auth().is_some()
    }

    /// Converts this proxy into the proxy type of the HTTP library, so that the HTTP client sends all requests through
    /// it.
    ///
    /// # Errors
    /// Returns an error if the HTTP library cannot read the address of the proxy.
    pub(in crate::api) fn for_client(&self) -> reqwest::Result<reqwest::Proxy> {
        let mut address = format!("{}://{self}", self.scheme);
        if let Some((user, password)) = self.intercept.raw_auth()
            && let Ok(mut url) = Url::parse(&address)
        {
            let _ = url.set_username(user);
            let _ = url.set_password(Some(password));
            address = url.into();
        }
        let proxy = reqwest::Proxy::all(address)?;
        Ok(match self.intercept.basic_auth() {
            Some(login) => proxy.custom_http_auth(login.clone()),
            None => proxy,
        })
    }

    /// Connects to the proxy and closes the connection at once, to test whether the proxy can be reached.
    ///
    /// # Errors
    /// Returns the reason why no connection was made within the time `limit`.
    pub(super) async fn test_connection(&self, limit: Duration) -> io::Result<()> {
        self.connect(limit).await.map(drop)
    }

    /// Asks the proxy (`CONNECT`) for a connection to `host` and `port`, and returns the HTTP status of the proxy's
    /// answer. Returns `None` if the answer is not HTTP. `tls` are the settings for the connection to an `https` proxy;
    /// `None` if the connection to the proxy uses no TLS.
    ///
    /// # Errors
    /// Returns the reason why no connection was made, or why no answer came within the time `limit`.
    pub(super) async fn status(
        &self,
        (host, port): (&str, u16),
        tls: Option<&Arc<ClientConfig>>,
        limit: Duration,
    ) -> io::Result<Option<u16>> {
        let stream = self.connect(limit).await?;
        let asked = async {
            match tls.filter(|_| self.scheme == "https") {
                None => self.request_tunnel(stream, host, port).await,
                Some(tls) => {
                    let mut config = ClientConfig::clone(tls);
                    config.alpn_protocols.clear();
                    let name = ServerName::try_from(self.bare_host().to_owned()).map_err(io::Error::other)?;
                    self.request_tunnel(TlsConnector::from(Arc::new(config)).connect(name, stream).await?, host, port)
                        .await
                }
            }
        };
        timeout(limit, asked).await.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
    }

    async fn request_tunnel(
        &self,
        mut stream: impl AsyncRead + AsyncWrite + Unpin,
        host: &str,
        port: u16,
    ) -> io::Result<Option<u16>> {
        let login = self.intercept.basic_auth().map_or(&[][..], HeaderValue::as_bytes);
        let mut request = format!("CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n").into_bytes();
        if !login.is_empty() {
            request.extend([b"Proxy-Authorization: ", login, b"\r\n"].concat());
        }
        request.extend(b"\r\n");
        stream.write_all(&request).await?;
        let mut head = Vec::with_capacity(MAX_HEAD_BYTES);
        while head.len() < MAX_HEAD_BYTES && !head.contains(&b'\n') {
            let mut piece = [0; MAX_HEAD_BYTES];
            match stream.read(&mut piece).await? {
                0 => break,
                read => head.extend(piece.iter().take(read)),
            }
        }
        let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let mut words = str::from_utf8(line).unwrap_or_default().split_ascii_whitespace();
        let is_http = words.next().is_some_and(|word| word.starts_with("HTTP/1."));
        Ok(words.next().filter(|_| is_http).and_then(|code| code.parse().ok()))
    }

    async fn connect(&self, limit: Duration) -> io::Result<TcpStream> {
        let connected = timeout(limit, TcpStream::connect((self.bare_host(), self.port))).await;
        connected.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
    }

    /// Returns the host of the proxy without the brackets of an IPv6 address. The operating system expects an address
    /// without brackets.
    fn bare_host(&self) -> &str {
        self.host.trim_start_matches('[').trim_end_matches(']')
    }
}

/// Writes the host and the port of the proxy. The rest of the address is left out, since it may be a password.
impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}
