//! Splits a filter line into words, and each word into key, sign and values. The lexer does not know which keys exist,
//! and does not check values.
//!
//! Outside quotes, a character that looks like a sign of the language (`：`, `，`, `“`, `！`, `≤`) is read as that sign.
//! Invisible characters are skipped. If one of the two happens in a word, its field [`Word::corrected`] is true.

use std::borrow::Cow;
use std::ops::Range;

use crate::text::typed::{ascii, in_ascii, invisible_at, is_quotation_mark};

/// The sign between a key and its values in a term, such as `:` in `status:pending`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Colon,
    Less,
    AtMost,
    Equal,
    AtLeast,
    More,
    /// `!=`, `!:` or `≠`. The filter language does not have these signs, so the parser reports an error.
    Unequal,
}

impl Operator {
    /// Returns the sign as ASCII text, such as `<=`.
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

/// The key of a word of the filter line, such as `status`, with the sign after it, such as `:` or `<=`.
pub(super) struct WrittenKey<'t> {
    /// The byte range of the key in the filter line, without the sign after the key.
    pub(super) span: Range<usize>,
    /// The name of the key. Letters that were typed in place of ASCII letters, such as full-width letters, are ASCII
    /// here.
    pub(super) text: Cow<'t, str>,
    pub(super) sign: Operator,
}

/// One value of a word of the filter line, such as `pending` in `status:pending`. In a word without a key, the whole
/// text is the value.
pub(super) struct LexedValue<'t> {
    /// The byte range of the value in the filter line. If the value is quoted, the range includes the quotes.
    pub(super) span: Range<usize>,
    /// The text of the value, without quotes and escapes. An unquoted value is also without invisible characters here.
    pub(super) text: Cow<'t, str>,
    pub(super) quoted: bool,
}

/// An error in the quotes of a word of the filter line.
pub(super) enum Flaw {
    /// The closing quote of a value is missing. The byte range, in the filter line, begins at the opening quote.
    Unclosed(Range<usize>),
    /// A closing quote is directly followed by other characters, which are at this byte range in the filter line.
    Glued(Range<usize>),
}

/// A word of the filter line: a text between spaces. Spaces inside quotes do not end a word.
pub(super) struct Word<'t> {
    pub(super) span: Range<usize>,
    /// Number of `!` at the start of the word.
    pub(super) negations: usize,
    /// The byte offset in the line at which the word begins after its leading `!`.
    pub(super) body: usize,
    /// The key of the word; `None` for a word without a key, such as `kim`.
    pub(super) key: Option<WrittenKey<'t>>,
    /// The values of the word, which commas separate; exactly one value for a word without a key.
    pub(super) parts: Vec<LexedValue<'t>>,
    pub(super) flaw: Option<Flaw>,
    /// Whether a character of the word was corrected: a lookalike was read as a sign or letter, or an invisible
    /// character was skipped.
    pub(super) corrected: bool,
}

impl Word<'_> {
    /// Returns the text of the word if the word has neither a key, nor a leading `!`, nor quotes; otherwise `None`.
    pub(super) fn bare(&self) -> Option<&str> {
        let part = self.parts.first().filter(|part| self.key.is_none() && self.negations == 0 && !part.quoted)?;
        Some(&part.text)
    }
}

/// A filter line, split into words.
pub(super) struct LexedLine<'t> {
    pub(super) words: Vec<Word<'t>>,
    /// The byte ranges of the line that lie between two spaces and hold only invisible characters. They are not words.
    pub(super) unseen: Vec<Range<usize>>,
}

