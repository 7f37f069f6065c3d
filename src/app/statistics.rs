//! The statistics: counts over the rows that the list shows. They are computed only while the statistics are open, and
//! only after a change.
//!
//! While the list is being loaded, its rows change with each page. Then only the new rows are counted and added to the
//! earlier counts. So all pages together take as long as one count of all rows. Many rows are counted in steps, so that
//! the program reacts to keys meanwhile. The statistics say how many rows are not counted yet.

use std::time::Duration;

use super::{Focus, Model, Slot};
use crate::kit::Ticket;
use crate::overlays::{Overlay, SCREEN_GROUPS, StatisticsCounts};
use crate::store::{Content, Store};
use crate::submission::tally::{Tally, TallyGroup};
use crate::text::{Mask, Safe, counted};

/// Largest number of rows that are counted in one step, which takes a few milliseconds.
const ROWS_PER_STEP: usize = 5_000;

/// The inputs from which the statistics were counted. While they are unchanged, nothing is counted again.
#[derive(PartialEq)]
struct StatisticsBasis {
    /// Number that increases with every update of the list's rows.
    updates: u64,
    /// Two values: the text that says how much of the list is loaded, and whether its rows are those of the previous
    /// query.
    scope: (Safe, bool),
    values: ValuesBasis,
}

/// The inputs on which the values of the loaded rows depend, such as the mask level. While they are unchanged, earlier
/// counts stay valid.
#[derive(Clone, Copy, PartialEq)]
struct ValuesBasis {
    listing: Option<Ticket>,
    /// Number that increases with every change of the values of loaded rows.
    changes: u64,
    mask: Mask,
}

/// The counts of the statistics, and the rows that are counted in them.
pub(super) struct CountedRows {
    basis: StatisticsBasis,
    /// Whether an entry (row or unreadable item) is counted, for each index in the store of loaded submissions. Entries
    /// with larger indexes are not counted.
    is_counted: Vec<bool>,
    /// Number of counted entries: rows and unreadable items.
    entries: usize,
    /// Number of shown rows that the counting has already gone through, beginning with the first shown row.
    done: usize,
    /// Number of counted rows, without unreadable items.
    rows: usize,
    /// Number of counted entries that cannot be read as submissions.
    unreadable: usize,
    tallies: [(TallyGroup, Tally); SCREEN_GROUPS.len()],
    /// For tests: number of rows that were read since the statistics were opened, including those of dropped counts.
    #[cfg(test)]
    pub(super) read: usize,
}

impl CountedRows {
    fn new(basis: StatisticsBasis) -> Self {
        Self {
            basis,
            is_counted: Vec::new(),
            entries: 0,
            done: 0,
            rows: 0,
            unreadable: 0,
            tallies: SCREEN_GROUPS.map(|group| (group, Tally::default())),
            #[cfg(test)]
            read: 0,
        }
    }

    /// Returns the counts with which the counting continues for the new inputs `basis`. The earlier counts are kept if
    /// no value changed and all counted rows are among `shown`, the rows that the list shows now. Otherwise the result
    /// is empty.
    fn continue_with(self, basis: StatisticsBasis, shown: &[u32]) -> Self {
        let kept = shown.iter().filter(|index| self.contains(**index)).count();
        let is_true = self.basis.values == basis.values && kept == self.entries;
        #[cfg(test)]
        let read = self.read;
        let continued = if is_true { Self { basis, done: 0, ..self } } else { Self::new(basis) };
        #[cfg(test)]
        let continued = Self { read, ..continued };
        continued
    }

    fn contains(&self, entry: u32) -> bool {
        self.is_counted.get(entry as usize).copied().unwrap_or_default()
    }

    /// Counts those `shown` rows that are not counted yet, at most [`ROWS_PER_STEP`] of them. The rows are indexes in
    /// `store`. A value that the mask level `mask` hides is counted only as hidden.
    fn count_rows(&mut self, store: &Store, shown: &[u32], mask: Mask) {
        self.is_counted.resize(store.len(), false);
        let mut left = ROWS_PER_STEP;
        for index in shown.iter().skip(self.done) {
            if left == 0 {
                return;
            }
            self.done += 1;
            let Some(entry) = store.get(*index).filter(|_| !self.contains(*index)) else { continue };
            self.is_counted.iter_mut().skip(*index as usize).take(1).for_each(|is_counted| *is_counted = true);
            self.entries += 1;
            left -= 1;
            if matches!(entry.content(), Content::Unreadable { .. }) {
                self.unreadable += 1;
                continue;
            }
            self.rows += 1;
            let row = store.row(*index);
            for (group, tally) in &mut self.tallies {
                tally.count_row(*group, &row, mask);
            }
            #[cfg(test)]
            {
                self.read += 1;
            }
        }
    }
}

