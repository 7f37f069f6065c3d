//! The input of an export, and the results of its run.

use std::io;

use super::record::ExportPlan;
use super::target::ExportTarget;
use crate::output::LineFormat;
use crate::query::{Params, Query};
use crate::text::{Mask, Safe};

/// The query, the options and the target of an export.
pub(crate) struct ExportJob {
    pub(crate) query: Query,
    /// Query parameters of the parts of the query, which are fetched separately. Usually, the only element is the whole
    /// query. An export to a stream with several jobs has one element for each day, from the newest to the oldest.
    pub(crate) parts: Vec<Params>,
    pub(crate) plan: ExportPlan,
    pub(crate) mask: Mask,
    pub(crate) format: LineFormat,
    pub(crate) target: ExportTarget,
}

/// Reason for the end of an export.
pub(crate) enum ExportEnd {
    /// All submissions of the query were written.
    Complete,
    /// No further pages could be fetched. The values are the reason in two or three words, and a sentence for the user.
    Stopped(Safe, Option<Safe>),
    /// The answers for the single days do not fit together: they lack submissions that the answer for all days has.
    /// Only an export to a stream with several jobs, which fetches each day separately, ends like this.
    Torn,
    /// Lines could not be written to the target of the export.
    Output(io::Error),
}

/// A page of an export, or a part of a page, that was written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WrittenPage {
    /// Number of written rows.
    pub(crate) rows: u64,
    /// Size in bytes of the service's answers for this page, after decompression.
    pub(crate) bytes: usize,
    /// Whether the page is now written to its end.
    pub(crate) is_page_end: bool,
}
