//! Reads the levels of a valid JSON value one by one and keeps its text as sent.
//!
//! [`Json::read`] lets serde_json check once whether a text is JSON. All values are slices of that text: numbers keep
//! their digits, keys keep their order and repetitions. This module knows no field of the service.

use std::borrow::Cow;
use std::iter;

use serde_json::value::RawValue;

/// One valid JSON value, as a slice of the text that was sent. The type has no `Debug`, because the text is identity
/// data.
#[derive(Clone, Copy)]
pub struct Json<'a>(&'a str);

/// Position at which a text stops being valid JSON. This type contains no part of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedJson {
    /// Line of the position, counted from 1.
    pub line: usize,
    /// Column of the position in bytes, counted from 1.
    pub column: usize,
    /// Whether the text ended before the JSON value was complete.
    pub cut_off: bool,
}

impl From<serde_json::Error> for MalformedJson {
    fn from(error: serde_json::Error) -> Self {
        Self { line: error.line(), column: error.column(), cut_off: error.is_eof() }
    }
}

impl<'a> Json<'a> {
    /// Checks that the bytes `raw` are one JSON value, with optional white space around it, and returns the value.
    /// Numbers of any size, any nesting depth and single halves of surrogate pairs are accepted.
    ///
    /// # Errors
    /// Returns the position at which the text is not JSON.
    pub fn read(raw: &'a [u8]) -> Result<Self, MalformedJson> {
        Ok(Self(serde_json::from_slice::<&RawValue>(raw)?.get()))
    }

    /// Reads the JSON value at the beginning of the text `raw`. Returns the value and the rest of the text.
    ///
    /// # Errors
    /// Returns the position at which the text is not JSON.
    pub fn leading(raw: &'a str) -> Result<(Self, &'a str), MalformedJson> {
        let mut values = serde_json::Deserializer::from_str(raw).into_iter::<&RawValue>();
        match values.next() {
            Some(Ok(value)) => Ok((Self(value.get()), raw.get(values.byte_offset()..).unwrap_or_default())),
            Some(Err(error)) => Err(error.into()),
            None => Err(MalformedJson { line: 1, column: 1, cut_off: true }),
        }
    }

    /// Reads the JSON value at the beginning of the bytes `raw`. Returns the value and its end, in bytes from the start
    /// of `raw`. The bytes after the value may be anything.
    ///
    /// # Errors
    /// Returns the position at which the bytes are not JSON.
    pub fn leading_bytes(raw: &'a [u8]) -> Result<(Self, usize), MalformedJson> {
        let mut values = serde_json::Deserializer::from_slice(raw).into_iter::<&RawValue>();
        match values.next() {
            Some(Ok(value)) => Ok((Self(value.get()), values.byte_offset())),
            Some(Err(error)) => Err(error.into()),
            None => Err(MalformedJson { line: 1, column: 1, cut_off: true }),
        }
    }

    /// Returns the JSON value in `raw`, which was checked to be JSON before, without checking it again. If `raw` is not
    /// JSON, the methods of the value return meaningless results, but never panic.
    pub fn from_checked(raw: &'a [u8]) -> Self {
        Self(std::str::from_utf8(raw).unwrap_or_default().trim_ascii())
    }

