//! The command-line arguments that choose submissions (a filter and a saved view), and the sentences about problems and
//! corrections of a filter.

use std::process::ExitCode;

use jiff::civil::Date;

use super::{WRONG_USE, standard_output};
use crate::config::{Environment, GlobalOptions, config_file_path};
use crate::query::{Problem, Query};
use crate::store::Sort;
use crate::views::{SavedView, Views, ViewsError, ViewsFile};

/// Arguments that choose submissions: the words of a filter, and the name of a saved view.
#[derive(clap::Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct FilterArgs {
    /// Filter, such as from:-7d status:pending; several words are joined by blanks [default: everything]
    #[arg(value_name = "FILTER")]
    pub filter: Vec<String>,
    /// Saved view: its filter, columns and order; FILTER is added to its filter (argos-review views lists them)
    #[arg(long, value_name = "NAME")]
    pub view: Option<String>,
}

/// The submissions that the command line chooses, as a filter, and the saved view on which the filter is based.
pub(super) struct ChosenFilter {
    /// The filter of the saved view, followed by the filter of the command line.
    pub(super) text: String,
    /// The saved view that the option `--view` names; `None` without this option.
    pub(super) view: Option<SavedView>,
}

impl ChosenFilter {
    /// Returns the sort order of the saved view; `None` if the command line names no view, or if the view has the
    /// default order.
    pub(super) fn sort(&self) -> Option<Sort> {
        self.view.as_ref()?.sort
    }

    /// Returns the columns of the saved view in the form of the option `--columns`, separated by commas. Returns `None`
    /// if the command line names no view, or if the view has the default columns.
    pub(super) fn columns(&self) -> Option<String> {
        let columns = self.view.as_ref()?.columns.as_ref()?;
        Some(columns.iter().map(|column| column.spec().key).collect::<Vec<_>>().join(","))
    }
}

impl FilterArgs {
    /// Returns the filter of the command line as one line: its words, joined by blanks.
    pub(super) fn text(&self) -> String {
        self.filter.join(" ")
    }

    /// Returns the filter and the saved view that the command line chooses. Relative dates count from `today`. Without
    /// the option `--view`, the file of saved views is not read, so that a mistake in the file cannot make the command
    /// fail.
    ///
    /// # Errors
    /// The exit code for wrong use. The reason is printed before.
    pub(super) fn choose(
        &self,
        options: &GlobalOptions,
        environment: &Environment,
        today: Date,
    ) -> Result<ChosenFilter, ExitCode> {
        let Some(name) = &self.view else { return Ok(ChosenFilter { text: self.text(), view: None }) };
        let (_, views) = read_views(options, environment, today)?;
        self.choose_from(name, &views, today)
    }

    /// Returns the filter and the saved view of a command line with the option `--view`. `name` is the name of the view
    /// in `views`. The filter is that of the view, followed by that of the command line. Relative dates count from
    /// `today`.
    ///
    /// # Errors
    /// The exit code for wrong use. The reason is printed before.
    pub(super) fn choose_from(&self, name: &str, views: &Views, today: Date) -> Result<ChosenFilter, ExitCode> {
        let view = views.named(name).map_err(|error| refused(&error))?;
        let text = view.filter_with(&self.text(), today).map_err(|error| refused(&error))?;
        Ok(ChosenFilter { text, view: Some(view) })
    }
}

/// Reads the file of saved views, `views.toml`, in the directory of the configuration file. A view is a filter with
/// columns and a sort order, under a name.
///
/// Returns the file, and all views: those of the file and those that come with the program. If the directory is
/// unknown, returns no file and only the views that come with the program. Relative dates in the filters of the views,
/// such as `-7d`, count from `today`.
///
/// # Errors
/// The exit code for wrong use if the file has a mistake or cannot be read. The reason is printed before.
pub(super) fn read_views(
    options: &GlobalOptions,
    environment: &Environment,
    today: Date,
) -> Result<(Option<ViewsFile>, Views), ExitCode> {
    views(options, environment, today).map_err(|error| refused(&error))
}

/// Reads the file of saved views. Returns the same as [`read_views`], but prints nothing if this fails.
///
/// # Errors
/// The mistake in the file, or the reason why the file cannot be read.
pub(super) fn views(
    options: &GlobalOptions,
    environment: &Environment,
    today: Date,
) -> Result<(Option<ViewsFile>, Views), ViewsError> {
    let Some(config) = config_file_path(options, environment) else { return Ok((None, Views::default())) };
    let file = ViewsFile::next_to(&config.value);
    let views = file.read(today)?;
    Ok((Some(file), views))
}

