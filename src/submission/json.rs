//! One valid JSON value as it was sent, opened one level at a time.
//!
//! serde_json judges once whether a text is JSON ([`Json::read`]); from then on values are slices of that text, so that
//! numbers keep their digits, keys their order and repetitions, and one bad value costs itself and nothing beside it.
//! This module knows no field of the service.

use std::borrow::Cow;
use std::iter;

use serde_json::value::RawValue;

/// One valid JSON value. No `Debug`: it is identity data.
#[derive(Clone, Copy)]
pub struct Json<'a>(&'a str);

/// Where a text stops being JSON. Says nothing of what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedJson {
    /// Counted from 1.
    pub line: usize,
    /// Counted from 1, in bytes.
    pub column: usize,
    /// The text ended where more was due.
    pub cut_off: bool,
}

impl From<serde_json::Error> for MalformedJson {
    fn from(error: serde_json::Error) -> Self {
        Self { line: error.line(), column: error.column(), cut_off: error.is_eof() }
    }
}

impl<'a> Json<'a> {
    /// Takes a text that is one JSON value and white space around it.
    ///
    /// # Errors
    /// Where it is not JSON. Lone surrogates, numbers beyond any range and any depth are JSON.
    pub fn read(raw: &'a [u8]) -> Result<Self, MalformedJson> {
        Ok(Self(serde_json::from_slice::<&RawValue>(raw)?.get()))
    }

    /// Takes the value that a text begins with, and the rest of the text.
    ///
    /// # Errors
    /// Where it is not JSON.
    pub fn leading(raw: &'a str) -> Result<(Self, &'a str), MalformedJson> {
        let mut values = serde_json::Deserializer::from_str(raw).into_iter::<&RawValue>();
        match values.next() {
            Some(Ok(value)) => Ok((Self(value.get()), raw.get(values.byte_offset()..).unwrap_or_default())),
            Some(Err(error)) => Err(error.into()),
            None => Err(MalformedJson { line: 1, column: 1, cut_off: true }),
        }
    }

    /// Takes a text that was read before. Of one that is no JSON it makes nothing good, and nothing worse than that.
    pub fn again(raw: &'a [u8]) -> Self {
        Self(std::str::from_utf8(raw).unwrap_or_default().trim_ascii())
    }

    /// The text of the value, character for character.
    pub const fn as_sent(self) -> &'a str {
        self.0
    }

    /// Whether it is an object.
    pub fn is_object(self) -> bool {
        self.0.starts_with('{')
    }

    /// Whether it is an array.
    pub fn is_array(self) -> bool {
        self.0.starts_with('[')
    }

    /// Whether it is `null`.
    pub fn is_null(self) -> bool {
        self.0 == "null"
    }

    /// Key and value of each member in the order sent, repeated keys included; nothing unless it is an object.
    pub fn members(self) -> impl Iterator<Item = (Cow<'a, str>, Self)> {
        let mut walk = JsonCursor(self.0.strip_prefix('{').unwrap_or_default());
        iter::from_fn(move || Some((key(walk.key()?), Self(walk.value()))))
    }

    /// Each element in the order sent; nothing unless it is an array.
    pub fn elements(self) -> impl Iterator<Item = Self> {
        let mut walk = JsonCursor(self.0.strip_prefix('[').unwrap_or_default());
        iter::from_fn(move || walk.has_more().then(|| Self(walk.value())))
    }

    /// The characters of a string; `None` for any other kind. A lone surrogate stays the escape that was sent.
    pub fn string(self) -> Option<Cow<'a, str>> {
        self.0.starts_with('"').then(|| unescape(self.0))
    }

    /// The same as [`Self::text`]; of a long string that has escapes, only about as much as `most` bytes of it are.
    pub fn text_within(self, most: usize) -> Cow<'a, str> {
        let inner = self.0.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        match inner.filter(|inner| inner.len() > 6 * most && inner.contains('\\')) {
            Some(inner) => {
                let start = inner.get(..boundary(inner, 6 * most)).unwrap_or_default();
                Cow::Owned(unescape(&format!("\"{start}\"")).into_owned())
            }
            None => self.text(),
        }
    }

    /// What to show of it: the characters of a string, nothing for `null`, else the text as sent.
    pub fn text(self) -> Cow<'a, str> {
        if self.is_null() { Cow::Borrowed("") } else { self.string().unwrap_or(Cow::Borrowed(self.0)) }
    }
}

