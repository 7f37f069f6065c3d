//! The command as it is parsed, explained and completed: help starts with what a call does and its examples, and each call
//! has only the common options that it takes.

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{ArgMatches, Command, CommandFactory, Error};

use super::args::Arguments;

/// What a call does, its examples, how it is used, its options, and notes.
const TEMPLATE: &str = "{about-with-newline}\n{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}";

/// Calls that do not take all common options, with those that they do not take, by the names of their fields.
const UNUSED: [(&str, &[&str]); 4] = [
    ("demo", &["profile", "config", "base_url"]),
    ("demo-server", &COMMON),
    ("completions", &COMMON),
    ("man", &COMMON),
];

const COMMON: [&str; 7] = ["profile", "config", "base_url", "secure_transfer", "mask", "timezone", "log_file"];

/// Returns the command that arguments are read with.
pub(super) fn grammar() -> Command {
    Arguments::command().mut_subcommands(with_examples_first)
}

/// Returns the command as help, completions and the manual page explain it. It reads no arguments: the library does not
/// find the options of a command that was changed after it was built, and only then are common options there to be hidden.
pub(super) fn explained() -> Command {
    let mut command = grammar();
    command.build();
    command.mut_subcommands(|call| {
        unused(call.get_name()).iter().fold(call, |call, option| call.mut_arg(option, |option| option.hide(true)))
    })
}

/// Reads arguments.
///
/// # Errors
/// The help that was asked for, or a usage error.
pub(super) fn read(arguments: &[OsString]) -> Result<ArgMatches, Error> {
    let matches = grammar().try_get_matches_from(arguments).map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp => help(arguments),
        _ => error,
    })?;
    check(&matches).map(|()| matches)
}

/// The help of the call that arguments name.
fn help(arguments: &[OsString]) -> Error {
    let mut call = explained();
    for argument in arguments {
        if let Some(below) = argument.to_str().and_then(|name| call.find_subcommand(name)).cloned() {
            // The library's own `help CALL` explains the call behind it.
            call = if below.get_name() == "help" { call } else { below };
        }
    }
    Error::raw(ErrorKind::DisplayHelp, call.render_help())
}

/// Whether a call was given a common option that it does not take: that would do nothing.
///
/// # Errors
/// A usage error that names the option and the call.
fn check(matches: &ArgMatches) -> Result<(), Error> {
    let Some((call, given)) = matches.subcommand() else { return Ok(()) };
    match unused(call).iter().find(|option| given.value_source(option) == Some(ValueSource::CommandLine)) {
        Some(option) => {
            let sentence = format!("{call} does not take --{}\n", option.replace('_', "-"));
            Err(Error::raw(ErrorKind::UnknownArgument, sentence))
        }
        None => Ok(()),
    }
}

fn unused(call: &str) -> &'static [&'static str] {
    UNUSED.iter().find(|(name, _)| *name == call).map_or(&[], |(_, options)| *options)
}

/// Moves the examples of a call before its options.
fn with_examples_first(call: Command) -> Command {
    let notes = call.get_after_help().map(ToString::to_string).unwrap_or_default();
    let (examples, notes): (Vec<&str>, Vec<&str>) =
        notes.split("\n\n").partition(|paragraph| paragraph.starts_with("Examples:"));
    let call = call.help_template(TEMPLATE).before_help(examples.join("\n\n")).after_help(notes.join("\n\n"));
    call.mut_subcommands(with_examples_first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(line: &str) -> Result<(), String> {
        let arguments: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        read(&arguments).map(drop).map_err(|error| error.to_string())
    }

    #[test]
    fn an_option_that_a_call_does_not_take_is_refused_wherever_it_is() {
        assert_eq!(answer("argos-review demo --mask all"), Ok(()));
        assert_eq!(answer("argos-review list --profile live"), Ok(()));
        for line in ["argos-review demo --profile live", "argos-review --profile live demo"] {
            assert!(answer(line).expect_err("refused").contains("demo does not take --profile"), "{line}");
        }
        assert!(answer("argos-review man --base-url x").expect_err("refused").contains("man does not take --base-url"));
    }

    #[test]
    fn help_shows_the_examples_first_and_only_the_options_that_a_call_takes() {
        for line in ["argos-review demo --help", "argos-review help demo", "argos-review --mask all demo -h"] {
            let help = answer(line).expect_err("help");
            let at = |text: &str| help.find(text).unwrap_or_else(|| panic!("{text} in {help}"));
            assert!(at("Open the reviewer") < at("Examples:") && at("Examples:") < at("Usage: argos-review demo"));
            assert!(at("Options:") < at("Common options:") && at("--mask") > 0);
            assert!(!help.contains("--profile") && !help.contains("--config"), "{help}");
        }
        assert!(
            answer("argos-review config show --help").expect_err("help").contains("Usage: argos-review config show")
        );
    }

    #[test]
    fn unused_options_are_those_of_the_grammar() {
        let command = explained();
        for (call, options) in UNUSED {
            let Some(call) = command.find_subcommand(call) else { continue };
            for option in options {
                assert!(call.get_arguments().any(|known| known.get_id() == option && known.is_hide_set()), "{option}");
            }
        }
    }
}
