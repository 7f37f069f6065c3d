//! Tests rows of the list against local terms (conditions of the filter that this program tests). Each term is prepared
//! once, so that testing a row is fast.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use memchr::memmem::Finder;

use super::Params;
use super::key::Parameter;
use super::lex::Operator;
use super::row_index::WordCell;
use crate::submission::assessment::words;
use crate::submission::retry_kind::RetryKind;
use crate::submission::row::{Cell, Column, ColumnKind, Row};
use crate::text::{BULLET, Mask, search_form};

/// The answer of a row of the list to one local term (a term that this program tests). Answers are combined by the
/// order of the variants. The answer to several terms together is the least of their answers. If one term tests several
/// columns, its answer is the greatest of the answers for the columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TermAnswer {
    No,
    /// The tested value was not fetched or cannot be read. Neither the term nor its negation matches the row.
    Unknown,
    Yes,
}

impl TermAnswer {
    /// All answers; the index of an answer is its number as an integer.
    pub(super) const ALL: [Self; 3] = [Self::No, Self::Unknown, Self::Yes];

    pub(super) const fn negated(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
        }
    }
}

/// The test of a local term (a condition that this program tests on loaded rows), prepared so that it is quick to
/// apply.
#[derive(Clone)]
pub(super) enum Predicate {
    /// Tests whether the cell of `column`, or of its companion column (shown in the same cell), holds one of `words`.
    /// For the key `retry`, a retry code of one of `kinds` also matches; for other keys, `kinds` is empty. The words
    /// have the [`form`] in which cells of the column are compared.
    Words { column: Column, words: Box<[Box<str>]>, kinds: Box<[RetryKind]> },
    /// At least one of these columns or of their companion columns (shown in the same cell) has a value.
    Has(Vec<Column>),
    /// The number in `column` and `value` satisfy the comparison `sign`, such as `<`.
    Number { column: Column, sign: Operator, value: f64 },
    /// The text in `column` is exactly `value`; only in an e-mail address, the case of letters is ignored. The answer
    /// is unknown for a text that was masked when the file was exported.
    Equal { column: Column, value: Box<str> },
    /// The submission was created on a day from `start` to `end`, in UTC; `None` means no limit.
    Created { start: Option<Date>, end: Option<Date> },
    /// The texts of the row contain the search text of the finder. Only columns that were fetched and that the mask
    /// level shows are searched.
    Text(Box<Finder<'static>>),
}

/// Two tests are equal if they give the same answer for every row.
impl PartialEq for Predicate {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (
                Self::Words { column, words, kinds },
                Self::Words { column: other_column, words: other_words, kinds: other_kinds },
            ) => column == other_column && words == other_words && kinds == other_kinds,
            (Self::Has(columns), Self::Has(other)) => columns == other,
            (
                Self::Number { column, sign, value },
                Self::Number { column: other_column, sign: other_sign, value: other_value },
            ) => column == other_column && sign == other_sign && value.to_bits() == other_value.to_bits(),
            (Self::Equal { column, value }, Self::Equal { column: other_column, value: other_value }) => {
                column == other_column && value == other_value
            }
            (Self::Created { start, end }, Self::Created { start: other_start, end: other_end }) => {
                start == other_start && end == other_end
            }
            (Self::Text(finder), Self::Text(other)) => finder.needle() == other.needle(),
            _ => false,
        }
    }
}

impl Predicate {
    /// Returns a test that searches the rows for `text`. Case, width and accents are ignored. Returns `None` if `text`
    /// has no visible characters. A line end in `text` becomes a space, because line ends separate the columns of a
    /// row.
    pub(super) fn text(text: &str) -> Option<Self> {
        let form = search_form(text).replace('\n', " ");
        (!form.is_empty()).then(|| Self::Text(Box::new(Finder::new(&form).into_owned())))
    }

    /// Returns the test that this program uses for a server term on the rows of a file, since no service tests it
    /// there. `parameter` is the query parameter of the term, and `params` holds its value. The test has the meaning
    /// that the service's documentation gives the parameter. Returns `None` if the parameter has no meaning for a row.
    pub(super) fn of_parameter(parameter: Parameter, params: &Params) -> Option<Self> {
        let equal =
            |column, value: &Option<String>| value.as_deref().map(|value| Self::Equal { column, value: value.into() });
        let (start, end) = (params.start_date, params.end_date);
        match parameter {
            Parameter::Email => equal(Column::Email, &params.email),
            Parameter::UserId => equal(Column::UserId, &params.userid),
            Parameter::Id => equal(Column::Id, &params.submission_id),
            Parameter::From => Some(Self::Created { start, end: None }),
            Parameter::To => Some(Self::Created { start: None, end }),
            Parameter::On => Some(Self::Created { start, end }),
            Parameter::Type | Parameter::Count => None,
        }
    }

