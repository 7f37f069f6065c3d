//! Errors of the HTTP library reduced to facts. Nothing of theirs is kept: they print URLs, hosts and certificates.

use std::error::Error as StdError;
use std::fmt;
use std::io::{self, ErrorKind};

use super::error::Error;
use crate::failure::Stage;

/// Why TLS failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TlsFault {
    /// The certificate has expired.
    Expired,
    /// The certificate is not valid yet.
    NotYetValid,
    /// The certificate belongs to another name.
    WrongName,
    /// No trusted authority vouches for the certificate.
    UnknownIssuer,
    /// The certificate was withdrawn.
    Revoked,
    /// Any other fault of the certificate.
    Certificate,
    /// What came is not TLS, or no version or cipher is shared.
    Handshake,
}

impl fmt::Display for TlsFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Expired => "the certificate has expired",
            Self::NotYetValid => "the certificate is not valid yet",
            Self::WrongName => "the certificate belongs to another name",
            Self::UnknownIssuer => "no trusted authority vouches for the certificate",
            Self::Revoked => "the certificate was withdrawn",
            Self::Certificate => "the certificate is faulty",
            Self::Handshake => "the other side does not speak TLS as needed",
        })
    }
}

impl From<&rustls::Error> for TlsFault {
    fn from(error: &rustls::Error) -> Self {
        use rustls::CertificateError as Certificate;
        match error {
            rustls::Error::InvalidCertificate(certificate) => match certificate {
                Certificate::Expired | Certificate::ExpiredContext { .. } => Self::Expired,
                Certificate::NotValidYet | Certificate::NotValidYetContext { .. } => Self::NotYetValid,
                Certificate::NotValidForName | Certificate::NotValidForNameContext { .. } => Self::WrongName,
                Certificate::UnknownIssuer => Self::UnknownIssuer,
                Certificate::Revoked => Self::Revoked,
                _ => Self::Certificate,
            },
            rustls::Error::NoCertificatesPresented => Self::Certificate,
            _ => Self::Handshake,
        }
    }
}

/// What it comes down to when no answer began.
pub(super) fn before_answer(error: &reqwest::Error) -> Error {
    let facts = Facts::of(error);
    match facts {
        Facts { tls: Some(fault), .. } => Error::Tls(fault),
        _ if error.is_dns() => Error::Dns,
        _ if error.is_connect() && error.is_timeout() => Error::TimedOut(Stage::Connect),
        // It stood; whether that is noticed while connecting is a matter of microseconds.
        Facts {
            io: Some(ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe), ..
        } => Error::Reset,
        _ if error.is_connect() => Error::Connect(facts.io.unwrap_or(ErrorKind::Other)),
        Facts { unparsable: true, .. } => Error::Garbled,
        _ => Error::Reset,
    }
}

/// What it comes down to when an answer had begun.
pub(super) fn within_answer(error: &reqwest::Error) -> Error {
    match Facts::of(error) {
        Facts { tls: Some(fault), .. } => Error::Tls(fault),
        // Bytes after the end of what was compressed.
        Facts { is_http: false, io: None, .. } | Facts { unparsable: true, .. } => Error::Garbled,
        Facts { io: Some(ErrorKind::InvalidData | ErrorKind::InvalidInput | ErrorKind::Other), .. } => Error::Garbled,
        _ => Error::CutOff,
    }
}

/// What the chain of sources of an error says.
#[derive(Default)]
struct Facts {
    tls: Option<TlsFault>,
    /// The innermost kind.
    io: Option<ErrorKind>,
    /// The rules of HTTP tell something.
    is_http: bool,
    unparsable: bool,
}

impl Facts {
    fn of(error: &reqwest::Error) -> Self {
        let mut facts = Self::default();
        let mut next: Option<&(dyn StdError + 'static)> = error.source();
        while let Some(error) = next {
            next = error.source();
            if let Some(tls) = error.downcast_ref::<rustls::Error>() {
                facts.tls = Some(tls.into());
            } else if let Some(http) = error.downcast_ref::<hyper::Error>() {
                facts.is_http = true;
                facts.unparsable |= http.is_parse();
            } else if let Some(io) = error.downcast_ref::<io::Error>() {
                facts.io = Some(io.kind());
                // The source of an io::Error is the source of what it wraps: the wrapped one would be passed over.
                next = io.get_ref().map(|wrapped| wrapped as &(dyn StdError + 'static)).or(next);
            }
        }
        facts
    }
}

#[cfg(test)]
mod tests {
    use rustls::{CertificateError, Error as Rustls};

    use super::*;

    #[test]
    fn each_refusal_of_a_certificate_has_its_name() {
        for (error, fault) in [
            (CertificateError::Expired, TlsFault::Expired),
            (CertificateError::NotValidYet, TlsFault::NotYetValid),
            (CertificateError::NotValidForName, TlsFault::WrongName),
            (CertificateError::UnknownIssuer, TlsFault::UnknownIssuer),
            (CertificateError::Revoked, TlsFault::Revoked),
            (CertificateError::BadSignature, TlsFault::Certificate),
        ] {
            assert_eq!(TlsFault::from(&Rustls::InvalidCertificate(error)), fault);
        }
        assert_eq!(TlsFault::from(&Rustls::NoCertificatesPresented), TlsFault::Certificate);
        assert_eq!(TlsFault::from(&Rustls::DecryptError), TlsFault::Handshake);
    }
}