/// Bytes of a key that are unescaped: more than any that is known to somebody has.
const LONGEST_KEY: usize = 4096;

/// The characters of a key; of one that is too long to be known, as they are there.
fn key(quoted: &str) -> Cow<'_, str> {
    if quoted.len() > LONGEST_KEY { Cow::Borrowed(quoted) } else { unescape(quoted) }
}

/// Where to cut a text within a string, at most that number of bytes on and not within an escape.
fn boundary(inner: &str, most: usize) -> usize {
    let end = inner.floor_char_boundary(most);
    let before = inner.get(..end).unwrap_or_default();
    // An escape has at most six characters.
    let last = before.rfind('\\').filter(|at| end - at < 6).unwrap_or(end);
    let slashes = before.get(..last).unwrap_or_default().bytes().rev().take_while(|byte| *byte == b'\\').count();
    if slashes % 2 == 0 { last } else { end.min(last + 1) }
}

/// What is left of a text that is known to be valid JSON. Every method takes at least one byte or says that nothing is
/// left, so that a walk ends on any text.
pub(super) struct JsonCursor<'a>(pub(super) &'a str);

impl<'a> JsonCursor<'a> {
    /// Goes to the next token. Between two tokens of one level nothing but these can be.
    fn settle(&mut self) {
        let between = |byte: &u8| matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | b',' | b':');
        self.take(self.0.bytes().take_while(between).count());
    }

    /// The first byte of the next token.
    pub(super) fn peek(&mut self) -> Option<u8> {
        self.settle();
        self.0.bytes().next()
    }

    /// Whether another value is before the end of this level.
    pub(super) fn has_more(&mut self) -> bool {
        !matches!(self.peek(), None | Some(b']' | b'}'))
    }

    /// The next key with its quotes; `None` at the end of the object.
    pub(super) fn key(&mut self) -> Option<&'a str> {
        (self.peek()? == b'"').then(|| self.value())
    }

    /// Steps over one bracket, into a level or out of it.
    pub(super) fn bracket(&mut self) {
        self.settle();
        self.0 = self.0.strip_prefix(['[', '{', ']', '}']).unwrap_or(self.0);
    }

    /// The next value, however deep it is.
    pub(super) fn value(&mut self) -> &'a str {
        let delimiter = |byte: &u8| matches!(byte, b',' | b':' | b']' | b'}' | b' ' | b'\n' | b'\r' | b'\t');
        let length = match self.peek() {
            Some(b'"' | b'{' | b'[') => self.close(0),
            _ => self.0.as_bytes().iter().position(delimiter).unwrap_or(self.0.len()),
        };
        self.take(length)
    }

    /// All that is left of this level but the bracket that ends it.
    pub(super) fn rest(&mut self) -> &'a str {
        self.settle();
        let length = self.close(1).saturating_sub(1);
        self.take(length).trim_end()
    }

    /// How long it is to the end of what is open, with `depth` brackets open at the start.
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

    fn take(&mut self, end: usize) -> &'a str {
        let (taken, left) = self.0.split_at_checked(end).unwrap_or((self.0, ""));
        self.0 = left;
        taken
    }
}

/// What follows a string, from within it.
pub(super) fn after_string(mut bytes: &[u8]) -> &[u8] {
    while let Some(at) = memchr::memchr2(b'"', b'\\', bytes) {
        let escapes = bytes.get(at) == Some(&b'\\');
        bytes = bytes.get(at + 1 + usize::from(escapes)..).unwrap_or_default();
        if !escapes {
            return bytes;
        }
    }
    &[]
}

/// The characters of a valid JSON string. serde_json refuses half of a surrogate pair, which JavaScript services do
/// send; such an escape is then kept as the six characters that came.
pub(super) fn unescape(quoted: &str) -> Cow<'_, str> {
    let inner = quoted.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(quoted);
    if !inner.contains('\\') {
        return Cow::Borrowed(inner);
    }
    let read = serde_json::from_str(quoted).or_else(|_| serde_json::from_str(&without_lone_surrogates(quoted)));
    read.map_or(Cow::Borrowed(inner), Cow::Owned)
}

/// The same JSON string with the backslash doubled before each `\ud800`…`\udfff` that has no partner.
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
