//! Check for mistyped names of subcommands at the start of the command line, such as `lsit` for `list`.
//!
//! Without this check `argos-review lsit` would open the interactive program and search for the text, and would find
//! nothing.

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{ArgMatches, Command, Error};

/// Checks that the command line does not contain a misplaced or mistyped name of a subcommand, such as `list`.
///
/// # Errors
/// A usage error that names the subcommand, in two cases:
/// - The first word of a filter is similar to the name of a subcommand.
/// - A filter or the option `--view` comes before the name of a subcommand.
pub(super) fn check(matches: &ArgMatches, command: &Command) -> Result<(), Error> {
    let words: Vec<&String> = matches.get_many("filter").into_iter().flatten().collect();
    if let Some(call) = matches.subcommand_name() {
        let is_given = |argument: &&str| matches.value_source(argument) == Some(ValueSource::CommandLine);
        return match ["filter", "view"].into_iter().find(is_given) {
            Some("filter") => Err(refused(format!("a filter comes after the call: argos-review {call} FILTER"))),
            Some(_) => Err(refused(format!("--view comes after the call: argos-review {call} --view NAME"))),
            None => Ok(()),
        };
    }
    let names = command.get_subcommands().filter(|call| !call.is_hide_set()).map(Command::get_name).chain(["help"]);
    match words.first().and_then(|word| Some((word, nearest_name(word, names)?))) {
        Some((word, name)) => Err(refused(format!(
            "there is no call {word}; did you mean argos-review {name}? In quotes it is a text to search for: \
             argos-review '\"{word}\"'"
        ))),
        None => Ok(()),
    }
}

fn refused(sentence: String) -> Error {
    Error::raw(ErrorKind::InvalidSubcommand, format!("{sentence}\n"))
}

/// Returns the name of the subcommand that the user probably meant by `word`, such as `list` for `lsit`. `names` are
/// the names of all subcommands. Returns `None` if no name is similar.
///
/// The first word of a filter is often the name of a person, which must not be taken for a subcommand. Therefore a
/// capital letter counts as a difference, unless the whole word is the name of a subcommand in capital letters. In a
/// name of three letters, only the order of the letters may be wrong: one other letter often makes a surname (`min` for
/// `man`).
fn nearest_name<'n>(word: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let distance = |name: &str| match name.len() {
        _ if word.eq_ignore_ascii_case(name) => Some(0),
        0..=3 => (has_same_letters(word, name) && strsim::osa_distance(word, name) == 1).then_some(1),
        letters => Some(strsim::osa_distance(word, name)).filter(|found| *found <= if letters < 5 { 1 } else { 2 }),
    };
    names.filter_map(|name| Some((distance(name)?, name))).min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}

/// Returns whether the two words consist of the same letters, in any order.
fn has_same_letters(one: &str, other: &str) -> bool {
    let letters = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    letters(one) == letters(other)
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    /// Parses a command line of the interactive program, and returns the words of its filter. The error is the usage
    /// message.
    fn answer(arguments: &[&str]) -> Result<String, String> {
        let arguments = [&["argos-review"], arguments].concat();
        match crate::cli::parse(arguments.iter().map(OsString::from)) {
            Ok(crate::cli::Mode::Reviewer(filter, _)) => Ok(filter.text()),
            Ok(other) => panic!("{other:?}"),
            Err(error) => Err(error.render().to_string()),
        }
    }

    #[test]
    fn first_word_that_misspells_a_call_is_refused_with_the_name_of_the_call() {
        for (typed, name) in [
            ("lsit", "list"),
            ("exprt", "export"),
            ("LIST", "list"),
            ("shwo", "show"),
            ("stat", "stats"),
            ("dcotor", "doctor"),
            ("demo-sever", "demo-server"),
            ("completion", "completions"),
            ("amn", "man"),
            ("hlep", "help"),
        ] {
            for arguments in [&[typed][..], &[typed, "status:pending"], &["--mask", "all", typed]] {
                let sentence = answer(arguments).expect_err(typed);
                assert!(sentence.contains(&format!("did you mean argos-review {name}?")), "{sentence}");
                assert_eq!(sentence.lines().count(), 1, "{sentence}");
            }
        }
    }

    #[test]
    fn quoted_words_terms_names_and_later_words_are_a_filter() {
        for words in [
            &["\"lsit\""][..],
            &["kim", "lsit"],
            &["kim list", "show"],
            &["status:pending", "list"],
            &["Lisa"],
            &["Owen"],
            &["min"],
            &["han", "from:-7d"],
            &["김민준"],
            &["from:-7d", "--mask", "all", "status:pending"],
        ] {
            let expected: Vec<&str> = words.iter().filter(|word| !["--mask", "all"].contains(word)).copied().collect();
            assert_eq!(answer(words), Ok(expected.join(" ")));
        }
        assert_eq!(answer(&[]), Ok(String::new()));
    }

    #[test]
    fn filter_before_the_name_of_a_call_is_refused() {
        let sentence = answer(&["from:-7d", "--mask", "all", "list"]).expect_err("refused");
        assert_eq!(sentence, "error: a filter comes after the call: argos-review list FILTER\n");
    }
}
