//! Who the other side is: certificates that must not be taken, under an authority that is.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use argos_review::api::Limits;
use argos_review::failure::Kind;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, SigningKey,
    date_time_ymd,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::sign::{CertifiedKey, SingleCertAndKey};
use tokio_rustls::rustls::{ServerConfig, version};

use crate::alone::run_alone;
use crate::stand_in::{StandIn, Step, answer};
use crate::{PAGE, client, failure, ids, params};

const HOST: &str = "127.0.0.1";
const EXPIRED: &str = "the certificate has expired";
const NOT_YET: &str = "the certificate is not valid yet";
const WRONG_NAME: &str = "the certificate belongs to another name";
const UNKNOWN: &str = "no trusted authority vouches for the certificate";
const FAULTY: &str = "the certificate is faulty";
const NO_TLS: &str = "the other side does not speak TLS as needed";

/// Authorities are read from a file that the environment names before the process starts, so that the connections are
/// made by a second one.
#[test]
fn only_a_sound_certificate_for_this_host_is_taken() {
    let folder = tempfile::tempdir().expect("a folder");
    let authority = folder.path().join("authority.pem");
    run_alone("certificates::handshakes", &[("SSL_CERT_FILE", authority.as_os_str())]);
}

fn params_of(name: &str, hosts: &[&str]) -> CertificateParams {
    let hosts: Vec<String> = hosts.iter().map(|host| (*host).to_owned()).collect();
    let mut params = CertificateParams::new(hosts).expect("names");
    params.distinguished_name.push(DnType::CommonName, name);
    params
}

fn authority(name: &str) -> CertificateParams {
    let mut params = params_of(name, &[]);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params
}

/// What a server shows, and the key that it has.
struct Shown {
    chain: Vec<CertificateDer<'static>>,
    key: KeyPair,
}

fn signed(params: &CertificateParams, issuer: &Issuer<'_, impl SigningKey>) -> Shown {
    let key = KeyPair::generate().expect("a key");
    Shown { chain: vec![params.signed_by(&key, issuer).expect("a certificate").der().clone()], key }
}

/// A server over TLS that shows a chain, and how many requests it got.
async fn serving(shown: Shown) -> (String, Arc<AtomicUsize>) {
    let provider = Arc::new(default_provider());
    let key = PrivateKeyDer::try_from(shown.key.serialize_der()).expect("a key");
    let key = provider.key_provider.load_private_key(key).expect("a key");
    let resolver = SingleCertAndKey::from(CertifiedKey::new(shown.chain, key));
    let config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&version::TLS13, &version::TLS12])
        .expect("versions")
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(resolver));
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind((HOST, 0)).await.expect("a free port");
    let base = format!("https://{}/canary-path", listener.local_addr().expect("its address"));
    let requests = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&requests);
    #[expect(clippy::disallowed_methods, reason = "the server runs beside the test")]
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            // One piece holds the request; a client that refused the certificate sends none.
            let Ok(1..) = stream.read(&mut [0; 8_192]).await else { continue };
            count.fetch_add(1, Ordering::SeqCst);
            let _ = stream.write_all(&answer(200, "Connection: close\r\n", PAGE)).await;
            let _ = stream.shutdown().await;
        }
    });
    (base, requests)
}

async fn refused(name: &str, base: &str, reason: &str) {
    let failure = failure(client(base, Limits::default()).page(&params(), None).await);
    assert_eq!(failure.kind, Kind::Tls, "{name}: {}", failure.sentence.as_str());
    assert_eq!(failure.sentence.as_str(), format!("The connection is not secure: {reason}."), "{name}");
}

