//! Reasons why the HTTP client could not be created.

use super::{AuthorityFault, ProxyVariableFault};

/// Reason why the HTTP client could not be created, mostly an environment variable with an unusable value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SetupFault {
    /// The system has no trusted certificate authorities.
    #[error("no trusted authorities")]
    NoAuthorities,
    /// An environment variable names certificate authorities that cannot be read, and no other authorities were found.
    #[error("{0}")]
    Authority(AuthorityFault),
    /// An environment variable names a proxy that cannot be used.
    #[error("{} names no proxy that can be used", .0.variable)]
    ProxyVariable(ProxyVariableFault),
    /// The HTTP library or the TLS library refuses the settings that this program gives it.
    #[error("a library refuses its settings")]
    Client,
}
