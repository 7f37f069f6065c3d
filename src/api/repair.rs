//! Turns an answer that is almost JSON into JSON, so that damage in one value does not make the whole page unreadable.
//!
//! The repair is used only on a text that the JSON library refused. It makes damaged characters of strings visible as
//! text. It must never turn a value, such as a result, into another valid value. A word without quotes becomes a string
//! only if the word is `NaN`, `Infinity` or `-Infinity`.

/// Largest number of bytes by which the repair of damaged JSON may make an answer longer.
const MAX_ADDED_BYTES: usize = 1 << 20;

/// Words that some servers write in place of a number, although JSON has no such numbers.
const NON_JSON_NUMBERS: [&str; 3] = ["NaN", "Infinity", "-Infinity"];

/// Repairs the damage in `body`, the body of an answer, that servers are known to send:
/// - a byte order mark,
/// - bytes that are not UTF-8,
/// - raw control characters and unknown escapes in strings,
/// - `NaN`, `Infinity` or `-Infinity` as a number, which becomes a string.
///
/// Returns `None` if the repair would add more than a megabyte. One damaged byte may become six bytes, and a text with
/// so much damage was never JSON.
pub(crate) fn repair(body: &[u8]) -> Option<String> {
    let max_bytes = body.len() + MAX_ADDED_BYTES;
    let mut chars = body.utf8_chunks().flat_map(|chunk| {
        let damage = (!chunk.invalid().is_empty()).then_some(char::REPLACEMENT_CHARACTER);
        chunk.valid().chars().chain(damage)
    });
    let mut out = RepairedText {
        text: String::with_capacity(body.len() + MAX_ADDED_BYTES),
        max_bytes,
        word: String::new(),
        is_long: false,
    };
    let mut first = chars.by_ref().find(|c| *c != '\u{feff}');
    let mut in_string = false;
    while let Some(c) = first.take().or_else(|| chars.next()) {
        match (in_string, c) {
            (false, c) => {
                out.bare(c)?;
                in_string = c == '"';
            }
            (true, '\\') if is_escape(chars.clone()) => {
                out.put("\\")?;
                chars.next().map_or(Some(()), |escaped| out.char(escaped))?;
            }
            (true, '\\') => out.put("\\\\")?,
            (true, c) if c < ' ' => out.put(&format!("\\u{:04x}", u32::from(c)))?,
            (true, c) => {
                out.char(c)?;
                in_string = c != '"';
            }
        }
    }
    out.end_word()?;
    out.text.shrink_to_fit();
    Some(out.text)
}

/// Returns whether a backslash, followed by the characters `chars`, begins a valid JSON escape. If `chars` is empty,
/// the text was cut off after the backslash, and the result is true.
fn is_escape(mut chars: impl Iterator<Item = char>) -> bool {
    match chars.next() {
        Some('u') => chars.take(4).filter(char::is_ascii_hexdigit).count() == 4,
        Some(c) => matches!(c, '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't'),
        None => true,
    }
}

/// State of the repair of one answer that is not valid JSON. It holds the repaired text so far, which may have at most
/// `max_bytes` bytes.
struct RepairedText {
    text: String,
    max_bytes: usize,
    /// Beginning of a word outside of strings, as long as this word may still become `NaN`, `Infinity` or `-Infinity`.
    /// The word is not yet part of `text`.
    word: String,
    /// Whether the word that is being read can no longer become `NaN`, `Infinity` or `-Infinity`.
    is_long: bool,
}

impl RepairedText {
    fn put(&mut self, text: &str) -> Option<()> {
        self.text.push_str(text);
        (self.text.len() <= self.max_bytes).then_some(())
    }

    fn char(&mut self, c: char) -> Option<()> {
        self.put(c.encode_utf8(&mut [0; 4]))
    }

    /// Adds `c`, a character outside of strings, to the repaired text. Puts a complete `NaN`, `Infinity` or `-Infinity`
    /// in quotes. Returns `None` if the text becomes too long.
    fn bare(&mut self, c: char) -> Option<()> {
        if !(c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.')) {
            self.end_word()?;
            return self.char(c);
        }
        self.word.push(c);
        if self.is_long || !NON_JSON_NUMBERS.iter().any(|name| name.starts_with(&*self.word)) {
            self.is_long = true;
            let word = std::mem::take(&mut self.word);
            return self.put(&word);
        }
        Some(())
    }

    fn end_word(&mut self) -> Option<()> {
        self.is_long = false;
        let word = std::mem::take(&mut self.word);
        if NON_JSON_NUMBERS.contains(&&*word) { self.put(&format!("\"{word}\"")) } else { self.put(&word) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mended_text(body: &[u8]) -> String {
        repair(body).expect("room for it")
    }

    #[test]
    fn damage_becomes_visible_text() {
        for (damaged, repaired) in [
            (&b"\xef\xbb\xbf{\"a\":1}"[..], r#"{"a":1}"#),
            (b"{\"a\":\"x\xffy\"}", "{\"a\":\"x\u{fffd}y\"}"),
            (b"{\"a\":\"x\x01\ny\"}", r#"{"a":"x\u0001\u000ay"}"#),
            (br#"{"a":"\x \u12 \""}"#, r#"{"a":"\\x \\u12 \""}"#),
            (
                br#"{"a":NaN,"b":[-Infinity, Infinity ],"c":"NaN"}"#,
                r#"{"a":"NaN","b":["-Infinity", "Infinity" ],"c":"NaN"}"#,
            ),
            (b"NaN", "\"NaN\""),
        ] {
            assert_eq!(mended_text(damaged), repaired);
        }
    }

    #[test]
    fn a_bare_word_never_becomes_a_text() {
        assert_eq!(mended_text(br#"{"result":approved,"x":NaNa}"#), r#"{"result":approved,"x":NaNa}"#);
    }

    #[test]
    fn what_would_grow_too_much_is_not_mended() {
        let damaged = |bytes: usize| repair(&[&b"{\"a\":\""[..], &vec![1; bytes], b"\"}"].concat());
        assert!(damaged(MAX_ADDED_BYTES / 5).is_some() && damaged(MAX_ADDED_BYTES / 5 + 1).is_none());
    }

    proptest! {
        #[test]
        fn what_is_json_stays_as_it_is(texts in proptest::collection::vec("\\PC*", 0..5), number: i64, truth: bool) {
            let json = serde_json::json!({"a": texts, "b": {"c": number, "d": truth, "e": null}}).to_string();
            prop_assert_eq!(mended_text(json.as_bytes()), json);
        }

        #[test]
        fn any_bytes_are_mended_once(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            let once = mended_text(&body);
            prop_assert_eq!(mended_text(once.as_bytes()), once);
        }
    }
}