    /// Returns the test whether a cell of `column` holds one of the `values` of a term, such as `approved`. The `bool`
    /// with a value says whether the user typed the value in quotes.
    ///
    /// In the column of the retry codes, a value without quotes may also name a kind of codes, such as `forgery`. It
    /// then matches every code of the kind.
    pub(super) fn words<'t>(column: Column, values: impl Iterator<Item = (&'t str, bool)> + Clone) -> Self {
        let kind = |text: &str, quoted: bool| RetryKind::named(text).filter(|_| column == Column::Retry && !quoted);
        let kinds = values.clone().filter_map(|(text, quoted)| kind(text, quoted)).collect();
        let codes = values.filter(|(text, quoted)| kind(text, *quoted).is_none());
        let words = codes.map(|(text, quoted)| form(column, text, quoted).into()).collect();
        Self::Words { column, words, kinds }
    }

    /// Returns the columns that the test reads. These include companion columns, whose values the list shows in the
    /// cell of another column. A search text reads every column that the service sends.
    pub(super) fn columns(&self) -> Vec<Column> {
        match self {
            Self::Words { column, .. } => column.with_companion().collect(),
            Self::Has(columns) => columns.iter().copied().flat_map(Column::with_companion).collect(),
            Self::Number { column, .. } | Self::Equal { column, .. } => vec![*column],
            Self::Created { .. } => vec![Column::Created],
            Self::Text(_) => Column::sent().collect(),
        }
    }

    /// Returns whether this test matches a row of the list: yes, no or unknown. A search text is compared only with the
    /// texts that the mask level `mask` shows.
    pub(super) fn ask(&self, row: &Row, mask: Mask) -> TermAnswer {
        match self {
            Self::Words { column, words, kinds } => {
                any(column.with_companion().map(|column| test_word(column, WordCell::of(row, column), words, kinds)))
            }
            Self::Has(columns) => {
                any(columns.iter().copied().flat_map(Column::with_companion).map(|column| match row.cell(column) {
                    Cell::NotFetched | Cell::Unclear => TermAnswer::Unknown,
                    Cell::Text(_) | Cell::Span(_) => TermAnswer::Yes,
                    Cell::Empty => TermAnswer::No,
                }))
            }
            Self::Number { column, sign, value } => {
                test_number(row.number(*column), row.cell(*column) == Cell::Empty, *sign, *value)
            }
            Self::Equal { column, value } => match row.cell(*column) {
                Cell::Text(text) if row.is_cut(*column) && value.starts_with(text) => TermAnswer::Unknown,
                Cell::Text(text) if text.contains(BULLET) => TermAnswer::Unknown,
                Cell::Text(text) if text == &**value => TermAnswer::Yes,
                // Mail servers ignore the case, and so do people who type an address.
                Cell::Text(text) if *column == Column::Email && text.eq_ignore_ascii_case(value) => TermAnswer::Yes,
                Cell::NotFetched | Cell::Unclear => TermAnswer::Unknown,
                Cell::Text(_) | Cell::Span(_) | Cell::Empty => TermAnswer::No,
            },
            Self::Created { start, end } => match row.created().map(|at| at.to_zoned_datetime(TimeZone::UTC).date()) {
                Some(day) if start.is_none_or(|start| start <= day) && end.is_none_or(|end| day <= end) => {
                    TermAnswer::Yes
                }
                Some(_) => TermAnswer::No,
                None => TermAnswer::Unknown,
            },
            Self::Text(finder) if finder.find(row.searched(mask).as_bytes()).is_some() => TermAnswer::Yes,
            Self::Text(_) if row.is_cut_at(mask) => TermAnswer::Unknown,
            Self::Text(_) => TermAnswer::No,
        }
    }
}

/// Combines the answers for several columns with "or":
///
/// - yes if any answer is yes;
/// - otherwise unknown if any answer is unknown;
/// - otherwise no.
fn any(answers: impl Iterator<Item = TermAnswer>) -> TermAnswer {
    answers.max().unwrap_or(TermAnswer::No)
}

/// Tests one cell against a term, such as `status:approved`. `word` is the cell of a row in `column`. The answer is yes
/// if the cell holds one of `words`, or a retry code of one of the kinds in `kinds`.
pub(super) fn test_word(column: Column, word: WordCell<'_>, words: &[Box<str>], kinds: &[RetryKind]) -> TermAnswer {
    match word.cell {
        Cell::NotFetched => TermAnswer::Unknown,
        Cell::Text(text) if says(column, text, words) || is_of_kind(text, kinds) => TermAnswer::Yes,
        Cell::Text(text) if is_unclear(column, text, words) => TermAnswer::Unknown,
        Cell::Text(text) if word.is_cut && may_say(column, text, words) => TermAnswer::Unknown,
        // Without the attempts, the known codes need not be all.
        Cell::Text(_) if word.lacks_attempts => TermAnswer::Unknown,
        Cell::Unclear => TermAnswer::Unknown,
        Cell::Text(_) | Cell::Span(_) | Cell::Empty => TermAnswer::No,
    }
}

