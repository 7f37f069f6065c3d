//! The state of the fetching of what the list data of one submission lacks.

use crate::query::PartSet;

/// What is known about the fetching of values that the list data of one submission lacks, such as its AML status.
#[derive(Clone, Copy, Default)]
pub(super) struct EntryParts {
    /// Whether a part was joined to the list data.
    pub(super) is_joined: bool,
    /// Parts that were requested for the submission, whether the list of the part held it or not.
    pub(super) requested: PartSet,
    /// Whether the service no longer finds the full record.
    pub(super) is_gone: bool,
}
