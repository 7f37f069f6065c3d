//! The loaded submissions: the received bytes, a compact row for each submission, and the order in which rows are
//! shown.
//!
//! Beside the rows, a store keeps their values column by column ([`RowIndex`](crate::query::RowIndex)), so that a filter
//! over 100,000 rows takes about a millisecond. [`RowOrder`] keeps the rows sorted and merges new rows into them.
//!
//! This module fetches nothing and draws nothing. Rows are found by submission id. Each loaded item is an entry of the
//! store. The index of an entry never changes, since entries are only added and never removed.

mod changes;
mod entries;
mod entry;
mod entry_parts;
mod known;
mod links;
mod listing;
mod part_walk;
mod parts;
mod row_order;
mod sort;
mod sorted_rows;
#[cfg(test)]
mod tests;
mod walk;

pub use changes::{Change, Changes};
pub use entries::{AT_ONCE, MergeStats, Revision, Store};
pub use entry::{Answer, Content, Entry};
pub use known::{KnownAnswers, KnownRow, KnownSubmission};
pub use links::{Link, Links};
pub use listing::Listing;
pub use part_walk::PartWalk;
pub use parts::LackingRow;
pub use row_order::RowOrder;
pub use sort::Sort;
pub use walk::{End, Stop, Walk};
