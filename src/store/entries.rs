//! The loaded submissions themselves.

use std::collections::{HashMap, HashSet};

use bytes::Bytes;
use jiff::Timestamp;

use super::changes::Changes;
use super::links::{LinkDigests, Links, tied};
use crate::api::{Item, Unreadable};
use crate::submission::row::{Classes, NO_ROW, Row};
use crate::submission::{classes_together, classes_unjudged};

/// What one answer said of a submission, as it came.
#[derive(Clone)]
pub struct Answer {
    /// The bytes of the item.
    pub raw: Bytes,
    /// When they came.
    pub at: Timestamp,
}

impl Answer {
    /// The same with the bytes of another answer if that says the same: then they are in memory once, and nothing needs to
    /// be read again.
    #[must_use]
    fn or_same(self, older: Option<&Self>) -> Self {
        match older.filter(|older| older.raw == self.raw) {
            Some(older) => Self { raw: older.raw.clone(), ..self },
            None => self,
        }
    }

    /// Whether its bytes are those of another one, and not only equal to them.
    pub fn is_same(&self, other: &Self) -> bool {
        self.raw.as_ptr_range() == other.raw.as_ptr_range()
    }
}

/// What an entry is made of.
pub enum Content {
    /// A submission; at least one of the two is there.
    Readable {
        /// What the newest list answer said.
        list: Option<Answer>,
        /// What the newest single answer said.
        single: Option<Answer>,
    },
    /// An item that is no object or carries no id.
    Unreadable {
        /// The bytes of the item.
        raw: Bytes,
        /// Why it cannot be read.
        reason: Unreadable,
        /// When it came.
        at: Timestamp,
    },
}

/// One loaded item.
pub struct Entry {
    /// None for an unreadable item.
    row: Option<Box<Row>>,
    /// The rows of both answers, where both came: of the list, and of the single one.
    rows: Option<Box<[Row; 2]>>,
    content: Content,
    is_outdated: bool,
}

impl Entry {
    /// The row: both answers together, the newer one where both speak. The one of an unreadable item tells nothing.
    pub fn row(&self) -> &Row {
        self.row.as_deref().unwrap_or(&NO_ROW)
    }

    /// What it is made of.
    pub const fn content(&self) -> &Content {
        &self.content
    }

    /// Whether the list said something new since the single answer came, and contradicts it.
    pub const fn is_outdated(&self) -> bool {
        self.is_outdated
    }

    /// The submission id; `None` for an unreadable item.
    pub fn id(&self) -> Option<&str> {
        match self.content {
            Content::Readable { .. } => Some(self.row().id()),
            Content::Unreadable { .. } => None,
        }
    }
}

/// Bytes of answers up to which they are opened at once, so that nothing flashes: it takes less than a millisecond. A real
/// one has some ten thousand; what is larger is opened in a task.
pub const AT_ONCE: usize = 64 * 1024;

/// How private the row of two answers is: what one of them makes private is private in the row, whichever of them a cell
/// came from. Until large ones are read, whatever may be private is.
fn together(list: &Answer, single: &Answer, row: &Row) -> Classes {
    if list.raw.len() + single.raw.len() <= AT_ONCE {
        classes_together(&list.raw, &single.raw)
    } else {
        classes_unjudged(row)
    }
}

/// Which of the two answers about a submission.
#[derive(Clone, Copy, PartialEq, Eq)]
enum AnswerSource {
    List,
    /// `is_overtaken`: the list said something new since it was asked for.
    Single {
        is_overtaken: bool,
    },
}

/// What taking a page in came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MergeStats {
    /// Items on the page, readable or not.
    pub items: usize,
    /// Items that were not there before, or, for a page of the walk, that no page of the walk held before.
    pub new: usize,
    /// Submissions that changed in what a change is told of.
    pub changed: usize,
}

