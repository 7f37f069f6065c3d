//! The router: one message in, effects out.

use jiff::Timestamp;

use super::{Effect, Model, Msg};
use crate::text::{Mask, Safe};

impl Model {
    /// Changes the model by one message and returns what has to be done outside.
    pub fn update(&mut self, msg: Msg) -> Vec<Effect> {
        let mut effects = Vec::new();
        match msg {
            Msg::Clock(now) => self.clock(now),
            Msg::Key(event) => {
                self.watch_idle(&mut effects);
                // What was told is read, and it must not be taken for what this key comes to.
                self.notice = None;
                if self.blanked {
                    self.blanked = false;
                } else {
                    self.key(&event, &mut effects);
                }
            }
            Msg::Paste(text) => {
                self.watch_idle(&mut effects);
                if self.blanked {
                    self.blanked = false;
                } else {
                    self.paste(&text, &mut effects);
                }
            }
            Msg::Resize(size) => {
                self.size = size;
                self.resized(&mut effects);
            }
            Msg::Resumed => self.mask_again(),
            Msg::Stop => effects.push(Effect::Suspend),
            Msg::PageLoaded { ticket, result, at } => self.page_loaded(ticket, result, at, &mut effects),
            Msg::Waiting { slot, ticket, waiting, at } => self.waits(slot, ticket, waiting, at, &mut effects),
            Msg::Second(ticket) => self.second(ticket, &mut effects),
            Msg::Look(ticket) => self.look(ticket, &mut effects),
            Msg::SingleLoaded { ticket, id, result, at } => self.single_loaded(ticket, &id, result, at, &mut effects),
            Msg::Read { ticket, opened } => self.read(ticket, *opened),
            Msg::Settled(ticket) => self.settled(ticket, &mut effects),
            Msg::NoticeOver(ticket) => {
                if self.notices.is_newest(ticket) {
                    self.notice = None;
                }
            }
            Msg::RevealOver(ticket) => self.detail.hide(ticket),
            Msg::Unrecorded => {
                self.mask_again();
                let said = Safe::word("the access log cannot be written, so nothing is shown unmasked");
                self.tell(said, true, &mut effects);
            }
            Msg::KeyHidden => {
                let said = Safe::word("the service sent the API key back: it is shown as •••");
                self.tell(said, true, &mut effects);
            }
            Msg::Idle(ticket) => {
                if self.idle.is_newest(ticket) {
                    self.blank();
                }
            }
        }
        self.fit_list();
        self.render_detail();
        effects
    }

    /// Time has gone on. What was to be hidden by now is hidden before anything else happens: the machine may have slept, and
    /// then the key that woke it comes before the timer.
    fn clock(&mut self, now: Timestamp) {
        self.now = now;
        if self.blank_at.is_some_and(|at| at <= now) {
            self.blank();
        }
        if self.hide_at.is_some_and(|at| at <= now) {
            self.hide_at = None;
            self.detail.hide_all();
        }
    }

    fn blank(&mut self) {
        self.blank_at = None;
        self.blanked = true;
        self.mask_again();
    }

    /// What the message brought may take lines from the list: its cursor stays in sight.
    fn fit_list(&mut self) {
        let height = self.list_height();
        if self.list.height() != height && !self.rows.rows().is_empty() {
            self.list.follow(&self.rows, height);
        }
    }

    /// Whoever comes back to the screen may be somebody else: nothing stays unmasked.
    fn mask_again(&mut self) {
        if self.mask == Mask::None {
            let at_start = self.setting.mask;
            self.mask = if at_start == Mask::None { Mask::Ids } else { at_start };
        }
        self.detail.hide_all();
    }
}