#[tokio::test]
#[ignore = "run by only_a_sound_certificate_for_this_host_is_taken"]
async fn handshakes() {
    let (root_params, root_key) = (authority("Invented Authority"), KeyPair::generate().expect("a key"));
    let root_certificate = root_params.self_signed(&root_key).expect("a certificate");
    let file = PathBuf::from(std::env::var_os("SSL_CERT_FILE").expect("the file that the client reads"));
    std::fs::write(file, root_certificate.pem()).expect("a file");
    let root = Issuer::new(root_params, root_key);
    let sound = params_of("A Server", &[HOST]);

    let (base, requests) = serving(signed(&sound, &root)).await;
    let page = client(&base, Limits::default()).page(&params(), None).await;
    assert_eq!(ids(&page.expect("a sound certificate is taken")), ["a"]);
    assert_eq!(requests.load(Ordering::SeqCst), 1);

    for (name, shown, reason) in unsound(&root, &root_certificate, &sound) {
        let (base, requests) = serving(shown).await;
        refused(name, &base, reason).await;
        assert_eq!(requests.load(Ordering::SeqCst), 0, "{name}: the key was sent");
    }

    let old_hello = [&[22, 3, 2, 0, 42, 2, 0, 0, 38, 3, 2][..], &[7; 32], &[0, 0xc0, 0x13, 0]].concat();
    for (name, bytes) in [
        ("TLS 1.1", old_hello),
        ("an alert about the version", vec![21, 3, 1, 0, 2, 2, 70]),
        ("an alert about the handshake", vec![21, 3, 3, 0, 2, 2, 40]),
        ("a banner", b"SSH-2.0-canary-body\r\n".to_vec()),
    ] {
        let server = StandIn::playing(vec![Step::Send(bytes), Step::Stall]).await;
        refused(name, &format!("https://{}/canary-path", server.address()), NO_TLS).await;
    }
}

fn unsound(
    root: &Issuer<'_, impl SigningKey>,
    root_certificate: &rcgen::Certificate,
    sound: &CertificateParams,
) -> Vec<(&'static str, Shown, &'static str)> {
    let with = |change: &dyn Fn(&mut CertificateParams)| {
        let mut params = sound.clone();
        change(&mut params);
        signed(&params, root)
    };
    let own = || {
        let key = KeyPair::generate().expect("a key");
        Shown { chain: vec![sound.self_signed(&key).expect("a certificate").der().clone()], key }
    };
    let stranger = authority("Unknown Authority");
    let stranger_key = KeyPair::generate().expect("a key");
    let stranger_certificate = stranger.self_signed(&stranger_key).expect("a certificate");
    let stranger = Issuer::new(stranger, stranger_key);
    let mut with_stranger = signed(sound, &stranger);
    with_stranger.chain.push(stranger_certificate.der().clone());
    let namesake = Issuer::new(authority("Invented Authority"), KeyPair::generate().expect("a key"));

    let between = |change: &dyn Fn(&mut CertificateParams)| {
        let mut params = authority("Between");
        change(&mut params);
        let middle = signed(&params, root);
        let mut shown = signed(sound, &Issuer::new(params, middle.key));
        shown.chain.extend(middle.chain);
        shown
    };
    let mut without_middle = between(&|_| {});
    without_middle.chain.truncate(1);
    let mut another_key = with(&|_| {});
    another_key.key = KeyPair::generate().expect("a key");
    let mut damaged = with(&|_| {});
    damaged.chain = damaged
        .chain
        .iter()
        .map(|der| {
            let mut bytes = der.to_vec();
            if let Some(last) = bytes.last_mut() {
                *last ^= 1;
            }
            bytes.into()
        })
        .collect();
    let mut garbage = with(&|_| {});
    garbage.chain = vec![b"canary-body".to_vec().into()];
    let mut authority_itself = with(&|_| {});
    authority_itself.chain = vec![root_certificate.der().clone()];

    vec![
        ("expired", with(&|params| params.not_after = date_time_ymd(2020, 1, 1)), EXPIRED),
        ("not valid yet", with(&|params| params.not_before = date_time_ymd(2999, 1, 1)), NOT_YET),
        ("an expired authority between", between(&|params| params.not_after = date_time_ymd(2020, 1, 1)), EXPIRED),
        (
            "another host",
            with(&|params| params.subject_alt_names = params_of("", &["example.com"]).subject_alt_names),
            WRONG_NAME,
        ),
        (
            "another address",
            with(&|params| params.subject_alt_names = params_of("", &["127.0.0.2"]).subject_alt_names),
            WRONG_NAME,
        ),
        ("no name", with(&|params| params.subject_alt_names.clear()), WRONG_NAME),
        ("signed by itself", own(), UNKNOWN),
        ("an unknown authority", signed(sound, &stranger), UNKNOWN),
        ("an unknown authority that is sent along", with_stranger, UNKNOWN),
        ("no authority between", without_middle, UNKNOWN),
        ("an authority between that is none", between(&|params| params.is_ca = IsCa::ExplicitNoCa), FAULTY),
        ("a namesake of the authority", signed(sound, &namesake), FAULTY),
        (
            "for clients only",
            with(&|params| params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth]),
            FAULTY,
        ),
        ("the key of another certificate", another_key, FAULTY),
        ("a damaged signature", damaged, FAULTY),
        ("no certificate at all", garbage, FAULTY),
        ("the authority itself", authority_itself, FAULTY),
    ]
}
