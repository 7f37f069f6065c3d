//! Hides the API key in the answers of the service, before any other code reads the answer.
//!
//! A debug field, an echoed header or an error report in an answer may hold the key. This module finds the key as plain
//! text and with JSON escapes in place of characters. It also searches JSON texts inside of strings. Nothing else in an
//! answer is changed.

use memchr::{memchr, memchr3, memmem};

use crate::secret::ApiKey;

/// Text that replaces the API key in an answer of the service.
pub(super) const KEY_REPLACEMENT: &str = "•••";

/// Smallest length, in bytes, of an API key that is searched in answers. A shorter key could be an ordinary word of any
/// text. Real keys of the service are several times as long.
pub(super) const MIN_KEY_BYTES: usize = 8;

/// Returns a copy of `body` (the body of an answer) in which every occurrence of the API key is replaced by
/// [`KEY_REPLACEMENT`]. Returns `None` if the body does not hold the key.
pub(super) fn hide(body: &[u8], key: &ApiKey) -> Option<Vec<u8>> {
    let key = key.expose().as_bytes();
    if key.len() < MIN_KEY_BYTES || memmem::find(body, key).is_none() && !may_be_escaped(body, key) {
        return None;
    }
    let hidden = EchoScan::new(body, key, SearchDepth::One).run();
    let rest = hidden.as_deref().unwrap_or(body);
    // In a second pass, since a backslash that belongs to a text may come before a `u` that belongs to it too.
    let is_nested = memmem::find(rest, b"\\\\u00").is_some() && !key.contains(&b'\\');
    let nested = if is_nested { EchoScan::new(rest, key, SearchDepth::Any).run() } else { None };
    nested.or(hidden)
}

/// Returns whether `body` (the body of an answer) may hold a character of `key` as a JSON escape, such as `\u0041` for
/// `A`. `key` is the API key. Most answers hold no such escape, and need no slow search.
fn may_be_escaped(body: &[u8], key: &[u8]) -> bool {
    let is_of_key = |at: usize| {
        let byte = body.get(at + 4..at + 6).and_then(hex).and_then(|byte| u8::try_from(byte).ok());
        byte.is_some_and(|byte| key.contains(&byte))
    };
    memmem::find_iter(body, b"\\u00").any(is_of_key)
        || key.iter().filter(|byte| b"\"\\/".contains(byte)).any(|byte| memmem::find(body, &[b'\\', *byte]).is_some())
}

/// Parses hexadecimal digits as a number; returns `None` if one of the bytes is not a hexadecimal digit.
fn hex(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |value, digit| Some(value * 16 + char::from(*digit).to_digit(16)?))
}

/// How deep the API key is searched in an answer: whether JSON texts inside of strings are searched too.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SearchDepth {
    /// Only the answer itself is searched.
    One,
    /// The answer and all JSON texts inside of its strings are searched. In such an inner text, an escape begins with
    /// more than one backslash.
    Any,
}

/// One character of a JSON string, written plain or escaped.
struct JsonChar {
    /// ASCII value of the character; `None` for any other character.
    byte: Option<u8>,
    /// Number of bytes in which the character is written.
    length: usize,
}

/// State of one search for the API key through an answer, from its first byte to its last. The search replaces each key
/// that is found.
struct EchoScan<'a> {
    body: &'a [u8],
    key: &'a [u8],
    depth: SearchDepth,
    /// Table of the Knuth-Morris-Pratt search. For each number of matched characters of the key, it holds how many
    /// still match if the next character does not match.
    failure_table: Vec<usize>,
    /// Start positions of the characters that were read last in the current string, in bytes from the start of the
    /// answer. The list has as many entries as the key has bytes. The position of character number `n` of the string is
    /// at the index `n` modulo the length of the list.
    starts: Vec<usize>,
    /// Copy of the answer up to the position `copied`, with the API key replaced; `None` while no key was found.
    out: Option<Vec<u8>>,
    copied: usize,
}

impl<'a> EchoScan<'a> {
    fn new(body: &'a [u8], key: &'a [u8], depth: SearchDepth) -> Self {
        Self { body, key, depth, failure_table: failure_table(key), starts: vec![0; key.len()], out: None, copied: 0 }
    }

    fn run(mut self) -> Option<Vec<u8>> {
        let mut at = 0;
        while at < self.body.len() {
            at = if self.byte(at) == Some(b'"') { self.string(at + 1) } else { self.bare(at) };
        }
        let mut out = self.out?;
        out.extend_from_slice(self.body.get(self.copied..).unwrap_or_default());
        Some(out)
    }

    fn byte(&self, offset: usize) -> Option<u8> {
        self.body.get(offset).copied()
    }

