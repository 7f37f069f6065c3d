//! Cuts a line into words, and a word into key, sign and values. It knows no key and judges nothing.
//!
//! Outside quotes, what looks like a sign of the language is that sign (`：`, `，`, `“`, `！`, `≤`), and what nobody can see is
//! left out; a word in which that happened says so.

use std::borrow::Cow;
use std::ops::Range;

use crate::text::typed::{ascii, in_ascii, is_quotation_mark, unseen_at};

/// What is between a key and its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Colon,
    Less,
    AtMost,
    Equal,
    AtLeast,
    More,
    /// `!=`, `!:` or `≠`, which is no sign of the language.
    Unequal,
}

impl Operator {
    /// The sign as it is written.
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

/// A key as it is written in a word.
pub(super) struct WrittenKey<'t> {
    /// Its place, without the sign.
    pub(super) span: Range<usize>,
    /// What it says, in ASCII where it is meant so.
    pub(super) text: Cow<'t, str>,
    pub(super) sign: Operator,
}

/// One value: of a key, or the whole of a bare word.
pub(super) struct LexedValue<'t> {
    /// Where it is, quotes included.
    pub(super) span: Range<usize>,
    /// What it says, without quotes and escapes; without quotes also without what nobody can see.
    pub(super) text: Cow<'t, str>,
    pub(super) quoted: bool,
}

/// What is wrong with the shape of a word.
pub(super) enum Flaw {
    /// A quote opens here and nothing closes it.
    Unclosed(Range<usize>),
    /// These characters follow a closing quote directly.
    Glued(Range<usize>),
}

/// What is between two spaces that are not quoted.
pub(super) struct Word<'t> {
    pub(super) span: Range<usize>,
    /// How many `!` it opens with.
    pub(super) negations: usize,
    /// Where they end.
    pub(super) body: usize,
    /// The key; none for a bare word.
    pub(super) key: Option<WrittenKey<'t>>,
    /// The values between commas; exactly one for a bare word.
    pub(super) parts: Vec<LexedValue<'t>>,
    pub(super) flaw: Option<Flaw>,
    /// A sign was read for what looks like it, or something was left out that nobody can see.
    pub(super) corrected: bool,
}

impl Word<'_> {
    /// The text of a bare word without quotes.
    pub(super) fn bare(&self) -> Option<&str> {
        let part = self.parts.first().filter(|part| self.key.is_none() && self.negations == 0 && !part.quoted)?;
        Some(&part.text)
    }
}

/// A line in pieces.
pub(super) struct LexedLine<'t> {
    pub(super) words: Vec<Word<'t>>,
    /// Places between spaces without visible characters.
    pub(super) unseen: Vec<Range<usize>>,
}

/// The words of a line.
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
    /// The next character.
    fn raw(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    /// The next character that can be seen; what cannot be is left behind.
    fn peek(&mut self) -> Option<char> {
        while let Some(unseen) = unseen_at(self.text, self.at) {
            self.at += unseen.len_utf8();
            self.corrected = true;
        }
        self.raw()
    }

    /// Takes the next character if it is, or looks like, the `wanted` sign.
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

    /// Takes the next character if it is one of those that mean a sign of two characters.
    fn take_one_of(&mut self, wanted: &[char]) -> bool {
        let Some(next) = self.peek().filter(|next| wanted.contains(next)) else { return false };
        self.at += next.len_utf8();
        self.corrected = true;
        true
    }

    /// Takes characters while they are `wanted`, and tells where they are.
    fn run(&mut self, wanted: impl Fn(char) -> bool) -> Range<usize> {
        let start = self.at;
        while let Some(c) = self.peek().filter(|c| wanted(*c)) {
            self.at += c.len_utf8();
        }
        start..self.at
    }

    /// What can be seen of a place.
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

    /// A key is a letter, then letters, `_` and `-`, and a sign after them; else nothing is taken.
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

    /// One value; within a key's values a comma ends it.
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

    /// Whether a single quotation mark opens here and another one closes at the end of a value: a name may begin with an
    /// apostrophe, and hold one.
    fn is_quoted_singly(&self, open: char, keyed: bool) -> bool {
        let behind = self.text.get(self.at..).unwrap_or_default().char_indices().skip(1);
        let mut closing = behind.filter(|(_, c)| closes_singly(*c)).map(|(at, c)| self.at + at + c.len_utf8());
        opens_singly(open) && closing.any(|at| self.ends_at(at, keyed))
    }

    /// Whether a value ends at a place, or behind what cannot be seen there.
    fn ends_at(&self, at: usize, keyed: bool) -> bool {
        let mut ahead = WordScan { text: self.text, at, corrected: false };
        ahead.peek().is_none_or(|c| ends(c, keyed))
    }

    /// The text in quotes, and whether they close. `\"` and `\\` mean `"` and `\`. What `"` opens only `"` closes, so
    /// that every other mark can be quoted.
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

/// Whether a character is set as a single quotation mark that opens.
const fn opens_singly(c: char) -> bool {
    matches!(c, '\'' | '‘' | '‚')
}

/// Whether a character is set as a single quotation mark that closes.
const fn closes_singly(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘')
}

/// Whether a character ends a value.
fn ends(c: char, keyed: bool) -> bool {
    c.is_whitespace() || keyed && is_comma(c)
}

/// Whether a character parts values.
pub(super) fn is_comma(c: char) -> bool {
    c == ',' || ascii(c) == Some(',')
}

/// Puts a text in quotes, so that it is read back as it was.
pub(super) fn quote(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
