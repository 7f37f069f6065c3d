//! Terms back to text: a lasting form of a line, a value as a term takes it, and the line as it may be shown.

use std::ops::Range;

use jiff::civil::Date;

use super::key::{self, Key};
use super::lex::quote;
use super::params::BULLETS;
use super::{Query, Term};
use crate::text::typed::unseen_at;
use crate::text::{Class, Mask, Safe};

/// What a piece of the line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// Space between words.
    Gap,
    /// The term at this place of [`Query::terms`].
    Term(usize),
    /// The word with the problem at this place of [`Query::problems`].
    Problem(usize),
}

/// A piece of the line as it may be shown.
#[derive(Clone, Debug)]
pub struct LinePiece {
    /// The characters to show.
    pub text: Safe,
    /// What they are.
    pub part: PieceKind,
}

/// A word that was not read as it was typed.
#[derive(Clone, Copy)]
pub struct Correction<'q> {
    /// The word as typed.
    pub typed: &'q str,
    /// As it was read; empty where nothing of it can be seen.
    pub meant: &'q str,
    /// The privacy class of its value.
    pub class: Class,
}

impl Query {
    /// The words that were not read as they were typed: signs that look like those of the language, characters in another
    /// width, and what nobody can see.
    pub fn corrections(&self) -> impl Iterator<Item = Correction<'_>> {
        self.corrected_spans().map(|(span, meant, class)| Correction { typed: self.cut(&span), meant, class })
    }

    /// The terms in quotes with something in them that nobody can see: they are taken as they are.
    pub fn terms_with_invisible(&self) -> impl Iterator<Item = &str> {
        let hides = |text: &str| text.char_indices().any(|(at, _)| unseen_at(text, at).is_some());
        self.terms.iter().filter(move |term| hides(&term.written)).map(|term| self.cut(&term.span))
    }

    /// The line as it was read, where that is not as it was typed. Read again it means the same, and needs no correction.
    pub fn corrected(&self) -> Option<String> {
        let (mut line, mut at) = (String::new(), 0);
        for (span, meant, _) in self.corrected_spans() {
            line.push_str(self.cut(&(at..span.start)));
            line.push_str(meant);
            at = span.end;
        }
        line.push_str(self.cut(&(at..self.text.len())));
        (at > 0).then_some(line)
    }

    /// What was corrected, in one sentence, as far as a mask level shows it; none where nothing was.
    pub fn correction_line(&self, mask: Mask) -> Option<Safe> {
        let words = self.corrections().filter(|it| !it.meant.is_empty());
        let words: Vec<String> =
            words.map(|it| if it.class.hidden_at(mask) { hidden(it.meant) } else { it.meant.to_owned() }).collect();
        let any = self.corrections().next().is_some();
        any.then(|| match words.is_empty() {
            true => Safe::from_static("invisible characters ignored"),
            false => Safe::sanitize(&format!("read as {}", words.join(" "))),
        })
    }

    fn corrected_spans(&self) -> impl Iterator<Item = (Range<usize>, &str, Class)> {
        let terms = self.terms.iter().filter_map(|term| Some((term.span.clone(), term.meant.as_deref()?, term.class)));
        let unseen = self.unseen.iter().map(|span| (span.clone(), "", Class::Open));
        let mut spans: Vec<_> = terms.chain(unseen).collect();
        spans.sort_by_key(|(span, ..)| span.start);
        spans.into_iter()
    }

    /// The line in its lasting form: dates are absolute, keys are in lower case, one space is between words. Read
    /// on any other day it means the same. Words with a problem stay as typed. It holds what the text holds, so it
    /// is not to be shown unmasked.
    pub fn with_absolute_dates(&self) -> String {
        let words = self.words().map(|(_, part)| match part {
            PieceKind::Term(at) => self.terms.get(at).map(Term::with_absolute_dates).unwrap_or_default(),
            PieceKind::Problem(at) => self.problems.get(at).map(|it| self.cut(&it.word)).unwrap_or_default().to_owned(),
            PieceKind::Gap => String::new(),
        });
        words.collect::<Vec<_>>().join(" ")
    }

    /// The line in pieces, all of it, for drawing while it is not edited. At [`Mask::All`] bullets replace values
    /// that are personal, and for every value of a word that is no valid term.
    pub fn display_pieces(&self, mask: Mask) -> Vec<LinePiece> {
        let mut pieces = Vec::new();
        let mut at = 0;
        let gap = |from: usize, to: usize| {
            let text = self.cut(&(from..to));
            (!text.is_empty()).then(|| LinePiece { text: Safe::sanitize(text), part: PieceKind::Gap })
        };
        for (span, part) in self.words() {
            pieces.extend(gap(at, span.start));
            at = span.end;
            let text = self.cut(&span);
            let class = match part {
                PieceKind::Term(at) => self.terms.get(at).map_or(Class::Personal, Term::class),
                PieceKind::Gap | PieceKind::Problem(_) => Class::Personal,
            };
            let text = if class.hidden_at(mask) { Safe::sanitize(&hidden(text)) } else { Safe::sanitize(text) };
            pieces.push(LinePiece { text, part });
        }
        pieces.extend(gap(at, self.text.len()));
        pieces
    }

    /// The words of the line, terms and problems, in their order.
    fn words(&self) -> impl Iterator<Item = (Range<usize>, PieceKind)> {
        let terms = self.terms.iter().enumerate().map(|(at, term)| (term.span.clone(), PieceKind::Term(at)));
        let problems = self.problems.iter().enumerate().map(|(at, it)| (it.word.clone(), PieceKind::Problem(at)));
        let mut words: Vec<_> = terms.chain(problems).collect();
        words.sort_by_key(|(span, _)| span.start);
        words.into_iter()
    }

    fn cut(&self, span: &Range<usize>) -> &str {
        self.text.get(span.clone()).unwrap_or_default()
    }
}

impl Term {
    fn with_absolute_dates(&self) -> String {
        format!("{}{}", if self.negated { "!" } else { "" }, self.written)
    }
}

/// A word with bullets for its value; the name of a key stays readable.
fn hidden(word: &str) -> String {
    let known = |name: &&str| key::find(name.trim_start_matches('!')).is_some();
    match word.split_once(':').map(|(name, _)| name).filter(known) {
        Some(name) => format!("{name}:{BULLETS}"),
        None => BULLETS.into(),
    }
}

/// A value as it is behind the colon of a key: in quotes, unless it reads the same without.
pub(super) fn value_text(key: &Key, value: &str) -> String {
    let tame = |c: char| c.is_alphanumeric() || matches!(c, '@' | '.' | '_' | '-' | '+');
    let bare = format!("{}:{value}", key.name);
    let reads_the_same = || {
        let query = Query::parse(&bare, Date::ZERO);
        query.problems.is_empty() && query.corrected().is_none()
    };
    if value.chars().all(tame) && reads_the_same() { value.to_owned() } else { quote(value) }
}
