//! A value as JSON text again, with what a mask hides in bullets.

use std::io::{self, Write};

use super::document::Field;
use super::node::{Node, Raw, Rest};
use super::shown;
use crate::text::{Mask, json_string};

/// Bytes of a string that are escaped in one go.
const PIECE: usize = 64 << 10;

/// Stands for what is hidden as a whole.
const HIDDEN: &str = "•••";

/// The value as indented JSON: keys, order and digits as sent. A value that the mask hides becomes a string that shows
/// what the screen shows of it, and so does what was not opened; text that is no JSON becomes a string. `None` when it takes more than `most` bytes: it is
/// not written to its end then.
#[must_use]
pub fn json(field: &Field<'_>, mask: Mask, most: usize) -> Option<String> {
    let mut out = Limited { text: Vec::new(), most };
    Writer { mask, indented: true, out: &mut out }.value(field, 0).ok()?;
    String::from_utf8(out.text).ok()
}

/// The same on one line, without any space, to its end.
#[must_use]
pub fn compact(field: &Field<'_>, mask: Mask) -> String {
    let mut text = Vec::new();
    // Memory takes all that is written to it.
    let _ = write_compact(field, mask, &mut text);
    String::from_utf8(text).unwrap_or_default()
}

/// The same into a writer, without a copy of it in memory.
///
/// # Errors
/// What the writer says.
pub fn write_compact(field: &Field<'_>, mask: Mask, out: &mut impl Write) -> io::Result<()> {
    Writer { mask, indented: false, out }.value(field, 0)
}

/// Writes valid JSON without the white space between its tokens; everything else stays, byte for byte.
///
/// # Errors
/// What the writer says.
pub fn squeezed(json: &[u8], out: &mut impl Write) -> io::Result<()> {
    let (mut quoted, mut escaped) = (false, false);
    let space = |byte: &u8| {
        if quoted {
            quoted = *byte != b'"' || escaped;
            escaped = *byte == b'\\' && !escaped;
            return false;
        }
        quoted = *byte == b'"';
        matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
    };
    json.split(space).try_for_each(|piece| out.write_all(piece))
}

struct Writer<'w, W> {
    mask: Mask,
    /// A line for each member, and a space behind each colon.
    indented: bool,
    out: &'w mut W,
}

impl<W: Write> Writer<'_, W> {
    fn value(&mut self, field: &Field<'_>, depth: usize) -> io::Result<()> {
        let count = match field.node() {
            Node::List(elements) => elements.len(),
            Node::Object(members) => members.len(),
            Node::Raw(raw) if raw.rest() != Rest::Garbage => return self.unopened(raw),
            _ => return self.scalar(field),
        };
        let [open, close] = if matches!(field.node(), Node::List(_)) { ["[", "]"] } else { ["{", "}"] };
        self.put(open)?;
        for at in 0..count {
            let Some((key, member)) = field.nth(at) else { break };
            if at > 0 {
                self.put(",")?;
            }
            self.line(depth + 1)?;
            if let Some(key) = key.filter(|_| !member.node().is_rest()) {
                self.key(key.expose())?;
            }
            self.value(&member, depth + 1)?;
        }
        if count > 0 {
            self.line(depth)?;
        }
        self.put(close)
    }

    fn key(&mut self, key: &str) -> io::Result<()> {
        self.put(&json_string(key))?;
        self.put(if self.indented { ": " } else { ":" })
    }

    /// What was not opened: as sent, or hidden as a whole, since nobody judged it.
    fn unopened(&mut self, raw: &Raw) -> io::Result<()> {
        match (self.mask, raw.rest()) {
            (Mask::None, _) => squeezed(raw.expose().as_bytes(), self.out),
            (_, Rest::Members(_)) => {
                self.key(HIDDEN)?;
                self.text(HIDDEN)
            }
            (_, Rest::Garbage | Rest::Value | Rest::Elements(_)) => self.text(HIDDEN),
        }
    }

    fn scalar(&mut self, field: &Field<'_>) -> io::Result<()> {
        let hidden = shown::is_hidden(field, self.mask).then(|| shown::shown(field, self.mask)).flatten();
        match (hidden, field.node(), field.node().expose()) {
            (Some(shown), ..) => self.text(shown.as_str()),
            (None, Node::Text(_) | Node::Raw(_), Some(text)) => self.text(text),
            (None, _, Some(text)) => self.put(text),
            (None, _, None) => self.put("null"),
        }
    }

    /// A string, piece by piece: escaped as a whole, a long one would stand in memory once more.
    fn text(&mut self, text: &str) -> io::Result<()> {
        self.put("\"")?;
        let mut rest = text;
        while !rest.is_empty() {
            let (piece, left) = rest.split_at_checked(rest.floor_char_boundary(PIECE)).unwrap_or((rest, ""));
            let quoted = json_string(piece);
            self.put(quoted.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or_default())?;
            rest = left;
        }
        self.put("\"")
    }

    fn line(&mut self, depth: usize) -> io::Result<()> {
        if self.indented {
            self.put("\n")?;
            self.put(&"  ".repeat(depth))?;
        }
        Ok(())
    }

    fn put(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())
    }
}

/// Memory for a text up to a length.
struct Limited {
    text: Vec<u8>,
    most: usize,
}

impl Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.text.len() + bytes.len() > self.most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.text.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
