//! Checks the server's certificate with the TLS library. If the authority that issued the certificate is not trusted,
//! the name of this authority is added to the error.

use std::fmt;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, DistinguishedName, Error, OtherError, SignatureScheme,
    version,
};
use x509_cert::certificate::{CertificateInner, Raw};
use x509_cert::der::{self, Decode};
use x509_cert::ext::pkix::name::DirectoryString;
use x509_cert::name::Name;

use super::{Authorities, AuthorityFault, NetworkVariables, SetupFault};
use crate::text::Safe;

/// Largest number of characters that are shown of the name of a certificate authority.
const MAX_NAME_CHARS: usize = 64;
/// Largest number of certificates that are read from the chain that a server sends.
const MAX_CHAIN_CERTIFICATES: usize = 10;

/// Error for a server certificate that no trusted authority issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::api) struct UntrustedIssuer {
    /// Name of the authority that issued the last certificate of the chain that the server sent (the chain may be only
    /// the server's certificate); `None` if the name cannot be read.
    pub(in crate::api) issuer: Option<Safe>,
    /// File or folder of trusted authorities that could not be read; it may hold the authority of this certificate.
    /// `None` if all files and folders were read.
    pub(in crate::api) unread: Option<AuthorityFault>,
}

impl fmt::Display for UntrustedIssuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no trusted authority issued the certificate")
    }
}

impl std::error::Error for UntrustedIssuer {}

/// Builds the settings for TLS: version 1.2 or newer, the trusted authorities (from `variables` or the operating
/// system), and no client certificate. Also returns a description of the authorities.
///
/// # Errors
/// Returns a [`SetupFault`] if no trusted authorities were found, or if the TLS library refuses the settings.
pub(in crate::api) fn tls_config(variables: &NetworkVariables) -> Result<(ClientConfig, Authorities), SetupFault> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let (inner, authorities) = trusted(variables, &provider)?;
    let verifier = IssuerNamingVerifier { inner, unread: authorities.unread.first().cloned() };
    let config = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&version::TLS13, &version::TLS12])
        .map_err(|_| SetupFault::Client)?
        // The library calls this dangerous because a verifier may do anything; this one refuses whatever the library
        // refuses.
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier));
    let mut config = config.with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok((config, authorities))
}

type CertificateVerifier = Arc<dyn ServerCertVerifier>;

#[cfg(not(target_vendor = "apple"))]
fn trusted(
    variables: &NetworkVariables,
    provider: &Arc<CryptoProvider>,
) -> Result<(CertificateVerifier, Authorities), SetupFault> {
    let (roots, authorities) = super::authorities::load(variables);
    if roots.is_empty() {
        return Err(authorities.unread.into_iter().next().map_or(SetupFault::NoAuthorities, SetupFault::Authority));
    }
    let inner =
        rustls::client::WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(provider)).build();
    Ok((inner.map_err(|_| SetupFault::Client)?, authorities))
}

/// Returns the certificate check of the operating system (which uses the system's keychain), and a description of the
/// trusted authorities. `provider` is the cryptography that the check uses. Environment variables such as
/// `SSL_CERT_FILE` are ignored.
#[cfg(target_vendor = "apple")]
fn trusted(
    _: &NetworkVariables,
    provider: &Arc<CryptoProvider>,
) -> Result<(CertificateVerifier, Authorities), SetupFault> {
    let inner = rustls_platform_verifier::Verifier::new(Arc::clone(provider)).map_err(|_| SetupFault::Client)?;
    Ok((Arc::new(inner), Authorities { named_by: Vec::new(), count: None, unread: Vec::new() }))
}

/// Certificate check that asks another check, `inner`, and returns its result. Only the error for a certificate that no
/// trusted authority issued is replaced: by [`UntrustedIssuer`], which names the authority. `unread` is a file or
/// folder of trusted authorities that could not be read; it becomes a part of that error.
#[derive(Debug)]
struct IssuerNamingVerifier {
    inner: CertificateVerifier,
    unread: Option<AuthorityFault>,
}

impl ServerCertVerifier for IssuerNamingVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let verified = self.inner.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now);
        verified.map_err(|error| match error {
            Error::InvalidCertificate(CertificateError::UnknownIssuer) => {
                let unvouched =
                    UntrustedIssuer { issuer: issuer(end_entity, intermediates), unread: self.unread.clone() };
                Error::InvalidCertificate(CertificateError::Other(OtherError(Arc::new(unvouched))))
            }
            error => error,
        })
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }

    fn requires_raw_public_keys(&self) -> bool {
        self.inner.requires_raw_public_keys()
    }

    fn root_hint_subjects(&self) -> Option<&[DistinguishedName]> {
        self.inner.root_hint_subjects()
    }
}

/// Returns the name of the authority that the user would have to trust so that a server's certificate is accepted. This
/// is the issuer of the last certificate of the chain. `end_entity` is the certificate of the server, and
/// `intermediates` are the other certificates that the server sent. Returns `None` if the name cannot be read.
fn issuer(end_entity: &CertificateDer<'_>, intermediates: &[CertificateDer<'_>]) -> Option<Safe> {
    let read = |der: &CertificateDer<'_>| CertificateInner::<Raw>::from_der(der).ok();
    let mut last = read(end_entity)?;
    let mut others: Vec<_> = intermediates.iter().take(MAX_CHAIN_CERTIFICATES).filter_map(read).collect();
    while let Some(at) = others.iter().position(|other| {
        let above = other.tbs_certificate().subject();
        above == last.tbs_certificate().issuer() && above != last.tbs_certificate().subject()
    }) {
        last = others.swap_remove(at);
    }
    name(last.tbs_certificate().issuer())
}

/// Returns a readable form of the name of an authority, such as `Example CA, Example Inc`: the common name and the
/// organisation. If both are missing, returns the whole name. Returns `None` if the result is empty.
fn name(name: &Name) -> Option<Safe> {
    let part = |part: der::Result<Option<DirectoryString>>| {
        part.ok().flatten().map(|text| text.value().trim().to_owned()).filter(|text| !text.is_empty())
    };
    let text = match (part(name.common_name()), part(name.organization())) {
        (Some(common), Some(organization)) if common != organization => format!("{common}, {organization}"),
        (Some(one), _) | (None, Some(one)) => one,
        (None, None) => name.to_string(),
    };
    // It is shown in quotes.
    let text = text.replace('"', "'");
    let cut: String = text.chars().take(MAX_NAME_CHARS).collect();
    let cut = if cut.len() < text.len() { format!("{cut}…") } else { cut };
    (!cut.is_empty()).then(|| Safe::sanitize(&cut))
}
