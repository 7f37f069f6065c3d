use super::*;

fn malformed(bytes: &[u8]) -> Option<Malformed> {
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
    assert_eq!(malformed(b""), Some(Malformed::Empty));
    assert_eq!(malformed(b" \r\n\t"), Some(Malformed::Empty));
    assert_eq!(malformed(b"\xEF\xBB\xBF"), Some(Malformed::Empty));
    for bytes in [&b"ab cd"[..], b"ab\ncd", b"ab\x00cd", b"ab\x7f", "clé".as_bytes(), b"\xff\xfea\0b\0", b"ab\x1b[0m"]
    {
        assert_eq!(malformed(bytes), Some(Malformed::NotOneWord), "{bytes:?}");
    }
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