    /// Returns the JSON text of the value, character for character as sent.
    pub const fn as_sent(self) -> &'a str {
        self.0
    }

    /// Returns whether the value is an object.
    pub fn is_object(self) -> bool {
        self.0.starts_with('{')
    }

    /// Returns whether the value is an array.
    pub fn is_array(self) -> bool {
        self.0.starts_with('[')
    }

    /// Returns whether the value is `null`.
    pub fn is_null(self) -> bool {
        self.0 == "null"
    }

    /// Iterates over the members of this object, each with its key and value, in the order sent and including repeated
    /// keys. The iterator is empty if the value is no object.
    pub fn members(self) -> impl Iterator<Item = (Cow<'a, str>, Self)> {
        let mut walk = JsonCursor(self.0.strip_prefix('{').unwrap_or_default());
        iter::from_fn(move || Some((key(walk.key()?), Self(walk.value()))))
    }

    /// Iterates over the elements of this array in the order sent. The iterator is empty if the value is no array.
    pub fn elements(self) -> impl Iterator<Item = Self> {
        let mut walk = JsonCursor(self.0.strip_prefix('[').unwrap_or_default());
        iter::from_fn(move || walk.has_more().then(|| Self(walk.value())))
    }

    /// Returns the unescaped characters of this string; `None` for any other kind of JSON value. An escape for half of
    /// a surrogate pair, such as `\ud800`, is kept as sent.
    pub fn string(self) -> Option<Cow<'a, str>> {
        self.0.starts_with('"').then(|| unescape(self.0))
    }

    /// Returns the text to show for the value, like [`Self::text`]. To limit the work, a very long string with escapes
    /// is cut: only its beginning is unescaped and returned. A string of up to `max_bytes` bytes is never cut.
    pub fn text_within(self, max_bytes: usize) -> Cow<'a, str> {
        let inner = self.0.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        match inner.filter(|inner| inner.len() > 6 * max_bytes && inner.contains('\\')) {
            Some(inner) => {
                let start = inner.get(..cut_position(inner, 6 * max_bytes)).unwrap_or_default();
                Cow::Owned(unescape(&format!("\"{start}\"")).into_owned())
            }
            None => self.text(),
        }
    }

    /// Returns the text to show for the value: the characters of a string, an empty text for `null`, else the JSON as
    /// sent.
    pub fn text(self) -> Cow<'a, str> {
        if self.is_null() { Cow::Borrowed("") } else { self.string().unwrap_or(Cow::Borrowed(self.0)) }
    }
}

/// Maximum length in bytes of a key that is unescaped. No documented key is this long.
const MAX_KEY_BYTES: usize = 4096;

/// Returns the unescaped characters of the quoted key `quoted`. A key longer than [`MAX_KEY_BYTES`] is returned as
/// sent.
fn key(quoted: &str) -> Cow<'_, str> {
    if quoted.len() > MAX_KEY_BYTES { Cow::Borrowed(quoted) } else { unescape(quoted) }
}

/// Returns the byte position at which to cut `inner`, the text of a JSON string without its quotes. The position is at
/// most `max_bytes`, and never inside an escape such as `\u00e9`.
fn cut_position(inner: &str, max_bytes: usize) -> usize {
    let end = inner.floor_char_boundary(max_bytes);
    let before = inner.get(..end).unwrap_or_default();
    // An escape has at most six characters.
    let last = before.rfind('\\').filter(|at| end - at < 6).unwrap_or(end);
    let slashes = before.get(..last).unwrap_or_default().bytes().rev().take_while(|byte| *byte == b'\\').count();
    if slashes % 2 == 0 { last } else { end.min(last + 1) }
}

/// Cursor that reads a valid JSON text token by token. It holds the rest of the text that is not yet read.
///
/// Every method consumes at least one byte or reports that nothing is left. So a loop over the methods ends on any
/// text.
pub(crate) struct JsonCursor<'a>(pub(crate) &'a str);

