use super::*;

fn malformed(bytes: &[u8]) -> Option<MalformedKey> {
    ApiKey::new(bytes).err()
}

#[test]
fn spaces_line_ends_and_byte_order_mark_around_a_key_are_dropped() {
    for bytes in [&b"abcd1234"[..], b" abcd1234\t", b"abcd1234\r\n", b"\xEF\xBB\xBFabcd1234\n", b"\n\nabcd1234"] {
        assert_eq!(ApiKey::new(bytes).ok().unwrap().expose(), "abcd1234", "{bytes:?}");
    }
}

#[test]
fn text_that_no_header_could_carry_is_refused() {
    assert_eq!(malformed(b""), Some(MalformedKey::Empty));
    assert_eq!(malformed(b" \r\n\t"), Some(MalformedKey::Empty));
    assert_eq!(malformed(b"\xEF\xBB\xBF"), Some(MalformedKey::Empty));
    for bytes in [&b"ab cd"[..], b"ab\ncd", b"ab\x00cd", b"ab\x7f", "clé".as_bytes(), b"\xff\xfea\0b\0", b"ab\x1b[0m"]
    {
        assert_eq!(malformed(bytes), Some(MalformedKey::NotOneWord), "{bytes:?}");
    }
}

#[test]
fn what_was_copied_along_with_a_key_is_named() {
    for quoted in [
        "\"abcd1234\"",
        "'abcd1234'",
        "`abcd1234`",
        "\"abcd1234",
        "abcd1234'",
        "“abcd1234”",
        "„abcd1234“",
        "«abcd1234»",
    ] {
        assert_eq!(malformed(quoted.as_bytes()), Some(MalformedKey::Quoted), "{quoted}");
    }
    for named in ["ARGOS_API_KEY=abcd1234", "argos_api_key=\"abcd1234\"", "X-Api-Key:abcd1234"] {
        let told = malformed(named.as_bytes());
        assert!(matches!(told, Some(MalformedKey::Named | MalformedKey::Quoted)), "{named}");
    }
    for invisible in ['\u{200b}', '\u{a0}', '\u{3000}', '\u{202e}', '\u{2060}', '\u{feff}', '\u{2028}', '\u{ad}'] {
        for text in [format!("abcd1234{invisible}"), format!("x{invisible}abcd1234")] {
            assert_eq!(
                malformed(text.as_bytes()),
                Some(MalformedKey::Invisible(invisible)),
                "{}",
                text.escape_unicode()
            );
        }
    }
    assert!(ApiKey::new(b"ab'cd\"12=34:5").is_ok(), "inside a key they are its own");
}

#[test]
fn tail_is_at_most_four_characters_and_a_quarter() {
    for (key, tail) in [
        ("a", ""),
        ("abc", ""),
        ("abcd", "d"),
        ("abcdefghijkl", "jkl"),
        ("abcdefghijklmnop", "mnop"),
        ("0123456789012345678901234567890123456789", "6789"),
    ] {
        assert_eq!(ApiKey::new(key.as_bytes()).ok().unwrap().tail(), tail, "{key}");
    }
}
