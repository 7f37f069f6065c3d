//! Runs the program of the setting `api_key_command`, which prints the API key. The only other program that
//! argos-review starts is the one of the setting `copy_command`.
//!
//! The program runs without a shell and without input, and sees few environment variables. Its output is limited, and
//! its error output is not shown. The program may ask the user on the terminal.

use std::ffi::OsStr;
use std::io;
use std::process::{Command, ExitStatus};
use std::time::Duration;

use super::{Environment, Sourced};
use crate::runtime::helper::{self, HelperLimits, HelperResult};
use crate::secret::{ApiKey, MalformedKey};

/// Largest size, in bytes, of the output of the program of `api_key_command`. Any key with its line end is shorter.
const MAX_OUTPUT_BYTES: usize = 4 * 1024;

/// Settings of a profile for the run of its `api_key_command`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyCommandSettings {
    /// Time limit of the program, in seconds (`api_key_command_seconds`).
    pub seconds: Sourced<u32>,
    /// Names of environment variables that the program sees in addition to the usual variables (`api_key_command_env`).
    pub variables: Option<Sourced<Vec<String>>>,
}

/// Reason why the program of `api_key_command` returned no API key. The output of the program is not kept.
#[derive(Debug, thiserror::Error)]
pub enum CommandFault {
    /// The program could not be started, or waiting for it failed.
    #[error("the api_key_command cannot be run: {0}")]
    NotRun(#[from] io::Error),
    /// The program ended with this exit status, which means a failure.
    #[error("the api_key_command failed with {}. {LIMITED_ENVIRONMENT_ADVICE}", helper::exit_words(*.0))]
    Failed(ExitStatus),
    /// The program took longer than this time limit and was ended.
    #[error("the api_key_command took longer than {} s and was ended: api_key_command_seconds gives it more. {LIMITED_ENVIRONMENT_ADVICE}", .0.as_secs())]
    TooSlow(Duration),
    /// The program printed more than the limit and was ended.
    #[error("the api_key_command printed more than {} KiB and was ended: it must print the key alone", MAX_OUTPUT_BYTES / 1024)]
    TooMuch,
    /// The program printed nothing.
    #[error("the api_key_command printed nothing: it must print the key. {LIMITED_ENVIRONMENT_ADVICE}")]
    Nothing,
    /// The program printed a text that is not a valid API key.
    #[error("the api_key_command must print the key alone: {0}")]
    NoKey(MalformedKey),
    /// A signal (such as Ctrl-C) interrupted argos-review while the program ran. The value is the exit code with which
    /// argos-review must exit.
    #[error("the api_key_command was interrupted")]
    Interrupted(u8),
}

/// Advice for the user about an `api_key_command` that fails here but works in a shell: environment variables are
/// missing.
const LIMITED_ENVIRONMENT_ADVICE: &str = "It does not see your whole environment: if it works when you run it by hand, name the variables \
                       that it needs, such as BW_SESSION, in api_key_command_env";

/// Runs the program `program` of `api_key_command`, waits for its end, and returns the API key that it prints. The
/// program sees only a few variables of `environment`: the usual ones, such as `PATH`, and those with a name in
/// `variables`. `time` is the time limit.
///
/// # Errors
/// Returns a [`CommandFault`] if the program printed no valid key. After an error, the program is no longer running.
pub(super) fn run(
    program: impl AsRef<OsStr>,
    arguments: &[String],
    environment: &Environment,
    variables: &[String],
    time: Duration,
) -> Result<ApiKey, CommandFault> {
    #[expect(clippy::disallowed_methods, reason = "the program that the user chose for the key")]
    let mut command = Command::new(program);
    command.args(arguments).env_clear().envs(environment.for_programs());
    for name in variables {
        if let Some(value) = environment.variable(name) {
            command.env(name, value);
        }
    }
    match helper::run(command, HelperLimits { time, output: MAX_OUTPUT_BYTES })? {
        HelperResult::Ended { status, .. } if !status.success() => Err(CommandFault::Failed(status)),
        HelperResult::Ended { output, .. } => ApiKey::new(&output).map_err(|malformed| match malformed {
            MalformedKey::Empty => CommandFault::Nothing,
            malformed => CommandFault::NoKey(malformed),
        }),
        HelperResult::TooSlow => Err(CommandFault::TooSlow(time)),
        HelperResult::TooMuch => Err(CommandFault::TooMuch),
        HelperResult::Signal(code) => Err(CommandFault::Interrupted(code)),
    }
}

#[cfg(test)]
mod tests;
