//! The filter language: parses one line of text into a [`Query`], and writes a query as text again.
//!
//! A line holds server terms and local terms (a term is one condition of the filter, such as `status:pending`). The
//! server terms become query parameters ([`Params`]) that the client sends to the service. The local terms are tested
//! against each loaded row; the result is a [`Verdict`]. A word that is not a valid term becomes a [`Problem`] with its
//! position and a reason. It has no other effect.
//!
//! The store of loaded rows keeps their values in a [`RowIndex`]. [`Query::judge_all`] tests all rows of the index at
//! once, in about a millisecond for 100,000 rows. [`Query::judge`] tests one row. Both give the same answers.
//!
//! One table ([`keys`]) is the source for the parser, for [`complete()`], for the help page and for docs/filter.md.
//! This module does not use the network, the screen or the clock. Callers pass in the current day.

mod all_rows;
mod complete;
mod date;
mod duration;
mod judged_rows;
mod key;
mod lex;
mod narrow;
mod params;
mod parts;
mod predicate;
mod read;
mod row_index;
mod search_text;
mod term_cache;
mod write;

#[cfg(test)]
mod tests;

use std::ops::Range;

use jiff::civil::Date;

pub use complete::{Candidate, Completions, Vocabulary, complete};
pub use date::absolute as day;
pub use judged_rows::JudgedRows;
pub use key::{Form, Key, Scope, forms, keys};
pub use narrow::term_for;
pub use params::{Cursor, Params, RequestType, encode, request_line};
pub use parts::{FetchPlan, MissingParts, PartSet, lacking};
pub use read::Tester;
pub use row_index::{IndexMark, RowIndex, SortKey, SortKeys};
pub use search_text::SearchedRows;
pub use term_cache::TermCache;
pub use write::{Correction, LinePiece, PieceKind};

use crate::submission::row::Row;
use crate::text::{Class, Mask, Safe};
use predicate::{Predicate, TermAnswer};

/// A parsed line of the filter language, such as `from:-7d status:pending kim`. A `Query` never changes after it was
/// parsed. The type has no `Debug`, because the line holds identity data.
#[derive(Clone, Default)]
pub struct Query {
    text: String,
    terms: Vec<Term>,
    problems: Vec<Problem>,
    /// The byte ranges of the line between two spaces that hold only invisible characters, such as a zero-width space.
    /// They are not words of the line.
    unseen: Vec<Range<usize>>,
    params: Params,
    /// Who tests the server terms (terms that the service can test, such as `email:`): the service, or this program for
    /// the rows of a file.
    tester: Tester,
}

/// One valid term of a filter line: a key with values, such as `status:pending`, or a text to search for, such as
/// `kim`.
#[derive(Clone)]
pub struct Term {
    span: Range<usize>,
    key: Option<&'static Key>,
    negated: bool,
    resolved: Option<Safe>,
    class: Class,
    /// The term as text without its `!`. A date such as `yesterday` is written as an absolute date such as
    /// `2026-11-21`. See [`Query::with_absolute_dates`].
    written: String,
    /// The term as it is after correction, such as `status:pending` if the user typed a full-width colon. `None` if
    /// nothing had to be corrected. See [`Query::corrections`].
    meant: Option<String>,
    /// The test that this program applies to each loaded row. `None` for a server term, since the service tests it.
    test: Option<Predicate>,
}

/// A word of a filter line that is not a valid term, with the reason why the word is not valid.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The part of the filter line that the screen marks as wrong, as a byte range on character boundaries. The range
    /// is never empty.
    pub span: Range<usize>,
    /// The description of the error, and of what the user can do about it. The text has no capital letter at the start
    /// and no full stop at the end.
    pub reason: Safe,
    /// The byte range of the whole wrong word in the filter line. The word has no effect on the query.
    word: Range<usize>,
}

/// The result of testing one row of the list against all local terms of a query. Local terms are the conditions that
/// this program tests itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every local term of the query matches the row.
    Shown,
    /// At least one local term of the query does not match the row.
    Hidden,
    /// No local term hides the row, but at least one cannot be decided, because the row lacks the value that the term
    /// tests. Such a row is not shown. It is counted as undecided, not as hidden.
    Undecided,
}

impl Query {
    /// Parses a line of the filter language. Relative dates in the line, such as `-7d`, count from `today`, a day in
    /// UTC. Parsing never fails: the invalid words are in [`Self::problems`].
    pub fn parse(text: &str, today: Date) -> Self {
        Self::parse_for(text, today, Tester::Service)
    }

    /// Parses a line of the filter language as [`Self::parse`] does, but for the rows of a file. There is no service to
    /// test the server terms, so this program tests them as local terms, and [`Self::params`] is empty. The terms
    /// `type:` and `count:` have no meaning for a file, so they become problems ([`Self::problems`]).
    pub fn parse_offline(text: &str, today: Date) -> Self {
        Self::parse_for(text, today, Tester::Program)
    }

