//! The filter language: one line of text to server parameters and local terms, and back.
//!
//! A [`Query`] is what one line means. Its server terms are [`Params`]; its local terms are asked of rows, which say
//! yes, no, or that they do not carry what was asked ([`Verdict`]). What is wrong with the line is part of the
//! answer: a [`Problem`] has a place and a reason, and the word it stands in counts for nothing.
//!
//! One table ([`keys`]) feeds the parser, [`complete()`], the help page and the README. This module knows nothing of
//! the network, the screen or the clock: the day is passed in.

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

/// What a line of the filter language means. It never changes. `Debug` is left out: it holds identity data.
#[derive(Clone, Default)]
pub struct Query {
    text: String,
    terms: Vec<Term>,
    problems: Vec<Problem>,
    /// Places between words where nothing stands that can be seen.
    unseen: Vec<Range<usize>>,
    params: Params,
}

/// One valid term.
#[derive(Clone)]
pub struct Term {
    span: Range<usize>,
    key: Option<&'static Key>,
    negated: bool,
    resolved: Option<Safe>,
    class: Class,
    /// The term as it reads on any other day: see [`Query::with_absolute_dates`].
    written: String,
    /// The word as it was meant, where it was typed otherwise: see [`Query::corrections`].
    meant: Option<String>,
    /// What a local term asks; none for a server term.
    test: Option<Predicate>,
}

/// A word of the line that is no valid term.
#[derive(Clone, Debug)]
pub struct Problem {
    /// What to mark, in bytes of the text, on character boundaries; never empty.
    pub span: Range<usize>,
    /// What is wrong and what to do, without a capital or a full stop.
    pub reason: Safe,
    /// The whole word, which counts for nothing.
    word: Range<usize>,
}

/// What the local terms say of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every local term matches.
    Shown,
    /// A local term does not match.
    Hidden,
    /// None fails, and one or more ask for what the row does not carry: it is not shown, and not called a mismatch.
    Undecided,
}

impl Query {
    /// Reads a line. `today` is the day in UTC that relative dates count from. Never fails: what is wrong is in
    /// [`Self::problems`].
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

    /// The line as it was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The valid terms, in the order of the text.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// What is wrong, in the order of the text; at most one problem a word.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The parameters that the valid server terms make.
    pub const fn params(&self) -> &Params {
        &self.params
    }

    /// What the local terms say of a row, all together. A text to search for is looked for in what the mask lets be seen
    /// of the row: a search must not tell what is hidden. Terms with a key are asked of the true values.
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

    /// The places in [`Self::terms`] of the local terms that the row leaves undecided.
    pub fn unknown_terms(&self, row: &Row) -> impl Iterator<Item = usize> {
        // A text to search for is never unknown, whatever is hidden.
        let unknown = |term: &Term| term.ask(row, Mask::None) == TermAnswer::Unknown;
        self.terms.iter().enumerate().filter(move |(_, term)| unknown(term)).map(|(at, _)| at)
    }

    /// What is to be said of the texts to search for at a mask level: hidden values are not looked at. Nothing where no
    /// such text is given.
    pub fn unsearched(&self, mask: Mask) -> Option<&'static str> {
        let is_text = |term: &Term| term.key.is_none();
        let hides = mask == Mask::All && self.terms.iter().any(is_text);
        hides.then_some("text: hidden values not searched")
    }

    /// Whether a term narrows what is loaded.
    pub fn has_local(&self) -> bool {
        self.terms.iter().any(|term| term.scope() == Scope::Local)
    }
}

impl Term {
    /// Where it stands, in bytes of the text, on character boundaries.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Who answers it.
    pub fn scope(&self) -> Scope {
        self.key.map_or(Scope::Local, Key::scope)
    }

    /// Its key; none for a text to search for.
    pub const fn key(&self) -> Option<&'static Key> {
        self.key
    }

    /// Its name on the screen: the key's, or `text`.
    pub fn label(&self) -> &'static str {
        self.key.map_or("text", |key| key.name)
    }

    /// What a relative date came to, as in `2026-11-16` or `2026-11-01 to 2026-11-30`; none where the text says it.
    pub const fn resolved(&self) -> Option<&Safe> {
        self.resolved.as_ref()
    }

    /// The privacy class of its value. A text to search for may be a name, so it is personal.
    pub const fn class(&self) -> Class {
        self.class
    }

    /// A server term says yes of every row: the service has already answered it.
    fn ask(&self, row: &Row, mask: Mask) -> TermAnswer {
        let answer = self.test.as_ref().map_or(TermAnswer::Yes, |test| test.ask(row, mask));
        if self.negated { answer.negated() } else { answer }
    }
}
