//! Watching: the list is refreshed again and again; and taking note of what that brought.

use super::{Effect, Model, Slot};
use crate::failure::{Failure, Kind};
use crate::keys::Action;
use crate::kit::{Remote, Ticket};
use crate::store::Taken;
use crate::text::Safe;

impl Model {
    /// Begins or ends watching.
    pub(super) fn toggle_watch(&mut self, effects: &mut Vec<Effect>) {
        self.watching = !self.watching;
        if !self.watching {
            self.looks.renew();
            effects.push(Effect::Cancel(Slot::Watch));
            return self.tell(Safe::word("no longer watching"), false, effects);
        }
        let every = self.setting.watch.every.as_secs();
        let key = self.setting.keymap.first_chord(Action::Watch).map(|chord| format!(", {chord} ends it"));
        let text = format!("watching: a look every {every} s{}", key.unwrap_or_default());
        self.tell(Safe::of(&text), false, effects);
        self.look_later(effects);
    }

    fn look_later(&mut self, effects: &mut Vec<Effect>) {
        effects.push(Effect::Look { ticket: self.looks.renew(), every: self.setting.watch.every });
    }

    /// It is time to look. Nothing is asked for while something is loading, or while the bar is edited.
    pub(super) fn look(&mut self, ticket: Ticket, effects: &mut Vec<Effect>) {
        if !self.watching || !self.looks.is_newest(ticket) {
            return;
        }
        self.look_later(effects);
        match &self.listing {
            _ if self.filter.editor().is_some() => {}
            Remote::Ready(listing) if !listing.more.is_loading() => self.ask_again(effects),
            Remote::Failed { .. } => self.ask_query(effects),
            Remote::Idle | Remote::Loading { .. } | Remote::Ready(_) => {}
        }
    }

    /// What a refresh brought.
    pub(super) fn refreshed(&mut self, taken: Taken, effects: &mut Vec<Effect>) {
        let count = |count: usize, what: &str| (count > 0).then(|| format!("{count} {what}"));
        let news: Vec<String> =
            [count(taken.new, "new"), count(taken.changed, "changed")].into_iter().flatten().collect();
        if !news.is_empty() {
            if self.watching && self.setting.watch.bell {
                effects.push(Effect::Bell);
            }
            self.tell(Safe::of(&format!("refreshed: {}", news.join(", "))), false, effects);
        } else if !self.watching {
            self.tell(Safe::word("refreshed, nothing new"), false, effects);
        }
    }

    /// A failure that will not pass by itself ends the watching.
    pub(super) fn watch_failed(&mut self, failure: &Failure, effects: &mut Vec<Effect>) {
        let passes = !matches!(
            failure.kind,
            Kind::Key
                | Kind::BlockedAddress
                | Kind::UnknownPath
                | Kind::BadRequest
                | Kind::QuotaUsedUp
                | Kind::Tls
                | Kind::Proxy
        );
        if self.watching && !passes {
            self.toggle_watch(effects);
            let text = Safe::concat(&[Safe::word("no longer watching: "), Safe::word(failure.kind.short())]);
            self.tell(text, true, effects);
        }
    }

    /// Shows the rows that were held back; with none, takes the marks of what is new or changed away.
    pub(super) fn show_news(&mut self, effects: &mut Vec<Effect>) {
        let held = self.rows.held();
        let Some(listing) = self.listing.value_mut() else { return };
        let news = listing.store.news_mut();
        if news.is_empty() {
            return self.tell(Safe::word("nothing is new or changed"), false, effects);
        }
        if held > 0 {
            news.release();
        } else {
            news.forget();
        }
        self.arrange();
        self.settle_visit();
        self.show_selected(effects);
    }
}
