//! The marked submissions: what the user marks in the list to copy, export or compare it.

use std::collections::BTreeMap;

use super::Model;
use crate::api::Item;
use crate::kit::Ticket;
use crate::store::{KnownAnswers, Listing, Store};
use crate::submission::row::Row;
use crate::text::{Safe, grouped};

/// Largest number of marked submissions whose data is copied when another list replaces the loaded list. If more are
/// marked, nothing is copied: the packed (compressed) blocks of the earlier list stay in memory. Copying the data of
/// about fifty submissions takes 0.2 ms.
const MAX_KEPT_ANSWERS: usize = 100;

/// The submissions that the user has marked, by id. Marks stay until the user removes them. A filter, a refresh,
/// further pages or a new query do not change them.
#[derive(Default)]
pub(super) struct MarkedSubmissions {
    /// The id of each marked submission, with the answers about it that were kept from an earlier query; `None` if no
    /// answers were kept.
    ids: BTreeMap<Box<str>, Option<KnownAnswers>>,
    /// The list rows that were made from the kept answers in `ids`, so that nothing is parsed while a menu is drawn.
    kept_rows: BTreeMap<Box<str>, Box<Row>>,
    loaded: MarkedEntries,
    /// Number that increases with every change of the marks.
    changes: u64,
    /// Number of marked submissions that the list does not show.
    hidden: usize,
    /// The inputs from which `hidden` was computed last: `changes`, the version number of the shown rows, and the
    /// ticket that identifies the loaded list. `None` before the first time.
    basis: Option<(u64, u64, Option<Ticket>)>,
}

/// Which entries (submissions or unreadable items) of the store of loaded submissions are marked.
#[derive(Default)]
struct MarkedEntries {
    /// Ticket that identifies the loaded list whose store contains the entries; `None` if no list is loaded.
    listing: Option<Ticket>,
    /// Whether the entry is marked, for each index in the store. Entries that were added to the store since the last
    /// update are missing at the end.
    is_marked: Vec<bool>,
    /// For tests: number of ids of marked submissions that were looked up in the store so far.
    #[cfg(test)]
    looked_up: usize,
}

impl MarkedEntries {
    /// Updates which loaded entries are marked. `ids` has the ids of the marked submissions as keys, and `listing` is
    /// the loaded list. If `listing` is the same as before, only entries that were added since then are looked up. For
    /// another list, all entries are looked up. Without a list, no entry is marked.
    fn update(&mut self, ids: &BTreeMap<Box<str>, Option<KnownAnswers>>, listing: Option<&Listing>) {
        let ticket = listing.map(|listing| listing.ticket);
        let is_other = self.listing != ticket;
        self.listing = ticket;
        let Some(store) = listing.map(|listing| &listing.store) else { return self.is_marked.clear() };
        let from = if is_other { 0 } else { self.is_marked.len() };
        self.is_marked.truncate(from);
        self.is_marked.resize(store.len(), false);
        let added = store.len().saturating_sub(from);
        #[cfg(test)]
        {
            self.looked_up += added.min(ids.len());
        }
        if ids.len() <= added {
            ids.keys().filter_map(|id| store.index_of(id)).for_each(|entry| self.set(entry, true));
        } else {
            for (index, is_marked) in (0..).zip(&mut self.is_marked).skip(from) {
                *is_marked = store.id(index).is_some_and(|id| ids.contains_key(&*id));
            }
        }
    }

    fn set(&mut self, entry: u32, is_marked: bool) {
        self.is_marked.iter_mut().skip(entry as usize).take(1).for_each(|known| *known = is_marked);
    }

    fn contains(&self, entry: u32) -> bool {
        self.is_marked.get(entry as usize).copied().unwrap_or_default()
    }
}

impl MarkedSubmissions {
    /// Returns the number of marked submissions.
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// For tests: how many ids were looked up to find the marked entries.
    #[cfg(test)]
    pub(super) const fn looked_up(&self) -> usize {
        self.loaded.looked_up
    }

    /// Returns whether the submission with this id is marked.
    pub(super) fn contains(&self, id: &str) -> bool {
        self.ids.contains_key(id)
    }

    /// Returns whether all ids of the marked submissions together are longer than `longest` bytes.
    pub(super) fn ids_are_longer_than(&self, longest: usize) -> bool {
        let sums = self.ids.keys().scan(0, |sum, id| {
            *sum += id.len();
            Some(*sum)
        });
        sums.into_iter().any(|sum: usize| sum > longest)
    }

    /// Returns the answers about the marked submission `id` that were kept from an earlier query; `None` if none were
    /// kept.
    pub(super) fn kept_answers(&self, id: &str) -> Option<&KnownAnswers> {
        self.ids.get(id)?.as_ref()
    }

    /// Marks the submission `id`, or removes its mark if it is marked. `entry` is the index of the submission in the
    /// store of loaded submissions.
    fn toggle(&mut self, id: &str, entry: u32) {
        self.kept_rows.remove(id);
        let was_marked = self.ids.remove(id).is_some();
        if !was_marked {
            self.ids.insert(id.into(), None);
        }
        self.loaded.set(entry, !was_marked);
        self.changes += 1;
    }

    /// Removes all marks, and returns how many there were.
    fn clear(&mut self) -> usize {
        self.changes += 1;
        self.kept_rows.clear();
        self.loaded.is_marked.fill(false);
        std::mem::take(&mut self.ids).len()
    }

