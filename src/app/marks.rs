//! The marked submissions: what the user marks in the list to copy, export or compare it.

use std::collections::{BTreeMap, HashSet};

use super::Model;
use crate::api::Item;
use crate::kit::Ticket;
use crate::store::{KnownAnswers, Store};
use crate::submission::row::Row;
use crate::text::{Safe, grouped};

/// Largest number of marked submissions whose bytes are copied when the list is replaced. Each copy unpacks the bytes of
/// about fifty submissions in 0.2 ms. More marked submissions share the packed bytes of the earlier list instead.
const MOST_COPIED: usize = 100;

/// The marked submissions, by id. Marks stay until the user removes them: a filter, a refresh, further pages and a new
/// query change nothing.
#[derive(Default)]
pub(super) struct Marks {
    /// The ids of the marked submissions. A submission that an earlier query loaded also has its answers here.
    ids: BTreeMap<Box<str>, Option<KnownAnswers>>,
    /// The list rows of the answers in `ids`, so that nothing is parsed while a menu is drawn.
    kept_rows: BTreeMap<Box<str>, Box<Row>>,
    /// Number of changes of the marks.
    changes: u64,
    /// Number of marked submissions that are not among the shown rows.
    hidden: usize,
    /// The inputs from which the number of hidden marks was derived last.
    basis: Option<(u64, u64, Option<Ticket>)>,
}

impl Marks {
    /// Returns the number of marked submissions.
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// Returns whether the submission with this id is marked.
    pub(super) fn has(&self, id: &str) -> bool {
        self.ids.contains_key(id)
    }

    /// Returns the answers about a marked submission that an earlier query loaded; `None` if there are none.
    pub(super) fn kept(&self, id: &str) -> Option<&KnownAnswers> {
        self.ids.get(id)?.as_ref()
    }

    /// Marks a submission, or removes its mark if it is marked.
    fn toggle(&mut self, id: &str) {
        self.kept_rows.remove(id);
        if self.ids.remove(id).is_none() {
            self.ids.insert(id.into(), None);
        }
        self.changes += 1;
    }

    /// Removes all marks, and returns how many there were.
    fn clear(&mut self) -> usize {
        self.changes += 1;
        self.kept_rows.clear();
        std::mem::take(&mut self.ids).len()
    }

    /// Keeps the answers about the marked submissions of a store that is about to be replaced, so that these
    /// submissions can still be copied and exported.
    pub(super) fn keep(&mut self, store: &Store) {
        let is_few = self.ids.len() <= MOST_COPIED;
        for (id, kept) in &mut self.ids {
            let Some(entry) = store.index_of(id).and_then(|index| store.get(index)) else { continue };
            let Some(loaded) = KnownAnswers::of(entry) else { continue };
            let loaded = if is_few { loaded.detached() } else { loaded };
            let was_full = loaded.is_full();
            let known = with_kept(loaded, kept.take());
            let row = match known.record(id).filter(|_| known.is_full() != was_full) {
                Some(Item::Readable { row, .. }) => row,
                _ => Box::new(entry.row().clone()),
            };
            self.kept_rows.insert(id.clone(), row);
            *kept = Some(known);
        }
    }

    /// Returns the list row of a marked submission that an earlier query loaded; `None` if none did.
    pub(super) fn kept_row(&self, id: &str) -> Option<&Row> {
        self.kept_rows.get(id).map(|row| &**row)
    }

    /// Returns the ids of the marked submissions, each with its answers that are known: those in `store`, the loaded
    /// submissions, and those of an earlier query. Submissions that are loaded come first, in the order of `rows`; all
    /// others follow by id.
    pub(super) fn in_order(&self, store: Option<&Store>, rows: &[u32]) -> Vec<(Box<str>, Option<KnownAnswers>)> {
        let mut left: BTreeMap<&str, &Option<KnownAnswers>> = self.ids.iter().map(|(id, kept)| (&**id, kept)).collect();
        let of_row = |row: &u32| store?.get(*row)?.id();
        let mut ordered: Vec<(&str, &Option<KnownAnswers>)> = Vec::with_capacity(left.len());
        ordered.extend(rows.iter().filter_map(of_row).filter_map(|id| left.remove_entry(id)));
        ordered.extend(left);
        let answers = |id: &str, kept: &Option<KnownAnswers>| {
            let loaded = store.and_then(|store| KnownAnswers::of(store.get(store.index_of(id)?)?));
            match loaded {
                Some(loaded) => Some(with_kept(loaded, kept.clone())),
                None => kept.clone(),
            }
        };
        ordered.into_iter().map(|(id, kept)| (id.into(), answers(id, kept))).collect()
    }

    /// Returns the number of marks in words for the title of the list, such as `3 marked, 1 not shown`; `None` without
    /// marks.
    pub(super) fn words(&self) -> Option<Safe> {
        let (all, hidden) = (grouped(self.len()), grouped(self.hidden));
        let words = match self.hidden {
            0 => format!("{all} marked"),
            _ => format!("{all} marked, {hidden} not shown"),
        };
        (self.len() > 0).then(|| Safe::sanitize(&words))
    }
}

/// Returns the answers about a loaded submission, and those of an earlier query in place of missing ones.
fn with_kept(loaded: KnownAnswers, kept: Option<KnownAnswers>) -> KnownAnswers {
    let (list, single) = kept.map_or((None, None), |kept| (kept.list, kept.single));
    KnownAnswers { list: loaded.list.or(list), single: loaded.single.or(single) }
}

impl Model {
    /// Marks the submission under the list cursor, or removes its mark, and moves the cursor one line down.
    pub(super) fn toggle_mark(&mut self) {
        let Some(listing) = self.listing.value() else { return };
        let Some(entry) = self.selected_entry().and_then(|index| listing.store.get(index)) else { return };
        match entry.id() {
            Some(id) => self.selection.marks.toggle(id),
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

    /// Counts the marked submissions that the list does not show, if the marks or the rows changed.
    pub(super) fn settle_marks(&mut self) {
        let (listing, marks) = (self.listing.value(), &mut self.selection.marks);
        let basis = (marks.changes, self.rows.version(), listing.map(|listing| listing.ticket));
        if marks.basis == Some(basis) {
            return;
        }
        marks.basis = Some(basis);
        let store = listing.map(|listing| &listing.store);
        let marked: HashSet<u32> = marks.ids.keys().filter_map(|id| store?.index_of(id)).collect();
        let shown = match marked.is_empty() {
            true => 0,
            false => self.rows.rows().iter().filter(|row| marked.contains(row)).count(),
        };
        marks.hidden = marks.len() - shown;
    }
}
