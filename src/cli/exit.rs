//! The exit codes, and the conversion of results into exit codes. The help and the README have the same table of exit
//! codes, [`TABLE`].

use std::process::ExitCode;

use super::standard_output;
use crate::failure::Failure;
use crate::{config, runtime};

/// Exit code: the program did what the user requested.
pub const DONE: u8 = 0;
/// Exit code: the program received no data, for example because the service was not reachable.
pub const NOTHING: u8 = 1;
/// Exit code: the arguments or the configuration are wrong.
pub const WRONG_USE: u8 = 2;
/// Exit code: the program received only a part of the requested data.
pub const PARTIAL: u8 = 3;

/// Every exit code with its meaning. The exit code after a signal is 128 plus the number of the signal, as shells
/// report it.
pub const TABLE: [(u8, &str); 8] = [
    (DONE, "success; also if the reader of the output closes it early, as head does"),
    (NOTHING, "nothing received (service, network, unknown id)"),
    (WRONG_USE, "wrong arguments or configuration, no terminal, or a closed standard output (>&-)"),
    (PARTIAL, "partial result: the last page was not reached"),
    (129, "SIGHUP: the terminal went away"),
    (130, "SIGINT, or ctrl-c"),
    (131, "SIGQUIT"),
    (143, "SIGTERM"),
];

/// Returns the table of all exit codes with their meanings, as text for `--help`.
pub(super) fn help() -> String {
    let line = |(code, meaning): &(u8, &str)| format!("\n  {code:>3}  {meaning}");
    format!("Exit codes:{}", TABLE.iter().map(line).collect::<String>())
}

/// Prints `error`, the reason why the settings could not be read, and returns exit code 2. If a signal interrupted the
/// reading of the API key, returns the exit code of the signal.
#[must_use]
pub fn configuration_exit_code(error: &config::ConfigError) -> ExitCode {
    if let Some(code) = error.exit_code_of_interrupt() {
        return ExitCode::from(code);
    }
    standard_output::eprint(&format!("argos-review: {error}"));
    ExitCode::from(WRONG_USE)
}

/// Converts the result of a subcommand, such as `list`, into the exit code of the program. If the subcommand could not
/// run, the reason is printed to stderr.
pub(super) fn exit_code_of(result: Result<u8, runtime::RuntimeError>) -> ExitCode {
    match result {
        Ok(code) => ExitCode::from(code),
        // The environment's variables are part of the configuration.
        Err(runtime::RuntimeError::Client(error @ crate::api::RequestError::Setup(_))) => {
            standard_output::print_failure(&Failure::from(&error));
            ExitCode::from(WRONG_USE)
        }
        Err(runtime::RuntimeError::Client(error)) => {
            standard_output::print_failure(&Failure::from(&error));
            ExitCode::from(NOTHING)
        }
        Err(error) => {
            standard_output::eprint(&format!("argos-review: {error}"));
            ExitCode::from(NOTHING)
        }
    }
}