fn refused(error: &ViewsError) -> ExitCode {
    standard_output::eprint(&format!("argos-review: {error}"));
    ExitCode::from(WRONG_USE)
}

/// Parses a filter for the interactive program. Unlike [`parse`], prints nothing about words that were read in another
/// way than typed, since the filter bar shows such words. Relative dates, such as 7 days ago, are counted from `today`.
/// `is_offline` says whether the submissions come from a file.
///
/// # Errors
/// The exit code for wrong use. One sentence for each problem is printed before.
pub(super) fn check(text: &str, today: Date, is_offline: bool) -> Result<Query, ExitCode> {
    let query = if is_offline { Query::parse_offline(text, today) } else { Query::parse(text, today) };
    if query.problems().is_empty() {
        return Ok(query);
    }
    query.problems().iter().for_each(|problem| standard_output::eprint(&problem_sentence(problem, text)));
    Err(ExitCode::from(WRONG_USE))
}

/// Parses a filter, and prints a sentence for each word that was read in another way than typed. Relative dates, such
/// as 7 days ago, are counted from `today`. `is_offline` says whether the submissions come from a file.
///
/// # Errors
/// The exit code for wrong use. One sentence for each problem is printed before.
pub(super) fn parse(text: &str, today: Date, is_offline: bool) -> Result<Query, ExitCode> {
    let query = check(text, today, is_offline)?;
    corrections(&query).iter().chain(&id_hints(&query)).for_each(|line| standard_output::eprint(line));
    Ok(query)
}

/// Returns a sentence about `problem`, a mistake in the filter `text`. The sentence includes the position of the
/// mistake, counted in characters from 1.
fn problem_sentence(problem: &Problem, text: &str) -> String {
    let place = text.get(..problem.span.start).map_or(0, |before| before.chars().count()) + 1;
    let word = text.get(problem.span.clone()).unwrap_or_default();
    format!("argos-review: the filter at character {place}, `{word}`: {}", problem.reason)
}

/// Returns a hint for each search text of a filter that looks like a submission id: how to look up the submission.
fn id_hints(query: &Query) -> Vec<String> {
    let hint = |text| format!("argos-review: `{text}` is searched as text; id:{text} looks up a submission id");
    query.id_texts().map(hint).collect()
}

/// Returns one sentence for each word of a filter that was read in another way than typed, and for each word that
/// contains invisible characters.
fn corrections(query: &Query) -> Vec<String> {
    let read = query.corrections().map(|word| match word.meant {
        "" => format!("argos-review: in the filter, `{}` is ignored: it is invisible", word.typed),
        meant => format!("argos-review: in the filter, `{}` is read as {meant}", word.typed),
    });
    let kept = query.terms_with_invisible().map(|word| {
        format!("argos-review: in the filter, {word} has invisible characters; it is quoted, so it is used as typed")
    });
    read.chain(kept).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 21);

    #[test]
    fn a_problem_is_told_with_its_place_counted_in_characters() {
        let text = "김 from:2026-99-01";
        let query = Query::parse(text, TODAY);
        let told: Vec<String> = query.problems().iter().map(|problem| problem_sentence(problem, text)).collect();
        let [told] = &told[..] else { panic!("{told:?}") };
        assert!(told.contains("the filter at character 3, `from:2026-99-01`: "), "{told}");
        assert!(told.contains("month 99 does not exist"), "{told}");
    }

    #[test]
    fn a_text_that_looks_like_an_id_is_told_the_key_of_ids() {
        let told = |text: &str| id_hints(&Query::parse(text, TODAY));
        let [line] = &told("kim 6xx28lo115832")[..] else { panic!() };
        assert!(line.contains("id:6xx28lo115832"), "{line}");
        for other in
            ["kim", "!6xx28lo115832", "\"6xx28lo115832\"", "id:6xx28lo115832", "id:a 6xx28lo115832", "2026-11-21"]
        {
            assert_eq!(told(other), [""; 0], "{other}");
        }
    }

    #[test]
    fn what_is_read_otherwise_than_typed_is_told_word_by_word() {
        let told = corrections(&Query::parse("status：pending \u{feff} \"a\u{ad}\" from:-7d", TODAY));
        assert_eq!(
            told,
            [
                "argos-review: in the filter, `status：pending` is read as status:pending",
                "argos-review: in the filter, `\u{feff}` is ignored: it is invisible",
                "argos-review: in the filter, \"a\u{ad}\" has invisible characters; it is quoted, so it is used as typed",
            ]
        );
        assert!(corrections(&Query::parse("kim Ｔａｎａｋａ 김민준 \"a b\"", TODAY)).is_empty());
    }
}
