//! Decides how the service is reached: which environment variables are used, which proxy is used, and which certificate
//! authorities are trusted.
//!
//! Only this module reads these variables. The HTTP client is built from the decisions of this module. The command
//! `doctor`, which shows the decisions to the user, gets them from the client.

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
pub(super) use verifier::{UntrustedIssuer, tls_config};

use std::ffi::OsString;

use crate::config::Environment;

/// Names of environment variables that may hold the address of a proxy for https; the first of them that is set is
/// used. `HTTP_PROXY` is not in the list, since that variable is for plain http, which is used only for this machine.
const PROXY_VARIABLES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
/// Names of environment variables that list the hosts which are reached without a proxy; the first of them that is set
/// is used.
const NO_PROXY_VARIABLES: [&str; 2] = ["NO_PROXY", "no_proxy"];
/// Environment variable that names a file of certificate authorities. The authorities in the file are trusted instead
/// of those of the operating system.
const CERT_FILE: &str = "SSL_CERT_FILE";
/// Environment variable that names folders of certificate authorities. The authorities in the folders are trusted
/// instead of those of the operating system.
const CERT_DIR: &str = "SSL_CERT_DIR";

/// Values of the environment variables that decide how the service is reached. An empty variable counts as unset. The
/// type does not implement `Debug`, since the address of a proxy may hold a password.
#[derive(Clone, Default)]
pub struct NetworkVariables {
    proxy: Option<Variable>,
    exceptions: Option<Variable>,
    cert_file: Option<Variable>,
    cert_dir: Option<Variable>,
}

/// Name and value of an environment variable that is set.
#[derive(Clone)]
struct Variable {
    name: &'static str,
    value: OsString,
}

impl NetworkVariables {
    /// Reads the environment variables for proxies and certificate authorities from `environment`.
    pub fn of(environment: &Environment) -> Self {
        let first = |names: &[&'static str]| {
            names.iter().find_map(|name| Some(Variable { name, value: environment.variable(name)? }))
        };
        Self {
            proxy: first(&PROXY_VARIABLES),
            exceptions: first(&NO_PROXY_VARIABLES),
            cert_file: first(&[CERT_FILE]),
            cert_dir: first(&[CERT_DIR]),
        }
    }
}
