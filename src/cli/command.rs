//! The clap command of the program. It parses the command line, generates the help, and generates completions for
//! shells. The help of a subcommand starts with a description and examples. Of the common options (options of the whole
//! program), the help shows only those that the subcommand accepts.

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command, CommandFactory, Error};

use super::args::Arguments;
use super::near_call;

/// Template for the help text of a subcommand such as `list`. Its order is: description, examples, usage, options,
/// notes.
const HELP_TEMPLATE: &str = "{about-with-newline}\n{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}";

/// The options that a subcommand rejects, although other subcommands share them: the name of the subcommand, and the
/// field names of the options. A subcommand that rejects none is not in the table.
const UNUSED_OPTIONS: [(&str, &[&str]); 8] = [
    ("demo", &["profile", "base_url"]),
    ("open", &["base_url", "secure_transfer"]),
    // It checks the service, and shares the options of its source with the calls that print submissions.
    ("doctor", &["from_file"]),
    ("demo-server", &COMMON_OPTIONS),
    ("keys", &["base_url", "secure_transfer", "mask", "timezone", "log_file"]),
    ("views", &["base_url", "secure_transfer", "timezone", "log_file"]),
    ("completions", &COMMON_OPTIONS),
    ("man", &COMMON_OPTIONS),
];

/// Field names of all common options: the options of the whole program, not of one subcommand.
const COMMON_OPTIONS: [&str; 7] = ["profile", "config", "base_url", "secure_transfer", "mask", "timezone", "log_file"];

/// Returns the clap command of the program with all subcommands, such as `list` and `export`.
pub(super) fn command() -> Command {
    let command = Arguments::command();
    // The unused options are hidden and not removed: a call may have its own option with the same name, which stays.
    let hidden = |name: &str| {
        let common = command.get_arguments().filter(|option| unused_options(name).contains(&option.get_id().as_str()));
        common.map(|option| option.clone().hide(true)).collect::<Vec<_>>()
    };
    command.clone().mut_subcommands(|call| {
        let options = hidden(call.get_name());
        let unused = unused_options(call.get_name());
        let hide = |option: Arg| if unused.contains(&option.get_id().as_str()) { option.hide(true) } else { option };
        with_examples_first(call).args(options).mut_args(hide)
    })
}

/// Parses the arguments of the command line.
///
/// # Errors
/// The requested help or version as a clap error, or a usage error.
pub(super) fn read(arguments: &[OsString]) -> Result<ArgMatches, Error> {
    let matches = command().try_get_matches_from(arguments)?;
    check(&matches)?;
    near_call::check(&matches, &command())?;
    Ok(matches)
}

/// Checks the common options (options of the whole program, such as `--profile`) in a parsed command line. A common
/// option that the subcommand does not accept is an error, since it would have no effect.
///
/// # Errors
/// A usage error that names the option and the subcommand.
fn check(matches: &ArgMatches) -> Result<(), Error> {
    let Some((call, given)) = matches.subcommand() else { return Ok(()) };
    match unused_options(call).iter().find(|option| given.value_source(option) == Some(ValueSource::CommandLine)) {
        Some(option) => {
            let sentence = format!("{call} does not take --{}\n", option.replace('_', "-"));
            Err(Error::raw(ErrorKind::UnknownArgument, sentence))
        }
        None => Ok(()),
    }
}

fn unused_options(call: &str) -> &'static [&'static str] {
    UNUSED_OPTIONS.iter().find(|(name, _)| *name == call).map_or(&[], |(_, options)| *options)
}

/// Changes the help texts of `call`, a command such as `list`, and of its subcommands. The examples are shown before
/// the options, not after them.
fn with_examples_first(call: Command) -> Command {
    let notes = call.get_after_help().map(ToString::to_string).unwrap_or_default();
    let (examples, notes): (Vec<&str>, Vec<&str>) =
        notes.split("\n\n").partition(|paragraph| paragraph.starts_with("Examples:"));
    let call = call.help_template(HELP_TEMPLATE).before_help(examples.join("\n\n")).after_help(notes.join("\n\n"));
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
            assert!(help.contains("--config") && !help.contains("--profile"), "{help}");
        }
        assert!(
            answer("argos-review config show --help").expect_err("help").contains("Usage: argos-review config show")
        );
    }

    #[test]
    fn unused_options_are_those_of_the_grammar() {
        let mut command = command();
        command.build();
        for (call, options) in UNUSED_OPTIONS {
            let Some(call) = command.find_subcommand(call) else { continue };
            for option in options {
                assert!(call.get_arguments().any(|known| known.get_id() == option && known.is_hide_set()), "{option}");
            }
        }
    }
}
