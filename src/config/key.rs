//! Fetches the API key from an environment variable, a file or a program.

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
    /// The file that the setting `api_key_file` names, which only its owner may read.
    File(PathBuf),
    /// The program of the setting `api_key_command`, which prints the key and is started without a shell.
    Command {
        /// Name of the program, which is searched in `PATH`, or path of the program.
        program: PathBuf,
        /// Arguments of the program, one word each.
        arguments: Vec<String>,
    },
}

impl KeySource {
    /// Returns the name of the setting or environment variable that holds the API key or says where it is, such as
    /// `api_key_file`.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Variable => "ARGOS_API_KEY",
            Self::File(_) => "api_key_file",
            Self::Command { .. } => "api_key_command",
        }
    }

    /// Fetches the API key from this place. If this place is a program, this method runs the program and waits for its
    /// end; `command` holds the settings for this run. Callers must call this method before anything is drawn on the
    /// screen, and not inside an async runtime.
    ///
    /// # Errors
    /// Returns a [`ValueFault`] if there is no valid key. The error holds nothing of the text that was read.
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
