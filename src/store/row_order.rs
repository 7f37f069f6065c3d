//! Decides which rows of the loaded submissions are shown in the list on the screen, and in which order.

use std::cmp::Ordering;
use std::fmt;

use crate::kit::Ticket;
use crate::query::{MissingParts, Params, Query, SearchedRows, Verdict};
use crate::submission::row::{Column, ColumnKind, Row, column_names};
use crate::text::{Mask, search_form};

use super::{Content, Entry, Listing, Revision, Store};

/// Sort order of the list: a column and a direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// Column by whose values the rows are sorted.
    pub column: Column,
    /// Whether the largest or newest value of the column comes first; `false` if the smallest or oldest comes first.
    pub descending: bool,
}

impl Default for Sort {
    /// Returns the default sort order: by creation time, newest first. Rows are sorted because the documentation does
    /// not say in which order the service sends them.
    fn default() -> Self {
        Self { column: Column::Created, descending: true }
    }
}

impl Sort {
    /// Parses the name of a column with an optional `:desc` or `:asc`, such as `waiting:desc`. Without it, the smallest
    /// or oldest value comes first.
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (name, descending) = match text.rsplit_once(':') {
            Some((name, "desc")) => (name, true),
            Some((name, "asc")) => (name, false),
            Some(_) => return Err("only :desc may follow the column's name".to_owned()),
            None => (text, false),
        };
        let column = Column::named(name).ok_or_else(|| column_names::unknown(name))?;
        Ok(Self { column, descending })
    }

    /// Returns the sort key of a row: rows are shown in ascending order of their keys. `row` is `None` for an item that
    /// cannot be read. Rows without a value in the sort column come after all other rows, and unreadable items come
    /// last.
    pub fn rank(self, row: Option<&Row>) -> impl Ord + use<> {
        let key = row.map(|row| SortKey::of(row, self.column));
        Ranked { unreadable: row.is_none(), key, descending: self.descending }
    }
}

impl fmt::Display for Sort {
    /// Writes the order as [`Self::parse`] reads it, such as `waiting:desc`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.column.spec().key, if self.descending { ":desc" } else { "" })
    }
}

/// Order of the list on the screen: the indexes (in the store) of the entries that are shown, from the first row to the
/// last.
#[derive(Default)]
pub struct RowOrder {
    rows: Vec<u32>,
    /// For each term of the query: the number of rows for which the term cannot be decided, since the field that
    /// the term tests is missing in the row.
    unknown: Vec<usize>,
    /// Number of rows for which a local term cannot be decided, and that no other local term hides.
    undecided: usize,
    searched: SearchedRows,
    /// What the rows lack that the local terms leave, shown or undecided, for the terms to be decided.
    missing: MissingParts,
    /// Number of rows that match the query but are held back (new rows that the user did not reveal yet).
    held: usize,
    /// Number of times that [`Self::update`] made the order again.
    version: u64,
    /// Inputs (query, sort order and others) from which the order was made, to detect whether the order must be made
    /// again; `None` if the order must be made again in any case.
    basis: Option<OrderBasis>,
}

/// Inputs from which an order of rows is made: the listing, the query, the mask level and the sort order. The type does
/// not implement `Debug`, since a query may hold identity data.
struct OrderBasis {
    listing: Ticket,
    revision: Revision,
    /// Value of [`Revision::content`] (a counter of answers for loaded rows) when the rows were sorted.
    ordered_at: u64,
    text: String,
    params: Params,
    mask: Mask,
    sort: Sort,
}

impl OrderBasis {
    /// Returns whether the rows may keep their places on the screen. `self` holds the values with which the rows were
    /// sorted: list, filter, mask level and sort order. The rows keep their places if the current values, which the
    /// parameters hold, give the same order. Otherwise, they must be filtered and sorted again.
    fn keeps_places(&self, listing: &Listing, query: &Query, mask: Mask, sort: Sort) -> bool {
        self.listing == listing.ticket
            && self.revision.order == listing.store.revision().order
            && self.sort == sort
            && self.text == query.text()
            // The same text means something else on another day.
            && self.params == *query.params()
            // Search text is looked for only in what the mask level shows.
            && (self.mask == mask || query.unsearched(Mask::All).is_none())
    }
}

impl RowOrder {
    /// Creates the order of the rows of a store. Rows that do not match the local terms of the query (the terms that
    /// this program tests) are hidden. `sort` gives the order of the others (see [`Sort::rank`]). A term without a key,
    /// such as `kim`, searches only values that the mask level `mask` does not hide.
    pub fn of(store: &Store, query: &Query, mask: Mask, sort: Sort) -> Self {
        let mut new = Self::filtered(store, query, mask);
        new.rows.sort_by_cached_key(|index| {
            let readable = |entry: &&Entry| matches!(entry.content(), Content::Readable { .. });
            sort.rank(store.get(*index).filter(readable).map(Entry::row))
        });
        new
    }

