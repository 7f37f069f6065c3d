//! `open`: opens the reviewer with the submissions of files, without a server.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;

use super::exit::WRONG_USE;
use super::filter::FilterArgs;
use super::reviewer::{ReviewedSource, ReviewerStart, review};
use super::source::{offline_preferences, read_files};
use super::standard_output;
use super::today::today;
use crate::config::{Environment, GlobalOptions};
use crate::offline::is_stdin;
use crate::query::Query;
use crate::runtime::{ControllingTerminal, SourceConfig};
use crate::text::Safe;

pub(super) const EXAMPLES: &str = "\
Examples:
  argos-review open rejected.ndjson payloads.json
  argos-review list --all --mask none | argos-review open -
  argos-review open month.ndjson --view pending -- nat:KOR from:-7d

A file holds NDJSON, a JSON array, answers of the service ({\"Items\": […]}), one submission, or the
payloads of webhooks (kyc_result, aml_result). Its content decides, not its name. Of several records
of one submission, the newest counts; a webhook's payload only adds what the record lacks.

Nothing is requested: all terms of a filter are tested on the rows of the file, and what a record
does not carry is \"not fetched\". With -, the data come from stdin, and the keys from the terminal.

Exit codes: 0 success; 2 wrong arguments, a file that cannot be read, or no terminal.";

/// Arguments of `open`.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
pub struct OpenArgs {
    /// Files with submissions; - is stdin
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Saved view: its filter, columns and order; FILTER is added to its filter (argos-review views lists them)
    #[arg(long, value_name = "NAME")]
    pub view: Option<String>,
    /// Filter, such as from:-7d status:pending, behind --; several words are joined by blanks [default: everything]
    #[arg(value_name = "FILTER", last = true)]
    pub filter: Vec<String>,
}

/// Opens the interactive program with the submissions of the files, and returns the exit code.
#[must_use]
pub fn run(open: &OpenArgs, options: &GlobalOptions, environment: &Environment) -> ExitCode {
    let refused = |sentence: &str| {
        standard_output::eprint(&format!("argos-review: {sentence}"));
        ExitCode::from(WRONG_USE)
    };
    let preferences = match offline_preferences(options, environment) {
        Ok(preferences) => preferences,
        Err(code) => return code,
    };
    if let Some(word) = open.files.iter().find_map(|path| misplaced_term(path)) {
        return refused(&format!("there is no file {word}; a filter comes after --: argos-review open FILE -- {word}"));
    }
    let call = FilterArgs { filter: open.filter.clone(), view: open.view.clone() };
    let start = match ReviewerStart::of(&call, options, environment, today(), true) {
        Ok(start) => start,
        Err(code) => return code,
    };
    let mut terminal = None;
    if open.files.iter().any(|path| is_stdin(path)) {
        if io::stdin().is_terminal() {
            return refused("open - reads submissions from stdin, and stdin is the terminal: pipe them into it");
        }
        // Before the data are read, which may take long.
        match ControllingTerminal::open() {
            Ok(opened) => terminal = Some(opened),
            Err(error) => {
                return refused(&format!(
                    "open - reads keys from the terminal /dev/tty, which cannot be opened: {error}"
                ));
            }
        }
    }
    let file = match read_files(&open.files) {
        Ok(file) => file,
        Err(code) => return code,
    };
    if let Some(Err(error)) = terminal.map(ControllingTerminal::into_stdin) {
        return refused(&format!("the terminal cannot be used: {error}"));
    }
    let origin = SourceConfig::File(Arc::new(file));
    let source = ReviewedSource {
        profile: Safe::from_static("offline"),
        host: Safe::default(),
        today: None,
        call_options: call_options(&open.files),
        origin,
    };
    review(source, start, &preferences, environment)
}

/// Returns `path` as text if the user probably typed a term of the filter language, such as `status:pending`, in the
/// position of a path. Returns `None` if a file has this path, or if the text is no term.
fn misplaced_term(path: &Path) -> Option<Safe> {
    let word = path.to_str().filter(|word| word.contains([':', '<', '>', '=']) && !path.exists())?;
    Query::parse_offline(word, today()).problems().is_empty().then(|| Safe::sanitize(word))
}

/// Returns the options with which another subcommand, such as `list`, reads the same files. An example is
/// `--from-file=people.ndjson`. The result is empty if no command line can name one of the files: stdin, or a path that
/// is not valid UTF-8.
fn call_options(files: &[PathBuf]) -> Vec<String> {
    let option = |path: &PathBuf| {
        let path = path.to_str().filter(|_| !is_stdin(path))?;
        Some(format!("--from-file={path}"))
    };
    files.iter().map(option).collect::<Option<_>>().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(files: &[&str]) -> Vec<String> {
        call_options(&files.iter().map(PathBuf::from).collect::<Vec<_>>())
    }

    #[test]
    fn a_call_names_every_file_or_none() {
        assert_eq!(options(&["a.ndjson", "./-"]), ["--from-file=a.ndjson", "--from-file=./-"]);
        assert_eq!(options(&["a b.json", "-"]), [""; 0], "stdin cannot be read twice");
    }

    #[test]
    fn a_term_among_the_files_is_no_file() {
        let term = |word: &str| misplaced_term(Path::new(word)).is_some();
        assert!(term("status:pending") && term("score<80") && term("!nat:KOR"));
        assert!(!term("pending.ndjson") && !term("-") && !term("a:b.json") && !term("Cargo.toml"));
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_no_text_holds_is_not_named() {
        use std::os::unix::ffi::OsStringExt;
        let path = std::ffi::OsString::from_vec(b"\xff.json".to_vec());
        assert_eq!(call_options(&[PathBuf::from(path)]), [""; 0]);
    }
}
