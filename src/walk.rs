//! Fetches all pages of a query without a screen, for the commands `list`, `export` and `stats`.
//!
//! [`PageWalk`] fetches page after page and drops items that an earlier page held. [`SubmissionWalk`] does more for
//! each submission. It fetches the full record, checks the local terms of the query, and stops after too many failures.

mod id_digests;
mod pages;
mod submissions;

pub use id_digests::IdDigests;
pub use pages::{NewItems, PageWalk};
pub use submissions::{ItemSource, PageEnd, SINGLES_AT_ONCE, SubmissionWalk, WalkContext, WalkStep, WalkedItem};