/// Every loaded item, in the order of arrival.
#[derive(Default)]
pub struct Store {
    entries: Vec<Entry>,
    /// For each entry, what ties it to others.
    prints: Vec<LinkDigests>,
    by_id: HashMap<Box<str>, u32>,
    /// The items that are no submissions, to know them again: the text of each, and how many entries have it. On one page
    /// two that read the same are still two.
    unreadable: HashMap<Bytes, usize>,
    /// Submissions that a refresh brought and the walk did not meet so far: to the walk they are still new.
    only_from_refresh: HashSet<u32>,
    news: Changes,
    revision: Revision,
}

/// Counts the changes of a store, so that what was derived from it is derived again only when it changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Revision {
    /// Changes after which rows may move.
    pub order: u64,
    /// All others: an answer came for what is loaded, and no row moves for that.
    pub content: u64,
}

impl Store {
    /// Takes the items of a list page in: a known id gets the newer content, a new one is added at the end.
    pub fn take_page(&mut self, items: Vec<Item>, at: Timestamp) -> MergeStats {
        self.let_rows_move();
        self.take(items, at, true)
    }

    /// The same for a page that was loaded before: what is new is held back.
    pub fn take_refresh(&mut self, items: Vec<Item>, at: Timestamp) -> MergeStats {
        self.revision.content += 1;
        let before = self.entries.len();
        let taken = self.take(items, at, false);
        for index in (0..).skip(before).take(self.entries.len() - before) {
            self.news.hold_back(index);
            self.only_from_refresh.insert(index);
        }
        taken
    }

    fn take(&mut self, items: Vec<Item>, at: Timestamp, walking: bool) -> MergeStats {
        let mut taken = MergeStats { items: items.len(), ..MergeStats::default() };
        let mut met: HashMap<Bytes, usize> = HashMap::new();
        for item in items {
            match item {
                Item::Readable { id, raw, row } => {
                    let answer = Answer { raw, at };
                    if let Some(index) = self.index_of(&id) {
                        let changed = self.renew(index, at, AnswerSource::List, answer, *row);
                        taken.changed += usize::from(changed);
                        taken.new += usize::from(walking && self.only_from_refresh.remove(&index));
                    } else {
                        taken.new += 1;
                        let content = Content::Readable { list: Some(answer), single: None };
                        self.add(Some(id), Entry { row: Some(row), rows: None, content, is_outdated: false });
                    }
                }
                Item::Unreadable { raw, reason } => {
                    let met = met.entry(raw.clone()).or_default();
                    let known = self.unreadable.entry(raw.clone()).or_default();
                    *met += 1;
                    if *met > *known {
                        *known = *met;
                        taken.new += 1;
                        let content = Content::Unreadable { raw, reason, at };
                        self.add(None, Entry { row: None, rows: None, content, is_outdated: false });
                    }
                }
            }
        }
        taken
    }

    /// Takes in what a single answer said of a submission that is loaded; anything else changes nothing. `is_overtaken`: the
    /// list said something new since it was asked for.
    pub fn take_single(&mut self, id: &str, answer: Answer, row: &Row, is_overtaken: bool) {
        let Some(index) = self.index_of(id) else { return };
        self.revision.content += 1;
        let at = answer.at;
        self.renew(index, at, AnswerSource::Single { is_overtaken }, answer, row.clone());
    }

    /// What is new or changed and was not taken note of.
    pub const fn changes(&self) -> &Changes {
        &self.news
    }

    /// The same, to take note of it: rows that were held back get their places.
    pub const fn news_mut(&mut self) -> &mut Changes {
        self.let_rows_move();
        &mut self.news
    }

    /// Rows may move from now on: the next order is made from scratch.
    pub const fn let_rows_move(&mut self) {
        self.revision.order += 1;
    }

    /// Counts the changes.
    pub const fn revision(&self) -> Revision {
        self.revision
    }

