//! The list data of one loaded submission, as a page of the list held it.

use super::entries::Store;
use super::entry::{Answer, Content};
use crate::api::Item;
use crate::submission::row::Row;

/// The list data of one submission, without its full record. The bytes may be packed in memory.
#[derive(Clone)]
pub(super) struct ListedItem {
    answer: Answer,
    row: Box<Row>,
}

impl ListedItem {
    /// Returns the list data of the submission with this index in `store`. `None` if no page of the list held the
    /// submission, or if no entry has this index.
    pub(super) fn of(store: &Store, index: u32) -> Option<Self> {
        let entry = store.get(index)?;
        let Content::Readable { list: Some(list), .. } = entry.content() else { return None };
        let row = entry.rows.as_deref().map_or_else(|| store.row(index), |[of_list, _]| of_list.clone());
        Some(Self { answer: list.clone(), row: Box::new(row) })
    }

    /// Returns the list data, unpacked, as an item of a page of the list.
    pub(super) fn unpacked(self) -> Item {
        Item::Readable { id: self.row.id().into(), raw: self.answer.raw(), row: self.row }
    }
}
