//! Loads the trusted certificate authorities: those of the operating system, or those that environment variables name.

use std::fmt;
use std::io::ErrorKind;

use crate::text::Safe;

/// Description of the trusted certificate authorities: their origin and their number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorities {
    /// Names of the environment variables that name the authorities, such as `SSL_CERT_FILE`; empty if the authorities
    /// of the operating system are used.
    pub named_by: Vec<&'static str>,
    /// Number of trusted authorities. `None` if the operating system itself checks certificates, because the number is
    /// then unknown.
    pub count: Option<usize>,
    /// Files and folders that an environment variable names but that could not be read, each with the reason.
    pub unread: Vec<AuthorityFault>,
}

/// File or folder that an environment variable names but that holds no usable certificate authority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorityFault {
    /// Name of the environment variable: `SSL_CERT_FILE` or `SSL_CERT_DIR`.
    pub variable: &'static str,
    /// Path of the file or folder.
    pub path: Safe,
    /// Reason why the file or folder cannot be used.
    pub problem: AuthorityProblem,
}

/// Reason why a file or folder of certificate authorities cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthorityProblem {
    /// The file or folder cannot be read.
    Unreadable(ErrorKind),
    /// The path in `SSL_CERT_FILE` leads to a folder, a device or a pipe instead of a file.
    NotAFile,
    /// A path in `SSL_CERT_DIR` does not lead to a folder.
    NotAFolder,
    /// The file is larger than 4 MiB, which is more than any real collection of authorities.
    TooLarge,
    /// The file or folder holds nothing that can be read as a certificate.
    NoCertificate,
}

impl fmt::Display for AuthorityFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { variable, path, problem } = self;
        write!(f, "{variable} names {}, which ", path.as_str())?;
        match problem {
            AuthorityProblem::Unreadable(ErrorKind::NotFound) => f.write_str("does not exist"),
            AuthorityProblem::Unreadable(kind) => write!(f, "cannot be read ({kind})"),
            AuthorityProblem::NotAFile => f.write_str("is not a file"),
            AuthorityProblem::NotAFolder => f.write_str("is not a folder"),
            AuthorityProblem::TooLarge => f.write_str("is too large for a file of certificates"),
            AuthorityProblem::NoCertificate => f.write_str("holds no certificate in PEM form"),
        }
    }
}

impl fmt::Display for Authorities {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.named_by.join(" and ");
        match (self.count, self.named_by.is_empty()) {
            (None, _) => f.write_str("those of this system"),
            (Some(count), true) => write!(f, "{count} of this system"),
            (Some(count), false) => write!(f, "{count} of {names}, and none of this system"),
        }
    }
}

#[cfg(not(target_vendor = "apple"))]
pub(super) use files::load;

/// Reads certificate authorities from the files and folders that environment variables name.
#[cfg(not(target_vendor = "apple"))]
mod files {
    use super::*;

    use std::fs;
    use std::path::Path;

    use rustls::RootCertStore;
    use rustls::pki_types::CertificateDer;
    use rustls_native_certs::{CertificateResult, ErrorKind as LoadError, load_certs_from_paths};

    use crate::api::network::{NetworkVariables, Variable};

    /// Largest allowed size of a certificate file, in bytes: ten times the size of the files that come with operating
    /// systems.
    const MAX_FILE_BYTES: u64 = 4 * 1024 * 1024;

    /// Loads the certificate authorities that the variables `SSL_CERT_FILE` and `SSL_CERT_DIR` name, or those of the
    /// operating system if neither variable is set. Returns the authorities and a description of them: their origin and
    /// number. If no authority could be loaded, the returned `RootCertStore` is empty.
    pub(in crate::api::network) fn load(variables: &NetworkVariables) -> (RootCertStore, Authorities) {
        let NetworkVariables { cert_file, cert_dir, .. } = variables;
        let mut found = Vec::new();
        let mut unread = Vec::new();
        let mut take = |name, path: &Path, read: Result<Vec<CertificateDer<'static>>, AuthorityProblem>| match read {
            Ok(certificates) => found.extend(certificates),
            Err(problem) => {
                unread.push(AuthorityFault { variable: name, path: Safe::sanitize(&path.to_string_lossy()), problem });
            }
        };
        if let Some(Variable { name, value }) = cert_file {
            take(name, Path::new(value), named_file(Path::new(value)));
        }
        if let Some(Variable { name, value }) = cert_dir {
            for folder in std::env::split_paths(value).filter(|folder| !folder.as_os_str().is_empty()) {
                take(name, &folder, named_folder(&folder));
            }
        }
        if cert_file.is_none() && cert_dir.is_none() {
            let system = openssl_probe::probe();
            let mut folders = system.cert_dir.iter();
            // In one call, since the file is often in the folder too.
            found = load_certs_from_paths(system.cert_file.as_deref(), folders.next().map(AsRef::as_ref)).certs;
            folders.for_each(|folder| found.extend(load_certs_from_paths(None, Some(folder)).certs));
        }
        found.sort_unstable_by(|one, other| one.as_ref().cmp(other.as_ref()));
        found.dedup();
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(found);
        let named_by = [cert_file, cert_dir].into_iter().flatten().map(|variable| variable.name).collect();
        let authorities = Authorities { named_by, count: Some(roots.len()), unread };
        (roots, authorities)
    }

    /// Reads the certificates of the file that `SSL_CERT_FILE` names. Returns an error for a pipe or a device, since a
    /// read from a pipe or device could wait forever.
    fn named_file(path: &Path) -> Result<Vec<CertificateDer<'static>>, AuthorityProblem> {
        let about = fs::metadata(path).map_err(|error| AuthorityProblem::Unreadable(error.kind()))?;
        if !about.is_file() {
            return Err(AuthorityProblem::NotAFile);
        }
        if about.len() > MAX_FILE_BYTES {
            return Err(AuthorityProblem::TooLarge);
        }
        certificates(load_certs_from_paths(Some(path), None))
    }

    fn named_folder(path: &Path) -> Result<Vec<CertificateDer<'static>>, AuthorityProblem> {
        let about = fs::metadata(path).map_err(|error| AuthorityProblem::Unreadable(error.kind()))?;
        if !about.is_dir() {
            return Err(AuthorityProblem::NotAFolder);
        }
        certificates(load_certs_from_paths(None, Some(path)))
    }

    /// Returns the certificates in `read`, which is the result of the certificate library for one file or folder.
    /// Returns an error if none of the certificates can be used as an authority.
    fn certificates(read: CertificateResult) -> Result<Vec<CertificateDer<'static>>, AuthorityProblem> {
        let (usable, _) = RootCertStore::empty().add_parsable_certificates(read.certs.clone());
        if usable > 0 {
            return Ok(read.certs);
        }
        let unreadable = read.errors.iter().find_map(|error| match &error.kind {
            LoadError::Io { inner, .. } => Some(AuthorityProblem::Unreadable(inner.kind())),
            _ => None,
        });
        Err(unreadable.unwrap_or(AuthorityProblem::NoCertificate))
    }
}
