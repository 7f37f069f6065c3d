//! The kinds of retry codes and the documented retry codes, as values of the filter key `retry`. The codes are read
//! from `assets/codes.toml` while compiling.

use super::spec::FilterWord;
use crate::submission::codes::BUILT_IN_CODES;
use crate::submission::retry_kind::RetryKind;

/// The values that the filter term `retry:` accepts, each with its meaning. First are the kinds of retry codes, then
/// the documented codes in the order of `assets/codes.toml`.
pub(super) const RETRY_WORDS: &[FilterWord] = &listed::<{ RetryKind::ALL.len() + count() }>();

/// Heading of the table in `assets/codes.toml` that holds the retry codes.
const HEADING: &str = "[retry.codes]\n";

/// Reader for the table of the retry codes in `assets/codes.toml`, used while the program is compiled. It holds the
/// lines that are still to be read. The program does not compile if the table is missing or malformed.
struct Lines(&'static str);

impl Lines {
    #[expect(clippy::expect_used, reason = "run by the compiler, which does not compile a missing part")]
    const fn of_table() -> Self {
        Self(after(BUILT_IN_CODES, HEADING).expect("assets/codes.toml has the table"))
    }

    /// Returns the next code with its meaning; `None` after the last code of the table.
    const fn next(&mut self) -> Option<FilterWord> {
        while let Some(rest) = after(self.0, "\n") {
            let line = self.0.split_at(self.0.len() - rest.len()).0;
            match line.as_bytes() {
                [b'[', ..] => return None,
                [b'#' | b'\n', ..] => self.0 = rest,
                _ => {
                    self.0 = rest;
                    return Some(word(line));
                }
            }
        }
        None
    }
}

const fn count() -> usize {
    let (mut lines, mut count) = (Lines::of_table(), 0);
    while lines.next().is_some() {
        count += 1;
    }
    count
}

#[expect(clippy::indexing_slicing, reason = "run by the compiler, which does not accept a place outside")]
const fn listed<const COUNT: usize>() -> [FilterWord; COUNT] {
    let (mut lines, mut words, mut at) = (Lines::of_table(), [FilterWord::new("", ""); COUNT], 0);
    while at < RetryKind::ALL.len() {
        words[at] = FilterWord::new(RetryKind::ALL[at].label(), RetryKind::ALL[at].meaning());
        at += 1;
    }
    while let Some(word) = lines.next() {
        words[at] = word;
        at += 1;
    }
    words
}

/// Parses a line such as `no_face = "no face found"` and returns its code with the meaning. The meaning may also be the
/// member `means` of an inline table.
#[expect(clippy::expect_used, reason = "run by the compiler, which does not compile a missing part")]
const fn word(line: &'static str) -> FilterWord {
    let value = after(line, " = ").expect("a code has a value");
    let code = line.split_at(line.len() - value.len() - " = ".len()).0;
    let text = match after(value, "means = \"") {
        Some(text) => text,
        None => after(value, "\"").expect("a meaning is a text"),
    };
    let rest = after(text, "\"").expect("a text has an end");
    FilterWord::new(code, text.split_at(text.len() - rest.len() - 1).0)
}

/// Returns the part of `text` after the first `mark`; `None` if the text does not have the mark.
#[expect(clippy::indexing_slicing, reason = "run by the compiler, which does not accept a place outside")]
const fn after(text: &'static str, mark: &str) -> Option<&'static str> {
    let (bytes, wanted, mut at) = (text.as_bytes(), mark.as_bytes(), 0);
    while at + wanted.len() <= bytes.len() {
        let mut same = 0;
        while same < wanted.len() && bytes[at + same] == wanted[same] {
            same += 1;
        }
        if same == wanted.len() {
            return Some(text.split_at(at + wanted.len()).1);
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::submission::codes::{Codes, Family};

    #[test]
    fn every_documented_code_is_a_value_with_its_meaning() {
        let codes = Codes::built_in().expect("the shipped codes");
        let (kinds, words) = RETRY_WORDS.split_at(RetryKind::ALL.len());
        assert!(words.len() >= 45, "{}", words.len());
        assert!(kinds.iter().all(|kind| RetryKind::named(kind.word).is_some()));
        assert!(words.iter().all(|code| RetryKind::named(code.word).is_none()), "a word means a kind or a code");
        for word in words {
            let meaning = codes.explain(Family::Retry, word.word).expect(word.word);
            assert_eq!(meaning.as_str(), word.help, "{}", word.word);
        }
    }
}
