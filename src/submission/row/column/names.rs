//! The names of columns that users type, as in the options `--columns` and `--sort`.

use super::{COLUMNS, Column};
use crate::text::is_similar_word;

/// Smallest number of letters of a name for which a column with a similar name is suggested.
const LEAST: usize = 3;

/// Returns the keys of all columns, separated by commas.
pub fn keys() -> String {
    COLUMNS.each_ref().map(|spec| spec.key).join(", ")
}

/// Returns the error sentence for `name`, which no column has. It names the most similar column and all columns.
pub fn unknown(name: &str) -> String {
    let name = name.trim();
    let near = nearest(name).map_or_else(String::new, |near| format!("; did you mean {near}"));
    format!("there is no column {name}{near}; there are {}", keys())
}

/// Returns the key of the column whose name `name` begins or misspells; `None` if no column has a similar name.
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
