//! The command as it is parsed, explained and completed: help starts with what a call does and its examples, and each call
//! has only the common options that it takes.

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

/// Returns the whole command.
pub(super) fn command() -> Command {
    let mut command = Arguments::command();
    // Only then do calls have the options that are common to all.
    command.build();
    command.mut_subcommands(with_examples_first).mut_subcommands(|call| {
        unused(call.get_name()).iter().fold(call, |call, option| call.mut_arg(option, |option| option.hide(true)))
    })
}

/// Whether a call was given a common option that it does not take: that would do nothing.
///
/// # Errors
/// A usage error that names the option and the call.
pub(super) fn check(matches: &ArgMatches) -> Result<(), Error> {
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

    #[test]
    fn an_option_that_a_call_does_not_take_is_refused_wherever_it_is() {
        let read = |line: &str| {
            let matches = command().try_get_matches_from(line.split(' ')).expect("a call");
            check(&matches).map_err(|error| error.to_string())
        };
        assert_eq!(read("argos-review demo --mask all"), Ok(()));
        assert_eq!(read("argos-review list --profile live"), Ok(()));
        for line in ["argos-review demo --profile live", "argos-review --profile live demo"] {
            assert!(read(line).expect_err("refused").contains("demo does not take --profile"), "{line}");
        }
        assert!(read("argos-review man --base-url x").expect_err("refused").contains("man does not take --base-url"));
    }

    #[test]
    fn unused_options_are_those_of_the_grammar() {
        let command = command();
        for (call, options) in UNUSED {
            let Some(call) = command.find_subcommand(call) else { continue };
            for option in options {
                assert!(call.get_arguments().any(|known| known.get_id() == option && known.is_hide_set()), "{option}");
            }
        }
    }
}