    /// Updates the order of the rows to a listing, a query, a mask level and a sort order. If none of them changed
    /// since the last update, nothing is done. If only answers for loaded rows arrived, rows keep their places and only
    /// the counts are updated (see [`Revision`]).
    pub fn update(&mut self, listing: &Listing, query: &Query, mask: Mask, sort: Sort) {
        let revision = listing.store.revision();
        let kept = self.basis.take_if(|basis| basis.keeps_places(listing, query, mask, sort));
        if kept.as_ref().is_some_and(|basis| basis.revision == revision) {
            self.basis = kept;
            return;
        }
        let version = self.version + 1;
        let (new, ordered_at) = match kept {
            Some(basis) if !self.rows.is_empty() => {
                (std::mem::take(self).recounted(&listing.store, query, mask), basis.ordered_at)
            }
            _ => (Self::of(&listing.store, query, mask, sort), revision.content),
        };
        let (text, params) = (query.text().to_owned(), query.params().clone());
        let basis = OrderBasis { listing: listing.ticket, revision, ordered_at, text, params, mask, sort };
        *self = Self { basis: Some(basis), version, ..new };
    }

    /// Forgets the listing, query, mask level and sort order for which the rows were sorted, so that the next
    /// [`Self::update`] sorts the rows again. Does nothing if answers for loaded rows arrived after the sorting, since
    /// rows must not move because of these answers.
    #[cfg(test)]
    pub fn forget(&mut self) {
        if let Some(basis) = &self.basis
            && basis.ordered_at == basis.revision.content
        {
            self.basis = None;
        }
    }

    /// Returns the order with the same rows at the same places, but counts again which rows of `store` are held back
    /// (new rows that are not shown yet), and for which rows a local term of `query` cannot be decided. A row keeps its
    /// place even if its values changed.
    #[must_use]
    pub fn recounted(self, store: &Store, query: &Query, mask: Mask) -> Self {
        Self { rows: self.rows, ..Self::filtered(store, query, mask) }
    }

    /// Returns the rows of a store that match the local terms of a query (the terms that this program tests). The rows
    /// are in the order in which they arrived, not sorted. A term without a key, such as `kim`, searches only values
    /// that the mask level `mask` does not hide.
    fn filtered(store: &Store, query: &Query, mask: Mask) -> Self {
        let mut new =
            Self { rows: Vec::with_capacity(store.len()), unknown: vec![0; query.terms().len()], ..Self::default() };
        for (index, entry) in (0..).zip(store.entries()) {
            let verdict = query.judge(entry.row(), mask);
            new.searched.add(query, entry.row());
            let is_text_open = query.has_search_text() && !entry.row().carries_all();
            if (verdict == Verdict::Undecided || is_text_open)
                && let Some(lacking) = query.lacking(entry.row(), mask)
            {
                store.lacking_row(index, lacking).into_iter().for_each(|row| row.add_to(&mut new.missing));
            }
            new.undecided += usize::from(verdict == Verdict::Undecided);
            if verdict == Verdict::Undecided {
                for term in query.unknown_terms(entry.row()) {
                    if let Some(count) = new.unknown.get_mut(term) {
                        *count += 1;
                    }
                }
            }
            if verdict == Verdict::Shown && store.changes().is_pending(index) {
                new.held += 1;
            } else if verdict == Verdict::Shown {
                new.rows.push(index);
            }
        }
        new
    }

    /// Returns the number of times that [`Self::update`] changed the order. The number shows whether anything that is
    /// derived from the rows must be derived again.
    pub const fn version(&self) -> u64 {
        self.version
    }

    /// Returns the number of rows that match the query but are held back (new rows that the user did not reveal yet).
    pub const fn pending(&self) -> usize {
        self.held
    }

    /// Returns the indexes (in the store) of the shown entries, in the order of the screen.
    pub fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// Returns, for each term of the query, the number of rows for which this program cannot decide the term, since the
    /// field that the term tests is missing in the row. The number is 0 for a term that the service tests.
    pub fn unknown(&self) -> &[usize] {
        &self.unknown
    }

    /// Returns the number of rows that are neither shown nor hidden, because a local term cannot be decided for them.
    pub const fn undecided(&self) -> usize {
        self.undecided
    }

    /// Returns in how many rows the search texts of the query were searched, and in how many of them only in a part of
    /// the columns.
    pub const fn searched(&self) -> SearchedRows {
        self.searched
    }

    /// Returns the values to fetch so that this program can test every local term (a condition of the filter that it
    /// tests itself). Rows that a local term already hides need no values.
    pub const fn missing(&self) -> &MissingParts {
        &self.missing
    }

    /// Returns the position of an entry on the list, counted from 0; `None` if the entry is not shown. `index` is the
    /// index of the entry in the store.
    pub fn position(&self, index: u32) -> Option<usize> {
        self.rows.iter().position(|row| *row == index)
    }
}

