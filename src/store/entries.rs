//! The store of all loaded submissions: their received bytes and their rows for the list.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use super::block_table::BlockTable;
use super::changes::Changes;
use super::entry::{Answer, Content, Entry, RowFindings};
use super::id_index::IdIndex;
use super::kept::AnswerDigest;
use super::links::{Link, LinkIndex, LinkedEntries};
use super::listed::ListedItem;
use crate::api::Item;
use crate::kit::growth;
use crate::query::RowIndex;
use crate::submission::findings::Grade;
use crate::submission::row::{Classes, Column, NO_ROW, Room, Row};
use crate::submission::{classes_together, classes_unjudged};

/// Largest size, in bytes, of answers about one submission that are parsed in the event loop of the screen. Parsing so
/// few bytes takes less than a millisecond. Larger answers are parsed in a separate task. A real answer about one
/// submission has about ten thousand bytes.
pub const AT_ONCE: usize = 64 * 1024;

/// Returns the privacy classes of `row`, which say at which mask level each of its values is hidden. The row belongs to
/// a submission with the list data `list` and the full record `single`. A value that is private in one of the two is
/// private in the row. If the two together are larger than [`AT_ONCE`], they are not parsed here: each value that may
/// be private counts as private.
fn together(list: &Answer, single: &Answer, row: &Row) -> Classes {
    if list.size() + single.size() <= AT_ONCE {
        classes_together(&list.raw(), &single.raw())
    } else {
        classes_unjudged(row)
    }
}

/// Returns whether `row` has an AML status (AML: anti-money laundering) or an AML risk level.
fn tells_screening(row: &Row) -> bool {
    [Column::Aml, Column::AmlLevel].iter().any(|column| row.cell(*column).text().is_some())
}

/// Returns the id of the submission with this index in a store; `None` for an unreadable item. `entries` and `rows` are
/// those of the store.
fn id_at<'s>(entries: &[Entry], rows: &'s RowIndex, index: u32) -> Option<Cow<'s, str>> {
    entries
        .get(index as usize)
        .filter(|entry| entry.is_readable())
        .map(|_| rows.text(index, Column::Id).unwrap_or_default())
}

/// Kind of an answer about a submission: list data (its item on a page of the list), or its full record.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum AnswerSource {
    List,
    /// The full record. `is_overtaken` says whether other list data of the submission arrived while the full record was
    /// being fetched; then the full record may be outdated.
    Single {
        is_overtaken: bool,
    },
}

/// Numbers that result from adding one page of list data to the store: the items on the page, the new ones among them,
/// and the submissions that changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MergeStats {
    /// Number of items on the page: submissions, and items that cannot be read as one.
    pub items: usize,
    /// Number of items on the page that count as new. An item is new if the store did not hold it. While all pages are
    /// loaded one after the other, an item that only a refresh brought before also counts as new.
    pub new: usize,
    /// Number of submissions on the page that were known before and changed in a column whose changes are reported to
    /// the user.
    pub changed: usize,
}

/// Store of all loaded items of the list, in the order in which they arrived. An item is a submission, or cannot be
/// read as one.
#[derive(Default)]
pub struct Store {
    pub(super) entries: Vec<Entry>,
    /// Finds entries by the values that link submissions, such as the e-mail address.
    links: LinkIndex,
    /// The values of the rows of all entries, which filters and sort orders read.
    pub(super) index: RowIndex,
    by_id: IdIndex,
    /// Digests (hashes) of the loaded items that cannot be read as submissions, each with the number of entries whose
    /// bytes have this digest. So such an item is recognised when the service sends it again. Two equal unreadable
    /// items on one page are two entries.
    unreadable: HashMap<AnswerDigest, usize>,
    /// Indexes of the submissions that only a refresh brought so far. When the loading of one page after the other
    /// reaches such a submission, it counts as new in [`MergeStats::new`].
    only_from_refresh: HashSet<u32>,
    /// Number of entries in the store after each page was added, in the order of the pages; refreshed pages do not
    /// count.
    pub(super) page_ends: Vec<usize>,
    /// List data from an earlier query, by submission id. It is joined to the item of the submission as soon as a page
    /// of this store holds the submission.
    pub(super) earlier: HashMap<Box<str>, ListedItem>,
    news: Changes,
    /// The blocks: pieces of memory, each with the bytes of several answers.
    pub(super) blocks: BlockTable,
    pub(super) revision: Revision,
    /// Number of times that a newer answer about a loaded submission was stored.
    renewals: u64,
    knows_screening: bool,
}

/// Two counters, which a store raises when it changes. Other code compares two values of this type to find out whether
/// the store changed, for example whether the rows must be sorted again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Revision {
    /// Number of changes that make the rows be sorted again, so that rows may move on the screen.
    pub order: u64,
    /// Number of changes after which all rows keep their places on the screen: refreshes, and answers about loaded
    /// items.
    pub content: u64,
}

