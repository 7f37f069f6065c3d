//! Decides which of the loaded submissions are shown as rows in the list on the screen, and in which order.
//!
//! Work is not repeated: the rows of the store are sorted once for a sort order ([`SortedRows`]), and a filter selects
//! from them. The results of the terms of a filter are kept while the user types ([`TermCache`]).

use crate::kit::Ticket;
use crate::query::{JudgedRows, MissingParts, Params, Query, SearchedRows, TermCache};
use crate::text::Mask;

use super::sorted_rows::SortedRows;
use super::{Listing, Revision, Sort, Store};

/// Order of the list on the screen: the indexes (in the store) of the entries that are shown, from the first row to the
/// last.
#[derive(Default)]
pub struct RowOrder {
    rows: Vec<u32>,
    /// All rows of the store in the sort order, shown or not. The shown rows are some of them, in the same order.
    sorted: SortedRows,
    /// For each of the last terms of the filter: which rows match the term.
    answers: TermCache,
    /// For each term of the query: the number of rows for which the term cannot be decided. Such a row lacks the field
    /// that the term tests.
    unknown: Vec<usize>,
    /// Number of rows that are neither shown nor hidden. For such a row, a local term (one that this program tests
    /// itself) cannot be decided, and no other local term hides the row.
    undecided: usize,
    searched: SearchedRows,
    /// The values that must be fetched to decide the local terms for the rows that are shown or undecided.
    missing: MissingParts,
    /// Number of rows that match the query but are held back (new rows that the user did not reveal yet).
    held: usize,
    /// Number of times that [`Self::update`] computed the rows or the counts again.
    version: u64,
    /// The listing to which `sorted` and `answers` belong; `None` before the first listing.
    listing: Option<Ticket>,
    /// Inputs (query, sort order and others) from which the order was computed, to detect a change of them. `None` if
    /// the order must be computed again in any case.
    basis: Option<OrderBasis>,
}

/// Inputs from which an order of rows is computed: the listing, the query, the mask level and the sort order. The type
/// does not implement `Debug`, since a query may hold identity data.
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
    /// Returns whether the rows may keep their places on the screen. `self` holds the inputs with which the rows were
    /// sorted; the parameters are the current inputs. False means that the current inputs may give another order, so
    /// that the rows must be filtered and sorted again.
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
    /// Creates the order of the rows of `store`. Rows that do not match the local terms of `query` (the terms that this
    /// program tests itself) are hidden. `sort` gives the order of the other rows (see [`Sort::rank`]). A term without
    /// a key, such as `kim`, searches only values that the mask level `mask` does not hide.
    pub fn of(store: &Store, query: &Query, mask: Mask, sort: Sort) -> Self {
        let mut new = Self::default();
        let shown = new.count(store, query, mask);
        new.sorted.update(store.row_index(), sort);
        new.rows = new.sorted.only(&shown);
        new
    }

    /// Updates the order of the rows for a listing, a query, a mask level and a sort order. Does nothing if neither
    /// these inputs nor the data of the listing changed since the last update. If only answers about loaded rows
    /// arrived, the rows keep their places, and only the counts are updated (see [`Revision`]).
    pub fn update(&mut self, listing: &Listing, query: &Query, mask: Mask, sort: Sort) {
        let revision = listing.store.revision();
        let kept = self.basis.take_if(|basis| basis.keeps_places(listing, query, mask, sort));
        if kept.as_ref().is_some_and(|basis| basis.revision == revision) {
            self.basis = kept;
            return;
        }
        if self.listing != Some(listing.ticket) {
            *self = Self { listing: Some(listing.ticket), version: self.version, ..Self::default() };
        }
        self.version += 1;
        let store = &listing.store;
        let shown = self.count(store, query, mask);
        let ordered_at = match kept {
            Some(basis) if !self.rows.is_empty() => basis.ordered_at,
            _ => {
                self.sorted.update(store.row_index(), sort);
                self.rows = self.sorted.only(&shown);
                revision.content
            }
        };
        let (text, params) = (query.text().to_owned(), query.params().clone());
        self.basis = Some(OrderBasis { listing: listing.ticket, revision, ordered_at, text, params, mask, sort });
    }

    /// Makes the next [`Self::update`] sort the rows again. Does nothing if answers about loaded rows arrived after the
    /// sorting, since rows must not move because of these answers.
    #[cfg(test)]
    pub fn forget(&mut self) {
        if let Some(basis) = &self.basis
            && basis.ordered_at == basis.revision.content
        {
            self.basis = None;
        }
    }

    /// Tests all rows of `store` against the local terms of `query`, and returns for each row whether it is shown. Also
    /// counts the rows that are held back (new rows that match but are not shown yet), and the rows for which a term
    /// cannot be decided. The order of the rows on the screen is not changed.
    fn count(&mut self, store: &Store, query: &Query, mask: Mask) -> Vec<bool> {
        let judged = query.judge_all(store.row_index(), &mut self.answers, mask, &|index| store.page_of(index));
        let JudgedRows { mut shown, unknown, undecided, searched, missing } = judged;
        self.held = 0;
        for index in store.changes().held_back() {
            if let Some(shown) = shown.get_mut(index as usize) {
                self.held += usize::from(std::mem::take(shown));
            }
        }
        (self.unknown, self.undecided, self.searched, self.missing) = (unknown, undecided, searched, missing);
        shown
    }

    /// Returns a number that grows with each change of the rows or counts by [`Self::update`]. With it, a caller
    /// detects that data which it computed from the rows is outdated.
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

    /// Returns, for each term of the query, the number of rows for which this program cannot decide the term. Such a
    /// row lacks the field that the term tests. The number is 0 for a term that the service tests.
    pub fn unknown(&self) -> &[usize] {
        &self.unknown
    }

    /// Returns the number of rows that are neither shown nor hidden. Such a row lacks a value that a term of the filter
    /// tests, and no other term hides the row.
    pub const fn undecided(&self) -> usize {
        self.undecided
    }

    /// Returns the number of rows in which the search texts of the filter (words without a key, such as `kim`) were
    /// searched. Also returns the number of these rows that lack some columns: a text in such a row may have been
    /// missed.
    pub const fn searched(&self) -> SearchedRows {
        self.searched
    }

    /// Returns the values that must be fetched so that this program can test every local term (a condition of the
    /// filter that it tests itself). Rows that another term hides in any case do not count.
    pub const fn missing(&self) -> &MissingParts {
        &self.missing
    }

    /// Returns the position in the list on the screen, counted from 0, of the entry with the index `index` in the
    /// store. `None` if the entry is not shown.
    pub fn position(&self, index: u32) -> Option<usize> {
        let rank = self.sorted.rank(index)?;
        self.rows.binary_search_by_key(&Some(rank), |row| self.sorted.rank(*row)).ok()
    }
}
