//! All submissions of a benchmark in one piece of memory, from which a page of any length is cut.

use std::thread::{available_parallelism, scope};

use super::submission::{index_of, submission};

/// Number of submissions on a page that was requested without a number.
const PAGE: usize = 50;

/// Submissions as bytes, newest first, each followed by a comma.
pub(crate) struct Records {
    bytes: Vec<u8>,
    /// Where each submission begins, and where the next one would.
    starts: Vec<usize>,
}

impl Records {
    /// Makes the submissions with the indexes below `count`. They are the same on every machine.
    pub(crate) fn generate(count: usize) -> Self {
        let share = count.div_ceil(available_parallelism().map_or(1, usize::from)).max(1);
        let parts: Vec<Vec<Vec<u8>>> = scope(|scope| {
            let make = |from: usize| {
                let of_share = from..(from + share).min(count);
                scope.spawn(move || of_share.map(|index| submission(index).to_string().into_bytes()).collect())
            };
            let running: Vec<_> = (0..count).step_by(share).map(make).collect();
            running.into_iter().map(|part| part.join().expect("submissions")).collect()
        });
        let (mut bytes, mut starts) = (Vec::new(), vec![0]);
        for record in parts.into_iter().flatten() {
            bytes.extend(record);
            bytes.push(b',');
            starts.push(bytes.len());
        }
        Self { bytes, starts }
    }

    /// Returns the number of submissions.
    pub(crate) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Returns the bytes of one submission.
    pub(crate) fn record(&self, index: usize) -> &[u8] {
        self.between(index, index + 1)
    }

    /// Returns the answer of the service to a request for a page: `after` is the id in the page key, `count` the number
    /// of submissions. The list ends after the first `rows` submissions.
    pub(crate) fn page(&self, after: Option<&str>, count: Option<usize>, rows: usize) -> Vec<u8> {
        let from = after.and_then(index_of).map_or(0, |index| index + 1).min(rows);
        let to = (from + count.unwrap_or(PAGE)).min(rows);
        let mut page = b"{\"Items\":[".to_vec();
        page.extend(self.between(from, to));
        page.push(b']');
        if to < rows && to > from {
            let last: serde_json::Value = serde_json::from_slice(self.record(to - 1)).expect("a submission");
            let key = serde_json::json!({ "id": last["submission_id"], "created_at": last["created_at"] });
            page.extend(format!(",\"nextpageKey\":{key}").bytes());
        }
        page.push(b'}');
        page
    }

    fn between(&self, from: usize, to: usize) -> &[u8] {
        let (start, end) = (self.starts[from], self.starts[to]);
        &self.bytes[start..end.saturating_sub(1).max(start)]
    }

    /// Returns the number of bytes of the first `rows` submissions.
    pub(crate) fn bytes(&self, rows: usize) -> usize {
        self.starts[rows]
    }

    /// Returns how long the submissions are, from the shortest to the longest.
    pub(crate) fn lengths(&self) -> Vec<usize> {
        let mut lengths: Vec<usize> = (0..self.len()).map(|index| self.record(index).len()).collect();
        lengths.sort_unstable();
        lengths
    }
}
