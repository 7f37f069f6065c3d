//! The statistics over the rows that the list shows: counted while they are open, and only after a change.

use super::{Focus, Model};
use crate::kit::Ticket;
use crate::overlays::{Overlay, SCREEN_GROUPS, StatisticsCounts};
use crate::store::{Content, Entry};
use crate::submission::tally::Tally;
use crate::text::{Mask, Safe, counted};

/// The inputs from which the statistics were counted. If the inputs are unchanged, nothing is counted again.
#[derive(PartialEq)]
pub(super) struct StatisticsBasis {
    listing: Option<Ticket>,
    /// Number of updates of the shown rows.
    updates: u64,
    mask: Mask,
    /// Text that says how much of the list is loaded, and whether the rows are those of the previous query.
    scope: (Safe, bool),
}

impl Model {
    /// Opens the statistics.
    pub(super) fn open_statistics(&mut self) {
        self.selection.counted = None;
        self.overlay = Some(Overlay::statistics());
    }

    /// Counts the shown rows for the statistics if these are open and the rows changed since the last count.
    pub(super) fn settle_statistics(&mut self) {
        if !matches!(self.overlay, Some(Overlay::Statistics(_))) {
            return;
        }
        let basis = StatisticsBasis {
            listing: self.listing.value().map(|listing| listing.ticket),
            updates: self.rows.version(),
            mask: self.mask,
            scope: (self.list_scope(), self.shows_previous_query()),
        };
        let is_current = self.selection.counted.as_ref() == Some(&basis);
        let counts = (!is_current).then(|| self.count_shown(basis.scope.0.clone()));
        let Some(Overlay::Statistics(view)) = &mut self.overlay else { return };
        match counts {
            Some(counts) => view.set(counts, self.size),
            None => view.fit(self.size),
        }
        self.selection.counted = Some(basis);
    }

    fn count_shown(&self, scope: Safe) -> StatisticsCounts {
        let mut counts = StatisticsCounts { scope, ..StatisticsCounts::default() };
        let mut tallies = SCREEN_GROUPS.map(|group| (group, Tally::default()));
        let mut unreadable = 0;
        let store = self.listing.value().map(|listing| &listing.store);
        let entries = self.rows.rows().iter().filter_map(|index| store?.get(*index));
        for entry in entries {
            if matches!(entry.content(), Content::Unreadable { .. }) {
                unreadable += 1;
                continue;
            }
            counts.rows += 1;
            for (group, tally) in &mut tallies {
                tally.take_row(*group, Entry::row(entry), self.mask);
            }
        }
        counts.groups = tallies.into();
        if self.shows_previous_query() {
            counts.remarks.push(Safe::from_static("These are rows of the previous query."));
        }
        let remarks = [
            (unreadable, "unreadable row", "not a submission"),
            (self.rows.undecided(), "row", "the filter cannot be decided for them, since they lack a value"),
            (self.rows.pending(), "new row", "not shown yet"),
        ];
        for (count, what, why) in remarks.into_iter().filter(|(count, ..)| *count > 0) {
            counts.remarks.push(Safe::sanitize(&format!("Not counted: {} ({why}).", counted(count, what))));
        }
        counts
    }

    /// Adds a local term to the filter, and narrows the list by it. A term such as `status:rejected` takes the place of
    /// an earlier term with the same key.
    pub(super) fn add_term(&mut self, term: &str) {
        let (today, text) = (self.today(), self.filter.applied().with_term(term));
        self.filter.apply(&text, today);
        self.focus(Focus::List);
        self.apply_filter();
    }

    /// Opens the filter bar with the applied filter and a server term, which the user can confirm or change.
    pub(super) fn edit_term(&mut self, term: &str) {
        let text = self.filter.applied().with_term(term);
        self.edit_filter(|filter, today, seen| filter.open_with(&text, today, seen));
    }
}
