//! Documented words that judge a submission: status, screening, risk level, true and false, and check results.
//!
//! A word is accepted in upper or lower case, because the documentation prints several forms. Any other character
//! before or after the word, such as a space, makes it unknown. An unknown word is never read as a good result.

use super::{KycStatus, RiskLevel, Screening};
use crate::submission::row::{Column, ColumnKind};

/// Returns whether `text` equals the documented word `word`, ignoring the case of ASCII letters.
pub const fn is(text: &str, word: &str) -> bool {
    text.eq_ignore_ascii_case(word)
}

/// Parses `success` as true and `fail` as false; `None` for any other text.
pub fn success(text: &str) -> Option<bool> {
    meaning_of(&[("success", true), ("fail", false)], text)
}

/// Parses `true` or `false`; `None` for any other text.
pub fn truth(text: &str) -> Option<bool> {
    meaning_of(&[("true", true), ("false", false)], text)
}

/// Returns whether `column` of the list shows a judgement of the submission, such as its status.
pub const fn judges(column: Column) -> bool {
    matches!(column.kind(), ColumnKind::Judgement)
}

/// Returns the documented spelling of `text`, a word in a cell of the list: `approved` for `APPROVED` in the status
/// column. Returns `None` for an undocumented word, and for any column but the KYC status, the AML status and the AML
/// risk level.
pub fn documented_spelling(column: Column, text: &str) -> Option<&'static str> {
    let spelled = |word: &&&str| is(text, word);
    match column {
        Column::Status => KycStatus::WORDS.iter().map(|(word, _)| word).find(spelled).copied(),
        Column::Aml => Screening::WORDS.iter().map(|(word, _)| word).find(spelled).copied(),
        Column::AmlLevel => RiskLevel::WORDS.iter().map(|(word, _)| word).find(spelled).copied(),
        _ => None,
    }
}

/// Returns the documented word that a user means with `text`, the value of a filter term on the column `column`. In
/// `text`, `-` and `_` mean a space: `red-flag` is `Red Flag`. Returns `None` for an undocumented word, and for any
/// column but the KYC status, the AML status and the AML risk level.
pub fn documented_word_for(column: Column, text: &str) -> Option<&'static str> {
    documented_spelling(column, &text.replace(['-', '_'], " "))
}

/// Documented words of `pre_verification.attempts_frequency`, from the lowest frequency to the highest. The
/// documentation also gives these words the numbers 0 to 3.
const FREQUENCIES: [&str; 4] = ["FirstSeen", "Rare", "Frequent", "VeryFrequent"];

/// Returns the documented word for a frequency of attempts (`pre_verification.attempts_frequency`), such as `Rare`.
/// `text` is this word in any case, or its number from 0 to 3. Returns `None` for any other text.
pub fn frequency(text: &str) -> Option<&'static str> {
    let by_number = || FREQUENCIES.get(text.trim().parse::<usize>().ok()?);
    FREQUENCIES.iter().find(|word| is(text, word)).or_else(by_number).copied()
}

/// Returns the meaning of `text` in `words`, a table of documented words and their meanings, ignoring case. Returns
/// `None` if the table does not contain the text.
pub(super) fn meaning_of<T: Copy>(words: &[(&str, T)], text: &str) -> Option<T> {
    words.iter().find(|(word, _)| is(text, word)).map(|(_, meaning)| *meaning)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns texts for a test, none of which may be read as `word`: with a space, a full stop or an invisible
    /// character before or after the word, or with similar characters in place of some of its letters.
    fn lookalikes(word: &str) -> Vec<String> {
        let around = [" ", "\u{a0}", "\u{3000}", "\t", "\n", "\u{200b}", "\u{feff}", "\u{2009}", ".", "\0"];
        let mut texts: Vec<String> = around.iter().flat_map(|c| [format!("{word}{c}"), format!("{c}{word}")]).collect();
        texts.push(word.replace('e', "е"));
        texts.push(word.replace('a', "а"));
        texts.push(word.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c)).collect());
        texts.push(word.replace(' ', "\u{a0}"));
        texts.push(word.replace(' ', "  "));
        texts.push(word.replace('s', "ſ"));
        texts.retain(|text| text != word);
        texts
    }

    #[test]
    fn a_word_counts_in_any_case_and_with_nothing_around_it() {
        for column in [Column::Status, Column::Aml, Column::AmlLevel] {
            let words = ["approved", "rejected", "pending", "incomplete", "Red Flag", "Not Screened", "Low", "High"];
            for word in words.iter().filter(|word| documented_spelling(column, word).is_some()) {
                for text in [word.to_uppercase(), word.to_lowercase()] {
                    assert_eq!(documented_spelling(column, &text).map(str::to_lowercase), Some(word.to_lowercase()));
                }
                for text in lookalikes(word) {
                    assert_eq!(documented_spelling(column, &text), None, "{text:?}");
                }
            }
        }
        assert_eq!(documented_spelling(Column::Email, "approved"), None);
    }

    #[test]
    fn nothing_that_only_looks_like_it_is_good() {
        assert_eq!((success("SUCCESS"), truth("True")), (Some(true), Some(true)));
        for text in lookalikes("success").into_iter().chain(["succeeded".to_owned(), String::new()]) {
            assert_eq!(success(&text), None, "{text:?}");
        }
        for text in lookalikes("true").into_iter().chain(["1".to_owned(), "yes".to_owned()]) {
            assert_eq!(truth(&text), None, "{text:?}");
        }
        for text in lookalikes("Not Screened").into_iter().chain(["Clear".to_owned()]) {
            assert_eq!((Screening::read(&text), RiskLevel::read(&text)), (Screening::Unknown, None), "{text:?}");
        }
    }

    #[test]
    fn what_is_typed_may_have_a_hyphen_for_a_space() {
        for text in ["red-flag", "RED_FLAG", "red flag"] {
            assert_eq!(documented_word_for(Column::Aml, text), Some("Red Flag"));
        }
        assert_eq!(documented_word_for(Column::AmlLevel, "red-flag"), None);
        assert_eq!(documented_word_for(Column::Status, "approved-"), None);
    }
}
