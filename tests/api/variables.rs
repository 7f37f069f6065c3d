//! What the environment says of the network and cannot be followed.

use argos_testkit::skipped::skipped;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use argos_review::api::Limits;
use argos_review::failure::{Failure, FailureKind};

use crate::tls::{HOST, Trusted, params_of, serving, signed};
use crate::{client_with, ids, params, set_up};

const SERVICE: &str = "https://rest-api.example.com/canary-path";

fn refused(variables: &[(&'static str, &str)]) -> Failure {
    let error = set_up(SERVICE, Limits::default(), variables).err().expect("no client");
    Failure::from(&error)
}

#[test]
fn authorities_that_cannot_be_read_are_named_with_variable_and_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).to_str().expect("a path in UTF-8").to_owned();
    fs::write(at("text.pem"), "no certificate").expect("a file");
    fs::write(at("empty.pem"), "").expect("a file");
    fs::write(at("garbage.pem"), "-----BEGIN CERTIFICATE-----\nY2FuYXJ5\n-----END CERTIFICATE-----\n").expect("a file");
    fs::create_dir(at("folder")).expect("a folder");
    for (variable, path, problem) in [
        ("SSL_CERT_FILE", "/none.pem".to_owned(), "does not exist"),
        ("SSL_CERT_FILE", "/dev/zero".to_owned(), "is not a file"),
        ("SSL_CERT_FILE", at("folder"), "is not a file"),
        ("SSL_CERT_FILE", at("text.pem"), "holds no certificate in PEM form"),
        ("SSL_CERT_FILE", at("empty.pem"), "holds no certificate in PEM form"),
        ("SSL_CERT_FILE", at("garbage.pem"), "holds no certificate in PEM form"),
        ("SSL_CERT_DIR", "/none".to_owned(), "does not exist"),
        ("SSL_CERT_DIR", at("text.pem"), "is not a folder"),
        ("SSL_CERT_DIR", at("folder"), "holds no certificate in PEM form"),
    ] {
        let failure = refused(&[(variable, &path)]);
        assert_eq!(failure.sentence.as_str(), format!("{variable} names {path}, which {problem}."));
        let advice = format!("Correct {variable}, or unset it to trust the authorities of this system.");
        assert_eq!((failure.kind, failure.advice.as_str()), (FailureKind::Tls, &*advice));
    }
    if !rustix::process::geteuid().is_root() {
        fs::set_permissions(at("text.pem"), fs::Permissions::from_mode(0o000)).expect("a mode");
        let failure = refused(&[("SSL_CERT_FILE", &at("text.pem"))]);
        assert!(failure.sentence.as_str().ends_with("which cannot be read (permission denied)."));
    } else {
        skipped("a file of authorities that may not be read: root may read all");
    }
}

#[tokio::test]
async fn a_folder_of_authorities_is_trusted_and_an_empty_variable_counts_as_unset() {
    let root = Trusted::new("Invented Authority");
    let folder = tempfile::tempdir().expect("a folder");
    fs::copy(root.file.path(), folder.path().join("one.pem")).expect("a file");
    let folders = format!("/none:{}", folder.path().display());
    for variables in [
        &[("SSL_CERT_DIR", &*folders)][..],
        &[("SSL_CERT_FILE", ""), ("SSL_CERT_DIR", &folders)],
        &[("SSL_CERT_DIR", ""), root.variable()],
    ] {
        let (base, _) = serving(signed(&params_of("A Server", &[HOST]), &root.issuer));
        let client = client_with(&base, Limits::default(), variables);
        assert_eq!(ids(&client.fetch_page(&params(), None).await.expect("a page")), ["a"], "{variables:?}");
        let authorities = client.authorities().expect("authorities");
        assert_eq!(authorities.count, Some(1));
        assert_eq!(authorities.unread.len(), usize::from(variables.iter().any(|(_, value)| value.contains("/none"))));
    }
    let all_empty = [("SSL_CERT_FILE", ""), ("SSL_CERT_DIR", ""), ("HTTPS_PROXY", ""), ("ALL_PROXY", "")];
    let of_system = match set_up(SERVICE, Limits::default(), &all_empty) {
        Ok(client) => client.authorities().expect("authorities").named_by.is_empty(),
        Err(error) => Failure::from(&error).sentence.as_str().contains("found on this system"),
    };
    assert!(of_system);
}

#[test]
fn a_proxy_that_cannot_be_used_is_refused_in_words() {
    for (variable, value, sentence) in [
        ("ALL_PROXY", "socks://canary:1080", "ALL_PROXY names a proxy of a kind that is not supported (socks)."),
        ("HTTPS_PROXY", "\"http://canary:1\"", "HTTPS_PROXY names no proxy that can be used."),
    ] {
        let failure = refused(&[(variable, value)]);
        assert_eq!((failure.kind, failure.sentence.as_str()), (FailureKind::Proxy, sentence));
        assert!(failure.advice.as_str().contains("socks5h://HOST:PORT"));
    }
    let exempt = [("ALL_PROXY", "socks://canary:1080"), ("NO_PROXY", ".example.com")];
    assert!(set_up("https://127.0.0.1/v3", Limits::default(), &[("ALL_PROXY", "ftp://x")]).is_ok(), "it is not used");
    assert!(set_up(SERVICE, Limits::default(), &exempt).is_ok(), "it is not used");
}
