//! Rules about asking for pages: who asks, what an answer means, and when to go on.

use jiff::Timestamp;

use super::detail::MENDED;
use super::model::Asked;
use super::{Effect, Model, Slot};
use crate::api::{Item, Next, Page};
use crate::failure::{Failure, Kind};
use crate::keys::Action;
use crate::kit::{Remote, Ticket};
use crate::query::Vocabulary;
use crate::store::{End, Listing, Stop};
use crate::text::{Safe, megabytes};

impl Model {
    /// Asks for the first page of the applied query. What is on screen stays until the answer comes.
    pub(super) fn ask_query(&mut self, effects: &mut Vec<Effect>) {
        self.load_all = None;
        self.page_wait = None;
        self.asked = Asked::Query;
        self.listing.start();
        let params = self.filter.applied().params().clone();
        effects.push(Effect::FetchPage { ticket: self.page.renew(), params, cursor: None });
    }

    /// The bar was applied: asks anew only if the parameters changed; local terms never ask.
    pub(super) fn apply_filter(&mut self, effects: &mut Vec<Effect>) {
        let same = match &self.listing {
            Remote::Ready(listing) => listing.params == *self.filter.applied().params(),
            _ => false,
        };
        if same {
            self.arrange();
            self.ensure_rows(effects);
        } else {
            self.ask_query(effects);
        }
    }

    /// Asks for the next page if the walk goes on and nothing is under way.
    pub(super) fn ask_next(&mut self, effects: &mut Vec<Effect>) -> bool {
        let Remote::Ready(listing) = &mut self.listing else { return false };
        if listing.more.is_loading() || listing.walk.end() != &End::More {
            return false;
        }
        listing.more.start();
        self.asked = Asked::Next;
        let (params, cursor) = (listing.params.clone(), listing.walk.next().cloned());
        effects.push(Effect::FetchPage { ticket: self.page.renew(), params, cursor });
        true
    }

    /// The list cursor moved: asks for the next page when the end nears. A failed page is not asked for again by moving.
    pub(super) fn ensure_next(&mut self, effects: &mut Vec<Effect>) {
        if self.list.nears_end(&self.rows, self.list_height()) {
            if let Remote::Ready(listing) = &mut self.listing
                && listing.walk.end() == &End::Stopped(Stop::ByUser)
            {
                listing.walk.resume();
            }
            self.ask_next(effects);
        }
    }

    /// Rows changed: fills the screen, but does not walk through everything behind a local term that hides most rows.
    pub(super) fn ensure_rows(&mut self, effects: &mut Vec<Effect>) {
        if self.filter.editor().is_some() {
            return;
        }
        let loaded = self.listing.value().map_or(0, |listing| listing.store.len());
        let fills = !self.filter.applied().has_local() || loaded == 0;
        if fills && self.rows.rows().len() < self.list_height().max(1) {
            self.ask_next(effects);
        }
    }

    /// `L`: one page after the other until the cursor ends, up to a cap that a second `L` lifts.
    pub(super) fn start_load_all(&mut self, effects: &mut Vec<Effect>) {
        let Remote::Ready(listing) = &mut self.listing else {
            // The first page is under way: everything follows it.
            self.load_all = self.listing.is_loading().then_some(self.setting.cap);
            if self.load_all.is_none() {
                self.tell(Safe::word("nothing is loaded; r asks again"), true, effects);
            }
            return;
        };
        if !listing.walk.resume() {
            let text = match listing.walk.end() {
                End::Complete => Safe::word("everything is loaded"),
                _ => Safe::concat(&[Safe::word("cannot go on: "), listing.scope(None)]),
            };
            self.tell(text, false, effects);
            return;
        }
        listing.begin_loading_all();
        // The configuration takes no cap of 0, but the setting is open to anyone.
        let (loaded, cap) = (listing.store.len(), self.setting.cap.max(1));
        self.load_all = Some((loaded / cap + 1) * cap);
        self.ask_next(effects);
    }

    /// Stops what is being loaded; tells whether there was something to stop.
    pub(super) fn stop_loading(&mut self, effects: &mut Vec<Effect>) -> bool {
        if self.give_up_waiting(effects) {
            return true;
        }
        let all = self.load_all.take().is_some();
        let stopped = Failure {
            kind: Kind::Stopped,
            sentence: Safe::word("You stopped this request."),
            advice: Safe::word("r asks again."),
        };
        match &mut self.listing {
            Remote::Ready(listing) if listing.more.is_loading() => {
                listing.more.give_up();
                if self.asked == Asked::Next {
                    listing.walk.stop(Stop::ByUser);
                }
            }
            Remote::Loading { .. } => self.listing.fail(stopped),
            _ if all => {}
            _ => return false,
        }
        self.page.renew();
        effects.push(Effect::Cancel(Slot::Page));
        true
    }

    /// `r`: repeats what failed last, else fetches the first page and the shown submission again.
    pub(super) fn refresh(&mut self, effects: &mut Vec<Effect>) {
        match &mut self.listing {
            Remote::Loading { .. } => {}
            Remote::Idle | Remote::Failed { .. } => self.ask_query(effects),
            Remote::Ready(listing) if listing.more.is_loading() => {}
            Remote::Ready(listing) => {
                let failed = listing.more.failure().is_some();
                if failed && self.asked == Asked::Next && listing.walk.resume() {
                    self.ask_next(effects);
                } else if self.detail.single_failed() && !failed {
                    self.ask_single(effects);
                } else {
                    self.ask_again(effects);
                }
            }
        }
    }