impl Store {
    /// Adds the items of the next page of the list, which was received at the time `at`. If a submission is already in
    /// the store, the newer list data replaces the older. A new submission is added at the end. Returns the numbers of
    /// new and changed items.
    pub fn take_page(&mut self, items: Vec<Item>, at: Timestamp) -> MergeStats {
        self.let_rows_move();
        let taken = self.take(items, at, true);
        self.page_ends.push(self.entries.len());
        taken
    }

    /// Adds the items of a page of the list that was loaded before and was fetched again at the time `at`. New
    /// submissions are held back (not shown until the user wants that), so that the list on the screen does not jump.
    /// Returns the numbers of new and changed items.
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
        self.pack_overdue();
        let mut met: HashMap<AnswerDigest, usize> = HashMap::new();
        let mut room = Room::default();
        for item in items {
            let (item, parts) = self.with_known_parts(item, &mut room);
            match item {
                Item::Readable { id, raw, row } => {
                    let answer = Answer::new(raw, at);
                    if let Some(index) = self.index_of(&id) {
                        let changed = self.renew(index, at, AnswerSource::List, answer, *row);
                        taken.changed += usize::from(changed);
                        taken.new += usize::from(walking && self.only_from_refresh.remove(&index));
                    } else {
                        taken.new += 1;
                        let content = Content::Readable { list: Some(answer), single: None };
                        self.add(Some(id), Entry { parts, ..Entry::new(content) }, &row);
                    }
                }
                Item::Unreadable { raw, reason } => {
                    let answer = Answer::new(raw, at);
                    let met = met.entry(answer.digest()).or_default();
                    let known = self.unreadable.entry(answer.digest()).or_default();
                    *met += 1;
                    if *met > *known {
                        *known = *met;
                        taken.new += 1;
                        let content = Content::Unreadable { answer, reason };
                        self.add(None, Entry::new(content), &NO_ROW);
                    }
                }
            }
        }
        self.move_into_blocks(true);
        taken
    }

    /// Stores `answer`, the full record of the submission with this id, and `row`, the row made from it. Does nothing
    /// if no submission with this id is loaded. `is_overtaken` says whether other list data of the submission arrived
    /// while the full record was being fetched; then the full record may be outdated.
    pub fn take_single(&mut self, id: &str, answer: Answer, row: &Row, is_overtaken: bool) {
        let Some(index) = self.index_of(id) else { return };
        self.revision.content += 1;
        let at = answer.at;
        self.renew(index, at, AnswerSource::Single { is_overtaken }, answer, row.clone());
        self.move_into_blocks(false);
    }

    /// Returns the new and changed rows that the user did not acknowledge yet.
    pub const fn changes(&self) -> &Changes {
        &self.news
    }

    /// Returns the new and changed rows, so that the caller can acknowledge changes (mark them as seen) or reveal new
    /// rows (show them in the list). Rows may move on the screen after this call, since revealed rows get their places.
    pub const fn news_mut(&mut self) -> &mut Changes {
        self.let_rows_move();
        &mut self.news
    }

    /// Makes the next update of the order of the rows (`RowOrder::update`) sort all rows again, so that rows may move
    /// on the screen.
    pub const fn let_rows_move(&mut self) {
        self.revision.order += 1;
    }

    /// Returns the counters of the changes of this store, to detect later whether the store changed.
    pub const fn revision(&self) -> Revision {
        self.revision
    }

    /// Returns a counter that is raised whenever the values of a loaded row may have changed. New rows do not raise it.
    pub const fn value_changes(&self) -> u64 {
        self.revision.content + self.renewals
    }

    /// Stores `answer`, a newer answer about the submission with this index, and `row`, the row made from the answer.
    /// `at` is the time when the answer was received. `from` says whether it is list data or a full record. Returns
    /// whether the row changed in a way that is reported to the user.
    pub(super) fn renew(&mut self, index: u32, at: Timestamp, from: AnswerSource, answer: Answer, row: Row) -> bool {
        let Some(entry) = self.entries.get_mut(index as usize) else { return false };
        let Content::Readable { list, single } = &mut entry.content else { return false };
        self.renewals += 1;
        let known = self.index.row(index);
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
                    || known.clone(),
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
        let (own, other) = match from {
            AnswerSource::List => (list.as_ref(), single.as_deref()),
            AnswerSource::Single { .. } => (single.as_deref(), list.as_ref()),
        };
        let is_known = own.is_some_and(|before| before.is_same(&answer));
        let answer = answer.or_same(other).or_same(own);
        if !is_known {
            self.blocks.add(index, &answer.kept);
            own.into_iter().for_each(|before| self.blocks.remove(&before.kept));
        }
        if !is_known && matches!(from, AnswerSource::Single { .. }) {
            entry.findings = RowFindings::NotChecked;
        }
        match from {
            AnswerSource::List => *list = Some(answer),
            AnswerSource::Single { .. } => *single = Some(Box::new(answer)),
        }
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
        self.links.renew(index, &known, &row);
        self.knows_screening |= tells_screening(&row);
        let changed = self.news.compare(index, &known, &row, at);
        self.index.replace(index, &row);
        changed
    }

    /// Sets the privacy classes of the row of the submission with this id; they say at which mask level each value is
    /// hidden. A task computed `classes` from `list` (list data) and `single` (full record). Does nothing if newer
    /// answers have replaced `list` or `single` since then.
    pub fn take_classes(&mut self, id: &str, [list, single]: [&Answer; 2], classes: Classes) {
        let Some(index) = self.index_of(id) else { return };
        let Some(Entry { content, .. }) = self.entries.get(index as usize) else { return };
        if let Content::Readable { list: Some(known_list), single: Some(known_single) } = content
            && known_list.is_same(list)
            && known_single.is_same(single)
        {
            self.revision.content += 1;
            self.index.replace(index, &self.index.row(index).reclassed(classes));
        }
    }

    /// Stores `grade`, the most severe grade of the findings about `answer`, the full record of the submission with
    /// this id. `None` means that there are no findings. Does nothing if a newer full record has replaced `answer`. The
    /// list need not be sorted again afterwards, since it is never sorted by grade.
    pub fn take_grade(&mut self, id: &str, answer: &Answer, grade: Option<Grade>) {
        let entry = self.index_of(id).and_then(|index| self.entries.get_mut(index as usize));
        if let Some(Entry { content: Content::Readable { single: Some(known), .. }, findings, .. }) = entry
            && known.is_same(answer)
        {
            *findings = grade.into();
        }
    }

    /// Adds an entry and its row at the end of the store. `id` is the id of the submission; `None` for an unreadable
    /// item.
    fn add(&mut self, id: Option<Box<str>>, entry: Entry, row: &Row) {
        let index = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        entry.kept().for_each(|kept| self.blocks.add(index, kept));
        self.links.add(index, row);
        self.index.push(row, id.is_some());
        self.knows_screening |= tells_screening(row);
        growth::push(&mut self.entries, entry);
        if let Some(id) = id {
            self.by_id.add(&id, index, |index| id_at(&self.entries, &self.index, index));
        }
    }

    /// Returns the entries that are linked to `row`, for example by an equal e-mail address. `own` is the index of the
    /// entry of `row`, which is left out; `None` if `row` is not in the store. `named` are indexes of entries that are
    /// compared in any case, such as those that the service reports as duplicates.
    pub fn linked(&self, row: &Row, own: Option<u32>, named: &[u32]) -> LinkedEntries {
        self.links.linked(|index| self.row(index).created(), row, own, named)
    }

    /// Returns for each kind of link, such as the same e-mail address, the number of entries that are linked to `row`
    /// by it. A link without any entry is left out. `own` is the index of the entry of `row`, which is not counted;
    /// `None` if `row` is not in the store.
    pub fn link_counts(&self, row: &Row, own: Option<u32>) -> Vec<(Link, usize)> {
        self.links.counts(row, own)
    }

    /// Returns the row of the entry with this index. It combines the submission's data from the list and from the full
    /// record. If both have a value for a column, the row has the value that was received later. The row is empty for
    /// an unreadable item, and if no entry has this index. The row is made on each call, which takes about a
    /// microsecond.
    pub fn row(&self, index: u32) -> Row {
        self.index.row(index)
    }

    /// Returns the id of the submission with this index; `None` for an unreadable item, and if no entry has this index.
    pub fn id(&self, index: u32) -> Option<Cow<'_, str>> {
        id_at(&self.entries, &self.index, index)
    }

    /// Returns the entry with this index in the store; `None` if no entry has this index.
    pub fn get(&self, index: u32) -> Option<&Entry> {
        self.entries.get(index as usize)
    }

    /// Returns the index of the submission with this id; `None` if the submission is not loaded.
    pub fn index_of(&self, id: &str) -> Option<u32> {
        self.by_id.find(id, |index| id_at(&self.entries, &self.index, index))
    }

    /// Returns the values of all rows, which filters and sort orders read. The row of an unreadable item is empty.
    pub const fn row_index(&self) -> &RowIndex {
        &self.index
    }

    /// Returns all entries in the order in which they arrived.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Returns the number of loaded items of list answers, including those that cannot be read as submissions.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns whether no item is loaded.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Returns whether the AML status (AML: anti-money laundering) or the AML risk level of any loaded submission is
    /// known. The pages of the list usually contain neither.
    pub const fn knows_screening(&self) -> bool {
        self.knows_screening
    }

    /// Returns the number of loaded items of list answers that cannot be read as submissions.
    pub fn unreadable(&self) -> usize {
        self.unreadable.values().sum()
    }
}
