//! Parses sixel pictures, by the grammar of <https://vt100.net/docs/vt3xx-gp/chapter14.html>.

use std::str;

use super::canvas::Cells;

/// Width and height of a cell in pixels. The program assumes this size if the terminal does not report another one.
const CELL: (u32, u32) = (8, 16);
/// Number of pixels, one below the other, that one sixel character draws.
const BAND: u32 = 6;
/// Largest number of colours of a picture.
const COLOURS: u32 = 256;
const LEVEL: u32 = 100;

/// Returns how many columns and rows a sixel picture takes, by the size in its header. Returns `None` if `string` is no
/// sixel picture, or if it draws outside of that size.
pub(super) fn size(string: &[u8]) -> Option<Cells> {
    let text = str::from_utf8(string).ok()?;
    let (parameters, rest) = text.split_once('q')?;
    if !parameters.bytes().all(|byte| byte.is_ascii_digit() || byte == b';') {
        return None;
    }
    let rest = rest.strip_prefix("\"1;1;")?;
    let (width, rest) = number(rest)?;
    let (height, rest) = number(rest.strip_prefix(';')?)?;
    let is_drawn = width > 0 && height > 0 && is_inside(rest, width, height);
    let cells = |pixels: u32, cell: u32| u16::try_from(pixels.div_ceil(cell)).ok();
    Some((cells(width, CELL.0)?, cells(height, CELL.1)?)).filter(|_| is_drawn)
}

/// Returns whether `data`, the part of a picture after its size, has only pixels and colours. All pixels must be inside
/// of `width` and `height` (in pixels).
fn is_inside(data: &str, width: u32, height: u32) -> bool {
    let (mut rest, mut x, mut top) = (data, 0, 0);
    while let Some(first) = rest.bytes().next() {
        let Some(behind) = rest.get(1..) else { return false };
        let drawn = match first {
            b'#' => match colour(behind) {
                Some(behind) => {
                    rest = behind;
                    continue;
                }
                None => return false,
            },
            b'$' | b'-' => {
                x = 0;
                top += if first == b'-' { BAND } else { 0 };
                rest = behind;
                continue;
            }
            b'!' => number(behind).and_then(|(times, behind)| Some((times, behind.bytes().next()?, behind.get(1..)?))),
            _ => Some((1, first, behind)),
        };
        let Some((times, character @ b'?'..=b'~', behind)) = drawn else { return false };
        let lowest = top + (u8::BITS - (character - b'?').leading_zeros());
        x += times;
        if x > width || lowest > height && character != b'?' {
            return false;
        }
        rest = behind;
    }
    true
}

/// Parses a command that chooses or defines a colour (the text after `#`), and returns the text after it. Returns
/// `None` if it is invalid.
fn colour(text: &str) -> Option<&str> {
    let (_, mut rest) = number(text).filter(|(index, _)| *index < COLOURS)?;
    if let Some(levels) = rest.strip_prefix(";2") {
        rest = levels;
        for _ in 0..3 {
            rest = number(rest.strip_prefix(';')?).filter(|(level, _)| *level <= LEVEL)?.1;
        }
    }
    Some(rest)
}

fn number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    Some((digits.parse().ok().filter(|number| *number <= 100_000)?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_takes_the_cells_of_the_size_that_it_names() {
        for (text, expected) in [
            ("9;1;0q\"1;1;17;12#0;2;0;0;0#0!17~-!17~$#0!3~", Some((3, 1))),
            ("q\"1;1;8;18#1;2;100;0;0#1!8~-!8~-!8~-", Some((1, 2))),
            ("q\"1;1;8;6#1!9~", None),
            ("q\"1;1;8;6#1!8~-~", None),
            ("q\"1;1;8;4#1!8~", None),
            ("q\"1;1;8;4#1!8N", Some((1, 1))),
            ("q\"1;1;8;6#256~", None),
            ("q\"1;1;8;6#1;2;101;0;0~", None),
            ("q\"1;1;8;6#1;1;1;0;0~", None),
            ("q\"1;1;0;6#1", None),
            ("q\"1;1;8;6\u{7}", None),
            ("q\"1;1;8;6#1é", None),
            ("q#1!8~", None),
            ("+q544e", None),
        ] {
            assert_eq!(size(text.as_bytes()), expected, "{text}");
        }
    }
}
