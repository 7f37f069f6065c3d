//! The actions that open, edit, apply and clear the filter of the list.

use jiff::civil::Date;

use super::{Focus, Model};
use crate::keys::Action;
use crate::panes::filter::{Filter, FilterResult};
use crate::query::Vocabulary;
use crate::store::Listing;
use crate::text::Safe;

impl Model {
    /// Opens the filter bar with the function `open`. This function gets the filter, today's date, and the values of
    /// the loaded rows that the filter can offer as completions.
    pub(super) fn edit_filter(&mut self, open: impl FnOnce(&mut Filter, Date, &Vocabulary)) {
        self.selection.detached = None;
        self.selection.before_filter = self.selection.row.clone();
        self.with_filter(open);
    }

    /// Removes all terms of the filter, as if the user applied an empty filter bar. A request is sent if the filter had
    /// server terms, which are conditions that the service tests and not this program.
    pub(super) fn clear_filter(&mut self) {
        let today = self.today();
        if !self.filter.clear(today) {
            return self.notify(Safe::from_static("No filter is applied"), false);
        }
        self.selection.detached = None;
        self.prefs.focus = Focus::List;
        self.apply_filter();
        self.notify(Safe::from_static("Filter cleared"), false);
    }

    /// Calls `edit` with the filter, and returns the result of `edit`. The other arguments of `edit` are today's date,
    /// and the values of the loaded rows that the filter can offer as completions.
    pub(super) fn with_filter<T>(&mut self, edit: impl FnOnce(&mut Filter, Date, &Vocabulary) -> T) -> T {
        let (today, nothing) = (self.today(), Vocabulary::default());
        edit(&mut self.filter, today, self.listing.value().map_or(&nothing, Listing::vocabulary))
    }

    pub(super) fn filter_action(&mut self, action: Action) {
        let corrected = self.filter.editor().and_then(|editor| editor.query().correction_line(self.mask));
        match self.with_filter(|filter, today, seen| filter.update(action, today, seen)) {
            FilterResult::Applied => {
                if let Some(corrected) = corrected {
                    self.notify(corrected, true);
                }
                self.prefs.focus = Focus::List;
                self.apply_filter();
            }
            FilterResult::Refused => {
                self.notify(Safe::from_static("Filter not applied: fix the wrong term"), true);
            }
            FilterResult::Editing => {}
            FilterResult::Restored => {
                let before = self.selection.before_filter.take();
                self.selection.row = before.or(self.selection.row.take());
            }
        }
    }
}
