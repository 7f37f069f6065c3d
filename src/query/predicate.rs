//! What a local term asks of a row, in the form that is quick to ask: everything about the term is prepared beforehand.

use memchr::memmem::Finder;

use super::lex::Operator;
use crate::submission::assessment::words;
use crate::submission::row::{Cell, Column, ColumnKind, Row};
use crate::text::{Mask, search_form};

/// What a row says to a term.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TermAnswer {
    Yes,
    No,
    /// The row does not carry what the term asks for, or it cannot be read: neither the term nor its negation matches.
    Unknown,
}

impl TermAnswer {
    pub(super) const fn negated(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
        }
    }
}

/// The question of a local term.
#[derive(Clone)]
pub(super) enum Predicate {
    /// The column or its companion says one of the words, each given in the form of the column: see [`form`].
    Words { column: Column, words: Box<[Box<str>]> },
    /// One of these columns or their companions says anything.
    Has(Vec<Column>),
    /// The number in the column compares with the value.
    Number { column: Column, sign: Operator, value: f64 },
    /// What the row shows holds the text. A column that was not fetched shows nothing, and neither does one that
    /// the mask hides.
    Text(Box<Finder<'static>>),
}

impl Predicate {
    /// A search for `text`, whatever its case, width and accents; none where it holds nothing that can be seen. A line end,
    /// which parts the columns of a row, is a blank.
    pub(super) fn text(text: &str) -> Option<Self> {
        let form = search_form(text).replace('\n', " ");
        (!form.is_empty()).then(|| Self::Text(Box::new(Finder::new(&form).into_owned())))
    }

    /// Asks a row, as a mask lets it be seen.
    pub(super) fn ask(&self, row: &Row, mask: Mask) -> TermAnswer {
        match self {
            Self::Words { column, words } => any(column.with_companion().map(|column| match row.cell(column) {
                Cell::NotFetched => TermAnswer::Unknown,
                Cell::Text(text) if says(column, text, words) => TermAnswer::Yes,
                Cell::Text(text) if is_unclear(column, text, words) => TermAnswer::Unknown,
                Cell::Text(text) if row.is_cut(column) && may_say(column, text, words) => TermAnswer::Unknown,
                Cell::Unclear => TermAnswer::Unknown,
                Cell::Text(_) | Cell::Span(_) | Cell::Empty => TermAnswer::No,
            })),
            Self::Has(columns) => {
                any(columns.iter().copied().flat_map(Column::with_companion).map(|column| match row.cell(column) {
                    Cell::NotFetched | Cell::Unclear => TermAnswer::Unknown,
                    Cell::Text(_) | Cell::Span(_) => TermAnswer::Yes,
                    Cell::Empty => TermAnswer::No,
                }))
            }
            Self::Number { column, sign, value } => match row.number(*column) {
                Some(said) => compare(said, *sign, *value),
                None if row.cell(*column) == Cell::Empty => TermAnswer::No,
                None => TermAnswer::Unknown,
            },
            Self::Text(finder) if finder.find(row.searched(mask).as_bytes()).is_some() => TermAnswer::Yes,
            Self::Text(_) if row.is_cut_at(mask) => TermAnswer::Unknown,
            Self::Text(_) => TermAnswer::No,
        }
    }
}

/// Or: yes if any says yes, else unknown if any is.
fn any(answers: impl Iterator<Item = TermAnswer>) -> TermAnswer {
    let mut all = TermAnswer::No;
    for answer in answers {
        match answer {
            TermAnswer::Yes => return TermAnswer::Yes,
            TermAnswer::Unknown => all = TermAnswer::Unknown,
            TermAnswer::No => {}
        }
    }
    all
}

const fn compare(said: f64, sign: Operator, value: f64) -> TermAnswer {
    let holds = match sign {
        Operator::Less => said < value,
        Operator::AtMost => said <= value,
        Operator::Equal | Operator::Colon => said == value,
        Operator::AtLeast => said >= value,
        Operator::More => said > value,
        Operator::Unequal => said != value,
    };
    if holds { TermAnswer::Yes } else { TermAnswer::No }
}

/// The form in which a typed word is compared with what a column says. Of a column that judges, a word counts as it is
/// documented; in quotes it is taken as it is.
pub(super) fn form(column: Column, text: &str, quoted: bool) -> String {
    if !words::judges(column) {
        return plain(text);
    }
    let meant = || column.with_companion().find_map(|column| words::typed(column, text));
    if quoted { text.to_owned() } else { meant().unwrap_or(text).to_owned() }
}

/// Whether a cell says one of the words, of which it may hold several, with commas between.
fn says(column: Column, text: &str, words: &[Box<str>]) -> bool {
    if words::judges(column) {
        return words.iter().any(|word| words::is(text, word));
    }
    let one_of = |text: &str| words.iter().any(|word| alike(word, text));
    one_of(text) || (column.kind() == ColumnKind::Words && text.contains(',') && text.split(',').any(one_of))
}

/// Whether a cell judges something, but in no documented word, while a documented one is asked for: nobody can tell then
/// whether it is that one.
fn is_unclear(column: Column, text: &str, words: &[Box<str>]) -> bool {
    let is_documented = |text: &str| words::documented(column, text).is_some();
    words::judges(column) && !is_documented(text) && words.iter().any(|word| is_documented(word))
}

/// Whether the rest of a cell of which only the beginning is known may say one of the words.
fn may_say(column: Column, text: &str, words: &[Box<str>]) -> bool {
    column.kind() == ColumnKind::Words || words.iter().any(|word| word.len() > text.len())
}

/// The form in which other values compare: as for a search, no space around, and space, `-` and `_` the same.
pub(super) fn plain(text: &str) -> String {
    search_form(text).trim().replace([' ', '-'], "_")
}

/// Whether a text is the same as a [`plain`] one. Allocates only where the text is not ASCII.
pub(super) fn alike(word: &str, text: &str) -> bool {
    is_same(word, text) || if text.is_ascii() { is_same(word, text.trim_ascii()) } else { plain(text) == word }
}

/// Whether an ASCII text is the same as one in a [`plain`] form.
fn is_same(word: &str, text: &str) -> bool {
    let letter = |(byte, wanted): (&u8, &u8)| match byte {
        b' ' | b'-' => *wanted == b'_',
        _ => byte.to_ascii_lowercase() == *wanted,
    };
    text.len() == word.len() && text.as_bytes().iter().zip(word.as_bytes()).all(letter)
}
