//! Rules between list and detail: what the detail shows, and when the single submission is fetched.

use std::time::Duration;

use jiff::Timestamp;

use super::{Effect, Model, Msg, Slot};
use crate::access::Deed;
use crate::api::{Item, Single};
use crate::failure::Failure;
use crate::kit::Ticket;
use crate::panes::detail::{Opened, Shown, Subject, ViewOptions};
use crate::store::{Answer, Arrangement, Content};
use crate::submission::row::Column;
use crate::text::{Class, Safe};

/// How long the list cursor rests before the single submission is fetched.
const SETTLE: Duration = Duration::from_millis(180);
/// How long a revealed value stays.
pub(super) const REVEAL: Duration = Duration::from_secs(10);

/// What is said of an answer that was nearly JSON.
pub(super) const MENDED: Safe = Safe::word("the answer was no valid JSON: it was mended, and is not shown as sent");

impl Model {
    /// The id of the submission under the list cursor.
    pub(super) fn selected_id(&self) -> Option<Box<str>> {
        let entry = self.listing.value()?.store.get(self.list.selected()?)?;
        entry.id().map(Into::into)
    }

    /// Filters and sorts anew; the list cursor stays with its entry.
    pub(super) fn arrange(&mut self) {
        let height = self.list_height();
        let Some(listing) = self.listing.value() else {
            self.rows = Arrangement::default();
            return;
        };
        self.rows = Arrangement::of(&listing.store, self.filter.narrowing(), self.mask, self.list.sort);
        self.list.follow(&self.rows, height);
    }

    /// After a refresh: the rows stay where they are, whatever became of them.
    pub(super) fn keep_rows(&mut self) {
        if let Some(listing) = self.listing.value() {
            self.rows = std::mem::take(&mut self.rows).kept(&listing.store, self.filter.narrowing(), self.mask);
        }
    }

    /// After a new query: the submission that was selected if it is there, else the first row.
    pub(super) fn choose_first(&mut self, before: Option<&str>, effects: &mut Vec<Effect>) {
        let height = self.list_height();
        self.list.restart(&self.rows, height);
        self.select_id(before);
        self.show_selected(effects);
    }

    /// Puts the list cursor on a submission, if it is shown.
    pub(super) fn select_id(&mut self, id: Option<&str>) {
        let height = self.list_height();
        if let Some(listing) = self.listing.value()
            && let Some(entry) = id.and_then(|id| listing.store.index_of(id))
        {
            self.list.select(entry, &self.rows, height);
        }
    }

    /// Shows what is visited, else the entry under the list cursor, and begins to wait for the cursor to rest.
    pub(super) fn show_selected(&mut self, effects: &mut Vec<Effect>) {
        let subject = self.visited().or_else(|| self.subject(self.list.selected()?));
        let is_none = subject.is_none();
        let Shown { anew, read } = self.detail.show(subject);
        effects.extend(read.map(Effect::Read));
        if anew && !is_none {
            self.single_wait = None;
            effects.push(Effect::Cancel(Slot::Single));
            self.settle_soon(effects);
        }
    }

    /// An entry of the store as the detail shows it.
    pub(super) fn subject(&self, at: u32) -> Option<Subject> {
        let entry = self.listing.value()?.store.get(at)?;
        Some(match entry.content() {
            Content::Readable { list, single } => Subject {
                entry: Some(at),
                id: entry.id().map(Into::into),
                single: single.clone(),
                list: list.clone(),
                unreadable: None,
                id_class: entry.row().class(Column::Id),
            },
            Content::Unreadable { raw, reason, at: loaded } => Subject {
                entry: Some(at),
                id: None,
                single: Some(Answer { raw: raw.clone(), at: *loaded }),
                list: None,
                unreadable: Some(reason.words()),
                id_class: Class::Open,
            },
        })
    }

    /// Waits for the cursor to rest, where the detail is visible and a single answer is still missing.
    pub(super) fn settle_soon(&mut self, effects: &mut Vec<Effect>) {
        if self.single_is_due() {
            let ticket = self.settle.renew();
            effects.push(Effect::After { slot: Slot::Settle, delay: SETTLE, msg: Msg::Settled(ticket) });
        }
    }

    /// Whether the shown submission lacks its single answer, the detail can be seen, and the bar is not edited: while
    /// it is, rows move under the cursor with every letter, and nothing is asked for before Enter.
    fn single_is_due(&self) -> bool {
        let visible = self.regions().is_some_and(|regions| regions.detail.is_some());
        visible && self.filter.editor().is_none() && self.detail.wants_single()
    }

