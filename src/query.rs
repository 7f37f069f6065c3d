//! The filter language: parses one line of text into server parameters and local terms, and writes them as text again.
//!
//! A [`Query`] is the parsed line. Its server terms are collected in [`Params`] and sent to the service. Its local
//! terms are tested against each loaded row, and the result is a [`Verdict`]. A word that is not a valid term becomes a
//! [`Problem`], which has a place and a reason; the parser ignores such a word otherwise.
//!
//! One table ([`keys`]) is the source for the parser, [`complete()`], the help page and docs/filter.md. This module
//! does not use the network, the screen or the clock: callers pass in the current day.

mod complete;
mod date;
mod key;
mod lex;
mod params;
mod predicate;
mod read;
mod write;

#[cfg(test)]
mod tests;

use std::ops::Range;

use jiff::civil::Date;

pub use complete::{Candidate, Completions, Vocabulary, complete};
pub use date::absolute as day;
pub use key::{Form, Key, Scope, forms, keys};
pub use params::{Cursor, Params, RequestType, encode, request_line};
pub use write::{Correction, LinePiece, PieceKind};

use crate::submission::row::Row;
use crate::text::{Class, Mask, Safe};
use predicate::{Predicate, TermAnswer};

/// A parsed line of the filter language. A value never changes. There is no `Debug`, because the line holds identity
/// data.
#[derive(Clone, Default)]
pub struct Query {
    text: String,
    terms: Vec<Term>,
    problems: Vec<Problem>,
    /// Byte ranges between words that hold only invisible characters.
    unseen: Vec<Range<usize>>,
    params: Params,
}

/// One valid term of a line.
#[derive(Clone)]
pub struct Term {
    span: Range<usize>,
    key: Option<&'static Key>,
    negated: bool,
    resolved: Option<Safe>,
    class: Class,
    /// The term with absolute dates: see [`Query::with_absolute_dates`].
    written: String,
    /// The word with its characters corrected, if the typed word needed a correction: see [`Query::corrections`].
    meant: Option<String>,
    /// The test of a local term; `None` for a server term.
    test: Option<Predicate>,
}

/// A word of the line that is not a valid term.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The part of the text to mark, as a byte range on character boundaries; never empty.
    pub span: Range<usize>,
    /// What is wrong and what the user can do, without a capital letter at the start or a full stop at the end.
    pub reason: Safe,
    /// The byte range of the whole word, which has no effect on the query.
    word: Range<usize>,
}

/// The result of testing a row against all local terms of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every local term matches.
    Shown,
    /// A local term does not match.
    Hidden,
    /// No local term fails, but at least one needs a value that the row does not carry. The row is not shown, and is
    /// not counted as a mismatch either.
    Undecided,
}

impl Query {
    /// Parses a line. `today` is the day in UTC that relative dates count from. Parsing never fails: invalid words are
    /// in [`Self::problems`].
    pub fn parse(text: &str, today: Date) -> Self {
        let lex::LexedLine { words, unseen } = lex::line(text);
        let mut query = Self { text: text.to_owned(), unseen, ..Self::default() };
        let mut before = None;
        for word in words {
            let span = word.span.clone();
            let parted = before.and_then(|key| read::parted(key, &word));
            before = word.bare().and_then(key::find);
            match parted.map_or_else(|| read::term(word, today, &mut query.params), Err) {
                Ok(term) => query.terms.push(term),
                Err(wrong) => query.problems.push(Problem {
                    span: wrong.span.unwrap_or_else(|| span.clone()),
                    reason: Safe::sanitize(&wrong.reason),
                    word: span,
                }),
            }
        }
        query
    }

    /// Returns the line exactly as it was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the valid terms, in the order of the text.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Returns the words that are not valid terms, in the order of the text; at most one problem per word.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Returns the query parameters that the valid server terms set.
    pub const fn params(&self) -> &Params {
        &self.params
    }

    /// Tests a row against all local terms. A term without a key searches only the texts that the mask level shows, so
    /// that a search cannot reveal a hidden value. Terms with a key test the true values.
    pub fn judge(&self, row: &Row, mask: Mask) -> Verdict {
        let mut verdict = Verdict::Shown;
        for term in &self.terms {
            match term.ask(row, mask) {
                TermAnswer::Yes => {}
                TermAnswer::Unknown => verdict = Verdict::Undecided,
                TermAnswer::No => return Verdict::Hidden,
            }
        }
        verdict
    }

    /// Returns the indexes in [`Self::terms`] of the local terms for which the row lacks a readable value.
    pub fn unknown_terms(&self, row: &Row) -> impl Iterator<Item = usize> {
        // A text to search for is never unknown, whatever is hidden.
        let unknown = |term: &Term| term.ask(row, Mask::None) == TermAnswer::Unknown;
        self.terms.iter().enumerate().filter(move |(_, term)| unknown(term)).map(|(at, _)| at)
    }

    /// Returns a note that hidden values are not searched, if the query has a search text and the mask level is
    /// [`Mask::All`]; otherwise `None`.
    pub fn unsearched(&self, mask: Mask) -> Option<&'static str> {
        let is_text = |term: &Term| term.key.is_none();
        let hides = mask == Mask::All && self.terms.iter().any(is_text);
        hides.then_some("text: hidden values not searched")
    }

    /// Returns whether the query has a local term, which narrows the rows that are loaded.
    pub fn has_local(&self) -> bool {
        self.terms.iter().any(|term| term.scope() == Scope::Local)
    }
}

impl Term {
    /// Returns the byte range of the term in the line, on character boundaries.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Returns whether the service or this program answers the term.
    pub fn scope(&self) -> Scope {
        self.key.map_or(Scope::Local, Key::scope)
    }

    /// Returns the key of the term; `None` for a search text.
    pub const fn key(&self) -> Option<&'static Key> {
        self.key
    }

    /// Returns the name of the term on screen: the name of its key, or `text`.
    pub fn label(&self) -> &'static str {
        self.key.map_or("text", |key| key.name)
    }

    /// Returns the absolute dates of a term, as in `2026-11-16` or `2026-11-01 to 2026-11-30`; `None` if the typed
    /// value is already that text or the term has no date.
    pub const fn resolved(&self) -> Option<&Safe> {
        self.resolved.as_ref()
    }

    /// Returns the privacy class of the value of the term. A search text is personal, because it may be a name.
    pub const fn class(&self) -> Class {
        self.class
    }

    /// Tests a row against the term. A server term matches every row, because the service has already applied it.
    fn ask(&self, row: &Row, mask: Mask) -> TermAnswer {
        let answer = self.test.as_ref().map_or(TermAnswer::Yes, |test| test.ask(row, mask));
        if self.negated { answer.negated() } else { answer }
    }
}
