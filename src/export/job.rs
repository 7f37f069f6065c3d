//! What a run of an export gets, and what it returns.

use std::io;

use super::record::ExportPlan;
use super::target::ExportTarget;
use crate::output::LineFormat;
use crate::query::{Params, Query};
use crate::text::{Mask, Safe};

/// The query, the options and the target of an export.
pub(crate) struct ExportJob {
    pub(crate) query: Query,
    /// The query parameters of each part of the export. The only part is the whole query; an export to a stream with
    /// several jobs has its days, from the newest to the oldest.
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
    /// The fetching of pages stopped: the reason in two or three words, and a sentence for the user.
    Stopped(Safe, Option<Safe>),
    /// The single days were exported one by one, but they lack submissions that the whole range of dates contains.
    Torn,
    /// Lines could not be written to the target of the export.
    Output(io::Error),
}

/// A page of an export, or a part of a page, that was written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WrittenPage {
    /// Number of written rows.
    pub(crate) rows: u64,
    /// Size of the answers in bytes, after decompression.
    pub(crate) bytes: usize,
    /// Whether the whole page, or the last part of the page, was written.
    pub(crate) is_page_end: bool,
}