    /// Keeps the answers about the marked submissions from `store`, the store of loaded submissions that is about to be
    /// replaced. So the marked submissions can still be copied and exported afterwards.
    pub(super) fn keep_answers(&mut self, store: &Store) {
        let is_few = self.ids.len() <= MAX_KEPT_ANSWERS;
        for (id, kept) in &mut self.ids {
            let Some(index) = store.index_of(id) else { continue };
            let Some(loaded) = store.get(index).and_then(KnownAnswers::of) else { continue };
            let loaded = if is_few { loaded.detached() } else { loaded };
            let was_full = loaded.is_full();
            let known = with_earlier_answers(loaded, kept.take());
            let row = match known.record(id).filter(|_| known.is_full() != was_full) {
                Some(Item::Readable { row, .. }) => row,
                _ => Box::new(store.row(index)),
            };
            self.kept_rows.insert(id.clone(), row);
            *kept = Some(known);
        }
    }

    /// Returns the list row of the marked submission `id` that was kept from an earlier query; `None` if no row was
    /// kept.
    pub(super) fn kept_row(&self, id: &str) -> Option<&Row> {
        self.kept_rows.get(id).map(|row| &**row)
    }

    /// Returns the ids of the marked submissions, each with its known answers; `None` if no answer is known. The
    /// answers come from `store` (the loaded submissions), or were kept from an earlier query. Submissions in `rows`,
    /// the shown rows as indexes in the store, come first in that order. The others follow in the order of their ids.
    pub(super) fn in_order(&self, store: Option<&Store>, rows: &[u32]) -> Vec<(Box<str>, Option<KnownAnswers>)> {
        let mut ordered: Vec<(&str, &Option<KnownAnswers>)> = Vec::with_capacity(self.ids.len());
        let mut is_left = self.loaded.is_marked.clone();
        for row in rows.iter().filter(|row| self.loaded.contains(**row)) {
            let marked = store.and_then(|store| self.ids.get_key_value(&*store.id(*row)?));
            if let Some((id, kept)) = marked {
                is_left.iter_mut().skip(*row as usize).take(1).for_each(|is_left| *is_left = false);
                ordered.push((id, kept));
            }
        }
        if ordered.len() < self.ids.len() {
            let is_shown = |id: &str| {
                let entry = store.and_then(|store| store.index_of(id)).filter(|entry| self.loaded.contains(*entry));
                entry.and_then(|entry| is_left.get(entry as usize)) == Some(&false)
            };
            ordered.extend(self.ids.iter().map(|(id, kept)| (&**id, kept)).filter(|(id, _)| !is_shown(id)));
        }
        let answers = |id: &str, kept: &Option<KnownAnswers>| {
            let loaded = store.and_then(|store| KnownAnswers::of(store.get(store.index_of(id)?)?));
            match loaded {
                Some(loaded) => Some(with_earlier_answers(loaded, kept.clone())),
                None => kept.clone(),
            }
        };
        ordered.into_iter().map(|(id, kept)| (id.into(), answers(id, kept))).collect()
    }

    /// Returns the number of marks for the title of the list, such as `3 marked, 1 not shown`; `None` without marks.
    pub(super) fn title_words(&self) -> Option<Safe> {
        let (all, hidden) = (grouped(self.len()), grouped(self.hidden));
        let words = match self.hidden {
            0 => format!("{all} marked"),
            _ => format!("{all} marked, {hidden} not shown"),
        };
        (self.len() > 0).then(|| Safe::sanitize(&words))
    }
}

/// Returns `loaded`, the answers about a submission in the loaded list, completed with `kept`, the answers about it
/// from an earlier query. If the list record or the full record is missing in `loaded`, that of `kept` is used.
fn with_earlier_answers(loaded: KnownAnswers, kept: Option<KnownAnswers>) -> KnownAnswers {
    let (list, single) = kept.map_or((None, None), |kept| (kept.list, kept.single));
    KnownAnswers { list: loaded.list.or(list), single: loaded.single.or(single) }
}

impl Model {
    /// Marks the submission under the list cursor, or removes its mark, and moves the cursor one line down.
    pub(super) fn toggle_mark(&mut self) {
        let Some(listing) = self.listing.value() else { return };
        let Some(index) = self.selected_entry() else { return };
        match listing.store.id(index) {
            Some(id) => self.selection.marks.toggle(&id, index),
            None => self.notify(Safe::from_static("Not marked: an unreadable item has no id"), true),
        }
        self.select_by(1);
    }

    /// Removes all marks, also those of submissions that the list does not show.
    pub(super) fn unmark_all(&mut self) {
        let words = match self.selection.marks.clear() {
            0 => Safe::from_static("Nothing is marked"),
            1 => Safe::from_static("1 mark removed"),
            count => Safe::sanitize(&format!("{} marks removed", grouped(count))),
        };
        self.notify(words, false);
    }

    /// Updates which loaded submissions are marked, and the number of marked submissions that the list does not show.
    /// Does nothing if neither the marks nor the rows changed.
    pub(super) fn update_marks(&mut self) {
        let (listing, marks) = (self.listing.value(), &mut self.selection.marks);
        let basis = (marks.changes, self.rows.version(), listing.map(|listing| listing.ticket));
        if marks.basis == Some(basis) {
            return;
        }
        marks.basis = Some(basis);
        marks.loaded.update(&marks.ids, listing);
        let shown = match marks.len() {
            0 => 0,
            _ => self.rows.rows().iter().filter(|row| marks.loaded.contains(**row)).count(),
        };
        marks.hidden = marks.len() - shown;
    }
}