    /// Asks for the page where something new is to be expected, and for the shown submission.
    pub(super) fn ask_again(&mut self, effects: &mut Vec<Effect>) {
        let Remote::Ready(listing) = &mut self.listing else { return };
        listing.more.start();
        self.asked = Asked::Refresh;
        let (params, cursor) = (listing.params.clone(), listing.newest_page().cloned());
        effects.push(Effect::FetchPage { ticket: self.page.renew(), params, cursor });
        // One that is under way already says what is new.
        if (self.detail.shows_single() || self.detail.is_missing()) && !self.detail.single().is_loading() {
            self.ask_single(effects);
        }
    }

    /// An answer to a list request. A stale one changes nothing.
    pub(super) fn page_loaded(
        &mut self,
        ticket: Ticket,
        result: Result<Page, Failure>,
        at: Timestamp,
        effects: &mut Vec<Effect>,
    ) {
        if !self.page.is_newest(ticket) {
            return;
        }
        self.page_wait = None;
        match result {
            Ok(page) => self.take_page(page, at, effects),
            Err(failure) => {
                self.watch_failed(&failure, effects);
                self.page_failed(failure);
            }
        }
    }

    fn take_page(&mut self, page: Page, at: Timestamp, effects: &mut Vec<Effect>) {
        self.taken += 1;
        if page.mended {
            self.tell(MENDED, true, effects);
        }
        if self.asked == Asked::Refresh && self.overtakes(&page) {
            self.asked = Asked::Query;
        }
        if self.asked == Asked::Query {
            let mut listing = Listing::new(self.filter.applied().params().clone(), at);
            listing.take(page, at);
            let before = self.selected_id();
            self.listing = Remote::Ready(listing);
            self.seen = Vocabulary::default();
            self.see(0);
            self.arrange();
            self.settle_visit();
            self.choose_first(before.as_deref(), effects);
        } else {
            let Remote::Ready(listing) = &mut self.listing else { return };
            let before = listing.store.len();
            listing.more = Remote::Ready(());
            let asked = self.asked;
            let taken = if asked == Asked::Next { listing.take(page, at) } else { listing.refresh(page, at) };
            if self.rows.rows().is_empty() {
                // Nothing is there that could jump.
                listing.store.news_mut().release();
            }
            self.see(before);
            if asked == Asked::Next || self.rows.rows().is_empty() {
                self.arrange();
            } else {
                self.keep_rows();
            }
            self.settle_visit();
            self.show_selected(effects);
            if asked == Asked::Refresh {
                self.refreshed(taken, effects);
            }
        }
        self.go_on(effects);
    }

    /// Whether a refreshed first page goes on to rows that the walk never saw: then it cannot be joined to what is
    /// loaded, and the walk begins anew.
    fn overtakes(&self, page: &Page) -> bool {
        let known = |item: &Item| match item {
            Item::Readable { id, .. } => self.listing.value().is_some_and(|old| old.store.index_of(id).is_some()),
            Item::Unreadable { .. } => false,
        };
        matches!(page.next, Next::More(_)) && !page.items.iter().any(known)
    }

    /// Notes the values of the rows from an index on, for completion.
    fn see(&mut self, from: usize) {
        let entries = self.listing.value().map_or(&[][..], |listing| listing.store.entries());
        for entry in entries.iter().skip(from) {
            self.seen.see(entry.row());
        }
    }

    /// After a page: the next one of a load of everything, or what the screen lacks.
    fn go_on(&mut self, effects: &mut Vec<Effect>) {
        let Some(most) = self.load_all else {
            self.ensure_rows(effects);
            return;
        };
        let Remote::Ready(listing) = &mut self.listing else { return };
        if listing.walk.end() == &End::More && listing.store.len() >= most {
            listing.walk.stop(Stop::Cap(most));
        }
        listing.stop_if_heavy();
        if listing.walk.end() == &End::More {
            self.ask_next(effects);
        } else {
            self.load_all = None;
            let stopped = match listing.walk.end() {
                End::Stopped(Stop::Cap(rows)) => Some(format!("{rows} rows are loaded")),
                End::Stopped(Stop::Bytes(bytes)) => Some(format!("{} came", megabytes(*bytes))),
                _ => None,
            };
            if let Some(stopped) = stopped {
                let chord = self.setting.keymap.first_chord(Action::LoadAll).map(|chord| chord.to_string());
                let text = format!("{stopped}; {} goes on", chord.unwrap_or_default());
                self.tell(Safe::of(&text), false, effects);
            }
        }
    }

    pub(super) fn page_failed(&mut self, failure: Failure) {
        self.load_all = None;
        match &mut self.listing {
            Remote::Ready(listing) => {
                if self.asked == Asked::Next {
                    listing.walk.stop(Stop::Failed(Safe::word(failure.kind.short())));
                }
                listing.more.fail(failure);
            }
            listing => listing.fail(failure),
        }
    }
}
