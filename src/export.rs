//! Writing of submissions to a file, which is either complete or clearly marked as partial. The command `export` and the
//! export from the screen use this module.
//!
//! While the file is written, its name is `FILE.partial`, and the file is locked. After each page, the file
//! `FILE.resume` stores how far the export has come, and `FILE.seen` holds a keyed digest of every id. So an export
//! that was interrupted in any way can continue without losing or repeating a row. If the target is a device, a pipe, a
//! socket or a descriptor, the target is written directly, without these files.
//!
//! An export with several jobs fetches several ranges of days at the same time. Each range has files of its own, such as
//! `FILE.partial.1` and `FILE.seen.1`, and the ranges are joined at the end. `src/export/chain.rs` says why no row is lost
//! or repeated between two ranges.

mod chain;
mod date_range;
mod days;
mod digested_file;
mod division;
mod file_lock;
mod files;
mod job;
mod order;
mod paths;
mod range_record;
mod ranges;
mod record;
mod refusal;
mod report;
mod row_counts;
mod run;
mod stopped_export;
mod target;
#[cfg(test)]
mod tests;
mod walk;

pub(crate) use files::ExportFiles;
pub(crate) use job::{ExportEnd, ExportJob, WrittenPage};
pub use order::{ExportEvent, ExportOrder, ExportOutcome, ExportRows, run};
pub use record::ExportSource;
pub(crate) use record::{ExportPlan, random_key};
pub(crate) use refusal::TargetRefusal;
pub use report::{ExportGap, ExportReport};
pub(crate) use run::ExportRun;
pub(crate) use target::{ExportTarget, TargetState, find};
