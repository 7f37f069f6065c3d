//! Reasons why a TLS connection failed. Of the server's certificate, only dates and a few names are kept.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rustls::pki_types::UnixTime;

use super::network::{AuthorityFault, UntrustedIssuer};
use crate::text::Safe;

/// Largest number of host names of a certificate that are shown.
const MAX_NAMES: usize = 3;
/// Largest number of characters that are shown of one host name in a certificate.
const MAX_NAME_CHARS: usize = 64;

/// Reason why a TLS connection failed, often with data of the server's certificate. This data is shown to the user,
/// although no trusted authority confirms that it is true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TlsFault {
    /// The certificate has expired. The value is the time of its expiry and of this machine's clock; `None` if the TLS
    /// library does not report them.
    Expired(Option<ValidityLimit>),
    /// The certificate is not valid yet. The value is the time at which it becomes valid and that of this machine's
    /// clock; `None` if the TLS library does not report them.
    NotYetValid(Option<ValidityLimit>),
    /// The certificate is for another host. The value is the names for which it was issued; `None` if the TLS library
    /// does not report the names.
    WrongName(Option<Safe>),
    /// No trusted authority issued the certificate.
    UnknownIssuer {
        /// Name of the authority that issued the last certificate of the chain that the server sent (the chain may be
        /// only the server's certificate); `None` if the name cannot be read.
        issuer: Option<Safe>,
        /// File or folder of trusted authorities that could not be read; it may hold the authority of this certificate.
        /// `None` if all files and folders were read.
        unread: Option<AuthorityFault>,
    },
    /// The authority revoked the certificate before its expiry date.
    Revoked,
    /// The certificate has another fault, or the server sent no certificate.
    Certificate,
    /// The server does not use TLS, or supports no TLS version or cipher that this program supports.
    Handshake,
}

/// Start or end of the time in which a certificate is valid, together with the time of this machine's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ValidityLimit {
    /// Time at which the certificate becomes valid or expires.
    pub limit: Timestamp,
    /// Time of this machine's clock when the certificate was checked.
    pub now: Timestamp,
}

impl ValidityLimit {
    fn of(limit: UnixTime, now: UnixTime) -> Option<Self> {
        let time = |time: UnixTime| Timestamp::from_second(i64::try_from(time.as_secs()).ok()?).ok();
        Some(Self { limit: time(limit)?, now: time(now)? })
    }
}

impl fmt::Display for TlsFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Expired(_) => "the certificate has expired",
            Self::NotYetValid(_) => "the certificate is not valid yet",
            Self::WrongName(_) => "the certificate is for another host name",
            Self::UnknownIssuer { .. } => "no trusted authority issued the certificate",
            Self::Revoked => "the certificate was withdrawn",
            Self::Certificate => "the certificate is faulty",
            Self::Handshake => "the other side does not speak TLS as needed",
        })?;
        match self {
            Self::Expired(Some(dates)) => write!(f, " ({})", day(dates.limit)),
            Self::NotYetValid(Some(dates)) => write!(f, " (from {})", day(dates.limit)),
            Self::WrongName(Some(names)) => write!(f, " ({})", names.as_str()),
            Self::UnknownIssuer { issuer: Some(issuer), .. } => {
                write!(f, ", which was issued by \"{}\"", issuer.as_str())
            }
            _ => Ok(()),
        }
    }
}

/// Returns the UTC date of a point in time. The dates in certificates are in UTC too.
pub(super) fn day(time: Timestamp) -> Date {
    time.to_zoned_datetime(TimeZone::UTC).date()
}

impl From<&rustls::Error> for TlsFault {
    fn from(error: &rustls::Error) -> Self {
        use rustls::CertificateError as Certificate;
        match error {
            rustls::Error::InvalidCertificate(certificate) => match certificate {
                Certificate::Expired => Self::Expired(None),
                Certificate::ExpiredContext { time, not_after } => Self::Expired(ValidityLimit::of(*not_after, *time)),
                Certificate::NotValidYet => Self::NotYetValid(None),
                Certificate::NotValidYetContext { time, not_before } => {
                    Self::NotYetValid(ValidityLimit::of(*not_before, *time))
                }
                Certificate::NotValidForName => Self::WrongName(None),
                Certificate::NotValidForNameContext { presented, .. } => Self::WrongName(names(presented)),
                Certificate::UnknownIssuer => Self::UnknownIssuer { issuer: None, unread: None },
                Certificate::Revoked => Self::Revoked,
                Certificate::Other(rustls::OtherError(other)) => match other.downcast_ref() {
                    Some(UntrustedIssuer { issuer, unread }) => {
                        Self::UnknownIssuer { issuer: issuer.clone(), unread: unread.clone() }
                    }
                    None => Self::Certificate,
                },
                _ => Self::Certificate,
            },
            rustls::Error::NoCertificatesPresented => Self::Certificate,
            _ => Self::Handshake,
        }
    }
}

/// Returns the first few host names of a certificate as one text, such as `a.example, b.example`; `None` if no name can
/// be read. The TLS library writes each name in `presented` as `DnsName("example.com")`.
fn names(presented: &[String]) -> Option<Safe> {
    let bare = |name: &String| {
        let (_, inner) = name.strip_suffix(')')?.split_once('(')?;
        Some(inner.trim_matches('"').chars().take(MAX_NAME_CHARS).collect::<String>()).filter(|name| !name.is_empty())
    };
    let shown: Vec<String> = presented.iter().take(MAX_NAMES).filter_map(bare).collect();
    let rest = if presented.len() > MAX_NAMES { ", …" } else { "" };
    (!shown.is_empty()).then(|| Safe::sanitize(&(shown.join(", ") + rest)))
}

#[cfg(test)]
mod tests {
    use rustls::{CertificateError, Error as Rustls};

    use super::*;

    #[test]
    fn each_refusal_of_a_certificate_has_its_name() {
        for (error, fault) in [
            (CertificateError::Expired, TlsFault::Expired(None)),
            (CertificateError::NotValidYet, TlsFault::NotYetValid(None)),
            (CertificateError::NotValidForName, TlsFault::WrongName(None)),
            (CertificateError::UnknownIssuer, TlsFault::UnknownIssuer { issuer: None, unread: None }),
            (CertificateError::Revoked, TlsFault::Revoked),
            (CertificateError::BadSignature, TlsFault::Certificate),
        ] {
            assert_eq!(TlsFault::from(&Rustls::InvalidCertificate(error)), fault);
        }
        assert_eq!(TlsFault::from(&Rustls::NoCertificatesPresented), TlsFault::Certificate);
        assert_eq!(TlsFault::from(&Rustls::DecryptError), TlsFault::Handshake);
    }
}
