//! Splits a filter line into words, and each word into key, sign and values. The lexer knows no keys and does not check
//! values.
//!
//! Outside quotes, a character that looks like a sign of the language is read as that sign (`：`, `，`, `“`, `！`, `≤`).
//! Invisible characters are skipped. [`Word::corrected`] is true if one of these happened in a word.

use std::borrow::Cow;
use std::ops::Range;

use crate::text::typed::{ascii, in_ascii, is_quotation_mark, unseen_at};

/// The sign between a key and its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Colon,
    Less,
    AtMost,
    Equal,
    AtLeast,
    More,
    /// `!=`, `!:` or `≠`. The language does not have this sign, so the parser reports an error.
    Unequal,
}

impl Operator {
    /// Returns the sign as ASCII text.
    pub(super) const fn text(self) -> &'static str {
        match self {
            Self::Colon => ":",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Equal => "=",
            Self::AtLeast => ">=",
            Self::More => ">",
            Self::Unequal => "!=",
        }
    }
}

/// A key as the user typed it in a word of the line.
pub(super) struct WrittenKey<'t> {
    /// The byte range of the key in the line, without the sign.
    pub(super) span: Range<usize>,
    /// The name of the key. Letters that were typed in place of ASCII letters, such as full-width letters, are ASCII
    /// here.
    pub(super) text: Cow<'t, str>,
    pub(super) sign: Operator,
}

/// One value of a key, or the whole text of a word without a key.
pub(super) struct LexedValue<'t> {
    /// The byte range of the value in the line, including quotes.
    pub(super) span: Range<usize>,
    /// The value without quotes and escapes. A value without quotes is also without invisible characters here.
    pub(super) text: Cow<'t, str>,
    pub(super) quoted: bool,
}

/// An error in the quotes of a word.
pub(super) enum Flaw {
    /// The closing quote is missing; the byte range begins at the opening quote.
    Unclosed(Range<usize>),
    /// The characters in this byte range directly follow a closing quote.
    Glued(Range<usize>),
}

/// A word of the filter line: the text between two spaces that are outside quotes.
pub(super) struct Word<'t> {
    pub(super) span: Range<usize>,
    /// Number of `!` at the start of the word.
    pub(super) negations: usize,
    /// The byte offset from the start of the line to the text after the leading `!`.
    pub(super) body: usize,
    /// The key; `None` for a word without a key.
    pub(super) key: Option<WrittenKey<'t>>,
    /// The values that commas separate; exactly one for a word without a key.
    pub(super) parts: Vec<LexedValue<'t>>,
    pub(super) flaw: Option<Flaw>,
    /// Whether a character was corrected: a lookalike was read as a sign, or an invisible character was skipped.
    pub(super) corrected: bool,
}

impl Word<'_> {
    /// Returns the text of the word if the word has no key, no `!` and no quotes.
    pub(super) fn bare(&self) -> Option<&str> {
        let part = self.parts.first().filter(|part| self.key.is_none() && self.negations == 0 && !part.quoted)?;
        Some(&part.text)
    }
}

/// A filter line, split into words.
pub(super) struct LexedLine<'t> {
    pub(super) words: Vec<Word<'t>>,
    /// Byte ranges of the line between spaces that hold only invisible characters.
    pub(super) unseen: Vec<Range<usize>>,
}

/// Splits a filter line into words.
pub(super) fn line(text: &str) -> LexedLine<'_> {
    let mut scan = WordScan { text, at: 0, corrected: false };
    let mut line = LexedLine { words: Vec::new(), unseen: Vec::new() };
    loop {
        while let Some(blank) = scan.raw().filter(|c| c.is_whitespace()) {
            scan.at += blank.len_utf8();
        }
        let start = scan.at;
        if scan.raw().is_none() {
            return line;
        }
        scan.corrected = false;
        match scan.peek() {
            Some(c) if !c.is_whitespace() => line.words.push(scan.word(start)),
            _ => line.unseen.push(start..scan.at),
        }
    }
}

