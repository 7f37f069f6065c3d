//! Check for options that were typed with long dashes instead of hyphens, as some documents and keyboards insert them.
//! Without this check, the program would read `—all` as a filter, which finds nothing.

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{Command, Error};

use crate::text::typed::{ascii, in_ascii};

/// Checks that no argument is an option of the program typed with a long dash instead of hyphens, such as `—all` for
/// `--all`. The name of the program, the first argument, is not checked.
///
/// # Errors
/// A usage error that says what to type.
pub(super) fn check(arguments: &[OsString], command: &Command) -> Result<(), Error> {
    let arguments = arguments.iter().skip(1).take_while(|argument| *argument != "--");
    for argument in arguments.filter_map(|argument| argument.to_str()) {
        let is_dash = |c: char| c == '-' || ascii(c) == Some('-');
        let name = argument.trim_start_matches(is_dash);
        let dashes = argument.strip_suffix(name).unwrap_or_default();
        if dashes.is_ascii() {
            continue;
        }
        let name = in_ascii(name.split(['=', '＝']).next().unwrap_or_default());
        if let Some(option) = option(command, &name) {
            let sentence = format!("`{argument}` starts with a dash instead of a hyphen: write {option}\n");
            return Err(Error::raw(ErrorKind::UnknownArgument, sentence));
        }
    }
    Ok(())
}

/// Returns the option that is called `name` as users type it, such as `--all` for `all`. Returns `None` if no
/// subcommand has this option.
fn option(command: &Command, name: &str) -> Option<String> {
    if name == "help" || name == "version" {
        return Some(format!("--{name}"));
    }
    let long = command.get_arguments().filter_map(clap::Arg::get_long).find(|long| *long == name);
    let long = long.map(|long| format!("--{long}"));
    let short = || command.get_arguments().filter_map(clap::Arg::get_short).find(|short| name == short.to_string());
    let own = long.or_else(|| short().map(|short| format!("-{short}")));
    own.or_else(|| command.get_subcommands().find_map(|command| option(command, name)))
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    fn error_message(arguments: &[&str]) -> Option<String> {
        let arguments = [&["argos-review"], arguments].concat();
        let parsed = crate::cli::parse(arguments.iter().map(OsString::from));
        parsed.err().map(|error| error.render().to_string())
    }

    #[test]
    fn an_option_with_another_dash_is_refused_and_told_how_it_is_written() {
        for (typed, written) in [
            (&["list", "—all"][..], "--all"),
            (&["list", "–all"], "--all"),
            (&["list", "−−all"], "--all"),
            (&["list", "-–all"], "--all"),
            (&["list", "status:pending", "—output=csv"], "--output"),
            (&["list", "－－ｏｕｔｐｕｔ＝csv"], "--output"),
            (&["show", "–section", "ocr"], "--section"),
            (&["—profile", "live", "list"], "--profile"),
            (&["export", "—out", "a.csv"], "--out"),
            (&["–help"], "--help"),
        ] {
            let said = error_message(typed).unwrap_or_default();
            assert!(said.ends_with(&format!("starts with a dash instead of a hyphen: write {written}\n")), "{said}");
        }
    }

    #[test]
    fn other_words_with_a_dash_are_what_they_are() {
        assert_eq!(error_message(&["list", "–7d"]), None);
        assert_eq!(error_message(&["list", "—kim"]), None);
        assert_eq!(
            error_message(&["list", "ーall"]),
            error_message(&["list", "–all"]).map(|said| said.replace('–', "ー"))
        );
        assert_eq!(error_message(&["list", "--", "—all"]), None);
    }
}
