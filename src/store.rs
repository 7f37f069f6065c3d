//! What was loaded: the bytes that came, a compact row of each submission, and the order in which they are shown.
//!
//! Nothing is fetched here and nothing is drawn. Rows are keyed by submission id; an index into the entries stays valid
//! as long as the store lives, since entries are only added.

mod changes;
mod entries;
mod links;
mod listing;
mod row_order;
#[cfg(test)]
mod tests;
mod walk;

pub use changes::{Change, Changes};
pub use entries::{AT_ONCE, Answer, Content, Entry, MergeStats, Revision, Store};
pub use links::{Link, Links};
pub use listing::Listing;
pub use row_order::{RowOrder, Sort};
pub use walk::{End, Stop, Walk};
