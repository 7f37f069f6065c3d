//! Parsing of the columns of `list`, as the options `--columns` and `--sort` name them.

use std::borrow::Cow;

use crate::cli::csv_columns::parts;
use crate::cli::standard_output;
use crate::panes::list::PrintedColumn;
use crate::store::Sort;
use crate::submission::path;
use crate::submission::row::{Column, column_names};
use crate::text::typed::in_ascii;

/// Returns the help text of the option `--columns`, with the names of all columns.
pub(super) fn help() -> String {
    format!("Columns of a table or a CSV: names or headings ({}), or paths of fields", column_names::keys())
}

/// Parses the value of `--columns`: names of columns and JSON paths, separated by commas. The error is a sentence for
/// the user.
pub(super) fn parse_columns(text: &str) -> Result<Vec<PrintedColumn>, String> {
    parts(text).iter().map(|name| parse_column(name)).collect()
}

/// Parses the value of `--sort`: a column name with an optional `:desc` or `:asc`. The error is a sentence for the
/// user.
pub(super) fn parse_sort(text: &str) -> Result<Sort, String> {
    Sort::parse(&as_meant("--sort", text))
}

/// Returns `typed`, the column name that the user typed after `option`, in ASCII. `option` is the name of the option,
/// such as `--sort`. If the name was typed with other characters, prints how it is read.
fn as_meant<'t>(option: &str, typed: &'t str) -> Cow<'t, str> {
    let meant = in_ascii(typed);
    if meant != typed.trim_ascii() {
        standard_output::eprint(&format!("argos-review: {option}: `{typed}` is read as {meant}"));
    }
    meant
}

/// Parses `typed` as the name of a column, or else as a JSON path. A text is a path only if it contains a dot or a
/// bracket: any other unknown word is probably a mistyped column. The error is a sentence for the user.
fn parse_column(typed: &str) -> Result<PrintedColumn, String> {
    let name = in_ascii(typed.trim());
    if Column::named(&name).is_none() && name.contains(['.', '[']) {
        let path = path::read(typed.trim()).map_err(|wrong| format!("--columns: `{}`: {wrong}", typed.trim()))?;
        return Ok(PrintedColumn::Path(path));
    }
    let name = as_meant("--columns", typed);
    Column::named(&name).map(PrintedColumn::Listed).ok_or_else(|| column_names::unknown(&name))
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
        let path = |path: &str| PrintedColumn::Path(path.to_owned());
        let both = [path("kyc.attempts[0].errorCode"), PrintedColumn::Listed(Column::Status)];
        assert_eq!(parse_columns(".kyc.attempts[0].errorCode,kyc.result").unwrap(), both);
        assert!(parse_columns("kyc.attempts[]").unwrap_err().starts_with("--columns: `kyc.attempts[]`: not a path"));
        assert_eq!(parse_columns("created，name"), parse_columns("created,name"));
    }
}
