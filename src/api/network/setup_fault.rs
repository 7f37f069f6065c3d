//! Why there is no client.

use super::{AuthorityFault, ProxyVariableFault};

/// Why there is no client: what the environment says cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SetupFault {
    /// The system has no trusted authorities.
    #[error("no trusted authorities")]
    NoAuthorities,
    /// A variable names authorities that cannot be read, and nothing else does.
    #[error("{0}")]
    Authority(AuthorityFault),
    /// A variable names a proxy that cannot be used.
    #[error("{} names no proxy that can be used", .0.variable)]
    ProxyVariable(ProxyVariableFault),
    /// The HTTP or TLS library refuses its settings.
    #[error("a library refuses its settings")]
    Client,
}
