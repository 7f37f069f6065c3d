//! Reasons why the client could not be built.

use super::{AuthorityFault, ProxyVariableFault};

/// Reason why the client could not be built: mostly settings of the environment that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SetupFault {
    /// The system has no trusted authorities.
    #[error("no trusted authorities")]
    NoAuthorities,
    /// A variable names authorities that cannot be read, and there are no others.
    #[error("{0}")]
    Authority(AuthorityFault),
    /// A variable names a proxy that cannot be used.
    #[error("{} names no proxy that can be used", .0.variable)]
    ProxyVariable(ProxyVariableFault),
    /// The HTTP or TLS library refuses the settings that it was given.
    #[error("a library refuses its settings")]
    Client,
}
