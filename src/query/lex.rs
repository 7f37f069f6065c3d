//! Cuts a line into words, and a word into key, sign and values. It knows no key and judges nothing.

use std::borrow::Cow;
use std::ops::Range;

/// What stands between a key and its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Colon,
    Less,
    AtMost,
    Equal,
    AtLeast,
    More,
}

impl Sign {
    /// The sign as it is written.
    pub(super) const fn text(self) -> &'static str {
        match self {
            Self::Colon => ":",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Equal => "=",
            Self::AtLeast => ">=",
            Self::More => ">",
        }
    }
}

/// One value: of a key, or the whole of a bare word.
pub(super) struct Part<'t> {
    /// Where it stands, quotes included.
    pub(super) span: Range<usize>,
    /// What it says, without quotes and escapes.
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

/// What stands between two spaces that are not quoted.
pub(super) struct Word<'t> {
    pub(super) span: Range<usize>,
    /// How many `!` it opens with.
    pub(super) bangs: usize,
    /// The key's place and the sign after it; none for a bare word.
    pub(super) key: Option<(Range<usize>, Sign)>,
    /// The values between commas; exactly one for a bare word.
    pub(super) parts: Vec<Part<'t>>,
    pub(super) flaw: Option<Flaw>,
}

/// The words of a line.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut scan = Scan { text, at: 0 };
    let mut words = Vec::new();
    loop {
        scan.run(char::is_whitespace);
        if scan.peek().is_none() {
            return words;
        }
        words.push(scan.word());
    }
}

struct Scan<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scan<'t> {
    fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    /// Takes the next character if it is `wanted`.
    fn take(&mut self, wanted: char) -> bool {
        let there = self.peek() == Some(wanted);
        if there {
            self.at += wanted.len_utf8();
        }
        there
    }

    /// Takes characters while they are `wanted`, and tells where they stand.
    fn run(&mut self, wanted: impl Fn(char) -> bool) -> Range<usize> {
        let start = self.at;
        while let Some(c) = self.peek().filter(|c| wanted(*c)) {
            self.at += c.len_utf8();
        }
        start..self.at
    }

    fn word(&mut self) -> Word<'t> {
        let start = self.at;
        let bangs = self.run(|c| c == '!').len();
        let key = self.key();
        let (mut parts, mut flaw) = (Vec::new(), None);
        loop {
            let (part, wrong) = self.part(key.is_some());
            parts.push(part);
            flaw = flaw.or(wrong);
            if key.is_none() || !self.take(',') {
                return Word { span: start..self.at, bangs, key, parts, flaw };
            }
        }
    }

    /// A key is a letter, then letters, `_` and `-`, and a sign after them; else nothing is taken.
    fn key(&mut self) -> Option<(Range<usize>, Sign)> {
        let start = self.at;
        if self.peek().is_some_and(char::is_alphabetic) {
            let name = self.run(|c| c.is_alphabetic() || matches!(c, '_' | '-'));
            if let Some(sign) = self.sign() {
                return Some((name, sign));
            }
        }
        self.at = start;
        None
    }

    fn sign(&mut self) -> Option<Sign> {
        if self.take(':') {
            Some(Sign::Colon)
        } else if self.take('=') {
            Some(Sign::Equal)
        } else if self.take('<') {
            Some(if self.take('=') { Sign::AtMost } else { Sign::Less })
        } else if self.take('>') {
            Some(if self.take('=') { Sign::AtLeast } else { Sign::More })
        } else {
            None
        }
    }

    /// One value; within a key's values a comma ends it.
    fn part(&mut self, keyed: bool) -> (Part<'t>, Option<Flaw>) {
        let ends = |c: char| c.is_whitespace() || (keyed && c == ',');
        if self.peek() != Some('"') {
            let span = self.run(|c| !ends(c));
            let text = self.text.get(span.clone()).unwrap_or_default().into();
            return (Part { span, text, quoted: false }, None);
        }
        let start = self.at;
        let (said, closed) = self.quoted();
        let part = Part { span: start..self.at, text: said.into(), quoted: true };
        if !closed {
            return (part, Some(Flaw::Unclosed(start..self.at)));
        }
        let rest = self.run(|c| !ends(c));
        (part, (!rest.is_empty()).then_some(Flaw::Glued(rest)))
    }

    /// What stands in quotes, and whether they close. `\"` and `\\` stand for `"` and `\`.
    fn quoted(&mut self) -> (String, bool) {
        let mut said = String::new();
        self.take('"');
        while let Some(c) = self.peek() {
            self.at += c.len_utf8();
            match (c, self.peek()) {
                ('"', _) => return (said, true),
                ('\\', Some(next @ ('"' | '\\'))) => {
                    self.at += next.len_utf8();
                    said.push(next);
                }
                _ => said.push(c),
            }
        }
        (said, false)
    }
}

/// Puts a text in quotes, so that it is read back as it was.
pub(super) fn quote(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
