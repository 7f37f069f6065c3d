//! Who the other side is: certificates that must not be taken, under an authority that is.

use std::sync::atomic::Ordering;

use argos_review::api::Limits;
use argos_review::failure::{Failure, FailureKind};
use rcgen::{CertificateParams, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, SigningKey, date_time_ymd};

use crate::tls::{HOST, Shown, Trusted, authority, params_of, serving, signed};
use crate::{client_with, failure, ids, params};
use argos_testkit::server::{Step, TestServer};

const EXPIRED: &str = "the certificate has expired (2020-01-01)";
const NOT_YET: &str = "the certificate is not valid yet (from 2999-01-01)";
const WRONG_NAME: &str = "the certificate is for another host name";
const UNKNOWN: &str = "no trusted authority issued the certificate, which was issued by";
const FAULTY: &str = "the certificate is faulty";
const NO_TLS: &str = "the other side does not speak TLS as needed";

/// What becomes of a request to a server, for whom this file holds the trusted authorities.
async fn refused(name: &str, base: &str, trusted: &Trusted, reason: &str) -> Failure {
    let client = client_with(base, Limits::default(), &[trusted.variable()]);
    let failure = failure(client.fetch_page(&params(), None).await);
    assert_eq!(failure.kind, FailureKind::Tls, "{name}: {}", failure.sentence.as_str());
    assert_eq!(failure.sentence.as_str(), format!("The connection is not secure: {reason}."), "{name}");
    failure
}

#[tokio::test]
async fn only_a_sound_certificate_for_this_host_is_taken() {
    let root = Trusted::new("Invented Authority");
    let sound = params_of("A Server", &[HOST]);

    let (base, requests) = serving(signed(&sound, &root.issuer));
    let page = client_with(&base, Limits::default(), &[root.variable()]).fetch_page(&params(), None).await;
    assert_eq!(ids(&page.expect("a sound certificate is taken")), ["a"]);
    assert_eq!(requests.load(Ordering::SeqCst), 1);

    for (name, shown, reason) in unsound(&root.issuer, &root.certificate, &sound) {
        let (base, requests) = serving(shown);
        refused(name, &base, &root, &reason).await;
        assert_eq!(requests.load(Ordering::SeqCst), 0, "{name}: the key was sent");
    }

    let old_hello = [&[22, 3, 2, 0, 42, 2, 0, 0, 38, 3, 2][..], &[7; 32], &[0, 0xc0, 0x13, 0]].concat();
    for (name, bytes) in [
        ("TLS 1.1", old_hello),
        ("an alert about the version", vec![21, 3, 1, 0, 2, 2, 70]),
        ("an alert about the handshake", vec![21, 3, 3, 0, 2, 2, 40]),
        ("a banner", b"SSH-2.0-canary-body\r\n".to_vec()),
    ] {
        let server = TestServer::with_script(vec![Step::Send(bytes), Step::Stall]);
        refused(name, &format!("https://{}/canary-path", server.address()), &root, NO_TLS).await;
    }
}

#[tokio::test]
async fn what_to_do_fits_the_fault() {
    let root = Trusted::new("Invented Authority");
    let with = |change: &dyn Fn(&mut CertificateParams)| {
        let mut params = params_of("A Server", &[HOST]);
        change(&mut params);
        params
    };
    let inspecting = || {
        let mut params = authority("TLS Inspection CA");
        params.distinguished_name.push(rcgen::DnType::OrganizationName, "Example Corp \u{202e}\u{1b}[31m\"");
        Issuer::new(params, KeyPair::generate().expect("a key"))
    };
    let old = with(&|params| params.not_after = date_time_ymd(2020, 1, 1));
    let future = with(&|params| params.not_before = date_time_ymd(2999, 1, 1));
    let (sound, other) = (params_of("A Server", &[HOST]), params_of("A Server", &["example.com"]));
    for (shown, reason, advice) in [
        (signed(&old, &root.issuer), EXPIRED, "This machine's clock says 2"),
        (signed(&future, &root.issuer), NOT_YET, "This machine's clock says 2"),
        (signed(&other, &root.issuer), &*format!("{WRONG_NAME} (example.com)"), "Is the base URL right? A log-in page"),
        (
            signed(&sound, &inspecting()),
            &format!("{UNKNOWN} \"TLS Inspection CA, Example Corp ‹U+202E›␛[31m'\""),
            "If a proxy or virus scanner of yours opens secure connections, name the file of its authority in SSL_CERT_FILE",
        ),
    ] {
        let (base, _) = serving(shown);
        let failure = refused(reason, &base, &root, reason).await;
        assert!(failure.advice.as_str().starts_with(advice), "{}", failure.advice.as_str());
    }
    // The authority may be in the file that could not be read.
    let (base, _) = serving(signed(&sound, &inspecting()));
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::copy(root.file.path(), folder.path().join("one.pem")).expect("a file");
    let folder = folder.path().to_str().expect("a path in UTF-8");
    let client = client_with(&base, Limits::default(), &[("SSL_CERT_FILE", "/none.pem"), ("SSL_CERT_DIR", folder)]);
    let failure = failure(client.fetch_page(&params(), None).await);
    let advice = "SSL_CERT_FILE names /none.pem, which does not exist. Correct SSL_CERT_FILE, or unset it to trust the \
                  authorities of this system.";
    assert_eq!((failure.kind, failure.advice.as_str()), (FailureKind::Tls, advice));
}

fn unsound(
    root: &Issuer<'_, impl SigningKey>,
    root_certificate: &rcgen::Certificate,
    sound: &CertificateParams,
) -> Vec<(&'static str, Shown, String)> {
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

    let all: [(&'static str, Shown, &str); 17] = [
        ("expired", with(&|params| params.not_after = date_time_ymd(2020, 1, 1)), EXPIRED),
        ("not valid yet", with(&|params| params.not_before = date_time_ymd(2999, 1, 1)), NOT_YET),
        ("an expired authority between", between(&|params| params.not_after = date_time_ymd(2020, 1, 1)), EXPIRED),
        (
            "another host",
            with(&|params| params.subject_alt_names = params_of("", &["example.com"]).subject_alt_names),
            &format!("{WRONG_NAME} (example.com)"),
        ),
        (
            "another address",
            with(&|params| params.subject_alt_names = params_of("", &["127.0.0.2"]).subject_alt_names),
            &format!("{WRONG_NAME} (127.0.0.2)"),
        ),
        ("no name", with(&|params| params.subject_alt_names.clear()), WRONG_NAME),
        ("signed by itself", own(), &format!("{UNKNOWN} \"A Server\"")),
        ("an unknown authority", signed(sound, &stranger), &format!("{UNKNOWN} \"Unknown Authority\"")),
        ("an unknown authority that is sent along", with_stranger, &format!("{UNKNOWN} \"Unknown Authority\"")),
        ("no authority between", without_middle, &format!("{UNKNOWN} \"Between\"")),
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
    ];
    all.map(|(name, shown, reason)| (name, shown, reason.to_owned())).into()
}
