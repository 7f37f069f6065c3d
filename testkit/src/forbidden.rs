//! Decides which characters must not reach a terminal, without the code that is tested.

/// Returns the kind of a character that must not be on a screen, such as `control`. Returns `None` if the character may
/// be there.
pub fn why_forbidden(c: char) -> Option<&'static str> {
    let code = u32::from(c);
    Some(match code {
        0x00..=0x1f | 0x7f..=0x9f => "control",
        0x61c | 0x200e | 0x200f | 0x202a..=0x202e | 0x2066..=0x2069 => "bidi control",
        0x2028 | 0x2029 => "line or paragraph separator",
        0xe0000..=0xe0fff => "tag or selector supplement",
        0xfff9..=0xfffc => "interlinear or object replacement",
        0xe000..=0xf8ff | 0xf0000..=0x10ffff => "private use",
        0xfdd0..=0xfdef => "non-character",
        _ if code & 0xfffe == 0xfffe => "non-character",
        0xa0 | 0x1680 | 0x2000..=0x200b | 0x202f | 0x205f | 0x3000 | 0x2060..=0x206f | 0xfeff => "blank",
        0xad | 0x34f | 0x115f | 0x1160 | 0x180e | 0x2800 | 0x3164 | 0xffa0 => "blank",
        _ => return None,
    })
}
