//! Text as one word of a shell command.

/// Returns a text as one word of a shell command. The text is in single quotes if it has characters that a shell could
/// interpret.
pub fn shell_word(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+@,:".contains(c);
    let is_plain = !text.is_empty() && text.chars().all(plain) && !text.starts_with('-');
    if is_plain { text.to_owned() } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_reads_each_word_as_one_word_and_expands_nothing() {
        for (text, word) in [
            ("6xx28lo115832", "6xx28lo115832"),
            ("from:-7d", "from:-7d"),
            ("", "''"),
            ("-x", "'-x'"),
            ("status:pending kim", "'status:pending kim'"),
            ("o'brien", r"'o'\''brien'"),
            ("$(rm -r x) `y` $HOME !z \\ \" ~", "'$(rm -r x) `y` $HOME !z \\ \" ~'"),
            ("score<80", "'score<80'"),
            ("김민준", "'김민준'"),
        ] {
            assert_eq!(shell_word(text), word);
        }
    }
}
