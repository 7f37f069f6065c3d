//! Watching the list, and the notice about new and changed rows. While the user has turned watching on, the list is
//! refreshed at regular intervals.

use super::{Effect, Model, Slot};
use crate::failure::{Failure, FailureKind};
use crate::keys::Action;
use crate::store::MergeStats;
use crate::text::Safe;

impl Model {
    /// Turns watching on or off. While watching is on, the list is refreshed at regular intervals.
    pub(super) fn toggle_watch(&mut self) {
        if self.is_watching() {
            self.stop_timer(Slot::AutoRefresh);
            return self.notify(Safe::from_static("Watching stopped"), false);
        }
        let every = self.config.watch.every.as_secs();
        let stops = self.config.keymap.key_remark(Action::Watch, "stops");
        let text = format!("Watching: refresh every {every} s{stops}");
        self.notify(Safe::sanitize(&text), false);
        self.start_timer(Slot::AutoRefresh, self.config.watch.every);
    }

    /// Returns whether watching is on. While watching is on, the list is refreshed at regular intervals.
    pub(super) fn is_watching(&self) -> bool {
        self.timers.is_running(Slot::AutoRefresh)
    }

    /// Handles the end of the timer between two automatic refreshes: refreshes the list and starts the timer again. In
    /// each of these cases, no request is sent, and only the timer starts again:
    /// - Another list request is running.
    /// - The user edits the filter.
    /// - Values that the loaded rows lack are being fetched.
    pub(super) fn poll_due(&mut self) {
        self.start_timer(Slot::AutoRefresh, self.config.watch.every);
        if self.filter.editor().is_some() || self.listing.is_loading() || self.fetch.is_running() {
            return;
        }
        if self.listing.is_current() {
            self.request_refresh();
        } else if self.listing.failure().is_some() {
            self.request_first_page();
        }
    }

    /// Shows a notice that says how many rows a refresh of the list added or changed. `merged` has these counts. If
    /// watching is on (regular refreshes of the list) and the configuration allows it, new or changed rows also ring
    /// the terminal's bell.
    pub(super) fn notify_refreshed(&mut self, merged: MergeStats) {
        let count = |count: usize, what: &str| (count > 0).then(|| format!("{count} {what}"));
        let news: Vec<String> =
            [count(merged.new, "new"), count(merged.changed, "changed")].into_iter().flatten().collect();
        if !news.is_empty() {
            if self.is_watching() && self.config.watch.bell {
                self.outbox.push(Effect::Bell);
            }
            self.notify(Safe::sanitize(&format!("Refreshed: {}", news.join(", "))), false);
        } else if !self.is_watching() {
            self.notify(Safe::from_static("Refreshed: nothing new"), false);
        }
    }

    /// Turns watching (the regular refreshes of the list) off after a failure that does not pass by itself, such as a
    /// rejected API key. After any other failure, watching stays on.
    pub(super) fn watch_failed(&mut self, failure: &Failure) {
        let passes = !matches!(
            failure.kind,
            FailureKind::Key
                | FailureKind::BlockedAddress
                | FailureKind::UnknownPath
                | FailureKind::BadRequest
                | FailureKind::QuotaUsedUp
                | FailureKind::Tls
                | FailureKind::Proxy
        );
        if self.is_watching() && !passes {
            self.toggle_watch();
            let text =
                Safe::concat(&[Safe::from_static("Watching stopped: "), Safe::from_static(failure.kind.short())]);
            self.notify(text, true);
        }
    }

    /// Handles the key for new rows. New rows of earlier refreshes are held back until this key shows them. If no rows
    /// are held back, removes the marks of new and changed rows. If there are no such marks either, only shows a
    /// notice.
    pub(super) fn show_news(&mut self) {
        let held = self.rows.pending();
        let Some(listing) = self.listing.value_mut() else { return };
        let news = listing.store.news_mut();
        if news.is_empty() {
            return self.notify(Safe::from_static("Nothing new or changed"), false);
        }
        if held > 0 {
            news.reveal();
        } else {
            news.acknowledge();
        }
    }
}
