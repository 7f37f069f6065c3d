//! Numbers for people.

/// A number with commas between thousands.
#[must_use]
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

/// A number with its noun, which takes an s unless it is one: `1 row`, `2 rows`.
#[must_use]
pub fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// A number of bytes as megabytes with one decimal, at least `0.1 MB`.
#[must_use]
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
        assert_eq!([0, 1, 2].map(|number| counted(number, "row")), ["0 rows", "1 row", "2 rows"]);
    }

    #[test]
    fn a_size_is_never_nothing() {
        assert_eq!([1, 999_999, 15_728_640].map(megabytes), ["0.1 MB", "0.9 MB", "15.7 MB"]);
    }
}
