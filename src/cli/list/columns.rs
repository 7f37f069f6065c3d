//! Parsing of the columns of `list`, as the options `--columns` and `--sort` name them.

use std::borrow::Cow;

use crate::cli::csv_columns::parts;
use crate::cli::standard_output;
use crate::store::Sort;
use crate::submission::row::{Column, column_names};
use crate::text::typed::in_ascii;

/// Returns the help text of the option `--columns`, with the names of all columns.
pub(super) fn help() -> String {
    format!("Columns of a table (names or headings: {}), or of a CSV (also any path)", column_names::keys())
}

/// Parses the value of `--columns`: column names that are separated by commas. The error is a sentence for the user.
pub(super) fn parse_columns(text: &str) -> Result<Vec<Column>, String> {
    parts(text).iter().map(|name| parse_column(&as_meant("--columns", name))).collect()
}

/// Parses the value of `--sort`: a column name with an optional `:desc` or `:asc`. The error is a sentence for the
/// user.
pub(super) fn parse_sort(text: &str) -> Result<Sort, String> {
    Sort::parse(&as_meant("--sort", text))
}

/// Returns the column name that the user typed after `option`, such as `--sort`, in ASCII. If the name was typed with
/// other characters, prints how the name is read.
fn as_meant<'t>(option: &str, typed: &'t str) -> Cow<'t, str> {
    let meant = in_ascii(typed);
    if meant != typed.trim_ascii() {
        standard_output::eprint(&format!("argos-review: {option}: `{typed}` is read as {meant}"));
    }
    meant
}

fn parse_column(name: &str) -> Result<Column, String> {
    let path = if name.contains(['.', '[']) { "; a CSV also takes a JSON path: --output csv" } else { "" };
    Column::named(name).ok_or_else(|| format!("{}{path}", column_names::unknown(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorting_goes_upwards_unless_it_is_told() {
        assert_eq!(parse_sort("E-mail"), Ok(Sort { column: Column::Email, descending: false }));
        assert_eq!(parse_sort("score:desc"), Ok(Sort { column: Column::ArgosScore, descending: true }));
        assert!(parse_sort("score:down").is_err() && parse_sort("nothing").is_err());
        assert_eq!(parse_sort("ｓｃｏｒｅ：ｄｅｓｃ"), parse_sort("score:desc"));
        assert!(parse_columns("created,,name").is_err());
        let wrong = parse_columns("created,statsu").unwrap_err();
        assert!(
            wrong.starts_with("there is no column statsu; did you mean status; there are created, id, "),
            "{wrong}"
        );
        assert!(parse_columns("kyc.attempts[0].errorCode").unwrap_err().contains("--output csv"));
        assert_eq!(parse_columns("created，name"), parse_columns("created,name"));
    }
}
