//! Writes the filter line or parts of it as text: the line with absolute dates, one value of a term, and the masked
//! line for the screen.

use std::ops::Range;

use jiff::civil::Date;

use super::key::{self, Key};
use super::lex::quote;
use super::params::BULLETS;
use super::{Query, Term};
use crate::submission::retry_kind::RetryKind;
use crate::submission::row::Column;
use crate::text::typed::invisible_at;
use crate::text::{Class, Mask, Safe};

/// The kind of a piece of the filter line: space, a valid term, or a word that is not valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// Space between two words, or at the start or end of the line.
    Gap,
    /// A valid term, such as `status:pending`. The number is its index in [`Query::terms`].
    Term(usize),
    /// A word that is not a valid term. The number is the index of its problem in [`Query::problems`].
    Problem(usize),
}

/// A piece of the filter line (a term, an invalid word, or space) as the screen shows it: masked if the mask level
/// requires that.
#[derive(Clone, Debug)]
pub struct LinePiece {
    /// The characters of the piece as the screen shows them.
    pub text: Safe,
    /// The kind of this piece: space, a valid term, or a word that is not valid.
    pub part: PieceKind,
}

/// A word of the filter line that this program reads with other characters than the user typed, such as ASCII letters
/// in place of full-width letters.
#[derive(Clone, Copy)]
pub struct Correction<'q> {
    /// The word as the user typed it.
    pub typed: &'q str,
    /// The word with corrected characters, such as ASCII letters in place of full-width letters; empty if the typed
    /// word has no visible character.
    pub meant: &'q str,
    /// The privacy class of the value in the word. The class decides at which mask level the value is masked.
    pub class: Class,
}

impl Query {
    /// Returns the words of the filter line that this program reads with other characters than the user typed. Such a
    /// word has characters of another width, such as `：` for `:`, invisible characters, or characters that look like a
    /// sign of the filter language.
    pub fn corrections(&self) -> impl Iterator<Item = Correction<'_>> {
        self.corrected_spans().map(|(span, meant, class)| Correction { typed: self.cut(&span), meant, class })
    }

    /// Returns the terms of the filter line that have invisible characters in a value in quotes. This program does not
    /// correct these terms: they are used as the user typed them.
    pub fn terms_with_invisible(&self) -> impl Iterator<Item = &str> {
        let hides = |text: &str| text.char_indices().any(|(at, _)| invisible_at(text, at).is_some());
        self.terms.iter().filter(move |term| hides(&term.written)).map(|term| self.cut(&term.span))
    }

    /// Returns the filter line with all characters corrected; `None` if nothing needs correction. Parsing the returned
    /// line gives the same query without corrections.
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

    /// Returns a text for the screen about the corrected words, such as `read as status:pending`, masked as the mask
    /// level `mask` requires; `None` if no word was corrected.
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

    /// Returns the filter line in a form that means the same on any later day: dates such as `today` are replaced by
    /// absolute dates. Keys are in lower case, and one space separates words. Words that are not valid terms stay as
    /// typed. The returned line is not masked, so it must not be shown.
    pub fn with_absolute_dates(&self) -> String {
        let words = self.words().map(|(_, part)| match part {
            PieceKind::Term(at) => self.terms.get(at).map(Term::with_absolute_dates).unwrap_or_default(),
            PieceKind::Problem(at) => self.problems.get(at).map(|it| self.cut(&it.word)).unwrap_or_default().to_owned(),
            PieceKind::Gap => String::new(),
        });
        words.collect::<Vec<_>>().join(" ")
    }

    /// Returns the whole filter line as pieces for the screen. At the mask level [`Mask::All`], bullets replace
    /// personal values, and also every value in a word that is not a valid term. A line that the user is editing is not
    /// drawn from these pieces, but as it was typed.
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

    /// Returns the whole filter line as one text for the screen. It is masked like the pieces that
    /// [`Self::display_pieces`] returns.
    pub fn masked_line(&self, mask: Mask) -> Safe {
        let pieces: Vec<Safe> = self.display_pieces(mask).into_iter().map(|piece| piece.text).collect();
        Safe::concat(&pieces)
    }

    /// Returns the byte range and kind of each word of the filter line, valid term or not, in the order of the line.
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

/// Returns `word`, a word of the filter line, with bullets in place of its value. The name of a known key stays
/// readable, as in `email:•••••`.
fn hidden(word: &str) -> String {
    let known = |name: &&str| key::find(name.trim_start_matches('!')).is_some();
    match word.split_once(':').map(|(name, _)| name).filter(known) {
        Some(name) => format!("{name}:{BULLETS}"),
        None => BULLETS.into(),
    }
}

/// Returns `value` as a user would type it in a term of the filter after the key `key` and its sign, as in
/// `status:pending`. The value is put in quotes, unless the parser reads the same value without quotes.
pub(super) fn value_text(key: &Key, value: &str) -> String {
    let tame = |c: char| c.is_alphanumeric() || matches!(c, '@' | '.' | '_' | '-' | '+');
    let bare = format!("{}:{value}", key.name);
    let reads_the_same = || {
        let query = Query::parse(&bare, Date::ZERO);
        query.problems.is_empty() && query.corrected().is_none()
    };
    // Without quotes, such a word would mean every retry code of a kind.
    let is_kind = key.name == Column::Retry.spec().key && RetryKind::named(value).is_some();
    if value.chars().all(tame) && !is_kind && reads_the_same() { value.to_owned() } else { quote(value) }
}