    /// The cursor rested.
    pub(super) fn settled(&mut self, ticket: Ticket, effects: &mut Vec<Effect>) {
        if self.settle.is_newest(ticket) && self.single_is_due() {
            self.ask_single(effects);
        }
    }

    /// Asks for the shown submission.
    pub(super) fn ask_single(&mut self, effects: &mut Vec<Effect>) {
        if let Some((ticket, id)) = self.detail.ask() {
            self.single_wait = None;
            effects.push(Effect::FetchSingle { ticket, id });
        }
    }

    /// Answers about what is shown were opened; the list's row is judged by them too.
    pub(super) fn read(&mut self, ticket: Ticket, opened: Opened) {
        let classes = opened.classes;
        if !self.detail.read(ticket, opened) {
            return;
        }
        let answers = self
            .detail
            .subject()
            .and_then(|subject| Some((subject.id.as_deref()?, [subject.list.as_ref()?, subject.single.as_ref()?])));
        if let (Some(classes), Some((id, answers)), Some(listing)) = (classes, answers, self.listing.value_mut()) {
            listing.store.take_classes(id, answers, classes);
            let entry = listing.store.index_of(id);
            match entry.and_then(|entry| self.rows.position(entry)) {
                Some(_) => self.keep_rows(),
                None => self.arrange(),
            }
        }
    }

    /// An answer to a single request. One that is not for what is shown changes nothing.
    pub(super) fn single_loaded(
        &mut self,
        ticket: Ticket,
        id: &str,
        result: Result<Single, Failure>,
        at: Timestamp,
        effects: &mut Vec<Effect>,
    ) {
        if !self.detail.awaits(ticket) {
            return;
        }
        self.single_wait = None;
        if matches!(result, Ok(Single::Mended(_))) {
            self.tell(MENDED, true, effects);
        }
        match result {
            Ok(Single::Found(Item::Readable { raw, row, .. }) | Single::Mended(Item::Readable { raw, row, .. })) => {
                self.detail.arrived();
                self.taken += 1;
                let answer = Answer { raw, at };
                match (&mut self.visit, self.listing.value_mut()) {
                    (_, Some(listing)) if listing.store.index_of(id).is_some() => {
                        listing.store.take_single(id, answer, &row);
                        let entry = listing.store.index_of(id);
                        match entry.and_then(|entry| self.rows.position(entry)) {
                            Some(_) => self.keep_rows(),
                            None => self.arrange(),
                        }
                    }
                    (Some(visit), _) if *visit.id == *id => {
                        visit.answer = Some(answer);
                        visit.row = Some(row);
                    }
                    _ => {}
                }
                self.show_selected(effects);
            }
            Ok(Single::NotFound | Single::Found(Item::Unreadable { .. }) | Single::Mended(Item::Unreadable { .. })) => {
                self.detail.missing();
            }
            Err(failure) => self.detail.failed(failure),
        }
    }

    /// Brings the lines of the detail up to date with what they depend on; cheap when nothing changed.
    pub(super) fn render_detail(&mut self) {
        self.relate();
        let size = self.detail_size();
        let options = ViewOptions {
            mask: self.mask,
            zone: self.zone.clone(),
            columns: usize::from(size.width),
            revealed: self.detail.revealed().map(str::to_owned),
            choices: self.detail.choices(),
        };
        self.detail.render(&options, &self.setting.codes, usize::from(size.height));
        self.keep_copy();
    }

    /// Shows the value of the line under the detail's cursor for a moment.
    /// The id of the submission that the detail shows.
    pub(super) fn shown_id(&self) -> Option<Box<str>> {
        self.detail.subject()?.id.clone()
    }

    pub(super) fn reveal(&mut self, effects: &mut Vec<Effect>) {
        match self.detail.reveal() {
            Some(ticket) => {
                effects.push(Effect::Record(Deed::Reveal, self.shown_id()));
                self.hide_at = self.now.checked_add(REVEAL).ok();
                effects.push(Effect::After { slot: Slot::Reveal, delay: REVEAL, msg: Msg::RevealOver(ticket) });
                self.tell(Safe::word("one value is shown for ten seconds; m hides it"), true, effects);
            }
            None => self.tell(Safe::word("this line has no masked value"), false, effects),
        }
    }
}
