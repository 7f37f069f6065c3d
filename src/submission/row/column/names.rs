//! The names of columns that users type, as in the options `--columns` and `--sort`.

use super::{COLUMNS, Column};
use crate::text::is_similar_word;

/// Least number of letters in a typed name for which the error message suggests a similar column.
const LEAST: usize = 3;

/// Returns the keys of all columns, separated by commas.
pub fn keys() -> String {
    COLUMNS.each_ref().map(|spec| spec.key).join(", ")
}

/// Returns the error message for `name`, which is not the name of a column. It suggests the most similar column and
/// lists all keys.
pub fn unknown(name: &str) -> String {
    let name = name.trim();
    let near = nearest(name).map_or_else(String::new, |near| format!("; did you mean {near}"));
    format!("there is no column {name}{near}; there are {}", keys())
}

/// Returns the key of a column with a name that begins with `name` or is spelled similarly. Returns `None` if there is
/// no such column.
pub fn nearest(name: &str) -> Option<&'static str> {
    let plain = |text: &str| text.replace([' ', '-', '_'], "").to_lowercase();
    let typed = plain(name);
    let names = |column: Column| {
        let spec = column.spec();
        [spec.key].into_iter().chain(spec.headings).chain(spec.alias).map(plain)
    };
    let is_similar = |column: &Column| names(*column).any(|known| is_similar_word(&typed, &known));
    Column::listed_first().find(is_similar).filter(|_| typed.chars().count() >= LEAST).map(|column| column.spec().key)
}