impl Model {
    /// Opens the statistics: an overlay with counts of the shown rows, such as the number of rows with each status.
    pub(super) fn open_statistics(&mut self) {
        self.selection.counted = None;
        self.overlay = Some(Overlay::statistics());
    }

    /// Counts the next rows for the statistics, if these are open and rows are not counted yet.
    pub(super) fn update_statistics(&mut self) {
        if !matches!(self.overlay_under_help(), Some(Overlay::Statistics(_))) {
            return;
        }
        let (basis, shown) = (self.statistics_basis(), self.rows.rows());
        let is_current = |counted: &CountedRows| counted.basis == basis && counted.done == shown.len();
        let is_current = self.selection.counted.as_ref().is_some_and(is_current);
        if !is_current {
            let counted = match self.selection.counted.take() {
                Some(counted) if counted.basis == basis => counted,
                Some(counted) => counted.continue_with(basis, shown),
                None => CountedRows::new(basis),
            };
            let counted = self.selection.counted.insert(counted);
            if let Some(listing) = self.listing.value() {
                counted.count_rows(&listing.store, shown, self.mask);
            }
            if counted.done < shown.len() && !self.timers.is_running(Slot::Statistics) {
                // The next step follows as a message of its own, after the keys that are waiting.
                self.start_timer(Slot::Statistics, Duration::ZERO);
            }
        }
        let counts = if is_current { None } else { self.statistics_counts() };
        let Some(Overlay::Statistics(view)) = self.overlay.as_mut().map(Overlay::under_help_mut) else { return };
        match counts {
            Some(counts) => view.set(counts, self.size),
            None => view.fit(self.size),
        }
    }

    fn statistics_basis(&self) -> StatisticsBasis {
        let listing = self.listing.value();
        StatisticsBasis {
            updates: self.rows.version(),
            scope: (self.list_scope(), self.shows_previous_query()),
            values: ValuesBasis {
                listing: listing.map(|listing| listing.ticket),
                changes: listing.map_or(0, |listing| listing.store.value_changes()),
                mask: self.mask,
            },
        }
    }

    /// Returns the counts of the shown rows, with sentences about rows that are not counted; `None` if nothing was
    /// counted yet.
    fn statistics_counts(&self) -> Option<StatisticsCounts> {
        let counted_rows = self.selection.counted.as_ref()?;
        let mut remarks = Vec::new();
        if self.shows_previous_query() {
            remarks.push(Safe::from_static("These are rows of the previous query."));
        }
        let left_out = [
            (counted_rows.unreadable, "unreadable row", "not a submission"),
            (self.rows.undecided(), "row", "hidden: unknown if the filter matches"),
            (self.rows.pending(), "new row", "not shown yet"),
        ];
        for (count, what, why) in left_out.into_iter().filter(|(count, ..)| *count > 0) {
            remarks.push(Safe::sanitize(&format!("Not counted: {} ({why}).", counted(count, what))));
        }
        let (scope, _) = counted_rows.basis.scope.clone();
        let groups = counted_rows.tallies.to_vec();
        let left = self.rows.rows().len().saturating_sub(counted_rows.done);
        Some(StatisticsCounts { scope, remarks, rows: counted_rows.rows, left, groups })
    }

    /// Adds `term` to the filter and applies the filter to the loaded rows. `term` is a local term, a condition that
    /// this program tests itself. A term such as `status:rejected` replaces an earlier term with the same key.
    pub(super) fn add_term(&mut self, term: &str) {
        let (today, text) = (self.today(), self.filter.applied().with_term(term));
        self.filter.apply(&text, today);
        self.focus(Focus::List);
        self.apply_filter();
    }

    /// Opens the filter bar with the applied filter and `term` added to it, so that the user can change or confirm it.
    /// `term` is a server term, a condition that the service tests. Confirming it sends a request.
    pub(super) fn edit_term(&mut self, term: &str) {
        let text = self.filter.applied().with_term(term);
        self.edit_filter(|filter, today, seen| filter.open_with(&text, today, seen));
    }
}
