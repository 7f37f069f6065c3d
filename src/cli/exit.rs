//! The exit codes: the one table that the constants, the help and the README are made from, and how a call ends.

use std::process::ExitCode;

use super::out;
use crate::failure::Failure;
use crate::{config, runtime};

/// Done.
pub const DONE: u8 = 0;
/// Nothing could be had.
pub const NOTHING: u8 = 1;
/// Wrong use and wrong configuration.
pub const WRONG_USE: u8 = 2;
/// Something came, but not all of it.
pub const PARTIAL: u8 = 3;

/// Every exit code with its meaning. Those of signals are what a shell expects: 128 and the signal's number.
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

/// The table as the help shows it.
pub(super) fn help() -> String {
    let line = |(code, meaning): &(u8, &str)| format!("\n  {code:>3}  {meaning}");
    format!("Exit codes:{}", TABLE.iter().map(line).collect::<String>())
}

/// Prints why there are no settings; exit code 2, or that of the signal that ended the fetching of the key.
#[must_use]
pub fn misconfigured(error: &config::Error) -> ExitCode {
    if let Some(code) = error.interrupted() {
        return ExitCode::from(code);
    }
    out::eprint(&format!("argos-review: {error}"));
    ExitCode::from(WRONG_USE)
}

/// An exit code, or the sentence of what stood in the way.
pub(super) fn ended(result: Result<u8, runtime::Error>) -> ExitCode {
    match result {
        Ok(code) => ExitCode::from(code),
        // What the environment says is a part of the configuration.
        Err(runtime::Error::Client(error @ crate::api::Error::Setup(_))) => {
            out::failed(&Failure::from(&error));
            ExitCode::from(WRONG_USE)
        }
        Err(runtime::Error::Client(error)) => {
            out::failed(&Failure::from(&error));
            ExitCode::from(NOTHING)
        }
        Err(error) => {
            out::eprint(&format!("argos-review: {error}"));
            ExitCode::from(NOTHING)
        }
    }
}
