//! Parses decimal numbers, and formats numbers for people.

/// Parses the text of a decimal number, which can be a JSON number or a JSON string. Texts are accepted because the
/// service's documentation types the scores as numbers, but its samples quote them. Filters, sorting, masks and the
/// bars of scores all call this function, so that all agree on which text is a number.
///
/// Returns `None` for words such as `inf`, for a text with a unit, for a text with thousands separators (`1,000`), and
/// for a number that is too large for `f64`.
pub fn decimal(text: &str) -> Option<f64> {
    let text = text.trim();
    let plain = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    // Adding 0.0 turns -0 into 0: the two would be sorted as different numbers.
    text.parse().ok().filter(|number: &f64| plain && number.is_finite()).map(|number| number + 0.0)
}

/// Formats a number with commas between groups of three digits: `1,234,567`.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Formats a number with its noun, and adds an `s` to the noun unless the number is 1: `1 row`, `2,000 rows`.
pub fn counted(number: usize, noun: &str) -> String {
    format!("{} {noun}{}", grouped(number), if number == 1 { "" } else { "s" })
}

/// Formats a number of bytes as megabytes with one decimal, at least `0.1 MB`.
pub fn megabytes(bytes: usize) -> String {
    let tenths = (bytes / 100_000).max(1);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_parted_by_commas() {
        assert_eq!(
            [0, 7, 999, 1_000, 123_456, 5_590_000].map(grouped),
            ["0", "7", "999", "1,000", "123,456", "5,590,000"]
        );
    }

    #[test]
    fn a_noun_follows_its_number() {
        assert_eq!([0, 1, 2000].map(|number| counted(number, "row")), ["0 rows", "1 row", "2,000 rows"]);
    }

    #[test]
    fn a_size_is_never_nothing() {
        assert_eq!([1, 999_999, 15_728_640].map(megabytes), ["0.1 MB", "0.9 MB", "15.7 MB"]);
    }
}
