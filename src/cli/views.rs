//! `views`: prints the saved views with their filter, columns and order.

use std::process::ExitCode;

use super::exit::configuration_exit_code;
use super::filter::read_views;
use super::standard_output;
use super::today::today;
use crate::config::{Environment, GlobalOptions, Settings};
use crate::query::Query;
use crate::text::{Mask, Safe};
use crate::views::{SavedView, ViewOrigin};

/// Largest width in columns of the names of views before the text that follows.
const MAX_NAME_WIDTH: usize = 24;

/// Runs the command `views`: prints each saved view in one line, and returns the exit code. At the mask level `all`,
/// personal values in the filters and the names that the user gave to views are hidden.
#[must_use]
pub fn run(options: &GlobalOptions, environment: &Environment) -> ExitCode {
    let mask = match Settings::resolve(options, environment) {
        Ok(settings) => settings.preferences.mask.value,
        Err(error) => return configuration_exit_code(&error),
    };
    let today = today();
    let views = match read_views(options, environment, today) {
        Ok((_, views)) => views.all(),
        Err(code) => return code,
    };
    let names: Vec<Safe> = views.iter().map(|(view, _)| view.shown_name(mask)).collect();
    let width = names.iter().map(Safe::width).max().unwrap_or(0).min(MAX_NAME_WIDTH);
    let lines = views.iter().zip(&names).map(|((view, origin), name)| {
        let origin = if *origin == ViewOrigin::BuiltIn { "built in" } else { "saved   " };
        format!(
            "{}  {origin}  {}\n",
            name.pad(width.max(name.width())),
            text(view, &Query::parse(&view.filter, today), mask)
        )
    });
    standard_output::exit_code(standard_output::write_bytes(lines.collect::<String>().as_bytes()))
}

/// Returns a text with the filter of a saved view, and with its columns and sort order if they are not the default
/// ones. `query` is the parsed filter; `mask` says which of its values are hidden.
fn text(view: &SavedView, query: &Query, mask: Mask) -> String {
    let filter = if view.filter.is_empty() { Safe::from_static("(no filter)") } else { query.masked_line(mask) };
    let columns = view.columns.as_ref().map(|columns| {
        let keys: Vec<&str> = columns.iter().map(|column| column.spec().key).collect();
        format!("  columns {}", keys.join(","))
    });
    let sort = view.sort.map(|sort| format!("  sort {sort}"));
    format!("{filter}{}{}", columns.unwrap_or_default(), sort.unwrap_or_default())
}
