//! Parses the durations of the filter language, such as `12h` in `waiting>12h`.

use crate::time::parse_span;

/// The units of time that the error messages about a wrong duration suggest.
const UNITS: &str = "m, h, d or w";

/// Parses the duration `text`, such as `12h`, and returns its number of seconds. `key` is the filter key before the
/// duration. The error is a text that names the key and the part of the duration that is wrong.
pub(super) fn seconds(key: &str, text: &str) -> Result<f64, String> {
    parse_span(text).map(|span| span.as_secs_f64()).ok_or_else(|| wrong(key, text))
}

/// Returns the error text for `text`, which was typed after the key `key` but is not a duration.
fn wrong(key: &str, text: &str) -> String {
    let text = text.trim();
    let example = format!("as in {key}>12h");
    if text.starts_with('-') {
        return format!("a time is never negative: remove the sign, {example}");
    }
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let mut rest = text;
    while !rest.is_empty() {
        let behind = rest.trim_start_matches(is_number);
        let number = rest.strip_suffix(behind).unwrap_or_default();
        let (number, behind) = (number.trim(), behind.trim_start());
        let end = behind.find(|c: char| is_number(c) || c.is_whitespace()).unwrap_or(behind.len());
        let (unit, after) = behind.split_at_checked(end).unwrap_or((behind, ""));
        let clipped: String = unit.chars().take(12).collect();
        match (number, unit) {
            ("", unit) if is_unit(unit) => return format!("a number is missing before {clipped}, {example}"),
            ("", _) => return format!("{clipped} is not a time: a time is a number with {UNITS}, {example}"),
            (number, "") => return format!("{number} has no unit: add {UNITS}, {example}"),
            (number, "M") => return format!("M may mean minutes or months: write {number}m for minutes"),
            (number, unit) if !is_unit(unit) => {
                return format!("{clipped} after {number} is not a unit: use {UNITS}, {example}");
            }
            _ => rest = after.trim_start(),
        }
    }
    format!("this is not a time that can be read: use {UNITS}, each once and the largest first, {example}")
}

/// Returns whether `unit` is the name of a unit of time that a user may write in a duration, such as `h`. Units without
/// a fixed length, such as months, do not count.
fn is_unit(unit: &str) -> bool {
    !unit.is_empty() && parse_span(&format!("1{unit}")).is_some()
}