/// Splits the filter line `text` into words, without checking the words.
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
    /// Returns the next character of the filter line that was not read yet, even if it is invisible. Does not move past
    /// it. Returns `None` at the end of the line.
    fn raw(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    /// Skips invisible characters, and returns the next visible character of the filter line without moving past it.
    /// Returns `None` at the end of the line.
    fn peek(&mut self) -> Option<char> {
        while let Some(unseen) = invisible_at(self.text, self.at) {
            self.at += unseen.len_utf8();
            self.corrected = true;
        }
        self.raw()
    }

    /// Reads the next visible character of the line if it is `wanted` or looks like it, such as the full-width `：` for
    /// `:`. Returns whether it was read. If not, only invisible characters before it are skipped.
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

    /// Reads the next visible character of the line if `wanted` contains it. Returns whether it was read. `wanted`
    /// holds characters that people type for a sign of two characters, such as `≤` for `<=`.
    fn take_one_of(&mut self, wanted: &[char]) -> bool {
        let Some(next) = self.peek().filter(|next| wanted.contains(next)) else { return false };
        self.at += next.len_utf8();
        self.corrected = true;
        true
    }

    /// Reads characters up to the first one for which `wanted` returns false; that character is not read. Returns the
    /// byte range of the read characters in the line. Invisible characters are read too.
    fn run(&mut self, wanted: impl Fn(char) -> bool) -> Range<usize> {
        let start = self.at;
        while let Some(c) = self.peek().filter(|c| wanted(*c)) {
            self.at += c.len_utf8();
        }
        start..self.at
    }

    /// Returns the text of the byte range `span` of the filter line, without the invisible characters in it.
    fn visible(&self, span: Range<usize>) -> Cow<'t, str> {
        let said = self.text.get(span.clone()).unwrap_or_default();
        let unseen = |at: usize| invisible_at(self.text, span.start + at).is_some();
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

    /// Reads a key with its sign, such as `status:`, from the line. A key is a letter, then letters, `_` and `-`. If no
    /// key with a sign is next in the line, reads nothing and returns `None`.
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

    /// Reads one value of a word from the line. Returns the value, and the error in its quotation marks, if any.
    /// `keyed` is true if the word has a key, such as `status:`; then a comma ends the value.
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

    /// Returns whether a value in single quotation marks is next in the line. `open` is the next character.
    ///
    /// Two conditions must be true: `open` is an opening single quotation mark, and a closing one follows at a position
    /// where a value may end ([`Self::ends_at`]). Otherwise, `open` may be the apostrophe of a name. `keyed` is true if
    /// the word has a key, such as `status:`.
    fn is_quoted_singly(&self, open: char, keyed: bool) -> bool {
        let behind = self.text.get(self.at..).unwrap_or_default().char_indices().skip(1);
        let mut closing = behind.filter(|(_, c)| closes_singly(*c)).map(|(at, c)| self.at + at + c.len_utf8());
        opens_singly(open) && closing.any(|at| self.ends_at(at, keyed))
    }

    /// Returns whether a value may end at `at`, a byte offset in the filter line: at a space or at the end of the line.
    /// Invisible characters at the offset are skipped. `keyed` is true if the word of the value has a key, such as
    /// `status:`; then a value may also end at a comma.
    fn ends_at(&self, at: usize, keyed: bool) -> bool {
        let mut ahead = WordScan { text: self.text, at, corrected: false };
        ahead.peek().is_none_or(|c| ends(c, keyed))
    }

    /// Reads a quoted text from the line, which begins with the quotation mark `open`. Returns the text without its
    /// quotes, and whether the closing quote was found.
    ///
    /// `\"` and `\\` in the line mean `"` and `\`. Only `"` closes a text that `"` opened, so that every other
    /// quotation mark can be in the text. `keyed` is true if the word of the text has a key, such as `status:`; then a
    /// comma may follow the closing quote.
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

/// Returns whether `c` is a character that people use as the opening mark of a text in single quotation marks.
const fn opens_singly(c: char) -> bool {
    matches!(c, '\'' | '‘' | '‚')
}

/// Returns whether `c` is a character that people use as the closing mark of a text in single quotation marks.
const fn closes_singly(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘')
}

/// Returns whether the character `c` ends an unquoted value of a word, as a space does. If `keyed` is true (the word
/// has a key, such as `status:`), a comma ends the value too.
fn ends(c: char, keyed: bool) -> bool {
    c.is_whitespace() || keyed && is_comma(c)
}

/// Returns whether a character is a comma or looks like a comma. Commas separate the values of a term.
pub(super) fn is_comma(c: char) -> bool {
    c == ',' || ascii(c) == Some(',')
}

/// Returns `text` in quotes, with escapes, as a value for a filter line. If the parser reads this value, it gets
/// exactly `text`.
pub(super) fn quote(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Returns the first 24 characters of `text`, which the user typed, for an error text. They are followed by `…` if the
/// text is longer.
pub(super) fn clip(text: &str) -> String {
    const PLACE: usize = 24;
    match text.char_indices().nth(PLACE) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
