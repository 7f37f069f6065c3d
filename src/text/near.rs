//! Recognises a word that was mistyped or only begun.

/// Returns whether the texts `one` and `other` differ by at most one typing error: a missing, additional, wrong or
/// swapped character. If `one` has five characters or more, two typing errors are allowed.
pub fn is_typing_error(one: &str, other: &str) -> bool {
    let most = if one.chars().count() < 5 { 1 } else { 2 };
    strsim::osa_distance(one, other) <= most
}

/// Returns whether `typed` is the beginning of the word `word`, or misspells that word.
pub fn is_similar_word(typed: &str, word: &str) -> bool {
    word.starts_with(typed) || is_typing_error(typed, word)
}