    /// Replaces the API key in a part of the answer outside of JSON strings. The part begins at the position `offset`
    /// (in bytes) and ends at the next quote, or at the end of the answer. Returns the position of that end. A number
    /// that holds the key becomes the JSON string [`KEY_REPLACEMENT`] in quotes.
    fn bare(&mut self, offset: usize) -> usize {
        let rest = self.body.get(offset..).unwrap_or_default();
        let length = memchr(b'"', rest).unwrap_or(rest.len());
        let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
        let rest = rest.get(..length).unwrap_or_default();
        let mut from = 0;
        while let Some(found) = rest.get(from..).and_then(|rest| memmem::find(rest, self.key)) {
            let (begin, end) = (from + found, from + found + self.key.len());
            let before = rest.get(..begin).unwrap_or_default().iter().rev().take_while(|byte| is_word(byte)).count();
            let after = rest.get(end..).unwrap_or_default().iter().take_while(|byte| is_word(byte)).count();
            self.replace(offset + begin - before, offset + end + after, &["\"", KEY_REPLACEMENT, "\""]);
            from = end + after;
        }
        offset + length
    }

    /// Replaces the API key in the JSON string whose text begins at the position `begin` (in bytes). Returns the
    /// position after the closing quote of the string.
    fn string(&mut self, begin: usize) -> usize {
        let (mut at, mut number, mut matched) = (begin, 0, 0);
        let Some((first, length)) = self.key.first().copied().zip(Some(self.key.len())) else { return self.body.len() };
        loop {
            if matched == 0 {
                let rest = self.body.get(at..).unwrap_or_default();
                let Some(next) = memchr3(first, b'\\', b'"', rest) else { return self.body.len() };
                at += next;
            }
            let Some(unit) = self.unit(at) else { return (at + 1).min(self.body.len()) };
            while matched > 0 && unit.byte != self.key.get(matched).copied() {
                matched = self.failure_table.get(matched - 1).copied().unwrap_or_default();
            }
            if unit.byte == self.key.get(matched).copied() {
                matched += 1;
            }
            if let Some(start) = self.starts.get_mut(number % length) {
                *start = at;
            }
            at += unit.length;
            number += 1;
            if matched == length {
                // The oldest of the last characters.
                let start = self.starts.get(number % length).copied().unwrap_or(at);
                self.replace(start, at, &[KEY_REPLACEMENT]);
                matched = 0;
            }
        }
    }

    /// Reads the character of a JSON string that begins at the position `offset` (in bytes) of the answer. Returns
    /// `None` at the end of the string.
    fn unit(&self, offset: usize) -> Option<JsonChar> {
        let rest = self.body.get(offset..)?;
        match rest.first()? {
            b'"' => None,
            b'\\' => Some(self.escape(rest)),
            byte => Some(JsonChar { byte: Some(*byte), length: 1 }),
        }
    }

    /// Reads one escaped character of a JSON string, such as `\u0041` or `\/`. `rest` is the rest of the answer, which
    /// begins with the backslash of the escape. Returns the character (if it is ASCII) and the length of the escape.
    fn escape(&self, rest: &[u8]) -> JsonChar {
        let most = if self.depth == SearchDepth::One { 2 } else { rest.len() };
        let count = rest.iter().take(most).take_while(|byte| **byte == b'\\').count();
        // An escape has one, unless it is that of a text within.
        let is_escape = count == 1 || self.depth == SearchDepth::Any;
        let next = rest.get(count);
        match next {
            Some(b'u') if is_escape => {
                let value = rest.get(count + 1..count + 5).and_then(hex);
                match value {
                    Some(value) => JsonChar { byte: u8::try_from(value).ok().filter(u8::is_ascii), length: count + 5 },
                    None => JsonChar { byte: None, length: count },
                }
            }
            Some(b'/') if is_escape => JsonChar { byte: Some(b'/'), length: count + 1 },
            Some(b'"') if count % 2 == 1 => JsonChar { byte: Some(b'"'), length: count + 1 },
            _ if count % 2 == 0 => JsonChar { byte: Some(b'\\'), length: count },
            Some(_) => JsonChar { byte: None, length: count + 1 },
            None => JsonChar { byte: None, length: count },
        }
    }

    fn replace(&mut self, begin: usize, end: usize, with: &[&str]) {
        let between = self.body.get(self.copied..begin).unwrap_or_default();
        let out = self.out.get_or_insert_with(|| Vec::with_capacity(self.body.len() + 64));
        out.extend_from_slice(between);
        with.iter().for_each(|part| out.extend_from_slice(part.as_bytes()));
        self.copied = end;
    }
}

/// Builds the table with which the Knuth-Morris-Pratt search looks for the API key in an answer: see
/// [`EchoScan::failure_table`].
fn failure_table(key: &[u8]) -> Vec<usize> {
    let mut failure_table = vec![0_usize; key.len()];
    let mut matched = 0_usize;
    for at in 1..key.len() {
        while matched > 0 && key.get(at) != key.get(matched) {
            matched = failure_table.get(matched - 1).copied().unwrap_or_default();
        }
        if key.get(at) == key.get(matched) {
            matched += 1;
        }
        if let Some(fall) = failure_table.get_mut(at) {
            *fall = matched;
        }
    }
    failure_table
}

#[cfg(test)]
mod tests;
