//! Remarks for the user about the written submissions.

use crate::submission::Document;
use crate::text::grouped;

/// Remarks about the submissions that were written, for a message at the end of the output.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remarks {
    /// Whether the mask level hid any value of the written submissions.
    pub hidden: bool,
    /// Number of submissions that were too large to be read completely.
    unread: usize,
    /// The parts that were not read of the first submission that was too large, in words.
    first: String,
}

impl Remarks {
    /// Records whether the submission `document` could be read completely, or was too large.
    pub fn note(&mut self, document: &Document) {
        if !document.is_read_whole() {
            if self.unread == 0 {
                self.first = document.unread_words();
            }
            self.unread += 1;
        }
    }

    /// Returns a sentence about data that was too large to read. The sentence ends with `consequence`, which says what
    /// happens to this data, such as `it is hidden completely`. `None` means that all data was read.
    pub fn unread(&self, consequence: &str) -> Option<String> {
        let first = &self.first;
        match self.unread {
            0 => None,
            1 => Some(format!("1 submission is too large to read in full, not read: {first}; {consequence}")),
            many => Some(format!(
                "{} submissions are too large to read in full, not read of the first: {first}; {consequence}",
                grouped(many)
            )),
        }
    }
}