    /// Parses a line of the filter language for the given tester of the server terms. For [`Tester::Service`], this is
    /// [`Self::parse`]; for [`Tester::Program`], it is [`Self::parse_offline`].
    pub fn parse_for(text: &str, today: Date, tester: Tester) -> Self {
        let lex::LexedLine { words, unseen } = lex::line(text);
        let mut query = Self { text: text.to_owned(), unseen, tester, ..Self::default() };
        let mut before = None;
        for word in words {
            let span = word.span.clone();
            let parted = before.and_then(|key| read::parted(key, &word));
            before = word.bare().and_then(key::find);
            match parted.map_or_else(|| read::term(word, today, tester, &mut query.params), Err) {
                Ok(term) => query.terms.push(term),
                Err(wrong) => query.problems.push(Problem {
                    span: wrong.span.unwrap_or_else(|| span.clone()),
                    reason: Safe::sanitize(&wrong.reason),
                    word: span,
                }),
            }
        }
        if tester == Tester::Program {
            // Needed until here, to find a term that is given twice.
            query.params = Params::default();
        }
        query
    }

    /// Returns the filter line exactly as the user typed it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the valid terms of the query, in the order in which the filter line has them.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Returns the problems of the filter line: one for each word that is not a valid term, in the order of the line.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Returns the query parameters that the server terms of the line set. A request for the list sends them, so that
    /// the service tests these terms.
    pub const fn params(&self) -> &Params {
        &self.params
    }

    /// Tests a row of the list against all local terms (the terms that this program tests). Returns whether the row is
    /// shown, hidden or undecided.
    ///
    /// A term without a key, such as `kim`, searches only the texts that the mask level `mask` shows. So a search
    /// cannot reveal a hidden value. Terms with a key test the true values.
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

    /// Iterates over the local terms (the terms that this program tests) that cannot be decided for `row`. The row has
    /// no readable value for them. Each item is the index of a term in [`Self::terms`].
    pub fn unknown_terms(&self, row: &Row) -> impl Iterator<Item = usize> {
        // A text to search for is never unknown, whatever is hidden.
        let unknown = |term: &Term| term.ask(row, Mask::None) == TermAnswer::Unknown;
        self.terms.iter().enumerate().filter(move |(_, term)| unknown(term)).map(|(at, _)| at)
    }

    /// Returns a text for the screen that says that search texts such as `kim` are not searched in hidden values.
    /// Returns `None` if the query has no search text, or if the mask level `mask` is not [`Mask::All`].
    pub fn unsearched(&self, mask: Mask) -> Option<&'static str> {
        let is_text = |term: &Term| term.key.is_none();
        let hides = mask == Mask::All && self.terms.iter().any(is_text);
        hides.then_some("hidden values not searched")
    }

    /// Returns whether the query has a local term: one that this program tests on the loaded rows.
    pub fn has_local(&self) -> bool {
        self.terms.iter().any(|term| term.scope() == Scope::Local)
    }
}

impl Term {
    /// Returns the position of this term in the filter line: the byte range of the whole word, with its leading `!` if
    /// it has one. The range begins and ends on character boundaries.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Returns who tests the term: the service or this program.
    pub fn scope(&self) -> Scope {
        if self.test.is_some() { Scope::Local } else { self.key.map_or(Scope::Local, Key::scope) }
    }

    /// Returns the key of the term, such as `status` in `status:pending`; `None` for a search text, which has no key.
    pub const fn key(&self) -> Option<&'static Key> {
        self.key
    }

    /// Returns the word for this term on the screen: the name of its key, such as `status`, or `text` for a term
    /// without a key.
    pub fn label(&self) -> &'static str {
        self.key.map_or("text", |key| key.name)
    }

    /// Returns a sentence which says that this term could not be decided for `unknown` of the `loaded` rows, such as
    /// `49 of 50 rows: unknown if "retry:" matches`.
    pub fn unchecked_rows(&self, unknown: usize, loaded: usize) -> String {
        format!("{unknown} of {loaded} rows: unknown if {} matches", self.quoted_key())
    }

    /// Returns [`Self::key_with_colon`] in quotation marks. For a search text, returns `the text`.
    pub fn quoted_key(&self) -> String {
        self.key.map_or_else(|| "the text".to_owned(), |_| format!("\"{}\"", self.key_with_colon()))
    }

    /// Returns the key of the term with the colon that follows it, such as `retry:`. A key that is followed by a
    /// comparison sign has no colon, such as `score`. For a search text, returns [`Self::label`].
    pub fn key_with_colon(&self) -> String {
        let colon = if self.key.is_none_or(Key::compares) { "" } else { ":" };
        format!("{}{colon}", self.label())
    }

    /// Returns the dates of the term as absolute dates, such as `2026-11-16` or `2026-11-01 to 2026-11-30`. Returns
    /// `None` if the typed value is already that text, or if the term has no date.
    pub const fn resolved(&self) -> Option<&Safe> {
        self.resolved.as_ref()
    }

    /// Returns the privacy class of the value of the term. The class decides at which mask level the value is masked. A
    /// search text is personal, because a name may be searched.
    pub const fn class(&self) -> Class {
        self.class
    }

    /// Returns whether this term matches a row of the list: yes, no or unknown. A term without a key, such as `kim`,
    /// searches only the texts that the mask level `mask` shows. A term that the service tests matches every row,
    /// because the service sends only matching rows.
    fn ask(&self, row: &Row, mask: Mask) -> TermAnswer {
        let answer = self.test.as_ref().map_or(TermAnswer::Yes, |test| test.ask(row, mask));
        if self.negated { answer.negated() } else { answer }
    }
}
