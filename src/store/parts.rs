//! Joins parts of submissions (groups of fields, such as `aml`, that the service sends when asked by `request_type`) to
//! the loaded list data. Also finds the loaded submissions that lack a part.

use std::borrow::Cow;

use jiff::Timestamp;

use super::entries::{AnswerSource, Store};
use super::entry::Answer;
use super::entry_parts::EntryParts;
use super::listed::ListedItem;
use crate::api::Item;
use crate::query::{MissingParts, PartSet, Query, RequestType};
use crate::submission::row::Room;
use crate::text::Mask;

/// Maximum number of loaded submissions that are examined to find out which fields the list data leaves out. A small
/// number is enough, because all lists of one service leave out the same fields. A large number would take too long,
/// because the examination is repeated after each key press.
const EXAMINED: usize = 500;

/// A loaded submission whose row lacks values, with the parts (groups of fields, such as `aml`) that hold these values.
#[derive(Clone)]
pub struct LackingRow<'s> {
    /// Id of the submission.
    pub id: Cow<'s, str>,
    /// Parts that hold the missing values. Empty if nothing is missing, or if the values cannot be fetched.
    pub lacking: PartSet,
    /// Parts that were already requested for the submission.
    pub requested: PartSet,
    /// Number of the page of the list that held the submission, counted from 1.
    page: usize,
}

impl LackingRow<'_> {
    /// Adds this submission to `missing`, the summary of the values that all rows of a query lack.
    pub fn add_to(self, missing: &mut MissingParts) {
        missing.add(self.lacking, self.requested, self.page);
    }
}

impl Store {
    /// Joins `items` to the loaded submissions with the same ids. The items are from a page that holds only one part of
    /// each submission, such as `aml` (fetched with `request_type`). `at` is the time when the page was received. A
    /// value of an item replaces the loaded value of the same field. Items of submissions that are not loaded are
    /// dropped, so no row is added, and rows keep their places. Returns the number of joined items.
    pub fn take_part(&mut self, items: &[Item], at: Timestamp) -> usize {
        self.revision.content += 1;
        self.pack_overdue();
        let (mut count, mut room) = (0, Room::default());
        for part in items {
            let index = part.id().and_then(|id| self.index_of(id));
            let listed = index.and_then(|index| self.listed(index)).map(ListedItem::unpacked);
            if let (Some(index), Some(listed)) = (index, listed)
                && let Item::Readable { raw, row, .. } = listed.joined_with(part, &mut room)
            {
                self.renew(index, at, AnswerSource::List, Answer::new(raw, at), *row);
                self.entries.get_mut(index as usize).into_iter().for_each(|entry| entry.parts.is_joined = true);
                count += 1;
            }
        }
        self.move_into_blocks(true);
        count
    }

    /// Returns the list data of the submission with this index; `None` if no page of the list held the submission, or if
    /// no entry has this index.
    fn listed(&self, index: u32) -> Option<ListedItem> {
        ListedItem::of(self.get(index)?, || self.row(index))
    }

    /// Copies the list data of all submissions in `earlier`, the store of an earlier query, to complete later pages of
    /// this store. If a later page holds one of these submissions, its item is joined to the copied list data. A query
    /// with `request_type` needs this, since its items hold one part of a submission only, without time and name.
    pub fn remember(&mut self, earlier: &Self) {
        let indexes = (0..).take(earlier.entries.len());
        let known = indexes.filter_map(|index| Some((earlier.id(index)?.into(), earlier.listed(index)?)));
        self.earlier = earlier.earlier.clone().into_iter().chain(known).collect();
    }