/// Value of a row in the sort column, in a form that can be compared.
#[derive(PartialEq)]
enum SortKey {
    Number(f64),
    Text(Box<str>),
    Nothing,
}

impl SortKey {
    fn of(row: &Row, column: Column) -> Self {
        let number = match column.kind() {
            ColumnKind::Number | ColumnKind::Count | ColumnKind::Duration => row.number(column),
            #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit into 53 bits")]
            ColumnKind::Time => row.time(column).map(|at| at.as_millisecond() as f64),
            ColumnKind::Text | ColumnKind::Word | ColumnKind::Words | ColumnKind::Judgement => {
                return row.cell(column).text().map_or(Self::Nothing, |text| Self::Text(search_form(text).into()));
            }
        };
        number.map_or(Self::Nothing, Self::Number)
    }
}

#[derive(PartialEq)]
struct Ranked {
    unreadable: bool,
    key: Option<SortKey>,
    descending: bool,
}

impl Eq for Ranked {}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_value = match (&self.key, &other.key) {
            (Some(SortKey::Number(a)), Some(SortKey::Number(b))) => a.total_cmp(b),
            (Some(SortKey::Text(a)), Some(SortKey::Text(b))) => a.cmp(b),
            (Some(SortKey::Nothing) | None, Some(SortKey::Nothing) | None) => Ordering::Equal,
            (Some(SortKey::Nothing) | None, _) => {
                return self.unreadable.cmp(&other.unreadable).then(Ordering::Greater);
            }
            (_, Some(SortKey::Nothing) | None) => return self.unreadable.cmp(&other.unreadable).then(Ordering::Less),
            (Some(SortKey::Number(_)), Some(SortKey::Text(_))) => Ordering::Less,
            (Some(SortKey::Text(_)), Some(SortKey::Number(_))) => Ordering::Greater,
        };
        let by_value = if self.descending { by_value.reverse() } else { by_value };
        self.unreadable.cmp(&other.unreadable).then(by_value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::submission::row::Cell;

    #[test]
    fn names_are_sorted_as_they_are_searched() {
        let named =
            |name: &str| Row::new(|column| if column == Column::Name { Cell::Text(name) } else { Cell::NotFetched });
        let sort = Sort { column: Column::Name, descending: false };
        let mut names = ["zoe", "Özil", "Øberg", "Ödön", "istanbullu", "İnan", "Ｂｏｎｄ", "Álvarez"];
        names.sort_by_key(|name| sort.rank(Some(&named(name))));
        assert_eq!(names, ["Álvarez", "Ｂｏｎｄ", "İnan", "istanbullu", "Øberg", "Ödön", "Özil", "zoe"]);
    }

    /// Returns the texts in the order in which the list sorts rows that have these texts in the column `column`. If
    /// `descending` is true, the order of the values is reversed.
    fn sorted<'t>(column: Column, descending: bool, texts: &[&'t str]) -> Vec<&'t str> {
        let row = |text: &str| Row::new(|of| if of == column { Cell::Text(text) } else { Cell::NotFetched });
        let mut texts = texts.to_vec();
        texts.sort_by_key(|text| Sort { column, descending }.rank(Some(&row(text))));
        texts
    }

    #[test]
    fn what_is_no_number_for_a_filter_is_none_for_sorting() {
        let no_numbers = ["inf", "NaN", "-inf", "infinity", "1e999", "80%", "1,000", "0x10", "８０", "high"];
        let all = [&no_numbers[..], &["9", "1e2", " 80 ", "-3", "80.5"]].concat();
        assert_eq!(sorted(Column::ArgosScore, true, &all)[..5], ["1e2", "80.5", " 80 ", "9", "-3"]);
        assert_eq!(sorted(Column::ArgosScore, true, &all)[5..], no_numbers, "last, as they came");
        assert_eq!(sorted(Column::Attempts, false, &all)[..5], ["-3", "9", " 80 ", "80.5", "1e2"]);
        assert_eq!(sorted(Column::ArgosScore, true, &["0", "-0", "0.0"]), ["0", "-0", "0.0"]);
        for text in all {
            let row = Row::new(|_| Cell::Text(text));
            let query = Query::parse("score>-999 attempts>-999", jiff::civil::Date::ZERO);
            let is_number = query.judge(&row, Mask::None) == Verdict::Shown;
            assert_eq!(is_number, !no_numbers.contains(&text), "{text}");
        }
    }

    #[test]
    fn times_are_sorted_as_instants_whatever_their_form() {
        let times = ["2026-11-21T09:00:00+09:00", "2026-11-21 01:00:00", "soon", "2026-11-20T23:59:59.999Z"];
        for column in [Column::Created, Column::Updated] {
            let newest_first = [times[1], times[0], times[3], times[2]];
            assert_eq!(sorted(column, true, &times), newest_first, "{column:?}");
        }
    }
}
