//! The report of an export from the screen: what was written, and what the file lacks.

use crate::query::PartSet;
use crate::text::{Mask, Safe, grouped};

/// What an export from the screen wrote, and how it ended.
pub struct ExportReport {
    /// Path of the file.
    pub(super) name: Safe,
    /// Path of the partial file, if the export ended early and left one.
    pub(super) part: Option<Safe>,
    /// Whether the command `export` can continue the partial file.
    pub(super) can_continue: bool,
    /// Command line that continues the partial file; `None` if it cannot be shown.
    pub(super) resume_call: Option<Safe>,
    pub(super) end: ReportEnd,
    /// Number of written rows.
    pub(super) rows: u64,
    /// Number of loaded submissions, if local terms of the filter left some of them out.
    pub(super) loaded: Option<u64>,
    /// Number of written full records.
    pub(super) full: u64,
    /// Parts, such as `aml`, that were joined to the list data.
    pub(super) joined: PartSet,
    /// Number of written records that are no full records: list data, with the joined parts.
    pub(super) listed: u64,
    pub(super) mask: Mask,
    /// Sentences about what was left out or is not known.
    pub(super) notes: Vec<Safe>,
}

/// How an export from the screen ended.
pub(super) enum ReportEnd {
    /// All rows were written.
    Complete,
    /// The user stopped the export.
    StoppedByUser,
    /// The fetching of pages stopped: the reason in two or three words, and a sentence for the user.
    Stopped(Safe, Option<Safe>),
    /// The file could not be written, as this sentence says.
    Failed(Safe),
}

impl ExportReport {
    /// Returns whether all rows were written, and the file has its name.
    pub const fn is_complete(&self) -> bool {
        matches!(self.end, ReportEnd::Complete)
    }

    /// Returns the report as sentences for the user. The first one says how the export ended.
    pub fn sentences(&self) -> Vec<Safe> {
        let mut sentences = Vec::new();
        let mut add = |words: String| sentences.push(Safe::sanitize(&words));
        let scope = match self.loaded {
            Some(loaded) => format!("{} of {} loaded", rows(self.rows), grouped_long(loaded)),
            None => rows(self.rows),
        };
        match (&self.end, &self.part) {
            (ReportEnd::Complete, _) => add(format!("Written: {scope}, complete.")),
            (ReportEnd::StoppedByUser, Some(_)) => add(format!("Stopped by you: {scope} written, not complete.")),
            (ReportEnd::StoppedByUser, None) => add("Stopped by you: no file was written.".to_owned()),
            (ReportEnd::Stopped(why, _), Some(_)) => add(format!("Stopped: {why}. {scope} written, not complete.")),
            (ReportEnd::Stopped(why, _), None) => add(format!("Stopped: {why}. No file was written.")),
            (ReportEnd::Failed(sentence), _) => add(sentence.as_str().to_owned()),
        }
        if let ReportEnd::Stopped(_, Some(sentence)) = &self.end {
            add(sentence.as_str().to_owned());
        }
        match (self.is_complete(), &self.part) {
            (true, _) => add(format!("File: {}", self.name)),
            (false, Some(part)) => add(format!("Partial file: {part}")),
            (false, None) => return sentences,
        }
        if self.part.is_some() && self.can_continue {
            add(match &self.resume_call {
                Some(call) => format!("To continue: {call}"),
                None => "The command export continues it with --resume, the same filter, mask and columns.".to_owned(),
            });
        }
        let listed = match self.joined.words() {
            parts if parts.is_empty() => "list data only".to_owned(),
            parts => format!("list data with {parts}"),
        };
        let kinds = [(self.full, "full record", "full records"), (self.listed, &listed, &listed)];
        let kinds = kinds.into_iter().filter(|(count, ..)| *count > 0);
        let kinds: Vec<String> = kinds
            .map(|(count, one, many)| format!("{} {}", grouped_long(count), if count == 1 { one } else { many }))
            .collect();
        if !kinds.is_empty() {
            add(format!("{}.", kinds.join(", ")));
        }
        match self.mask {
            Mask::None => add("masked: nothing. The file holds all values as sent.".to_owned()),
            mask => add(format!("masked: {}.", mask.label())),
        }
        sentences.extend(self.notes.iter().cloned());
        sentences
    }
}

fn rows(count: u64) -> String {
    if count == 1 { "1 row".to_owned() } else { format!("{} rows", grouped_long(count)) }
}

fn grouped_long(count: u64) -> String {
    grouped(usize::try_from(count).unwrap_or(usize::MAX))
}
