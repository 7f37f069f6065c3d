//! Fetches all pages of a query without a screen, for the commands `list`, `export` and `stats`.
//!
//! [`PageWalk`] fetches page after page and drops items that an earlier page already held. [`SubmissionWalk`] returns
//! the submissions of these pages one by one. For each submission, it fetches the full record if requested, and checks
//! the local terms of the query: the conditions that this program checks itself, since the service has no query
//! parameter for them. It stops after too many failures.

mod id_digests;
mod pages;
mod submissions;

pub use id_digests::IdDigests;
pub use pages::{NewItems, PageWalk};
pub use submissions::{ItemSource, PageEnd, SINGLES_AT_ONCE, SubmissionWalk, WalkContext, WalkStep, WalkedItem};
