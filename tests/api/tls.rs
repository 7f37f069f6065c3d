//! Servers over TLS, and authorities that vouch for them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, SigningKey};
use tempfile::NamedTempFile;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::sign::{CertifiedKey, SingleCertAndKey};
use tokio_rustls::rustls::{ServerConfig, version};

use crate::PAGE;
use argos_testkit::server::{answer, listen};

pub(crate) const HOST: &str = "127.0.0.1";

pub(crate) fn params_of(name: &str, hosts: &[&str]) -> CertificateParams {
    let hosts: Vec<String> = hosts.iter().map(|host| (*host).to_owned()).collect();
    let mut params = CertificateParams::new(hosts).expect("names");
    params.distinguished_name.push(DnType::CommonName, name);
    params
}

pub(crate) fn authority(name: &str) -> CertificateParams {
    let mut params = params_of(name, &[]);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params
}

/// What a server shows, and the key that it has.
pub(crate) struct Shown {
    pub(crate) chain: Vec<CertificateDer<'static>>,
    pub(crate) key: KeyPair,
}

pub(crate) fn signed(params: &CertificateParams, issuer: &Issuer<'_, impl SigningKey>) -> Shown {
    let key = KeyPair::generate().expect("a key");
    Shown { chain: vec![params.signed_by(&key, issuer).expect("a certificate").der().clone()], key }
}

/// An authority that is trusted where its file is named.
pub(crate) struct Trusted {
    pub(crate) issuer: Issuer<'static, KeyPair>,
    pub(crate) certificate: rcgen::Certificate,
    pub(crate) file: NamedTempFile,
}

impl Trusted {
    pub(crate) fn new(name: &str) -> Self {
        let (params, key) = (authority(name), KeyPair::generate().expect("a key"));
        let certificate = params.self_signed(&key).expect("a certificate");
        let file = NamedTempFile::new().expect("a file");
        std::fs::write(&file, certificate.pem()).expect("a file");
        Self { issuer: Issuer::new(params, key), certificate, file }
    }

    /// What makes a client trust it, and nobody else.
    pub(crate) fn variable(&self) -> (&'static str, &str) {
        ("SSL_CERT_FILE", self.file.path().to_str().expect("a path in UTF-8"))
    }
}

/// What makes a stream one over TLS on the side of the server, which shows a chain.
pub(crate) fn acceptor(shown: Shown) -> TlsAcceptor {
    let provider = Arc::new(default_provider());
    let key = PrivateKeyDer::try_from(shown.key.serialize_der()).expect("a key");
    let key = provider.key_provider.load_private_key(key).expect("a key");
    let resolver = SingleCertAndKey::from(CertifiedKey::new(shown.chain, key));
    let config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&version::TLS13, &version::TLS12])
        .expect("versions")
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(resolver));
    TlsAcceptor::from(Arc::new(config))
}

/// Reads one request over TLS, counts it and answers with the page. A client that refuses the certificate sends none.
pub(crate) async fn give_page(
    acceptor: &TlsAcceptor,
    stream: impl AsyncRead + AsyncWrite + Unpin,
    count: &AtomicUsize,
) -> Option<()> {
    let mut stream = acceptor.accept(stream).await.ok()?;
    // One piece holds the request.
    let (1..) = stream.read(&mut [0; 8_192]).await.ok()? else { return None };
    count.fetch_add(1, Ordering::SeqCst);
    stream.write_all(&answer(200, "Connection: close\r\n", PAGE)).await.ok()?;
    stream.shutdown().await.ok()
}

/// A server over TLS that shows a chain, and how many requests it got.
pub(crate) fn serving(shown: Shown) -> (String, Arc<AtomicUsize>) {
    let acceptor = acceptor(shown);
    let requests = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&requests);
    let address = listen(move |stream| {
        let (acceptor, count) = (acceptor.clone(), Arc::clone(&count));
        async move {
            let _ = give_page(&acceptor, stream, &count).await;
        }
    });
    (format!("https://{address}/canary-path"), requests)
}
