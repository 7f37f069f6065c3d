//! `list`: prints the submissions of a query to a terminal or into a pipe.

pub(super) mod args;
mod columns;
mod list_output;
mod path_cells;
mod walk;

use std::process::ExitCode;

use super::exit::exit_code_of;
use super::{OutputFormat, WRONG_USE, filter, standard_output};
use crate::config::{Environment, GlobalOptions};
use args::ListArgs;
use list_output::ListOutput;
use walk::ListPlan;

/// Prints the submissions of a query to stdout and returns the exit code.
#[must_use]
pub fn run(list: &ListArgs, options: &GlobalOptions, environment: &Environment) -> ExitCode {
    let chosen = match list.choice.resolve("list", options, environment) {
        Ok(chosen) => chosen,
        Err(code) => return code,
    };
    let needs = [("--detail", list.detail), ("--with", !list.with.with.is_empty())];
    if let Err(code) = chosen.refuse_requests(&needs) {
        return code;
    }
    let filter = match list.filter.choose(options, environment, chosen.today) {
        Ok(filter) => filter,
        Err(code) => return code,
    };
    let query = match filter::parse(&filter.text, chosen.today, chosen.is_offline()) {
        Ok(query) => query,
        Err(code) => return code,
    };
    let with = match list.with.parts(&query) {
        Ok(with) => with,
        Err(code) => return code,
    };
    let usual = match standard_output::is_terminal() {
        _ if list.excel => OutputFormat::Csv,
        true => OutputFormat::Table,
        false => OutputFormat::Ndjson,
    };
    let format = list.output.unwrap_or(usual);
    // The options win over the view. JSON has every field, whatever the columns of the view.
    let has_columns = matches!(format, OutputFormat::Table | OutputFormat::Csv);
    let list = &ListArgs {
        columns: list.columns.clone().or_else(|| filter.columns().filter(|_| has_columns)),
        sort: list.sort.or_else(|| filter.sort()),
        ..list.clone()
    };
    let list_output = match ListOutput::new(list, format, &chosen.preferences, environment) {
        Ok(list_output) => list_output,
        Err(wrong) => {
            standard_output::eprint(&format!("argos-review: {wrong}"));
            return ExitCode::from(WRONG_USE);
        }
    };
    let mask = chosen.preferences.mask.value;
    let is_offline = chosen.is_offline();
    let (all, detail, sort, limit) = (list.all, list.detail, list.sort, list.limit);
    let plan = ListPlan { query, mask, all, with, detail, is_offline, sort, limit };
    exit_code_of(super::source::run_with_source(chosen.origin, |source| async move {
        walk::walk(&source, &plan, list_output).await
    }))
}

#[cfg(test)]
mod tests {
    use crate::cli::csv_columns;

    #[test]
    fn columns_of_a_csv_are_words_of_the_list_or_any_path() {
        assert_eq!(
            csv_columns::columns("Born,kyc.attempts[0].errorCode").unwrap(),
            ["data.date_of_birth", "kyc.attempts[0].errorCode"]
        );
        assert!(csv_columns::columns("a,,b").is_err());
    }
}
