//! The report of an export that the user started in the interactive program: what was written, and what the file lacks.

use crate::query::PartSet;
use crate::text::{Mask, Safe, counted, grouped, shell_word};

/// Report of an export that the user started in the interactive program: what was written, and how the export ended.
pub struct ExportReport {
    /// Path of the exported file.
    pub(super) name: Safe,
    /// Path of the partial file, if the export ended early and left one.
    pub(super) part: Option<Safe>,
    /// Whether the command `export` can continue from the partial file.
    pub(super) can_continue: bool,
    /// Command line that continues the export; `None` if it cannot be shown.
    pub(super) resume_call: Option<Safe>,
    pub(super) end: ReportEnd,
    /// Number of written rows.
    pub(super) rows: u64,
    /// Number of loaded submissions if the filter has local terms (conditions that this program tests itself).
    /// Submissions that these terms hide were loaded but not written. `None` if the filter has no such term, or if no
    /// pages were fetched.
    pub(super) loaded: Option<u64>,
    /// Number of written full records. 0 if the submissions came from a file, since it is not known whether the records
    /// of a file are full records.
    pub(super) full: u64,
    /// Parts (groups of fields such as `aml`) that were joined to the list data.
    pub(super) joined: PartSet,
    /// Number of written records that are not full records but list data, with the joined parts. 0 if the submissions
    /// came from a file.
    pub(super) listed: u64,
    pub(super) mask: Mask,
    /// Headings of the columns of a CSV; empty for NDJSON.
    pub(super) columns: Vec<String>,
    /// What the file lacks although all rows were written.
    pub(super) gaps: Vec<ExportGap>,
    /// Further sentences for the user about the written rows, for example about unreadable items and empty columns.
    pub(super) notes: Vec<Safe>,
}

/// Something that an exported file lacks, such as rows for which the filter could not be decided. The report of the
/// export tells the user about each gap.
pub struct ExportGap {
    /// Words for the first sentence of the report, such as `the list was not complete`.
    pub words: Safe,
    /// A sentence with the details; `None` if the words say all.
    pub sentence: Option<Safe>,
}

impl ExportGap {
    /// Creates the gap for a number of rows that were not exported because the filter could not be decided for them.
    /// `reason` is the end of the sentence for the user: a clause that gives the reason.
    pub fn undecided(rows: usize, reason: &str) -> Self {
        let (are, is) =
            if rows == 1 { ("1 row is".to_owned(), "is") } else { (format!("{} rows are", grouped(rows)), "are") };
        Self {
            words: Safe::sanitize(&format!("{} {is} left out", counted(rows, "undecided row"))),
            sentence: Some(Safe::sanitize(&format!("{are} undecided and left out: {reason}."))),
        }
    }
}

/// The way in which an export that the user started in the interactive program ended.
pub(super) enum ReportEnd {
    /// All rows were written, and the file has its final name.
    Written,
    /// The user stopped the export.
    StoppedByUser,
    /// No further pages could be fetched. The values are the reason in two or three words, and a sentence for the user.
    Stopped(Safe, Option<Safe>),
    /// The file could not be written; the sentence for the user says why.
    Failed(Safe),
}

impl ExportReport {
    /// Returns whether the export reached its end, so that the exported file has its final name.
    pub const fn is_written(&self) -> bool {
        matches!(self.end, ReportEnd::Written)
    }

    /// Returns the report as sentences for the user. The first one says how the export ended.
    pub fn sentences(&self) -> Vec<Safe> {
        let mut sentences = Vec::new();
        let mut add = |words: String| sentences.push(Safe::sanitize(&words));
        let scope = match self.loaded {
            Some(loaded) => format!("{} of {} loaded", counted(number(self.rows), "row"), grouped(number(loaded))),
            None => counted(number(self.rows), "row"),
        };
        match (&self.end, &self.part) {
            (ReportEnd::Written, _) if self.gaps.is_empty() => add(format!("Written: {scope}, complete.")),
            (ReportEnd::Written, _) => {
                let gaps: Vec<Safe> = self.gaps.iter().map(|gap| gap.words.clone()).collect();
                add(format!("Written: {scope}; {}.", Safe::join(&gaps, ", ")));
            }
            (ReportEnd::StoppedByUser, Some(_)) => add(format!("Stopped by you: {scope} written, not complete.")),
            (ReportEnd::StoppedByUser, None) => add("Stopped by you: no file was written.".to_owned()),
            (ReportEnd::Stopped(why, _), Some(_)) => add(format!("Stopped: {why}. {scope} written, not complete.")),
            (ReportEnd::Stopped(why, _), None) => add(format!("Stopped: {why}. No file was written.")),
            (ReportEnd::Failed(sentence), _) => add(sentence.as_str().to_owned()),
        }
        if let ReportEnd::Stopped(_, Some(sentence)) = &self.end {
            add(sentence.as_str().to_owned());
        }
        match (self.is_written(), &self.part) {
            (true, _) => add(format!("File: {}", self.name)),
            (false, Some(part)) => add(format!("Partial file: {part}")),
            (false, None) => return sentences,
        }
        if self.part.is_some() && self.can_continue {
            let columns = match self.columns.join(",") {
                columns if columns.is_empty() => String::new(),
                columns => format!(" and --columns {}", shell_word(&columns)),
            };
            add(match &self.resume_call {
                Some(call) => format!("To continue: {call}"),
                None => format!("The command export continues it with --resume, the same filter and mask{columns}."),
            });
        }
        let listed = match self.joined.words() {
            parts if parts.is_empty() => "list data only".to_owned(),
            parts => format!("list data with {parts}"),
        };
        let kinds = [(self.full, "full record", "full records"), (self.listed, &listed, &listed)];
        let kinds = kinds.into_iter().filter(|(count, ..)| *count > 0);
        let kinds: Vec<String> = kinds
            .map(|(count, one, many)| format!("{} {}", grouped(number(count)), if count == 1 { one } else { many }))
            .collect();
        if !kinds.is_empty() {
            add(format!("{}.", kinds.join(", ")));
        }
        match self.mask {
            Mask::None => add(format!("{}. The file holds all values as sent.", self.mask.words())),
            mask => add(format!("{}.", mask.words())),
        }
        sentences.extend(self.gaps.iter().filter_map(|gap| gap.sentence.clone()));
        sentences.extend(self.notes.iter().cloned());
        sentences
    }
}

fn number(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
