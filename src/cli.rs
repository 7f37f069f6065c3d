//! The command line: parses the arguments into a [`Mode`] (the task of the program), and runs the tasks that need no
//! screen.
//!
//! Data goes to stdout, messages to stderr. All printed text is sanitised (characters that can control a terminal are
//! removed), except a path that goes into a pipe.

mod args;

mod command;
pub mod config;
pub(crate) mod csv_columns;
mod dashes;
#[cfg(feature = "demo")]
pub mod demo;
pub mod doctor;
pub mod exit;
pub mod export;
mod filter;
pub mod keys;
pub mod list;
mod near_call;
pub mod open;
mod output_format;
mod parts;
pub mod reviewer;
pub mod shell;
pub mod show;
mod source;
pub mod standard_output;
pub mod stats;
mod today;
pub mod views;

pub use args::Mode;
pub use config::ConfigCall;
#[cfg(feature = "demo")]
pub use demo::args::{DemoArgs, DemoCall, DemoServerArgs};
pub use export::ExportArgs;
pub use filter::FilterArgs;
pub use list::args::ListArgs;
pub use open::OpenArgs;
pub use output_format::OutputFormat;
pub use show::ShowArgs;
pub use source::{ResolvedSource, SourceArgs};

use std::ffi::OsString;
use std::process::ExitCode;

use clap::FromArgMatches;

use exit::{PARTIAL, WRONG_USE};

/// Parses the command line and returns the task of the program. The first of the `arguments` is the name of the
/// program.
///
/// # Errors
/// The message of clap: a usage error, or the text of `--help` or `--version`. Pass it to [`usage`].
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Mode, clap::Error> {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    dashes::check(&arguments, &command::command())?;
    let matches = command::read(&arguments)?;
    args::Arguments::from_arg_matches(&matches).map(Mode::from)
}

/// Prints `error`, the error that [`parse`] returned, and returns the exit code. Requested help goes to stdout (exit
/// code 0), a usage error to stderr (exit code 2).
#[must_use]
pub fn usage(error: &clap::Error) -> ExitCode {
    let text = error.render().to_string();
    if error.use_stderr() {
        text.lines().for_each(standard_output::eprint);
        return ExitCode::from(WRONG_USE);
    }
    standard_output::exit_code(standard_output::write_bytes(text.as_bytes()))
}

/// Returns whether the program will print to standard output, according to `parsed`, the result of [`parse`]. This is
/// false for the interactive program, which draws its screen there and checks by itself that it has a terminal. It is
/// also false if only messages on stderr follow, such as a usage error.
pub fn prints(parsed: &Result<Mode, clap::Error>) -> bool {
    match parsed {
        Ok(Mode::Reviewer(..) | Mode::Open(..)) => false,
        #[cfg(feature = "demo")]
        Ok(Mode::Demo(call, _)) => call.demo.list_scenarios,
        Ok(Mode::Config(ConfigCall::Init, _)) => false,
        Ok(Mode::Export(export, _)) => export.prints(),
        Ok(_) => true,
        Err(said) => !said.use_stderr(),
    }
}

/// Prints to stderr that standard output is closed, and returns exit code 2.
#[must_use]
pub fn without_output() -> ExitCode {
    standard_output::eprint(
        "argos-review: standard output is closed, so nothing can be printed: open it, or export into a file",
    );
    ExitCode::from(WRONG_USE)
}

#[cfg(test)]
mod tests;
