//! The filter language: parses one line of text into a [`Query`], and writes a query as text again.
//!
//! A line holds server terms and local terms. The server terms become query parameters ([`Params`]) that the client
//! sends to the service. The local terms are tested against each loaded row; the result is a [`Verdict`]. A word that
//! is not a valid term becomes a [`Problem`] with a place and a reason, and has no other effect.
//!
//! One table ([`keys`]) is the source for the parser, for [`complete()`], for the help page and for docs/filter.md.
//! This module does not use the network, the screen or the clock. Callers pass in the current day.

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

/// A parsed line of the filter language. A value never changes. The type has no `Debug`, because the line holds
/// identity data.
#[derive(Clone, Default)]
pub struct Query {
    text: String,
    terms: Vec<Term>,
    problems: Vec<Problem>,
    /// Byte ranges of the line between words that hold only invisible characters.
    unseen: Vec<Range<usize>>,
    params: Params,
}

/// One valid term of a filter line, such as `key:value`.
#[derive(Clone)]
pub struct Term {
    span: Range<usize>,
    key: Option<&'static Key>,
    negated: bool,
    resolved: Option<Safe>,
    class: Class,
    /// The term as text with absolute dates, see [`Query::with_absolute_dates`].
    written: String,
    /// The word with its characters corrected; `None` if the typed word needed no correction. See
    /// [`Query::corrections`].
    meant: Option<String>,
    /// The test of a local term; `None` for a server term.
    test: Option<Predicate>,
}

/// A word of a filter line that is not a valid term.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The part of the line to mark, as a byte range on character boundaries. The range is never empty.
    pub span: Range<usize>,
    /// The error, and what the user can do about it. The text has no capital letter at the start and no full stop at
    /// the end.
    pub reason: Safe,
    /// The byte range of the whole word in the line. The word has no effect on the query.
    word: Range<usize>,
}

/// The result of testing a row of the list against all local terms of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every local term matches.
    Shown,
    /// A local term does not match.
    Hidden,
    /// No local term fails, but at least one needs a value that the row does not have. The row is not shown, and is not
    /// counted as a mismatch either.
    Undecided,
}

impl Query {
    /// Parses a line of the filter language. Relative dates count from `today`, a day in UTC. Parsing never fails:
    /// invalid words are in [`Self::problems`].
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

    /// Returns the line exactly as the user typed it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the valid terms of the query, in the order of the text.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Returns a problem for each word that is not a valid term, in the order of the text.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Returns the query parameters that the valid server terms set.
    pub const fn params(&self) -> &Params {
        &self.params
    }

    /// Tests a row of the list against all local terms. A term without a key searches only the texts that the mask
    /// level shows, so that a search cannot reveal a hidden value. Terms with a key test the true values.
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

    /// Returns the local terms for which the row has no readable value, as indexes in [`Self::terms`].
    pub fn unknown_terms(&self, row: &Row) -> impl Iterator<Item = usize> {
        // A text to search for is never unknown, whatever is hidden.
        let unknown = |term: &Term| term.ask(row, Mask::None) == TermAnswer::Unknown;
        self.terms.iter().enumerate().filter(move |(_, term)| unknown(term)).map(|(at, _)| at)
    }

    /// Returns a note for the screen that hidden values are not searched. Returns `None` if the query has no search
    /// text, or if the mask level is not [`Mask::All`].
    pub fn unsearched(&self, mask: Mask) -> Option<&'static str> {
        let is_text = |term: &Term| term.key.is_none();
        let hides = mask == Mask::All && self.terms.iter().any(is_text);
        hides.then_some("text: hidden values not searched")
    }

    /// Returns whether the query has a local term. A local term is tested by this program on the loaded rows.
    pub fn has_local(&self) -> bool {
        self.terms.iter().any(|term| term.scope() == Scope::Local)
    }
}

impl Term {
    /// Returns the byte range of the term in the line, on character boundaries.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Returns the place where the term is tested: by the service or by this program.
    pub fn scope(&self) -> Scope {
        self.key.map_or(Scope::Local, Key::scope)
    }

    /// Returns the key of the term; `None` for a search text, which has no key.
    pub const fn key(&self) -> Option<&'static Key> {
        self.key
    }

    /// Returns the name of the term for the screen: the name of its key, or `text`.
    pub fn label(&self) -> &'static str {
        self.key.map_or("text", |key| key.name)
    }

    /// Returns the dates of the term as absolute dates, such as `2026-11-16` or `2026-11-01 to 2026-11-30`. Returns
    /// `None` if the typed value is already that text, or if the term has no date.
    pub const fn resolved(&self) -> Option<&Safe> {
        self.resolved.as_ref()
    }

    /// Returns the privacy class of the value of the term, which decides when the value is masked. A search text is
    /// personal, because a name may be searched.
    pub const fn class(&self) -> Class {
        self.class
    }

    /// Tests a row of the list against the term. A server term matches every row, because the service has already
    /// applied the term.
    fn ask(&self, row: &Row, mask: Mask) -> TermAnswer {
        let answer = self.test.as_ref().map_or(TermAnswer::Yes, |test| test.ask(row, mask));
        if self.negated { answer.negated() } else { answer }
    }
}
