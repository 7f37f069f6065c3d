//! Search texts: the words of a filter line without a key, such as `kim`. This module counts the rows in which only
//! some columns could be searched. It also finds the search texts that look like a submission id.

use super::{Query, Term, Tester};
use crate::submission::row::Row;
use crate::text::typed::is_quotation_mark;
use crate::text::{Mask, Safe};

/// Maximum width in columns of a search text on the screen outside of the typed filter, without its quotation marks.
const MAX_TEXT_WIDTH: usize = 12;

/// Counts of the rows in which the search texts of a query (words without a key) were searched. Rows of list data lack
/// some columns. A text that was not found in such a row may be in a column that was not fetched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SearchedRows {
    /// Number of searched rows that lack at least one column.
    in_part: usize,
    all: usize,
    /// Whether the rows come from a file. Then the missing columns cannot be fetched.
    is_of_file: bool,
}

impl SearchedRows {
    /// Counts `row` as a row in which the search texts of `query` (words without a key) were searched. Rows that lack a
    /// column are also counted separately. Does nothing if the query has no search text.
    pub fn add(&mut self, query: &Query, row: &Row) {
        self.add_rows(query, 1, usize::from(!row.carries_all()));
    }

    /// Counts `all` rows at once, in which the search texts of `query` were searched. `in_part` of these rows lack the
    /// value of at least one column. Does nothing if the query has no search text.
    pub(super) fn add_rows(&mut self, query: &Query, all: usize, in_part: usize) {
        if query.has_search_text() && all > 0 {
            self.all += all;
            self.is_of_file = query.tester == Tester::Program;
            self.in_part += in_part;
        }
    }

    /// Adds the numbers of rows in `other` to those in `self`.
    pub const fn merge(&mut self, other: Self) {
        self.in_part += other.in_part;
        self.all += other.all;
        self.is_of_file |= other.is_of_file;
    }

    /// Returns whether all columns of all rows were searched, that is, no row lacked a column.
    pub const fn is_whole(self) -> bool {
        self.in_part == 0
    }

    /// Returns whether every searched row lacked a column, as rows of list data do. The search then covers only the
    /// columns that list data has.
    pub const fn is_list_data(self) -> bool {
        self.in_part > 0 && self.in_part == self.all
    }

    /// Returns a text for stderr and for reports, such as `text: searched in list data only (148 of 150 rows)`. It says
    /// in how many rows a search text was searched only in the columns of list data. For the rows of a file, it says how
    /// many lack fields. Returns `None` if every column of every row was searched.
    pub fn line(self) -> Option<String> {
        let Self { in_part, all, is_of_file } = self;
        let words = if is_of_file {
            format!("text: the file lacks fields of {in_part} of {all} rows")
        } else {
            format!("text: searched in list data only ({in_part} of {all} rows)")
        };
        (!self.is_whole()).then_some(words)
    }

    /// Returns [`Self::line`] as a clause for the screen, such as `148 of 150 rows not
    /// fully loaded: "kim" may be in them`. `texts` names these texts; see [`Query::search_text_names`].
    pub fn clause(self, texts: &str) -> Option<String> {
        let Self { in_part, all, is_of_file } = self;
        let words = if is_of_file {
            format!("{in_part} of {all} rows lack fields in the file: {texts} may be in them")
        } else {
            format!("{in_part} of {all} rows not fully loaded: {texts} may be in them")
        };
        (!self.is_whole()).then_some(words)
    }

    /// Returns a sentence for stderr which says that the search texts were searched only in the columns of the list.
    /// Other fields of the records were not searched. Returns `None` if a row lacked a column (then [`Self::line`]
    /// returns a text), or if nothing was searched.
    pub fn columns_only(self) -> Option<&'static str> {
        (self.all > 0 && self.is_whole())
            .then_some("text: searched in the columns, not in the other fields of the records")
    }
}

impl Query {
    /// Returns whether the query has a search text (a word without a key).
    pub fn has_search_text(&self) -> bool {
        self.terms.iter().any(Term::is_search_text)
    }

    /// Returns the names of the search texts for a sentence, each text in quotation marks, as in `"kim" and "seoul"`. A
    /// negation is left out. If the mask level `mask` hides a text, returns `the typed text`.
    pub fn search_text_names(&self, mask: Mask) -> String {
        let texts = || self.terms.iter().filter(|term| term.is_search_text());
        if texts().any(|term| term.class().hidden_at(mask)) {
            return "the typed text".to_owned();
        }
        let mut names: Vec<String> = Vec::new();
        for name in texts().map(|term| self.quoted_text(term)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.join(" and ")
    }

    /// Returns the text of `term`, a search text of this query, in quotation marks. A negation is left out, and a long
    /// text is cut.
    pub fn quoted_text(&self, term: &Term) -> String {
        let text = self.text().get(term.span()).unwrap_or_default();
        let text = if term.negated { text.strip_prefix('!').unwrap_or(text) } else { text };
        let text = Safe::sanitize(text.trim_matches(is_quotation_mark));
        format!("\"{}\"", text.fit(MAX_TEXT_WIDTH).as_str())
    }

    /// Returns the search texts of this query that look like a submission id, so that the key `id` can be suggested to
    /// the user. A search text is only searched in loaded rows, but the key `id` makes the service look a submission
    /// up. Search texts with a negation are left out. The result is empty if the query has the key `id` already.
    pub fn id_texts(&self) -> impl Iterator<Item = &str> {
        let texts = self.terms.iter().filter(|term| term.is_search_text() && !term.negated);
        let texts = texts.map(|term| term.written.as_str()).filter(|text| looks_like_id(text));
        texts.filter(|_| self.params.submission_id.is_none())
    }
}

impl Term {
    fn is_search_text(&self) -> bool {
        self.key.is_none()
    }
}

/// Returns whether a text looks like a submission id of the service: 10 to 40 ASCII letters, digits and `_`, with at
/// least one letter and one digit. The ids in the service's documentation have 13 to 18 characters.
pub(super) fn looks_like_id(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let has = |is: fn(&u8) -> bool| text.as_bytes().iter().any(is);
    (10..=40).contains(&text.len())
        && text.bytes().all(is_part)
        && has(u8::is_ascii_digit)
        && has(u8::is_ascii_alphabetic)
}
