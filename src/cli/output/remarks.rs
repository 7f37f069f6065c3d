//! What has to be said of written submissions.

use crate::submission::Document;
use crate::text::grouped;

/// What has to be said of the submissions that were opened to be written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remarks {
    /// The mask hid something.
    pub hidden: bool,
    /// Submissions that were too large to be read whole.
    unread: usize,
    /// What was not read of the first of them.
    first: String,
}

impl Remarks {
    /// Takes note of a submission.
    pub fn note(&mut self, document: &Document) {
        if !document.is_read_whole() {
            if self.unread == 0 {
                self.first = document.unread_words();
            }
            self.unread += 1;
        }
    }

    /// A sentence about what was not read, that ends in what follows from it; none where all of it was.
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
