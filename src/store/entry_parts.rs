//! The state of fetching the values that the list data of one submission lacks.

use crate::query::PartSet;

/// State of fetching the values that the list data of one submission lacks, such as its AML status.
#[derive(Clone, Copy, Default)]
pub(super) struct EntryParts {
    /// Whether a part (a group of fields, such as `aml`, that was fetched separately) was joined to the list data.
    pub(super) is_joined: bool,
    /// Parts that were requested for the submission. The service may have sent no values for them.
    pub(super) requested: PartSet,
    /// Whether the service reported that the full record does not exist any more.
    pub(super) is_gone: bool,
}