    /// Returns `item`, a newer list item of a submission, joined to earlier data of the submission. Earlier data is
    /// parts that were fetched with `request_type` (such as `aml`), or list data that [`Self::remember`] copied. The
    /// second value says whether there was such data ([`EntryParts::is_joined`]). `room` is the memory that is left for
    /// texts in rows.
    pub(super) fn with_known_parts(&mut self, item: Item, room: &mut Room) -> (Item, EntryParts) {
        let none = EntryParts::default();
        let Some(id) = item.id() else { return (item, none) };
        let known = match self.index_of(id) {
            Some(index) => self.get(index).filter(|entry| entry.has_parts()).and_then(|_| self.listed(index)),
            None => self.earlier.remove(id),
        };
        match known {
            Some(known) => (known.unpacked().joined_with(&item, room), EntryParts { is_joined: true, ..none }),
            None => (item, none),
        }
    }

    /// Records that `part` was requested for the submissions with the ids `ids`. Values of this part that are still
    /// missing afterwards can only be fetched with the full records of these submissions.
    pub fn note_requested<'i>(&mut self, part: RequestType, ids: impl Iterator<Item = &'i str>) {
        self.revision.content += 1;
        for index in ids.filter_map(|id| self.index_of(id)).collect::<Vec<_>>() {
            self.note_fetch(index, |parts| parts.requested = parts.requested.with(PartSet::of(part)));
        }
    }

    /// Calls `change` with the record of what was fetched for the submission with this index, so that `change` can
    /// update it. This record says which parts were requested, and whether the full record is gone.
    fn note_fetch(&mut self, index: u32, change: impl FnOnce(&mut EntryParts)) {
        if let Some(entry) = self.entries.get_mut(index as usize) {
            change(&mut entry.parts);
            self.index.note_fetch(index, entry.parts.requested, entry.parts.is_gone);
        }
    }

    /// Records that the service no longer has the full record of the submission with the id `id`, so that nothing more
    /// can be fetched for this submission.
    pub fn note_gone(&mut self, id: &str) {
        self.revision.content += 1;
        if let Some(index) = self.index_of(id) {
            self.note_fetch(index, |parts| parts.is_gone = true);
        }
    }

    /// Returns the submission at `index` with `lacking`, the set of parts that hold the values which its row lacks. If
    /// the service no longer has the submission, the set in the result is empty, since nothing can be fetched. Returns
    /// `None` for an unreadable item.
    pub fn lacking_row(&self, index: u32, lacking: PartSet) -> Option<LackingRow<'_>> {
        let entry = self.get(index)?;
        let lacking = if entry.parts.is_gone { PartSet::EMPTY } else { lacking };
        Some(LackingRow { id: self.id(index)?, lacking, requested: entry.parts.requested, page: self.page_of(index) })
    }

    /// Returns the number of the page of the list, counted from 1, from which the entry with this index was loaded.
    pub(super) fn page_of(&self, index: u32) -> usize {
        let before = self.page_ends.partition_point(|end| *end <= index as usize);
        // A refresh can add rows behind the last page.
        (before + 1).min(self.page_ends.len().max(1))
    }

    /// Returns the parts (such as `aml`) that must be fetched besides list data to test the local terms of `query`.
    /// Local terms are terms of the filter that this program tests itself. The first loaded submissions show which
    /// parts these are: those with values that the list data lacks, and those that were requested before. If no
    /// submission is loaded, the result is all parts that the terms test.
    pub fn parts_for_terms(&self, query: &Query) -> PartSet {
        let tested = query.tested_parts();
        let readable = (0..).zip(&self.entries).filter(|(_, entry)| entry.is_readable());
        let listed = readable.take(EXAMINED).map(|(index, entry)| {
            let row = entry.rows.as_deref().map_or_else(|| self.row(index), |[of_list, _]| of_list.clone());
            query.untested_parts(&row).with(entry.parts.requested)
        });
        listed.reduce(PartSet::with).map_or(tested, |parts| parts.common(tested))
    }

    /// Iterates over the submissions whose rows lack columns. A submission is left out if a local term of `query` (a
    /// condition that this program tests itself) hides its row, whatever the missing values are. Each submission comes
    /// with the set of parts that hold its missing values. The set is empty if the terms do not need these values.
    /// Search texts are searched only in values that the mask level `mask` shows.
    pub fn rows_with_gaps<'s>(&'s self, query: &'s Query, mask: Mask) -> impl Iterator<Item = LackingRow<'s>> {
        let indexes = (0..).take(self.entries.len()).filter(|index| !self.index.carries_all(*index));
        indexes.filter_map(move |index| self.lacking_row(index, query.lacking(&self.row(index), mask)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Query;
    use crate::store::RowOrder;
    use crate::submission::row::{Cell, Column};
    use crate::text::Mask;

    fn item(json: &str) -> Item {
        Item::from_list("a".into(), json.to_owned().into_bytes().into())
    }

    fn loaded(json: &str) -> Store {
        let mut store = Store::default();
        store.take_page(vec![item(json)], Timestamp::UNIX_EPOCH);
        store
    }

    const LIST: &str = r#"{"submission_id":"a","created_at":"2026-11-20T12:00:00Z","kyc":{"result":"pending"}}"#;
    const PART: &str = r#"{"submission_id":"a","aml":{"currentstatus":"Red Flag"}}"#;

    fn cells(store: &Store, columns: [Column; 3]) -> [String; 3] {
        let row = store.row(0);
        columns.map(|column| row.cell(column).text().unwrap_or("nothing").to_owned())
    }

    #[test]
    fn a_part_adds_its_values_and_no_row() {
        let mut store = loaded(LIST);
        let other = Item::from_list("b".into(), r#"{"submission_id":"b","aml":{}}"#.into());
        assert_eq!(store.take_part(&[item(PART), other], Timestamp::UNIX_EPOCH), 1);
        let known = cells(&store, [Column::Status, Column::Created, Column::Aml]);
        assert_eq!(known, ["pending", "2026-11-20T12:00:00Z", "Red Flag"]);
        assert!(store.len() == 1 && store.get(0).unwrap().has_parts());
        let query = Query::parse("aml:red-flag", jiff::civil::Date::ZERO);
        assert_eq!(RowOrder::of(&store, &query, Mask::Ids, crate::store::Sort::default()).rows(), [0]);
    }

    #[test]
    fn the_items_of_a_part_keep_what_an_earlier_query_knew_of_them() {
        let mut store = Store::default();
        store.remember(&loaded(LIST));
        let unknown = Item::from_list("b".into(), r#"{"submission_id":"b","aml":{}}"#.into());
        assert_eq!(store.take_page(vec![item(PART), unknown], Timestamp::UNIX_EPOCH).new, 2);
        assert_eq!(cells(&store, [Column::Id, Column::Created, Column::Aml]), KNOWN);
        assert!(store.row(1).cell(Column::Created) == Cell::NotFetched);
        store.take_refresh(vec![item(PART)], Timestamp::UNIX_EPOCH);
        assert_eq!(cells(&store, [Column::Id, Column::Created, Column::Aml]), KNOWN);
        let mut next = Store::default();
        next.remember(&store);
        next.take_page(vec![item(r#"{"submission_id":"a","kyc":{"attempts":[]}}"#)], Timestamp::UNIX_EPOCH);
        assert_eq!(cells(&next, [Column::Id, Column::Created, Column::Aml]), KNOWN);
    }

    const KNOWN: [&str; 3] = ["a", "2026-11-20T12:00:00Z", "Red Flag"];

    #[test]
    fn newer_list_data_keeps_the_part_and_wins_where_both_have_a_value() {
        let mut store = loaded(LIST);
        store.take_part(&[item(PART)], Timestamp::UNIX_EPOCH);
        let newer = LIST.replace("pending", "approved");
        assert_eq!(store.take_refresh(vec![item(&newer)], Timestamp::UNIX_EPOCH).changed, 1);
        let known = cells(&store, [Column::Status, Column::Aml, Column::Id]);
        assert_eq!(known, ["approved", "Red Flag", "a"]);
        assert!(store.row(0).cell(Column::Token) == Cell::NotFetched, "what no answer had stays unknown");
    }
}