    /// Puts a newer answer and its row into an entry. Tells whether something changed that is told.
    fn renew(&mut self, index: u32, at: Timestamp, from: AnswerSource, answer: Answer, row: Row) -> bool {
        let Some((entry, prints)) = self.entries.get_mut(index as usize).zip(self.prints.get_mut(index as usize))
        else {
            return false;
        };
        let Content::Readable { list, single } = &mut entry.content else { return false };
        let known = entry.row.take().unwrap_or_default();
        let row = match (from, entry.rows.take()) {
            (AnswerSource::List, None) => row,
            (AnswerSource::List, Some(rows)) => {
                let [_, other] = *rows;
                let merged = Row::merged(&row, &other);
                entry.rows = Some(Box::new([row, other]));
                merged
            }
            (AnswerSource::Single { .. }, rows) => {
                let of_list = rows.map_or_else(
                    || (*known).clone(),
                    |rows| {
                        let [of_list, _] = *rows;
                        of_list
                    },
                );
                let merged = Row::merged(&row, &of_list);
                entry.rows = Some(Box::new([of_list, row]));
                merged
            }
        };
        let (slot, other) = match from {
            AnswerSource::List => (&mut *list, &*single),
            AnswerSource::Single { .. } => (&mut *single, &*list),
        };
        let answer = answer.or_same(slot.as_ref()).or_same(other.as_ref());
        let is_known = slot.as_ref().is_some_and(|before| before.is_same(&answer));
        *slot = Some(answer);
        entry.is_outdated = match (from, entry.rows.as_deref()) {
            (AnswerSource::List, Some([list, single])) if !is_known => list.contradicts(single),
            (AnswerSource::List, _) => entry.is_outdated,
            (AnswerSource::Single { is_overtaken }, Some([list, single])) => is_overtaken && list.contradicts(single),
            (AnswerSource::Single { .. }, None) => false,
        };
        let row = match (&*list, &*single) {
            (Some(list), Some(single)) if list.is_same(single) => row,
            (Some(_), Some(_)) if is_known => row.reclassed(known.classes()),
            (Some(list), Some(single)) => row.reclassed(together(list, single, &row)),
            _ => row,
        };
        *prints = LinkDigests::of(&row);
        let changed = self.news.compare(index, &known, &row, at);
        entry.row = Some(Box::new(row));
        changed
    }

    /// Takes in how private the row of a submission is by both answers, if these are the answers.
    pub fn take_classes(&mut self, id: &str, [list, single]: [&Answer; 2], classes: Classes) {
        let entry = self.index_of(id).and_then(|index| self.entries.get_mut(index as usize));
        let Some(Entry { row: Some(row), content, .. }) = entry else { return };
        if let Content::Readable { list: Some(known_list), single: Some(known_single) } = content
            && known_list.is_same(list)
            && known_single.is_same(single)
        {
            **row = row.reclassed(classes);
            self.revision.content += 1;
        }
    }

    fn add(&mut self, id: Option<Box<str>>, entry: Entry) {
        let index = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        if let Some(id) = id {
            self.by_id.insert(id, index);
        }
        self.prints.push(LinkDigests::of(entry.row()));
        self.entries.push(entry);
    }

    /// The entries that have something in common with a row, in the order of arrival, with what that is; all but the
    /// entry `own`, which the row may represent.
    pub fn tied(&self, row: &Row, own: Option<u32>) -> Vec<(u32, Links)> {
        tied(|index| self.get(index).map(Entry::row), &self.prints, row, own)
    }

    /// The entry at an index.
    pub fn get(&self, index: u32) -> Option<&Entry> {
        self.entries.get(index as usize)
    }

    /// The index of a submission.
    pub fn index_of(&self, id: &str) -> Option<u32> {
        self.by_id.get(id).copied()
    }

    /// Every entry in the order of arrival.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Items loaded, unreadable ones included.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing is loaded.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Items that are no submissions.
    pub fn unreadable(&self) -> usize {
        self.unreadable.values().sum()
    }
}
