//! Writes a value of a submission as JSON text, with bullets in place of what a mask hides.

use std::io::{self, Write};

use super::document::{Field, PrivacyPath};
use super::masking;
use super::node::{Node, RawText, UnparsedKind};
use super::path::Step;
use crate::text::{Class, Mask, json_string};

/// Maximum number of bytes of a string that are escaped at a time when the string is written as JSON.
const PIECE: usize = 64 << 10;

/// Text that is written as the key and as the value of object members that were not parsed, if a mask hides them.
const HIDDEN: &str = "•••";

/// Returns the value of a field as indented JSON with its keys, order and digits as sent. Returns `None` if the JSON
/// takes more than `max_bytes` bytes.
///
/// A value or key that the mask level `mask` hides becomes a string with the text that the screen shows for it. A part
/// that was not parsed is hidden as a whole, unless `mask` is [`Mask::None`]. Text that is not JSON becomes a JSON
/// string.
pub fn json(field: &Field<'_>, mask: Mask, max_bytes: usize) -> Option<String> {
    let mut out = LimitedWriter { text: Vec::new(), most: max_bytes };
    JsonWriter { place: PrivacyPath::of(field), mask, indented: true, out: &mut out }.value(field.node(), 0).ok()?;
    String::from_utf8(out.text).ok()
}

/// Returns the value of a field as compact JSON on one line, without a limit on its length. The mask level `mask` hides
/// values as in [`json`].
pub fn compact(field: &Field<'_>, mask: Mask) -> String {
    let mut text = Vec::new();
    // Writing to memory does not fail.
    let _ = write_compact(field, mask, &mut text);
    String::from_utf8(text).unwrap_or_default()
}

/// Writes the value of a field as compact JSON to `out`, without a copy of the JSON in memory. The mask level `mask`
/// hides values as in [`json`].
pub fn write_compact(field: &Field<'_>, mask: Mask, out: &mut impl Write) -> io::Result<()> {
    JsonWriter { place: PrivacyPath::of(field), mask, indented: false, out }.value(field.node(), 0)
}

/// Writes the valid JSON text `json` to `out` without the white space between its tokens. All other bytes stay
/// unchanged.
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

struct JsonWriter<'d, 'w, W> {
    place: PrivacyPath<'d>,
    mask: Mask,
    /// Whether each member is written on a line of its own, with a space after each colon.
    indented: bool,
    out: &'w mut W,
}

impl<W: Write> JsonWriter<'_, '_, W> {
    fn value(&mut self, node: &Node, depth: usize) -> io::Result<()> {
        match node {
            Node::List(elements) => {
                self.put("[")?;
                for (at, element) in elements.iter().enumerate() {
                    self.part(&Step::At(at), at == 0, element, depth + 1)?;
                }
                self.end("]", elements.is_empty(), depth)
            }
            Node::Object(members) => {
                self.put("{")?;
                for (at, (key, member)) in members.iter().enumerate() {
                    self.part(&Step::Key(key.expose().into()), at == 0, member, depth + 1)?;
                }
                self.end("}", members.is_empty(), depth)
            }
            Node::Raw(raw) if raw.rest() != UnparsedKind::Garbage => self.write_unparsed(node, raw),
            scalar => self.scalar(scalar),
        }
    }

    fn part(&mut self, step: &Step<'_>, is_first: bool, node: &Node, depth: usize) -> io::Result<()> {
        if !is_first {
            self.put(",")?;
        }
        self.line(depth)?;
        // The unopened rest of a list or an object has neither a position nor a key.
        if node.is_rest() {
            return self.value(node, depth);
        }
        // Without a mask, privacy classes are not needed.
        let back = (self.mask != Mask::None).then(|| self.place.enter(step));
        if let Step::Key(key) = step {
            let class = self.place.key_class();
            if class.hidden_at(self.mask) {
                self.key(masking::text(key, class, self.mask).as_str())?;
            } else {
                self.key(key)?;
            }
        }
        self.value(node, depth)?;
        back.into_iter().for_each(|back| self.place.leave(back));
        Ok(())
    }

    fn end(&mut self, bracket: &str, is_empty: bool, depth: usize) -> io::Result<()> {
        if !is_empty {
            self.line(depth)?;
        }
        self.put(bracket)
    }

    fn key(&mut self, key: &str) -> io::Result<()> {
        self.text(key)?;
        self.put(if self.indented { ": " } else { ":" })
    }

    /// Writes `node`, a part of the submission that was not parsed; `raw` is the content of this node. Without
    /// a mask, the part is written as sent. With a mask, the part is hidden as a whole, since the privacy classes of
    /// its values are unknown.
    fn write_unparsed(&mut self, node: &Node, raw: &RawText) -> io::Result<()> {
        match (self.mask, raw.rest()) {
            (Mask::None, _) => squeezed(raw.expose().as_bytes(), self.out),
            (_, UnparsedKind::Members(_)) => {
                self.key(HIDDEN)?;
                self.text(HIDDEN)
            }
            (_, UnparsedKind::Garbage | UnparsedKind::Value | UnparsedKind::Elements(_)) => {
                self.hidden(node, Class::Unread)
            }
        }
    }

    fn scalar(&mut self, node: &Node) -> io::Result<()> {
        let Some(text) = node.expose() else { return self.put("null") };
        let class = if self.mask == Mask::None { Class::Open } else { self.place.class(node) };
        match node {
            _ if class.hidden_at(self.mask) => self.hidden(node, class),
            Node::Text(_) | Node::Raw(_) => self.text(text),
            _ => self.put(text),
        }
    }

    fn hidden(&mut self, node: &Node, class: Class) -> io::Result<()> {
        self.text(masking::scalar(node, class, self.mask).unwrap_or_default().as_str())
    }

    /// Writes a text as a JSON string with quotes, piece by piece. A long text that is escaped as a whole would be in
    /// memory twice.
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

/// Writer that keeps the text in memory and returns an error beyond a maximum length.
struct LimitedWriter {
    text: Vec<u8>,
    most: usize,
}

impl Write for LimitedWriter {
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
