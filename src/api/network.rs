//! How the service is reached: the variables that decide it, the way through a proxy, and the authorities that vouch for
//! the other side.
//!
//! This is the one place that judges these variables: the client is built from what it decides, and `doctor` asks the
//! client.

mod authorities;
mod proxy;
mod proxy_fault;
mod route;
mod setup_fault;
mod verifier;

pub use authorities::{Authorities, AuthorityFault, AuthorityProblem};
pub use proxy_fault::{ProxyFailure, ProxyFault};
pub use route::{Direct, ProxyVariableFault, Route};
pub use setup_fault::SetupFault;

pub(super) use proxy::Proxy;
pub(super) use verifier::{Unvouched, tls_config};

use std::ffi::OsString;

use crate::config::Environment;

/// The variables that name a proxy for https, the first that is set wins. `HTTP_PROXY` is for plain http, which goes to
/// this machine only.
const PROXIES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
/// The variables that name hosts which are reached without one.
const EXCEPTIONS: [&str; 2] = ["NO_PROXY", "no_proxy"];
/// A file of the authorities that are trusted instead of the system's.
const CERT_FILE: &str = "SSL_CERT_FILE";
/// Folders of them.
const CERT_DIR: &str = "SSL_CERT_DIR";

/// The variables of the environment that decide how the service is reached; an empty one counts as unset. No `Debug`:
/// the address of a proxy may hold a password.
#[derive(Clone, Default)]
pub struct NetworkVariables {
    proxy: Option<Variable>,
    exceptions: Option<Variable>,
    cert_file: Option<Variable>,
    cert_dir: Option<Variable>,
}

/// A variable that is set.
#[derive(Clone)]
struct Variable {
    name: &'static str,
    value: OsString,
}

impl NetworkVariables {
    /// Those of an environment.
    pub fn of(environment: &Environment) -> Self {
        let first = |names: &[&'static str]| {
            names.iter().find_map(|name| Some(Variable { name, value: environment.variable(name)? }))
        };
        Self {
            proxy: first(&PROXIES),
            exceptions: first(&EXCEPTIONS),
            cert_file: first(&[CERT_FILE]),
            cert_dir: first(&[CERT_DIR]),
        }
    }
}
