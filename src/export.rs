//! Writing of submissions to a file, which is either complete or clearly marked as partial. The command `export` and the
//! export from the screen use this module.
//!
//! While the file is written, its name is `FILE.partial`, and the file is locked. After each page, the file
//! `FILE.resume` stores how far the export has come, and `FILE.seen` holds a keyed digest of every id. So an export
//! that was interrupted in any way can continue without losing or repeating a row. If the target is a device, a pipe, a
//! socket or a descriptor, the target is written directly, without these files.

mod claim;
mod job;
mod names;
mod order;
mod record;
mod refusal;
mod report;
mod run;
mod summed;
mod target;
mod walk;

pub(crate) use job::{ExportEnd, ExportJob, WrittenPage};
pub use order::{ExportEvent, ExportOrder, ExportOutcome, ExportRows, run};
pub use record::ExportSource;
pub(crate) use record::{ExportPlan, salt};
pub(crate) use refusal::TargetRefusal;
pub use report::{ExportGap, ExportReport};
pub(crate) use run::ExportRun;
pub(crate) use target::{Files, Target, TargetState, find};
