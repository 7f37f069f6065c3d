//! Fetches the API key from a variable, a file or a program.

use std::path::PathBuf;
use std::time::Duration;

use secrecy::zeroize::Zeroizing;

use super::{Environment, KeyCommandSettings, ValueFault, key_command};
use crate::private_file::{self, FileRule};
use crate::secret::ApiKey;

/// Place from which the API key is fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeySource {
    /// The environment variable `ARGOS_API_KEY`.
    Variable,
    /// `api_key_file`: a file that only its owner can read.
    File(PathBuf),
    /// `api_key_command`: a program, started without a shell.
    Command {
        /// A name to look for in `PATH`, or a path.
        program: PathBuf,
        /// Arguments of the program, one word each.
        arguments: Vec<String>,
    },
}

impl KeySource {
    /// Returns the name of the setting or variable.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Variable => "ARGOS_API_KEY",
            Self::File(_) => "api_key_file",
            Self::Command { .. } => "api_key_command",
        }
    }

    /// Fetches the API key. If that runs a program, the call waits for it. It therefore belongs before the first
    /// screen, and not inside an async runtime.
    ///
    /// # Errors
    /// [`ValueFault`], which holds nothing of what was read.
    pub(super) fn fetch(&self, environment: &Environment, command: &KeyCommandSettings) -> Result<ApiKey, ValueFault> {
        match self {
            Self::Variable => {
                let value = environment.variable(self.name()).unwrap_or_default().into_encoded_bytes();
                Ok(ApiKey::new(&Zeroizing::new(value))?)
            }
            Self::File(path) => Ok(ApiKey::new(&private_file::read(path, FileRule::Key)?)?),
            Self::Command { program, arguments } => {
                let time = Duration::from_secs(u64::from(command.seconds.value));
                let variables = command.variables.as_ref().map_or(&[][..], |variables| &variables.value);
                Ok(key_command::run(program, arguments, environment, variables, time)?)
            }
        }
    }
}
