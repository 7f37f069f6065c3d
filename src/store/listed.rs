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
    /// Returns the list data of the loaded submission `entry`: its item on a page of the list. `None` if no page held
    /// it.
    pub(super) fn of(entry: &Entry) -> Option<Self> {
        let Content::Readable { list: Some(list), .. } = entry.content() else { return None };
        let row = entry.rows.as_deref().map_or_else(|| entry.row(), |[of_list, _]| of_list);
        Some(Self { answer: list.clone(), row: Box::new(row.clone()) })
    }

    /// Returns the item as a page of the list held it.
    pub(super) fn unpacked(self) -> Item {
        Item::Readable { id: self.row.id().into(), raw: self.answer.raw(), row: self.row }
    }
}