struct WordScan<'t> {
    text: &'t str,
    at: usize,
    corrected: bool,
}

impl<'t> WordScan<'t> {
    /// Returns the next character of the line, even if it is invisible. The scan position does not change.
    fn raw(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    /// Skips invisible characters, and returns the next visible character without moving past it.
    fn peek(&mut self) -> Option<char> {
        while let Some(unseen) = unseen_at(self.text, self.at) {
            self.at += unseen.len_utf8();
            self.corrected = true;
        }
        self.raw()
    }

    /// Moves past the next character if that character is, or looks like, the `wanted` sign. Returns whether the
    /// character was found.
    fn take(&mut self, wanted: char) -> bool {
        let Some(next) = self.peek() else { return false };
        let alike = ascii(next) == Some(wanted);
        if next != wanted && !alike {
            return false;
        }
        self.at += next.len_utf8();
        self.corrected |= alike;
        true
    }

    /// Moves past the next character if that character is in `wanted`: characters such as `≤` that mean a sign of two
    /// characters. Returns whether the character was found.
    fn take_one_of(&mut self, wanted: &[char]) -> bool {
        let Some(next) = self.peek().filter(|next| wanted.contains(next)) else { return false };
        self.at += next.len_utf8();
        self.corrected = true;
        true
    }

    /// Moves past all characters that `wanted` accepts, up to the first other one. Returns their byte range in the
    /// line.
    fn run(&mut self, wanted: impl Fn(char) -> bool) -> Range<usize> {
        let start = self.at;
        while let Some(c) = self.peek().filter(|c| wanted(*c)) {
            self.at += c.len_utf8();
        }
        start..self.at
    }

    /// Returns the text of a byte range without its invisible characters.
    fn visible(&self, span: Range<usize>) -> Cow<'t, str> {
        let said = self.text.get(span.clone()).unwrap_or_default();
        let unseen = |at: usize| unseen_at(self.text, span.start + at).is_some();
        if !said.char_indices().any(|(at, _)| unseen(at)) {
            return Cow::Borrowed(said);
        }
        said.char_indices().filter(|(at, _)| !unseen(*at)).map(|(_, c)| c).collect::<String>().into()
    }

