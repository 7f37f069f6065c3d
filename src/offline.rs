//! Submissions from files: reads what the service, this program or an integration wrote, without any request.
//!
//! [`SubmissionFile`] holds the submissions of one or several files, or of standard input. The formats are recognised by
//! their content: JSON values one after the other (NDJSON), arrays, answers of the service (`{"Items": […]}`), single
//! submissions, and the payloads of webhooks (messages that the service sends to a customer's server). A text that is
//! no submission becomes an unreadable row, and is never dropped.
//!
//! [`RecordSource`] is the source of submissions for the rest of the program: the service or a file.
//!
//! What a file does not carry counts as not fetched, since nobody knows from which answer a record comes. Only a record
//! that holds something of every part counts as a full record: see `record_kind`.

mod file;
mod reader;
mod record_kind;
mod record_merge;
mod slots;
mod source;
mod split;
mod webhook;

#[cfg(test)]
mod tests;

pub(crate) use file::is_stdin;
pub use file::{FileFault, InputFault, SubmissionFile};
pub use source::RecordSource;
