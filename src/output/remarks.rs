//! Remarks for the user about the written submissions.

use crate::submission::Document;
use crate::text::grouped;

/// Facts about the written submissions, for messages to the user: whether values were masked, and how many submissions
/// were too large to be read completely.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remarks {
    /// Whether the mask level hid any value of the written submissions.
    pub hidden: bool,
    /// Number of submissions that were too large to be read completely.
    unread: usize,
    /// Which parts of the first too large submission were not read, in words.
    first: String,
}

impl Remarks {
    /// Counts the submission `document` if it was too large to be read completely. [`Self::unread()`] returns a
    /// sentence with the number.
    pub fn count_unread(&mut self, document: &Document) {
        if !document.is_read_whole() {
            if self.unread == 0 {
                self.first = document.unparsed_words();
            }
            self.unread += 1;
        }
    }

    /// Returns a sentence for the user about the submissions that were too large to be read completely; `None` if there
    /// are none. The sentence ends with `consequence`, which says what happens to the unread data, such as `it is
    /// hidden completely`.
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