    fn word(&mut self, start: usize) -> Word<'t> {
        let mut bangs = 0;
        while self.take('!') {
            bangs += 1;
        }
        let body = self.at;
        let key = self.key();
        let (mut parts, mut flaw) = (Vec::new(), None);
        loop {
            let (part, wrong) = self.part(key.is_some());
            parts.push(part);
            flaw = flaw.or(wrong);
            if key.is_none() || !self.take(',') {
                return Word {
                    span: start..self.at,
                    negations: bangs,
                    body,
                    key,
                    parts,
                    flaw,
                    corrected: self.corrected,
                };
            }
        }
    }

    /// Parses a key and its sign at the scan position; moves nowhere if there is no key. A key is a letter, then
    /// letters, `_` and `-`. A sign must follow the key.
    fn key(&mut self) -> Option<WrittenKey<'t>> {
        let (start, corrected) = (self.at, self.corrected);
        if self.peek().is_some_and(char::is_alphabetic) {
            let is_part = |c: char| matches!(c, '_' | '-');
            let span = self.run(|c| c.is_alphabetic() || is_part(c) || ascii(c).is_some_and(is_part));
            if let Some(sign) = self.sign() {
                let said = self.text.get(span.clone()).unwrap_or_default();
                let text = in_ascii(said);
                self.corrected |= text != said;
                return Some(WrittenKey { span, text, sign });
            }
        }
        (self.at, self.corrected) = (start, corrected);
        None
    }

    fn sign(&mut self) -> Option<Operator> {
        Some(if self.take(':') {
            Operator::Colon
        } else if self.take('=') {
            Operator::Equal
        } else if self.take_one_of(&['≤', '≦', '⩽']) {
            Operator::AtMost
        } else if self.take_one_of(&['≥', '≧', '⩾']) {
            Operator::AtLeast
        } else if self.take('<') {
            if self.take('=') { Operator::AtMost } else { Operator::Less }
        } else if self.take('>') {
            if self.take('=') { Operator::AtLeast } else { Operator::More }
        } else if self.take_one_of(&['≠']) || self.take('!') && (self.take('=') || self.take(':')) {
            Operator::Unequal
        } else {
            return None;
        })
    }

    /// Parses one value at the scan position. A comma ends the value if `keyed` is true.
    fn part(&mut self, keyed: bool) -> (LexedValue<'t>, Option<Flaw>) {
        let first = self.peek();
        let start = self.at;
        let Some(open) = first.filter(|c| is_quotation_mark(*c) || self.is_quoted_singly(*c, keyed)) else {
            let span = self.run(|c| !ends(c, keyed));
            return (LexedValue { text: self.visible(span.clone()), span, quoted: false }, None);
        };
        self.corrected |= open != '"';
        let (said, closed) = self.quoted(open, keyed);
        let part = LexedValue { span: start..self.at, text: said.into(), quoted: true };
        if !closed {
            return (part, Some(Flaw::Unclosed(start..self.at)));
        }
        self.peek();
        let rest = self.run(|c| !ends(c, keyed));
        (part, (!rest.is_empty()).then_some(Flaw::Glued(rest)))
    }

    /// Returns whether a value in single quotes begins at the scan position. For this, `open` must be an opening single
    /// quotation mark, and a closing mark must be at the end of a value. A name may begin with an apostrophe or contain
    /// one, so the opening mark alone is not enough.
    fn is_quoted_singly(&self, open: char, keyed: bool) -> bool {
        let behind = self.text.get(self.at..).unwrap_or_default().char_indices().skip(1);
        let mut closing = behind.filter(|(_, c)| closes_singly(*c)).map(|(at, c)| self.at + at + c.len_utf8());
        opens_singly(open) && closing.any(|at| self.ends_at(at, keyed))
    }

    /// Returns whether a value ends at this byte offset of the line. Invisible characters at the offset are skipped.
    fn ends_at(&self, at: usize, keyed: bool) -> bool {
        let mut ahead = WordScan { text: self.text, at, corrected: false };
        ahead.peek().is_none_or(|c| ends(c, keyed))
    }

    /// Parses a quoted text. Returns the text, and whether the closing quote was found. `\"` and `\\` mean `"` and `\`.
    /// Only `"` closes a text that `"` opened, so that every other quotation mark can be in the text.
    fn quoted(&mut self, open: char, keyed: bool) -> (String, bool) {
        let mut said = String::new();
        self.at += open.len_utf8();
        while let Some(c) = self.raw() {
            self.at += c.len_utf8();
            let closes = match open {
                '"' => c == '"',
                open if opens_singly(open) => closes_singly(c) && self.ends_at(self.at, keyed),
                _ => is_quotation_mark(c),
            };
            match self.raw() {
                _ if closes => return (said, true),
                Some(next @ ('"' | '\\')) if c == '\\' => {
                    self.at += next.len_utf8();
                    said.push(next);
                }
                _ => said.push(c),
            }
        }
        (said, false)
    }
}

/// Returns whether a character is in use as an opening single quotation mark.
const fn opens_singly(c: char) -> bool {
    matches!(c, '\'' | '‘' | '‚')
}

/// Returns whether a character is in use as a closing single quotation mark.
const fn closes_singly(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘')
}

/// Returns whether a character ends a value. A comma ends a value only if `keyed` is true.
fn ends(c: char, keyed: bool) -> bool {
    c.is_whitespace() || keyed && is_comma(c)
}

/// Returns whether a character is a comma or looks like one. Commas separate values.
pub(super) fn is_comma(c: char) -> bool {
    c == ',' || ascii(c) == Some(',')
}

/// Returns the text in quotes, with escapes. The parser reads the same text again from the result.
pub(super) fn quote(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
