//! The list data of one loaded submission, as a page of the list held it.

use super::entry::{Answer, Content, Entry};
use crate::api::Item;
use crate::submission::row::Row;

/// The list data of one submission, without its full record. The bytes may be packed in memory.
#[derive(Clone)]
pub(super) struct ListedItem {
    answer: Answer,
    row: Box<Row>,
}

impl ListedItem {
    /// Returns the list data of the submission of `entry`. `row` makes the row of the entry, which is that of the list
    /// data as long as no full record was received. `None` if no page of the list held the submission.
    pub(super) fn of(entry: &Entry, row: impl FnOnce() -> Row) -> Option<Self> {
        let Content::Readable { list: Some(list), .. } = entry.content() else { return None };
        let row = entry.rows.as_deref().map_or_else(row, |[of_list, _]| of_list.clone());
        Some(Self { answer: list.clone(), row: Box::new(row) })
    }

    /// Returns the list data, unpacked, as an item of a page of the list.
    pub(super) fn unpacked(self) -> Item {
        Item::Readable { id: self.row.id().into(), raw: self.answer.raw(), row: self.row }
    }
}
