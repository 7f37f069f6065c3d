//! Fetches all pages of a query without a screen, for the commands `list`, `export` and `stats`.
//!
//! [`PageWalk`] fetches page after page and drops items that an earlier page already held. [`SubmissionWalk`] returns
//! the submissions of these pages one by one. For each submission, it fetches the full record if requested, and checks
//! the local terms of the query. It stops after too many failures.
//!
//! With [`WalkContext::with`], the same query is walked once more for each of these parts (`request_type`), and the parts
//! are joined to the list data by the submission id.

mod context;
mod id_digests;
mod omitted_parts;
mod pages;
mod part_join;
mod request_counts;
mod submissions;

pub use context::WalkContext;
pub use id_digests::IdDigests;
pub use omitted_parts::OmittedParts;
pub use pages::{NewItems, PageWalk};
pub use part_join::PartStop;
pub use request_counts::RequestCounts;
pub use submissions::{ItemSource, MAX_PARALLEL_RECORDS, PageEnd, PageGate, SubmissionWalk, WalkStep, WalkedItem};