impl<'a> JsonCursor<'a> {
    /// Moves to the next token (a bracket, a key or a value): skips white space, commas and colons.
    fn skip_to_token(&mut self) {
        let between = |byte: &u8| matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | b',' | b':');
        self.consume(self.0.bytes().take_while(between).count());
    }

    /// Returns the first byte of the next token (a bracket, a key or a value) without consuming it; `None` at the end
    /// of the text.
    pub(super) fn peek(&mut self) -> Option<u8> {
        self.skip_to_token();
        self.0.bytes().next()
    }

    /// Returns whether the current object or array has another member or element.
    pub(super) fn has_more(&mut self) -> bool {
        !matches!(self.peek(), None | Some(b']' | b'}'))
    }

    /// Consumes and returns the next key of the current object, with its quotes; `None` at the end of the object.
    pub(crate) fn key(&mut self) -> Option<&'a str> {
        (self.peek()? == b'"').then(|| self.value())
    }

    /// Consumes the next bracket: the start or the end of an object or array.
    pub(super) fn bracket(&mut self) {
        self.skip_to_token();
        self.0 = self.0.strip_prefix(['[', '{', ']', '}']).unwrap_or(self.0);
    }

    /// Consumes the next JSON value, such as `{"a":[1]}`, at any nesting depth, and returns its text as sent.
    pub(crate) fn value(&mut self) -> &'a str {
        let delimiter = |byte: &u8| matches!(byte, b',' | b':' | b']' | b'}' | b' ' | b'\n' | b'\r' | b'\t');
        let length = match self.peek() {
            Some(b'"' | b'{' | b'[') => self.close(0),
            _ => self.0.as_bytes().iter().position(delimiter).unwrap_or(self.0.len()),
        };
        self.consume(length)
    }

    /// Consumes and returns the rest of the current object or array, without its closing bracket.
    pub(super) fn rest(&mut self) -> &'a str {
        self.skip_to_token();
        let length = self.close(1).saturating_sub(1);
        self.consume(length).trim_end()
    }

    /// Returns the number of bytes of the remaining text up to the bracket that closes all open brackets, this bracket
    /// included. `depth` is the number of brackets that are open before the remaining text. With `depth` 0, the
    /// remaining text must begin with a string or a bracket; the result then ends after this value.
    fn close(&self, mut depth: usize) -> usize {
        let mut bytes = self.0.as_bytes();
        while let Some((byte, rest)) = bytes.split_first() {
            bytes = rest;
            match byte {
                b'"' => bytes = after_string(rest),
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        self.0.len() - bytes.len()
    }

    fn consume(&mut self, end: usize) -> &'a str {
        let (taken, left) = self.0.split_at_checked(end).unwrap_or((self.0, ""));
        self.0 = left;
        taken
    }
}

/// Returns the bytes after the closing quote of a JSON string. `bytes` begins after the opening quote.
fn after_string(mut bytes: &[u8]) -> &[u8] {
    while let Some(at) = memchr::memchr2(b'"', b'\\', bytes) {
        let escapes = bytes.get(at) == Some(&b'\\');
        bytes = bytes.get(at + 1 + usize::from(escapes)..).unwrap_or_default();
        if !escapes {
            return bytes;
        }
    }
    &[]
}

/// Estimates the number of values in a JSON text without parsing it, as a lower limit. The result is the number of
/// commas, since a list or object has one comma less than values.
pub(super) fn values(text: &str) -> usize {
    let (mut rest, mut commas) = (text.as_bytes(), 0);
    while let Some(at) = memchr::memchr2(b',', b'"', rest) {
        let is_string = rest.get(at) == Some(&b'"');
        rest = rest.get(at + 1..).unwrap_or_default();
        if is_string {
            rest = after_string(rest);
        } else {
            commas += 1;
        }
    }
    commas
}

/// Returns the unescaped characters of a valid JSON string. A single half of a surrogate pair, such as `\ud800`, is
/// kept as the six characters that were sent, because serde_json refuses it.
pub(crate) fn unescape(quoted: &str) -> Cow<'_, str> {
    let inner = quoted.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(quoted);
    if !inner.contains('\\') {
        return Cow::Borrowed(inner);
    }
    let read = serde_json::from_str(quoted).or_else(|_| serde_json::from_str(&without_lone_surrogates(quoted)));
    read.map_or(Cow::Borrowed(inner), Cow::Owned)
}

/// Changes the JSON string `quoted` so that serde_json accepts it, and returns the result. If half of a surrogate pair
/// (`\ud800`…`\udfff`) lacks the other half, the backslash of its escape is doubled.
fn without_lone_surrogates(quoted: &str) -> String {
    let unit = |text: &str| text.strip_prefix('u').and_then(|hex| u16::from_str_radix(hex.get(..4)?, 16).ok());
    let mut out = String::with_capacity(quoted.len() + 1);
    let mut rest = quoted;
    while let Some((before, escape)) = rest.split_once('\\') {
        out.push_str(before);
        let low = || unit(escape.get(5..)?.strip_prefix('\\')?);
        let length = match unit(escape) {
            Some(0xD800..=0xDBFF) if matches!(low(), Some(0xDC00..=0xDFFF)) => 11,
            Some(0xD800..=0xDFFF) => {
                out.push('\\');
                5
            }
            Some(_) => 5,
            None => 1,
        };
        let (taken, left) = escape.split_at_checked(length).unwrap_or((escape, ""));
        out.push('\\');
        out.push_str(taken);
        rest = left;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests;
