//! Makes JSON of an answer that is nearly JSON, so that damage in one value does not cost the page.
//!
//! Used only on what serde_json refused. It may keep characters from being lost or make them visible; it must never turn
//! a value into another valid one: a bare word becomes text only if it is a number's name.

/// Mends what back ends are known to send: a byte order mark, bytes that are not UTF-8, raw control characters and
/// unknown escapes in strings, and `NaN`, `Infinity` or `-Infinity` for a number (which become strings).
pub(super) fn mend(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let mut rest = text.trim_start_matches('\u{feff}');
    let mut out = String::with_capacity(rest.len() + 16);
    while let Some((bare, after)) = rest.split_once('"') {
        push_bare(&mut out, bare);
        out.push('"');
        rest = push_string(&mut out, after);
    }
    push_bare(&mut out, rest);
    out
}

/// Copies what stands outside of strings, with the names of numbers in quotes.
fn push_bare(out: &mut String, bare: &str) {
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.');
    for piece in bare.split_inclusive(|c| !is_word(c)) {
        let word = piece.trim_end_matches(|c| !is_word(c));
        if matches!(word, "NaN" | "Infinity" | "-Infinity") {
            out.extend(["\"", word, "\"", piece.get(word.len()..).unwrap_or_default()]);
        } else {
            out.push_str(piece);
        }
    }
}

/// Copies a string up to its closing quote, control characters and unknown escapes made literal; gives what follows.
fn push_string<'a>(out: &mut String, text: &'a str) -> &'a str {
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => {
                out.push('"');
                return text.get(at + 1..).unwrap_or_default();
            }
            '\\' => {
                let escape = text.get(at + 1..).unwrap_or_default();
                if is_escape(escape) {
                    out.push('\\');
                    out.extend(chars.next().map(|(_, escaped)| escaped));
                } else {
                    out.push_str("\\\\");
                }
            }
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    ""
}

/// Whether this, after a backslash, is an escape that JSON knows. Nothing at all is one that was cut off.
fn is_escape(text: &str) -> bool {
    match text.chars().next() {
        Some('u') => text.get(1..5).is_some_and(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit())),
        Some(c) => matches!(c, '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't'),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn damage_becomes_visible_text() {
        for (damaged, mended) in [
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
            assert_eq!(mend(damaged), mended);
        }
    }

    #[test]
    fn a_bare_word_never_becomes_a_text() {
        assert_eq!(mend(br#"{"result":approved,"x":NaNa}"#), r#"{"result":approved,"x":NaNa}"#);
    }

    proptest! {
        #[test]
        fn what_is_json_stays_as_it_is(texts in proptest::collection::vec("\\PC*", 0..5), number: i64, truth: bool) {
            let json = serde_json::json!({"a": texts, "b": {"c": number, "d": truth, "e": null}}).to_string();
            prop_assert_eq!(mend(json.as_bytes()), json);
        }

        #[test]
        fn any_bytes_are_mended_once(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            let once = mend(&body);
            prop_assert_eq!(mend(once.as_bytes()), once);
        }
    }
}
