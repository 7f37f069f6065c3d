//! The parts of submissions (groups of fields, such as `aml`) that were requested and could not be fetched.

use super::WalkedItem;
use crate::query::PartSet;
use crate::text::counted;

/// The parts of submissions (groups of fields, such as `aml`) that this run requested but did not get for some
/// submissions. Also holds the number of these submissions.
#[derive(Clone, Default)]
pub struct OmittedParts {
    parts: PartSet,
    /// Number of submissions that lack a requested part. Submissions that the filter hides in any case are not counted.
    count: usize,
}

impl OmittedParts {
    /// Counts the submission `found` if it lacks a part (such as `aml`) that the user requested with `--with`.
    pub fn add(&mut self, found: &WalkedItem) {
        self.count += usize::from(!found.omitted.is_empty());
        self.parts = self.parts.with(found.omitted);
    }

    /// Adds to `self` what `other` has counted: submissions that lack a requested part, and the parts that they lack.
    pub fn merge(&mut self, other: &Self) {
        self.parts = self.parts.with(other.parts);
        self.count += other.count;
    }

    /// Returns whether no part was omitted: no submission given to [`Self::add`] lacks a part that the user requested
    /// with `--with`.
    pub const fn is_none(&self) -> bool {
        self.count == 0
    }

    /// Returns a sentence for the user: how many submissions lack a requested part (such as `aml`), because no answer
    /// of the service with this part had them. Returns `None` if no submission lacks a part.
    pub fn sentence(&self) -> Option<String> {
        let (submissions, parts) = (counted(self.count, "submission"), self.parts.words());
        (self.count > 0).then(|| format!("not joined, no answer of {parts} had them: {submissions}"))
    }
}
