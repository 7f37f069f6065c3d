//! Walks through the pages of a query without a screen, for `list`, `export` and `stats`.
//!
//! [`PageWalk`] fetches page after page and drops items that came before. [`SubmissionWalk`] adds what the command
//! line needs: the full record of each submission, the verdict of the local terms on it, and the rule after which
//! failures stop the walk.

mod id_digests;
mod pages;
mod submissions;

pub use id_digests::IdDigests;
pub use pages::{NewItems, PageWalk};
pub use submissions::{ItemSource, PageEnd, SINGLES_AT_ONCE, SubmissionWalk, WalkContext, WalkStep, WalkedItem};