/// Returns whether the number `said` of a row satisfies the comparison with `value`, such as `>= 18`. `sign` is the
/// operator. If the row has no number (`None`), the answer is no for an empty cell (`is_empty`), and unknown for a cell
/// that was not fetched or is not a number.
pub(super) fn test_number(said: Option<f64>, is_empty: bool, sign: Operator, value: f64) -> TermAnswer {
    match said {
        Some(said) => compare(said, sign, value),
        None if is_empty => TermAnswer::No,
        None => TermAnswer::Unknown,
    }
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

/// Returns the form in which the typed word `text` is compared with the cells of `column`. `quoted` says whether the
/// word was typed in quotes. The kind of the column decides:
///
/// - Any text, such as an id: case, width and accents are removed.
/// - A result, such as the status: the documented word that the user meant, such as `approved`. A quoted word stays
///   unchanged.
/// - Any other column: the form of [`plain`].
pub(super) fn form(column: Column, text: &str, quoted: bool) -> String {
    if column.kind() == ColumnKind::Text {
        return search_form(text).trim().to_owned();
    }
    if !words::judges(column) {
        return plain(text);
    }
    let meant = || column.with_companion().find_map(|column| words::documented_word_for(column, text));
    if quoted { text.to_owned() } else { meant().unwrap_or(text).to_owned() }
}

/// Returns whether a cell of `column` holds one of the `words` of a term. `text` is the text of the cell, which may
/// hold several values with commas between them.
fn says(column: Column, text: &str, words: &[Box<str>]) -> bool {
    if words::judges(column) {
        return words.iter().any(|word| words::is(text, word));
    }
    if column.kind() == ColumnKind::Text {
        let is_same = |word: &str| match text.is_ascii() {
            true => text.trim_ascii().eq_ignore_ascii_case(word),
            false => search_form(text).trim() == word,
        };
        return words.iter().any(|word| is_same(word));
    }
    let one_of = |text: &str| words.iter().any(|word| alike(word, text));
    one_of(text) || (column.kind() == ColumnKind::Words && text.contains(',') && text.split(',').any(one_of))
}

/// Returns whether at least one of the retry codes in `text` is of one of the `kinds`. The codes in `text` have commas
/// between them.
fn is_of_kind(text: &str, kinds: &[RetryKind]) -> bool {
    !kinds.is_empty() && text.split(',').filter_map(|code| RetryKind::of(code.trim())).any(|kind| kinds.contains(&kind))
}

/// Returns whether it cannot be known if a cell of `column` matches a term. This is so if three conditions are true:
///
/// - The column shows a result such as `approved`.
/// - The text `text` of the cell is not a documented result.
/// - One of the `words` of the term is a documented result.
fn is_unclear(column: Column, text: &str, words: &[Box<str>]) -> bool {
    let is_documented = |text: &str| words::documented_spelling(column, text).is_some();
    words::judges(column) && !is_documented(text) && words.iter().any(|word| is_documented(word))
}

/// Returns whether a cell of `column` may hold one of the `words` of a term if its text was cut off. `text` is the
/// beginning of the full text of the cell, which is all that was kept.
fn may_say(column: Column, text: &str, words: &[Box<str>]) -> bool {
    column.kind() == ColumnKind::Words || words.iter().any(|word| word.len() > text.len())
}

/// Returns `text` in the form in which a filter compares words of columns such as the nationality. The form has no
/// case, width, accents and outer blanks, and has `_` for space and `-`. Columns that show a result, such as the
/// status, are compared otherwise, since their words must be spelled exactly.
pub(super) fn plain(text: &str) -> String {
    search_form(text).trim().replace([' ', '-'], "_")
}

/// Returns whether `text` and `word` are equal in the form of [`plain`], in which `word` already is. Memory is
/// allocated only if `text` is not ASCII.
pub(super) fn alike(word: &str, text: &str) -> bool {
    is_same(word, text) || if text.is_ascii() { is_same(word, text.trim_ascii()) } else { plain(text) == word }
}

/// Returns whether `text` and `word` are equal in the form of [`plain`], in which `word` already is. `text` must be
/// ASCII without white space around it.
fn is_same(word: &str, text: &str) -> bool {
    let letter = |(byte, wanted): (&u8, &u8)| match byte {
        b' ' | b'-' => *wanted == b'_',
        _ => byte.to_ascii_lowercase() == *wanted,
    };
    text.len() == word.len() && text.as_bytes().iter().zip(word.as_bytes()).all(letter)
}
