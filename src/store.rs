//! The loaded submissions: the received bytes, a compact row for each submission, and the order in which rows are
//! shown.
//!
//! Beside the rows, a store keeps their values column by column ([`RowIndex`](crate::query::RowIndex)), so that a filter
//! over 100,000 rows takes about a millisecond. [`RowOrder`] keeps the rows sorted and merges new rows into them.
//!
//! This module fetches nothing and draws nothing. Rows are found by submission id. Each loaded item is an entry of the
//! store. The index of an entry never changes, since entries are only added and never removed.
//!
//! The bytes of about fifty answers are together in one block of memory. A task packs the blocks with zstd, except the
//! newest two ([`Store::to_pack`]). [`Answer::raw`] unpacks the block of an answer, and the last few unpacked blocks are
//! kept, so that reading many records in the order of the list unpacks each block once. Two answers are compared by
//! their digests, without unpacking them. A block of which more than half belongs to replaced answers is made again
//! without these.

mod block;
mod block_table;
mod changes;
mod entries;
mod entry;
mod entry_parts;
mod id_index;
mod kept;
mod known;
mod link_index;
mod links;
mod listed;
mod listing;
mod packing;
mod part_walk;
mod parts;
mod row_order;
mod sort;
mod sorted_rows;
#[cfg(test)]
mod tests;
mod walk;

pub use block::PackOrder;
pub use changes::{Change, Changes};
pub use entries::{AT_ONCE, MergeStats, Revision, Store};
pub use entry::{Answer, Content, Entry, RowFindings};
pub use kept::AnswerDigest;
pub use known::{KnownAnswers, KnownRow, KnownSubmission};
pub use links::{Link, LinkedEntries, Links};
pub use listing::Listing;
pub use part_walk::PartWalk;
pub use parts::LackingRow;
pub use row_order::RowOrder;
pub use sort::Sort;
pub use walk::{End, Stop, Walk};
